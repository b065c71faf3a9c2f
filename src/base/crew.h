/**
 * @file
 * Work that several threads share.
 */
#ifndef BASE_CREW_H
#define BASE_CREW_H

#include "kf/base.h"

enum { KF_CREW_MOST = 64 };

/**
 * Call work once for each index below count, on as many threads as asked for (at most
 * KF_CREW_MOST) and can be had. worker counts from 0, which is the calling thread; each
 * worker's indices ascend. Returns when all is done.
 */
void kf_crew_run(unsigned threads, size_t count,
                 void (*work)(void *ctx, unsigned worker, size_t index), void *ctx);

#endif
