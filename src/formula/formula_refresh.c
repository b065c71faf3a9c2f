/* Cached values that a change makes stale. First which formulas depend on what was
 * changed, by a walk down their references with an explicit stack; then their values
 * are forgotten in a copy of the book, and filled in from what is beneath them. */
#include "formula/evaluator.h"

#include <string.h>

enum { MOST_LOOKS = 50000000 };

/* DOUBTFUL: it may refer to cells that its formula does not name. */
typedef enum { NEW, OPEN, UNTOUCHED, DOUBTFUL, TOUCHED } Touch;

/* A formula whose references are being gone through. */
typedef struct {
    uint32_t sheet;
    size_t cell; /* index into the cells of sheet */
    KfFormulaRef *refs;
    size_t ref_count, next_ref;
    KfWalk walk;
    Touch touch; /* so far */
} Frame;

typedef struct {
    KfArena *arena;
    KfBook *book;    /* as changed */
    uint8_t **touch; /* Touch by sheet and index of the cell */
    Frame *frames;
    size_t frame_count, frame_cap;
    KfEvaluator looks; /* counts what is walked over */
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

static void enter(Search *s, uint32_t sheet, size_t index)
{
    const KfCell *cell = &s->book->sheets[sheet].cells[index];
    KfRef ref = { sheet, cell->row, cell->col };
    Frame frame = { .sheet = sheet, .cell = index, .touch = UNTOUCHED };

    if (!kf_formula_refs(s->arena, s->book, ref, &frame.refs, &frame.ref_count))
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
            if (cell->formula.len && s->touch[*sheet][*index] == NEW)
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

static void search(Search *s, const KfPlacedCell *changed, size_t count)
{
    s->touch = kf_arena_array(s->arena, s->book->sheet_count, sizeof *s->touch);
    for (size_t i = 0; i < s->book->sheet_count; i++)
        s->touch[i] = kf_arena_array(s->arena, s->book->sheets[i].cell_count, 1);
    mark_changed(s, changed, count);
    for (uint32_t sheet = 0; sheet < s->book->sheet_count; sheet++) {
        for (size_t i = 0; i < s->book->sheets[sheet].cell_count; i++) {
            if (s->book->sheets[sheet].cells[i].formula.len && s->touch[sheet][i] == NEW)
                search_from(s, sheet, i);
        }
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

/* The sheet's cells, which may be those of the book as it was, become its own. */
static void own_cells(KfArena *arena, KfGrid *grid)
{
    KfCell *own = kf_arena_array(arena, grid->cell_count, sizeof *own);

    memcpy(own, grid->cells, grid->cell_count * sizeof *own);
    grid->cells = own;
}

/* A dependant forgets its value; a changed formula keeps the one it was given. */
static void forget(Search *s, const KfPlacedCell *changed, size_t count)
{
    for (uint32_t sheet = 0; sheet < s->book->sheet_count; sheet++) {
        KfGrid *grid = &s->book->sheets[sheet];
        bool is_own = false;

        for (size_t i = 0; i < grid->cell_count; i++) {
            KfRef ref = { sheet, grid->cells[i].row, grid->cells[i].col };

            if (!grid->cells[i].formula.len || s->touch[sheet][i] != TOUCHED
                || is_given(changed, count, ref))
                continue;
            if (!is_own)
                own_cells(s->arena, grid);
            is_own = true;
            grid->cells[i].kind = KF_CELL_EMPTY;
            grid->cells[i].text = (KfText){ 0 };
        }
    }
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

static void tell(Search *s, const KfBook *was, const KfPlacedCell *changed, size_t count,
                 KfRefreshed *out)
{
    size_t cap = 0, unknown_cap = 0;

    for (uint32_t sheet = 0; sheet < s->book->sheet_count; sheet++) {
        const KfGrid *grid = &s->book->sheets[sheet];

        for (size_t i = 0; i < grid->cell_count; i++) {
            const KfCell *now = &grid->cells[i];
            const KfCell *old = kf_grid_at(&was->sheets[sheet], now->row, now->col);
            KfPlacedCell fresh = { sheet, *now };
            KfRef ref = { sheet, now->row, now->col };

            if (!now->formula.len || s->touch[sheet][i] < DOUBTFUL || is_given(changed, count, ref))
                continue;
            if (s->touch[sheet][i] == DOUBTFUL || now->kind == KF_CELL_EMPTY)
                KF_PUSH(s->arena, out->unknown, out->unknown_count, unknown_cap, ref);
            else if (!old || !same_value(old, now) || !kf_text_eq(old->formula, now->formula))
                KF_PUSH(s->arena, out->cells, out->count, cap, fresh);
        }
    }
}

void kf_book_refresh(KfArena *arena, const KfBook *book, const KfPlacedCell *changed, size_t count,
                     KfRefreshed *out)
{
    Search s = { .arena = arena };
    KfRef *missing;
    size_t missing_count;

    *out = (KfRefreshed){ 0 };
    if (count == 0)
        return;
    s.book = kf_book_changed(arena, book, changed, count);
    s.looks.book = s.book;
    search(&s, changed, count);
    forget(&s, changed, count);
    kf_book_fill_missing(arena, s.book, &missing, &missing_count);
    tell(&s, book, changed, count, out);
}
