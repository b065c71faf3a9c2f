/* Published figures beside ours. */
#ifndef RECONCILE_AGAINST_H
#define RECONCILE_AGAINST_H

#include "kf/reconcile.h"

/** Read the table of published figures and compare; fills published and unread_rows. */
void kf_reconcile_against(KfArena *arena, const KfBook *book, KfReconciliation *out);

/** Whether the bytes a and b name the same municipality: case, hyphens and å do not count. */
bool kf_same_municipality(KfText a, KfText b);

#endif
