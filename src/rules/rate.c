/* What a benefit costs, and whether an amount is a sensible number of its weeks
 * or months. A variant (kontanthjaelp_aktiv) has its benefit's rates. */
#include "rules/ruleset.h"

enum { WEEKS_A_YEAR = 52, MONTHS_A_YEAR = 12, LONGEST_MONTHS = 36, KRONE = 100 };

/* Whether rates of key hold for benefit: the same, or benefit is key_something. */
static bool covers(KfText key, KfText benefit)
{
    return kf_text_starts(benefit, key) && (benefit.len == key.len || benefit.ptr[key.len] == '_');
}

static bool has_rate(const KfRuleSet *rules, KfText benefit)
{
    for (size_t i = 0; i < rules->rate_count; i++) {
        const KfRate *rate = &rules->rates[i];

        if (rate->unit != KF_RATE_STAY && covers(rate->benefit, benefit))
            return true;
    }
    return false;
}

static bool is_rate_of(const KfRate *rate, KfText benefit, int32_t year)
{
    return rate->year == year && rate->unit != KF_RATE_STAY && covers(rate->benefit, benefit);
}

const KfRate *kf_rate(const KfRuleSet *rules, KfText benefit, int32_t year)
{
    for (size_t i = 0; i < rules->rate_count; i++) {
        const KfRate *rate = &rules->rates[i];

        if (rate->year == year && covers(rate->benefit, benefit))
            return rate;
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

        if (rate->unit == KF_RATE_STAY || !covers(rate->benefit, benefit))
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

    if (price <= 0 || amount.lo <= 0 || amount.hi > KF_OERE_MAX)
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

static Best best_fit(const KfRuleSet *rules, KfText benefit, int32_t year, int64_t months,
                     KfInterval amount)
{
    const KfOere near = amount.lo == amount.hi ? KRONE : 0; /* no telling once it is rounded */
    Best best = { .rank = 0 };

    for (size_t i = 0; i < rules->rate_count; i++) {
        const KfRate *rate = &rules->rates[i];

        if (!is_rate_of(rate, benefit, year))
            continue;
        for (KfOere off = -near; off <= near; off += KRONE)
            try_price(&best, rate, rate->amount + off, months, amount);
    }
    return best;
}

bool kf_rate_fit(const KfRuleSet *rules, KfText benefit, int32_t year, KfPeriod period,
                 KfOere amount, KfRateFit *out)
{
    return kf_rate_fit_within(rules, benefit, year, period, (KfInterval){ amount, amount }, out);
}

bool kf_rate_fit_within(const KfRuleSet *rules, KfText benefit, int32_t year, KfPeriod period,
                        KfInterval amount, KfRateFit *out)
{
    int64_t months = kf_period_months(period);
    Best best;

    best = best_fit(rules, benefit, year, months > 0 ? months : LONGEST_MONTHS, amount);
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
    Best best = best_fit(rules, benefit, year, LONGEST_MONTHS, (KfInterval){ amount, amount });

    for (size_t i = 0; i < rules->rate_count && best.rank == 0; i++) {
        const KfRate *first = &rules->rates[i];

        if (is_rate_of(first, benefit, year))
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
    int64_t months = kf_period_months(period);
    Readings readings = { .count = 0 };
    size_t count;

    for (size_t i = 0; amount > 0 && i < rules->rate_count; i++) {
        const KfRate *rate = &rules->rates[i];

        if (!is_rate_of(rate, benefit, year) || rate->amount > KF_OERE_MAX / (2 * WHOLE_BP))
            continue;
        for (KfOere off = -KRONE; off <= KRONE; off += KRONE)
            read_at(&readings, rate, rate->amount + off,
                    halves_within(rate, months > 0 ? months : LONGEST_MONTHS), amount);
    }
    count = readings.count < max ? readings.count : max;
    for (size_t i = 0; i < count; i++)
        out[i] = readings.list[i].reading;
    return count;
}

/* ---- years --------------------------------------------------------------- */

static KfYearFit fit_in(const KfRuleSet *rules, const KfRateSample *samples, size_t count,
                        int32_t year)
{
    KfYearFit out = { .year = year };
    KfRateFit fit;

    for (size_t i = 0; i < count; i++) {
        if (!kf_rate_fit(rules, samples[i].benefit, year, samples[i].period, samples[i].amount,
                         &fit))
            continue;
        out.fitting++;
        out.exactly += fit.unit_price == fit.rate->amount;
    }
    return out;
}

bool kf_rates_has_year(const KfRuleSet *rules, int32_t year)
{
    for (size_t i = 0; i < rules->rate_count; i++) {
        if (rules->rates[i].year == year)
            return true;
    }
    return false;
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

static bool year_is_new(const KfRuleSet *rules, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (rules->rates[j].year == rules->rates[i].year)
            return false;
    }
    return true;
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
    size_t years = 0;

    *tried = 0;
    for (size_t i = 0; i < count; i++)
        *tried += samples[i].amount > 0 && has_rate(rules, samples[i].benefit);
    for (size_t i = 0; i < rules->rate_count; i++) {
        KfYearFit fit;

        if (!year_is_new(rules, i))
            continue;
        fit = fit_in(rules, samples, count, rules->rates[i].year);
        if (fit.fitting)
            put_year(out, &years, fit);
    }
    return years;
}

int32_t kf_rates_year(const KfRuleSet *rules, const KfRateSample *samples, size_t count,
                      size_t *fitting, size_t *tried)
{
    KfYearFit years[KF_YEARS_MAX];
    size_t fits = kf_rates_years(rules, samples, count, years, tried);

    *fitting = fits ? years[0].fitting : 0;
    return fits ? years[0].year : 0;
}
