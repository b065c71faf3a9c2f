#include "audit_maker.h"

static void add_course(KfBuf *rows, const char *name, const char *headings)
{
    size_t count = 1;

    for (const char *at = headings; *at; at++)
        count += *at == '|';
    kf_buf_str(rows, name);
    kf_buf_char(rows, '|');
    kf_buf_str(rows, headings);
    for (int row = 0; row < 2; row++) {
        kf_buf_str(rows, row ? "\nUdgift i alt" : "\nMentor");
        for (size_t i = 0; i < count; i++)
            kf_buf_str(rows, "|1000");
    }
    kf_buf_str(rows, "\n\n");
}

static void expect_two(const char *actual, const char *counterfactual, const char *expected)
{
    KfBuf rows = { 0 };

    add_course(&rows, "Faktisk forløb", actual);
    if (counterfactual)
        add_course(&rows, "Kontrafaktisk forløb", counterfactual);
    kf_buf_char(&rows, '\0');
    expect_findings(rows.ptr, expected);
    kf_buf_free(&rows);
}

static void expect(const char *headings, const char *expected)
{
    expect_two(headings, NULL, expected);
}

Test(check_period, accepts_an_unbroken_row)
{
    expect("0-6 mdr|7-12 mdr|13-24 mdr|25-36 mdr", "");
    expect("1-6 mdr|7-12 mdr", "");
    expect("År 1|År 2|År 3", "");
}

Test(check_period, finds_a_gap)
{
    expect("0-6 mdr|13-24 mdr", "C1 period-gap error none\n");
    expect("7-12 mdr|13-24 mdr", "B1 period-gap error none\n");
}

Test(check_period, finds_an_overlap)
{
    expect("0-12 mdr|7-24 mdr", "C1 period-overlap error none\n");
}

Test(check_period, finds_a_period_repeated)
{
    expect("0-6 mdr|7-12 mdr|7-12 mdr", "D1 period-duplicate error none\n");
}

Test(check_period, finds_the_first_period_repeated)
{
    expect("0-6 mdr|0-6 mdr", "C1 period-duplicate error none\n");
}

Test(check_period, finds_periods_out_of_order)
{
    expect("0-6 mdr|13-24 mdr|7-12 mdr", "C1 period-order error none\n");
    expect("7-12 mdr|0-6 mdr|13-24 mdr", "B1 period-order error none\n");
}

Test(check_period, proposes_a_first_heading)
{
    expect("0-5 mdr|7-12 mdr|13-24 mdr", "B1 period-label warning propose 0-6 mdr\n");
    expect("5-6 mdr|7-12 mdr", "B1 period-label warning propose 0-6 mdr\n");
}

Test(check_period, proposes_a_heading_in_the_middle_and_blames_no_other)
{
    expect("0-6 mdr|7-11 mdr|13-24 mdr", "C1 period-label warning propose 7-12 mdr\n");
    expect("0-6 mdr|8-12 mdr|13-24 mdr", "C1 period-label warning propose 7-12 mdr\n");
}

Test(check_period, blames_the_heading_that_starts_wrong_and_not_the_one_before)
{
    expect("0-6 mdr|7-12 mdr|12-24 mdr", "D1 period-label warning propose 13-24 mdr\n");
    expect("0-6 mdr|6-12 mdr", "C1 period-label warning propose 7-12 mdr\n");
}

Test(check_period, proposes_a_last_heading_that_ends_a_month_early)
{
    expect("0-6 mdr|7-12 mdr|13-24 mdr|25-35 mdr", "E1 period-label warning propose 25-36 mdr\n");
}

Test(check_period, finds_two_slips_in_one_row)
{
    expect("0-6 mdr|8-12 mdr|13-24 mdr|26-36 mdr", "C1 period-label warning propose 7-12 mdr\n"
                                                   "E1 period-label warning propose 25-36 mdr\n");
}

Test(check_period, says_that_a_heading_cannot_be_read)
{
    expect("0-6 mdr|7-xx mdr|13-24 mdr", "C1 period-label warning none\n");
}

/* What stands between the numbers is no part of the slip. */
Test(check_period, keeps_the_way_a_heading_is_written)
{
    expect("0–6 mdr|7–12 mdr|31–24 mdr|25–36 mdr", "D1 period-label warning propose 13–24 mdr\n");
    expect_two("0.-5. måned|4.-6. måned", "0.-3. måned|4.-6. måned",
               "B1 period-label warning propose 0.-3. måned\n");
}

Test(check_period, reads_a_first_heading_that_is_no_period)
{
    expect("0-0 mdr|7-12 mdr|13-24 mdr", "B1 period-label warning propose 0-6 mdr\n");
    expect("0 - 0 mdr|7 - 12 mdr|13 - 24 mdr", "B1 period-label warning propose 0 - 6 mdr\n");
    expect("0–0 mdr|7–12 mdr|13–24 mdr", "B1 period-label warning propose 0–6 mdr\n");
    expect("Måned 7-6|Måned 7-12", "B1 period-label warning propose Måned 0-6\n");
}

/* "0-9" goes on with the row, though it begins as the first heading does. */
Test(check_period, reads_on_where_a_heading_seems_to_begin_anew)
{
    expect("0-3 mdr|4-6 mdr|0-9 mdr|10-12 mdr", "D1 period-label warning propose 7-9 mdr\n");
}

Test(check_period, proposes_what_the_other_course_says)
{
    expect_two("0-6 mdr|7-12 mdr", "0-6 mdr|7-11 mdr",
               "C5 period-label warning propose 7-12 mdr\n");
}

Test(check_period, proposes_for_a_repeated_heading_what_the_other_course_says)
{
    expect_two("0-6 mdr|7-12 mdr|7-12 mdr", "0-6 mdr|7-12 mdr|13-24 mdr",
               "D1 period-duplicate error propose 13-24 mdr\n");
    expect("0-6 mdr|0-6 mdr|13-24 mdr", "C1 period-duplicate error propose 7-12 mdr\n");
}

Test(check_period, finds_courses_on_different_periods)
{
    expect_two("0-6 mdr|7-12 mdr", "0-12 mdr|13-24 mdr", "B5 period-grid error none\n");
    expect_two("0-6 mdr|7-12 mdr", "0-6 mdr|7-12 mdr", "");
}

Test(check_period, compares_the_last_period_with_the_horizon)
{
    expect_findings("3-årigt forløb\nFaktisk forløb|0-12 mdr|13-24 mdr\nMentor|1000|1000\n"
                    "Udgift i alt|1000|1000\n",
                    "C2 period-grid warning none\n");
    expect_findings("2-årigt forløb\nFaktisk forløb|0-12 mdr|13-24 mdr\nMentor|1000|1000\n"
                    "Udgift i alt|1000|1000\n",
                    "");
}

Test(check_period, mends_a_slip_beside_a_wrong_heading_of_the_other_course)
{
    expect_two("0-6 mdr|7-12 mdr|13-24 mdr|13-24 mdr", "0-6 mdr|7-12 mdr|13-24 mdr|25-31 mdr",
               "E1 period-duplicate error none\n"
               "E5 period-label warning propose 25-36 mdr\n");
}

Test(check_period, proposes_a_month_more_though_two_digits_differ)
{
    expect_two("0-24 mdr|25-60 mdr", "0-24 mdr|25-59 mdr",
               "C5 period-label warning propose 25-60 mdr\n");
}

Test(check_period, points_at_the_heading_that_the_courses_do_not_share)
{
    expect_two("0-6 mdr|7-12 mdr|13-24 mdr", "0-6 mdr|7-12 mdr|13-18 mdr",
               "D5 period-grid error none\n");
    expect_two("0-6 mdr|7-12 mdr|13-18 mdr", "0-6 mdr|7-12 mdr|13-24 mdr",
               "D1 period-grid error none\n");
}

Test(check_period, finds_a_year_with_another_digit)
{
    expect("År 1|År 9|År 3", "C1 period-label warning propose År 2\n");
    expect("År 1|År 2|År 8", "D1 period-label warning propose År 3\n");
}

Test(check_period, finds_one_way_of_writing_the_first_months)
{
    expect_two("0-6 mdr|7-12 mdr", "1-6 mdr|7-12 mdr", "B5 period-label warning propose 0-6 mdr\n");
    expect_two("1-6 mdr|7-12 mdr", "1-6 mdr|7-12 mdr", "");
}
