/* Which benefit a label names. Label and aliases are folded to plain words
 * first; then the whole label beats its first words and words inside it, the
 * longest alias wins, and a typing error is tried only when nothing fits. */
#include "rules/ruleset.h"

#include <string.h>

enum { SHORTEST_SLIP = 6 };

/* ---- folding ------------------------------------------------------------- */

typedef struct {
    char *out;
    size_t len;
    bool gap;    /* a space is due before the next letter */
    bool joined; /* the last word is a paragraph's number */
} Folding;

static void put(Folding *to, const char *bytes, size_t len)
{
    bool space = to->gap && to->len > 0;

    if (to->len + len + space > KF_LABEL_LONGEST)
        return;
    if (space)
        to->out[to->len++] = ' ';
    memcpy(to->out + to->len, bytes, len);
    to->len += len;
    to->gap = false;
}

static void put_rune(Folding *to, int32_t rune)
{
    char utf8[4];
    size_t len = 0;

    if (rune < 0x80) {
        utf8[len++] = (char)rune;
    } else if (rune < 0x800) {
        utf8[len++] = (char)(0xC0 | rune >> 6);
        utf8[len++] = (char)(0x80 | (rune & 0x3F));
    } else {
        utf8[len++] = (char)(0xE0 | (rune >> 12 & 0x0F));
        utf8[len++] = (char)(0x80 | (rune >> 6 & 0x3F));
        utf8[len++] = (char)(0x80 | (rune & 0x3F));
    }
    put(to, utf8, len);
}

/* Letters of any script below the supplementary planes, without their signs. */
static bool is_letter(int32_t rune)
{
    if (rune < 0x80)
        return rune >= 'a' && rune <= 'z';
    return rune >= 0xDF && rune != 0xF7 && rune < 0x2000;
}

static int32_t peek(KfText text, size_t pos)
{
    return kf_rune_lower(kf_text_next(text, &pos));
}

/* Behind "1)" or "12)" at pos, or pos: a footnote mark is no word. */
static size_t skip_footnote(KfText text, size_t pos)
{
    size_t from = pos;

    while (kf_is_digit(peek(text, pos)) && pos - from < 2)
        pos++;
    return pos > from && peek(text, pos) == ')' ? pos + 1 : from;
}

/* "§ 85", "§85", "§§ 85": the number follows the sign at once. */
static void fold_paragraph(Folding *to, KfText text, size_t *pos)
{
    static const char sign[] = "\xC2\xA7";

    while (peek(text, *pos) == 0xA7 || kf_rune_is_space(peek(text, *pos)))
        kf_text_next(text, pos);
    to->gap = true;
    put(to, sign, 2);
    to->joined = true;
}

/* The "a" of "§ 85 a" at pos, if it is one: a letter a to e that stands alone. */
static bool is_paragraph_letter(KfText text, size_t pos)
{
    int32_t letter = peek(text, pos);
    int32_t behind = peek(text, pos + 1);

    return letter >= 'a' && letter <= 'e' && !is_letter(behind) && !kf_is_digit(behind);
}

static void fold_sign(Folding *to, KfText text, int32_t rune, size_t *pos, int *open)
{
    *open += rune == '(' ? 1 : rune == ')' && *open > 0 ? -1 : 0;
    if (rune == 0xA7) {
        fold_paragraph(to, text, pos);
    } else if (to->joined && rune == ' ' && is_paragraph_letter(text, *pos)) {
        to->joined = false; /* the letter joins the number before it */
    } else {
        to->joined = false;
        to->gap = true;
    }
}

/* "SEL 85" and "paragraf 85" are § 85: the word is exchanged for the sign. */
static void fold_paragraph_word(Folding *to)
{
    static const char *const words[] = { "sel",           "servicelov", "serviceloven",
                                         "servicelovens", "paragraf",   "pgf" };
    size_t from = to->len;

    while (from > 0 && to->out[from - 1] != ' ')
        from--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!kf_text_eq((KfText){ to->out + from, to->len - from }, kf_text(words[i])))
            continue;
        to->len = from;
        to->gap = false;
        put(to, "\xC2\xA7", 2);
        to->joined = true;
        return;
    }
}

static void fold_letter(Folding *to, int32_t rune)
{
    if (to->gap && kf_is_digit(rune))
        fold_paragraph_word(to);
    to->joined = to->joined && kf_is_digit(rune);
    if (rune == 0xE6)
        put(to, "ae", 2);
    else if (rune == 0xF8)
        put(to, "oe", 2);
    else if (rune == 0xE5)
        put(to, "aa", 2);
    else
        put_rune(to, rune);
}

static KfText fold(char out[KF_LABEL_LONGEST], KfText label)
{
    Folding to = { .out = out };
    bool in_word = false;
    int open = 0;

    for (size_t pos = 0; pos < label.len;) {
        size_t behind = in_word || open ? pos : skip_footnote(label, pos);
        int32_t rune;

        if (behind > pos) {
            pos = behind;
            continue;
        }
        rune = kf_rune_lower(kf_text_next(label, &pos));
        in_word = is_letter(rune) || kf_is_digit(rune);
        if (in_word)
            fold_letter(&to, rune);
        else
            fold_sign(&to, label, rune, &pos, &open);
    }
    return (KfText){ out, to.len };
}

/* Words that are commonly cut short. */
static const struct {
    const char *cut, *word;
} abbreviations[] = {
    { "kontanthj", "kontanthjaelp" },
    { "kth", "kontanthjaelp" },
    { "sygedagp", "sygedagpenge" },
    { "sygedp", "sygedagpenge" },
    { "sdp", "sygedagpenge" },
    { "dagp", "dagpenge" },
    { "foertidsp", "foertidspension" },
    { "foertidspens", "foertidspension" },
    { "foep", "foertidspension" },
    { "uddannelseshj", "uddannelseshjaelp" },
    { "reval", "revalidering" },
    { "ressourceforl", "ressourceforloeb" },
    { "loentilsk", "loentilskud" },
    { "ledighedsyd", "ledighedsydelse" },
    { "beskaeft", "beskaeftigelse" },
    { "psyk", "psykiatrisk" },
    { "amb", "ambulant" },
    { "off", "offentligt" },
};

static KfText in_full(KfText word)
{
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++) {
        if (kf_text_eq(word, kf_text(abbreviations[i].cut)))
            return kf_text(abbreviations[i].word);
    }
    return word;
}

KfText kf_label_fold(char out[KF_LABEL_LONGEST], KfText label)
{
    char bytes[KF_LABEL_LONGEST];
    const KfText folded = fold(bytes, label);
    size_t len = 0;

    for (size_t from = 0, i = 0; i <= folded.len; i++) {
        KfText word;

        if (i < folded.len && folded.ptr[i] != ' ')
            continue;
        word = in_full(kf_text_slice(folded, from, i));
        if (len + word.len + 1 > KF_LABEL_LONGEST)
            break;
        if (len > 0)
            out[len++] = ' ';
        memcpy(out + len, word.ptr, word.len);
        len += word.len;
        from = i + 1;
    }
    return (KfText){ out, len };
}

/* ---- words --------------------------------------------------------------- */

/* Next word of a folded text from *pos on; empty at the end. */
static KfText next_word(KfText folded, size_t *pos)
{
    size_t from = *pos;

    while (*pos < folded.len && folded.ptr[*pos] != ' ')
        (*pos)++;
    from = from < *pos ? from : *pos;
    if (*pos < folded.len)
        return kf_text_slice(folded, from, (*pos)++);
    return kf_text_slice(folded, from, *pos);
}

static bool has_word(KfText folded, KfText word)
{
    size_t pos = 0;

    while (pos < folded.len) {
        if (kf_text_eq(next_word(folded, &pos), word))
            return true;
    }
    return false;
}

static bool has_all_words(KfText folded, KfText words)
{
    size_t pos = 0;

    while (pos < words.len) {
        if (!has_word(folded, next_word(words, &pos)))
            return false;
    }
    return words.len > 0;
}

static bool begins_with(KfText folded, KfText words)
{
    return kf_text_starts(folded, words)
           && (folded.len == words.len || folded.ptr[words.len] == ' ');
}

static KfText first_words(KfText folded, size_t count)
{
    size_t pos = 0, end = 0;

    for (; count > 0 && pos < folded.len; count--) {
        KfText word = next_word(folded, &pos);

        end = (size_t)(word.ptr - folded.ptr) + word.len;
    }
    return kf_text_slice(folded, 0, end);
}

static size_t word_count(KfText folded)
{
    size_t count = 0, pos = 0;

    for (; pos < folded.len; count++)
        next_word(folded, &pos);
    return count;
}

/* ---- typing errors ------------------------------------------------------- */

/* "sygedag penge": the same letters, cut differently. */
static bool same_letters(KfText a, KfText b)
{
    size_t i = 0, j = 0;

    for (;;) {
        while (i < a.len && a.ptr[i] == ' ')
            i++;
        while (j < b.len && b.ptr[j] == ' ')
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (a.ptr[i++] != b.ptr[j++])
            return false;
    }
}

/* One key each for ae, oe and aa, which fold_letter made of them. */
static KfText by_keys(char out[KF_LABEL_LONGEST], KfText folded)
{
    size_t len = 0;

    for (size_t i = 0; i < folded.len && len < KF_LABEL_LONGEST; i++) {
        char c = folded.ptr[i], next = i + 1 < folded.len ? folded.ptr[i + 1] : '\0';

        if ((c == 'a' && (next == 'e' || next == 'a')) || (c == 'o' && next == 'e')) {
            c = c == 'o' ? '{' : next == 'e' ? '|' : '}';
            i++;
        }
        out[len++] = c;
    }
    return (KfText){ out, len };
}

/* A keystroke is seldom more than two letters, and never leaves both ends changed. */
static bool may_be_near(KfText a, KfText b)
{
    size_t more = a.len > b.len ? a.len - b.len : b.len - a.len;

    return more <= 2 && a.len && b.len
           && (a.ptr[0] == b.ptr[0] || a.ptr[a.len - 1] == b.ptr[b.len - 1]);
}

static bool one_slip(KfText typed, KfText meant)
{
    char a[KF_LABEL_LONGEST], b[KF_LABEL_LONGEST];

    return same_letters(typed, meant) || kf_text_slip(typed, meant)
           || (may_be_near(typed, meant) && kf_text_slip(by_keys(a, typed), by_keys(b, meant)));
}

/* Aliases with numbers (§ 85 and § 95) are one key apart and mean different things. */
static bool may_slip(KfText folded)
{
    size_t letters = 0;

    for (size_t i = 0; i < folded.len; i++) {
        if (kf_is_digit(folded.ptr[i]))
            return false;
        letters += folded.ptr[i] != ' ';
    }
    return letters >= SHORTEST_SLIP;
}

static bool matches_by_slip(const KfAlias *alias, KfText label)
{
    size_t words;

    if (!may_slip(alias->folded))
        return false;
    if (one_slip(label, alias->folded))
        return true;
    if (alias->mode == KF_ALIAS_WHOLE)
        return false;
    words = word_count(alias->folded);
    return one_slip(first_words(label, words), alias->folded)
           || one_slip(first_words(label, words + 1), alias->folded);
}

/* ---- matching ------------------------------------------------------------ */

static bool matches_part(const KfAlias *alias, KfText label)
{
    switch (alias->mode) {
    case KF_ALIAS_BEGINS:
        return begins_with(label, alias->folded);
    case KF_ALIAS_WORDS:
        return has_all_words(label, alias->folded);
    case KF_ALIAS_WHOLE:
        break;
    }
    return false;
}

/* 0 no match; the longer the alias, the better. A label's first words count a
 * little more than as many letters inside it, a paragraph more than any word. */
static size_t strength(const KfAlias *alias, KfText label)
{
    size_t length = alias->folded.len * 2;

    if (kf_text_eq(alias->folded, label))
        return SIZE_MAX;
    if (!matches_part(alias, label))
        return 0;
    if (kf_text_find(alias->folded, KF_TEXT("§")) != SIZE_MAX)
        length += KF_LABEL_LONGEST * 2;
    return length + begins_with(label, alias->folded);
}

static const KfAlias *best_alias(const KfRuleSet *rules, KfText label)
{
    const KfAlias *best = NULL;
    size_t most = 1;

    for (size_t i = 0; i < rules->alias_count; i++) {
        size_t fit = strength(&rules->aliases[i], label);

        if (fit >= most) {
            most = fit;
            best = &rules->aliases[i];
        }
    }
    return best;
}

static const KfAlias *alias_by_slip(const KfRuleSet *rules, KfText label)
{
    const KfAlias *best = NULL;

    for (size_t i = 0; i < rules->alias_count; i++) {
        const KfAlias *alias = &rules->aliases[i];

        if ((!best || alias->folded.len >= best->folded.len) && matches_by_slip(alias, label))
            best = alias;
    }
    return best;
}

/* ---- when it was granted --------------------------------------------------- */

/* Which way a granting date limits the time, by the word before it. */
typedef struct {
    const char *word;
    enum { GRANT_ON, GRANT_BEFORE, GRANT_FROM, GRANT_AFTER } limit;
} GrantWord;

static const GrantWord grant_words[] = {
    { "tilkendt", GRANT_ON },   { "bevilget", GRANT_ON }, { "visiteret", GRANT_ON },
    { "paabegyndt", GRANT_ON }, { "ansat", GRANT_ON },    { "foer", GRANT_BEFORE },
    { "inden", GRANT_BEFORE },  { "fra", GRANT_FROM },    { "siden", GRANT_FROM },
    { "efter", GRANT_AFTER },
};

/* The last of the words stands nearest to the date. */
static int granting(KfText folded)
{
    int limit = -1;

    for (size_t pos = 0; pos < folded.len;) {
        KfText word = next_word(folded, &pos);

        for (size_t i = 0; i < sizeof grant_words / sizeof *grant_words; i++) {
            if (kf_text_eq(word, kf_text(grant_words[i].word)))
                limit = (int)grant_words[i].limit;
        }
    }
    return limit;
}

/* The time within which the label says that the benefit was granted. */
static bool granted_span(KfText label, KfText folded, KfDateSpan *out)
{
    const int limit = granting(folded);
    size_t pos = 0;

    if (limit < 0 || !kf_date_find(label, &pos, out))
        return false;
    if (limit == GRANT_BEFORE)
        *out = (KfDateSpan){ KF_DATE_NONE, out->first - 1 };
    else if (limit == GRANT_FROM)
        *out = (KfDateSpan){ out->first, KF_DATE_OPEN };
    else if (limit == GRANT_AFTER)
        *out = (KfDateSpan){ out->last + 1, KF_DATE_OPEN };
    return true;
}

static bool is_variant(KfText benefit, KfText variant)
{
    return variant.len > benefit.len && kf_text_starts(variant, benefit)
           && variant.ptr[benefit.len] == '_';
}

/* The variant of the benefit whose rules are for what was granted then; the benefit
 * itself when there is none, or when the time touches several. */
static KfText granted_benefit(const KfRuleSet *rules, KfText benefit, KfDateSpan span)
{
    KfText found = benefit;

    for (size_t i = 0; i < rules->rule_count; i++) {
        const KfRule *rule = &rules->rules[i];

        if ((rule->granted_from == KF_DATE_NONE && rule->granted_to == KF_DATE_OPEN)
            || !is_variant(benefit, rule->benefit) || rule->granted_from > span.last
            || rule->granted_to < span.first || kf_text_eq(rule->benefit, found))
            continue;
        if (rule->granted_from > span.first || rule->granted_to < span.last
            || !kf_text_eq(found, benefit))
            return benefit;
        found = rule->benefit;
    }
    return found;
}

KfBenefitMatch kf_benefit_match(const KfRuleSet *rules, KfText label)
{
    KfDateSpan granted;
    char bytes[KF_LABEL_LONGEST];
    KfText folded = kf_label_fold(bytes, label);
    KfBenefitMatch match = { .by_slip = false };
    const KfAlias *alias;

    if (folded.len == 0)
        return match;
    alias = best_alias(rules, folded);
    if (!alias) {
        alias = alias_by_slip(rules, folded);
        match.by_slip = alias != NULL;
    }
    if (alias) {
        match.benefit = alias->benefit;
        match.alias = alias->shown;
    }
    if (match.benefit.len && granted_span(label, folded, &granted))
        match.benefit = granted_benefit(rules, match.benefit, granted);
    return match;
}

/* ---- running text --------------------------------------------------------- */

/* Endings that a benefit's last word may have: "kontanthjælpen", "indlæggelserne". */
static bool is_ending(KfText text)
{
    static const char *const endings[] = { "",    "n",    "en", "et", "er",  "ne",
                                           "ene", "erne", "s",  "ns", "ens", "nes" };

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (kf_text_eq(text, kf_text(endings[i])))
            return true;
    }
    return false;
}

/* Whether folded begins with the alias, its last word perhaps inflected. */
static bool is_named_first(KfText folded, KfText alias)
{
    size_t end = alias.len;

    if (!kf_text_starts(folded, alias))
        return false;
    while (end < folded.len && folded.ptr[end] != ' ')
        end++;
    return is_ending(kf_text_slice(folded, alias.len, end));
}

/* Behind `count` words of text from pos on. */
static size_t skip_words(KfText text, size_t pos, size_t count)
{
    size_t end = pos;

    while (pos < text.len) {
        size_t at = pos;
        int32_t rune = kf_rune_lower(kf_text_next(text, &pos));

        if (is_letter(rune) || kf_is_digit(rune)) {
            end = pos;
            continue;
        }
        if (end == at && --count == 0)
            break;
    }
    return end;
}

enum { LONGEST_NAME = 80 };

size_t kf_benefit_at(const KfRuleSet *rules, KfText text, size_t pos, KfBenefitMatch *match)
{
    char bytes[KF_LABEL_LONGEST];
    KfText folded = kf_label_fold(bytes, kf_text_slice(text, pos, pos + LONGEST_NAME));
    const KfAlias *best = NULL;

    *match = (KfBenefitMatch){ .by_slip = false };
    for (size_t i = 0; i < rules->alias_count; i++) {
        const KfAlias *alias = &rules->aliases[i];

        if (alias->mode != KF_ALIAS_WORDS && (!best || alias->folded.len > best->folded.len)
            && kf_text_find(alias->folded, KF_TEXT("§")) == SIZE_MAX
            && !kf_text_eq(alias->shown, alias->benefit) && is_named_first(folded, alias->folded))
            best = alias;
    }
    if (!best)
        return pos;
    match->benefit = best->benefit;
    match->alias = best->shown;
    return skip_words(text, pos, word_count(best->folded));
}

/* ---- the runner-up -------------------------------------------------------- */

enum { SHORTEST_LIKENESS = 4 };

/* Letters that two words begin with alike. */
static size_t alike_at_start(KfText a, KfText b)
{
    size_t i = 0;

    while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
        i++;
    return i;
}

/* The most letters that a word of one text begins like a word of the other. */
static size_t likeness(KfText a, KfText b)
{
    size_t most = 0;

    for (size_t i = 0; i < a.len;) {
        KfText word = next_word(a, &i);

        for (size_t j = 0; j < b.len;) {
            size_t alike = alike_at_start(word, next_word(b, &j));

            most = alike > most ? alike : most;
        }
    }
    return most < SHORTEST_LIKENESS ? 0 : most;
}

/* A fitting alias before one that only has a word alike; 0: neither. */
static size_t second_strength(const KfAlias *alias, KfText label)
{
    size_t fit = strength(alias, label);

    if (fit == 0)
        return likeness(alias->folded, label);
    return fit == SIZE_MAX ? fit : fit + KF_LABEL_LONGEST;
}

KfBenefitMatch kf_benefit_runner_up(const KfRuleSet *rules, KfText label,
                                    const KfBenefitMatch *match)
{
    char bytes[KF_LABEL_LONGEST];
    KfText folded = kf_label_fold(bytes, match->by_slip ? match->alias : label);
    KfBenefitMatch second = { .by_slip = false };
    size_t most = 0;

    for (size_t i = 0; i < rules->alias_count; i++) {
        const KfAlias *alias = &rules->aliases[i];
        size_t fit;

        if (alias->benefit.len == 0 || kf_text_eq(alias->benefit, match->benefit)
            || kf_text_eq(alias->shown, alias->benefit))
            continue; /* a key is no name that anyone would know */
        fit = second_strength(alias, folded);
        if (fit > most) {
            most = fit;
            second.benefit = alias->benefit;
            second.alias = alias->shown;
        }
    }
    return second;
}

KfText kf_benefit_named(const KfRuleSet *rules, KfText text)
{
    char bytes[KF_LABEL_LONGEST];
    KfText folded = kf_label_fold(bytes, text);

    for (size_t i = 0; i < rules->rule_count; i++) {
        if (kf_text_eq(rules->rules[i].benefit, text))
            return rules->rules[i].benefit;
    }
    for (size_t i = rules->alias_count; i-- > 0;) {
        if (folded.len && kf_text_eq(rules->aliases[i].folded, folded))
            return rules->aliases[i].benefit;
    }
    return (KfText){ 0 };
}
