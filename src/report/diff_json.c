/* diff --format json: schema kontrafakt/diff/1. */
#include "report/json_writer.h"

static void put_file(KfJson *json, const char *key, const KfFileReport *file, KfLang lang)
{
    kf_json_key(json, key);
    kf_json_open(json);
    kf_json_key(json, "path");
    kf_json_text(json, file->path);
    kf_json_key(json, "sha256");
    kf_json_sha256(json, file->sha256);
    kf_json_key(json, "error");
    if (file->error)
        kf_json_error(json, file->error, file->path, lang);
    else
        kf_json_null(json);
    kf_json_close(json);
}

static void put_cell(KfJson *json, const char *key, bool has, KfRef cell)
{
    kf_json_key(json, key);
    if (has)
        kf_json_cellref(json, cell);
    else
        kf_json_null(json);
}

static void put_place(KfJson *json, const KfDiff *diff, const KfDifference *difference)
{
    const KfBook *book = difference->has_before ? diff->before.book : diff->after.book;
    KfRef cell = difference->has_before ? difference->before_cell : difference->after_cell;

    kf_json_key(json, "sheet");
    kf_json_text(json, book->sheets[cell.sheet].name);
    put_cell(json, "cell", difference->has_before, difference->before_cell);
    put_cell(json, "after_cell", difference->has_after, difference->after_cell);
}

static void put_meaning(KfJson *json, const KfDifference *difference)
{
    kf_json_key(json, "citizen");
    kf_json_text_or_null(json, difference->citizen);
    kf_json_key(json, "course");
    kf_json_text_or_null(
        json,
        kf_text(difference->course < 0 ? NULL : kf_course_key((KfCourseKind)difference->course)));
    kf_json_key(json, "period");
    kf_json_text_or_null(json, difference->period);
    kf_json_key(json, "payer");
    kf_json_text_or_null(json, kf_text(kf_payer_key((KfPayer)difference->payer)));
    kf_json_key(json, "label");
    kf_json_text_or_null(json, difference->label);
}

static void put_difference(KfJson *json, const KfDiff *diff, const KfDifference *difference)
{
    kf_json_open(json);
    kf_json_key(json, "kind");
    kf_json_text(json, kf_text(kf_diff_key(difference->kind)));
    put_place(json, diff, difference);
    put_meaning(json, difference);
    kf_json_key(json, "before");
    kf_json_value(json, difference->before);
    kf_json_key(json, "after");
    kf_json_value(json, difference->after);
    kf_json_key(json, "difference");
    if (difference->before.kind == KF_VALUE_AMOUNT && difference->after.kind == KF_VALUE_AMOUNT)
        kf_json_amount(json, difference->after.amount - difference->before.amount);
    else
        kf_json_null(json);
    kf_json_close(json);
}

static void put_summary(KfJson *json, const KfDiff *diff)
{
    kf_json_key(json, "summary");
    kf_json_open(json);
    kf_json_key(json, "differences");
    kf_json_int(json, (int64_t)diff->count);
    kf_json_key(json, "by_kind");
    kf_json_open(json);
    for (int kind = 0; kind < KF_DIFF_COUNT; kind++) {
        if (diff->by_kind[kind] == 0)
            continue;
        kf_json_key(json, kf_diff_key((KfDiffKind)kind));
        kf_json_int(json, (int64_t)diff->by_kind[kind]);
    }
    kf_json_close(json);
    kf_json_key(json, "tolerance");
    kf_json_amount(json, diff->tolerance);
    kf_json_key(json, "within_tolerance");
    kf_json_int(json, (int64_t)diff->within_tolerance);
    kf_json_key(json, "matched_cases");
    kf_json_int(json, (int64_t)diff->matched_cases);
    kf_json_key(json, "formulas_compared");
    kf_json_bool(json, diff->formulas_compared);
    kf_json_key(json, "corrections_sheet_left_out");
    kf_json_bool(json, diff->ours_left_out);
    kf_json_close(json);
}

void kf_report_diff_json(KfBuf *out, const KfDiffReport *report, const KfReportOptions *options)
{
    const KfDiff *diff = report->diff;
    KfJson json;

    kf_json_init(&json, out);
    kf_json_open(&json);
    kf_json_key(&json, "schema");
    kf_json_text(&json, KF_TEXT("kontrafakt/diff/1"));
    kf_json_key(&json, "version");
    kf_json_text(&json, kf_text(kf_version()));
    put_file(&json, "before", &report->before, options->lang);
    put_file(&json, "after", &report->after, options->lang);
    kf_json_key(&json, "differences");
    kf_json_open_list(&json, diff ? diff->count : 0);
    for (size_t i = 0; diff && i < diff->count; i++)
        put_difference(&json, diff, &diff->items[i]);
    kf_json_close_list(&json);
    if (diff) {
        put_summary(&json, diff);
    } else {
        kf_json_key(&json, "summary");
        kf_json_null(&json);
    }
    kf_json_close(&json);
    kf_json_finish(&json);
}
