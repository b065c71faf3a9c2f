/* Pseudonyms for citizens. A label of fewer than three letters is replaced where it stands for
 * the citizen, but not looked for in other texts: it would be found everywhere. */
#include "kf/redact.h"

#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <string.h>

enum { SHORTEST = 3, MOST_LOOKED_FOR = 200, LETTERS = 8 };

/* A label and what stands for it. */
typedef struct {
    KfText label, pseudonym;
} Pair;

typedef struct {
    KfArena *arena;
    Pair *pairs;
    size_t count;
} Pairs;

void kf_redact_key(KfRedactKey *out, KfText secret)
{
    struct sha256_ctx sha;

    sha256_init(&sha);
    sha256_update(&sha, secret.len, (const uint8_t *)secret.ptr);
    sha256_digest(&sha, sizeof out->bytes, out->bytes);
}

KfText kf_pseudonym(KfArena *arena, const KfRedactKey *key, KfText label)
{
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static const char head[] = "Borger-";
    struct hmac_sha256_ctx hmac;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char *out = kf_arena_alloc(arena, sizeof head + LETTERS);
    uint64_t bits = 0;

    label = kf_text_trim(label);
    hmac_sha256_set_key(&hmac, sizeof key->bytes, key->bytes);
    for (size_t pos = 0; pos < label.len;) {
        int32_t rune = kf_rune_lower(kf_text_next(label, &pos));
        const uint8_t bytes[3] = { (uint8_t)rune, (uint8_t)(rune >> 8), (uint8_t)(rune >> 16) };

        hmac_sha256_update(&hmac, sizeof bytes, bytes);
    }
    hmac_sha256_digest(&hmac, sizeof digest, digest);
    for (size_t i = 0; i < 5; i++)
        bits = bits << 8 | digest[i];
    memcpy(out, head, sizeof head - 1);
    for (size_t i = 0; i < LETTERS; i++)
        out[sizeof head - 1 + i] = letters[bits >> 5 * (LETTERS - 1 - i) & 31];
    return (KfText){ out, sizeof head - 1 + LETTERS };
}

static bool is_of_word(KfText text, size_t at)
{
    unsigned char c;

    if (at >= text.len)
        return false;
    c = (unsigned char)text.ptr[at];
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

/* Offset of the label as whole words from `from` on, or SIZE_MAX. */
static size_t find_words(KfText text, size_t from, KfText label)
{
    for (;;) {
        size_t at = kf_text_find(kf_text_slice(text, from, text.len), label);

        if (at == SIZE_MAX)
            return SIZE_MAX;
        at += from;
        if (!(at && is_of_word(text, at - 1)) && !is_of_word(text, at + label.len))
            return at;
        from = at + 1;
    }
}

static KfText replaced(KfArena *arena, KfText text, const Pair *pair)
{
    size_t at = 0, len = 0, found;
    char *out;

    if (pair->label.len < SHORTEST || find_words(text, 0, pair->label) == SIZE_MAX)
        return text;
    out = kf_arena_alloc(arena, text.len + (text.len / pair->label.len + 1) * pair->pseudonym.len);
    while ((found = find_words(text, at, pair->label)) != SIZE_MAX) {
        memcpy(out + len, text.ptr + at, found - at);
        len += found - at;
        memcpy(out + len, pair->pseudonym.ptr, pair->pseudonym.len);
        len += pair->pseudonym.len;
        at = found + pair->label.len;
    }
    memcpy(out + len, text.ptr + at, text.len - at);
    return (KfText){ out, len + text.len - at };
}

/* Many labels are looked for only where they are at home: `own` is the index of one. */
static KfText redacted(const Pairs *pairs, KfText text, size_t own)
{
    if (own < pairs->count)
        text = replaced(pairs->arena, text, &pairs->pairs[own]);
    for (size_t i = 0; i < pairs->count && pairs->count <= MOST_LOOKED_FOR; i++)
        text = replaced(pairs->arena, text, &pairs->pairs[i]);
    return text;
}

static Pairs name_all(KfArena *arena, const KfRedactKey *key, KfModel *model)
{
    Pairs pairs = { arena, kf_arena_array(arena, model->case_count, sizeof(Pair)),
                    model->case_count };

    for (size_t i = 0; i < model->case_count; i++) {
        KfCase *item = &model->cases[i];

        pairs.pairs[i] =
            (Pair){ kf_text_trim(item->citizen), kf_pseudonym(arena, key, item->citizen) };
        item->citizen = pairs.pairs[i].pseudonym;
    }
    return pairs;
}

/* The sheets with other names; what a sheet is named by its citizen, it is by the pseudonym. */
static KfBook *rename_sheets(const Pairs *pairs, const KfBook *book)
{
    KfBook *copy = kf_arena_alloc(pairs->arena, sizeof *copy);

    *copy = *book;
    copy->sheets = kf_arena_array(pairs->arena, book->sheet_count, sizeof *copy->sheets);
    for (size_t i = 0; i < book->sheet_count; i++) {
        copy->sheets[i] = book->sheets[i];
        copy->sheets[i].name = redacted(pairs, book->sheets[i].name, SIZE_MAX);
    }
    return copy;
}

/* A sheet of its own is told apart even where there are too many to look for. */
static void name_own_sheet(const Pairs *pairs, KfBook *book, const KfCase *item, size_t index)
{
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        uint32_t sheet = item->courses[kind].sheet;

        if (item->has[kind] && sheet < book->sheet_count)
            book->sheets[sheet].name = redacted(pairs, book->sheets[sheet].name, index);
    }
}

static void redact_table(const Pairs *pairs, const KfBook *book, KfTable *table)
{
    if (table->sheet < book->sheet_count)
        table->sheet_name = book->sheets[table->sheet].name;
    table->title.text = redacted(pairs, table->title.text, SIZE_MAX);
    for (size_t i = 0; i < table->row_count; i++)
        table->rows[i].label.text = redacted(pairs, table->rows[i].label.text, SIZE_MAX);
    for (size_t i = 0; i < table->column_count; i++)
        table->columns[i].label.text = redacted(pairs, table->columns[i].label.text, SIZE_MAX);
}

static Pairs redact_model(KfArena *arena, const KfRedactKey *key, KfModel *model,
                          const KfBook **book)
{
    Pairs pairs = name_all(arena, key, model);
    KfBook *renamed = rename_sheets(&pairs, *book);

    for (size_t i = 0; i < model->case_count; i++)
        name_own_sheet(&pairs, renamed, &model->cases[i], i);
    for (size_t i = 0; i < model->case_count; i++) {
        KfCase *item = &model->cases[i];

        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (item->has[kind] && item->courses[kind].sheet < renamed->sheet_count)
                item->courses[kind].sheet_name = renamed->sheets[item->courses[kind].sheet].name;
        }
    }
    for (size_t i = 0; i < model->table_count; i++)
        redact_table(&pairs, renamed, &model->tables[i]);
    for (size_t i = 0; i < model->unplaced_count; i++)
        model->unplaced[i].text = redacted(&pairs, model->unplaced[i].text, SIZE_MAX);
    *book = renamed;
    return pairs;
}

void kf_redact_model(KfArena *arena, const KfRedactKey *key, KfModel *model, const KfBook **book)
{
    redact_model(arena, key, model, book);
}

void kf_redact_audit(KfArena *arena, const KfRedactKey *key, KfAudit *audit)
{
    Pairs pairs = redact_model(arena, key, &audit->model, &audit->book);

    for (size_t i = 0; i < audit->finding_count; i++) {
        KfFinding *finding = &audit->findings[i];

        finding->label = redacted(&pairs, finding->label, finding->case_index);
        for (int lang = 0; lang < KF_LANG_COUNT; lang++)
            finding->message[lang] = redacted(&pairs, finding->message[lang], finding->case_index);
    }
}
