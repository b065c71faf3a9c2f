#include <criterion/criterion.h>
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
