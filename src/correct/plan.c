/* What fix would change, and what that does to the payers' totals. Each cell is
 * changed at most once; of several findings for it, a root wins. */
#include "correct/phrase.h"

#include <stdlib.h>

static bool corrects_a_cell(const KfAudit *audit, const KfFinding *finding)
{
    return finding->action == KF_ACTION_CORRECT && finding->has_cell && audit->book
           && finding->cell.sheet < audit->book->sheet_count
           && finding->expected.kind != KF_VALUE_NONE;
}

static const KfCell *cell_at(const KfAudit *audit, KfRef ref)
{
    return kf_grid_at(&audit->book->sheets[ref.sheet], ref.row, ref.col);
}

/* A number that already is what it should be needs no edit, unless its formula is wrong. */
static bool stands_already(const KfAudit *audit, const KfCell *cell, const KfFinding *finding)
{
    return cell && !finding->expected_formula.len
           && (cell->kind == KF_CELL_NUMBER || audit->book->is_untyped)
           && finding->found.kind == KF_VALUE_AMOUNT && finding->expected.kind == KF_VALUE_AMOUNT
           && finding->found.amount == finding->expected.amount;
}

static int by_cell_root_first(const void *a, const void *b)
{
    const KfFinding *x = *(const KfFinding *const *)a, *y = *(const KfFinding *const *)b;
    int order = kf_ref_order(x->cell, y->cell);

    if (order)
        return order;
    if ((x->root == 0) != (y->root == 0))
        return x->root == 0 ? -1 : 1;
    return x->id < y->id ? -1 : 1;
}

static KfChange change_of(const KfFinding *finding, const KfCell *cell)
{
    return (KfChange){
        .cell = finding->cell,
        .before_amount = finding->found.kind == KF_VALUE_AMOUNT ? finding->found.amount : 0,
        .before = cell ? cell->text : KF_TEXT(""),
        .after = finding->expected.kind == KF_VALUE_AMOUNT ? finding->expected.amount : 0,
        .is_text = finding->expected.kind == KF_VALUE_TEXT,
        .after_text = finding->expected.text,
        .finding = finding->id,
    };
}

static void plan_changes(KfArena *arena, const KfAudit *audit, KfFixPlan *out)
{
    const KfFinding **chosen = kf_arena_array(arena, audit->finding_count, sizeof *chosen);
    size_t count = 0;

    for (size_t i = 0; i < audit->finding_count; i++) {
        if (corrects_a_cell(audit, &audit->findings[i]))
            chosen[count++] = &audit->findings[i];
    }
    if (count == 0)
        return;
    qsort(chosen, count, sizeof *chosen, by_cell_root_first);
    out->changes = kf_arena_array(arena, count, sizeof *out->changes);
    for (size_t i = 0; i < count; i++) {
        const KfCell *cell = cell_at(audit, chosen[i]->cell);

        if (i > 0 && kf_ref_order(chosen[i - 1]->cell, chosen[i]->cell) == 0)
            continue;
        if (!stands_already(audit, cell, chosen[i]))
            out->changes[out->change_count++] = change_of(chosen[i], cell);
    }
}

static int change_at(const void *ref, const void *change)
{
    return kf_ref_order(*(const KfRef *)ref, ((const KfChange *)change)->cell);
}

const KfChange *kf_find_change(const KfFixPlan *plan, KfRef ref)
{
    if (plan->change_count == 0)
        return NULL;
    return bsearch(&ref, plan->changes, plan->change_count, sizeof *plan->changes, change_at);
}

/* The sum of some figures, before and after the changes. */
typedef struct {
    KfOere before, after;
    bool whole_before, whole_after; /* every figure is stated */
} Sum;

static void add_figure(Sum *sum, const KfFixPlan *plan, const KfFigure *figure)
{
    bool stated = figure->state == KF_FIGURE_STATED;
    const KfChange *change =
        figure->state == KF_FIGURE_NONE ? NULL : kf_find_change(plan, figure->ref);

    if (change && change->is_text)
        change = NULL;
    if (stated)
        sum->before = kf_oere_plus(sum->before, figure->value);
    if (change || stated)
        sum->after = kf_oere_plus(sum->after, change ? change->after : figure->value);
    sum->whole_before &= stated;
    sum->whole_after &= stated || change;
}

static Sum sum_payer(const KfFixPlan *plan, const KfCourse *course, KfPayer payer)
{
    const KfFigure *row = course->payers[payer];
    Sum sum = { .whole_before = true, .whole_after = true };
    size_t cells = 0;

    for (size_t i = 0; row && i < course->period_count; i++, cells++)
        add_figure(&sum, plan, &row[i]);
    /* Payers as columns: a benefit that leaves a payer blank says nothing of it. */
    for (size_t i = 0; !row && i < course->item_count; i++) {
        const KfFigure *part = &course->items[i].parts[payer];

        if (course->items[i].is_part || part->state == KF_FIGURE_NONE
            || (part->state == KF_FIGURE_BLANK && !kf_find_change(plan, part->ref)))
            continue;
        add_figure(&sum, plan, part);
        cells++;
    }
    for (size_t i = 0; !row && i < course->item_count; i++) {
        const KfFigure *split = course->items[i].split[payer];

        for (size_t p = 0; split && p < course->period_count; p++) {
            if (split[p].state != KF_FIGURE_STATED && !kf_find_change(plan, split[p].ref))
                continue;
            add_figure(&sum, plan, &split[p]);
            cells++;
        }
    }
    if (cells == 0)
        sum.whole_before = sum.whole_after = false;
    return sum;
}

KfPayerSum kf_payer_sum(const KfFixPlan *plan, const KfCourse *course, KfPayer payer)
{
    const KfFigure *typed = &course->payer_totals[payer];
    Sum cells = sum_payer(plan, course, payer);
    Sum total = { .whole_before = true, .whole_after = true };
    KfPayerSum out;

    add_figure(&total, plan, typed);
    out.has_before = total.whole_before || cells.whole_before;
    out.has_after = total.whole_after || cells.whole_after;
    out.before = total.whole_before ? typed->value : cells.before;
    out.after = total.whole_after ? total.after : cells.after;
    return out;
}

static void plan_effects(KfArena *arena, const KfAudit *audit, KfFixPlan *out)
{
    size_t cap = 0;

    for (size_t i = 0; i < audit->model.case_count; i++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            const KfCase *item = &audit->model.cases[i];

            for (int payer = 0; item->has[kind] && payer < KF_PAYER_COUNT; payer++) {
                KfPayerSum sum = kf_payer_sum(out, &item->courses[kind], (KfPayer)payer);
                KfEffect effect = { i, (KfCourseKind)kind, (KfPayer)payer, sum.before, sum.after };

                if (sum.has_after)
                    KF_PUSH(arena, out->effects, out->effect_count, cap, effect);
            }
        }
    }
}

static void count_open(const KfAudit *audit, KfFixPlan *out)
{
    for (size_t i = 0; i < audit->finding_count; i++) {
        const KfFinding *finding = &audit->findings[i];

        if (finding->root == 0 && kf_is_proposal(finding))
            out->proposal_count++;
        if (kf_is_left(finding)
            || (finding->root == 0 && finding->action == KF_ACTION_CORRECT
                && finding->severity >= KF_WARNING && !corrects_a_cell(audit, finding)))
            out->open_count++;
    }
    out->open_count += out->proposal_count;
}

void kf_fix_plan_changes(KfArena *arena, const KfAudit *audit, KfFixPlan *out)
{
    *out = (KfFixPlan){ 0 };
    plan_changes(arena, audit, out);
    count_open(audit, out);
}

void kf_fix_plan(KfArena *arena, const KfAudit *audit, KfFixPlan *out)
{
    kf_fix_plan_changes(arena, audit, out);
    plan_effects(arena, audit, out);
}
