/**
 * @file
 * Notes on cells: the comments part of a sheet and the drawing of their boxes.
 *
 * A note of ours is replaced by a later one. Below somebody else's note ours is
 * appended, behind "Kontrafakt: ", and replaced there by a later one. A cell with
 * a threaded comment gets none. Ours is known by its author, or by how it begins, as
 * other programs do not keep authors.
 */
#ifndef KF_NOTES_PATCH_H
#define KF_NOTES_PATCH_H

#include "ooxml/sheet_patch.h"

/** A note to be, and what came of it. */
typedef struct {
    uint32_t row, col;
    KfText text;
    bool removes;  /**< revert: ours is taken out again, and text is not used */
    bool removed;  /**< it was, with all of the comment, so its box goes too */
    bool placed;   /**< there was a comment on the cell */
    bool threaded; /**< left out: the cell has a threaded comment */
} KfNote;

typedef struct {
    KfArena *arena;
    KfBuf *scratch;
    KfNote *notes; /**< by row, column */
    size_t count;
    const KfColumnWidth *widths;
    size_t width_count;
    bool strict; /**< ISO strict namespaces */
} KfNotesPatch;

/** Mark the notes whose cells have threaded comments in this part. */
KfStatus kf_notes_threaded(KfNotesPatch *patch, KfText xml, KfText part, KfError *err) KF_MUST_USE;
/** The comments part with the notes; an empty one is begun. */
KfStatus kf_notes_comments(KfNotesPatch *patch, KfText xml, KfText part, KfText *out,
                           KfError *err) KF_MUST_USE;
/** Whether there is a note that is neither placed nor left out, so needs a comment and a box. */
bool kf_notes_pending(const KfNotesPatch *patch);
/**
 * The drawing with a box for each pending note; an empty one is begun. free_cluster
 * and those behind it are clusters of 1024 shape numbers that no drawing of the
 * workbook uses. False when the drawing is none that we understand.
 */
bool kf_notes_drawing(KfNotesPatch *patch, KfText vml, uint32_t free_cluster, KfText *out);
/** The drawing without the boxes of removed notes; vml itself when there are none. */
KfText kf_notes_undraw(KfNotesPatch *patch, KfText vml);
/** The highest cluster of 1024 shape numbers that a drawing claims or uses. */
uint32_t kf_notes_last_cluster(KfText vml);

#endif
