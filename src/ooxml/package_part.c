/* One part of a package, read piece by piece. Deflated data are unpacked here,
 * straight from the file's bytes; libzip unpacks what is packed in another way. */
#include "ooxml/package.h"

#include <errno.h>
#include <stdlib.h>
#include <zip.h>

#include "base/read_ahead.h"
#include "ooxml/inflate.h"

enum { PACKED = 64 * 1024, WORTH_READING_AHEAD = 256 * 1024 };

typedef struct KfPartReader {
    KfReadAhead *ahead; /* or NULL; all that follows is its thread's then */
    KfEntry *entry;
    zip_file_t *file;
    KfInflate *inflate;
    bool is_deflated, is_ended;
    uint64_t got; /* bytes that came out */
    uint32_t crc;
    KfText in; /* packed bytes not used yet */
    char packed[PACKED];
} KfPartReader;

/* "part: reason", as the texts of a damaged file show the detail only. */
static KfStatus fail_entry(KfError *err, KfStatus status, KfText part, const char *reason)
{
    KfBuf detail = { 0 };

    kf_buf_text(&detail, part);
    kf_buf_str(&detail, ": ");
    kf_buf_str(&detail, reason);
    kf_fail(err, status, part, kf_buf_view(&detail));
    kf_buf_free(&detail);
    return status;
}

/* The bound that got bytes of the entry go beyond, or KF_BOUND_COUNT. */
static KfBound over_limit(const KfPackage *package, const KfEntry *entry, uint64_t got)
{
    const KfLimits *limits = package->limits;
    uint64_t before = entry->counted ? 0 : package->inflated;

    if (got + before > kf_limit_bytes(limits, KF_BOUND_INFLATED_MB))
        return KF_BOUND_INFLATED_MB;
    if (got > KF_RATIO_FREE && got / limits->of[KF_BOUND_RATIO] > entry->packed)
        return KF_BOUND_RATIO;
    return KF_BOUND_COUNT;
}

static KfStatus fail_inflate(KfText name, const zip_error_t *cause, KfError *err)
{
    if (kf_zip_lacks_memory(cause))
        return kf_fail(err, KF_NO_MEMORY, (KfText){ 0 }, (KfText){ 0 });
    switch (zip_error_code_zip(cause)) {
    case ZIP_ER_COMPNOTSUPP:
        return kf_fail(err, KF_SHEET_UNREADABLE, name, KF_TEXT("ukendt pakkemetode"));
    case ZIP_ER_ENCRNOTSUPP:
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
        return kf_fail(err, KF_ENCRYPTED, name, (KfText){ 0 });
    case ZIP_ER_CRC:
        return fail_entry(err, KF_ZIP_TRUNCATED, name, "kontrolsummen passer ikke");
    default:
        return fail_entry(err, KF_ZIP_TRUNCATED, name, "kan ikke pakkes ud");
    }
}

static KfPartReader *create_reader(void)
{
    KfPartReader *reader = calloc(1, sizeof *reader);

    if (reader)
        reader->inflate = kf_inflate_create();
    if (reader && !reader->inflate) {
        free(reader);
        reader = NULL;
    }
    return reader;
}

static void close_file(KfPartReader *reader)
{
    kf_read_ahead_stop(reader->ahead);
    reader->ahead = NULL;
    if (reader->file)
        zip_fclose(reader->file);
    reader->file = NULL;
}

/* Ready for a part from its first byte on; NULL when memory ends. */
static KfPartReader *begin(KfPackage *package)
{
    KfPartReader *reader = package->reader ? package->reader : create_reader();

    package->reader = reader;
    if (!reader)
        return NULL;
    close_file(reader);
    kf_inflate_reset(reader->inflate);
    reader->got = 0;
    reader->crc = 0;
    reader->in = (KfText){ 0 };
    reader->is_ended = false;
    return reader;
}

void kf_part_close(KfPackage *package)
{
    KfPartReader *reader = package->reader;

    if (!reader)
        return;
    close_file(reader);
    kf_inflate_destroy(reader->inflate);
    free(reader);
    package->reader = NULL;
}

static KfStatus fetch(KfPartReader *reader, char *to, size_t cap, size_t *len, KfError *err)
{
    zip_int64_t n;

    errno = 0;
    n = zip_fread(reader->file, to, cap);

    *len = n > 0 ? (size_t)n : 0;
    return n < 0 ? fail_inflate(reader->entry->name, zip_file_get_error(reader->file), err) : KF_OK;
}

static KfStatus fetch_packed(KfPartReader *reader, KfError *err)
{
    size_t len;
    KfStatus status = fetch(reader, reader->packed, PACKED, &len, err);

    reader->in = (KfText){ reader->packed, len };
    if (status == KF_OK && len == 0)
        return fail_entry(err, KF_ZIP_TRUNCATED, reader->entry->name, "kan ikke pakkes ud");
    return status;
}

static KfStatus end_inflated(KfPartReader *reader, KfError *err)
{
    reader->is_ended = true;
    if (reader->crc == reader->entry->crc)
        return KF_OK;
    return fail_entry(err, KF_ZIP_TRUNCATED, reader->entry->name, "kontrolsummen passer ikke");
}

/* Bytes may still come when all that is packed was taken in, so that it goes first. */
static KfStatus inflate_some(KfPartReader *reader, char *to, size_t cap, size_t *len, KfError *err)
{
    switch (kf_inflate_run(reader->inflate, &reader->in, to, len, cap, &reader->crc)) {
    case KF_INFLATE_MORE:
        return *len < cap ? fetch_packed(reader, err) : KF_OK;
    case KF_INFLATE_END:
        return end_inflated(reader, err);
    default:
        return fail_entry(err, KF_ZIP_TRUNCATED, reader->entry->name, "kan ikke pakkes ud");
    }
}

/* As many bytes as there are, by libzip, which verifies the checksum itself. */
static KfStatus copy_some(KfPartReader *reader, char *to, size_t cap, size_t *len, KfError *err)
{
    size_t got;
    KfStatus status = fetch(reader, to + *len, cap - *len, &got, err);

    *len += got;
    reader->is_ended = got == 0;
    return status;
}

static KfStatus count(KfPackage *package, size_t len, KfError *err)
{
    KfPartReader *reader = package->reader;
    KfEntry *entry = reader->entry;
    KfBound over;

    reader->got += len;
    if ((over = over_limit(package, entry, reader->got)) != KF_BOUND_COUNT)
        return kf_fail_limit(err, package->limits, over, entry->name);
    if (reader->is_ended && !entry->counted) {
        package->inflated += reader->got;
        entry->counted = true;
    }
    return KF_OK;
}

static KfStatus read_part(void *of_package, char *to, size_t cap, size_t *len, KfError *err)
{
    KfPackage *package = of_package;
    KfPartReader *reader = package->reader;
    KfStatus status = KF_OK;

    *len = 0;
    while (status == KF_OK && !reader->is_ended && *len < cap) {
        status = reader->is_deflated ? inflate_some(reader, to, cap, len, err)
                                     : copy_some(reader, to, cap, len, err);
    }
    return status == KF_OK ? count(package, *len, err) : status;
}

KfStatus kf_part_open(KfPackage *package, size_t index, KfError *err)
{
    KfEntry *entry = &package->entries[index];
    KfPartReader *reader = begin(package);

    if (!reader)
        return kf_fail(err, KF_NO_MEMORY, (KfText){ 0 }, (KfText){ 0 });
    if (entry->encrypted)
        return kf_fail(err, KF_ENCRYPTED, entry->name, (KfText){ 0 });
    reader->entry = entry;
    reader->is_deflated = entry->method == ZIP_CM_DEFLATE;
    errno = 0;
    reader->file =
        zip_fopen_index(package->zip, entry->index, reader->is_deflated ? ZIP_FL_COMPRESSED : 0);
    if (!reader->file)
        return fail_inflate(entry->name, zip_get_error(package->zip), err);
    if (package->reads_ahead && entry->packed >= WORTH_READING_AHEAD)
        reader->ahead = kf_read_ahead_start(read_part, package);
    return KF_OK;
}

KfStatus kf_part_read(KfPackage *package, char *to, size_t cap, size_t *len, KfError *err)
{
    KfReadAhead *ahead = package->reader->ahead;

    return ahead ? kf_read_ahead_take(ahead, to, cap, len, err)
                 : read_part(package, to, cap, len, err);
}
