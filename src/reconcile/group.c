/* Totals, gains a citizen and gains by period of a group of cases. */
#include "reconcile/group.h"
#include "reconcile/sums.h"

/* ---- totals ---------------------------------------------------------------- */

static bool is_counted(const KfCaseDigest *item, int sum)
{
    return kf_case_gain(item, KF_TYPED, sum) != KF_NOT_STATED;
}

/* What is blank as typed may be known once corrected, and is then counted as corrected. */
static void add_sum(KfGroup *out, const KfCaseDigest *item, int sum)
{
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            KfOere *total = &out->totals[view][kind].of[sum];

            *total = kf_sum_plus(*total, item->courses[kind].sums[view].of[sum]);
        }
    }
}

static void add_case(KfGroup *out, const KfCaseDigest *item)
{
    out->complete += item->courses[KF_ACTUAL].has && item->courses[KF_COUNTERFACTUAL].has;
    for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
        if (!is_counted(item, sum))
            continue;
        out->counted[sum]++;
        add_sum(out, item, sum);
    }
}

/* A payer that no case states is not known, and not 0. */
static void take_gains(KfGroup *out)
{
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
            KfOere *actual = &out->totals[view][KF_ACTUAL].of[sum];
            KfOere *counterfactual = &out->totals[view][KF_COUNTERFACTUAL].of[sum];

            if (out->counted[sum] == 0)
                *actual = *counterfactual = KF_NOT_STATED;
            out->gain[view].of[sum] =
                kf_sum_share(kf_sum_minus(*counterfactual, *actual), out->counted[sum]);
        }
    }
}

/* ---- by period ------------------------------------------------------------- */

/* The same months, though a heading may be mistyped by one: 25-35 for 25-36. */
static bool same_months(KfPeriod a, KfPeriod b)
{
    return a.to > 0 && b.to > 0 && kf_period_start(a) == kf_period_start(b) && a.to - b.to <= 1
           && b.to - a.to <= 1;
}

/* Both courses have the same periods, and those of the grid where there is one. */
static bool fits_grid(const KfCaseDigest *item, const KfPeriodSums *grid, size_t count)
{
    const KfCourseSums *actual = &item->courses[KF_ACTUAL];
    const KfCourseSums *other = &item->courses[KF_COUNTERFACTUAL];

    if (!actual->has || !other->has || actual->period_count != other->period_count
        || actual->period_count == 0 || (grid && actual->period_count != count))
        return false;
    for (size_t i = 0; i < actual->period_count; i++) {
        KfPeriod period = actual->periods[i].period;

        if (!same_months(period, other->periods[i].period)
            || (grid && !same_months(period, grid[i].period)))
            return false;
    }
    return true;
}

static KfPeriodSums *zeros(KfArena *arena, const KfCourseSums *course)
{
    KfPeriodSums *out = kf_arena_array(arena, course->period_count, sizeof *out);

    for (size_t i = 0; i < course->period_count; i++) {
        out[i].period = course->periods[i].period;
        for (int view = 0; view < KF_VIEW_COUNT; view++)
            out[i].sums[view] = kf_sums_zero();
    }
    return out;
}

static void begin_grid(KfArena *arena, KfGroup *out, const KfCourseSums *course)
{
    out->gain_count = course->period_count;
    out->gains = zeros(arena, course);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        out->costs[kind] = zeros(arena, course);
}

static KfOere cost_of(const KfCaseDigest *item, int kind, size_t period, int view, int sum)
{
    return item->courses[kind].periods[period].sums[view].of[sum];
}

static KfOere gain_of(const KfCaseDigest *item, size_t period, int view, int sum)
{
    return kf_sum_minus(cost_of(item, KF_COUNTERFACTUAL, period, view, sum),
                        cost_of(item, KF_ACTUAL, period, view, sum));
}

static bool states_all(const KfGroup *out, const KfCaseDigest *item, int sum)
{
    for (size_t i = 0; i < out->gain_count; i++) {
        if (gain_of(item, i, KF_TYPED, sum) == KF_NOT_STATED)
            return false;
    }
    return true;
}

static void add_period(KfGroup *out, const KfCaseDigest *item, size_t period, int view, int sum)
{
    KfOere *gain = &out->gains[period].sums[view].of[sum];

    *gain = kf_sum_plus(*gain, gain_of(item, period, view, sum));
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        KfOere *cost = &out->costs[kind][period].sums[view].of[sum];

        *cost = kf_sum_plus(*cost, cost_of(item, kind, period, view, sum));
    }
}

static void add_gains(KfGroup *out, const KfCaseDigest *item, int sum)
{
    out->in_gains[sum]++;
    for (size_t i = 0; i < out->gain_count; i++) {
        for (int view = 0; view < KF_VIEW_COUNT; view++)
            add_period(out, item, i, view, sum);
    }
}

/* A payer that no citizen states in every period is not known, and not 0. */
static void forget_sum(KfPeriodSums *period, int sum)
{
    for (int view = 0; view < KF_VIEW_COUNT; view++)
        period->sums[view].of[sum] = KF_NOT_STATED;
}

static void forget_unstated(KfGroup *out)
{
    for (size_t i = 0; i < out->gain_count; i++) {
        for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
            if (out->in_gains[sum])
                continue;
            forget_sum(&out->gains[i], sum);
            for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
                forget_sum(&out->costs[kind][i], sum);
        }
    }
}

static void sum_periods(KfArena *arena, const KfMember *members, size_t count, KfGroup *out)
{
    for (size_t i = 0; i < count; i++) {
        const KfCaseDigest *item = members[i].digest;

        if (!fits_grid(item, out->gains, out->gain_count))
            continue;
        if (!out->gains)
            begin_grid(arena, out, &item->courses[KF_ACTUAL]);
        for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
            if (states_all(out, item, sum))
                add_gains(out, item, sum);
        }
    }
    forget_unstated(out);
}

static bool is_paid_by(int sum)
{
    return sum == KF_MUNICIPALITY || sum == KF_ALL_PAYERS;
}

/* The municipality runs the intervention, so its cost is the municipality's. */
static void find_turns(KfGroup *out)
{
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        const KfOere a_case = out->case_cost[view] == KF_NOT_STATED ? 0 : out->case_cost[view];

        for (int sum = 0; sum < KF_SUM_COUNT; sum++)
            out->turn[view][sum] =
                kf_turn_of(out->gains, out->gain_count, (KfView)view, sum,
                           is_paid_by(sum) ? a_case * (KfOere)out->in_gains[sum] : 0);
    }
}

void kf_group_sum(KfArena *arena, const KfMember *members, size_t count, KfGroup *out)
{
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            out->totals[view][kind] = kf_sums_zero();
    }
    for (size_t i = 0; i < count; i++)
        add_case(out, members[i].digest);
    take_gains(out);
    sum_periods(arena, members, count, out);
    find_turns(out);
    kf_group_extremes(arena, members, count, out);
    kf_group_benefits(arena, members, count, out);
    kf_group_movers(arena, members, count, out);
}

KfOere kf_cost_each(const KfGroup *group, KfView view, KfCourseKind kind, int sum)
{
    return kf_sum_share(group->totals[view][kind].of[sum], group->counted[sum]);
}
