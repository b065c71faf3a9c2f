#include <criterion/criterion.h>

#include "kf/value.h"

static KfNumberFormat format(const char *code)
{
    return kf_number_format(kf_text(code));
}

Test(number_format, knows_dates_by_their_tokens)
{
    static const char *const dates[] = { "d-mmm",
                                         "dd\\-mm\\-yyyy",
                                         "[$-406]d. mmmm yyyy",
                                         "yyyy-mm-dd",
                                         "[$-F800]dddd, mmmm dd, yyyy",
                                         "mmm-yy",
                                         "h:mm",
                                         "[h]:mm:ss",
                                         "[HH]",
                                         "mm:ss.0",
                                         "AM/PM",
                                         "DD-MM-ÅÅÅÅ",
                                         "[Red]d/m;@" };
    static const char *const numbers[] = {
        "General",
        "Standard",
        "#,##0 \"kr\"",
        "#,##0.00 \"mdr\"",
        "0.00%",
        "@",
        "",
        "[Red]0",
        "0 \\d\\y",
        "#,##0 DKK",
        "_(* #,##0_);_(* (#,##0)",
        "_d0*m",
        "0;d-m",
        "\"d-m-y",
        "[$DKK] #,##0",
        "[$-406]0",
        "0.00E+00",
        "[",
        "\\",
        "_",
        "*",
        "[hm]",
    };

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        cr_expect(format(dates[i]).is_date, "%s", dates[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cr_expect_not(format(numbers[i]).is_date, "%s", numbers[i]);
}

Test(number_format, knows_the_order_of_day_and_month)
{
    cr_expect(format("d-mmm").day_first);
    cr_expect(format("dddd d. mmmm yyyy").day_first);
    cr_expect(format("dd-mm-yyyy hh:mm").day_first);
    cr_expect(format("h:mm d/m").day_first);
    cr_expect_not(format("mm-dd-yy").day_first);
    cr_expect_not(format("yyyy-mm-dd").day_first);
    cr_expect_not(format("dddd, mmmm d").day_first);
    cr_expect(format("mmm-yy").month_year);
    cr_expect_not(format("mmm-yy").no_month);
    cr_expect_not(format("d-mmm").month_year);
    cr_expect_not(format("mmmm").no_month);
    cr_expect(format("h:mm").no_month);
    cr_expect(format("mm:ss").no_month);
    cr_expect(format("yyyy").no_month);
}

Test(number_format, counts_decimals_and_thousands)
{
    static const struct {
        const char *code;
        int decimals, thousands;
    } rows[] = {
        { "0", 0, 0 },
        { "#,##0", 0, 0 },
        { "#,##0.00", 2, 0 },
        { "#,##0.00;[Red]-#,##0.000", 2, 0 },
        { "#,##0,", 0, 1 },
        { "0.0,,\" mio.\"", 1, 2 },
        { "0,.0", 1, 1 },
        { "#,##0_);(#,##0)", 0, 0 },
        { "_-* #,##0.00\\ [$kr.-406]_-", 2, 0 },
        { "[$kr.-406] #,##0.0", 1, 0 },
        { "#,##0\",-\"", 0, 0 },
        { "#,##0 \"kr.\"", 0, 0 },
        { "\"0.00\"0", 0, 0 },
        { "0.0#", 2, 0 },
        { "0.00E+00", 2, 0 },
        { "[>=1000000]0.0,,;0", 1, 2 },
        { "mm:ss.00", 0, 0 },
        { "General", 0, 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        KfNumberFormat got = format(rows[i].code);

        cr_expect_eq(got.decimals, rows[i].decimals, "%s: %d", rows[i].code, got.decimals);
        cr_expect_eq(got.thousands, rows[i].thousands, "%s: %d", rows[i].code, got.thousands);
    }
}

Test(number_format, does_not_overflow_its_counts)
{
    KfBuf code = { 0 };
    KfNumberFormat got;

    kf_buf_str(&code, "0.");
    for (int i = 0; i < 300; i++)
        kf_buf_char(&code, '0');
    for (int i = 0; i < 300; i++)
        kf_buf_char(&code, ',');
    got = kf_number_format(kf_buf_view(&code));
    cr_expect_eq(got.decimals, 255);
    cr_expect_eq(got.thousands, 255);
    kf_buf_free(&code);
}

Test(number_format, knows_the_other_kinds)
{
    cr_expect(format("").is_general);
    cr_expect(format("GENERAL").is_general);
    cr_expect(format("Standard").is_general);
    cr_expect_not(format("0").is_general);
    cr_expect(format("@").is_text);
    cr_expect_not(format("\"@\"0").is_text);
    cr_expect(format("0 %").percent);
    cr_expect_not(format("0\"%\"").percent);
    cr_expect_not(format("0;0%").percent);
}

Test(number_format, knows_the_built_in_codes)
{
    cr_expect(kf_text_eq(kf_number_format_builtin(0), KF_TEXT("General")));
    cr_expect(kf_text_eq(kf_number_format_builtin(4), KF_TEXT("#,##0.00")));
    cr_expect(kf_text_eq(kf_number_format_builtin(49), KF_TEXT("@")));
    cr_expect_eq(kf_number_format_builtin(23).len, 0);
    cr_expect_eq(kf_number_format_builtin(50).len, 0);
    cr_expect_eq(kf_number_format_builtin(UINT32_MAX).len, 0);
    for (uint32_t id = 0; id < 50; id++) {
        KfText code = kf_number_format_builtin(id);
        bool date = (id >= 14 && id <= 22) || (id >= 45 && id <= 47);

        cr_expect_eq(kf_number_format(code).is_date, date, "%u", id);
    }
    cr_expect(kf_number_format(kf_number_format_builtin(14)).day_first);
    cr_expect_eq(kf_number_format(kf_number_format_builtin(44)).decimals, 2);
    cr_expect_eq(kf_number_format(kf_number_format_builtin(42)).decimals, 0);
}

/* The commonest codes are known by heart; another section makes the reader look. */
Test(number_format, knows_the_commonest_codes_as_it_would_read_them)
{
    static const char *const codes[] = { "General", "#,##0.00", "#,##0", "0.00", "0" };

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        KfNumberFormat known = format(codes[i]), read;
        KfBuf with_section = { 0 };

        kf_buf_str(&with_section, codes[i]);
        kf_buf_str(&with_section, ";@");
        read = kf_number_format(kf_buf_view(&with_section));
        cr_expect(known.decimals == read.decimals && known.thousands == read.thousands
                      && known.is_general == read.is_general && known.is_date == read.is_date
                      && known.is_text == read.is_text && known.percent == read.percent,
                  "%s", codes[i]);
        kf_buf_free(&with_section);
    }
}
