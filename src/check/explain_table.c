/* What a figure of a table beside the cases is summed or multiplied from. */
#include "check/explain_steps.h"
#include "check/table_check.h"

typedef struct {
    KfExplainer *explainer;
    KfTableCheck system;
    KfOere *values; /* as they stand; one a node */
    size_t node;    /* that is asked about */
} Asked;

static const KfLine *line_of(const KfTable *table, const KfTableNode *node, bool by_column)
{
    return by_column ? &table->columns[node->column] : &table->rows[node->row];
}

/* Named by its column where it shares the row of the figure asked about. */
static void add_cell(const Asked *asked, int index)
{
    const KfTableNode *node = &asked->system.nodes[index];
    const bool by_column = node->row == asked->system.nodes[asked->node].row;
    KfStep *step = kf_step_add(asked->explainer, KF_STEP_TERM);

    step->has_cell = true;
    step->cell = node->figure->ref;
    step->label = line_of(asked->system.table, node, by_column)->label.text;
    if (node->figure->state == KF_FIGURE_STATED)
        step->amount = kf_value_amount(node->figure->value);
    else if (node->figure->state == KF_FIGURE_UNREADABLE)
        step->amount = kf_value_text(node->figure->shown);
}

/* What is done with the amount of a term before it is added. */
static void say_use(const Asked *asked, const KfTableTerm *term)
{
    enum { HUNDREDTH_OF_A_PERCENT = KF_MILLION / 10000 };
    KfExplainer *explainer = asked->explainer;
    KfStep *step = &explainer->out->steps[explainer->out->step_count - 1];
    KfArg share;

    if (term->sign < 0)
        kf_step_say(explainer, step, KF_SAY_EX_TABLE_LESS, NULL, 0);
    if (term->constant == KF_MILLION)
        return;
    share = kf_arg_hundredths(&explainer->check.list, term->constant / HUNDREDTH_OF_A_PERCENT);
    kf_step_say(explainer, step, KF_SAY_EX_TABLE_SHARE, &share, 1);
}

static void add_term(const Asked *asked, const KfTableTerm *term)
{
    if (term->node != (int)asked->node) {
        add_cell(asked, term->node);
        say_use(asked, term);
    }
    for (size_t f = 0; f < term->factor_count; f++) {
        if (term->factors[f] != (int)asked->node)
            add_cell(asked, term->factors[f]);
    }
}

static void add_edit(const Asked *asked, const KfTableEdit *edit)
{
    const KfSay say = edit->is_product || edit->rule || edit->derived != edit->whole
                          ? KF_SAY_EX_TABLE_PRODUCT
                          : KF_SAY_EX_TABLE_SUM;
    KfOere amount;
    KfStep *step;

    if (!kf_table_solve(&asked->system, edit, (int)asked->node, asked->values, &amount))
        return;
    kf_step_say(asked->explainer, kf_step_add(asked->explainer, KF_STEP_HEADING), say, NULL, 0);
    if (edit->whole != (int)asked->node)
        add_cell(asked, edit->whole);
    for (size_t i = 0; i < edit->count; i++)
        add_term(asked, &edit->terms[i]);
    step = kf_step_add(asked->explainer, KF_STEP_SUM);
    step->amount = kf_value_amount(amount);
    kf_step_say(asked->explainer, step, KF_SAY_EX_TABLE_GIVES, NULL, 0);
}

static void take_values(Asked *asked)
{
    asked->values =
        kf_arena_array(asked->system.arena, asked->system.node_count, sizeof *asked->values);
    for (size_t i = 0; i < asked->system.node_count; i++) {
        const KfTableNode *node = &asked->system.nodes[i];

        asked->values[i] = node->is_factor ? node->quantity : node->figure->value;
    }
}

static void explain_node(Asked *asked)
{
    const KfTableNode *node = &asked->system.nodes[asked->node];

    take_values(asked);
    asked->explainer->out->label = line_of(asked->system.table, node, false)->label.text;
    for (size_t e = 0; e < node->edit_count; e++) {
        const KfTableEdit *edit = &asked->system.edits[node->edits[e]];

        if (edit->derived == (int)asked->node)
            add_edit(asked, edit);
    }
}

bool kf_explain_table(KfExplainer *explainer, KfRef ref)
{
    const KfModel *model = &explainer->check.audit->model;

    for (size_t t = 0; t < model->table_count; t++) {
        const KfTable *table = &model->tables[t];
        Asked asked = { .explainer = explainer,
                        .system = { .check = &explainer->check,
                                    .arena = explainer->check.arena,
                                    .table = table } };

        while (asked.node < table->row_count * table->column_count
               && (table->figures[asked.node].state == KF_FIGURE_NONE
                   || kf_ref_order(table->figures[asked.node].ref, ref) != 0))
            asked.node++;
        if (asked.node == table->row_count * table->column_count)
            continue;
        kf_table_edits(&asked.system);
        explain_node(&asked);
        return true;
    }
    return false;
}
