/* Passes by every cell of a workbook: how many, and each column's sum in øre. */
#include "kf/book.h"
#include "kf/value.h"

#include <inttypes.h>
#include <stdio.h>

enum { COLUMNS = 64 };

typedef struct {
    size_t cells;
    int64_t sums[COLUMNS];
} Sheet;

static bool add_cell(void *ctx, size_t sheet, const KfCell *cell)
{
    Sheet *all = ctx;
    KfAmount amount;

    (void)sheet;
    all->cells++;
    if (cell->kind == KF_CELL_NUMBER && kf_amount_from_decimal(cell->text, &amount) == KF_READ_OK)
        all->sums[cell->col % COLUMNS] += amount.oere;
    return true;
}

static bool count_cell(void *ctx, size_t sheet, const KfCell *cell)
{
    (void)sheet;
    (void)cell;
    ((Sheet *)ctx)->cells++;
    return true;
}

int main(int argc, char **argv)
{
    Sheet all = { 0 };
    KfError err;

    if (argc < 2 || kf_file_each_cell(argv[1], argc > 2 ? add_cell : count_cell, &all, &err)) {
        fprintf(stderr, "read_cells: %s\n", argc < 2 ? "FILE [sum]" : err.detail);
        return 2;
    }
    printf("%zu cells", all.cells);
    for (int i = 0; i < COLUMNS; i++) {
        if (all.sums[i])
            printf(" %" PRId64, all.sums[i]);
    }
    printf("\n");
    return 0;
}
