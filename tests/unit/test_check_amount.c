#include "audit_maker.h"
#include "check/checks.h"

#define HEAD "Faktisk forløb|0-6 mdr|7-12 mdr\n"
#define OTHER "\nKontrafaktisk forløb|0-6 mdr|7-12 mdr\n"

Test(check_amount, corrects_a_text_among_numbers)
{
    expect_findings(HEAD "Mentor|'4.210|2000\nUdgift i alt|4210|2000\n",
                    "B2 amount-text warning correct 4.210\n");
}

Test(check_amount, tells_once_of_a_table_of_texts)
{
    expect_from(KF_INFO, HEAD "Mentor|'4.210|'2.000\nUdgift i alt|'4.210|'2.000\n",
                "A1 amount-text info none\n");
}

Test(check_amount, finds_what_cannot_be_read)
{
    expect_findings(HEAD "Mentor|'200O|2000\nUdgift i alt|2000|2000\n",
                    "B2 amount-unreadable warning propose 2.000\n");
}

Test(check_amount, reads_a_dash_as_nothing_stated)
{
    expect_findings(HEAD "Mentor|'-|2000\nBostøtte|1000|'ikke opgjort\nUdgift i alt|1000|2000\n",
                    "");
}

Test(check_amount, finds_a_slip_from_a_whole_period_of_the_rate)
{
    expect_findings(HEAD "Kontanthjælp|36000|63000\nUdgift i alt|36000|63000\n",
                    "B2 amount-rate warning propose 63.000\n");
}

Test(check_amount, does_not_guess_a_rate_from_one_cell_alone)
{
    expect_findings(HEAD "Kontanthjælp|36100|0\nUdgift i alt|36100|0\n", "");
}

Test(check_amount, tells_of_a_price_a_krone_off_the_rate)
{
    expect_from(KF_INFO, HEAD "Kontanthjælp|83718|83718\nUdgift i alt|83718|83718\n",
                "B2 amount-rate info none\n");
}

Test(check_amount, compares_the_price_of_both_courses)
{
    expect_findings(HEAD "Bostøtte|70033.6|0\nUdgift i alt|70033.6|0\n" OTHER
                         "Bostøtte|70003.6|0\nUdgift i alt|70003.6|0\n",
                    "B2 amount-typo warning propose 70.003,60\n");
}

Test(check_amount, leaves_round_prices_that_are_alike_alone)
{
    expect_findings(HEAD "Bostøtte|70000|0\nUdgift i alt|70000|0\n" OTHER
                         "Bostøtte|60000|0\nUdgift i alt|60000|0\n",
                    "");
}

Test(check_amount, compares_a_quantity_with_its_price)
{
    expect_findings(HEAD "Ophold 2 måneder|10000|0\nOphold 3 måneder|10000|0\n"
                         "Udgift i alt|20000|0\n",
                    "B3 amount-quantity warning propose 15.000\n");
}

/* 20.000 may be four months at 5.000, and 10.000 one at 10.000. */
Test(check_amount, names_both_rows_when_either_quantity_may_be_wrong)
{
    expect_findings(HEAD "Ophold 2 måneder|10000|0\nUdgift i alt|10000|0\n\n"
                         "Kontrafaktisk forløb|0-6 mdr|7-12 mdr\n"
                         "Ophold 2 måneder|20000|0\nUdgift i alt|20000|0\n",
                    "B2 amount-quantity warning propose 20.000\n");
}

/* 2 months at what 3 cost, once the two digits are swapped back. */
Test(check_amount, compares_a_quantity_with_a_price_that_is_told_to_be_mistyped)
{
    expect_findings(HEAD "Ophold 2 måneder|45150|0\nUdgift for kommunen|45150|0\n"
                         "Udgift i alt|45150|0\n\nKontrafaktisk forløb|0-6 mdr|7-12 mdr|I alt\n"
                         "Ophold 3 måneder|54150|0|45150\nUdgift for kommunen|45150|0|45150\n"
                         "Udgift i alt|45150|0|45150\n",
                    "B2 amount-quantity warning propose 30.100\n"
                    "B7 amount-typo error propose 45.150\n");
}

/* Three rows of other citizens have one price a week; the fourth is that of five weeks. */
Test(check_amount, compares_a_quantity_with_the_price_of_other_citizens)
{
    expect_findings("Borger 1\n" HEAD "Ophold 3 uger|30000|0\nUdgift i alt|30000|0\n\n"
                    "Borger 2\n" HEAD "Ophold 4 uger|40000|0\nUdgift i alt|40000|0\n\n"
                    "Borger 3\n" HEAD "Ophold 2 uger|20000|0\nUdgift i alt|20000|0\n\n"
                    "Borger 4\n" HEAD "Ophold 6 uger|50000|0\nUdgift i alt|50000|0\n",
                    "B18 amount-quantity warning propose 60.000\n");
}

Test(check_amount, accepts_prices_in_step_with_their_quantities)
{
    expect_findings(HEAD "Ophold 2 måneder|10000|0\nOphold 3 måneder|15000|0\n"
                         "Udgift i alt|25000|0\n",
                    "");
}

static void expect_quantity(const char *label, int64_t expected, const char *stem)
{
    KfQuantity quantity;

    cr_assert(kf_quantity_of(kf_text(label), &quantity), "%s", label);
    cr_assert_eq(quantity.halves, expected, "%s", label);
    cr_assert(kf_text_eq(quantity.stem, kf_text(stem)), "%s", label);
}

Test(check_amount, reads_the_quantity_of_a_label)
{
    expect_quantity("Indlæggelse 1,5 måned", 3, "Indlæggelse");
    expect_quantity("Ophold 12 uger", 24, "Ophold");
    expect_quantity("Kursus 3 gange", 6, "Kursus");
}

Test(check_amount, finds_no_quantity_in_a_price_or_a_bare_word)
{
    static const char *const labels[] = {
        "Mentor",     "3 måneder",    "Mentor 2 timer/uge", "Ophold 1,25 måned",
        "Månedskort", "Ophold 0 uger"
    };
    KfQuantity quantity;

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        cr_assert_not(kf_quantity_of(kf_text(labels[i]), &quantity), "%s", labels[i]);
}

/* The price of one variant stands beside a slip in that of another; two variants share it. */
Test(check_amount, compares_with_every_rate_of_the_benefit)
{
    expect_findings(HEAD "Kontanthjælp|63000|63000\nKontanthjælp, forsørgertakst|0|8712\n"
                         "Udgift i alt|63000|71712\n",
                    "C3 amount-rate warning propose 83.712\n");
}

Test(check_amount, compares_round_prices_that_stand_alone)
{
    expect_findings(HEAD "Kursus|4920|0\nUdgift i alt|4920|0\n\n"
                         "Kontrafaktisk forløb|0-6 mdr|7-12 mdr\n"
                         "Kursus|0|4990\nUdgift i alt|0|4990\n",
                    "B2 amount-typo warning propose 4.990\n");
    expect_findings(HEAD "Kursus|4920|4700\nUdgift i alt|4920|4700\n\n"
                         "Kontrafaktisk forløb|0-6 mdr|7-12 mdr\n"
                         "Kursus|0|4990\nUdgift i alt|0|4990\n",
                    "");
}

/* The total lacks just what the amount has more than in the other course. */
Test(check_amount, doubts_a_sum_that_fits_the_other_courses_amount)
{
    expect_findings(HEAD "Kontanthjælp|34662|69328\nMentor|1000|130126\n"
                         "Udgift i alt|35662|199450\n" OTHER
                         "Kontanthjælp|34662|69324\nUdgift i alt|34662|69324\n",
                    "C2 amount-typo warning propose 69.324\n"
                    "C4 total-items warning propose 199.454\n");
}

/* 420 kr. an hour, and 4.800 kr. a course: both are whole numbers of it. */
Test(check_amount, doubts_no_two_amounts_at_one_price)
{
    expect_findings(HEAD "Støttekontakt|121500|9000\nUdgift i alt|121500|9000\n" OTHER
                         "Støttekontakt|112500|13500\nUdgift i alt|112500|13500\n",
                    "");
    expect_findings(HEAD "Støttekontakt|121510|9000\nUdgift i alt|121510|9000\n" OTHER
                         "Støttekontakt|112510|13500\nUdgift i alt|112510|13500\n",
                    "B2 amount-typo warning propose 112.510\n");
}

/* 228.000 is 50 weeks of 2023 as well as it is a keystroke from 50 of 2021. */
Test(check_amount, holds_no_rounded_amount_against_one_years_rate)
{
    expect_at(KF_DATE_NONE, KF_WARNING,
              "Beløb i 1.000 kr.\n" HEAD "Sygedagpenge|228|58\nUdgift i alt|228|58\n", "");
}

/* 44.424 would be three months at the rate of 2017, 44.421 is so at a krone less: nothing but
 * itself bears that price out, so that what payers make of it is corrected by nobody but a person. */
Test(check_amount, trusts_no_lone_amount_with_a_price_of_its_own)
{
    expect_at(kf_date(2017, 9, 1), KF_WARNING,
              "Faktisk forløb||\n"
              "|0-3 mdr|4-6 mdr\n"
              "Kontanthjælp (forsørger)|44421|0\n"
              "Huslejerestance|0|12076.5\n"
              "Akutbolig|47462|0\n"
              "Mentor fra fond|6046|6046\n"
              "Udgift for kommunen|68648.83|12076.5\n"
              "Udgift for staten|23237.17|0\n"
              "Øvrige aktørers udgift|6046|6046\n"
              "Udgift i alt|=B3+B4+B5+B6~97929|=C3+C4+C5+C6~18122.5\n",
              "B7 total-payers warning propose 68.647,40\n"
              "B8 total-payers warning propose 23.235,60\n");
}
