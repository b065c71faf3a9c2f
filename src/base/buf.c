/* Growing bytes with a sticky failure, so that a block of writes is tested once. */
#include "kf/base.h"

#include <stdlib.h>
#include <string.h>

#include "base/pages.h"

static void give_back(char *bytes, size_t cap)
{
    if (cap < KF_LARGE_BLOCK)
        free(bytes);
    else
        kf_pages_give(bytes, cap);
}

void kf_buf_free(KfBuf *buf)
{
    give_back(buf->ptr, buf->cap);
    *buf = (KfBuf){ 0 };
}

void kf_buf_close(KfBuf *part, KfBuf *out)
{
    out->bad |= part->bad;
    kf_buf_free(part);
}

/* What is larger still is moved by the system, page by page: a copy would need all of it twice. */
static char *move_to_large_block(KfBuf *buf, size_t *cap)
{
    enum { COPIED = 4 << 20 };
    char *block = buf->cap < COPIED ? kf_pages_take(cap) : realloc(buf->ptr, *cap);

    if (!block || buf->cap >= COPIED)
        return block;
    if (buf->len)
        memcpy(block, buf->ptr, buf->len);
    give_back(buf->ptr, buf->cap);
    return block;
}

/* Inlined into what has an empty buffer on its stack, gcc 12 warns of a block that is not on
 * the heap. */
KF_RARE static bool grow(KfBuf *buf, size_t more)
{
    size_t cap = buf->cap ? buf->cap : 256;
    char *moved;

    if (more > SIZE_MAX / 2 - buf->len) {
        buf->bad = true;
        return false;
    }
    while (cap - buf->len < more)
        cap *= 2;
    moved = cap < KF_LARGE_BLOCK ? realloc(buf->ptr, cap) : move_to_large_block(buf, &cap);
    if (!moved) {
        buf->bad = true;
        return false;
    }
    buf->ptr = moved;
    buf->cap = cap;
    return true;
}

bool kf_buf_reserve(KfBuf *buf, size_t more)
{
    if (buf->bad)
        return false;
    return more <= buf->cap - buf->len || grow(buf, more);
}

void kf_buf_fit(KfBuf *buf)
{
    char *moved;

    if (buf->cap >= KF_LARGE_BLOCK || !buf->len || !(moved = realloc(buf->ptr, buf->len)))
        return;
    buf->ptr = moved;
    buf->cap = buf->len;
}

void kf_buf_expect(KfBuf *buf, size_t len)
{
    const bool was_bad = buf->bad;

    if (len >= KF_LARGE_BLOCK)
        kf_buf_reserve(buf, len);
    buf->bad = was_bad; /* it may yet do with less */
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
    if (kf_buf_reserve(buf, 1))
        buf->ptr[buf->len++] = c;
}

void kf_buf_rune(KfBuf *buf, int32_t rune)
{
    char utf8[4];

    if (rune >= 0 && rune < 0x80)
        kf_buf_char(buf, (char)rune);
    else
        kf_buf_bytes(buf, utf8, kf_rune_write(rune, utf8));
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

static bool is_place(KfText template, size_t at)
{
    const char *text = template.ptr + at;

    return template.len - at >= 3 && text[0] == '{' && text[1] >= '0' && text[1] <= '9'
           && text[2] == '}';
}

void kf_buf_fill(KfBuf *buf, KfText template, const KfText *args, size_t arg_count)
{
    size_t from = 0; /* what stands before it is written */

    for (size_t i = 0; i < template.len; i++) {
        if (!is_place(template, i))
            continue;
        kf_buf_text(buf, kf_text_slice(template, from, i));
        if ((size_t)(template.ptr[i + 1] - '0') < arg_count)
            kf_buf_text(buf, args[template.ptr[i + 1] - '0']);
        from = i + 3;
        i += 2;
    }
    kf_buf_text(buf, kf_text_slice(template, from, template.len));
}

KfText kf_buf_view(const KfBuf *buf)
{
    return (KfText){ buf->ptr, buf->len };
}
