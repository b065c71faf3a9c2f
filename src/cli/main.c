/* kontrafakt: the command line. */
#include "cli.h"

#include <signal.h>
#include <string.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

const CliCommand cli_commands[] = {
    { "check", CLI_CHECK,
      1u << CLI_AS_TEXT | 1u << CLI_AS_JSON | 1u << CLI_AS_CSV | 1u << CLI_AS_HTML
          | 1u << CLI_AS_SARIF | 1u << CLI_AS_JUNIT,
      CLI_CHECK_SUMMARY, CLI_CHECK_USAGE, CLI_CHECK_ABOUT, CLI_CHECK_EXITS, CLI_CHECK_EXAMPLE,
      cli_check },
    { "fix", CLI_FIX, 1u << CLI_AS_TEXT | 1u << CLI_AS_JSON, CLI_FIX_SUMMARY, CLI_FIX_USAGE,
      CLI_FIX_ABOUT, CLI_FIX_EXITS, CLI_FIX_EXAMPLE, cli_fix },
    { "extract", CLI_EXTRACT, 1u << CLI_AS_TEXT | 1u << CLI_AS_JSON | 1u << CLI_AS_CSV,
      CLI_EXTRACT_SUMMARY, CLI_EXTRACT_USAGE, CLI_EXTRACT_ABOUT, CLI_EXTRACT_EXITS,
      CLI_EXTRACT_EXAMPLE, cli_extract },
    { "diff", CLI_DIFF,
      1u << CLI_AS_TEXT | 1u << CLI_AS_JSON | 1u << CLI_AS_CSV | 1u << CLI_AS_HTML,
      CLI_DIFF_SUMMARY, CLI_DIFF_USAGE, CLI_DIFF_ABOUT, CLI_DIFF_EXITS, CLI_DIFF_EXAMPLE,
      cli_diff },
    { "revert", CLI_REVERT, 1u << CLI_AS_TEXT, CLI_REVERT_SUMMARY, CLI_REVERT_USAGE,
      CLI_REVERT_ABOUT, CLI_REVERT_EXITS, CLI_REVERT_EXAMPLE, cli_revert },
    { "reconcile", CLI_RECONCILE,
      1u << CLI_AS_TEXT | 1u << CLI_AS_JSON | 1u << CLI_AS_CSV | 1u << CLI_AS_HTML
          | 1u << CLI_AS_XLSX,
      CLI_RECONCILE_SUMMARY, CLI_RECONCILE_USAGE, CLI_RECONCILE_ABOUT, CLI_RECONCILE_EXITS,
      CLI_RECONCILE_EXAMPLE, cli_reconcile },
    { "new", CLI_NEW, 1u << CLI_AS_TEXT, CLI_NEW_SUMMARY, CLI_NEW_USAGE, CLI_NEW_ABOUT,
      CLI_NEW_EXITS, CLI_NEW_EXAMPLE, cli_new },
    { "rules", CLI_RULES, 1u << CLI_AS_TEXT | 1u << CLI_AS_JSON | 1u << CLI_AS_CSV,
      CLI_RULES_SUMMARY, CLI_RULES_USAGE, CLI_RULES_ABOUT, CLI_RULES_EXITS, CLI_RULES_EXAMPLE,
      cli_rules },
    { "explain", CLI_EXPLAIN, 1u << CLI_AS_TEXT | 1u << CLI_AS_JSON, CLI_EXPLAIN_SUMMARY,
      CLI_EXPLAIN_USAGE, CLI_EXPLAIN_ABOUT, CLI_EXPLAIN_EXITS, CLI_EXPLAIN_EXAMPLE, cli_explain },
};
const size_t cli_command_count = sizeof cli_commands / sizeof cli_commands[0];

static void put_line(KfBuf *out, CliSay say, KfLang lang)
{
    cli_say(out, say, lang, NULL, 0);
    kf_buf_char(out, '\n');
}

static void put_headed(KfBuf *out, CliSay head, CliSay say, KfLang lang)
{
    kf_buf_char(out, '\n');
    put_line(out, head, lang);
    kf_buf_str(out, "  ");
    put_line(out, say, lang);
}

static void put_commands(KfBuf *out, KfLang lang)
{
    kf_buf_char(out, '\n');
    put_line(out, CLI_COMMANDS_HEAD, lang);
    for (size_t i = 0; i < cli_command_count; i++) {
        const char *name = cli_commands[i].name;

        kf_buf_str(out, "  ");
        kf_buf_str(out, name);
        for (size_t column = strlen(name); column < 11; column++)
            kf_buf_char(out, ' ');
        put_line(out, cli_commands[i].summary, lang);
    }
    kf_buf_char(out, '\n');
    put_line(out, CLI_MORE, lang);
}

static void put_help(KfBuf *out, const CliCommand *command, KfLang lang)
{
    put_line(out, CLI_USAGE_HEAD, lang);
    kf_buf_str(out, "  ");
    put_line(out, command->usage, lang);
    kf_buf_char(out, '\n');
    put_line(out, command->about, lang);
    kf_buf_char(out, '\n');
    put_line(out, CLI_OPTIONS_HEAD, lang);
    cli_options_help(out, command->bit, lang);
    kf_buf_char(out, '\n');
    put_line(out, CLI_EXITS_HEAD, lang);
    put_line(out, command->exits, lang);
    put_headed(out, CLI_EXAMPLE_HEAD, command->example, lang);
}

static void put_overview(KfBuf *out, KfLang lang)
{
    cli_say(out, CLI_ABOUT, lang, (const char *[]){ kf_version() }, 1);
    kf_buf_char(out, '\n');
    put_headed(out, CLI_USAGE_HEAD, CLI_USAGE_MAIN, lang);
    put_commands(out, lang);
    put_headed(out, CLI_EXAMPLE_HEAD, CLI_CHECK_EXAMPLE, lang);
}

static int show_help(const CliOptions *options)
{
    KfBuf out = { 0 };

    if (options->command)
        put_help(&out, options->command, options->lang);
    else
        put_overview(&out, options->lang);
    return cli_finish(&out, CLI_OK, options->lang);
}

static int show_version(const CliOptions *options)
{
    KfBuf out = { 0 };

    kf_buf_str(&out, "kontrafakt ");
    kf_buf_str(&out, kf_version());
    kf_buf_char(&out, '\n');
    return cli_finish(&out, CLI_OK, options->lang);
}

/* What one file needed serves the next: giving it back to the system and fetching it
 * again would cost a sixth of the time of a small workbook. */
static void keep_memory(void)
{
#if defined(__GLIBC__)
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

static int run(CliOptions *options)
{
    CliIgnores ignores;
    int status = CLI_FAILED;

    if (cli_ignores_load(&ignores, options) && cli_redact_load(options))
        status = options->command->run(options);
    cli_ignores_free(&ignores);
    return status;
}

int main(int argc, char **argv)
{
    CliOptions options;

    keep_memory();
    signal(SIGPIPE, SIG_IGN); /* a write to a closed pipe fails, and is told as such */
    if (!cli_options_read(&options, argc, argv))
        return CLI_FAILED;
    cli_interrupt_watch(options.lang);
    if (options.help)
        return show_help(&options);
    if (options.version)
        return show_version(&options);
    if (!options.command)
        return cli_usage_error(&options, CLI_NO_COMMAND, NULL, 0);
    return run(&options);
}
