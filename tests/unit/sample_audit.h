/* A small audit by hand: one citizen, one course of two periods, and findings of
 * every kind. Built anew by each test, in its own arena. */
#ifndef SAMPLE_AUDIT_H
#define SAMPLE_AUDIT_H

#include "kf/report.h"

#include <string.h>

enum { SAMPLE_PERIODS = 2, SAMPLE_FINDINGS = 8 };

typedef struct {
    KfArena arena;
    KfCell cells[10];
    KfGrid sheets[2];
    KfBook book;
    KfText format;
    KfPeriodColumn periods[SAMPLE_PERIODS];
    KfItem item;
    KfFigure amounts[SAMPLE_PERIODS], municipality[SAMPLE_PERIODS], state[SAMPLE_PERIODS],
        totals[SAMPLE_PERIODS];
    KfCase citizen;
    KfAlternative alternative;
    KfFinding findings[SAMPLE_FINDINGS];
    KfAudit audit;
    KfFixPlan plan;
    KfEdits edits;
    KfFixOptions fix_options;
} Sample;

static KfCell sample_cell(uint32_t row, uint32_t col, KfCellKind kind, const char *text,
                          const char *formula)
{
    return (KfCell){ .row = row - 1,
                     .col = col,
                     .kind = (uint8_t)kind,
                     .text = kf_text(text),
                     .formula = kf_text(formula) };
}

static KfFigure sample_figure(uint32_t row, uint32_t col, KfOere value)
{
    return (KfFigure){ .ref = { 0, row - 1, col },
                       .state = KF_FIGURE_STATED,
                       .value = value,
                       .range = { value, value } };
}

static KfValue sample_amount(KfOere oere)
{
    return (KfValue){ .kind = KF_VALUE_AMOUNT, .amount = oere };
}

static KfFinding sample_finding(uint32_t id, KfFindingCode code, KfSeverity severity,
                                KfAction action, uint32_t row, uint32_t col, const char *label)
{
    return (KfFinding){ .id = id,
                        .code = code,
                        .severity = severity,
                        .action = action,
                        .has_cell = row > 0,
                        .cell = { 0, row - 1, col },
                        .case_index = 0,
                        .course = KF_ACTUAL,
                        .payer = KF_PAYER_NONE,
                        .label = kf_text(label) };
}

static void sample_findings(Sample *s)
{
    KfFinding *f = s->findings;

    f[0] = sample_finding(1, KF_FINDING_TOTAL_ITEMS, KF_ERROR, KF_ACTION_CORRECT, 7, 2,
                          "Udgift i alt");
    f[0].found = sample_amount(9082600);
    f[0].expected = sample_amount(9282600);
    f[0].period = KF_TEXT("7-12");
    f[0].message[KF_LANG_DA] = KF_TEXT("Ydelserne giver 92.826, og betalerne giver 92.826. Ét "
                                       "ciffer afviger (0 i stedet for 2).");
    f[0].message[KF_LANG_EN] = KF_TEXT("The items give 92,826.");
    f[1] = sample_finding(2, KF_FINDING_TOTAL_CASE, KF_ERROR, KF_ACTION_CORRECT, 10, 1,
                          "Samlet totaludgift");
    f[1].root = 1;
    f[1].found = sample_amount(17454400);
    f[1].expected = sample_amount(17654400);
    f[2] = sample_finding(3, KF_FINDING_AMOUNT_TYPO, KF_WARNING, KF_ACTION_PROPOSE, 4, 2,
                          "Kontanthjælp 010190-1234");
    f[2].found = sample_amount(7371800);
    f[2].expected = sample_amount(8371800);
    f[2].period = KF_TEXT("7-12");
    f[2].message[KF_LANG_DA] = KF_TEXT("6 måneder á 13.953 er 83.718.");
    f[2].message[KF_LANG_EN] = KF_TEXT("6 months of 13,953 are 83,718.");
    f[2].source = KF_TEXT("Sats 2013");
    s->alternative = (KfAlternative){ { 1, 3, 1 }, sample_amount(8371800), sample_amount(7371800) };
    f[2].alternatives = &s->alternative;
    f[2].alternative_count = 1;
    f[3] = sample_finding(4, KF_FINDING_BENEFIT_UNKNOWN, KF_INFO, KF_ACTION_NONE, 4, 0, "Bonus");
    f[4] = sample_finding(5, KF_FINDING_SPLIT_STATE, KF_ERROR, KF_ACTION_CORRECT, 6, 2,
                          "Udgift for staten");
    f[4].payer = KF_STATE;
    f[4].period = KF_TEXT("7-12");
    f[4].found = sample_amount(2511540);
    f[4].expected = sample_amount(2711540);
    f[5] = sample_finding(6, KF_FINDING_AMOUNT_TEXT, KF_WARNING, KF_ACTION_CORRECT, 6, 2,
                          "Udgift for staten");
    f[5].root = 5;
    f[5].found = f[5].expected = sample_amount(2511540);
    f[6] = sample_finding(7, KF_FINDING_PERIOD_LABEL, KF_WARNING, KF_ACTION_PROPOSE, 2, 2, "");
    f[6].found = (KfValue){ .kind = KF_VALUE_TEXT, .text = KF_TEXT("7-11 mdr") };
    f[6].expected = (KfValue){ .kind = KF_VALUE_TEXT, .text = KF_TEXT("7-12 mdr") };
    f[7] = sample_finding(8, KF_FINDING_FILE_HIDDEN, KF_WARNING, KF_ACTION_NONE, 0, 0, "");
    f[7].case_index = KF_NO_INDEX;
    f[7].course = -1;
    f[7].message[KF_LANG_DA] = KF_TEXT("Række 8 er skjult.");
}

static void sample_course(Sample *s)
{
    KfCourse *course = &s->citizen.courses[KF_ACTUAL];

    s->periods[0] =
        (KfPeriodColumn){ .period = { 0, 6 }, .label = { KF_TEXT("0-6 mdr"), { 0, 1, 1 }, true } };
    s->periods[1] = (KfPeriodColumn){ .period = { 7, 12 },
                                      .label = { KF_TEXT("7-11 mdr"), { 0, 1, 2 }, true } };
    for (uint32_t i = 0; i < SAMPLE_PERIODS; i++) {
        s->amounts[i] = sample_figure(4, i + 1, i ? 7371800 : 8371800);
        s->municipality[i] = sample_figure(5, i + 1, 5860260);
        s->state[i] = sample_figure(6, i + 1, 2511540);
        s->totals[i] = sample_figure(7, i + 1, i ? 9082600 : 8371800);
    }
    s->item = (KfItem){ .label = { KF_TEXT("Kontanthjælp 010190-1234"), { 0, 3, 0 }, true },
                        .parts = kf_no_parts,
                        .section = KF_TEXT("Forsørgelsesgrundlag"),
                        .amounts = s->amounts };
    *course = (KfCourse){ .kind = KF_ACTUAL,
                          .sheet_name = KF_TEXT("Borger 3"),
                          .range = { 1, 0, 9, 2 },
                          .periods = s->periods,
                          .period_count = SAMPLE_PERIODS,
                          .items = &s->item,
                          .item_count = 1,
                          .totals = s->totals };
    course->payers[KF_MUNICIPALITY] = s->municipality;
    course->payers[KF_STATE] = s->state;
    course->payer_totals[KF_MUNICIPALITY] = sample_figure(8, 1, 11720520);
    course->case_total = sample_figure(10, 1, 17454400);
    s->citizen.citizen = KF_TEXT("Borger 3");
    s->citizen.has[KF_ACTUAL] = true;
}

static KfStatus sample_build(void *ctx)
{
    Sample *s = ctx;

    s->cells[0] = sample_cell(2, 2, KF_CELL_TEXT, "7-11 mdr", NULL);
    s->cells[1] = sample_cell(4, 1, KF_CELL_NUMBER, "83718", NULL);
    s->cells[2] = sample_cell(4, 2, KF_CELL_NUMBER, "73718", NULL);
    s->cells[3] = sample_cell(6, 2, KF_CELL_TEXT, "25.115,40", NULL);
    s->cells[4] = sample_cell(7, 2, KF_CELL_NUMBER, "90826", NULL);
    s->cells[5] = sample_cell(10, 1, KF_CELL_NUMBER, "174544", "B7+C7");
    s->sheets[0] = (KfGrid){ .name = KF_TEXT("Borger 3"), .cells = s->cells, .cell_count = 6 };
    s->sheets[1] = (KfGrid){ .name = KF_TEXT("Ole's ark") };
    kf_grid_index(&s->arena, &s->sheets[0]);
    kf_grid_index(&s->arena, &s->sheets[1]);
    s->format = KF_TEXT("General");
    s->book =
        (KfBook){ .sheets = s->sheets, .sheet_count = 2, .formats = &s->format, .format_count = 1 };
    sample_course(s);
    sample_findings(s);
    s->audit = (KfAudit){ .book = &s->book,
                          .model = { .cases = &s->citizen, .case_count = 1 },
                          .findings = s->findings,
                          .finding_count = SAMPLE_FINDINGS,
                          .as_of = kf_date(2013, 9, 1),
                          .as_of_source = KF_AS_OF_RATES,
                          .rates_fitting = 2,
                          .rates_tried = 2,
                          .rules_name = KF_TEXT("dk") };
    return KF_OK;
}

static KfStatus sample_plan(void *ctx)
{
    Sample *s = ctx;

    kf_fix_plan(&s->arena, &s->audit, &s->plan);
    return KF_OK;
}

/* Accepts proposals without checking anew: the sample has no book to check. */
static inline void sample_accept(Sample *s, size_t finding)
{
    s->findings[finding].action = KF_ACTION_CORRECT;
    s->findings[finding].accepted = true;
}

static KfStatus sample_edits(void *ctx)
{
    Sample *s = ctx;

    kf_fix_edits(&s->arena, &s->audit, &s->plan, &s->fix_options, &s->edits);
    return KF_OK;
}

static bool sample_run(Sample *s, KfStatus (*body)(void *ctx))
{
    return kf_arena_run(&s->arena, body, s) == KF_OK;
}

static bool sample_init(Sample *s)
{
    memset(s, 0, sizeof *s);
    kf_arena_init(&s->arena);
    s->fix_options = (KfFixOptions){ .file_name = KF_TEXT("sag.xlsx"),
                                     .sha256 = KF_TEXT("00ff"),
                                     .lang = KF_LANG_DA,
                                     .fills = true,
                                     .notes = true };
    return sample_run(s, sample_build) && sample_run(s, sample_plan) && sample_run(s, sample_edits);
}

#endif
