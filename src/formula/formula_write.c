/* New formula text for the place of a wrong formula: a neighbour's, copied, or a
 * sum over the cells that belong to it. */
#include "grid/formula_shift.h"
#include "kf/formula.h"

static const KfCell *cell_at(const KfBook *book, KfRef ref)
{
    return ref.sheet < book->sheet_count ? kf_grid_at(&book->sheets[ref.sheet], ref.row, ref.col)
                                         : NULL;
}

static KfText take(KfArena *arena, KfBuf *buf)
{
    KfText text = kf_arena_take(arena, buf);

    kf_buf_free(buf);
    return text;
}

KfText kf_formula_copied(KfArena *arena, const KfBook *book, KfRef from, KfRef to)
{
    const KfCell *cell = cell_at(book, from);
    KfBuf out = { 0 };

    if (!cell || !cell->formula.len || from.sheet != to.sheet)
        return (KfText){ 0 };
    kf_formula_shift(&out, cell->formula, (int32_t)to.row - (int32_t)from.row,
                     (int32_t)to.col - (int32_t)from.col);
    if (kf_text_find(kf_buf_view(&out), KF_TEXT("#REF!")) != SIZE_MAX)
        out.len = 0;
    return take(arena, &out);
}

/* A cell that SUM passes over. */
static bool adds_nothing(const KfBook *book, KfRef ref)
{
    const KfCell *cell = cell_at(book, ref);

    return !cell || (cell->kind != KF_CELL_NUMBER && !cell->formula.len);
}

/* Whether a range that ends in `last` may be drawn out to `next`, down or right. */
static bool joins(const KfBook *book, KfRef first, KfRef last, KfRef next)
{
    bool down = first.col == next.col && next.row > last.row;
    bool right = first.row == next.row && last.row == first.row && next.col > last.col;

    if (next.sheet != last.sheet || (down && last.col != first.col) || (!down && !right))
        return false;
    for (KfRef at = last;;) {
        at.row += down;
        at.col += !down;
        if (kf_ref_order(at, next) == 0)
            return true;
        if (!adds_nothing(book, at))
            return false;
    }
}

static void write_range(KfBuf *out, KfRef first, KfRef last)
{
    kf_buf_cellref(out, first.row, first.col);
    if (kf_ref_order(first, last) == 0)
        return;
    kf_buf_char(out, ':');
    kf_buf_cellref(out, last.row, last.col);
}

/* "SUM(", or the beginning of the SUBTOTAL that stands there. */
static void write_function(KfBuf *out, const KfBook *book, KfRef ref)
{
    const KfCell *cell = cell_at(book, ref);
    KfText own = cell ? cell->formula : (KfText){ 0 };

    if (kf_text_find(own, KF_TEXT("SUBTOTAL(109")) == 0)
        kf_buf_str(out, "SUBTOTAL(109,");
    else if (kf_text_find(own, KF_TEXT("SUBTOTAL(")) == 0)
        kf_buf_str(out, "SUBTOTAL(9,");
    else
        kf_buf_str(out, "SUM(");
}

KfText kf_formula_sum_of(KfArena *arena, const KfBook *book, KfRef cell, const KfRef *cells,
                         size_t count)
{
    KfBuf out = { 0 };

    for (size_t i = 0; i < count; i++) {
        if (cells[i].sheet != cell.sheet)
            return (KfText){ 0 };
    }
    if (count == 0)
        return (KfText){ 0 };
    write_function(&out, book, cell);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && joins(book, cells[i], cells[next - 1], cells[next]);)
            next++;
        if (i)
            kf_buf_char(&out, ',');
        write_range(&out, cells[i], cells[next - 1]);
    }
    kf_buf_char(&out, ')');
    return take(arena, &out);
}
