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

#include "ooxml/id_map.h"
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

/**
 * Which clusters of 1024 shape numbers the drawings of a workbook claim or use, and which
 * of them more than one does: other programs number each drawing from the same start.
 */
typedef struct {
    KfIdMap drawings; /**< by cluster, the drawing that uses it */
    uint32_t drawing_count, last;
} KfClusters;

/** Mark the notes whose cells have threaded comments in this part. */
KfStatus kf_notes_threaded(KfNotesPatch *patch, KfText xml, KfText part, KfError *err) KF_MUST_USE;
/** The comments part with the notes; an empty one is begun. */
KfStatus kf_notes_comments(KfNotesPatch *patch, KfText xml, KfText part, KfText *out,
                           KfError *err) KF_MUST_USE;
/** Whether there is a note that is neither placed nor left out, so needs a comment and a box. */
bool kf_notes_pending(const KfNotesPatch *patch);
/**
 * The drawing with a box for each pending note; an empty one is begun. Their
 * numbers are in clusters that no other drawing uses. False when the drawing is none that
 * we understand.
 */
bool kf_notes_drawing(KfNotesPatch *patch, KfText vml, KfClusters *clusters, KfText *out);
/** The drawing without the boxes of removed notes; vml itself when there are none. */
KfText kf_notes_undraw(KfNotesPatch *patch, KfText vml);
/** Count a drawing of the workbook among those that use clusters; each once. */
void kf_clusters_count(KfArena *arena, KfClusters *clusters, KfText vml);

#endif
