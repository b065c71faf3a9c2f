/* The workbook of the stand-in for Excel: cells, looks, notes and sheets, and the macro
 * language's functions and commands on them, as strict as their documentation allows.
 * Nothing is calculated: a formula that is written has no value.
 *
 * Lines of the script: book NAME | sheet NAME | hidden | protected | date1904 | row N and
 * col N (hidden) | merge ROW COL ROW COL | cell ... (see excel_host.c) | r1c1 0|1 |
 * part NAME (printed) | report PATH (of the JSON) | answer 0|1 | abort N (Esc before the N-th time that is asked) | command MACRO | dump 1 |
 * forget 1 | blocks 1 (the heap must be as it was the last time). */
#include "excel_host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum {
    MOST_SHEETS = 32,
    MOST_RANGES = 64,
    LONG_TEXT = 8192,
    SHORT_TEXT = 255,
    ROWS = 1048576,
    COLS = 16384
};

typedef struct {
    int row, col;
    XlOper value;
    char *formula, *format, *note;
    int pattern, fill;
} Cell;

typedef struct {
    char name[64];
    uintptr_t id;
    Cell *cells;
    size_t count;
    bool is_hidden, is_protected;
    XlRect merges[MOST_RANGES];
    int merge_count, hidden_rows[MOST_RANGES], row_count, hidden_cols[MOST_RANGES], col_count;
} Sheet;

static Sheet sheets[MOST_SHEETS];
static int sheet_count, active;
static uintptr_t next_id = 1000;
static XlRect selection;
static char book_name[128] = "Mappe1";
static bool date1904, in_macro, shows_r1c1, answer = true, has_menu;
static bool echo = true, asks = true, has_message;
static long abort_after = -1, last_blocks;

/* ---- the model ------------------------------------------------------------- */

int find_sheet(const char *name)
{
    int i = 0;

    while (i < sheet_count && strcmp(sheets[i].name, name) != 0)
        i++;
    return i;
}

uintptr_t sheet_id(int index)
{
    return sheets[index].id;
}

static Sheet *sheet_of_id(uintptr_t id)
{
    for (int i = 0; i < sheet_count; i++) {
        if (sheets[i].id == id)
            return &sheets[i];
    }
    return NULL;
}

static Cell *find_cell(Sheet *sheet, int row, int col)
{
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->cells[i].row == row && sheet->cells[i].col == col)
            return &sheet->cells[i];
    }
    return NULL;
}

static Cell *fetch_cell(Sheet *sheet, int row, int col)
{
    Cell *cell = find_cell(sheet, row, col);

    if (cell)
        return cell;
    sheet->cells = realloc(sheet->cells, (sheet->count + 1) * sizeof *sheet->cells);
    sheet->cells[sheet->count] = (Cell){ .row = row, .col = col, .value = { .type = XL_NIL } };
    return &sheet->cells[sheet->count++];
}

static void replace_text(char **text, const char *with)
{
    free(*text);
    *text = with && *with ? _strdup(with) : NULL;
}

static void drop_sheet(Sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        Cell *cell = &sheet->cells[i];

        drop_value(&cell->value);
        free(cell->formula);
        free(cell->format);
        free(cell->note);
    }
    free(sheet->cells);
    memset(sheet, 0, sizeof *sheet);
}

static void forget(void)
{
    while (sheet_count)
        drop_sheet(&sheets[--sheet_count]);
    active = 0;
    date1904 = shows_r1c1 = false;
    answer = true;
    abort_after = -1;
}

static Sheet *insert_sheet(int at, const char *name)
{
    memmove(&sheets[at + 1], &sheets[at], (size_t)(sheet_count - at) * sizeof *sheets);
    memset(&sheets[at], 0, sizeof sheets[at]);
    snprintf(sheets[at].name, sizeof sheets[at].name, "%s", name);
    sheets[at].id = next_id++;
    sheet_count++;
    return &sheets[at];
}

/* ---- results ---------------------------------------------------------------- */

static int give_number(XlOper *out, double number)
{
    out->type = XL_NUMBER;
    out->as.number = number;
    return XL_OK;
}

static int give_truth(XlOper *out, bool truth)
{
    out->type = XL_BOOL;
    out->as.truth = truth;
    return XL_OK;
}

static int give_text(XlOper *out, const char *text)
{
    *out = give_string(text);
    return XL_OK;
}

static int give_not_known(XlOper *out)
{
    out->type = XL_ERROR;
    out->as.error = XL_NA;
    return XL_OK;
}

static void give_reference(XlOper *out, uintptr_t sheet, XlRect rect)
{
    out->type = XL_REF | XL_FREE_BY_EXCEL;
    out->as.there.rects = own(sizeof(XlRects));
    *out->as.there.rects = (XlRects){ 1, { rect } };
    out->as.there.sheet = sheet;
}

static void full_name(char *out, size_t size, const Sheet *sheet)
{
    snprintf(out, size, "[%s]%s", book_name, sheet->name);
}

XlOper array_of(int sheet, XlRect rect)
{
    XlOper out = { .type = XL_MULTI | XL_FREE_BY_EXCEL };
    size_t cols = (size_t)(rect.last_col - rect.first_col + 1);
    size_t count = (size_t)(rect.last_row - rect.first_row + 1) * cols;

    out.as.array.rows = rect.last_row - rect.first_row + 1;
    out.as.array.cols = (int32_t)cols;
    out.as.array.items = own(count * sizeof(XlOper));
    for (size_t i = 0; i < count; i++)
        out.as.array.items[i] = (XlOper){ .type = XL_NIL };
    for (size_t i = 0; i < sheets[sheet].count; i++) {
        const Cell *cell = &sheets[sheet].cells[i];
        XlOper *item;

        if (cell->row < rect.first_row || cell->row > rect.last_row || cell->col < rect.first_col
            || cell->col > rect.last_col)
            continue;
        item = &out.as.array.items[(size_t)(cell->row - rect.first_row) * cols
                                   + (size_t)(cell->col - rect.first_col)];
        *item = cell->value;
        if (item->type == XL_STRING) {
            size_t size = (cell->value.as.string[0] + 2u) * sizeof(XlChar);

            item->as.string = memcpy(own(size), cell->value.as.string, size);
        }
    }
    return out;
}

/* ---- operands ---------------------------------------------------------------- */

static bool is_inside(XlRect rect)
{
    return rect.first_row >= 0 && rect.first_col >= 0 && rect.first_row <= rect.last_row
           && rect.last_row < ROWS && rect.first_col <= rect.last_col && rect.last_col < COLS;
}

/* The sheet and cells that a reference names; NULL when it is none. */
static Sheet *referred(const XlOper *oper, XlRect *rect, const char *what)
{
    Sheet *sheet = NULL;

    if (oper->type == XL_SREF && check(oper->as.here.count == 1, "%s: several areas", what)) {
        sheet = &sheets[active];
        *rect = oper->as.here.rect;
    } else if (oper->type == XL_REF && oper->as.there.rects
               && check(oper->as.there.rects->count == 1, "%s: several areas", what)) {
        sheet = sheet_of_id(oper->as.there.sheet);
        *rect = oper->as.there.rects->rects[0];
    }
    return check(sheet && is_inside(*rect), "%s: operand of type %x is no area", what, oper->type)
               ? sheet
               : NULL;
}

static Sheet *referred_cell(const XlOper *oper, int *row, int *col, const char *what)
{
    XlRect rect;
    Sheet *sheet = referred(oper, &rect, what);

    if (!sheet)
        return NULL;
    *row = rect.first_row;
    *col = rect.first_col;
    return check(rect.first_row == rect.last_row && rect.first_col == rect.last_col,
                 "%s: of several cells", what)
               ? sheet
               : NULL;
}

static bool is_text(const XlOper *oper, int longest, const char *what)
{
    return check(oper->type == XL_STRING && oper->as.string[0] <= longest,
                 "%s: no text, or a long one", what);
}

/* A sheet by its own name, or by that of book and sheet. */
static Sheet *named(const XlOper *oper, bool with_book, const char *what)
{
    char name[256];
    char *given = is_text(oper, SHORT_TEXT, what) ? text_of(oper) : NULL;
    Sheet *found = NULL;

    for (int i = 0; given && i < sheet_count; i++) {
        full_name(name, sizeof name, &sheets[i]);
        if (strcmp(with_book ? name : sheets[i].name, given) == 0)
            found = &sheets[i];
    }
    free(given);
    return found;
}

static bool count_is(int count, int least, int most, const char *what)
{
    return check(count >= least && count <= most, "%s: %d operands", what, count);
}

/* ---- what is asked ------------------------------------------------------------ */

static int coerce(XlOper **args, XlOper *result)
{
    XlRect rect;
    Sheet *sheet;

    if (!check(args[1]->type == XL_INT && args[1]->as.whole == XL_MULTI,
               "xlCoerce: to something else than an array"))
        return XL_BAD_OPERAND;
    sheet = referred(args[0], &rect, "xlCoerce");
    if (!sheet)
        return XL_BAD_OPERAND;
    *result = array_of((int)(sheet - sheets), rect);
    return XL_OK;
}

static int get_workbook(XlOper **args, XlOper *result)
{
    char name[256];

    if (number_in(args[0]) == 38) {
        full_name(name, sizeof name, &sheets[active]);
        return give_text(result, name);
    }
    check(number_in(args[0]) == 1, "GET.WORKBOOK: of %g", number_in(args[0]));
    result->type = XL_MULTI | XL_FREE_BY_EXCEL;
    result->as.array.rows = 1;
    result->as.array.cols = sheet_count;
    result->as.array.items = own((size_t)sheet_count * sizeof(XlOper));
    for (int i = 0; i < sheet_count; i++) {
        full_name(name, sizeof name, &sheets[i]);
        result->as.array.items[i] = give_string(name);
        result->as.array.items[i].type = XL_STRING;
    }
    return XL_OK;
}

static bool is_used(const Cell *cell)
{
    return cell->value.type != XL_NIL || cell->formula;
}

/* First row, last row, first column, last column, from 1; 0 of an empty sheet. */
static int used_area(const Sheet *sheet, int which)
{
    int found[4] = { ROWS, -1, COLS, -1 };

    for (size_t i = 0; i < sheet->count; i++) {
        const Cell *cell = &sheet->cells[i];

        if (!is_used(cell))
            continue;
        found[0] = cell->row < found[0] ? cell->row : found[0];
        found[1] = cell->row > found[1] ? cell->row : found[1];
        found[2] = cell->col < found[2] ? cell->col : found[2];
        found[3] = cell->col > found[3] ? cell->col : found[3];
    }
    return found[1] < 0 ? 0 : found[which] + 1;
}

static int get_document(XlOper **args, XlOper *result)
{
    const int what = (int)number_in(args[0]);
    Sheet *sheet = named(args[1], true, "GET.DOCUMENT");

    if (!sheet)
        return give_not_known(result);
    if (what == XL_DOCUMENT_KIND)
        return give_number(result, 1);
    if (what == XL_DOCUMENT_PROTECTED)
        return give_truth(result, sheet->is_protected);
    if (what == XL_DOCUMENT_1904)
        return give_truth(result, date1904);
    check(what >= XL_DOCUMENT_FIRST_ROW && what < XL_DOCUMENT_FIRST_ROW + 4, "GET.DOCUMENT(%d)",
          what);
    return give_number(result, used_area(sheet, what - XL_DOCUMENT_FIRST_ROW));
}

static bool is_listed(const int *list, int count, int number)
{
    while (count-- > 0) {
        if (list[count] == number)
            return true;
    }
    return false;
}

static int give_width(XlOper *result, bool is_hidden)
{
    result->type = XL_MULTI | XL_FREE_BY_EXCEL;
    result->as.array.rows = 1;
    result->as.array.cols = 2;
    result->as.array.items = own(2 * sizeof(XlOper));
    give_number(&result->as.array.items[0], is_hidden ? 0 : 8.43);
    give_truth(&result->as.array.items[1], !is_hidden);
    return XL_OK;
}

/* Behind "=R1C1|" stands a formula whose references are R1C1. */
static int give_formula(XlOper *result, const char *formula)
{
    char text[LONG_TEXT];

    snprintf(text, sizeof text, "=%s%s", shows_r1c1 ? "R1C1|" : "", formula);
    return give_text(result, text);
}

static int get_cell(XlOper **args, XlOper *result, bool english)
{
    const int what = (int)number_in(args[0]);
    int row = 0, col = 0;
    Sheet *sheet = referred_cell(args[1], &row, &col, "GET.CELL");
    static const Cell none;
    const Cell *cell = sheet ? find_cell(sheet, row, col) : NULL;

    if (!sheet)
        return XL_BAD_OPERAND;
    cell = cell ? cell : &none;
    check(english == (what == XL_CELL_FORMAT || what == XL_CELL_FORMULA),
          "GET.CELL(%d): in which language", what);
    switch (what) {
    case XL_CELL_FORMAT:
        return give_text(result, cell->format ? cell->format : "General");
    case XL_CELL_PATTERN:
        return give_number(result, cell->pattern);
    case XL_CELL_FILL:
        return give_number(result, cell->fill);
    case XL_CELL_WIDTH:
        return give_width(result, is_listed(sheet->hidden_cols, sheet->col_count, col));
    case XL_CELL_HEIGHT:
        return give_number(result, is_listed(sheet->hidden_rows, sheet->row_count, row) ? 0 : 15);
    case XL_CELL_FORMULA:
        return give_formula(result, cell->formula ? cell->formula : "");
    case XL_CELL_HAS_FORMULA:
        return give_truth(result, cell->formula != NULL);
    case XL_CELL_IN_ARRAY:
        return give_truth(result, false);
    default:
        check(false, "GET.CELL(%d)", what);
        return XL_BAD_OPERAND;
    }
}

static int get_note(XlOper **args, XlOper *result)
{
    int row = 0, col = 0;
    Sheet *sheet = referred_cell(args[0], &row, &col, "GET.NOTE");
    const Cell *cell = sheet ? find_cell(sheet, row, col) : NULL;
    char start[SHORT_TEXT / 4 + 1];

    if (!sheet)
        return XL_BAD_OPERAND;
    snprintf(start, sizeof start, "%s", cell && cell->note ? cell->note : "");
    return give_text(result, start);
}

static int convert(XlOper **args, int count, XlOper *result)
{
    const bool from_a1 = number_in(args[1]) == 1, to_a1 = number_in(args[2]) == 1;
    char *given = is_text(args[0], LONG_TEXT, "FORMULA.CONVERT") ? text_of(args[0]) : NULL;
    char text[LONG_TEXT];
    int row, col;

    check(count == 5 && args[3]->type == XL_MISSING
              && referred_cell(args[4], &row, &col, "FORMULA.CONVERT"),
          "FORMULA.CONVERT: of which cell");
    if (!check(given && from_a1 != to_a1 && given[0] == '='
                   && from_a1 == (strncmp(given, "=R1C1|", 6) != 0),
               "FORMULA.CONVERT of %s", given ? given : "nothing")) {
        free(given);
        return XL_BAD_OPERAND;
    }
    snprintf(text, sizeof text, "=%s%s", from_a1 ? "R1C1|" : "", given + (from_a1 ? 1 : 6));
    free(given);
    return give_text(result, text);
}

static int get_sheet_id(XlOper **args, XlOper *result)
{
    Sheet *sheet = named(args[0], true, "xlSheetId");

    if (!sheet)
        return XL_FAILED;
    give_reference(result, sheet->id, (XlRect){ 0, 0, 0, 0 });
    return XL_OK;
}

static int esc_pressed(XlOper **args, int count, XlOper *result)
{
    if (count) {
        check(number_in(args[0]) == 0, "xlAbort: kept");
        abort_after = -1;
        return give_truth(result, true);
    }
    if (abort_after > 0)
        abort_after--;
    return give_truth(result, abort_after == 0);
}

/* ---- what is done ------------------------------------------------------------- */

/* A single cell of a merged area stands for all of it. */
static int select_cells(XlOper **args)
{
    Sheet *sheet = &sheets[active];

    if (!check(args[0]->type == XL_SREF && is_inside(args[0]->as.here.rect),
               "SELECT: of another sheet"))
        return XL_BAD_OPERAND;
    selection = args[0]->as.here.rect;
    for (int i = 0; i < sheet->merge_count; i++) {
        const XlRect *merge = &sheet->merges[i];

        if (selection.first_row >= merge->first_row && selection.last_row <= merge->last_row
            && selection.first_col >= merge->first_col && selection.last_col <= merge->last_col)
            selection = *merge;
    }
    return XL_OK;
}

static int set_cell(XlOper **args)
{
    int row, col;
    Sheet *sheet = referred_cell(args[0], &row, &col, "xlSet");
    Cell *cell;

    if (!sheet || sheet->is_protected)
        return XL_FAILED;
    check(args[1]->type == XL_NUMBER || args[1]->type == XL_STRING, "xlSet: of type %x",
          args[1]->type);
    cell = fetch_cell(sheet, row, col);
    drop_value(&cell->value);
    replace_text(&cell->formula, NULL);
    cell->value = *args[1];
    if (args[1]->type == XL_STRING) {
        char *text = text_of(args[1]);

        cell->value.as.string = make_string(text);
        free(text);
    }
    return XL_OK;
}

static int set_formula(XlOper **args, XlOper *result, bool english)
{
    int row, col;
    Sheet *sheet = referred_cell(args[1], &row, &col, "FORMULA");
    char *text = is_text(args[0], LONG_TEXT, "FORMULA") ? text_of(args[0]) : NULL;
    Cell *cell;

    check(english && text && strncmp(text, "=R1C1|", 6) == 0, "FORMULA of %s",
          text ? text : "nothing");
    if (!sheet || sheet->is_protected || !text) {
        free(text);
        return XL_FAILED;
    }
    cell = fetch_cell(sheet, row, col);
    drop_value(&cell->value);
    replace_text(&cell->formula, text + 6);
    free(text);
    return give_truth(result, true);
}

static int set_note(XlOper **args, int count, XlOper *result)
{
    int row, col, start = (int)number_in(args[2]);
    Sheet *sheet = referred_cell(args[1], &row, &col, "NOTE");
    char *more = is_text(args[0], SHORT_TEXT, "NOTE") ? text_of(args[0]) : NULL, *whole;
    Cell *cell = sheet ? fetch_cell(sheet, row, col) : NULL;
    const char *before = cell && cell->note && start > 1 ? cell->note : "";
    XlChar *units = make_string(before);

    check(count == 3 && start == units[0] + 1, "NOTE: from %d of %d", start, units[0]);
    free(units);
    if (!sheet || !more || sheet->is_protected) {
        free(more);
        return XL_FAILED;
    }
    whole = malloc(strlen(before) + strlen(more) + 1);
    sprintf(whole, "%s%s", before, more);
    replace_text(&cell->note, whole);
    free(whole);
    free(more);
    return give_truth(result, true);
}

static int each_selected(XlOper *result, void (*work)(Cell *cell, XlOper **args), XlOper **args)
{
    if (sheets[active].is_protected)
        return XL_FAILED;
    for (int row = selection.first_row; row <= selection.last_row; row++) {
        for (int col = selection.first_col; col <= selection.last_col; col++)
            work(fetch_cell(&sheets[active], row, col), args);
    }
    return give_truth(result, true);
}

static void fill_cell(Cell *cell, XlOper **args)
{
    cell->pattern = (int)number_in(args[0]);
    cell->fill = (int)number_in(args[1]);
    check(cell->pattern >= 0 && cell->pattern <= 18 && cell->fill >= 0 && cell->fill <= 56,
          "PATTERNS(%d, %d)", cell->pattern, cell->fill);
}

static void drop_note(Cell *cell, XlOper **args)
{
    check(number_in(args[0]) == 4, "CLEAR of more than notes");
    replace_text(&cell->note, NULL);
}

static void format_cell(Cell *cell, XlOper **args)
{
    char *code = is_text(args[0], SHORT_TEXT, "FORMAT.NUMBER") ? text_of(args[0]) : NULL;

    replace_text(&cell->format, code);
    free(code);
}

/* Fonts, alignment, widths: nothing is kept of them. */
static int look_only(XlOper **args, int count, const char *what, XlOper *result)
{
    for (int i = 0; i < count; i++) {
        const uint32_t type = args[i]->type;

        check(type == XL_MISSING || type == XL_INT || type == XL_NUMBER || type == XL_BOOL
                  || type == XL_SREF,
              "%s: operand %d of type %x", what, i, type);
    }
    return sheets[active].is_protected ? XL_FAILED : give_truth(result, true);
}

static int activate(XlOper **args, XlOper *result)
{
    Sheet *sheet = named(args[0], false, "WORKBOOK.ACTIVATE");

    if (!sheet || sheet->is_hidden)
        return XL_FAILED;
    active = (int)(sheet - sheets);
    selection = (XlRect){ 0, 0, 0, 0 };
    return give_truth(result, true);
}

static int insert(XlOper **args, XlOper *result)
{
    char name[32];

    check(number_in(args[0]) == 1, "WORKBOOK.INSERT of no worksheet");
    snprintf(name, sizeof name, "Ark%u", (unsigned)next_id);
    insert_sheet(active, name);
    return give_truth(result, true);
}

static int rename_sheet(XlOper **args, XlOper *result)
{
    Sheet *sheet = named(args[0], false, "WORKBOOK.NAME");
    char *name = is_text(args[1], 31, "WORKBOOK.NAME") ? text_of(args[1]) : NULL;
    bool done = sheet && name && find_sheet(name) == sheet_count && !strpbrk(name, "[]:*?/\\");

    if (check(done, "WORKBOOK.NAME: %s", name ? name : "nothing"))
        snprintf(sheet->name, sizeof sheet->name, "%s", name);
    free(name);
    return done ? give_truth(result, true) : XL_FAILED;
}

/* The active sheet stays the same one. */
static int move_sheet(XlOper **args, XlOper *result)
{
    Sheet *sheet = named(args[0], false, "WORKBOOK.MOVE"), moved;
    char *book = text_of(args[1]);
    const int to = (int)number_in(args[2]) - 1;
    const uintptr_t shown = sheets[active].id;
    int from;

    check(sheet && book && strcmp(book, book_name) == 0 && to >= 0 && to < sheet_count,
          "WORKBOOK.MOVE to %d of %s", to + 1, book ? book : "nothing");
    free(book);
    if (!sheet || to < 0 || to >= sheet_count)
        return XL_FAILED;
    from = (int)(sheet - sheets);
    moved = *sheet;
    memmove(&sheets[from], &sheets[from + 1], (size_t)(sheet_count - from - 1) * sizeof *sheets);
    memmove(&sheets[to + 1], &sheets[to], (size_t)(sheet_count - to - 1) * sizeof *sheets);
    sheets[to] = moved;
    active = (int)(sheet_of_id(shown) - sheets);
    return give_truth(result, true);
}

static int delete_sheet(XlOper **args, XlOper *result)
{
    Sheet *sheet = named(args[0], false, "WORKBOOK.DELETE");
    int at;

    check(!asks, "WORKBOOK.DELETE: Excel asks the user whether they are sure");
    if (!sheet || sheet_count == 1)
        return XL_FAILED;
    at = (int)(sheet - sheets);
    drop_sheet(sheet);
    memmove(&sheets[at], &sheets[at + 1], (size_t)(sheet_count - at - 1) * sizeof *sheets);
    sheet_count--;
    active = active > at || active == sheet_count ? active - 1 : active;
    return give_truth(result, true);
}

/* ---- talking ------------------------------------------------------------------ */

static void print_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\n' || *text == '\t' || *text == '\\')
            printf("\\%c", *text == '\n' ? 'n' : *text == '\t' ? 't' : '\\');
        else
            putchar(*text);
    }
}

static int alert(XlOper **args, XlOper *result)
{
    char *text = is_text(args[0], SHORT_TEXT, "ALERT") ? text_of(args[0]) : NULL;
    const int kind = (int)number_in(args[1]);

    check(text && *text && (kind == 1 || kind == 2), "ALERT of kind %d", kind);
    printf("%s\t", kind == 1 ? "ask" : "tell");
    print_text(text ? text : "");
    printf("\n");
    free(text);
    return give_truth(result, kind == 2 || answer);
}

static int message(XlOper **args, int count, XlOper *result)
{
    has_message = number_in(args[0]) == 1;
    check(has_message ? count == 2 && is_text(args[1], SHORT_TEXT, "MESSAGE") : count == 1,
          "MESSAGE: %d operands", count);
    return give_truth(result, true);
}

/* ---- the menu ----------------------------------------------------------------- */

static void check_menu_row(const XlOper *row, bool is_first)
{
    char *title = text_of(&row[0]), *macro = text_of(&row[1]);

    check(title && *title && macro && row[2].type == XL_STRING && row[3].type == XL_STRING
              && row[4].type == XL_STRING,
          "ADD.MENU: a row of something else");
    check(is_first ? macro && !*macro : macro && is_macro(macro), "ADD.MENU: %s is no macro",
          macro ? macro : "nothing");
    free(title);
    free(macro);
}

static int add_menu(XlOper **args, XlOper *result)
{
    const XlOper *menu = args[1];

    if (!check(number_in(args[0]) == 10 && menu->type == XL_MULTI && menu->as.array.cols == 5
                   && menu->as.array.rows > 1 && !has_menu,
               "ADD.MENU: operands"))
        return XL_BAD_OPERAND;
    for (int i = 0; i < menu->as.array.rows; i++)
        check_menu_row(&menu->as.array.items[i * 5], i == 0);
    has_menu = true;
    return give_number(result, 10);
}

static int menu_call(int function, int count, XlOper **args, XlOper *result)
{
    char *title = count > 1 ? text_of(args[1]) : NULL;
    const bool is_ours = title && strcmp(title, "Kontrafakt") == 0;

    free(title);
    if (function == XLF_ADD_MENU)
        return count_is(count, 2, 2, "ADD.MENU") ? add_menu(args, result) : XL_BAD_COUNT;
    check(number_in(args[0]) == 10 && is_ours, "GET.BAR or DELETE.MENU: of what");
    if (function == XLF_GET_BAR)
        return has_menu ? give_number(result, 11) : give_not_known(result);
    check(has_menu, "DELETE.MENU: twice");
    has_menu = false;
    return give_truth(result, true);
}

void check_menu(bool is_there)
{
    check(has_menu == is_there, "the menu is %s", has_menu ? "there" : "not there");
}

/* ---- the callback ------------------------------------------------------------- */

static int ask_book(int function, int count, XlOper **args, XlOper *result)
{
    const bool english = function & XL_ENGLISH;

    switch (function & ~XL_ENGLISH) {
    case XLF_GET_WORKBOOK:
        return count_is(count, 1, 1, "GET.WORKBOOK") ? get_workbook(args, result) : XL_BAD_COUNT;
    case XLF_GET_DOCUMENT:
        return count_is(count, 2, 2, "GET.DOCUMENT") ? get_document(args, result) : XL_BAD_COUNT;
    case XLF_GET_CELL:
        return count_is(count, 2, 2, "GET.CELL") ? get_cell(args, result, english) : XL_BAD_COUNT;
    case XLF_GET_NOTE:
        return count_is(count, 1, 1, "GET.NOTE") ? get_note(args, result) : XL_BAD_COUNT;
    case XLF_GET_WORKSPACE:
        check(count == 1 && number_in(args[0]) == XL_WORKSPACE_A1, "GET.WORKSPACE: of what");
        return give_truth(result, !shows_r1c1);
    case XLF_FORMULA_CONVERT:
        return convert(args, count, result);
    case XLF_SELECTION:
        give_reference(result, sheets[active].id, selection);
        return XL_OK;
    case XL_SHEET_ID:
        return count_is(count, 1, 1, "xlSheetId") ? get_sheet_id(args, result) : XL_BAD_COUNT;
    case XL_ABORT:
        return count_is(count, 0, 1, "xlAbort") ? esc_pressed(args, count, result) : XL_BAD_COUNT;
    default:
        check(false, "callback %x is not one that the add-in may use", function);
        return XL_BAD_FUNCTION;
    }
}

static int change_book(int function, int count, XlOper **args, XlOper *result)
{
    const bool english = function & XL_ENGLISH;

    switch (function & ~XL_ENGLISH) {
    case XL_SET:
        return count_is(count, 2, 2, "xlSet") ? set_cell(args) : XL_BAD_COUNT;
    case XLC_FORMULA:
        return count_is(count, 2, 2, "FORMULA") ? set_formula(args, result, english) : XL_BAD_COUNT;
    case XLC_NOTE:
        return count_is(count, 3, 3, "NOTE") ? set_note(args, count, result) : XL_BAD_COUNT;
    case XLC_SELECT:
        return count_is(count, 1, 1, "SELECT") ? select_cells(args) : XL_BAD_COUNT;
    case XLC_PATTERNS:
        return count_is(count, 3, 3, "PATTERNS") ? each_selected(result, fill_cell, args)
                                                 : XL_BAD_COUNT;
    case XLC_CLEAR:
        return count_is(count, 1, 1, "CLEAR") ? each_selected(result, drop_note, args)
                                              : XL_BAD_COUNT;
    case XLC_FORMAT_NUMBER:
        check(english, "FORMAT.NUMBER: in which language");
        return count_is(count, 1, 1, "FORMAT.NUMBER") ? each_selected(result, format_cell, args)
                                                      : XL_BAD_COUNT;
    case XLC_FORMAT_FONT:
        return count_is(count, 7, 9, "FORMAT.FONT") ? look_only(args, count, "FORMAT.FONT", result)
                                                    : XL_BAD_COUNT;
    case XLC_ALIGNMENT:
        return count_is(count, 3, 5, "ALIGNMENT") ? look_only(args, count, "ALIGNMENT", result)
                                                  : XL_BAD_COUNT;
    case XLC_COLUMN_WIDTH:
        return count_is(count, 2, 5, "COLUMN.WIDTH")
                   ? look_only(args, count, "COLUMN.WIDTH", result)
                   : XL_BAD_COUNT;
    case XLC_WORKBOOK_ACTIVATE:
        return count_is(count, 1, 1, "ACTIVATE") ? activate(args, result) : XL_BAD_COUNT;
    case XLC_WORKBOOK_INSERT:
        return count_is(count, 1, 1, "INSERT") ? insert(args, result) : XL_BAD_COUNT;
    case XLC_WORKBOOK_NAME:
        return count_is(count, 2, 2, "NAME") ? rename_sheet(args, result) : XL_BAD_COUNT;
    case XLC_WORKBOOK_MOVE:
        return count_is(count, 3, 3, "MOVE") ? move_sheet(args, result) : XL_BAD_COUNT;
    case XLC_WORKBOOK_DELETE:
        return count_is(count, 1, 1, "DELETE") ? delete_sheet(args, result) : XL_BAD_COUNT;
    case XLC_ALERT:
        return count_is(count, 2, 2, "ALERT") ? alert(args, result) : XL_BAD_COUNT;
    case XLC_MESSAGE:
        return count_is(count, 1, 2, "MESSAGE") ? message(args, count, result) : XL_BAD_COUNT;
    case XLC_ECHO:
        echo = number_in(args[0]) == 1;
        return give_truth(result, true);
    case XLC_ERROR:
        asks = number_in(args[0]) == 1;
        return give_truth(result, true);
    default:
        return ask_book(function, count, args, result);
    }
}

int call_book(int function, int count, XlOper **args, XlOper *result)
{
    if (function == XL_COERCE)
        return count_is(count, 2, 2, "xlCoerce") ? coerce(args, result) : XL_BAD_COUNT;
    if (function == XLF_GET_BAR || function == XLF_ADD_MENU || function == XLF_DELETE_MENU)
        return menu_call(function, count, args, result);
    if (!check(in_macro, "callback %x outside a macro", function))
        return XL_FAILED;
    return change_book(function, count, args, result);
}

/* ---- the script --------------------------------------------------------------- */

static void run_command(const char *macro)
{
    in_macro = true;
    printf("%s\n", run_macro(macro) ? "done" : "not done");
    in_macro = false;
    check(echo && asks && !has_message, "%s leaves the screen or the status bar as it had them",
          macro);
}

static void print_value(const XlOper *value)
{
    char *text = text_of(value);

    if (text) {
        printf("s:");
        print_text(text);
    } else if (value->type == XL_NUMBER) {
        printf("n:%.17g", value->as.number);
    } else if (value->type == XL_BOOL || value->type == XL_ERROR) {
        printf("%c:%d", value->type == XL_BOOL ? 'b' : 'e', value->as.whole);
    }
    free(text);
}

static void dump(void)
{
    for (int i = 0; i < sheet_count; i++) {
        printf("sheet\t%s\n", sheets[i].name);
        for (size_t k = 0; k < sheets[i].count; k++) {
            const Cell *cell = &sheets[i].cells[k];

            if (!is_used(cell) && !cell->pattern && !cell->note)
                continue;
            printf("cell\t%d\t%d\t", cell->row, cell->col);
            print_value(&cell->value);
            printf("\t%s\t%s\t%d\t%d\t", cell->formula ? cell->formula : "",
                   cell->format ? cell->format : "", cell->pattern, cell->fill);
            print_text(cell->note ? cell->note : "");
            printf("\n");
        }
    }
    printf("end\n");
}

/* The next field of a line; an empty one when there is none. */
static char *next_field(char **rest)
{
    char *field = *rest, *tab = strchr(field, '\t');

    *rest = tab ? tab + 1 : field + strlen(field);
    if (tab)
        *tab = '\0';
    return field;
}

static void add_cell(char *rest)
{
    const int row = atoi(next_field(&rest)), col = atoi(next_field(&rest));
    Cell *cell = fetch_cell(&sheets[sheet_count - 1], row, col);

    cell->value = make_value(next_field(&rest));
    replace_text(&cell->formula, next_field(&rest));
    replace_text(&cell->format, next_field(&rest));
    cell->pattern = atoi(next_field(&rest));
    cell->fill = cell->pattern ? 6 : 0;
    replace_text(&cell->note, next_field(&rest));
}

static void shape_line(const char *what, char *rest)
{
    Sheet *sheet = &sheets[sheet_count - 1];
    XlRect rect;

    if (strcmp(what, "hidden") == 0)
        sheet->is_hidden = true;
    else if (strcmp(what, "protected") == 0)
        sheet->is_protected = atoi(rest);
    else if (strcmp(what, "row") == 0 && sheet->row_count < MOST_RANGES)
        sheet->hidden_rows[sheet->row_count++] = atoi(rest);
    else if (strcmp(what, "col") == 0 && sheet->col_count < MOST_RANGES)
        sheet->hidden_cols[sheet->col_count++] = atoi(rest);
    else if (strcmp(what, "merge") == 0 && sheet->merge_count < MOST_RANGES
             && sscanf(rest, "%d\t%d\t%d\t%d", &rect.first_row, &rect.first_col, &rect.last_row,
                       &rect.last_col)
                    == 4)
        sheet->merges[sheet->merge_count++] = rect;
    else
        check(false, "the script has a line \"%s\"", what);
}

void script_line(const char *what, char *rest)
{
    if (strcmp(what, "cell") == 0)
        add_cell(rest);
    else if (strcmp(what, "sheet") == 0)
        insert_sheet(sheet_count, rest);
    else if (strcmp(what, "book") == 0)
        snprintf(book_name, sizeof book_name, "%s", rest);
    else if (strcmp(what, "date1904") == 0)
        date1904 = atoi(rest);
    else if (strcmp(what, "r1c1") == 0)
        shows_r1c1 = atoi(rest);
    else if (strcmp(what, "answer") == 0)
        answer = atoi(rest);
    else if (strcmp(what, "abort") == 0)
        abort_after = atoi(rest);
    else if (strcmp(what, "part") == 0)
        printf("part\t%s\n", rest);
    else if (strcmp(what, "report") == 0)
        SetEnvironmentVariableA("KONTRAFAKT_JSON", rest);
    else if (strcmp(what, "command") == 0)
        run_command(rest);
    else if (strcmp(what, "dump") == 0)
        dump();
    else if (strcmp(what, "forget") == 0)
        forget();
    else if (strcmp(what, "blocks") == 0) {
        const long now = blocks_in_use();

        check(last_blocks == 0 || now == last_blocks, "macros left %ld blocks", now - last_blocks);
        last_blocks = now;
    } else
        shape_line(what, rest);
}
