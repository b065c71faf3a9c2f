#include "audit_maker.h"

typedef struct {
    KfDate as_of;
    KfAsOfSource source;
    size_t fitting, tried;
} Resolved;

static void look_at_date(const KfAudit *audit, void *ctx)
{
    const Resolved *expected = ctx;

    cr_assert_eq(audit->as_of, expected->as_of);
    cr_assert_eq(audit->as_of_source, expected->source);
    cr_assert_eq(audit->rates_fitting, expected->fitting);
    cr_assert_eq(audit->rates_tried, expected->tried);
}

static void expect_date(const char *rows, KfDate option, Resolved expected)
{
    const MadeSheet sheet = { "Borger 1", rows };

    audit_sheets(&sheet, 1, option, look_at_date, &expected);
}

#define HEAD "Faktisk forløb|0-6 mdr|7-12 mdr\n"
#define RATES_OF_2013                                                                              \
    HEAD "Kontanthjælp|63000|31500\nUdgift for kommunen|44100|22050\nUdgift for "                 \
         "staten|18900|9450\n"

Test(resolve, takes_the_date_that_is_asked_for)
{
    expect_date("Beregnet pr. 01-10-2014\n" RATES_OF_2013, kf_date(2015, 1, 1),
                (Resolved){ kf_date(2015, 1, 1), KF_AS_OF_OPTION, 2, 2 });
}

Test(resolve, takes_the_date_of_the_workbook)
{
    expect_date("Beregnet pr. 01-10-2014\n" RATES_OF_2013, KF_DATE_NONE,
                (Resolved){ kf_date(2014, 10, 1), KF_AS_OF_WORKBOOK, 2, 2 });
}

/* The most telling statement, wherever it stands; a year tells of prices alone. */
Test(resolve, takes_the_most_telling_date_of_the_workbook)
{
    static const char *const dated[] = {
        "Udarbejdet den 3. februar 2015\nAlle beløb i 2014-priser\n",
        "Beregnet d. 1. september 2014. Alle beløb i kr.\n",
        "Satser for 2014\n",
        "Beregnet i 2014-satser\n",
        "Opgjort september 2014\n",
        "1. september 2014\n",
        "Prisniveau|2014\n",
    };

    for (size_t i = 0; i < sizeof dated / sizeof *dated; i++) {
        KfBuf rows = { 0 };

        kf_buf_str(&rows, dated[i]);
        kf_buf_str(&rows, RATES_OF_2013);
        kf_buf_char(&rows, '\0');
        expect_date(rows.ptr, KF_DATE_NONE,
                    (Resolved){ kf_date(2014, 9, 1), KF_AS_OF_WORKBOOK, 2, 2 });
        kf_buf_free(&rows);
    }
}

Test(resolve, takes_no_date_that_tells_of_something_else)
{
    static const char *const others[] = {
        "Startdato 01-07-2014\n",   "Møde med borgeren 3. maj 2012\n", "Opgjort for 2012 og 2014\n",
        "Fødselsdato 01-01-1990\n", "Beregnet gevinst 2011\n",
    };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        KfBuf rows = { 0 };

        kf_buf_str(&rows, others[i]);
        kf_buf_str(&rows, RATES_OF_2013);
        kf_buf_char(&rows, '\0');
        expect_date(rows.ptr, KF_DATE_NONE,
                    (Resolved){ kf_date(2013, 9, 1), KF_AS_OF_RATES, 2, 2 });
        kf_buf_free(&rows);
    }
}

Test(resolve, takes_the_year_whose_rates_fit)
{
    expect_date(RATES_OF_2013, KF_DATE_NONE,
                (Resolved){ kf_date(2013, 9, 1), KF_AS_OF_RATES, 2, 2 });
}

Test(resolve, takes_the_newest_rates_where_none_fit)
{
    expect_date(HEAD "Mentor|1000|2000\nUdgift i alt|1000|2000\n", KF_DATE_NONE,
                (Resolved){ kf_date(2023, 9, 1), KF_AS_OF_UNKNOWN, 0, 0 });
}

/* 500 of 1000 kr. from 2012 on, 300 from 2016 in the first weeks: no rate, but a split. */
Test(resolve, takes_the_year_whose_rules_the_payers_follow)
{
    expect_date(HEAD "Almen praksis|1000|2000\nUdgift for kommunen|100|200\n"
                     "Udgift for regionen|900|1800\n",
                KF_DATE_NONE, (Resolved){ kf_date(2017, 9, 1), KF_AS_OF_SPLITS, 0, 0 });
}

Test(resolve, one_amount_of_several_is_no_proof_of_the_year)
{
    expect_date(HEAD "Kontanthjælp|63000|63001\nSygedagpenge|4007|\n"
                     "Udgift for kommunen|44100|22050\n",
                KF_DATE_NONE, (Resolved){ kf_date(2013, 9, 1), KF_AS_OF_RATES, 1, 3 });
}

static void look_for_no_error(const KfAudit *audit, void *ctx)
{
    (void)ctx;
    cr_assert_gt(kf_audit_count(audit, KF_WARNING), 0);
    cr_assert_eq(kf_audit_count(audit, KF_ERROR), 0);
}

Test(resolve, is_sure_of_no_split_by_a_date_that_is_guessed)
{
    const MadeSheet sheet = { "Borger 1", HEAD "Kontanthjælp|1000|2000\n"
                                               "Udgift for kommunen|0|0\n"
                                               "Udgift for staten|1000|2000\n" };

    audit_sheets(&sheet, 1, KF_DATE_NONE, look_for_no_error, NULL);
}

/* 20 weeks, then 26: what the first column used of the 52 is not used again. */
Test(resolve, counts_the_weeks_of_a_benefit_through_the_course)
{
    expect_findings(HEAD "Sygedagpenge|80100|104130\n"
                         "Udgift for kommunen|41652|72891\nUdgift for staten|38448|31239\n"
                         "Udgift i alt|80100|104130\n",
                    "");
    expect_findings(HEAD "Sygedagpenge|80100|104130\n"
                         "Udgift for kommunen|41652|72891\nUdgift for staten|38448|45655\n",
                    "C4 split-state error correct 31.239\n");
}

/* 19.700, 63.040 and 86.680 are weeks of 2012; 10.335 of 2012 is one and a half times a
 * rate of 2014, but for a krone, in all amounts of the row. */
#define RATES_OF_2012                                                                              \
    "Faktisk forløb|0-6 mdr|7-12 mdr|13-24 mdr\nSygedagpenge|19700|63040|86680\n"                 \
    "Kontanthjælp|62010|62010|124020\n"                                                           \
    "Udgift for kommunen|45377|81521|147490\nUdgift for staten|36333|43529|63210\n"

static void look_at_2012(const KfAudit *audit, void *ctx)
{
    (void)ctx;
    cr_assert_eq(audit->years[0].year, 2012);
    cr_assert_eq(audit->years[0].fitting, audit->years[1].fitting);
    cr_assert_lt(audit->date_confidence, KF_CONFIDENCE_HIGH);
    cr_assert_eq(kf_audit_count(audit, KF_ERROR), 0);
}

Test(resolve, a_tie_of_years_is_decided_by_exact_rates_and_is_sure_of_nothing)
{
    const MadeSheet sheet = { "Borger 1", RATES_OF_2012 };

    audit_sheets(&sheet, 1, KF_DATE_NONE, look_at_2012, NULL);
}
