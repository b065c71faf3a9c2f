/* Formulas: lines of bytes are the cells of a column, "=" before a formula. Every question
 * about them has an answer, and a formula that is written reads again. */
#include "fuzz.h"
#include "kf/formula.h"
#include "grid/formula_shift.h"

enum { MOST_CELLS = 60, COLUMNS = 4 };

typedef struct {
    KfText text;
    KfArena arena;
} Work;

static void put_cell(KfCell *cell, KfText line)
{
    cell->kind = KF_CELL_TEXT;
    if (kf_text_starts(line, KF_TEXT("="))) {
        size_t cached = kf_text_find(line, KF_TEXT("~"));

        cell->formula = kf_text_slice(line, 1, cached);
        cell->text = cached == SIZE_MAX ? (KfText){ 0 } : kf_text_slice(line, cached + 1, line.len);
        cell->kind = cell->text.len ? KF_CELL_NUMBER : KF_CELL_EMPTY;
    } else {
        cell->text = line;
        if (line.len && line.ptr[0] >= '0' && line.ptr[0] <= '9')
            cell->kind = KF_CELL_NUMBER;
    }
}

static void fill(KfArena *arena, KfGrid *grid, KfText text)
{
    size_t from = 0;

    grid->cells = kf_arena_array(arena, MOST_CELLS, sizeof *grid->cells);
    for (size_t i = 0; i <= text.len && grid->cell_count < MOST_CELLS; i++) {
        KfCell *cell = &grid->cells[grid->cell_count];

        if (i < text.len && text.ptr[i] != '\n')
            continue;
        cell->row = (uint32_t)grid->cell_count / COLUMNS;
        cell->col = (uint32_t)grid->cell_count % COLUMNS;
        put_cell(cell, kf_text_slice(text, from, i));
        grid->cell_count++;
        from = i + 1;
    }
    kf_grid_index(arena, grid);
}

static void shift_and_back(KfText formula)
{
    KfBuf there = { 0 }, back = { 0 };

    kf_formula_shift(&there, formula, 3, 2);
    kf_formula_shift(&back, kf_buf_view(&there), -3, -2);
    kf_buf_free(&there);
    kf_buf_free(&back);
}

static void ask(KfArena *arena, const KfBook *book, KfEvaluator *evaluator, const KfCell *cell)
{
    const KfRef ref = { 0, cell->row, cell->col };
    KfFormulaRef *refs;
    KfRef *cells;
    KfText text;
    size_t count;

    kf_evaluate(evaluator, ref);
    kf_formula_stale(evaluator, ref, NULL);
    kf_formula_relative(arena, book, ref, &text);
    kf_formula_refs(arena, book, ref, &refs, &count);
    kf_formula_copied(arena, book, ref, (KfRef){ 0, cell->row + 1, cell->col });
    shift_and_back(cell->formula);
    if (kf_formula_sum_cells(arena, book, ref, &cells, &count) && count) {
        text = kf_formula_sum_of(arena, book, ref, cells, count);
        EXPECT(text.len > 0);
        EXPECT(kf_formula_text_sum_cells(arena, book, 0, text, &cells, &count));
    }
}

static KfStatus run(void *ctx)
{
    Work *work = ctx;
    KfArena *arena = &work->arena;
    KfGrid grid = { .name = KF_TEXT("Ark 1") };
    KfText formats[] = { KF_TEXT("General") };
    KfBook book = { .sheets = &grid, .sheet_count = 1, .formats = formats, .format_count = 1 };
    KfEvaluator *evaluator;
    KfPlacedCell changed = { 0 };
    KfRefreshed refreshed;

    fill(arena, &grid, work->text);
    evaluator = kf_evaluator_create(arena, &book);
    for (size_t i = 0; i < grid.cell_count; i++)
        ask(arena, &book, evaluator, &grid.cells[i]);
    changed.cell = grid.cells[0];
    changed.cell.kind = KF_CELL_NUMBER;
    changed.cell.text = KF_TEXT("17");
    kf_book_refresh(arena, &book, &changed, 1, &refreshed);
    kf_book_fill_missing(arena, &book, &book.unknown, &book.unknown_count);
    return KF_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Work work = { .text = fuzz_text(bytes, len) };

    kf_arena_init(&work.arena);
    EXPECT(kf_arena_run(&work.arena, run, &work) == KF_OK);
    kf_arena_finish(&work.arena);
    return 0;
}
