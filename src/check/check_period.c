/* Headings in order, without gap or overlap, the same in both courses, and as
 * long as the workbook says. A heading that breaks the chain and is a keystroke
 * from one that mends it is a slip. */
#include "check/checks.h"

static KfText period_text(KfCheck *check, KfPeriod period)
{
    KfBuf buf = { 0 };
    KfText text;

    kf_buf_period(&buf, period);
    text = kf_arena_take(check->arena, &buf);
    kf_buf_free(&buf);
    return text;
}

/* The numbers of a heading, from the first digit to behind the last. */
static void find_numbers(KfText label, size_t *from, size_t *to)
{
    *from = 0;
    *to = label.len;
    while (*from < label.len && !kf_is_digit(label.ptr[*from]))
        (*from)++;
    while (*to > *from && !kf_is_digit(label.ptr[*to - 1]))
        (*to)--;
}

/* The year of "År 3", whose one digit stands for twelve months; 0 when it is no such. */
static int32_t year_number(KfText label)
{
    size_t from, to;
    KfPeriod period;

    find_numbers(label, &from, &to);
    if (to - from != 1 || !kf_period_read(label, &period) || kf_period_months(period) != 12
        || period.to != (label.ptr[from] - '0') * 12)
        return 0;
    return label.ptr[from] - '0';
}

/* What stands between the two numbers of a heading: "–", ".-"; false when it has not two. */
static bool between_numbers(KfText numbers, KfText *between)
{
    size_t from = 0, to;

    while (from < numbers.len && kf_is_digit(numbers.ptr[from]))
        from++;
    for (to = from; to < numbers.len && !kf_is_digit(numbers.ptr[to]);)
        to++;
    *between = kf_text_slice(numbers, from, to);
    while (to < numbers.len && kf_is_digit(numbers.ptr[to]))
        to++;
    return between->len > 0 && to == numbers.len;
}

/* The heading as written, with its numbers exchanged for those of period. */
static KfText label_with(KfCheck *check, KfText label, KfPeriod period)
{
    size_t from, to;
    KfBuf buf = { 0 };
    KfText text, between;

    find_numbers(label, &from, &to);
    kf_buf_text(&buf, kf_text_slice(label, 0, from));
    if (year_number(label) && kf_period_months(period) == 12 && period.to % 12 == 0) {
        kf_buf_int(&buf, period.to / 12);
    } else if (between_numbers(kf_text_slice(label, from, to), &between)) {
        kf_buf_int(&buf, period.from);
        kf_buf_text(&buf, between);
        kf_buf_int(&buf, period.to);
    } else {
        kf_buf_period(&buf, period);
    }
    kf_buf_text(&buf, kf_text_slice(label, to, label.len));
    text = kf_arena_take(check->arena, &buf);
    kf_buf_free(&buf);
    return text;
}

/* ---- headings that are no months: "2. kvartal", "1. halvår 2018", "2015" ------ */

enum { MOST_SHORT = 99, YEAR_DIGITS = 4 };

/* The number that begins at from or behind it; to is behind its last digit. */
static bool next_number(KfText label, size_t *from, size_t *to)
{
    while (*from < label.len && !kf_is_digit(label.ptr[*from]))
        (*from)++;
    for (*to = *from; *to < label.len && kf_is_digit(label.ptr[*to]);)
        (*to)++;
    return *to > *from;
}

static KfText with_number(KfCheck *check, KfText label, size_t from, size_t to, int32_t number)
{
    KfBuf buf = { 0 };
    KfText text;

    kf_buf_text(&buf, kf_text_slice(label, 0, from));
    kf_buf_int(&buf, number);
    kf_buf_text(&buf, kf_text_slice(label, to, label.len));
    text = kf_arena_take(check->arena, &buf);
    kf_buf_free(&buf);
    return text;
}

/* What a heading is to say: months of the course, or of the calendar. */
typedef struct {
    KfPeriod period;
    bool is_calendar;
} Meaning;

static bool says(KfText label, Meaning meaning)
{
    KfPeriod period;

    return (meaning.is_calendar ? kf_calendar_read(label, &period) : kf_period_read(label, &period))
           && period.from == meaning.period.from && period.to == meaning.period.to;
}

/* The label with one of its short numbers exchanged so that it says what is meant. */
static bool by_short_number(KfCheck *check, KfText label, Meaning meaning, KfText *out)
{
    for (size_t from = 0, to; next_number(label, &from, &to); from = to) {
        for (int32_t n = 1; to - from < YEAR_DIGITS && n <= MOST_SHORT; n++) {
            *out = with_number(check, label, from, to, n);
            if (says(*out, meaning))
                return true;
        }
    }
    return false;
}

/* As by_short_number(), where the year must be another one. */
static bool by_year(KfCheck *check, KfText label, Meaning meaning, KfText *out)
{
    const int32_t year = (meaning.period.from - 1) / 12;

    for (size_t from = 0, to; next_number(label, &from, &to); from = to) {
        if (to - from != YEAR_DIGITS)
            continue;
        *out = with_number(check, label, from, to, year);
        if (says(*out, meaning) || by_short_number(check, *out, meaning, out))
            return true;
    }
    return false;
}

/* The months of the calendar that are meant, where the heading now names such. */
static bool calendar_meant(const KfPeriodColumn *column, KfPeriod meant, KfPeriod *out)
{
    KfPeriod period;

    if (column->period.from < 0 || kf_period_read(column->label.text, &period)
        || !kf_calendar_read(column->label.text, &period))
        return false;
    out->from = period.from + kf_period_start(meant) - kf_period_start(column->period);
    out->to = out->from + kf_period_months(meant) - 1;
    return true;
}

/* The heading in its own words; empty when they cannot say it. */
static KfText label_meaning(KfCheck *check, const KfPeriodColumn *column, KfPeriod meant)
{
    const KfText label = column->label.text;
    KfText text = label_with(check, label, meant);
    Meaning meaning = { .period = meant };

    meaning.is_calendar = calendar_meant(column, meant, &meaning.period);
    if (!meaning.is_calendar && says(text, meaning))
        return text;
    if (by_short_number(check, label, meaning, &text)
        || (meaning.is_calendar && by_year(check, label, meaning, &text)))
        return text;
    return meaning.is_calendar ? KF_TEXT("") : label_with(check, label, meant);
}

static KfFinding *at_heading(KfCheck *check, const KfPlace *place, size_t p, KfFindingCode code,
                             KfSeverity severity, KfAction action)
{
    const KfPeriodColumn *column = &place->course->periods[p];
    KfFigure figure = { .ref = column->label.ref };
    KfFinding *finding =
        kf_finding_at(check, place, code, severity, action, &figure,
                      column->period.from >= 0 ? (int)p : -1, KF_PAYER_NONE, column->label.text);

    finding->found = kf_value_text(column->label.text);
    return finding;
}

static bool same(KfPeriod a, KfPeriod b)
{
    return kf_period_start(a) == kf_period_start(b) && a.to == b.to;
}

static bool readable(KfPeriod period)
{
    return period.from >= 0;
}

/* Courses are planned in years and half-years. */
static int roundness(int32_t month)
{
    return month % 12 == 0 ? 3 : month % 6 == 0 ? 2 : month % 3 == 0 ? 1 : 0;
}

/* A last period that ends on no half-year, though it would with the length of the one
 * before it: by a month, or by a digit of its heading. */
static bool odd_end(KfCheck *check, const KfCourse *course, size_t p, KfPeriod *meant)
{
    const KfPeriodColumn *column = &course->periods[p];
    KfPeriod now = column->period;
    int32_t before;

    if (p == 0 || p + 1 != course->period_count || !readable(now)
        || !readable(course->periods[p - 1].period) || roundness(now.to) > 0)
        return false;
    before = kf_period_months(course->periods[p - 1].period);
    *meant = (KfPeriod){ now.from, kf_period_start(now) + before };
    if (roundness(meant->to) == 0)
        return false;
    return meant->to - now.to == 1 || now.to - meant->to == 1
           || (roundness(meant->to) > 1
               && kf_text_slip(column->label.text, label_with(check, column->label.text, *meant)));
}

/* What the heading would be if it followed the one before, and ended where the next
 * one says. */
static bool meant_by_neighbours(const KfCourse *course, size_t p, KfPeriod *meant)
{
    const KfPeriodColumn *columns = course->periods;
    KfPeriod now = columns[p].period;

    if (p == 0 && course->period_count > 1 && readable(columns[1].period)) {
        *meant = (KfPeriod){ 0, kf_period_start(columns[1].period) };
        /* 7-12 is a period of its own: the one before it is missing. */
        return meant->to > 0
               && (!readable(now) || kf_period_start(now) == 0
                   || roundness(kf_period_start(now)) == 0);
    }
    if (p == 0 || !readable(columns[p - 1].period))
        return false;
    *meant = (KfPeriod){ columns[p - 1].period.to + 1, now.to };
    if (p + 1 < course->period_count && readable(columns[p + 1].period))
        meant->to = kf_period_start(columns[p + 1].period);
    else if (year_number(columns[p].label.text))
        meant->to = columns[p - 1].period.to + 12;
    else if (!readable(now) || now.from == meant->from)
        return false;
    return meant->to > meant->from;
}

/* Whether exchanging the heading for `meant` leaves its neighbours a chain. */
static bool mends(const KfCourse *course, size_t p, KfPeriod meant)
{
    const KfPeriodColumn *columns = course->periods;

    if (p > 0 && readable(columns[p - 1].period)
        && columns[p - 1].period.to != kf_period_start(meant))
        return false;
    if (p + 1 < course->period_count && readable(columns[p + 1].period)
        && kf_period_start(columns[p + 1].period) != meant.to)
        return false;
    return p > 0 || kf_period_start(meant) == 0;
}

static bool chained(const KfCourse *course, size_t p)
{
    return readable(course->periods[p].period) && mends(course, p, course->periods[p].period);
}

/* By the other course, else, where that would not make a chain, by its neighbours. */
static bool meant_period(const KfCourse *course, const KfCourse *other, size_t p, KfPeriod *meant)
{
    if (other && other->period_count == course->period_count
        && readable(other->periods[p].period)) {
        *meant = other->periods[p].period;
        /* What both courses say is right, whatever stands beside it. */
        if (mends(course, p, *meant)
            || (readable(course->periods[p].period) && same(course->periods[p].period, *meant)))
            return true;
    }
    return meant_by_neighbours(course, p, meant);
}

/* "År 9" for "År 2": too short for a typing error of a text, and yet one digit. */
static bool is_year_slip(KfText typed, KfText meant)
{
    return year_number(typed) && year_number(meant);
}

/* Of two headings that do not meet, the one that ends a year is right. */
static bool next_is_wrong(const KfCourse *course, size_t p, KfPeriod meant)
{
    KfPeriod now = course->periods[p].period;
    int32_t before = p ? course->periods[p - 1].period.to : 0;

    return readable(now) && kf_period_start(now) == before
           && roundness(now.to) > roundness(meant.to);
}

/* "49-59" for "49-60": one off, though both digits differ. */
static bool is_month_off(KfPeriod typed, KfPeriod meant)
{
    return readable(typed) && typed.from == meant.from
           && (typed.to + 1 == meant.to || typed.to == meant.to + 1);
}

/* How many courses of the workbook have the period in the column p. */
static size_t count_columns(const KfCheck *check, size_t p, KfPeriod period)
{
    const KfModel *model = &check->audit->model;
    size_t count = 0;

    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            count += model->cases[c].has[kind] && p < model->cases[c].courses[kind].period_count
                     && same(model->cases[c].courses[kind].periods[p].period, period);
    }
    return count;
}

/* Of two unlike headings that both fit: the one that ends a year is right, then the one that
 * more courses have, then that of the actual course. */
static bool is_the_right_one(const KfCheck *check, const KfCourse *course, size_t p, KfPeriod meant)
{
    const KfPeriod now = course->periods[p].period;
    size_t times, others;

    if (roundness(now.to) != roundness(meant.to))
        return roundness(now.to) > roundness(meant.to);
    times = count_columns(check, p, now);
    others = count_columns(check, p, meant);
    return times == others ? course->kind == KF_ACTUAL : times > others;
}

/* course is the place's own with the slips before p mended; so is p, when it is one. */
static bool report_slip(KfCheck *check, const KfPlace *place, KfCourse *course,
                        const KfCourse *other, size_t p)
{
    KfPeriodColumn *column = &course->periods[p];
    bool other_differs = other && other->period_count == course->period_count
                         && !same(other->periods[p].period, column->period);
    KfPeriod meant;
    KfText label;
    KfArg args[2];
    KfFinding *finding;

    if (!odd_end(check, course, p, &meant)) {
        if (chained(course, p) && !other_differs)
            return false;
        if (!meant_period(course, other, p, &meant) || !mends(course, p, meant)
            || (readable(column->period) && same(meant, column->period)))
            return false;
        if (!chained(course, p) && !(other_differs && same(other->periods[p].period, meant))
            && next_is_wrong(course, p, meant))
            return false;
        if (chained(course, p) && is_the_right_one(check, course, p, meant))
            return false;
    }
    label = label_with(check, column->label.text, meant);
    if (!kf_text_slip(column->label.text, label) && !is_year_slip(column->label.text, label)
        && !(other_differs
             && (is_month_off(column->period, meant)
                 || kf_text_slip(period_text(check, column->period), period_text(check, meant)))))
        return false;
    label = label_meaning(check, column, meant);
    if (label.len == 0)
        return false;
    finding = at_heading(check, place, p, KF_FINDING_PERIOD_LABEL, KF_WARNING, KF_ACTION_PROPOSE);
    finding->expected = kf_value_text(label);
    args[0] = kf_arg_text(label);
    args[1] = kf_arg_text(column->label.text);
    kf_say(&check->list, finding, KF_SAY_PERIOD_SLIP, args, 2);
    column->period = meant;
    return true;
}

/* Whether a later heading goes on where the one before p stopped. */
static bool comes_later(const KfCourse *course, size_t p, int32_t end)
{
    for (size_t later = p + 1; later < course->period_count; later++) {
        KfPeriod period = course->periods[later].period;

        if (readable(period) && kf_period_start(period) == end)
            return true;
    }
    return false;
}

/* The period that should stand there, by the other course, or between its neighbours
 * where it only repeats the one before. */
static bool is_given(KfCheck *check, const KfCourse *course, const KfCourse *other, size_t p,
                     KfFindingCode code, KfPeriod *meant)
{
    if (other && other->period_count == course->period_count && chained(other, p)
        && !odd_end(check, other, p, meant)) {
        *meant = other->periods[p].period;
        return mends(course, p, *meant);
    }
    return code == KF_FINDING_PERIOD_DUPLICATE && p + 1 < course->period_count
           && meant_by_neighbours(course, p, meant) && mends(course, p, *meant);
}

static void report_break(KfCheck *check, const KfPlace *place, const KfCourse *course,
                         const KfCourse *other, size_t p)
{
    const KfPeriodColumn *columns = course->periods;
    KfPeriod now = columns[p].period, before = p ? columns[p - 1].period : (KfPeriod){ 0, 0 };
    KfFindingCode code = KF_FINDING_PERIOD_GAP;
    KfFinding *finding;
    KfPeriod meant;
    KfText label;
    KfArg args[2];

    if (p && same(now, before))
        code = KF_FINDING_PERIOD_DUPLICATE;
    else if (p && now.to <= kf_period_start(before))
        code = KF_FINDING_PERIOD_ORDER;
    else if (kf_period_start(now) < before.to)
        code = KF_FINDING_PERIOD_OVERLAP;
    else if (comes_later(course, p, before.to))
        code = KF_FINDING_PERIOD_ORDER;
    finding = at_heading(check, place, p, code, KF_ERROR, KF_ACTION_NONE);
    args[0] = kf_arg_number(&check->list, before.to);
    args[1] = kf_arg_number(&check->list, now.from);
    kf_say(&check->list, finding, p ? KF_SAY_PERIOD_GAP : KF_SAY_PERIOD_START, args, 2);
    if (!is_given(check, course, other, p, code, &meant))
        return;
    label = label_meaning(check, &columns[p], meant);
    if (label.len == 0)
        return;
    finding->action = KF_ACTION_PROPOSE;
    finding->expected = kf_value_text(label);
    args[0] = kf_arg_text(finding->expected.text);
    args[1] = kf_arg_text(columns[p].label.text);
    kf_say(&check->list, finding, KF_SAY_PERIOD_SLIP, args, 2);
}

/* The course with headings that can be mended one by one. */
static KfCourse to_mend(KfCheck *check, const KfCourse *course)
{
    KfCourse copy = *course;

    copy.periods = kf_arena_array(check->scratch, course->period_count, sizeof *copy.periods);
    for (size_t p = 0; p < course->period_count; p++)
        copy.periods[p] = course->periods[p];
    return copy;
}

/* What the spreadsheet made of a heading such as 7-12, though it could be read. */
static void report_date(KfCheck *check, const KfPlace *place, size_t p)
{
    const KfPeriodColumn *column = &place->course->periods[p];
    KfBuf date = { 0 };
    KfFinding *finding;
    KfArg args[2];

    kf_buf_date(&date, column->date, KF_LANG_DA);
    finding = at_heading(check, place, p, KF_FINDING_PERIOD_DATE, KF_INFO, KF_ACTION_NONE);
    finding->found = kf_value_text(kf_arena_take(check->arena, &date));
    finding->expected = kf_value_text(column->label.text);
    kf_buf_free(&date);
    args[0] = kf_arg_text(finding->found.text);
    args[1] = kf_arg_text(column->label.text);
    kf_say(&check->list, finding, KF_SAY_PERIOD_DATE, args, 2);
}

static size_t check_course_periods(KfCheck *check, const KfPlace *place, const KfCourse *other)
{
    KfCourse course = to_mend(check, place->course);
    size_t slips = 0;

    for (size_t p = 0; p < course.period_count; p++) {
        KfPeriod now = course.periods[p].period;
        KfArg heading = kf_arg_text(course.periods[p].label.text);

        if (course.periods[p].from_date)
            report_date(check, place, p);
        if (report_slip(check, place, &course, other, p)) {
            slips++;
        } else if (!readable(now)) {
            kf_say(&check->list,
                   at_heading(check, place, p, KF_FINDING_PERIOD_LABEL, KF_WARNING, KF_ACTION_NONE),
                   KF_SAY_PERIOD_UNREADABLE, &heading, 1);
            slips++;
        } else if (p == 0 ? kf_period_start(now) != 0
                          : readable(course.periods[p - 1].period)
                                && course.periods[p - 1].period.to != kf_period_start(now)) {
            /* A fault just before is the one to mend; the break behind it follows. */
            if (!slips || p == 0 || chained(&course, p - 1))
                report_break(check, place, &course, other, p);
            slips++;
        }
    }
    return slips;
}

static KfText all_periods(KfCheck *check, const KfCourse *course)
{
    KfBuf buf = { 0 };
    KfText text;

    for (size_t p = 0; p < course->period_count; p++) {
        if (p)
            kf_buf_str(&buf, ", ");
        kf_buf_text(&buf, course->periods[p].label.text);
    }
    text = kf_arena_take(check->arena, &buf);
    kf_buf_free(&buf);
    return text;
}

bool kf_same_periods(const KfCourse *a, const KfCourse *b)
{
    if (a->period_count != b->period_count)
        return false;
    for (size_t p = 0; p < a->period_count; p++) {
        if (!same(a->periods[p].period, b->periods[p].period))
            return false;
    }
    return true;
}

static void check_horizon(KfCheck *check, const KfPlace *place)
{
    const KfCourse *course = place->course;
    size_t last = course->period_count - 1;
    KfFinding *finding;
    KfArg args[2];

    if (!course->horizon_months || !readable(course->periods[last].period)
        || course->periods[last].period.to == course->horizon_months)
        return;
    finding = at_heading(check, place, last, KF_FINDING_PERIOD_GRID, KF_WARNING, KF_ACTION_NONE);
    args[0] = kf_arg_number(&check->list, course->periods[last].period.to);
    args[1] = kf_arg_text(course->horizon);
    kf_say(&check->list, finding, KF_SAY_PERIOD_HORIZON, args, 2);
}

/* How many first headings of the workbook begin with this month. */
static size_t count_starts(const KfCheck *check, int32_t from)
{
    const KfModel *model = &check->audit->model;
    size_t count = 0;

    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            count += model->cases[c].has[kind]
                     && model->cases[c].courses[kind].periods[0].period.from == from;
    }
    return count;
}

/* 0-6 and 1-6 are the same months, but one case has one way of writing them. */
static void check_first_headings(KfCheck *check, size_t case_index, const KfCourse *const *courses)
{
    const KfCourse *wrong = courses[KF_COUNTERFACTUAL], *right = courses[KF_ACTUAL];
    KfPlace place = { case_index, NULL };
    KfFinding *finding;
    KfText label;

    if (!wrong || !right || !readable(wrong->periods[0].period)
        || !same(wrong->periods[0].period, right->periods[0].period)
        || wrong->periods[0].period.from == right->periods[0].period.from)
        return;
    if (count_starts(check, wrong->periods[0].period.from)
        >= count_starts(check, right->periods[0].period.from)
               + (wrong->periods[0].period.from == 1)) {
        wrong = right;
        right = courses[KF_COUNTERFACTUAL];
    }
    place.course = wrong;
    label = label_with(check, wrong->periods[0].label.text, right->periods[0].period);
    if (kf_is_suspect(check, wrong->periods[0].label.ref))
        return;
    finding = at_heading(check, &place, 0, KF_FINDING_PERIOD_LABEL, KF_WARNING, KF_ACTION_PROPOSE);
    finding->expected = kf_value_text(label);
    kf_say(&check->list, finding, KF_SAY_PERIOD_UNLIKE,
           (KfArg[]){ kf_arg_text(wrong->periods[0].label.text),
                      kf_arg_text(right->periods[0].label.text) },
           2);
}

/* The first heading that the courses do not share, in the counterfactual one; where it is the
 * only one, in the course whose period ends less evenly. */
static size_t first_unlike(const KfCourse *const *courses, KfCourseKind *kind)
{
    const KfPeriodColumn *a = courses[KF_ACTUAL]->periods, *b = courses[KF_COUNTERFACTUAL]->periods;
    const size_t count = courses[KF_ACTUAL]->period_count;
    size_t first = 0, unlike = 0;

    *kind = KF_COUNTERFACTUAL;
    if (count != courses[KF_COUNTERFACTUAL]->period_count)
        return 0;
    for (size_t p = count; p-- > 0;) {
        if (same(a[p].period, b[p].period))
            continue;
        first = p;
        unlike++;
    }
    if (unlike == 1 && roundness(a[first].period.to) < roundness(b[first].period.to))
        *kind = KF_ACTUAL;
    return first;
}

static void report_unlike(KfCheck *check, size_t case_index, const KfCourse *const *courses)
{
    KfCourseKind kind;
    const size_t p = first_unlike(courses, &kind);
    KfPlace place = { case_index, courses[kind] };
    KfArg args[] = { kf_arg_text(all_periods(check, courses[kind])),
                     kf_arg_text(all_periods(check, courses[1 - kind])) };

    kf_say(&check->list,
           at_heading(check, &place, p, KF_FINDING_PERIOD_GRID, KF_ERROR, KF_ACTION_NONE),
           KF_SAY_PERIOD_GRID, args, 2);
}

/* The headings of a table stand in one row, the periods of a list in one column. */
static bool is_of_list(const KfCourse *course)
{
    const size_t last = course->period_count - 1;

    return course->periods[0].label.ref.row != course->periods[last].label.ref.row;
}

static bool has_period(const KfCourse *course, KfPeriod period)
{
    for (size_t p = 0; p < course->period_count; p++) {
        if (same(course->periods[p].period, period))
            return true;
    }
    return false;
}

/* A list has no rows where nothing is paid: a course of it may have fewer periods. */
static bool are_fewer_of_list(const KfCourse *fewer, const KfCourse *more)
{
    for (size_t p = 0; p < fewer->period_count; p++) {
        if (!has_period(more, fewer->periods[p].period))
            return false;
    }
    return is_of_list(more) && (is_of_list(fewer) || fewer->period_count == 1);
}

void kf_check_periods(KfCheck *check, size_t case_index)
{
    const KfCase *one = &check->audit->model.cases[case_index];
    const KfCourse *courses[KF_COURSE_COUNT];
    size_t reported = 0;

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        courses[kind] = one->has[kind] ? &one->courses[kind] : NULL;
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        KfPlace place = { case_index, courses[kind] };

        if (!courses[kind])
            continue;
        reported += check_course_periods(check, &place, courses[1 - kind]);
        check_horizon(check, &place);
    }
    check_first_headings(check, case_index, courses);
    if (courses[0] && courses[1] && !reported && !kf_same_periods(courses[0], courses[1])
        && !are_fewer_of_list(courses[0], courses[1]) && !are_fewer_of_list(courses[1], courses[0]))
        report_unlike(check, case_index, courses);
}
