#include "audit_maker.h"

#define HEAD "Faktisk forløb|0-6 mdr|7-12 mdr|I alt\n"
#define ITEMS "Kontanthjælp|31500|31500|63000\nAkutbolig|14655|4000|18655\n"
#define LINES                                                                                      \
    "Udgift for kommunen i alt|62755\nUdgift for staten i alt|18900\nSamlet totaludgift|81655\n"

/* The rows state their totals, and lines below state them again. */
Test(nodes, checks_the_totals_of_rows_that_lines_state_again)
{
    expect_findings(HEAD ITEMS
                    "Udgift for kommunen|36705|26050|62755\nUdgift for staten|9450|9450|18900\n"
                    "Udgift i alt|46155|35500|81655\n" LINES,
                    "");
    expect_findings(HEAD ITEMS
                    "Udgift for kommunen|36705|26050|65755\nUdgift for staten|9450|9450|18900\n"
                    "Udgift i alt|46155|35500|81656\n" LINES,
                    "D4 total-row error correct 62.755\n"
                    "D6 total-case error correct 81.655\n");
}

Test(nodes, takes_a_line_that_repeats_a_wrong_row_total_for_what_follows)
{
    expect_findings(HEAD ITEMS
                    "Udgift for kommunen|36705|26050|65755\nUdgift for staten|9450|9450|18900\n"
                    "Udgift i alt|46155|35500|81655\n"
                    "Udgift for kommunen i alt|65755\nUdgift for staten i alt|18900\n"
                    "Samlet totaludgift|81655\n",
                    "D4 total-row error correct 62.755\n"
                    "  B7 total-row error correct 62.755\n");
}

Test(nodes, finds_a_row_total_that_leaves_out_a_period)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr|I alt\n"
                    "Mentor|1000|2000|3000|=SUM(B2:D2)~6000\nKursus|500|0|700|=SUM(B3:D3)~1200\n"
                    "Udgift for kommunen|1500|2000|3700|=SUM(C4:D4)~5700\n"
                    "Udgift i alt|1500|2000|3700|=SUM(B5:D5)~7200\n"
                    "Udgift for kommunen i alt|7200\nSamlet totaludgift|7200\n",
                    "E4 formula-range error correct 7.200\n");
}

#define THREE "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\n"
#define SUPPORT "Forsørgelsesgrundlag\nKontanthjælp|31500|31500|0\nSU|34518|0|69036\n"
#define OTHERS "Øvrige ydelser\nAkutbolig|14655|4000|0\nMentor|0|7128|7128\n"

Test(nodes, correct_the_sum_of_a_section)
{
    expect_findings(THREE SUPPORT "Forsørgelsesgrundlag i alt|66018|35100|69036\n" OTHERS
                                  "Øvrige ydelser i alt|14655|11128|7128\n"
                                  "Udgift i alt|80673|42628|76164\n",
                    "C5 total-items error correct 31.500\n");
}

/* The total was made of the wrong sum. */
Test(nodes, carry_the_sum_of_a_section_into_the_total)
{
    expect_findings(THREE SUPPORT "Forsørgelsesgrundlag i alt|66018|35100|69036\n" OTHERS
                                  "Øvrige ydelser i alt|14655|11128|7128\n"
                                  "Udgift i alt|=B5+B9~80673|=C5+C9~46228|=D5+D9~76164\n",
                    "C5 total-items error correct 31.500\n"
                    "  C10 total-items error correct 42.628\n");
}

Test(nodes, name_the_row_that_the_sum_of_a_section_misses)
{
    expect_findings(THREE SUPPORT
                    "Forsørgelsesgrundlag i alt|=SUM(B3:B4)~66018|=SUM(C3:C4)~31500|=SUM(D3)~0\n",
                    "D5 formula-range error correct 69.036\n");
}

/* The total was made of the amount, the sum of the section was not: one of the two is wrong. */
Test(nodes, doubt_a_sum_of_a_section_and_its_amounts_alike)
{
    expect_findings(THREE "Forsørgelsesgrundlag\nKontanthjælp|31500|31500|0\nSU|34518|0|69036\n"
                          "Forsørgelsesgrundlag i alt|66018|31500|69036\n"
                          "Øvrige ydelser\nAkutbolig|14655|4000|0\nMentor|0|1728|7128\n"
                          "Øvrige ydelser i alt|14655|11128|7128\n"
                          "Udgift i alt|80673|37228|76164\n",
                    "C9 total-items warning propose 5.728\n");
}

Test(nodes, correct_a_sum_above_its_section)
{
    expect_findings(THREE
                    "Forsørgelsesgrundlag|66018|35100|69036\nKontanthjælp|31500|31500|0\n"
                    "SU|34518|0|69036\nØvrige ydelser|14655|11128|7128\nAkutbolig|14655|4000|0\n"
                    "Mentor|0|7128|7128\nUdgift i alt|80673|42628|76164\n",
                    "C2 total-items error correct 31.500\n");
}

/* "I alt hidtil" adds up all rows above it, not those of its section. */
Test(nodes, leave_a_row_that_sums_something_else)
{
    expect_findings(THREE SUPPORT "Forsørgelsesgrundlag i alt|66018|31500|69036\n" OTHERS
                                  "Øvrige ydelser i alt|80673|42628|76164\n",
                    "");
}
