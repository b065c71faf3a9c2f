#include <criterion/criterion.h>

#include "kf/value.h"

/* "2014-09-01" or "2014-09-01 2014-09-30", one date after the other. */
static void expect(const char *text, const char *expected)
{
    KfBuf found = { 0 };
    KfDateSpan span;
    size_t pos = 0;

    while (kf_date_find(kf_text(text), &pos, &span)) {
        kf_buf_str(&found, found.len ? ", " : "");
        kf_buf_date_iso(&found, span.first);
        if (span.last != span.first) {
            kf_buf_str(&found, "..");
            kf_buf_date_iso(&found, span.last);
        }
    }
    cr_expect(kf_text_eq(kf_buf_view(&found), kf_text(expected)), "%s: %.*s", text, (int)found.len,
              found.ptr ? found.ptr : "");
    kf_buf_free(&found);
}

Test(date_text, finds_a_day)
{
    expect("Opgjort pr. 01-06-2014", "2014-06-01");
    expect("Beregnet pr. 1. september 2014.", "2014-09-01");
    expect("Beregnet 1/9 2014", "2014-09-01");
    expect("d. 01.09.2014 kl. 12", "2014-09-01");
    expect("2014-09-01", "2014-09-01");
    expect("pr. 1. sept. 2014", "2014-09-01");
    expect("3 February 2015, 4. oct 2016", "2015-02-03, 2016-10-04");
    expect("1.\xC2\xA0maj 2014", "2014-05-01");
}

Test(date_text, finds_a_month_and_a_year)
{
    expect("Opgjort september 2014", "2014-09-01..2014-09-30");
    expect("dec. 2015", "2015-12-01..2015-12-31");
    expect("Alle beløb i 2014-priser", "2014-01-01..2014-12-31");
    expect("2012-2014", "2012-01-01..2012-12-31, 2014-01-01..2014-12-31");
}

Test(date_text, takes_no_other_number_for_a_date)
{
    expect("12.014 kr.", "");
    expect("32. september 12014", "");
    expect("31. februar 15", "");
    expect("A2014B", "");
    expect("020190-2014", "2014-01-01..2014-12-31");
    expect("", "");
    expect("maj", "");
    expect("§ 107, stk. 2, 7-12 mdr", "");
}
