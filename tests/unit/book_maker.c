#include "book_maker.h"

#include <string.h>

static bool is_decimal(KfText text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            digits++;
        else if (text.ptr[i] != '.' && !(i == 0 && text.ptr[i] == '-'))
            return false;
    }
    return digits > 0;
}

static KfGrid make_sheet(KfArena *arena, const MadeSheet *made)
{
    KfGrid grid = { .name = kf_arena_text(arena, kf_text(made->name)) };
    KfText rows = kf_text(made->rows);
    uint32_t row = 0, col = 0;
    size_t cap = 0, from = 0;

    for (size_t i = 0; i <= rows.len; i++) {
        char end = i < rows.len ? rows.ptr[i] : '\n';
        KfText text = kf_text_slice(rows, from, i);
        KfCell cell = { .row = row, .col = col, .text = text, .kind = KF_CELL_TEXT };

        if (end != '|' && end != '\n')
            continue;
        if (is_decimal(text))
            cell.kind = KF_CELL_NUMBER;
        if (text.len && text.ptr[0] == '=') {
            size_t mark = kf_text_find(text, KF_TEXT("~"));

            cell.formula = kf_text_slice(text, 1, mark);
            cell.text = mark == SIZE_MAX ? (KfText){ 0 } : kf_text_slice(text, mark + 1, text.len);
            cell.kind = is_decimal(cell.text) ? KF_CELL_NUMBER : KF_CELL_EMPTY;
        }
        if (text.len && text.ptr[0] == '\'')
            cell.text = kf_text_slice(text, 1, text.len);
        if (text.len)
            KF_PUSH(arena, grid.cells, grid.cell_count, cap, cell);
        from = i + 1;
        col++;
        if (end == '\n') {
            row++;
            col = 0;
        }
    }
    kf_grid_index(arena, &grid);
    return grid;
}

KfBook *make_book(KfArena *arena, const MadeSheet *sheets, size_t count)
{
    KfBook *book = kf_arena_alloc(arena, sizeof *book);

    book->sheets = kf_arena_array(arena, count, sizeof *book->sheets);
    book->sheet_count = count;
    book->formats = kf_arena_array(arena, 1, sizeof *book->formats);
    book->formats[0] = KF_TEXT("#,##0.00");
    book->format_count = 1;
    for (size_t i = 0; i < count; i++)
        book->sheets[i] = make_sheet(arena, &sheets[i]);
    return book;
}
