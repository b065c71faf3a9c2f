/**
 * @file
 * The same courses under the law of another day: what a reform would have moved
 * between the payers.
 */
#ifndef KF_WHAT_IF_H
#define KF_WHAT_IF_H

#include "kf/audit.h"

/** What a payer carries of a course by the audit's rules and by those of the day. */
typedef struct {
    KfOere original, what_if;
} KfExposure;

typedef struct {
    size_t case_index;
    KfCourseKind course;
    KfExposure payers[KF_PAYER_COUNT]; /**< over all periods, of the items as typed */
    const KfText *kept;                /**< labels of items that the law of the day leaves open, or
                                            has no rule for: they stay as they were */
    size_t kept_count;
} KfWhatIfCourse;

typedef struct {
    KfDate as_of;
    KfWhatIfCourse *courses; /**< in the order of the cases, the actual course first */
    size_t course_count;
} KfWhatIf;

/**
 * Split the courses of an audit anew by the rules of a day. Amounts and prices of a
 * week stay as they are, and assumptions of the workbook give way to the law. Items
 * without a rule stay with the payer that the audit inferred. Audit's book and rules
 * must still be there. Call inside kf_arena_run().
 */
void kf_what_if(KfArena *arena, const KfAudit *audit, KfDate as_of, KfWhatIf *out);

#endif
