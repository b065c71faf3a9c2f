/* The shared strings part, read into one blob. */
#include "ooxml/shared_strings.h"

bool kf_string_item(KfBuf *out, KfXml *xml)
{
    size_t depth = xml->depth, from = out->len, text_depth = 0;

    for (;;) {
        switch (kf_xml_next(xml)) {
        case KF_XML_START:
            if (kf_xml_is(xml, KF_TEXT("rPh")) && !kf_xml_skip(xml))
                return false;
            if (kf_xml_is(xml, KF_TEXT("t"))) {
                text_depth = xml->depth;
                from = out->len;
            }
            break;
        case KF_XML_TEXT:
            if (text_depth && xml->depth == text_depth)
                kf_xml_decode_token(out, xml);
            break;
        case KF_XML_END:
            if (xml->depth == depth)
                return true;
            if (xml->depth == text_depth) {
                kf_xml_unescape(out, from);
                text_depth = 0;
            }
            break;
        default:
            return false;
        }
    }
}

static bool read_items(KfXml *xml, KfBuf *blob, KfBuf *ends)
{
    KfXmlKind kind;

    while ((kind = kf_xml_next(xml)) != KF_XML_EOF) {
        uint32_t end;

        if (kind == KF_XML_BAD)
            return false;
        if (kind != KF_XML_START || xml->depth != 2 || !kf_xml_is(xml, KF_TEXT("si")))
            continue;
        if (!kf_string_item(blob, xml))
            return false;
        end = (uint32_t)blob->len; /* no more than the part, which is below 4 GiB */
        kf_buf_bytes(ends, &end, sizeof end);
    }
    return true;
}

KfStatus kf_shared_strings_read(KfSharedStrings *out, KfText part, KfText part_name, KfArena *arena,
                                KfBuf *blob, KfBuf *ends, KfError *err)
{
    KfXml xml;

    blob->len = ends->len = 0;
    kf_xml_init(&xml, part);
    if (!read_items(&xml, blob, ends))
        return kf_xml_fail(&xml, part_name, err);
    out->count = ends->len / sizeof *out->ends;
    out->blob = kf_arena_take(arena, blob);
    out->ends = (const uint32_t *)(const void *)kf_arena_take(arena, ends).ptr;
    return KF_OK;
}

bool kf_shared_string(const KfSharedStrings *strings, uint32_t index, KfText *out)
{
    if (index >= strings->count)
        return false;
    *out = kf_text_slice(strings->blob, index ? strings->ends[index - 1] : 0, strings->ends[index]);
    return true;
}
