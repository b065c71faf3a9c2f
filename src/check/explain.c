/* Of the figures that are wrong, the fewest and likeliest roots from which all
 * others follow: a figure follows when it equals what someone would have computed
 * from figures that are themselves wrong. */
#include "check/course_check.h"

#include <limits.h>
#include <string.h>

enum { STEPS_MAX = 4000 };

bool kf_node_agrees(const KfCourseCheck *check, const KfNode *node, const KfTruth *truth)
{
    if (!truth->known || node->figure->state != KF_FIGURE_STATED)
        return true;
    return node->figure->range.lo - check->tolerance <= truth->range.hi
           && node->figure->range.hi + check->tolerance >= truth->range.lo;
}

typedef struct {
    const KfCourseCheck *check;
    KfExplanation *out;
    int *wrong; /* nodes that disagree with their truth */
    size_t wrong_count;
    bool *is_wrong; /* a node: wrong, or an input that was changed */
    bool *settled;  /* a node: root, explained, or changed input */
    int *parent;
    bool *best_root;
    int best_cost, steps;
} Search;

static bool is_input_changed(const KfExplanation *explanation, int node)
{
    for (size_t i = 0; i < explanation->change_count; i++) {
        if (explanation->changes[i].node == node)
            return true;
    }
    return false;
}

/* Whether the figure is what this sum of figures as they stand gives; if so and
 * all wrong ones among them are settled, *from is the first of those. */
static bool follows(const Search *search, const KfNode *node, const KfDerivation *derivation,
                    int *from)
{
    KfInterval sum = { -search->check->tolerance, search->check->tolerance };

    *from = -1;
    for (size_t i = 0; i < derivation->count; i++) {
        const KfTerm *term = &derivation->terms[i];
        const KfFigure *figure = search->check->nodes[term->node].figure;

        if (search->is_wrong[term->node]) {
            if (!search->settled[term->node])
                return false;
            if (*from < 0)
                *from = term->node;
        }
        sum.lo += term->sign > 0 ? figure->range.lo : -figure->range.hi;
        sum.hi += term->sign > 0 ? figure->range.hi : -figure->range.lo;
    }
    return *from >= 0 && node->figure->range.lo <= sum.hi && node->figure->range.hi >= sum.lo;
}

/* A figure that fits the inputs as they stand follows from the one that is changed. */
static bool follows_input(const Search *search, int node, int *from)
{
    const KfCourseCheck *check = search->check;

    if (!search->out->change_count || !check->plain_truth
        || !kf_node_agrees(check, &check->nodes[node], &check->plain_truth[node]))
        return false;
    *from = search->out->changes[0].node;
    for (size_t i = 0; i < search->out->change_count; i++) {
        if (check->nodes[search->out->changes[i].node].period == check->nodes[node].period)
            *from = search->out->changes[i].node;
    }
    return true;
}

enum { NO_WAY = -1 };

/* The usual way in which a figure can follow from what is settled: its cost, or
 * NO_WAY. A formula cannot but follow. */
static int way_to_follow(const Search *search, int node, int *from)
{
    const KfNode *figure = &search->check->nodes[node];
    int least = follows_input(search, node, from) ? KF_COST_SUM : NO_WAY;

    for (size_t d = 0; d < figure->derivation_count; d++) {
        const KfDerivation *derivation = &figure->derivations[d];
        int by, cost = derivation->cost;

        /* Few take the rest of a total that is itself mistyped. */
        if (cost != KF_COST_SUM && search->is_wrong[derivation->terms[0].node])
            cost = KF_COST_WRONG_REST;
        if ((least == NO_WAY || cost < least) && follows(search, figure, derivation, &by)) {
            least = cost;
            *from = by;
        }
    }
    return least == KF_COST_SUM && figure->figure->is_formula ? 0 : least;
}

/* Settle all that follows from what is settled; returns what that costs. */
static int settle(Search *search)
{
    int cost = 0;
    bool any;

    do {
        any = false;
        for (size_t i = 0; i < search->wrong_count; i++) {
            int node = search->wrong[i], from = -1, way;

            if (search->settled[node] || (way = way_to_follow(search, node, &from)) == NO_WAY)
                continue;
            search->settled[node] = true;
            search->parent[node] = from;
            cost += way;
            any = true;
        }
    } while (any);
    return cost;
}

/* Whether the payers add up to a period total that is right: whoever took a part
 * from elsewhere then gave the municipality the rest. */
static bool payers_fit_total(const Search *search, int period)
{
    const KfCourseCheck *check = search->check;
    int total = check->total_nodes[period];
    KfInterval sum = { 0, 0 };

    if (total < 0)
        return true;
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        int node = check->payer_nodes[k * check->course->period_count + (size_t)period];

        if (node < 0)
            continue;
        sum.lo += check->nodes[node].figure->range.lo;
        sum.hi += check->nodes[node].figure->range.hi;
    }
    return !search->is_wrong[total] && sum.lo <= check->nodes[total].figure->range.hi
           && sum.hi >= check->nodes[total].figure->range.lo;
}

/* A figure that took its value from the column before is likelier to be at fault,
 * and one that is a keystroke from the right one much likelier. */
static int root_cost(const Search *search, int node)
{
    const KfCourseCheck *check = search->check;
    const KfNode *wrong = &check->nodes[node];
    const KfTruth *truth = &search->out->truth[node];
    size_t periods = check->course->period_count;

    if (kf_slip(wrong->figure->value, truth->value) != KF_SLIP_NONE)
        return wrong->weight / 2;
    if (wrong->kind == KF_NODE_PAYER && wrong->period > 0
        && payers_fit_total(search, wrong->period)) {
        int before = check->payer_nodes[(size_t)wrong->payer * periods + (size_t)wrong->period - 1];

        if (before >= 0 && wrong->figure->value
            && check->nodes[before].figure->value == wrong->figure->value)
            return wrong->weight * 3 / 5;
    }
    return wrong->weight;
}

static void keep_best(Search *search, int cost)
{
    search->best_cost = cost;
    for (size_t i = 0; i < search->wrong_count; i++) {
        int node = search->wrong[i];

        search->best_root[node] = search->parent[node] < 0;
        search->out->parent[node] = search->parent[node];
    }
}

static void search_roots(Search *search, int cost)
{
    size_t nodes = search->check->node_count;
    bool *settled;
    int *parent;

    if (cost >= search->best_cost || search->steps++ > STEPS_MAX)
        return;
    cost += settle(search);
    settled = kf_arena_array(search->check->arena, nodes, sizeof *settled);
    parent = kf_arena_array(search->check->arena, nodes, sizeof *parent);
    memcpy(settled, search->settled, nodes * sizeof *settled);
    memcpy(parent, search->parent, nodes * sizeof *parent);
    if (cost >= search->best_cost)
        return;
    for (size_t i = 0, open = 0; i <= search->wrong_count; i++) {
        int node;

        if (i == search->wrong_count) {
            if (!open)
                keep_best(search, cost);
            return;
        }
        node = search->wrong[i];
        if (settled[node])
            continue;
        open++;
        search->settled[node] = true;
        search->parent[node] = -1;
        search_roots(search, cost + root_cost(search, node));
        memcpy(search->settled, settled, nodes * sizeof *settled);
        memcpy(search->parent, parent, nodes * sizeof *parent);
    }
}

static int change_cost(const KfCourseCheck *check, const KfInputChange *change)
{
    const KfNode *node = &check->nodes[change->node];

    if (node->figure->state == KF_FIGURE_STATED
        && kf_slip(node->figure->value, change->value) != KF_SLIP_NONE)
        return node->weight * 35 / 100;
    return node->weight;
}

void kf_explain(const KfCourseCheck *check, KfExplanation *out)
{
    size_t nodes = check->node_count;
    Search search = { .check = check, .out = out, .best_cost = INT_MAX };
    int cost = 0;

    search.wrong = kf_arena_array(check->arena, nodes, sizeof(int));
    search.is_wrong = kf_arena_array(check->arena, nodes, sizeof(bool));
    search.settled = kf_arena_array(check->arena, nodes, sizeof(bool));
    search.best_root = kf_arena_array(check->arena, nodes, sizeof(bool));
    search.parent = kf_arena_array(check->arena, nodes, sizeof(int));
    out->fate = kf_arena_array(check->arena, nodes, sizeof(KfFate));
    out->parent = kf_arena_array(check->arena, nodes, sizeof(int));
    for (size_t i = 0; i < nodes; i++) {
        search.parent[i] = out->parent[i] = -1;
        if (check->nodes[i].kind == KF_NODE_ITEM) {
            search.is_wrong[i] = search.settled[i] = is_input_changed(out, (int)i);
        } else if (!kf_node_agrees(check, &check->nodes[i], &out->truth[i])) {
            search.wrong[search.wrong_count++] = (int)i;
            search.is_wrong[i] = true;
        }
    }
    for (size_t i = 0; i < out->change_count; i++)
        cost += change_cost(check, &out->changes[i]);
    search_roots(&search, 0);
    if (search.best_cost == INT_MAX) { /* too tangled to search: every one is a root */
        search.best_cost = 0;
        for (size_t i = 0; i < search.wrong_count; i++) {
            search.best_root[search.wrong[i]] = true;
            search.best_cost += root_cost(&search, search.wrong[i]);
        }
    }
    out->cost = cost + search.best_cost;
    for (size_t i = 0; i < search.wrong_count; i++) {
        int node = search.wrong[i];

        out->fate[node] = search.best_root[node] ? KF_FATE_ROOT : KF_FATE_CONSEQUENCE;
    }
    for (size_t i = 0; i < out->change_count; i++)
        out->fate[out->changes[i].node] = KF_FATE_ROOT;
}
