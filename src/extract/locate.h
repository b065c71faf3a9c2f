/* Where tables stand: rows of period headings, wherever they are on a sheet. */
#ifndef KF_EXTRACT_LOCATE_H
#define KF_EXTRACT_LOCATE_H

#include "kf/model.h"

/* One row of period headings that belong together. */
typedef struct {
    uint32_t row;
    uint32_t head_row; /* of the headings: above row where they stand over several tables */
    uint32_t top_row;  /* above row when years stand over the headings */
    uint32_t first_col, last_col; /* of the period headings */
    uint32_t left_col;            /* first column that can belong to this table */
    uint32_t right_col;           /* last column that can belong to this table */
    uint32_t label_col;
    uint32_t limit_row; /* the table ends above this row */
    uint32_t *cols;
    KfPeriodColumn *periods;
    size_t count;
    bool calendar; /* the headings are of the calendar */
} KfRun;

typedef struct {
    KfRun *runs; /* in reading order */
    size_t count;
    const uint8_t *marks; /* of each row of the sheet: what its texts say; or NULL */
} KfRuns;

KfRuns kf_locate_runs(KfArena *arena, const KfBook *book, uint32_t sheet);

/* Whether a text of the row may name a citizen or a course. */
bool kf_runs_may_name(const KfRuns *runs, uint32_t row);
/* The same, or a unit. */
bool kf_runs_may_title(const KfRuns *runs, uint32_t row);
/* Whether a text of the row may head the amounts of a list. */
bool kf_runs_may_head_list(const KfRuns *runs, uint32_t row);
/* Whether a text of the row may tell of a date; any may on a sheet that was not scanned. */
bool kf_runs_may_date(const KfRuns *runs, uint32_t row);

/* The same in pieces, as threads share a long sheet: */
typedef struct {
    uint32_t sheet, from, to; /* rows; to not included */
    /* What was found there: */
    KfRuns runs;
    uint8_t *marks;    /* of each row */
    bool drops_before; /* the headings right above them are no run */
} KfRowScan;

/* Scan the rows from..to. */
void kf_rows_scan(KfArena *arena, const KfBook *book, KfRowScan *scan);
/* Put scans together, one at least, that make up their sheet, in order. */
KfRuns kf_runs_of_scans(KfArena *arena, const KfBook *book, const KfRowScan *scans, size_t count);

/* A cell's text when it is a text cell, else empty. */
KfText kf_text_at(const KfGrid *grid, uint32_t row, uint32_t col);

#endif
