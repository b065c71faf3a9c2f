/* Dates as people write them inside a sentence: "pr. 1. september 2014",
 * "1/9 2014", "sept. 2014", "2014-priser". */
#include "kf/value.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2099, LONGEST_MONTH = 12 };

/* Two spellings of Danish and English; the first three letters are enough. */
static const char *const months[] = {
    "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
};

static bool is_digit(KfText text, size_t at)
{
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

static bool is_letter(KfText text, size_t at)
{
    unsigned char c = at < text.len ? (unsigned char)text.ptr[at] : 0;

    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC3;
}

static size_t skip_spaces(KfText text, size_t at)
{
    while (at < text.len) {
        size_t next = at;

        if (!kf_rune_is_space(kf_text_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

/* A whole number of at most `most` digits at *at; -1 when there is none. */
static int read_number(KfText text, size_t *at, size_t most)
{
    size_t from = *at;
    int value = 0;

    for (; is_digit(text, *at); ++*at) {
        if (*at - from == most)
            return -1;
        value = value * 10 + (text.ptr[*at] - '0');
    }
    return *at > from ? value : -1;
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* The month that a word at *at begins like; "marts", "sept.", "may" and "oct" too. */
static int read_month(KfText text, size_t *at)
{
    size_t end = *at;
    char name[4] = "";

    while (is_letter(text, end) && end - *at <= LONGEST_MONTH)
        end++;
    if (end - *at < 3 || end - *at > LONGEST_MONTH)
        return 0;
    for (size_t i = 0; i < 3; i++)
        name[i] = (char)lower(text.ptr[*at + i]);
    if (name[0] == 'm' && name[1] == 'a' && name[2] == 'y')
        name[2] = 'j';
    if (name[0] == 'o' && name[1] == 'c')
        name[1] = 'k';
    for (int month = 1; month <= 12; month++) {
        const char *known = months[month - 1];

        if (name[0] == known[0] && name[1] == known[1] && name[2] == known[2]) {
            *at = end < text.len && text.ptr[end] == '.' ? end + 1 : end;
            return month;
        }
    }
    return 0;
}

/* A year with no digit or letter touching it. */
static int read_year(KfText text, size_t *at)
{
    size_t pos = *at;
    int year = read_number(text, &pos, 4);

    if (pos - *at != 4 || year < FIRST_YEAR || year > LAST_YEAR || is_letter(text, pos))
        return 0;
    *at = pos;
    return year;
}

static KfDateSpan day_span(int year, int month, int day)
{
    KfDate date = kf_date(year, month, day);

    return (KfDateSpan){ date, date };
}

static KfDateSpan month_span(int year, int month)
{
    KfDate next = month == 12 ? kf_date(year + 1, 1, 1) : kf_date(year, month + 1, 1);

    return (KfDateSpan){ kf_date(year, month, 1), next - 1 };
}

/* "2014-09-01" */
static KfDateSpan read_iso(KfText text, size_t *at)
{
    KfDate date;

    if (*at + 10 > text.len || is_digit(text, *at + 10) || text.ptr[*at + 4] != '-')
        return (KfDateSpan){ KF_DATE_NONE, KF_DATE_NONE };
    date = kf_date_read(kf_text_slice(text, *at, *at + 10));
    if (date != KF_DATE_NONE)
        *at += 10;
    return (KfDateSpan){ date, date };
}

/* "1. september 2014", "01-09-2014", "1/9 2014" */
static KfDateSpan read_day_first(KfText text, size_t *at)
{
    const KfDateSpan none = { KF_DATE_NONE, KF_DATE_NONE };
    size_t pos = *at;
    int day = read_number(text, &pos, 2), month, year;

    if (day < 1 || pos == text.len)
        return none;
    if (text.ptr[pos] == '.' || text.ptr[pos] == '-' || text.ptr[pos] == '/')
        pos++;
    pos = skip_spaces(text, pos);
    month = is_digit(text, pos) ? read_number(text, &pos, 2) : read_month(text, &pos);
    if (month < 1 || month > 12)
        return none;
    if (pos < text.len
        && (text.ptr[pos] == '.' || text.ptr[pos] == '-' || text.ptr[pos] == '/'
            || text.ptr[pos] == ','))
        pos++;
    pos = skip_spaces(text, pos);
    year = read_year(text, &pos);
    if (!year || kf_date(year, month, day) == KF_DATE_NONE)
        return none;
    *at = pos;
    return day_span(year, month, day);
}

static KfDateSpan read_at(KfText text, size_t *at)
{
    KfDateSpan span = { KF_DATE_NONE, KF_DATE_NONE };
    size_t pos = *at;
    int month, year;

    if (is_digit(text, pos)) {
        span = read_iso(text, at);
        if (span.first == KF_DATE_NONE)
            span = read_day_first(text, at);
        if (span.first == KF_DATE_NONE && (year = read_year(text, at)) != 0)
            span = (KfDateSpan){ kf_date(year, 1, 1), kf_date(year, 12, 31) };
        return span;
    }
    month = read_month(text, &pos);
    pos = skip_spaces(text, pos);
    if (month && (year = read_year(text, &pos)) != 0) {
        *at = pos;
        span = month_span(year, month);
    }
    return span;
}

bool kf_date_find(KfText text, size_t *pos, KfDateSpan *out)
{
    for (size_t at = *pos; at < text.len;) {
        *out = read_at(text, &at);
        if (out->first != KF_DATE_NONE) {
            *pos = at;
            return true;
        }
        if (is_digit(text, at)) {
            while (is_digit(text, at))
                at++;
        } else if (is_letter(text, at)) {
            while (is_letter(text, at))
                at++;
        } else {
            at++;
        }
    }
    *pos = text.len;
    return false;
}
