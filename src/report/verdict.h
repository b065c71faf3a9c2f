/* What became of a file, in one word. */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include "kf/report.h"

typedef enum { KF_CLEAN, KF_FINDINGS, KF_NO_CASE_TABLE, KF_UNREADABLE } KfVerdict;

/** Errors and warnings are findings; infos only when least asks for them. */
KfVerdict kf_verdict(const KfFileReport *file, KfSeverity least);
/** "clean" */
const char *kf_verdict_key(KfVerdict verdict);

/** What kept the file from being read, or why it has no cases. */
KfError kf_file_error(const KfFileReport *file);

/** "I alt 9 fejl i 5 borgerforløb. 7 celler kan rettes." and a line feed. */
void kf_buf_verdict(KfBuf *out, const KfReportSum *counts, KfLang lang);

#endif
