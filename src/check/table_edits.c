/* Which cells of a table must agree: by the roles of its rows and columns alone. A
 * relation that most of the table breaks is not what the table means, and is left out. */
#include "check/table_check.h"

enum {
    WEIGHT_SUM = 100,
    WEIGHT_PAYER = 200,
    WEIGHT_ITEM = 300,
    FORMULA_FACTOR = 4,
    MOST_FAIL = 4,
    LINES_A_CELL = 16, /* a table of many sums over all above them takes no longer than this */
    LINES_LEAST = 100000
};

static const KfLine *row_of(const KfTableCheck *check, size_t row)
{
    return &check->table->rows[row];
}

static const KfLine *column_of(const KfTableCheck *check, size_t column)
{
    return &check->table->columns[column];
}

static int node_at(const KfTableCheck *check, size_t row, size_t column)
{
    return (int)(row * check->table->column_count + column);
}

static bool is_stated(const KfTableCheck *check, int node)
{
    return check->nodes[node].figure->state == KF_FIGURE_STATED;
}

/* A cell that should hold a figure and cannot be read: nothing is said about it. */
static bool is_unreadable(const KfTableCheck *check, int node)
{
    return check->nodes[node].figure->state == KF_FIGURE_UNREADABLE;
}

/* ---- building edits -------------------------------------------------------- */

static KfTableEdit *new_edit(KfTableCheck *check, int whole, KfFindingCode code)
{
    KfTableEdit edit = { .whole = whole, .derived = whole, .code = code };

    KF_PUSH(check->arena, check->edits, check->edit_count, check->edit_cap, edit);
    return &check->edits[check->edit_count - 1];
}

static KfTableTerm *add_term(KfTableCheck *check, KfTableEdit *edit, int node, int sign)
{
    KfTableTerm term = { .node = node, .sign = sign, .constant = KF_MILLION };

    KF_PUSH(check->arena, edit->terms, edit->count, edit->cap, term);
    return &edit->terms[edit->count - 1];
}

static bool add_factor(KfTableTerm *term, int node, KfFactorKind kind)
{
    if (term->factor_count == KF_FACTORS_MAX)
        return false;
    term->factors[term->factor_count] = node;
    term->kinds[term->factor_count++] = kind;
    return true;
}

/* An edit over cells that cannot all be read, or with nothing to sum, is none. */
static void keep_or_drop(KfTableCheck *check)
{
    KfTableEdit *edit = &check->edits[check->edit_count - 1];
    size_t stated = 0;
    bool keep = is_stated(check, edit->whole);

    for (size_t i = 0; i < edit->count; i++) {
        stated += is_stated(check, edit->terms[i].node);
        keep &= !is_unreadable(check, edit->terms[i].node);
        for (size_t f = 0; f < edit->terms[i].factor_count; f++)
            keep &= check->nodes[edit->terms[i].factors[f]].quantity != 0;
    }
    if (!keep || stated == 0)
        check->edit_count--;
}

/* Of a kind of edits, those that hold; when hardly any does, all of them go. */
static void drop_misread(KfTableCheck *check, size_t from)
{
    size_t held = 0, count = check->edit_count - from;

    for (size_t i = from; i < check->edit_count; i++)
        held += kf_table_holds(check, &check->edits[i], check->stated);
    if (held == 0 ? count > 1 : held * MOST_FAIL < count)
        check->edit_count = from;
}

/* ---- sums along a row ------------------------------------------------------ */

/* Payers of the same course before items of it. */
static bool adds_to(const KfLine *line, const KfLine *total, KfLineRole role)
{
    return line->role == role && line->course == total->course;
}

static size_t count_lines(const KfLine *lines, size_t count, const KfLine *total, KfLineRole role)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += adds_to(&lines[i], total, role);
    return found;
}

static void sum_row(KfTableCheck *check, size_t row, size_t total)
{
    const KfTable *table = check->table;
    const KfLine *sum = &table->columns[total];
    bool payers = count_lines(table->columns, table->column_count, sum, KF_LINE_PAYER) > 0;
    KfLineRole role = payers ? KF_LINE_PAYER : KF_LINE_ITEM;
    KfTableEdit *edit = new_edit(check, node_at(check, row, total),
                                 payers ? KF_FINDING_TOTAL_PAYERS : KF_FINDING_TOTAL_ROW);

    for (size_t c = 0; c < table->column_count; c++) {
        if (adds_to(&table->columns[c], sum, role))
            add_term(check, edit, node_at(check, row, c), 1);
    }
    keep_or_drop(check);
}

/* Another course's line of the same kind. */
static size_t counterpart(const KfLine *lines, size_t count, const KfLine *gain, int course)
{
    for (size_t i = 0; i < count; i++) {
        if (lines[i].course == course && lines[i].role == gain->role
            && lines[i].payer == gain->payer)
            return i;
    }
    return count;
}

static void gain_in_row(KfTableCheck *check, size_t row, size_t gain)
{
    const KfTable *table = check->table;
    size_t count = table->column_count;
    size_t actual = counterpart(table->columns, count, &table->columns[gain], KF_ACTUAL);
    size_t other = counterpart(table->columns, count, &table->columns[gain], KF_COUNTERFACTUAL);
    KfTableEdit *edit;

    if (actual == count || other == count)
        return;
    edit = new_edit(check, node_at(check, row, gain), KF_FINDING_TOTAL_ROW);
    add_term(check, edit, node_at(check, row, other), 1);
    add_term(check, edit, node_at(check, row, actual), -1);
    keep_or_drop(check);
}

/* A product that payers share is their total too. */
static bool is_total(const KfTable *table, const KfLine *column)
{
    return column->role == KF_LINE_TOTAL
           || (column->role == KF_LINE_PRODUCT
               && count_lines(table->columns, table->column_count, column, KF_LINE_PAYER) > 1);
}

static void tie_rows(KfTableCheck *check)
{
    const KfTable *table = check->table;

    for (size_t c = 0; c < table->column_count; c++) {
        size_t from = check->edit_count;
        bool total = is_total(table, &table->columns[c]);

        if (!total && table->columns[c].course != KF_COURSE_GAIN)
            continue;
        for (size_t r = 0; r < table->row_count; r++) {
            if (table->rows[r].role == KF_LINE_NOTE)
                continue;
            if (total)
                sum_row(check, r, c);
            if (table->columns[c].course == KF_COURSE_GAIN)
                gain_in_row(check, r, c);
        }
        drop_misread(check, from);
    }
}

/* ---- sums down a column ---------------------------------------------------- */

static bool same_group(const KfLine *a, const KfLine *b)
{
    return kf_text_eq(a->group, b->group);
}

/* Payers of the sum's own group, else all items, else those since the last sum. */
static void sum_column(KfTableCheck *check, size_t column, size_t total)
{
    const KfTable *table = check->table;
    const KfLine *sum = &table->rows[total];
    size_t payers = 0, items = 0, since = 0;
    KfTableEdit *edit;

    for (size_t r = 0; r < total; r++) {
        payers += adds_to(&table->rows[r], sum, KF_LINE_PAYER) && same_group(&table->rows[r], sum);
        items += adds_to(&table->rows[r], sum, KF_LINE_ITEM);
        if (table->rows[r].role == KF_LINE_SUBTOTAL)
            since = r + 1;
    }
    edit = new_edit(check, node_at(check, total, column),
                    payers ? KF_FINDING_TOTAL_PAYERS : KF_FINDING_TOTAL_ITEMS);
    edit->cap = payers ? payers : items;
    edit->terms = kf_arena_array(check->arena, edit->cap, sizeof *edit->terms);
    for (size_t r = sum->role == KF_LINE_SUBTOTAL && !payers ? since : 0; r < total; r++) {
        const KfLine *row = &table->rows[r];

        if (payers ? adds_to(row, sum, KF_LINE_PAYER) && same_group(row, sum)
                   : adds_to(row, sum, KF_LINE_ITEM))
            add_term(check, edit, node_at(check, r, column), 1);
    }
    if (sum->role == KF_LINE_AVERAGE && edit->count) {
        /* The items give the average times their number. */
        KfTableTerm *average;
        int64_t items = (int64_t)edit->count;

        for (size_t i = 0; i < edit->count; i++)
            edit->terms[i].sign = -1;
        edit->whole = edit->terms[0].node;
        edit->terms[0].node = edit->derived;
        average = &edit->terms[0];
        average->sign = 1;
        average->constant = items * KF_MILLION;
        edit->code = KF_FINDING_TOTAL_ROW;
    }
    keep_or_drop(check);
}

static bool may_go_through(KfTableCheck *check, size_t lines)
{
    if (lines > check->lines_left)
        return false;
    check->lines_left -= lines;
    return true;
}

static void gain_in_column(KfTableCheck *check, size_t column, size_t gain)
{
    const KfTable *table = check->table;
    size_t count = table->row_count;
    size_t actual = counterpart(table->rows, count, &table->rows[gain], KF_ACTUAL);
    size_t other = counterpart(table->rows, count, &table->rows[gain], KF_COUNTERFACTUAL);
    KfTableEdit *edit;

    if (actual == count || other == count)
        return;
    edit = new_edit(check, node_at(check, gain, column), KF_FINDING_TOTAL_ROW);
    add_term(check, edit, node_at(check, other, column), 1);
    add_term(check, edit, node_at(check, actual, column), -1);
    keep_or_drop(check);
}

static bool is_summed(const KfLine *column)
{
    return column->role == KF_LINE_ITEM || column->role == KF_LINE_PAYER
           || column->role == KF_LINE_TOTAL || column->role == KF_LINE_PRODUCT
           || column->role == KF_LINE_SHARE;
}

static void tie_columns(KfTableCheck *check)
{
    const KfTable *table = check->table;

    for (size_t r = 0; r < table->row_count; r++) {
        KfLineRole role = table->rows[r].role;
        size_t from = check->edit_count;

        for (size_t c = 0; c < table->column_count; c++) {
            if (!is_summed(&table->columns[c]))
                continue;
            if ((role == KF_LINE_TOTAL || role == KF_LINE_SUBTOTAL || role == KF_LINE_AVERAGE)
                && may_go_through(check, r))
                sum_column(check, c, r);
            if (table->rows[r].course == KF_COURSE_GAIN && may_go_through(check, table->row_count))
                gain_in_column(check, c, r);
        }
        drop_misread(check, from);
    }
}

/* ---- price × quantity × time ------------------------------------------------ */

static bool is_factor_role(KfLineRole role)
{
    return role == KF_LINE_QUANTITY || role == KF_LINE_EXTRA || role == KF_LINE_REDUCTION
           || role == KF_LINE_COUNT;
}

/* Overhead is a share when it is below one, else an amount of its own. */
static bool is_share(const KfTableNode *node)
{
    return node->quantity > -KF_MILLION && node->quantity < KF_MILLION;
}

static void price_row(KfTableCheck *check, size_t row)
{
    const KfTable *table = check->table;
    size_t price = table->column_count, product = table->column_count, factors = 0;
    KfTableEdit *edit;
    KfTableTerm *term;
    int extra = -1;

    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].role == KF_LINE_PRICE)
            price = c;
        else if (table->columns[c].role == KF_LINE_PRODUCT)
            product = c;
    }
    if (price == table->column_count || product == table->column_count
        || !is_stated(check, node_at(check, row, price)))
        return;
    edit = new_edit(check, node_at(check, row, product), KF_FINDING_AMOUNT_QUANTITY);
    edit->is_product = true;
    term = add_term(check, edit, node_at(check, row, price), 1);
    for (size_t c = 0; c < table->column_count; c++) {
        int node = node_at(check, row, c);
        KfLineRole role = table->columns[c].role;

        if (!is_factor_role(role) || check->nodes[node].figure->state == KF_FIGURE_BLANK)
            continue;
        if (role == KF_LINE_EXTRA && !is_share(&check->nodes[node])) {
            extra = node;
            continue;
        }
        factors += role == KF_LINE_QUANTITY;
        if (!add_factor(term, node,
                        role == KF_LINE_EXTRA       ? KF_TIMES_PLUS
                        : role == KF_LINE_REDUCTION ? KF_TIMES_LESS
                                                    : KF_TIMES))
            factors = 0;
    }
    if (factors == 0) {
        check->edit_count--;
        return;
    }
    if (extra >= 0)
        add_term(check, edit, extra, 1);
    keep_or_drop(check);
}

static void tie_prices(KfTableCheck *check)
{
    size_t from = check->edit_count;

    for (size_t r = 0; r < check->table->row_count; r++) {
        if (row_of(check, r)->role == KF_LINE_ITEM || row_of(check, r)->role == KF_LINE_SAVED)
            price_row(check, r);
    }
    drop_misread(check, from);
}

/* ---- the municipality's part ----------------------------------------------- */

static size_t column_with(const KfTable *table, KfLineRole role)
{
    size_t c = 0;

    while (c < table->column_count && table->columns[c].role != role)
        c++;
    return c;
}

/* The row's own rate of refusion. */
static void share_by_refund(KfTableCheck *check, size_t row, size_t total, size_t share,
                            size_t refund)
{
    int off = node_at(check, row, refund);
    KfTableEdit *edit;
    KfTableTerm *term;

    if (!is_stated(check, off))
        return;
    edit = new_edit(check, node_at(check, row, share), KF_FINDING_SPLIT_MUNICIPALITY);
    term = add_term(check, edit, node_at(check, row, total), 1);
    if (!is_share(&check->nodes[off]))
        add_term(check, edit, off, -1);
    else if (check->nodes[off].quantity)
        add_factor(term, off, KF_TIMES_LESS);
    edit->is_product = true;
    keep_or_drop(check);
}

/* What the law leaves to the municipality, where it is the same at all times. */
static void share_by_rule(KfTableCheck *check, size_t row, size_t total, size_t share)
{
    KfCheck *audit = check->check;
    KfText benefit = kf_check_benefit(audit, row_of(check, row)->label.text).benefit;
    const KfRule *rule =
        benefit.len ? kf_rule_at(audit->options->rules, benefit, audit->audit->as_of) : NULL;
    KfTableEdit *edit;

    if (!rule || rule->kind != KF_RULE_FIXED)
        return;
    edit = new_edit(check, node_at(check, row, share), KF_FINDING_SPLIT_MUNICIPALITY);
    add_term(check, edit, node_at(check, row, total), 1)->constant =
        (int64_t)rule->tiers[0].share_bp[KF_MUNICIPALITY] * (KF_MILLION / 10000);
    edit->is_product = true;
    edit->rule = rule;
    keep_or_drop(check);
}

static void tie_shares(KfTableCheck *check)
{
    const KfTable *table = check->table;
    size_t total = column_with(table, KF_LINE_TOTAL), share = column_with(table, KF_LINE_SHARE);
    size_t refund = column_with(table, KF_LINE_REDUCTION), from = check->edit_count;

    if (total == table->column_count || share == table->column_count)
        return;
    for (size_t r = 0; r < table->row_count; r++) {
        if (table->rows[r].role != KF_LINE_ITEM)
            continue;
        if (refund < table->column_count)
            share_by_refund(check, r, total, share, refund);
        else
            share_by_rule(check, r, total, share);
    }
    drop_misread(check, from);
}

/* ---- wages ----------------------------------------------------------------- */

/* What has been read of a form from the top on. */
typedef struct {
    int price, factors[KF_FACTORS_MAX], extra;
    size_t factor_count;
    int gross[16], saved[16]; /* sums of wages, and what is taken off */
    size_t gross_count, saved_count;
    int net, cases, per_case;
    KfTableTerm pending; /* wages without a sum of their own */
    bool has_pending;
} WageForm;

static void reset_group(WageForm *form)
{
    form->price = form->extra = -1;
    form->factor_count = 0;
}

static bool make_wage(const WageForm *form, const KfTableCheck *check, KfTableTerm *out)
{
    *out = (KfTableTerm){ .node = form->price, .sign = 1, .constant = KF_MILLION };
    if (form->price < 0 || form->factor_count == 0)
        return false;
    for (size_t i = 0; i < form->factor_count; i++)
        add_factor(out, form->factors[i], KF_TIMES);
    return form->extra < 0 || !is_share(&check->nodes[form->extra])
           || add_factor(out, form->extra, KF_TIMES_PLUS);
}

static void push(int nodes[16], size_t *count, int node)
{
    if (*count < 16)
        nodes[(*count)++] = node;
}

/* A sum of wages, or of wages saved, ends the group of rows that it is made of. */
static void end_group(KfTableCheck *check, WageForm *form, int node)
{
    KfTableTerm term;

    if (make_wage(form, check, &term)) {
        KfTableEdit *edit = new_edit(check, node, KF_FINDING_AMOUNT_QUANTITY);

        *add_term(check, edit, term.node, 1) = term;
        edit->is_product = true;
        if (form->extra >= 0 && !is_share(&check->nodes[form->extra]))
            add_term(check, edit, form->extra, 1);
        keep_or_drop(check);
    }
    reset_group(form);
}

static void take_row(KfTableCheck *check, WageForm *form, size_t row, int node)
{
    switch (row_of(check, row)->role) {
    case KF_LINE_PRICE:
        form->price = node;
        break;
    case KF_LINE_QUANTITY:
        if (form->factor_count < KF_FACTORS_MAX)
            form->factors[form->factor_count++] = node;
        break;
    case KF_LINE_EXTRA:
        form->extra = node;
        break;
    case KF_LINE_PRODUCT:
        end_group(check, form, node);
        push(form->gross, &form->gross_count, node);
        break;
    case KF_LINE_SAVED:
        end_group(check, form, node);
        push(form->saved, &form->saved_count, node);
        break;
    case KF_LINE_NET:
        form->net = node;
        break;
    case KF_LINE_COUNT:
        form->cases = node;
        break;
    case KF_LINE_PER_CASE:
        form->per_case = node;
        break;
    default:
        break;
    }
}

static void finish_wage(KfTableCheck *check, const WageForm *form)
{
    KfTableEdit *edit;

    if (form->net >= 0 && form->gross_count) {
        edit = new_edit(check, form->net, KF_FINDING_TOTAL_ITEMS);
        for (size_t i = 0; i < form->gross_count; i++)
            add_term(check, edit, form->gross[i], 1);
        for (size_t i = 0; i < form->saved_count; i++)
            add_term(check, edit, form->saved[i],
                     check->nodes[form->saved[i]].figure->value < 0 ? 1 : -1);
        keep_or_drop(check);
    }
    if (form->net < 0 || form->cases < 0 || form->per_case < 0)
        return;
    edit = new_edit(check, form->net, KF_FINDING_AMOUNT_QUANTITY);
    edit->derived = form->per_case;
    edit->is_product = true;
    add_factor(add_term(check, edit, form->per_case, 1), form->cases, KF_TIMES);
    keep_or_drop(check);
}

static void tie_upright(KfTableCheck *check, size_t column)
{
    WageForm form = { .net = -1, .cases = -1, .per_case = -1 };

    reset_group(&form);
    for (size_t r = 0; r < check->table->row_count; r++) {
        int node = node_at(check, r, column);

        if (check->nodes[node].figure->state != KF_FIGURE_BLANK)
            take_row(check, &form, r, node);
    }
    finish_wage(check, &form);
}

/* The cell of a row that stands for one figure: under the products, else the first. */
static int single_node(const KfTableCheck *check, size_t row, size_t product)
{
    if (product < check->table->column_count && is_stated(check, node_at(check, row, product)))
        return node_at(check, row, product);
    for (size_t c = 0; c < check->table->column_count; c++) {
        if (is_stated(check, node_at(check, row, c)))
            return node_at(check, row, c);
    }
    return -1;
}

static void tie_lying(KfTableCheck *check)
{
    WageForm form = { .net = -1, .cases = -1, .per_case = -1 };
    size_t product = column_with(check->table, KF_LINE_PRODUCT);

    reset_group(&form);
    for (size_t r = 0; r < check->table->row_count; r++) {
        KfLineRole role = row_of(check, r)->role;
        int node = single_node(check, r, product);

        if (node < 0)
            continue;
        if (role == KF_LINE_ITEM)
            push(form.gross, &form.gross_count, node);
        else if (role >= KF_LINE_SAVED)
            take_row(check, &form, r, node);
    }
    finish_wage(check, &form);
}

static void tie_wages(KfTableCheck *check)
{
    if (column_with(check->table, KF_LINE_PRICE) < check->table->column_count) {
        tie_prices(check);
        tie_lying(check);
        return;
    }
    for (size_t c = 0; c < check->table->column_count; c++)
        tie_upright(check, c);
}

/* ---- nodes ----------------------------------------------------------------- */

static int weight_of(const KfTableCheck *check, const KfTableNode *node)
{
    const KfLine *row = row_of(check, node->row), *column = column_of(check, node->column);

    if (row->role == KF_LINE_PAYER || column->role == KF_LINE_PAYER
        || column->role == KF_LINE_SHARE)
        return WEIGHT_PAYER;
    return WEIGHT_ITEM;
}

static bool settled(const KfCheck *check, KfRef ref)
{
    for (size_t i = 0; i < check->options->settled_count; i++) {
        if (kf_ref_order(check->options->settled[i], ref) == 0)
            return true;
    }
    return false;
}

static void make_nodes(KfTableCheck *check)
{
    const KfTable *table = check->table;

    check->node_count = table->row_count * table->column_count;
    check->nodes = kf_arena_array(check->arena, check->node_count, sizeof *check->nodes);
    check->stated = kf_arena_array(check->arena, check->node_count, sizeof *check->stated);
    check->lines_left = check->node_count * LINES_A_CELL + LINES_LEAST;
    for (size_t i = 0; i < check->node_count; i++) {
        KfTableNode *node = &check->nodes[i];

        node->row = i / table->column_count;
        node->column = i % table->column_count;
        node->figure = &table->figures[i];
        node->is_factor = is_factor_role(table->rows[node->row].role)
                          || is_factor_role(table->columns[node->column].role);
        node->quantity = table->quantities[i];
        if ((table->rows[node->row].role == KF_LINE_EXTRA
             || table->columns[node->column].role == KF_LINE_EXTRA
             || table->columns[node->column].role == KF_LINE_REDUCTION)
            && !is_share(node))
            node->is_factor = false; /* an amount of overhead or of refusion */
        node->weight = weight_of(check, node);
        node->is_tied = check->ties && check->ties[i].is_tied;
        node->is_settled = node->is_tied || settled(check->check, node->figure->ref);
        check->stated[i] = node->is_factor ? node->quantity : node->figure->value;
    }
}

static void link_edit(KfTableCheck *check, int edit, int node)
{
    KfTableNode *at = &check->nodes[node];

    KF_PUSH(check->arena, at->edits, at->edit_count, at->edit_cap, edit);
}

static void link_edits(KfTableCheck *check)
{
    for (size_t e = 0; e < check->edit_count; e++) {
        const KfTableEdit *edit = &check->edits[e];

        link_edit(check, (int)e, edit->whole);
        check->nodes[edit->derived].is_derived = true;
        for (size_t i = 0; i < edit->count; i++) {
            link_edit(check, (int)e, edit->terms[i].node);
            for (size_t f = 0; f < edit->terms[i].factor_count; f++)
                link_edit(check, (int)e, edit->terms[i].factors[f]);
        }
    }
    for (size_t i = 0; i < check->node_count; i++) {
        KfTableNode *node = &check->nodes[i];

        if (node->is_derived)
            node->weight = WEIGHT_SUM;
        else if (node->figure->is_formula)
            node->weight *= FORMULA_FACTOR;
    }
}

void kf_table_edits(KfTableCheck *check)
{
    make_nodes(check);
    switch (check->table->kind) {
    case KF_TABLE_LIST:
        return;
    case KF_TABLE_WAGE:
        tie_wages(check);
        break;
    case KF_TABLE_BUDGET:
        tie_prices(check);
        tie_rows(check);
        tie_columns(check);
        break;
    case KF_TABLE_SUPPORT:
        tie_shares(check);
        tie_rows(check);
        tie_columns(check);
        break;
    default:
        tie_rows(check);
        tie_columns(check);
        break;
    }
    link_edits(check);
}
