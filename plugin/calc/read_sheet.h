/* A sheet of a Calc document with all that a check looks at. */
#ifndef PLUGIN_CALC_READ_SHEET_H
#define PLUGIN_CALC_READ_SHEET_H

#include "values.h"

/** What reading sheets needs of the document; {0} before calc_reader_init(). */
typedef struct {
    uno_Interface *formats; /* XNumberFormats */
    uno_Interface *parser;  /* XFormulaParser, for Excel's way of writing */
} CalcReader;

void calc_reader_init(CalcReader *reader, uno_Interface *document);
void calc_reader_finish(CalcReader *reader);
/** Read sheet (an XSpreadsheet). */
bool calc_read_sheet(const CalcReader *reader, KfHostSheet *out, uno_Interface *sheet);

#endif
