/* Cells as period headings: texts, years, and what a program made into dates. */
#ifndef KF_EXTRACT_HEADING_CELL_H
#define KF_EXTRACT_HEADING_CELL_H

#include "kf/model.h"

typedef struct {
    KfPeriod period;
    bool calendar;  /* months from January of year 0, not of the course */
    bool from_date; /* the program turned the heading into a date, */
    KfDate date;    /* this one */
} KfHeading;

/* What the cell says as a heading; false when it is none. A bare year counts only
 * where the next or the last heading of its row is a year beside it. */
bool kf_heading_read(const KfBook *book, const KfGrid *grid, const KfCell *cell, KfHeading *out);

/* A text that no period can be read from, but that stands where one should. */
bool kf_looks_like_heading(const KfCell *cell);

/* Whether the heading covers exactly one year or several. */
bool kf_heading_is_year(const KfHeading *heading);

#endif
