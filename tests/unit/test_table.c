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
    read("Alle tal er i hele tusinde kroner\n" HEAD "Mentor|92.8|3\nUdgift i alt|92.8|3\n",
         look_at_thousands);
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

/* One line about the course: sections in brackets, then its rows and first amounts. */
static void outline(const KfCourse *course, KfBuf *out)
{
    static const char *const memos[] = { "section", "subtotal", "memo" };
    size_t memo = 0;

    for (size_t i = 0; i <= course->item_count; i++) {
        for (; memo < course->memo_count && course->memos[memo].before_item <= i; memo++) {
            const KfMemo *passed = &course->memos[memo];

            kf_buf_str(out, memos[passed->kind]);
            kf_buf_char(out, ' ');
            kf_buf_text(out, passed->label.text);
            kf_buf_str(out, passed->amounts ? " #; " : "; ");
        }
        if (i == course->item_count)
            break;
        kf_buf_str(out, course->items[i].is_part ? "part " : "item ");
        kf_buf_text(out, course->items[i].label.text);
        kf_buf_char(out, ' ');
        kf_buf_amount_xml(out, course->items[i].amounts[0].value);
        kf_buf_str(out, "; ");
    }
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (!course->payers[k])
            continue;
        kf_buf_str(out, kf_payer_key((KfPayer)k));
        kf_buf_char(out, ' ');
        kf_buf_amount_xml(out, course->payers[k][0].value);
        kf_buf_str(out, "; ");
    }
    if (course->totals) {
        kf_buf_str(out, "total ");
        kf_buf_amount_xml(out, course->totals[0].value);
    }
}

static const char *expected_outline;

static void look_at_outline(const KfModel *model, const KfCourse *course)
{
    KfBuf out = { 0 };

    (void)model;
    outline(course, &out);
    expect_text(kf_buf_view(&out), expected_outline);
    kf_buf_free(&out);
}

static void expect_rows(const char *rows, const char *expected)
{
    expected_outline = expected;
    read(rows, look_at_outline);
}

Test(table, keeps_sections_without_benefits)
{
    expect_rows(HEAD "Forsørgelsesgrundlag\nSU|1|2\nEnkeltydelser\n|0|0\nØvrige ydelser\n"
                     "Udgift i alt|1|2\n",
                "section Forsørgelsesgrundlag; item SU 1; section Enkeltydelser #; "
                "section Øvrige ydelser; total 1");
}

Test(table, keeps_subtotals_apart_from_totals)
{
    expect_rows(HEAD "Behandling:\nPsykolog|1|2\nBehandling i alt|1|2\nBolig:\nBotilbud|3|4\n"
                     "Bolig, i alt|3|4\nUdgift i alt|4|6\n",
                "section Behandling:; item Psykolog 1; subtotal Behandling i alt #; "
                "section Bolig:; item Botilbud 3; subtotal Bolig, i alt #; total 4");
    expect_rows(HEAD "Enkeltydelser\nPsykolog|1|2\nI alt|1|2\nØvrige ydelser\nBotilbud|3|4\n"
                     "I alt|3|4\nUdgift i alt|4|6\n",
                "section Enkeltydelser; item Psykolog 1; subtotal I alt #; "
                "section Øvrige ydelser; item Botilbud 3; subtotal I alt #; total 4");
    expect_rows(HEAD "Enkeltydelser|3|4\nPsykolog|1|2\nBriller|2|2\nUdgift i alt|3|4\n",
                "section Enkeltydelser; subtotal Enkeltydelser #; item Psykolog 1; "
                "item Briller 2; total 3");
    expect_rows(HEAD "Psykolog|1|2\nBriller|2|2\n|3|4\nUdgift i alt|3|4\n",
                "item Psykolog 1; item Briller 2; subtotal  #; total 3");
}

Test(table, tells_the_sum_of_a_payers_section_from_the_payers_total)
{
    expect_rows(HEAD "Udgifter, øvrige aktører\nLegat|1|2\nØvrige aktører i alt|1|2\n"
                     "Udgift, øvrige aktører|1|2\nUdgift i alt|1|2\n",
                "section Udgifter, øvrige aktører; item Legat 1; "
                "subtotal Øvrige aktører i alt #; other 1; total 1");
    expect_rows(HEAD "SU|5|5\nUdgifter, øvrige aktører|0|0\nUdgift for staten|5|5\n"
                     "Udgift, øvrige aktører|0|0\nUdgift i alt|5|5\n",
                "item SU 5; item Udgifter, øvrige aktører 0; state 5; other 0; total 5");
}

Test(table, takes_a_sum_of_all_benefits_for_the_total_when_there_is_no_other)
{
    expect_rows(HEAD "SU|1|2\nMentor|1|2\nYdelser i alt|2|4\n",
                "item SU 1; item Mentor 1; total 2");
}

Test(table, adds_no_total_that_is_marked_as_no_sum)
{
    expect_rows(HEAD "SU|1|2\nMentor|1|2\nI alt (ikke en sum)|9|9\nUdgift i alt|2|4\n",
                "item SU 1; item Mentor 1; memo I alt (ikke en sum) #; total 2");
}

Test(table, reads_heraf_rows_by_what_stands_above)
{
    expect_rows(HEAD "Bostøtte|10|20\n- heraf kommune|4|5\nUdgift i alt|10|20\n"
                     "heraf kommune|6|9\nheraf stat|4|11\n",
                "item Bostøtte 10; part - heraf kommune 4; municipality 6; state 4; total 10");
    expect_rows(HEAD "Bostøtte|10|20\nherunder nat|4|5\nUdgift for kommunen|10|20\n"
                     "heraf sociale ydelser|3|3\nUdgift i alt|10|20\n",
                "item Bostøtte 10; part herunder nat 4; memo heraf sociale ydelser #; "
                "municipality 10; total 10");
}

Test(table, keeps_what_is_not_stated)
{
    expect_rows(
        HEAD "Forsørgelsesgrundlag\nLøntilskud|-|-\nMentor\nSU|1|2\n"
             "Udgift i alt|ikke opgjort|ikke opgjort\n",
        "section Forsørgelsesgrundlag; item Løntilskud 0; item Mentor 0; item SU 1; total 0");
    expect_rows(HEAD "Forsørgelsesgrundlag\nLøntilskud\nUdgift i alt|1|2\n",
                "section Forsørgelsesgrundlag; item Løntilskud 0; total 1");
}

Test(table, goes_on_over_the_end_of_a_page)
{
    expect_rows("Borger 1\n" HEAD "SU|1|2\nSide 1 af 2\n\nBorger 1\n" HEAD
                "Mentor|3|4\n- 2 -\nUdgift i alt|4|6\n",
                "item SU 1; item Mentor 3; total 4");
    expect_rows(
        HEAD "Udgifter, øvrige aktører\nLegat|1|2\nØvrige aktører i alt|1|2\nSide 1 af 2\n\n" HEAD
             "SU|3|4\n"
             "Udgift i alt|4|6\n",
        "section Udgifter, øvrige aktører; item Legat 1; subtotal Øvrige aktører i alt #; item SU "
        "3; total 4");
    expect_rows(HEAD "SU|1|2\nUdgift for staten|1|2\n|14\n" HEAD "Udgift for kommunen|0|0\n"
                     "Udgift i alt|1|2\n",
                "item SU 1; municipality 0; state 1; total 1");
}

Test(table, reads_headings_over_two_rows)
{
    expect_rows("Faktisk forløb\n|2013||2014\nYdelse|1. halvår|2. halvår|1. halvår|2. halvår\n"
                "SU|1|2|3|4\nUdgift i alt|1|2|3|4\n",
                "item SU 1; total 1");
    expect_rows("Faktisk forløb|Måned\n|0-6|7-12\n|t.kr.|t.kr.\nSU|1|2\nUdgift i alt|1|2\n",
                "item SU 1000; total 1000");
}

static void look_at_halves(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->period_count, 4);
    cr_assert_eq(course->periods[2].period.from, 13);
    cr_assert_eq(course->periods[3].period.to, 24);
}

static void look_at_years(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->period_count, 4);
    cr_assert_eq(course->periods[0].period.from, 1);
    cr_assert_eq(course->periods[3].period.to, 48);
}

Test(table, counts_halves_from_their_years)
{
    read("Faktisk forløb\n|2013||2014\nYdelse|1. halvår|2. halvår|1. halvår|2. halvår\n"
         "SU|1|2|3|4\nUdgift i alt|1|2|3|4\n",
         look_at_halves);
    read("Faktisk forløb\n|År 1||År 2\nYdelse|1. halvår|2. halvår|1. halvår|2. halvår\n"
         "SU|1|2|3|4\nUdgift i alt|1|2|3|4\n",
         look_at_halves);
    read("Faktisk forløb|1. halvår 2013|2. halvår 2013|1. halvår 2014|2. halvår 2014\n"
         "SU|1|2|3|4\nUdgift i alt|1|2|3|4\n",
         look_at_halves);
    read("Faktisk forløb|2013|2014|2015|2016\nSU|1|2|3|4\nUdgift i alt|1|2|3|4\n", look_at_years);
}

static void look_at_between(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->period_count, 4);
    cr_assert_eq(course->periods[1].period.to, 12);
    cr_assert_eq(course->periods[2].period.from, 13);
    cr_assert_eq(course->periods[3].period.to, 36);
}

Test(table, reads_years_behind_months_as_the_time_between_them)
{
    read("Faktisk forløb|0-6 mdr|7-12 mdr|1-2 år|2-3 år\nSU|1|2|3|4\nUdgift i alt|1|2|3|4\n",
         look_at_between);
}

static void look_at_months_under_years(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->period_count, 4);
    cr_assert_eq(course->periods[1].period.from, 7);
    cr_assert_eq(course->periods[2].period.from, 13);
}

Test(table, reads_months_without_a_year)
{
    read("Faktisk forløb\n|2013||2014\n|Jan-jun|Jul-dec|Jan-jun|Jul-dec\n"
         "SU|1|2|3|4\nUdgift i alt|1|2|3|4\n",
         look_at_months_under_years);
}

static void look_at_short_words(const KfModel *model, const KfCourse *course)
{
    cr_assert_eq(model->unplaced_count, 0);
    cr_assert_eq(course->item_count, 1);
    cr_assert_not_null(course->payers[KF_MUNICIPALITY]);
    cr_assert_not_null(course->payers[KF_STATE]);
    cr_assert_not_null(course->totals);
    expect_text(course->items[0].section, "ØVR. YDELSER (inkl. moms)");
}

Test(table, reads_words_cut_short)
{
    read("Fakt. forløb\n|0-6 mdr|7-12 mdr\nØVR. YDELSER (inkl. moms)\nMentor|3|4\n"
         "Udg. f. komm.|1|2\nUdg. f. staten|2|2\nUdg. i alt|3|4\n",
         look_at_short_words);
}

Test(table, reads_sections_in_a_column_of_their_own)
{
    expect_rows("Faktisk forløb||0-6 mdr|7-12 mdr\nForsørgelsesgrundlag|SU|1|2\n|Løn|1|1\n"
                "Øvrige ydelser|Mentor|3|4\n|Udgift i alt|5|7\n",
                "section Forsørgelsesgrundlag; item SU 1; item Løn 1; section Øvrige ydelser; "
                "item Mentor 3; total 5");
    expect_rows("Faktisk forløb||0-6 mdr|7-12 mdr\nUdgifter, øvrige aktører|Legat|1|2\n"
                "Øvrige ydelser|SU|3|4\n|Staten|3|4\n|Øvrige aktører|1|2\n|I alt|4|6\n",
                "section Udgifter, øvrige aktører; item Legat 1; section Øvrige ydelser; "
                "item SU 3; state 3; other 1; total 4");
}

static void look_at_right_half(const KfModel *model, const KfCourse *course)
{
    (void)course;
    course = &model->cases[0].courses[KF_COUNTERFACTUAL];
    cr_assert_eq(course->item_count, 1);
    cr_assert_eq(course->totals[0].value, 700);
}

Test(table, takes_no_label_from_the_totals_of_its_neighbour)
{
    static const char rows[] = "Faktisk forløb||||Kontrafaktisk forløb\n"
                               "|0-6 mdr|7-12 mdr|I alt||0-6 mdr|7-12 mdr|I alt\n"
                               "Mentor|1|2|3,00|SU|7|8|15,00\n"
                               "Briller|4|5|9,00\n"
                               "Udgift i alt|5|7|12,00||||\n"
                               "|||'12,00|Udgift i alt|7|8|15\n";

    read(rows, look_at_right_half);
}

static void look_at_strange_column(const KfModel *model, const KfCourse *course)
{
    cr_assert_eq(course->period_count, 2);
    cr_assert_eq(model->unplaced_count, 1);
    expect_text(model->unplaced[0].text, "Herefter");
}

Test(table, passes_over_no_column_of_amounts)
{
    read("Faktisk forløb|0-6 mdr|7-12 mdr|Herefter|Note\nMentor|3|4|5|a\nSU|1|2|3|b\n"
         "Udgift i alt|4|6|8\n",
         look_at_strange_column);
}

static void look_at_shared_headings(const KfModel *model, const KfCourse *course)
{
    (void)course;
    course = &model->cases[0].courses[KF_COUNTERFACTUAL];
    cr_assert(model->cases[0].has[KF_COUNTERFACTUAL]);
    cr_assert_eq(course->items[0].amounts[1].value, 500);
    cr_assert_eq(course->case_total.value, 900);
    cr_assert_eq(model->unplaced_count, 0);
}

Test(table, takes_headings_that_stand_once_for_every_course_below)
{
    read("Faktisk forløb|0-6 mdr|7-12 mdr|I alt\nMentor|1|2|3\nUdgift i alt|1|2|3\n\n"
         "Kontrafaktisk forløb\nMentor|4|5|9\nUdgift i alt|4|5|9\n",
         look_at_shared_headings);
}

static void look_at_table_below(const KfModel *model, const KfCourse *course)
{
    cr_assert_eq(course->range.last_row, 2);
    cr_assert_eq(model->unplaced_count, 0);
    cr_assert_eq(model->table_count, 1);
    cr_assert_eq(model->tables[0].kind, KF_TABLE_SUMMARY);
}

Test(table, ends_at_the_headings_of_another_table)
{
    read("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|1|2\nUdgift i alt|1|2\n"
         "Oversigt|Kommune|Stat|I alt\nFaktisk|3|0|3\nKontrafaktisk|5|1|6\nNettogevinst|2|1|3\n",
         look_at_table_below);
}

static void look_at_reasons(const KfModel *model, const KfCourse *course)
{
    (void)model;
    cr_assert_eq(course->periods[0].reason, KF_REASON_COLUMN);
    cr_assert_eq(course->periods[0].evidence.row, 2);
    cr_assert(course->periods[0].has_lone);
    cr_assert_eq(course->items[0].amounts[0].value, 123);
    cr_assert_eq(course->periods[1].reason, KF_REASON_COLUMN);
    cr_assert_eq(course->items[0].amounts[1].value, 123400);
}

Test(table, decides_a_lone_point_column_by_column)
{
    read(HEAD "Bostøtte|'1.234|'1.234\nMentor|'10.50|'1.000,50\nUdgift i alt|'11.73|'2.234,50\n",
         look_at_reasons);
}
