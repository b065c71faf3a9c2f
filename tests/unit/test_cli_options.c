#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

static int no_run(const CliOptions *options)
{
    return options->quiet;
}

const CliCommand cli_commands[] = {
    { "check", CLI_CHECK, 7, CLI_CHECK_SUMMARY, CLI_CHECK_USAGE, CLI_CHECK_ABOUT, CLI_CHECK_EXITS,
      CLI_CHECK_EXAMPLE, no_run },
    { "fix", CLI_FIX, 3, CLI_FIX_SUMMARY, CLI_FIX_USAGE, CLI_FIX_ABOUT, CLI_FIX_EXITS,
      CLI_FIX_EXAMPLE, no_run },
};
const size_t cli_command_count = 2;

static CliOptions options;

static void quiet_place(void)
{
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    unsetenv("LANG");
    cr_redirect_stderr();
}

TestSuite(cli_options, .init = quiet_place);

/* Arguments in one string, a space between them. */
static bool read(const char *line)
{
    static char words[400];
    static char *argv[40];
    int argc = 0;

    strcpy(words, line);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    return cli_options_read(&options, argc, argv);
}

Test(cli_options, stand_before_and_after_files)
{
    cr_assert(
        read("k --quiet check a.xlsx --format json --as-of=2013-09-01 b.xlsx --tolerance 0,50"));
    cr_assert_str_eq(options.command->name, "check");
    cr_assert_eq(options.operand_count, 2);
    cr_assert_str_eq(options.operands[0], "a.xlsx");
    cr_assert_str_eq(options.operands[1], "b.xlsx");
    cr_assert(options.quiet);
    cr_assert_eq(options.format, CLI_AS_JSON);
    cr_assert_eq(options.as_of, kf_date(2013, 9, 1));
    cr_assert_eq(options.tolerance, 50);
    cr_assert_eq(options.fail_on, KF_WARNING);
}

Test(cli_options, end_at_two_hyphens)
{
    cr_assert(read("k check -- --quiet -"));
    cr_assert_eq(options.operand_count, 2);
    cr_assert_not(options.quiet);
}

Test(cli_options, letters_take_values_too)
{
    cr_assert(read("k fix a -o b"));
    cr_assert_str_eq(options.output, "b");
    cr_assert(read("k fix a -ob --marks fill"));
    cr_assert_str_eq(options.output, "b");
    cr_assert(options.no_notes);
    cr_assert_not(options.no_fills);
}

Test(cli_options, mistakes_are_refused)
{
    static const char *const lines[] = {
        "k chek a",
        "k check --formt json a",
        "k check --format yaml a",
        "k check --format",
        "k check --quiet=yes a",
        "k check --force a",
        "k fix --format csv a",
        "k check --tolerance -5 a",
        "k check --tolerance x a",
        "k check --as-of 2013-02-30 a",
        "k check --jobs -1 a",
        "k check --lang fr a",
        "k check -x a",
    };

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        cr_assert_not(read(lines[i]), "%s", lines[i]);
}

Test(cli_options, language_follows_the_environment)
{
    cr_assert_eq(cli_environment_lang(), KF_LANG_DA);
    setenv("LANG", "en_GB.UTF-8", 1);
    cr_assert_eq(cli_environment_lang(), KF_LANG_EN);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    cr_assert_eq(cli_environment_lang(), KF_LANG_DA);
    cr_assert(read("k check --lang en a"));
    cr_assert_eq(options.lang, KF_LANG_EN);
}

Test(cli_options, nearest_name_is_close)
{
    static const char *const names[] = { "check", "fix", "format" };

    cr_assert_str_eq(cli_nearest("chekc", names, 3), "check");
    cr_assert_str_eq(cli_nearest("formt", names, 3), "format");
    cr_assert_str_eq(cli_nearest("form", names, 3), "format");
    cr_assert_null(cli_nearest("tolerance", names, 3));
    cr_assert_null(cli_nearest("", names, 3));
}
