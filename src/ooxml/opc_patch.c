/* Adding to and taking from content types and relationships. */
#include "ooxml/opc_patch.h"

#include "ooxml/opc.h"
#include "ooxml/xml_write.h"

#define EMPTY_RELATIONS                                                                            \
    KF_XML_DECLARATION                                                                             \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"
#define RELATIONS_TYPE "application/vnd.openxmlformats-package.relationships+xml"

static const KfText types_part = { "[Content_Types].xml", 19 };

KfText kf_opc_folder(KfText part)
{
    size_t len = part.len;

    while (len > 0 && part.ptr[len - 1] != '/')
        len--;
    return kf_text_slice(part, 0, len);
}

KfText kf_opc_free_name(KfRewrite *rewrite, KfText stem, KfText ending)
{
    const KfText kind = KF_XML_JOIN(rewrite->arena, stem, ending);
    KfText name;
    size_t number = 1;

    kf_text_map_get(&rewrite->numbers, kind, &number);
    for (;; number++) {
        name = KF_XML_JOIN(rewrite->arena, stem, kf_xml_number(rewrite->arena, (int64_t)number),
                           ending);
        if (!kf_rewrite_has(rewrite, name))
            break;
    }
    kf_text_map_set(&rewrite->numbers, rewrite->arena, kind, number);
    return name;
}

/* How target is written as seen from part: "../comments1.xml". */
static KfText relative(KfArena *arena, KfText part, KfText target)
{
    KfText folder = kf_opc_folder(part), up = { 0 };
    size_t shared = 0;

    for (size_t i = 0; i < folder.len && i < target.len && folder.ptr[i] == target.ptr[i]; i++) {
        if (folder.ptr[i] == '/')
            shared = i + 1;
    }
    for (size_t i = shared; i < folder.len; i++) {
        if (folder.ptr[i] == '/')
            up = KF_XML_JOIN(arena, up, KF_TEXT("../"));
    }
    return KF_XML_JOIN(arena, up, kf_text_slice(target, shared, target.len));
}

/* ---- one pass over a flat part -------------------------------------------- */

/* A part whose root holds elements that are all alike: both of ours are. */
typedef struct {
    KfRewrite *rewrite;
    KfText name, bytes;
    KfXml xml;
    KfSplices splices;
} Flat;

static KfStatus open_flat(Flat *flat, KfRewrite *rewrite, KfText name, KfError *err)
{
    *flat = (Flat){ .rewrite = rewrite, .name = name, .splices = { .arena = rewrite->arena } };
    KfStatus status = kf_rewrite_get(rewrite, name, &flat->bytes, err);

    kf_xml_init(&flat->xml, flat->bytes);
    return status;
}

/* Moves to the next child of the root; false at the root's end, or when bad. */
static bool next_child(Flat *flat)
{
    KfXmlKind kind;

    do {
        kind = kf_xml_next(&flat->xml);
        if (kind == KF_XML_START && flat->xml.depth == 2)
            return true;
    } while (kind != KF_XML_BAD && kind != KF_XML_EOF
             && (kind != KF_XML_END || flat->xml.depth > 1));
    return false;
}

/* The child whose START is current, to its end, is taken out. */
static void drop_child(Flat *flat)
{
    size_t start = flat->xml.start;

    if (kf_xml_skip(&flat->xml))
        kf_splice(&flat->splices, start, flat->xml.end, (KfText){ 0 });
}

/* At the root's end: put child there. */
static KfStatus append_child(Flat *flat, KfText child, KfError *err)
{
    if (flat->xml.kind != KF_XML_END)
        return kf_xml_fail(&flat->xml, flat->name, err);
    kf_xml_append(&flat->splices, &flat->xml, child);
    return KF_OK;
}

static void close_flat(Flat *flat)
{
    if (flat->splices.count)
        kf_rewrite_put(flat->rewrite, flat->name, kf_splices_apply(&flat->splices, flat->bytes));
}

static KfText attr_text(Flat *flat, const char *name)
{
    KfBuf *out = flat->rewrite->scratch;

    kf_xml_decode(out, kf_xml_attr(&flat->xml, kf_text(name)));
    return kf_arena_take(flat->rewrite->arena, out);
}

/* ---- relationships -------------------------------------------------------- */

/* The number of "rId12"; 0 of any other id. */
static uint32_t id_number(KfText id)
{
    uint32_t number;

    if (!kf_text_starts(id, KF_TEXT("rId")) || !kf_xml_uint(kf_text_slice(id, 3, id.len), &number))
        return 0;
    return number < INT32_MAX ? number : 0;
}

/* A part's first relationships; some programs declare the type of each such part by itself. */
static KfStatus begin_relations(KfRewrite *rewrite, KfText name, KfError *err)
{
    if (kf_rewrite_has(rewrite, name))
        return KF_OK;
    kf_rewrite_put(rewrite, name, KF_TEXT(EMPTY_RELATIONS));
    return kf_opc_declare_extension(rewrite, name, KF_TEXT(RELATIONS_TYPE), err);
}

KfStatus kf_opc_relate(KfRewrite *rewrite, KfText part, const KfNewRelation *relation, KfText *id,
                       KfError *err)
{
    KfArena *arena = rewrite->arena;
    KfText name = kf_opc_relations_name(arena, part), colon, child;
    KfText space =
        relation->strict ? KF_TEXT(KF_RELATION_SPACE_STRICT "/") : KF_TEXT(KF_RELATION_SPACE "/");
    uint32_t last = 0;
    Flat flat;
    KfStatus status;

    if ((status = begin_relations(rewrite, name, err)) != KF_OK
        || (status = open_flat(&flat, rewrite, name, err)) != KF_OK)
        return status;
    while (next_child(&flat)) {
        uint32_t number = id_number(kf_xml_attr(&flat.xml, KF_TEXT("Id")));

        last = number > last ? number : last;
    }
    *id = KF_XML_JOIN(arena, KF_TEXT("rId"), kf_xml_number(arena, (int64_t)last + 1));
    colon = kf_xml_colon(arena, flat.xml.root_prefix);
    child = KF_XML_JOIN(arena, KF_TEXT("<"), colon, KF_TEXT("Relationship Id=\""), *id,
                        KF_TEXT("\" Type=\""), space, relation->kind, KF_TEXT("\" Target=\""),
                        relative(arena, part, relation->target), KF_TEXT("\"/>"));
    if ((status = append_child(&flat, child, err)) == KF_OK)
        close_flat(&flat);
    return status;
}

KfStatus kf_opc_unrelate(KfRewrite *rewrite, KfText part, KfText id, KfError *err)
{
    KfText name = kf_opc_relations_name(rewrite->arena, part);
    Flat flat;
    KfStatus status = open_flat(&flat, rewrite, name, err);

    if (status != KF_OK)
        return status;
    while (next_child(&flat)) {
        if (kf_text_eq(attr_text(&flat, "Id"), id))
            drop_child(&flat);
    }
    close_flat(&flat);
    return KF_OK;
}

/* ---- content types -------------------------------------------------------- */

static KfText extension(KfText part)
{
    for (size_t i = part.len; i > 0 && part.ptr[i - 1] != '/'; i--) {
        if (part.ptr[i - 1] == '.')
            return kf_text_slice(part, i, part.len);
    }
    return (KfText){ 0 };
}

/* What one child of the part says; where it stands in it, or its own text when it is new. */
typedef struct {
    KfText type;
    size_t start, end;
    KfText fresh;
    size_t next; /* number of another one on the same part or extension; 0: none */
    bool is_dropped;
} TypeChild;

/* The part is read once, and written once: there may be thousands of sheets to declare things
 * for. Children are found by the folded name of what they speak of. */
struct KfTypesPatch {
    Flat flat; /* at the root's end */
    TypeChild *items;
    size_t count, cap;
    KfTextMap overrides, defaults; /* to numbers of items, from 1 on */
    bool is_changed;
};

static size_t first_of(const KfTextMap *map, KfArena *arena, KfText name)
{
    const KfArenaMark mark = kf_arena_mark(arena);
    size_t number = 0;

    kf_text_map_get(map, kf_arena_folded(arena, name), &number);
    kf_arena_release(arena, mark);
    return number;
}

static void add_type(KfRewrite *rewrite, KfTextMap *map, KfText name, TypeChild child)
{
    KfTypesPatch *types = rewrite->types;

    child.next = first_of(map, rewrite->arena, name);
    KF_PUSH(rewrite->arena, types->items, types->count, types->cap, child);
    kf_text_map_set(map, rewrite->arena, kf_arena_folded(rewrite->arena, name), types->count);
}

static void read_type(KfRewrite *rewrite)
{
    KfTypesPatch *types = rewrite->types;
    Flat *flat = &types->flat;
    const bool is_override = kf_text_eq(flat->xml.name, KF_TEXT("Override"));
    TypeChild child = { .start = flat->xml.start };
    KfText name;

    if (!is_override && !kf_text_eq(flat->xml.name, KF_TEXT("Default")))
        return;
    name = attr_text(flat, is_override ? "PartName" : "Extension");
    child.type = attr_text(flat, "ContentType");
    if (!kf_xml_skip(&flat->xml))
        return;
    child.end = flat->xml.end;
    if (is_override && name.len)
        add_type(rewrite, &types->overrides, kf_text_slice(name, name.ptr[0] == '/', name.len),
                 child);
    else if (!is_override)
        add_type(rewrite, &types->defaults, name, child);
}

static KfStatus open_types(KfRewrite *rewrite, KfError *err)
{
    KfStatus status;

    if (rewrite->types)
        return KF_OK;
    rewrite->types = kf_arena_alloc(rewrite->arena, sizeof *rewrite->types);
    status = open_flat(&rewrite->types->flat, rewrite, types_part, err);
    if (status != KF_OK)
        rewrite->types = NULL;
    while (status == KF_OK && next_child(&rewrite->types->flat))
        read_type(rewrite);
    return status;
}

/* Among the parts that are touched the types stand where they were changed first. */
static void type_changes(KfRewrite *rewrite)
{
    if (!rewrite->types->is_changed)
        kf_rewrite_put(rewrite, types_part, rewrite->types->flat.bytes);
    rewrite->types->is_changed = true;
}

static void drop_type(KfRewrite *rewrite, TypeChild *child)
{
    type_changes(rewrite);
    child->is_dropped = true;
}

static KfStatus add_child(KfRewrite *rewrite, KfText part, KfText type, bool by_extension,
                          KfError *err)
{
    KfTypesPatch *types = rewrite->types;
    KfArena *arena = rewrite->arena;
    const KfText colon = kf_xml_colon(arena, types->flat.xml.root_prefix);
    const KfText name = by_extension ? extension(part) : part;
    TypeChild child = { .type = type };

    if (types->flat.xml.kind != KF_XML_END)
        return kf_xml_fail(&types->flat.xml, types_part, err);
    child.fresh = KF_XML_JOIN(arena, KF_TEXT("<"), colon,
                              by_extension ? KF_TEXT("Default Extension=\"")
                                           : KF_TEXT("Override PartName=\"/"),
                              name, KF_TEXT("\" ContentType=\""), type, KF_TEXT("\"/>"));
    type_changes(rewrite);
    add_type(rewrite, by_extension ? &types->defaults : &types->overrides, name, child);
    return KF_OK;
}

static KfStatus declare(KfRewrite *rewrite, KfText part, KfText type, bool by_extension,
                        KfError *err)
{
    bool is_stated = false, is_defaulted = false;
    KfTypesPatch *types;
    KfStatus status = open_types(rewrite, err);

    if (status != KF_OK)
        return status;
    types = rewrite->types;
    for (size_t i = first_of(&types->overrides, rewrite->arena, part), next; i; i = next) {
        TypeChild *child = &types->items[i - 1];

        next = child->next;
        if (child->is_dropped)
            continue;
        if (kf_text_eq(child->type, type))
            is_stated = true;
        else
            drop_type(rewrite, child);
    }
    for (size_t i = first_of(&types->defaults, rewrite->arena, extension(part)); i;
         i = types->items[i - 1].next) {
        is_defaulted = true;
        is_stated |= kf_text_eq(types->items[i - 1].type, type);
    }
    return is_stated ? KF_OK : add_child(rewrite, part, type, by_extension && !is_defaulted, err);
}

KfStatus kf_opc_declare(KfRewrite *rewrite, KfText part, KfText type, KfError *err)
{
    return declare(rewrite, part, type, false, err);
}

KfStatus kf_opc_declare_extension(KfRewrite *rewrite, KfText part, KfText type, KfError *err)
{
    return declare(rewrite, part, type, true, err);
}

KfStatus kf_opc_undeclare(KfRewrite *rewrite, KfText part, KfError *err)
{
    KfStatus status = open_types(rewrite, err);
    size_t i = 0;

    if (status == KF_OK)
        i = first_of(&rewrite->types->overrides, rewrite->arena, part);
    for (; i; i = rewrite->types->items[i - 1].next) {
        if (!rewrite->types->items[i - 1].is_dropped)
            drop_type(rewrite, &rewrite->types->items[i - 1]);
    }
    return status;
}

void kf_opc_put_types(KfRewrite *rewrite)
{
    KfTypesPatch *types = rewrite->types;
    KfBuf *fresh = rewrite->scratch;
    Flat *flat;

    if (!types || !types->is_changed)
        return;
    flat = &types->flat;
    flat->splices = (KfSplices){ .arena = rewrite->arena };
    fresh->len = 0;
    for (size_t i = 0; i < types->count; i++) {
        const TypeChild *child = &types->items[i];

        if (!child->is_dropped)
            kf_buf_text(fresh, child->fresh);
        else if (!child->fresh.len)
            kf_splice(&flat->splices, child->start, child->end, (KfText){ 0 });
    }
    if (fresh->len)
        kf_xml_append(&flat->splices, &flat->xml, kf_arena_take(rewrite->arena, fresh));
    kf_rewrite_put(rewrite, types_part, kf_splices_apply(&flat->splices, flat->bytes));
}
