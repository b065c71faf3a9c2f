/* A pull reader of the XML that office programs write: no DTD, UTF-8, bounded depth. */
#include "ooxml/xml_pull.h"

#include <string.h>

#include "base/encoding.h"

static KfXmlKind bad(KfXml *xml, size_t at, const char *reason)
{
    xml->reason = reason;
    xml->bad_at = at;
    xml->start = xml->end = at;
    return xml->kind = KF_XML_BAD;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool ends_name(char c)
{
    return is_space(c) || c == '>' || c == '/' || c == '=' || c == '<' || c == '"' || c == '\'';
}

static size_t skip_space(KfText src, size_t at)
{
    while (at < src.len && is_space(src.ptr[at]))
        at++;
    return at;
}

static size_t skip_name(KfText src, size_t at)
{
    while (at < src.len && !ends_name(src.ptr[at]))
        at++;
    return at;
}

static void split_name(KfText qualified, KfText *prefix, KfText *name)
{
    const char *colon = qualified.len ? memchr(qualified.ptr, ':', qualified.len) : NULL;
    size_t cut = colon ? (size_t)(colon - qualified.ptr) : 0;

    *prefix = kf_text_slice(qualified, 0, cut);
    *name = kf_text_slice(qualified, colon ? cut + 1 : 0, qualified.len);
}

/* Offset behind needle at or after from; 0 when it is not there. */
static size_t behind(KfText src, size_t from, KfText needle)
{
    size_t at = kf_text_find(kf_text_slice(src, from, src.len), needle);

    return at == SIZE_MAX ? 0 : from + at + needle.len;
}

void kf_xml_init(KfXml *xml, KfText src)
{
    memset(xml, 0, sizeof *xml);
    xml->src = src;
    xml->kind = KF_XML_EOF;
    xml->pin = SIZE_MAX;
    if (kf_text_starts(src, KF_TEXT("\xEF\xBB\xBF")))
        xml->pos = 3;
}

void kf_xml_init_stream(KfXml *xml, KfText src, KfXmlStream *stream)
{
    kf_xml_init(xml, src);
    xml->stream = stream;
}

/* The attribute that begins at *at; false at the tag's end or where it is malformed. */
static bool read_attr(KfText src, size_t *at, KfXmlAttr *attr)
{
    size_t start = skip_space(src, *at), name_end = skip_name(src, start);
    size_t quote = skip_space(src, name_end);
    const char *close;

    *at = start;
    if (name_end == start || quote >= src.len || src.ptr[quote] != '=')
        return false;
    quote = skip_space(src, quote + 1);
    if (quote >= src.len || (src.ptr[quote] != '"' && src.ptr[quote] != '\''))
        return false;
    close = memchr(src.ptr + quote + 1, src.ptr[quote], src.len - quote - 1);
    if (!close)
        return false;
    attr->start = start;
    attr->value_at = quote + 1;
    attr->end = (size_t)(close - src.ptr) + 1;
    attr->value = kf_text_slice(src, attr->value_at, attr->end - 1);
    split_name(kf_text_slice(src, start, name_end), &attr->prefix, &attr->name);
    *at = attr->end;
    return true;
}

/* Offset of the "/" or ">" that ends a start tag; 0 when the tag is malformed. */
static size_t check_attrs(KfXml *xml, size_t at)
{
    KfText src = xml->src;
    KfXmlAttr attr;

    for (;;) {
        size_t before = at;

        if (!read_attr(src, &at, &attr))
            break;
        if (before == skip_space(src, before))
            return bad(xml, before, "mellemrum mangler mellem attributter"), 0;
        if (attr.value.len && memchr(attr.value.ptr, '<', attr.value.len))
            return bad(xml, attr.value_at, "< i en attribut"), 0;
    }
    if (at >= src.len)
        return bad(xml, at, "filen slutter midt i et element"), 0;
    if (src.ptr[at] != '>' && src.ptr[at] != '/')
        return bad(xml, at, "ugyldig attribut"), 0;
    return at;
}

static KfXmlKind start_tag(KfXml *xml, size_t at)
{
    KfText src = xml->src;
    size_t name_end = skip_name(src, at + 1), close;
    KfText qualified = kf_text_slice(src, at + 1, name_end);

    if (qualified.len == 0)
        return bad(xml, at, "elementet har intet navn");
    if (xml->root_seen && xml->open_count == 0)
        return bad(xml, at, "mere end ét rodelement");
    if (xml->open_count == KF_XML_DEPTH)
        return bad(xml, at, "for mange niveauer");
    close = check_attrs(xml, name_end);
    if (!close)
        return KF_XML_BAD;
    xml->self_closing = src.ptr[close] == '/';
    if (xml->self_closing && (++close >= src.len || src.ptr[close] != '>'))
        return bad(xml, close, "/ uden >");
    split_name(qualified, &xml->prefix, &xml->name);
    if (!xml->root_seen)
        xml->root_prefix = xml->prefix;
    xml->root_seen = true;
    xml->open[xml->open_count++] = qualified;
    xml->depth = xml->open_count;
    xml->attrs_at = name_end;
    xml->start = at;
    xml->end = xml->pos = close + 1;
    xml->end_due = xml->self_closing;
    return xml->kind = KF_XML_START;
}

static KfXmlKind close_element(KfXml *xml, size_t start, size_t end)
{
    xml->depth = xml->open_count--;
    xml->start = start;
    xml->end = xml->pos = end;
    return xml->kind = KF_XML_END;
}

static KfXmlKind end_tag(KfXml *xml, size_t at)
{
    KfText src = xml->src;
    size_t name_end = skip_name(src, at + 2), close = skip_space(src, name_end);
    KfText qualified = kf_text_slice(src, at + 2, name_end);

    if (close >= src.len)
        return bad(xml, close, "filen slutter midt i et element");
    if (src.ptr[close] != '>')
        return bad(xml, close, "ugyldigt sluttag");
    if (!xml->open_count || !kf_text_eq(qualified, xml->open[xml->open_count - 1]))
        return bad(xml, at, "sluttag passer ikke til starttag");
    split_name(qualified, &xml->prefix, &xml->name);
    xml->self_closing = false;
    return close_element(xml, at, close + 1);
}

static KfXmlKind text_token(KfXml *xml, size_t start, size_t end)
{
    xml->text = kf_text_slice(xml->src, start, end);
    xml->start = start;
    xml->end = xml->pos = end;
    xml->depth = xml->open_count;
    xml->is_cdata = false;
    return xml->kind = KF_XML_TEXT;
}

static KfXmlKind cdata(KfXml *xml, size_t at)
{
    size_t inside = at + sizeof "<![CDATA[" - 1, end = behind(xml->src, inside, KF_TEXT("]]>"));

    if (!end)
        return bad(xml, at, "CDATA uden slutning");
    if (!xml->open_count)
        return bad(xml, at, "tekst uden for rodelementet");
    text_token(xml, at, end);
    xml->text = kf_text_slice(xml->src, inside, end - 3);
    xml->is_cdata = true;
    return xml->kind;
}

/* Behind a comment or processing instruction at at; at itself when there is none. */
static size_t skip_aside(KfXml *xml, size_t at)
{
    KfText rest = kf_text_slice(xml->src, at, xml->src.len);
    size_t end;

    if (kf_text_starts(rest, KF_TEXT("<!--")))
        end = behind(xml->src, at + 4, KF_TEXT("-->"));
    else if (kf_text_starts(rest, KF_TEXT("<?")))
        end = behind(xml->src, at + 2, KF_TEXT("?>"));
    else
        return at;
    if (!end)
        bad(xml, at, "kommentar uden slutning");
    return end;
}

static KfXmlKind markup(KfXml *xml, size_t at)
{
    KfText rest = kf_text_slice(xml->src, at, xml->src.len);

    if (rest.len < 2)
        return bad(xml, at, "filen slutter midt i et element");
    if (rest.ptr[1] == '/')
        return end_tag(xml, at);
    if (rest.ptr[1] != '!')
        return start_tag(xml, at);
    if (kf_text_starts(rest, KF_TEXT("<![CDATA[")))
        return cdata(xml, at);
    return bad(xml, at, "DOCTYPE er ikke tilladt");
}

static KfXmlKind at_end(KfXml *xml)
{
    xml->token_at = xml->src.len;
    if (xml->open_count || !xml->root_seen)
        return bad(xml, xml->src.len, "filen slutter for tidligt");
    xml->start = xml->end = xml->pos = xml->src.len;
    return xml->kind = KF_XML_EOF;
}

static KfXmlKind next_token(KfXml *xml)
{
    KfText src = xml->src;
    size_t at = xml->pos;

    while (at < src.len) {
        const char *tag;
        size_t end;

        xml->token_at = at;
        if (src.ptr[at] == '<') {
            size_t next = skip_aside(xml, at);

            if (xml->reason)
                return KF_XML_BAD;
            if (next == at)
                return markup(xml, at);
            at = next;
            continue;
        }
        tag = memchr(src.ptr + at, '<', src.len - at);
        end = tag ? (size_t)(tag - src.ptr) : src.len;
        if (xml->open_count)
            return text_token(xml, at, end);
        if (skip_space(src, at) < end)
            return bad(xml, at, "tekst uden for rodelementet");
        at = end;
    }
    return at_end(xml);
}

/* ---- a part that is not held whole ----------------------------------------- */

/* Whether a tag has no ">" outside of quotes. */
static bool is_open_tag(KfText tag)
{
    char quote = 0;

    for (size_t i = 0; i < tag.len; i++) {
        char c = tag.ptr[i];

        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '>')
            return false;
        else if (c == '"' || c == '\'')
            quote = c;
    }
    return true;
}

/* Whether more bytes could make the bad token at token_at a good one. */
static bool is_cut_off(const KfXml *xml)
{
    KfText rest = kf_text_slice(xml->src, xml->token_at, xml->src.len);

    if (rest.len < sizeof "<![CDATA[" && (rest.len < 2 || kf_text_starts(rest, KF_TEXT("<!"))))
        return true;
    if (kf_text_starts(rest, KF_TEXT("<!--")))
        return !behind(rest, 4, KF_TEXT("-->"));
    if (kf_text_starts(rest, KF_TEXT("<?")))
        return !behind(rest, 2, KF_TEXT("?>"));
    if (kf_text_starts(rest, KF_TEXT("<![CDATA[")))
        return !behind(rest, 9, KF_TEXT("]]>"));
    return rest.ptr[0] == '<' && is_open_tag(rest);
}

static bool needs_more(const KfXml *xml)
{
    switch (xml->kind) {
    case KF_XML_TEXT:
        return !xml->is_cdata && xml->end == xml->src.len;
    case KF_XML_BAD:
        return is_cut_off(xml);
    default:
        return xml->kind == KF_XML_EOF;
    }
}

static bool keep_name(KfText *name, char *names, size_t *used)
{
    if (name->len > KF_XML_NAMES - *used)
        return false;
    if (name->len)
        memcpy(names + *used, name->ptr, name->len);
    name->ptr = names + *used;
    *used += name->len;
    return true;
}

/* The names of the open elements in a place of their own; false when they are too long. */
static bool keep_names(KfXml *xml)
{
    KfXmlStream *stream = xml->stream;
    char *names = stream->names[stream->used ^= 1];
    size_t used = 0;

    for (size_t i = 0; i < xml->open_count; i++) {
        if (!keep_name(&xml->open[i], names, &used))
            return false;
    }
    return keep_name(&xml->root_prefix, names, &used);
}

/* More bytes, so that the token at from can be tried again. */
static bool refill(KfXml *xml, size_t from)
{
    size_t keep = from < xml->pin ? from : xml->pin;

    if (!keep_names(xml))
        return false;
    if (!xml->stream->more(xml->stream->ctx, keep, &xml->src)) {
        xml->stream = NULL;
        return false;
    }
    xml->reason = NULL;
    xml->pos = from - keep;
    xml->dropped += keep;
    xml->moved = true;
    if (xml->pin != SIZE_MAX)
        xml->pin -= keep;
    return true;
}

KfXmlKind kf_xml_next(KfXml *xml)
{
    size_t from;

    if (xml->reason)
        return xml->kind = KF_XML_BAD;
    if (xml->end_due) {
        xml->end_due = false;
        return close_element(xml, xml->end, xml->end);
    }
    do {
        from = xml->pos;
        next_token(xml);
    } while (xml->stream && needs_more(xml) && refill(xml, from));
    return xml->kind;
}

bool kf_xml_skip(KfXml *xml)
{
    size_t depth = xml->depth;

    for (;;) {
        KfXmlKind kind = kf_xml_next(xml);

        if (kind == KF_XML_END && xml->depth == depth)
            return true;
        if (kind == KF_XML_BAD || kind == KF_XML_EOF)
            return false;
    }
}

bool kf_xml_is(const KfXml *xml, KfText name)
{
    return kf_text_eq(xml->name, name) && kf_text_eq(xml->prefix, xml->root_prefix);
}

bool kf_xml_is_alternate(const KfXml *xml)
{
    return kf_text_eq(xml->name, KF_TEXT("AlternateContent"));
}

bool kf_xml_attr_next(const KfXml *xml, size_t *pos, KfXmlAttr *attr)
{
    return *pos < xml->end && read_attr(xml->src, pos, attr);
}

bool kf_xml_attr_find(const KfXml *xml, KfText name, KfXmlAttr *attr)
{
    size_t pos = xml->attrs_at;

    while (kf_xml_attr_next(xml, &pos, attr)) {
        if (attr->prefix.len == 0 && kf_text_eq(attr->name, name))
            return true;
    }
    return false;
}

KfText kf_xml_attr(const KfXml *xml, KfText name)
{
    KfXmlAttr attr;

    return kf_xml_attr_find(xml, name, &attr) ? attr.value : (KfText){ 0 };
}

bool kf_xml_true(KfText value)
{
    return kf_text_eq(value, KF_TEXT("1")) || kf_text_eq(value, KF_TEXT("true"))
           || kf_text_eq(value, KF_TEXT("on"));
}

bool kf_xml_uint(KfText value, uint32_t *out)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9')
            return false;
        sum = sum * 10 + (uint64_t)(value.ptr[i] - '0');
        if (sum > UINT32_MAX)
            return false;
    }
    *out = (uint32_t)sum;
    return value.len > 0;
}
