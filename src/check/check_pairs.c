/* The same benefit at prices in the two courses that are a keystroke apart. */
#include "check/priced.h"

enum { PRICE_DIGITS_MIN = 4, LONE_DIGITS_MIN = 3, SHARED_PRICE_MIN = 10000 };

static int significant_digits(KfOere amount)
{
    int digits = 0;

    while (amount && amount % 10 == 0)
        amount /= 10;
    for (; amount; amount /= 10)
        digits++;
    return digits;
}

/* Whether two amounts a keystroke apart cannot well be two round figures. */
static bool are_telling(const KfPriced *a, const KfPriced *b)
{
    const int least =
        kf_is_lone_price(a) && kf_is_lone_price(b) ? LONE_DIGITS_MIN : PRICE_DIGITS_MIN;

    return significant_digits(kf_priced_figure(a)->value) >= least
           && significant_digits(kf_priced_figure(b)->value) >= least;
}

static KfOere common_divisor(KfOere a, KfOere b)
{
    while (b != 0) {
        const KfOere rest = a % b;

        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Folds the row's amounts but the cell's own into the divisor. */
static KfOere divisor_of_others(const KfPriced *cell, KfOere divisor)
{
    for (size_t p = 0; p < cell->place.course->period_count; p++) {
        if (p != cell->period)
            divisor = common_divisor(divisor, cell->item->amounts[p].value);
    }
    return divisor;
}

/* Whether both amounts are whole numbers of what all others of their rows are whole numbers
 * of: then both are as they should be. */
static bool share_a_price(const KfPriced *a, const KfPriced *b)
{
    const KfOere price = divisor_of_others(b, divisor_of_others(a, 0));

    return price >= SHARED_PRICE_MIN && kf_priced_figure(a)->value % price == 0
           && kf_priced_figure(b)->value % price == 0;
}

/* Whether both amounts are whole numbers of one rate of the benefit, whatever the year: they
 * differ by weeks or months, and not by their price. */
static bool share_a_rate(const KfCheck *check, const KfPriced *a, const KfPriced *b)
{
    const KfInterval one = kf_amount_within(kf_priced_figure(a)),
                     two = kf_amount_within(kf_priced_figure(b));
    size_t count;
    const KfRate *rates = kf_rates(check->options->rules, &count);

    for (size_t i = 0; a->benefit.len && i < count; i++) {
        const KfOere rate = rates[i].amount;

        if (kf_text_eq(rates[i].benefit, a->benefit) && kf_is_narrow(one, rate)
            && kf_is_narrow(two, rate) && one.hi / rate * rate >= one.lo
            && two.hi / rate * rate >= two.lo)
            return true;
    }
    return false;
}

/* A digit more or less makes an amount about ten times what the other is: where three digits
 * are all that tells, and nothing else bears a price out, one may well be for more of the
 * benefit. Of two amounts with more digits, a keystroke apart, hardly one pair in a thousand is so
 * by chance. */
static bool may_be_more(const KfPriced *a, const KfPriced *b, KfSlip slip)
{
    enum { SHORT = 3 };

    return (slip == KF_SLIP_DROPPED || slip == KF_SLIP_EXTRA) && kf_is_lone_price(a)
           && kf_is_lone_price(b)
           && (significant_digits(kf_priced_figure(a)->value) <= SHORT
               || significant_digits(kf_priced_figure(b)->value) <= SHORT);
}

/* Whether rounding may be all that keeps them apart, as 211 and 212 in a sheet in 1.000 kr. */
static bool may_be_alike(const KfFigure *one, const KfFigure *two)
{
    return one->range.lo <= two->range.hi && two->range.lo <= one->range.hi;
}

/* The same label in both courses, a keystroke apart: either may be the wrong one. */
static void check_pair(KfCheck *check, const KfPriced *a, const KfPriced *b)
{
    const KfFigure *one = kf_priced_figure(a), *two = kf_priced_figure(b);
    KfFinding *finding;
    KfSlip slip;

    slip = kf_slip(one->value, two->value);
    if (slip == KF_SLIP_NONE || slip == KF_SLIP_SIGN || slip == KF_SLIP_SCALE || !are_telling(a, b)
        || may_be_alike(one, two) || may_be_more(a, b, slip) || (a->fits && b->fits)
        || share_a_price(a, b) || share_a_rate(check, a, b) || kf_is_suspect(check, one->ref)
        || kf_is_suspect(check, two->ref))
        return;
    if (kf_ref_order(two->ref, one->ref) < 0) {
        const KfPriced *first = a;

        a = b;
        b = first;
        one = kf_priced_figure(a);
        two = kf_priced_figure(b);
    }
    finding = kf_price_finding(check, a, KF_FINDING_AMOUNT_TYPO);
    finding->expected = kf_value_amount(two->value);
    finding->alternatives = kf_arena_array(check->arena, 1, sizeof *finding->alternatives);
    finding->alternatives[0] =
        (KfAlternative){ two->ref, kf_value_amount(two->value), kf_value_amount(one->value) };
    finding->alternative_count = 1;
    kf_say(&check->list, finding, KF_SAY_AMOUNT_PRICE,
           (KfArg[]){ kf_arg_amount(&check->list, one->value),
                      kf_arg_amount(&check->list, two->value),
                      kf_arg_cell(&check->list, two->ref, one->ref.sheet) },
           3);
    kf_say_slip(check, finding, one->value, two->value);
}

void kf_check_pairs(KfCheck *check, const KfPriceList *prices, const KfPriced *cell)
{
    size_t other = cell->next_elsewhere;

    for (size_t n = 0; other && n < KF_MOST_HELD_AGAINST; n++) {
        check_pair(check, cell, &prices->cells[other - 1]);
        other = prices->cells[other - 1].next_alike;
    }
}
