#include <criterion/criterion.h>

#include "sample_audit.h"

static Sample sample;
static KfReportOptions options;
static bool dry_run;

static void build(void)
{
    cr_assert(sample_init(&sample));
    options = (KfReportOptions){ .least = KF_WARNING };
    dry_run = false;
}

static void end(void)
{
    kf_arena_finish(&sample.arena);
}

TestSuite(print_text, .init = build, .fini = end);

static KfFileReport audited(void)
{
    return (KfFileReport){ .path = KF_TEXT("sag.xlsx"),
                           .sha256 = KF_TEXT("ab"),
                           .audit = &sample.audit };
}

static void expect(KfBuf *out, const char *text)
{
    cr_assert(kf_text_eq(kf_buf_view(out), kf_text(text)), "%.*s", (int)out->len, out->ptr);
    kf_buf_free(out);
}

static void check(const KfFileReport *files, size_t count, const char *text)
{
    KfBuf out = { 0 };

    kf_report_check_text(&out, files, count, &options);
    expect(&out, text);
}

static void fix(const char *output_sha256, const char *text)
{
    const KfFixReport report = { .input = audited(),
                                 .plan = &sample.plan,
                                 .dry_run = dry_run,
                                 .output_path = KF_TEXT("sag-rettet.xlsx"),
                                 .output_sha256 = kf_text(output_sha256) };
    KfBuf out = { 0 };

    kf_report_fix_text(&out, &report, &options);
    expect(&out, text);
}

Test(print_text, check_reads_from_file_to_verdict)
{
    KfFileReport file = audited();

    check(
        &file, 1,
        "sag.xlsx   1 borger, 1 forløb læst   regler: dk pr. 01-09-2013 (satserne passer på 2013: "
        "2 af 2 beløb)\n"
        "\n"
        "Projektmappen\n"
        "  advarsel  Skjulte rækker eller kolonner er læst med   –\n"
        "            Række 8 er skjult. [file-hidden #8]\n"
        "\n"
        "Borger 3, faktisk forløb\n"
        "  fejl      C7  Udgift i alt, 7-12 mdr                  90.826  →  92.826       rettes\n"
        "            Ydelserne giver 92.826, og betalerne giver 92.826. Ét ciffer afviger (0 i "
        "stedet for 2).\n"
        "            [total-items #1]\n"
        "            ↳ B10  Samlet totaludgift  174.544 → 176.544   rettes\n"
        "  advarsel  C4  Kontanthjælp ******-****, 7-12 mdr      73.718  →  83.718       forslag\n"
        "            6 måneder á 13.953 er 83.718. [amount-typo #3]\n"
        "            eller 'Ole's ark'!B4: 83.718 → 73.718\n"
        "  fejl      C6  Udgift for staten, 7-12 mdr          25.115,40  →  27.115,40    rettes\n"
        "            [split-state #5]\n"
        "            ↳ C6  Udgift for staten  25.115,40   rettes\n"
        "  advarsel  C2  Perioden er fejlskrevet             \"7-11 mdr\"  →  \"7-12 mdr\"   "
        "forslag\n"
        "            [period-label #7]\n"
        "\n"
        "1 oplysning vises ikke (1 × Ydelse uden regel; betaler udledt). Se dem med --fail-on "
        "info.\n"
        "\n"
        "I alt 2 fejl og 3 advarsler i 1 borgerforløb. 3 celler kan rettes; 2 forslag kræver din "
        "beslutning.\n"
        "Kør: kontrafakt fix sag.xlsx\n");
}

Test(print_text, check_in_english_shows_infos_when_asked)
{
    KfFileReport file = audited();

    options.lang = KF_LANG_EN;
    options.least = KF_INFO;
    sample.audit.findings += 2;
    sample.audit.finding_count = 2;
    check(&file, 1,
          "sag.xlsx   1 citizen, 1 course read   rules: dk as of 2013-09-01 (the rates fit 2013: 2 "
          "of 2 amounts)\n"
          "\n"
          "Borger 3, actual course\n"
          "  warning   C4  Kontanthjælp ******-****, 7-12 months  73,718  →  83,718   proposal\n"
          "            6 months of 13,953 are 83,718. [amount-typo #3]\n"
          "            or 'Ole's ark'!B4: 83,718 → 73,718\n"
          "  info      A4  Bonus                                                      –\n"
          "            [benefit-unknown #4]\n"
          "\n"
          "In all 1 warning in 1 case. 1 proposal needs your decision.\n"
          "Run: kontrafakt fix sag.xlsx\n");
}

Test(print_text, colors_only_the_severity)
{
    KfFileReport file = audited();

    options.color = true;
    sample.audit.finding_count = 1;
    check(&file, 1,
          "sag.xlsx   1 borger, 1 forløb læst   regler: dk pr. 01-09-2013 (satserne passer på "
          "2013: 2 af 2 beløb)\n"
          "\n"
          "Borger 3, faktisk forløb\n"
          "  \x1B[31mfejl\x1B[0m      C7  Udgift i alt, 7-12 mdr  90.826  →  92.826   rettes\n"
          "            Ydelserne giver 92.826, og betalerne giver 92.826. Ét ciffer afviger (0 i "
          "stedet for 2).\n"
          "            [total-items #1]\n"
          "\n"
          "I alt 1 fejl i 1 borgerforløb. 1 celle kan rettes.\n"
          "Kør: kontrafakt fix sag.xlsx\n");
}

Test(print_text, quiet_says_the_verdict_only)
{
    const KfError missing = { .status = KF_FILE_MISSING };
    const KfFileReport files[] = { { .path = KF_TEXT("w.xlsx"), .error = &missing }, audited() };

    options.quiet = true;
    check(files, 2,
          "I alt 2 fejl og 3 advarsler i 1 borgerforløb. 3 celler kan rettes; 2 forslag kræver din "
          "beslutning; 1 fil kunne ikke læses.\n");
    fix("abcd", "3 celler er rettet; 2 forslag kræver din beslutning; 1 anmærkning står åben uden "
                "forslag.\n");
}

Test(print_text, files_without_cases_are_not_clean)
{
    const KfError missing = { .status = KF_FILE_MISSING };
    const KfFileReport files[] = { { .path = KF_TEXT("w.xlsx"), .error = &missing }, audited() };

    sample.audit.model.case_count = 0;
    sample.audit.finding_count = 0;
    check(files, 2,
          "w.xlsx   kan ikke læses\n"
          "\n"
          "sag.xlsx   ingen sagstabel fundet\n"
          "\n"
          "Intet er kontrolleret. 1 fil kunne ikke læses; 1 fil er uden sagstabel.\n");
}

Test(print_text, a_clean_file_says_so)
{
    KfFileReport file = audited();

    sample.audit.finding_count = 0;
    check(&file, 1,
          "sag.xlsx   1 borger, 1 forløb læst   regler: dk pr. 01-09-2013 (satserne passer på "
          "2013: 2 af 2 beløb)\n"
          "\n"
          "Ingen fejl eller advarsler i 1 borgerforløb.\n");
}

Test(print_text, fix_tells_what_it_did)
{
    fix("abcd",
        "sag.xlsx → sag-rettet.xlsx\n"
        "Regler: dk pr. 01-09-2013 (satserne passer på 2013: 2 af 2 beløb)\n"
        "\n"
        "Rettet\n"
        "  'Borger 3'!C7   Udgift i alt, 7-12 mdr          90.826  →  92.826\n"
        "      Ydelserne giver 92.826, og betalerne giver 92.826. Ét ciffer afviger (0 i stedet "
        "for 2).\n"
        "      [total-items #1]\n"
        "  'Borger 3'!B10  Samlet totaludgift             174.544  →  176.544\n"
        "      [total-case #2]\n"
        "  'Borger 3'!C6   Udgift for staten, 7-12 mdr  25.115,40  →  27.115,40\n"
        "      [split-state #5]\n"
        "\n"
        "Forslag, som kræver din beslutning\n"
        "  'Borger 3'!C4  Kontanthjælp ******-****, 7-12 mdr      73.718  →  83.718\n"
        "      6 måneder á 13.953 er 83.718. [amount-typo #3]\n"
        "      eller 'Ole's ark'!B4: 83.718 → 73.718\n"
        "  'Borger 3'!C2  Perioden er fejlskrevet             \"7-11 mdr\"  →  \"7-12 mdr\"\n"
        "      [period-label #7]\n"
        "\n"
        "Åbne anmærkninger uden forslag\n"
        "  Skjulte rækker eller kolonner er læst med\n"
        "      Række 8 er skjult. [file-hidden #8]\n"
        "\n"
        "Virkning pr. betaler\n"
        "  Borger 3, faktisk forløb, staten:  50.230,80  →  52.230,80  (+2.000)\n"
        "\n"
        "SHA-256 input   ab\n"
        "SHA-256 output  abcd\n"
        "\n"
        "3 celler er rettet; 2 forslag kræver din beslutning; 1 anmærkning står åben uden "
        "forslag.\n");
}

Test(print_text, fix_says_when_nothing_is_written)
{
    dry_run = true;
    sample.audit.finding_count = 1;
    cr_assert(sample_run(&sample, sample_plan));
    fix("", "sag.xlsx\n"
            "Regler: dk pr. 01-09-2013 (satserne passer på 2013: 2 af 2 beløb)\n"
            "\n"
            "Rettet\n"
            "  'Borger 3'!C7  Udgift i alt, 7-12 mdr  90.826  →  92.826\n"
            "      Ydelserne giver 92.826, og betalerne giver 92.826. Ét ciffer afviger (0 i "
            "stedet for 2).\n"
            "      [total-items #1]\n"
            "\n"
            "Virkning pr. betaler\n"
            "  Ingen betalers total ændres.\n"
            "\n"
            "SHA-256 input   ab\n"
            "\n"
            "Prøvekørsel: der er ikke skrevet noget.\n"
            "1 celle vil blive rettet; intet står åbent.\n");
    dry_run = false;
    sample.audit.finding_count = 0;
    cr_assert(sample_run(&sample, sample_plan));
    options.quiet = true;
    fix("", "Intet at rette og ingen forslag: der er ikke skrevet nogen kopi.\n"
            "Ingen celler er rettet; intet står åbent.\n");
    fix("abcd", "Intet at rette og ingen forslag: kopien er inputfilen, byte for byte.\n"
                "Ingen celler er rettet; intet står åbent.\n");
}
