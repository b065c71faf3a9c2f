/* A workbook while it is boiled down. */
#ifndef RECONCILE_DIGEST_H
#define RECONCILE_DIGEST_H

#include "kf/reconcile.h"

typedef struct {
    KfArena *arena;
    const KfDigestInput *input;
    KfFileDigest *out;
    KfText *by_sheet; /* the municipality that each sheet states */
    KfText of_book;   /* the first that any sheet states */
    KfBuf scratch;
} KfDigester;

/* A copy of the text, masked. */
KfText kf_digest_text(KfDigester *in, KfText text);
/* The changes that make a view of what was typed. */
const KfFixPlan *kf_digest_plan(const KfDigester *in, KfView view);
/* A figure in a view; KF_NOT_STATED. */
KfOere kf_digest_figure(const KfDigester *in, const KfFigure *figure, KfView view);

/* What the corrections and the proposals change, and which of the cells move a sum. The
 * cases must have their sums. */
void kf_digest_changes(KfDigester *in);
/* Errors, warnings, and what was passed over. */
void kf_digest_findings(KfDigester *in);
/* Wage forms, and what a case costs by them. */
void kf_digest_wages(KfDigester *in);

#endif
