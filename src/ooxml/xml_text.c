/* The characters of XML: references, escapes, encodings. */
#include "ooxml/xml_pull.h"

#include <string.h>

#include "base/encoding.h"

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

/* Code point of "#230" or "#xE6"; -1 when it is none. */
static int32_t numeric_reference(KfText inside)
{
    bool hex = inside.len > 1 && (inside.ptr[1] == 'x' || inside.ptr[1] == 'X');
    int32_t base = hex ? 16 : 10, rune = 0;
    size_t i = hex ? 2 : 1;

    if (i >= inside.len)
        return -1;
    for (; i < inside.len; i++) {
        int digit = digit_value(inside.ptr[i]);

        if (digit >= base || rune > 0x10FFFF)
            return -1;
        rune = rune * base + digit;
    }
    return rune;
}

/* Code point of what stands between "&" and ";"; -1 when it is none we know. */
static int32_t reference(KfText inside)
{
    static const struct {
        KfText name;
        char c;
    } entities[] = {
        { { "amp", 3 }, '&' },  { { "lt", 2 }, '<' },    { { "gt", 2 }, '>' },
        { { "quot", 4 }, '"' }, { { "apos", 4 }, '\'' },
    };

    if (inside.len && inside.ptr[0] == '#')
        return numeric_reference(inside);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (kf_text_eq(inside, entities[i].name))
            return entities[i].c;
    }
    return -1;
}

/* Bytes that the reference at raw (which begins with "&") takes; 0: none, a plain "&". */
static size_t put_reference(KfBuf *out, KfText raw)
{
    size_t semicolon = kf_text_find(kf_text_slice(raw, 0, 16), KF_TEXT(";"));
    int32_t rune;

    if (semicolon == SIZE_MAX)
        return 0;
    rune = reference(kf_text_slice(raw, 1, semicolon));
    if (rune < 0)
        return 0;
    kf_buf_rune(out, rune);
    return semicolon + 1;
}

/* The first of the two bytes in text from at on, or its end. */
static size_t find_either(KfText text, size_t at, char a, char b)
{
    while (at < text.len && text.ptr[at] != a && text.ptr[at] != b)
        at++;
    return at;
}

static void decode(KfBuf *out, KfText raw, char reference_mark)
{
    for (size_t at = 0; at < raw.len;) {
        size_t stop = find_either(raw, at, reference_mark, '\r'), taken = 0;

        kf_buf_text(out, kf_text_slice(raw, at, stop));
        if (stop == raw.len)
            return;
        if (raw.ptr[stop] == '\r') {
            kf_buf_char(out, '\n');
            taken = stop + 1 < raw.len && raw.ptr[stop + 1] == '\n' ? 2 : 1;
        } else if (!(taken = put_reference(out, kf_text_slice(raw, stop, raw.len)))) {
            kf_buf_char(out, '&');
            taken = 1;
        }
        at = stop + taken;
    }
}

void kf_xml_decode(KfBuf *out, KfText raw)
{
    decode(out, raw, '&');
}

void kf_xml_decode_token(KfBuf *out, const KfXml *xml)
{
    decode(out, xml->text, xml->is_cdata ? '\r' : '&');
}

/* UTF-16 unit of "_xHHHH_" at text[at]; -1 when it does not stand there. */
static int32_t escaped_unit(KfText text, size_t at)
{
    int32_t unit = 0;

    if (text.len - at < 7 || text.ptr[at] != '_' || text.ptr[at + 1] != 'x'
        || text.ptr[at + 6] != '_')
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = digit_value(text.ptr[i]);

        if (digit > 15)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* Code point of the escape at text[at], or -1; bytes are what it takes. */
static int32_t escaped_rune(KfText text, size_t at, size_t *bytes)
{
    int32_t unit = escaped_unit(text, at), low;

    *bytes = 7;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    low = text.len - at > 7 ? escaped_unit(text, at + 7) : -1;
    if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    *bytes = 14;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

/* What comes out is never longer than the escape, so it is done in place. */
void kf_xml_unescape(KfBuf *buf, size_t from)
{
    KfText text = kf_buf_view(buf);
    size_t to = kf_text_find(kf_text_slice(text, from, text.len), KF_TEXT("_x")), at, taken;

    if (buf->bad || to == SIZE_MAX)
        return;
    for (at = to += from; at < text.len; at += taken) {
        int32_t rune = text.ptr[at] == '_' ? escaped_rune(text, at, &taken) : -1;

        if (rune < 0) {
            buf->ptr[to++] = buf->ptr[at];
            taken = 1;
        } else {
            buf->len = to;
            kf_buf_rune(buf, rune);
            to = buf->len;
        }
    }
    buf->len = to;
}

KfStatus kf_xml_fail(const KfXml *xml, KfText part, KfError *err)
{
    KfBuf detail = { 0 };

    kf_buf_str(&detail, "XML-fejl ved byte ");
    kf_buf_int(&detail, (int64_t)(xml->dropped + xml->bad_at));
    if (xml->reason) {
        kf_buf_str(&detail, ": ");
        kf_buf_str(&detail, xml->reason);
    }
    kf_fail(err, KF_SHEET_UNREADABLE, part, kf_buf_view(&detail));
    kf_buf_free(&detail);
    return KF_SHEET_UNREADABLE;
}

/* The value of encoding="..." in an XML declaration; empty when it has none. */
static KfText declared_encoding(KfText part)
{
    KfText head = kf_text_slice(part, 0, 200), value;
    size_t end = kf_text_find(head, KF_TEXT("?>")), at;

    if (!kf_text_starts(head, KF_TEXT("<?xml")) || end == SIZE_MAX)
        return (KfText){ 0 };
    head.len = end;
    at = kf_text_find(head, KF_TEXT("encoding"));
    if (at == SIZE_MAX)
        return (KfText){ 0 };
    for (at += 8; at < head.len && head.ptr[at] != '"' && head.ptr[at] != '\''; at++)
        ;
    if (at >= head.len)
        return (KfText){ 0 };
    value = kf_text_slice(head, at + 1, head.len);
    end = kf_text_find(value, (KfText){ head.ptr + at, 1 });
    return kf_text_slice(value, 0, end == SIZE_MAX ? 0 : end);
}

static bool is_latin(KfText encoding)
{
    static const char *const names[] = { "iso-8859-1", "windows-1252", "latin1", "iso-8859-15" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        KfText name = kf_text(names[i]);
        size_t same = 0;

        while (same < name.len && same < encoding.len
               && kf_rune_lower((unsigned char)encoding.ptr[same]) == name.ptr[same])
            same++;
        if (same == name.len && same == encoding.len)
            return true;
    }
    return false;
}

/* Replace the bytes of part by those of plain, whose declaration is made to say UTF-8. */
static void take_plain(KfBuf *part, KfBuf *plain)
{
    KfText encoding = declared_encoding(kf_buf_view(plain));
    size_t from = encoding.len ? (size_t)(encoding.ptr - plain->ptr) : 0;

    part->len = 0;
    part->bad |= plain->bad;
    kf_buf_text(part, kf_text_slice(kf_buf_view(plain), 0, from));
    if (encoding.len)
        kf_buf_str(part, "UTF-8");
    kf_buf_text(part, kf_text_slice(kf_buf_view(plain), from + encoding.len, plain->len));
    kf_buf_free(plain);
}

bool kf_xml_is_foreign(KfText head)
{
    static const KfText marks[] = {
        { "\xFF\xFE", 2 }, { "\xFE\xFF", 2 }, { "<\0?\0", 4 }, { "\0<\0?", 4 }
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (kf_text_starts(head, marks[i]))
            return true;
    }
    return is_latin(declared_encoding(head));
}

bool kf_xml_to_utf8(KfBuf *part)
{
    KfText bytes = kf_buf_view(part);
    KfBuf plain = { 0 };

    if (kf_text_starts(bytes, KF_TEXT("\xFF\xFE")))
        kf_buf_utf16(&plain, kf_text_slice(bytes, 2, bytes.len), false);
    else if (kf_text_starts(bytes, KF_TEXT("\xFE\xFF")))
        kf_buf_utf16(&plain, kf_text_slice(bytes, 2, bytes.len), true);
    else if (kf_text_starts(bytes, KF_TEXT("<\0?\0")))
        kf_buf_utf16(&plain, bytes, false);
    else if (kf_text_starts(bytes, KF_TEXT("\0<\0?")))
        kf_buf_utf16(&plain, bytes, true);
    else if (is_latin(declared_encoding(bytes)))
        kf_buf_cp1252(&plain, bytes);
    else
        return false;
    take_plain(part, &plain);
    return true;
}
