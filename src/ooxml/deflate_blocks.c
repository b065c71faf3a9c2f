#include "ooxml/deflate_blocks.h"

#include <stdlib.h>
#include <string.h>

enum {
    LITERALS = 288,
    DISTANCES = 32,
    LENGTH_CODES = 19,
    LONGEST = 15,    /* code, in bits */
    QUICK = 11,      /* bits that are looked up at once */
    MOST_MISSING = 8 /* bytes behind the end, taken for zeros */
};

/* What a code stands for: a number, the count of extra bits behind it, its own length in bits,
 * and what it is. */
typedef uint32_t Meaning;

enum {
    LENGTH_BITS = 0x0F,
    IS_COPY = 0x10,
    IS_END = 0x20,
    IS_BAD = 0x40,
    EXTRA_AT = 8,
    NUMBER_AT = 16
};

/* Codes of one alphabet. */
typedef struct {
    Meaning quick[1 << QUICK]; /* by the next bits; 0: a longer code, or none */
    Meaning sorted[LITERALS];  /* in the order of the codes */
    uint16_t count[LONGEST + 1];
} Codes;

typedef struct {
    const unsigned char *from, *next, *end;
    uint64_t bits;
    unsigned count;   /* of bits */
    unsigned missing; /* bytes */
    size_t at;        /* of the bytes that come out */
    Codes literals, distances;
} Walk;

/* ---- bits -------------------------------------------------------------------- */

static uint64_t load(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24
           | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48
           | (uint64_t)p[7] << 56;
}

static bool fill_slowly(Walk *w)
{
    for (; w->count <= 56; w->count += 8) {
        if (w->next < w->end)
            w->bits |= (uint64_t)*w->next++ << w->count;
        else
            w->missing++;
    }
    return w->missing <= MOST_MISSING;
}

/* At least 56 bits; false when the data have ended long ago. */
static inline bool fill(Walk *w)
{
    if (w->end - w->next < 8)
        return fill_slowly(w);
    w->bits |= load(w->next) << w->count;
    w->next += (63 - w->count) >> 3;
    w->count |= 56;
    return true;
}

static inline void skip(Walk *w, unsigned count)
{
    w->bits >>= count;
    w->count -= count;
}

static inline unsigned take(Walk *w, unsigned count)
{
    const unsigned bits = (unsigned)(w->bits & ((1u << count) - 1));

    skip(w, count);
    return bits;
}

static uint64_t bit_of(const Walk *w)
{
    return 8 * ((uint64_t)(w->next - w->from) + w->missing) - w->count;
}

static bool is_beyond(const Walk *w)
{
    return bit_of(w) > 8 * (uint64_t)(w->end - w->from);
}

/* ---- codes ------------------------------------------------------------------- */

static unsigned reversed(unsigned code, unsigned len)
{
    unsigned out = 0;

    for (; len; len--, code >>= 1)
        out = out << 1 | (code & 1);
    return out;
}

static unsigned length_of(Meaning meaning)
{
    return meaning & LENGTH_BITS;
}

static unsigned number_of(Meaning meaning)
{
    return meaning >> NUMBER_AT;
}

/* What is looked up at once: a literal or what else the next bits begin with. */
static void fill_quick(Codes *codes, unsigned code, Meaning meaning)
{
    const unsigned len = length_of(meaning);

    for (unsigned at = reversed(code, len); len <= QUICK && at < 1u << QUICK; at += 1u << len)
        codes->quick[at] = meaning;
}

/* From the lengths of the codes of each symbol (RFC 1951, 3.2.2). */
static bool build(Codes *codes, const uint8_t *lengths, unsigned count, Meaning (*mean)(unsigned))
{
    unsigned next[LONGEST + 2] = { 0 }, first[LONGEST + 2] = { 0 }, left = 1;

    memset(codes, 0, sizeof *codes);
    for (unsigned i = 0; i < count; i++)
        codes->count[lengths[i]]++;
    codes->count[0] = 0;
    for (unsigned len = 1; len <= LONGEST; len++) {
        if (codes->count[len] > 2 * left)
            return false;
        left = 2 * left - codes->count[len];
        next[len + 1] = (next[len] + codes->count[len]) << 1;
        first[len + 1] = first[len] + codes->count[len];
    }
    for (unsigned i = 0; i < count; i++) {
        const unsigned len = lengths[i];

        if (!len)
            continue;
        codes->sorted[first[len]++] = mean(i) | len;
        fill_quick(codes, next[len]++, mean(i) | len);
    }
    return true;
}

/* Bit by bit, for what is longer than QUICK. */
KF_RARE static Meaning read_slowly(Walk *w, const Codes *codes)
{
    unsigned code = 0, first = 0, index = 0;
    uint64_t bits = w->bits;

    for (unsigned len = 1; len <= LONGEST; len++, bits >>= 1) {
        code |= (unsigned)(bits & 1);
        if (code < first + codes->count[len]) {
            skip(w, len);
            return codes->sorted[index + code - first];
        }
        index += codes->count[len];
        first = (first + codes->count[len]) << 1;
        code <<= 1;
    }
    return IS_BAD;
}

static inline Meaning read_code(Walk *w, const Codes *codes)
{
    const Meaning quick = codes->quick[w->bits & ((1u << QUICK) - 1)];

    if (!quick)
        return read_slowly(w, codes);
    skip(w, length_of(quick));
    return quick;
}

/* The number, with what the extra bits add. */
static inline unsigned read_number(Walk *w, Meaning meaning)
{
    return number_of(meaning) + take(w, meaning >> EXTRA_AT & 0xFF);
}

/* ---- alphabets --------------------------------------------------------------- */

static Meaning mean_length(unsigned symbol)
{
    return symbol << NUMBER_AT;
}

/* How many bytes come out. */
static Meaning mean_literal(unsigned symbol)
{
    enum { END_OF_BLOCK = 256 };
    static const uint16_t base[] = { 3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                     15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                     67, 83, 99, 115, 131, 163, 195, 227, 258 };
    static const uint8_t extra[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                     2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
    const unsigned copy = symbol - END_OF_BLOCK - 1;

    if (symbol < END_OF_BLOCK)
        return 1 << NUMBER_AT;
    if (symbol == END_OF_BLOCK)
        return IS_END;
    if (copy >= sizeof extra)
        return IS_BAD;
    return (Meaning)base[copy] << NUMBER_AT | (Meaning)extra[copy] << EXTRA_AT | IS_COPY;
}

/* Its extra bits only: where it reaches to does not matter. */
static Meaning mean_distance(unsigned symbol)
{
    enum { MOST = 30 };

    if (symbol >= MOST)
        return IS_BAD;
    return symbol > 3 ? (symbol / 2 - 1) << EXTRA_AT : 0;
}

/* Two literals at once where both fit. Those of fewer bits come last: they still stand alone. */
static void pair_literals(Codes *codes)
{
    enum { NOT_LITERAL = IS_COPY | IS_END | IS_BAD };

    for (unsigned at = 1u << QUICK; at-- > 0;) {
        const Meaning one = codes->quick[at], two = one ? codes->quick[at >> length_of(one)] : 0;
        const unsigned len = length_of(one) + length_of(two);

        if (one && two && !((one | two) & NOT_LITERAL) && len <= QUICK)
            codes->quick[at] = 2u << NUMBER_AT | len;
    }
}

/* ---- blocks ------------------------------------------------------------------ */

static bool pass_stored(Walk *w)
{
    unsigned len;

    skip(w, w->count % 8);
    if (!fill(w))
        return false;
    len = take(w, 16);
    if ((take(w, 16) ^ len) != 0xFFFF)
        return false;
    w->next -= w->count / 8; /* what was read ahead */
    w->bits = w->count = 0;
    if (w->missing || (size_t)(w->end - w->next) < len)
        return false;
    w->next += len;
    w->at += len;
    return true;
}

static bool build_both(Walk *w, const uint8_t *literals, unsigned literal_count,
                       const uint8_t *distances, unsigned distance_count)
{
    if (!build(&w->literals, literals, literal_count, mean_literal)
        || !build(&w->distances, distances, distance_count, mean_distance))
        return false;
    pair_literals(&w->literals);
    return true;
}

static bool set_fixed_codes(Walk *w)
{
    uint8_t literals[LITERALS], distances[DISTANCES];

    memset(literals, 8, 144);
    memset(literals + 144, 9, 112);
    memset(literals + 256, 7, 24);
    memset(literals + 280, 8, 8);
    memset(distances, 5, DISTANCES);
    return build_both(w, literals, LITERALS, distances, DISTANCES);
}

static bool read_lengths(Walk *w, uint8_t *lengths, unsigned count)
{
    enum { REPEAT = 16, ZEROS = 17 };

    for (unsigned i = 0; i < count;) {
        unsigned symbol, times = 1;
        uint8_t len = 0;
        Meaning meaning;

        if (!fill(w))
            return false;
        meaning = read_code(w, &w->literals);
        symbol = number_of(meaning);
        if (symbol < REPEAT) {
            len = (uint8_t)symbol;
        } else if (symbol == REPEAT) {
            if (i == 0)
                return false;
            len = lengths[i - 1];
            times = 3 + take(w, 2);
        } else {
            times = symbol == ZEROS ? 3 + take(w, 3) : 11 + take(w, 7);
        }
        if (meaning & IS_BAD || times > count - i)
            return false;
        memset(lengths + i, len, times);
        i += times;
    }
    return true;
}

static bool read_own_codes(Walk *w)
{
    static const uint8_t order[LENGTH_CODES] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                 11, 4,  12, 3, 13, 2, 14, 1, 15 };
    uint8_t lengths[LITERALS + DISTANCES] = { 0 };
    const unsigned literals = 257 + take(w, 5), distances = 1 + take(w, 5);
    const unsigned count = 4 + take(w, 4);

    if (literals > LITERALS)
        return false;
    for (unsigned i = 0; i < count; i++) {
        if (!fill(w))
            return false;
        lengths[order[i]] = (uint8_t)take(w, 3);
    }
    return build(&w->literals, lengths, LENGTH_CODES, mean_length)
           && read_lengths(w, lengths, literals + distances)
           && build_both(w, lengths, literals, lengths + literals, distances);
}

static bool pass_coded(Walk *w)
{
    for (;;) {
        Meaning meaning, distance;

        if (!fill(w))
            return false;
        meaning = read_code(w, &w->literals);
        if (!(meaning & (IS_COPY | IS_END | IS_BAD))) {
            w->at += number_of(meaning);
            continue;
        }
        if (!(meaning & IS_COPY))
            return meaning & IS_END;
        w->at += read_number(w, meaning);
        distance = read_code(w, &w->distances);
        read_number(w, distance);
        if (distance & IS_BAD)
            return false;
    }
}

static bool pass_block(Walk *w, bool *is_last)
{
    enum { STORED, FIXED, OWN };

    if (!fill(w))
        return false;
    *is_last = take(w, 1);
    switch (take(w, 2)) {
    case STORED:
        return pass_stored(w);
    case FIXED:
        return set_fixed_codes(w) && pass_coded(w);
    case OWN:
        return read_own_codes(w) && pass_coded(w);
    default:
        return false;
    }
}

static bool add(KfBlockBorders *out, const Walk *w)
{
    if (out->count == out->cap) {
        const size_t cap = out->cap ? 2 * out->cap : 64;
        KfBlockBorder *moved = realloc(out->items, cap * sizeof *moved);

        out->bad |= !moved;
        if (!moved)
            return false;
        out->items = moved;
        out->cap = cap;
    }
    out->items[out->count++] = (KfBlockBorder){ w->at, bit_of(w) };
    return true;
}

bool kf_deflate_blocks(KfBlockBorders *out, KfText packed, size_t until)
{
    const unsigned char *from = (const unsigned char *)packed.ptr;
    Walk w = { .from = from, .next = from, .end = from + packed.len };
    bool is_fine = add(out, &w);

    while (is_fine && !out->is_whole && w.at < until)
        is_fine = pass_block(&w, &out->is_whole) && !is_beyond(&w) && add(out, &w);
    return is_fine;
}
