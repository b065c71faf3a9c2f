/* What the two halves of the stand-in for Excel share: functions, and the workbook. */
#ifndef HOSTS_EXCEL_HOST_H
#define HOSTS_EXCEL_HOST_H

#include <stdbool.h>

#include "xlapi.h"

/** Count one check; say what failed. */
bool check(bool holds, const char *format, ...);

/** Memory that Excel owns: whoever is given it gives it back once. */
void *own(size_t size);
bool disown(void *bytes);
/** Blocks of the heap that this program and the add-in share. */
long blocks_in_use(void);

XlChar *make_string(const char *utf8);
/** A string of Excel's own as a result. */
XlOper give_string(const char *utf8);
/** The characters, to be freed; NULL when it is no string. */
char *text_of(const XlOper *oper);
XlOper make_value(const char *field);
void drop_value(XlOper *oper);
/** A number, a whole number or a truth; else -1. */
double number_in(const XlOper *oper);

/** Whether a macro of this name is registered. */
bool is_macro(const char *name);
/** Run it as from the menu; false when it says that it failed. */
bool run_macro(const char *name);

/** The index of a sheet by its own name. */
int find_sheet(const char *name);
uintptr_t sheet_id(int index);
/** An array of Excel's own, with strings of its own, of what stands in cells. */
XlOper array_of(int sheet, XlRect rect);
/** Callbacks on the workbook, and all that none else knows. */
int call_book(int function, int count, XlOper **args, XlOper *result);
/** A line of the script that tells of the workbook, or asks for something. */
void script_line(const char *what, char *rest);
/** The menu must be there, or not. */
void check_menu(bool is_there);

#endif
