#include "audit_maker.h"

/* "2014-07-01" of the first course, or the citizen without one. */
static void look_at_start(const KfAudit *audit, void *ctx)
{
    KfBuf out = { 0 };

    if (audit->no_start.len)
        kf_buf_text(&out, audit->no_start);
    else
        kf_buf_date_iso(&out, audit->starts[0]);
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(ctx)), "%s: %.*s", (const char *)ctx,
              (int)out.len, out.ptr ? out.ptr : "");
    kf_buf_free(&out);
}

static void audit_in_force(const char *rows, KfDate start, AuditLook look, void *ctx)
{
    const MadeSheet sheet = { "Borger 1", rows };
    AuditRun run = { .sheets = &sheet, .count = 1, .look = look, .ctx = ctx };
    KfRuleSet *rules;

    cr_assert_eq(kf_ruleset_create(&rules, NULL), KF_OK);
    run.options = (KfCheckOptions){
        .rules = rules, .as_of = kf_date(2013, 9, 1), .law = KF_LAW_IN_FORCE, .start = start
    };
    kf_arena_init(&run.arena);
    cr_assert_eq(kf_arena_run(&run.arena, audit_body, &run), KF_OK);
    kf_arena_finish(&run.arena);
    kf_ruleset_destroy(rules);
}

static void expect(const char *rows, KfDate start, const char *expected)
{
    audit_in_force(rows, start, look_at_start, (void *)expected);
}

#define TABLE                                                                                      \
    "Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|63000|0\nUdgift for kommunen|44100|0\n"       \
    "Udgift for staten|18900|0\nUdgift i alt|63000|0\n"

Test(course_start, is_the_options_or_the_workbooks)
{
    expect(TABLE, kf_date(2014, 7, 1), "2014-07-01");
    expect("Startdato 01-07-2014\n" TABLE, KF_DATE_NONE, "2014-07-01");
    expect("Forløbets start:|1. august 2014\n" TABLE, KF_DATE_NONE, "2014-08-01");
    expect("Forløbet begyndte i marts 2015\n" TABLE, KF_DATE_NONE, "2015-03-01");
    expect("Startdato 01-07-2014\n" TABLE, kf_date(2012, 1, 1), "2012-01-01");
}

Test(course_start, is_missed_by_name)
{
    expect(TABLE, KF_DATE_NONE, "Borger 1");
}

static void expect_in_force(const char *rows, KfDate start, const char *expected)
{
    Expectation expectation = { expected, KF_WARNING };

    audit_in_force(rows, start, look_at_findings, &expectation);
}

/* Half a year by the law of 2015, then the ladder, on which the weeks of 2015 count. */
Test(course_start, each_column_goes_by_the_law_of_its_first_day)
{
    expect_in_force("Faktisk forløb|0-6 mdr|7-12 mdr\nSygedagpenge|107510|107510\n"
                    "Udgift for kommunen|60371|75257\nUdgift for staten|47139|32253\n"
                    "Udgift i alt|107510|107510\n",
                    kf_date(2015, 7, 1), "");
    expect_in_force("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|63000|63000\n"
                    "Udgift for kommunen|44100|44100\nUdgift for staten|18900|18900\n"
                    "Udgift i alt|63000|63000\n",
                    kf_date(2015, 7, 1), "");
}

/* Without the weeks of 2015: the ladder begins in January 2016. */
Test(course_start, a_course_after_the_change_begins_the_ladder)
{
    expect_in_force("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|63000|63000\n"
                    "Udgift for kommunen|33923.08|44100\nUdgift for staten|29076.92|18900\n"
                    "Udgift i alt|63000|63000\n",
                    kf_date(2016, 1, 1), "");
}

/* The law of the first column's days changes within it: no more than a warning. */
Test(course_start, is_not_sure_where_the_law_changes_within_a_column)
{
    expect_in_force("Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|63000|63000\n"
                    "Udgift for kommunen|40000|44100\nUdgift for staten|23000|18900\n"
                    "Udgift i alt|63000|63000\n",
                    kf_date(2015, 10, 1),
                    "B4 split-state warning propose 18.900\n"
                    "  B3 split-municipality warning propose 44.100\n");
}
