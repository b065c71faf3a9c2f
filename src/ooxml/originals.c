/* The way back to the input's own bytes, part by part. */
#include "ooxml/originals.h"

#include "base/delta.h"
#include "ooxml/xml_write.h"

#define ORIGINALS_SPACE "urn:kontrafakt:originals:1"

enum { PARTS_LIMIT = 100000 };
#define BYTES_LIMIT ((size_t)1 << 30)

/* ---- reading -------------------------------------------------------------- */

static KfText attribute(KfRewrite *rewrite, const KfXml *xml, const char *name)
{
    rewrite->scratch->len = 0;
    kf_xml_decode(rewrite->scratch, kf_xml_attr(xml, kf_text(name)));
    return kf_arena_take(rewrite->arena, rewrite->scratch);
}

static bool has_sum(KfText bytes, KfText hex)
{
    char sum[65];

    kf_sha256(bytes.ptr, bytes.len, sum);
    return kf_text_eq(kf_text(sum), hex);
}

/* The bytes that the delta, in base64, makes from those that stand there. */
static bool undo(KfRewrite *rewrite, KfText now, KfText base64, KfText *out)
{
    KfBuf *scratch = rewrite->scratch;
    KfText delta;

    scratch->len = 0;
    if (!kf_buf_unbase64(scratch, base64) && !scratch->bad)
        return false;
    delta = kf_arena_take(rewrite->arena, scratch);
    if (!kf_delta_apply(scratch, now, delta, BYTES_LIMIT) && !scratch->bad)
        return false;
    *out = kf_arena_take(rewrite->arena, scratch);
    return true;
}

/* The bytes of a part that we wrote; false when it has others now. */
static bool read_now(KfRewrite *rewrite, KfText part, KfText sum, KfText *out)
{
    KfStatus status = kf_rewrite_raw(rewrite, part, out, NULL);

    if (status == KF_NO_MEMORY)
        kf_arena_give_up(rewrite->arena);
    return status == KF_OK && has_sum(*out, sum);
}

/* False when the part is not as we wrote it. */
static bool read_part(KfOriginals *out, KfRewrite *rewrite, KfXml *xml)
{
    KfOriginalPart part = { .name = attribute(rewrite, xml, "name") };
    KfText before = attribute(rewrite, xml, "before"), after = attribute(rewrite, xml, "after");
    KfText now;

    part.is_new = before.len == 0;
    if (out->count == PARTS_LIMIT
        || (!part.is_new
            && (!read_now(rewrite, part.name, after, &now) || kf_xml_next(xml) != KF_XML_TEXT
                || !undo(rewrite, now, xml->text, &part.bytes) || !has_sum(part.bytes, before))))
        return false;
    KF_PUSH(rewrite->arena, out->items, out->count, out->cap, part);
    return true;
}

static bool read_parts(KfOriginals *out, KfRewrite *rewrite, KfXml *xml)
{
    while (kf_xml_next(xml) != KF_XML_EOF) {
        if (xml->kind == KF_XML_BAD)
            return false;
        if (xml->kind == KF_XML_START && xml->depth == 2 && !read_part(out, rewrite, xml))
            return false;
    }
    return out->count > 0;
}

static bool is_ours(const KfXml *root)
{
    return root->kind == KF_XML_START && kf_xml_is(root, KF_TEXT("originals"))
           && kf_text_eq(kf_xml_attr(root, KF_TEXT("xmlns")), KF_TEXT(ORIGINALS_SPACE));
}

KfStatus kf_originals_read(KfOriginals *out, KfRewrite *rewrite, const KfRelations *relations,
                           KfError *err)
{
    *out = (KfOriginals){ 0 };
    for (size_t i = 0; i < relations->count && !out->part.len; i++) {
        const KfRelation *relation = &relations->items[i];
        KfText text;
        KfXml xml;
        KfStatus status;

        if (relation->external || !kf_opc_is(relation, KF_TEXT("customXml")))
            continue;
        if ((status = kf_rewrite_get(rewrite, relation->target, &text, err)) != KF_OK)
            return status;
        kf_xml_init(&xml, text);
        kf_xml_next(&xml);
        if (!is_ours(&xml))
            continue;
        out->part = relation->target;
        out->is_told = read_parts(out, rewrite, &xml);
    }
    return KF_OK;
}

/* ---- writing -------------------------------------------------------------- */

typedef struct {
    const KfOriginals *known;
    KfTextMap names; /* of the known parts, folded */
    KfRewrite *rewrite;
    KfError *err;
} Writing;

static void read_names(Writing *w)
{
    KfArena *arena = w->rewrite->arena;

    for (size_t i = 0; i < w->known->count; i++)
        kf_text_map_set(&w->names, arena, kf_arena_folded(arena, w->known->items[i].name), i);
}

static bool is_known(const Writing *w, KfText name)
{
    size_t unused;

    return kf_text_map_get(&w->names, kf_arena_folded(w->rewrite->arena, name), &unused);
}

static void put_sum(KfBuf *out, const char *name, KfText bytes)
{
    char sum[65];

    kf_sha256(bytes.ptr, bytes.len, sum);
    kf_buf_char(out, ' ');
    kf_buf_str(out, name);
    kf_buf_str(out, "=\"");
    kf_buf_str(out, sum);
    kf_buf_char(out, '"');
}

static KfText element_of(Writing *w, KfText name, KfText before, KfText after)
{
    KfBuf *out = w->rewrite->scratch;
    KfText delta;

    out->len = 0;
    kf_delta_make(w->rewrite->arena, out, after, before);
    delta = kf_arena_take(w->rewrite->arena, out);
    kf_buf_str(out, "<part name=\"");
    kf_buf_xml_attr(out, name);
    kf_buf_char(out, '"');
    put_sum(out, "before", before);
    put_sum(out, "after", after);
    kf_buf_char(out, '>');
    kf_buf_base64(out, delta);
    kf_buf_str(out, "</part>\n");
    return kf_arena_take(w->rewrite->arena, out);
}

static KfText new_element(Writing *w, KfText name)
{
    KfBuf *out = w->rewrite->scratch;

    out->len = 0;
    kf_buf_str(out, "<part name=\"");
    kf_buf_xml_attr(out, name);
    kf_buf_str(out, "\"/>\n");
    return kf_arena_take(w->rewrite->arena, out);
}

/* What a part is in the package as changed. */
static KfStatus final_bytes(Writing *w, KfText name, KfText *out)
{
    const KfPartChange *change = kf_rewrite_change(w->rewrite, name);

    if (!change)
        return kf_rewrite_raw(w->rewrite, name, out, w->err);
    *out = change->removed ? (KfText){ 0 } : change->bytes;
    return KF_OK;
}

static KfStatus tell_part(Writing *w, KfText name, bool is_new, KfText before, KfText *element)
{
    KfText after;
    KfStatus status;

    if (is_new) {
        *element = new_element(w, name);
        return KF_OK;
    }
    if ((status = final_bytes(w, name, &after)) == KF_OK)
        *element = element_of(w, name, before, after);
    return status;
}

/* The parts known before, then those that are touched for the first time. */
static KfStatus tell_all(Writing *w, KfText *elements, size_t *count)
{
    for (size_t i = 0; i < w->known->count; i++) {
        const KfOriginalPart *part = &w->known->items[i];
        KfStatus status = tell_part(w, part->name, part->is_new, part->bytes, &elements[*count]);

        if (status != KF_OK)
            return status;
        (*count)++;
    }
    for (size_t i = 0; i < w->rewrite->count; i++) {
        const KfPartChange *change = &w->rewrite->changes[i];
        bool is_new = change->index == KF_PACKAGE_NONE;
        KfText before = { 0 };
        KfStatus status = KF_OK;

        if (is_known(w, change->name) || (is_new && change->removed))
            continue;
        if (!is_new)
            status = kf_rewrite_raw(w->rewrite, change->name, &before, w->err);
        if (status == KF_OK)
            status = tell_part(w, change->name, is_new, before, &elements[*count]);
        if (status != KF_OK)
            return status;
        (*count)++;
    }
    return KF_OK;
}

KfStatus kf_originals_write(const KfOriginals *known, KfRewrite *rewrite, KfError *err)
{
    Writing w = { .known = known, .rewrite = rewrite, .err = err };
    size_t most = known->count + rewrite->count + 3, count = 0;
    KfText *elements = kf_arena_array(rewrite->arena, most, sizeof *elements);
    KfStatus status;

    read_names(&w);
    elements[count++] = KF_TEXT(KF_XML_DECLARATION "<originals xmlns=\"" ORIGINALS_SPACE "\">\n");
    if ((status = tell_all(&w, elements, &count)) != KF_OK)
        return status;
    if (!is_known(&w, known->part))
        elements[count++] = new_element(&w, known->part);
    elements[count++] = KF_TEXT("</originals>\n");
    kf_rewrite_put(rewrite, known->part, kf_xml_join(rewrite->arena, elements, count));
    return KF_OK;
}

void kf_originals_restore(const KfOriginals *known, KfRewrite *rewrite)
{
    for (size_t i = 0; i < known->count; i++) {
        if (known->items[i].is_new)
            kf_rewrite_remove(rewrite, known->items[i].name);
        else
            kf_rewrite_put(rewrite, known->items[i].name, known->items[i].bytes);
    }
}
