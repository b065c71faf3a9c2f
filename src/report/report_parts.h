/* What the formats of a check report share. */
#ifndef REPORT_REPORT_PARTS_H
#define REPORT_REPORT_PARTS_H

#include "kf/report.h"

/** Begin the sum of a file that was read. */
void kf_report_sum_audit(KfReportSum *sum, const KfAudit *audit);

#endif
