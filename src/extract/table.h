/* One run of period headings, and the rows beneath it, as a course. */
#ifndef KF_EXTRACT_TABLE_H
#define KF_EXTRACT_TABLE_H

#include "extract/locate.h"

enum { KF_UNPLACED_MAX = 1000 };

/* A course that was read, for what stands below it. */
typedef struct {
    uint32_t end_row; /* behind its last */
    size_t case_index;
    KfOere unit;
    KfSeparators separators;
} KfCourseAbove;

typedef struct {
    KfArena *arena;
    const KfBook *book;
    uint32_t sheet;
    uint32_t first_row; /* the table's titles do not begin above it */
    KfOere unit;        /* what the sheet says of all its tables, or 0 */
    KfNote **unplaced;  /* grown by what could not be placed */
    size_t *unplaced_count;
    size_t *unplaced_cap;
    const KfRuns *runs;         /* of a case table: all of its sheet */
    const KfCourseAbove *above; /* of a form: the course that it stands below, or NULL */
} KfTableReader;

/* Fill course from the rows under run; false when there is nothing like a course. */
bool kf_table_read(const KfTableReader *reader, const KfRun *run, KfCourse *course);

#endif
