/**
 * @file
 * Changing the workbook part: a tab for our sheet with the names it needs, and the
 * wish to be recalculated; and taking entries from the calculation chain.
 *
 * Our sheet of an earlier run is known by the hidden defined name
 * _Kontrafakt_Rettelser, which refers to its first cell and so follows the sheet
 * when it is renamed or moved.
 */
#ifndef KF_BOOK_PATCH_H
#define KF_BOOK_PATCH_H

#include "ooxml/new_sheet.h"
#include "ooxml/xml_pull.h"

typedef struct {
    KfText name; /**< as shown */
    KfText rel_id;
    uint32_t sheet_id;
    size_t start, end; /**< its element; both 0 of a new one */
} KfTab;

/** A defined name as it stands. */
typedef struct {
    KfText name, refers_to;
    bool is_local;
    uint32_t tab;      /**< of a local one */
    size_t start, end; /**< its element */
    size_t tag_end;    /**< behind its start tag */
    bool dropped;
} KfDefinedName;

typedef struct {
    KfArena *arena;
    KfBuf *scratch;
    KfText xml;
    KfSplices splices;
    KfText colon, rel_prefix;
    bool strict;
    KfTab *tabs;
    size_t tab_count, tab_cap;
    KfDefinedName *names;
    size_t name_count, name_cap;
    KfXml sheets_end;  /**< token */
    KfXml names_end;   /**< token; no END: there are no defined names */
    size_t names_from; /**< start of definedNames */
    bool drops_names;  /**< none of them is left */
    size_t names_place, calc_place;
    size_t view_from, view_to; /**< start tag of the first workbookView; both 0: none */
    uint32_t active_tab;
    size_t calc_from, calc_to; /**< start tag of calcPr; both 0: none */
    bool recalculate;
    KfText new_names; /**< elements */
} KfBookPatch;

/** Read the workbook part. Inside kf_arena_run(). */
KfStatus kf_book_patch_open(KfBookPatch *patch, KfArena *arena, KfBuf *scratch, KfText xml,
                            KfText part, KfError *err) KF_MUST_USE;
/** Tab of our sheet of an earlier run, or SIZE_MAX. */
size_t kf_book_patch_ours(const KfBookPatch *patch);
/** The wished name, made fit for a tab, with " (2)", " (3)"… when it is taken. */
KfText kf_book_patch_free_name(KfBookPatch *patch, KfText wished);
/** Add a tab, the last one; its index. */
size_t kf_book_patch_add_tab(KfBookPatch *patch, KfText name, KfText rel_id);
/** Name what belongs to our sheet: the mark, its filter and its titles. */
void kf_book_patch_name(KfBookPatch *patch, size_t tab, const KfSheetNames *names);
/** Take out a tab that stands there, with the names that belong to our sheet. */
void kf_book_patch_remove_tab(KfBookPatch *patch, size_t tab);
/** Have the workbook recalculated when it is opened. */
void kf_book_patch_recalculate(KfBookPatch *patch);
KfText kf_book_patch_finish(KfBookPatch *patch);

/** A cell that has a formula no more, or that has one now. */
typedef struct {
    uint32_t sheet_id, row, col;
    bool has_formula;
} KfChainCell;

/** The calculation chain without the entries of these cells, and with new ones, last, for
 *  those that have a formula; *left: entries there are. */
KfStatus kf_chain_patch(KfArena *arena, KfBuf *scratch, KfText xml, const KfChainCell *cells,
                        size_t count, KfText part, KfText *out, size_t *left,
                        KfError *err) KF_MUST_USE;

#endif
