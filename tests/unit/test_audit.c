#include <criterion/criterion.h>

#include "book_maker.h"
#include "kf/audit.h"

/* What a finding should be: cell, code, severity, action and the right figure. */
typedef struct {
    const char *cell, *code;
    KfSeverity severity;
    KfAction action;
    KfOere expected;
    const char *root; /* cell of the root, or NULL */
} Expected;

typedef struct {
    KfArena *arena;
    const char *rows;
    const Expected *expected;
    size_t count;
} Run;

static void assert_cell(const KfFinding *finding, const char *expected)
{
    KfBuf cell = { 0 };

    kf_buf_cellref(&cell, finding->cell.row, finding->cell.col);
    cr_assert(kf_text_eq(kf_buf_view(&cell), kf_text(expected)), "%.*s is not %s: %.*s",
              (int)cell.len, cell.ptr, expected, (int)finding->message[0].len,
              finding->message[0].ptr);
    kf_buf_free(&cell);
}

static KfStatus run_audit(void *ctx)
{
    const Run *run = ctx;
    const MadeSheet sheet = { "Borger 1", run->rows };
    const KfBook *book = make_book(run->arena, &sheet, 1);
    KfCheckOptions options = { .as_of = KF_DATE_NONE };
    KfRuleSet *rules;
    KfAudit audit;
    size_t at = 0;

    cr_assert_eq(kf_ruleset_create(&rules, NULL), KF_OK);
    options.rules = rules;
    kf_audit(run->arena, book, &options, &audit);
    for (size_t i = 0; i < audit.finding_count; i++) {
        const KfFinding *finding = &audit.findings[i];
        const Expected *expected = &run->expected[at];

        if (finding->severity == KF_INFO)
            continue;
        cr_assert_lt(at, run->count, "unexpected: %s %.*s", kf_finding_code(finding->code),
                     (int)finding->message[0].len, finding->message[0].ptr);
        assert_cell(finding, expected->cell);
        cr_assert_str_eq(kf_finding_code(finding->code), expected->code);
        cr_assert_eq(finding->severity, expected->severity, "%s", expected->cell);
        cr_assert_eq(finding->action, expected->action, "%s", expected->cell);
        cr_assert_eq(finding->expected.amount, expected->expected, "%s: %lld", expected->cell,
                     (long long)finding->expected.amount);
        cr_assert_eq(finding->root != 0, expected->root != NULL, "%s", expected->cell);
        if (finding->root)
            assert_cell(&audit.findings[finding->root - 1], expected->root);
        at++;
    }
    cr_assert_eq(at, run->count, "only %zu findings", at);
    kf_ruleset_destroy(rules);
    return KF_OK;
}

static void audit(const char *rows, const Expected *expected, size_t count)
{
    KfArena arena;
    Run run = { &arena, rows, expected, count };

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, run_audit, &run), KF_OK);
    kf_arena_finish(&arena);
}

#define TABLE(syge, kontant, bolig, kommune, stat, alt, sum_k, sum_s, sum)                         \
    "Faktisk forløb|0-6 mdr|7-12 mdr\n"                                                           \
    "Sygedagpenge|" syge "\nKontanthjælp|" kontant "\nAkutbolig|" bolig                            \
    "\nUdgift for kommunen|" kommune "\nUdgift for staten|" stat "\nUdgift i alt|" alt             \
    "\nUdgift for kommunen i alt|" sum_k "\nUdgift for staten i alt|" sum_s                        \
    "\nSamlet totaludgift|" sum "\n"

/* 20 and 26 weeks at 4.005; three months at 10.500; the state pays 38.448 and
 * 31.239 of the first, 30 % of the second. */
#define SYGE "80100|104130"
#define KONTANT "31500|31500"
#define BOLIG "14655|0"
#define KOMMUNE "78357|94941"
#define STAT "47898|40689"
#define ALT "126255|135630"

Test(audit, finds_nothing_where_all_is_right)
{
    audit(TABLE(SYGE, KONTANT, BOLIG, KOMMUNE, STAT, ALT, "173298", "88587", "261885"), NULL, 0);
}

Test(audit, puts_a_mistyped_total_right)
{
    const Expected expected[] = {
        { "B7", "total-items", KF_ERROR, KF_ACTION_CORRECT, 12625500, NULL },
    };

    audit(TABLE(SYGE, KONTANT, BOLIG, KOMMUNE, STAT, "126555|135630", "173298", "88587", "261885"),
          expected, 1);
}

Test(audit, locates_swapped_digits_in_an_item)
{
    const Expected expected[] = {
        { "B4", "amount-typo", KF_ERROR, KF_ACTION_PROPOSE, 1465500, NULL },
    };

    audit(TABLE(SYGE, KONTANT, "16455|0", KOMMUNE, STAT, ALT, "173298", "88587", "261885"),
          expected, 1);
}

Test(audit, corrects_a_state_share_copied_from_the_column_before)
{
    const Expected expected[] = {
        { "C6", "split-state", KF_ERROR, KF_ACTION_CORRECT, 4068900, NULL },
        { "C5", "split-municipality", KF_ERROR, KF_ACTION_CORRECT, 9494100, "C6" },
        { "B8", "total-row", KF_ERROR, KF_ACTION_CORRECT, 17329800, "C6" },
        { "B9", "total-row", KF_ERROR, KF_ACTION_CORRECT, 8858700, "C6" },
    };

    audit(
        TABLE(SYGE, KONTANT, BOLIG, "78357|87732", "47898|47898", ALT, "166089", "95796", "261885"),
        expected, 4);
}

Test(audit, finds_exchanged_payer_rows)
{
    const Expected expected[] = {
        { "B6", "split-state", KF_ERROR, KF_ACTION_CORRECT, 4789800, NULL },
        { "B5", "split-municipality", KF_ERROR, KF_ACTION_CORRECT, 7835700, "B6" },
    };

    audit(
        TABLE(SYGE, KONTANT, BOLIG, "47898|94941", "78357|40689", ALT, "173298", "88587", "261885"),
        expected, 2);
}

Test(audit, proposes_what_a_blank_should_hold)
{
    const Expected expected[] = {
        { "B4", "amount-missing", KF_ERROR, KF_ACTION_PROPOSE, 1465500, NULL },
    };

    audit(TABLE(SYGE, KONTANT, "|0", KOMMUNE, STAT, ALT, "173298", "88587", "261885"), expected, 1);
}

Test(audit, carries_a_wrong_payer_figure_on_into_its_totals)
{
    const Expected expected[] = {
        { "C5", "total-payers", KF_ERROR, KF_ACTION_CORRECT, 9494100, NULL },
        { "B8", "total-row", KF_ERROR, KF_ACTION_CORRECT, 17329800, "C5" },
    };

    audit(TABLE(SYGE, KONTANT, BOLIG, "78357|94491", STAT, ALT, "172848", "88587", "261885"),
          expected, 2);
}

Test(audit, lets_rounding_explain_what_it_can)
{
    /* whole kroner in text: half of each krone may be hidden */
    audit("Faktisk forløb|0-6 mdr|7-12 mdr\nAkutbolig|'1.001|'2.000\nMentor|'2.001|'2.000\n"
          "Udgift i alt|'3.003|'4.000\n",
          NULL, 0);
}

Test(audit, lets_the_figures_that_fit_say_who_pays)
{
    const Expected expected[] = {
        { "B7", "total-payers", KF_ERROR, KF_ACTION_CORRECT, 4789800, NULL },
    };

    audit("Faktisk forløb|0-6 mdr|7-12 mdr\nSygedagpenge|80100|104130\nKontanthjælp|31500|31500\n"
          "Akutbolig|14655|0\nStøtte fra forening|6150|0\n"
          "Udgift for kommunen|78357|94941\nUdgift for staten|49898|40689\n"
          "Udgift, øvrige aktører|6150|0\nUdgift i alt|132405|135630\n",
          expected, 1);
}

Test(audit, leaves_sums_alone_that_agree_against_an_input)
{
    /* B4 was 14655: no keystroke away, and either the input or two figures are wrong */
    const Expected expected[] = {
        { "B5", "split-municipality", KF_WARNING, KF_ACTION_PROPOSE, 7282200, NULL },
    };

    audit(TABLE(SYGE, KONTANT, "9120|0", KOMMUNE, STAT, ALT, "173298", "88587", "261885"), expected,
          1);
}

Test(audit, prices_weeks_by_the_amounts_that_agree)
{
    /* six months of the lower rate of 2017, the first with a digit too many */
    const Expected expected[] = {
        { "B3", "amount-typo", KF_ERROR, KF_ACTION_PROPOSE, 6685800, NULL },
    };

    audit("Faktisk forløb|0-6 mdr|7-12 mdr\nBeregnet pr. 01-09-2017\n"
          "Kontanthjælp|666858|66858\nUdgift for kommunen|36000.47|46800.60\n"
          "Udgift for staten|30857.53|20057.40\nUdgift i alt|66858|66858\n",
          expected, 1);
}

Test(audit, reads_two_courses_though_a_first_heading_is_mistyped)
{
    const Expected expected[] = {
        { "F2", "period-label", KF_WARNING, KF_ACTION_PROPOSE, 0, NULL },
    };

    audit("Faktisk forløb||||Kontrafaktisk forløb\n|0-6 mdr|7-12 mdr|||5-6 mdr|7-12 mdr\n"
          "Sygedagpenge|80100|104130||Sygedagpenge|104130|104130\n"
          "Udgift for staten|38448|31239||Udgift for staten|45657|31239\n"
          "Udgift i alt|80100|104130||Udgift i alt|104130|104130\n",
          expected, 1);
}

Test(audit, leaves_totals_alone_that_rest_on_a_suspect_amount)
{
    /* C3 is 6 x 13.952 with a wrong digit, and every figure was computed from it */
    const Expected expected[] = {
        { "C3", "amount-rate", KF_WARNING, KF_ACTION_PROPOSE, 8371200, NULL },
        { "B7", "total-case", KF_ERROR, KF_ACTION_PROPOSE, 15742400, NULL },
    };

    audit("Faktisk forløb|0-6 mdr|7-12 mdr\nForsørgelsesgrundlag\n"
          "Kontanthjælp|83712|73712\n"
          "Udgift for kommunen|58598.40|51598.40\nUdgift for staten|25113.60|22113.60\n"
          "Udgift i alt|83712|73712\nSamlet totaludgift|157242\n",
          expected, 2);
}

Test(audit, takes_equal_parts_of_equal_amounts_for_no_copy)
{
    /* C3 was 34518 as B3; state and total still say so */
    const Expected expected[] = {
        { "C5", "split-state", KF_WARNING, KF_ACTION_PROPOSE, 4907600, NULL },
    };

    audit("Faktisk forløb|0-6 mdr|7-12 mdr\nBeregnet pr. 01-09-2013\nSU|34518|49076\n"
          "Udgift for kommunen|0|0\nUdgift for staten|34518|34518\nUdgift i alt|34518|34518\n"
          "Udgift for kommunen i alt|0\nUdgift for staten i alt|69036\n"
          "Samlet totaludgift|69036\n",
          expected, 1);
}

/* ---- stopping ---------------------------------------------------------------- */

typedef struct {
    size_t stop_at, asked, all;
} Progress;

static bool count_cases(void *ctx, size_t done, size_t all)
{
    Progress *progress = ctx;

    cr_assert_eq(done, progress->asked);
    progress->asked++;
    progress->all = all;
    return done < progress->stop_at;
}

typedef struct {
    KfArena arena;
    Progress progress;
} Stopped;

static KfStatus run_until(void *ctx)
{
    Stopped *run = ctx;
    const char *wrong =
        TABLE(SYGE, KONTANT, BOLIG, KOMMUNE, STAT, "126555|135630", "173298", "88587", "261885");
    const MadeSheet sheets[] = { { "Borger 1", wrong }, { "Borger 2", wrong } };
    KfCheckOptions options = { .as_of = KF_DATE_NONE,
                               .progress = count_cases,
                               .progress_ctx = &run->progress };
    KfRuleSet *rules;
    KfAudit audit;

    cr_assert_eq(kf_ruleset_create(&rules, NULL), KF_OK);
    options.rules = rules;
    kf_audit(&run->arena, make_book(&run->arena, sheets, 2), &options, &audit);
    cr_expect_eq(audit.stopped, run->progress.stop_at < 2);
    cr_expect_eq(audit.finding_count > 0, run->progress.stop_at >= 2);
    kf_ruleset_destroy(rules);
    return KF_OK;
}

Test(audit, tells_how_far_it_is_and_stops)
{
    for (size_t stop_at = 0; stop_at < 3; stop_at++) {
        Stopped run = { .progress = { .stop_at = stop_at } };

        kf_arena_init(&run.arena);
        cr_assert_eq(kf_arena_run(&run.arena, run_until, &run), KF_OK);
        kf_arena_finish(&run.arena);
        cr_expect_eq(run.progress.asked, stop_at < 2 ? stop_at + 1 : 2);
        cr_expect_eq(run.progress.all, 2);
    }
}

/* Sixty rows that no rule knows; the municipality pays all of them. */
Test(audit, gives_out_however_many_benefits_without_a_rule)
{
    KfBuf rows = { 0 };
    int sum = 0;

    kf_buf_str(&rows, "Faktisk forløb|0-6 mdr|7-12 mdr\n");
    for (int row = 1; row <= 60; row++) {
        kf_buf_str(&rows, "Tilbud ");
        kf_buf_int(&rows, row);
        kf_buf_char(&rows, '|');
        kf_buf_int(&rows, 1000 + 37 * row);
        kf_buf_str(&rows, "|0\n");
        sum += 1000 + 37 * row;
    }
    for (int total = 0; total < 2; total++) {
        kf_buf_str(&rows, total ? "Udgift i alt|" : "Udgift for kommunen|");
        kf_buf_int(&rows, sum);
        kf_buf_str(&rows, "|0\n");
    }
    kf_buf_char(&rows, '\0');
    audit(rows.ptr, NULL, 0);
    kf_buf_free(&rows);
}
