/**
 * @file
 * Bytes packed as raw deflate data, by whichever library the build chose.
 */
#ifndef KF_DEFLATE_H
#define KF_DEFLATE_H

#include "kf/base.h"

/**
 * Append bytes to out, packed; of no memory tells out->bad. A small part is packed well,
 * a large one fast: packing a sheet of 6 MB as well as may be takes longer than all else.
 */
void kf_deflate(KfBuf *out, KfText bytes);
/** CRC-32 of the bytes. */
uint32_t kf_crc32(KfText bytes);

/** Bytes up to which a part is small. */
enum { KF_DEFLATE_SMALL = 256 * 1024 };

#endif
