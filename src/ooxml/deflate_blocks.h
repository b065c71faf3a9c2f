/**
 * @file
 * Where the blocks of raw deflate data (RFC 1951) begin, found without unpacking: the codes are
 * read for their lengths only, at several times the speed of what writes the bytes, too.
 */
#ifndef KF_DEFLATE_BLOCKS_H
#define KF_DEFLATE_BLOCKS_H

#include "kf/base.h"

/** Where a block begins. */
typedef struct {
    size_t at;    /**< in the bytes that come out */
    uint64_t bit; /**< in the packed data */
} KfBlockBorder;

/** {0}: none; free() items. */
typedef struct {
    KfBlockBorder *items; /**< in order; the first is {0, 0} */
    size_t count, cap;
    bool is_whole; /**< the last one is the end of the data */
    bool bad;      /**< memory ran out */
} KfBlockBorders;

/** Find the borders up to the first one at until or behind it, or the end. False when the data
 *  cannot be read so far. */
bool kf_deflate_blocks(KfBlockBorders *out, KfText packed, size_t until);

#endif
