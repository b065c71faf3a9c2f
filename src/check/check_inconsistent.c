/* The same label paid by one in some columns and by another elsewhere. Most of the
 * workbook's columns decide who should; where a column of the others has the amounts of
 * two payers exchanged, that is what is wrong with it. */
#include "base/text_map.h"
#include "check/checks.h"

#include <stdlib.h>

enum { LEAST_LEAD = 2, EXCHANGE_SLACK = 100 };

/* Who pays a label, by the columns that show it. */
typedef struct {
    size_t columns[KF_PAYER_COUNT];
    const KfShown *first[KF_PAYER_COUNT];
} Votes;

/* The columns that show one label, together. */
typedef struct {
    const KfShown **items;
    size_t count;
} Label;

static Votes votes_of(const Label *label)
{
    Votes votes = { { 0 }, { NULL } };

    for (size_t i = 0; i < label->count; i++) {
        const KfShown *shown = label->items[i];

        votes.columns[shown->payer]++;
        if (!votes.first[shown->payer])
            votes.first[shown->payer] = shown;
    }
    return votes;
}

/* Who pays in most columns, by a clear lead; else whoever pays in the first. */
static int usual_payer(const Label *label, const Votes *votes, bool *is_clear)
{
    int most = label->items[0]->payer;
    size_t others;

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (votes->columns[k] > votes->columns[most])
            most = k;
    }
    others = label->count - votes->columns[most];
    *is_clear = votes->columns[most] >= LEAST_LEAD && votes->columns[most] >= LEAST_LEAD * others;
    return *is_clear ? most : label->items[0]->payer;
}

/* ---- exchanged payers ----------------------------------------------------------- */

static const KfFigure *payer_figure(const KfShown *shown, int payer)
{
    const KfFigure *row = shown->place.course->payers[payer];

    return row && row[shown->period].state == KF_FIGURE_STATED ? &row[shown->period] : NULL;
}

/* A label in a column where another than the usual payer pays it. */
typedef struct {
    const KfShown *shown;
    int usual;
    bool is_clear;
    const KfShown *as; /* a column where the usual one pays */
    struct Told *column, *item;
} Odd;

/* The odd labels of a column that go from one payer to the same other, or of one row. */
typedef struct Told {
    KfOere moved; /* by all of them together */
    bool told;
} Told;

static int order_of(uintptr_t a, uintptr_t b)
{
    return (a > b) - (a < b);
}

static int by_column(const void *a, const void *b)
{
    const Odd *x = *(Odd *const *)a, *y = *(Odd *const *)b;
    int order = order_of((uintptr_t)x->shown->place.course, (uintptr_t)y->shown->place.course);

    if (!order)
        order = (x->shown->period > y->shown->period) - (x->shown->period < y->shown->period);
    if (!order)
        order = x->shown->payer - y->shown->payer;
    return order ? order : x->usual - y->usual;
}

static int by_item(const void *a, const void *b)
{
    const Odd *x = *(Odd *const *)a, *y = *(Odd *const *)b;

    return order_of((uintptr_t)x->shown->item, (uintptr_t)y->shown->item);
}

static void group(KfCheck *check, Odd *odds, size_t count)
{
    Odd **all = kf_arena_array(check->arena, count, sizeof *all);
    Told *told = kf_arena_array(check->arena, 2 * count, sizeof *told);

    for (size_t i = 0; i < count; i++)
        all[i] = &odds[i];
    qsort(all, count, sizeof *all, by_column);
    for (size_t i = 0; i < count; i++) {
        told += i == 0 || by_column(&all[i - 1], &all[i]) != 0;
        all[i]->column = told - 1;
        told[-1].moved += all[i]->shown->amount;
    }
    qsort(all, count, sizeof *all, by_item);
    for (size_t i = 0; i < count; i++) {
        told += i == 0 || by_item(&all[i - 1], &all[i]) != 0;
        all[i]->item = told - 1;
    }
}

/* Whether the move exchanges the two payers' figures. */
static bool is_exchange(const Odd *odd)
{
    const KfFigure *here = payer_figure(odd->shown, odd->shown->payer);
    const KfFigure *there = payer_figure(odd->shown, odd->usual);
    KfOere off;

    if (!odd->is_clear || !here || !there || here->value == there->value)
        return false;
    off = here->value - odd->column->moved - there->value;
    return off <= EXCHANGE_SLACK && off >= -EXCHANGE_SLACK;
}

static KfFinding *at_payer(KfCheck *check, const KfShown *shown, int payer, const KfFigure *figure,
                           KfOere expected)
{
    KfFinding *finding =
        kf_finding_at(check, &shown->place, (KfFindingCode)(KF_FINDING_SPLIT_MUNICIPALITY + payer),
                      KF_WARNING, KF_ACTION_PROPOSE, figure, (int)shown->period, payer,
                      shown->place.course->payer_labels[payer].text);

    finding->found = kf_value_amount(figure->value);
    finding->expected = kf_value_amount(expected);
    return finding;
}

/* The two figures of the column stand in each other's rows. */
static void tell_exchange(KfCheck *check, const Odd *odd)
{
    const KfShown *shown = odd->shown;
    const KfFigure *here = payer_figure(shown, shown->payer);
    const KfFigure *there = payer_figure(shown, odd->usual);
    KfFindingList *list = &check->list;
    KfFinding *finding = at_payer(check, shown, shown->payer, here, there->value);
    const uint32_t root = kf_finding_mark(list, finding);
    KfArg usual = kf_arg_payer(odd->usual);
    KfArg cell = kf_arg_cell(list, here->ref, there->ref.sheet);

    kf_say(list, finding, KF_SAY_ALIKE_ELSEWHERE,
           (KfArg[]){
               kf_arg_text(shown->item->label.text), usual,
               kf_arg_cell(list, odd->as->item->amounts[odd->as->period].ref, here->ref.sheet) },
           3);
    kf_say(list, finding, KF_SAY_SPLIT_EXCHANGED, &usual, 1);
    finding = at_payer(check, shown, odd->usual, there, here->value);
    finding->root = root;
    kf_say(list, finding, KF_SAY_FOLLOWS, &cell, 1);
}

/* ---- corrections that rest on who pays ------------------------------------------- */

/* The finding and what follows from it wait for a person. */
static void hold_back(KfFindingList *list, uint32_t root)
{
    for (size_t i = root - 1; i < list->count; i++) {
        KfFinding *finding = &list->items[i];

        if ((i + 1 != root && finding->root != root) || finding->action != KF_ACTION_CORRECT)
            continue;
        finding->action = KF_ACTION_PROPOSE;
        if (finding->severity > KF_WARNING)
            finding->severity = KF_WARNING;
    }
}

/* Whether the shares of the period's items say what the payer should be. */
static bool is_by_shares(const KfFinding *finding)
{
    return finding->action == KF_ACTION_CORRECT && finding->payer != KF_PAYER_NONE
           && (finding->code == KF_FINDING_TOTAL_PAYERS
               || (finding->code >= KF_FINDING_SPLIT_MUNICIPALITY
                   && finding->code < KF_FINDING_SPLIT_MUNICIPALITY + KF_PAYER_COUNT));
}

static void hold_back_column(KfFindingList *list, const KfCourse *course, size_t period)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (!course->payers[k])
            continue;
        for (size_t at = kf_told_last(list, course->payers[k][period].ref); at;
             at = kf_told_before(list, at)) {
            const KfFinding *finding = &list->items[at - 1];

            if (is_by_shares(finding))
                hold_back(list, finding->root ? finding->root : (uint32_t)at);
        }
    }
}

/* Where it is not settled who pays the label, nor is what the payers of its columns are. */
static void hold_back_row(KfCheck *check, const KfShown *shown)
{
    const KfCourse *course = shown->place.course;

    for (size_t p = 0; p < course->period_count; p++) {
        if (shown->item->amounts[p].value != 0)
            hold_back_column(&check->list, course, p);
    }
}

/* ---- labels ---------------------------------------------------------------------- */

static void tell_label(KfCheck *check, const Odd *odd)
{
    const KfShown *shown = odd->shown;
    const KfRef ref = shown->item->label.ref;
    const KfFigure label = { .ref = ref };
    KfFinding *finding =
        kf_finding_at(check, &shown->place, KF_FINDING_SPLIT_INCONSISTENT, KF_WARNING,
                      KF_ACTION_NONE, &label, -1, shown->payer, shown->item->label.text);

    kf_say(&check->list, finding, KF_SAY_INCONSISTENT,
           (KfArg[]){ kf_arg_payer(shown->payer), kf_arg_payer(odd->usual),
                      kf_arg_cell(&check->list, odd->as->item->label.ref, ref.sheet) },
           3);
    hold_back_row(check, shown);
    if (!odd->is_clear)
        hold_back_row(check, odd->as);
}

/* One finding a column of exchanged payers, and one a row of the others. */
static void tell(KfCheck *check, Odd *odd)
{
    const bool exchange = is_exchange(odd);

    if (odd->column->told || odd->item->told)
        return;
    if (exchange)
        tell_exchange(check, odd);
    else
        tell_label(check, odd);
    (exchange ? odd->column : odd->item)->told = true;
}

static int in_order(const void *a, const void *b)
{
    const Odd *x = a, *y = b;

    return (x->shown > y->shown) - (x->shown < y->shown);
}

static void add_odd(KfCheck *check, const Label *label, Odd **odds, size_t *count, size_t *cap)
{
    const Votes votes = votes_of(label);
    bool is_clear;
    const int usual = usual_payer(label, &votes, &is_clear);

    for (size_t i = 0; i < label->count; i++) {
        Odd odd = { label->items[i], usual, is_clear, votes.first[usual], NULL, NULL };

        if (odd.shown->payer != usual)
            KF_PUSH(check->arena, *odds, *count, *cap, odd);
    }
}

/* What is shown of each label, in the order of the cases; *count labels. */
static Label *labels_of(KfCheck *check, size_t *count)
{
    const size_t shown_count = check->shown_count;
    const KfShown **items = kf_arena_array(check->arena, shown_count, sizeof *items);
    size_t *label_of = kf_arena_array(check->arena, shown_count, sizeof *label_of);
    KfTextMap numbers = { 0 };
    Label *labels = NULL;
    size_t cap = 0;

    *count = 0;
    for (size_t i = 0; i < shown_count; i++) {
        const KfItem *item = check->shown[i].item;

        if (i && item == check->shown[i - 1].item) {
            label_of[i] = label_of[i - 1];
        } else if (!kf_text_map_get(&numbers, item->label.text, &label_of[i])) {
            label_of[i] = *count;
            kf_text_map_set(&numbers, check->arena, item->label.text, *count);
            KF_PUSH(check->arena, labels, *count, cap, (Label){ 0 });
        }
        labels[label_of[i]].count++;
    }
    for (size_t i = 0; i < *count; i++) {
        labels[i].items = items;
        items += labels[i].count;
        labels[i].count = 0;
    }
    for (size_t i = 0; i < shown_count; i++) {
        Label *label = &labels[label_of[i]];

        label->items[label->count++] = &check->shown[i];
    }
    return labels;
}

void kf_check_inconsistent(KfCheck *check)
{
    size_t count = 0, cap = 0, label_count;
    const Label *labels = labels_of(check, &label_count);
    Odd *odds = NULL;

    for (size_t i = 0; i < label_count; i++)
        add_odd(check, &labels[i], &odds, &count, &cap);
    if (!count)
        return;
    qsort(odds, count, sizeof *odds, in_order);
    group(check, odds, count);
    for (size_t i = 0; i < count; i++)
        tell(check, &odds[i]);
}
