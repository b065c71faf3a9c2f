/* What cells give. Before a formula is run, the formulas beneath it are, however
 * deep they lie: the way down is a stack of frames, not recursion. Circles are
 * found on the way (Tarjan's strongly connected components), so that whether a
 * cell is part of one does not depend on where the evaluation began. */
#include "formula/evaluator.h"
#include "kf/value.h"

enum { MOST_VISITS = 50000000 };

typedef enum { SLOT_NEW, SLOT_OPEN, SLOT_KNOWN } SlotState;

/* A formula cell. */
struct KfSlot {
    KfResult value;
    const KfCell *cell;
    uint32_t sheet;
    uint8_t state;     /* SlotState */
    bool is_circular;  /* refers to itself */
    bool from_cache;   /* not evaluable: value is the cached one */
    size_t open_index; /* in ev->open */
};

/* A formula whose references are being gone through. */
struct KfFrame {
    KfSlot *slot;
    size_t first_node, node; /* in ev->nodes: its own, and the next one to look at */
    bool can_run;
    size_t low; /* least open_index that is reached from it */
    KfWalk walk;
};

/* ---- cells --------------------------------------------------------------- */

/* First cell in from..to, within one row, that stands at col or right of it. */
static size_t col_from(const KfGrid *grid, size_t from, size_t to, uint32_t col)
{
    while (from < to) {
        size_t mid = from + (to - from) / 2;

        if (grid->cells[mid].col < col)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

KfWalk kf_walk(const KfEvaluator *ev, KfFormulaRef ref)
{
    const KfGrid *grid = &ev->book->sheets[ref.sheet];
    KfWalk walk = { .grid = grid, .ref = ref };

    if (ref.range.first_row >= grid->row_count)
        return walk;
    walk.at = grid->row_start[ref.range.first_row];
    walk.end = ref.range.last_row < grid->row_count ? grid->row_start[ref.range.last_row + 1]
                                                    : grid->cell_count;
    return walk;
}

const KfCell *kf_walk_next(KfEvaluator *ev, KfWalk *walk)
{
    while (walk->at < walk->end && ++ev->visits <= MOST_VISITS) {
        const KfCell *cell = &walk->grid->cells[walk->at];
        size_t row_end = walk->grid->row_start[cell->row + 1];

        if (cell->col < walk->ref.range.first_col) {
            walk->at = col_from(walk->grid, walk->at, row_end, walk->ref.range.first_col);
        } else if (cell->col > walk->ref.range.last_col) {
            walk->at = row_end;
        } else {
            walk->at++;
            return cell;
        }
    }
    return NULL;
}

static KfResult stored_value(const KfCell *cell)
{
    KfResult out = { .kind = KF_RESULT_UNKNOWN };

    switch (cell->kind) {
    case KF_CELL_EMPTY:
        /* An array formula's value may not have been written. */
        out.kind = cell->in_array || cell->formula.len ? KF_RESULT_UNKNOWN : KF_RESULT_EMPTY;
        break;
    case KF_CELL_NUMBER:
        if (kf_ratio_read(&out.number, cell->text))
            out.kind = KF_RESULT_NUMBER;
        break;
    case KF_CELL_BOOL:
        out.kind = KF_RESULT_BOOL;
        out.truth = kf_text_eq(cell->text, KF_TEXT("1"));
        break;
    default:
        out.kind = cell->kind == KF_CELL_TEXT ? KF_RESULT_TEXT : KF_RESULT_ERROR;
        out.text = cell->text;
    }
    return out;
}

static KfSlot *find_slot(const KfEvaluator *ev, uint32_t sheet, const KfCell *cell)
{
    KfSlot **slots = ev->memo->slots[sheet];

    return slots ? slots[cell - ev->book->sheets[sheet].cells] : NULL;
}

/* Whether the cached value counts for nothing. */
static bool is_stale(const KfEvaluator *ev, uint32_t sheet, const KfCell *cell)
{
    uint8_t *const *stale = ev->memo->stale;

    return stale && stale[sheet][cell - ev->book->sheets[sheet].cells] == KF_STALE;
}

static bool is_evaluated(const KfEvaluator *ev, uint32_t sheet, const KfCell *cell)
{
    if (!cell->formula.len)
        return cell->in_array && is_stale(ev, sheet, cell);
    return cell->kind == KF_CELL_EMPTY || !ev->memo->keeps_cached || is_stale(ev, sheet, cell);
}

static KfSlot *need_slot(KfEvaluator *ev, uint32_t sheet, const KfCell *cell)
{
    const KfGrid *grid = &ev->book->sheets[sheet];
    KfSlot ***slots = &ev->memo->slots[sheet];
    KfSlot *slot;

    if (!*slots)
        *slots = kf_arena_array(ev->arena, grid->cell_count, sizeof **slots);
    slot = (*slots)[cell - grid->cells];
    if (!slot) {
        slot = kf_arena_alloc(ev->arena, sizeof *slot);
        slot->cell = cell;
        slot->sheet = sheet;
        (*slots)[cell - grid->cells] = slot;
    }
    return slot;
}

KfResult kf_result_of_cell(KfEvaluator *ev, uint32_t sheet, const KfCell *cell)
{
    KfSlot *slot = cell ? find_slot(ev, sheet, cell) : NULL;

    if (!cell)
        return (KfResult){ .kind = KF_RESULT_EMPTY };
    if (slot && slot->state == SLOT_KNOWN)
        return slot->value;
    if (is_evaluated(ev, sheet, cell))
        return (KfResult){ .kind = KF_RESULT_UNKNOWN }; /* never reached: out of visits */
    return stored_value(cell);
}

/* ---- formulas ------------------------------------------------------------ */

static KfFrame open_formula(KfEvaluator *ev, KfSlot *slot)
{
    KfFrame frame = { .slot = slot, .first_node = ev->nodes.count, .node = ev->nodes.count };

    frame.can_run =
        !slot->cell->in_array
        && kf_formula_parse(ev->arena, ev->book, slot->sheet, slot->cell->formula, &ev->nodes);
    return frame;
}

static KfResult run_formula(KfEvaluator *ev, const KfFrame *frame)
{
    KfResult out = { .kind = KF_RESULT_UNKNOWN };

    if (frame->can_run)
        out = kf_formula_run(ev, ev->nodes.items + frame->first_node,
                             ev->nodes.count - frame->first_node);
    if (ev->visits > MOST_VISITS)
        out.kind = KF_RESULT_UNKNOWN;
    if (out.kind == KF_RESULT_EMPTY)
        out = (KfResult){ .kind = KF_RESULT_NUMBER, .number = kf_ratio_int(0) };
    return out;
}

/* The next formula that the frame's one needs and that is not known yet. */
static KfSlot *next_needed(KfEvaluator *ev, KfFrame *frame)
{
    const KfCell *cell;

    for (;;) {
        while ((cell = kf_walk_next(ev, &frame->walk))) {
            KfSlot *slot;

            if (!is_evaluated(ev, frame->walk.ref.sheet, cell))
                continue;
            slot = need_slot(ev, frame->walk.ref.sheet, cell);
            if (slot->state != SLOT_KNOWN)
                return slot;
        }
        while (frame->node < ev->nodes.count && ev->nodes.items[frame->node].kind != KF_NODE_REF)
            frame->node++;
        if (frame->node == ev->nodes.count)
            return NULL;
        frame->walk = kf_walk(ev, ev->nodes.items[frame->node++].ref);
    }
}

static void enter(KfEvaluator *ev, KfSlot *slot)
{
    KfFrame frame = open_formula(ev, slot);

    slot->state = SLOT_OPEN;
    slot->open_index = frame.low = ev->open_count;
    KF_PUSH(ev->arena, ev->open, ev->open_count, ev->open_cap, slot);
    KF_PUSH(ev->arena, ev->frames, ev->frame_count, ev->frame_cap, frame);
}

static void settle_slot(const KfEvaluator *ev, KfSlot *slot, KfResult value)
{
    slot->state = SLOT_KNOWN;
    slot->value = value;
    if (value.kind == KF_RESULT_UNKNOWN && slot->cell->kind != KF_CELL_EMPTY
        && !is_stale(ev, slot->sheet, slot->cell)) {
        slot->value = stored_value(slot->cell);
        slot->from_cache = true;
    }
}

/* All that was opened from the frame's formula on refers to each other. */
static void settle_component(KfEvaluator *ev, const KfFrame *frame)
{
    KfSlot *slot = frame->slot;
    KfResult value = { .kind = KF_RESULT_UNKNOWN };

    if (ev->open_count == slot->open_index + 1 && !slot->is_circular)
        value = run_formula(ev, frame);
    while (ev->open_count > slot->open_index)
        settle_slot(ev, ev->open[--ev->open_count], value);
}

static void reach(KfFrame *frame, size_t open_index)
{
    if (open_index < frame->low)
        frame->low = open_index;
}

static void leave(KfEvaluator *ev)
{
    KfFrame frame = ev->frames[--ev->frame_count];

    if (frame.low == frame.slot->open_index)
        settle_component(ev, &frame);
    else /* part of a circle that began above it */
        reach(&ev->frames[ev->frame_count - 1], frame.low);
    ev->nodes.count = frame.first_node;
}

static void settle(KfEvaluator *ev, KfSlot *slot)
{
    if (slot->state == SLOT_KNOWN)
        return;
    enter(ev, slot);
    while (ev->frame_count) {
        KfFrame *frame = &ev->frames[ev->frame_count - 1];
        KfSlot *needed = next_needed(ev, frame);

        if (!needed) {
            leave(ev);
        } else if (needed->state == SLOT_NEW) {
            enter(ev, needed);
        } else {
            needed->is_circular |= needed == frame->slot;
            reach(frame, needed->open_index);
        }
    }
}

/* ---- the public face ----------------------------------------------------- */

KfEvaluator *kf_evaluator_create(KfArena *arena, const KfBook *book)
{
    KfEvaluator *ev = kf_arena_alloc(arena, sizeof *ev);

    ev->arena = arena;
    ev->book = book;
    ev->computed.slots = kf_arena_array(arena, book->sheet_count, sizeof *ev->computed.slots);
    ev->cached.slots = kf_arena_array(arena, book->sheet_count, sizeof *ev->cached.slots);
    ev->cached.keeps_cached = true;
    return ev;
}

bool kf_evaluator_gave_up(const KfEvaluator *ev)
{
    return ev->visits > MOST_VISITS;
}

static KfText number_text(KfArena *arena, KfRatio number)
{
    KfBuf buf = { 0 };
    KfText text;

    kf_ratio_write(&buf, number);
    text = kf_arena_take(arena, &buf);
    kf_buf_free(&buf);
    return text;
}

static KfEval eval_of(KfArena *arena, KfResult value)
{
    switch (value.kind) {
    case KF_RESULT_EMPTY:
        return (KfEval){ .kind = KF_EVAL_NUMBER, .text = KF_TEXT("0") };
    case KF_RESULT_NUMBER:
        return (KfEval){ .kind = KF_EVAL_NUMBER, .text = number_text(arena, value.number) };
    case KF_RESULT_TEXT:
        return (KfEval){ .kind = KF_EVAL_TEXT, .text = value.text };
    case KF_RESULT_BOOL:
        return (KfEval){ .kind = KF_EVAL_BOOL, .text = value.truth ? KF_TEXT("1") : KF_TEXT("0") };
    case KF_RESULT_ERROR:
        return (KfEval){ .kind = KF_EVAL_ERROR, .text = value.text };
    default:
        return (KfEval){ .kind = KF_EVAL_UNKNOWN };
    }
}

static const KfCell *cell_at(const KfBook *book, KfRef ref)
{
    return ref.sheet < book->sheet_count ? kf_grid_at(&book->sheets[ref.sheet], ref.row, ref.col)
                                         : NULL;
}

void kf_evaluator_give(KfEvaluator *ev, uint32_t sheet, const KfCell *cell, const KfCell *value)
{
    KfSlot *slot = need_slot(ev, sheet, cell);

    slot->state = SLOT_KNOWN;
    slot->value = stored_value(value);
}

KfEval kf_evaluate(KfEvaluator *ev, KfRef ref)
{
    const KfCell *cell = cell_at(ev->book, ref);
    KfSlot *slot;
    KfEval out;

    if (!cell)
        return eval_of(ev->arena, (KfResult){ .kind = KF_RESULT_EMPTY });
    ev->memo = &ev->computed;
    if (!cell->formula.len)
        return eval_of(ev->arena, stored_value(cell));
    slot = need_slot(ev, ref.sheet, cell);
    settle(ev, slot);
    out = eval_of(ev->arena, slot->value);
    out.from_cache = slot->from_cache;
    return out;
}

static bool is_inside(KfRef cell, KfFormulaRef ref)
{
    return cell.sheet == ref.sheet && cell.row >= ref.range.first_row
           && cell.row <= ref.range.last_row && cell.col >= ref.range.first_col
           && cell.col <= ref.range.last_col;
}

/* What the formula of cell, at ref, gives from the cached values beneath it. */
static KfResult from_cached_values(KfEvaluator *ev, KfRef ref, const KfCell *cell)
{
    KfSlot slot = { .cell = cell, .sheet = ref.sheet };
    KfFrame frame = open_formula(ev, &slot);
    KfResult out;
    KfSlot *needed;

    for (size_t i = frame.first_node; i < ev->nodes.count; i++) {
        if (ev->nodes.items[i].kind == KF_NODE_REF && is_inside(ref, ev->nodes.items[i].ref))
            frame.can_run = false;
    }
    while (frame.can_run && (needed = next_needed(ev, &frame)))
        settle(ev, needed);
    out = run_formula(ev, &frame);
    ev->nodes.count = frame.first_node;
    return out;
}

static bool same_result(KfResult a, KfResult b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind == KF_RESULT_NUMBER)
        return kf_ratio_order(a.number, b.number) == 0;
    return a.kind == KF_RESULT_BOOL ? a.truth == b.truth : kf_text_eq(a.text, b.text);
}

/* Whether the cell is "SUM(B6:B9)" over amounts and empty places and shows just their sum: so
 * it is with nearly all of them, and needs no fractions. */
static bool shows_its_sum(const KfEvaluator *ev, KfRef ref, const KfCell *cell)
{
    enum { MOST_LINES = 256 };
    const KfGrid *grid = &ev->book->sheets[ref.sheet];
    KfAmount shown, amount;
    KfOere sum = 0;
    KfToken of;
    KfRange range;

    if (cell->kind != KF_CELL_NUMBER || !kf_formula_sums_range(cell->formula, &of)
        || !kf_amount_from_short(cell->text, &shown))
        return false;
    range = of.ref.range;
    if (range.last_row - range.first_row > MOST_LINES
        || range.last_col - range.first_col > MOST_LINES
        || is_inside(ref, (KfFormulaRef){ ref.sheet, range }))
        return false;
    for (uint32_t row = range.first_row; row <= range.last_row && row < grid->row_count; row++) {
        for (size_t i = kf_grid_from(grid, row, range.first_col);
             i < grid->row_start[row + 1] && grid->cells[i].col <= range.last_col; i++) {
            const KfCell *term = &grid->cells[i];

            if (term->kind == KF_CELL_EMPTY && !term->formula.len)
                continue;
            if (term->kind != KF_CELL_NUMBER || !kf_amount_from_short(term->text, &amount))
                return false;
            sum += amount.oere;
        }
    }
    return sum == shown.oere;
}

bool kf_formula_stale(KfEvaluator *ev, KfRef ref, KfEval *right)
{
    const KfCell *cell = cell_at(ev->book, ref);
    KfResult given, stored;

    if (right)
        *right = (KfEval){ .kind = KF_EVAL_UNKNOWN };
    if (!cell || !cell->formula.len || cell->kind == KF_CELL_EMPTY || shows_its_sum(ev, ref, cell))
        return false;
    ev->memo = &ev->cached;
    given = from_cached_values(ev, ref, cell);
    stored = stored_value(cell);
    if (right)
        right->from_cache = given.kind == KF_RESULT_UNKNOWN;
    if (given.kind == KF_RESULT_UNKNOWN || stored.kind == KF_RESULT_UNKNOWN
        || same_result(given, stored))
        return false;
    if (right)
        *right = eval_of(ev->arena, given);
    return true;
}

static KfCellKind cell_kind(KfEvalKind kind)
{
    switch (kind) {
    case KF_EVAL_NUMBER:
        return KF_CELL_NUMBER;
    case KF_EVAL_TEXT:
        return KF_CELL_TEXT;
    case KF_EVAL_BOOL:
        return KF_CELL_BOOL;
    default:
        return KF_CELL_ERROR;
    }
}

/* A filled cell stays known to the evaluator, more exactly than by its text. */
bool kf_evaluator_fill(KfEvaluator *ev, uint32_t sheet, const KfCell *cell, KfCell *out)
{
    KfSlot *slot = need_slot(ev, sheet, cell);
    KfEval value;

    settle(ev, slot);
    value = eval_of(ev->arena, slot->value);
    *out = *cell;
    if (value.kind == KF_EVAL_UNKNOWN)
        return false;
    out->kind = (uint8_t)cell_kind(value.kind);
    out->text = value.text;
    return true;
}

void kf_book_fill_missing(KfArena *arena, KfBook *book, KfRef **missing, size_t *missing_count)
{
    KfEvaluator *ev = kf_evaluator_create(arena, book);
    size_t cap = 0;

    *missing = NULL;
    *missing_count = 0;
    ev->memo = &ev->cached;
    for (uint32_t sheet = 0; sheet < book->sheet_count; sheet++) {
        const KfGrid *grid = &book->sheets[sheet];

        for (size_t i = 0; i < grid->cell_count && grid->lacks_results; i++) {
            KfCell *cell = &grid->cells[i];
            KfRef ref = { sheet, cell->row, cell->col };

            if (is_evaluated(ev, sheet, cell) && !kf_evaluator_fill(ev, sheet, cell, cell))
                KF_PUSH(arena, *missing, *missing_count, cap, ref);
        }
    }
}
