/* Labels are understood by their words: case, dots, commas and footnote marks do
 * not matter, and a word of six letters or more may hold one typing error. */
#include "extract/words.h"

#include <string.h>

typedef enum {
    CLASS_UNKNOWN,
    CLASS_FILLER,
    CLASS_SUM,
    CLASS_GRAND,
    CLASS_MUNICIPALITY,
    CLASS_STATE,
    CLASS_REGION,
    CLASS_OTHER,
    CLASS_SECTION,
    CLASS_COUNTERFACTUAL,
    CLASS_ACTUAL,
    CLASS_CITIZEN,
    CLASS_COUNT
} WordClass;

static const struct {
    WordClass class;
    KfText word;
} words[] = {
#define KF_WORD(class, word) { CLASS_##class, { word, sizeof(word) - 1 } },
#include "extract/words.def"
#undef KF_WORD
};

enum { MAX_WORDS = 12, MAX_WORD = 48, SLIP_LETTERS = 6 };

/* A label cut into lower-case words, with where each stood. */
typedef struct {
    size_t count;
    bool too_long;
    size_t from[MAX_WORDS], to[MAX_WORDS];
    size_t len[MAX_WORDS];
    WordClass class[MAX_WORDS];
    bool is_heraf[MAX_WORDS];
    char letters[MAX_WORDS][MAX_WORD];
} Words;

static bool is_word_rune(int32_t rune)
{
    return (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z')
           || (rune >= 0xDF && rune != 0xF7 && rune < 0x2000);
}

/* One keystroke leaves the first or the last byte, and most of the length. */
static bool may_slip(KfText typed, KfText meant)
{
    size_t more = typed.len > meant.len ? typed.len - meant.len : meant.len - typed.len;

    return typed.len && more <= 2
           && (typed.ptr[0] == meant.ptr[0]
               || typed.ptr[typed.len - 1] == meant.ptr[meant.len - 1]);
}

static WordClass class_of(KfText word)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (kf_text_eq(word, words[i].word))
            return words[i].class;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i].word.len >= SLIP_LETTERS && may_slip(word, words[i].word)
            && kf_text_slip(word, words[i].word))
            return words[i].class;
    }
    return CLASS_UNKNOWN;
}

static void end_word(Words *out)
{
    KfText word = { out->letters[out->count], out->len[out->count] };

    if (word.len == 0)
        return;
    out->class[out->count] = class_of(word);
    out->is_heraf[out->count] = kf_text_eq(word, KF_TEXT("heraf"));
    out->count++;
}

static void add_rune(Words *out, int32_t rune, size_t from, size_t to)
{
    size_t word = out->count, *len = &out->len[word];
    KfBuf utf8 = { .ptr = out->letters[word] + *len, .cap = MAX_WORD - *len };

    if (*len == 0)
        out->from[word] = from;
    out->to[word] = to;
    if (*len + 4 > MAX_WORD) {
        out->too_long = true;
        return;
    }
    kf_buf_rune(&utf8, rune);
    *len += utf8.len;
}

static void cut_words(KfText label, Words *out)
{
    *out = (Words){ 0 };
    for (size_t pos = 0, at = 0; pos < label.len; at = pos) {
        int32_t rune = kf_rune_lower(kf_text_next(label, &pos));

        if (rune == 0xAD) /* soft hyphen left over from a document */
            continue;
        if (!is_word_rune(rune)) {
            end_word(out);
        } else if (out->count == MAX_WORDS) {
            out->too_long = true;
            return;
        } else {
            add_rune(out, rune, at, pos);
        }
    }
    if (out->count < MAX_WORDS)
        end_word(out);
}

static size_t count_class(const Words *label, WordClass class)
{
    size_t found = 0;

    for (size_t i = 0; i < label->count; i++)
        found += label->class[i] == class;
    return found;
}

static bool says_heraf(const Words *label)
{
    return label->count && label->is_heraf[0];
}

/* The one payer that a label of nothing but payer words names, or KF_PAYER_NONE. */
static int payer_of(const Words *label)
{
    int payer = KF_PAYER_NONE;

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (!count_class(label, (WordClass)(CLASS_MUNICIPALITY + k)))
            continue;
        if (payer != KF_PAYER_NONE)
            return KF_PAYER_NONE;
        payer = k;
    }
    return payer;
}

KfLabelRole kf_label_role(KfText text)
{
    KfLabelRole role = { KF_ROLE_OTHER, KF_MUNICIPALITY, false, false, false };
    Words label;
    size_t sums, payer_words, known;
    int payer;

    cut_words(text, &label);
    role.part = says_heraf(&label);
    if (label.count == 0 || label.too_long)
        return role;
    sums = count_class(&label, CLASS_SUM);
    role.grand = count_class(&label, CLASS_GRAND) > 0;
    role.summed = sums > 0 || role.grand;
    payer = payer_of(&label);
    payer_words = count_class(&label, CLASS_MUNICIPALITY) + count_class(&label, CLASS_STATE)
                  + count_class(&label, CLASS_REGION) + count_class(&label, CLASS_OTHER);
    known =
        payer_words + sums + count_class(&label, CLASS_GRAND) + count_class(&label, CLASS_FILLER);
    if (known == label.count && payer != KF_PAYER_NONE) {
        role.role = KF_ROLE_PAYER;
        role.payer = (KfPayer)payer;
    } else if (known == label.count && payer_words == 0 && role.summed) {
        role.role = KF_ROLE_TOTAL;
    } else if (known + count_class(&label, CLASS_SECTION) == label.count
               && count_class(&label, CLASS_SECTION)) {
        role.role = role.summed ? KF_ROLE_SUBTOTAL : KF_ROLE_SECTION;
    }
    return role;
}

int kf_course_named(KfText heading)
{
    Words label;

    cut_words(heading, &label);
    if (count_class(&label, CLASS_COUNTERFACTUAL)
        || kf_text_find(heading, KF_TEXT("uden indsats")) != SIZE_MAX
        || kf_text_find(heading, KF_TEXT("Uden indsats")) != SIZE_MAX)
        return KF_COUNTERFACTUAL;
    if (label.count && label.count <= 6 && !label.too_long && count_class(&label, CLASS_ACTUAL))
        return KF_ACTUAL;
    return -1;
}

/* Punctuation that stood between what was kept and what was cut away. */
static KfText trim_marks(KfText text)
{
    for (;;) {
        size_t len;

        text = kf_text_trim(text);
        len = text.len;
        if (len && strchr(",:;-(", text.ptr[len - 1]))
            text.len--;
        else if (kf_text_ends(text, KF_TEXT("–")) || kf_text_ends(text, KF_TEXT("—")))
            text.len -= 3;
        else
            return text;
    }
}

KfText kf_citizen_named(KfText heading)
{
    size_t end = heading.len;
    Words label;

    cut_words(heading, &label);
    if (label.count < 2 || label.class[0] != CLASS_CITIZEN || label.from[0] != 0)
        return (KfText){ 0 };
    for (size_t i = label.count; i-- > 1;) {
        if (label.class[i] == CLASS_ACTUAL || label.class[i] == CLASS_COUNTERFACTUAL)
            end = label.from[i];
    }
    heading = trim_marks(kf_text_slice(heading, 0, end));
    if (heading.len > 60 || heading.len <= label.to[0])
        return (KfText){ 0 };
    return heading;
}

KfText kf_without_course(KfText name)
{
    Words label;

    cut_words(name, &label);
    for (size_t i = 0; i < label.count; i++) {
        if (label.class[i] != CLASS_ACTUAL && label.class[i] != CLASS_COUNTERFACTUAL)
            continue;
        if (i == 0) {
            size_t next = label.count > 1 && label.class[1] == CLASS_FILLER ? 2 : 1;
            KfText rest =
                kf_text_slice(name, next < label.count ? label.from[next] : name.len, name.len);

            return rest.len ? rest : name;
        }
        return trim_marks(kf_text_slice(name, 0, label.from[i]));
    }
    return name;
}

KfOere kf_unit_named(KfText heading)
{
    static const struct {
        KfText text;
        KfOere unit;
    } units[] = {
        { { "1.000 kr", 8 }, 100000 },   { { "1000 kr", 7 }, 100000 },
        { { "t.kr", 4 }, 100000 },       { { "tkr", 3 }, 100000 },
        { { "T.kr", 4 }, 100000 },       { { "Tkr", 3 }, 100000 },
        { { "mio. kr", 7 }, 100000000 }, { { "mio kr", 6 }, 100000000 },
        { { "mio.kr", 6 }, 100000000 },
    };

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (kf_text_find(heading, units[i].text) != SIZE_MAX)
            return units[i].unit;
    }
    return 0;
}

int32_t kf_horizon_named(KfText heading)
{
    size_t at = kf_text_find(heading, KF_TEXT("-årig"));
    int32_t years = 0;

    if (at == SIZE_MAX || at == 0 || at > heading.len)
        return 0;
    while (at > 0 && heading.ptr[at - 1] >= '0' && heading.ptr[at - 1] <= '9')
        at--;
    for (; heading.ptr[at] >= '0' && heading.ptr[at] <= '9' && years < 100; at++)
        years = years * 10 + (heading.ptr[at] - '0');
    return years <= 50 ? years * 12 : 0;
}
