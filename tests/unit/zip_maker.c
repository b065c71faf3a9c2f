#include "zip_maker.h"

#include <criterion/criterion.h>
#include <zip.h>

static KfBuf copy_source(zip_source_t *source)
{
    KfBuf out = { 0 };
    char chunk[4096];
    zip_int64_t n;

    cr_assert_eq(zip_source_open(source), 0);
    while ((n = zip_source_read(source, chunk, sizeof chunk)) > 0)
        kf_buf_bytes(&out, chunk, (size_t)n);
    zip_source_close(source);
    return out;
}

KfBuf make_zip(const ZipPart *parts, size_t count)
{
    zip_error_t error;
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(whole, ZIP_CREATE | ZIP_TRUNCATE, &error);
    KfBuf out;

    cr_assert_not_null(zip);
    zip_source_keep(whole);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *part = zip_source_buffer(zip, parts[i].text.ptr, parts[i].text.len, 0);

        cr_assert_geq(zip_file_add(zip, parts[i].name, part, ZIP_FL_ENC_UTF_8), 0);
    }
    cr_assert_eq(zip_close(zip), 0);
    out = copy_source(whole);
    zip_source_free(whole);
    return out;
}
