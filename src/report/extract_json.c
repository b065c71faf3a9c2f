/* extract --format json: schema kontrafakt/extract/1. Keys may be added, never
 * changed; they stand in the order in which they are documented. */
#include "report/extract_rows.h"
#include "report/json_writer.h"

static void put_month(KfJson *json, const char *key, const KfExtractRow *row, int32_t month)
{
    kf_json_key(json, key);
    if (kf_extract_has_period(row))
        kf_json_int(json, month);
    else
        kf_json_null(json);
}

static void put_text(KfJson *json, const char *key, KfText text)
{
    kf_json_key(json, key);
    kf_json_text_or_null(json, text);
}

static void put_shown(KfJson *json, const KfFigure *figure)
{
    KfBuf shown = { 0 };

    kf_extract_shown(&shown, figure);
    put_text(json, "text", kf_buf_view(&shown));
    kf_buf_close(&shown, json->out);
}

static void put_row(void *ctx, const KfExtractRow *row)
{
    KfJson *json = ctx;

    kf_json_open_row(json);
    put_text(json, "sheet", row->course->sheet_name);
    put_text(json, "citizen", row->citizen->citizen);
    put_text(json, "course", kf_text(kf_course_key(row->course->kind)));
    put_text(json, "kind", kf_text(row->kind));
    put_text(json, "section", row->section);
    put_text(json, "benefit", row->benefit);
    put_text(json, "payer", kf_text(kf_payer_key((KfPayer)row->payer)));
    put_month(json, "from", row, row->period ? row->period->period.from : 0);
    put_month(json, "to", row, row->period ? row->period->period.to : 0);
    kf_json_key(json, "amount");
    kf_json_figure(json, row->figure);
    kf_json_key(json, "unit");
    kf_json_int(json, kf_extract_unit(row->course));
    kf_json_key(json, "cell");
    kf_json_cellref(json, row->figure->ref);
    put_shown(json, row->figure);
    kf_json_close_row(json);
}

/* The texts of row and column stand in the place of benefit and period. */
static void put_table_cell(void *ctx, const KfTableCell *cell)
{
    KfJson *json = ctx;

    kf_json_open_row(json);
    put_text(json, "sheet", cell->table->sheet_name);
    put_text(json, "table", kf_text(kf_table_kind_key(cell->table->kind)));
    put_text(json, "section", cell->row->group);
    put_text(json, "row", cell->row->label.text);
    put_text(json, "column", cell->column->label.text);
    put_text(json, "course", kf_extract_course(cell->course));
    put_text(json, "payer", kf_text(kf_payer_key((KfPayer)cell->payer)));
    kf_json_key(json, "amount");
    kf_json_figure(json, cell->figure);
    kf_json_key(json, "unit");
    kf_json_int(json, cell->table->unit > 100 ? cell->table->unit / 100 : 1);
    kf_json_key(json, "cell");
    kf_json_cellref(json, cell->figure->ref);
    put_shown(json, cell->figure);
    kf_json_close_row(json);
}

static size_t count_forms(const KfModel *model)
{
    size_t count = 0;

    for (size_t i = 0; i < model->table_count; i++)
        count += model->tables[i].row_count > 0;
    return count;
}

static void put_unplaced(KfJson *json, const KfExtractReport *file)
{
    size_t count = file->model ? file->model->unplaced_count : 0;

    kf_json_key(json, "unplaced");
    kf_json_open_list(json, count);
    for (size_t i = 0; i < count; i++) {
        const KfNote *note = &file->model->unplaced[i];

        kf_json_open_row(json);
        put_text(json, "sheet", file->book->sheets[note->ref.sheet].name);
        kf_json_key(json, "cell");
        kf_json_cellref(json, note->ref);
        put_text(json, "text", note->text);
        kf_json_close_row(json);
    }
    kf_json_close_list(json);
}

static void put_column(KfJson *json, const KfCourse *course, const KfPeriodColumn *column)
{
    static const char *const reasons[] = {
        [KF_REASON_NONE] = "none", [KF_REASON_COLUMN] = "column", [KF_REASON_TABLE] = "table"
    };

    kf_json_open_row(json);
    put_text(json, "sheet", course->sheet_name);
    kf_json_key(json, "cell");
    kf_json_cellref(json, column->label.ref);
    put_text(json, "decimal", kf_text(column->separators == KF_SEP_ENGLISH ? "." : ","));
    put_text(json, "reason", kf_text(reasons[column->reason]));
    kf_json_key(json, "shown_by");
    if (column->reason == KF_REASON_NONE)
        kf_json_null(json);
    else
        kf_json_cellref(json, column->evidence);
    kf_json_close_row(json);
}

static void put_course_columns(KfJson *json, const KfCourse *course)
{
    for (size_t p = 0; p < course->period_count; p++) {
        if (course->periods[p].has_lone)
            put_column(json, course, &course->periods[p]);
    }
}

/* Columns where "1.234" alone had to be understood by what stands around it. */
static void put_notation(KfJson *json, const KfModel *model)
{
    kf_json_key(json, "notation");
    kf_json_open_array(json);
    for (size_t i = 0; model && i < model->case_count; i++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (model->cases[i].has[kind])
                put_course_columns(json, &model->cases[i].courses[kind]);
        }
    }
    kf_json_close_array(json);
}

static void put_error(KfJson *json, const KfExtractReport *file, KfLang lang)
{
    const KfError no_cases = {
        .status = file->model ? kf_model_status(file->model) : KF_NO_CASES,
    };

    kf_json_key(json, "error");
    if (file->error)
        kf_json_error(json, file->error, file->path, lang);
    else if (!file->model || !kf_model_has_any(file->model))
        kf_json_error(json, &no_cases, file->path, lang);
    else
        kf_json_null(json);
}

static void put_file(KfJson *json, const KfExtractReport *file, KfLang lang)
{
    kf_json_open(json);
    kf_json_key(json, "path");
    kf_json_text(json, file->path);
    kf_json_key(json, "sha256");
    kf_json_sha256(json, file->sha256);
    put_error(json, file, lang);
    kf_json_key(json, "rows");
    kf_json_open_list(json, file->model ? file->model->case_count : 0);
    if (file->model)
        kf_extract_rows(file->model, put_row, json);
    kf_json_close_list(json);
    kf_json_key(json, "tables");
    kf_json_open_list(json, file->model ? count_forms(file->model) : 0);
    if (file->model)
        kf_extract_table_cells(file->model, put_table_cell, json);
    kf_json_close_list(json);
    put_notation(json, file->model);
    put_unplaced(json, file);
    kf_json_close(json);
}

void kf_report_extract_json(KfBuf *out, const KfExtractReport *files, size_t count,
                            const KfReportOptions *options)
{
    KfJson json;

    kf_json_init(&json, out);
    kf_json_open(&json);
    kf_json_key(&json, "schema");
    kf_json_text(&json, KF_TEXT("kontrafakt/extract/1"));
    kf_json_key(&json, "version");
    kf_json_text(&json, kf_text(kf_version()));
    kf_json_key(&json, "files");
    kf_json_open_array(&json);
    for (size_t i = 0; i < count; i++)
        put_file(&json, &files[i], options->lang);
    kf_json_close_array(&json);
    kf_json_close(&json);
    kf_json_finish(&json);
}
