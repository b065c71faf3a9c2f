/* Which sheet, row and column of one workbook stands for which of another. */
#ifndef DIFF_SHEET_MAP_H
#define DIFF_SHEET_MAP_H

#include "diff/align.h"
#include "diff/pairing.h"
#include "kf/diff.h"

typedef struct {
    uint32_t *rows, *cols; /* of before to after, or KF_UNALIGNED */
    uint32_t row_count, col_count;
    uint32_t after_rows, after_cols;
    bool *row_taken; /* rows of after that stand for one of before */
} KfSheetMap;

typedef struct {
    KfPairing sheets;
    KfSheetMap *maps; /* one for each sheet of before; empty when it has no pair */
} KfBookMap;

KfBookMap kf_book_map(KfArena *arena, const KfBook *before, const KfBook *after);
/* What a cell holds, alike for the number 4005 and the text "4.005,-". */
uint64_t kf_hash_cell(uint64_t hash, const KfCell *cell);
/* KF_UNALIGNED when there is none. Behind the last row, rows go on in step. */
uint32_t kf_map_row(const KfBookMap *map, uint32_t sheet, uint32_t row);
uint32_t kf_map_col(const KfBookMap *map, uint32_t sheet, uint32_t col);

#endif
