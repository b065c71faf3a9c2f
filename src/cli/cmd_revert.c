/* kontrafakt revert FIXED [-o OUT] */
#include "cli.h"

typedef struct {
    const CliOptions *options;
    const char *path;
    KfFile *file;
    KfEdits edits;
    KfText detail;
    bool found;
    KfBuf output; /* path, ended by NUL */
    KfWritten written;
    KfError error;
} Revert;

static KfStatus read_edits(void *ctx)
{
    Revert *revert = ctx;

    revert->found = kf_revert_edits(kf_file_arena(revert->file), kf_file_book(revert->file),
                                    &revert->edits, &revert->detail);
    return KF_OK;
}

/* Names OUT and writes it. */
static KfStatus write_back(Revert *revert)
{
    const CliOptions *options = revert->options;
    KfStatus status;
    CliHold hold;

    if (!options->force && kf_file_is_signed(revert->file))
        return kf_fail(&revert->error, KF_SIGNED, KF_TEXT(""), KF_TEXT(""));
    if (options->output) {
        kf_buf_str(&revert->output, options->output);
        kf_buf_char(&revert->output, '\0');
    } else {
        cli_name_beside(&revert->output, revert->path, "-oprindelig");
    }
    if (revert->output.bad)
        return kf_fail(&revert->error, KF_NO_MEMORY, KF_TEXT(""), KF_TEXT(""));
    hold = cli_interrupt_hold(CLI_HOLD_WRITE);
    status = kf_file_write(revert->file, &revert->edits, revert->output.ptr, options->force,
                           &revert->written, &revert->error);
    cli_interrupt_written(options, hold, revert->output.ptr);
    return status;
}

static KfStatus carry_out(Revert *revert)
{
    KfStatus status =
        kf_file_open_within(&revert->file, revert->path, &revert->options->limits, &revert->error);

    if (status != KF_OK)
        return status;
    if ((status = kf_arena_run(kf_file_arena(revert->file), read_edits, revert)) != KF_OK)
        return kf_fail(&revert->error, status, KF_TEXT(""), KF_TEXT(""));
    if (!revert->found)
        return kf_fail(&revert->error, KF_NO_ORIGINALS, KF_TEXT(""), revert->detail);
    return write_back(revert);
}

static int report(Revert *revert)
{
    KfBuf out = { 0 }, count = { 0 }, paths[2] = { { 0 }, { 0 } };

    kf_buf_int(&count, (int64_t)revert->edits.edit_count);
    kf_buf_char(&count, '\0');
    kf_buf_masked(&paths[0], kf_text(revert->path));
    kf_buf_char(&paths[0], '\0');
    kf_buf_masked(&paths[1], kf_text(revert->output.ptr));
    kf_buf_char(&paths[1], '\0');
    out.bad = count.bad || paths[0].bad || paths[1].bad;
    if (!out.bad) {
        cli_say(&out, CLI_REVERTED, revert->options->lang,
                (const char *[]){ paths[0].ptr, paths[1].ptr, count.ptr }, 3);
        kf_buf_char(&out, '\n');
        cli_say(&out, revert->written.is_exact ? CLI_REVERTED_EXACT : CLI_REVERTED_CELLS,
                revert->options->lang, NULL, 0);
        kf_buf_char(&out, '\n');
    }
    kf_buf_free(&count);
    kf_buf_free(&paths[0]);
    kf_buf_free(&paths[1]);
    return cli_finish(&out, CLI_OK, revert->options->lang);
}

int cli_revert(const CliOptions *options)
{
    Revert revert = { .options = options };
    int status = CLI_FAILED;

    if (options->operand_count == 0)
        return cli_usage_error(options, CLI_NO_FILE, NULL, 0);
    if (options->operand_count > 1)
        return cli_usage_error(options, CLI_ONE_FILE, NULL, 0);
    revert.path = options->operands[0];
    if (carry_out(&revert) == KF_OK)
        status = report(&revert);
    else
        cli_complain_error(&revert.error, revert.output.len ? revert.output.ptr : revert.path,
                           options->lang);
    kf_file_close(revert.file);
    kf_buf_free(&revert.output);
    return status;
}
