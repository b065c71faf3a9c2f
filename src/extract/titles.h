/* What stands around the tables of a sheet: whose they are, and their unit. */
#ifndef KF_EXTRACT_TITLES_H
#define KF_EXTRACT_TITLES_H

#include "extract/locate.h"

typedef struct {
    uint32_t row, col;
    KfText citizen;
} KfTitle;

typedef struct {
    uint32_t row;
    KfOere unit;
} KfUnitNote;

typedef struct {
    KfTitle *titles; /* in reading order */
    size_t title_count;
    KfUnitNote *units;
    size_t unit_count;
    bool names_counterfactual; /* somewhere on the sheet, or in its name */
} KfTitles;

/* Of a sheet with runs, one at least; a unit above the first of them is all the tables' own. */
KfTitles kf_titles_read(KfArena *arena, const KfBook *book, uint32_t sheet, const KfRuns *runs);

/* The citizen that the run's table belongs to by a title; empty when there is none. */
KfText kf_titles_citizen(const KfTitles *titles, const KfRun *run);

/* What the sheet says of all its amounts: 100000 for "Alle beløb i t.kr.", else 0. */
KfOere kf_titles_unit(const KfTitles *titles, uint32_t row);

#endif
