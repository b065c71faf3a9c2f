/* The parts that check and fix share: rules and findings. */
#include "report/json_writer.h"

/* Whether nothing tells of the date, which law, and how many amounts fit the rates of which year. */
static void put_evidence(KfJson *json, const KfAudit *audit)
{
    kf_json_key(json, "assumed");
    kf_json_bool(json, audit->as_of_source > KF_AS_OF_RATES);
    kf_json_key(json, "law");
    kf_json_text(json, audit->law == KF_LAW_IN_FORCE ? KF_TEXT("in-force") : KF_TEXT("as-of"));
    kf_json_key(json, "amounts_tried");
    kf_json_int(json, (int64_t)audit->rates_tried);
    kf_json_key(json, "years");
    kf_json_spread(json, false);
    kf_json_open_array(json);
    for (size_t i = 0; i < audit->year_count; i++) {
        kf_json_open(json);
        kf_json_key(json, "year");
        kf_json_int(json, audit->years[i].year);
        kf_json_key(json, "fitting");
        kf_json_int(json, (int64_t)audit->years[i].fitting);
        kf_json_close(json);
    }
    kf_json_close_array(json);
    kf_json_spread(json, true);
}

void kf_json_rules(KfJson *json, const KfAudit *audit, KfText name)
{
    static const char *const sources[] = {
        [KF_AS_OF_OPTION] = "option", [KF_AS_OF_WORKBOOK] = "workbook", [KF_AS_OF_RATES] = "rates",
        [KF_AS_OF_SPLITS] = "rates",  [KF_AS_OF_UNKNOWN] = "rates",
    };
    bool dated = audit && audit->as_of != KF_DATE_NONE;

    kf_json_open(json);
    kf_json_key(json, "name");
    kf_json_text_or_null(json, audit ? audit->rules_name : name);
    kf_json_key(json, "as_of");
    kf_json_date(json, dated ? audit->as_of : KF_DATE_NONE);
    kf_json_key(json, "as_of_source");
    kf_json_text_or_null(json, kf_text(dated ? sources[audit->as_of_source] : ""));
    if (dated)
        put_evidence(json, audit);
    kf_json_close(json);
}

static void put_place(KfJson *json, const KfAudit *audit, KfRef ref)
{
    kf_json_key(json, "sheet");
    kf_json_text_or_null(json, kf_sheet_name(audit, ref));
    kf_json_key(json, "cell");
    kf_json_cellref(json, ref);
}

/* Where a finding without a cell belongs is told by its course. */
static void put_no_place(KfJson *json, const KfAudit *audit, const KfFinding *finding)
{
    KfText sheet = KF_TEXT("");

    if (finding->case_index < audit->model.case_count && finding->course >= 0)
        sheet = audit->model.cases[finding->case_index].courses[finding->course].sheet_name;
    kf_json_key(json, "sheet");
    kf_json_text_or_null(json, sheet);
    kf_json_key(json, "cell");
    kf_json_null(json);
}

static void put_values(KfJson *json, KfValue found, KfValue expected)
{
    kf_json_key(json, "found");
    kf_json_value(json, found);
    kf_json_key(json, "expected");
    kf_json_value(json, expected);
}

static void put_difference(KfJson *json, const KfFinding *finding)
{
    kf_json_key(json, "difference");
    if (finding->found.kind == KF_VALUE_AMOUNT && finding->expected.kind == KF_VALUE_AMOUNT)
        kf_json_amount(json, finding->expected.amount - finding->found.amount);
    else
        kf_json_null(json);
}

static void put_alternatives(KfJson *json, const KfAudit *audit, const KfFinding *finding)
{
    if (finding->alternative_count == 0)
        return;
    kf_json_key(json, "alternatives");
    kf_json_open_array(json);
    for (size_t i = 0; i < finding->alternative_count; i++) {
        kf_json_open(json);
        put_place(json, audit, finding->alternatives[i].cell);
        put_values(json, finding->alternatives[i].found, finding->alternatives[i].expected);
        kf_json_close(json);
    }
    kf_json_close_array(json);
}

static void put_row(KfJson *json, const KfAudit *audit, const KfFinding *finding)
{
    KfText payer = KF_TEXT(""), course = KF_TEXT("");

    if (finding->payer != KF_PAYER_NONE)
        payer = kf_text(kf_payer_key((KfPayer)finding->payer));
    if (finding->course >= 0)
        course = kf_text(kf_course_key((KfCourseKind)finding->course));
    kf_json_key(json, "citizen");
    kf_json_text_or_null(json, kf_citizen(audit, finding->case_index));
    kf_json_key(json, "course");
    kf_json_text_or_null(json, course);
    kf_json_key(json, "period");
    kf_json_text_or_null(json, finding->period);
    kf_json_key(json, "payer");
    kf_json_text_or_null(json, payer);
    kf_json_key(json, "label");
    kf_json_text_or_null(json, finding->label);
}

void kf_json_finding(KfJson *json, const KfAudit *audit, const KfFinding *finding, KfLang lang)
{
    kf_json_open(json);
    kf_json_key(json, "id");
    kf_json_int(json, finding->id);
    kf_json_key(json, "code");
    kf_json_text(json, kf_text(kf_finding_code(finding->code)));
    kf_json_key(json, "severity");
    kf_json_text(json, kf_text(kf_severity_key(finding->severity)));
    if (finding->has_cell)
        put_place(json, audit, finding->cell);
    else
        put_no_place(json, audit, finding);
    put_row(json, audit, finding);
    put_values(json, finding->found, finding->expected);
    put_difference(json, finding);
    kf_json_key(json, "action");
    kf_json_text(json, kf_text(kf_action_key(finding->action)));
    if (finding->accepted) {
        kf_json_key(json, "accepted");
        kf_json_bool(json, true);
    }
    kf_json_key(json, "root");
    if (finding->root)
        kf_json_int(json, finding->root);
    else
        kf_json_null(json);
    put_alternatives(json, audit, finding);
    kf_json_key(json, "message");
    kf_json_text(json, finding->message[lang]);
    kf_json_key(json, "source");
    kf_json_text_or_null(json, finding->source);
    kf_json_close(json);
}

void kf_json_findings(KfJson *json, const KfAudit *audit, KfLang lang)
{
    kf_json_open_list(json, audit ? audit->finding_count : 0);
    for (size_t i = 0; audit && i < audit->finding_count; i++)
        kf_json_finding(json, audit, &audit->findings[i], lang);
    kf_json_close_list(json);
}
