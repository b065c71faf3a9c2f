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

static void tell(KfCheck *check, size_t case_index, int kind, KfSay say)
{
    const KfCourse *course = &check->audit->model.cases[case_index].courses[kind];
    const KfPlace place = { case_index, course };
    const KfFigure corner = { .ref = { course->sheet, course->range.first_row,
                                       course->range.first_col } };

    kf_say(&check->list,
           kf_finding_at(check, &place, KF_FINDING_FILE_UNPLACED, KF_WARNING, KF_ACTION_NONE,
                         &corner, -1, KF_PAYER_NONE, course->heading.text),
           say, NULL, 0);
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
    bool sums[KF_COURSE_COUNT];

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const int other = kind == KF_ACTUAL ? KF_COUNTERFACTUAL : KF_ACTUAL;

        sums[kind] = one->has[kind] && states_sums(&one->courses[kind]);
        /* Of two citizens either may be the odd one. */
        if (one->has[kind] && !one->has[other] && check->pair_count > 1
            && check->pair_count * 2 > check->audit->model.case_count)
            tell(check, case_index, kind, KF_SAY_COURSE_ALONE);
    }
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        if (one->has[kind] && !sums[kind]
            && sums[kind == KF_ACTUAL ? KF_COUNTERFACTUAL : KF_ACTUAL])
            tell(check, case_index, kind, KF_SAY_SUMS_NOT_FOUND);
    }
}
