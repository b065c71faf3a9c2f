/* Periods from headings. A heading is cut into a few tokens (numbers, dashes,
 * words with a meaning); anything without one makes it no period. Years, halves
 * and quarters are counted from one and turned into months at the end. */
#include "kf/value.h"

enum { MOST_TOKENS = 16, LONGEST_WORD = 15, MOST_MONTHS = 600, MOST_DIGITS = 4 };

typedef enum {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_ORDINAL, /* "1.", "1st", "første" */
    TOKEN_DASH,
    TOKEN_AND,
    TOKEN_UNIT,
    TOKEN_LEAD, /* "fra", "periode" */
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_MARK, /* of a footnote */
    TOKEN_SUFFIX
} TokenKind;

/* Months that a unit counts. */
enum { MONTH = 1, QUARTER = 3, HALF = 6, YEAR = 12 };

typedef struct {
    TokenKind kind;
    int32_t value; /* of a number, or the months of a unit */
} Token;

typedef struct {
    Token at[MOST_TOKENS + 1]; /* ends in TOKEN_END */
    size_t count;
} Tokens;

typedef struct {
    const char *text; /* lower case, aa for å, oe for ø */
    TokenKind kind;
    int32_t value;
} Word;

static const Word words[] = {
    { "mdr", TOKEN_UNIT, MONTH },
    { "md", TOKEN_UNIT, MONTH },
    { "mdn", TOKEN_UNIT, MONTH },
    { "mnd", TOKEN_UNIT, MONTH },
    { "mndr", TOKEN_UNIT, MONTH },
    { "maaned", TOKEN_UNIT, MONTH },
    { "maaneder", TOKEN_UNIT, MONTH },
    { "maanederne", TOKEN_UNIT, MONTH },
    { "month", TOKEN_UNIT, MONTH },
    { "months", TOKEN_UNIT, MONTH },
    { "mth", TOKEN_UNIT, MONTH },
    { "mths", TOKEN_UNIT, MONTH },
    { "kvartal", TOKEN_UNIT, QUARTER },
    { "kvt", TOKEN_UNIT, QUARTER },
    { "kv", TOKEN_UNIT, QUARTER },
    { "quarter", TOKEN_UNIT, QUARTER },
    { "q", TOKEN_UNIT, QUARTER },
    { "halvaar", TOKEN_UNIT, HALF },
    { "half", TOKEN_UNIT, HALF },
    { "aar", TOKEN_UNIT, YEAR },
    { "year", TOKEN_UNIT, YEAR },
    { "years", TOKEN_UNIT, YEAR },
    { "til", TOKEN_DASH, 0 },
    { "to", TOKEN_DASH, 0 },
    { "og", TOKEN_AND, 0 },
    { "and", TOKEN_AND, 0 },
    { "fra", TOKEN_LEAD, 0 },
    { "from", TOKEN_LEAD, 0 },
    { "periode", TOKEN_LEAD, 0 },
    { "perioden", TOKEN_LEAD, 0 },
    { "period", TOKEN_LEAD, 0 },
    { "foerste", TOKEN_ORDINAL, 1 },
    { "andet", TOKEN_ORDINAL, 2 },
    { "anden", TOKEN_ORDINAL, 2 },
    { "tredje", TOKEN_ORDINAL, 3 },
    { "fjerde", TOKEN_ORDINAL, 4 },
    { "first", TOKEN_ORDINAL, 1 },
    { "second", TOKEN_ORDINAL, 2 },
    { "third", TOKEN_ORDINAL, 3 },
    { "fourth", TOKEN_ORDINAL, 4 },
    { "st", TOKEN_SUFFIX, 0 },
    { "nd", TOKEN_SUFFIX, 0 },
    { "rd", TOKEN_SUFFIX, 0 },
    { "th", TOKEN_SUFFIX, 0 },
};

/* ---- tokens -------------------------------------------------------------- */

static int32_t peek(KfText text, size_t pos)
{
    return kf_rune_lower(kf_text_next(text, &pos));
}

static bool is_digit(int32_t rune)
{
    return rune >= '0' && rune <= '9';
}

/* The letters that a rune stands for in the words above, or NULL. */
static const char *spelled(int32_t rune, char ascii[2])
{
    if (rune == 0xE5)
        return "aa";
    if (rune == 0x30A) /* the ring of a decomposed å */
        return "a";
    if (rune == 0xF8)
        return "oe";
    if (rune < 'a' || rune > 'z')
        return NULL;
    ascii[0] = (char)rune;
    ascii[1] = '\0';
    return ascii;
}

static bool read_number(KfText text, size_t *pos, Token *out)
{
    size_t from = *pos;

    *out = (Token){ TOKEN_NUMBER, 0 };
    for (; *pos < text.len && is_digit(text.ptr[*pos]); ++*pos) {
        if (*pos - from == MOST_DIGITS)
            return false;
        out->value = out->value * 10 + (text.ptr[*pos] - '0');
    }
    if (*pos < text.len && text.ptr[*pos] == '.') {
        out->kind = TOKEN_ORDINAL;
        ++*pos;
    }
    return true;
}

/* A word and the dots behind it; false when it is none of ours. */
static bool read_word(KfText text, size_t *pos, Token *out)
{
    char letters[LONGEST_WORD];
    char ascii[2];
    const char *more;
    size_t len = 0;

    while ((more = spelled(peek(text, *pos), ascii))) {
        for (; *more; more++) {
            if (len == LONGEST_WORD)
                return false;
            letters[len++] = *more;
        }
        kf_text_next(text, pos);
    }
    while (*pos < text.len && (text.ptr[*pos] == '.' || text.ptr[*pos] == ':'))
        ++*pos;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (kf_text_eq((KfText){ letters, len }, kf_text(words[i].text))) {
            *out = (Token){ words[i].kind, words[i].value };
            return true;
        }
    }
    return false;
}

static TokenKind mark_kind(int32_t rune)
{
    if (rune == '-' || rune == 0xAD || rune == 0x2212 || (rune >= 0x2010 && rune <= 0x2015))
        return TOKEN_DASH;
    if (rune == '&' || rune == '+')
        return TOKEN_AND;
    if (rune == '(')
        return TOKEN_OPEN;
    if (rune == ')')
        return TOKEN_CLOSE;
    if (rune == '*' || rune == 0xB9 || rune == 0xB2 || rune == 0xB3 || rune == 0x2020
        || rune == 0x2021 || (rune >= 0x2070 && rune <= 0x2079))
        return TOKEN_MARK;
    return TOKEN_END;
}

static bool read_token(KfText text, size_t *pos, Token *out)
{
    int32_t rune = peek(text, *pos);
    char ascii[2];

    if (is_digit(rune))
        return read_number(text, pos, out);
    if (spelled(rune, ascii))
        return read_word(text, pos, out);
    *out = (Token){ mark_kind(rune), 0 };
    kf_text_next(text, pos);
    return out->kind != TOKEN_END;
}

/* "1st" is an ordinal; two dashes are one. False when the token stands alone. */
static bool joins_last(Tokens *out, TokenKind kind)
{
    Token *last = out->count ? &out->at[out->count - 1] : NULL;

    if (!last)
        return false;
    if (kind == TOKEN_SUFFIX && last->kind == TOKEN_NUMBER) {
        last->kind = TOKEN_ORDINAL;
        return true;
    }
    return kind == TOKEN_DASH && last->kind == TOKEN_DASH;
}

static bool cut(KfText text, Tokens *out)
{
    out->count = 0;
    for (size_t pos = 0; pos < text.len;) {
        Token token;

        if (kf_rune_is_space(peek(text, pos))) {
            kf_text_next(text, &pos);
            continue;
        }
        if (!read_token(text, &pos, &token))
            return false;
        if (joins_last(out, token.kind))
            continue;
        if (out->count == MOST_TOKENS)
            return false;
        out->at[out->count++] = token;
    }
    out->at[out->count] = (Token){ TOKEN_END, 0 };
    return true;
}

/* "0-6 mdr*", "0-6 mdr 1)", "0-6 mdr (1)"; the 6 of "(0-6)" is no such mark. */
static void drop_footnote_marks(Tokens *tokens)
{
    const Token *at = tokens->at;
    size_t count = tokens->count;

    if (count > 3 && at[count - 1].kind == TOKEN_CLOSE && at[count - 2].kind == TOKEN_NUMBER
        && at[count - 3].kind != TOKEN_DASH)
        count -= at[count - 3].kind == TOKEN_OPEN ? 3 : 2;
    else if (count > 1 && at[count - 1].kind == TOKEN_CLOSE && at[count - 2].kind == TOKEN_MARK)
        count--;
    while (count > 0 && at[count - 1].kind == TOKEN_MARK)
        count--;
    tokens->count = count;
    tokens->at[count].kind = TOKEN_END;
}

/* "(0-6 mdr)" */
static const Token *inside_brackets(Tokens *tokens)
{
    if (tokens->count < 2 || tokens->at[0].kind != TOKEN_OPEN
        || tokens->at[tokens->count - 1].kind != TOKEN_CLOSE)
        return tokens->at;
    tokens->at[tokens->count - 1].kind = TOKEN_END;
    return tokens->at + 1;
}

/* ---- grammar ------------------------------------------------------------- */

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

/* Numbered units to months; a month stands for itself and may be 0. */
static bool to_months(const Counted *counted, int32_t unit, KfPeriod *out)
{
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
    if (unit == MONTH)
        return counted->range;
    if (counted->ordinal || unit_first)
        return true;
    return unit != YEAR && !counted->range;
}

static bool parse(const Token *at, KfPeriod *out)
{
    int32_t before, inner, unit;
    Counted counted;

    while (at->kind == TOKEN_LEAD)
        at++;
    before = take_unit(&at);
    if (!take_counts(&at, &counted, &inner))
        return false;
    unit = before ? before : take_unit(&at);
    if (unit == 0 && !counted.ordinal && counted.range) /* "0-6", but not "1.-2." */
        unit = MONTH;
    if (at->kind != TOKEN_END || unit == 0 || (inner && inner != unit)
        || !is_heading(&counted, unit, before != 0))
        return false;
    return to_months(&counted, unit, out);
}

bool kf_period_read(KfText label, KfPeriod *out)
{
    KfPeriod period;
    Tokens tokens;

    *out = (KfPeriod){ 0, 0 };
    if (!cut(label, &tokens))
        return false;
    drop_footnote_marks(&tokens);
    if (!parse(inside_brackets(&tokens), &period))
        return false;
    *out = period;
    return true;
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
