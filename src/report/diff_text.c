/* Differences as lines for a person: a block a course, then the cells outside the
 * tables, and at last how many there are of each kind. */
#include "report/diff_lines.h"

static const size_t widest[KF_DIFF_COLUMNS] = { 30, 44, 0 };

typedef struct {
    KfBuf *out;
    KfDiffLines lines;
    size_t width[KF_DIFF_COLUMNS];
} Page;

/* ---- blocks ---------------------------------------------------------------- */

static size_t measure(Page *page, size_t from)
{
    const KfDiff *diff = page->lines.report->diff;
    size_t end = from;

    page->width[KF_DIFF_PLACE] = page->width[KF_DIFF_ROW] = 0;
    for (; end < diff->count && kf_diff_same_block(&diff->items[from], &diff->items[end]); end++) {
        kf_diff_line(&page->lines, &diff->items[end]);
        for (int i = 0; i < KF_DIFF_CHANGE; i++) {
            size_t columns = kf_text_columns(kf_buf_view(&page->lines.column[i]));

            columns = columns > widest[i] ? widest[i] : columns;
            page->width[i] = columns > page->width[i] ? columns : page->width[i];
        }
    }
    return end;
}

static void put_block_name(const Page *page, const KfDifference *first)
{
    kf_buf_char(page->out, '\n');
    kf_buf_diff_block(page->out, first, page->lines.lang);
    kf_buf_char(page->out, '\n');
}

static void put_line(Page *page, const KfDifference *difference)
{
    kf_diff_line(&page->lines, difference);
    for (int i = 0; i < KF_DIFF_COLUMNS; i++) {
        KfText text = kf_buf_view(&page->lines.column[i]);
        size_t columns = kf_text_columns(text);

        if (i < KF_DIFF_CHANGE && page->width[i] == 0)
            continue;
        kf_buf_str(page->out, "  ");
        kf_buf_text(page->out, text);
        if (i < KF_DIFF_CHANGE && columns < page->width[i])
            kf_buf_spaces(page->out, page->width[i] - columns);
    }
    kf_buf_char(page->out, '\n');
}

static void put_blocks(Page *page)
{
    for (size_t i = 0; i < page->lines.report->diff->count;) {
        size_t end = measure(page, i);

        put_block_name(page, &page->lines.report->diff->items[i]);
        for (; i < end; i++)
            put_line(page, &page->lines.report->diff->items[i]);
    }
}

/* ---- head ------------------------------------------------------------------ */

static void put_head(const Page *page)
{
    KfBuf paths[2] = { 0 };

    kf_buf_masked(&paths[0], page->lines.report->before.path);
    kf_buf_masked(&paths[1], page->lines.report->after.path);
    kf_buf_line(page->out, SAY_DIFF_HEAD, page->lines.lang,
                (KfText[]){ kf_buf_view(&paths[0]), kf_buf_view(&paths[1]) }, 2);
    for (int i = 0; i < 2; i++) {
        page->out->bad |= paths[i].bad;
        kf_buf_free(&paths[i]);
    }
}

void kf_report_diff_text(KfBuf *out, const KfDiffReport *report, const KfReportOptions *options)
{
    Page page = { .out = out, .lines = { .report = report, .lang = options->lang } };

    if (!report->diff)
        return; /* the caller tells of the error */
    if (!options->quiet) {
        put_head(&page);
        put_blocks(&page);
        kf_buf_char(out, '\n');
        kf_buf_diff_notes(out, &page.lines);
        kf_buf_char(out, '\n');
    }
    kf_buf_diff_verdict(out, &page.lines);
    kf_diff_lines_finish(&page.lines, out);
}
