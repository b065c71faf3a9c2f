/* The derivation of a cell for a person: one column of figures at the right, the
 * steps that lead to them in between. */
#include "report/text_report.h"

enum { ROW_INDENT = 2, STEP_INDENT = 8, FIGURE_END = 76 };

static void put_figure(KfBuf *out, size_t start, KfText figure)
{
    size_t used =
        kf_text_columns(kf_text_slice(kf_buf_view(out), start, out->len)) + kf_text_columns(figure);

    kf_buf_spaces(out, used + 2 < FIGURE_END ? FIGURE_END - used : 2);
    kf_buf_text(out, figure);
    kf_buf_char(out, '\n');
}

static void fill_value(KfBuf *out, KfValue value, KfLang lang)
{
    if (value.kind == KF_VALUE_NONE)
        kf_buf_text(out, kf_phrase(SAY_BLANK, lang));
    else
        kf_buf_value(out, value, lang);
}

static void put_text(KfBuf *out, KfText text, size_t indent)
{
    KfBuf masked = { 0 };

    kf_buf_masked(&masked, text);
    kf_buf_wrapped(out, kf_buf_view(&masked), indent);
    out->bad |= masked.bad;
    kf_buf_free(&masked);
}

/* A line that ends in a figure: a part, a term, the sum. */
static void put_counted(KfBuf *out, const KfStep *step, KfLang lang)
{
    size_t start = out->len;
    KfBuf figure = { 0 };

    if (step->kind == KF_STEP_TERM) {
        kf_buf_spaces(out, ROW_INDENT);
        kf_buf_cellref(out, step->cell.row, step->cell.col);
        kf_buf_spaces(out, 2);
        kf_buf_masked(out, step->label);
    } else {
        kf_buf_spaces(out, step->kind == KF_STEP_SUM ? ROW_INDENT : STEP_INDENT);
        kf_buf_masked(out, step->text[lang]);
    }
    if (step->is_range) {
        kf_buf_amount(&figure, step->range.lo, lang);
        kf_buf_text(&figure, kf_phrase(SAY_EXPLAIN_TO, lang));
        kf_buf_amount(&figure, step->range.hi, lang);
    } else {
        fill_value(&figure, step->amount, lang);
    }
    put_figure(out, start, kf_buf_view(&figure));
    out->bad |= figure.bad;
    kf_buf_free(&figure);
    if (step->kind == KF_STEP_TERM && step->text[lang].len)
        put_text(out, step->text[lang], STEP_INDENT);
}

static void put_item(KfBuf *out, const KfStep *step, KfLang lang)
{
    kf_buf_spaces(out, ROW_INDENT);
    kf_buf_cellref(out, step->cell.row, step->cell.col);
    kf_buf_spaces(out, 2);
    kf_buf_masked(out, step->label);
    kf_buf_str(out, step->label.len ? ": " : "");
    fill_value(out, step->amount, lang);
    kf_buf_char(out, '\n');
}

static void put_step(KfBuf *out, const KfStep *step, KfLang lang)
{
    switch (step->kind) {
    case KF_STEP_HEADING:
        kf_buf_char(out, '\n');
        put_text(out, step->text[lang], 0);
        break;
    case KF_STEP_ITEM:
        put_item(out, step, lang);
        break;
    case KF_STEP_PART:
    case KF_STEP_TERM:
    case KF_STEP_SUM:
        put_counted(out, step, lang);
        break;
    case KF_STEP_READING:
    case KF_STEP_NOTE:
        put_text(out, step->text[lang], ROW_INDENT);
        break;
    default:
        put_text(out, step->text[lang], STEP_INDENT);
    }
}

/* ---- head and result --------------------------------------------------------- */

static void put_head(KfBuf *out, const KfExplainReport *report, KfLang lang)
{
    const KfAudit *audit = report->file.audit;
    KfBuf part[3] = { 0 };

    kf_buf_masked(&part[0], report->file.path);
    kf_buf_masked(&part[1], audit->rules_name);
    kf_buf_as_of(&part[2], audit, lang);
    kf_buf_line(out, SAY_EXPLAIN_HEAD, lang,
                (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]), kf_buf_view(&part[2]) },
                3);
    for (size_t i = 0; i < 3; i++) {
        out->bad |= part[i].bad;
        kf_buf_free(&part[i]);
    }
}

static void put_cell(KfBuf *out, const KfExplainReport *report, KfLang lang)
{
    const KfExplained *cell = report->explained;
    KfBuf citizen = { 0 };

    kf_buf_char(out, '\n');
    kf_buf_place(out, report->file.audit, cell->ref, KF_TEXT(""));
    kf_buf_spaces(out, 2);
    kf_buf_masked(out, cell->label);
    if (cell->period.len && cell->kind != KF_EXPLAIN_PERIOD) {
        kf_buf_str(out, cell->label.len ? ", " : "");
        kf_buf_months(out, cell->period, lang);
    }
    kf_buf_char(out, '\n');
    if (cell->case_index != KF_NO_INDEX) {
        kf_buf_masked(&citizen, kf_citizen(report->file.audit, cell->case_index));
        kf_buf_phrase(
            out, SAY_BLOCK_COURSE, lang,
            (KfText[]){ kf_buf_view(&citizen), kf_phrase_course((int)cell->course, lang) }, 2);
        kf_buf_char(out, '\n');
        out->bad |= citizen.bad;
        kf_buf_free(&citizen);
    }
    if (cell->formula.len) {
        KfBuf formula = { 0 };

        kf_buf_masked(&formula, cell->formula);
        kf_buf_line(out, SAY_EXPLAIN_FORMULA, lang, (KfText[]){ kf_buf_view(&formula) }, 1);
        out->bad |= formula.bad;
        kf_buf_free(&formula);
    }
}

static void put_result_line(KfBuf *out, KfPhrase say, KfValue value, KfLang lang)
{
    size_t start = out->len;
    KfBuf figure = { 0 };

    kf_buf_spaces(out, ROW_INDENT);
    kf_buf_text(out, kf_phrase(say, lang));
    fill_value(&figure, value, lang);
    put_figure(out, start, kf_buf_view(&figure));
    out->bad |= figure.bad;
    kf_buf_free(&figure);
}

static void put_result(KfBuf *out, const KfExplained *cell, KfLang lang)
{
    const KfValue right = kf_value_unlike(cell->expected, cell->stands);
    const KfValue difference = { KF_VALUE_AMOUNT,
                                 cell->expected.amount - cell->stands.amount,
                                 { 0 } };

    kf_buf_char(out, '\n');
    put_result_line(out, SAY_EXPLAIN_STANDS, cell->stands, lang);
    if (right.kind == KF_VALUE_NONE)
        return;
    put_result_line(out, SAY_EXPLAIN_EXPECTED, right, lang);
    if (right.kind == KF_VALUE_AMOUNT && cell->stands.kind == KF_VALUE_AMOUNT)
        put_result_line(out, SAY_EXPLAIN_DIFFERENCE, difference, lang);
}

/* ---- findings ----------------------------------------------------------------- */

/* What follows from a finding of this cell is told under it. */
static bool is_beneath(const KfExplained *cell, const KfFinding *finding)
{
    for (size_t i = 0; finding->root && i < cell->finding_count; i++) {
        if (cell->findings[i]->id == finding->root)
            return true;
    }
    return false;
}

static void put_findings(KfBuf *out, const KfExplainReport *report, const KfReportOptions *options)
{
    const KfExplained *cell = report->explained;
    KfLines lines;

    kf_buf_char(out, '\n');
    if (cell->finding_count == 0) {
        kf_buf_line(out, SAY_EXPLAIN_NO_FINDINGS, options->lang, NULL, 0);
        return;
    }
    kf_buf_line(out, SAY_EXPLAIN_FINDINGS, options->lang, NULL, 0);
    kf_lines_init(&lines, out, options, report->file.audit);
    kf_lines_begin(&lines);
    for (size_t i = 0; i < cell->finding_count; i++) {
        if (!is_beneath(cell, cell->findings[i]))
            kf_lines_measure(&lines, cell->findings[i]);
    }
    for (size_t i = 0; i < cell->finding_count; i++) {
        if (is_beneath(cell, cell->findings[i]))
            kf_lines_consequence(&lines, cell->findings[i]);
        else
            kf_lines_finding(&lines, cell->findings[i], true);
    }
    kf_lines_finish(&lines);
}

void kf_report_explain_text(KfBuf *out, const KfExplainReport *report,
                            const KfReportOptions *options)
{
    const KfExplained *cell = report->explained;

    if (!cell)
        return;
    put_head(out, report, options->lang);
    put_cell(out, report, options->lang);
    if (cell->step_count && cell->steps[0].kind != KF_STEP_HEADING)
        kf_buf_char(out, '\n');
    for (size_t i = 0; i < cell->step_count; i++)
        put_step(out, &cell->steps[i], options->lang);
    put_result(out, cell, options->lang);
    put_findings(out, report, options);
}
