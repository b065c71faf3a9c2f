/* Published figures: one a row, under the headings source, municipality, measure,
 * payer and value in any order, in Danish or English. */
#include "reconcile/against.h"
#include "reconcile/municipality.h"
#include "reconcile/sums.h"

enum {
    COLUMN_SOURCE,
    COLUMN_MUNICIPALITY,
    COLUMN_MEASURE,
    COLUMN_PAYER,
    COLUMN_CITIZEN,
    COLUMN_VALUE,
    COLUMN_COUNT
};

typedef struct {
    KfArena *arena;
    const KfGrid *grid;
    KfReconciliation *out;
    size_t cap;
    uint32_t column[COLUMN_COUNT]; /* UINT32_MAX: there is none */
} Reader;

/* ---- words ----------------------------------------------------------------- */

typedef struct {
    const char *word;
    int meaning;
} Word;

static const Word heading_words[] = {
    { "source", COLUMN_SOURCE },
    { "kilde", COLUMN_SOURCE },
    { "municipality", COLUMN_MUNICIPALITY },
    { "kommune", COLUMN_MUNICIPALITY },
    { "measure", COLUMN_MEASURE },
    { "mål", COLUMN_MEASURE },
    { "måltal", COLUMN_MEASURE },
    { "payer", COLUMN_PAYER },
    { "betaler", COLUMN_PAYER },
    { "citizen", COLUMN_CITIZEN },
    { "borger", COLUMN_CITIZEN },
    { "value_kr", COLUMN_VALUE },
    { "value", COLUMN_VALUE },
    { "værdi", COLUMN_VALUE },
    { "beløb", COLUMN_VALUE },
    { "kroner", COLUMN_VALUE },
    { "kr", COLUMN_VALUE },
};

/* The longer word stands first where one holds the other. */
static const Word measure_words[] = {
    { "nettogevinst", KF_MEASURE_GAIN },
    { "net gain", KF_MEASURE_GAIN },
    { "kontrafaktisk", KF_MEASURE_COUNTERFACTUAL },
    { "counterfactual", KF_MEASURE_COUNTERFACTUAL },
    { "faktisk", KF_MEASURE_ACTUAL },
    { "actual", KF_MEASURE_ACTUAL },
    { "pr. sag", KF_MEASURE_COST },
    { "per case", KF_MEASURE_COST },
};

static const Word each_words[] = {
    { "pr. borger", 1 },  { "per borger", 1 }, { "gennemsnit", 1 },
    { "per citizen", 1 }, { "a citizen", 1 },  { "average", 1 },
};

static const Word all_words[] = {
    { "i alt", 1 },
    { "samlet", 1 },
    { "total", 1 },
};

static const Word payer_words[] = {
    { "kommun", KF_MUNICIPALITY }, { "municipal", KF_MUNICIPALITY }, { "stat", KF_STATE },
    { "region", KF_REGION },       { "øvrige", KF_OTHER },           { "other", KF_OTHER },
    { "i alt", KF_ALL_PAYERS },    { "alle", KF_ALL_PAYERS },        { "total", KF_ALL_PAYERS },
    { "all", KF_ALL_PAYERS },
};

/* Where text goes on behind a word that stands at pos, in any case; SIZE_MAX when it
 * does not stand there. */
static size_t behind_word(KfText text, size_t pos, KfText word)
{
    for (size_t at = 0; at < word.len;) {
        if (kf_rune_lower(kf_text_next(text, &pos)) != kf_text_next(word, &at))
            return SIZE_MAX;
    }
    return pos;
}

static bool holds_word(KfText text, KfText word)
{
    for (size_t pos = 0; pos < text.len; kf_text_next(text, &pos)) {
        if (behind_word(text, pos, word) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Meaning of the first word that the text holds, or -1. */
static int meaning_of(KfText text, const Word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (holds_word(text, kf_text(words[i].word)))
            return words[i].meaning;
    }
    return -1;
}

#define MEANING(text, words) meaning_of((text), (words), sizeof(words) / sizeof *(words))

/* ---- the table ------------------------------------------------------------- */

static KfText text_at(const Reader *in, uint32_t row, int column)
{
    const KfCell *cell = NULL;

    if (in->column[column] != UINT32_MAX)
        cell = kf_grid_at(in->grid, row, in->column[column]);
    return cell ? kf_text_trim(cell->text) : KF_TEXT("");
}

/* Takes the columns of a row of headings; false when it is none. */
static bool read_headings(Reader *in, uint32_t row)
{
    for (int i = 0; i < COLUMN_COUNT; i++)
        in->column[i] = UINT32_MAX;
    for (uint32_t col = 0; col < in->grid->col_count; col++) {
        const KfCell *cell = kf_grid_at(in->grid, row, col);
        KfText text = cell ? kf_text_trim(cell->text) : KF_TEXT("");

        for (size_t i = 0; i < sizeof heading_words / sizeof *heading_words; i++) {
            if (behind_word(text, 0, kf_text(heading_words[i].word)) == text.len)
                in->column[heading_words[i].meaning] = col;
        }
    }
    return in->column[COLUMN_MEASURE] != UINT32_MAX && in->column[COLUMN_VALUE] != UINT32_MAX;
}

/* ---- comparing ------------------------------------------------------------- */

bool kf_same_municipality(KfText a, KfText b)
{
    KfText known_a = kf_municipality_of_path(a), known_b = kf_municipality_of_path(b);

    return kf_text_eq(a, b) || (known_a.len && kf_text_eq(known_a, known_b));
}

static const KfGroup *group_of(const KfReconciliation *all, const KfPublished *row)
{
    return row->group == all->group_count ? &all->all : &all->groups[row->group];
}

static void find_group(KfPublished *row, const KfReconciliation *all)
{
    row->group = row->municipality.len ? KF_NO_INDEX : all->group_count;
    for (size_t i = 0; row->municipality.len && i < all->group_count; i++) {
        if (kf_same_municipality(all->groups[i].name, row->municipality))
            row->group = i;
    }
}

/* Whether a case is among those that a figure is made of. */
static bool is_among(const KfReconciliation *all, const KfPublished *row, size_t file, size_t item)
{
    if (row->citizen.len)
        return row->file == file && row->item == item;
    return row->group == all->group_count
           || kf_text_eq(kf_group_name(all, file, item), all->groups[row->group].name);
}

/* The only citizen of the group that is called so. */
static void find_citizen(KfPublished *row, const KfReconciliation *all)
{
    KfPublished any = *row;
    size_t found = 0;

    any.citizen = KF_TEXT("");
    row->file = KF_NO_INDEX;
    for (size_t i = 0; i < all->file_count; i++) {
        const KfFileDigest *file = &all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++) {
            if (!kf_text_eq(file->cases[k].citizen, row->citizen) || !is_among(all, &any, i, k))
                continue;
            row->file = i;
            row->item = k;
            found++;
        }
    }
    if (found != 1)
        row->file = KF_NO_INDEX;
}

static KfOere figure_of_citizen(const KfReconciliation *all, const KfPublished *row, KfView view)
{
    const KfCaseDigest *item = &all->files[row->file].cases[row->item];
    bool actual = row->kind == KF_MEASURE_ACTUAL || row->kind == KF_MEASURE_ACTUAL_EACH;
    const KfCourseSums *course = &item->courses[actual ? KF_ACTUAL : KF_COUNTERFACTUAL];

    if (row->kind == KF_MEASURE_COST)
        return KF_NOT_STATED;
    if (row->kind == KF_MEASURE_GAIN || row->kind == KF_MEASURE_ALL_GAIN)
        return kf_case_gain(item, view, row->sum);
    return course->has ? course->sums[view].of[row->sum] : KF_NOT_STATED;
}

static KfOere figure_of_group(const KfGroup *group, const KfPublished *row, KfView view)
{
    const KfSums *actual = &group->totals[view][KF_ACTUAL];
    const KfSums *counterfactual = &group->totals[view][KF_COUNTERFACTUAL];

    switch (row->kind) {
    case KF_MEASURE_GAIN:
        return group->gain[view].of[row->sum];
    case KF_MEASURE_ALL_GAIN:
        return kf_sum_minus(counterfactual->of[row->sum], actual->of[row->sum]);
    case KF_MEASURE_ACTUAL:
        return actual->of[row->sum];
    case KF_MEASURE_COUNTERFACTUAL:
        return counterfactual->of[row->sum];
    case KF_MEASURE_ACTUAL_EACH:
        return kf_cost_each(group, view, KF_ACTUAL, row->sum);
    case KF_MEASURE_COUNTERFACTUAL_EACH:
        return kf_cost_each(group, view, KF_COUNTERFACTUAL, row->sum);
    case KF_MEASURE_COST:
        break;
    }
    return group->case_cost[view];
}

static KfOere our_figure(const KfReconciliation *all, const KfPublished *row, KfView view)
{
    if (row->group == KF_NO_INDEX || (row->citizen.len && row->file == KF_NO_INDEX))
        return KF_NOT_STATED;
    return row->citizen.len ? figure_of_citizen(all, row, view)
                            : figure_of_group(group_of(all, row), row, view);
}

/* ---- what a correction changes of it ------------------------------------------- */

/* 1 when a cost of the course makes the figure larger, -1 when smaller, 0: not at all. */
static int direction(KfMeasure kind, KfCourseKind course)
{
    switch (kind) {
    case KF_MEASURE_GAIN:
    case KF_MEASURE_ALL_GAIN:
        return course == KF_COUNTERFACTUAL ? 1 : -1;
    case KF_MEASURE_ACTUAL:
    case KF_MEASURE_ACTUAL_EACH:
        return course == KF_ACTUAL;
    case KF_MEASURE_COUNTERFACTUAL:
    case KF_MEASURE_COUNTERFACTUAL_EACH:
        return course == KF_COUNTERFACTUAL;
    case KF_MEASURE_COST:
        break;
    }
    return 0;
}

static bool is_each(KfMeasure kind)
{
    return kind == KF_MEASURE_GAIN || kind == KF_MEASURE_ACTUAL_EACH
           || kind == KF_MEASURE_COUNTERFACTUAL_EACH;
}

KfOere kf_published_effect(const KfReconciliation *all, const KfPublished *row, size_t file,
                           size_t item, const KfCorrection *correction)
{
    KfOere moves = correction->moves * direction(row->kind, correction->course);

    if (correction->moves == KF_NOT_STATED || row->group == KF_NO_INDEX
        || (correction->payer != row->sum && row->sum != KF_ALL_PAYERS)
        || !is_among(all, row, file, item)
        || kf_case_gain(&all->files[file].cases[item], KF_TYPED, row->sum) == KF_NOT_STATED)
        return 0;
    return is_each(row->kind) && !row->citizen.len
               ? kf_sum_share(moves, group_of(all, row)->counted[row->sum])
               : moves;
}

/* Printed figures are rounded, or their last digits are cut. */
static bool is_rounded(KfOere ours, const KfPublished *row)
{
    return ours != KF_NOT_STATED && ours - row->published < row->unit
           && row->published - ours < row->unit;
}

static KfAgreement compare(const KfPublished *row)
{
    if (row->ours[KF_TYPED] == KF_NOT_STATED)
        return KF_NOT_IN_FILES;
    if (row->ours[KF_TYPED] == row->published)
        return KF_AGREES;
    if (is_rounded(row->ours[KF_TYPED], row))
        return KF_AGREES_ROUNDED;
    if (is_rounded(row->ours[KF_CORRECTED], row))
        return KF_AGREES_CORRECTED;
    return is_rounded(row->ours[KF_ACCEPTED], row) ? KF_AGREES_ACCEPTED : KF_DIFFERS;
}

static bool read_value(const Reader *in, uint32_t row, KfPublished *out)
{
    static const KfOere units[] = { 100, 10, 1 };
    KfText text = text_at(in, row, COLUMN_VALUE);
    KfAmount amount;

    if (kf_amount_read(text, KF_SEP_DANISH, &amount) != KF_READ_OK)
        return false;
    out->published = amount.oere;
    out->unit = units[amount.decimals < 2 ? amount.decimals : 2];
    return true;
}

/* "Kontrafaktisk forløb pr. borger", "Nettogevinst i alt". */
static int measure_of(KfText text)
{
    int measure = MEANING(text, measure_words);
    bool each = MEANING(text, each_words) > 0, all = MEANING(text, all_words) > 0;

    if (measure == KF_MEASURE_GAIN)
        return all && !each ? KF_MEASURE_ALL_GAIN : measure;
    if (measure == KF_MEASURE_ACTUAL && each)
        return KF_MEASURE_ACTUAL_EACH;
    return measure == KF_MEASURE_COUNTERFACTUAL && each ? KF_MEASURE_COUNTERFACTUAL_EACH : measure;
}

/* A cost a case has no payer; of another measure none means all of them. */
static bool read_row(const Reader *in, uint32_t row, KfPublished *out)
{
    int measure = measure_of(text_at(in, row, COLUMN_MEASURE));
    KfText payer = text_at(in, row, COLUMN_PAYER);

    *out = (KfPublished){
        .source = kf_arena_text(in->arena, text_at(in, row, COLUMN_SOURCE)),
        .municipality = kf_arena_text(in->arena, text_at(in, row, COLUMN_MUNICIPALITY)),
        .measure = kf_arena_text(in->arena, text_at(in, row, COLUMN_MEASURE)),
        .payer = kf_arena_text(in->arena, payer),
        .citizen = kf_arena_text(in->arena, text_at(in, row, COLUMN_CITIZEN)),
        .sum = payer.len ? MEANING(payer, payer_words) : KF_ALL_PAYERS,
    };
    out->kind = (KfMeasure)measure;
    return measure >= 0 && out->sum >= 0 && read_value(in, row, out);
}

static bool is_blank_row(const Reader *in, uint32_t row)
{
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (text_at(in, row, column).len)
            return false;
    }
    return true;
}

static void take_row(Reader *in, uint32_t row)
{
    KfPublished found;

    if (is_blank_row(in, row))
        return;
    if (!read_row(in, row, &found)) {
        in->out->unread_rows++;
        return;
    }
    find_group(&found, in->out);
    if (found.group != KF_NO_INDEX && found.citizen.len)
        find_citizen(&found, in->out);
    for (int view = 0; view < KF_VIEW_COUNT; view++)
        found.ours[view] = our_figure(in->out, &found, (KfView)view);
    found.agreement = compare(&found);
    KF_PUSH(in->arena, in->out->published, in->out->published_count, in->cap, found);
}

void kf_reconcile_against(KfArena *arena, const KfBook *book, KfReconciliation *out)
{
    Reader in = { .arena = arena, .out = out };

    for (size_t s = 0; s < book->sheet_count; s++) {
        bool has_headings = false;

        in.grid = &book->sheets[s];
        for (uint32_t row = 0; row < in.grid->row_count; row++) {
            if (has_headings)
                take_row(&in, row);
            else
                has_headings = read_headings(&in, row);
        }
    }
}

const char *kf_agreement_key(KfAgreement agreement)
{
    static const char *const keys[] = {
        [KF_AGREES] = "equal",
        [KF_AGREES_ROUNDED] = "rounded",
        [KF_AGREES_CORRECTED] = "corrected",
        [KF_AGREES_ACCEPTED] = "proposals",
        [KF_DIFFERS] = "different",
        [KF_NOT_IN_FILES] = "absent",
    };

    return keys[agreement];
}
