/* What the forms of the reconciliation share. */
#ifndef REPORT_RECONCILE_REPORT_H
#define REPORT_RECONCILE_REPORT_H

#include "correct/phrase.h"
#include "kf/report.h"

/** "Som indtastet", by view; "faktisk pr. borger", "faktisk", by course. */
extern const KfPhrase kf_view_name[KF_VIEW_COUNT];
extern const KfPhrase kf_each_name[KF_COURSE_COUNT], kf_course_word[KF_COURSE_COUNT];

/** What 10 per cent more of a benefit in both courses adds to the net gain of a payer, or of
 *  all of them, its shares unchanged; KF_NOT_STATED where the rules do not say who pays. */
KfOere kf_ten_per_cent(const KfBenefitSum *benefit, int sum);
/** What 10 per cent more of an amount adds to the net gain. */
KfOere kf_ten_per_cent_of_cell(const KfCellSum *cell, int sum);
/** The amount that a mover names, and its case. */
const KfCellSum *kf_mover_cell(const KfReconciliation *all, const KfMover *mover);
/** The same for each payer and all of them. */
KfSums kf_ten_per_cents(const KfBenefitSum *benefit);
KfSums kf_ten_per_cents_of_cell(const KfCellSum *cell);
/** What a case gains, by payer. */
KfSums kf_case_gains(const KfCaseDigest *item, KfView view);
/** The municipality's gain a citizen after the cost of a case. */
KfOere kf_gain_after_cost(const KfGroup *group, KfView view);
/** Share of the cases that must succeed for the municipality's gain to be 0, in
 *  thousandths; -1 when it cannot be said. */
int32_t kf_success_share(const KfGroup *group, KfView view);
/** What a course costs a citizen of the group, by payer. */
KfSums kf_costs_each(const KfGroup *group, KfView view, KfCourseKind kind);
/** Whether any figure differs from the view before. */
bool kf_group_changes(const KfGroup *group, KfView view);
/** What a correction adds to the net gain; 0, KF_NOT_STATED as its moves. */
KfOere kf_correction_gain(const KfCorrection *correction);
bool kf_same_sums(const KfSums *a, const KfSums *b);
/** A path without its folders. */
KfText kf_base_name(KfText path);
/** "Borger 1", with its file when there are several. */
void kf_buf_case(KfBuf *out, const KfReconciliation *all, size_t file, size_t item);
/** "kommunen", "i alt". */
KfText kf_sum_name(int sum, KfLang lang);

/** Walks through the corrections and proposals that move a published figure. */
typedef struct {
    const KfReconciliation *all;
    const KfPublished *row;
    size_t file, item, next;
    const KfCorrection *correction; /**< the one that was found, of a case in file; */
    KfOere effect;                  /**< what it changes of the figure */
} KfTrace;
bool kf_trace_next(KfTrace *trace);
size_t kf_trace_count(const KfReconciliation *all, const KfPublished *row);

/** "Aarhus", "Alle sager"; not masked. */
KfText kf_group_title(const KfReconciliation *all, const KfGroup *group, KfLang lang);
/** "Aarhus: 5 borgere, heraf 4 med begge forløb" */
void kf_buf_group_head(KfBuf *out, const KfReconciliation *all, const KfGroup *group, KfLang lang);
/** A line each: when it turns, what a case costs, cases that stand out. */
void kf_buf_group_facts(KfBuf *out, const KfReconciliation *all, const KfGroup *group, KfLang lang);
/** "Borger 1!C18" */
void kf_buf_cell_place(KfBuf *out, KfText sheet, KfRef cell);
/** "faktisk forløb, kommunen, 7-12 mdr"; of an amount its label. */
void kf_buf_correction(KfBuf *out, const KfCorrection *correction, KfLang lang);
/** "nettogevinst -200"; of a correction that moves something. */
void kf_buf_moves(KfBuf *out, const KfCorrection *correction, KfLang lang);
/** The cells that make a published figure differ, the first of them; nothing where none do,
 *  or where it agrees with what was typed. */
void kf_buf_because(KfBuf *out, const KfReconciliation *all, const KfPublished *row, KfLang lang);
/** The same behind another sentence: ". Forskellen kommer fra ..." */
void kf_buf_because_then(KfBuf *out, const KfReconciliation *all, const KfPublished *row,
                         KfLang lang);
/** How a published figure agrees with ours. */
void kf_buf_agreement(KfBuf *out, const KfPublished *row, KfLang lang);
/** A line each: published figures that are not ours to compare. */
void kf_buf_published_rest(KfBuf *out, const KfReconciliation *all, KfLang lang);
/** A line each: citizens that may be one; files that are not counted. */
void kf_buf_twins(KfBuf *out, const KfReconciliation *all, KfLang lang);
void kf_buf_left_out(KfBuf *out, const KfReconciliation *all, KfLang lang);
/** A line each: findings that were passed over, and why. */
void kf_buf_all_ignored(KfBuf *out, const KfReconciliation *all, KfLang lang);
/** Errors and warnings of the files that are used. */
size_t kf_count_findings(const KfReconciliation *all);
/** Whether the file's cases or wage forms are used. */
bool kf_file_counts(const KfFileDigest *file);
/** "5 borgere i 1 fil; 6 fejl og 11 advarsler." */
void kf_buf_reconcile_verdict(KfBuf *out, const KfReconciliation *all, KfLang lang);
/** The first line of text, which moves on past it. */
KfText kf_next_line(KfText *text);

#endif
