/**
 * @file
 * Adding cell formats to a styles part: clones of those that cells have, with a
 * fill or a number format changed, and those of the new sheet. What is there
 * already is used again, so marking a marked copy adds nothing.
 */
#ifndef KF_STYLES_PATCH_H
#define KF_STYLES_PATCH_H

#include "base/text_map.h"
#include "base/splice.h"
#include "kf/edit.h"

typedef enum {
    KF_STYLE_FONTS,
    KF_STYLE_FILLS,
    KF_STYLE_BORDERS,
    KF_STYLE_XFS, /**< cellXfs */
    KF_STYLE_PARTS
} KfStylePart;

/** A list of the styles part: its elements, as they stand and added. */
typedef struct {
    KfText *items;
    size_t count, cap, old_count;
    KfTextMap known; /**< the index of each of the first `seen` items */
    size_t seen;
    bool present;
    bool self_closing;
    size_t end;                  /**< where its end tag begins; self-closing: its end */
    size_t count_from, count_to; /**< value of its count attribute */
    size_t place;                /**< missing: where it goes */
} KfStyleList;

/** A change of a cell format. */
typedef struct {
    KfMark mark;
    bool unquote;       /**< no leading apostrophe any more */
    bool number_format; /**< from text to a number format */
    bool decimals;      /**< that has two decimals */
    bool unmark;        /**< a fill of ours goes */
    KfText fill;        /**< and this one comes in its place; empty: none */
    bool as_text;       /**< the number format of texts comes back */
    bool quote;         /**< and so does the leading apostrophe */
} KfStyleChange;

typedef struct {
    KfArena *arena;
    KfText xml;
    KfText colon;     /**< "" or "x:", in front of every element's name */
    bool has_parents; /**< there are cellStyleXfs */
    bool changed;     /**< something was added */
    KfStyleList lists[KF_STYLE_PARTS];
    KfTextMap made; /**< what a change of a style came to */
} KfStylePatch;

/** Read a styles part; an empty one is begun. Inside kf_arena_run(). */
KfStatus kf_style_patch_open(KfStylePatch *patch, KfArena *arena, KfText xml, bool strict,
                             KfText part, KfError *err) KF_MUST_USE;
/** The cell format style with the change made; style itself when there is nothing to change. */
uint32_t kf_style_patch_cell(KfStylePatch *patch, uint32_t style, const KfStyleChange *change);
/** The fill of a cell format, without prefixes; empty when it has none. Inside kf_arena_run(). */
KfText kf_style_patch_fill(KfStylePatch *patch, uint32_t style);
/** Whether a cell format has a leading apostrophe. */
bool kf_style_patch_quoted(const KfStylePatch *patch, uint32_t style);
/** Cell format for a cell of the new sheet. */
uint32_t kf_style_patch_out(KfStylePatch *patch, KfOutKind kind, KfOutStyle style);
/** Height in points of a line in the workbook's own font. */
uint32_t kf_style_patch_line(KfStylePatch *patch);
/** The part as changed; the very bytes of open when nothing was added. */
KfText kf_style_patch_finish(KfStylePatch *patch);

#endif
