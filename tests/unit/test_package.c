#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "ooxml/package.h"
#include "zip_maker.h"

static const ZipPart two_parts[] = {
    { "[Content_Types].xml", { "<Types/>", 8 } },
    { "xl/Arkæ 1.xml", { "<worksheet>worksheet worksheet</worksheet>", 42 } },
};

Test(package, finds_and_inflates_parts)
{
    KfBuf zip = make_zip(two_parts, 2), part = { 0 };
    KfPackage package;
    KfError err;

    cr_assert_eq(kf_package_open(&package, kf_buf_view(&zip), &err), KF_OK);
    cr_assert_eq(package.entry_count, 2);
    cr_assert_eq(kf_package_find(&package, KF_TEXT("/[content_types].XML")), 0);
    cr_assert_eq(kf_package_find(&package, KF_TEXT("xl/Arkæ 1.xml")), 1);
    cr_assert_eq(kf_package_find(&package, KF_TEXT("/XL/Ark%C3%a6%201.xml")), 1);
    cr_assert_eq(kf_package_find(&package, KF_TEXT("xl/none.xml")), KF_PACKAGE_NONE);
    for (int round = 0; round < 2; round++) {
        part.len = 0;
        cr_assert_eq(kf_package_inflate(&package, 1, &part, &err), KF_OK);
        cr_assert(kf_text_eq(kf_buf_view(&part), two_parts[1].text));
        cr_assert_eq(package.inflated, 42, "counted once");
    }
    kf_package_close(&package);
    kf_buf_free(&part);
    kf_buf_free(&zip);
}

static KfStatus open_status(KfText bytes, KfError *err)
{
    KfPackage package;
    KfStatus status = kf_package_open(&package, bytes, err);

    cr_assert((package.zip != NULL) == (status == KF_OK));
    kf_package_close(&package);
    return status;
}

Test(package, tells_apart_what_is_no_package)
{
    static const char encrypted[] =
        "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....E\0n\0c\0r\0y\0p\0t\0e\0d\0"
        "P\0a\0c\0k\0a\0g\0e\0";
    KfBuf zip = make_zip(two_parts, 2);
    KfText whole = kf_buf_view(&zip);
    KfError err;

    cr_assert_eq(open_status(KF_TEXT(""), &err), KF_NOT_A_ZIP);
    cr_assert_eq(open_status(KF_TEXT("a;b\n1;2\n"), &err), KF_NOT_A_ZIP);
    cr_assert_eq(open_status((KfText){ encrypted, sizeof encrypted }, &err), KF_ENCRYPTED);
    cr_assert_eq(open_status(KF_TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
                                     "W\0o\0r\0k\0b\0o\0o\0k"),
                             &err),
                 KF_OLD_FORMAT);
    for (size_t len = 4; len < whole.len; len += 7) {
        cr_assert_eq(open_status(kf_text_slice(whole, 0, len), &err), KF_ZIP_TRUNCATED, "%zu", len);
        cr_assert_neq(err.detail[0], '\0');
    }
    kf_buf_free(&zip);
}

Test(package, verifies_the_checksum)
{
    KfBuf zip = make_zip(two_parts, 2), part = { 0 };
    size_t at = kf_text_find(kf_buf_view(&zip), KF_TEXT("<Types/>"));
    KfPackage package;
    KfError err;

    cr_assert_neq(at, SIZE_MAX, "stored, being short");
    zip.ptr[at + 1] = 'X';
    cr_assert_eq(kf_package_open(&package, kf_buf_view(&zip), &err), KF_OK);
    cr_assert_eq(kf_package_inflate(&package, 0, &part, &err), KF_ZIP_TRUNCATED);
    cr_assert_str_eq(err.detail, "[Content_Types].xml: kontrolsummen passer ikke");
    kf_package_close(&package);
    kf_buf_free(&part);
    kf_buf_free(&zip);
}

Test(package, knows_an_encrypted_entry)
{
    KfBuf zip = make_zip(two_parts, 2), part = { 0 };
    size_t at = kf_text_find(kf_buf_view(&zip), KF_TEXT("PK\1\2"));
    KfPackage package;
    KfError err;

    zip.ptr[6] |= 1;
    zip.ptr[at + 8] |= 1;
    cr_assert_eq(kf_package_open(&package, kf_buf_view(&zip), &err), KF_OK);
    cr_assert_eq(kf_package_inflate(&package, 0, &part, &err), KF_ENCRYPTED);
    cr_assert_eq(kf_package_inflate(&package, 1, &part, &err), KF_OK);
    kf_package_close(&package);
    kf_buf_free(&part);
    kf_buf_free(&zip);
}

Test(package, stops_a_bomb)
{
    enum { SIZE = 80 << 20 };
    char *zeros = calloc(1, SIZE);
    const ZipPart bomb = { "bomb.xml", { zeros, SIZE } };
    KfBuf zip = make_zip(&bomb, 1), part = { 0 };
    KfPackage package;
    KfError err;

    cr_assert_eq(kf_package_open(&package, kf_buf_view(&zip), &err), KF_OK);
    cr_assert_eq(kf_package_inflate(&package, 0, &part, &err), KF_LIMIT);
    cr_assert_str_eq(err.part, "bomb.xml");
    kf_package_close(&package);
    kf_buf_free(&part);
    kf_buf_free(&zip);
    free(zeros);
}

Test(package, hashes)
{
    char hex[65];

    kf_sha256("abc", 3, hex);
    cr_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* Text that packs to about a third, len bytes of it. */
static KfBuf made_text(size_t len)
{
    KfBuf text = { 0 };
    uint32_t state = 1;

    while (text.len < len) {
        state = state * 1664525 + 1013904223;
        kf_buf_uint_padded(&text, state >> 20, 1);
    }
    text.len = len;
    return text;
}

static void expect_pieces(KfPackage *package, KfText text, size_t cap)
{
    char *piece = malloc(cap);
    size_t at = 0, len = cap;
    KfError err;

    cr_assert_eq(kf_part_open(package, 0, &err), KF_OK);
    while (len == cap) {
        cr_assert_eq(kf_part_read(package, piece, cap, &len, &err), KF_OK, "%s", err.detail);
        cr_assert(kf_text_eq((KfText){ piece, len }, kf_text_slice(text, at, at + len)));
        at += len;
    }
    cr_assert_eq(at, text.len, "%zu of %zu bytes, %zu at a time", at, text.len, cap);
    cr_assert_eq(kf_part_read(package, piece, cap, &len, &err), KF_OK);
    cr_assert_eq(len, 0, "nothing behind the end");
    free(piece);
}

Test(package, reads_a_part_in_pieces_of_any_size)
{
    static const size_t sizes[] = { 0, 1, 4095, 4096, 4097, 65536, 150000 };
    static const size_t caps[] = { 7, 100, 4096, 65536, 1 << 20 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        KfBuf text = made_text(sizes[i]);
        KfBuf zip = make_zip((ZipPart[]){ { "a.xml", kf_buf_view(&text) } }, 1);
        KfPackage package;
        KfError err;

        cr_assert_eq(kf_package_open(&package, kf_buf_view(&zip), &err), KF_OK);
        for (size_t k = 0; k < sizeof caps / sizeof *caps; k++)
            expect_pieces(&package, kf_buf_view(&text), caps[k]);
        cr_assert_eq(package.inflated, text.len, "counted once");
        kf_package_close(&package);
        kf_buf_free(&zip);
        kf_buf_free(&text);
    }
}

/* What reading all of a packed part gives when byte at of the zip file is another. */
static KfStatus damaged_status(const KfBuf *zip, size_t at, KfBuf *out)
{
    KfPackage package;
    KfStatus status;
    KfError err;

    zip->ptr[at] ^= 0x55;
    out->len = 0;
    status = kf_package_open(&package, kf_buf_view(zip), &err);
    if (status == KF_OK) {
        status = kf_package_inflate(&package, 0, out, &err);
        kf_package_close(&package);
    }
    zip->ptr[at] ^= 0x55;
    return status;
}

Test(package, notices_damage_in_packed_data)
{
    KfBuf text = made_text(20000), out = { 0 };
    KfBuf zip = make_zip((ZipPart[]){ { "a.xml", kf_buf_view(&text) } }, 1);

    for (size_t at = 40; at + 120 < zip.len; at += 97)
        cr_assert_eq(damaged_status(&zip, at, &out), KF_ZIP_TRUNCATED, "byte %zu", at);
    kf_buf_free(&zip);
    kf_buf_free(&text);
    kf_buf_free(&out);
}
