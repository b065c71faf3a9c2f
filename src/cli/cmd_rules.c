/* kontrafakt rules [LABEL] */
#include "cli.h"

/* A label of several words needs no quotes. */
static void join_operands(KfBuf *out, const CliOptions *options)
{
    for (size_t i = 0; i < options->operand_count; i++) {
        if (i)
            kf_buf_char(out, ' ');
        kf_buf_str(out, options->operands[i]);
    }
}

int cli_rules(const CliOptions *options)
{
    static void (*const print[])(KfBuf *, const KfRulesReport *, const KfReportOptions *) = {
        [CLI_AS_TEXT] = kf_report_rules_text,
        [CLI_AS_JSON] = kf_report_rules_json,
        [CLI_AS_CSV] = kf_report_rules_csv,
    };
    KfRuleSet *rules;
    KfReportOptions shown;
    KfRulesReport asked = { .as_of = options->as_of, .rates = options->rates };
    KfBuf label = { 0 }, out = { 0 };
    int status = CLI_OK;

    if (!cli_rules_load(&rules, options))
        return CLI_FAILED;
    join_operands(&label, options);
    asked.rules = rules;
    asked.label = kf_text_trim(kf_buf_view(&label));
    shown = cli_report_options(options, rules);
    if (asked.label.len && kf_benefit_match(rules, asked.label).benefit.len == 0)
        status = CLI_FOUND;
    print[options->format](&out, &asked, &shown);
    out.bad |= label.bad;
    status = cli_finish(&out, status, options->lang);
    kf_buf_free(&label);
    kf_ruleset_destroy(rules);
    return status;
}
