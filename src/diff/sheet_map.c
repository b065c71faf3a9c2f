/* Sheets are paired by name, then by the rows they share. Rows are known by their
 * texts, so that other figures make no other row. A column stands where most
 * cells of equal rows say that it stands. */
#include "diff/sheet_map.h"

#include "kf/edit.h"

#include <stdlib.h>

enum { MOST_RENAMED = 64 };

typedef struct {
    KfArena *arena;
    const KfBook *before, *after;
    uint64_t **before_keys, **after_keys; /* of rows, by sheet */
} Work;

static bool reads_amount(const KfCell *cell, KfAmount *amount)
{
    if (cell->kind == KF_CELL_NUMBER)
        return kf_amount_from_decimal(cell->text, amount) == KF_READ_OK;
    return cell->kind == KF_CELL_TEXT
           && kf_amount_read(cell->text, KF_SEP_UNKNOWN, amount) == KF_READ_OK;
}

uint64_t kf_hash_cell(uint64_t hash, const KfCell *cell)
{
    KfAmount amount;

    if (reads_amount(cell, &amount))
        return kf_hash_int(hash, amount.oere);
    return kf_hash_label(hash, cell->text);
}

static bool is_blank(const KfCell *cell)
{
    return kf_text_trim(cell->text).len == 0;
}

/* The texts of a row, or its numbers when there is no text. */
static uint64_t row_key(const KfGrid *grid, uint32_t row)
{
    uint64_t texts = KF_HASH_START, all = KF_HASH_START;
    bool any_text = false;

    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
        const KfCell *cell = &grid->cells[i];
        KfAmount amount;

        if (is_blank(cell))
            continue;
        all = kf_hash_cell(all, cell);
        if (!reads_amount(cell, &amount)) {
            texts = kf_hash_label(texts, cell->text);
            any_text = true;
        }
    }
    return any_text ? texts : all;
}

static uint64_t **row_keys(KfArena *arena, const KfBook *book)
{
    uint64_t **keys = kf_arena_array(arena, book->sheet_count, sizeof *keys);

    for (size_t s = 0; s < book->sheet_count; s++) {
        const KfGrid *grid = &book->sheets[s];

        keys[s] = kf_arena_array(arena, grid->row_count, sizeof **keys);
        for (uint32_t row = 0; row < grid->row_count; row++)
            keys[s][row] = row_key(grid, row);
    }
    return keys;
}

/* ---- sheets ---------------------------------------------------------------- */

static uint64_t *name_keys(KfArena *arena, const KfBook *book)
{
    uint64_t *keys = kf_arena_array(arena, book->sheet_count, sizeof *keys);

    for (size_t s = 0; s < book->sheet_count; s++) {
        if (!kf_grid_is_ours(&book->sheets[s]))
            keys[s] = kf_hash_label(KF_HASH_START, book->sheets[s].name);
    }
    return keys;
}

/* The sheets that are left, of at most MOST_RENAMED. */
static size_t list_left(const KfBook *book, const size_t *paired, size_t *left)
{
    size_t count = 0;

    for (size_t s = 0; s < book->sheet_count && count < MOST_RENAMED; s++) {
        if (paired[s] == KF_UNPAIRED && !kf_grid_is_ours(&book->sheets[s]))
            left[count++] = s;
    }
    return count;
}

/* Rows, of those that are not blank, that two sheets have in common. */
static size_t common_rows(const Work *work, size_t before, size_t after)
{
    uint32_t rows = work->before->sheets[before].row_count;
    uint32_t cols = work->after->sheets[after].row_count;
    KfPairing pairing = kf_pairing(work->arena, rows, cols);
    size_t count = 0;

    kf_pair_equal(work->arena, &pairing, work->before_keys[before], work->after_keys[after]);
    for (uint32_t row = 0; row < rows; row++)
        count += pairing.of_before[row] != KF_UNPAIRED
                 && work->before_keys[before][row] != KF_HASH_START;
    return count;
}

static size_t filled_rows(const KfGrid *grid, const uint64_t *keys)
{
    size_t count = 0;

    for (uint32_t row = 0; row < grid->row_count; row++)
        count += keys[row] != KF_HASH_START;
    return count;
}

/* A sheet under another name shares more than half of its rows. The one sheet of a
 * CSV file stands for all sheets of a workbook, and for none of them alone. */
static void pair_renamed(const Work *work, KfPairing *sheets)
{
    size_t x[MOST_RENAMED], y[MOST_RENAMED];
    size_t rows = list_left(work->before, sheets->of_before, x);
    size_t cols = list_left(work->after, sheets->of_after, y);

    if ((work->before->is_untyped || work->after->is_untyped) && rows != cols)
        return;
    for (size_t i = 0; i < rows; i++) {
        size_t most = filled_rows(&work->before->sheets[x[i]], work->before_keys[x[i]]) / 2;
        size_t best = KF_UNPAIRED;

        for (size_t j = 0; j < cols; j++) {
            size_t common =
                sheets->of_after[y[j]] == KF_UNPAIRED ? common_rows(work, x[i], y[j]) : 0;
            if (common > most) {
                most = common;
                best = y[j];
            }
        }
        if (best != KF_UNPAIRED)
            kf_pair(sheets, x[i], best);
    }
}

/* ---- rows and columns ------------------------------------------------------ */

typedef struct {
    const KfGrid *before, *after;
} Sheets;

/* Cells that are equal, column by column; one more when the same columns are filled. */
static uint32_t alike(const void *ctx, uint32_t before, uint32_t after)
{
    const Sheets *sheets = ctx;
    const KfGrid *x = sheets->before, *y = sheets->after;
    size_t i = x->row_start[before], j = y->row_start[after];
    size_t i_end = x->row_start[before + 1], j_end = y->row_start[after + 1];
    uint32_t equal = 0;
    bool same_columns = i < i_end && i_end - i == j_end - j;

    while (i < i_end && j < j_end) {
        const KfCell *a = &x->cells[i], *b = &y->cells[j];

        if (a->col == b->col && !is_blank(a))
            equal += 2 * (kf_hash_cell(KF_HASH_START, a) == kf_hash_cell(KF_HASH_START, b));
        same_columns &= a->col == b->col;
        i += a->col <= b->col;
        j += b->col <= a->col;
    }
    return equal + same_columns;
}

/* The k-th cell of a row stands for the k-th of an equal row: by majority vote. */
static void vote(const Sheets *sheets, const KfSheetMap *map, uint32_t before, uint32_t *votes)
{
    const KfGrid *x = sheets->before, *y = sheets->after;
    size_t i = x->row_start[before], j = y->row_start[map->rows[before]];
    size_t i_end = x->row_start[before + 1], j_end = y->row_start[map->rows[before] + 1];

    for (; i < i_end && j < j_end; i++, j++) {
        uint32_t from = x->cells[i].col, to = y->cells[j].col;

        if (votes[from] == 0)
            map->cols[from] = to;
        if (map->cols[from] == to)
            votes[from]++;
        else
            votes[from]--;
    }
}

static bool equally_filled(const Sheets *sheets, const KfSheetMap *map, uint32_t row)
{
    uint32_t to = map->rows[row];

    return to != KF_UNALIGNED
           && sheets->before->row_start[row + 1] - sheets->before->row_start[row]
                  == sheets->after->row_start[to + 1] - sheets->after->row_start[to];
}

/* A column without votes goes with the one to its left; all must rise. */
static void settle_columns(KfSheetMap *map, const uint32_t *votes)
{
    int64_t shift = 0, last = -1;

    for (uint32_t col = 0; col < map->col_count; col++) {
        int64_t to = votes[col] ? (int64_t)map->cols[col] : (int64_t)col + shift;

        if (to <= last) {
            map->cols[col] = KF_UNALIGNED;
            continue;
        }
        map->cols[col] = (uint32_t)to;
        shift = to - (int64_t)col;
        last = to;
    }
}

static void map_sheet(const Work *work, size_t before, size_t after, KfSheetMap *map)
{
    Sheets sheets = { &work->before->sheets[before], &work->after->sheets[after] };
    KfAlignInput in = { work->before_keys[before],
                        work->after_keys[after],
                        sheets.before->row_count,
                        sheets.after->row_count,
                        alike,
                        &sheets };
    uint32_t *votes;

    map->row_count = sheets.before->row_count;
    map->col_count = sheets.before->col_count;
    map->after_rows = sheets.after->row_count;
    map->after_cols = sheets.after->col_count;
    map->rows = kf_align(work->arena, &in);
    map->cols = kf_arena_array(work->arena, map->col_count, sizeof *map->cols);
    map->row_taken = kf_arena_array(work->arena, map->after_rows, sizeof *map->row_taken);
    votes = kf_arena_array(work->arena, map->col_count, sizeof *votes);
    for (uint32_t row = 0; row < map->row_count; row++) {
        if (map->rows[row] != KF_UNALIGNED)
            map->row_taken[map->rows[row]] = true;
        if (equally_filled(&sheets, map, row))
            vote(&sheets, map, row, votes);
    }
    settle_columns(map, votes);
}

KfBookMap kf_book_map(KfArena *arena, const KfBook *before, const KfBook *after)
{
    Work work = { arena, before, after, row_keys(arena, before), row_keys(arena, after) };
    KfBookMap map = { .sheets = kf_pairing(arena, before->sheet_count, after->sheet_count) };

    map.maps = kf_arena_array(arena, before->sheet_count, sizeof *map.maps);
    kf_pair_equal(arena, &map.sheets, name_keys(arena, before), name_keys(arena, after));
    pair_renamed(&work, &map.sheets);
    for (size_t s = 0; s < before->sheet_count; s++) {
        if (map.sheets.of_before[s] != KF_UNPAIRED)
            map_sheet(&work, s, map.sheets.of_before[s], &map.maps[s]);
    }
    return map;
}

uint32_t kf_map_row(const KfBookMap *map, uint32_t sheet, uint32_t row)
{
    const KfSheetMap *one = &map->maps[sheet];

    if (row < one->row_count)
        return one->rows[row];
    return row - one->row_count + one->after_rows;
}

uint32_t kf_map_col(const KfBookMap *map, uint32_t sheet, uint32_t col)
{
    const KfSheetMap *one = &map->maps[sheet];

    if (col < one->col_count)
        return one->cols[col];
    return col - one->col_count + one->after_cols;
}
