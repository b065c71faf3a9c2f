/* Calc's values and ours. */
#ifndef PLUGIN_CALC_VALUES_H
#define PLUGIN_CALC_VALUES_H

#include "functions.h"
#include "uno.h"

/** Rows and columns from first to last, both included, as the host's struct has them. */
typedef struct {
    sal_Int16 sheet;
    sal_Int32 first_col, first_row, last_col, last_row;
} CalcRange;

/** Texts and cells that an argument borrows. */
typedef struct {
    KfBuf text;
    KfHostSheet sheet;
} CalcRoom;

/** An argument as it comes in: an any, or an XCellRange for a range. */
void calc_argument(KfHostValue *out, CalcRoom *room, void *arg, KfArgumentKind kind);
void calc_room_free(CalcRoom *room);
/** Construct an any for the result. */
void calc_result(uno_Any *out, const KfHostResult *result);

/** The error behind the program's own code. */
KfHostError calc_error(sal_Int32 code);
/** Fill kind and value of a cell; text takes its characters. */
void calc_cell_value(KfHostCell *out, KfBuf *text, const uno_Any *value);
/** Formulas by what they give, as queryFormulaCells takes them. */
enum { CALC_ANY_FORMULA = 7, CALC_FAILED_FORMULA = 4 };
typedef void CalcFormulaVisit(void *ctx, sal_Int32 row, sal_Int32 col);
/** Visit the formulas among cells that are of one of these kinds. */
void calc_each_formula(uno_Interface *cells, sal_Int32 kinds, CalcFormulaVisit *visit, void *ctx);
/** The cells from A1 to the last in use, held; NULL when none is. */
uno_Interface *calc_used_cells(uno_Interface *sheet, CalcRange *place);

/** Read the values of the cells of range (an XCellRange) that are in use. */
bool calc_read_values(KfHostSheet *sheet, uno_Interface *range);

#endif
