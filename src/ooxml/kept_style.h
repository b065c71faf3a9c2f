/**
 * @file
 * What the Rettelser sheet keeps of a cell's style, so that revert can give it back. Numbers
 * of styles mean something only in the file that they were written in: a program that saves
 * the copy counts its styles anew. So the looks are kept beside the numbers, and a number
 * counts only where marking its style gives the one that stands.
 */
#ifndef KF_KEPT_STYLE_H
#define KF_KEPT_STYLE_H

#include "ooxml/styles_patch.h"

typedef struct {
    bool was_absent; /**< the cell was not in the file */
    bool has_before; /**< before is known in this file */
    uint32_t before, after;
    bool was_text, was_quoted; /**< had the number format of texts, a leading apostrophe */
    KfText fill;               /**< its own fill; empty: none */
} KfKeptStyle;

/** "12>57@'<fill…>", "->57"; false when the text is none of ours. */
bool kf_kept_style_read(KfText text, KfKeptStyle *out);
/** Inside kf_arena_run(). */
KfText kf_kept_style_text(KfArena *arena, const KfKeptStyle *kept);
/** The style that a cell of style now gets back. Inside kf_arena_run(). */
uint32_t kf_kept_style_restore(KfStylePatch *patch, const KfKeptStyle *kept, uint32_t now);

#endif
