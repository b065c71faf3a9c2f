/* Differences as lines for a person: a block a course, then the cells outside the
 * tables, and at last how many there are of each kind. */
#include "report/text_report.h"

enum { PLACE, ROW, CHANGE, COLUMNS };

static const size_t widest[COLUMNS] = { 30, 44, 0 };

typedef struct {
    KfBuf *out;
    const KfDiffReport *report;
    const KfDiff *diff;
    KfLang lang;
    KfBuf column[COLUMNS];
    size_t width[COLUMNS];
} Page;

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
static void fill_place(const Page *page, KfBuf *out, const KfDifference *difference)
{
    const KfDiff *diff = page->diff;
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

static void fill_row(const Page *page, KfBuf *out, const KfDifference *difference)
{
    bool named = kf_text_find(difference->label, difference->period) != SIZE_MAX;

    kf_buf_masked(out, difference->label);
    if (out->len == 0)
        kf_buf_str(out, kf_payer_name((KfPayer)difference->payer, page->lang));
    if (difference->period.len && (!named || out->len == 0)) {
        kf_buf_str(out, out->len ? ", " : "");
        kf_buf_months(out, difference->period, page->lang);
    }
}

static void put_apart(const Page *page, KfBuf *out, const KfDifference *difference)
{
    KfOere apart = difference->after.amount - difference->before.amount;

    if (difference->before.kind != KF_VALUE_AMOUNT || difference->after.kind != KF_VALUE_AMOUNT
        || apart == 0)
        return;
    kf_buf_str(out, apart > 0 ? "  (+" : "  (");
    kf_buf_amount(out, apart, page->lang);
    kf_buf_char(out, ')');
}

static void put_values(const Page *page, KfBuf *out, const KfDifference *difference)
{
    kf_buf_value(out, difference->before, page->lang);
    kf_buf_str(out, "  →  ");
    kf_buf_value(out, difference->after, page->lang);
    put_apart(page, out, difference);
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

static void fill_change(const Page *page, KfBuf *out, const KfDifference *difference)
{
    KfValue one = difference->before.kind == KF_VALUE_NONE ? difference->after : difference->before;

    if (difference->kind == KF_DIFF_VALUE || difference->kind == KF_DIFF_CELL) {
        put_values(page, out, difference);
        return;
    }
    kf_buf_str(out, kf_diff_title(difference->kind, page->lang));
    if (has_both(difference)) {
        kf_buf_str(out, ": ");
        put_values(page, out, difference);
    } else if (one.kind != KF_VALUE_NONE && difference->kind != KF_DIFF_ITEM_MOVED) {
        kf_buf_str(out, ": ");
        kf_buf_value(out, one, page->lang);
    }
}

static void fill(Page *page, const KfDifference *difference)
{
    for (int i = 0; i < COLUMNS; i++)
        page->column[i].len = 0;
    fill_place(page, &page->column[PLACE], difference);
    fill_row(page, &page->column[ROW], difference);
    fill_change(page, &page->column[CHANGE], difference);
}

/* ---- blocks ---------------------------------------------------------------- */

static bool same_block(const KfDifference *a, const KfDifference *b)
{
    return a->course == b->course && kf_text_eq(a->citizen, b->citizen);
}

static size_t measure(Page *page, size_t from)
{
    const KfDiff *diff = page->diff;
    size_t end = from;

    page->width[PLACE] = page->width[ROW] = 0;
    for (; end < diff->count && same_block(&diff->items[from], &diff->items[end]); end++) {
        fill(page, &diff->items[end]);
        for (int i = 0; i < CHANGE; i++) {
            size_t columns = kf_text_columns(kf_buf_view(&page->column[i]));

            columns = columns > widest[i] ? widest[i] : columns;
            page->width[i] = columns > page->width[i] ? columns : page->width[i];
        }
    }
    return end;
}

static void put_block_name(const Page *page, const KfDifference *first)
{
    kf_buf_char(page->out, '\n');
    if (first->citizen.len == 0 && first->course < 0) {
        kf_buf_line(page->out, SAY_DIFF_BESIDE, page->lang, NULL, 0);
        return;
    }
    kf_buf_masked(page->out, first->citizen);
    if (first->course >= 0) {
        kf_buf_str(page->out, first->citizen.len ? ", " : "");
        kf_buf_text(page->out, kf_phrase_course(first->course, page->lang));
    }
    kf_buf_char(page->out, '\n');
}

static void put_line(Page *page, const KfDifference *difference)
{
    fill(page, difference);
    for (int i = 0; i < COLUMNS; i++) {
        KfText text = kf_buf_view(&page->column[i]);
        size_t columns = kf_text_columns(text);

        if (i < CHANGE && page->width[i] == 0)
            continue;
        kf_buf_str(page->out, "  ");
        kf_buf_text(page->out, text);
        if (i < CHANGE && columns < page->width[i])
            kf_buf_spaces(page->out, page->width[i] - columns);
    }
    kf_buf_char(page->out, '\n');
}

static void put_blocks(Page *page)
{
    for (size_t i = 0; i < page->diff->count;) {
        size_t end = measure(page, i);

        put_block_name(page, &page->diff->items[i]);
        for (; i < end; i++)
            put_line(page, &page->diff->items[i]);
    }
}

/* ---- head and foot --------------------------------------------------------- */

static void put_head(const Page *page)
{
    KfBuf paths[2] = { 0 };

    kf_buf_masked(&paths[0], page->report->before.path);
    kf_buf_masked(&paths[1], page->report->after.path);
    kf_buf_line(page->out, SAY_DIFF_HEAD, page->lang,
                (KfText[]){ kf_buf_view(&paths[0]), kf_buf_view(&paths[1]) }, 2);
    for (int i = 0; i < 2; i++) {
        page->out->bad |= paths[i].bad;
        kf_buf_free(&paths[i]);
    }
}

static void put_no_cases(const Page *page, const KfDiffSide *side, const KfFileReport *file)
{
    KfBuf path = { 0 };
    KfText arg;

    if (side->model->case_count)
        return;
    kf_buf_masked(&path, file->path);
    arg = kf_buf_view(&path);
    kf_buf_line(page->out, SAY_DIFF_NO_CASES, page->lang, &arg, 1);
    page->out->bad |= path.bad;
    kf_buf_free(&path);
}

/* What was not compared, and why. */
static void put_notes(const Page *page)
{
    kf_buf_char(page->out, '\n');
    put_no_cases(page, &page->diff->before, &page->report->before);
    put_no_cases(page, &page->diff->after, &page->report->after);
    if (page->diff->ours_left_out)
        kf_buf_line(page->out, SAY_DIFF_OURS, page->lang, NULL, 0);
    if (!page->diff->formulas_compared)
        kf_buf_line(page->out, SAY_DIFF_NO_FORMULAS, page->lang, NULL, 0);
    kf_buf_line(page->out, SAY_DIFF_BEFORE_SHA, page->lang, &page->report->before.sha256, 1);
    kf_buf_line(page->out, SAY_DIFF_AFTER_SHA, page->lang, &page->report->after.sha256, 1);
    kf_buf_char(page->out, '\n');
}

static void put_within(const Page *page)
{
    size_t count = page->diff->within_tolerance;
    KfBuf limit = { 0 };
    KfText arg;

    if (count == 0)
        return;
    kf_buf_amount(&limit, page->diff->tolerance, page->lang);
    arg = kf_buf_view(&limit);
    kf_buf_uint_padded(page->out, count, 1);
    kf_buf_char(page->out, ' ');
    kf_buf_line(page->out, count == 1 ? SAY_DIFF_WITHIN_ONE : SAY_DIFF_WITHIN_MANY, page->lang,
                &arg, 1);
    page->out->bad |= limit.bad;
    kf_buf_free(&limit);
}

/* "12 forskelle (7 × beløb ændret, 5 × ydelse tilføjet)." */
static void put_verdict(const Page *page)
{
    KfBuf count = { 0 }, list = { 0 };

    for (int kind = 0; kind < KF_DIFF_COUNT; kind++) {
        if (page->diff->by_kind[kind] == 0)
            continue;
        kf_buf_str(&list, list.len ? ", " : "");
        kf_buf_uint_padded(&list, page->diff->by_kind[kind], 1);
        kf_buf_str(&list, " × ");
        kf_buf_str(&list, kf_diff_title((KfDiffKind)kind, page->lang));
    }
    kf_buf_counted(&count, page->diff->count, SAY_DIFF_ONE, SAY_DIFF_MANY, page->lang);
    if (page->diff->count)
        kf_buf_line(page->out, SAY_DIFF_SUM, page->lang,
                    (KfText[]){ kf_buf_view(&count), kf_buf_view(&list) }, 2);
    else
        kf_buf_line(page->out, SAY_DIFF_NONE, page->lang, NULL, 0);
    put_within(page);
    page->out->bad |= count.bad || list.bad;
    kf_buf_free(&count);
    kf_buf_free(&list);
}

void kf_report_diff_text(KfBuf *out, const KfDiffReport *report, const KfReportOptions *options)
{
    Page page = { .out = out, .report = report, .diff = report->diff, .lang = options->lang };

    if (!report->diff)
        return; /* the caller tells of the error */
    if (!options->quiet) {
        put_head(&page);
        put_blocks(&page);
        put_notes(&page);
    }
    put_verdict(&page);
    for (int i = 0; i < COLUMNS; i++) {
        out->bad |= page.column[i].bad;
        kf_buf_free(&page.column[i]);
    }
}
