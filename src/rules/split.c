/* Who carries how much of an amount. Everything is whole numbers: amounts are
 * scaled so that a clock of nanoweeks and shares in basis points stay exact, and
 * the parts are cut from the running sum, so they always add up to the amount. */
#include "kf/rules.h"

__extension__ typedef unsigned __int128 Wide;

static const int64_t nano = INT64_C(1000000000);
static const int64_t all_bp = 10000;

/* A stretch of money in øre times nano, counted from the first week or krone. */
typedef struct {
    Wide from, to;
} Stretch;

static Wide overlap(Stretch a, Stretch b)
{
    Wide from = a.from > b.from ? a.from : b.from;
    Wide to = a.to < b.to ? a.to : b.to;

    return to > from ? to - from : 0;
}

static Stretch tier_stretch(const KfRule *rule, const KfTier *tier, KfOere weekly)
{
    const Wide onwards = ~(Wide)0;
    Stretch all = { 0, onwards };

    if (rule->kind == KF_RULE_WEEKS) {
        all.from = (Wide)(tier->from_week - 1) * (Wide)weekly * (Wide)nano;
        if (tier->to_week != INT32_MAX)
            all.to = (Wide)tier->to_week * (Wide)weekly * (Wide)nano;
    } else if (rule->kind == KF_RULE_YEARLY) {
        all.from = (Wide)tier->above * (Wide)nano;
        if (tier->up_to != INT64_MAX)
            all.to = (Wide)tier->up_to * (Wide)nano;
    }
    return all;
}

KfOere kf_rule_tier_amount(const KfRule *rule, const KfTier *tier, KfOere amount, KfOere weekly,
                           KfWeekClock start)
{
    Wide from = 0;

    if (amount < 0 || amount > KF_OERE_MAX || weekly < 0 || start.nanoweeks < 0)
        return 0;
    if (rule->kind == KF_RULE_WEEKS)
        from = (Wide)start.nanoweeks * (Wide)weekly;
    return (KfOere)((overlap((Stretch){ from, from + (Wide)amount * (Wide)nano },
                             tier_stretch(rule, tier, weekly))
                     + (Wide)nano / 2)
                    / (Wide)nano);
}

static void cut(KfOere amount, const Wide exact[KF_PAYER_COUNT], KfSplit *out)
{
    const Wide whole = (Wide)nano * (Wide)all_bp;
    Wide sum = 0;
    KfOere given = 0;

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        KfOere upto;

        sum += exact[payer];
        upto = payer == KF_PAYER_COUNT - 1 ? amount : (KfOere)((sum + whole / 2) / whole);
        out->part[payer] = upto - given;
        out->range[payer] = (KfInterval){ upto - given, upto - given };
        given = upto;
    }
    out->is_range = false;
}

/* The amount's stretch laid over the tiers. */
static void split_tiers(const KfRule *rule, KfOere amount, KfOere weekly, Wide start, KfSplit *out)
{
    Stretch paid = { start, start + (Wide)amount * (Wide)nano };
    Wide exact[KF_PAYER_COUNT] = { 0 };

    for (size_t i = 0; i < rule->tier_count; i++) {
        const KfTier *tier = &rule->tiers[i];
        Wide within = overlap(paid, tier_stretch(rule, tier, weekly));

        for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
            exact[payer] += within * (Wide)tier->share_bp[payer];
    }
    cut(amount, exact, out);
}

int64_t kf_weeks_of(KfOere amount, KfOere weekly)
{
    Wide weeks;

    if (amount <= 0 || weekly <= 0)
        return 0;
    weeks = ((Wide)amount * (Wide)nano + (Wide)weekly / 2) / (Wide)weekly;
    return weeks > (Wide)INT64_MAX ? INT64_MAX : (int64_t)weeks;
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
    split_tiers(rule, amount, weekly, (Wide)clock->nanoweeks * (Wide)weekly, out);
    clock->nanoweeks = kf_weeks_add(clock->nanoweeks, kf_weeks_of(amount, weekly));
    return true;
}

bool kf_rule_split_after(const KfRule *rule, KfOere before, KfOere amount, KfSplit *out)
{
    *out = (KfSplit){ .is_range = false };
    if (rule->kind != KF_RULE_YEARLY || before < 0 || before > KF_OERE_MAX || amount < 0
        || amount > KF_OERE_MAX)
        return false;
    split_tiers(rule, amount, 0, (Wide)before * (Wide)nano, out);
    return true;
}

/* The municipality's share of all stays, held down to a cap for each of them. */
static KfOere capped(KfOere share, KfOere cap, int32_t stays)
{
    Wide most = (Wide)cap * (Wide)stays;

    return (Wide)share < most ? share : (KfOere)most;
}

static bool split_stays(const KfRule *rule, KfOere amount, int32_t stays, KfSplit *out)
{
    KfOere share, lo, hi;

    if (stays < 0 || rule->cap_lo < 0 || rule->cap_hi < rule->cap_lo)
        return false;
    split_tiers(rule, amount, 0, 0, out);
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
        split_tiers(rule, amount, 0, 0, out);
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
