#include <criterion/criterion.h>

#include "kf/report.h"

static KfRuleSet *rules;
static KfRulesReport report;
static KfReportOptions options;

static void build(void)
{
    static const char csv[] = "ydelse;art;fra;til;uge_fra;uge_til;kommune;stat;region;øvrige;navn;"
                              "sikkerhed;lov;kilde\n"
                              "proevehjaelp;fast;01-01-2013;31-12-2013;;;70;30;0;0;prøvehjælp;høj;"
                              "Prøvelov § 1;Håndbog\n"
                              "proevehjaelp;uger;01-01-2014;;1;4;20;80;0;0;prøvehjælp;middel;;\n"
                              "proevehjaelp;uger;01-01-2014;;5;;50;50;0;0;prøvehjælp;middel;;\n";
    KfError error = { 0 };

    cr_assert_eq(kf_ruleset_create(&rules, NULL), KF_OK);
    cr_assert_eq(kf_ruleset_add_csv(rules, KF_TEXT(csv), KF_TEXT("egne.csv"), &error), KF_OK,
                 "%s %s", error.part, error.detail);
    report =
        (KfRulesReport){ .rules = rules, .label = KF_TEXT("Prøvehjælp"), .as_of = KF_DATE_NONE };
    options = (KfReportOptions){ .lang = KF_LANG_DA };
}

static void end(void)
{
    kf_ruleset_destroy(rules);
}

TestSuite(print_rules, .init = build, .fini = end);

typedef void (*Writer)(KfBuf *out, const KfRulesReport *report, const KfReportOptions *options);

static void expect(Writer write, const char *expected)
{
    KfBuf out = { 0 };

    write(&out, &report, &options);
    cr_assert(kf_text_eq(kf_buf_view(&out), kf_text(expected)), "%.*s", (int)out.len, out.ptr);
    kf_buf_free(&out);
}

Test(print_rules, tells_the_rules_that_a_label_resolves_to)
{
    expect(kf_report_rules_text,
           "Regler: dk + egne.csv\n"
           "\"Prøvehjælp\" læses som proevehjaelp (genkendt på \"prøvehjælp\").\n"
           "Ingen anden ydelse ligner.\n"
           "\n"
           "proevehjaelp   01-01-2013 til 31-12-2013\n"
           "    kommunen 70 %, staten 30 %\n"
           "    Lov: Prøvelov § 1\n"
           "    Kilde: Håndbog\n"
           "    Sikkerhed: høj\n"
           "\n"
           "proevehjaelp   fra 01-01-2014\n"
           "    uge 1-4: kommunen 20 %, staten 80 %\n"
           "    fra uge 5: kommunen 50 %, staten 50 %\n"
           "    Kilde: egne.csv\n"
           "    Sikkerhed: middel\n");
}

Test(print_rules, tells_the_rule_of_one_day_in_english)
{
    options.lang = KF_LANG_EN;
    report.as_of = kf_date(2014, 5, 1);
    expect(kf_report_rules_text,
           "Rules: dk + egne.csv as of 2014-05-01\n"
           "\"Prøvehjælp\" is read as proevehjaelp (recognised by \"prøvehjælp\").\n"
           "No other benefit is like it.\n"
           "\n"
           "proevehjaelp   from 2014-01-01\n"
           "    weeks 1-4: the municipality 20 %, the state 80 %\n"
           "    from week 5: the municipality 50 %, the state 50 %\n"
           "    Source: egne.csv\n"
           "    Confidence: medium\n");
}

Test(print_rules, says_when_a_label_is_not_known)
{
    report.label = KF_TEXT("Flyvetæppe 010190-1234");
    expect(kf_report_rules_text,
           "Regler: dk + egne.csv\n"
           "\"Flyvetæppe ******-****\" er ingen kendt ydelse. Kolonnen afgør, hvem der "
           "betaler; det meldes som info.\n");
}

Test(print_rules, says_when_no_rule_is_in_force)
{
    report.as_of = kf_date(2012, 5, 1);
    expect(kf_report_rules_text,
           "Regler: dk + egne.csv pr. 01-05-2012\n"
           "\"Prøvehjælp\" læses som proevehjaelp (genkendt på \"prøvehjælp\").\n"
           "Ingen anden ydelse ligner.\n"
           "Ingen regel gælder på den dato.\n");
}

Test(print_rules, writes_json)
{
    report.as_of = kf_date(2014, 5, 1);
    expect(kf_report_rules_json,
           "{\n"
           " \"schema\": \"kontrafakt/rules/1\",\n"
           " \"version\": \"0.1.0\",\n"
           " \"name\": \"dk + egne.csv\",\n"
           " \"as_of\": \"2014-05-01\",\n"
           " \"label\": {\n"
           "  \"text\": \"Prøvehjælp\",\n"
           "  \"benefit\": \"proevehjaelp\",\n"
           "  \"alias\": \"prøvehjælp\",\n"
           "  \"by_slip\": false,\n"
           "  \"runner_up\": null\n"
           " },\n"
           " \"rules\": [\n"
           "  {\n"
           "   \"benefit\": \"proevehjaelp\",\n"
           "   \"title\": \"proevehjaelp\",\n"
           "   \"kind\": \"weeks\",\n"
           "   \"valid_from\": \"2014-01-01\",\n"
           "   \"valid_to\": null,\n"
           "   \"tiers\":[{\"from_week\":1,\"to_week\":4,\"shares\":{\"municipality\":20.00,"
           "\"state\":80.00,\"region\":0.00,\"other\":0.00}},{\"from_week\":5,\"to_week\":nu"
           "ll,\"shares\":{\"municipality\":50.00,\"state\":50.00,\"region\":0.00,\"other\":"
           "0.00}}],\n"
           "   \"cap\": null,\n"
           "   \"clock\": \"proevehjaelp\",\n"
           "   \"whole_weeks\": false,\n"
           "   \"restart_after\": null,\n"
           "   \"confidence\": \"medium\",\n"
           "   \"law\": null,\n"
           "   \"source\": \"egne.csv\"\n"
           "  }\n"
           " ],\n"
           " \"rates\":[]\n"
           "}\n");
}

Test(print_rules, writes_a_row_for_each_range_of_weeks)
{
    expect(kf_report_rules_csv,
           "\xEF\xBB\xBF"
           "ydelse;titel;fra;til;art;uge_fra;uge_til;kommune;stat;region;øvrige;loft_fra;loft_til;"
           "år_over;år_til;ur;hele_uger;forfra_efter;uger_siden;forsørgelse;bevilget_fra;bevilget_"
           "til;sikkerhed;lov;"
           "kilde\r\n"
           "proevehjaelp;proevehjaelp;01-01-2013;31-12-2013;fast;;;70;30;0;0;;;;;;;;;;;;høj;"
           "Prøvelov § 1;Håndbog\r\n"
           "proevehjaelp;proevehjaelp;01-01-2014;;uger;1;4;20;80;0;0;;;;;proevehjaelp;;;;;;;middel;"
           ";egne.csv\r\n"
           "proevehjaelp;proevehjaelp;01-01-2014;;uger;5;;50;50;0;0;;;;;proevehjaelp;;;;;;;middel;"
           ";egne.csv\r\n");
}

static void add(const char *csv)
{
    KfError error = { 0 };

    cr_assert_eq(kf_ruleset_add_csv(rules, kf_text(csv), KF_TEXT("flere.csv"), &error), KF_OK,
                 "%s %s", error.part, error.detail);
}

Test(print_rules, what_it_writes_can_be_read_again)
{
    for (int rates = 0; rates < 2; rates++) {
        KfRulesReport all = { .rules = rules, .as_of = KF_DATE_NONE, .rates = rates };
        KfBuf first = { 0 }, second = { 0 };

        kf_report_rules_csv(&first, &all, &options);
        kf_buf_char(&first, '\0');
        cr_assert_gt(first.len, 3000);
        add(first.ptr);
        first.len--;
        kf_report_rules_csv(&second, &all, &options);
        cr_assert(kf_text_eq(kf_buf_view(&first), kf_buf_view(&second)));
        kf_buf_free(&first);
        kf_buf_free(&second);
    }
}

Test(print_rules, shows_the_rates_of_a_label)
{
    add("ydelse;år;beløb;enhed;kilde\nprøvehjælp;2014;4.075,50;uge;Bilag\n"
        "prøvehjælp;2013;800;måned;Bilag\n");
    report.rates = true;
    report.as_of = kf_date(2014, 5, 1);
    expect(kf_report_rules_text,
           "Regler: dk + egne.csv + flere.csv pr. 01-05-2014\n"
           "\"Prøvehjælp\" læses som proevehjaelp (genkendt på \"prøvehjælp\").\n"
           "Ingen anden ydelse ligner.\n"
           "\n"
           "Satser:\n"
           "    2014: 4.075,50 kr. pr. uge (sikkerhed: høj)\n"
           "      Kilde: Bilag\n");
    expect(kf_report_rules_csv, "\xEF\xBB\xBF"
                                "ydelse;variant;år;beløb;enhed;sikkerhed;kilde\r\n"
                                "proevehjaelp;;2014;4.075,50;uge;høj;Bilag\r\n");
}

Test(print_rules, names_the_next_best_reading)
{
    report.label = KF_TEXT("Sygedagpenge");
    report.as_of = kf_date(1990, 1, 1);
    expect(kf_report_rules_text,
           "Regler: dk + egne.csv pr. 01-01-1990\n"
           "\"Sygedagpenge\" læses som sygedagpenge (genkendt på \"sygedagpenge\").\n"
           "Næstbedste læsning: sygedagpenge_aktiv (\"Sygedagpenge, aktiv eller delvis "
           "raskmeldt\").\n"
           "Ingen regel gælder på den dato.\n");
}
