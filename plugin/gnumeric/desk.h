/* An open Gnumeric workbook as the commands see it. */
#ifndef PLUGIN_GNUMERIC_DESK_H
#define PLUGIN_GNUMERIC_DESK_H

#include <gnumeric.h>
#include <workbook-control.h>

#include "commands.h"

/** Carry out a command on a workbook; control NULL: without a window, so that nothing is
 *  asked, told or shown. */
bool gnumeric_command(const KfPlugin *plugin, Workbook *book, WorkbookControl *control,
                      KfCommand command);

#endif
