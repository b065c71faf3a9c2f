/* The search for what mends a knot of failing edits: of the first edit that fails,
 * each cell is tried as the wrong one, and what that breaks is mended in turn. A sum
 * that held before and must follow is a consequence and costs little. */
#include "check/table_check.h"

#include "base/wide.h"

#include <limits.h>

enum {
    COST_FOLLOWS = 15,
    COST_BLANK = 250,
    WEIGHT_FAULTY = 30,
    MARGIN = 50,
    WIDE_MARGIN = 80,
    FEW_TERMS = 24,
    TERMS_A_STEP = 256,
    STEPS_MAX = 20000
};

struct KfTableSearch {
    KfTableCheck *check;
    KfOere *values;  /* as the knots before leave them; one a node */
    bool *held;      /* an edit: it holds as the table stands */
    bool *told;      /* an edit: a knot has dealt with it */
    int *changed_at; /* a node: index of its change, or -1 */
    KfTableExplanation now;
    KfTableExplanation kept[KF_TABLE_RIVALS_MAX + 1]; /* by cost */
    size_t kept_count;
    int *queue; /* edits of this knot that may fail */
    size_t queue_count;
    size_t from; /* edits before it are dealt with */
    int steps;
};

/* ---- arithmetic ------------------------------------------------------------ */

static const int64_t million = KF_MILLION;

/* Half away from zero; by is above 0. */
static KfWide divided(KfWide value, KfWide by)
{
    KfWide half = kf_wide_over(by, kf_wide(2));

    return kf_wide_over(
        kf_wide_sign(value) < 0 ? kf_wide_minus(value, half) : kf_wide_plus(value, half), by);
}

static KfWide factor_of(const KfTableTerm *term, size_t f, KfOere quantity)
{
    switch (term->kinds[f]) {
    case KF_TIMES_PLUS:
        return kf_wide_plus(kf_wide(million), kf_wide(quantity));
    case KF_TIMES_LESS:
        return kf_wide_minus(kf_wide(million), kf_wide(quantity));
    default:
        return kf_wide(quantity);
    }
}

/* All that the amount of a term is multiplied by, in 10^12ths. */
static KfWide factors_of(const KfTableTerm *term, const KfOere *values)
{
    KfWide product = kf_wide_product(term->constant, million);

    for (size_t f = 0; f < term->factor_count; f++)
        product = divided(kf_wide_times(product, factor_of(term, f, values[term->factors[f]])),
                          kf_wide(million));
    return kf_wide_times(product, kf_wide(term->sign));
}

static KfWide whole(void)
{
    return kf_wide_product(million, million);
}

static KfWide term_value(const KfTableTerm *term, KfOere amount, const KfOere *values)
{
    return divided(kf_wide_times(factors_of(term, values), kf_wide(amount)), whole());
}

/* How far the value may be from the cell's own, by the digits it is shown with. */
static KfInterval range_of(const KfTableCheck *check, int node, const KfOere *values)
{
    const KfFigure *figure = check->nodes[node].figure;

    if (figure->state == KF_FIGURE_STATED && figure->value == values[node])
        return figure->range;
    return (KfInterval){ values[node], values[node] };
}

static KfWide lesser(KfWide a, KfWide b)
{
    return kf_wide_compare(a, b) < 0 ? a : b;
}

static KfWide greater(KfWide a, KfWide b)
{
    return kf_wide_compare(a, b) < 0 ? b : a;
}

/* A quotient is rounded to the øre. */
static KfWide slack_of(const KfTableCheck *check, const KfTableEdit *edit, const KfOere *values)
{
    KfWide slack = kf_wide(check->check->options->tolerance + (edit->is_product ? 1 : 0));

    if (edit->derived != edit->whole && edit->count)
        slack = kf_wide_plus(slack,
                             kf_wide_magnitude(kf_wide_over(factors_of(&edit->terms[0], values),
                                                            kf_wide_times(whole(), kf_wide(2)))));
    return slack;
}

bool kf_table_holds(const KfTableCheck *check, const KfTableEdit *edit, const KfOere *values)
{
    KfInterval sum = range_of(check, edit->whole, values);
    KfWide hi = slack_of(check, edit, values), lo = kf_wide_negated(hi);

    for (size_t i = 0; i < edit->count; i++) {
        KfOere amount = values[edit->terms[i].node];
        KfInterval range = edit->terms[i].factor_count
                               ? (KfInterval){ amount, amount } /* a price is what it says */
                               : range_of(check, edit->terms[i].node, values);
        KfWide a = term_value(&edit->terms[i], range.lo, values);
        KfWide b = term_value(&edit->terms[i], range.hi, values);

        lo = kf_wide_plus(lo, lesser(a, b));
        hi = kf_wide_plus(hi, greater(a, b));
    }
    return kf_wide_compare(lo, kf_wide(sum.hi)) <= 0 && kf_wide_compare(hi, kf_wide(sum.lo)) >= 0;
}

static KfWide value_of_term(const KfTableEdit *edit, size_t i, const KfOere *values)
{
    return term_value(&edit->terms[i], values[edit->terms[i].node], values);
}

static KfWide sum_of(const KfTableEdit *edit, const KfOere *values)
{
    KfWide sum = kf_wide(0);

    for (size_t i = 0; i < edit->count; i++)
        sum = kf_wide_plus(sum, value_of_term(edit, i, values));
    return sum;
}

static bool fits(KfWide value, KfOere *out)
{
    if (kf_wide_compare(kf_wide_magnitude(value), kf_wide(KF_OERE_MAX)) > 0)
        return false;
    *out = kf_wide_int(value);
    return true;
}

/* The factor that brings the amount to what is wanted; whole millionths only. */
static bool solve_factor(const KfTableTerm *term, size_t f, KfWide wanted, const KfOere *values,
                         KfOere *out)
{
    KfTableTerm rest = *term;
    KfWide base, quantity;

    rest.factors[f] = rest.factors[rest.factor_count - 1];
    rest.kinds[f] = rest.kinds[rest.factor_count - 1];
    rest.factor_count--;
    base = term_value(&rest, values[term->node], values);
    if (kf_wide_sign(base) == 0)
        return false;
    wanted = kf_wide_times(wanted, kf_wide(million));
    quantity = kf_wide_over(wanted, base);
    if (kf_wide_compare(kf_wide_times(quantity, base), wanted) != 0)
        return false;
    if (term->kinds[f] == KF_TIMES_PLUS)
        quantity = kf_wide_minus(quantity, kf_wide(million));
    else if (term->kinds[f] == KF_TIMES_LESS)
        quantity = kf_wide_minus(kf_wide(million), quantity);
    return kf_wide_sign(quantity) > 0 && fits(quantity, out);
}

static bool solve_amount(const KfTableTerm *term, KfWide wanted, const KfOere *values, KfOere *out)
{
    KfWide factors = factors_of(term, values);

    if (kf_wide_sign(factors) == 0)
        return false;
    wanted = divided(kf_wide_times(wanted, whole()), kf_wide_magnitude(factors));
    return fits(kf_wide_sign(factors) < 0 ? kf_wide_negated(wanted) : wanted, out);
}

/* What a term must be; sum: of all terms as they stand. */
static bool solve_term(const KfTableEdit *edit, size_t i, int node, const KfOere *values,
                       KfWide sum, KfOere *out)
{
    const KfTableTerm *term = &edit->terms[i];
    const KfWide others = kf_wide_minus(sum, value_of_term(edit, i, values));
    KfWide wanted = kf_wide_minus(kf_wide(values[edit->whole]), others);

    if (term->node == node)
        return solve_amount(term, wanted, values, out);
    for (size_t f = 0; f < term->factor_count; f++) {
        if (term->factors[f] == node)
            return solve_factor(term, f, wanted, values, out);
    }
    return false;
}

bool kf_table_solve(const KfTableCheck *check, const KfTableEdit *edit, int node,
                    const KfOere *values, KfOere *out)
{
    (void)check;
    if (node == edit->whole)
        return fits(sum_of(edit, values), out);
    for (size_t i = 0; i < edit->count; i++) {
        const KfTableTerm *term = &edit->terms[i];
        bool part = term->node == node;

        for (size_t f = 0; f < term->factor_count; f++)
            part |= term->factors[f] == node;
        if (part)
            return solve_term(edit, i, node, values, sum_of(edit, values), out);
    }
    return false;
}

/* ---- candidates ------------------------------------------------------------ */

static bool is_slip(const KfTableNode *node, KfOere value)
{
    if (node->is_factor)
        return kf_slip(node->quantity / 10000, value / 10000) != KF_SLIP_NONE;
    return node->figure->state == KF_FIGURE_STATED
           && kf_slip(node->figure->value, value) != KF_SLIP_NONE;
}

/* A formula over the very cells of an edit can only be wrong of itself. */
static int root_cost(const KfTableSearch *search, const KfTableEdit *edit, int at, KfOere value)
{
    const KfTableNode *node = &search->check->nodes[at];

    if (node->is_settled)
        return 2000;
    if (node->figure->is_formula && at == edit->derived)
        return WEIGHT_FAULTY;
    if (node->figure->is_formula)
        return node->weight * 4;
    if (node->figure->state != KF_FIGURE_STATED)
        return COST_BLANK;
    return is_slip(node, value) ? node->weight * 35 / 100 : node->weight;
}

/* Long sums are gone through fewer times. */
static bool fails(KfTableSearch *search, int edit)
{
    search->steps += (int)(search->check->edits[edit].count / TERMS_A_STEP);
    return !kf_table_holds(search->check, &search->check->edits[edit], search->values);
}

static bool breaks_another(KfTableSearch *search, int node, int edit)
{
    const KfTableNode *at = &search->check->nodes[node];

    for (size_t i = 0; i < at->edit_count; i++) {
        if (at->edits[i] != edit && fails(search, at->edits[i]))
            return true;
    }
    return false;
}

/* ---- search ---------------------------------------------------------------- */

static void keep(KfTableSearch *search)
{
    size_t at = search->kept_count;

    while (at > 0 && search->kept[at - 1].cost > search->now.cost)
        at--;
    if (at > KF_TABLE_RIVALS_MAX)
        return;
    if (search->kept_count <= KF_TABLE_RIVALS_MAX)
        search->kept_count++;
    for (size_t i = search->kept_count - 1; i > at; i--)
        search->kept[i] = search->kept[i - 1];
    search->kept[at] = search->now;
}

static int limit(const KfTableSearch *search)
{
    return search->kept_count ? search->kept[0].cost + WIDE_MARGIN : INT_MAX;
}

/* An edit that fails as things stand: of the knot, or touched by a change. */
static int next_failing(KfTableSearch *search)
{
    const KfTableCheck *check = search->check;

    for (size_t i = 0; i < search->now.count; i++) {
        const KfTableNode *node = &check->nodes[search->now.changes[i].node];

        for (size_t e = 0; e < node->edit_count; e++) {
            if (!search->told[node->edits[e]] && fails(search, node->edits[e]))
                return node->edits[e];
        }
    }
    for (size_t i = 0; i < search->queue_count; i++) {
        if (fails(search, search->queue[i]))
            return search->queue[i];
    }
    return -1;
}

static void explore(KfTableSearch *search);

static int parent_of(const KfTableSearch *search, const KfTableEdit *edit)
{
    for (size_t i = 0; i < edit->count; i++) {
        int at = search->changed_at[edit->terms[i].node];

        if (at >= 0)
            return at;
        for (size_t f = 0; f < edit->terms[i].factor_count; f++) {
            at = search->changed_at[edit->terms[i].factors[f]];
            if (at >= 0)
                return at;
        }
    }
    return search->changed_at[edit->whole];
}

static bool may_change(const KfTableSearch *search, int at)
{
    return search->changed_at[at] < 0 && search->now.count < KF_TABLE_CHANGES_MAX
           && search->check->nodes[at].figure->state != KF_FIGURE_NONE;
}

static void try_value(KfTableSearch *search, int edit_index, int at, KfOere value)
{
    KfTableCheck *check = search->check;
    const KfTableEdit *edit = &check->edits[edit_index];
    const KfTableNode *node = &check->nodes[at];
    KfTableExplanation *now = &search->now;
    KfOere before = search->values[at];
    bool follows = at == edit->derived && search->held[edit_index];
    int cost;

    if (value == before)
        return;
    if (edit->count > FEW_TERMS && at != edit->derived && !is_slip(node, value)
        && !breaks_another(search, at, edit_index))
        return;
    cost = follows ? COST_FOLLOWS : root_cost(search, edit, at, value);
    if (now->cost + cost > limit(search))
        return;
    now->changes[now->count] =
        (KfTableChange){ at, edit_index, value, follows ? parent_of(search, edit) : -1 };
    search->changed_at[at] = (int)now->count++;
    search->values[at] = value;
    now->cost += cost;
    explore(search);
    now->cost -= cost;
    search->values[at] = before;
    search->changed_at[at] = -1;
    now->count--;
}

static void try_node(KfTableSearch *search, int edit, int at)
{
    KfOere value;

    if (may_change(search, at)
        && kf_table_solve(search->check, &search->check->edits[edit], at, search->values, &value))
        try_value(search, edit, at, value);
}

/* Each term of a long sum, which is added up once. */
static void try_terms(KfTableSearch *search, int failing)
{
    const KfTableEdit *edit = &search->check->edits[failing];
    const KfWide sum = sum_of(edit, search->values);

    for (size_t i = 0; i < edit->count && search->steps <= STEPS_MAX; i++) {
        const int at = edit->terms[i].node;
        KfOere value;

        if (at != edit->derived && may_change(search, at)
            && solve_term(edit, i, at, search->values, sum, &value))
            try_value(search, failing, at, value);
    }
}

static void explore(KfTableSearch *search)
{
    const KfTableEdit *edit;
    int failing;

    if (search->steps++ > STEPS_MAX)
        return;
    failing = next_failing(search);
    if (failing < 0) {
        keep(search);
        return;
    }
    edit = &search->check->edits[failing];
    try_node(search, failing, edit->derived);
    if (edit->whole != edit->derived)
        try_node(search, failing, edit->whole);
    if (edit->count > FEW_TERMS) {
        try_terms(search, failing);
        return;
    }
    for (size_t i = 0; i < edit->count; i++) {
        if (edit->terms[i].node != edit->derived)
            try_node(search, failing, edit->terms[i].node);
        for (size_t f = 0; f < edit->terms[i].factor_count; f++)
            try_node(search, failing, edit->terms[i].factors[f]);
    }
}

/* ---- knots ----------------------------------------------------------------- */

KfTableSearch *kf_table_search(KfTableCheck *check)
{
    KfTableSearch *search = kf_arena_alloc(check->arena, sizeof *search);

    search->check = check;
    search->values = kf_arena_array(check->arena, check->node_count, sizeof *search->values);
    search->changed_at = kf_arena_array(check->arena, check->node_count, sizeof(int));
    search->held = kf_arena_array(check->arena, check->edit_count, sizeof(bool));
    search->told = kf_arena_array(check->arena, check->edit_count, sizeof(bool));
    search->queue = kf_arena_array(check->arena, check->edit_count, sizeof(int));
    for (size_t i = 0; i < check->node_count; i++) {
        search->values[i] = check->nodes[i].is_tied     ? check->ties[i].value
                            : check->nodes[i].is_factor ? check->nodes[i].quantity
                                                        : check->nodes[i].figure->value;
        search->changed_at[i] = -1;
    }
    for (size_t e = 0; e < check->edit_count; e++) {
        search->held[e] = kf_table_holds(check, &check->edits[e], search->values);
        search->told[e] = kf_table_is_tied(check, &check->edits[e]);
    }
    return search;
}

/* Failing edits that share cells with this one, one after the other. */
static void gather(KfTableSearch *search, int edit)
{
    const KfTableCheck *check = search->check;

    search->queue_count = 0;
    search->queue[search->queue_count++] = edit;
    search->told[edit] = true;
    for (size_t at = 0; at < search->queue_count; at++) {
        const KfTableEdit *now = &check->edits[search->queue[at]];

        for (size_t i = 0; i <= now->count; i++) {
            const KfTableNode *node =
                &check->nodes[i < now->count ? now->terms[i].node : now->whole];

            for (size_t e = 0; e < node->edit_count; e++) {
                int other = node->edits[e];

                if (search->told[other] || search->held[other])
                    continue;
                search->told[other] = true;
                search->queue[search->queue_count++] = other;
            }
        }
    }
    for (size_t i = 0; i < search->queue_count; i++)
        search->told[search->queue[i]] = false;
}

static bool same_roots(const KfTableExplanation *a, const KfTableExplanation *b)
{
    size_t shared = 0, roots_a = 0, roots_b = 0;

    for (size_t i = 0; i < a->count; i++)
        roots_a += a->changes[i].parent < 0;
    for (size_t j = 0; j < b->count; j++) {
        roots_b += b->changes[j].parent < 0;
        for (size_t i = 0; i < a->count && b->changes[j].parent < 0; i++)
            shared += a->changes[i].parent < 0 && a->changes[i].node == b->changes[j].node
                      && a->changes[i].value == b->changes[j].value;
    }
    return roots_a == roots_b && shared == roots_a;
}

static int margin(const KfTableSearch *search, const KfTableExplanation *best)
{
    for (size_t i = 0; i < best->count; i++) {
        if (best->changes[i].parent < 0
            && !is_slip(&search->check->nodes[best->changes[i].node], best->changes[i].value))
            return WIDE_MARGIN;
    }
    return MARGIN;
}

static void take_best(KfTableSearch *search, KfTableKnot *out)
{
    int lead;

    if (search->kept_count == 0)
        return;
    out->best = search->kept[0];
    lead = margin(search, &out->best);
    for (size_t i = 1; i < search->kept_count && out->rival_count < KF_TABLE_RIVALS_MAX; i++) {
        if (search->kept[i].cost <= out->best.cost + lead
            && !same_roots(&out->best, &search->kept[i]))
            out->rivals[out->rival_count++] = search->kept[i];
    }
    for (size_t i = 0; i < out->best.count; i++)
        search->values[out->best.changes[i].node] = out->best.changes[i].value;
}

bool kf_table_next(KfTableSearch *search, KfTableKnot *out)
{
    const KfTableCheck *check = search->check;
    size_t edit;

    *out = (KfTableKnot){ 0 };
    edit = search->from;
    while (edit < check->edit_count
           && (search->told[edit] || kf_table_holds(check, &check->edits[edit], search->values)))
        edit++;
    search->from = edit;
    if (edit == check->edit_count)
        return false;
    out->edit = (int)edit;
    gather(search, (int)edit);
    search->kept_count = 0;
    search->steps = 0;
    search->now = (KfTableExplanation){ 0 };
    explore(search);
    take_best(search, out);
    for (size_t i = 0; i < search->queue_count; i++)
        search->told[search->queue[i]] = true;
    return true;
}
