#include "audit_maker.h"

#include "kf/what_if.h"

typedef struct {
    KfDate date;
    const char *expected;
    KfArena *arena;
} Question;

/* "actual kommunen 44.100 > 53.780": what a payer carries, where it carries anything. */
static void look_at_what_if(const KfAudit *audit, void *ctx)
{
    const Question *question = ctx;
    KfWhatIf what_if;
    KfArena *arena = question->arena;
    KfBuf out = { 0 };

    kf_what_if(arena, audit, question->date, &what_if);
    for (size_t i = 0; i < what_if.course_count; i++) {
        const KfWhatIfCourse *course = &what_if.courses[i];

        for (int k = 0; k < KF_PAYER_COUNT; k++) {
            if (!course->payers[k].original && !course->payers[k].what_if)
                continue;
            kf_buf_str(&out, kf_payer_name((KfPayer)k, KF_LANG_DA));
            kf_buf_char(&out, ' ');
            kf_buf_amount(&out, course->payers[k].original, KF_LANG_DA);
            kf_buf_str(&out, " > ");
            kf_buf_amount(&out, course->payers[k].what_if, KF_LANG_DA);
            kf_buf_char(&out, '\n');
        }
        for (size_t n = 0; n < course->kept_count; n++) {
            kf_buf_str(&out, "kept ");
            kf_buf_text(&out, course->kept[n]);
            kf_buf_char(&out, '\n');
        }
    }
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(question->expected)), "found:\n%.*s",
              (int)out.len, out.ptr ? out.ptr : "");
    kf_buf_free(&out);
}

typedef struct {
    const MadeSheet *sheet;
    Question *question;
} Run;

static KfStatus ask(void *ctx)
{
    Run *run = ctx;

    audit_sheets(run->sheet, 1, kf_date(2013, 9, 1), look_at_what_if, run->question);
    return KF_OK;
}

static void expect(const char *rows, KfDate date, const char *expected)
{
    const MadeSheet sheet = { "Borger 1", rows };
    KfArena arena;
    Question question = { date, expected, &arena };
    Run run = { &sheet, &question };

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, ask, &run), KF_OK);
    kf_arena_finish(&arena);
}

#define HEAD "Faktisk forløb|0-6 mdr|7-12 mdr\n"
#define PAYERS "Udgift for kommunen|0|0\nUdgift for staten|0|0\nUdgift i alt|0|0\n"

/* 26 weeks from the first: 43,846 % then, 46,154 % on the ladder; then 30 % in both. */
Test(what_if, counts_the_weeks_by_the_other_law)
{
    expect(HEAD "Sygedagpenge|104130|104130\n" PAYERS, kf_date(2016, 6, 1),
           "kommunen 131.364 > 128.961\nstaten 76.896 > 79.299\n");
}

/* 30 % of the month's rate, and half a year of the ladder at the same price. */
Test(what_if, leaves_the_rates_as_typed)
{
    expect(HEAD "Kontanthjælp|63000|0\n" PAYERS, kf_date(2016, 6, 1),
           "kommunen 44.100 > 33.923,08\nstaten 18.900 > 29.076,92\n");
}

Test(what_if, leaves_a_pension_that_was_granted_before)
{
    expect(HEAD "Førtidspension|100000|0\n" PAYERS, kf_date(2016, 6, 1),
           "kommunen 65.000 > 65.000\nstaten 35.000 > 35.000\n");
}

Test(what_if, says_what_it_cannot_split)
{
    expect(HEAD "Indlæggelse, somatisk|100000|0\nUdgift for kommunen|15000|0\n"
                "Udgift for regionen|85000|0\nUdgift i alt|100000|0\n",
           kf_date(2018, 6, 1),
           "kommunen 15.000 > 15.000\nregionen 85.000 > 85.000\n"
           "kept Indlæggelse, somatisk\n");
}

Test(what_if, puts_the_law_before_the_workbooks_assumption)
{
    expect("Kontanthjælp: 50 % statsrefusion\n" HEAD "Kontanthjælp|63000|0\n" PAYERS,
           kf_date(2013, 9, 1), "kommunen 31.500 > 44.100\nstaten 31.500 > 18.900\n");
}

/* The cap of 2016 is known within limits: what is paid now is moved no more than to them. */
Test(what_if, moves_no_more_than_a_range_compels)
{
    expect(HEAD "Indlæggelse 1 måned|79837|79837\nUdgift for kommunen|8113|8227\n"
                "Udgift for regionen|71724|71610\nUdgift i alt|79837|79837\n",
           kf_date(2016, 6, 1), "kommunen 16.340 > 16.454\nregionen 143.334 > 143.220\n");
}
