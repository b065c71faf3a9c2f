/* The sheet Kontrol, which a check writes into the open workbook. */
#ifndef PLUGIN_CHECK_SHEET_H
#define PLUGIN_CHECK_SHEET_H

#include "kf/audit.h"
#include "kf/edit.h"

/** A sheet with the verdict and every finding, each linked to its cell. looks has the text
 *  that gives a marked cell its looks back, by finding. scratch is empty, and freed by
 *  the caller. Inside kf_arena_run(). */
const KfOutSheet *kf_check_sheet(KfArena *arena, KfBuf *scratch, const KfAudit *audit,
                                 KfText verdict, const KfText *looks, KfLang lang);

#endif
