#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "ooxml/deflate_splice.h"

/* How packers write: by level, by strategy, and with blocks that they end on their own. */
static const struct {
    int level, strategy, flush;
} packers[] = {
    { 6, Z_DEFAULT_STRATEGY, Z_NO_FLUSH },
    { 1, Z_DEFAULT_STRATEGY, Z_NO_FLUSH },
    { 9, Z_DEFAULT_STRATEGY, Z_PARTIAL_FLUSH },
    { 6, Z_DEFAULT_STRATEGY, Z_SYNC_FLUSH },
    { 6, Z_FIXED, Z_BLOCK },
    { 6, Z_HUFFMAN_ONLY, Z_BLOCK },
    { 6, Z_RLE, Z_PARTIAL_FLUSH },
    { 0, Z_DEFAULT_STRATEGY, Z_NO_FLUSH },
};
enum { PACKERS = sizeof packers / sizeof *packers, PIECE = 50021 };

static unsigned seed;

static size_t any(size_t limit)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 8) % limit;
}

/* Rows of cells, as sheets have them. */
static KfBuf make_rows(size_t len)
{
    KfBuf out = { 0 };

    for (int row = 1; out.len < len; row++) {
        kf_buf_str(&out, "<row r=\"");
        kf_buf_int(&out, row);
        kf_buf_str(&out, "\"><c r=\"A1\" t=\"s\"><v>");
        kf_buf_int(&out, (int64_t)any(40));
        kf_buf_str(&out, "</v></c><c r=\"B1\"><v>");
        kf_buf_int(&out, (int64_t)any(1000000));
        kf_buf_str(&out, "</v></c></row>");
    }
    return out;
}

static KfBuf pack(KfText bytes, size_t packer)
{
    z_stream stream = { 0 };
    KfBuf out = { 0 };

    cr_assert_eq(deflateInit2(&stream, packers[packer].level, Z_DEFLATED, -MAX_WBITS, 8,
                              packers[packer].strategy),
                 Z_OK);
    kf_buf_reserve(&out, 2 * bytes.len + 1000);
    stream.next_out = (Bytef *)out.ptr;
    stream.avail_out = (uInt)out.cap;
    for (size_t at = 0; at < bytes.len; at += PIECE) {
        const KfText piece = kf_text_slice(bytes, at, at + PIECE);

        stream.next_in = (z_const Bytef *)(uintptr_t)piece.ptr;
        stream.avail_in = (uInt)piece.len;
        deflate(&stream, at + PIECE < bytes.len ? packers[packer].flush : Z_FINISH);
    }
    out.len = out.cap - stream.avail_out;
    deflateEnd(&stream);
    return out;
}

static bool is_packed_from(KfText packed, KfText bytes)
{
    char *out = malloc(bytes.len + 1);
    z_stream stream = { .next_in = (z_const Bytef *)(uintptr_t)packed.ptr,
                        .avail_in = (uInt)packed.len,
                        .next_out = (Bytef *)out,
                        .avail_out = (uInt)bytes.len + 1 };
    bool is_same;

    cr_assert_eq(inflateInit2(&stream, -MAX_WBITS), Z_OK);
    is_same = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
              && stream.avail_out == 1 && memcmp(out, bytes.ptr, bytes.len) == 0;
    inflateEnd(&stream);
    free(out);
    return is_same;
}

/* ---- where blocks begin ------------------------------------------------------ */

static bool is_between_blocks(const z_stream *stream)
{
    return (stream->data_type & (128 | 64)) == 128;
}

/* The borders are those at which zlib stops. */
static void expect_borders(KfText packed, const KfBlockBorders *borders)
{
    z_stream stream = { .next_in = (z_const Bytef *)(uintptr_t)packed.ptr,
                        .avail_in = (uInt)packed.len };
    Bytef passed[1024];
    uint64_t at = 0;
    size_t found = 1;

    cr_assert_eq(inflateInit2(&stream, -MAX_WBITS), Z_OK);
    while (found + 1 < borders->count) {
        uint64_t bit;

        stream.next_out = passed;
        stream.avail_out = sizeof passed;
        cr_assert_eq(inflate(&stream, Z_BLOCK), Z_OK);
        at += sizeof passed - stream.avail_out;
        bit = 8 * (uint64_t)stream.total_in - (stream.data_type & 7);
        if (!is_between_blocks(&stream) || bit == borders->items[found - 1].bit)
            continue;
        cr_assert_eq(bit, borders->items[found].bit, "border %zu of %zu: bit %zu, not %zu", found,
                     borders->count, (size_t)borders->items[found].bit, (size_t)bit);
        cr_assert_eq(at, borders->items[found].at);
        found++;
    }
    inflateEnd(&stream);
}

Test(deflate_blocks, are_where_zlib_finds_them)
{
    KfBuf rows = make_rows(300000);

    for (size_t i = 0; i < PACKERS; i++) {
        KfBuf packed = pack(kf_buf_view(&rows), i);
        KfBlockBorders borders = { 0 };

        cr_assert(kf_deflate_blocks(&borders, kf_buf_view(&packed), SIZE_MAX), "packer %zu", i);
        cr_expect(borders.is_whole);
        cr_expect_eq(borders.items[borders.count - 1].at, rows.len);
        cr_expect_geq(borders.items[borders.count - 1].bit + 7, 8 * packed.len);
        expect_borders(kf_buf_view(&packed), &borders);
        free(borders.items);
        kf_buf_free(&packed);
    }
    kf_buf_free(&rows);
}

Test(deflate_blocks, end_at_the_first_one_behind)
{
    KfBuf rows = make_rows(300000), packed = pack(kf_buf_view(&rows), 3);
    KfBlockBorders borders = { 0 };

    cr_assert(kf_deflate_blocks(&borders, kf_buf_view(&packed), 60000));
    cr_expect(!borders.is_whole);
    cr_expect_geq(borders.items[borders.count - 1].at, 60000);
    cr_expect_lt(borders.items[borders.count - 2].at, 60000);
    free(borders.items);
    kf_buf_free(&packed);
    kf_buf_free(&rows);
}

Test(deflate_blocks, of_damaged_data_are_refused_or_read_to_an_end)
{
    KfBuf rows = make_rows(20000);

    for (size_t i = 0; i < PACKERS; i++) {
        KfBuf packed = pack(kf_buf_view(&rows), i);
        KfBlockBorders borders = { 0 };

        cr_expect(!kf_deflate_blocks(&borders, (KfText){ packed.ptr, packed.len - 1 }, SIZE_MAX));
        free(borders.items);
        for (size_t j = 0; j < 400; j++) {
            /* A block of its own on the heap, so that a byte read behind it is told. */
            char *damaged = malloc(packed.len);

            memcpy(damaged, packed.ptr, packed.len);
            damaged[any(packed.len)] ^= (char)(1u << any(8));
            borders = (KfBlockBorders){ 0 };
            (void)kf_deflate_blocks(&borders, (KfText){ damaged, packed.len }, SIZE_MAX);
            free(borders.items);
            free(damaged);
        }
        kf_buf_free(&packed);
    }
    kf_buf_free(&rows);
}

/* ---- changes ----------------------------------------------------------------- */

typedef struct {
    KfArena *arena;
    KfText bytes, packed;
    size_t places[8], count;
    size_t length;   /* of what was packed */
    bool is_spliced; /* and nothing else */
} Change;

static KfStatus change(void *ctx)
{
    Change *c = ctx;
    KfSplices splices = { .arena = c->arena };
    KfPackedSplices job = { .packed = c->packed, .bytes = c->bytes };
    KfBuf out = { 0 };
    KfText now;

    for (size_t i = 0; i < c->count; i++) {
        const size_t at = c->places[i] > c->bytes.len ? c->bytes.len : c->places[i];
        const size_t drops = at + 20 < c->bytes.len ? any(20) : 0;

        kf_splice(&splices, at, at + drops, i % 3 ? KF_TEXT("<v>4711</v>") : (KfText){ 0 });
    }
    now = kf_splices_apply(&splices, c->bytes);
    job.changes = splices.items;
    job.count = splices.count;
    kf_buf_str(&out, "before");
    c->is_spliced = kf_deflate_splice(&out, &job);
    cr_assert(kf_text_starts(kf_buf_view(&out), KF_TEXT("before")));
    c->length = out.len - 6;
    if (c->is_spliced)
        cr_assert(is_packed_from(kf_text_slice(kf_buf_view(&out), 6, out.len), now));
    else
        cr_assert_eq(out.len, 6);
    kf_buf_free(&out);
    return KF_OK;
}

static void run(Change *c)
{
    KfArena arena;

    kf_arena_init(&arena);
    c->arena = &arena;
    cr_assert_eq(kf_arena_run(&arena, change, c), KF_OK);
    kf_arena_finish(&arena);
}

Test(deflate_splice, gives_the_changed_bytes_of_any_packer)
{
    enum { LEN = 1500000 };
    KfBuf rows = make_rows(LEN);

    for (size_t i = 0; i < PACKERS; i++) {
        KfBuf packed = pack(kf_buf_view(&rows), i);
        size_t spliced = 0;

        for (size_t round = 0; round < 20; round++) {
            Change c = { .bytes = kf_buf_view(&rows), .packed = kf_buf_view(&packed) };

            c.count = 1 + any(2);
            for (size_t j = 0; j < c.count; j++)
                c.places[j] = any(LEN);
            run(&c);
            spliced += c.is_spliced;
        }
        cr_expect_gt(spliced, 5, "packer %zu: %zu", i, spliced);
        kf_buf_free(&packed);
    }
    kf_buf_free(&rows);
}

Test(deflate_splice, reaches_both_ends_and_changes_side_by_side)
{
    KfBuf rows = make_rows(2000000), packed = pack(kf_buf_view(&rows), 2);
    Change c = { .bytes = kf_buf_view(&rows), .packed = kf_buf_view(&packed) };

    c.places[0] = 0;
    c.places[1] = 1000000;
    c.places[2] = 1000030;
    c.places[3] = 1040000;
    c.places[4] = SIZE_MAX; /* behind the last byte */
    c.count = 5;
    run(&c);
    cr_expect(c.is_spliced);
    cr_expect_lt(c.length, packed.len + packed.len / 10);
    kf_buf_free(&packed);
    kf_buf_free(&rows);
}

Test(deflate_splice, leaves_it_where_much_changes)
{
    KfBuf rows = make_rows(400000), packed = pack(kf_buf_view(&rows), 0);
    Change c = { .bytes = kf_buf_view(&rows), .packed = kf_buf_view(&packed) };

    for (c.count = 0; c.count < 8; c.count++)
        c.places[c.count] = c.count * 50000;
    run(&c);
    cr_expect(!c.is_spliced);
    kf_buf_free(&packed);
    kf_buf_free(&rows);
}

Test(deflate_splice, leaves_other_data_than_the_bytes)
{
    KfBuf rows = make_rows(2000000), packed = pack(kf_buf_view(&rows), 0);
    Change c = { .bytes = kf_text_slice(kf_buf_view(&rows), 0, rows.len - 1),
                 .packed = kf_buf_view(&packed),
                 .places = { SIZE_MAX },
                 .count = 1 };

    run(&c);
    cr_expect(!c.is_spliced);
    kf_buf_free(&packed);
    kf_buf_free(&rows);
}
