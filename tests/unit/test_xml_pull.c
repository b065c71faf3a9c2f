#include <criterion/criterion.h>

#include "ooxml/xml_pull.h"

/* Writes the tokens as "<c", "/c", "text" and, at the end, "." or "!". */
static void tokens(KfBuf *out, KfText src)
{
    KfXml xml;

    kf_xml_init(&xml, src);
    for (;;) {
        switch (kf_xml_next(&xml)) {
        case KF_XML_START:
            kf_buf_char(out, '<');
            kf_buf_text(out, xml.name);
            break;
        case KF_XML_END:
            kf_buf_char(out, '/');
            kf_buf_text(out, xml.name);
            break;
        case KF_XML_TEXT:
            kf_buf_char(out, '[');
            kf_xml_decode_token(out, &xml);
            kf_buf_char(out, ']');
            break;
        case KF_XML_EOF:
            kf_buf_char(out, '.');
            return;
        case KF_XML_BAD:
            kf_buf_char(out, '!');
            cr_assert_eq(kf_xml_next(&xml), KF_XML_BAD, "a bad reader stays bad");
            return;
        }
    }
}

static void expect_tokens(KfText src, const char *expected)
{
    KfBuf out = { 0 };

    tokens(&out, src);
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(expected)), "%.*s: %.*s, not %s", (int)src.len,
              src.ptr, (int)out.len, out.ptr, expected);
    kf_buf_free(&out);
}

Test(xml, reads_tokens)
{
    expect_tokens(KF_TEXT("\xEF\xBB\xBF<?xml version='1.0'?>\n<a><!-- <x> --><b/>t&amp;<?p?>u"
                          "<![CDATA[<&amp;]]></a>\n<!-- end -->"),
                  "<a<b/b[t&][u][<&amp;]/a.");
    expect_tokens(KF_TEXT("<x:a xmlns:x='u'\n><x:b\t/></x:a >"), "<a<b/b/a.");
    expect_tokens(KF_TEXT("<a b='>' c=\"/>\"/>"), "<a/a.");
}

Test(xml, refuses_what_is_malformed)
{
    static const char *const cases[][2] = {
        { "", "!" },
        { "  ", "!" },
        { "text", "!" },
        { "<", "!" },
        { "<>", "!" },
        { "<a", "!" },
        { "<a>", "<a!" },
        { "<a></b>", "<a!" },
        { "<a></a></a>", "<a/a!" },
        { "<a/><b/>", "<a/a!" },
        { "<a/>x", "<a/a!" },
        { "<a b>", "!" },
        { "<a b=c/>", "!" },
        { "<a b='c/>", "!" },
        { "<a b='1'c='2'/>", "!" },
        { "<a b='<'/>", "!" },
        { "<a / >", "!" },
        { "<a><!-- </a>", "<a!" },
        { "<a><![CDATA[ </a>", "<a!" },
        { "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "!" },
        { "<x:a></y:a>", "<a!" },
        { "<a><", "<a!" },
        { "<a></a", "<a!" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_tokens(kf_text(cases[i][0]), cases[i][1]);
}

Test(xml, refuses_great_depth)
{
    KfBuf deep = { 0 };
    KfXml xml;
    size_t started = 0;

    for (int i = 0; i < 1000; i++)
        kf_buf_str(&deep, "<a>");
    kf_xml_init(&xml, kf_buf_view(&deep));
    while (kf_xml_next(&xml) == KF_XML_START)
        started++;
    cr_assert_eq(started, KF_XML_DEPTH);
    cr_assert_eq(xml.kind, KF_XML_BAD);
    cr_assert_eq(xml.bad_at, 3 * KF_XML_DEPTH);
    kf_buf_free(&deep);
}

Test(xml, tells_offsets)
{
    KfText src = KF_TEXT("<r><c r=\"B2\" x:s = '7'><v>12</v></c><c/></r>");
    KfXml xml;
    KfXmlAttr attr;

    kf_xml_init(&xml, src);
    kf_xml_next(&xml);
    cr_assert_eq(kf_xml_next(&xml), KF_XML_START);
    cr_assert(xml.start == 3 && xml.end == 23 && xml.depth == 2);
    cr_assert(kf_xml_attr_find(&xml, KF_TEXT("r"), &attr));
    cr_assert(attr.start == 6 && attr.value_at == 9 && attr.end == 12);
    cr_assert(kf_text_eq(attr.value, KF_TEXT("B2")));
    cr_assert_not(kf_xml_attr_find(&xml, KF_TEXT("s"), &attr), "it has a prefix");
    cr_assert_eq(kf_xml_next(&xml), KF_XML_START);
    cr_assert_eq(kf_xml_next(&xml), KF_XML_TEXT);
    cr_assert(xml.start == 26 && xml.end == 28);
    kf_xml_next(&xml);
    kf_xml_next(&xml);
    cr_assert_eq(kf_xml_next(&xml), KF_XML_START);
    cr_assert(xml.self_closing && xml.start == 36 && xml.end == 40);
    cr_assert_eq(kf_xml_next(&xml), KF_XML_END);
    cr_assert(xml.self_closing && xml.start == 40 && xml.end == 40 && xml.depth == 2);
}

Test(xml, skips_an_element_and_knows_the_root_namespace)
{
    KfXml xml;

    kf_xml_init(&xml, KF_TEXT("<x:a><x:b><b/><x:b/></x:b><b/></x:a>"));
    kf_xml_next(&xml);
    kf_xml_next(&xml);
    cr_assert(kf_xml_is(&xml, KF_TEXT("b")));
    cr_assert(kf_xml_skip(&xml));
    cr_assert_eq(xml.end, 26);
    cr_assert_eq(kf_xml_next(&xml), KF_XML_START);
    cr_assert_not(kf_xml_is(&xml, KF_TEXT("b")), "without the prefix it is another's");
    cr_assert(kf_xml_skip(&xml));
    cr_assert_eq(kf_xml_next(&xml), KF_XML_END);
    cr_assert_eq(kf_xml_next(&xml), KF_XML_EOF);
}

static void expect_text(void (*turn)(KfBuf *, KfText), const char *from, KfText to)
{
    KfBuf out = { 0 };

    turn(&out, kf_text(from));
    cr_expect(kf_text_eq(kf_buf_view(&out), to), "%s: %.*s", from, (int)out.len, out.ptr);
    kf_buf_free(&out);
}

Test(xml, decodes_references_and_line_ends)
{
    expect_text(kf_xml_decode, "&lt;&#248;&#xE6;&quot;&apos;&gt;", KF_TEXT("<øæ\"'>"));
    expect_text(kf_xml_decode, "a\r\nb\rc", KF_TEXT("a\nb\nc"));
    expect_text(kf_xml_decode, "R&D &x; &#; &#x110000; &", KF_TEXT("R&D &x; &#; \xEF\xBF\xBD &"));
    expect_text(kf_buf_markup, "a<b>&\"'", KF_TEXT("a&lt;b&gt;&amp;&quot;&#39;"));
}

static void unescape(KfBuf *out, KfText text)
{
    kf_buf_str(out, "_x0041_");
    kf_buf_text(out, text);
    kf_xml_unescape(out, 7);
}

Test(xml, unescapes_spreadsheet_strings)
{
    expect_text(unescape, "a_x000D_b", KF_TEXT("_x0041_a\rb"));
    expect_text(unescape, "_x005F_x000D_", KF_TEXT("_x0041__x000D_"));
    expect_text(unescape, "_xD83D__xDE00_!", KF_TEXT("_x0041_😀!"));
    expect_text(unescape, "_x00_ _xZZZZ_ _", KF_TEXT("_x0041__x00_ _xZZZZ_ _"));
    expect_text(unescape, "_xD83D_", KF_TEXT("_x0041_\xEF\xBF\xBD"));
}

Test(xml, turns_other_encodings_into_utf8)
{
    static const char utf16[] =
        "\xFF\xFE<\0?\0x\0m\0l\0 \0e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0u\0-\0001\0006"
        "\0'\0?\0>\0<\0\xF8\0/\0>";
    KfBuf part = { 0 };

    kf_buf_bytes(&part, utf16, sizeof utf16);
    cr_assert(kf_xml_to_utf8(&part));
    cr_assert(kf_text_eq(kf_buf_view(&part), KF_TEXT("<?xml encoding='UTF-8'?><ø/>")));
    cr_assert_not(kf_xml_to_utf8(&part));
    part.len = 0;
    kf_buf_str(&part, "<?xml version='1.0' encoding=\"ISO-8859-1\"?><a>\xE6\x80</a>");
    cr_assert(kf_xml_to_utf8(&part));
    cr_assert(kf_text_ends(kf_buf_view(&part), KF_TEXT("encoding=\"UTF-8\"?><a>æ€</a>")));
    kf_buf_free(&part);
}

Test(xml, names_the_place_of_a_failure)
{
    KfError err;
    KfXml xml;

    kf_xml_init(&xml, KF_TEXT("<a></b>"));
    while (kf_xml_next(&xml) != KF_XML_BAD)
        ;
    cr_assert_eq(kf_xml_fail(&xml, KF_TEXT("Ark1"), &err), KF_SHEET_UNREADABLE);
    cr_assert_str_eq(err.part, "Ark1");
    cr_assert_str_eq(err.detail, "XML-fejl ved byte 3: sluttag passer ikke til starttag");
}

Test(xml, reads_numbers_and_booleans)
{
    uint32_t n = 7;

    cr_assert(kf_xml_uint(KF_TEXT("4294967295"), &n) && n == UINT32_MAX);
    cr_assert_not(kf_xml_uint(KF_TEXT("4294967296"), &n));
    cr_assert_not(kf_xml_uint(KF_TEXT(""), &n));
    cr_assert_not(kf_xml_uint(KF_TEXT("-1"), &n));
    cr_assert(kf_xml_true(KF_TEXT("1")) && kf_xml_true(KF_TEXT("true")));
    cr_assert_not(kf_xml_true(KF_TEXT("0")));
}
