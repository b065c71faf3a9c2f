/* What one row or column of a form holds, by its heading. */
#ifndef KF_EXTRACT_FORM_LINE_H
#define KF_EXTRACT_FORM_LINE_H

#include "extract/headings.h"
#include "extract/words.h"

/* A heading and all that its words can mean; the kind of table decides which. */
typedef struct {
    KfHead head;
    KfRole role;
    int payer;  /* KfPayer, or KF_PAYER_NONE */
    int course; /* KfCourseKind, KF_COURSE_GAIN, or -1 */
    bool is_time, is_part, is_percent;
    bool is_benefit;
    bool is_sum; /* says "i alt" or "samlet", whatever else it says */
} KfLineWords;

KfLineWords kf_line_words(KfText text);

/* Whether the text names a year or a part of one: "2019", "Budget 2020", "1. kvartal",
 * "Til 31. marts 2022". */
bool kf_is_time(KfText text);

#endif
