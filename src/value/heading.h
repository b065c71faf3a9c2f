/* Headings of periods cut into a few tokens: numbers, dashes, words with a meaning.
 * Anything without one makes the heading no period. */
#ifndef KF_VALUE_HEADING_H
#define KF_VALUE_HEADING_H

#include "kf/value.h"

enum { KF_HEADING_LONGEST = 20 };

typedef enum {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_ORDINAL, /* "1.", "1st", "første" */
    TOKEN_DASH,
    TOKEN_SLASH,
    TOKEN_COLON,
    TOKEN_AND,
    TOKEN_UNIT,
    TOKEN_NAME, /* "marts": the number of the month */
    TOKEN_LEAD, /* "fra", "periode" */
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_MARK, /* of a footnote */
    TOKEN_SUFFIX,
    TOKEN_WITH,  /* "til og med" */
    TOKEN_MONEY, /* "t.kr." */
    TOKEN_SKIP,
    TOKEN_TAIL /* "efter", "pr.": what follows says nothing of the months */
} TokenKind;

/* Months that a unit counts; 13 weeks are three months. */
enum { WEEK = -1, MONTH = 1, QUARTER = 3, HALF = 6, YEAR = 12 };

typedef struct {
    TokenKind kind;
    int32_t value;  /* of a number, or the months of a unit */
    uint8_t digits; /* of a number */
} Token;

typedef struct {
    Token at[KF_HEADING_LONGEST + 1]; /* ends in TOKEN_END */
    size_t count;
} Tokens;

/* Cut label, without its footnote marks and the unit of its amounts; false when
 * there is a word that no period heading has. */
bool kf_heading_cut(KfText label, Tokens *out);

/* The calendar's months of a heading that has been cut. */
bool kf_calendar_parse(const Token *at, KfPeriod *out);

/* Whether the token is a year of the calendar. */
bool kf_heading_is_year_number(const Token *at);

#endif
