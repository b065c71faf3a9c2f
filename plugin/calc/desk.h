/* An open Calc document as the commands see it. */
#ifndef PLUGIN_CALC_DESK_H
#define PLUGIN_CALC_DESK_H

#include "commands.h"
#include "uno.h"

/** Carry out a command on the document of frame (an XFrame); silent: ask and tell nothing.
 *  context is the program's XComponentContext. */
bool calc_command(const KfPlugin *plugin, uno_Interface *context, uno_Interface *frame,
                  KfCommand command, bool silent);

#endif
