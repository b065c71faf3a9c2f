/* reconcile --format csv: one row a figure, so that a pivot table can take it. */
#include "report/csv_writer.h"
#include "report/reconcile_report.h"

static const KfPhrase headings[] = {
    SAY_RC_COL_LEVEL,   SAY_RC_COL_MUNICIPALITY, SAY_RC_COL_FILE,  SAY_COL_CITIZEN,
    SAY_RC_COL_MEASURE, SAY_COL_PAYER,           SAY_RC_COL_TYPED, SAY_RC_COL_CORRECTED,
    SAY_COL_PERIOD,     SAY_RC_ACCEPTED,
};

typedef struct {
    KfCsv csv;
    const KfReconciliation *all;
    KfPhrase level;
    KfText group, path, citizen;
} Page;

static void put_sum(KfCsv *csv, KfOere sum)
{
    sum == KF_NOT_STATED ? kf_csv_empty(csv) : kf_csv_amount(csv, sum);
}

/* A figure in each view; of all periods when months are {0, 0}. */
static void put_row(Page *page, KfText measure, KfText payer, const KfOere views[KF_VIEW_COUNT],
                    KfPeriod months)
{
    KfBuf period = { 0 };

    if (months.to > 0)
        kf_buf_period(&period, months);
    kf_csv_say(&page->csv, page->level);
    kf_csv_text(&page->csv, page->group);
    kf_csv_text(&page->csv, page->path);
    kf_csv_text(&page->csv, page->citizen);
    kf_csv_text(&page->csv, measure);
    kf_csv_text(&page->csv, payer);
    put_sum(&page->csv, views[KF_TYPED]);
    put_sum(&page->csv, views[KF_CORRECTED]);
    kf_csv_period(&page->csv, kf_buf_view(&period));
    put_sum(&page->csv, views[KF_ACCEPTED]);
    kf_csv_end_row(&page->csv);
    page->csv.out->bad |= period.bad;
    kf_buf_free(&period);
}

static void put_sums(Page *page, KfText measure, const KfSums *views[KF_VIEW_COUNT],
                     KfPeriod months)
{
    for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
        KfOere row[KF_VIEW_COUNT];

        for (int view = 0; view < KF_VIEW_COUNT; view++)
            row[view] = views[view]->of[sum];
        put_row(page, measure, kf_sum_name(sum, page->csv.lang), row, months);
    }
}

static void put_views(Page *page, KfText measure, const KfSums sums[KF_VIEW_COUNT], KfPeriod months)
{
    const KfSums *views[KF_VIEW_COUNT];

    for (int view = 0; view < KF_VIEW_COUNT; view++)
        views[view] = &sums[view];
    put_sums(page, measure, views, months);
}

/* Measures of their own, so that a pivot table adds no period to the sum of all. */
static void put_periods(Page *page, KfText measure, const KfPeriodSums *periods, size_t count)
{
    KfBuf name = { 0 };

    kf_buf_phrase(&name, SAY_RC_BY_THE_PERIOD, page->csv.lang, (KfText[]){ measure }, 1);
    for (size_t i = 0; i < count; i++)
        put_views(page, kf_buf_view(&name), periods[i].sums, periods[i].period);
    page->csv.out->bad |= name.bad;
    kf_buf_free(&name);
}

static void put_each(Page *page, const KfGroup *group, int kind)
{
    KfSums each[KF_VIEW_COUNT];

    for (int view = 0; view < KF_VIEW_COUNT; view++)
        each[view] = kf_costs_each(group, (KfView)view, (KfCourseKind)kind);
    put_views(page, kf_phrase(kf_each_name[kind], page->csv.lang), each, (KfPeriod){ 0, 0 });
}

static void put_case_cost(Page *page, const KfGroup *group)
{
    KfText payer = kf_sum_name(KF_MUNICIPALITY, page->csv.lang);
    KfOere after[KF_VIEW_COUNT];

    if (group->case_cost[KF_TYPED] == KF_NOT_STATED)
        return;
    for (int view = 0; view < KF_VIEW_COUNT; view++)
        after[view] = kf_gain_after_cost(group, (KfView)view);
    put_row(page, kf_phrase(SAY_RC_COST_ROW, page->csv.lang), payer, group->case_cost,
            (KfPeriod){ 0, 0 });
    put_row(page, kf_phrase(SAY_RC_AFTER_COST, page->csv.lang), payer, after, (KfPeriod){ 0, 0 });
}

static void put_group(Page *page, const KfGroup *group)
{
    KfLang lang = page->csv.lang;
    const KfSums *totals[KF_VIEW_COUNT];

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        for (int view = 0; view < KF_VIEW_COUNT; view++)
            totals[view] = &group->totals[view][kind];
        put_sums(page, kf_phrase_course(kind, lang), totals, (KfPeriod){ 0, 0 });
    }
    put_views(page, kf_phrase(SAY_RC_PER_CITIZEN, lang), group->gain, (KfPeriod){ 0, 0 });
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_each(page, group, kind);
    put_case_cost(page, group);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_periods(page, kf_phrase_course(kind, lang), group->costs[kind], group->gain_count);
    put_periods(page, kf_phrase(SAY_RC_NET_GAIN, lang), group->gains, group->gain_count);
}

static void put_case(Page *page, const KfCaseDigest *item)
{
    KfSums gains[KF_VIEW_COUNT];

    for (int view = 0; view < KF_VIEW_COUNT; view++)
        gains[view] = kf_case_gains(item, (KfView)view);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfCourseSums *course = &item->courses[kind];
        KfText name = kf_phrase_course(kind, page->csv.lang);

        if (!course->has)
            continue;
        put_views(page, name, course->sums, (KfPeriod){ 0, 0 });
        put_periods(page, name, course->periods, course->period_count);
    }
    put_views(page, kf_phrase(SAY_RC_NET_GAIN, page->csv.lang), gains, (KfPeriod){ 0, 0 });
}

static void put_cases(Page *page)
{
    for (size_t i = 0; i < page->all->file_count; i++) {
        const KfFileDigest *file = &page->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++) {
            page->group = kf_group_name(page->all, i, k);
            page->path = file->path;
            page->citizen = file->cases[k].citizen;
            put_case(page, &file->cases[k]);
        }
    }
}

void kf_report_reconcile_csv(KfBuf *out, const KfReconciliation *all,
                             const KfReportOptions *options)
{
    Page page = { .all = all, .level = SAY_RC_LEVEL_GROUP };

    kf_csv_init(&page.csv, out, options->lang);
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        kf_csv_say(&page.csv, headings[i]);
    kf_csv_end_row(&page.csv);
    for (size_t i = 0; i < all->group_count; i++) {
        page.group = all->groups[i].name;
        put_group(&page, &all->groups[i]);
    }
    page.level = SAY_RC_LEVEL_ALL;
    page.group = KF_TEXT("");
    put_group(&page, &all->all);
    page.level = SAY_RC_LEVEL_CITIZEN;
    put_cases(&page);
}
