/* A plan as cell edits: what is written, how it is marked, and what the note in
 * the cell says. A cell that is both changed and proposed is changed, and its
 * note says both. */
#include "correct/fix_sheet.h"

#include <stdlib.h>

/* A finding that touches a cell; change is NULL for a proposal. */
typedef struct {
    const KfFinding *finding;
    const KfChange *change;
} Touch;

typedef struct {
    KfArena *arena;
    const KfAudit *audit;
    const KfFixPlan *plan;
    const KfFixOptions *options;
    KfEdits *out;
    KfBuf scratch; /* lives outside the arena; freed when the run is over */
} Work;

static int by_cell_change_first(const void *a, const void *b)
{
    const Touch *x = a, *y = b;
    int order = kf_ref_order(x->finding->cell, y->finding->cell);

    if (order)
        return order;
    if (!x->change != !y->change)
        return x->change ? -1 : 1;
    return x->finding->id < y->finding->id ? -1 : 1;
}

static size_t collect(const Work *work, Touch **out)
{
    const KfAudit *audit = work->audit;
    size_t count = 0;
    Touch *touches = kf_arena_array(work->arena, work->plan->change_count + audit->finding_count,
                                    sizeof *touches);

    for (size_t i = 0; i < work->plan->change_count; i++) {
        const KfChange *change = &work->plan->changes[i];

        touches[count++] = (Touch){ kf_audit_finding(audit, change->finding), change };
    }
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (kf_is_proposal(&audit->findings[i]) && audit->findings[i].has_cell)
            touches[count++] = (Touch){ &audit->findings[i], NULL };
    }
    qsort(touches, count, sizeof *touches, by_cell_change_first);
    *out = touches;
    return count;
}

/* The amount as the table counts: in kroner, or in thousands. */
static KfText number_text(Work *work, const KfFinding *finding, KfOere amount)
{
    kf_buf_amount_unit(&work->scratch, amount, kf_unit_of(&work->audit->model, finding));
    return kf_arena_take(work->arena, &work->scratch);
}

static KfText note_text(Work *work, const Touch *touches, size_t count)
{
    if (!work->options->notes)
        return KF_TEXT("");
    for (size_t i = 0; i < count; i++) {
        if (i)
            kf_buf_char(&work->scratch, '\n');
        kf_buf_note(&work->scratch, work->audit, touches[i].finding, work->options->lang);
    }
    return kf_arena_take(work->arena, &work->scratch);
}

static bool has_formula(const KfAudit *audit, KfRef ref)
{
    const KfCell *cell = kf_grid_at(&audit->book->sheets[ref.sheet], ref.row, ref.col);

    return cell && cell->formula.len > 0;
}

/* One edit of the touches of one cell. */
static KfCellEdit edit_cell(Work *work, const Touch *touches, size_t count)
{
    const KfChange *change = touches[0].change;
    KfCellEdit edit = { .ref = touches[0].finding->cell };

    if (change) {
        edit.has_value = true;
        edit.is_text = change->is_text;
        edit.text = change->after_text;
        if (!change->is_text)
            edit.number = number_text(work, touches[0].finding, change->after);
        edit.formula = touches[0].finding->expected_formula;
        edit.keep_formula = !edit.formula.len && has_formula(work->audit, edit.ref)
                            && !touches[0].finding->accepted;
    }
    if (work->options->fills)
        edit.mark = change ? KF_MARK_CORRECTED : KF_MARK_PROPOSED;
    edit.note = note_text(work, touches, count);
    return edit;
}

static bool is_locked(const Work *work, KfRef ref)
{
    return work->options->keep_protected && ref.sheet < work->audit->book->sheet_count
           && kf_grid_is_locked(&work->audit->book->sheets[ref.sheet], ref.row, ref.col);
}

static KfStatus make_edits(void *ctx)
{
    Work *work = ctx;
    Touch *touches;
    size_t count = collect(work, &touches), edit_count = 0;
    KfCellEdit *edits = kf_arena_array(work->arena, count, sizeof *edits);

    for (size_t i = 0, next; i < count; i = next) {
        KfCellEdit edit;

        for (next = i + 1; next < count; next++) {
            if (kf_ref_order(touches[i].finding->cell, touches[next].finding->cell) != 0)
                break;
        }
        if (is_locked(work, touches[i].finding->cell))
            continue;
        edit = edit_cell(work, touches + i, next - i);
        if (edit.has_value || edit.mark != KF_MARK_NONE || edit.note.len)
            edits[edit_count++] = edit;
    }
    work->out->edits = edits;
    work->out->edit_count = edit_count;
    work->out->recalculate = work->plan->change_count > 0;
    kf_edits_refresh(work->arena, work->audit->book, work->out);
    if (count > 0)
        work->out->sheet =
            kf_fix_sheet(work->arena, &work->scratch, work->audit, work->plan, work->options);
    return KF_OK;
}

void kf_fix_edits(KfArena *arena, const KfAudit *audit, const KfFixPlan *plan,
                  const KfFixOptions *options, KfEdits *out)
{
    Work work = { arena, audit, plan, options, out, { 0 } };
    KfStatus status;

    *out = (KfEdits){ 0 };
    status = kf_arena_run(arena, make_edits, &work);
    kf_buf_free(&work.scratch);
    if (status != KF_OK)
        kf_arena_give_up(arena);
}
