/* fix --format json: schema kontrafakt/fix/1. */
#include "report/json_writer.h"
#include "report/verdict.h"

static void put_file(KfJson *json, const char *key, KfText path, KfText sha256)
{
    kf_json_key(json, key);
    kf_json_open(json);
    kf_json_key(json, "path");
    kf_json_text(json, path);
    kf_json_key(json, "sha256");
    kf_json_sha256(json, sha256);
    kf_json_close(json);
}

static void put_files(KfJson *json, const KfFixReport *report)
{
    put_file(json, "input", report->input.path, report->input.sha256);
    if (report->output_sha256.len) {
        put_file(json, "output", report->output_path, report->output_sha256);
    } else {
        kf_json_key(json, "output");
        kf_json_null(json);
    }
}

/* What failed: reading the input, finding a case, or writing the output. */
static void put_error(KfJson *json, const KfFixReport *report, KfLang lang)
{
    const KfFileReport *input = &report->input;
    const KfError error = kf_file_error(input);
    KfVerdict verdict = kf_verdict(input, KF_WARNING);

    kf_json_key(json, "verdict");
    kf_json_text(json, kf_text(kf_verdict_key(verdict)));
    kf_json_key(json, "error");
    if (verdict == KF_NO_CASE_TABLE)
        kf_json_error(json, &error, input->path, lang);
    else if (input->error)
        kf_json_error(json, input->error, input->audit ? report->output_path : input->path, lang);
    else
        kf_json_null(json);
}

static void put_change(KfJson *json, const KfAudit *audit, const KfChange *change)
{
    kf_json_open(json);
    kf_json_key(json, "sheet");
    kf_json_text(json, kf_sheet_name(audit, change->cell));
    kf_json_key(json, "cell");
    kf_json_cellref(json, change->cell);
    kf_json_key(json, "before");
    kf_json_value(json, kf_audit_finding(audit, change->finding)->found);
    kf_json_key(json, "after");
    if (change->is_text)
        kf_json_text(json, change->after_text);
    else
        kf_json_amount(json, change->after);
    kf_json_key(json, "finding");
    kf_json_int(json, change->finding);
    kf_json_close(json);
}

static void put_effect(KfJson *json, const KfAudit *audit, const KfEffect *effect)
{
    kf_json_open(json);
    kf_json_key(json, "citizen");
    kf_json_text(json, kf_citizen(audit, effect->case_index));
    kf_json_key(json, "course");
    kf_json_text(json, kf_text(kf_course_key(effect->course)));
    kf_json_key(json, "payer");
    kf_json_text(json, kf_text(kf_payer_key(effect->payer)));
    kf_json_key(json, "before");
    kf_json_amount(json, effect->before);
    kf_json_key(json, "after");
    kf_json_amount(json, effect->after);
    kf_json_close(json);
}

static void put_plan(KfJson *json, const KfAudit *audit, const KfFixPlan *plan, KfLang lang)
{
    kf_json_key(json, "changes");
    kf_json_open_list(json, plan ? plan->change_count : 0);
    for (size_t i = 0; plan && i < plan->change_count; i++)
        put_change(json, audit, &plan->changes[i]);
    kf_json_close_list(json);
    kf_json_key(json, "findings");
    kf_json_findings(json, audit, lang);
    kf_json_key(json, "effect");
    kf_json_open_list(json, plan ? plan->effect_count : 0);
    for (size_t i = 0; plan && i < plan->effect_count; i++)
        put_effect(json, audit, &plan->effects[i]);
    kf_json_close_list(json);
}

void kf_report_fix_json(KfBuf *out, const KfFixReport *report, const KfReportOptions *options)
{
    KfJson json;

    kf_json_init(&json, out);
    kf_json_open(&json);
    kf_json_key(&json, "schema");
    kf_json_text(&json, KF_TEXT("kontrafakt/fix/1"));
    kf_json_key(&json, "version");
    kf_json_text(&json, kf_text(kf_version()));
    kf_json_key(&json, "rules");
    kf_json_rules(&json, report->input.audit, options->rules_name);
    put_files(&json, report);
    put_error(&json, report, options->lang);
    put_plan(&json, report->input.audit, report->plan, options->lang);
    kf_json_close(&json);
    kf_json_finish(&json);
}
