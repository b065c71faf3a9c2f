/* Which benefits and which amounts move the result: 10 per cent more or less of each. */
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

static void add_benefit(KfBenefitSum *sum, const KfBenefitSum *more)
{
    sum->is_divided &= more->is_divided;
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        sum->amount[kind] = kf_oere_plus(sum->amount[kind], more->amount[kind]);
        for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
            sum->part[kind][payer] = kf_oere_plus(sum->part[kind][payer], more->part[kind][payer]);
    }
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
        add_benefit(&benefits[kept - 1], &benefits[i]);
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

/* ---- amounts ------------------------------------------------------------------ */

typedef struct {
    KfOere size;
    KfMover mover;
} Sized;

static int largest_first(const void *a, const void *b)
{
    const Sized *x = a, *y = b;

    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    if (x->mover.file != y->mover.file)
        return x->mover.file < y->mover.file ? -1 : 1;
    if (x->mover.item != y->mover.item)
        return x->mover.item < y->mover.item ? -1 : 1;
    return (x->mover.cell > y->mover.cell) - (x->mover.cell < y->mover.cell);
}

void kf_group_movers(KfArena *arena, const KfMember *members, size_t count, KfGroup *out)
{
    Sized *all = kf_arena_array(arena, count * KF_CELLS_KEPT, sizeof *all);
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < members[i].digest->cell_count; c++) {
            KfOere amount = members[i].digest->cells[c].amount;

            all[found++] =
                (Sized){ amount < 0 ? -amount : amount, { members[i].file, members[i].item, c } };
        }
    }
    qsort(all, found, sizeof *all, largest_first);
    out->mover_count = found < KF_CELLS_KEPT ? found : KF_CELLS_KEPT;
    out->movers = kf_arena_array(arena, out->mover_count, sizeof *out->movers);
    for (size_t i = 0; i < out->mover_count; i++)
        out->movers[i] = all[i].mover;
}
