/* Mutation of workbooks: the zip file is unpacked, one part changed, and all of it packed
 * again, so that what is tried is XML and not checksums. Now and then the bytes of the zip
 * file itself are changed. Parts are stored, which keeps them readable in a reproducer. */
#include <string.h>
#include <zlib.h>

#include "fuzz.h"
#include "ooxml/package.h"

enum { MOST_PARTS = 40, ROOM = 1 << 18 };

typedef struct {
    KfText name;
    KfBuf bytes;
} Part;

typedef struct {
    KfPackage package;
    Part parts[MOST_PARTS];
    size_t count;
} Parts;

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static size_t below(uint64_t *seed, size_t limit)
{
    return limit ? next_random(seed) % limit : 0;
}

/* ---- unpacking and packing -------------------------------------------------- */

static bool unpack(Parts *out, KfText bytes)
{
    memset(out, 0, sizeof *out);
    if (kf_package_open(&out->package, bytes, NULL) != KF_OK)
        return false;
    for (size_t i = 0; i < out->package.entry_count && out->count < MOST_PARTS; i++) {
        Part *part = &out->parts[out->count];

        if (kf_package_inflate(&out->package, i, &part->bytes, NULL) != KF_OK
            || part->bytes.len > ROOM) {
            kf_buf_free(&part->bytes);
            continue;
        }
        part->name = out->package.entries[i].name;
        out->count++;
    }
    return out->count > 0;
}

static void free_parts(Parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        kf_buf_free(&parts->parts[i].bytes);
    kf_package_close(&parts->package);
}

static void put_le(KfBuf *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        kf_buf_char(out, (char)(value >> 8 * i));
}

/* What a local header and an entry of the directory have in common. */
static void put_common(KfBuf *out, const Part *part)
{
    put_le(out, 20, 2);
    put_le(out, 0, 4); /* no flags, stored */
    put_le(out, 0x00210000, 4);
    put_le(out, crc32(0, (const Bytef *)part->bytes.ptr, (uInt)part->bytes.len), 4);
    put_le(out, part->bytes.len, 4);
    put_le(out, part->bytes.len, 4);
    put_le(out, part->name.len, 2);
    put_le(out, 0, 2);
}

static void pack(KfBuf *out, const Parts *parts)
{
    size_t at[MOST_PARTS], directory;

    for (size_t i = 0; i < parts->count; i++) {
        at[i] = out->len;
        kf_buf_str(out, "PK\3\4");
        put_common(out, &parts->parts[i]);
        kf_buf_text(out, parts->parts[i].name);
        kf_buf_text(out, kf_buf_view(&parts->parts[i].bytes));
    }
    directory = out->len;
    for (size_t i = 0; i < parts->count; i++) {
        kf_buf_str(out, "PK\1\2");
        put_le(out, 20, 2);
        put_common(out, &parts->parts[i]);
        put_le(out, 0, 4);
        put_le(out, 0, 6);
        put_le(out, at[i], 4);
        kf_buf_text(out, parts->parts[i].name);
    }
    put_le(out, 0x06054b50, 4);
    put_le(out, 0, 4);
    put_le(out, parts->count, 2);
    put_le(out, parts->count, 2);
    put_le(out, out->len - 12 - directory, 4);
    put_le(out, directory, 4);
    put_le(out, 0, 2);
}

/* ---- changing XML ----------------------------------------------------------- */

/* What stands between quotes or tags and leads somewhere. */
static const char *const values[] = {
    "0",
    "1",
    "-1",
    "4294967295",
    "1048576",
    "1048577",
    "XFD1048576",
    "A1",
    "A1:XFD1048576",
    "s",
    "str",
    "inlineStr",
    "b",
    "e",
    "d",
    "shared",
    "array",
    "dataTable",
    "true",
    "62788.5",
    "1E+308",
    "83717.999999999985",
    "41456",
    "0-6 mdr",
    "7-12 mdr",
    "25-35 mdr",
    "Faktisk forløb",
    "Kontrafaktisk forløb",
    "Udgift i alt",
    "Kommune",
    "Stat",
    "Region",
    "Sygedagpenge",
    "Kontanthjælp",
    "heraf stat",
    "62.788,50",
    "t.kr.",
    "I alt",
    "SUM(B2:B9)",
    "SUM(A:A)",
    "IF(A1&gt;0,SUM(B1:B9),1/0)",
    "B1",
    "#REF!",
    "&amp;",
    "&#x10FFFF;",
    "_x000D_",
    "External",
    "rId1",
    "../worksheets/sheet1.xml",
    "http://example.invalid/",
    "010190-1234",
    "=1+1",
    "",
};

static KfText random_value(uint64_t *seed)
{
    return kf_text(values[below(seed, sizeof values / sizeof *values)]);
}

static void replace(KfBuf *bytes, size_t from, size_t to, KfText with)
{
    KfBuf out = { 0 };

    kf_buf_text(&out, kf_text_slice(kf_buf_view(bytes), 0, from));
    kf_buf_text(&out, with);
    kf_buf_text(&out, kf_text_slice(kf_buf_view(bytes), to, bytes->len));
    kf_buf_free(bytes);
    *bytes = out;
}

static size_t next_of(KfText text, size_t from, char c)
{
    while (from < text.len && text.ptr[from] != c)
        from++;
    return from;
}

/* The next text between two of a sign, or between ">" and "<", behind a random place. */
static void change_value(KfBuf *bytes, uint64_t *seed)
{
    KfText text = kf_buf_view(bytes);
    bool attribute = next_random(seed) & 1;
    size_t from = next_of(text, below(seed, text.len), attribute ? '"' : '>') + 1;
    size_t to = next_of(text, from, attribute ? '"' : '<');

    if (from < text.len && to < text.len)
        replace(bytes, from, to, random_value(seed));
}

/* Doubles or drops what stands from one tag to another. */
static void change_tags(KfBuf *bytes, uint64_t *seed)
{
    KfText text = kf_buf_view(bytes);
    size_t from = next_of(text, below(seed, text.len), '<'), to = from;
    KfBuf doubled = { 0 };

    for (size_t tags = below(seed, 8) + 1; tags && to < text.len; tags--)
        to = next_of(text, to + 1, '<');
    if (to > text.len)
        return;
    if (next_random(seed) & 1) {
        kf_buf_text(&doubled, kf_text_slice(text, from, to));
        kf_buf_text(&doubled, kf_text_slice(text, from, to));
    }
    if (bytes->len + doubled.len < ROOM)
        replace(bytes, from, to, kf_buf_view(&doubled));
    kf_buf_free(&doubled);
}

static void change_bytes(KfBuf *bytes, uint64_t *seed)
{
    KfText text = kf_buf_view(bytes);
    size_t from = below(seed, text.len), to = from + below(seed, 64);
    uint8_t piece[256];
    KfText old = kf_text_slice(text, from, to);
    size_t len = old.len;

    if (len)
        memcpy(piece, old.ptr, len);
    len = LLVMFuzzerMutate(piece, len, sizeof piece);
    replace(bytes, from, from + old.len, fuzz_text(piece, len));
}

static void change_part(Parts *parts, uint64_t *seed)
{
    KfBuf *bytes = &parts->parts[below(seed, parts->count)].bytes;

    for (size_t times = below(seed, 4) + 1; times; times--) {
        switch (next_random(seed) % 5) {
        case 0:
            change_bytes(bytes, seed);
            break;
        case 1:
            change_tags(bytes, seed);
            break;
        default:
            change_value(bytes, seed);
        }
    }
}

/* Takes parts out, puts them twice, gives one the bytes of another. */
static void change_list(Parts *parts, uint64_t *seed)
{
    Part *part = &parts->parts[below(seed, parts->count)];
    Part *other = &parts->parts[below(seed, parts->count)];
    Part copy = { .name = part->name };

    switch (next_random(seed) % 3) {
    case 0:
        copy = *part;
        *part = parts->parts[--parts->count];
        kf_buf_free(&copy.bytes);
        break;
    case 1:
        kf_buf_text(&copy.bytes, kf_buf_view(&other->bytes));
        if (parts->count < MOST_PARTS)
            parts->parts[parts->count++] = copy;
        else
            kf_buf_free(&copy.bytes);
        break;
    default:
        copy.name = part->name;
        part->name = other->name;
        other->name = copy.name;
    }
}

static size_t hand_over(const Parts *parts, uint8_t *to, size_t room)
{
    KfBuf packed = { 0 };
    size_t len = 0;

    pack(&packed, parts);
    if (!packed.bad && packed.len <= room) {
        memcpy(to, packed.ptr, packed.len);
        len = packed.len;
    }
    kf_buf_free(&packed);
    return len;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t len, size_t room, unsigned seed_number)
{
    uint64_t seed = seed_number;
    Parts parts;
    size_t made = 0;

    if (below(&seed, 24) == 0)
        return LLVMFuzzerMutate(bytes, len, room);
    if (unpack(&parts, fuzz_text(bytes, len))) {
        if (below(&seed, 20))
            change_part(&parts, &seed);
        else
            change_list(&parts, &seed);
        made = hand_over(&parts, bytes, room);
    }
    free_parts(&parts);
    return made ? made : LLVMFuzzerMutate(bytes, len, room);
}

/* One part of the second workbook in the place of the part so called in the first. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len,
                                 uint8_t *out, size_t room, unsigned seed_number)
{
    uint64_t seed = seed_number;
    Parts to, from = { .count = 0 };
    size_t made = 0;

    if (unpack(&to, fuzz_text(a, a_len)) && unpack(&from, fuzz_text(b, b_len))) {
        const Part *given = &from.parts[below(&seed, from.count)];

        for (size_t i = 0; i < to.count && !made; i++) {
            if (!kf_text_eq(to.parts[i].name, given->name))
                continue;
            replace(&to.parts[i].bytes, 0, SIZE_MAX, kf_buf_view(&given->bytes));
            made = hand_over(&to, out, room);
        }
    }
    free_parts(&from);
    free_parts(&to);
    return made;
}
