/* A row of headings is tried in each stretch of columns that hangs together; the
 * rows beneath it are read until three blank ones, or headings again. */
#include "extract/form.h"

#include "extract/evidence.h"
#include "extract/form_kind.h"
#include "formula/ratio.h"

enum {
    MOST_COLS = 48,
    PROBE_ROWS = 30,
    BLANK_ROWS_END = 3,
    TITLE_ROWS = 5,
    ROWS_TO_KNOW = 24,
    MILLION = 1000000
};

typedef struct {
    const KfTableReader *reader;
    const KfGrid *grid;
    uint32_t row, end_row; /* of the headings; the table ends above */
    uint32_t first_row;    /* of the figures */
    uint32_t first_col, last_col;
    uint32_t label_col;
    KfForm form;
    KfLabel title;
} Draft;

/* ---- columns --------------------------------------------------------------- */

/* The text of a heading; a year may be a number. */
static KfText heading_at(const Draft *draft, uint32_t row, uint32_t col)
{
    const KfCell *cell = kf_grid_at(draft->grid, row, col);
    KfText text;

    if (!cell || (cell->kind != KF_CELL_TEXT && cell->kind != KF_CELL_NUMBER))
        return (KfText){ 0 };
    text = kf_text_trim(cell->text);
    return cell->kind == KF_CELL_TEXT || (text.len == 4 && kf_is_time(text)) ? text : (KfText){ 0 };
}

static bool is_filled(const KfCell *cell)
{
    return cell->kind != KF_CELL_EMPTY || cell->formula.len;
}

/* Which columns from first on hold anything in the rows from the headings on. */
static void find_used(const KfGrid *grid, uint32_t row, uint32_t end_row, uint32_t first,
                      bool used[MOST_COLS])
{
    for (uint32_t at = row; at < end_row && at < row + PROBE_ROWS; at++) {
        if (at > row + 1 && grid->row_start[at] == grid->row_start[at + 1])
            return; /* what stands below a blank row may be another table */
        for (size_t i = grid->row_start[at]; i < grid->row_start[at + 1]; i++) {
            const KfCell *cell = &grid->cells[i];

            if (cell->col >= first && cell->col - first < MOST_COLS)
                used[cell->col - first] |= is_filled(cell);
        }
    }
}

/* The heading above a heading: the nearest text at or left of it, not past another
 * table. */
static KfText group_at(const Draft *draft, uint32_t col)
{
    if (draft->row == 0)
        return (KfText){ 0 };
    for (uint32_t at = col + 1; at-- > draft->first_col && at > draft->label_col;) {
        KfText text = kf_text_at(draft->grid, draft->row - 1, at);

        if (text.len)
            return text;
    }
    return (KfText){ 0 };
}

static KfFormLine line_at(const Draft *draft, uint32_t row, uint32_t col, uint32_t at)
{
    KfText text = heading_at(draft, row, col);

    if (row == draft->row && draft->first_row == row && col != draft->label_col)
        text = (KfText){ 0 }; /* a form without headings */
    return (KfFormLine){
        { text, { draft->reader->sheet, row, col }, true }, kf_line_words(text), { 0 }, at
    };
}

static void read_columns(Draft *draft)
{
    KfForm *form = &draft->form;

    form->columns = kf_arena_array(draft->reader->arena, MOST_COLS, sizeof *form->columns);
    form->label_head = kf_head_read(heading_at(draft, draft->row, draft->label_col));
    for (uint32_t col = draft->first_col; col <= draft->last_col; col++) {
        KfFormLine line = line_at(draft, draft->row, col, col);

        if (col == draft->label_col || !line.label.text.len)
            continue;
        line.group = group_at(draft, col);
        form->about |= kf_about(line.label.text);
        form->columns[form->column_count++] = line;
    }
    for (uint32_t col = draft->label_col + 1; form->column_count == 0 && col <= draft->last_col;
         col++) {
        const KfCell *cell = kf_grid_at(draft->grid, draft->first_row, col);

        if (cell && kf_is_amount(draft->grid, cell))
            form->columns[form->column_count++] =
                (KfFormLine){ .words = kf_line_words((KfText){ 0 }), .at = col };
    }
}

/* ---- rows ------------------------------------------------------------------ */

/* An amount or a percentage. */
static bool has_amount(const Draft *draft, uint32_t row)
{
    for (size_t i = 0; i < draft->form.column_count; i++) {
        KfText text = kf_text_at(draft->grid, row, draft->form.columns[i].at);

        if (kf_figure_read(&draft->form.figures, row, draft->form.columns[i].at).state
                == KF_FIGURE_STATED
            || (text.len && text.ptr[0] >= '0' && text.ptr[0] <= '9'
                && kf_text_ends(text, KF_TEXT("%"))))
            return true;
    }
    return false;
}

static bool is_blank_row(const Draft *draft, uint32_t row)
{
    for (size_t i = draft->grid->row_start[row]; i < draft->grid->row_start[row + 1]; i++) {
        const KfCell *cell = &draft->grid->cells[i];

        if (cell->col >= draft->label_col && cell->col <= draft->last_col && is_filled(cell))
            return false;
    }
    return true;
}

/* Two or more headings of years, payers or courses: another table begins. */
static bool is_heading_row(const Draft *draft, uint32_t row)
{
    size_t found = 0;

    for (size_t i = 0; i < draft->form.column_count; i++) {
        KfText text = kf_text_at(draft->grid, row, draft->form.columns[i].at);
        KfLineWords words = kf_line_words(text);

        found += text.len
                 && (words.is_time || words.course >= 0 || words.payer != KF_PAYER_NONE
                     || words.head != KF_HEAD_NONE);
    }
    return found >= 2;
}

/* Reads at most so many rows; false when there are more. */
static bool read_rows(Draft *draft, size_t most)
{
    KfForm *form = &draft->form;
    KfText section = { 0 };
    uint32_t blank = 0;

    form->row_count = 0;
    for (uint32_t row = draft->first_row; row < draft->end_row && blank < BLANK_ROWS_END; row++) {
        KfFormLine line;
        bool has_figures;

        if (is_blank_row(draft, row)) {
            blank++;
            continue;
        }
        line = line_at(draft, row, draft->label_col, row);
        /* Years read as amounts, too, but amounts stand beside a label. */
        has_figures = has_amount(draft, row);
        if (!(line.label.text.len && has_figures) && is_heading_row(draft, row))
            return true;
        if (!has_figures) {
            section = line.label.text;
            blank += blank > 0; /* a title or a note after a gap */
            continue;
        }
        if (!line.label.text.len)
            continue;
        if (form->row_count == most)
            return false;
        blank = 0;
        line.group = section;
        form->about |= kf_about(line.label.text) & ~(unsigned)KF_ABOUT_BENEFIT;
        KF_PUSH(draft->reader->arena, form->rows, form->row_count, form->row_cap, line);
    }
    return true;
}

/* ---- what stands above ----------------------------------------------------- */

static void read_title(Draft *draft)
{
    KfForm *form = &draft->form;
    uint32_t first = draft->row > TITLE_ROWS ? draft->row - TITLE_ROWS : 0;

    form->about |= kf_about(draft->grid->name);
    form->figures.unit = 100;
    for (uint32_t row = first; row <= draft->row; row++) {
        for (size_t i = draft->grid->row_start[row]; i < draft->grid->row_start[row + 1]; i++) {
            const KfCell *cell = &draft->grid->cells[i];
            KfOere unit;

            if (cell->kind != KF_CELL_TEXT || cell->col > draft->last_col)
                continue;
            unit = kf_unit_named(cell->text);
            if (unit)
                form->figures.unit = unit;
            form->about |= kf_about(cell->text);
            if (row < draft->row && cell->col <= draft->label_col)
                draft->title = (KfLabel){ kf_text_trim(cell->text),
                                          { draft->reader->sheet, row, cell->col },
                                          true };
        }
    }
}

static void find_separators(Draft *draft)
{
    uint32_t cols[MOST_COLS];
    uint32_t end = draft->row + 200 < draft->end_row ? draft->row + 200 : draft->end_row;

    for (size_t i = 0; i < draft->form.column_count; i++)
        cols[i] = draft->form.columns[i].at;
    draft->form.figures.separators =
        kf_separators_of(draft->grid, cols, draft->form.column_count, draft->row + 1, end);
}

/* ---- cells ----------------------------------------------------------------- */

/* The number at the start of a text, a Danish decimal comma as a point. */
static KfText plain_number(KfText text, char room[24])
{
    size_t len = 0;

    for (size_t i = 0; i < text.len && len < 23; i++) {
        char c = text.ptr[i];

        if ((c < '0' || c > '9') && c != ',' && c != '.' && c != '-')
            break;
        if (c == '.' && kf_text_find(text, KF_TEXT(",")) != SIZE_MAX)
            continue;
        room[len++] = c == ',' ? '.' : c;
    }
    return (KfText){ room, len };
}

/* A factor in millionths: 0,5 post, 5 %, 12 uger; 0 when it is none. */
static int64_t read_quantity(const KfBook *book, const KfCell *cell, bool percent_heading)
{
    char room[24];
    KfRatio value, whole;
    int64_t micro;
    KfText text = kf_text_trim(cell->text);
    bool percent = cell->kind == KF_CELL_TEXT
                       ? kf_text_find(text, KF_TEXT("%")) != SIZE_MAX || percent_heading
                       : percent_heading && !kf_number_format(book->formats[cell->format]).percent;

    if (cell->kind == KF_CELL_TEXT)
        text = plain_number(text, room);
    else if (cell->kind != KF_CELL_NUMBER)
        return 0;
    if (!kf_ratio_read(&value, text) || !kf_ratio_mul(&value, value, kf_ratio_int(MILLION))
        || !kf_ratio_round(&whole, value, 0) || !kf_ratio_whole(whole, &micro))
        return 0;
    /* 5 under "Overhead i %" is five per cent; 0.05 there is too. */
    if (percent && (cell->kind == KF_CELL_TEXT || micro >= MILLION || micro <= -MILLION))
        micro /= 100;
    return micro;
}

static bool is_factor(KfLineRole role)
{
    return role == KF_LINE_QUANTITY || role == KF_LINE_EXTRA || role == KF_LINE_REDUCTION
           || role == KF_LINE_COUNT;
}

static void read_cells(const Draft *draft, KfTable *out)
{
    KfArena *arena = draft->reader->arena;
    const KfForm *form = &draft->form;
    size_t columns = out->column_count;

    out->figures = kf_arena_array(arena, out->row_count * columns, sizeof *out->figures);
    out->quantities = kf_arena_array(arena, out->row_count * columns, sizeof *out->quantities);
    for (size_t r = 0; r < out->row_count; r++) {
        for (size_t c = 0; c < columns; c++) {
            const KfLine *row = &out->rows[r], *column = &out->columns[c];
            const KfCell *cell = kf_grid_at(draft->grid, form->rows[r].at, form->columns[c].at);
            size_t at = r * columns + c;

            out->figures[at] =
                kf_figure_read(&form->figures, form->rows[r].at, form->columns[c].at);
            if (column->role == KF_LINE_NOTE || row->role == KF_LINE_NOTE)
                continue;
            if (cell && (is_factor(column->role) || is_factor(row->role)))
                out->quantities[at] = read_quantity(draft->reader->book, cell,
                                                    form->rows[r].words.is_percent
                                                        || form->columns[c].words.is_percent);
        }
    }
}

/* The gains of the case above are written as its courses are. */
static void write_as_above(Draft *draft, KfTable *out)
{
    const KfCourseAbove *above = draft->reader->above;

    for (size_t i = 0; i < draft->form.row_count; i++)
        draft->form.rows[i].words.course = KF_COURSE_GAIN;
    out->owner = above->case_index + 1;
    out->unit = draft->form.figures.unit = above->unit;
    out->range.first_row = draft->row;
    out->title = (KfLabel){ kf_text_at(draft->grid, draft->row, draft->label_col),
                            { draft->reader->sheet, draft->row, draft->label_col },
                            true };
    if (draft->form.figures.separators == KF_SEP_UNKNOWN)
        draft->form.figures.separators = above->separators;
}

static bool finish(Draft *draft, KfTable *out)
{
    KfForm *form = &draft->form;
    bool whole, gains;
    int kind;

    read_columns(draft);
    if (form->column_count == 0)
        return false;
    if (!kf_form_may_be(form))
        return false;
    read_title(draft);
    find_separators(draft);
    whole = read_rows(draft, ROWS_TO_KNOW);
    kind = kf_form_kind(form);
    gains = kind < 0 && draft->reader->above && kf_form_is_gains(form);
    if (gains)
        kind = KF_TABLE_SUMMARY;
    if (form->row_count == 0 || kind < 0)
        return false;
    if (!whole)
        read_rows(draft, SIZE_MAX);
    *out = (KfTable){ .sheet_name = draft->grid->name,
                      .sheet = draft->reader->sheet,
                      .range = { form->columns[0].label.has_ref ? draft->row : form->rows[0].at,
                                 draft->label_col, form->rows[form->row_count - 1].at,
                                 form->columns[form->column_count - 1].at },
                      .title = draft->title,
                      .unit = form->figures.unit };
    if (draft->first_col < draft->label_col)
        out->range.first_col = draft->first_col;
    if (gains)
        write_as_above(draft, out);
    kf_form_roles(draft->reader->arena, form, (KfTableKind)kind, out);
    read_cells(draft, out);
    return true;
}

/* ---- stretches of columns -------------------------------------------------- */

static bool holds_text(const Draft *draft, uint32_t col)
{
    for (uint32_t row = draft->first_row;
         row < draft->end_row && row - draft->first_row < PROBE_ROWS; row++) {
        if (heading_at(draft, row, col).len)
            return true;
    }
    return false;
}

static Draft draft_of(const KfTableReader *reader, uint32_t row, uint32_t end_row, uint32_t first,
                      uint32_t last, bool headless)
{
    Draft draft = { .reader = reader,
                    .grid = &reader->book->sheets[reader->sheet],
                    .row = row,
                    .end_row = end_row,
                    .first_row = headless ? row : row + 1,
                    .first_col = first,
                    .last_col = last,
                    .label_col = first };

    draft.form.figures = (KfFigureReader){ reader->book, reader->sheet, KF_SEP_UNKNOWN, 100 };
    while (draft.label_col < last && !holds_text(&draft, draft.label_col))
        draft.label_col++;
    return draft;
}

/* A form without headings begins with a label of its own, below nothing. */
static bool may_be_headless(const KfTableReader *reader, uint32_t row)
{
    const KfGrid *grid = &reader->book->sheets[reader->sheet];
    const KfCell *cell = &grid->cells[grid->row_start[row]];

    if (row && grid->row_start[row - 1] < grid->row_start[row])
        return false;
    if (grid->row_start[row + 1] - grid->row_start[row] < 2 || cell->kind != KF_CELL_TEXT
        || !kf_is_amount(grid, cell + 1))
        return false;
    switch (kf_head_read(cell->text)) {
    case KF_HEAD_WAGE:
    case KF_HEAD_POSTS:
    case KF_HEAD_QUANTITY:
        return true;
    case KF_HEAD_GAIN:
        return reader->above != NULL;
    default:
        return false;
    }
}

size_t kf_forms_read(const KfTableReader *reader, uint32_t row, uint32_t end_row, KfTable *out,
                     size_t room)
{
    const KfGrid *grid = &reader->book->sheets[reader->sheet];
    bool used[MOST_COLS + 1] = { false };
    uint32_t first, from = 0;
    size_t found = 0;
    bool headless;

    if (grid->row_start[row] == grid->row_start[row + 1])
        return 0;
    headless = may_be_headless(reader, row);
    if (!headless && !kf_may_be_headings(grid, row))
        return 0;
    first = grid->cells[grid->row_start[row]].col;
    first -= first > 0; /* the corner above the labels may be blank */
    find_used(grid, row, end_row, first, used);
    for (uint32_t col = 0; col <= MOST_COLS && found < room; col++) {
        if (used[col])
            continue;
        if (col > from + 1) {
            Draft draft = draft_of(reader, row, end_row, first + from, first + col - 1, headless);

            found += finish(&draft, &out[found]);
        }
        from = col + 1;
    }
    return found;
}
