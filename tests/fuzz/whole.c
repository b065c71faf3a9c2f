#include "whole.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

#include "kf/book.h"
#include "kf/extract.h"
#include "kf/report.h"
#include "ooxml/xml_pull.h"

typedef struct {
    KfFile *file;
    KfModel model;
    KfAudit audit, settled;
    KfFixPlan plan;
    KfEdits edits;
    KfFileDigest digest;
    KfReconciliation together;
    KfText detail;
    bool found;
} Whole;

static const KfRuleSet *rules;
static char in_path[64], out_path[64], back_path[64];

static void remove_files(void)
{
    unlink(in_path);
    unlink(out_path);
    unlink(back_path);
}

/* Files of this process in memory; the rules are loaded once. */
static void set_up(void)
{
    KfRuleSet *loaded;

    if (rules)
        return;
    EXPECT(kf_ruleset_create(&loaded, NULL) == KF_OK);
    rules = loaded;
    snprintf(in_path, sizeof in_path, "/dev/shm/kf-fuzz-%ld-in.xlsx", (long)getpid());
    snprintf(out_path, sizeof out_path, "/dev/shm/kf-fuzz-%ld-out.xlsx", (long)getpid());
    snprintf(back_path, sizeof back_path, "/dev/shm/kf-fuzz-%ld-back.xlsx", (long)getpid());
    atexit(remove_files);
}

static void put_input(KfText bytes)
{
    int fd = open(in_path, O_CREAT | O_WRONLY | O_TRUNC, 0600);

    EXPECT(fd >= 0 && (size_t)write(fd, bytes.ptr, bytes.len) == bytes.len);
    close(fd);
}

/* ---- reports ------------------------------------------------------------- */

static void expect_json(KfText text)
{
    yajl_handle parser = yajl_alloc(NULL, NULL, NULL);

    EXPECT(parser);
    EXPECT(yajl_parse(parser, (const unsigned char *)text.ptr, text.len) == yajl_status_ok);
    EXPECT(yajl_complete_parse(parser) == yajl_status_ok);
    yajl_free(parser);
}

static void expect_xml(KfText text)
{
    KfXml *xml = malloc(sizeof *xml);
    KfXmlKind kind;

    EXPECT(xml);
    kf_xml_init(xml, text);
    while ((kind = kf_xml_next(xml)) != KF_XML_EOF)
        EXPECT(kind != KF_XML_BAD);
    free(xml);
}

/* A page of ours has a script of ours or none, and loads nothing. */
static void expect_page(KfText text)
{
    EXPECT(kf_text_find(text, KF_TEXT("<script src")) == SIZE_MAX);
    EXPECT(kf_text_find(text, KF_TEXT("src=\"http")) == SIZE_MAX);
    fuzz_expect_shown(text);
}

typedef enum { AS_TEXT, AS_JSON, AS_XML, AS_PAGE } Form;

static void expect_form(KfBuf *out, Form form)
{
    KfText text = kf_buf_view(out);

    EXPECT(!out->bad);
    if (form == AS_JSON)
        expect_json(text);
    else if (form == AS_XML)
        expect_xml(text);
    else if (form == AS_PAGE)
        expect_page(text);
    else
        fuzz_expect_shown(text);
    kf_buf_free(out);
}

static void report_check(const KfFileReport *told)
{
    static const struct {
        void (*print)(KfBuf *, const KfFileReport *, size_t, const KfReportOptions *);
        Form form;
    } forms[] = {
        { kf_report_check_text, AS_TEXT },  { kf_report_check_json, AS_JSON },
        { kf_report_check_csv, AS_TEXT },   { kf_report_check_html, AS_PAGE },
        { kf_report_check_sarif, AS_JSON }, { kf_report_check_junit, AS_XML },
    };

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const KfReportOptions options = { .lang = (KfLang)(i % KF_LANG_COUNT), .least = KF_INFO };
        KfBuf out = { 0 };

        forms[i].print(&out, told, 1, &options);
        expect_form(&out, forms[i].form);
    }
}

static void report_extract(const Whole *whole)
{
    static void (*const print[])(KfBuf *, const KfExtractReport *, size_t,
                                 const KfReportOptions *) = { kf_report_extract_text,
                                                              kf_report_extract_csv,
                                                              kf_report_extract_json };
    const KfExtractReport told = { .path = kf_text(in_path),
                                   .sha256 = kf_file_sha256(whole->file),
                                   .book = kf_file_book(whole->file),
                                   .model = &whole->model };
    const KfReportOptions options = { .lang = KF_LANG_DA };

    for (int i = 0; i < 3; i++) {
        KfBuf out = { 0 };

        print[i](&out, &told, 1, &options);
        expect_form(&out, i == 2 ? AS_JSON : AS_TEXT);
    }
}

static void report_together(const Whole *whole)
{
    static const struct {
        void (*print)(KfBuf *, const KfReconciliation *, const KfReportOptions *);
        Form form;
    } forms[] = {
        { kf_report_reconcile_text, AS_TEXT },
        { kf_report_reconcile_json, AS_JSON },
        { kf_report_reconcile_html, AS_PAGE },
        { kf_report_reconcile_csv, AS_TEXT },
    };

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const KfReportOptions options = { .lang = KF_LANG_DA };
        KfBuf out = { 0 };

        forms[i].print(&out, &whole->together, &options);
        expect_form(&out, forms[i].form);
    }
}

/* ---- what is done ---------------------------------------------------------- */

static KfCheckOptions check_options(void)
{
    return (KfCheckOptions){ .rules = rules,
                             .as_of = KF_DATE_NONE,
                             .start = KF_DATE_NONE,
                             .file_name = KF_TEXT("sag.xlsx") };
}

static KfStatus check(void *ctx)
{
    Whole *whole = ctx;
    KfArena *arena = kf_file_arena(whole->file);
    const KfCheckOptions options = check_options();
    const KfReconcileOptions wanted = { .case_cost = KF_NOT_STATED };

    kf_extract(arena, kf_file_book(whole->file), &whole->model);
    kf_audit(arena, kf_file_book(whole->file), &options, &whole->audit);
    kf_fix_plan(arena, &whole->audit, &whole->plan);
    kf_digest_file(arena,
                   &(KfDigestInput){ .audit = &whole->audit,
                                     .plan = &whole->plan,
                                     .settled = &whole->audit,
                                     .accepted = &whole->plan,
                                     .parts = kf_item_parts(arena, &whole->audit),
                                     .path = KF_TEXT("sag.xlsx"),
                                     .sha256 = kf_file_sha256(whole->file) },
                   &whole->digest);
    kf_reconcile(arena, &whole->digest, 1, &wanted, &whole->together);
    return KF_OK;
}

static void expect_findings(const KfAudit *audit)
{
    for (size_t i = 0; i < audit->finding_count; i++) {
        const KfFinding *finding = &audit->findings[i];

        EXPECT(!finding->has_cell || finding->cell.sheet < audit->book->sheet_count);
        EXPECT(kf_audit_finding(audit, finding->id) == finding);
    }
}

static KfStatus correct(void *ctx)
{
    Whole *whole = ctx;
    KfArena *arena = kf_file_arena(whole->file);
    const KfCheckOptions options = check_options();
    const KfFixChoice choice = { .all_proposals = true };
    const KfFixOptions how = { .file_name = KF_TEXT("sag.xlsx"),
                               .sha256 = kf_file_sha256(whole->file),
                               .lang = KF_LANG_DA,
                               .fills = true,
                               .notes = true };

    kf_fix_settle(arena, &whole->audit, &options, &choice, &whole->settled);
    kf_fix_plan(arena, &whole->settled, &whole->plan);
    kf_fix_edits(arena, &whole->settled, &whole->plan, &how, &whole->edits);
    return KF_OK;
}

static KfStatus take_back(void *ctx)
{
    Whole *copy = ctx;

    copy->found = kf_revert_edits(kf_file_arena(copy->file), kf_file_book(copy->file), &copy->edits,
                                  &copy->detail);
    return KF_OK;
}

static KfStatus compare(void *ctx)
{
    Whole **both = ctx;
    const KfDiffOptions options = { 0 };
    const KfReportOptions shown = { .lang = KF_LANG_DA };
    KfBuf out = { 0 };
    KfDiff diff;
    KfDiffReport told = { .before = { .path = KF_TEXT("før") },
                          .after = { .path = KF_TEXT("efter") },
                          .diff = &diff };

    kf_extract(kf_file_arena(both[1]->file), kf_file_book(both[1]->file), &both[1]->model);
    kf_diff(kf_file_arena(both[1]->file),
            (KfDiffSide){ kf_file_book(both[0]->file), &both[0]->model },
            (KfDiffSide){ kf_file_book(both[1]->file), &both[1]->model }, &options, &diff);
    kf_report_diff_text(&out, &told, &shown);
    expect_form(&out, AS_TEXT);
    kf_report_diff_json(&out, &told, &shown);
    expect_form(&out, AS_JSON);
    kf_report_diff_html(&out, &told, &shown);
    expect_form(&out, AS_PAGE);
    return KF_OK;
}

/* The copy opens, says what was changed, and gives the original back. */
static void read_copy(Whole *whole)
{
    Whole copy = { 0 };
    Whole *both[] = { whole, &copy };
    KfWritten written;
    KfError err;

    EXPECT(kf_file_open(&copy.file, out_path, &err) == KF_OK);
    EXPECT(kf_arena_run(kf_file_arena(copy.file), compare, both) == KF_OK);
    EXPECT(kf_arena_run(kf_file_arena(copy.file), take_back, &copy) == KF_OK);
    if (copy.found)
        EXPECT(kf_file_write(copy.file, &copy.edits, back_path, true, &written, &err) == KF_OK);
    kf_file_close(copy.file);
}

static void write_copy(Whole *whole)
{
    KfWritten written;
    KfError err = { 0 };
    KfBuf told = { 0 };
    const KfReportOptions options = { .lang = KF_LANG_DA };
    KfFixReport report = { .input = { .path = kf_text(in_path), .audit = &whole->settled },
                           .plan = &whole->plan,
                           .edits = &whole->edits };

    EXPECT(kf_arena_run(kf_file_arena(whole->file), correct, whole) == KF_OK);
    expect_findings(&whole->settled);
    kf_report_fix_text(&told, &report, &options);
    expect_form(&told, AS_TEXT);
    kf_report_fix_json(&told, &report, &options);
    expect_form(&told, AS_JSON);
    if (kf_file_write(whole->file, &whole->edits, out_path, true, &written, &err) == KF_OK)
        read_copy(whole);
    else
        EXPECT(err.status != KF_OK && err.status != KF_NO_MEMORY);
}

void fuzz_whole(KfText bytes)
{
    Whole whole = { 0 };
    KfError err = { 0 };
    KfFileReport told = { .path = KF_TEXT("sag.xlsx") };

    set_up();
    put_input(bytes);
    if (kf_file_open(&whole.file, in_path, &err) != KF_OK) {
        told.error = &err;
        report_check(&told);
        return;
    }
    EXPECT(kf_arena_run(kf_file_arena(whole.file), check, &whole) == KF_OK);
    told.sha256 = kf_file_sha256(whole.file);
    told.audit = &whole.audit;
    expect_findings(&whole.audit);
    report_check(&told);
    report_extract(&whole);
    report_together(&whole);
    write_copy(&whole);
    kf_file_close(whole.file);
}
