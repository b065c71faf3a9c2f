/* From the knots of a table to findings: a root for what is wrong of itself, with
 * what follows from it beneath. */
#include "check/table_check.h"

enum { MOST_KNOTS = 200 };

typedef struct {
    KfTableCheck *check;
    const KfTableKnot *knot;
    uint32_t marks[KF_TABLE_CHANGES_MAX];
} Teller;

static KfFindingList *list_of(const Teller *teller)
{
    return &teller->check->check->list;
}

/* A factor's millionths as an amount of two decimals. */
static KfValue value_of(const KfTableNode *node, KfOere value)
{
    return kf_value_amount(node->is_factor ? value / (KF_MILLION / 100) : value);
}

static KfValue found_of(const KfTableNode *node)
{
    if (node->figure->state == KF_FIGURE_STATED)
        return value_of(node, node->is_factor ? node->quantity : node->figure->value);
    if (node->figure->state == KF_FIGURE_UNREADABLE)
        return kf_value_text(node->figure->shown);
    return (KfValue){ .kind = KF_VALUE_NONE };
}

KfFinding *kf_table_finding(KfCheck *check, const KfTable *table, size_t row, size_t column,
                            KfFindingCode code, KfSeverity severity, KfAction action)
{
    KfFinding *finding = kf_finding_add(&check->list, code, severity, action);
    const KfLine *line = &table->rows[row], *head = &table->columns[column];

    finding->table = (size_t)(table - check->audit->model.tables) + 1;
    finding->has_cell = true;
    finding->cell = table->figures[row * table->column_count + column].ref;
    finding->label = line->label.text;
    finding->period = head->label.text;
    finding->payer = line->payer != KF_PAYER_NONE ? line->payer : head->payer;
    return finding;
}

static KfFindingCode input_code(const KfTableNode *node, KfOere meant)
{
    return node->is_factor ? KF_FINDING_AMOUNT_QUANTITY : kf_amount_code(node->figure, meant);
}

/* The edit that people compute the node by: one that fails before one that holds, the
 * one it was found by before others; NULL for an input. */
static const KfTableEdit *deriving(const KfTableCheck *check, const KfTableChange *change)
{
    const KfTableNode *node = &check->nodes[change->node];
    const KfTableEdit *found = &check->edits[change->edit];

    if (found->derived == change->node)
        return found;
    found = NULL;
    for (size_t i = 0; i < node->edit_count; i++) {
        const KfTableEdit *edit = &check->edits[node->edits[i]];

        if (edit->derived == change->node && !found)
            found = edit;
    }
    return found;
}

/* ---- sentences ------------------------------------------------------------- */

static void say_reason(const Teller *teller, KfFinding *finding, const KfTableChange *change)
{
    const KfTableEdit *edit = deriving(teller->check, change);
    const KfTableNode *node = &teller->check->nodes[change->node];
    KfFindingList *list = list_of(teller);
    KfArg args[] = { kf_arg_amount(list, finding->expected.amount),
                     kf_arg_amount(list, change->value - node->figure->value),
                     kf_arg_text(finding->label) };
    KfSay say = !edit                                         ? KF_SAY_TABLE_MENDS
                : edit->code == KF_FINDING_SPLIT_MUNICIPALITY ? KF_SAY_TABLE_SHARE
                : edit->code == KF_FINDING_TOTAL_PAYERS       ? KF_SAY_TABLE_PAYERS
                : edit->derived != edit->whole                ? KF_SAY_TABLE_PER_CASE
                : edit->is_product                            ? KF_SAY_TABLE_PRODUCT
                                                              : KF_SAY_TABLE_SUM;

    kf_say(list, finding, say, args, 3);
    if (node->figure->state == KF_FIGURE_STATED && !node->is_factor && !node->figure->is_formula)
        kf_say_slip(teller->check->check, finding, node->figure->value, change->value);
}

static bool knows(const KfFinding *finding, KfRef cell, KfOere amount)
{
    for (size_t i = 0; i < finding->alternative_count; i++) {
        if (kf_ref_order(finding->alternatives[i].cell, cell) == 0
            && finding->alternatives[i].expected.amount == amount)
            return true;
    }
    return false;
}

static bool is_change_of(const KfTableExplanation *explanation, const KfTableChange *change)
{
    for (size_t i = 0; i < explanation->count; i++) {
        if (explanation->changes[i].node == change->node
            && explanation->changes[i].value == change->value && explanation->changes[i].parent < 0)
            return true;
    }
    return false;
}

/* The roots of rivals that do without this one. */
static void add_alternatives(const Teller *teller, KfFinding *finding, const KfTableChange *root)
{
    size_t cap = 0;

    for (size_t r = 0; r < teller->knot->rival_count; r++) {
        const KfTableExplanation *rival = &teller->knot->rivals[r];

        for (size_t i = 0; i < rival->count && !is_change_of(rival, root); i++) {
            const KfTableChange *change = &rival->changes[i];
            const KfTableNode *node = &teller->check->nodes[change->node];
            KfAlternative other = { node->figure->ref, found_of(node),
                                    value_of(node, change->value) };

            if (change->parent >= 0 || is_change_of(&teller->knot->best, change)
                || knows(finding, other.cell, other.expected.amount))
                continue;
            KF_PUSH(teller->check->check->arena, finding->alternatives, finding->alternative_count,
                    cap, other);
        }
    }
}

/* ---- formulas -------------------------------------------------------------- */

static bool holds(const KfRef *cells, size_t count, KfRef cell)
{
    for (size_t i = 0; i < count; i++) {
        if (kf_ref_order(cells[i], cell) == 0)
            return true;
    }
    return false;
}

/* A derived figure that is a formula is wrong because of the formula. */
static void tell_formula(const Teller *teller, KfFinding *finding, const KfTableChange *change,
                         const KfTableEdit *edit)
{
    const KfTableCheck *check = teller->check;
    const KfFigure *figure = check->nodes[change->node].figure;
    KfFindingList *list = list_of(teller);
    KfRef *cells;
    size_t count;

    if (!figure->is_formula)
        return;
    if (kf_formula_stale(kf_check_evaluator(check->check), figure->ref, NULL)) {
        finding->code = KF_FINDING_FORMULA_STALE;
        kf_say(list, finding, KF_SAY_FORMULA_STALE,
               (KfArg[]){ kf_arg_amount(list, finding->expected.amount) }, 1);
        return;
    }
    finding->action = KF_ACTION_PROPOSE;
    if (!kf_formula_sum_cells(check->arena, check->check->book, figure->ref, &cells, &count))
        return;
    for (size_t i = 0; i < edit->count; i++) {
        KfRef cell = check->nodes[edit->terms[i].node].figure->ref;

        if (holds(cells, count, cell))
            continue;
        finding->code = KF_FINDING_FORMULA_RANGE;
        kf_say(
            list, finding, KF_SAY_FORMULA_MISSES,
            (KfArg[]){ kf_arg_text(figure->formula), kf_arg_cell(list, cell, figure->ref.sheet) },
            2);
        return;
    }
}

/* ---- findings -------------------------------------------------------------- */

/* A share by a rule that is not sure, or on a date that is not, is only proposed. */
static bool is_sure(const Teller *teller, const KfTableEdit *edit)
{
    return !edit->rule
           || (edit->rule->confidence == KF_CONFIDENCE_HIGH
               && teller->check->check->date_confidence == KF_CONFIDENCE_HIGH);
}

static void cite(const Teller *teller, KfFinding *finding, const KfRule *rule)
{
    KfBuf source = { 0 };

    if (!rule)
        return;
    kf_buf_text(&source, rule->title);
    kf_buf_str(&source, ": ");
    kf_buf_text(&source, rule->law.len ? rule->law : rule->source);
    finding->source = kf_arena_take(teller->check->check->arena, &source);
    kf_buf_free(&source);
}

static KfFinding *add_change(Teller *teller, size_t index, KfFindingCode code, KfAction action)
{
    const KfTableChange *change = &teller->knot->best.changes[index];
    const KfTableNode *node = &teller->check->nodes[change->node];
    KfFinding *finding = kf_table_finding(teller->check->check, teller->check->table, node->row,
                                          node->column, code, KF_ERROR, action);

    finding->found = found_of(node);
    finding->expected = value_of(node, change->value);
    teller->marks[index] = kf_finding_mark(list_of(teller), finding);
    return finding;
}

static void tell_root(Teller *teller, size_t index)
{
    const KfTableChange *change = &teller->knot->best.changes[index];
    const KfTableEdit *edit = deriving(teller->check, change);
    const KfTableNode *node = &teller->check->nodes[change->node];
    bool derived = edit != NULL;
    KfFinding *finding =
        add_change(teller, index, derived ? edit->code : input_code(node, change->value),
                   derived ? KF_ACTION_CORRECT : KF_ACTION_PROPOSE);

    add_alternatives(teller, finding, change);
    if (finding->alternative_count
        || !is_sure(teller, edit ? edit : &teller->check->edits[change->edit])) {
        finding->severity = KF_WARNING;
        finding->action = KF_ACTION_PROPOSE;
    }
    say_reason(teller, finding, change);
    if (edit)
        tell_formula(teller, finding, change, edit);
    cite(teller, finding, edit ? edit->rule : NULL);
    kf_say_alternatives(teller->check->check, finding);
}

/* The root at the end of the chain. */
static size_t root_of(const Teller *teller, size_t index)
{
    while (teller->knot->best.changes[index].parent >= 0)
        index = (size_t)teller->knot->best.changes[index].parent;
    return index;
}

static void tell_consequence(Teller *teller, size_t index)
{
    const KfTableChange *change = &teller->knot->best.changes[index];
    uint32_t root = teller->marks[root_of(teller, index)];
    KfFindingList *list = list_of(teller);
    KfFinding *finding =
        add_change(teller, index, teller->check->edits[change->edit].code, KF_ACTION_NONE);
    const KfFinding *cause = &list->items[root - 1];
    KfArg cell = kf_arg_cell(list, cause->cell, finding->cell.sheet);

    finding->severity = cause->severity;
    finding->action = cause->action;
    finding->root = root;
    kf_say(list, finding, KF_SAY_FOLLOWS, &cell, 1);
}

/* More is wrong than can be told apart: the sum that shows it is named. */
static void tell_tangled(Teller *teller)
{
    const KfTableCheck *check = teller->check;
    const KfTableEdit *edit = &check->edits[teller->knot->edit];
    const KfTableNode *node = &check->nodes[edit->derived];
    KfFinding *finding = kf_table_finding(check->check, check->table, node->row, node->column,
                                          edit->code, KF_WARNING, KF_ACTION_NONE);

    finding->found = found_of(node);
    kf_say(list_of(teller), finding, KF_SAY_TABLE_TANGLED, NULL, 0);
}

static void tell_knot(KfTableCheck *check, const KfTableKnot *knot)
{
    Teller teller = { .check = check, .knot = knot };

    if (knot->best.count == 0)
        tell_tangled(&teller);
    for (size_t i = 0; i < knot->best.count; i++) {
        if (knot->best.changes[i].parent < 0)
            tell_root(&teller, i);
    }
    for (size_t i = 0; i < knot->best.count; i++) {
        if (knot->best.changes[i].parent >= 0)
            tell_consequence(&teller, i);
    }
}

/* ---- text ------------------------------------------------------------------ */

static bool is_checked(const KfTable *table, size_t index)
{
    KfLineRole row = table->rows[index / table->column_count].role;
    KfLineRole column = table->columns[index % table->column_count].role;

    return row != KF_LINE_NOTE && column != KF_LINE_NOTE && column != KF_LINE_QUANTITY
           && column != KF_LINE_EXTRA && column != KF_LINE_REDUCTION && row != KF_LINE_QUANTITY
           && row != KF_LINE_EXTRA && row != KF_LINE_COUNT;
}

static void tell_text(KfCheck *check, const KfTable *table, size_t index)
{
    const KfFigure *figure = &table->figures[index];
    KfFinding *finding =
        kf_table_finding(check, table, index / table->column_count, index % table->column_count,
                         KF_FINDING_AMOUNT_TEXT, KF_WARNING, KF_ACTION_CORRECT);

    finding->found = kf_value_text(figure->shown);
    finding->expected = kf_value_amount(figure->value);
    kf_say(&check->list, finding, KF_SAY_AMOUNT_TEXT, NULL, 0);
}

static void tell_unreadable(KfCheck *check, const KfTable *table, size_t index)
{
    const KfFigure *figure = &table->figures[index];
    KfArg shown = kf_arg_text(figure->shown);
    KfFinding *finding =
        kf_table_finding(check, table, index / table->column_count, index % table->column_count,
                         KF_FINDING_AMOUNT_UNREADABLE, KF_WARNING, KF_ACTION_PROPOSE);

    finding->found = kf_value_text(figure->shown);
    kf_say(&check->list, finding, KF_SAY_AMOUNT_UNREADABLE, &shown, 1);
}

/* Text among numbers, and text that is none; a table of nothing but texts is told once. */
static void check_texts(KfCheck *check, const KfTable *table)
{
    size_t cells = table->row_count * table->column_count, texts = 0, stated = 0;

    for (size_t i = 0; i < cells; i++) {
        const KfFigure *figure = &table->figures[i];

        if (!is_checked(table, i))
            continue;
        stated += figure->state == KF_FIGURE_STATED;
        texts += figure->state == KF_FIGURE_STATED && figure->is_text;
        if (figure->state == KF_FIGURE_UNREADABLE && figure->shown.len)
            tell_unreadable(check, table, i);
    }
    if (check->book->is_untyped || texts == 0)
        return;
    if (texts * 2 > stated) {
        KfArg count = kf_arg_number(&check->list, (int64_t)texts);
        KfFinding *finding =
            kf_table_finding(check, table, 0, 0, KF_FINDING_AMOUNT_TEXT, KF_INFO, KF_ACTION_NONE);

        kf_say(&check->list, finding, KF_SAY_AMOUNT_TEXT_TABLE, &count, 1);
        return;
    }
    for (size_t i = 0; i < cells; i++) {
        if (is_checked(table, i) && table->figures[i].state == KF_FIGURE_STATED
            && table->figures[i].is_text)
            tell_text(check, table, i);
    }
}

void kf_check_table(KfCheck *check, const KfTable *table)
{
    KfTableCheck system = { .check = check, .arena = check->scratch, .table = table };
    KfTableSearch *search;
    KfTableKnot knot;

    if (table->row_count == 0)
        return;
    if (table->kind == KF_TABLE_SUMMARY)
        system.ties = kf_check_ties(check, table);
    kf_table_edits(&system);
    if (system.ties)
        kf_weigh_ties(&system);
    search = kf_table_search(&system);
    for (size_t i = 0; i < MOST_KNOTS && kf_table_next(search, &knot); i++)
        tell_knot(&system, &knot);
    check_texts(check, table);
    kf_arena_reset(check->scratch);
}
