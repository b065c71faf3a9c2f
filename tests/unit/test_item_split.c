#include "audit_maker.h"

#define THREE_YEARS "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr|25-36 mdr\n"

/* Errors and warnings by the law of a day. */
static void expect_on(KfDate date, const char *rows, const char *expected)
{
    const MadeSheet sheet = { "Borger 1", rows };
    Expectation expectation = { expected, KF_WARNING };

    audit_sheets(&sheet, 1, date, look_at_findings, &expectation);
}

static void expect_2017(const char *rows, const char *expected)
{
    expect_on(kf_date(2017, 9, 1), rows, expected);
}

/* 4.245 a week; 11.143 a month is 26 weeks in six. */
Test(item_split, the_ladder_counts_the_weeks_of_all_benefits)
{
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr\n"
                "Sygedagpenge|110370|0\nKontanthjælp|0|66858\n"
                "Udgift for kommunen|59430|46800.60\nUdgift for staten|50940|20057.40\n"
                "Udgift i alt|110370|66858\n",
                "");
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr\n"
                "Sygedagpenge|110370|0\nKontanthjælp|0|66858\n"
                "Udgift for kommunen|59430|36000.46\nUdgift for staten|50940|30857.54\n"
                "Udgift i alt|110370|66858\n",
                "C5 split-state error correct 20.057,40\n"
                "  C4 split-municipality error correct 46.800,60\n");
}

Test(item_split, a_month_is_exactly_a_twelfth_of_52_weeks)
{
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|66858|0\n"
                "Udgift for kommunen|36000.46|0\nUdgift for staten|30857.54|0\n"
                "Udgift i alt|66858|0\n",
                "");
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|66858|0\n"
                "Udgift for kommunen|36001.46|0\nUdgift for staten|30856.54|0\n"
                "Udgift i alt|66858|0\n",
                "B4 split-state error correct 30.857,54\n"
                "  B3 split-municipality error correct 36.000,46\n");
}

/* 26 weeks, then 26 + 52 weeks without support. */
Test(item_split, the_ladder_starts_anew_after_52_weeks_of_self_support)
{
    expect_2017(THREE_YEARS "Kontanthjælp|66858|0|0|66858\n"
                            "Udgift for kommunen|36000.46|0|0|36000.46\n"
                            "Udgift for staten|30857.54|0|0|30857.54\n"
                            "Udgift i alt|66858|0|0|66858\n",
                "");
}

Test(item_split, half_a_year_of_self_support_is_not_enough)
{
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\n"
                "Kontanthjælp|66858|0|66858\n"
                "Udgift for kommunen|36000.46|0|46800.60\n"
                "Udgift for staten|30857.54|0|20057.40\n"
                "Udgift i alt|66858|0|66858\n",
                "");
}

/* 26 weeks in the second column and 26 in the third, in all 52 within three years. */
Test(item_split, weeks_of_self_support_are_added_up)
{
    expect_2017(THREE_YEARS "Kontanthjælp|66858|0|66858|66858\n"
                            "Udgift for kommunen|36000.46|0|46800.60|36000.46\n"
                            "Udgift for staten|30857.54|0|20057.40|30857.54\n"
                            "Udgift i alt|66858|0|66858|66858\n",
                "");
}

/* 30 and 21 weeks of 52 leave 53 weeks, of which the sheet says nothing. */
Test(item_split, the_rest_of_a_column_is_not_known_to_be_self_support)
{
    expect_2017("Faktisk forløb|1-12 mdr|13-24 mdr|25-36 mdr\n"
                "Sygedagpenge|127350|89145|0\nKontanthjælp|0|0|133716\n"
                "Udgift for kommunen|71316|62401.50|106715.65\n"
                "Udgift for staten|56034|26743.50|27000.35\n"
                "Udgift i alt|127350|89145|133716\n",
                "");
}

/* The student is supported, though not by a benefit on the ladder. */
Test(item_split, other_support_is_no_self_support)
{
    expect_2017(THREE_YEARS "Kontanthjælp|66858|0|0|66858\nSU|0|36000|72000|0\n"
                            "Udgift for kommunen|36000.46|0|0|46800.60\n"
                            "Udgift for staten|30857.54|36000|72000|20057.40\n"
                            "Udgift i alt|66858|36000|72000|66858\n",
                "");
}

/* 4,5 months are 19,5 weeks, which touch 20: 6 weeks at 40 % and 20 at 30 % follow. */
Test(item_split, a_begun_week_counts_as_a_whole_one)
{
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|50143.50|66858\n"
                "Udgift for kommunen|25971.76|45257.72\nUdgift for staten|24171.74|21600.28\n"
                "Udgift i alt|50143.50|66858\n",
                "");
}

/* Under the law before, the weeks themselves are counted. */
Test(item_split, the_order_of_the_rows_changes_nothing)
{
    static const char *const orders[] = {
        "Sygedagpenge|55185|0\nKontanthjælp|33429|66858\n",
        "Kontanthjælp|33429|66858\nSygedagpenge|55185|0\n",
    };

    for (size_t i = 0; i < 2; i++) {
        KfBuf rows = { 0 };

        kf_buf_str(&rows, "Faktisk forløb|0-6 mdr|7-12 mdr\n");
        kf_buf_str(&rows, orders[i]);
        /* 4 weeks of 4.245 at 80 %, 9 at 40 %; 13 weeks of the other at 40 % */
        kf_buf_str(&rows, "Udgift for kommunen|46376.40|46800.60\n"
                          "Udgift for staten|42237.60|20057.40\nUdgift i alt|88614|66858\n");
        kf_buf_char(&rows, '\0');
        expect_2017(rows.ptr, "");
        kf_buf_free(&rows);
    }
}

/* Both for half a year: the weeks are touched once. */
Test(item_split, benefits_side_by_side_share_their_weeks)
{
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr\n"
                "Sygedagpenge|110370|0\nKontanthjælp|66858|66858\n"
                "Udgift for kommunen|95430.46|46800.60\nUdgift for staten|81797.54|20057.40\n"
                "Udgift i alt|177228|66858\n",
                "");
}

/* 900.000 in each half of a year: 860.000 free, then 25, 50 and 75 %. */
Test(item_split, a_years_cost_runs_on_through_its_columns)
{
    expect_on(kf_date(2022, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\n"
              "Særligt dyre enkeltsager|900000|900000|900000\n"
              "Udgift for kommunen|890000|645000|890000\n"
              "Udgift for staten|10000|255000|10000\n"
              "Udgift i alt|900000|900000|900000\n",
              "");
}

/* 13-36: two years of 900.000 each. */
Test(item_split, a_column_of_two_years_is_spread_over_them)
{
    expect_on(kf_date(2022, 9, 1),
              "Faktisk forløb|0-12 mdr|13-36 mdr\n"
              "Særligt dyre enkeltsager|900000|1800000\n"
              "Udgift for kommunen|890000|1780000\nUdgift for staten|10000|20000\n"
              "Udgift i alt|900000|1800000\n",
              "");
}

/* ---- a year without a rate -------------------------------------------------- */

/* No rate is known for 2020; 26 × 4.405 kr. is near the 4.355 of 2019. */
Test(item_split, a_price_near_the_nearest_years_rate_counts_the_weeks)
{
    expect_on(kf_date(2020, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr\nSygedagpenge|114530|114530\n"
              "Udgift for kommunen|61670|80171\nUdgift for staten|52860|34359\n"
              "Udgift i alt|114530|114530\n",
              "");
    expect_on(kf_date(2020, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr\nSygedagpenge|114530|114530\n"
              "Udgift for kommunen|61670|61670\nUdgift for staten|52860|52860\n"
              "Udgift i alt|114530|114530\n",
              "C4 split-state warning propose 34.359\n"
              "  C3 split-municipality warning propose 80.171\n");
}

/* Ten weeks at 3.900, which is no rate: at 4.005 the weeks are others, and so is the split. */
Test(item_split, weeks_that_no_amount_bears_out_correct_nothing)
{
    expect_on(kf_date(2013, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr\nSygedagpenge|39000|0\n"
              "Udgift for kommunen|13260|0\nUdgift for staten|25740|0\n"
              "Udgift i alt|39000|0\n",
              "B4 split-state warning propose 26.118\n"
              "  B3 split-municipality warning propose 12.882\n");
}

Test(item_split, amounts_of_one_other_price_are_counted_by_it)
{
    expect_on(kf_date(2013, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr\nSygedagpenge|39400|78800\n"
              "Udgift for kommunen|13396|55160\nUdgift for staten|26004|23640\n"
              "Udgift i alt|39400|78800\n",
              "");
}

/* That nothing is stated for a year is no proof of self-support. */
Test(item_split, a_clock_that_began_anew_corrects_nothing)
{
    expect_2017(THREE_YEARS "Kontanthjælp|66858|0|0|66858\n"
                            "Udgift for kommunen|36000.46|0|0|46800.60\n"
                            "Udgift for staten|30857.54|0|0|20057.40\n"
                            "Udgift i alt|66858|0|0|66858\n",
                "E4 split-state warning propose 30.857,54\n"
                "  E3 split-municipality warning propose 36.000,46\n");
}

Test(item_split, a_cap_is_counted_by_the_stays_that_the_label_names)
{
    expect_on(kf_date(2013, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\n2 indlæggelser|159674|0|0\n"
              "Psykiatrisk ambulant behandling|0|20000|0\nAmbulant behandling|0|0|10000\n"
              "Udgift for kommunen|16454|6000|3400\nUdgift for regionen|143220|14000|6600\n"
              "Udgift i alt|159674|20000|10000\n",
              "");
    expect_on(kf_date(2013, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr\n2 indlæggelser|159674|0\n"
              "Psykiatrisk ambulant behandling|0|20000\n"
              "Udgift for kommunen|24681|6100\nUdgift for regionen|134993|13900\n"
              "Udgift i alt|159674|20000\n",
              "C4 split-municipality warning propose 6.000\n"
              "  C5 split-region warning propose 14.000\n"
              "B5 split-region warning propose 143.220\n"
              "  B4 split-municipality warning propose 16.454\n");
}

/* 18.000 a month is no rate that is known: the dearest month is taken for a full one, so
 * 26 weeks from the first, 26 at 30 % and all at 20 %, beside a pension of the old kind. */
#define PENSIONS(state)                                                                            \
    THREE_YEARS "Førtidspension, tilkendt 01-03-2015|108000|108000|216000|0\n"                    \
                "Førtidspension, tilkendt 2009|0|0|100000|0\n"                                    \
                "Udgift for kommunen|58153.85|75600|237800|0\n"                                    \
                "Udgift for staten|49846.15|" state "|78200|0\n"                                   \
                "Udgift i alt|108000|108000|316000|0\n"

Test(item_split, weeks_of_a_benefit_without_rates_are_an_estimate)
{
    expect_2017(PENSIONS("32400"), "");
    expect_2017(PENSIONS("43200"), "C5 total-payers error correct 32.400\n");
}

/* Half of what no rule is known for may be the state's: nothing is corrected then. */
Test(item_split, a_refund_that_no_rule_tells_of_corrects_nothing)
{
    expect_on(kf_date(2013, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|63000|63000\n"
              "Mentor|12000|12000\n"
              "Udgift for kommunen|56100|50100\nUdgift for staten|18900|24900\n"
              "Udgift i alt|75000|75000\n",
              "C4 split-municipality warning propose 56.100\n"
              "  C5 split-state warning propose 18.900\n");
    expect_on(kf_date(2013, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|63000|63000\n"
              "Mentor|12000|12000\n"
              "Udgift for kommunen|56100|50200\nUdgift for staten|18900|24800\n"
              "Udgift i alt|75000|75000\n",
              "C5 split-state error correct 18.900\n"
              "  C4 split-municipality error correct 56.100\n");
}

/* 25 % of 1.200.000 above 950.000 is what § 176 refunds of any help by that law. */
Test(item_split, a_refund_as_a_dear_case_corrects_nothing)
{
    expect_on(kf_date(2014, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\nBotilbud § 107|0|0|1200000\n"
              "Udgift for kommunen|0|0|1137500\nUdgift for staten|0|0|62500\n"
              "Udgift i alt|0|0|1200000\n",
              "D4 split-state warning propose 0\n"
              "  D3 split-municipality warning propose 1.200.000\n");
}

/* 11.944 a month is 2.756,3077 a week; weeks at 2.756,31 are as right. */
Test(item_split, a_price_of_a_week_in_whole_oere_is_as_right)
{
    expect_on(kf_date(2023, 9, 1),
              "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\n"
              "Kontanthjælp|59720|0|143328\n"
              "Udgift for kommunen|31421.90|0|105107.18\n"
              "Udgift for staten|28298.10|0|38220.82\n"
              "Udgift i alt|59720|0|143328\n",
              "");
}

/* 52 weeks at 2.756,31 end a little before week 53: sygedagpenge behind them begin there. */
Test(item_split, weeks_at_a_price_in_whole_oere_move_those_of_other_benefits)
{
    expect_on(kf_date(2023, 9, 1),
              "Faktisk forløb|0-12 mdr|13-24 mdr\n"
              "Kontanthjælp|143328|0\nSygedagpenge|0|236600\n"
              "Udgift for kommunen|88753.11|189279.98\n"
              "Udgift for staten|54574.89|47320.02\n"
              "Udgift i alt|143328|236600\n",
              "");
}

/* How long the column is, and so how its weeks are counted, hangs on a heading in doubt. */
Test(item_split, a_heading_in_doubt_leaves_weeks_uncorrected)
{
    expect_2017("Faktisk forløb|0-6 mdr|10-12 mdr\nKontanthjælp|66858|33429\n"
                "Udgift for kommunen|36000.46|22900.30\nUdgift for staten|30857.54|10528.70\n"
                "Udgift i alt|66858|33429\n",
                "C1 period-gap error none\n"
                "C4 split-state warning propose 10.028,70\n"
                "  C3 split-municipality warning propose 23.400,30\n");
}
