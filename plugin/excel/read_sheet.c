#include "read_sheet.h"

enum { BLOCK_CELLS = 1 << 14, MOST_MERGES = 1 << 14 };

KfText excel_sheet_name(KfText full)
{
    size_t from = full.len;

    while (from > 0 && full.ptr[from - 1] != ']')
        from--;
    return kf_text_slice(full, from, full.len);
}

/* ---- places ------------------------------------------------------------------ */

XlRect excel_cell_rect(uint32_t row, uint32_t col)
{
    return (XlRect){ (int32_t)row, (int32_t)row, (int32_t)col, (int32_t)col };
}

XlOper excel_area(uintptr_t sheet, XlRects *rects, XlRect rect)
{
    XlOper out = { .type = XL_REF };

    *rects = (XlRects){ 1, { rect } };
    out.as.there.rects = rects;
    out.as.there.sheet = sheet;
    return out;
}

XlOper excel_here(XlRect rect)
{
    XlOper out = { .type = XL_SREF };

    out.as.here.count = 1;
    out.as.here.rect = rect;
    return out;
}

bool excel_cell_ask(uintptr_t sheet, uint32_t row, uint32_t col, int what, XlOper *out)
{
    const bool is_text = what == XL_CELL_FORMAT || what == XL_CELL_FORMULA;
    XlRects rects;

    return excel_ask(
        XLF_GET_CELL | (is_text ? XL_ENGLISH : 0), out,
        EXCEL_OPERANDS(excel_whole(what), excel_area(sheet, &rects, excel_cell_rect(row, col))));
}

/* Of several answers in a row the first one. */
double excel_cell_number(uintptr_t sheet, uint32_t row, uint32_t col, int what)
{
    XlOper answer;
    double number = 0;

    if (excel_cell_ask(sheet, row, col, what, &answer))
        number =
            excel_as_number((answer.type & XL_TYPES) == XL_MULTI ? answer.as.array.items : &answer);
    excel_free(&answer);
    return number;
}

static double document_number(const ExcelSheet *sheet, int what)
{
    XlOper answer;
    double number = 0;

    if (excel_ask(XLF_GET_DOCUMENT, &answer,
                  EXCEL_OPERANDS(excel_whole(what), excel_slice(kf_buf_view(&sheet->name)))))
        number = excel_as_number(&answer);
    excel_free(&answer);
    return number;
}

/* False when nothing stands on the sheet. */
static bool used_area(const ExcelSheet *sheet, XlRect *out)
{
    const int first = XL_DOCUMENT_FIRST_ROW;

    out->first_row = out->first_col = 0;
    out->last_row = (int32_t)document_number(sheet, first + 1) - 1;
    out->last_col = (int32_t)document_number(sheet, first + 3) - 1;
    return document_number(sheet, first) > 0 && out->last_row >= 0 && out->last_col >= 0;
}

/* ---- cells ------------------------------------------------------------------- */

static KfText ask_text(KfBuf *out, uintptr_t sheet, uint32_t row, uint32_t col, int what)
{
    XlOper answer;

    out->len = 0;
    if (excel_cell_ask(sheet, row, col, what, &answer) && (answer.type & XL_STRING))
        excel_utf8(out, answer.as.string);
    excel_free(&answer);
    return kf_buf_view(out);
}

static bool shows_a1(void)
{
    XlOper answer;
    bool does = true;

    if (excel_ask(XLF_GET_WORKSPACE, &answer, EXCEL_OPERANDS(excel_whole(XL_WORKSPACE_A1))))
        does = excel_is_true(&answer);
    excel_free(&answer);
    return does;
}

/* Formulas are told as the user has them shown: R1C1 is turned into A1. */
static void to_a1(KfBuf *formula, uintptr_t sheet, uint32_t row, uint32_t col)
{
    XlRects rects;
    XlOper answer;

    if (excel_ask(XLF_FORMULA_CONVERT | XL_ENGLISH, &answer,
                  EXCEL_OPERANDS(excel_slice(kf_buf_view(formula)), excel_truth(false),
                                 excel_truth(true), excel_missing(),
                                 excel_area(sheet, &rects, excel_cell_rect(row, col))))
        && (answer.type & XL_STRING)) {
        formula->len = 0;
        excel_utf8(formula, answer.as.string);
    }
    excel_free(&answer);
}

typedef struct {
    KfHostSheet *out;
    uintptr_t sheet;
    bool a1;
    KfBuf text, format, formula;
} Reader;

static void read_formula(Reader *reader, KfHostCell *cell)
{
    KfText formula;

    if (excel_cell_number(reader->sheet, cell->row, cell->col, XL_CELL_HAS_FORMULA) == 0)
        return;
    ask_text(&reader->formula, reader->sheet, cell->row, cell->col, XL_CELL_FORMULA);
    if (!reader->a1)
        to_a1(&reader->formula, reader->sheet, cell->row, cell->col);
    formula = kf_buf_view(&reader->formula);
    if (kf_text_starts(formula, KF_TEXT("{=")) && formula.ptr[formula.len - 1] == '}')
        formula = kf_text_slice(formula, 1, formula.len - 1);
    if (kf_text_starts(formula, KF_TEXT("=")))
        cell->formula = kf_text_slice(formula, 1, formula.len);
    cell->in_array = excel_cell_number(reader->sheet, cell->row, cell->col, XL_CELL_IN_ARRAY) != 0;
}

static void add_cell(Reader *reader, const XlOper *value, int32_t row, int32_t col)
{
    static const KfCellKind kinds[] = {
        [KF_HOST_MISSING] = KF_CELL_EMPTY, [KF_HOST_NUMBER] = KF_CELL_NUMBER,
        [KF_HOST_TEXT] = KF_CELL_TEXT,     [KF_HOST_BOOL] = KF_CELL_BOOL,
        [KF_HOST_ERROR] = KF_CELL_ERROR,
    };
    KfHostValue read = { .kind = KF_HOST_MISSING };
    KfHostCell cell = { .row = (uint32_t)row, .col = (uint32_t)col };

    reader->text.len = 0;
    excel_value(&read, &reader->text, value);
    if (read.kind == KF_HOST_MISSING)
        return;
    cell.kind = kinds[read.kind];
    cell.number = read.number;
    cell.truth = read.truth;
    cell.error = read.error;
    cell.text = read.text;
    cell.format = ask_text(&reader->format, reader->sheet, cell.row, cell.col, XL_CELL_FORMAT);
    read_formula(reader, &cell);
    kf_host_sheet_add(reader->out, &cell);
}

static bool read_block(Reader *reader, XlRect rect)
{
    XlRects rects;
    XlOper values;
    bool done =
        excel_ask(XL_COERCE, &values,
                  EXCEL_OPERANDS(excel_area(reader->sheet, &rects, rect), excel_whole(XL_MULTI)));

    if (done && (values.type & XL_TYPES) == XL_MULTI) {
        const int32_t cols = values.as.array.cols;

        for (int32_t i = 0; i < values.as.array.rows * cols; i++)
            add_cell(reader, &values.as.array.items[i], rect.first_row + i / cols,
                     rect.first_col + i % cols);
    }
    excel_free(&values);
    return done;
}

static bool read_cells(KfHostSheet *out, uintptr_t sheet, XlRect area)
{
    Reader reader = { .out = out, .sheet = sheet, .a1 = shows_a1() };
    const int32_t step = BLOCK_CELLS / (area.last_col + 1) + 1;
    bool done = true;

    for (int32_t row = 0; row <= area.last_row && done; row += step) {
        XlRect block = { row, row + step - 1, 0, area.last_col };

        if (block.last_row > area.last_row)
            block.last_row = area.last_row;
        done = read_block(&reader, block);
    }
    out->cells.bad |= reader.text.bad || reader.format.bad || reader.formula.bad;
    kf_buf_free(&reader.text);
    kf_buf_free(&reader.format);
    kf_buf_free(&reader.formula);
    return done;
}

/* ---- shape ------------------------------------------------------------------- */

static void put_range(KfBuf *out, uint32_t first_row, uint32_t last_row, uint32_t first_col,
                      uint32_t last_col)
{
    const KfRange range = { first_row, first_col, last_row, last_col };

    kf_buf_bytes(out, &range, sizeof range);
}

static void add_hidden(KfHostSheet *out, uintptr_t sheet, XlRect area)
{
    for (uint32_t row = 0; row <= (uint32_t)area.last_row; row++) {
        if (excel_cell_number(sheet, row, 0, XL_CELL_HEIGHT) == 0)
            put_range(&out->hidden_rows, row, row, 0, KF_COL_LIMIT - 1);
    }
    for (uint32_t col = 0; col <= (uint32_t)area.last_col; col++) {
        if (excel_cell_number(sheet, 0, col, XL_CELL_WIDTH) == 0)
            put_range(&out->hidden_cols, 0, KF_ROW_LIMIT - 1, col, col);
    }
}

bool excel_show_sheet(const ExcelSheet *sheet)
{
    KfText full = kf_buf_view(&sheet->name);
    KfBuf shown = { 0 };
    XlOper answer;
    bool is_shown;

    excel_do(XLC_WORKBOOK_ACTIVATE, EXCEL_OPERANDS(excel_slice(excel_sheet_name(full))));
    if (excel_ask(XLF_GET_WORKBOOK, &answer, EXCEL_OPERANDS(excel_whole(XL_WORKBOOK_ACTIVE)))
        && (answer.type & XL_STRING))
        excel_utf8(&shown, answer.as.string);
    excel_free(&answer);
    is_shown = kf_text_eq(kf_buf_view(&shown), full);
    kf_buf_free(&shown);
    return is_shown;
}

/* Selecting the first cell of a merged area selects all of it: there is no other way to
 * ask. A cell that was merged has nothing to its right or below it. */
static void add_merge(KfHostSheet *out, uint32_t row, uint32_t col)
{
    XlOper selected;
    XlRect rect = { 0, 0, 0, 0 };

    if (!excel_do(XLC_SELECT, EXCEL_OPERANDS(excel_here(excel_cell_rect(row, col))))
        || !excel_ask(XLF_SELECTION, &selected, NULL, 0))
        return;
    if ((selected.type & XL_TYPES) == XL_SREF)
        rect = selected.as.here.rect;
    else if ((selected.type & XL_TYPES) == XL_REF && selected.as.there.rects)
        rect = selected.as.there.rects->rects[0];
    excel_free(&selected);
    if (rect.first_row == (int32_t)row && rect.first_col == (int32_t)col
        && (rect.last_row > rect.first_row || rect.last_col > rect.first_col))
        put_range(&out->merges, row, (uint32_t)rect.last_row, col, (uint32_t)rect.last_col);
}

/* The cells are asked for in an arena's book, where a neighbour is found. */
typedef struct {
    KfArena arena;
    KfHostSheet *sheet;
} Merges;

static KfStatus find_merges(void *ctx)
{
    Merges *merges = ctx;
    KfBook book;
    const KfGrid *grid;
    size_t asked = 0;

    kf_host_book(&merges->arena, merges->sheet, 1, false, &book);
    grid = &book.sheets[0];
    for (size_t i = 0; i < grid->cell_count && asked < MOST_MERGES; i++) {
        const KfCell *cell = &grid->cells[i];

        if (cell->kind != KF_CELL_TEXT
            || (kf_grid_at(grid, cell->row, cell->col + 1)
                && kf_grid_at(grid, cell->row + 1, cell->col)))
            continue;
        add_merge(merges->sheet, cell->row, cell->col);
        asked++;
    }
    return KF_OK;
}

static bool add_merges(KfHostSheet *out)
{
    Merges merges = { .sheet = out };
    KfStatus status;

    kf_arena_init(&merges.arena);
    status = kf_arena_run(&merges.arena, find_merges, &merges);
    kf_arena_finish(&merges.arena);
    return status == KF_OK;
}

bool excel_read_sheet(KfHostSheet *out, const ExcelSheet *sheet)
{
    XlRect area;
    bool done;

    kf_buf_text(&out->name, excel_sheet_name(kf_buf_view(&sheet->name)));
    out->is_protected = document_number(sheet, XL_DOCUMENT_PROTECTED) != 0;
    out->hidden = !excel_show_sheet(sheet);
    if (!used_area(sheet, &area))
        return true;
    done = read_cells(out, sheet->id, area);
    add_hidden(out, sheet->id, area);
    if (done && !out->hidden && !kf_host_sheet_bad(out))
        done = add_merges(out);
    return done;
}
