/* What an input would have to be for a payer's part of it to come out. */
#include "check/course_check.h"

enum { WEEKS_MAX = 520 };

static KfOere by_shares(const KfRule *rule, int payer, KfOere amount, KfOere delta)
{
    int32_t bp = rule->tiers[0].share_bp[payer];

    if (bp == 0 || bp == 10000 || delta > KF_OERE_MAX / 10000 || delta < -KF_OERE_MAX / 10000)
        return 0;
    return amount + delta / bp * 10000 + delta % bp * 10000 / bp;
}

static KfOere part_of(const KfItemRule *rule, int64_t before, int payer, KfOere amount)
{
    KfWeekClock clock = { before };
    KfSplit split;

    return kf_rule_split(rule->rule, amount, rule->weekly, &clock, 0, &split) ? split.part[payer]
                                                                              : 0;
}

/* To a whole krone, when it is so within rounding. */
static KfOere rounded(KfOere amount)
{
    KfOere whole = (amount + 50) / 100 * 100;

    return whole - amount <= 5 && amount - whole <= 5 ? whole : amount;
}

/* A part never falls as the amount grows, so it can be looked for by halves; where it
 * does not grow with the amount, many amounts would do. */
static KfOere by_weeks(const KfItemRule *rule, int64_t before, int payer, KfOere target)
{
    KfOere low = 0, high = rule->weekly * WEEKS_MAX;

    if (target <= 0 || part_of(rule, before, payer, high) < target)
        return 0;
    while (high - low > 1) {
        KfOere middle = low + (high - low) / 2;

        if (part_of(rule, before, payer, middle) < target)
            low = middle;
        else
            high = middle;
    }
    return part_of(rule, before, payer, high + rule->weekly / 10) > target ? rounded(high) : 0;
}

bool kf_needs_splits(const KfCourseCheck *check, int node, int payer)
{
    const KfItemRule *rule = &check->items[check->nodes[node].item];

    return payer != KF_PAYER_NONE && !rule->is_free && rule->rule->kind == KF_RULE_WEEKS
           && rule->weekly <= KF_OERE_MAX / WEEKS_MAX;
}

KfOere kf_input_by_part(const KfCourseCheck *check, const KfItemSplit *splits, int node, int payer,
                        KfOere delta)
{
    const KfNode *item = &check->nodes[node];
    const KfItemRule *rule = &check->items[item->item];
    const KfItemSplit *split;

    if (payer == KF_PAYER_NONE || rule->is_free)
        return 0;
    if (rule->rule->kind == KF_RULE_FIXED)
        return by_shares(rule->rule, payer, item->figure->value, delta);
    if (!kf_needs_splits(check, node, payer))
        return 0;
    split = &splits[item->item];
    if (split->amount < 0)
        return 0;
    return by_weeks(rule, split->before, payer, split->part[payer] + delta);
}
