/* What Excel calls: functions and macros of the lists, exported under their own names by a
 * file that the build makes of the lists. */
#ifndef PLUGIN_EXCEL_XLL_H
#define PLUGIN_EXCEL_XLL_H

#include "commands.h"
#include "excel.h"

/** Work out a function; the result comes back to xlAutoFree12. */
XlOper *excel_evaluate(KfFunctionId id, const XlOper *const *given);
/** Carry out a command; 1 when it was done. */
int excel_carry_out(KfCommand command);

#endif
