/* Differences in words, for every report that a person reads. */
#ifndef REPORT_DIFF_LINES_H
#define REPORT_DIFF_LINES_H

#include "report/text_report.h"

enum { KF_DIFF_PLACE, KF_DIFF_ROW, KF_DIFF_CHANGE, KF_DIFF_COLUMNS };

typedef struct {
    const KfDiffReport *report;
    KfLang lang;
    KfBuf column[KF_DIFF_COLUMNS]; /* of the last difference, masked */
} KfDiffLines;

void kf_diff_line(KfDiffLines *lines, const KfDifference *difference);
void kf_diff_lines_finish(KfDiffLines *lines, KfBuf *out);
/* Whether two differences belong to the same course of the same citizen. */
bool kf_diff_same_block(const KfDifference *a, const KfDifference *b);
/* "Borger 3, faktisk forløb" */
void kf_buf_diff_block(KfBuf *out, const KfDifference *first, KfLang lang);
/* What was not compared, and why; a line each. */
void kf_buf_diff_notes(KfBuf *out, const KfDiffLines *lines);
/* How many there are of each kind; a line or two. */
void kf_buf_diff_verdict(KfBuf *out, const KfDiffLines *lines);

#endif
