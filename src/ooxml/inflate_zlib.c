/* By zlib, where ISA-L is not at hand. */
#include "ooxml/inflate.h"

#include <stdlib.h>
#include <zlib.h>

struct KfInflate {
    z_stream stream;
};

enum { RAW = -MAX_WBITS };

KfInflate *kf_inflate_create(void)
{
    KfInflate *inflate = calloc(1, sizeof *inflate);

    if (inflate && inflateInit2(&inflate->stream, RAW) != Z_OK) {
        free(inflate);
        return NULL;
    }
    return inflate;
}

void kf_inflate_reset(KfInflate *inflate)
{
    inflateReset(&inflate->stream);
}

void kf_inflate_destroy(KfInflate *inflate)
{
    if (inflate)
        inflateEnd(&inflate->stream);
    free(inflate);
}

KfInflateState kf_inflate_run(KfInflate *own, KfText *in, char *out, size_t *out_len,
                              size_t out_cap, uint32_t *crc)
{
    z_stream *stream = &own->stream;
    const uInt in_len = kf_at_a_time(in->len), room = kf_at_a_time(out_cap - *out_len);
    int result;

    stream->next_in = (Bytef *)(uintptr_t)in->ptr; /* it is only read */
    stream->avail_in = in_len;
    stream->next_out = (Bytef *)out + *out_len;
    stream->avail_out = room;
    result = inflate(stream, Z_NO_FLUSH);
    in->ptr += in_len - stream->avail_in;
    in->len -= in_len - stream->avail_in;
    *crc = (uint32_t)crc32(*crc, (const Bytef *)out + *out_len, room - stream->avail_out);
    *out_len += room - stream->avail_out;
    if (result == Z_STREAM_END)
        return KF_INFLATE_END;
    return result == Z_OK || result == Z_BUF_ERROR ? KF_INFLATE_MORE : KF_INFLATE_BAD;
}

const char *kf_inflate_name(void)
{
    return "zlib";
}
