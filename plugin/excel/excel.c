#include "excel.h"

#include <stdlib.h>
#include <string.h>

#include <windows.h>

enum {
    LONGEST_STRING = 32767,
    BLOCK_CELLS = 1 << 16, /* read at a time */
    MOST_CELLS = 1 << 24   /* a larger range is refused, for Excel would make an array of it */
};

int excel_call(int function, XlOper *result, int count, XlOper **args)
{
    FARPROC found = GetProcAddress(GetModuleHandleW(NULL), "MdCallBack12");
    XlEntry entry;

    memcpy(&entry, &found, sizeof entry);
    return entry ? entry(function, count, args, result) : XL_FAILED;
}

void excel_free(XlOper *result)
{
    if (result->type & (XL_STRING | XL_MULTI | XL_REF))
        excel_call(XL_FREE, NULL, 1, &result);
    result->type = XL_NIL;
}

bool excel_ask(int function, XlOper *result, XlOper *operands, int count)
{
    XlOper *args[EXCEL_MOST_OPERANDS];
    bool done;

    for (int i = 0; i < count; i++)
        args[i] = &operands[i];
    result->type = XL_NIL;
    done =
        excel_call(function, result, count, args) == XL_OK && (result->type & XL_TYPES) != XL_ERROR;
    for (int i = 0; i < count; i++) {
        if (operands[i].type == XL_STRING)
            free(operands[i].as.string);
    }
    return done;
}

bool excel_do(int function, XlOper *operands, int count)
{
    XlOper result;
    bool done = excel_ask(function, &result, operands, count);

    excel_free(&result);
    return done;
}

/* ---- strings --------------------------------------------------------------- */

static size_t put_rune(XlChar *out, size_t at, int32_t rune)
{
    if (rune >= 0x10000) {
        if (out) {
            out[at] = (XlChar)(0xD800 + ((rune - 0x10000) >> 10));
            out[at + 1] = (XlChar)(0xDC00 + ((rune - 0x10000) & 0x3FF));
        }
        return at + 2;
    }
    if (out)
        out[at] = (XlChar)rune;
    return at + 1;
}

/* Units of text behind the count, at most LONGEST_STRING and whole characters. */
static size_t encode(XlChar *out, KfText text)
{
    size_t at = 1;

    for (size_t pos = 0; pos < text.len;) {
        int32_t rune = kf_text_next(text, &pos);

        if (put_rune(NULL, at, rune) > LONGEST_STRING + 1)
            break;
        at = put_rune(out, at, rune);
    }
    return at - 1;
}

XlChar *excel_string(KfText utf8)
{
    size_t units = encode(NULL, utf8);
    XlChar *string = malloc((units + 1) * sizeof *string);

    if (string) {
        string[0] = (XlChar)units;
        encode(string, utf8);
    }
    return string;
}

void excel_utf8(KfBuf *out, const XlChar *string)
{
    for (size_t i = 1; i <= string[0]; i++) {
        int32_t rune = string[i];

        if (rune >= 0xD800 && rune < 0xDC00 && i < string[0] && string[i + 1] >= 0xDC00
            && string[i + 1] < 0xE000)
            rune = 0x10000 + ((rune - 0xD800) << 10) + (string[++i] - 0xDC00);
        kf_buf_rune(out, rune >= 0xD800 && rune < 0xE000 ? 0xFFFD : rune);
    }
}

XlOper excel_slice(KfText utf8)
{
    XlOper out = { .type = XL_STRING };

    out.as.string = excel_string(utf8);
    if (!out.as.string)
        out.type = XL_MISSING;
    return out;
}

XlOper excel_text(const char *utf8)
{
    return excel_slice(kf_text(utf8));
}

XlOper excel_whole(int32_t number)
{
    XlOper out = { .type = XL_INT };

    out.as.whole = number;
    return out;
}

XlOper excel_number(double number)
{
    XlOper out = { .type = XL_NUMBER };

    out.as.number = number;
    return out;
}

XlOper excel_truth(bool truth)
{
    XlOper out = { .type = XL_BOOL };

    out.as.truth = truth;
    return out;
}

XlOper excel_missing(void)
{
    return (XlOper){ .type = XL_MISSING };
}

/* ---- values ---------------------------------------------------------------- */

static const struct {
    int32_t theirs;
    KfHostError ours;
} errors[] = {
    { XL_NULL_ERROR, KF_HOST_ERROR_NULL }, { XL_DIV0, KF_HOST_ERROR_DIV0 },
    { XL_VALUE, KF_HOST_ERROR_VALUE },     { XL_REF_ERROR, KF_HOST_ERROR_REF },
    { XL_NAME, KF_HOST_ERROR_NAME },       { XL_NUM, KF_HOST_ERROR_NUM },
    { XL_NA, KF_HOST_ERROR_NA },
};
enum { ERRORS = sizeof errors / sizeof *errors };

static KfHostError error_of(int32_t theirs)
{
    for (size_t i = 0; i < ERRORS; i++) {
        if (errors[i].theirs == theirs)
            return errors[i].ours;
    }
    return KF_HOST_ERROR_VALUE;
}

static int32_t number_of_error(KfHostError ours)
{
    for (size_t i = 0; i < ERRORS; i++) {
        if (errors[i].ours == ours)
            return errors[i].theirs;
    }
    return XL_VALUE;
}

void excel_value(KfHostValue *out, KfBuf *text, const XlOper *value)
{
    switch (value->type & XL_TYPES) {
    case XL_NUMBER:
        out->kind = KF_HOST_NUMBER;
        out->number = value->as.number;
        break;
    case XL_INT:
        out->kind = KF_HOST_NUMBER;
        out->number = value->as.whole;
        break;
    case XL_BOOL:
        out->kind = KF_HOST_BOOL;
        out->truth = value->as.truth != 0;
        break;
    case XL_STRING:
        excel_utf8(text, value->as.string);
        out->kind = KF_HOST_TEXT;
        out->text = kf_buf_view(text);
        break;
    case XL_MISSING:
    case XL_NIL:
        break;
    default:
        out->kind = KF_HOST_ERROR;
        out->error =
            (value->type & XL_TYPES) == XL_ERROR ? error_of(value->as.error) : KF_HOST_ERROR_VALUE;
    }
}

double excel_as_number(const XlOper *value)
{
    KfHostValue read = { .kind = KF_HOST_MISSING };
    KfBuf text = { 0 };

    excel_value(&read, &text, value);
    kf_buf_free(&text);
    if (read.kind == KF_HOST_BOOL)
        return read.truth;
    return read.kind == KF_HOST_NUMBER ? read.number : 0;
}

bool excel_is_true(const XlOper *value)
{
    return excel_as_number(value) != 0;
}

static void add_value(KfHostSheet *sheet, KfBuf *text, const XlOper *value, int32_t row,
                      int32_t col)
{
    static const KfCellKind kinds[] = {
        [KF_HOST_MISSING] = KF_CELL_EMPTY, [KF_HOST_NUMBER] = KF_CELL_NUMBER,
        [KF_HOST_TEXT] = KF_CELL_TEXT,     [KF_HOST_BOOL] = KF_CELL_BOOL,
        [KF_HOST_ERROR] = KF_CELL_ERROR,
    };
    KfHostValue read = { .kind = KF_HOST_MISSING };

    text->len = 0;
    excel_value(&read, text, value);
    kf_host_sheet_add(sheet, &(KfHostCell){ .row = (uint32_t)row,
                                            .col = (uint32_t)col,
                                            .kind = kinds[read.kind],
                                            .number = read.number,
                                            .truth = read.truth,
                                            .error = read.error,
                                            .text = read.text });
}

static void add_array(KfHostSheet *sheet, const XlOper *array, int32_t row, int32_t col)
{
    const int32_t cols = array->as.array.cols;
    KfBuf text = { 0 };

    for (int32_t r = 0; r < array->as.array.rows; r++) {
        for (int32_t c = 0; c < cols; c++)
            add_value(sheet, &text, &array->as.array.items[(size_t)r * (size_t)cols + (size_t)c],
                      row + r, col + c);
    }
    sheet->cells.bad |= text.bad;
    kf_buf_free(&text);
}

/* ---- references ------------------------------------------------------------ */

/* A part of the sheet that a reference names. */
static XlOper part_of(const XlOper *reference, XlRects *room, XlRect rect)
{
    XlOper part = *reference;

    if ((reference->type & XL_TYPES) == XL_SREF) {
        part.as.here.rect = rect;
    } else {
        *room = (XlRects){ 1, { rect } };
        part.as.there.rects = room;
    }
    part.type = reference->type & XL_TYPES;
    return part;
}

static bool read_block(KfHostSheet *sheet, const XlOper *reference, XlRect rect)
{
    XlRects room;
    XlOper part = part_of(reference, &room, rect), wanted = excel_whole(XL_MULTI), values;
    XlOper *args[] = { &part, &wanted };

    if (excel_call(XL_COERCE, &values, 2, args) != XL_OK)
        return false;
    if ((values.type & XL_TYPES) == XL_MULTI)
        add_array(sheet, &values, rect.first_row, rect.first_col);
    excel_free(&values);
    return true;
}

static bool read_rect(KfHostSheet *sheet, const XlOper *reference, XlRect rect)
{
    int64_t cols = (int64_t)rect.last_col - rect.first_col + 1;
    int64_t rows = (int64_t)rect.last_row - rect.first_row + 1;
    int32_t step = (int32_t)(BLOCK_CELLS / (cols > BLOCK_CELLS ? BLOCK_CELLS : cols));

    if (rows <= 0 || cols <= 0 || rows * cols > MOST_CELLS)
        return false;
    for (int32_t row = rect.first_row; row <= rect.last_row; row += step) {
        XlRect block = { row, row + step - 1, rect.first_col, rect.last_col };

        if (block.last_row > rect.last_row)
            block.last_row = rect.last_row;
        if (!read_block(sheet, reference, block))
            return false;
    }
    return true;
}

static bool read_cells(KfHostSheet *sheet, const XlOper *value)
{
    switch (value->type & XL_TYPES) {
    case XL_SREF:
        return read_rect(sheet, value, value->as.here.rect);
    case XL_REF:
        return value->as.there.rects && value->as.there.rects->count == 1
               && read_rect(sheet, value, value->as.there.rects->rects[0]);
    case XL_MULTI:
        add_array(sheet, value, 0, 0);
        return true;
    default:
        return false;
    }
}

/* ---- arguments and results ------------------------------------------------- */

static const XlOper *single(const XlOper *value)
{
    if ((value->type & XL_TYPES) == XL_MULTI && value->as.array.rows == 1
        && value->as.array.cols == 1)
        return value->as.array.items;
    return value;
}

void excel_argument(KfHostValue *out, ExcelRoom *room, const XlOper *value, KfArgumentKind kind)
{
    const uint32_t areas = XL_SREF | XL_REF | XL_MULTI;

    *out = (KfHostValue){ .kind = KF_HOST_MISSING };
    if (kind == KF_ARGUMENT_VALUE || !(value->type & areas)) {
        excel_value(out, &room->text, single(value));
    } else if (read_cells(&room->sheet, value)) {
        out->kind = KF_HOST_RANGE;
        out->range = &room->sheet;
    } else {
        out->kind = KF_HOST_ERROR;
        out->error = KF_HOST_ERROR_VALUE;
    }
}

void excel_room_free(ExcelRoom *room)
{
    kf_buf_free(&room->text);
    kf_host_sheet_free(&room->sheet);
}

static bool fill_result(XlOper *out, const KfHostResult *result)
{
    switch (result->kind) {
    case KF_HOST_NUMBER:
        out->type = XL_NUMBER;
        out->as.number = (double)result->hundredths / 100;
        return true;
    case KF_HOST_TEXT:
        out->type = XL_STRING;
        out->as.string = excel_string(kf_buf_view(&result->text));
        return out->as.string != NULL;
    default:
        out->type = XL_ERROR;
        out->as.error = number_of_error(result->error);
        return true;
    }
}

XlOper *excel_result(const KfHostResult *result)
{
    XlOper *out = calloc(1, sizeof *out);

    if (out && !fill_result(out, result)) {
        free(out);
        return NULL;
    }
    if (out)
        out->type |= XL_FREE_BY_DLL;
    return out;
}

void excel_result_free(XlOper *result)
{
    if (result && (result->type & XL_TYPES) == XL_STRING)
        free(result->as.string);
    free(result);
}
