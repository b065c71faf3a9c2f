/* HTML that stands alone. Whatever comes from a workbook is masked and escaped. */
#include "report/html_writer.h"

static const char *const style[] = {
#define KF_HTML_STYLE(line) line "\n",
#include "report/html_style.def"
#undef KF_HTML_STYLE
};

static const char script[] =
#define KF_HTML_SCRIPT(line) line "\n"
#include "report/html_script.def"
#undef KF_HTML_SCRIPT
    ;

void kf_html_text(KfHtml *html, KfText text)
{
    KfBuf masked = { 0 };

    kf_buf_masked(&masked, text);
    kf_buf_markup(html->out, kf_buf_view(&masked));
    html->out->bad |= masked.bad;
    kf_buf_free(&masked);
}

void kf_html_say(KfHtml *html, KfPhrase say)
{
    kf_buf_markup(html->out, kf_phrase(say, html->lang));
}

void kf_html_open(KfHtml *html, const char *tag, const char *css)
{
    kf_buf_char(html->out, '<');
    kf_buf_str(html->out, tag);
    if (css) {
        kf_buf_str(html->out, " class=\"");
        kf_buf_str(html->out, css);
        kf_buf_char(html->out, '"');
    }
    kf_buf_char(html->out, '>');
}

void kf_html_close(KfHtml *html, const char *tag)
{
    kf_buf_str(html->out, "</");
    kf_buf_str(html->out, tag);
    kf_buf_str(html->out, ">\n");
}

void kf_html_element(KfHtml *html, const char *tag, const char *css, KfText text)
{
    kf_html_open(html, tag, css);
    kf_html_text(html, text);
    kf_html_close(html, tag);
}

void kf_html_heading(KfHtml *html, const char *tag, KfPhrase say)
{
    kf_html_element(html, tag, NULL, kf_phrase(say, html->lang));
}

/* No network, whatever stands in a workbook: the page may load nothing at all. */
void kf_html_begin(KfHtml *html, KfText title)
{
    kf_buf_str(html->out, "<!DOCTYPE html>\n<html lang=\"");
    kf_buf_str(html->out, html->lang == KF_LANG_DA ? "da" : "en");
    kf_buf_str(html->out,
               "\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
               "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    kf_html_text(html, title);
    kf_buf_str(html->out, "</title>\n<style>\n");
    for (size_t i = 0; i < sizeof style / sizeof *style; i++)
        kf_buf_str(html->out, style[i]);
    kf_buf_str(html->out, "</style>\n</head>\n<body>\n<main>\n");
    kf_html_element(html, "h1", NULL, title);
}

void kf_html_end(KfHtml *html)
{
    kf_buf_str(html->out, "</main>\n<footer>");
    kf_buf_phrase(html->out, SAY_PROGRAM, html->lang, (KfText[]){ kf_text(kf_version()) }, 1);
    kf_buf_str(html->out, "</footer>\n<script>\n");
    kf_buf_str(html->out, script);
    kf_buf_str(html->out, "</script>\n</body>\n</html>\n");
}

/* ---- tables ---------------------------------------------------------------- */

void kf_html_open_table(KfHtml *html, const char *css)
{
    kf_buf_str(html->out, "<div class=\"scroll\" tabindex=\"0\">");
    kf_html_open(html, "table", css);
    kf_buf_str(html->out, "<thead><tr>\n");
}

void kf_html_column(KfHtml *html, KfText text, bool is_number)
{
    kf_buf_str(html->out, is_number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
    kf_html_text(html, text);
    kf_html_close(html, "th");
}

void kf_html_close_table(KfHtml *html)
{
    kf_buf_str(html->out, "</tbody></table></div>\n");
}

void kf_html_amount(KfHtml *html, KfOere amount)
{
    kf_buf_str(html->out, "<td class=\"n\" data-v=\"");
    kf_buf_int(html->out, amount);
    kf_buf_str(html->out, "\">");
    kf_buf_amount(html->out, amount, html->lang);
    kf_html_close(html, "td");
}

void kf_html_value(KfHtml *html, KfValue value)
{
    KfBuf text = { 0 };

    if (value.kind != KF_VALUE_NONE)
        kf_buf_value(&text, value, html->lang);
    kf_html_element(html, "td", "n", kf_buf_view(&text));
    html->out->bad |= text.bad;
    kf_buf_free(&text);
}

void kf_html_sum(KfHtml *html, KfOere sum)
{
    if (sum == KF_NOT_STATED)
        kf_html_element(html, "td", "n soft", kf_phrase(SAY_RC_NOT_STATED, html->lang));
    else
        kf_html_amount(html, sum);
}
