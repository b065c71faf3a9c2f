#include <criterion/criterion.h>

#include "kf/value.h"

typedef struct {
    const char *label;
    int32_t from, to;
} Heading;

static void expect_each(const Heading *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        KfPeriod period;
        bool read = kf_period_read(kf_text(rows[i].label), &period);

        cr_expect(read, "\"%s\" is no period", rows[i].label);
        cr_expect(period.from == rows[i].from && period.to == rows[i].to, "\"%s\" gives %d-%d",
                  rows[i].label, period.from, period.to);
    }
}

Test(period, reads_months)
{
    static const Heading rows[] = {
        { "0-6 mdr", 0, 6 },
        { "7-12 mdr.", 7, 12 },
        { "13-24 MDR:", 13, 24 },
        { "25-36mdr", 25, 36 },
        { "25-35 mdr", 25, 35 },
        { "0-6", 0, 6 },
        { " 7 - 12 ", 7, 12 },
        { "7 – 12 måneder", 7, 12 },
        { "7\xE2\x80\x91"
          "12\xC2\xA0m\xC3\xA5neder",
          7, 12 },
        { "7−12 ma\xCC\x8Aned", 7, 12 },
        { "0 til 6 måneder", 0, 6 },
        { "Fra 0 til 6 maaneder", 0, 6 },
        { "0 to 6 months", 0, 6 },
        { "0 mdr - 6 mdr.", 0, 6 },
        { "7-12 mdr efter start", 7, 12 },
        { "7-12 mdr. fra visitationen", 7, 12 },
        { "0-6 mdr pr. borger", 0, 6 },
        { "13-24 mdr\n2014", 13, 24 },
        { "0-6\nmdr", 0, 6 },
        { "13-24 md.", 13, 24 },
        { "13-24 mnd", 13, 24 },
        { "1-12 month", 1, 12 },
        { "Måned 7-12", 7, 12 },
        { "mdr. 7-12", 7, 12 },
        { "7.-12. måned", 7, 12 },
        { "Periode: 0-6 mdr", 0, 6 },
        { "(0-6)", 0, 6 },
        { "(0-6 mdr)", 0, 6 },
        { "0--6", 0, 6 },
        { "589-600 mdr", 589, 600 },
        { "Måned 7 t.o.m. 12", 7, 12 },
        { "7 til og med 12 mdr", 7, 12 },
        { "Periode 2: 7-12 mdr", 7, 12 },
        { "Fase 1 (0-6 mdr)", 0, 6 },
        { "Kolonne B (0-6 mdr)", 0, 6 },
        { "De første 6 mdr.", 1, 6 },
        { "7. måned - 12. måned", 7, 12 },
    };

    expect_each(rows, sizeof rows / sizeof *rows);
}

Test(period, passes_footnote_marks)
{
    static const Heading rows[] = {
        { "0-6 mdr*", 0, 6 },     { "0-6 mdr **", 0, 6 },  { "0-6 mdr 1)", 0, 6 },
        { "0-6 mdr1)", 0, 6 },    { "0-6 mdr (1)", 0, 6 }, { "0-6 mdr¹", 0, 6 },
        { "0-6 mdr ¹)", 0, 6 },   { "0-6 1)", 0, 6 },      { "0-6 mdr.²", 0, 6 },
        { "1. halvår 2)", 1, 6 }, { "(0-6 mdr) *", 0, 6 },
    };

    expect_each(rows, sizeof rows / sizeof *rows);
}

Test(period, counts_years_halves_and_quarters)
{
    static const Heading rows[] = {
        { "1. halvår", 1, 6 },      { "2. HALVÅR", 7, 12 },
        { "1 halvår", 1, 6 },       { "Andet halvår", 7, 12 },
        { "1. kvartal", 1, 3 },     { "2. kvartal", 4, 6 },
        { "3. kvartal", 7, 9 },     { "4. kvartal", 10, 12 },
        { "Q4", 10, 12 },           { "4th quarter", 10, 12 },
        { "År 1", 1, 12 },          { "1. år", 1, 12 },
        { "1.år", 1, 12 },          { "year 1", 1, 12 },
        { "Year 2", 13, 24 },       { "År 2", 13, 24 },
        { "2. aar", 13, 24 },       { "2. og 3. år", 13, 36 },
        { "1.-2. år", 1, 24 },      { "2-3. år", 13, 36 },
        { "År 2 og 3", 13, 36 },    { "år 2-3", 13, 36 },
        { "1. år - 3. år", 1, 36 }, { "1. og 2. halvår", 1, 12 },
        { "første år", 1, 12 },     { "2nd and 3rd year", 13, 36 },
    };

    expect_each(rows, sizeof rows / sizeof *rows);
}

Test(period, counts_weeks_that_end_with_a_month)
{
    static const Heading rows[] = {
        { "Uge 1-26", 1, 6 },
        { "Uge 27-52", 7, 12 },
        { "uge 0-13", 1, 3 },
        { "53.-104. uge", 13, 24 },
    };

    expect_each(rows, sizeof rows / sizeof *rows);
}

Test(period, passes_the_unit_of_the_amounts)
{
    static const Heading rows[] = {
        { "0-6 mdr (kr.)", 0, 6 },        { "7-12 mdr\n(t.kr.)", 7, 12 },
        { "0-6 mdr, 1.000 kr.", 0, 6 },   { "0-6 mdr i t.kr.", 0, 6 },
        { "1. halvår (1000 kr.)", 1, 6 }, { "År 1 mio. kr.", 1, 12 },
    };

    expect_each(rows, sizeof rows / sizeof *rows);
}

Test(period, forgives_one_typing_error)
{
    static const Heading rows[] = {
        { "0-6 måender", 0, 6 },
        { "7-12 månder", 7, 12 },
        { "1. halvårr", 1, 6 },
        { "2. kvratal", 4, 6 },
    };

    expect_each(rows, sizeof rows / sizeof *rows);
}

Test(period, leaves_everything_else)
{
    static const char *const labels[] = {
        "",
        " ",
        "18-24 år",
        "25-64 årige",
        "2019",
        "2019-2022",
        "1-2 gange",
        "12-7",
        "6-6 mdr",
        "0-0",
        "6 mdr",
        "6. måned",
        "måned 6",
        "1 år",
        "2 år",
        "1 år - 3 år",
        "601-700 mdr",
        "1-601",
        "år 2013",
        "1. kvartal 2013",
        "01-02-2013",
        "1.-2.",
        "0,5-6 mdr",
        "mdr",
        "år",
        "-",
        "0-",
        "-6",
        "0-6 kr",
        "0-6 mdr i alt",
        "§§ 85-104",
        "99999-100000",
        "6 mdr - 1 år",
        "1. og 3. år",
        "0. år",
        "Q0",
        "½ år",
        "1-2 halvår",
        "st",
        "1)",
        "(",
        ")",
        "(0-6",
        "0-6)",
        "*",
        "0-6 6",
        "1-2-3",
        "mdr 0-6 år",
        "to år",
        "Borger 1",
        "0-6 \xFF",
        "0 6",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19",
        "maanederneeeeeeeeeeeee 0-6",
        "Uge 1",
        "Uge 1-4",
        "26 uger",
        "Børn (0-6)",
        "Unge (18-24 år)",
        "0-6 (børn)",
        "de første 6",
    };

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        KfPeriod period;

        cr_expect_not(kf_period_read(kf_text(labels[i]), &period), "\"%s\" gives %d-%d", labels[i],
                      period.from, period.to);
    }
}

Test(period, covers_months)
{
    cr_expect_eq(kf_period_months((KfPeriod){ 0, 6 }), 6);
    cr_expect_eq(kf_period_months((KfPeriod){ 1, 6 }), 6);
    cr_expect_eq(kf_period_months((KfPeriod){ 7, 12 }), 6);
    cr_expect_eq(kf_period_months((KfPeriod){ 25, 35 }), 11);
    cr_expect_eq(kf_period_start((KfPeriod){ 0, 6 }), 0);
    cr_expect_eq(kf_period_start((KfPeriod){ 1, 6 }), 0);
    cr_expect_eq(kf_period_start((KfPeriod){ 7, 12 }), 6);
}

Test(period, writes_periods)
{
    KfBuf out = { 0 };

    kf_buf_period(&out, (KfPeriod){ 0, 6 });
    kf_buf_period(&out, (KfPeriod){ 25, 36 });
    cr_expect(kf_text_eq(kf_buf_view(&out), KF_TEXT("0-625-36")));
    kf_buf_free(&out);
}

static int64_t serial(int year, int month, int day)
{
    return kf_date(year, month, day) - kf_date(1899, 12, 30);
}

static void expect_date(int64_t value, const char *code, int32_t from, int32_t to)
{
    KfPeriod period;
    bool read = kf_period_from_date(value, false, kf_number_format(kf_text(code)), &period);

    cr_expect_eq(read, from != to, "%s", code);
    cr_expect(period.from == from && period.to == to, "%s gives %d-%d", code, period.from,
              period.to);
}

Test(period, recovers_headings_that_became_dates)
{
    expect_date(serial(2013, 12, 7), "d\\-mmm", 7, 12);
    expect_date(serial(2013, 7, 12), "d-mmm", 7, 12);
    expect_date(serial(2013, 7, 12), "mm-dd-yy", 7, 12);
    expect_date(serial(2013, 12, 7), "yyyy-mm-dd", 7, 12);
    expect_date(serial(2013, 6, 1), "d-mmm", 1, 6);
    expect_date(serial(2024, 7, 1), "mmm-yy", 7, 24);
    expect_date(serial(1936, 1, 1), "mmm-yy", 1, 36);
    expect_date(serial(2000, 7, 1), "mmm-yy", 0, 0);
    expect_date(serial(2013, 7, 7), "d-mmm", 0, 0);
    expect_date(serial(2013, 12, 7), "#,##0", 0, 0);
    expect_date(serial(2013, 12, 7), "h:mm", 0, 0);
    expect_date(serial(2013, 12, 7), "yyyy", 0, 0);
    expect_date(-1, "d-mmm", 0, 0);
    expect_date(60, "d-mmm", 0, 0);
}

Test(period, recovers_dates_of_the_1904_system)
{
    KfPeriod period;

    cr_expect(kf_period_from_date(kf_date(2013, 12, 7) - kf_date(1904, 1, 1), true,
                                  (KfNumberFormat){ .is_date = true, .day_first = true }, &period));
    cr_expect(period.from == 7 && period.to == 12);
}

Test(period, reads_the_time_between_two_years)
{
    static const struct {
        const char *label;
        KfPeriod period;
    } rows[] = { { "1-2 år", { 13, 24 } }, { "0-1 år", { 0, 12 } }, { "(2-3 år)", { 25, 36 } } };
    static const char *const none[] = { "18-24",       "2-1 år", "1-2 mdr",
                                        "1-2 år 2013", "år",     "60-99 år" };
    KfPeriod period;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_expect(kf_period_read_years(kf_text(rows[i].label), &period), "%s", rows[i].label);
        cr_expect(period.from == rows[i].period.from && period.to == rows[i].period.to, "%s",
                  rows[i].label);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        cr_expect_not(kf_period_read_years(kf_text(none[i]), &period), "%s", none[i]);
}
