/* reconcile --format html: a section a group with its charts and tables, then citizens,
 * what the corrections change, and published figures. */
#include "report/html_chart.h"
#include "report/reconcile_report.h"

enum { MOST_BARS = 40, MOST_BENEFITS = 15, MOST_PERIODS = 60 };

typedef struct {
    KfHtml html;
    const KfReconciliation *all;
} Page;

/* ---- tables of sums -------------------------------------------------------- */

static void open_sums(KfHtml *html, KfText first, const char *css)
{
    kf_html_open_table(html, css);
    kf_html_column(html, first, false);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        kf_html_column(html, kf_sum_name(sum, html->lang), true);
    kf_buf_str(html->out, "</tr></thead><tbody>\n");
}

static void put_sums(KfHtml *html, const char *css, KfText label, const KfSums *sums)
{
    kf_html_open(html, "tr", css);
    kf_html_element(html, "th", NULL, label);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        kf_html_sum(html, sums->of[sum]);
    kf_html_close(html, "tr");
}

/* Told only where some citizens are not among them. */
static void put_counted(KfHtml *html, const KfGroup *group, const size_t *counted)
{
    bool all = true;

    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        all &= counted[sum] == group->citizens;
    if (all)
        return;
    kf_html_open(html, "tr", "follows");
    kf_html_element(html, "th", NULL, kf_phrase(SAY_RC_COUNTED, html->lang));
    for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
        kf_html_open(html, "td", "n");
        kf_buf_uint_padded(html->out, counted[sum], 1);
        kf_html_close(html, "td");
    }
    kf_html_close(html, "tr");
}

static void put_view(KfHtml *html, const KfGroup *group, KfView view)
{
    open_sums(html, kf_phrase(view == KF_TYPED ? SAY_RC_TYPED : SAY_RC_CORRECTED, html->lang),
              NULL);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_sums(html, NULL, kf_phrase_course(kind, html->lang), &group->totals[view][kind]);
    put_sums(html, "sum", kf_phrase(SAY_RC_PER_CITIZEN, html->lang), &group->gain[view]);
    put_counted(html, group, group->counted);
    kf_html_close_table(html);
}

static void put_periods(KfHtml *html, const KfGroup *group)
{
    KfBuf label = { 0 };

    if (group->gain_count == 0)
        return;
    open_sums(html, kf_phrase(SAY_RC_BY_PERIOD, html->lang), NULL);
    for (size_t i = 0; i < group->gain_count; i++) {
        label.len = 0;
        kf_buf_period(&label, group->gains[i].period);
        kf_buf_text(&label, kf_phrase(SAY_MONTHS, html->lang));
        put_sums(html, NULL, kf_buf_view(&label), &group->gains[i].sums[KF_TYPED]);
    }
    put_counted(html, group, group->in_gains);
    kf_html_close_table(html);
    html->out->bad |= label.bad;
    kf_buf_free(&label);
}

/* ---- charts ---------------------------------------------------------------- */

static KfOere known(KfOere sum)
{
    return sum == KF_NOT_STATED ? 0 : sum;
}

static void chart_cost(KfHtml *html, const KfGroup *group)
{
    KfBar bars[KF_COURSE_COUNT];

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfSums *sums = &group->totals[KF_TYPED][kind];

        bars[kind] = (KfBar){ .label = kf_phrase_course(kind, html->lang) };
        for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
            bars[kind].parts[payer] = known(sums->of[payer]);
            bars[kind].value += bars[kind].parts[payer];
        }
    }
    kf_html_stacked_bars(html, SAY_HTML_CHART_COST, bars, KF_COURSE_COUNT);
}

static void chart_gain(KfHtml *html, const KfGroup *group)
{
    KfBar bars[KF_SUM_COUNT];
    size_t count = 0;

    for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
        KfOere gain = group->gain[KF_TYPED].of[sum];

        if (gain != KF_NOT_STATED)
            bars[count++] =
                (KfBar){ .label = kf_sum_name(sum, html->lang), .value = gain, .color = sum };
    }
    if (count)
        kf_html_signed_bars(html, SAY_HTML_CHART_GAIN, bars, count);
}

/* The sums of the gains so far, from month 0; false when some are not stated. */
static bool sum_up(const KfGroup *group, int sum, KfOere *values)
{
    values[0] = 0;
    for (size_t i = 0; i < group->gain_count; i++) {
        KfOere gain = group->gains[i].sums[KF_TYPED].of[sum];

        if (gain == KF_NOT_STATED)
            return false;
        values[i + 1] = kf_oere_plus(values[i], gain);
    }
    return true;
}

static void chart_time(KfHtml *html, const KfGroup *group)
{
    static const int shown[] = { KF_MUNICIPALITY, KF_STATE, KF_REGION, KF_ALL_PAYERS };
    KfOere values[KF_SUM_COUNT][MOST_PERIODS + 1];
    int32_t months[MOST_PERIODS + 1] = { 0 };
    KfChartLine lines[KF_SUM_COUNT];
    size_t count = 0;

    if (group->gain_count == 0 || group->gain_count > MOST_PERIODS)
        return;
    for (size_t i = 0; i < group->gain_count; i++)
        months[i + 1] = group->gains[i].period.to;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        if (sum_up(group, shown[i], values[count])) {
            lines[count] =
                (KfChartLine){ kf_sum_name(shown[i], html->lang), shown[i], values[count] };
            count++;
        }
    }
    kf_html_lines(html, SAY_HTML_CHART_TIME, months, group->gain_count + 1, lines, count);
}

/* ---- a group --------------------------------------------------------------- */

static void put_benefits(KfHtml *html, const KfGroup *group)
{
    if (group->benefit_count == 0)
        return;
    kf_html_open_table(html, "sort");
    kf_html_column(html, kf_phrase(SAY_HTML_BENEFIT, html->lang), false);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        kf_html_column(html, kf_phrase_course(kind, html->lang), true);
    kf_html_column(html, kf_phrase(SAY_HTML_TEN_PER_CENT, html->lang), true);
    kf_buf_str(html->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < group->benefit_count && i < MOST_BENEFITS; i++) {
        kf_html_open(html, "tr", NULL);
        kf_html_element(html, "td", NULL, group->benefits[i].label);
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            kf_html_amount(html, group->benefits[i].amount[kind]);
        kf_html_amount(html, kf_ten_per_cent(&group->benefits[i]));
        kf_html_close(html, "tr");
    }
    kf_html_close_table(html);
}

/* Each line as a paragraph. */
static void put_paragraphs(KfHtml *html, KfBuf *lines)
{
    KfText left = kf_buf_view(lines);

    while (left.len)
        kf_html_element(html, "p", NULL, kf_next_line(&left));
    html->out->bad |= lines->bad;
    kf_buf_free(lines);
}

static void put_facts(Page *page, const KfGroup *group)
{
    KfBuf lines = { 0 };

    kf_buf_group_facts(&lines, page->all, group, page->html.lang);
    put_paragraphs(&page->html, &lines);
}

static void put_group(Page *page, const KfGroup *group)
{
    KfHtml *html = &page->html;
    KfBuf head = { 0 };

    kf_buf_group_head(&head, page->all, group, html->lang);
    kf_html_element(html, "h2", NULL, kf_buf_view(&head));
    kf_buf_free(&head);
    chart_cost(html, group);
    chart_gain(html, group);
    kf_html_heading(html, "p", SAY_HTML_GAIN_NOTE);
    put_view(html, group, KF_TYPED);
    if (kf_group_changes(group))
        put_view(html, group, KF_CORRECTED);
    else
        kf_html_heading(html, "p", SAY_RC_SAME);
    chart_time(html, group);
    put_periods(html, group);
    put_facts(page, group);
    put_benefits(html, group);
}

/* ---- citizens -------------------------------------------------------------- */

static void chart_citizens(Page *page)
{
    KfBar bars[MOST_BARS];
    KfBuf names[MOST_BARS] = { 0 };
    size_t count = 0;

    if (page->all->all.citizens > MOST_BARS)
        return; /* the table has them all */
    for (size_t i = 0; i < page->all->file_count; i++) {
        const KfFileDigest *file = &page->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++) {
            KfOere gain = kf_case_gain(&file->cases[k], KF_TYPED, KF_ALL_PAYERS);

            if (gain == KF_NOT_STATED)
                continue;
            kf_buf_case(&names[count], page->all, i, k);
            bars[count] = (KfBar){ .label = kf_buf_view(&names[count]),
                                   .value = gain,
                                   .color = KF_ALL_PAYERS };
            count++;
        }
    }
    if (count)
        kf_html_signed_bars(&page->html, SAY_HTML_CHART_CITIZENS, bars, count);
    for (size_t i = 0; i < count; i++)
        kf_buf_free(&names[i]);
}

static void put_citizens(Page *page)
{
    kf_html_heading(&page->html, "h2", SAY_RC_CITIZENS);
    chart_citizens(page);
    open_sums(&page->html, kf_phrase(SAY_COL_CITIZEN, page->html.lang), "sort");
    for (size_t i = 0; i < page->all->file_count; i++) {
        const KfFileDigest *file = &page->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++) {
            KfSums gains = kf_case_gains(&file->cases[k], KF_TYPED);
            KfBuf name = { 0 };

            kf_buf_case(&name, page->all, i, k);
            put_sums(&page->html, NULL, kf_buf_view(&name), &gains);
            kf_buf_free(&name);
        }
    }
    kf_html_close_table(&page->html);
}

/* ---- corrections ----------------------------------------------------------- */

static void put_correction(Page *page, size_t file, size_t item, const KfCorrection *correction)
{
    KfHtml *html = &page->html;
    KfBuf name = { 0 }, place = { 0 };

    kf_buf_case(&name, page->all, file, item);
    kf_buf_text(&place, correction->sheet);
    kf_buf_char(&place, '!');
    kf_buf_cellref(&place, correction->cell.row, correction->cell.col);
    kf_html_open(html, "tr", NULL);
    kf_html_element(html, "td", NULL, kf_buf_view(&name));
    kf_html_element(html, "td", NULL, kf_buf_view(&place));
    kf_html_element(html, "td", NULL, kf_phrase_course((int)correction->course, html->lang));
    kf_html_element(html, "td", NULL, correction->period);
    kf_html_element(
        html, "td", NULL,
        kf_sum_name(correction->payer < 0 ? KF_ALL_PAYERS : correction->payer, html->lang));
    kf_html_sum(html, correction->has_before ? correction->before : KF_NOT_STATED);
    kf_html_amount(html, correction->after);
    kf_html_element(html, "td", "soft", correction->message[html->lang]);
    kf_html_close(html, "tr");
    html->out->bad |= name.bad || place.bad;
    kf_buf_free(&name);
    kf_buf_free(&place);
}

static void put_corrections(Page *page)
{
    static const KfPhrase columns[] = {
        SAY_COL_CITIZEN, SAY_COL_CELL,   SAY_COL_COURSE, SAY_COL_PERIOD,
        SAY_COL_PAYER,   SAY_COL_BEFORE, SAY_COL_AFTER,  SAY_COL_CAUSE,
    };

    if (!kf_group_changes(&page->all->all))
        return;
    kf_html_heading(&page->html, "h2", SAY_RC_CORRECTIONS);
    kf_html_open_table(&page->html, "sort");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kf_html_column(&page->html, kf_phrase(columns[i], page->html.lang), i == 5 || i == 6);
    kf_buf_str(page->html.out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < page->all->file_count; i++) {
        const KfFileDigest *file = &page->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++) {
            for (size_t c = 0; c < file->cases[k].correction_count; c++)
                put_correction(page, i, k, &file->cases[k].corrections[c]);
        }
    }
    kf_html_close_table(&page->html);
}

/* ---- published figures, and the rest ---------------------------------------- */

static void put_published_row(KfHtml *html, const KfPublished *row)
{
    KfBuf agreement = { 0 };

    kf_buf_agreement(&agreement, row, html->lang);
    kf_html_open(html, "tr", NULL);
    kf_html_element(html, "td", NULL, row->source);
    kf_html_element(html, "td", NULL, row->municipality);
    kf_html_element(html, "td", NULL, row->measure);
    kf_html_element(html, "td", NULL, row->payer);
    kf_html_amount(html, row->published);
    for (int view = 0; view < KF_VIEW_COUNT; view++)
        kf_html_sum(html, row->ours[view]);
    kf_html_element(html, "td", row->agreement <= KF_AGREES_ROUNDED ? "good" : "warning",
                    kf_buf_view(&agreement));
    kf_html_close(html, "tr");
    html->out->bad |= agreement.bad;
    kf_buf_free(&agreement);
}

static void put_published(Page *page)
{
    static const KfPhrase columns[] = {
        SAY_COL_SOURCE,       SAY_RC_COL_MUNICIPALITY, SAY_RC_COL_MEASURE,
        SAY_COL_PAYER,        SAY_HTML_COL_PUBLISHED,  SAY_RC_COL_TYPED,
        SAY_RC_COL_CORRECTED, SAY_HTML_COL_AGREEMENT,
    };

    if (page->all->published_count == 0)
        return;
    kf_html_heading(&page->html, "h2", SAY_RC_PUBLISHED);
    kf_html_open_table(&page->html, "sort");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kf_html_column(&page->html, kf_phrase(columns[i], page->html.lang), i >= 4 && i <= 6);
    kf_buf_str(page->html.out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < page->all->published_count; i++)
        put_published_row(&page->html, &page->all->published[i]);
    kf_html_close_table(&page->html);
}

static void put_list(Page *page, KfPhrase heading,
                     void (*list)(KfBuf *, const KfReconciliation *, KfLang))
{
    KfBuf lines = { 0 };

    list(&lines, page->all, page->html.lang);
    if (lines.len)
        kf_html_heading(&page->html, "h2", heading);
    put_paragraphs(&page->html, &lines);
}

void kf_report_reconcile_html(KfBuf *out, const KfReconciliation *all,
                              const KfReportOptions *options)
{
    Page page = { { out, options->lang }, all };
    KfBuf verdict = { 0 };

    kf_html_begin(&page.html, kf_phrase(SAY_HTML_RECONCILE_TITLE, options->lang));
    kf_buf_reconcile_verdict(&verdict, all, options->lang);
    kf_html_element(&page.html, "p", "verdict", kf_buf_view(&verdict));
    kf_buf_free(&verdict);
    for (size_t i = 0; i < all->group_count; i++)
        put_group(&page, &all->groups[i]);
    if (all->group_count > 1)
        put_group(&page, &all->all);
    if (all->all.citizens)
        put_citizens(&page);
    put_corrections(&page);
    put_published(&page);
    put_list(&page, SAY_RC_TWINS, kf_buf_twins);
    put_list(&page, SAY_RC_LEFT_OUT, kf_buf_left_out);
    kf_html_end(&page.html);
}
