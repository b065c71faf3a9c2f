/* How sure a located mistake is: whether sums show it by themselves, whether its rule or who pays an
 * item was guessed, whether another explanation contests it. */
#include "check/teller.h"

/* Whether figures that are all right themselves add up to what this one should be:
 * then arithmetic alone shows it, whatever the rules are worth. */
static bool shown_by_sums(const KfTeller *teller, int index)
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

/* Whether an explanation that comes near does without this root. */
static bool has_rival(const KfTeller *teller, int root)
{
    for (size_t r = 0; r < teller->verdict->rival_count; r++) {
        if (!kf_has_root(teller->verdict->rivals[r], root, teller->best->truth[root].value))
            return true;
    }
    return false;
}

static bool are_payers_right(const KfTeller *teller, size_t period)
{
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        const int node = kf_payer_node(teller->course, k, period);

        if (node >= 0 && teller->best->fate[node] != KF_FATE_RIGHT)
            return false;
    }
    return true;
}

/* Whether another column whose payers are right shows the item paid as in this one. */
static bool is_paid_alike(const KfTeller *teller, size_t item, size_t period)
{
    const size_t periods = teller->course->course->period_count;
    const int *paid = teller->best->assigned + item * periods;

    for (size_t p = 0; p < periods; p++) {
        if (p != period && paid[p] == paid[period] && are_payers_right(teller, p))
            return true;
    }
    return false;
}

/* Whether the payers of its column were copied from the one before. */
static bool is_of_copied(const KfTeller *teller, const KfNode *node)
{
    return node->kind == KF_NODE_PAYER
           && kf_repeats_payers(teller->course, teller->best, node->period);
}

/* A column whose payers were copied from the one before shows nothing of who pays what no
 * rule splits: with a row that no other column shows, its payers are a guess. */
static bool rests_on_copied(const KfTeller *teller, const KfNode *node)
{
    const KfCourse *course = teller->place->course;

    if (!is_of_copied(teller, node))
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

bool kf_is_unexplained(const KfTeller *teller, const KfNode *node, int index)
{
    const KfCourse *course = teller->place->course;
    size_t item;

    if (node->kind != KF_NODE_PAYER || shown_by_sums(teller, index)
        || kf_main_rule(teller, node, &item) || has_rival(teller, index)
        || is_as_meant(node, &teller->best->truth[index])
        || (is_of_copied(teller, node) && !rests_on_copied(teller, node))
        || kf_exchanged_with(teller, node, teller->best->truth[index].value) != KF_PAYER_NONE)
        return false;
    for (size_t i = 0; i < course->item_count; i++) {
        if (teller->course->items[i].is_free && course->items[i].amounts[node->period].value != 0
            && !course->items[i].is_part)
            return true;
    }
    return false;
}

/* An amount that the payers' figures show is no surer than the rules behind them. */
static KfConfidence by_payers(const KfTeller *teller, const KfNode *item)
{
    KfConfidence weakest = KF_CONFIDENCE_HIGH;

    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        const int node = kf_payer_node(teller->course, k, (size_t)item->period);

        if (node >= 0 && teller->best->truth[node].confidence < weakest)
            weakest = teller->best->truth[node].confidence;
    }
    return weakest;
}

KfConfidence kf_confidence_of(const KfTeller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];

    if (shown_by_sums(teller, index))
        return KF_CONFIDENCE_HIGH;
    return node->kind == KF_NODE_ITEM ? by_payers(teller, node)
                                      : teller->best->truth[index].confidence;
}

/* How many columns show the item paid by this payer. */
static size_t times_paid(const KfTeller *teller, size_t item, int payer)
{
    size_t periods = teller->place->course->period_count, times = 0;

    for (size_t p = 0; p < periods; p++)
        times += teller->best->assigned[item * periods + p] == payer;
    return times;
}

/* Whether the figure counts an item without a rule with a payer that nothing but one
 * column speaks for. */
static bool rests_on_guess(const KfTeller *teller, const KfNode *node)
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
static bool rests_on_own_row(const KfTeller *teller, int index)
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
static bool is_rest_of_total(const KfTeller *teller, const KfNode *node)
{
    const int total = node->period < 0 ? -1 : teller->course->total_nodes[node->period];

    return node->kind == KF_NODE_PAYER && node->payer == KF_MUNICIPALITY && total >= 0
           && teller->best->fate[total] == KF_FATE_RIGHT
           && teller->course->nodes[total].figure->state == KF_FIGURE_STATED;
}

/* Whether a rule leaves open what the payer carries of the row, or of the column's rows. */
static bool has_range(const KfTeller *teller, const KfNode *node)
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
static bool left_by(const KfTeller *teller, int whole, const KfDerivation *sum, int index,
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
static bool is_contested(const KfTeller *teller, int index)
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
static bool contests(const KfTeller *teller, int index)
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
static bool is_copied_over_free(const KfTeller *teller, const KfNode *node)
{
    const KfCourse *course = teller->place->course;

    if (!is_of_copied(teller, node))
        return false;
    for (size_t i = 0; i < course->item_count; i++) {
        if (teller->best->assigned[i * course->period_count + (size_t)node->period]
            != KF_PAYER_NONE)
            return true;
    }
    return false;
}

bool kf_is_unsure(const KfTeller *teller, int index)
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
