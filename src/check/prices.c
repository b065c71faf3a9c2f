/* What a week of a benefit costs in this workbook: the rate that its amounts are
 * whole numbers of, else the sheet's own price near it, else the rate of the year or
 * of the nearest year. Without any rate, the row's dearest month is taken for a full
 * one. Weeks that no amount bears out are never more than likely. */
#include "check/checks.h"

enum { LONGEST_MONTHS = 36, DRIFT_PERCENT = 6, KRONE = 100 };

KfInterval kf_amount_within(const KfFigure *figure)
{
    if (figure->range.hi - figure->range.lo > KRONE)
        return figure->range;
    return (KfInterval){ figure->value, figure->value };
}

bool kf_is_narrow(KfInterval shown, KfOere price)
{
    enum { NARROW = 8 };

    return (shown.hi - shown.lo) * NARROW <= price;
}

bool kf_fits_some_period(const KfCheck *check, KfText benefit, const KfFigure *figure,
                         KfRateFit *fit)
{
    const KfPeriod any = { 0, LONGEST_MONTHS };

    return kf_rate_fit_within(check->options->rules, benefit, check->year, any,
                              kf_amount_within(figure), fit);
}

/* A deduction, or an amount with its sign turned, has the price of what it takes off. */
static KfFigure without_sign(const KfFigure *figure)
{
    KfFigure out = *figure;

    if (figure->value >= 0)
        return out;
    out.value = -figure->value;
    out.range = (KfInterval){ -figure->range.hi, -figure->range.lo };
    return out;
}

/* The price of a unit that most amounts of a row are whole numbers of; one of them
 * may be mistyped. 0 when none fits. */
static KfOere fitting_price(const KfCheck *check, const KfCourse *course, const KfItem *item,
                            KfText benefit, const KfRate **rate)
{
    size_t periods = course->period_count, most = 0;
    KfOere *prices = kf_arena_array(check->scratch, periods, sizeof *prices);
    const KfRate **rates = kf_arena_array(check->scratch, periods, sizeof *rates);
    KfOere best = 0;

    for (size_t p = 0; p < periods; p++) {
        const KfFigure amount = without_sign(&item->amounts[p]);
        KfRateFit fit;

        if (!kf_fits_some_period(check, benefit, &amount, &fit))
            continue;
        prices[p] = fit.unit_price;
        rates[p] = fit.rate;
    }
    for (size_t p = 0; p < periods; p++) {
        size_t alike = 0;

        for (size_t q = 0; q < periods; q++)
            alike += prices[p] > 0 && prices[q] == prices[p];
        if (alike > most) {
            most = alike;
            best = prices[p];
            *rate = rates[p];
        }
    }
    return best;
}

/* The first price that some row of the label fits. */
static KfOere first_price(const KfCheck *check, const KfItem *item, KfText benefit,
                          const KfRate **rate)
{
    const KfModel *model = &check->audit->model;
    KfOere price = 0;

    for (size_t c = 0; c < model->case_count && price == 0; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT && price == 0; kind++) {
            const KfCourse *other = &model->cases[c].courses[kind];

            for (size_t i = 0; i < other->item_count && price == 0; i++) {
                if (kf_text_eq(other->items[i].label.text, item->label.text))
                    price = fitting_price(check, other, &other->items[i], benefit, rate);
            }
        }
    }
    return price;
}

/* By other rows of the same label; looked for once a label and year. */
static KfOere price_elsewhere(KfCheck *check, const KfItem *item, KfText benefit,
                              const KfRate **rate)
{
    KfLabelPrice *known = &kf_check_label(check, item->label.text)->price;

    if (known->year != check->year) {
        *known = (KfLabelPrice){ .year = check->year };
        if (kf_rate(check->options->rules, benefit, check->year))
            known->price = first_price(check, item, benefit, &known->rate);
    }
    if (known->price)
        *rate = known->rate;
    return known->price;
}

/* How many amounts of the row are whole numbers of a price. */
static size_t multiples(const KfCourse *course, const KfItem *item, KfOere price)
{
    size_t count = 0;

    for (size_t p = 0; p < course->period_count; p++)
        count += item->amounts[p].value > 0 && item->amounts[p].value % price == 0;
    return count;
}

static KfOere distance(KfOere a, KfOere b)
{
    return a > b ? a - b : b - a;
}

/* A price that amounts of a row are whole numbers of. */
typedef struct {
    KfOere price; /* 0: none */
    const KfRate *rate;
    size_t fits;
} OwnPrice;

/* In whole kroner, and near a rate. */
static OwnPrice own_price_near(const KfCourse *course, const KfItem *item, const KfRate *rate)
{
    const KfOere most = rate->amount * DRIFT_PERCENT / 100;
    OwnPrice best = { 0, rate, 0 };

    for (size_t p = 0; p < course->period_count; p++) {
        const KfOere amount = item->amounts[p].value;
        const int64_t last = amount > 0 ? amount / (rate->amount - most) : 0;

        for (int64_t units = amount > 0 ? amount / (rate->amount + most) : 1;
             units <= last && units <= LONGEST_MONTHS * 5; units++) {
            const KfOere price = units > 0 ? amount / units : 0;
            size_t alike;

            if (units < 1 || amount % units || price % KRONE
                || distance(price, rate->amount) > most)
                continue;
            alike = multiples(course, item, price);
            if (alike > best.fits
                || (alike == best.fits
                    && distance(price, rate->amount) < distance(best.price, rate->amount)))
                best = (OwnPrice){ price, rate, alike };
        }
    }
    return best;
}

/* The sheet's own price: near the rate, or near one of the benefit's others that year. */
static OwnPrice own_price(const KfRuleSet *rules, const KfCourse *course, const KfItem *item,
                          const KfRate *rate)
{
    OwnPrice best = own_price_near(course, item, rate);
    size_t count;
    const KfRate *all = kf_rates(rules, &count);

    for (size_t i = 0; i < count; i++) {
        OwnPrice other;

        if (all[i].year != rate->year || all[i].unit != rate->unit
            || !kf_text_eq(all[i].benefit, rate->benefit))
            continue;
        other = own_price_near(course, item, &all[i]);
        if (other.fits > best.fits)
            best = other;
    }
    return best;
}

/* A month is 52/12 weeks, so a week of it is 3/13: kept exact in thirteenths. */
static void set_price(KfItemRule *rule, KfOere price)
{
    const bool monthly = !rule->rate || rule->rate->unit == KF_RATE_MONTH;

    rule->scale = monthly ? 13 : 1;
    rule->exact = monthly ? price * 3 : price;
    rule->weekly = (rule->exact + rule->scale / 2) / rule->scale;
}

static void set_sure(KfItemRule *rule, KfConfidence sure)
{
    kf_weaken(&rule->confidence, sure);
    rule->sure = sure;
}

/* The most that a month costs in the row. */
static KfOere dearest_month(const KfCourse *course, const KfItem *item)
{
    KfOere most = 0;

    for (size_t p = 0; p < course->period_count; p++) {
        const KfOere months = kf_period_months(course->periods[p].period);

        if (months > 0 && item->amounts[p].value / months > most)
            most = item->amounts[p].value / months;
    }
    return most;
}

static void carry_price(const KfCheck *check, const KfCourse *course, const KfItem *item,
                        KfItemRule *rule)
{
    const KfRate *rate = kf_rate_nearest(check->options->rules, rule->match.benefit, check->year);
    OwnPrice own;

    rule->is_carried = true;
    if (!rate) {
        set_price(rule, dearest_month(course, item));
        set_sure(rule, KF_CONFIDENCE_LOW);
        return;
    }
    own = own_price(check->options->rules, course, item, rate);
    rule->rate = own.rate;
    set_price(rule, own.price ? own.price : own.rate->amount);
    set_sure(rule, own.price ? KF_CONFIDENCE_MEDIUM : KF_CONFIDENCE_LOW);
}

/* The year has a rate that no amount of the label is a whole number of. Only when
 * all amounts of the row are whole numbers of one price near it, that is the sheet's. */
static void unfit_price(const KfCheck *check, const KfCourse *course, const KfItem *item,
                        KfItemRule *rule)
{
    const KfRate *rate = rule->rate;
    const OwnPrice own = own_price(check->options->rules, course, item, rate);
    size_t amounts = 0;

    for (size_t p = 0; p < course->period_count; p++)
        amounts += item->amounts[p].value > 0;
    rule->is_carried = own.price && amounts > 1 && own.fits == amounts;
    if (rule->is_carried)
        rule->rate = own.rate;
    set_price(rule, rule->is_carried ? own.price : rate->amount);
    set_sure(rule,
             rate->confidence < KF_CONFIDENCE_MEDIUM ? rate->confidence : KF_CONFIDENCE_MEDIUM);
}

/* A krone off the rate as no other amount of the row is: it may as well be mistyped. */
static bool is_lone_price(const KfCourse *course, const KfItem *item, const KfRate *rate,
                          KfOere price)
{
    return rate && price != rate->amount && multiples(course, item, price) == 1;
}

void kf_item_price(KfCheck *check, const KfCourse *course, const KfItem *item, KfItemRule *rule)
{
    const KfText benefit = rule->match.benefit;
    KfOere price = fitting_price(check, course, item, benefit, &rule->rate);

    if (price == 0)
        price = price_elsewhere(check, item, benefit, &rule->rate);
    rule->fits = price > 0;
    if (price)
        set_price(rule, price);
    else if (kf_rate_price(check->options->rules, benefit, check->year, 0, &rule->rate))
        unfit_price(check, course, item, rule);
    else
        carry_price(check, course, item, rule);
    if (price && rule->rate && rule->rate->confidence < rule->confidence)
        rule->confidence = rule->rate->confidence;
    if (price && is_lone_price(course, item, rule->rate, price))
        kf_weaken(&rule->confidence, KF_CONFIDENCE_MEDIUM);
}

/* How many amounts of the row are whole numbers of the rate, as wide as they are shown. */
static size_t count_fitting(const KfCourse *course, const KfItem *item, const KfRate *rate)
{
    size_t count = 0;

    for (size_t p = 0; p < course->period_count; p++) {
        const KfInterval range = kf_amount_within(&item->amounts[p]);

        count += range.lo > 0 && range.hi / rate->amount * rate->amount >= range.lo;
    }
    return count;
}

/* Whether another rate of the row's benefit and year bears out as many amounts. */
static bool may_be(const KfCourseCheck *course, size_t item, const KfRate *rate)
{
    const KfItem *row = &course->course->items[item];
    const KfRate *now = course->items[item].rate;

    return rate != now && rate->year == now->year && rate->unit == now->unit && rate->amount > 0
           && kf_text_eq(rate->benefit, now->benefit)
           && count_fitting(course->course, row, rate) >= count_fitting(course->course, row, now);
}

void kf_choose_prices(const KfCheck *check, KfCourseCheck *course)
{
    size_t count, least;
    const KfRate *rates = kf_rates(check->options->rules, &count);

    if (course->step <= KRONE || course->by_period)
        return;
    least = kf_payer_misfits(course);
    for (size_t i = 0; i < course->course->item_count && least > 0; i++) {
        KfItemRule *rule = &course->items[i];

        for (size_t r = 0; !rule->is_free && rule->rule->kind == KF_RULE_WEEKS && rule->rate
                           && r < count && least > 0;
             r++) {
            const KfItemRule before = *rule;
            size_t misfits;

            if (!may_be(course, i, &rates[r]))
                continue;
            rule->rate = &rates[r];
            set_price(rule, rates[r].amount);
            misfits = kf_payer_misfits(course);
            if (misfits < least)
                least = misfits;
            else
                *rule = before;
        }
    }
}
