/* Both formulas are read token by token; the references of the first are moved to
 * where their cells stand now. */
#include "diff/formula_same.h"

#include "formula/formula_parse.h"

enum { MOST_STEPS = 1000 };

/* A corner whose row or column is gone: the next one inside the reference. */
static uint32_t map_line(const KfFormulaSides *sides, uint32_t sheet, uint32_t line, uint32_t end,
                         uint32_t (*map)(const KfBookMap *, uint32_t, uint32_t))
{
    uint32_t to = map(sides->map, sheet, line);

    for (int step = 0; to == KF_UNALIGNED && line != end && step < MOST_STEPS; step++) {
        line = line < end ? line + 1 : line - 1;
        to = map(sides->map, sheet, line);
    }
    return to;
}

static bool same_lines(const KfFormulaSides *sides, const KfToken *x, const KfToken *y)
{
    const KfRange *from = &x->ref.range, *to = &y->ref.range;
    uint32_t sheet = x->ref.sheet;

    if (x->first.has_row
        && (map_line(sides, sheet, from->first_row, from->last_row, kf_map_row) != to->first_row
            || map_line(sides, sheet, from->last_row, from->first_row, kf_map_row) != to->last_row))
        return false;
    return !x->first.has_col
           || (map_line(sides, sheet, from->first_col, from->last_col, kf_map_col) == to->first_col
               && map_line(sides, sheet, from->last_col, from->first_col, kf_map_col)
                      == to->last_col);
}

static bool same_corner(const KfCorner *x, const KfCorner *y)
{
    return x->has_row == y->has_row && x->has_col == y->has_col && x->row_fixed == y->row_fixed
           && x->col_fixed == y->col_fixed;
}

static bool same_ref(const KfFormulaSides *sides, const KfToken *x, const KfToken *y)
{
    if (x->is_area != y->is_area || !same_corner(&x->first, &y->first)
        || (x->is_area && !same_corner(&x->last, &y->last)))
        return false;
    if (x->ref.sheet >= sides->before->sheet_count
        || sides->map->sheets.of_before[x->ref.sheet] != y->ref.sheet)
        return false;
    return same_lines(sides, x, y);
}

bool kf_formula_same(const KfFormulaSides *sides, uint32_t before_sheet, KfText before,
                     uint32_t after_sheet, KfText after)
{
    KfTokenizer in = { sides->before, before_sheet, before, 0 };
    KfTokenizer other = { sides->after, after_sheet, after, 0 };
    KfToken x, y;

    for (;;) {
        kf_token_next(&in, &x);
        kf_token_next(&other, &y);
        if (x.kind != y.kind || x.op != y.op)
            return false;
        if (x.kind == KF_TOKEN_END)
            return true;
        if (x.kind == KF_TOKEN_BAD)
            return kf_text_eq(before, after);
        if (x.kind == KF_TOKEN_REF ? !same_ref(sides, &x, &y) : !kf_text_eq(x.text, y.text))
            return false;
    }
}
