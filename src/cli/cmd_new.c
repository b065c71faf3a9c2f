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

/* "2012, 2013, 2014": years that there are rates for, ended by NUL. */
static void put_years(KfBuf *out, const KfRuleSet *rules)
{
    int32_t newest = kf_rates_newest_year(rules);

    for (int32_t year = newest - 100; year <= newest; year++) {
        if (!kf_rates_has_year(rules, year))
            continue;
        if (out->len)
            kf_buf_str(out, ", ");
        kf_buf_int(out, year);
    }
    kf_buf_char(out, '\0');
}

static int refuse_year(const CliOptions *options, const KfRuleSet *rules)
{
    KfBuf year = { 0 }, years = { 0 };

    kf_buf_int(&year, options->year);
    kf_buf_char(&year, '\0');
    put_years(&years, rules);
    if (!year.bad && !years.bad)
        cli_usage_error(options, CLI_NO_RATES, (const char *[]){ year.ptr, years.ptr }, 2);
    kf_buf_free(&year);
    kf_buf_free(&years);
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

    if (!kf_rates_has_year(rules, made.wanted.year))
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
