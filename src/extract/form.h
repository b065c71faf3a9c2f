/* Tables that are no cases: payer tables, budgets, summaries, wage and support forms. */
#ifndef KF_EXTRACT_FORM_H
#define KF_EXTRACT_FORM_H

#include "extract/table.h"

/* The forms whose headings stand in this row, left to right; rows from end_row on
 * belong to other tables. Returns how many of room were filled. */
size_t kf_forms_read(const KfTableReader *reader, uint32_t row, uint32_t end_row, KfTable *out,
                     size_t room);

#endif
