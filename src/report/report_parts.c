/* A report of many files put together from parts, each made by itself. */
#include "report/report_parts.h"

#include "correct/phrase.h"
#include "report/verdict.h"

#include <string.h>

/* Only what tells the rules and how their date was found: the rest goes with its file. */
static void keep_rules(KfReportSum *sum, const KfAudit *audit)
{
    sum->rules = (KfAudit){
        .as_of = audit->as_of,
        .as_of_source = audit->as_of_source,
        .law = audit->law,
        .rates_fitting = audit->rates_fitting,
        .rates_tried = audit->rates_tried,
        .year_count = audit->year_count,
        .rules_name = audit->rules_name,
        .rules = audit->rules,
    };
    for (size_t i = 0; i < audit->year_count; i++)
        sum->years[i] = audit->years[i];
}

void kf_report_sum_audit(KfReportSum *sum, const KfAudit *audit)
{
    sum->audited = 1;
    sum->cases = audit->model.case_count;
    sum->tables = kf_count_tables(&audit->model);
    keep_rules(sum, audit);
}

typedef struct {
    KfArena arena;
    const KfAudit *audit;
    KfFixPlan plan;
} Planning;

static KfStatus make_plan(void *ctx)
{
    Planning *planning = ctx;

    kf_fix_plan_changes(&planning->arena, planning->audit, &planning->plan);
    return KF_OK;
}

static void count_plan(KfReportSum *sum, const KfAudit *audit)
{
    Planning planning = { .audit = audit };

    kf_arena_init(&planning.arena);
    if (kf_arena_run(&planning.arena, make_plan, &planning) != KF_OK)
        sum->last.bad = true;
    sum->correctable = planning.plan.change_count;
    sum->proposals = planning.plan.proposal_count;
    kf_arena_finish(&planning.arena);
}

void kf_report_sum_file(KfReportSum *sum, const KfFileReport *file, const KfReportOptions *options)
{
    KfVerdict verdict = kf_verdict(file, options->least);

    sum->unread = verdict == KF_UNREADABLE;
    sum->blank = verdict == KF_NO_CASE_TABLE && file->audit->model.blank_count;
    sum->without_cases = verdict == KF_NO_CASE_TABLE && !sum->blank;
    if (sum->unread || verdict == KF_NO_CASE_TABLE)
        return;
    kf_report_sum_audit(sum, file->audit);
    for (int severity = 0; severity < KF_SEVERITY_COUNT; severity++)
        sum->by_severity[severity] = kf_audit_count(file->audit, (KfSeverity)severity);
    sum->ignored = file->audit->ignored_count;
    count_plan(sum, file->audit);
}

static bool same_years(const KfReportSum *a, const KfReportSum *b)
{
    size_t i = 0;

    while (i < a->rules.year_count && i < b->rules.year_count
           && a->years[i].year == b->years[i].year && a->years[i].fitting == b->years[i].fitting)
        i++;
    return i == a->rules.year_count && i == b->rules.year_count;
}

static bool same_date(const KfReportSum *a, const KfReportSum *b)
{
    return a->rules.as_of == b->rules.as_of && a->rules.as_of_source == b->rules.as_of_source
           && a->rules.rates_tried == b->rules.rates_tried && same_years(a, b);
}

static void take_rules(KfReportSum *sum, const KfReportSum *part)
{
    sum->rules = part->rules;
    for (size_t i = 0; i < part->rules.year_count; i++)
        sum->years[i] = part->years[i];
}

/* The head tells the rules of the first file with cases, else of the first that was read. */
static void add_rules(KfReportSum *sum, const KfReportSum *part)
{
    if (!part->audited)
        return;
    if (sum->audited && !same_date(sum, part))
        sum->rules_differ = true;
    if (!sum->audited || (!sum->cases && part->cases))
        take_rules(sum, part);
}

void kf_report_sum_add(KfReportSum *sum, const KfReportSum *part)
{
    add_rules(sum, part);
    for (int severity = 0; severity < KF_SEVERITY_COUNT; severity++)
        sum->by_severity[severity] += part->by_severity[severity];
    sum->cases += part->cases;
    sum->tables += part->tables;
    sum->correctable += part->correctable;
    sum->proposals += part->proposals;
    sum->audited += part->audited;
    sum->unread += part->unread;
    sum->without_cases += part->without_cases;
    sum->blank += part->blank;
    sum->ignored += part->ignored;
    kf_buf_text(&sum->last, kf_buf_view(&part->last));
    sum->last.bad |= part->last.bad;
}

void kf_report_put_body(KfBuf *out, const KfReportPart *part, const KfReportSum *sum)
{
    KfText body = kf_buf_view(&part->body);

    out->bad |= part->body.bad;
    if (sum->rules_differ) {
        kf_buf_text(out, body);
        return;
    }
    kf_buf_text(out, kf_text_slice(body, 0, part->own_from));
    kf_buf_text(out, kf_text_slice(body, part->own_to, body.len));
}

static void free_part(KfReportPart *part)
{
    kf_buf_free(&part->body);
    kf_buf_free(&part->sum.last);
}

/* A part that has nothing to say is not set apart either. */
static void put_part(KfBuf *out, const KfReportFormat *format, const KfFileReport *file,
                     const KfReportSum *sum, bool *begun, const KfReportOptions *options)
{
    KfReportPart part = { 0 };

    format->part(&part, file, options);
    if (*begun && part.body.len)
        kf_buf_str(out, format->between);
    *begun |= part.body.len > 0;
    kf_report_put_body(out, &part, sum);
    free_part(&part);
}

void kf_buf_cut_front(KfBuf *buf, size_t len)
{
    if (len && len <= buf->len) {
        memmove(buf->ptr, buf->ptr + len, buf->len - len);
        buf->len -= len;
    }
}

/* Each part is made twice: once for the sum, which the first body may need already. */
static void put_whole(KfBuf *out, const KfReportFormat *format, const KfFileReport *files,
                      size_t count, const KfReportOptions *options)
{
    KfBuf tail = { 0 };
    KfReportSum sum = { 0 };
    bool begun = false;

    for (size_t i = 0; i < count; i++) {
        KfReportPart part = { 0 };

        format->part(&part, &files[i], options);
        kf_report_sum_add(&sum, &part.sum);
        free_part(&part);
    }
    format->frame(out, &tail, &sum, options);
    for (size_t i = 0; i < count; i++)
        put_part(out, format, &files[i], &sum, &begun, options);
    kf_buf_text(out, kf_buf_view(&tail));
    out->bad |= tail.bad || sum.last.bad;
    kf_buf_free(&tail);
    kf_buf_free(&sum.last);
}

void kf_report_check_text(KfBuf *out, const KfFileReport *files, size_t count,
                          const KfReportOptions *options)
{
    put_whole(out, &kf_check_as_text, files, count, options);
}

void kf_report_check_json(KfBuf *out, const KfFileReport *files, size_t count,
                          const KfReportOptions *options)
{
    put_whole(out, &kf_check_as_json, files, count, options);
}

void kf_report_check_csv(KfBuf *out, const KfFileReport *files, size_t count,
                         const KfReportOptions *options)
{
    put_whole(out, &kf_check_as_csv, files, count, options);
}

void kf_report_check_html(KfBuf *out, const KfFileReport *files, size_t count,
                          const KfReportOptions *options)
{
    put_whole(out, &kf_check_as_html, files, count, options);
}

void kf_report_check_sarif(KfBuf *out, const KfFileReport *files, size_t count,
                           const KfReportOptions *options)
{
    put_whole(out, &kf_check_as_sarif, files, count, options);
}

void kf_report_check_junit(KfBuf *out, const KfFileReport *files, size_t count,
                           const KfReportOptions *options)
{
    put_whole(out, &kf_check_as_junit, files, count, options);
}
