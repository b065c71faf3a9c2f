/* Which things of one list stand for which of another, by keys, in any order. */
#ifndef DIFF_PAIRING_H
#define DIFF_PAIRING_H

#include "kf/base.h"

#define KF_UNPAIRED SIZE_MAX

typedef struct {
    size_t *of_before, *of_after; /* index on the other side, or KF_UNPAIRED */
    size_t before_count, after_count;
} KfPairing;

KfPairing kf_pairing(KfArena *arena, size_t before_count, size_t after_count);
/* Pair those left that have the same key, the first with the first; 0 is no key. */
void kf_pair_equal(KfArena *arena, KfPairing *pairing, const uint64_t *before,
                   const uint64_t *after);
void kf_pair(KfPairing *pairing, size_t before, size_t after);
void kf_unpair(KfPairing *pairing, size_t before);

#define KF_HASH_START UINT64_C(14695981039346656037)
uint64_t kf_hash_int(uint64_t hash, int64_t value);
/* Case and white space do not count. */
uint64_t kf_hash_label(uint64_t hash, KfText text);

#endif
