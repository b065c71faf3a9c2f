#include <criterion/criterion.h>

#include "sample_audit.h"

static Sample sample;

static void build(void)
{
    cr_assert(sample_init(&sample));
}

static void end(void)
{
    kf_arena_finish(&sample.arena);
}

TestSuite(plan, .init = build, .fini = end);

static const KfEffect *effect_of(KfPayer payer)
{
    for (size_t i = 0; i < sample.plan.effect_count; i++) {
        if (sample.plan.effects[i].payer == payer)
            return &sample.plan.effects[i];
    }
    return NULL;
}

Test(plan, changes_each_cell_once_in_reading_order)
{
    static const uint32_t findings[] = { 5, 1, 2 };

    cr_assert_eq(sample.plan.change_count, 3);
    for (size_t i = 0; i < 3; i++)
        cr_assert_eq(sample.plan.changes[i].finding, findings[i]);
    cr_assert(kf_text_eq(sample.plan.changes[0].before, KF_TEXT("25.115,40")));
    cr_assert_eq(sample.plan.changes[0].after, 2711540);
    cr_assert_eq(sample.plan.changes[1].before_amount, 9082600);
}

Test(plan, counts_what_a_person_must_decide)
{
    cr_assert_eq(sample.plan.proposal_count, 2);
    cr_assert_eq(sample.plan.open_count, 3);
}

Test(plan, sums_the_corrected_row_of_a_payer)
{
    cr_assert_eq(sample.plan.effect_count, 2);
    cr_assert_eq(effect_of(KF_STATE)->before, 5023080);
    cr_assert_eq(effect_of(KF_STATE)->after, 5223080);
    cr_assert_eq(effect_of(KF_MUNICIPALITY)->before, 11720520);
    cr_assert_eq(effect_of(KF_MUNICIPALITY)->after, 11720520);
}

Test(plan, sees_no_effect_where_nothing_is_changed)
{
    sample.citizen.courses[KF_ACTUAL].payer_totals[KF_MUNICIPALITY].value = 99900;
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert_eq(effect_of(KF_MUNICIPALITY)->before, 99900);
    cr_assert_eq(effect_of(KF_MUNICIPALITY)->after, 99900);
}

Test(plan, corrects_a_total_that_stands_alone)
{
    KfCourse *course = &sample.citizen.courses[KF_ACTUAL];

    course->payers[KF_STATE] = NULL;
    course->payer_totals[KF_STATE] = sample_figure(6, 2, 2511540);
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert_eq(effect_of(KF_STATE)->before, 2511540);
    cr_assert_eq(effect_of(KF_STATE)->after, 2711540);
}

Test(plan, takes_a_blank_payer_cell_for_not_stated)
{
    KfCourse *course = &sample.citizen.courses[KF_ACTUAL];

    sample.state[0].state = KF_FIGURE_BLANK;
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert_null(effect_of(KF_STATE));
    course->payer_totals[KF_STATE] = sample_figure(9, 1, 2511540);
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert_eq(effect_of(KF_STATE)->after, 2511540);
}

Test(plan, adds_the_parts_of_payers_in_columns)
{
    KfFigure parts[KF_PAYER_COUNT] = { 0 };
    KfCourse *course = &sample.citizen.courses[KF_ACTUAL];

    course->payers[KF_STATE] = NULL;
    parts[KF_STATE] = sample_figure(6, 2, 2511540);
    sample.item.parts = parts;
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert_eq(effect_of(KF_STATE)->before, 2511540);
    cr_assert_eq(effect_of(KF_STATE)->after, 2711540);
}

Test(plan, leaves_a_number_that_is_right_already)
{
    sample.findings[0].found = sample.findings[0].expected;
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert_eq(sample.plan.change_count, 2);
}

Test(plan, turns_a_right_text_into_a_number)
{
    sample.findings[4].action = KF_ACTION_NONE;
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert_eq(sample.plan.changes[0].finding, 6);
    cr_assert_eq(sample.plan.changes[0].after, 2511540);
}

Test(plan, writes_an_accepted_heading_as_text)
{
    sample_accept(&sample, 6);
    cr_assert(sample_run(&sample, sample_plan));
    cr_assert_eq(sample.plan.change_count, 4);
    cr_assert(sample.plan.changes[0].is_text);
    cr_assert(kf_text_eq(sample.plan.changes[0].after_text, KF_TEXT("7-12 mdr")));
    cr_assert_eq(sample.plan.proposal_count, 1);
}

/* Settles the sample with what is chosen; its book holds no table, so nothing else comes of it. */
typedef struct {
    KfFixChoice choice;
    KfAudit settled;
    KfRuleSet *rules;
} Settled;

static KfStatus settle(void *ctx)
{
    Settled *s = ctx;
    const KfCheckOptions options = { .rules = s->rules, .as_of = KF_DATE_NONE };

    kf_fix_settle(&sample.arena, &sample.audit, &options, &s->choice, &s->settled);
    kf_fix_plan(&sample.arena, &s->settled, &sample.plan);
    return KF_OK;
}

Test(plan, corrects_only_codes_asked_for_and_what_follows)
{
    Settled s = { .choice = { .only_some = true } };

    s.choice.only[KF_FINDING_TOTAL_ITEMS] = true;
    cr_assert_eq(kf_ruleset_create(&s.rules, NULL), KF_OK);
    cr_assert_eq(kf_arena_run(&sample.arena, settle, &s), KF_OK);
    kf_ruleset_destroy(s.rules);
    cr_assert_eq(sample.plan.change_count, 2);
    cr_assert_eq(sample.plan.changes[0].finding, 1);
    cr_assert_eq(sample.plan.changes[1].finding, 2);
    cr_assert_eq(s.settled.findings[4].action, KF_ACTION_NONE);
    cr_assert_eq(sample.findings[4].action, KF_ACTION_CORRECT);
    cr_assert_eq(sample.plan.open_count, 4);
}

Test(plan, leaves_protected_sheets_alone)
{
    Settled s = { .choice = { .keep_protected = true } };

    sample.sheets[0].is_protected = true;
    cr_assert_eq(kf_ruleset_create(&s.rules, NULL), KF_OK);
    cr_assert_eq(kf_arena_run(&sample.arena, settle, &s), KF_OK);
    kf_ruleset_destroy(s.rules);
    cr_assert_eq(sample.plan.change_count, 0);
    s.choice.keep_protected = false;
    cr_assert_eq(kf_ruleset_create(&s.rules, NULL), KF_OK);
    cr_assert_eq(kf_arena_run(&sample.arena, settle, &s), KF_OK);
    kf_ruleset_destroy(s.rules);
    cr_assert_eq(sample.plan.change_count, 3);
}

Test(plan, finds_findings_by_id)
{
    cr_assert_eq(kf_audit_finding(&sample.audit, 3), &sample.findings[2]);
    cr_assert_null(kf_audit_finding(&sample.audit, 0));
    cr_assert_null(kf_audit_finding(&sample.audit, 99));
    sample.findings[0].id = 70;
    cr_assert_eq(kf_audit_finding(&sample.audit, 70), &sample.findings[0]);
    cr_assert_null(kf_audit_finding(&sample.audit, 1));
}
