#include "audit_maker.h"

#define CASE                                                                                       \
    "\nBorger 1\nFaktisk forløb|0-6 mdr|7-12 mdr\nMentor|5000|5000\nUdgift for "                  \
    "kommunen|5000|5000\n"                                                                         \
    "Udgift i alt|5000|5000\n\nKontrafaktisk forløb|0-6 mdr|7-12 mdr\nMentor|20000|20000\n"       \
    "Udgift for kommunen|20000|20000\nUdgift i alt|20000|20000\n"
#define HEAD "Oversigt\nBorger|Faktisk forløb|Kontrafaktisk forløb|Nettogevinst\n"

Test(check_ties, agrees_with_the_cases)
{
    expect_findings(HEAD "Borger 1|10000|40000|30000\nI alt|10000|40000|30000\n" CASE, "");
}

Test(check_ties, corrects_what_the_cases_do_not_give)
{
    expect_findings(HEAD "Borger 1|10000|40000|30000\nI alt|10000|49000|30000\n" CASE,
                    "C4 total-summary error correct 40.000\n");
}

Test(check_ties, follows_a_case_that_is_wrong_itself)
{
    expect_findings(HEAD "Borger 1|10900|40000|29100\n\nBorger 1\nFaktisk forløb|0-6 mdr|7-12 mdr\n"
                         "Mentor|5000|5000\nUdgift for kommunen|5000|5000\nUdgift i alt|5900|5000\n"
                         "\nKontrafaktisk forløb|0-6 mdr|7-12 mdr\nMentor|20000|20000\n"
                         "Udgift for kommunen|20000|20000\nUdgift i alt|20000|20000\n",
                    "B9 total-items error correct 5.000\n"
                    "  B3 total-summary error correct 10.000\n"
                    "  D3 total-summary error correct 30.000\n");
}

Test(check_ties, sums_the_payers_of_all_cases)
{
    expect_findings("Oversigt\nBetaler|Faktisk|Kontrafaktisk|Nettogevinst\n"
                    "Kommune|10000|40000|3000\nI alt|10000|40000|30000\n" CASE,
                    "D3 total-summary error correct 30.000\n");
}

Test(check_ties, leaves_summaries_of_other_cases_alone)
{
    expect_findings("Nettogevinst pr. borger\nKommune|Kommune|Stat|I alt\nAarhus|100|200|300\n"
                    "Vejle|1000|2000|3000\n" CASE,
                    "");
    expect_findings(HEAD "Borger 7|1000|4000|3000\nBorger 8|1000|4000|3000\n" CASE, "");
}
