/* Text on its way into an XML part, and small changes to one. */
#include "ooxml/xml_write.h"

#include <string.h>

static bool xml_carries(int32_t rune)
{
    return (rune >= 0x20 && rune != 0xFFFE && rune != 0xFFFF) || rune == '\n' || rune == '\t';
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

static bool looks_escaped(KfText text, size_t at)
{
    if (text.len - at < 7 || text.ptr[at + 1] != 'x' || text.ptr[at + 6] != '_')
        return false;
    for (size_t i = at + 2; i < at + 6; i++) {
        if (!is_hex(text.ptr[i]))
            return false;
    }
    return true;
}

static void put_hex(KfBuf *out, int32_t rune)
{
    kf_buf_str(out, "_x");
    for (int shift = 12; shift >= 0; shift -= 4)
        kf_buf_char(out, "0123456789ABCDEF"[rune >> shift & 15]);
    kf_buf_char(out, '_');
}

static void put_rune(KfBuf *out, int32_t rune)
{
    if (rune == '&')
        kf_buf_str(out, "&amp;");
    else if (rune == '<')
        kf_buf_str(out, "&lt;");
    else if (rune == '>')
        kf_buf_str(out, "&gt;");
    else if (rune == '"')
        kf_buf_str(out, "&quot;");
    else
        kf_buf_rune(out, rune);
}

static void put_xstring(KfBuf *out, KfText text, bool attribute)
{
    for (size_t pos = 0; pos < text.len;) {
        size_t at = pos;
        int32_t rune = kf_text_next(text, &pos);

        if (!xml_carries(rune) || (rune == '_' && looks_escaped(text, at))) {
            put_hex(out, rune);
        } else if (attribute && rune < 0x20) {
            kf_buf_str(out, "&#");
            kf_buf_int(out, rune);
            kf_buf_char(out, ';');
        } else {
            put_rune(out, rune);
        }
    }
}

void kf_buf_xml_text(KfBuf *out, KfText text)
{
    put_xstring(out, text, false);
}

void kf_buf_xml_attr(KfBuf *out, KfText text)
{
    put_xstring(out, text, true);
}

KfText kf_xml_join(KfArena *arena, const KfText *texts, size_t count)
{
    size_t len = 0;
    char *bytes, *to;

    for (size_t i = 0; i < count; i++)
        len += texts[i].len;
    bytes = to = kf_arena_alloc(arena, len + 1);
    for (size_t i = 0; i < count; i++) {
        if (texts[i].len)
            memcpy(to, texts[i].ptr, texts[i].len);
        to += texts[i].len;
    }
    return (KfText){ bytes, len };
}

KfText kf_xml_number(KfArena *arena, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        digits[--at] = (char)('0' + left % 10);
    } while (left /= 10);
    if (value < 0)
        digits[--at] = '-';
    return kf_arena_text(arena, (KfText){ digits + at, sizeof digits - at });
}

KfText kf_xml_colon(KfArena *arena, KfText prefix)
{
    return prefix.len ? KF_XML_JOIN(arena, prefix, KF_TEXT(":")) : (KfText){ 0 };
}

void kf_xml_append(KfSplices *splices, const KfXml *at_end, KfText inner)
{
    KfText colon = kf_xml_colon(splices->arena, at_end->prefix);
    size_t at = at_end->start;

    if (!at_end->self_closing) {
        kf_splice(splices, at, at, inner);
        return;
    }
    kf_splice(splices, at - 2, at,
              KF_XML_JOIN(splices->arena, KF_TEXT(">"), inner, KF_TEXT("</"), colon, at_end->name,
                          KF_TEXT(">")));
}

size_t kf_xml_attrs_end(const KfXml *xml)
{
    size_t pos = xml->attrs_at, end = xml->attrs_at;
    KfXmlAttr attr;

    while (kf_xml_attr_next(xml, &pos, &attr))
        end = attr.end;
    return end;
}

/* An attribute and the white space in front of it. */
static void drop_attr(KfSplices *splices, KfText src, const KfXmlAttr *attr)
{
    size_t from = attr->start;

    while (from > 0 && kf_rune_is_space((unsigned char)src.ptr[from - 1]))
        from--;
    kf_splice(splices, from, attr->end, (KfText){ 0 });
}

KfText kf_xml_with_attr(KfArena *arena, KfText element, KfText name, KfText value)
{
    KfSplices splices = { .arena = arena };
    KfXmlAttr attr;
    KfXml xml;
    size_t end;

    kf_xml_init(&xml, element);
    if (kf_xml_next(&xml) != KF_XML_START)
        return element;
    end = kf_xml_attrs_end(&xml);
    if (!kf_xml_attr_find(&xml, name, &attr)) {
        if (value.ptr)
            kf_splice(&splices, end, end,
                      KF_XML_JOIN(arena, KF_TEXT(" "), name, KF_TEXT("=\""), value, KF_TEXT("\"")));
    } else if (value.ptr) {
        kf_splice(&splices, attr.value_at, attr.value_at + attr.value.len, value);
    } else {
        drop_attr(&splices, element, &attr);
    }
    return kf_splices_apply(&splices, element);
}

static size_t digits(KfText text, size_t at)
{
    while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
        at++;
    return at;
}

bool kf_is_decimal(KfText text)
{
    size_t begin = text.len && text.ptr[0] == '-', at = digits(text, begin), fraction = at;

    if (at < text.len && text.ptr[at] == '.')
        at = digits(text, fraction = at + 1);
    if (at == begin || (at == fraction && fraction == begin + 1 && text.ptr[begin] == '.'))
        return false;
    if (at < text.len && (text.ptr[at] == 'E' || text.ptr[at] == 'e')) {
        begin = at + 1;
        begin += begin < text.len && (text.ptr[begin] == '+' || text.ptr[begin] == '-');
        at = digits(text, begin);
        if (at == begin)
            return false;
    }
    return at == text.len;
}

KfText kf_xml_relation_prefix(const KfXml *xml)
{
    size_t pos = xml->attrs_at;
    KfText prefix = { 0 };
    KfXmlAttr attr;

    while (kf_xml_attr_next(xml, &pos, &attr)) {
        if (kf_text_eq(attr.prefix, KF_TEXT("xmlns"))
            && (kf_text_eq(attr.value, KF_TEXT(KF_RELATION_SPACE))
                || kf_text_eq(attr.value, KF_TEXT(KF_RELATION_SPACE_STRICT))))
            prefix = attr.name;
    }
    return prefix;
}

bool kf_xml_is_strict(const KfXml *xml)
{
    size_t pos = xml->attrs_at;
    KfXmlAttr attr;

    while (kf_xml_attr_next(xml, &pos, &attr)) {
        if (kf_text_eq(attr.value, KF_TEXT(KF_SHEET_SPACE_STRICT)))
            return true;
    }
    return false;
}
