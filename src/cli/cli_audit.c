/* A file from its path to its audit, and the rules it is audited by. */
#include "cli.h"
#include "run_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A rule file is a table that a person keeps: this is a thousand times as much. */
enum { LARGEST_RULES = 16 << 20 };

static KfStatus read_rules(KfBuf *out, const char *path, KfError *err)
{
    FILE *file = fopen(path, "rb");
    char piece[4096];
    size_t len;
    KfStatus status = KF_OK;

    if (!file)
        return kf_fail(err, errno == ENOENT ? KF_FILE_MISSING : KF_FILE_UNREADABLE, KF_TEXT(""),
                       kf_text(strerror(errno)));
    while ((len = fread(piece, 1, sizeof piece, file)) > 0 && out->len <= LARGEST_RULES)
        kf_buf_bytes(out, piece, len);
    if (ferror(file))
        status = kf_fail(err, KF_FILE_UNREADABLE, KF_TEXT(""), kf_text(strerror(errno)));
    else if (out->bad)
        status = kf_fail(err, KF_NO_MEMORY, KF_TEXT(""), KF_TEXT(""));
    else if (out->len > LARGEST_RULES)
        status = kf_fail(err, KF_LIMIT, kf_text(path), KF_TEXT("16 MB"));
    fclose(file);
    return status;
}

static KfStatus add_rules(KfRuleSet *rules, const char *path, KfError *err)
{
    KfBuf bytes = { 0 };
    KfStatus status = read_rules(&bytes, path, err);

    if (status == KF_OK)
        status = kf_ruleset_add_csv(rules, kf_buf_view(&bytes), kf_text(cli_base_name(path)), err);
    kf_buf_free(&bytes);
    return status;
}

bool cli_rules_load(KfRuleSet **out, const CliOptions *options)
{
    KfError err = { KF_OK, "", "" };

    if (kf_ruleset_create(out, &err) != KF_OK) {
        cli_complain_error(&err, "kontrafakt", options->lang);
        return false;
    }
    for (size_t i = 0; i < options->rules_count; i++) {
        if (add_rules(*out, options->rules_paths[i], &err) == KF_OK)
            continue;
        cli_complain_error(&err, options->rules_paths[i], options->lang);
        kf_ruleset_destroy(*out);
        *out = NULL;
        return false;
    }
    return true;
}

/* ---- findings to pass over --------------------------------------------------- */

typedef struct {
    CliIgnores *out;
    KfError *error;
    KfDate today;
} IgnoresRun;

/* A run that must give the same bytes on another day says which day it is. */
static KfDate today(void)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    long long seconds = fixed ? strtoll(fixed, NULL, 10) : (long long)time(NULL);

    return (KfDate)(seconds / 86400);
}

static KfStatus read_ignores(void *ctx)
{
    IgnoresRun *run = ctx;

    return kf_ignores_read(kf_file_arena(run->out->file), kf_file_book(run->out->file), run->today,
                           &run->out->list, run->error);
}

static void tell_expired(const CliIgnores *ignores, const CliOptions *options)
{
    for (size_t i = 0; i < ignores->list.expired_count; i++) {
        KfBuf row = { 0 };

        kf_buf_uint_padded(&row, ignores->list.expired[i], 1);
        kf_buf_char(&row, '\0');
        cli_complain(options, CLI_IGNORE_EXPIRED,
                     (const char *[]){ options->ignore_path, row.bad ? "" : row.ptr }, 2);
        kf_buf_free(&row);
    }
}

bool cli_ignores_load(CliIgnores *out, CliOptions *options)
{
    KfError error = { KF_OK, "", "" };
    IgnoresRun run = { out, &error, today() };
    KfStatus status;

    *out = (CliIgnores){ 0 };
    if (!options->ignore_path)
        return true;
    status = kf_file_open(&out->file, options->ignore_path, &error);
    if (status == KF_OK)
        status = kf_arena_run(kf_file_arena(out->file), read_ignores, &run);
    if (status == KF_NO_MEMORY)
        kf_fail(&error, status, KF_TEXT(""), KF_TEXT(""));
    if (status != KF_OK) {
        cli_complain_error(&error, options->ignore_path, options->lang);
        return false;
    }
    options->ignores = &out->list;
    tell_expired(out, options);
    return true;
}

void cli_ignores_free(CliIgnores *ignores)
{
    kf_file_close(ignores->file);
}

/* ---- pseudonyms -------------------------------------------------------------- */

/* A secret of nobody's: this run's pseudonyms are joined with those of no other. */
static KfStatus read_random(KfBuf *out, KfError *err)
{
    FILE *file = fopen("/dev/urandom", "rb");
    char bytes[32];
    size_t len = file ? fread(bytes, 1, sizeof bytes, file) : 0;

    if (file)
        fclose(file);
    if (len < sizeof bytes)
        return kf_fail(err, KF_FILE_UNREADABLE, KF_TEXT(""), KF_TEXT("--redact-key FIL"));
    kf_buf_bytes(out, bytes, len);
    return KF_OK;
}

bool cli_redact_load(CliOptions *options)
{
    const char *path = options->redact_path;
    KfError error = { KF_OK, "", "" };
    KfBuf secret = { 0 };
    KfStatus status = KF_OK;

    if (!options->redact)
        return true;
    status = path ? read_rules(&secret, path, &error) : read_random(&secret, &error);
    if (status == KF_OK && secret.len < 16)
        status = kf_fail(&error, KF_FILE_UNREADABLE, KF_TEXT(""),
                         KF_TEXT("nøglen skal have mindst 16 tegn"));
    if (status == KF_OK)
        kf_redact_key(&options->redact_key, kf_buf_view(&secret));
    else
        cli_complain_error(&error, path ? path : "/dev/urandom", options->lang);
    kf_buf_free(&secret);
    return status == KF_OK;
}

typedef struct {
    CliAudit *audit;
    const CliOptions *options;
} Redacting;

static KfStatus redact(void *ctx)
{
    const Redacting *run = ctx;

    kf_redact_audit(kf_file_arena(run->audit->file), &run->options->redact_key, &run->audit->audit);
    return KF_OK;
}

KfStatus cli_redact(CliAudit *audit, const CliOptions *options)
{
    Redacting run = { audit, options };

    if (!options->redact || !audit->is_read)
        return KF_OK;
    return kf_arena_run(kf_file_arena(audit->file), redact, &run);
}

/* ---- audits ------------------------------------------------------------------ */

typedef struct {
    CliAudit *audit;
    KfCheckOptions options;
    KfDate what_if;
} AuditRun;

static KfStatus run_audit(void *ctx)
{
    AuditRun *run = ctx;
    KfFile *file = run->audit->file;

    kf_audit(kf_file_arena(file), kf_file_book(file), &run->options, &run->audit->audit);
    if (run->what_if != KF_DATE_NONE && !run->audit->audit.no_start.len) {
        kf_what_if(kf_file_arena(file), &run->audit->audit, run->what_if, &run->audit->what_if);
        run->audit->asks = true;
    }
    return KF_OK;
}

/* Several files go to a thread each; one is shared out. */
static unsigned threads_a_file(const CliOptions *options)
{
    const bool is_alone = options->operand_count == 1 && options->command->bit != CLI_RECONCILE;

    return is_alone ? cli_thread_count(options->jobs, SIZE_MAX) : 1;
}

KfCheckOptions cli_check_options(const CliOptions *options, const KfRuleSet *rules,
                                 const char *path)
{
    return (KfCheckOptions){ .rules = rules,
                             .as_of = options->as_of,
                             .law = options->law,
                             .start = options->start,
                             .tolerance = options->tolerance,
                             .ignores = options->ignores,
                             .threads = threads_a_file(options),
                             .file_name = kf_text(cli_base_name(path)) };
}

static KfStatus open_and_audit(CliAudit *out, const CliOptions *options, const KfRuleSet *rules)
{
    AuditRun run = { out, cli_check_options(options, rules, out->path), options->what_if };
    KfStatus (*open_file)(KfFile **, const char *, const KfLimits *, unsigned, KfError *) =
        options->command->bit == CLI_FIX ? kf_file_open_to_change : kf_file_open_by;
    KfStatus status =
        open_file(&out->file, out->path, &options->limits, run.options.threads, &out->error);

    if (status == KF_OK)
        status = kf_arena_run(kf_file_arena(out->file), run_audit, &run);
    if (status == KF_OK && out->audit.no_start.len)
        return kf_fail(&out->error, KF_NO_START, out->audit.no_start, KF_TEXT(""));
    if (status == KF_NO_MEMORY)
        kf_fail(&out->error, status, KF_TEXT(""), KF_TEXT(""));
    return status;
}

bool cli_audit_read(CliAudit *out, const char *path, const CliOptions *options,
                    const KfRuleSet *rules)
{
    memset(out, 0, sizeof *out);
    out->path = path;
    out->is_read = open_and_audit(out, options, rules) == KF_OK;
    if (out->is_read && options->command->bit != CLI_FIX && cli_redact(out, options) != KF_OK) {
        kf_fail(&out->error, KF_NO_MEMORY, KF_TEXT(""), KF_TEXT(""));
        out->is_read = false;
    }
    if (out->is_read)
        out->error.status = kf_model_status(&out->audit.model);
    return out->error.status == KF_OK;
}

bool cli_audit_open(CliAudit *out, const char *path, const CliOptions *options,
                    const KfRuleSet *rules)
{
    if (cli_audit_read(out, path, options, rules))
        return true;
    cli_complain_error(&out->error, path, options->lang);
    return false;
}

void cli_audit_close(CliAudit *audit)
{
    kf_file_close(audit->file);
    audit->file = NULL;
}

KfFileReport cli_file_report(const CliAudit *audit)
{
    return (KfFileReport){
        .path = kf_text(audit->path),
        .sha256 = audit->file ? kf_file_sha256(audit->file) : KF_TEXT(""),
        .audit = audit->is_read ? &audit->audit : NULL,
        .error = audit->is_read ? NULL : &audit->error,
        .what_if = audit->asks ? &audit->what_if : NULL,
    };
}

KfReportOptions cli_report_options(const CliOptions *options, const KfRuleSet *rules)
{
    return (KfReportOptions){
        .lang = options->lang,
        .color = cli_wants_color(options),
        .quiet = options->quiet,
        .what_if = options->what_if != KF_DATE_NONE,
        .least = options->fail_on < KF_WARNING ? options->fail_on : KF_WARNING,
        .rules_name = kf_ruleset_name(rules),
    };
}
