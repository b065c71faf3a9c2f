/* Tables that were read in part, as far as others beside them show it: what is not seen is
 * checked by nobody. */
#include "check/checks.h"

static bool states_sums(const KfCourse *course)
{
    bool any = course->totals || course->case_total.state == KF_FIGURE_STATED;

    for (int k = 0; k < KF_PAYER_COUNT && !any; k++) {
        any = course->payers[k] || course->payer_totals[k].state == KF_FIGURE_STATED;
        for (size_t i = 0; i < course->item_count && !any; i++)
            any = course->items[i].parts[k].state == KF_FIGURE_STATED;
    }
    return any;
}

void kf_count_pairs(KfCheck *check)
{
    const KfModel *model = &check->audit->model;

    check->pair_count = 0;
    for (size_t i = 0; i < model->case_count; i++)
        check->pair_count +=
            model->cases[i].has[KF_ACTUAL] && model->cases[i].has[KF_COUNTERFACTUAL];
}

void kf_check_incomplete(KfCheck *check, size_t case_index)
{
    const KfCase *one = &check->audit->model.cases[case_index];
    /* Of two citizens either may be the odd one. */
    const bool most_have_both =
        check->pair_count > 1 && check->pair_count * 2 > check->audit->model.case_count;

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const int other = kind == KF_ACTUAL ? KF_COUNTERFACTUAL : KF_ACTUAL;
        const KfPlace place = { case_index, &one->courses[kind] };

        if (!one->has[kind])
            continue;
        if (!one->has[other] && most_have_both)
            kf_tell_course(check, &place, KF_FINDING_FILE_UNPLACED, KF_WARNING,
                           KF_SAY_COURSE_ALONE);
        if (one->has[other] && !states_sums(place.course) && states_sums(&one->courses[other]))
            kf_tell_course(check, &place, KF_FINDING_FILE_UNPLACED, KF_WARNING,
                           KF_SAY_SUMS_NOT_FOUND);
    }
}
