#include "report_check.h"

static Sample sample;
static KfReportOptions options;

static void build(void)
{
    cr_assert(sample_init(&sample));
    options = (KfReportOptions){ .lang = KF_LANG_DA };
}

static void end(void)
{
    kf_arena_finish(&sample.arena);
}

TestSuite(print_csv, .init = build, .fini = end);

#define BOM "\xEF\xBB\xBF"
#define HEAD_DA                                                                                    \
    BOM "\"Fil\";\"Nr.\";\"Kode\";\"Alvor\";\"Ark\";\"Celle\";\"Borger\";\"Forløb\";\"Periode\";" \
        "\"Betaler\";\"Række\";\"Fundet\";\"Forventet\";\"Forskel\";\"Handling\";"                \
        "\"Følger af nr.\";\"Forklaring\";\"Regel og kilde\"\r\n"

static void check(const KfFileReport *files, size_t count, const char *expected)
{
    KfBuf out = { 0 };

    kf_report_check_csv(&out, files, count, &options);
    expect_report(&out, expected);
}

Test(print_csv, writes_a_row_for_each_finding)
{
    KfFileReport file = audited(&sample);

    sample.audit.finding_count = 2;
    check(&file, 1,
          HEAD_DA "\"sag.xlsx\";1;\"total-items\";\"fejl\";\"Borger 3\";\"C7\";\"Borger 3\";"
                  "\"faktisk forløb\";\"7-12 mdr\";;\"Udgift i alt\";90826,00;92826,00;2000,00;"
                  "\"rettes\";;\"Ydelserne giver 92.826, og betalerne giver 92.826. Ét ciffer "
                  "afviger (0 i stedet for 2).\";\"\"\r\n"
                  "\"sag.xlsx\";2;\"total-case\";\"fejl\";\"Borger 3\";\"B10\";\"Borger 3\";"
                  "\"faktisk forløb\";\"\";;\"Samlet totaludgift\";174544,00;176544,00;2000,00;"
                  "\"rettes\";1;\"\";\"\"\r\n");
}

Test(print_csv, writes_english_with_a_decimal_point)
{
    KfFileReport file = audited(&sample);

    options.lang = KF_LANG_EN;
    sample.audit.findings += 4;
    sample.audit.finding_count = 1;
    check(&file, 1,
          BOM "\"File\";\"Id\";\"Code\";\"Severity\";\"Sheet\";\"Cell\";\"Citizen\";\"Course\";"
              "\"Period\";\"Payer\";\"Row\";\"Found\";\"Expected\";\"Difference\";\"Action\";"
              "\"Follows from id\";\"Message\";\"Rule and source\"\r\n"
              "\"sag.xlsx\";5;\"split-state\";\"error\";\"Borger 3\";\"C6\";\"Borger 3\";"
              "\"actual course\";\"7-12 months\";\"the state\";\"Udgift for staten\";25115.40;"
              "27115.40;2000.00;\"correctable\";;\"\";\"\"\r\n");
}

Test(print_csv, masks_a_cpr_number_and_quotes_texts)
{
    KfFileReport file = audited(&sample);

    sample.audit.findings += 2;
    sample.audit.finding_count = 1;
    sample.findings[2].message[KF_LANG_DA] = KF_TEXT("To; \"tre\"");
    check(&file, 1,
          HEAD_DA "\"sag.xlsx\";3;\"amount-typo\";\"advarsel\";\"Borger 3\";\"C4\";"
                  "\"Borger 3\";\"faktisk forløb\";\"7-12 mdr\";;\"Kontanthjælp ******-****\";"
                  "73718,00;83718,00;10000,00;\"forslag\";;\"To; \"\"tre\"\"\";"
                  "\"Sats 2013\"\r\n");
}

Test(print_csv, keeps_a_text_from_becoming_a_formula)
{
    KfFileReport file = audited(&sample);

    sample.audit.findings += 3;
    sample.audit.finding_count = 1;
    sample.findings[3].label = KF_TEXT("=HYPERLINK(\"http://x\")");
    check(&file, 1,
          HEAD_DA "\"sag.xlsx\";4;\"benefit-unknown\";\"info\";\"Borger 3\";\"A4\";"
                  "\"Borger 3\";\"faktisk forløb\";\"\";;\"'=HYPERLINK(\"\"http://x\"\")\";;;;;;"
                  "\"\";\"\"\r\n");
}

Test(print_csv, a_file_that_was_not_checked_is_a_row)
{
    const KfError missing = { .status = KF_FILE_MISSING };
    const KfFileReport files[] = { { .path = KF_TEXT("w.xlsx"), .error = &missing },
                                   audited(&sample) };

    sample.audit.model.case_count = 0;
    sample.audit.finding_count = 0;
    check(files, 2,
          HEAD_DA
          "\"w.xlsx\";;\"file-missing\";\"fejl\";;;;;;;;;;;;;\"w.xlsx: filen findes "
          "ikke. Kontrollér navn og mappe.\";\r\n"
          "\"sag.xlsx\";;\"no-cases\";\"fejl\";;;;;;;;;;;;;\"sag.xlsx: ingen sagstabel "
          "fundet. Der er søgt efter overskrifterne 'Faktisk forløb' og 'Kontrafaktisk "
          "forløb' med periodekolonner som '0-6 mdr', efter lister med forløb, ydelse, periode og "
          "beløb, og efter betalertabeller, budgetter, oversigter, løn- og støtteskemaer.\";\r\n");
}
