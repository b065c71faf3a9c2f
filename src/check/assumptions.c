/* What the workbook itself assumes of who pays: sentences beside the tables ("For
 * kontanthjælp er der regnet med 30 % statsrefusion") and rows of a table of shares.
 * An assumption names a known benefit, a percentage, and a payer or refusion; what
 * has more to say, or says it otherwise, is left alone. */
#include "check/checks.h"
#include "kf/edit.h"

#include <string.h>

enum {
    LONGEST = 1000,
    TOKENS_MAX = 60,
    TIERS_MAX = 12,
    HEADING_ROWS = 30,
    CELLS_RIGHT = 8,
    WHOLE_BP = 10000
};

typedef enum {
    TOKEN_BENEFIT,
    TOKEN_PERCENT,
    TOKEN_COUNT, /* a number without a sign, or a word for one */
    TOKEN_REFUND,
    TOKEN_PAYER,
    TOKEN_PAYS,
    TOKEN_REST,
    TOKEN_NOTHING,
    TOKEN_AFTER,
    TOKEN_WEEK,
    TOKEN_FIRST,
    TOKEN_FROM,
    TOKEN_BEYOND,
    TOKEN_UPTO,
    TOKEN_JOIN,
    TOKEN_STOP,
    TOKEN_OTHER
} TokenKind;

typedef struct {
    TokenKind kind;
    int32_t value; /* basis points, a payer, or a count */
    KfText benefit;
} Token;

typedef struct {
    Token items[TOKENS_MAX];
    size_t count;
    bool too_long;
} Tokens;

typedef struct {
    KfCheck *check;
    KfRef cell;
    KfText text;
    size_t cap;
} Reader;

/* ---- words --------------------------------------------------------------- */

typedef struct {
    const char *begins;
    TokenKind kind;
    int32_t value;
} Word;

static const Word words[] = {
#define KF_WORD(begins, kind, value) { begins, TOKEN_##kind, value },
#include "check/assumption_words.def"
#undef KF_WORD
};

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC3
           || ((unsigned char)c >= 0x80 && (unsigned char)c < 0xC0);
}

/* The next code points of two texts, in lower case, are the same. */
static bool begins_like(KfText word, KfText begin, size_t *at)
{
    size_t i = 0, j = 0;

    while (j < begin.len) {
        if (kf_rune_lower(kf_text_next(word, &i)) != kf_text_next(begin, &j))
            return false;
    }
    *at = i;
    return true;
}

static Token token_of_word(KfText word)
{
    Token token = { .kind = TOKEN_OTHER };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        KfText begin = kf_text(words[i].begins);
        bool whole = kf_text_ends(begin, KF_TEXT("$"));
        size_t at;

        if (whole)
            begin.len--;
        if (!begins_like(word, begin, &at) || (whole && at != word.len))
            continue;
        token.kind = words[i].kind;
        token.value = words[i].value;
        return token;
    }
    return token;
}

static void push(Tokens *tokens, Token token)
{
    if (tokens->count == TOKENS_MAX)
        tokens->too_long = true;
    else
        tokens->items[tokens->count++] = token;
}

/* Behind "%", "pct", "pct." or "procent" at pos, spaces before it passed; else pos. */
static size_t skip_percent(KfText text, size_t pos)
{
    static const char *const signs[] = { "%", "procent", "pct.", "pct" };
    size_t at = pos;

    while (at < text.len) {
        size_t next = at;

        if (!kf_rune_is_space(kf_text_next(text, &next)))
            break;
        at = next;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (kf_text_starts(kf_text_slice(text, at, text.len), kf_text(signs[i])))
            return at + strlen(signs[i]);
    }
    return pos;
}

/* "30 %", "33,5 pct.", "4": a percentage or a count; a long number is neither. */
static Token read_number(KfText text, size_t *pos)
{
    Token token = { .kind = TOKEN_OTHER };
    int32_t whole = 0, part = 0;
    size_t digits = 0, decimals = 0, behind;

    for (; *pos < text.len && kf_is_digit(text.ptr[*pos]); ++*pos, digits++)
        whole = digits < 4 ? whole * 10 + (text.ptr[*pos] - '0') : whole;
    if (*pos + 1 < text.len && (text.ptr[*pos] == ',' || text.ptr[*pos] == '.')
        && kf_is_digit(text.ptr[*pos + 1])) {
        for (++*pos; *pos < text.len && kf_is_digit(text.ptr[*pos]); ++*pos, decimals++)
            part = decimals < 2 ? part * 10 + (text.ptr[*pos] - '0') : part;
        part = decimals == 1 ? part * 10 : part;
    }
    behind = skip_percent(text, *pos);
    if (behind > *pos && digits <= 3 && decimals <= 2 && whole * 100 + part <= WHOLE_BP) {
        *pos = behind;
        token = (Token){ .kind = TOKEN_PERCENT, .value = whole * 100 + part };
    } else if (behind == *pos && digits <= 3 && decimals == 0) {
        token = (Token){ .kind = TOKEN_COUNT, .value = whole };
    } else {
        token.kind = TOKEN_STOP; /* a year, an amount: the sentence tells of something else */
    }
    return token;
}

static Tokens tokens_of(const KfRuleSet *rules, KfText clause)
{
    Tokens tokens = { .count = 0 };

    for (size_t pos = 0; pos < clause.len && !tokens.too_long;) {
        KfBenefitMatch match;
        size_t end;

        if (kf_is_digit(clause.ptr[pos])) {
            push(&tokens, read_number(clause, &pos));
            continue;
        }
        if (!is_word_byte(clause.ptr[pos])) {
            if (clause.ptr[pos] == '?')
                push(&tokens, (Token){ .kind = TOKEN_STOP });
            pos++;
            continue;
        }
        end = kf_benefit_at(rules, clause, pos, &match);
        if (end > pos) {
            push(&tokens, (Token){ .kind = match.benefit.len ? TOKEN_BENEFIT : TOKEN_STOP,
                                   .benefit = match.benefit });
            pos = end;
            continue;
        }
        while (end < clause.len && is_word_byte(clause.ptr[end]))
            end++;
        push(&tokens, token_of_word(kf_text_slice(clause, pos, end)));
        pos = end;
    }
    return tokens;
}

static size_t count_of(const Tokens *tokens, TokenKind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < tokens->count; i++)
        count += tokens->items[i].kind == kind;
    return count;
}

/* ---- weeks --------------------------------------------------------------- */

/* Weeks from..to at token *at, which moves on; to is INT32_MAX for "and on". */
typedef struct {
    int32_t from, to;
} Weeks;

static const Token *peek(const Tokens *tokens, size_t at)
{
    static const Token none = { .kind = TOKEN_STOP };

    return at < tokens->count ? &tokens->items[at] : &none;
}

static bool is(const Tokens *tokens, size_t at, TokenKind kind)
{
    return at < tokens->count && tokens->items[at].kind == kind;
}

/* "de første 4 uger" */
static bool read_first_weeks(const Tokens *tokens, size_t *at, Weeks *out)
{
    if (!is(tokens, *at, TOKEN_FIRST) || !is(tokens, *at + 1, TOKEN_COUNT)
        || !is(tokens, *at + 2, TOKEN_WEEK))
        return false;
    *out = (Weeks){ 1, peek(tokens, *at + 1)->value };
    *at += 3;
    return true;
}

/* "uge 5-8", "uge 5 til 8", "fra uge 53", "uge 53 og frem" */
static bool read_week_range(const Tokens *tokens, size_t *at, Weeks *out)
{
    const bool from = is(tokens, *at, TOKEN_FROM);
    size_t i = *at + from;

    if (!is(tokens, i, TOKEN_WEEK) || !is(tokens, i + 1, TOKEN_COUNT))
        return false;
    out->from = peek(tokens, i + 1)->value;
    i += 2;
    i += is(tokens, i, TOKEN_UPTO) ? 1 : 0;
    if (is(tokens, i, TOKEN_COUNT)) {
        out->to = peek(tokens, i)->value;
        i++;
    } else {
        out->to = from || is(tokens, i, TOKEN_JOIN) ? INT32_MAX : out->from;
    }
    *at = i;
    return true;
}

/* "efter 52 uger", "over 52 uger", "efter uge 52" */
static bool read_weeks_beyond(const Tokens *tokens, size_t *at, Weeks *out)
{
    int32_t last = 0;

    if (!is(tokens, *at, TOKEN_BEYOND))
        return false;
    if (is(tokens, *at + 1, TOKEN_COUNT) && is(tokens, *at + 2, TOKEN_WEEK))
        last = peek(tokens, *at + 1)->value;
    else if (is(tokens, *at + 1, TOKEN_WEEK) && is(tokens, *at + 2, TOKEN_COUNT))
        last = peek(tokens, *at + 2)->value;
    *out = (Weeks){ last + 1, INT32_MAX };
    *at += 3;
    return last > 0;
}

/* ---- rules --------------------------------------------------------------- */

typedef struct {
    KfTier tiers[TIERS_MAX];
    size_t count;
} Ladder;

/* The payer's share, and the rest to who commonly has it. */
static KfTier tier_of(int payer, int32_t bp)
{
    KfTier tier = { .from_week = 1, .to_week = INT32_MAX, .up_to = INT64_MAX };

    tier.share_bp[payer] = bp;
    tier.share_bp[payer == KF_MUNICIPALITY ? KF_STATE : KF_MUNICIPALITY] += WHOLE_BP - bp;
    return tier;
}

static bool same_shares(const KfTier *a, const KfTier *b)
{
    return memcmp(a->share_bp, b->share_bp, sizeof a->share_bp) == 0;
}

static bool same_rule(const KfRule *a, const KfRule *b)
{
    if (a->kind != b->kind || a->tier_count != b->tier_count)
        return false;
    for (size_t i = 0; i < a->tier_count; i++) {
        if (!same_shares(&a->tiers[i], &b->tiers[i])
            || (a->kind == KF_RULE_WEEKS
                && (a->tiers[i].from_week != b->tiers[i].from_week
                    || a->tiers[i].to_week != b->tiers[i].to_week)))
            return false;
    }
    return true;
}

static KfText source_of(const Reader *reader)
{
    KfFindingList *list = &reader->check->list;
    const KfArg cell = kf_arg_cell(list, reader->cell, UINT32_MAX);
    KfText source[KF_LANG_COUNT] = { { 0 } };

    kf_sentence(list, source, KF_SAY_ASSUMED_SOURCE, &cell, 1);
    return source[KF_LANG_DA];
}

static bool is_known(const KfAudit *audit, KfText benefit)
{
    for (size_t i = 0; i < audit->assumption_count; i++) {
        if (kf_text_eq(audit->assumptions[i].rule.benefit, benefit))
            return true;
    }
    return false;
}

/* The first statement of a benefit holds. */
static void assume(Reader *reader, KfText benefit, const Ladder *ladder)
{
    KfCheck *check = reader->check;
    KfAudit *audit = check->audit;
    const KfRule *table = kf_rule_at(check->options->rules, benefit, audit->as_of);
    KfAssumption one = { .cell = reader->cell, .text = reader->text, .table = table };
    KfRule *rule = &one.rule;

    if (is_known(audit, benefit) || ladder->count == 0)
        return;
    *rule = (KfRule){ .benefit = benefit,
                      .title = table ? table->title : benefit,
                      .kind = ladder->count > 1 ? KF_RULE_WEEKS : KF_RULE_FIXED,
                      .valid_from = audit->as_of,
                      .valid_to = KF_DATE_OPEN,
                      .tier_count = ladder->count,
                      .clock = table && table->kind == KF_RULE_WEEKS ? table->clock : benefit,
                      .weeks_since = KF_DATE_NONE,
                      .is_support = table && table->is_support,
                      .confidence = KF_CONFIDENCE_HIGH,
                      .source = source_of(reader) };
    if (table && table->kind == KF_RULE_WEEKS && rule->kind == KF_RULE_WEEKS) {
        rule->whole_weeks = table->whole_weeks;
        rule->restart_after = table->restart_after;
    }
    rule->tiers = kf_arena_array(check->arena, ladder->count, sizeof *rule->tiers);
    memcpy(rule->tiers, ladder->tiers, ladder->count * sizeof *rule->tiers);
    one.differs = !table || !same_rule(rule, table);
    KF_PUSH(check->arena, check->assumptions, audit->assumption_count, reader->cap, one);
    audit->assumptions = check->assumptions;
}

/* ---- sentences ----------------------------------------------------------- */

/* The one payer that the clause's shares are of; -1 when it names none or several. */
static int payer_of(const Tokens *tokens)
{
    const bool rest = count_of(tokens, TOKEN_REST) > 0, pays = count_of(tokens, TOKEN_PAYS) > 0;
    int payer = -1;

    for (size_t i = 0; i < tokens->count; i++) {
        const Token *token = &tokens->items[i];

        if (token->kind != TOKEN_REFUND)
            continue;
        if (payer >= 0 && payer != token->value)
            return -1;
        payer = token->value;
    }
    if (payer >= 0)
        return payer;
    for (size_t i = 0; i < tokens->count && pays; i++) {
        const Token *token = &tokens->items[i];

        if (token->kind != TOKEN_PAYER || (rest && token->value == KF_MUNICIPALITY))
            continue;
        if (payer >= 0 && payer != token->value)
            return -1;
        payer = token->value;
    }
    return payer;
}

/* "Kontanthjælp: 30 %, førtidspension: 35 %" and nothing else: shares of refusion. */
static bool is_bare(const Tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        switch (tokens->items[i].kind) {
        case TOKEN_OTHER:
        case TOKEN_PAYER:
        case TOKEN_PAYS:
        case TOKEN_REST:
            return false;
        default:
            break;
        }
    }
    return is(tokens, 0, TOKEN_BENEFIT);
}

static void assume_flat(Reader *reader, KfText benefit, int payer, int32_t bp)
{
    const Ladder flat = { { tier_of(payer, bp) }, 1 };

    assume(reader, benefit, &flat);
}

/* Benefits before their percentage, or behind it: "70 pct. af A og 65 pct. af B". */
static void take_flat(Reader *reader, const Tokens *tokens, int payer)
{
    bool ahead = false, waiting = false;
    int32_t bp = -1;
    size_t from = 0;

    for (size_t i = 0; i < tokens->count; i++) {
        if (is(tokens, i, TOKEN_PERCENT) || is(tokens, i, TOKEN_BENEFIT)) {
            ahead = is(tokens, i, TOKEN_BENEFIT);
            break;
        }
    }
    for (size_t i = 0; i < tokens->count; i++) {
        const Token *token = &tokens->items[i];

        if (token->kind == TOKEN_BENEFIT && ahead) {
            from = waiting ? from : i;
            waiting = true;
        } else if (token->kind == TOKEN_BENEFIT && bp >= 0) {
            assume_flat(reader, token->benefit, payer, bp);
        } else if (token->kind == TOKEN_PERCENT && !ahead) {
            bp = token->value;
        } else if (token->kind == TOKEN_PERCENT) {
            for (size_t b = from; b < i && waiting; b++) {
                if (is(tokens, b, TOKEN_BENEFIT))
                    assume_flat(reader, tokens->items[b].benefit, payer, token->value);
            }
            waiting = false;
        }
    }
}

/* The share of the payer and the weeks that it holds, in either order. */
static bool add_tier(Ladder *ladder, int payer, int32_t bp, Weeks weeks)
{
    KfTier tier = tier_of(payer, bp);
    int32_t next = ladder->count ? ladder->tiers[ladder->count - 1].to_week : 0;

    if (bp < 0 || ladder->count == TIERS_MAX || next == INT32_MAX || weeks.from != next + 1
        || weeks.to < weeks.from)
        return false;
    tier.from_week = weeks.from;
    tier.to_week = weeks.to;
    ladder->tiers[ladder->count++] = tier;
    return true;
}

/* What the sentence leaves open at the end is as the table has it, else nothing. */
static void end_ladder(Ladder *ladder, const KfRule *table, int payer)
{
    const int32_t next = ladder->tiers[ladder->count - 1].to_week;
    KfTier rest = tier_of(payer, 0);

    if (next == INT32_MAX || ladder->count == TIERS_MAX)
        return;
    for (size_t i = 0; table && table->kind == KF_RULE_WEEKS && i < table->tier_count; i++) {
        if (table->tiers[i].to_week > next && ladder->count < TIERS_MAX) {
            KfTier tier = table->tiers[i];

            tier.from_week = tier.from_week > next ? tier.from_week : next + 1;
            ladder->tiers[ladder->count++] = tier;
        }
    }
    if (ladder->tiers[ladder->count - 1].to_week == INT32_MAX)
        return;
    rest.from_week = next + 1;
    ladder->tiers[ladder->count++] = rest;
}

/* "100 % de første 4 uger, 50 % i uge 5-8, 30 % i uge 9-52 og herefter ingen" */
static bool read_ladder(const Tokens *tokens, int payer, Ladder *ladder)
{
    int32_t bp = -1, last = 0;
    Weeks weeks = { 0, 0 };

    for (size_t at = 0; at < tokens->count;) {
        bool read = read_first_weeks(tokens, &at, &weeks) || read_week_range(tokens, &at, &weeks)
                    || read_weeks_beyond(tokens, &at, &weeks);

        if (!read && is(tokens, at, TOKEN_AFTER)) {
            weeks = (Weeks){ last + 1, INT32_MAX };
            at++;
        } else if (!read && (is(tokens, at, TOKEN_PERCENT) || is(tokens, at, TOKEN_NOTHING))) {
            if (bp >= 0)
                return false;
            bp = is(tokens, at, TOKEN_PERCENT) ? peek(tokens, at)->value : 0;
            at++;
        } else if (!read) {
            at++;
        }
        if (bp >= 0 && weeks.from > 0) {
            if (!add_tier(ladder, payer, bp, weeks))
                return false;
            last = weeks.to;
            bp = -1;
            weeks = (Weeks){ 0, 0 };
        }
    }
    return bp < 0 && weeks.from == 0 && ladder->count > 0;
}

static void take_ladder(Reader *reader, const Tokens *tokens, int payer)
{
    const KfRuleSet *rules = reader->check->options->rules;
    Ladder ladder = { .count = 0 };
    KfText benefit = { 0 };

    for (size_t i = 0; i < tokens->count; i++) {
        if (is(tokens, i, TOKEN_BENEFIT))
            benefit = tokens->items[i].benefit;
    }
    if (count_of(tokens, TOKEN_BENEFIT) != 1 || !read_ladder(tokens, payer, &ladder))
        return;
    end_ladder(&ladder, kf_rule_at(rules, benefit, reader->check->audit->as_of), payer);
    assume(reader, benefit, &ladder);
}

/* "kommunen betaler 70 % og staten 30 % af kontanthjælpen": each payer beside its share. */
static void take_shares(Reader *reader, const Tokens *tokens)
{
    KfTier tier = { .from_week = 1, .to_week = INT32_MAX, .up_to = INT64_MAX };
    Ladder ladder = { .count = 1 };
    int payer = -1, given = 0;
    int32_t sum = 0;

    for (size_t i = 0; i < tokens->count; i++) {
        const Token *token = &tokens->items[i];

        if (token->kind == TOKEN_PAYER)
            payer = token->value;
        if (token->kind != TOKEN_PERCENT || payer < 0)
            continue;
        tier.share_bp[payer] += token->value;
        sum += token->value;
        given |= 1 << payer;
        payer = -1;
    }
    if (sum != WHOLE_BP || (given & (given - 1)) == 0 || count_of(tokens, TOKEN_BENEFIT) != 1)
        return;
    ladder.tiers[0] = tier;
    for (size_t i = 0; i < tokens->count; i++) {
        if (is(tokens, i, TOKEN_BENEFIT))
            assume(reader, tokens->items[i].benefit, &ladder);
    }
}

/* "SU betales alene af staten": the benefits first and the payer last. */
static bool is_paid_by(const Tokens *tokens)
{
    return is(tokens, 0, TOKEN_BENEFIT) && is(tokens, tokens->count - 1, TOKEN_PAYER)
           && count_of(tokens, TOKEN_PAYER) == 1 && count_of(tokens, TOKEN_PAYS) == 1
           && count_of(tokens, TOKEN_OTHER) <= 3;
}

/* "SU betales af staten", "Revalidering: ingen refusion" */
static void take_all(Reader *reader, const Tokens *tokens, int payer)
{
    const bool nothing =
        count_of(tokens, TOKEN_NOTHING) == 1 && count_of(tokens, TOKEN_REFUND) == 1;

    if (count_of(tokens, TOKEN_REST) || (!nothing && !is_paid_by(tokens)))
        return;
    for (size_t i = 0; i < tokens->count; i++) {
        if (is(tokens, i, TOKEN_BENEFIT))
            assume_flat(reader, tokens->items[i].benefit, payer, nothing ? 0 : WHOLE_BP);
    }
}

static void read_clause(Reader *reader, KfText clause)
{
    const Tokens tokens = tokens_of(reader->check->options->rules, clause);
    const bool weeks = count_of(&tokens, TOKEN_WEEK) > 0;
    int payer;

    if (tokens.too_long || count_of(&tokens, TOKEN_STOP) || !count_of(&tokens, TOKEN_BENEFIT))
        return;
    payer = payer_of(&tokens);
    if (payer < 0 && count_of(&tokens, TOKEN_PERCENT) && is_bare(&tokens))
        payer = KF_STATE;
    if (payer < 0 && count_of(&tokens, TOKEN_PAYS) && !weeks)
        take_shares(reader, &tokens);
    else if (payer < 0)
        return;
    else if (weeks)
        take_ladder(reader, &tokens, payer);
    else if (count_of(&tokens, TOKEN_PERCENT))
        take_flat(reader, &tokens, payer);
    else
        take_all(reader, &tokens, payer);
}

static bool is_upper_at(KfText text, size_t pos)
{
    int32_t rune = kf_text_next(text, &pos);

    return rune >= 0 && kf_rune_lower(rune) != rune;
}

/* A full stop before a capital ends a sentence, unless it shortens "pct." or "kr.". */
static bool ends_sentence(KfText text, size_t pos)
{
    static const char *const shortened[] = { "pct", "kr", "ca", "nr", "stk", "jf", "pr", "inkl" };
    KfText before = kf_text_slice(text, 0, pos);

    if (text.ptr[pos] == ';' || text.ptr[pos] == '\n')
        return true;
    if (text.ptr[pos] != '.' || pos + 2 >= text.len || text.ptr[pos + 1] != ' '
        || !is_upper_at(text, pos + 2))
        return false;
    for (size_t i = 0; i < sizeof shortened / sizeof *shortened; i++) {
        if (kf_text_ends(before, kf_text(shortened[i])))
            return false;
    }
    return true;
}

static void read_sentences(Reader *reader)
{
    const KfText text = reader->text;
    size_t from = 0;

    for (size_t pos = 0; pos < text.len; pos++) {
        if (!ends_sentence(text, pos))
            continue;
        read_clause(reader, kf_text_slice(text, from, pos));
        from = pos + 1;
    }
    read_clause(reader, kf_text_slice(text, from, text.len));
}

/* ---- tables -------------------------------------------------------------- */

/* What a column of shares is headed by: a payer, and perhaps weeks. */
typedef struct {
    int payer;      /* -1: none */
    bool is_share;  /* says "%" or refusion */
    bool is_amount; /* refusion without "%": it may be kroner, and 0 of it says nothing */
    Weeks weeks;
} Heading;

static Heading heading_of(const Reader *reader, KfText text)
{
    const Tokens tokens = tokens_of(reader->check->options->rules, text);
    Heading heading = { .payer = -1, .weeks = { 0, 0 } };

    for (size_t i = 0; i < tokens.count; i++) {
        if (is(&tokens, i, TOKEN_REFUND) || is(&tokens, i, TOKEN_PAYER))
            heading.payer = heading.payer < 0 ? tokens.items[i].value : heading.payer;
        heading.is_share |= is(&tokens, i, TOKEN_REFUND);
    }
    heading.is_amount = kf_text_find(text, KF_TEXT("%")) == SIZE_MAX
                        && kf_text_find(text, KF_TEXT("pct")) == SIZE_MAX;
    heading.is_share |= !heading.is_amount;
    for (size_t at = 0; at < tokens.count;) {
        if (read_first_weeks(&tokens, &at, &heading.weeks)
            || read_week_range(&tokens, &at, &heading.weeks)
            || read_weeks_beyond(&tokens, &at, &heading.weeks))
            break;
        at++;
    }
    return heading;
}

/* The nearest text above in the column that heads shares. */
static Heading heading_above(const Reader *reader, const KfGrid *grid, uint32_t row, uint32_t col)
{
    for (uint32_t up = 1; up <= HEADING_ROWS && up <= row; up++) {
        const KfCell *cell = kf_grid_at(grid, row - up, col);

        if (cell && cell->kind == KF_CELL_TEXT && kf_text_trim(cell->text).len
            && skip_percent(cell->text, 0) == 0 && !kf_is_digit(cell->text.ptr[0]))
            return heading_of(reader, cell->text);
    }
    return (Heading){ .payer = -1, .weeks = { 0, 0 } };
}

/* "0.335" in ten-thousandths, rounded: 3350; -1 for what is larger than a percentage. */
static int32_t ratio_of(KfText text)
{
    int64_t value = 0;
    size_t pos = 0;
    int decimals = -1;

    for (; pos < text.len && decimals < 5; pos++) {
        if (text.ptr[pos] == '.' && decimals < 0)
            decimals = 0;
        else if (!kf_is_digit(text.ptr[pos]) || value > INT32_MAX)
            return -1;
        else {
            value = value * 10 + (text.ptr[pos] - '0');
            decimals += decimals >= 0;
        }
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 5; decimals++)
        value *= 10;
    value = (value + 5) / 10;
    return value <= 100 * WHOLE_BP ? (int32_t)value : -1;
}

/* A share in basis points; -1 when the cell has none. */
static int32_t share_of(const Reader *reader, const KfCell *cell, const Heading *heading)
{
    const KfBook *book = reader->check->book;
    int32_t ratio;
    bool is_percent;
    size_t pos = 0;
    Token token;

    if (cell->kind == KF_CELL_TEXT) {
        KfText text = kf_text_trim(cell->text);

        if (text.len == 0 || !kf_is_digit(text.ptr[0]))
            return -1;
        token = read_number(text, &pos);
        return token.kind == TOKEN_PERCENT && pos == text.len ? token.value : -1;
    }
    if (cell->kind != KF_CELL_NUMBER || (ratio = ratio_of(cell->text)) < 0)
        return -1;
    is_percent = kf_number_format(book->formats[cell->format]).percent;
    if (ratio == 0 && !is_percent && heading->is_amount)
        return -1;
    if (is_percent || heading->is_share)
        return ratio <= WHOLE_BP                   ? ratio
               : ratio % 100 || !heading->is_share ? -1
               : ratio / 100 <= WHOLE_BP           ? ratio / 100
                                                   : -1;
    return -1;
}

/* A row of shares to the right of a benefit's name. */
static void read_row(Reader *reader, const KfGrid *grid, const KfCell *name, KfText benefit)
{
    KfTier tier = { .from_week = 1, .to_week = INT32_MAX, .up_to = INT64_MAX };
    Ladder ladder = { .count = 0 };
    int32_t sum = 0;
    int given = 0, last = -1;

    for (uint32_t right = 1; right <= CELLS_RIGHT; right++) {
        const KfCell *cell = kf_grid_at(grid, name->row, name->col + right);
        Heading heading;
        int32_t bp;

        if (!cell)
            continue;
        heading = heading_above(reader, grid, name->row, name->col + right);
        bp = share_of(reader, cell, &heading);
        if (bp < 0 || (heading.payer < 0 && heading.weeks.from == 0))
            continue;
        if (heading.weeks.from > 0
            && !add_tier(&ladder, heading.payer < 0 ? KF_STATE : heading.payer, bp, heading.weeks))
            return;
        if (heading.weeks.from > 0)
            continue;
        tier.share_bp[heading.payer] = bp;
        sum += bp;
        last = heading.payer;
        given++;
    }
    if (ladder.count) {
        end_ladder(&ladder,
                   kf_rule_at(reader->check->options->rules, benefit, reader->check->audit->as_of),
                   KF_STATE);
        assume(reader, benefit, &ladder);
    } else if (given == 1) {
        assume_flat(reader, benefit, last, tier.share_bp[last]);
    } else if (given > 1 && sum == WHOLE_BP) {
        ladder.tiers[ladder.count++] = tier;
        assume(reader, benefit, &ladder);
    }
}

/* ---- the workbook -------------------------------------------------------- */

/* What may tell of shares, before it is looked at word by word. */
static bool is_worth_reading(KfText text)
{
    static const char *const signs[] = { "%", "pct", "procent", "refusion", "betale", "afholde" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (kf_text_find(text, kf_text(signs[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool has_number_right(const KfGrid *grid, const KfCell *cell)
{
    for (uint32_t right = 1; right <= CELLS_RIGHT; right++) {
        const KfCell *beside = kf_grid_at(grid, cell->row, cell->col + right);

        if (beside && (beside->kind == KF_CELL_NUMBER || is_worth_reading(beside->text)))
            return true;
    }
    return false;
}

static void read_cell(Reader *reader, uint32_t sheet, const KfCell *cell)
{
    const KfGrid *grid = &reader->check->book->sheets[sheet];
    const KfText text = kf_text_trim(cell->text);
    const KfRef place = { sheet, cell->row, cell->col };
    KfBenefitMatch match;
    bool sentence;

    if (text.len == 0 || text.len > LONGEST || kf_course_at(reader->check, place))
        return;
    sentence = is_worth_reading(text);
    if (!sentence && !has_number_right(grid, cell))
        return;
    reader->cell = place;
    reader->text = text;
    if (sentence)
        read_sentences(reader);
    else if (kf_benefit_at(reader->check->options->rules, text, 0, &match) == text.len
             && match.benefit.len)
        read_row(reader, grid, cell, match.benefit);
}

/* A note where the workbook goes its own way. */
static void report(KfCheck *check, const KfAssumption *one)
{
    KfFinding *finding =
        kf_finding_add(&check->list, KF_FINDING_SPLIT_ASSUMPTION, KF_INFO, KF_ACTION_NONE);
    const KfArg args[] = { kf_arg_text(one->rule.title), kf_arg_shares(&check->list, &one->rule),
                           one->table ? kf_arg_shares(&check->list, one->table)
                                      : kf_arg_text((KfText){ 0 }) };

    finding->has_cell = true;
    finding->cell = one->cell;
    finding->label = one->rule.title;
    kf_say(&check->list, finding, one->table ? KF_SAY_ASSUMED_DIFFERS : KF_SAY_ASSUMED_NEW, args,
           3);
}

void kf_check_assumptions(KfCheck *check)
{
    Reader reader = { .check = check };

    for (size_t s = 0; s < check->book->sheet_count; s++) {
        const KfGrid *grid = &check->book->sheets[s];

        if (kf_grid_is_ours(grid) || kf_grid_is_aid(grid))
            continue;
        for (size_t i = 0; i < grid->cell_count; i++) {
            if (grid->cells[i].kind == KF_CELL_TEXT)
                read_cell(&reader, (uint32_t)s, &grid->cells[i]);
        }
    }
    for (size_t i = 0; i < check->audit->assumption_count; i++) {
        if (check->audit->assumptions[i].differs)
            report(check, &check->audit->assumptions[i]);
    }
}
