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

/* The same in a list, whose periods stand below one another: a bare year counts there. */
bool kf_heading_read_in_list(const KfBook *book, const KfGrid *grid, const KfCell *cell,
                             KfHeading *out);

/* Whether the cell reads "1-2 år" as what follows the month `after` (-1: it opens a row of
 * such headings): months 13-24, where it is no age. */
bool kf_heading_goes_on_in_years(const KfGrid *grid, const KfCell *cell, int32_t after,
                                 KfHeading *out);

/* The month of year 0 that begins with the date; -1 for a day inside a month. */
int32_t kf_month_begun(KfDate date);

/* A text that no period can be read from, but that stands where one should. */
bool kf_looks_like_heading(KfText text);

/* Whether the heading covers exactly one year or several. */
bool kf_heading_is_year(const KfHeading *heading);

#endif
