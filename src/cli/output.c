/* Reports go to stdout, complaints to stderr, both as UTF-8. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const texts[CLI_SAY_COUNT][KF_LANG_COUNT] = {
#define CLI_SAY(id, da, en) [CLI_##id] = { da, en },
#include "cli_texts.def"
#undef CLI_SAY
};

enum { MOST_ARGS = 4 };

void cli_say(KfBuf *out, CliSay say, KfLang lang, const char *const *args, size_t arg_count)
{
    KfText slices[MOST_ARGS];

    if (arg_count > MOST_ARGS)
        arg_count = MOST_ARGS;
    for (size_t i = 0; i < arg_count; i++)
        slices[i] = kf_text(args[i]);
    kf_buf_fill(out, kf_text(texts[say][lang]), slices, arg_count);
}

/* Fit for a terminal, whatever a file is called; a complaint that cannot be told
 * still shows in the exit status. */
static void complain(KfText message)
{
    KfBuf line = { 0 };

    kf_buf_str(&line, "kontrafakt: ");
    kf_buf_masked(&line, message);
    kf_buf_char(&line, '\n');
    if (line.len && fwrite(line.ptr, 1, line.len, stderr) != line.len)
        clearerr(stderr);
    kf_buf_free(&line);
}

void cli_complain(const CliOptions *options, CliSay say, const char *const *args, size_t arg_count)
{
    KfBuf message = { 0 };

    cli_say(&message, say, options->lang, args, arg_count);
    complain(kf_buf_view(&message));
    kf_buf_free(&message);
}

int cli_usage_error(const CliOptions *options, CliSay say, const char *const *args,
                    size_t arg_count)
{
    KfBuf message = { 0 };
    KfBuf command = { 0 };

    if (options->command) {
        kf_buf_str(&command, options->command->name);
        kf_buf_char(&command, ' ');
    }
    kf_buf_char(&command, '\0');
    cli_say(&message, say, options->lang, args, arg_count);
    kf_buf_char(&message, ' ');
    cli_say(&message, CLI_SEE_HELP, options->lang,
            (const char *[]){ command.bad ? "" : command.ptr }, 1);
    complain(kf_buf_view(&message));
    kf_buf_free(&message);
    kf_buf_free(&command);
    return CLI_FAILED;
}

void cli_complain_error(const KfError *error, const char *path, KfLang lang)
{
    KfBuf message = { 0 };

    kf_error_text(&message, error, kf_text(path), lang);
    complain(kf_buf_view(&message));
    kf_buf_free(&message);
}

/* A reader that has gone away is no news to anybody. */
static void complain_of_stdout(int reason, KfLang lang)
{
    const CliOptions options = { .lang = lang };

    if (reason != EPIPE)
        cli_complain(&options, CLI_STDOUT_FAILED, (const char *[]){ strerror(reason) }, 1);
}

bool cli_write(const KfBuf *text, KfLang lang)
{
    int reason = 0;

    errno = 0;
    if (text->bad)
        reason = ENOMEM;
    else if ((text->len && fwrite(text->ptr, 1, text->len, stdout) != text->len)
             || fflush(stdout) != 0)
        reason = errno ? errno : EIO;
    if (reason)
        complain_of_stdout(reason, lang);
    return reason == 0;
}

int cli_finish(KfBuf *report, int status, KfLang lang)
{
    bool is_written = cli_write(report, lang);

    kf_buf_free(report);
    return is_written ? status : CLI_FAILED;
}

bool cli_wants_color(const CliOptions *options)
{
    const char *off = getenv("NO_COLOR"), *term = getenv("TERM");

    if (options->color != CLI_COLOR_AUTO)
        return options->color == CLI_COLOR_ALWAYS;
    return isatty(STDOUT_FILENO) && !(off && *off) && !(term && strcmp(term, "dumb") == 0);
}

KfStatus cli_made_whole(KfStatus made, const char *path, KfError *err)
{
    if (made != KF_OK || kf_file_verify(path, NULL) == KF_OK)
        return made;
    return kf_fail(err, KF_OUTPUT_UNWRITABLE, KF_TEXT(""), KF_TEXT("skrivefejl; er drevet fuldt?"));
}

void cli_interrupt_written(const CliOptions *options, CliHold before, const char *path)
{
    cli_interrupt_hold(before);
    if (cli_interrupted())
        cli_complain(options, CLI_INTERRUPTED_WRITTEN, (const char *[]){ path }, 1);
}

int cli_tell_interrupted(const CliOptions *options, size_t done, size_t count)
{
    KfBuf numbers[2] = { { 0 }, { 0 } };

    kf_buf_int(&numbers[0], (int64_t)done);
    kf_buf_char(&numbers[0], '\0');
    kf_buf_int(&numbers[1], (int64_t)count);
    kf_buf_char(&numbers[1], '\0');
    if (!numbers[0].bad && !numbers[1].bad)
        cli_complain(options, CLI_INTERRUPTED, (const char *[]){ numbers[0].ptr, numbers[1].ptr },
                     2);
    kf_buf_free(&numbers[0]);
    kf_buf_free(&numbers[1]);
    return CLI_FAILED;
}

const char *cli_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

void cli_name_beside(KfBuf *out, const char *input, const char *suffix)
{
    const char *slash = strrchr(input, '/');
    const char *dot = strrchr(slash ? slash + 1 : input, '.');
    size_t stem = dot && dot != input && dot[-1] != '/' ? (size_t)(dot - input) : strlen(input);

    kf_buf_bytes(out, input, stem);
    kf_buf_str(out, suffix);
    kf_buf_str(out, input + stem);
    kf_buf_char(out, '\0');
}

/* On a terminal, and only while there is something to wait for. */
void cli_show_progress(size_t done, size_t count, const char *path)
{
    KfBuf line = { 0 };

    if (count < 2 || !isatty(STDERR_FILENO))
        return;
    kf_buf_str(&line, "\r\x1B[K");
    if (path) {
        kf_buf_char(&line, '[');
        kf_buf_uint_padded(&line, done + 1, 1);
        kf_buf_char(&line, '/');
        kf_buf_uint_padded(&line, count, 1);
        kf_buf_str(&line, "] ");
        kf_buf_masked(&line, kf_text(path));
    }
    if (line.len && fwrite(line.ptr, 1, line.len, stderr) == line.len)
        fflush(stderr);
    kf_buf_free(&line);
}
