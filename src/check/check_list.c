/* A list that has a column for each payer says how each amount is split: every benefit
 * is checked by itself, as a course of one item. */
#include "check/checks.h"

static bool is_split(const KfItem *item)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (item->split[k])
            return true;
    }
    return false;
}

static KfCourse alone(const KfCourse *course, KfItem *item)
{
    KfCourse one = *course;

    one.items = item;
    one.item_count = 1;
    one.totals = NULL;
    one.case_total = one.case_row_total = (KfFigure){ .state = KF_FIGURE_NONE };
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        one.payers[k] = item->split[k];
        one.payer_labels[k] = item->label;
        one.payer_totals[k] = one.payer_row_totals[k] = (KfFigure){ .state = KF_FIGURE_NONE };
    }
    return one;
}

void kf_check_list_splits(KfCheck *check, const KfPlace *place)
{
    for (size_t i = 0; i < place->course->item_count; i++) {
        KfItem item = place->course->items[i];
        KfCourse one;
        KfPlace here = { place->case_index, &one };
        KfCourseCheck course = { .arena = check->scratch,
                                 .date_confidence = check->date_confidence,
                                 .tolerance = check->options->tolerance,
                                 .course = &one };

        if (!is_split(&item) || item.has_payer)
            continue;
        one = alone(place->course, &item);
        kf_item_rules(check, &here, &course);
        kf_check_course(check, &here, &course);
        kf_arena_reset(check->scratch);
    }
}
