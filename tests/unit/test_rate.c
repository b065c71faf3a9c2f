#include <criterion/criterion.h>

#include "kf/rules.h"

static KfRuleSet *rules;

static void open_rules(void)
{
    KfError err;

    cr_assert_eq(kf_ruleset_create(&rules, &err), KF_OK);
}

static void close_rules(void)
{
    kf_ruleset_destroy(rules);
}

TestSuite(rate, .init = open_rules, .fini = close_rules);

static const KfPeriod half_year = { 0, 6 }, whole_year = { 13, 24 };

static int64_t halves(const char *benefit, KfPeriod period, KfOere amount)
{
    KfRateFit fit;

    if (!kf_rate_fit(rules, kf_text(benefit), 2013, period, amount, &fit))
        return 0;
    cr_assert_eq(fit.unit_price * fit.halves, amount * 2);
    return fit.halves;
}

Test(rate, amounts_of_the_aarhus_tables_fit)
{
    cr_expect_eq(halves("sygedagpenge", half_year, 8010000), 40);
    cr_expect_eq(halves("sygedagpenge", half_year, 10413000), 52);
    cr_expect_eq(halves("sygedagpenge", whole_year, 20826000), 104);
    cr_expect_eq(halves("kontanthjaelp", half_year, 6278850), 9);
    cr_expect_eq(halves("kontanthjaelp", half_year, 8371800), 12);
    cr_expect_eq(halves("kontanthjaelp", whole_year, 16743600), 24);
    cr_expect_eq(halves("kontanthjaelp", half_year, 3150000), 6);
    cr_expect_eq(halves("su", half_year, 6903600), 24); /* with the supplement: double */
    cr_expect_eq(halves("su", whole_year, 13807200), 48);
    cr_expect_eq(halves("su", half_year, 1150600), 4);
    cr_expect_eq(halves("handicaptillaeg", whole_year, 5726000), 14);
    cr_expect_eq(halves("kontanthjaelp_aktiv", half_year, 8371200), 12);
}

Test(rate, typing_errors_do_not_fit)
{
    cr_expect_eq(halves("kontanthjaelp", whole_year, 7371800), 0);
    cr_expect_eq(halves("kontanthjaelp", half_year, 8371700), 0);
    cr_expect_eq(halves("sygedagpenge", half_year, 8010100), 0);
    cr_expect_eq(halves("sygedagpenge", half_year, 27 * 400500), 0);
    cr_expect_eq(halves("su", half_year, 13 * 575300), 0);
    cr_expect_eq(halves("su", half_year, 0), 0);
    cr_expect_eq(halves("su", half_year, 575300 / 2), 0);
    cr_expect_eq(halves("boligsikring", half_year, 8371800), 0);
    cr_expect_eq(halves("", half_year, 8371800), 0);
}

Test(rate, the_price_is_the_sheets_own_within_a_krone)
{
    KfRateFit fit;

    cr_assert(kf_rate_fit(rules, KF_TEXT("kontanthjaelp"), 2013, half_year, 8371800, &fit));
    cr_expect_eq(fit.unit_price, 1395300);
    cr_expect_eq(fit.rate->amount, 1395200);
    cr_expect(kf_text_eq(fit.rate->variant, KF_TEXT("forsørger")));
    cr_assert(kf_rate_fit(rules, KF_TEXT("kontanthjaelp"), 2013, half_year, 8371200, &fit));
    cr_expect_eq(fit.unit_price, 1395200);
}

Test(rate, stays_are_no_rate_that_amounts_must_fit)
{
    cr_expect_eq(halves("indlaeggelse", half_year, 822700), 0);
}

Test(rate, weekly_prices)
{
    const KfRate *rate;

    cr_expect_eq(kf_rate_weekly(rules, KF_TEXT("sygedagpenge"), 2013, 8010000, &rate), 400500);
    cr_expect_eq(rate->year, 2013);
    cr_expect_eq(kf_rate_weekly(rules, KF_TEXT("sygedagpenge_aktiv"), 2013, 123, NULL), 400500);
    cr_expect_eq(kf_rate_weekly(rules, KF_TEXT("kontanthjaelp"), 2013, 3150000, &rate), 242308);
    cr_expect(kf_text_eq(rate->variant, KF_TEXT("andre")));
    cr_expect_eq(kf_rate_weekly(rules, KF_TEXT("kontanthjaelp"), 2013, 8371800, NULL), 321992);
    cr_expect_eq(kf_rate_weekly(rules, KF_TEXT("kontanthjaelp"), 2016, 8371800, &rate), 0);
    cr_expect_null(rate);
}

Test(rate, the_year_is_the_one_whose_rates_fit_most)
{
    const KfRateSample samples[] = {
        { KF_TEXT("sygedagpenge"), half_year, 8010000 },
        { KF_TEXT("kontanthjaelp"), half_year, 6278850 },
        { KF_TEXT("kontanthjaelp"), whole_year, 7371800 },
        { KF_TEXT("su"), half_year, 3451800 },
        { KF_TEXT("boligsikring"), half_year, 3451800 },
        { KF_TEXT("su"), half_year, 0 },
    };
    size_t fitting, tried;

    cr_assert_eq(kf_rates_year(rules, samples, 6, &fitting, &tried), 2013);
    cr_expect_eq(fitting, 3);
    cr_expect_eq(tried, 4);
    cr_assert_eq(kf_rates_year(rules, samples + 2, 1, &fitting, &tried), 0);
    cr_expect_eq(fitting, 0);
    cr_expect_eq(tried, 1);
    cr_assert_eq(kf_rates_year(rules, NULL, 0, &fitting, &tried), 0);
}

static void assert_reading(const KfRateReading *reading, KfOere price, int64_t half_units,
                           int32_t share_bp, KfOere amount)
{
    cr_expect_eq(reading->unit_price, price);
    cr_expect_eq(reading->halves, half_units);
    cr_expect_eq(reading->share_bp, share_bp);
    cr_expect_eq(price * half_units * share_bp, amount * 2 * 10000);
}

Test(rate, an_amount_has_its_simplest_reading_first)
{
    KfRateReading readings[5];
    size_t count =
        kf_rate_readings(rules, KF_TEXT("kontanthjaelp"), 2013, half_year, 6278850, readings, 5);

    cr_assert_eq(count, 3, "%zu", count);
    assert_reading(&readings[0], 1395300, 9, 10000, 6278850);
    assert_reading(&readings[1], 1395300, 12, 7500, 6278850);
    assert_reading(&readings[2], 1395300, 10, 9000, 6278850);
    cr_assert_eq(
        kf_rate_readings(rules, KF_TEXT("kontanthjaelp"), 2013, half_year, 6278850, readings, 1),
        1);
}

Test(rate, what_is_no_multiple_has_no_reading)
{
    KfRateReading readings[5];

    cr_expect_eq(
        kf_rate_readings(rules, KF_TEXT("kontanthjaelp"), 2013, half_year, 7371801, readings, 5),
        0);
    cr_expect_eq(kf_rate_readings(rules, KF_TEXT("kontanthjaelp"), 2013, half_year, KF_OERE_MAX,
                                  readings, 5),
                 0);
    cr_expect_eq(
        kf_rate_readings(rules, KF_TEXT("kontanthjaelp"), 2013, half_year, -1395300, readings, 5),
        0);
    cr_expect_eq(kf_rate_readings(rules, KF_TEXT("ukendt"), 2013, half_year, 100, readings, 5), 0);
}
