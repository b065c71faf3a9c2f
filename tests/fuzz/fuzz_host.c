/* The worksheet functions, with arguments made of bytes: a number, a text or an error value,
 * and never a text that steers the program it is shown in. Lines of a range are its rows. */
#include <string.h>

#include "functions.h"
#include "fuzz.h"

static KfPlugin plugin;

typedef struct {
    const uint8_t *at, *end;
} Bytes;

static uint8_t take(Bytes *bytes)
{
    return bytes->at < bytes->end ? *bytes->at++ : 0;
}

static KfText take_text(Bytes *bytes, size_t len)
{
    size_t left = (size_t)(bytes->end - bytes->at);
    KfText text = fuzz_text(bytes->at, len < left ? len : left);

    bytes->at += text.len;
    return text;
}

static double take_number(Bytes *bytes)
{
    KfText raw = take_text(bytes, sizeof(double));
    double number = 0;

    memcpy(&number, raw.ptr, raw.len);
    return number;
}

static KfHostCell cell_of(KfText text)
{
    KfHostCell cell = { .kind = KF_CELL_TEXT, .text = text };

    if (text.len && text.ptr[0] == '=') {
        cell.formula = kf_text_slice(text, 1, text.len);
        cell.kind = KF_CELL_EMPTY;
    } else if (text.len && text.ptr[0] >= '0' && text.ptr[0] <= '9' && text.len < 15) {
        cell.kind = KF_CELL_NUMBER;
        for (size_t i = 0; i < text.len; i++)
            cell.number = cell.number * 10 + (text.ptr[i] & 15);
    }
    return cell;
}

/* All that is left, tabs between cells and line ends between rows. */
static void take_range(Bytes *bytes, KfHostSheet *sheet)
{
    KfText text = take_text(bytes, SIZE_MAX);
    uint32_t row = 0, col = 0;
    size_t from = 0;

    for (size_t i = 0; i <= text.len; i++) {
        KfHostCell cell;

        if (i < text.len && text.ptr[i] != '\t' && text.ptr[i] != '\n')
            continue;
        cell = cell_of(kf_text_slice(text, from, i));
        cell.row = row;
        cell.col = col++;
        kf_host_sheet_add(sheet, &cell);
        if (i < text.len && text.ptr[i] == '\n') {
            row++;
            col = 0;
        }
        from = i + 1;
    }
}

static KfHostValue take_value(Bytes *bytes, KfHostSheet *sheet)
{
    KfHostValue value = { .kind = (KfHostKind)(take(bytes) % (KF_HOST_RANGE + 1)) };

    if (value.kind == KF_HOST_NUMBER)
        value.number = take_number(bytes);
    else if (value.kind == KF_HOST_TEXT)
        value.text = take_text(bytes, take(bytes) % 64);
    else if (value.kind == KF_HOST_BOOL)
        value.truth = take(bytes) & 1;
    else if (value.kind == KF_HOST_ERROR)
        value.error = (KfHostError)(take(bytes) % KF_HOST_ERROR_COUNT);
    else if (value.kind == KF_HOST_RANGE)
        value.range = sheet;
    return value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    Bytes bytes = { data, data + len };
    KfHostSheet sheet = { 0 };
    KfHostValue args[KF_FN_MOST_ARGUMENTS];
    KfHostResult result;
    KfFunctionId id = (KfFunctionId)(take(&bytes) % KF_FN_COUNT);
    size_t count = take(&bytes) % (KF_FN_MOST_ARGUMENTS + 1);

    if (!plugin.rules)
        EXPECT(kf_ruleset_create(&plugin.rules, NULL) == KF_OK);
    for (size_t i = 0; i < count; i++)
        args[i] = take_value(&bytes, &sheet);
    take_range(&bytes, &sheet);
    kf_function_call(&plugin, id, args, count, &result);
    EXPECT(result.kind == KF_HOST_NUMBER || result.kind == KF_HOST_TEXT
           || result.kind == KF_HOST_ERROR);
    if (result.kind == KF_HOST_TEXT)
        fuzz_expect_shown(kf_buf_view(&result.text));
    kf_host_result_free(&result);
    kf_host_sheet_free(&sheet);
    return 0;
}
