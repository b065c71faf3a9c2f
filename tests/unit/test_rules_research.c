/* Properties of the rules as they are compiled in, and the facts that they must hold. */
#include <criterion/criterion.h>

#include "kf/rules.h"

static KfRuleSet *rules;

static void open_rules(void)
{
    cr_assert_eq(kf_ruleset_create(&rules, NULL), KF_OK);
}

static void close_rules(void)
{
    kf_ruleset_destroy(rules);
}

TestSuite(rules_research, .init = open_rules, .fini = close_rules);

/* ---- properties ----------------------------------------------------------- */

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void expect_whole(const KfRule *rule, KfOere amount, KfOere weekly, int64_t start)
{
    KfWeekClock clock = { start };
    KfOere sum = 0;
    KfSplit split;

    if (!kf_rule_split(rule, amount, weekly, &clock, 1, &split)) {
        cr_expect_eq(rule->kind, KF_RULE_OPEN);
        return;
    }
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        cr_expect_geq(split.part[k], 0);
        cr_expect_leq(split.range[k].lo, split.part[k]);
        cr_expect_geq(split.range[k].hi, split.part[k]);
        sum += split.part[k];
    }
    cr_expect_eq(sum, amount, "%.*s", (int)rule->title.len, rule->title.ptr);
}

Test(rules_research, the_parts_of_every_rule_add_up)
{
    uint64_t seed = 20130901;
    size_t count;
    const KfRule *all = kf_rules(rules, &count);

    for (size_t i = 0; i < count; i++) {
        expect_whole(&all[i], 0, 400500, 0);
        expect_whole(&all[i], KF_OERE_MAX, 1, 0);
        for (int n = 0; n < 50; n++)
            expect_whole(&all[i], (KfOere)(next_random(&seed) % 1000000000),
                         (KfOere)(next_random(&seed) % 1000000) + 1,
                         (int64_t)(next_random(&seed) % UINT64_C(120000000000)));
    }
}

/* The later an amount's weeks, the less the state pays: no rule by weeks goes up again. */
Test(rules_research, the_states_part_falls_with_the_weeks)
{
    size_t count;
    const KfRule *all = kf_rules(rules, &count);

    for (size_t i = 0; i < count; i++) {
        KfOere before = KF_OERE_MAX;

        for (int week = 0; all[i].kind == KF_RULE_WEEKS && week < 130; week++) {
            KfWeekClock clock = { week * INT64_C(1000000000) };
            KfSplit split;

            cr_assert(kf_rule_split(&all[i], 5206500, 400500, &clock, 1, &split));
            cr_expect_leq(split.part[KF_STATE], before);
            before = split.part[KF_STATE];
        }
    }
}

/* More of a benefit never means less for a payer. */
Test(rules_research, every_part_grows_with_the_amount)
{
    size_t count;
    const KfRule *all = kf_rules(rules, &count);

    for (size_t i = 0; i < count; i++) {
        KfSplit last = { .is_range = false };

        for (KfOere amount = 0; amount < 40000000; amount += 1234567) {
            KfWeekClock clock = { 0 };
            KfSplit split;

            if (!kf_rule_split(&all[i], amount, 400500, &clock, 1, &split))
                break;
            for (int k = 0; k < KF_PAYER_COUNT; k++)
                cr_expect_geq(split.part[k], last.part[k]);
            last = split;
        }
    }
}

/* ---- hand-computed vectors ------------------------------------------------- */

typedef struct {
    const char *benefit;
    int year;
    int before, weeks; /* weeks before, and those that are split */
    KfOere state;      /* of 10.000 kr. a week */
} Vector;

Test(rules_research, the_tiers_of_each_law_give_what_a_hand_computes)
{
    static const Vector vectors[] = {
        { "sygedagpenge", 2013, 0, 26, 11400000 },  /* 43,846 %: 4 + 2 + 18 × 0,3 weeks */
        { "sygedagpenge", 2013, 20, 26, 7800000 },  /* 30 % */
        { "sygedagpenge", 2013, 16, 52, 10800000 }, /* 36 weeks at 30 %, 16 at 0 */
        { "sygedagpenge", 2013, 52, 26, 0 },
        { "sygedagpenge_aktiv", 2013, 0, 26, 15000000 }, /* 4 + 22 × 0,5 */
        { "sygedagpenge", 2016, 0, 26, 12000000 },       /* 46,154 %: 3,2 + 22 × 0,4 */
        { "kontanthjaelp", 2016, 0, 26, 12000000 },
        { "kontanthjaelp", 2016, 26, 26, 7800000 }, /* 30 % */
        { "uddannelseshjaelp", 2017, 0, 52, 19800000 },
        { "dagpenge", 2018, 52, 26, 5200000 },    /* 20 % */
        { "revalidering", 2019, 50, 4, 1000000 }, /* 2 × 0,3 + 2 × 0,2 */
        { "foertidspension_fra_2014", 2016, 0, 104, 30200000 },
        { "dagpenge", 2013, 0, 26, 13400000 }, /* 8 + 18 × 0,3 */
        { "dagpenge_aktiv", 2013, 8, 10, 5000000 },
        { "sygedagpenge", 2008, 8, 44, 15400000 }, /* 35 % */
    };

    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const Vector *v = &vectors[i];
        const KfRule *rule = kf_rule_at(rules, kf_text(v->benefit), kf_date(v->year, 9, 1));
        KfWeekClock clock = { v->before * INT64_C(1000000000) };
        KfSplit split;

        cr_assert_not_null(rule, "%s %d", v->benefit, v->year);
        cr_assert(kf_rule_split(rule, v->weeks * INT64_C(1000000), 1000000, &clock, 1, &split));
        cr_expect_eq(split.part[KF_STATE], v->state, "%s %d: %lld", v->benefit, v->year,
                     (long long)split.part[KF_STATE]);
    }
}

Test(rules_research, fixed_shares_are_those_of_their_law)
{
    static const struct {
        const char *benefit;
        int year;
        int32_t state_bp;
    } rows[] = {
        { "kontanthjaelp", 2010, 3500 },
        { "kontanthjaelp_aktiv", 2010, 6500 },
        { "kontanthjaelp", 2013, 3000 },
        { "kontanthjaelp_aktiv", 2013, 5000 },
        { "kontanthjaelp_vejledning", 2013, 3000 },
        { "kontanthjaelp_loentilskud", 2013, 5000 },
        { "uddannelseshjaelp", 2015, 3000 },
        { "uddannelseshjaelp_aktiv", 2015, 5000 },
        { "revalidering", 2013, 3000 },
        { "revalidering_aktiv", 2013, 5000 },
        { "revalidering_loentilskud", 2013, 6500 },
        { "ressourceforloeb", 2014, 3000 },
        { "ressourceforloeb_aktiv", 2014, 5000 },
        { "ledighedsydelse", 2013, 3000 },
        { "fleksjob_foer_2013", 2020, 6500 },
        { "fleksloentilskud", 2014, 6500 },
        { "skaanejob", 2020, 5000 },
        { "foertidspension", 2013, 3500 },
        { "foertidspension_1999_2014", 2020, 3500 },
        { "foertidspension_foer_1999", 2013, 5000 },
        { "foertidspension_fra_2014", 2015, 3500 },
        { "su", 2013, 10000 },
        { "handicaptillaeg", 2013, 10000 },
        { "boligsikring", 2013, 5000 },
        { "boligydelse", 2022, 7500 },
        { "servicelov_85", 2013, 0 },
        { "servicelov_109", 2013, 5000 },
        { "servicelov_110", 2024, 5000 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const KfRule *rule =
            kf_rule_at(rules, kf_text(rows[i].benefit), kf_date(rows[i].year, 9, 1));

        cr_assert_not_null(rule, "%s %d", rows[i].benefit, rows[i].year);
        cr_expect_eq(rule->kind, KF_RULE_FIXED, "%s", rows[i].benefit);
        cr_expect_eq(rule->tiers[0].share_bp[KF_STATE], rows[i].state_bp, "%s %d", rows[i].benefit,
                     rows[i].year);
    }
}

Test(rules_research, the_ladder_counts_whole_weeks_and_starts_anew)
{
    size_t count, ladders = 0;
    const KfRule *all = kf_rules(rules, &count);

    for (size_t i = 0; i < count; i++) {
        if (!kf_text_eq(all[i].clock, KF_TEXT("refusionstrappe")))
            continue;
        ladders++;
        cr_expect(all[i].whole_weeks);
        cr_expect(all[i].is_support);
        cr_expect_eq(all[i].restart_after, 52);
        cr_expect_eq(all[i].weeks_since, kf_date(2014, 7, 1));
    }
    cr_expect_geq(ladders, 15);
}

/* ---- rates ----------------------------------------------------------------- */

typedef struct {
    const char *benefit;
    int year;
    KfOere kroner;
    KfConfidence confidence;
} Rate;

static bool is_there(const Rate *wanted)
{
    size_t count;
    const KfRate *rates = kf_rates(rules, &count);

    for (size_t i = 0; i < count; i++) {
        if (rates[i].year == wanted->year && rates[i].amount == wanted->kroner * 100
            && rates[i].confidence == wanted->confidence
            && kf_text_eq(rates[i].benefit, kf_text(wanted->benefit)))
            return true;
    }
    return false;
}

#define LOW KF_CONFIDENCE_LOW
#define MEDIUM KF_CONFIDENCE_MEDIUM
#define HIGH KF_CONFIDENCE_HIGH

Test(rules_research, every_rate_that_was_found_is_there)
{
    static const Rate found[] = {
        { "sygedagpenge", 2012, 3940, LOW },
        { "sygedagpenge", 2013, 4005, HIGH },
        { "sygedagpenge", 2014, 4075, HIGH },
        { "sygedagpenge", 2015, 4135, HIGH },
        { "sygedagpenge", 2016, 4180, HIGH },
        { "sygedagpenge", 2017, 4245, HIGH },
        { "sygedagpenge", 2018, 4300, MEDIUM },
        { "sygedagpenge", 2019, 4355, HIGH },
        { "sygedagpenge", 2021, 4460, MEDIUM },
        { "sygedagpenge", 2022, 4465, LOW },
        { "sygedagpenge", 2023, 4550, HIGH },
        { "kontanthjaelp", 2013, 13952, HIGH },
        { "kontanthjaelp", 2013, 10500, HIGH },
        { "kontanthjaelp", 2013, 6767, HIGH },
        { "kontanthjaelp", 2013, 5753, HIGH },
        { "kontanthjaelp", 2013, 3265, HIGH },
        { "kontanthjaelp", 2013, 13952, LOW },
        { "kontanthjaelp", 2014, 14203, HIGH },
        { "kontanthjaelp", 2014, 10689, HIGH },
        { "kontanthjaelp", 2014, 6889, HIGH },
        { "kontanthjaelp", 2015, 14416, MEDIUM },
        { "kontanthjaelp", 2015, 10849, MEDIUM },
        { "kontanthjaelp", 2017, 14808, HIGH },
        { "kontanthjaelp", 2017, 11143, HIGH },
        { "kontanthjaelp", 2023, 15874, HIGH },
        { "kontanthjaelp", 2023, 11944, HIGH },
        { "su", 2013, 5753, MEDIUM },
        { "su", 2014, 5839, HIGH },
        { "su", 2018, 6090, MEDIUM },
        { "handicaptillaeg", 2013, 8180, LOW },
        { "revalidering", 2014, 17663, HIGH },
        { "indlaeggelse", 2012, 8113, LOW },
        { "indlaeggelse", 2013, 8227, LOW },
        { "ledighedsydelse", 2014, 3625, HIGH },
    };

    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        cr_expect(is_there(&found[i]), "%s %d", found[i].benefit, found[i].year);
}

Test(rules_research, a_year_without_a_rate_has_the_nearest)
{
    cr_expect_null(kf_rate(rules, KF_TEXT("sygedagpenge"), 2020));
    cr_expect_eq(kf_rate_nearest(rules, KF_TEXT("sygedagpenge"), 2020)->year, 2019);
    cr_expect_eq(kf_rate_nearest(rules, KF_TEXT("sygedagpenge_aktiv"), 2030)->year, 2023);
    cr_expect_eq(kf_rate_nearest(rules, KF_TEXT("kontanthjaelp"), 2016)->year, 2015);
    cr_expect_null(kf_rate_nearest(rules, KF_TEXT("indlaeggelse"), 2013));
    cr_expect_null(kf_rate_nearest(rules, KF_TEXT("flyvehjaelp"), 2013));
}
