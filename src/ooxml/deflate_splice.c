/* By zlib, which alone takes up in the middle of a byte. What follows a block packed anew
 * begins at another bit of its byte than before: blocks that hold nothing are put in between
 * until the bits agree, so that the rest is copied byte by byte. */
#include "ooxml/deflate_splice.h"

#include <stdlib.h>
#include <zlib.h>

#include "ooxml/deflate_blocks.h"
#include "ooxml/inflate.h"

enum {
    WINDOW = 32 * 1024, /* bytes that a reference reaches back (RFC 1951, 3.2.5) */
    SHARE = 4,          /* of the bytes, that may be packed anew */
    RAW = -MAX_WBITS,
    LEVEL = 1,
    MEMORY = 8
};

/* Blocks from..to, which hold changes first..end. */
typedef struct {
    size_t from, to;
    size_t first, end;
} Stretch;

typedef struct {
    KfBuf *out;
    const KfPackedSplices *splices;
    const KfBlockBorders *borders;
    unsigned char part; /* the last byte, of which the low bits count */
    unsigned part_bits;
} Splicing;

/* Whether so little changes, as far as can be told without looking for the blocks. */
static bool may_pay(const KfPackedSplices *splices)
{
    size_t behind = 0, packed_anew = 0;

    for (size_t i = 0; i < splices->count; i++) {
        const KfSplice *change = &splices->changes[i];
        const size_t from = change->from > behind ? change->from : behind;

        behind = change->to + WINDOW;
        packed_anew += change->with.len + (behind > from ? behind - from : 0);
        if (packed_anew > splices->bytes.len / SHARE)
            return false;
    }
    return splices->count > 0;
}

/* ---- what is packed anew ----------------------------------------------------- */

/* The blocks of the next change, with the blocks behind it that may refer to it. */
static Stretch next_stretch(const Splicing *s, size_t border, size_t change)
{
    const KfBlockBorder *borders = s->borders->items;
    const KfSplice *changes = s->splices->changes;
    const size_t last = s->borders->count - 1;
    Stretch out = { .first = change };
    size_t until;

    while (border + 1 < last && borders[border + 1].at <= changes[change].from)
        border++;
    out.from = border;
    do {
        until = changes[change++].to + WINDOW;
        while (border < last && borders[border].at < until)
            border++;
    } while (change < s->splices->count && changes[change].from < borders[border].at);
    if (s->borders->is_whole && border == last)
        change = s->splices->count; /* one that adds to the end */
    out.to = border;
    out.end = change;
    return out;
}

static bool pack(z_stream *stream, KfBuf *out, KfText bytes, int flush)
{
    enum { ROOM = 16 * 1024 };

    stream->next_in = (z_const Bytef *)(uintptr_t)bytes.ptr; /* only read */
    stream->avail_in = kf_at_a_time(bytes.len);
    do {
        if (!kf_buf_reserve(out, ROOM))
            return false;
        stream->next_out = (Bytef *)out->ptr + out->len;
        stream->avail_out = ROOM;
        if (deflate(stream, flush) == Z_STREAM_ERROR)
            return false;
        out->len += ROOM - stream->avail_out;
    } while (stream->avail_out == 0);
    return true;
}

static bool pack_changed(z_stream *stream, Splicing *s, const Stretch *stretch, int flush)
{
    const KfText bytes = s->splices->bytes;
    size_t at = s->borders->items[stretch->from].at;

    for (size_t i = stretch->first; i < stretch->end; i++) {
        const KfSplice *change = &s->splices->changes[i];

        if (!pack(stream, s->out, kf_text_slice(bytes, at, change->from), Z_NO_FLUSH)
            || !pack(stream, s->out, change->with, Z_NO_FLUSH))
            return false;
        at = change->to;
    }
    return pack(stream, s->out, kf_text_slice(bytes, at, s->borders->items[stretch->to].at), flush);
}

/* It ends with a whole byte. */
static bool pack_stretch(Splicing *s, const Stretch *stretch, bool is_last)
{
    const KfText bytes = s->splices->bytes;
    const size_t from = s->borders->items[stretch->from].at;
    const KfText before = kf_text_slice(bytes, from > WINDOW ? from - WINDOW : 0, from);
    z_stream stream = { 0 };
    bool is_packed;

    if (deflateInit2(&stream, LEVEL, Z_DEFLATED, RAW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return !(s->out->bad = true);
    is_packed =
        (!before.len
         || deflateSetDictionary(&stream, (const Bytef *)before.ptr, (uInt)before.len) == Z_OK)
        && deflatePrime(&stream, (int)s->part_bits, s->part) == Z_OK
        && pack_changed(&stream, s, stretch, is_last ? Z_FINISH : Z_SYNC_FLUSH);
    deflateEnd(&stream);
    s->part = 0;
    s->part_bits = 0;
    return is_packed;
}

/* ---- bits -------------------------------------------------------------------- */

static void put_bits(Splicing *s, unsigned bits, unsigned count)
{
    for (; count; count--, bits >>= 1) {
        s->part |= (unsigned char)((bits & 1) << s->part_bits);
        if (++s->part_bits < CHAR_BIT)
            continue;
        kf_buf_char(s->out, (char)s->part);
        s->part = 0;
        s->part_bits = 0;
    }
}

/* A block of the fixed codes, and its end: 10 bits. */
static void put_even(Splicing *s)
{
    put_bits(s, 2, 3);
    put_bits(s, 0, 7);
}

/* A block of codes of its own, and its end: 95 bits. Each set of codes has two, so that no
 * reader finds one incomplete (RFC 1951, 3.2.7). */
static void put_odd(Splicing *s)
{
    enum { LENGTHS = 19, OF_18 = 2, OF_1 = 17 };

    put_bits(s, 4, 3);           /* own codes */
    put_bits(s, 0, 5);           /* 257 literals, */
    put_bits(s, 1, 5);           /* 2 distances, */
    put_bits(s, LENGTHS - 4, 4); /* 19 lengths of codes of lengths: */
    for (unsigned i = 0; i < LENGTHS; i++)
        put_bits(s, i == OF_18 || i == OF_1, 3);
    put_bits(s, 0, 1);        /* literal 0: 1 bit */
    put_bits(s, 1, 1);        /* zeros, */
    put_bits(s, 138 - 11, 7); /* 138, */
    put_bits(s, 1, 1);
    put_bits(s, 117 - 11, 7); /* 117 */
    put_bits(s, 0, 3);        /* the end, and both distances: 1 bit each */
    put_bits(s, 1, 1);        /* the end */
}

static void align(Splicing *s, unsigned bit)
{
    if (s->part_bits % 2 != bit % 2)
        put_odd(s);
    while (s->part_bits != bit)
        put_even(s);
}

/* The packed bits from..to; from stands where the last byte ends. */
static void copy_bits(Splicing *s, uint64_t from, uint64_t to)
{
    const char *packed = s->splices->packed.ptr;
    size_t at = (size_t)(from / CHAR_BIT);
    const size_t end = (size_t)(to / CHAR_BIT);

    if (s->part_bits && at < end)
        put_bits(s, (unsigned char)packed[at++] >> s->part_bits, CHAR_BIT - s->part_bits);
    if (at < end)
        kf_buf_bytes(s->out, packed + at, end - at);
    if (to % CHAR_BIT > s->part_bits)
        put_bits(s, (unsigned char)packed[end] >> s->part_bits, to % CHAR_BIT - s->part_bits);
}

/* ---- the whole --------------------------------------------------------------- */

static bool splice(Splicing *s)
{
    const size_t last = s->borders->count - 1;
    size_t border = 0, change = 0, packed_anew = 0;

    while (change < s->splices->count) {
        const Stretch stretch = next_stretch(s, border, change);
        const KfBlockBorder *from = &s->borders->items[stretch.from],
                            *to = &s->borders->items[stretch.to];
        const bool is_last = s->borders->is_whole && stretch.to == last;

        packed_anew += to->at - from->at;
        if (packed_anew > s->splices->bytes.len / SHARE)
            return false;
        copy_bits(s, s->borders->items[border].bit, from->bit);
        if (!pack_stretch(s, &stretch, is_last))
            return false;
        if (is_last)
            return true;
        align(s, (unsigned)(to->bit % CHAR_BIT));
        border = stretch.to;
        change = stretch.end;
    }
    copy_bits(s, s->borders->items[border].bit, CHAR_BIT * (uint64_t)s->splices->packed.len);
    return true;
}

/* With s->borders, up to the last change at least. */
static bool splice_between(Splicing *s)
{
    const KfBlockBorders *borders = s->borders;
    const size_t len = s->out->len;

    if (borders->is_whole && borders->items[borders->count - 1].at != s->splices->bytes.len)
        return false;
    if (splice(s) && !s->out->bad)
        return true;
    s->out->len = len;
    return false;
}

bool kf_deflate_splice(KfBuf *out, const KfPackedSplices *splices)
{
    Splicing s = { .out = out, .splices = splices, .borders = splices->borders };
    KfBlockBorders found = { 0 };
    bool is_done;

    if (!may_pay(splices))
        return false;
    if (s.borders)
        return splice_between(&s);
    s.borders = &found;
    is_done =
        kf_deflate_blocks(&found, splices->packed, splices->changes[splices->count - 1].to + WINDOW)
        && splice_between(&s);
    out->bad |= found.bad;
    free(found.items);
    return is_done;
}
