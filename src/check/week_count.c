/* How the sheet counts begun weeks, where its law counts them as whole: monthly amounts
 * do not tell on which days a week began, so a sheet may as well let the weeks run on
 * unrounded. The way that more of its payer figures follow is taken. */
#include "check/course_check.h"

enum { SEEN = 2 }; /* what one payer has too little, another has too much */

size_t kf_payer_misfits(const KfCourseCheck *check)
{
    KfExplanation plain = { .change_count = 0 };
    size_t count = 0;

    kf_truth(check, &plain);
    for (size_t i = 0; i < check->node_count; i++)
        count +=
            check->nodes[i].payer >= 0 && !kf_node_agrees(check, &check->nodes[i], &plain.truth[i]);
    return count;
}

static bool counts_whole_weeks(const KfCourseCheck *check)
{
    for (size_t c = 0; c < check->clock_count; c++) {
        if (check->clock_rules[c] && check->clock_rules[c]->whole_weeks)
            return true;
    }
    return false;
}

void kf_choose_week_count(KfCourseCheck *check)
{
    size_t whole, running;

    check->week_count = KF_WEEKS_WHOLE;
    if (!counts_whole_weeks(check))
        return;
    whole = kf_payer_misfits(check);
    check->week_count = KF_WEEKS_RUNNING;
    running = kf_payer_misfits(check);
    if (running + SEEN > whole)
        check->week_count = running >= whole + SEEN ? KF_WEEKS_WHOLE_SEEN : KF_WEEKS_WHOLE;
}
