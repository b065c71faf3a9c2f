/**
 * @file
 * What differs between two workbooks: by citizen, course, row and period first,
 * so that an inserted row is one difference; then the cells beside the tables.
 */
#ifndef KF_DIFF_H
#define KF_DIFF_H

#include "kf/model.h"

typedef enum {
#define KF_DIFFERENCE(id, key, da, en) KF_DIFF_##id,
#include "kf/differences.def"
#undef KF_DIFFERENCE
    KF_DIFF_COUNT
} KfDiffKind;

/** "item-added"; published, never renamed. */
const char *kf_diff_key(KfDiffKind kind);
/** What the kind means, in a few words. */
const char *kf_diff_title(KfDiffKind kind, KfLang lang);

typedef struct {
    KfDiffKind kind;
    bool has_before, has_after; /**< whether there is such a cell */
    KfRef before_cell, after_cell;
    KfText citizen; /**< empty beside the tables; not yet masked */
    int course;     /**< KfCourseKind, or -1 */
    KfText period;  /**< "7-12", empty when there is none */
    int payer;      /**< KfPayer, or KF_PAYER_NONE */
    KfText label;   /**< of the row, or of the sheet */
    KfValue before, after;
} KfDifference;

typedef struct {
    const KfBook *book;
    const KfModel *model;
} KfDiffSide;

typedef struct {
    KfOere tolerance; /**< a difference up to this is counted, not listed */
} KfDiffOptions;

/** Lives in the arena it was made in; borrows from both books. */
typedef struct {
    KfDiffSide before, after;
    KfOere tolerance;
    KfDifference *items; /**< case by case, then sheet by sheet */
    size_t count;
    size_t by_kind[KF_DIFF_COUNT];
    size_t within_tolerance;
    size_t matched_cases;   /**< citizens that both workbooks have */
    bool formulas_compared; /**< false when one of them is a CSV file */
    bool ours_left_out;     /**< a sheet Rettelser of ours was passed over */
} KfDiff;

/** Compare two books that outlive out. Call inside kf_arena_run(). */
void kf_diff(KfArena *arena, KfDiffSide before, KfDiffSide after, const KfDiffOptions *options,
             KfDiff *out);

#endif
