/* Days of the Gregorian calendar, counted from 1970-01-01. Years are reckoned
 * from March, so that the leap day is the last of its year. */
#include "kf/value.h"

enum {
    DAYS_4_YEARS = 1461,
    DAYS_CENTURY = 36524,
    DAYS_ERA = 146097, /* 400 years */
    EPOCH = 719468,    /* days from 0000-03-01 to 1970-01-01 */
    LAST_SERIAL_1900 = 2958465,
    FALSE_LEAP_DAY = 60 /* 1900-02-29, which spreadsheets count */
};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days from 1 March to the first of a month, March being 0. */
static int days_before(int month)
{
    return (153 * month + 2) / 5;
}

KfDate kf_date(int year, int month, int day)
{
    int era_year;

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1
        || day > days_in_month(year, month))
        return KF_DATE_NONE;
    if (month < 3)
        year--;
    month = (month + 9) % 12;
    era_year = year % 400;
    return year / 400 * DAYS_ERA + era_year * 365 + era_year / 4 - era_year / 100
           + days_before(month) + day - 1 - EPOCH;
}

void kf_date_parts(KfDate date, int *year, int *month, int *day)
{
    int64_t days = (int64_t)date + EPOCH;
    int64_t era = (days >= 0 ? days : days - DAYS_ERA + 1) / DAYS_ERA;
    int in_era = (int)(days - era * DAYS_ERA);
    /* The last day of a leap cycle belongs to the year before it. */
    int era_year =
        (in_era - in_era / (DAYS_4_YEARS - 1) + in_era / DAYS_CENTURY - in_era / (DAYS_ERA - 1))
        / 365;
    int in_year = in_era - (era_year * 365 + era_year / 4 - era_year / 100);
    int from_march = (5 * in_year + 2) / 153;

    *day = in_year - days_before(from_march) + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = (int)(era * 400) + era_year + (*month < 3);
}

/* One to most digits at *pos; 0 when there is none or one too many. */
static int read_digits(KfText text, size_t *pos, int most, int *count)
{
    int value = 0;

    for (*count = 0; *pos < text.len; ++*pos, ++*count) {
        char c = text.ptr[*pos];

        if (c < '0' || c > '9')
            break;
        if (*count == most)
            return 0;
        value = value * 10 + (c - '0');
    }
    return value;
}

KfDate kf_date_read(KfText text)
{
    int parts[3], counts[3];
    size_t pos = 0;
    char sep = 0;

    text = kf_text_trim(text);
    for (int i = 0; i < 3; i++) {
        parts[i] = read_digits(text, &pos, 4, &counts[i]);
        if (counts[i] == 0 || (i < 2 && pos == text.len))
            return KF_DATE_NONE;
        if (i == 0)
            sep = text.ptr[pos];
        if (i < 2 && text.ptr[pos++] != sep)
            return KF_DATE_NONE;
    }
    if (pos != text.len || counts[1] > 2)
        return KF_DATE_NONE;
    if (sep == '-' && counts[0] == 4 && counts[1] == 2 && counts[2] == 2)
        return kf_date(parts[0], parts[1], parts[2]);
    if ((sep != '-' && sep != '.' && sep != '/') || counts[0] > 2 || counts[2] != 4)
        return KF_DATE_NONE;
    return kf_date(parts[2], parts[1], parts[0]);
}

void kf_buf_date_iso(KfBuf *out, KfDate date)
{
    int year, month, day;

    if (date == KF_DATE_NONE || date == KF_DATE_OPEN)
        return;
    kf_date_parts(date, &year, &month, &day);
    if (year < 0)
        kf_buf_char(out, '-');
    kf_buf_uint_padded(out, (uint64_t)(year < 0 ? -year : year), 4);
    kf_buf_char(out, '-');
    kf_buf_uint_padded(out, (uint64_t)month, 2);
    kf_buf_char(out, '-');
    kf_buf_uint_padded(out, (uint64_t)day, 2);
}

void kf_buf_date(KfBuf *out, KfDate date, KfLang lang)
{
    int year, month, day;

    kf_date_parts(date, &year, &month, &day);
    if (lang == KF_LANG_EN || year < 1 || year > 9999) {
        kf_buf_date_iso(out, date);
        return;
    }
    kf_buf_uint_padded(out, (uint64_t)day, 2);
    kf_buf_char(out, '-');
    kf_buf_uint_padded(out, (uint64_t)month, 2);
    kf_buf_char(out, '-');
    kf_buf_uint_padded(out, (uint64_t)year, 4);
}

KfDate kf_date_from_serial(int64_t serial, bool date1904)
{
    int64_t last = LAST_SERIAL_1900;

    if (date1904) {
        last -= kf_date(1904, 1, 1) - kf_date(1899, 12, 30);
        return serial < 0 || serial > last ? KF_DATE_NONE : (KfDate)(serial + kf_date(1904, 1, 1));
    }
    if (serial < 1 || serial > last || serial == FALSE_LEAP_DAY)
        return KF_DATE_NONE;
    return (KfDate)(serial + kf_date(1899, 12, serial < FALSE_LEAP_DAY ? 31 : 30));
}
