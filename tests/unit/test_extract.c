#include <criterion/criterion.h>

#include "book_maker.h"
#include "kf/extract.h"
#include "extract/words.h"
#include "kf/edit.h"

typedef struct {
    KfArena *arena;
    const MadeSheet *sheets;
    size_t count;
    void (*look)(const KfModel *model);
} Read;

static KfStatus read_book(void *ctx)
{
    const Read *read = ctx;
    KfModel model;

    kf_extract(read->arena, make_book(read->arena, read->sheets, read->count), &model);
    read->look(&model);
    return KF_OK;
}

static void extract(const MadeSheet *sheets, size_t count, void (*look)(const KfModel *model))
{
    KfArena arena;
    Read read = { &arena, sheets, count, look };

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, read_book, &read), KF_OK);
    kf_arena_finish(&arena);
}

static void assert_text(KfText text, const char *expected)
{
    cr_assert(kf_text_eq(text, kf_text(expected)), "'%.*s' is not '%s'", (int)text.len, text.ptr,
              expected);
}

static void look_side_by_side(const KfModel *model)
{
    const KfCourse *actual, *other;

    cr_assert_eq(model->case_count, 2);
    assert_text(model->cases[0].citizen, "Borger 1");
    assert_text(model->cases[1].citizen, "Borger 2");
    actual = &model->cases[0].courses[KF_ACTUAL];
    other = &model->cases[0].courses[KF_COUNTERFACTUAL];
    cr_assert(model->cases[0].has[KF_ACTUAL] && model->cases[0].has[KF_COUNTERFACTUAL]);
    cr_assert_eq(actual->period_count, 2);
    cr_assert_eq(actual->item_count, 2);
    assert_text(actual->items[0].section, "Forsørgelsesgrundlag");
    assert_text(actual->items[1].section, "Øvrige ydelser");
    cr_assert_eq(actual->items[1].amounts[0].value, 536450);
    cr_assert_eq(actual->items[1].amounts[1].state, KF_FIGURE_BLANK);
    cr_assert_eq(actual->payers[KF_STATE][1].value, 20000);
    cr_assert_eq(actual->totals[0].value, 1000000);
    cr_assert_eq(actual->payer_totals[KF_REGION].value, 1100);
    cr_assert_eq(actual->case_total.value, 999900);
    assert_text(other->periods[1].label.text, "7-11 mdr");
    cr_assert_eq(other->item_count, 1);
    assert_text(other->items[0].label.text, "Kontanthjælp");
    cr_assert_eq(other->payer_totals[KF_REGION].value, 700);
    cr_assert_eq(other->case_total.value, 500);
    cr_assert_eq(model->cases[1].courses[KF_ACTUAL].items[0].amounts[1].value, 200);
}

Test(extract, reads_courses_side_by_side_one_citizen_under_another)
{
    const MadeSheet sheet = {
        "Ark1",
        "Opgørelse 2013\n"
        "|Borger 1\n"
        "|Faktisk forløb||||Kontrafaktisk forløb\n"
        "||0-6 mdr|7-12 mdr|||0-6 mdr|7-11 mdr\n"
        "|Forsørgelsesgrundlag||||Forsørgelsesgrundlag\n"
        "|Sygedagpenge|80100|100||Kontanthjælp|50|60\n"
        "|Enkeltydelser||||Enkeltydelser\n"
        "||0|0|||0|0\n"
        "|Øvrige ydelser||||Øvrige ydelser\n"
        "|Sagsbehandler|5364.5\n"
        "|Udgifter, øvrige aktører||||Udgifter, øvrige aktører\n"
        "|Udgift for kommunen|1|2||Udgift for kommunen|1|2\n"
        "|Udgift for staten|100|200||Udgift for staten|1|2\n"
        "|Udgift for regionen|0|0||Udgift for regionen|1|2\n"
        "|Udgift, øvrige aktører|0|0||Udgift for øvrige aktører|0|0\n"
        "|Udgift i alt|10000|1||Udgift i alt|1|2\n"
        "|Udgift for kommunen i alt|3|||Udgift for kommunen i alt|3\n"
        "|Udgift for regionen i alt|11|||Udgift i regionen|7\n"
        "|Samlet totaludgift|9999|||Samlet totaludgift|5\n"
        "\n"
        "|Borger 2\n"
        "|Faktisk forløb\n"
        "||0-6 mdr|7-12 mdr\n"
        "|SU|1|2\n"
        "|Udgift i alt|1|2\n",
    };

    extract(&sheet, 1, look_side_by_side);
}

static void look_stacked(const KfModel *model)
{
    cr_assert_eq(model->case_count, 1);
    assert_text(model->cases[0].citizen, "Borger A");
    cr_assert_eq(model->cases[0].courses[KF_ACTUAL].items[0].amounts[0].value, 1100);
    cr_assert_eq(model->cases[0].courses[KF_COUNTERFACTUAL].items[0].amounts[0].value, 2200);
}

Test(extract, reads_one_course_above_the_other)
{
    const MadeSheet sheet = { "Ark1",
                              "Borger A\nFaktisk forløb\n|0-6 mdr|7-12 mdr\nSU|11|1\n"
                              "Udgift i alt|11|1\n\nKontrafaktisk forløb\n|0-6 mdr|7-12 mdr\n"
                              "SU|22|2\nUdgift i alt|22|2\n" };

    extract(&sheet, 1, look_stacked);
}

Test(extract, reads_a_sheet_for_each_course)
{
    const MadeSheet sheets[] = {
        { "Borger A faktisk", "|0-6 mdr|7-12 mdr\nSU|11|1\nUdgift i alt|11|1\n" },
        { "Borger A - kontrafaktisk", "|0-6 mdr|7-12 mdr\nSU|22|2\nUdgift i alt|22|2\n" },
    };

    extract(sheets, 2, look_stacked);
}

static void look_right(const KfModel *model)
{
    const KfCourse *course = &model->cases[0].courses[KF_ACTUAL];

    cr_assert_eq(model->case_count, 1);
    cr_assert_eq(course->item_count, 2);
    cr_assert_null(course->payers[KF_STATE]);
    cr_assert_eq(course->items[0].parts[KF_STATE].value, 300);
    cr_assert_eq(course->items[1].parts[KF_MUNICIPALITY].value, 700);
    cr_assert_eq(course->items[1].total.value, 700);
    cr_assert_eq(course->totals[1].value, 600);
    cr_assert_eq(course->payer_totals[KF_STATE].value, 300);
    cr_assert_eq(course->case_total.value, 1000);
}

Test(extract, reads_payers_as_columns)
{
    const MadeSheet sheet = { "Sag 7", "Faktisk forløb|0-6 mdr|7-12 mdr|Kommune|Stat|I alt\n"
                                       "SU|1|2||3|3\nBostøtte|3|4|7||7\nI alt|4|6|7|3|10\n" };

    extract(&sheet, 1, look_right);
}

static void look_none(const KfModel *model)
{
    cr_assert_eq(model->case_count, 0);
}

Test(extract, invents_no_case_in_ordinary_tables)
{
    const MadeSheet sheets[] = {
        { "Budget", "Post|2019|2020\nLøn|1|2\nI alt|1|2\n" },
        { "Aldre", "|0-6 år|7-12 år\nBørn|1|2\nI alt|1|2\n" },
        { "Skema", "Uge|1-2|3-4\nDansk|1|2\n" },
    };

    extract(sheets, 3, look_none);
}

static void look_dated(const KfModel *model)
{
    cr_assert_eq(model->stated_date, kf_date(2013, 9, 1));
}

Test(extract, finds_the_date_of_the_calculation)
{
    const MadeSheet beside = { "Ark1", "Beregningsdato:||01-09-2013\n" };
    const MadeSheet within = { "Ark1",
                               "Alle beløb er opgjort pr. 1. 9-2013\nOpgjort pr. 01-09-2013\n" };

    extract(&beside, 1, look_dated);
    extract(&within, 1, look_dated);
}

Test(words, tell_payers_from_sections_and_benefits)
{
    cr_assert_eq(kf_label_role(KF_TEXT("Udgift, øvrige aktører i alt")).payer, KF_OTHER);
    cr_assert(kf_label_role(KF_TEXT("Udgift, øvrige aktører i alt")).summed);
    cr_assert_eq(kf_label_role(KF_TEXT("- heraf stat")).payer, KF_STATE);
    cr_assert_eq(kf_label_role(KF_TEXT("Udgift for kommunnen")).role, KF_ROLE_PAYER);
    cr_assert_eq(kf_label_role(KF_TEXT("Øvrige ydelser")).role, KF_ROLE_SECTION);
    cr_assert_eq(kf_label_role(KF_TEXT("Ydelser i alt")).role, KF_ROLE_SUBTOTAL);
    cr_assert_eq(kf_label_role(KF_TEXT("Kommunal tandpleje")).role, KF_ROLE_OTHER);
    cr_assert_eq(kf_label_role(KF_TEXT("Stat og kommune")).role, KF_ROLE_OTHER);
    cr_assert(kf_label_role(KF_TEXT("Samlet totaludgift")).grand);
}

Test(words, name_courses_and_citizens)
{
    cr_assert_eq(kf_course_named(KF_TEXT("KONTRAFAKTISK forløb")), KF_COUNTERFACTUAL);
    cr_assert_eq(kf_course_named(KF_TEXT("Faktisk forløb:")), KF_ACTUAL);
    cr_assert_eq(kf_course_named(KF_TEXT("Øvrige ydelser")), -1);
    assert_text(kf_citizen_named(KF_TEXT("Borger 1 – faktisk forløb")), "Borger 1");
    assert_text(kf_citizen_named(KF_TEXT("Sag nr. 12")), "Sag nr. 12");
    cr_assert_eq(kf_citizen_named(KF_TEXT("Sagsbehandlertimer i FS")).len, 0);
    cr_assert_eq(kf_citizen_named(KF_TEXT("Borger")).len, 0);
}

/* ---- forms --------------------------------------------------------------------- */

static void look_blank(const KfModel *model)
{
    cr_assert_eq(model->case_count, 0);
    cr_assert_eq(model->blank_count, 2);
    cr_assert_eq(kf_model_status(model), KF_CASES_BLANK);
}

Test(extract, a_form_that_is_not_filled_in_is_no_case)
{
    static const MadeSheet sheet = { "Borger 1",
                                     "Faktisk forløb|0-6 mdr|7-12 mdr||Kontrafaktisk forløb|0-6 "
                                     "mdr|7-12 mdr\n"
                                     "Enkeltydelser||||Enkeltydelser||\n\n\n"
                                     "Udgift i alt|=SUM(B2:B4)~0|=SUM(C2:C4)~0||Udgift i "
                                     "alt|=SUM(F2:F4)~0|=SUM(G2:G4)~0\n" };

    extract(&sheet, 1, look_blank);
}

static void look_one_blank(const KfModel *model)
{
    cr_assert_eq(model->case_count, 1);
    cr_assert(model->cases[0].has[KF_ACTUAL]);
    cr_assert_not(model->cases[0].has[KF_COUNTERFACTUAL]);
    cr_assert_eq(model->blank_count, 1);
    cr_assert_eq(kf_model_status(model), KF_OK);
}

Test(extract, typed_zeros_are_filled_in)
{
    static const MadeSheet sheet = { "Borger 1",
                                     "Faktisk forløb|0-6 mdr|7-12 mdr||Kontrafaktisk forløb|0-6 "
                                     "mdr|7-12 mdr\n"
                                     "Mentor|0|0||||\n"
                                     "Udgift i alt|=B2~0|=C2~0||Udgift i alt|=F2~0|=G2~0\n" };

    extract(&sheet, 1, look_one_blank);
}

static void look_across_blank_rows(const KfModel *model)
{
    cr_assert_eq(model->case_count, 1);
    cr_assert_eq(model->cases[0].courses[KF_ACTUAL].totals[1].value, 20000);
    cr_assert_eq(model->unplaced_count, 0);
}

Test(extract, a_form_goes_on_across_its_blank_rows)
{
    static const MadeSheet sheet = { "Borger 1", "Faktisk forløb|0-6 mdr|7-12 mdr\n"
                                                 "Mentor|100|200\n\n\n\n\n\n\n\n\n\n"
                                                 "Udgift i alt|100|200\n"
                                                 "\n\n\n\n\n\n\n\n"
                                                 "Se også bilag 3||\n" };

    extract(&sheet, 1, look_across_blank_rows);
}

static void look_no_cases(const KfModel *model)
{
    cr_assert_eq(kf_model_status(model), KF_NO_CASES);
}

Test(extract, a_sheet_that_helps_a_form_is_not_read)
{
    static const MadeSheet sheet = { "Fordeling", "Hvem der betaler" KF_AID_TITLE_END "\n"
                                                  "Faktisk forløb|0-6 mdr|7-12 mdr\n"
                                                  "Mentor|100|200\nUdgift i alt|100|200\n" };

    extract(&sheet, 1, look_no_cases);
}
