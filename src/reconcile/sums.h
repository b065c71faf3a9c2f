/* Sums that know when they are not known. */
#ifndef RECONCILE_SUMS_H
#define RECONCILE_SUMS_H

#include "kf/reconcile.h"

/** a + b; KF_NOT_STATED when either is. */
KfOere kf_sum_plus(KfOere a, KfOere b);
/** a - b; KF_NOT_STATED when either is. */
KfOere kf_sum_minus(KfOere a, KfOere b);
/** sum / count, rounded half away from zero; KF_NOT_STATED for none. */
KfOere kf_sum_share(KfOere sum, size_t count);
/** All of them not stated. */
KfSums kf_sums_unknown(void);
KfSums kf_sums_zero(void);

#endif
