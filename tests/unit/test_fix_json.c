#include "report_check.h"

static Sample sample;
static const KfReportOptions options = { .lang = KF_LANG_DA };
static const KfRef not_refreshed[] = { { 0, 8, 1 } };
static const KfEdits edits = { .refreshed_count = 2, .unknown = not_refreshed, .unknown_count = 1 };
static const KfTouchedPart parts[] = {
    { { "xl/worksheets/sheet4.xml", 24 }, KF_PART_ADDED },
    { { "xl/comments1.xml", 16 }, KF_PART_ADDED },
    { { "xl/workbook.xml", 15 }, KF_PART_CHANGED },
};
static KfFixReport report;

static void build(void)
{
    cr_assert(sample_init(&sample));
    report = (KfFixReport){ .input = audited(&sample),
                            .plan = &sample.plan,
                            .output_path = KF_TEXT("sag-rettet.xlsx"),
                            .output_sha256 = KF_TEXT("abcd"),
                            .edits = &edits,
                            .parts = parts,
                            .part_count = 3,
                            .same_parts = 9 };
}

static void end(void)
{
    kf_arena_finish(&sample.arena);
}

TestSuite(fix_json, .init = build, .fini = end);

static void expect(const char *expected)
{
    KfBuf out = { 0 };

    kf_report_fix_json(&out, &report, &options);
    expect_report(&out, expected);
}

Test(fix_json, lists_changes_proposals_and_effects)
{
    sample.audit.finding_count = 3;
    cr_assert(sample_run(&sample, sample_plan));
    expect("{\n"
           " \"schema\": \"kontrafakt/fix/1\",\n"
           " \"version\": \"0.1.0\",\n"
           " \"rules\": {\n"
           "  \"name\": \"dk\",\n"
           "  \"as_of\": \"2013-09-01\",\n"
           "  \"as_of_source\": \"rates\",\n"
           "  \"assumed\": false,\n"
           "  \"law\": \"as-of\",\n"
           "  \"amounts_tried\": 2,\n"
           "  \"years\":[]\n"
           " },\n"
           " \"input\": {\n"
           "  \"path\": \"sag.xlsx\",\n"
           "  \"sha256\": \"ab\"\n"
           " },\n"
           " \"output\": {\n"
           "  \"path\": \"sag-rettet.xlsx\",\n"
           "  \"sha256\": \"abcd\",\n"
           "  \"parts\": {\n"
           "   \"changed\": [\n"
           "    \"xl/workbook.xml\"\n"
           "   ],\n"
           "   \"added\": [\n"
           "    \"xl/worksheets/sheet4.xml\",\n"
           "    \"xl/comments1.xml\"\n"
           "   ],\n"
           "   \"removed\":[],\n"
           "   \"same\": 9\n"
           "  }\n"
           " },\n"
           " \"verdict\": \"findings\",\n"
           " \"error\": null,\n"
           " \"changes\": [\n"
           "  {\n"
           "   \"sheet\": \"Borger 3\",\n"
           "   \"cell\": \"C7\",\n"
           "   \"before\": 90826.00,\n"
           "   \"after\": 92826.00,\n"
           "   \"finding\": 1\n"
           "  },\n"
           "  {\n"
           "   \"sheet\": \"Borger 3\",\n"
           "   \"cell\": \"B10\",\n"
           "   \"before\": 174544.00,\n"
           "   \"after\": 176544.00,\n"
           "   \"finding\": 2\n"
           "  }\n"
           " ],\n"
           " \"findings\": [\n"
           "  {\n"
           "   \"id\": 1,\n"
           "   \"code\": \"total-items\",\n"
           "   \"severity\": \"error\",\n"
           "   \"sheet\": \"Borger 3\",\n"
           "   \"cell\": \"C7\",\n"
           "   \"citizen\": \"Borger 3\",\n"
           "   \"course\": \"actual\",\n"
           "   \"period\": \"7-12\",\n"
           "   \"payer\": null,\n"
           "   \"label\": \"Udgift i alt\",\n"
           "   \"found\": 90826.00,\n"
           "   \"expected\": 92826.00,\n"
           "   \"difference\": 2000.00,\n"
           "   \"action\": \"correct\",\n"
           "   \"root\": null,\n"
           "   \"message\": \"Ydelserne giver 92.826, og betalerne giver 92.826. Ét ciffer "
           "afviger (0 i stedet for 2).\",\n"
           "   \"source\": null\n"
           "  },\n"
           "  {\n"
           "   \"id\": 2,\n"
           "   \"code\": \"total-case\",\n"
           "   \"severity\": \"error\",\n"
           "   \"sheet\": \"Borger 3\",\n"
           "   \"cell\": \"B10\",\n"
           "   \"citizen\": \"Borger 3\",\n"
           "   \"course\": \"actual\",\n"
           "   \"period\": null,\n"
           "   \"payer\": null,\n"
           "   \"label\": \"Samlet totaludgift\",\n"
           "   \"found\": 174544.00,\n"
           "   \"expected\": 176544.00,\n"
           "   \"difference\": 2000.00,\n"
           "   \"action\": \"correct\",\n"
           "   \"root\": 1,\n"
           "   \"message\": \"\",\n"
           "   \"source\": null\n"
           "  },\n"
           "  {\n"
           "   \"id\": 3,\n"
           "   \"code\": \"amount-typo\",\n"
           "   \"severity\": \"warning\",\n"
           "   \"sheet\": \"Borger 3\",\n"
           "   \"cell\": \"C4\",\n"
           "   \"citizen\": \"Borger 3\",\n"
           "   \"course\": \"actual\",\n"
           "   \"period\": \"7-12\",\n"
           "   \"payer\": null,\n"
           "   \"label\": \"Kontanthjælp ******-****\",\n"
           "   \"found\": 73718.00,\n"
           "   \"expected\": 83718.00,\n"
           "   \"difference\": 10000.00,\n"
           "   \"action\": \"propose\",\n"
           "   \"root\": null,\n"
           "   \"alternatives\": [\n"
           "    {\n"
           "     \"sheet\": \"Ole's ark\",\n"
           "     \"cell\": \"B4\",\n"
           "     \"found\": 83718.00,\n"
           "     \"expected\": 73718.00\n"
           "    }\n"
           "   ],\n"
           "   \"message\": \"6 måneder á 13.953 er 83.718.\",\n"
           "   \"source\": \"Sats 2013\"\n"
           "  }\n"
           " ],\n"
           " \"effect\": [\n"
           "  {\n"
           "   \"citizen\": \"Borger 3\",\n"
           "   \"course\": \"actual\",\n"
           "   \"payer\": \"municipality\",\n"
           "   \"before\": 117205.20,\n"
           "   \"after\": 117205.20\n"
           "  },\n"
           "  {\n"
           "   \"citizen\": \"Borger 3\",\n"
           "   \"course\": \"actual\",\n"
           "   \"payer\": \"state\",\n"
           "   \"before\": 50230.80,\n"
           "   \"after\": 50230.80\n"
           "  }\n"
           " ],\n"
           " \"refreshed\": 2,\n"
           " \"not_refreshed\": [\n"
           "  {\n"
           "   \"sheet\": \"Borger 3\",\n"
           "   \"cell\": \"B9\"\n"
           "  }\n"
           " ]\n"
           "}\n");
}

Test(fix_json, says_null_where_nothing_was_written)
{
    sample.audit.finding_count = 0;
    cr_assert(sample_run(&sample, sample_plan));
    report.output_path = report.output_sha256 = (KfText){ 0 };
    report.dry_run = true;
    report.edits = NULL;
    expect("{\n"
           " \"schema\": \"kontrafakt/fix/1\",\n"
           " \"version\": \"0.1.0\",\n"
           " \"rules\": {\n"
           "  \"name\": \"dk\",\n"
           "  \"as_of\": \"2013-09-01\",\n"
           "  \"as_of_source\": \"rates\",\n"
           "  \"assumed\": false,\n"
           "  \"law\": \"as-of\",\n"
           "  \"amounts_tried\": 2,\n"
           "  \"years\":[]\n"
           " },\n"
           " \"input\": {\n"
           "  \"path\": \"sag.xlsx\",\n"
           "  \"sha256\": \"ab\"\n"
           " },\n"
           " \"output\": null,\n"
           " \"verdict\": \"clean\",\n"
           " \"error\": null,\n"
           " \"changes\":[],\n"
           " \"findings\":[],\n"
           " \"effect\": [\n"
           "  {\n"
           "   \"citizen\": \"Borger 3\",\n"
           "   \"course\": \"actual\",\n"
           "   \"payer\": \"municipality\",\n"
           "   \"before\": 117205.20,\n"
           "   \"after\": 117205.20\n"
           "  },\n"
           "  {\n"
           "   \"citizen\": \"Borger 3\",\n"
           "   \"course\": \"actual\",\n"
           "   \"payer\": \"state\",\n"
           "   \"before\": 50230.80,\n"
           "   \"after\": 50230.80\n"
           "  }\n"
           " ],\n"
           " \"refreshed\": 0,\n"
           " \"not_refreshed\":[]\n"
           "}\n");
}

Test(fix_json, tells_of_the_error_of_an_unreadable_file)
{
    const KfError missing = { .status = KF_FILE_MISSING };

    report = (KfFixReport){ .input = { .path = KF_TEXT("w.xlsx"), .error = &missing } };
    expect("{\n"
           " \"schema\": \"kontrafakt/fix/1\",\n"
           " \"version\": \"0.1.0\",\n"
           " \"rules\": {\n"
           "  \"name\": null,\n"
           "  \"as_of\": null,\n"
           "  \"as_of_source\": null\n"
           " },\n"
           " \"input\": {\n"
           "  \"path\": \"w.xlsx\",\n"
           "  \"sha256\": null\n"
           " },\n"
           " \"output\": null,\n"
           " \"verdict\": \"unreadable\",\n"
           " \"error\": \"w.xlsx: filen findes ikke. Kontrollér navn og mappe.\",\n"
           " \"changes\":[],\n"
           " \"findings\":[],\n"
           " \"effect\":[],\n"
           " \"refreshed\": 0,\n"
           " \"not_refreshed\":[]\n"
           "}\n");
}
