/* A run is two or more period headings side by side in a row. A heading that
 * starts again at the beginning opens the next run, so two courses that share
 * a row are two runs. */
#include "extract/locate.h"

#include "extract/heading_cell.h"
#include "extract/label_memo.h"

#include <stdlib.h>

KfText kf_text_at(const KfGrid *grid, uint32_t row, uint32_t col)
{
    const KfCell *cell = kf_grid_at(grid, row, col);

    if (!cell || cell->kind != KF_CELL_TEXT)
        return (KfText){ 0 };
    return kf_text_trim(cell->text);
}

enum { FURTHEST_LABELS = 12, SAMPLE_ROWS = 60, RUNS_BACK = 16 };

/* A year that stands over the headings of the row below it. */
typedef struct {
    uint32_t col;
    KfHeading heading;
} YearAbove;

typedef struct {
    KfArena *arena;
    const KfBook *book;
    const KfGrid *grid;
    uint32_t sheet;
    KfRuns found;
    size_t cap;
    KfRun now;
    uint32_t *cols; /* of now, in room that the next one has after it */
    KfPeriodColumn *periods;
    size_t col_cap, period_cap;
    YearAbove *years; /* over the row that is scanned */
    size_t year_count, year_cap;
    uint32_t years_row;   /* the one below the last row that holds two years or more */
    uint8_t *marks;       /* of each row: what its texts say */
    uint32_t first_row;   /* that is scanned */
    bool drops_before;    /* what the row before it holds are years, and no run */
    const KfCell *unread; /* the last cell that looks like a heading, and cannot be read */
} Finder;

enum {
    MARK_TABLE = 1,
    MARK_COURSE = 2,
    MARK_SUM = 4,
    MARK_TITLE = 8,
    MARK_LIST = 16,
    MARK_DATE = 32
};

/* Months of the calendar to months of the course, which begins with the run. */
static void count_from_start(KfRun *run)
{
    int32_t start = run->periods[0].period.from - 1;

    for (size_t i = 0; i < run->count; i++) {
        KfPeriod *period = &run->periods[i].period;

        if (period->from > 0)
            *period = (KfPeriod){ period->from - start, period->to - start };
    }
}

/* Whether the headings are first days of months, one after another: then they mean
 * these days, and no "1-11" was turned into a date. */
static bool begins_months(const KfRun *run)
{
    int32_t before = 0;

    for (size_t i = 0; i < run->count; i++) {
        int32_t month = run->periods[i].from_date ? kf_month_begun(run->periods[i].date) : -1;

        if (month <= before)
            return false;
        before = month;
    }
    return run->count >= 2;
}

/* Each column goes to the next one's month, the last is as wide as the one before. */
static void read_months(Finder *finder)
{
    KfRun *run = &finder->now;
    int32_t width = 1;

    for (size_t i = 0; i < run->count; i++) {
        KfPeriodColumn *column = &run->periods[i];
        int32_t month = kf_month_begun(column->date);
        KfBuf label = { 0 };

        if (i + 1 < run->count)
            width = kf_month_begun(column[1].date) - month;
        column->period = (KfPeriod){ month, month + width - 1 };
        column->from_date = false;
        kf_buf_int(&label, (month - 1) / 12);
        kf_buf_char(&label, '-');
        kf_buf_uint_padded(&label, (uint64_t)((month - 1) % 12 + 1), 2);
        column->label.text = kf_arena_take(finder->arena, &label);
        kf_buf_free(&label);
    }
    run->calendar = true;
}

/* "Budget 2013" beside "Regnskab 2013": columns of a comparison, no periods of a course. */
static bool compares(const KfRun *run)
{
    for (size_t i = 1; i < run->count; i++) {
        KfPeriod a = run->periods[i - 1].period, b = run->periods[i].period;

        if (run->calendar && a.from == b.from && a.to == b.to
            && !kf_text_eq(run->periods[i - 1].label.text, run->periods[i].label.text))
            return true;
    }
    return false;
}

static void end_run(Finder *finder)
{
    if (!finder->now.count)
        return;
    if (begins_months(&finder->now))
        read_months(finder);
    if (finder->now.calendar)
        count_from_start(&finder->now);
    if (finder->now.count >= 2 && !compares(&finder->now)) {
        KfRun run = finder->now;

        run.cols = kf_arena_copy(finder->arena, run.cols, run.count * sizeof *run.cols);
        run.periods = kf_arena_copy(finder->arena, run.periods, run.count * sizeof *run.periods);
        KF_PUSH(finder->arena, finder->found.runs, finder->found.count, finder->cap, run);
    }
    finder->now = (KfRun){ 0 };
}

/* "7-12" of a heading that shows as a date. */
static KfText heading_text(Finder *finder, const KfCell *cell, const KfHeading *heading)
{
    KfBuf buf = { 0 };
    KfText text;

    if (!heading->from_date || heading->period.from < 0)
        return kf_text_trim(cell->text);
    kf_buf_period(&buf, heading->period);
    text = kf_arena_take(finder->arena, &buf);
    kf_buf_free(&buf);
    return text;
}

static void add_heading(Finder *finder, const KfCell *cell, const KfHeading *heading)
{
    KfRun *run = &finder->now;
    size_t count = run->count;
    KfPeriodColumn column = {
        .period = heading->period,
        .label = { heading_text(finder, cell, heading),
                   { finder->sheet, cell->row, cell->col },
                   true },
        .from_date = heading->from_date,
        .date = heading->date,
    };

    if (count == 0) {
        run->row = run->head_row = cell->row;
        run->top_row = cell->row - (finder->year_count > 0);
        run->first_col = cell->col;
        run->calendar = heading->calendar;
    }
    run->last_col = cell->col;
    KF_PUSH(finder->arena, finder->cols, count, finder->col_cap, cell->col);
    KF_PUSH(finder->arena, finder->periods, run->count, finder->period_cap, column);
    run->cols = finder->cols;
    run->periods = finder->periods;
}

static bool goes_back(KfPeriod before, KfPeriod period)
{
    return before.from >= 0 && kf_period_start(period) < kf_period_start(before);
}

/* Back at the start, as a course beside does; without a gap it has the same first heading. */
static bool restarts(const Finder *finder, const KfCell *cell, const KfHeading *heading)
{
    const KfRun *run = &finder->now;
    KfPeriod first = run->periods[0].period;

    if (finder->now.calendar)
        return heading->period.from == first.from;
    return heading->period.from <= 1 && first.from <= 1
           && (heading->period.to == first.to || cell->col > run->last_col + 1);
}

/* "01-12-2021", "01-01-2022": months that follow, whatever "12-1" would mean. */
static bool goes_on_in_dates(const KfRun *run, const KfHeading *heading)
{
    const KfPeriodColumn *last = run->count ? &run->periods[run->count - 1] : NULL;

    return last && last->from_date && heading->from_date && kf_month_begun(last->date) > 0
           && kf_month_begun(heading->date) > kf_month_begun(last->date);
}

/* Whether the heading opens a new run: back at the start, after a wide gap, of
 * another kind, or after any gap when it goes back in time (5-6 where 0-6 was
 * meant). */
static bool opens_run(const Finder *finder, const KfCell *cell, const KfHeading *heading)
{
    const KfRun *run = &finder->now;

    if (goes_on_in_dates(run, heading))
        return cell->col > run->last_col + 3;
    if (!run->count || heading->calendar != finder->now.calendar)
        return true;
    if (restarts(finder, cell, heading) && (run->count > 1 || cell->col > run->last_col + 1))
        return true;
    if (run->count > 1 && cell->col > run->last_col + 1
        && goes_back(run->periods[run->count - 1].period, heading->period))
        return true;
    return cell->col > run->last_col + 3;
}

/* ---- years over the headings ------------------------------------------------- */

/* Halves under their year: "1. halvår" under "År 2" is 13-18. */
static bool join_year(const Finder *finder, const KfCell *cell, KfHeading *heading)
{
    const YearAbove *above = NULL;

    for (size_t i = 0; i < finder->year_count && finder->years[i].col <= cell->col; i++)
        above = &finder->years[i];
    if (!above || heading->from_date || heading->period.to > 12)
        return false;
    if (heading->period.from == 0)
        heading->period.from = 1;
    heading->calendar = above->heading.calendar;
    heading->period.from += above->heading.period.from - 1;
    heading->period.to += above->heading.period.from - 1;
    return true;
}

static bool is_part_of_year(const KfBook *book, const KfGrid *grid, const KfCell *cell)
{
    KfHeading heading;

    return kf_heading_read(book, grid, cell, &heading) && kf_period_start(heading.period) < 12
           && heading.period.to <= 12 && kf_period_months(heading.period) < 12;
}

static bool is_one_year(const KfHeading *heading)
{
    return kf_heading_is_year(heading) && kf_period_months(heading->period) == 12;
}

/* The years in the row above, when there are several and each has parts beneath. */
static void find_years_above(Finder *finder, uint32_t row)
{
    const KfGrid *grid = finder->grid;
    size_t parts = 0;

    finder->year_count = 0;
    if (row == 0 || finder->years_row != row || grid->row_start[row + 1] - grid->row_start[row] < 3)
        return;
    for (size_t i = grid->row_start[row - 1]; i < grid->row_start[row]; i++) {
        YearAbove year = { .col = grid->cells[i].col };

        if (kf_heading_read(finder->book, grid, &grid->cells[i], &year.heading)
            && is_one_year(&year.heading))
            KF_PUSH(finder->arena, finder->years, finder->year_count, finder->year_cap, year);
    }
    if (finder->year_count < 2) {
        finder->year_count = 0;
        return;
    }
    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++)
        parts += is_part_of_year(finder->book, grid, &grid->cells[i]);
    if (parts <= finder->year_count)
        finder->year_count = 0;
}

/* The years themselves are no run of their own. */
static void drop_years(Finder *finder, uint32_t row)
{
    KfRuns *found = &finder->found;

    while (found->count && found->runs[found->count - 1].row == row)
        found->count--;
}

/* ---- rows -------------------------------------------------------------------- */

/* "1-2 år" behind "7-12 mdr", where it is no age. */
static bool read_heading(const Finder *finder, const KfCell *cell, KfHeading *out)
{
    const KfRun *run = &finder->now;
    bool beside = run->count && run->last_col + 1 == cell->col && !run->calendar;

    return kf_heading_read(finder->book, finder->grid, cell, out)
           || kf_heading_goes_on_in_years(
               finder->grid, cell, beside ? run->periods[run->count - 1].period.to : -1, out);
}

static const KfHeading unread = { .period = { -1, -1 } };

static bool is_followed(const Finder *finder, const KfCell *cell, const KfHeading *heading)
{
    const KfCell *next = kf_grid_at(finder->grid, cell->row, cell->col + 1);
    KfHeading after;

    return next && kf_heading_read(finder->book, finder->grid, next, &after)
           && kf_period_start(after.period) == heading->period.to;
}

/* "7-6", "0 – 0" */
static bool has_span(KfText text)
{
    static const KfText dashes[] = { { "-", 1 }, { "\xE2\x80\x93", 3 } };

    for (size_t d = 0; d < sizeof dashes / sizeof *dashes; d++) {
        const size_t at = kf_text_find(text, dashes[d]);
        KfText before, behind;

        if (at == SIZE_MAX)
            continue;
        before = kf_text_trim(kf_text_slice(text, 0, at));
        behind = kf_text_trim(kf_text_slice(text, at + dashes[d].len, text.len));
        if (before.len && behind.len && kf_is_digit(before.ptr[before.len - 1])
            && kf_is_digit(behind.ptr[0]))
            return true;
    }
    return false;
}

/* "0-0 mdr" before "7-12 mdr": the months before it are that column's. In a list "Indlæggelse
 * 1 måned" may stand beside a period. */
static bool is_after_unread(const Finder *finder, const KfCell *cell, const KfHeading *heading)
{
    const KfCell *before = finder->unread;

    return !finder->now.count && before && before->row == cell->row && before->col + 1 == cell->col
           && !heading->calendar && kf_period_start(heading->period) > 0
           && (has_span(before->text) || is_followed(finder, cell, heading));
}

static bool looks_like_heading(const Finder *finder, const KfCell *cell)
{
    return cell->kind == KF_CELL_TEXT
           && kf_label_facts(finder->grid, cell->text)->looks_like_heading;
}

/* Whether the cell was read as a heading that covers a year. */
static bool scan_cell(Finder *finder, const KfCell *cell)
{
    KfHeading heading;
    bool is_year = false;

    if (read_heading(finder, cell, &heading)) {
        is_year = is_one_year(&heading);
        if (finder->year_count)
            join_year(finder, cell, &heading);
        if (opens_run(finder, cell, &heading))
            end_run(finder);
        if (is_after_unread(finder, cell, &heading))
            add_heading(finder, finder->unread, &unread);
        add_heading(finder, cell, &heading);
    } else if (finder->now.count && cell->col == finder->now.last_col + 1
               && looks_like_heading(finder, cell)) {
        add_heading(finder, cell, &unread);
    } else if (cell->kind == KF_CELL_TEXT && cell->text.len) {
        end_run(finder);
        finder->unread = looks_like_heading(finder, cell) ? cell : NULL;
    }
    return is_year;
}

/* A row that says nothing of these is passed over when tables are told apart. */
static uint8_t marks_of(const KfGrid *grid, KfText text)
{
    const KfLabelFacts *facts = kf_label_facts(grid, text);
    const KfLabelWords *words = &facts->words;
    const KfRole role = words->role.role;
    const bool is_title = words->citizen.len || words->announces || words->course.sure
                          || facts->units.named || facts->units.of_all;

    return (uint8_t)((words->course.kind >= 0 || words->citizen.len ? MARK_TABLE : 0)
                     | (words->course.sure ? MARK_COURSE : 0)
                     | (role == KF_ROLE_PAYER || role == KF_ROLE_TOTAL ? MARK_SUM : 0)
                     | (is_title ? MARK_TITLE : 0) | (facts->head == KF_HEAD_AMOUNT ? MARK_LIST : 0)
                     | (facts->date_tellings ? MARK_DATE : 0));
}

static void scan_row(Finder *finder, uint32_t row)
{
    const KfGrid *grid = finder->grid;
    size_t years = 0;

    find_years_above(finder, row);
    if (finder->year_count && row == finder->first_row)
        finder->drops_before = true;
    else if (finder->year_count)
        drop_years(finder, row - 1);
    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
        const KfCell *cell = &grid->cells[i];

        years += scan_cell(finder, cell);
        if (cell->kind == KF_CELL_TEXT)
            finder->marks[row - finder->first_row] |= marks_of(grid, kf_text_trim(cell->text));
    }
    if (years > 1)
        finder->years_row = row + 1;
    end_run(finder);
}

/* ---- bounds ------------------------------------------------------------------ */

/* How much the texts of the columns from `first` up to the periods look like labels of a table,
 * each row from right to left: where a label stands between a column and the periods, "Udgifter,
 * øvrige aktører" heads a section there, and is no payer row. */
static void score_labels(const KfGrid *grid, const KfRun *run, uint32_t first, size_t *scores)
{
    enum { AS_SUM = 4 };

    for (uint32_t row = run->row + 1; row < run->limit_row && row < run->row + SAMPLE_ROWS; row++) {
        const size_t from = kf_grid_from(grid, row, first);
        size_t end = from;
        bool is_behind = true;

        while (end < grid->row_start[row + 1] && grid->cells[end].col < run->first_col)
            end++;
        for (size_t i = end; i-- > from;) {
            const KfCell *cell = &grid->cells[i];
            const KfText text =
                cell->kind == KF_CELL_TEXT ? kf_text_trim(cell->text) : (KfText){ 0 };
            KfRole role;

            if (!text.len)
                continue;
            role = kf_role_in(grid, text).role;
            scores[cell->col - first] +=
                1 + (is_behind && (role == KF_ROLE_PAYER || role == KF_ROLE_TOTAL) ? AS_SUM : 0);
            is_behind &= role != KF_ROLE_OTHER;
        }
    }
}

/* The column left of the periods that holds most labels in the rows beneath, the rightmost of
 * several; the run's own first column when there is none. */
static uint32_t label_column(const KfGrid *grid, const KfRun *run)
{
    size_t scores[FURTHEST_LABELS] = { 0 }, most = 0;
    uint32_t best = run->first_col, furthest = run->left_col;

    if (run->first_col > furthest + FURTHEST_LABELS)
        furthest = run->first_col - FURTHEST_LABELS;
    score_labels(grid, run, furthest, scores);
    for (uint32_t col = run->first_col; col-- > furthest;) {
        if (scores[col - furthest] > most) {
            most = scores[col - furthest];
            best = col;
        }
    }
    return best;
}

/* Each run ends above the next one that shares a column with it. */
static void set_limits(KfArena *arena, const KfGrid *grid, KfRuns *found)
{
    uint32_t *next = kf_arena_array(arena, (size_t)grid->col_count + 1, sizeof *next);

    for (uint32_t col = 0; col < grid->col_count; col++)
        next[col] = grid->row_count;
    for (size_t i = found->count; i-- > 0;) {
        KfRun *run = &found->runs[i];

        run->limit_row = grid->row_count;
        for (uint32_t col = run->first_col; col <= run->last_col; col++) {
            if (next[col] < run->limit_row)
                run->limit_row = next[col];
            next[col] = run->top_row;
        }
    }
}

/* The first column behind the run's periods and the totals and payers beside them. */
static uint32_t end_column(const KfGrid *grid, const KfRun *run, uint32_t limit)
{
    uint32_t col = run->last_col + 1;

    for (; col < limit; col++) {
        KfText text = kf_text_at(grid, run->row, col);
        KfRole role = text.len ? kf_role_in(grid, text).role : KF_ROLE_OTHER;

        if (role != KF_ROLE_PAYER && role != KF_ROLE_TOTAL)
            break;
    }
    return col;
}

/* A column with a heading of its own that names no section or payer beneath: remarks of
 * the table at its left. */
static bool holds_remarks(const KfGrid *grid, const KfRun *run, uint32_t col)
{
    bool remarks = kf_text_at(grid, run->row, col).len > 0;

    for (uint32_t row = run->row + 1;
         remarks && row < run->limit_row && row < run->row + SAMPLE_ROWS; row++) {
        KfText text = kf_text_at(grid, row, col);

        remarks = text.len == 0 || kf_role_in(grid, text).role == KF_ROLE_OTHER;
    }
    return remarks;
}

/* Runs of one row share its width: each reaches to the next one's labels. A run
 * without labels of its own has those of the run beside it. */
static void set_columns(const KfGrid *grid, KfRuns *found)
{
    for (size_t i = 0; i < found->count; i++) {
        KfRun *run = &found->runs[i];
        bool beside = i && run[-1].row == run->row;

        run->left_col = beside ? end_column(grid, &run[-1], run->first_col) : 0;
        run->label_col = label_column(grid, run);
        if (run->label_col == run->first_col && beside)
            run->label_col = run[-1].label_col;
        else if (run->label_col == run->first_col && run->first_col)
            run->label_col = run->first_col - 1;
        while (beside && run->left_col < run->label_col && holds_remarks(grid, run, run->left_col))
            run->left_col++;
    }
    for (size_t i = 0; i < found->count; i++) {
        KfRun *run = &found->runs[i];
        bool has_right = i + 1 < found->count && run[1].row == run->row;

        run->right_col = grid->col_count ? grid->col_count - 1 : 0;
        if (has_right)
            run->right_col =
                run[1].label_col > run->last_col ? run[1].label_col - 1 : run->last_col;
    }
}

/* ---- amounts that look like years ---------------------------------------------- */

static bool is_amount_at(const KfGrid *grid, uint32_t row, uint32_t col)
{
    const KfCell *cell = kf_grid_at(grid, row, col);

    if (cell && cell->kind == KF_CELL_TEXT)
        return kf_label_facts(grid, cell->text)->is_amount;
    return cell && cell->kind == KF_CELL_NUMBER;
}

static bool has_amounts(const KfGrid *grid, const KfRun *run, uint32_t row)
{
    for (size_t i = 0; i < run->count; i++) {
        if (is_amount_at(grid, row, run->cols[i]))
            return true;
    }
    return false;
}

static bool names_table(const KfGrid *grid, KfText text)
{
    return text.len && (kf_course_in(grid, text) >= 0 || kf_citizen_in(grid, text).len);
}

/* The year that the heading is, when it is nothing but that; else 0. */
static int bare_year(const KfPeriodColumn *column)
{
    const KfText text = column->label.text;
    int year = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return 0;
        year = year * 10 + (text.ptr[i] - '0');
    }
    return text.len == 4 ? year : 0;
}

/* The text left of the run that is nearest to it. */
static KfText label_before(const KfGrid *grid, const KfRun *run)
{
    for (uint32_t col = run->first_col; col-- > 0;) {
        KfText text = kf_text_at(grid, run->row, col);

        if (text.len)
            return text;
    }
    return (KfText){ 0 };
}

static bool is_label_of_amounts(const KfGrid *grid, KfText text)
{
    return text.len && !names_table(grid, text) && kf_label_facts(grid, text)->head == KF_HEAD_NONE;
}

/* "Transport; 2000; 2500" inside a table, though 2013 and 2014 would be years: the same year
 * again, or years with some left out, right under the table's headings or amounts. */
static bool is_amounts(const KfGrid *grid, const KfRun *table, const KfRun *run)
{
    const uint32_t above = run->row - 1;
    bool again = false, follows = run->calendar;

    if (run->row <= table->row || table->first_col > run->first_col
        || end_column(grid, table, run->last_col + 1) <= run->last_col)
        return false;
    for (size_t i = 0; i < run->count; i++) {
        const int year = bare_year(&run->periods[i]);

        if (!year)
            return false;
        again |= i && year == bare_year(&run->periods[i - 1]);
        follows &= !i || year == bare_year(&run->periods[i - 1]) + 1;
    }
    return !follows && is_label_of_amounts(grid, label_before(grid, run))
           && (again || above == table->row || has_amounts(grid, run, above)
               || kf_role_in(grid, kf_text_at(grid, above, 0)).role == KF_ROLE_SECTION);
}

/* Each run is held against the last one above it that shares a column with it. */
static void drop_amounts(Finder *finder)
{
    KfRuns *found = &finder->found;
    const uint32_t columns = finder->grid->col_count;
    size_t *last = kf_arena_array(finder->arena, (size_t)columns + 1, sizeof *last);
    size_t kept = 0;

    for (size_t i = 0; i < found->count; i++) {
        const KfRun run = found->runs[i];

        if (last[run.first_col]
            && is_amounts(finder->grid, &found->runs[last[run.first_col] - 1], &run))
            continue;
        found->runs[kept++] = run;
        for (uint32_t col = run.first_col, end = end_column(finder->grid, &run, columns); col < end;
             col++)
            last[col] = kept;
    }
    found->count = kept;
}

/* ---- headings that come again ------------------------------------------------- */

static bool same_headings(const KfRun *a, const KfRun *b)
{
    if (a->count != b->count || a->first_col != b->first_col || a->last_col != b->last_col)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (a->cols[i] != b->cols[i]
            || !kf_text_eq(a->periods[i].label.text, b->periods[i].label.text))
            return false;
    }
    return true;
}

/* Whether the text stands in the heading rows of the run, too. */
static bool repeats_title(const KfGrid *grid, const KfRun *run, uint32_t col, KfText text)
{
    for (uint32_t up = 0; up < 4 && up <= run->top_row; up++) {
        if (kf_text_eq(kf_text_at(grid, run->top_row - up, col), text))
            return true;
    }
    return false;
}

static bool begins_with_sums(const KfGrid *grid, const KfRun *run, uint32_t label_col)
{
    KfRole role = kf_role_in(grid, kf_text_at(grid, run->row + 1, label_col)).role;

    return role == KF_ROLE_PAYER || role == KF_ROLE_TOTAL;
}

static bool has_figures(const KfGrid *grid, const KfRun *run, uint32_t row)
{
    for (size_t i = 0; i < run->count; i++) {
        if (kf_grid_at(grid, row, run->cols[i]))
            return true;
    }
    return false;
}

/* What stands below a run, as far as it was gone through. */
typedef struct {
    uint32_t row; /* the next one */
    bool in_payers, ends;
} Below;

/* Whether nothing between the two runs starts another table, and the first one has
 * not come to its totals. */
static bool goes_on(const Finder *finder, const KfRun *run, const KfRun *again, Below *below)
{
    const KfGrid *grid = finder->grid;

    for (uint32_t row = below->row; row <= again->row && !below->ends; row++) {
        KfLabelRole role;

        below->row = row;
        if (!(finder->marks[row] & (MARK_TABLE | MARK_SUM)))
            continue;
        role = kf_role_in(grid, kf_text_at(grid, row, run->label_col));
        below->ends |= row < again->row && role.role == KF_ROLE_TOTAL;
        /* "Øvrige aktører i alt" ends a section; payer rows come before their totals. */
        below->in_payers |= row < again->row && role.role == KF_ROLE_PAYER && !role.summed
                            && has_figures(grid, run, row);
        for (uint32_t col = run->left_col; finder->marks[row] & MARK_TABLE && col <= run->last_col;
             col++) {
            KfText text = kf_text_at(grid, row, col);

            below->ends |= names_table(grid, text) && !repeats_title(grid, run, col, text);
        }
    }
    return !below->ends && (!below->in_payers || begins_with_sums(grid, again, run->label_col));
}

/* A page's end repeats the headings: the run is no new table. */
static bool repeats(const Finder *finder, size_t kept, const KfRun *again, Below *below)
{
    for (size_t back = 0; back < RUNS_BACK && kept-- > 0; back++) {
        const KfRun *run = &finder->found.runs[kept];

        if (run->first_col > again->last_col || run->last_col < again->first_col)
            continue;
        return run->row < again->row && same_headings(run, again)
               && goes_on(finder, run, again, &below[kept]);
    }
    return false;
}

static void drop_repeated(Finder *finder)
{
    KfRuns *found = &finder->found;
    Below *below = kf_arena_array(finder->arena, found->count, sizeof *below);
    size_t kept = 0;

    for (size_t i = 0; i < found->count; i++) {
        if (repeats(finder, kept, &found->runs[i], below))
            continue;
        below[kept].row = found->runs[i].row + 1;
        found->runs[kept++] = found->runs[i];
    }
    found->count = kept;
}

/* ---- headings over several tables ---------------------------------------------- */

static bool is_headings_again(const KfGrid *grid, const KfRun *run, uint32_t row)
{
    const KfCell *head = kf_grid_at(grid, run->head_row, run->first_col);
    const KfCell *cell = kf_grid_at(grid, row, run->first_col);

    return head && cell && kf_text_eq(head->text, cell->text);
}

/* Texts in the columns of amounts: "Faktisk forløb | Kontrafaktisk forløb" heads others. */
static size_t filled(const KfGrid *grid, const KfRun *run, uint32_t row)
{
    size_t count = 0;

    for (size_t i = 0; i < run->count; i++)
        count += kf_grid_at(grid, row, run->cols[i]) != NULL;
    return count;
}

/* "Kontrafaktisk forløb" with amounts right below it and no headings of its own. */
static bool opens_course(const KfGrid *grid, const KfRun *run, uint32_t row)
{
    enum { NEAR = 3 };
    bool named = false, amounts = false;

    if (filled(grid, run, row) > 1 || has_amounts(grid, run, row)
        || is_headings_again(grid, run, row))
        return false;
    for (uint32_t col = run->left_col; col <= run->last_col && !named; col++) {
        KfText text = kf_text_at(grid, row, col);

        named = text.len && kf_label_facts(grid, text)->words.course.sure;
    }
    if (!named)
        return false;
    for (uint32_t next = row + 1; next <= row + NEAR && next < run->limit_row; next++) {
        if (is_headings_again(grid, run, next))
            return false;
        amounts |= has_amounts(grid, run, next);
    }
    return amounts;
}

static int reading_order(const void *x, const void *y)
{
    const KfRun *a = x, *b = y;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->first_col > b->first_col) - (a->first_col < b->first_col);
}

/* Headings that are typed once hold for every course below them. */
static void share_headings(Finder *finder)
{
    KfRuns *found = &finder->found;
    size_t count = found->count, shared = 0, shared_cap = 0;
    KfRun *courses = NULL;

    for (size_t i = 0; i < count; i++) {
        const KfRun *run = &found->runs[i];

        for (uint32_t row = run->head_row + 1; row < run->limit_row; row++) {
            KfRun course;

            if (!(finder->marks[row] & MARK_COURSE) || !opens_course(finder->grid, run, row))
                continue;
            course = *run;
            course.row = course.top_row = row;
            KF_PUSH(finder->arena, courses, shared, shared_cap, course);
        }
    }
    for (size_t i = 0; i < shared; i++)
        KF_PUSH(finder->arena, found->runs, found->count, finder->cap, courses[i]);
    if (shared)
        qsort(found->runs, found->count, sizeof *found->runs, reading_order);
}

/* ---- the sheet ----------------------------------------------------------------- */

static Finder finder_of(KfArena *arena, const KfBook *book, uint32_t sheet)
{
    return (Finder){ .arena = arena, .book = book, .grid = &book->sheets[sheet], .sheet = sheet };
}

void kf_rows_scan(KfArena *arena, const KfBook *book, KfRowScan *scan)
{
    Finder finder = finder_of(arena, book, scan->sheet);

    /* The row before counts only as one of years. */
    finder.marks = kf_arena_array(arena, scan->to - scan->from + 1, sizeof *finder.marks);
    if (scan->from) {
        finder.first_row = scan->from - 1;
        scan_row(&finder, scan->from - 1);
        finder.found.count = 0;
        finder.marks[0] = 0;
    }
    finder.first_row = scan->from;
    finder.drops_before = false;
    for (uint32_t row = scan->from; row < scan->to; row++)
        scan_row(&finder, row);
    scan->runs = finder.found;
    scan->marks = finder.marks;
    scan->drops_before = finder.drops_before;
}

static void add_scan(Finder *finder, const KfRowScan *scan)
{
    if (scan->drops_before && scan->from)
        drop_years(finder, scan->from - 1);
    for (size_t i = 0; i < scan->runs.count; i++)
        KF_PUSH(finder->arena, finder->found.runs, finder->found.count, finder->cap,
                scan->runs.runs[i]);
    for (uint32_t row = scan->from; row < scan->to; row++)
        finder->marks[row] = scan->marks[row - scan->from];
}

KfRuns kf_runs_of_scans(KfArena *arena, const KfBook *book, const KfRowScan *scans, size_t count)
{
    Finder finder = finder_of(arena, book, scans->sheet);

    finder.marks = kf_arena_array(arena, finder.grid->row_count, sizeof *finder.marks);
    for (size_t i = 0; i < count; i++)
        add_scan(&finder, &scans[i]);
    drop_amounts(&finder);
    set_limits(arena, finder.grid, &finder.found);
    set_columns(finder.grid, &finder.found);
    drop_repeated(&finder);
    set_limits(arena, finder.grid, &finder.found);
    share_headings(&finder);
    set_limits(arena, finder.grid, &finder.found);
    finder.found.marks = finder.marks;
    return finder.found;
}

bool kf_runs_may_name(const KfRuns *runs, uint32_t row)
{
    return runs->marks[row] & MARK_TABLE;
}

bool kf_runs_may_title(const KfRuns *runs, uint32_t row)
{
    return runs->marks[row] & MARK_TITLE;
}

bool kf_runs_may_head_list(const KfRuns *runs, uint32_t row)
{
    return runs->marks[row] & MARK_LIST;
}

bool kf_runs_may_date(const KfRuns *runs, uint32_t row)
{
    return !runs->marks || runs->marks[row] & MARK_DATE;
}

KfRuns kf_locate_runs(KfArena *arena, const KfBook *book, uint32_t sheet)
{
    KfRowScan all = { .sheet = sheet, .to = book->sheets[sheet].row_count };

    kf_rows_scan(arena, book, &all);
    return kf_runs_of_scans(arena, book, &all, 1);
}
