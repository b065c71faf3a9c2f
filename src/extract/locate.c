/* A run is two or more period headings side by side in a row. A heading that
 * starts again at the beginning opens the next run, so two courses that share
 * a row are two runs. */
#include "extract/locate.h"

#include "extract/words.h"

KfText kf_text_at(const KfGrid *grid, uint32_t row, uint32_t col)
{
    const KfCell *cell = kf_grid_at(grid, row, col);

    if (!cell || cell->kind != KF_CELL_TEXT)
        return (KfText){ 0 };
    return kf_text_trim(cell->text);
}

bool kf_period_at(const KfBook *book, const KfCell *cell, KfPeriod *period)
{
    KfAmount serial;

    if (cell->kind == KF_CELL_TEXT)
        return kf_period_read(cell->text, period);
    if (cell->kind != KF_CELL_NUMBER)
        return false;
    if (kf_amount_from_decimal(cell->text, &serial) != KF_READ_OK || serial.decimals
        || serial.oere > INT32_MAX)
        return false;
    return kf_period_from_date(serial.oere / 100, book->date1904,
                               kf_number_format(book->formats[cell->format]), period);
}

/* A heading that no period can be read from, but that stands where one should. */
static bool looks_like_heading(const KfCell *cell)
{
    bool digit = false;

    if (cell->kind != KF_CELL_TEXT || cell->text.len > 24)
        return false;
    for (size_t i = 0; i < cell->text.len; i++)
        digit |= cell->text.ptr[i] >= '0' && cell->text.ptr[i] <= '9';
    return digit
           && (kf_text_find(cell->text, KF_TEXT("md")) != SIZE_MAX
               || kf_text_find(cell->text, KF_TEXT("mån")) != SIZE_MAX);
}

typedef struct {
    KfArena *arena;
    const KfBook *book;
    const KfGrid *grid;
    uint32_t sheet;
    KfRuns found;
    size_t cap;
    KfRun now;
    size_t col_cap, period_cap;
} Finder;

static void end_run(Finder *finder)
{
    if (finder->now.count >= 2)
        KF_PUSH(finder->arena, finder->found.runs, finder->found.count, finder->cap, finder->now);
    finder->now = (KfRun){ 0 };
    finder->col_cap = finder->period_cap = 0;
}

static void add_heading(Finder *finder, const KfCell *cell, KfPeriod period)
{
    KfRun *run = &finder->now;
    size_t count = run->count;
    KfPeriodColumn column = {
        period,
        { kf_text_trim(cell->text), { finder->sheet, cell->row, cell->col }, true },
    };

    if (count == 0) {
        run->row = cell->row;
        run->first_col = cell->col;
    }
    run->last_col = cell->col;
    KF_PUSH(finder->arena, run->cols, count, finder->col_cap, cell->col);
    KF_PUSH(finder->arena, run->periods, run->count, finder->period_cap, column);
}

static bool goes_back(KfPeriod before, KfPeriod period)
{
    return before.from >= 0 && kf_period_start(period) < kf_period_start(before);
}

/* Whether the heading opens a new run: back at the start, after a wide gap, or
 * after any gap when it goes back in time (5-6 where 0-6 was meant). */
static bool opens_run(const Finder *finder, const KfCell *cell, KfPeriod period)
{
    const KfRun *run = &finder->now;
    bool restarts = run->count && period.from <= 1 && run->periods[0].period.from <= 1;

    if (!run->count)
        return true;
    if (restarts && (run->count > 1 || cell->col > run->last_col + 1))
        return true;
    if (run->count > 1 && cell->col > run->last_col + 1
        && goes_back(run->periods[run->count - 1].period, period))
        return true;
    return cell->col > run->last_col + 3;
}

static void scan_row(Finder *finder, uint32_t row)
{
    const KfGrid *grid = finder->grid;

    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
        const KfCell *cell = &grid->cells[i];
        KfPeriod period;

        if (kf_period_at(finder->book, cell, &period)) {
            if (opens_run(finder, cell, period))
                end_run(finder);
            add_heading(finder, cell, period);
        } else if (finder->now.count && cell->col == finder->now.last_col + 1
                   && looks_like_heading(cell)) {
            add_heading(finder, cell, (KfPeriod){ -1, -1 });
        } else if (cell->kind == KF_CELL_TEXT && cell->text.len) {
            end_run(finder);
        }
    }
    end_run(finder);
}

/* The column left of the periods that holds most texts in the rows beneath. */
static uint32_t label_column(const KfGrid *grid, const KfRun *run)
{
    uint32_t best = run->first_col ? run->first_col - 1 : 0;
    size_t most = 0;

    for (uint32_t col = run->first_col; col-- > run->left_col;) {
        size_t texts = 0;

        for (uint32_t row = run->row + 1; row < run->limit_row && row < run->row + 60; row++)
            texts += kf_text_at(grid, row, col).len > 0;
        if (texts > most) {
            most = texts;
            best = col;
        }
    }
    return best;
}

/* Runs of one row share its width: each reaches to the next one's labels. */
static void set_bounds(const KfGrid *grid, KfRuns *found)
{
    for (size_t i = 0; i < found->count; i++) {
        KfRun *run = &found->runs[i];
        size_t next = i + 1;

        run->left_col = i && run[-1].row == run->row ? run[-1].last_col + 1 : 0;
        while (next < found->count && found->runs[next].row == run->row)
            next++;
        run->limit_row = grid->row_count;
        for (; next < found->count; next++) {
            if (found->runs[next].first_col <= run->last_col
                && found->runs[next].last_col >= run->first_col) {
                run->limit_row = found->runs[next].row;
                break;
            }
        }
    }
    for (size_t i = 0; i < found->count; i++) {
        KfRun *run = &found->runs[i];
        bool shares_labels = run->left_col == run->first_col;

        run->label_col = shares_labels && i ? run[-1].label_col : label_column(grid, run);
    }
    for (size_t i = 0; i < found->count; i++) {
        KfRun *run = &found->runs[i];
        bool has_right = i + 1 < found->count && run[1].row == run->row;

        run->right_col = grid->col_count ? grid->col_count - 1 : 0;
        if (has_right)
            run->right_col =
                run[1].label_col > run->last_col ? run[1].label_col - 1 : run->last_col;
    }
}

KfRuns kf_locate_runs(KfArena *arena, const KfBook *book, uint32_t sheet)
{
    Finder finder = { .arena = arena, .book = book, .grid = &book->sheets[sheet], .sheet = sheet };

    for (uint32_t row = 0; row < finder.grid->row_count; row++)
        scan_row(&finder, row);
    set_bounds(finder.grid, &finder.found);
    return finder.found;
}
