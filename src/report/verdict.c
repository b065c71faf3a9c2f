/* What became of a file, in one word; the exit status follows the same bar. */
#include "report/verdict.h"

#include "correct/phrase.h"

KfVerdict kf_verdict(const KfFileReport *file, KfSeverity least)
{
    const KfSeverity bar = least < KF_WARNING ? least : KF_WARNING;

    if (!file->audit)
        return KF_UNREADABLE;
    if (!kf_model_has_any(&file->audit->model))
        return KF_NO_CASE_TABLE;
    for (size_t i = 0; i < file->audit->finding_count; i++) {
        if (file->audit->findings[i].severity >= bar)
            return KF_FINDINGS;
    }
    return KF_CLEAN;
}

const char *kf_verdict_key(KfVerdict verdict)
{
    static const char *const keys[] = {
        [KF_CLEAN] = "clean",
        [KF_FINDINGS] = "findings",
        [KF_NO_CASE_TABLE] = "no-cases",
        [KF_UNREADABLE] = "unreadable",
    };

    return keys[verdict];
}

KfError kf_file_error(const KfFileReport *file)
{
    if (file->error)
        return *file->error;
    return (KfError){ .status = file->audit ? kf_model_status(&file->audit->model) : KF_NO_CASES };
}

/* ---- in a sentence --------------------------------------------------------- */

static void put_clause(KfBuf *out, size_t start, size_t count, KfPhrase one, KfPhrase many,
                       KfLang lang)
{
    if (count == 0)
        return;
    if (out->len > start)
        kf_buf_str(out, "; ");
    kf_buf_counted(out, count, one, many, lang);
}

static void put_found(KfBuf *out, const KfReportSum *counts, KfLang lang)
{
    size_t errors = counts->by_severity[KF_ERROR], warnings = counts->by_severity[KF_WARNING];
    KfBuf found = { 0 }, cases = { 0 };

    if (counts->cases || !counts->tables)
        kf_buf_counted(&cases, counts->cases, SAY_CASE_ONE, SAY_CASE_MANY, lang);
    if (counts->cases && counts->tables)
        kf_buf_text(&cases, kf_phrase(SAY_AND, lang));
    if (counts->tables)
        kf_buf_counted(&cases, counts->tables, SAY_TABLE_ONE, SAY_TABLE_MANY, lang);
    if (errors)
        kf_buf_counted(&found, errors, SAY_ERROR_ONE, SAY_ERROR_MANY, lang);
    if (errors && warnings)
        kf_buf_text(&found, kf_phrase(SAY_AND, lang));
    if (warnings)
        kf_buf_counted(&found, warnings, SAY_WARNING_ONE, SAY_WARNING_MANY, lang);
    if (found.len)
        kf_buf_phrase(out, SAY_VERDICT_FOUND, lang,
                      (KfText[]){ kf_buf_view(&found), kf_buf_view(&cases) }, 2);
    else
        kf_buf_phrase(out, SAY_VERDICT_CLEAN, lang, (KfText[]){ kf_buf_view(&cases) }, 1);
    out->bad |= found.bad || cases.bad;
    kf_buf_free(&found);
    kf_buf_free(&cases);
}

static void end_sentence(KfBuf *out, size_t start)
{
    if (out->len > start)
        kf_buf_char(out, '.');
}

void kf_buf_verdict(KfBuf *out, const KfReportSum *counts, KfLang lang)
{
    size_t start;

    if (counts->audited)
        put_found(out, counts, lang);
    else
        kf_buf_text(out, kf_phrase(SAY_VERDICT_NOTHING_READ, lang));
    kf_buf_char(out, ' ');
    start = out->len;
    put_clause(out, start, counts->correctable, SAY_CORRECTABLE_ONE, SAY_CORRECTABLE_MANY, lang);
    put_clause(out, start, counts->proposals, SAY_PROPOSAL_OPEN, SAY_PROPOSALS_OPEN, lang);
    put_clause(out, start, counts->unread, SAY_UNREAD_ONE, SAY_UNREAD_MANY, lang);
    put_clause(out, start, counts->without_cases, SAY_NO_CASES_ONE, SAY_NO_CASES_MANY, lang);
    put_clause(out, start, counts->blank, SAY_BLANK_ONE, SAY_BLANK_MANY, lang);
    put_clause(out, start, counts->ignored, SAY_IGNORED_ONE, SAY_IGNORED_MANY, lang);
    end_sentence(out, start);
    while (out->len && out->ptr[out->len - 1] == ' ')
        out->len--;
    kf_buf_char(out, '\n');
}
