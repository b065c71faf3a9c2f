/* The first day of each course, for the law that was in force: the option, else a
 * date in the heading of its first column, else "Startdato 01-07-2014" on its sheet
 * (the nearest above its end), else the only such statement of the workbook. */
#include "check/checks.h"
#include "kf/edit.h"

enum { LONGEST_STATEMENT = 120, CELLS_BESIDE = 3 };

typedef struct {
    KfRef ref;
    KfDate day;
} Statement;

typedef struct {
    const KfCheck *check;
    Statement *items;
    size_t count, cap;
} Statements;

static const char *const phrases[] = {
    "startdato",       "forløbets start", "forløbet start",  "forløbet begynd",
    "indsatsen start", "forløbsstart",    "start på forløb", "første dag",
    "første måned",    "måned 1 er",      "måned 0 er",
};

static KfText lower_start(KfText text, char *room, size_t size)
{
    KfBuf buf = { .ptr = room, .cap = size };

    for (size_t pos = 0; pos < text.len && buf.len + 4 <= size;)
        kf_buf_rune(&buf, kf_rune_lower(kf_text_next(text, &pos)));
    return kf_buf_view(&buf);
}

static bool names_start(KfText text)
{
    char room[LONGEST_STATEMENT + 8];
    KfText lower = lower_start(text, room, sizeof room);

    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        if (kf_text_find(lower, kf_text(phrases[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

/* The first day of a day, month or year in a text. */
static KfDate first_day(KfText text)
{
    KfDateSpan span;
    size_t pos = 0;

    return kf_date_find(text, &pos, &span) ? span.first : KF_DATE_NONE;
}

static KfDate day_of_cell(const KfBook *book, const KfCell *cell)
{
    KfAmount serial;

    if (!cell)
        return KF_DATE_NONE;
    if (cell->kind == KF_CELL_TEXT)
        return first_day(cell->text);
    if (cell->kind != KF_CELL_NUMBER || !kf_number_format(book->formats[cell->format]).is_date
        || kf_amount_from_decimal(cell->text, &serial) != KF_READ_OK)
        return KF_DATE_NONE;
    return kf_date_from_serial(serial.oere / 100, book->date1904);
}

static void look_at(Statements *found, uint32_t sheet, const KfCell *cell)
{
    const KfBook *book = found->check->book;
    Statement one = { { sheet, cell->row, cell->col }, KF_DATE_NONE };

    if (cell->kind != KF_CELL_TEXT || cell->text.len > LONGEST_STATEMENT
        || !names_start(cell->text))
        return;
    one.day = first_day(cell->text);
    for (uint32_t right = 1; right <= CELLS_BESIDE && one.day == KF_DATE_NONE; right++)
        one.day = day_of_cell(book, kf_grid_at(&book->sheets[sheet], cell->row, cell->col + right));
    if (one.day != KF_DATE_NONE)
        KF_PUSH(found->check->arena, found->items, found->count, found->cap, one);
}

static Statements find_statements(const KfCheck *check)
{
    Statements found = { .check = check };

    for (size_t s = 0; s < check->book->sheet_count; s++) {
        const KfGrid *grid = &check->book->sheets[s];
        bool skip = kf_grid_is_ours(grid) || kf_grid_is_aid(grid);

        for (size_t i = 0; !skip && i < grid->cell_count; i++)
            look_at(&found, (uint32_t)s, &grid->cells[i]);
    }
    return found;
}

/* The last statement on the course's sheet that stands no lower than its table. */
static KfDate stated_for(const Statements *found, const KfCourse *course)
{
    KfDate day = KF_DATE_NONE;

    for (size_t i = 0; i < found->count; i++) {
        const Statement *one = &found->items[i];

        if (one->ref.sheet == course->sheet && one->ref.row <= course->range.last_row)
            day = one->day;
    }
    return day == KF_DATE_NONE && found->count == 1 ? found->items[0].day : day;
}

static KfDate start_of(const KfCheck *check, const Statements *found, const KfCourse *course)
{
    KfDate day;

    if (check->options->start != KF_DATE_NONE)
        return check->options->start;
    day = course->period_count ? first_day(course->periods[0].label.text) : KF_DATE_NONE;
    return day == KF_DATE_NONE ? stated_for(found, course) : day;
}

bool kf_check_starts(KfCheck *check)
{
    KfAudit *audit = check->audit;
    const size_t cases = audit->model.case_count;
    KfDate *starts = kf_arena_array(check->arena, cases * KF_COURSE_COUNT, sizeof *starts);
    const Statements found = find_statements(check);

    audit->starts = starts;
    for (size_t c = 0; c < cases; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            const KfCourse *course = &audit->model.cases[c].courses[kind];
            KfDate *start = &starts[c * KF_COURSE_COUNT + (size_t)kind];

            *start =
                audit->model.cases[c].has[kind] ? start_of(check, &found, course) : KF_DATE_NONE;
            if (audit->model.cases[c].has[kind] && *start == KF_DATE_NONE) {
                audit->no_start = audit->model.cases[c].citizen.len ? audit->model.cases[c].citizen
                                                                    : course->sheet_name;
                return false;
            }
        }
    }
    return true;
}
