/* Labels are understood by their words: case, dots, commas and footnote marks do
 * not matter, a word that was hyphenated at the end of a line is joined again, and
 * a word of six letters or more may hold one typing error. */
#include "extract/words.h"

#include <string.h>

typedef enum {
    CLASS_UNKNOWN,
    CLASS_FILLER, /* says nothing of its own: "udgift", "for" */
    CLASS_ACTOR,  /* "aktører": whoever pays */
    CLASS_PLACE,  /* names a municipality or a region */
    CLASS_SUM,
    CLASS_SUBSUM, /* "delsum" */
    CLASS_GRAND,  /* "samlet" */
    CLASS_NOT_SUM,
    CLASS_PART, /* "heraf" */
    CLASS_MUNICIPALITY,
    CLASS_STATE,
    CLASS_REGION,
    CLASS_OTHER,
    CLASS_SECTION,
    CLASS_COUNTERFACTUAL,
    CLASS_ACTUAL,
    CLASS_EXPECTED, /* actual, unless more is said: "forventet forløb uden indsats" */
    CLASS_SCENARIO, /* a letter or number follows: "Scenarie B" */
    CLASS_COURSE,   /* "forløb" */
    CLASS_WITH,
    CLASS_WITHOUT,
    CLASS_EFFORT, /* "indsats": what a course is with or without */
    CLASS_IF,
    CLASS_NOT,
    CLASS_ACT, /* "sat ind" */
    CLASS_CITIZEN,
    CLASS_NOTE,
    CLASS_COUNT
} WordClass;

static const struct {
    WordClass class;
    KfText form;
} words[] = {
#define KF_WORD(class, form) { CLASS_##class, { form, sizeof(form) - 1 } },
#include "extract/words.def"
#undef KF_WORD
};

enum { PLAIN_ROOM = 160 };

enum { MAX_WORDS = 12, MAX_LETTERS = 240, SLIP_LETTERS = 6, LONGEST_FORM = 4, TITLE_WORDS = 10 };

typedef struct {
    size_t from, to;   /* in the label */
    size_t start, end; /* in letters */
    WordClass class;
    bool is_mark; /* "1)": of a footnote */
} Word;

/* A label cut into lower-case words, one space between them. */
typedef struct {
    Word at[MAX_WORDS];
    size_t count;
    bool too_long;
    char letters[MAX_LETTERS];
    size_t letter_count;
} Words;

/* ---- cutting --------------------------------------------------------------- */

static bool is_word_rune(int32_t rune)
{
    return (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z')
           || (rune >= 0xDF && rune != 0xF7 && rune < 0x2000);
}

static int32_t peek(KfText text, size_t pos)
{
    return kf_rune_lower(kf_text_next(text, &pos));
}

/* Behind the line break of "kontant-\nhjælp" when pos stands behind its hyphen, else
 * pos. */
static size_t skip_line_break(KfText text, size_t pos)
{
    size_t next = pos;

    while (peek(text, next) == '\r' || peek(text, next) == '\n')
        next++;
    return next > pos && is_word_rune(peek(text, next)) ? next : pos;
}

/* Behind all that does not part a word: soft hyphens, hyphens at a line's end. */
static size_t skip_inside(KfText text, size_t pos)
{
    size_t next = pos;
    int32_t rune = kf_text_next(text, &next);

    if (rune == 0xAD)
        return skip_line_break(text, next);
    if (rune == '-' || rune == 0x2010)
        return skip_line_break(text, next) > next ? skip_line_break(text, next) : pos;
    return pos;
}

/* Appends a rune in UTF-8; the ring of a decomposed å joins the letter before it. */
static void put_rune(Words *out, int32_t rune)
{
    KfBuf utf8 = { .ptr = out->letters, .len = out->letter_count, .cap = MAX_LETTERS };

    if (out->letter_count + 4 > MAX_LETTERS) {
        out->too_long = true;
        return;
    }
    if (rune == 0x30A && utf8.len && utf8.ptr[utf8.len - 1] == 'a') {
        utf8.len--;
        rune = 0xE5;
    }
    kf_buf_rune(&utf8, rune);
    out->letter_count = utf8.len;
}

static KfText word_text(const Words *label, size_t first, size_t last)
{
    return (KfText){ label->letters + label->at[first].start,
                     label->at[last].end - label->at[first].start };
}

static bool is_number(KfText word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] < '0' || word.ptr[i] > '9')
            return false;
    }
    return word.len > 0;
}

static void add_word(Words *out, KfText label, size_t *pos)
{
    Word *word = &out->at[out->count];

    if (out->count)
        put_rune(out, ' ');
    *word = (Word){ .from = *pos, .start = out->letter_count };
    while (*pos < label.len) {
        size_t inside = skip_inside(label, *pos);

        if (inside > *pos) {
            *pos = inside;
            continue;
        }
        if (!is_word_rune(peek(label, *pos)))
            break;
        put_rune(out, kf_rune_lower(kf_text_next(label, pos)));
        word->to = *pos;
    }
    word->end = out->letter_count;
    word->is_mark = peek(label, *pos) == ')' && word->end - word->start <= 2
                    && is_number(word_text(out, out->count, out->count));
    out->count++;
}

static void cut_words(KfText label, Words *out)
{
    out->count = out->letter_count = 0;
    out->too_long = false;
    for (size_t pos = 0; pos < label.len && !out->too_long;) {
        if (!is_word_rune(peek(label, pos)))
            kf_text_next(label, &pos);
        else if (out->count == MAX_WORDS)
            out->too_long = true;
        else
            add_word(out, label, &pos);
    }
}

/* ---- classes --------------------------------------------------------------- */

static WordClass class_of_form(KfText form)
{
    size_t low = 0, high = sizeof words / sizeof words[0];

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = kf_text_cmp(form, words[middle].form);

        if (order == 0)
            return words[middle].class;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return CLASS_UNKNOWN;
}

/* One keystroke leaves the first or the last byte, and most of the length. */
static bool may_slip(KfText typed, KfText meant)
{
    size_t more = typed.len > meant.len ? typed.len - meant.len : meant.len - typed.len;

    return meant.len >= SLIP_LETTERS && typed.len && more <= 2
           && (typed.ptr[0] == meant.ptr[0]
               || typed.ptr[typed.len - 1] == meant.ptr[meant.len - 1]);
}

/* The class of the words a keystroke away, when they agree on it. */
static WordClass class_by_slip(KfText word)
{
    WordClass found = CLASS_UNKNOWN;

    if (word.len + 2 < SLIP_LETTERS)
        return CLASS_UNKNOWN;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i].class == found || !may_slip(word, words[i].form)
            || !kf_text_slip(word, words[i].form))
            continue;
        if (found != CLASS_UNKNOWN)
            return CLASS_UNKNOWN;
        found = words[i].class;
    }
    return found;
}

/* The words of the longest form that begins at word i; 0 when there is none. */
static size_t match_form(const Words *label, size_t i, WordClass *class)
{
    size_t most = label->count - i < LONGEST_FORM ? label->count - i : LONGEST_FORM;

    for (; most > 0; most--) {
        *class = class_of_form(word_text(label, i, i + most - 1));
        if (*class != CLASS_UNKNOWN)
            return most;
    }
    return 0;
}

static void classify(Words *label)
{
    for (size_t i = 0; i < label->count;) {
        WordClass class;
        size_t matched = match_form(label, i, &class);

        if (matched == 0) {
            matched = 1;
            class = class_by_slip(word_text(label, i, i));
        }
        for (; matched > 0; matched--)
            label->at[i++].class = class;
    }
}

static void read_label(KfText text, Words *label)
{
    cut_words(text, label);
    classify(label);
}

static size_t count_class(const Words *label, WordClass class)
{
    size_t found = 0;

    for (size_t i = 0; i < label->count; i++)
        found += label->at[i].class == class;
    return found;
}

static void drop_marks(Words *label)
{
    size_t kept = 0;

    for (size_t i = 0; i < label->count; i++) {
        if (!label->at[i].is_mark)
            label->at[kept++] = label->at[i];
    }
    label->count = kept;
}

/* ---- roles ----------------------------------------------------------------- */

/* "Øvrige udgifter" are costs; "Udgift, øvrige", "Øvrige i alt", "Øvrige aktører" a payer. */
static bool other_costs(const Words *label)
{
    return label->count > 1 && label->at[0].class == CLASS_OTHER
           && label->at[1].class == CLASS_FILLER
           && !kf_text_eq(word_text(label, 1, 1), KF_TEXT("i")) && !count_class(label, CLASS_ACTOR);
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
    return payer == KF_OTHER && other_costs(label) ? KF_PAYER_NONE : payer;
}

static bool is_note(KfText text, const Words *label)
{
    size_t behind = label->count ? label->at[0].to : 0;

    if (kf_text_starts(text, KF_TEXT("*")))
        return true;
    if (label->count && label->at[0].is_mark && label->at[0].from == 0)
        return true;
    return label->count && label->at[0].class == CLASS_NOTE && label->at[0].from == 0
           && peek(text, behind) == ':';
}

static size_t count_classes(const Words *label, WordClass first, WordClass last)
{
    size_t found = 0;

    for (size_t i = 0; i < label->count; i++)
        found += label->at[i].class >= first && label->at[i].class <= last;
    return found;
}

static KfRole role_of(const Words *label, const KfLabelRole *role, int payer)
{
    size_t payers = count_classes(label, CLASS_MUNICIPALITY, CLASS_OTHER);
    size_t sections = count_class(label, CLASS_SECTION);
    size_t courses = count_class(label, CLASS_COURSE);
    size_t known = count_classes(label, CLASS_FILLER, CLASS_PART) + payers + courses;

    if (known == label->count && payer != KF_PAYER_NONE)
        return KF_ROLE_PAYER;
    if (known + sections < label->count || (payers == 0 && count_class(label, CLASS_PLACE)))
        return KF_ROLE_OTHER;
    if (count_class(label, CLASS_SUBSUM))
        return KF_ROLE_SUBTOTAL;
    if (sections)
        return role->summed ? KF_ROLE_SUBTOTAL : KF_ROLE_SECTION;
    return payers == 0 && role->summed ? KF_ROLE_TOTAL : KF_ROLE_OTHER;
}

/* Drops the footnote marks of the label. */
static KfLabelRole role_by_words(KfText text, Words *label)
{
    KfLabelRole role = { .payer = KF_MUNICIPALITY };
    int payer;

    if (is_note(text, label)) {
        role.role = KF_ROLE_NOTE;
        return role;
    }
    drop_marks(label);
    if (label->count == 0)
        return role;
    role.part = label->at[0].class == CLASS_PART;
    role.not_sum = count_class(label, CLASS_NOT_SUM) > 0;
    role.grand = count_class(label, CLASS_GRAND) > 0;
    role.summed = role.grand || count_class(label, CLASS_SUM) > 0;
    if (label->too_long)
        return role;
    payer = payer_of(label);
    role.role = role_of(label, &role, payer);
    if (role.role == KF_ROLE_PAYER)
        role.payer = (KfPayer)payer;
    return role;
}

static KfLabelRole role_of_text(KfText text)
{
    Words label;

    read_label(text, &label);
    return role_by_words(text, &label);
}

/* "Øvrige aktører (fonde)" is what stands before the bracket, when that says it. */
static KfLabelRole without_bracket(KfText text, KfLabelRole role)
{
    KfLabelRole before;
    size_t open = kf_text_find(text, KF_TEXT("("));

    if (role.role != KF_ROLE_OTHER || open == SIZE_MAX || open == 0
        || !kf_text_ends(text, KF_TEXT(")")))
        return role;
    before = role_of_text(kf_text_slice(text, 0, open));
    before.not_sum |= role.not_sum;
    return before.role != KF_ROLE_OTHER && before.role != KF_ROLE_NOTE ? before : role;
}

KfLabelRole kf_label_role(KfText text)
{
    return without_bracket(text, role_of_text(text));
}

/* Whether the words of the heading stand in the label, in their order. */
static bool holds_words(const Words *label, const Words *heading)
{
    size_t at = 0;

    for (size_t i = 0; i < heading->count; i++) {
        if (heading->at[i].is_mark)
            continue;
        while (at < label->count && !kf_text_eq(word_text(label, at, at), word_text(heading, i, i)))
            at++;
        if (at++ == label->count)
            return false;
    }
    return true;
}

/* What the words are is asked last, being dear: few labels hold the section's words. */
static bool is_sum_class(WordClass class)
{
    return class == CLASS_SUM || class == CLASS_GRAND || class == CLASS_SUBSUM;
}

static bool says_sum(const Words *label)
{
    for (size_t i = 0; i < label->count; i++) {
        if (is_sum_class(label->at[i].class))
            return true;
    }
    return false;
}

bool kf_label_sums_section(KfText text, KfText section)
{
    Words label, heading;
    size_t at = 0, sums = 0;

    cut_words(text, &label);
    cut_words(section, &heading);
    if (!holds_words(&label, &heading))
        return false;
    classify(&label);
    drop_marks(&label);
    drop_marks(&heading);
    for (size_t i = 0; i < label.count; i++) {
        WordClass class = label.at[i].class;

        if (at < heading.count && kf_text_eq(word_text(&label, i, i), word_text(&heading, at, at)))
            at++;
        else if (is_sum_class(class))
            sums++;
        else if (class != CLASS_FILLER)
            return false;
    }
    return sums && heading.count && at == heading.count && !label.too_long;
}

static bool is_page_mark(KfText text, const Words *label)
{
    if (label->count == 0 || label->count > 4 || label->too_long)
        return false;
    if (label->count == 1)
        return is_number(word_text(label, 0, 0)) && text.len <= 9
               && text.len > label->at[0].to - label->at[0].from; /* "- 2 -" */
    return (kf_text_eq(word_text(label, 0, 0), KF_TEXT("side"))
            || kf_text_eq(word_text(label, 0, 0), KF_TEXT("page")))
           && is_number(word_text(label, 1, 1));
}

/* ---- courses --------------------------------------------------------------- */

static bool has_behind(const Words *label, size_t from, WordClass class)
{
    for (size_t i = from + 1; i < label->count && i <= from + LONGEST_FORM; i++) {
        if (label->at[i].class == class)
            return true;
    }
    return false;
}

/* Nothing but words of headings, or a citizen, stands before word i. */
static bool begins(const Words *label, size_t i)
{
    while (i-- > 0) {
        WordClass class = label->at[i].class;

        if (i <= 1 && label->at[0].class == CLASS_CITIZEN)
            continue;
        if (class != CLASS_FILLER && class != CLASS_COURSE && class != CLASS_ACTUAL
            && class != CLASS_EXPECTED && class != CLASS_SCENARIO && !label->at[i].is_mark
            && label->at[i].end - label->at[i].start > 1)
            return false;
    }
    return true;
}

/* "med indsats", "uden den fremskudte indsats" */
static KfCourseName by_effort(const Words *label)
{
    for (size_t i = 0; i < label->count; i++) {
        WordClass class = label->at[i].class;

        if ((class == CLASS_WITH || class == CLASS_WITHOUT) && begins(label, i)
            && has_behind(label, i, CLASS_EFFORT))
            return (KfCourseName){ class == CLASS_WITH ? KF_ACTUAL : KF_COUNTERFACTUAL, true };
    }
    return (KfCourseName){ -1, false };
}

/* "Hvis indsatsen ikke var sat ind" */
static bool by_condition(const Words *label)
{
    return label->count && label->at[0].class == CLASS_IF && count_class(label, CLASS_NOT)
           && (count_class(label, CLASS_EFFORT) || count_class(label, CLASS_ACT)
               || count_class(label, CLASS_COURSE));
}

/* "Scenarie A" is the actual course, "Scenarie B" the other. */
static KfCourseName by_scenario(const Words *label)
{
    for (size_t i = 0; i + 1 < label->count; i++) {
        KfText name = word_text(label, i + 1, i + 1);

        if (label->at[i].class != CLASS_SCENARIO || !begins(label, i) || name.len != 1)
            continue;
        if (name.ptr[0] == 'a' || name.ptr[0] == '1')
            return (KfCourseName){ KF_ACTUAL, false };
        if (name.ptr[0] == 'b' || name.ptr[0] == '2')
            return (KfCourseName){ KF_COUNTERFACTUAL, false };
    }
    return (KfCourseName){ -1, false };
}

static KfCourseName course_by_words(const Words *label)
{
    KfCourseName none = { -1, false }, effort = by_effort(label);
    bool counter = count_class(label, CLASS_COUNTERFACTUAL) > 0;
    bool actual = count_class(label, CLASS_ACTUAL) > 0;
    bool course = count_class(label, CLASS_COURSE) > 0;

    if (label->too_long || label->count > TITLE_WORDS)
        return none;
    if (counter && actual) /* the title of both */
        return none;
    if (counter || by_condition(label))
        return (KfCourseName){ KF_COUNTERFACTUAL, true };
    if (effort.kind == KF_COUNTERFACTUAL && !actual)
        return effort;
    if (label->count <= 6 && (actual || count_class(label, CLASS_EXPECTED)))
        return (KfCourseName){ KF_ACTUAL, course };
    return effort.kind >= 0 ? effort : by_scenario(label);
}

KfCourseName kf_course_name(KfText heading)
{
    Words label;

    read_label(heading, &label);
    return course_by_words(&label);
}

int kf_course_named(KfText heading)
{
    return kf_course_name(heading).kind;
}

static bool is_course_word(const Word *word)
{
    return word->class == CLASS_ACTUAL || word->class == CLASS_COUNTERFACTUAL
           || word->class == CLASS_EXPECTED;
}

/* ---- citizens -------------------------------------------------------------- */

/* Punctuation that stood between what was kept and what was cut away. */
static KfText trim_marks(KfText text)
{
    for (;;) {
        size_t len;

        text = kf_text_trim(text);
        len = text.len;
        if (len && strchr(",:;-(/", text.ptr[len - 1]))
            text.len--;
        else if (kf_text_ends(text, KF_TEXT("–")) || kf_text_ends(text, KF_TEXT("—")))
            text.len -= 3;
        else
            return text;
    }
}

static bool is_numbering(KfText word)
{
    return kf_text_eq(word, KF_TEXT("nr")) || kf_text_eq(word, KF_TEXT("nummer"))
           || kf_text_eq(word, KF_TEXT("id"));
}

/* A number, a letter or a name: what stands behind "Borger". */
static bool is_name(KfText heading, const Words *label, size_t i)
{
    size_t pos = label->at[i].from;
    int32_t first = kf_text_next(heading, &pos);

    return (first >= '0' && first <= '9') || first != kf_rune_lower(first)
           || label->at[i].end - label->at[i].start == 1 || is_numbering(word_text(label, i, i));
}

/* "forløb uden indsats" behind a name */
static bool begins_effort(const Words *label, size_t i)
{
    const size_t with = i + (label->at[i].class == CLASS_COURSE);

    return with < label->count
           && (label->at[with].class == CLASS_WITH || label->at[with].class == CLASS_WITHOUT)
           && has_behind(label, with, CLASS_EFFORT);
}

static KfText citizen_by_words(KfText heading, const Words *label)
{
    size_t end = heading.len;

    if (label->count < 2 || label->at[0].class != CLASS_CITIZEN || label->at[0].from != 0
        || (!is_name(heading, label, 1) && peek(heading, label->at[0].to) != ':'))
        return (KfText){ 0 };
    for (size_t i = label->count; i-- > 1;) {
        if (is_course_word(&label->at[i]) || begins_effort(label, i))
            end = label->at[i].from;
    }
    heading = trim_marks(kf_text_slice(heading, 0, end));
    if (heading.len > 60 || heading.len <= label->at[0].to)
        return (KfText){ 0 };
    return heading;
}

KfText kf_citizen_named(KfText heading)
{
    Words label;

    read_label(heading, &label);
    return citizen_by_words(heading, &label);
}

static bool announces_citizen(const Words *label)
{
    return label->count && label->count <= 2 && label->at[0].class == CLASS_CITIZEN
           && label->at[0].from == 0 && (label->count == 1 || is_numbering(word_text(label, 1, 1)));
}

KfLabelWords kf_label_words(KfText text)
{
    KfLabelWords out;
    Words label;

    read_label(text, &label);
    out.course = course_by_words(&label);
    out.citizen = citizen_by_words(text, &label);
    out.announces = announces_citizen(&label);
    out.is_page_mark = is_page_mark(text, &label);
    out.says_sum = says_sum(&label);
    out.role = without_bracket(text, role_by_words(text, &label)); /* last: it drops marks */
    return out;
}

KfText kf_without_course(KfText name)
{
    size_t first = SIZE_MAX, last = 0;
    Words label;

    read_label(name, &label);
    for (size_t i = 0; i < label.count; i++) {
        if (is_course_word(&label.at[i]) && first == SIZE_MAX)
            first = i;
        if (first != SIZE_MAX
            && (is_course_word(&label.at[i]) || label.at[i].class == CLASS_COURSE))
            last = i;
    }
    if (first == SIZE_MAX)
        return name;
    if (first > 0)
        return trim_marks(kf_text_slice(name, 0, label.at[first].from));
    return last + 1 < label.count ? kf_text_slice(name, label.at[last + 1].from, name.len)
                                  : (KfText){ 0 };
}

/* ---- units and horizons ---------------------------------------------------- */

/* Lower case, one space for white space of any kind; cut to what a heading can say. */
static KfText plain(KfText text, char *room, size_t size)
{
    KfBuf buf = { .ptr = room, .cap = size };

    for (size_t pos = 0; pos < text.len && buf.len + 4 <= size;) {
        int32_t rune = kf_rune_lower(kf_text_next(text, &pos));
        bool space = kf_rune_is_space(rune);

        if (!space || (buf.len && room[buf.len - 1] != ' '))
            kf_buf_rune(&buf, space ? ' ' : rune);
    }
    return kf_buf_view(&buf);
}

static const struct {
    KfText form;
    KfOere unit;
} units[] = {
#define KF_UNIT(unit, form) { { form, sizeof(form) - 1 }, INT64_C(unit) },
#include "extract/units.def"
#undef KF_UNIT
};

static bool ends_with_any(KfText text, const KfText *ends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kf_text_ends(text, ends[i]))
            return true;
    }
    return false;
}

/* Whether nothing that belongs to the form follows: "t.kr.", "t.kr.)", "t.kr. (2013-
 * priser)", but not "1.000,50" or "1.000 kr. om måneden". */
static bool ends_form(KfText behind)
{
    size_t marks = 0;

    while (marks < behind.len && strchr(".)]:;,", behind.ptr[marks]))
        marks++;
    if (marks == behind.len)
        return true;
    return (behind.ptr[marks] == ' ' || behind.ptr[marks] == '(')
           && (kf_text_find(behind, KF_TEXT("(")) <= marks + 1
               || kf_text_find(kf_text_slice(behind, 0, marks), KF_TEXT(",")) != SIZE_MAX);
}

/* Whether the form at at..end declares a unit: alone, in brackets, behind "i" or a
 * comma; "Egenbetaling på 1.000 kr." is an amount. */
static bool declares(KfText text, size_t at, size_t end)
{
    static const KfText openings[] = { { " i", 2 }, { "(", 1 }, { "(i", 2 },  { "[", 1 },
                                       { ",", 1 },  { ":", 1 }, { "hele", 4 } };
    KfText before = kf_text_trim(kf_text_slice(text, 0, at));

    if (!ends_form(kf_text_slice(text, end, text.len)))
        return false;
    if (before.len == 0) /* "1.000" alone is an amount */
        return text.ptr[end - 1] != '0';
    return kf_text_eq(before, KF_TEXT("i"))
           || ends_with_any(before, openings, sizeof openings / sizeof openings[0]);
}

static KfOere unit_in(KfText text)
{
    uint64_t letters = kf_text_letters(text);

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t at;

        if (!kf_letters_hold(letters, units[i].form))
            continue;
        at = kf_text_find(text, units[i].form);
        if (at != SIZE_MAX && declares(text, at, at + units[i].form.len))
            return units[i].unit;
    }
    return 0;
}

KfOere kf_unit_named(KfText heading)
{
    char room[PLAIN_ROOM];

    return unit_in(plain(heading, room, sizeof room));
}

/* Whether the text speaks of all amounts. */
static bool speaks_of_all(KfText lower)
{
    static const KfText openings[] = { { "alle ", 5 },   { "beløb", 6 },    { "tal ", 4 },
                                       { "tallene", 7 }, { "udgifter", 8 }, { "opgjort", 7 },
                                       { "angivet", 7 }, { "enhed", 5 },    { "i ", 2 } };

    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        if (kf_text_starts(lower, openings[i]))
            return true;
    }
    return false;
}

/* "3-årigt forløb", "3 årig periode"; a person of nine years has no horizon. */
static bool is_horizon(KfText behind)
{
    static const KfText nouns[] = { { "forløb", 7 },      { "periode", 7 },    { "horisont", 8 },
                                    { "perspektiv", 10 }, { "opgørelse", 10 }, { "beregning", 9 } };

    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++) {
        size_t at = kf_text_find(behind, nouns[i]);

        if (at <= 4)
            return true;
    }
    return false;
}

static int32_t horizon_in(KfText text)
{
    size_t at = kf_text_find(text, KF_TEXT("årig")), end;
    int32_t years = 0;

    if (at == SIZE_MAX || at < 2 || (text.ptr[at - 1] != '-' && text.ptr[at - 1] != ' ')
        || !is_horizon(kf_text_slice(text, at + 5, text.len)))
        return 0;
    end = --at;
    while (at > 0 && text.ptr[at - 1] >= '0' && text.ptr[at - 1] <= '9')
        at--;
    for (; at < end && years < 100; at++)
        years = years * 10 + (text.ptr[at] - '0');
    return years <= 50 ? years * 12 : 0;
}

KfLabelUnits kf_label_units(KfText text)
{
    char room[PLAIN_ROOM];
    KfText lower = plain(text, room, sizeof room);
    KfLabelUnits out = { unit_in(lower), 0, horizon_in(lower) };

    if (out.named && speaks_of_all(lower))
        out.of_all = out.named;
    return out;
}
