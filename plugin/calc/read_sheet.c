#include "read_sheet.h"

#include "property.h"

#include <stdlib.h>

enum {
    RESULT_VALUE = 1,
    RESULT_TEXT = 2,
    EXCEL_A1 = 1,
    MOST_MAPPED = 1 << 22 /* cells whose number formats are asked for */
};

void calc_reader_init(CalcReader *reader, uno_Interface *document)
{
    rtl_uString *name = uno_string(KF_TEXT(CSS "sheet.FormulaParser"));
    void *args[] = { &name };

    reader->formats =
        uno_get(document, CSS "util.XNumberFormatsSupplier", "getNumberFormats", NULL);
    reader->parser = uno_get(document, CSS "lang.XMultiServiceFactory", "createInstance", args);
    rtl_uString_release(name);
    uno_set_long(reader->parser, "FormulaConvention", EXCEL_A1);
    uno_set_bool(reader->parser, "CompileEnglish", true);
}

void calc_reader_finish(CalcReader *reader)
{
    uno_release(reader->formats);
    uno_release(reader->parser);
    *reader = (CalcReader){ NULL, NULL };
}

/* ---- number formats --------------------------------------------------------- */

/* The formats of the cells in use: a key and a code for each run, the run of each cell. */
typedef struct {
    CalcRange area;
    uint32_t *run_of; /* by rows; 0: none */
    KfBuf codes;
    size_t starts[4096];
    uint32_t runs;
} FormatMap;

static size_t cells_of(const CalcRange *area)
{
    return (size_t)(area->last_row - area->first_row + 1)
           * (size_t)(area->last_col - area->first_col + 1);
}

/* A code is written by the customs of its locale; a Danish one swaps point and comma. */
static void put_code(KfBuf *out, uno_Interface *format)
{
    KfBuf code = { 0 };
    uno_Any locale;
    rtl_uString *name = uno_string(KF_TEXT("Locale"));
    void *args[] = { &name };
    bool swap = false;

    uno_text_property(&code, format, "FormatString");
    if (uno_call_as(format, CSS "beans.XPropertySet", "getPropertyValue", &locale, args)) {
        if (locale.pType->eTypeClass == typelib_TypeClass_STRUCT)
            swap = uno_is(*(rtl_uString **)locale.pData, "da");
        uno_any_destruct(&locale, NULL);
    }
    rtl_uString_release(name);
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];

        kf_buf_char(out, !swap ? c : c == ',' ? '.' : c == '.' ? ',' : c);
    }
    out->bad |= code.bad;
    kf_buf_free(&code);
}

static void map_run(const CalcReader *reader, FormatMap *map, uno_Interface *run)
{
    sal_Int32 key = uno_long_property(run, "NumberFormat", 0);
    void *args[] = { &key };
    uno_Interface *format;
    CalcRange at;

    if (key == 0 || map->runs + 2 >= sizeof map->starts / sizeof *map->starts
        || !uno_call_as(run, CSS "sheet.XCellRangeAddressable", "getRangeAddress", &at, NULL))
        return;
    format = uno_get(reader->formats, CSS "util.XNumberFormats", "getByKey", args);
    map->starts[++map->runs] = map->codes.len;
    put_code(&map->codes, format);
    map->starts[map->runs + 1] = map->codes.len;
    uno_release(format);
    for (sal_Int32 row = at.first_row; row <= at.last_row && row <= map->area.last_row; row++) {
        for (sal_Int32 col = at.first_col; col <= at.last_col && col <= map->area.last_col; col++)
            map->run_of[(size_t)row * (size_t)(map->area.last_col + 1) + (size_t)col] = map->runs;
    }
}

static void map_formats(const CalcReader *reader, FormatMap *map, uno_Interface *used)
{
    uno_Interface *runs;
    sal_Int32 count;

    if (cells_of(&map->area) > MOST_MAPPED)
        return;
    map->run_of = calloc(cells_of(&map->area), sizeof *map->run_of);
    if (!map->run_of)
        return;
    runs = uno_get(used, CSS "sheet.XCellFormatRangesSupplier", "getCellFormatRanges", NULL);
    count = uno_count(runs);
    for (sal_Int32 i = 0; i < count; i++) {
        uno_Interface *run = uno_at(runs, i, CSS "table.XCellRange");

        map_run(reader, map, run);
        uno_release(run);
    }
    uno_release(runs);
}

static KfText format_at(const FormatMap *map, sal_Int32 row, sal_Int32 col)
{
    uint32_t run = 0;

    if (map->run_of && row <= map->area.last_row && col <= map->area.last_col)
        run = map->run_of[(size_t)row * (size_t)(map->area.last_col + 1) + (size_t)col];
    if (run == 0)
        return KF_TEXT("");
    return kf_text_slice(kf_buf_view(&map->codes), map->starts[run], map->starts[run + 1]);
}

/* ---- cells ------------------------------------------------------------------ */

static void add_values(KfHostSheet *out, const FormatMap *map, const uno_Sequence *rows)
{
    KfBuf text = { 0 };

    for (sal_Int32 row = 0; row < rows->nElements; row++) {
        const uno_Sequence *cells = ((uno_Sequence **)(void *)rows->elements)[row];

        for (sal_Int32 col = 0; col < cells->nElements; col++) {
            KfHostCell cell = { .row = (uint32_t)row,
                                .col = (uint32_t)col,
                                .format = format_at(map, row, col) };

            text.len = 0;
            calc_cell_value(&cell, &text, (const uno_Any *)(const void *)cells->elements + col);
            kf_host_sheet_add(out, &cell);
        }
    }
    out->cells.bad |= text.bad;
    kf_buf_free(&text);
}

/* sheet, column, row: the struct that the parser wants. */
typedef struct {
    sal_Int16 sheet;
    sal_Int32 col, row;
} Address;

static void put_formula(KfBuf *out, const CalcReader *reader, uno_Interface *cell, Address address)
{
    uno_Sequence *tokens = NULL;
    rtl_uString *formula = NULL;
    void *args[] = { &tokens, &address };

    if (!uno_call_as(cell, CSS "sheet.XFormulaTokens", "getTokens", &tokens, NULL))
        return;
    if (uno_call_as(reader->parser, CSS "sheet.XFormulaParser", "printFormula", &formula, args)) {
        uno_utf8(out, formula);
        rtl_uString_release(formula);
    }
    uno_sequence_free(tokens, "[]" CSS "sheet.FormulaToken");
}

static void put_result(KfHostCell *out, KfBuf *text, uno_Interface *cell)
{
    sal_Int32 error = 0, kind = uno_long_property(cell, "FormulaResultType2", RESULT_VALUE);

    uno_call_as(cell, CSS "table.XCell", "getError", &error, NULL);
    if (error) {
        out->kind = KF_CELL_ERROR;
        out->error = calc_error(error);
    } else if (kind == RESULT_TEXT) {
        uno_take_text(text, cell, CSS "text.XTextRange", "getString");
        out->kind = KF_CELL_TEXT;
        out->text = kf_buf_view(text);
    } else if (uno_call_as(cell, CSS "table.XCell", "getValue", &out->number, NULL)) {
        out->kind = KF_CELL_NUMBER;
    }
}

typedef struct {
    const CalcReader *reader;
    KfHostSheet *out;
    const FormatMap *map;
    uno_Interface *used;
    sal_Int16 sheet;
} Formulas;

static void add_formula(void *ctx, sal_Int32 row, sal_Int32 col)
{
    const Formulas *in = ctx;
    void *args[] = { &col, &row };
    uno_Interface *object = uno_get(in->used, CSS "table.XCellRange", "getCellByPosition", args);
    KfHostCell cell = { .row = (uint32_t)row,
                        .col = (uint32_t)col,
                        .format = format_at(in->map, row, col) };
    KfBuf formula = { 0 }, text = { 0 };

    put_formula(&formula, in->reader, object, (Address){ in->sheet, col, row });
    put_result(&cell, &text, object);
    cell.formula = kf_buf_view(&formula);
    if (kf_text_starts(cell.formula, KF_TEXT("=")))
        cell.formula = kf_text_slice(cell.formula, 1, cell.formula.len);
    kf_host_sheet_add(in->out, &cell);
    in->out->cells.bad |= formula.bad || text.bad;
    kf_buf_free(&formula);
    kf_buf_free(&text);
    uno_release(object);
}

/* ---- rows, columns, merges -------------------------------------------------- */

static void put_range(KfBuf *out, sal_Int32 first_row, sal_Int32 last_row, sal_Int32 first_col,
                      sal_Int32 last_col)
{
    const KfRange range = { (uint32_t)first_row, (uint32_t)first_col, (uint32_t)last_row,
                            (uint32_t)last_col };

    kf_buf_bytes(out, &range, sizeof range);
}

/* What no visible block covers is hidden. */
static void add_hidden(KfHostSheet *out, uno_Interface *used, const CalcRange *area)
{
    const size_t rows = (size_t)area->last_row + 1, cols = (size_t)area->last_col + 1;
    uno_Interface *found = uno_get(used, CSS "sheet.XCellRangesQuery", "queryVisibleCells", NULL);
    bool *shown = calloc(rows + cols, sizeof *shown);
    uno_Sequence *ranges = NULL;

    if (shown
        && uno_call_as(found, CSS "sheet.XSheetCellRanges", "getRangeAddresses", &ranges, NULL)) {
        const CalcRange *at = (const CalcRange *)(const void *)ranges->elements;

        for (sal_Int32 i = 0; i < ranges->nElements; i++) {
            for (sal_Int32 row = at[i].first_row; row <= at[i].last_row; row++)
                shown[row] = true;
            for (sal_Int32 col = at[i].first_col; col <= at[i].last_col; col++)
                shown[rows + (size_t)col] = true;
        }
        for (sal_Int32 row = 0; row < (sal_Int32)rows; row++) {
            if (!shown[row])
                put_range(&out->hidden_rows, row, row, 0, KF_COL_LIMIT - 1);
        }
        for (sal_Int32 col = 0; col < (sal_Int32)cols; col++) {
            if (!shown[rows + (size_t)col])
                put_range(&out->hidden_cols, 0, KF_ROW_LIMIT - 1, col, col);
        }
        uno_sequence_free(ranges, "[]" CSS "table.CellRangeAddress");
    }
    free(shown);
    uno_release(found);
}

/* The area that a cell is merged into; only its first cell tells of it. */
static void add_merge(KfHostSheet *out, uno_Interface *sheet, sal_Int32 row, sal_Int32 col)
{
    void *at[] = { &col, &row };
    uno_Interface *cell = uno_get(sheet, CSS "table.XCellRange", "getCellByPosition", at);
    uno_Interface *range = uno_query(cell, CSS "sheet.XSheetCellRange");
    void *args[] = { &range };
    uno_Interface *cursor = uno_get(sheet, CSS "sheet.XSpreadsheet", "createCursorByRange", args);
    CalcRange area;

    if (uno_call_as(cursor, CSS "sheet.XSheetCellCursor", "collapseToMergedArea", NULL, NULL)
        && uno_call_as(cursor, CSS "sheet.XCellRangeAddressable", "getRangeAddress", &area, NULL)
        && area.first_row == row && area.first_col == col
        && (area.last_row > row || area.last_col > col))
        put_range(&out->merges, area.first_row, area.last_row, area.first_col, area.last_col);
    uno_release(cursor);
    uno_release(range);
    uno_release(cell);
}

static void add_merges(KfHostSheet *out, uno_Interface *sheet, uno_Interface *used)
{
    uno_Interface *runs =
        uno_get(used, CSS "sheet.XCellFormatRangesSupplier", "getCellFormatRanges", NULL);
    sal_Int32 count = uno_count(runs);

    for (sal_Int32 i = 0; i < count; i++) {
        uno_Interface *run = uno_at(runs, i, CSS "table.XCellRange");
        sal_Bool merged = 0;
        CalcRange at;

        if (uno_call_as(run, CSS "util.XMergeable", "getIsMerged", &merged, NULL) && merged
            && uno_call_as(run, CSS "sheet.XCellRangeAddressable", "getRangeAddress", &at, NULL)) {
            for (sal_Int32 row = at.first_row; row <= at.last_row; row++) {
                for (sal_Int32 col = at.first_col; col <= at.last_col; col++)
                    add_merge(out, sheet, row, col);
            }
        }
        uno_release(run);
    }
    uno_release(runs);
}

/* ---- the sheet -------------------------------------------------------------- */

static bool read_cells(const CalcReader *reader, KfHostSheet *out, uno_Interface *sheet,
                       uno_Interface *used, const CalcRange *area)
{
    FormatMap *map = calloc(1, sizeof *map);
    uno_Sequence *rows = NULL;
    bool done = map && uno_call_as(used, CSS "sheet.XCellRangeData", "getDataArray", &rows, NULL);

    if (done) {
        map->area = *area;
        map_formats(reader, map, used);
        add_values(out, map, rows);
        uno_sequence_free(rows, "[][]any");
        /* Of several cells at one place the last one told of is the one that stands. */
        calc_each_formula(used, CALC_ANY_FORMULA, add_formula,
                          &(Formulas){ reader, out, map, used, area->sheet });
        add_hidden(out, used, area);
        add_merges(out, sheet, used);
        out->cells.bad |= map->codes.bad;
        kf_buf_free(&map->codes);
        free(map->run_of);
    }
    free(map);
    return done;
}

bool calc_read_sheet(const CalcReader *reader, KfHostSheet *out, uno_Interface *sheet)
{
    sal_Bool is_protected = 0;
    uno_Interface *used;
    CalcRange area;
    bool done = true;

    if (!uno_take_text(&out->name, sheet, CSS "container.XNamed", "getName"))
        return false;
    out->hidden = !uno_bool_property(sheet, "IsVisible", true);
    uno_call_as(sheet, CSS "util.XProtectable", "isProtected", &is_protected, NULL);
    out->is_protected = is_protected;
    used = calc_used_cells(sheet, &area);
    if (used)
        done = read_cells(reader, out, sheet, used, &area);
    uno_release(used);
    return done;
}
