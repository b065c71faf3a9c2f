#include <criterion/criterion.h>
#include <string.h>

#include "ooxml/package_write.h"

typedef struct {
    KfArena arena;
    KfBuf scratch, out;
    KfPackage package;
    void (*change)(KfRewrite *rewrite);
    KfError err;
} Case;

static KfStatus rewrite(void *ctx)
{
    Case *c = ctx;
    KfRewrite rewrite = { .package = &c->package, .arena = &c->arena, .scratch = &c->scratch };

    if (c->change)
        c->change(&rewrite);
    return kf_rewrite_finish(&rewrite, &c->out, &c->err);
}

/* out is for the caller to free. */
static KfStatus run(Case *c, KfText bytes)
{
    KfStatus status = kf_package_open(&c->package, bytes, &c->err);

    cr_assert_eq(status, KF_OK);
    kf_arena_init(&c->arena);
    status = kf_arena_run(&c->arena, rewrite, c);
    kf_arena_finish(&c->arena);
    kf_package_close(&c->package);
    kf_buf_free(&c->scratch);
    return status;
}

static void put(KfBuf *out, uint32_t value, unsigned len)
{
    for (unsigned i = 0; i < len; i++, value >>= 8)
        kf_buf_char(out, (char)(value & 0xFF));
}

/* A packed part as a streaming writer leaves it: sizes behind the bytes, an extra
 * field in both records, a date that is none, a comment. The text is "hej". */
static size_t put_streamed(KfBuf *out, const char *name, size_t central_of)
{
    size_t at = out->len;
    uint32_t name_len = (uint32_t)strlen(name);

    kf_buf_bytes(out, central_of == SIZE_MAX ? "PK\3\4" : "PK\1\2", 4);
    if (central_of != SIZE_MAX)
        put(out, 0x031E, 2); /* made on Unix */
    put(out, 20, 2);
    put(out, 0x0008, 2); /* sizes follow */
    put(out, 0, 2);      /* not packed */
    put(out, 0x00000000, 4);
    put(out, central_of == SIZE_MAX ? 0 : 0x0C68542E, 4);
    put(out, central_of == SIZE_MAX ? 0 : 3, 4);
    put(out, central_of == SIZE_MAX ? 0 : 3, 4);
    put(out, name_len, 2);
    put(out, 8, 2);
    if (central_of != SIZE_MAX) {
        put(out, 4, 2);
        put(out, 0, 2);
        put(out, 1, 2);
        put(out, 0x81A40000, 4);
        put(out, (uint32_t)central_of, 4);
    }
    kf_buf_str(out, name);
    kf_buf_bytes(out, "UT\4\0abcd", 8);
    if (central_of != SIZE_MAX) {
        kf_buf_str(out, "note");
        return at;
    }
    kf_buf_str(out, "hej");
    kf_buf_bytes(out, "PK\7\10", 4);
    put(out, 0x0C68542E, 4);
    put(out, 3, 4);
    put(out, 3, 4);
    return at;
}

static KfBuf streamed_zip(void)
{
    KfBuf zip = { 0 };
    size_t first = put_streamed(&zip, "b.bin", SIZE_MAX), second, start;

    second = put_streamed(&zip, "a.bin", SIZE_MAX);
    start = zip.len;
    put_streamed(&zip, "a.bin", second); /* the directory in another order */
    put_streamed(&zip, "b.bin", first);
    kf_buf_bytes(&zip, "PK\5\6\0\0\0\0\2\0\2\0", 12);
    put(&zip, (uint32_t)(zip.len - 12 - start), 4);
    put(&zip, (uint32_t)start, 4);
    put(&zip, 7, 2);
    kf_buf_str(&zip, "comment");
    return zip;
}

static KfText record(const KfBuf *zip, const char *mark, const char *name)
{
    KfText bytes = kf_buf_view(zip);

    for (size_t at = 0; at + 4 < bytes.len; at++) {
        size_t head = strcmp(mark, "PK\3\4") == 0 ? 30 : 46;

        if (memcmp(bytes.ptr + at, mark, 4) == 0
            && kf_text_starts(kf_text_slice(bytes, at + head, bytes.len), kf_text(name)))
            return kf_text_slice(bytes, at, bytes.len);
    }
    cr_assert_fail("no record of %s", name);
    return bytes;
}

Test(package_write, copies_what_does_not_change_byte_for_byte)
{
    KfBuf zip = streamed_zip();
    Case c = { 0 };

    cr_assert_eq(run(&c, kf_buf_view(&zip)), KF_OK);
    cr_expect(kf_text_eq(kf_buf_view(&c.out), kf_buf_view(&zip)));
    kf_buf_free(&c.out);
    kf_buf_free(&zip);
}

static void replace_and_add(KfRewrite *rewrite)
{
    cr_expect(kf_rewrite_has(rewrite, KF_TEXT("/B.BIN")));
    cr_expect_not(kf_rewrite_has(rewrite, KF_TEXT("c.bin")));
    kf_rewrite_put(rewrite, KF_TEXT("b.bin"), KF_TEXT("first"));
    kf_rewrite_put(rewrite, KF_TEXT("/B.bin"), KF_TEXT("hejhejhejhejhej"));
    kf_rewrite_put(rewrite, KF_TEXT("/c.bin"), KF_TEXT("ny"));
    cr_expect(kf_rewrite_has(rewrite, KF_TEXT("C.bin")));
}

static void expect_part(KfPackage *package, const char *name, const char *expected)
{
    size_t index = kf_package_find(package, kf_text(name));
    KfBuf out = { 0 };

    cr_assert_neq(index, KF_PACKAGE_NONE, "%s", name);
    cr_expect_eq(kf_package_inflate(package, index, &out, NULL), KF_OK);
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(expected)), "%s", name);
    kf_buf_free(&out);
}

Test(package_write, keeps_place_time_and_attributes_of_what_it_replaces)
{
    KfBuf zip = streamed_zip();
    Case c = { .change = replace_and_add };
    KfPackage package;
    KfText local, central, kept;

    cr_assert_eq(run(&c, kf_buf_view(&zip)), KF_OK);
    cr_assert_eq(kf_package_open(&package, kf_buf_view(&c.out), NULL), KF_OK);
    cr_expect_eq(package.entry_count, 3);
    expect_part(&package, "a.bin", "hej");
    expect_part(&package, "b.bin", "hejhejhejhejhej");
    expect_part(&package, "c.bin", "ny");
    kf_package_close(&package);

    local = record(&c.out, "PK\3\4", "b.bin");
    cr_expect_eq(local.ptr, c.out.ptr, "still first");
    cr_expect_eq(memcmp(local.ptr + 6, "\0\0\10\0\0\0\0\0", 8), 0, "flags, method, time");
    cr_expect_eq(memcmp(local.ptr + 35, "UT\4\0abcd", 8), 0);
    central = record(&c.out, "PK\1\2", "b.bin");
    cr_expect_eq(memcmp(central.ptr + 4, "\x1E\3", 2), 0);
    cr_expect_eq(memcmp(central.ptr + 36, "\1\0\0\0\xA4\x81", 6), 0);
    cr_expect_eq(memcmp(central.ptr + 51, "UT\4\0abcdnote", 12), 0);
    kept = record(&c.out, "PK\3\4", "a.bin");
    cr_expect_eq(memcmp(kept.ptr, record(&zip, "PK\3\4", "a.bin").ptr, 30 + 5 + 8 + 3 + 16), 0);
    cr_expect_eq(memcmp(record(&c.out, "PK\3\4", "c.bin").ptr + 10, "\0\0\x21\0", 4), 0);
    cr_expect(kf_text_ends(kf_buf_view(&c.out), KF_TEXT("\7\0comment")));
    kf_buf_free(&c.out);
    kf_buf_free(&zip);
}

static void remove_one(KfRewrite *rewrite)
{
    kf_rewrite_remove(rewrite, KF_TEXT("b.bin"));
    kf_rewrite_remove(rewrite, KF_TEXT("nowhere.bin"));
    cr_expect_not(kf_rewrite_has(rewrite, KF_TEXT("b.bin")));
}

Test(package_write, takes_a_part_out)
{
    KfBuf zip = streamed_zip();
    Case c = { .change = remove_one };
    KfPackage package;

    cr_assert_eq(run(&c, kf_buf_view(&zip)), KF_OK);
    cr_assert_eq(kf_package_open(&package, kf_buf_view(&c.out), NULL), KF_OK);
    cr_expect_eq(package.entry_count, 1);
    expect_part(&package, "a.bin", "hej");
    kf_package_close(&package);
    kf_buf_free(&c.out);
    kf_buf_free(&zip);
}

Test(package_write, refuses_entries_that_overlap)
{
    KfBuf zip = streamed_zip();
    KfText second = record(&zip, "PK\1\2", "a.bin");
    Case c = { 0 };

    memcpy(zip.ptr + (second.ptr - zip.ptr) + 42, "\0\0\0\0", 4); /* both begin at byte 0 */
    cr_expect_eq(run(&c, kf_buf_view(&zip)), KF_NOT_A_ZIP);
    kf_buf_free(&c.out);
    kf_buf_free(&zip);
}
