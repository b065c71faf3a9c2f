/* A cell's derivation while it is made. */
#ifndef KF_CHECK_EXPLAIN_STEPS_H
#define KF_CHECK_EXPLAIN_STEPS_H

#include "check/checks.h"
#include "kf/explain.h"

typedef struct {
    KfCheck check;
    KfCourseCheck course;
    KfPlace place;
    KfVerdict verdict;
    KfExplained *out;
    size_t cap;
    bool by_period; /* items are told apart by their periods, not by their rows */
} KfExplainer;

/* A new step; the pointer holds until the next one. */
KfStep *kf_step_add(KfExplainer *explainer, KfStepKind kind);
/* Append a sentence to a step. */
void kf_step_say(KfExplainer *explainer, KfStep *step, KfSay say, const KfArg *args, size_t count);

/* What a payer carries of an item; KF_PAYER_NONE: what each of them does. Parts are
 * added to sum when it is not NULL. */
void kf_explain_item_part(KfExplainer *explainer, size_t item, size_t period, int payer,
                          KfTruth *sum);
/* How the amount of an item comes of the rates of its benefit. */
void kf_explain_readings(KfExplainer *explainer, size_t item, size_t period, KfOere amount);

/* A figure of a table beside the cases, and what it is summed or multiplied from; false when
 * ref is in none. */
bool kf_explain_table(KfExplainer *explainer, KfRef ref);

#endif
