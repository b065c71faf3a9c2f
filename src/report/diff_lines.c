/* What is said of a difference, column by column, and of all of them. */
#include "report/diff_lines.h"

/* ---- columns --------------------------------------------------------------- */

static void put_ref(KfBuf *out, const KfBook *book, KfRef cell, KfText known)
{
    const KfAudit audit = { .book = book };

    kf_buf_place(out, &audit, cell, book->sheet_count == 1 ? book->sheets[0].name : known);
}

static bool same_place(const KfDiff *diff, const KfDifference *difference)
{
    KfRef a = difference->before_cell, b = difference->after_cell;

    return a.row == b.row && a.col == b.col
           && kf_text_eq(diff->before.book->sheets[a.sheet].name,
                         diff->after.book->sheets[b.sheet].name);
}

/* "B18", or "B18 → B19" where it stands elsewhere now. */
static void fill_place(const KfDiffLines *lines, KfBuf *out, const KfDifference *difference)
{
    const KfDiff *diff = lines->report->diff;
    KfText known = difference->citizen;

    if (difference->label.len && difference->kind >= KF_DIFF_SHEET_ADDED)
        return;
    if (difference->has_before) {
        put_ref(out, diff->before.book, difference->before_cell, known);
        known = diff->before.book->sheets[difference->before_cell.sheet].name;
        if (!difference->has_after || same_place(diff, difference))
            return;
        kf_buf_str(out, " → ");
    }
    if (difference->has_after)
        put_ref(out, diff->after.book, difference->after_cell, known);
}

static void fill_row(const KfDiffLines *lines, KfBuf *out, const KfDifference *difference)
{
    bool named = kf_text_find(difference->label, difference->period) != SIZE_MAX;

    kf_buf_masked(out, difference->label);
    if (out->len == 0)
        kf_buf_str(out, kf_payer_name((KfPayer)difference->payer, lines->lang));
    if (difference->period.len && (!named || out->len == 0)) {
        kf_buf_str(out, out->len ? ", " : "");
        kf_buf_months(out, difference->period, lines->lang);
    }
}

static void put_apart(const KfDiffLines *lines, KfBuf *out, const KfDifference *difference)
{
    KfOere apart = difference->after.amount - difference->before.amount;

    if (difference->before.kind != KF_VALUE_AMOUNT || difference->after.kind != KF_VALUE_AMOUNT
        || apart == 0)
        return;
    kf_buf_str(out, apart > 0 ? "  (+" : "  (");
    kf_buf_amount(out, apart, lines->lang);
    kf_buf_char(out, ')');
}

static void put_values(const KfDiffLines *lines, KfBuf *out, const KfDifference *difference)
{
    kf_buf_value(out, difference->before, lines->lang);
    kf_buf_str(out, "  →  ");
    kf_buf_value(out, difference->after, lines->lang);
    put_apart(lines, out, difference);
}

/* Whether before and after stand beside one another; else there is one to name. */
static bool has_both(const KfDifference *difference)
{
    switch (difference->kind) {
    case KF_DIFF_VALUE:
    case KF_DIFF_CELL:
    case KF_DIFF_TYPE:
    case KF_DIFF_FORMULA:
    case KF_DIFF_LABEL:
    case KF_DIFF_PERIOD_HEADING:
    case KF_DIFF_CITIZEN:
    case KF_DIFF_SHEET_RENAMED:
        return true;
    case KF_DIFF_ITEM_MOVED:
        return !kf_text_eq(difference->before.text, difference->after.text);
    default:
        return false;
    }
}

static void fill_change(const KfDiffLines *lines, KfBuf *out, const KfDifference *difference)
{
    KfValue one = difference->before.kind == KF_VALUE_NONE ? difference->after : difference->before;

    if (difference->kind == KF_DIFF_VALUE || difference->kind == KF_DIFF_CELL) {
        put_values(lines, out, difference);
        return;
    }
    kf_buf_str(out, kf_diff_title(difference->kind, lines->lang));
    if (has_both(difference)) {
        kf_buf_str(out, ": ");
        put_values(lines, out, difference);
    } else if (one.kind != KF_VALUE_NONE && difference->kind != KF_DIFF_ITEM_MOVED) {
        kf_buf_str(out, ": ");
        kf_buf_value(out, one, lines->lang);
    }
}

void kf_diff_line(KfDiffLines *lines, const KfDifference *difference)
{
    for (int i = 0; i < KF_DIFF_COLUMNS; i++)
        lines->column[i].len = 0;
    fill_place(lines, &lines->column[KF_DIFF_PLACE], difference);
    fill_row(lines, &lines->column[KF_DIFF_ROW], difference);
    fill_change(lines, &lines->column[KF_DIFF_CHANGE], difference);
}

void kf_diff_lines_finish(KfDiffLines *lines, KfBuf *out)
{
    for (int i = 0; i < KF_DIFF_COLUMNS; i++) {
        out->bad |= lines->column[i].bad;
        kf_buf_free(&lines->column[i]);
    }
}

bool kf_diff_same_block(const KfDifference *a, const KfDifference *b)
{
    return a->course == b->course && kf_text_eq(a->citizen, b->citizen);
}

void kf_buf_diff_block(KfBuf *out, const KfDifference *first, KfLang lang)
{
    if (first->citizen.len == 0 && first->course < 0) {
        kf_buf_text(out, kf_phrase(SAY_DIFF_BESIDE, lang));
        return;
    }
    kf_buf_masked(out, first->citizen);
    if (first->course >= 0) {
        kf_buf_str(out, first->citizen.len ? ", " : "");
        kf_buf_text(out, kf_phrase_course(first->course, lang));
    }
}

/* ---- notes and verdict ----------------------------------------------------- */

static void put_no_cases(const KfDiffLines *lines, KfBuf *out, const KfDiffSide *side,
                         const KfFileReport *file)
{
    KfBuf path = { 0 };
    KfText arg;

    if (side->model->case_count)
        return;
    kf_buf_masked(&path, file->path);
    arg = kf_buf_view(&path);
    kf_buf_line(out, SAY_DIFF_NO_CASES, lines->lang, &arg, 1);
    out->bad |= path.bad;
    kf_buf_free(&path);
}

/* What was not compared, and why. */
void kf_buf_diff_notes(KfBuf *out, const KfDiffLines *lines)
{
    put_no_cases(lines, out, &lines->report->diff->before, &lines->report->before);
    put_no_cases(lines, out, &lines->report->diff->after, &lines->report->after);
    if (lines->report->diff->ours_left_out)
        kf_buf_line(out, SAY_DIFF_OURS, lines->lang, NULL, 0);
    if (!lines->report->diff->formulas_compared)
        kf_buf_line(out, SAY_DIFF_NO_FORMULAS, lines->lang, NULL, 0);
    kf_buf_line(out, SAY_DIFF_BEFORE_SHA, lines->lang, &lines->report->before.sha256, 1);
    kf_buf_line(out, SAY_DIFF_AFTER_SHA, lines->lang, &lines->report->after.sha256, 1);
}

static void put_within(const KfDiffLines *lines, KfBuf *out)
{
    size_t count = lines->report->diff->within_tolerance;
    KfBuf limit = { 0 };
    KfText arg;

    if (count == 0)
        return;
    kf_buf_amount(&limit, lines->report->diff->tolerance, lines->lang);
    arg = kf_buf_view(&limit);
    kf_buf_uint_padded(out, count, 1);
    kf_buf_char(out, ' ');
    kf_buf_line(out, count == 1 ? SAY_DIFF_WITHIN_ONE : SAY_DIFF_WITHIN_MANY, lines->lang, &arg, 1);
    out->bad |= limit.bad;
    kf_buf_free(&limit);
}

/* "12 forskelle (7 × beløb ændret, 5 × ydelse tilføjet)." */
void kf_buf_diff_verdict(KfBuf *out, const KfDiffLines *lines)
{
    KfBuf count = { 0 }, list = { 0 };

    for (int kind = 0; kind < KF_DIFF_COUNT; kind++) {
        if (lines->report->diff->by_kind[kind] == 0)
            continue;
        kf_buf_str(&list, list.len ? ", " : "");
        kf_buf_uint_padded(&list, lines->report->diff->by_kind[kind], 1);
        kf_buf_str(&list, " × ");
        kf_buf_str(&list, kf_diff_title((KfDiffKind)kind, lines->lang));
    }
    kf_buf_counted(&count, lines->report->diff->count, SAY_DIFF_ONE, SAY_DIFF_MANY, lines->lang);
    if (lines->report->diff->count)
        kf_buf_line(out, SAY_DIFF_SUM, lines->lang,
                    (KfText[]){ kf_buf_view(&count), kf_buf_view(&list) }, 2);
    else
        kf_buf_line(out, SAY_DIFF_NONE, lines->lang, NULL, 0);
    put_within(lines, out);
    out->bad |= count.bad || list.bad;
    kf_buf_free(&count);
    kf_buf_free(&list);
}
