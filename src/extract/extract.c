/* A workbook's tables, and which two courses belong together. Sheets are surveyed first: a
 * table is judged by what the others are called. Both the survey and the tables are shared
 * out among threads; what is found is put together in the order of the sheets. */
#include "kf/extract.h"

#include <limits.h>

#include "base/crew.h"
#include "extract/case_pairing.h"
#include "extract/form.h"
#include "extract/label_memo.h"
#include "extract/list.h"
#include "extract/stated_date.h"
#include "extract/stretch.h"
#include "extract/table.h"
#include "kf/edit.h"

/* What a thread takes at a time: runs of headings, rows. */
enum { STRETCH_RUNS = 48, SCAN_ROWS = 2048 };

/* A sheet is read so many times for lists that are none. */
enum { VAIN_READINGS = 32 };

typedef struct {
    KfSheetSurvey survey;
    bool *taken; /* rows that a table has */
    KfList *lists;
    size_t list_count, list_cap;
    KfText list_title; /* the citizen that the latest list is of, */
    uint32_t titled;   /* by the rows above this one; 0: no list yet */
    KfNote *unplaced;  /* in lists */
    size_t unplaced_count, unplaced_cap;
    KfCourseAbove *courses; /* as they stand */
    size_t course_count, course_cap;
    KfFoundCourse **dashed; /* that hold nothing but dashes */
    size_t dashed_count, dashed_cap;
    size_t first_stretch, stretch_count;
    size_t first_scan, scan_count; /* of a long sheet */
} Sheet;

/* What a thread reads with. */
typedef struct {
    KfArena *arena;
    const KfBook *book; /* remembers what its texts mean */
} Hand;

typedef struct {
    KfArena *arena;
    const KfBook *book;
    KfModel *model;
    KfCasePairing pairing;
    Sheet *sheets;
    unsigned threads;
    Hand *hands;  /* one a thread */
    KfArena *own; /* of all but the first */
    KfRowScan *scans;
    size_t scan_count, scan_cap;
    KfStretch *stretches;
    size_t stretch_count, stretch_cap;
    size_t unplaced_cap, table_cap;
} Reader;

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

/* A dash in some payer's row: that it costs nothing was written down. */
static bool has_dash(const KfCourse *course)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        for (size_t p = 0; course->payers[k] && p < course->period_count; p++) {
            if (!course->payers[k][p].is_formula && kf_text_trim(course->payers[k][p].shown).len)
                return true;
        }
    }
    return false;
}

/* ---- lists ------------------------------------------------------------------- */

static void take_rows(Sheet *sheet, KfRange range)
{
    for (uint32_t row = range.first_row; row <= range.last_row; row++)
        sheet->taken[row] = true;
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
static void find_lists(const Hand *hand, uint32_t index, Sheet *sheet)
{
    const KfGrid *grid = &hand->book->sheets[index];
    const KfTableReader table = { .arena = hand->arena,
                                  .book = hand->book,
                                  .sheet = index,
                                  .unplaced = &sheet->unplaced,
                                  .unplaced_count = &sheet->unplaced_count,
                                  .unplaced_cap = &sheet->unplaced_cap };
    const KfRuns *runs = &sheet->survey.runs;
    uint64_t in_vain = 0; /* rows that were read for what was no list */
    size_t next = 0;

    for (uint32_t row = 0; row < grid->row_count; row++) {
        uint32_t end;
        KfList list;

        if (!kf_runs_may_head_list(runs, row))
            continue;
        if (in_vain > (uint64_t)grid->row_count * VAIN_READINGS)
            break;
        while (next < runs->count
               && (runs->runs[next].row <= row || !has_periods(&runs->runs[next])))
            next++;
        end = next < runs->count ? runs->runs[next].row : grid->row_count;
        if (!kf_list_read(&table, row, end, &list)) {
            in_vain += list.rows_read;
            continue;
        }
        KF_PUSH(hand->arena, sheet->lists, sheet->list_count, sheet->list_cap, list);
        take_rows(sheet, list.range);
        row = list.range.last_row;
    }
}

/* A list without a column of citizens is of the one that a title above it names. */
static KfText list_citizen(const Sheet *sheet, const KfGrid *grid, uint32_t row)
{
    for (row++; row-- > sheet->titled;) {
        for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
            const KfCell *cell = &grid->cells[i];
            KfText citizen = { 0 };

            if (cell->kind == KF_CELL_TEXT)
                citizen = kf_citizen_named(kf_text_trim(cell->text));
            if (citizen.len)
                return citizen;
        }
    }
    return sheet->titled ? sheet->list_title : kf_without_course(grid->name);
}

static void add_list(Reader *reader, uint32_t sheet, const KfList *list)
{
    const KfGrid *grid = &reader->book->sheets[sheet];
    KfModel *model = reader->model;
    Sheet *own = &reader->sheets[sheet];
    KfText title = list_citizen(own, grid, list->range.first_row);
    KfTable table = { .kind = KF_TABLE_LIST,
                      .sheet_name = grid->name,
                      .sheet = sheet,
                      .range = list->range,
                      .unit = list->unit };

    own->list_title = title;
    own->titled = list->range.first_row + 1;
    reader->pairing.in_turn = false;
    for (size_t i = 0; i < list->count; i++) {
        const KfListCourse *one = &list->courses[i];
        KfText citizen = one->citizen.len ? one->citizen : title;
        KfCase *owner = kf_case_pair(&reader->pairing, citizen, citizen.len ? citizen : grid->name,
                                     sheet, (int)one->course.kind);

        owner->courses[one->course.kind] = one->course;
        owner->has[one->course.kind] = true;
    }
    KF_PUSH(reader->arena, model->tables, model->table_count, reader->table_cap, table);
}

/* ---- courses ----------------------------------------------------------------- */

static void put_course(Reader *reader, Sheet *sheet, KfFoundCourse *found)
{
    KfCourse *course = &found->course;
    KfText shown = found->citizen.len ? found->citizen : course->sheet_name;
    KfCase *owner;

    owner = kf_case_pair(&reader->pairing, found->citizen, shown, course->sheet, found->name.kind);
    course->kind = owner->has[KF_ACTUAL] && found->name.kind < 0 ? KF_COUNTERFACTUAL
                   : found->name.kind < 0                        ? KF_ACTUAL
                                                                 : (KfCourseKind)found->name.kind;
    owner->courses[course->kind] = *course;
    owner->has[course->kind] = true;
    KF_PUSH(reader->arena, sheet->courses, sheet->course_count, sheet->course_cap,
            ((KfCourseAbove){ course->range.last_row + 1, (size_t)(owner - reader->model->cases),
                              course->unit, course->periods[0].separators }));
}

static void add_course(Reader *reader, Sheet *sheet, KfFoundCourse *found)
{
    KfCourse *course = &found->course;

    if (course->heading.has_ref && course->heading.ref.row < course->range.first_row)
        course->range.first_row = course->heading.ref.row;
    take_rows(sheet, course->range);
    if (!is_blank_form(course))
        put_course(reader, sheet, found);
    else if (has_dash(course))
        KF_PUSH(reader->arena, sheet->dashed, sheet->dashed_count, sheet->dashed_cap, found);
    else
        reader->model->blank_count++;
}

/* Of a citizen whose other course is filled in, a course of dashes is one that costs nothing. */
static void add_dashed(Reader *reader, Sheet *sheet)
{
    reader->pairing.in_turn = false;
    for (size_t i = 0; i < sheet->dashed_count; i++) {
        KfFoundCourse *found = sheet->dashed[i];

        if (kf_case_lacks(&reader->pairing, found->citizen, found->course.sheet, found->name.kind))
            put_course(reader, sheet, found);
        else
            reader->model->blank_count++;
    }
}

static void add_notes(Reader *reader, const KfNote *notes, size_t count)
{
    KfModel *model = reader->model;

    for (size_t i = 0; i < count && model->unplaced_count < KF_UNPLACED_MAX; i++)
        KF_PUSH(reader->arena, model->unplaced, model->unplaced_count, reader->unplaced_cap,
                notes[i]);
}

/* A stretch that was read ahead is read again when the tables above it end elsewhere. */
static void settle_stretches(Reader *reader, const Sheet *sheet)
{
    uint32_t end_row = 0;

    for (size_t i = 0; i < sheet->stretch_count; i++) {
        KfStretch *stretch = &reader->stretches[sheet->first_stretch + i];

        if (stretch->above != end_row) {
            stretch->above = end_row;
            kf_stretch_read(reader->arena, reader->book, stretch);
        }
        end_row = stretch->end_row;
        add_notes(reader, stretch->unplaced, stretch->unplaced_count);
    }
}

static void add_courses(Reader *reader, Sheet *sheet)
{
    const size_t from = sheet->first_stretch, to = from + sheet->stretch_count;
    int kinds[KF_COURSE_COUNT] = { 0 };

    for (size_t s = from; s < to; s++) {
        const KfStretch *stretch = &reader->stretches[s];

        for (size_t i = 0; i < stretch->count; i++) {
            if (stretch->found[i].name.kind >= 0)
                kinds[stretch->found[i].name.kind]++;
        }
    }
    reader->pairing.in_turn = kinds[KF_ACTUAL] == kinds[KF_COUNTERFACTUAL];
    for (size_t s = from; s < to; s++) {
        for (size_t i = 0; i < reader->stretches[s].count; i++)
            add_course(reader, sheet, &reader->stretches[s].found[i]);
    }
}

/* ---- forms ------------------------------------------------------------------- */

/* Forms stand beside each other, or above and below other tables. */
static void read_forms(Reader *reader, uint32_t index)
{
    enum { BESIDE = 8 };
    Sheet *sheet = &reader->sheets[index];
    const KfGrid *grid = &reader->book->sheets[index];
    KfModel *model = reader->model;
    KfTableReader table = { .arena = reader->arena,
                            .book = reader->book,
                            .sheet = index,
                            .unplaced = &model->unplaced,
                            .unplaced_count = &model->unplaced_count,
                            .unplaced_cap = &reader->unplaced_cap };
    uint32_t next = 0;
    size_t above = 0;

    for (uint32_t row = 0; row < grid->row_count; row++) {
        KfTable found[BESIDE];
        size_t count;

        for (; above < sheet->course_count && sheet->courses[above].end_row <= row; above++)
            table.above = &sheet->courses[above];

        for (next = next > row ? next : row; next < grid->row_count && !sheet->taken[next];)
            next++;
        if (sheet->taken[row])
            continue;
        count = kf_forms_read(&table, row, next, found, BESIDE);
        for (size_t i = 0; i < count; i++) {
            take_rows(sheet, found[i].range);
            if (is_untouched(found[i].figures, found[i].column_count * found[i].row_count)) {
                model->blank_count++;
                continue;
            }
            KF_PUSH(reader->arena, model->tables, model->table_count, reader->table_cap, found[i]);
        }
    }
}

/* ---- sheets ------------------------------------------------------------------ */

static bool is_read(const KfGrid *grid)
{
    return !kf_grid_is_ours(grid) && !kf_grid_is_aid(grid);
}

/* A sheet of so many rows that its scan is shared out. */
static void plan_scans(Reader *reader, uint32_t index)
{
    const uint32_t rows = reader->book->sheets[index].row_count;
    Sheet *sheet = &reader->sheets[index];

    sheet->first_scan = reader->scan_count;
    if (reader->threads < 2 || rows < 2 * SCAN_ROWS || !is_read(&reader->book->sheets[index]))
        return;
    for (uint32_t from = 0; from < rows; from += SCAN_ROWS) {
        const KfRowScan scan = { .sheet = index,
                                 .from = from,
                                 .to = rows - from > SCAN_ROWS ? from + SCAN_ROWS : rows };

        KF_PUSH(reader->arena, reader->scans, reader->scan_count, reader->scan_cap, scan);
    }
    sheet->scan_count = reader->scan_count - sheet->first_scan;
}

static void scan_rows(void *of_reader, unsigned worker, size_t index)
{
    Reader *reader = of_reader;
    const Hand *hand = &reader->hands[worker];

    kf_rows_scan(hand->arena, hand->book, &reader->scans[index]);
}

static KfRuns find_runs(const Reader *reader, const Hand *hand, uint32_t index)
{
    const Sheet *sheet = &reader->sheets[index];

    if (!sheet->scan_count)
        return kf_locate_runs(hand->arena, hand->book, index);
    return kf_runs_of_scans(hand->arena, hand->book, &reader->scans[sheet->first_scan],
                            sheet->scan_count);
}

static void survey_sheet(void *of_reader, unsigned worker, size_t index)
{
    Reader *reader = of_reader;
    const Hand *hand = &reader->hands[worker];
    const KfGrid *grid = &hand->book->sheets[index];
    Sheet *sheet = &reader->sheets[index];

    if (!is_read(grid))
        return;
    sheet->survey.sheet = (uint32_t)index;
    sheet->survey.runs = find_runs(reader, hand, (uint32_t)index);
    if (sheet->survey.runs.count)
        sheet->survey.titles =
            kf_titles_read(hand->arena, hand->book, (uint32_t)index, &sheet->survey.runs);
    sheet->survey.taken = sheet->taken =
        kf_arena_array(hand->arena, grid->row_count, sizeof *sheet->taken);
    find_lists(hand, (uint32_t)index, sheet);
}

/* The sheet's runs in stretches that end where a row does; one where nobody shares them. */
static void plan_stretches(Reader *reader, Sheet *sheet)
{
    const KfRuns *runs = &sheet->survey.runs;

    sheet->first_stretch = reader->stretch_count;
    for (size_t from = 0, to; from < runs->count; from = to) {
        KfStretch stretch = { .sheet = &sheet->survey, .from = from };

        to = from + STRETCH_RUNS < runs->count && reader->threads > 1 ? from + STRETCH_RUNS
                                                                      : runs->count;
        while (to < runs->count && runs->runs[to].row == runs->runs[to - 1].row)
            to++;
        stretch.to = to;
        KF_PUSH(reader->arena, reader->stretches, reader->stretch_count, reader->stretch_cap,
                stretch);
    }
    sheet->stretch_count = reader->stretch_count - sheet->first_stretch;
}

static void read_stretch(void *of_reader, unsigned worker, size_t index)
{
    Reader *reader = of_reader;
    const Hand *hand = &reader->hands[worker];
    KfStretch *stretch = &reader->stretches[index];

    if (stretch->from)
        kf_stretch_read_ahead(hand->arena, hand->book, stretch);
    else
        kf_stretch_read(hand->arena, hand->book, stretch);
}

static void share(Reader *reader, size_t count, KfCrewWork *work)
{
    if (!kf_crew_share(reader->arena, reader->own, reader->threads, count, work, reader))
        kf_arena_give_up(reader->arena);
}

static void take_hands(Reader *reader, const KfBook *book)
{
    KfArena *arena = reader->arena;

    reader->own = kf_arena_array(arena, reader->threads, sizeof *reader->own);
    reader->hands = kf_arena_array(arena, reader->threads, sizeof *reader->hands);
    reader->hands[0] = (Hand){ arena, kf_book_remembering(arena, arena, book) };
    for (unsigned i = 1; i < reader->threads; i++)
        reader->hands[i] =
            (Hand){ &reader->own[i - 1], kf_book_remembering(arena, &reader->own[i - 1], book) };
    reader->book = reader->hands[0].book;
}

static void read_sheets(Reader *reader)
{
    const size_t count = reader->book->sheet_count;
    bool names_counterfactual = false;

    for (uint32_t i = 0; i < count; i++)
        plan_scans(reader, i);
    share(reader, reader->scan_count, scan_rows);
    share(reader, count, survey_sheet);
    for (size_t i = 0; i < count; i++) {
        names_counterfactual |= reader->sheets[i].survey.titles.names_counterfactual;
        plan_stretches(reader, &reader->sheets[i]);
    }
    for (size_t i = 0; i < count; i++)
        reader->sheets[i].survey.names_counterfactual = names_counterfactual;
    share(reader, reader->stretch_count, read_stretch);
}

/* Most citizens have two courses. */
static void make_room(Reader *reader)
{
    size_t courses = 0;

    for (size_t i = 0; i < reader->stretch_count; i++)
        courses += reader->stretches[i].count;
    KF_RESERVE(reader->arena, reader->model->cases, reader->model->case_count,
               reader->pairing.case_cap, (courses + 1) / 2);
}

static void add_sheet(Reader *reader, uint32_t index)
{
    Sheet *sheet = &reader->sheets[index];

    for (size_t i = 0; i < sheet->list_count; i++)
        add_list(reader, index, &sheet->lists[i]);
    add_notes(reader, sheet->unplaced, sheet->unplaced_count);
    settle_stretches(reader, sheet);
    add_courses(reader, sheet);
    read_forms(reader, index);
}

void kf_extract_by(KfArena *arena, const KfBook *book, unsigned threads, KfModel *model)
{
    Reader reader = { .arena = arena, .model = model, .threads = threads };

    if (threads < 1 || threads > KF_CREW_MOST)
        reader.threads = threads ? KF_CREW_MOST : 1;
    *model = (KfModel){ .stated_date = KF_DATE_NONE, .stated_rank = INT_MAX };
    kf_case_pairing_init(&reader.pairing, arena, model);
    reader.sheets = kf_arena_array(arena, book->sheet_count, sizeof *reader.sheets);
    take_hands(&reader, book);
    read_sheets(&reader);
    make_room(&reader);
    for (uint32_t i = 0; i < book->sheet_count; i++) {
        if (kf_grid_is_ours(&book->sheets[i]))
            continue;
        if (is_read(&book->sheets[i]))
            add_sheet(&reader, i);
        kf_find_stated_date(reader.book, i, &reader.sheets[i].survey.runs, model);
    }
    for (uint32_t i = 0; i < book->sheet_count; i++)
        add_dashed(&reader, &reader.sheets[i]);
}

void kf_extract(KfArena *arena, const KfBook *book, KfModel *model)
{
    kf_extract_by(arena, book, 1, model);
}

void kf_model_read(KfArena *arena, const KfBook *book, KfModel *model)
{
    kf_extract(arena, book, model);
}
