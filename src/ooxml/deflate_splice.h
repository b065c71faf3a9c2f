/**
 * @file
 * Packed data with changes in places: only the blocks of deflate data that hold them, and what
 * may refer to them, are packed anew; all others are copied as they stand.
 */
#ifndef KF_DEFLATE_SPLICE_H
#define KF_DEFLATE_SPLICE_H

#include "base/splice.h"
#include "ooxml/deflate_blocks.h"

/** Changes to bytes that are at hand packed, too. */
typedef struct {
    KfText packed; /**< raw deflate data */
    KfText bytes;  /**< what they are unpacked */
    const KfSplice
        *changes; /**< of bytes, as kf_splices_apply() leaves them: in order, no overlap */
    size_t count;
    const KfBlockBorders *borders; /**< of all of packed; NULL: not looked for yet */
} KfPackedSplices;

/**
 * Append to out the deflate data of the bytes with the changes made. False, with nothing
 * appended, when too much would have to be packed anew, or packed cannot be read; of no memory
 * tells out->bad.
 */
bool kf_deflate_splice(KfBuf *out, const KfPackedSplices *splices);

#endif
