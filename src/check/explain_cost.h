/* What an explanation costs, part by part. */
#ifndef CHECK_EXPLAIN_COST_H
#define CHECK_EXPLAIN_COST_H

#include "check/course_check.h"

/* An explanation, and which figures disagree with it or were changed by it, one a node. */
typedef struct {
    const KfCourseCheck *check;
    const KfExplanation *out;
    const bool *is_wrong;
} KfDisagreement;

/* A figure that took its value from the column before is likelier to be at fault, and one that is a
 * keystroke from the right one much likelier. */
int kf_root_cost(const KfDisagreement *of, int node);
/* A slip of the hand bears a change out; so does what a blank's benefit costs elsewhere, but less in
 * a sheet so coarse that many things cost the same, and not where it is what payers were copied
 * with. */
int kf_change_cost(const KfDisagreement *of, const KfInputChange *change);
/* Little where an item is paid by others than expected throughout, much when it is paid now by one,
 * now by another. */
int kf_cost_of_payers(const KfCourseCheck *check, const KfExplanation *out);

#endif
