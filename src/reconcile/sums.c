/* Sums that know when they are not known. */
#include "reconcile/sums.h"

#include "correct/phrase.h"

KfOere kf_sum_plus(KfOere a, KfOere b)
{
    return a == KF_NOT_STATED || b == KF_NOT_STATED ? KF_NOT_STATED : kf_oere_plus(a, b);
}

KfOere kf_sum_minus(KfOere a, KfOere b)
{
    return b == KF_NOT_STATED ? KF_NOT_STATED : kf_sum_plus(a, -b);
}

KfOere kf_sum_share(KfOere sum, size_t count)
{
    KfOere divisor = (KfOere)count, half = divisor / 2;

    if (sum == KF_NOT_STATED || divisor <= 0)
        return KF_NOT_STATED;
    return sum < 0 ? -((-sum + half) / divisor) : (sum + half) / divisor;
}

static KfSums all_of(KfOere value)
{
    KfSums sums;

    for (int i = 0; i < KF_SUM_COUNT; i++)
        sums.of[i] = value;
    return sums;
}

KfSums kf_sums_unknown(void)
{
    return all_of(KF_NOT_STATED);
}

KfSums kf_sums_zero(void)
{
    return all_of(0);
}
