/* Whether a book that was corrected has to be checked once more. */
#ifndef KF_CORRECT_SECOND_LOOK_H
#define KF_CORRECT_SECOND_LOOK_H

#include "kf/fix.h"

/* Whether there may be more to correct once the findings that are made, and with them these
 * cells, are corrected. False only where nothing can have changed but what those findings
 * are about. cells: in reading order, each place once. Inside kf_arena_run(). */
bool kf_needs_second_look(KfArena *arena, const KfAudit *audit, const bool *made,
                          const KfPlacedCell *cells, size_t count);

#endif
