/* The Rettelser sheet of a corrected copy. */
#ifndef CORRECT_FIX_SHEET_H
#define CORRECT_FIX_SHEET_H

#include "correct/phrase.h"

/** Made in arena; scratch is an empty buffer that the caller frees. */
const KfOutSheet *kf_fix_sheet(KfArena *arena, KfBuf *scratch, const KfAudit *audit,
                               const KfFixPlan *plan, const KfFixOptions *options);

#endif
