/* Findings as lines for a person: columns as wide as their block needs. */
#include "report/text_report.h"

enum { PLACE, ROW, FOUND, EXPECTED };

/* Width of the severity in front of a finding: "advarsel". */
enum { MARGIN = 2, SEVERITY_WIDTH = 8, REASON_INDENT = MARGIN + SEVERITY_WIDTH + 2 };

/* A longer row text pushes its own line to the right, not the whole block. */
static const size_t widest[KF_LINE_COLUMNS] = { 30, 44, 24, 24 };

size_t kf_text_columns(KfText text)
{
    size_t count = 0;

    for (size_t pos = 0; kf_text_next(text, &pos) >= 0;)
        count++;
    return count;
}

void kf_buf_spaces(KfBuf *out, size_t count)
{
    while (count--)
        kf_buf_char(out, ' ');
}

/* Bytes of text that fit into room: up to the last space, or one whole word. */
static size_t fitting(KfText text, size_t room)
{
    size_t fits = 0, columns = 0;

    for (size_t pos = 0; pos < text.len; columns++) {
        size_t at = pos;

        if (kf_text_next(text, &pos) == ' ' && (columns <= room || fits == 0))
            fits = at;
        if (columns >= room && fits)
            return fits;
    }
    return columns <= room || fits == 0 ? text.len : fits;
}

void kf_buf_wrapped(KfBuf *out, KfText text, size_t indent)
{
    for (text = kf_text_trim(text); text.len;) {
        size_t len = fitting(text, KF_PAGE_WIDTH - indent);

        kf_buf_spaces(out, indent);
        kf_buf_text(out, kf_text_slice(text, 0, len));
        kf_buf_char(out, '\n');
        text = kf_text_trim(kf_text_slice(text, len, text.len));
    }
}

static void trim_line(KfBuf *out)
{
    while (out->len && out->ptr[out->len - 1] == ' ')
        out->len--;
}

void kf_buf_line(KfBuf *out, KfPhrase say, KfLang lang, const KfText *args, size_t arg_count)
{
    kf_buf_phrase(out, say, lang, args, arg_count);
    trim_line(out);
    kf_buf_char(out, '\n');
}

void kf_lines_init(KfLines *lines, KfBuf *out, const KfReportOptions *options, const KfAudit *audit)
{
    *lines = (KfLines){ .out = out, .options = options, .audit = audit };
}

void kf_lines_finish(KfLines *lines)
{
    for (size_t i = 0; i < KF_LINE_COLUMNS; i++) {
        lines->out->bad |= lines->column[i].bad;
        kf_buf_free(&lines->column[i]);
    }
}

void kf_lines_begin(KfLines *lines)
{
    for (size_t i = 0; i < KF_LINE_COLUMNS; i++)
        lines->width[i] = 0;
}

static void fill_row(KfBuf *out, const KfFinding *finding, KfLang lang)
{
    /* A period heading is its own row text. */
    bool named = kf_text_find(finding->label, finding->period) != SIZE_MAX;

    kf_buf_masked(out, finding->label);
    if (finding->period.len && !named) {
        kf_buf_str(out, out->len ? ", " : "");
        if (finding->table)
            kf_buf_masked(out, finding->period);
        else
            kf_buf_months(out, finding->period, lang);
    }
    if (out->len == 0)
        kf_buf_str(out, kf_finding_title(finding->code, lang));
}

/* The sheet is named where there are several and the citizen does not name it. */
static void fill_place(KfLines *lines, KfBuf *out, const KfFinding *finding)
{
    const KfAudit *audit = lines->audit;
    KfText known = lines->name_sheets ? KF_TEXT("") : kf_citizen(audit, finding->case_index);

    if (!finding->has_cell)
        return;
    if (audit->book && audit->book->sheet_count == 1)
        known = kf_sheet_name(audit, finding->cell);
    kf_buf_place(out, audit, finding->cell, known);
}

static void fill(KfLines *lines, const KfFinding *finding)
{
    const KfValue right = kf_value_unlike(finding->expected, finding->found);
    KfLang lang = lines->options->lang;

    for (size_t i = 0; i < KF_LINE_COLUMNS; i++)
        lines->column[i].len = 0;
    fill_place(lines, &lines->column[PLACE], finding);
    fill_row(&lines->column[ROW], finding, lang);
    if (finding->found.kind != KF_VALUE_NONE || finding->expected.kind != KF_VALUE_NONE)
        kf_buf_value(&lines->column[FOUND], finding->found, lang);
    if (right.kind != KF_VALUE_NONE)
        kf_buf_value(&lines->column[EXPECTED], right, lang);
}

void kf_lines_measure(KfLines *lines, const KfFinding *finding)
{
    fill(lines, finding);
    for (size_t i = 0; i < KF_LINE_COLUMNS; i++) {
        size_t columns = kf_text_columns(kf_buf_view(&lines->column[i]));

        if (columns > widest[i])
            columns = widest[i];
        if (columns > lines->width[i])
            lines->width[i] = columns;
    }
}

static void put_column(KfLines *lines, int column, bool right)
{
    KfText text = kf_buf_view(&lines->column[column]);
    size_t columns = kf_text_columns(text);
    size_t pad = columns < lines->width[column] ? lines->width[column] - columns : 0;

    if (right)
        kf_buf_spaces(lines->out, pad);
    kf_buf_text(lines->out, text);
    if (!right)
        kf_buf_spaces(lines->out, pad);
}

static void put_severity(KfLines *lines, KfSeverity severity)
{
    static const struct {
        KfPhrase name;
        const char *color;
    } looks[KF_SEVERITY_COUNT] = {
        [KF_INFO] = { SAY_SEVERITY_INFO, "\x1B[36m" },
        [KF_WARNING] = { SAY_SEVERITY_WARNING, "\x1B[33m" },
        [KF_ERROR] = { SAY_SEVERITY_ERROR, "\x1B[31m" },
    };
    KfText name = kf_phrase(looks[severity].name, lines->options->lang);

    if (lines->options->color)
        kf_buf_str(lines->out, looks[severity].color);
    kf_buf_text(lines->out, name);
    if (lines->options->color)
        kf_buf_str(lines->out, "\x1B[0m");
    kf_buf_spaces(lines->out, SEVERITY_WIDTH + 2 - kf_text_columns(name));
}

static void put_action(KfLines *lines, KfAction action)
{
    static const KfPhrase names[] = {
        [KF_ACTION_NONE] = SAY_ACTION_NONE,
        [KF_ACTION_PROPOSE] = SAY_ACTION_PROPOSE,
        [KF_ACTION_CORRECT] = SAY_ACTION_CORRECT,
    };

    kf_buf_str(lines->out, "   ");
    kf_buf_text(lines->out, kf_phrase(names[action], lines->options->lang));
}

/* "90.826  →  92.826", as wide as the block; blanks where nothing is expected. */
static void put_figures(KfLines *lines)
{
    if (lines->width[FOUND] == 0)
        return;
    kf_buf_str(lines->out, "  ");
    put_column(lines, FOUND, true);
    if (lines->width[EXPECTED] == 0)
        return;
    kf_buf_str(lines->out, lines->column[EXPECTED].len ? "  →  " : "     ");
    put_column(lines, EXPECTED, false);
}

static void put_columns(KfLines *lines)
{
    if (lines->width[PLACE]) {
        put_column(lines, PLACE, false);
        kf_buf_str(lines->out, "  ");
    }
    put_column(lines, ROW, false);
    put_figures(lines);
}

static void put_reason(KfLines *lines, const KfFinding *finding, size_t indent)
{
    KfLang lang = lines->options->lang;
    KfBuf text = { 0 };

    kf_buf_masked(&text, finding->message[lang]);
    kf_buf_str(&text, " [");
    kf_buf_str(&text, kf_finding_code(finding->code));
    kf_buf_str(&text, "\xC2\xA0#"); /* a line must not end between them */
    kf_buf_int(&text, finding->id);
    kf_buf_char(&text, ']');
    kf_buf_wrapped(lines->out, kf_buf_view(&text), indent);
    for (size_t i = 0; i < finding->alternative_count; i++) {
        if (kf_names_cell(finding, finding->alternatives[i].cell, lang))
            continue;
        text.len = 0;
        kf_buf_alternative(&text, lines->audit, finding->cell, &finding->alternatives[i],
                           SAY_ALTERNATIVE, lang);
        kf_buf_wrapped(lines->out, kf_buf_view(&text), indent);
    }
    lines->out->bad |= text.bad;
    kf_buf_free(&text);
}

void kf_lines_finding(KfLines *lines, const KfFinding *finding, bool checking)
{
    fill(lines, finding);
    kf_buf_spaces(lines->out, MARGIN);
    if (checking)
        put_severity(lines, finding->severity);
    put_columns(lines);
    if (checking)
        put_action(lines, finding->action);
    trim_line(lines->out);
    kf_buf_char(lines->out, '\n');
    put_reason(lines, finding, checking ? REASON_INDENT : 2 * MARGIN + MARGIN);
}

void kf_lines_consequence(KfLines *lines, const KfFinding *finding)
{
    fill(lines, finding);
    kf_buf_spaces(lines->out, REASON_INDENT);
    kf_buf_str(lines->out, "↳ ");
    kf_buf_text(lines->out, kf_buf_view(&lines->column[PLACE]));
    kf_buf_str(lines->out, lines->column[PLACE].len ? "  " : "");
    kf_buf_text(lines->out, kf_buf_view(&lines->column[ROW]));
    if (lines->column[FOUND].len) {
        kf_buf_str(lines->out, "  ");
        kf_buf_text(lines->out, kf_buf_view(&lines->column[FOUND]));
    }
    if (lines->column[EXPECTED].len) {
        kf_buf_str(lines->out, " → ");
        kf_buf_text(lines->out, kf_buf_view(&lines->column[EXPECTED]));
    }
    put_action(lines, finding->action);
    kf_buf_char(lines->out, '\n');
}
