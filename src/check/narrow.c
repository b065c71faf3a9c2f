/* A rule may leave a range, as the cap of a hospital stay does, and a sheet in whole
 * kroner rounds what a rule gives. Which figure was meant is then told by the sums
 * around it, or by a keystroke. */
#include "check/course_check.h"

enum { EXACT_WIDTH = 1000, SLIPS_TRIED_MAX = 2000, FIGURES_USUAL = 4, KRONE = 100 };

/* In a coarse sheet rounding alone makes it as wide as a rule's range. */
static bool is_wide(const KfCourseCheck *check, const KfTruth *truth)
{
    return truth->known && check->step <= KRONE && truth->range.hi - truth->range.lo > EXACT_WIDTH;
}

/* Finer than the figures of the sheet. */
static bool is_too_fine(const KfCourseCheck *check, const KfTruth *truth)
{
    return truth->known && truth->value % check->step != 0;
}

static bool is_open(const KfCourseCheck *check, const KfTruth *truth)
{
    return is_wide(check, truth) || is_too_fine(check, truth);
}

/* Rounding leaves it some room: figures that are right may say which of it was meant. */
static bool has_room(const KfCourseCheck *check, const KfTruth *truth)
{
    return is_open(check, truth) || (truth->known && truth->range.lo < truth->range.hi);
}

/* Each of so many figures may have been rounded by half a step. */
static KfInterval with_rounding(const KfCourseCheck *check, const KfTruth *truth, size_t figures)
{
    KfOere width = check->step > 1 ? check->step / 2 * ((KfOere)figures + 1) : 0;

    return (KfInterval){ truth->range.lo - width, truth->range.hi + width };
}

static KfOere to_step(KfOere value, KfOere step)
{
    KfOere half = value < 0 ? -step / 2 : step / 2;

    return (value + half) / step * step;
}

static bool is_right(const KfExplanation *explanation, int node)
{
    return explanation->fate[node] == KF_FATE_RIGHT;
}

static void settle_on(KfTruth *truth, KfOere value)
{
    truth->value = value;
    truth->range = (KfInterval){ value, value };
}

/* The sum of a derivation: right figures as they stand, wrong ones as they should be. */
static bool sum_of(const KfCourseCheck *check, const KfExplanation *explanation,
                   const KfDerivation *derivation, KfOere *sum)
{
    *sum = 0;
    for (size_t i = 0; i < derivation->count; i++) {
        const KfTerm *term = &derivation->terms[i];
        const KfTruth *truth = &explanation->truth[term->node];
        bool right = is_right(explanation, term->node);

        if (!truth->known || (!right && is_open(check, truth)))
            return false;
        *sum += term->sign * (right ? check->nodes[term->node].figure->value : truth->value);
    }
    return derivation->count > 0;
}

static bool settle_if_within(const KfCourseCheck *check, KfTruth *truth, KfOere sum, size_t figures)
{
    KfInterval range = with_rounding(check, truth, figures);

    if (sum < range.lo || sum > range.hi)
        return false;
    settle_on(truth, sum);
    return true;
}

/* In a coarse sheet the range is as wide as the rounding of all amounts before: one other digit
 * that leads far from what the rule gives is so by chance. */
static bool is_by_chance(const KfCourseCheck *check, const KfTruth *truth, KfOere value,
                         KfSlip slip)
{
    const KfOere off = value - truth->value, most = check->step;

    return check->step > KRONE && slip == KF_SLIP_DIGIT && (off > most || off < -most);
}

/* The only whole-kroner figure in the range that is a keystroke from a typed one. */
static bool narrow_by_slip(const KfCourseCheck *check, KfExplanation *explanation, int index)
{
    const KfFigure *figure = check->nodes[index].figure;
    KfTruth *truth = &explanation->truth[index];
    KfInterval range = with_rounding(check, truth, FIGURES_USUAL);
    KfOere first = range.lo + 99 - (range.lo + 99) % 100, found = 0;
    size_t matches = 0;

    if (explanation->fate[index] != KF_FATE_ROOT || figure->is_formula
        || (range.hi - first) / 100 > SLIPS_TRIED_MAX)
        return false;
    for (KfOere value = first; value <= range.hi; value += 100) {
        const KfSlip slip = kf_slip(figure->value, value);

        if (slip == KF_SLIP_NONE || is_by_chance(check, truth, value, slip))
            continue;
        matches++;
        found = value;
    }
    if (matches == 1)
        settle_on(truth, found);
    return matches == 1;
}

static bool is_parent(const KfCourseCheck *check, const KfExplanation *explanation, int node)
{
    for (size_t i = 0; i < check->node_count; i++) {
        if (explanation->fate[i] == KF_FATE_CONSEQUENCE && explanation->parent[i] == node)
            return true;
    }
    return false;
}

/* What right figures leave for it, give or take rounding, is what stands there. */
static void acquit(const KfCourseCheck *check, KfExplanation *explanation, int node)
{
    if (explanation->truth[node].value == check->nodes[node].figure->value
        && check->nodes[node].figure->state == KF_FIGURE_STATED
        && !is_parent(check, explanation, node))
        explanation->fate[node] = KF_FATE_RIGHT;
}

static KfOere stated_sum(const KfCourseCheck *check, const KfDerivation *derivation)
{
    KfOere sum = 0;

    for (size_t i = 0; i < derivation->count; i++)
        sum += derivation->terms[i].sign * check->nodes[derivation->terms[i].node].figure->value;
    return sum;
}

/* What a rounded total comes to by the very figures that it was added up from: those that give
 * it as it stands, when the wrong ones are as they should be or as they are. Other sums may be
 * off from it by their own rounding. */
static bool own_sum(const KfCourseCheck *check, const KfExplanation *explanation,
                    const KfNode *total, KfOere *out)
{
    bool any = false;

    for (size_t d = 0; check->step > 1 && d < total->derivation_count; d++) {
        const KfDerivation *derivation = &total->derivations[d];
        KfOere sum;

        if (derivation->cost != KF_COST_SUM || !sum_of(check, explanation, derivation, &sum))
            continue;
        if (sum == total->figure->value) {
            *out = sum;
            return true;
        }
        if (!any && stated_sum(check, derivation) == total->figure->value) {
            *out = sum;
            any = true;
        }
    }
    return any;
}

static bool narrow_by_own_sum(const KfCourseCheck *check, KfExplanation *explanation, int node)
{
    const KfNode *total = &check->nodes[node];
    KfOere sum;

    return total->figure->state == KF_FIGURE_STATED && own_sum(check, explanation, total, &sum)
           && settle_if_within(check, &explanation->truth[node], sum, FIGURES_USUAL);
}

/* An amount or a payer's figure, and no sum of such. */
static bool is_part(const KfNode *node)
{
    return node->kind == KF_NODE_ITEM || node->kind == KF_NODE_PAYER || node->kind == KF_NODE_PART;
}

static bool narrow_by_sums_left(const KfCourseCheck *check, KfExplanation *explanation, int node)
{
    KfSumsLeft left;

    kf_sums_left(check, explanation, node, &left);
    for (size_t i = 0; i < left.count; i++) {
        if (settle_if_within(check, &explanation->truth[node], left.sums[i].value, FIGURES_USUAL))
            return true;
    }
    return false;
}

/* By right figures alone. A keystroke tells of a part before they do: they may have been made with
 * it. Of their sum they tell first. */
static void narrow_by_right(const KfCourseCheck *check, KfExplanation *explanation, int node)
{
    const KfNode *figure = &check->nodes[node];
    const bool is_slip_first = is_part(figure);
    const bool may_slip = is_open(check, &explanation->truth[node]);

    if (figure->shows_old
        && settle_if_within(check, &explanation->truth[node], figure->gives, FIGURES_USUAL))
        return;
    if (narrow_by_own_sum(check, explanation, node)) {
        acquit(check, explanation, node);
        return;
    }
    if (is_slip_first && may_slip && narrow_by_slip(check, explanation, node))
        return;
    if (narrow_by_sums_left(check, explanation, node))
        acquit(check, explanation, node);
    else if (!is_slip_first && may_slip)
        narrow_by_slip(check, explanation, node);
}

/* By what wrong ones should be, too. */
static void narrow_by_all(const KfCourseCheck *check, KfExplanation *explanation, int node)
{
    if (narrow_by_own_sum(check, explanation, node))
        return;
    for (size_t d = 0; d < check->nodes[node].derivation_count; d++) {
        const KfDerivation *derivation = &check->nodes[node].derivations[d];
        KfOere sum;

        if (sum_of(check, explanation, derivation, &sum)
            && settle_if_within(check, &explanation->truth[node], sum, derivation->count))
            return;
    }
}

static void for_open(const KfCourseCheck *check, KfExplanation *explanation,
                     void (*narrow)(const KfCourseCheck *, KfExplanation *, int))
{
    for (size_t i = 0; i < check->node_count; i++) {
        if (!is_right(explanation, (int)i) && has_room(check, &explanation->truth[i]))
            narrow(check, explanation, (int)i);
    }
}

/* Whether the sheet rounds what a rule gives: it is in 1.000 kr., or a right figure shows it. */
static bool is_rounded(const KfCourseCheck *check, const KfExplanation *explanation)
{
    if (check->step > KRONE)
        return true;
    for (size_t i = 0; i < check->node_count; i++) {
        if (is_right(explanation, (int)i) && check->nodes[i].figure->state == KF_FIGURE_STATED
            && is_too_fine(check, &explanation->truth[i])
            && !is_wide(check, &explanation->truth[i]))
            return true;
    }
    return false;
}

static void narrow_sums(const KfCourseCheck *check, KfExplanation *explanation, bool parts)
{
    for (size_t i = 0; i < check->node_count; i++) {
        if (is_part(&check->nodes[i]) == parts && !is_right(explanation, (int)i)
            && has_room(check, &explanation->truth[i]))
            narrow_by_all(check, explanation, (int)i);
    }
}

static void round_figures(const KfCourseCheck *check, KfExplanation *explanation, bool parts,
                          bool roots)
{
    for (size_t i = 0; i < check->node_count; i++) {
        KfTruth *truth = &explanation->truth[i];

        if (is_part(&check->nodes[i]) == parts && !is_right(explanation, (int)i)
            && is_too_fine(check, truth) && (!roots || explanation->fate[i] == KF_FATE_ROOT))
            truth->value = to_step(truth->value, check->step);
    }
}

/* Typed figures that are right after all, and what was to follow from them. */
static void acquit_all(const KfCourseCheck *check, KfExplanation *explanation)
{
    for (int fate = KF_FATE_CONSEQUENCE; fate >= KF_FATE_ROOT; fate--) {
        for (size_t i = check->node_count; i-- > 0;) {
            if ((int)explanation->fate[i] == fate && !check->nodes[i].figure->is_formula)
                acquit(check, explanation, (int)i);
        }
    }
}

/* Whether the payers of a column are right and yet miss its total by their rounding. */
static bool misses_total(const KfCourseCheck *check, const KfExplanation *explanation, size_t p)
{
    const int total = check->total_nodes[p];
    KfOere sum = 0;

    if (total < 0 || !is_right(explanation, total)
        || check->nodes[total].figure->state != KF_FIGURE_STATED)
        return false;
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        const int node = kf_payer_node(check, k, p);

        if (node < 0)
            continue;
        if (!is_right(explanation, node) || check->nodes[node].figure->state != KF_FIGURE_STATED)
            return false;
        sum += check->nodes[node].figure->value;
    }
    return sum != check->nodes[total].figure->value;
}

/* Whether each payer's figure is rounded by itself: none is the rest of a rounded total. */
static bool rounds_each(const KfCourseCheck *check, const KfExplanation *explanation)
{
    for (size_t p = 0; check->payers_are_all && p < check->course->period_count; p++) {
        if (misses_total(check, explanation, p))
            return true;
    }
    return false;
}

/* Where a sheet rounds, what follows from a rounded figure is made of it. */
void kf_narrow(const KfCourseCheck *check, KfExplanation *explanation)
{
    for_open(check, explanation, narrow_by_right);
    if (!is_rounded(check, explanation)) {
        for_open(check, explanation, narrow_by_all);
        return;
    }
    round_figures(check, explanation, true, true);
    if (!rounds_each(check, explanation))
        narrow_sums(check, explanation, true);
    round_figures(check, explanation, true, false);
    narrow_sums(check, explanation, false);
    round_figures(check, explanation, false, false);
    acquit_all(check, explanation);
}
