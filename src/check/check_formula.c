/* Formulas among the figures: one whose cached value is not what it gives, one
 * that sums the wrong cells, one unlike its neighbours, and a number typed where
 * the others are formulas. */
#include "check/checks.h"

KfEvaluator *kf_check_evaluator(KfCheck *check)
{
    if (!check->evaluator)
        check->evaluator = kf_evaluator_create(check->arena, check->book);
    return check->evaluator;
}

static bool holds(const KfRef *cells, size_t count, KfRef cell)
{
    for (size_t i = 0; i < count; i++) {
        if (kf_ref_order(cells[i], cell) == 0)
            return true;
    }
    return false;
}

/* Whether the sum leaves out terms of one derivation while it adds others of it. */
static bool misses(const KfCourseCheck *course, const KfDerivation *derivation, const KfRef *cells,
                   size_t count, KfRef *missed)
{
    size_t found = 0, lost = 0;

    for (size_t i = 0; i < derivation->count; i++) {
        KfRef cell = course->nodes[derivation->terms[i].node].figure->ref;

        if (derivation->terms[i].sign < 0)
            return false;
        if (holds(cells, count, cell)) {
            found++;
        } else if (lost++ == 0) {
            *missed = cell;
        }
    }
    return found > 0 && lost > 0;
}

static bool is_term(const KfDerivation *derivation, int node)
{
    for (size_t t = 0; t < derivation->count; t++) {
        if (derivation->terms[t].node == node && derivation->terms[t].sign > 0)
            return true;
    }
    return false;
}

/* The derivation whose terms the sum adds, every one, or NULL. */
static const KfDerivation *whole_sum(const KfCourseCheck *course, const KfNode *node,
                                     const KfRef *cells, size_t count)
{
    for (size_t d = 0; d < node->derivation_count; d++) {
        const KfDerivation *derivation = &node->derivations[d];
        size_t held = 0;

        for (size_t t = 0; t < derivation->count; t++)
            held += derivation->terms[t].sign > 0
                    && holds(cells, count, course->nodes[derivation->terms[t].node].figure->ref);
        if (held && held == derivation->count)
            return derivation;
    }
    return NULL;
}

/* A cell that the sum adds though it is a figure of another kind: none of the
 * terms of `whole`, or when that is NULL, no term of any derivation. */
static bool adds_other(const KfCourseCheck *course, const KfNode *node, const KfDerivation *whole,
                       const KfRef *cells, size_t count, KfRef *added)
{
    for (size_t i = 0; i < course->node_count; i++) {
        const KfNode *other = &course->nodes[i];
        bool belongs = whole && is_term(whole, (int)i);

        if (other == node || !holds(cells, count, other->figure->ref))
            continue;
        for (size_t d = 0; !whole && d < node->derivation_count; d++)
            belongs |= is_term(&node->derivations[d], (int)i);
        if (!belongs) {
            *added = other->figure->ref;
            return true;
        }
    }
    return false;
}

static bool sums_wrong_cells(KfCheck *check, const KfCourseCheck *course, const KfNode *node,
                             KfFormulaFault *fault)
{
    const KfDerivation *whole;
    KfRef *cells;
    size_t count;

    if (!kf_formula_sum_cells(check->arena, check->book, node->figure->ref, &cells, &count))
        return false;
    whole = whole_sum(course, node, cells, count);
    fault->extra = adds_other(course, node, whole, cells, count, &fault->cell);
    if (fault->extra)
        return true;
    for (size_t d = 0; d < node->derivation_count && !whole; d++) {
        if (misses(course, &node->derivations[d], cells, count, &fault->cell))
            return true;
    }
    return false;
}

KfFormulaFault kf_formula_fault(KfCheck *check, const KfCourseCheck *course, const KfNode *node)
{
    KfFormulaFault fault = { .kind = KF_FAULT_NONE };

    if (!node->figure->is_formula || node->kind == KF_NODE_ITEM)
        return fault;
    if (kf_formula_stale(kf_check_evaluator(check), node->figure->ref, NULL))
        fault.kind = KF_FAULT_STALE;
    else if (sums_wrong_cells(check, course, node, &fault))
        fault.kind = KF_FAULT_RANGE;
    return fault;
}

/* ---- rows ---------------------------------------------------------------- */

typedef struct {
    const KfPlace *place;
    const KfFigure *figures;
    int payer;
    KfText label;
} FormulaRow;

static KfFinding *at_figure(KfCheck *check, const FormulaRow *row, size_t p, KfFindingCode code,
                            KfSeverity severity)
{
    const KfFigure *figure = &row->figures[p];
    KfFinding *finding = kf_finding_at(check, row->place, code, severity, KF_ACTION_NONE, figure,
                                       (int)p, row->payer, row->label);

    finding->found = kf_value_amount(figure->value);
    return finding;
}

static void check_typed(KfCheck *check, const FormulaRow *row, size_t formulas, size_t stated)
{
    size_t periods = row->place->course->period_count;

    if (formulas < 2 || formulas == stated || formulas * 2 <= stated)
        return;
    for (size_t p = 0; p < periods; p++) {
        const KfFigure *figure = &row->figures[p];
        KfFinding *finding;

        if (figure->state != KF_FIGURE_STATED || figure->is_formula
            || kf_is_suspect(check, figure->ref))
            continue;
        finding = at_figure(check, row, p, KF_FINDING_FORMULA_TYPED, KF_INFO);
        kf_say(&check->list, finding, KF_SAY_FORMULA_TYPED, NULL, 0);
    }
}

static void check_pattern(KfCheck *check, const FormulaRow *row)
{
    size_t periods = row->place->course->period_count, count = 0;
    KfText *forms = kf_arena_array(check->arena, periods, sizeof *forms);

    for (size_t p = 0; p < periods; p++) {
        if (row->figures[p].is_formula
            && kf_formula_relative(check->arena, check->book, row->figures[p].ref, &forms[p]))
            count++;
    }
    for (size_t p = 0; p < periods && count >= 3; p++) {
        size_t alike = 0, majority = 0;
        KfFinding *finding;

        for (size_t q = 0; q < periods; q++) {
            size_t same = 0;

            for (size_t r = 0; r < periods; r++)
                same += forms[q].len && kf_text_eq(forms[q], forms[r]);
            majority = same > majority ? same : majority;
            alike += forms[p].len && kf_text_eq(forms[p], forms[q]);
        }
        if (!forms[p].len || alike > 1 || majority * 2 <= count
            || kf_is_suspect(check, row->figures[p].ref))
            continue;
        finding = at_figure(check, row, p, KF_FINDING_FORMULA_PATTERN, KF_WARNING);
        kf_say(&check->list, finding, KF_SAY_FORMULA_PATTERN,
               (KfArg[]){ kf_arg_text(row->figures[p].formula) }, 1);
    }
}

static void check_row(KfCheck *check, const FormulaRow *row)
{
    size_t formulas = 0, stated = 0;

    for (size_t p = 0; row->figures && p < row->place->course->period_count; p++) {
        formulas += row->figures[p].is_formula;
        stated += row->figures[p].state == KF_FIGURE_STATED;
    }
    if (formulas == 0)
        return;
    check_typed(check, row, formulas, stated);
    check_pattern(check, row);
}

void kf_check_formulas(KfCheck *check, const KfPlace *place)
{
    const KfCourse *course = place->course;

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        check_row(check,
                  &(FormulaRow){ place, course->payers[k], k, course->payer_labels[k].text });
    check_row(check,
              &(FormulaRow){ place, course->totals, KF_PAYER_NONE, course->total_label.text });
}
