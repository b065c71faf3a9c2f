/* What a benefit costs, and whether an amount is a sensible number of its weeks
 * or months. A variant (kontanthjaelp_aktiv) has its benefit's rates. */
#include "rules/ruleset.h"

enum { WEEKS_A_YEAR = 52, MONTHS_A_YEAR = 12, LONGEST_MONTHS = 36, KRONE = 100 };

/* Whether rates of key hold for benefit: the same, or benefit is key_something. */
static bool covers(KfText key, KfText benefit)
{
    return key.len && benefit.len >= key.len && benefit.ptr[0] == key.ptr[0]
           && (benefit.len == key.len || benefit.ptr[key.len] == '_')
           && kf_text_starts(benefit, key);
}

/* The rates of a year. */
typedef struct {
    const KfRate *const *at;
    size_t count;
} YearRates;

static YearRates rates_of(const KfRuleSet *rules, int32_t year)
{
    const size_t *start;

    if (year < KF_RATE_FIRST_YEAR || year > KF_RATE_LAST_YEAR)
        return (YearRates){ NULL, 0 };
    start = &rules->year_start[year - KF_RATE_FIRST_YEAR];
    return (YearRates){ rules->rates_by_year + start[0], start[1] - start[0] };
}

/* Whether it is a rate that amounts of the benefit are made of. */
static bool is_rate_of(const KfRate *rate, KfText benefit)
{
    return rate->unit != KF_RATE_STAY && covers(rate->benefit, benefit);
}

const KfRate *kf_rate(const KfRuleSet *rules, KfText benefit, int32_t year)
{
    const YearRates rates = rates_of(rules, year);

    for (size_t i = 0; i < rates.count; i++) {
        if (covers(rates.at[i]->benefit, benefit))
            return rates.at[i];
    }
    return NULL;
}

static int32_t years_apart(int32_t a, int32_t b)
{
    return a > b ? a - b : b - a;
}

/* Of years as near, the earlier: what is known is carried on. */
const KfRate *kf_rate_nearest(const KfRuleSet *rules, KfText benefit, int32_t year)
{
    const KfRate *nearest = NULL;

    for (size_t i = 0; i < rules->rate_count; i++) {
        const KfRate *rate = &rules->rates[i];
        int32_t apart = years_apart(rate->year, year);

        if (!is_rate_of(rate, benefit))
            continue;
        if (!nearest || apart < years_apart(nearest->year, year)
            || (apart == years_apart(nearest->year, year) && rate->year < nearest->year))
            nearest = rate;
    }
    return nearest;
}

/* Half units that a period holds. */
static int64_t halves_within(const KfRate *rate, int64_t months)
{
    if (rate->unit == KF_RATE_WEEK)
        return (months * WEEKS_A_YEAR + MONTHS_A_YEAR - 1) / MONTHS_A_YEAR * 2;
    return months * 2;
}

/* At a price, amount is from one unit to most halves of it, or 0 halves. */
static int64_t halves_at(KfOere price, KfInterval amount, int64_t most)
{
    int64_t halves;

    if (price <= 0)
        return 0;
    halves = (amount.lo * 2 + price - 1) / price;
    if (halves % 2 && (halves + 1) * price <= amount.hi * 2)
        halves++;
    return halves >= 2 && halves <= most && halves * price <= amount.hi * 2 ? halves : 0;
}

/* A price that is the rate itself, whole units and no doubled rate fit best. */
typedef struct {
    KfRateFit fit;
    int rank;
} Best;

static void try_price(Best *best, const KfRate *rate, KfOere price, int64_t months,
                      KfInterval amount)
{
    int64_t within = halves_within(rate, months);
    int64_t most = rate->unit == KF_RATE_MONTH ? within * 2 : within;
    int64_t halves = halves_at(price, amount, most);
    int rank;

    if (halves == 0)
        return;
    rank = 1 + 4 * (price == rate->amount) + 2 * (halves % 2 == 0) + (halves <= within);
    if (rank > best->rank)
        *best = (Best){ { rate, price, halves }, rank };
}

static void try_rate(Best *best, const KfRate *rate, int64_t months, KfInterval amount)
{
    const KfOere near = amount.lo == amount.hi ? KRONE : 0; /* no telling once it is rounded */

    if (amount.lo <= 0 || amount.hi > KF_OERE_MAX)
        return;
    for (KfOere off = -near; off <= near; off += KRONE) {
        const KfOere price = rate->amount + off;

        if (near == 0 || (price > 0 && amount.lo * 2 % price == 0))
            try_price(best, rate, price, months, amount);
    }
}

static Best best_fit(const KfRuleSet *rules, KfText benefit, int32_t year, int64_t months,
                     KfInterval amount)
{
    const YearRates rates = rates_of(rules, year);
    Best best = { .rank = 0 };

    for (size_t i = 0; i < rates.count; i++) {
        if (is_rate_of(rates.at[i], benefit))
            try_rate(&best, rates.at[i], months, amount);
    }
    return best;
}

static int64_t months_of(KfPeriod period)
{
    int64_t months = kf_period_months(period);

    return months > 0 ? months : LONGEST_MONTHS;
}

bool kf_rate_fit(const KfRuleSet *rules, KfText benefit, int32_t year, KfPeriod period,
                 KfOere amount, KfRateFit *out)
{
    return kf_rate_fit_within(rules, benefit, year, period, (KfInterval){ amount, amount }, out);
}

bool kf_rate_fit_within(const KfRuleSet *rules, KfText benefit, int32_t year, KfPeriod period,
                        KfInterval amount, KfRateFit *out)
{
    Best best = best_fit(rules, benefit, year, months_of(period), amount);

    *out = best.fit;
    return best.rank > 0;
}

static KfOere weekly_of(const KfRate *rate, KfOere price)
{
    if (rate->unit == KF_RATE_WEEK)
        return price;
    return (price * MONTHS_A_YEAR + WEEKS_A_YEAR / 2) / WEEKS_A_YEAR;
}

KfOere kf_rate_price(const KfRuleSet *rules, KfText benefit, int32_t year, KfOere amount,
                     const KfRate **rate)
{
    const YearRates rates = rates_of(rules, year);
    Best best = best_fit(rules, benefit, year, LONGEST_MONTHS, (KfInterval){ amount, amount });

    for (size_t i = 0; i < rates.count && best.rank == 0; i++) {
        const KfRate *first = rates.at[i];

        if (is_rate_of(first, benefit))
            best = (Best){ { first, first->amount, 0 }, 1 };
    }
    *rate = best.fit.rate;
    return best.rank ? best.fit.unit_price : 0;
}

KfOere kf_rate_weekly(const KfRuleSet *rules, KfText benefit, int32_t year, KfOere amount,
                      const KfRate **rate)
{
    const KfRate *found;
    KfOere price = kf_rate_price(rules, benefit, year, amount, &found);

    if (rate)
        *rate = found;
    return price ? weekly_of(found, price) : 0;
}

/* ---- readings -------------------------------------------------------------- */

/* The shares that benefits are commonly given in, the usual ones first. */
static const int32_t reading_shares[] = { 10000, 7500, 5000, 2500, 8000, 9000, 6000, 20000 };

enum { READINGS_MAX = 16, WHOLE_BP = 10000 };

typedef struct {
    KfRateReading reading;
    int rank; /* 0 is the simplest */
} Ranked;

typedef struct {
    Ranked list[READINGS_MAX];
    size_t count;
} Readings;

static bool is_same_reading(const KfRateReading *a, const KfRateReading *b)
{
    return a->rate->unit == b->rate->unit && a->unit_price == b->unit_price
           && a->halves == b->halves && a->share_bp == b->share_bp;
}

/* Keeps the list in order; of equals, the one that was found first comes first. */
static void keep_reading(Readings *readings, Ranked one)
{
    size_t at = readings->count;

    for (size_t i = 0; i < readings->count; i++) {
        if (is_same_reading(&readings->list[i].reading, &one.reading))
            return; /* another variant of the same price */
    }
    while (at > 0 && readings->list[at - 1].rank > one.rank)
        at--;
    if (at == READINGS_MAX)
        return;
    if (readings->count < READINGS_MAX)
        readings->count++;
    for (size_t i = readings->count - 1; i > at; i--)
        readings->list[i] = readings->list[i - 1];
    readings->list[at] = one;
}

static void read_at(Readings *readings, const KfRate *rate, KfOere price, int64_t within,
                    KfOere amount)
{
    for (size_t s = 0; price > 0 && s < sizeof reading_shares / sizeof *reading_shares; s++) {
        const int32_t share = reading_shares[s];
        const KfOere unit = price * share; /* a rate is far below KF_OERE_MAX */
        int64_t halves;

        if (amount > INT64_MAX / (2 * WHOLE_BP) || amount * 2 * WHOLE_BP % unit)
            continue;
        halves = amount * 2 * WHOLE_BP / unit;
        if (halves < 1 || halves > within || (share != WHOLE_BP && halves % 2))
            continue;
        keep_reading(readings,
                     (Ranked){ { rate, price, halves, share },
                               8 * (price != rate->amount) + 4 * (share == 2 * WHOLE_BP)
                                   + 2 * (share != WHOLE_BP) + (halves % 2 && halves != within)
                                   + (share != WHOLE_BP && halves != within) });
    }
}

size_t kf_rate_readings(const KfRuleSet *rules, KfText benefit, int32_t year, KfPeriod period,
                        KfOere amount, KfRateReading *out, size_t max)
{
    const YearRates rates = rates_of(rules, year);
    Readings readings = { .count = 0 };
    size_t count;

    for (size_t i = 0; amount > 0 && i < rates.count; i++) {
        const KfRate *rate = rates.at[i];

        if (!is_rate_of(rate, benefit) || rate->amount > KF_OERE_MAX / (2 * WHOLE_BP))
            continue;
        for (KfOere off = -KRONE; off <= KRONE; off += KRONE)
            read_at(&readings, rate, rate->amount + off, halves_within(rate, months_of(period)),
                    amount);
    }
    count = readings.count < max ? readings.count : max;
    for (size_t i = 0; i < count; i++)
        out[i] = readings.list[i].reading;
    return count;
}

/* ---- years --------------------------------------------------------------- */

bool kf_rates_has_year(const KfRuleSet *rules, int32_t year)
{
    return rates_of(rules, year).count > 0;
}

int32_t kf_rates_newest_year(const KfRuleSet *rules)
{
    int32_t newest = 0;

    for (size_t i = 0; i < rules->rate_count; i++) {
        if (rules->rates[i].year > newest)
            newest = rules->rates[i].year;
    }
    return newest;
}

/* The years that there are rates of, in the order of the rates, and how well the samples
 * fit into each. */
typedef struct {
    KfYearFit fits[KF_RATE_YEARS];
    Best best[KF_RATE_YEARS]; /* of the sample at hand */
    size_t count;
    uint8_t at[KF_RATE_YEARS]; /* by year: its place in fits, counted from 1 */
} Years;

static void find_years(const KfRuleSet *rules, Years *out)
{
    for (size_t i = 0; i < rules->rate_count; i++) {
        int32_t year = rules->rates[i].year;
        uint8_t *at = &out->at[year - KF_RATE_FIRST_YEAR];

        if (*at)
            continue;
        out->fits[out->count++] = (KfYearFit){ .year = year };
        *at = (uint8_t)out->count;
    }
}

/* Fits the sample into every year; false when its benefit has no rates. */
static bool fit_sample(const KfRuleSet *rules, const KfRateSample *sample, Years *years)
{
    const KfInterval amount = { sample->amount, sample->amount };
    const int64_t months = months_of(sample->period);
    bool found = false;

    for (size_t i = 0; i < years->count; i++)
        years->best[i].rank = 0;
    for (size_t i = 0; i < rules->rate_count; i++) {
        const KfRate *rate = &rules->rates[i];

        if (!is_rate_of(rate, sample->benefit))
            continue;
        found = true;
        try_rate(&years->best[years->at[rate->year - KF_RATE_FIRST_YEAR] - 1], rate, months,
                 amount);
    }
    for (size_t i = 0; i < years->count; i++) {
        const KfRateFit *fit = &years->best[i].fit;

        if (years->best[i].rank == 0)
            continue;
        years->fits[i].fitting++;
        years->fits[i].exactly += fit->unit_price == fit->rate->amount;
    }
    return found;
}

static bool fits_better(const KfYearFit *a, const KfYearFit *b)
{
    if (a->fitting != b->fitting)
        return a->fitting > b->fitting;
    return a->exactly != b->exactly ? a->exactly > b->exactly : a->year > b->year;
}

static void put_year(KfYearFit *out, size_t *count, KfYearFit fit)
{
    size_t at = *count;

    if (*count == KF_YEARS_MAX)
        return;
    for (; at > 0 && fits_better(&fit, &out[at - 1]); at--)
        out[at] = out[at - 1];
    out[at] = fit;
    (*count)++;
}

size_t kf_rates_years(const KfRuleSet *rules, const KfRateSample *samples, size_t count,
                      KfYearFit out[KF_YEARS_MAX], size_t *tried)
{
    Years years = { .count = 0 };
    size_t found = 0;

    *tried = 0;
    find_years(rules, &years);
    for (size_t i = 0; i < count; i++)
        *tried += samples[i].amount > 0 && fit_sample(rules, &samples[i], &years);
    for (size_t i = 0; i < years.count; i++) {
        if (years.fits[i].fitting)
            put_year(out, &found, years.fits[i]);
    }
    return found;
}

int32_t kf_rates_year(const KfRuleSet *rules, const KfRateSample *samples, size_t count,
                      size_t *fitting, size_t *tried)
{
    KfYearFit years[KF_YEARS_MAX];
    size_t fits = kf_rates_years(rules, samples, count, years, tried);

    *fitting = fits ? years[0].fitting : 0;
    return fits ? years[0].year : 0;
}
