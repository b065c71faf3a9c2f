/**
 * @file
 * Findings that a person has looked at and passed over, each with a reason and,
 * it may be, a day from which it is told again.
 */
#ifndef KF_IGNORE_H
#define KF_IGNORE_H

#include "kf/grid.h"
#include "kf/value.h"

/** One row of a list of such findings; what is empty stands for anything. */
typedef struct {
    KfText file; /**< base name of the workbook */
    KfText code; /**< "total-items" */
    KfText sheet;
    bool has_cell;
    uint32_t row, col;
    KfText reason;
    KfDate expires; /**< last day; KF_DATE_OPEN */
    size_t line;    /**< row of the list, from 1 */
} KfIgnore;

typedef struct {
    KfIgnore *items;
    size_t count;
    size_t *expired; /**< rows of the list that hold no more */
    size_t expired_count;
} KfIgnores;

/**
 * Read a list: one row a finding, under the headings fil, kode, ark, celle,
 * begrundelse, udløber (file, code, sheet, cell, reason, expires) in any order. A code,
 * a sheet or a cell, and a reason, are required. What has expired today is left out of items.
 * KF_BAD_IGNORE: err says row, what was found and what was expected.
 * Call inside kf_arena_run().
 */
KfStatus kf_ignores_read(KfArena *arena, const KfBook *book, KfDate today, KfIgnores *out,
                         KfError *err) KF_MUST_USE;

#endif
