#include "report_check.h"

static Sample sample;
static KfReportOptions options;
static KfFixReport report;

static void build(void)
{
    cr_assert(sample_init(&sample));
    options = (KfReportOptions){ .lang = KF_LANG_DA };
    report = (KfFixReport){ .input = audited(&sample),
                            .plan = &sample.plan,
                            .output_path = KF_TEXT("sag-rettet.xlsx"),
                            .output_sha256 = KF_TEXT("abcd") };
}

static void end(void)
{
    kf_arena_finish(&sample.arena);
}

TestSuite(fix_text, .init = build, .fini = end);

static void expect(const char *expected)
{
    KfBuf out = { 0 };

    kf_report_fix_text(&out, &report, &options);
    expect_report(&out, expected);
}

static void keep_findings(size_t first, size_t count)
{
    sample.audit.findings += first;
    sample.audit.finding_count = count;
    cr_assert(sample_run(&sample, sample_plan));
}

Test(fix_text, tells_in_english_what_changed)
{
    options.lang = KF_LANG_EN;
    keep_findings(4, 1);
    expect("sag.xlsx → sag-rettet.xlsx\n"
           "Rules: dk as of 2013-09-01 (the rates fit 2013: 2 of 2 amounts)\n"
           "\n"
           "Corrected\n"
           "  'Borger 3'!C6  Udgift for staten, 7-12 months  25,115.40  →  27,115.40\n"
           "      [split-state #5]\n"
           "\n"
           "Effect by payer\n"
           "  Borger 3, actual course, the state:  50,230.80  →  52,230.80  (+2,000)\n"
           "\n"
           "SHA-256 input   ab\n"
           "SHA-256 output  abcd\n"
           "\n"
           "1 cell has been corrected; nothing is left open.\n");
}

Test(fix_text, lists_proposals_alone)
{
    keep_findings(6, 1);
    expect("sag.xlsx → sag-rettet.xlsx\n"
           "Regler: dk pr. 01-09-2013 (satserne passer på 2013: 2 af 2 beløb)\n"
           "\n"
           "Forslag, som kræver din beslutning\n"
           "  'Borger 3'!C2  Perioden er fejlskrevet  \"7-11 mdr\"  →  \"7-12 mdr\"\n"
           "      [period-label #7]\n"
           "\n"
           "SHA-256 input   ab\n"
           "SHA-256 output  abcd\n"
           "\n"
           "Ingen celler er rettet; 1 forslag kræver din beslutning.\n");
}

Test(fix_text, says_that_its_own_copy_needs_no_other)
{
    keep_findings(6, 1);
    options.quiet = true;
    report.output_sha256 = (KfText){ 0 };
    expect("Filen er en rettet kopi, og der er intet nyt at rette: der er ikke skrevet en "
           "ny.\n"
           "Ingen celler er rettet; 1 forslag kræver din beslutning.\n");
}

Test(fix_text, says_nothing_of_a_file_that_could_not_be_read)
{
    report.input.audit = NULL;
    expect("");
}
