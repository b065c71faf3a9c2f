/* Text on its way into an XML part. */
#include "ooxml/xml_write.h"

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
