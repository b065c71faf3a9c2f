/* A year that is stored as a number looks like an amount, so it needs another year
 * beside it, one more or one less. */
#include "extract/heading_cell.h"

#include "extract/label_memo.h"
#include "extract/locate.h"

enum { FIRST_YEAR = 1980, LAST_YEAR = 2099, WIDEST_GAP = 3, YEAR_DIGITS = 4 };

/* The whole number in a cell; false when there is none, or a fraction. */
static bool whole_number(const KfCell *cell, int64_t *number)
{
    KfAmount amount;

    if (!cell || cell->kind != KF_CELL_NUMBER || cell->formula.len > 40
        || kf_amount_from_decimal(cell->text, &amount) != KF_READ_OK || amount.decimals)
        return false;
    *number = amount.oere / 100;
    return true;
}

static bool is_year(const KfCell *cell, int64_t *year)
{
    return whole_number(cell, year) && *year >= FIRST_YEAR && *year <= LAST_YEAR;
}

/* Whether the next cell that holds something, to one side, is the year `wanted`. */
static bool year_beside(const KfGrid *grid, const KfCell *cell, int step, int64_t wanted)
{
    for (int gap = 1; gap <= WIDEST_GAP; gap++) {
        int64_t col = (int64_t)cell->col + (int64_t)step * gap, year;
        const KfCell *beside;

        if (col < 0)
            return false;
        beside = kf_grid_at(grid, cell->row, (uint32_t)col);
        if (!beside || beside->kind == KF_CELL_EMPTY)
            continue;
        return is_year(beside, &year) && year == wanted;
    }
    return false;
}

static bool is_date(const KfBook *book, const KfCell *cell)
{
    return cell && cell->kind == KF_CELL_NUMBER
           && kf_number_format(book->formats[cell->format]).is_date;
}

/* Whether the date in the cell heads amounts: those of a list stand above one another. */
static bool heads_amounts(const KfBook *book, const KfGrid *grid, uint32_t at, uint32_t col)
{
    enum { NEAR = 6 };

    if (!is_date(book, kf_grid_at(grid, at, col))
        || (at && is_date(book, kf_grid_at(grid, at - 1, col))))
        return false;
    for (uint32_t row = at + 1; row <= at + NEAR; row++) {
        const KfCell *below = kf_grid_at(grid, row, col);
        KfAmount amount;

        if (below && below->kind == KF_CELL_NUMBER)
            return !is_date(book, below);
        if (below && below->kind == KF_CELL_TEXT && kf_date_read(below->text) == KF_DATE_NONE
            && kf_amount_read(below->text, KF_SEP_UNKNOWN, &amount) == KF_READ_OK)
            return true;
    }
    return false;
}

/* The column may be empty where the ones beside it are not. */
static bool is_heading_date(const KfBook *book, const KfGrid *grid, const KfCell *cell)
{
    return !is_date(book, kf_grid_at(grid, cell->row + 1, cell->col))
           && (heads_amounts(book, grid, cell->row, cell->col)
               || heads_amounts(book, grid, cell->row, cell->col + 1)
               || (cell->col && heads_amounts(book, grid, cell->row, cell->col - 1)));
}

int32_t kf_month_begun(KfDate date)
{
    int year, month, day;

    if (date == KF_DATE_NONE)
        return -1;
    kf_date_parts(date, &year, &month, &day);
    return day == 1 ? year * 12 + month : -1;
}

static bool read_date(const KfBook *book, const KfGrid *grid, const KfCell *cell, int64_t serial,
                      KfNumberFormat format, KfHeading *out)
{
    out->date = kf_date_from_serial(serial, book->date1904);
    out->from_date =
        serial <= INT32_MAX && kf_period_from_date(serial, book->date1904, format, &out->period);
    if (!out->from_date && kf_month_begun(out->date) > 0 && is_heading_date(book, grid, cell)) {
        out->period = (KfPeriod){ -1, -1 };
        out->from_date = true;
    }
    return out->from_date;
}

static KfPeriod months_of_year(int64_t year)
{
    return (KfPeriod){ (int32_t)year * 12 + 1, (int32_t)year * 12 + 12 };
}

static bool read_number(const KfBook *book, const KfGrid *grid, const KfCell *cell, KfHeading *out)
{
    KfNumberFormat format;
    int64_t number;

    format = kf_format_in(book, grid, cell);
    if ((!format.is_date && cell->text.len != YEAR_DIGITS) || !whole_number(cell, &number))
        return false;
    if (format.is_date)
        return read_date(book, grid, cell, number, format, out);
    if (!is_year(cell, &number)
        || (!year_beside(grid, cell, 1, number + 1) && !year_beside(grid, cell, -1, number - 1)))
        return false;
    out->calendar = true;
    out->period = months_of_year(number);
    return true;
}

bool kf_heading_read(const KfBook *book, const KfGrid *grid, const KfCell *cell, KfHeading *out)
{
    const KfHeadingFacts *facts;

    *out = (KfHeading){ .calendar = false };
    if (cell->kind == KF_CELL_NUMBER)
        return read_number(book, grid, cell, out);
    if (cell->kind != KF_CELL_TEXT)
        return false;
    facts = &kf_label_facts(grid, cell->text)->heading;
    out->period = facts->period;
    out->calendar = facts->is_calendar;
    return facts->is_period || facts->is_calendar;
}

bool kf_heading_read_in_list(const KfBook *book, const KfGrid *grid, const KfCell *cell,
                             KfHeading *out)
{
    int64_t year;

    if (kf_heading_read(book, grid, cell, out))
        return true;
    if (cell->text.len != YEAR_DIGITS || is_date(book, cell) || !is_year(cell, &year))
        return false;
    *out = (KfHeading){ .period = months_of_year(year), .calendar = true };
    return true;
}

bool kf_looks_like_heading(KfText text)
{
    enum { LONGEST = 24 };
    static const char *const units[] = { "md", "Md", "mån", "Mån", "uge", "Uge", "år", "År", "kv" };
    bool digit = false;

    for (size_t i = 0; i < text.len && text.len <= LONGEST; i++)
        digit |= kf_is_digit(text.ptr[i]);
    for (size_t i = 0; digit && i < sizeof units / sizeof *units; i++) {
        if (kf_text_find(text, kf_text(units[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

bool kf_heading_goes_on_in_years(const KfGrid *grid, const KfCell *cell, int32_t after,
                                 KfHeading *out)
{
    const KfHeadingFacts *facts, *next;

    *out = (KfHeading){ .calendar = false };
    if (cell->kind != KF_CELL_TEXT)
        return false;
    facts = &kf_label_facts(grid, cell->text)->heading;
    if (!facts->is_years)
        return false;
    out->period = facts->years;
    if (after >= 0)
        return kf_period_start(out->period) == after;
    next = &kf_label_facts(grid, kf_text_at(grid, cell->row, cell->col + 1))->heading;
    return out->period.from == 0 && next->is_years
           && kf_period_start(next->years) == out->period.to;
}

bool kf_heading_is_year(const KfHeading *heading)
{
    return kf_period_months(heading->period) % 12 == 0 && heading->period.to % 12 == 0;
}
