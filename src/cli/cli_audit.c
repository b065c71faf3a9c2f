/* A file from its path to its audit, and the rules it is audited by. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

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

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static KfStatus add_rules(KfRuleSet *rules, const char *path, KfError *err)
{
    KfBuf bytes = { 0 };
    KfStatus status = read_rules(&bytes, path, err);

    if (status == KF_OK)
        status = kf_ruleset_add_csv(rules, kf_buf_view(&bytes), kf_text(base_name(path)), err);
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
    if (!options->rules_path || add_rules(*out, options->rules_path, &err) == KF_OK)
        return true;
    cli_complain_error(&err, options->rules_path, options->lang);
    kf_ruleset_destroy(*out);
    *out = NULL;
    return false;
}

typedef struct {
    CliAudit *audit;
    KfCheckOptions options;
} AuditRun;

static KfStatus run_audit(void *ctx)
{
    AuditRun *run = ctx;
    KfFile *file = run->audit->file;

    kf_audit(kf_file_arena(file), kf_file_book(file), &run->options, &run->audit->audit);
    return KF_OK;
}

static KfStatus open_and_audit(CliAudit *out, const CliOptions *options, const KfRuleSet *rules)
{
    AuditRun run = { out,
                     { .rules = rules, .as_of = options->as_of, .tolerance = options->tolerance } };
    KfStatus status = kf_file_open(&out->file, out->path, &out->error);

    if (status == KF_OK)
        status = kf_arena_run(kf_file_arena(out->file), run_audit, &run);
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
    };
}

KfReportOptions cli_report_options(const CliOptions *options, const KfRuleSet *rules)
{
    return (KfReportOptions){
        .lang = options->lang,
        .color = cli_wants_color(options),
        .quiet = options->quiet,
        .least = options->fail_on < KF_WARNING ? options->fail_on : KF_WARNING,
        .rules_name = kf_ruleset_name(rules),
    };
}
