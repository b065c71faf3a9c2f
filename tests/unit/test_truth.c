#include "audit_maker.h"

#define HEAD "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\n"

/* Two amounts alike in a column: the payer of each is shown by the other columns. */
Test(truth, gives_a_benefit_to_who_pays_it_elsewhere)
{
    expect_findings(HEAD
                    "Kursus|5000|7000|5000\nFondsmidler|5000|3000|6000\n"
                    "Udgift for kommunen|5000|7000|5000\nUdgift, øvrige aktører|5000|3000|6000\n"
                    "Udgift i alt|10000|10000|11000\n",
                    "");
}

/* In 1.000 kr. both would do within rounding; the one that does exactly is taken. */
Test(truth, takes_the_nearest_way_in_a_coarse_sheet)
{
    expect_findings("Beløb i 1.000 kr.\n" HEAD "Mentor|8|0|8\nKursus|0|90|5\nFondsmidler|4|6|6\n"
                    "Udgift for kommunen|8|90|13\nUdgift, øvrige aktører|4|6|6\n"
                    "Udgift i alt|12|96|19\n",
                    "");
}

Test(truth, rounds_what_is_meant_as_all_else_in_a_coarse_sheet)
{
    expect_findings("Beløb i 1.000 kr.\nFaktisk forløb|0-6 mdr|7-12 mdr|I alt\n"
                    "Kursus|29|106|135\nMentor|18|36|54\nFondsmidler|60|0|3\n"
                    "Udgift for kommunen|47|142|189\nUdgift, øvrige aktører|3|0|3\n"
                    "Udgift i alt|51|142|192\n",
                    "B5 amount-typo error propose 4.000\n");
}

/* What the wife pays of it is an income, typed without its sign. */
Test(truth, may_be_an_income_typed_without_its_sign)
{
    expect_findings(
        "Faktisk forløb|0-6 mdr|7-12 mdr\nBotilbud|20000|20000\nEgenbetaling|3482|-3482\n"
        "Udgift for kommunen|16518|16518\nUdgift i alt|16518|16518\n",
        "B3 amount-sign error propose -3.482\n");
}

/* All else says that it was taken off. */
Test(truth, may_be_an_amount_taken_off_that_none_of_its_row_is)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|31500|31500\nMentor|700|900\n"
                    "Udgift for kommunen|21350|22950\nUdgift for staten|9450|9450\n"
                    "Udgift i alt|30800|32400\n",
                    "B3 amount-sign error propose -700\n");
}

/* The wage subsidy cannot be given to a payer that the sheet does not show: no benefit is
 * lacking then. */
Test(truth, gives_nothing_to_payers_that_are_not_shown)
{
    expect_findings("Faktisk forløb|1-6 mdr|7-12 mdr|13-24 mdr\n"
                    "Kontanthjælp|28832||\nLøntilskud||42465|42465\n"
                    "Udgift i alt|=SUM(B2:B3)~28832|=SUM(C2:C3)~42465|=SUM(D2:D3)~42465\n"
                    "heraf kommune|20182.4|20182.4|21232.5\nheraf stat|8649.6|8649.6|21232.5\n",
                    "C5 total-payers error propose 21.232,50\n"
                    "C6 total-payers error propose 21.232,50\n");
}

/* Who pays it is shown by another column. */
Test(truth, tells_what_payers_copied_from_before_should_be)
{
    expect_findings("Faktisk forløb|1-6 mdr|7-12 mdr|13-24 mdr\n"
                    "Kontanthjælp|28832||\nMentor||42465|42465\n"
                    "Udgift i alt|28832|42465|42465\n"
                    "heraf kommune|20182.4|20182.4|42465\nheraf stat|8649.6|8649.6|0\n",
                    "C5 total-payers error propose 42.465\nC6 total-payers error propose 0\n");
}

/* Either would do; whom the rent is paid by is shown by the other course. */
Test(truth, gives_another_payer_to_what_nothing_else_shows)
{
    expect_findings(
        HEAD "Huslejerestance|0|0|6000\nUdgift for kommunen|0|0|6000\nUdgift i alt|0|0|6000\n"
             "\nKontrafaktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\n"
             "Huslejerestance|0|6500|0\nFondsmidler|0|6500|0\n"
             "Udgift for kommunen|0|6500|0\nUdgift, øvrige aktører|0|6500|0\n"
             "Udgift i alt|0|13000|0\n",
        "");
}

/* Region and municipality are exchanged; that the region pays a part of it shows then. */
Test(truth, takes_exchanged_payers_for_one_mistake)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\n"
                    "Botilbud|59430|100044|0\nTræning|0|9875|9875\n"
                    "Udgift for kommunen|59430|9875|0\nUdgift for regionen|0|100044|9875\n"
                    "Udgift i alt|59430|109919|9875\n",
                    "C5 split-region error correct 9.875\n"
                    "  C4 split-municipality error correct 100.044\n");
}
