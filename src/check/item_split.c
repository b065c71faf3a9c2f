/* One item by its rule, with the weeks that its clock has run before it. */
#include "check/course_check.h"

KfItemSplit kf_split_item(const KfItemRule *rule, KfOere amount, KfWeekClock *clocks)
{
    const int sign = amount < 0 ? -1 : 1;
    KfWeekClock *clock = rule->rule->kind == KF_RULE_WEEKS ? &clocks[rule->clock] : NULL;
    KfItemSplit out = { .amount = amount, .before = clock ? clock->nanoweeks : 0 };
    KfSplit split;

    out.is_split = kf_rule_split(rule->rule, amount * sign, rule->weekly, clock,
                                 rule->stays > 0 ? rule->stays : 1, &split);
    if (!out.is_split)
        return out;
    out.is_range = split.is_range;
    out.within = clock ? clock->nanoweeks - out.before : 0;
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        out.part[k] = split.part[k] * sign;
        out.range[k] = split.range[k];
        if (sign < 0)
            out.range[k] = (KfInterval){ -split.range[k].hi, -split.range[k].lo };
    }
    return out;
}

KfItemSplit kf_item_split(const KfCourseCheck *check, const KfExplanation *explanation, size_t item,
                          size_t period)
{
    const size_t periods = check->course->period_count;
    KfWeekClock *clocks = kf_arena_array(check->arena, check->clock_count, sizeof *clocks);
    KfItemSplit split = { 0 };

    for (size_t p = 0; p <= period; p++) {
        for (size_t i = 0; i < check->course->item_count; i++) {
            int node = check->item_nodes[i * periods + p];
            KfOere amount = node < 0 ? 0 : kf_explained_amount(check, explanation, node);
            bool wanted = i == item && p == period;

            if (wanted)
                split.amount = amount;
            if (amount && !check->items[i].is_free) {
                KfItemSplit one = kf_split_item(&check->items[i], amount, clocks);

                if (wanted)
                    split = one;
            }
            if (wanted)
                return split;
        }
    }
    return split;
}
