/* The amounts of a case as prices of benefits. */
#ifndef CHECK_PRICED_H
#define CHECK_PRICED_H

#include "check/checks.h"

/* Amounts that one is held against, of its label or of the same thing: a label on more rows than
 * any case has would cost their square. */
enum { KF_MOST_HELD_AGAINST = 200 };

/* Both courses of one case, item by item. */
typedef struct {
    KfPlace place;
    const KfItem *item;
    KfKnownLabel *label;
    KfText benefit;
    size_t period;
    KfQuantity quantity;   /* that its label names; halves 0 when it names none */
    bool fits;             /* some rate of the year, */
    KfRateFit fit;         /* this one */
    size_t next_alike;     /* the next amount of its label: index + 1, or 0 */
    size_t next_elsewhere; /* the next one in the other course */
    size_t next_of_stem;   /* that names another quantity of the same, index + 1, or 0 */
} KfPriced;

typedef struct {
    KfPriced *cells;
    size_t count;
    KfTextMap first; /* benefit to the first cell that shows a price of it, */
    size_t priced;   /* of so many that were looked at */
} KfPriceList;

static inline const KfFigure *kf_priced_figure(const KfPriced *cell)
{
    return &cell->item->amounts[cell->period];
}

static inline KfPeriod kf_priced_period(const KfPriced *cell)
{
    return cell->place.course->periods[cell->period].period;
}

/* What was told of the cell in the case at hand, which is the last that anything was told of; or
 * NULL. */
const KfFinding *kf_told_in_case(const KfCheck *check, KfRef cell);
/* A new warning at an amount, a proposal. */
KfFinding *kf_price_finding(KfCheck *check, const KfPriced *cell, KfFindingCode code);
/* Whether the row holds no other amount, which would tell of its price. */
bool kf_is_lone_price(const KfPriced *cell);

void kf_check_rate(KfCheck *check, KfPriceList *prices, const KfPriced *cell);
/* Against the same label in the other course. */
void kf_check_pairs(KfCheck *check, const KfPriceList *prices, const KfPriced *cell);
/* All against each other, and against what most of the workbook pays. */
void kf_check_quantities(KfCheck *check, KfPriceList *prices);

#endif
