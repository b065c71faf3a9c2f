#include <criterion/criterion.h>

#include "kf/grid.h"

static KfStatus index_unsorted(void *arena)
{
    KfCell cells[] = {
        { .row = 2, .col = 1, .text = KF_TEXT("c") },
        { .row = 0, .col = 3, .text = KF_TEXT("old") },
        { .row = 0, .col = 0, .text = KF_TEXT("a") },
        { .row = 0, .col = 3, .text = KF_TEXT("b") },
    };
    KfGrid grid = { .cells = cells, .cell_count = 4 };

    kf_grid_index(arena, &grid);
    cr_assert_eq(grid.cell_count, 3);
    cr_assert_eq(grid.row_count, 3);
    cr_assert_eq(grid.col_count, 4);
    cr_assert(kf_text_eq(kf_grid_at(&grid, 0, 3)->text, KF_TEXT("b")));
    cr_assert(kf_text_eq(kf_grid_at(&grid, 2, 1)->text, KF_TEXT("c")));
    cr_assert_null(kf_grid_at(&grid, 1, 0));
    cr_assert_null(kf_grid_at(&grid, 9, 0));
    return KF_OK;
}

Test(grid, sorts_cells_and_lets_the_last_of_a_place_win)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, index_unsorted, &arena), KF_OK);
    kf_arena_finish(&arena);
}

static KfStatus change_book(void *arena)
{
    KfCell cells[] = { { .row = 0, .text = KF_TEXT("a"), .unlocked = true },
                       { .row = 1, .text = KF_TEXT("b") } };
    KfGrid sheets[] = { { .cells = cells, .cell_count = 2, .is_protected = true },
                        { .cell_count = 0 } };
    KfBook book = { .sheets = sheets, .sheet_count = 2 }, *changed;
    const KfPlacedCell placed[] = { { 0, { .row = 1, .text = KF_TEXT("B") } },
                                    { 0, { .row = 0, .col = 4, .text = KF_TEXT("new") } } };

    kf_grid_index(arena, &sheets[0]);
    kf_grid_index(arena, &sheets[1]);
    changed = kf_book_changed(arena, &book, placed, 2);
    cr_expect_eq(changed->sheets[0].cell_count, 3);
    cr_expect(kf_text_eq(kf_grid_at(&changed->sheets[0], 1, 0)->text, KF_TEXT("B")));
    cr_expect(kf_text_eq(kf_grid_at(&changed->sheets[0], 0, 4)->text, KF_TEXT("new")));
    cr_expect(kf_text_eq(kf_grid_at(&book.sheets[0], 1, 0)->text, KF_TEXT("b")));
    cr_expect_eq(changed->sheets[1].cells, book.sheets[1].cells);
    cr_expect_not(kf_grid_is_locked(&book.sheets[0], 0, 0));
    cr_expect(kf_grid_is_locked(&book.sheets[0], 1, 0));
    cr_expect(kf_grid_is_locked(&book.sheets[0], 7, 7), "an absent cell is locked");
    cr_expect_not(kf_grid_is_locked(&book.sheets[1], 0, 0));
    return KF_OK;
}

Test(grid, a_changed_book_leaves_the_first_one_alone)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, change_book, &arena), KF_OK);
    kf_arena_finish(&arena);
}

/* Rows of every pattern of filled columns. */
static KfStatus find_cells(void *ctx)
{
    enum { COLS = 6, ROWS = 1 << COLS };
    KfArena *arena = ctx;
    KfGrid grid = { .cells = kf_arena_array(arena, (size_t)ROWS * COLS, sizeof *grid.cells) };

    for (uint32_t row = 0; row < ROWS; row++) {
        for (uint32_t col = 0; col < COLS; col++) {
            if (row >> col & 1)
                grid.cells[grid.cell_count++] = (KfCell){ .row = row, .col = col + 1 };
        }
    }
    kf_grid_index(arena, &grid);
    for (uint32_t row = 0; row < ROWS; row++) {
        for (uint32_t col = 0; col < COLS + 2; col++) {
            const KfCell *cell = kf_grid_at(&grid, row, col);
            size_t from = grid.row_start[row];

            cr_expect_eq(cell != NULL, col > 0 && row >> (col - 1) & 1, "%u %u", row, col);
            cr_expect(!cell || (cell->row == row && cell->col == col));
            while (from < grid.row_start[row + 1] && grid.cells[from].col < col)
                from++;
            cr_expect_eq(kf_grid_from(&grid, row, col), from, "%u %u", row, col);
        }
    }
    return KF_OK;
}

Test(grid, finds_cells_between_gaps)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, find_cells, &arena), KF_OK);
    kf_arena_finish(&arena);
}

Test(cellref, goes_both_ways)
{
    const char *refs[] = { "A1", "Z9", "AA10", "AZ1", "ZZ26", "XFD1048576" };

    for (size_t i = 0; i < 6; i++) {
        KfBuf out = { 0 };
        uint32_t row, col;

        cr_assert(kf_cellref_read(kf_text(refs[i]), &row, &col));
        kf_buf_cellref(&out, row, col);
        cr_assert(kf_text_eq(kf_buf_view(&out), kf_text(refs[i])));
        kf_buf_free(&out);
    }
}

Test(cellref, refuses_what_is_outside_the_sheet)
{
    const char *refs[] = { "", "A", "1", "A0", "XFE1", "A1048577", "A1B", "AAAA1", "A99999999999" };
    uint32_t row, col;

    for (size_t i = 0; i < 9; i++)
        cr_assert_not(kf_cellref_read(kf_text(refs[i]), &row, &col), "%s", refs[i]);
    cr_assert(kf_cellref_read(KF_TEXT("$b$12"), &row, &col));
    cr_assert(row == 11 && col == 1);
}
