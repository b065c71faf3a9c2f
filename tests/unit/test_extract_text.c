#include <criterion/criterion.h>

#include "extract_sample.h"

#include <string.h>

static ExtractSample sample;

static void end(void)
{
    extract_sample_end(&sample);
}

TestSuite(extract_text, .fini = end);

Test(extract_text, outlines_what_was_understood)
{
    const char *text = extract_sample(&sample, &extract_sheet, kf_report_extract_text, KF_LANG_DA);

    cr_assert_str_eq(
        text, "sag.xlsx   1 borger, 1 forløb læst\n"
              "\n"
              "Borger 1, faktisk forløb\n"
              "  Tabel       ark Ark1, A2:C13\n"
              "  Overskrift  Faktisk forløb (A2)\n"
              "  Perioder    0-6, 7-12 mdr\n"
              "  Enhed       1.000 kr.\n"
              "  Forsørgelsesgrundlag\n"
              "    A5     Kontanthjælp ******-****         62.500  1 af 2 beløb\n"
              "    A6     heraf tillæg                      5.000  2 af 2 beløb, heraf, "
              "lægges ikke til\n"
              "  Øvrige ydelser\n"
              "    A8     -Tandlæge                             0  1 af 2 beløb, 1 ulæselig\n"
              "  Betalere og sum for hver periode\n"
              "    A9     Udgift for kommunen              81.000  2 af 2 beløb\n"
              "    –      staten                                –  ikke fundet\n"
              "    –      regionen                              –  ikke fundet\n"
              "    –      øvrige aktører                        –  ikke fundet\n"
              "    A10    Udgift i alt                     64.500  2 af 2 beløb\n"
              "  Over alle perioder\n"
              "    B11    Udgift for kommunen i alt        81.000\n"
              "    –      staten                                –  ikke fundet\n"
              "    –      regionen                              –  ikke fundet\n"
              "    –      øvrige aktører                        –  ikke fundet\n"
              "    B12    Samlet totaludgift                    –  1 ulæselig\n"
              "\n"
              "Borger 1, kontrafaktisk forløb: ikke fundet\n"
              "\n"
              "Ikke forstået\n"
              "  A13    Noget helt andet\n");
}

Test(extract_text, tells_payers_as_columns)
{
    const char *text =
        extract_sample(&sample, &extract_wide_sheet, kf_report_extract_text, KF_LANG_EN);

    cr_assert_not_null(strstr(text, "Borger 2, actual course: not found\n"));
    cr_assert_not_null(strstr(text, "2 of 2 amounts, 2 of 2 payers, row total in F4\n"), "%s",
                       text);
    cr_assert_not_null(strstr(text, "–  stands as a column, from D4\n"), "%s", text);
    cr_assert_not_null(strstr(text, "    D5     the municipality "), "%s", text);
    cr_assert_not_null(strstr(text, "\nAll text in the tables was understood.\n"));
}

Test(extract_text, says_so_when_there_is_nothing)
{
    const KfExtractReport files[] = { { .path = KF_TEXT("væk.xlsx") },
                                      { .path = KF_TEXT("budget.xlsx"), .model = &sample.model } };

    kf_report_extract_text(&sample.out, files, 2, &(KfReportOptions){ .lang = KF_LANG_DA });
    kf_buf_char(&sample.out, '\0');
    cr_assert_str_eq(sample.out.ptr, "væk.xlsx   kan ikke læses\n"
                                     "\n"
                                     "budget.xlsx   ingen sagstabel fundet\n");
}
