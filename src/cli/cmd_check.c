/* kontrafakt check FILE...: each file's part of the report is made as soon as it is
 * checked, so that neither files nor reports pile up. */
#include "cli.h"
#include "run_files.h"
#include "spool.h"

#include <stdlib.h>

/* Bytes of the spool that tell a file's own rules. */
typedef struct {
    uint64_t from, to;
} OwnRules;

typedef struct {
    const CliOptions *options;
    const KfRuleSet *rules;
    const KfReportFormat *format;
    KfReportOptions shown;
    KfReportSum sum;
    CliSpool spool; /* of a report whose head comes last */
    OwnRules *own;  /* a file each */
    size_t taken;
    bool begun;   /* some part has had something to say */
    bool is_mute; /* the output cannot be written */
    int status;
} Check;

/* What became of one file. */
typedef struct {
    KfReportPart part;
    KfError error;
    int status;
} Checked;

static bool found_something(const CliAudit *audit, KfSeverity fail_on)
{
    for (size_t i = 0; audit->is_read && i < audit->audit.finding_count; i++) {
        if (audit->audit.findings[i].severity >= fail_on)
            return true;
    }
    return false;
}

/* ---- a file ---------------------------------------------------------------- */

static void check_file(void *result, size_t index, void *ctx)
{
    const Check *check = ctx;
    const CliOptions *options = check->options;
    Checked *out = result;
    CliAudit audit;
    KfFileReport told;

    if (!cli_audit_read(&audit, options->operands[index], options, check->rules))
        out->status = CLI_FAILED;
    else if (found_something(&audit, options->fail_on))
        out->status = CLI_FOUND;
    out->error = audit.error;
    told = cli_file_report(&audit);
    check->format->part(&out->part, &told, &check->shown);
    cli_audit_close(&audit);
}

static void drop_checked(void *result)
{
    Checked *checked = result;

    kf_buf_free(&checked->part.body);
    kf_buf_free(&checked->part.sum.last);
}

static void spool_part(Check *check, size_t index, const KfReportPart *part)
{
    if (index)
        cli_spool_put(&check->spool, kf_text(check->format->between));
    check->own[index].from = check->spool.len + part->own_from;
    check->own[index].to = check->spool.len + part->own_to;
    cli_spool_put(&check->spool, kf_buf_view(&part->body));
    check->spool.bad |= part->body.bad;
}

/* A part that has nothing to say is not set apart either. */
static bool write_part(Check *check, KfBuf *body)
{
    KfBuf between = { 0 };
    bool ok;

    if (check->begun && body->len)
        kf_buf_str(&between, check->format->between);
    check->begun |= body->len > 0;
    ok = cli_write(&between, check->options->lang) && cli_write(body, check->options->lang);
    kf_buf_free(&between);
    return ok;
}

/* One bad file never stops the others. */
static bool take_checked(void *result, size_t index, void *ctx)
{
    Checked *checked = result;
    Check *check = ctx;
    const CliOptions *options = check->options;

    cli_show_progress(index, options->operand_count, options->operands[index]);
    check->taken = index + 1;
    kf_report_sum_add(&check->sum, &checked->part.sum);
    if (checked->error.status != KF_OK)
        cli_complain_error(&checked->error, options->operands[index], options->lang);
    if (checked->status > check->status)
        check->status = checked->status;
    if (check->format->head_last) {
        spool_part(check, index, &checked->part);
        return true;
    }
    check->is_mute = !write_part(check, &checked->part.body);
    return !check->is_mute;
}

/* ---- the report ------------------------------------------------------------ */

static bool put_spooled(Check *check)
{
    KfLang lang = check->options->lang;
    uint64_t from = 0;

    for (size_t i = 0; i < check->taken && !check->sum.rules_differ; i++) {
        if (!cli_spool_write(&check->spool, from, check->own[i].from, lang))
            return false;
        from = check->own[i].to;
    }
    return cli_spool_write(&check->spool, from, check->spool.len, lang);
}

/* The head of a report that begins with it, or all that stands around the parts. */
static bool put_frame(Check *check, bool at_end)
{
    const KfReportFormat *format = check->format;
    KfLang lang = check->options->lang;
    KfBuf head = { 0 }, tail = { 0 };
    bool ok = true;

    format->frame(&head, &tail, &check->sum, &check->shown);
    head.bad |= check->sum.last.bad;
    tail.bad |= check->sum.last.bad;
    if (at_end == format->head_last)
        ok = cli_write(&head, lang);
    if (ok && at_end && format->head_last)
        ok = put_spooled(check);
    if (ok && at_end)
        ok = cli_write(&tail, lang);
    kf_buf_free(&head);
    kf_buf_free(&tail);
    return ok;
}

static int run(Check *check)
{
    const CliOptions *options = check->options;
    const CliRun files = {
        .count = options->operand_count,
        .jobs = options->jobs,
        .size = sizeof(Checked),
        .ctx = check,
        .work = check_file,
        .take = take_checked,
        .drop = drop_checked,
    };

    if (!put_frame(check, false))
        return CLI_FAILED;
    if (!check->own || !cli_run_files(&files)) {
        cli_complain_error(&(KfError){ KF_NO_MEMORY, "", "" }, options->operands[0], options->lang);
        return CLI_FAILED;
    }
    cli_show_progress(0, options->operand_count, NULL);
    if (check->is_mute || !put_frame(check, true))
        return CLI_FAILED;
    if (check->taken < options->operand_count)
        return cli_tell_interrupted(options, check->taken, options->operand_count);
    return check->status;
}

int cli_check(const CliOptions *options)
{
    static const KfReportFormat *const formats[] = {
        [CLI_AS_TEXT] = &kf_check_as_text,   [CLI_AS_JSON] = &kf_check_as_json,
        [CLI_AS_CSV] = &kf_check_as_csv,     [CLI_AS_HTML] = &kf_check_as_html,
        [CLI_AS_SARIF] = &kf_check_as_sarif, [CLI_AS_JUNIT] = &kf_check_as_junit,
    };
    Check check = { .options = options, .format = formats[options->format] };
    KfRuleSet *rules;
    int status;

    if (options->operand_count == 0)
        return cli_usage_error(options, CLI_NO_FILE, NULL, 0);
    if (!cli_rules_load(&rules, options))
        return CLI_FAILED;
    check.rules = rules;
    check.shown = cli_report_options(options, rules);
    check.own = calloc(options->operand_count, sizeof *check.own);
    status = run(&check);
    free(check.own);
    cli_spool_free(&check.spool);
    kf_buf_free(&check.sum.last);
    kf_ruleset_destroy(rules);
    return status;
}
