/* Whether a figure can stand for what it should be, and whether a keystroke lies between. */
#include "check/course_check.h"

enum { ROUNDING_MAX = 20, KRONE = 100, COARSE_DIGITS = 10 };

KfInterval kf_stands_for(const KfCourseCheck *check, const KfNode *node)
{
    const KfOere half = check->step / 2;
    KfInterval range = node->figure->range;

    if (check->step > 1 && !node->figure->is_formula && node->figure->value != 0) {
        if (range.lo > node->figure->value - half)
            range.lo = node->figure->value - half;
        if (range.hi < node->figure->value + half)
            range.hi = node->figure->value + half;
    }
    return range;
}

bool kf_node_agrees(const KfCourseCheck *check, const KfNode *node, const KfTruth *truth)
{
    const KfInterval range = kf_stands_for(check, node);

    if (!truth->known || node->figure->state != KF_FIGURE_STATED)
        return true;
    return range.lo - check->tolerance <= truth->range.hi
           && range.hi + check->tolerance >= truth->range.lo;
}

bool kf_is_slip(const KfCourseCheck *check, KfOere typed, KfOere meant)
{
    const KfSlip slip = kf_slip(typed, meant);
    const KfOere least = COARSE_DIGITS * check->step;

    if (slip == KF_SLIP_NONE || slip == KF_SLIP_SCALE || slip == KF_SLIP_SIGN
        || check->step <= KRONE)
        return slip != KF_SLIP_NONE;
    return typed >= least || typed <= -least || meant >= least || meant <= -least;
}

/* Whether the sign alone is wrong, give or take what a coarse sheet rounds. */
static bool is_sign_turned(const KfCourseCheck *check, KfOere typed, KfOere meant)
{
    return check->step > 1 && (typed < 0) != (meant < 0) && kf_is_near(check, -typed, meant)
           && !kf_is_near(check, typed, meant) && !kf_is_near(check, typed, 0);
}

bool kf_node_slipped(const KfCourseCheck *check, const KfNode *node, const KfTruth *truth)
{
    const KfOere typed = node->figure->value, half = check->step / 2;
    KfInterval meant = truth->range;

    if (kf_is_slip(check, typed, truth->value) || is_sign_turned(check, typed, truth->value))
        return true;
    if (check->step > 1)
        return kf_is_slip(check, typed, (truth->value + half) / check->step * check->step)
               || kf_is_slip(check, typed, (truth->value + half - 1) / check->step * check->step);
    for (KfOere value = meant.lo; value <= meant.hi && meant.hi - meant.lo <= ROUNDING_MAX;
         value++) {
        if (kf_slip(typed, value) != KF_SLIP_NONE)
            return true;
    }
    return false;
}
