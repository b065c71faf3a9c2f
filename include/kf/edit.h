/**
 * @file
 * What is to be written into a workbook: cell edits, marks and a new sheet.
 * Knows neither files nor findings, so a file and an open spreadsheet
 * program can both carry it out.
 */
#ifndef KF_EDIT_H
#define KF_EDIT_H

#include "kf/grid.h"
#include "kf/value.h"

/** Title of our own sheet, by which it is known again. */
#define KF_OUR_TITLE_DA "Rettelser fra Kontrafakt"
#define KF_OUR_TITLE_EN "Corrections by Kontrafakt"
/** Title of the sheet that a check inside a spreadsheet program writes. */
#define KF_OUR_CHECK_DA "Kontrol fra Kontrafakt"
#define KF_OUR_CHECK_EN "Check by Kontrafakt"
/** Whether a sheet is a report of ours, and no table of the user's. */
bool kf_grid_is_ours(const KfGrid *grid);
/** What the title of a sheet ends with that helps a form of ours, and is no table. */
#define KF_AID_TITLE_END " – Kontrafakt"
bool kf_grid_is_aid(const KfGrid *grid);
/** Whether it is the one that tells of corrections. */
bool kf_grid_is_corrections(const KfGrid *grid);
/** Whether the book tells of corrections on any sheet. */
bool kf_book_has_ours(const KfBook *book);

typedef enum { KF_MARK_NONE, KF_MARK_CORRECTED, KF_MARK_PROPOSED } KfMark;

/** One cell to change, to mark, or both. */
typedef struct {
    KfRef ref;
    bool has_value;    /**< false: mark only */
    bool is_text;      /**< the new value is text, not number */
    KfText text;       /**< new value as characters */
    KfText number;     /**< new value as decimal text ("92826", "62788.5") */
    bool keep_formula; /**< the cell's formula stays and gets the value as its cached one */
    KfText formula;    /**< new formula without "=", the value being its cached one; else empty */
    uint8_t result;    /**< KfCellKind of a formula's value; EMPTY: as is_text says. A BOOL's
                            and an ERROR's characters stand in text */
    KfMark mark;
    KfText note; /**< text of the note, empty for none */
    const struct KfOriginal
        *original; /**< revert: what the cell was; all above but ref is unused */
} KfCellEdit;

/** A cell as it was before a correction, from the sheet that tells of it. */
typedef struct KfOriginal {
    uint8_t kind;         /**< KfCellKind */
    KfText text, formula; /**< as in KfCell */
    KfText style;         /**< what KF_OUT_STYLE left in the sheet */
} KfOriginal;

/** STYLE: what the file needs to give the target its looks back, for revert. */
typedef enum { KF_OUT_TEXT, KF_OUT_NUMBER, KF_OUT_COUNT, KF_OUT_LINK, KF_OUT_STYLE } KfOutKind;
typedef enum {
    KF_OUT_PLAIN,
    KF_OUT_TITLE,
    KF_OUT_HEADING,
    KF_OUT_FIGURE_HEADING,   /**< to the right, above figures */
    KF_OUT_INDENTED_HEADING, /**< above what is INDENTED */
    KF_OUT_WRAPPED,
    KF_OUT_INDENTED, /**< wrapped, and away from the number on its left */
    KF_OUT_STRONG,
    KF_OUT_CORRECTED,
    KF_OUT_PROPOSED
} KfOutStyle;
static inline bool kf_out_is_heading(KfOutStyle style)
{
    return style == KF_OUT_HEADING || style == KF_OUT_FIGURE_HEADING
           || style == KF_OUT_INDENTED_HEADING;
}
/** Whether its text is broken into lines. */
static inline bool kf_out_wraps(KfOutStyle style)
{
    return style == KF_OUT_WRAPPED || style == KF_OUT_INDENTED || kf_out_is_heading(style);
}

/** A cell of the new sheet; an amount is a NUMBER, a whole number a COUNT. */
typedef struct {
    KfOutKind kind;
    KfOutStyle style;
    KfText text;   /**< shown text; decimal text for a number */
    KfText target; /**< link: place in the workbook, "'Borger 1'!D30"; STYLE: "0!D30" */
} KfOutCell;

typedef struct {
    KfOutCell *cells;
    size_t count;
} KfOutRow;

/** A sheet to add (or to put in the place of an earlier one of ours). */
typedef struct {
    KfText name; /**< wished for; a number is added when it is taken */
    KfOutRow *rows;
    size_t row_count;
    const uint16_t *widths; /**< column widths in characters; 0: hidden */
    size_t width_count;
    size_t table_row;  /**< row of the headings that get a filter and are frozen */
    size_t table_cols; /**< 0: no filter */
} KfOutSheet;

typedef struct {
    const KfCellEdit *edits; /**< by sheet, row, column; no two for one cell */
    size_t edit_count;
    const KfOutSheet *sheet; /**< NULL: none */
    bool remove_ours;        /**< take out the sheet of an earlier run */
    bool recalculate;        /**< mark the workbook to recalculate on load */
    size_t refreshed_count;  /**< of edits: formulas that only get another cached value */
    const KfRef *unknown;    /**< formulas that depend on an edit, or may, and whose value
                                  is not known: it stays as it was until they are calculated */
    size_t unknown_count;
} KfEdits;

typedef enum { KF_PART_CHANGED, KF_PART_ADDED, KF_PART_REMOVED } KfPartFate;

/** A part of a workbook file that writing edits into it touched. */
typedef struct {
    KfText name;
    KfPartFate fate;
} KfTouchedPart;

/** "changed", "added", "removed" */
const char *kf_part_fate_key(KfPartFate fate);

/**
 * Add to edits what they do to the cached values of other formulas of the book. edits is of
 * the caller's, by sheet, row, column; a new list takes its place. Inside kf_arena_run().
 */
void kf_edits_refresh(KfArena *arena, const KfBook *book, KfEdits *edits);

#endif
