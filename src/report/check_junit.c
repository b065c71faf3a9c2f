/* check --format junit: a suite a file, a test a course; errors and warnings fail it. */
#include "report/report_parts.h"
#include "report/verdict.h"

#include "correct/phrase.h"

typedef struct {
    KfBuf *out;
    const KfFileReport *file;
    const KfReportOptions *options;
} Suite;

/* Characters that XML does not allow are shown already: masking does that. */
static void put_escaped(KfBuf *out, KfText text)
{
    KfBuf masked = { 0 };

    kf_buf_masked(&masked, text);
    kf_buf_markup(out, kf_buf_view(&masked));
    out->bad |= masked.bad;
    kf_buf_free(&masked);
}

static void put_attribute(KfBuf *out, const char *name, KfText value)
{
    kf_buf_char(out, ' ');
    kf_buf_str(out, name);
    kf_buf_str(out, "=\"");
    put_escaped(out, value);
    kf_buf_char(out, '"');
}

static void put_count(KfBuf *out, const char *name, size_t count)
{
    KfBuf digits = { 0 };

    kf_buf_uint_padded(&digits, count, 1);
    put_attribute(out, name, kf_buf_view(&digits));
    out->bad |= digits.bad;
    kf_buf_free(&digits);
}

/* ---- tests ----------------------------------------------------------------- */

/* A test takes the findings of one course, or those of no course of a case, or of no case. */
static bool belongs(const KfFinding *finding, size_t item, int course)
{
    return finding->case_index == item && finding->course == course;
}

static bool fails(const Suite *suite, const KfFinding *finding)
{
    KfSeverity least = suite->options->least < KF_WARNING ? suite->options->least : KF_WARNING;

    return finding->severity >= least;
}

/* Findings stand in the order of their cases, those of no case first and last. */
static size_t first_of(const KfAudit *audit, size_t item)
{
    size_t lo = 0, hi = item == KF_NO_INDEX ? 0 : audit->finding_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (kf_finding_place(&audit->findings[mid]) < item + 1)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static size_t end_of(const KfAudit *audit, size_t item)
{
    return item == KF_NO_INDEX ? audit->finding_count : first_of(audit, item + 1);
}

static size_t count_failing(const Suite *suite, size_t item, int course)
{
    const KfAudit *audit = suite->file->audit;
    const size_t end = end_of(audit, item);
    size_t count = 0;

    for (size_t i = first_of(audit, item); i < end; i++)
        count += belongs(&audit->findings[i], item, course) && fails(suite, &audit->findings[i]);
    return count;
}

static void put_lines(Suite *suite, size_t item, int course)
{
    const KfAudit *audit = suite->file->audit;
    const size_t end = end_of(audit, item);
    KfLang lang = suite->options->lang;
    KfBuf line = { 0 };

    for (size_t i = first_of(audit, item); i < end; i++) {
        const KfFinding *finding = &audit->findings[i];

        if (!belongs(finding, item, course) || !fails(suite, finding))
            continue;
        line.len = 0;
        if (finding->has_cell)
            kf_buf_place(&line, audit, finding->cell, KF_TEXT(""));
        kf_buf_str(&line, " ");
        kf_buf_text(&line, finding->message[lang]);
        kf_buf_str(&line, " [");
        kf_buf_str(&line, kf_finding_code(finding->code));
        kf_buf_char(&line, ']');
        put_escaped(suite->out, kf_buf_view(&line));
        kf_buf_char(suite->out, '\n');
    }
    suite->out->bad |= line.bad;
    kf_buf_free(&line);
}

static void put_test(Suite *suite, KfText name, size_t item, int course)
{
    size_t failing = count_failing(suite, item, course);
    KfBuf message = { 0 };

    kf_buf_str(suite->out, "    <testcase");
    put_attribute(suite->out, "name", name);
    put_attribute(suite->out, "classname", suite->file->path);
    put_attribute(suite->out, "time", KF_TEXT("0"));
    if (failing == 0) {
        kf_buf_str(suite->out, "/>\n");
        return;
    }
    kf_buf_str(suite->out, ">\n      <failure");
    kf_buf_counted(&message, failing, SAY_FINDING_ONE, SAY_FINDING_MANY, suite->options->lang);
    put_attribute(suite->out, "message", kf_buf_view(&message));
    kf_buf_close(&message, suite->out);
    put_attribute(suite->out, "type", KF_TEXT("finding"));
    kf_buf_char(suite->out, '>');
    put_lines(suite, item, course);
    kf_buf_str(suite->out, "</failure>\n    </testcase>\n");
}

static void put_course(Suite *suite, size_t item, int course)
{
    KfBuf name = { 0 };

    kf_buf_text(&name, kf_citizen(suite->file->audit, item));
    if (course >= 0) {
        kf_buf_str(&name, ", ");
        kf_buf_text(&name, kf_phrase_course(course, suite->options->lang));
    }
    put_test(suite, kf_buf_view(&name), item, course);
    suite->out->bad |= name.bad;
    kf_buf_free(&name);
}

static size_t put_tests(Suite *suite)
{
    const KfModel *model = &suite->file->audit->model;
    size_t count = 1;

    put_test(suite, kf_phrase(SAY_BLOCK_FILE, suite->options->lang), KF_NO_INDEX, -1);
    for (size_t i = 0; i < model->case_count; i++) {
        count += count_failing(suite, i, -1) > 0;
        if (count_failing(suite, i, -1))
            put_course(suite, i, -1);
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (!model->cases[i].has[kind])
                continue;
            put_course(suite, i, kind);
            count++;
        }
    }
    return count;
}

/* A file that could not be checked is a test that ended in an error. */
static void put_failure(Suite *suite)
{
    const KfError error = kf_file_error(suite->file);
    KfBuf sentence = { 0 };

    kf_error_text(&sentence, &error, suite->file->path, suite->options->lang);
    kf_buf_str(suite->out, "    <testcase");
    put_attribute(suite->out, "name", kf_phrase(SAY_BLOCK_FILE, suite->options->lang));
    put_attribute(suite->out, "classname", suite->file->path);
    put_attribute(suite->out, "time", KF_TEXT("0"));
    kf_buf_str(suite->out, ">\n      <error");
    put_attribute(suite->out, "message", kf_buf_view(&sentence));
    put_attribute(suite->out, "type", kf_text(kf_status_code(error.status)));
    kf_buf_str(suite->out, "/>\n    </testcase>\n");
    suite->out->bad |= sentence.bad;
    kf_buf_free(&sentence);
}

/* ---- a file ---------------------------------------------------------------- */

static size_t count_tests_that_fail(const Suite *suite)
{
    const KfModel *model = &suite->file->audit->model;
    size_t count = count_failing(suite, KF_NO_INDEX, -1) > 0;

    for (size_t i = 0; i < model->case_count; i++) {
        for (int kind = -1; kind < KF_COURSE_COUNT; kind++)
            count += count_failing(suite, i, kind) > 0;
    }
    return count;
}

static void put_suite(Suite *suite, KfText tests, size_t count, size_t failures, size_t errors)
{
    KfBuf *out = suite->out;

    kf_buf_str(out, "  <testsuite");
    put_attribute(out, "name", suite->file->path);
    put_count(out, "tests", count);
    put_count(out, "failures", failures);
    put_count(out, "errors", errors);
    put_attribute(out, "time", KF_TEXT("0"));
    kf_buf_str(out, ">\n");
    kf_buf_text(out, tests);
    kf_buf_str(out, "  </testsuite>\n");
}

static void put_part(KfReportPart *out, const KfFileReport *file, const KfReportOptions *options)
{
    KfVerdict verdict = kf_verdict(file, options->least);
    KfBuf tests = { 0 };
    Suite suite = { &tests, file, options };

    if (verdict == KF_UNREADABLE || verdict == KF_NO_CASE_TABLE) {
        put_failure(&suite);
        suite.out = &out->body;
        put_suite(&suite, kf_buf_view(&tests), 1, 0, 1);
    } else {
        size_t count = put_tests(&suite);

        suite.out = &out->body;
        put_suite(&suite, kf_buf_view(&tests), count, count_tests_that_fail(&suite), 0);
    }
    out->body.bad |= tests.bad;
    kf_buf_free(&tests);
}

static void put_frame(KfBuf *head, KfBuf *tail, const KfReportSum *sum,
                      const KfReportOptions *options)
{
    (void)sum;
    (void)options;
    kf_buf_str(head,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kontrafakt\">\n");
    kf_buf_str(tail, "</testsuites>\n");
}

const KfReportFormat kf_check_as_junit = { put_part, put_frame, "", false };
