#include "audit_maker.h"
#include "check/course_check.h"

#define HEADINGS "Faktisk forløb|0-6 mdr|7-12 mdr\n"

/* Right payer totals speak against giving the benefit to another payer. */
Test(locate_error, does_not_bend_totals_to_exchanged_payers)
{
    expect_findings(HEADINGS "Mentor|4210|2000\nBostøtte|1000|500\n"
                             "Udgift for kommunen|0|2500\nUdgift for staten|0|0\n"
                             "Udgift for regionen|5210|0\nUdgift i alt|5210|2500\n"
                             "Udgift for kommunen i alt|7710\nUdgift for staten i alt|0\n"
                             "Udgift for regionen i alt|0\nSamlet totaludgift|7710\n",
                    "B6 split-region error correct 0\n"
                    "  B4 split-municipality error correct 5.210\n");
}

/* Where nothing but the row's own amount speaks for its parts, it may be the wrong one. */
Test(locate_error, proposes_where_one_row_stands_against_itself)
{
    expect_findings(
        "Faktisk forløb|0-6 mdr|7-12 mdr|Kommune|Stat|I alt\n"
        "Mentor|4211|0|6310|0|=SUM(D2:E2)~6310\nBostøtte|1000|500|1500|0|=SUM(D3:E3)~1500\n"
        "I alt|=SUM(B2:B3)~5211|=SUM(C2:C3)~500|=SUM(D2:D3)~7810|=SUM(E2:E3)~0|=SUM(D4:E4)~7810\n",
        "D2 split-municipality warning propose 4.211\n");
}

Test(locate_error, ties_a_typed_part_with_the_amount_when_the_rest_is_a_formula)
{
    expect_findings(HEADINGS "SU|34518|60108\nMentor|1000|9807\n"
                             "Udgift for kommunen|=B6-B5~1000|=C6-C5~9735\n"
                             "Udgift for staten|34518|60180\n"
                             "Udgift i alt|=SUM(B2:B3)~35518|=SUM(C2:C3)~69915\n",
                    "C5 split-state warning propose 60.108\n"
                    "  C4 split-municipality warning propose 9.807\n");
}

Test(locate_error, takes_a_text_that_a_sum_passes_over_for_a_text)
{
    expect_findings(HEADINGS "Mentor|4210|2000\nBostøtte|'1.000|500\n"
                             "Udgift i alt|=SUM(B2:B3)~4210|=SUM(C2:C3)~2500\n",
                    "B3 amount-text warning correct 1.000\n"
                    "  B4 total-items warning correct 5.210\n");
}

Test(locate_error, suspects_a_number_typed_over_a_formula)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr|25-36 mdr\n"
                    "Mentor|4210|28035|2000|3000\n"
                    "Udgift i alt|=SUM(B2:B2)~4210|280035|=SUM(D2:D2)~2000|=SUM(E2:E2)~3000\n",
                    "C3 total-items error correct 28.035\n");
}

Test(locate_error, gives_whole_kroner_where_all_others_are)
{
    expect_findings(HEADINGS "Kontanthjælp|83713|41863\n"
                             "Udgift for kommunen|58599|29304\nUdgift for staten|52114|12559\n"
                             "Udgift i alt|83713|41863\n",
                    "B4 total-payers error correct 25.114\n");
}

/* The state's part is rounded to ten øre, so the other payer alone would give 9.560,24. */
Test(locate_error, takes_the_keystroke_that_rounding_leaves_room_for)
{
    expect_at(kf_date(2023, 9, 1), KF_WARNING,
              "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr|25-36 mdr\n"
              "Kontanthjælp|11944|71664|131384|143328\nMentor|95560.25|0|0|0\n"
              "Udgift for kommunen|12316.55|44192.79|99135.19|114662.40\n"
              "Udgift for staten|9187.70|27471.21|32248.81|28665.60\n"
              "Udgift i alt|=SUM(B2:B3)~107504.25|=SUM(C2:C3)~71664|=SUM(D2:D3)~131384|"
              "=SUM(E2:E3)~143328\n",
              "B3 amount-typo error propose 9.560,25\n"
              "  B6 total-items error propose 21.504,25\n");
}

Test(locate_error, tells_what_the_sums_leave_for_a_blank_payer)
{
    expect_findings(HEADINGS "SU|34518|34518\nMentor|1000|9807\n"
                             "Udgift for kommunen||9807\nUdgift for staten|34518|34518\n"
                             "Udgift i alt|35518|44325\n",
                    "B4 amount-missing warning propose 1.000\n");
}

/* 26 weeks typed a hundred times too large: the weeks of the next period are right. */
Test(locate_error, does_not_count_weeks_of_a_mistyped_amount)
{
    expect_findings(HEADINGS "Sygedagpenge|10413000|104130\n"
                             "Udgift for kommunen|=B5-B4~10367343|72891\n"
                             "Udgift for staten|45657|31239\n"
                             "Udgift i alt|=SUM(B2:B2)~10413000|104130\n",
                    "B2 amount-scale error propose 104.130\n"
                    "  B3 split-municipality error propose 58.473\n"
                    "  B5 total-items error propose 104.130\n");
}

/* A total may have been summed before one of two figures was mistyped. */
Test(locate_error, finds_two_mistakes_of_which_one_is_carried_on)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\nKontanthjælp|83710|41850|83720\n"
                    "Udgift for kommunen|58597|92995|58604\nUdgift for staten|25113|12555|25161\n"
                    "Udgift i alt|83710|41850|83720\n"
                    "Udgift for kommunen i alt|146496\nUdgift for staten i alt|62829\n"
                    "Samlet totaludgift|209325\n",
                    "C3 total-payers error correct 29.295\n"
                    "D4 total-payers error correct 25.116\n"
                    "  B7 total-row error correct 62.784\n"
                    "  B8 total-case error correct 209.280\n");
}

/* The name of a payer with two letters exchanged is read as a benefit. */
Test(locate_error, corrects_nothing_for_a_row_that_all_sums_do_without)
{
    expect_findings(HEADINGS "Mentor|4210|2000\nSU|1000|500\n"
                             "Udgfit fra komumnen|4210|2000\nUdgift for staten|1000|500\n"
                             "Udgift for regionen|4210|2000\n"
                             "Udgift i alt|5210|2500\n",
                    "A4 file-unplaced warning none\n");
}

/* What is missing is told where it is missing, not at the formulas that pass over it. */
Test(locate_error, lets_formulas_pass_over_what_is_not_stated)
{
    expect_findings(HEADINGS "SU|34518|34518\nMentor|1000|9807\n"
                             "Udgift for kommunen||9807\nUdgift for staten|34518|34518\n"
                             "Udgift i alt|=SUM(B2:B3)~35518|=SUM(C2:C3)~44325\n"
                             "Udgift for kommunen i alt|=SUM(B4:C4)~9807\n"
                             "Udgift for staten i alt|=SUM(B5:C5)~69036\n"
                             "Samlet totaludgift|=SUM(B7:B8)~78843\n",
                    "B4 amount-missing warning propose 1.000\n");
    expect_findings(HEADINGS "SU|34518|34518\nMentor|'1O00|9807\n"
                             "Udgift for kommunen|1000|9807\nUdgift for staten|34518|34518\n"
                             "Udgift i alt|=SUM(B2:B3)~34518|=SUM(C2:C3)~44325\n",
                    "B3 amount-unreadable warning propose 1.000\n");
}

/* Half the parts were rounded the other way: the benefit lacks 10.000 all the same. */
Test(locate_error, looks_for_whole_kroner_within_rounding)
{
    const MadeSheet sheet = { "Borger 1", HEADINGS
                              "Kontanthjælp|66858|0\nPsykolog|2376|0\n"
                              "Udgift for kommunen|48376.47|0\nUdgift for staten|30857.53|0\n"
                              "Udgift i alt|=SUM(B2:B3)~69234|=SUM(C2:C3)~0\n"
                              "Udgift for kommunen i alt|48376.47\n"
                              "Udgift for staten i alt|30857.53\nSamlet totaludgift|79234\n" };
    Expectation told = { "B3 amount-typo error propose 12.376\n"
                         "  B6 total-items error propose 79.234\n",
                         KF_WARNING };

    audit_sheets(&sheet, 1, kf_date(2017, 9, 1), look_at_findings, &told);
}

/* "B3 7.488" for each alternative of all findings. */
static void look_at_alternatives(const KfAudit *audit, void *ctx)
{
    KfBuf out = { 0 };

    for (size_t f = 0; f < audit->finding_count; f++) {
        for (size_t i = 0; i < audit->findings[f].alternative_count; i++) {
            const KfAlternative *one = &audit->findings[f].alternatives[i];

            kf_buf_cellref(&out, one->cell.row, one->cell.col);
            put_value(&out, one->expected);
            kf_buf_char(&out, '\n');
        }
    }
    cr_assert(kf_text_eq(kf_buf_view(&out), kf_text(ctx)), "found:\n%.*s", (int)out.len,
              out.ptr ? out.ptr : "");
    kf_buf_free(&out);
}

static void expect_alternatives(const char *rows, char *expected)
{
    const MadeSheet sheet = { "Borger 1", rows };

    audit_sheets(&sheet, 1, kf_date(2013, 9, 1), look_at_alternatives, expected);
}

/* Whoever added the payer up knew what the blank was: B4 may have been carried on. */
Test(locate_error, lets_a_sum_follow_across_a_figure_that_is_not_stated)
{
    expect_alternatives(HEADINGS "Mentor|9358|4000\nBostøtte|0|100\n"
                                 "Udgift for kommunen|9538|\nUdgift for staten|0|0\n"
                                 "Udgift i alt|9358|4100\nUdgift for kommunen i alt|13638\n",
                        "B4 9.358\n");
}

/* A column that a rule leaves open, taken by the region, tells nothing of another column. */
Test(locate_error, gives_no_column_to_a_change_in_another)
{
    expect_findings("Faktisk forløb|0-12 mdr|13-18 mdr|19-24 mdr\n"
                    "Sygedagpenge|208260|104130|28061\nIndlæggelse 1 måned|0|0|126158\n"
                    "Udgift for kommunen|131364|104170|36262\nUdgift for staten|76896|0|0\n"
                    "Udgift for regionen|0|0|117931\n"
                    "Udgift i alt|=SUM(B2:B3)~208260|=SUM(C2:C3)~104130|=SUM(D2:D3)~154219\n",
                    "C4 total-payers warning propose 104.130\n"
                    "D6 total-payers warning propose 117.957\n");
}

/* What a blank may lack, an amount beside it may lack, whatever else is wrong. */
Test(locate_error, ties_a_blank_with_amounts_beside_other_mistakes)
{
    expect_alternatives(HEADINGS "Mentor|15730|2000\nBostøtte||500\n"
                                 "Udgift for kommunen|23218|2500\n"
                                 "Udgift i alt|=SUM(B2:B3)~15730|9100\n",
                        "B4 15.730\nB2 23.218\n");
}

/* No benefit of the column can be the region's: the municipality's row is empty for it. */
Test(locate_error, tells_an_exchange_with_a_payer_of_nothing)
{
    expect_findings(HEADINGS "Kontanthjælp|84000|0\nMentor|2284|1000\n"
                             "Udgift for kommunen|0|1000\nUdgift for staten|25200|0\n"
                             "Udgift for regionen|61084|0\nUdgift i alt|86284|1000\n",
                    "B6 split-region error correct 0\n"
                    "  B4 split-municipality error correct 61.084\n");
}

/* O for 0: the weeks run on as if it were read, and what rests on it is no error. */
Test(locate_error, takes_letters_for_the_digits_they_look_like)
{
    expect_findings(HEADINGS "Sygedagpenge|'1O4130|104130\nMentor|4210|2000\n"
                             "Udgift for kommunen|62683|74891\nUdgift for staten|45657|31239\n"
                             "Udgift i alt|108340|106310\n",
                    "B2 amount-unreadable warning propose 104.130\n"
                    "C6 total-items error correct 106.130\n");
}

/* A column that states no amount: the one that was left out took weeks. */
Test(locate_error, fills_an_empty_column_as_the_weeks_behind_it_say)
{
    expect_findings(HEADINGS "Sygedagpenge||104130\nMentor||2000\n"
                             "Udgift for kommunen|58473|74891\nUdgift for staten|45657|31239\n"
                             "Udgift i alt|104130|106130\n",
                    "B2 amount-missing error propose 104.130\n");
}

/* The part of 66.858 is wrong, and not the six months that it is a part of. */
Test(locate_error, holds_on_to_an_amount_that_fits_its_rate)
{
    const MadeSheet sheet = { "Borger 1", HEADINGS
                              "Kontanthjælp|66858|0\nMentor|4210|2000\n"
                              "Udgift for kommunen|940210.46|2000\nUdgift for staten|30857.54|0\n"
                              "Udgift i alt|=SUM(B2:B3)~71068|=SUM(C2:C3)~2000\n" };
    Expectation told = { "B4 total-payers error correct 40.210,46\n", KF_WARNING };

    audit_sheets(&sheet, 1, kf_date(2017, 9, 1), look_at_findings, &told);
}

/* 83,7 and 41,9 are six and three months; 12,8 and 25,6 may come to 38,5. */
Test(locate_error, lets_rounding_explain_a_sheet_in_thousands)
{
    expect_findings("Faktisk forløb (1.000 kr.)|0-6 mdr|7-12 mdr|I alt\n"
                    "Kontanthjælp|'83,7|'41,9|'125,6\nMentor|'12,8|'25,6|'38,5\n"
                    "Udgift for kommunen|'71,4|'54,9|'126,3\nUdgift for staten|'25,1|'12,6|'37,7\n"
                    "Udgift i alt|'96,5|'67,5|'164,0\n",
                    "");
}

/* Municipality and state each lack their part of 13 weeks: together they lack the blank. */
Test(locate_error, adds_up_what_the_parts_of_a_row_lack)
{
    const MadeSheet sheet = { "Borger 1",
                              "Faktisk forløb|0-3 mdr|4-6 mdr|I alt|Kommune|Stat\n"
                              "Sygedagpenge||16300|=SUM(B2:C2)~16300|33822.5|35452.5\n"
                              "Mentor|5000|0|=SUM(B3:C3)~5000|5000|0\n"
                              "I alt|=SUM(B2:B3)~5000|=SUM(C2:C3)~16300|=SUM(B4:C4)~21300|"
                              "=SUM(E2:E3)~38822.5|=SUM(F2:F3)~35452.5\n" };
    Expectation told = { "B2 amount-missing error propose 52.975\n"
                         "  D2 total-row error propose 69.275\n"
                         "  B4 total-items error propose 57.975\n"
                         "  D4 total-case error propose 74.275\n",
                         KF_WARNING };

    audit_sheets(&sheet, 1, kf_date(2014, 9, 1), look_at_findings, &told);
}

/* The state's part is not 156.347, whatever the pension was granted by. */
Test(locate_error, reads_the_tier_of_an_open_rule_from_the_other_parts)
{
    const MadeSheet sheet = { "Borger 1", "Faktisk forløb|0-12 mdr|13-24 mdr|I alt|Kommune|Stat\n"
                                          "Førtidspension|206172|240534|446706|290359|-156347\n"
                                          "Mentor|4988|0|4988|4988|0\n"
                                          "I alt|211160|240534|451694|295347|156347\n" };
    Expectation told = { "F2 split-state error correct 156.347\n", KF_WARNING };

    audit_sheets(&sheet, 1, kf_date(2008, 9, 1), look_at_findings, &told);
}

/* All payers of the second column are those of the first. */
Test(locate_error, tells_a_copied_column_at_its_payers)
{
    expect_findings(HEADINGS "Mentor|8227|0\nHandicaptillæg|0|49080\nLegat|58550|0\n"
                             "Udgift for kommunen|66777|66777\nUdgift for staten|0|0\n"
                             "Udgift i alt|=SUM(B2:B4)~66777|=SUM(C2:C4)~49080\n",
                    "C5 total-payers error correct 0\n"
                    "C6 total-payers error correct 49.080\n");
}

/* 71,0 less 8,2 is 62,8; of what was rounded, 70,96 less 8,227, it is 62,7. */
Test(locate_error, lets_parts_of_a_rounded_row_be_rounded)
{
    const MadeSheet sheet = { "Borger 1",
                              "Faktisk forløb (1.000 kr.)|0-6 mdr|7-12 mdr|I alt|Kommune|Region\n"
                              "Psykiatrisk indlæggelse|0|'71,0|'71,0|'8,2|'62,7\n"
                              "Mentor|'5,0|0|'5,0|'5,0|0\n"
                              "I alt|'5,0|'71,0|'76,0|'13,2|'62,7\n" };
    Expectation told = { "", KF_WARNING };

    audit_sheets(&sheet, 1, kf_date(2013, 9, 1), look_at_findings, &told);
}

/* 19.590 is six months at another rate, but the row is paid at 13.952. */
Test(locate_error, holds_on_to_no_amount_at_another_price_than_its_row)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\n"
                    "Kontanthjælp, forsørgertakst|19590|83712|167424\n"
                    "Udgift for kommunen|9766.4|58598.4|117196.8\n"
                    "Udgift for staten|4185.6|25113.6|50227.2\n"
                    "Udgift i alt|=SUM(B2:B2)~19590|=SUM(C2:C2)~83712|=SUM(D2:D2)~167424\n",
                    "B2 amount-typo error propose 13.952\n"
                    "  B5 total-items error propose 13.952\n");
}

/* Rounding gives the amounts of one column many values; they must not crowd out the other. */
Test(locate_error, looks_at_two_columns_of_a_coarse_sheet)
{
    expect_findings(
        "Beløb i 1.000 kr.\n"
        "Faktisk forløb|0-3 mdr|4-6 mdr|7-12 mdr|13-24 mdr|25-36 mdr|37-48 mdr|49-60 mdr|Sum\n"
        "Samlet udgift|'10|'214|'176|'430|'393|'352|'86|'1661\n"
        "Kontanthjælp, forsørger||'42|'70|'126||'167||'405\n"
        "Indlæggelse 1 måned|||||||'80|'80\n"
        "Depositum||'-18|||'243|'81||'342\n"
        "Sagsbehandlertimer|'3||||||'7|'10\n"
        "Flytteudgifter|||||'77|'77||'153\n"
        "Misbrugsbehandling||'69|'92|'112|'65|'27||'373\n"
        "Aktivitetstilbud||'81||'191||||'271\n"
        "Støttekontaktperson|'6||'6|||||'12\n"
        "Netværk i boligforeningen||'4||'2|'8|||'15\n"
        "Kommunen|'10|'197|'155|'390|'385|'302|'15|'1453\n"
        "Staten|'0|'13|'21|'38|'0|'50|'0|'121\n"
        "Regionen|'0|'0|'0|'0|'0|'0|'72|'72\n"
        "Øvrige aktører|'0|'4|'0|'2|'8|'0|'0|'15\n",
        "C6 amount-sign error propose 18.000\n"
        "D9 amount-typo error propose 100.000\n");
}

/* A column copied from the one before; the other column shows who pays what no rule splits. */
Test(locate_error, tells_a_copied_column_though_it_has_benefits_without_a_rule)
{
    expect_findings("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|31500|63000\n"
                    "Mentor|4210|2000\nFondsmidler|700|900\n"
                    "Udgift for kommunen|26260|26260\nUdgift for staten|9450|9450\n"
                    "Udgift, øvrige aktører|700|700\nUdgift i alt|36410|65900\n",
                    "C5 total-payers warning propose 46.100\n"
                    "C6 total-payers error propose 18.900\n"
                    "C7 total-payers warning propose 900\n");
}

/* 7.880 is two weeks, 78.800 twenty: that the amount is at its rate says nothing here. */
Test(locate_error, ties_a_payer_with_an_amount_that_would_be_at_its_rate_as_well)
{
    expect_at(kf_date(2012, 9, 1), KF_WARNING,
              "Faktisk forløb|0-12 mdr|13-24 mdr\nSygedagpenge|204880|7880\n"
              "Udgift for kommunen|129232|78800\nUdgift for staten|75648|0\n"
              "Udgift i alt|=SUM(B2:B2)~204880|=SUM(C2:C2)~7880\n",
              "C2 amount-scale warning propose 78.800\n");
}

typedef struct {
    KfExplanation explanation;
    KfTruth truth[2];
    KfFate fate[2];
} MadeExplanation;

/* One root among two cells. */
static void make_explanation(MadeExplanation *made, int root, KfOere value, int cost)
{
    *made = (MadeExplanation){ .explanation = { .cost = cost } };
    made->truth[root].value = value;
    made->fate[root] = KF_FATE_ROOT;
    made->explanation.truth = made->truth;
    made->explanation.fate = made->fate;
}

/* A rival comes near and has other roots; one that differs by rounding has not, nor one that
 * only has something wrong besides. */
static KfStatus add_rivals(void *ctx)
{
    KfCourseCheck check = { .arena = ctx, .node_count = 2, .step = 1 };
    MadeExplanation best, same, more, dear, other, third;
    KfVerdict verdict = { .near = 150 };

    make_explanation(&best, 0, 50000, 100);
    make_explanation(&same, 0, 50003, 120);
    make_explanation(&more, 0, 50000, 120);
    more.fate[1] = KF_FATE_ROOT;
    make_explanation(&dear, 1, 70000, 151);
    make_explanation(&other, 1, 70000, 150);
    make_explanation(&third, 0, 60000, 130);
    verdict.best = &best.explanation;
    kf_add_rival(&check, &verdict, &same.explanation);
    kf_add_rival(&check, &verdict, &more.explanation);
    kf_add_rival(&check, &verdict, &dear.explanation);
    cr_expect_eq(verdict.rival_count, 0);
    kf_add_rival(&check, &verdict, &other.explanation);
    kf_add_rival(&check, &verdict, &third.explanation);
    cr_assert_eq(verdict.rival_count, 2);
    cr_expect_eq(verdict.rivals[0], &other.explanation);
    cr_expect_eq(verdict.rivals[1], &third.explanation);
    return KF_OK;
}

Test(locate_error, adds_rivals_that_come_near_with_other_roots)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_expect_eq(kf_arena_run(&arena, add_rivals, &arena), KF_OK);
    kf_arena_finish(&arena);
}

/* The cap of a stay leaves open what region and municipality carry: the total may be right, and
 * the municipality's part a digit off. */
Test(locate_error, corrects_no_part_that_a_total_contests)
{
    expect_findings("Kontrafaktisk forløb|0-6 mdr|7-12 mdr|Kommune|Stat|Region|Øvrige|I alt\n"
                    "Indlæggelse 3 uger|0|53364|8127|0|57155|0|53364\n"
                    "Mentor|0|1000|1000|0|0|0|1000\n"
                    "I alt|0|54364|9127|0|45137|0|54364\n",
                    "F2 split-region error propose 45.237\n"
                    "F4 total-row error propose 45.237\n");
}

/* The state pays 9.45 twice, shown as 9.5: the sum of those is 19.0, and not 18.9. */
Test(locate_error, sums_what_is_shown_in_a_coarse_sheet)
{
    expect_findings("Beløb i t.kr.\nFaktisk forløb|0-6 mdr|7-12 mdr|I alt\n"
                    "Kontanthjælp|31.5|31.5|63.0\n"
                    "Udgift for kommunen|19.1|22.0|=SUM(B4:C4)~41.1\n"
                    "Udgift for staten|12.4|9.5|=SUM(B5:C5)~21.9\n"
                    "Udgift i alt|31.5|31.5|=SUM(B6:C6)~63.0\n",
                    "B5 split-state error correct 9.500\n"
                    "  B4 split-municipality error correct 22.000\n"
                    "  D4 total-row error correct 44.000\n"
                    "  D5 total-row error correct 19.000\n");
}

/* The payers were copied from the column before, and only this one has what two others were
 * paid for: by whom is not shown anywhere. */
Test(locate_error, corrects_no_copied_column_by_a_guess)
{
    expect_at(kf_date(2023, 9, 1), KF_WARNING,
              "Faktisk forløb|1-3 mdr|4-6 mdr|7-9 mdr|10-12 mdr|13-18 mdr\n"
              "Kontanthjælp|35832|35832|35832|35832|71664\nBostøtte|0|37328|0|0|0\n"
              "Behandling|0|0|0|0|31961\nMentor fra fond|0|0|0|0|33369\n"
              "Udgift for kommunen|17089|58827|25082|25082|25082\n"
              "Udgift for staten|18743|14333|10750|10750|10750\n"
              "Udgift for regionen|0|0|0|0|0\nUdgift for øvrige aktører|0|0|0|0|0\n"
              "Udgift i alt|=SUM(B6:B9)~35832|=SUM(C6:C9)~73160|=SUM(D6:D9)~35832"
              "|=SUM(E6:E9)~35832|=SUM(F6:F9)~35832\n",
              "F6 split-municipality error propose 122.661\n"
              "  F10 total-items error propose 136.994\n"
              "F7 split-state error propose 14.333\n");
}

/* The rule gives 30.857,54, give or take what rounding of a month's price amounts to. */
Test(locate_error, finds_a_part_that_rounding_alone_would_excuse)
{
    expect_at(kf_date(2017, 9, 1), KF_WARNING,
              HEADINGS "Kontanthjælp|66858|0\nMentor|35493|0\n"
                       "Udgift for kommunen|71493.46|0\nUdgift for staten|30857.45|0\n"
                       "Udgift i alt|102351|0\nUdgift for kommunen i alt|71493.46\n"
                       "Udgift for staten i alt|30857.54\nSamlet totaludgift|102351\n",
              "B5 total-payers error correct 30.857,54\n");
}

/* 143 is twelve months of one rate and nine of another: the payers tell which. */
Test(locate_error, takes_the_rate_that_payers_of_a_coarse_sheet_follow)
{
    expect_at(kf_date(2023, 9, 1), KF_WARNING,
              "Beløb i t.kr.\nFaktisk forløb|0-12 mdr|13-24 mdr\nKontanthjælp|143|36\n"
              "Træningsforløb|29|0\nUdgift for kommunen|89|29\nUdgift for staten|54|7\n"
              "Udgift for regionen|29|0\nUdgift i alt|172|36\n",
              "");
}

/* One amount of three is a whole number of a rate of 2013; all payers follow the ladder. */
Test(locate_error, takes_the_year_of_the_payers_where_rates_are_no_proof)
{
    expect_at(KF_DATE_NONE, KF_WARNING,
              HEADINGS "Kontanthjælp (forsørger)|95400|95400\nSygedagpenge|0|0\nSU|0|11506\n"
                       "Udgift for kommunen|51369|66780\nUdgift for staten|44031|40126\n"
                       "Udgift i alt|95400|106906\n",
              "");
}

/* The co-payment is missing; without it the column shows who pays its other rows. */
Test(locate_error, tells_a_missing_copayment_from_what_the_region_pays_besides)
{
    expect_at(kf_date(2012, 9, 1), KF_WARNING,
              HEADINGS "Indlæggelse 3 uger|43233|0\nMentor|0|5000\n"
                       "Udgifter, øvrige aktører\nBehandling|18119|0\n"
                       "Udgift for kommunen|0|5000\nUdgift for staten|0|0\n"
                       "Udgift for regionen|61352|0\nUdgift for øvrige aktører|0|0\n"
                       "Udgift i alt|61352|5000\n",
              "B8 split-region warning propose 53.239\n"
              "  B6 split-municipality warning propose 8.113\n");
}

/* Ten times what twelve months cost: that amount is as likely as two payers with a digit less. */
Test(locate_error, doubts_an_amount_that_its_column_has_no_room_for)
{
    expect_findings("Faktisk forløb|0-12 mdr|13-24 mdr|Kommune|Stat|I alt\n"
                    "Kontanthjælp, forsørger|1677424|0|117197|50227|=SUM(B2:C2)~1677424\n"
                    "Mentor|0|12258|12258|0|=SUM(B3:C3)~12258\n"
                    "I alt|=SUM(B2:B3)~1677424|=SUM(C2:C3)~12258|=SUM(D2:D3)~129455"
                    "|=SUM(E2:E3)~50227|=SUM(F2:F3)~1689682\n",
                    "B2 amount-rate warning propose 167.424\n"
                    "D2 split-municipality warning propose 1.174.197\n"
                    "E2 split-state warning propose 503.227\n");
}

/* The state's 20.057,39 is rounded down, and so the total of the course is an øre less than its
 * amounts with what the municipality tells of the blank: that is no reason to take the
 * municipality's 79.031,20 beside it, which an amount may explain, for the mistake. */
Test(locate_error, lets_an_amount_told_by_rounded_parts_be_an_oere_off)
{
    expect_findings("Kontrafaktisk forløb|0-6 mdr|7-12 mdr|13-18 mdr|19-24 mdr\n"
                    "Kontanthjælp|66858|66858|66858|66858\n"
                    "Akutbolig|8600.5|0|0|0\n"
                    "Psykologforløb|0|0|3503460|0\n"
                    "Sagsbehandlertimer|0|0|0|18566\n"
                    "Døgntilbud 2 måneder|0||0|22636\n"
                    "Udgift for kommunen|55401.1|79223|81835.2|79031.2\n"
                    "Udgift for staten|20057.4|20057.39|20057.4|20057.4\n"
                    "Udgift i alt|=SUM(B2:B6)~75458.5|=SUM(C2:C6)~66858|"
                    "=SUM(D2:D6)~3570318|=SUM(E2:E6)~108060\n"
                    "Udgift for kommunen i alt|=SUM(B7:E7)~295490.5\n"
                    "Udgift for staten i alt|=SUM(B8:E8)~80229.59\n"
                    "Samlet totaludgift|=SUM(B10:B11)~375720.09\n",
                    "D4 amount-scale error propose 35.034,60\n"
                    "  D9 total-items error propose 101.892,60\n"
                    "C6 amount-missing warning propose 32.422,40\n"
                    "E7 total-payers warning propose 88.002,60\n");
}
