/* Packing by libdeflate, which at its first level is twice as fast as zlib at its own, and
 * packs better; what it gives does not depend on the processor. */
#include "ooxml/deflate.h"

#include <libdeflate.h>

enum { FAST = 1, GOOD = 6 };

void kf_deflate(KfBuf *out, KfText bytes)
{
    struct libdeflate_compressor *compressor =
        libdeflate_alloc_compressor(bytes.len > KF_DEFLATE_SMALL ? FAST : GOOD);
    size_t most;

    if (!compressor) {
        out->bad = true;
        return;
    }
    most = libdeflate_deflate_compress_bound(compressor, bytes.len);
    if (kf_buf_reserve(out, most))
        out->len += libdeflate_deflate_compress(compressor, bytes.ptr, bytes.len,
                                                out->ptr + out->len, most);
    libdeflate_free_compressor(compressor);
}

uint32_t kf_crc32(KfText bytes)
{
    return libdeflate_crc32(0, bytes.ptr, bytes.len);
}
