/* Tidy lists: a row for each amount, with citizen, course, benefit and period
 * beside it. They become courses like those of any other table. */
#ifndef KF_EXTRACT_LIST_H
#define KF_EXTRACT_LIST_H

#include "extract/table.h"

typedef struct {
    KfText citizen; /* empty when the list names none */
    KfCourse course;
} KfListCourse;

typedef struct {
    KfRange range; /* from the headings to the last row */
    KfOere unit;
    KfListCourse *courses; /* in the order of their first rows */
    size_t count;
    size_t rows_read; /* from the headings on, whether it is a list or not */
} KfList;

/* The list whose headings stand in this row, if there is one; rows from end_row on
 * belong to another table. */
bool kf_list_read(const KfTableReader *reader, uint32_t row, uint32_t end_row, KfList *out);

#endif
