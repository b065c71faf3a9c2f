#include <criterion/criterion.h>

#include "book_maker.h"

/* One row a case: what stands in the cells, and what they read once the numbers are hidden. */
typedef struct {
    const char *before, *after;
} Row;

static KfStatus hide(void *ctx)
{
    static const Row rows[] = {
        { "'010190|'1234", "******|****" },
        { "'010190-|'1234", "******-|****" },
        { "'311290|-|'1234", "******|-|****" },
        { "'311290|'-1234", "311290|-1234" }, /* may be two amounts */
        { "'311290|'0234", "******|****" },
        { "CPR|311290|1234", "CPR|******|****" },
        { "CPR-nr.|10190|1234", "CPR-nr.|*****|****" },
        { "Sygedagpenge|120513|4005", "Sygedagpenge|120513|4005" },
        { "'120513|'4005", "120513|4005" },
        { "'321290|'0234", "321290|0234" },
        { "'010190|'12345", "010190|12345" },
        { "'010190||'1234", "010190||1234" },
        { "0-6 mdr|7-12 mdr", "0-6 mdr|7-12 mdr" },
    };
    KfArena *arena = ctx;

    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const MadeSheet made = { "Ark", rows[r].before };
        KfGrid *grid = make_book(arena, &made, 1)->sheets;
        KfBuf out = { 0 };

        kf_grid_hide_split_numbers(arena, grid, 1);
        for (uint32_t col = 0; col < grid->col_count; col++) {
            const KfCell *cell = kf_grid_at(grid, 0, col);

            kf_buf_str(&out, col ? "|" : "");
            kf_buf_text(&out, cell ? cell->text : (KfText){ 0 });
        }
        cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(rows[r].after)), "%s gave %.*s",
                  rows[r].before, (int)out.len, out.ptr);
        kf_buf_free(&out);
    }
    return KF_OK;
}

Test(split_number, hides_what_is_no_amount)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_expect_eq(kf_arena_run(&arena, hide, &arena), KF_OK);
    kf_arena_finish(&arena);
}

/* Hyphens in a column of amounts stand for nothing. */
static KfStatus hide_among_amounts(void *ctx)
{
    const MadeSheet made = { "Ark", "Mentor|10920|-|1680\nKursus|500|700|900\n" };
    KfArena *arena = ctx;
    KfGrid *grid = make_book(arena, &made, 1)->sheets;

    kf_grid_hide_split_numbers(arena, grid, 1);
    cr_expect(kf_text_eq(kf_grid_at(grid, 0, 1)->text, KF_TEXT("10920")));
    cr_expect(kf_text_eq(kf_grid_at(grid, 0, 3)->text, KF_TEXT("1680")));
    return KF_OK;
}

Test(split_number, leaves_amounts_with_nothing_between)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_expect_eq(kf_arena_run(&arena, hide_among_amounts, &arena), KF_OK);
    kf_arena_finish(&arena);
}

/* A number in every 500th of 5.000 rows, the label that tells one of them far above. */
static KfStatus hide_in_long_sheet(void *ctx)
{
    enum { ROWS = 5000, EVERY = 500, LABELLED = 4096 };
    KfArena *arena = ctx;

    for (unsigned threads = 1; threads <= 3; threads++) {
        KfBuf rows = { 0 };
        MadeSheet made = { "Ark", NULL };
        KfGrid *grid;

        for (int row = 0; row < ROWS; row++)
            kf_buf_str(&rows, row == LABELLED - 40       ? "x|CPR|y\n"
                              : row == LABELLED          ? "x|311290|1234\n"
                              : row % EVERY == EVERY - 1 ? "x|'010190-|'1234\n"
                                                         : "x|120513|4005\n");
        made.rows = kf_arena_take(arena, &rows).ptr;
        kf_buf_free(&rows);
        grid = make_book(arena, &made, 1)->sheets;
        kf_grid_hide_split_numbers(arena, grid, threads);
        for (uint32_t row = 0; row < ROWS; row++) {
            const bool hidden =
                row % EVERY == EVERY - 1 || (row > LABELLED - 40 && row <= LABELLED + 10);

            cr_expect_eq(kf_grid_at(grid, row, 1)->text.ptr[0] == '*', hidden, "row %u", row);
        }
    }
    return KF_OK;
}

Test(split_number, is_hidden_the_same_by_any_number_of_threads)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_expect_eq(kf_arena_run(&arena, hide_in_long_sheet, &arena), KF_OK);
    kf_arena_finish(&arena);
}
