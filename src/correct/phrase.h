/* Everything that reports and the Rettelser sheet say in a language of people,
 * from two lists: phrases.def, and workbook_phrases.def for new workbooks. */
#ifndef CORRECT_PHRASE_H
#define CORRECT_PHRASE_H

#include "kf/fix.h"

typedef enum {
#define KF_PHRASE(id, da, en) SAY_##id,
#include "correct/phrases.def"
#include "correct/workbook_phrases.def"
#undef KF_PHRASE
    SAY_COUNT
} KfPhrase;

KfText kf_phrase(KfPhrase say, KfLang lang);
/** The text with its places filled. */
void kf_buf_phrase(KfBuf *out, KfPhrase say, KfLang lang, const KfText *args, size_t arg_count);
/** "1 celle", "7 celler": one is taken for 1, many for other counts. */
void kf_buf_counted(KfBuf *out, size_t count, KfPhrase one, KfPhrase many, KfLang lang);
/** "faktisk forløb" */
KfText kf_phrase_course(int course, KfLang lang);
/** "pr. 01-09-2013 (satserne passer på 2013)"; nothing when no date is known. */
void kf_buf_as_of(KfBuf *out, const KfAudit *audit, KfLang lang);
/** "92.826", a text in quotes, or "(tom)". */
void kf_buf_value(KfBuf *out, KfValue value, KfLang lang);
/** "7-12 mdr" */
void kf_buf_months(KfBuf *out, KfText period, KfLang lang);

/** "7 celler er rettet; 6 forslag kræver din beslutning." */
void kf_buf_fix_verdict(KfBuf *out, const KfFixPlan *plan, bool dry_run, KfLang lang);
/** The change a finding asks for, why, and the other explanations: the note of its cell. */
void kf_buf_note(KfBuf *out, const KfAudit *audit, const KfFinding *finding, KfLang lang);
/** Another explanation: say is SAY_ALTERNATIVE or SAY_NOTE_ALTERNATIVE. */
void kf_buf_alternative(KfBuf *out, const KfAudit *audit, KfRef beside,
                        const KfAlternative *alternative, KfPhrase say, KfLang lang);
/** The other explanations that the reason does not name, as sentences. */
void kf_buf_alternatives(KfBuf *out, const KfAudit *audit, const KfFinding *finding, KfLang lang);
/** Whether the reason of a finding names the cell already. */
bool kf_names_cell(const KfFinding *finding, KfRef ref, KfLang lang);
/** "D30", with its sheet when that is not the one beside it: "'Borger 1'!D30". */
void kf_buf_place(KfBuf *out, const KfAudit *audit, KfRef ref, KfText known_sheet);

/** Tables beside the cases; a list is told by its courses. */
size_t kf_count_tables(const KfModel *model);
/** Øre that a shown 1 stands for in the table of the finding: 100, 100000 (t.kr.). */
KfOere kf_unit_of(const KfModel *model, const KfFinding *finding);
/** a + b, cut off far above any amount, so that differences cannot overflow. */
KfOere kf_oere_plus(KfOere a, KfOere b);
/** Name of the sheet that a place stands on; empty when there is none. */
KfText kf_sheet_name(const KfAudit *audit, KfRef ref);
/** Citizen of a finding; empty when it belongs to none. */
KfText kf_citizen(const KfAudit *audit, size_t case_index);
/** How the Rettelser sheet names a KfCellKind: "number", "text" … */
KfText kf_kind_key(unsigned kind);
/** Whether a person must decide, by an edit that fix offers. */
bool kf_is_proposal(const KfFinding *finding);
/** Whether fix leaves a root error or warning as it is, and offers nothing. */
bool kf_is_left(const KfFinding *finding);

/** "D30 total-items: aftalt med revisor (til 31-12-2026)" */
void kf_buf_ignored(KfBuf *out, const KfAudit *audit, const KfIgnored *ignored, KfLang lang);

#endif
