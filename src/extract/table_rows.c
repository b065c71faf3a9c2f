/* The rows of a table in three stretches: benefits in their sections, payer rows
 * with the period total, and the totals over all periods, one figure a line. */
#include "extract/table_rows.h"

#include "extract/label_memo.h"

enum {
    LONGEST_LABEL = 90,
    HIGHEST_PAGE = 1000,
    LOOK_AHEAD = 300,
    LABELS_LEFT = 12,
    TITLE_ROWS = 4
};

/* ---- cells --------------------------------------------------------------------- */

static KfLabel label_in(const KfCaseTable *table, uint32_t row, uint32_t col)
{
    return (KfLabel){ kf_text_at(table->grid, row, col), { table->reader->sheet, row, col }, true };
}

static bool is_amount(KfText text)
{
    KfAmount amount;

    return kf_amount_read(text, KF_SEP_UNKNOWN, &amount) == KF_READ_OK;
}

KfLabel kf_table_label(const KfCaseTable *table, uint32_t row)
{
    const KfRun *run = table->run;
    KfLabel label = label_in(table, row, run->label_col);
    uint32_t furthest = run->left_col;

    if (run->first_col > furthest + LABELS_LEFT)
        furthest = run->first_col - LABELS_LEFT;
    for (uint32_t col = run->first_col; label.text.len == 0 && col-- > furthest;) {
        KfLabel other = label_in(table, row, col);

        if (other.text.len && !is_amount(other.text))
            return other;
    }
    return label;
}

bool kf_table_repeats_heading(const KfCaseTable *table, uint32_t row)
{
    const KfRun *run = table->run;

    for (size_t p = 0; p < run->count; p++) {
        const KfCell *cell = kf_grid_at(table->grid, row, run->cols[p]);
        const KfCell *heading = kf_grid_at(table->grid, run->row, run->cols[p]);

        if (!cell || !heading || !kf_text_eq(cell->text, heading->text))
            return false;
    }
    return true;
}

bool kf_table_repeats_title(const KfCaseTable *table, uint32_t row, KfText text)
{
    uint32_t end = row + TITLE_ROWS;

    const KfLabelWords *words = &kf_label_facts(table->grid, text)->words;

    if (words->course.kind < 0 && words->citizen.len == 0)
        return false;
    for (; row <= end && row < table->run->limit_row; row++) {
        if (kf_table_repeats_heading(table, row))
            return true;
    }
    return false;
}

/* The columns ascend, as the cells of the row do. */
static void fill_row(const KfCaseTable *table, uint32_t row, KfFigure *figures)
{
    const KfGrid *grid = table->grid;
    const KfRun *run = table->run;
    KfFigureReader reader = table->figures;
    size_t at = row < grid->row_count ? kf_grid_from(grid, row, run->cols[0]) : 0;
    const size_t end = row < grid->row_count ? grid->row_start[row + 1] : 0;

    for (size_t p = 0; p < run->count; p++) {
        while (at < end && grid->cells[at].col < run->cols[p])
            at++;
        reader.separators = table->course->periods[p].separators;
        figures[p] = kf_figure_of(
            &reader, at < end && grid->cells[at].col == run->cols[p] ? &grid->cells[at] : NULL, row,
            run->cols[p]);
    }
}

static KfFigure *row_of_figures(const KfCaseTable *table)
{
    return kf_arena_room_for(table->reader->arena, table->run->count, sizeof(KfFigure));
}

static KfFigure *read_row(const KfCaseTable *table, uint32_t row)
{
    KfFigure *figures = row_of_figures(table);

    fill_row(table, row, figures);
    return figures;
}

/* Whether a person wrote something there, be it "-" or "ikke opgjort". */
static bool is_present(const KfFigure *figure)
{
    return figure->state != KF_FIGURE_BLANK
           || (figure->shown.len && kf_text_trim(figure->shown).len > 0);
}

static size_t count_present(const KfFigure *figures, size_t count)
{
    size_t present = 0;

    for (size_t p = 0; p < count; p++)
        present += is_present(&figures[p]);
    return present;
}

static bool has_digit(KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            return true;
    }
    return false;
}

/* Nothing but words in the period columns: "kr.", "budget", "se note". */
static bool is_all_words(const KfCaseTable *table, const KfFigure *figures)
{
    bool any = false;

    for (size_t p = 0; p < table->run->count; p++) {
        bool words = figures[p].state == KF_FIGURE_UNREADABLE && !figures[p].is_formula
                     && !has_digit(figures[p].shown);

        if (!words && is_present(&figures[p]))
            return false;
        any |= words;
    }
    return any;
}

/* First filled figure of a row that holds one figure for the whole course. */
static KfFigure single_figure(const KfCaseTable *table, uint32_t row, const KfFigure *figures)
{
    for (size_t p = 0; p < table->run->count; p++) {
        if (is_present(&figures[p]))
            return figures[p];
    }
    for (uint32_t col = table->run->last_col + 1; col <= table->run->right_col; col++) {
        KfFigure figure = kf_figure_read(&table->figures, row, col);

        if (figure.state == KF_FIGURE_STATED)
            return figure;
    }
    return figures[0];
}

static void read_parts(const KfCaseTable *table, uint32_t row, KfFigure parts[KF_PAYER_COUNT],
                       KfFigure *total)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (table->has_payer_col[k])
            parts[k] = kf_figure_read(&table->figures, row, table->payer_cols[k]);
    }
    if (table->has_total_col)
        *total = kf_figure_read(&table->figures, row, table->total_col);
}

static bool has_payer_cols(const KfCaseTable *table)
{
    bool any = false;

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        any |= table->has_payer_col[k];
    return any;
}

/* Whether a payer or total column of the row holds anything. */
static bool has_right_figure(const KfCaseTable *table, uint32_t row)
{
    KfFigure parts[KF_PAYER_COUNT] = { 0 }, total = { 0 };
    bool any;

    read_parts(table, row, parts, &total);
    any = total.state > KF_FIGURE_BLANK;
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        any |= parts[k].state > KF_FIGURE_BLANK;
    return any;
}

/* ---- what a row becomes ---------------------------------------------------------- */

void kf_table_note_unplaced(const KfCaseTable *table, KfLabel label)
{
    const KfTableReader *reader = table->reader;
    KfNote note = { label.ref, label.text };

    if (*reader->unplaced_count < KF_UNPLACED_MAX)
        KF_PUSH(reader->arena, *reader->unplaced, *reader->unplaced_count, *reader->unplaced_cap,
                note);
}

static void add_memo(KfCaseTable *table, KfMemoKind kind, KfLabel label, KfFigure *amounts)
{
    enum { USUAL = 4 };
    KfCourse *course = table->course;
    KfMemo memo = { .kind = kind,
                    .label = label,
                    .section = table->section,
                    .amounts = amounts,
                    .before_item = course->item_count };

    if (kind == KF_MEMO_SUBTOTAL && table->has_total_col)
        memo.total = kf_figure_read(&table->figures, label.ref.row, table->total_col);
    KF_RESERVE(table->reader->arena, course->memos, course->memo_count, table->memo_cap, USUAL);
    KF_PUSH(table->reader->arena, course->memos, course->memo_count, table->memo_cap, memo);
}

static void open_section(KfCaseTable *table, KfLabel label)
{
    table->section = label.text;
    add_memo(table, KF_MEMO_SECTION, label, NULL);
}

/* A sum beyond any amount stays there: nothing equals it. */
static void add_to(KfOere *sum, KfOere value)
{
    if (*sum <= KF_OERE_MAX && *sum >= -KF_OERE_MAX)
        *sum += value;
}

static void add_item(KfCaseTable *table, uint32_t row, KfLabel label, bool part, KfFigure *amounts)
{
    KfCourse *course = table->course;
    KfFigure parts[KF_PAYER_COUNT] = { 0 };
    KfItem item = { .label = label,
                    .section = table->section,
                    .amounts = amounts,
                    .parts = kf_no_parts,
                    .is_part = part };

    for (size_t p = 0; p < table->run->count && !part; p++)
        add_to(&table->sums[p], amounts[p].value);
    table->summed_items += !part;
    read_parts(table, row, parts, &item.total);
    if (has_payer_cols(table))
        item.parts = kf_arena_copy(table->reader->arena, parts, sizeof parts);
    KF_PUSH(table->reader->arena, course->items, course->item_count, table->item_cap, item);
}

/* ---- looking ahead --------------------------------------------------------------- */

/* No further than any real table goes, so that rows cannot cost their square. */
static uint32_t look_until(const KfCaseTable *table, uint32_t row)
{
    return table->end_row - row > LOOK_AHEAD ? row + LOOK_AHEAD : table->end_row;
}

static size_t present_in(const KfCaseTable *table, uint32_t row)
{
    size_t present = 0;

    for (size_t p = 0; p < table->run->count; p++) {
        const KfCell *cell = kf_grid_at(table->grid, row, table->run->cols[p]);

        present +=
            cell
            && (kf_text_trim(cell->text).len || (cell->formula.len && cell->kind == KF_CELL_EMPTY));
    }
    return present;
}

/* Whether benefits and another total of the periods still come: then the row sums
 * up a section. */
static bool sums_a_section(const KfCaseTable *table, uint32_t row)
{
    uint32_t end = look_until(table, row);
    bool items = false;

    while (++row < end) {
        KfText text = kf_table_label(table, row).text;
        KfLabelRole role = kf_role_in(table->grid, text);

        if (text.len == 0 || present_in(table, row) < 2)
            continue;
        if (role.role == KF_ROLE_TOTAL && !role.not_sum)
            return items;
        items |= role.role == KF_ROLE_OTHER || role.role == KF_ROLE_SECTION;
    }
    return false;
}

/* Whether an earlier section ended in a sum of the same name. */
static bool names_a_subtotal(const KfCaseTable *table, KfText text)
{
    const KfCourse *course = table->course;

    for (size_t back = 0; back < LOOK_AHEAD && back < course->memo_count; back++) {
        const KfMemo *memo = &course->memos[course->memo_count - 1 - back];

        if (memo->kind == KF_MEMO_SUBTOTAL && kf_text_eq(memo->label.text, text))
            return true;
    }
    return false;
}

/* Whether a later row is the payer's, too. */
static bool payer_comes_again(const KfCaseTable *table, uint32_t row, KfPayer payer)
{
    uint32_t end = look_until(table, row);

    while (++row < end) {
        KfLabelRole role = kf_role_in(table->grid, kf_table_label(table, row).text);

        if (role.role == KF_ROLE_PAYER && role.payer == payer && present_in(table, row) > 1)
            return true;
    }
    return false;
}

static bool total_comes(const KfCaseTable *table, uint32_t row)
{
    uint32_t end = look_until(table, row);

    while (++row < end) {
        KfLabelRole role = kf_role_in(table->grid, kf_table_label(table, row).text);

        if (role.role == KF_ROLE_TOTAL && !role.not_sum)
            return true;
    }
    return false;
}

/* Whether the label is the section's own total; most labels speak of no sum at all. */
static bool sums_section(const KfCaseTable *table, KfText label, KfText section)
{
    return kf_label_facts(table->grid, label)->words.says_sum
           && kf_label_sums_section(label, section);
}

static bool subtotal_comes(const KfCaseTable *table, uint32_t row, KfText section)
{
    uint32_t end = look_until(table, row);

    while (++row < end) {
        if (sums_section(table, kf_table_label(table, row).text, section))
            return true;
    }
    return false;
}

/* What rounding may take off a figure of the row: half of its last digit in a sheet in 1.000 kr.
 * that shows one decimal or none, nothing in others. */
static KfOere half_step(const KfCaseTable *table, const KfFigure *figures)
{
    enum { KRONE = 100, TENTHS = 10 };
    KfOere step = table->course->unit;

    if (step <= KRONE)
        return 0;
    for (size_t p = 0; p < table->run->count; p++) {
        if (figures[p].value % (table->course->unit / TENTHS) != 0)
            return 0;
        if (figures[p].value % step != 0)
            step = table->course->unit / TENTHS;
    }
    return step / 2;
}

/* Whether the benefits below, up to the next heading, give the row in most periods. */
static bool heads_its_sum(const KfCaseTable *table, uint32_t row, const KfFigure *figures)
{
    KfOere *sums = kf_arena_array(table->reader->arena, table->run->count, sizeof *sums);
    uint32_t end = look_until(table, row);
    const KfOere room = half_step(table, figures);
    size_t items = 0, agree = 0, wrong = 0;

    while (++row < end) {
        KfText text = kf_table_label(table, row).text;
        KfLabelRole role = kf_role_in(table->grid, text);

        if (text.len == 0 || role.role != KF_ROLE_OTHER)
            break;
        if (role.part)
            continue;
        for (size_t p = 0; p < table->run->count; p++)
            add_to(&sums[p], kf_figure_read(&table->figures, row, table->run->cols[p]).value);
        items++;
    }
    for (size_t p = 0; p < table->run->count; p++) {
        const KfOere off = sums[p] - figures[p].value;
        const bool holds = off <= room * (KfOere)(items + 1) && -off <= room * (KfOere)(items + 1);

        wrong += !holds;
        agree += holds && sums[p] != 0;
    }
    return items > 0 && wrong <= agree;
}

/* Whether the row, which has no label, sums up the benefits so far. */
static bool sums_items(const KfCaseTable *table, const KfFigure *figures)
{
    for (size_t p = 0; p < table->run->count; p++) {
        if (table->sums[p] != figures[p].value)
            return false;
    }
    return table->summed_items > 1;
}

static bool is_total_role(KfLabelRole role)
{
    return role.role == KF_ROLE_TOTAL && !role.part && !role.not_sum;
}

static bool are_nothing(const KfOere *sums, const KfFigure *totals, size_t count)
{
    for (size_t p = 0; p < count; p++) {
        if (sums[p] != 0 || totals[p].value != 0)
            return false;
    }
    return true;
}

/* Whether the amounts below give the period total in some period, which stands in the row,
 * above it or in the first rows below: then the sums stand above what they sum. So do those
 * of a course that costs nothing. */
static bool stands_above(const KfCaseTable *table, uint32_t row, const KfFigure *figures)
{
    const uint32_t end = look_until(table, row);
    const KfFigure *totals = table->course->totals ? table->course->totals : figures;
    KfOere *sums;
    size_t items = 0;

    if (table->in_totals || table->course->item_count)
        return false;
    sums = kf_arena_array(table->reader->arena, table->run->count, sizeof *sums);
    while (++row < end) {
        KfText text = kf_table_label(table, row).text;
        KfLabelRole role = kf_role_in(table->grid, text);

        if (items == 0 && !table->course->totals && is_total_role(role)
            && present_in(table, row) > 1)
            totals = read_row(table, row);
        if (text.len == 0 || role.part || role.role != KF_ROLE_OTHER || !present_in(table, row))
            continue;
        for (size_t p = 0; p < table->run->count; p++)
            add_to(&sums[p], kf_figure_read(&table->figures, row, table->run->cols[p]).value);
        items++;
    }
    for (size_t p = 0; p < table->run->count && items > 1; p++) {
        const KfOere room = table->course->unit / 2 * (KfOere)(items + 1);

        if (totals[p].value != 0 && totals[p].value - sums[p] < room
            && sums[p] - totals[p].value < room)
            return true;
    }
    return items > 1 && are_nothing(sums, totals, table->run->count);
}

/* ---- "heraf kommune" -------------------------------------------------------------- */

static bool is_payer_part(const KfCaseTable *table, uint32_t row, KfPayer *payer)
{
    KfLabelRole role = kf_role_in(table->grid, kf_table_label(table, row).text);

    *payer = role.payer;
    return role.role == KF_ROLE_PAYER && role.part;
}

/* Whether the rows share out the benefit above them alone, though there are others. */
static bool part_one_benefit(const KfCaseTable *table, uint32_t first, uint32_t last)
{
    const KfCourse *course = table->course;

    for (size_t p = 0; course->item_count && p < table->run->count; p++) {
        KfOere sum = 0;

        for (uint32_t row = first; row <= last; row++)
            add_to(&sum, kf_figure_read(&table->figures, row, table->run->cols[p]).value);
        if (sum != course->items[course->item_count - 1].amounts[p].value)
            return false;
    }
    return table->summed_items > 1;
}

/* "Heraf kommune", "Heraf stat" beneath the last benefit, and beneath or above them the
 * total: the payers of it all. */
static bool parts_the_total(const KfCaseTable *table, uint32_t row)
{
    uint32_t first = row, last = row;
    KfPayer payer, other;

    is_payer_part(table, row, &payer);
    while (first > table->run->row + 1 && is_payer_part(table, first - 1, &other))
        first--;
    while (last + 1 < table->end_row && is_payer_part(table, last + 1, &other))
        last++;
    if (first == last || payer_comes_again(table, row, payer))
        return false;
    return (table->course->totals
            || is_total_role(kf_role_in(table->grid, kf_table_label(table, last + 1).text)))
           && !part_one_benefit(table, first, last);
}

/* ---- rows ------------------------------------------------------------------------ */

/* Whether the row above is the heading of a known section. */
static bool is_below_section(const KfCaseTable *table, uint32_t row)
{
    const KfCourse *course = table->course;
    const KfMemo *last = course->memo_count ? &course->memos[course->memo_count - 1] : NULL;

    return last && last->kind == KF_MEMO_SECTION && last->label.ref.row + 1 == row
           && kf_role_in(table->grid, last->label.text).role != KF_ROLE_OTHER;
}

static bool is_heading_text(const KfCaseTable *table, uint32_t row, KfLabel label)
{
    if (kf_text_ends(label.text, KF_TEXT(":")) || subtotal_comes(table, row, label.text))
        return true;
    if (is_below_section(table, row))
        return false;
    return !table->course->item_count || row == table->run->row + 1
           || kf_table_label(table, row - 1).text.len == 0;
}

static bool begins_small(KfText text)
{
    size_t pos = 0;
    const int32_t rune = kf_text_next(text, &pos);

    return ((rune >= 'a' && rune <= 'z') || rune >= 0xC0) && kf_rune_lower(rune) == rune;
}

/* "- se bilag 3", "(skøn)", "bevilget af visitationen" below a benefit with a capital: a remark
 * on it. */
static bool is_remark(const KfCaseTable *table, KfText text)
{
    const KfCourse *course = table->course;
    const bool has_dash =
        kf_text_starts(text, KF_TEXT("- ")) || kf_text_starts(text, KF_TEXT("– "));
    size_t words = 0;

    if (kf_text_starts(text, KF_TEXT("(")) || kf_text_starts(text, KF_TEXT("*")))
        return true;
    if (has_dash)
        words = kf_text_find(text, KF_TEXT(" ")) + 1;
    return begins_small(kf_text_slice(text, words, text.len)) && course->item_count
           && !begins_small(course->items[course->item_count - 1].label.text);
}

/* A row with a text and no amounts: a section's heading, or a benefit whose
 * amounts were left blank when benefits stand around it. */
static void add_empty_row(KfCaseTable *table, uint32_t row, KfLabel label, KfLabelRole role,
                          KfFigure *figures)
{
    if (table->in_totals || role.role == KF_ROLE_NOTE || label.text.len > LONGEST_LABEL)
        kf_table_note_unplaced(table, label);
    else if (role.role == KF_ROLE_SECTION || role.role == KF_ROLE_PAYER
             || is_heading_text(table, row, label))
        open_section(table, label);
    else if (!role.part && is_remark(table, label.text))
        kf_table_note_unplaced(table, label);
    else
        add_item(table, row, label, role.part, figures);
}

static void add_payer(KfCaseTable *table, uint32_t row, KfLabel label, KfLabelRole role,
                      KfFigure *figures, size_t present)
{
    KfCourse *course = table->course;
    bool single = present <= 1 && table->run->count > 1;
    KfFigure unused[KF_PAYER_COUNT] = { 0 };

    table->in_totals = !stands_above(table, row, figures);
    if (single && (role.summed || course->payers[role.payer])) {
        course->payer_row_totals[role.payer] = course->payer_totals[role.payer];
        course->payer_totals[role.payer] = single_figure(table, row, figures);
        course->payer_total_labels[role.payer] = label;
        return;
    }
    if (course->payers[role.payer]) {
        kf_table_note_unplaced(table, label);
        return;
    }
    course->payers[role.payer] = figures;
    course->payer_labels[role.payer] = label;
    if (table->has_total_col) {
        read_parts(table, row, unused, &course->payer_totals[role.payer]);
        course->payer_total_labels[role.payer] = label;
    }
}

static void add_total(KfCaseTable *table, uint32_t row, KfLabel label, KfLabelRole role,
                      KfFigure *figures, size_t present)
{
    KfCourse *course = table->course;
    KfFigure parts[KF_PAYER_COUNT] = { 0 };

    table->in_totals = !stands_above(table, row, figures);
    if (present <= 1 && table->run->count > 1 && (role.grand || course->totals)) {
        course->case_row_total = course->case_total;
        course->case_total = single_figure(table, row, figures);
        course->case_total_label = label;
        return;
    }
    if (course->totals) {
        kf_table_note_unplaced(table, label);
        return;
    }
    course->totals = figures;
    course->total_label = label;
    read_parts(table, row, parts, &course->case_total);
    if (table->has_total_col)
        course->case_total_label = label;
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (!table->has_payer_col[k])
            continue;
        course->payer_totals[k] = parts[k];
        course->payer_total_labels[k] = label;
    }
}

static void add_part(KfCaseTable *table, uint32_t row, KfLabel label, KfFigure *figures)
{
    if (table->in_totals)
        add_memo(table, KF_MEMO_NOT_SUM, label, figures);
    else
        add_item(table, row, label, true, figures);
}

static void add_subtotal(KfCaseTable *table, uint32_t row, KfLabel label, KfLabelRole role,
                         KfFigure *figures, size_t present)
{
    bool own = sums_section(table, label.text, table->section);

    if (own || table->course->totals || total_comes(table, row) || sums_a_section(table, row))
        add_memo(table, KF_MEMO_SUBTOTAL, label, figures);
    else
        add_total(table, row, label, role, figures, present);
}

/* Whether a section before it has its sum beside its name. */
static bool section_before_has_sum(const KfCaseTable *table)
{
    const KfCourse *course = table->course;

    for (size_t i = course->memo_count < LOOK_AHEAD ? 1 : course->memo_count - LOOK_AHEAD + 1;
         i < course->memo_count; i++) {
        if (course->memos[i].kind == KF_MEMO_SUBTOTAL
            && course->memos[i - 1].kind == KF_MEMO_SECTION
            && course->memos[i].label.ref.row == course->memos[i - 1].label.ref.row)
            return true;
    }
    return false;
}

/* Whether a benefit stands right below. */
static bool heads_a_benefit(const KfCaseTable *table, uint32_t row)
{
    const KfText below = kf_table_label(table, row + 1).text;

    return row + 1 < table->end_row && below.len
           && kf_role_in(table->grid, below).role == KF_ROLE_OTHER && present_in(table, row + 1);
}

/* A section's heading with amounts: a benefit of that name, or the section's sum, be it a wrong
 * one. */
static void add_section_row(KfCaseTable *table, uint32_t row, KfLabel label, KfFigure *figures)
{
    if (!heads_its_sum(table, row, figures)
        && !(section_before_has_sum(table) && heads_a_benefit(table, row))) {
        add_item(table, row, label, false, figures);
        return;
    }
    open_section(table, label);
    add_memo(table, KF_MEMO_SUBTOTAL, label, figures);
}

static void add_benefit(KfCaseTable *table, uint32_t row, KfLabel label, KfLabelRole role,
                        KfFigure *figures)
{
    if (sums_section(table, label.text, table->section))
        add_memo(table, KF_MEMO_SUBTOTAL, label, figures);
    else if (table->in_totals)
        kf_table_note_unplaced(table, label);
    else if (role.role == KF_ROLE_SECTION)
        add_section_row(table, row, label, figures);
    else
        add_item(table, row, label, false, figures);
}

/* "Øvrige aktører i alt" under the heading "Udgifter, øvrige aktører", above the
 * payer rows: the sum of that section. */
static bool sums_payer_section(const KfCaseTable *table, KfLabelRole role)
{
    KfLabelRole heading = kf_role_in(table->grid, table->section);

    return !table->in_totals && role.summed && heading.role == KF_ROLE_PAYER
           && heading.payer == role.payer;
}

/* "Øvrige i alt" above the payer rows sums up a section, "Øvrige ydelser". */
static bool sums_other_section(const KfCaseTable *table, KfLabelRole role)
{
    return !table->in_totals && role.summed && role.payer == KF_OTHER
           && kf_role_in(table->grid, table->section).role == KF_ROLE_SECTION;
}

static bool has_payer_rows(const KfCourse *course)
{
    bool any = false;

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        any |= course->payers[k] != NULL;
    return any;
}

/* A section called after a payer, with the sum of its benefits or zeros beside it: above
 * the payer rows, or below them where they stand above the benefits, or where payers are
 * columns and no rows. */
static bool heads_payer_section(const KfCaseTable *table, uint32_t row, KfLabelRole role,
                                const KfFigure *figures, size_t present)
{
    if (table->in_totals || role.part || role.summed)
        return false;
    if (has_payer_rows(table->course))
        return table->course->payers[role.payer] && present > 1;
    return payer_comes_again(table, row, role.payer)
           || (has_payer_cols(table) && heads_its_sum(table, row, figures));
}

static void add_payer_row(KfCaseTable *table, uint32_t row, KfLabel label, KfLabelRole role,
                          KfFigure *figures, size_t present)
{
    if (sums_payer_section(table, role) || sums_other_section(table, role)) {
        add_memo(table, KF_MEMO_SUBTOTAL, label, figures);
        return;
    }
    if (heads_payer_section(table, row, role, figures, present))
        add_section_row(table, row, label, figures);
    else if (role.part && !table->in_totals && !parts_the_total(table, row))
        add_item(table, row, label, true, figures);
    else
        add_payer(table, row, label, role, figures, present);
}

static void add_figures(KfCaseTable *table, uint32_t row, KfLabel label, KfLabelRole role,
                        KfFigure *figures, size_t present)
{
    if (role.not_sum) {
        add_memo(table, KF_MEMO_NOT_SUM, label, figures);
        return;
    }
    switch (role.role) {
    case KF_ROLE_PAYER:
        add_payer_row(table, row, label, role, figures, present);
        break;
    case KF_ROLE_TOTAL:
        if (role.part)
            add_part(table, row, label, figures);
        else if (!table->in_totals && present > 1
                 && (sums_a_section(table, row)
                     || (names_a_subtotal(table, label.text) && total_comes(table, row))))
            add_memo(table, KF_MEMO_SUBTOTAL, label, figures);
        else
            add_total(table, row, label, role, figures, present);
        break;
    case KF_ROLE_SUBTOTAL:
        add_subtotal(table, row, label, role, figures, present);
        break;
    case KF_ROLE_SECTION:
    case KF_ROLE_NOTE:
    case KF_ROLE_OTHER:
        if (role.part)
            add_part(table, row, label, figures);
        else
            add_benefit(table, row, label, role, figures);
        break;
    }
}

/* "Silkeborg Kommune" with nothing beside it, above the name of a citizen or course: it is of
 * the table below. */
static bool titles_next_table(const KfCaseTable *table, uint32_t row, KfText text, KfLabelRole role)
{
    const uint32_t end = row + TITLE_ROWS;

    if (role.role != KF_ROLE_PAYER || role.payer != KF_MUNICIPALITY || role.part || role.summed
        || !kf_text_ends(kf_text_trim(text), KF_TEXT(" Kommune")))
        return false;
    while (++row <= end && row < table->grid->row_count) {
        const KfText below = kf_table_label(table, row).text;
        const KfLabelWords *words = &kf_label_facts(table->grid, below)->words;

        if (below.len)
            return words->citizen.len || words->course.kind >= 0;
    }
    return false;
}

static void add_labelled(KfCaseTable *table, uint32_t row, KfLabel label, KfFigure *figures)
{
    KfLabelRole role = kf_role_in(table->grid, label.text);
    size_t present = count_present(figures, table->run->count);
    bool is_sum = role.role == KF_ROLE_PAYER || role.role == KF_ROLE_TOTAL;

    if (present == 0 && is_sum && titles_next_table(table, row, label.text, role))
        return;
    if (is_all_words(table, figures)) {
        if (row > table->run->row + 1)
            kf_table_note_unplaced(table, label);
    } else if (present == 0 && !(is_sum && table->in_totals) && !has_right_figure(table, row)) {
        add_empty_row(table, row, label, role, figures);
    } else {
        add_figures(table, row, label, role, figures, present);
    }
}

/* A lone small number where a page ends: "14" in one of the columns. */
static bool is_page_number(const KfCaseTable *table, const KfFigure *figures)
{
    const KfFigure *only = NULL;

    for (size_t p = 0; p < table->run->count; p++) {
        if (!is_present(&figures[p]))
            continue;
        if (only)
            return false;
        only = &figures[p];
    }
    return only && only->state == KF_FIGURE_STATED && !only->is_formula && only->value > 0
           && only->value % 100 == 0 && only->value / table->course->unit < HIGHEST_PAGE
           && !table->has_total_col;
}

static bool any_amount(const KfCaseTable *table, const KfFigure *figures)
{
    for (size_t p = 0; p < table->run->count; p++) {
        if (figures[p].state == KF_FIGURE_STATED && figures[p].value != 0)
            return true;
    }
    return false;
}

/* The zeros that stand for a section with no benefit. */
static void keep_zeros(KfCaseTable *table, KfFigure *figures)
{
    KfCourse *course = table->course;
    KfMemo *last = course->memo_count ? &course->memos[course->memo_count - 1] : NULL;

    if (last && last->kind == KF_MEMO_SECTION && !last->amounts
        && last->before_item == course->item_count)
        last->amounts = figures;
}

/* An amount without a label counts. */
static void add_unlabelled(KfCaseTable *table, uint32_t row, KfFigure *figures)
{
    KfLabel label = label_in(table, row, table->run->label_col);

    if (is_page_number(table, figures)) {
        for (size_t p = 0; p < table->run->count; p++) {
            if (is_present(&figures[p]))
                kf_table_note_unplaced(table, (KfLabel){ figures[p].shown, figures[p].ref, true });
        }
    } else if (!any_amount(table, figures)) {
        keep_zeros(table, figures);
    } else if (table->in_totals) {
        kf_table_note_unplaced(table, label);
    } else if (sums_items(table, figures)) {
        add_memo(table, KF_MEMO_SUBTOTAL, label, figures);
    } else {
        add_item(table, row, label, false, figures);
    }
}

/* "Øvrige ydelser", or beside a benefit "Udgifter, øvrige aktører". */
static bool names_side_section(const KfCaseTable *table, KfText side, KfText benefit)
{
    KfLabelRole role = kf_role_in(table->grid, side);

    if (role.role == KF_ROLE_PAYER)
        return !role.summed && !table->in_totals
               && kf_role_in(table->grid, benefit).role == KF_ROLE_OTHER;
    return role.role == KF_ROLE_SECTION;
}

/* A section that stands in a column of its own, left of the benefits. */
static void read_side_section(KfCaseTable *table, uint32_t row, KfText benefit)
{
    const KfRun *run = table->run;

    for (uint32_t col = run->left_col; col < run->label_col && col < run->first_col; col++) {
        KfLabel side = label_in(table, row, col);

        if (side.text.len == 0 || !names_side_section(table, side.text, benefit)
            || kf_text_eq(side.text, table->section))
            continue;
        open_section(table, side);
        return;
    }
}

static void place_row(KfCaseTable *table, uint32_t row, KfFigure *figures)
{
    const KfLabel label = kf_table_label(table, row);

    if (kf_table_repeats_heading(table, row) || kf_table_repeats_title(table, row, label.text))
        return;
    if (label.text.len && kf_label_facts(table->grid, label.text)->words.is_page_mark
        && count_present(figures, table->run->count) == 0)
        return;
    if (label.ref.col == table->run->label_col && label.text.len)
        read_side_section(table, row, label.text);
    if (label.text.len)
        add_labelled(table, row, label, figures);
    else if (count_present(figures, table->run->count))
        add_unlabelled(table, row, figures);
}

/* Whether the course has taken the figures for its own. */
static bool is_taken(const KfCourse *course, const KfFigure *figures)
{
    bool taken =
        course->totals == figures
        || (course->item_count && course->items[course->item_count - 1].amounts == figures)
        || (course->memo_count && course->memos[course->memo_count - 1].amounts == figures);

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        taken |= course->payers[k] == figures;
    return taken;
}

/* Half of the rows are headings or blank: their figures make room for the next row's. */
static void read_one(KfCaseTable *table, uint32_t row)
{
    KfFigure *figures = table->spare ? table->spare : row_of_figures(table);

    fill_row(table, row, figures);
    place_row(table, row, figures);
    table->spare = is_taken(table->course, figures) ? NULL : figures;
}

void kf_table_read_rows(KfCaseTable *table)
{
    table->sums = kf_arena_array(table->reader->arena, table->run->count, sizeof *table->sums);
    for (uint32_t row = table->run->row + 1; row < table->end_row; row++)
        read_one(table, row);
}
