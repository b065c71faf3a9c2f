/* The year whose rules the payer rows follow best, for a workbook that tells of no
 * date and whose amounts fit no rate: a split that is right in some year is right. */
#include "check/checks.h"

enum { FIRST_YEAR = 2007, COURSES_MAX = 100, MONTH = 9, DAY = 1 };

static size_t misfits_of(KfCheck *check, const KfPlace *place, KfDate date)
{
    KfCourseCheck course = { .arena = check->scratch,
                             .date_confidence = KF_CONFIDENCE_LOW,
                             .tolerance = check->options->tolerance,
                             .course = place->course };
    size_t count;

    kf_item_rules_at(check, place->course, date, &course);
    kf_course_check_build(&course);
    kf_choose_week_count(&course);
    count = kf_payer_misfits(&course);
    kf_arena_reset(check->scratch);
    return count;
}

static size_t misfits_on(KfCheck *check, KfDate date)
{
    const KfModel *model = &check->audit->model;
    size_t count = 0, courses = 0;

    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            const KfPlace place = { c, &model->cases[c].courses[kind] };

            if (model->cases[c].has[kind] && courses++ < COURSES_MAX)
                count += misfits_of(check, &place, date);
        }
    }
    return count;
}

static size_t misfits_in(KfCheck *check, int32_t year)
{
    check->year = year;
    return misfits_on(check, kf_date(year, MONTH, DAY));
}

int32_t kf_year_of_splits(KfCheck *check, int32_t newest, int32_t fitted)
{
    size_t least = SIZE_MAX, most = 0;
    int32_t likely = 0;

    if (fitted) {
        most = misfits_in(check, fitted);
        least = most / 2; /* amounts that fit its rates speak for it: to be clearly beaten */
        likely = fitted;
        if (least == 0)
            return fitted;
    }
    for (int32_t year = newest; year >= FIRST_YEAR; year--) {
        const size_t misfits = misfits_in(check, year);

        if (misfits < least) {
            least = misfits;
            likely = year;
        }
        most = misfits > most ? misfits : most;
    }
    return fitted || least < most ? likely : 0;
}
