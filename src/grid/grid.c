/* A sheet as the core sees it, whoever provides it. Cells stand in reading
 * order, so a row is a slice and a cell is found by bisection in it. */
#include "kf/grid.h"

#include <string.h>

static int by_place(const void *a, const void *b)
{
    const KfCell *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->col > y->col) - (x->col < y->col);
}

/* How many cells from the first on stand in order. */
static size_t count_sorted(const KfGrid *grid)
{
    size_t i = 1;

    while (i < grid->cell_count && by_place(&grid->cells[i - 1], &grid->cells[i]) < 0)
        i++;
    return i < grid->cell_count ? i : grid->cell_count;
}

/* Of two stretches in order, one; of equal places the one in front comes first. */
static void merge(KfCell *cells, KfCell *spare, size_t half, size_t count)
{
    size_t left = 0, right = half, to = 0;

    memcpy(spare, cells, count * sizeof *cells);
    while (left < half && right < count) {
        if (by_place(&spare[left], &spare[right]) <= 0)
            cells[to++] = spare[left++];
        else
            cells[to++] = spare[right++];
    }
    while (left < half)
        cells[to++] = spare[left++];
    while (right < count)
        cells[to++] = spare[right++];
}

/* Merge sort keeps equal places in file order, so that the last one can win. */
static void sort_cells(KfCell *cells, KfCell *spare, size_t count)
{
    size_t half = count / 2;

    if (count < 2)
        return;
    sort_cells(cells, spare, half);
    sort_cells(cells + half, spare, count - half);
    merge(cells, spare, half, count);
}

static void drop_doubled(KfGrid *grid)
{
    size_t kept = 0;

    for (size_t i = 0; i < grid->cell_count; i++) {
        if (kept && by_place(&grid->cells[kept - 1], &grid->cells[i]) == 0)
            kept--;
        grid->cells[kept++] = grid->cells[i];
    }
    grid->cell_count = kept;
}

/* Where each row begins; false when the cells do not stand in order. */
static bool index_rows(KfArena *arena, KfGrid *grid)
{
    const KfCell *cells = grid->cells;
    const size_t count = grid->cell_count;
    uint32_t row = 0;

    grid->row_count = count ? cells[count - 1].row + 1 : 0;
    grid->col_count = 0;
    grid->row_start = kf_arena_array(arena, (size_t)grid->row_count + 1, sizeof *grid->row_start);
    for (size_t i = 0; i < count; i++) {
        if (cells[i].row >= grid->row_count || (i && by_place(&cells[i - 1], &cells[i]) >= 0))
            return false;
        while (row < cells[i].row)
            grid->row_start[++row] = i;
        if (cells[i].col >= grid->col_count)
            grid->col_count = cells[i].col + 1;
        grid->lacks_results |= cells[i].kind == KF_CELL_EMPTY && cells[i].formula.len;
    }
    grid->row_start[grid->row_count] = count;
    return true;
}

void kf_grid_index(KfArena *arena, KfGrid *grid)
{
    const KfArenaMark mark = kf_arena_mark(arena);
    size_t sorted;
    KfCell *spare;

    if (index_rows(arena, grid))
        return;
    kf_arena_release(arena, mark);
    sorted = count_sorted(grid);
    spare = kf_arena_array(arena, grid->cell_count, sizeof *spare);
    sort_cells(grid->cells + sorted, spare, grid->cell_count - sorted);
    merge(grid->cells, spare, sorted, grid->cell_count);
    drop_doubled(grid);
    index_rows(arena, grid);
}

const KfCell *kf_grid_at(const KfGrid *grid, uint32_t row, uint32_t col)
{
    size_t lo, hi, near, far;

    if (row >= grid->row_count)
        return NULL;
    lo = grid->row_start[row];
    hi = grid->row_start[row + 1];
    if (lo == hi || col < grid->cells[lo].col || col > grid->cells[hi - 1].col)
        return NULL;
    /* No column twice: the cell stands at most as far on as its column, from either end, and
     * just there where none is left out. */
    near = lo + (col - grid->cells[lo].col);
    far = grid->cells[hi - 1].col - col;
    if (near < hi && grid->cells[near].col == col)
        return &grid->cells[near];
    if (far < hi - lo && grid->cells[hi - 1 - far].col == col)
        return &grid->cells[hi - 1 - far];
    if (far < hi - lo)
        lo = hi - 1 - far;
    if (near < hi)
        hi = near;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (grid->cells[mid].col == col)
            return &grid->cells[mid];
        if (grid->cells[mid].col < col)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

size_t kf_grid_from(const KfGrid *grid, uint32_t row, uint32_t col)
{
    size_t lo = grid->row_start[row], hi = grid->row_start[row + 1];

    if (lo == hi || col <= grid->cells[lo].col)
        return lo;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (grid->cells[mid].col < col)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

bool kf_grid_is_locked(const KfGrid *grid, uint32_t row, uint32_t col)
{
    const KfCell *cell = kf_grid_at(grid, row, col);

    return grid->is_protected && !(cell && cell->unlocked);
}

/* The cells of the sheet with room for those that are put into it. */
static void add_cells(KfArena *arena, KfGrid *grid, uint32_t sheet, const KfPlacedCell *cells,
                      size_t count)
{
    KfCell *own = kf_arena_array(arena, grid->cell_count + count, sizeof *own);
    size_t own_count = grid->cell_count;

    if (own_count)
        memcpy(own, grid->cells, own_count * sizeof *own);
    for (size_t i = 0; i < count; i++) {
        if (cells[i].sheet == sheet)
            own[own_count++] = cells[i].cell;
    }
    grid->cells = own;
    grid->cell_count = own_count;
    kf_grid_index(arena, grid);
}

KfBook *kf_book_changed(KfArena *arena, const KfBook *book, const KfPlacedCell *cells, size_t count)
{
    KfBook *copy = kf_arena_alloc(arena, sizeof *copy);
    bool *is_own = kf_arena_array(arena, book->sheet_count, sizeof *is_own);

    *copy = *book;
    copy->sheets = kf_arena_array(arena, book->sheet_count, sizeof *copy->sheets);
    if (book->sheet_count)
        memcpy(copy->sheets, book->sheets, book->sheet_count * sizeof *copy->sheets);
    for (size_t i = 0; i < count; i++) {
        uint32_t sheet = cells[i].sheet;

        if (sheet >= book->sheet_count || is_own[sheet])
            continue;
        is_own[sheet] = true;
        add_cells(arena, &copy->sheets[sheet], sheet, cells, count);
    }
    return copy;
}

bool kf_grid_row_hidden(const KfGrid *grid, uint32_t row)
{
    for (size_t i = 0; i < grid->hidden_row_count; i++) {
        if (row >= grid->hidden_rows[i].first_row && row <= grid->hidden_rows[i].last_row)
            return true;
    }
    return false;
}

bool kf_grid_col_hidden(const KfGrid *grid, uint32_t col)
{
    for (size_t i = 0; i < grid->hidden_col_count; i++) {
        if (col >= grid->hidden_cols[i].first_col && col <= grid->hidden_cols[i].last_col)
            return true;
    }
    return false;
}
