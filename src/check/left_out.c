/* Rows that are no items: where payers and totals agree with each other, and with the
 * items but for one row or a few rows at the end, those rows are none. Nothing may be
 * corrected because of them. */
#include "check/course_check.h"

enum { LAST_ROWS_MAX = 3, EACH_SLACK = 50 };

typedef struct {
    KfOere items, payers, total;
    bool has_payers, has_total;
    KfOere slack;
} ColumnSums;

static bool may_be_none(const KfCourseCheck *check, size_t item)
{
    return check->items[item].is_free && !check->items[item].match.benefit.len
           && !check->course->items[item].is_part;
}

static ColumnSums sum_column(const KfCourse *course, size_t p)
{
    ColumnSums sums = { .has_total = course->totals && course->totals[p].state == KF_FIGURE_STATED
                                     && !course->totals[p].is_formula };

    for (size_t i = 0; i < course->item_count; i++) {
        sums.items += course->items[i].is_part ? 0 : course->items[i].amounts[p].value;
        sums.slack += EACH_SLACK;
    }
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (!course->payers[k])
            continue;
        sums.has_payers = true;
        sums.payers += course->payers[k][p].value;
        sums.slack += EACH_SLACK;
    }
    sums.total = sums.has_total ? course->totals[p].value : sums.payers;
    return sums;
}

static bool is_near(KfOere a, KfOere b, KfOere slack)
{
    return a - b <= slack && b - a <= slack;
}

/* Whether the column's total is a formula that has all rows in it. */
static bool adds_all(const KfCourse *course, size_t p, const ColumnSums *sums)
{
    return course->totals && course->totals[p].is_formula
           && course->totals[p].state == KF_FIGURE_STATED
           && is_near(course->totals[p].value, sums->items, sums->slack);
}

/* Whether every column with an amount in these rows comes out without them, and would
 * not with them. Where the totals add them, one column is not enough: a payer of it may be
 * what is wrong. */
static bool agree_without(const KfCourse *course, size_t first, size_t end)
{
    size_t columns = 0;
    bool added = false;

    for (size_t p = 0; p < course->period_count; p++) {
        ColumnSums sums = sum_column(course, p);
        KfOere rows = 0;

        for (size_t i = first; i < end; i++)
            rows += course->items[i].amounts[p].value;
        if (!sums.has_payers || !is_near(sums.payers, sums.total, sums.slack)
            || !is_near(sums.items - rows, sums.total, sums.slack))
            return false;
        if (rows <= sums.slack && rows >= -sums.slack)
            continue;
        columns++;
        added |= adds_all(course, p, &sums);
    }
    return columns > (added ? 1 : 0);
}

void kf_leave_out_rows(KfCourseCheck *check)
{
    const KfCourse *course = check->course;
    size_t items = course->item_count;

    check->left_out = kf_arena_array(check->arena, items, sizeof *check->left_out);
    for (size_t rows = 1; rows <= LAST_ROWS_MAX && rows < items; rows++) {
        if (!may_be_none(check, items - rows))
            break;
        if (!agree_without(course, items - rows, items))
            continue;
        for (size_t i = items - rows; i < items; i++)
            check->left_out[i] = true;
        return;
    }
}
