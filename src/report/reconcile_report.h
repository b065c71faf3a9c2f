/* What the forms of the reconciliation share. */
#ifndef REPORT_RECONCILE_REPORT_H
#define REPORT_RECONCILE_REPORT_H

#include "correct/phrase.h"
#include "kf/report.h"

/** What 10 per cent more of a benefit in both courses adds to the net gain. */
KfOere kf_ten_per_cent(const KfBenefitSum *benefit);
/** What a case gains, by payer. */
KfSums kf_case_gains(const KfCaseDigest *item, KfView view);
/** The municipality's gain a citizen after the cost of a case. */
KfOere kf_gain_after_cost(const KfGroup *group, KfView view);
/** Share of the cases that must succeed for the municipality's gain to be 0, in
 *  thousandths; -1 when it cannot be said. */
int32_t kf_success_share(const KfGroup *group, KfView view);
/** Whether any figure differs once corrected. */
bool kf_group_changes(const KfGroup *group);
bool kf_same_sums(const KfSums *a, const KfSums *b);
/** A path without its folders. */
KfText kf_base_name(KfText path);
/** "Borger 1", with its file when there are several. */
void kf_buf_case(KfBuf *out, const KfReconciliation *all, size_t file, size_t item);
/** "kommunen", "i alt". */
KfText kf_sum_name(int sum, KfLang lang);

/** "Aarhus: 5 borgere, heraf 4 med begge forløb" */
void kf_buf_group_head(KfBuf *out, const KfReconciliation *all, const KfGroup *group, KfLang lang);
/** A line each: when it turns, what a case costs, cases that stand out. */
void kf_buf_group_facts(KfBuf *out, const KfReconciliation *all, const KfGroup *group, KfLang lang);
/** How a published figure agrees with ours. */
void kf_buf_agreement(KfBuf *out, const KfPublished *row, KfLang lang);
/** A line each: published figures that are not ours to compare. */
void kf_buf_published_rest(KfBuf *out, const KfReconciliation *all, KfLang lang);
/** A line each: citizens that may be one; files that are not counted. */
void kf_buf_twins(KfBuf *out, const KfReconciliation *all, KfLang lang);
void kf_buf_left_out(KfBuf *out, const KfReconciliation *all, KfLang lang);
/** "5 borgere i 1 fil; 6 fejl og 11 advarsler." */
void kf_buf_reconcile_verdict(KfBuf *out, const KfReconciliation *all, KfLang lang);
/** The first line of text, which moves on past it. */
KfText kf_next_line(KfText *text);

#endif
