/* Cached values that a change makes stale. First which formulas depend on what was
 * changed, by a walk down their references with an explicit stack; then they are evaluated
 * from what is beneath them. */
#include "formula/evaluator.h"

enum { MOST_LOOKS = 50000000 };

/* DOUBTFUL: it may refer to cells that its formula does not name. */
typedef enum { NEW, OPEN, UNTOUCHED, DOUBTFUL, TOUCHED = KF_STALE } Touch;

/* A formula whose references are being gone through. */
typedef struct {
    uint32_t sheet;
    size_t cell; /* index into the cells of sheet */
    KfFormulaRef *refs;
    size_t ref_count, next_ref;
    KfWalk walk;
    Touch touch; /* so far */
} Frame;

/* A cell whose value comes of a formula. */
typedef struct {
    uint32_t sheet;
    size_t cell; /* index into the cells of sheet */
} Result;

typedef struct {
    KfArena *arena;
    const KfBook *book; /* as changed */
    uint8_t **touch;    /* Touch by sheet and index of the cell */
    Result *results;    /* in reading order */
    size_t result_count, result_cap;
    size_t **array; /* by sheet and index, where the formula of the cell's array stands, plus 1 */
    Frame *frames;
    size_t frame_count, frame_cap;
    KfEvaluator looks; /* counts what is walked over */
    size_t fresh_cap, unknown_cap;
} Search;

/* ---- what depends on the changes ------------------------------------------ */

static void mark_changed(Search *s, const KfPlacedCell *changed, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const KfGrid *grid = &s->book->sheets[changed[i].sheet];
        const KfCell *cell = kf_grid_at(grid, changed[i].cell.row, changed[i].cell.col);

        if (cell)
            s->touch[changed[i].sheet][cell - grid->cells] = TOUCHED;
    }
}

/* Where the formulas of arrays stand, for the cells that only show a value of one. */
static void find_arrays(Search *s, uint32_t sheet)
{
    const KfGrid *grid = &s->book->sheets[sheet];

    if (!grid->array_count)
        return;
    s->array[sheet] = kf_arena_array(s->arena, grid->cell_count, sizeof **s->array);
    for (size_t i = 0; i < grid->array_count; i++) {
        const KfRange *range = &grid->arrays[i];
        const KfCell *first = kf_grid_at(grid, range->first_row, range->first_col), *cell;
        KfWalk walk = kf_walk(&s->looks, (KfFormulaRef){ .sheet = sheet, .range = *range });

        while (first && first->in_array && first->formula.len
               && (cell = kf_walk_next(&s->looks, &walk))) {
            if (cell->in_array && !cell->formula.len)
                s->array[sheet][cell - grid->cells] = (size_t)(first - grid->cells) + 1;
        }
    }
}

/* Whether the value of the cell comes of a formula. */
static bool is_result(const Search *s, uint32_t sheet, size_t index)
{
    return s->book->sheets[sheet].cells[index].formula.len
           || (s->array[sheet] && s->array[sheet][index]);
}

/* The one reference of a cell that shows a value of an array. */
static void refer_to_array(const Search *s, Frame *frame)
{
    const KfCell *first =
        &s->book->sheets[frame->sheet].cells[s->array[frame->sheet][frame->cell] - 1];

    frame->refs = kf_arena_alloc(s->arena, sizeof *frame->refs);
    *frame->refs = (KfFormulaRef){ .sheet = frame->sheet,
                                   .range = { first->row, first->col, first->row, first->col } };
    frame->ref_count = 1;
}

static void enter(Search *s, uint32_t sheet, size_t index)
{
    const KfCell *cell = &s->book->sheets[sheet].cells[index];
    KfRef ref = { sheet, cell->row, cell->col };
    Frame frame = { .sheet = sheet, .cell = index, .touch = UNTOUCHED };

    if (!cell->formula.len)
        refer_to_array(s, &frame);
    else if (!kf_formula_refs(s->arena, s->book, ref, &frame.refs, &frame.ref_count))
        frame.touch = DOUBTFUL;
    s->touch[sheet][index] = OPEN;
    KF_PUSH(s->arena, s->frames, s->frame_count, s->frame_cap, frame);
}

static void reach(Frame *frame, uint8_t touch)
{
    if (touch > (uint8_t)frame->touch)
        frame->touch = (Touch)touch;
}

/* The next formula that the frame's one refers to and that is not known yet. */
static bool next_below(Search *s, Frame *frame, size_t *index, uint32_t *sheet)
{
    const KfCell *cell;

    while (frame->touch != TOUCHED) {
        while ((cell = kf_walk_next(&s->looks, &frame->walk))) {
            *sheet = frame->refs[frame->next_ref - 1].sheet;
            *index = (size_t)(cell - s->book->sheets[*sheet].cells);
            if (is_result(s, *sheet, *index) && s->touch[*sheet][*index] == NEW)
                return true;
            reach(frame, s->touch[*sheet][*index]);
        }
        if (frame->next_ref == frame->ref_count)
            return false;
        frame->walk = kf_walk(&s->looks, frame->refs[frame->next_ref++]);
    }
    return false;
}

static void search_from(Search *s, uint32_t sheet, size_t index)
{
    enter(s, sheet, index);
    while (s->frame_count) {
        Frame *frame = &s->frames[s->frame_count - 1];

        if (next_below(s, frame, &index, &sheet)) {
            enter(s, sheet, index);
            continue;
        }
        if (s->looks.visits > MOST_LOOKS && frame->touch < DOUBTFUL)
            frame->touch = DOUBTFUL; /* not all was looked at */
        s->touch[frame->sheet][frame->cell] = (uint8_t)frame->touch;
        s->frame_count--;
        if (s->frame_count)
            reach(&s->frames[s->frame_count - 1], (uint8_t)s->touch[frame->sheet][frame->cell]);
    }
}

static void list_results(Search *s)
{
    for (uint32_t sheet = 0; sheet < s->book->sheet_count; sheet++) {
        for (size_t i = 0; i < s->book->sheets[sheet].cell_count; i++) {
            if (is_result(s, sheet, i))
                KF_PUSH(s->arena, s->results, s->result_count, s->result_cap,
                        ((Result){ sheet, i }));
        }
    }
}

static void search(Search *s, const KfPlacedCell *changed, size_t count)
{
    s->touch = kf_arena_array(s->arena, s->book->sheet_count, sizeof *s->touch);
    s->array = kf_arena_array(s->arena, s->book->sheet_count, sizeof *s->array);
    for (uint32_t i = 0; i < s->book->sheet_count; i++) {
        s->touch[i] = kf_arena_array(s->arena, s->book->sheets[i].cell_count, 1);
        find_arrays(s, i);
    }
    mark_changed(s, changed, count);
    list_results(s);
    for (size_t i = 0; i < s->result_count; i++) {
        const Result *result = &s->results[i];

        if (s->touch[result->sheet][result->cell] == NEW)
            search_from(s, result->sheet, result->cell);
    }
}

/* ---- what they give ------------------------------------------------------- */

/* Whether the cell was changed, and comes with a value. */
static bool is_given(const KfPlacedCell *changed, size_t count, KfRef ref)
{
    size_t lo = 0, hi = count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        KfRef at = { changed[mid].sheet, changed[mid].cell.row, changed[mid].cell.col };
        int order = kf_ref_order(at, ref);

        if (order == 0)
            return changed[mid].cell.kind != KF_CELL_EMPTY || !changed[mid].cell.formula.len;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

static bool same_value(const KfCell *was, const KfCell *now)
{
    KfRatio a, b;

    if (was->kind != now->kind)
        return false;
    if (was->kind == KF_CELL_NUMBER && kf_ratio_read(&a, was->text) && kf_ratio_read(&b, now->text))
        return kf_ratio_order(a, b) == 0;
    return kf_text_eq(was->text, now->text);
}

/* The values that formulas come to when cells of the book count as changed. */
static KfEvaluator *evaluator_of(Search *s, const KfPlacedCell *changed, size_t count)
{
    KfEvaluator *ev = kf_evaluator_create(s->arena, s->book);

    ev->memo = &ev->cached;
    ev->memo->stale = s->touch;
    for (size_t i = 0; i < count; i++) {
        const KfGrid *grid = &s->book->sheets[changed[i].sheet];

        if (changed[i].cell.kind != KF_CELL_EMPTY || !changed[i].cell.formula.len)
            kf_evaluator_give(ev, changed[i].sheet,
                              kf_grid_at(grid, changed[i].cell.row, changed[i].cell.col),
                              &changed[i].cell);
    }
    return ev;
}

/* A formula that depends on the changes, unless it was given its value with them. */
static void tell(Search *s, KfEvaluator *ev, const KfBook *was, KfRef ref, KfRefreshed *out)
{
    const KfGrid *grid = &s->book->sheets[ref.sheet];
    const KfCell *cell = kf_grid_at(grid, ref.row, ref.col);
    const KfCell *old = kf_grid_at(&was->sheets[ref.sheet], ref.row, ref.col);
    KfPlacedCell fresh = { .sheet = ref.sheet };

    if (s->touch[ref.sheet][cell - grid->cells] == DOUBTFUL
        || !kf_evaluator_fill(ev, ref.sheet, cell, &fresh.cell))
        KF_PUSH(s->arena, out->unknown, out->unknown_count, s->unknown_cap, ref);
    else if (!old || !same_value(old, &fresh.cell) || !kf_text_eq(old->formula, cell->formula))
        KF_PUSH(s->arena, out->cells, out->count, s->fresh_cap, fresh);
}

static void tell_all(Search *s, const KfBook *was, const KfPlacedCell *changed, size_t count,
                     KfRefreshed *out)
{
    KfEvaluator *ev = evaluator_of(s, changed, count);

    for (size_t i = 0; i < s->result_count; i++) {
        const Result *result = &s->results[i];
        const KfCell *cell = &s->book->sheets[result->sheet].cells[result->cell];
        const KfRef ref = { result->sheet, cell->row, cell->col };

        if (s->touch[result->sheet][result->cell] >= DOUBTFUL && !is_given(changed, count, ref))
            tell(s, ev, was, ref, out);
    }
}

/* Whether every changed cell stands in the book with the formula that it keeps: then the
 * book itself is looked at, and not a copy. */
static bool keeps_formulas(const KfBook *book, const KfPlacedCell *changed, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const KfCell *cell =
            kf_grid_at(&book->sheets[changed[i].sheet], changed[i].cell.row, changed[i].cell.col);

        if (!cell || cell->in_array != changed[i].cell.in_array
            || !kf_text_eq(cell->formula, changed[i].cell.formula))
            return false;
    }
    return true;
}

void kf_book_refresh(KfArena *arena, const KfBook *book, const KfPlacedCell *changed, size_t count,
                     KfRefreshed *out)
{
    Search s = { .arena = arena, .book = book };

    *out = (KfRefreshed){ 0 };
    if (count == 0)
        return;
    if (!keeps_formulas(book, changed, count))
        s.book = kf_book_changed(arena, book, changed, count);
    s.looks.book = s.book;
    search(&s, changed, count);
    tell_all(&s, book, changed, count, out);
}
