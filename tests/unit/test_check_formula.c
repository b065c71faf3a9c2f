#include "audit_maker.h"

/* Two items, and a row of totals to be filled in. */
#define TABLE(totals)                                                                              \
    "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\nMentor|4210|2000|3000\nBostøtte|1000|3000|500\n" \
    "Udgift i alt|" totals "\n"

Test(check_formula, accepts_sums_of_all_items)
{
    expect_from(KF_INFO, TABLE("=SUM(B2:B3)~5210|=SUM(C2:C3)~5000|=SUM(D2:D3)~3500"), "");
}

Test(check_formula, finds_a_sum_that_misses_a_row)
{
    expect_findings(TABLE("=SUM(B2:B2)~4210|=SUM(C2:C3)~5000|=SUM(D2:D3)~3500"),
                    "B4 formula-range error propose 5.210\n");
}

Test(check_formula, finds_a_missed_row_that_makes_no_difference_yet)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4210|2000\nBostøtte|1000|0\n"
                    "Udgift i alt|=SUM(B2:B3)~5210|=SUM(C2)~2000\n",
                    "C4 formula-range warning propose 2.000\n");
}

Test(check_formula, finds_a_sum_that_adds_a_row_too_many)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4210|2000\n"
                    "Udgift for kommunen|4210|2000\nUdgift for staten|0|0\n"
                    "Udgift i alt|=SUM(B2:B4)~8420|=C3+C4~2000\n",
                    "B5 formula-range error propose 4.210\n");
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4210|2000\n"
                    "Udgift for kommunen|4210|2000\nUdgift for staten|0|0\n"
                    "Udgift i alt|=SUM(B3:B4)~4210|=SUM(C2:C3)~4000\n",
                    "C5 formula-range error propose 2.000\n");
}

Test(check_formula, finds_a_stale_result)
{
    expect_findings(TABLE("=SUM(B2:B3)~4210|=SUM(C2:C3)~5000|=SUM(D2:D3)~3500"),
                    "B4 formula-stale error correct 5.210\n");
}

static void look_at_message(const KfAudit *audit, void *ctx)
{
    KfText message = audit->findings[0].message[KF_LANG_DA];

    (void)ctx;
    cr_assert_eq(kf_text_find(message, KF_TEXT("ciffer")), SIZE_MAX, "%.*s", (int)message.len,
                 message.ptr);
}

Test(check_formula, calls_no_result_of_a_formula_mistyped)
{
    const MadeSheet sheet = { "Borger 1",
                              TABLE("=SUM(B2:B3)~4210|=SUM(C2:C3)~5000|=SUM(D2:D3)~3500") };

    audit_sheets(&sheet, 1, KF_DATE_NONE, look_at_message, NULL);
}

Test(check_formula, finds_a_number_typed_among_formulas)
{
    expect_from(KF_INFO, TABLE("=SUM(B2:B3)~5210|=SUM(C2:C3)~5000|3500"),
                "D4 formula-typed info none\n");
}

Test(check_formula, accepts_one_formula_among_typed_numbers)
{
    expect_from(KF_INFO, TABLE("=SUM(B2:B3)~5210|5000|3500"), "");
}

Test(check_formula, finds_a_formula_unlike_its_neighbours)
{
    expect_findings(TABLE("=SUM(B2:B3)~5210|=SUM(C2:C3)~5000|=D2+D3~3500"),
                    "D4 formula-pattern warning none\n");
}

Test(check_formula, does_not_take_an_amount_without_a_result_for_nothing)
{
    expect_from(KF_INFO,
                "Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|=VLOOKUP(A2,E1:F9,2,FALSE)|2000\n"
                "Udgift i alt|4210|2000\n",
                "");
}
