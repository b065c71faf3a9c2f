/* Calls to Excel, and its values and ours. */
#ifndef PLUGIN_EXCEL_EXCEL_H
#define PLUGIN_EXCEL_EXCEL_H

#include "functions.h"
#include "xlapi.h"

/** Call Excel; XL_FAILED when it is not there. result may be NULL. */
int excel_call(int function, XlOper *result, int count, XlOper **args);
/** Give back what Excel has put into a result. */
void excel_free(XlOper *result);

/** The most operands of excel_ask() and excel_do(). */
#define EXCEL_MOST_OPERANDS 8
/** Call with operands whose strings are ours, and freed. False when Excel refused, or the
 *  result is an error; else the result is to be freed with excel_free(). */
bool excel_ask(int function, XlOper *result, XlOper *operands, int count);
/** The same of a command, or of a function whose result is nobody's concern. */
bool excel_do(int function, XlOper *operands, int count);
/** Operands of excel_ask() and excel_do(), listed. */
#define EXCEL_OPERANDS(...)                                                                        \
    (XlOper[]){ __VA_ARGS__ }, (int)(sizeof(XlOper[]){ __VA_ARGS__ } / sizeof(XlOper))

/** A string of ours, at most 32767 units; NULL when memory ends. To be freed with free(). */
XlChar *excel_string(KfText utf8);
/** The characters as UTF-8. */
void excel_utf8(KfBuf *out, const XlChar *string);
/** An operand with a string of ours; MISSING when memory ends. */
XlOper excel_text(const char *utf8);
XlOper excel_slice(KfText utf8);
XlOper excel_whole(int32_t number);
XlOper excel_number(double number);
XlOper excel_truth(bool truth);
XlOper excel_missing(void);

/** Whether Excel answered with a number or a truth that is not 0, and the number. */
bool excel_is_true(const XlOper *value);
double excel_as_number(const XlOper *value);

/** A value of a cell as it came in; text takes its characters. */
void excel_value(KfHostValue *out, KfBuf *text, const XlOper *value);

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
