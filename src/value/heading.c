/* The words stand in period_words.def. */
#include "value/heading.h"

enum { LONGEST_WORD = 15, SHORTEST_SLIP = 5, MOST_DIGITS = 4 };

typedef struct {
    KfText text;
    TokenKind kind;
    int32_t value;
} Word;

static const Word words[] = {
#define KF_PERIOD_WORD(word, kind, value) { { word, sizeof(word) - 1 }, TOKEN_##kind, value },
#include "value/period_words.def"
#undef KF_PERIOD_WORD
};

static int32_t peek(KfText text, size_t pos)
{
    return kf_rune_lower(kf_text_next(text, &pos));
}

/* The letters that a rune stands for in the words above, or NULL. */
static const char *spelled(int32_t rune, char ascii[2])
{
    if (rune == 0xE5)
        return "aa";
    if (rune == 0x30A) /* the ring of a decomposed å */
        return "a";
    if (rune == 0xF8)
        return "oe";
    if (rune < 'a' || rune > 'z')
        return NULL;
    ascii[0] = (char)rune;
    ascii[1] = '\0';
    return ascii;
}

static bool read_number(KfText text, size_t *pos, Token *out)
{
    size_t from = *pos;

    *out = (Token){ .kind = TOKEN_NUMBER };
    for (; *pos < text.len && kf_is_digit(text.ptr[*pos]); ++*pos) {
        if (*pos - from == MOST_DIGITS)
            return false;
        out->value = out->value * 10 + (text.ptr[*pos] - '0');
    }
    out->digits = (uint8_t)(*pos - from);
    if (*pos < text.len && text.ptr[*pos] == '.') {
        out->kind = TOKEN_ORDINAL;
        ++*pos;
    }
    return *pos >= text.len || text.ptr[*pos] != ',' || !kf_is_digit(peek(text, *pos + 1));
}

static bool same_two(const char *a, const char *b)
{
    return a[0] == b[0] && a[1] == b[1];
}

/* Of five letters or more one keystroke leaves the first two or the last two, and the length
 * but for one. */
static bool may_slip(KfText typed, KfText meant)
{
    return meant.len >= SHORTEST_SLIP && typed.len + 1 >= meant.len && typed.len <= meant.len + 1
           && (same_two(typed.ptr, meant.ptr)
               || same_two(typed.ptr + typed.len - 2, meant.ptr + meant.len - 2));
}

/* The word that is meant, one typing error allowed; NULL when there is none or
 * words of unlike meaning are as near. */
static const Word *find_word(KfText letters)
{
    const Word *near = NULL;
    bool unlike = false;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const Word *word = &words[i];

        if (letters.len == word->text.len && letters.ptr[0] == word->text.ptr[0]
            && kf_text_eq(letters, word->text))
            return word;
        if (letters.len < SHORTEST_SLIP || !may_slip(letters, word->text)
            || !kf_text_slip(letters, word->text))
            continue;
        unlike |= near && (near->kind != word->kind || near->value != word->value);
        near = word;
    }
    return unlike ? NULL : near;
}

/* Spells the letters from *pos on; false when there are too many. */
static bool read_letters(KfText text, size_t *pos, char letters[LONGEST_WORD], size_t *len)
{
    char ascii[2];
    const char *more;

    while ((more = spelled(peek(text, *pos), ascii))) {
        for (; *more; more++) {
            if (*len == LONGEST_WORD)
                return false;
            letters[(*len)++] = *more;
        }
        kf_text_next(text, pos);
    }
    return true;
}

/* A word and the dots behind it, "t.o.m." as one; false when it is none of ours. */
static bool read_word(KfText text, size_t *pos, Token *out)
{
    char letters[LONGEST_WORD], ascii[2];
    const Word *word;
    size_t len = 0;

    do {
        if (!read_letters(text, pos, letters, &len))
            return false;
        while (*pos < text.len && (text.ptr[*pos] == '.' || text.ptr[*pos] == ':'))
            ++*pos;
    } while (spelled(peek(text, *pos), ascii));
    word = len ? find_word((KfText){ letters, len }) : NULL;
    if (word)
        *out = (Token){ .kind = word->kind, .value = word->value };
    return word != NULL;
}

static TokenKind mark_kind(int32_t rune)
{
    if (rune == '-' || rune == 0xAD || rune == 0x2212 || (rune >= 0x2010 && rune <= 0x2015))
        return TOKEN_DASH;
    if (rune == '&' || rune == '+')
        return TOKEN_AND;
    if (rune == '*' || rune == 0xB9 || rune == 0xB2 || rune == 0xB3 || rune == 0x2020
        || rune == 0x2021 || (rune >= 0x2070 && rune <= 0x2079))
        return TOKEN_MARK;
    switch (rune) {
    case '(':
        return TOKEN_OPEN;
    case ')':
        return TOKEN_CLOSE;
    case '/':
        return TOKEN_SLASH;
    case ':':
        return TOKEN_COLON;
    case ',':
        return TOKEN_SKIP;
    default:
        return TOKEN_END;
    }
}

static bool read_token(KfText text, size_t *pos, Token *out)
{
    int32_t rune = peek(text, *pos);
    char ascii[2];

    if (kf_is_digit(rune))
        return read_number(text, pos, out);
    if (spelled(rune, ascii))
        return read_word(text, pos, out);
    *out = (Token){ .kind = mark_kind(rune) };
    kf_text_next(text, pos);
    return out->kind != TOKEN_END;
}

/* "1st" is an ordinal, two dashes are one, "til og med" is "til". False when the
 * token stands alone. */
static bool joins_last(Tokens *out, TokenKind kind)
{
    Token *last = out->count ? &out->at[out->count - 1] : NULL;

    if (kind == TOKEN_SKIP)
        return true;
    if (!last)
        return false;
    if (kind == TOKEN_SUFFIX && last->kind == TOKEN_NUMBER) {
        last->kind = TOKEN_ORDINAL;
        return true;
    }
    if (kind == TOKEN_WITH && last->kind == TOKEN_AND) {
        out->count--;
        return true;
    }
    return kind == TOKEN_DASH && last->kind == TOKEN_DASH;
}

static bool has_digit(KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (kf_is_digit(text.ptr[i]))
            return true;
    }
    return false;
}

/* Whether the rest of the heading, behind its unit, says nothing more: "0-6 mdr efter
 * start", "0-6 mdr fra visitationen". */
static bool is_tail(const Tokens *tokens, TokenKind kind, KfText rest)
{
    return (kind == TOKEN_TAIL || kind == TOKEN_LEAD) && tokens->count
           && tokens->at[tokens->count - 1].kind == TOKEN_UNIT && !has_digit(rest);
}

static bool cut(KfText text, Tokens *out)
{
    out->count = 0;
    for (size_t pos = 0; pos < text.len;) {
        Token token;

        if (kf_rune_is_space(peek(text, pos))) {
            kf_text_next(text, &pos);
            continue;
        }
        if (!read_token(text, &pos, &token))
            return false;
        if (is_tail(out, token.kind, kf_text_slice(text, pos, text.len)))
            return true;
        if (joins_last(out, token.kind))
            continue;
        if (out->count == KF_HEADING_LONGEST)
            return false;
        out->at[out->count++] = token;
    }
    return true;
}

/* "0-6 mdr*", "0-6 mdr 1)", "0-6 mdr (1)"; the 6 of "(0-6)" is no such mark. */
static void drop_footnote_marks(Tokens *tokens)
{
    const Token *at = tokens->at;
    size_t count = tokens->count;

    if (count > 3 && at[count - 1].kind == TOKEN_CLOSE && at[count - 2].kind == TOKEN_NUMBER
        && at[count - 3].kind != TOKEN_DASH)
        count -= at[count - 3].kind == TOKEN_OPEN ? 3 : 2;
    else if (count > 1 && at[count - 1].kind == TOKEN_CLOSE && at[count - 2].kind == TOKEN_MARK)
        count--;
    while (count > 0 && at[count - 1].kind == TOKEN_MARK)
        count--;
    tokens->count = count;
}

/* "2013 kr" is an amount. */
static bool names_unit(const Tokens *tokens, size_t end, bool closed)
{
    for (size_t i = 0; i < end; i++) {
        if (tokens->at[i].kind == TOKEN_UNIT || tokens->at[i].kind == TOKEN_NAME
            || (closed && tokens->at[i].digits == 4))
            return true;
    }
    return false;
}

/* "0-6 mdr (1.000 kr.)", "2013, t.kr.": the unit of the amounts, behind a period
 * that names its own. */
static void drop_money(Tokens *tokens)
{
    const Token *at = tokens->at;
    size_t end = tokens->count;
    bool closed = end && at[end - 1].kind == TOKEN_CLOSE, money = false;

    end -= closed;
    while (end && at[end - 1].kind == TOKEN_MONEY) {
        end--;
        money = true;
    }
    if (!money)
        return;
    if (end && at[end - 1].kind == TOKEN_NUMBER && at[end - 1].value == 1000)
        end--;
    else if (end > 1 && at[end - 1].digits == 3 && at[end - 1].value == 0
             && at[end - 2].kind == TOKEN_ORDINAL)
        end -= 2;
    if (closed && (!end || at[--end].kind != TOKEN_OPEN))
        return;
    if (names_unit(tokens, end, closed))
        tokens->count = end;
}

bool kf_heading_cut(KfText label, Tokens *out)
{
    if (!cut(label, out))
        return false;
    drop_footnote_marks(out);
    drop_money(out);
    out->at[out->count] = (Token){ .kind = TOKEN_END };
    return true;
}
