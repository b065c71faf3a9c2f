/* The XML reader: the same tokens whether a part is there as a whole or comes in pieces, and
 * what is escaped reads back. The first byte says how large the pieces are. */
#include "drip.h"
#include "fuzz.h"

static void put_token(KfBuf *out, const KfXml *xml)
{
    KfXmlAttr attr;

    kf_buf_int(out, xml->kind);
    kf_buf_int(out, (int64_t)xml->depth);
    kf_buf_text(out, xml->prefix);
    kf_buf_text(out, xml->name);
    for (size_t pos = xml->attrs_at;
         xml->kind == KF_XML_START && kf_xml_attr_next(xml, &pos, &attr);) {
        kf_buf_text(out, attr.name);
        kf_buf_char(out, '=');
        kf_xml_decode(out, attr.value);
    }
    kf_buf_char(out, '\n');
}

/* A run of text may be cut where a piece ends, so only its characters count; and of bad XML
 * no more than that it is bad. */
static void put_all(KfBuf *out, KfXml *xml)
{
    KfXmlKind kind;

    while ((kind = kf_xml_next(xml)) != KF_XML_EOF && kind != KF_XML_BAD) {
        if (kind == KF_XML_TEXT)
            kf_xml_decode_token(out, xml);
        else
            put_token(out, xml);
    }
    if (kind == KF_XML_BAD)
        out->len = 0;
    kf_buf_str(out, kind == KF_XML_BAD ? "bad" : "end");
}

static void expect_escaped_reads_back(KfText text)
{
    KfBuf escaped = { 0 }, again = { 0 }, clean = { 0 };

    for (size_t pos = 0; pos < text.len;) {
        int32_t rune = kf_text_next(text, &pos);

        if (rune >= ' ' && (rune & 0xFFFE) != 0xFFFE)
            kf_buf_rune(&clean, rune);
    }
    kf_buf_markup(&escaped, kf_buf_view(&clean));
    kf_xml_decode(&again, kf_buf_view(&escaped));
    EXPECT(kf_text_eq(kf_buf_view(&again), kf_buf_view(&clean)));
    kf_xml_unescape(&again, 0);
    kf_buf_free(&escaped);
    kf_buf_free(&again);
    kf_buf_free(&clean);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    KfBuf part = { 0 }, whole = { 0 }, dripped = { 0 };
    KfXml *xml = malloc(sizeof *xml);
    Drip drip;
    bool has_long_names;

    if (len < 1 || !xml) {
        free(xml);
        return 0;
    }
    kf_buf_bytes(&part, bytes + 1, len - 1);
    kf_xml_to_utf8(&part);
    kf_xml_init(xml, kf_buf_view(&part));
    put_all(&whole, xml);
    kf_xml_init_stream(xml, drip_start(&drip, kf_buf_view(&part), (size_t)bytes[0] + 4),
                       &drip.stream);
    put_all(&dripped, xml);
    has_long_names = part.len > KF_XML_NAMES; /* of open elements: refused in pieces only */
    EXPECT(has_long_names || kf_text_eq(kf_buf_view(&whole), kf_buf_view(&dripped)));
    expect_escaped_reads_back(fuzz_text(bytes, len));
    drip_free(&drip);
    free(xml);
    kf_buf_free(&part);
    kf_buf_free(&whole);
    kf_buf_free(&dripped);
    return 0;
}
