/* check --format csv: one row a finding. A file that could not be checked is a
 * row too, or it would look clean. */
#include "report/csv_writer.h"
#include "report/verdict.h"
#include "report/what_if_report.h"

static const KfPhrase headings[] = {
    SAY_CSV_FILE, SAY_CSV_ID,      SAY_CSV_CODE,     SAY_CSV_SEVERITY,   SAY_COL_SHEET,
    SAY_COL_CELL, SAY_COL_CITIZEN, SAY_COL_COURSE,   SAY_COL_PERIOD,     SAY_COL_PAYER,
    SAY_COL_ROW,  SAY_CSV_FOUND,   SAY_CSV_EXPECTED, SAY_COL_DIFFERENCE, SAY_CSV_ACTION,
    SAY_CSV_ROOT, SAY_CSV_MESSAGE, SAY_COL_SOURCE,
};

static void put_severity(KfCsv *csv, KfSeverity severity)
{
    static const KfPhrase names[] = {
        [KF_INFO] = SAY_SEVERITY_INFO,
        [KF_WARNING] = SAY_SEVERITY_WARNING,
        [KF_ERROR] = SAY_SEVERITY_ERROR,
    };

    kf_csv_say(csv, names[severity]);
}

static void put_place(KfCsv *csv, const KfAudit *audit, const KfFinding *finding)
{
    KfBuf cell = { 0 };

    if (!finding->has_cell) {
        kf_csv_empty(csv);
        kf_csv_empty(csv);
        return;
    }
    kf_csv_text(csv, kf_sheet_name(audit, finding->cell));
    kf_buf_cellref(&cell, finding->cell.row, finding->cell.col);
    kf_csv_text(csv, kf_buf_view(&cell));
    csv->out->bad |= cell.bad;
    kf_buf_free(&cell);
}

static void put_values(KfCsv *csv, const KfFinding *finding)
{
    kf_csv_value(csv, finding->found);
    kf_csv_value(csv, finding->expected);
    if (finding->found.kind == KF_VALUE_AMOUNT && finding->expected.kind == KF_VALUE_AMOUNT)
        kf_csv_amount(csv, finding->expected.amount - finding->found.amount);
    else
        kf_csv_empty(csv);
}

static void put_action(KfCsv *csv, const KfFinding *finding)
{
    if (finding->action == KF_ACTION_NONE)
        kf_csv_empty(csv);
    else
        kf_csv_say(csv,
                   finding->action == KF_ACTION_PROPOSE ? SAY_ACTION_PROPOSE : SAY_ACTION_CORRECT);
}

static void put_finding(KfCsv *csv, const KfFileReport *file, const KfFinding *finding)
{
    const KfAudit *audit = file->audit;

    kf_csv_text(csv, file->path);
    kf_csv_int(csv, finding->id);
    kf_csv_text(csv, kf_text(kf_finding_code(finding->code)));
    put_severity(csv, finding->severity);
    put_place(csv, audit, finding);
    kf_csv_text(csv, kf_citizen(audit, finding->case_index));
    kf_csv_text(csv, kf_phrase_course(finding->course, csv->lang));
    kf_csv_period(csv, finding->period);
    if (finding->payer == KF_PAYER_NONE)
        kf_csv_empty(csv);
    else
        kf_csv_text(csv, kf_text(kf_payer_name((KfPayer)finding->payer, csv->lang)));
    kf_csv_text(csv, finding->label);
    put_values(csv, finding);
    put_action(csv, finding);
    if (finding->root)
        kf_csv_int(csv, finding->root);
    else
        kf_csv_empty(csv);
    kf_csv_text(csv, finding->message[csv->lang]);
    kf_csv_text(csv, finding->source);
    kf_csv_end_row(csv);
}

static void put_failure(KfCsv *csv, const KfFileReport *file)
{
    const KfError error = kf_file_error(file);
    KfBuf sentence = { 0 };

    kf_error_text(&sentence, &error, file->path, csv->lang);
    kf_csv_text(csv, file->path);
    kf_csv_empty(csv);
    kf_csv_text(csv, kf_text(kf_status_code(error.status)));
    put_severity(csv, KF_ERROR);
    for (int i = 0; i < 12; i++)
        kf_csv_empty(csv);
    kf_csv_text(csv, kf_buf_view(&sentence));
    kf_csv_empty(csv);
    kf_csv_end_row(csv);
    csv->out->bad |= sentence.bad;
    kf_buf_free(&sentence);
}

static void put_part(KfReportPart *out, const KfFileReport *file, const KfReportOptions *options)
{
    KfVerdict verdict = kf_verdict(file, options->least);
    KfCsv csv = { .out = &out->body, .lang = options->lang }; /* no mark of its own */

    if (options->what_if) {
        if (file->what_if)
            kf_report_what_if_csv(&out->body, file, file->what_if, options);
        return;
    }
    if (verdict == KF_UNREADABLE || verdict == KF_NO_CASE_TABLE)
        put_failure(&csv, file);
    for (size_t i = 0; file->audit && i < file->audit->finding_count; i++)
        put_finding(&csv, file, &file->audit->findings[i]);
}

static void put_frame(KfBuf *head, KfBuf *tail, const KfReportSum *sum,
                      const KfReportOptions *options)
{
    KfCsv csv;

    (void)tail;
    (void)sum;
    if (options->what_if) {
        kf_report_what_if_csv_head(head, options);
        return;
    }
    kf_csv_init(&csv, head, options->lang);
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        kf_csv_say(&csv, headings[i]);
    kf_csv_end_row(&csv);
}

const KfReportFormat kf_check_as_csv = { put_part, put_frame, "", false };
