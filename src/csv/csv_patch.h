/**
 * @file
 * A CSV file with amounts changed: the digits of the edited fields, and nothing else.
 */
#ifndef KF_CSV_PATCH_H
#define KF_CSV_PATCH_H

#include "csv/csv_grid.h"
#include "kf/edit.h"

/**
 * The file with the new values, written as the amounts that they replace: separators,
 * decimals, currency, quotes and encoding stay. A field without digits is written as
 * the amounts of its column are. Marks and notes have no place in a CSV file and are
 * left out, as is an edit below the last row. Inside kf_arena_run().
 */
KfText kf_csv_patch(const KfCsv *csv, const KfCellEdit *edits, size_t count, KfArena *arena,
                    KfBuf *scratch);

#endif
