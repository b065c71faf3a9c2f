/**
 * @file
 * How much a file may hold before it is refused: what makes a hostile file cost no more than
 * memory and time that are known beforehand.
 */
#ifndef KF_LIMITS_H
#define KF_LIMITS_H

#include "kf/base.h"

typedef enum {
#define KF_BOUND(id, key, usual, most, da, en) KF_BOUND_##id,
#include "kf/limits.def"
#undef KF_BOUND
    KF_BOUND_COUNT
} KfBound;

/** By KfBound; counts, and for those called …_MB units of 1048576 bytes. */
typedef struct {
    uint64_t of[KF_BOUND_COUNT];
} KfLimits;

/** The limits where nothing else is asked for. */
extern const KfLimits kf_usual_limits;

/** "cells" */
const char *kf_bound_key(KfBound bound);
/** "celler" */
const char *kf_bound_name(KfBound bound, KfLang lang);
/** The limit in bytes, of those called …_MB. */
size_t kf_limit_bytes(const KfLimits *limits, KfBound bound);
/** Set one from "cells=100000"; false when there is no such bound, or the number is 0 or above
 *  the highest that may be asked for. */
bool kf_limit_read(KfLimits *limits, KfText text);
/** KF_LIMIT, told as "over 20000000 celler; ændres med --limit cells=N". */
KfStatus kf_fail_limit(KfError *err, const KfLimits *limits, KfBound bound, KfText part);

#endif
