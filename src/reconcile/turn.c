/* The month in which an investment has paid for itself. */
#include "reconcile/group.h"
#include "reconcile/sums.h"

/* The month in which a straight line from before (below 0) to after comes to 0. */
static int32_t month_between(KfPeriod period, KfOere before, KfOere after)
{
    int32_t months = kf_period_months(period);
    KfOere rise = after - before, month = 1;

    while (month < months && before + rise / months * month + rise % months * month / months < 0)
        month++;
    return kf_period_start(period) + (int32_t)month;
}

KfTurn kf_turn_of(const KfPeriodSums *gains, size_t count, KfView view, int sum, KfOere cost)
{
    KfTurn turn = { .kind = cost > 0 ? KF_TURN_NEVER : KF_TURN_ALWAYS };
    KfOere so_far = -cost;

    for (size_t i = 0; i < count; i++) {
        KfOere before = so_far;

        so_far = kf_sum_plus(so_far, gains[i].sums[view].of[sum]);
        if (so_far == KF_NOT_STATED)
            return (KfTurn){ .kind = KF_TURN_UNKNOWN };
        if (so_far < 0)
            turn.kind = KF_TURN_NEVER;
        else if (before < 0)
            turn = (KfTurn){ KF_TURN_WITHIN, gains[i].period,
                             month_between(gains[i].period, before, so_far) };
    }
    return count ? turn : (KfTurn){ .kind = KF_TURN_UNKNOWN };
}
