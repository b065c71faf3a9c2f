#include <criterion/criterion.h>

#include "book_maker.h"
#include "kf/diff.h"
#include "kf/edit.h"

#define HEAD "Borger 1\nFaktisk forløb\n|0-6 mdr|7-12 mdr\nForsørgelsesgrundlag\n"
#define ITEMS "Sygedagpenge|100|200\nKontanthjælp|300|400\n"
#define OTHER "Øvrige ydelser\nTransport|5|6\nMentor|7|8\n"
#define FOOT                                                                                       \
    "Udgift for kommunen|212|314\nUdgift for staten|200|300\nUdgift i alt|412|614\n"               \
    "Udgift for kommunen i alt|526\nSamlet totaludgift|1026\nBemærkning|ingen\n"

typedef struct {
    const char *before, *after;
    KfOere tolerance;
    KfArena *arena;
    KfDiff *out;
    bool untyped;
} Run;

static KfArena arena;
static KfDiff diff;

static void build(void)
{
    kf_arena_init(&arena);
}

static void end(void)
{
    kf_arena_finish(&arena);
}

TestSuite(diff, .init = build, .fini = end);

static KfStatus body(void *ctx)
{
    Run *run = ctx;
    KfBook *x = make_book(run->arena, &(MadeSheet){ "Ark1", run->before }, 1);
    KfBook *y = make_book(run->arena, &(MadeSheet){ "Ark1", run->after }, 1);
    KfModel *models = kf_arena_array(run->arena, 2, sizeof *models);

    y->is_untyped = run->untyped;
    kf_model_read(run->arena, x, &models[0]);
    kf_model_read(run->arena, y, &models[1]);
    kf_diff(run->arena, (KfDiffSide){ x, &models[0] }, (KfDiffSide){ y, &models[1] },
            &(KfDiffOptions){ run->tolerance }, run->out);
    return KF_OK;
}

static void compare_with(const char *before, const char *after, KfOere tolerance, bool untyped)
{
    Run run = { .before = before, .after = after, .tolerance = tolerance, .untyped = untyped };

    run.arena = &arena;
    run.out = &diff;
    cr_assert_eq(kf_arena_run(&arena, body, &run), KF_OK);
}

static void compare(const char *before, const char *after)
{
    compare_with(before, after, 0, false);
}

static const KfDifference *only(KfDiffKind kind)
{
    cr_assert_eq(diff.count, 1, "%zu differences, the first %s", diff.count,
                 diff.count ? kf_diff_key(diff.items[0].kind) : "");
    cr_assert_eq(diff.items[0].kind, kind, "%s", kf_diff_key(diff.items[0].kind));
    return &diff.items[0];
}

static void assert_text(KfText text, const char *expected)
{
    cr_assert(kf_text_eq(text, kf_text(expected)), "'%.*s'", (int)text.len, text.ptr);
}

Test(diff, equal_books_have_none)
{
    compare(HEAD ITEMS OTHER FOOT, HEAD ITEMS OTHER FOOT);
    cr_assert_eq(diff.count, 0);
    cr_assert_eq(diff.matched_cases, 1);
}

Test(diff, an_amount_is_told_with_its_place)
{
    const KfDifference *one;

    compare(HEAD ITEMS OTHER FOOT, HEAD "Sygedagpenge|100|250\nKontanthjælp|300|400\n" OTHER FOOT);
    one = only(KF_DIFF_VALUE);
    assert_text(one->citizen, "Borger 1");
    assert_text(one->period, "7-12");
    assert_text(one->label, "Sygedagpenge");
    cr_assert_eq(one->before.amount, 20000);
    cr_assert_eq(one->after.amount, 25000);
}

Test(diff, an_inserted_item_is_one_difference)
{
    const KfDifference *one;

    compare(HEAD ITEMS OTHER FOOT, HEAD "Sygedagpenge|100|200\nBostøtte|20|30\n"
                                        "Kontanthjælp|300|400\n" OTHER FOOT);
    one = only(KF_DIFF_ITEM_ADDED);
    cr_assert_eq(one->after.amount, 5000);
    cr_assert_not(one->has_before);
    compare(HEAD ITEMS OTHER FOOT, HEAD "Kontanthjælp|300|400\n" OTHER FOOT);
    only(KF_DIFF_ITEM_REMOVED);
}

Test(diff, a_moved_item_is_moved)
{
    compare(HEAD ITEMS OTHER FOOT, HEAD ITEMS "Øvrige ydelser\nMentor|7|8\nTransport|5|6\n" FOOT);
    only(KF_DIFF_ITEM_MOVED);
    compare(HEAD ITEMS OTHER FOOT, HEAD ITEMS "Transport|5|6\nØvrige ydelser\nMentor|7|8\n" FOOT);
    cr_assert_eq(diff.by_kind[KF_DIFF_ITEM_MOVED], 1);
}

Test(diff, equal_amounts_under_another_label_are_renamed)
{
    const KfDifference *one;

    compare(HEAD ITEMS OTHER FOOT, HEAD "Dagpenge|100|200\nKontanthjælp|300|400\n" OTHER FOOT);
    one = only(KF_DIFF_LABEL);
    assert_text(one->before.text, "Sygedagpenge");
    assert_text(one->after.text, "Dagpenge");
}

Test(diff, a_heading_that_changed_is_said)
{
    compare(HEAD ITEMS OTHER FOOT,
            "Borger 1\nFaktisk forløb\n|0-6 mdr|7-11 mdr\nForsørgelsesgrundlag\n" ITEMS OTHER FOOT);
    only(KF_DIFF_PERIOD_HEADING);
}

Test(diff, text_for_a_number_is_no_other_amount)
{
    compare(HEAD ITEMS OTHER FOOT, HEAD "Sygedagpenge|'100|200\nKontanthjælp|300|400\n" OTHER FOOT);
    only(KF_DIFF_TYPE);
    compare_with(HEAD ITEMS OTHER FOOT,
                 HEAD "Sygedagpenge|'100|200\nKontanthjælp|300|400\n" OTHER FOOT, 0, true);
    cr_assert_eq(diff.count, 0);
}

Test(diff, tolerance_counts_and_leaves_out)
{
    compare_with(HEAD ITEMS OTHER FOOT,
                 HEAD "Sygedagpenge|101|200\nKontanthjælp|300|402\n" OTHER FOOT, 100, false);
    only(KF_DIFF_VALUE);
    cr_assert_eq(diff.within_tolerance, 1);
}

Test(diff, a_formula_around_an_inserted_row_is_the_same)
{
    compare(HEAD ITEMS "Bemærkning|=B5+B6|=SUM(B5:B6)\n",
            HEAD "Sygedagpenge|100|200\nBostøtte|20|30\nKontanthjælp|300|400\n"
                 "Bemærkning|=B5+B7|=SUM(B5:B7)\n");
    cr_assert_eq(diff.by_kind[KF_DIFF_FORMULA], 0);
    compare(HEAD ITEMS "Bemærkning|=B5+B6|=SUM(B5:B6)\n",
            HEAD ITEMS "Bemærkning|=B5+B6|=SUM(B6:B6)\n");
    cr_assert_eq(diff.by_kind[KF_DIFF_FORMULA], 1);
}

Test(diff, cells_outside_the_tables_are_compared)
{
    const KfDifference *one;

    compare("Note|x\n" HEAD ITEMS OTHER FOOT, "Note|y\n" HEAD ITEMS OTHER FOOT);
    one = only(KF_DIFF_CELL);
    assert_text(one->before.text, "x");
    assert_text(one->after.text, "y");
    compare(HEAD ITEMS OTHER FOOT, "Ny øverste linje|1\n" HEAD ITEMS OTHER FOOT);
    one = only(KF_DIFF_ROW_ADDED);
    assert_text(one->after.text, "Ny øverste linje | 1");
}

Test(diff, a_number_is_the_same_however_its_file_writes_it)
{
    compare("Andel|0.1\nSats|572203.8\n",
            "Andel|0.10000000000000001\nSats|572203.800000000000011\n");
    cr_assert_eq(diff.count, 0);
    compare("Andel|0.1\n", "Andel|0.1000001\n");
    cr_assert_eq(diff.by_kind[KF_DIFF_CELL], 1);
}

Test(diff, an_inserted_column_is_no_difference)
{
    compare("Navn|Alder|By\nOle|40|Aarhus\nIda|50|Randers\n",
            "Navn||Alder|By\nOle||40|Aarhus\nIda||50|Randers\n");
    cr_assert_eq(diff.count, 0);
}

Test(diff, citizens_come_and_go)
{
    static const char two[] = HEAD ITEMS OTHER FOOT
        "\n\n\n\n\n\n\n\nBorger 2\nFaktisk forløb\n|0-6 mdr|7-12 mdr\nForsørgelsesgrundlag\n"
        "SU|1|2\nUdgift for staten|1|2\nUdgift i alt|1|2\n";

    compare(HEAD ITEMS OTHER FOOT, two);
    cr_assert_eq(diff.by_kind[KF_DIFF_CASE_ADDED], 1);
    compare(two, HEAD ITEMS OTHER FOOT);
    cr_assert_eq(diff.by_kind[KF_DIFF_CASE_REMOVED], 1);
    cr_assert_eq(diff.by_kind[KF_DIFF_VALUE], 0);
}

Test(diff, our_own_sheet_is_left_out)
{
    compare(KF_OUR_TITLE_DA "\nEt|2\n", KF_OUR_TITLE_DA "\nTo|3\n");
    cr_assert_eq(diff.count, 0);
    cr_assert(diff.ours_left_out);
}
