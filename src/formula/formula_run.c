/* Operators and functions, as a spreadsheet program understands them. What the
 * programs disagree about (a text that is added, 0^0, 0^-1) is not evaluable. */
#include "formula/evaluator.h"

enum { MOST_POWER = 1024, MOST_PLAIN_DIGITS = 15 };

static const KfResult unknown = { .kind = KF_RESULT_UNKNOWN };

static KfResult a_number(KfRatio number)
{
    return (KfResult){ .kind = KF_RESULT_NUMBER, .number = number };
}

static KfResult a_bool(bool truth)
{
    return (KfResult){ .kind = KF_RESULT_BOOL, .truth = truth };
}

static KfResult an_error(KfText which)
{
    return (KfResult){ .kind = KF_RESULT_ERROR, .text = which };
}

/* number is read only after fits, which sets it, has been found. */
static KfResult number_or_unknown(bool fits, const KfRatio *number)
{
    return fits ? a_number(*number) : unknown;
}

/* ---- operands ------------------------------------------------------------ */

/* The value of a reference to one cell; of more than one there is none. */
static KfResult value_of(KfEvaluator *ev, KfResult operand)
{
    KfRange range = operand.ref.range;

    if (operand.kind != KF_RESULT_REF)
        return operand;
    if (range.first_row != range.last_row || range.first_col != range.last_col)
        return unknown;
    return kf_result_of_cell(
        ev, operand.ref.sheet,
        kf_grid_at(&ev->book->sheets[operand.ref.sheet], range.first_row, range.first_col));
}

/* "1.5" is one and a half or fifteen hundred by country; only digits are safe. */
static KfResult number_in_text(KfText text)
{
    size_t sign = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    KfRatio number;

    for (size_t i = sign; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return unknown;
    }
    return number_or_unknown(text.len <= MOST_PLAIN_DIGITS && kf_ratio_read(&number, text),
                             &number);
}

/* A number, an error or unknown. */
static KfResult number_of(KfEvaluator *ev, KfResult operand)
{
    KfResult value = value_of(ev, operand);

    switch (value.kind) {
    case KF_RESULT_EMPTY:
        return a_number(kf_ratio_int(0));
    case KF_RESULT_BOOL:
        return a_number(kf_ratio_int(value.truth));
    case KF_RESULT_TEXT:
        return number_in_text(value.text);
    default:
        return value;
    }
}

/* ---- operators ----------------------------------------------------------- */

static bool to_power(KfRatio *out, KfRatio base, int64_t exponent)
{
    *out = kf_ratio_int(1);
    while (exponent > 0) {
        if (exponent % 2 && !kf_ratio_mul(out, *out, base))
            return false;
        exponent /= 2;
        if (exponent && !kf_ratio_mul(&base, base, base))
            return false;
    }
    return true;
}

static KfResult power(KfRatio base, KfRatio by)
{
    int64_t exponent;
    KfRatio out;

    if (!kf_ratio_whole(by, &exponent) || exponent > MOST_POWER || exponent < -MOST_POWER)
        return unknown;
    if (kf_ratio_sign(base) == 0 && exponent <= 0)
        return unknown;
    if (!to_power(&out, base, exponent < 0 ? -exponent : exponent))
        return unknown;
    return number_or_unknown(exponent >= 0 || kf_ratio_div(&out, kf_ratio_int(1), out), &out);
}

static KfResult calculate(KfOp op, KfRatio a, KfRatio b)
{
    KfRatio out = a;

    switch (op) {
    case KF_OP_ADD:
        return number_or_unknown(kf_ratio_add(&out, a, b), &out);
    case KF_OP_SUB:
        return number_or_unknown(kf_ratio_sub(&out, a, b), &out);
    case KF_OP_MUL:
        return number_or_unknown(kf_ratio_mul(&out, a, b), &out);
    case KF_OP_DIV:
        if (kf_ratio_sign(b) == 0)
            return an_error(KF_TEXT("#DIV/0!"));
        return number_or_unknown(kf_ratio_div(&out, a, b), &out);
    case KF_OP_POW:
        return power(a, b);
    default:
        return unknown;
    }
}

/* An empty cell is compared as 0, "" or FALSE, whatever the other one is. */
static KfResult as_empty_like(KfResult other)
{
    switch (other.kind) {
    case KF_RESULT_TEXT:
        return (KfResult){ .kind = KF_RESULT_TEXT };
    case KF_RESULT_BOOL:
        return a_bool(false);
    default:
        return a_number(kf_ratio_int(0));
    }
}

/* Numbers stand before texts, and texts before booleans. Which of two texts
 * comes first is a matter of language: unequal texts have no order here. */
static bool order(KfResult a, KfResult b, int *out)
{
    *out = a.kind < b.kind ? -1 : 1;
    if (a.kind != b.kind)
        return true;
    if (a.kind == KF_RESULT_TEXT) {
        *out = 0;
        return kf_text_same_name(a.text, b.text);
    }
    *out = a.kind == KF_RESULT_BOOL ? a.truth - b.truth : kf_ratio_order(a.number, b.number);
    return true;
}

static bool holds(KfOp op, int found)
{
    switch (op) {
    case KF_OP_EQ:
        return found == 0;
    case KF_OP_NE:
        return found != 0;
    case KF_OP_LT:
        return found < 0;
    case KF_OP_LE:
        return found <= 0;
    case KF_OP_GT:
        return found > 0;
    default:
        return found >= 0;
    }
}

static KfResult compare(KfEvaluator *ev, KfOp op, KfResult a, KfResult b)
{
    int found;

    a = value_of(ev, a);
    b = value_of(ev, b);
    if (a.kind == KF_RESULT_ERROR || a.kind == KF_RESULT_UNKNOWN)
        return a;
    if (b.kind == KF_RESULT_ERROR || b.kind == KF_RESULT_UNKNOWN)
        return b;
    if (a.kind == KF_RESULT_EMPTY)
        a = as_empty_like(b);
    if (b.kind == KF_RESULT_EMPTY)
        b = as_empty_like(a);
    if (order(a, b, &found))
        return a_bool(holds(op, found));
    return op == KF_OP_EQ || op == KF_OP_NE ? a_bool(op == KF_OP_NE) : unknown;
}

static KfResult operate(KfEvaluator *ev, KfOp op, KfResult a, KfResult b)
{
    if (op >= KF_OP_EQ && op <= KF_OP_GE)
        return compare(ev, op, a, b);
    a = number_of(ev, a);
    if (a.kind != KF_RESULT_NUMBER)
        return a;
    b = number_of(ev, b);
    return b.kind == KF_RESULT_NUMBER ? calculate(op, a.number, b.number) : b;
}

/* ---- functions over many cells ------------------------------------------- */

typedef enum { HIDDEN_COUNTS, HIDDEN_IS_LEFT_OUT, HIDDEN_IS_IN_DOUBT } Hidden;

typedef struct {
    KfEvaluator *ev;
    KfFunction function; /* SUM, MIN or MAX */
    bool skips_subtotals;
    Hidden hidden; /* what becomes of cells in hidden rows */
    KfResult out;  /* empty before the first number */
} Fold;

static bool is_less(KfRatio a, KfRatio b)
{
    KfRatio difference;

    return (kf_ratio_sub(&difference, a, b) ? kf_ratio_sign(difference) : kf_ratio_order(a, b)) < 0;
}

static void fold_number(Fold *fold, KfRatio number)
{
    KfResult *out = &fold->out;

    if (out->kind == KF_RESULT_EMPTY)
        *out = a_number(number);
    else if (fold->function == KF_FN_SUM)
        *out = number_or_unknown(kf_ratio_add(&out->number, out->number, number), &out->number);
    else if (is_less(number, out->number) == (fold->function == KF_FN_MIN))
        out->number = number;
}

/* Done for good at the first error or unknown value. */
static bool is_done(const Fold *fold)
{
    return fold->out.kind != KF_RESULT_EMPTY && fold->out.kind != KF_RESULT_NUMBER;
}

static bool may_be_number(const KfCell *cell)
{
    return cell->formula.len || (cell->kind != KF_CELL_TEXT && cell->kind != KF_CELL_EMPTY);
}

static bool leaves_out(Fold *fold, const KfGrid *grid, const KfCell *cell)
{
    fold->ev->visits += cell->formula.len / 64;
    if (fold->skips_subtotals && kf_formula_is_subtotal(cell->formula))
        return true;
    if (fold->hidden == HIDDEN_COUNTS)
        return false;
    fold->ev->visits += grid->hidden_row_count;
    if (!kf_grid_row_hidden(grid, cell->row))
        return false;
    if (fold->hidden == HIDDEN_IS_IN_DOUBT && may_be_number(cell))
        fold->out = unknown;
    return true;
}

static void fold_cells(Fold *fold, KfFormulaRef ref)
{
    KfWalk walk = kf_walk(fold->ev, ref);
    const KfCell *cell;

    while (!is_done(fold) && (cell = kf_walk_next(fold->ev, &walk))) {
        KfResult value;

        if (leaves_out(fold, walk.grid, cell))
            continue;
        value = kf_result_of_cell(fold->ev, ref.sheet, cell);
        if (value.kind == KF_RESULT_NUMBER)
            fold_number(fold, value.number);
        else if (value.kind == KF_RESULT_ERROR || value.kind == KF_RESULT_UNKNOWN)
            fold->out = value;
    }
}

static KfResult fold_all(Fold fold, const KfResult *args, size_t count)
{
    for (size_t i = 0; i < count && !is_done(&fold); i++) {
        KfResult value;

        if (args[i].kind == KF_RESULT_REF) {
            fold_cells(&fold, args[i].ref);
            continue;
        }
        value = number_of(fold.ev, args[i]);
        if (value.kind == KF_RESULT_NUMBER)
            fold_number(&fold, value.number);
        else
            fold.out = value;
    }
    return fold.out.kind == KF_RESULT_EMPTY ? a_number(kf_ratio_int(0)) : fold.out;
}

static KfResult call_sum(KfEvaluator *ev, const KfResult *args, size_t count)
{
    return fold_all((Fold){ .ev = ev, .function = KF_FN_SUM }, args, count);
}

static KfResult call_min(KfEvaluator *ev, const KfResult *args, size_t count)
{
    return fold_all((Fold){ .ev = ev, .function = KF_FN_MIN }, args, count);
}

static KfResult call_max(KfEvaluator *ev, const KfResult *args, size_t count)
{
    return fold_all((Fold){ .ev = ev, .function = KF_FN_MAX }, args, count);
}

/* 9 adds rows hidden by hand and leaves out filtered ones; a file does not tell
 * them apart. */
static KfResult call_subtotal(KfEvaluator *ev, const KfResult *args, size_t count)
{
    KfResult which = number_of(ev, args[0]);
    Fold sum = { .ev = ev, .function = KF_FN_SUM, .skips_subtotals = true };
    int64_t number;

    if (which.kind != KF_RESULT_NUMBER)
        return which;
    if (!kf_ratio_whole(which.number, &number) || (number != 9 && number != 109))
        return unknown;
    for (size_t i = 1; i < count; i++) {
        if (args[i].kind != KF_RESULT_REF)
            return unknown;
    }
    sum.hidden = number == 9 ? HIDDEN_IS_IN_DOUBT : HIDDEN_IS_LEFT_OUT;
    return fold_all(sum, args + 1, count - 1);
}

/* ---- functions of values ------------------------------------------------- */

static KfResult call_abs(KfEvaluator *ev, const KfResult *args, size_t count)
{
    KfResult value = number_of(ev, args[0]);

    (void)count;
    if (value.kind == KF_RESULT_NUMBER && kf_ratio_sign(value.number) < 0)
        value.number = kf_ratio_neg(value.number);
    return value;
}

static KfResult call_round(KfEvaluator *ev, const KfResult *args, size_t count)
{
    KfResult value = number_of(ev, args[0]), places = number_of(ev, args[1]);
    int64_t decimals;
    KfRatio out;

    (void)count;
    if (value.kind != KF_RESULT_NUMBER)
        return value;
    if (places.kind != KF_RESULT_NUMBER)
        return places;
    if (!kf_ratio_whole(places.number, &decimals) || decimals < -100 || decimals > 100)
        return unknown;
    return number_or_unknown(kf_ratio_round(&out, value.number, (int)decimals), &out);
}

static KfResult call_if(KfEvaluator *ev, const KfResult *args, size_t count)
{
    KfResult condition = value_of(ev, args[0]);
    bool truth = condition.truth;

    if (condition.kind == KF_RESULT_TEXT)
        return unknown;
    if (condition.kind == KF_RESULT_ERROR || condition.kind == KF_RESULT_UNKNOWN)
        return condition;
    if (condition.kind == KF_RESULT_NUMBER)
        truth = kf_ratio_sign(condition.number) != 0;
    if (truth)
        return args[1];
    return count > 2 ? args[2] : a_bool(false);
}

static KfResult call_true(KfEvaluator *ev, const KfResult *args, size_t count)
{
    (void)ev, (void)args, (void)count;
    return a_bool(true);
}

static KfResult call_false(KfEvaluator *ev, const KfResult *args, size_t count)
{
    (void)ev, (void)args, (void)count;
    return a_bool(false);
}

/* ---- a formula ----------------------------------------------------------- */

static KfResult call(KfEvaluator *ev, const KfNode *node, const KfResult *args)
{
    static const struct {
        KfResult (*call)(KfEvaluator *ev, const KfResult *args, size_t count);
        unsigned least, most;
    } functions[] = {
        [KF_FN_OTHER] = { NULL, 0, 0 },
#define KF_FUNCTION(id, call, name, least, most) [KF_FN_##id] = { call, least, most },
#include "formula/functions.def"
#undef KF_FUNCTION
    };

    if (node->op == KF_FN_OTHER || node->arg_count < functions[node->op].least
        || node->arg_count > functions[node->op].most)
        return unknown;
    return functions[node->op].call(ev, args, node->arg_count);
}

static KfResult literal(const KfNode *node)
{
    KfRatio number;

    switch (node->kind) {
    case KF_NODE_NUMBER:
        return number_or_unknown(kf_ratio_read(&number, node->text), &number);
    case KF_NODE_TEXT:
        return (KfResult){ .kind = KF_RESULT_TEXT, .text = node->text };
    case KF_NODE_BOOL:
        return a_bool(kf_formula_word(node->text, "TRUE"));
    case KF_NODE_ERROR:
        return an_error(node->text);
    case KF_NODE_REF:
        return (KfResult){ .kind = KF_RESULT_REF, .ref = node->ref };
    case KF_NODE_MISSING:
        return (KfResult){ .kind = KF_RESULT_EMPTY };
    default:
        return unknown;
    }
}

static size_t operand_count(const KfNode *node)
{
    if (node->kind == KF_NODE_CALL)
        return node->arg_count;
    if (node->kind != KF_NODE_OPERATOR)
        return 0;
    return node->op == KF_OP_NEG || node->op == KF_OP_PERCENT ? 1 : 2;
}

static KfResult without_operands(KfEvaluator *ev, const KfNode *node)
{
    return node->kind == KF_NODE_CALL ? call(ev, node, NULL) : literal(node);
}

static KfResult with_operands(KfEvaluator *ev, const KfNode *node, const KfResult *operands)
{
    if (node->kind == KF_NODE_CALL)
        return call(ev, node, operands);
    if (node->op == KF_OP_NEG)
        return operate(ev, KF_OP_SUB, a_number(kf_ratio_int(0)), operands[0]);
    if (node->op == KF_OP_PERCENT)
        return operate(ev, KF_OP_DIV, operands[0], a_number(kf_ratio_int(100)));
    return operate(ev, node->op, operands[0], operands[1]);
}

KfResult kf_formula_run(KfEvaluator *ev, const KfNode *nodes, size_t count)
{
    ev->value_count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t taken = operand_count(&nodes[i]);
        KfResult result;

        if (taken > ev->value_count) /* the parser gives each operator its operands */
            return unknown;
        ev->value_count -= taken;
        result = taken ? with_operands(ev, &nodes[i], ev->values + ev->value_count)
                       : without_operands(ev, &nodes[i]);
        KF_PUSH(ev->arena, ev->values, ev->value_count, ev->value_cap, result);
    }
    return count ? value_of(ev, ev->values[0]) : unknown;
}
