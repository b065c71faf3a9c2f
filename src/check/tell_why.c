/* Why a figure is wrong, in sentences: what else would explain it, the rule and the weeks behind a
 * payer's part, what sums come to, and a refund that no rule tells of. */
#include "check/teller.h"

bool kf_has_root(const KfExplanation *explanation, int node, KfOere value)
{
    return explanation->fate[node] == KF_FATE_ROOT && explanation->truth[node].value == value;
}

static bool is_listed(const KfTeller *teller, const KfFinding *finding, const KfAlternative *other)
{
    for (size_t i = 0; i < finding->alternative_count; i++) {
        if (kf_ref_order(finding->alternatives[i].cell, other->cell) == 0
            && kf_is_near(teller->course, finding->alternatives[i].expected.amount,
                          other->expected.amount))
            return true;
    }
    return false;
}

static void add_alternative(const KfTeller *teller, KfFinding *finding, const KfExplanation *rival,
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
static size_t count_missing(const KfTeller *teller, const KfExplanation *rival)
{
    size_t missing = 0;

    for (size_t n = 0; n < teller->course->node_count; n++)
        missing += teller->best->fate[n] == KF_FATE_ROOT && !teller->course->nodes[n].is_left_out
                   && !kf_has_root(rival, (int)n, teller->best->truth[n].value);
    return missing;
}

static void add_from_rival(const KfTeller *teller, KfFinding *finding, const KfExplanation *rival,
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

void kf_add_alternatives(const KfTeller *teller, KfFinding *finding, int root)
{
    const KfOere meant = teller->best->truth[root].value;
    bool any_near = false;
    size_t cap = 0;

    for (int alone = 1; alone >= 0 && !any_near; alone--) {
        for (size_t r = 0; r < teller->verdict->rival_count; r++) {
            const KfExplanation *rival = teller->verdict->rivals[r];

            if (kf_has_root(rival, root, meant) || (count_missing(teller, rival) == 1) != alone)
                continue;
            add_from_rival(teller, finding, rival, root, &cap);
            any_near |= finding->alternative_count && rival->cost <= teller->verdict->near;
        }
    }
}

const KfItemRule *kf_main_rule(const KfTeller *teller, const KfNode *node, size_t *item)
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

static void say_weeks(const KfTeller *teller, KfFinding *finding, const KfNode *node, size_t item)
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

int kf_exchanged_with(const KfTeller *teller, const KfNode *node, KfOere meant)
{
    for (int k = 0; node->kind == KF_NODE_PAYER && k < KF_PAYER_COUNT; k++) {
        const int other = kf_payer_node(teller->course, (size_t)k, (size_t)node->period);

        if (k != node->payer && other >= 0 && node->figure->value != meant
            && teller->best->fate[other] != KF_FATE_RIGHT
            && teller->best->truth[other].value == node->figure->value
            && teller->course->nodes[other].figure->value == meant)
            return k;
    }
    return KF_PAYER_NONE;
}

void kf_say_payer(const KfTeller *teller, KfFinding *finding, const KfNode *node, KfOere meant)
{
    const KfCourse *course = teller->place->course;
    KfFindingList *list = &teller->check->list;
    size_t item = 0;
    const KfItemRule *rule = kf_main_rule(teller, node, &item);
    KfOere found = node->figure->value;
    const int with = kf_exchanged_with(teller, node, meant);

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
    if (with != KF_PAYER_NONE)
        kf_say(list, finding, KF_SAY_SPLIT_EXCHANGED, (KfArg[]){ kf_arg_payer(with) }, 1);
}

void kf_say_total(const KfTeller *teller, KfFinding *finding, const KfNode *node, KfOere meant)
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

void kf_say_item(const KfTeller *teller, KfFinding *finding, const KfNode *node, KfOere meant)
{
    KfArg arg = kf_arg_amount(&teller->check->list, meant);

    kf_say(&teller->check->list, finding,
           node->figure->state == KF_FIGURE_STATED ? KF_SAY_ITEM_MENDS : KF_SAY_ITEM_BLANK, &arg,
           1);
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

static KfOere deviation(const KfTeller *teller, int node)
{
    return teller->course->nodes[node].figure->value - teller->best->truth[node].value;
}

/* Whether the municipality lacks in the column what the state has too much, and how much. */
static KfOere moved_to_state(const KfTeller *teller, const KfNode *node)
{
    const size_t p = (size_t)node->period;
    const int own = kf_payer_node(teller->course, KF_MUNICIPALITY, p);
    const int state = kf_payer_node(teller->course, KF_STATE, p);
    KfOere moved;

    if (node->period < 0 || own < 0 || state < 0)
        return 0;
    moved = deviation(teller, state);
    return moved > 0 && moved == -deviation(teller, own) ? moved : 0;
}

/* What the state refunds of an amount as a dear case (Serviceloven § 176). */
static KfOere dear_case_part(const KfTeller *teller, KfPeriod period, KfOere amount)
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
static bool say_refund(const KfTeller *teller, KfFinding *finding, const KfNode *node, size_t i,
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

void kf_allow_refund(const KfTeller *teller, KfFinding *finding, const KfNode *node)
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
