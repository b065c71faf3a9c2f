#include "audit_maker.h"

#define HEAD "Faktisk forløb|0-6 mdr|7-12 mdr\n"
#define ITEMS "Kontanthjælp|31500|31500\nAkutbolig|14655|4000\n"

Test(table_rows, read_a_total_above_what_it_sums)
{
    expect_findings(HEAD "Udgift i alt|46155|35500\n" ITEMS
                         "Udgift for kommunen|36705|26050\nUdgift for staten|9450|9450\n",
                    "");
    expect_findings(HEAD "Udgift i alt|46155|35550\n" ITEMS
                         "Udgift for kommunen|36705|26050\nUdgift for staten|9450|9450\n",
                    "C2 total-items error correct 35.500\n");
}

Test(table_rows, read_payers_and_total_above_what_they_share)
{
    expect_findings(HEAD "Udgift for kommunen|36705|26050\nUdgift for staten|9450|9540\n"
                         "Udgift i alt|46155|35500\n" ITEMS,
                    "C3 total-payers error correct 9.450\n");
    expect_findings(HEAD "Udgift i alt|46155|35500\nheraf kommune|36705|26050\n"
                         "heraf stat|9450|9540\n" ITEMS,
                    "C4 total-payers error correct 9.450\n");
}

/* The section "Udgifter, øvrige aktører" comes again below payers that stand above. */
Test(table_rows, keep_payers_above_apart_from_a_section_called_after_one)
{
    expect_findings(HEAD "Kommunen|36705|22050\nStaten|9450|9540\nØvrige aktører|0|4000\n"
                         "I alt|46155|35500\nKontanthjælp|31500|31500\nAkutbolig|14655|0\n"
                         "Udgifter, øvrige aktører||\nMentor fra fond|0|4000\n"
                         "Udgifter, øvrige aktører i alt|0|4000\n",
                    "C3 total-payers error correct 9.450\n");
    expect_findings(HEAD "Kommunen|36705|26050\nStaten|9450|9540\nØvrige aktører|0|0\n"
                         "I alt|46155|35500\n" ITEMS "Udgifter, øvrige aktører|0|0\n",
                    "C3 total-payers error correct 9.450\n");
}

/* "Antal uger" below the sums is none of them. */
Test(table_rows, read_no_items_below_sums_that_they_do_not_give)
{
    expect_findings(HEAD ITEMS "Udgift for kommunen|36705|26050\nUdgift for staten|9450|9450\n"
                               "Udgift i alt|46155|35500\nAntal uger|26|26\nAntal timer|40|52\n",
                    "");
}

Test(table_rows, take_shares_above_the_total_for_its_payers)
{
    expect_findings(HEAD ITEMS "heraf kommune|36705|26050\nheraf stat|9450|9540\n"
                               "Udgift i alt|46155|35500\n",
                    "C5 total-payers error correct 9.450\n");
}

/* Each benefit is shared out beneath it: then those rows are its parts. */
Test(table_rows, leave_shares_of_one_benefit_with_it)
{
    expect_findings(HEAD "Akutbolig|14655|4000\nKontanthjælp|31500|31500\n"
                         "heraf kommune|22050|22050\nheraf stat|9450|9450\n"
                         "Udgift i alt|46155|35500\n",
                    "");
}

Test(table_rows, read_what_others_pay_in_all)
{
    expect_findings(HEAD "Kontanthjælp|31500|31500\nFondsmidler|0|4000\n"
                         "Kommune|22050|22050\nStat|9450|9450\nØvrige|0|4000\nI alt|31500|35500\n"
                         "Kommune i alt|44100\nStat i alt|18900\nØvrige i alt|4500\n"
                         "Samlet i alt|67000\n",
                    "B10 total-row error propose 4.000\n");
}

/* The column is called something else, but gives the sums of the rows. */
Test(table_rows, read_a_column_of_sums_by_what_it_holds)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr|Hele perioden\n"
                    "Kontanthjælp|31500|31500|63000\nAkutbolig|14655|4000|18655\n"
                    "Udgift for kommunen|36705|26050|62755\nUdgift for staten|9450|9450|18900\n"
                    "Udgift i alt|46155|35500|81556\n",
                    "D6 total-case error correct 81.655\n");
}

/* Remarks of the left course in a row that the right one does not have. */
Test(table_rows, read_no_remark_of_the_course_beside_as_a_benefit)
{
    expect_findings("Faktisk forløb|||||Kontrafaktisk forløb\n"
                    "|0-6 mdr|7-12 mdr|Bemærkning|||0-6 mdr|7-12 mdr\n"
                    "Udgift i alt|54173|43518|||Udgift i alt|=G4+G5~20655|=H4+H5~4000\n"
                    "Akutbolig|14655|4000|||Akutbolig|14655|4000\n"
                    "Bostøtte|5000|5000|||Bostøtte|6000|0\n"
                    "SU|34518|34518|Jf. afgørelse\n",
                    "");
}
