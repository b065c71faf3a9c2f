/* fix --format json: schema kontrafakt/fix/1. */
#include "report/json_writer.h"
#include "report/verdict.h"

/* Leaves the object open. */
static void put_file(KfJson *json, const char *key, KfText path, KfText sha256)
{
    kf_json_key(json, key);
    kf_json_open(json);
    kf_json_key(json, "path");
    kf_json_text(json, path);
    kf_json_key(json, "sha256");
    kf_json_sha256(json, sha256);
}

static size_t count_parts(const KfFixReport *report, KfPartFate fate)
{
    size_t count = 0;

    for (size_t i = 0; i < report->part_count; i++)
        count += report->parts[i].fate == fate;
    return count;
}

/* Which parts of the workbook file the copy does not share with the input. */
static void put_parts(KfJson *json, const KfFixReport *report)
{
    for (int fate = KF_PART_CHANGED; fate <= KF_PART_REMOVED; fate++) {
        kf_json_key(json, kf_part_fate_key((KfPartFate)fate));
        kf_json_open_list(json, count_parts(report, (KfPartFate)fate));
        for (size_t i = 0; i < report->part_count; i++) {
            if (report->parts[i].fate == (KfPartFate)fate)
                kf_json_text(json, report->parts[i].name);
        }
        kf_json_close_list(json);
    }
    kf_json_key(json, "same");
    kf_json_int(json, (int64_t)report->same_parts);
}

static void put_files(KfJson *json, const KfFixReport *report)
{
    put_file(json, "input", report->input.path, report->input.sha256);
    kf_json_close(json);
    if (report->output_sha256.len) {
        put_file(json, "output", report->output_path, report->output_sha256);
        kf_json_key(json, "parts");
        kf_json_open(json);
        put_parts(json, report);
        kf_json_close(json);
        if (report->voids_signature) {
            kf_json_key(json, "voids_signature");
            kf_json_bool(json, true);
        }
        kf_json_close(json);
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
    KfText formula = kf_audit_finding(audit, change->finding)->expected_formula;

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
    if (formula.len) {
        kf_json_key(json, "formula");
        kf_json_text(json, formula);
    }
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

/* Formulas that depend on a change: how many got another cached value, and which ones the
 * spreadsheet program must calculate. */
static void put_dependants(KfJson *json, const KfAudit *audit, const KfEdits *edits)
{
    kf_json_key(json, "refreshed");
    kf_json_int(json, edits ? (int64_t)edits->refreshed_count : 0);
    kf_json_key(json, "not_refreshed");
    kf_json_open_list(json, edits ? edits->unknown_count : 0);
    for (size_t i = 0; edits && i < edits->unknown_count; i++) {
        kf_json_open(json);
        kf_json_key(json, "sheet");
        kf_json_text(json, kf_sheet_name(audit, edits->unknown[i]));
        kf_json_key(json, "cell");
        kf_json_cellref(json, edits->unknown[i]);
        kf_json_close(json);
    }
    kf_json_close_list(json);
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
    put_dependants(&json, report->input.audit, report->edits);
    kf_json_close(&json);
    kf_json_finish(&json);
}
