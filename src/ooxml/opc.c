/* Content types and relationships (Open Packaging Conventions). */
#include "ooxml/opc.h"

#include "ooxml/xml_pull.h"

static const char *const kind_roots[] = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool eq_no_case(KfText a, KfText b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    }
    return true;
}

static KfText without_slash(KfText part)
{
    return kf_text_starts(part, KF_TEXT("/")) ? kf_text_slice(part, 1, part.len) : part;
}

/* Offset behind the last of c in text; 0 when there is none. */
static size_t behind_last(KfText text, char c)
{
    size_t at = text.len;

    while (at > 0 && text.ptr[at - 1] != c)
        at--;
    return at;
}

/* The attribute's value, decoded, in the arena. */
static KfText attr_text(const KfXml *xml, KfText name, KfArena *arena, KfBuf *scratch)
{
    scratch->len = 0;
    kf_xml_decode(scratch, kf_xml_attr(xml, name));
    return kf_arena_take(arena, scratch);
}

/* ---- content types ------------------------------------------------------- */

typedef struct {
    KfArena *arena;
    KfBuf *text;
} Place;

static void add_type(KfContentTypes *types, const KfXml *xml, Place at)
{
    KfContentType type = { .type = attr_text(xml, KF_TEXT("ContentType"), at.arena, at.text) };

    if (kf_xml_is(xml, KF_TEXT("Default"))) {
        type.key = attr_text(xml, KF_TEXT("Extension"), at.arena, at.text);
        KF_PUSH(at.arena, types->defaults, types->default_count, types->default_cap, type);
    } else if (kf_xml_is(xml, KF_TEXT("Override"))) {
        type.key = without_slash(attr_text(xml, KF_TEXT("PartName"), at.arena, at.text));
        KF_PUSH(at.arena, types->overrides, types->override_count, types->override_cap, type);
    }
}

/* A part is inflated into scratch, and texts are decoded behind it: so the reader
 * gets a copy of its own to walk through. */
static KfStatus open_part(KfXml *xml, KfPackage *package, size_t entry, KfArena *arena,
                          KfBuf *scratch, KfError *err)
{
    KfStatus status = kf_package_xml(package, entry, scratch, NULL, err);

    if (status == KF_OK)
        kf_xml_init(xml, kf_arena_take(arena, scratch));
    return status;
}

KfStatus kf_opc_types(KfContentTypes *out, KfPackage *package, KfArena *arena, KfBuf *scratch,
                      KfError *err)
{
    KfText name = KF_TEXT("[Content_Types].xml");
    const Place place = { arena, scratch };
    KfStatus status;
    KfXmlKind kind;
    KfXml xml;

    *out = (KfContentTypes){ .entry = kf_package_find(package, name) };
    if (out->entry == KF_PACKAGE_NONE)
        return kf_fail(err, KF_NO_WORKBOOK, (KfText){ 0 }, KF_TEXT("[Content_Types].xml mangler"));
    if ((status = open_part(&xml, package, out->entry, arena, scratch, err)) != KF_OK)
        return status;
    while ((kind = kf_xml_next(&xml)) != KF_XML_EOF) {
        if (kind == KF_XML_BAD)
            return kf_xml_fail(&xml, name, err);
        if (kind == KF_XML_START && xml.depth == 2)
            add_type(out, &xml, place);
    }
    return KF_OK;
}

KfText kf_opc_type(const KfContentTypes *types, KfText part)
{
    KfText extension;

    part = without_slash(part);
    extension = kf_text_slice(part, behind_last(part, '.'), part.len);
    for (size_t i = 0; i < types->override_count; i++) {
        if (eq_no_case(types->overrides[i].key, part))
            return types->overrides[i].type;
    }
    for (size_t i = 0; i < types->default_count; i++) {
        if (eq_no_case(types->defaults[i].key, extension))
            return types->defaults[i].type;
    }
    return (KfText){ 0 };
}

/* ---- relationships ------------------------------------------------------- */

/* Pieces on a heap buffer could leak when the arena's memory ends, so the arena
 * itself gives the room: the result is never longer than both names. */
typedef struct {
    char *ptr;
    size_t len;
} Path;

static void append(Path *path, KfText text)
{
    for (size_t i = 0; i < text.len; i++)
        path->ptr[path->len++] = text.ptr[i];
}

static void add_step(Path *path, KfText step)
{
    if (step.len == 0 || kf_text_eq(step, KF_TEXT(".")))
        return;
    if (kf_text_eq(step, KF_TEXT(".."))) {
        path->len = behind_last((KfText){ path->ptr, path->len }, '/');
        path->len -= path->len > 0;
        return;
    }
    if (path->len)
        append(path, KF_TEXT("/"));
    append(path, step);
}

static void add_steps(Path *path, KfText steps)
{
    size_t from = 0;

    for (size_t i = 0; i <= steps.len; i++) {
        if (i == steps.len || steps.ptr[i] == '/' || steps.ptr[i] == '\\') {
            add_step(path, kf_text_slice(steps, from, i));
            from = i + 1;
        }
    }
}

KfText kf_opc_resolve(KfArena *arena, KfText from_part, KfText target)
{
    Path path = { kf_arena_alloc(arena, from_part.len + target.len + 3), 0 };

    if (!kf_text_starts(target, KF_TEXT("/")) && !kf_text_starts(target, KF_TEXT("\\")))
        add_steps(&path, kf_text_slice(from_part, 0, behind_last(from_part, '/')));
    add_steps(&path, target);
    return (KfText){ path.ptr, path.len };
}

KfText kf_opc_relations_name(KfArena *arena, KfText part)
{
    size_t cut;
    Path path;

    part = without_slash(part);
    cut = behind_last(part, '/');
    path = (Path){ kf_arena_alloc(arena, part.len + sizeof "_rels/.rels"), 0 };
    append(&path, kf_text_slice(part, 0, cut));
    append(&path, KF_TEXT("_rels/"));
    append(&path, kf_text_slice(part, cut, part.len));
    append(&path, KF_TEXT(".rels"));
    return (KfText){ path.ptr, path.len };
}

static KfRelation read_relation(const KfXml *xml, KfText part, Place at)
{
    KfRelation relation = {
        .id = attr_text(xml, KF_TEXT("Id"), at.arena, at.text),
        .type = attr_text(xml, KF_TEXT("Type"), at.arena, at.text),
        .target = attr_text(xml, KF_TEXT("Target"), at.arena, at.text),
        .external = kf_text_eq(kf_xml_attr(xml, KF_TEXT("TargetMode")), KF_TEXT("External")),
    };

    if (!relation.external)
        relation.target = kf_opc_resolve(at.arena, part, relation.target);
    return relation;
}

KfStatus kf_opc_relations(KfRelations *out, KfPackage *package, KfText part, KfArena *arena,
                          KfBuf *scratch, KfError *err)
{
    KfText name = kf_opc_relations_name(arena, part);
    const Place place = { arena, scratch };
    KfStatus status;
    KfXmlKind kind;
    KfXml xml;

    *out = (KfRelations){ .entry = kf_package_find(package, name) };
    if (out->entry == KF_PACKAGE_NONE)
        return KF_OK;
    if ((status = open_part(&xml, package, out->entry, arena, scratch, err)) != KF_OK)
        return status;
    while ((kind = kf_xml_next(&xml)) != KF_XML_EOF) {
        if (kind == KF_XML_BAD)
            return kf_xml_fail(&xml, name, err);
        if (kind == KF_XML_START && kf_xml_is(&xml, KF_TEXT("Relationship")))
            KF_PUSH(arena, out->items, out->count, out->cap, read_relation(&xml, part, place));
        if (out->count > KF_RELATION_LIMIT)
            return kf_fail(err, KF_LIMIT, name, KF_TEXT("for mange relationer"));
    }
    return KF_OK;
}

bool kf_opc_is(const KfRelation *relation, KfText kind)
{
    for (size_t i = 0; i < sizeof kind_roots / sizeof *kind_roots; i++) {
        KfText root = kf_text(kind_roots[i]);

        if (kf_text_starts(relation->type, root)
            && kf_text_eq(kf_text_slice(relation->type, root.len, relation->type.len), kind))
            return true;
    }
    return false;
}

const KfRelation *kf_opc_first(const KfRelations *relations, KfText kind)
{
    for (size_t i = 0; i < relations->count; i++) {
        if (!relations->items[i].external && kf_opc_is(&relations->items[i], kind))
            return &relations->items[i];
    }
    return NULL;
}

const KfRelation *kf_opc_by_id(const KfRelations *relations, KfText id)
{
    for (size_t i = 0; i < relations->count; i++) {
        if (kf_text_eq(relations->items[i].id, id))
            return &relations->items[i];
    }
    return NULL;
}
