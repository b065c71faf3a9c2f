/* What the right figures around a figure leave for it: it is a sum of them, or one of
 * the terms of a sum of which all else is right. */
#include "check/course_check.h"

/* A blank payer is not stated; as an amount or a payer of nothing it counts as nought. */
static bool is_sound(const KfCourseCheck *check, const KfExplanation *explanation, int node)
{
    const KfNode *term = &check->nodes[node];

    if (explanation->fate[node] != KF_FATE_RIGHT || term->figure->state == KF_FIGURE_UNREADABLE
        || term->is_left_out || term->is_faulty || explanation->excused[node])
        return false;
    return term->figure->state == KF_FIGURE_STATED || term->kind == KF_NODE_ITEM
           || explanation->truth[node].value == 0;
}

static void add(KfTruth *sum, const KfFigure *figure, int sign)
{
    sum->value += sign * figure->value;
    sum->range.lo += sign > 0 ? figure->range.lo : -figure->range.hi;
    sum->range.hi += sign > 0 ? figure->range.hi : -figure->range.lo;
}

/* The terms of a derivation but for `left`, with their signs turned by `turn`. */
static bool add_terms(const KfCourseCheck *check, const KfExplanation *explanation,
                      const KfDerivation *derivation, int left, int turn, KfTruth *sum)
{
    bool held = left < 0;

    for (size_t i = 0; i < derivation->count; i++) {
        const KfTerm *term = &derivation->terms[i];

        if (term->node == left && term->sign > 0) {
            held = true;
            continue;
        }
        if (!is_sound(check, explanation, term->node))
            return false;
        add(sum, check->nodes[term->node].figure, turn * term->sign);
    }
    return held && derivation->count > 0;
}

static void keep(KfSumsLeft *out, const KfTruth *sum)
{
    if (out->count < KF_SUMS_LEFT_MAX)
        out->sums[out->count++] = *sum;
}

/* From the sums that the figure is a term of. */
static void by_whole(const KfCourseCheck *check, const KfExplanation *explanation, int node,
                     int whole, KfSumsLeft *out)
{
    const KfNode *sum = whole < 0 ? NULL : &check->nodes[whole];

    if (!sum || sum->figure->state != KF_FIGURE_STATED || !is_sound(check, explanation, whole))
        return;
    for (size_t d = 0; d < sum->derivation_count; d++) {
        KfTruth left = { .known = true };

        if (sum->derivations[d].cost != KF_COST_SUM
            || !add_terms(check, explanation, &sum->derivations[d], node, -1, &left))
            continue;
        add(&left, sum->figure, 1);
        keep(out, &left);
    }
}

void kf_sums_left(const KfCourseCheck *check, const KfExplanation *explanation, int node,
                  KfSumsLeft *out)
{
    const KfNode *figure = &check->nodes[node];

    out->count = 0;
    for (size_t d = 0; d < figure->derivation_count; d++) {
        KfTruth sum = { .known = true };

        if (add_terms(check, explanation, &figure->derivations[d], -1, 1, &sum))
            keep(out, &sum);
    }
    if (figure->kind == KF_NODE_ITEM) {
        by_whole(check, explanation, node, check->total_nodes[figure->period], out);
        by_whole(check, explanation, node, check->item_total_nodes[figure->item], out);
        for (size_t s = 0; s < check->subtotal_count; s++) {
            const KfSubtotal *of = &check->subtotals[s];

            if ((size_t)figure->item >= of->first && (size_t)figure->item < of->end)
                by_whole(
                    check, explanation, node,
                    check->subtotal_nodes[s * check->course->period_count + (size_t)figure->period],
                    out);
        }
    } else if (figure->kind == KF_NODE_PAYER) {
        by_whole(check, explanation, node, check->payer_total_nodes[figure->payer], out);
        by_whole(check, explanation, node, check->payer_row_nodes[figure->payer], out);
    } else if (figure->kind == KF_NODE_TOTAL) {
        by_whole(check, explanation, node, check->case_total_node, out);
        by_whole(check, explanation, node, check->case_row_node, out);
    }
}
