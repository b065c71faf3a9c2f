#include <criterion/criterion.h>

#include "extract_sample.h"

#include <string.h>
#include <yajl/yajl_tree.h>

static ExtractSample sample;

static void end(void)
{
    extract_sample_end(&sample);
}

TestSuite(extract_json, .fini = end);

static void expect(const char *json, const char *part)
{
    cr_assert_not_null(strstr(json, part), "no %s in\n%s", part, json);
}

static yajl_val parsed(const char *json)
{
    char error[200] = "";
    yajl_val tree = yajl_tree_parse(json, error, sizeof error);

    cr_assert_not_null(tree, "%s", error);
    return tree;
}

static yajl_val first_file(yajl_val tree)
{
    yajl_val files = yajl_tree_get(tree, (const char *[]){ "files", NULL }, yajl_t_array);

    cr_assert_not_null(files);
    cr_assert_eq(YAJL_GET_ARRAY(files)->len, 1);
    return YAJL_GET_ARRAY(files)->values[0];
}

static void expect_keys(yajl_val object, const char *const *keys, size_t count)
{
    cr_assert(YAJL_IS_OBJECT(object));
    cr_assert_eq(YAJL_GET_OBJECT(object)->len, count);
    for (size_t i = 0; i < count; i++)
        cr_assert_str_eq(YAJL_GET_OBJECT(object)->keys[i], keys[i]);
}

Test(extract_json, has_the_documented_keys)
{
    static const char *const top[] = { "schema", "version", "files" };
    static const char *const file_keys[] = { "path",   "sha256",   "error",   "rows",
                                             "tables", "notation", "unplaced" };
    static const char *const row_keys[] = { "sheet",   "citizen", "course", "kind", "section",
                                            "benefit", "payer",   "from",   "to",   "amount",
                                            "unit",    "cell",    "text" };
    yajl_val tree =
        parsed(extract_sample(&sample, &extract_sheet, kf_report_extract_json, KF_LANG_DA));
    yajl_val file = first_file(tree), rows;

    expect_keys(tree, top, 3);
    expect_keys(file, file_keys, 7);
    rows = yajl_tree_get(file, (const char *[]){ "rows", NULL }, yajl_t_array);
    cr_assert_eq(YAJL_GET_ARRAY(rows)->len, 12);
    expect_keys(YAJL_GET_ARRAY(rows)->values[0], row_keys, 13);
    yajl_tree_free(tree);
}

Test(extract_json, tells_each_figure_in_a_line)
{
    const char *json = extract_sample(&sample, &extract_sheet, kf_report_extract_json, KF_LANG_DA);

    expect(json, "\n    {\"sheet\":\"Ark1\",\"citizen\":\"Borger 1\",\"course\":\"actual\","
                 "\"kind\":\"item\",\"section\":\"Forsørgelsesgrundlag\","
                 "\"benefit\":\"Kontanthjælp ******-****\",\"payer\":null,\"from\":0,\"to\":6,"
                 "\"amount\":62500.00,\"unit\":1000,\"cell\":\"B5\",\"text\":\"62.5\"},\n");
    expect(json,
           "\"from\":7,\"to\":12,\"amount\":null,\"unit\":1000,\"cell\":\"C5\",\"text\":null}");
    expect(json, "\"payer\":\"municipality\",\"from\":null,\"to\":null,\"amount\":81000.00,");
    expect(json, "\"amount\":null,\"unit\":1000,\"cell\":\"B8\",\"text\":\"uvist\"}");
    expect(json, "{\"sheet\":\"Ark1\",\"cell\":\"A13\",\"text\":\"Noget helt andet\"}");
}

/* As Gnumeric writes what other programs write as 572203.8 and 12.3. */
Test(extract_json, shows_a_number_as_spreadsheets_do)
{
    static const MadeSheet sheet = {
        "Ark1",
        "Udgifter|2021|2022|I alt\n"
        "Kommunen|572203.800000000000011|12.300000000000001|572216.1\n"
        "Staten|100|200|300\n"
        "I alt|572303.8|212.3|572516.1\n",
    };
    const char *json = extract_sample(&sample, &sheet, kf_report_extract_json, KF_LANG_DA);

    expect(json, "\"table\":\"payer-table\"");
    expect(json, "\"text\":\"572203.8\"");
    expect(json, "\"amount\":12.30,\"unit\":1,\"cell\":\"C2\",\"text\":\"12.3\"");
}

Test(extract_json, says_why_a_file_has_no_rows)
{
    const KfError missing = { .status = KF_FILE_MISSING };
    const KfExtractReport file = { .path = KF_TEXT("væk.xlsx"), .error = &missing };
    const MadeSheet budget = { "Ark1", "Budget|2013\nLøn|100\n" };

    kf_report_extract_json(&sample.out, &file, 1, &(KfReportOptions){ .lang = KF_LANG_EN });
    kf_buf_char(&sample.out, '\0');
    expect(sample.out.ptr, "\"sha256\": null,");
    expect(sample.out.ptr, "\"error\": \"væk.xlsx: no such file.");
    expect(sample.out.ptr, "\"rows\":[],\n");
    kf_buf_free(&sample.out);
    expect(extract_sample(&sample, &budget, kf_report_extract_json, KF_LANG_EN),
           "\"error\": \"sag.xlsx: no case table found.");
}
