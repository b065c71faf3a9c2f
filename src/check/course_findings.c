/* From the located explanation of a course to findings: one for each root, with
 * what follows from it beneath. */
#include "check/checks.h"

#include <stdlib.h>

/* How many figures of a kind and payer are stated, and how many blank ones should hold something. */
typedef struct {
    size_t stated, blank;
} Standing;

typedef struct {
    KfCheck *check;
    const KfPlace *place;
    KfCourseCheck *course;
    const KfVerdict *verdict;
    const KfExplanation *best;
    uint32_t *marks;        /* a node: its finding, or 0 */
    KfFormulaFault *faults; /* one a node */
    Standing standing[KF_NODE_KINDS][KF_PAYER_COUNT + 1];
    bool has_standing; /* it was counted */
} Teller;

KfText kf_period_text(KfArena *arena, const KfCourse *course, int period)
{
    KfBuf buf = { 0 };
    KfText text;

    if (period < 0 || course->periods[period].period.from < 0)
        return (KfText){ 0 };
    kf_buf_period(&buf, course->periods[period].period);
    text = kf_arena_take(arena, &buf);
    kf_buf_free(&buf);
    return text;
}

KfFinding *kf_finding_at(KfCheck *check, const KfPlace *place, KfFindingCode code,
                         KfSeverity severity, KfAction action, const KfFigure *figure, int period,
                         int payer, KfText label)
{
    KfFinding *finding = kf_finding_add(&check->list, code, severity, action);

    finding->case_index = place->case_index;
    finding->course = (int)place->course->kind;
    finding->has_cell = true;
    finding->cell = figure->ref;
    finding->payer = payer;
    finding->label = label;
    finding->period = kf_period_text(check->arena, place->course, period);
    return finding;
}

void kf_say_slip(KfCheck *check, KfFinding *finding, KfOere typed, KfOere meant)
{
    static const KfSay says[] = {
        [KF_SLIP_SWAP] = KF_SAY_SLIP_SWAP,       [KF_SLIP_DIGIT] = KF_SAY_SLIP_DIGIT,
        [KF_SLIP_DROPPED] = KF_SAY_SLIP_DROPPED, [KF_SLIP_EXTRA] = KF_SAY_SLIP_EXTRA,
        [KF_SLIP_SCALE] = KF_SAY_SLIP_SCALE,     [KF_SLIP_SIGN] = KF_SAY_SLIP_SIGN,
    };
    KfSlip slip = kf_slip(typed, meant);
    KfOere a = typed < 0 ? -typed : typed, b = meant < 0 ? -meant : meant;

    if (slip == KF_SLIP_NONE)
        return;
    if (slip != KF_SLIP_DIGIT) {
        kf_say(&check->list, finding, says[slip], NULL, 0);
        return;
    }
    for (; a % 10 == b % 10 && (a || b); a /= 10)
        b /= 10;
    kf_say(&check->list, finding, KF_SAY_SLIP_DIGIT_AT,
           (KfArg[]){ kf_arg_number(&check->list, a % 10), kf_arg_number(&check->list, b % 10) },
           2);
}

void kf_say_alternatives(KfCheck *check, KfFinding *finding)
{
    KfFindingList *list = &check->list;

    if (finding->alternative_count)
        kf_say(list, finding, KF_SAY_ALTERNATIVES, NULL, 0);
    for (size_t i = 0; i < finding->alternative_count; i++) {
        const KfAlternative *other = &finding->alternatives[i];
        KfArg args[] = { kf_arg_cell(list, other->cell, finding->cell.sheet),
                         kf_arg_amount(list, other->expected.amount),
                         kf_arg_amount(list, other->found.amount) };

        kf_say(list, finding,
               other->found.kind == KF_VALUE_AMOUNT ? KF_SAY_ALTERNATIVE : KF_SAY_ALTERNATIVE_BLANK,
               args, 3);
    }
}

KfText kf_node_label(const KfCourse *course, const KfNode *node)
{
    switch (node->kind) {
    case KF_NODE_PAYER:
        return course->payer_labels[node->payer].text;
    case KF_NODE_TOTAL:
        return course->total_label.text;
    case KF_NODE_SUBTOTAL:
        return course->memos[node->memo].label.text;
    case KF_NODE_PAYER_TOTAL:
        return node->figure == &course->payer_row_totals[node->payer]
                   ? course->payer_labels[node->payer].text
                   : course->payer_total_labels[node->payer].text;
    case KF_NODE_CASE_TOTAL:
        return node->figure == &course->case_row_total ? course->total_label.text
                                                       : course->case_total_label.text;
    default:
        return course->items[node->item].label.text;
    }
}

/* Whether the payers of the node's column, as they stand, miss the column's total. */
static bool breaks_sum(const KfCourseCheck *course, const KfNode *node)
{
    size_t periods = course->course->period_count;
    int total = node->period >= 0 ? course->total_nodes[node->period] : -1;
    KfInterval sum = { -course->tolerance, course->tolerance };

    if (total < 0 || course->nodes[total].figure->state != KF_FIGURE_STATED)
        return false;
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        int payer = course->payer_nodes[k * periods + (size_t)node->period];

        if (payer < 0)
            continue;
        sum.lo += course->nodes[payer].figure->range.lo;
        sum.hi += course->nodes[payer].figure->range.hi;
    }
    return sum.lo > course->nodes[total].figure->range.hi
           || sum.hi < course->nodes[total].figure->range.lo;
}

static KfFindingCode code_of(const KfCourseCheck *course, const KfNode *node, KfOere meant)
{
    switch (node->kind) {
    case KF_NODE_ITEM:
        return kf_amount_code(node->figure, meant);
    case KF_NODE_PAYER:
        if (breaks_sum(course, node))
            return KF_FINDING_TOTAL_PAYERS;
        return (KfFindingCode)(KF_FINDING_SPLIT_MUNICIPALITY + node->payer);
    case KF_NODE_PART:
        return (KfFindingCode)(KF_FINDING_SPLIT_MUNICIPALITY + node->payer);
    case KF_NODE_TOTAL:
        return KF_FINDING_TOTAL_ITEMS;
    case KF_NODE_SUBTOTAL:
        return node->period < 0 ? KF_FINDING_TOTAL_ROW : KF_FINDING_TOTAL_ITEMS;
    case KF_NODE_CASE_TOTAL:
        return KF_FINDING_TOTAL_CASE;
    default:
        return KF_FINDING_TOTAL_ROW;
    }
}

/* Whether figures that are all right themselves add up to what this one should be:
 * then arithmetic alone shows it, whatever the rules are worth. */
static bool shown_by_sums(const Teller *teller, int index)
{
    const KfTruth *truth = &teller->best->truth[index];
    KfSumsLeft left;

    kf_sums_left(teller->course, teller->best, index, &left);
    for (size_t i = 0; i < left.count; i++) {
        if (left.sums[i].range.lo <= truth->range.hi && left.sums[i].range.hi >= truth->range.lo)
            return true;
    }
    return false;
}

static bool has_root(const KfExplanation *explanation, int node, KfOere value)
{
    return explanation->fate[node] == KF_FATE_ROOT && explanation->truth[node].value == value;
}

static bool is_listed(const Teller *teller, const KfFinding *finding, const KfAlternative *other)
{
    for (size_t i = 0; i < finding->alternative_count; i++) {
        if (kf_ref_order(finding->alternatives[i].cell, other->cell) == 0
            && kf_is_near(teller->course, finding->alternatives[i].expected.amount,
                          other->expected.amount))
            return true;
    }
    return false;
}

static void add_alternative(const Teller *teller, KfFinding *finding, const KfExplanation *rival,
                            int root, size_t *cap)
{
    const KfNode *node = &teller->course->nodes[root];
    KfAlternative other = { node->figure->ref, kf_value_amount(node->figure->value),
                            kf_value_amount(rival->truth[root].value) };

    if (rival->fate[root] != KF_FATE_ROOT || other.expected.amount == node->figure->value
        || (teller->best->fate[root] == KF_FATE_ROOT
            && kf_is_near(teller->course, teller->best->truth[root].value, other.expected.amount))
        || is_listed(teller, finding, &other))
        return;
    if (node->figure->state != KF_FIGURE_STATED)
        other.found.kind = KF_VALUE_NONE;
    KF_PUSH(teller->check->arena, finding->alternatives, finding->alternative_count, *cap, other);
}

/* How many of the best explanation's roots the rival does without; a text that is told
 * anyway is none. */
static size_t count_missing(const Teller *teller, const KfExplanation *rival)
{
    size_t missing = 0;

    for (size_t n = 0; n < teller->course->node_count; n++)
        missing += teller->best->fate[n] == KF_FATE_ROOT && !teller->course->nodes[n].is_left_out
                   && !has_root(rival, (int)n, teller->best->truth[n].value);
    return missing;
}

static void add_from_rival(const Teller *teller, KfFinding *finding, const KfExplanation *rival,
                           int root, size_t *cap)
{
    /* One that only differs in what the same cell should be has nothing else to tell. */
    if (rival->fate[root] == KF_FATE_ROOT) {
        add_alternative(teller, finding, rival, root, cap);
        return;
    }
    for (size_t n = 0; n < teller->course->node_count; n++)
        add_alternative(teller, finding, rival, (int)n, cap);
}

/* Other explanations of this root: the roots of rivals that do without it, and, if some
 * that come near do, without nothing else. */
static void add_alternatives(const Teller *teller, KfFinding *finding, int root)
{
    const KfOere meant = teller->best->truth[root].value;
    bool any_near = false;
    size_t cap = 0;

    for (int alone = 1; alone >= 0 && !any_near; alone--) {
        for (size_t r = 0; r < teller->verdict->rival_count; r++) {
            const KfExplanation *rival = teller->verdict->rivals[r];

            if (has_root(rival, root, meant) || (count_missing(teller, rival) == 1) != alone)
                continue;
            add_from_rival(teller, finding, rival, root, &cap);
            any_near |= finding->alternative_count && rival->cost <= teller->verdict->near;
        }
    }
}

/* The rule of the largest item in the column that gives this payer a part. */
static const KfItemRule *main_rule(const Teller *teller, const KfNode *node, size_t *item)
{
    const KfCourse *course = teller->place->course;
    const KfItemRule *found = NULL;
    KfOere largest = 0;

    for (size_t i = 0; i < course->item_count; i++) {
        const KfItemRule *rule = &teller->course->items[i];
        KfOere amount = 0;

        if ((node->item >= 0 && (size_t)node->item != i) || course->items[i].is_part)
            continue;
        for (size_t p = 0; p < course->period_count; p++) {
            if (node->period < 0 || (size_t)node->period == p)
                amount += course->items[i].amounts[p].value;
        }
        if (rule->is_free || amount <= largest)
            continue;
        if (rule->rule->kind == KF_RULE_FIXED && rule->rule->tiers[0].share_bp[node->payer] == 0)
            continue;
        if (rule->rule->kind == KF_RULE_WEEKS && node->payer != KF_STATE
            && node->payer != KF_MUNICIPALITY)
            continue;
        largest = amount;
        found = rule;
        *item = i;
    }
    return found;
}

/* Weeks in halves, to the nearest. */
static int64_t half_weeks(int64_t nanoweeks)
{
    enum { HALF = 500000000 };

    return nanoweeks / HALF + (nanoweeks % HALF >= HALF / 2);
}

static void say_weeks(const Teller *teller, KfFinding *finding, const KfNode *node, size_t item)
{
    const KfItemSplit split =
        kf_item_split(teller->course, teller->best, item, (size_t)node->period);
    KfFindingList *list = &teller->check->list;

    if (split.amount <= 0 || !split.is_split)
        return;
    kf_say(list, finding, KF_SAY_SPLIT_WEEKS,
           (KfArg[]){ kf_arg_text(teller->place->course->items[item].label.text),
                      kf_arg_halves(list, half_weeks(split.within)),
                      kf_arg_halves(list, half_weeks(split.before)),
                      kf_arg_amount(list, split.part[node->payer]) },
           4);
}

/* The payer of the same column that has this one's figure, while this one has theirs. */
static int exchanged_with(const Teller *teller, const KfNode *node, KfOere meant)
{
    const size_t periods = teller->place->course->period_count;

    for (int k = 0; node->kind == KF_NODE_PAYER && k < KF_PAYER_COUNT; k++) {
        const int other = teller->course->payer_nodes[(size_t)k * periods + (size_t)node->period];

        if (k != node->payer && other >= 0 && node->figure->value != meant
            && teller->best->fate[other] != KF_FATE_RIGHT
            && teller->best->truth[other].value == node->figure->value
            && teller->course->nodes[other].figure->value == meant)
            return k;
    }
    return KF_PAYER_NONE;
}

static void say_payer(const Teller *teller, KfFinding *finding, const KfNode *node, KfOere meant)
{
    const KfCourse *course = teller->place->course;
    KfFindingList *list = &teller->check->list;
    size_t item = 0;
    const KfItemRule *rule = main_rule(teller, node, &item);
    KfOere found = node->figure->value;

    kf_say(list, finding, KF_SAY_SPLIT,
           (KfArg[]){ kf_arg_payer(node->payer), kf_arg_amount(list, meant),
                      kf_arg_amount(list, meant - found) },
           3);
    if (rule) {
        KfBuf source = { 0 };

        kf_buf_text(&source, rule->rule->title);
        kf_buf_str(&source, ": ");
        kf_buf_text(&source, rule->rule->law.len ? rule->rule->law : rule->rule->source);
        finding->source = kf_arena_take(teller->check->arena, &source);
        kf_buf_free(&source);
    }
    if (node->period < 0)
        return;
    if (rule && rule->rule->kind == KF_RULE_WEEKS && node->payer == KF_STATE)
        say_weeks(teller, finding, node, item);
    if (rule && rule->rule->kind == KF_RULE_STAY_CAP && node->payer == KF_REGION && found > meant)
        kf_say(
            list, finding, KF_SAY_SPLIT_COPAY,
            (KfArg[]){ kf_arg_amount(list, rule->stay_cap ? rule->stay_cap : rule->rule->cap_hi) },
            1);
    if (node->period > 0 && found && course->payers[node->payer]
        && course->payers[node->payer][node->period - 1].value == found)
        kf_say(list, finding, KF_SAY_SPLIT_COPIED, NULL, 0);
    if (exchanged_with(teller, node, meant) != KF_PAYER_NONE)
        kf_say(list, finding, KF_SAY_SPLIT_EXCHANGED,
               (KfArg[]){ kf_arg_payer(exchanged_with(teller, node, meant)) }, 1);
}

static void say_total(const Teller *teller, KfFinding *finding, const KfNode *node, KfOere meant)
{
    static const KfSay says[] = {
        [KF_NODE_TOTAL] = KF_SAY_TOTAL_ITEMS,       [KF_NODE_ITEM_TOTAL] = KF_SAY_TOTAL_ROW,
        [KF_NODE_PAYER_TOTAL] = KF_SAY_TOTAL_PAYER, [KF_NODE_CASE_TOTAL] = KF_SAY_TOTAL_CASE,
        [KF_NODE_SUBTOTAL] = KF_SAY_TOTAL_ITEMS,
    };
    const KfCourse *course = teller->place->course;
    KfFindingList *list = &teller->check->list;
    KfArg args[] = { kf_arg_amount(list, meant), kf_arg_amount(list, meant - node->figure->value) };
    const bool of_row = node->kind == KF_NODE_SUBTOTAL && node->period < 0;
    const KfSay by_kind = of_row ? KF_SAY_TOTAL_ROW : says[node->kind];
    KfOere payers = 0;
    bool any = false;

    for (size_t k = 0; node->kind == KF_NODE_TOTAL && k < KF_PAYER_COUNT; k++) {
        if (!course->payers[k])
            continue;
        any = true;
        payers += course->payers[k][node->period].value;
    }
    kf_say(list, finding, any && payers == meant ? KF_SAY_TOTAL_BOTH : by_kind, args, 2);
}

static void say_item(const Teller *teller, KfFinding *finding, const KfNode *node, KfOere meant)
{
    KfArg arg = kf_arg_amount(&teller->check->list, meant);

    kf_say(&teller->check->list, finding,
           node->figure->state == KF_FIGURE_STATED ? KF_SAY_ITEM_MENDS : KF_SAY_ITEM_BLANK, &arg,
           1);
}

/* Whether an explanation that comes near does without this root. */
static bool has_rival(const Teller *teller, int root)
{
    for (size_t r = 0; r < teller->verdict->rival_count; r++) {
        if (!has_root(teller->verdict->rivals[r], root, teller->best->truth[root].value))
            return true;
    }
    return false;
}

static bool are_payers_right(const Teller *teller, size_t period)
{
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        const int node =
            teller->course->payer_nodes[k * teller->course->course->period_count + period];

        if (node >= 0 && teller->best->fate[node] != KF_FATE_RIGHT)
            return false;
    }
    return true;
}

/* Whether another column whose payers are right shows the item paid as in this one. */
static bool is_paid_alike(const Teller *teller, size_t item, size_t period)
{
    const size_t periods = teller->course->course->period_count;
    const int *paid = teller->best->assigned + item * periods;

    for (size_t p = 0; p < periods; p++) {
        if (p != period && paid[p] == paid[period] && are_payers_right(teller, p))
            return true;
    }
    return false;
}

/* A column whose payers were copied from the one before shows nothing of who pays what no
 * rule splits: with a row that no other column shows, its payers are a guess. */
static bool rests_on_copied(const Teller *teller, const KfNode *node)
{
    const KfCourse *course = teller->place->course;

    if (node->kind != KF_NODE_PAYER || !kf_repeats_payers(course, node->period))
        return false;
    for (size_t i = 0; i < course->item_count; i++) {
        const size_t p = (size_t)node->period;

        if (teller->best->assigned[i * course->period_count + p] != KF_PAYER_NONE
            && teller->course->items[i].payer_hint == KF_PAYER_NONE && !is_paid_alike(teller, i, p))
            return true;
    }
    return false;
}

/* Whether the formula that the row has elsewhere gives what is expected. */
static bool is_as_meant(const KfNode *node, const KfTruth *truth)
{
    return node->meant && truth->value >= node->meant->range.lo
           && truth->value <= node->meant->range.hi;
}

/* Nothing but free items, and still no payer fits: who pays cannot be said. */
static bool is_unexplained(const Teller *teller, const KfNode *node, int index)
{
    const KfCourse *course = teller->place->course;
    size_t item;

    if (node->kind != KF_NODE_PAYER || shown_by_sums(teller, index)
        || main_rule(teller, node, &item) || has_rival(teller, index)
        || is_as_meant(node, &teller->best->truth[index])
        || (kf_repeats_payers(course, node->period) && !rests_on_copied(teller, node))
        || exchanged_with(teller, node, teller->best->truth[index].value) != KF_PAYER_NONE)
        return false;
    for (size_t i = 0; i < course->item_count; i++) {
        if (teller->course->items[i].is_free && course->items[i].amounts[node->period].value != 0
            && !course->items[i].is_part)
            return true;
    }
    return false;
}

/* An amount that the payers' figures show is no surer than the rules behind them. */
static KfConfidence by_payers(const Teller *teller, const KfNode *item)
{
    const size_t periods = teller->course->course->period_count;
    KfConfidence weakest = KF_CONFIDENCE_HIGH;

    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        const int node = teller->course->payer_nodes[k * periods + (size_t)item->period];

        if (node >= 0 && teller->best->truth[node].confidence < weakest)
            weakest = teller->best->truth[node].confidence;
    }
    return weakest;
}

static KfConfidence confidence_of(const Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];

    if (shown_by_sums(teller, index))
        return KF_CONFIDENCE_HIGH;
    return node->kind == KF_NODE_ITEM ? by_payers(teller, node)
                                      : teller->best->truth[index].confidence;
}

/* ---- refunds that no rule tells of ----------------------------------------- */

static const int32_t refund_shares[] = { 2000, 2500, 3000, 3500, 4000, 5000,
                                         6000, 6500, 7000, 7500, 8000 };

/* The share of the amount that the difference is, when refunds are given in it; or 0. */
static int32_t refund_share(KfOere amount, KfOere difference)
{
    for (size_t s = 0; s < sizeof refund_shares / sizeof *refund_shares; s++) {
        const KfOere off = kf_share(amount, refund_shares[s]) - difference;

        if (off >= -1 && off <= 1)
            return refund_shares[s];
    }
    return 0;
}

static KfOere deviation(const Teller *teller, int node)
{
    return teller->course->nodes[node].figure->value - teller->best->truth[node].value;
}

/* Whether the municipality lacks in the column what the state has too much, and how much. */
static KfOere moved_to_state(const Teller *teller, const KfNode *node)
{
    const size_t periods = teller->course->course->period_count, p = (size_t)node->period;
    const int own = teller->course->payer_nodes[KF_MUNICIPALITY * periods + p];
    const int state = teller->course->payer_nodes[KF_STATE * periods + p];
    KfOere moved;

    if (node->period < 0 || own < 0 || state < 0)
        return 0;
    moved = deviation(teller, state);
    return moved > 0 && moved == -deviation(teller, own) ? moved : 0;
}

/* What the state refunds of an amount as a dear case (Serviceloven § 176). */
static KfOere dear_case_part(const Teller *teller, KfPeriod period, KfOere amount)
{
    const KfRule *rule = kf_rule_at(teller->check->options->rules, KF_TEXT("servicelov_176"),
                                    teller->check->audit->as_of);
    KfOere state = 0;

    for (int32_t y = kf_period_start(period) / 12; rule && y <= (period.to - 1) / 12; y++) {
        KfSplit split;

        if (kf_rule_split_after(rule, 0, kf_year_amount(period, amount, y), &split))
            state += split.part[KF_STATE];
    }
    return state;
}

/* No rule, or one that is not sure, keeps the state from refunding the item. */
static bool may_be_refunded(const KfItem *item, const KfItemRule *rule)
{
    if (item->has_payer || item->is_part || (rule->rule && rule->rule->kind != KF_RULE_FIXED))
        return false;
    return !rule->rule
           || (rule->rule->confidence < KF_CONFIDENCE_HIGH
               && rule->rule->tiers[0].share_bp[KF_STATE] == 0);
}

/* Says how an item's refund would explain what the state has too much; false if none does. */
static bool say_refund(const Teller *teller, KfFinding *finding, const KfNode *node, size_t i,
                       KfOere moved)
{
    const KfCourse *course = teller->course->course;
    const KfOere amount = course->items[i].amounts[node->period].value;
    const KfItemRule *rule = kf_item_rule(teller->course, i, (size_t)node->period);
    KfFindingList *list = &teller->check->list;
    KfArg args[3] = { kf_arg_text(course->items[i].label.text), kf_arg_amount(list, amount) };
    int32_t share;

    if (amount <= 0 || !may_be_refunded(&course->items[i], rule))
        return false;
    if (kf_text_starts(rule->match.benefit, KF_TEXT("servicelov_"))
        && dear_case_part(teller, course->periods[node->period].period, amount) == moved) {
        kf_say(list, finding, KF_SAY_SPLIT_DEAR_CASE, args, 2);
        return true;
    }
    share = refund_share(amount, moved);
    args[2] = kf_arg_hundredths(list, share);
    if (share)
        kf_say(list, finding, rule->rule ? KF_SAY_SPLIT_OR_REFUND : KF_SAY_SPLIT_OR_SHARED, args,
               3);
    return share > 0;
}

/* The payers would be right if an item without a sure rule were refunded in part: then
 * they may be, and nothing is corrected. */
static void allow_refund(const Teller *teller, KfFinding *finding, const KfNode *node)
{
    const KfOere moved = node->payer == KF_STATE || node->payer == KF_MUNICIPALITY
                             ? moved_to_state(teller, node)
                             : 0;

    for (size_t i = 0; moved && i < teller->course->course->item_count; i++) {
        if (!say_refund(teller, finding, node, i, moved))
            continue;
        finding->severity = KF_WARNING;
        finding->action = KF_ACTION_PROPOSE;
        return;
    }
}

/* A figure that is wrong because of its formula is told as that. */
static void apply_fault(const Teller *teller, KfFinding *finding, int index)
{
    const KfFormulaFault *fault = &teller->faults[index];
    const KfFigure *figure = teller->course->nodes[index].figure;
    KfFindingList *list = &teller->check->list;

    if (fault->kind == KF_FAULT_NONE) {
        if (figure->is_formula) /* that gives what it shows, and would again */
            finding->action = KF_ACTION_PROPOSE;
        return;
    }
    if (fault->kind == KF_FAULT_STALE) {
        finding->code = KF_FINDING_FORMULA_STALE;
        kf_say(list, finding, KF_SAY_FORMULA_STALE,
               (KfArg[]){ kf_arg_amount(list, finding->expected.amount) }, 1);
        return;
    }
    if (fault->kind == KF_FAULT_PATTERN) {
        finding->code = KF_FINDING_FORMULA_PATTERN;
        kf_say(list, finding, KF_SAY_FORMULA_PATTERN, (KfArg[]){ kf_arg_text(figure->formula) }, 1);
    } else {
        static const KfSay says[] = {
            [KF_RANGE_MISSES] = KF_SAY_FORMULA_MISSES,
            [KF_RANGE_ADDS] = KF_SAY_FORMULA_ADDS,
            [KF_RANGE_CIRCLE] = KF_SAY_FORMULA_CIRCLE,
            [KF_RANGE_ELSEWHERE] = KF_SAY_FORMULA_ELSEWHERE,
        };

        finding->code = KF_FINDING_FORMULA_RANGE;
        kf_say(list, finding, says[fault->range],
               (KfArg[]){ kf_arg_text(figure->formula),
                          kf_arg_cell(list, fault->cell, figure->ref.sheet) },
               2);
    }
    if (!fault->right.len)
        finding->action = KF_ACTION_PROPOSE;
    finding->expected_formula = fault->right;
    if (fault->right.len)
        kf_say(list, finding, KF_SAY_FORMULA_RIGHT, (KfArg[]){ kf_arg_text(fault->right) }, 1);
}

/* A formula that sums the wrong cells without any difference yet, and an old result that
 * all else rests on. */
static void tell_fault(const Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    const bool range = teller->faults[index].kind == KF_FAULT_RANGE;
    const bool input = node->kind == KF_NODE_ITEM && teller->faults[index].kind == KF_FAULT_STALE;
    KfFinding *finding;

    if ((!range && !input) || teller->best->fate[index] != KF_FATE_RIGHT)
        return;
    finding = kf_finding_at(teller->check, teller->place, KF_FINDING_FORMULA_RANGE, KF_WARNING,
                            KF_ACTION_PROPOSE, node->figure, node->period, node->payer,
                            kf_node_label(teller->place->course, node));
    finding->found = kf_value_amount(node->figure->value);
    finding->expected = input ? kf_value_amount(node->gives) : finding->found;
    apply_fault(teller, finding, index);
}

/* How many columns show the item paid by this payer. */
static size_t times_paid(const Teller *teller, size_t item, int payer)
{
    size_t periods = teller->place->course->period_count, times = 0;

    for (size_t p = 0; p < periods; p++)
        times += teller->best->assigned[item * periods + p] == payer;
    return times;
}

/* Whether the figure counts an item without a rule with a payer that nothing but one
 * column speaks for. */
static bool rests_on_guess(const Teller *teller, const KfNode *node)
{
    const KfCourse *course = teller->place->course;

    for (size_t i = 0; node->payer != KF_PAYER_NONE && i < course->item_count; i++) {
        const int expected = kf_expected_payer(&teller->course->items[i]);

        for (size_t p = 0; p < course->period_count; p++) {
            int payer = teller->best->assigned[i * course->period_count + p];

            if (payer != KF_PAYER_NONE && payer != expected
                && (payer == node->payer || expected == node->payer || payer >= KF_PAYER_COUNT)
                && (node->period < 0 || (size_t)node->period == p)
                && times_paid(teller, i, payer) < 2)
                return true;
        }
    }
    return false;
}

/* A part that no sum but its own row's amount speaks for: that amount may be wrong. */
static bool rests_on_own_row(const Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    const KfItem *item;
    size_t stated = 0;

    if (node->kind != KF_NODE_PART || node->item < 0 || shown_by_sums(teller, index))
        return false;
    item = &teller->place->course->items[node->item];
    for (size_t p = 0; p < teller->place->course->period_count; p++)
        stated += item->amounts[p].value != 0;
    return stated <= 1 || teller->course->items[node->item].is_free
           || kf_slip(node->figure->value, teller->best->truth[index].value) == KF_SLIP_NONE;
}

/* Whether it is what other payers leave of a total that is right: then it matters
 * nothing who pays which item. */
static bool is_rest_of_total(const Teller *teller, const KfNode *node)
{
    const int total = node->period < 0 ? -1 : teller->course->total_nodes[node->period];

    return node->kind == KF_NODE_PAYER && node->payer == KF_MUNICIPALITY && total >= 0
           && teller->best->fate[total] == KF_FATE_RIGHT
           && teller->course->nodes[total].figure->state == KF_FIGURE_STATED;
}

/* Whether a rule leaves open what the payer carries of the row, or of the column's rows. */
static bool has_range(const Teller *teller, const KfNode *node)
{
    const KfCourse *course = teller->place->course;

    for (size_t i = 0; i < course->item_count; i++) {
        const KfItemRule *rule = &teller->course->items[i];

        if (!rule->is_free && rule->rule->kind == KF_RULE_STAY_CAP
            && (node->kind == KF_NODE_PART
                    ? (size_t)node->item == i
                    : node->kind == KF_NODE_PAYER && course->items[i].amounts[node->period].value))
            return true;
    }
    return false;
}

/* What a sum leaves for one of its terms when all others are as they stand; false when it is
 * none, or another is wrong. */
static bool left_by(const Teller *teller, int whole, const KfDerivation *sum, int index,
                    KfOere *left)
{
    bool held = false;

    *left = teller->course->nodes[whole].figure->value;
    for (size_t t = 0; t < sum->count; t++) {
        const KfTerm *term = &sum->terms[t];

        if (term->node == index && term->sign > 0)
            held = true;
        else if (teller->best->fate[term->node] != KF_FATE_RIGHT)
            return false;
        else
            *left -= term->sign * teller->course->nodes[term->node].figure->value;
    }
    return held;
}

/* Whether a total that is wrong itself would be right with something else in the place of a
 * figure that the rule leaves open: then neither is sure. */
static bool is_contested(const Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    const KfOere meant = teller->best->truth[index].value;

    if (!has_range(teller, node))
        return false;
    for (size_t w = 0; w < teller->course->node_count; w++) {
        const KfNode *whole = &teller->course->nodes[w];

        if (teller->best->fate[w] != KF_FATE_ROOT || whole->figure->state != KF_FIGURE_STATED)
            continue;
        for (size_t d = 0; d < whole->derivation_count; d++) {
            KfOere left;

            if (whole->derivations[d].cost == KF_COST_SUM
                && left_by(teller, (int)w, &whole->derivations[d], index, &left)
                && left != node->figure->value && !kf_is_near(teller->course, left, meant))
                return true;
        }
    }
    return false;
}

/* Whether the figure is such a total. */
static bool contests(const Teller *teller, int index)
{
    const KfNode *whole = &teller->course->nodes[index];

    for (size_t d = 0; d < whole->derivation_count; d++) {
        const KfDerivation *sum = &whole->derivations[d];

        for (size_t t = 0; sum->cost == KF_COST_SUM && t < sum->count; t++) {
            if (teller->best->fate[sum->terms[t].node] == KF_FATE_ROOT
                && is_contested(teller, sum->terms[t].node))
                return true;
        }
    }
    return false;
}

/* Payers that were copied from the column before, where someone pays what no rule splits. */
static bool is_copied_over_free(const Teller *teller, const KfNode *node)
{
    const KfCourse *course = teller->place->course;

    if (node->kind != KF_NODE_PAYER || !kf_repeats_payers(course, node->period))
        return false;
    for (size_t i = 0; i < course->item_count; i++) {
        if (teller->best->assigned[i * course->period_count + (size_t)node->period]
            != KF_PAYER_NONE)
            return true;
    }
    return false;
}

static bool is_unsure(const Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];

    if (rests_on_own_row(teller, index) || teller->best->unsure[index]
        || is_contested(teller, index) || contests(teller, index)
        || is_copied_over_free(teller, node))
        return true;
    return rests_on_guess(teller, node)
           && (node->kind == KF_NODE_PAYER_TOTAL
               || (!shown_by_sums(teller, index) && !is_rest_of_total(teller, node)));
}

/* A text that a sum passed over. */
static void tell_text(const Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    KfFinding *finding = kf_finding_at(teller->check, teller->place, KF_FINDING_AMOUNT_TEXT,
                                       KF_WARNING, KF_ACTION_CORRECT, node->figure, node->period,
                                       node->payer, kf_node_label(teller->place->course, node));

    finding->found = kf_value_text(node->figure->shown);
    finding->expected = kf_value_amount(node->figure->value);
    kf_say(&teller->check->list, finding, KF_SAY_AMOUNT_TEXT, NULL, 0);
    teller->marks[index] = kf_finding_mark(&teller->check->list, finding);
}

static void tell_root(const Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    const KfOere meant = teller->best->truth[index].value;
    const bool input = node->kind == KF_NODE_ITEM;
    KfFinding *finding;
    size_t item;

    if (node->is_left_out && meant == node->figure->value) {
        tell_text(teller, index);
        return;
    }
    if (is_unexplained(teller, node, index)) {
        finding = kf_finding_at(teller->check, teller->place, KF_FINDING_SPLIT_UNEXPLAINED,
                                KF_WARNING, KF_ACTION_NONE, node->figure, node->period, node->payer,
                                kf_node_label(teller->place->course, node));
        finding->found = kf_value_amount(node->figure->value);
        kf_say(&teller->check->list, finding, KF_SAY_SPLIT_UNEXPLAINED,
               (KfArg[]){ kf_arg_amount(&teller->check->list, node->figure->value) }, 1);
        teller->marks[index] = kf_finding_mark(&teller->check->list, finding);
        return;
    }
    finding = kf_finding_at(
        teller->check, teller->place, code_of(teller->course, node, meant), KF_ERROR,
        input && !node->is_stale ? KF_ACTION_PROPOSE : KF_ACTION_CORRECT, node->figure,
        node->period, node->payer, kf_node_label(teller->place->course, node));
    if (node->figure->state == KF_FIGURE_STATED)
        finding->found = kf_value_amount(node->figure->value);
    else if (node->figure->state == KF_FIGURE_UNREADABLE)
        finding->found = kf_value_text(node->figure->shown);
    finding->expected = kf_value_amount(meant);
    add_alternatives(teller, finding, index);
    if (finding->alternative_count || teller->best->unsure[index]
        || confidence_of(teller, index) < KF_CONFIDENCE_HIGH
        || (node->meant && !main_rule(teller, node, &item))) {
        finding->severity = KF_WARNING;
        finding->action = KF_ACTION_PROPOSE;
    }
    if (!input && is_unsure(teller, index))
        finding->action = KF_ACTION_PROPOSE;
    apply_fault(teller, finding, index);
    if (input && !node->is_stale)
        say_item(teller, finding, node, meant);
    else if (node->kind == KF_NODE_PAYER || node->kind == KF_NODE_PART)
        say_payer(teller, finding, node, meant);
    else if (!input)
        say_total(teller, finding, node, meant);
    if (node->figure->state == KF_FIGURE_STATED && !node->figure->is_formula)
        kf_say_slip(teller->check, finding, node->figure->value, meant);
    kf_say_alternatives(teller->check, finding);
    if (node->kind == KF_NODE_PAYER)
        allow_refund(teller, finding, node);
    teller->marks[index] = kf_finding_mark(&teller->check->list, finding);
}

/* The root at the end of the chain, and the weakest action along all it rests on. */
static int root_of(const Teller *teller, int index)
{
    for (size_t steps = 0; steps < teller->course->node_count; steps++) {
        if (teller->best->fate[index] != KF_FATE_CONSEQUENCE || teller->best->parent[index] < 0)
            break;
        index = teller->best->parent[index];
    }
    return index;
}

/* A figure summed from several wrong ones waits for all of them to be decided. */
static bool rests_on_proposal(const Teller *teller, const KfNode *node)
{
    for (size_t d = 0; d < node->derivation_count; d++) {
        for (size_t i = 0; i < node->derivations[d].count; i++) {
            int root = root_of(teller, node->derivations[d].terms[i].node);

            if (teller->best->fate[root] == KF_FATE_ROOT && teller->marks[root]
                && teller->check->list.items[teller->marks[root] - 1].action != KF_ACTION_CORRECT
                && node->period == teller->course->nodes[root].period)
                return true;
        }
    }
    return false;
}

/* Explanations that come near the best one disagree on what the figure should be. */
static bool is_undecided(const Teller *teller, int index)
{
    for (size_t i = 0; i < teller->verdict->rival_count; i++) {
        if (teller->verdict->rivals[i]->truth[index].value != teller->best->truth[index].value)
            return true;
    }
    return false;
}

/* Whether an explanation that comes near leaves the figure as it stands. */
static bool stands_elsewhere(const Teller *teller, int index)
{
    for (size_t i = 0; i < teller->verdict->rival_count; i++) {
        if (teller->verdict->rivals[i]->fate[index] == KF_FATE_RIGHT)
            return true;
    }
    return false;
}

static bool names_wrong(const Teller *teller, const KfFormulaRef *ref)
{
    const KfCourseCheck *course = teller->course;
    const KfRange range = ref->range;

    for (size_t i =
             kf_first_node_from(course, (KfRef){ ref->sheet, range.first_row, range.first_col });
         i < course->node_count; i++) {
        const KfNode *node = course->by_place[i];
        const KfRef at = node->figure->ref;

        if (at.sheet != ref->sheet || at.row > range.last_row)
            return false;
        if (at.col >= range.first_col && at.col <= range.last_col
            && teller->best->fate[node - course->nodes] != KF_FATE_RIGHT)
            return true;
    }
    return false;
}

/* Whether a formula names nothing that is wrong: it gives the same again, whatever is mended. */
static bool is_deaf(const Teller *teller, const KfNode *node)
{
    KfFormulaRef *refs;
    size_t count;

    if (!node->figure->is_formula || !teller->course->by_place
        || !kf_formula_refs(teller->course->arena, teller->check->book, node->figure->ref, &refs,
                            &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (names_wrong(teller, &refs[i]))
            return false;
    }
    return true;
}

static void tell_consequence(const Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    int root = root_of(teller, index);
    KfFindingList *list = &teller->check->list;
    KfFinding *finding;
    const KfFinding *cause;
    KfArg cell;

    if (!teller->marks[root])
        return;
    cause = &list->items[teller->marks[root] - 1];
    if (cause->code == KF_FINDING_SPLIT_UNEXPLAINED
        || (cause->alternative_count && stands_elsewhere(teller, index)))
        return;
    cell = kf_arg_cell(list, cause->cell, node->figure->ref.sheet);
    finding = kf_finding_at(teller->check, teller->place,
                            code_of(teller->course, node, teller->best->truth[index].value),
                            cause->severity, cause->action, node->figure, node->period, node->payer,
                            kf_node_label(teller->place->course, node));
    cause = &list->items[teller->marks[root] - 1];
    finding->root = teller->marks[root];
    finding->found = kf_value_amount(node->figure->value);
    finding->expected = kf_value_amount(teller->best->truth[index].value);
    finding->source = cause->source;
    if (finding->action == KF_ACTION_CORRECT
        && (rests_on_proposal(teller, node) || is_undecided(teller, index)
            || is_unsure(teller, index)
            || (is_deaf(teller, node) && teller->faults[index].kind == KF_FAULT_NONE)))
        finding->action = KF_ACTION_PROPOSE;
    kf_say(list, finding, KF_SAY_FOLLOWS, &cell, 1);
    teller->marks[index] = finding->root;
}

/* What the sums leave for a blank figure, when it may be that by the rules. */
static bool left_for_blank(const Teller *teller, int index, KfOere *value)
{
    const KfTruth *truth = &teller->best->truth[index];
    KfSumsLeft left;

    kf_sums_left(teller->course, teller->best, index, &left);
    for (size_t i = 0; i < left.count && truth->known; i++) {
        *value = left.sums[i].value;
        if (*value != 0 && left.sums[i].range.lo <= truth->range.hi
            && left.sums[i].range.hi >= truth->range.lo)
            return true;
    }
    return false;
}

/* What all sums leave for a figure that cannot be read; false when they differ. */
static bool left_for_unreadable(const Teller *teller, int index, KfOere *value)
{
    KfSumsLeft left;

    kf_sums_left(teller->course, teller->best, index, &left);
    for (size_t i = 0; i < left.count; i++) {
        if (left.sums[i].range.hi < left.sums[0].range.lo
            || left.sums[i].range.lo > left.sums[0].range.hi)
            return false;
    }
    if (left.count)
        *value = left.sums[0].value;
    return left.count > 0;
}

/* A column with a cost and no amount: one of its benefits was left out. */
static void tell_no_amounts(const Teller *teller, size_t p)
{
    const KfCourse *course = teller->place->course;
    KfFindingList *list = &teller->check->list;
    const KfOere total = kf_stated_cost(course, p);
    KfFinding *finding = NULL;
    size_t cap = 0;

    for (size_t i = 0; i < course->item_count; i++) {
        const int node = teller->course->item_nodes[i * course->period_count + p];

        if ((!course->items[i].is_part && course->items[i].amounts[p].state > KF_FIGURE_BLANK)
            || (node >= 0 && teller->best->fate[node] == KF_FATE_ROOT))
            return;
    }
    for (size_t i = 0; i < course->item_count && total > 0; i++) {
        const KfItem *item = &course->items[i];
        KfAlternative other = { .cell = item->amounts[p].ref, .expected = kf_value_amount(total) };

        if (item->is_part || !item->label.text.len || item->amounts[p].state != KF_FIGURE_BLANK)
            continue;
        if (finding) {
            KF_PUSH(teller->check->arena, finding->alternatives, finding->alternative_count, cap,
                    other);
            continue;
        }
        finding = kf_finding_at(teller->check, teller->place, KF_FINDING_AMOUNT_MISSING, KF_WARNING,
                                KF_ACTION_PROPOSE, &item->amounts[p], (int)p, KF_PAYER_NONE,
                                item->label.text);
        finding->expected = kf_value_amount(total);
        kf_say(list, finding, KF_SAY_ITEM_BLANK, (KfArg[]){ kf_arg_amount(list, total) }, 1);
    }
    if (finding)
        kf_say_alternatives(teller->check, finding);
}

/* Something stands there that is no amount: the sums may tell which was meant, or the
 * letters look like digits. */
static void tell_unreadable(const Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    KfFindingList *list = &teller->check->list;
    KfFinding *finding;
    KfOere value;
    bool by_sums;
    KfArg arg;

    if (node->figure->state != KF_FIGURE_UNREADABLE || !node->figure->shown.len
        || teller->best->fate[index] != KF_FATE_RIGHT)
        return;
    by_sums = left_for_unreadable(teller, index, &value);
    if (!by_sums && !kf_amount_looks_like(node->figure->shown, teller->place->course->unit, &value))
        return;
    finding = kf_finding_at(teller->check, teller->place, KF_FINDING_AMOUNT_UNREADABLE, KF_WARNING,
                            KF_ACTION_PROPOSE, node->figure, node->period, node->payer,
                            kf_node_label(teller->place->course, node));
    finding->found = kf_value_text(node->figure->shown);
    finding->expected = kf_value_amount(value);
    arg = kf_arg_text(node->figure->shown);
    kf_say(list, finding, KF_SAY_AMOUNT_UNREADABLE, &arg, 1);
    arg = kf_arg_amount(list, value);
    kf_say(list, finding, by_sums ? KF_SAY_UNREADABLE_LEFT : KF_SAY_UNREADABLE_LIKE, &arg, 1);
}

static void look_around(Teller *teller)
{
    const KfCourseCheck *course = teller->course;

    if (teller->has_standing)
        return;
    teller->has_standing = true;
    kf_order_nodes(teller->course);
    for (size_t i = 0; i < course->node_count; i++) {
        const KfNode *node = &course->nodes[i];
        Standing *alike = &teller->standing[node->kind][node->payer + 1];

        alike->stated += node->figure->state == KF_FIGURE_STATED;
        alike->blank += node->figure->state == KF_FIGURE_BLANK && teller->best->truth[i].value != 0;
    }
}

static bool is_alike(const KfNode *a, const KfNode *b)
{
    return a->kind == b->kind && (a->payer == b->payer || a->kind == KF_NODE_PAYER_TOTAL);
}

/* Whether a figure like the node is stated at the place. */
static bool is_stated_at(const Teller *teller, const KfNode *node, KfRef place)
{
    const KfCourseCheck *course = teller->course;

    for (size_t i = kf_first_node_from(course, place);
         i < course->node_count && kf_ref_order(course->by_place[i]->figure->ref, place) == 0;
         i++) {
        if (is_alike(course->by_place[i], node)
            && course->by_place[i]->figure->state == KF_FIGURE_STATED)
            return true;
    }
    return false;
}

static bool is_stated_beside(const Teller *teller, const KfNode *node)
{
    static const int32_t steps[][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        KfRef place = node->figure->ref;

        place.row += (uint32_t)steps[i][0];
        place.col += (uint32_t)steps[i][1];
        if (is_stated_at(teller, node, place))
            return true;
    }
    return false;
}

/* Whether half the figures of the node's kind are stated, one beside it too, so that a
 * blank stands out. */
static bool stands_out(Teller *teller, const KfNode *node)
{
    Standing all = { 0 };

    look_around(teller);
    for (int payer = 0; payer <= KF_PAYER_COUNT; payer++) {
        if (node->kind != KF_NODE_PAYER_TOTAL && payer != node->payer + 1)
            continue;
        all.stated += teller->standing[node->kind][payer].stated;
        all.blank += teller->standing[node->kind][payer].blank;
    }
    return all.stated >= all.blank && is_stated_beside(teller, node);
}

/* A blank among payers and totals is not stated, and not nought: it is not filled in. */
static void tell_blank(Teller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    KfFinding *finding;
    KfOere value;
    KfArg arg;

    if (node->kind == KF_NODE_ITEM || node->figure->state != KF_FIGURE_BLANK
        || !stands_out(teller, node) || !left_for_blank(teller, index, &value)
        || kf_is_near(teller->course, value, 0))
        return;
    arg = kf_arg_amount(&teller->check->list, value);
    finding = kf_finding_at(teller->check, teller->place, KF_FINDING_AMOUNT_MISSING, KF_WARNING,
                            KF_ACTION_PROPOSE, node->figure, node->period, node->payer,
                            kf_node_label(teller->place->course, node));
    finding->expected = kf_value_amount(value);
    kf_say(&teller->check->list, finding, KF_SAY_BLANK_LEFT, &arg, 1);
}

/* Sums that only agree within rounding are said, at most as information. */
static void tell_rounding(const Teller *teller)
{
    for (size_t i = 0; i < teller->course->node_count; i++) {
        const KfNode *node = &teller->course->nodes[i];
        const KfTruth *truth = &teller->best->truth[i];
        KfFinding *finding;

        if (node->kind != KF_NODE_TOTAL || node->figure->state != KF_FIGURE_STATED || !truth->known
            || teller->best->fate[i] != KF_FATE_RIGHT || truth->value == node->figure->value)
            continue;
        finding = kf_finding_at(teller->check, teller->place, KF_FINDING_TOTAL_ITEMS, KF_INFO,
                                KF_ACTION_NONE, node->figure, node->period, node->payer,
                                kf_node_label(teller->place->course, node));
        finding->found = kf_value_amount(node->figure->value);
        finding->expected = kf_value_amount(truth->value);
        kf_say(&teller->check->list, finding, KF_SAY_TOTAL_ROUNDING,
               (KfArg[]){ kf_arg_amount(&teller->check->list, truth->value),
                          kf_arg_amount(&teller->check->list, truth->value - node->figure->value) },
               2);
    }
}

/* How many figures of a kind and payer are formulas, and how many are typed. */
typedef struct {
    size_t formulas, typed;
} Written;

typedef struct {
    Written of[KF_NODE_KINDS][KF_PAYER_COUNT + 1];
} WrittenCounts;

static Written *written_as(WrittenCounts *counts, const KfNode *node)
{
    return &counts->of[node->kind][node->payer + 1];
}

static WrittenCounts count_written(const KfCourseCheck *course)
{
    WrittenCounts counts = { 0 };

    for (size_t i = 0; i < course->node_count; i++) {
        const KfNode *node = &course->nodes[i];

        if (node->figure->state != KF_FIGURE_STATED)
            continue;
        written_as(&counts, node)->formulas += node->figure->is_formula;
        written_as(&counts, node)->typed += !node->figure->is_formula;
    }
    return counts;
}

/* Whether most others of the node's kind are formulas: then it was typed over one. */
static bool is_typed_over(WrittenCounts *counts, const KfNode *node)
{
    const Written *alike = written_as(counts, node);

    return !node->figure->is_formula && node->kind != KF_NODE_ITEM
           && node->figure->state == KF_FIGURE_STATED && alike->formulas > 1
           && alike->formulas > (alike->typed - 1) * 2;
}

/* A formula with a fault of its own is the likeliest culprit of all; then a number
 * where the others are formulas. */
static KfFormulaFault *find_faults(KfCheck *check, KfCourseCheck *course)
{
    enum { WEIGHT_FAULTY = 30, TYPED_OVER_PERCENT = 40 };
    KfFormulaFault *faults = kf_arena_array(course->arena, course->node_count, sizeof *faults);
    WrittenCounts counts = count_written(course);

    for (size_t i = 0; i < course->node_count; i++) {
        KfNode *node = &course->nodes[i];

        if (node->figure->is_formula) {
            kf_order_nodes(course);
            faults[i] = kf_formula_fault(check, course, node);
        }
        if (node->kind == KF_NODE_ITEM
            && kf_stale_input(check, course->course, node->figure, &node->gives)) {
            node->is_stale = !course->as_cached;
            faults[i].kind = KF_FAULT_STALE;
        }
        node->is_faulty = faults[i].kind != KF_FAULT_NONE;
        if (node->is_faulty)
            node->weight = WEIGHT_FAULTY;
        else if (is_typed_over(&counts, node))
            node->weight = node->weight * TYPED_OVER_PERCENT / 100;
    }
    return faults;
}

/* Whether the amount is a whole number of its rate, and not by chance. */
static bool fits_rate(const KfCheck *check, const KfCourseCheck *course, const KfNode *node,
                      KfRateFit *fit)
{
    const KfPeriod period = course->course->periods[node->period].period;
    const KfInterval shown = kf_amount_within(node->figure);

    return node->figure->value > 0
           && kf_rate_fit_within(check->options->rules, course->items[node->item].match.benefit,
                                 check->year, period, shown, fit)
           && kf_is_narrow(shown, fit->unit_price);
}

/* The price of a unit, and what the column's months come to at that. */
static void set_price(const KfCourseCheck *course, KfNode *node, const KfRateFit *fit)
{
    const int64_t months = kf_period_months(course->course->periods[node->period].period);

    node->fits_price = fit->unit_price;
    node->fits_most =
        fit->unit_price * (fit->rate->unit == KF_RATE_WEEK ? months * 52 / 12 : months);
}

/* Whether more of the row's other amounts are at another price than at this one: then it fits
 * by chance. */
static bool is_unlike_its_row(const KfCourseCheck *course, const KfNode *node)
{
    const size_t periods = course->course->period_count;
    int unlike = 0;

    for (size_t p = 0; p < periods; p++) {
        const int other = course->item_nodes[(size_t)node->item * periods + p];
        const KfOere price = other >= 0 ? course->nodes[other].fits_price : 0;

        if (price && (int)p != node->period)
            unlike += price == node->fits_price ? -1 : 1;
    }
    return unlike > 0;
}

/* Whether the amount is more than twice what the column's months come to at the rate. */
static bool is_beyond(const KfCourseCheck *course, const KfNode *node, const KfRate *rate)
{
    const int64_t months = kf_period_months(course->course->periods[node->period].period);

    return months > 0
           && node->figure->value
                  > 2 * rate->amount
                        * (rate->unit == KF_RATE_WEEK ? (months * 52 + 11) / 12 : months);
}

/* At any rate of the benefit. */
static bool is_beyond_column(const KfCheck *check, const KfCourseCheck *course, const KfNode *node)
{
    const KfRate *first =
        kf_rate(check->options->rules, course->items[node->item].match.benefit, check->year);
    const KfRate *rates;
    size_t count;

    if (!first || first->unit == KF_RATE_STAY || course->items[node->item].is_free
        || !is_beyond(course, node, first))
        return false;
    rates = kf_rates(check->options->rules, &count);
    for (size_t r = 0; r < count; r++) {
        if (rates[r].year == first->year && kf_text_eq(rates[r].benefit, first->benefit)
            && !is_beyond(course, node, &rates[r]))
            return false;
    }
    return true;
}

/* An amount that is a whole number of its rate was hardly mistyped; one that its column has
 * no room for was. */
static void weigh_by_rate(const KfCheck *check, KfCourseCheck *course)
{
    KfRateFit fit;

    for (size_t n = 0; n < course->node_count; n++) {
        KfNode *node = &course->nodes[n];

        if (node->kind != KF_NODE_ITEM || !course->items[node->item].match.benefit.len)
            continue;
        if (fits_rate(check, course, node, &fit))
            set_price(course, node, &fit);
        if (is_beyond_column(check, course, node))
            node->weight /= 2;
    }
    for (size_t n = 0; n < course->node_count; n++) {
        KfNode *node = &course->nodes[n];

        if (!node->fits_price)
            continue;
        if (is_unlike_its_row(course, node))
            node->fits_most = 0;
        else
            node->weight *= KF_FITTING_FACTOR;
    }
}

/* A blank is filled at the price of its row, if at any. */
static void take_price_of_row(const KfCheck *check, const KfCourseCheck *course, KfNode *blank)
{
    const size_t periods = course->course->period_count;
    KfRateFit fit;

    for (size_t p = 0; p < periods; p++) {
        const int other = course->item_nodes[(size_t)blank->item * periods + p];

        if (other >= 0 && course->nodes[other].fits_most
            && fits_rate(check, course, &course->nodes[other], &fit)) {
            set_price(course, blank, &fit);
            return;
        }
    }
}

/* What the blank's benefit costs in the citizen's other course. */
static void find_costs(const KfCheck *check, const KfPlace *place, KfNode *blank)
{
    const KfCase *one = &check->audit->model.cases[place->case_index];
    const KfCourse *other = &one->courses[KF_COURSE_COUNT - 1 - (int)place->course->kind];
    const KfText label = place->course->items[blank->item].label.text;

    for (size_t i = 0; one->has[other->kind] && i < other->item_count; i++) {
        if (!kf_text_eq(other->items[i].label.text, label))
            continue;
        blank->costs = other->items[i].amounts;
        blank->costs_count = other->period_count;
        return;
    }
}

/* What is known of prices bears out what a blank may have been. */
static void weigh_blanks(const KfCheck *check, const KfPlace *place, KfCourseCheck *course)
{
    for (size_t n = 0; n < course->node_count; n++) {
        KfNode *node = &course->nodes[n];

        if (node->kind != KF_NODE_ITEM || node->figure->state != KF_FIGURE_BLANK
            || !kf_node_label(course->course, node).len)
            continue;
        take_price_of_row(check, course, node);
        find_costs(check, place, node);
    }
}

static int by_ref(const void *a, const void *b)
{
    const KfRef *x = a, *y = b;

    return kf_ref_order(*x, *y);
}

/* What a person has settled is at fault last of all. */
static void mark_settled(const KfCheck *check, KfCourseCheck *course)
{
    enum { WEIGHT_SETTLED = 2000 };

    for (size_t n = 0; check->options->settled_count && n < course->node_count; n++) {
        KfNode *node = &course->nodes[n];

        node->is_settled = bsearch(&node->figure->ref, check->options->settled,
                                   check->options->settled_count, sizeof node->figure->ref, by_ref)
                           != NULL;
        if (node->is_settled)
            node->weight = WEIGHT_SETTLED;
    }
}

/* A way to count weeks that a course leaves open, and the explanation that it gives. */
typedef struct {
    KfCourseCheck course;
    KfFormulaFault *faults;
    KfVerdict verdict;
} Located;

/* A count of weeks that may start anew within the course. */
static bool may_restart(const KfCourseCheck *course)
{
    for (size_t c = 0; c < course->clock_count; c++) {
        if (course->clock_rules[c] && course->clock_rules[c]->restart_after)
            return true;
    }
    return false;
}

static bool has_stale_input(const KfCourseCheck *course)
{
    for (size_t i = 0; i < course->node_count; i++) {
        if (course->nodes[i].is_stale)
            return true;
    }
    return false;
}

static Located locate_with(KfCheck *check, const KfPlace *place, Located start, bool rests_unknown,
                           bool other_count)
{
    KfCourseCheck *course = &start.course;

    course->rests_unknown = rests_unknown;
    kf_course_check_build(course);
    kf_choose_week_count(course);
    kf_choose_prices(check, course);
    if (other_count)
        course->week_count =
            course->week_count == KF_WEEKS_RUNNING ? KF_WEEKS_WHOLE : KF_WEEKS_RUNNING_ON;
    course->by_place = NULL;
    start.faults = find_faults(check, course);
    weigh_by_rate(check, course);
    weigh_blanks(check, place, course);
    mark_settled(check, course);
    start.verdict = kf_locate_error(course);
    return start;
}

static bool is_added_by(KfCheck *check, const KfFigure *total, KfRef cell)
{
    KfRef *cells;
    size_t count;

    if (!total->is_formula
        || !kf_formula_text_sum_cells(check->scratch, check->book, total->ref.sheet, total->formula,
                                      &cells, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (kf_ref_order(cells[i], cell) == 0)
            return true;
    }
    return false;
}

/* A row that some total's formula adds is a benefit, be it forgotten by another total. */
static void keep_added_rows(KfCheck *check, const KfCourseCheck *course)
{
    const KfCourse *table = course->course;

    for (size_t i = 0; i < table->item_count; i++) {
        for (size_t p = 0; course->left_out[i] && table->totals && p < table->period_count; p++) {
            if (is_added_by(check, &table->totals[p], table->items[i].amounts[p].ref))
                course->left_out[i] = false;
        }
    }
}

/* Nothing in a sheet shows how the citizen lived in what benefits leave of a column: it
 * counts as self-support only where the payers agree. And with mistakes among the payers
 * their number tells little of how begun weeks are counted: what explains them at less
 * cost tells more. An old result of an amount's formula may be what all else rests on. */
KfVerdict kf_locate_course(KfCheck *check, const KfPlace *place, KfCourseCheck *course,
                           KfFormulaFault **faults)
{
    Located start = { .course = *course }, best, other[3];
    int others = 0;

    start.course.texts = kf_count_texts(check, place);
    start.course.texts_left_out = kf_are_stray(&start.course.texts);
    kf_leave_out_rows(&start.course);
    keep_added_rows(check, &start.course);
    best = locate_with(check, place, start, false, false);
    for (int way = 1; way < 4 && best.verdict.best->cost > 0 && may_restart(&start.course); way++) {
        other[others] = locate_with(check, place, start, way & 1, way & 2);
        if (other[others].verdict.best->cost < best.verdict.best->cost) {
            const Located last = best;

            best = other[others];
            other[others] = last;
        }
        others++;
    }
    for (int i = 0; i < others; i++)
        kf_add_rival(&best.course, &best.verdict, other[i].verdict.best);
    if (best.verdict.best->cost > 0 && has_stale_input(&best.course)) {
        start.course.as_cached = true;
        other[0] = locate_with(check, place, start, false, false);
        if (other[0].verdict.best->cost < best.verdict.best->cost)
            best = other[0];
    }
    *course = best.course;
    *faults = best.faults;
    return best.verdict;
}

/* What cannot be recalculated here counts with the result that the file keeps: said once a
 * course. */
static void tell_unknown_formulas(const Teller *teller)
{
    KfFindingList *list = &teller->check->list;
    const KfNode *first = NULL;
    KfFinding *finding;
    int64_t others = 0;
    KfArg arg;

    for (size_t i = 0; i < teller->course->node_count; i++) {
        const KfNode *node = &teller->course->nodes[i];

        if (!teller->faults[i].unknown || node->figure->state != KF_FIGURE_STATED)
            continue;
        others += first != NULL;
        first = first ? first : node;
    }
    if (!first)
        return;
    finding = kf_finding_at(teller->check, teller->place, KF_FINDING_FORMULA_UNKNOWN, KF_INFO,
                            KF_ACTION_NONE, first->figure, first->period, first->payer,
                            kf_node_label(teller->place->course, first));
    finding->found = kf_value_amount(first->figure->value);
    arg = kf_arg_text(first->figure->formula);
    kf_say(list, finding, KF_SAY_FORMULA_LEFT, &arg, 1);
    arg = kf_arg_number(list, others);
    if (others)
        kf_say(list, finding, KF_SAY_FORMULA_LEFT_MORE, &arg, 1);
}

static void tell_left_out(const Teller *teller)
{
    const KfCourse *course = teller->place->course;

    for (size_t i = 0; i < course->item_count; i++) {
        const KfFigure label = { .ref = course->items[i].label.ref };

        if (teller->course->left_out[i])
            kf_say(&teller->check->list,
                   kf_finding_at(teller->check, teller->place, KF_FINDING_FILE_UNPLACED, KF_WARNING,
                                 KF_ACTION_NONE, &label, -1, KF_PAYER_NONE,
                                 course->items[i].label.text),
                   KF_SAY_LEFT_OUT, NULL, 0);
    }
}

void kf_check_course(KfCheck *check, const KfPlace *place, KfCourseCheck *course)
{
    const size_t first = check->list.count;
    KfVerdict verdict;
    Teller teller = { .check = check, .place = place, .course = course, .verdict = &verdict };

    verdict = kf_locate_course(check, place, course, &teller.faults);
    teller.best = verdict.best;
    teller.marks = kf_arena_array(course->arena, course->node_count, sizeof *teller.marks);
    for (size_t i = 0; i < course->node_count; i++) {
        if (teller.best->fate[i] == KF_FATE_ROOT)
            tell_root(&teller, (int)i);
    }
    for (size_t i = 0; i < course->node_count; i++) {
        if (teller.best->fate[i] == KF_FATE_CONSEQUENCE)
            tell_consequence(&teller, (int)i);
    }
    kf_hold_back(check, course, first);
    tell_left_out(&teller);
    tell_unknown_formulas(&teller);
    for (size_t i = 0; i < course->node_count; i++) {
        tell_fault(&teller, (int)i);
        tell_blank(&teller, (int)i);
        tell_unreadable(&teller, (int)i);
    }
    for (size_t p = 0; p < place->course->period_count; p++)
        tell_no_amounts(&teller, p);
    tell_rounding(&teller);
    kf_check_formulas(check, place, course);
    kf_check_inferred(check, place, course, teller.best);
}
