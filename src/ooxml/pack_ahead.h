/**
 * @file
 * Large parts packed in a thread of their own while the rest of a package is made.
 */
#ifndef KF_PACK_AHEAD_H
#define KF_PACK_AHEAD_H

#include "kf/base.h"

/** Smaller parts are not worth it. */
#define KF_WORTH_PACKING_AHEAD ((size_t)256 * 1024)

typedef struct KfPackAhead KfPackAhead;

/** A part's bytes as they were packed. */
typedef struct {
    KfText packed; /**< deflated; until the end */
    uint32_t crc;  /**< of the bytes */
} KfPacked;

/**
 * Begin to pack bytes, which stay as they are until the end. NULL when there is no memory or no
 * thread: then the caller packs for himself.
 */
KfPackAhead *kf_pack_ahead_start(KfText bytes);
/** Wait for it. False when these are other bytes, or there was no memory. NULL is accepted. */
bool kf_pack_ahead_take(KfPackAhead *ahead, KfText bytes, KfPacked *out);
/** Wait for the thread and free what it made. NULL is accepted. */
void kf_pack_ahead_end(KfPackAhead *ahead);

#endif
