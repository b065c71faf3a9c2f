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
                    "B4 formula-range error correct 5.210\n");
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
                    "B5 formula-range error correct 4.210\n");
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4210|2000\n"
                    "Udgift for kommunen|4210|2000\nUdgift for staten|0|0\n"
                    "Udgift i alt|=SUM(B3:B4)~4210|=SUM(C2:C3)~4000\n",
                    "C5 formula-range error correct 2.000\n");
}

Test(check_formula, finds_a_total_that_fetches_one_of_its_terms)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr|I alt\nMentor|4210|2000|=B2~4210\n"
                    "Bostøtte|1000|0|=B3~1000\nUdgift i alt|5210|2000|=SUM(B4:C4)~7210\n",
                    "D2 formula-range error correct 6.210\n");
}

Test(check_formula, proposes_where_a_formula_would_give_it_again)
{
    expect_findings(
        "Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|10000|20000\n"
        "Udgift for kommunen|7000|10000\nUdgift for staten|3000|=C2*0.5~10000\n"
        "Udgift i alt|10000|20000\n",
        "C3 split-municipality error propose 14.000\n  C4 split-state error propose 6.000\n");
}

Test(check_formula, misses_no_row_without_an_amount)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4210|2000\nBostøtte|1000|300\n"
                    "- se bilag 3\nUdgift i alt|=SUM(B2:B3)~5210|=SUM(C2:C3)~2300\n",
                    "");
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

/* The first right formula that is offered. */
static void look_at_formula(const KfAudit *audit, void *ctx)
{
    KfText found = { 0 };

    for (size_t i = 0; i < audit->finding_count && !found.len; i++)
        found = audit->findings[i].expected_formula;
    cr_assert(kf_text_eq(found, kf_text(ctx)), "%.*s", (int)found.len, found.ptr ? found.ptr : "");
}

static void expect_formula(const char *rows, const char *expected)
{
    const MadeSheet sheet = { "Borger 1", rows };

    audit_sheets(&sheet, 1, kf_date(2013, 9, 1), look_at_formula, (void *)expected);
}

Test(check_formula, offers_the_right_formula)
{
    expect_formula(TABLE("=SUM(B2:B2)~4210|=SUM(C2:C3)~5000|=SUM(D2:D3)~3500"), "SUM(B2:B3)");
    expect_formula(TABLE("=SUM(B2:B3)~5210|=C2+C3~5000|=SUM(D2:D3)~3500"), "SUM(C2:C3)");
    expect_formula("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4210|2000\nEnkeltydelser\n"
                   "Bostøtte|1000|0\nUdgift i alt|5210|=SUM(C2)~2000\n",
                   "SUM(C2:C4)");
    expect_formula("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4210|2000\nBostøtte|1000|10\n"
                   "Udgift i alt|=SUM(B2:B3)+B3~6210|2010\n",
                   "SUM(B2:B3)");
}

Test(check_formula, finds_a_sub_row_added)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4210|2000\n- heraf kørsel|210|0\n"
                    "Bostøtte|1000|0\nUdgift i alt|=SUM(B2:B4)~5420|=C2+C4~2000\n",
                    "B5 formula-range error correct 5.210\n");
}

Test(check_formula, accepts_payers_that_sum_their_items)
{
    expect_from(KF_WARNING,
                "Faktisk forløb|0-6 mdr|7-12 mdr\nBostøtte|4210|2000\nSU|1000|500\n"
                "Mentor|10|20\nUdgift for kommunen|=B2+B4~4220|=C2+C4~2020\n"
                "Udgift for staten|=B3~1000|=C3~500\n"
                "Udgift i alt|=SUM(B5:B6)~5220|=SUM(C5:C6)~2520\n",
                "");
}

Test(check_formula, accepts_one_formula_among_typed_numbers)
{
    expect_from(KF_INFO, TABLE("=SUM(B2:B3)~5210|5000|3500"), "");
}

Test(check_formula, finds_a_formula_unlike_its_neighbours)
{
    expect_findings(TABLE("=SUM(B2:B3)~5210|=SUM(C2:C3)~5000|=D2+D3~3500"),
                    "D4 formula-pattern warning propose 3.500\n");
}

Test(check_formula, does_not_take_an_amount_without_a_result_for_nothing)
{
    expect_from(KF_INFO,
                "Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|=VLOOKUP(A2,E1:F9,2,FALSE)|2000\n"
                "Udgift i alt|4210|2000\n",
                "");
}

Test(check_formula, finds_a_typed_total_of_a_payer)
{
    expect_from(KF_INFO,
                "Faktisk forløb|0-6 mdr|7-12 mdr\nSU|4210|2000\nMentor|10|20\n"
                "Udgift for kommunen|10|20\nUdgift for staten|4210|2000\n"
                "Udgift i alt|4220|2020\nUdgift for kommunen i alt|=SUM(B4:C4)~30\n"
                "Udgift for staten i alt|6210\nSamlet totaludgift|=SUM(B7:B8)~6240\n",
                "A3 benefit-unknown info none\nB8 formula-typed info none\n");
}

Test(check_formula, takes_the_sum_of_another_column_for_a_wrong_one)
{
    expect_findings(TABLE("=SUM(B2:B3)~5210|=SUM(B2:B3)~5210|=SUM(D2:D3)~3500"),
                    "C4 formula-range error correct 5.000\n");
}

/* A total that is no plain sum and misses a row, among totals that are made alike. */
#define ROUNDED                                                                                    \
    "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\nMentor|4210|2000|3000\nBostøtte|1000|3000|500\n" \
    "Udgift for kommunen|5210|5000|3500\nUdgift i alt|=ROUND(SUM(B2:B3),0)~5210|"                  \
    "=ROUND(SUM(C2:C2),0)~2000|=ROUND(SUM(D2:D3),0)~3500\n"

Test(check_formula, blames_a_formula_unlike_its_neighbours_before_the_amounts)
{
    expect_findings(ROUNDED, "C5 formula-range error correct 5.000\n");
    expect_formula(ROUNDED, "ROUND(SUM(C2:C3),0)");
}

Test(check_formula, finds_a_stale_amount)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|=2*1000~2100|3000\n"
                    "Udgift for kommunen|2000|3000\nUdgift i alt|2000|3000\n",
                    "B2 formula-stale error correct 2.000\n");
}

/* All else was computed from the old results: none of it is to be blamed. */
Test(check_formula, leaves_figures_that_rest_on_a_stale_amount)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|=2*1000~2100|=3*1000~3200\n"
                    "Udgift for kommunen|2100|3200\nUdgift i alt|2100|3200\n",
                    "B2 formula-stale warning propose 2.000\n"
                    "C2 formula-stale warning propose 3.000\n");
}

Test(check_formula, calls_a_sum_that_takes_itself_in_a_circle)
{
    expect_findings(TABLE("=SUM(B2:B4)~0|=SUM(C2:C3)~5000|=SUM(D2:D3)~3500"),
                    "B4 formula-range error correct 5.210\n");
    expect_findings(TABLE("=SUM(B2:B4)~5210|=SUM(C2:C4)~5000|=SUM(D2:D4)~3500"),
                    "B4 formula-range warning propose 5.210\n"
                    "C4 formula-range warning propose 5.000\n"
                    "D4 formula-range warning propose 3.500\n");
}

Test(check_formula, finds_a_row_summed_on_into_the_other_course)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr||Kontrafaktisk forløb|0-6 mdr|7-12 mdr\n"
                    "Mentor|4210|2000||Mentor|6210|3000\n"
                    "Udgift for kommunen|4210|2000||Udgift for kommunen|6210|3000\n"
                    "Udgift i alt|4210|2000||Udgift i alt|6210|3000\n"
                    "Udgift for kommunen i alt|=SUM(3:3)~15420\n"
                    "Samlet totaludgift|=SUM(B4:C4)~6210|||Samlet totaludgift|=SUM(F4:G4)~9210\n",
                    "B5 formula-range error correct 6.210\n");
}

#define FETCHED(case_total)                                                                        \
    "Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4210|2000\nBostøtte|1000|3000\n"                    \
    "Udgift i alt|5210|5000\nSamlet totaludgift|" case_total "\n"

Test(check_formula, finds_a_total_fetched_from_another_citizen)
{
    const MadeSheet sheets[] = {
        { "Borger 1", FETCHED("='Borger 2'!B5~10211") },
        { "Borger 2", "Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4211|2000\nBostøtte|1000|3000\n"
                      "Udgift i alt|5211|5000\nSamlet totaludgift|10211\n" },
    };
    Expectation expectation = { "B5 formula-range error correct 10.210\n", KF_WARNING };

    audit_sheets(sheets, 2, kf_date(2013, 9, 1), look_at_findings, &expectation);
}

Test(check_formula, leaves_what_it_cannot_recalculate_to_its_result_and_says_so)
{
    expect_from(KF_INFO,
                TABLE("=SUM(INDIRECT(\"B2:B3\"))~5210|=SUMIFS(C2:C3,A2:A3,\"*\")~5000|3500"),
                "B4 formula-unknown info none\nD4 formula-typed info none\n");
    expect_from(KF_INFO, TABLE("=SUM(INDIRECT(\"B2:B3\"))~5210|=SUM(C2:C3)~5000|=SUM(D2:D3)~3500"),
                "B4 formula-unknown info none\n"
                "B4 formula-pattern warning propose 5.210\n");
}

/* Rounded to tens: no amount is to blame for that. */
Test(check_formula, allows_for_the_rounding_of_a_formula)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4213|2006\nBostøtte|1004|3003\n"
                    "Udgift i alt|=ROUND(SUM(B2:B3),-1)~5220|=ROUND(SUM(C2:C3), -1)~5010\n",
                    "");
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nMentor|4213|2006\nBostøtte|1004|3003\n"
                    "Udgift i alt|=ROUND(SUM(B2:B3),-1)~5220|=ROUND(SUM(C2:C2),-1)~2010\n",
                    "C4 formula-range error correct 5.009\n");
}

Test(check_formula, takes_sums_of_the_same_cells_for_alike)
{
    expect_findings(TABLE("=SUM(B2:B3)~5210|=SUM(C2:C3)~5000|=SUM($D$2:$D$3)~3500"), "");
    expect_findings(TABLE("=SUM(B2:B3)~5210|=SUM(C2:C3)~5000|=SUM(D2:D2,500)~3500"),
                    "D4 formula-pattern warning propose 3.500\n");
}

/* The part is wrong because of its formula; a dash beside a benefit is no amount that lacks. */
Test(check_formula, blames_a_payers_formula_before_a_blank_amount)
{
    expect_findings(
        "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\nKontanthjælp|54245|32547|130188\n"
        "Bostøtte|-|21551|9937\nUdgift for kommunen|=B6-B5~27122.5|=C6-C5~44333.9|=D6-D5~101068.6\n"
        "Udgift for staten|=B2*0.5~27122.5|=C2*0.3~9764.1|=D2*0.3~39056.4\n"
        "Udgift i alt|=SUM(B2:B3)~54245|=SUM(C2:C3)~54098|=SUM(D2:D3)~140125\n",
        "B5 formula-pattern error correct 16.273,50\n  B4 split-municipality error correct "
        "37.971,50\n");
}

/* The rule leaves the share open: the row's other columns say which it is. */
Test(check_formula, shares_out_as_the_rows_formula_says)
{
    expect_at(kf_date(2013, 9, 1), KF_WARNING,
              "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr|25-36 mdr\n"
              "Løntilskud|50000|20000|30000|60000\nMentor|1000|0|0|0\n"
              "Udgift for kommunen|=B6-B5~33500|=C6-C5~10000|=D6-D5~15000|=E6-E5~30000\n"
              "Udgift for staten|=B2*0.35~17500|=C2*0.5~10000|=D2*0.5~15000|=E2*0.5~30000\n"
              "Udgift i alt|=B2+B3~51000|=C2+C3~20000|=D2+D3~30000|=E2+E3~60000\n",
              "B5 formula-pattern warning propose 25.000\n"
              "  B4 split-municipality warning propose 26.000\n");
}

/* The benefit that was left blank may be what the municipality pays besides. */
Test(check_formula, proposes_where_a_blank_amount_may_be_what_a_payer_pays)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|32000|0\n"
                    "Huslejerestance|38000|75000\nBostøtte||1000\n"
                    "Udgift for kommunen|64400|76000\nUdgift for staten|9600|0\n"
                    "Udgift i alt|=SUM(B2:B4)~70000|=SUM(C2:C4)~76000\n",
                    "B5 total-payers warning propose 60.400\n");
}

/* The state's part and the amount are a digit apart alike, and the total follows the amount. */
Test(check_formula, proposes_where_an_amount_may_be_mistyped_as_well)
{
    expect_findings("Faktisk forløb|1-12 mdr|13-24 mdr\nKontanthjælp|63000|0\n"
                    "Handicaptillæg|8181|0\nAkutbolig|40070|1000\n"
                    "Udgift for kommunen|84170|1000\nUdgift for staten|27080|0\n"
                    "Udgift i alt|=SUM(B2:B4)~111251|=SUM(C2:C4)~1000\n",
                    "B6 total-payers warning propose 27.081\n");
}

/* The payers, each rounded by itself, come to a krone more than the formula gives. */
Test(check_formula, corrects_an_old_result_to_what_the_formula_gives)
{
    expect_findings("Faktisk forløb||\n"
                    "|0-6 mdr|7-12 mdr\n"
                    "Førtidspension|52190|52200\n"
                    "Udgift for kommunen|33924|33930\n"
                    "Udgift for staten|18267|18270\n"
                    "Udgift i alt|=SUM(B3:B3)~52190|=SUM(C3:C3)~52200\n"
                    "Udgift for kommunen i alt|=SUM(B4:C4)~67854|\n"
                    "Udgift for staten i alt|=SUM(B5:C5)~36537|\n"
                    "Samlet totaludgift|=SUM(B6:C6)~1043390|\n",
                    "B9 formula-stale error correct 104.390\n");
}

/* Nobody but the program that wrote it can calculate it: two typed figures agree against it. */
Test(check_formula, trusts_no_result_that_cannot_be_recalculated_above_typed_figures)
{
    expect_findings("Faktisk forløb||\n"
                    "|0-6 mdr|7-12 mdr\n"
                    "Mentor|22100|4000\n"
                    "Udgift for kommunen|22100|4000\n"
                    "Udgift i alt|=KUBESUM(B3)~222100|=KUBESUM(C3)~4000\n",
                    "B5 total-items error propose 22.100\n");
}
