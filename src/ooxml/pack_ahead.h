/**
 * @file
 * Large parts packed in a thread of their own while the rest of a package is made.
 */
#ifndef KF_PACK_AHEAD_H
#define KF_PACK_AHEAD_H

#include "ooxml/deflate_splice.h"

/** Smaller parts are not worth it. */
#define KF_WORTH_PACKING_AHEAD ((size_t)256 * 1024)

typedef struct KfPackAhead KfPackAhead;

/** What is to be packed. */
typedef struct {
    KfText bytes;
    KfPackedSplices splices; /**< what made these bytes of others; without changes: not known */
} KfPackJob;

/** Append the bytes to out, packed; of no memory tells out->bad. */
void kf_pack(KfBuf *out, const KfPackJob *job);

/** A part's bytes as they were packed. */
typedef struct {
    KfText packed; /**< deflated; until the end */
    uint32_t crc;  /**< of the bytes */
} KfPacked;

/**
 * Begin with what will change in places: where the blocks of the packed data are. NULL when there
 * is no memory or no thread.
 */
KfPackAhead *kf_pack_ahead_expect(KfText packed);
/**
 * Begin to pack; what job leads to stays as it is until the end. ahead: what was expected, which
 * becomes the result, or NULL. NULL when there is no memory or no thread: then the caller packs
 * for himself.
 */
KfPackAhead *kf_pack_ahead_start(KfPackAhead *ahead, const KfPackJob *job);
/** Wait for it. False when these are other bytes, or there was no memory. NULL is accepted. */
bool kf_pack_ahead_take(KfPackAhead *ahead, KfText bytes, KfPacked *out);
/** Wait for the thread and free what it made. NULL is accepted. */
void kf_pack_ahead_end(KfPackAhead *ahead);

#endif
