/* Packing by zlib, where libdeflate is not at hand. */
#include "ooxml/deflate.h"

#include <zlib.h>

enum { FAST = 1, GOOD = 6, MEMORY = 8 };

void kf_deflate(KfBuf *out, KfText bytes)
{
    char chunk[16 * 1024];
    z_stream stream = { 0 };
    int result = Z_OK;

    if (deflateInit2(&stream, bytes.len > KF_DEFLATE_SMALL ? FAST : GOOD, Z_DEFLATED, -MAX_WBITS,
                     MEMORY, Z_DEFAULT_STRATEGY)
        != Z_OK) {
        out->bad = true;
        return;
    }
    stream.next_in = (z_const Bytef *)(uintptr_t)bytes.ptr;
    stream.avail_in = (uInt)bytes.len;
    while (result == Z_OK && !out->bad) {
        stream.next_out = (Bytef *)chunk;
        stream.avail_out = sizeof chunk;
        result = deflate(&stream, Z_FINISH);
        kf_buf_bytes(out, chunk, sizeof chunk - stream.avail_out);
    }
    if (result != Z_STREAM_END)
        out->bad = true;
    deflateEnd(&stream);
}

uint32_t kf_crc32(KfText bytes)
{
    return (uint32_t)crc32(crc32(0, NULL, 0), (const Bytef *)bytes.ptr, (uInt)bytes.len);
}
