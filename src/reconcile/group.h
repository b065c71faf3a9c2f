/* Cases put together. */
#ifndef RECONCILE_GROUP_H
#define RECONCILE_GROUP_H

#include "kf/reconcile.h"

/** A case and where it comes from. */
typedef struct {
    size_t file, item;
    const KfCaseDigest *digest;
} KfMember;

/** Sum the members up; out's name is set already. */
void kf_group_sum(KfArena *arena, const KfMember *members, size_t count, KfOere case_cost,
                  KfGroup *out);
/** Members whose gain lies far from the others', and what the result is without them. */
void kf_group_extremes(KfArena *arena, const KfMember *members, size_t count, KfGroup *out);
/** Benefits of all members, those that move the gain most first. */
void kf_group_benefits(KfArena *arena, const KfMember *members, size_t count, KfGroup *out);
/** When the sums of the gains turn, after the cost of all cases is paid. */
KfTurn kf_turn_of(const KfPeriodSums *gains, size_t count, KfView view, int sum, KfOere cost);

#endif
