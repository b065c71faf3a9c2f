/* reconcile as a workbook: a summary, a sheet a group with its charts, citizens, what the
 * corrections change with links back to file and cell, and published figures. */
#include "report/reconcile_report.h"
#include "report/text_report.h"
#include "report/workbook_writer.h"

enum {
    LABEL_COL,
    SUM_COL, /* the payers and all of them */
    CHART_COL = SUM_COL + KF_SUM_COUNT + 1,
    CHART_WIDTH = 560,
    CHART_HEIGHT = 300,
    CHART_ROWS = 16, /* that a chart covers */
    MOST_LINKS = 60000,
    LONGEST_LINK = 1000,
    LINE_HEIGHT = 14,
    LINE_COLUMNS = 72, /* of text in a column 70 wide */
    BOOK_YEAR = 2000   /* of its fixed date */
};

typedef struct {
    KfWorkbook book;
    const KfReconciliation *all;
    KfBuf up;      /* from the workbook's folder to the working folder: "../" */
    bool can_link; /* relative paths can be told from there */
    size_t links;
} Report;

/* The payers' colours, and that of all of them. */
static const lxw_color_t colors[KF_SUM_COUNT] = { 0x1F5FA6, 0xC0562F, 0x3B8A5A, 0x8064A2,
                                                  0x333333 };

/* ---- tables of sums ------------------------------------------------------------ */

static void put_sum_headings(KfPage *page, uint32_t row, KfText first)
{
    kf_put_text(page, row, LABEL_COL, first, KF_LOOK_COLUMN);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        kf_put_text(page, row, (uint32_t)(SUM_COL + sum), kf_sum_name(sum, page->book->lang),
                    KF_LOOK_COLUMN_NUMBER);
}

static void put_sums(KfPage *page, uint32_t row, const KfSums *sums, KfLook look)
{
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        kf_put_sum(page, row, (uint32_t)(SUM_COL + sum), sums->of[sum], look);
}

static uint32_t put_lines(KfPage *page, uint32_t row, KfBuf *lines)
{
    KfText left = kf_buf_view(lines);

    while (left.len)
        kf_put_text(page, row++, LABEL_COL, kf_next_line(&left), KF_LOOK_NOTE);
    page->book->bad |= lines->bad;
    kf_buf_free(lines);
    return row;
}

/* ---- links back ------------------------------------------------------------------- */

/* The way from the workbook's folder to the working folder, where it can be told. */
static void find_way_up(Report *report, KfText path)
{
    report->can_link =
        !kf_text_starts(path, KF_TEXT("/")) && kf_text_find(path, KF_TEXT("..")) == SIZE_MAX;
    for (size_t i = 0; i < path.len; i++) {
        bool is_folder = path.ptr[i] == '/' && i > 0 && path.ptr[i - 1] != '/'
                         && !(path.ptr[i - 1] == '.' && (i == 1 || path.ptr[i - 2] == '/'));

        if (is_folder)
            kf_buf_str(&report->up, "../");
    }
    report->book.bad |= report->up.bad;
}

/* A path that had to be masked is no target: a link would show it. */
static bool is_plain(KfText path)
{
    KfBuf masked = { 0 };
    bool same;

    kf_buf_masked(&masked, path);
    same = !masked.bad && kf_text_eq(kf_buf_view(&masked), path)
           && kf_text_find(path, KF_TEXT("#")) == SIZE_MAX;
    kf_buf_free(&masked);
    return same;
}

static void put_quoted(KfBuf *out, KfText sheet)
{
    kf_buf_char(out, '\'');
    for (size_t i = 0; i < sheet.len; i++) {
        if (sheet.ptr[i] == '\'')
            kf_buf_char(out, '\'');
        kf_buf_char(out, sheet.ptr[i]);
    }
    kf_buf_char(out, '\'');
}

/* text, as a link to a place in a file where one can be told. */
static void put_back_link(Report *report, KfPage *page, uint32_t row, uint32_t col, KfText path,
                          KfText sheet, KfRef cell, KfText text)
{
    bool absolute = kf_text_starts(path, KF_TEXT("/"));
    KfBuf target = { 0 };

    if ((!absolute && !report->can_link) || !is_plain(path) || !is_plain(sheet)
        || ++report->links > MOST_LINKS) {
        kf_put_text(page, row, col, text, KF_LOOK_PLAIN);
        return;
    }
    kf_buf_str(&target, "external:");
    if (!absolute)
        kf_buf_text(&target, kf_buf_view(&report->up));
    kf_buf_text(&target, path);
    kf_buf_char(&target, '#');
    put_quoted(&target, sheet);
    kf_buf_char(&target, '!');
    kf_buf_cellref(&target, cell.row, cell.col);
    report->book.bad |= target.bad;
    if (target.len <= LONGEST_LINK)
        kf_put_link(page, row, col, kf_buf_view(&target), text);
    else
        kf_put_text(page, row, col, text, KF_LOOK_PLAIN);
    kf_buf_free(&target);
}

/* ---- a group -------------------------------------------------------------------- */

typedef struct {
    Report *report;
    KfPage *page;
    const KfGroup *group;
    uint32_t row;
    uint32_t cost_row, gain_row, time_row; /* first row of what a chart shows */
} Group;

static KfText group_name(const Report *report, const KfGroup *group)
{
    return kf_group_title(report->all, group, report->book.lang);
}

static void put_sum_row(Group *at, KfText label, const KfSums *sums)
{
    at->row++;
    kf_put_text(at->page, at->row, LABEL_COL, label, KF_LOOK_PLAIN);
    put_sums(at->page, at->row, sums, KF_LOOK_KRONER);
}

static void put_cost(Group *at, KfView view)
{
    KfLang lang = at->report->book.lang;

    put_sum_headings(at->page, at->row,
                     kf_phrase(view == KF_TYPED ? SAY_BOOK_COST : kf_view_name[view], lang));
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_sum_row(at, kf_phrase_course(kind, lang), &at->group->totals[view][kind]);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        KfSums each = kf_costs_each(at->group, view, (KfCourseKind)kind);

        put_sum_row(at, kf_phrase(kf_each_name[kind], lang), &each);
    }
    at->row++;
    kf_put_say(at->page, at->row, LABEL_COL, SAY_RC_PER_CITIZEN, KF_LOOK_SUM_LABEL);
    put_sums(at->page, at->row, &at->group->gain[view], KF_LOOK_SUM_KRONER);
    at->row += 2;
}

static void put_costs(Group *at)
{
    at->cost_row = at->row + 1;
    at->gain_row = at->row + 1 + 2 * KF_COURSE_COUNT;
    put_cost(at, KF_TYPED);
    for (int view = KF_CORRECTED; view < KF_VIEW_COUNT; view++) {
        if (kf_group_changes(at->group, (KfView)view))
            put_cost(at, (KfView)view);
    }
    if (kf_group_changes(at->group, KF_CORRECTED))
        return;
    kf_put_say(at->page, at->row, LABEL_COL, SAY_RC_SAME, KF_LOOK_NOTE);
    at->row += 2;
}

static void put_period_rows(Group *at, const KfPeriodSums *periods, KfText what)
{
    for (size_t i = 0; i < at->group->gain_count; i++) {
        KfBuf label = { 0 };

        kf_buf_period(&label, periods[i].period);
        kf_buf_text(&label, kf_phrase(SAY_MONTHS, at->report->book.lang));
        kf_buf_str(&label, what.len ? ", " : "");
        kf_buf_text(&label, what);
        put_sum_row(at, kf_buf_view(&label), &periods[i].sums[KF_TYPED]);
        at->report->book.bad |= label.bad;
        kf_buf_free(&label);
    }
}

static void put_periods(Group *at)
{
    KfLang lang = at->report->book.lang;

    put_sum_headings(at->page, at->row, kf_phrase(SAY_RC_COST_BY_PERIOD, lang));
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_period_rows(at, at->group->costs[kind], kf_phrase(kf_course_word[kind], lang));
    at->row += 2;
    put_sum_headings(at->page, at->row, kf_phrase(SAY_RC_BY_PERIOD, lang));
    put_period_rows(at, at->group->gains, KF_TEXT(""));
    at->row += 2;
}

/* From one not stated on, the sum is not stated. */
static void add_sums(KfSums *so_far, const KfSums *more)
{
    for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
        if (so_far->of[sum] != KF_NOT_STATED)
            so_far->of[sum] = more->of[sum] == KF_NOT_STATED
                                  ? KF_NOT_STATED
                                  : kf_oere_plus(so_far->of[sum], more->of[sum]);
    }
}

static void put_time(Group *at)
{
    KfSums so_far = { { 0 } };

    kf_put_say(at->page, at->row++, LABEL_COL, SAY_BOOK_SO_FAR, KF_LOOK_HEADING);
    put_sum_headings(at->page, at->row, kf_phrase(SAY_BOOK_MONTH, at->report->book.lang));
    at->time_row = at->row + 1;
    for (size_t i = 0; i <= at->group->gain_count; i++) {
        at->row++;
        kf_put_int(at->page, at->row, LABEL_COL, i ? at->group->gains[i - 1].period.to : 0,
                   KF_LOOK_MONTH);
        if (i)
            add_sums(&so_far, &at->group->gains[i - 1].sums[KF_TYPED]);
        put_sums(at->page, at->row, &so_far, KF_LOOK_KRONER);
    }
    at->row += 2;
}

static void put_benefits(Group *at)
{
    enum { MOST = 15 };
    const KfGroup *group = at->group;

    put_sum_headings(at->page, at->row, kf_phrase(SAY_RC_BENEFITS, at->report->book.lang));
    for (size_t i = 0; i < group->benefit_count && i < MOST; i++) {
        KfSums moves = kf_ten_per_cents(&group->benefits[i]);

        if (moves.of[KF_ALL_PAYERS] != 0)
            put_sum_row(at, group->benefits[i].label, &moves);
    }
    at->row += 2;
}

static void put_movers(Group *at)
{
    put_sum_headings(at->page, at->row, kf_phrase(SAY_RC_CELLS, at->report->book.lang));
    for (size_t i = 0; i < at->group->mover_count; i++) {
        const KfMover *mover = &at->group->movers[i];
        const KfCellSum *cell = kf_mover_cell(at->report->all, mover);
        KfSums moves = kf_ten_per_cents_of_cell(cell);
        KfBuf label = { 0 };

        kf_buf_cell_place(&label, cell->sheet, cell->cell);
        kf_buf_char(&label, ' ');
        kf_buf_text(&label, cell->label);
        put_sum_row(at, KF_TEXT(""), &moves);
        put_back_link(at->report, at->page, at->row, LABEL_COL,
                      at->report->all->files[mover->file].path, cell->sheet, cell->cell,
                      kf_buf_view(&label));
        at->report->book.bad |= label.bad;
        kf_buf_free(&label);
    }
    at->row += 2;
}

static void put_sensitivity(Group *at)
{
    if (at->group->benefit_count == 0 || at->group->mover_count == 0)
        return;
    kf_put_say(at->page, at->row++, LABEL_COL, SAY_RC_SENSITIVITY, KF_LOOK_HEADING);
    kf_put_say(at->page, at->row++, LABEL_COL, SAY_RC_SENSITIVITY_NOTE, KF_LOOK_NOTE);
    put_benefits(at);
    put_movers(at);
}

/* ---- charts --------------------------------------------------------------------- */

/* Cells of a page as a chart names them; name is its own, without quotes. */
static void set_cells(lxw_chart_series *series, KfPage *page, KfRange names, KfRange values)
{
    chart_series_set_categories(series, page->sheet->name, names.first_row,
                                (lxw_col_t)names.first_col, names.last_row,
                                (lxw_col_t)names.last_col);
    chart_series_set_values(series, page->sheet->name, values.first_row,
                            (lxw_col_t)values.first_col, values.last_row,
                            (lxw_col_t)values.last_col);
}

static void fill(lxw_chart_series *series, lxw_color_t color)
{
    lxw_chart_fill ground = { .color = color };

    chart_series_set_fill(series, &ground);
}

static lxw_chart *open_chart(Report *report, uint8_t type, KfPhrase title)
{
    lxw_chart_font font = { .size = 12, .bold = LXW_TRUE };
    lxw_chart_line grid = { .color = 0xD9D9D9, .width = 0.75 };
    lxw_chart *chart = report->book.bad ? NULL : workbook_add_chart(report->book.handle, type);

    report->book.bad |= !chart;
    if (!chart)
        return NULL;
    chart_title_set_name(chart, kf_phrase(title, report->book.lang).ptr);
    chart_title_set_name_font(chart, &font);
    chart_axis_set_num_format(chart->y_axis, "#,##0");
    chart_axis_major_gridlines_set_line(chart->y_axis, &grid);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    return chart;
}

static lxw_chart_series *add_series(Report *report, lxw_chart *chart)
{
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);

    report->book.bad |= !series;
    return series;
}

static void place_chart(KfPage *page, lxw_chart *chart, uint32_t row, uint32_t col,
                        KfPhrase described)
{
    lxw_chart_options options = {
        .x_scale = CHART_WIDTH / 480.0,
        .y_scale = CHART_HEIGHT / 288.0,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
        .description = (char *)(uintptr_t)kf_phrase(described, page->book->lang).ptr,
    };

    if (page->sheet && chart)
        page->book->bad |=
            worksheet_insert_chart_opt(page->sheet, row, (lxw_col_t)col, chart, &options)
            == LXW_ERROR_MEMORY_MALLOC_FAILED;
}

static bool is_stated(const Group *at, int sum)
{
    return at->group->totals[KF_TYPED][KF_ACTUAL].of[sum] != KF_NOT_STATED
           && at->group->totals[KF_TYPED][KF_COUNTERFACTUAL].of[sum] != KF_NOT_STATED;
}

/* What is not stated has no part of the column: it is no zero. */
static void chart_cost(Group *at, uint32_t row)
{
    lxw_chart *chart = open_chart(at->report, LXW_CHART_COLUMN_STACKED, SAY_HTML_CHART_COST);
    KfRange names = { at->cost_row, LABEL_COL, at->cost_row + 1, LABEL_COL };

    for (int k = 0; chart && k < KF_PAYER_COUNT; k++) {
        uint32_t col = (uint32_t)(SUM_COL + k);
        lxw_chart_series *series = is_stated(at, k) ? add_series(at->report, chart) : NULL;

        if (!series)
            continue;
        set_cells(series, at->page, names, (KfRange){ at->cost_row, col, at->cost_row + 1, col });
        chart_series_set_name_range(series, at->page->sheet->name, at->cost_row - 1,
                                    (lxw_col_t)col);
        fill(series, colors[k]);
    }
    place_chart(at->page, chart, row, CHART_COL, SAY_HTML_CHART_COST);
}

static void chart_gain(Group *at, uint32_t row)
{
    lxw_chart *chart = open_chart(at->report, LXW_CHART_COLUMN, SAY_HTML_CHART_GAIN);

    for (int k = 0; chart && k < KF_SUM_COUNT; k++) {
        uint32_t col = (uint32_t)(SUM_COL + k);
        lxw_chart_series *series =
            at->group->gain[KF_TYPED].of[k] != KF_NOT_STATED ? add_series(at->report, chart) : NULL;

        if (!series)
            continue;
        set_cells(series, at->page, (KfRange){ at->gain_row, LABEL_COL, at->gain_row, LABEL_COL },
                  (KfRange){ at->gain_row, col, at->gain_row, col });
        chart_series_set_name_range(series, at->page->sheet->name, at->cost_row - 1,
                                    (lxw_col_t)col);
        fill(series, colors[k]);
        chart_series_set_labels(series);
        chart_series_set_labels_num_format(series, "#,##0");
    }
    place_chart(at->page, chart, row, CHART_COL, SAY_HTML_CHART_GAIN);
}

static bool is_known_throughout(const KfGroup *group, int sum)
{
    for (size_t i = 0; i < group->gain_count; i++) {
        if (group->gains[i].sums[KF_TYPED].of[sum] == KF_NOT_STATED)
            return false;
    }
    return true;
}

static void chart_time(Group *at, uint32_t row)
{
    lxw_chart *chart =
        open_chart(at->report, LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS, SAY_HTML_CHART_TIME);
    uint32_t last = at->time_row + (uint32_t)at->group->gain_count;

    for (int k = 0; chart && k < KF_SUM_COUNT; k++) {
        uint32_t col = (uint32_t)(SUM_COL + k);
        lxw_chart_line line = { .color = colors[k], .width = k == KF_ALL_PAYERS ? 2.5 : 1.5 };
        lxw_chart_fill dot = { .color = colors[k] };
        lxw_chart_series *series =
            is_known_throughout(at->group, k) ? add_series(at->report, chart) : NULL;

        if (!series)
            continue;
        set_cells(series, at->page, (KfRange){ at->time_row, LABEL_COL, last, LABEL_COL },
                  (KfRange){ at->time_row, col, last, col });
        chart_series_set_name_range(series, at->page->sheet->name, at->time_row - 1,
                                    (lxw_col_t)col);
        chart_series_set_line(series, &line);
        chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
        chart_series_set_marker_size(series, 5);
        chart_series_set_marker_fill(series, &dot);
        chart_series_set_marker_line(series, &line);
    }
    if (chart) {
        chart_axis_set_name(chart->x_axis, kf_phrase(SAY_BOOK_MONTH, at->report->book.lang).ptr);
        chart_axis_set_min(chart->x_axis, 0);
        chart_axis_set_major_unit(chart->x_axis, 6);
        chart_axis_set_max(chart->x_axis, at->group->gains[at->group->gain_count - 1].period.to);
    }
    place_chart(at->page, chart, row, CHART_COL, SAY_HTML_CHART_TIME);
}

/* ---- sheets of groups ------------------------------------------------------------- */

static uint32_t put_group_head(Group *at)
{
    KfBuf head = { 0 }, facts = { 0 };
    uint32_t row;

    kf_put_text(at->page, 0, LABEL_COL, group_name(at->report, at->group), KF_LOOK_TITLE);
    kf_buf_group_head(&head, at->report->all, at->group, at->report->book.lang);
    row = put_lines(at->page, 1, &head);
    kf_buf_group_facts(&facts, at->report->all, at->group, at->report->book.lang);
    row = put_lines(at->page, row, &facts);
    kf_put_say(at->page, row, LABEL_COL, SAY_HTML_GAIN_NOTE, KF_LOOK_NOTE);
    return row + 2;
}

static void put_charts(Group *at, uint32_t row)
{
    chart_cost(at, row);
    chart_gain(at, row + CHART_ROWS);
    if (at->group->gain_count)
        chart_time(at, row + 2 * CHART_ROWS);
}

static KfPage put_group(Report *report, const KfGroup *group)
{
    KfPage page = kf_page_open(&report->book, group_name(report, group));
    Group at = { .report = report, .page = &page, .group = group };
    uint32_t first;

    kf_page_column(&page, LABEL_COL, LABEL_COL, 42);
    kf_page_column(&page, SUM_COL, SUM_COL + KF_SUM_COUNT - 1, 15);
    kf_page_column(&page, CHART_COL - 1, CHART_COL - 1, 3);
    first = at.row = put_group_head(&at);
    put_costs(&at);
    if (group->gain_count) {
        put_periods(&at);
        put_time(&at);
    }
    put_sensitivity(&at);
    put_charts(&at, first);
    return page;
}

/* ---- summary -------------------------------------------------------------------- */

static uint32_t put_group_row(Report *report, KfPage *page, uint32_t row, const KfGroup *group,
                              KfView view, KfText sheet)
{
    bool is_all = group == &report->all->all;
    KfBuf target = { 0 };

    kf_buf_str(&target, "internal:");
    kf_buf_text(&target, sheet);
    kf_buf_str(&target, "!A1");
    kf_put_link(page, row, LABEL_COL, kf_buf_view(&target), group_name(report, group));
    report->book.bad |= target.bad;
    kf_buf_free(&target);
    put_sums(page, row, &group->gain[view], is_all ? KF_LOOK_SUM_KRONER : KF_LOOK_KRONER);
    kf_put_int(page, row, SUM_COL + KF_SUM_COUNT, (int64_t)group->citizens, KF_LOOK_WHOLE);
    kf_put_int(page, row, SUM_COL + KF_SUM_COUNT + 1, (int64_t)group->complete, KF_LOOK_WHOLE);
    kf_put_sum(page, row, SUM_COL + KF_SUM_COUNT + 2, group->case_cost[view], KF_LOOK_KRONER);
    kf_put_sum(page, row, SUM_COL + KF_SUM_COUNT + 3, kf_gain_after_cost(group, view),
               KF_LOOK_KRONER);
    return row + 1;
}

/* Names of the groups' sheets, in their order, each with room as in a KfPage; the sheet
 * of all of them comes last. */
static KfText sheet_of(const KfBuf *names, size_t group)
{
    enum { ROOM = sizeof(((KfPage *)0)->name) };

    return names->bad ? KF_TEXT("") : kf_text(names->ptr + group * ROOM);
}

static uint32_t put_summary_table(Report *report, KfPage *page, uint32_t row, KfView view,
                                  const KfBuf *sheets)
{
    static const KfPhrase titles[KF_VIEW_COUNT] = { SAY_BOOK_GAIN_TYPED, SAY_BOOK_GAIN_CORRECTED,
                                                    SAY_BOOK_GAIN_ACCEPTED };
    const KfReconciliation *all = report->all;

    kf_put_say(page, row++, LABEL_COL, titles[view], KF_LOOK_HEADING);
    put_sum_headings(page, row, kf_phrase(SAY_RC_COL_MUNICIPALITY, report->book.lang));
    kf_put_say(page, row, SUM_COL + KF_SUM_COUNT, SAY_BOOK_CITIZENS, KF_LOOK_COLUMN_NUMBER);
    kf_put_say(page, row, SUM_COL + KF_SUM_COUNT + 1, SAY_BOOK_COUNTED, KF_LOOK_COLUMN_NUMBER);
    kf_put_say(page, row, SUM_COL + KF_SUM_COUNT + 2, SAY_RC_COST_ROW, KF_LOOK_COLUMN_NUMBER);
    kf_put_say(page, row, SUM_COL + KF_SUM_COUNT + 3, SAY_BOOK_AFTER_COST, KF_LOOK_COLUMN_NUMBER);
    kf_page_row(page, row++, 42);
    for (size_t i = 0; i < all->group_count; i++)
        row = put_group_row(report, page, row, &all->groups[i], view, sheet_of(sheets, i));
    if (all->group_count > 1)
        row = put_group_row(report, page, row, &all->all, view, sheet_of(sheets, all->group_count));
    return row + 1;
}

/* A chart would draw a text as 0. */
static bool all_state(const KfReconciliation *all, int sum)
{
    for (size_t i = 0; i < all->group_count; i++) {
        if (all->groups[i].gain[KF_TYPED].of[sum] == KF_NOT_STATED)
            return false;
    }
    return true;
}

static void chart_groups(Report *report, KfPage *page, uint32_t first_row, uint32_t row)
{
    enum { MOST_GROUPS = 12 };
    uint32_t last = first_row + (uint32_t)report->all->group_count - 1;
    lxw_chart *chart;

    if (report->all->group_count == 0 || report->all->group_count > MOST_GROUPS)
        return;
    chart = open_chart(report, LXW_CHART_COLUMN, SAY_HTML_CHART_GAIN);
    for (int k = 0; chart && k < KF_SUM_COUNT; k++) {
        uint32_t col = (uint32_t)(SUM_COL + k);
        lxw_chart_series *series = all_state(report->all, k) ? add_series(report, chart) : NULL;

        if (!series)
            continue;
        set_cells(series, page, (KfRange){ first_row, LABEL_COL, last, LABEL_COL },
                  (KfRange){ first_row, col, last, col });
        chart_series_set_name_range(series, page->sheet->name, first_row - 1, (lxw_col_t)col);
        fill(series, colors[k]);
    }
    place_chart(page, chart, row, LABEL_COL, SAY_HTML_CHART_GAIN);
}

static void put_summary(Report *report, KfPage *page, const KfBuf *sheets)
{
    KfBuf verdict = { 0 };
    uint32_t row;

    kf_page_column(page, LABEL_COL, LABEL_COL, 42);
    kf_page_column(page, SUM_COL, SUM_COL + KF_SUM_COUNT + 3, 15);
    kf_put_say(page, 0, LABEL_COL, SAY_HTML_RECONCILE_TITLE, KF_LOOK_TITLE);
    kf_buf_reconcile_verdict(&verdict, report->all, report->book.lang);
    row = put_lines(page, 1, &verdict);
    kf_put_say(page, row, LABEL_COL, SAY_HTML_GAIN_NOTE, KF_LOOK_NOTE);
    kf_put_say(page, row + 1, LABEL_COL, SAY_BOOK_SEE, KF_LOOK_NOTE);
    if (report->all->group_count == 0)
        return;
    row = put_summary_table(report, page, row + 3, KF_TYPED, sheets);
    for (int view = KF_CORRECTED; view < KF_VIEW_COUNT; view++) {
        if (kf_group_changes(&report->all->all, (KfView)view))
            row = put_summary_table(report, page, row, (KfView)view, sheets);
    }
    chart_groups(report, page, 7, row);
}

/* ---- citizens --------------------------------------------------------------------- */

/* Columns from first_number to last_number hold numbers. */
static void put_list_headings(KfPage *page, const KfPhrase *columns, size_t count,
                              size_t first_number, size_t last_number)
{
    for (size_t i = 0; i < count; i++)
        kf_put_say(page, 0, (uint32_t)i, columns[i],
                   i >= first_number && i <= last_number ? KF_LOOK_COLUMN_NUMBER : KF_LOOK_COLUMN);
    kf_page_row(page, 0, 30);
    if (!page->sheet)
        return;
    worksheet_freeze_panes(page->sheet, 1, 0);
    worksheet_repeat_rows(page->sheet, 0, 0);
}

static void end_list(KfPage *page, uint32_t rows, size_t columns)
{
    if (page->sheet && rows)
        worksheet_autofilter(page->sheet, 0, 0, rows, (lxw_col_t)(columns - 1));
}

enum { CITIZEN_TEXTS = 4, CITIZEN_GAINS = CITIZEN_TEXTS + KF_COURSE_COUNT };

static void put_citizen(Report *report, KfPage *page, uint32_t row, size_t file, size_t item)
{
    const KfFileDigest *from = &report->all->files[file];
    const KfCaseDigest *one = &from->cases[item];

    kf_put_text(page, row, 0, kf_group_name(report->all, file, item), KF_LOOK_PLAIN);
    kf_put_text(page, row, 1, one->citizen, KF_LOOK_PLAIN);
    put_back_link(report, page, row, 2, from->path, one->sheet, (KfRef){ 0 },
                  kf_base_name(from->path));
    kf_put_text(page, row, 3, one->sheet, KF_LOOK_PLAIN);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        kf_put_sum(page, row, (uint32_t)(CITIZEN_TEXTS + kind),
                   one->courses[kind].has ? one->courses[kind].sums[KF_TYPED].of[KF_ALL_PAYERS]
                                          : KF_NOT_STATED,
                   KF_LOOK_KRONER);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        kf_put_sum(page, row, (uint32_t)(CITIZEN_GAINS + sum), kf_case_gain(one, KF_TYPED, sum),
                   KF_LOOK_KRONER);
    kf_put_sum(page, row, CITIZEN_GAINS + KF_SUM_COUNT,
               kf_case_gain(one, KF_CORRECTED, KF_ALL_PAYERS), KF_LOOK_KRONER);
}

static void head_citizens(Report *report, KfPage *page)
{
    static const KfPhrase columns[] = { SAY_RC_COL_MUNICIPALITY, SAY_COL_CITIZEN, SAY_RC_COL_FILE,
                                        SAY_COL_SHEET };

    kf_page_column(page, 0, 1, 22);
    kf_page_column(page, 2, 2, 40);
    kf_page_column(page, 3, 3, 20);
    kf_page_column(page, CITIZEN_TEXTS, CITIZEN_GAINS + KF_SUM_COUNT, 15);
    put_list_headings(page, columns, CITIZEN_TEXTS, CITIZEN_TEXTS, 0);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        kf_put_text(page, 0, (uint32_t)(CITIZEN_TEXTS + kind),
                    kf_phrase_course(kind, report->book.lang), KF_LOOK_COLUMN_NUMBER);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
        KfBuf head = { 0 };

        kf_buf_phrase(&head, SAY_BOOK_GAIN_OF, report->book.lang,
                      (KfText[]){ kf_sum_name(sum, report->book.lang) }, 1);
        kf_put_text(page, 0, (uint32_t)(CITIZEN_GAINS + sum), kf_buf_view(&head),
                    KF_LOOK_COLUMN_NUMBER);
        report->book.bad |= head.bad;
        kf_buf_free(&head);
    }
    kf_put_say(page, 0, CITIZEN_GAINS + KF_SUM_COUNT, SAY_BOOK_ALL_CORRECTED,
               KF_LOOK_COLUMN_NUMBER);
}

static void put_citizens(Report *report)
{
    KfPage page = kf_page_open(&report->book, kf_phrase(SAY_BOOK_CITIZENS, report->book.lang));
    uint32_t row = 0;

    head_citizens(report, &page);
    for (size_t i = 0; i < report->all->file_count; i++) {
        const KfFileDigest *file = &report->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++)
            put_citizen(report, &page, ++row, i, k);
    }
    end_list(&page, row, CITIZEN_GAINS + KF_SUM_COUNT + 1);
}

/* ---- every course by period and payer ---------------------------------------------- */

enum { COURSE_TEXTS = 6 };

/* As typed: the sums of one period, or of all of them. */
static void put_course_row(Report *report, KfPage *page, uint32_t row, size_t file, size_t item,
                           int kind, const KfPeriodSums *period)
{
    const KfFileDigest *from = &report->all->files[file];
    const KfCaseDigest *one = &from->cases[item];
    KfBuf months = { 0 };

    if (period && period->period.to > 0) {
        kf_buf_period(&months, period->period);
        kf_buf_text(&months, kf_phrase(SAY_MONTHS, report->book.lang));
    }
    kf_put_text(page, row, 0, kf_group_name(report->all, file, item), KF_LOOK_PLAIN);
    kf_put_text(page, row, 1, one->citizen, KF_LOOK_PLAIN);
    kf_put_text(page, row, 2, kf_base_name(from->path), KF_LOOK_PLAIN);
    kf_put_text(page, row, 3, one->sheet, KF_LOOK_PLAIN);
    kf_put_text(page, row, 4, kf_phrase_course(kind, report->book.lang), KF_LOOK_PLAIN);
    kf_put_text(page, row, 5,
                period ? kf_buf_view(&months) : kf_phrase(SAY_BOOK_ALL_PERIODS, report->book.lang),
                KF_LOOK_PLAIN);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        kf_put_sum(page, row, (uint32_t)(COURSE_TEXTS + sum),
                   period ? period->sums[KF_TYPED].of[sum]
                          : one->courses[kind].sums[KF_TYPED].of[sum],
                   KF_LOOK_KRONER);
    report->book.bad |= months.bad;
    kf_buf_free(&months);
}

static uint32_t put_course_rows(Report *report, KfPage *page, uint32_t row, size_t file,
                                size_t item)
{
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfCourseSums *course = &report->all->files[file].cases[item].courses[kind];

        for (size_t p = 0; course->has && p < course->period_count; p++)
            put_course_row(report, page, ++row, file, item, kind, &course->periods[p]);
        if (course->has)
            put_course_row(report, page, ++row, file, item, kind, NULL);
    }
    return row;
}

static void put_courses(Report *report)
{
    static const KfPhrase columns[COURSE_TEXTS] = { SAY_RC_COL_MUNICIPALITY, SAY_COL_CITIZEN,
                                                    SAY_RC_COL_FILE,         SAY_COL_SHEET,
                                                    SAY_COL_COURSE,          SAY_COL_PERIOD };
    KfPage page = kf_page_open(&report->book, kf_phrase(SAY_BOOK_COURSES, report->book.lang));
    uint32_t row = 0;

    kf_page_column(&page, 0, 1, 22);
    kf_page_column(&page, 2, 2, 34);
    kf_page_column(&page, 3, 5, 20);
    kf_page_column(&page, COURSE_TEXTS, COURSE_TEXTS + KF_SUM_COUNT - 1, 15);
    put_list_headings(&page, columns, COURSE_TEXTS, COURSE_TEXTS, 0);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        kf_put_text(&page, 0, (uint32_t)(COURSE_TEXTS + sum), kf_sum_name(sum, report->book.lang),
                    KF_LOOK_COLUMN_NUMBER);
    for (size_t i = 0; i < report->all->file_count; i++) {
        const KfFileDigest *file = &report->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++)
            row = put_course_rows(report, &page, row, i, k);
    }
    end_list(&page, row, COURSE_TEXTS + KF_SUM_COUNT);
}

/* ---- corrections -------------------------------------------------------------------- */

/* Lines of a message in its column; not every program makes rows as high as their text. */
static unsigned lines_of(KfText text)
{
    return 1 + (unsigned)(kf_text_columns(text) / LINE_COLUMNS);
}

/* "total-items #3" */
static void put_code(Report *report, KfPage *page, uint32_t row, uint32_t col, KfFindingCode code,
                     uint32_t id)
{
    KfBuf text = { 0 };

    kf_buf_str(&text, kf_finding_code(code));
    kf_buf_str(&text, " #");
    kf_buf_uint_padded(&text, id, 1);
    kf_put_text(page, row, col, kf_buf_view(&text), KF_LOOK_PLAIN);
    report->book.bad |= text.bad;
    kf_buf_free(&text);
}

static void put_correction(Report *report, KfPage *page, uint32_t row, size_t file, size_t item,
                           const KfCorrection *one)
{
    const KfFileDigest *from = &report->all->files[file];
    KfLang lang = report->book.lang;
    KfBuf place = { 0 };

    kf_buf_text(&place, one->sheet);
    kf_buf_char(&place, '!');
    kf_buf_cellref(&place, one->cell.row, one->cell.col);
    report->book.bad |= place.bad;
    kf_put_text(page, row, 0, from->cases[item].citizen, KF_LOOK_PLAIN);
    kf_put_text(page, row, 1, kf_base_name(from->path), KF_LOOK_PLAIN);
    put_back_link(report, page, row, 2, from->path, one->sheet, one->cell, kf_buf_view(&place));
    kf_put_text(page, row, 3, kf_phrase_course((int)one->course, lang), KF_LOOK_PLAIN);
    kf_put_text(page, row, 4, one->period, KF_LOOK_PLAIN);
    kf_put_text(page, row, 5,
                one->is_input ? one->label
                              : kf_sum_name(one->payer < 0 ? KF_ALL_PAYERS : one->payer, lang),
                KF_LOOK_PLAIN);
    kf_put_sum(page, row, 6, one->has_before ? one->before : KF_NOT_STATED, KF_LOOK_LIST_AMOUNT);
    kf_put_amount(page, row, 7, one->after, KF_LOOK_LIST_AMOUNT);
    if (one->has_before)
        kf_put_amount(page, row, 8, kf_oere_plus(one->after, -one->before), KF_LOOK_LIST_AMOUNT);
    if (one->moves == KF_NOT_STATED)
        kf_put_say(page, row, 9, SAY_RC_NOW_KNOWN, KF_LOOK_PLAIN);
    else if (one->moves)
        kf_put_amount(page, row, 9, kf_correction_gain(one), KF_LOOK_LIST_AMOUNT);
    kf_put_say(page, row, 10, one->view == KF_ACCEPTED ? SAY_BOOK_PROPOSAL : SAY_BOOK_CORRECTION,
               KF_LOOK_PLAIN);
    put_code(report, page, row, 11, one->code, one->finding);
    kf_put_text(page, row, 12, one->message[lang], KF_LOOK_WRAPPED);
    kf_page_row(page, row, LINE_HEIGHT * lines_of(one->message[lang]));
    kf_buf_free(&place);
}

static void put_corrections(Report *report)
{
    static const KfPhrase columns[] = {
        SAY_COL_CITIZEN,        SAY_RC_COL_FILE,       SAY_COL_CELL,   SAY_COL_COURSE,
        SAY_COL_PERIOD,         SAY_COL_PAYER,         SAY_COL_BEFORE, SAY_COL_AFTER,
        SAY_EXPLAIN_DIFFERENCE, SAY_RC_NET_GAIN_MOVES, SAY_COL_TYPE,   SAY_BOOK_FINDING,
        SAY_COL_CAUSE,
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    KfPage page;
    uint32_t row = 0;

    if (!kf_group_changes(&report->all->all, KF_CORRECTED)
        && !kf_group_changes(&report->all->all, KF_ACCEPTED))
        return;
    page = kf_page_open(&report->book, kf_phrase(SAY_BOOK_CORRECTIONS, report->book.lang));
    kf_page_column(&page, 0, 0, 18);
    kf_page_column(&page, 1, 2, 30);
    kf_page_column(&page, 3, 5, 18);
    kf_page_column(&page, 6, 9, 14);
    kf_page_column(&page, 10, 10, 11);
    kf_page_column(&page, 11, 11, 22);
    kf_page_column(&page, 12, 12, 70);
    put_list_headings(&page, columns, COLUMNS, 6, 9);
    report->links = 0;
    for (size_t i = 0; i < report->all->file_count; i++) {
        const KfFileDigest *file = &report->all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++) {
            for (size_t c = 0; c < file->cases[k].correction_count; c++)
                put_correction(report, &page, ++row, i, k, &file->cases[k].corrections[c]);
        }
    }
    end_list(&page, row, COLUMNS);
}

/* ---- findings ------------------------------------------------------------------------- */

static void put_value(Report *report, KfPage *page, uint32_t row, uint32_t col, KfValue value)
{
    KfBuf text = { 0 };

    if (value.kind == KF_VALUE_AMOUNT) {
        kf_put_amount(page, row, col, value.amount, KF_LOOK_LIST_AMOUNT);
        return;
    }
    if (value.kind == KF_VALUE_TEXT)
        kf_buf_value(&text, value, report->book.lang);
    kf_put_text(page, row, col, kf_buf_view(&text), KF_LOOK_PLAIN);
    report->book.bad |= text.bad;
    kf_buf_free(&text);
}

static void put_finding(Report *report, KfPage *page, uint32_t row, const KfFileDigest *file,
                        const KfFindingDigest *one)
{
    KfLang lang = report->book.lang;
    KfBuf place = { 0 }, why = { 0 };

    if (one->has_cell)
        kf_buf_cell_place(&place, one->sheet, one->cell);
    kf_buf_text(&why, one->message[lang]);
    kf_buf_str(&why, one->source.len ? " " : "");
    kf_buf_text(&why, one->source);
    kf_put_say(page, row, 0, one->severity == KF_ERROR ? SAY_SEVERITY_ERROR : SAY_SEVERITY_WARNING,
               KF_LOOK_PLAIN);
    kf_put_text(page, row, 1, kf_base_name(file->path), KF_LOOK_PLAIN);
    if (one->has_cell)
        put_back_link(report, page, row, 2, file->path, one->sheet, one->cell, kf_buf_view(&place));
    kf_put_text(page, row, 3, one->citizen, KF_LOOK_PLAIN);
    kf_put_text(page, row, 4, kf_phrase_course(one->course, lang), KF_LOOK_PLAIN);
    kf_put_text(page, row, 5, one->label, KF_LOOK_PLAIN);
    put_value(report, page, row, 6, one->found);
    put_value(report, page, row, 7, kf_value_unlike(one->expected, one->found));
    put_code(report, page, row, 8, one->code, one->id);
    kf_put_text(page, row, 9, kf_buf_view(&why), KF_LOOK_WRAPPED);
    kf_page_row(page, row, LINE_HEIGHT * lines_of(kf_buf_view(&why)));
    report->book.bad |= place.bad || why.bad;
    kf_buf_free(&place);
    kf_buf_free(&why);
}

static void put_findings(Report *report)
{
    static const KfPhrase columns[] = {
        SAY_CSV_SEVERITY, SAY_RC_COL_FILE, SAY_COL_CELL,     SAY_COL_CITIZEN,  SAY_COL_COURSE,
        SAY_COL_ROW,      SAY_CSV_FOUND,   SAY_CSV_EXPECTED, SAY_BOOK_FINDING, SAY_COL_CAUSE,
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    const KfReconciliation *all = report->all;
    KfPage page;
    uint32_t row = 0;

    if (kf_count_findings(all) == 0)
        return;
    page = kf_page_open(&report->book, kf_phrase(SAY_HTML_FINDINGS, report->book.lang));
    kf_page_column(&page, 0, 0, 10);
    kf_page_column(&page, 1, 2, 30);
    kf_page_column(&page, 3, 4, 18);
    kf_page_column(&page, 5, 5, 28);
    kf_page_column(&page, 6, 7, 14);
    kf_page_column(&page, 8, 8, 22);
    kf_page_column(&page, 9, 9, 70);
    put_list_headings(&page, columns, COLUMNS, 6, 7);
    report->links = 0;
    for (size_t i = 0; i < all->file_count; i++) {
        for (size_t k = 0; kf_file_counts(&all->files[i]) && k < all->files[i].finding_count; k++)
            put_finding(report, &page, ++row, &all->files[i], &all->files[i].findings[k]);
    }
    end_list(&page, row, COLUMNS);
}

/* ---- published figures, and the rest -------------------------------------------------- */

static void put_published_row(Report *report, KfPage *page, uint32_t row, const KfPublished *one)
{
    const KfText texts[] = { one->source, one->citizen.len ? one->citizen : one->municipality,
                             one->measure, one->payer };
    KfBuf agreement = { 0 };

    for (uint32_t i = 0; i < 4; i++)
        kf_put_text(page, row, i, texts[i], KF_LOOK_PLAIN);
    kf_put_amount(page, row, 4, one->published, KF_LOOK_LIST_AMOUNT);
    for (uint32_t view = 0; view < KF_VIEW_COUNT; view++)
        kf_put_sum(page, row, 5 + view, one->ours[view], KF_LOOK_LIST_AMOUNT);
    kf_buf_agreement(&agreement, one, report->book.lang);
    kf_buf_because_then(&agreement, report->all, one, report->book.lang);
    kf_put_text(page, row, 5 + KF_VIEW_COUNT, kf_buf_view(&agreement), KF_LOOK_WRAPPED);
    kf_page_row(page, row, LINE_HEIGHT * lines_of(kf_buf_view(&agreement)));
    report->book.bad |= agreement.bad;
    kf_buf_free(&agreement);
}

static void put_published(Report *report)
{
    static const KfPhrase columns[] = {
        SAY_HTML_COL_SOURCE,  SAY_RC_COL_MUNICIPALITY, SAY_RC_COL_MEASURE,
        SAY_COL_PAYER,        SAY_HTML_COL_PUBLISHED,  SAY_RC_COL_TYPED,
        SAY_RC_COL_CORRECTED, SAY_RC_ACCEPTED,         SAY_HTML_COL_AGREEMENT,
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    KfPage page;

    if (report->all->published_count == 0)
        return;
    page = kf_page_open(&report->book, kf_phrase(SAY_BOOK_PUBLISHED, report->book.lang));
    kf_page_column(&page, 0, 3, 24);
    kf_page_column(&page, 4, 7, 15);
    kf_page_column(&page, 8, 8, 70);
    put_list_headings(&page, columns, COLUMNS, 4, 7);
    for (size_t i = 0; i < report->all->published_count; i++)
        put_published_row(report, &page, (uint32_t)i + 1, &report->all->published[i]);
    end_list(&page, (uint32_t)report->all->published_count, COLUMNS);
}

static void put_rest(Report *report)
{
    KfBuf twins = { 0 }, left_out = { 0 }, ignored = { 0 };
    KfPage page;
    uint32_t row = 0;

    kf_buf_twins(&twins, report->all, report->book.lang);
    kf_buf_left_out(&left_out, report->all, report->book.lang);
    kf_buf_all_ignored(&ignored, report->all, report->book.lang);
    if (twins.len || left_out.len || ignored.len) {
        page = kf_page_open(&report->book, kf_phrase(SAY_BOOK_LEFT_OUT, report->book.lang));
        kf_page_column(&page, 0, 0, 120);
        if (left_out.len)
            kf_put_say(&page, row++, 0, SAY_RC_LEFT_OUT, KF_LOOK_HEADING);
        row = put_lines(&page, row, &left_out) + 1;
        if (twins.len)
            kf_put_say(&page, row++, 0, SAY_RC_TWINS, KF_LOOK_HEADING);
        row = put_lines(&page, row, &twins) + 1;
        if (ignored.len)
            kf_put_say(&page, row++, 0, SAY_IGNORED_HEAD, KF_LOOK_HEADING);
        put_lines(&page, row, &ignored);
    }
    report->book.bad |= ignored.bad || twins.bad || left_out.bad;
    kf_buf_free(&ignored);
    kf_buf_free(&twins);
    kf_buf_free(&left_out);
}

/* The summary stands first, and is written last: it links to sheets by their names. */
static void put_groups(Report *report, KfPage *summary)
{
    const KfReconciliation *all = report->all;
    size_t count = all->group_count + (all->group_count > 1);
    KfBuf sheets = { 0 };

    for (size_t i = 0; i < count; i++) {
        KfPage page = put_group(report, i < all->group_count ? &all->groups[i] : &all->all);

        kf_buf_bytes(&sheets, page.name, sizeof page.name);
    }
    report->book.bad |= sheets.bad;
    put_summary(report, summary, &sheets);
    kf_buf_free(&sheets);
}

KfStatus kf_report_reconcile_xlsx(const char *path, const KfReconciliation *all,
                                  const KfReportOptions *options, KfError *err)
{
    Report report = { .all = all };
    KfPage summary;

    kf_workbook_open(&report.book, path, options->lang,
                     kf_phrase(SAY_HTML_RECONCILE_TITLE, options->lang), BOOK_YEAR);
    find_way_up(&report, kf_text(path));
    summary = kf_page_open(&report.book, kf_phrase(SAY_BOOK_SUMMARY, options->lang));
    put_groups(&report, &summary);
    if (all->all.citizens) {
        put_citizens(&report);
        put_courses(&report);
    }
    put_published(&report);
    put_corrections(&report);
    put_findings(&report);
    put_rest(&report);
    kf_buf_free(&report.up);
    return kf_workbook_close(&report.book, err);
}
