#include <criterion/criterion.h>

#include "kf/rules.h"

/* A small generator, so that a failure repeats. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static KfTier tier(int32_t from, int32_t to, int32_t state_bp)
{
    return (KfTier){ .from_week = from,
                     .to_week = to,
                     .share_bp = { [KF_MUNICIPALITY] = 10000 - state_bp, [KF_STATE] = state_bp } };
}

typedef struct {
    KfTier tiers[4];
    KfRule rule;
} Ladder;

static void make_2011(Ladder *out)
{
    out->tiers[0] = tier(1, 4, 10000);
    out->tiers[1] = tier(5, 8, 5000);
    out->tiers[2] = tier(9, 52, 3000);
    out->tiers[3] = tier(53, INT32_MAX, 0);
    out->rule = (KfRule){ .kind = KF_RULE_WEEKS, .tiers = out->tiers, .tier_count = 4 };
}

static void make_2016(Ladder *out)
{
    out->tiers[0] = tier(1, 4, 8000);
    out->tiers[1] = tier(5, 26, 4000);
    out->tiers[2] = tier(27, 52, 3000);
    out->tiers[3] = tier(53, INT32_MAX, 2000);
    out->rule = (KfRule){ .kind = KF_RULE_WEEKS, .tiers = out->tiers, .tier_count = 4 };
}

static KfOere state_of_weeks(const KfRule *rule, KfWeekClock *clock, int64_t weeks, KfOere weekly)
{
    KfSplit split;

    cr_assert(kf_rule_split(rule, weeks * weekly, weekly, clock, 1, &split));
    cr_assert_eq(split.part[KF_MUNICIPALITY] + split.part[KF_STATE], weeks * weekly);
    cr_assert_not(split.is_range);
    return split.part[KF_STATE];
}

Test(split, sickness_benefit_runs_on_through_the_periods)
{
    KfWeekClock first = { 0 }, second = { 0 };
    Ladder ladder;

    make_2011(&ladder);
    cr_assert_eq(state_of_weeks(&ladder.rule, &first, 20, 400500), 3844800);
    cr_assert_eq(first.nanoweeks, INT64_C(20000000000));
    cr_assert_eq(state_of_weeks(&ladder.rule, &first, 26, 400500), 3123900);
    cr_assert_eq(state_of_weeks(&ladder.rule, &second, 16, 400500), 3364200);
    cr_assert_eq(state_of_weeks(&ladder.rule, &second, 52, 400500), 4325400);
    cr_assert_eq(state_of_weeks(&ladder.rule, &second, 26, 400500), 0);
}

Test(split, half_a_year_from_the_first_week)
{
    KfWeekClock before = { 0 }, after = { 0 };
    Ladder ladder;

    make_2011(&ladder);
    cr_assert_eq(state_of_weeks(&ladder.rule, &before, 26, 1000000), 11400000); /* 43,846 % */
    make_2016(&ladder);
    cr_assert_eq(state_of_weeks(&ladder.rule, &after, 26, 1000000), 12000000); /* 46,154 % */
    cr_assert_eq(state_of_weeks(&ladder.rule, &after, 26, 1000000), 7800000);  /* 30 % */
    cr_assert_eq(state_of_weeks(&ladder.rule, &after, 10, 1000000), 2000000);
}

Test(split, parts_add_up_for_any_amount_and_clock)
{
    uint64_t seed = 88172645463325252u;

    for (int i = 0; i < 20000; i++) {
        KfOere amount = (KfOere)(next_random(&seed) % (i % 2 ? 100000000u : 1000000000000000u));
        KfOere weekly = (KfOere)(1 + next_random(&seed) % 1000000);
        KfWeekClock clock = { (int64_t)(next_random(&seed) % UINT64_C(200000000000)) };
        int64_t before = clock.nanoweeks;
        Ladder ladder;
        KfSplit split;

        make_2011(&ladder);
        cr_assert(kf_rule_split(&ladder.rule, amount, weekly, &clock, 0, &split));
        cr_assert_eq(split.part[KF_MUNICIPALITY] + split.part[KF_STATE], amount);
        cr_assert_geq(split.part[KF_MUNICIPALITY], 0);
        cr_assert_geq(split.part[KF_STATE], 0);
        cr_assert_geq(clock.nanoweeks, before);
    }
}

Test(split, uneven_shares_of_all_payers_add_up)
{
    uint64_t seed = 2463534242u;

    for (int i = 0; i < 20000; i++) {
        KfTier row = { .from_week = 1, .to_week = INT32_MAX, .share_bp = { 3333, 3333, 1, 3333 } };
        KfRule rule = { .kind = KF_RULE_FIXED, .tiers = &row, .tier_count = 1 };
        KfOere amount = (KfOere)(next_random(&seed) % 1000000);
        KfOere sum = 0;
        KfSplit split;

        cr_assert(kf_rule_split(&rule, amount, 0, NULL, 0, &split));
        for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
            KfOere off = split.part[payer] * 10000 - amount * row.share_bp[payer];

            cr_assert(off <= 10000 && off >= -10000, "payer %d of %lld", payer, (long long)amount);
            sum += split.part[payer];
        }
        cr_assert_eq(sum, amount);
    }
}

Test(split, the_state_pays_no_smaller_share_of_fewer_weeks)
{
    Ladder ladder;
    KfOere last = 0;

    make_2011(&ladder);
    for (KfOere amount = 0; amount < 60 * 400500; amount += 7919) {
        KfWeekClock clock = { 0 };
        KfSplit split;

        cr_assert(kf_rule_split(&ladder.rule, amount, 400500, &clock, 0, &split));
        cr_assert_geq(split.part[KF_STATE], last);
        last = split.part[KF_STATE];
    }
}

Test(split, two_halves_give_what_the_whole_gives)
{
    uint64_t seed = 123456789u;

    for (int i = 0; i < 20000; i++) {
        KfOere weekly = (KfOere)(1000 + next_random(&seed) % 500000);
        KfOere amount = (KfOere)(next_random(&seed) % (uint64_t)(80 * weekly));
        KfOere half = amount / 2;
        KfWeekClock whole = { 0 }, parts = { 0 };
        KfSplit all, first, second;
        Ladder ladder;
        KfOere off;

        make_2016(&ladder);
        cr_assert(kf_rule_split(&ladder.rule, amount, weekly, &whole, 0, &all));
        cr_assert(kf_rule_split(&ladder.rule, half, weekly, &parts, 0, &first));
        cr_assert(kf_rule_split(&ladder.rule, amount - half, weekly, &parts, 0, &second));
        off = first.part[KF_STATE] + second.part[KF_STATE] - all.part[KF_STATE];
        cr_assert(off >= -1 && off <= 1, "%lld off", (long long)off);
        cr_assert(parts.nanoweeks - whole.nanoweeks <= 1 && whole.nanoweeks - parts.nanoweeks <= 1);
    }
}

static KfRule stay_rule(KfTier *row)
{
    *row = (KfTier){ .from_week = 1,
                     .to_week = INT32_MAX,
                     .share_bp = { [KF_MUNICIPALITY] = 6000, [KF_REGION] = 4000 } };
    return (KfRule){
        .kind = KF_RULE_STAY_CAP, .tiers = row, .tier_count = 1, .cap_lo = 811300, .cap_hi = 822700
    };
}

Test(split, a_stay_is_the_municipalitys_up_to_a_cap)
{
    KfTier row;
    KfRule rule = stay_rule(&row);
    KfSplit split;

    cr_assert(kf_rule_split(&rule, 7983700, 0, NULL, 1, &split));
    cr_assert(split.is_range);
    cr_assert_eq(split.range[KF_MUNICIPALITY].lo, 811300);
    cr_assert_eq(split.range[KF_MUNICIPALITY].hi, 822700);
    cr_assert_eq(split.part[KF_MUNICIPALITY], 822700);
    cr_assert_eq(split.part[KF_REGION], 7161000);
    cr_assert_eq(split.range[KF_REGION].lo, 7161000);
    cr_assert_eq(split.range[KF_REGION].hi, 7172400);
    cr_assert(kf_rule_split(&rule, 7983700, 0, NULL, 2, &split));
    cr_assert_eq(split.part[KF_MUNICIPALITY], 1645400);
}

Test(split, a_short_stay_is_under_the_cap)
{
    KfTier row;
    KfRule rule = stay_rule(&row);
    KfSplit split;

    cr_assert(kf_rule_split(&rule, 1000000, 0, NULL, 1, &split));
    cr_assert_not(split.is_range);
    cr_assert_eq(split.part[KF_MUNICIPALITY], 600000);
    cr_assert_eq(split.part[KF_REGION], 400000);
}

Test(split, an_unknown_number_of_stays_leaves_a_range)
{
    KfTier row;
    KfRule rule = stay_rule(&row);
    KfSplit split;

    cr_assert(kf_rule_split(&rule, 7983700, 0, NULL, 0, &split));
    cr_assert(split.is_range);
    cr_assert_eq(split.range[KF_MUNICIPALITY].lo, 811300);
    cr_assert_eq(split.range[KF_MUNICIPALITY].hi, 4790220);
    cr_assert_eq(split.part[KF_MUNICIPALITY] + split.part[KF_REGION], 7983700);
}

Test(split, what_a_year_costs_is_refunded_above_the_thresholds)
{
    KfTier tiers[] = { tier(1, INT32_MAX, 0), tier(1, INT32_MAX, 2500), tier(1, INT32_MAX, 5000) };
    KfRule rule = { .kind = KF_RULE_YEARLY, .tiers = tiers, .tier_count = 3 };
    KfSplit split;

    tiers[0].up_to = tiers[1].above = 95000000;
    tiers[1].up_to = tiers[2].above = 177000000;
    tiers[2].up_to = INT64_MAX;
    cr_assert(kf_rule_split(&rule, 200000000, 0, NULL, 0, &split));
    cr_assert_eq(split.part[KF_STATE], 20500000 + 11500000);
    cr_assert(kf_rule_split(&rule, 95000000, 0, NULL, 0, &split));
    cr_assert_eq(split.part[KF_STATE], 0);
}

Test(split, refuses_what_has_no_split)
{
    KfWeekClock clock = { 0 };
    Ladder ladder;
    KfRule open;
    KfSplit split;

    make_2011(&ladder);
    open = ladder.rule;
    open.kind = KF_RULE_OPEN;
    cr_assert_not(kf_rule_split(&open, 100, 100, &clock, 1, &split));
    cr_assert_not(kf_rule_split(&ladder.rule, 100, 0, &clock, 1, &split));
    cr_assert_not(kf_rule_split(&ladder.rule, -100, 100, &clock, 1, &split));
    cr_assert_not(kf_rule_split(&ladder.rule, KF_OERE_MAX + 1, 100, &clock, 1, &split));
    cr_assert_not(kf_rule_split(&ladder.rule, 100, 100, NULL, 1, &split));
    cr_assert_eq(clock.nanoweeks, 0);
}

Test(split, the_largest_amounts_do_not_overflow)
{
    KfWeekClock clock = { INT64_MAX - 1 };
    Ladder ladder;
    KfSplit split;

    make_2011(&ladder);
    cr_assert(kf_rule_split(&ladder.rule, KF_OERE_MAX, 1, &clock, 0, &split));
    cr_assert_eq(split.part[KF_MUNICIPALITY], KF_OERE_MAX);
    cr_assert_eq(clock.nanoweeks, INT64_MAX);
    clock.nanoweeks = 0;
    cr_assert(kf_rule_split(&ladder.rule, KF_OERE_MAX, KF_OERE_MAX, &clock, 0, &split));
    cr_assert_eq(split.part[KF_STATE], KF_OERE_MAX);
}

Test(split, an_amount_falls_into_tiers_that_add_up_to_it)
{
    const KfWeekClock start = { INT64_C(50000000000) };
    Ladder ladder;
    KfOere sum = 0;

    make_2011(&ladder);
    for (size_t i = 0; i < 4; i++)
        sum += kf_rule_tier_amount(&ladder.rule, &ladder.tiers[i], 2002500, 400500, start);
    cr_assert_eq(sum, 2002500);
    cr_assert_eq(kf_rule_tier_amount(&ladder.rule, &ladder.tiers[2], 2002500, 400500, start),
                 801000);
    cr_assert_eq(kf_rule_tier_amount(&ladder.rule, &ladder.tiers[3], 2002500, 400500, start),
                 1201500);
    cr_assert_eq(kf_rule_tier_amount(&ladder.rule, &ladder.tiers[0], -1, 400500, start), 0);
}
