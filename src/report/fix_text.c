/* The diff summary of fix: what was written where, what a person must decide,
 * and what it does to the payers. */
#include "report/text_report.h"
#include "report/verdict.h"

typedef struct {
    KfLines lines;
    const KfFixReport *report;
    KfLang lang;
} Summary;

static bool is_change(const Summary *summary, const KfFinding *finding)
{
    const KfChange *change =
        finding->has_cell ? kf_find_change(summary->report->plan, finding->cell) : NULL;

    return change && change->finding == finding->id;
}

static bool is_open_proposal(const Summary *summary, const KfFinding *finding)
{
    (void)summary;
    return kf_is_proposal(finding);
}

static bool is_left(const Summary *summary, const KfFinding *finding)
{
    (void)summary;
    return kf_is_left(finding);
}

static void put_list(Summary *summary, KfPhrase title,
                     bool (*wanted)(const Summary *summary, const KfFinding *finding))
{
    const KfAudit *audit = summary->report->input.audit;
    bool any = false;

    kf_lines_begin(&summary->lines);
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (wanted(summary, &audit->findings[i])) {
            kf_lines_measure(&summary->lines, &audit->findings[i]);
            any = true;
        }
    }
    if (!any)
        return;
    kf_buf_char(summary->lines.out, '\n');
    kf_buf_line(summary->lines.out, title, summary->lang, NULL, 0);
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (wanted(summary, &audit->findings[i]))
            kf_lines_finding(&summary->lines, &audit->findings[i], false);
    }
}

/* ---- effect ---------------------------------------------------------------- */

static void put_difference(KfBuf *out, KfOere difference, KfLang lang)
{
    if (difference > 0)
        kf_buf_char(out, '+');
    kf_buf_amount(out, difference, lang);
}

static void put_effect(Summary *summary, const KfEffect *effect)
{
    KfBuf *out = summary->lines.out;

    kf_buf_str(out, "  ");
    kf_buf_masked(out, kf_citizen(summary->report->input.audit, effect->case_index));
    kf_buf_str(out, ", ");
    kf_buf_text(out, kf_phrase_course(effect->course, summary->lang));
    kf_buf_str(out, ", ");
    kf_buf_str(out, kf_payer_name(effect->payer, summary->lang));
    kf_buf_str(out, ":  ");
    kf_buf_amount(out, effect->before, summary->lang);
    kf_buf_str(out, "  →  ");
    kf_buf_amount(out, effect->after, summary->lang);
    kf_buf_str(out, "  (");
    put_difference(out, effect->after - effect->before, summary->lang);
    kf_buf_str(out, ")\n");
}

static void put_effects(Summary *summary)
{
    const KfFixPlan *plan = summary->report->plan;
    bool any = false;

    if (plan->change_count == 0)
        return;
    kf_buf_char(summary->lines.out, '\n');
    kf_buf_line(summary->lines.out, SAY_FIX_EFFECT, summary->lang, NULL, 0);
    for (size_t i = 0; i < plan->effect_count; i++) {
        if (plan->effects[i].before == plan->effects[i].after)
            continue;
        put_effect(summary, &plan->effects[i]);
        any = true;
    }
    if (!any) {
        kf_buf_str(summary->lines.out, "  ");
        kf_buf_line(summary->lines.out, SAY_FIX_NO_EFFECT, summary->lang, NULL, 0);
    }
}

/* ---- head and foot --------------------------------------------------------- */

static void put_said(KfBuf *out, KfPhrase say, KfLang lang, KfText first, KfText second)
{
    KfBuf masked[2] = { 0 };

    kf_buf_masked(&masked[0], first);
    kf_buf_masked(&masked[1], second);
    kf_buf_line(out, say, lang, (KfText[]){ kf_buf_view(&masked[0]), kf_buf_view(&masked[1]) }, 2);
    out->bad |= masked[0].bad || masked[1].bad;
    kf_buf_free(&masked[0]);
    kf_buf_free(&masked[1]);
}

static void put_head(KfBuf *out, const KfFixReport *report, KfLang lang)
{
    KfBuf as_of = { 0 };

    if (report->output_sha256.len) {
        put_said(out, SAY_FIX_HEAD, lang, report->input.path, report->output_path);
    } else {
        kf_buf_masked(out, report->input.path);
        kf_buf_char(out, '\n');
    }
    kf_buf_as_of(&as_of, report->input.audit, lang);
    put_said(out, SAY_FIX_SOURCE_RULES, lang, report->input.audit->rules_name, kf_buf_view(&as_of));
    out->bad |= as_of.bad;
    kf_buf_free(&as_of);
}

/* ---- what was done to the file -------------------------------------------- */

enum { MOST_NAMED = 8 };

static void put_more(KfBuf *out, size_t count, KfLang lang)
{
    KfBuf number = { 0 };

    if (count <= MOST_NAMED)
        return;
    kf_buf_uint_padded(&number, count - MOST_NAMED, 1);
    kf_buf_phrase(out, SAY_FIX_AND_MORE, lang, (KfText[]){ kf_buf_view(&number) }, 1);
    out->bad |= number.bad;
    kf_buf_free(&number);
}

static void put_dependants(KfBuf *out, const KfFixReport *report, KfLang lang)
{
    const KfEdits *edits = report->edits;
    KfBuf list = { 0 };

    if (!edits || !(edits->refreshed_count || edits->unknown_count))
        return;
    kf_buf_char(out, '\n');
    if (edits->refreshed_count) {
        kf_buf_counted(out, edits->refreshed_count, SAY_FIX_REFRESHED_ONE, SAY_FIX_REFRESHED, lang);
        kf_buf_char(out, '\n');
    }
    for (size_t i = 0; i < edits->unknown_count && i < MOST_NAMED; i++) {
        kf_buf_str(&list, i ? ", " : "");
        kf_buf_place(&list, report->input.audit, edits->unknown[i], KF_TEXT(""));
    }
    put_more(&list, edits->unknown_count, lang);
    if (edits->unknown_count)
        kf_buf_line(out, SAY_FIX_NOT_REFRESHED, lang, (KfText[]){ kf_buf_view(&list) }, 1);
    out->bad |= list.bad;
    kf_buf_free(&list);
}

static void put_part_counts(KfBuf *out, const KfFixReport *report, KfLang lang)
{
    KfBuf counts[4] = { { 0 }, { 0 }, { 0 }, { 0 } };
    size_t by_fate[4] = { 0, 0, 0, report->same_parts };

    for (size_t i = 0; i < report->part_count; i++)
        by_fate[report->parts[i].fate]++;
    for (size_t i = 0; i < 4; i++)
        kf_buf_uint_padded(&counts[i], by_fate[i], 1);
    kf_buf_line(out, SAY_FIX_PARTS, lang,
                (KfText[]){ kf_buf_view(&counts[0]), kf_buf_view(&counts[1]),
                            kf_buf_view(&counts[2]), kf_buf_view(&counts[3]) },
                4);
    for (size_t i = 0; i < 4; i++) {
        out->bad |= counts[i].bad;
        kf_buf_free(&counts[i]);
    }
}

static void put_parts_of(KfBuf *out, const KfFixReport *report, KfPartFate fate, KfText name)
{
    bool any = false;

    for (size_t i = 0; i < report->part_count; i++) {
        if (report->parts[i].fate != fate)
            continue;
        kf_buf_str(out, any ? ", " : "  ");
        if (!any) {
            kf_buf_text(out, name);
            kf_buf_str(out, ":  ");
        }
        any = true;
        kf_buf_masked(out, report->parts[i].name);
    }
    if (any)
        kf_buf_char(out, '\n');
}

static void put_parts(KfBuf *out, const KfFixReport *report, KfLang lang)
{
    static const KfPhrase fates[] = { SAY_FIX_PART_CHANGED, SAY_FIX_PART_ADDED,
                                      SAY_FIX_PART_REMOVED };

    if (!report->part_count)
        return;
    kf_buf_char(out, '\n');
    put_part_counts(out, report, lang);
    for (int fate = KF_PART_CHANGED; fate <= KF_PART_REMOVED; fate++)
        put_parts_of(out, report, (KfPartFate)fate, kf_phrase(fates[fate], lang));
}

static void put_signature(KfBuf *out, const KfFixReport *report, KfLang lang)
{
    if (!report->voids_signature)
        return;
    kf_buf_char(out, '\n');
    kf_buf_text(out, kf_phrase(SAY_FIX_SIGNATURE_VOID, lang));
    kf_buf_char(out, '\n');
}

static void put_hashes(KfBuf *out, const KfFixReport *report, KfLang lang)
{
    kf_buf_char(out, '\n');
    kf_buf_line(out, SAY_FIX_INPUT, lang, &report->input.sha256, 1);
    if (report->output_sha256.len)
        kf_buf_line(out, SAY_FIX_OUTPUT, lang, &report->output_sha256, 1);
    kf_buf_char(out, '\n');
}

static void put_verdict(KfBuf *out, const KfFixReport *report, KfLang lang)
{
    const KfFixPlan *plan = report->plan;
    bool nothing = plan->change_count == 0 && plan->proposal_count == 0;
    bool written = report->output_sha256.len > 0;

    if (nothing)
        kf_buf_line(out, written ? SAY_FIX_SAME_COPY : SAY_FIX_NO_COPY, lang, NULL, 0);
    else if (!written)
        kf_buf_line(out, report->dry_run ? SAY_FIX_DRY_RUN : SAY_FIX_OURS, lang, NULL, 0);
    kf_buf_fix_verdict(out, plan, !written, lang);
    kf_buf_char(out, '\n');
}

void kf_report_fix_text(KfBuf *out, const KfFixReport *report, const KfReportOptions *options)
{
    Summary summary = { .report = report, .lang = options->lang };

    if (!report->input.audit || !report->plan)
        return; /* the caller tells of the error */
    kf_lines_init(&summary.lines, out, options, report->input.audit);
    summary.lines.name_sheets = true;
    if (!options->quiet) {
        put_head(out, report, options->lang);
        put_list(&summary, SAY_FIX_CHANGES, is_change);
        put_list(&summary, SAY_FIX_PROPOSALS, is_open_proposal);
        put_list(&summary, SAY_FIX_LEFT, is_left);
        put_effects(&summary);
        put_dependants(out, report, options->lang);
        put_parts(out, report, options->lang);
        put_signature(out, report, options->lang);
        put_hashes(out, report, options->lang);
    }
    put_verdict(out, report, options->lang);
    kf_lines_finish(&summary.lines);
}
