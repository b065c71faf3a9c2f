/* A worksheet of the open workbook as the core sees it. */
#ifndef PLUGIN_EXCEL_READ_SHEET_H
#define PLUGIN_EXCEL_READ_SHEET_H

#include "excel.h"

/** A worksheet by its full name, "[Book1]Sheet1". */
typedef struct {
    KfBuf name;
    uintptr_t id;
} ExcelSheet;

/** The sheet's own name, without the book's. */
KfText excel_sheet_name(KfText full);

/** A reference to cells of a sheet; rects is room for it. */
XlOper excel_area(uintptr_t sheet, XlRects *rects, XlRect rect);
/** Cells of the active sheet. */
XlOper excel_here(XlRect rect);
XlRect excel_cell_rect(uint32_t row, uint32_t col);

/** What is asked of one cell (XL_CELL_...); to be freed with excel_free(). */
bool excel_cell_ask(uintptr_t sheet, uint32_t row, uint32_t col, int what, XlOper *out);
/** The same where the answer is a number or a truth; 0 when there is none. */
double excel_cell_number(uintptr_t sheet, uint32_t row, uint32_t col, int what);

/** Show a sheet, for what only works on the one that is shown. False: it is hidden. */
bool excel_show_sheet(const ExcelSheet *sheet);
/** Read cells, formulas, formats and shape. Another sheet may be shown afterwards. */
bool excel_read_sheet(KfHostSheet *out, const ExcelSheet *sheet);

#endif
