/* Cases put together. */
#ifndef RECONCILE_GROUP_H
#define RECONCILE_GROUP_H

#include "kf/reconcile.h"

/** A case and where it comes from. */
typedef struct {
    size_t file, item;
    const KfCaseDigest *digest;
} KfMember;

/** Sum the members up; out's name and cost a case are set already. */
void kf_group_sum(KfArena *arena, const KfMember *members, size_t count, KfGroup *out);
/** Members whose gain lies far from the others', and what the result is without them. */
void kf_group_extremes(KfArena *arena, const KfMember *members, size_t count, KfGroup *out);
/** Benefits of all members, those that move the gain most first. */
void kf_group_benefits(KfArena *arena, const KfMember *members, size_t count, KfGroup *out);
/** The amounts of all members that move the gain most. */
void kf_group_movers(KfArena *arena, const KfMember *members, size_t count, KfGroup *out);
/** Name of the group of a file's cases that state no municipality. */
KfText kf_group_of_file(const KfReconciliation *all, size_t file, KfText stated);
/** What a case costs in each group and in all of them, from the wage forms of the files or,
 *  when given is stated, as given. The groups' members are counted already. */
void kf_find_costs(KfArena *arena, KfReconciliation *all, KfOere given);
/** When the sums of the gains turn, after the cost of all cases is paid. */
KfTurn kf_turn_of(const KfPeriodSums *gains, size_t count, KfView view, int sum, KfOere cost);

#endif
