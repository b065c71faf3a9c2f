/* Periods of the calendar from headings: years, their halves and quarters, months
 * and days. Two ends of a range may share the year that stands last. */
#include "value/heading.h"

enum { FIRST_YEAR = 1980, LAST_YEAR = 2099 };

typedef struct {
    int32_t year, month, day; /* 0: not named */
    bool is_name;             /* "marts": needs no year */
} Point;

bool kf_heading_is_year_number(const Token *at)
{
    return at->kind == TOKEN_NUMBER && at->digits == 4 && at->value >= FIRST_YEAR
           && at->value <= LAST_YEAR;
}

static bool take_year(const Token **at, Point *out)
{
    if (!kf_heading_is_year_number(*at))
        return false;
    out->year = (*at)++->value;
    return true;
}

static bool is_short(const Token *at)
{
    return (at->kind == TOKEN_NUMBER || at->kind == TOKEN_ORDINAL) && at->digits && at->digits <= 2;
}

static bool is_mark(const Token *at)
{
    return at->kind == TOKEN_SLASH || at->kind == TOKEN_DASH;
}

/* "1.4.2022", "1/4 2022", "01-04-2022", "31.12.22", "1.4." and, ISO, "2022-04-01". */
static bool take_numbers(const Token **at, Point *out)
{
    const Token *next = *at;
    bool dashes, iso = kf_heading_is_year_number(next);

    if (iso) {
        if (next[1].kind != TOKEN_DASH || !is_short(&next[2]) || next[3].kind != TOKEN_DASH
            || !is_short(&next[4]))
            return false;
        *out = (Point){ next[0].value, next[2].value, next[4].value, false };
        *at = next + 5;
        return true;
    }
    if (!is_short(next))
        return false;
    out->day = next->value;
    dashes = next[1].kind == TOKEN_DASH;
    if (next->kind != TOKEN_ORDINAL && !is_mark(&next[1]))
        return false;
    next += next->kind == TOKEN_ORDINAL && !is_mark(&next[1]) ? 1 : 2;
    if (!is_short(next))
        return false;
    out->month = next->value;
    next++;
    if (is_mark(next) && (kf_heading_is_year_number(&next[1]) || (dashes && is_short(&next[1]))))
        next++;
    else if (dashes && !kf_heading_is_year_number(next))
        return false; /* "7-12" is no day */
    if (!take_year(&next, out) && is_short(next) && next->digits == 2
        && (next->kind == TOKEN_NUMBER)) {
        out->year = 2000 + next->value;
        next++;
    }
    *at = next;
    return true;
}

/* "31. marts 2022", "marts 2022", "marts" */
static bool take_named(const Token **at, Point *out)
{
    const Token *next = *at;

    if (is_short(next) && next[1].kind == TOKEN_NAME)
        out->day = next++->value;
    if (next->kind != TOKEN_NAME)
        return false;
    out->month = next++->value;
    out->is_name = true;
    *at = next;
    take_year(at, out);
    return true;
}

static bool take_point(const Token **at, Point *out)
{
    const Token *from = *at;

    *out = (Point){ 0 };
    if (take_named(at, out))
        return true;
    *at = from;
    *out = (Point){ 0 };
    if (take_numbers(at, out))
        return out->month >= 1 && out->month <= 12;
    *at = from;
    *out = (Point){ 0 };
    return take_year(at, out);
}

/* Months from January of year 0; -1 for a day inside the month. */
static int32_t first_month(const Point *point)
{
    if (point->day > 1)
        return -1;
    return point->year * 12 + (point->month ? point->month : 1);
}

static int32_t last_month(const Point *point)
{
    int32_t month = point->year * 12 + (point->month ? point->month : 12);
    KfDate day = point->day ? kf_date(point->year, point->month, point->day) : KF_DATE_NONE;
    int year, next, first;

    if (point->day == 0)
        return month;
    if (day == KF_DATE_NONE)
        return -1;
    kf_date_parts(day + 1, &year, &next, &first);
    return first == 1 ? month : -1;
}

static bool between(const Point *from, const Point *to, KfPeriod *out)
{
    bool yearless =
        from->is_name && to->is_name && !from->year && !to->year && !from->day && !to->day;

    if (!yearless && (!from->year || !to->year))
        return false;
    *out = (KfPeriod){ first_month(from), last_month(to) };
    return out->from > 0 && out->to >= out->from;
}

/* "Til 31. marts 2022": from the start of the year. */
static bool parse_until(const Token *at, KfPeriod *out)
{
    Point to;

    if (at->kind != TOKEN_DASH)
        return false;
    at++;
    return take_point(&at, &to) && at->kind == TOKEN_END && to.month
           && between(&(Point){ .year = to.year }, &to, out);
}

/* "2013", "marts 2013", "april-juni 2022", "1.4.2022-31.12.2022"; "fra 1. april
 * 2022" goes to the end of the year. */
static bool parse_range(const Token *at, bool from_only, KfPeriod *out)
{
    Point from, to;

    if (!take_point(&at, &from))
        return false;
    if (at->kind == TOKEN_END) {
        if (from_only)
            to = (Point){ .year = from.year };
        else if (from.day)
            return false;
        else
            to = from;
        return between(&from, &to, out);
    }
    if (at->kind != TOKEN_DASH)
        return false;
    at++;
    if (!take_point(&at, &to) || at->kind != TOKEN_END)
        return false;
    if (!from.year)
        from.year = to.year;
    return between(&from, &to, out);
}

static bool take_unit_count(const Token **at, int32_t *first, int32_t *last, int32_t *unit)
{
    const Token *next = *at;
    bool unit_first = next->kind == TOKEN_UNIT;

    *unit = unit_first ? next++->value : 0;
    if (!is_short(next))
        return false;
    *first = *last = next++->value;
    if ((next->kind == TOKEN_DASH || next->kind == TOKEN_AND) && is_short(&next[1])) {
        *last = next[1].value;
        next += 2;
    }
    if (!unit_first && next->kind != TOKEN_UNIT)
        return false;
    if (!unit_first)
        *unit = next++->value;
    *at = next;
    return (*unit == QUARTER || *unit == HALF) && *first >= 1 && *last >= *first
           && *last * *unit <= YEAR;
}

/* "1. kvt. 2014", "2014 Q1", "2. halvår 2013", "1.-2. kvartal 2014" */
static bool parse_unit(const Token *at, KfPeriod *out)
{
    int32_t first, last, unit;
    Point year = { 0 };
    bool year_first = take_year(&at, &year);

    if (year_first && (at->kind == TOKEN_DASH || at->kind == TOKEN_COLON))
        at++;
    if (!take_unit_count(&at, &first, &last, &unit))
        return false;
    if (!year_first) {
        at += at->kind == TOKEN_DASH || at->kind == TOKEN_SLASH;
        if (!take_year(&at, &year))
            return false;
    }
    *out = (KfPeriod){ year.year * 12 + (first - 1) * unit + 1, year.year * 12 + last * unit };
    return at->kind == TOKEN_END;
}

bool kf_calendar_parse(const Token *at, KfPeriod *out)
{
    bool from_only = false;

    while (at->kind == TOKEN_LEAD) {
        from_only = true;
        at++;
    }
    if (at->kind == TOKEN_UNIT && at->value == YEAR && kf_heading_is_year_number(&at[1]))
        at++;
    return parse_unit(at, out) || parse_until(at, out) || parse_range(at, from_only, out);
}

bool kf_calendar_read(KfText label, KfPeriod *out)
{
    KfPeriod period;
    Tokens tokens;

    *out = (KfPeriod){ 0, 0 };
    if (!kf_heading_cut(label, &tokens) || !kf_calendar_parse(tokens.at, &period))
        return false;
    *out = period;
    return true;
}
