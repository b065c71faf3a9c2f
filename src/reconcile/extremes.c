/* Cases that stand far out, by the modified z-score (Iglewicz and Hoaglin, "How to
 * detect and handle outliers", 1993): 0.6745 |x - median| / MAD above 3.5. */
#include "reconcile/group.h"
#include "reconcile/sums.h"

#include "correct/phrase.h"

#include <stdlib.h>

/* With fewer, no case can be told from the others. */
enum { FEWEST = 5, MOST_TOLD = 20 };

static int by_amount(const void *a, const void *b)
{
    KfOere x = *(const KfOere *)a, y = *(const KfOere *)b;

    return (x > y) - (x < y);
}

static KfOere median(KfOere *values, size_t count)
{
    qsort(values, count, sizeof *values, by_amount);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static KfOere distance(KfOere a, KfOere b)
{
    return a < b ? b - a : a - b;
}

/* Smallest distance from the median that is extreme: 3.5 / 0.6745 of the median one. */
static KfOere extreme_distance(KfOere *gains, size_t count, KfOere middle)
{
    KfOere mad;

    for (size_t i = 0; i < count; i++)
        gains[i] = distance(gains[i], middle);
    mad = median(gains, count);
    return mad / 6745 * 35000 + mad % 6745 * 35000 / 6745;
}

static int farthest_first(const void *a, const void *b)
{
    const KfExtreme *x = a, *y = b;

    if (x->without != y->without)
        return (x->without < y->without) - (x->without > y->without);
    return x->file != y->file ? (x->file > y->file ? 1 : -1)
                              : (x->item > y->item) - (x->item < y->item);
}

static void keep_farthest(KfGroup *out, KfOere sum)
{
    /* Sorted by distance from the median, which `without` holds until it is known. */
    qsort(out->extremes, out->extreme_count, sizeof *out->extremes, farthest_first);
    if (out->extreme_count > MOST_TOLD)
        out->extreme_count = MOST_TOLD;
    for (size_t i = 0; i < out->extreme_count; i++)
        out->extremes[i].without =
            kf_sum_share(sum - out->extremes[i].gain, out->counted[KF_ALL_PAYERS] - 1);
}

void kf_group_extremes(KfArena *arena, const KfMember *members, size_t count, KfGroup *out)
{
    KfOere *gains = kf_arena_array(arena, count, sizeof *gains), sum = 0;
    size_t known = 0, cap = 0;

    out->median_gain = out->extreme_from = KF_NOT_STATED;
    for (size_t i = 0; i < count; i++) {
        KfOere gain = kf_case_gain(members[i].digest, KF_TYPED, KF_ALL_PAYERS);

        if (gain != KF_NOT_STATED)
            sum = kf_oere_plus(sum, gains[known++] = gain);
    }
    if (known == 0)
        return;
    out->median_gain = median(gains, known);
    out->extreme_from = extreme_distance(gains, known, out->median_gain);
    for (size_t i = 0; known >= FEWEST && i < count; i++) {
        KfOere gain = kf_case_gain(members[i].digest, KF_TYPED, KF_ALL_PAYERS);
        KfOere away = gain == KF_NOT_STATED ? 0 : distance(gain, out->median_gain);

        if (away > out->extreme_from)
            KF_PUSH(arena, out->extremes, out->extreme_count, cap,
                    ((KfExtreme){ members[i].file, members[i].item, gain, away }));
    }
    if (out->extreme_count)
        keep_farthest(out, sum);
}
