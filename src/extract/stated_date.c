/* The date of the calculation where a workbook states it: "Beregningsdato
 * 01-09-2013", "Alle beløb i 2014-priser", in one cell or with the date in the cell
 * beside it; else a date that stands alone above the tables. */
#include "extract/stated_date.h"

#include "extract/label_memo.h"
#include "extract/locate.h"

enum { LONGEST_STATEMENT = 120, YEAR_MONTH = 9, ALONE_ROWS = 10, CELLS_BESIDE = 3 };

/* How telling a statement is; the first of the most telling is taken. */
typedef enum { TELLS_CALCULATION, TELLS_PRICES, TELLS_WRITING, TELLS_ALONE, TELLS_NOTHING } Telling;

typedef struct {
    KfText words;
    Telling telling;
    bool whole; /* it must be all that stands before the date */
} Phrase;

static const Phrase phrases[] = {
    { { "beregningsdato", 14 }, TELLS_CALCULATION, false },
    { { "opgørelsesdato", 15 }, TELLS_CALCULATION, false },
    { { "beregnet", 8 }, TELLS_CALCULATION, false },
    { { "opgjort", 7 }, TELLS_CALCULATION, false },
    { { "regler pr", 9 }, TELLS_CALCULATION, false },
    { { "regler for", 10 }, TELLS_CALCULATION, false },
    { { "satser", 6 }, TELLS_PRICES, false },
    { { "-priser", 7 }, TELLS_PRICES, false },
    { { "priser fra", 10 }, TELLS_PRICES, false },
    { { "prisniveau", 10 }, TELLS_PRICES, false },
    { { "lønniveau", 10 }, TELLS_PRICES, false },
    { { "-niveau", 7 }, TELLS_PRICES, false },
    { { "pl-niveau", 9 }, TELLS_PRICES, false },
    { { "takster", 7 }, TELLS_PRICES, false },
    { { "udarbejdet", 10 }, TELLS_WRITING, false },
    { { "udfyldt", 7 }, TELLS_WRITING, false },
    { { "dato", 4 }, TELLS_WRITING, true },
};

/* Copies at most room bytes of text in lower case. */
static KfText lower_start(KfText text, char *room, size_t size)
{
    KfBuf buf = { .ptr = room, .cap = size };

    for (size_t pos = 0; pos < text.len && buf.len + 4 <= size;)
        kf_buf_rune(&buf, kf_rune_lower(kf_text_next(text, &pos)));
    return kf_buf_view(&buf);
}

static bool is_whole(KfText lower, KfText words)
{
    if (!kf_text_starts(lower, words))
        return false;
    return lower.len == words.len || lower.ptr[words.len] == ':' || lower.ptr[words.len] == ' ';
}

unsigned kf_date_tellings(KfText text)
{
    char room[LONGEST_STATEMENT + 8];
    KfText lower = lower_start(text, room, sizeof room);
    uint64_t letters = kf_text_letters(lower);
    unsigned found = 0;

    if (text.len > LONGEST_STATEMENT)
        return 0;
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        KfText words = phrases[i].words;

        if (!kf_letters_hold(letters, words))
            continue;
        if (phrases[i].whole ? is_whole(lower, words) : kf_text_find(lower, words) != SIZE_MAX)
            found |= 1U << phrases[i].telling;
    }
    return found;
}

/* A day, or some day of a month or year; a year alone tells only of prices. Two
 * different dates tell nothing. */
static KfDate date_in(KfText text, Telling telling)
{
    KfDateSpan span, other;
    size_t pos = 0;

    if (!kf_date_find(text, &pos, &span))
        return KF_DATE_NONE;
    if (kf_date_find(text, &pos, &other) && other.first != span.first)
        return KF_DATE_NONE;
    if (span.last - span.first > 31) {
        int year, month, day;

        kf_date_parts(span.first, &year, &month, &day);
        return telling == TELLS_PRICES ? kf_date(year, YEAR_MONTH, 1) : KF_DATE_NONE;
    }
    return span.first;
}

static KfDate date_of_number(const KfBook *book, const KfCell *cell)
{
    KfNumberFormat format = kf_number_format(book->formats[cell->format]);
    KfAmount serial;

    if (cell->kind != KF_CELL_NUMBER || !format.is_date || format.no_month
        || kf_amount_from_decimal(cell->text, &serial) != KF_READ_OK)
        return KF_DATE_NONE;
    return kf_date_from_serial(serial.oere / 100, book->date1904);
}

static KfDate date_of_cell(const KfBook *book, const KfCell *cell, Telling telling)
{
    if (!cell)
        return KF_DATE_NONE;
    if (cell->kind == KF_CELL_TEXT)
        return date_in(cell->text, telling);
    return date_of_number(book, cell);
}

/* "2014" beside "Prisniveau". */
static KfDate year_of_cell(const KfCell *cell, Telling telling)
{
    if (!cell || cell->kind != KF_CELL_NUMBER || telling != TELLS_PRICES)
        return KF_DATE_NONE;
    return date_in(cell->text, telling);
}

static KfDate stated_at(const KfBook *book, const KfGrid *grid, const KfCell *cell, Telling telling)
{
    KfDate date = date_in(kf_text_trim(cell->text), telling);

    for (uint32_t right = 1; right <= CELLS_BESIDE && date == KF_DATE_NONE; right++) {
        const KfCell *beside = kf_grid_at(grid, cell->row, cell->col + right);

        date = date_of_cell(book, beside, telling);
        if (date == KF_DATE_NONE)
            date = year_of_cell(beside, telling);
    }
    return date;
}

/* A cell with nothing but a date, alone in its row. */
static KfDate lone_date(const KfBook *book, const KfGrid *grid, const KfCell *cell)
{
    size_t in_row = grid->row_start[cell->row + 1] - grid->row_start[cell->row];
    KfDateSpan span;
    size_t pos = 0;

    if (cell->row >= ALONE_ROWS || in_row != 1)
        return KF_DATE_NONE;
    if (cell->kind != KF_CELL_TEXT)
        return date_of_number(book, cell);
    if (!kf_date_find(cell->text, &pos, &span) || span.first != span.last
        || kf_text_trim(kf_text_slice(cell->text, pos, cell->text.len)).len
        || cell->text.ptr[0] < '0' || cell->text.ptr[0] > '9')
        return KF_DATE_NONE;
    return span.first;
}

/* What the cell states of the date, if that is more telling than what is known: of
 * "Beregnet i 2012-satser" the prices, for a year is no day of calculation. */
static KfDate statement(const KfBook *book, const KfGrid *grid, const KfCell *cell, int known,
                        Telling *telling)
{
    unsigned tellings = cell->kind == KF_CELL_TEXT
                            ? kf_label_facts(grid, kf_text_trim(cell->text))->date_tellings
                            : 0;
    KfDate date = KF_DATE_NONE;

    if (!tellings && cell->row >= ALONE_ROWS)
        return KF_DATE_NONE;
    for (int rank = 0; rank < TELLS_NOTHING && rank < known && date == KF_DATE_NONE; rank++) {
        *telling = (Telling)rank;
        if (rank == TELLS_ALONE)
            date = lone_date(book, grid, cell);
        else if (tellings >> rank & 1)
            date = stated_at(book, grid, cell, *telling);
    }
    return date;
}

static void look_in_row(const KfBook *book, uint32_t sheet, uint32_t row, KfModel *model)
{
    const KfGrid *grid = &book->sheets[sheet];

    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
        const KfCell *cell = &grid->cells[i];
        Telling telling;
        KfDate date = statement(book, grid, cell, model->stated_rank, &telling);

        if (date == KF_DATE_NONE)
            continue;
        model->stated_rank = (int)telling;
        model->stated_date = date;
        model->stated_date_ref = (KfRef){ sheet, cell->row, cell->col };
    }
}

void kf_find_stated_date(const KfBook *book, uint32_t sheet, const KfRuns *runs, KfModel *model)
{
    for (uint32_t row = 0; row < book->sheets[sheet].row_count; row++) {
        if (row < ALONE_ROWS || kf_runs_may_date(runs, row))
            look_in_row(book, sheet, row, model);
    }
}
