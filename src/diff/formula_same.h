/* Whether two formulas say the same of cells that stand for one another. */
#ifndef DIFF_FORMULA_SAME_H
#define DIFF_FORMULA_SAME_H

#include "diff/sheet_map.h"

typedef struct {
    const KfBook *before, *after;
    const KfBookMap *map;
} KfFormulaSides;

/* sheet: where each formula stands. Rows and columns inserted or removed around
 * and inside of a reference make no difference. */
bool kf_formula_same(const KfFormulaSides *sides, uint32_t before_sheet, KfText before,
                     uint32_t after_sheet, KfText after);

#endif
