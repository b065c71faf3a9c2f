/* UTF-8 slices. Nothing here depends on the locale: a host may run in any. */
#include "kf/base.h"

#include <string.h>

KfText kf_text(const char *nul_terminated)
{
    if (!nul_terminated)
        return (KfText){ NULL, 0 };
    return (KfText){ nul_terminated, strlen(nul_terminated) };
}

int kf_text_cmp(KfText a, KfText b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = a.ptr && b.ptr ? memcmp(a.ptr, b.ptr, shared) : 0;

    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool kf_text_eq(KfText a, KfText b)
{
    return a.len == b.len && kf_text_cmp(a, b) == 0;
}

KfText kf_text_slice(KfText text, size_t from, size_t to)
{
    if (to > text.len)
        to = text.len;
    if (from > to)
        from = to;
    if (!text.ptr)
        return (KfText){ 0 };
    return (KfText){ text.ptr + from, to - from };
}

bool kf_text_starts(KfText text, KfText prefix)
{
    return kf_text_eq(kf_text_slice(text, 0, prefix.len), prefix);
}

bool kf_text_ends(KfText text, KfText suffix)
{
    return text.len >= suffix.len
           && kf_text_eq(kf_text_slice(text, text.len - suffix.len, text.len), suffix);
}

size_t kf_text_find(KfText text, KfText needle)
{
    if (needle.len == 0)
        return 0;
    for (size_t i = 0; i + needle.len <= text.len; i++) {
        const char *hit = memchr(text.ptr + i, needle.ptr[0], text.len - needle.len + 1 - i);

        if (!hit)
            break;
        i = (size_t)(hit - text.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0)
            return i;
    }
    return SIZE_MAX;
}

/* How many bytes a lead byte announces, and the bits it carries itself. */
static size_t rune_length(unsigned char lead, int32_t *bits)
{
    if (lead < 0x80)
        return *bits = lead, 1;
    if (lead >= 0xC2 && lead < 0xE0)
        return *bits = lead & 0x1F, 2;
    if (lead >= 0xE0 && lead < 0xF0)
        return *bits = lead & 0x0F, 3;
    if (lead >= 0xF0 && lead < 0xF5)
        return *bits = lead & 0x07, 4;
    return 0;
}

int32_t kf_text_next(KfText text, size_t *pos)
{
    static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    int32_t rune;
    size_t len;

    if (*pos >= text.len)
        return -1;
    if ((unsigned char)text.ptr[*pos] < 0x80)
        return (unsigned char)text.ptr[(*pos)++];
    len = rune_length((unsigned char)text.ptr[*pos], &rune);
    if (len == 0 || *pos + len > text.len)
        return (*pos)++, 0xFFFD;
    for (size_t i = 1; i < len; i++) {
        unsigned char byte = (unsigned char)text.ptr[*pos + i];

        if ((byte & 0xC0) != 0x80)
            return (*pos)++, 0xFFFD;
        rune = rune << 6 | (byte & 0x3F);
    }
    if (rune < least[len] || rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000))
        return (*pos)++, 0xFFFD;
    *pos += len;
    return rune;
}

int32_t kf_rune_lower(int32_t rune)
{
    if (rune >= 'A' && rune <= 'Z')
        return rune + 32;
    if (rune >= 0xC0 && rune <= 0xDE && rune != 0xD7)
        return rune + 32;
    return rune;
}

bool kf_rune_is_space(int32_t rune)
{
    return rune == ' ' || (rune >= '\t' && rune <= '\r') || rune == 0xA0 || rune == 0x1680
           || (rune >= 0x2000 && rune <= 0x200B) || rune == 0x202F || rune == 0x205F
           || rune == 0x3000 || rune == 0xFEFF;
}

/* Whether white space may begin or end with the byte, in UTF-8. */
static bool may_begin_space(unsigned char c)
{
    if (c < 0x80)
        return c <= ' ';
    return c == 0xC2 || (c >= 0xE1 && c <= 0xE3) || c == 0xEF;
}

static bool may_end_space(unsigned char c)
{
    if (c < 0x80)
        return c <= ' ';
    return c <= 0x8B || c == 0x9F || c == 0xA0 || c == 0xAF || c == 0xBF;
}

/* Where the last character begins; where the text ends, when its last bytes are none. */
static size_t last_rune(KfText text, int32_t *rune)
{
    size_t at = text.len - 1, end;

    while (at > 0 && text.len - at < 4 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
        at--;
    end = at;
    *rune = kf_text_next(text, &end);
    return end == text.len ? at : text.len;
}

size_t kf_rune_write(int32_t rune, char utf8[4])
{
    size_t len;

    if (rune < 0 || rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000))
        rune = 0xFFFD;
    if (rune < 0x80) {
        utf8[0] = (char)rune;
        return 1;
    }
    len = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, rune >>= 6)
        utf8[i] = (char)(0x80 | (rune & 0x3F));
    utf8[0] = (char)(0xF00 >> len | rune);
    return len;
}

bool kf_text_same_name(KfText a, KfText b)
{
    size_t i = 0, j = 0;
    int32_t x, y;

    do {
        x = kf_rune_lower(kf_text_next(a, &i));
        y = kf_rune_lower(kf_text_next(b, &j));
    } while (x == y && x >= 0);
    return x == y;
}

KF_RARE static KfText without_space(KfText text)
{
    size_t from = 0;
    int32_t rune;

    while (from < text.len && may_begin_space((unsigned char)text.ptr[from])) {
        size_t next = from;

        if (!kf_rune_is_space(kf_text_next(text, &next)))
            break;
        from = next;
    }
    if (from)
        text = kf_text_slice(text, from, text.len);
    while (text.len && may_end_space((unsigned char)text.ptr[text.len - 1])) {
        size_t at = last_rune(text, &rune);

        if (at == text.len || !kf_rune_is_space(rune))
            break;
        text.len = at;
    }
    return text;
}

KfText kf_text_trim(KfText text)
{
    if (text.len && !may_begin_space((unsigned char)text.ptr[0])
        && !may_end_space((unsigned char)text.ptr[text.len - 1]))
        return text;
    return without_space(text);
}

uint64_t kf_text_letters(KfText text)
{
    uint64_t letters = 0;

    for (size_t i = 0; i < text.len; i++)
        letters |= UINT64_C(1) << ((unsigned char)text.ptr[i] & 63);
    return letters;
}

bool kf_letters_hold(uint64_t letters, KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!(letters >> ((unsigned char)text.ptr[i] & 63) & 1))
            return false;
    }
    return true;
}
