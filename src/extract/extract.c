/* Which course a table is, whose it is, and which two belong together. The
 * nearest heading above names the course; the nearest title above, or else the
 * sheet, names the citizen. */
#include "kf/extract.h"

#include "extract/stated_date.h"
#include "extract/table.h"
#include "extract/words.h"
#include "kf/edit.h"

enum { TITLE_ROWS = 8 };

typedef struct {
    KfArena *arena;
    const KfBook *book;
    KfModel *model;
    size_t case_cap, unplaced_cap;
} Reader;

/* The heading that names the course, nearest first; -1 when there is none. */
static int find_course(const KfGrid *grid, const KfRun *run, uint32_t first_row, KfCourse *course)
{
    for (uint32_t row = run->row + 1; row-- > first_row && run->row - row <= TITLE_ROWS;) {
        for (uint32_t col = run->last_col + 1; col-- > run->left_col;) {
            KfText text = kf_text_at(grid, row, col);
            int kind = text.len ? kf_course_named(text) : -1;

            if (kind < 0)
                continue;
            course->heading = (KfLabel){ text, { course->sheet, row, col }, true };
            return kind;
        }
    }
    return kf_course_named(grid->name);
}

/* A citizen named above the table: of this band of rows first, then of the one above. */
static KfText find_citizen(const KfGrid *grid, uint32_t row, uint32_t last_col)
{
    for (row++; row-- > 0;) {
        for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
            const KfCell *cell = &grid->cells[i];
            KfText citizen;

            if (cell->kind != KF_CELL_TEXT || cell->col > last_col)
                continue;
            citizen = kf_citizen_named(kf_text_trim(cell->text));
            if (citizen.len)
                return citizen;
        }
    }
    return kf_without_course(grid->name);
}

static bool same_citizen(KfText a, KfText b)
{
    size_t i = 0, j = 0;

    for (;;) {
        int32_t x = kf_rune_lower(kf_text_next(a, &i)), y = kf_rune_lower(kf_text_next(b, &j));

        if (x != y)
            return false;
        if (x < 0)
            return true;
    }
}

/* The latest case of this citizen that has no such course yet, or a new one. */
static KfCase *case_for(Reader *reader, KfText citizen, KfCourseKind kind)
{
    KfModel *model = reader->model;
    KfCase fresh = { .citizen = citizen };

    for (size_t i = model->case_count; i-- > 0;) {
        if (same_citizen(model->cases[i].citizen, citizen)) {
            if (!model->cases[i].has[kind])
                return &model->cases[i];
            break;
        }
    }
    KF_PUSH(reader->arena, model->cases, model->case_count, reader->case_cap, fresh);
    return &model->cases[model->case_count - 1];
}

/* Without a heading, the first of two tables of a citizen is the actual course,
 * but only where payer rows or totals show that it is a case table at all. */
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
                 && is_untouched(&course->case_total, 1)
                 && is_untouched(course->payer_totals, KF_PAYER_COUNT);

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        blank &= is_untouched(course->payers[k], course->period_count);
    for (size_t i = 0; i < course->item_count && blank; i++)
        blank = is_untouched(course->items[i].amounts, course->period_count)
                && is_untouched(&course->items[i].total, 1)
                && is_untouched(course->items[i].parts, KF_PAYER_COUNT);
    return blank;
}

static void place_course(Reader *reader, const KfGrid *grid, const KfRun *run, KfCourse *course,
                         int kind)
{
    KfText citizen = find_citizen(grid, run->row, run->right_col);
    KfCase *found;

    if (kind < 0) {
        if (!has_payers(course))
            return;
        found = case_for(reader, citizen, KF_ACTUAL);
        kind = found->has[KF_ACTUAL] ? KF_COUNTERFACTUAL : KF_ACTUAL;
    } else {
        found = case_for(reader, citizen, (KfCourseKind)kind);
    }
    course->kind = (KfCourseKind)kind;
    if (course->heading.has_ref && course->heading.ref.row < course->range.first_row)
        course->range.first_row = course->heading.ref.row;
    found->courses[kind] = *course;
    found->has[kind] = true;
}

static void read_sheet(Reader *reader, uint32_t sheet)
{
    const KfGrid *grid = &reader->book->sheets[sheet];
    KfRuns runs = kf_locate_runs(reader->arena, reader->book, sheet);
    uint32_t first_row = 0, end_row = 0;
    KfModel *model = reader->model;
    KfTableReader table = { reader->arena,    reader->book,           sheet,
                            &model->unplaced, &model->unplaced_count, &reader->unplaced_cap };

    for (size_t i = 0; i < runs.count; i++) {
        const KfRun *run = &runs.runs[i];
        KfCourse course = { 0 };

        /* A table's headings stand below the tables above it. */
        if (i == 0 || run->row > runs.runs[i - 1].row)
            first_row = end_row < run->row ? end_row : run->row;
        if (!kf_table_read(&table, run, &course))
            continue;
        if (course.range.last_row + 1 > end_row)
            end_row = course.range.last_row + 1;
        if (is_blank_form(&course)) {
            model->blank_count++;
            continue;
        }
        place_course(reader, grid, run, &course, find_course(grid, run, first_row, &course));
    }
}

void kf_extract(KfArena *arena, const KfBook *book, KfModel *model)
{
    Reader reader = { .arena = arena, .book = book, .model = model };

    *model = (KfModel){ .stated_date = KF_DATE_NONE };
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (kf_grid_is_ours(&book->sheets[i]))
            continue;
        if (!kf_grid_is_aid(&book->sheets[i]))
            read_sheet(&reader, (uint32_t)i);
        kf_find_stated_date(book, (uint32_t)i, model);
    }
}

void kf_model_read(KfArena *arena, const KfBook *book, KfModel *model)
{
    kf_extract(arena, book, model);
}
