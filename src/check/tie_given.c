/* Sums over the cases. Whoever made a summary may have added up a figure as it stands,
 * as it should be, or as another explanation has it. */
#include "check/tie_given.h"

#include <stdlib.h>

enum { WAYS_AT_ONCE = 3 };

/* ---- findings of the cases -------------------------------------------------- */

static int by_mark(const KfCaseFinding *x, const KfCaseFinding *y)
{
    return (x->mark > y->mark) - (x->mark < y->mark);
}

static int by_cell(const void *a, const void *b)
{
    const KfCaseFinding *x = a, *y = b;
    int order = kf_ref_order(x->cell, y->cell);

    return order ? order : by_mark(x, y);
}

static int course_order(const KfCaseFinding *finding, size_t case_index, int course)
{
    if (finding->case_index != case_index)
        return finding->case_index < case_index ? -1 : 1;
    return (finding->course > course) - (finding->course < course);
}

static int by_course(const void *a, const void *b)
{
    const KfCaseFinding *x = a, *y = b;
    int order = course_order(x, y->case_index, y->course);

    return order ? order : by_mark(x, y);
}

KfCaseFindings kf_case_findings(KfCheck *check)
{
    const KfFindingList *list = &check->list;
    KfCaseFindings out = { .check = check };

    out.by_cell = kf_arena_array(check->arena, list->count, sizeof *out.by_cell);
    out.by_course = kf_arena_array(check->arena, list->count, sizeof *out.by_course);
    for (size_t i = 0; i < list->count; i++) {
        const KfFinding *finding = &list->items[i];

        if (!finding->has_cell || finding->severity == KF_INFO || finding->case_index == KF_NO_INDEX
            || finding->found.kind == KF_VALUE_TEXT || finding->expected.kind != KF_VALUE_AMOUNT)
            continue;
        out.by_cell[out.count] = out.by_course[out.count] =
            (KfCaseFinding){ finding->cell, finding->case_index, finding->course, (uint32_t)i + 1 };
        out.count++;
    }
    if (out.count) {
        qsort(out.by_cell, out.count, sizeof *out.by_cell, by_cell);
        qsort(out.by_course, out.count, sizeof *out.by_course, by_course);
    }
    return out;
}

static const KfFinding *finding_of(const KfCaseFindings *findings, const KfCaseFinding *one)
{
    return &findings->check->list.items[one->mark - 1];
}

const KfFinding *kf_case_finding_at(const KfCaseFindings *findings, KfRef ref)
{
    size_t lo = 0, hi = findings->count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (kf_ref_order(findings->by_cell[mid].cell, ref) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < findings->count && kf_ref_order(findings->by_cell[lo].cell, ref) == 0
               ? finding_of(findings, &findings->by_cell[lo])
               : NULL;
}

/* Index into by_course of the first finding of the course. */
static size_t first_of_course(const KfCaseFindings *findings, size_t case_index, int course)
{
    size_t lo = 0, hi = findings->count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (course_order(&findings->by_course[mid], case_index, course) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* ---- adding up --------------------------------------------------------------- */

static void add_way(KfGiven *sum, KfOere more, uint32_t cause)
{
    if (more != 0 && sum->way_count < KF_WAYS_MAX)
        sum->ways[sum->way_count++] = (KfTieWay){ more, cause };
}

static void add_figure(const KfCaseFindings *findings, KfGiven *sum, const KfFigure *figure,
                       int sign)
{
    const KfFinding *finding;
    uint32_t mark;

    if (figure->state == KF_FIGURE_NONE)
        return;
    finding = kf_case_finding_at(findings, figure->ref);
    if (figure->state == KF_FIGURE_BLANK && !finding)
        return;
    sum->known &= figure->state == KF_FIGURE_STATED || finding;
    sum->stated += sign * figure->value;
    sum->meant += sign * (finding ? finding->expected.amount : figure->value);
    sum->slack += (figure->range.hi - figure->range.lo) / 2;
    if (!finding)
        return;
    mark = kf_finding_mark(&findings->check->list, finding);
    sum->is_open |= finding->action != KF_ACTION_CORRECT;
    if (!sum->cause)
        sum->cause = mark;
    add_way(sum, sign * (figure->value - finding->expected.amount), mark);
}

static void add_figures(const KfCaseFindings *findings, KfGiven *sum, const KfFigure *figures,
                        size_t count, int sign)
{
    for (size_t i = 0; i < count; i++)
        add_figure(findings, sum, &figures[i], sign);
}

/* A payer's parts by benefit, where the course has no row for the payer. */
static bool add_parts(const KfCaseFindings *findings, KfGiven *sum, const KfCourse *course,
                      int payer, int sign)
{
    bool any = false;

    for (size_t i = 0; i < course->item_count; i++) {
        const KfItem *item = &course->items[i];

        if (item->is_part)
            continue;
        if (item->split[payer]) {
            add_figures(findings, sum, item->split[payer], course->period_count, sign);
            any = true;
        } else if (item->has_payer) {
            if ((int)item->payer == payer)
                add_figures(findings, sum, item->amounts, course->period_count, sign);
            any = true;
        } else if (item->parts[payer].state != KF_FIGURE_NONE) {
            add_figure(findings, sum, &item->parts[payer], sign);
            any = true;
        }
    }
    return any;
}

/* What a finding's alternatives within the course would make of the sum. */
static void add_alternative_ways(KfGiven *sum, const KfFinding *finding, const KfCourse *course,
                                 int sign)
{
    for (size_t a = 0; a < finding->alternative_count; a++) {
        const KfAlternative *other = &finding->alternatives[a];

        if (other->expected.kind == KF_VALUE_AMOUNT && kf_course_holds(course, other->cell))
            add_way(sum, sign * (other->expected.amount - other->found.amount), 0);
    }
}

/* Findings that a person must decide may reach the sum without one at its own figures, also those
 * of the other course, where the same benefit has two prices; whoever adds up the amounts passes
 * over one that is blank, though the total that stands has it. */
static void add_open_ways(const KfCaseFindings *findings, KfGiven *sum, size_t case_index, int kind,
                          int payer, int sign)
{
    const KfCourse *course = &findings->check->audit->model.cases[case_index].courses[kind];

    for (size_t i = first_of_course(findings, case_index, 0);
         i < findings->count && findings->by_course[i].case_index == case_index; i++) {
        const KfFinding *finding = finding_of(findings, &findings->by_course[i]);

        if (finding->action == KF_ACTION_CORRECT
            || (payer != KF_PAYER_NONE && finding->payer != KF_PAYER_NONE && finding->payer != payer
                && !finding->alternative_count))
            continue;
        if (finding->course == kind)
            add_way(sum, sign * (finding->expected.amount - finding->found.amount), 0);
        if (finding->course == kind && finding->code == KF_FINDING_AMOUNT_MISSING
            && payer == KF_PAYER_NONE)
            add_way(sum, -sign * finding->expected.amount,
                    kf_finding_mark(&findings->check->list, finding));
        add_alternative_ways(sum, finding, course, sign);
    }
}

static void add_course(const KfCaseFindings *findings, KfGiven *sum, size_t case_index, int kind,
                       int payer, int sign)
{
    const KfCourse *course = &findings->check->audit->model.cases[case_index].courses[kind];
    const KfFigure *total =
        payer == KF_PAYER_NONE ? &course->case_total : &course->payer_totals[payer];
    const KfFigure *periods = payer == KF_PAYER_NONE ? course->totals : course->payers[payer];

    if (total->state == KF_FIGURE_STATED) {
        add_figure(findings, sum, total, sign);
    } else if (periods) {
        add_figures(findings, sum, periods, course->period_count, sign);
    } else if (payer != KF_PAYER_NONE) {
        sum->known &= add_parts(findings, sum, course, payer, sign);
    } else {
        for (size_t i = 0; i < course->item_count; i++) {
            if (!course->items[i].is_part)
                add_figures(findings, sum, course->items[i].amounts, course->period_count, sign);
        }
    }
    add_open_ways(findings, sum, case_index, kind, payer, sign);
}

void kf_given_add(const KfCaseFindings *findings, KfGiven *sum, size_t case_index, int kind,
                  int payer)
{
    const KfCase *one = &findings->check->audit->model.cases[case_index];

    if (kind != KF_COURSE_GAIN) {
        sum->known &= one->has[kind];
        if (one->has[kind])
            add_course(findings, sum, case_index, kind, payer, 1);
        return;
    }
    sum->known &= one->has[KF_ACTUAL] && one->has[KF_COUNTERFACTUAL];
    if (!sum->known)
        return;
    add_course(findings, sum, case_index, KF_COUNTERFACTUAL, payer, 1);
    add_course(findings, sum, case_index, KF_ACTUAL, payer, -1);
}

void kf_given_add_item(const KfCaseFindings *findings, KfGiven *sum, const KfCourse *course,
                       const KfItem *item, int sign)
{
    if (item->total.state == KF_FIGURE_STATED)
        add_figure(findings, sum, &item->total, sign);
    else
        add_figures(findings, sum, item->amounts, course->period_count, sign);
}

void kf_given_add_payer(KfGiven *sum, const KfGiven *part)
{
    if (!part->known)
        return;
    sum->has_payers = true;
    sum->by_payers += part->meant;
    sum->payers += part->stated;
}

static KfOere shared_by(KfOere amount, size_t count)
{
    KfOere half = (KfOere)(count / 2);

    return (amount < 0 ? amount - half : amount + half) / (KfOere)count;
}

void kf_given_share(KfGiven *sum, size_t count)
{
    sum->stated = shared_by(sum->stated, count);
    sum->meant = shared_by(sum->meant, count);
    sum->by_payers = shared_by(sum->by_payers, count);
    sum->payers = shared_by(sum->payers, count);
    sum->slack = shared_by(sum->slack, count) + 1;
    for (size_t i = 0; i < sum->way_count; i++)
        sum->ways[i].more = shared_by(sum->ways[i].more, count);
}

/* ---- explaining --------------------------------------------------------------- */

static bool meets(const KfGiven *given, KfInterval amount, KfOere value)
{
    return value + given->slack >= amount.lo && value - given->slack <= amount.hi;
}

KfOere kf_given_meant(const KfGiven *given, KfOere amount)
{
    return given->has_payers && amount == given->payers && amount != given->stated
               ? given->by_payers
               : given->meant;
}

/* The fewest ways that together bring the sum from `value` to the amount. */
static bool reach(const KfGiven *given, KfInterval amount, KfOere value, size_t from, int left,
                  uint32_t *cause)
{
    if (left == 0)
        return meets(given, amount, value);
    for (size_t i = from; i < given->way_count; i++) {
        if (!reach(given, amount, value + given->ways[i].more, i + 1, left - 1, cause))
            continue;
        if (given->ways[i].cause)
            *cause = given->ways[i].cause;
        return true;
    }
    return false;
}

KfTieKind kf_given_explains(const KfGiven *given, KfInterval amount, uint32_t *cause)
{
    *cause = 0;
    if (meets(given, amount, given->meant)
        || (given->has_payers && meets(given, amount, given->by_payers)))
        return KF_TIE_AGREES;
    if (given->cause && meets(given, amount, given->stated)) {
        *cause = given->cause;
        return KF_TIE_FOLLOWS;
    }
    for (int count = 1; count <= WAYS_AT_ONCE; count++) {
        if (reach(given, amount, given->meant, 0, count, cause))
            return *cause ? KF_TIE_FOLLOWS : KF_TIE_AGREES;
    }
    return KF_TIE_DIFFERS;
}
