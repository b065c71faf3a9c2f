/* The calculation date that a sheet states. */
#ifndef KF_EXTRACT_STATED_DATE_H
#define KF_EXTRACT_STATED_DATE_H

#include "kf/model.h"

/* A bit for each way in which the text has words that tell of the date of the calculation. */
unsigned kf_date_tellings(KfText text);

/* Fill model->stated_date from the sheet, unless it is filled already. */
void kf_find_stated_date(const KfBook *book, uint32_t sheet, KfModel *model);

#endif
