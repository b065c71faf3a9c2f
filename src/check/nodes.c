/* The cells of a course and the sums that tie them together. Every derived cell
 * lists the ways in which a person or a program may have computed it. */
#include "check/checks.h"

#include <stdlib.h>

enum {
    WEIGHT_CASE = 90,
    WEIGHT_TOTAL = 100,
    WEIGHT_STATE = 200,
    WEIGHT_REGION = 210,
    WEIGHT_OTHER = 215,
    WEIGHT_MUNICIPALITY = 220,
    WEIGHT_ITEM = 300,
    WEIGHT_BLANK_ITEM = 180
};

static const int payer_weight[KF_PAYER_COUNT] = { WEIGHT_MUNICIPALITY, WEIGHT_STATE, WEIGHT_REGION,
                                                  WEIGHT_OTHER };

/* Made where it stays; -1 where the table has no such figure. */
static int add_node(KfCourseCheck *check, KfNodeKind kind, const KfFigure *figure, int item,
                    int period, int payer, int weight)
{
    const bool is_left_out = check->texts_left_out && figure->is_text
                             && figure->state == KF_FIGURE_STATED && figure->value != 0;

    if (figure->state == KF_FIGURE_NONE)
        return -1;
    check->nodes[check->node_count] = (KfNode){
        .kind = kind,
        .figure = figure,
        .item = item,
        .period = period,
        .payer = payer,
        .weight = figure->is_formula ? weight * KF_FORMULA_FACTOR : weight,
        .is_left_out = is_left_out,
    };
    return (int)check->node_count++;
}

/* Room for a node a figure. */
static void make_room(KfCourseCheck *check)
{
    const KfCourse *course = check->course;
    const size_t a_row = course->period_count + KF_PAYER_COUNT + 1;

    check->node_count = 0;
    check->nodes = kf_arena_room_for(
        check->arena, (course->item_count + KF_PAYER_COUNT + 2 + check->subtotal_count) * a_row,
        sizeof *check->nodes);
}

static int *index_array(KfCourseCheck *check, size_t count)
{
    int *indexes = kf_arena_room_for(check->arena, count, sizeof *indexes);

    for (size_t i = 0; i < count; i++)
        indexes[i] = -1;
    return indexes;
}

static bool has_digit(KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            return true;
    }
    return false;
}

/* ---- sums of sections -------------------------------------------------------- */

static bool bounds_section(const KfMemo *memo)
{
    return memo->kind == KF_MEMO_SECTION || memo->kind == KF_MEMO_SUBTOTAL;
}

/* The items since the heading or sum before it; with none there, those up to the next one. */
static KfSubtotal items_of(const KfCourse *course, size_t memo)
{
    KfSubtotal out = { memo, 0, course->memos[memo].before_item };
    size_t next = memo + 1;

    for (size_t m = memo; m-- > 0 && out.first == 0;) {
        if (bounds_section(&course->memos[m]))
            out.first = course->memos[m].before_item;
    }
    if (out.first < out.end)
        return out;
    while (next < course->memo_count && !bounds_section(&course->memos[next]))
        next++;
    out.end = next < course->memo_count ? course->memos[next].before_item : course->item_count;
    return out;
}

static bool is_added(const KfCourseCheck *check, size_t item)
{
    return !check->course->items[item].is_part && !(check->left_out && check->left_out[item]);
}

static bool adds_up(const KfCourseCheck *check, const KfSubtotal *of, size_t period)
{
    const KfFigure *whole = &check->course->memos[of->memo].amounts[period];
    KfInterval sum = { -check->tolerance, check->tolerance };

    for (size_t i = of->first; i < of->end; i++) {
        const KfFigure *figure = &check->course->items[i].amounts[period];

        if (!is_added(check, i) || figure->state != KF_FIGURE_STATED)
            continue;
        sum.lo += figure->range.lo;
        sum.hi += figure->range.hi;
    }
    return sum.lo <= whole->range.hi && sum.hi >= whole->range.lo;
}

/* Whether the row is that sum: what most of its figures are not, it does not mean. */
static bool is_section_sum(const KfCourseCheck *check, const KfSubtotal *of)
{
    const KfFigure *amounts = check->course->memos[of->memo].amounts;
    size_t stated = 0, wrong = 0, added = 0;

    for (size_t i = of->first; i < of->end; i++)
        added += is_added(check, i);
    for (size_t p = 0; added && p < check->course->period_count; p++) {
        if (amounts[p].state != KF_FIGURE_STATED)
            continue;
        stated++;
        wrong += !adds_up(check, of, p);
    }
    return stated && wrong * 2 <= stated;
}

static void find_subtotals(KfCourseCheck *check)
{
    const KfCourse *course = check->course;
    size_t cap = 0;

    check->subtotals = NULL;
    check->subtotal_count = 0;
    for (size_t m = 0; m < course->memo_count; m++) {
        KfSubtotal of;

        if (course->memos[m].kind != KF_MEMO_SUBTOTAL || !course->memos[m].amounts)
            continue;
        of = items_of(course, m);
        if (is_section_sum(check, &of))
            KF_PUSH(check->arena, check->subtotals, check->subtotal_count, cap, of);
    }
}

static int add_subtotal(KfCourseCheck *check, const KfFigure *figure, size_t memo, int period)
{
    const int node =
        add_node(check, KF_NODE_SUBTOTAL, figure, -1, period, KF_PAYER_NONE, WEIGHT_TOTAL);

    if (node >= 0)
        check->nodes[node].memo = memo;
    return node;
}

static void add_subtotal_nodes(KfCourseCheck *check)
{
    const size_t periods = check->course->period_count;

    check->subtotal_nodes = index_array(check, check->subtotal_count * periods);
    check->subtotal_total_nodes = index_array(check, check->subtotal_count);
    for (size_t s = 0; s < check->subtotal_count; s++) {
        const size_t at = check->subtotals[s].memo;
        const KfMemo *memo = &check->course->memos[at];

        for (size_t p = 0; p < periods; p++)
            check->subtotal_nodes[s * periods + p] =
                add_subtotal(check, &memo->amounts[p], at, (int)p);
        check->subtotal_total_nodes[s] = add_subtotal(check, &memo->total, at, -1);
    }
}

/* ---- figures ----------------------------------------------------------------- */

static int add_amount(KfCourseCheck *check, const KfFigure *figure, size_t item, size_t period)
{
    KfOere reads_as = 0;
    const bool is_read =
        figure->state == KF_FIGURE_STATED
        || (figure->state == KF_FIGURE_UNREADABLE && has_digit(figure->shown)
            && kf_amount_looks_like(figure->shown, check->course->unit, &reads_as));
    const int node = add_node(check, KF_NODE_ITEM, figure, (int)item, (int)period, KF_PAYER_NONE,
                              is_read ? WEIGHT_ITEM : WEIGHT_BLANK_ITEM);

    if (node >= 0)
        check->nodes[node].reads_as = reads_as;
    return node;
}

static void add_item_nodes(KfCourseCheck *check)
{
    const KfCourse *course = check->course;
    size_t periods = course->period_count;

    for (size_t i = 0; i < course->item_count; i++) {
        const KfItem *item = &course->items[i];

        if (item->is_part || (check->left_out && check->left_out[i]))
            continue;
        for (size_t p = 0; p < periods; p++)
            check->item_nodes[i * periods + p] = add_amount(check, &item->amounts[p], i, p);
        for (int k = 0; k < KF_PAYER_COUNT; k++) {
            if (item->parts[k].state != KF_FIGURE_NONE)
                check->part_nodes[i * KF_PAYER_COUNT + (size_t)k] =
                    add_node(check, KF_NODE_PART, &item->parts[k], (int)i, -1, k, payer_weight[k]);
        }
        check->item_total_nodes[i] = add_node(check, KF_NODE_ITEM_TOTAL, &item->total, (int)i, -1,
                                              KF_PAYER_NONE, WEIGHT_TOTAL);
    }
}

static int add_payer_total(KfCourseCheck *check, const KfFigure *figure, int payer)
{
    return add_node(check, KF_NODE_PAYER_TOTAL, figure, -1, -1, payer, WEIGHT_TOTAL);
}

static int add_case_total(KfCourseCheck *check, const KfFigure *figure)
{
    return add_node(check, KF_NODE_CASE_TOTAL, figure, -1, -1, KF_PAYER_NONE, WEIGHT_CASE);
}

static void add_row_nodes(KfCourseCheck *check)
{
    const KfCourse *course = check->course;
    size_t periods = course->period_count;

    for (size_t p = 0; p < periods; p++) {
        for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
            if (course->payers[k])
                check->payer_nodes[k * periods + p] =
                    add_node(check, KF_NODE_PAYER, &course->payers[k][p], -1, (int)p, (int)k,
                             payer_weight[k]);
        }
        if (course->totals)
            check->total_nodes[p] = add_node(check, KF_NODE_TOTAL, &course->totals[p], -1, (int)p,
                                             KF_PAYER_NONE, WEIGHT_TOTAL);
    }
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        check->payer_total_nodes[k] = add_payer_total(check, &course->payer_totals[k], k);
        check->payer_row_nodes[k] = add_payer_total(check, &course->payer_row_totals[k], k);
    }
    check->case_total_node = add_case_total(check, &course->case_total);
    check->case_row_node = add_case_total(check, &course->case_row_total);
}

/* One more way, of so many terms at most. */
static KfDerivation *derive(KfCourseCheck *check, int node, int cost, size_t terms)
{
    enum { USUAL = 3 };
    KfNode *derived = &check->nodes[node];
    KfDerivation way = { kf_arena_room_for(check->arena, terms, sizeof(KfTerm)), 0, cost };

    if (!derived->derivations) {
        derived->derivations = kf_arena_room_for(check->arena, USUAL, sizeof way);
        derived->derivation_cap = USUAL;
    }
    KF_PUSH(check->arena, derived->derivations, derived->derivation_count, derived->derivation_cap,
            way);
    return &derived->derivations[derived->derivation_count - 1];
}

static void add_term(KfDerivation *derivation, int node, int sign)
{
    if (node >= 0)
        derivation->terms[derivation->count++] = (KfTerm){ node, sign };
}

/* whole = sum of parts: the whole can come from the parts, and each part from the
 * whole less the other parts, as the municipality's often does and others' seldom
 * do. Parts that are typed inputs are not derived, nor is one of so many that nobody
 * takes the rest. */
static void tie(KfCourseCheck *check, int whole, const int *parts, size_t count, bool parts_derived)
{
    enum { REST_MAX = 64 };
    KfDerivation *sum;
    size_t present = 0;

    for (size_t i = 0; i < count; i++)
        present += parts[i] >= 0;
    if (whole < 0 || !present)
        return;
    sum = derive(check, whole, KF_COST_SUM, present);
    for (size_t i = 0; i < count; i++)
        add_term(sum, parts[i], 1);
    for (size_t i = 0; parts_derived && present <= REST_MAX && i < count; i++) {
        KfDerivation *rest;

        if (parts[i] < 0)
            continue;
        rest = derive(check, parts[i],
                      check->nodes[parts[i]].payer == KF_MUNICIPALITY ? KF_COST_MUNICIPALITY_REST
                                                                      : KF_COST_REST,
                      present);
        add_term(rest, whole, 1);
        for (size_t j = 0; j < count; j++) {
            if (j != i)
                add_term(rest, parts[j], -1);
        }
    }
}

/* Each from its items, and the total from all of them where they leave no item out. */
static void tie_subtotals(KfCourseCheck *check)
{
    const size_t periods = check->course->period_count, items = check->course->item_count;
    int *terms = index_array(check, items + check->subtotal_count);
    size_t covered = 0, all = 0;

    for (size_t i = 0; i < items; i++)
        all += is_added(check, i);
    for (size_t s = 0; s < check->subtotal_count; s++) {
        for (size_t i = check->subtotals[s].first; i < check->subtotals[s].end; i++)
            covered += is_added(check, i);
    }
    for (size_t p = 0; check->subtotal_count && p < periods; p++) {
        for (size_t s = 0; s < check->subtotal_count; s++) {
            const KfSubtotal *of = &check->subtotals[s];

            for (size_t i = of->first; i < of->end; i++)
                terms[i - of->first] = check->item_nodes[i * periods + p];
            tie(check, check->subtotal_nodes[s * periods + p], terms, of->end - of->first, false);
        }
        for (size_t s = 0; s < check->subtotal_count; s++)
            terms[s] = check->subtotal_nodes[s * periods + p];
        if (covered == all)
            tie(check, check->total_nodes[p], terms, check->subtotal_count, false);
    }
    for (size_t s = 0; s < check->subtotal_count; s++) {
        const KfSubtotal *of = &check->subtotals[s];
        const int total = check->subtotal_total_nodes[s];

        tie(check, total, &check->subtotal_nodes[s * periods], periods, false);
        tie(check, total, &check->item_total_nodes[of->first], of->end - of->first, false);
    }
}

static void tie_columns(KfCourseCheck *check)
{
    size_t periods = check->course->period_count, items = check->course->item_count;
    int *column = index_array(check, items);
    int payers[KF_PAYER_COUNT];

    for (size_t p = 0; p < periods; p++) {
        for (size_t i = 0; i < items; i++)
            column[i] = check->item_nodes[i * periods + p];
        tie(check, check->total_nodes[p], column, items, false);
        for (size_t k = 0; k < KF_PAYER_COUNT; k++)
            payers[k] = kf_payer_node(check, k, p);
        tie(check, check->total_nodes[p], payers, KF_PAYER_COUNT, true);
    }
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        for (size_t i = 0; i < items; i++)
            column[i] = check->part_nodes[i * KF_PAYER_COUNT + (size_t)k];
        tie(check, check->payer_total_nodes[k], column, items, true);
        tie(check, check->payer_total_nodes[k], &check->payer_nodes[(size_t)k * periods], periods,
            false);
        tie(check, check->payer_row_nodes[k], &check->payer_nodes[(size_t)k * periods], periods,
            false);
        tie(check, check->payer_row_nodes[k], column, items, false);
        tie(check, check->payer_total_nodes[k], &check->payer_row_nodes[k], 1, false);
    }
    for (size_t i = 0; i < items; i++)
        column[i] = check->item_total_nodes[i];
    tie(check, check->case_total_node, column, items, false);
    tie(check, check->case_row_node, column, items, false);
}

static void tie_rows(KfCourseCheck *check)
{
    size_t periods = check->course->period_count;

    for (size_t i = 0; i < check->course->item_count; i++) {
        tie(check, check->item_total_nodes[i], &check->item_nodes[i * periods], periods, false);
        tie(check, check->item_total_nodes[i], &check->part_nodes[i * KF_PAYER_COUNT],
            KF_PAYER_COUNT, true);
    }
    tie(check, check->case_total_node, check->payer_total_nodes, KF_PAYER_COUNT, true);
    tie(check, check->case_total_node, check->total_nodes, periods, false);
    tie(check, check->case_row_node, check->total_nodes, periods, false);
    tie(check, check->case_row_node, check->payer_row_nodes, KF_PAYER_COUNT, false);
    tie(check, check->case_total_node, &check->case_row_node, 1, false);
}

/* The step that all stated figures of the course are whole multiples of. */
static KfOere find_step(const KfCourseCheck *check)
{
    static const KfOere steps[] = { 100000, 10000, 100 };

    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        bool all = steps[s] <= check->course->unit || steps[s] == 100;

        for (size_t i = 0; i < check->node_count && all; i++)
            all = check->nodes[i].figure->value % steps[s] == 0;
        if (all)
            return steps[s];
    }
    return 1;
}

static bool has_item_sums(const KfCourseCheck *check)
{
    for (size_t i = 0; i < check->node_count; i++) {
        if (check->nodes[i].kind == KF_NODE_PART || check->nodes[i].kind == KF_NODE_ITEM_TOTAL)
            return true;
    }
    return false;
}

static bool has_whole_items(const KfCourseCheck *check)
{
    for (size_t i = 0; i < check->node_count; i++) {
        if (check->nodes[i].kind == KF_NODE_ITEM && check->nodes[i].figure->value % 100 != 0)
            return false;
    }
    return true;
}

/* Whether what the payers of a column are stated to pay is its total. */
static bool fits_total(const KfCourse *course, size_t p)
{
    const KfFigure *total = &course->totals[p];
    KfInterval sum = { 0, 0 };

    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        if (!course->payers[k])
            continue;
        sum.lo += course->payers[k][p].range.lo;
        sum.hi += course->payers[k][p].range.hi;
    }
    return sum.lo <= total->range.hi && sum.hi >= total->range.lo;
}

/* Whether a sheet shows every payer that pays anything: in most columns that cost something
 * the payers add up to the total. */
static bool shows_all_payers(const KfCourse *course)
{
    size_t columns = 0, fitting = 0;

    for (size_t p = 0; course->totals && p < course->period_count; p++) {
        if (course->totals[p].state != KF_FIGURE_STATED || course->totals[p].value == 0)
            continue;
        columns++;
        fitting += fits_total(course, p);
    }
    return fitting * 2 > columns;
}

/* Whether a payer's figure is that of the column before, as it stands or as it should be. */
static bool is_repeated(const KfCourseCheck *check, const KfExplanation *explanation, int node,
                        int before)
{
    const KfFigure *figure = check->nodes[node].figure;
    const KfTruth *truth = &explanation->truth[before];

    return figure->state != KF_FIGURE_UNREADABLE
           && (figure->value == check->nodes[before].figure->value
               || (truth->known && figure->value >= truth->range.lo
                   && figure->value <= truth->range.hi));
}

bool kf_repeats_payers(const KfCourseCheck *check, const KfExplanation *explanation, int period)
{
    size_t alike = 0;
    bool any = false;

    for (size_t k = 0; period > 0 && k < KF_PAYER_COUNT; k++) {
        const int node = kf_payer_node(check, k, (size_t)period);
        const int before = kf_payer_node(check, k, (size_t)period - 1);

        if (node < 0 || before < 0)
            continue;
        if (!is_repeated(check, explanation, node, before))
            return false;
        alike++;
        any |= check->nodes[node].figure->value != 0;
    }
    return any && alike > 1;
}

void kf_course_check_build(KfCourseCheck *check)
{
    size_t periods = check->course->period_count, items = check->course->item_count;

    find_subtotals(check);
    make_room(check);
    check->item_nodes = index_array(check, items * periods);
    check->payer_nodes = index_array(check, KF_PAYER_COUNT * periods);
    check->total_nodes = index_array(check, periods);
    check->part_nodes = index_array(check, items * KF_PAYER_COUNT);
    check->item_total_nodes = index_array(check, items);
    add_item_nodes(check);
    add_row_nodes(check);
    add_subtotal_nodes(check);
    tie_columns(check);
    tie_subtotals(check);
    tie_rows(check);
    check->step = find_step(check);
    check->whole_items = has_whole_items(check);
    check->shows_item_sums = has_item_sums(check);
    check->payers_are_all = shows_all_payers(check->course);
}

/* ---- by place ---------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const KfNode *x = *(const KfNode *const *)a, *y = *(const KfNode *const *)b;

    return kf_ref_order(x->figure->ref, y->figure->ref);
}

void kf_order_nodes(KfCourseCheck *check)
{
    if (check->by_place)
        return;
    check->by_place = kf_arena_array(check->arena, check->node_count, sizeof *check->by_place);
    for (size_t i = 0; i < check->node_count; i++)
        check->by_place[i] = &check->nodes[i];
    if (check->node_count)
        qsort(check->by_place, check->node_count, sizeof *check->by_place, by_place);
}

size_t kf_first_node_from(const KfCourseCheck *check, KfRef place)
{
    size_t lo = 0, hi = check->node_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (kf_ref_order(check->by_place[mid]->figure->ref, place) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}
