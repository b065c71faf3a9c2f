#include <criterion/criterion.h>

#include "sample_audit.h"

#include <yajl/yajl_tree.h>

static Sample sample;
static const KfReportOptions options = { .least = KF_WARNING, .rules_name = { "dk", 2 } };
static const KfError missing = { .status = KF_FILE_MISSING };

static void build(void)
{
    cr_assert(sample_init(&sample));
}

static void end(void)
{
    kf_arena_finish(&sample.arena);
}

TestSuite(print_json, .init = build, .fini = end);

static KfFileReport audited(void)
{
    return (KfFileReport){ .path = KF_TEXT("sag.xlsx"),
                           .sha256 = KF_TEXT("0101901234ff"),
                           .audit = &sample.audit };
}

static yajl_val parsed(KfBuf *out)
{
    char error[200] = "";
    yajl_val tree;

    kf_buf_char(out, '\0');
    cr_assert_not(out->bad);
    tree = yajl_tree_parse(out->ptr, error, sizeof error);
    cr_assert_not_null(tree, "%s", error);
    return tree;
}

static yajl_val checked(const KfFileReport *files, size_t count)
{
    KfBuf out = { 0 };
    yajl_val tree;

    kf_report_check_json(&out, files, count, &options);
    tree = parsed(&out);
    kf_buf_free(&out);
    return tree;
}

static yajl_val at(yajl_val object, const char *key)
{
    yajl_val found = yajl_tree_get(object, (const char *[]){ key, NULL }, yajl_t_any);

    cr_assert_not_null(found, "no key %s", key);
    return found;
}

static yajl_val nth(yajl_val array, size_t i)
{
    cr_assert(YAJL_IS_ARRAY(array));
    cr_assert_lt(i, YAJL_GET_ARRAY(array)->len);
    return YAJL_GET_ARRAY(array)->values[i];
}

static void expect_text(yajl_val object, const char *key, const char *text)
{
    cr_assert_str_eq(YAJL_GET_STRING(at(object, key)), text);
}

static void expect_number(yajl_val value, const char *digits)
{
    cr_assert(YAJL_IS_NUMBER(value));
    cr_assert_str_eq(YAJL_GET_NUMBER(value), digits);
}

static void expect_keys(yajl_val object, const char *const *keys, size_t count)
{
    cr_assert(YAJL_IS_OBJECT(object));
    cr_assert_eq(YAJL_GET_OBJECT(object)->len, count);
    for (size_t i = 0; i < count; i++)
        cr_assert_str_eq(YAJL_GET_OBJECT(object)->keys[i], keys[i]);
}

#define EXPECT_KEYS(object, ...)                                                                   \
    expect_keys((object), (const char *const[]){ __VA_ARGS__ },                                    \
                sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

Test(print_json, check_has_the_documented_keys)
{
    KfFileReport file = audited();
    yajl_val tree = checked(&file, 1);
    yajl_val first = nth(at(tree, "files"), 0);

    EXPECT_KEYS(tree, "schema", "version", "rules", "files");
    expect_text(tree, "schema", "kontrafakt/check/1");
    EXPECT_KEYS(at(tree, "rules"), "name", "as_of", "as_of_source", "assumed", "law",
                "amounts_tried", "years");
    expect_text(at(tree, "rules"), "as_of", "2013-09-01");
    expect_text(at(tree, "rules"), "as_of_source", "rates");
    EXPECT_KEYS(first, "path", "sha256", "verdict", "error", "cases", "tables", "findings");
    expect_text(first, "sha256", "0101901234ff");
    expect_text(first, "verdict", "findings");
    cr_assert(YAJL_IS_NULL(at(first, "error")));
    yajl_tree_free(tree);
}

Test(print_json, course_tells_every_figure)
{
    KfFileReport file = audited();
    yajl_val tree, course, item;

    sample.totals[0].state = KF_FIGURE_BLANK;
    tree = checked(&file, 1);
    course = nth(at(nth(at(nth(at(tree, "files"), 0), "cases"), 0), "courses"), 0);
    EXPECT_KEYS(course, "course", "sheet", "range", "periods", "items", "payers", "totals",
                "payer_totals", "case_total");
    expect_text(course, "course", "actual");
    expect_text(course, "range", "A2:C10");
    EXPECT_KEYS(nth(at(course, "periods"), 1), "from", "to", "label", "cell");
    expect_text(nth(at(course, "periods"), 1), "cell", "C2");
    item = nth(at(course, "items"), 0);
    EXPECT_KEYS(item, "label", "section", "amounts", "cells");
    expect_text(item, "label", "Kontanthjælp ******-****");
    expect_number(nth(at(item, "amounts"), 1), "73718.00");
    cr_assert_str_eq(YAJL_GET_STRING(nth(at(item, "cells"), 1)), "C4");
    EXPECT_KEYS(at(course, "payers"), "municipality", "state", "region", "other");
    cr_assert(YAJL_IS_NULL(at(at(course, "payers"), "region")));
    expect_number(nth(at(at(course, "payers"), "state"), 0), "25115.40");
    cr_assert(YAJL_IS_NULL(nth(at(course, "totals"), 0)));
    expect_number(at(at(course, "payer_totals"), "municipality"), "117205.20");
    cr_assert(YAJL_IS_NULL(at(at(course, "payer_totals"), "state")));
    expect_number(at(course, "case_total"), "174544.00");
    yajl_tree_free(tree);
}

Test(print_json, finding_tells_what_stands_and_what_should)
{
    KfFileReport file = audited();
    yajl_val tree = checked(&file, 1);
    yajl_val findings = at(nth(at(tree, "files"), 0), "findings");
    yajl_val first = nth(findings, 0), typo = nth(findings, 2), label = nth(findings, 6);

    EXPECT_KEYS(first, "id", "code", "severity", "sheet", "cell", "citizen", "course", "period",
                "payer", "label", "found", "expected", "difference", "action", "root", "message",
                "source");
    expect_text(first, "code", "total-items");
    expect_text(first, "cell", "C7");
    expect_text(first, "action", "correct");
    expect_number(at(first, "difference"), "2000.00");
    cr_assert(YAJL_IS_NULL(at(first, "root")));
    cr_assert(YAJL_IS_NULL(at(first, "payer")));
    expect_number(at(nth(findings, 1), "root"), "1");
    expect_text(nth(findings, 4), "payer", "state");
    EXPECT_KEYS(nth(at(typo, "alternatives"), 0), "sheet", "cell", "found", "expected");
    expect_text(nth(at(typo, "alternatives"), 0), "sheet", "Ole's ark");
    expect_text(label, "expected", "7-12 mdr");
    cr_assert(YAJL_IS_NULL(at(label, "difference")));
    cr_assert(YAJL_IS_NULL(at(nth(findings, 7), "cell")));
    yajl_tree_free(tree);
}

Test(print_json, a_file_that_cannot_be_read_is_told)
{
    const KfFileReport files[] = { { .path = KF_TEXT("væk.xlsx"), .error = &missing }, audited() };
    yajl_val tree = checked(files, 2);
    yajl_val first = nth(at(tree, "files"), 0);

    expect_text(first, "verdict", "unreadable");
    cr_assert(YAJL_IS_NULL(at(first, "sha256")));
    expect_text(first, "error", "væk.xlsx: filen findes ikke. Kontrollér navn og mappe.");
    cr_assert_eq(YAJL_GET_ARRAY(at(first, "cases"))->len, 0);
    expect_text(at(tree, "rules"), "as_of", "2013-09-01");
    yajl_tree_free(tree);
    tree = checked(files, 1);
    expect_text(at(tree, "rules"), "name", "dk");
    cr_assert(YAJL_IS_NULL(at(at(tree, "rules"), "as_of")));
    yajl_tree_free(tree);
}

Test(print_json, verdicts_follow_what_was_found)
{
    KfFileReport file = audited();
    yajl_val tree;

    sample.audit.findings = &sample.findings[3];
    sample.audit.finding_count = 1;
    tree = checked(&file, 1);
    expect_text(nth(at(tree, "files"), 0), "verdict", "clean");
    yajl_tree_free(tree);
    sample.audit.model.case_count = 0;
    sample.audit.finding_count = 0;
    tree = checked(&file, 1);
    expect_text(nth(at(tree, "files"), 0), "verdict", "no-cases");
    cr_assert(YAJL_IS_STRING(at(nth(at(tree, "files"), 0), "error")));
    yajl_tree_free(tree);
}

Test(print_json, files_of_different_dates_carry_their_rules)
{
    KfAudit other = sample.audit;
    KfFileReport files[] = { audited(), audited() };
    yajl_val tree;

    other.as_of = kf_date(2016, 1, 1);
    files[1].audit = &other;
    tree = checked(files, 2);
    expect_text(at(nth(at(tree, "files"), 1), "rules"), "as_of", "2016-01-01");
    yajl_tree_free(tree);
}

static yajl_val fixed(const char *output_sha256)
{
    const KfFixReport report = { .input = audited(),
                                 .plan = &sample.plan,
                                 .output_path = KF_TEXT("sag-rettet.xlsx"),
                                 .output_sha256 = kf_text(output_sha256) };
    KfBuf out = { 0 };
    yajl_val tree;

    kf_report_fix_json(&out, &report, &options);
    tree = parsed(&out);
    kf_buf_free(&out);
    return tree;
}

Test(print_json, fix_tells_changes_and_effect)
{
    yajl_val tree = fixed("abcd");

    expect_text(tree, "schema", "kontrafakt/fix/1");
    expect_text(at(tree, "input"), "path", "sag.xlsx");
    expect_text(at(tree, "output"), "sha256", "abcd");
    EXPECT_KEYS(nth(at(tree, "changes"), 1), "sheet", "cell", "before", "after", "finding");
    expect_number(at(nth(at(tree, "changes"), 1), "before"), "90826.00");
    expect_number(at(nth(at(tree, "changes"), 1), "after"), "92826.00");
    cr_assert_eq(YAJL_GET_ARRAY(at(tree, "findings"))->len, SAMPLE_FINDINGS);
    EXPECT_KEYS(nth(at(tree, "effect"), 1), "citizen", "course", "payer", "before", "after");
    expect_text(nth(at(tree, "effect"), 1), "payer", "state");
    expect_number(at(nth(at(tree, "effect"), 1), "after"), "52230.80");
    yajl_tree_free(tree);
    tree = fixed("");
    cr_assert(YAJL_IS_NULL(at(tree, "output")));
    yajl_tree_free(tree);
}
