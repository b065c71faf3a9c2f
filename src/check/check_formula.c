/* Formulas among the figures: one whose cached value is not what it gives, one
 * that sums the wrong cells, one unlike its neighbours, and a number typed where
 * the others are formulas. */
#include "check/checks.h"

enum { PATTERN_MIN = 3 };
#define ROUND_OPENS "ROUND("

KfEvaluator *kf_check_evaluator(KfCheck *check)
{
    if (!check->evaluator)
        check->evaluator = kf_evaluator_create(check->arena, check->book);
    return check->evaluator;
}

/* Cells that a formula adds up, and the node that it stands in. */
typedef struct {
    const KfCourseCheck *course;
    const KfNode *node;
    KfRef *cells;
    size_t count;
    bool is_block; /* each cell of a block once, */
    KfRange block; /* this one */
} SumOf;

/* Most sums are of one block, and need no look at each of its cells. */
static void find_block(SumOf *sum)
{
    const KfRef *first = sum->cells, *last = sum->cells + sum->count - 1;
    size_t at = 0;

    if (!sum->count || last->row < first->row || last->col < first->col
        || sum->count
               != ((size_t)last->row - first->row + 1) * ((size_t)last->col - first->col + 1))
        return;
    sum->block = (KfRange){ first->row, first->col, last->row, last->col };
    for (uint32_t row = first->row; row <= last->row; row++) {
        for (uint32_t col = first->col; col <= last->col; col++, at++) {
            if (kf_ref_order(sum->cells[at], (KfRef){ first->sheet, row, col }) != 0)
                return;
        }
    }
    sum->is_block = true;
}

static bool adds(const SumOf *sum, KfRef cell)
{
    if (sum->is_block)
        return cell.sheet == sum->cells[0].sheet && cell.row >= sum->block.first_row
               && cell.row <= sum->block.last_row && cell.col >= sum->block.first_col
               && cell.col <= sum->block.last_col;
    for (size_t i = 0; i < sum->count; i++) {
        if (kf_ref_order(sum->cells[i], cell) == 0)
            return true;
    }
    return false;
}

static bool adds_node(const SumOf *sum, int node)
{
    return adds(sum, sum->course->nodes[node].figure->ref);
}

/* How many terms of the derivation the sum adds; 0 when one is to be taken off. */
static size_t terms_held(const SumOf *sum, const KfDerivation *derivation)
{
    size_t held = 0;

    for (size_t t = 0; t < derivation->count; t++) {
        if (derivation->terms[t].sign < 0)
            return 0;
        held += adds_node(sum, derivation->terms[t].node);
    }
    return held;
}

static bool adds_any_node(const SumOf *sum)
{
    for (size_t i = 0; i < sum->course->node_count; i++) {
        if (&sum->course->nodes[i] != sum->node && adds_node(sum, (int)i))
            return true;
    }
    return false;
}

/* The derivation that the sum is meant for: one whose terms it adds, every one,
 * else the one it adds most of, else the first when it adds figures from elsewhere;
 * NULL when it adds none. */
static const KfDerivation *meant_sum(const SumOf *sum)
{
    const KfDerivation *meant = NULL;
    size_t most = 0;

    for (size_t d = 0; d < sum->node->derivation_count; d++) {
        const KfDerivation *derivation = &sum->node->derivations[d];
        size_t held = terms_held(sum, derivation);

        if (held && held == derivation->count)
            return derivation;
        if (held > most) {
            most = held;
            meant = derivation;
        }
    }
    if (!meant && sum->node->derivation_count && adds_any_node(sum))
        meant = &sum->node->derivations[0];
    return meant;
}

static bool terms_ascend(const KfDerivation *derivation)
{
    for (size_t t = 1; t < derivation->count; t++) {
        if (derivation->terms[t].node < derivation->terms[t - 1].node)
            return false;
    }
    return true;
}

static bool is_term(const KfDerivation *derivation, bool is_sorted, int node)
{
    size_t lo = 0, hi = derivation->count;

    while (is_sorted && hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;

        if (derivation->terms[mid].node <= node)
            lo = mid;
        else
            hi = mid;
    }
    for (; lo < hi; lo++) {
        if (derivation->terms[lo].node == node)
            return true;
    }
    return false;
}

/* A figure that the sum adds though it is none of the terms; the first node of several. */
static bool adds_other(const SumOf *sum, const KfDerivation *meant, KfRef *added)
{
    const KfCourseCheck *course = sum->course;
    const bool is_sorted = terms_ascend(meant);
    const KfNode *first = NULL;
    size_t i =
        sum->is_block
            ? kf_first_node_from(course, (KfRef){ sum->cells[0].sheet, sum->block.first_row, 0 })
            : 0;

    for (; i < course->node_count; i++) {
        const KfNode *node = course->by_place[i];

        if (sum->is_block && node->figure->ref.row > sum->block.last_row)
            break;
        if (node == sum->node || !adds(sum, node->figure->ref)
            || is_term(meant, is_sorted, (int)(node - course->nodes)))
            continue;
        if (!first || node < first)
            first = node;
    }
    if (first)
        *added = first->figure->ref;
    return first != NULL;
}

/* An amount of a "heraf" row, which the row above holds already. */
static bool adds_sub_row(const SumOf *sum, KfRef *added)
{
    const KfCourse *course = sum->course->course;

    for (size_t i = 0; i < course->item_count; i++) {
        for (size_t p = 0; course->items[i].is_part && p < course->period_count; p++) {
            const KfFigure *figure = &course->items[i].amounts[p];

            if (figure->state != KF_FIGURE_STATED || !adds(sum, figure->ref))
                continue;
            *added = figure->ref;
            return true;
        }
    }
    return false;
}

/* A term that the sum adds twice. */
static bool adds_twice(const SumOf *sum, const KfDerivation *meant, KfRef *added)
{
    for (size_t t = 0; !sum->is_block && t < meant->count; t++) {
        KfRef ref = sum->course->nodes[meant->terms[t].node].figure->ref;
        size_t times = 0;

        for (size_t i = 0; i < sum->count; i++)
            times += kf_ref_order(sum->cells[i], ref) == 0;
        if (times > 1) {
            *added = ref;
            return true;
        }
    }
    return false;
}

/* A row without any amount may be a remark. */
static bool is_empty_row(const KfCourseCheck *course, const KfNode *node)
{
    if (node->kind != KF_NODE_ITEM)
        return false;
    for (size_t p = 0; p < course->course->period_count; p++) {
        if (course->course->items[node->item].amounts[p].state != KF_FIGURE_BLANK)
            return false;
    }
    return true;
}

static bool leaves_out(const SumOf *sum, const KfDerivation *meant, KfRef *missed)
{
    for (size_t t = 0; t < meant->count; t++) {
        if (adds_node(sum, meant->terms[t].node)
            || is_empty_row(sum->course, &sum->course->nodes[meant->terms[t].node]))
            continue;
        *missed = sum->course->nodes[meant->terms[t].node].figure->ref;
        return true;
    }
    return false;
}

/* Where the comma stands in front of the digits of ROUND(SUM(B6:B9),-1); 0 when the formula
 * is no such thing. */
static size_t round_comma(KfText formula)
{
    size_t comma = formula.len, depth = 0;

    if (!kf_text_starts(formula, KF_TEXT(ROUND_OPENS)) || !kf_text_ends(formula, KF_TEXT(")")))
        return 0;
    while (comma > 0 && formula.ptr[comma - 1] != ',')
        comma--;
    for (size_t at = sizeof ROUND_OPENS - 1; comma > 0 && at < comma - 1; at++) {
        depth += formula.ptr[at] == '(';
        if (formula.ptr[at] == ')' && depth-- == 0)
            return 0;
    }
    return comma && depth == 0 ? comma - 1 : 0;
}

/* The sum that is rounded, else the formula itself. */
static KfText without_round(KfText formula)
{
    const size_t comma = round_comma(formula);

    return comma ? kf_text_slice(formula, sizeof ROUND_OPENS - 1, comma) : formula;
}

/* A formula that is rounded as another is. */
static KfText rounded_as(KfArena *arena, KfText sum, KfText like)
{
    const size_t comma = round_comma(like);
    KfBuf out = { 0 };

    if (!comma || !sum.len)
        return sum;
    kf_buf_str(&out, ROUND_OPENS);
    kf_buf_text(&out, sum);
    kf_buf_text(&out, kf_text_slice(like, comma, like.len));
    sum = kf_arena_take(arena, &out);
    kf_buf_free(&out);
    return sum;
}

/* The cells that the formula, standing at a node, adds up; false when it is no plain sum. */
static bool read_sum(KfCheck *check, const KfCourseCheck *course, const KfNode *node,
                     KfText formula, SumOf *out)
{
    *out = (SumOf){ .course = course, .node = node };
    if (!kf_formula_text_sum_cells(course->arena, check->book, node->figure->ref.sheet,
                                   without_round(formula), &out->cells, &out->count))
        return false;
    find_block(out);
    return true;
}

/* Whether the cell stands in a course, and not in this one. */
static bool is_in_other_course(KfCheck *check, const KfCourse *own, KfRef cell)
{
    return !kf_course_holds(own, cell) && kf_course_at(check, cell);
}

/* An amount of another course, as =SUM(16:16) adds where courses stand side by side. */
static bool adds_other_course(KfCheck *check, const SumOf *sum, KfRef *added)
{
    const KfCourse *own = sum->course->course;

    if (sum->is_block
        && kf_course_holds(own,
                           (KfRef){ sum->cells[0].sheet, sum->block.last_row, sum->block.last_col })
        && kf_course_holds(own, sum->cells[0]))
        return false;
    for (size_t i = 0; i < sum->count; i++) {
        const KfRef cell = sum->cells[i];
        const KfCell *at = kf_grid_at(&check->book->sheets[cell.sheet], cell.row, cell.col);

        if (!at || at->kind != KF_CELL_NUMBER || !is_in_other_course(check, own, cell))
            continue;
        *added = cell;
        return true;
    }
    return false;
}

static bool is_wrong_sum(KfCheck *check, const SumOf *sum, const KfDerivation *meant,
                         KfFormulaFault *fault)
{
    if (adds(sum, sum->node->figure->ref)) {
        fault->range = KF_RANGE_CIRCLE;
        fault->cell = sum->node->figure->ref;
        return true;
    }
    fault->range = KF_RANGE_ADDS;
    if (adds_other(sum, meant, &fault->cell) || adds_sub_row(sum, &fault->cell)
        || adds_twice(sum, meant, &fault->cell) || adds_other_course(check, sum, &fault->cell))
        return true;
    fault->range = KF_RANGE_MISSES;
    return leaves_out(sum, meant, &fault->cell);
}

/* What a neighbour of the same kind reads as in this cell, if it adds what is meant. */
static bool right_by_neighbour(KfCheck *check, const SumOf *sum, const KfNode *neighbour,
                               const KfDerivation *meant, KfText *right)
{
    const KfRef from = neighbour->figure->ref, to = sum->node->figure->ref;
    KfFormulaFault fault;
    SumOf copied;

    if (neighbour == sum->node || neighbour->kind != sum->node->kind
        || (from.row != to.row && from.col != to.col))
        return false;
    *right = kf_formula_copied(check->arena, check->book, from, to);
    return right->len && read_sum(check, sum->course, sum->node, *right, &copied)
           && !is_wrong_sum(check, &copied, meant, &fault);
}

static KfText right_sum(KfCheck *check, const SumOf *sum, const KfDerivation *meant)
{
    KfRef *terms;
    KfText right;

    for (size_t i = 0; i < sum->course->node_count; i++) {
        if (right_by_neighbour(check, sum, &sum->course->nodes[i], meant, &right))
            return right;
    }
    terms = kf_arena_array(check->arena, meant->count, sizeof *terms);
    for (size_t t = 0; t < meant->count; t++)
        terms[t] = sum->course->nodes[meant->terms[t].node].figure->ref;
    right =
        kf_formula_sum_of(check->arena, check->book, sum->node->figure->ref, terms, meant->count);
    return rounded_as(check->arena, right, sum->node->figure->formula);
}

static bool sums_wrong_cells(KfCheck *check, const SumOf *sum, KfFormulaFault *fault)
{
    const KfDerivation *meant = meant_sum(sum);

    if (!meant || !is_wrong_sum(check, sum, meant, fault))
        return false;
    fault->right = right_sum(check, sum, meant);
    return true;
}

/* A total fetched from another citizen's table: ='Borger 2'!B26. Where all figures of the
 * course are fetched it is a copy of that table, and right. */
static bool fetches_elsewhere(KfCheck *check, const KfCourseCheck *course, const KfNode *node,
                              KfFormulaFault *fault)
{
    const KfDerivation *meant = node->derivation_count ? node->derivations : NULL;
    KfFormulaRef *refs;
    size_t count;

    if (!meant || !kf_formula_refs(course->arena, check->book, node->figure->ref, &refs, &count)
        || count != 1 || refs[0].range.first_row != refs[0].range.last_row
        || refs[0].range.first_col != refs[0].range.last_col)
        return false;
    fault->cell = (KfRef){ refs[0].sheet, refs[0].range.first_row, refs[0].range.first_col };
    if (!is_in_other_course(check, course->course, fault->cell))
        return false;
    for (size_t i = 0; i < meant->count; i++) {
        const KfFigure *term = course->nodes[meant->terms[i].node].figure;

        if (term->is_formula
            && (!kf_formula_refs(course->arena, check->book, term->ref, &refs, &count)
                || (count && refs[0].sheet == fault->cell.sheet)))
            return false;
    }
    fault->range = KF_RANGE_ELSEWHERE;
    fault->right = right_sum(check, &(SumOf){ .course = course, .node = node }, meant);
    return true;
}

/* The first other term of the derivation that holds something, where the cell is one and is all
 * that the total gives; or NULL. */
static const KfFigure *other_term(const KfCourseCheck *course, const KfNode *total,
                                  const KfDerivation *derivation, KfRef cell)
{
    const KfFigure *other = NULL;
    bool held = false;

    for (size_t t = 0; t < derivation->count; t++) {
        const KfFigure *term = course->nodes[derivation->terms[t].node].figure;

        if (derivation->terms[t].sign < 0)
            return NULL;
        if (kf_ref_order(term->ref, cell) == 0)
            held = term->value == total->figure->value;
        else if (!other && term->value != 0)
            other = term;
    }
    return held ? other : NULL;
}

/* A total that is one of its terms alone: =B6, where the others are =SUM(B7:C7). */
static bool fetches_one_term(KfCheck *check, const KfCourseCheck *course, const KfNode *node,
                             KfFormulaFault *fault)
{
    KfFormulaRef *refs;
    size_t count;

    if (!kf_formula_refs(course->arena, check->book, node->figure->ref, &refs, &count) || count != 1
        || refs[0].range.first_row != refs[0].range.last_row
        || refs[0].range.first_col != refs[0].range.last_col)
        return false;
    for (size_t d = 0; d < node->derivation_count; d++) {
        const KfDerivation *meant = &node->derivations[d];
        const KfRef cell = { refs[0].sheet, refs[0].range.first_row, refs[0].range.first_col };
        const KfFigure *other =
            meant->cost == KF_COST_SUM ? other_term(course, node, meant, cell) : NULL;

        if (!other)
            continue;
        fault->range = KF_RANGE_MISSES;
        fault->cell = other->ref;
        fault->right = right_sum(check, &(SumOf){ .course = course, .node = node }, meant);
        return true;
    }
    return false;
}

/* A payer's part is a formula of its own, not the sum of what stands around it. */
static bool is_total(const KfNode *node)
{
    return node->kind == KF_NODE_TOTAL || node->kind == KF_NODE_ITEM_TOTAL
           || node->kind == KF_NODE_PAYER_TOTAL || node->kind == KF_NODE_CASE_TOTAL
           || node->kind == KF_NODE_SUBTOTAL;
}

static bool adds_or_fetches_wrong(KfCheck *check, const KfCourseCheck *course, const KfNode *node,
                                  KfFormulaFault *fault)
{
    SumOf sum;

    if (read_sum(check, course, node, node->figure->formula, &sum)) {
        if (sums_wrong_cells(check, &sum, fault))
            return true;
        if (sum.count > 1)
            return false;
    }
    return fetches_elsewhere(check, course, node, fault)
           || fetches_one_term(check, course, node, fault);
}

/* The form that most formulas of the row have: the first cell with it, or
 * SIZE_MAX when none has the majority. */
static size_t usual_form(const KfText *forms, size_t periods, size_t count)
{
    for (size_t p = 0; p < periods; p++) {
        size_t alike = 0;

        for (size_t q = 0; q < periods; q++)
            alike += forms[p].len && kf_text_eq(forms[p], forms[q]);
        if (alike * 2 > count)
            return p;
    }
    return SIZE_MAX;
}

/* Whether the sum adds every cell with something in it that the other one does. */
static bool adds_all_of(const KfCheck *check, const SumOf *sum, const SumOf *other)
{
    for (size_t i = 0; i < other->count; i++) {
        const KfRef cell = other->cells[i];
        const KfCell *at = kf_grid_at(&check->book->sheets[cell.sheet], cell.row, cell.col);

        if (at && at->text.len && !adds(sum, cell))
            return false;
    }
    return true;
}

static bool read_cells(const KfCheck *check, uint32_t sheet, KfText formula, SumOf *out)
{
    *out = (SumOf){ .count = 0 };
    if (!kf_formula_text_sum_cells(check->scratch, check->book, sheet, formula, &out->cells,
                                   &out->count))
        return false;
    find_block(out);
    return true;
}

/* Up to the first bracket, if there is one. */
static bool same_function(KfText a, KfText b)
{
    const size_t open = kf_text_find(a, KF_TEXT("("));

    return open != SIZE_MAX && kf_text_find(b, KF_TEXT("(")) == open
           && kf_text_eq(kf_text_slice(a, 0, open), kf_text_slice(b, 0, open));
}

/* Whether the formula adds the same cells as `usual`, be it by a name: then it is not unlike
 * it. */
static bool adds_alike(const KfCheck *check, const KfFigure *figure, KfText usual)
{
    SumOf own, other;

    return usual.len && same_function(figure->formula, usual)
           && read_cells(check, figure->ref.sheet, figure->formula, &own)
           && read_cells(check, figure->ref.sheet, usual, &other)
           && adds_all_of(check, &own, &other) && adds_all_of(check, &other, &own);
}

/* The forms of a row's formulas, and which cell has the usual one; SIZE_MAX when too few
 * have one. */
static size_t row_forms(const KfCheck *check, const KfFigure *figures, size_t periods,
                        KfText *forms)
{
    size_t count = 0;

    for (size_t p = 0; p < periods; p++) {
        if (figures[p].is_formula
            && kf_formula_relative(check->scratch, check->book, figures[p].ref, &forms[p]))
            count++;
    }
    return count < PATTERN_MIN ? SIZE_MAX : usual_form(forms, periods, count);
}

static const KfFigure *figures_of_row(const KfCourse *course, int payer)
{
    return payer < KF_PAYER_COUNT ? course->payers[payer] : course->totals;
}

/* The forms of a payer's row, or of the totals (KF_PAYER_COUNT), which are asked for at each
 * of its cells. */
static const KfRowForms *forms_of_row(const KfCheck *check, KfCourseCheck *course, int payer)
{
    const size_t periods = course->course->period_count;
    KfRowForms *forms = &course->row_forms[payer];

    if (!forms->forms) {
        forms->forms = kf_arena_array(course->arena, periods, sizeof *forms->forms);
        forms->usual =
            row_forms(check, figures_of_row(course->course, payer), periods, forms->forms);
    }
    return forms;
}

/* The book with another formula in the figure's cell; NULL where that takes much effort. */
static const KfBook *with_formula(const KfCheck *check, const KfFigure *figure, KfText formula)
{
    enum { MOST_CELLS = 50000 };
    const KfGrid *grid = &check->book->sheets[figure->ref.sheet];
    const KfCell *cell = kf_grid_at(grid, figure->ref.row, figure->ref.col);
    KfPlacedCell placed = { .sheet = figure->ref.sheet };

    if (!cell || grid->cell_count > MOST_CELLS)
        return NULL;
    placed.cell = *cell;
    placed.cell.formula = formula;
    placed.cell.kind = KF_CELL_EMPTY;
    placed.cell.text = (KfText){ 0 };
    return kf_book_changed(check->scratch, check->book, &placed, 1);
}

/* The figure as it is then; NULL when that cannot be told. */
static const KfFigure *figure_then(KfCourseCheck *course, KfEvaluator *then, const KfFigure *figure)
{
    const KfEval eval = kf_evaluate(then, figure->ref);
    const KfOere half = (figure->range.hi - figure->range.lo) / 2;
    KfFigure *out;
    KfAmount amount;

    if (eval.kind != KF_EVAL_NUMBER || eval.from_cache
        || kf_amount_from_decimal_unit(eval.text, course->course->unit, &amount) != KF_READ_OK)
        return NULL;
    out = kf_arena_copy(course->arena, figure, sizeof *out);
    out->value = amount.oere;
    out->range = (KfInterval){ amount.oere - half, amount.oere + half };
    return out;
}

/* What the column's parts come to with another formula in one of them. */
static bool find_meant(const KfCheck *check, KfCourseCheck *course, const KfNode *node,
                       KfText formula)
{
    const KfBook *book = with_formula(check, node->figure, formula);
    KfEvaluator *then = book ? kf_evaluator_create(check->scratch, book) : NULL;

    if (!then || !figure_then(course, then, node->figure))
        return false;
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        const int part = kf_payer_node(course, k, (size_t)node->period);

        if (part >= 0 && course->nodes[part].figure->is_formula)
            course->nodes[part].meant = figure_then(course, then, course->nodes[part].figure);
    }
    return true;
}

/* A period's total or part that is not made as the others of its row are. */
static bool is_unlike_row(KfCheck *check, KfCourseCheck *course, const KfNode *node,
                          KfFormulaFault *fault)
{
    const int payer = node->kind == KF_NODE_PAYER ? node->payer : KF_PAYER_COUNT;
    const KfRowForms *row;

    if ((node->kind != KF_NODE_TOTAL && node->kind != KF_NODE_PAYER) || node->period < 0)
        return false;
    row = forms_of_row(check, course, payer);
    if (row->usual == SIZE_MAX || !row->forms[node->period].len
        || kf_text_eq(row->forms[node->period], row->forms[row->usual]))
        return false;
    fault->right =
        kf_formula_copied(check->arena, check->book,
                          figures_of_row(course->course, payer)[row->usual].ref, node->figure->ref);
    return fault->right.len > 0 && !adds_alike(check, node->figure, fault->right)
           && (node->kind == KF_NODE_TOTAL || find_meant(check, course, node, fault->right));
}

KfFormulaFault kf_formula_fault(KfCheck *check, KfCourseCheck *course, const KfNode *node)
{
    KfFormulaFault fault = { .kind = KF_FAULT_NONE };
    KfEval right = { 0 };

    if (!node->figure->is_formula)
        return fault;
    if (node->kind == KF_NODE_ITEM) {
        kf_formula_stale(kf_check_evaluator(check), node->figure->ref, &right);
        fault.unknown = right.from_cache;
        return fault;
    }
    if (is_total(node) && adds_or_fetches_wrong(check, course, node, &fault))
        fault.kind = KF_FAULT_RANGE;
    else if (kf_formula_stale(kf_check_evaluator(check), node->figure->ref, &right))
        fault.kind = KF_FAULT_STALE;
    else if (is_unlike_row(check, course, node, &fault))
        fault.kind = KF_FAULT_PATTERN;
    fault.unknown = right.from_cache;
    return fault;
}

bool kf_shows_old_result(KfCheck *check, const KfCourse *course, const KfFigure *figure,
                         KfOere *gives)
{
    KfAmount amount;
    KfEval right;

    if (!figure->is_formula || figure->state != KF_FIGURE_STATED
        || !kf_formula_stale(kf_check_evaluator(check), figure->ref, &right)
        || right.kind != KF_EVAL_NUMBER
        || kf_amount_from_decimal_unit(right.text, course->unit, &amount) != KF_READ_OK)
        return false;
    *gives = amount.oere;
    return *gives != figure->value;
}

/* ---- rows ---------------------------------------------------------------- */

typedef struct {
    const KfPlace *place;
    const KfFigure *figures;
    int payer;
    KfText label;
} FormulaRow;

static KfFinding *at_figure(KfCheck *check, const FormulaRow *row, size_t p, KfFindingCode code,
                            KfSeverity severity)
{
    const KfFigure *figure = &row->figures[p];
    KfFinding *finding = kf_finding_at(check, row->place, code, severity, KF_ACTION_NONE, figure,
                                       (int)p, row->payer, row->label);

    finding->found = kf_value_amount(figure->value);
    return finding;
}

static bool mostly_formulas(size_t formulas, size_t stated)
{
    return formulas >= 2 && formulas < stated && formulas * 2 > stated;
}

static void check_typed(KfCheck *check, const FormulaRow *row, size_t formulas, size_t stated)
{
    size_t periods = row->place->course->period_count;

    if (!mostly_formulas(formulas, stated))
        return;
    for (size_t p = 0; p < periods; p++) {
        const KfFigure *figure = &row->figures[p];
        KfFinding *finding;

        if (figure->state != KF_FIGURE_STATED || figure->is_formula
            || kf_is_suspect(check, figure->ref))
            continue;
        finding = at_figure(check, row, p, KF_FINDING_FORMULA_TYPED, KF_INFO);
        kf_say(&check->list, finding, KF_SAY_FORMULA_TYPED, NULL, 0);
    }
}

/* A total over all periods, with what it belongs to. */
typedef struct {
    const KfFigure *figure;
    int payer;
    KfText label;
} Total;

/* A column of totals, of payers or of benefits: most are formulas, some are typed. */
static void check_totals(KfCheck *check, const KfPlace *place, const Total *totals, size_t count)
{
    size_t formulas = 0, stated = 0;

    for (size_t i = 0; i < count; i++) {
        formulas += totals[i].figure->is_formula;
        stated += totals[i].figure->state == KF_FIGURE_STATED;
    }
    if (!mostly_formulas(formulas, stated))
        return;
    for (size_t i = 0; i < count; i++) {
        const KfFigure *figure = totals[i].figure;
        KfFinding *finding;

        if (figure->state != KF_FIGURE_STATED || figure->is_formula
            || kf_is_suspect(check, figure->ref))
            continue;
        finding = kf_finding_at(check, place, KF_FINDING_FORMULA_TYPED, KF_INFO, KF_ACTION_NONE,
                                figure, -1, totals[i].payer, totals[i].label);
        finding->found = kf_value_amount(figure->value);
        kf_say(&check->list, finding, KF_SAY_FORMULA_TYPED_TOTAL, NULL, 0);
    }
}

static void check_payer_totals(KfCheck *check, const KfPlace *place)
{
    const KfCourse *course = place->course;
    Total totals[KF_PAYER_COUNT + 1], in_rows[KF_PAYER_COUNT + 1];

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        totals[k] = (Total){ &course->payer_totals[k], k, course->payer_total_labels[k].text };
        in_rows[k] = (Total){ &course->payer_row_totals[k], k, course->payer_labels[k].text };
    }
    totals[KF_PAYER_COUNT] =
        (Total){ &course->case_total, KF_PAYER_NONE, course->case_total_label.text };
    in_rows[KF_PAYER_COUNT] =
        (Total){ &course->case_row_total, KF_PAYER_NONE, course->total_label.text };
    check_totals(check, place, totals, KF_PAYER_COUNT + 1);
    check_totals(check, place, in_rows, KF_PAYER_COUNT + 1);
}

static void check_item_totals(KfCheck *check, const KfPlace *place)
{
    const KfCourse *course = place->course;
    Total *totals = kf_arena_array(check->scratch, course->item_count, sizeof *totals);

    for (size_t i = 0; i < course->item_count; i++)
        totals[i] = (Total){ &course->items[i].total, KF_PAYER_NONE, course->items[i].label.text };
    check_totals(check, place, totals, course->item_count);
}

static void tell_pattern(KfCheck *check, const FormulaRow *row, size_t p, size_t usual)
{
    const KfFigure *figure = &row->figures[p];
    const KfText right =
        kf_formula_copied(check->arena, check->book, row->figures[usual].ref, figure->ref);
    KfFinding *finding;

    if (adds_alike(check, figure, right))
        return;
    finding = at_figure(check, row, p, KF_FINDING_FORMULA_PATTERN, KF_WARNING);
    finding->expected = finding->found;
    finding->expected_formula = right;
    if (finding->expected_formula.len)
        finding->action = KF_ACTION_PROPOSE;
    kf_say(&check->list, finding, KF_SAY_FORMULA_PATTERN, (KfArg[]){ kf_arg_text(figure->formula) },
           1);
    if (finding->expected_formula.len)
        kf_say(&check->list, finding, KF_SAY_FORMULA_RIGHT,
               (KfArg[]){ kf_arg_text(finding->expected_formula) }, 1);
}

static void check_pattern(KfCheck *check, const FormulaRow *row, const KfRowForms *of)
{
    for (size_t p = 0; p < row->place->course->period_count && of->usual != SIZE_MAX; p++) {
        if (of->forms[p].len && !kf_text_eq(of->forms[p], of->forms[of->usual])
            && !kf_is_suspect(check, row->figures[p].ref))
            tell_pattern(check, row, p, of->usual);
    }
}

static void check_row(KfCheck *check, const FormulaRow *row, KfCourseCheck *course)
{
    size_t formulas = 0, stated = 0;

    for (size_t p = 0; row->figures && p < row->place->course->period_count; p++) {
        formulas += row->figures[p].is_formula;
        stated += row->figures[p].state == KF_FIGURE_STATED;
    }
    if (formulas == 0)
        return;
    check_typed(check, row, formulas, stated);
    if (formulas >= PATTERN_MIN)
        check_pattern(
            check, row,
            forms_of_row(check, course, row->payer == KF_PAYER_NONE ? KF_PAYER_COUNT : row->payer));
}

void kf_check_formulas(KfCheck *check, const KfPlace *place, KfCourseCheck *of)
{
    const KfCourse *course = place->course;

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        check_row(check, &(FormulaRow){ place, course->payers[k], k, course->payer_labels[k].text },
                  of);
    check_row(check,
              &(FormulaRow){ place, course->totals, KF_PAYER_NONE, course->total_label.text }, of);
    check_payer_totals(check, place);
    check_item_totals(check, place);
}
