/* kontrafakt fix FILE [-o OUT] */
#include "cli.h"

#include <string.h>

typedef struct {
    const CliOptions *options;
    CliAudit audit;
    const KfRuleSet *rules;
    KfAudit settled; /* with what the user has decided */
    KfFixPlan plan;
    KfFixOptions how;
    KfEdits edits;
    KfBuf output; /* path, ended by NUL */
    KfWritten written;
    KfError error;
    bool has_output;
} Fix;

static KfStatus make_plan(void *ctx)
{
    Fix *fix = ctx;
    const CliOptions *options = fix->options;
    const KfCheckOptions checks = cli_check_options(options, fix->rules, fix->audit.path);
    KfArena *arena = kf_file_arena(fix->audit.file);

    kf_fix_settle(arena, &fix->audit.audit, &checks, &options->choice, &fix->settled);
    kf_fix_plan(arena, &fix->settled, &fix->plan);
    kf_fix_edits(arena, &fix->settled, &fix->plan, &fix->how, &fix->edits);
    fix->audit.audit = fix->settled; /* of this the report tells */
    return KF_OK;
}

/* A copy of ours that has nothing left to correct is left as it is: its sheet tells
 * what was corrected, and the proposals still stand in it. */
static bool has_work(const Fix *fix)
{
    return fix->plan.change_count
           || (fix->plan.proposal_count && !kf_book_has_ours(fix->audit.audit.book));
}

static KfStatus write_copy(Fix *fix)
{
    const CliOptions *options = fix->options;
    const KfEdits none = { 0 };
    KfStatus status;
    CliHold hold;

    if (options->dry_run || (!has_work(fix) && !options->output))
        return KF_OK;
    if (has_work(fix) && !options->force && kf_file_is_signed(fix->audit.file))
        return kf_fail(&fix->error, KF_SIGNED, KF_TEXT(""), KF_TEXT(""));
    if (options->output)
        kf_buf_str(&fix->output, options->output);
    else
        cli_name_beside(&fix->output, fix->audit.path, "-rettet");
    if (options->output)
        kf_buf_char(&fix->output, '\0');
    if (fix->output.bad)
        return kf_fail(&fix->error, KF_NO_MEMORY, KF_TEXT(""), KF_TEXT(""));
    hold = cli_interrupt_hold(CLI_HOLD_WRITE);
    status = kf_file_write(fix->audit.file, has_work(fix) ? &fix->edits : &none, fix->output.ptr,
                           options->force, &fix->written, &fix->error);
    cli_interrupt_written(options, hold, fix->output.ptr);
    fix->has_output = status == KF_OK;
    return status;
}

static KfStatus plan_and_write(Fix *fix)
{
    KfStatus status;

    fix->how = (KfFixOptions){ .file_name = kf_text(cli_base_name(fix->audit.path)),
                               .sha256 = kf_file_sha256(fix->audit.file),
                               .lang = fix->options->lang,
                               .fills = !fix->options->no_fills,
                               .notes = !fix->options->no_notes,
                               .keep_protected = fix->options->choice.keep_protected };
    status = kf_arena_run(kf_file_arena(fix->audit.file), make_plan, fix);
    if (status != KF_OK)
        return kf_fail(&fix->error, status, KF_TEXT(""), KF_TEXT(""));
    return write_copy(fix);
}

static bool is_open(const KfFinding *finding, KfSeverity fail_on)
{
    if (finding->root)
        return false;
    if (finding->action == KF_ACTION_PROPOSE)
        return true;
    return finding->action == KF_ACTION_NONE && finding->severity >= fail_on;
}

static int exit_of(const Fix *fix)
{
    for (size_t i = 0; i < fix->audit.audit.finding_count; i++) {
        if (is_open(&fix->audit.audit.findings[i], fix->options->fail_on))
            return CLI_FOUND;
    }
    return CLI_OK;
}

static int report(Fix *fix, const KfRuleSet *rules, bool planned, int status)
{
    const KfReportOptions shown = cli_report_options(fix->options, rules);
    KfFixReport told = { .input = cli_file_report(&fix->audit),
                         .plan = planned ? &fix->plan : NULL,
                         .dry_run = fix->options->dry_run };
    KfBuf out = { 0 };

    if (cli_redact(&fix->audit, fix->options) != KF_OK) {
        cli_complain_error(&(KfError){ KF_NO_MEMORY, "", "" }, fix->options->operands[0],
                           fix->options->lang);
        return CLI_FAILED;
    }
    if (fix->output.len)
        told.output_path = kf_text(fix->output.ptr);
    if (planned) {
        told.edits = &fix->edits;
        told.voids_signature = has_work(fix) && kf_file_is_signed(fix->audit.file);
    }
    if (fix->has_output) {
        told.output_sha256 = kf_text(fix->written.sha256);
        told.parts = fix->written.parts;
        told.part_count = fix->written.part_count;
        told.same_parts = fix->written.same_parts;
    }
    if (fix->error.status != KF_OK)
        told.input.error = &fix->error;
    if (fix->options->format == CLI_AS_JSON)
        kf_report_fix_json(&out, &told, &shown);
    else if (status != CLI_FAILED)
        kf_report_fix_text(&out, &told, &shown);
    return cli_finish(&out, status, fix->options->lang);
}

/* ---- what was decided ------------------------------------------------------ */

static void list_acceptable(KfBuf *out, const KfAudit *audit)
{
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (!kf_is_acceptable(&audit->findings[i]))
            continue;
        kf_buf_str(out, out->len ? ", " : "");
        kf_buf_int(out, audit->findings[i].id);
    }
    kf_buf_char(out, '\0');
}

static void complain_of_id(const Fix *fix, uint32_t id)
{
    KfBuf number = { 0 }, list = { 0 };

    kf_buf_int(&number, id);
    kf_buf_char(&number, '\0');
    list_acceptable(&list, &fix->audit.audit);
    if (!number.bad && !list.bad)
        cli_usage_error(fix->options, list.len > 1 ? CLI_NOT_ACCEPTABLE : CLI_NOTHING_ACCEPTABLE,
                        (const char *[]){ number.ptr, list.ptr }, 2);
    kf_buf_free(&number);
    kf_buf_free(&list);
}

static bool can_accept(const Fix *fix)
{
    const KfFixChoice *choice = &fix->options->choice;

    for (size_t i = 0; i < choice->accepted_count; i++) {
        const KfFinding *finding = kf_audit_finding(&fix->audit.audit, choice->accepted[i]);

        if (finding && kf_is_acceptable(finding))
            continue;
        complain_of_id(fix, choice->accepted[i]);
        return false;
    }
    return true;
}

static bool touches_locked(const KfAudit *audit, size_t sheet)
{
    for (size_t i = 0; i < audit->finding_count; i++) {
        const KfFinding *finding = &audit->findings[i];

        if (finding->has_cell && finding->cell.sheet == sheet && finding->action != KF_ACTION_NONE
            && kf_grid_is_locked(&audit->book->sheets[sheet], finding->cell.row, finding->cell.col))
            return true;
    }
    return false;
}

static void tell_protected(const Fix *fix)
{
    const KfAudit *audit = &fix->audit.audit;

    for (size_t i = 0; fix->options->choice.keep_protected && i < audit->book->sheet_count; i++) {
        const KfGrid *sheet = &audit->book->sheets[i];
        KfBuf name = { 0 };

        if (!sheet->is_protected || !touches_locked(audit, i))
            continue;
        kf_buf_masked(&name, sheet->name);
        kf_buf_char(&name, '\0');
        if (!name.bad)
            cli_complain(fix->options, CLI_SHEET_PROTECTED, (const char *[]){ name.ptr }, 1);
        kf_buf_free(&name);
    }
}

static int fix_file(Fix *fix, const KfRuleSet *rules)
{
    const CliOptions *options = fix->options;
    int status = CLI_FAILED;
    bool planned = false;

    if (cli_audit_open(&fix->audit, options->operands[0], options, rules)) {
        if (!can_accept(fix))
            return CLI_FAILED;
        tell_protected(fix);
        planned = plan_and_write(fix) == KF_OK;
        if (planned)
            status = exit_of(fix);
        else
            cli_complain_error(&fix->error,
                               fix->output.len ? fix->output.ptr : options->operands[0],
                               options->lang);
    }
    return report(fix, rules, planned, status);
}

int cli_fix(const CliOptions *options)
{
    Fix fix = { .options = options };
    KfRuleSet *rules;
    int status;

    if (options->operand_count == 0)
        return cli_usage_error(options, CLI_NO_FILE, NULL, 0);
    if (options->operand_count > 1)
        return cli_usage_error(options, CLI_ONE_FILE, NULL, 0);
    if (!cli_rules_load(&rules, options))
        return CLI_FAILED;
    fix.rules = rules;
    status = fix_file(&fix, rules);
    cli_audit_close(&fix.audit);
    kf_buf_free(&fix.output);
    kf_ruleset_destroy(rules);
    return status;
}
