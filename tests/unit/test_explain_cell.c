#include <criterion/criterion.h>

#include "book_maker.h"
#include "kf/explain.h"

typedef struct {
    KfArena *arena;
    const char *rows, *cell;
    void (*check)(const KfExplained *explained);
    bool no_figure;
} Run;

static KfStatus run_explain(void *ctx)
{
    const Run *run = ctx;
    const MadeSheet sheet = { "Borger 1", run->rows };
    const KfBook *book = make_book(run->arena, &sheet, 1);
    KfCheckOptions options = { .as_of = kf_date(2013, 9, 1) };
    KfRuleSet *rules;
    KfAudit audit;
    KfExplained explained;
    KfRef ref = { 0, 0, 0 };
    bool found;

    cr_assert_eq(kf_ruleset_create(&rules, NULL), KF_OK);
    cr_assert(kf_cellref_read(kf_text(run->cell), &ref.row, &ref.col));
    options.rules = rules;
    kf_audit(run->arena, book, &options, &audit);
    found = kf_explain_cell(run->arena, &audit, ref, &explained);
    cr_assert_eq(found, !run->no_figure);
    if (found)
        run->check(&explained);
    kf_ruleset_destroy(rules);
    return KF_OK;
}

static void explain(Run run)
{
    KfArena arena;

    kf_arena_init(&arena);
    run.arena = &arena;
    cr_assert_eq(kf_arena_run(&arena, run_explain, &run), KF_OK);
    kf_arena_finish(&arena);
}

/* The nth step of a kind, from 0. */
static const KfStep *step_of(const KfExplained *explained, KfStepKind kind, size_t nth)
{
    for (size_t i = 0; i < explained->step_count; i++) {
        if (explained->steps[i].kind == kind && nth-- == 0)
            return &explained->steps[i];
    }
    cr_assert_fail("there is no such step: %s", kf_step_key(kind));
    return NULL;
}

static size_t count_of(const KfExplained *explained, KfStepKind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < explained->step_count; i++)
        count += explained->steps[i].kind == kind;
    return count;
}

static void assert_amount(KfValue value, KfOere expected)
{
    cr_assert_eq(value.kind, KF_VALUE_AMOUNT);
    cr_assert_eq(value.amount, expected, "%lld is not %lld", (long long)value.amount,
                 (long long)expected);
}

static void assert_text(KfText text, const char *expected)
{
    cr_assert(kf_text_eq(text, kf_text(expected)), "%.*s", (int)text.len, text.ptr);
}

/* 20 and 26 weeks at 4.005; four and a half months at 13.953; a stay. */
#define ROWS                                                                                       \
    "Faktisk forløb|0-6 mdr|7-12 mdr\n"                                                           \
    "Sygedagpenge|80100|104130\nKontanthjælp|62788.5|0\nGenindlæggelse 2 uger|0|42508\n"         \
    "Ukendt tilbud|1000|0\n"                                                                       \
    "Udgift for kommunen|86604.45|81004\nUdgift for staten|57284.55|31239\n"                       \
    "Udgift for regionen|0|34395\nUdgift i alt|143888.5|146638\n"

static void check_weeks(const KfExplained *explained)
{
    const KfStep *weeks = step_of(explained, KF_STEP_WEEKS, 0);
    const KfStep *tier = step_of(explained, KF_STEP_TIER, 0);

    cr_assert_eq(explained->kind, KF_EXPLAIN_PAYER);
    cr_assert_eq(explained->payer, KF_STATE);
    assert_text(explained->period, "0-6");
    cr_assert_eq(weeks->nanoweeks, INT64_C(20000000000));
    cr_assert_eq(count_of(explained, KF_STEP_TIER), 3);
    cr_assert_eq(tier->nanoweeks, INT64_C(4000000000));
    cr_assert_eq(tier->price, 400500);
    cr_assert_eq(tier->share_bp, 10000);
    assert_amount(tier->amount, 1602000);
    assert_amount(step_of(explained, KF_STEP_PART, 0)->amount, 3844800);
    assert_amount(step_of(explained, KF_STEP_PART, 1)->amount, 1883655);
    assert_amount(step_of(explained, KF_STEP_SUM, 0)->amount, 5728455);
    assert_amount(explained->stands, 5728455);
    assert_amount(explained->expected, 5728455);
}

Test(explain_cell, counts_the_weeks_of_a_payer_tier_by_tier)
{
    explain((Run){ .rows = ROWS, .cell = "B7", .check = check_weeks });
}

static void check_later_weeks(const KfExplained *explained)
{
    const KfStep *weeks = step_of(explained, KF_STEP_WEEKS, 0);

    assert_text(weeks->text[KF_LANG_DA],
                "104.130 / 4.005 = 26 uger i perioden, efter 20 uger tidligere i forløbet.");
    assert_text(weeks->text[KF_LANG_EN],
                "104,130 / 4,005 = 26 weeks in the period, after 20 weeks earlier in the course.");
    cr_assert_eq(count_of(explained, KF_STEP_TIER), 1);
    assert_amount(step_of(explained, KF_STEP_SUM, 0)->amount, 3123900);
}

Test(explain_cell, runs_the_weeks_on_from_the_period_before)
{
    explain((Run){ .rows = ROWS, .cell = "C7", .check = check_later_weeks });
}

static void check_stay(const KfExplained *explained)
{
    const KfStep *sum = step_of(explained, KF_STEP_SUM, 0);

    cr_assert(sum->is_range);
    cr_assert_eq(sum->range.lo, 4250800 - 822700);
    cr_assert_eq(sum->range.hi, 4250800 - 811300);
    assert_amount(explained->expected, 3439500);
    cr_assert_eq(count_of(explained, KF_STEP_CAP), 2);
}

Test(explain_cell, leaves_the_cap_of_a_stay_its_range)
{
    explain((Run){ .rows = ROWS, .cell = "C8", .check = check_stay });
}

static void check_readings(const KfExplained *explained)
{
    const KfStep *first = step_of(explained, KF_STEP_READING, 0);
    const KfStep *second = step_of(explained, KF_STEP_READING, 1);

    cr_assert_eq(explained->kind, KF_EXPLAIN_ITEM);
    cr_assert_leq(count_of(explained, KF_STEP_READING), 5);
    cr_assert_eq(first->halves, 9);
    cr_assert_eq(first->share_bp, 10000);
    cr_assert_eq(second->halves, 12);
    cr_assert_eq(second->share_bp, 7500);
    assert_amount(step_of(explained, KF_STEP_PART, 0)->amount, 4395195);
    assert_amount(step_of(explained, KF_STEP_PART, 1)->amount, 1883655);
}

Test(explain_cell, reads_an_item_as_rate_by_time_by_share)
{
    explain((Run){ .rows = ROWS, .cell = "B3", .check = check_readings });
}

static void check_inferred(const KfExplained *explained)
{
    cr_assert_eq(step_of(explained, KF_STEP_INFERRED, 0)->payer, KF_MUNICIPALITY);
    cr_assert_eq(count_of(explained, KF_STEP_READING), 0);
}

Test(explain_cell, says_that_a_payer_was_inferred)
{
    explain((Run){ .rows = ROWS, .cell = "B5", .check = check_inferred });
}

#define WRONG_TOTAL                                                                                \
    "Faktisk forløb|0-6 mdr|7-12 mdr\nSygedagpenge|80100|104130\nUdgift for "                     \
    "kommunen|41652|72891\n"                                                                       \
    "Udgift for staten|38448|31239\nUdgift i alt|80010|104130\n"

static void check_total(const KfExplained *explained)
{
    cr_assert_eq(explained->kind, KF_EXPLAIN_TOTAL);
    cr_assert_eq(count_of(explained, KF_STEP_SUM), 2);
    assert_amount(step_of(explained, KF_STEP_SUM, 0)->amount, 8010000);
    assert_amount(step_of(explained, KF_STEP_SUM, 1)->amount, 8010000);
    assert_amount(explained->stands, 8001000);
    assert_amount(explained->expected, 8010000);
    cr_assert_eq(explained->finding_count, 1);
}

Test(explain_cell, adds_a_total_by_items_and_by_payers)
{
    explain((Run){ .rows = WRONG_TOTAL, .cell = "B5", .check = check_total });
}

static void check_period(const KfExplained *explained)
{
    cr_assert_eq(explained->kind, KF_EXPLAIN_PERIOD);
    assert_text(explained->period, "7-12");
    assert_text(explained->stands.text, "7-12 mdr");
    assert_text(explained->steps[0].text[KF_LANG_DA], "Læses som måned 7 til 12: 6 måneder.");
}

Test(explain_cell, tells_how_a_period_was_read)
{
    explain((Run){ .rows = ROWS, .cell = "C1", .check = check_period });
}

/* Tiers that are no whole weeks still add up to the payer's part. */
static void check_uneven(const KfExplained *explained)
{
    KfOere tiers = 0;

    for (size_t i = 0; i < explained->step_count; i++) {
        if (explained->steps[i].kind == KF_STEP_TIER)
            tiers += explained->steps[i].amount.amount;
    }
    assert_amount(step_of(explained, KF_STEP_PART, 0)->amount, tiers);
}

Test(explain_cell, cuts_uneven_weeks_so_that_they_add_up)
{
    explain((Run){ .rows = "Faktisk forløb|0-6 mdr|7-12 mdr\nSygedagpenge|12345.67|100000.01\n"
                           "Udgift for kommunen|0|64223.98\nUdgift for staten|12345.67|35776.03\n"
                           "Udgift i alt|12345.67|100000.01\n",
                   .cell = "C4",
                   .check = check_uneven });
}

static void check_benefit(const KfExplained *explained)
{
    cr_assert_eq(explained->kind, KF_EXPLAIN_BENEFIT);
    assert_text(explained->label, "Sygedagpenge");
    cr_assert_eq(step_of(explained, KF_STEP_ITEM, 0)->cell.col, 1);
    cr_assert_gt(count_of(explained, KF_STEP_PART), 0);
}

Test(explain_cell, tells_who_pays_a_benefit_at_its_label)
{
    explain((Run){ .rows = ROWS, .cell = "A2", .check = check_benefit });
}

#define PAYER_TABLE "|2019|2020\nKommunal|4000|5000\nRegional|1000|500\nI alt|5000|5050\n"

static void check_table_total(const KfExplained *explained)
{
    cr_assert_eq(explained->kind, KF_EXPLAIN_TABLE);
    cr_assert_eq(explained->case_index, KF_NO_INDEX);
    assert_text(step_of(explained, KF_STEP_TERM, 0)->label, "Kommunal");
    assert_amount(step_of(explained, KF_STEP_TERM, 1)->amount, 50000);
    assert_amount(step_of(explained, KF_STEP_SUM, 0)->amount, 550000);
    assert_amount(explained->stands, 505000);
    assert_amount(explained->expected, 550000);
}

Test(explain_cell, adds_up_a_table_beside_the_cases)
{
    explain((Run){ .rows = PAYER_TABLE, .cell = "C4", .check = check_table_total });
}

#define SUPPORT                                                                                    \
    "Mulige ydelser|Varighed|Udgift på årsbasis|Kommunens andel efter refusion\n"                \
    "Bostøtte § 85|2 timer om ugen|36400|36400\nStøttekontaktperson § 99||24000|24000\n"       \
    "Kontanthjælp|hele året|126000|82800\nI alt||186400|148600\n"

static void check_share(const KfExplained *explained)
{
    const KfStep *term = step_of(explained, KF_STEP_TERM, 0);

    assert_amount(term->amount, 12600000);
    assert_text(term->text[KF_LANG_DA], "Ganget med 70 %.");
    assert_amount(step_of(explained, KF_STEP_SUM, 0)->amount, 8820000);
}

Test(explain_cell, names_the_share_of_a_table)
{
    explain((Run){ .rows = SUPPORT, .cell = "D4", .check = check_share });
}

Test(explain_cell, knows_labels_and_empty_cells_as_no_figures)
{
    explain((Run){ .rows = ROWS, .cell = "A1", .no_figure = true });
    explain((Run){ .rows = ROWS, .cell = "F2", .no_figure = true });
    explain((Run){ .rows = ROWS, .cell = "XFD1048576", .no_figure = true });
}
