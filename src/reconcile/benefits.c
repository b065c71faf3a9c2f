/* Which benefits move the result: 10 per cent more or less of each. */
#include "reconcile/group.h"

#include "correct/phrase.h"

#include <stdlib.h>

static int by_label(const void *a, const void *b)
{
    return kf_text_cmp(((const KfBenefitSum *)a)->label, ((const KfBenefitSum *)b)->label);
}

static KfOere weight(const KfBenefitSum *benefit)
{
    KfOere gain = benefit->amount[KF_COUNTERFACTUAL] - benefit->amount[KF_ACTUAL];

    return gain < 0 ? -gain : gain;
}

static int heaviest_first(const void *a, const void *b)
{
    KfOere x = weight(a), y = weight(b);

    return x != y ? (x < y) - (x > y) : by_label(a, b);
}

/* Sorted by label, equal labels become one. */
static size_t merge_equal(KfBenefitSum *benefits, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || by_label(&benefits[kept - 1], &benefits[i]) != 0) {
            benefits[kept++] = benefits[i];
            continue;
        }
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            benefits[kept - 1].amount[kind] =
                kf_oere_plus(benefits[kept - 1].amount[kind], benefits[i].amount[kind]);
    }
    return kept;
}

void kf_group_benefits(KfArena *arena, const KfMember *members, size_t count, KfGroup *out)
{
    size_t total = 0, at = 0;

    for (size_t i = 0; i < count; i++)
        total += members[i].digest->benefit_count;
    if (total == 0)
        return;
    out->benefits = kf_arena_array(arena, total, sizeof *out->benefits);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < members[i].digest->benefit_count; k++)
            out->benefits[at++] = members[i].digest->benefits[k];
    }
    qsort(out->benefits, total, sizeof *out->benefits, by_label);
    out->benefit_count = merge_equal(out->benefits, total);
    qsort(out->benefits, out->benefit_count, sizeof *out->benefits, heaviest_first);
}
