/* A heading is cut into lower-case words with single spaces, so that one table of
 * phrases serves every way of writing it. */
#include "extract/headings.h"

#include "kf/value.h"

enum { LONGEST_HEADING = 120, SLIP_LETTERS = 6 };

static const struct {
    KfHead head;
    KfText words;
} phrases[] = {
#define KF_HEAD(id)
#define KF_HEAD_WORD(id, words) { KF_HEAD_##id, { words, sizeof(words) - 1 } },
#include "extract/headings.def"
#undef KF_HEAD
#undef KF_HEAD_WORD
};

typedef struct {
    char text[LONGEST_HEADING + 4];
    size_t len;
} Plain;

static bool is_word_rune(int32_t rune)
{
    return (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z')
           || (rune >= 0xDF && rune != 0xF7 && rune < 0x2000);
}

static void drop_ending(Plain *plain, KfText ending)
{
    KfText text = { plain->text, plain->len };

    if (plain->len > ending.len && kf_text_ends(text, ending))
        plain->len -= ending.len;
}

/* False for what is too long to be a heading. */
static bool make_plain(KfText text, Plain *out)
{
    KfBuf utf8 = { .ptr = out->text, .cap = sizeof out->text };
    int depth = 0;
    bool space = false;

    for (size_t pos = 0; pos < text.len;) {
        int32_t rune = kf_rune_lower(kf_text_next(text, &pos));

        depth += rune == '(' ? 1 : rune == ')' && depth ? -1 : 0;
        if (rune == 0xAD || depth)
            continue;
        if (!is_word_rune(rune)) {
            space = utf8.len > 0;
            continue;
        }
        if (utf8.len + 5 > LONGEST_HEADING)
            return false;
        if (space)
            kf_buf_char(&utf8, ' ');
        space = false;
        kf_buf_rune(&utf8, rune);
    }
    out->len = utf8.len;
    drop_ending(out, KF_TEXT(" kr"));
    drop_ending(out, KF_TEXT(" kroner"));
    drop_ending(out, KF_TEXT(" i"));
    return out->len > 0;
}

static bool begins_with(KfText text, KfText words)
{
    return kf_text_starts(text, words) && (text.len == words.len || text.ptr[words.len] == ' ');
}

static KfHead misspelled(KfText text)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        if (phrases[i].words.len >= SLIP_LETTERS && kf_text_slip(text, phrases[i].words))
            return phrases[i].head;
    }
    return KF_HEAD_NONE;
}

KfHead kf_head_read(KfText text)
{
    Plain plain;
    KfText words;
    KfHead found = KF_HEAD_NONE;
    size_t longest = 0;

    if (!make_plain(text, &plain))
        return KF_HEAD_NONE;
    words = (KfText){ plain.text, plain.len };
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        if (phrases[i].words.len <= longest || !begins_with(words, phrases[i].words))
            continue;
        longest = phrases[i].words.len;
        found = phrases[i].head;
    }
    return found ? found : misspelled(words);
}
