/**
 * @file
 * Formulas of a workbook: what they give, what they sum, how they compare.
 *
 * Read are formulas as files store them (English names, commas). Evaluated are
 * + - * / ^ %, comparisons, SUM, SUBTOTAL (9 and 109), ROUND, ABS, IF, MIN and
 * MAX, over cells, ranges and other sheets of the workbook, with exact
 * fractions. Whatever else a formula holds makes it not evaluable, and then
 * that is said; it is never guessed.
 *
 * All functions allocate in an arena and belong inside kf_arena_run().
 */
#ifndef KF_FORMULA_H
#define KF_FORMULA_H

#include "kf/grid.h"

typedef enum {
    KF_EVAL_NUMBER,
    KF_EVAL_TEXT,
    KF_EVAL_BOOL,
    KF_EVAL_ERROR,
    KF_EVAL_UNKNOWN /**< not evaluable */
} KfEvalKind;

/** What a cell gives. */
typedef struct {
    KfEvalKind kind;
    bool from_cache; /**< the formula is not evaluable; this is its cached value */
    KfText text;     /**< as KfCell.text; a number shortest, to 15 digits */
} KfEval;

/** Cells that a formula refers to. A whole column has all rows of a sheet. */
typedef struct {
    uint32_t sheet;
    KfRange range;
} KfFormulaRef;

/** Remembers what the cells of one workbook give. The workbook must stay as it
 *  is while the evaluator is in use. */
typedef struct KfEvaluator KfEvaluator;

KfEvaluator *kf_evaluator_create(KfArena *arena, const KfBook *book);
/** So many cells have been visited (50 million) that whatever was not known by
 *  then is not evaluable. */
bool kf_evaluator_gave_up(const KfEvaluator *evaluator);

/**
 * What a cell's formula gives from the computed values beneath it; of a cell
 * without a formula, its value (an empty one is the number 0).
 * A formula that is not evaluable, or part of a circle, counts with its cached
 * value; KF_EVAL_UNKNOWN when it has none.
 */
KfEval kf_evaluate(KfEvaluator *evaluator, KfRef cell);

/**
 * The cached value of a formula differs from what the formula gives from the
 * cached values of the cells it refers to, so that one stale cell does not
 * make stale all that depend on it. Numbers within 10^-6 are equal (of numbers
 * above ten million: within 10^-13 of them). False also when nothing is cached
 * or the formula is not evaluable, which right->from_cache then says. right may be NULL.
 */
bool kf_formula_stale(KfEvaluator *evaluator, KfRef cell, KfEval *right);

/**
 * Give formula cells without a cached value (KF_CELL_EMPTY) what they come to
 * from the cached and filled values beneath them. unknown lists, in order of
 * sheets and cells, those that are not evaluable and stay as they were; NULL
 * when there are none.
 */
void kf_book_fill_missing(KfArena *arena, KfBook *book, KfRef **unknown, size_t *unknown_count);

/** What a change of cells does to the cached values of other formulas. */
typedef struct {
    KfPlacedCell *cells; /**< formulas that come to another value, with it; in reading order */
    size_t count;
    KfRef *unknown; /**< formulas that depend on the change, or may, and are not evaluable */
    size_t unknown_count;
} KfRefreshed;

/**
 * The cached values that are right once the cells of changed (in reading order, no two for
 * one place) stand in book. A changed formula counts with the value it comes with, and is
 * evaluated too when it comes without one; what does not depend on a changed cell counts with
 * its cached value.
 */
void kf_book_refresh(KfArena *arena, const KfBook *book, const KfPlacedCell *changed, size_t count,
                     KfRefreshed *out);

/**
 * The cells that a plain sum adds, all of them with plus: SUM(B6:B9),
 * B6+B7+B9, SUM(B6:B9,B12)+B14, SUBTOTAL(9,B6:B9). False for any other shape,
 * for a lone reference (=B6), and above 65536 cells. Empty places inside a
 * range are listed too, as far as the sheet is in use; a cell that is added
 * twice stands there twice.
 */
bool kf_formula_sum_cells(KfArena *arena, const KfBook *book, KfRef cell, KfRef **cells,
                          size_t *count);

/** The same of a formula that stands in no cell yet, as it would on that sheet. */
bool kf_formula_text_sum_cells(KfArena *arena, const KfBook *book, uint32_t sheet, KfText formula,
                               KfRef **cells, size_t *count);

/** The formula of one cell as it reads when copied to another of the same sheet;
 *  empty when there is none, or when it would leave the sheet. */
KfText kf_formula_copied(KfArena *arena, const KfBook *book, KfRef from, KfRef to);

/**
 * A formula for the cell that sums these cells of its sheet: "SUM(B6:B9,B12)". What
 * stands between two of them is spanned where it adds nothing. A cell that has a
 * SUBTOTAL gets one again.
 */
KfText kf_formula_sum_of(KfArena *arena, const KfBook *book, KfRef cell, const KfRef *cells,
                         size_t count);

/**
 * The formula with references relative to its cell ("SUM(R[-3]C:R[-1]C)"), so
 * that a formula copied along a row or column gives the same text. False when
 * there is no formula or it cannot be read.
 */
bool kf_formula_relative(KfArena *arena, const KfBook *book, KfRef cell, KfText *out);

/**
 * Every cell and range of this workbook that the formula names, in its order.
 * False when there may be more than those listed: a defined name, a table,
 * INDIRECT, or text that cannot be read. No formula: none, and true.
 */
bool kf_formula_refs(KfArena *arena, const KfBook *book, KfRef cell, KfFormulaRef **refs,
                     size_t *count);

#endif
