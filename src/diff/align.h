/* Which lines of one sequence stand for which of another, in order. */
#ifndef DIFF_ALIGN_H
#define DIFF_ALIGN_H

#include "kf/base.h"

#define KF_UNALIGNED UINT32_MAX

typedef struct {
    const uint64_t *before, *after; /* a key for each line; equal lines have equal keys */
    uint32_t before_count, after_count;
    /* How much two lines that are not equal have in common; 0: nothing. */
    uint32_t (*alike)(const void *ctx, uint32_t before, uint32_t after);
    const void *ctx;
} KfAlignInput;

/* The line of after for each of before, rising, or KF_UNALIGNED. In the arena. */
uint32_t *kf_align(KfArena *arena, const KfAlignInput *in);

/* Mark in kept the longest rising choice of values, the first when there are several. */
void kf_longest_rising(KfArena *arena, const uint32_t *values, size_t count, bool *kept);

#endif
