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
