/* diff --format html: the verdict first, then a table a course. */
#include "report/diff_lines.h"
#include "report/html_writer.h"

typedef struct {
    KfHtml html;
    KfDiffLines lines;
} Page;

/* Each line of a text as a paragraph. */
static void put_paragraphs(Page *page, const char *css, KfText text)
{
    while (text.len) {
        size_t end = kf_text_find(text, KF_TEXT("\n"));

        end = end == SIZE_MAX ? text.len : end;
        if (end)
            kf_html_element(&page->html, "p", css, kf_text_slice(text, 0, end));
        text = kf_text_slice(text, end + 1, text.len);
    }
}

static void put_said(Page *page, const char *css, void (*say)(KfBuf *out, const KfDiffLines *lines))
{
    KfBuf text = { 0 };

    say(&text, &page->lines);
    put_paragraphs(page, css, kf_buf_view(&text));
    page->html.out->bad |= text.bad;
    kf_buf_free(&text);
}

static void put_paths(Page *page)
{
    KfBuf text = { 0 };

    kf_buf_text(&text, page->lines.report->before.path);
    kf_buf_str(&text, "  →  ");
    kf_buf_text(&text, page->lines.report->after.path);
    kf_html_element(&page->html, "p", "soft", kf_buf_view(&text));
    page->html.out->bad |= text.bad;
    kf_buf_free(&text);
}

static void put_row(Page *page, const KfDifference *difference)
{
    static const char *const css[KF_DIFF_COLUMNS] = { "place", NULL, NULL };

    kf_diff_line(&page->lines, difference);
    kf_html_open(&page->html, "tr", NULL);
    for (int i = 0; i < KF_DIFF_COLUMNS; i++)
        kf_html_element(&page->html, "td", css[i], kf_buf_view(&page->lines.column[i]));
    kf_html_close(&page->html, "tr");
    kf_buf_char(page->html.out, '\n');
}

static void open_block(Page *page, const KfDifference *first)
{
    static const KfPhrase columns[] = { SAY_COL_CELL, SAY_COL_ROW, SAY_DIFF_COL_KIND };
    KfBuf name = { 0 };

    kf_buf_diff_block(&name, first, page->html.lang);
    kf_html_element(&page->html, "h2", NULL, kf_buf_view(&name));
    kf_html_open_table(&page->html, NULL);
    for (int i = 0; i < KF_DIFF_COLUMNS; i++)
        kf_html_column(&page->html, kf_phrase(columns[i], page->html.lang), false);
    kf_buf_str(page->html.out, "</tr></thead><tbody>\n");
    page->html.out->bad |= name.bad;
    kf_buf_free(&name);
}

static void put_blocks(Page *page)
{
    const KfDiff *diff = page->lines.report->diff;

    for (size_t i = 0; i < diff->count; i++) {
        if (i == 0 || !kf_diff_same_block(&diff->items[i - 1], &diff->items[i]))
            open_block(page, &diff->items[i]);
        put_row(page, &diff->items[i]);
        if (i + 1 == diff->count || !kf_diff_same_block(&diff->items[i], &diff->items[i + 1]))
            kf_html_close_table(&page->html);
    }
}

static void put_error(Page *page, const KfFileReport *file)
{
    KfBuf text = { 0 };

    if (!file->error || file->error->status == KF_OK)
        return;
    kf_error_text(&text, file->error, file->path, page->html.lang);
    kf_html_element(&page->html, "p", "verdict error", kf_buf_view(&text));
    page->html.out->bad |= text.bad;
    kf_buf_free(&text);
}

void kf_report_diff_html(KfBuf *out, const KfDiffReport *report, const KfReportOptions *options)
{
    Page page = { .html = { out, options->lang },
                  .lines = { .report = report, .lang = options->lang } };

    kf_html_begin(&page.html, kf_phrase(SAY_DIFF_TITLE, options->lang));
    put_paths(&page);
    put_error(&page, &report->before);
    put_error(&page, &report->after);
    if (report->diff) {
        put_said(&page, "verdict", kf_buf_diff_verdict);
        if (!options->quiet)
            put_blocks(&page);
        put_said(&page, "soft", kf_buf_diff_notes);
    }
    kf_html_end(&page.html);
    kf_diff_lines_finish(&page.lines, out);
}
