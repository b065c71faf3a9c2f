/**
 * @file
 * Who carries each amount of a workbook's courses.
 */
#ifndef KF_PARTS_H
#define KF_PARTS_H

#include "kf/audit.h"

/** What each payer carries of one amount, in øre. Of a rule that leaves a choice, and of a
 *  benefit that no column explains, all of them are 0. */
typedef struct {
    KfOere of[KF_PAYER_COUNT];
    KfInterval own; /**< what the municipality's may be; apart where the rule leaves a range */
} KfPayerParts;

/**
 * Split every amount as typed by the rules that the audit went by; a benefit without a rule
 * goes to the payer that the audit inferred. Audit's book and rules must still be there.
 * Call inside kf_arena_run().
 * @return at case * KF_COURSE_COUNT + course: the parts of item * period_count + period, or
 *         NULL where the case has no such course.
 */
const KfPayerParts *const *kf_item_parts(KfArena *arena, const KfAudit *audit);

#endif
