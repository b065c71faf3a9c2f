/* Findings as lines for a person, alike in check and fix. */
#ifndef REPORT_TEXT_REPORT_H
#define REPORT_TEXT_REPORT_H

#include "correct/phrase.h"
#include "kf/report.h"

enum { KF_PAGE_WIDTH = 100, KF_LINE_COLUMNS = 4 };

/** The columns of a finding's first line: place, row and period, found, expected. */
typedef struct {
    KfBuf *out;
    const KfReportOptions *options;
    const KfAudit *audit;
    bool name_sheets; /**< no heading names the citizen, so each place names its sheet */
    KfBuf column[KF_LINE_COLUMNS];
    size_t width[KF_LINE_COLUMNS]; /**< of the block being printed */
} KfLines;

void kf_lines_init(KfLines *lines, KfBuf *out, const KfReportOptions *options,
                   const KfAudit *audit);
void kf_lines_finish(KfLines *lines);
/** Forget the widths of the last block. */
void kf_lines_begin(KfLines *lines);
/** Take a finding's columns into the widths of the block. */
void kf_lines_measure(KfLines *lines, const KfFinding *finding);
/** First line and reason of a finding; severity and action only when asked for. */
void kf_lines_finding(KfLines *lines, const KfFinding *finding, bool checking);
/** A consequence in one line. */
void kf_lines_consequence(KfLines *lines, const KfFinding *finding);

/** Characters of a text, as a terminal shows them. */
size_t kf_text_columns(KfText text);
void kf_buf_spaces(KfBuf *out, size_t count);
/** Text in lines of at most KF_PAGE_WIDTH, each indented, each ended. */
void kf_buf_wrapped(KfBuf *out, KfText text, size_t indent);
/** A line of its own: the text with its places filled. */
void kf_buf_line(KfBuf *out, KfPhrase say, KfLang lang, const KfText *args, size_t arg_count);

#endif
