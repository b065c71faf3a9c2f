/* UTF-16 and Windows-1252 into UTF-8. */
#include "base/encoding.h"

/* 0x80..0x9F; elsewhere Windows-1252 is Latin-1. */
static const uint16_t cp1252_high[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static int32_t utf16_unit(KfText bytes, size_t at, bool big_endian)
{
    unsigned char a = (unsigned char)bytes.ptr[at], b = (unsigned char)bytes.ptr[at + 1];

    return big_endian ? a << 8 | b : b << 8 | a;
}

void kf_buf_utf16(KfBuf *out, KfText bytes, bool big_endian)
{
    size_t at = 0;

    while (bytes.len - at >= 2) {
        int32_t rune = utf16_unit(bytes, at, big_endian);

        at += 2;
        if (rune >= 0xD800 && rune < 0xDC00 && bytes.len - at >= 2) {
            int32_t low = utf16_unit(bytes, at, big_endian);

            if (low >= 0xDC00 && low < 0xE000) {
                rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        kf_buf_rune(out, rune);
    }
    if (at < bytes.len)
        kf_buf_rune(out, 0xFFFD);
}

int32_t kf_cp1252_rune(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xA0 ? cp1252_high[byte - 0x80] : byte;
}

void kf_buf_cp1252(KfBuf *out, KfText bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        kf_buf_rune(out, kf_cp1252_rune((unsigned char)bytes.ptr[i]));
}

bool kf_text_is_utf8(KfText text)
{
    for (size_t pos = 0; pos < text.len;) {
        size_t at = pos;

        /* U+FFFD itself is three bytes; a malformed byte is one. */
        if (kf_text_next(text, &pos) == 0xFFFD && pos - at == 1)
            return false;
    }
    return true;
}
