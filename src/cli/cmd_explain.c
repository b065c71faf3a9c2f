/* kontrafakt explain FILE CELL */
#include "cli.h"

typedef struct {
    const CliOptions *options;
    CliAudit audit;
    KfBuf asked;  /* the cell as it was typed */
    KfBuf sheet;  /* its sheet, unquoted; empty when none was named */
    KfBuf reason; /* why the cell cannot be explained */
    bool has_sheet;
    uint32_t row, col;
    KfExplained explained;
    bool is_explained;
} Explain;

/* ---- the cell -------------------------------------------------------------- */

/* A sheet's name of several words needs no quotes. */
static void join_cell(Explain *explain)
{
    for (size_t i = 1; i < explain->options->operand_count; i++) {
        if (i > 1)
            kf_buf_char(&explain->asked, ' ');
        kf_buf_str(&explain->asked, explain->options->operands[i]);
    }
}

/* 'Borger 1' without its quotes; a quote within is doubled. */
static void take_sheet(KfBuf *out, KfText name)
{
    bool quoted = name.len >= 2 && name.ptr[0] == '\'' && name.ptr[name.len - 1] == '\'';

    if (quoted)
        name = kf_text_slice(name, 1, name.len - 1);
    for (size_t i = 0; i < name.len; i++) {
        kf_buf_char(out, name.ptr[i]);
        if (quoted && name.ptr[i] == '\'' && i + 1 < name.len && name.ptr[i + 1] == '\'')
            i++;
    }
}

static bool read_cell(Explain *explain)
{
    KfText text = kf_text_trim(kf_buf_view(&explain->asked));
    size_t mark = text.len;

    while (mark > 0 && text.ptr[mark - 1] != '!')
        mark--;
    explain->has_sheet = mark > 0;
    if (mark > 0)
        take_sheet(&explain->sheet, kf_text_trim(kf_text_slice(text, 0, mark - 1)));
    return kf_cellref_read(kf_text_slice(text, mark, text.len), &explain->row, &explain->col);
}

static bool is_asked(const Explain *explain, KfText sheet)
{
    return !explain->has_sheet || kf_text_same_name(sheet, kf_buf_view(&explain->sheet));
}

static KfStatus run_explain(void *ctx)
{
    Explain *explain = ctx;
    const KfBook *book = kf_file_book(explain->audit.file);

    for (size_t i = 0; i < book->sheet_count && !explain->is_explained; i++) {
        const KfRef ref = { (uint32_t)i, explain->row, explain->col };

        if (is_asked(explain, book->sheets[i].name))
            explain->is_explained =
                kf_explain_cell(kf_file_arena(explain->audit.file), &explain->audit.audit, ref,
                                &explain->explained);
    }
    return KF_OK;
}

/* ---- why not ---------------------------------------------------------------- */

static void give_reason(Explain *explain, CliSay say, const char *const *args, size_t count)
{
    cli_say(&explain->reason, say, explain->options->lang, args, count);
    kf_buf_char(&explain->reason, '\0');
    cli_complain(explain->options, CLI_PLAIN,
                 (const char *[]){ explain->reason.bad ? "" : explain->reason.ptr }, 1);
    if (explain->reason.len)
        explain->reason.len--;
}

/* What stands in the cell that is no figure; false when no such sheet is there. */
static bool fill_content(const Explain *explain, KfBuf *content, KfBuf *sheets)
{
    const KfBook *book = kf_file_book(explain->audit.file);
    bool any = false;

    for (size_t i = 0; i < book->sheet_count; i++) {
        const KfCell *cell = kf_grid_at(&book->sheets[i], explain->row, explain->col);

        kf_buf_str(sheets, i ? ", " : "");
        kf_buf_text(sheets, book->sheets[i].name);
        if (!is_asked(explain, book->sheets[i].name))
            continue;
        any = true;
        if (cell && cell->text.len && content->len == 0)
            kf_buf_text(content, cell->text);
    }
    kf_buf_char(sheets, '\0');
    return any;
}

static void tell_no_figure(Explain *explain)
{
    const char *path = explain->options->operands[0];
    KfBuf content = { 0 }, sheets = { 0 }, asked = { 0 };
    bool has_sheet = fill_content(explain, &content, &sheets);
    bool empty = content.len == 0;

    kf_buf_char(&content, '\0');
    kf_buf_text(&asked, kf_buf_view(&explain->asked));
    kf_buf_char(&asked, '\0');
    if (content.bad || sheets.bad || asked.bad)
        give_reason(explain, CLI_PLAIN, (const char *[]){ path }, 1);
    else if (!has_sheet)
        give_reason(explain, CLI_NO_SHEET, (const char *[]){ path, asked.ptr, sheets.ptr }, 3);
    else
        give_reason(explain, empty ? CLI_EMPTY_CELL : CLI_NO_FIGURE,
                    (const char *[]){ path, asked.ptr, content.ptr }, 3);
    kf_buf_free(&content);
    kf_buf_free(&sheets);
    kf_buf_free(&asked);
}

/* Told on stderr already; here for the report. */
static void take_error(Explain *explain)
{
    kf_error_text(&explain->reason, &explain->audit.error, kf_text(explain->options->operands[0]),
                  explain->options->lang);
}

/* ---- the command ------------------------------------------------------------ */

static int report(Explain *explain, const KfRuleSet *rules)
{
    const KfReportOptions shown = cli_report_options(explain->options, rules);
    const KfExplainReport told = {
        .file = cli_file_report(&explain->audit),
        .asked = kf_buf_view(&explain->asked),
        .explained = explain->is_explained ? &explain->explained : NULL,
        .problem = kf_buf_view(&explain->reason),
    };
    KfBuf out = { 0 };

    if (explain->options->format == CLI_AS_JSON)
        kf_report_explain_json(&out, &told, &shown);
    else
        kf_report_explain_text(&out, &told, &shown);
    return cli_finish(&out, explain->is_explained ? CLI_OK : CLI_FAILED, explain->options->lang);
}

static int explain_file(Explain *explain, const KfRuleSet *rules)
{
    const CliOptions *options = explain->options;
    const KfError no_memory = { KF_NO_MEMORY, "", "" };

    if (!cli_audit_open(&explain->audit, options->operands[0], options, rules))
        take_error(explain);
    else if (kf_arena_run(kf_file_arena(explain->audit.file), run_explain, explain) != KF_OK)
        cli_complain_error(&no_memory, options->operands[0], options->lang);
    else if (!explain->is_explained)
        tell_no_figure(explain);
    return report(explain, rules);
}

static int explain_cell(Explain *explain)
{
    KfRuleSet *rules;
    int status;

    join_cell(explain);
    if (!read_cell(explain)) {
        kf_buf_char(&explain->asked, '\0');
        return cli_usage_error(explain->options, CLI_BAD_CELL,
                               (const char *[]){ explain->asked.bad ? "" : explain->asked.ptr }, 1);
    }
    if (!cli_rules_load(&rules, explain->options))
        return CLI_FAILED;
    status = explain_file(explain, rules);
    cli_audit_close(&explain->audit);
    kf_ruleset_destroy(rules);
    return status;
}

int cli_explain(const CliOptions *options)
{
    Explain explain = { .options = options };
    int status;

    if (options->operand_count == 0)
        return cli_usage_error(options, CLI_NO_FILE, NULL, 0);
    if (options->operand_count == 1)
        return cli_usage_error(options, CLI_NO_CELL, NULL, 0);
    status = explain_cell(&explain);
    kf_buf_free(&explain.asked);
    kf_buf_free(&explain.sheet);
    kf_buf_free(&explain.reason);
    return status;
}
