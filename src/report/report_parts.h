/* What the formats of a check report share. */
#ifndef REPORT_REPORT_PARTS_H
#define REPORT_REPORT_PARTS_H

#include "kf/report.h"

/** Begin the sum of a file that was read. */
void kf_report_sum_audit(KfReportSum *sum, const KfAudit *audit);

/** The same with all that a verdict tells, of any file. */
void kf_report_sum_file(KfReportSum *sum, const KfFileReport *file, const KfReportOptions *options);

/** Drop the first len bytes. */
void kf_buf_cut_front(KfBuf *buf, size_t len);

#endif
