/* Amounts that no sum gives away: text among numbers, a price that is a keystroke
 * from the rate, from the other course, or from what its label says. */
#include "check/checks.h"

enum { PRICE_DIGITS_MIN = 4, LONE_DIGITS_MIN = 3, RATE_MATCHES_MAX = 3, RATES_TRIED_MIN = 4 };
enum { SHARED_PRICE_MIN = 10000 };

/* Amounts that one is held against, of its label or of the same thing: a label on more rows than
 * any case has would cost their square. */
enum { MOST_HELD_AGAINST = 200 };

/* What was told of the cell in the case at hand, or NULL. Only the findings of the last case can
 * be about the cell. */
static const KfFinding *told_at(const KfCheck *check, KfRef cell)
{
    const KfFindingList *list = &check->list;
    size_t last = list->count ? list->items[list->count - 1].case_index : KF_NO_INDEX;

    for (size_t at = kf_told_last(list, cell); at && list->items[at - 1].case_index == last;
         at = kf_told_before(list, at)) {
        if (list->items[at - 1].severity > KF_INFO) /* still */
            return &list->items[at - 1];
    }
    return NULL;
}

bool kf_is_suspect(const KfCheck *check, KfRef cell)
{
    return told_at(check, cell) != NULL;
}

/* ---- text ---------------------------------------------------------------- */

void kf_visit_figures(KfCheck *check, const KfPlace *place, KfFigureVisitor visit, void *ctx)
{
    const KfCourse *course = place->course;

    for (size_t p = 0; p < course->period_count; p++) {
        for (size_t i = 0; i < course->item_count; i++) {
            const KfItem *item = &course->items[i];

            visit(check, place, &item->amounts[p], (int)p, KF_PAYER_NONE, item->label.text, ctx);
            for (int k = 0; k < KF_PAYER_COUNT; k++) {
                if (item->split[k])
                    visit(check, place, &item->split[k][p], (int)p, k, item->label.text, ctx);
            }
        }
        for (int k = 0; k < KF_PAYER_COUNT; k++) {
            if (course->payers[k])
                visit(check, place, &course->payers[k][p], (int)p, k, course->payer_labels[k].text,
                      ctx);
        }
        if (course->totals)
            visit(check, place, &course->totals[p], (int)p, KF_PAYER_NONE, course->total_label.text,
                  ctx);
    }
    for (size_t i = 0; i < course->item_count; i++) {
        for (int k = 0; k < KF_PAYER_COUNT; k++)
            visit(check, place, &course->items[i].parts[k], -1, k, course->items[i].label.text,
                  ctx);
        visit(check, place, &course->items[i].total, -1, KF_PAYER_NONE, course->items[i].label.text,
              ctx);
    }
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        visit(check, place, &course->payer_totals[k], -1, k, course->payer_total_labels[k].text,
              ctx);
        visit(check, place, &course->payer_row_totals[k], -1, k, course->payer_labels[k].text, ctx);
    }
    visit(check, place, &course->case_total, -1, KF_PAYER_NONE, course->case_total_label.text, ctx);
    visit(check, place, &course->case_row_total, -1, KF_PAYER_NONE, course->total_label.text, ctx);
}

static void count_text(KfCheck *check, const KfPlace *place, const KfFigure *figure, int period,
                       int payer, KfText label, void *ctx)
{
    KfTextCount *count = ctx;

    (void)place, (void)period, (void)payer, (void)label;
    if (figure->state == KF_FIGURE_STATED) {
        count->stated++;
        count->texts += figure->is_text && !check->book->is_untyped;
    }
    count->unreadable += figure->state == KF_FIGURE_UNREADABLE;
}

KfTextCount kf_count_texts(KfCheck *check, const KfPlace *place)
{
    KfTextCount count = { 0 };

    kf_visit_figures(check, place, count_text, &count);
    return count;
}

bool kf_are_stray(const KfTextCount *count)
{
    return count->texts && count->texts * 2 <= count->stated;
}

/* A sum that passes over the text has been told of with it. */
static bool is_told(const KfCheck *check, const KfPlace *place, KfRef cell)
{
    for (size_t i = check->list.count;
         i-- > 0 && check->list.items[i].case_index == place->case_index;) {
        if (check->list.items[i].code == KF_FINDING_AMOUNT_TEXT
            && kf_ref_order(check->list.items[i].cell, cell) == 0)
            return true;
    }
    return false;
}

static void report_text(KfCheck *check, const KfPlace *place, const KfFigure *figure, int period,
                        int payer, KfText label, void *ctx)
{
    KfFinding *finding;

    (void)ctx;
    if (figure->state != KF_FIGURE_STATED || !figure->is_text || is_told(check, place, figure->ref))
        return;
    finding = kf_finding_at(check, place, KF_FINDING_AMOUNT_TEXT, KF_WARNING, KF_ACTION_CORRECT,
                            figure, period, payer, label);
    finding->found = kf_value_text(figure->shown);
    finding->expected = kf_value_amount(figure->value);
    kf_say(&check->list, finding, KF_SAY_AMOUNT_TEXT, NULL, 0);
}

bool kf_amount_looks_like(KfText text, KfOere unit, KfOere *out)
{
    static const char letters[] = "lIiOoSB", digits[] = "1110058";
    char mended[32];
    bool any = false;
    KfAmount amount;

    if (text.len > sizeof mended)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        mended[i] = text.ptr[i];
        for (size_t j = 0; letters[j]; j++) {
            if (text.ptr[i] == letters[j]) {
                mended[i] = digits[j];
                any = true;
            }
        }
    }
    if (!any || kf_amount_read((KfText){ mended, text.len }, KF_SEP_DANISH, &amount) != KF_READ_OK
        || amount.oere > KF_OERE_MAX / 100000)
        return false;
    *out = amount.oere * (unit > 100 ? unit / 100 : 1);
    return true;
}

static void report_unreadable(KfCheck *check, const KfPlace *place, const KfFigure *figure,
                              int period, int payer, KfText label, void *ctx)
{
    KfArg shown = kf_arg_text(figure->shown);
    KfFinding *finding;

    (void)ctx;
    if (figure->state != KF_FIGURE_UNREADABLE || !figure->shown.len
        || kf_is_suspect(check, figure->ref))
        return; /* a formula without a result is told of as that */
    finding = kf_finding_at(check, place, KF_FINDING_AMOUNT_UNREADABLE, KF_WARNING,
                            KF_ACTION_PROPOSE, figure, period, payer, label);
    finding->found = kf_value_text(figure->shown);
    kf_say(&check->list, finding, KF_SAY_AMOUNT_UNREADABLE, &shown, 1);
}

void kf_check_text_amounts(KfCheck *check, const KfPlace *place, const KfTextCount *count)
{
    if (count->unreadable)
        kf_visit_figures(check, place, report_unreadable, NULL);
    if (count->texts && !kf_are_stray(count)) { /* a table of texts, not texts among numbers */
        KfFigure table = { .ref = { place->course->sheet, place->course->range.first_row,
                                    place->course->range.first_col } };
        KfArg amounts = kf_arg_number(&check->list, (int64_t)count->texts);

        kf_say(&check->list,
               kf_finding_at(check, place, KF_FINDING_AMOUNT_TEXT, KF_INFO, KF_ACTION_NONE, &table,
                             -1, KF_PAYER_NONE, place->course->heading.text),
               KF_SAY_AMOUNT_TEXT_TABLE, &amounts, 1);
    } else if (count->texts) {
        kf_visit_figures(check, place, report_text, NULL);
    }
}

/* ---- prices -------------------------------------------------------------- */

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
} Priced;

typedef struct {
    Priced *cells;
    size_t count, cap;
    KfTextMap first; /* benefit to the first cell that shows a price of it, */
    size_t priced;   /* of so many that were looked at */
} PriceList;

static const KfFigure *figure_of(const Priced *cell)
{
    return &cell->item->amounts[cell->period];
}

static KfPeriod period_of(const Priced *cell)
{
    return cell->place.course->periods[cell->period].period;
}

static void find_fit(const KfCheck *check, Priced *cell)
{
    cell->fits =
        cell->benefit.len
        && kf_rate_fit_within(check->options->rules, cell->benefit, check->year, period_of(cell),
                              kf_amount_within(figure_of(cell)), &cell->fit);
}

/* Every label is one of those that are known, so that they need not be compared. */
static void chain_alike(PriceList *prices)
{
    for (size_t i = prices->count; i-- > 0;)
        prices->cells[i].label->first_alike = 0;
    for (size_t i = prices->count; i-- > 0;) {
        Priced *cell = &prices->cells[i];
        const size_t next = cell->label->first_alike;
        const Priced *other = next ? &prices->cells[next - 1] : NULL;

        cell->next_alike = next;
        cell->next_elsewhere =
            other && other->place.course == cell->place.course ? other->next_elsewhere : next;
        cell->label->first_alike = i + 1;
    }
}

static PriceList list_prices(KfCheck *check, size_t case_index)
{
    const KfCase *one = &check->audit->model.cases[case_index];
    PriceList prices = { 0 };

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfCourse *course = &one->courses[kind];

        for (size_t i = 0; one->has[kind] && i < course->item_count; i++) {
            KfKnownLabel *label = kf_check_label(check, course->items[i].label.text);
            Priced cell = { .place = { case_index, course },
                            .item = &course->items[i],
                            .label = label,
                            .benefit = label->match.benefit,
                            .quantity = label->quantity };

            for (cell.period = 0; cell.period < course->period_count; cell.period++) {
                if (course->items[i].amounts[cell.period].state == KF_FIGURE_STATED
                    && course->items[i].amounts[cell.period].value > 0)
                    KF_PUSH(check->scratch, prices.cells, prices.count, prices.cap, cell);
            }
        }
    }
    for (size_t i = 0; i < prices.count; i++)
        find_fit(check, &prices.cells[i]);
    chain_alike(&prices);
    return prices;
}

static KfFinding *at_price(KfCheck *check, const Priced *cell, KfFindingCode code)
{
    const KfFigure *figure = figure_of(cell);
    KfFinding *finding =
        kf_finding_at(check, &cell->place, code, KF_WARNING, KF_ACTION_PROPOSE, figure,
                      (int)cell->period, KF_PAYER_NONE, cell->item->label.text);

    finding->found = kf_value_amount(figure->value);
    return finding;
}

static int significant_digits(KfOere amount)
{
    int digits = 0;

    while (amount && amount % 10 == 0)
        amount /= 10;
    for (; amount; amount /= 10)
        digits++;
    return digits;
}

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
static bool shows_price(const Priced *cell)
{
    return cell->fits && cell->fit.rate->unit != KF_RATE_STAY;
}

/* The first other amount of the cell's row that shows a price. */
static const Priced *price_in_row(const PriceList *prices, const Priced *cell)
{
    const Priced *other = cell, *end = prices->cells + prices->count;

    while (other > prices->cells && other[-1].item == cell->item)
        other--;
    for (; other < end && other->item == cell->item; other++) {
        if (other != cell && shows_price(other))
            return other;
    }
    return NULL;
}

/* The first of the case that shows a price of the benefit. */
static const Priced *price_of_benefit(KfCheck *check, PriceList *prices, KfText benefit)
{
    size_t at;

    for (; prices->priced < prices->count; prices->priced++) {
        const Priced *cell = &prices->cells[prices->priced];

        if (shows_price(cell) && !kf_text_map_get(&prices->first, cell->benefit, &at))
            kf_text_map_set(&prices->first, check->scratch, cell->benefit, prices->priced);
    }
    return kf_text_map_get(&prices->first, benefit, &at) ? &prices->cells[at] : NULL;
}

/* How near another cell of the benefit is: its price is likelier to be the same. */
enum { FAR_ROW, SAME_LABEL, SAME_ROW };

/* What the nearest other cell of the benefit costs a unit, to a cell that fits none; how
 * near, or -1. */
static int known_price(KfCheck *check, PriceList *prices, const Priced *cell, KfRateFit *price)
{
    const Priced *other = price_in_row(prices, cell);
    int nearness = SAME_ROW;

    for (size_t i = cell->label->first_alike, n = 0; !other && i && n < MOST_HELD_AGAINST; n++) {
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
static void tell_near_rate(KfCheck *check, const Priced *cell, const KfRateFit *fit)
{
    KfFinding *finding;

    for (size_t p = 0; p < cell->period; p++) {
        if (cell->item->amounts[p].value > 0)
            return;
    }
    if (fit->unit_price == fit->rate->amount)
        return;
    finding =
        kf_finding_at(check, &cell->place, KF_FINDING_AMOUNT_RATE, KF_INFO, KF_ACTION_NONE,
                      figure_of(cell), (int)cell->period, KF_PAYER_NONE, cell->item->label.text);
    finding->found = kf_value_amount(figure_of(cell)->value);
    finding->source = fit->rate->source;
    kf_say(&check->list, finding, KF_SAY_RATE_NEAR,
           (KfArg[]){ kf_arg_amount(&check->list, fit->unit_price),
                      kf_unit_name(fit->rate->unit, 1),
                      kf_arg_amount(&check->list, fit->rate->amount) },
           3);
}

/* Whether the amount only looks wrong because its heading is: it is a whole number
 * of units, more than the mistyped period holds. */
static bool fits_other_heading(const KfCheck *check, const Priced *cell)
{
    KfRateFit fit;

    return kf_is_suspect(check, cell->place.course->periods[cell->period].label.ref)
           && kf_fits_some_period(check, cell->benefit, figure_of(cell), &fit);
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
static int64_t units_in_period(const Priced *cell, KfRateUnit unit)
{
    int32_t months = kf_period_months(period_of(cell));

    return unit == KF_RATE_WEEK ? months * 52 / 12 : months;
}

/* Whether the row holds no other amount, which would tell of its price. */
static bool is_lone(const Priced *cell)
{
    for (size_t p = 0; p < cell->place.course->period_count; p++) {
        if (p != cell->period && cell->item->amounts[p].value != 0)
            return false;
    }
    return true;
}

/* Whether nearly all priced amounts of the workbook are whole numbers of the year's rates; what
 * only the heading over it makes too many weeks or months is one. */
static bool keeps_to_rates(const KfCheck *check, const PriceList *prices)
{
    const size_t tried = check->audit->rates_tried;
    size_t fitting = check->audit->rates_fitting;

    for (size_t i = 0; tried >= RATES_TRIED_MIN && i < prices->count; i++) {
        const Priced *cell = &prices->cells[i];

        fitting += !cell->fits && cell->benefit.len && fits_other_heading(check, cell);
    }
    return tried >= RATES_TRIED_MIN && fitting * 10 >= tried * 8;
}

/* A benefit that stands nowhere else in the case has the price of the year's rates, when
 * one of them makes the amount a whole period's, or two digits exchanged do; any
 * keystroke will do in a workbook that keeps to the rates. */
static bool price_by_rates(const KfCheck *check, const PriceList *prices, const Priced *cell,
                           KfRateFit *price, RateMatches *matches)
{
    size_t count, found = 0;
    const KfRate *rates = kf_rates(check->options->rules, &count);
    const KfOere typed = figure_of(cell)->value;
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
static bool fits_any_year(const KfCheck *check, const Priced *cell)
{
    const KfInterval within = kf_amount_within(figure_of(cell));
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

/* An amount that is no multiple of the price its benefit has elsewhere, but a
 * keystroke from one. */
static void check_rate(KfCheck *check, PriceList *prices, const Priced *cell)
{
    const KfFigure *figure = figure_of(cell);
    KfRateFit fit = cell->fit;
    RateMatches matches = { .count = 0 };
    KfFinding *finding;
    int nearest;

    if (cell->fits) {
        tell_near_rate(check, cell, &fit);
        return;
    }
    if (!cell->benefit.len || period_of(cell).from < 0 || kf_is_suspect(check, figure->ref)
        || fits_other_heading(check, cell) || fits_any_year(check, cell))
        return;
    nearest = known_price(check, prices, cell, &fit);
    if (nearest >= 0)
        matches = rate_matches(figure->value, fit.unit_price, units_in_period(cell, fit.rate->unit),
                               nearest == FAR_ROW);
    /* Another row of the benefit may have the price of another variant. */
    if (nearest <= FAR_ROW && matches.count == 0
        && (!is_lone(cell) || !price_by_rates(check, prices, cell, &fit, &matches)))
        return;
    if (matches.count == 0 || matches.count > RATE_MATCHES_MAX)
        return;
    finding = at_price(check, cell, KF_FINDING_AMOUNT_RATE);
    finding->expected = kf_value_amount(matches.meant[0]);
    finding->source = fit.rate->source;
    add_rate_alternatives(check, finding, &matches);
    say_rate(check, finding, &fit, &matches);
}

/* Whether two amounts a keystroke apart cannot well be two round figures. */
static bool are_telling(const Priced *a, const Priced *b)
{
    const int least = is_lone(a) && is_lone(b) ? LONE_DIGITS_MIN : PRICE_DIGITS_MIN;

    return significant_digits(figure_of(a)->value) >= least
           && significant_digits(figure_of(b)->value) >= least;
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
static KfOere divisor_of_others(const Priced *cell, KfOere divisor)
{
    for (size_t p = 0; p < cell->place.course->period_count; p++) {
        if (p != cell->period)
            divisor = common_divisor(divisor, cell->item->amounts[p].value);
    }
    return divisor;
}

/* Whether both amounts are whole numbers of what all others of their rows are whole numbers
 * of: then both are as they should be. */
static bool share_a_price(const Priced *a, const Priced *b)
{
    const KfOere price = divisor_of_others(b, divisor_of_others(a, 0));

    return price >= SHARED_PRICE_MIN && figure_of(a)->value % price == 0
           && figure_of(b)->value % price == 0;
}

/* Whether both amounts are whole numbers of one rate of the benefit, whatever the year: they
 * differ by weeks or months, and not by their price. */
static bool share_a_rate(const KfCheck *check, const Priced *a, const Priced *b)
{
    const KfInterval one = kf_amount_within(figure_of(a)), two = kf_amount_within(figure_of(b));
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
static bool may_be_more(const Priced *a, const Priced *b, KfSlip slip)
{
    enum { SHORT = 3 };

    return (slip == KF_SLIP_DROPPED || slip == KF_SLIP_EXTRA) && is_lone(a) && is_lone(b)
           && (significant_digits(figure_of(a)->value) <= SHORT
               || significant_digits(figure_of(b)->value) <= SHORT);
}

/* Whether rounding may be all that keeps them apart, as 211 and 212 in a sheet in 1.000 kr. */
static bool may_be_alike(const KfFigure *one, const KfFigure *two)
{
    return one->range.lo <= two->range.hi && two->range.lo <= one->range.hi;
}

/* The same label in both courses, a keystroke apart: either may be the wrong one. */
static void check_pair(KfCheck *check, const Priced *a, const Priced *b)
{
    const KfFigure *one = figure_of(a), *two = figure_of(b);
    KfFinding *finding;
    KfSlip slip;

    slip = kf_slip(one->value, two->value);
    if (slip == KF_SLIP_NONE || slip == KF_SLIP_SIGN || slip == KF_SLIP_SCALE || !are_telling(a, b)
        || may_be_alike(one, two) || may_be_more(a, b, slip) || (a->fits && b->fits)
        || share_a_price(a, b) || share_a_rate(check, a, b) || kf_is_suspect(check, one->ref)
        || kf_is_suspect(check, two->ref))
        return;
    if (kf_ref_order(two->ref, one->ref) < 0) {
        const Priced *first = a;

        a = b;
        b = first;
        one = figure_of(a);
        two = figure_of(b);
    }
    finding = at_price(check, a, KF_FINDING_AMOUNT_TYPO);
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

static void check_pairs(KfCheck *check, const PriceList *prices, const Priced *cell)
{
    size_t other = cell->next_elsewhere;

    for (size_t n = 0; other && n < MOST_HELD_AGAINST; n++) {
        check_pair(check, cell, &prices->cells[other - 1]);
        other = prices->cells[other - 1].next_alike;
    }
}

/* ---- quantities ---------------------------------------------------------- */

static const struct {
    KfText unit, stem;
} units[] = {
    { { "måned", 6 }, { "måned", 6 } }, { { "mdr", 3 }, { "måned", 6 } },
    { { "uge", 3 }, { "uge", 3 } },     { { "dage", 4 }, { "dag", 3 } },
    { { "dag", 3 }, { "dag", 3 } },     { { "døgn", 5 }, { "døgn", 5 } },
    { { "time", 4 }, { "time", 4 } },   { { "gang", 4 }, { "gang", 4 } },
};

/* Reads "1,5" or "3" ending at `end`; returns where it starts, or end. */
static size_t number_before(KfText label, size_t end, int64_t *halves)
{
    size_t at = end, start;
    int64_t whole = 0;
    bool half = false;

    while (at > 0 && label.ptr[at - 1] == ' ')
        at--;
    start = at;
    while (start > 0 && label.ptr[start - 1] >= '0' && label.ptr[start - 1] <= '9')
        start--;
    if (start < at && start >= 2 && (label.ptr[start - 1] == ',' || label.ptr[start - 1] == '.')
        && label.ptr[start - 2] >= '0' && label.ptr[start - 2] <= '9') {
        half = at - start == 1 && label.ptr[start] == '5';
        if (!half)
            return end;
        at = start - 1;
        start = at;
        while (start > 0 && label.ptr[start - 1] >= '0' && label.ptr[start - 1] <= '9')
            start--;
    }
    if (start == at || at - start > 4)
        return end;
    for (size_t i = start; i < at; i++)
        whole = whole * 10 + (label.ptr[i] - '0');
    *halves = whole * 2 + half;
    return start;
}

bool kf_quantity_of(KfText label, KfQuantity *out)
{
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        size_t at = kf_text_find(label, units[u].unit), start;

        if (at == SIZE_MAX || at == 0)
            continue;
        start = number_before(label, at, &out->halves);
        if (start == at || start == 0 || out->halves == 0
            || kf_text_find(kf_text_slice(label, at, label.len), KF_TEXT("/")) != SIZE_MAX)
            continue;
        out->unit = units[u].stem;
        out->stem = kf_text_trim(kf_text_slice(label, 0, start));
        if (out->stem.len)
            return true;
    }
    out->halves = 0;
    return false;
}

/* The label with its number exchanged, "Indlæggelse 2 måned". */
static KfText label_of_halves(KfCheck *check, const KfQuantity *quantity, KfText label,
                              int64_t halves)
{
    KfBuf buf = { 0 };
    KfText text;
    size_t unit = kf_text_find(label, quantity->unit);

    kf_buf_text(&buf, quantity->stem);
    kf_buf_char(&buf, ' ');
    kf_buf_text(&buf, kf_arg_halves(&check->list, halves).text[KF_LANG_DA]);
    kf_buf_char(&buf, ' ');
    kf_buf_text(&buf, unit == SIZE_MAX ? quantity->unit : kf_text_slice(label, unit, label.len));
    text = kf_arena_take(check->arena, &buf);
    kf_buf_free(&buf);
    return text;
}

/* What a row would be if only its price, or only its label, were wrong. */
typedef struct {
    KfOere meant;
    int64_t halves;
} Requantified;

/* Whether the row has the price for another quantity than its label says; halves only where it
 * is known that some quantity is wrong. */
static bool is_other_quantity(const Priced *cell, const KfQuantity *theirs, KfOere price,
                              bool halves_too, Requantified *out)
{
    const KfQuantity own = cell->quantity;
    const KfOere amount = figure_of(cell)->value;

    if (price <= 0 || price > KF_OERE_MAX / KF_QUANTITY_MAX
        || amount > KF_OERE_MAX / KF_QUANTITY_MAX || price * own.halves % theirs->halves != 0)
        return false;
    out->meant = price * own.halves / theirs->halves;
    out->halves = amount * theirs->halves / price;
    return out->meant != amount && out->halves * price == amount * theirs->halves
           && out->halves >= 1
           && (halves_too
               || ((out->halves % 2 == 0 || own.halves % 2 != 0) && theirs->halves % 2 == 0));
}

static KfFinding *tell_quantity(KfCheck *check, const Priced *cell, Requantified other,
                                KfText their_label, KfOere price, KfRef theirs)
{
    const KfText own = cell->item->label.text;
    const KfText label = label_of_halves(check, &cell->quantity, own, other.halves);
    KfFinding *finding = at_price(check, cell, KF_FINDING_AMOUNT_QUANTITY);

    finding->expected = kf_value_amount(other.meant);
    finding->alternatives = kf_arena_array(check->arena, 2, sizeof *finding->alternatives);
    finding->alternatives[0] =
        (KfAlternative){ cell->item->label.ref, kf_value_text(own), kf_value_text(label) };
    finding->alternative_count = 1;
    kf_say(&check->list, finding, KF_SAY_AMOUNT_QUANTITY,
           (KfArg[]){ kf_arg_text(label), kf_arg_text(own), kf_arg_text(their_label),
                      kf_arg_amount(&check->list, price),
                      kf_arg_cell(&check->list, theirs, figure_of(cell)->ref.sheet) },
           5);
    return finding;
}

static bool is_before(const Priced *a, const Priced *b)
{
    return kf_ref_order(figure_of(a)->ref, figure_of(b)->ref) < 0;
}

static void add_other_row(KfCheck *check, KfFinding *finding, const Priced *other, KfOere meant)
{
    const KfFigure *figure = figure_of(other);
    KfFindingList *list = &check->list;

    finding->alternatives[finding->alternative_count++] =
        (KfAlternative){ figure->ref, kf_value_amount(figure->value), kf_value_amount(meant) };
    kf_say(list, finding, KF_SAY_ALTERNATIVES, NULL, 0);
    kf_say(list, finding, KF_SAY_ALTERNATIVE,
           (KfArg[]){ kf_arg_cell(list, figure->ref, finding->cell.sheet),
                      kf_arg_amount(list, meant), kf_arg_amount(list, figure->value) },
           3);
}

/* What the cell is a price by: the amount as it stands, or the only one that an error told
 * there leaves. False when that is open. */
static bool price_of(const KfCheck *check, const Priced *cell, KfOere *price, bool *told)
{
    const KfFinding *finding = told_at(check, figure_of(cell)->ref);

    *told = finding != NULL;
    *price = finding ? finding->expected.amount : figure_of(cell)->value;
    return !finding
           || (finding->severity == KF_ERROR && finding->alternative_count == 0
               && finding->expected.kind == KF_VALUE_AMOUNT);
}

/* Two rows of a benefit, one of which has the price for another quantity than it says;
 * where it may be either, the first is told with the other as an alternative. */
static void check_quantity(KfCheck *check, const Priced *one, const Priced *two)
{
    const bool ordered = is_before(one, two);
    const Priced *a = ordered ? one : two, *b = ordered ? two : one;
    Requantified at_a = { 0 }, at_b = { 0 };
    bool a_wrong, b_wrong, a_told, b_told;
    KfOere price_a, price_b;
    KfFinding *finding;

    if (!a->quantity.halves || !b->quantity.halves
        || !kf_text_eq(a->quantity.unit, b->quantity.unit)
        || !kf_text_eq(a->quantity.stem, b->quantity.stem) || !price_of(check, a, &price_a, &a_told)
        || !price_of(check, b, &price_b, &b_told))
        return;
    a_wrong = !a_told && is_other_quantity(a, &b->quantity, price_b, false, &at_a);
    b_wrong = !b_told && is_other_quantity(b, &a->quantity, price_a, false, &at_b);
    if (!a_wrong && !b_wrong)
        return;
    a_wrong |= !a_told && is_other_quantity(a, &b->quantity, price_b, true, &at_a);
    b_wrong |= !b_told && is_other_quantity(b, &a->quantity, price_a, true, &at_b);
    if (!a_wrong) {
        tell_quantity(check, b, at_b, a->item->label.text, price_a, figure_of(a)->ref);
        return;
    }
    finding = tell_quantity(check, a, at_a, b->item->label.text, price_b, figure_of(b)->ref);
    if (b_wrong)
        add_other_row(check, finding, b, at_b.meant);
}

/* A row off the price that most rows of the benefit have, whosever they are. */
static void check_common_price(KfCheck *check, const Priced *cell)
{
    const KfUnitPrice *common;
    Requantified other;

    if (!cell->quantity.halves || kf_is_suspect(check, figure_of(cell)->ref))
        return;
    common = kf_common_price(check, cell->label);
    if (common && !kf_is_unit_price(common, figure_of(cell)->value, cell->quantity.halves)
        && is_other_quantity(cell, &common->quantity, common->amount, true, &other))
        tell_quantity(check, cell, other, common->label, common->amount, common->cell);
}

/* Whether the workbook has one price for what the two rows are about. */
static bool has_common_price(KfCheck *check, const Priced *cell)
{
    return cell->quantity.halves && kf_common_price(check, cell->label) != NULL;
}

/* Whether the payer carries a part of the item: all of it when no rule splits it. */
static bool pays(KfCheck *check, const Priced *cell, int payer)
{
    const KfRule *rule = cell->benefit.len
                             ? kf_rule_at(check->options->rules, cell->benefit, check->audit->as_of)
                             : NULL;
    const KfInferred *inferred = kf_inferred_payer(check, cell->item->label.text);

    if (payer == KF_PAYER_NONE || (rule && rule->kind == KF_RULE_OPEN))
        return true;
    if (rule && rule->kind == KF_RULE_FIXED)
        return rule->tiers[0].share_bp[payer] > 0;
    if (rule && rule->kind == KF_RULE_WEEKS)
        return payer == KF_STATE || payer == KF_MUNICIPALITY;
    if (rule)
        return payer == KF_REGION || payer == KF_MUNICIPALITY;
    return payer == (inferred ? inferred->payer : KF_MUNICIPALITY);
}

static bool counts_weeks(const KfCheck *check, const Priced *cell)
{
    const KfRule *rule = cell->benefit.len
                             ? kf_rule_at(check->options->rules, cell->benefit, check->audit->as_of)
                             : NULL;

    return rule && rule->kind == KF_RULE_WEEKS;
}

/* Sums over an amount that may be wrong are left alone until it is decided; so are
 * those of other periods, where its weeks run on. */
static void hold_sums(KfCheck *check, const Priced *cell)
{
    const bool runs_on = counts_weeks(check, cell);
    const KfText period = kf_period_text(check->arena, cell->place.course, (int)cell->period);

    for (size_t i = check->list.count;
         i-- > 0 && check->list.items[i].case_index == cell->place.case_index;) {
        KfFinding *finding = &check->list.items[i];

        if (finding->action == KF_ACTION_CORRECT && finding->code != KF_FINDING_AMOUNT_TEXT
            && finding->course == (int)cell->place.course->kind
            && (!finding->period.len || runs_on || kf_text_eq(finding->period, period))
            && pays(check, cell, finding->payer))
            finding->action = KF_ACTION_PROPOSE;
    }
}

/* Off its rate, or off what its label says; where the two courses differ, either
 * may be right, and the sums of both stand. */
static bool is_priced_wrong(const KfCheck *check, const Priced *cell, size_t first)
{
    for (size_t at = kf_told_last(&check->list, figure_of(cell)->ref); at > first;
         at = kf_told_before(&check->list, at)) {
        const KfFinding *finding = &check->list.items[at - 1];

        if (finding->code != KF_FINDING_AMOUNT_TYPO && finding->severity > KF_INFO)
            return true;
    }
    return false;
}

static bool undoes(const KfFinding *proposal, const KfFinding *correction)
{
    return proposal->expected.kind == KF_VALUE_AMOUNT && proposal->found.kind == KF_VALUE_AMOUNT
           && correction->expected.kind == KF_VALUE_AMOUNT
           && correction->found.kind == KF_VALUE_AMOUNT
           && correction->expected.amount - correction->found.amount
                  == proposal->found.amount - proposal->expected.amount;
}

/* A sum that is off by just what an amount differs from the other course's was added up
 * with that: then it is not the sum that is sure to be wrong. */
static void doubt_sums(KfCheck *check, const KfFinding *proposal)
{
    for (size_t i = check->list.count;
         i-- > 0 && check->list.items[i].case_index == proposal->case_index;) {
        KfFinding *finding = &check->list.items[i];

        if (finding->action != KF_ACTION_CORRECT || finding->course != proposal->course
            || !undoes(proposal, finding)
            || (finding->period.len && !kf_text_eq(finding->period, proposal->period)))
            continue;
        finding->action = KF_ACTION_PROPOSE;
        if (finding->severity > KF_WARNING)
            finding->severity = KF_WARNING;
    }
}

/* Amounts whose labels name quantities of the same, unless the workbook has one price for
 * it: they are held against one another. */
static void chain_stems(KfCheck *check, PriceList *prices)
{
    KfTextMap stems = { 0 };

    for (size_t i = prices->count; i-- > 0;) {
        Priced *cell = &prices->cells[i];

        if (!cell->quantity.halves)
            continue;
        kf_text_map_get(&stems, cell->quantity.stem, &cell->next_of_stem);
        kf_text_map_set(&stems, check->scratch, cell->quantity.stem, i + 1);
    }
}

void kf_check_prices(KfCheck *check, size_t case_index)
{
    size_t first = check->list.count;
    PriceList prices = list_prices(check, case_index);
    Priced *cells = prices.cells;

    for (size_t i = 0; i < prices.count; i++)
        check_rate(check, &prices, &cells[i]);
    for (size_t i = 0; i < prices.count; i++)
        check_pairs(check, &prices, &cells[i]);
    chain_stems(check, &prices);
    for (size_t i = 0; i < prices.count; i++) {
        check_common_price(check, &cells[i]);
        for (size_t j = cells[i].next_of_stem, n = 0;
             j && n < MOST_HELD_AGAINST && !has_common_price(check, &cells[i]);
             j = cells[j - 1].next_of_stem, n++)
            check_quantity(check, &cells[i], &cells[j - 1]);
    }
    for (size_t i = 0; i < prices.count; i++) {
        if (is_priced_wrong(check, &cells[i], first))
            hold_sums(check, &cells[i]);
    }
    for (size_t i = first; i < check->list.count; i++) {
        if (check->list.items[i].code == KF_FINDING_AMOUNT_TYPO)
            doubt_sums(check, &check->list.items[i]);
    }
    kf_arena_reset(check->scratch);
}
