/* A heading is cut into lower-case words with single spaces, so that one table of
 * phrases serves every way of writing it. */
#include "extract/headings.h"

#include "extract/label_memo.h"
#include "kf/value.h"

enum { LONGEST_HEADING = 120, SLIP_LETTERS = 6, ROWS_TO_AMOUNT = 3 };

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

/* One keystroke leaves the first or the last byte, and most of the length. */
static bool may_slip(KfText typed, KfText meant)
{
    size_t more = typed.len > meant.len ? typed.len - meant.len : meant.len - typed.len;

    return typed.len && more <= 2
           && (typed.ptr[0] == meant.ptr[0]
               || typed.ptr[typed.len - 1] == meant.ptr[meant.len - 1]);
}

static KfHead misspelled(KfText text)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        KfText words = phrases[i].words;

        if (words.len >= SLIP_LETTERS && may_slip(text, words) && kf_text_slip(text, words))
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
        if (phrases[i].words.len <= longest || phrases[i].words.ptr[0] != words.ptr[0]
            || !begins_with(words, phrases[i].words))
            continue;
        longest = phrases[i].words.len;
        found = phrases[i].head;
    }
    return found ? found : misspelled(words);
}

static bool is_year(KfText text)
{
    return text.len == 4
           && ((text.ptr[0] == '1' && text.ptr[1] == '9' && text.ptr[2] == '9')
               || (text.ptr[0] == '2' && text.ptr[1] == '0'));
}

bool kf_is_amount(const KfGrid *grid, const KfCell *cell)
{
    KfText text;

    if (cell->kind == KF_CELL_EMPTY)
        return cell->formula.len > 0;
    text = kf_text_trim(cell->text);
    if (cell->kind == KF_CELL_NUMBER)
        return !is_year(text);
    if (cell->kind != KF_CELL_TEXT || text.len == 0 || is_year(text)
        || (text.ptr[0] >= 'A' && text.ptr[0] <= 'z' && text.ptr[0] != 'k'))
        return false;
    return kf_label_facts(grid, cell->text)->is_amount;
}

static bool holds_amount(const KfGrid *grid, uint32_t row)
{
    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
        if (kf_is_amount(grid, &grid->cells[i]))
            return true;
    }
    return false;
}

bool kf_may_be_headings(const KfGrid *grid, uint32_t row)
{
    if (grid->row_start[row] == grid->row_start[row + 1] || holds_amount(grid, row))
        return false;
    for (uint32_t below = row + 1; below < grid->row_count && below <= row + ROWS_TO_AMOUNT;
         below++) {
        if (holds_amount(grid, below))
            return true;
    }
    return false;
}
