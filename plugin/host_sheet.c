/* Sheets that a spreadsheet program tells of cell by cell, and the book made of them. */
#include "host.h"

#include <math.h>
#include <string.h>

static const char *const error_texts[KF_HOST_ERROR_COUNT] = {
    [KF_HOST_ERROR_NULL] = "#NULL!",   [KF_HOST_ERROR_DIV0] = "#DIV/0!",
    [KF_HOST_ERROR_VALUE] = "#VALUE!", [KF_HOST_ERROR_REF] = "#REF!",
    [KF_HOST_ERROR_NAME] = "#NAME?",   [KF_HOST_ERROR_NUM] = "#NUM!",
    [KF_HOST_ERROR_NA] = "#N/A",
};

/* A cell whose texts stand one behind the other in KfHostSheet.chars. */
typedef struct {
    uint32_t row, col;
    uint8_t kind;
    bool in_array;
    size_t at, text_len, formula_len, format_len;
} Told;

KfText kf_host_error_text(KfHostError error)
{
    return kf_text(error < KF_HOST_ERROR_COUNT ? error_texts[error] : "#VALUE!");
}

void kf_host_sheet_free(KfHostSheet *sheet)
{
    kf_buf_free(&sheet->cells);
    kf_buf_free(&sheet->chars);
    kf_buf_free(&sheet->name);
    kf_buf_free(&sheet->hidden_rows);
    kf_buf_free(&sheet->hidden_cols);
    kf_buf_free(&sheet->merges);
    *sheet = (KfHostSheet){ .hidden = false };
}

bool kf_host_sheet_bad(const KfHostSheet *sheet)
{
    return sheet->cells.bad || sheet->chars.bad || sheet->name.bad || sheet->hidden_rows.bad
           || sheet->hidden_cols.bad || sheet->merges.bad;
}

static KfCellKind put_value(KfBuf *chars, const KfHostCell *cell)
{
    switch (cell->kind) {
    case KF_CELL_NUMBER:
        if (!isfinite(cell->number)) {
            kf_buf_text(chars, kf_host_error_text(KF_HOST_ERROR_NUM));
            return KF_CELL_ERROR;
        }
        kf_buf_double(chars, cell->number);
        break;
    case KF_CELL_TEXT:
        kf_buf_text(chars, cell->text);
        break;
    case KF_CELL_BOOL:
        kf_buf_char(chars, cell->truth ? '1' : '0');
        break;
    case KF_CELL_ERROR:
        kf_buf_text(chars, kf_host_error_text(cell->error));
        break;
    case KF_CELL_EMPTY:
        break;
    }
    return cell->kind;
}

void kf_host_sheet_add(KfHostSheet *sheet, const KfHostCell *cell)
{
    Told told = { .row = cell->row,
                  .col = cell->col,
                  .in_array = cell->in_array,
                  .at = sheet->chars.len,
                  .formula_len = cell->formula.len,
                  .format_len = cell->format.len };

    if (cell->row >= KF_ROW_LIMIT || cell->col >= KF_COL_LIMIT)
        return;
    if (cell->kind == KF_CELL_EMPTY && cell->formula.len == 0)
        return;
    told.kind = (uint8_t)put_value(&sheet->chars, cell);
    told.text_len = sheet->chars.len - told.at;
    kf_buf_text(&sheet->chars, cell->formula);
    kf_buf_text(&sheet->chars, cell->format);
    kf_buf_bytes(&sheet->cells, &told, sizeof told);
}

/* ---- the book ------------------------------------------------------------ */

/* Number formats by their text: open addressing, at most half full. */
typedef struct {
    KfArena *arena;
    KfBook *book;
    size_t format_cap;
    uint32_t *slots; /* 0 is free, else 1 + index */
    size_t slot_count;
} Formats;

static size_t hash(KfText text)
{
    uint64_t sum = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < text.len; i++)
        sum = (sum ^ (unsigned char)text.ptr[i]) * UINT64_C(1099511628211);
    return (size_t)(sum ^ sum >> 32);
}

static uint32_t *find_slot(const Formats *formats, KfText code)
{
    size_t at = hash(code) & (formats->slot_count - 1);

    while (formats->slots[at] && !kf_text_eq(formats->book->formats[formats->slots[at] - 1], code))
        at = (at + 1) & (formats->slot_count - 1);
    return &formats->slots[at];
}

static void make_slots(Formats *formats, size_t count)
{
    formats->slots = kf_arena_array(formats->arena, count, sizeof *formats->slots);
    formats->slot_count = count;
    for (size_t i = 0; i < formats->book->format_count; i++)
        *find_slot(formats, formats->book->formats[i]) = (uint32_t)i + 1;
}

static uint32_t format_index(Formats *formats, KfText code)
{
    KfBook *book = formats->book;
    uint32_t *slot;

    if (code.len == 0)
        return 0;
    slot = find_slot(formats, code);
    if (*slot)
        return *slot - 1;
    if (2 * (book->format_count + 1) > formats->slot_count) {
        make_slots(formats, 2 * formats->slot_count);
        slot = find_slot(formats, code);
    }
    KF_PUSH(formats->arena, book->formats, book->format_count, formats->format_cap, code);
    *slot = (uint32_t)book->format_count;
    return *slot - 1;
}

static KfRange *ranges_of(KfArena *arena, const KfBuf *buf, size_t *count)
{
    KfRange *ranges;

    *count = buf->len / sizeof *ranges;
    ranges = kf_arena_array(arena, *count, sizeof *ranges);
    if (*count)
        memcpy(ranges, buf->ptr, *count * sizeof *ranges);
    return ranges;
}

static void make_cells(Formats *formats, const KfHostSheet *sheet, KfGrid *grid)
{
    KfText chars = kf_arena_text(formats->arena, kf_buf_view(&sheet->chars));

    grid->cell_count = sheet->cells.len / sizeof(Told);
    grid->cells = kf_arena_array(formats->arena, grid->cell_count, sizeof *grid->cells);
    for (size_t i = 0; i < grid->cell_count; i++) {
        KfCell *cell = &grid->cells[i];
        Told told;
        size_t at;

        memcpy(&told, sheet->cells.ptr + i * sizeof told, sizeof told);
        at = told.at + told.text_len;
        cell->row = told.row;
        cell->col = told.col;
        cell->kind = told.kind;
        cell->in_array = told.in_array;
        cell->text = kf_text_slice(chars, told.at, at);
        cell->formula = kf_text_slice(chars, at, at + told.formula_len);
        at += told.formula_len;
        cell->format = format_index(formats, kf_text_slice(chars, at, at + told.format_len));
    }
}

void kf_host_book(KfArena *arena, const KfHostSheet *sheets, size_t count, bool date1904,
                  KfBook *out)
{
    Formats formats = { .arena = arena, .book = out };

    *out = (KfBook){ .sheets = kf_arena_array(arena, count, sizeof *out->sheets),
                     .sheet_count = count,
                     .date1904 = date1904 };
    KF_PUSH(arena, out->formats, out->format_count, formats.format_cap, KF_TEXT("General"));
    make_slots(&formats, 64);
    for (size_t i = 0; i < count; i++) {
        KfGrid *grid = &out->sheets[i];

        grid->name = kf_arena_text(arena, kf_buf_view(&sheets[i].name));
        grid->hidden = sheets[i].hidden;
        grid->is_protected = sheets[i].is_protected;
        grid->hidden_rows = ranges_of(arena, &sheets[i].hidden_rows, &grid->hidden_row_count);
        grid->hidden_cols = ranges_of(arena, &sheets[i].hidden_cols, &grid->hidden_col_count);
        grid->merges = ranges_of(arena, &sheets[i].merges, &grid->merge_count);
        make_cells(&formats, &sheets[i], grid);
        kf_grid_index(arena, grid);
        kf_grid_hide_split_numbers(arena, grid, 1);
    }
}

void kf_host_result_free(KfHostResult *result)
{
    kf_buf_free(&result->text);
    *result = (KfHostResult){ .kind = KF_HOST_MISSING };
}
