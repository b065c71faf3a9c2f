/* What a workbook says, made fit to be shown: no person's number, nothing that
 * steers a terminal or turns the reading direction, no broken UTF-8. */
#include "kf/base.h"

/* Digits as they are also written in East Asian width. */
static int digit_of(int32_t rune)
{
    if (rune >= 0xFF10 && rune <= 0xFF19)
        return rune - 0xFF10;
    return rune >= '0' && rune <= '9' ? rune - '0' : -1;
}

static bool is_hyphen(int32_t rune)
{
    return rune == '-' || (rune >= 0x2010 && rune <= 0x2015) || rune == 0x2212 || rune == 0xFF0D;
}

/* What stands between two characters without being seen. */
static bool is_unseen(int32_t rune)
{
    return rune == 0xAD || (rune >= 0x200B && rune <= 0x200D) || rune == 0x2060 || rune == 0xFEFF;
}

static int32_t next_seen(KfText text, size_t *pos)
{
    int32_t rune;

    do
        rune = kf_text_next(text, pos);
    while (is_unseen(rune));
    return rune;
}

/* What is shown as a space, and so may stand within a number on the screen. */
static bool is_blank(int32_t rune)
{
    return kf_rune_is_space(rune) || rune == 0x85 || rune == 0x2028 || rune == 0x2029;
}

/* Administrative numbers carry the day plus 60. */
static bool is_birthday(int day, int month)
{
    static const int longest[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (day > 60)
        day -= 60;
    return month >= 1 && month <= 12 && day >= 1 && day <= longest[month - 1];
}

/* A place in a text that a number is read from; bad once something else stood there. */
typedef struct {
    KfText text;
    size_t pos;
    bool bad;
} Reading;

static int32_t peek(const Reading *in)
{
    size_t pos = in->pos;

    return next_seen(in->text, &pos);
}

static int take_digits(Reading *in, int count)
{
    int number = 0;

    for (; count && !in->bad; count--) {
        int digit = digit_of(next_seen(in->text, &in->pos));

        in->bad = digit < 0;
        number = number * 10 + digit;
    }
    return number;
}

typedef struct {
    int spaces, hyphens, dots, slashes;
} Gap;

static Gap take_gap(Reading *in, int most)
{
    Gap gap = { 0, 0, 0, 0 };

    for (; most; most--) {
        int32_t rune = peek(in);

        if (is_hyphen(rune))
            gap.hyphens++;
        else if (rune == '.')
            gap.dots++;
        else if (rune == '/')
            gap.slashes++;
        else if (is_blank(rune))
            gap.spaces++;
        else
            break;
        next_seen(in->text, &in->pos);
    }
    return gap;
}

/* "1234", or the "5AB6" of a number that stands in for one. */
static void take_serial(Reading *in, bool after_hyphen)
{
    Reading digits = *in;

    take_digits(&digits, 4);
    if (!digits.bad) {
        *in = digits;
        return;
    }
    in->bad |= !after_hyphen;
    take_digits(in, 1);
    for (int i = 0; i < 2 && !in->bad; i++) {
        int32_t rune = next_seen(in->text, &in->pos);

        in->bad = rune < 'A' || rune > 'Z';
    }
    take_digits(in, 1);
}

static size_t end_of_number(const Reading *in, size_t start)
{
    return in->bad || digit_of(peek(in)) >= 0 ? 0 : in->pos - start;
}

static bool is_same_gap(Gap a, Gap b)
{
    return a.spaces == b.spaces && a.hyphens == b.hyphens && a.dots == b.dots
           && a.slashes == b.slashes;
}

/* Whether the serial may stand behind a birthday so written. A year behind a date is none. */
static bool may_follow(Gap inside, Gap last)
{
    const Gap none = { 0, 0, 0, 0 };

    if (is_same_gap(inside, none))
        return !last.dots && last.slashes <= 1;
    return !last.dots && !last.slashes
           && (last.hyphens || inside.spaces || is_same_gap(last, none));
}

/* "010190-1234", "0101901234", "010190 1234", "01-01-90-1234", "01 01 90 1234". */
static size_t short_length(KfText text, size_t start)
{
    Reading in = { text, start, false };
    int day = take_digits(&in, 2), month;
    Gap first = take_gap(&in, 1), second, last;

    month = take_digits(&in, 2);
    second = take_gap(&in, 1);
    take_digits(&in, 2);
    last = take_gap(&in, 3);
    if (in.bad || !is_birthday(day, month) || !is_same_gap(first, second)
        || !may_follow(first, last))
        return 0;
    take_serial(&in, last.hyphens > 0);
    return end_of_number(&in, start);
}

/* "01011990-1234", "01-01-1990 1234" */
static size_t long_length(KfText text, size_t start)
{
    Reading in = { text, start, false };
    int day = take_digits(&in, 2), month, year;
    Gap last;

    take_gap(&in, 1);
    month = take_digits(&in, 2);
    take_gap(&in, 1);
    year = take_digits(&in, 4);
    last = take_gap(&in, 3);
    if (in.bad || !is_birthday(day, month) || year < 1850 || year > 2100 || last.hyphens == 0
        || last.dots || last.slashes)
        return 0;
    take_serial(&in, true);
    return end_of_number(&in, start);
}

/* A number cell has lost the zero in front: "101901234". */
static size_t cut_length(KfText text, size_t start)
{
    Reading in = { text, start, false };
    int day = take_digits(&in, 1), month = take_digits(&in, 2);

    take_digits(&in, 6);
    return day && is_birthday(day, month) ? end_of_number(&in, start) : 0;
}

/* Length in bytes of the CPR-like number at pos, or 0. */
static size_t cpr_length(KfText text, size_t pos)
{
    enum { SHORTEST = 9 };
    size_t len;

    if (text.len - pos < SHORTEST)
        return 0;
    len = short_length(text, pos);
    if (!len)
        len = long_length(text, pos);
    return len ? len : cut_length(text, pos);
}

static bool turns_direction(int32_t rune)
{
    return rune == 0x61C || rune == 0x200E || rune == 0x200F || (rune >= 0x202A && rune <= 0x202E)
           || (rune >= 0x2066 && rune <= 0x2069);
}

static void put_visible(KfBuf *out, int32_t rune)
{
    if ((rune >= '\t' && rune <= '\r') || rune == 0x85 || rune == 0x2028 || rune == 0x2029) {
        kf_buf_char(out, ' ');
    } else if (rune < 0x20) {
        kf_buf_char(out, '^');
        kf_buf_char(out, (char)(rune + '@'));
    } else if ((rune >= 0x7F && rune < 0xA0) || turns_direction(rune)
               || (rune & 0xFFFE) == 0xFFFE) {
        kf_buf_rune(out, 0xFFFD);
    } else {
        kf_buf_rune(out, rune);
    }
}

/* Behind the letters and signs at pos that are shown as they stand: those of ASCII, and of
 * Latin-1 above it. */
static size_t plain_end(KfText text, size_t pos)
{
    while (pos < text.len) {
        const unsigned char c = (unsigned char)text.ptr[pos];

        if (c >= ' ' && c < 0x7F && (c < '0' || c > '9'))
            pos++;
        else if (c == 0xC3 && pos + 1 < text.len
                 && ((unsigned char)text.ptr[pos + 1] & 0xC0) == 0x80)
            pos += 2;
        else
            break;
    }
    return pos;
}

/* What stands at pos, a person's number as a whole; where it ends. */
static size_t put_next(KfBuf *out, KfText text, size_t pos, bool *after_digit)
{
    size_t next = pos;
    const int32_t rune = kf_text_next(text, &next);
    const bool is_digit = digit_of(rune) >= 0;
    const size_t cpr = is_digit && !*after_digit ? cpr_length(text, pos) : 0;

    if (cpr) {
        kf_buf_str(out, "******-****");
        return pos + cpr;
    }
    *after_digit = is_digit || (*after_digit && is_unseen(rune));
    put_visible(out, rune);
    return next;
}

void kf_buf_masked(KfBuf *out, KfText text)
{
    bool after_digit = false;

    for (size_t pos = 0; pos < text.len;) {
        const size_t plain = plain_end(text, pos);

        if (plain > pos) {
            kf_buf_text(out, kf_text_slice(text, pos, plain));
            after_digit = false;
            pos = plain;
        } else {
            pos = put_next(out, text, pos, &after_digit);
        }
    }
}
