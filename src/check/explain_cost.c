/* What it costs an explanation that a figure is wrong of itself, that an input was mistyped, and
 * that items without a rule are paid by others than expected. */
#include "check/explain_cost.h"

enum { COST_OTHER_PAYER = 25, COST_UNLIKE_PAYERS = 220, KRONE = 100, COARSE_DIGITS = 10 };

/* Whether the payers add up to a period total that is right: whoever took a part
 * from elsewhere then gave the municipality the rest. */
static bool payers_fit_total(const KfDisagreement *of, int period)
{
    const KfCourseCheck *check = of->check;
    int total = check->total_nodes[period];
    KfInterval sum = { 0, 0 };

    if (total < 0)
        return true;
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        int node = kf_payer_node(check, k, (size_t)period);

        if (node < 0)
            continue;
        sum.lo += check->nodes[node].figure->range.lo;
        sum.hi += check->nodes[node].figure->range.hi;
    }
    return !of->is_wrong[total] && sum.lo <= check->nodes[total].figure->range.hi
           && sum.hi >= check->nodes[total].figure->range.lo;
}

/* Whether two payers' figures of a column are each what the other should be. */
static bool are_exchanged(const KfDisagreement *of, int node, int other)
{
    const KfNode *nodes = of->check->nodes;
    const KfTruth *truth = of->out->truth;

    return node >= 0 && other >= 0 && of->is_wrong[node] && of->is_wrong[other]
           && kf_is_near(of->check, truth[other].value, nodes[node].figure->value)
           && kf_is_near(of->check, truth[node].value, nodes[other].figure->value);
}

/* The payer whose figure of the column was exchanged with this one, or KF_PAYER_NONE. */
static int exchanged_with(const KfDisagreement *of, int node)
{
    const KfNode *wrong = &of->check->nodes[node];

    for (size_t k = 0; wrong->kind == KF_NODE_PAYER && k < KF_PAYER_COUNT; k++) {
        if ((int)k != wrong->payer
            && are_exchanged(of, node, kf_payer_node(of->check, k, (size_t)wrong->period)))
            return (int)k;
    }
    return KF_PAYER_NONE;
}

/* Whether the rows of both are exchanged throughout, wherever they differ: that is done once. */
static bool are_rows_exchanged(const KfDisagreement *of, int payer, int with)
{
    const KfCourseCheck *check = of->check;
    size_t exchanged = 0;

    for (size_t p = 0; p < check->course->period_count; p++) {
        const int node = kf_payer_node(check, (size_t)payer, p);
        const int other = kf_payer_node(check, (size_t)with, p);

        if (are_exchanged(of, node, other))
            exchanged++;
        else if (node < 0 || other < 0
                 || check->nodes[node].figure->value != check->nodes[other].figure->value)
            return false;
    }
    return exchanged > 1;
}

/* Who pays an item without a rule is not known while its column's payers are wrong, unless
 * another column shows the same. */
static bool has_unplaced_item(const KfDisagreement *of, int period)
{
    const KfCourse *course = of->check->course;
    const size_t periods = course->period_count;

    for (size_t i = 0; i < course->item_count; i++) {
        const int *paid = of->out->assigned + i * periods;
        bool elsewhere = paid[period] == KF_PAYER_NONE;

        for (size_t p = 0; p < periods && !elsewhere; p++)
            elsewhere = p != (size_t)period && paid[p] == paid[period];
        if (!elsewhere)
            return true;
    }
    return false;
}

/* Whether a column has the payers of the column before, and a total that is right. */
static bool is_column_copied(const KfDisagreement *of, int period)
{
    const int total = of->check->total_nodes[period];

    return (total < 0 || !of->is_wrong[total]) && kf_repeats_payers(of->check, of->out, period);
}

/* Whether several payers of a column are wrong that all are those of the column before: no chance,
 * and done once. */
static bool are_payers_copied(const KfDisagreement *of, int period)
{
    const KfCourseCheck *check = of->check;
    size_t wrong = 0;

    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        const int node = kf_payer_node(check, k, (size_t)period);

        wrong += node >= 0 && of->is_wrong[node] && check->nodes[node].figure->value != 0;
    }
    return wrong > 1 && is_column_copied(of, period);
}

int kf_root_cost(const KfDisagreement *of, int node)
{
    const KfCourseCheck *check = of->check;
    const KfNode *wrong = &check->nodes[node];
    const KfTruth *truth = &of->out->truth[node];
    const int with = exchanged_with(of, node);

    if (kf_node_slipped(check, wrong, truth))
        return wrong->weight / 2;
    if (with != KF_PAYER_NONE)
        return wrong->weight * (are_rows_exchanged(of, wrong->payer, with) ? 1 : 2) / 5;
    if (wrong->kind == KF_NODE_PAYER && are_payers_copied(of, wrong->period))
        return wrong->weight * 3 / 10;
    if (wrong->kind == KF_NODE_PAYER && is_column_copied(of, wrong->period)
        && !has_unplaced_item(of, wrong->period))
        return wrong->weight / 2;
    if (wrong->kind == KF_NODE_PAYER && wrong->period > 0 && payers_fit_total(of, wrong->period)) {
        int before = kf_payer_node(check, (size_t)wrong->payer, (size_t)wrong->period - 1);

        if (before >= 0 && wrong->figure->value
            && check->nodes[before].figure->value == wrong->figure->value)
            return wrong->weight * 3 / 5;
    }
    return wrong->weight;
}

/* Whether another amount would be a whole number of the rate as well, as coarse as the sheet is. */
static bool would_fit(const KfCourseCheck *check, const KfNode *node, KfOere value)
{
    const KfOere half = check->step > KRONE ? check->step / 2 : 0;
    KfOere off;

    if (!node->fits_most || value > node->fits_most + half)
        return false;
    off = value % node->fits_price;
    return off <= half || node->fits_price - off <= half;
}

/* Whether a blank's benefit costs as much in the other course. */
static bool is_known_price(const KfNode *blank, KfOere value)
{
    for (size_t i = 0; i < blank->costs_count; i++) {
        if (blank->costs[i].value == value)
            return true;
    }
    return false;
}

int kf_change_cost(const KfDisagreement *of, const KfInputChange *change)
{
    const KfCourseCheck *check = of->check;
    const KfNode *node = &check->nodes[change->node];
    int weight = node->weight;

    if (would_fit(check, node, change->value))
        weight /= KF_FITTING_FACTOR;
    if (node->figure->state == KF_FIGURE_STATED
        && kf_is_slip(check, node->figure->value, change->value))
        return weight * 35 / 100;
    if (is_known_price(node, change->value) && !are_payers_copied(of, node->period))
        return check->step > KRONE && change->value < COARSE_DIGITS * check->step
                   ? weight / 2
                   : weight * 35 / 100;
    return weight;
}

int kf_cost_of_payers(const KfCourseCheck *check, const KfExplanation *out)
{
    size_t periods = check->course->period_count;
    int cost = 0;

    for (size_t i = 0; i < check->course->item_count; i++) {
        const KfItemRule *rule = &check->items[i];
        int first = KF_PAYER_NONE;
        bool others = false, unlike = false;

        for (size_t p = 0; p < periods; p++) {
            int choice = out->assigned[i * periods + p];

            if (choice == KF_PAYER_NONE)
                continue;
            others |= choice != kf_expected_payer(rule);
            unlike |= first != KF_PAYER_NONE && choice != first;
            if (first == KF_PAYER_NONE)
                first = choice;
        }
        if (others && !rule->rule)
            cost += unlike ? COST_UNLIKE_PAYERS : COST_OTHER_PAYER;
    }
    return cost;
}
