/* HTML that stands alone: one file, no network, readable without a script, light and
 * dark, on paper and on a phone. */
#ifndef REPORT_HTML_WRITER_H
#define REPORT_HTML_WRITER_H

#include "correct/phrase.h"
#include "kf/report.h"

typedef struct {
    KfBuf *out;
    KfLang lang;
} KfHtml;

/** Everything up to and with the heading of the page. */
void kf_html_begin(KfHtml *html, KfText title);
/** The program's name, and the end of the page. */
void kf_html_end(KfHtml *html);

/** "<tr class=sum>"; no class when it is NULL. Both are names of ours, not escaped. */
void kf_html_open(KfHtml *html, const char *tag, const char *css);
void kf_html_close(KfHtml *html, const char *tag);
/** Masked and escaped. */
void kf_html_text(KfHtml *html, KfText text);
void kf_html_say(KfHtml *html, KfPhrase say);
/** An element that holds a text. */
void kf_html_element(KfHtml *html, const char *tag, const char *css, KfText text);
void kf_html_heading(KfHtml *html, const char *tag, KfPhrase say);
/** A cell of a table with an amount in it, aligned as numbers are. */
void kf_html_amount(KfHtml *html, KfOere amount);
/** The same for any value; no value leaves the cell empty. */
void kf_html_value(KfHtml *html, KfValue value);
/** An amount, "ikke oplyst" for KF_NOT_STATED. */
void kf_html_sum(KfHtml *html, KfOere sum);
/** A table whose headings follow; it scrolls by itself when the page is narrow. */
void kf_html_open_table(KfHtml *html, const char *css);
void kf_html_close_table(KfHtml *html);
/** Heading of a column; is_number: aligned as its numbers are. */
void kf_html_column(KfHtml *html, KfText text, bool is_number);

#endif
