/**
 * @file
 * Where some of the rows of a worksheet part begin, noted when it is read, so that who looks for
 * a row later need not go through all before it.
 */
#ifndef KF_ROW_MARKS_H
#define KF_ROW_MARKS_H

#include "kf/base.h"

typedef struct {
    uint32_t row;
    uint64_t at; /**< of its start tag, in the unpacked bytes of the part */
} KfRowMark;

/** {0}: none. Marks are void where rows do not stand in order. */
typedef struct {
    KfRowMark *items; /**< by row */
    size_t count, cap;
    uint32_t next_row; /**< the least that may come */
    bool is_void;
} KfRowMarks;

/** Note a row as it comes by; has_mark: it may be begun with. */
void kf_row_marks_note(KfRowMarks *marks, KfArena *arena, KfRowMark row, bool has_mark);
/** The last mark at row or above it, or NULL. */
const KfRowMark *kf_row_marks_before(const KfRowMarks *marks, uint32_t row);

#endif
