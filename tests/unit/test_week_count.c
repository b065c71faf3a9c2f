#include "audit_maker.h"

static void expect_2017(const char *rows, const char *expected)
{
    const MadeSheet sheet = { "Borger 1", rows };
    Expectation expectation = { expected, KF_WARNING };

    audit_sheets(&sheet, 1, kf_date(2017, 9, 1), look_at_findings, &expectation);
}

#define HEAD "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\nKontanthjælp|44572|66858|133716\n"
#define TOTALS "Udgift i alt|44572|66858|133716\n"

/* 17 1/3 weeks, then 26 and 52: the 18th week is begun, so that the later ones end a whole
 * week after it by law, but sheets by months may let them run on. Both are right. */
#define RUNNING                                                                                    \
    HEAD "Udgift for kommunen|22628.86|44572|104744.20\n"                                          \
         "Udgift for staten|21943.14|22286|28971.80\n" TOTALS
#define WHOLE                                                                                      \
    HEAD "Udgift for kommunen|22628.86|44743.43|104915.63\n"                                       \
         "Udgift for staten|21943.14|22114.57|28800.37\n" TOTALS

Test(week_count, weeks_may_run_on_or_be_whole)
{
    expect_2017(RUNNING, "");
    expect_2017(WHOLE, "");
}

/* Neither way is shown by the sheet: what rests on the begun week is proposed. */
Test(week_count, what_rests_on_a_begun_week_that_the_sheet_does_not_show_is_proposed)
{
    expect_2017(HEAD "Udgift for kommunen|22628.86|46800.60|93601.20\n"
                     "Udgift for staten|21943.14|20057.40|40114.80\n" TOTALS,
                "C4 split-state warning propose 22.114,57\n"
                "  C3 split-municipality warning propose 44.743,43\n"
                "D4 split-state warning propose 28.800,37\n"
                "  D3 split-municipality warning propose 104.915,63\n");
}

/* An amount of the first column typed with two digits swapped: then all payers miss, and
 * only what the mistake costs tells that the weeks run on. */
Test(week_count, a_mistake_does_not_hide_that_weeks_run_on)
{
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\nKontanthjælp|45472|66858|133716\n"
                "Udgift for kommunen|22628.86|44572|104744.20\n"
                "Udgift for staten|21943.14|22286|28971.80\n" TOTALS,
                "B2 amount-typo error propose 44.572\n");
}

/* The price of a week is 2.571,46 to the nearest øre, and 2.571,461538… exactly. */
Test(week_count, the_price_of_a_week_may_be_rounded)
{
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|66858|66858\n"
                "Udgift for kommunen|36000.44|46800.58\nUdgift for staten|30857.56|20057.42\n"
                "Udgift i alt|66858|66858\n",
                "");
}

/* Beside a mistyped amount the weeks are only seen to run on by what that costs: a payer
 * whose figure rests on them is proposed. */
Test(week_count, what_rests_on_weeks_that_run_on_by_their_cost_is_proposed)
{
    expect_2017("Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\nKontanthjælp|45472|66858|133716\n"
                "Udgift for kommunen|22628.86|44572|104844.20\n"
                "Udgift for staten|21943.14|22286|28871.80\n" TOTALS,
                "B2 amount-typo error propose 44.572\n"
                "D4 split-state warning propose 28.971,80\n"
                "  D3 split-municipality warning propose 104.744,20\n");
}
