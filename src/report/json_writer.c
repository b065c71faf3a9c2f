/* yajl writes straight into the buffer, and takes the little memory it needs from
 * a room inside KfJson: it would not notice that the heap has ended. */
#include "report/json_writer.h"

#include <string.h>

static void *take_room(void *ctx, size_t size)
{
    KfJson *json = ctx;
    const size_t align = sizeof(max_align_t);
    void *at;

    size = (size + align - 1) / align * align;
    if (size > sizeof json->room - json->used)
        return NULL;
    at = json->room.bytes + json->used;
    json->used += size;
    return at;
}

static void *no_growing(void *ctx, void *at, size_t size)
{
    (void)at;
    return take_room(ctx, size);
}

static void leave_room(void *ctx, void *at)
{
    (void)ctx;
    (void)at;
}

static void print(void *ctx, const char *bytes, size_t len)
{
    kf_buf_bytes(ctx, bytes, len);
}

void kf_json_init(KfJson *json, KfBuf *out)
{
    memset(json, 0, sizeof *json);
    json->out = out;
    json->memory = (yajl_alloc_funcs){ take_room, no_growing, leave_room, json };
    json->gen = yajl_gen_alloc(&json->memory);
    if (!json->gen) {
        out->bad = true;
        return;
    }
    yajl_gen_config(json->gen, yajl_gen_print_callback, print, out);
    yajl_gen_config(json->gen, yajl_gen_indent_string, " ");
    kf_json_spread(json, true);
}

void kf_json_finish(KfJson *json)
{
    if (json->gen)
        yajl_gen_free(json->gen);
    json->out->bad |= json->scratch.bad;
    kf_buf_free(&json->scratch);
}

/* yajl refuses only what this program does not do, such as nesting 128 deep. */
static void check(KfJson *json, yajl_gen_status status)
{
    if (status != yajl_gen_status_ok && status != yajl_gen_generation_complete)
        json->out->bad = true;
}

#define WRITE(json, call)                                                                          \
    do {                                                                                           \
        if ((json)->gen)                                                                           \
            check((json), (call));                                                                 \
    } while (0)

void kf_json_open(KfJson *json)
{
    WRITE(json, yajl_gen_map_open(json->gen));
}

void kf_json_close(KfJson *json)
{
    WRITE(json, yajl_gen_map_close(json->gen));
}

void kf_json_open_array(KfJson *json)
{
    WRITE(json, yajl_gen_array_open(json->gen));
}

void kf_json_close_array(KfJson *json)
{
    WRITE(json, yajl_gen_array_close(json->gen));
}

void kf_json_open_list(KfJson *json, size_t count)
{
    if (count == 0)
        kf_json_spread(json, false);
    kf_json_open_array(json);
}

void kf_json_close_list(KfJson *json)
{
    kf_json_close_array(json);
    kf_json_spread(json, true);
}

/* The bracket is written with a line feed behind it, which is taken back. */
void kf_json_open_row(KfJson *json)
{
    KfBuf *out = json->out;

    kf_json_open(json);
    if (!out->bad && out->len && out->ptr[out->len - 1] == '\n')
        out->len--;
    kf_json_spread(json, false);
}

void kf_json_close_row(KfJson *json)
{
    kf_json_close(json);
    kf_json_spread(json, true);
}

bool kf_json_spread(KfJson *json, bool spread)
{
    bool before = json->spread;

    json->spread = spread;
    if (json->gen)
        yajl_gen_config(json->gen, yajl_gen_beautify, spread ? 1 : 0);
    return before;
}

void kf_json_key(KfJson *json, const char *key)
{
    WRITE(json, yajl_gen_string(json->gen, (const unsigned char *)key, strlen(key)));
}

void kf_json_null(KfJson *json)
{
    WRITE(json, yajl_gen_null(json->gen));
}

void kf_json_bool(KfJson *json, bool value)
{
    WRITE(json, yajl_gen_bool(json->gen, value));
}

/* Write the scratch text as a number or a string, and empty it. */
static void flush(KfJson *json, bool number)
{
    KfText text = kf_buf_view(&json->scratch);

    if (!text.ptr)
        text.ptr = "";
    if (number)
        WRITE(json, yajl_gen_number(json->gen, text.ptr, text.len));
    else
        WRITE(json, yajl_gen_string(json->gen, (const unsigned char *)text.ptr, text.len));
    json->scratch.len = 0;
}

void kf_json_int(KfJson *json, int64_t value)
{
    kf_buf_int(&json->scratch, value);
    flush(json, true);
}

void kf_json_amount(KfJson *json, KfOere amount)
{
    kf_buf_amount_2(&json->scratch, amount);
    flush(json, true);
}

void kf_json_text(KfJson *json, KfText text)
{
    kf_buf_masked(&json->scratch, text);
    flush(json, false);
}

void kf_json_text_or_null(KfJson *json, KfText text)
{
    if (text.len)
        kf_json_text(json, text);
    else
        kf_json_null(json);
}

void kf_json_sha256(KfJson *json, KfText hex)
{
    if (hex.len == 0) {
        kf_json_null(json);
        return;
    }
    kf_buf_text(&json->scratch, hex);
    flush(json, false);
}

void kf_json_cellref(KfJson *json, KfRef ref)
{
    kf_buf_cellref(&json->scratch, ref.row, ref.col);
    flush(json, false);
}

void kf_json_date(KfJson *json, KfDate date)
{
    if (date == KF_DATE_NONE || date == KF_DATE_OPEN) {
        kf_json_null(json);
        return;
    }
    kf_buf_date_iso(&json->scratch, date);
    flush(json, false);
}

void kf_json_value(KfJson *json, KfValue value)
{
    if (value.kind == KF_VALUE_AMOUNT)
        kf_json_amount(json, value.amount);
    else if (value.kind == KF_VALUE_TEXT)
        kf_json_text(json, value.text);
    else
        kf_json_null(json);
}

void kf_json_figure(KfJson *json, const KfFigure *figure)
{
    if (figure->state == KF_FIGURE_STATED)
        kf_json_amount(json, figure->value);
    else
        kf_json_null(json);
}

void kf_json_error(KfJson *json, const KfError *error, KfText path, KfLang lang)
{
    KfBuf sentence = { 0 };

    kf_error_text(&sentence, error, path, lang);
    kf_json_text(json, kf_buf_view(&sentence));
    json->out->bad |= sentence.bad;
    kf_buf_free(&sentence);
}
