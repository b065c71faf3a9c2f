#include <criterion/criterion.h>

#include "base/wide.h"
#include "base/wide_words.h"

#ifdef __SIZEOF_INT128__

__extension__ typedef __int128 Native;
__extension__ typedef unsigned __int128 Bits;

/* A small generator, so that a failure repeats. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Of every length, and often near the ends of words. */
static Native some_number(uint64_t *state)
{
    Bits bits = (Bits)next_random(state) << 64 | next_random(state);
    unsigned how = (unsigned)(next_random(state) % 256);

    bits >>= how % 126 + 1;
    if (how & 128)
        bits = ((Bits)1 << how % 126) - (how & 1);
    return next_random(state) & 1 ? -(Native)bits : (Native)bits;
}

static KfWords words_of(Native value)
{
    return (KfWords){ (uint64_t)((Bits)value >> 64), (uint64_t)value };
}

static Native native_of(KfWords words)
{
    return (Native)((Bits)words.high << 64 | words.low);
}

Test(wide, words_reckon_as_the_compiler_does)
{
    uint64_t state = 42;

    for (int i = 0; i < 200000; i++) {
        const Native a = some_number(&state), b = some_number(&state);
        const KfWords x = words_of(a), y = words_of(b);

        cr_assert(native_of(kf_words_plus(x, y)) == (Native)((Bits)a + (Bits)b), "%d", i);
        cr_assert(native_of(kf_words_minus(x, y)) == (Native)((Bits)a - (Bits)b), "%d", i);
        cr_assert(native_of(kf_words_times(x, y)) == (Native)((Bits)a * (Bits)b), "%d", i);
        cr_assert_eq(kf_words_compare(x, y), (a > b) - (a < b), "%d", i);
        cr_assert_eq(kf_words_sign(x), (a > 0) - (a < 0), "%d", i);
        if (b == 0)
            continue;
        cr_assert(native_of(kf_words_over(x, y)) == a / b, "%d", i);
        cr_assert(native_of(kf_words_rest(x, y)) == a % b, "%d", i);
    }
}

#endif

Test(wide, knows_what_fits_a_word)
{
    const KfWide most = kf_wide(INT64_MAX), least = kf_wide(INT64_MIN);

    cr_assert(kf_wide_fits(most));
    cr_assert(kf_wide_fits(least));
    cr_assert_not(kf_wide_fits(kf_wide_plus(most, kf_wide(1))));
    cr_assert_not(kf_wide_fits(kf_wide_minus(least, kf_wide(1))));
    cr_assert_eq(kf_wide_int(kf_wide_over(kf_wide_product(INT64_MAX, 7), kf_wide(7))), INT64_MAX);
    cr_assert_eq(kf_wide_int(kf_wide_negated(kf_wide_magnitude(kf_wide(-5)))), -5);
}
