/* What the evaluator's two halves share: formula_eval.c knows cells and their
 * order, formula_run.c operators and functions. */
#ifndef FORMULA_EVALUATOR_H
#define FORMULA_EVALUATOR_H

#include "formula/formula_parse.h"
#include "formula/ratio.h"

typedef enum {
    KF_RESULT_EMPTY,
    KF_RESULT_NUMBER,
    KF_RESULT_TEXT,
    KF_RESULT_BOOL,
    KF_RESULT_ERROR,
    KF_RESULT_UNKNOWN,
    KF_RESULT_REF /* cells, whose values are asked for when needed */
} KfResultKind;

typedef struct {
    uint8_t kind; /* KfResultKind */
    bool truth;   /* of a bool */
    union {
        KfRatio number;
        KfText text; /* or which error */
        KfFormulaRef ref;
    };
} KfResult;

typedef struct KfSlot KfSlot;

/* What is known of the formulas of a book, by sheet and index of the cell. */
typedef struct {
    KfSlot ***slots;
    bool keeps_cached;     /* only formulas without a cached value are evaluated, */
    uint8_t *const *stale; /* and those that are KF_STALE here; NULL: none */
} KfMemo;

enum { KF_STALE = 4 };

typedef struct KfFrame KfFrame;

struct KfEvaluator {
    KfArena *arena;
    const KfBook *book;
    KfMemo computed, cached;
    KfMemo *memo;    /* the one in use */
    uint64_t visits; /* to cells, in all */
    KfNodes nodes;   /* of the formulas on the way */
    KfFrame *frames;
    size_t frame_count, frame_cap;
    KfSlot **open; /* formulas that may still be part of a circle */
    size_t open_count, open_cap;
    KfResult *values; /* operands of the formula that is being run */
    size_t value_count, value_cap;
};

/* The existing cells of a range, in reading order. */
typedef struct {
    const KfGrid *grid;
    KfFormulaRef ref;
    size_t at, end;
} KfWalk;

KfWalk kf_walk(const KfEvaluator *ev, KfFormulaRef ref);
/* NULL at the end, and when too many cells have been visited in all. */
const KfCell *kf_walk_next(KfEvaluator *ev, KfWalk *walk);

/* What a cell of sheet gives; the formulas beneath it must be known. */
KfResult kf_result_of_cell(KfEvaluator *ev, uint32_t sheet, const KfCell *cell);
/* What a formula gives; no reference. */
KfResult kf_formula_run(KfEvaluator *ev, const KfNode *nodes, size_t count);

/* Let a cell count with another value than stands in it. */
void kf_evaluator_give(KfEvaluator *ev, uint32_t sheet, const KfCell *cell, const KfCell *value);
/* The cell with what its formula gives by the memo in use; false when it is not evaluable. */
bool kf_evaluator_fill(KfEvaluator *ev, uint32_t sheet, const KfCell *cell, KfCell *out);

#endif
