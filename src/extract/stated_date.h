/* The calculation date that a sheet states. */
#ifndef KF_EXTRACT_STATED_DATE_H
#define KF_EXTRACT_STATED_DATE_H

#include "extract/locate.h"

/* A bit for each way in which the text has words that tell of the date of the calculation. */
unsigned kf_date_tellings(KfText text);

/* Fill model->stated_date from the sheet, whose runs are these, unless it is filled already. */
void kf_find_stated_date(const KfBook *book, uint32_t sheet, const KfRuns *runs, KfModel *model);

#endif
