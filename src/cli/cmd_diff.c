/* kontrafakt diff BEFORE AFTER */
#include "cli.h"

/* One of the two workbooks. */
typedef struct {
    const CliOptions *options;
    const char *path;
    KfFile *file;
    const KfBook *book; /* as it is told of */
    KfModel model;
    KfError error;
    bool is_read;
} Side;

typedef struct {
    Side before, after;
    KfDiffOptions options;
    KfDiff diff;
} Diff;

static KfStatus read_model(void *ctx)
{
    Side *side = ctx;

    side->book = kf_file_book(side->file);
    kf_model_read(kf_file_arena(side->file), side->book, &side->model);
    if (side->options->redact)
        kf_redact_model(kf_file_arena(side->file), &side->options->redact_key, &side->model,
                        &side->book);
    return KF_OK;
}

static KfStatus compare(void *ctx)
{
    Diff *diff = ctx;
    KfDiffSide before = { diff->before.book, &diff->before.model };
    KfDiffSide after = { diff->after.book, &diff->after.model };

    kf_diff(kf_file_arena(diff->after.file), before, after, &diff->options, &diff->diff);
    return KF_OK;
}

/* What goes wrong is told on stderr. */
static bool open_side(Side *side, const char *path, const CliOptions *options)
{
    KfStatus status;

    side->path = path;
    side->options = options;
    status = kf_file_open_within(&side->file, path, &options->limits, &side->error);
    if (status == KF_OK)
        status = kf_arena_run(kf_file_arena(side->file), read_model, side);
    if (status == KF_NO_MEMORY)
        kf_fail(&side->error, status, KF_TEXT(""), KF_TEXT(""));
    side->is_read = status == KF_OK;
    if (!side->is_read)
        cli_complain_error(&side->error, path, options->lang);
    return side->is_read;
}

static KfFileReport side_report(const Side *side)
{
    return (KfFileReport){
        .path = kf_text(side->path),
        .sha256 = side->file ? kf_file_sha256(side->file) : KF_TEXT(""),
        .error = side->is_read ? NULL : &side->error,
    };
}

static int report(const Diff *diff, const CliOptions *options, bool compared)
{
    static void (*const print[])(KfBuf *, const KfDiffReport *, const KfReportOptions *) = {
        [CLI_AS_TEXT] = kf_report_diff_text,
        [CLI_AS_JSON] = kf_report_diff_json,
        [CLI_AS_CSV] = kf_report_diff_csv,
        [CLI_AS_HTML] = kf_report_diff_html,
    };
    const KfReportOptions shown = { .lang = options->lang, .quiet = options->quiet };
    const KfDiffReport told = { side_report(&diff->before), side_report(&diff->after),
                                compared ? &diff->diff : NULL };
    int status = compared ? diff->diff.count ? CLI_FOUND : CLI_OK : CLI_FAILED;
    KfBuf out = { 0 };

    if (compared || options->format == CLI_AS_JSON || options->format == CLI_AS_HTML)
        print[options->format](&out, &told, &shown);
    return cli_finish(&out, status, options->lang);
}

int cli_diff(const CliOptions *options)
{
    Diff diff = { .options = { options->tolerance } };
    bool compared;
    int status;

    if (options->operand_count != 2)
        return cli_usage_error(options, CLI_TWO_FILES, NULL, 0);
    compared = open_side(&diff.before, options->operands[0], options);
    /* Both are tried, so that both complaints are heard. */
    compared = open_side(&diff.after, options->operands[1], options) && compared;
    if (compared && kf_arena_run(kf_file_arena(diff.after.file), compare, &diff) != KF_OK) {
        kf_fail(&diff.after.error, KF_NO_MEMORY, KF_TEXT(""), KF_TEXT(""));
        cli_complain_error(&diff.after.error, diff.after.path, options->lang);
        diff.after.is_read = compared = false;
    }
    status = report(&diff, options, compared);
    kf_file_close(diff.before.file);
    kf_file_close(diff.after.file);
    return status;
}
