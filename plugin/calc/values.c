#include "values.h"

/* The program's own error codes. */
static const struct {
    sal_Int32 code;
    KfHostError error;
} errors[] = {
    { 521, KF_HOST_ERROR_NULL }, { 532, KF_HOST_ERROR_DIV0 }, { 519, KF_HOST_ERROR_VALUE },
    { 524, KF_HOST_ERROR_REF },  { 525, KF_HOST_ERROR_NAME }, { 503, KF_HOST_ERROR_NUM },
    { 32767, KF_HOST_ERROR_NA },
};
enum { ERRORS = sizeof errors / sizeof *errors };

KfHostError calc_error(sal_Int32 code)
{
    for (size_t i = 0; i < ERRORS; i++) {
        if (errors[i].code == code)
            return errors[i].error;
    }
    return KF_HOST_ERROR_VALUE;
}

/* An error travels as a number that is none, its code in the low bits. */
static double number_of_error(KfHostError error)
{
    uint64_t bits = UINT64_C(0x7FF8000000000000);
    double number;

    for (size_t i = 0; i < ERRORS; i++) {
        if (errors[i].error == error)
            bits |= (uint64_t)errors[i].code;
    }
    memcpy(&number, &bits, sizeof number);
    return number;
}

void calc_result(uno_Any *out, const KfHostResult *result)
{
    switch (result->kind) {
    case KF_HOST_NUMBER:
        uno_any_number(out, (double)result->hundredths / 100);
        break;
    case KF_HOST_TEXT:
        uno_any_text(out, kf_buf_view(&result->text));
        break;
    default:
        uno_any_number(out, number_of_error(result->error));
    }
}

/* ---- one value ------------------------------------------------------------- */

static bool read_error(KfHostValue *out, double number)
{
    uint64_t bits;

    if (number - number == 0)
        return false;
    memcpy(&bits, &number, sizeof bits);
    out->kind = KF_HOST_ERROR;
    out->error = calc_error((sal_Int32)(bits & 0xFFFF));
    return true;
}

static void read_any(KfHostValue *out, KfBuf *text, const uno_Any *any)
{
    switch (any->pType->eTypeClass) {
    case typelib_TypeClass_DOUBLE:
        if (!read_error(out, *(double *)any->pData)) {
            out->kind = KF_HOST_NUMBER;
            out->number = *(double *)any->pData;
        }
        break;
    case typelib_TypeClass_STRING:
        uno_utf8(text, *(rtl_uString **)any->pData);
        out->kind = KF_HOST_TEXT;
        out->text = kf_buf_view(text);
        break;
    case typelib_TypeClass_VOID:
        break;
    default:
        out->kind = KF_HOST_ERROR;
        out->error = KF_HOST_ERROR_VALUE;
    }
}

/* Of cells or an array, only a single one is a value. */
static const uno_Any *single(const uno_Any *any)
{
    const uno_Sequence *rows;
    const uno_Sequence *row;

    if (any->pType->eTypeClass != typelib_TypeClass_SEQUENCE)
        return any;
    rows = *(uno_Sequence **)any->pData;
    if (rows->nElements != 1)
        return any;
    row = ((uno_Sequence **)(void *)rows->elements)[0];
    return row->nElements == 1 ? (uno_Any *)(void *)row->elements : any;
}

void calc_argument(KfHostValue *out, CalcRoom *room, void *arg, KfArgumentKind kind)
{
    *out = (KfHostValue){ .kind = KF_HOST_MISSING };
    if (kind == KF_ARGUMENT_VALUE) {
        read_any(out, &room->text, single(arg));
        return;
    }
    if (!*(uno_Interface **)arg)
        return;
    if (calc_read_values(&room->sheet, *(uno_Interface **)arg)) {
        out->kind = KF_HOST_RANGE;
        out->range = &room->sheet;
    } else {
        out->kind = KF_HOST_ERROR;
        out->error = KF_HOST_ERROR_VALUE;
    }
}

void calc_room_free(CalcRoom *room)
{
    kf_buf_free(&room->text);
    kf_host_sheet_free(&room->sheet);
}

/* ---- cells ----------------------------------------------------------------- */

static bool address_of(uno_Interface *range, CalcRange *out)
{
    return uno_call_as(range, CSS "sheet.XCellRangeAddressable", "getRangeAddress", out, NULL);
}

/* The sheet's cells from A1 to the last that is in use. */
static bool used_area(uno_Interface *range, CalcRange *out)
{
    uno_Interface *sheet = uno_get(range, CSS "sheet.XSheetCellRange", "getSpreadsheet", NULL);
    uno_Interface *cursor = uno_get(sheet, CSS "sheet.XSpreadsheet", "createCursor", NULL);
    sal_Bool expand = 0;
    void *args[] = { &expand };
    bool done = uno_call_as(cursor, CSS "sheet.XUsedAreaCursor", "gotoEndOfUsedArea", NULL, args)
                && address_of(cursor, out);

    out->first_col = out->first_row = 0;
    uno_release(cursor);
    uno_release(sheet);
    return done;
}

static sal_Int32 smaller(sal_Int32 a, sal_Int32 b)
{
    return a < b ? a : b;
}

/* The part of range that is in use; NULL when there is none. */
static uno_Interface *used_part(uno_Interface *range, CalcRange *place)
{
    sal_Int32 left = 0, top = 0, right, bottom;
    void *args[] = { &left, &top, &right, &bottom };
    CalcRange used;

    if (!used_area(range, &used) || used.last_row < place->first_row
        || used.last_col < place->first_col)
        return NULL;
    place->last_row = smaller(place->last_row, used.last_row);
    place->last_col = smaller(place->last_col, used.last_col);
    right = place->last_col - place->first_col;
    bottom = place->last_row - place->first_row;
    return uno_get(range, CSS "table.XCellRange", "getCellRangeByPosition", args);
}

void calc_cell_value(KfHostCell *out, KfBuf *text, const uno_Any *any)
{
    KfHostValue value = { .kind = KF_HOST_MISSING };

    read_any(&value, text, any);
    out->number = value.number;
    out->text = value.text;
    if (value.kind == KF_HOST_NUMBER)
        out->kind = KF_CELL_NUMBER;
    else if (value.kind == KF_HOST_TEXT && value.text.len)
        out->kind = KF_CELL_TEXT;
}

uno_Interface *calc_used_cells(uno_Interface *sheet, CalcRange *place)
{
    return used_area(sheet, place) ? used_part(sheet, place) : NULL;
}

static void add_rows(KfHostSheet *sheet, const uno_Sequence *rows, const CalcRange *place)
{
    KfBuf text = { 0 };

    for (sal_Int32 r = 0; r < rows->nElements; r++) {
        const uno_Sequence *row = ((uno_Sequence **)(void *)rows->elements)[r];
        const uno_Any *values = (const uno_Any *)(const void *)row->elements;

        for (sal_Int32 c = 0; c < row->nElements; c++) {
            KfHostCell cell = { .row = (uint32_t)(place->first_row + r),
                                .col = (uint32_t)(place->first_col + c) };

            text.len = 0;
            calc_cell_value(&cell, &text, &values[c]);
            kf_host_sheet_add(sheet, &cell);
        }
    }
    sheet->cells.bad |= text.bad;
    kf_buf_free(&text);
}

void calc_each_formula(uno_Interface *cells, sal_Int32 kinds, CalcFormulaVisit *visit, void *ctx)
{
    void *args[] = { &kinds };
    uno_Interface *found = uno_get(cells, CSS "sheet.XCellRangesQuery", "queryFormulaCells", args);
    uno_Sequence *ranges = NULL;

    if (uno_call_as(found, CSS "sheet.XSheetCellRanges", "getRangeAddresses", &ranges, NULL)) {
        const CalcRange *at = (const CalcRange *)(const void *)ranges->elements;

        for (sal_Int32 i = 0; i < ranges->nElements; i++) {
            for (sal_Int32 row = at[i].first_row; row <= at[i].last_row; row++) {
                for (sal_Int32 col = at[i].first_col; col <= at[i].last_col; col++)
                    visit(ctx, row, col);
            }
        }
        uno_sequence_free(ranges, "[]" CSS "table.CellRangeAddress");
    }
    uno_release(found);
}

typedef struct {
    KfHostSheet *sheet;
    uno_Interface *part;
    const CalcRange *place;
} Errors;

static void add_error(void *ctx, sal_Int32 row, sal_Int32 col)
{
    const Errors *errors = ctx;
    sal_Int32 x = col - errors->place->first_col, y = row - errors->place->first_row, code = 0;
    void *args[] = { &x, &y };
    uno_Interface *cell = uno_get(errors->part, CSS "table.XCellRange", "getCellByPosition", args);

    if (uno_call_as(cell, CSS "table.XCell", "getError", &code, NULL))
        kf_host_sheet_add(errors->sheet, &(KfHostCell){ .row = (uint32_t)row,
                                                        .col = (uint32_t)col,
                                                        .kind = KF_CELL_ERROR,
                                                        .error = calc_error(code) });
    uno_release(cell);
}

bool calc_read_values(KfHostSheet *sheet, uno_Interface *range)
{
    uno_Sequence *rows = NULL;
    uno_Interface *part;
    CalcRange place;
    bool done;

    if (!address_of(range, &place))
        return false;
    part = used_part(range, &place);
    if (!part)
        return true; /* nothing stands there */
    done = uno_call_as(part, CSS "sheet.XCellRangeData", "getDataArray", &rows, NULL);
    if (done) {
        add_rows(sheet, rows, &place);
        /* Of several cells at one place the last one told of is the one that stands. */
        calc_each_formula(part, CALC_FAILED_FORMULA, add_error, &(Errors){ sheet, part, &place });
        uno_sequence_free(rows, "[][]any");
    }
    uno_release(part);
    return done;
}
