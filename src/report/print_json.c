/* check --format json: schema kontrafakt/check/1. Keys may be added, never
 * changed; they stand in the order in which they are documented. */
#include "correct/phrase.h"
#include "report/json_writer.h"
#include "report/report_parts.h"
#include "report/verdict.h"
#include "report/what_if_report.h"

#include <string.h>

static void put_periods(KfJson *json, const KfCourse *course)
{
    kf_json_key(json, "periods");
    kf_json_spread(json, false);
    kf_json_open_array(json);
    for (size_t i = 0; i < course->period_count; i++) {
        const KfPeriodColumn *column = &course->periods[i];
        bool read = column->period.to >= 0;

        kf_json_open(json);
        kf_json_key(json, "from");
        read ? kf_json_int(json, column->period.from) : kf_json_null(json);
        kf_json_key(json, "to");
        read ? kf_json_int(json, column->period.to) : kf_json_null(json);
        kf_json_key(json, "label");
        kf_json_text(json, column->label.text);
        kf_json_key(json, "cell");
        column->label.has_ref ? kf_json_cellref(json, column->label.ref) : kf_json_null(json);
        kf_json_close(json);
    }
    kf_json_close_array(json);
    kf_json_spread(json, true);
}

/* One amount a period, or null where the table has no such row. */
static void put_figures(KfJson *json, const char *key, const KfFigure *figures, size_t count)
{
    kf_json_key(json, key);
    if (!figures) {
        kf_json_null(json);
        return;
    }
    kf_json_spread(json, false);
    kf_json_open_array(json);
    for (size_t i = 0; i < count; i++)
        kf_json_figure(json, &figures[i]);
    kf_json_close_array(json);
    kf_json_spread(json, true);
}

static void put_cells(KfJson *json, const KfFigure *figures, size_t count)
{
    kf_json_key(json, "cells");
    kf_json_spread(json, false);
    kf_json_open_array(json);
    for (size_t i = 0; figures && i < count; i++) {
        if (figures[i].state == KF_FIGURE_NONE)
            kf_json_null(json);
        else
            kf_json_cellref(json, figures[i].ref);
    }
    kf_json_close_array(json);
    kf_json_spread(json, true);
}

static void put_items(KfJson *json, const KfCourse *course)
{
    kf_json_key(json, "items");
    kf_json_open_list(json, course->item_count);
    for (size_t i = 0; i < course->item_count; i++) {
        const KfItem *item = &course->items[i];

        kf_json_open(json);
        kf_json_key(json, "label");
        kf_json_text(json, item->label.text);
        kf_json_key(json, "section");
        kf_json_text_or_null(json, item->section);
        put_figures(json, "amounts", item->amounts, course->period_count);
        put_cells(json, item->amounts, course->period_count);
        if (item->has_payer) {
            kf_json_key(json, "payer");
            kf_json_text(json, kf_text(kf_payer_key(item->payer)));
        }
        if (item->is_part) {
            kf_json_key(json, "is_part");
            kf_json_bool(json, true);
        }
        kf_json_close(json);
    }
    kf_json_close_list(json);
}

/* Whether every amount says who pays it, as in a list with a column of payers. */
static bool names_payers(const KfCourse *course)
{
    for (size_t i = 0; i < course->item_count; i++) {
        const KfItem *item = &course->items[i];
        bool split = item->split[KF_MUNICIPALITY] || item->split[KF_STATE] || item->split[KF_REGION]
                     || item->split[KF_OTHER];

        if (!item->has_payer && !item->is_part && !split)
            return false;
    }
    return course->item_count > 0;
}

/* What a payer carries in each period by the rows that name it. */
static void put_named(KfJson *json, const KfCourse *course, KfPayer payer)
{
    kf_json_key(json, kf_payer_key(payer));
    kf_json_spread(json, false);
    kf_json_open_array(json);
    for (size_t p = 0; p < course->period_count; p++) {
        KfOere sum = 0;

        for (size_t i = 0; i < course->item_count; i++) {
            const KfItem *item = &course->items[i];

            if (item->has_payer && item->payer == payer)
                sum = kf_oere_plus(sum, item->amounts[p].value);
            if (item->split[payer])
                sum = kf_oere_plus(sum, item->split[payer][p].value);
        }
        kf_json_amount(json, sum);
    }
    kf_json_close_array(json);
    kf_json_spread(json, true);
}

static void put_payers(KfJson *json, const KfCourse *course)
{
    bool named = names_payers(course);

    kf_json_key(json, "payers");
    kf_json_open(json);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        if (named && !course->payers[payer])
            put_named(json, course, (KfPayer)payer);
        else
            put_figures(json, kf_payer_key((KfPayer)payer), course->payers[payer],
                        course->period_count);
    }
    kf_json_close(json);
    put_figures(json, "totals", course->totals, course->period_count);
    kf_json_key(json, "payer_totals");
    kf_json_open(json);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        kf_json_key(json, kf_payer_key((KfPayer)payer));
        kf_json_figure(json, &course->payer_totals[payer]);
    }
    kf_json_close(json);
    kf_json_key(json, "case_total");
    kf_json_figure(json, &course->case_total);
}

static void put_course(KfJson *json, const KfCourse *course)
{
    KfBuf range = { 0 };

    kf_json_open(json);
    kf_json_key(json, "course");
    kf_json_text(json, kf_text(kf_course_key(course->kind)));
    kf_json_key(json, "sheet");
    kf_json_text(json, course->sheet_name);
    kf_json_key(json, "range");
    kf_buf_range(&range, course->range);
    kf_json_text(json, kf_buf_view(&range));
    json->out->bad |= range.bad;
    kf_buf_free(&range);
    put_periods(json, course);
    put_items(json, course);
    put_payers(json, course);
    kf_json_close(json);
}

static void put_case(KfJson *json, const KfCase *item)
{
    const KfCourse *first = &item->courses[item->has[KF_ACTUAL] ? KF_ACTUAL : KF_COUNTERFACTUAL];

    kf_json_open(json);
    kf_json_key(json, "citizen");
    kf_json_text(json, item->citizen);
    kf_json_key(json, "sheet");
    kf_json_text(json, first->sheet_name);
    kf_json_key(json, "courses");
    kf_json_open_array(json);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        if (item->has[kind])
            put_course(json, &item->courses[kind]);
    }
    kf_json_close_array(json);
    kf_json_close(json);
}

static void put_table(KfJson *json, const KfTable *table)
{
    KfBuf range = { 0 };

    kf_json_open(json);
    kf_json_key(json, "kind");
    kf_json_text(json, kf_text(kf_table_kind_key(table->kind)));
    kf_json_key(json, "sheet");
    kf_json_text(json, table->sheet_name);
    kf_json_key(json, "range");
    kf_buf_range(&range, table->range);
    kf_json_text(json, kf_buf_view(&range));
    kf_json_close(json);
    json->out->bad |= range.bad;
    kf_buf_free(&range);
}

static void put_error(KfJson *json, const KfFileReport *file, KfVerdict verdict, KfLang lang)
{
    const KfError error = kf_file_error(file);

    kf_json_key(json, "error");
    if (file->error || verdict == KF_NO_CASE_TABLE)
        kf_json_error(json, &error, file->path, lang);
    else
        kf_json_null(json);
}

/* What the workbook itself assumes of who pays. */
static void put_assumptions(KfJson *json, const KfAudit *audit, KfLang lang)
{
    kf_json_key(json, "assumptions");
    kf_json_open_array(json);
    for (size_t i = 0; i < audit->assumption_count; i++) {
        const KfAssumption *one = &audit->assumptions[i];
        KfBuf shares = { 0 };

        kf_json_open(json);
        kf_json_key(json, "benefit");
        kf_json_text(json, one->rule.benefit);
        kf_json_key(json, "sheet");
        kf_json_text_or_null(json, kf_sheet_name(audit, one->cell));
        kf_json_key(json, "cell");
        kf_json_cellref(json, one->cell);
        kf_json_key(json, "text");
        kf_json_text(json, one->text);
        kf_buf_rule_shares(&shares, &one->rule, lang);
        kf_json_key(json, "shares");
        kf_json_text(json, kf_buf_view(&shares));
        kf_json_key(json, "differs");
        kf_json_bool(json, one->differs);
        kf_json_close(json);
        json->out->bad |= shares.bad;
        kf_buf_free(&shares);
    }
    kf_json_close_array(json);
}

static void put_own_rules(KfReportPart *out, KfJson *json, const KfFileReport *file,
                          const KfReportOptions *options)
{
    out->own_from = out->body.len;
    if (file->audit) {
        kf_json_key(json, "rules");
        kf_json_rules(json, file->audit, options->rules_name);
    }
    out->own_to = out->body.len;
}

/* Only where there are some: who does not ask for it need not know of it. */
static void put_ignored(KfJson *json, const KfAudit *audit, KfLang lang)
{
    if (!audit || audit->ignored_count == 0)
        return;
    kf_json_key(json, "ignored");
    kf_json_open_list(json, audit->ignored_count);
    for (size_t i = 0; i < audit->ignored_count; i++) {
        const KfIgnored *ignored = &audit->ignored[i];

        kf_json_open(json);
        kf_json_key(json, "reason");
        kf_json_text(json, ignored->by->reason);
        kf_json_key(json, "expires");
        kf_json_date(json, ignored->by->expires);
        kf_json_key(json, "finding");
        kf_json_finding(json, audit, &ignored->finding, lang);
        kf_json_close(json);
    }
    kf_json_close_list(json);
}

static void put_file(KfReportPart *out, KfJson *json, const KfFileReport *file,
                     const KfReportOptions *options)
{
    KfVerdict verdict = kf_verdict(file, options->least);

    kf_json_open(json);
    kf_json_key(json, "path");
    kf_json_text(json, file->path);
    kf_json_key(json, "sha256");
    kf_json_sha256(json, file->sha256);
    kf_json_key(json, "verdict");
    kf_json_text(json, kf_text(kf_verdict_key(verdict)));
    put_error(json, file, verdict, options->lang);
    put_own_rules(out, json, file, options);
    kf_json_key(json, "cases");
    kf_json_open_list(json, file->audit ? file->audit->model.case_count : 0);
    for (size_t i = 0; file->audit && i < file->audit->model.case_count; i++)
        put_case(json, &file->audit->model.cases[i]);
    kf_json_close_list(json);
    kf_json_key(json, "tables");
    kf_json_open_list(json, file->audit ? file->audit->model.table_count : 0);
    for (size_t i = 0; file->audit && i < file->audit->model.table_count; i++)
        put_table(json, &file->audit->model.tables[i]);
    kf_json_close_list(json);
    kf_json_key(json, "findings");
    kf_json_findings(json, file->audit, options->lang);
    if (file->audit && file->audit->assumption_count)
        put_assumptions(json, file->audit, options->lang);
    if (file->what_if)
        kf_json_what_if(json, file->audit, file->what_if);
    put_ignored(json, file->audit, options->lang);
    kf_json_close(json);
}

static void open_head(KfJson *json, const KfReportSum *sum, const KfReportOptions *options)
{
    KfAudit rules = sum->rules;

    rules.years = sum->years;
    kf_json_open(json);
    kf_json_key(json, "schema");
    kf_json_text(json, KF_TEXT("kontrafakt/check/1"));
    kf_json_key(json, "version");
    kf_json_text(json, kf_text(kf_version()));
    kf_json_key(json, "rules");
    kf_json_rules(json, sum->audited ? &rules : NULL, options->rules_name);
    kf_json_key(json, "files");
    kf_json_open_array(json);
}

/* A file is written where it belongs, so that it is indented so; then the head goes. */
static void put_part(KfReportPart *out, const KfFileReport *file, const KfReportOptions *options)
{
    size_t head;
    KfJson json;

    if (file->audit)
        kf_report_sum_audit(&out->sum, file->audit);
    kf_json_init(&json, &out->body);
    open_head(&json, &out->sum, options);
    head = out->body.len;
    put_file(out, &json, file, options);
    kf_json_finish(&json);
    kf_buf_cut_front(&out->body, head);
    out->own_from -= head;
    out->own_to -= head;
}

static void put_frame(KfBuf *head, KfBuf *tail, const KfReportSum *sum,
                      const KfReportOptions *options)
{
    size_t from;
    KfJson json;

    kf_json_init(&json, head);
    open_head(&json, sum, options);
    from = head->len;
    kf_json_close_array(&json);
    kf_json_close(&json);
    kf_json_finish(&json);
    kf_buf_text(tail, kf_text_slice(kf_buf_view(head), from, head->len));
    head->len = from;
}

const KfReportFormat kf_check_as_json = { put_part, put_frame, ",\n", true };
