/* Which corrections must wait for a person though each is sure by itself: those that belong
 * with one that waits, those by weeks that are not sure yet, and those that would break a sum
 * that holds. */
#include "check/checks.h"

typedef struct {
    KfFindingList *list;
    const KfCourseCheck *course;
    size_t first;           /* of the course's findings */
    KfFinding **correction; /* a node: of its figure, or NULL */
} Held;

/* A figure that is corrected takes with it those of its period that follow from it; where
 * one of them must wait, all do. */
static void hold_together(const Held *held)
{
    KfFindingList *list = held->list;
    const size_t first = held->first;
    bool *waits = kf_arena_array(held->course->arena, list->count - first, sizeof *waits);

    for (size_t i = first; i < list->count; i++) {
        const KfFinding *finding = &list->items[i];
        uint32_t mark = finding->root;

        if (mark > first && finding->action == KF_ACTION_PROPOSE && finding->period.len
            && list->items[mark - 1].action == KF_ACTION_CORRECT
            && kf_text_eq(finding->period, list->items[mark - 1].period))
            waits[mark - 1 - first] = true;
    }
    for (size_t i = first; i < list->count; i++) {
        const uint32_t mark = list->items[i].root;

        if (waits[i - first] || (mark > first && waits[mark - 1 - first]))
            list->items[i].action = KF_ACTION_PROPOSE;
    }
}

static KfFinding *correction_of(const Held *held, const KfNode *node)
{
    for (size_t at = kf_told_last(held->list, node->figure->ref); at > held->first;
         at = kf_told_before(held->list, at)) {
        KfFinding *finding = &held->list->items[at - 1];

        if (finding->action == KF_ACTION_CORRECT && finding->expected.kind == KF_VALUE_AMOUNT)
            return finding;
    }
    return NULL;
}

static bool find_corrections(Held *held)
{
    bool any = false;

    for (size_t i = held->first; i < held->list->count && !any; i++)
        any = held->list->items[i].action == KF_ACTION_CORRECT;
    if (!any)
        return false;
    held->correction =
        kf_arena_array(held->course->arena, held->course->node_count, sizeof *held->correction);
    for (size_t n = 0; n < held->course->node_count; n++)
        held->correction[n] = correction_of(held, &held->course->nodes[n]);
    return true;
}

static bool is_corrected(const Held *held, int node)
{
    return held->correction[node] && held->correction[node]->action == KF_ACTION_CORRECT;
}

/* By how much a sum misses its total, as they stand and as they are corrected. */
typedef struct {
    KfOere before, after;
    bool stated, touched;
} Gap;

static void add_to_gap(const Held *held, Gap *gap, int node, int sign)
{
    const KfNode *term = &held->course->nodes[node];
    const bool corrected = is_corrected(held, node);
    const KfOere value = term->figure->value;

    gap->stated &= term->figure->state == KF_FIGURE_STATED
                   || (term->kind == KF_NODE_ITEM && term->figure->state == KF_FIGURE_BLANK);
    gap->touched |= corrected;
    gap->before += sign * value;
    gap->after += sign * (corrected ? held->correction[node]->expected.amount : value);
}

static Gap gap_of(const Held *held, int whole, const KfDerivation *sum)
{
    Gap gap = { .stated = true };

    add_to_gap(held, &gap, whole, -1);
    for (size_t t = 0; t < sum->count; t++)
        add_to_gap(held, &gap, sum->terms[t].node, sum->terms[t].sign);
    return gap;
}

/* In a sheet in 1.000 kr. a rule tells a figure no nearer than to its rounding, a sum that
 * holds to the last digit tells more. */
static bool is_broken(const Held *held, const Gap *gap)
{
    enum { KRONE = 100 };

    if (!gap->stated || !gap->touched)
        return false;
    if (held->course->step > KRONE)
        return gap->before == 0 && gap->after != 0;
    return kf_is_near(held->course, gap->before, 0) && !kf_is_near(held->course, gap->after, 0);
}

/* With the root and all that follows from it; a figure that may be right is no error. */
static void hold_back(const Held *held, int node)
{
    KfFindingList *list = held->list;
    uint32_t root;

    if (!is_corrected(held, node))
        return;
    root = held->correction[node]->root;
    if (root <= held->first)
        root = kf_finding_mark(list, held->correction[node]);
    for (size_t i = held->first; i < list->count; i++) {
        KfFinding *finding = &list->items[i];

        if (i + 1 != root && finding->root != root)
            continue;
        if (finding->action == KF_ACTION_CORRECT)
            finding->action = KF_ACTION_PROPOSE;
        if (finding->severity > KF_WARNING)
            finding->severity = KF_WARNING;
    }
}

/* Whether the corrections would break the sum, and were held back. A formula does not speak
 * for its own terms. */
static bool keep_sum(const Held *held, int whole, const KfDerivation *sum)
{
    const Gap gap = gap_of(held, whole, sum);

    if (sum->cost != KF_COST_SUM || !is_broken(held, &gap))
        return false;
    hold_back(held, whole);
    for (size_t t = 0; t < sum->count; t++)
        hold_back(held, sum->terms[t].node);
    return true;
}

static bool keep_sums(const Held *held)
{
    bool any = false;

    for (size_t w = 0; w < held->course->node_count; w++) {
        const KfNode *whole = &held->course->nodes[w];

        if (whole->figure->state != KF_FIGURE_STATED || whole->figure->is_formula)
            continue;
        for (size_t d = 0; d < whole->derivation_count; d++)
            any |= keep_sum(held, (int)w, &whole->derivations[d]);
    }
    return any;
}

/* ---- weeks that are not sure ------------------------------------------------ */

static bool is_left_open(const Held *held, const KfNode *node)
{
    for (size_t at = kf_told_last(held->list, node->figure->ref); at > held->first;
         at = kf_told_before(held->list, at)) {
        if (held->list->items[at - 1].action != KF_ACTION_CORRECT)
            return true;
    }
    return false;
}

static bool takes_weeks(const Held *held, size_t item, int period)
{
    const KfItemRule *rule = kf_item_rule(held->course, item, (size_t)period);

    return !rule->is_free && rule->rule->kind == KF_RULE_WEEKS && rule->clock != KF_NO_CLOCK;
}

static bool is_by_weeks(const Held *held, const KfNode *payer)
{
    const KfCourse *course = held->course->course;

    for (size_t i = 0; i < course->item_count; i++) {
        if (course->items[i].amounts[payer->period].value != 0
            && takes_weeks(held, i, payer->period))
            return true;
    }
    return false;
}

static bool shares_weeks(const KfNode *node)
{
    return node->kind == KF_NODE_PAYER
           && (node->payer == KF_STATE || node->payer == KF_MUNICIPALITY);
}

/* The first column that leaves open how many weeks it takes: an amount is in doubt, or what the
 * state or the municipality pays of it. */
static int first_open_column(const Held *held)
{
    int first = (int)held->course->course->period_count;

    for (size_t n = 0; n < held->course->node_count; n++) {
        const KfNode *node = &held->course->nodes[n];
        const bool counts =
            shares_weeks(node)
            || (node->kind == KF_NODE_ITEM && takes_weeks(held, (size_t)node->item, node->period));

        if (counts && node->period < first && is_left_open(held, node))
            first = node->period;
    }
    return first;
}

static bool is_unlike_its_payers(const Held *held, const KfItem *item, size_t period)
{
    KfOere sum = 0;
    bool any = false;

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        const KfFigure *part = item->split[k] ? &item->split[k][period] : NULL;

        any |= part && part->state == KF_FIGURE_STATED;
        sum += part ? part->value : 0;
    }
    return any && !kf_is_near(held->course, sum, item->amounts[period].value);
}

/* The benefits of a list are told of one by one. Of the others that run the same weeks, the first
 * period where one is not what its payers add up to. */
static int first_doubt_of_others(const Held *held)
{
    const KfCourse *course = held->course->course;
    size_t p = held->course->parts_run_clocks ? 0 : course->period_count;

    for (; p < course->period_count; p++) {
        for (size_t i = 1; i < course->item_count; i++) {
            if (is_unlike_its_payers(held, &course->items[i], p))
                return (int)p;
        }
    }
    return (int)p;
}

/* Weeks run on: what they make of the columns behind one that is open may change with it. */
static void hold_by_weeks(const Held *held)
{
    const int own = first_open_column(held), others = first_doubt_of_others(held);
    const int open = own < others ? own : others;

    for (size_t n = 0; n < held->course->node_count; n++) {
        const KfNode *node = &held->course->nodes[n];

        if (shares_weeks(node) && node->period > open && is_by_weeks(held, node))
            hold_back(held, (int)n);
    }
}

/* ---- totals of payers that are not sure --------------------------------------- */

static bool is_open_column(const Held *held, size_t period)
{
    for (size_t n = 0; n < held->course->node_count; n++) {
        const KfNode *node = &held->course->nodes[n];

        if (node->kind == KF_NODE_PAYER && node->period == (int)period && is_left_open(held, node))
            return true;
    }
    return false;
}

/* Whether a payer's total lacks just what a benefit without a rule costs in a period whose payers
 * are in doubt: it may be this payer's. */
static bool may_lack_benefit(const Held *held, KfOere off)
{
    const KfCourse *course = held->course->course;

    for (size_t i = 0; i < course->item_count; i++) {
        for (size_t p = 0; p < course->period_count; p++) {
            const KfOere amount = course->items[i].amounts[p].value;

            if (amount != 0 && kf_is_near(held->course, amount, off)
                && kf_item_rule(held->course, i, p)->is_free && is_open_column(held, p))
                return true;
        }
    }
    return false;
}

static void hold_payer_totals(const Held *held)
{
    for (size_t n = 0; n < held->course->node_count; n++) {
        const KfNode *node = &held->course->nodes[n];

        if (node->kind == KF_NODE_PAYER_TOTAL && is_corrected(held, (int)n)
            && may_lack_benefit(held, node->figure->value - held->correction[n]->expected.amount))
            hold_back(held, (int)n);
    }
}

/* ---- payers of amounts that are in doubt ---------------------------------------- */

/* Whether the payer's typed total, which speaks for itself, is right with the correction. */
static bool is_borne_out(const Held *held, const KfNode *payer, KfOere off)
{
    const KfCourse *course = held->course->course;
    const KfFigure *total = &course->payer_totals[payer->payer];
    KfOere sum = -off;

    for (size_t p = 0; p < course->period_count; p++)
        sum += course->payers[payer->payer][p].value;
    return total->state == KF_FIGURE_STATED && !total->is_formula
           && kf_is_near(held->course, sum, total->value);
}

static bool may_pay_all(const KfItemRule *rule, int payer)
{
    enum { ALL = 10000 };

    return rule->is_free
           || (rule->rule->tier_count == 1 && rule->rule->tiers[0].share_bp[payer] == ALL);
}

/* Whether an amount, blank or a keystroke off, may be what the payer has too much or too little. */
static bool may_be_of(const Held *held, size_t item, const KfNode *payer, KfOere off)
{
    enum { LEAST = 100000 }; /* 1.000 kr.: less is no benefit of a period */
    const KfItem *row = &held->course->course->items[item];
    const KfFigure *amount = &row->amounts[payer->period];

    if (row->is_part || !row->label.text.len
        || !may_pay_all(kf_item_rule(held->course, item, (size_t)payer->period), payer->payer))
        return false;
    if (amount->state == KF_FIGURE_BLANK)
        return off >= LEAST && !kf_text_trim(amount->shown).len;
    return amount->state == KF_FIGURE_STATED && !amount->is_formula
           && kf_slip(amount->value, amount->value + off) != KF_SLIP_NONE;
}

static bool may_be_of_any(const Held *held, const KfNode *payer, KfOere off)
{
    for (size_t i = 0; i < held->course->course->item_count; i++) {
        if (may_be_of(held, i, payer, off))
            return true;
    }
    return false;
}

/* A payer of more or less than the amounts come to: one of them may be blank or mistyped, and a
 * total by formula, which adds them up, says nothing of it. */
static void hold_payers_of_amounts(const Held *held)
{
    const KfCourse *course = held->course->course;

    for (size_t n = 0; n < held->course->node_count; n++) {
        const KfNode *node = &held->course->nodes[n];
        KfOere off;

        if (node->kind != KF_NODE_PAYER || !is_corrected(held, (int)n)
            || (course->totals && !course->totals[node->period].is_formula))
            continue;
        off = node->figure->value - held->correction[n]->expected.amount;
        if (may_be_of_any(held, node, off) && !is_borne_out(held, node, off))
            hold_back(held, (int)n);
    }
}

void kf_hold_back(KfCheck *check, const KfCourseCheck *course, size_t first)
{
    Held held = { .list = &check->list, .course = course, .first = first };

    hold_together(&held);
    if (!find_corrections(&held))
        return;
    hold_by_weeks(&held);
    hold_payer_totals(&held);
    hold_payers_of_amounts(&held);
    while (find_corrections(&held) && keep_sums(&held))
        ;
}
