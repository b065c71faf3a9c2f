/* While a check runs: what waits is worked through, so that the window is drawn, and Esc is
 * listened for. Whatever else the user types or clicks meanwhile is thrown away. */
#ifndef PLUGIN_CALC_STOP_H
#define PLUGIN_CALC_STOP_H

#include "uno.h"

typedef struct CalcStop CalcStop;

/** Listen from now on. toolkit and window (an XWindow) may be NULL, and memory may have
 *  ended: then there is no stopping. */
CalcStop *calc_stop_start(uno_Interface *toolkit, uno_Interface *window);
/** Whether Esc was pressed since. NULL is accepted. */
bool calc_stop_asked(CalcStop *stop);
/** Listen no more. NULL is accepted. */
void calc_stop_end(CalcStop *stop);

#endif
