/* Amounts from text and back, in whole øre. A text a person typed is first
 * folded to plain signs (one kind of space, one kind of dash), then peeled of
 * currency and sign from both ends; what is left must be digits in groups. */
#include "kf/value.h"

#include <string.h>

enum { LONGEST = 64, MOST_GROUPS = 24 };

typedef struct {
    char at[LONGEST];
    size_t from, to;
} Folded;

/* What stood around the digits. */
typedef struct {
    bool negative;
    bool has_sign, has_dash, has_currency;
    bool whole;     /* ends in ",-": nothing but whole kroner can stand before it */
    char whole_sep; /* the sign before that dash */
} Dress;

typedef struct {
    size_t first, len; /* digits of this group in Folded.at */
    char sep;          /* what stands before it: '.', ',', ' ' or 0 */
} Group;

/* How the groups are to be understood: the last one may be the decimals. */
typedef struct {
    bool decimals, ambiguous;
    KfSeparators seen;
} Reading;

/* Both a comma and a dot name the notation that uses them so. */
static KfSeparators by_decimal(char sep)
{
    return sep == ',' ? KF_SEP_DANISH : sep == '.' ? KF_SEP_ENGLISH : KF_SEP_UNKNOWN;
}

static KfSeparators by_thousands(char sep)
{
    return sep == '.' ? KF_SEP_DANISH : sep == ',' ? KF_SEP_ENGLISH : KF_SEP_UNKNOWN;
}

static char fold_rune(int32_t rune)
{
    if (kf_rune_is_space(rune))
        return ' ';
    if (rune == 0xF7 || rune == 0x2212 || (rune >= 0x2010 && rune <= 0x2015))
        return '-';
    rune = kf_rune_lower(rune);
    return rune > ' ' && rune < 0x7F ? (char)rune : '\x01';
}

/* False when the text is longer than any amount can be. */
static bool fold(KfText text, Folded *out)
{
    size_t pos = 0;

    out->from = out->to = 0;
    while (pos < text.len) {
        char sign = fold_rune(kf_text_next(text, &pos));

        if (sign == ' ' && out->to > 0 && out->at[out->to - 1] == ' ')
            continue;
        if (out->to == LONGEST)
            return false;
        out->at[out->to++] = sign;
    }
    return true;
}

static KfText rest(const Folded *in)
{
    return (KfText){ in->at + in->from, in->to - in->from };
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool left_open(KfText text)
{
    static const char *const words[] = {
        "-",         "--",      "---",    "?",    "ikke opgjort", "ikke oplyst", "ej opgjort",
        "ej oplyst", "uoplyst", "ukendt", "i.o.", "i.o",          "n/a",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (kf_text_eq(text, kf_text(words[i])))
            return true;
    }
    return false;
}

static bool peel_spaces(Folded *in)
{
    size_t from = in->from, to = in->to;

    while (in->from < in->to && in->at[in->from] == ' ')
        in->from++;
    while (in->to > in->from && in->at[in->to - 1] == ' ')
        in->to--;
    return in->from != from || in->to != to;
}

static bool peel_currency(Folded *in, Dress *dress)
{
    static const char *const words[] = { "kroner", "kr.", "kr", "dkk" };
    KfText text = rest(in);

    if (dress->has_currency)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        KfText word = kf_text(words[i]);

        if (kf_text_starts(text, word) && (text.len == word.len || !is_letter(text.ptr[word.len])))
            in->from += word.len;
        else if (kf_text_ends(text, word) && !is_letter(text.ptr[text.len - word.len - 1]))
            in->to -= word.len;
        else
            continue;
        return dress->has_currency = true;
    }
    return false;
}

/* The dash of "4.005,-" stands for no øre; it is no sign. */
static bool peel_whole_mark(Folded *in, Dress *dress)
{
    KfText text = rest(in);
    size_t dashes = 0;

    while (dashes < 2 && dashes < text.len && text.ptr[text.len - 1 - dashes] == '-')
        dashes++;
    if (dashes == 0 || text.len < dashes + 2 || dress->whole)
        return false;
    dress->whole_sep = text.ptr[text.len - dashes - 1];
    if (dress->whole_sep != ',' && dress->whole_sep != '.')
        return false;
    in->to -= dashes + 1;
    return dress->whole = true;
}

static bool peel_sign(Folded *in, Dress *dress)
{
    KfText text = rest(in);
    char first, last;

    if (text.len == 0 || dress->has_sign)
        return false;
    first = text.ptr[0];
    last = text.ptr[text.len - 1];
    if (first == '(' && last == ')' && text.len > 2) {
        in->from++;
        in->to--;
        dress->negative = true;
    } else if (first == '-' || first == '+') {
        in->from++;
        dress->negative = dress->has_dash = first == '-';
    } else if (last == '-' && !dress->whole) {
        in->to--;
        dress->negative = dress->has_dash = true;
    } else {
        return false;
    }
    return dress->has_sign = true;
}

static void peel(Folded *in, Dress *dress)
{
    while (peel_spaces(in) || peel_currency(in, dress) || peel_whole_mark(in, dress)
           || peel_sign(in, dress))
        ;
}

/* Cuts digits at their separators; 0 when there is anything else. */
static size_t cut_groups(const Folded *in, Group groups[MOST_GROUPS])
{
    size_t count = 0;

    for (size_t i = in->from; i < in->to;) {
        Group *group = &groups[count];

        if (count == MOST_GROUPS)
            return 0;
        group->sep = 0;
        if (!kf_is_digit(in->at[i])) {
            group->sep = in->at[i++];
            if (group->sep != '.' && group->sep != ',' && group->sep != ' ')
                return 0;
        }
        for (group->first = i; i < in->to && kf_is_digit(in->at[i]); i++)
            ;
        group->len = i - group->first;
        if (group->len == 0)
            return 0;
        count++;
    }
    return count;
}

/* Thousands: one to three digits, no leading zero, then threes with one sign. */
static bool well_grouped(const Folded *in, const Group *groups, size_t count)
{
    if (count == 1)
        return groups[0].sep == 0;
    if (groups[0].sep || groups[0].len > 3 || in->at[groups[0].first] == '0')
        return false;
    for (size_t i = 1; i < count; i++) {
        if (groups[i].len != 3 || groups[i].sep != groups[1].sep)
            return false;
    }
    return true;
}

static bool read_as(const Folded *in, const Group *groups, size_t count, bool decimals,
                    Reading *out)
{
    size_t whole = decimals ? count - 1 : count;

    if (!well_grouped(in, groups, whole))
        return false;
    out->decimals = decimals;
    if (decimals) {
        out->seen = by_decimal(groups[count - 1].sep);
        return whole < 2 || groups[1].sep != groups[count - 1].sep;
    }
    out->seen = count > 1 ? by_thousands(groups[1].sep) : KF_SEP_UNKNOWN;
    return true;
}

/* "1.234" and "1,234": the notation in use decides. Where none is known it is
 * thousands, for amounts are not written with three decimals. */
static bool understand_lone(const Folded *in, const Group *groups, KfSeparators assume,
                            Reading *out)
{
    bool decimals = assume != KF_SEP_UNKNOWN && by_decimal(groups[1].sep) == assume;

    if (!read_as(in, groups, 2, decimals, out))
        return false;
    out->seen = KF_SEP_UNKNOWN;
    out->ambiguous = assume == KF_SEP_UNKNOWN;
    return true;
}

static bool understand(const Folded *in, const Group *groups, size_t count, KfSeparators assume,
                       const Dress *dress, Reading *out)
{
    char last = groups[count - 1].sep;

    *out = (Reading){ 0 };
    if (dress->whole) {
        if (!read_as(in, groups, count, false, out))
            return false;
        if (out->seen == KF_SEP_UNKNOWN && dress->whole_sep == ',')
            out->seen = KF_SEP_DANISH;
        return true;
    }
    if (count == 1 && last && last != ' ') { /* ",50" */
        *out = (Reading){ .decimals = true, .seen = by_decimal(last) };
        return true;
    }
    if (last == 0 || last == ' ')
        return read_as(in, groups, count, false, out);
    if (count == 2 && well_grouped(in, groups, count))
        return understand_lone(in, groups, assume, out);
    return read_as(in, groups, count, count == 2 || groups[1].sep != last, out);
}

/* Appends digits, false beyond KF_OERE_MAX. */
static bool append_digits(uint64_t *value, const char *digits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        *value = *value * 10 + (uint64_t)(digits[i] - '0');
        if (*value > (uint64_t)KF_OERE_MAX)
            return false;
    }
    return true;
}

/* Powers of ten in a unit of øre: 2 for kroner, 5 for thousands. */
static int64_t zeros_of(KfOere unit)
{
    int64_t zeros = 0;

    for (; unit > 1; unit /= 10)
        zeros++;
    return zeros;
}

/* Decimals down to the øre, `places` of them, rounded half up. */
static bool append_decimals(uint64_t *value, const char *digits, size_t count, size_t places)
{
    if (!append_digits(value, digits, count < places ? count : places))
        return false;
    for (size_t i = count; i < places; i++) {
        if (!append_digits(value, "0", 1))
            return false;
    }
    if (count > places && digits[places] >= '5')
        *value += 1;
    return *value <= (uint64_t)KF_OERE_MAX;
}

static bool add_up(const Folded *in, const Group *groups, size_t count, bool decimals,
                   size_t places, uint64_t *value)
{
    size_t whole = decimals ? count - 1 : count;
    size_t shown = decimals ? groups[count - 1].len : 0;

    *value = 0;
    for (size_t i = 0; i < whole; i++) {
        if (!append_digits(value, in->at + groups[i].first, groups[i].len))
            return false;
    }
    return append_decimals(value, in->at + groups[count - 1].first, shown, places);
}

KfRead kf_amount_read(KfText text, KfSeparators assume, KfAmount *out)
{
    return kf_amount_read_unit(text, assume, 100, out);
}

KfRead kf_amount_read_unit(KfText text, KfSeparators assume, KfOere unit, KfAmount *out)
{
    size_t places = (size_t)zeros_of(unit), count;
    Group groups[MOST_GROUPS];
    Dress dress = { 0 };
    Reading reading;
    uint64_t value;
    Folded in;

    *out = (KfAmount){ 0 };
    text = kf_text_trim(text);
    if (text.len == 0)
        return KF_READ_BLANK;
    if (!fold(text, &in))
        return KF_READ_BAD;
    if (left_open(rest(&in)))
        return KF_READ_NOT_STATED;
    peel(&in, &dress);
    if (in.from == in.to && dress.has_dash) /* "kr. -" */
        return KF_READ_NOT_STATED;
    count = cut_groups(&in, groups);
    if (count == 0 || !understand(&in, groups, count, assume, &dress, &reading)
        || !add_up(&in, groups, count, reading.decimals, places, &value))
        return KF_READ_BAD;
    out->oere = dress.negative ? -(KfOere)value : (KfOere)value;
    if (reading.decimals)
        out->decimals = (uint8_t)(groups[count - 1].len < places ? groups[count - 1].len : places);
    out->ambiguous = reading.ambiguous;
    out->seen = reading.seen;
    return KF_READ_OK;
}

/* ---- decimal text of a file ---------------------------------------------- */

/* The digits of a decimal number, its point and its power of ten apart. */
typedef struct {
    KfText digits; /* the point may stand among them */
    size_t whole;  /* digits before the point */
    int64_t power;
    bool negative;
} Decimal;

/* Beyond any real power, and far from overflowing when lengths are added. */
static const int64_t HUGE_POWER = INT64_C(1) << 40;

static bool read_power(KfText text, size_t pos, int64_t *power)
{
    bool negative = pos < text.len && text.ptr[pos] == '-';

    if (pos < text.len && (text.ptr[pos] == '-' || text.ptr[pos] == '+'))
        pos++;
    if (pos == text.len)
        return false;
    for (; pos < text.len; pos++) {
        if (!kf_is_digit(text.ptr[pos]))
            return false;
        if (*power < HUGE_POWER)
            *power = *power * 10 + (text.ptr[pos] - '0');
    }
    if (negative)
        *power = -*power;
    return true;
}

static bool split_decimal(KfText text, Decimal *out)
{
    size_t pos = 0, from, count = 0;
    bool point = false;

    *out = (Decimal){ .negative = text.ptr[0] == '-' };
    if (text.ptr[0] == '-' || text.ptr[0] == '+')
        pos++;
    for (from = pos; pos < text.len; pos++) {
        if (kf_is_digit(text.ptr[pos]))
            count++;
        else if (text.ptr[pos] == '.' && !point)
            point = true;
        else
            break;
        if (!point)
            out->whole = count;
    }
    out->digits = kf_text_slice(text, from, pos);
    if (count == 0)
        return false;
    if (pos == text.len)
        return true;
    return (text.ptr[pos] | 0x20) == 'e' && read_power(text, pos + 1, &out->power);
}

/* Whole øre, rounded half up; false beyond KF_OERE_MAX. */
static bool round_decimal(const Decimal *in, uint64_t *value)
{
    int64_t kept = (int64_t)in->whole + in->power + 2;
    int64_t seen = 0;

    *value = 0;
    for (size_t i = 0; i < in->digits.len && seen <= kept; i++) {
        char digit = in->digits.ptr[i];

        if (digit == '.')
            continue;
        if (seen == kept) /* the first digit that goes */
            *value += digit >= '5';
        else if (!append_digits(value, &digit, 1))
            return false;
        seen++;
    }
    for (; seen < kept && *value; seen++) {
        if (!append_digits(value, "0", 1))
            return false;
    }
    return *value <= (uint64_t)KF_OERE_MAX;
}

enum { SIGNIFICANT = 15, LONGEST_POWER = 20 };

/* The first SIGNIFICANT digits without leading zeros, rounded half up, into digits;
 * gives how many, and how many of them stand before the point. */
static size_t round_digits(const Decimal *in, char digits[SIGNIFICANT + 1], int64_t *whole)
{
    size_t count = 1, leading = 0;
    bool seen = false, up = false;

    digits[0] = '0'; /* what rounding may carry into */
    for (size_t i = 0; i < in->digits.len; i++) {
        char digit = in->digits.ptr[i];

        if (digit == '.')
            continue;
        seen |= digit != '0';
        leading += !seen;
        if (!seen)
            continue;
        if (count == SIGNIFICANT + 1) {
            up = digit >= '5';
            break;
        }
        digits[count++] = digit;
    }
    for (size_t i = count; up; i--) {
        up = digits[i - 1] == '9';
        digits[i - 1] = up ? '0' : (char)(digits[i - 1] + 1);
    }
    *whole = (int64_t)in->whole - (int64_t)leading + in->power + 1;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    return count;
}

/* Programs write the same number as 0.285 or 0.28499999999999998: what counts is what
 * every one of them shows, or the half øre would go either way. */
static void significant(Decimal *in, char digits[SIGNIFICANT + 1])
{
    size_t count;

    if (in->digits.len <= SIGNIFICANT)
        return;
    count = round_digits(in, digits, &in->power);
    in->digits = (KfText){ digits, count };
    in->whole = 0;
}

enum { SHORT_DECIMAL = 13 };

bool kf_amount_from_short(KfText text, KfAmount *out)
{
    size_t at = text.len && text.ptr[0] == '-', from = at, shown;
    int64_t value = 0;

    if (text.len > SHORT_DECIMAL)
        return false;
    for (; at < text.len && kf_is_digit(text.ptr[at]); at++)
        value = value * 10 + (text.ptr[at] - '0');
    if (at == from)
        return false;
    shown = at < text.len ? text.len - at - 1 : 0;
    if (at < text.len
        && (text.ptr[at] != '.' || shown < 1 || shown > 2 || !kf_is_digit(text.ptr[at + 1])
            || !kf_is_digit(text.ptr[text.len - 1])))
        return false;
    value *= 100;
    if (shown)
        value += (text.ptr[at + 1] - '0') * 10 + (shown == 2 ? text.ptr[at + 2] - '0' : 0);
    out->oere = from ? -value : value;
    out->decimals = value % 100 == 0 ? 0 : value % 10 == 0 ? 1 : 2;
    return true;
}

KfRead kf_amount_from_decimal_unit(KfText text, KfOere unit, KfAmount *out)
{
    char digits[SIGNIFICANT + 1];
    Decimal decimal;
    int64_t places;
    uint64_t value;

    *out = (KfAmount){ 0 };
    if (unit == 100 && kf_amount_from_short(text, out))
        return KF_READ_OK;
    text = kf_text_trim(text);
    if (text.len == 0)
        return KF_READ_BLANK;
    if (!split_decimal(text, &decimal))
        return KF_READ_BAD;
    significant(&decimal, digits);
    places = zeros_of(unit);
    decimal.power += places - 2;
    if (!round_decimal(&decimal, &value))
        return KF_READ_BAD;
    out->oere = decimal.negative ? -(KfOere)value : (KfOere)value;
    out->decimals = (uint8_t)places;
    for (uint64_t left = value; out->decimals > 0 && left % 10 == 0; left /= 10)
        out->decimals--;
    return KF_READ_OK;
}

KfRead kf_amount_from_decimal(KfText text, KfAmount *out)
{
    return kf_amount_from_decimal_unit(text, 100, out);
}

void kf_buf_decimal(KfBuf *out, KfText text)
{
    char digits[SIGNIFICANT + 1];
    int64_t whole, last;
    Decimal decimal;
    size_t count;

    if (text.len == 0 || !split_decimal(text, &decimal)) {
        kf_buf_text(out, text);
        return;
    }
    count = round_digits(&decimal, digits, &whole);
    if (whole > LONGEST_POWER || whole < -LONGEST_POWER) {
        kf_buf_text(out, text);
        return;
    }
    if (count == 1 && digits[0] == '0') {
        kf_buf_char(out, '0');
        return;
    }
    if (decimal.negative)
        kf_buf_char(out, '-');
    last = whole > (int64_t)count ? whole : (int64_t)count;
    for (int64_t i = whole < 1 ? whole - 1 : digits[0] == '0' && whole > 1; i < last; i++) {
        if (i == whole)
            kf_buf_char(out, '.');
        kf_buf_char(out, i >= 0 && i < (int64_t)count ? digits[i] : '0');
    }
}

/* ---- writing ------------------------------------------------------------- */

/* Writes the minus and gives what is left. */
static uint64_t write_sign(KfBuf *out, KfOere amount)
{
    if (amount >= 0)
        return (uint64_t)amount;
    kf_buf_char(out, '-');
    return 0 - (uint64_t)amount;
}

static void write_grouped(KfBuf *out, uint64_t value, char sep)
{
    uint64_t unit = 1;

    while (value / unit >= 1000)
        unit *= 1000;
    kf_buf_uint_padded(out, value / unit, 1);
    for (unit /= 1000; unit; unit /= 1000) {
        kf_buf_char(out, sep);
        kf_buf_uint_padded(out, value / unit % 1000, 3);
    }
}

void kf_buf_amount(KfBuf *out, KfOere amount, KfLang lang)
{
    uint64_t value = write_sign(out, amount);

    write_grouped(out, value / 100, lang == KF_LANG_EN ? ',' : '.');
    if (value % 100 == 0)
        return;
    kf_buf_char(out, lang == KF_LANG_EN ? '.' : ',');
    kf_buf_uint_padded(out, value % 100, 2);
}

bool kf_value_same(KfValue a, KfValue b)
{
    if (a.kind != b.kind)
        return false;
    return a.kind == KF_VALUE_TEXT ? kf_text_eq(a.text, b.text) : a.amount == b.amount;
}

KfValue kf_value_unlike(KfValue value, KfValue other)
{
    return kf_value_same(value, other) ? (KfValue){ 0 } : value;
}

void kf_buf_amount_2(KfBuf *out, KfOere amount)
{
    uint64_t value = write_sign(out, amount);

    kf_buf_uint_padded(out, value / 100, 1);
    kf_buf_char(out, '.');
    kf_buf_uint_padded(out, value % 100, 2);
}

void kf_buf_amount_unit(KfBuf *out, KfOere amount, KfOere unit)
{
    uint64_t value = write_sign(out, amount), rest = value % (uint64_t)unit;
    unsigned digits = 0;

    kf_buf_uint_padded(out, value / (uint64_t)unit, 1);
    if (rest == 0)
        return;
    for (KfOere left = unit; left > 1; left /= 10)
        digits++;
    for (; rest % 10 == 0; rest /= 10)
        digits--;
    kf_buf_char(out, '.');
    kf_buf_uint_padded(out, rest, digits);
}

void kf_buf_amount_xml(KfBuf *out, KfOere amount)
{
    kf_buf_amount_unit(out, amount, 100);
}
