/* Calls to Excel, and its values and ours. */
#ifndef PLUGIN_EXCEL_EXCEL_H
#define PLUGIN_EXCEL_EXCEL_H

#include "functions.h"
#include "xlapi.h"

/** Call Excel; XL_FAILED when it is not there. result may be NULL. */
int excel_call(int function, XlOper *result, int count, XlOper **args);
/** Give back what Excel has put into a result. */
void excel_free(XlOper *result);

/** A string of ours, at most 32767 units; NULL when memory ends. To be freed with free(). */
XlChar *excel_string(KfText utf8);
/** The characters as UTF-8. */
void excel_utf8(KfBuf *out, const XlChar *string);
/** An operand with a string of ours; MISSING when memory ends. */
XlOper excel_text(const char *utf8);
XlOper excel_whole(int32_t number);

/** Texts and cells that an argument borrows. */
typedef struct {
    KfBuf text;
    KfHostSheet sheet;
} ExcelRoom;
void excel_room_free(ExcelRoom *room);

/** An argument as it comes in. */
void excel_argument(KfHostValue *out, ExcelRoom *room, const XlOper *value, KfArgumentKind kind);
/** A result for Excel, which comes back to excel_result_free(); NULL when memory ends. */
XlOper *excel_result(const KfHostResult *result);
void excel_result_free(XlOper *result);

#endif
