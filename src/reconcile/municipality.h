/* Which municipality a workbook is about. */
#ifndef RECONCILE_MUNICIPALITY_H
#define RECONCILE_MUNICIPALITY_H

#include "kf/grid.h"

/** "Aarhus" of "Århus Kommune, 2013" or of the cells "Kommune:" and "Aarhus" beside
 *  each other, the first that a sheet states; empty when it states none. */
KfText kf_municipality_of_sheet(KfArena *arena, const KfGrid *grid);
/** The municipality that a file or folder is called after, the last one in the path;
 *  empty when it names none. Borrowed from a constant. */
KfText kf_municipality_of_path(KfText path);

#endif
