/**
 * @file
 * The rows and cells that nearly all sheets are made of, read without a general XML
 * reader: no prefix, no comment, nothing to decode, attributes in double quotes, one
 * space in front of each. What is not so is left to KfSheetScan, which reads all.
 */
#ifndef KF_SHEET_PLAIN_H
#define KF_SHEET_PLAIN_H

#include "kf/grid.h"

/** Bytes that must follow the place where a row or cell is looked for. */
enum { KF_PLAIN_ROOM = 1024 };

/** A cell; texts are as they stand in the part. */
typedef struct {
    uint32_t row, col;
    uint32_t style;
    KfCellKind kind; /**< of v; EMPTY when there is none */
    bool is_shared;  /**< v is an index into the shared strings */
    bool has_formula;
    KfText v, f;
} KfPlainCell;

/** The number of a row as the references of its cells end: digits and a quote. {0}: none. */
typedef struct {
    uint64_t ending, mask; /**< bytes as they stand in memory, and which of them count */
    uint32_t number;
    uint32_t len;
} KfPlainRow;

/** Behind the cell at at, most likely in row; or NULL when it is not plain. */
const char *kf_plain_cell(const char *at, const KfPlainRow *row, KfPlainCell *out);
/** Behind the start tag at at of a visible row that is numbered, or NULL. */
const char *kf_plain_row(const char *at, KfPlainRow *out);

#endif
