/* Which course a cell stands in: the courses by where they begin, each with how far down it and
 * those before it reach. */
#include "check/checks.h"

#include <stdlib.h>

struct KfCourseReach {
    const KfCourse *course;
    uint32_t last_row;
};

static int by_first_row(const void *a, const void *b)
{
    const KfCourse *x = ((const struct KfCourseReach *)a)->course;
    const KfCourse *y = ((const struct KfCourseReach *)b)->course;

    if (x->sheet != y->sheet)
        return x->sheet < y->sheet ? -1 : 1;
    return (x->range.first_row > y->range.first_row) - (x->range.first_row < y->range.first_row);
}

static void index_courses(KfCheck *check)
{
    const KfModel *model = &check->audit->model;
    struct KfCourseReach *reaches =
        kf_arena_array(check->arena, model->case_count * KF_COURSE_COUNT, sizeof *reaches);
    size_t count = 0;

    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (model->cases[c].has[kind])
                reaches[count++].course = &model->cases[c].courses[kind];
        }
    }
    if (count)
        qsort(reaches, count, sizeof *reaches, by_first_row);
    for (size_t i = 0; i < count; i++) {
        const KfCourse *course = reaches[i].course;

        reaches[i].last_row = course->range.last_row;
        if (i && reaches[i - 1].course->sheet == course->sheet
            && reaches[i - 1].last_row > reaches[i].last_row)
            reaches[i].last_row = reaches[i - 1].last_row;
    }
    check->reaches = reaches;
    check->reach_count = count;
}

static bool begins_by(const struct KfCourseReach *reach, KfRef cell)
{
    const KfCourse *course = reach->course;

    return course->sheet < cell.sheet
           || (course->sheet == cell.sheet && course->range.first_row <= cell.row);
}

/* How many courses begin on sheets before the cell, above it or in its row. */
static size_t begun_by(KfCheck *check, KfRef cell)
{
    const struct KfCourseReach *reaches = check->reaches;
    size_t lo = 0, hi = check->reach_count, *latest = &check->reaches_begun;

    /* The next cell that is asked for is mostly a neighbour. */
    if ((*latest == 0 || begins_by(&reaches[*latest - 1], cell))
        && (*latest == hi || !begins_by(&reaches[*latest], cell)))
        return *latest;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (begins_by(&reaches[mid], cell))
            lo = mid + 1;
        else
            hi = mid;
    }
    return *latest = lo;
}

bool kf_course_holds(const KfCourse *course, KfRef cell)
{
    return cell.sheet == course->sheet && cell.row >= course->range.first_row
           && cell.row <= course->range.last_row && cell.col >= course->range.first_col
           && cell.col <= course->range.last_col;
}

const KfCourse *kf_course_at(KfCheck *check, KfRef cell)
{
    if (!check->reaches)
        index_courses(check);
    for (size_t i = begun_by(check, cell); i-- > 0;) {
        const struct KfCourseReach *reach = &check->reaches[i];

        if (reach->course->sheet != cell.sheet || reach->last_row < cell.row)
            return NULL;
        if (kf_course_holds(reach->course, cell))
            return reach->course;
    }
    return NULL;
}
