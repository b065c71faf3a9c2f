/**
 * @file
 * Amounts, dates and periods, read from and written to text without locale
 * and without floating point.
 */
#ifndef KF_VALUE_H
#define KF_VALUE_H

#include "kf/base.h"

/* ---- amounts ------------------------------------------------------------- */

/** An amount in whole øre. */
typedef int64_t KfOere;

/** No amount larger than this is accepted, so thousands of them can be added. */
#define KF_OERE_MAX INT64_C(1000000000000000)

/** How a text separates thousands and decimals. */
typedef enum {
    KF_SEP_UNKNOWN, /**< a lone "1.234" is read as Danish and marked ambiguous */
    KF_SEP_DANISH,  /**< 1.234,56 */
    KF_SEP_ENGLISH  /**< 1,234.56 */
} KfSeparators;

/** What reading a text gave. */
typedef enum {
    KF_READ_OK,
    KF_READ_BLANK,      /**< nothing but white space */
    KF_READ_NOT_STATED, /**< "-", "–", "ikke opgjort": a person left it open */
    KF_READ_BAD         /**< there is something, and it is no amount */
} KfRead;

/** An amount as it was written. */
typedef struct {
    KfOere oere;
    uint8_t decimals;  /**< decimals shown: 0 whole units, 2 øre of kroner */
    bool ambiguous;    /**< one separator that could be either kind */
    KfSeparators seen; /**< what the text itself shows */
} KfAmount;

/**
 * Read an amount typed by a person: "62.788,50", "kr. 3.994.488,00", "4.005,-",
 * "÷ 500", "(500)", "500-", "−500", with ordinary, no-break or thin spaces.
 * Trailing footnote marks ("*", "1)") are not accepted: KF_READ_BAD.
 */
KfRead kf_amount_read(KfText text, KfSeparators assume, KfAmount *out);
/** The same of a number that counts in units of `unit` øre, as 100000 for thousands. */
KfRead kf_amount_read_unit(KfText text, KfSeparators assume, KfOere unit, KfAmount *out);

/**
 * Read the decimal text that a spreadsheet file stores ("62788.5", "1.2E+5",
 * "83717.999999999985"): its first 15 significant digits, which is what a spreadsheet
 * shows of it, rounded half away from zero to whole øre.
 * decimals counts the significant ones after that rounding (0..2).
 */
KfRead kf_amount_from_decimal(KfText text, KfAmount *out);
/** The same of what nearly all cells hold: digits, and behind a point one or two more. False
 *  for anything else, so that what is read is exact. */
bool kf_amount_from_short(KfText text, KfAmount *out);
/** The same of a number that counts in units of `unit` øre (100, 100000 for
 *  thousands): "1.2345" in thousands is 1234.50 kr. decimals are the number's own. */
KfRead kf_amount_from_decimal_unit(KfText text, KfOere unit, KfAmount *out);

/** A stored number as a spreadsheet shows it, with at most 15 significant digits:
 *  "83718" for "83717.999999999985", "120000" for "1.2E+5". Anything else, and
 *  numbers far beyond amounts: text as it is. */
void kf_buf_decimal(KfBuf *out, KfText text);

/** "62.788,50" or, for whole kroner, "83.718" (da); "62,788.50" (en). */
void kf_buf_amount(KfBuf *out, KfOere amount, KfLang lang);
/** "62788.50": always two decimals, for JSON and CSV with a decimal point. */
void kf_buf_amount_2(KfBuf *out, KfOere amount);
/** "62788.5": the shortest decimal text, as a spreadsheet file stores it. */
void kf_buf_amount_xml(KfBuf *out, KfOere amount);
/** The same in units of `unit` øre (100, 100000 for thousands): "62.7885". */
void kf_buf_amount_unit(KfBuf *out, KfOere amount, KfOere unit);

/** A figure, a text or nothing. */
typedef struct {
    enum { KF_VALUE_NONE, KF_VALUE_AMOUNT, KF_VALUE_TEXT } kind;
    KfOere amount;
    KfText text;
} KfValue;
bool kf_value_same(KfValue a, KfValue b);
/** The value, or none where it is the same as the other: a formula at fault may give the right
 *  figure, which then stays. */
KfValue kf_value_unlike(KfValue value, KfValue other);

/** A share in basis points of an amount, cut towards zero. */
static inline KfOere kf_share(KfOere amount, int32_t bp)
{
    return amount / 10000 * bp + amount % 10000 * bp / 10000;
}

/** Smallest and largest value a shown figure can stand for; both included. */
typedef struct {
    KfOere lo, hi;
} KfInterval;

/**
 * Whether b is one keystroke from a: a neighbouring swap, one digit changed,
 * dropped or doubled, a factor 10, 100 or 1000, or the sign
 * (Damerau-Levenshtein 1 on the digits; Scholtus 2009). Equal amounts: false.
 */
typedef enum {
    KF_SLIP_NONE,
    KF_SLIP_SWAP,    /**< two neighbouring digits exchanged */
    KF_SLIP_DIGIT,   /**< one digit changed */
    KF_SLIP_DROPPED, /**< one digit missing in what was typed */
    KF_SLIP_EXTRA,   /**< one digit too many in what was typed */
    KF_SLIP_SCALE,   /**< factor 10, 100 or 1000 */
    KF_SLIP_SIGN
} KfSlip;
/** On whole kroner when both are, else on øre. KF_SLIP_NONE for 0 and where both
 *  are below 10 kr., for there every amount is one key from every other. */
KfSlip kf_slip(KfOere typed, KfOere meant);
/** Whether two labels are one keystroke apart; case and white space do not count.
 *  False for labels of fewer than four letters. */
bool kf_text_slip(KfText typed, KfText meant);

/* ---- dates --------------------------------------------------------------- */

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
typedef int32_t KfDate;
#define KF_DATE_NONE INT32_MIN
#define KF_DATE_OPEN INT32_MAX /**< "until further notice" */

KfDate kf_date(int year, int month, int day);
void kf_date_parts(KfDate date, int *year, int *month, int *day);
/** "2013-09-01" or "01-09-2013"; KF_DATE_NONE when it is neither, or no day.
 *  Day first may be short and have other separators: "1.9.2013", "1/9/2013". */
KfDate kf_date_read(KfText text);
/** Days first..last, both included: one day, a month or a year. */
typedef struct {
    KfDate first, last;
} KfDateSpan;
/**
 * The next date inside a text from *pos on, which moves on past it: a day ("pr.
 * 1. september 2014", "1/9 2014"), a month ("sept. 2014") or a year from 1990 to
 * 2099 ("2014-priser"). False when there is none.
 */
bool kf_date_find(KfText text, size_t *pos, KfDateSpan *out);
/** "2013-09-01"; nothing for KF_DATE_NONE and KF_DATE_OPEN. */
void kf_buf_date_iso(KfBuf *out, KfDate date);
/** "01-09-2013" (da), "2013-09-01" (en) */
void kf_buf_date(KfBuf *out, KfDate date, KfLang lang);
/** Day of a spreadsheet serial number; 1900 system with its false leap day.
 *  KF_DATE_NONE for that day (60), for 0 ("00-01-1900") and outside the calendar. */
KfDate kf_date_from_serial(int64_t serial, bool date1904);

/** What a number format code tells of the value beneath it. */
typedef struct {
    bool is_date;
    bool day_first;  /**< date: the day is shown before the month */
    bool month_year; /**< date: month and year without a day, as "jul-24" */
    bool no_month;   /**< date: no month is shown, as for a time or a bare year */
    bool is_text;    /**< "@" */
    bool is_general; /**< "General", "Standard" or empty */
    bool percent;
    uint8_t decimals;  /**< digits shown after the decimal separator */
    uint8_t thousands; /**< trailing commas: the value is shown divided by 1000^n */
} KfNumberFormat;
KfNumberFormat kf_number_format(KfText code);
/** The code behind a built-in number format id (0..49), or "" when there is none.
 *  Those that follow the user's country (14, 22, currency) are the Danish ones. */
KfText kf_number_format_builtin(uint32_t id);

/* ---- periods ------------------------------------------------------------- */

/** Months of a course, both included: 0-6 starts at 0 and covers six months,
 *  as 7-12 does. */
typedef struct {
    int32_t from, to;
} KfPeriod;

/** Months that the period covers: 6 for 0-6 and for 7-12. */
int32_t kf_period_months(KfPeriod period);
/** Last month before the period: 0 for 0-6 and 1-6, 6 for 7-12. */
int32_t kf_period_start(KfPeriod period);
/**
 * Read a heading: "0-6 mdr", "7 – 12 måneder", "13-24", "1. halvår", "År 1",
 * "2. og 3. år", "1. kvartal", "Uge 1-26", with footnote marks, a unit of its amounts
 * ("(t.kr.)"), the calendar's year behind months, a tail ("efter start") or one typing
 * error in a word of five letters. Age bands ("18-24 år"), calendar years and anything
 * else: false.
 */
bool kf_period_read(KfText label, KfPeriod *out);
/**
 * Read a heading of the calendar: "2013", "1. kvt. 2014", "2. halvår 2013",
 * "april-juni 2022", "1.4.2022-31.12.2022", "Til 31. marts 2022" (from the start of
 * its year), "Fra 1. april 2022" (to the end of it). Months are counted from
 * January of year 0, as year * 12 + 1; days inside a month: false. Months without a
 * year ("januar-juni") are those of year 0: 1 to 12.
 */
bool kf_calendar_read(KfText label, KfPeriod *out);
/**
 * Read "1-2 år" as the time between two of a course's years: 13-24. Ages are written so,
 * too: what stands beside it must say which. "0-1 år" starts at 0.
 */
bool kf_period_read_years(KfText label, KfPeriod *out);
/** What a heading says in the ways above; of the first two, the first that it can be read in. */
typedef struct {
    bool is_period, is_calendar, is_years;
    KfPeriod period; /**< of the course, or of the calendar */
    KfPeriod years;
} KfHeadingFacts;
/** kf_period_read(), kf_calendar_read() and kf_period_read_years() at once. */
KfHeadingFacts kf_heading_facts(KfText label);
/** Read a heading that the program turned into a date: 7-12 shown as 7 Dec. */
bool kf_period_from_date(int64_t serial, bool date1904, KfNumberFormat format, KfPeriod *out);
/** "7-12" */
void kf_buf_period(KfBuf *out, KfPeriod period);

#endif
