/* What a week of a benefit costs in this workbook: the rate that its amounts are
 * whole numbers of, else the rate of the year, else that of the nearest year. */
#include "check/checks.h"

enum { LONGEST_MONTHS = 36, DRIFT_PERCENT = 6, KRONE = 100 };

bool kf_fits_some_period(const KfCheck *check, KfText benefit, KfOere amount)
{
    KfPeriod any = { 0, LONGEST_MONTHS };
    KfRateFit fit;

    return kf_rate_fit(check->options->rules, benefit, check->year, any, amount, &fit);
}

/* The price of a unit that most amounts of a row are whole numbers of; one of them
 * may be mistyped. 0 when none fits. */
static KfOere fitting_price(const KfCheck *check, const KfCourse *course, const KfItem *item,
                            KfText benefit, const KfRate **rate)
{
    const KfRuleSet *rules = check->options->rules;
    size_t periods = course->period_count, most = 0;
    KfOere *prices = kf_arena_array(check->arena, periods, sizeof *prices);
    const KfRate **rates = kf_arena_array(check->arena, periods, sizeof *rates);
    KfOere best = 0;

    for (size_t p = 0; p < periods; p++) {
        if (kf_fits_some_period(check, benefit, item->amounts[p].value))
            prices[p] =
                kf_rate_price(rules, benefit, check->year, item->amounts[p].value, &rates[p]);
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
    KfLabelPrice *known = kf_check_label_price(check, item->label.text);

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

/* The sheet's own price where its year has no rate: in whole kroner, near the rate
 * of the nearest year, and such that amounts are whole numbers of it. 0: none. */
static KfOere own_price(const KfCourse *course, const KfItem *item, const KfRate *rate)
{
    const KfOere most = rate->amount * DRIFT_PERCENT / 100;
    KfOere best = 0;
    size_t fits = 0;

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
            if (alike > fits
                || (alike == fits
                    && distance(price, rate->amount) < distance(best, rate->amount))) {
                fits = alike;
                best = price;
            }
        }
    }
    return best;
}

/* A month is 52/12 weeks, so a week of it is 3/13: kept exact in thirteenths. */
static void set_price(KfItemRule *rule, KfOere price)
{
    const bool monthly = rule->rate->unit == KF_RATE_MONTH;

    rule->scale = monthly ? 13 : 1;
    rule->exact = monthly ? price * 3 : price;
    rule->weekly = (rule->exact + rule->scale / 2) / rule->scale;
}

static void carry_price(const KfCheck *check, const KfCourse *course, const KfItem *item,
                        KfItemRule *rule)
{
    const KfRate *rate = kf_rate_nearest(check->options->rules, rule->match.benefit, check->year);
    KfOere own;

    if (!rate)
        return;
    own = own_price(course, item, rate);
    rule->rate = rate;
    rule->is_carried = true;
    set_price(rule, own ? own : rate->amount);
    if (rule->confidence > (own ? KF_CONFIDENCE_MEDIUM : KF_CONFIDENCE_LOW))
        rule->confidence = own ? KF_CONFIDENCE_MEDIUM : KF_CONFIDENCE_LOW;
}

void kf_item_price(KfCheck *check, const KfCourse *course, const KfItem *item, KfItemRule *rule)
{
    const KfText benefit = rule->match.benefit;
    KfOere price = fitting_price(check, course, item, benefit, &rule->rate);

    if (price == 0)
        price = price_elsewhere(check, item, benefit, &rule->rate);
    rule->fits = price > 0;
    if (price == 0) {
        price = kf_rate_price(check->options->rules, benefit, check->year, 0, &rule->rate);
        if (price && rule->rate->confidence < rule->confidence)
            rule->confidence = rule->rate->confidence;
    }
    if (price)
        set_price(rule, price);
    else
        carry_price(check, course, item, rule);
}
