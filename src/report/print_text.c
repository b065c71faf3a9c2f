/* check --format text: what the workbook as a whole has, then a block a course,
 * consequences under their root, the verdict last. */
#include "report/report_parts.h"
#include "report/text_report.h"
#include "report/verdict.h"
#include "report/what_if_report.h"

#include <string.h>

/* Lists through the findings of one file, all by index of the finding; NONE ends one. */
typedef struct {
    KfArena arena;
    KfLines lines;
    const KfAudit *audit;
    const KfReportOptions *options;
    size_t *first_child, *next;      /* consequences of a root; findings of a block */
    size_t *first_of_block;          /* block 0 is the file, then each case and its courses */
    KfSeverity *weight;              /* the worst of a finding and what follows from it */
    size_t lesser[KF_FINDING_COUNT]; /* findings not shown, by code */
    size_t lesser_count;
} Report;

#define NONE SIZE_MAX

enum { BLOCKS_A_CASE = 1 + KF_COURSE_COUNT };

static size_t count_blocks(const KfAudit *audit)
{
    return 1 + audit->model.case_count * BLOCKS_A_CASE + audit->model.table_count;
}

/* ---- order ----------------------------------------------------------------- */

static size_t block_of(const Report *report, const KfFinding *finding)
{
    if (finding->table && finding->table <= report->audit->model.table_count)
        return report->audit->model.case_count * BLOCKS_A_CASE + finding->table;
    if (finding->case_index >= report->audit->model.case_count)
        return 0;
    return 1 + finding->case_index * BLOCKS_A_CASE + (size_t)(finding->course + 1);
}

/* A root stands before what follows from it, so that chains end. */
static size_t root_of(const KfAudit *audit, size_t finding)
{
    while (audit->findings[finding].root && audit->findings[finding].root <= finding)
        finding = audit->findings[finding].root - 1;
    return finding;
}

static void link_findings(Report *report)
{
    const KfAudit *audit = report->audit;

    for (size_t i = audit->finding_count; i-- > 0;) {
        size_t root = root_of(audit, i);
        size_t *list = root == i ? &report->first_of_block[block_of(report, &audit->findings[i])]
                                 : &report->first_child[root];

        report->next[i] = *list;
        *list = i;
        if (report->weight[root] < audit->findings[i].severity)
            report->weight[root] = audit->findings[i].severity;
    }
}

static KfStatus prepare(void *ctx)
{
    Report *report = ctx;
    size_t count = report->audit->finding_count;
    size_t blocks = count_blocks(report->audit);

    report->first_child = kf_arena_array(&report->arena, count, sizeof *report->first_child);
    report->next = kf_arena_array(&report->arena, count, sizeof *report->next);
    report->weight = kf_arena_array(&report->arena, count, sizeof *report->weight);
    report->first_of_block = kf_arena_array(&report->arena, blocks, sizeof *report->first_of_block);
    for (size_t i = 0; i < count; i++)
        report->first_child[i] = NONE;
    for (size_t i = 0; i < blocks; i++)
        report->first_of_block[i] = NONE;
    link_findings(report);
    return KF_OK;
}

/* ---- blocks ---------------------------------------------------------------- */

static bool is_shown(const Report *report, size_t root)
{
    return report->weight[root] >= report->options->least;
}

static bool measure_block(Report *report, size_t block)
{
    bool any = false;

    kf_lines_begin(&report->lines);
    for (size_t i = report->first_of_block[block]; i != NONE; i = report->next[i]) {
        if (!is_shown(report, i))
            continue;
        kf_lines_measure(&report->lines, &report->audit->findings[i]);
        any = true;
    }
    return any;
}

/* "Betalertabel, ark Økonomi, A3:F6" */
static void put_table_name(Report *report, const KfTable *table)
{
    KfLang lang = report->options->lang;
    KfBuf sheet = { 0 }, range = { 0 };

    kf_buf_masked(&sheet, table->sheet_name);
    kf_buf_range(&range, table->range);
    kf_buf_line(report->lines.out, SAY_BLOCK_TABLE, lang,
                (KfText[]){ kf_text(kf_table_kind_name(table->kind, lang)), kf_buf_view(&sheet),
                            kf_buf_view(&range) },
                3);
    report->lines.out->bad |= sheet.bad || range.bad;
    kf_buf_free(&sheet);
    kf_buf_free(&range);
}

static void put_block_name(Report *report, size_t block)
{
    size_t first_table = 1 + report->audit->model.case_count * BLOCKS_A_CASE;
    KfLang lang = report->options->lang;
    KfBuf *out = report->lines.out;
    size_t item = (block - 1) / BLOCKS_A_CASE, part = (block - 1) % BLOCKS_A_CASE;
    KfBuf citizen = { 0 };

    kf_buf_char(out, '\n');
    if (block == 0) {
        kf_buf_line(out, SAY_BLOCK_FILE, lang, NULL, 0);
        return;
    }
    if (block >= first_table) {
        put_table_name(report, &report->audit->model.tables[block - first_table]);
        return;
    }
    kf_buf_masked(&citizen, kf_citizen(report->audit, item));
    if (part == 0)
        kf_buf_text(out, kf_buf_view(&citizen));
    else
        kf_buf_phrase(out, SAY_BLOCK_COURSE, lang,
                      (KfText[]){ kf_buf_view(&citizen), kf_phrase_course((int)part - 1, lang) },
                      2);
    kf_buf_char(out, '\n');
    out->bad |= citizen.bad;
    kf_buf_free(&citizen);
}

static void count_lesser(Report *report, size_t root)
{
    report->lesser[report->audit->findings[root].code]++;
    report->lesser_count++;
}

static void put_block(Report *report, size_t block)
{
    bool any = measure_block(report, block);

    if (any)
        put_block_name(report, block);
    for (size_t i = report->first_of_block[block]; i != NONE; i = report->next[i]) {
        if (!is_shown(report, i)) {
            count_lesser(report, i);
            continue;
        }
        kf_lines_finding(&report->lines, &report->audit->findings[i], true);
        for (size_t c = report->first_child[i]; c != NONE; c = report->next[c])
            kf_lines_consequence(&report->lines, &report->audit->findings[c]);
    }
}

/* ---- a file ---------------------------------------------------------------- */

static size_t count_courses(const KfAudit *audit)
{
    size_t count = 0;

    for (size_t i = 0; i < audit->model.case_count; i++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            count += audit->model.cases[i].has[kind];
    }
    return count;
}

static void put_head(KfBuf *out, const KfFileReport *file, KfLang lang)
{
    size_t tables = kf_count_tables(&file->audit->model);
    KfBuf part[6] = { 0 };
    KfText args[6];

    kf_buf_masked(&part[0], file->path);
    kf_buf_counted(&part[1], file->audit->model.case_count, SAY_CITIZEN_ONE, SAY_CITIZEN_MANY,
                   lang);
    kf_buf_counted(&part[2], count_courses(file->audit), SAY_COURSE_ONE, SAY_COURSE_MANY, lang);
    kf_buf_masked(&part[3], file->audit->rules_name);
    kf_buf_as_of(&part[4], file->audit, lang);
    kf_buf_counted(&part[5], tables, SAY_TABLE_ONE, SAY_TABLE_MANY, lang);
    for (size_t i = 0; i < 6; i++)
        args[i] = kf_buf_view(&part[i]);
    kf_buf_line(out,
                tables == 0                     ? SAY_HEAD
                : file->audit->model.case_count ? SAY_HEAD_AND_TABLES
                                                : SAY_HEAD_TABLES,
                lang, args, 6);
    for (size_t i = 0; i < 6; i++) {
        out->bad |= part[i].bad;
        kf_buf_free(&part[i]);
    }
}

/* What the workbook itself assumes, which was used, with its cell. */
static void put_assumptions(Report *report)
{
    const KfAudit *audit = report->audit;
    const KfLang lang = report->options->lang;

    for (size_t i = 0; i < audit->assumption_count; i++) {
        const KfAssumption *one = &audit->assumptions[i];
        KfBuf part[3] = { 0 }, line = { 0 };
        KfText args[3];

        kf_buf_masked(&part[0], one->rule.title);
        kf_buf_rule_shares(&part[1], &one->rule, lang);
        kf_buf_place(&part[2], audit, one->cell,
                     audit->book->sheet_count == 1 ? kf_sheet_name(audit, one->cell) : KF_TEXT(""));
        for (size_t k = 0; k < 3; k++)
            args[k] = kf_buf_view(&part[k]);
        kf_buf_phrase(&line, one->differs ? SAY_ASSUMPTION_DIFFERS : SAY_ASSUMPTION, lang, args, 3);
        kf_buf_wrapped(report->lines.out, kf_buf_view(&line), 2);
        for (size_t k = 0; k < 3; k++) {
            report->lines.out->bad |= part[k].bad;
            kf_buf_free(&part[k]);
        }
        report->lines.out->bad |= line.bad;
        kf_buf_free(&line);
    }
}

/* "8 oplysninger vises ikke (6 × …, 2 × …)." */
static void put_lesser(Report *report)
{
    KfLang lang = report->options->lang;
    KfBuf *out = report->lines.out;
    KfBuf count = { 0 }, list = { 0 };
    KfBuf line = { 0 };

    if (report->lesser_count == 0)
        return;
    kf_buf_counted(&count, report->lesser_count, SAY_LESSER_ONE, SAY_LESSER_MANY, lang);
    for (int code = 0; code < KF_FINDING_COUNT; code++) {
        if (report->lesser[code] == 0)
            continue;
        if (list.len)
            kf_buf_str(&list, ", ");
        kf_buf_uint_padded(&list, report->lesser[code], 1);
        kf_buf_str(&list, " × ");
        kf_buf_str(&list, kf_finding_title((KfFindingCode)code, lang));
    }
    kf_buf_phrase(&line, SAY_LESSER, lang, (KfText[]){ kf_buf_view(&count), kf_buf_view(&list) },
                  2);
    kf_buf_char(out, '\n');
    kf_buf_wrapped(out, kf_buf_view(&line), 0);
    out->bad |= count.bad || list.bad || line.bad;
    kf_buf_free(&count);
    kf_buf_free(&list);
    kf_buf_free(&line);
}

static void put_ignored(Report *report)
{
    KfBuf *out = report->lines.out;
    KfBuf line = { 0 };

    if (report->audit->ignored_count == 0)
        return;
    kf_buf_char(out, '\n');
    kf_buf_line(out, SAY_IGNORED_HEAD, report->options->lang, NULL, 0);
    for (size_t i = 0; i < report->audit->ignored_count; i++) {
        line.len = 0;
        kf_buf_ignored(&line, report->audit, &report->audit->ignored[i], report->options->lang);
        kf_buf_wrapped(out, kf_buf_view(&line), 2);
    }
    out->bad |= line.bad;
    kf_buf_free(&line);
}

static void put_audit(Report *report, const KfFileReport *file)
{
    size_t blocks = count_blocks(report->audit);

    put_head(report->lines.out, file, report->options->lang);
    put_assumptions(report);
    for (size_t block = 0; block < blocks; block++)
        put_block(report, block);
    put_lesser(report);
    put_ignored(report);
    kf_buf_char(report->lines.out, '\n');
}

static void put_unread(KfBuf *out, const KfFileReport *file, KfPhrase say, KfLang lang)
{
    KfBuf path = { 0 };
    KfText arg;

    kf_buf_masked(&path, file->path);
    arg = kf_buf_view(&path);
    kf_buf_line(out, say, lang, &arg, 1);
    kf_buf_char(out, '\n');
    out->bad |= path.bad;
    kf_buf_free(&path);
}

static void put_audited(KfBuf *out, const KfFileReport *file, const KfReportOptions *options)
{
    Report report = { .audit = file->audit, .options = options };

    kf_arena_init(&report.arena);
    kf_lines_init(&report.lines, out, options, file->audit);
    if (kf_arena_run(&report.arena, prepare, &report) != KF_OK)
        out->bad = true;
    else
        put_audit(&report, file);
    if (file->what_if)
        kf_report_what_if_text(out, file, file->what_if, options);
    kf_lines_finish(&report.lines);
    kf_arena_finish(&report.arena);
}

/* A file name as a shell takes it. */
static void put_run(KfBuf *out, const KfFileReport *file, KfLang lang)
{
    KfBuf name = { 0 };
    KfText arg;
    bool quote = kf_text_find(file->path, KF_TEXT(" ")) != SIZE_MAX;

    if (quote)
        kf_buf_char(&name, '"');
    kf_buf_masked(&name, file->path);
    if (quote)
        kf_buf_char(&name, '"');
    arg = kf_buf_view(&name);
    kf_buf_line(out, SAY_RUN_FIX, lang, &arg, 1);
    out->bad |= name.bad;
    kf_buf_free(&name);
}

static void put_part(KfReportPart *out, const KfFileReport *file, const KfReportOptions *options)
{
    KfVerdict verdict = kf_verdict(file, options->least);

    kf_report_sum_file(&out->sum, file, options);
    if (verdict == KF_UNREADABLE || verdict == KF_NO_CASE_TABLE) {
        if (!options->quiet)
            put_unread(&out->body, file,
                       out->sum.blank             ? SAY_HEAD_BLANK
                       : verdict == KF_UNREADABLE ? SAY_HEAD_UNREAD
                                                  : SAY_HEAD_NO_CASES,
                       options->lang);
        return;
    }
    if (options->quiet)
        return;
    put_audited(&out->body, file, options);
    if (out->sum.correctable || out->sum.proposals)
        put_run(&out->sum.last, file, options->lang);
}

static void put_frame(KfBuf *head, KfBuf *tail, const KfReportSum *sum,
                      const KfReportOptions *options)
{
    (void)head;
    kf_buf_verdict(tail, sum, options->lang);
    kf_buf_text(tail, kf_buf_view(&sum->last));
}

const KfReportFormat kf_check_as_text = { put_part, put_frame, "", false };
