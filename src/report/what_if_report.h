/* The parts of the check reports that tell of another day's law. */
#ifndef REPORT_WHAT_IF_REPORT_H
#define REPORT_WHAT_IF_REPORT_H

#include "kf/report.h"
#include "report/json_writer.h"

void kf_report_what_if_text(KfBuf *out, const KfFileReport *file, const KfWhatIf *what_if,
                            const KfReportOptions *options);
/* The key "what_if" and its object. */
void kf_json_what_if(KfJson *json, const KfAudit *audit, const KfWhatIf *what_if);
void kf_report_what_if_csv_head(KfBuf *out, const KfReportOptions *options);
void kf_report_what_if_csv(KfBuf *out, const KfFileReport *file, const KfWhatIf *what_if,
                           const KfReportOptions *options);

#endif
