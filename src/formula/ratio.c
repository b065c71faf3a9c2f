/* Exact fractions of 128-bit integers. Every operation is tried as it stands,
 * then in lowest terms, then with 18 digits of each operand. Products are formed
 * of magnitudes, unsigned, and never pass LIMIT, so ten of them still fit. */
#include "formula/ratio.h"

#define LIMIT ((KfUint128)10000000000000000000u * 1000000000000000000u)

enum { LIMIT_DIGITS = 37, SHOWN_DIGITS = 15, KEPT_DIGITS = 18, MOST_DECIMALS = 35 };

static KfUint128 magnitude(KfRatio value)
{
    return value.num < 0 ? -(KfUint128)value.num : (KfUint128)value.num;
}

static KfRatio make(bool negative, KfUint128 mag, KfUint128 den)
{
    return (KfRatio){ negative ? -(KfInt128)mag : (KfInt128)mag, den };
}

static KfUint128 power_of_ten(int exponent)
{
    KfUint128 power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

static bool times(KfUint128 a, KfUint128 b, KfUint128 *out)
{
    if ((a | b) >> 60 && b && a > LIMIT / b)
        return false;
    *out = a * b;
    return *out <= LIMIT;
}

static KfUint128 common_divisor(KfUint128 a, KfUint128 b)
{
    while (b) {
        KfUint128 rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static KfRatio in_lowest_terms(KfRatio value)
{
    KfUint128 mag = magnitude(value), common = common_divisor(value.den, mag);

    return make(value.num < 0, mag / common, value.den / common);
}

/* mag / 10^decimals without the zeros at its end. */
static KfRatio decimal(bool negative, KfUint128 mag, int decimals)
{
    for (; decimals > 0 && mag % 10 == 0; decimals--)
        mag /= 10;
    return make(negative, mag, power_of_ten(decimals));
}

/* The magnitude times 10^decimals, half rounded up. */
static bool scaled(KfRatio value, int decimals, KfUint128 *out)
{
    KfUint128 mag = magnitude(value), rest = mag % value.den;

    mag /= value.den;
    for (int i = 0; i < decimals; i++) {
        rest *= 10;
        if (!times(mag, 10, &mag))
            return false;
        mag += rest / value.den;
        rest %= value.den;
    }
    *out = mag + (rest * 2 >= value.den);
    return *out <= LIMIT;
}

/* Decimals that show as many significant digits. */
static int decimals_for(KfRatio value, int digits)
{
    KfUint128 mag = magnitude(value), whole = mag / value.den;

    for (; whole; whole /= 10)
        digits--;
    if (mag && mag < value.den) {
        for (; digits < MOST_DECIMALS && mag * 10 < value.den; digits++)
            mag *= 10;
    }
    return digits > 0 ? digits : 0;
}

static KfRatio to_digits(KfRatio value, int digits, int most_decimals)
{
    int decimals = decimals_for(value, digits);
    KfUint128 mag;

    if (decimals > most_decimals)
        decimals = most_decimals;
    /* Fits: there are decimals only while there are few digits in all. */
    return scaled(value, decimals, &mag) ? decimal(value.num < 0, mag, decimals) : value;
}

typedef bool Operation(KfRatio *out, KfRatio a, KfRatio b);

static bool apply(Operation *operation, KfRatio *out, KfRatio a, KfRatio b)
{
    return operation(out, a, b) || operation(out, in_lowest_terms(a), in_lowest_terms(b))
           || operation(out, to_digits(a, KEPT_DIGITS, KEPT_DIGITS),
                        to_digits(b, KEPT_DIGITS, KEPT_DIGITS));
}

static bool add_exactly(KfRatio *out, KfRatio a, KfRatio b)
{
    KfUint128 left = 1, right = 1, den = a.den, x, y;
    KfInt128 sum;

    if (a.den != b.den) {
        KfUint128 common = common_divisor(a.den, b.den);

        left = b.den / common;
        right = a.den / common;
        if (!times(a.den, left, &den))
            return false;
    }
    if (!times(magnitude(a), left, &x) || !times(magnitude(b), right, &y))
        return false;
    sum = (a.num < 0 ? -(KfInt128)x : (KfInt128)x) + (b.num < 0 ? -(KfInt128)y : (KfInt128)y);
    *out = (KfRatio){ sum, den };
    return magnitude(*out) <= LIMIT;
}

static bool multiply_exactly(KfRatio *out, KfRatio a, KfRatio b)
{
    KfUint128 mag, den;

    if (!times(magnitude(a), magnitude(b), &mag) || !times(a.den, b.den, &den))
        return false;
    *out = make((a.num < 0) != (b.num < 0), mag, den);
    return true;
}

static bool divide_exactly(KfRatio *out, KfRatio a, KfRatio b)
{
    if (b.num == 0)
        return false;
    return multiply_exactly(out, a, make(b.num < 0, b.den, magnitude(b)));
}

bool kf_ratio_add(KfRatio *out, KfRatio a, KfRatio b)
{
    return apply(add_exactly, out, a, b);
}

bool kf_ratio_sub(KfRatio *out, KfRatio a, KfRatio b)
{
    return apply(add_exactly, out, a, kf_ratio_neg(b));
}

bool kf_ratio_mul(KfRatio *out, KfRatio a, KfRatio b)
{
    return apply(multiply_exactly, out, a, b);
}

bool kf_ratio_div(KfRatio *out, KfRatio a, KfRatio b)
{
    return apply(divide_exactly, out, a, b);
}

KfRatio kf_ratio_neg(KfRatio value)
{
    return (KfRatio){ -value.num, value.den };
}

KfRatio kf_ratio_int(int64_t value)
{
    return (KfRatio){ value, 1 };
}

int kf_ratio_sign(KfRatio value)
{
    return (value.num > 0) - (value.num < 0);
}

bool kf_ratio_whole(KfRatio value, int64_t *out)
{
    value = in_lowest_terms(value);
    if (value.den != 1 || value.num < INT64_MIN || value.num > INT64_MAX)
        return false;
    *out = (int64_t)value.num;
    return true;
}

/* Rounds what is shown, so that 0.4999999999999995 of three sixths goes up. */
bool kf_ratio_round(KfRatio *out, KfRatio value, int decimals)
{
    KfUint128 mag, unit;

    value = to_digits(value, SHOWN_DIGITS, MOST_DECIMALS);
    if (decimals >= KEPT_DIGITS || decimals < -LIMIT_DIGITS) {
        *out = decimals > 0 ? value : kf_ratio_int(0);
        return true;
    }
    unit = power_of_ten(-decimals);
    if (decimals < 0 && !kf_ratio_div(&value, value, (KfRatio){ (KfInt128)unit, 1 }))
        return false;
    if (!scaled(value, decimals, &mag) || !times(mag, unit, &mag))
        return false;
    *out = decimal(value.num < 0, mag, decimals);
    return true;
}

static bool is_near(KfRatio difference, KfRatio a)
{
    KfUint128 mag = magnitude(difference);
    KfRatio wide;

    if (mag <= difference.den / 1000000)
        return true;
    return kf_ratio_mul(&wide, difference, kf_ratio_int(10000000000000))
           && magnitude(wide) / wide.den < magnitude(a) / a.den;
}

int kf_ratio_order(KfRatio a, KfRatio b)
{
    KfRatio difference;

    if (!kf_ratio_sub(&difference, a, b)) /* so far apart that the whole part tells */
        return a.num / (KfInt128)a.den < b.num / (KfInt128)b.den ? -1 : 1;
    return is_near(difference, a) ? 0 : kf_ratio_sign(difference);
}

/* ---- text ---------------------------------------------------------------- */

static bool is_digit(KfText text, size_t at)
{
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

static bool read_sign(KfText text, size_t *at)
{
    bool negative = *at < text.len && text.ptr[*at] == '-';

    if (negative || (*at < text.len && text.ptr[*at] == '+'))
        ++*at;
    return negative;
}

/* Digits into mag while they fit; *exponent counts what is dropped and what
 * stands behind the point. False without a digit. */
static bool read_digits(KfText text, size_t *at, KfUint128 *mag, int *exponent)
{
    bool is_fraction = false, any = false;

    for (; *at < text.len; ++*at) {
        if (text.ptr[*at] == '.' && !is_fraction) {
            is_fraction = true;
            continue;
        }
        if (!is_digit(text, *at))
            break;
        any = true;
        if (*mag < LIMIT / 1000000)
            *mag = *mag * 10 + (unsigned)(text.ptr[*at] - '0');
        else
            ++*exponent;
        *exponent -= is_fraction;
    }
    return any;
}

static bool read_exponent(KfText text, size_t *at, int *exponent)
{
    int power = 0;
    bool negative;

    if (*at == text.len || (text.ptr[*at] != 'E' && text.ptr[*at] != 'e'))
        return true;
    ++*at;
    negative = read_sign(text, at);
    if (!is_digit(text, *at))
        return false;
    for (; is_digit(text, *at); ++*at)
        power = power < 10000 ? power * 10 + (text.ptr[*at] - '0') : power;
    *exponent += negative ? -power : power;
    return true;
}

bool kf_ratio_read(KfRatio *out, KfText text)
{
    KfUint128 mag = 0;
    size_t at = 0;
    int exponent = 0;
    bool negative = text.len < 4096 && read_sign(text, &at);

    if (text.len >= 4096 || !read_digits(text, &at, &mag, &exponent)
        || !read_exponent(text, &at, &exponent) || at != text.len)
        return false;
    for (; exponent < -LIMIT_DIGITS && mag; exponent++)
        mag /= 10;
    if (!mag)
        exponent = 0;
    if (exponent > LIMIT_DIGITS || (exponent > 0 && !times(mag, power_of_ten(exponent), &mag)))
        return false;
    *out = decimal(negative, mag, exponent < 0 ? -exponent : 0);
    if (out->den > 1 && mag >= power_of_ten(SHOWN_DIGITS))
        *out = to_digits(*out, SHOWN_DIGITS, MOST_DECIMALS);
    return true;
}

void kf_ratio_write(KfBuf *out, KfRatio value)
{
    char digits[80];
    size_t at = sizeof digits;
    int decimals = 0;
    KfUint128 mag;

    value = to_digits(value, SHOWN_DIGITS, MOST_DECIMALS);
    mag = magnitude(value);
    while (power_of_ten(decimals) < value.den)
        decimals++;
    for (int i = 0; mag || i <= decimals; i++, mag /= 10) {
        if (i && i == decimals)
            digits[--at] = '.';
        digits[--at] = (char)('0' + (int)(mag % 10));
    }
    if (value.num < 0)
        digits[--at] = '-';
    kf_buf_bytes(out, digits + at, sizeof digits - at);
}
