/* What bears a figure of a course out or speaks against it, and with that the explanation of the
 * course that costs least, over the ways in which weeks may be counted. */
#include "check/checks.h"

#include <stdlib.h>

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
            && kf_shows_old_result(check, course->course, node->figure, &node->gives)) {
            node->is_stale = !course->as_cached;
            faults[i].kind = KF_FAULT_STALE;
        } else if (faults[i].kind == KF_FAULT_STALE) {
            node->shows_old =
                kf_shows_old_result(check, course->course, node->figure, &node->gives);
        }
        node->is_faulty = faults[i].kind != KF_FAULT_NONE;
        if (node->is_faulty)
            node->weight = WEIGHT_FAULTY;
        else if (faults[i].unknown && node->kind != KF_NODE_ITEM)
            node->weight /= KF_FORMULA_FACTOR; /* nothing bears its result out */
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

static void locate_with(KfCheck *check, const KfPlace *place, const KfCourseCheck *start,
                        bool rests_unknown, bool other_count, Located *out)
{
    KfCourseCheck *course = &out->course;

    *course = *start;
    course->rests_unknown = rests_unknown;
    kf_course_check_build(course);
    kf_choose_week_count(course);
    kf_choose_prices(check, course);
    if (other_count)
        course->week_count =
            course->week_count == KF_WEEKS_RUNNING ? KF_WEEKS_WHOLE : KF_WEEKS_RUNNING_ON;
    course->by_place = NULL;
    out->faults = find_faults(check, course);
    if (kf_is_all_right(course, &out->verdict))
        return;
    weigh_by_rate(check, course);
    weigh_blanks(check, place, course);
    mark_settled(check, course);
    out->verdict = kf_locate_error(course);
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
    KfCourseCheck start;
    Located best, other[3];
    int others = 0;

    course->texts = kf_count_texts(check, place);
    course->texts_left_out = kf_are_stray(&course->texts);
    kf_leave_out_rows(course);
    keep_added_rows(check, course);
    locate_with(check, place, course, false, false, &best);
    for (int way = 1; way < 4 && best.verdict.best->cost > 0 && may_restart(course); way++) {
        locate_with(check, place, course, way & 1, way & 2, &other[others]);
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
        start = *course;
        start.as_cached = true;
        locate_with(check, place, &start, false, false, &other[0]);
        if (other[0].verdict.best->cost < best.verdict.best->cost)
            best = other[0];
    }
    *course = best.course;
    *faults = best.faults;
    return best.verdict;
}
