/* Writing a package anew. The bytes from one local header to the next are copied
 * as they stand; only offsets in the central directory change. */
#include "ooxml/package_write.h"

#include <stdlib.h>
#include <string.h>

#include "ooxml/deflate.h"

enum {
    LOCAL_LEN = 30,
    CENTRAL_LEN = 46,
    END_LEN = 22,
    FIRST_DATE = 0x0021, /* 1980-01-01 */
    FLAG_UTF8 = 0x0800,
    DEFLATED = 8,
    NEEDS_VERSION = 20,
    EXTRA_ZIP64 = 0x0001,
    EXTRA_AES = 0x9901
};

/* Where an entry stands in the file as it was read. */
typedef struct {
    size_t central, name_len, extra_len, comment_len;
    size_t local, local_end; /* local header up to whatever comes next */
    uint64_t packed;
    size_t offset_at; /* where the local offset is stored: 4 bytes, or 8 in a zip64 field */
    bool offset_wide;
    const KfPartChange *change;
    size_t written; /* where its local header went */
    uint32_t crc;   /* of a changed entry */
    size_t new_packed;
} Entry;

struct KfDirectory {
    KfText bytes;
    Entry *entries;
    Entry **order; /* of their bytes */
    size_t count;
    size_t start; /* of the central directory */
    size_t base;  /* bytes in front of the archive: added to every offset */
    size_t end;   /* of central directory record */
};

/* ---- little-endian fields ------------------------------------------------- */

static uint64_t field(KfText bytes, size_t at, unsigned len)
{
    uint64_t value = 0;

    if (at > bytes.len || bytes.len - at < len)
        return 0;
    for (unsigned i = len; i-- > 0;)
        value = value << 8 | (unsigned char)bytes.ptr[at + i];
    return value;
}

static void set_field(char *at, uint64_t value, unsigned len)
{
    for (unsigned i = 0; i < len; i++, value >>= 8)
        at[i] = (char)(value & 0xFF);
}

static void put_field(KfBuf *out, uint64_t value, unsigned len)
{
    char bytes[8];

    set_field(bytes, value, len);
    kf_buf_bytes(out, bytes, len);
}

static bool has_mark(KfText bytes, size_t at, const char *mark)
{
    return at <= bytes.len && bytes.len - at >= 4 && memcmp(bytes.ptr + at, mark, 4) == 0;
}

/* ---- reading the directory ------------------------------------------------ */

static size_t find_end(KfText bytes)
{
    if (bytes.len < END_LEN)
        return SIZE_MAX;
    for (size_t at = bytes.len - END_LEN;; at--) {
        if (has_mark(bytes, at, "PK\5\6") && field(bytes, at + 20, 2) <= bytes.len - at - END_LEN)
            return at;
        if (at == 0 || bytes.len - at > END_LEN + UINT16_MAX)
            return SIZE_MAX;
    }
}

/* Takes the larger figures of a zip64 record when there is one; where it begins. */
static size_t read_zip64(KfText bytes, size_t end, uint64_t *size, uint64_t *offset)
{
    uint64_t at;

    if (end < 20 || !has_mark(bytes, end - 20, "PK\6\7"))
        return end;
    at = field(bytes, end - 20 + 8, 8);
    if (at > end || !has_mark(bytes, (size_t)at, "PK\6\6"))
        return end;
    *size = field(bytes, (size_t)at + 40, 8);
    *offset = field(bytes, (size_t)at + 48, 8);
    return (size_t)at;
}

static bool find_directory(KfDirectory *dir)
{
    size_t end = find_end(dir->bytes);
    uint64_t size, offset;
    size_t behind;

    if (end == SIZE_MAX)
        return false;
    size = field(dir->bytes, end + 12, 4);
    offset = field(dir->bytes, end + 16, 4);
    behind = read_zip64(dir->bytes, end, &size, &offset);
    if (offset > behind || size > behind)
        return false;
    dir->end = end;
    dir->start = (size_t)offset;
    if (dir->count && !has_mark(dir->bytes, dir->start, "PK\1\2"))
        dir->start = behind - (size_t)size;
    dir->base = dir->start - (size_t)offset;
    return dir->start >= offset;
}

/* The zip64 field carries, in this order, those of the sizes and the offset
 * that are all ones in the record itself. */
static bool read_wide(KfText bytes, Entry *entry)
{
    size_t at = entry->central + CENTRAL_LEN + entry->name_len, end = at + entry->extra_len;
    bool wide_size = field(bytes, entry->central + 24, 4) == UINT32_MAX;
    bool wide_packed = entry->packed == UINT32_MAX;

    while (end - at >= 4) {
        uint64_t len = field(bytes, at + 2, 2);

        if (len > end - at - 4)
            return false;
        if (field(bytes, at, 2) == EXTRA_ZIP64) {
            size_t need = 8u * (wide_size + wide_packed + entry->offset_wide);
            size_t value = at + 4 + 8u * wide_size;

            if (len < need)
                return false;
            if (wide_packed) {
                entry->packed = field(bytes, value, 8);
                value += 8;
            }
            if (entry->offset_wide)
                entry->offset_at = value;
            return true;
        }
        at += 4 + (size_t)len;
    }
    return !wide_packed && !entry->offset_wide;
}

static bool read_entry(const KfDirectory *dir, Entry *entry, size_t at)
{
    KfText bytes = dir->bytes;
    uint64_t local;

    if (at > dir->end || dir->end - at < CENTRAL_LEN || !has_mark(bytes, at, "PK\1\2"))
        return false;
    entry->central = at;
    entry->packed = field(bytes, at + 20, 4);
    entry->name_len = (size_t)field(bytes, at + 28, 2);
    entry->extra_len = (size_t)field(bytes, at + 30, 2);
    entry->comment_len = (size_t)field(bytes, at + 32, 2);
    if (dir->end - at - CENTRAL_LEN < entry->name_len + entry->extra_len + entry->comment_len)
        return false;
    entry->offset_at = at + 42;
    local = field(bytes, at + 42, 4);
    entry->offset_wide = local == UINT32_MAX;
    if (!read_wide(bytes, entry))
        return false;
    if (entry->offset_wide)
        local = field(bytes, entry->offset_at, 8);
    if (local > dir->start - dir->base)
        return false;
    entry->local = dir->base + (size_t)local;
    return true;
}

static int by_local(const void *a, const void *b)
{
    const Entry *x = *(const Entry *const *)a, *y = *(const Entry *const *)b;

    return (x->local > y->local) - (x->local < y->local);
}

static size_t head_length(KfText bytes, const Entry *entry)
{
    return LOCAL_LEN + (size_t)field(bytes, entry->local + 26, 2)
           + (size_t)field(bytes, entry->local + 28, 2);
}

/* Whether the local header and the packed bytes lie in front of the next entry. */
static bool is_whole(KfText bytes, const Entry *entry)
{
    size_t room = entry->local_end - entry->local, head;

    if (room < LOCAL_LEN || !has_mark(bytes, entry->local, "PK\3\4"))
        return false;
    head = head_length(bytes, entry);
    return head <= room && entry->packed <= room - head;
}

/* Entries in the order of their bytes, each reaching to the next. */
static Entry **order_entries(KfArena *arena, const KfDirectory *dir)
{
    Entry **order = kf_arena_array(arena, dir->count + 1, sizeof(Entry *));

    for (size_t i = 0; i < dir->count; i++)
        order[i] = &dir->entries[i];
    qsort(order, dir->count, sizeof *order, by_local);
    for (size_t i = 0; i < dir->count; i++) {
        order[i]->local_end = i + 1 < dir->count ? order[i + 1]->local : dir->start;
        if (!is_whole(dir->bytes, order[i]))
            return NULL;
    }
    return order;
}

static bool read_directory(KfArena *arena, const KfPackage *package, KfDirectory *dir)
{
    size_t at;

    dir->bytes = package->bytes;
    dir->count = package->entry_count;
    if (!find_directory(dir))
        return false;
    dir->entries = kf_arena_array(arena, dir->count, sizeof *dir->entries);
    at = dir->start;
    for (size_t i = 0; i < dir->count; i++) {
        Entry *entry = &dir->entries[i];
        KfText name;

        if (!read_entry(dir, entry, at))
            return false;
        name = kf_text_slice(dir->bytes, at + CENTRAL_LEN, at + CENTRAL_LEN + entry->name_len);
        if (!kf_text_eq(name, package->entries[i].name))
            return false;
        at += CENTRAL_LEN + entry->name_len + entry->extra_len + entry->comment_len;
    }
    return true;
}

/* NULL when it is not what libzip read. */
static KfDirectory *directory_of(KfRewrite *rewrite)
{
    KfDirectory *dir = rewrite->directory;

    if (dir)
        return dir;
    dir = kf_arena_alloc(rewrite->arena, sizeof *dir);
    if (!read_directory(rewrite->arena, rewrite->package, dir)
        || !(dir->order = order_entries(rewrite->arena, dir)))
        return NULL;
    return rewrite->directory = dir;
}

/* ---- writing -------------------------------------------------------------- */

/* The part's packed bytes as they are in the file, where they are deflated; else nothing. */
static KfText packed_bytes(const KfDirectory *dir, size_t index)
{
    const Entry *entry = &dir->entries[index];
    const size_t at = entry->local + head_length(dir->bytes, entry);

    if (field(dir->bytes, entry->central + 10, 2) != DEFLATED)
        return (KfText){ 0 };
    return kf_text_slice(dir->bytes, at, at + (size_t)entry->packed);
}

KfText kf_package_packed(const KfPackage *package, KfArena *arena, size_t index)
{
    KfDirectory dir = { 0 };

    if (!read_directory(arena, package, &dir) || !order_entries(arena, &dir))
        return (KfText){ 0 };
    return packed_bytes(&dir, index);
}

static KfPackJob job_of(const KfRewrite *rewrite, const KfPartChange *change)
{
    KfPackJob job = { .bytes = change->bytes };
    const KfDirectory *dir = rewrite->directory;

    if (change->splices && dir)
        job.splices = (KfPackedSplices){ .packed = packed_bytes(dir, change->index),
                                         .bytes = rewrite->entries[change->index].raw,
                                         .changes = change->splices->items,
                                         .count = change->splices->count };
    if (!job.splices.packed.len || job.splices.bytes.len <= KF_DEFLATE_SMALL)
        job.splices.count = 0;
    return job;
}

/* Extra fields without those that speak of sizes or of a packing that is no more. */
static KfText plain_extra(KfArena *arena, KfText extra)
{
    char *kept = kf_arena_alloc(arena, extra.len + 1);
    size_t len = 0;

    for (size_t at = 0; extra.len - at >= 4;) {
        uint64_t id = field(extra, at, 2);
        size_t size = 4 + (size_t)field(extra, at + 2, 2);

        if (size > extra.len - at)
            break;
        if (id != EXTRA_ZIP64 && id != EXTRA_AES) {
            memcpy(kept + len, extra.ptr + at, size);
            len += size;
        }
        at += size;
    }
    return (KfText){ kept, len };
}

/* The fields that a local and a central record have in common, version to lengths. */
static void put_common(KfBuf *out, uint64_t flags, uint64_t stamp, const Entry *entry, KfText name,
                       size_t extra_len)
{
    put_field(out, NEEDS_VERSION, 2);
    put_field(out, flags, 2);
    put_field(out, DEFLATED, 2);
    put_field(out, stamp, 4);
    put_field(out, entry->crc, 4);
    put_field(out, entry->new_packed, 4);
    put_field(out, entry->change->bytes.len, 4);
    put_field(out, name.len, 2);
    put_field(out, extra_len, 2);
}

/* Packs the part behind its local header, whose sizes are filled in after. */
static void put_local(KfRewrite *rewrite, KfBuf *out, Entry *entry, uint64_t flags, uint64_t stamp,
                      KfText name, KfText extra)
{
    const KfPackJob job = job_of(rewrite, entry->change);
    KfPacked packed;
    const bool is_packed =
        rewrite->ahead && kf_pack_ahead_take(*rewrite->ahead, job.bytes, &packed);
    size_t data;

    entry->written = out->len;
    entry->crc = is_packed ? packed.crc : kf_crc32(job.bytes);
    kf_buf_bytes(out, "PK\3\4", 4);
    put_common(out, flags, stamp, entry, name, extra.len);
    kf_buf_text(out, name);
    kf_buf_text(out, extra);
    data = out->len;
    if (is_packed)
        kf_buf_text(out, packed.packed);
    else
        kf_pack(out, &job);
    entry->new_packed = out->len - data;
    if (!out->bad)
        set_field(out->ptr + entry->written + 18, entry->new_packed, 4);
}

static void replace_local(KfRewrite *rewrite, KfBuf *out, KfText bytes, Entry *entry)
{
    size_t name_at = entry->local + LOCAL_LEN;
    size_t extra_at = name_at + (size_t)field(bytes, entry->local + 26, 2);
    size_t extra_len = (size_t)field(bytes, entry->local + 28, 2);
    KfText extra = kf_text_slice(bytes, extra_at, extra_at + extra_len);

    put_local(rewrite, out, entry, field(bytes, entry->local + 6, 2) & FLAG_UTF8,
              field(bytes, entry->local + 10, 4), kf_text_slice(bytes, name_at, extra_at),
              plain_extra(rewrite->arena, extra));
}

static void put_central_head(KfBuf *out, uint64_t made_by)
{
    kf_buf_bytes(out, "PK\1\2", 4);
    put_field(out, made_by, 2);
}

/* offset: of the local header, as the directory is to tell it. */
static void copy_central(KfBuf *out, KfText bytes, const Entry *entry, size_t offset)
{
    size_t len = CENTRAL_LEN + entry->name_len + entry->extra_len + entry->comment_len;
    size_t at = out->len + (entry->offset_at - entry->central);

    kf_buf_text(out, kf_text_slice(bytes, entry->central, entry->central + len));
    if (!out->bad)
        set_field(out->ptr + at, offset, entry->offset_wide ? 8 : 4);
}

static void replace_central(KfArena *arena, KfBuf *out, KfText bytes, const Entry *entry,
                            size_t offset)
{
    size_t at = entry->central, name_at = at + CENTRAL_LEN, extra_at = name_at + entry->name_len;
    size_t comment_at = extra_at + entry->extra_len;
    KfText name = kf_text_slice(bytes, name_at, extra_at);
    KfText extra = plain_extra(arena, kf_text_slice(bytes, extra_at, comment_at));

    put_central_head(out, field(bytes, at + 4, 2));
    put_common(out, field(bytes, at + 8, 2) & FLAG_UTF8, field(bytes, at + 12, 4), entry, name,
               extra.len);
    kf_buf_text(out, kf_text_slice(bytes, at + 32, at + 42)); /* comment length, attributes */
    put_field(out, offset, 4);
    kf_buf_text(out, name);
    kf_buf_text(out, extra);
    kf_buf_text(out, kf_text_slice(bytes, comment_at, comment_at + entry->comment_len));
}

static void add_central(KfBuf *out, const Entry *entry, size_t offset)
{
    put_central_head(out, NEEDS_VERSION);
    put_common(out, 0, (uint64_t)FIRST_DATE << 16, entry, entry->change->name, 0);
    put_field(out, 0, 2); /* comment length */
    put_field(out, 0, 8); /* disk, attributes */
    put_field(out, offset, 4);
    kf_buf_text(out, entry->change->name);
}

static void put_locals(KfRewrite *rewrite, KfBuf *out, const KfDirectory *dir)
{
    size_t first = dir->count ? dir->order[0]->local : dir->start;

    kf_buf_text(out, kf_text_slice(dir->bytes, 0, first));
    for (size_t i = 0; i < dir->count; i++) {
        Entry *entry = dir->order[i];

        entry->written = out->len;
        if (!entry->change)
            kf_buf_text(out, kf_text_slice(dir->bytes, entry->local, entry->local_end));
        else if (!entry->change->removed)
            replace_local(rewrite, out, dir->bytes, entry);
    }
}

static size_t put_centrals(KfRewrite *rewrite, KfBuf *out, const KfDirectory *dir)
{
    size_t count = 0;

    for (size_t i = 0; i < dir->count; i++) {
        const Entry *entry = &dir->entries[i];
        size_t offset = entry->written - dir->base;

        if (entry->change && entry->change->removed)
            continue;
        if (entry->change)
            replace_central(rewrite->arena, out, dir->bytes, entry, offset);
        else
            copy_central(out, dir->bytes, entry, offset);
        count++;
    }
    return count;
}

static void put_end(KfBuf *out, const KfDirectory *dir, size_t start, size_t count)
{
    size_t size = out->len - start;

    kf_buf_bytes(out, "PK\5\6\0\0\0\0", 8);
    put_field(out, count, 2);
    put_field(out, count, 2);
    put_field(out, size, 4);
    put_field(out, start - dir->base, 4);
    kf_buf_text(out, kf_text_slice(dir->bytes, dir->end + 20, dir->bytes.len)); /* comment */
}

/* Local headers, packed bytes, directory. */
static KfStatus put_all(KfRewrite *rewrite, KfBuf *out, const KfDirectory *dir, KfError *err)
{
    Entry *added = kf_arena_array(rewrite->arena, rewrite->count, sizeof *added);
    size_t added_count = 0, start, count;

    put_locals(rewrite, out, dir);
    for (size_t i = 0; i < rewrite->count; i++) {
        Entry *entry = &added[added_count];

        entry->change = &rewrite->changes[i];
        if (entry->change->index != KF_PACKAGE_NONE || entry->change->removed)
            continue;
        put_local(rewrite, out, entry, 0, (uint64_t)FIRST_DATE << 16, entry->change->name,
                  (KfText){ 0 });
        added_count++;
    }
    start = out->len;
    count = put_centrals(rewrite, out, dir);
    for (size_t i = 0; i < added_count; i++)
        add_central(out, &added[i], added[i].written - dir->base);
    count += added_count;
    if (count >= UINT16_MAX || out->len >= UINT32_MAX)
        return kf_fail(err, KF_LIMIT, KF_TEXT("zip-filen"), KF_TEXT("for stor til at skrive"));
    put_end(out, dir, start, count);
    return out->bad ? kf_fail(err, KF_NO_MEMORY, (KfText){ 0 }, (KfText){ 0 }) : KF_OK;
}

KfStatus kf_rewrite_finish(KfRewrite *rewrite, KfBuf *out, KfError *err)
{
    KfDirectory *dir = directory_of(rewrite);

    if (!dir)
        return kf_fail(err, KF_NOT_A_ZIP, (KfText){ 0 }, KF_TEXT("zip-filens indeks passer ikke"));
    for (size_t i = 0; i < rewrite->count; i++) {
        const KfPartChange *change = &rewrite->changes[i];

        if (change->bytes.len > UINT32_MAX / 2)
            return kf_fail(err, KF_LIMIT, change->name, KF_TEXT("for stor til at skrive"));
        if (change->index != KF_PACKAGE_NONE)
            dir->entries[change->index].change = change;
    }
    return put_all(rewrite, out, dir, err);
}

/* ---- gathering changes ---------------------------------------------------- */

static KfText without_slash(KfText part)
{
    return kf_text_slice(part, part.len && part.ptr[0] == '/', part.len);
}

static KfPartChange *find_change(const KfRewrite *rewrite, KfText part, size_t index)
{
    const KfArenaMark mark = kf_arena_mark(rewrite->arena);
    size_t number = 0;

    if (index == KF_PACKAGE_NONE) {
        kf_text_map_get(&rewrite->added, kf_arena_folded(rewrite->arena, without_slash(part)),
                        &number);
        kf_arena_release(rewrite->arena, mark);
    } else if (rewrite->entries) {
        number = rewrite->entries[index].change;
    }
    return number ? &rewrite->changes[number - 1] : NULL;
}

static KfEntryState *state_of(KfRewrite *rewrite, size_t index)
{
    if (!rewrite->entries)
        rewrite->entries =
            kf_arena_array(rewrite->arena, rewrite->package->entry_count, sizeof *rewrite->entries);
    return &rewrite->entries[index];
}

void kf_rewrite_know(KfRewrite *rewrite, size_t index, KfText bytes)
{
    KfEntryState *state = state_of(rewrite, index);

    state->raw = bytes;
    state->is_utf8 = true;
}

bool kf_rewrite_has(const KfRewrite *rewrite, KfText part)
{
    size_t index = kf_package_find(rewrite->package, part);
    const KfPartChange *change = find_change(rewrite, part, index);

    return change ? !change->removed : index != KF_PACKAGE_NONE;
}

const KfPartChange *kf_rewrite_change(const KfRewrite *rewrite, KfText part)
{
    return find_change(rewrite, part, kf_package_find(rewrite->package, part));
}

/* What was unpacked; the block of a large part stays where it is. */
static KfText take_part(KfRewrite *rewrite)
{
    enum { WORTH_KEEPING = 256 * 1024 };
    const size_t len = rewrite->scratch->len;

    if (len < WORTH_KEEPING || rewrite->scratch->bad)
        return kf_arena_take(rewrite->arena, rewrite->scratch);
    return (KfText){ kf_arena_keep(rewrite->arena, rewrite->scratch), len };
}

KfStatus kf_rewrite_get(KfRewrite *rewrite, KfText part, KfText *out, KfError *err)
{
    size_t index = kf_package_find(rewrite->package, part);
    const KfPartChange *change = find_change(rewrite, part, index);
    bool transcoded;
    KfStatus status;

    *out = (KfText){ 0 };
    if (change && !change->removed)
        *out = change->bytes;
    if (change || index == KF_PACKAGE_NONE)
        return KF_OK;
    if (state_of(rewrite, index)->is_utf8) {
        *out = state_of(rewrite, index)->raw;
        return KF_OK;
    }
    status = kf_package_xml(rewrite->package, index, rewrite->scratch, &transcoded, err);
    if (status != KF_OK)
        return status;
    *out = take_part(rewrite);
    if (!transcoded)
        kf_rewrite_know(rewrite, index, *out); /* so that it is unpacked once */
    return KF_OK;
}

KfStatus kf_rewrite_get_for_splices(KfRewrite *rewrite, KfText part, size_t count, KfText *xml,
                                    KfError *err)
{
    enum { PACKED_A_SPLICE = 32 * 1024 };
    const size_t index = kf_package_find(rewrite->package, part);
    KfText packed = { 0 };

    if (index != KF_PACKAGE_NONE && rewrite->ahead && !*rewrite->ahead && directory_of(rewrite))
        packed = packed_bytes(rewrite->directory, index);
    if (packed.len / PACKED_A_SPLICE > count)
        *rewrite->ahead = kf_pack_ahead_expect(packed);
    return kf_rewrite_get(rewrite, part, xml, err);
}

KfStatus kf_rewrite_raw(KfRewrite *rewrite, KfText part, KfText *out, KfError *err)
{
    size_t index = kf_package_find(rewrite->package, part);
    KfStatus status;

    *out = (KfText){ 0 };
    if (index == KF_PACKAGE_NONE)
        return KF_OK;
    *out = state_of(rewrite, index)->raw;
    if (out->ptr)
        return KF_OK;
    rewrite->scratch->len = 0;
    status = kf_package_inflate(rewrite->package, index, rewrite->scratch, err);
    if (status != KF_OK)
        return status;
    *out = state_of(rewrite, index)->raw = take_part(rewrite);
    return KF_OK;
}

static KfPartChange *change_of(KfRewrite *rewrite, KfText part)
{
    size_t index = kf_package_find(rewrite->package, part);
    KfPartChange *change = find_change(rewrite, part, index);
    const KfPartChange fresh = { .index = index, .name = without_slash(part) };

    if (change)
        return change;
    KF_PUSH(rewrite->arena, rewrite->changes, rewrite->count, rewrite->cap, fresh);
    if (index == KF_PACKAGE_NONE)
        kf_text_map_set(&rewrite->added, rewrite->arena,
                        kf_arena_folded(rewrite->arena, fresh.name), rewrite->count);
    else
        state_of(rewrite, index)->change = rewrite->count;
    return &rewrite->changes[rewrite->count - 1];
}

static KfPartChange *put(KfRewrite *rewrite, KfText part, KfText bytes)
{
    KfPartChange *change = change_of(rewrite, part);

    change->removed = false;
    change->bytes = bytes;
    change->splices = NULL;
    return change;
}

void kf_rewrite_put(KfRewrite *rewrite, KfText part, KfText bytes)
{
    put(rewrite, part, bytes);
}

void kf_rewrite_splice(KfRewrite *rewrite, KfText part, KfText xml, KfSplices *splices)
{
    KfPartChange *change = put(rewrite, part, kf_splices_apply(splices, xml));

    if (change->index != KF_PACKAGE_NONE && state_of(rewrite, change->index)->raw.ptr == xml.ptr)
        change->splices = splices;
}

void kf_rewrite_pack_ahead(KfRewrite *rewrite)
{
    const KfPartChange *largest = NULL;
    KfPackJob job;

    for (size_t i = 0; i < rewrite->count; i++) {
        const KfPartChange *change = &rewrite->changes[i];

        if (!change->removed && change->bytes.len >= KF_WORTH_PACKING_AHEAD
            && (!largest || change->bytes.len > largest->bytes.len))
            largest = change;
    }
    if (!largest || !rewrite->ahead || !directory_of(rewrite))
        return;
    job = job_of(rewrite, largest);
    *rewrite->ahead = kf_pack_ahead_start(*rewrite->ahead, &job);
}

void kf_rewrite_remove(KfRewrite *rewrite, KfText part)
{
    if (kf_rewrite_has(rewrite, part))
        change_of(rewrite, part)->removed = true;
}
