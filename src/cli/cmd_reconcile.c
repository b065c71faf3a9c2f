/* kontrafakt reconcile FILE...|FOLDER */
#include "cli.h"
#include "paths.h"
#include "run_files.h"

#include <stdlib.h>

typedef struct {
    const CliOptions *options;
    const KfRuleSet *rules;
    KfArena arena; /* of the digests */
    CliPaths paths;
    KfFileDigest *files;
    KfFile *published;
    KfReconciliation result;
    const CliAudit *audit; /* of the file at hand */
    size_t at;
    bool failed; /* a file that was named could not be used */
    KfStatus status;
} Run;

/* ---- files ------------------------------------------------------------------ */

static void audit_file(void *result, size_t index, void *ctx)
{
    const Run *run = ctx;

    cli_audit_read(result, run->paths.items[index].path, run->options, run->rules);
}

static void close_file(void *result)
{
    cli_audit_close(result);
}

static KfStatus plan_and_digest(void *ctx)
{
    Run *run = ctx;
    KfFixPlan plan;

    kf_fix_plan(kf_file_arena(run->audit->file), &run->audit->audit, &plan);
    kf_digest_file(&run->arena, &run->audit->audit, &plan, kf_text(run->audit->path),
                   kf_file_sha256(run->audit->file), &run->files[run->at]);
    return KF_OK;
}

/* The plan dies with its file, the digest lives on. */
static KfStatus digest_within_file(void *ctx)
{
    Run *run = ctx;

    return kf_arena_run(kf_file_arena(run->audit->file), plan_and_digest, run);
}

static KfStatus digest_failure(void *ctx)
{
    Run *run = ctx;

    kf_digest_failure(&run->arena, kf_text(run->audit->path), &run->audit->error,
                      &run->files[run->at]);
    return KF_OK;
}

/* One bad file never stops the others. */
static bool take_file(void *result, size_t index, void *ctx)
{
    Run *run = ctx;
    const CliAudit *audit = result;
    const CliPath *path = &run->paths.items[index];

    cli_show_progress(index, run->paths.count, path->path);
    run->audit = audit;
    run->at = index;
    if (audit->error.status != KF_OK && !path->from_folder) {
        cli_complain_error(&audit->error, path->path, run->options->lang);
        run->failed = true;
    }
    run->status =
        kf_arena_run(&run->arena, audit->is_read ? digest_within_file : digest_failure, run);
    return run->status == KF_OK;
}

static KfStatus make_room(void *ctx)
{
    Run *run = ctx;

    run->files = kf_arena_array(&run->arena, run->paths.count, sizeof *run->files);
    return KF_OK;
}

/* ---- all of them ------------------------------------------------------------ */

static KfStatus put_together(void *ctx)
{
    Run *run = ctx;
    const KfReconcileOptions wanted = {
        .group_by = run->options->group_by,
        .case_cost = run->options->case_cost,
        .against = run->published ? kf_file_book(run->published) : NULL,
    };

    kf_reconcile(&run->arena, run->files, run->paths.count, &wanted, &run->result);
    return KF_OK;
}

static bool read_published(Run *run)
{
    KfError error;

    if (!run->options->against
        || kf_file_open(&run->published, run->options->against, &error) == KF_OK)
        return true;
    cli_complain_error(&error, run->options->against, run->options->lang);
    return false;
}

static bool has_findings(const Run *run)
{
    for (size_t i = 0; i < run->result.file_count; i++) {
        const KfFileDigest *file = &run->result.files[i];

        for (int s = run->options->fail_on; s < KF_SEVERITY_COUNT; s++) {
            if (file->use == KF_FILE_USED && file->found[s])
                return true;
        }
    }
    for (size_t i = 0; i < run->result.published_count; i++) {
        if (run->result.published[i].agreement >= KF_AGREES_CORRECTED)
            return true;
    }
    return run->result.unread_rows > 0;
}

static int report(Run *run)
{
    static void (*const print[])(KfBuf *, const KfReconciliation *, const KfReportOptions *) = {
        [CLI_AS_TEXT] = kf_report_reconcile_text,
        [CLI_AS_JSON] = kf_report_reconcile_json,
        [CLI_AS_CSV] = kf_report_reconcile_csv,
        [CLI_AS_HTML] = kf_report_reconcile_html,
    };
    const KfReportOptions shown = cli_report_options(run->options, run->rules);
    int status = has_findings(run) ? CLI_FOUND : CLI_OK;
    KfBuf out = { 0 };

    if (run->failed || run->result.all.citizens == 0)
        status = CLI_FAILED;
    print[run->options->format](&out, &run->result, &shown);
    return cli_finish(&out, status, run->options->lang);
}

static KfStatus take_files(Run *run)
{
    const CliRun work = {
        .count = run->paths.count,
        .jobs = run->options->jobs,
        .size = sizeof(CliAudit),
        .ctx = run,
        .work = audit_file,
        .take = take_file,
        .drop = close_file,
    };

    run->status = run->paths.bad ? KF_NO_MEMORY : KF_OK;
    if (run->status == KF_OK)
        run->status = kf_arena_run(&run->arena, make_room, run);
    if (run->status == KF_OK && !cli_run_files(&work))
        run->status = KF_NO_MEMORY;
    cli_show_progress(0, run->paths.count, NULL);
    return run->status == KF_OK ? kf_arena_run(&run->arena, put_together, run) : run->status;
}

static int reconcile(Run *run)
{
    if (!read_published(run))
        return CLI_FAILED;
    for (size_t i = 0; i < run->options->operand_count; i++)
        cli_paths_add(&run->paths, run->options->operands[i]);
    if (take_files(run) == KF_OK)
        return report(run);
    cli_complain_error(&(KfError){ KF_NO_MEMORY, "", "" }, run->options->operands[0],
                       run->options->lang);
    return CLI_FAILED;
}

int cli_reconcile(const CliOptions *options)
{
    Run run = { .options = options };
    KfRuleSet *rules;
    int status;

    if (options->operand_count == 0)
        return cli_usage_error(options, CLI_NO_FILE, NULL, 0);
    if (!cli_rules_load(&rules, options))
        return CLI_FAILED;
    run.rules = rules;
    kf_arena_init(&run.arena);
    status = reconcile(&run);
    kf_file_close(run.published);
    cli_paths_free(&run.paths);
    kf_arena_finish(&run.arena);
    kf_ruleset_destroy(rules);
    return status;
}
