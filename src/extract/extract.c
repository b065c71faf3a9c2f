/* Which course a table is, whose it is, and which two belong together. The
 * nearest heading above names the course; the nearest title above, or else the
 * sheet, names the citizen. */
#include "kf/extract.h"

#include <limits.h>

#include "extract/case_pairing.h"
#include "extract/form.h"
#include "extract/label_memo.h"
#include "extract/list.h"
#include "extract/stated_date.h"
#include "extract/table.h"
#include "extract/titles.h"
#include "extract/words.h"
#include "kf/edit.h"

enum { TITLE_ROWS = 8, SIDE_ROWS = 3 };

typedef struct {
    KfArena *arena;
    const KfBook *book;
    KfModel *model;
    KfCasePairing pairing;
    bool names_counterfactual;
    KfTitles *titles; /* of each sheet */
    KfRuns *runs;
    bool *taken; /* rows of the sheet that a table has */
    size_t unplaced_cap, table_cap;
} Reader;

/* A table that is a course, whose it is, and how that is known. */
typedef struct {
    KfCourse course;
    KfCourseName name;
    KfText citizen, title;
} Found;

static bool names_course(const KfGrid *grid, uint32_t row, uint32_t col, Found *found)
{
    KfText text = kf_text_at(grid, row, col);
    KfCourseName name = { -1, false };

    if (text.len)
        name = kf_label_facts(grid, text)->words.course;
    if (name.kind < 0 || (found->name.kind >= 0 && !name.sure))
        return false;
    found->name = name;
    found->course.heading = (KfLabel){ text, { found->course.sheet, row, col }, true };
    return name.sure;
}

/* The heading that names the course: above the periods, nearest first, one that
 * says it outright before any other; or left of the labels; or the sheet's name. */
static void find_course(const KfGrid *grid, const KfRun *run, uint32_t first_row, Found *found)
{
    found->name = (KfCourseName){ -1, false };
    for (uint32_t row = run->row + 1; row-- > first_row && run->row - row <= TITLE_ROWS;) {
        for (uint32_t col = run->last_col + 1; col-- > run->left_col;) {
            if (names_course(grid, row, col, found))
                return;
        }
    }
    for (uint32_t row = run->row + 1; row < run->limit_row && row <= run->row + SIDE_ROWS; row++) {
        for (uint32_t col = run->left_col; col < run->label_col; col++) {
            if (names_course(grid, row, col, found))
                return;
        }
    }
    if (found->name.kind < 0)
        found->name = kf_course_name(grid->name);
}

static bool has_payers(const KfCourse *course)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (course->payers[k] || course->payer_totals[k].state != KF_FIGURE_NONE)
            return true;
    }
    return false;
}

/* A form that nobody has filled in: no amount is typed, and its formulas give none. */
static bool is_untouched(const KfFigure *figures, size_t count)
{
    for (size_t i = 0; figures && i < count; i++) {
        const KfFigure *figure = &figures[i];

        if (figure->state == KF_FIGURE_UNREADABLE
            || (figure->state == KF_FIGURE_STATED && (!figure->is_formula || figure->value)))
            return false;
    }
    return true;
}

static bool is_blank_form(const KfCourse *course)
{
    bool blank = is_untouched(course->totals, course->period_count)
                 && is_untouched(&course->case_total, 1) && is_untouched(&course->case_row_total, 1)
                 && is_untouched(course->payer_totals, KF_PAYER_COUNT)
                 && is_untouched(course->payer_row_totals, KF_PAYER_COUNT);

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        blank &= is_untouched(course->payers[k], course->period_count);
    for (size_t i = 0; i < course->item_count && blank; i++)
        blank = is_untouched(course->items[i].amounts, course->period_count)
                && is_untouched(&course->items[i].total, 1)
                && is_untouched(course->items[i].parts, KF_PAYER_COUNT);
    return blank;
}

/* "Faktisk" or "Scenarie A" over quarters is found in many an ordinary sheet: there
 * payers, a citizen or a counterfactual course must show that it is a case. */
static bool is_case(const Reader *reader, const Found *found, const KfRun *run)
{
    bool payers = has_payers(&found->course);
    const KfLabel *heading = &found->course.heading;

    /* Payers alone, under a heading further up, are a payer table. */
    if (!found->course.item_count
        && (run->calendar || !heading->has_ref || heading->ref.row + 2 < run->top_row))
        return false;
    if (found->name.sure)
        return true;
    if (found->name.kind < 0)
        return payers && found->course.item_count > 0 && !run->calendar;
    return payers || found->title.len
           || (found->name.kind == KF_ACTUAL && reader->names_counterfactual);
}

static bool read_table(Reader *reader, const KfRun *run, uint32_t sheet, uint32_t first_row,
                       Found *found)
{
    KfModel *model = reader->model;
    const KfGrid *grid = &reader->book->sheets[sheet];
    const KfTitles *titles = &reader->titles[sheet];
    KfTableReader table = { reader->arena,
                            reader->book,
                            sheet,
                            first_row,
                            kf_titles_unit(titles, run->row),
                            &model->unplaced,
                            &model->unplaced_count,
                            &reader->unplaced_cap };
    size_t unplaced = model->unplaced_count;

    *found = (Found){ .title = kf_titles_citizen(titles, run) };
    if (!kf_table_read(&table, run, &found->course)) {
        model->unplaced_count = unplaced;
        return false;
    }
    find_course(grid, run, first_row, found);
    if (is_case(reader, found, run)) {
        found->citizen = found->title.len ? found->title : kf_without_course(grid->name);
        return true;
    }
    model->unplaced_count = unplaced;
    return false;
}

static void take_rows(Reader *reader, KfRange range)
{
    for (uint32_t row = range.first_row; row <= range.last_row; row++)
        reader->taken[row] = true;
}

static void add_course(Reader *reader, Found *found)
{
    KfCourse *course = &found->course;
    KfText shown = found->citizen.len ? found->citizen : course->sheet_name;
    KfCase *owner;

    if (course->heading.has_ref && course->heading.ref.row < course->range.first_row)
        course->range.first_row = course->heading.ref.row;
    take_rows(reader, course->range);
    if (is_blank_form(course)) {
        reader->model->blank_count++;
        return;
    }
    owner = kf_case_pair(&reader->pairing, found->citizen, shown, course->sheet, found->name.kind);
    course->kind = owner->has[KF_ACTUAL] && found->name.kind < 0 ? KF_COUNTERFACTUAL
                   : found->name.kind < 0                        ? KF_ACTUAL
                                                                 : (KfCourseKind)found->name.kind;
    owner->courses[course->kind] = *course;
    owner->has[course->kind] = true;
}

/* ---- lists and forms ------------------------------------------------------- */

static KfTableReader table_reader(Reader *reader, uint32_t sheet)
{
    return (KfTableReader){ .arena = reader->arena,
                            .book = reader->book,
                            .sheet = sheet,
                            .unplaced = &reader->model->unplaced,
                            .unplaced_count = &reader->model->unplaced_count,
                            .unplaced_cap = &reader->unplaced_cap };
}

/* A list without a column of citizens is of the one that a title above it names. */
static KfText list_citizen(const KfGrid *grid, uint32_t row)
{
    for (row++; row-- > 0;) {
        for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
            const KfCell *cell = &grid->cells[i];
            KfText citizen = { 0 };

            if (cell->kind == KF_CELL_TEXT)
                citizen = kf_citizen_named(kf_text_trim(cell->text));
            if (citizen.len)
                return citizen;
        }
    }
    return kf_without_course(grid->name);
}

static void add_list(Reader *reader, uint32_t sheet, const KfList *list)
{
    const KfGrid *grid = &reader->book->sheets[sheet];
    KfModel *model = reader->model;
    KfText title = list_citizen(grid, list->range.first_row);
    KfTable table = { .kind = KF_TABLE_LIST,
                      .sheet_name = grid->name,
                      .sheet = sheet,
                      .range = list->range,
                      .unit = list->unit };

    reader->pairing.in_turn = false;
    for (size_t i = 0; i < list->count; i++) {
        const KfListCourse *one = &list->courses[i];
        KfText citizen = one->citizen.len ? one->citizen : title;
        KfCase *owner = kf_case_pair(&reader->pairing, citizen, citizen.len ? citizen : grid->name,
                                     sheet, (int)one->course.kind);

        owner->courses[one->course.kind] = one->course;
        owner->has[one->course.kind] = true;
    }
    take_rows(reader, list->range);
    KF_PUSH(reader->arena, model->tables, model->table_count, reader->table_cap, table);
}

/* Two headings that can be read; one beside "Indlæggelse 1 måned" is a row of a list. */
static bool has_periods(const KfRun *run)
{
    size_t read = 0;

    for (size_t i = 0; i < run->count; i++)
        read += run->periods[i].period.from >= 0;
    return read > 1;
}

/* Lists stand above and below other tables, never beside them. */
static void read_lists(Reader *reader, uint32_t sheet)
{
    const KfGrid *grid = &reader->book->sheets[sheet];
    const KfTableReader table = table_reader(reader, sheet);
    const KfRuns *runs = &reader->runs[sheet];
    size_t next = 0;

    for (uint32_t row = 0; row < grid->row_count; row++) {
        uint32_t end;
        KfList list;

        while (next < runs->count
               && (runs->runs[next].row <= row || !has_periods(&runs->runs[next])))
            next++;
        end = next < runs->count ? runs->runs[next].row : grid->row_count;
        if (!kf_list_read(&table, row, end, &list))
            continue;
        add_list(reader, sheet, &list);
        row = list.range.last_row;
    }
}

/* Forms stand beside each other, or above and below other tables. */
static void read_forms(Reader *reader, uint32_t sheet)
{
    enum { BESIDE = 8 };
    const KfGrid *grid = &reader->book->sheets[sheet];
    const KfTableReader table = table_reader(reader, sheet);
    KfModel *model = reader->model;
    uint32_t next = 0;

    for (uint32_t row = 0; row < grid->row_count; row++) {
        KfTable found[BESIDE];
        size_t count;

        for (next = next > row ? next : row; next < grid->row_count && !reader->taken[next];)
            next++;
        if (reader->taken[row])
            continue;
        count = kf_forms_read(&table, row, next, found, BESIDE);
        for (size_t i = 0; i < count; i++) {
            take_rows(reader, found[i].range);
            if (is_untouched(found[i].figures, found[i].column_count * found[i].row_count)) {
                model->blank_count++;
                continue;
            }
            KF_PUSH(reader->arena, model->tables, model->table_count, reader->table_cap, found[i]);
        }
    }
}

static void read_sheet(Reader *reader, uint32_t sheet)
{
    const KfRuns *runs = &reader->runs[sheet];
    uint32_t first_row = 0, end_row = 0;
    Found *all = kf_arena_array(reader->arena, runs->count, sizeof *all);
    size_t count = 0;
    int kinds[KF_COURSE_COUNT] = { 0 };

    reader->taken =
        kf_arena_array(reader->arena, reader->book->sheets[sheet].row_count, sizeof(bool));
    read_lists(reader, sheet);
    for (size_t i = 0; i < runs->count; i++) {
        const KfRun *run = &runs->runs[i];
        Found *found = &all[count];

        if (reader->taken[run->row])
            continue;

        /* A table's headings stand below the tables above it. */
        if (i == 0 || run->row > runs->runs[i - 1].row)
            first_row = end_row < run->row ? end_row : run->row;
        if (!read_table(reader, run, sheet, first_row, found))
            continue;
        if (found->course.range.last_row + 1 > end_row)
            end_row = found->course.range.last_row + 1;
        if (found->name.kind >= 0)
            kinds[found->name.kind]++;
        count++;
    }
    reader->pairing.in_turn = kinds[KF_ACTUAL] == kinds[KF_COUNTERFACTUAL];
    for (size_t i = 0; i < count; i++)
        add_course(reader, &all[i]);
    read_forms(reader, sheet);
}

/* Runs and titles of every sheet, before any table is judged. */
static void survey(Reader *reader)
{
    const KfBook *book = reader->book;

    reader->runs = kf_arena_array(reader->arena, book->sheet_count, sizeof *reader->runs);
    reader->titles = kf_arena_array(reader->arena, book->sheet_count, sizeof *reader->titles);
    for (uint32_t i = 0; i < book->sheet_count; i++) {
        if (kf_grid_is_ours(&book->sheets[i]) || kf_grid_is_aid(&book->sheets[i]))
            continue;
        reader->runs[i] = kf_locate_runs(reader->arena, book, i);
        if (reader->runs[i].count == 0)
            continue;
        reader->titles[i] = kf_titles_read(reader->arena, book, i, reader->runs[i].runs[0].top_row);
        reader->names_counterfactual |= reader->titles[i].names_counterfactual;
    }
}

void kf_extract(KfArena *arena, const KfBook *book, KfModel *model)
{
    Reader reader = { .arena = arena, .book = kf_book_remembering(arena, book), .model = model };

    *model = (KfModel){ .stated_date = KF_DATE_NONE, .stated_rank = INT_MAX };
    kf_case_pairing_init(&reader.pairing, arena, model);
    survey(&reader);
    for (uint32_t i = 0; i < book->sheet_count; i++) {
        if (kf_grid_is_ours(&book->sheets[i]))
            continue;
        if (!kf_grid_is_aid(&book->sheets[i]))
            read_sheet(&reader, i);
        kf_find_stated_date(reader.book, i, model);
    }
}

void kf_model_read(KfArena *arena, const KfBook *book, KfModel *model)
{
    kf_extract(arena, book, model);
}
