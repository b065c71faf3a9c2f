/* The case tables of some of a sheet's runs, which stand one below the other. */
#ifndef KF_EXTRACT_STRETCH_H
#define KF_EXTRACT_STRETCH_H

#include "extract/locate.h"
#include "extract/titles.h"
#include "extract/words.h"

/* A table that is a course, whose it is, and how that is known. */
typedef struct {
    KfCourse course;
    KfCourseName name;
    KfText citizen, title;
} KfFoundCourse;

/* What is known of a sheet before its tables are read. */
typedef struct {
    uint32_t sheet;
    KfRuns runs;
    KfTitles titles;
    const bool *taken;         /* rows that a list has */
    bool names_counterfactual; /* somewhere in the workbook */
} KfSheetSurvey;

typedef struct {
    const KfSheetSurvey *sheet;
    size_t from, to; /* its runs; from is the first of its row */
    uint32_t above;  /* row behind the last table above them */
    /* What was read: */
    KfFoundCourse *found;
    size_t count;
    uint32_t end_row; /* row behind the last table, above them or among them */
    KfNote *unplaced;
    size_t unplaced_count, unplaced_cap;
} KfStretch;

/* Read the tables of stretch->from..to. The book remembers what its texts mean. */
void kf_stretch_read(KfArena *arena, const KfBook *book, KfStretch *stretch);

/* The same without knowing the table above: by what is read there, which *above then says. */
void kf_stretch_read_ahead(KfArena *arena, const KfBook *book, KfStretch *stretch);

#endif
