#include <criterion/criterion.h>

#include "extract_sample.h"

#include <string.h>

static ExtractSample sample;

static void end(void)
{
    extract_sample_end(&sample);
}

TestSuite(extract_csv, .fini = end);

static void expect(const char *csv, const char *row)
{
    cr_assert_not_null(strstr(csv, row), "no row %s in\n%s", row, csv);
}

Test(extract_csv, has_a_row_for_every_figure)
{
    const char *csv = extract_sample(&sample, &extract_sheet, kf_report_extract_csv, KF_LANG_DA);

    cr_assert_eq(strncmp(csv, "\xEF\xBB\xBF\"Fil\";\"Ark\";\"Borger\";\"Forløb\";\"Slags\"", 40),
                 0);
    expect(csv, "\r\n\"sag.xlsx\";\"Ark1\";\"Borger 1\";\"faktisk forløb\";\"item\";"
                "\"Forsørgelsesgrundlag\";\"Kontanthjælp ******-****\";\"\";0;6;62500,00;1000;"
                "\"B5\";\"62.5\"\r\n");
    expect(csv, ";\"part\";\"Forsørgelsesgrundlag\";\"heraf tillæg\";\"\";7;12;3000,00;");
    expect(csv, ";\"payer\";\"\";\"\";\"kommunen\";0;6;40000,00;");
    expect(csv, ";\"total\";\"\";\"\";\"\";7;12;0,00;");
    expect(csv, ";\"payer-total\";\"\";\"\";\"kommunen\";;;81000,00;");
}

Test(extract_csv, leaves_what_is_not_stated_empty)
{
    const char *csv = extract_sample(&sample, &extract_sheet, kf_report_extract_csv, KF_LANG_DA);

    expect(csv, "\"Kontanthjælp ******-****\";\"\";7;12;;1000;\"C5\";\"\"\r\n");
    expect(csv, ";\"case-total\";\"\";\"\";\"\";;;;1000;\"B12\";\"81 stk.\"\r\n");
    expect(csv, ";0;6;;1000;\"B8\";\"uvist\"\r\n");
}

Test(extract_csv, defuses_formulas_and_speaks_english)
{
    const char *csv = extract_sample(&sample, &extract_sheet, kf_report_extract_csv, KF_LANG_EN);

    expect(csv, "\"'-Tandlæge\"");
    expect(csv, ";\"actual course\";\"item\";");
    expect(csv, ";62500.00;");
}

Test(extract_csv, tells_payers_as_columns)
{
    const char *csv =
        extract_sample(&sample, &extract_wide_sheet, kf_report_extract_csv, KF_LANG_DA);

    expect(csv, ";\"row-total\";\"\";\"Kontanthjælp\";\"\";;;30,00;1;\"F4\";\"30\"");
    expect(csv, ";\"part\";\"\";\"Kontanthjælp\";\"staten\";;;9,00;1;\"E4\";\"9\"");
    expect(csv, ";\"payer-total\";\"\";\"\";\"kommunen\";;;21,00;1;\"D5\";\"21\"");
    expect(csv, ";\"case-total\";\"\";\"\";\"\";;;30,00;1;\"F5\";\"30\"");
    cr_assert_null(strstr(csv, "regionen"));
}

Test(extract_csv, has_no_row_for_a_file_that_is_not_read)
{
    const KfError missing = { .status = KF_FILE_MISSING };
    const KfExtractReport file = { .path = KF_TEXT("væk.xlsx"), .error = &missing };

    kf_report_extract_csv(&sample.out, &file, 1, &(KfReportOptions){ .lang = KF_LANG_DA });
    kf_buf_char(&sample.out, '\0');
    cr_assert_str_eq(strstr(sample.out.ptr, "\r\n"), "\r\n");
}
