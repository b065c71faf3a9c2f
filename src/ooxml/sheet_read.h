/**
 * @file
 * A worksheet part read into a grid.
 */
#ifndef KF_SHEET_READ_H
#define KF_SHEET_READ_H

#include "kf/grid.h"
#include "kf/limits.h"
#include "ooxml/row_marks.h"
#include "ooxml/shared_strings.h"
#include "ooxml/styles.h"

/** What reading a sheet needs beside its bytes. */
typedef struct {
    KfArena *arena;
    const KfSharedStrings *strings;
    const KfStyles *styles;
    KfBuf *cells, *text;    /**< working memory, held outside the arena */
    size_t cell_room;       /**< cells that the sheet may have */
    const KfLimits *limits; /**< NULL: the usual ones */
    KfXmlStream *stream;    /**< gives the bytes behind those of the part; NULL: there are none */
    KfRowMarks *marks;      /**< where rows begin is noted there; NULL: nowhere */
    bool only_general;      /**< every cell by the general reader, as a test wants it */

    /** Given every cell in file order instead of the grid; false ends the reading. */
    bool (*visit)(void *ctx, const KfCell *cell);
    void *visit_ctx;
    KfArena *texts; /**< of cells that are visited: emptied again and again */
} KfSheetContext;

/**
 * Read a worksheet part (UTF-8 bytes, not needed afterwards) into grid, whose name
 * is set and given in errors. Texts of shared strings are borrowed from them.
 * Where cells are visited, the grid gets none, a member of a shared formula whose
 * master comes behind it has no formula, and of an array only the first cell says so.
 * Statuses: SHEET_UNREADABLE, LIMIT.
 */
KfStatus kf_sheet_read(KfGrid *grid, KfText part, const KfSheetContext *context,
                       KfError *err) KF_MUST_USE;

/** Read "A1:C3" or "A1", with or without "$"; false when it is none. */
bool kf_range_read(KfText text, KfRange *out);

#endif
