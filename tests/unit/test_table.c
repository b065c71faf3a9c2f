#include <criterion/criterion.h>

#include "book_maker.h"
#include "kf/extract.h"

typedef struct {
    KfArena arena;
    const char *rows;
    void (*look)(const KfModel *model, const KfCourse *course);
} Read;

static KfStatus read_table(void *ctx)
{
    Read *read = ctx;
    const MadeSheet sheet = { "Borger 1", read->rows };
    KfModel model;

    kf_extract(&read->arena, make_book(&read->arena, &sheet, 1), &model);
    cr_assert_eq(model.case_count, 1);
    read->look(&model, &model.cases[0].courses[KF_ACTUAL]);
    return KF_OK;
}

static void read(const char *rows, void (*look)(const KfModel *model, const KfCourse *course))
{
    Read run = { .rows = rows, .look = look };

    kf_arena_init(&run.arena);
    cr_assert_eq(kf_arena_run(&run.arena, read_table, &run), KF_OK);
    kf_arena_finish(&run.arena);
}

static void expect_text(KfText text, const char *expected)
{
    cr_assert(kf_text_eq(text, kf_text(expected)), "'%.*s' is not '%s'", (int)text.len, text.ptr,
              expected);
}

#define HEAD "Faktisk forløb|0-6 mdr|7-12 mdr\n"

static void look_at_thousands(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->unit, 100000);
    cr_assert_eq(course->items[0].amounts[0].value, 9280000);
    cr_assert_eq(course->items[0].amounts[0].range.hi, 9280500);
    cr_assert_eq(course->totals[1].value, 300000);
}

Test(table, reads_thousands_where_the_heading_says_so)
{
    read("Alle beløb i t.kr.\n" HEAD "Mentor|92.8|3\nUdgift i alt|92.8|3\n", look_at_thousands);
    read("Alle beløb i 1.000 kr.\n" HEAD "Mentor|92.8|3\nUdgift i alt|92.8|3\n", look_at_thousands);
}

static void look_at_parts(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->item_count, 3);
    cr_assert_not(course->items[0].is_part);
    cr_assert(course->items[1].is_part);
    cr_assert_not(course->items[2].is_part);
}

Test(table, marks_a_heraf_row_as_part_of_the_one_above)
{
    read(HEAD "Bostøtte|1000|2000\nheraf nat|400|500\nMentor|1|2\nUdgift i alt|1001|2002\n",
         look_at_parts);
}

static void look_at_subtotals(const KfModel *model, const KfCourse *course)
{
    cr_assert_eq(course->item_count, 2);
    cr_assert_eq(model->unplaced_count, 0);
    expect_text(course->items[0].section, "Enkeltydelser");
    expect_text(course->items[1].section, "Øvrige ydelser");
    cr_assert_eq(course->totals[0].value, 100100);
}

Test(table, leaves_subtotals_of_sections_out)
{
    read(HEAD "Enkeltydelser\nBostøtte|1000|2000\nEnkeltydelser i alt|1000|2000\n"
              "Øvrige ydelser\nMentor|1|2\nØvrige ydelser i alt|1|2\nUdgift i alt|1001|2002\n",
         look_at_subtotals);
}

static void look_at_totals(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->payers[KF_STATE][1].value, 20000);
    cr_assert_eq(course->payer_totals[KF_STATE].value, 30000);
    cr_assert_eq(course->case_total.value, 30000);
    expect_text(course->payer_total_labels[KF_STATE].text, "Udgift for staten i alt");
    cr_assert_eq(course->range.last_row, 5);
}

Test(table, tells_a_payer_row_from_the_payers_total)
{
    read(HEAD "SU|100|200\nUdgift for staten|100|200\nUdgift i alt|100|200\n"
              "Udgift for staten i alt|300\nSamlet totaludgift|300\n",
         look_at_totals);
}

static void look_at_columns(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->items[0].parts[KF_STATE].value, 30000);
    cr_assert_eq(course->items[0].total.value, 30000);
    cr_assert_eq(course->items[0].parts[KF_REGION].state, KF_FIGURE_NONE);
    cr_assert_eq(course->payer_totals[KF_STATE].value, 30000);
    cr_assert_eq(course->case_total.value, 30000);
    cr_assert_eq(course->range.last_col, 5);
}

Test(table, reads_payers_as_columns_at_the_right)
{
    read("Faktisk forløb|0-6 mdr|7-12 mdr|Kommune|Stat|I alt\nSU|100|200|0|300|300\n"
         "Udgift i alt|100|200|0|300|300\n",
         look_at_columns);
}

static void look_at_blank(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->item_count, 3);
    expect_text(course->items[1].label.text, "Mentor");
    cr_assert_eq(course->items[1].amounts[0].state, KF_FIGURE_BLANK);
    expect_text(course->items[1].section, "");
}

Test(table, keeps_a_benefit_whose_amounts_are_blank)
{
    read(HEAD "Bostøtte|1000|2000\nMentor\nSU|1|2\nUdgift i alt|1001|2002\n", look_at_blank);
}

static void look_at_unlabelled(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->item_count, 2);
    cr_assert_eq(course->items[1].label.text.len, 0);
    cr_assert_eq(course->items[1].amounts[1].value, 500);
}

Test(table, counts_an_amount_without_a_label_but_no_row_of_zeros)
{
    read(HEAD "Bostøtte|1000|2000\n|0|0\n|0|5\nUdgift i alt|1000|2005\n", look_at_unlabelled);
}

static void look_at_notes(const KfModel *model, const KfCourse *course)
{
    (void)course;
    cr_assert_eq(model->unplaced_count, 2);
    expect_text(model->unplaced[0].text, "Note om sagen");
    expect_text(model->unplaced[1].text, "Nettogevinst");
}

Test(table, notes_what_it_cannot_place_below_the_totals)
{
    read(HEAD "Bostøtte|1000|2000\nUdgift i alt|1000|2000\nNote om sagen\nNettogevinst|5|6\n",
         look_at_notes);
}

static void look_at_separators(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->items[0].amounts[0].value, 123400);
    cr_assert_eq(course->items[0].amounts[1].value, 100050);
}

Test(table, reads_a_lone_point_as_the_other_amounts_show)
{
    read(HEAD "Bostøtte|'1.234|'1.000,50\nUdgift i alt|'1.234|'1.000,50\n", look_at_separators);
    read(HEAD "Bostøtte|'1,234|'1,000.50\nUdgift i alt|'1,234|'1,000.50\n", look_at_separators);
}
