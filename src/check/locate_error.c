/* The search over explanations. A mistyped input is guessed from what the sums
 * lack, and a guess is kept when it makes the whole course cheaper to explain
 * (Fellegi and Holt 1976: the least weighted change that satisfies every edit). */
#include "check/course_check.h"

enum {
    BEAM = 6,
    DEPTH_MAX = 6,
    DELTAS_MAX = 24,
    MARGIN = 50,
    WIDE_MARGIN = 80,
    BLANK_MARGIN = 125,
    CORRECTION_MARGIN = 110,
    KEPT_MAX = 24,
    EVALUATIONS_MAX = 4000,
    STEPS_MAX = 100000, /* a course whose payers follow no rule takes no longer, */
    NODES_USUAL = 400,  /* nor does a larger one */
    WEEKS_MAX = 160,
    SLIP_SLACK_MAX = 20, /* øre */
    NANO = 1000000000,
    KRONE = 100,
    WHOLE_MAX = 4,
    WHOLE_FURTHEST = 50
};

typedef struct {
    KfCourseCheck *check;
    const KfExplanation *expanded[BEAM * DEPTH_MAX];
    size_t expanded_count;
    KfExplanation *kept[KEPT_MAX]; /* by cost */
    size_t kept_count;
    KfArenaMark mark; /* before the explanation at hand */
    int evaluations_left, steps_left;
    const KfItemSplit *splits; /* of the column at hand, once they are asked for */
} Search;

/* What may be spent on a course of this size. */
static int spent_at_most(const KfCourseCheck *check, int usual)
{
    enum { LEAST = 40 };
    const size_t nodes = check->node_count;

    if (nodes <= NODES_USUAL)
        return usual;
    return usual / LEAST > (int)(nodes / NODES_USUAL) ? usual / (int)(nodes / NODES_USUAL + 1)
                                                      : LEAST;
}

static bool same_columns(const KfCourseCheck *check, const KfExplanation *a, const KfExplanation *b)
{
    for (size_t p = 0; p < check->course->period_count; p++) {
        if ((a->taken ? a->taken[p] : 0) != (b->taken ? b->taken[p] : 0))
            return false;
    }
    return true;
}

static bool same_changes(const KfCourseCheck *check, const KfExplanation *a, const KfExplanation *b)
{
    size_t shared = 0;

    for (size_t i = 0; i < a->change_count; i++) {
        for (size_t j = 0; j < b->change_count; j++)
            shared += a->changes[i].node == b->changes[j].node
                      && a->changes[i].value == b->changes[j].value;
    }
    return a->change_count == b->change_count && shared == a->change_count
           && same_columns(check, a, b);
}

/* Whether it is one of the cheapest so far, and new. */
static bool keep(Search *search, KfExplanation *found)
{
    size_t at = search->kept_count;

    for (size_t i = 0; i < search->kept_count; i++) {
        if (same_changes(search->check, search->kept[i], found))
            return false;
    }
    while (at > 0 && search->kept[at - 1]->cost > found->cost)
        at--;
    if (at == KEPT_MAX)
        return false;
    if (search->kept_count < KEPT_MAX)
        search->kept_count++;
    for (size_t i = search->kept_count - 1; i > at; i--)
        search->kept[i] = search->kept[i - 1];
    search->kept[at] = found;
    return true;
}

/* The base once more, to be changed and evaluated. */
static KfExplanation *variant_of(Search *search, const KfExplanation *base)
{
    KfExplanation *found;

    search->mark = kf_arena_mark(search->check->arena);
    found = kf_arena_alloc(search->check->arena, sizeof *found);
    for (size_t i = 0; i < base->change_count; i++)
        found->changes[found->change_count++] = base->changes[i];
    found->taken = base->taken;
    return found;
}

static void evaluate(Search *search, KfExplanation *found)
{
    search->evaluations_left--;
    kf_truth(search->check, found);
    if (!search->check->plain_truth)
        search->check->plain_truth = found->truth;
    kf_explain(search->check, found, &search->steps_left);
    if (!keep(search, found))
        kf_arena_release(search->check->arena, search->mark);
}

/* The base with one input more changed. */
static void try_change(Search *search, const KfExplanation *base, int node, KfOere value)
{
    KfExplanation *found = variant_of(search, base);

    found->changes[found->change_count++] = (KfInputChange){ node, value };
    evaluate(search, found);
}

/* The base with a column taken in another of the ways that it leaves open. */
static void try_column(Search *search, const KfExplanation *base, size_t p, uint8_t flag)
{
    size_t periods = search->check->course->period_count;
    uint8_t taken = base->taken ? base->taken[p] : 0;
    KfExplanation *found;

    if (!(base->open[p] & flag) || taken & flag || search->evaluations_left <= 0)
        return;
    found = variant_of(search, base);
    found->taken = kf_arena_array(search->check->arena, periods, sizeof *found->taken);
    for (size_t q = 0; base->taken && q < periods; q++)
        found->taken[q] = base->taken[q];
    found->taken[p] = taken | flag;
    evaluate(search, found);
}

/* What is lacking, within what rounding leaves open. */
typedef struct {
    KfOere amount, slack;
} Lack;

typedef struct {
    Lack lack[DELTAS_MAX];
    int payer[DELTAS_MAX]; /* whose row lacks it, or KF_PAYER_NONE */
    size_t count;
} Deltas;

static void add_delta(Deltas *deltas, Lack lack, int payer)
{
    if (lack.amount == 0 || deltas->count == DELTAS_MAX)
        return;
    for (size_t i = 0; i < deltas->count; i++) {
        if (deltas->lack[i].amount == lack.amount)
            return;
    }
    deltas->payer[deltas->count] = payer;
    deltas->lack[deltas->count++] = lack;
}

/* A formula at fault, or one that only follows others, is no evidence of what items lack. */
static bool stands_wrong(const KfCourseCheck *check, const KfExplanation *base, int node)
{
    if (node < 0 || base->fate[node] == KF_FATE_RIGHT)
        return false;
    return base->fate[node] == KF_FATE_ROOT ? !check->nodes[node].is_faulty
                                            : !check->nodes[node].figure->is_formula;
}

static Lack lack(const KfCourseCheck *check, const KfExplanation *base, int node)
{
    const KfFigure *figure = check->nodes[node].figure;
    const KfTruth *truth = &base->truth[node];

    return (Lack){ figure->value - truth->value,
                   (figure->range.hi - figure->range.lo + truth->range.hi - truth->range.lo) / 2 };
}

/* What a payer lacks, and what all of them lack together. */
static void add_part(Deltas *deltas, Lack part, int payer, Lack *sum)
{
    sum->amount += part.amount;
    sum->slack += part.slack;
    add_delta(deltas, part, payer);
}

/* Whether no row of the column states an amount. */
static bool is_left_empty(const KfCourseCheck *check, size_t p)
{
    for (size_t i = 0; i < check->course->item_count; i++) {
        const int node = check->item_nodes[i * check->course->period_count + p];

        if (node >= 0 && check->nodes[node].figure->state > KF_FIGURE_BLANK)
            return false;
    }
    return true;
}

/* What the sums of a column say is missing from its items. */
static Deltas column_deltas(const KfCourseCheck *check, const KfExplanation *base, size_t p)
{
    Deltas deltas = { .count = 0 };
    Lack by_payers = { 0, 0 };

    if (is_left_empty(check, p))
        add_delta(&deltas, (Lack){ kf_stated_cost(check->course, p), 0 }, KF_PAYER_NONE);
    if (stands_wrong(check, base, check->total_nodes[p]))
        add_delta(&deltas, lack(check, base, check->total_nodes[p]), KF_PAYER_NONE);
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        int node = kf_payer_node(check, k, p);

        if (stands_wrong(check, base, node))
            add_part(&deltas, lack(check, base, node), (int)k, &by_payers);
    }
    add_delta(&deltas, by_payers, KF_PAYER_NONE);
    return deltas;
}

/* Payers as columns: what an item's own total and parts say is missing from it. */
static Deltas row_deltas(const KfCourseCheck *check, const KfExplanation *base, size_t item)
{
    Deltas deltas = { .count = 0 };
    Lack by_parts = { 0, 0 };

    if (stands_wrong(check, base, check->item_total_nodes[item]))
        add_delta(&deltas, lack(check, base, check->item_total_nodes[item]), KF_PAYER_NONE);
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        int node = check->part_nodes[item * KF_PAYER_COUNT + (size_t)k];

        if (stands_wrong(check, base, node))
            add_part(&deltas, lack(check, base, node), k, &by_parts);
    }
    add_delta(&deltas, by_parts, KF_PAYER_NONE);
    return deltas;
}

/* The same by the sum of its section. */
static Deltas section_deltas(const KfCourseCheck *check, const KfExplanation *base, size_t item,
                             size_t p)
{
    Deltas deltas = { .count = 0 };

    for (size_t s = 0; s < check->subtotal_count; s++) {
        const int node = check->subtotal_nodes[s * check->course->period_count + p];

        if (item >= check->subtotals[s].first && item < check->subtotals[s].end
            && stands_wrong(check, base, node))
            add_delta(&deltas, lack(check, base, node), KF_PAYER_NONE);
    }
    return deltas;
}

static bool is_changed(const KfExplanation *base, int node)
{
    for (size_t i = 0; i < base->change_count; i++) {
        if (base->changes[i].node == node)
            return true;
    }
    return false;
}

/* More than twice the weeks that the column has: no sum is mended by that. */
static bool is_overfull(const KfCourseCheck *check, const KfNode *item, KfOere value)
{
    const KfItemRule *rule = kf_item_rule(check, (size_t)item->item, (size_t)item->period);
    const int64_t months = kf_period_months(check->course->periods[item->period].period);

    return !rule->is_free && rule->rule->kind == KF_RULE_WEEKS && months > 0
           && kf_item_weeks(rule, value) / NANO > months * 52 / 12 * 2;
}

static void try_value(Search *search, const KfExplanation *base, int node, KfOere value)
{
    const KfFigure *figure = search->check->nodes[node].figure;
    const KfOere now = kf_explained_amount(search->check, base, node);
    const KfOere change = value > now ? value - now : now - value;

    if (change == 0 || (change < KRONE / 2 && search->check->whole_items) || value > KF_OERE_MAX
        || value < -KF_OERE_MAX || is_overfull(search->check, &search->check->nodes[node], value)
        || (value < 0 && figure->value >= 0 && value != -figure->value)
        || search->evaluations_left <= 0)
        return;
    try_change(search, base, node, value);
}

/* An amount as coarse as the sheet is. */
static KfOere as_written(const KfCourseCheck *check, KfOere amount)
{
    const KfOere step = check->step > KRONE ? check->step : 1;

    return (amount + step / 2) / step * step;
}

/* Whole weeks' worth of the benefit that are a keystroke away. */
static void try_multiples(Search *search, const KfExplanation *base, int node)
{
    const KfNode *item = &search->check->nodes[node];
    const KfItemRule *rule = &search->check->items[item->item];
    int64_t weeks = kf_period_months(search->check->course->periods[item->period].period) * 52 / 12;

    if (rule->is_free || rule->rule->kind != KF_RULE_WEEKS)
        return;
    for (int64_t n = weeks < WEEKS_MAX ? weeks : WEEKS_MAX; n > 0; n--) {
        const KfOere price = as_written(search->check, rule->weekly * n);

        if (kf_slip(item->figure->value, price) != KF_SLIP_NONE)
            try_value(search, base, node, price);
    }
}

/* The amounts that rounding leaves room for, in whole kroner or as coarse as the sheet is: the
 * nearest few, and in kroner those a keystroke from what was typed. */
static void try_whole(Search *search, const KfExplanation *base, int node, KfOere exact,
                      KfOere slack)
{
    const KfOere step = search->check->step > KRONE ? search->check->step : KRONE;
    const KfOere typed = search->check->nodes[node].figure->value, middle = exact / step * step;
    int tried = 0;

    for (int far = 0; far <= WHOLE_FURTHEST && far * step <= slack + step; far++) {
        for (int side = far ? -1 : 1; side <= 1; side += 2) {
            const KfOere value = middle + side * far * step;

            if (value < exact - slack || value > exact + slack || value == exact
                || (tried >= WHOLE_MAX && (step > KRONE || kf_slip(typed, value) == KF_SLIP_NONE)))
                continue;
            try_value(search, base, node, value);
            tried++;
        }
    }
}

/* The amounts a keystroke away that rounding leaves room for, where it is a matter of øre. */
static void try_slips(Search *search, const KfExplanation *base, int node, KfOere exact,
                      KfOere slack)
{
    const KfOere typed = search->check->nodes[node].figure->value;

    if (slack > SLIP_SLACK_MAX || kf_slip(typed, exact) != KF_SLIP_NONE)
        return;
    for (KfOere value = exact - slack; value <= exact + slack; value++) {
        if (kf_slip(typed, value) != KF_SLIP_NONE)
            try_value(search, base, node, value);
    }
}

/* What rounding leaves open of the whole, where it leaves so much open of a part. */
static KfOere share_of(KfOere slack, KfOere whole, KfOere part)
{
    const KfOere times = whole / part < 0 ? -(whole / part) : whole / part;

    return slack * (times + 1);
}

static void try_lack(Search *search, const KfExplanation *base, int node, Lack lack, int payer)
{
    const KfNode *item = &search->check->nodes[node];
    const KfOere amount = kf_explained_amount(search->check, base, node);
    const KfOere exact = amount + lack.amount;
    KfOere by_part;

    if (!search->splits && kf_needs_splits(search->check, node, payer))
        search->splits = kf_column_splits(search->check, base, (size_t)item->period);
    by_part = kf_input_by_part(search->check, search->splits, node, payer, lack.amount);
    try_value(search, base, node, exact);
    if (amount % KRONE == 0)
        try_whole(search, base, node, exact, lack.slack);
    else
        try_slips(search, base, node, exact, lack.slack);
    if (by_part && by_part != exact) {
        try_value(search, base, node, by_part);
        if (search->check->step >= KRONE && by_part > 0 && amount >= 0)
            try_whole(search, base, node, by_part,
                      share_of(lack.slack, by_part - amount, lack.amount));
    }
    /* All of what the payer lacks, when that is the item with a digit wrong. */
    if (payer != KF_PAYER_NONE && search->check->items[item->item].is_free
        && kf_slip(amount, lack.amount) != KF_SLIP_NONE)
        try_value(search, base, node, lack.amount);
}

static void try_deltas(Search *search, const KfExplanation *base, int node, const Deltas *deltas)
{
    const KfNode *item = &search->check->nodes[node];

    if (is_changed(base, node) || item->figure->is_formula || item->is_settled
        || search->evaluations_left <= 0)
        return;
    for (size_t d = 0; d < deltas->count; d++)
        try_lack(search, base, node, deltas->lack[d], deltas->payer[d]);
    if (deltas->count)
        try_multiples(search, base, node);
    if (item->figure->value < 0 && deltas->count)
        try_value(search, base, node, -item->figure->value);
}

/* A blank in a row that names a benefit can be what the sums lack; so can a
 * figure that stands. A blank without a name cannot. */
static bool can_be_meant(const KfCourseCheck *check, int node)
{
    const KfNode *item = &check->nodes[node];
    const KfItem *row = &check->course->items[item->item];

    return item->figure->state == KF_FIGURE_STATED || row->label.text.len > 0;
}

static void expand(Search *search, const KfExplanation *base)
{
    KfCourseCheck *check = search->check;
    size_t periods = check->course->period_count;

    for (size_t p = 0; p < periods; p++) {
        try_column(search, base, p, KF_COLUMN_AS_EXPECTED);
        try_column(search, base, p, KF_COLUMN_BY_REGION);
    }
    for (size_t p = 0; p < periods && base->change_count < KF_CHANGES_MAX; p++) {
        Deltas deltas = column_deltas(check, base, p);

        search->splits = NULL;
        for (size_t i = 0; i < check->course->item_count; i++) {
            int node = check->item_nodes[i * periods + p];
            Deltas row = row_deltas(check, base, i);
            Deltas section = section_deltas(check, base, i, p);

            if (node < 0 || !can_be_meant(check, node))
                continue;
            try_deltas(search, base, node, &deltas);
            try_deltas(search, base, node, &row);
            try_deltas(search, base, node, &section);
        }
    }
}

/* Whether it was before; it is from now on. */
static bool is_expanded(Search *search, const KfExplanation *base)
{
    for (size_t i = 0; i < search->expanded_count; i++) {
        if (search->expanded[i] == base)
            return true;
    }
    search->expanded[search->expanded_count++] = base;
    return false;
}

/* How like another an explanation may be to be expanded beside it. */
typedef enum { OTHER_CELLS, OTHER_AMOUNTS, ANY, LIKENESSES } Likeness;

/* Whether they change the same cells, and to amounts that only rounding keeps apart. */
static bool is_like(const KfCourseCheck *check, const KfExplanation *a, const KfExplanation *b,
                    Likeness may_be)
{
    const KfOere room = WHOLE_MAX * (check->step > KRONE ? check->step : KRONE);
    size_t shared = 0;

    for (size_t i = 0; i < a->change_count; i++) {
        for (size_t j = 0; j < b->change_count; j++) {
            const KfOere apart = a->changes[i].value - b->changes[j].value;

            shared += a->changes[i].node == b->changes[j].node
                      && (may_be == OTHER_CELLS || (apart <= room && apart >= -room));
        }
    }
    return a->change_count == b->change_count && shared == a->change_count
           && same_columns(check, a, b);
}

/* The cheapest of those kept, each with other cells changed: a cell that rounding gives many
 * values must not crowd out all others. Where there is room, those that change them to something
 * else altogether follow, then the rest. */
static size_t choose_beam(const Search *search, KfExplanation **beam)
{
    bool taken[KEPT_MAX] = { false };
    size_t width = 0;

    for (Likeness may_be = OTHER_CELLS; may_be < LIKENESSES; may_be++) {
        for (size_t i = 0; i < search->kept_count && width < BEAM; i++) {
            bool alike = taken[i];

            for (size_t j = 0; j < width && !alike && may_be != ANY; j++)
                alike = is_like(search->check, search->kept[i], beam[j], may_be);
            if (alike)
                continue;
            taken[i] = true;
            beam[width++] = search->kept[i];
        }
    }
    return width;
}

/* Whether all that the best has wrong of itself is so in the other one as well: what that
 * has wrong besides explains nothing. */
static bool adds_nothing(const KfCourseCheck *check, const KfExplanation *best,
                         const KfExplanation *other)
{
    for (size_t i = 0; i < check->node_count; i++) {
        if (best->fate[i] == KF_FATE_ROOT
            && (other->fate[i] != KF_FATE_ROOT
                || !kf_is_near(check, best->truth[i].value, other->truth[i].value)))
            return false;
    }
    return true;
}

/* A slip of the hand bears its explanation out; one figure that would be changed
 * without one needs a wider lead, and one that would be corrected the widest. */
static int margin(const KfCourseCheck *check, const KfExplanation *best)
{
    int lead = MARGIN;

    for (size_t i = 0; i < check->node_count; i++) {
        bool input = check->nodes[i].kind == KF_NODE_ITEM;

        if (best->fate[i] != KF_FATE_ROOT || (input && best->change_count > 1)
            || kf_node_slipped(check, &check->nodes[i], &best->truth[i]))
            continue;
        if (!input)
            return CORRECTION_MARGIN;
        lead = WIDE_MARGIN;
    }
    return lead;
}

static bool has_change(const KfExplanation *explanation, const KfInputChange *change)
{
    for (size_t i = 0; i < explanation->change_count; i++) {
        if (explanation->changes[i].node == change->node
            && explanation->changes[i].value == change->value)
            return true;
    }
    return false;
}

/* Whether the rival changes another amount where the best fills a blank, and is like the
 * best in all else: what a blank lacks, an amount beside it may lack as well. */
static bool is_beside_blank(const KfCourseCheck *check, const KfExplanation *best,
                            const KfExplanation *rival)
{
    size_t others = 0;
    bool blank = false;

    for (size_t i = 0; i < best->change_count; i++) {
        if (has_change(rival, &best->changes[i]))
            continue;
        others++;
        blank = check->nodes[best->changes[i].node].figure->state != KF_FIGURE_STATED
                && !is_changed(rival, best->changes[i].node);
    }
    for (size_t i = 0; i < check->node_count && blank; i++)
        blank = rival->fate[i] != KF_FATE_ROOT || check->nodes[i].kind == KF_NODE_ITEM
                || (best->fate[i] == KF_FATE_ROOT && best->truth[i].value == rival->truth[i].value);
    return blank && others == 1 && best->change_count == rival->change_count;
}

/* With the course as it stands explained. */
static Search begin(KfCourseCheck *check)
{
    Search search = { .check = check,
                      .evaluations_left = spent_at_most(check, EVALUATIONS_MAX),
                      .steps_left = spent_at_most(check, STEPS_MAX) };

    evaluate(&search, variant_of(&search, &(KfExplanation){ .change_count = 0 }));
    return search;
}

static KfVerdict verdict_of(const Search *search)
{
    const KfCourseCheck *check = search->check;
    KfVerdict verdict = { .best = search->kept[0] };
    size_t cap = 0;
    int lead;

    for (size_t i = 0; i < search->kept_count; i++)
        kf_narrow(check, search->kept[i]);
    lead = margin(check, verdict.best);
    verdict.near = verdict.best->cost + lead;
    for (size_t i = 1; i < search->kept_count; i++) {
        int most = is_beside_blank(check, verdict.best, search->kept[i]) ? BLANK_MARGIN : lead;

        if (search->kept[i]->cost <= verdict.best->cost + most
            && !adds_nothing(check, verdict.best, search->kept[i]))
            KF_PUSH(check->arena, verdict.rivals, verdict.rival_count, cap, search->kept[i]);
    }
    return verdict;
}

bool kf_is_all_right(KfCourseCheck *check, KfVerdict *verdict)
{
    const Search search = begin(check);

    if (search.kept[0]->cost > 0)
        return false;
    *verdict = verdict_of(&search);
    return true;
}

KfVerdict kf_locate_error(KfCourseCheck *check)
{
    Search search = begin(check);

    for (int depth = 0; depth < DEPTH_MAX && search.kept[0]->cost > 0; depth++) {
        KfExplanation *beam[BEAM];
        size_t width = choose_beam(&search, beam);
        int before = search.kept[0]->cost;

        for (size_t i = 0; i < width; i++) {
            if (!is_expanded(&search, beam[i]))
                expand(&search, beam[i]);
        }
        if (depth > 0 && search.kept[0]->cost == before)
            break;
    }
    return verdict_of(&search);
}

void kf_add_rival(const KfCourseCheck *check, KfVerdict *verdict, KfExplanation *rival)
{
    size_t cap = verdict->rival_count;

    if (rival->cost > verdict->near || adds_nothing(check, verdict->best, rival))
        return;
    verdict->rivals = kf_arena_copy(check->arena, verdict->rivals, cap * sizeof(KfExplanation *));
    KF_PUSH(check->arena, verdict->rivals, verdict->rival_count, cap, rival);
}
