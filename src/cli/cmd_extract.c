/* kontrafakt extract FILE... */
#include "cli.h"

#include "kf/extract.h"

#include <stdlib.h>

/* One file and what was read of it. */
typedef struct {
    const CliOptions *options;
    KfFile *file;
    const KfBook *book;
    KfModel model;
    KfError error;
} Reading;

static KfStatus read_model(void *ctx)
{
    Reading *reading = ctx;

    reading->book = kf_file_book(reading->file);
    kf_extract(kf_file_arena(reading->file), reading->book, &reading->model);
    if (reading->options->redact)
        kf_redact_model(kf_file_arena(reading->file), &reading->options->redact_key,
                        &reading->model, &reading->book);
    return KF_OK;
}

static KfStatus open_and_read(Reading *out, const char *path, const CliOptions *options)
{
    KfStatus status;

    out->options = options;
    status = kf_file_open_within(&out->file, path, &options->limits, &out->error);

    if (status != KF_OK)
        return status;
    status = kf_arena_run(kf_file_arena(out->file), read_model, out);
    if (status != KF_OK)
        kf_fail(&out->error, status, KF_TEXT(""), KF_TEXT(""));
    return status;
}

/* What goes wrong is told on stderr; true when the file has cases. */
static bool read_file(Reading *reading, KfExtractReport *told, const char *path,
                      const CliOptions *options)
{
    KfStatus status;

    *told = (KfExtractReport){ .path = kf_text(path) };
    if (open_and_read(reading, path, options) != KF_OK) {
        told->error = &reading->error;
        cli_complain_error(&reading->error, path, options->lang);
    } else {
        told->book = reading->book;
        told->model = &reading->model;
        status = kf_model_status(told->model);
        if (status != KF_OK)
            cli_complain_error(&(KfError){ .status = status }, path, options->lang);
    }
    if (reading->file)
        told->sha256 = kf_file_sha256(reading->file);
    return told->model && kf_model_has_any(told->model);
}

/* One bad file never stops the others. */
static int extract_files(Reading *readings, KfExtractReport *files, const CliOptions *options)
{
    static void (*const print[])(KfBuf *, const KfExtractReport *, size_t,
                                 const KfReportOptions *) = {
        [CLI_AS_TEXT] = kf_report_extract_text,
        [CLI_AS_JSON] = kf_report_extract_json,
        [CLI_AS_CSV] = kf_report_extract_csv,
    };
    const KfReportOptions shown = { .lang = options->lang };
    int status = CLI_OK;
    KfBuf out = { 0 };

    for (size_t i = 0; i < options->operand_count; i++) {
        if (!read_file(&readings[i], &files[i], options->operands[i], options))
            status = CLI_FAILED;
    }
    print[options->format](&out, files, options->operand_count, &shown);
    return cli_finish(&out, status, options->lang);
}

int cli_extract(const CliOptions *options)
{
    size_t count = options->operand_count;
    Reading *readings;
    KfExtractReport *files;
    int status = CLI_FAILED;

    if (count == 0)
        return cli_usage_error(options, CLI_NO_FILE, NULL, 0);
    readings = calloc(count, sizeof *readings);
    files = calloc(count, sizeof *files);
    if (readings && files)
        status = extract_files(readings, files, options);
    else
        cli_complain_error(&(KfError){ KF_NO_MEMORY, "", "" }, options->operands[0], options->lang);
    for (size_t i = 0; readings && i < count; i++)
        kf_file_close(readings[i].file);
    free(readings);
    free(files);
    return status;
}
