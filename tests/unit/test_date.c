#include <criterion/criterion.h>

#include "kf/value.h"

Test(date, counts_days_from_1970)
{
    cr_expect_eq(kf_date(1970, 1, 1), 0);
    cr_expect_eq(kf_date(1969, 12, 31), -1);
    cr_expect_eq(kf_date(2000, 3, 1), 11017);
    cr_expect_eq(kf_date(2013, 9, 1), 15949);
    cr_expect_eq(kf_date(1, 1, 1), -719162);
}

Test(date, knows_which_days_there_are)
{
    cr_expect_eq(kf_date(2013, 2, 29), KF_DATE_NONE);
    cr_expect_neq(kf_date(2012, 2, 29), KF_DATE_NONE);
    cr_expect_eq(kf_date(1900, 2, 29), KF_DATE_NONE);
    cr_expect_neq(kf_date(2000, 2, 29), KF_DATE_NONE);
    cr_expect_eq(kf_date(2013, 4, 31), KF_DATE_NONE);
    cr_expect_eq(kf_date(2013, 0, 1), KF_DATE_NONE);
    cr_expect_eq(kf_date(2013, 13, 1), KF_DATE_NONE);
    cr_expect_eq(kf_date(2013, 1, 0), KF_DATE_NONE);
    cr_expect_eq(kf_date(0, 1, 1), KF_DATE_NONE);
    cr_expect_eq(kf_date(10000, 1, 1), KF_DATE_NONE);
}

Test(date, parts_follow_each_other)
{
    int year = 1, month = 1, day = 1;

    for (KfDate date = kf_date(1, 1, 1); date <= kf_date(9999, 12, 31); date++) {
        int y, m, d;

        kf_date_parts(date, &y, &m, &d);
        if (y != year || m != month || d != day || kf_date(y, m, d) != date)
            cr_assert_fail("%d is %d-%d-%d, not %d-%d-%d", date, y, m, d, year, month, day);
        day++;
        if (kf_date(year, month, day) == KF_DATE_NONE) {
            day = 1;
            month++;
        }
        if (month > 12) {
            month = 1;
            year++;
        }
    }
}

Test(date, reads_both_ways_of_writing)
{
    static const char *const good[] = { "2013-09-01", "01-09-2013", "1-9-2013", " 01.09.2013 ",
                                        "1/9/2013" };
    static const char *const bad[] = {
        "",           "2013",        "2013-9",      "2013-13-01",  "31-04-2013",
        "2013/09/01", "01-09-13",    "01-09-2013x", "01-09.2013",  "2013-9-1",
        "2013-09-",   "-2013-09-01", "001-09-2013", "01-009-2013", "2013-09-012",
        "01-09-20133"
    };

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        cr_expect_eq(kf_date_read(kf_text(good[i])), kf_date(2013, 9, 1), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_expect_eq(kf_date_read(kf_text(bad[i])), KF_DATE_NONE, "%s", bad[i]);
}

Test(date, writes_dates)
{
    KfBuf out = { 0 };

    kf_buf_date_iso(&out, kf_date(2013, 9, 1));
    kf_buf_char(&out, ' ');
    kf_buf_date(&out, kf_date(2013, 9, 1), KF_LANG_DA);
    kf_buf_char(&out, ' ');
    kf_buf_date(&out, kf_date(2013, 9, 1), KF_LANG_EN);
    cr_expect(kf_text_eq(kf_buf_view(&out), KF_TEXT("2013-09-01 01-09-2013 2013-09-01")));
    out.len = 0;
    kf_buf_date(&out, KF_DATE_NONE, KF_LANG_DA);
    kf_buf_date(&out, KF_DATE_OPEN, KF_LANG_EN);
    kf_buf_date_iso(&out, KF_DATE_OPEN);
    cr_expect_eq(out.len, 0);
    kf_buf_free(&out);
}

Test(date, finds_the_day_of_a_serial_number)
{
    cr_expect_eq(kf_date_from_serial(1, false), kf_date(1900, 1, 1));
    cr_expect_eq(kf_date_from_serial(59, false), kf_date(1900, 2, 28));
    cr_expect_eq(kf_date_from_serial(60, false), KF_DATE_NONE);
    cr_expect_eq(kf_date_from_serial(61, false), kf_date(1900, 3, 1));
    cr_expect_eq(kf_date_from_serial(41518, false), kf_date(2013, 9, 1));
    cr_expect_eq(kf_date_from_serial(2958465, false), kf_date(9999, 12, 31));
    cr_expect_eq(kf_date_from_serial(2958466, false), KF_DATE_NONE);
    cr_expect_eq(kf_date_from_serial(0, false), KF_DATE_NONE);
    cr_expect_eq(kf_date_from_serial(INT64_MIN, false), KF_DATE_NONE);
    cr_expect_eq(kf_date_from_serial(0, true), kf_date(1904, 1, 1));
    cr_expect_eq(kf_date_from_serial(40056, true), kf_date(2013, 9, 1));
    cr_expect_eq(kf_date_from_serial(2957003, true), kf_date(9999, 12, 31));
    cr_expect_eq(kf_date_from_serial(2957004, true), KF_DATE_NONE);
    cr_expect_eq(kf_date_from_serial(-1, true), KF_DATE_NONE);
}
