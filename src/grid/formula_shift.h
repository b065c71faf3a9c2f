/**
 * @file
 * A formula as it reads in another cell.
 */
#ifndef KF_FORMULA_SHIFT_H
#define KF_FORMULA_SHIFT_H

#include "kf/base.h"

/**
 * Append formula (without "=") as it reads rows down and cols to the right:
 * relative parts of A1 references, ranges, whole rows and columns move, "$"
 * parts stay. Texts, sheet names, functions, names and [structured] references
 * are left as they are; what would leave the sheet becomes #REF!.
 */
void kf_formula_shift(KfBuf *out, KfText formula, int32_t rows, int32_t cols);

#endif
