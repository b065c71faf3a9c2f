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
    open_sums(html, kf_phrase(kf_view_name[view], html->lang), NULL);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_sums(html, NULL, kf_phrase_course(kind, html->lang), &group->totals[view][kind]);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        KfSums each = kf_costs_each(group, view, (KfCourseKind)kind);

        put_sums(html, NULL, kf_phrase(kf_each_name[kind], html->lang), &each);
    }
    put_sums(html, "sum", kf_phrase(SAY_RC_PER_CITIZEN, html->lang), &group->gain[view]);
    put_counted(html, group, group->counted);
    kf_html_close_table(html);
}

static void put_period_rows(KfHtml *html, const char *css, const KfPeriodSums *periods,
                            size_t count, KfText what)
{
    for (size_t i = 0; i < count; i++) {
        KfBuf label = { 0 };

        kf_buf_period(&label, periods[i].period);
        kf_buf_text(&label, kf_phrase(SAY_MONTHS, html->lang));
        kf_buf_str(&label, ", ");
        kf_buf_text(&label, what);
        put_sums(html, css, kf_buf_view(&label), &periods[i].sums[KF_TYPED]);
        html->out->bad |= label.bad;
        kf_buf_free(&label);
    }
}

static void put_periods(KfHtml *html, const KfGroup *group)
{
    if (group->gain_count == 0)
        return;
    open_sums(html, kf_phrase(SAY_RC_COST_BY_PERIOD, html->lang), NULL);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_period_rows(html, NULL, group->costs[kind], group->gain_count,
                        kf_phrase(kf_course_word[kind], html->lang));
    put_period_rows(html, "sum", group->gains, group->gain_count,
                    kf_phrase(SAY_RC_NET_GAIN, html->lang));
    put_counted(html, group, group->in_gains);
    kf_html_close_table(html);
}

/* ---- charts ---------------------------------------------------------------- */

/* Both courses must state it; what is not stated is no zero, and not drawn. */
static bool is_drawn(const KfGroup *group, int payer)
{
    return group->counted[payer] > 0;
}

static void chart_cost(KfHtml *html, const KfGroup *group)
{
    KfBar bars[KF_COURSE_COUNT];

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfSums *sums = &group->totals[KF_TYPED][kind];

        bars[kind] = (KfBar){ .label = kf_phrase_course(kind, html->lang) };
        for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
            if (!is_drawn(group, payer))
                continue;
            bars[kind].parts[payer] = sums->of[payer];
            bars[kind].value = kf_oere_plus(bars[kind].value, sums->of[payer]);
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

static void put_not_drawn(KfHtml *html, const KfGroup *group)
{
    KfBuf names = { 0 };

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        if (is_drawn(group, payer))
            continue;
        kf_buf_str(&names, names.len ? ", " : "");
        kf_buf_text(&names, kf_sum_name(payer, html->lang));
    }
    if (names.len) {
        kf_html_open(html, "p", "soft");
        kf_buf_phrase(html->out, SAY_HTML_NOT_DRAWN, html->lang, (KfText[]){ kf_buf_view(&names) },
                      1);
        kf_html_close(html, "p");
    }
    html->out->bad |= names.bad;
    kf_buf_free(&names);
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
    open_sums(html, kf_phrase(SAY_RC_BENEFITS, html->lang), "sort");
    for (size_t i = 0; i < group->benefit_count && i < MOST_BENEFITS; i++) {
        KfSums moves = kf_ten_per_cents(&group->benefits[i]);

        if (moves.of[KF_ALL_PAYERS] != 0)
            put_sums(html, NULL, group->benefits[i].label, &moves);
    }
    kf_html_close_table(html);
}

static void put_movers(KfHtml *html, const KfReconciliation *all, const KfGroup *group)
{
    open_sums(html, kf_phrase(SAY_RC_CELLS, html->lang), "sort");
    for (size_t i = 0; i < group->mover_count; i++) {
        const KfMover *mover = &group->movers[i];
        const KfCellSum *cell = kf_mover_cell(all, mover);
        KfSums moves = kf_ten_per_cents_of_cell(cell);
        KfBuf label = { 0 };

        kf_buf_text(&label, cell->label);
        kf_buf_str(&label, ", ");
        kf_buf_text(&label, kf_phrase(kf_course_word[cell->course], html->lang));
        kf_buf_str(&label, ": ");
        if (all->used_count > 1) {
            kf_buf_masked(&label, kf_base_name(all->files[mover->file].path));
            kf_buf_char(&label, ' ');
        }
        kf_buf_cell_place(&label, cell->sheet, cell->cell);
        put_sums(html, NULL, kf_buf_view(&label), &moves);
        html->out->bad |= label.bad;
        kf_buf_free(&label);
    }
    kf_html_close_table(html);
}

static void put_sensitivity(KfHtml *html, const KfReconciliation *all, const KfGroup *group)
{
    if (group->benefit_count == 0 || group->mover_count == 0)
        return;
    kf_html_heading(html, "h3", SAY_RC_SENSITIVITY);
    kf_html_heading(html, "p", SAY_RC_SENSITIVITY_NOTE);
    put_benefits(html, group);
    put_movers(html, all, group);
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

/* Each line as an item of a list. */
static void put_items(KfHtml *html, KfBuf *lines)
{
    KfText left = kf_buf_view(lines);

    kf_html_open(html, "ul", NULL);
    while (left.len)
        kf_html_element(html, "li", NULL, kf_next_line(&left));
    kf_html_close(html, "ul");
    html->out->bad |= lines->bad;
    kf_buf_free(lines);
}

static void put_facts(Page *page, const KfGroup *group)
{
    KfBuf lines = { 0 };

    kf_buf_group_facts(&lines, page->all, group, page->html.lang);
    put_items(&page->html, &lines);
}

static void put_group(Page *page, const KfGroup *group)
{
    KfHtml *html = &page->html;
    KfBuf head = { 0 };

    kf_buf_group_head(&head, page->all, group, html->lang);
    kf_html_element(html, "h2", NULL, kf_buf_view(&head));
    kf_buf_close(&head, html->out);
    put_facts(page, group);
    kf_html_open(html, "div", "charts");
    chart_cost(html, group);
    chart_gain(html, group);
    chart_time(html, group);
    kf_html_close(html, "div");
    put_not_drawn(html, group);
    kf_html_heading(html, "p", SAY_HTML_GAIN_NOTE);
    put_view(html, group, KF_TYPED);
    if (!kf_group_changes(group, KF_CORRECTED))
        kf_html_heading(html, "p", SAY_RC_SAME);
    for (int view = KF_CORRECTED; view < KF_VIEW_COUNT; view++) {
        if (kf_group_changes(group, (KfView)view))
            put_view(html, group, (KfView)view);
    }
    put_periods(html, group);
    put_sensitivity(html, page->all, group);
}

/* Table 12: each group, and all of them. */
static void put_overview(Page *page)
{
    const KfReconciliation *all = page->all;

    kf_html_heading(&page->html, "h2", SAY_RC_OVERVIEW);
    open_sums(&page->html, kf_phrase(SAY_RC_COL_MUNICIPALITY, page->html.lang), "sort");
    for (size_t i = 0; i < all->group_count; i++)
        put_sums(&page->html, NULL, kf_group_title(all, &all->groups[i], page->html.lang),
                 &all->groups[i].gain[KF_TYPED]);
    put_sums(&page->html, "sum", kf_group_title(all, &all->all, page->html.lang),
             &all->all.gain[KF_TYPED]);
    kf_html_close_table(&page->html);
}

/* ---- citizens -------------------------------------------------------------- */

static KfPairedBar bar_of(KfText name, const KfCaseDigest *item)
{
    return (KfPairedBar){ name,
                          { item->courses[KF_ACTUAL].sums[KF_TYPED].of[KF_ALL_PAYERS],
                            item->courses[KF_COUNTERFACTUAL].sums[KF_TYPED].of[KF_ALL_PAYERS] } };
}

/* What each citizen costs in both courses: only of those whose courses are both stated. */
static void chart_citizens(Page *page)
{
    KfPairedBar bars[MOST_BARS];
    KfBuf names[MOST_BARS] = { 0 };
    size_t count = 0;

    if (page->all->all.citizens > MOST_BARS)
        return; /* the table has them all */
    for (size_t i = 0; i < page->all->file_count; i++) {
        const KfFileDigest *file = &page->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++) {
            if (kf_case_gain(&file->cases[k], KF_TYPED, KF_ALL_PAYERS) == KF_NOT_STATED)
                continue;
            kf_buf_case(&names[count], page->all, i, k);
            bars[count] = bar_of(kf_buf_view(&names[count]), &file->cases[k]);
            count++;
        }
    }
    if (count)
        kf_html_paired_bars(&page->html, SAY_HTML_CHART_CITIZENS, bars, count);
    for (size_t i = 0; i < count; i++)
        kf_buf_close(&names[i], page->html.out);
}

static void put_course_total(KfHtml *html, const KfCourseSums *course)
{
    kf_html_sum(html, course->has ? course->sums[KF_TYPED].of[KF_ALL_PAYERS] : KF_NOT_STATED);
}

static void put_citizen(Page *page, size_t file, size_t item)
{
    const KfCaseDigest *digest = &page->all->files[file].cases[item];
    KfHtml *html = &page->html;
    KfBuf name = { 0 };

    kf_buf_case(&name, page->all, file, item);
    kf_html_open(html, "tr", NULL);
    kf_html_element(html, "th", NULL, kf_buf_view(&name));
    put_course_total(html, &digest->courses[KF_ACTUAL]);
    put_course_total(html, &digest->courses[KF_COUNTERFACTUAL]);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        kf_html_sum(html, kf_case_gain(digest, KF_TYPED, sum));
    kf_html_sum(html, kf_case_gain(digest, KF_CORRECTED, KF_ALL_PAYERS));
    kf_html_close(html, "tr");
    html->out->bad |= name.bad;
    kf_buf_free(&name);
}

static void put_citizens(Page *page)
{
    KfHtml *html = &page->html;

    kf_html_heading(html, "h2", SAY_HTML_CITIZENS);
    chart_citizens(page);
    kf_html_heading(html, "p", SAY_HTML_CITIZENS_NOTE);
    kf_html_open_table(html, "sort");
    kf_html_column(html, kf_phrase(SAY_COL_CITIZEN, html->lang), false);
    kf_html_column(html, kf_phrase(SAY_RC_ACTUAL, html->lang), true);
    kf_html_column(html, kf_phrase(SAY_RC_COUNTERFACTUAL, html->lang), true);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        kf_html_column(html, kf_sum_name(sum, html->lang), true);
    kf_html_column(html, kf_phrase(SAY_BOOK_ALL_CORRECTED, html->lang), true);
    kf_buf_str(html->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < page->all->file_count; i++) {
        for (size_t k = 0;
             page->all->files[i].use == KF_FILE_USED && k < page->all->files[i].case_count; k++)
            put_citizen(page, i, k);
    }
    kf_html_close_table(html);
}

/* ---- corrections ----------------------------------------------------------- */

static void put_place(KfHtml *html, KfText sheet, KfRef cell)
{
    KfBuf place = { 0 };

    kf_buf_cell_place(&place, sheet, cell);
    kf_html_element(html, "td", "place", kf_buf_view(&place));
    html->out->bad |= place.bad;
    kf_buf_free(&place);
}

static void put_message(KfHtml *html, KfText message, KfText source, KfFindingCode code,
                        uint32_t id)
{
    KfBuf text = { 0 };

    kf_buf_text(&text, message);
    if (source.len) {
        kf_buf_char(&text, ' ');
        kf_buf_text(&text, source);
    }
    kf_buf_str(&text, " [");
    kf_buf_str(&text, kf_finding_code(code));
    kf_buf_str(&text, "\xC2\xA0#");
    kf_buf_int(&text, id);
    kf_buf_char(&text, ']');
    kf_html_element(html, "td", "soft wide", kf_buf_view(&text));
    html->out->bad |= text.bad;
    kf_buf_free(&text);
}

static void put_moves(KfHtml *html, const KfCorrection *correction)
{
    KfOere gain = kf_correction_gain(correction);

    if (gain == KF_NOT_STATED)
        kf_html_element(html, "td", "n soft", kf_phrase(SAY_RC_NOW_KNOWN, html->lang));
    else if (gain)
        kf_html_amount(html, gain);
    else
        kf_buf_str(html->out, "<td class=\"n soft\">–</td>\n");
}

static void put_correction(Page *page, size_t file, size_t item, const KfCorrection *correction)
{
    KfHtml *html = &page->html;
    KfBuf name = { 0 }, what = { 0 };

    kf_buf_case(&name, page->all, file, item);
    kf_buf_correction(&what, correction, html->lang);
    kf_html_open(html, "tr", correction->root ? "follows" : NULL);
    kf_html_element(html, "td", NULL, kf_buf_view(&name));
    put_place(html, correction->sheet, correction->cell);
    kf_html_element(html, "td", "mid", kf_buf_view(&what));
    kf_html_sum(html, correction->has_before ? correction->before : KF_NOT_STATED);
    kf_html_amount(html, correction->after);
    put_moves(html, correction);
    put_message(html, correction->message[html->lang], KF_TEXT(""), correction->code,
                correction->finding);
    kf_html_close(html, "tr");
    html->out->bad |= name.bad || what.bad;
    kf_buf_free(&name);
    kf_buf_free(&what);
}

typedef struct {
    KfPhrase say;
    bool is_number;
} Column;

static void open_list(KfHtml *html, const Column *columns, size_t count)
{
    kf_html_open_table(html, "sort");
    for (size_t i = 0; i < count; i++)
        kf_html_column(html, kf_phrase(columns[i].say, html->lang), columns[i].is_number);
    kf_buf_str(html->out, "</tr></thead><tbody>\n");
}

static void put_corrections(Page *page, KfView view, KfPhrase heading)
{
    static const Column columns[] = {
        { SAY_COL_CITIZEN, false }, { SAY_COL_CELL, false }, { SAY_HTML_FIGURES, false },
        { SAY_COL_BEFORE, true },   { SAY_COL_AFTER, true }, { SAY_RC_NET_GAIN_MOVES, true },
        { SAY_COL_CAUSE, false },
    };

    if (!kf_group_changes(&page->all->all, view))
        return;
    kf_html_heading(&page->html, "h2", heading);
    open_list(&page->html, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < page->all->file_count; i++) {
        const KfFileDigest *file = &page->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++) {
            for (size_t c = 0; c < file->cases[k].correction_count; c++) {
                if (file->cases[k].corrections[c].view == view)
                    put_correction(page, i, k, &file->cases[k].corrections[c]);
            }
        }
    }
    kf_html_close_table(&page->html);
}

/* ---- findings ------------------------------------------------------------------ */

static void put_severity(KfHtml *html, KfSeverity severity)
{
    kf_html_element(
        html, "td", severity == KF_ERROR ? "error" : "warning",
        kf_phrase(severity == KF_ERROR ? SAY_SEVERITY_ERROR : SAY_SEVERITY_WARNING, html->lang));
}

static void put_finding(Page *page, const KfFileDigest *file, const KfFindingDigest *finding)
{
    KfHtml *html = &page->html;
    KfBuf who = { 0 };

    kf_buf_text(&who, finding->citizen);
    if (page->all->used_count > 1) {
        kf_buf_str(&who, who.len ? ", " : "");
        kf_buf_masked(&who, kf_base_name(file->path));
    }
    kf_html_open(html, "tr", NULL);
    put_severity(html, finding->severity);
    kf_html_element(html, "td", NULL, kf_buf_view(&who));
    if (finding->has_cell)
        put_place(html, finding->sheet, finding->cell);
    else
        kf_html_element(html, "td", NULL, KF_TEXT(""));
    kf_html_value(html, finding->found);
    kf_html_value(html, kf_value_unlike(finding->expected, finding->found));
    put_message(html, finding->message[html->lang], finding->source, finding->code, finding->id);
    kf_html_close(html, "tr");
    html->out->bad |= who.bad;
    kf_buf_free(&who);
}

static void put_findings(Page *page)
{
    static const Column columns[] = {
        { SAY_CSV_SEVERITY, false }, { SAY_COL_CITIZEN, false }, { SAY_COL_CELL, false },
        { SAY_CSV_FOUND, true },     { SAY_CSV_EXPECTED, true }, { SAY_COL_CAUSE, false },
    };
    const KfReconciliation *all = page->all;

    if (kf_count_findings(all) == 0)
        return;
    kf_html_heading(&page->html, "h2", SAY_HTML_FINDINGS);
    open_list(&page->html, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < all->file_count; i++) {
        for (size_t k = 0; kf_file_counts(&all->files[i]) && k < all->files[i].finding_count; k++)
            put_finding(page, &all->files[i], &all->files[i].findings[k]);
    }
    kf_html_close_table(&page->html);
}

/* ---- published figures, and the rest ---------------------------------------- */

static void put_published_row(Page *page, const KfPublished *row)
{
    KfHtml *html = &page->html;
    KfBuf agreement = { 0 };

    kf_buf_agreement(&agreement, row, html->lang);
    kf_buf_because_then(&agreement, page->all, row, html->lang);
    kf_html_open(html, "tr", NULL);
    kf_html_element(html, "td", NULL, row->source);
    kf_html_element(html, "td", NULL, row->municipality);
    kf_html_element(html, "td", NULL, row->citizen.len ? row->citizen : row->measure);
    kf_html_element(html, "td", NULL, row->payer);
    kf_html_amount(html, row->published);
    for (int view = 0; view <= KF_CORRECTED; view++)
        kf_html_sum(html, row->ours[view]);
    kf_html_element(html, "td", row->agreement <= KF_AGREES_ROUNDED ? "good" : "warning wide",
                    kf_buf_view(&agreement));
    kf_html_close(html, "tr");
    html->out->bad |= agreement.bad;
    kf_buf_free(&agreement);
}

static void put_published(Page *page)
{
    static const Column columns[] = {
        { SAY_HTML_COL_SOURCE, false },   { SAY_RC_COL_MUNICIPALITY, false },
        { SAY_RC_COL_MEASURE, false },    { SAY_COL_PAYER, false },
        { SAY_HTML_COL_PUBLISHED, true }, { SAY_RC_COL_TYPED, true },
        { SAY_RC_COL_CORRECTED, true },   { SAY_HTML_COL_AGREEMENT, false },
    };
    KfBuf rest = { 0 };

    if (page->all->published_count == 0 && page->all->unread_rows == 0)
        return;
    kf_html_heading(&page->html, "h2", SAY_RC_PUBLISHED);
    open_list(&page->html, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < page->all->published_count; i++) {
        if (page->all->published[i].agreement != KF_NOT_IN_FILES)
            put_published_row(page, &page->all->published[i]);
    }
    kf_html_close_table(&page->html);
    kf_buf_published_rest(&rest, page->all, page->html.lang);
    put_paragraphs(&page->html, &rest);
}

static void put_list(Page *page, KfPhrase heading,
                     void (*list)(KfBuf *, const KfReconciliation *, KfLang))
{
    KfBuf lines = { 0 };

    list(&lines, page->all, page->html.lang);
    if (lines.len)
        kf_html_heading(&page->html, "h2", heading);
    if (lines.len)
        put_items(&page->html, &lines);
    else
        kf_buf_close(&lines, page->html.out);
}

/* ---- files ---------------------------------------------------------------------- */

static void put_file(Page *page, const KfFileDigest *file)
{
    KfHtml *html = &page->html;

    kf_html_open(html, "tr", NULL);
    kf_html_element(html, "td", NULL, file->path);
    kf_html_open(html, "td", "soft hash");
    kf_buf_text(html->out, file->sha256); /* hex digits; masking could take some for a number */
    kf_html_close(html, "td");
    for (int i = 0; i < 3; i++) {
        const size_t counts[] = { file->case_count, file->found[KF_ERROR],
                                  file->found[KF_WARNING] };

        kf_html_open(html, "td", "n");
        kf_buf_uint_padded(html->out, counts[i], 1);
        kf_html_close(html, "td");
    }
    kf_html_close(html, "tr");
}

/* What the figures were made of: the files that are counted, each with its hash. */
static void put_files(Page *page)
{
    static const Column columns[] = {
        { SAY_RC_COL_FILE, false }, { SAY_HTML_HASH, false },    { SAY_BOOK_CITIZENS, true },
        { SAY_HTML_ERRORS, true },  { SAY_HTML_WARNINGS, true },
    };
    const KfReconciliation *all = page->all;

    kf_html_heading(&page->html, "h2", SAY_HTML_FILES);
    open_list(&page->html, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < all->file_count; i++) {
        if (kf_file_counts(&all->files[i]))
            put_file(page, &all->files[i]);
    }
    kf_html_close_table(&page->html);
}

void kf_report_reconcile_html(KfBuf *out, const KfReconciliation *all,
                              const KfReportOptions *options)
{
    Page page = { { out, options->lang }, all };
    KfBuf verdict = { 0 };

    kf_html_begin(&page.html, kf_phrase(SAY_HTML_RECONCILE_TITLE, options->lang));
    kf_buf_reconcile_verdict(&verdict, all, options->lang);
    kf_html_element(&page.html, "p", "verdict", kf_buf_view(&verdict));
    kf_buf_close(&verdict, out);
    if (all->group_count > 1) {
        put_overview(&page);
        put_group(&page, &all->all);
    }
    for (size_t i = 0; i < all->group_count; i++)
        put_group(&page, &all->groups[i]);
    if (all->all.citizens)
        put_citizens(&page);
    put_published(&page);
    put_corrections(&page, KF_CORRECTED, SAY_RC_CORRECTIONS);
    put_corrections(&page, KF_ACCEPTED, SAY_RC_PROPOSALS);
    put_findings(&page);
    put_list(&page, SAY_IGNORED_HEAD, kf_buf_all_ignored);
    put_list(&page, SAY_RC_TWINS, kf_buf_twins);
    put_files(&page);
    put_list(&page, SAY_RC_LEFT_OUT, kf_buf_left_out);
    kf_html_end(&page.html);
}
