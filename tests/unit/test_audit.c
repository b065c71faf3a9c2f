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
