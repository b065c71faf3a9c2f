/* Who carries how much of an amount. Everything is whole numbers: amounts are
 * scaled so that a clock of nanoweeks and shares in basis points stay exact, and
 * the parts are cut from the running sum, so they always add up to the amount. */
#include "kf/rules.h"

#include "base/wide.h"

static const int64_t nano = INT64_C(1000000000);
static const int64_t all_bp = 10000;

/* A stretch of money in øre times nano, counted from the first week or krone. */
typedef struct {
    KfWide from, to;
    bool is_open; /* has no end */
} Stretch;

static KfWide lesser(KfWide a, KfWide b)
{
    return kf_wide_compare(a, b) < 0 ? a : b;
}

/* paid has an end. */
static KfWide overlap(Stretch paid, Stretch tier)
{
    KfWide from = kf_wide_compare(paid.from, tier.from) > 0 ? paid.from : tier.from;
    KfWide to = tier.is_open ? paid.to : lesser(paid.to, tier.to);
    KfWide within = kf_wide_minus(to, from);

    return kf_wide_sign(within) > 0 ? within : kf_wide(0);
}

static Stretch paid_from(KfWide from, KfOere amount)
{
    return (Stretch){ from, kf_wide_plus(from, kf_wide_product(amount, nano)), false };
}

static KfWide weeks_cost(int32_t weeks, KfOere weekly)
{
    return kf_wide_times(kf_wide_product(weeks, weekly), kf_wide(nano));
}

static Stretch tier_stretch(const KfRule *rule, const KfTier *tier, KfOere weekly)
{
    Stretch all = { kf_wide(0), kf_wide(0), true };

    if (rule->kind == KF_RULE_WEEKS) {
        all.from = weeks_cost(tier->from_week - 1, weekly);
        all.is_open = tier->to_week == INT32_MAX;
        all.to = weeks_cost(tier->to_week, weekly);
    } else if (rule->kind == KF_RULE_YEARLY) {
        all.from = kf_wide_product(tier->above, nano);
        all.is_open = tier->up_to == INT64_MAX;
        all.to = kf_wide_product(tier->up_to, nano);
    }
    return all;
}

/* Half of it up. */
static int64_t rounded_over(KfWide value, KfWide by)
{
    return kf_wide_int(kf_wide_over(kf_wide_plus(value, kf_wide_over(by, kf_wide(2))), by));
}

KfOere kf_rule_tier_amount(const KfRule *rule, const KfTier *tier, KfOere amount, KfOere weekly,
                           KfWeekClock start)
{
    KfWide from = kf_wide(0);

    if (amount < 0 || amount > KF_OERE_MAX || weekly < 0 || start.nanoweeks < 0)
        return 0;
    if (rule->kind == KF_RULE_WEEKS)
        from = kf_wide_product(start.nanoweeks, weekly);
    return rounded_over(overlap(paid_from(from, amount), tier_stretch(rule, tier, weekly)),
                        kf_wide(nano));
}

static void cut(KfOere amount, const KfWide exact[KF_PAYER_COUNT], KfSplit *out)
{
    const KfWide whole = kf_wide_product(nano, all_bp);
    KfWide sum = kf_wide(0);
    KfOere given = 0;

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        KfOere upto;

        sum = kf_wide_plus(sum, exact[payer]);
        upto = payer == KF_PAYER_COUNT - 1 ? amount : rounded_over(sum, whole);
        out->part[payer] = upto - given;
        out->range[payer] = (KfInterval){ upto - given, upto - given };
        given = upto;
    }
    out->is_range = false;
}

/* The amount's stretch laid over the tiers. */
static void split_tiers(const KfRule *rule, KfOere amount, KfOere weekly, KfWide start,
                        KfSplit *out)
{
    const Stretch paid = paid_from(start, amount);
    KfWide exact[KF_PAYER_COUNT];

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        exact[payer] = kf_wide(0);
    for (size_t i = 0; i < rule->tier_count; i++) {
        const KfTier *tier = &rule->tiers[i];
        KfWide within = overlap(paid, tier_stretch(rule, tier, weekly));

        for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
            exact[payer] =
                kf_wide_plus(exact[payer], kf_wide_times(within, kf_wide(tier->share_bp[payer])));
    }
    cut(amount, exact, out);
}

int64_t kf_weeks_of(KfOere amount, KfOere weekly)
{
    KfWide weeks;

    if (amount <= 0 || weekly <= 0)
        return 0;
    weeks = kf_wide_over(kf_wide_plus(kf_wide_product(amount, nano), kf_wide(weekly / 2)),
                         kf_wide(weekly));
    return kf_wide_fits(weeks) ? kf_wide_int(weeks) : INT64_MAX;
}

int64_t kf_weeks_add(int64_t nanoweeks, int64_t more)
{
    return more > INT64_MAX - nanoweeks ? INT64_MAX : nanoweeks + more;
}

static bool split_weeks(const KfRule *rule, KfOere amount, KfOere weekly, KfWeekClock *clock,
                        KfSplit *out)
{
    if (weekly <= 0 || weekly > KF_OERE_MAX || !clock || clock->nanoweeks < 0)
        return false;
    split_tiers(rule, amount, weekly, kf_wide_product(clock->nanoweeks, weekly), out);
    clock->nanoweeks = kf_weeks_add(clock->nanoweeks, kf_weeks_of(amount, weekly));
    return true;
}

bool kf_rule_split_after(const KfRule *rule, KfOere before, KfOere amount, KfSplit *out)
{
    *out = (KfSplit){ .is_range = false };
    if (rule->kind != KF_RULE_YEARLY || before < 0 || before > KF_OERE_MAX || amount < 0
        || amount > KF_OERE_MAX)
        return false;
    split_tiers(rule, amount, 0, kf_wide_product(before, nano), out);
    return true;
}

/* The municipality's share of all stays, held down to a cap for each of them. */
static KfOere capped(KfOere share, KfOere cap, int32_t stays)
{
    return kf_wide_int(lesser(kf_wide(share), kf_wide_product(cap, stays)));
}

static bool split_stays(const KfRule *rule, KfOere amount, int32_t stays, KfSplit *out)
{
    KfOere share, lo, hi;

    if (stays < 0 || rule->cap_lo < 0 || rule->cap_hi < rule->cap_lo)
        return false;
    split_tiers(rule, amount, 0, kf_wide(0), out);
    share = out->part[KF_MUNICIPALITY];
    lo = capped(share, rule->cap_lo, stays ? stays : 1);
    hi = stays ? capped(share, rule->cap_hi, stays) : share;
    out->part[KF_MUNICIPALITY] = stays ? hi : capped(share, rule->cap_hi, 1);
    out->part[KF_REGION] += share - out->part[KF_MUNICIPALITY];
    out->range[KF_MUNICIPALITY] = (KfInterval){ lo, hi };
    out->range[KF_REGION].lo += share - hi;
    out->range[KF_REGION].hi += share - lo;
    out->is_range = lo != hi;
    return true;
}

bool kf_rule_split(const KfRule *rule, KfOere amount, KfOere weekly, KfWeekClock *clock,
                   int32_t stays, KfSplit *out)
{
    *out = (KfSplit){ .is_range = false };
    if (amount < 0 || amount > KF_OERE_MAX || rule->tier_count == 0)
        return false;
    switch (rule->kind) {
    case KF_RULE_FIXED:
    case KF_RULE_YEARLY:
        split_tiers(rule, amount, 0, kf_wide(0), out);
        return true;
    case KF_RULE_WEEKS:
        return split_weeks(rule, amount, weekly, clock, out);
    case KF_RULE_STAY_CAP:
        return split_stays(rule, amount, stays, out);
    case KF_RULE_OPEN:
        break;
    }
    return false;
}
