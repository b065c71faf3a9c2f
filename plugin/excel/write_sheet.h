/* New values, marks and notes in cells, and whole new sheets. */
#ifndef PLUGIN_EXCEL_WRITE_SHEET_H
#define PLUGIN_EXCEL_WRITE_SHEET_H

#include "kf/edit.h"
#include "read_sheet.h"

/** Write what an edit asks for. A cell that is filled already keeps its fill: the
 *  interface knows no other colours than those of the palette to give back. */
bool excel_edit(const ExcelSheet *sheet, const KfCellEdit *edit);
/** How a cell looks, for excel_look_again(). */
void excel_looks(const ExcelSheet *sheet, KfRef cell, KfBuf *out);
/** Take our fill and our note away; false when neither was there. */
bool excel_look_again(const ExcelSheet *sheet, KfRef cell, KfText looks);
/** Write a new sheet's cells; it must be empty, and the one that is shown. */
bool excel_fill_sheet(uintptr_t sheet, const KfOutSheet *from);

#endif
