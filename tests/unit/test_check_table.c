#include "audit_maker.h"

#define PAYERS "Udgifter i kr.\n|2019|2020|I alt\n"

Test(check_table, corrects_a_sum_that_two_ways_show)
{
    expect_findings(PAYERS "Kommunal|41250|49800|91050\nRegional|9600|10150|19750\n"
                           "I alt|58050|59950|110800\n",
                    "B5 total-payers error correct 50.850\n");
}

Test(check_table, tells_what_follows_from_a_wrong_sum)
{
    expect_findings(PAYERS "Kommunal|41250|49800|91050\nRegional|9600|10150|19750\n"
                           "I alt|58050|59950|118000\n",
                    "B5 total-payers error correct 50.850\n"
                    "  D5 total-row error correct 110.800\n");
}

Test(check_table, proposes_an_amount_that_both_its_sums_miss)
{
    expect_findings(PAYERS "Kommunal|42150|49800|91050\nRegional|9600|10150|19750\n"
                           "I alt|50850|59950|110800\n",
                    "B3 amount-typo error propose 41.250\n");
}

Test(check_table, says_both_when_one_sum_alone_fails)
{
    expect_findings("Udgifter i kr.\n|2019|2020\nKommunal|42150|49800\nRegional|9600|10150\n"
                    "I alt|50850|59950\n",
                    "B3 amount-typo warning propose 41.250\n");
}

#define BUDGET "Budget for borger 1\nYdelse|Pris pr. time|Timer|Antal uger|I alt\n"

Test(check_table, multiplies_price_quantity_and_time)
{
    expect_findings(BUDGET "Mentor|400|3|10|12000\nBostøtte § 85|300|2|10|60000\n"
                           "Psykolog|1000|1|5|5000\nI alt||||23000\n",
                    "E4 amount-quantity error correct 6.000\n");
    expect_findings(BUDGET "Mentor|400|3|10|12000\nBostøtte § 85|300|2|10|6000\n"
                           "Psykolog|1000|1.5|5|7500\nI alt||||25500\n",
                    "");
}

#define WAGE "Bilag A\n\n|Stillinger|Andel|Årsløn|Overhead|I alt\n"

Test(check_table, follows_wages_to_the_cost_of_a_case)
{
    expect_findings(WAGE
                    "Opsøgende|2|0.5|544956|'5 %|572203.8\n"
                    "Sparet løn|1|0.4|416520|'5 %|174938.4\n"
                    "Nettoudgift|||||397265.4\nAntal sager|||||130\nUdgift pr. sag|||||3055.89\n",
                    "");
    expect_findings(WAGE
                    "Opsøgende|2|0.5|544956|'5 %|572203.8\n"
                    "Sparet løn|1|0.4|416520|'5 %|174938.4\n"
                    "Nettoudgift|||||397265.4\nAntal sager|||||130\nUdgift pr. sag|||||3505.89\n",
                    "F8 amount-quantity error correct 3.055,89\n");
}

Test(check_table, takes_refusion_off_the_yearly_cost)
{
    expect_findings("Mulige ydelser|Udgift på årsbasis|Kommunens andel efter refusion\n"
                    "Bostøtte § 85|36400|36400\nKontanthjælp|126000|82800\nMentor|1000|1000\n"
                    "I alt|163400|125600\n",
                    "C3 split-municipality error correct 88.200\n");
    expect_findings(
        "Mulige ydelser|Udgift på årsbasis|Refusion i pct.|Kommunens andel\n"
        "Særlig støtte|1000|0.2|800\nDagpenge|2000|0.5|1000\nKontanthjælp|1000|0.4|6000\n"
        "I alt|4000||2400\n",
        "D4 split-municipality error correct 600\n");
}

Test(check_table, leaves_out_a_relation_that_hardly_holds)
{
    expect_findings(BUDGET "Mentor|400|3|10|52000\nBostøtte § 85|300|2|10|26000\n"
                           "Psykolog|1000|1|5|21650\nI alt||||99650\n",
                    "");
}

Test(check_table, tells_rounding_as_nothing_wrong)
{
    expect_findings("Udgifter i kr.\n|2019|2020|I alt\nKommunal|'41.250|'49.800|'91.050\n"
                    "Regional|'9.600|'10.150|'19.750\nI alt|'50.851|'59.950|'110.801\n",
                    "");
}

Test(check_table, tells_text_among_numbers)
{
    expect_findings(PAYERS "Kommunal|41250|'49.800|91050\nRegional|9600|10150|19750\n"
                           "I alt|50850|59950|110800\n",
                    "C3 amount-text warning correct 49.800\n");
}
