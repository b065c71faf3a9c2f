/**
 * @file
 * Who pays how much of a benefit, from which date and at which week, and what
 * the benefit costs. Rules and rates are data (CSV), compiled in as default.
 */
#ifndef KF_RULES_H
#define KF_RULES_H

#include "kf/model.h"

typedef enum { KF_CONFIDENCE_LOW, KF_CONFIDENCE_MEDIUM, KF_CONFIDENCE_HIGH } KfConfidence;

typedef enum {
    KF_RULE_FIXED,    /**< fixed shares */
    KF_RULE_WEEKS,    /**< shares by benefit week */
    KF_RULE_STAY_CAP, /**< the municipality's part of a hospital stay, up to a cap */
    KF_RULE_OPEN,     /**< several shares are possible: the column decides among payers */
    KF_RULE_YEARLY    /**< shares by how much one year has cost (Serviceloven § 176) */
} KfRuleKind;

/** Shares in basis points, 10000 in all, over benefit weeks from..to. */
typedef struct {
    int32_t from_week, to_week; /**< both included; to_week INT32_MAX: onwards */
    int32_t share_bp[KF_PAYER_COUNT];
    KfOere above, up_to; /**< YEARLY: the part of a year's cost; INT64_MAX: all above */
} KfTier;

typedef struct KfRule {
    KfText benefit; /**< key, for example "sygedagpenge" */
    KfText title;   /**< Danish name of the benefit */
    KfRuleKind kind;
    KfDate valid_from, valid_to; /**< both included */
    KfTier *tiers;               /**< one for a fixed rule; OPEN: one for each possibility */
    size_t tier_count;
    KfText clock;          /**< benefits with the same clock count weeks together */
    KfOere cap_lo, cap_hi; /**< STAY_CAP: the municipality pays a cap in this range a stay */
    bool whole_weeks;      /**< a week that is begun counts as a whole one on the clock */
    bool is_support;       /**< supports the citizen: its weeks are none of self-support */
    KfDate weeks_since;    /**< weeks from this day on count, also by an earlier law */
    int32_t restart_after; /**< weeks of self-support after which the clock starts anew; 0: never */
    KfDate granted_from, granted_to; /**< only for benefits granted in this time; KF_DATE_NONE and
                                          KF_DATE_OPEN where there is no limit */
    KfConfidence confidence;
    KfText law, source;
} KfRule;

typedef enum { KF_RATE_WEEK, KF_RATE_MONTH, KF_RATE_STAY } KfRateUnit;

typedef struct {
    KfText benefit, variant; /**< "kontanthjaelp", "forsoerger" */
    int32_t year;
    KfOere amount;
    KfRateUnit unit;
    KfConfidence confidence;
    KfText source;
} KfRate;

typedef struct KfRuleSet KfRuleSet;

/** The rules compiled in. @param out to be freed with kf_ruleset_destroy(). */
KfStatus kf_ruleset_create(KfRuleSet **out, KfError *err) KF_MUST_USE;
/**
 * Read a user's CSV of rules, with the headings of src/rules/data/regler.csv in
 * any order and "navn" for a label that names the benefit; or of rates, known by
 * the heading "beløb", with those of satser.csv. Of a rule only ydelse (a key or a
 * name) and shares are required; without fra and til it holds for all years. Its
 * rules replace those of the same benefit on the days they share. A file that
 * states only some weeks (or yearly bands) of a rule replaces those alone. A rate
 * replaces that of the same benefit, variant, year and unit.
 * bytes need not outlive the call; on failure rules are unchanged. After success
 * pointers from kf_rules(), kf_rates() and kf_rule_at() show the old state.
 * KF_BAD_RULES: err says line, column, what was found and what was expected.
 */
KfStatus kf_ruleset_add_csv(KfRuleSet *rules, KfText bytes, KfText name, KfError *err) KF_MUST_USE;
/** NULL is accepted. */
void kf_ruleset_destroy(KfRuleSet *rules);
/** Name for reports: "dk", or "dk + FILE". */
KfText kf_ruleset_name(const KfRuleSet *rules);

/** How a label was understood. */
typedef struct {
    KfText benefit; /**< key; empty when the label names no known benefit */
    KfText alias;   /**< the alias that matched */
    bool by_slip;   /**< matched with one typing error */
} KfBenefitMatch;
KfBenefitMatch kf_benefit_match(const KfRuleSet *rules, KfText label);
/** The benefit whose name begins at pos of a running text, inflected or not, without
 *  typing errors. Returns the place behind it, or pos when none begins there. */
size_t kf_benefit_at(const KfRuleSet *rules, KfText text, size_t pos, KfBenefitMatch *match);
/** The benefit that label would be read as next, were match not there: the next
 *  best alias that fits, else the one that has most letters of a word in common.
 *  Without a benefit when there is none. */
KfBenefitMatch kf_benefit_runner_up(const KfRuleSet *rules, KfText label,
                                    const KfBenefitMatch *match);

/** How many stays or visits a label names, 1 for a stay in the singular; 0 when it does
 *  not tell ("Indlæggelser", "Ambulant behandling"). */
int32_t kf_label_stays(KfText label);

/** The rule that holds for a benefit on a date, or NULL. */
const KfRule *kf_rule_at(const KfRuleSet *rules, KfText benefit, KfDate date);
/** All rules / rates, in file order. */
const KfRule *kf_rules(const KfRuleSet *rules, size_t *count);
const KfRate *kf_rates(const KfRuleSet *rules, size_t *count);
/** The rate of a benefit (for variants: of its first) in a year, or NULL. */
const KfRate *kf_rate(const KfRuleSet *rules, KfText benefit, int32_t year);
/** A weekly or monthly rate of the nearest year that has one, the earlier of two. */
const KfRate *kf_rate_nearest(const KfRuleSet *rules, KfText benefit, int32_t year);

/** Write rules and rates as the CSV that kf_ruleset_add_csv() reads: semicolons,
 *  decimal comma, Danish headings, a line for each tier. CPR numbers are masked. */
void kf_rules_csv_head(KfBuf *out);
void kf_rule_csv(KfBuf *out, const KfRule *rule);
void kf_rates_csv_head(KfBuf *out);
void kf_rate_csv(KfBuf *out, const KfRate *rate);

/** Weeks of a clock that are used up, in thousand-millionths of a week. */
typedef struct {
    int64_t nanoweeks;
} KfWeekClock;

/** What each payer carries of an amount: exact, or a range where the rule leaves one. */
typedef struct {
    KfOere part[KF_PAYER_COUNT];      /**< add up to the amount */
    KfInterval range[KF_PAYER_COUNT]; /**< lo == hi == part where exact */
    bool is_range;
} KfSplit;

/**
 * Split an amount of at least 0 by a rule.
 * @param weekly  øre a week, for KF_RULE_WEEKS; must be above 0 there.
 * @param clock   for KF_RULE_WEEKS: moved on by the weeks that the amount pays.
 * @param stays   for KF_RULE_STAY_CAP: how many stays the amount covers; 0 when
 *                it is not known (at least one): a range up to the full share.
 * For KF_RULE_YEARLY the amount is the cost of one year.
 * KF_RULE_OPEN has no split: returns false, as it does for arguments out of range.
 */
bool kf_rule_split(const KfRule *rule, KfOere amount, KfOere weekly, KfWeekClock *clock,
                   int32_t stays, KfSplit *out);

/** As kf_rule_split() for KF_RULE_YEARLY, of a year that has cost something before. */
bool kf_rule_split_after(const KfRule *rule, KfOere before, KfOere amount, KfSplit *out);

/** The weeks that an amount of at least 0 pays, in nanoweeks; 0 without a price. */
int64_t kf_weeks_of(KfOere amount, KfOere weekly);
/** Their sum, at most INT64_MAX. */
int64_t kf_weeks_add(int64_t nanoweeks, int64_t more);

/** What of an amount falls in a tier, counted from start on a WEEKS rule's clock. */
KfOere kf_rule_tier_amount(const KfRule *rule, const KfTier *tier, KfOere amount, KfOere weekly,
                           KfWeekClock start);

/** Whether an amount is a sensible multiple of a rate: whole weeks, whole or half
 *  months (also in steps of one week's worth), at least one and no more than the
 *  period holds (with up to double, as a couple's or a supplement's rate is). */
typedef struct {
    const KfRate *rate;
    KfOere unit_price; /**< the rate, or the sheet's own price within 1 kr. of it */
    int64_t halves;    /**< how many half units: 9 is 4.5 months */
} KfRateFit;
bool kf_rate_fit(const KfRuleSet *rules, KfText benefit, int32_t year, KfPeriod period,
                 KfOere amount, KfRateFit *out);
/** The same for an amount that was rounded, and may be any of these. */
bool kf_rate_fit_within(const KfRuleSet *rules, KfText benefit, int32_t year, KfPeriod period,
                        KfInterval amount, KfRateFit *out);
/** One plain way to an amount: price x time x share give it to the øre. */
typedef struct {
    const KfRate *rate;
    KfOere unit_price; /**< the rate, or the sheet's own price within 1 kr. of it */
    int64_t halves;    /**< half units of time, no more than the period holds */
    int32_t share_bp;  /**< 10000 all of it, 20000 for two */
} KfRateReading;
/** The simplest readings of an amount first, at most max of them; how many. */
size_t kf_rate_readings(const KfRuleSet *rules, KfText benefit, int32_t year, KfPeriod period,
                        KfOere amount, KfRateReading *out, size_t max);

/** The weekly price of a benefit in a year that best fits amount (a month is 52/12
 *  weeks); 0 when no rate is known. The rate used is left in *rate when not NULL. */
KfOere kf_rate_weekly(const KfRuleSet *rules, KfText benefit, int32_t year, KfOere amount,
                      const KfRate **rate);

/** As kf_rate_weekly(), but the price of the rate's own unit. */
KfOere kf_rate_price(const KfRuleSet *rules, KfText benefit, int32_t year, KfOere amount,
                     const KfRate **rate);
/** Whether any rate of the year is known. */
bool kf_rates_has_year(const KfRuleSet *rules, int32_t year);
/** The last year that any rate is known of; 0 when none is. */
int32_t kf_rates_newest_year(const KfRuleSet *rules);

/** One amount of a known benefit, for guessing the year. */
typedef struct {
    KfText benefit;
    KfPeriod period;
    KfOere amount;
} KfRateSample;
/** How many samples fit the rates of a year. */
typedef struct {
    int32_t year;
    size_t fitting;
    size_t exactly; /**< of these, at a rate itself and not a krone beside it */
} KfYearFit;
enum { KF_YEARS_MAX = 64 };
/** The years whose rates fit some sample: most first, on a tie the one that fits more
 *  of them exactly, then the later one. */
size_t kf_rates_years(const KfRuleSet *rules, const KfRateSample *samples, size_t count,
                      KfYearFit out[KF_YEARS_MAX], size_t *tried);
/** The first of those years, 0 when none fits.
 *  fitting and tried say how many samples fit it, of how many with any rate. */
int32_t kf_rates_year(const KfRuleSet *rules, const KfRateSample *samples, size_t count,
                      size_t *fitting, size_t *tried);

#endif
