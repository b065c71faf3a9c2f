/* check --format html: the verdict, then a section a file with its findings and what
 * they rest on, fit to attach to a case. */
#include "report/html_writer.h"
#include "report/report_parts.h"
#include "report/verdict.h"

enum { COLUMNS = 7 };

static const char *const severity_css[] = {
    [KF_INFO] = "info", [KF_WARNING] = "warning", [KF_ERROR] = "error"
};

static void put_place(KfHtml *html, const KfAudit *audit, const KfFinding *finding)
{
    KfBuf place = { 0 };

    if (finding->has_cell)
        kf_buf_place(&place, audit, finding->cell, KF_TEXT(""));
    kf_html_element(html, "td", "place", kf_buf_view(&place));
    html->out->bad |= place.bad;
    kf_buf_free(&place);
}

static void put_who(KfHtml *html, const KfAudit *audit, const KfFinding *finding)
{
    KfText citizen = kf_citizen(audit, finding->case_index);
    KfText course = kf_phrase_course(finding->course, html->lang);

    kf_html_open(html, "td", NULL);
    kf_html_text(html, citizen);
    kf_buf_str(html->out, citizen.len && course.len ? ", " : "");
    kf_html_text(html, course);
    kf_html_close(html, "td");
}

static void put_row_name(KfHtml *html, const KfFinding *finding)
{
    KfBuf name = { 0 };

    kf_buf_masked(&name, finding->label);
    if (finding->period.len && kf_text_find(finding->label, finding->period) == SIZE_MAX) {
        kf_buf_str(&name, name.len ? ", " : "");
        kf_buf_months(&name, finding->period, html->lang);
    }
    if (name.len == 0)
        kf_buf_str(&name, kf_finding_title(finding->code, html->lang));
    kf_html_element(html, "td", NULL, kf_buf_view(&name));
    html->out->bad |= name.bad;
    kf_buf_free(&name);
}

static void put_action(KfHtml *html, KfAction action)
{
    static const KfPhrase names[] = {
        [KF_ACTION_NONE] = SAY_ACTION_NONE,
        [KF_ACTION_PROPOSE] = SAY_ACTION_PROPOSE,
        [KF_ACTION_CORRECT] = SAY_ACTION_CORRECT,
    };

    kf_html_element(html, "td", NULL, kf_phrase(names[action], html->lang));
}

/* The reason, the other explanations, rule and law, and the code that names it. */
static void put_reason(KfHtml *html, const KfAudit *audit, const KfFinding *finding)
{
    KfBuf text = { 0 };

    kf_buf_text(&text, finding->message[html->lang]);
    kf_buf_alternatives(&text, audit, finding, html->lang);
    if (finding->source.len) {
        kf_buf_char(&text, ' ');
        kf_buf_text(&text, finding->source);
    }
    kf_buf_str(&text, " [");
    kf_buf_str(&text, kf_finding_code(finding->code));
    kf_buf_str(&text, "\xC2\xA0#");
    kf_buf_int(&text, finding->id);
    kf_buf_char(&text, ']');
    kf_buf_str(html->out, "<tr class=\"why\"><td></td><td colspan=\"6\">");
    kf_html_text(html, kf_buf_view(&text));
    kf_buf_str(html->out, "</td></tr>\n");
    html->out->bad |= text.bad;
    kf_buf_free(&text);
}

static void put_finding(KfHtml *html, const KfAudit *audit, const KfFinding *finding)
{
    static const KfPhrase names[] = {
        [KF_INFO] = SAY_SEVERITY_INFO,
        [KF_WARNING] = SAY_SEVERITY_WARNING,
        [KF_ERROR] = SAY_SEVERITY_ERROR,
    };

    kf_html_open(html, "tr", finding->root ? "follows has-why" : "has-why");
    if (finding->root)
        kf_html_element(html, "td", NULL, KF_TEXT("↳"));
    else
        kf_html_element(html, "td", severity_css[finding->severity],
                        kf_phrase(names[finding->severity], html->lang));
    put_place(html, audit, finding);
    put_who(html, audit, finding);
    put_row_name(html, finding);
    kf_html_value(html, finding->found);
    kf_html_value(html, kf_value_unlike(finding->expected, finding->found));
    put_action(html, finding->action);
    kf_html_close(html, "tr");
    put_reason(html, audit, finding);
}

/* An info that stands alone is for who wants to know; what follows from another stays
 * with it. */
static bool is_aside(const KfFinding *finding)
{
    return finding->severity == KF_INFO && finding->root == 0;
}

static size_t count_asides(const KfAudit *audit)
{
    size_t count = 0;

    for (size_t i = 0; i < audit->finding_count; i++)
        count += is_aside(&audit->findings[i]);
    return count;
}

static void put_findings(KfHtml *html, const KfAudit *audit, bool asides)
{
    static const struct {
        KfPhrase say;
        bool is_number;
    } columns[COLUMNS] = {
        { SAY_CSV_SEVERITY, false }, { SAY_COL_CELL, false }, { SAY_COL_CITIZEN, false },
        { SAY_COL_ROW, false },      { SAY_CSV_FOUND, true }, { SAY_CSV_EXPECTED, true },
        { SAY_CSV_ACTION, false },
    };

    kf_html_open_table(html, "cards");
    for (size_t i = 0; i < COLUMNS; i++)
        kf_html_column(html, kf_phrase(columns[i].say, html->lang), columns[i].is_number);
    kf_buf_str(html->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (is_aside(&audit->findings[i]) == asides)
            put_finding(html, audit, &audit->findings[i]);
    }
    kf_html_close_table(html);
}

static void put_all_findings(KfHtml *html, const KfAudit *audit)
{
    size_t asides = count_asides(audit);

    if (asides < audit->finding_count)
        put_findings(html, audit, false);
    else
        kf_html_heading(html, "p", SAY_HTML_NO_FINDINGS);
    if (asides == 0)
        return;
    kf_html_open(html, "details", NULL);
    kf_html_open(html, "summary", NULL);
    kf_buf_counted(html->out, asides, SAY_INFO_ONE, SAY_INFO_MANY, html->lang);
    kf_html_close(html, "summary");
    put_findings(html, audit, true);
    kf_html_close(html, "details");
}

static void put_ignored(KfHtml *html, const KfAudit *audit)
{
    if (audit->ignored_count == 0)
        return;
    kf_html_heading(html, "h3", SAY_IGNORED_HEAD);
    kf_html_open(html, "ul", NULL);
    for (size_t i = 0; i < audit->ignored_count; i++) {
        KfBuf line = { 0 };

        kf_buf_ignored(&line, audit, &audit->ignored[i], html->lang);
        kf_html_element(html, "li", NULL, kf_buf_view(&line));
        html->out->bad |= line.bad;
        kf_buf_free(&line);
    }
    kf_html_close(html, "ul");
}

static void put_provenance(KfHtml *html, const KfFileReport *file)
{
    KfBuf line = { 0 };

    kf_buf_str(&line, "SHA-256 ");
    kf_html_open(html, "p", "soft");
    kf_buf_text(html->out, kf_buf_view(&line));
    kf_buf_text(html->out, file->sha256); /* hex digits; masking could take some for a number */
    line.len = 0;
    kf_buf_str(&line, " · ");
    kf_buf_text(&line, file->audit->rules_name);
    kf_buf_char(&line, ' ');
    kf_buf_as_of(&line, file->audit, html->lang);
    kf_html_text(html, kf_buf_view(&line));
    kf_html_close(html, "p");
    html->out->bad |= line.bad;
    kf_buf_free(&line);
}

static void put_failure(KfHtml *html, const KfFileReport *file)
{
    const KfError error = kf_file_error(file);
    KfBuf sentence = { 0 };

    kf_error_text(&sentence, &error, file->path, html->lang);
    kf_html_element(html, "p", "error", kf_buf_view(&sentence));
    html->out->bad |= sentence.bad;
    kf_buf_free(&sentence);
}

static void put_part(KfReportPart *out, const KfFileReport *file, const KfReportOptions *options)
{
    KfVerdict verdict = kf_verdict(file, options->least);
    KfHtml html = { &out->body, options->lang };

    kf_report_sum_file(&out->sum, file, options);
    kf_html_element(&html, "h2", NULL, file->path);
    if (verdict == KF_UNREADABLE || verdict == KF_NO_CASE_TABLE) {
        put_failure(&html, file);
        return;
    }
    put_provenance(&html, file);
    put_all_findings(&html, file->audit);
    put_ignored(&html, file->audit);
}

static void put_frame(KfBuf *head, KfBuf *tail, const KfReportSum *sum,
                      const KfReportOptions *options)
{
    KfHtml html = { head, options->lang };
    KfBuf verdict = { 0 };

    kf_html_begin(&html, kf_phrase(SAY_HTML_CHECK_TITLE, options->lang));
    kf_buf_verdict(&verdict, sum, options->lang);
    kf_html_element(&html, "p", "verdict", kf_text_trim(kf_buf_view(&verdict)));
    head->bad |= verdict.bad;
    kf_buf_free(&verdict);
    html.out = tail;
    kf_html_end(&html);
}

const KfReportFormat kf_check_as_html = { put_part, put_frame, "", true };
