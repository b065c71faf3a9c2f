/* A table around its run of period headings: how far down it goes, in which unit
 * and notation its amounts stand, and what stands as columns right of the periods. */
#include "extract/table.h"

#include "extract/headings.h"
#include "extract/label_memo.h"
#include "extract/table_rows.h"

enum { BLANK_ROWS_END = 6, FORM_ROWS_END = 40, TITLE_ROWS = 4, KRONE = 100 };

/* ---- columns at the right ---------------------------------------------------- */

/* The heading of a column, in the run's row or merged down from the one above. */
static KfText heading_at(const KfCaseTable *table, uint32_t col)
{
    KfText text = kf_text_at(table->grid, table->run->head_row, col);

    if (text.len == 0 && table->run->head_row > 0)
        text = kf_text_at(table->grid, table->run->head_row - 1, col);
    return text;
}

/* "I alt" of a year among the periods is no total of them all. */
static bool stands_among_periods(const KfCaseTable *table, KfText heading)
{
    for (uint32_t col = table->run->first_col; col < table->run->last_col; col++) {
        if (kf_text_eq(heading_at(table, col), heading))
            return true;
    }
    return false;
}

/* Headings right of the periods: payers and a total as columns. */
static void read_right_columns(KfCaseTable *table)
{
    const KfRun *run = table->run;

    for (uint32_t col = run->last_col + 1; col <= run->right_col; col++) {
        KfText heading = heading_at(table, col);
        KfLabelRole role = kf_role_in(table->grid, heading);

        if (role.not_sum)
            continue;
        if (role.role == KF_ROLE_PAYER && !table->has_payer_col[role.payer]) {
            table->has_payer_col[role.payer] = true;
            table->payer_cols[role.payer] = col;
        } else if (role.role == KF_ROLE_TOTAL && !table->has_total_col
                   && !stands_among_periods(table, heading)) {
            table->has_total_col = true;
            table->total_col = col;
        }
    }
}

/* ---- notation ---------------------------------------------------------------- */

typedef struct {
    size_t danish, english, lone;
    KfRef danish_at, english_at; /* the first that shows it */
} Votes;

static void vote(const KfCaseTable *table, const KfCell *cell, Votes *votes)
{
    const KfLabelFacts *facts = kf_label_facts(table->grid, cell->text);
    KfRef ref = { table->reader->sheet, cell->row, cell->col };

    if (!facts->is_amount)
        return;
    votes->lone += facts->amount.ambiguous;
    if (!facts->amount.ambiguous && facts->amount.seen == KF_SEP_DANISH && votes->danish++ == 0)
        votes->danish_at = ref;
    if (!facts->amount.ambiguous && facts->amount.seen == KF_SEP_ENGLISH && votes->english++ == 0)
        votes->english_at = ref;
}

/* The texts of a row, each for the column of its period. */
static void vote_in_row(const KfCaseTable *table, uint32_t row, Votes *votes)
{
    const KfRun *run = table->run;
    size_t p = 0;

    for (size_t i = kf_grid_from(table->grid, row, run->first_col);
         i < table->grid->row_start[row + 1] && table->grid->cells[i].col <= run->last_col; i++) {
        const KfCell *cell = &table->grid->cells[i];

        if (cell->kind != KF_CELL_TEXT)
            continue;
        while (run->cols[p] < cell->col)
            p++;
        if (run->cols[p] == cell->col)
            vote(table, cell, &votes[p]);
    }
}

static KfSeparators winner(const Votes *votes, KfRef *evidence)
{
    if (votes->english > votes->danish) {
        *evidence = votes->english_at;
        return KF_SEP_ENGLISH;
    }
    *evidence = votes->danish_at;
    return votes->danish ? KF_SEP_DANISH : KF_SEP_UNKNOWN;
}

/* What the amounts of all columns show. */
static Votes add_votes(const Votes *columns, size_t count)
{
    Votes all = { 0 };

    for (size_t p = 0; p < count; p++) {
        if (columns[p].danish && all.danish == 0)
            all.danish_at = columns[p].danish_at;
        if (columns[p].english && all.english == 0)
            all.english_at = columns[p].english_at;
        all.danish += columns[p].danish;
        all.english += columns[p].english;
    }
    return all;
}

/* A lone 1.234 means what the other amounts of its column show, or else of the table. */
static void decide_separators(KfCaseTable *table)
{
    const KfRun *run = table->run;
    Votes *votes = kf_arena_array(table->reader->arena, run->count, sizeof *votes), all;
    KfRef evidence;

    for (uint32_t row = run->row + 1; row < table->end_row; row++)
        vote_in_row(table, row, votes);
    all = add_votes(votes, run->count);
    table->figures.separators = winner(&all, &evidence);
    if (table->figures.separators == KF_SEP_UNKNOWN && table->course->unit > KRONE)
        table->figures.separators = KF_SEP_DANISH; /* "3,996" is of whole kroner there */
    for (size_t p = 0; p < run->count; p++) {
        KfPeriodColumn *column = &table->course->periods[p];

        column->has_lone = votes[p].lone > 0;
        column->separators = winner(&votes[p], &column->evidence);
        column->reason = KF_REASON_COLUMN;
        if (column->separators != KF_SEP_UNKNOWN)
            continue;
        column->separators = winner(&all, &column->evidence);
        column->reason = column->separators == KF_SEP_UNKNOWN ? KF_REASON_NONE : KF_REASON_TABLE;
        if (column->separators == KF_SEP_UNKNOWN)
            column->separators = table->figures.separators;
    }
}

/* ---- rows ---------------------------------------------------------------------- */

static bool names_next_table(const KfCaseTable *table, uint32_t row, KfText text)
{
    const KfLabelWords *words = &kf_label_facts(table->grid, text)->words;
    KfCourseName course = words->course;

    if (course.kind < 0 && words->citizen.len == 0)
        return false;
    /* "Faktisk" alone is a title where headings follow. */
    if (course.kind >= 0 && !course.sure && table->run->limit_row > row + TITLE_ROWS)
        return false;
    return !kf_table_repeats_title(table, row, text);
}

static bool has_amount(const KfCaseTable *table, uint32_t row)
{
    for (size_t p = 0; p < table->run->count; p++) {
        if (kf_figure_read(&table->figures, row, table->run->cols[p]).state == KF_FIGURE_STATED)
            return true;
    }
    return false;
}

/* "Kommune | Stat | I alt" over the figures of another table. */
static bool is_heading_row(const KfCaseTable *table, uint32_t row)
{
    const KfGrid *grid = table->grid;
    const KfRun *run = table->run;
    size_t headings = 0, p = 0;

    for (size_t i = kf_grid_from(grid, row, run->first_col);
         i < grid->row_start[row + 1] && grid->cells[i].col <= run->last_col; i++) {
        const KfCell *cell = &grid->cells[i];
        KfRole role;

        if (cell->kind != KF_CELL_TEXT)
            continue;
        while (run->cols[p] < cell->col)
            p++;
        if (run->cols[p] != cell->col)
            continue;
        role = kf_role_in(grid, kf_text_trim(cell->text)).role;
        headings += role == KF_ROLE_PAYER || role == KF_ROLE_TOTAL;
    }
    return headings > 1;
}

/* Whether a text of the row names another course or citizen. */
static bool titles_next_table(const KfCaseTable *table, uint32_t row)
{
    const KfRun *run = table->run;

    if (!kf_runs_may_name(table->reader->runs, row))
        return false;
    for (size_t i = table->grid->row_start[row]; i < table->grid->row_start[row + 1]; i++) {
        const KfCell *cell = &table->grid->cells[i];

        if (cell->kind == KF_CELL_TEXT && cell->col >= run->left_col && cell->col <= run->last_col
            && names_next_table(table, row, kf_text_trim(cell->text)))
            return true;
    }
    return run->label_col < run->left_col
           && names_next_table(table, row, kf_text_at(table->grid, row, run->label_col));
}

/* A title between tables, with no amounts beside it. */
static bool ends_table(const KfCaseTable *table, uint32_t row)
{
    return (is_heading_row(table, row) || titles_next_table(table, row)) && !has_amount(table, row);
}

static bool is_filled_row(const KfCaseTable *table, uint32_t row)
{
    if (kf_table_label(table, row).text.len)
        return true;
    for (size_t p = 0; p < table->run->count; p++) {
        const KfCell *cell = kf_grid_at(table->grid, row, table->run->cols[p]);

        if (cell && (cell->kind != KF_CELL_EMPTY || cell->formula.len))
            return true;
    }
    return false;
}

/* How many rows from..to are blank all across the sheet; a longer table beside this one makes
 * rows of it blank that are none of its end. */
static uint32_t blank_rows(const KfCaseTable *table, uint32_t from, uint32_t to)
{
    uint32_t blank = 0;

    for (uint32_t row = from; row < to; row++) {
        bool filled = false;

        for (size_t i = table->grid->row_start[row]; i < table->grid->row_start[row + 1]; i++)
            filled |= table->grid->cells[i].kind != KF_CELL_EMPTY;
        blank += !filled;
    }
    return blank;
}

static bool says_gain(const KfCaseTable *table, uint32_t row)
{
    const KfText label = kf_text_at(table->grid, row, table->run->label_col);

    return label.len && kf_label_facts(table->grid, label)->head == KF_HEAD_GAIN;
}

/* Right of its label, be it under a period or under "Kilde". */
static size_t count_amounts(const KfCaseTable *table, uint32_t row)
{
    const KfGrid *grid = table->grid;
    size_t count = 0;

    for (size_t i = kf_grid_from(grid, row, table->run->label_col + 1);
         i < grid->row_start[row + 1] && grid->cells[i].col <= table->run->last_col; i++)
        count += kf_figure_of(&table->figures, &grid->cells[i], row, grid->cells[i].col).state
                 == KF_FIGURE_STATED;
    return count;
}

/* One amount beside "Nettogevinst for kommunen", or beside "Kommunen" under such a title. */
static bool is_gain(const KfCaseTable *table, uint32_t row, bool titled)
{
    KfRole role = kf_role_in(table->grid, kf_text_at(table->grid, row, table->run->label_col)).role;

    return count_amounts(table, row) == 1
           && (says_gain(table, row)
               || (titled && (role == KF_ROLE_PAYER || role == KF_ROLE_TOTAL)));
}

static bool is_blank_row(const KfCaseTable *table, uint32_t row)
{
    return table->grid->row_start[row] == table->grid->row_start[row + 1]
           || !is_filled_row(table, row);
}

/* "Nettogevinst" over the amounts of the payers, or alone below a blank row: what the two
 * courses give together stands below one of them, and is no row of it. */
static bool begins_gains(const KfCaseTable *table, uint32_t row)
{
    if (!says_gain(table, row))
        return false;
    if (count_amounts(table, row) == 0)
        return row + 1 < table->run->limit_row && is_gain(table, row + 1, true);
    return is_blank_row(table, row - 1) && is_gain(table, row, false);
}

/* The row behind the last one of the table. A form whose rows are not all filled in goes
 * on across many blank ones, to its next section or its first total. */
static uint32_t find_end(const KfCaseTable *table)
{
    uint32_t end = table->run->row + 1;
    bool in_totals = false;

    for (uint32_t row = end; row < table->run->limit_row && row < end + FORM_ROWS_END; row++) {
        KfLabelRole role;

        if (!is_filled_row(table, row))
            continue;
        role = kf_role_in(table->grid, kf_text_at(table->grid, row, table->run->label_col));
        if (ends_table(table, row)
            || (in_totals && role.role == KF_ROLE_OTHER && begins_gains(table, row))
            || (row >= end + BLANK_ROWS_END && (in_totals || role.role == KF_ROLE_OTHER)
                && (in_totals || blank_rows(table, end, row) >= BLANK_ROWS_END)))
            break;
        in_totals |= role.role == KF_ROLE_PAYER || role.role == KF_ROLE_TOTAL;
        end = row + 1;
    }
    return end;
}

/* ---- columns that were not understood ------------------------------------------- */

static bool is_read_column(const KfCaseTable *table, uint32_t col)
{
    if (table->has_total_col && table->total_col == col)
        return true;
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (table->has_payer_col[k] && table->payer_cols[k] == col)
            return true;
    }
    return false;
}

/* Whether most of the benefits have an amount in the column. */
static bool holds_amounts(const KfCaseTable *table, uint32_t col)
{
    const KfCourse *course = table->course;
    size_t amounts = 0;

    for (size_t i = 0; i < course->item_count; i++) {
        const KfItem *item = &course->items[i];

        amounts +=
            kf_figure_read(&table->figures, item->label.ref.row, col).state == KF_FIGURE_STATED;
    }
    return course->item_count > 1 && amounts * 2 > course->item_count;
}

/* A column of amounts right behind the periods whose heading says nothing: it may be a
 * period, so it is never passed over in silence. */
static void note_strange_columns(const KfCaseTable *table)
{
    const KfRun *run = table->run;

    for (uint32_t col = run->last_col + 1; col <= run->right_col; col++) {
        const KfCell *cell = kf_grid_at(table->grid, run->head_row, col);
        const KfLabel heading = { kf_text_trim(cell ? cell->text : KF_TEXT("")),
                                  { table->reader->sheet, run->head_row, col },
                                  true };

        if (heading.text.len == 0)
            return;
        if (kf_role_in(table->grid, heading.text).role == KF_ROLE_OTHER
            && !is_read_column(table, col) && holds_amounts(table, col))
            kf_table_note_unplaced(table, heading);
    }
}

/* ---- a total that is called something else ------------------------------------------- */

/* Whether the column gives what the row's periods do: 1, -1 where it does not, 0 where
 * nothing stands in the one or the other. */
static int gives_row_sum(const KfCaseTable *table, uint32_t row, uint32_t col)
{
    const KfFigure total = kf_figure_read(&table->figures, row, col);
    const KfOere room = table->course->unit / 2 * (KfOere)(table->run->count + 1);
    KfOere sum = 0;

    for (size_t p = 0; p < table->run->count; p++) {
        const KfOere value = kf_figure_read(&table->figures, row, table->run->cols[p]).value;

        if (value > KF_OERE_MAX || value < -KF_OERE_MAX)
            return 0;
        sum += value;
    }
    if (sum == 0 || total.state != KF_FIGURE_STATED)
        return 0;
    return total.value - sum < room && sum - total.value < room ? 1 : -1;
}

/* "Hele perioden" and the like: the column right behind the periods, when it gives the sums
 * of most rows. */
static void find_unnamed_total(KfCaseTable *table)
{
    const uint32_t col = table->run->last_col + 1;
    int sums = 0, others = 0;

    if (table->has_total_col || col > table->run->right_col || heading_at(table, col).len == 0
        || kf_role_in(table->grid, heading_at(table, col)).role != KF_ROLE_OTHER)
        return;
    for (uint32_t row = table->run->row + 1; row < table->end_row; row++) {
        const int gives = gives_row_sum(table, row, col);

        sums += gives > 0;
        others += gives < 0;
    }
    if (sums < 3 || sums < others * 3)
        return;
    table->has_total_col = true;
    table->total_col = col;
}

/* ---- unit ---------------------------------------------------------------------- */

static void look_for_unit(KfCaseTable *table, uint32_t row, uint32_t col)
{
    KfText text = kf_text_at(table->grid, row, col);
    const KfLabelFacts *facts;

    if (text.len == 0)
        return;
    facts = kf_label_facts(table->grid, text);
    if (facts->units.named)
        table->course->unit = facts->units.named;
    if (facts->units.horizon) {
        table->course->horizon = text;
        table->course->horizon_ref = (KfRef){ table->reader->sheet, row, col };
        table->course->horizon_months = facts->units.horizon;
    }
}

/* "t.kr." under each heading */
static bool is_row_of_units(const KfCaseTable *table, uint32_t row)
{
    for (size_t p = 0; p < table->run->count; p++) {
        KfText text = kf_text_at(table->grid, row, table->run->cols[p]);
        const KfLabelFacts *facts = kf_label_facts(table->grid, text);

        if (!facts->units.named || facts->is_amount)
            return false;
    }
    return true;
}

/* The unit in the rows above the table, in its headings or in the row below them. */
static void find_unit(KfCaseTable *table)
{
    const KfRun *run = table->run;
    uint32_t first = run->top_row > TITLE_ROWS ? run->top_row - TITLE_ROWS : 0;

    table->course->unit = table->reader->unit ? table->reader->unit : 100;
    if (first < table->reader->first_row)
        first = table->reader->first_row;
    for (uint32_t row = first; row <= run->row; row++) {
        for (uint32_t col = run->label_col; col <= run->last_col; col++)
            look_for_unit(table, row, col);
    }
    for (uint32_t col = run->label_col; run->head_row < run->row && col <= run->last_col; col++)
        look_for_unit(table, run->head_row, col);
    if (run->row + 1 < run->limit_row && is_row_of_units(table, run->row + 1))
        look_for_unit(table, run->row + 1, run->first_col);
}

static void set_range(KfCaseTable *table)
{
    const KfRun *run = table->run;
    KfRange *range = &table->course->range;

    *range =
        (KfRange){ run->top_row, run->label_col < run->first_col ? run->label_col : run->first_col,
                   table->end_row > run->row ? table->end_row - 1 : run->row, run->last_col };
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (table->has_payer_col[k] && table->payer_cols[k] > range->last_col)
            range->last_col = table->payer_cols[k];
    }
    if (table->has_total_col && table->total_col > range->last_col)
        range->last_col = table->total_col;
}

bool kf_table_read(const KfTableReader *reader, const KfRun *run, KfCourse *course)
{
    KfCaseTable table = {
        .reader = reader, .grid = &reader->book->sheets[reader->sheet], .run = run, .course = course
    };

    course->sheet = reader->sheet;
    course->sheet_name = table.grid->name;
    course->periods = kf_arena_copy(reader->arena, run->periods, run->count * sizeof *run->periods);
    course->period_count = run->count;
    read_right_columns(&table);
    find_unit(&table);
    table.figures = (KfFigureReader){ reader->book, reader->sheet, KF_SEP_UNKNOWN, course->unit };
    table.end_row = find_end(&table);
    decide_separators(&table);
    find_unnamed_total(&table);
    kf_table_read_rows(&table);
    note_strange_columns(&table);
    set_range(&table);
    return course->item_count > 0 || course->totals;
}
