/* Every figure that was read, one at a time: the rows of extract. */
#ifndef REPORT_EXTRACT_ROWS_H
#define REPORT_EXTRACT_ROWS_H

#include "kf/report.h"

/** A figure and what it belongs to. */
typedef struct {
    const char *kind; /**< item, part, row-total, payer, total, payer-total, case-total, or
                           section, subtotal, memo: read, but added to nothing */
    const KfCase *citizen;
    const KfCourse *course;
    KfText section, benefit;      /**< empty: the row is no benefit */
    int payer;                    /**< KfPayer, or KF_PAYER_NONE */
    const KfPeriodColumn *period; /**< NULL: over all periods */
    const KfFigure *figure;       /**< there is such a cell, though it may be blank */
} KfExtractRow;

typedef void (*KfExtractSink)(void *ctx, const KfExtractRow *row);

/** A figure of a table beside the cases. */
typedef struct {
    const KfTable *table;
    const KfLine *row, *column;
    const KfFigure *figure;
    int payer;  /**< KfPayer, or KF_PAYER_NONE */
    int course; /**< KfCourseKind, KF_COURSE_GAIN, or -1 */
} KfTableCell;

typedef void (*KfTableSink)(void *ctx, const KfTableCell *cell);

/** Every figure of the tables beside the cases, row by row. */
void kf_extract_table_cells(const KfModel *model, KfTableSink sink, void *ctx);
/** "actual", "counterfactual", "gain", or empty. */
KfText kf_extract_course(int course);

/** In the order of the tables: sections with their benefits, payers, period totals, totals of the course. */
void kf_extract_rows(const KfModel *model, KfExtractSink sink, void *ctx);
/** What stands in the cell: of a number no more digits than a spreadsheet shows. */
void kf_extract_shown(KfBuf *out, const KfFigure *figure);
/** Whether the section at memos[memo] has no benefit of its own. */
bool kf_extract_is_empty_section(const KfCourse *course, size_t memo);
/** Kroner that a shown 1 stands for: 1 or 1000. */
int64_t kf_extract_unit(const KfCourse *course);
/** Whether the heading of the row's period could be read. */
bool kf_extract_has_period(const KfExtractRow *row);

#endif
