/* kontrafakt reconcile FILE...|FOLDER [-o OUT] */
#include "cli.h"
#include "paths.h"
#include "run_files.h"

#include <stdlib.h>

typedef struct {
    const CliOptions *options;
    const KfRuleSet *rules;
    CliFormat format;
    KfArena arena; /* of the digests */
    CliPaths paths;
    KfFileDigest *files;
    KfFile *published;
    KfReconciliation result;
    const CliAudit *audit; /* of the file at hand */
    size_t at, taken;
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
    const KfAudit *audit = &run->audit->audit;
    KfArena *arena = kf_file_arena(run->audit->file);
    const KfCheckOptions options = cli_check_options(run->options, run->rules, run->audit->path);
    KfFixPlan plan, accepted;
    KfAudit settled;
    KfDigestInput input = { .audit = audit,
                            .plan = &plan,
                            .settled = audit,
                            .accepted = &plan,
                            .parts = kf_item_parts(arena, audit),
                            .path = kf_text(run->audit->path),
                            .sha256 = kf_file_sha256(run->audit->file) };

    kf_fix_plan(arena, audit, &plan);
    if (kf_has_proposed_amounts(audit)) {
        kf_fix_settle(arena, audit, &options, &(KfFixChoice){ .all_proposals = true }, &settled);
        kf_fix_plan(arena, &settled, &accepted);
        input.settled = &settled;
        input.accepted = &accepted;
    }
    kf_digest_file(&run->arena, &input, &run->files[run->at]);
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

/* A folder may hold files that are no workbooks of cases; that one cannot be read at all is
 * told even so, for its cases would be missing from every sum. */
static bool is_missed(const CliPath *path, KfStatus status)
{
    return status != KF_OK
           && (!path->from_folder || status == KF_NO_MEMORY || status == KF_FILE_UNREADABLE
               || status == KF_FILE_MISSING);
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
    run->taken = index + 1;
    if (is_missed(path, audit->error.status)) {
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

/* ---- the report --------------------------------------------------------------- */

/* What a name ends with says the form, unless one was asked for. */
static CliFormat format_of(const CliOptions *options)
{
    static const struct {
        KfText end;
        CliFormat format;
    } ends[] = {
        { { ".xlsx", 5 }, CLI_AS_XLSX },
        { { ".html", 5 }, CLI_AS_HTML },
        { { ".json", 5 }, CLI_AS_JSON },
        { { ".csv", 4 }, CLI_AS_CSV },
    };

    for (size_t i = 0; options->output && !options->has_format && i < 4; i++) {
        if (kf_text_ends(kf_text(options->output), ends[i].end))
            return ends[i].format;
    }
    return options->format;
}

static int say_written(const Run *run, int status)
{
    KfBuf out = { 0 }, path = { 0 };

    kf_buf_masked(&path, kf_text(run->options->output));
    kf_buf_char(&path, '\0');
    out.bad = path.bad;
    if (!path.bad)
        cli_say(&out, CLI_REPORT_WRITTEN, run->options->lang, (const char *[]){ path.ptr }, 1);
    kf_buf_char(&out, '\n');
    kf_buf_free(&path);
    return cli_finish(&out, status, run->options->lang);
}

static int tell_of(const Run *run, KfStatus written, const KfError *error, int status)
{
    if (written == KF_OK)
        return say_written(run, status);
    cli_complain_error(error, run->options->output, run->options->lang);
    return CLI_FAILED;
}

static KfStatus fill_workbook(void *ctx, const char *path, KfError *err)
{
    const Run *run = ctx;
    const KfReportOptions shown = cli_report_options(run->options, run->rules);

    return cli_made_whole(kf_report_reconcile_xlsx(path, &run->result, &shown, err), path, err);
}

static int write_workbook(Run *run, int status)
{
    KfError error = { .status = KF_OK };
    CliHold hold = cli_interrupt_hold(CLI_HOLD_WRITE);
    KfStatus written =
        kf_file_make(run->options->output, run->options->force, fill_workbook, run, &error);

    cli_interrupt_written(run->options, hold, run->options->output);
    return tell_of(run, written, &error, status);
}

static int write_report(const Run *run, KfBuf *out, int status)
{
    KfError error = { .status = KF_OK };
    KfStatus written = KF_NO_MEMORY;

    CliHold hold = cli_interrupt_hold(CLI_HOLD_WRITE);

    if (out->bad)
        error.status = KF_NO_MEMORY;
    else
        written = kf_file_put(kf_buf_view(out), run->options->output, run->options->force, &error);
    cli_interrupt_written(run->options, hold, run->options->output);
    kf_buf_free(out);
    return tell_of(run, written, &error, status);
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
    if (run->format == CLI_AS_XLSX)
        return write_workbook(run, status);
    print[run->format](&out, &run->result, &shown);
    return run->options->output ? write_report(run, &out, status)
                                : cli_finish(&out, status, run->options->lang);
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
        return run->taken < run->paths.count
                   ? cli_tell_interrupted(run->options, run->taken, run->paths.count)
                   : report(run);
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
    run.format = format_of(options);
    if (run.format == CLI_AS_XLSX && !options->output)
        return cli_usage_error(options, CLI_NEEDS_OUTPUT, NULL, 0);
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
