/* Audits of small made-up sheets, and their findings as a few lines of text. */
#ifndef AUDIT_MAKER_H
#define AUDIT_MAKER_H

#include <criterion/criterion.h>

#include "book_maker.h"
#include "kf/audit.h"

typedef void (*AuditLook)(const KfAudit *audit, void *ctx);

typedef struct {
    KfArena arena;
    const MadeSheet *sheets;
    size_t count;
    KfCheckOptions options;
    AuditLook look;
    void *ctx;
} AuditRun;

static inline KfStatus audit_body(void *ctx)
{
    AuditRun *run = ctx;
    KfAudit audit;

    kf_audit(&run->arena, make_book(&run->arena, run->sheets, run->count), &run->options, &audit);
    run->look(&audit, run->ctx);
    return KF_OK;
}

/* Audit the sheets by the rules of a day (KF_DATE_NONE: find out which). */
static inline void audit_sheets(const MadeSheet *sheets, size_t count, KfDate as_of, AuditLook look,
                                void *ctx)
{
    AuditRun run = { .sheets = sheets, .count = count, .look = look, .ctx = ctx };
    KfRuleSet *rules;

    cr_assert_eq(kf_ruleset_create(&rules, NULL), KF_OK);
    run.options = (KfCheckOptions){ .rules = rules, .as_of = as_of };
    kf_arena_init(&run.arena);
    cr_assert_eq(kf_arena_run(&run.arena, audit_body, &run), KF_OK);
    kf_arena_finish(&run.arena);
    kf_ruleset_destroy(rules);
}

static inline void put_value(KfBuf *out, KfValue value)
{
    if (value.kind == KF_VALUE_NONE)
        return;
    kf_buf_char(out, ' ');
    if (value.kind == KF_VALUE_AMOUNT)
        kf_buf_amount(out, value.amount, KF_LANG_DA);
    else
        kf_buf_text(out, value.text);
}

/* "C4 split-state error correct 9.450"; what follows from another is indented. */
static inline void put_finding(KfBuf *out, const KfAudit *audit, const KfFinding *finding)
{
    kf_buf_str(out, finding->root ? "  " : "");
    if (finding->cell.sheet) {
        kf_buf_text(out, audit->book->sheets[finding->cell.sheet].name);
        kf_buf_char(out, '!');
    }
    kf_buf_cellref(out, finding->cell.row, finding->cell.col);
    kf_buf_char(out, ' ');
    kf_buf_str(out, kf_finding_code(finding->code));
    kf_buf_char(out, ' ');
    kf_buf_str(out, kf_severity_key(finding->severity));
    kf_buf_char(out, ' ');
    kf_buf_str(out, kf_action_key(finding->action));
    put_value(out, finding->expected);
    kf_buf_char(out, '\n');
}

typedef struct {
    const char *expected;
    KfSeverity least;
} Expectation;

static inline void look_at_findings(const KfAudit *audit, void *ctx)
{
    const Expectation *expectation = ctx;
    KfBuf out = { 0 };

    for (size_t i = 0; i < audit->finding_count; i++) {
        if (audit->findings[i].severity >= expectation->least)
            put_finding(&out, audit, &audit->findings[i]);
    }
    cr_assert(kf_text_eq(kf_buf_view(&out), kf_text(expectation->expected)), "found:\n%.*s",
              (int)out.len, out.ptr ? out.ptr : "");
    kf_buf_free(&out);
}

/* The findings of one sheet by the rules of a day, from this severity on. */
static inline void expect_at(KfDate as_of, KfSeverity least, const char *rows, const char *expected)
{
    const MadeSheet sheet = { "Borger 1", rows };
    Expectation expectation = { expected, least };

    audit_sheets(&sheet, 1, as_of, look_at_findings, &expectation);
}

/* By the rules of 2013. */
static inline void expect_from(KfSeverity least, const char *rows, const char *expected)
{
    expect_at(kf_date(2013, 9, 1), least, rows, expected);
}

/* Its errors and warnings alone. */
static inline void expect_findings(const char *rows, const char *expected)
{
    expect_from(KF_WARNING, rows, expected);
}

#endif
