/* Packed data: whatever zlib unpacks, the blocks are found in, and changes in places are the
 * same as packing the changed bytes. */
#include "fuzz.h"

#include <string.h>
#include <zlib.h>

#include "ooxml/deflate_splice.h"

enum { MOST = 2 << 20, HEAD = 8 };

/* What the data unpack to; false when they do not, or to more. */
static bool unpack(KfText packed, char *out, size_t *len)
{
    z_stream stream = { .next_in = (z_const Bytef *)(uintptr_t)packed.ptr,
                        .avail_in = (uInt)packed.len,
                        .next_out = (Bytef *)out,
                        .avail_out = MOST };
    bool is_whole;

    EXPECT(inflateInit2(&stream, -MAX_WBITS) == Z_OK);
    is_whole = inflate(&stream, Z_FINISH) == Z_STREAM_END;
    *len = MOST - stream.avail_out;
    inflateEnd(&stream);
    return is_whole;
}

static size_t number(const uint8_t *bytes, size_t limit)
{
    return ((size_t)bytes[0] << 16 | (size_t)bytes[1] << 8 | bytes[2]) % (limit + 1);
}

/* Two changes: something for nothing, and nothing for something. */
static void splice(KfText packed, KfText bytes, const uint8_t *head)
{
    static char now[MOST];
    KfSplice changes[2] = { { .with = KF_TEXT("<v>4711</v>") }, { 0 } };
    KfPackedSplices splices = { packed, bytes, changes, 2, NULL };
    KfBuf out = { 0 };
    size_t len;

    changes[0].from = changes[0].to = number(head, bytes.len);
    changes[1].from = changes[0].to + number(head + 3, bytes.len - changes[0].to);
    changes[1].to = changes[1].from + (bytes.len - changes[1].from) * head[6] / 1024;
    if (kf_deflate_splice(&out, &splices)) {
        const size_t dropped = changes[1].to - changes[1].from;

        EXPECT(unpack(kf_buf_view(&out), now, &len));
        EXPECT(len == bytes.len + changes[0].with.len - dropped);
        EXPECT(memcmp(now, bytes.ptr, changes[0].from) == 0);
        EXPECT(memcmp(now + changes[0].from, changes[0].with.ptr, changes[0].with.len) == 0);
        EXPECT(memcmp(now + changes[0].from + changes[0].with.len, bytes.ptr + changes[0].to,
                      changes[1].from - changes[0].to)
               == 0);
        EXPECT(memcmp(now + len - (bytes.len - changes[1].to), bytes.ptr + changes[1].to,
                      bytes.len - changes[1].to)
               == 0);
    }
    kf_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static char was[MOST];
    KfBlockBorders borders = { 0 };
    KfText packed;
    size_t unpacked;
    bool is_read;

    if (len < HEAD)
        return 0;
    packed = fuzz_text(bytes + HEAD, len - HEAD);
    is_read = kf_deflate_blocks(&borders, packed, SIZE_MAX);
    if (unpack(packed, was, &unpacked)) {
        EXPECT(is_read && borders.is_whole);
        EXPECT(borders.items[borders.count - 1].at == unpacked);
        if (unpacked + 16 < MOST)
            splice(packed, (KfText){ was, unpacked }, bytes);
    }
    free(borders.items);
    return 0;
}
