/**
 * @file
 * A workbook file with edits, as bytes.
 */
#ifndef KF_XLSX_WRITE_H
#define KF_XLSX_WRITE_H

#include "kf/edit.h"
#include "ooxml/pack_ahead.h"
#include "ooxml/xlsx.h"

/** What is written, and where to. */
typedef struct {
    KfXlsx *xlsx;
    const KfBook *book;
    const KfEdits *edits;
    KfArena *arena;       /**< for the work */
    KfBuf *scratch;       /**< the caller's, as out is */
    KfBuf *out;           /**< the file is appended here */
    bool is_exact;        /**< afterwards: every part is what it was in the input of a fix */
    KfText sheet_name;    /**< afterwards: of the new sheet, in arena */
    KfTouchedPart *parts; /**< afterwards: what was touched, in arena; names are the package's */
    size_t part_count, same_parts;
    KfPackAhead **ahead; /**< NULL: no thread packs; else what one does, for the caller to end */
} KfXlsxWrite;

/** Inside kf_arena_run(). Statuses: SHEET_UNREADABLE, NOT_A_ZIP, ZIP_TRUNCATED, LIMIT,
 *  NO_MEMORY. */
KfStatus kf_xlsx_write(KfXlsxWrite *write, KfError *err) KF_MUST_USE;
/** Whether the package carries a digital signature, which any change breaks. */
bool kf_xlsx_is_signed(const KfXlsx *xlsx);

#endif
