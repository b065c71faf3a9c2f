/* Number formats of cells: cellXfs entry to number format id to format code. */
#include "ooxml/styles.h"

#include "kf/value.h"
#include "ooxml/id_map.h"

typedef struct {
    KfStyles *out;
    KfBook *book;
    KfArena *arena;
    KfIdMap codes;  /* numFmtId to index into custom */
    KfIdMap places; /* numFmtId to index into book->formats */
    KfText *custom;
    size_t custom_count, custom_cap, format_cap;
} Reader;

/* Entities only shorten a text, so the arena gives the room at once. */
static KfText decoded(KfArena *arena, KfText raw)
{
    char *room = kf_arena_alloc(arena, raw.len + 4);
    KfBuf buf = { .ptr = room, .cap = raw.len + 4 };

    kf_xml_decode(&buf, raw);
    kf_xml_unescape(&buf, 0);
    return kf_buf_view(&buf);
}

static void read_code(Reader *reader, const KfXml *xml)
{
    uint32_t id;

    if (!kf_xml_uint(kf_xml_attr(xml, KF_TEXT("numFmtId")), &id) || id == UINT32_MAX)
        return;
    kf_id_map_set(&reader->codes, reader->arena, id, (uint32_t)reader->custom_count);
    KF_PUSH(reader->arena, reader->custom, reader->custom_count, reader->custom_cap,
            decoded(reader->arena, kf_xml_attr(xml, KF_TEXT("formatCode"))));
}

static uint32_t place_of(Reader *reader, uint32_t id)
{
    KfBook *book = reader->book;
    uint32_t index;
    KfText code;

    if (kf_id_map_get(&reader->places, id, &index))
        return index;
    code = kf_id_map_get(&reader->codes, id, &index) ? reader->custom[index]
                                                     : kf_number_format_builtin(id);
    index = 0;
    if (code.len && !kf_text_eq(code, KF_TEXT("General"))) {
        index = (uint32_t)book->format_count;
        KF_PUSH(reader->arena, book->formats, book->format_count, reader->format_cap, code);
    }
    kf_id_map_set(&reader->places, reader->arena, id, index);
    return index;
}

static void read_xf(Reader *reader, const KfXml *xml)
{
    KfStyles *out = reader->out;
    uint32_t id;

    if (!kf_xml_uint(kf_xml_attr(xml, KF_TEXT("numFmtId")), &id) || id == UINT32_MAX)
        id = 0;
    KF_PUSH(reader->arena, out->formats, out->count, out->cap, place_of(reader, id));
    KF_PUSH(reader->arena, out->unlocked, out->unlocked_count, out->unlocked_cap, false);
}

/* Cells are locked unless their format says that they are not. */
static void read_protection(Reader *reader, const KfXml *xml)
{
    KfText locked = kf_xml_attr(xml, KF_TEXT("locked"));

    if (locked.len && reader->out->unlocked_count)
        reader->out->unlocked[reader->out->unlocked_count - 1] = !kf_xml_true(locked);
}

typedef void ReadItem(Reader *reader, const KfXml *xml);

/* Where the items of a list stand: its children are the third level, but in markup that only
 * some programs know what is meant for the others counts. */
typedef struct {
    bool inside, alternate;
    uint32_t items; /* depth; 0: none here */
} Place;

static void find_place(Place *place, const KfXml *xml, KfText list)
{
    if (xml->depth == 2)
        place->inside = kf_xml_is(xml, list);
    if (xml->depth == 3)
        place->alternate = kf_xml_is_alternate(xml);
    if (xml->depth <= 3)
        place->items = place->inside && !place->alternate ? 3 : 0;
    if (xml->depth == 4 && place->inside && place->alternate)
        place->items = kf_text_eq(xml->name, KF_TEXT("Fallback")) ? 5 : 0;
}

/* Hands the children called item of every list of that name, a child of the root, to read. */
static bool read_list(Reader *reader, KfText part, KfText list, KfText item, ReadItem *read,
                      KfXml *xml)
{
    Place place = { 0 };
    KfXmlKind kind;

    kf_xml_init(xml, part);
    while ((kind = kf_xml_next(xml)) != KF_XML_EOF) {
        if (kind == KF_XML_BAD)
            return false;
        if (kind != KF_XML_START)
            continue;
        find_place(&place, xml, list);
        if (xml->depth == place.items && kf_xml_is(xml, item))
            read(reader, xml);
        else if (place.items && xml->depth == place.items + 1
                 && kf_xml_is(xml, KF_TEXT("protection")))
            read_protection(reader, xml);
    }
    return true;
}

KfStatus kf_styles_read(KfStyles *out, KfBook *book, KfText part, KfText part_name, KfArena *arena,
                        KfError *err)
{
    Reader reader = { .out = out, .book = book, .arena = arena };
    KfXml xml;

    book->formats = NULL;
    book->format_count = 0;
    KF_PUSH(arena, book->formats, book->format_count, reader.format_cap, KF_TEXT("General"));
    if (!read_list(&reader, part, KF_TEXT("numFmts"), KF_TEXT("numFmt"), read_code, &xml)
        || !read_list(&reader, part, KF_TEXT("cellXfs"), KF_TEXT("xf"), read_xf, &xml))
        return kf_xml_fail(&xml, part_name, err);
    return KF_OK;
}

/* The index that the attribute states; false when it states none. */
static bool style_index(KfText s, uint32_t *index)
{
    *index = 0;
    return s.len == 0 || kf_xml_uint(s, index);
}

uint32_t kf_style_format(const KfStyles *styles, KfText s)
{
    uint32_t index;

    return style_index(s, &index) ? kf_style_format_at(styles, index) : 0;
}

uint32_t kf_style_format_at(const KfStyles *styles, uint32_t index)
{
    return index < styles->count ? styles->formats[index] : 0;
}

bool kf_style_unlocked(const KfStyles *styles, KfText s)
{
    uint32_t index;

    return style_index(s, &index) && kf_style_unlocked_at(styles, index);
}

bool kf_style_unlocked_at(const KfStyles *styles, uint32_t index)
{
    return index < styles->unlocked_count && styles->unlocked[index];
}
