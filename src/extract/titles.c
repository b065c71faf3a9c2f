/* Titles are found in one pass over the sheet, so that each table looks its own up. */
#include "extract/titles.h"

#include "extract/heading_cell.h"
#include "extract/label_memo.h"
#include "extract/words.h"

enum { LONGEST_TITLE = 90, TITLES_BACK = 64, ROWS_BELOW = 3 };

typedef struct {
    KfArena *arena;
    const KfBook *book;
    const KfGrid *grid;
    uint32_t first_table; /* row of the first period headings */
    KfTitles found;
    size_t title_cap, unit_cap;
} Reader;

/* What stands beside "Borger" or "Navn:": a number, or behind a colon a name. */
static KfText name_beside(const Reader *reader, const KfCell *cell)
{
    bool colon = kf_text_ends(kf_text_trim(cell->text), KF_TEXT(":"));

    for (uint32_t right = 1; right <= 2; right++) {
        const KfCell *beside = kf_grid_at(reader->grid, cell->row, cell->col + right);
        KfHeading heading;

        if (!beside || beside->kind == KF_CELL_EMPTY)
            continue;
        if (kf_heading_read(reader->book, reader->grid, beside, &heading))
            break;
        if (beside->kind == KF_CELL_NUMBER || (colon && beside->kind == KF_CELL_TEXT))
            return kf_text_trim(beside->text);
        break;
    }
    return (KfText){ 0 };
}

static bool says_name(KfText text)
{
    return kf_text_starts(text, KF_TEXT("Navn")) || kf_text_starts(text, KF_TEXT("navn"));
}

/* "Borger" beside 12 is "Borger 12"; "Navn:" beside a name is the name. */
static KfText announced(const Reader *reader, const KfCell *cell)
{
    KfText name = name_beside(reader, cell), text = kf_text_trim(cell->text), joined;
    KfBuf buf = { 0 };

    if (name.len == 0 || says_name(text))
        return name;
    kf_buf_text(&buf,
                kf_text_ends(text, KF_TEXT(":")) ? kf_text_slice(text, 0, text.len - 1) : text);
    kf_buf_char(&buf, ' ');
    kf_buf_text(&buf, name);
    joined = kf_arena_take(reader->arena, &buf);
    kf_buf_free(&buf);
    return joined;
}

/* Outright: "Scenarie B" may be anything. */
static bool names_counterfactual(const KfCourseName *name)
{
    return name->sure && name->kind == KF_COUNTERFACTUAL;
}

static void read_cell(Reader *reader, const KfCell *cell)
{
    KfText text = kf_text_trim(cell->text);
    KfTitle title = { cell->row, cell->col, { 0 } };
    KfUnitNote unit = { cell->row, 0 };
    const KfLabelFacts *facts;

    if (cell->kind != KF_CELL_TEXT || text.len == 0 || text.len > LONGEST_TITLE)
        return;
    facts = kf_label_facts(reader->grid, text);
    title.citizen = facts->words.citizen;
    if (title.citizen.len == 0 && facts->words.announces)
        title.citizen = announced(reader, cell);
    if (title.citizen.len)
        KF_PUSH(reader->arena, reader->found.titles, reader->found.title_count, reader->title_cap,
                title);
    unit.unit = cell->row < reader->first_table ? facts->units.named : facts->units.of_all;
    if (unit.unit)
        KF_PUSH(reader->arena, reader->found.units, reader->found.unit_count, reader->unit_cap,
                unit);
    if (!reader->found.names_counterfactual)
        reader->found.names_counterfactual = names_counterfactual(&facts->words.course);
}

KfTitles kf_titles_read(KfArena *arena, const KfBook *book, uint32_t sheet, const KfRuns *runs)
{
    Reader reader = { .arena = arena,
                      .book = book,
                      .grid = &book->sheets[sheet],
                      .first_table = runs->runs[0].top_row };
    const KfGrid *grid = reader.grid;
    KfCourseName name;

    name = kf_course_name(grid->name);
    reader.found.names_counterfactual = names_counterfactual(&name);
    for (uint32_t row = 0; row < grid->row_count; row++) {
        for (size_t i = grid->row_start[row];
             i < grid->row_start[row + 1] && kf_runs_may_title(runs, row); i++)
            read_cell(&reader, &grid->cells[i]);
    }
    return reader.found;
}

/* How many titles stand in rows up to and with row. */
static size_t titles_until(const KfTitles *titles, uint32_t row)
{
    size_t low = 0, high = titles->title_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (titles->titles[middle].row <= row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Of the nearest row above, the title that begins furthest right over the run. */
static KfText citizen_above(const KfTitles *titles, const KfRun *run, size_t end)
{
    const KfTitle *best = NULL;

    for (size_t back = 0; back < TITLES_BACK && end-- > 0; back++) {
        const KfTitle *title = &titles->titles[end];

        if (best && best->row != title->row)
            break;
        if (title->col > run->right_col)
            continue;
        if (!best || best->col > run->last_col)
            best = title;
    }
    return best ? best->citizen : (KfText){ 0 };
}

KfText kf_titles_citizen(const KfTitles *titles, const KfRun *run)
{
    size_t end = titles_until(titles, run->row);

    /* In a column of its own, left of the labels. */
    for (size_t i = end; i < titles->title_count && titles->titles[i].row <= run->row + ROWS_BELOW;
         i++) {
        if (titles->titles[i].col < run->label_col)
            return titles->titles[i].citizen;
    }
    return citizen_above(titles, run, end);
}

KfOere kf_titles_unit(const KfTitles *titles, uint32_t row)
{
    size_t low = 0, high = titles->unit_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (titles->units[middle].row <= row)
            low = middle + 1;
        else
            high = middle;
    }
    if (!titles->unit_count)
        return 0;
    return titles->units[low ? low - 1 : 0].unit; /* the first one, for tables above them all */
}
