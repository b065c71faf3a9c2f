/* What a workbook says, made fit to be shown: no person's number, nothing that
 * steers a terminal or turns the reading direction, no broken UTF-8. */
#include "kf/base.h"

static bool is_digit(int32_t rune)
{
    return rune >= '0' && rune <= '9';
}

static bool is_hyphen(int32_t rune)
{
    return rune == '-' || (rune >= 0x2010 && rune <= 0x2013) || rune == 0x2212;
}

/* Administrative numbers carry the day plus 60. */
static bool is_birthday(const int digits[6])
{
    static const int longest[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int day = digits[0] * 10 + digits[1];
    int month = digits[2] * 10 + digits[3];

    if (day > 60)
        day -= 60;
    return month >= 1 && month <= 12 && day >= 1 && day <= longest[month - 1];
}

/* Length in bytes of the CPR-like number at pos, or 0. */
static size_t cpr_length(KfText text, size_t pos)
{
    const size_t start = pos;
    int digits[6];
    int32_t rune;

    for (int i = 0; i < 6; i++) {
        rune = kf_text_next(text, &pos);
        if (!is_digit(rune))
            return 0;
        digits[i] = rune - '0';
    }
    rune = kf_text_next(text, &pos);
    if (is_hyphen(rune) || kf_rune_is_space(rune))
        rune = kf_text_next(text, &pos);
    for (int i = 0; i < 4; i++) {
        if (!is_digit(rune))
            return 0;
        if (i < 3)
            rune = kf_text_next(text, &pos);
    }
    if (pos < text.len && is_digit(text.ptr[pos]))
        return 0;
    return is_birthday(digits) ? pos - start : 0;
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

void kf_buf_masked(KfBuf *out, KfText text)
{
    bool after_digit = false;

    for (size_t pos = 0; pos < text.len;) {
        bool starts_number = !after_digit && is_digit(text.ptr[pos]);
        size_t cpr = starts_number ? cpr_length(text, pos) : 0;
        int32_t rune;

        if (cpr) {
            kf_buf_str(out, "******-****");
            pos += cpr;
            continue;
        }
        rune = kf_text_next(text, &pos);
        after_digit = is_digit(rune);
        put_visible(out, rune);
    }
}
