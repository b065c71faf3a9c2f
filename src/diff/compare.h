/* What the parts of a comparison share. */
#ifndef DIFF_COMPARE_H
#define DIFF_COMPARE_H

#include "diff/formula_same.h"

typedef enum { KF_BEFORE, KF_AFTER, KF_SIDES } KfSide;

typedef struct {
    KfArena *arena;
    KfDiff *out;
    size_t cap;
    KfBookMap map;
    KfFormulaSides formulas;
    bool untyped;          /* one of them is CSV: no kinds, no formulas */
    bool **seen[KF_SIDES]; /* by sheet and cell: part of a table, or compared */
} KfComparison;

const KfBook *kf_side_book(const KfComparison *work, KfSide side);
/* A difference that belongs nowhere yet. */
KfDifference kf_difference(KfDiffKind kind);
void kf_add_difference(KfComparison *work, const KfDifference *difference);
void kf_set_before(KfDifference *difference, KfRef cell);
void kf_set_after(KfDifference *difference, KfRef cell);
void kf_mark_seen(KfComparison *work, KfSide side, KfRef cell);

/* A formula as "=SUM(B5:B9)"; of a cell without one, what is typed there. */
KfValue kf_formula_value(KfComparison *work, KfText formula, KfValue typed);
/* Whether two formulas, either of which may be empty, differ. */
bool kf_formulas_differ(const KfComparison *work, KfRef before, KfText before_formula, KfRef after,
                        KfText after_formula);
/* Whether amounts differ by more than the tolerance; less is counted. */
bool kf_amounts_differ(KfComparison *work, KfOere before, KfOere after);

void kf_compare_cases(KfComparison *work);
void kf_compare_cells(KfComparison *work);

#endif
