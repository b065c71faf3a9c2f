/* The Rettelser sheet of an earlier run, read for what the cells were. */
#include "correct/earlier.h"

#include <stdlib.h>

KfText kf_kind_key(unsigned kind)
{
    static const char *const keys[] = { "empty", "number", "text", "bool", "error" };

    return kf_text(keys[kind]);
}

/* The columns that are read, by their headings in either language. */
enum { CELL, SHEET, KIND, VALUE, FORMULA, STYLE, COLUMN_COUNT };

static const KfPhrase headings[COLUMN_COUNT] = {
    [CELL] = SAY_COL_CELL,       [SHEET] = SAY_COL_WAS_SHEET,     [KIND] = SAY_COL_WAS_KIND,
    [VALUE] = SAY_COL_WAS_VALUE, [FORMULA] = SAY_COL_WAS_FORMULA, [STYLE] = SAY_COL_WAS_STYLE,
};

typedef struct {
    KfArena *arena;
    const KfBook *book;
    const KfGrid *grid; /* our sheet */
    uint32_t row;       /* of the headings */
    uint32_t columns[COLUMN_COUNT];
    KfEarlier *out;
    size_t cap;
} Reading;

static KfText text_at(const KfGrid *grid, uint32_t row, uint32_t col)
{
    const KfCell *cell = kf_grid_at(grid, row, col);

    return cell ? cell->text : KF_TEXT("");
}

static bool finds_columns(Reading *reading, uint32_t row)
{
    size_t found = 0;

    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        for (uint32_t col = 0; col < reading->grid->col_count; col++) {
            KfText text = text_at(reading->grid, row, col);

            if (!kf_text_eq(text, kf_phrase(headings[i], KF_LANG_DA))
                && !kf_text_eq(text, kf_phrase(headings[i], KF_LANG_EN)))
                continue;
            reading->columns[i] = col;
            found++;
            break;
        }
    }
    reading->row = row;
    return found == COLUMN_COUNT;
}

static bool finds_table(Reading *reading)
{
    for (size_t i = 0; i < reading->book->sheet_count; i++) {
        reading->grid = &reading->book->sheets[i];
        if (!kf_grid_is_corrections(reading->grid))
            continue;
        for (uint32_t row = 0; row < reading->grid->row_count; row++) {
            if (finds_columns(reading, row))
                return true;
        }
    }
    return false;
}

static KfText field(const Reading *reading, uint32_t row, int column)
{
    return text_at(reading->grid, row, reading->columns[column]);
}

static bool find_place(const Reading *reading, uint32_t row, KfRef *out)
{
    KfText name = field(reading, row, SHEET);

    if (!kf_cellref_read(field(reading, row, CELL), &out->row, &out->col))
        return false;
    for (size_t i = 0; i < reading->book->sheet_count; i++) {
        out->sheet = (uint32_t)i;
        if (kf_text_eq(reading->book->sheets[i].name, name))
            return true;
    }
    return false;
}

static bool read_kind(KfText text, uint8_t *out)
{
    for (unsigned kind = KF_CELL_EMPTY; kind <= KF_CELL_ERROR; kind++) {
        if (!kf_text_eq(text, kf_kind_key(kind)))
            continue;
        *out = (uint8_t)kind;
        return true;
    }
    return false;
}

/* False when the row tells of a cell that is not there any more. */
static bool read_row(Reading *reading, uint32_t row)
{
    KfEarlierRow earlier = { .row = row };

    if (!find_place(reading, row, &earlier.ref)
        || !read_kind(field(reading, row, KIND), &earlier.original.kind))
        return false;
    earlier.original.text = field(reading, row, VALUE);
    earlier.original.formula = field(reading, row, FORMULA);
    earlier.original.style = field(reading, row, STYLE);
    KF_PUSH(reading->arena, reading->out->rows, reading->out->count, reading->cap, earlier);
    return true;
}

static int by_place(const void *a, const void *b)
{
    return kf_ref_order((*(const KfEarlierRow *const *)a)->ref,
                        (*(const KfEarlierRow *const *)b)->ref);
}

static void index_rows(KfArena *arena, KfEarlier *out)
{
    out->by_place = kf_arena_array(arena, out->count, sizeof(const KfEarlierRow *));
    for (size_t i = 0; i < out->count; i++)
        out->by_place[i] = &out->rows[i];
    if (out->count)
        qsort(out->by_place, out->count, sizeof(const KfEarlierRow *), by_place);
}

bool kf_earlier_read(KfArena *arena, const KfBook *book, KfEarlier *out, KfText *detail)
{
    Reading reading = { .arena = arena, .book = book, .out = out };

    *out = (KfEarlier){ 0 };
    *detail = kf_phrase(SAY_SHEET_NAME, KF_LANG_DA);
    if (!finds_table(&reading))
        return false;
    out->grid = reading.grid;
    for (uint32_t row = reading.row + 1; row < reading.grid->row_count; row++) {
        if (field(&reading, row, KIND).len == 0)
            continue; /* tells of no cell that was touched */
        *detail = field(&reading, row, CELL);
        if (!read_row(&reading, row))
            return false;
    }
    index_rows(arena, out);
    return true;
}

static int ref_at(const void *ref, const void *row)
{
    return kf_ref_order(*(const KfRef *)ref, (*(const KfEarlierRow *const *)row)->ref);
}

const KfEarlierRow *kf_earlier_of(const KfEarlier *earlier, KfRef ref)
{
    const KfEarlierRow **found = NULL;

    if (earlier->count)
        found =
            bsearch(&ref, earlier->by_place, earlier->count, sizeof(const KfEarlierRow *), ref_at);
    return found ? *found : NULL;
}

KfText kf_earlier_fact(const KfEarlier *earlier, KfPhrase name)
{
    for (uint32_t row = 0; earlier->grid && row < earlier->grid->row_count; row++) {
        KfText label = text_at(earlier->grid, row, 0);

        for (size_t i = earlier->grid->row_start[row]; i < earlier->grid->row_start[row + 1]; i++) {
            if (earlier->grid->cells[i].col > 0
                && (kf_text_eq(label, kf_phrase(name, KF_LANG_DA))
                    || kf_text_eq(label, kf_phrase(name, KF_LANG_EN))))
                return earlier->grid->cells[i].text;
        }
    }
    return (KfText){ 0 };
}
