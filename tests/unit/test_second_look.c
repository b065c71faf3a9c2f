#include "audit_maker.h"
#include "correct/second_look.h"

#define TABLE(syge, kontant, bolig, kommune, stat, alt, sum_k, sum_s, sum)                         \
    "Faktisk forløb|0-6 mdr|7-12 mdr\n"                                                           \
    "Sygedagpenge|" syge "\nKontanthjælp|" kontant "\nAkutbolig|" bolig                            \
    "\nUdgift for kommunen|" kommune "\nUdgift for staten|" stat "\nUdgift i alt|" alt             \
    "\nUdgift for kommunen i alt|" sum_k "\nUdgift for staten i alt|" sum_s                        \
    "\nSamlet totaludgift|" sum "\n"

#define SYGE "80100|104130"
#define KONTANT "31500|31500"
#define BOLIG "14655|0"
#define KOMMUNE "78357|94941"
#define STAT "47898|40689"
#define ALT "126255|135630"

#define RIGHT TABLE(SYGE, KONTANT, BOLIG, KOMMUNE, STAT, ALT, "173298", "88587", "261885")
#define WRONG_TOTAL                                                                                \
    TABLE(SYGE, KONTANT, BOLIG, KOMMUNE, STAT, "126555|135630", "173298", "88587", "261885")
#define WRONG_PAYER                                                                                \
    TABLE(SYGE, KONTANT, BOLIG, KOMMUNE, "47989|40689", ALT, "173298", "88587", "261885")
#define WRONG_AMOUNT                                                                               \
    TABLE(SYGE, KONTANT, "16455|0", KOMMUNE, STAT, ALT, "173298", "88587", "261885")
#define BOTH_WRONG                                                                                 \
    TABLE(SYGE, KONTANT, "16455|0", KOMMUNE, STAT, "126255|135360", "173298", "88587", "261885")
#define USES_TOTAL                                                                                 \
    TABLE(SYGE, "='Borger 1'!B7-95055~31500|31500", BOLIG, KOMMUNE, STAT, ALT, "173298", "88587",  \
          "261885")

typedef struct {
    bool expected;
    const KfAudit *audit;
    KfArena arena;
} Looking;

/* With all that fix would correct. */
static KfStatus look(void *ctx)
{
    Looking *l = ctx;
    bool *made = kf_arena_array(&l->arena, l->audit->finding_count, sizeof *made);
    KfPlacedCell *cells = kf_arena_array(&l->arena, l->audit->finding_count, sizeof *cells);
    size_t count = 0;

    for (size_t i = 0; i < l->audit->finding_count; i++) {
        const KfFinding *finding = &l->audit->findings[i];
        const KfGrid *grid = &l->audit->book->sheets[finding->cell.sheet];
        KfBuf text = { 0 };

        made[i] = finding->action == KF_ACTION_CORRECT;
        if (!made[i])
            continue;
        kf_buf_amount_unit(&text, finding->expected.amount, 100);
        cells[count].sheet = finding->cell.sheet;
        cells[count].cell = *kf_grid_at(grid, finding->cell.row, finding->cell.col);
        cells[count++].cell.text = kf_arena_take(&l->arena, &text);
        kf_buf_free(&text);
    }
    cr_expect_gt(count, 0);
    cr_expect_eq(kf_needs_second_look(&l->arena, l->audit, made, cells, count), l->expected);
    return KF_OK;
}

static void look_at(const KfAudit *audit, void *ctx)
{
    Looking *l = ctx;

    l->audit = audit;
    kf_arena_init(&l->arena);
    cr_assert_eq(kf_arena_run(&l->arena, look, l), KF_OK);
    kf_arena_finish(&l->arena);
}

static void expect(bool expected, const char *first, const char *second)
{
    const MadeSheet sheets[] = { { "Borger 1", first }, { "Borger 2", second } };
    Looking looking = { .expected = expected };

    audit_sheets(sheets, 2, kf_date(2013, 9, 1), look_at, &looking);
}

Test(second_look, is_not_needed_where_every_error_of_a_case_is_corrected)
{
    expect(false, WRONG_TOTAL, RIGHT);
    expect(false, WRONG_PAYER, WRONG_TOTAL);
}

Test(second_look, is_not_needed_for_what_is_left_to_a_person_in_another_case)
{
    expect(false, WRONG_TOTAL, WRONG_AMOUNT);
}

Test(second_look, is_needed_where_something_is_left_in_the_case)
{
    expect(true, BOTH_WRONG, RIGHT);
}

Test(second_look, is_needed_where_a_payer_may_tell_who_pays_elsewhere)
{
    expect(true, WRONG_PAYER, WRONG_AMOUNT);
}

Test(second_look, is_needed_where_a_formula_carries_the_figure_into_a_case)
{
    expect(true, WRONG_TOTAL, USES_TOTAL);
}
