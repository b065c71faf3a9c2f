/* The cells that belong to no table, sheet by sheet, by the rows and columns that
 * stand for one another. A row that stands for none is one difference. */
#include "diff/compare.h"

#include "kf/edit.h"

/* What a cell says, however its file stores it. */
typedef struct {
    enum { BLANK, AMOUNT, DAY, WORDS } kind;
    KfOere amount;
    KfDate day;
    KfText text;
} Content;

typedef struct {
    KfComparison *work;
    uint32_t before, after; /* sheets */
    const KfGrid *from, *to;
    const KfSheetMap *map;
} Pair;

enum { EXACT_BELOW = 10000 };

static Content content_of(const KfBook *book, const KfCell *cell)
{
    Content content = { .kind = BLANK };
    KfAmount amount;

    if (cell)
        content.text = kf_text_trim(cell->text);
    if (content.text.len == 0)
        return content;
    content.kind = WORDS;
    if (cell->kind == KF_CELL_TEXT) {
        content.day = kf_date_read(content.text);
        if (content.day != KF_DATE_NONE)
            content.kind = DAY;
        else if (kf_amount_read(content.text, KF_SEP_UNKNOWN, &amount) == KF_READ_OK)
            content.kind = AMOUNT;
    } else if (cell->kind == KF_CELL_NUMBER
               && kf_amount_from_decimal(content.text, &amount) == KF_READ_OK) {
        content.kind = AMOUNT;
        if (kf_number_format(book->formats[cell->format]).is_date)
            content.day = kf_date_from_serial(amount.oere / 100, book->date1904);
        else
            content.day = KF_DATE_NONE;
        if (content.day != KF_DATE_NONE)
            content.kind = DAY;
    }
    if (content.kind == AMOUNT)
        content.amount = amount.oere;
    return content;
}

/* "0.1" and "0.10000000000000001" are the same number. */
static bool same_digits(KfText a, KfText b)
{
    KfBuf x = { 0 }, y = { 0 };
    bool same;

    kf_buf_decimal(&x, a);
    kf_buf_decimal(&y, b);
    same = !x.bad && !y.bad && kf_text_eq(kf_buf_view(&x), kf_buf_view(&y));
    kf_buf_free(&x);
    kf_buf_free(&y);
    return same;
}

/* Small numbers may be rates or shares, where whole øre are too coarse. */
static bool same_amount(const Content *x, const Content *y, bool untyped)
{
    if (x->amount != y->amount)
        return false;
    return untyped || x->amount >= EXACT_BELOW || x->amount <= -EXACT_BELOW
           || same_digits(x->text, y->text);
}

static bool same_content(const Content *x, const Content *y, bool untyped)
{
    if (x->kind != y->kind)
        return false;
    switch (x->kind) {
    case BLANK:
        return true;
    case AMOUNT:
        return same_amount(x, y, untyped);
    case DAY:
        return x->day == y->day;
    default:
        return kf_text_eq(x->text, y->text);
    }
}

static KfValue shown(const Content *content, bool as_text)
{
    KfValue value = { .kind = KF_VALUE_TEXT, .text = content->text };

    if (content->kind == BLANK)
        value.kind = KF_VALUE_NONE;
    if (content->kind == AMOUNT && !as_text) {
        value.kind = KF_VALUE_AMOUNT;
        value.amount = content->amount;
    }
    return value;
}

static KfDifference beside(KfDiffKind kind, const KfRef *before, const KfRef *after)
{
    KfDifference difference = kf_difference(kind);

    if (before)
        kf_set_before(&difference, *before);
    if (after)
        kf_set_after(&difference, *after);
    return difference;
}

static void compare_contents(KfComparison *work, const Content *x, const Content *y,
                             KfDifference *difference)
{
    bool amounts = x->kind == AMOUNT && y->kind == AMOUNT;
    bool exact = amounts && x->amount == y->amount;

    if (amounts && !exact && !kf_amounts_differ(work, x->amount, y->amount))
        return;
    difference->before = shown(x, exact);
    difference->after = shown(y, exact);
    kf_add_difference(work, difference);
}

static KfText formula_of(const KfCell *cell)
{
    return cell ? cell->formula : KF_TEXT("");
}

static bool is_text_of_number(const KfCell *a, const KfCell *b)
{
    return a && b && a->kind != b->kind && (a->kind == KF_CELL_TEXT || b->kind == KF_CELL_TEXT);
}

/* Either cell may be NULL. */
static void compare_cell(const Pair *pair, const KfCell *a, KfRef before, const KfCell *b,
                         KfRef after)
{
    KfComparison *work = pair->work;
    Content x = content_of(work->out->before.book, a), y = content_of(work->out->after.book, b);
    KfDifference difference = beside(KF_DIFF_CELL, &before, &after);

    if (!same_content(&x, &y, work->untyped)) {
        compare_contents(work, &x, &y, &difference);
    } else if (!work->untyped && x.kind != BLANK && is_text_of_number(a, b)) {
        difference.kind = KF_DIFF_TYPE;
        difference.before = shown(&x, a->kind == KF_CELL_TEXT);
        difference.after = shown(&y, b->kind == KF_CELL_TEXT);
        kf_add_difference(work, &difference);
    }
    if (kf_formulas_differ(work, before, formula_of(a), after, formula_of(b))) {
        difference.kind = KF_DIFF_FORMULA;
        difference.before = kf_formula_value(work, formula_of(a), shown(&x, false));
        difference.after = kf_formula_value(work, formula_of(b), shown(&y, false));
        kf_add_difference(work, &difference);
    }
}

/* ---- rows ------------------------------------------------------------------ */

static bool is_left(const Pair *pair, KfSide side, size_t cell)
{
    uint32_t sheet = side == KF_BEFORE ? pair->before : pair->after;
    const KfGrid *grid = side == KF_BEFORE ? pair->from : pair->to;

    return !pair->work->seen[side][sheet][cell]
           && (kf_text_trim(grid->cells[cell].text).len || grid->cells[cell].formula.len);
}

/* "Bemærkning | 12 | kr.": the cells of a row that belong to no table. */
static KfText row_text(const Pair *pair, KfSide side, uint32_t row, KfRef *first)
{
    const KfGrid *grid = side == KF_BEFORE ? pair->from : pair->to;
    KfBuf text = { 0 };
    KfText kept;

    *first = (KfRef){ side == KF_BEFORE ? pair->before : pair->after, row, KF_COL_LIMIT };
    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
        if (!is_left(pair, side, i))
            continue;
        if (first->col == KF_COL_LIMIT)
            first->col = grid->cells[i].col;
        kf_buf_str(&text, text.len ? " | " : "");
        kf_buf_text(&text, kf_text_trim(grid->cells[i].text));
    }
    kept = text.bad ? KF_TEXT("") : kf_arena_text(pair->work->arena, kf_buf_view(&text));
    kf_buf_free(&text);
    return kept;
}

static void see_row(const Pair *pair, KfSide side, uint32_t row)
{
    uint32_t sheet = side == KF_BEFORE ? pair->before : pair->after;
    const KfGrid *grid = side == KF_BEFORE ? pair->from : pair->to;

    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++)
        pair->work->seen[side][sheet][i] = true;
}

static void tell_row(const Pair *pair, KfSide side, uint32_t row)
{
    KfDifference difference =
        kf_difference(side == KF_BEFORE ? KF_DIFF_ROW_REMOVED : KF_DIFF_ROW_ADDED);
    KfRef first;
    KfValue value = { .kind = KF_VALUE_TEXT, .text = row_text(pair, side, row, &first) };

    if (first.col == KF_COL_LIMIT)
        return;
    if (side == KF_BEFORE) {
        kf_set_before(&difference, first);
        difference.before = value;
    } else {
        kf_set_after(&difference, first);
        difference.after = value;
    }
    kf_add_difference(pair->work, &difference);
    see_row(pair, side, row);
}

static uint64_t left_key(const Pair *pair, KfSide side, uint32_t row)
{
    const KfGrid *grid = side == KF_BEFORE ? pair->from : pair->to;
    uint64_t key = 0;

    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++) {
        if (is_left(pair, side, i))
            key = kf_hash_cell(key ? key : KF_HASH_START, &grid->cells[i]);
    }
    return key;
}

static void tell_moved(const Pair *pair, uint32_t before, uint32_t after)
{
    KfRef from, to;
    KfValue value = { .kind = KF_VALUE_TEXT, .text = row_text(pair, KF_BEFORE, before, &from) };
    KfDifference difference;

    row_text(pair, KF_AFTER, after, &to);
    difference = beside(KF_DIFF_ROW_MOVED, &from, &to);
    difference.before = difference.after = value;
    kf_add_difference(pair->work, &difference);
    see_row(pair, KF_BEFORE, before);
    see_row(pair, KF_AFTER, after);
}

/* Rows that have gone from one place and come at another are moved. */
static void tell_moved_rows(const Pair *pair)
{
    uint32_t rows = pair->map->row_count, others = pair->map->after_rows;
    uint64_t *before = kf_arena_array(pair->work->arena, rows, sizeof *before);
    uint64_t *after = kf_arena_array(pair->work->arena, others, sizeof *after);
    KfPairing moved = kf_pairing(pair->work->arena, rows, others);

    for (uint32_t row = 0; row < rows; row++)
        before[row] = pair->map->rows[row] == KF_UNALIGNED ? left_key(pair, KF_BEFORE, row) : 0;
    for (uint32_t row = 0; row < others; row++)
        after[row] = pair->map->row_taken[row] ? 0 : left_key(pair, KF_AFTER, row);
    kf_pair_equal(pair->work->arena, &moved, before, after);
    for (uint32_t row = 0; row < rows; row++) {
        if (moved.of_before[row] != KF_UNPAIRED)
            tell_moved(pair, row, (uint32_t)moved.of_before[row]);
    }
}

/* ---- a sheet --------------------------------------------------------------- */

static void compare_row(const Pair *pair, uint32_t row)
{
    uint32_t to = pair->map->rows[row];

    for (size_t i = pair->from->row_start[row]; i < pair->from->row_start[row + 1]; i++) {
        const KfCell *a = &pair->from->cells[i], *b = NULL;
        uint32_t col = pair->map->cols[a->col];
        KfRef after = { pair->after, to, col == KF_UNALIGNED ? a->col : col };

        if (!is_left(pair, KF_BEFORE, i))
            continue;
        if (col != KF_UNALIGNED)
            b = kf_grid_at(pair->to, to, col);
        if (b && !is_left(pair, KF_AFTER, (size_t)(b - pair->to->cells)))
            b = NULL;
        compare_cell(pair, a, (KfRef){ pair->before, row, a->col }, b, after);
        if (b)
            kf_mark_seen(pair->work, KF_AFTER, after);
    }
}

/* What the second sheet has and the first has not. */
static void compare_new_cells(const Pair *pair)
{
    for (size_t i = 0; i < pair->to->cell_count; i++) {
        const KfCell *b = &pair->to->cells[i];
        Content y;
        KfRef after = { pair->after, b->row, b->col };
        KfDifference difference = beside(KF_DIFF_CELL, NULL, &after);

        if (!is_left(pair, KF_AFTER, i))
            continue;
        if (!pair->map->row_taken[b->row]) {
            tell_row(pair, KF_AFTER, b->row);
            continue;
        }
        y = content_of(pair->work->out->after.book, b);
        difference.after = kf_formula_value(pair->work, b->formula, shown(&y, false));
        kf_add_difference(pair->work, &difference);
    }
}

static void compare_sheets(KfComparison *work, uint32_t before, uint32_t after)
{
    Pair pair = { work,
                  before,
                  after,
                  &work->out->before.book->sheets[before],
                  &work->out->after.book->sheets[after],
                  &work->map.maps[before] };

    if (!work->untyped && !kf_text_eq(pair.from->name, pair.to->name)) {
        KfDifference difference =
            beside(KF_DIFF_SHEET_RENAMED, &(KfRef){ before, 0, 0 }, &(KfRef){ after, 0, 0 });

        difference.label = pair.from->name;
        difference.before = (KfValue){ .kind = KF_VALUE_TEXT, .text = pair.from->name };
        difference.after = (KfValue){ .kind = KF_VALUE_TEXT, .text = pair.to->name };
        kf_add_difference(work, &difference);
    }
    tell_moved_rows(&pair);
    for (uint32_t row = 0; row < pair.map->row_count; row++) {
        if (pair.map->rows[row] == KF_UNALIGNED)
            tell_row(&pair, KF_BEFORE, row);
        else
            compare_row(&pair, row);
    }
    compare_new_cells(&pair);
}

/* ---- sheets ---------------------------------------------------------------- */

typedef struct {
    Pair *places; /* the sheet of each row, on either side */
    uint32_t *rows;
    uint64_t *keys;
    size_t count;
} LooseRows;

/* The rows of every sheet that has no pair. */
static LooseRows loose_rows(KfComparison *work, KfSide side, const size_t *paired)
{
    const KfBook *book = kf_side_book(work, side);
    LooseRows loose = { 0 };
    size_t count = 0;

    for (size_t s = 0; s < book->sheet_count; s++)
        count += book->sheets[s].row_count;
    loose.places = kf_arena_array(work->arena, count, sizeof *loose.places);
    loose.rows = kf_arena_array(work->arena, count, sizeof *loose.rows);
    loose.keys = kf_arena_array(work->arena, count, sizeof *loose.keys);
    for (uint32_t s = 0; s < book->sheet_count; s++) {
        const KfGrid *grid = &book->sheets[s];
        Pair place = { work, s, s, grid, grid, NULL };

        if (paired[s] != KF_UNPAIRED || kf_grid_is_ours(grid))
            continue;
        for (uint32_t row = 0; row < grid->row_count; row++) {
            loose.places[loose.count] = place;
            loose.rows[loose.count] = row;
            loose.keys[loose.count++] = left_key(&place, side, row);
        }
    }
    return loose;
}

/* A CSV file has one sheet, whatever the workbook has: rows count, not sheets. */
static void compare_loose_rows(KfComparison *work)
{
    LooseRows x = loose_rows(work, KF_BEFORE, work->map.sheets.of_before);
    LooseRows y = loose_rows(work, KF_AFTER, work->map.sheets.of_after);
    KfPairing rows = kf_pairing(work->arena, x.count, y.count);

    kf_pair_equal(work->arena, &rows, x.keys, y.keys);
    for (size_t i = 0; i < x.count; i++) {
        if (rows.of_before[i] == KF_UNPAIRED)
            tell_row(&x.places[i], KF_BEFORE, x.rows[i]);
    }
    for (size_t i = 0; i < y.count; i++) {
        if (rows.of_after[i] == KF_UNPAIRED)
            tell_row(&y.places[i], KF_AFTER, y.rows[i]);
    }
}

static void tell_sheet(KfComparison *work, KfSide side, uint32_t sheet)
{
    const KfGrid *grid = &kf_side_book(work, side)->sheets[sheet];
    KfRef corner = { sheet, 0, 0 };
    KfDifference difference = side == KF_BEFORE ? beside(KF_DIFF_SHEET_REMOVED, &corner, NULL)
                                                : beside(KF_DIFF_SHEET_ADDED, NULL, &corner);

    if (kf_grid_is_ours(grid))
        return;
    difference.label = grid->name;
    kf_add_difference(work, &difference);
}

void kf_compare_cells(KfComparison *work)
{
    const KfBook *before = work->out->before.book, *after = work->out->after.book;

    for (uint32_t s = 0; s < before->sheet_count; s++) {
        if (work->map.sheets.of_before[s] != KF_UNPAIRED)
            compare_sheets(work, s, (uint32_t)work->map.sheets.of_before[s]);
        else if (!work->untyped)
            tell_sheet(work, KF_BEFORE, s);
    }
    for (uint32_t s = 0; s < after->sheet_count; s++) {
        if (work->map.sheets.of_after[s] == KF_UNPAIRED && !work->untyped)
            tell_sheet(work, KF_AFTER, s);
    }
    if (work->untyped)
        compare_loose_rows(work);
}
