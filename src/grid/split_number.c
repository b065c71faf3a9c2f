/* A person's number that stands in two cells, "010190" and "1234", would be known for one in
 * neither. Its digits are hidden in the book itself, so that no report can show them; such a
 * cell is no amount, and the file keeps it as it is. */
#include "base/crew.h"
#include "kf/grid.h"

#include <string.h>

enum { ROWS_UP = 50, CELLS_BEFORE = 8, HYPHENS = 12 };

static int two_digits(const char *at)
{
    return (at[0] - '0') * 10 + at[1] - '0';
}

/* How many digits the text has that are birthday and nothing else but a hyphen: 6, 5 of a
 * number cell that has lost its zero, or 0. */
static size_t birthday_digits(const KfCell *cell, bool *has_hyphen)
{
    KfText text = kf_text_trim(cell->text);
    char digits[7] = "0";
    size_t count = 0;
    int day, month;

    while (count < text.len && kf_is_digit(text.ptr[count]))
        count++;
    *has_hyphen = count < text.len
                  && kf_text_eq(kf_text_trim(kf_text_slice(text, count, text.len)), KF_TEXT("-"));
    if ((count != 6 && !(count == 5 && cell->kind == KF_CELL_NUMBER))
        || (count < text.len && !*has_hyphen))
        return 0;
    memcpy(digits + 6 - count, text.ptr, count);
    day = two_digits(digits) % 60; /* administrative numbers carry 60 more */
    month = two_digits(digits + 2);
    return day >= 1 && day <= 31 && month >= 1 && month <= 12 ? count : 0;
}

/* "1234" or "-1234" */
static bool is_serial(const KfCell *cell, bool *has_hyphen)
{
    KfText text = kf_text_trim(cell->text);

    *has_hyphen = kf_text_starts(text, KF_TEXT("-"));
    text = kf_text_trim(kf_text_slice(text, *has_hyphen, text.len));
    for (size_t i = 0; i < text.len; i++) {
        if (!kf_is_digit(text.ptr[i]))
            return false;
    }
    return text.len == 4 || (text.len && text.len < 4 && cell->kind == KF_CELL_NUMBER);
}

/* "pr" or "pe" stands in all of the words, but for what is no ASCII in between. */
static bool may_name_cpr(KfText text)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        char next = text.ptr[i + 1] | 0x20;

        if ((text.ptr[i] | 0x20) == 'p'
            && (next == 'r' || next == 'e' || (unsigned char)text.ptr[i + 1] >= 0x80))
            return true;
    }
    return false;
}

static bool names_cpr(const KfCell *cell)
{
    static const char *const words[] = { "cpr", "personnr", "personnum", "person nr" };
    char folded[64];
    size_t len = 0;

    if (!cell || cell->kind != KF_CELL_TEXT || !may_name_cpr(cell->text))
        return false;
    for (size_t pos = 0; pos < cell->text.len && len < sizeof folded;) {
        int32_t rune = kf_rune_lower(kf_text_next(cell->text, &pos));

        if (rune < 0x80)
            folded[len++] = (char)rune;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (kf_text_find((KfText){ folded, len }, kf_text(words[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Whether the heading above or the label in front says what the cell is. */
static bool is_called_cpr(const KfGrid *grid, const KfCell *cell)
{
    size_t before = (size_t)(cell - grid->cells) - grid->row_start[cell->row];

    for (size_t i = 1; i <= before && i <= CELLS_BEFORE; i++) {
        if (names_cpr(cell - i))
            return true;
    }
    for (uint32_t up = 1; up <= cell->row && up <= ROWS_UP; up++) {
        if (names_cpr(kf_grid_at(grid, cell->row - up, cell->col)))
            return true;
    }
    return false;
}

/* Whether the column has a number where the hyphens around it end: then they stand for
 * nothing, among amounts. */
static bool stands_for_nothing(const KfGrid *grid, const KfCell *hyphen)
{
    for (int step = -1; step <= 1; step += 2) {
        for (int64_t row = hyphen->row + step; row >= 0 && row < grid->row_count; row += step) {
            const KfCell *cell = kf_grid_at(grid, (uint32_t)row, hyphen->col);

            if (row > hyphen->row + HYPHENS || row < (int64_t)hyphen->row - HYPHENS)
                break;
            if (cell && cell->kind == KF_CELL_NUMBER)
                return true;
            if (cell && cell->text.len && !kf_text_eq(kf_text_trim(cell->text), KF_TEXT("-")))
                break;
        }
    }
    return false;
}

/* No amount begins with a zero, and two amounts have no hyphen between them; else a label
 * must say so. */
static bool is_number_of_person(const KfGrid *grid, const KfCell *left, const KfCell *right,
                                bool hyphen_between)
{
    bool hyphen_left, hyphen_right;

    if (!birthday_digits(left, &hyphen_left) || !is_serial(right, &hyphen_right))
        return false;
    if (hyphen_between || hyphen_left
        || (left->kind == KF_CELL_TEXT && kf_text_starts(left->text, KF_TEXT("0")))
        || (right->kind == KF_CELL_TEXT && kf_text_starts(right->text, KF_TEXT("0"))))
        return true;
    return is_called_cpr(grid, left) || is_called_cpr(grid, right);
}

static void hide(KfArena *arena, KfCell *cell)
{
    char *stars = kf_arena_alloc(arena, cell->text.len + 1);

    for (size_t i = 0; i < cell->text.len; i++)
        stars[i] = kf_is_digit(cell->text.ptr[i]) ? '*' : cell->text.ptr[i];
    cell->text = (KfText){ stars, cell->text.len };
    cell->kind = KF_CELL_TEXT;
}

/* The cell behind, or the next but one where only a hyphen stands between. */
static KfCell *partner(KfGrid *grid, size_t at, bool *hyphen_between)
{
    KfCell *left = &grid->cells[at];

    for (size_t i = at + 1; i < grid->cell_count && i <= at + 2; i++) {
        KfCell *next = &grid->cells[i];

        if (next->row != left->row || next->col != left->col + (i - at))
            return NULL;
        if (!kf_text_eq(kf_text_trim(next->text), KF_TEXT("-")))
            return next;
        if (stands_for_nothing(grid, next))
            return NULL;
        *hyphen_between = true;
    }
    return NULL;
}

/* Whether a cell stands behind that does not at once show itself longer than a serial number. */
static bool may_have_partner(const KfGrid *grid, size_t at)
{
    enum { DIGITS = 4 };
    const KfCell *left = &grid->cells[at], *next = left + 1;

    return at + 1 < grid->cell_count && next->row == left->row && next->col == left->col + 1
           && !(next->text.len > DIGITS && kf_is_digit(next->text.ptr[0])
                && kf_is_digit(next->text.ptr[DIGITS]));
}

/* Amounts, of which a sheet has many, seldom look like a birthday. */
static bool may_be_birthday(const KfCell *cell)
{
    const KfText text = cell->text;
    bool hyphen;

    if ((cell->kind != KF_CELL_TEXT && cell->kind != KF_CELL_NUMBER) || text.len < 5
        || text.len > 10 || cell->formula.len)
        return false;
    if (cell->kind == KF_CELL_NUMBER && text.len > 6 && kf_is_digit(text.ptr[0])
        && (kf_is_digit(text.ptr[6]) || text.ptr[6] == '.' || text.ptr[5] == '.'))
        return false;
    return birthday_digits(cell, &hyphen) > 0;
}

/* The first cell from..to that begins such a number, and the one that ends it; or `to`. */
static size_t find_number(KfGrid *grid, size_t from, size_t to, KfCell **end)
{
    for (size_t i = from; i < to; i++) {
        bool hyphen = false;

        if (!may_have_partner(grid, i) || !may_be_birthday(&grid->cells[i]))
            continue;
        *end = partner(grid, i, &hyphen);
        if (*end && !(*end)->formula.len
            && is_number_of_person(grid, &grid->cells[i], *end, hyphen))
            return i;
    }
    return to;
}

/* Stretches of a long sheet. No number goes across rows, and what is hidden is no label: so
 * each can be looked through by itself. */
typedef struct {
    KfGrid *grid;
    bool *hits; /* one a stretch: whether it holds a number */
} Stretches;

enum { STRETCH_ROWS = 2048 };

static size_t first_cell(const KfGrid *grid, size_t stretch)
{
    const size_t row = stretch * STRETCH_ROWS;

    return grid->row_start[row < grid->row_count ? row : grid->row_count];
}

static void look_through(void *of_stretches, unsigned worker, size_t index)
{
    Stretches *all = of_stretches;
    const size_t end = first_cell(all->grid, index + 1);
    KfCell *last;

    (void)worker;
    all->hits[index] = find_number(all->grid, first_cell(all->grid, index), end, &last) < end;
}

static void hide_in(KfArena *arena, KfGrid *grid, size_t from, size_t to)
{
    KfCell *last;

    while ((from = find_number(grid, from, to, &last)) < to) {
        hide(arena, &grid->cells[from]);
        hide(arena, last);
    }
}

void kf_grid_hide_split_numbers(KfArena *arena, KfGrid *grid, unsigned threads)
{
    const size_t count = ((size_t)grid->row_count + STRETCH_ROWS - 1) / STRETCH_ROWS;
    Stretches all = { grid, kf_arena_array(arena, count, sizeof *all.hits) };

    kf_crew_run(threads, count, look_through, &all);
    for (size_t i = 0; i < count; i++) {
        if (all.hits[i])
            hide_in(arena, grid, first_cell(grid, i), first_cell(grid, i + 1));
    }
}
