/**
 * @file
 * Work that several threads share.
 */
#ifndef BASE_CREW_H
#define BASE_CREW_H

#include "kf/base.h"

enum { KF_CREW_MOST = 64 };

/** worker counts from 0, which is the calling thread. */
typedef void KfCrewWork(void *ctx, unsigned worker, size_t index);

/**
 * Call work once for each index below count, on as many threads as asked for (at most
 * KF_CREW_MOST) and can be had. Each worker's indices ascend. Returns when all is done.
 */
void kf_crew_run(unsigned threads, size_t count, KfCrewWork *work, void *ctx);

/**
 * The same for work that allocates: worker 0 in arena, each other one in own[worker - 1], whose
 * memory arena takes over in the end. False when memory ended in one of them: the work is not
 * done then, and the caller gives up once it has cleaned up.
 */
bool kf_crew_share(KfArena *arena, KfArena *own, unsigned threads, size_t count, KfCrewWork *work,
                   void *ctx) KF_MUST_USE;

#endif
