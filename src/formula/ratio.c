/* Exact fractions of 128-bit integers. Every operation is tried as it stands,
 * then in lowest terms, then with 18 digits of each operand. Products are formed
 * of magnitudes, and never pass the limit, so ten of them still fit. */
#include "formula/ratio.h"

enum { LIMIT_DIGITS = 37, SHOWN_DIGITS = 15, KEPT_DIGITS = 18, MOST_DECIMALS = 35 };

/* 10^37 */
static KfWide limit(void)
{
    return kf_wide_times(
        kf_wide_product(INT64_C(1000000000000000000), INT64_C(1000000000000000000)), kf_wide(10));
}

static KfWide magnitude(KfRatio value)
{
    return kf_wide_magnitude(value.num);
}

static KfRatio make(bool negative, KfWide mag, KfWide den)
{
    return (KfRatio){ negative ? kf_wide_negated(mag) : mag, den };
}

static bool is_above(KfWide a, KfWide b)
{
    return kf_wide_compare(a, b) > 0;
}

static KfWide tenfold(KfWide value)
{
    return kf_wide_times(value, kf_wide(10));
}

static KfWide power_of_ten(int exponent)
{
    KfWide power = kf_wide(1);

    while (exponent-- > 0)
        power = tenfold(power);
    return power;
}

/* Two such multiply without passing 128 bits. */
static bool is_short(KfWide value)
{
    return !is_above(value, kf_wide(INT64_C(1) << 60));
}

static bool times(KfWide a, KfWide b, KfWide *out)
{
    if (!(is_short(a) && is_short(b)) && kf_wide_sign(b) && is_above(a, kf_wide_over(limit(), b)))
        return false;
    *out = kf_wide_times(a, b);
    return !is_above(*out, limit());
}

static KfWide common_divisor(KfWide a, KfWide b)
{
    while (kf_wide_sign(b)) {
        KfWide rest = kf_wide_rest(a, b);

        a = b;
        b = rest;
    }
    return a;
}

static KfRatio in_lowest_terms(KfRatio value)
{
    KfWide mag = magnitude(value), common = common_divisor(value.den, mag);

    return make(kf_wide_sign(value.num) < 0, kf_wide_over(mag, common),
                kf_wide_over(value.den, common));
}

static bool ends_with_zero(KfWide value)
{
    return kf_wide_sign(kf_wide_rest(value, kf_wide(10))) == 0;
}

/* mag / 10^decimals without the zeros at its end. */
static KfRatio decimal(bool negative, KfWide mag, int decimals)
{
    for (; decimals > 0 && ends_with_zero(mag); decimals--)
        mag = kf_wide_over(mag, kf_wide(10));
    return make(negative, mag, power_of_ten(decimals));
}

/* The magnitude times 10^decimals, half rounded up. */
static bool scaled(KfRatio value, int decimals, KfWide *out)
{
    KfWide mag = magnitude(value), rest = kf_wide_rest(mag, value.den);

    mag = kf_wide_over(mag, value.den);
    for (int i = 0; i < decimals; i++) {
        rest = tenfold(rest);
        if (!times(mag, kf_wide(10), &mag))
            return false;
        mag = kf_wide_plus(mag, kf_wide_over(rest, value.den));
        rest = kf_wide_rest(rest, value.den);
    }
    *out = mag;
    if (kf_wide_compare(kf_wide_plus(rest, rest), value.den) >= 0)
        *out = kf_wide_plus(mag, kf_wide(1));
    return !is_above(*out, limit());
}

/* Decimals that show as many significant digits. */
static int decimals_for(KfRatio value, int digits)
{
    KfWide mag = magnitude(value), whole = kf_wide_over(mag, value.den);

    for (; kf_wide_sign(whole); whole = kf_wide_over(whole, kf_wide(10)))
        digits--;
    if (kf_wide_sign(mag) && is_above(value.den, mag)) {
        for (; digits < MOST_DECIMALS && is_above(value.den, tenfold(mag)); digits++)
            mag = tenfold(mag);
    }
    return digits > 0 ? digits : 0;
}

static KfRatio to_digits(KfRatio value, int digits, int most_decimals)
{
    int decimals = decimals_for(value, digits);
    KfWide mag;

    if (decimals > most_decimals)
        decimals = most_decimals;
    /* Fits: there are decimals only while there are few digits in all. */
    return scaled(value, decimals, &mag) ? decimal(kf_wide_sign(value.num) < 0, mag, decimals)
                                         : value;
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
    KfWide common, left, right, den, x, y;

    if (kf_wide_compare(a.den, b.den) == 0) {
        *out = (KfRatio){ kf_wide_plus(a.num, b.num), a.den };
        return !is_above(magnitude(*out), limit());
    }
    common = common_divisor(a.den, b.den);
    left = kf_wide_over(b.den, common);
    right = kf_wide_over(a.den, common);
    if (!times(a.den, left, &den) || !times(magnitude(a), left, &x)
        || !times(magnitude(b), right, &y))
        return false;
    x = kf_wide_sign(a.num) < 0 ? kf_wide_negated(x) : x;
    y = kf_wide_sign(b.num) < 0 ? kf_wide_negated(y) : y;
    *out = (KfRatio){ kf_wide_plus(x, y), den };
    return !is_above(magnitude(*out), limit());
}

static bool multiply_exactly(KfRatio *out, KfRatio a, KfRatio b)
{
    KfWide mag, den;

    if (!times(magnitude(a), magnitude(b), &mag) || !times(a.den, b.den, &den)
        || kf_wide_sign(den) == 0)
        return false;
    *out = make((kf_wide_sign(a.num) < 0) != (kf_wide_sign(b.num) < 0), mag, den);
    return true;
}

static bool divide_exactly(KfRatio *out, KfRatio a, KfRatio b)
{
    if (kf_wide_sign(b.num) == 0)
        return false;
    return multiply_exactly(out, a, make(kf_wide_sign(b.num) < 0, b.den, magnitude(b)));
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
    return (KfRatio){ kf_wide_negated(value.num), value.den };
}

KfRatio kf_ratio_int(int64_t value)
{
    return (KfRatio){ kf_wide(value), kf_wide(1) };
}

int kf_ratio_sign(KfRatio value)
{
    return kf_wide_sign(value.num);
}

bool kf_ratio_whole(KfRatio value, int64_t *out)
{
    value = in_lowest_terms(value);
    if (kf_wide_compare(value.den, kf_wide(1)) != 0 || !kf_wide_fits(value.num))
        return false;
    *out = kf_wide_int(value.num);
    return true;
}

/* Rounds what is shown, so that 0.4999999999999995 of three sixths goes up. */
bool kf_ratio_round(KfRatio *out, KfRatio value, int decimals)
{
    KfWide mag, unit;

    value = to_digits(value, SHOWN_DIGITS, MOST_DECIMALS);
    if (decimals >= KEPT_DIGITS || decimals < -LIMIT_DIGITS) {
        *out = decimals > 0 ? value : kf_ratio_int(0);
        return true;
    }
    unit = power_of_ten(-decimals);
    if (decimals < 0 && !kf_ratio_div(&value, value, (KfRatio){ unit, kf_wide(1) }))
        return false;
    if (!scaled(value, decimals, &mag) || !times(mag, unit, &mag))
        return false;
    *out = decimal(kf_ratio_sign(value) < 0, mag, decimals);
    return true;
}

static bool is_near(KfRatio difference, KfRatio a)
{
    KfRatio wide;

    if (!is_above(magnitude(difference), kf_wide_over(difference.den, kf_wide(1000000))))
        return true;
    return kf_ratio_mul(&wide, difference, kf_ratio_int(10000000000000))
           && is_above(kf_wide_over(magnitude(a), a.den), kf_wide_over(magnitude(wide), wide.den));
}

int kf_ratio_order(KfRatio a, KfRatio b)
{
    KfRatio difference;

    if (!kf_ratio_sub(&difference, a, b)) /* so far apart that the whole part tells */
        return is_above(kf_wide_over(b.num, b.den), kf_wide_over(a.num, a.den)) ? -1 : 1;
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
static bool read_digits(KfText text, size_t *at, KfWide *mag, int *exponent)
{
    const KfWide most = power_of_ten(LIMIT_DIGITS - 6);
    bool is_fraction = false, any = false;

    for (; *at < text.len; ++*at) {
        if (text.ptr[*at] == '.' && !is_fraction) {
            is_fraction = true;
            continue;
        }
        if (!is_digit(text, *at))
            break;
        any = true;
        if (is_above(most, *mag))
            *mag = kf_wide_plus(tenfold(*mag), kf_wide(text.ptr[*at] - '0'));
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

/* "-62788.5": what a cell mostly holds, in no more digits than are shown. */
static bool read_plain(KfRatio *out, KfText text)
{
    const bool negative = text.len > 1 && text.ptr[0] == '-';
    int64_t mag = 0, den = 1;
    bool is_fraction = false;

    if (text.len - negative > SHOWN_DIGITS || !is_digit(text, negative))
        return false;
    for (size_t at = negative; at < text.len; at++) {
        if (text.ptr[at] == '.' && !is_fraction) {
            is_fraction = true;
        } else if (is_digit(text, at)) {
            mag = mag * 10 + (text.ptr[at] - '0');
            den = is_fraction ? den * 10 : den;
        } else {
            return false;
        }
    }
    for (; den > 1 && mag % 10 == 0; den /= 10)
        mag /= 10;
    *out = (KfRatio){ kf_wide(negative ? -mag : mag), kf_wide(den) };
    return true;
}

bool kf_ratio_read(KfRatio *out, KfText text)
{
    KfWide mag = kf_wide(0);
    size_t at = 0;
    int exponent = 0;
    bool negative = text.len < 4096 && read_sign(text, &at);

    if (read_plain(out, text))
        return true;
    if (text.len >= 4096 || !read_digits(text, &at, &mag, &exponent)
        || !read_exponent(text, &at, &exponent) || at != text.len)
        return false;
    for (; exponent < -LIMIT_DIGITS && kf_wide_sign(mag); exponent++)
        mag = kf_wide_over(mag, kf_wide(10));
    if (!kf_wide_sign(mag))
        exponent = 0;
    if (exponent > LIMIT_DIGITS || (exponent > 0 && !times(mag, power_of_ten(exponent), &mag)))
        return false;
    *out = decimal(negative, mag, exponent < 0 ? -exponent : 0);
    if (is_above(out->den, kf_wide(1)) && !is_above(power_of_ten(SHOWN_DIGITS), mag))
        *out = to_digits(*out, SHOWN_DIGITS, MOST_DECIMALS);
    return true;
}

void kf_ratio_write(KfBuf *out, KfRatio value)
{
    char digits[80];
    size_t at = sizeof digits;
    int decimals = 0;
    KfWide mag;

    value = to_digits(value, SHOWN_DIGITS, MOST_DECIMALS);
    mag = magnitude(value);
    while (is_above(value.den, power_of_ten(decimals)))
        decimals++;
    for (int i = 0; kf_wide_sign(mag) || i <= decimals; i++, mag = kf_wide_over(mag, kf_wide(10))) {
        if (i && i == decimals)
            digits[--at] = '.';
        digits[--at] = (char)('0' + kf_wide_int(kf_wide_rest(mag, kf_wide(10))));
    }
    if (kf_ratio_sign(value) < 0)
        digits[--at] = '-';
    kf_buf_bytes(out, digits + at, sizeof digits - at);
}
