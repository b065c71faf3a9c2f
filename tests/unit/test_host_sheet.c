/* Sheets told cell by cell become a book. */
#include <criterion/criterion.h>

#include "host.h"

static KfStatus make_book(void *ctx)
{
    void **both = ctx;
    KfArena *arena = both[2];

    kf_host_book(arena, both[0], 1, true, both[1]);
    return KF_OK;
}

static void with_book(KfHostSheet *sheet, void (*look)(const KfBook *book))
{
    KfArena arena;
    KfBook book;
    void *all[] = { sheet, &book, &arena };

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, make_book, all), KF_OK);
    look(&book);
    kf_arena_finish(&arena);
    kf_host_sheet_free(sheet);
}

static void look_at_values(const KfBook *book)
{
    const KfGrid *grid = &book->sheets[0];
    const KfCell *cell = kf_grid_at(grid, 1, 2);

    cr_expect(book->date1904);
    cr_expect(kf_text_eq(grid->name, KF_TEXT("Ark1")));
    cr_expect_eq(grid->cell_count, 4);
    cr_expect(cell && cell->kind == KF_CELL_NUMBER && kf_text_eq(cell->text, KF_TEXT("12.5")));
    cr_expect(kf_text_eq(cell->formula, KF_TEXT("A1*2")));
    cr_expect(kf_text_eq(book->formats[cell->format], KF_TEXT("0.0")));
    cell = kf_grid_at(grid, 0, 0);
    cr_expect(cell && cell->kind == KF_CELL_TEXT && cell->format == 0);
    cell = kf_grid_at(grid, 0, 1);
    cr_expect(cell && cell->kind == KF_CELL_ERROR && kf_text_eq(cell->text, KF_TEXT("#N/A")));
    cell = kf_grid_at(grid, 0, 3);
    cr_expect(cell && cell->kind == KF_CELL_ERROR && kf_text_eq(cell->text, KF_TEXT("#NUM!")));
}

Test(host_sheet, values_in_any_order)
{
    KfHostSheet sheet = { .hidden = false };
    const KfHostCell cells[] = {
        { .row = 1,
          .col = 2,
          .kind = KF_CELL_NUMBER,
          .number = 12.5,
          .formula = KF_TEXT("A1*2"),
          .format = KF_TEXT("0.0") },
        { .row = 0, .col = 0, .kind = KF_CELL_TEXT, .text = KF_TEXT("tekst") },
        { .row = 0, .col = 1, .kind = KF_CELL_ERROR, .error = KF_HOST_ERROR_NA },
        { .row = 0, .col = 2, .kind = KF_CELL_EMPTY },
        { .row = KF_ROW_LIMIT, .col = 0, .kind = KF_CELL_BOOL },
        { .row = 0, .col = KF_COL_LIMIT, .kind = KF_CELL_BOOL },
        { .row = 0, .col = 3, .kind = KF_CELL_NUMBER, .number = 1e308 * 10 },
    };

    kf_buf_str(&sheet.name, "Ark1");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        kf_host_sheet_add(&sheet, &cells[i]);
    cr_expect_not(kf_host_sheet_bad(&sheet));
    with_book(&sheet, look_at_values);
}

static void look_at_formats(const KfBook *book)
{
    cr_expect_eq(book->format_count, 501);
    for (uint32_t row = 0; row < 1000; row++) {
        const KfCell *cell = kf_grid_at(&book->sheets[0], row, 0);
        KfBuf code = { 0 };

        kf_buf_int(&code, row % 500);
        kf_buf_str(&code, ".00");
        cr_assert(kf_text_eq(book->formats[cell->format], kf_buf_view(&code)));
        kf_buf_free(&code);
    }
}

Test(host_sheet, formats_are_kept_once)
{
    KfHostSheet sheet = { .hidden = false };

    for (uint32_t row = 0; row < 1000; row++) {
        KfBuf code = { 0 };

        kf_buf_int(&code, row % 500);
        kf_buf_str(&code, ".00");
        kf_host_sheet_add(&sheet, &(KfHostCell){ .row = row,
                                                 .kind = KF_CELL_NUMBER,
                                                 .number = row,
                                                 .format = kf_buf_view(&code) });
        kf_buf_free(&code);
    }
    with_book(&sheet, look_at_formats);
}
