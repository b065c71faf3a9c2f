/* A course whose explanation is told. */
#ifndef CHECK_TELLER_H
#define CHECK_TELLER_H

#include "check/checks.h"

/* How many figures of a kind and payer are stated, and how many blank ones should hold something. */
typedef struct {
    size_t stated, blank;
} KfStanding;

typedef struct {
    KfCheck *check;
    const KfPlace *place;
    KfCourseCheck *course;
    const KfVerdict *verdict;
    const KfExplanation *best;
    uint32_t *marks;        /* a node: its finding, or 0 */
    KfFormulaFault *faults; /* one a node */
    KfStanding standing[KF_NODE_KINDS][KF_PAYER_COUNT + 1];
    bool has_standing; /* it was counted */
} KfTeller;

/* Whether the explanation has the figure wrong of itself, and right with this value. */
bool kf_has_root(const KfExplanation *explanation, int node, KfOere value);
/* The rule of the largest item in the column that gives this payer a part. */
const KfItemRule *kf_main_rule(const KfTeller *teller, const KfNode *node, size_t *item);
/* The payer whose figure of the column was exchanged with this one, or KF_PAYER_NONE. */
int kf_exchanged_with(const KfTeller *teller, const KfNode *node, KfOere meant);

/* How sure a root is. */
KfConfidence kf_confidence_of(const KfTeller *teller, int index);
/* Whether a payer's column has nothing but free items, and still no payer fits: who pays cannot be
 * said. */
bool kf_is_unexplained(const KfTeller *teller, const KfNode *node, int index);
/* Whether a figure should wait for a person, however sure its rule is. */
bool kf_is_unsure(const KfTeller *teller, int index);

/* What other explanations would have wrong in the root's place. */
void kf_add_alternatives(const KfTeller *teller, KfFinding *finding, int root);
/* Why a payer's part, a total or an amount is wrong. */
void kf_say_payer(const KfTeller *teller, KfFinding *finding, const KfNode *node, KfOere meant);
void kf_say_total(const KfTeller *teller, KfFinding *finding, const KfNode *node, KfOere meant);
void kf_say_item(const KfTeller *teller, KfFinding *finding, const KfNode *node, KfOere meant);
/* The payers would be right if an item without a sure rule were refunded in part: then they may be,
 * and nothing is corrected. */
void kf_allow_refund(const KfTeller *teller, KfFinding *finding, const KfNode *node);

#endif
