/* After a change the texts mostly go on alike a little further on. Where they do not, blocks
 * of the one text are looked up by a rolling sum while the other one is gone through. A delta
 * is a row of pieces: the length of new bytes and these, then the length of a copy and where
 * it begins. Numbers are written seven bits a byte, low ones first. */
#include "base/delta.h"

#include <nettle/base64.h>
#include <string.h>

enum { BLOCK = 32, MOST_PROBES = 8, NEAR = 96, MOST_NEAR_LOOKS = 4000000 };
#define FACTOR 0x01000193u

typedef struct {
    KfText from, to;
    uint32_t *blocks; /* by sum: number of the block + 1; 0 is a free place */
    size_t mask;
    KfBuf *out;
    size_t told; /* bytes of `to` that are told */
    size_t next; /* in `from`, behind the last copy */
    size_t near_looks;
} Delta;

/* ---- numbers -------------------------------------------------------------- */

static void put_number(KfBuf *out, size_t value)
{
    while (value > 127) {
        kf_buf_char(out, (char)(value & 127));
        value >>= 7;
    }
    kf_buf_char(out, (char)(value | 128)); /* the last byte is marked */
}

static bool take_number(KfText delta, size_t *at, size_t *out)
{
    size_t value = 0;

    for (unsigned shift = 0; *at < delta.len && shift < 8 * sizeof value - 7; shift += 7) {
        unsigned char c = (unsigned char)delta.ptr[(*at)++];

        value |= (size_t)(c & 127) << shift;
        if (c & 128) {
            *out = value;
            return true;
        }
    }
    return false;
}

/* ---- making --------------------------------------------------------------- */

static uint32_t sum_of(const char *bytes)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < BLOCK; i++)
        sum = sum * FACTOR + (unsigned char)bytes[i];
    return sum;
}

static uint32_t first_factor(void)
{
    uint32_t factor = 1;

    for (size_t i = 1; i < BLOCK; i++)
        factor *= FACTOR;
    return factor;
}

static size_t place_of(const Delta *d, uint32_t sum)
{
    return (sum ^ sum >> 15) & d->mask;
}

static void index_blocks(KfArena *arena, Delta *d)
{
    size_t count = d->from.len / BLOCK, size = 16;

    while (size < 2 * count)
        size *= 2;
    d->mask = size - 1;
    d->blocks = kf_arena_array(arena, size, sizeof *d->blocks);
    for (size_t i = 0; i < count && i < UINT32_MAX - 1; i++) {
        size_t at = place_of(d, sum_of(d->from.ptr + i * BLOCK));

        for (unsigned probe = 0; probe < MOST_PROBES; probe++, at = (at + 1) & d->mask) {
            if (d->blocks[at])
                continue;
            d->blocks[at] = (uint32_t)i + 1;
            break;
        }
    }
}

static bool find_block(const Delta *d, uint32_t sum, size_t at, size_t *out)
{
    size_t place = place_of(d, sum);

    for (unsigned probe = 0; probe < MOST_PROBES; probe++, place = (place + 1) & d->mask) {
        if (!d->blocks[place])
            return false;
        *out = (size_t)(d->blocks[place] - 1) * BLOCK;
        if (memcmp(d->from.ptr + *out, d->to.ptr + at, BLOCK) == 0)
            return true;
    }
    return false;
}

static size_t same_length(KfText a, size_t i, KfText b, size_t j)
{
    const size_t most = a.len - i < b.len - j ? a.len - i : b.len - j;
    size_t len = 0;

    for (uint64_t x, y; most - len >= sizeof x; len += sizeof x) {
        memcpy(&x, a.ptr + i + len, sizeof x);
        memcpy(&y, b.ptr + j + len, sizeof y);
        if (x != y)
            break;
    }
    while (len < most && a.ptr[i + len] == b.ptr[j + len])
        len++;
    return len;
}

/* New bytes up to `at`, then a copy. */
static void tell(Delta *d, size_t at, size_t from, size_t len)
{
    put_number(d->out, at - d->told);
    kf_buf_text(d->out, kf_text_slice(d->to, d->told, at));
    put_number(d->out, len);
    if (len)
        put_number(d->out, from);
    d->told = at + len;
}

/* Tells the copy that begins here, drawn out to both sides; where it ends. */
static size_t tell_copy(Delta *d, size_t at, size_t from)
{
    size_t len = same_length(d->from, from, d->to, at);

    while (at > d->told && from > 0 && d->from.ptr[from - 1] == d->to.ptr[at - 1]) {
        at--;
        from--;
        len++;
    }
    tell(d, at, from, len);
    d->next = from + len;
    return at + len;
}

/* Whether the texts go on alike within a few bytes of the last copy; *at is moved there. */
static bool find_near(Delta *d, size_t *at, size_t *out)
{
    for (size_t j = *at; j <= *at + NEAR && j + BLOCK <= d->to.len; j++) {
        for (size_t i = d->next; i <= d->next + NEAR && i + BLOCK <= d->from.len; i++) {
            if (d->from.ptr[i] != d->to.ptr[j]
                || memcmp(d->from.ptr + i, d->to.ptr + j, BLOCK) != 0)
                continue;
            *at = j;
            *out = i;
            return true;
        }
        if ((d->near_looks += NEAR) > MOST_NEAR_LOOKS)
            return false;
    }
    return false;
}

/* The next block that stands anywhere; *at is moved there. */
static bool find_far(KfArena *arena, Delta *d, size_t *at, size_t *out)
{
    const uint32_t first = first_factor();
    const char *to = d->to.ptr;
    uint32_t sum;

    if (!d->blocks)
        index_blocks(arena, d);
    for (sum = sum_of(to + *at); !find_block(d, sum, *at, out); ++*at) {
        if (*at + BLOCK == d->to.len)
            return false;
        sum = (sum - first * (unsigned char)to[*at]) * FACTOR + (unsigned char)to[*at + BLOCK];
    }
    return true;
}

void kf_delta_make(KfArena *arena, KfBuf *out, KfText from, KfText to)
{
    Delta d = { .from = from, .to = to, .out = out };
    size_t at = same_length(from, 0, to, 0), found;

    if (at)
        at = tell_copy(&d, 0, 0);
    while (at + BLOCK <= to.len && (find_near(&d, &at, &found) || find_far(arena, &d, &at, &found)))
        at = tell_copy(&d, at, found);
    if (d.told < to.len)
        tell(&d, to.len, 0, 0);
}

/* ---- applying ------------------------------------------------------------- */

bool kf_delta_apply(KfBuf *out, KfText from, KfText delta, size_t limit)
{
    size_t at = 0, made = 0, len, start;

    while (at < delta.len) {
        if (!take_number(delta, &at, &len) || len > delta.len - at || len > limit - made)
            return false;
        kf_buf_text(out, kf_text_slice(delta, at, at + len));
        at += len;
        made += len;
        if (!take_number(delta, &at, &len) || len > limit - made)
            return false;
        if (len == 0)
            continue;
        if (!take_number(delta, &at, &start) || start > from.len || len > from.len - start)
            return false;
        kf_buf_text(out, kf_text_slice(from, start, start + len));
        made += len;
    }
    return true;
}

/* ---- as text -------------------------------------------------------------- */

void kf_buf_base64(KfBuf *out, KfText bytes)
{
    for (size_t at = 0; at < bytes.len; at += 48) {
        KfText piece = kf_text_slice(bytes, at, at + 48);
        char text[BASE64_ENCODE_RAW_LENGTH(48)];

        base64_encode_raw(text, piece.len, (const uint8_t *)piece.ptr);
        kf_buf_bytes(out, text, BASE64_ENCODE_RAW_LENGTH(piece.len));
    }
}

bool kf_buf_unbase64(KfBuf *out, KfText text)
{
    struct base64_decode_ctx ctx;

    base64_decode_init(&ctx);
    for (size_t at = 0; at < text.len; at += 64) {
        KfText piece = kf_text_slice(text, at, at + 64);
        uint8_t bytes[BASE64_DECODE_LENGTH(64)];
        size_t len = sizeof bytes;

        if (!base64_decode_update(&ctx, &len, bytes, piece.len, piece.ptr))
            return false;
        kf_buf_bytes(out, bytes, len);
    }
    return base64_decode_final(&ctx);
}
