/* Charts as SVG within a page; each is a figure with a text alternative, and the same
 * figures stand in a table beside it. */
#ifndef REPORT_HTML_CHART_H
#define REPORT_HTML_CHART_H

#include "report/html_writer.h"

/** A bar and the amounts that it is made of. */
typedef struct {
    KfText label;
    KfOere parts[KF_PAYER_COUNT]; /**< stacked: of at least 0 */
    KfOere value;                 /**< single: of either sign */
    int color;                    /**< single: a payer, or KF_ALL_PAYERS */
} KfBar;

/** Bars of several payers, one behind the other, with a legend. */
void kf_html_stacked_bars(KfHtml *html, KfPhrase title, const KfBar *bars, size_t count);
/** Bars to either side of a line at 0. */
void kf_html_signed_bars(KfHtml *html, KfPhrase title, const KfBar *bars, size_t count);

/** What a citizen costs in both courses; stated, of at least 0. */
typedef struct {
    KfText label;
    KfOere value[KF_COURSE_COUNT];
} KfPairedBar;
/** Two bars a citizen, with a legend. */
void kf_html_paired_bars(KfHtml *html, KfPhrase title, const KfPairedBar *bars, size_t count);

/** Lines over months; points of each line stand at the same months. */
typedef struct {
    KfText name;
    int color;
    const KfOere *values;
} KfChartLine;
void kf_html_lines(KfHtml *html, KfPhrase title, const int32_t *months, size_t point_count,
                   const KfChartLine *lines, size_t line_count);

#endif
