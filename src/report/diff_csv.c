/* diff --format csv: one row a difference. */
#include "report/csv_writer.h"

static const KfPhrase headings[] = {
    SAY_DIFF_COL_KIND, SAY_COL_SHEET,  SAY_COL_CELL,   SAY_DIFF_COL_AFTER_CELL,
    SAY_COL_CITIZEN,   SAY_COL_COURSE, SAY_COL_PERIOD, SAY_COL_PAYER,
    SAY_COL_ROW,       SAY_COL_BEFORE, SAY_COL_AFTER,  SAY_COL_DIFFERENCE,
};

static void put_cell(KfCsv *csv, bool has, KfRef cell)
{
    KfBuf text = { 0 };

    if (has)
        kf_buf_cellref(&text, cell.row, cell.col);
    kf_csv_text(csv, kf_buf_view(&text));
    csv->out->bad |= text.bad;
    kf_buf_free(&text);
}

static void put_place(KfCsv *csv, const KfDiff *diff, const KfDifference *difference)
{
    const KfBook *book = difference->has_before ? diff->before.book : diff->after.book;
    KfRef cell = difference->has_before ? difference->before_cell : difference->after_cell;

    kf_csv_text(csv, book->sheets[cell.sheet].name);
    put_cell(csv, difference->has_before, difference->before_cell);
    put_cell(csv, difference->has_after, difference->after_cell);
}

static void put_difference(KfCsv *csv, const KfDiff *diff, const KfDifference *difference)
{
    kf_csv_text(csv, kf_text(kf_diff_key(difference->kind)));
    put_place(csv, diff, difference);
    kf_csv_text(csv, difference->citizen);
    kf_csv_text(csv, kf_phrase_course(difference->course, csv->lang));
    kf_csv_period(csv, difference->period);
    kf_csv_text(csv, kf_text(kf_payer_name((KfPayer)difference->payer, csv->lang)));
    kf_csv_text(csv, difference->label);
    kf_csv_value(csv, difference->before);
    kf_csv_value(csv, difference->after);
    if (difference->before.kind == KF_VALUE_AMOUNT && difference->after.kind == KF_VALUE_AMOUNT)
        kf_csv_amount(csv, difference->after.amount - difference->before.amount);
    else
        kf_csv_empty(csv);
    kf_csv_end_row(csv);
}

void kf_report_diff_csv(KfBuf *out, const KfDiffReport *report, const KfReportOptions *options)
{
    KfCsv csv;

    kf_csv_init(&csv, out, options->lang);
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        kf_csv_say(&csv, headings[i]);
    kf_csv_end_row(&csv);
    for (size_t i = 0; report->diff && i < report->diff->count; i++)
        put_difference(&csv, report->diff, &report->diff->items[i]);
}
