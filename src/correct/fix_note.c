/* What is said of a changed or proposed cell, in its note and in the sheet. */
#include "correct/phrase.h"

void kf_buf_place(KfBuf *out, const KfAudit *audit, KfRef ref, KfText known_sheet)
{
    KfText sheet = kf_sheet_name(audit, ref);

    if (sheet.len && !kf_text_eq(sheet, known_sheet)) {
        kf_buf_char(out, '\'');
        kf_buf_masked(out, sheet);
        kf_buf_str(out, "'!");
    }
    kf_buf_cellref(out, ref.row, ref.col);
}

bool kf_names_cell(const KfFinding *finding, KfRef ref, KfLang lang)
{
    KfText message = finding->message[lang];
    char room[24]; /* the longest letters and digits of 32 bits */
    KfBuf place = { .ptr = room, .cap = sizeof room };
    size_t at;

    kf_buf_cellref(&place, ref.row, ref.col);
    at = kf_text_find(message, kf_buf_view(&place));
    return at != SIZE_MAX
           && (at + place.len == message.len || message.ptr[at + place.len] < '0'
               || message.ptr[at + place.len] > '9');
}

void kf_buf_alternative(KfBuf *out, const KfAudit *audit, KfRef beside,
                        const KfAlternative *alternative, KfPhrase say, KfLang lang)
{
    KfBuf place = { 0 }, found = { 0 }, expected = { 0 };

    kf_buf_place(&place, audit, alternative->cell, kf_sheet_name(audit, beside));
    kf_buf_value(&found, alternative->found, lang);
    kf_buf_value(&expected, alternative->expected, lang);
    kf_buf_phrase(out, say, lang,
                  (KfText[]){ kf_buf_view(&place), kf_buf_view(&found), kf_buf_view(&expected) },
                  3);
    out->bad |= place.bad || found.bad || expected.bad;
    kf_buf_free(&place);
    kf_buf_free(&found);
    kf_buf_free(&expected);
}

void kf_buf_alternatives(KfBuf *out, const KfAudit *audit, const KfFinding *finding, KfLang lang)
{
    for (size_t i = 0; i < finding->alternative_count; i++) {
        if (!kf_names_cell(finding, finding->alternatives[i].cell, lang))
            kf_buf_alternative(out, audit, finding->cell, &finding->alternatives[i],
                               SAY_NOTE_ALTERNATIVE, lang);
    }
}

static const KfCell *cell_of(const KfAudit *audit, KfRef ref)
{
    if (!audit->book || ref.sheet >= audit->book->sheet_count)
        return NULL;
    return kf_grid_at(&audit->book->sheets[ref.sheet], ref.row, ref.col);
}

/* In CSV every cell is text: nothing is said by it. */
static bool is_text(const KfAudit *audit, const KfCell *cell)
{
    return cell && cell->kind == KF_CELL_TEXT && !audit->book->is_untyped;
}

static KfPhrase note_kind(const KfFinding *finding, bool text)
{
    bool blank = finding->found.kind == KF_VALUE_NONE;

    if (finding->action == KF_ACTION_CORRECT) {
        if (text && finding->expected.kind == KF_VALUE_AMOUNT)
            return SAY_NOTE_CORRECTED_TEXT;
        return blank ? SAY_NOTE_CORRECTED_BLANK : SAY_NOTE_CORRECTED;
    }
    if (finding->expected.kind == KF_VALUE_NONE)
        return SAY_NOTE_PROPOSED_REASON;
    return blank ? SAY_NOTE_PROPOSED_BLANK : SAY_NOTE_PROPOSED;
}

void kf_buf_note(KfBuf *out, const KfAudit *audit, const KfFinding *finding, KfLang lang)
{
    const KfCell *cell = cell_of(audit, finding->cell);
    KfPhrase kind = note_kind(finding, is_text(audit, cell));
    KfBuf found = { 0 }, expected = { 0 }, reason = { 0 };
    KfValue stood = finding->found;

    if (kind == SAY_NOTE_CORRECTED_TEXT)
        stood = (KfValue){ .kind = KF_VALUE_TEXT, .text = cell->text };
    kf_buf_value(&found, stood, lang);
    kf_buf_value(&expected, finding->expected, lang);
    kf_buf_masked(&reason, finding->message[lang]);
    kf_buf_phrase(out, kind, lang,
                  (KfText[]){ kf_buf_view(&found), kf_buf_view(&expected), kf_buf_view(&reason) },
                  3);
    kf_buf_alternatives(out, audit, finding, lang);
    out->bad |= found.bad || expected.bad || reason.bad;
    kf_buf_free(&found);
    kf_buf_free(&expected);
    kf_buf_free(&reason);
}

static void begin_clause(KfBuf *out, size_t start)
{
    if (out->len > start)
        kf_buf_str(out, "; ");
}

void kf_buf_fix_verdict(KfBuf *out, const KfFixPlan *plan, bool dry_run, KfLang lang)
{
    size_t start = out->len;
    size_t left = plan->open_count - plan->proposal_count;

    if (plan->change_count == 0)
        kf_buf_text(out, kf_phrase(SAY_NO_CELL_CORRECTED, lang));
    else if (dry_run)
        kf_buf_counted(out, plan->change_count, SAY_CELL_TO_CORRECT, SAY_CELLS_TO_CORRECT, lang);
    else
        kf_buf_counted(out, plan->change_count, SAY_CELL_CORRECTED, SAY_CELLS_CORRECTED, lang);
    if (plan->proposal_count) {
        begin_clause(out, start);
        kf_buf_counted(out, plan->proposal_count, SAY_PROPOSAL_OPEN, SAY_PROPOSALS_OPEN, lang);
    }
    if (left) {
        begin_clause(out, start);
        kf_buf_counted(out, left, SAY_FINDING_LEFT, SAY_FINDINGS_LEFT, lang);
    }
    if (plan->open_count == 0) {
        begin_clause(out, start);
        kf_buf_text(out, kf_phrase(SAY_NOTHING_OPEN, lang));
    }
    kf_buf_char(out, '.');
}
