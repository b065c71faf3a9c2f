/* reconcile --format csv: one row a figure, so that a pivot table can take it. */
#include "report/csv_writer.h"
#include "report/reconcile_report.h"

static const KfPhrase headings[] = {
    SAY_RC_COL_LEVEL,   SAY_RC_COL_MUNICIPALITY, SAY_RC_COL_FILE,  SAY_COL_CITIZEN,
    SAY_RC_COL_MEASURE, SAY_COL_PAYER,           SAY_RC_COL_TYPED, SAY_RC_COL_CORRECTED,
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

static void put_row(Page *page, KfText measure, int sum, KfOere typed, KfOere corrected)
{
    kf_csv_say(&page->csv, page->level);
    kf_csv_text(&page->csv, page->group);
    kf_csv_text(&page->csv, page->path);
    kf_csv_text(&page->csv, page->citizen);
    kf_csv_text(&page->csv, measure);
    kf_csv_text(&page->csv, kf_sum_name(sum, page->csv.lang));
    put_sum(&page->csv, typed);
    put_sum(&page->csv, corrected);
    kf_csv_end_row(&page->csv);
}

static void put_sums(Page *page, KfText measure, const KfSums *typed, const KfSums *corrected)
{
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        put_row(page, measure, sum, typed->of[sum], corrected->of[sum]);
}

static void put_group(Page *page, const KfGroup *group)
{
    KfLang lang = page->csv.lang;

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_sums(page, kf_phrase_course(kind, lang), &group->totals[KF_TYPED][kind],
                 &group->totals[KF_CORRECTED][kind]);
    put_sums(page, kf_phrase(SAY_RC_PER_CITIZEN, lang), &group->gain[KF_TYPED],
             &group->gain[KF_CORRECTED]);
}

static void put_case(Page *page, const KfCaseDigest *item)
{
    KfSums typed = kf_case_gains(item, KF_TYPED), corrected = kf_case_gains(item, KF_CORRECTED);

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfCourseSums *course = &item->courses[kind];

        if (course->has)
            put_sums(page, kf_phrase_course(kind, page->csv.lang), &course->sums[KF_TYPED],
                     &course->sums[KF_CORRECTED]);
    }
    put_sums(page, kf_phrase(SAY_RC_NET_GAIN, page->csv.lang), &typed, &corrected);
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
