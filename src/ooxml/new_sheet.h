/**
 * @file
 * The part of a sheet of ours, from its cells. Texts are inline strings, so the
 * shared strings of the workbook stay as they are.
 */
#ifndef KF_NEW_SHEET_H
#define KF_NEW_SHEET_H

#include "ooxml/styles_patch.h"

/** What of the sheet the workbook part must name. */
typedef struct {
    bool has_filter;
    KfRange filter; /**< heading row to last row of the table */
    bool has_titles;
    uint32_t title_row; /**< repeated on every printed page */
} KfSheetNames;

/** A table whose headings stand below this row is not frozen: too little would scroll. */
#define KF_FREEZE_LIMIT 20

/** The worksheet part. Inside kf_arena_run(). */
KfText kf_new_sheet(KfArena *arena, KfBuf *scratch, const KfOutSheet *sheet, KfStylePatch *styles,
                    bool strict, KfSheetNames *names);

#endif
