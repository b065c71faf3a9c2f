/* The rows of one table, from the one below its headings to its last total. */
#ifndef KF_EXTRACT_TABLE_ROWS_H
#define KF_EXTRACT_TABLE_ROWS_H

#include "extract/figure.h"
#include "extract/table.h"
#include "extract/words.h"

typedef struct {
    const KfTableReader *reader;
    const KfGrid *grid;
    const KfRun *run;
    KfCourse *course;
    KfFigureReader figures;
    uint32_t end_row; /* behind the last row */
    KfText section;
    size_t item_cap, memo_cap;
    KfFigure *spare; /* of a row that was read and not taken, or NULL */
    KfOere *sums;    /* of the benefits so far, by period */
    size_t summed_items;
    bool in_totals; /* a payer or total row has been seen */
    uint32_t payer_cols[KF_PAYER_COUNT];
    bool has_payer_col[KF_PAYER_COUNT];
    uint32_t total_col;
    bool has_total_col;
} KfCaseTable;

/* The text that names the row, wherever left of the periods it stands. */
KfLabel kf_table_label(const KfCaseTable *table, uint32_t row);

/* Whether the row repeats the period headings, as the top of a printed page does. */
bool kf_table_repeats_heading(const KfCaseTable *table, uint32_t row);

/* Whether the text, a title, stands over headings that are repeated below it. */
bool kf_table_repeats_title(const KfCaseTable *table, uint32_t row, KfText text);

/* List a text that nothing could be made of. */
void kf_table_note_unplaced(const KfCaseTable *table, KfLabel label);

/* Read the rows down to table->end_row into table->course. */
void kf_table_read_rows(KfCaseTable *table);

#endif
