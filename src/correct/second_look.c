/* A case whose every error is corrected is clean: its figures are then those that the check
 * found right. What is left in other cases is as it was, unless payers that were corrected
 * show who pays a benefit that they have too, or a formula carries a figure over. */
#include "correct/second_look.h"

#include "kf/formula.h"

typedef struct {
    const KfAudit *audit;
    bool *corrected, *open; /* one a case */
    bool any_open, any_payer;
} Look;

/* A figure in the place of another one: nothing else is read differently for it. */
static bool is_plain_figure(const KfFinding *finding)
{
    return finding->found.kind == KF_VALUE_AMOUNT && finding->found.amount != 0
           && finding->expected.kind == KF_VALUE_AMOUNT && finding->expected.amount != 0
           && !finding->expected_formula.len;
}

static bool is_open(const KfFinding *finding)
{
    return finding->severity > KF_INFO || finding->action == KF_ACTION_PROPOSE;
}

/* False when the finding alone asks for another look. */
static bool take_finding(Look *look, const KfFinding *finding, bool made)
{
    const bool in_case = finding->case_index < look->audit->model.case_count;

    if (!made) {
        look->any_open |= is_open(finding);
        if (in_case && is_open(finding))
            look->open[finding->case_index] = true;
        return true;
    }
    look->any_payer |= finding->payer != KF_PAYER_NONE && finding->period.len;
    if (in_case)
        look->corrected[finding->case_index] = true;
    return in_case && is_plain_figure(finding);
}

static bool is_in(const KfCourse *course, const KfPlacedCell *placed)
{
    const KfRange *range = &course->range;

    return placed->sheet == course->sheet && placed->cell.row >= range->first_row
           && placed->cell.row <= range->last_row && placed->cell.col >= range->first_col
           && placed->cell.col <= range->last_col;
}

/* Whether a formula in some case comes to another value. */
static bool reaches_a_case(KfArena *arena, const KfAudit *audit, const KfPlacedCell *cells,
                           size_t count)
{
    const KfModel *model = &audit->model;
    KfRefreshed refreshed;

    kf_book_refresh(arena, audit->book, cells, count, &refreshed);
    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            for (size_t i = 0; model->cases[c].has[kind] && i < refreshed.count; i++) {
                if (is_in(&model->cases[c].courses[kind], &refreshed.cells[i]))
                    return true;
            }
        }
    }
    return refreshed.unknown_count > 0;
}

bool kf_needs_second_look(KfArena *arena, const KfAudit *audit, const bool *made,
                          const KfPlacedCell *cells, size_t count)
{
    const size_t cases = audit->model.case_count;
    Look look = { .audit = audit };

    /* Tables are checked against the cases; texts are read by what stands beside them. */
    if (audit->model.table_count || audit->ignored_count || audit->book->is_untyped)
        return true;
    look.corrected = kf_arena_array(arena, cases, sizeof *look.corrected);
    look.open = kf_arena_array(arena, cases, sizeof *look.open);
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (!take_finding(&look, &audit->findings[i], made[i]))
            return true;
    }
    for (size_t c = 0; c < cases; c++) {
        if (look.corrected[c] && look.open[c])
            return true;
    }
    return (look.any_payer && look.any_open) || reaches_a_case(arena, audit, cells, count);
}
