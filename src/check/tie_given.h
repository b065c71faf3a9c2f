/* What the cases of a workbook give for a figure of a summary. */
#ifndef KF_CHECK_TIE_GIVEN_H
#define KF_CHECK_TIE_GIVEN_H

#include "check/checks.h"

enum { KF_WAYS_MAX = 16 };

/* What the sum differs by when one finding of the cases is not as it is told. */
typedef struct {
    KfOere more;
    uint32_t cause; /* mark of the finding, when its cell was taken as it stands; else 0 */
} KfTieWay;

/* A sum of figures of the cases: as they stand, and as they should be. */
typedef struct {
    bool known;
    bool is_open; /* it rests on what a person must decide */
    KfOere stated, meant;
    KfOere by_payers; /* meant, added up from what each payer pays: with shares rounded one by */
    bool has_payers;  /* one that is another figure, */
    KfOere payers;    /* and the same as they stand */
    KfOere slack;     /* what rounding of its parts can amount to */
    uint32_t cause;   /* mark of the finding that tells them apart, or 0 */
    KfTieWay ways[KF_WAYS_MAX];
    size_t way_count;
} KfGiven;

/* Where a finding of a case stands, and its mark in the list. */
typedef struct {
    KfRef cell;
    size_t case_index;
    int course;
    uint32_t mark;
} KfCaseFinding;

/* The findings of the cases, by cell and by course; of amounts that should be others. */
typedef struct {
    KfCheck *check;
    KfCaseFinding *by_cell, *by_course;
    size_t count;
} KfCaseFindings;

/* In the arena of the check: good for all summaries, once the cases are checked. */
KfCaseFindings kf_case_findings(KfCheck *check);

/* Add what a course of a case costs a payer, or in all (KF_PAYER_NONE); `kind` may be the
 * gain. */
void kf_given_add(const KfCaseFindings *findings, KfGiven *sum, size_t case_index, int kind,
                  int payer);
/* Add what an item of a course costs in all, or take it off (sign -1). */
void kf_given_add_item(const KfCaseFindings *findings, KfGiven *sum, const KfCourse *course,
                       const KfItem *item, int sign);
/* What one of the payers of the sum pays; nothing, where the cases do not say. */
void kf_given_add_payer(KfGiven *sum, const KfGiven *part);
/* The sum of `count` cases as their average. */
void kf_given_share(KfGiven *sum, size_t count);

/* The cases, from the first to before the end, that a figure of a summary adds, and what of
 * them. */
typedef struct {
    bool known, is_average;
    size_t first, end;
    int course, payer; /* the course may be the gain, the payer KF_PAYER_NONE */
    KfText label;      /* only the benefit of this label; or empty */
} KfTieScope;

/* Amounts of the cases that are a keystroke, or their benefit's price, from making the sum so
 * much more; none where many are. In the arena of the check. */
typedef struct {
    KfAlternative *items;
    size_t count;
} KfTiedSlips;
KfTiedSlips kf_tied_slips(KfCheck *check, const KfCaseFindings *findings, const KfTieScope *scope,
                          KfOere more);
/* What was found of the figure when its case was checked, or NULL. */
const KfFinding *kf_case_finding_at(const KfCaseFindings *findings, KfRef cell);

typedef enum {
    KF_TIE_DIFFERS, /* the cases cannot give it */
    KF_TIE_AGREES,  /* they give it, perhaps by an explanation that is left open */
    KF_TIE_FOLLOWS  /* they give it with a mistake in it: *cause */
} KfTieKind;

/* What the amount should be: by the payers where it is added up from them, and not from the
 * totals. */
KfOere kf_given_meant(const KfGiven *given, KfOere amount);

/* How the amount, between the two, comes from the cases. */
KfTieKind kf_given_explains(const KfGiven *given, KfInterval amount, uint32_t *cause);

#endif
