/* The menu's commands in the workbook that Excel has open. */
#ifndef PLUGIN_EXCEL_DESK_H
#define PLUGIN_EXCEL_DESK_H

#include "commands.h"

/** Carry out a command on the active workbook. Excel must have called one of our macros. */
bool excel_command(const KfPlugin *plugin, KfCommand command);

#endif
