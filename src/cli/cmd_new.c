/* kontrafakt new [-o OUT] */
#include "cli.h"

static const char default_name[] = "borgerforloeb.xlsx";

typedef struct {
    KfNewWorkbook wanted;
    KfReportOptions shown;
} New;

static KfStatus write_workbook(void *ctx, const char *path, KfError *err)
{
    const New *made = ctx;

    return cli_made_whole(kf_report_new_workbook(path, &made->wanted, &made->shown, err), path,
                          err);
}

/* Rules reach back to FIRST_YEAR; rates of a year without any are those of the nearest,
 * which tells little of a year far ahead. */
enum { FIRST_YEAR = 2008, YEARS_AHEAD = 5 };

static bool has_year(const KfRuleSet *rules, int32_t year)
{
    return kf_rates_has_year(rules, year)
           || (year >= FIRST_YEAR && year <= kf_rates_newest_year(rules) + YEARS_AHEAD);
}

static int refuse_year(const CliOptions *options, const KfRuleSet *rules)
{
    KfBuf year[3] = { 0 };

    kf_buf_int(&year[0], options->year);
    kf_buf_int(&year[1], FIRST_YEAR);
    kf_buf_int(&year[2], kf_rates_newest_year(rules) + YEARS_AHEAD);
    for (size_t i = 0; i < 3; i++)
        kf_buf_char(&year[i], '\0');
    if (!year[0].bad && !year[1].bad && !year[2].bad)
        cli_usage_error(options, CLI_NO_RATES,
                        (const char *[]){ year[0].ptr, year[1].ptr, year[2].ptr }, 3);
    for (size_t i = 0; i < 3; i++)
        kf_buf_free(&year[i]);
    return CLI_FAILED;
}

static int report(const New *made, const char *path, KfLang lang)
{
    KfBuf out = { 0 }, name = { 0 }, citizens = { 0 }, year = { 0 };

    kf_buf_masked(&name, kf_text(path));
    kf_buf_char(&name, '\0');
    kf_buf_int(&citizens, (int64_t)made->wanted.citizens);
    kf_buf_char(&citizens, '\0');
    kf_buf_int(&year, made->wanted.year);
    kf_buf_char(&year, '\0');
    out.bad = name.bad || citizens.bad || year.bad;
    if (!out.bad) {
        cli_say(&out, made->wanted.citizens == 1 ? CLI_MADE_ONE : CLI_MADE, lang,
                (const char *[]){ name.ptr, citizens.ptr, year.ptr }, 3);
        kf_buf_char(&out, '\n');
    }
    kf_buf_free(&name);
    kf_buf_free(&citizens);
    kf_buf_free(&year);
    return cli_finish(&out, CLI_OK, lang);
}

static int make(const CliOptions *options, const KfRuleSet *rules)
{
    New made = {
        .wanted = { rules, options->year ? options->year : kf_rates_newest_year(rules),
                    options->citizens },
        .shown = cli_report_options(options, rules),
    };
    const char *path = options->output ? options->output : default_name;
    KfError error = { .status = KF_OK };
    KfStatus status;
    CliHold hold;

    if (!has_year(rules, made.wanted.year))
        return refuse_year(options, rules);
    hold = cli_interrupt_hold(CLI_HOLD_WRITE);
    status = kf_file_make(path, options->force, write_workbook, &made, &error);
    cli_interrupt_written(options, hold, path);
    if (status == KF_OK)
        return report(&made, path, options->lang);
    cli_complain_error(&error, path, options->lang);
    return CLI_FAILED;
}

int cli_new(const CliOptions *options)
{
    KfRuleSet *rules;
    int status;

    if (options->operand_count)
        return cli_usage_error(options, CLI_NO_OPERAND, NULL, 0);
    if (!cli_rules_load(&rules, options))
        return CLI_FAILED;
    status = make(options, rules);
    kf_ruleset_destroy(rules);
    return status;
}
