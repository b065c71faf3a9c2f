/* The zip container, by libzip, over bytes in memory: what is hashed is what is read. */
#include "ooxml/package.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "ooxml/xml_pull.h"

enum { CHUNK = 32 * 1024 };

bool kf_is_zip(KfText bytes)
{
    return kf_text_starts(bytes, KF_TEXT("PK\3\4")) || kf_text_starts(bytes, KF_TEXT("PK\5\6"))
           || kf_text_starts(bytes, KF_TEXT("PK\7\10"));
}

bool kf_is_ole(KfText bytes)
{
    return kf_text_starts(bytes, KF_TEXT("\xD0\xCF\x11\xE0"));
}

/* An encrypted workbook is a compound file with a stream of this name. */
static KfStatus fail_ole(KfText bytes, KfError *err)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

    if (kf_text_find(bytes, (KfText){ name, sizeof name }) != SIZE_MAX)
        return kf_fail(err, KF_ENCRYPTED, (KfText){ 0 }, KF_TEXT("EncryptedPackage"));
    return kf_fail(err, KF_OLD_FORMAT, (KfText){ 0 }, KF_TEXT("OLE2"));
}

bool kf_zip_lacks_memory(const struct zip_error *cause)
{
    return zip_error_code_zip(cause) == ZIP_ER_MEMORY || errno == ENOMEM;
}

static KfStatus fail_open(const zip_error_t *cause, KfError *err)
{
    if (kf_zip_lacks_memory(cause))
        return kf_fail(err, KF_NO_MEMORY, (KfText){ 0 }, (KfText){ 0 });
    if (zip_error_code_zip(cause) == ZIP_ER_READ || zip_error_code_zip(cause) == ZIP_ER_OPEN)
        return kf_fail(err, KF_FILE_UNREADABLE, (KfText){ 0 }, KF_TEXT("læsefejl"));
    return kf_fail(err, KF_ZIP_TRUNCATED, (KfText){ 0 }, KF_TEXT("zip-filens indeks mangler"));
}

/* The zip file at path, or, when that is NULL, the one that package->bytes hold. */
static KfStatus open_zip(KfPackage *package, const char *path, KfError *err)
{
    KfStatus status = KF_OK;
    zip_source_t *source;
    zip_error_t cause;

    zip_error_init(&cause);
    errno = 0;
    if (path)
        source = zip_source_file_create(path, 0, 0, &cause);
    else
        source = zip_source_buffer_create(package->bytes.ptr, package->bytes.len, 0, &cause);
    if (source)
        package->zip = zip_open_from_source(source, ZIP_RDONLY, &cause);
    if (!package->zip) {
        zip_source_free(source);
        status = fail_open(&cause, err);
    }
    zip_error_fini(&cause);
    return status;
}

static char fold(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c + 32);
    return c == '\\' ? '/' : c;
}

static KfText without_slash(KfText name)
{
    return name.len && fold(name.ptr[0]) == '/' ? kf_text_slice(name, 1, name.len) : name;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = fold(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Next byte of a part name, folded, with %20 and the like resolved; -1 at the end. */
static int next_byte(KfText name, size_t *at)
{
    int high = -1, low = -1;

    if (*at >= name.len)
        return -1;
    if (name.ptr[*at] == '%' && name.len - *at > 2) {
        high = hex_digit(name.ptr[*at + 1]);
        low = hex_digit(name.ptr[*at + 2]);
    }
    if (high < 0 || low < 0)
        return (unsigned char)fold(name.ptr[(*at)++]);
    *at += 3;
    return (unsigned char)fold((char)(high << 4 | low));
}

static int cmp_names(KfText a, KfText b)
{
    size_t in_a = 0, in_b = 0;

    a = without_slash(a);
    b = without_slash(b);
    for (;;) {
        int x = next_byte(a, &in_a), y = next_byte(b, &in_b);

        if (x != y || x < 0)
            return x - y;
    }
}

/* Heap sort: in place, without recursion, and needs no state beside the package.
 * Same names keep the order of the central directory. */
static bool sorts_before(const KfPackage *package, uint32_t a, uint32_t b)
{
    int order = cmp_names(package->entries[a].name, package->entries[b].name);

    return order ? order < 0 : a < b;
}

static void sift_down(KfPackage *package, size_t root, size_t count)
{
    uint32_t *heap = package->by_name;

    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        uint32_t moved = heap[root];

        if (child + 1 < count && sorts_before(package, heap[child], heap[child + 1]))
            child++;
        if (!sorts_before(package, moved, heap[child]))
            return;
        heap[root] = heap[child];
        heap[child] = moved;
    }
}

static void sort_names(KfPackage *package)
{
    for (size_t i = package->entry_count / 2; i-- > 0;)
        sift_down(package, i, package->entry_count);
    for (size_t last = package->entry_count; last-- > 1;) {
        uint32_t first = package->by_name[0];

        package->by_name[0] = package->by_name[last];
        package->by_name[last] = first;
        sift_down(package, 0, last);
    }
}

static KfStatus list_entries(void *ctx)
{
    KfPackage *package = ctx;
    size_t count = package->entry_count;

    package->entries = kf_arena_array(&package->arena, count, sizeof *package->entries);
    package->by_name = kf_arena_array(&package->arena, count, sizeof *package->by_name);
    for (size_t i = 0; i < count; i++) {
        KfEntry *entry = &package->entries[i];
        zip_stat_t stat;

        entry->index = i;
        entry->name = kf_text(zip_get_name(package->zip, i, ZIP_FL_ENC_RAW));
        if (zip_stat_index(package->zip, i, 0, &stat) == 0) {
            entry->packed = stat.valid & ZIP_STAT_COMP_SIZE ? stat.comp_size : 0;
            entry->crc = stat.valid & ZIP_STAT_CRC ? stat.crc : 0;
            entry->method = stat.valid & ZIP_STAT_COMP_METHOD ? stat.comp_method : UINT16_MAX;
            entry->encrypted =
                stat.valid & ZIP_STAT_ENCRYPTION_METHOD && stat.encryption_method != ZIP_EM_NONE;
        }
        package->by_name[i] = (uint32_t)i;
    }
    sort_names(package);
    return KF_OK;
}

static KfStatus open_entries(KfPackage *package, KfError *err)
{
    zip_int64_t count = zip_get_num_entries(package->zip, 0);
    KfStatus status;

    if (count < 0 || (uint64_t)count > package->limits->of[KF_BOUND_ENTRIES])
        return kf_fail_limit(err, package->limits, KF_BOUND_ENTRIES, KF_TEXT("zip-filen"));
    package->entry_count = (size_t)count;
    status = kf_arena_run(&package->arena, list_entries, package);
    return status == KF_OK ? KF_OK : kf_fail(err, status, (KfText){ 0 }, (KfText){ 0 });
}

static KfStatus open_package(KfPackage *package, const char *path, KfError *err)
{
    KfStatus status = open_zip(package, path, err);

    if (status == KF_OK)
        status = open_entries(package, err);
    if (status != KF_OK)
        kf_package_close(package);
    return status;
}

KfStatus kf_package_open(KfPackage *package, KfText bytes, KfError *err)
{
    return kf_package_open_within(package, bytes, &kf_usual_limits, err);
}

KfStatus kf_package_open_within(KfPackage *package, KfText bytes, const KfLimits *limits,
                                KfError *err)
{
    *package = (KfPackage){ .bytes = bytes, .limits = limits };
    kf_arena_init(&package->arena);
    if (kf_is_ole(bytes))
        return fail_ole(bytes, err);
    if (!kf_is_zip(bytes))
        return kf_fail(err, KF_NOT_A_ZIP, (KfText){ 0 }, KF_TEXT("ingen zip-fil"));
    return open_package(package, NULL, err);
}

KfStatus kf_package_open_path(KfPackage *package, const char *path, KfError *err)
{
    *package = (KfPackage){ .limits = &kf_usual_limits };
    kf_arena_init(&package->arena);
    return open_package(package, path, err);
}

void kf_package_close(KfPackage *package)
{
    kf_part_close(package);
    if (package->zip)
        zip_discard(package->zip);
    kf_arena_finish(&package->arena);
    *package = (KfPackage){ 0 };
}

size_t kf_package_find(const KfPackage *package, KfText part)
{
    size_t lo = 0, hi = package->entry_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (cmp_names(package->entries[package->by_name[mid]].name, part) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < package->entry_count
        && cmp_names(package->entries[package->by_name[lo]].name, part) == 0)
        return package->by_name[lo];
    return KF_PACKAGE_NONE;
}

KfText kf_package_name(const KfPackage *package, size_t index)
{
    return without_slash(package->entries[index].name);
}

void kf_package_expect(const KfPackage *package, size_t index, KfBuf *out, unsigned a_packed_one)
{
    const uint64_t most = 32 << 20, packed = package->entries[index].packed;

    kf_buf_expect(out, (size_t)(packed < most / a_packed_one ? packed * a_packed_one : most));
}

KfStatus kf_package_inflate(KfPackage *package, size_t index, KfBuf *out, KfError *err)
{
    KfStatus status = kf_part_open(package, index, err);
    size_t len = CHUNK;

    kf_package_expect(package, index, out, KF_BYTES_A_PACKED_ONE);
    while (status == KF_OK && len == CHUNK) {
        if (!kf_buf_reserve(out, CHUNK))
            return kf_fail(err, KF_NO_MEMORY, package->entries[index].name, (KfText){ 0 });
        status = kf_part_read(package, out->ptr + out->len, CHUNK, &len, err);
        out->len += len;
    }
    return status;
}

KfStatus kf_package_xml(KfPackage *package, size_t index, KfBuf *out, bool *transcoded,
                        KfError *err)
{
    KfStatus status;
    bool changed;

    out->len = 0;
    if ((status = kf_package_inflate(package, index, out, err)) != KF_OK)
        return status;
    changed = kf_xml_to_utf8(out);
    if (transcoded)
        *transcoded = changed;
    if (out->bad)
        return kf_fail(err, KF_NO_MEMORY, package->entries[index].name, (KfText){ 0 });
    return KF_OK;
}
