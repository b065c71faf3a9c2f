/**
 * @file
 * Changing cells of a worksheet part: only the bytes of the edited cells change,
 * and of what frames them where a cell or a row is new.
 *
 * Formulas that are to go: the master of a shared group hands its formula on to
 * the next member. A cell keeps its formula when it is part of an array formula or
 * of a data table, or when the next member's formula is not known.
 */
#ifndef KF_SHEET_PATCH_H
#define KF_SHEET_PATCH_H

#include "base/splice.h"
#include "kf/edit.h"
#include "ooxml/row_marks.h"

/** From..to in the part; both 0 where there is nothing. */
typedef struct {
    size_t from, to;
} KfSpan;

/** What stands at the place of an edit. */
typedef struct {
    bool present;      /**< the cell has an element */
    bool row_present;  /**< its row has one */
    bool is_text;      /**< a text, and no formula */
    bool says_number;  /**< t="n", which may stand or not */
    bool has_formula;  /**< before the edit */
    bool keep_formula; /**< after it */
    uint32_t style;    /**< its own; of an absent cell: that of its row or column */

    KfSpan cell; /**< element; absent: from is where it goes */
    KfSpan tag, r, s, t, cm, vm;
    KfSpan formula, value, inline_text;
    KfText name; /**< qualified: "c" or "x:c" */
    bool self_closing;
    bool group_master;  /**< of the shared group si */
    bool fixed_formula; /**< array of several cells, or data table */
    bool array_formula; /**< of one cell or several */
    uint32_t group;
    KfSpan row;       /**< element's start tag; absent: from is where the row goes */
    bool row_empty;   /**< a self-closing row */
    KfSpan row_spans; /**< value of the attribute */
} KfCellSpot;

/** Width of columns in pixels. */
typedef struct {
    uint32_t first, last; /**< columns from 0, both included */
    uint32_t pixels;
} KfColumnWidth;

/** A worksheet part being changed. */
typedef struct {
    KfArena *arena;
    KfBuf *scratch;
    KfText xml;
    const KfRowMarks *marks; /**< of xml, or NULL */
    KfSplices splices;
    const KfCellEdit *edits; /**< of this sheet, by row, column */
    KfCellSpot *spots;       /**< one for each edit */
    size_t count;

    KfText prefix;         /**< of the root element */
    KfText rel_prefix;     /**< of the relationships namespace; empty: not declared */
    bool strict;           /**< ISO strict namespaces */
    size_t data_tag_end;   /**< behind the start tag of sheetData */
    bool data_empty;       /**< a self-closing one */
    KfColumnWidth *widths; /**< of columns that have one of their own */
    size_t width_count, width_cap;
    KfSpan dimension; /**< value of its ref */
    size_t legacy_at; /**< where a legacyDrawing element goes */
    KfText legacy_id; /**< relationship of the one that stands there */
} KfSheetPatch;

/**
 * Look up the places of the edits in the part. grid: the sheet as it was read, for
 * the formulas of shared groups; may be NULL. Inside kf_arena_run().
 * arena, scratch, xml, marks and edits with count are set by the caller, the rest is 0.
 */
KfStatus kf_sheet_patch_open(KfSheetPatch *patch, const KfGrid *grid, KfText part,
                             KfError *err) KF_MUST_USE;
/** Carry out edit i, the cell getting this style. */
void kf_sheet_patch_cell(KfSheetPatch *patch, size_t i, uint32_t style);
/** Give the cell of edit i back what it was; was_absent: it goes. */
void kf_sheet_patch_restore(KfSheetPatch *patch, size_t i, uint32_t style, bool was_absent);
/** Add a legacyDrawing element with this relationship. */
void kf_sheet_patch_legacy(KfSheetPatch *patch, KfText rel_id);
/** Once all edits are carried out: the changes to the part then are in patch->splices. */
void kf_sheet_patch_finish(KfSheetPatch *patch);

#endif
