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

Test(check_amount, accepts_prices_in_step_with_their_quantities)
{
    expect_findings(HEAD "Ophold 2 måneder|10000|0\nOphold 3 måneder|15000|0\n"
                         "Udgift i alt|25000|0\n",
                    "");
}

static void expect_quantity(const char *label, int64_t expected, const char *stem)
{
    int64_t halves = 0;
    KfText unit, named;

    cr_assert(kf_label_quantity(kf_text(label), &halves, &unit, &named), "%s", label);
    cr_assert_eq(halves, expected, "%s", label);
    cr_assert(kf_text_eq(named, kf_text(stem)), "%s", label);
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
    int64_t halves;
    KfText unit, stem;

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        cr_assert_not(kf_label_quantity(kf_text(labels[i]), &halves, &unit, &stem), "%s",
                      labels[i]);
}
