/* One run of period headings, and the rows beneath it, as a course. */
#ifndef KF_EXTRACT_TABLE_H
#define KF_EXTRACT_TABLE_H

#include "extract/locate.h"

enum { KF_UNPLACED_MAX = 1000 };

typedef struct {
    KfArena *arena;
    const KfBook *book;
    uint32_t sheet;
    uint32_t first_row; /* the table's titles do not begin above it */
    KfOere unit;        /* what the sheet says of all its tables, or 0 */
    KfNote **unplaced;  /* grown by what could not be placed */
    size_t *unplaced_count;
    size_t *unplaced_cap;
} KfTableReader;

/* Fill course from the rows under run; false when there is nothing like a course. */
bool kf_table_read(const KfTableReader *reader, const KfRun *run, KfCourse *course);

#endif
