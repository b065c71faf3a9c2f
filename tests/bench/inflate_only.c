/* What unpacking alone takes: every entry of a zip file, by one library, the bytes thrown away. */
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>
#include <zlib.h>

enum { OUT = 1 << 18 };

typedef struct {
    unsigned char *packed;
    size_t packed_len, len;
} Entry;

static unsigned char out[OUT];

static size_t by_zlib(const Entry *entry)
{
    z_stream stream = { 0 };
    size_t total = 0;
    int state = inflateInit2(&stream, -MAX_WBITS);

    stream.next_in = entry->packed;
    stream.avail_in = (uInt)entry->packed_len;
    while (state == Z_OK) {
        stream.next_out = out;
        stream.avail_out = OUT;
        state = inflate(&stream, Z_NO_FLUSH);
        total += OUT - stream.avail_out;
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? total : 0;
}

static size_t by_isal(const Entry *entry)
{
    struct inflate_state stream;
    size_t total = 0;

    isal_inflate_init(&stream);
    stream.next_in = entry->packed;
    stream.avail_in = (uint32_t)entry->packed_len;
    do {
        stream.next_out = out;
        stream.avail_out = OUT;
        if (isal_inflate(&stream) != ISAL_DECOMP_OK)
            return 0;
        total += OUT - stream.avail_out;
    } while (stream.block_state != ISAL_BLOCK_FINISH);
    return total;
}

/* In one go: it has no other way. */
static size_t by_libdeflate(const Entry *entry)
{
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    unsigned char *all = malloc(entry->len + 1);
    size_t total = 0;

    if (libdeflate_deflate_decompress(unpacker, entry->packed, entry->packed_len, all, entry->len,
                                      &total)
        != LIBDEFLATE_SUCCESS)
        total = 0;
    free(all);
    libdeflate_free_decompressor(unpacker);
    return total;
}

static size_t unpack(zip_t *zip, zip_uint64_t index, size_t (*by)(const Entry *))
{
    zip_stat_t stat;
    zip_file_t *file = zip_fopen_index(zip, index, ZIP_FL_COMPRESSED);
    Entry entry;
    size_t total;

    zip_stat_index(zip, index, 0, &stat);
    entry = (Entry){ malloc(stat.comp_size + 8), stat.comp_size, stat.size };
    if (!file || !entry.packed || zip_fread(file, entry.packed, stat.comp_size) < 0)
        exit(2);
    total = stat.comp_method == ZIP_CM_DEFLATE ? by(&entry) : entry.packed_len;
    zip_fclose(file);
    free(entry.packed);
    return total;
}

int main(int argc, char **argv)
{
    size_t total = 0;

    for (int i = 2; i < argc; i++) {
        int error;
        zip_t *zip = zip_open(argv[i], ZIP_RDONLY, &error);

        if (!zip)
            return 2;
        for (zip_int64_t k = 0; k < zip_get_num_entries(zip, 0); k++)
            total += unpack(zip, (zip_uint64_t)k,
                            strcmp(argv[1], "isal") == 0   ? by_isal
                            : strcmp(argv[1], "zlib") == 0 ? by_zlib
                                                           : by_libdeflate);
        zip_discard(zip);
    }
    printf("%zu bytes\n", total);
    return argc < 3 || total == 0;
}
