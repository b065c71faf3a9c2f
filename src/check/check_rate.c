/* An amount that is no whole number of its benefit's rate, but a keystroke from one. */
#include "check/priced.h"

enum { RATE_MATCHES_MAX = 3, RATES_TRIED_MIN = 4 };

KfArg kf_unit_name(KfRateUnit unit, int64_t count)
{
    static const char *names[][KF_LANG_COUNT] = {
        [KF_RATE_WEEK] = { "uge", "week" },
        [KF_RATE_MONTH] = { "måned", "month" },
        [KF_RATE_STAY] = { "ophold", "stay" },
    };
    static const char *many[][KF_LANG_COUNT] = {
        [KF_RATE_WEEK] = { "uger", "weeks" },
        [KF_RATE_MONTH] = { "måneder", "months" },
        [KF_RATE_STAY] = { "ophold", "stays" },
    };

    if (count != 1)
        return (KfArg){ { kf_text(many[unit][KF_LANG_DA]), kf_text(many[unit][KF_LANG_EN]) } };
    return (KfArg){ { kf_text(names[unit][KF_LANG_DA]), kf_text(names[unit][KF_LANG_EN]) } };
}

/* Whether it shows what a unit of its benefit costs. */
static bool shows_price(const KfPriced *cell)
{
    return cell->fits && cell->fit.rate->unit != KF_RATE_STAY;
}

/* The first other amount of the cell's row that shows a price. */
static const KfPriced *price_in_row(const KfPriceList *prices, const KfPriced *cell)
{
    const KfPriced *other = cell, *end = prices->cells + prices->count;

    while (other > prices->cells && other[-1].item == cell->item)
        other--;
    for (; other < end && other->item == cell->item; other++) {
        if (other != cell && shows_price(other))
            return other;
    }
    return NULL;
}

/* The first of the case that shows a price of the benefit. */
static const KfPriced *price_of_benefit(KfCheck *check, KfPriceList *prices, KfText benefit)
{
    size_t at;

    for (; prices->priced < prices->count; prices->priced++) {
        const KfPriced *cell = &prices->cells[prices->priced];

        if (shows_price(cell) && !kf_text_map_get(&prices->first, cell->benefit, &at))
            kf_text_map_set(&prices->first, check->scratch, cell->benefit, prices->priced);
    }
    return kf_text_map_get(&prices->first, benefit, &at) ? &prices->cells[at] : NULL;
}

/* How near another cell of the benefit is: its price is likelier to be the same. */
enum { FAR_ROW, SAME_LABEL, SAME_ROW };

/* What the nearest other cell of the benefit costs a unit, to a cell that fits none; how
 * near, or -1. */
static int known_price(KfCheck *check, KfPriceList *prices, const KfPriced *cell, KfRateFit *price)
{
    const KfPriced *other = price_in_row(prices, cell);
    int nearness = SAME_ROW;

    for (size_t i = cell->label->first_alike, n = 0; !other && i && n < KF_MOST_HELD_AGAINST; n++) {
        nearness = SAME_LABEL;
        if (shows_price(&prices->cells[i - 1]))
            other = &prices->cells[i - 1];
        i = prices->cells[i - 1].next_alike;
    }
    if (!other) {
        nearness = FAR_ROW;
        other = price_of_benefit(check, prices, cell->benefit);
    }
    if (!other)
        return -1;
    *price = other->fit;
    return nearness;
}

/* A sheet that prices a benefit a krone off its rate is told so once a row. */
static void tell_near_rate(KfCheck *check, const KfPriced *cell, const KfRateFit *fit)
{
    KfFinding *finding;

    for (size_t p = 0; p < cell->period; p++) {
        if (cell->item->amounts[p].value > 0)
            return;
    }
    if (fit->unit_price == fit->rate->amount)
        return;
    finding = kf_finding_at(check, &cell->place, KF_FINDING_AMOUNT_RATE, KF_INFO, KF_ACTION_NONE,
                            kf_priced_figure(cell), (int)cell->period, KF_PAYER_NONE,
                            cell->item->label.text);
    finding->found = kf_value_amount(kf_priced_figure(cell)->value);
    finding->source = fit->rate->source;
    kf_say(&check->list, finding, KF_SAY_RATE_NEAR,
           (KfArg[]){ kf_arg_amount(&check->list, fit->unit_price),
                      kf_unit_name(fit->rate->unit, 1),
                      kf_arg_amount(&check->list, fit->rate->amount) },
           3);
}

/* Whether the amount only looks wrong because its heading is: it is a whole number
 * of units, more than the mistyped period holds. */
static bool fits_other_heading(const KfCheck *check, const KfPriced *cell)
{
    KfRateFit fit;

    return kf_is_suspect(check, cell->place.course->periods[cell->period].label.ref)
           && kf_fits_some_period(check, cell->benefit, kf_priced_figure(cell), &fit);
}

/* Multiples of a price that are a keystroke away: the likeliest first. */
typedef struct {
    KfOere meant[RATE_MATCHES_MAX];
    size_t count; /* more than RATE_MATCHES_MAX: too many to tell */
} RateMatches;

static void add_match(RateMatches *matches, KfOere meant, bool first)
{
    if (matches->count++ >= RATE_MATCHES_MAX)
        return;
    for (size_t i = matches->count - 1; first && i > 0; i--)
        matches->meant[i] = matches->meant[i - 1];
    matches->meant[first ? 0 : matches->count - 1] = meant;
}

/* Units of the price that the cell's period holds. */
static int64_t units_in_period(const KfPriced *cell, KfRateUnit unit)
{
    int32_t months = kf_period_months(kf_priced_period(cell));

    return unit == KF_RATE_WEEK ? months * 52 / 12 : months;
}

/* Whether nearly all priced amounts of the workbook are whole numbers of the year's rates; what
 * only the heading over it makes too many weeks or months is one. */
static bool keeps_to_rates(const KfCheck *check, const KfPriceList *prices)
{
    const size_t tried = check->audit->rates_tried;
    size_t fitting = check->audit->rates_fitting;

    for (size_t i = 0; tried >= RATES_TRIED_MIN && i < prices->count; i++) {
        const KfPriced *cell = &prices->cells[i];

        fitting += !cell->fits && cell->benefit.len && fits_other_heading(check, cell);
    }
    return tried >= RATES_TRIED_MIN && fitting * 10 >= tried * 8;
}

/* A benefit that stands nowhere else in the case has the price of the year's rates, when
 * one of them makes the amount a whole period's, or two digits exchanged do; any
 * keystroke will do in a workbook that keeps to the rates. */
static bool price_by_rates(const KfCheck *check, const KfPriceList *prices, const KfPriced *cell,
                           KfRateFit *price, RateMatches *matches)
{
    size_t count, found = 0;
    const KfRate *rates = kf_rates(check->options->rules, &count);
    const KfOere typed = kf_priced_figure(cell)->value;
    const bool any_slip = keeps_to_rates(check, prices);
    bool is_likely = false;

    for (size_t i = 0; i < count && check->date_confidence == KF_CONFIDENCE_HIGH; i++) {
        const int64_t units = units_in_period(cell, rates[i].unit);

        if (rates[i].year != check->year || rates[i].unit == KF_RATE_STAY
            || !kf_text_eq(rates[i].benefit, cell->benefit))
            continue;
        for (int64_t n = units; n > 0; n--) {
            KfSlip slip = kf_slip(typed, rates[i].amount * n);
            const bool likely = slip == KF_SLIP_SWAP || n == units;

            if (slip == KF_SLIP_NONE || (!likely && (is_likely || !any_slip)))
                continue;
            if (likely && !is_likely)
                found = 0;
            is_likely |= likely;
            if (found && matches->meant[0] == rates[i].amount * n)
                continue; /* another variant at the same price */
            found++;
            *price = (KfRateFit){ &rates[i], rates[i].amount, n * 2 };
            *matches = (RateMatches){ { rates[i].amount * n }, 1 };
        }
    }
    return found == 1;
}

/* A whole period is by far the likeliest. Of others, two digits exchanged seldom give
 * a multiple by chance. */
static RateMatches rate_matches(KfOere typed, KfOere price, int64_t units, bool whole_only)
{
    RateMatches matches = { .count = 0 };

    for (int64_t n = units; n > 0 && (n == units || !whole_only); n--) {
        KfSlip slip = kf_slip(typed, price * n);

        if (slip == KF_SLIP_NONE)
            continue;
        add_match(&matches, price * n, slip == KF_SLIP_SWAP);
        if (n == units)
            break;
    }
    return matches;
}

static void add_rate_alternatives(KfCheck *check, KfFinding *finding, const RateMatches *matches)
{
    finding->alternative_count = matches->count - 1;
    finding->alternatives =
        kf_arena_array(check->arena, matches->count, sizeof *finding->alternatives);
    for (size_t i = 1; i < matches->count; i++)
        finding->alternatives[i - 1] =
            (KfAlternative){ finding->cell, finding->found, kf_value_amount(matches->meant[i]) };
}

static void say_rate(KfCheck *check, KfFinding *finding, const KfRateFit *fit,
                     const RateMatches *matches)
{
    KfFindingList *list = &check->list;

    for (size_t i = 0; i < matches->count; i++) {
        int64_t units = matches->meant[i] / fit->unit_price;

        kf_say(list, finding, i ? KF_SAY_AMOUNT_RATE_OR : KF_SAY_AMOUNT_RATE,
               (KfArg[]){ kf_arg_amount(list, fit->unit_price), kf_unit_name(fit->rate->unit, 1),
                          kf_arg_amount(list, matches->meant[i]), kf_arg_number(list, units),
                          kf_unit_name(fit->rate->unit, units) },
               5);
        kf_say_slip(check, finding, finding->found.amount, matches->meant[i]);
    }
}

/* Whether the amount, rounded as coarsely as it is shown, is a whole number of some year's
 * rate, and so says nothing. */
static bool fits_any_year(const KfCheck *check, const KfPriced *cell)
{
    const KfInterval within = kf_amount_within(kf_priced_figure(cell));
    size_t count;
    const KfRate *rates = kf_rates(check->options->rules, &count);

    for (size_t i = 0; within.lo < within.hi && i < count; i++) {
        const KfOere units = within.hi / rates[i].amount;

        if (kf_text_eq(rates[i].benefit, cell->benefit) && units > 0
            && units <= units_in_period(cell, rates[i].unit)
            && units * rates[i].amount >= within.lo)
            return true;
    }
    return false;
}

void kf_check_rate(KfCheck *check, KfPriceList *prices, const KfPriced *cell)
{
    const KfFigure *figure = kf_priced_figure(cell);
    KfRateFit fit = cell->fit;
    RateMatches matches = { .count = 0 };
    KfFinding *finding;
    int nearest;

    if (cell->fits) {
        tell_near_rate(check, cell, &fit);
        return;
    }
    if (!cell->benefit.len || kf_priced_period(cell).from < 0 || kf_is_suspect(check, figure->ref)
        || fits_other_heading(check, cell) || fits_any_year(check, cell))
        return;
    nearest = known_price(check, prices, cell, &fit);
    if (nearest >= 0)
        matches = rate_matches(figure->value, fit.unit_price, units_in_period(cell, fit.rate->unit),
                               nearest == FAR_ROW);
    /* Another row of the benefit may have the price of another variant. */
    if (nearest <= FAR_ROW && matches.count == 0
        && (!kf_is_lone_price(cell) || !price_by_rates(check, prices, cell, &fit, &matches)))
        return;
    if (matches.count == 0 || matches.count > RATE_MATCHES_MAX)
        return;
    finding = kf_price_finding(check, cell, KF_FINDING_AMOUNT_RATE);
    finding->expected = kf_value_amount(matches.meant[0]);
    finding->source = fit.rate->source;
    add_rate_alternatives(check, finding, &matches);
    say_rate(check, finding, &fit, &matches);
}
