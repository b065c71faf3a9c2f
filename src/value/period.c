/* Periods of a course from headings. Years, halves and quarters are counted from
 * one and turned into months at the end. */
#include "value/heading.h"

enum { MOST_MONTHS = 600 };

/* "(0-6 mdr)" */
static const Token *inside_brackets(Tokens *tokens)
{
    if (tokens->count < 2 || tokens->at[0].kind != TOKEN_OPEN
        || tokens->at[tokens->count - 1].kind != TOKEN_CLOSE)
        return tokens->at;
    tokens->at[tokens->count - 1].kind = TOKEN_END;
    return tokens->at + 1;
}
typedef struct {
    int32_t from, to;
    bool ordinal; /* the last number is an ordinal */
    bool range;
} Counted;

/* The months of the unit at *at, which is passed; 0 when there is none. */
static int32_t take_unit(const Token **at)
{
    return (*at)->kind == TOKEN_UNIT ? (*at)++->value : 0;
}

static bool take_count(const Token **at, int32_t *count, bool *ordinal)
{
    if ((*at)->kind != TOKEN_NUMBER && (*at)->kind != TOKEN_ORDINAL)
        return false;
    *ordinal = (*at)->kind == TOKEN_ORDINAL;
    *count = (*at)++->value;
    return true;
}

/* "7", "7-12", "2. og 3.", or "0 mdr - 6", which names its unit twice. */
static bool take_counts(const Token **at, Counted *out, int32_t *inner_unit)
{
    const Token *next;
    bool joined;

    *inner_unit = 0;
    if (!take_count(at, &out->from, &out->ordinal))
        return false;
    next = *at;
    *inner_unit = take_unit(&next);
    joined = next->kind == TOKEN_AND;
    out->range = joined || next->kind == TOKEN_DASH;
    if (!out->range) {
        out->to = out->from;
        *inner_unit = 0;
        return true;
    }
    *at = next + 1;
    return take_count(at, &out->to, &out->ordinal) && out->from < out->to
           && (!joined || out->to == out->from + 1);
}

/* Weeks that begin and end with a month: 1-26, 27-52. */
static bool weeks_to_months(const Counted *counted, KfPeriod *out)
{
    int32_t before = counted->from ? counted->from - 1 : 0;

    if (before % 13 || counted->to % 13)
        return false;
    *out = (KfPeriod){ before / 13 * 3 + 1, counted->to / 13 * 3 };
    return out->to <= MOST_MONTHS;
}

/* Numbered units to months; a month stands for itself and may be 0. */
static bool to_months(const Counted *counted, int32_t unit, KfPeriod *out)
{
    if (unit == WEEK)
        return weeks_to_months(counted, out);
    if (unit != MONTH && counted->from < 1)
        return false;
    out->from = unit == MONTH ? counted->from : (counted->from - 1) * unit + 1;
    out->to = counted->to * unit;
    return out->from < out->to && out->to <= MOST_MONTHS;
}

/* "6 mdr" and "1 år" are durations, "18-24 år" are ages. Nobody counts in the
 * singular of halves and quarters, so "1 halvår" merely lacks its dot. */
static bool is_heading(const Counted *counted, int32_t unit, bool unit_first)
{
    if (unit == MONTH || unit == WEEK)
        return counted->range;
    if (counted->ordinal || unit_first)
        return true;
    return unit != YEAR && !counted->range;
}

/* "Fra 0", "Periode 1: 0" */
static const Token *skip_lead(const Token *at)
{
    while (at->kind == TOKEN_LEAD)
        at += at[1].kind == TOKEN_NUMBER && at[2].kind == TOKEN_COLON ? 3 : 1;
    return at;
}

/* "de første 6 mdr" */
static bool parse_first_months(const Token *at, KfPeriod *out)
{
    if (at[0].kind != TOKEN_ORDINAL || at[0].digits || at[0].value != 1
        || at[1].kind != TOKEN_NUMBER || at[2].kind != TOKEN_UNIT || at[2].value != MONTH
        || at[3].kind != TOKEN_END)
        return false;
    *out = (KfPeriod){ 1, at[1].value };
    return at[1].value > 1 && at[1].value <= MOST_MONTHS;
}

static bool parse(const Token *at, KfPeriod *out)
{
    int32_t before, inner, unit;
    Counted counted;

    at = skip_lead(at);
    if (parse_first_months(at, out))
        return true;
    before = take_unit(&at);
    if (!take_counts(&at, &counted, &inner))
        return false;
    unit = before ? before : take_unit(&at);
    if (unit == 0 && !counted.ordinal && counted.range) /* "0-6", but not "1.-2." */
        unit = MONTH;
    if (unit == MONTH && kf_heading_is_year_number(at)) /* "0-6 mdr 2013" */
        at++;
    if (at->kind != TOKEN_END || unit == 0 || (inner && inner != unit)
        || !is_heading(&counted, unit, before != 0))
        return false;
    return to_months(&counted, unit, out);
}

static bool names_unit(const Tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        if (tokens->at[i].kind == TOKEN_UNIT)
            return true;
    }
    return false;
}

/* A part of a heading, when it names its unit: "0-6" may be anything there. */
static bool read_part(KfText part, KfPeriod *out)
{
    Tokens tokens;

    return kf_heading_cut(part, &tokens) && names_unit(&tokens) && parse(tokens.at, out);
}

/* "Fase 1 (0-6 mdr)", "1. halvår (foreløbigt)" */
static bool read_by_brackets(KfText label, KfPeriod *out)
{
    size_t open = kf_text_find(label, KF_TEXT("(")), close = kf_text_find(label, KF_TEXT(")"));

    if (open == SIZE_MAX || close == SIZE_MAX || close < open)
        return false;
    return read_part(kf_text_slice(label, open + 1, close), out)
           || (kf_text_trim(kf_text_slice(label, close + 1, label.len)).len == 0
               && read_part(kf_text_slice(label, 0, open), out));
}

static bool parse_whole(Tokens tokens, KfPeriod *out)
{
    return parse(inside_brackets(&tokens), out);
}

/* "1-2 år" */
static bool parse_years(Tokens tokens, KfPeriod *out)
{
    const Token *at = inside_brackets(&tokens);

    if (at[0].kind != TOKEN_NUMBER || at[1].kind != TOKEN_DASH || at[2].kind != TOKEN_NUMBER
        || at[3].kind != TOKEN_UNIT || at[3].value != YEAR || at[4].kind != TOKEN_END
        || at[0].value >= at[2].value || at[2].value > MOST_MONTHS / YEAR)
        return false;
    *out = (KfPeriod){ at[0].value ? at[0].value * YEAR + 1 : 0, at[2].value * YEAR };
    return true;
}

bool kf_period_read(KfText label, KfPeriod *out)
{
    KfPeriod period;
    Tokens tokens;

    *out = (KfPeriod){ 0, 0 };
    if (!(kf_heading_cut(label, &tokens) && parse_whole(tokens, &period))
        && !read_by_brackets(label, &period))
        return false;
    *out = period;
    return true;
}

bool kf_period_read_years(KfText label, KfPeriod *out)
{
    Tokens tokens;

    *out = (KfPeriod){ 0, 0 };
    return kf_heading_cut(label, &tokens) && parse_years(tokens, out);
}

KfHeadingFacts kf_heading_facts(KfText label)
{
    KfHeadingFacts facts = { .is_period = false };
    Tokens tokens;
    bool cut = kf_heading_cut(label, &tokens);
    KfPeriod period;

    facts.is_period = (cut && parse_whole(tokens, &period)) || read_by_brackets(label, &period);
    facts.is_calendar = !facts.is_period && cut && kf_calendar_parse(tokens.at, &period);
    if (facts.is_period || facts.is_calendar)
        facts.period = period;
    facts.is_years = cut && parse_years(tokens, &facts.years);
    return facts;
}

bool kf_period_from_date(int64_t serial, bool date1904, KfNumberFormat format, KfPeriod *out)
{
    KfDate date = kf_date_from_serial(serial, date1904);
    int year, month, day;
    KfPeriod period;

    *out = (KfPeriod){ 0, 0 };
    if (!format.is_date || format.no_month || date == KF_DATE_NONE)
        return false;
    kf_date_parts(date, &year, &month, &day);
    if (format.month_year) /* 7-24 became July 2024 */
        period = (KfPeriod){ month, year % 100 };
    else
        period = format.day_first ? (KfPeriod){ day, month } : (KfPeriod){ month, day };
    if (period.from > period.to && !format.month_year)
        period = (KfPeriod){ period.to, period.from };
    if (period.from >= period.to)
        return false;
    *out = period;
    return true;
}

int32_t kf_period_months(KfPeriod period)
{
    return period.from == 0 ? period.to : period.to - period.from + 1;
}

int32_t kf_period_start(KfPeriod period)
{
    return period.from == 0 ? 0 : period.from - 1;
}

void kf_buf_period(KfBuf *out, KfPeriod period)
{
    kf_buf_int(out, period.from);
    kf_buf_char(out, '-');
    kf_buf_int(out, period.to);
}
