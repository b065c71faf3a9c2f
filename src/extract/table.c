/* The rows of a table in three stretches: benefits in their sections, payer rows
 * with the period total, and the totals over all periods, one figure a line.
 * Payers can stand as columns to the right of the periods instead. */
#include "extract/table.h"

#include "extract/figure.h"
#include "extract/words.h"

enum { BLANK_ROWS_END = 6, FORM_ROWS_END = 40, UNPLACED_MAX = 1000 };

typedef struct {
    const KfTableReader *reader;
    const KfGrid *grid;
    const KfRun *run;
    KfCourse *course;
    KfFigureReader figures;
    KfText section;
    size_t item_cap;
    bool in_totals; /* a payer or total row has been seen */
    uint32_t payer_cols[KF_PAYER_COUNT];
    bool has_payer_col[KF_PAYER_COUNT];
    uint32_t total_col;
    bool has_total_col;
} Table;

static KfLabel label_at(const Table *table, uint32_t row, uint32_t col)
{
    return (KfLabel){ kf_text_at(table->grid, row, col), { table->reader->sheet, row, col }, true };
}

/* Headings right of the periods: payers and a total as columns. */
static void read_right_columns(Table *table)
{
    const KfRun *run = table->run;

    for (uint32_t col = run->last_col + 1; col <= run->right_col; col++) {
        KfLabelRole role = kf_label_role(kf_text_at(table->grid, run->row, col));

        if (role.role == KF_ROLE_PAYER && !table->has_payer_col[role.payer]) {
            table->has_payer_col[role.payer] = true;
            table->payer_cols[role.payer] = col;
        } else if (role.role == KF_ROLE_TOTAL && !table->has_total_col) {
            table->has_total_col = true;
            table->total_col = col;
        }
    }
}

/* A lone 1.234 means what the other amounts of the table show. */
static KfSeparators vote_separators(const Table *table, uint32_t end_row)
{
    int danish = 0, english = 0;

    for (uint32_t row = table->run->row + 1; row < end_row; row++) {
        for (size_t p = 0; p < table->run->count; p++) {
            const KfCell *cell = kf_grid_at(table->grid, row, table->run->cols[p]);
            KfAmount amount;

            if (!cell || cell->kind != KF_CELL_TEXT
                || kf_amount_read(cell->text, KF_SEP_UNKNOWN, &amount) != KF_READ_OK
                || amount.ambiguous)
                continue;
            danish += amount.seen == KF_SEP_DANISH;
            english += amount.seen == KF_SEP_ENGLISH;
        }
    }
    return english > danish ? KF_SEP_ENGLISH : danish ? KF_SEP_DANISH : KF_SEP_UNKNOWN;
}

static KfFigure *read_row(const Table *table, uint32_t row)
{
    KfFigure *figures = kf_arena_array(table->reader->arena, table->run->count, sizeof *figures);

    for (size_t p = 0; p < table->run->count; p++)
        figures[p] = kf_figure_read(&table->figures, row, table->run->cols[p]);
    return figures;
}

static size_t count_filled(const KfFigure *figures, size_t count)
{
    size_t filled = 0;

    for (size_t p = 0; p < count; p++)
        filled += figures[p].state != KF_FIGURE_BLANK;
    return filled;
}

/* First filled figure of a row that holds one figure for the whole course. */
static KfFigure single_figure(const Table *table, uint32_t row, const KfFigure *figures)
{
    for (size_t p = 0; p < table->run->count; p++) {
        if (figures[p].state != KF_FIGURE_BLANK)
            return figures[p];
    }
    for (uint32_t col = table->run->last_col + 1; col <= table->run->right_col; col++) {
        KfFigure figure = kf_figure_read(&table->figures, row, col);

        if (figure.state == KF_FIGURE_STATED)
            return figure;
    }
    return figures[0];
}

static void note_unplaced(const Table *table, KfLabel label)
{
    const KfTableReader *reader = table->reader;
    KfNote note = { label.ref, label.text };

    if (*reader->unplaced_count < UNPLACED_MAX)
        KF_PUSH(reader->arena, *reader->unplaced, *reader->unplaced_count, *reader->unplaced_cap,
                note);
}

static void read_parts(const Table *table, uint32_t row, KfFigure parts[KF_PAYER_COUNT],
                       KfFigure *total)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (table->has_payer_col[k])
            parts[k] = kf_figure_read(&table->figures, row, table->payer_cols[k]);
    }
    if (table->has_total_col)
        *total = kf_figure_read(&table->figures, row, table->total_col);
}

static void add_item(Table *table, uint32_t row, KfLabel label, bool part, KfFigure *amounts)
{
    KfCourse *course = table->course;
    KfItem item = {
        .label = label, .section = table->section, .amounts = amounts, .is_part = part
    };

    read_parts(table, row, item.parts, &item.total);
    KF_PUSH(table->reader->arena, course->items, course->item_count, table->item_cap, item);
}

static void add_payer(Table *table, uint32_t row, KfLabel label, KfLabelRole role,
                      KfFigure *figures, size_t filled)
{
    KfCourse *course = table->course;
    bool single = filled <= 1 && table->run->count > 1;
    KfFigure unused[KF_PAYER_COUNT] = { 0 };

    if (single && (role.summed || course->payers[role.payer])) {
        course->payer_totals[role.payer] = single_figure(table, row, figures);
        course->payer_total_labels[role.payer] = label;
        return;
    }
    if (course->payers[role.payer]) {
        note_unplaced(table, label);
        return;
    }
    course->payers[role.payer] = figures;
    course->payer_labels[role.payer] = label;
    if (table->has_total_col) {
        read_parts(table, row, unused, &course->payer_totals[role.payer]);
        course->payer_total_labels[role.payer] = label;
    }
}

static void add_total(Table *table, uint32_t row, KfLabel label, KfLabelRole role,
                      KfFigure *figures, size_t filled)
{
    KfCourse *course = table->course;
    KfFigure parts[KF_PAYER_COUNT] = { 0 };

    if (filled <= 1 && table->run->count > 1 && (role.grand || course->totals)) {
        course->case_total = single_figure(table, row, figures);
        course->case_total_label = label;
        return;
    }
    if (course->totals) {
        note_unplaced(table, label);
        return;
    }
    course->totals = figures;
    course->total_label = label;
    read_parts(table, row, parts, &course->case_total);
    if (table->has_total_col)
        course->case_total_label = label;
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (!table->has_payer_col[k])
            continue;
        course->payer_totals[k] = parts[k];
        course->payer_total_labels[k] = label;
    }
}

/* A row with a text and no amounts: a section's heading, or a benefit whose
 * amounts were left blank when benefits stand around it. */
static void add_empty_row(Table *table, uint32_t row, KfLabel label, KfLabelRole role,
                          KfFigure *figures)
{
    bool after_blank =
        kf_text_at(table->grid, row - 1, label.ref.col).len == 0 || row == table->run->row + 1;

    if (table->in_totals) {
        note_unplaced(table, label);
    } else if (role.role == KF_ROLE_SECTION || role.role == KF_ROLE_PAYER || after_blank
               || !table->course->item_count) {
        table->section = label.text;
    } else {
        add_item(table, row, label, role.part, figures);
    }
}

/* Whether a payer or total column of the row holds anything. */
static bool has_right_figure(const Table *table, uint32_t row)
{
    KfFigure parts[KF_PAYER_COUNT] = { 0 }, total = { 0 };
    bool any;

    read_parts(table, row, parts, &total);
    any = total.state > KF_FIGURE_BLANK;
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        any |= parts[k].state > KF_FIGURE_BLANK;
    return any;
}

static void add_labelled(Table *table, uint32_t row, KfLabel label, KfFigure *figures,
                         size_t filled)
{
    KfLabelRole role = kf_label_role(label.text);
    bool payer_blank = role.role == KF_ROLE_PAYER && table->in_totals;

    if (filled == 0 && !payer_blank && !has_right_figure(table, row)) {
        add_empty_row(table, row, label, role, figures);
        return;
    }
    switch (role.role) {
    case KF_ROLE_PAYER:
        table->in_totals = true;
        add_payer(table, row, label, role, figures, filled);
        break;
    case KF_ROLE_TOTAL:
        table->in_totals = true;
        add_total(table, row, label, role, figures, filled);
        break;
    case KF_ROLE_SUBTOTAL:
        break;
    case KF_ROLE_SECTION:
    case KF_ROLE_OTHER:
        if (table->in_totals)
            note_unplaced(table, label);
        else
            add_item(table, row, label, role.part, figures);
        break;
    }
}

/* An amount without a label counts; a row of zeros stands for a section with no benefit. */
static void add_unlabelled(Table *table, uint32_t row, KfFigure *figures)
{
    bool any = false;

    for (size_t p = 0; p < table->run->count; p++)
        any |= figures[p].state == KF_FIGURE_STATED && figures[p].value != 0;
    if (any && !table->in_totals)
        add_item(table, row, label_at(table, row, table->run->label_col), false, figures);
}

/* A title between tables, with no amounts beside it: another course or citizen. */
static bool ends_table(const Table *table, uint32_t row)
{
    const KfRun *run = table->run;

    for (size_t p = 0; p < run->count; p++) {
        if (kf_figure_read(&table->figures, row, run->cols[p]).state == KF_FIGURE_STATED)
            return false;
    }
    for (uint32_t col = run->left_col; col <= run->last_col; col++) {
        KfText text = kf_text_at(table->grid, row, col);

        if (text.len && (kf_course_named(text) >= 0 || kf_citizen_named(text).len))
            return true;
    }
    return run->label_col < run->left_col
           && kf_course_named(kf_text_at(table->grid, row, run->label_col)) >= 0;
}

static bool is_filled_row(const Table *table, uint32_t row)
{
    if (kf_text_at(table->grid, row, table->run->label_col).len)
        return true;
    for (size_t p = 0; p < table->run->count; p++) {
        const KfCell *cell = kf_grid_at(table->grid, row, table->run->cols[p]);

        if (cell && (cell->kind != KF_CELL_EMPTY || cell->formula.len))
            return true;
    }
    return false;
}

/* The row behind the last one of the table. A form whose rows are not all filled in goes
 * on across many blank ones, to its next section or its first total. */
static uint32_t find_end(const Table *table)
{
    uint32_t end = table->run->row + 1;
    bool in_totals = false;

    for (uint32_t row = end; row < table->run->limit_row && row < end + FORM_ROWS_END; row++) {
        KfLabelRole role;

        if (!is_filled_row(table, row))
            continue;
        role = kf_label_role(kf_text_at(table->grid, row, table->run->label_col));
        if (ends_table(table, row)
            || (row >= end + BLANK_ROWS_END && (in_totals || role.role == KF_ROLE_OTHER)))
            break;
        in_totals |= role.role == KF_ROLE_PAYER || role.role == KF_ROLE_TOTAL;
        end = row + 1;
    }
    return end;
}

static void find_unit(Table *table)
{
    const KfRun *run = table->run;
    uint32_t first = run->row > 4 ? run->row - 4 : 0;

    table->course->unit = 100;
    for (uint32_t row = first; row <= run->row; row++) {
        for (uint32_t col = run->label_col; col <= run->last_col; col++) {
            KfText text = kf_text_at(table->grid, row, col);
            KfOere unit = kf_unit_named(text);
            int32_t months = kf_horizon_named(text);

            if (unit)
                table->course->unit = unit;
            if (months) {
                table->course->horizon = text;
                table->course->horizon_ref = (KfRef){ table->reader->sheet, row, col };
                table->course->horizon_months = months;
            }
        }
    }
}

bool kf_table_read(const KfTableReader *reader, const KfRun *run, KfCourse *course)
{
    Table table = {
        .reader = reader, .grid = &reader->book->sheets[reader->sheet], .run = run, .course = course
    };
    uint32_t end;

    course->sheet = reader->sheet;
    course->sheet_name = table.grid->name;
    course->periods = run->periods;
    course->period_count = run->count;
    read_right_columns(&table);
    find_unit(&table);
    table.figures = (KfFigureReader){ reader->book, reader->sheet, KF_SEP_UNKNOWN, course->unit };
    end = find_end(&table);
    table.figures.separators = vote_separators(&table, end);
    for (uint32_t row = run->row + 1; row < end; row++) {
        KfLabel label = label_at(&table, row, run->label_col);
        KfFigure *figures = read_row(&table, row);
        size_t filled = count_filled(figures, run->count);

        if (label.text.len)
            add_labelled(&table, row, label, figures, filled);
        else if (filled)
            add_unlabelled(&table, row, figures);
    }
    course->range =
        (KfRange){ run->row, run->label_col < run->first_col ? run->label_col : run->first_col,
                   end > run->row ? end - 1 : run->row, run->last_col };
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (table.has_payer_col[k] && table.payer_cols[k] > course->range.last_col)
            course->range.last_col = table.payer_cols[k];
    }
    if (table.has_total_col && table.total_col > course->range.last_col)
        course->range.last_col = table.total_col;
    return course->item_count > 0 || course->totals;
}
