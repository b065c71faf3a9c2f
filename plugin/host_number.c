/* A number of the spreadsheet program as decimal text, without locale or printf: its
 * exact decimal digits are worked out, and cut to the fewest that still name it. */
#include "host.h"

#include <string.h>

enum {
    LIMBS = 90,      /* 767 digits at most, nine a limb */
    LIMB_DIGITS = 9, /* a limb is below LIMB */
    LIMB = 1000000000,
    FEWEST = 15, /* digits that every double can hold */
    MOST = 17,   /* digits that name every double */
    SMALLEST_PLAIN = -5,
    LARGEST_PLAIN = 21
};

/* 0.d1d2d3... times ten to the power of exponent; no leading or trailing zeros. */
typedef struct {
    char digits[LIMBS * LIMB_DIGITS + 1];
    size_t count;
    int exponent;
} Decimal;

typedef struct {
    uint32_t limb[LIMBS]; /* the least one first */
    size_t count;
} Whole;

static void multiply(Whole *whole, uint32_t factor)
{
    uint64_t carry = 0;

    for (size_t i = 0; i < whole->count; i++) {
        carry += (uint64_t)whole->limb[i] * factor;
        whole->limb[i] = (uint32_t)(carry % LIMB);
        carry /= LIMB;
    }
    while (carry && whole->count < LIMBS) {
        whole->limb[whole->count++] = (uint32_t)(carry % LIMB);
        carry /= LIMB;
    }
}

static void multiply_power(Whole *whole, uint32_t base, int power)
{
    while (power-- > 0)
        multiply(whole, base);
}

static void put_limbs(Decimal *out, const Whole *whole)
{
    size_t leading = 0;

    for (size_t i = whole->count; i-- > 0;) {
        uint32_t unit = LIMB / 10;

        for (uint32_t left = whole->limb[i]; unit; left %= unit, unit /= 10)
            out->digits[out->count++] = (char)('0' + left / unit);
    }
    while (leading < out->count && out->digits[leading] == '0')
        leading++;
    out->count -= leading;
    memmove(out->digits, out->digits + leading, out->count);
}

static void drop_trailing_zeros(Decimal *decimal)
{
    while (decimal->count && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
}

/* mantissa times two to the power of exponent, exactly. */
static void decimal_of(Decimal *out, uint64_t mantissa, int exponent)
{
    Whole whole = { { 0 }, 0 };

    for (; mantissa; mantissa /= LIMB)
        whole.limb[whole.count++] = (uint32_t)(mantissa % LIMB);
    multiply_power(&whole, exponent < 0 ? 5 : 2, exponent < 0 ? -exponent : exponent);
    out->count = 0;
    put_limbs(out, &whole);
    out->exponent = (int)out->count + (exponent < 0 ? exponent : 0);
    drop_trailing_zeros(out);
}

static void round_to(Decimal *out, const Decimal *from, size_t digits)
{
    size_t at = digits;

    *out = *from;
    if (from->count <= digits)
        return;
    out->count = digits;
    if (from->digits[digits] >= '5') {
        while (at > 0 && out->digits[at - 1] == '9')
            at--;
        out->count = at;
        if (at > 0) {
            out->digits[at - 1]++;
        } else {
            out->digits[0] = '1';
            out->count = 1;
            out->exponent++;
        }
    }
    drop_trailing_zeros(out);
}

static int compare(const Decimal *a, const Decimal *b)
{
    size_t shared = a->count < b->count ? a->count : b->count;
    int order;

    if (a->exponent != b->exponent)
        return a->exponent < b->exponent ? -1 : 1;
    order = memcmp(a->digits, b->digits, shared);
    return order ? order : (a->count > b->count) - (a->count < b->count);
}

/* A text nearer than half the way to the next number is read as this one. */
static void shortest(Decimal *out, uint64_t mantissa, int exponent, bool is_power_of_two)
{
    Decimal exact, below, above;

    decimal_of(&exact, mantissa, exponent);
    if (exact.count > FEWEST) {
        decimal_of(&below, 4 * mantissa - (is_power_of_two ? 1 : 2), exponent - 2);
        decimal_of(&above, 4 * mantissa + 2, exponent - 2);
    }
    for (size_t digits = FEWEST; digits <= MOST; digits++) {
        round_to(out, &exact, digits);
        if (exact.count <= digits || digits == MOST)
            return;
        if (compare(&below, out) < 0 && compare(out, &above) < 0)
            return;
    }
}

static void put_zeros(KfBuf *out, int count)
{
    while (count-- > 0)
        kf_buf_char(out, '0');
}

static void put_plain(KfBuf *out, const Decimal *decimal)
{
    size_t whole = decimal->exponent > 0 ? (size_t)decimal->exponent : 0;

    if (whole >= decimal->count) {
        kf_buf_bytes(out, decimal->digits, decimal->count);
        put_zeros(out, (int)(whole - decimal->count));
        return;
    }
    kf_buf_bytes(out, decimal->digits, whole);
    kf_buf_str(out, whole ? "." : "0.");
    put_zeros(out, -decimal->exponent);
    kf_buf_bytes(out, decimal->digits + whole, decimal->count - whole);
}

static void put_scientific(KfBuf *out, const Decimal *decimal)
{
    kf_buf_char(out, decimal->digits[0]);
    if (decimal->count > 1)
        kf_buf_char(out, '.');
    kf_buf_bytes(out, decimal->digits + 1, decimal->count - 1);
    kf_buf_str(out, decimal->exponent > 0 ? "E+" : "E");
    kf_buf_int(out, decimal->exponent - 1);
}

void kf_buf_double(KfBuf *out, double number)
{
    const uint64_t hidden = UINT64_C(1) << 52;
    uint64_t bits, mantissa;
    int exponent;
    Decimal decimal;

    memcpy(&bits, &number, sizeof bits);
    exponent = (int)(bits >> 52 & 0x7FF);
    mantissa = bits & (hidden - 1);
    if (exponent == 0x7FF)
        return; /* none that can be written */
    if (exponent == 0 && mantissa == 0) {
        kf_buf_char(out, '0');
        return;
    }
    if (bits >> 63)
        kf_buf_char(out, '-');
    mantissa |= exponent ? hidden : 0;
    shortest(&decimal, mantissa, (exponent ? exponent : 1) - 1075, mantissa == hidden);
    if (decimal.exponent > SMALLEST_PLAIN && decimal.exponent <= LARGEST_PLAIN)
        put_plain(out, &decimal);
    else
        put_scientific(out, &decimal);
}
