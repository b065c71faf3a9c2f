/* Taking back: the Rettelser sheet of a corrected copy, read for what the cells were. */
#include "correct/phrase.h"

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
    KfCellEdit *edits;
    size_t count, cap;
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
    KfOriginal *original = kf_arena_alloc(reading->arena, sizeof *original);
    KfCellEdit edit = { .original = original };

    if (!find_place(reading, row, &edit.ref)
        || !read_kind(field(reading, row, KIND), &original->kind))
        return false;
    original->text = field(reading, row, VALUE);
    original->formula = field(reading, row, FORMULA);
    original->style = field(reading, row, STYLE);
    KF_PUSH(reading->arena, reading->edits, reading->count, reading->cap, edit);
    return true;
}

static int by_place(const void *a, const void *b)
{
    return kf_ref_order(((const KfCellEdit *)a)->ref, ((const KfCellEdit *)b)->ref);
}

/* A cell may stand in several rows, which all say the same of it. */
static void sort_edits(Reading *reading, KfEdits *out)
{
    if (reading->count)
        qsort(reading->edits, reading->count, sizeof *reading->edits, by_place);
    for (size_t i = 0; i < reading->count; i++) {
        if (i && by_place(&reading->edits[i - 1], &reading->edits[i]) == 0)
            continue;
        reading->edits[out->edit_count++] = reading->edits[i];
    }
    out->edits = reading->edits;
}

bool kf_revert_edits(KfArena *arena, const KfBook *book, KfEdits *out, KfText *detail)
{
    Reading reading = { .arena = arena, .book = book };

    *out = (KfEdits){ .remove_ours = true };
    *detail = kf_phrase(SAY_SHEET_NAME, KF_LANG_DA);
    if (!finds_table(&reading))
        return false;
    for (uint32_t row = reading.row + 1; row < reading.grid->row_count; row++) {
        if (field(&reading, row, KIND).len == 0)
            continue; /* tells of no cell that was touched */
        *detail = field(&reading, row, CELL);
        if (!read_row(&reading, row))
            return false;
    }
    sort_edits(&reading, out);
    return true;
}
