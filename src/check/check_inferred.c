/* Items whose payer no rule gives: who was taken to pay, and whether the same
 * label is paid by someone else in another place. */
#include "check/checks.h"

static int assigned_payer(const KfCourseCheck *course, const KfExplanation *explanation,
                          size_t item)
{
    size_t periods = course->course->period_count;

    for (size_t p = 0; p < periods; p++) {
        if (explanation->assigned[item * periods + p] != KF_PAYER_NONE)
            return explanation->assigned[item * periods + p];
    }
    return KF_PAYER_NONE;
}

/* Without payer rows there is no column to infer a payer from. */
static bool has_payer_rows(const KfCourse *course)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (course->payers[k])
            return true;
    }
    return false;
}

void kf_check_inferred(KfCheck *check, const KfPlace *place, const KfCourseCheck *course,
                       const KfExplanation *explanation)
{
    for (size_t i = 0; has_payer_rows(place->course) && i < place->course->item_count; i++) {
        const KfItem *item = &place->course->items[i];
        int payer = assigned_payer(course, explanation, i);
        KfFigure label = { .ref = item->label.ref };
        KfFinding *finding;
        KfArg who;

        if (!course->items[i].is_free || payer == KF_PAYER_NONE || !item->label.text.len)
            continue;
        finding =
            kf_finding_at(check, place, KF_FINDING_BENEFIT_UNKNOWN, KF_INFO, KF_ACTION_NONE, &label,
                          -1, payer < KF_PAYER_COUNT ? payer : KF_PAYER_NONE, item->label.text);
        if (payer >= KF_PAYER_COUNT) {
            kf_say(&check->list, finding, KF_SAY_BENEFIT_SHARED, NULL, 0);
            continue;
        }
        who = kf_arg_payer(payer);
        kf_say(&check->list, finding,
               course->items[i].rule ? KF_SAY_BENEFIT_OPEN : KF_SAY_BENEFIT_UNKNOWN, &who, 1);
    }
}
