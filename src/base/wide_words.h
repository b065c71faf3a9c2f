/* Whole numbers of 128 bits as two words, for compilers that have none of their own: in
 * two's complement, and what passes 128 bits is cut off, as with the compiler's. */
#ifndef BASE_WIDE_WORDS_H
#define BASE_WIDE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t high, low;
} KfWords;

static inline KfWords kf_words(int64_t value)
{
    return (KfWords){ value < 0 ? UINT64_MAX : 0, (uint64_t)value };
}

static inline int kf_words_sign(KfWords a)
{
    return a.high >> 63 ? -1 : (a.high | a.low) != 0;
}

static inline KfWords kf_words_plus(KfWords a, KfWords b)
{
    const uint64_t low = a.low + b.low;

    return (KfWords){ a.high + b.high + (low < a.low), low };
}

static inline KfWords kf_words_negated(KfWords a)
{
    return kf_words_plus((KfWords){ ~a.high, ~a.low }, (KfWords){ 0, 1 });
}

static inline KfWords kf_words_minus(KfWords a, KfWords b)
{
    return kf_words_plus(a, kf_words_negated(b));
}

static inline KfWords kf_words_magnitude(KfWords a)
{
    return kf_words_sign(a) < 0 ? kf_words_negated(a) : a;
}

static inline bool kf_words_is_below(KfWords a, KfWords b) /* as if without a sign */
{
    return a.high != b.high ? a.high < b.high : a.low < b.low;
}

static inline int kf_words_compare(KfWords a, KfWords b)
{
    const KfWords x = { a.high ^ UINT64_C(1) << 63, a.low };
    const KfWords y = { b.high ^ UINT64_C(1) << 63, b.low };

    return kf_words_is_below(x, y) ? -1 : kf_words_is_below(y, x);
}

/* The whole product of two words, from products of their halves. */
static inline KfWords kf_words_product(uint64_t a, uint64_t b)
{
    const uint64_t a1 = a >> 32, a0 = a & UINT32_MAX, b1 = b >> 32, b0 = b & UINT32_MAX;
    const uint64_t middle = a1 * b0 + (a0 * b0 >> 32);
    const uint64_t cross = a0 * b1 + (middle & UINT32_MAX);

    return (KfWords){ a1 * b1 + (middle >> 32) + (cross >> 32), a * b };
}

static inline KfWords kf_words_times(KfWords a, KfWords b)
{
    KfWords product = kf_words_product(a.low, b.low);

    product.high += a.high * b.low + a.low * b.high;
    return product;
}

static inline KfWords kf_words_doubled(KfWords a)
{
    return (KfWords){ a.high << 1 | a.low >> 63, a.low << 1 };
}

static inline KfWords kf_words_halved(KfWords a)
{
    return (KfWords){ a.high >> 1, a.low >> 1 | a.high << 63 };
}

/* Long division of magnitudes, bit by bit. */
static inline KfWords kf_words_divide(KfWords a, KfWords by, KfWords *rest)
{
    KfWords quotient = { 0, 0 }, part = by;
    int shifts = 0;

    if (!(a.high | by.high)) {
        *rest = (KfWords){ 0, a.low % by.low };
        return (KfWords){ 0, a.low / by.low };
    }
    while (!(part.high >> 63) && kf_words_is_below(part, a)) {
        part = kf_words_doubled(part);
        shifts++;
    }
    for (; shifts >= 0; shifts--, part = kf_words_halved(part)) {
        quotient = kf_words_doubled(quotient);
        if (!kf_words_is_below(a, part)) {
            a = kf_words_minus(a, part);
            quotient.low |= 1;
        }
    }
    *rest = a;
    return quotient;
}

static inline KfWords kf_words_over(KfWords a, KfWords by)
{
    KfWords rest;
    KfWords quotient = kf_words_divide(kf_words_magnitude(a), kf_words_magnitude(by), &rest);

    return (a.high ^ by.high) >> 63 ? kf_words_negated(quotient) : quotient;
}

static inline KfWords kf_words_rest(KfWords a, KfWords by)
{
    KfWords rest;

    kf_words_divide(kf_words_magnitude(a), kf_words_magnitude(by), &rest);
    return kf_words_sign(a) < 0 ? kf_words_negated(rest) : rest;
}

#endif
