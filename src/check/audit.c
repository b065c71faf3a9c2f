/* The checks in the order they are run: what the sums show first, so that the
 * later ones leave cells alone that are explained already. */
#include "check/table_check.h"

#include "kf/extract.h"

static void report_unplaced(KfCheck *check)
{
    const KfModel *model = &check->audit->model;

    for (size_t i = 0; i < model->unplaced_count; i++) {
        KfFinding *finding =
            kf_finding_add(&check->list, KF_FINDING_FILE_UNPLACED, KF_INFO, KF_ACTION_NONE);

        finding->has_cell = true;
        finding->cell = model->unplaced[i].ref;
        finding->label = model->unplaced[i].text;
        kf_say(&check->list, finding, KF_SAY_UNPLACED, NULL, 0);
    }
}

/* Formulas that no one has calculated and that cannot be calculated here, in a
 * workbook of cases: those of any other workbook are nobody's concern. */
static void report_unknown_formulas(KfCheck *check)
{
    for (size_t i = 0; check->audit->model.case_count && i < check->book->unknown_count; i++) {
        KfRef ref = check->book->unknown[i];
        const KfCell *cell = kf_grid_at(&check->book->sheets[ref.sheet], ref.row, ref.col);
        KfArg formula = kf_arg_text(cell->formula);
        KfFinding *finding =
            kf_finding_add(&check->list, KF_FINDING_FORMULA_UNKNOWN, KF_INFO, KF_ACTION_NONE);

        finding->has_cell = true;
        finding->cell = ref;
        kf_say(&check->list, finding, KF_SAY_FORMULA_UNKNOWN, &formula, 1);
    }
}

static bool has_hidden(const KfGrid *grid, KfRange range)
{
    for (size_t i = 0; i < grid->hidden_row_count; i++) {
        if (grid->hidden_rows[i].first_row <= range.last_row
            && grid->hidden_rows[i].last_row >= range.first_row)
            return true;
    }
    for (size_t i = 0; i < grid->hidden_col_count; i++) {
        if (grid->hidden_cols[i].first_col <= range.last_col
            && grid->hidden_cols[i].last_col >= range.first_col)
            return true;
    }
    return grid->hidden;
}

void kf_tell_course(KfCheck *check, const KfPlace *place, KfFindingCode code, KfSeverity severity,
                    KfSay say)
{
    const KfCourse *course = place->course;
    const KfFigure corner = { .ref = { course->sheet, course->range.first_row,
                                       course->range.first_col } };

    kf_say(&check->list,
           kf_finding_at(check, place, code, severity, KF_ACTION_NONE, &corner, -1, KF_PAYER_NONE,
                         course->heading.text),
           say, NULL, 0);
}

void kf_check_hidden(KfCheck *check, const KfPlace *place)
{
    const KfCourse *course = place->course;

    if (has_hidden(&check->book->sheets[course->sheet], course->range))
        kf_tell_course(check, place, KF_FINDING_FILE_HIDDEN, KF_INFO, KF_SAY_HIDDEN);
}

static KfStatus run_checks(void *ctx)
{
    KfCheck *check = ctx;
    KfModel *model = &check->audit->model;

    check->scratch->on_no_memory = check->arena->on_no_memory;
    kf_extract_by(check->arena, check->book, check->options->threads, model);
    kf_check_as_of(check);
    if (check->options->law == KF_LAW_IN_FORCE && !kf_check_starts(check))
        return KF_OK;
    kf_check_assumptions(check);
    report_unplaced(check);
    report_unknown_formulas(check);
    if (!kf_check_cases(check))
        return KF_OK;
    kf_check_inconsistent(check);
    for (size_t i = 0; i < model->table_count; i++)
        kf_check_table(check, &model->tables[i]);
    kf_findings_order(&check->list);
    check->audit->findings = check->list.items;
    check->audit->finding_count = check->list.count;
    kf_ignores_apply(check->arena, check->options, check->audit);
    check->audit->year = check->year;
    check->audit->date_confidence = check->date_confidence;
    check->audit->inferred = check->inferred;
    check->audit->inferred_count = check->inferred_count;
    return KF_OK;
}

void kf_audit(KfArena *arena, const KfBook *book, const KfCheckOptions *options, KfAudit *out)
{
    KfArena scratch;
    KfToldCells told = { 0 };
    KfCheck check = { .arena = arena,
                      .scratch = &scratch,
                      .book = book,
                      .options = options,
                      .audit = out,
                      .list = { .arena = arena, .book = book, .told = &told } };
    KfStatus status;

    kf_arena_init(&scratch);
    *out = (KfAudit){ .book = book,
                      .tolerance = options->tolerance,
                      .law = options->law,
                      .rules_name = kf_ruleset_name(options->rules),
                      .rules = options->rules };
    status = kf_arena_run(arena, run_checks, &check);
    kf_arena_finish(&scratch);
    if (status != KF_OK)
        kf_arena_give_up(arena);
}

size_t kf_audit_count(const KfAudit *audit, KfSeverity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < audit->finding_count; i++)
        count += audit->findings[i].severity == severity && !audit->findings[i].root;
    return count;
}

const KfFinding *kf_audit_finding(const KfAudit *audit, uint32_t id)
{
    if (id > 0 && id <= audit->finding_count && audit->findings[id - 1].id == id)
        return &audit->findings[id - 1];
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (audit->findings[i].id == id)
            return &audit->findings[i];
    }
    return NULL;
}
