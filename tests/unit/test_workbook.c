/* New workbooks, read back by our own reader. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kf/book.h"
#include "kf/edit.h"
#include "report/workbook_writer.h"

static char path[64];
static KfError err;
static KfFile *file;

static void choose_path(void)
{
    int fd;

    strcpy(path, "/tmp/kf-book-XXXXXX");
    fd = mkstemp(path);
    cr_assert(fd >= 0);
    close(fd);
}

static void close_all(void)
{
    kf_file_close(file);
    file = NULL;
    remove(path);
}

TestSuite(workbook, .init = choose_path, .fini = close_all);

static const KfGrid *sheet(size_t index)
{
    if (!file)
        cr_assert_eq(kf_file_open(&file, path, &err), KF_OK, "%s", err.detail);
    cr_assert_lt(index, kf_file_book(file)->sheet_count);
    return &kf_file_book(file)->sheets[index];
}

static void assert_cell(size_t index, uint32_t row, uint32_t col, KfCellKind kind, const char *text)
{
    const KfCell *cell = kf_grid_at(sheet(index), row, col);

    cr_assert(cell);
    cr_assert_eq(cell->kind, kind);
    cr_assert(kf_text_eq(cell->text, kf_text(text)), "'%.*s' is not '%s'", (int)cell->text.len,
              cell->text.ptr, text);
}

static void write_texts(KfText name, KfText text)
{
    KfWorkbook book;
    KfPage page;

    kf_workbook_open(&book, path, KF_LANG_DA, KF_TEXT("Prøve"), 2013);
    page = kf_page_open(&book, name);
    kf_put_text(&page, 0, 0, text, KF_LOOK_PLAIN);
    page = kf_page_open(&book, name);
    kf_put_amount(&page, 0, 0, -123456789012345, KF_LOOK_AMOUNT);
    kf_put_sum(&page, 1, 0, KF_NOT_STATED, KF_LOOK_AMOUNT);
    cr_assert_eq(kf_workbook_close(&book, &err), KF_OK);
}

Test(workbook, text_is_no_formula_and_amounts_keep_their_oere)
{
    write_texts(KF_TEXT("Borger 1"), KF_TEXT("=1+1"));
    assert_cell(0, 0, 0, KF_CELL_TEXT, "=1+1");
    cr_assert_eq(kf_grid_at(sheet(0), 0, 0)->formula.len, 0);
    assert_cell(1, 0, 0, KF_CELL_NUMBER, "-1234567890123.45");
    assert_cell(1, 1, 0, KF_CELL_TEXT, "ikke oplyst");
}

Test(workbook, cpr_numbers_are_masked_in_cells_and_names)
{
    write_texts(KF_TEXT("Borger 010190-1234"), KF_TEXT("cpr 010190-1234"));
    cr_assert_eq(kf_text_find(sheet(0)->name, KF_TEXT("1234")), SIZE_MAX);
    cr_assert_eq(kf_text_find(kf_grid_at(sheet(0), 0, 0)->text, KF_TEXT("1234")), SIZE_MAX);
}

Test(workbook, names_of_sheets_are_made_to_fit)
{
    write_texts(KF_TEXT("'Aarhus/Rudersdal: et navn, der er længere end et ark må hedde'"),
                KF_TEXT("x"));
    cr_assert(kf_text_starts(sheet(0)->name, KF_TEXT(" Aarhus Rudersdal  et navn")));
    cr_assert(kf_text_ends(sheet(1)->name, KF_TEXT("(2)")));
    file = (kf_file_close(file), NULL);
    write_texts(KF_TEXT(""), KF_TEXT("x"));
    cr_assert(sheet(0)->name.len);
}

static void make_blank(int32_t year)
{
    KfReportOptions options = { .lang = KF_LANG_DA };
    KfNewWorkbook wanted = { .year = year, .citizens = 2 };
    KfRuleSet *rules;

    cr_assert_eq(kf_ruleset_create(&rules, &err), KF_OK);
    wanted.rules = rules;
    cr_assert_eq(kf_report_new_workbook(path, &wanted, &options, &err), KF_OK);
    kf_ruleset_destroy(rules);
}

static KfStatus read_model(void *ctx)
{
    kf_model_read(kf_file_arena(file), kf_file_book(file), ctx);
    return KF_OK;
}

Test(workbook, a_blank_form_of_any_year_is_known_as_one)
{
    KfRuleSet *rules;

    cr_assert_eq(kf_ruleset_create(&rules, &err), KF_OK);
    for (int32_t year = 2000; year <= kf_rates_newest_year(rules); year++) {
        KfModel model;

        if (!kf_rates_has_year(rules, year))
            continue;
        make_blank(year);
        cr_assert(sheet(0)->row_count);
        cr_assert_eq(kf_arena_run(kf_file_arena(file), read_model, &model), KF_OK);
        cr_assert_eq(kf_model_status(&model), KF_CASES_BLANK);
        cr_assert_eq(model.blank_count, 4);
        cr_assert_eq(model.stated_date, kf_date(year, 9, 1));
        kf_file_close(file);
        file = NULL;
    }
    kf_ruleset_destroy(rules);
}

/* What the drop-down offers, the checks must read as the benefit that it stands for. */
Test(workbook, offers_the_benefits_of_the_year)
{
    static const char *const wanted[] = {
        "Kontanthjælp",          "Sygedagpenge", "SU", "Førtidspension", "Indlæggelse, psykiatrisk",
        "Ressourceforløbsydelse"
    };
    const KfGrid *rates;

    make_blank(2013);
    rates = sheet(4);
    cr_assert(kf_grid_is_aid(rates) && kf_grid_is_aid(sheet(3)));
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        bool found = false;

        for (uint32_t row = 4; row < rates->row_count; row++) {
            const KfCell *cell = kf_grid_at(rates, row, 0);

            found |= cell && kf_text_eq(cell->text, kf_text(wanted[i]));
        }
        cr_assert(found, "%s", wanted[i]);
    }
}
