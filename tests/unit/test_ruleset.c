#include <criterion/criterion.h>

#include "rules/ruleset.h"

static KfRuleSet *rules;

static void open_rules(void)
{
    KfError err;

    cr_assert_eq(kf_ruleset_create(&rules, &err), KF_OK);
}

static void close_rules(void)
{
    kf_ruleset_destroy(rules);
}

TestSuite(ruleset, .init = open_rules, .fini = close_rules);

static const KfRule *rule_at(const char *benefit, int year, int month, int day)
{
    return kf_rule_at(rules, kf_text(benefit), kf_date(year, month, day));
}

static int32_t state_bp(const KfRule *rule, size_t tier)
{
    cr_assert_not_null(rule);
    cr_assert_lt(tier, rule->tier_count);
    return rule->tiers[tier].share_bp[KF_STATE];
}

/* ---- what is compiled in ------------------------------------------------- */

static void check_tiers(const KfRule *rule)
{
    int32_t week = 1;
    KfOere above = 0;

    for (size_t t = 0; t < rule->tier_count; t++) {
        const KfTier *tier = &rule->tiers[t];
        int32_t sum = 0;

        for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
            sum += tier->share_bp[payer];
        cr_expect_eq(sum, 10000);
        if (rule->kind == KF_RULE_WEEKS) {
            cr_expect_eq(tier->from_week, week);
            week = tier->to_week == INT32_MAX ? -1 : tier->to_week + 1;
        }
        if (rule->kind == KF_RULE_YEARLY) {
            cr_expect_eq(tier->above, above);
            above = tier->up_to;
        }
    }
    if (rule->kind == KF_RULE_WEEKS)
        cr_expect_eq(week, -1);
    if (rule->kind == KF_RULE_YEARLY)
        cr_expect_eq(above, INT64_MAX);
    if (rule->kind == KF_RULE_FIXED || rule->kind == KF_RULE_STAY_CAP)
        cr_expect_eq(rule->tier_count, 1);
}

Test(ruleset, every_rule_is_whole)
{
    size_t count;
    const KfRule *all = kf_rules(rules, &count);

    cr_assert_gt(count, 80);
    for (size_t i = 0; i < count; i++) {
        cr_expect_gt(all[i].law.len, 0);
        cr_expect_gt(all[i].source.len, 0);
        cr_expect_gt(all[i].title.len, 0);
        cr_expect_gt(all[i].clock.len, 0);
        cr_expect_leq(all[i].valid_from, all[i].valid_to);
        check_tiers(&all[i]);
        if (all[i].kind == KF_RULE_STAY_CAP)
            cr_expect(all[i].cap_lo > 0 && all[i].cap_lo <= all[i].cap_hi);
        for (size_t j = 0; j < i; j++)
            cr_expect(!kf_text_eq(all[i].benefit, all[j].benefit)
                          || all[i].valid_from > all[j].valid_to
                          || all[j].valid_from > all[i].valid_to,
                      "%.*s overlaps", (int)all[i].benefit.len, all[i].benefit.ptr);
    }
}

Test(ruleset, a_benefit_has_one_title_and_a_title_one_benefit)
{
    size_t count;
    const KfRule *all = kf_rules(rules, &count);

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++)
            cr_expect_eq(kf_text_eq(all[i].benefit, all[j].benefit),
                         kf_text_eq(all[i].title, all[j].title), "%.*s", (int)all[i].title.len,
                         all[i].title.ptr);
    }
}

Test(ruleset, every_name_and_rate_is_of_a_known_benefit)
{
    size_t count;
    const KfRate *rates = kf_rates(rules, &count);

    for (size_t i = 0; i < rules->alias_count; i++) {
        KfText benefit = rules->aliases[i].benefit;

        cr_expect(benefit.len == 0 || kf_text_eq(kf_benefit_named(rules, benefit), benefit));
    }
    cr_assert_gt(count, 30);
    for (size_t i = 0; i < count; i++) {
        cr_expect(kf_text_eq(kf_benefit_named(rules, rates[i].benefit), rates[i].benefit));
        cr_expect(rates[i].year >= 2007 && rates[i].year <= 2030);
        cr_expect_gt(rates[i].amount, 0);
        cr_expect_gt(rates[i].source.len, 0);
    }
}

Test(ruleset, the_same_name_never_means_two_benefits)
{
    for (size_t i = 0; i < rules->alias_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const KfAlias *a = &rules->aliases[i], *b = &rules->aliases[j];

            cr_expect(!kf_text_eq(a->folded, b->folded) || kf_text_eq(a->benefit, b->benefit),
                      "%.*s", (int)a->shown.len, a->shown.ptr);
        }
    }
}

Test(ruleset, the_aarhus_reports_own_assumptions_are_sure)
{
    const KfRule *sickness = rule_at("sygedagpenge", 2013, 9, 1);
    const int32_t state[] = { 10000, 5000, 3000, 0 };

    for (size_t i = 0; i < 4; i++)
        cr_expect_eq(state_bp(sickness, i), state[i]);
    cr_expect_eq(sickness->tiers[2].from_week, 9);
    cr_expect_eq(sickness->tiers[2].to_week, 52);
    cr_expect_eq(sickness->confidence, KF_CONFIDENCE_HIGH);
    cr_expect_eq(state_bp(rule_at("kontanthjaelp", 2013, 9, 1), 0), 3000);
    cr_expect_eq(rule_at("kontanthjaelp", 2013, 9, 1)->confidence, KF_CONFIDENCE_HIGH);
    cr_expect_eq(state_bp(rule_at("foertidspension", 2013, 9, 1), 0), 3500);
    cr_expect_eq(rule_at("foertidspension", 2013, 9, 1)->confidence, KF_CONFIDENCE_HIGH);
    cr_expect_eq(state_bp(rule_at("su", 2013, 9, 1), 0), 10000);
    cr_expect_eq(state_bp(rule_at("handicaptillaeg", 2013, 9, 1), 0), 10000);
}

Test(ruleset, rules_change_on_their_day)
{
    cr_expect_eq(rule_at("sygedagpenge", 2015, 12, 27)->tier_count, 4);
    cr_expect_eq(state_bp(rule_at("sygedagpenge", 2015, 12, 27), 0), 10000);
    cr_expect_eq(state_bp(rule_at("sygedagpenge", 2015, 12, 28), 0), 8000);
    cr_expect_eq(state_bp(rule_at("sygedagpenge", 2024, 1, 1), 3), 2000);
    cr_expect_eq(rule_at("kontanthjaelp", 2015, 12, 31)->kind, KF_RULE_FIXED);
    cr_expect_eq(rule_at("kontanthjaelp", 2016, 1, 1)->kind, KF_RULE_WEEKS);
    cr_expect(kf_text_eq(rule_at("kontanthjaelp", 2016, 1, 1)->clock,
                         rule_at("sygedagpenge", 2016, 1, 1)->clock));
    cr_expect_null(rule_at("uddannelseshjaelp", 2013, 12, 31));
    cr_expect_null(rule_at("ukendt", 2013, 1, 1));
    cr_expect_null(kf_rule_at(rules, KF_TEXT("su"), KF_DATE_NONE));
    cr_expect_null(kf_rule_at(rules, (KfText){ 0 }, kf_date(2013, 1, 1)));
}

Test(ruleset, hospital_stays)
{
    const KfRule *stay = rule_at("indlaeggelse", 2013, 9, 1);

    cr_assert_eq(stay->kind, KF_RULE_STAY_CAP);
    cr_expect_eq(stay->cap_lo, 811300);
    cr_expect_eq(stay->cap_hi, 822700);
    cr_expect_eq(stay->tiers[0].share_bp[KF_MUNICIPALITY], 6000);
    cr_expect_eq(stay->confidence, KF_CONFIDENCE_MEDIUM);
    cr_expect_eq(rule_at("indlaeggelse", 2018, 5, 1)->cap_hi, 886200);
    stay = rule_at("indlaeggelse", 2019, 1, 1);
    cr_assert_eq(stay->kind, KF_RULE_FIXED);
    cr_expect_eq(stay->tiers[0].share_bp[KF_REGION], 10000);
}

Test(ruleset, wage_subsidies_leave_it_open)
{
    const KfRule *rule = rule_at("loentilskud_offentligt", 2013, 9, 1);

    cr_assert_eq(rule->kind, KF_RULE_OPEN);
    cr_expect_eq(state_bp(rule, 0), 5000);
    cr_expect_eq(state_bp(rule, 1), 6500);
    cr_expect_eq(state_bp(rule, 2), 0);
}

/* ---- a user's file ------------------------------------------------------- */

static KfStatus add(const char *csv, KfError *err)
{
    return kf_ruleset_add_csv(rules, kf_text(csv), KF_TEXT("egne.csv"), err);
}

Test(ruleset, a_users_rule_pushes_the_old_one_aside)
{
    KfError err;
    size_t before, after;

    kf_rules(rules, &before);
    cr_assert_eq(add("ydelse;fra;til;kommune;stat;lov\n"
                     "Kontanthjælp;01-01-2013;31-12-2013;60;40;Byrådet 2013\n",
                     &err),
                 KF_OK);
    kf_rules(rules, &after);
    cr_expect_eq(after, before + 2); /* the old rule goes on before and after */
    cr_expect_eq(state_bp(rule_at("kontanthjaelp", 2012, 12, 31), 0), 3000);
    cr_expect_eq(state_bp(rule_at("kontanthjaelp", 2013, 6, 1), 0), 4000);
    cr_expect_eq(state_bp(rule_at("kontanthjaelp", 2014, 1, 1), 0), 3000);
    cr_expect(kf_text_eq(rule_at("kontanthjaelp", 2013, 6, 1)->title, KF_TEXT("Kontanthjælp")));
    cr_expect(kf_text_eq(rule_at("kontanthjaelp", 2013, 6, 1)->law, KF_TEXT("Byrådet 2013")));
    cr_expect(kf_text_eq(rule_at("kontanthjaelp", 2013, 6, 1)->source, KF_TEXT("egne.csv")));
    cr_expect_eq(rule_at("kontanthjaelp", 2013, 6, 1)->confidence, KF_CONFIDENCE_HIGH);
    cr_expect(kf_text_eq(kf_ruleset_name(rules), KF_TEXT("dk + egne.csv")));
}

Test(ruleset, a_rule_without_dates_replaces_all_years)
{
    KfError err;
    size_t before, after;

    kf_rules(rules, &before);
    cr_assert_eq(add("stat;ydelse;kommune\n100;sygedagpenge;0\n", &err), KF_OK);
    kf_rules(rules, &after);
    cr_expect_eq(after, before - 2);
    cr_expect_eq(rule_at("sygedagpenge", 2013, 1, 1)->kind, KF_RULE_FIXED);
    cr_expect_eq(state_bp(rule_at("sygedagpenge", 2030, 1, 1), 0), 10000);
}

Test(ruleset, a_user_can_name_new_benefits)
{
    KfError err;

    cr_assert_eq(add("ydelse;navn;kommune;region\n"
                     "Mentor;Mentor v. Ramsdal;100;0\n"
                     "Psykolog;;50;50\n",
                     &err),
                 KF_OK);
    cr_expect(kf_text_eq(kf_benefit_match(rules, KF_TEXT("mentor v. Ramsdal")).benefit,
                         KF_TEXT("Mentor")));
    cr_expect(kf_text_eq(kf_benefit_match(rules, KF_TEXT("Psykolog, 10 timer")).benefit,
                         KF_TEXT("Psykolog")));
    cr_expect_eq(rule_at("Psykolog", 2013, 1, 1)->tiers[0].share_bp[KF_REGION], 5000);
}

Test(ruleset, a_users_name_wins_over_a_compiled_in_one)
{
    KfError err;

    cr_assert_eq(add("ydelse;navn;kommune;stat\n"
                     "støttetimer;Bostøtte;70;30\nSU-lån;;0;100\n",
                     &err),
                 KF_OK);
    cr_expect(kf_text_eq(kf_benefit_match(rules, KF_TEXT("Bostøtte 2 t/ugen")).benefit,
                         KF_TEXT("støttetimer")));
    cr_expect(kf_text_eq(kf_benefit_match(rules, KF_TEXT("SU-lån")).benefit, KF_TEXT("SU-lån")));
}

Test(ruleset, a_ladder_of_ones_own)
{
    KfError err;
    const KfRule *rule;

    cr_assert_eq(add("ydelse;uge_fra;uge_til;kommune;stat\n"
                     "sygedagpenge;9;;70;30\nsygedagpenge;1;8;0;100,00 %\n",
                     &err),
                 KF_OK);
    rule = rule_at("sygedagpenge", 2013, 1, 1);
    cr_assert_eq(rule->kind, KF_RULE_WEEKS);
    cr_assert_eq(rule->tier_count, 2);
    cr_expect_eq(rule->tiers[0].to_week, 8);
    cr_expect_eq(state_bp(rule, 1), 3000);
    cr_expect_eq(rule->tiers[1].to_week, INT32_MAX);
}

Test(ruleset, a_failure_changes_nothing)
{
    KfError err;
    size_t before, after, aliases = rules->alias_count;

    kf_rules(rules, &before);
    cr_assert_eq(add("ydelse;navn;kommune;stat\nsu;studie;0;100\nsu;;0;90\n", &err), KF_BAD_RULES);
    kf_rules(rules, &after);
    cr_expect_eq(before, after);
    cr_expect_eq(rules->alias_count, aliases);
    cr_expect(kf_text_eq(kf_ruleset_name(rules), KF_TEXT("dk")));
}

/* ---- a user's single rows and rates --------------------------------------- */

static void add_own(const char *csv)
{
    KfError err = { 0 };

    cr_assert_eq(kf_ruleset_add_csv(rules, kf_text(csv), KF_TEXT("egne.csv"), &err), KF_OK, "%s %s",
                 err.part, err.detail);
}

Test(ruleset, some_weeks_of_a_rule_are_replaced_alone)
{
    const KfRule *rule;

    add_own("ydelse;fra;til;uge_fra;uge_til;kommune;stat\n"
            "Sygedagpenge;01-01-2013;31-12-2013;9;26;60;40\n");
    rule = rule_at("sygedagpenge", 2013, 9, 1);
    cr_assert_eq(rule->tier_count, 5);
    cr_expect_eq(state_bp(rule, 0), 10000);
    cr_expect_eq(rule->tiers[2].from_week, 9);
    cr_expect_eq(rule->tiers[2].to_week, 26);
    cr_expect_eq(state_bp(rule, 2), 4000);
    cr_expect_eq(rule->tiers[3].from_week, 27);
    cr_expect_eq(rule->tiers[3].to_week, 52);
    cr_expect_eq(state_bp(rule, 3), 3000);
    cr_expect_eq(rule_at("sygedagpenge", 2012, 9, 1)->tier_count, 4);
    cr_expect_eq(rule_at("sygedagpenge", 2014, 9, 1)->tier_count, 4);
}

Test(ruleset, a_row_for_all_years_replaces_its_weeks_in_every_law)
{
    add_own("ydelse;uge_fra;kommune;stat\nkontanthjaelp;53;85;15\n");
    cr_expect_eq(rule_at("kontanthjaelp", 2013, 9, 1)->kind, KF_RULE_FIXED);
    cr_expect_eq(state_bp(rule_at("kontanthjaelp", 2017, 9, 1), 3), 1500);
    cr_expect(rule_at("kontanthjaelp", 2017, 9, 1)->whole_weeks);
    cr_expect_eq(rule_at("kontanthjaelp", 2017, 9, 1)->restart_after, 52);
    check_tiers(rule_at("kontanthjaelp", 2017, 9, 1));
}

Test(ruleset, one_yearly_band_is_replaced_alone)
{
    const KfRule *rule;

    add_own("ydelse;fra;art;år_over;år_til;kommune;stat\n"
            "servicelov_176;01-01-2024;årsudgift;860.000;1.680.000;70;30\n");
    rule = rule_at("servicelov_176", 2024, 6, 1);
    check_tiers(rule);
    cr_expect_eq(state_bp(rule, 1), 3000);
    cr_expect_eq(state_bp(rule, 3), 7500);
    cr_expect_eq(state_bp(rule_at("servicelov_176", 2023, 6, 1), 1), 2500);
}

Test(ruleset, some_weeks_of_no_rule_are_an_error)
{
    KfError err;

    cr_assert_eq(kf_ruleset_add_csv(rules,
                                    KF_TEXT("ydelse;uge_fra;kommune;stat\nflyvehjælp;5;50;50\n"),
                                    KF_TEXT("egne.csv"), &err),
                 KF_BAD_RULES);
    cr_expect_str_eq(err.part, "linje 2, kolonne uge_fra");
}

Test(ruleset, a_rate_replaces_its_own_and_no_other)
{
    size_t before, after;

    kf_rates(rules, &before);
    add_own("ydelse;år;variant;beløb;enhed\nSygedagpenge;2013;højeste;4.010,50;uge\n"
            "Sygedagpenge;2020;højeste;4.405;uge\n");
    kf_rates(rules, &after);
    cr_expect_eq(after, before + 1);
    cr_expect_eq(kf_rate(rules, KF_TEXT("sygedagpenge"), 2013)->amount, 401050);
    cr_expect_eq(kf_rate(rules, KF_TEXT("sygedagpenge"), 2014)->amount, 407500);
    cr_expect_eq(kf_rate(rules, KF_TEXT("sygedagpenge_aktiv"), 2020)->amount, 440500);
    cr_expect(
        kf_text_eq(kf_rate(rules, KF_TEXT("sygedagpenge"), 2020)->source, KF_TEXT("egne.csv")));
    cr_expect_null(kf_rate(rules, KF_TEXT("su"), 2020));
}

typedef struct {
    const char *csv, *part, *detail;
} BadRates;

Test(ruleset, a_bad_rate_says_where_and_what_was_expected)
{
    static const BadRates bad[] = {
        { "ydelse;år;beløb;enhed\nsu;13;5.753;måned\n", "linje 2, kolonne år",
          "13 er ikke et årstal; skriv f.eks. 2016" },
        { "ydelse;år;beløb;enhed\nsu;2013;5753;dag\n", "linje 2, kolonne enhed",
          "'dag' kendes ikke; skriv en af: uge, måned, ophold" },
        { "ydelse;år;beløb;enhed\n\nslik;2013;5753;uge\n", "linje 3, kolonne ydelse",
          "'slik' er ingen kendt ydelse" },
        { "ydelse;år;beløb;enhed\nsu;2013;0;uge\n", "linje 2, kolonne beløb",
          "satsen skal være over 0 kr." },
        { "ydelse;beløb;enhed\nsu;5753;uge\n", "linje 1", "kolonnen 'år' mangler" },
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        KfError err;

        cr_expect_eq(kf_ruleset_add_csv(rules, kf_text(bad[i].csv), KF_TEXT("x.csv"), &err),
                     KF_BAD_RULES);
        cr_expect_str_eq(err.part, bad[i].part);
        cr_expect_str_eq(err.detail, bad[i].detail);
    }
}
