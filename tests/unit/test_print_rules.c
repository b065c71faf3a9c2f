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
    report = (KfRulesReport){ rules, KF_TEXT("Prøvehjælp"), KF_DATE_NONE };
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
           "  \"by_slip\": false\n"
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
           "   \"confidence\": \"medium\",\n"
           "   \"law\": null,\n"
           "   \"source\": \"egne.csv\"\n"
           "  }\n"
           " ]\n"
           "}\n");
}

Test(print_rules, writes_a_row_for_each_range_of_weeks)
{
    expect(kf_report_rules_csv,
           "\xEF\xBB\xBF"
           "\"Ydelse\";\"Navn\";\"Art\";\"Gyldig fra\";\"Gyldig til\";\"Fra uge\";\"Til uge\";"
           "\"Over kr. om året\";\"Til kr. om året\";\"Kommune %\";\"Stat %\";\"Region %\";"
           "\"Øvrige %\";\"Sikkerhed\";\"Lov\";\"Kilde\"\r\n"
           "\"proevehjaelp\";\"proevehjaelp\";\"fixed\";01-01-2013;31-12-2013;;;;;70,00;30,00;"
           "0,00;0,00;\"høj\";\"Prøvelov § 1\";\"Håndbog\"\r\n"
           "\"proevehjaelp\";\"proevehjaelp\";\"weeks\";01-01-2014;;1;4;;;20,00;80,00;0,00;0,00;"
           "\"middel\";\"\";\"egne.csv\"\r\n"
           "\"proevehjaelp\";\"proevehjaelp\";\"weeks\";01-01-2014;;5;;;;50,00;50,00;0,00;0,00;"
           "\"middel\";\"\";\"egne.csv\"\r\n");
}
