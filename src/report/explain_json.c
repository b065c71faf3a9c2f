/* explain --format json. Keys are published: added to, never changed. */
#include "report/json_writer.h"

static void put_text(KfJson *json, const char *key, KfText text)
{
    kf_json_key(json, key);
    kf_json_text_or_null(json, text);
}

static void put_payer(KfJson *json, int payer)
{
    put_text(json, "payer", kf_text(payer < 0 ? NULL : kf_payer_key((KfPayer)payer)));
}

static void put_cell(KfJson *json, const KfAudit *audit, KfRef ref)
{
    put_text(json, "sheet", kf_sheet_name(audit, ref));
    kf_json_key(json, "cell");
    kf_json_cellref(json, ref);
}

/* What a tier or a reading multiplies, where it has it. */
static void put_factors(KfJson *json, const KfStep *step)
{
    enum { NANO_A_HUNDREDTH = 10000000, HUNDREDTHS_A_HALF = 50 };
    int64_t weeks = step->nanoweeks / NANO_A_HUNDREDTH;

    weeks += step->nanoweeks % NANO_A_HUNDREDTH >= NANO_A_HUNDREDTH / 2;
    if (step->kind == KF_STEP_TIER || step->kind == KF_STEP_WEEKS) {
        kf_json_key(json, "weeks");
        kf_json_amount(json, weeks);
    }
    if (step->kind == KF_STEP_READING) {
        kf_json_key(json, "units");
        kf_json_amount(json, step->halves * HUNDREDTHS_A_HALF);
    }
    if (step->price) {
        kf_json_key(json, "price");
        kf_json_amount(json, step->price);
    }
    if (step->share_bp >= 0) {
        kf_json_key(json, "share");
        kf_json_amount(json, step->share_bp);
    }
}

static void put_step(KfJson *json, const KfAudit *audit, const KfStep *step, KfLang lang)
{
    kf_json_open(json);
    put_text(json, "kind", kf_text(kf_step_key(step->kind)));
    if (step->has_cell) {
        put_cell(json, audit, step->cell);
        put_text(json, "label", step->label);
    }
    if (step->payer >= 0)
        put_payer(json, step->payer);
    put_factors(json, step);
    kf_json_key(json, "amount");
    kf_json_value(json, step->amount);
    if (step->is_range) {
        kf_json_key(json, "range");
        kf_json_open_array(json);
        kf_json_amount(json, step->range.lo);
        kf_json_amount(json, step->range.hi);
        kf_json_close_array(json);
    }
    put_text(json, "text", step->text[lang]);
    kf_json_close(json);
}

static void put_values(KfJson *json, const KfExplained *cell)
{
    kf_json_key(json, "stands");
    kf_json_value(json, cell->stands);
    kf_json_key(json, "expected");
    kf_json_value(json, cell->expected);
    kf_json_key(json, "difference");
    if (cell->stands.kind == KF_VALUE_AMOUNT && cell->expected.kind == KF_VALUE_AMOUNT)
        kf_json_amount(json, cell->expected.amount - cell->stands.amount);
    else
        kf_json_null(json);
}

static void put_explained(KfJson *json, const KfAudit *audit, const KfExplained *cell, KfLang lang)
{
    put_cell(json, audit, cell->ref);
    put_text(json, "kind", kf_text(kf_explain_key(cell->kind)));
    put_text(json, "citizen", kf_citizen(audit, cell->case_index));
    put_text(json, "course",
             kf_text(cell->case_index == KF_NO_INDEX ? NULL : kf_course_key(cell->course)));
    put_text(json, "period", cell->period);
    put_payer(json, cell->payer);
    put_text(json, "label", cell->label);
    put_text(json, "formula", cell->formula);
    put_values(json, cell);
    kf_json_key(json, "steps");
    kf_json_open_list(json, cell->step_count);
    for (size_t i = 0; i < cell->step_count; i++)
        put_step(json, audit, &cell->steps[i], lang);
    kf_json_close_list(json);
    kf_json_key(json, "findings");
    kf_json_open_list(json, cell->finding_count);
    for (size_t i = 0; i < cell->finding_count; i++)
        kf_json_finding(json, audit, cell->findings[i], lang);
    kf_json_close_list(json);
}

void kf_report_explain_json(KfBuf *out, const KfExplainReport *report,
                            const KfReportOptions *options)
{
    KfJson json;

    kf_json_init(&json, out);
    kf_json_open(&json);
    put_text(&json, "schema", KF_TEXT("kontrafakt/explain/1"));
    put_text(&json, "version", kf_text(kf_version()));
    put_text(&json, "path", report->file.path);
    kf_json_key(&json, "sha256");
    kf_json_sha256(&json, report->file.sha256);
    kf_json_key(&json, "rules");
    kf_json_rules(&json, report->file.audit, options->rules_name);
    put_text(&json, "asked", report->asked);
    put_text(&json, "error", report->explained ? KF_TEXT("") : report->problem);
    if (report->explained)
        put_explained(&json, report->file.audit, report->explained, options->lang);
    kf_json_close(&json);
    kf_json_finish(&json);
}
