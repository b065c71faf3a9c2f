/* What a formula says without being evaluated: what it refers to, what it sums,
 * how it looks from its cell. */
#include "formula/formula_parse.h"

/* Formulas of up to so many nodes need no memory but the stack. */
enum { USUAL_NODES = 64 };
enum { MOST_SUMMED = 65536, MOST_HIDDEN_LOOKS = 10000000 };

static const KfCell *cell_at(const KfBook *book, KfRef ref)
{
    return ref.sheet < book->sheet_count ? kf_grid_at(&book->sheets[ref.sheet], ref.row, ref.col)
                                         : NULL;
}

static KfText formula_at(const KfBook *book, KfRef ref)
{
    const KfCell *cell = cell_at(book, ref);

    return cell ? cell->formula : (KfText){ 0 };
}

/* ---- references ---------------------------------------------------------- */

bool kf_formula_refs(KfArena *arena, const KfBook *book, KfRef cell, KfFormulaRef **refs,
                     size_t *count)
{
    KfTokenizer in = { book, cell.sheet, formula_at(book, cell), 0 };
    KfToken token;
    size_t cap = 0;
    bool is_complete = true;

    *refs = NULL;
    *count = 0;
    if (kf_formula_sums_range(in.text, &token)) {
        token.ref.sheet = cell.sheet;
        KF_PUSH(arena, *refs, *count, cap, token.ref);
        return true;
    }
    for (;;) {
        kf_token_next(&in, &token);
        if (token.kind == KF_TOKEN_END || token.kind == KF_TOKEN_BAD)
            return is_complete && token.kind == KF_TOKEN_END;
        if (token.kind == KF_TOKEN_REF)
            KF_PUSH(arena, *refs, *count, cap, token.ref);
        is_complete &= !token.hides_refs;
    }
}

/* ---- the relative form --------------------------------------------------- */

static void write_offset(KfBuf *out, char letter, bool is_fixed, uint32_t at, uint32_t from)
{
    kf_buf_char(out, letter);
    if (is_fixed) {
        kf_buf_int(out, (int64_t)at + 1);
    } else if (at != from) {
        kf_buf_char(out, '[');
        kf_buf_int(out, (int64_t)at - (int64_t)from);
        kf_buf_char(out, ']');
    }
}

static void write_corner(KfBuf *out, const KfCorner *corner, KfRef from)
{
    if (corner->has_row)
        write_offset(out, 'R', corner->row_fixed, corner->row, from.row);
    if (corner->has_col)
        write_offset(out, 'C', corner->col_fixed, corner->col, from.col);
}

static void write_sheet(KfBuf *out, KfText name)
{
    kf_buf_char(out, '\'');
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '\'')
            kf_buf_char(out, '\'');
        kf_buf_char(out, name.ptr[i]);
    }
    kf_buf_str(out, "'!");
}

static void write_ref(KfBuf *out, const KfBook *book, const KfToken *token, KfRef from)
{
    if (token->ref.sheet != from.sheet)
        write_sheet(out, book->sheets[token->ref.sheet].name);
    write_corner(out, &token->first, from);
    if (token->is_area) {
        kf_buf_char(out, ':');
        write_corner(out, &token->last, from);
    }
}

static void write_upper(KfBuf *out, KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool is_lower = text.ptr[i] >= 'a' && text.ptr[i] <= 'z';

        kf_buf_char(out, (char)(text.ptr[i] - (is_lower ? 'a' - 'A' : 0)));
    }
}

static void write_relative(KfBuf *out, const KfBook *book, KfText formula, KfRef from)
{
    KfTokenizer in = { book, from.sheet, formula, 0 };
    KfToken token;

    for (kf_token_next(&in, &token); token.kind != KF_TOKEN_END; kf_token_next(&in, &token)) {
        if (token.kind == KF_TOKEN_REF)
            write_ref(out, book, &token, from);
        else if (token.kind == KF_TOKEN_FUNCTION || token.kind == KF_TOKEN_BOOL)
            write_upper(out, token.text);
        else
            kf_buf_text(out, token.text);
    }
}

bool kf_formula_relative(KfArena *arena, const KfBook *book, KfRef cell, KfText *out)
{
    KfText formula = formula_at(book, cell);
    KfNode usual[USUAL_NODES];
    KfNodes nodes = { usual, 0, USUAL_NODES };
    KfBuf text = { 0 };
    KfToken range;

    *out = (KfText){ 0 };
    if (!kf_formula_sums_range(formula, &range)
        && (!formula.len || !kf_formula_parse(arena, book, cell.sheet, formula, &nodes)))
        return false;
    write_relative(&text, book, formula, cell);
    *out = kf_arena_take(arena, &text);
    kf_buf_free(&text);
    return true;
}

/* ---- plain sums ---------------------------------------------------------- */

typedef enum { PART_CELL, PART_RANGE, PART_SUM, PART_NUMBER } PartKind;

/* An operand on the way; what it adds stands in cells from first on. */
typedef struct {
    PartKind kind;
    KfText text; /* of a number */
    size_t first;
} Part;

typedef struct {
    KfArena *arena;
    const KfBook *book;
    KfRef *cells;
    size_t count, cap;
    Part *parts; /* a stack */
    size_t part_count, part_cap;
} Sum;

static void push_part(Sum *sum, PartKind kind, KfText text, size_t first)
{
    Part part = { kind, text, first };

    KF_PUSH(sum->arena, sum->parts, sum->part_count, sum->part_cap, part);
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool add_range(Sum *sum, KfFormulaRef ref)
{
    const KfGrid *grid = &sum->book->sheets[ref.sheet];
    uint32_t row_end = least(ref.range.last_row + 1, grid->row_count);
    uint32_t col_end = least(ref.range.last_col + 1, grid->col_count);

    for (uint32_t row = ref.range.first_row; row < row_end; row++) {
        for (uint32_t col = ref.range.first_col; col < col_end; col++) {
            KfRef cell = { ref.sheet, row, col };

            if (sum->count == MOST_SUMMED)
                return false;
            KF_PUSH(sum->arena, sum->cells, sum->count, sum->cap, cell);
        }
    }
    return true;
}

static bool add_ref(Sum *sum, KfFormulaRef ref)
{
    KfRef cell = { ref.sheet, ref.range.first_row, ref.range.first_col };

    if (ref.range.first_row != ref.range.last_row || ref.range.first_col != ref.range.last_col) {
        push_part(sum, PART_RANGE, (KfText){ 0 }, sum->count);
        return add_range(sum, ref);
    }
    if (sum->count == MOST_SUMMED)
        return false;
    push_part(sum, PART_CELL, (KfText){ 0 }, sum->count);
    KF_PUSH(sum->arena, sum->cells, sum->count, sum->cap, cell);
    return true;
}

/* The last parts, which an operator or function takes; NULL when there are not so many. */
static Part *last_parts(const Sum *sum, size_t count)
{
    return count && count <= sum->part_count ? sum->parts + sum->part_count - count : NULL;
}

static bool join(Sum *sum, size_t part_count, bool with_ranges)
{
    const Part *parts = last_parts(sum, part_count);
    size_t first;

    if (!parts)
        return false;
    first = parts[0].first;
    for (size_t i = 0; i < part_count; i++) {
        if (parts[i].kind == PART_NUMBER || (parts[i].kind == PART_RANGE && !with_ranges))
            return false;
    }
    sum->part_count -= part_count;
    push_part(sum, PART_SUM, (KfText){ 0 }, first);
    return true;
}

/* Subtotals leave out each other, and 109 what stands in hidden rows. */
static bool is_left_out(const Sum *sum, KfRef cell, bool skips_hidden)
{
    if (skips_hidden && kf_grid_row_hidden(&sum->book->sheets[cell.sheet], cell.row))
        return true;
    return kf_formula_is_subtotal(formula_at(sum->book, cell));
}

static bool drop_left_out(Sum *sum, size_t first, bool skips_hidden)
{
    size_t kept = first, looks = 0;

    for (size_t i = first; i < sum->count; i++) {
        looks += sum->book->sheets[sum->cells[i].sheet].hidden_row_count;
        if (skips_hidden && looks > MOST_HIDDEN_LOOKS)
            return false;
        if (!is_left_out(sum, sum->cells[i], skips_hidden))
            sum->cells[kept++] = sum->cells[i];
    }
    sum->count = kept;
    return true;
}

static bool add_subtotal(Sum *sum, size_t arg_count)
{
    Part *parts = last_parts(sum, arg_count);
    bool skips_hidden;

    if (!parts || arg_count < 2 || parts[0].kind != PART_NUMBER)
        return false;
    for (size_t i = 1; i < arg_count; i++) {
        if (parts[i].kind != PART_CELL && parts[i].kind != PART_RANGE)
            return false;
    }
    skips_hidden = kf_text_eq(parts[0].text, KF_TEXT("109"));
    if (!skips_hidden && !kf_text_eq(parts[0].text, KF_TEXT("9")))
        return false;
    parts[0] = parts[1];
    return drop_left_out(sum, parts[0].first, skips_hidden) && join(sum, arg_count, true);
}

static bool add_node(Sum *sum, const KfNode *node)
{
    switch (node->kind) {
    case KF_NODE_NUMBER:
        push_part(sum, PART_NUMBER, node->text, sum->count);
        return true;
    case KF_NODE_REF:
        return add_ref(sum, node->ref);
    case KF_NODE_OPERATOR:
        return node->op == KF_OP_ADD && join(sum, 2, false);
    case KF_NODE_CALL:
        if (node->op == KF_FN_SUBTOTAL)
            return add_subtotal(sum, node->arg_count);
        return node->op == KF_FN_SUM && join(sum, node->arg_count, true);
    default:
        return false;
    }
}

bool kf_formula_text_sum_cells(KfArena *arena, const KfBook *book, uint32_t sheet, KfText formula,
                               KfRef **cells, size_t *count)
{
    KfNode usual[USUAL_NODES];
    KfNodes nodes = { usual, 0, USUAL_NODES };
    Part parts[USUAL_NODES];
    Sum sum = { .arena = arena, .book = book, .parts = parts, .part_cap = USUAL_NODES };
    KfToken range;

    *cells = NULL;
    *count = 0;
    if (kf_formula_sums_range(formula, &range)) {
        if (!add_range(&sum, (KfFormulaRef){ sheet, range.ref.range }))
            return false;
        *cells = sum.cells;
        *count = sum.count;
        return true;
    }
    if (!kf_formula_parse(arena, book, sheet, formula, &nodes))
        return false;
    for (size_t i = 0; i < nodes.count; i++) {
        if (!add_node(&sum, &nodes.items[i]))
            return false;
    }
    if (sum.part_count != 1 || sum.parts[0].kind != PART_SUM)
        return false;
    *cells = sum.cells;
    *count = sum.count;
    return true;
}

bool kf_formula_sum_cells(KfArena *arena, const KfBook *book, KfRef cell, KfRef **cells,
                          size_t *count)
{
    return kf_formula_text_sum_cells(arena, book, cell.sheet, formula_at(book, cell), cells, count);
}
