#include <criterion/criterion.h>

#include "kf/value.h"

typedef struct {
    const char *label;
    int first_year, first_month, last_year, last_month;
} Heading;

Test(calendar, reads_years_parts_of_years_and_days)
{
    static const Heading rows[] = {
        { "2013", 2013, 1, 2013, 12 },
        { "År 2013", 2013, 1, 2013, 12 },
        { "kalenderår 2013", 2013, 1, 2013, 12 },
        { "2013*", 2013, 1, 2013, 12 },
        { "2013 (t.kr.)", 2013, 1, 2013, 12 },
        { "2013-2014", 2013, 1, 2014, 12 },
        { "1. kvt. 2014", 2014, 1, 2014, 3 },
        { "4. kvartal 2014", 2014, 10, 2014, 12 },
        { "Q2 2014", 2014, 4, 2014, 6 },
        { "2014 Q2", 2014, 4, 2014, 6 },
        { "1.-2. kvartal 2014", 2014, 1, 2014, 6 },
        { "3. og 4. kvt. 2013", 2013, 7, 2013, 12 },
        { "2. halvår 2013", 2013, 7, 2013, 12 },
        { "2013, 1. halvår", 2013, 1, 2013, 6 },
        { "marts 2013", 2013, 3, 2013, 3 },
        { "april-juni 2022", 2022, 4, 2022, 6 },
        { "jan. - jun. 2014", 2014, 1, 2014, 6 },
        { "jul 2013 til jun 2014", 2013, 7, 2014, 6 },
        { "1.4.2022-31.12.2022", 2022, 4, 2022, 12 },
        { "1.4.-31.12.2022", 2022, 4, 2022, 12 },
        { "01-04-2022 - 31-12-2022", 2022, 4, 2022, 12 },
        { "01-04-2022 til 31-12-2022", 2022, 4, 2022, 12 },
        { "1/4-30/9 2022", 2022, 4, 2022, 9 },
        { "1/4 2022 - 30/9 2022", 2022, 4, 2022, 9 },
        { "2022-04-01 til 2022-09-30", 2022, 4, 2022, 9 },
        { "1. april - 31. december 2022", 2022, 4, 2022, 12 },
        { "Til 31. marts 2022", 2022, 1, 2022, 3 },
        { "T.o.m. 31. marts 2022", 2022, 1, 2022, 3 },
        { "Til og med 28.2.2022", 2022, 1, 2022, 2 },
        { "Fra 1. april 2022", 2022, 4, 2022, 12 },
        { "Fra og med 1.4.2022", 2022, 4, 2022, 12 },
        { "1.1.24-30.6.24", 2024, 1, 2024, 6 },
        { "Budget 2021", 2021, 1, 2021, 12 },
        { "Udgifter 2021", 2021, 1, 2021, 12 },
        { "2. hå 2021", 2021, 7, 2021, 12 },
        { "Juli-december", 0, 7, 0, 12 },
        { "marts", 0, 3, 0, 3 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Heading *row = &rows[i];
        KfPeriod period;
        bool read = kf_calendar_read(kf_text(row->label), &period);

        cr_expect(read, "\"%s\" is no period", row->label);
        cr_expect(period.from == row->first_year * 12 + row->first_month
                      && period.to == row->last_year * 12 + row->last_month,
                  "\"%s\" gives %d-%d", row->label, period.from, period.to);
    }
}

Test(calendar, leaves_everything_else)
{
    static const char *const labels[] = {
        "",
        "1979",
        "2100",
        "20.13",
        "2013 kr",
        "2014-2013",
        "0-6 mdr",
        "7-12",

        "1. kvartal",
        "5. kvartal 2013",
        "0.3",
        "4.1",
        "31. marts 2022",
        "15.4.2022-31.12.2022",
        "1.4.2022-30.12.2022",
        "31.2.2022-31.3.2022",
        "1.13.2022-31.12.2022",
        "Til 2022-04-15",
        "Uge 1-26 2014",
        "2013/14",
        "Borger 2013",
        "1.4.2022-",
        "99999",
    };

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        KfPeriod period;

        cr_expect_not(kf_calendar_read(kf_text(labels[i]), &period), "\"%s\" gives %d-%d",
                      labels[i], period.from, period.to);
    }
}
