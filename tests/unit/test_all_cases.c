#include <stdio.h>

#include "audit_maker.h"

enum { CASES = 150 };

/* A case of one course. Where both benefits cost the same, nothing but the cases before
 * tells which payer carries which. */
static void put_case(KfBuf *out, int number)
{
    const bool is_plain = number < 40 ? number % 3 != 0 : number % 7 == 0;
    const int label = number % 23, wrong = number % 11 == 5 ? 100 : 0;
    char text[400];

    snprintf(
        text, sizeof text,
        "Borger %d||\n||\nFaktisk forløb|0-6 mdr|7-12 mdr\nMentor %c|1000|%d\nKursus %c|1000|0\n"
        "Udgift for kommunen|1000|%d\nUdgift for staten|1000|0\nUdgift i alt|%d|%d\n||\n",
        number, 'A' + label, is_plain ? 500 : 0, 'A' + (number * 5) % 26, is_plain ? 500 : 0,
        2000 + wrong, is_plain ? 500 : 0);
    kf_buf_str(out, text);
}

static void put_all(const KfAudit *audit, void *ctx)
{
    KfBuf *out = ctx;

    cr_assert_eq(audit->model.case_count, CASES);
    for (size_t i = 0; i < audit->finding_count; i++) {
        put_finding(out, audit, &audit->findings[i]);
        kf_buf_int(out, audit->findings[i].root);
        kf_buf_text(out, audit->findings[i].message[KF_LANG_DA]);
        kf_buf_char(out, '\n');
    }
}

static KfStatus audit_by(void *ctx)
{
    AuditRun *run = ctx;
    KfAudit audit;

    kf_audit(&run->arena, make_book(&run->arena, run->sheets, run->count), &run->options, &audit);
    if (!audit.stopped)
        run->look(&audit, run->ctx);
    return KF_OK;
}

static KfBuf findings_by(unsigned threads, bool (*progress)(void *ctx, size_t done, size_t all))
{
    KfBuf rows = { 0 }, found = { 0 };
    MadeSheet sheet = { "Borgere", NULL };
    AuditRun run = { .sheets = &sheet, .count = 1, .look = put_all, .ctx = &found };
    KfRuleSet *rules;

    for (int i = 0; i < CASES; i++)
        put_case(&rows, i);
    kf_buf_char(&rows, '\0');
    sheet.rows = rows.ptr;
    cr_assert_eq(kf_ruleset_create(&rules, NULL), KF_OK);
    run.options = (KfCheckOptions){
        .rules = rules, .as_of = kf_date(2013, 9, 1), .threads = threads, .progress = progress
    };
    kf_arena_init(&run.arena);
    cr_assert_eq(kf_arena_run(&run.arena, audit_by, &run), KF_OK);
    kf_arena_finish(&run.arena);
    kf_ruleset_destroy(rules);
    kf_buf_free(&rows);
    return found;
}

Test(all_cases, finds_the_same_by_any_number_of_threads)
{
    KfBuf alone = findings_by(1, NULL);

    cr_assert_gt(alone.len, 1000);
    for (unsigned threads = 2; threads < 9; threads++) {
        KfBuf shared = findings_by(threads, NULL);

        cr_assert(kf_text_eq(kf_buf_view(&alone), kf_buf_view(&shared)), "%u threads:\n%.*s",
                  threads, (int)shared.len, shared.ptr);
        kf_buf_free(&shared);
    }
    kf_buf_free(&alone);
}

static bool stop_half_way(void *ctx, size_t done, size_t all)
{
    (void)ctx;
    return done < all / 2;
}

Test(all_cases, stops_when_asked_to)
{
    KfBuf alone = findings_by(1, stop_half_way), shared = findings_by(3, stop_half_way);

    cr_assert_eq(alone.len + shared.len, 0);
}
