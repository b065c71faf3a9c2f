/**
 * @file
 * Bytes that one thread gets ready while another uses those before them.
 */
#ifndef BASE_READ_AHEAD_H
#define BASE_READ_AHEAD_H

#include "kf/base.h"

/** The next cap bytes into to, fewer only where they end; *len is what came. */
typedef KfStatus KfRead(void *ctx, char *to, size_t cap, size_t *len, KfError *err);

/** A thread that reads, and a few blocks that it is ahead by. */
typedef struct KfReadAhead KfReadAhead;

/**
 * Begin to read; ctx is the thread's until kf_read_ahead_stop(). NULL when there is no memory
 * or no thread: then the caller reads for himself.
 */
KfReadAhead *kf_read_ahead_start(KfRead *read, void *ctx);
/** As read itself would; a failure is told once the bytes before it are used. */
KfStatus kf_read_ahead_take(KfReadAhead *ahead, char *to, size_t cap, size_t *len,
                            KfError *err) KF_MUST_USE;
/** Wait for the thread and free what it took, wherever it is. NULL is accepted. */
void kf_read_ahead_stop(KfReadAhead *ahead);

#endif
