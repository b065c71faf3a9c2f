/* Whole numbers of 128 bits with a sign: products of amounts, exactly. The compiler's own
 * where it has them; KF_WIDE_WORDS takes the others all the same, to try them. Division
 * cuts towards zero, and its divisor must not be 0. */
#ifndef BASE_WIDE_H
#define BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

#if defined(__SIZEOF_INT128__) && !defined(KF_WIDE_WORDS)

__extension__ typedef __int128 KfWide;

#define KF_WIDE_OPERATION(name, operator)                                                          \
    static inline KfWide kf_wide_##name(KfWide a, KfWide b)                                        \
    {                                                                                              \
        return a operator b;                                                                       \
    }
KF_WIDE_OPERATION(plus, +)
KF_WIDE_OPERATION(minus, -)
KF_WIDE_OPERATION(times, *)
KF_WIDE_OPERATION(over, /)
KF_WIDE_OPERATION(rest, %)
#undef KF_WIDE_OPERATION

static inline KfWide kf_wide(int64_t value)
{
    return value;
}

static inline int kf_wide_compare(KfWide a, KfWide b)
{
    return (a > b) - (a < b);
}

/* The value, when kf_wide_fits() says so. */
static inline int64_t kf_wide_int(KfWide a)
{
    return (int64_t)a;
}

#else

#include "base/wide_words.h"

typedef KfWords KfWide;

#define kf_wide kf_words
#define kf_wide_plus kf_words_plus
#define kf_wide_minus kf_words_minus
#define kf_wide_times kf_words_times
#define kf_wide_over kf_words_over
#define kf_wide_rest kf_words_rest
#define kf_wide_compare kf_words_compare

static inline int64_t kf_wide_int(KfWide a)
{
    return (int64_t)a.low;
}

#endif

static inline int kf_wide_sign(KfWide a)
{
    return kf_wide_compare(a, kf_wide(0));
}

static inline KfWide kf_wide_negated(KfWide a)
{
    return kf_wide_minus(kf_wide(0), a);
}

static inline KfWide kf_wide_magnitude(KfWide a)
{
    return kf_wide_sign(a) < 0 ? kf_wide_negated(a) : a;
}

static inline bool kf_wide_fits(KfWide a)
{
    return kf_wide_compare(a, kf_wide(INT64_MIN)) >= 0
           && kf_wide_compare(a, kf_wide(INT64_MAX)) <= 0;
}

/* value times factor */
static inline KfWide kf_wide_product(int64_t value, int64_t factor)
{
    return kf_wide_times(kf_wide(value), kf_wide(factor));
}

#endif
