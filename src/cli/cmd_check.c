/* kontrafakt check FILE... */
#include "cli.h"

#include <stdlib.h>

typedef struct {
    CliAudit *audits;
    KfFileReport *files;
    size_t count;
} Batch;

static void finish(Batch *batch)
{
    for (size_t i = 0; batch->audits && i < batch->count; i++)
        cli_audit_close(&batch->audits[i]);
    free(batch->audits);
    free(batch->files);
}

static bool init(Batch *batch, size_t count)
{
    *batch = (Batch){ .count = count };
    batch->audits = calloc(count, sizeof *batch->audits);
    batch->files = calloc(count, sizeof *batch->files);
    return batch->audits && batch->files;
}

static bool found_something(const CliAudit *audit, KfSeverity fail_on)
{
    for (size_t i = 0; audit->is_read && i < audit->audit.finding_count; i++) {
        if (audit->audit.findings[i].severity >= fail_on)
            return true;
    }
    return false;
}

/* One bad file never stops the others. */
static int check_files(Batch *batch, const CliOptions *options, const KfRuleSet *rules)
{
    int status = CLI_OK;

    for (size_t i = 0; i < batch->count; i++) {
        CliAudit *audit = &batch->audits[i];
        bool done;

        cli_show_progress(i, batch->count, options->operands[i]);
        done = cli_audit_open(audit, options->operands[i], options, rules);
        batch->files[i] = cli_file_report(audit);
        if (!done)
            status = CLI_FAILED;
        else if (status == CLI_OK && found_something(audit, options->fail_on))
            status = CLI_FOUND;
    }
    cli_show_progress(0, batch->count, NULL);
    return status;
}

static int report(const Batch *batch, const CliOptions *options, const KfRuleSet *rules, int status)
{
    static void (*const print[])(KfBuf *, const KfFileReport *, size_t, const KfReportOptions *) = {
        [CLI_AS_TEXT] = kf_report_check_text,
        [CLI_AS_JSON] = kf_report_check_json,
        [CLI_AS_CSV] = kf_report_check_csv,
    };
    const KfReportOptions shown = cli_report_options(options, rules);
    KfBuf out = { 0 };

    print[options->format](&out, batch->files, batch->count, &shown);
    return cli_finish(&out, status, options->lang);
}

int cli_check(const CliOptions *options)
{
    KfRuleSet *rules;
    Batch batch;
    int status = CLI_FAILED;

    if (options->operand_count == 0)
        return cli_usage_error(options, CLI_NO_FILE, NULL, 0);
    if (!cli_rules_load(&rules, options))
        return CLI_FAILED;
    if (init(&batch, options->operand_count)) {
        status = check_files(&batch, options, rules);
        status = report(&batch, options, rules, status);
    } else {
        cli_complain_error(&(KfError){ KF_NO_MEMORY, "", "" }, options->operands[0], options->lang);
    }
    finish(&batch);
    kf_ruleset_destroy(rules);
    return status;
}
