/* extract --format csv: one row a figure. The kind is a key in every language;
 * a file that could not be read has no figures, and so no row. */
#include "report/csv_writer.h"
#include "report/extract_rows.h"

static const KfPhrase headings[] = {
    SAY_CSV_FILE,    SAY_COL_SHEET,   SAY_COL_CITIZEN, SAY_COL_COURSE,     SAY_CSV_FIGURE,
    SAY_CSV_SECTION, SAY_CSV_BENEFIT, SAY_COL_PAYER,   SAY_CSV_FROM_MONTH, SAY_CSV_TO_MONTH,
    SAY_CSV_AMOUNT,  SAY_CSV_UNIT,    SAY_COL_CELL,    SAY_CSV_TEXT,
};

typedef struct {
    KfCsv csv;
    KfText path;
} Sheet;

static void put_period(KfCsv *csv, const KfExtractRow *row)
{
    if (kf_extract_has_period(row)) {
        kf_csv_int(csv, row->period->period.from);
        kf_csv_int(csv, row->period->period.to);
    } else {
        kf_csv_empty(csv);
        kf_csv_empty(csv);
    }
}

static void put_cell(KfCsv *csv, KfRef ref)
{
    KfBuf cell = { 0 };

    kf_buf_cellref(&cell, ref.row, ref.col);
    kf_csv_text(csv, kf_buf_view(&cell));
    csv->out->bad |= cell.bad;
    kf_buf_free(&cell);
}

static void put_shown(KfCsv *csv, const KfFigure *figure)
{
    KfBuf shown = { 0 };

    kf_extract_shown(&shown, figure);
    kf_csv_text(csv, kf_buf_view(&shown));
    csv->out->bad |= shown.bad;
    kf_buf_free(&shown);
}

static void put_row(void *ctx, const KfExtractRow *row)
{
    Sheet *sheet = ctx;
    KfCsv *csv = &sheet->csv;

    kf_csv_text(csv, sheet->path);
    kf_csv_text(csv, row->course->sheet_name);
    kf_csv_text(csv, row->citizen->citizen);
    kf_csv_text(csv, kf_phrase_course(row->course->kind, csv->lang));
    kf_csv_text(csv, kf_text(row->kind));
    kf_csv_text(csv, row->section);
    kf_csv_text(csv, row->benefit);
    kf_csv_text(csv, kf_text(kf_payer_name((KfPayer)row->payer, csv->lang)));
    put_period(csv, row);
    if (row->figure->state == KF_FIGURE_STATED)
        kf_csv_amount(csv, row->figure->value);
    else
        kf_csv_empty(csv);
    kf_csv_int(csv, kf_extract_unit(row->course));
    put_cell(csv, row->figure->ref);
    put_shown(csv, row->figure);
    kf_csv_end_row(csv);
}

/* The kind is the table's; the row's text stands as the benefit, the column's as the
 * section. */
static void put_table_cell(void *ctx, const KfTableCell *cell)
{
    Sheet *sheet = ctx;
    KfCsv *csv = &sheet->csv;

    kf_csv_text(csv, sheet->path);
    kf_csv_text(csv, cell->table->sheet_name);
    kf_csv_empty(csv);
    kf_csv_text(csv, cell->course == KF_COURSE_GAIN || cell->course < 0
                         ? KF_TEXT("")
                         : kf_phrase_course(cell->course, csv->lang));
    kf_csv_text(csv, kf_text(kf_table_kind_key(cell->table->kind)));
    kf_csv_text(csv, cell->column->label.text);
    kf_csv_text(csv, cell->row->label.text);
    kf_csv_text(csv, kf_text(kf_payer_name((KfPayer)cell->payer, csv->lang)));
    kf_csv_empty(csv);
    kf_csv_empty(csv);
    if (cell->figure->state == KF_FIGURE_STATED)
        kf_csv_amount(csv, cell->figure->value);
    else
        kf_csv_empty(csv);
    kf_csv_int(csv, cell->table->unit > 100 ? cell->table->unit / 100 : 1);
    put_cell(csv, cell->figure->ref);
    put_shown(csv, cell->figure);
    kf_csv_end_row(csv);
}

void kf_report_extract_csv(KfBuf *out, const KfExtractReport *files, size_t count,
                           const KfReportOptions *options)
{
    Sheet sheet;

    kf_csv_init(&sheet.csv, out, options->lang);
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        kf_csv_say(&sheet.csv, headings[i]);
    kf_csv_end_row(&sheet.csv);
    for (size_t i = 0; i < count; i++) {
        sheet.path = files[i].path;
        if (files[i].model)
            kf_extract_rows(files[i].model, put_row, &sheet);
        if (files[i].model)
            kf_extract_table_cells(files[i].model, put_table_cell, &sheet);
    }
}
