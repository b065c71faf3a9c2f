/* Growing bytes with a sticky failure, so that a block of writes is tested once. */
#include "kf/base.h"

#include <stdlib.h>
#include <string.h>

void kf_buf_free(KfBuf *buf)
{
    free(buf->ptr);
    *buf = (KfBuf){ 0 };
}

bool kf_buf_reserve(KfBuf *buf, size_t more)
{
    size_t cap = buf->cap ? buf->cap : 256;
    char *moved;

    if (buf->bad)
        return false;
    if (more <= buf->cap - buf->len)
        return true;
    if (more > SIZE_MAX / 2 - buf->len) {
        buf->bad = true;
        return false;
    }
    while (cap - buf->len < more)
        cap *= 2;
    moved = realloc(buf->ptr, cap);
    if (!moved) {
        buf->bad = true;
        return false;
    }
    buf->ptr = moved;
    buf->cap = cap;
    return true;
}

void kf_buf_bytes(KfBuf *buf, const void *bytes, size_t len)
{
    if (len == 0 || !kf_buf_reserve(buf, len))
        return;
    memcpy(buf->ptr + buf->len, bytes, len);
    buf->len += len;
}

void kf_buf_text(KfBuf *buf, KfText text)
{
    kf_buf_bytes(buf, text.ptr, text.len);
}

void kf_buf_str(KfBuf *buf, const char *nul_terminated)
{
    kf_buf_text(buf, kf_text(nul_terminated));
}

void kf_buf_char(KfBuf *buf, char c)
{
    kf_buf_bytes(buf, &c, 1);
}

void kf_buf_rune(KfBuf *buf, int32_t rune)
{
    char utf8[4];
    size_t len;

    if (rune < 0 || rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000))
        rune = 0xFFFD;
    if (rune < 0x80) {
        kf_buf_char(buf, (char)rune);
        return;
    }
    len = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, rune >>= 6)
        utf8[i] = (char)(0x80 | (rune & 0x3F));
    utf8[0] = (char)(0xF00 >> len | rune);
    kf_buf_bytes(buf, utf8, len);
}

void kf_buf_uint_padded(KfBuf *buf, uint64_t value, unsigned width)
{
    char digits[64];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    while (sizeof digits - at < width && at > 0)
        digits[--at] = '0';
    kf_buf_bytes(buf, digits + at, sizeof digits - at);
}

void kf_buf_int(KfBuf *buf, int64_t value)
{
    if (value < 0)
        kf_buf_char(buf, '-');
    kf_buf_uint_padded(buf, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 1);
}

void kf_buf_fill(KfBuf *buf, KfText template, const KfText *args, size_t arg_count)
{
    for (size_t i = 0; i < template.len; i++) {
        const char *at = template.ptr + i;

        if (at[0] == '{' && template.len - i >= 3 && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
            size_t arg = (size_t)(at[1] - '0');

            if (arg < arg_count)
                kf_buf_text(buf, args[arg]);
            i += 2;
        } else {
            kf_buf_char(buf, at[0]);
        }
    }
}

KfText kf_buf_view(const KfBuf *buf)
{
    return (KfText){ buf->ptr, buf->len };
}
