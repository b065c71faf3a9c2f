#include <criterion/criterion.h>

#include "check/finding_list.h"

static KfArena arena;
static KfFindingList list;
static KfGrid sheets[2];
static KfBook book = { .sheets = sheets, .sheet_count = 2 };

static void build(void)
{
    kf_arena_init(&arena);
    sheets[1].name = KF_TEXT("Borger 2");
    list = (KfFindingList){ .arena = &arena, .book = &book };
}

static void end(void)
{
    kf_arena_finish(&arena);
}

TestSuite(finding_list, .init = build, .fini = end);

static void run(KfStatus (*body)(void *ctx))
{
    cr_assert_eq(kf_arena_run(&arena, body, NULL), KF_OK);
}

static void add(size_t case_index, int course, uint32_t row, uint32_t root)
{
    KfFinding *finding = kf_finding_add(&list, KF_FINDING_TOTAL_ITEMS, KF_ERROR, KF_ACTION_CORRECT);

    finding->case_index = case_index;
    finding->course = course;
    finding->has_cell = true;
    finding->cell = (KfRef){ 0, row, 0 };
    finding->root = root;
}

static void expect_rows(const uint32_t *rows, size_t count)
{
    cr_assert_eq(list.count, count);
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(list.items[i].cell.row, rows[i], "%zu: row %u", i, list.items[i].cell.row);
        cr_assert_eq(list.items[i].id, i + 1);
    }
}

static KfStatus order_by_place(void *ctx)
{
    (void)ctx;
    add(1, KF_ACTUAL, 1, 0);
    add(0, KF_COUNTERFACTUAL, 2, 0);
    add(0, KF_ACTUAL, 9, 0);
    add(0, KF_ACTUAL, 3, 0);
    add(KF_NO_INDEX, -1, 7, 0);
    kf_findings_order(&list);
    expect_rows((const uint32_t[]){ 7, 3, 9, 2, 1 }, 5);
    return KF_OK;
}

Test(finding_list, orders_file_then_case_then_course_then_cell)
{
    run(order_by_place);
}

static KfStatus order_consequences(void *ctx)
{
    (void)ctx;
    add(0, KF_ACTUAL, 8, 0);
    add(0, KF_ACTUAL, 2, 1);
    add(0, KF_ACTUAL, 5, 0);
    add(0, KF_ACTUAL, 9, 3);
    add(0, KF_ACTUAL, 1, 3);
    kf_findings_order(&list);
    expect_rows((const uint32_t[]){ 5, 1, 9, 8, 2 }, 5);
    cr_assert_eq(list.items[0].root, 0);
    cr_assert_eq(list.items[1].root, 1);
    cr_assert_eq(list.items[2].root, 1);
    cr_assert_eq(list.items[4].root, 4);
    return KF_OK;
}

Test(finding_list, puts_what_follows_behind_its_root_and_renumbers_it)
{
    run(order_consequences);
}

static KfStatus order_two_at_one_cell(void *ctx)
{
    (void)ctx;
    add(0, KF_ACTUAL, 4, 0);
    add(0, KF_ACTUAL, 4, 0);
    add(0, KF_ACTUAL, 6, 2);
    list.items[0].payer = KF_STATE;
    kf_findings_order(&list);
    expect_rows((const uint32_t[]){ 4, 4, 6 }, 3);
    cr_assert_eq(list.items[0].payer, KF_STATE);
    cr_assert_eq(list.items[2].root, 2);
    return KF_OK;
}

Test(finding_list, keeps_two_findings_at_one_cell_apart)
{
    run(order_two_at_one_cell);
}

static KfStatus order_nothing(void *ctx)
{
    (void)ctx;
    kf_findings_order(&list);
    cr_assert_eq(list.count, 0);
    return KF_OK;
}

Test(finding_list, orders_an_empty_list)
{
    run(order_nothing);
}

static void expect_text(KfText text, const char *expected)
{
    cr_assert(kf_text_eq(text, kf_text(expected)), "%.*s", (int)text.len, text.ptr);
}

static KfStatus say_two_sentences(void *ctx)
{
    KfFinding *finding = kf_finding_add(&list, KF_FINDING_TOTAL_ITEMS, KF_ERROR, KF_ACTION_CORRECT);
    KfArg args[] = { kf_arg_amount(&list, 421050), kf_arg_amount(&list, -9000) };

    (void)ctx;
    kf_say(&list, finding, KF_SAY_TOTAL_ITEMS, args, 2);
    kf_say(&list, finding, KF_SAY_SLIP_SWAP, NULL, 0);
    expect_text(finding->message[KF_LANG_DA],
                "Ydelserne giver 4.210,50; forskellen er -90. To nabocifre er byttet om.");
    expect_text(finding->message[KF_LANG_EN], "The items give 4,210.50; the difference is -90. "
                                              "Two neighbouring digits are swapped.");
    return KF_OK;
}

Test(finding_list, says_one_sentence_after_another_in_both_languages)
{
    run(say_two_sentences);
}

static KfStatus make_args(void *ctx)
{
    (void)ctx;
    expect_text(kf_arg_halves(&list, 9).text[KF_LANG_DA], "4,5");
    expect_text(kf_arg_halves(&list, 9).text[KF_LANG_EN], "4.5");
    expect_text(kf_arg_halves(&list, 8).text[KF_LANG_DA], "4");
    expect_text(kf_arg_cell(&list, (KfRef){ 0, 29, 3 }, 0).text[KF_LANG_DA], "D30");
    expect_text(kf_arg_cell(&list, (KfRef){ 1, 29, 3 }, 0).text[KF_LANG_DA], "'Borger 2'!D30");
    expect_text(kf_arg_payer(KF_STATE).text[KF_LANG_EN], "the state");
    return KF_OK;
}

Test(finding_list, writes_halves_cells_and_payers)
{
    run(make_args);
}
