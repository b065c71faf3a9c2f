/* Of the figures that are wrong, the fewest and likeliest roots from which all
 * others follow: a figure follows when it equals what someone would have computed
 * from figures that are themselves wrong. */
#include "check/explain_cost.h"

#include <limits.h>
#include <string.h>

enum { STEPS_MAX = 4000, STEPS_MIN = 40, TERMS_A_STEP = 256, CARRIED_MAX = 5, KRONE = 100 };

typedef struct {
    const KfCourseCheck *check;
    KfExplanation *out;
    int *wrong; /* nodes that disagree with their truth */
    size_t wrong_count;
    bool *is_wrong; /* a node: wrong, or an input that was changed */
    bool *settled;  /* a node: root, explained, or changed input */
    bool *awaited;  /* a node: since it was last looked at, a term of its sums was settled */
    int *tried;     /* a node: the depth from which on all that it is a root of was seen, or 0 */
    int depth;
    int *parent;
    int *as_root, *least; /* a node: what it costs as a root, and at the least */
    int *users;           /* wrong nodes with node i among their terms: from users_from[i] on */
    size_t *users_from;
    int *trail; /* what was settled, latest last */
    size_t trail_count;
    bool *best_root;
    int best_cost, steps, steps_max;
    size_t terms; /* looked at since the last step */
} Search;

static bool is_input_changed(const KfExplanation *explanation, int node)
{
    for (size_t i = 0; i < explanation->change_count; i++) {
        if (explanation->changes[i].node == node)
            return true;
    }
    return false;
}

/* A term that whoever added the sum up may have taken as it stands or as it should be. */
typedef struct {
    int node;
    KfInterval more; /* what the sum changes by when it was taken as it stands */
    bool is_blank;   /* not stated, which is not wrong */
} Carried;

typedef struct {
    KfInterval sum; /* with every wrong term as it should be */
    Carried carried[CARRIED_MAX];
    size_t count;
    KfInterval stands; /* with all that may be carried as they stand, */
    int from;          /* and the first of those */
    bool too_many;     /* for each choice among them to be tried */
} CarriedSum;

static void add_interval(KfInterval *sum, KfInterval part, int sign)
{
    sum->lo += sign > 0 ? part.lo : -part.hi;
    sum->hi += sign > 0 ? part.hi : -part.lo;
}

/* SUM passes over a text. */
static KfInterval as_added(const Search *search, int node)
{
    if (search->check->nodes[node].is_left_out)
        return (KfInterval){ 0, 0 };
    return search->check->nodes[node].figure->range;
}

/* A payer or total that is not stated, though it comes to something. Whoever added up
 * knew the figure, or passed over it. */
static bool is_blank(const Search *search, int node)
{
    const KfNode *term = &search->check->nodes[node];
    const KfTruth *truth = &search->out->truth[node];

    return term->kind != KF_NODE_ITEM && term->figure->state == KF_FIGURE_BLANK && truth->known
           && truth->value != 0;
}

/* False when the sum cannot be told yet. */
static bool sum_up(const Search *search, const KfDerivation *derivation, CarriedSum *out)
{
    bool any = false;

    *out = (CarriedSum){ .sum = { -search->check->tolerance, search->check->tolerance } };
    out->stands = out->sum;
    for (size_t i = 0; i < derivation->count; i++) {
        const KfTerm *term = &derivation->terms[i];
        const KfTruth *truth = &search->out->truth[term->node];
        KfInterval stands = as_added(search, term->node), should;
        Carried carried = { term->node, { 0, 0 }, is_blank(search, term->node) };

        if (!search->is_wrong[term->node] && !carried.is_blank) {
            add_interval(&out->sum, stands, term->sign);
            add_interval(&out->stands, stands, term->sign);
            continue;
        }
        if (!truth->known && !search->settled[term->node])
            return false;
        should = truth->known ? truth->range : stands;
        add_interval(&out->sum, should, term->sign);
        if (!search->settled[term->node] && !carried.is_blank) {
            add_interval(&out->stands, should, term->sign);
            continue;
        }
        add_interval(&out->stands, stands, term->sign);
        if (!any && !carried.is_blank)
            out->from = term->node;
        any |= !carried.is_blank;
        if (out->count == CARRIED_MAX) {
            out->too_many |= !carried.is_blank;
            continue;
        }
        if (truth->known) {
            carried.more.lo = term->sign * (stands.lo - truth->range.lo);
            carried.more.hi = term->sign * (stands.hi - truth->range.hi);
        }
        out->carried[out->count++] = carried;
    }
    return any;
}

static bool is_within(const KfFigure *figure, KfInterval sum)
{
    return figure->range.lo <= sum.hi && figure->range.hi >= sum.lo;
}

/* Whether the figure is what this sum gives with at least one of the wrong figures
 * in it taken as it stands; *from is the first of those. */
static bool follows(const Search *search, const KfNode *node, const KfDerivation *derivation,
                    int *from)
{
    CarriedSum sum;

    if (!sum_up(search, derivation, &sum))
        return false;
    if (sum.too_many) {
        *from = sum.from;
        return is_within(node->figure, sum.stands);
    }
    for (unsigned taken = 1U << sum.count; --taken > 0;) {
        KfInterval total = sum.sum;

        *from = -1;
        for (size_t i = 0; i < sum.count; i++) {
            const KfInterval more = sum.carried[i].more;

            if (!(taken >> i & 1))
                continue;
            total.lo += more.lo < more.hi ? more.lo : more.hi;
            total.hi += more.lo < more.hi ? more.hi : more.lo;
            if (*from < 0 && !sum.carried[i].is_blank)
                *from = sum.carried[i].node;
        }
        if (*from >= 0 && is_within(node->figure, total))
            return true;
    }
    return false;
}

/* A payer's total is summed from the payer's figures, where there are any, and not
 * from the inputs. */
static bool is_summed(const KfNode *node)
{
    for (size_t d = 0; node->kind == KF_NODE_PAYER_TOTAL && d < node->derivation_count; d++) {
        if (node->derivations[d].cost == KF_COST_SUM)
            return true;
    }
    return node->kind == KF_NODE_CASE_TOTAL && node->derivation_count > 0;
}

/* Whether what changes the figure is how its column is taken: no amount is changed in it, or
 * free items go to others than its payers show. */
static bool is_taken_otherwise(const Search *search, int node)
{
    const KfExplanation *out = search->out;
    const int period = search->check->nodes[node].period;

    if (period < 0 || !out->taken || !out->taken[period])
        return false;
    for (size_t i = 0; i < out->change_count; i++) {
        if (search->check->nodes[out->changes[i].node].period == period)
            return out->taken[period] & KF_COLUMN_AS_EXPECTED;
    }
    return true;
}

/* A figure that fits the inputs as they stand follows from the one that is changed. */
static bool follows_input(const Search *search, int node, int *from)
{
    const KfCourseCheck *check = search->check;

    if (!search->out->change_count || !check->plain_truth || is_summed(&check->nodes[node])
        || !kf_node_agrees(check, &check->nodes[node], &check->plain_truth[node])
        || is_taken_otherwise(search, node))
        return false;
    *from = search->out->changes[0].node;
    for (size_t i = 0; i < search->out->change_count; i++) {
        if (check->nodes[search->out->changes[i].node].period == check->nodes[node].period)
            *from = search->out->changes[i].node;
    }
    return true;
}

enum { NO_WAY = -1 };

/* The total of a section's row, which tells nothing that the sums of its periods do not. */
static bool is_section_total(const KfNode *node)
{
    return node->kind == KF_NODE_SUBTOTAL && node->period < 0;
}

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
    return least != NO_WAY && (figure->figure->is_formula || is_section_total(figure)) ? 0 : least;
}

static void find_users(Search *search)
{
    const KfNode *nodes = search->check->nodes;
    const size_t count = search->check->node_count;
    size_t *next = kf_arena_array(search->check->arena, count + 2, sizeof *next);

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < search->wrong_count; i++) {
            const KfNode *figure = &nodes[search->wrong[i]];

            for (size_t d = 0; d < figure->derivation_count; d++) {
                for (size_t t = 0; t < figure->derivations[d].count; t++) {
                    const int term = figure->derivations[d].terms[t].node;

                    if (pass == 0)
                        next[term + 2]++;
                    else
                        search->users[next[term + 1]++] = search->wrong[i];
                }
            }
        }
        if (pass == 0) {
            for (size_t i = 2; i < count + 2; i++)
                next[i] += next[i - 1];
            search->users = kf_arena_array(search->check->arena, next[count + 1], sizeof(int));
        }
    }
    search->users_from = next;
}

static void settle_node(Search *search, int node)
{
    search->settled[node] = true;
    search->trail[search->trail_count++] = node;
    for (size_t i = search->users_from[node]; i < search->users_from[node + 1]; i++) {
        int user = search->users[i];

        if (!search->settled[user])
            search->awaited[user] = true;
    }
}

static void unsettle(Search *search, size_t trail_count)
{
    while (search->trail_count > trail_count)
        search->settled[search->trail[--search->trail_count]] = false;
}

/* Long sums are gone through fewer times. */
static void count_terms(Search *search, const KfNode *node)
{
    for (size_t d = 0; d < node->derivation_count; d++)
        search->terms += node->derivations[d].count;
    search->steps += (int)(search->terms / TERMS_A_STEP);
    search->terms %= TERMS_A_STEP;
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

            if (search->settled[node] || !search->awaited[node])
                continue;
            search->awaited[node] = false;
            count_terms(search, &search->check->nodes[node]);
            if ((way = way_to_follow(search, node, &from)) == NO_WAY)
                continue;
            settle_node(search, node);
            search->parent[node] = from;
            cost += way;
            any = true;
        }
    } while (any);
    return cost;
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

static size_t wrong_terms(const Search *search, const KfDerivation *derivation)
{
    size_t count = 0;

    for (size_t i = 0; i < derivation->count; i++)
        count += search->is_wrong[derivation->terms[i].node];
    return count;
}

/* What the figure costs at the least, as a root or following from any of the others: what
 * is settled only adds ways to follow. */
static int least_cost(const Search *search, int node)
{
    const KfNode *figure = &search->check->nodes[node];
    int from, as_root = search->as_root[node], way;

    for (size_t d = 0; d < figure->derivation_count; d++) {
        if (wrong_terms(search, &figure->derivations[d]) > CARRIED_MAX)
            return 0;
    }
    way = way_to_follow(search, node, &from);
    return way != NO_WAY && way < as_root ? way : as_root;
}

static void find_least_costs(Search *search)
{
    const KfDisagreement of = { search->check, search->out, search->is_wrong };

    for (size_t i = 0; i < search->wrong_count; i++) {
        const int node = search->wrong[i];

        search->as_root[node] = kf_root_cost(&of, node);
        search->settled[node] = search->awaited[node] = true;
    }
    for (size_t i = 0; i < search->wrong_count; i++)
        search->least[search->wrong[i]] = least_cost(search, search->wrong[i]);
    for (size_t i = 0; i < search->wrong_count; i++)
        search->settled[search->wrong[i]] = false;
}

static int cost_of_open(const Search *search)
{
    int cost = 0;

    for (size_t i = 0; i < search->wrong_count; i++) {
        if (!search->settled[search->wrong[i]])
            cost += search->least[search->wrong[i]];
    }
    return cost;
}

/* Each set of roots is met once: what was tried as a root can only follow from here on. */
static void search_roots(Search *search, int cost)
{
    const int depth = search->depth + 1;
    size_t first = 0, settled;

    if (cost >= search->best_cost || search->steps++ > search->steps_max)
        return;
    cost += settle(search);
    while (first < search->wrong_count && search->settled[search->wrong[first]])
        first++;
    if (cost < search->best_cost && first == search->wrong_count)
        keep_best(search, cost);
    if (cost + cost_of_open(search) >= search->best_cost)
        return;
    settled = search->trail_count;
    search->depth = depth;
    for (size_t i = first; i < search->wrong_count; i++) {
        int node = search->wrong[i];

        if (search->settled[node] || search->tried[node])
            continue;
        if (search->steps > search->steps_max
            || cost + search->as_root[node] >= search->best_cost) {
            search->steps += cost + search->as_root[node] < search->best_cost;
        } else {
            settle_node(search, node);
            search->parent[node] = -1;
            search_roots(search, cost + search->as_root[node]);
            unsettle(search, settled);
        }
        search->tried[node] = depth;
    }
    for (size_t i = first; i < search->wrong_count; i++) {
        if (search->tried[search->wrong[i]] == depth)
            search->tried[search->wrong[i]] = 0;
    }
    search->depth = depth - 1;
}

/* Whether the terms of a sum leave no room for the figure; *sum is what they give, a
 * wrong one as it should be. False when one of them is not known, which sum->known then says. */
static bool breaks(const Search *search, const KfNode *node, const KfDerivation *derivation,
                   KfTruth *sum)
{
    const KfCourseCheck *check = search->check;
    const KfInterval range = kf_stands_for(check, node);

    *sum = (KfTruth){ .confidence = KF_CONFIDENCE_HIGH, .known = true };
    for (size_t i = 0; i < derivation->count; i++) {
        int index = derivation->terms[i].node;
        const KfNode *term = &check->nodes[index];
        const KfTruth *truth = &search->out->truth[index];

        if (term->kind == KF_NODE_ITEM || term->figure->state != KF_FIGURE_STATED
            || search->out->excused[index] || (search->is_wrong[index] && !truth->known)) {
            sum->known = false;
            return false;
        }
        sum->known &= truth->known;
        sum->value += search->is_wrong[index] ? truth->value : term->figure->value;
        add_interval(&sum->range,
                     search->is_wrong[index] ? truth->range : kf_stands_for(check, term), 1);
    }
    return derivation->count > 1
           && (sum->range.hi + check->tolerance < range.lo
               || sum->range.lo - check->tolerance > range.hi);
}

/* Whether another sum of stated figures gives the figure as it stands. */
static bool fits_one(const Search *search, const KfNode *node)
{
    for (size_t d = 0; d < node->derivation_count; d++) {
        const KfDerivation *derivation = &node->derivations[d];
        KfInterval sum = { 0, 0 };
        bool whole = derivation->cost == KF_COST_SUM;

        for (size_t i = 0; i < derivation->count && whole; i++) {
            const KfNode *term = &search->check->nodes[derivation->terms[i].node];

            whole = term->figure->state == KF_FIGURE_STATED
                    || (term->kind == KF_NODE_ITEM && term->figure->state == KF_FIGURE_BLANK);
            add_interval(&sum, term->figure->range, 1);
        }
        if (whole && sum.lo <= node->figure->range.hi && sum.hi >= node->figure->range.lo)
            return true;
    }
    return false;
}

/* A total that fits what the inputs leave room for, or of which they tell nothing, and
 * yet breaks every sum of the figures right above or beside it. */
static void mark_broken_sums(Search *search)
{
    const KfCourseCheck *check = search->check;

    for (size_t i = 0; i < check->node_count; i++) {
        const KfNode *node = &check->nodes[i];
        size_t sums = 0, broken = 0;
        KfTruth sum, found = { .known = false };
        bool fits = false;

        if (search->is_wrong[i] || search->out->excused[i] || node->kind == KF_NODE_ITEM
            || node->figure->state != KF_FIGURE_STATED)
            continue;
        for (size_t d = 0; d < node->derivation_count; d++) {
            if (node->derivations[d].cost != KF_COST_SUM)
                continue;
            sums++;
            if (breaks(search, node, &node->derivations[d], &sum)) {
                broken++;
                found = sum;
            } else {
                fits |= sum.known && node->derivations[d].count > 1;
            }
        }
        if (!broken || fits || (broken < sums && fits_one(search, node)))
            continue;
        search->out->unsure[i] = !found.known;
        found.known = true;
        search->out->truth[i] = found;
        search->wrong[search->wrong_count++] = (int)i;
        search->is_wrong[i] = true;
    }
}

/* What the whole leaves for one of its terms when the others are as they stand. */
static KfOere left_for(const KfCourseCheck *check, const KfNode *whole, const KfTruth *sum,
                       const KfTerm *term)
{
    return whole->figure->value - (sum->value - check->nodes[term->node].figure->value);
}

/* The payer's part that is a keystroke from what the whole leaves for it, where its rule
 * allows that; -1 where there is none, or several are. */
static int slipped_part(const Search *search, const KfNode *whole, const KfDerivation *derivation,
                        const KfTruth *sum)
{
    const KfCourseCheck *check = search->check;
    int found = -1;

    for (size_t i = 0; i < derivation->count; i++) {
        const int node = derivation->terms[i].node;
        const KfTruth *truth = &search->out->truth[node];
        const KfOere left = left_for(check, whole, sum, &derivation->terms[i]);

        if ((check->nodes[node].kind != KF_NODE_PAYER && check->nodes[node].kind != KF_NODE_PART)
            || check->nodes[node].figure->is_formula || !truth->known || left < truth->range.lo
            || left > truth->range.hi || !kf_is_slip(check, check->nodes[node].figure->value, left))
            continue;
        if (found >= 0)
            return -1;
        found = (int)i;
    }
    return found;
}

/* Whether the total was added up of amounts as they are rounded, and those leave room for
 * what its parts give. */
static bool carries_rounding(const Search *search, int total, const KfTruth *sum)
{
    const KfTruth *by_amounts = &search->out->truth[total];

    return by_amounts->known && by_amounts->value == search->check->nodes[total].figure->value
           && sum->range.lo <= by_amounts->range.hi && sum->range.hi >= by_amounts->range.lo;
}

/* Whether the parts come to just what the amounts give, and the total does not. */
static bool is_total_off(const Search *search, int total, const KfTruth *sum)
{
    const KfTruth *by_amounts = &search->out->truth[total];

    return by_amounts->known && by_amounts->value == sum->value
           && by_amounts->value != search->check->nodes[total].figure->value;
}

/* Payers' parts that are each within what rounding and rules leave open, and do not add up
 * to a total that its amounts give: one that was mistyped by little. Whether any sum breaks. */
static bool mark_slipped_parts(Search *search)
{
    const KfCourseCheck *check = search->check;
    bool any = false;

    for (size_t i = 0; i < check->node_count; i++) {
        const KfNode *node = &check->nodes[i];

        if (search->is_wrong[i] || search->out->excused[i]
            || node->figure->state != KF_FIGURE_STATED)
            continue;
        for (size_t d = 0; d < node->derivation_count; d++) {
            const KfDerivation *derivation = &node->derivations[d];
            KfTruth sum, *truth;
            int part, at;

            if (derivation->cost != KF_COST_SUM || !breaks(search, node, derivation, &sum))
                continue;
            any = true;
            if (carries_rounding(search, (int)i, &sum) || is_total_off(search, (int)i, &sum))
                continue;
            part = slipped_part(search, node, derivation, &sum);
            at = part < 0 ? -1 : derivation->terms[part].node;
            if (at < 0 || search->is_wrong[at])
                continue;
            truth = &search->out->truth[at];
            truth->value = left_for(check, node, &sum, &derivation->terms[part]);
            truth->range = (KfInterval){ truth->value, truth->value };
            search->wrong[search->wrong_count++] = at;
            search->is_wrong[at] = true;
        }
    }
    return any;
}

/* Something that a formula passes over though an amount belongs there. */
static bool is_gap(const KfCourseCheck *check, const KfExplanation *out, int node)
{
    const KfNode *term = &check->nodes[node];

    return out->excused[node] || (term->figure->state == KF_FIGURE_UNREADABLE)
           || (term->figure->state == KF_FIGURE_BLANK && term->kind != KF_NODE_ITEM
               && out->truth[node].value != 0);
}

/* Whether the formula gives what its terms come to as they stand, with a gap in them. */
static bool adds_gap(const KfCourseCheck *check, const KfExplanation *out, const KfNode *node)
{
    for (size_t d = 0; d < node->derivation_count; d++) {
        const KfDerivation *derivation = &node->derivations[d];
        KfOere sum = 0;
        bool gap = false;

        for (size_t i = 0; i < derivation->count; i++) {
            sum +=
                derivation->terms[i].sign * check->nodes[derivation->terms[i].node].figure->value;
            gap |= is_gap(check, out, derivation->terms[i].node);
        }
        if (gap && sum == node->figure->value)
            return true;
    }
    return false;
}

/* A formula is not wrong for what is missing among its terms: that is told at the gap,
 * and the formula says nothing of what should stand there. */
static void excuse_formulas(const KfCourseCheck *check, KfExplanation *out)
{
    bool any;

    do {
        any = false;
        for (size_t i = 0; i < check->node_count; i++) {
            const KfNode *node = &check->nodes[i];

            if (!node->figure->is_formula || node->kind == KF_NODE_ITEM || out->excused[i]
                || !adds_gap(check, out, node))
                continue;
            out->excused[i] = any = true;
            out->truth[i].known = false;
        }
    } while (any);
}

/* A text whose amount is right: wrong in nothing but its form. */
static bool is_told_by_text(const KfCourseCheck *check, const KfExplanation *out, int node)
{
    return check->nodes[node].is_left_out
           && kf_node_agrees(check, &check->nodes[node], &out->truth[node]);
}

/* A text is a root where a sum that passed over it follows from it. */
static void mark_text_roots(const KfCourseCheck *check, KfExplanation *out)
{
    for (size_t i = 0; i < check->node_count; i++) {
        int parent = out->parent[i];

        if (out->fate[i] != KF_FATE_CONSEQUENCE || parent < 0 || !check->nodes[parent].is_left_out
            || out->fate[parent] != KF_FATE_RIGHT)
            continue;
        out->fate[parent] = KF_FATE_ROOT;
        out->truth[parent].value = check->nodes[parent].figure->value;
    }
}

/* Whether the municipality's part, in a sheet in 1.000 kr., is what the other payers leave of the
 * total: where these are right, rounding explains what that is off by. */
static bool is_rounded_rest(const Search *search, int node)
{
    const KfCourseCheck *check = search->check;
    const KfNode *rest = &check->nodes[node];
    const int total = rest->period >= 0 ? check->total_nodes[rest->period] : -1;
    const KfTruth *truth = search->out->truth;
    KfOere left, room = check->step / 2;

    if (check->step <= KRONE || rest->kind != KF_NODE_PAYER || rest->payer != KF_MUNICIPALITY
        || total < 0 || check->nodes[total].figure->state != KF_FIGURE_STATED
        || !kf_node_agrees(check, &check->nodes[total], &truth[total]))
        return false;
    left = check->nodes[total].figure->value - rest->figure->value;
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        const int other = kf_payer_node(check, k, (size_t)rest->period);

        if ((int)k == rest->payer || other < 0)
            continue;
        if (!kf_node_agrees(check, &check->nodes[other], &truth[other]))
            return false;
        left -= check->nodes[other].figure->value;
        room += check->nodes[other].figure->value ? check->step / 2 : 0;
    }
    return left == 0 && rest->figure->value <= truth[node].range.hi + room
           && rest->figure->value >= truth[node].range.lo - room;
}

static void find_roots(Search *search, int *steps_left)
{
    find_users(search);
    find_least_costs(search);
    search->steps_max = *steps_left < STEPS_MIN   ? STEPS_MIN
                        : *steps_left < STEPS_MAX ? *steps_left
                                                  : STEPS_MAX;
    search_roots(search, 0);
    *steps_left -= search->steps;
    if (search->best_cost < INT_MAX)
        return;
    search->best_cost = 0; /* too tangled to search: every one is a root */
    for (size_t i = 0; i < search->wrong_count; i++) {
        search->best_root[search->wrong[i]] = true;
        search->best_cost += search->as_root[search->wrong[i]];
    }
}

void kf_explain(const KfCourseCheck *check, KfExplanation *out, int *steps_left)
{
    size_t nodes = check->node_count;
    Search search = { .check = check, .out = out, .best_cost = INT_MAX };
    KfArenaMark mark; /* before what only the search needs */
    KfDisagreement of = { .check = check, .out = out };
    int cost = 0;

    out->fate = kf_arena_array(check->arena, nodes, sizeof(KfFate));
    out->parent = kf_arena_array(check->arena, nodes, sizeof(int));
    out->unsure = kf_arena_array(check->arena, nodes, sizeof(bool));
    out->excused = kf_arena_array(check->arena, nodes, sizeof(bool));
    mark = kf_arena_mark(check->arena);
    search.wrong = kf_arena_array(check->arena, nodes, sizeof(int));
    search.is_wrong = kf_arena_array(check->arena, nodes, sizeof(bool));
    search.settled = kf_arena_array(check->arena, nodes, sizeof(bool));
    search.awaited = kf_arena_array(check->arena, nodes, sizeof(bool));
    search.tried = kf_arena_array(check->arena, nodes, sizeof(int));
    search.as_root = kf_arena_array(check->arena, nodes, sizeof(int));
    search.least = kf_arena_array(check->arena, nodes, sizeof(int));
    search.trail = kf_arena_array(check->arena, nodes, sizeof(int));
    search.best_root = kf_arena_array(check->arena, nodes, sizeof(bool));
    search.parent = kf_arena_array(check->arena, nodes, sizeof(int));
    excuse_formulas(check, out);
    for (size_t i = 0; i < nodes; i++) {
        search.parent[i] = out->parent[i] = -1;
        if (check->nodes[i].kind == KF_NODE_ITEM || is_told_by_text(check, out, (int)i)) {
            search.is_wrong[i] = search.settled[i] = check->nodes[i].is_left_out
                                                     || check->nodes[i].is_stale
                                                     || is_input_changed(out, (int)i);
        } else if (!kf_node_agrees(check, &check->nodes[i], &out->truth[i])
                   && !is_rounded_rest(&search, (int)i)) {
            search.wrong[search.wrong_count++] = (int)i;
            search.is_wrong[i] = true;
        }
    }
    if (mark_slipped_parts(&search))
        mark_broken_sums(&search);
    of.is_wrong = search.is_wrong;
    for (size_t i = 0; i < out->change_count; i++)
        cost += kf_change_cost(&of, &out->changes[i]);
    if (search.wrong_count)
        find_roots(&search, steps_left);
    else
        search.best_cost = 0;
    out->cost = cost + search.best_cost + kf_cost_of_payers(check, out);
    for (size_t i = 0; i < search.wrong_count; i++) {
        int node = search.wrong[i];

        out->fate[node] = search.best_root[node] ? KF_FATE_ROOT : KF_FATE_CONSEQUENCE;
    }
    for (size_t i = 0; i < out->change_count; i++)
        out->fate[out->changes[i].node] = KF_FATE_ROOT;
    for (size_t i = 0; i < nodes; i++) {
        if (check->nodes[i].is_stale)
            out->fate[i] = KF_FATE_ROOT;
    }
    mark_text_roots(check, out);
    kf_arena_release(check->arena, mark);
}
