/* A list is known by its headings and by what stands under them: courses under
 * "Forløb", months under "Periode", amounts under "Beløb". Its rows are sorted into
 * courses, periods and items; a benefit that stands twice is two items. */
#include "extract/list.h"

#include "extract/figure.h"
#include "extract/heading_cell.h"
#include "extract/headings.h"
#include "extract/label_memo.h"
#include "extract/words.h"

#include <stdlib.h>

enum {
    BLANK_ROWS_END = 4,
    TITLE_ROWS = 4,
    MOST_COLS = 64,
    ROOM_A_ROW = 64,
    LEAST_ROOM = 4096,
    LEAST_HEADINGS = 3
};

typedef struct {
    const KfTableReader *reader;
    const KfGrid *grid;
    uint32_t row, end; /* of the headings; behind the last row */
    bool has[KF_HEAD_COUNT];
    uint32_t col[KF_HEAD_COUNT];
    uint32_t first_col, last_col;
    uint32_t payer_cols[KF_PAYER_COUNT]; /* payers as columns */
    bool has_payer_col[KF_PAYER_COUNT];
    KfFigureReader figures;
    KfText citizen_word;
    int course; /* named by the title or the sheet, else -1 */
    KfPeriodColumn *common;
    size_t common_count;
} List;

/* One row, and where it goes. A row about a payer or a sum names no benefit. */
typedef struct {
    uint32_t row;
    KfText citizen, section;
    KfLabel course_label, benefit, period_label;
    int course;
    KfLabelRole role;
    bool has_payer, is_part, over_all;
    bool calendar; /* the period is one of the calendar's months, from January of year 0 */
    KfPayer payer;
    KfPeriod period;
    KfFigure amount;
    KfFigure parts[KF_PAYER_COUNT]; /* of the columns of payers */
    size_t period_index, twin;      /* twin: how many like it stand above */
} Row;

typedef struct {
    Row *rows;
    size_t count, cap;
} Rows;

/* ---- headings -------------------------------------------------------------- */

static void take_heading(List *list, uint32_t col)
{
    KfText text = kf_text_at(list->grid, list->row, col);
    KfLabelRole role = kf_role_in(list->grid, text);
    KfHead head = kf_label_facts(list->grid, text)->head;

    if (text.len && role.role == KF_ROLE_PAYER && !role.summed && head != KF_HEAD_PAYER) {
        list->has_payer_col[role.payer] = true;
        list->payer_cols[role.payer] = col;
        list->last_col = col;
        return;
    }
    if (head == KF_HEAD_NONE || list->has[head])
        return;
    list->has[head] = true;
    list->col[head] = col;
    list->last_col = col;
}

/* Most rows hold too few texts to be headings. */
static bool may_be_headings(const List *list)
{
    const size_t first = list->grid->row_start[list->row];
    const size_t last = list->grid->row_start[list->row + 1];
    size_t texts = 0;

    for (size_t i = first; i < last && texts < LEAST_HEADINGS; i++)
        texts += list->grid->cells[i].kind == KF_CELL_TEXT;
    return texts == LEAST_HEADINGS && last - first <= MOST_COLS
           && kf_may_be_headings(list->grid, list->row);
}

static bool take_headings(List *list)
{
    const size_t first = list->grid->row_start[list->row];
    const size_t last = list->grid->row_start[list->row + 1];

    if (!may_be_headings(list))
        return false;
    list->first_col = list->grid->cells[first].col;
    for (size_t i = first; i < last; i++) {
        if (list->grid->cells[i].kind == KF_CELL_TEXT)
            take_heading(list, list->grid->cells[i].col);
    }
    return list->has[KF_HEAD_AMOUNT] && (list->has[KF_HEAD_BENEFIT] || list->has[KF_HEAD_PAYER])
           && (list->has[KF_HEAD_PERIOD] || list->has[KF_HEAD_MONTH]
               || (list->has[KF_HEAD_FROM] && list->has[KF_HEAD_TO]));
}

/* A list of one course has its name above it, or on the sheet. */
static int title_course(const List *list)
{
    for (uint32_t row = list->row; row-- > 0 && list->row - row <= TITLE_ROWS;) {
        for (size_t i = list->grid->row_start[row]; i < list->grid->row_start[row + 1]; i++) {
            const KfCell *cell = &list->grid->cells[i];
            int course = cell->kind == KF_CELL_TEXT ? kf_course_in(list->grid, cell->text) : -1;

            if (course >= 0)
                return course;
        }
    }
    return kf_course_in(list->grid, list->grid->name);
}

/* ---- rows ------------------------------------------------------------------ */

static KfText shown_at(const List *list, uint32_t row, KfHead head)
{
    const KfCell *cell = list->has[head] ? kf_grid_at(list->grid, row, list->col[head]) : NULL;

    return cell ? kf_text_trim(cell->text) : (KfText){ 0 };
}

static KfLabel label_of(const List *list, uint32_t row, KfHead head)
{
    return (KfLabel){ shown_at(list, row, head),
                      { list->reader->sheet, row, list->col[head] },
                      list->has[head] };
}

static bool is_number(KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    }
    return text.len > 0;
}

/* "Borger 1" of a bare 1. */
static KfText citizen_of(const List *list, KfText shown)
{
    KfBuf name = { 0 };
    KfText text;

    if (!is_number(shown))
        return shown;
    kf_buf_text(&name, list->citizen_word);
    kf_buf_char(&name, ' ');
    kf_buf_text(&name, shown);
    text = kf_arena_take(list->reader->arena, &name);
    kf_buf_free(&name);
    return text;
}

static bool month_at(const List *list, uint32_t row, KfHead head, int32_t *month)
{
    KfText text = shown_at(list, row, head);

    *month = 0;
    if (!is_number(text) || text.len > 3)
        return false;
    for (size_t i = 0; i < text.len; i++)
        *month = *month * 10 + (text.ptr[i] - '0');
    return true;
}

static bool read_period(const List *list, Row *row)
{
    KfPeriod *out = &row->period;

    if (list->has[KF_HEAD_PERIOD]) {
        const KfCell *cell = kf_grid_at(list->grid, row->row, list->col[KF_HEAD_PERIOD]);
        KfHeading heading;

        if (!cell || !kf_heading_read_in_list(list->reader->book, list->grid, cell, &heading))
            return false;
        *out = heading.period;
        row->calendar = heading.calendar;
        return true;
    }
    if (list->has[KF_HEAD_FROM] && list->has[KF_HEAD_TO])
        return month_at(list, row->row, KF_HEAD_FROM, &out->from)
               && month_at(list, row->row, KF_HEAD_TO, &out->to) && out->from < out->to;
    if (!month_at(list, row->row, KF_HEAD_MONTH, &out->from) || out->from == 0)
        return false;
    out->to = out->from;
    return true;
}

static KfHead period_head(const List *list)
{
    return list->has[KF_HEAD_PERIOD] ? KF_HEAD_PERIOD
           : list->has[KF_HEAD_FROM] ? KF_HEAD_FROM
                                     : KF_HEAD_MONTH;
}

/* Cells left blank under a text mean the text above. */
static void carry_down(Row *row, const Row *above)
{
    if (!row->citizen.len)
        row->citizen = above->citizen;
    if (!row->section.len)
        row->section = above->section;
    if (!row->course_label.text.len && row->course < 0) {
        row->course_label.text = above->course_label.text;
        row->course = above->course;
    }
    if (!row->benefit.text.len)
        row->benefit.text = above->benefit.text;
}

static void read_payer(const List *list, Row *row)
{
    KfText text = shown_at(list, row->row, KF_HEAD_PAYER);
    KfLabelRole payer = kf_role_in(list->grid, text);

    row->role = kf_role_in(list->grid, row->benefit.text);
    if (!text.len || payer.role != KF_ROLE_PAYER)
        return;
    row->has_payer = true;
    row->payer = payer.payer;
    if (!row->benefit.text.len || row->role.role == KF_ROLE_TOTAL) { /* all benefits together */
        row->role = payer;
        row->benefit.text = text;
    }
}

static void read_amounts(const List *list, Row *row)
{
    row->amount = kf_figure_read(&list->figures, row->row, list->col[KF_HEAD_AMOUNT]);
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (list->has_payer_col[k])
            row->parts[k] = kf_figure_read(&list->figures, row->row, list->payer_cols[k]);
    }
}

static Row read_row(const List *list, uint32_t at, const Row *above)
{
    Row row = { .row = at, .course = list->course };

    read_amounts(list, &row);
    row.citizen = citizen_of(list, shown_at(list, at, KF_HEAD_CITIZEN));
    row.section = shown_at(list, at, KF_HEAD_SECTION);
    row.benefit = label_of(list, at, KF_HEAD_BENEFIT);
    row.period_label = label_of(list, at, period_head(list));
    row.course_label = label_of(list, at, KF_HEAD_COURSE);
    if (list->has[KF_HEAD_COURSE])
        row.course = kf_course_in(list->grid, row.course_label.text);
    if (above && (list->has[KF_HEAD_BENEFIT] || row.course_label.text.len == 0))
        carry_down(&row, above);
    read_payer(list, &row);
    if (!read_period(list, &row)) {
        row.period = (KfPeriod){ -1, -1 };
        row.over_all = kf_role_in(list->grid, row.period_label.text).role == KF_ROLE_TOTAL;
    }
    return row;
}

static bool is_blank_row(const List *list, uint32_t row)
{
    for (size_t i = list->grid->row_start[row]; i < list->grid->row_start[row + 1]; i++) {
        const KfCell *cell = &list->grid->cells[i];

        if (cell->col >= list->first_col && cell->col <= list->last_col
            && (cell->text.len || cell->formula.len))
            return false;
    }
    return true;
}

static bool repeats_headings(const List *list, uint32_t row)
{
    return kf_text_eq(shown_at(list, row, KF_HEAD_AMOUNT),
                      kf_text_at(list->grid, list->row, list->col[KF_HEAD_AMOUNT]));
}

static bool is_placed(const Row *row)
{
    return row->course >= 0 && (row->period.from >= 0 || row->over_all)
           && (row->benefit.text.len || row->has_payer);
}

static void note_row(const List *list, const Row *row)
{
    const KfTableReader *reader = list->reader;
    KfHead at = is_placed(row)         ? KF_HEAD_BENEFIT
                : row->period.from < 0 ? period_head(list)
                                       : KF_HEAD_COURSE;
    KfNote note = { { reader->sheet, row->row, list->col[at] }, shown_at(list, row->row, at) };

    if (note.text.len && *reader->unplaced_count < KF_UNPLACED_MAX)
        KF_PUSH(reader->arena, *reader->unplaced, *reader->unplaced_count, *reader->unplaced_cap,
                note);
}

/* What is below the headings. A row without an amount, and one that is neither of a
 * course nor of a period, are left out. */
static Rows read_rows(List *list, uint32_t end_row)
{
    KfArena *arena = list->reader->arena;
    Rows out = { 0 };
    const Row *above = NULL;
    uint32_t blank = 0;

    list->end = list->row + 1;
    for (uint32_t at = list->end; at < end_row && blank < BLANK_ROWS_END; at++) {
        Row row;

        if (is_blank_row(list, at)) {
            blank++;
            above = NULL; /* what is said once is said for the rows right beneath it */
            continue;
        }
        if (repeats_headings(list, at))
            continue;
        row = read_row(list, at, above);
        if (!is_placed(&row) && row.amount.state == KF_FIGURE_BLANK) {
            blank++; /* a title or a note */
            continue;
        }
        if (!is_placed(&row) && blank)
            break; /* another table */
        blank = 0;
        list->end = at + 1;
        KF_PUSH(arena, out.rows, out.count, out.cap, row);
        above = is_placed(&row) ? &out.rows[out.count - 1] : NULL;
    }
    return out;
}

/* Where the list ends is known once its rows are read; what its column of amounts shows then says
 * how they are to be read. */
static void settle_separators(List *list, Rows *rows)
{
    list->figures.separators =
        kf_separators_of(list->grid, &list->col[KF_HEAD_AMOUNT], 1, list->row + 1, list->end);
    if (list->figures.separators == KF_SEP_UNKNOWN)
        return;
    for (size_t i = 0; i < rows->count; i++)
        read_amounts(list, &rows->rows[i]);
}

/* Months of the calendar and months of a course do not mix: those there are fewer of are not
 * understood. */
static void settle_calendar(Rows *rows)
{
    size_t calendar = 0, counted = 0;

    for (size_t i = 0; i < rows->count; i++) {
        calendar += rows->rows[i].calendar;
        counted += !rows->rows[i].calendar && rows->rows[i].period.from >= 0;
    }
    for (size_t i = 0; calendar && counted && i < rows->count; i++) {
        if (rows->rows[i].calendar != (calendar < counted))
            continue;
        rows->rows[i].period = (KfPeriod){ -1, -1 };
        rows->rows[i].calendar = false;
    }
}

/* At least every other row with an amount must say whose course and which months. */
static bool is_list(const Rows *rows)
{
    size_t amounts = 0, placed = 0;

    for (size_t i = 0; i < rows->count; i++) {
        bool stated = rows->rows[i].amount.state == KF_FIGURE_STATED;

        amounts += stated;
        placed += stated && is_placed(&rows->rows[i]);
    }
    return placed >= 2 && placed * 2 >= amounts;
}

/* ---- sorting --------------------------------------------------------------- */

static int by_row(const Row *a, const Row *b)
{
    return (a->row > b->row) - (a->row < b->row);
}

static int by_list_row(const void *x, const void *y)
{
    return by_row(x, y);
}

static int by_course(const void *x, const void *y)
{
    const Row *a = x, *b = y;
    int order = kf_text_cmp(a->citizen, b->citizen);

    if (!order)
        order = a->course - b->course;
    return order ? order : by_row(a, b);
}

static int period_order(KfPeriod a, KfPeriod b)
{
    return a.from != b.from ? (a.from > b.from) - (a.from < b.from) : (a.to > b.to) - (a.to < b.to);
}

static int by_period(const void *x, const void *y)
{
    const Row *a = x, *b = y;
    int order = period_order(a->period, b->period);

    return order ? order : by_row(a, b);
}

/* Whether two rows are about the same: benefit, section and payer. */
static int item_order(const Row *a, const Row *b)
{
    int order = kf_text_cmp(a->benefit.text, b->benefit.text);

    if (!order)
        order = kf_text_cmp(a->section, b->section);
    if (!order)
        order = (int)a->has_payer - (int)b->has_payer;
    if (!order && a->has_payer)
        order = (int)a->payer - (int)b->payer;
    return order;
}

static int by_twin(const void *x, const void *y)
{
    const Row *a = x, *b = y;
    int order = item_order(a, b);

    if (!order)
        order = (int)a->over_all - (int)b->over_all;
    return order ? order : by_period(a, b);
}

static int by_item(const void *x, const void *y)
{
    const Row *a = x, *b = y;
    int order = item_order(a, b);

    if (!order)
        order = (a->twin > b->twin) - (a->twin < b->twin);
    return order ? order : by_row(a, b);
}

static int by_item_row(const void *x, const void *y)
{
    const KfItem *a = x, *b = y;

    return kf_ref_order(a->label.ref, b->label.ref);
}

static int by_first_row(const void *x, const void *y)
{
    const KfListCourse *a = x, *b = y;

    if (a->course.range.first_row != b->course.range.first_row)
        return a->course.range.first_row < b->course.range.first_row ? -1 : 1;
    return (int)a->course.kind - (int)b->course.kind;
}

/* Digits count as numbers: "Borger 2" before "Borger 10". */
static int natural_order(KfText a, KfText b)
{
    size_t i = 0, j = 0;

    while (i < a.len && j < b.len) {
        uint64_t x = 0, y = 0;
        size_t from = i;

        for (; i < a.len && a.ptr[i] >= '0' && a.ptr[i] <= '9' && i - from < 18; i++)
            x = x * 10 + (uint64_t)(a.ptr[i] - '0');
        for (from = j; j < b.len && b.ptr[j] >= '0' && b.ptr[j] <= '9' && j - from < 18; j++)
            y = y * 10 + (uint64_t)(b.ptr[j] - '0');
        if (x != y)
            return x < y ? -1 : 1;
        if (i < a.len && j < b.len && a.ptr[i] != b.ptr[j])
            return (unsigned char)a.ptr[i] < (unsigned char)b.ptr[j] ? -1 : 1;
        i++;
        j++;
    }
    return (i < a.len) - (j < b.len);
}

static int by_citizen(const void *x, const void *y)
{
    const KfListCourse *a = x, *b = y;
    int order = natural_order(a->citizen, b->citizen);

    return order ? order : by_first_row(a, b);
}

/* Whether the rows of different citizens stand in between each other. */
static bool is_mixed(const KfList *list)
{
    uint32_t last = 0;

    for (size_t i = 0; i < list->count; i++) {
        const KfListCourse *one = &list->courses[i];

        if (i && one->course.range.first_row < last
            && !kf_text_eq(one->citizen, list->courses[i - 1].citizen))
            return true;
        if (one->course.range.last_row > last)
            last = one->course.range.last_row;
    }
    return false;
}

/* ---- courses --------------------------------------------------------------- */

/* Periods by their months; each once. A period that most courses of the list have is
 * one of this course too: without a row it just has no amounts. */
static void set_periods(const List *list, KfCourse *course, Row *rows, size_t count)
{
    KfArena *arena = list->reader->arena;
    size_t cap = 0, common = 0;

    qsort(rows, count, sizeof *rows, by_period);
    for (size_t i = 0; i < count; i++) {
        KfPeriodColumn column = { .period = rows[i].period, .label = rows[i].period_label };

        if (rows[i].over_all)
            continue;
        while (common < list->common_count
               && period_order(list->common[common].period, column.period) < 0)
            KF_PUSH(arena, course->periods, course->period_count, cap, list->common[common++]);
        if (common < list->common_count
            && period_order(list->common[common].period, column.period) == 0)
            common++;
        if (!course->period_count
            || period_order(course->periods[course->period_count - 1].period, column.period))
            KF_PUSH(arena, course->periods, course->period_count, cap, column);
    }
    while (course->period_count && common < list->common_count)
        KF_PUSH(arena, course->periods, course->period_count, cap, list->common[common++]);
}

/* Where nothing was paid a list has no row: months before a period of the course, which the
 * citizen's other course has as a period, are one of this course too. */
static void fill_gaps(const List *list, KfCourse *course, const Rows *others)
{
    const KfPeriodColumn *own = course->periods;
    const size_t count = course->period_count;
    KfPeriodColumn *all = NULL;
    size_t all_count = 0, cap = 0, p = 0;
    int32_t end = 0;

    qsort(others->rows, others->count, sizeof *others->rows, by_period);
    for (size_t i = 0; i < others->count && p < count; i++) {
        const Row *other = &others->rows[i];
        const KfPeriodColumn column = { .period = other->period, .label = other->period_label };

        for (; p < count && kf_period_start(own[p].period) < other->period.to; p++) {
            KF_PUSH(list->reader->arena, all, all_count, cap, own[p]);
            end = own[p].period.to > end ? own[p].period.to : end;
        }
        if (other->over_all || p == count || kf_period_start(other->period) < end)
            continue;
        KF_PUSH(list->reader->arena, all, all_count, cap, column);
        end = other->period.to;
    }
    for (; p < count; p++)
        KF_PUSH(list->reader->arena, all, all_count, cap, own[p]);
    course->periods = all;
    course->period_count = all_count;
}

/* Rows and periods are in order. */
static void number_periods(const KfCourse *course, Row *rows, size_t count)
{
    size_t p = 0;

    for (size_t i = 0; i < count; i++) {
        if (rows[i].over_all)
            continue;
        while (period_order(course->periods[p].period, rows[i].period) < 0)
            p++;
        rows[i].period_index = p;
    }
}

static int by_period_and_course(const void *x, const void *y)
{
    const Row *a = x, *b = y;
    int order = period_order(a->period, b->period);

    return order ? order : by_course(a, b);
}

static bool same_course(const Row *a, const Row *b)
{
    return a->course == b->course && kf_text_eq(a->citizen, b->citizen);
}

/* The periods that at least half of the courses have. */
static void find_common(List *list, Row *rows, size_t count)
{
    size_t courses = 0, cap = 0;

    qsort(rows, count, sizeof *rows, by_course);
    for (size_t i = 0; i < count; i++)
        courses += i == 0 || !same_course(&rows[i - 1], &rows[i]);
    qsort(rows, count, sizeof *rows, by_period_and_course);
    for (size_t from = 0, to; from < count; from = to) {
        size_t having = 1;
        KfPeriodColumn column = { .period = rows[from].period, .label = rows[from].period_label };

        for (to = from + 1; to < count && period_order(rows[from].period, rows[to].period) == 0;
             to++)
            having += !same_course(&rows[to - 1], &rows[to]);
        if (!rows[from].over_all && having * 2 >= courses)
            KF_PUSH(list->reader->arena, list->common, list->common_count, cap, column);
    }
}

/* How many rows above are about the same benefit in the same period. */
static void number_twins(Row *rows, size_t count)
{
    qsort(rows, count, sizeof *rows, by_twin);
    for (size_t i = 1; i < count; i++) {
        bool same = item_order(&rows[i - 1], &rows[i]) == 0
                    && rows[i - 1].over_all == rows[i].over_all
                    && period_order(rows[i - 1].period, rows[i].period) == 0;

        rows[i].twin = same ? rows[i - 1].twin + 1 : 0;
    }
}

static KfFigure *new_figures(const List *list, const KfCourse *course)
{
    return kf_arena_array(list->reader->arena, course->period_count, sizeof(KfFigure));
}

/* A row that the list has for a payer or a sum; false when its place is taken. */
static bool put_sum(const List *list, KfCourse *course, const Row *row)
{
    bool payer = row->role.role == KF_ROLE_PAYER;
    KfFigure **figures = payer ? &course->payers[row->role.payer] : &course->totals;
    KfFigure *total = payer ? &course->payer_totals[row->role.payer] : &course->case_total;

    if (row->over_all) {
        if (total->state != KF_FIGURE_NONE)
            return false;
        *total = row->amount;
        *(payer ? &course->payer_total_labels[row->role.payer] : &course->case_total_label) =
            row->benefit;
        return true;
    }
    if (!*figures) {
        *figures = new_figures(list, course);
        *(payer ? &course->payer_labels[row->role.payer] : &course->total_label) = row->benefit;
    }
    if ((*figures)[row->period_index].state != KF_FIGURE_NONE)
        return false;
    (*figures)[row->period_index] = row->amount;
    return true;
}

static void put_item(const List *list, KfCourse *course, size_t *cap, const Row *row, bool opens)
{
    KfItem *item;

    if (opens) {
        KfItem fresh = { .label = row->benefit,
                         .parts = kf_no_parts,
                         .section = row->section,
                         .amounts = new_figures(list, course),
                         .is_part = row->role.part,
                         .has_payer = row->has_payer,
                         .payer = row->payer };

        KF_PUSH(list->reader->arena, course->items, course->item_count, *cap, fresh);
    }
    item = &course->items[course->item_count - 1];
    if (row->over_all) {
        item->total = row->amount;
        return;
    }
    item->amounts[row->period_index] = row->amount;
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (!list->has_payer_col[k])
            continue;
        if (!item->split[k])
            item->split[k] = new_figures(list, course);
        item->split[k][row->period_index] = row->parts[k];
    }
}

static bool is_sum(const Row *row)
{
    return row->role.role == KF_ROLE_PAYER || row->role.role == KF_ROLE_TOTAL;
}

/* Items times periods stay within what the rows themselves take, so that a list of
 * nothing but different periods takes no more memory than it is long. */
static bool fits(const Row *rows, size_t count, size_t periods)
{
    size_t items = 0;

    for (size_t i = 0; i < count; i++)
        items += i == 0 || by_item(&rows[i - 1], &rows[i]) == 0
                 || item_order(&rows[i - 1], &rows[i]) || rows[i - 1].twin != rows[i].twin;
    return periods && items <= (count * ROOM_A_ROW + LEAST_ROOM) / periods;
}

static void put_rows(const List *list, KfCourse *course, Row *rows, size_t count)
{
    const Row *last = NULL;
    size_t cap = 0;

    for (size_t i = 0; i < count; i++) {
        bool opens = !last || item_order(last, &rows[i]) || last->twin != rows[i].twin;

        if (is_sum(&rows[i])) {
            if (!put_sum(list, course, &rows[i]))
                note_row(list, &rows[i]);
            continue;
        }
        put_item(list, course, &cap, &rows[i], opens);
        last = &rows[i];
    }
    if (course->item_count)
        qsort(course->items, course->item_count, sizeof *course->items, by_item_row);
}

/* Rows of one citizen's course. */
static bool make_course(const List *list, Row *rows, size_t count, const Rows *others,
                        KfListCourse *out)
{
    KfCourse *course = &out->course;

    qsort(rows, count, sizeof *rows, by_list_row);
    out->citizen = rows[0].citizen;
    *course =
        (KfCourse){ .kind = (KfCourseKind)rows[0].course,
                    .sheet_name = list->grid->name,
                    .sheet = list->reader->sheet,
                    .range = { rows[0].row, list->first_col, rows[count - 1].row, list->last_col },
                    .heading = rows[0].course_label,
                    .unit = list->figures.unit };
    course->heading.has_ref &= course->heading.text.len > 0;
    set_periods(list, course, rows, count);
    if (!course->period_count)
        return false;
    fill_gaps(list, course, others);
    number_periods(course, rows, count);
    number_twins(rows, count);
    qsort(rows, count, sizeof *rows, by_item);
    if (!fits(rows, count, course->period_count))
        return false;
    put_rows(list, course, rows, count);
    return course->item_count > 0 || course->totals;
}

static size_t keep_placed(const List *list, Rows *rows)
{
    size_t kept = 0;

    for (size_t i = 0; i < rows->count; i++) {
        if (is_placed(&rows->rows[i]))
            rows->rows[kept++] = rows->rows[i];
        else
            note_row(list, &rows->rows[i]);
    }
    return kept;
}

static bool is_calendar(const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].calendar)
            return true;
    }
    return false;
}

/* Months of the calendar to months of the courses, which begin with the citizen's first
 * period. */
static void count_from_start(KfListCourse *courses, size_t count)
{
    int32_t start = INT32_MAX;

    for (size_t i = 0; i < count; i++) {
        const int32_t from = courses[i].course.periods[0].period.from;

        start = from < start ? from : start;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t p = 0; p < courses[i].course.period_count; p++) {
            courses[i].course.periods[p].period.from -= start - 1;
            courses[i].course.periods[p].period.to -= start - 1;
        }
    }
}

/* The courses in the order of their citizens. */
static void count_all_from_start(KfList *list)
{
    for (size_t from = 0, to; from < list->count; from = to) {
        for (to = from + 1; to < list->count
                            && kf_text_eq(list->courses[to].citizen, list->courses[from].citizen);)
            to++;
        count_from_start(&list->courses[from], to - from);
    }
}

/* How many rows from `from` on are of one course. */
static size_t course_length(const Row *rows, size_t from, size_t count)
{
    size_t to = from + 1;

    while (to < count && same_course(&rows[to], &rows[from]))
        to++;
    return to - from;
}

static Rows rows_if_of(Row *rows, size_t count, KfText citizen)
{
    const bool same = count && kf_text_eq(rows[0].citizen, citizen);

    return (Rows){ .rows = rows, .count = same ? count : 0 };
}

static void make_courses(List *list, Rows *rows, KfList *out)
{
    const size_t count = keep_placed(list, rows);
    const bool calendar = count && is_calendar(rows->rows, count);
    size_t cap = 0, before = 0;

    find_common(list, rows->rows, count);
    qsort(rows->rows, count, sizeof *rows->rows, by_course);
    for (size_t from = 0, to; from < count; from = to) {
        Row *own = &rows->rows[from];
        const KfText citizen = own->citizen;
        Rows others = rows_if_of(own - before, before, citizen);
        KfListCourse course;

        to = from + course_length(rows->rows, from, count);
        if (!others.count && to < count)
            others = rows_if_of(&rows->rows[to], course_length(rows->rows, to, count), citizen);
        if (make_course(list, own, to - from, &others, &course))
            KF_PUSH(list->reader->arena, out->courses, out->count, cap, course);
        before = to - from;
    }
    if (calendar)
        count_all_from_start(out);
    if (out->count)
        qsort(out->courses, out->count, sizeof *out->courses, by_first_row);
    if (is_mixed(out))
        qsort(out->courses, out->count, sizeof *out->courses, by_citizen);
}

static KfOere find_unit(const List *list)
{
    uint32_t first = list->row > TITLE_ROWS ? list->row - TITLE_ROWS : 0;
    KfOere unit = 100;

    for (uint32_t row = first; row <= list->row; row++) {
        for (size_t i = list->grid->row_start[row]; i < list->grid->row_start[row + 1]; i++) {
            const KfCell *cell = &list->grid->cells[i];
            KfOere named = cell->kind == KF_CELL_TEXT
                               ? kf_label_facts(list->grid, cell->text)->units.named
                               : 0;

            unit = named ? named : unit;
        }
    }
    return unit;
}

bool kf_list_read(const KfTableReader *reader, uint32_t row, uint32_t end_row, KfList *out)
{
    List list = { .reader = reader,
                  .grid = &reader->book->sheets[reader->sheet],
                  .row = row,
                  .citizen_word = KF_TEXT("Borger"),
                  .course = -1 };
    Rows rows;

    *out = (KfList){ 0 };
    if (!take_headings(&list))
        return false;
    if (!list.has[KF_HEAD_COURSE] && (list.course = title_course(&list)) < 0)
        return false;
    if (list.has[KF_HEAD_CITIZEN]
        && kf_text_starts(shown_at(&list, row, KF_HEAD_CITIZEN), KF_TEXT("Sag")))
        list.citizen_word = KF_TEXT("Sag");
    list.figures =
        (KfFigureReader){ reader->book, reader->sheet, KF_SEP_UNKNOWN, find_unit(&list) };
    rows = read_rows(&list, end_row);
    out->rows_read = list.end - row + BLANK_ROWS_END;
    settle_separators(&list, &rows);
    settle_calendar(&rows);
    if (!is_list(&rows))
        return false;
    out->range = (KfRange){ row, list.first_col, list.end - 1, list.last_col };
    out->unit = list.figures.unit;
    make_courses(&list, &rows, out);
    return out->count > 0;
}
