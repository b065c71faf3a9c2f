/**
 * @file
 * Raw deflate data unpacked piece by piece, by whichever library the build chose.
 */
#ifndef KF_INFLATE_H
#define KF_INFLATE_H

#include "kf/base.h"

typedef struct KfInflate KfInflate;

typedef enum {
    KF_INFLATE_MORE, /**< out is full, or in is used up */
    KF_INFLATE_END,  /**< the data end here */
    KF_INFLATE_BAD
} KfInflateState;

/** As much of len as a library takes at a time. */
static inline uint32_t kf_at_a_time(size_t len)
{
    return len > UINT32_MAX ? UINT32_MAX : (uint32_t)len;
}

/** On the heap; NULL when there is no memory. */
KfInflate *kf_inflate_create(void);
/** Begin with new data. */
void kf_inflate_reset(KfInflate *inflate);
/** NULL is accepted. */
void kf_inflate_destroy(KfInflate *inflate);
/**
 * Unpack what in holds into out[*out_len..out_cap). *in is moved on past the bytes
 * used, *out_len past those written; their CRC-32 goes into *crc, which begins as 0.
 */
KfInflateState kf_inflate_run(KfInflate *inflate, KfText *in, char *out, size_t *out_len,
                              size_t out_cap, uint32_t *crc);
/** "ISA-L" or "zlib". */
const char *kf_inflate_name(void);

#endif
