/* Which course a table is, and whose. The nearest heading above names the course; the
 * nearest title above, or else the sheet, names the citizen. */
#include "extract/stretch.h"

#include "extract/label_memo.h"
#include "extract/table.h"

enum { TITLE_ROWS = 8, SIDE_ROWS = 3 };

typedef struct {
    KfArena *arena;
    const KfBook *book;
    KfStretch *out;
} Reader;

static bool names_course(const KfGrid *grid, uint32_t row, uint32_t col, KfFoundCourse *found)
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
static void find_course(const KfGrid *grid, const KfRun *run, uint32_t first_row,
                        KfFoundCourse *found)
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

/* "Faktisk" or "Scenarie A" over quarters is found in many an ordinary sheet: there
 * payers, a citizen or a counterfactual course must show that it is a case. */
static bool is_case(const Reader *reader, const KfFoundCourse *found, const KfRun *run)
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
           || (found->name.kind == KF_ACTUAL && reader->out->sheet->names_counterfactual);
}

static bool read_table(Reader *reader, const KfRun *run, uint32_t first_row, KfFoundCourse *found)
{
    KfStretch *out = reader->out;
    const KfSheetSurvey *sheet = out->sheet;
    const KfGrid *grid = &reader->book->sheets[sheet->sheet];
    KfTableReader table = { .arena = reader->arena,
                            .book = reader->book,
                            .sheet = sheet->sheet,
                            .first_row = first_row,
                            .unit = kf_titles_unit(&sheet->titles, run->row),
                            .unplaced = &out->unplaced,
                            .unplaced_count = &out->unplaced_count,
                            .unplaced_cap = &out->unplaced_cap,
                            .runs = &sheet->runs };
    size_t unplaced = out->unplaced_count;

    *found = (KfFoundCourse){ .title = kf_titles_citizen(&sheet->titles, run) };
    if (!kf_table_read(&table, run, &found->course)) {
        out->unplaced_count = unplaced;
        return false;
    }
    find_course(grid, run, first_row, found);
    if (is_case(reader, found, run)) {
        found->citizen = found->title.len ? found->title : kf_without_course(grid->name);
        return true;
    }
    out->unplaced_count = unplaced;
    return false;
}

void kf_stretch_read(KfArena *arena, const KfBook *book, KfStretch *stretch)
{
    const KfRuns *runs = &stretch->sheet->runs;
    Reader reader = { arena, book, stretch };
    uint32_t first_row = 0;

    stretch->found = kf_arena_array(arena, stretch->to - stretch->from, sizeof *stretch->found);
    stretch->count = stretch->unplaced_count = 0;
    stretch->end_row = stretch->above;
    for (size_t i = stretch->from; i < stretch->to; i++) {
        const KfRun *run = &runs->runs[i];
        KfFoundCourse *found = &stretch->found[stretch->count];

        if (stretch->sheet->taken[run->row])
            continue;

        /* A table's headings stand below the tables above it. */
        if (i == stretch->from || run->row > runs->runs[i - 1].row)
            first_row = stretch->end_row < run->row ? stretch->end_row : run->row;
        if (!read_table(&reader, run, first_row, found))
            continue;
        if (found->course.range.last_row + 1 > stretch->end_row)
            stretch->end_row = found->course.range.last_row + 1;
        stretch->count++;
    }
}

void kf_stretch_read_ahead(KfArena *arena, const KfBook *book, KfStretch *stretch)
{
    const KfRun *runs = stretch->sheet->runs.runs;
    KfStretch before = { .sheet = stretch->sheet, .from = stretch->from, .to = stretch->from };

    while (before.from && runs[before.from - 1].row == runs[stretch->from - 1].row)
        before.from--;
    kf_stretch_read(arena, book, &before);
    stretch->above = before.end_row;
    kf_stretch_read(arena, book, stretch);
}
