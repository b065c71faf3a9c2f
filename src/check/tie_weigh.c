/* A summary and its cases disagree: which of them is wrong? A cell that breaks the sums
 * of the summary itself, which what the cases give would mend, is mistyped. Where those
 * sums hold as they stand, the mistake may as well be in the cases. */
#include "check/table_check.h"

enum { DIFFERING_MAX = 10 };

bool kf_table_is_tied(const KfTableCheck *check, const KfTableEdit *edit)
{
    bool tied = check->ties && check->ties[edit->whole].is_tied;

    for (size_t i = 0; i < edit->count && tied; i++)
        tied = check->ties[edit->terms[i].node].is_tied;
    return tied;
}

/* Every cell as it stands, and as the cases give it. */
typedef struct {
    KfOere *stated, *meant;
} Values;

static Values values_of(const KfTableCheck *check)
{
    Values values = {
        kf_arena_array(check->arena, check->node_count, sizeof *values.stated),
        kf_arena_array(check->arena, check->node_count, sizeof *values.meant),
    };

    for (size_t i = 0; i < check->node_count; i++) {
        values.stated[i] = check->nodes[i].figure->value;
        values.meant[i] = check->ties[i].is_tied ? check->ties[i].value : values.stated[i];
    }
    return values;
}

/* ---- what follows within the summary ------------------------------------------ */

/* The finding of the first term that is wrong. */
static uint32_t wrong_term(const KfTableCheck *check, const KfTableEdit *edit)
{
    for (size_t i = 0; i < edit->count; i++) {
        const KfTie *tie = &check->ties[edit->terms[i].node];

        if (tie->mark || tie->follows)
            return tie->mark ? tie->mark : tie->follows;
    }
    return 0;
}

/* What followed from a finding follows from what that follows from. */
static void hang_others(const KfTableCheck *check, uint32_t mark, uint32_t root)
{
    KfFinding *items = check->check->list.items;

    for (size_t i = 0; i < check->node_count; i++) {
        const uint32_t other = check->ties[i].mark;

        if (other && items[other - 1].root == mark)
            items[other - 1].root = root;
    }
}

/* A cell that was computed from wrong ones follows from them: the gain of a course
 * that the summary has wrong. */
static void hang(const KfTableCheck *check, uint32_t mark, uint32_t from)
{
    KfFindingList *list = &check->check->list;
    KfFinding *finding = &list->items[mark - 1];
    const KfFinding *cause = &list->items[from - 1];
    KfArg cell = kf_arg_cell(list, cause->cell, finding->cell.sheet);

    finding->root = cause->root ? cause->root : from;
    hang_others(check, mark, finding->root);
    if (cause->action != KF_ACTION_CORRECT)
        finding->action = KF_ACTION_PROPOSE;
    finding->message[KF_LANG_DA].len = 0;
    finding->message[KF_LANG_EN].len = 0;
    kf_say(list, finding, KF_SAY_FOLLOWS, &cell, 1);
}

static void hang_sums(const KfTableCheck *check, const KfOere *stated)
{
    const KfFindingList *list = &check->check->list;

    for (size_t e = 0; e < check->edit_count; e++) {
        const KfTableEdit *edit = &check->edits[e];
        const uint32_t mark = check->ties[edit->derived].mark, from = wrong_term(check, edit);

        if (!mark || !from || from == mark || list->items[mark - 1].root
            || list->items[from - 1].root == mark || !kf_table_holds(check, edit, stated))
            continue;
        hang(check, mark, from);
    }
}

/* Where a person must decide what the cases give, a sum that holds in the summary itself is told to
 * be what its own cells should be, as those are told. */
static void expect_own_sums(const KfTableCheck *check)
{
    for (size_t e = 0; e < check->edit_count; e++) {
        const KfTableEdit *edit = &check->edits[e];
        KfTie *whole = &check->ties[edit->whole];
        KfFinding *finding = whole->mark ? &check->check->list.items[whole->mark - 1] : NULL;
        KfOere meant = 0, stated = 0;

        if (!finding || !finding->root || !whole->is_open || edit->derived != edit->whole
            || !kf_table_is_tied(check, edit))
            continue;
        for (size_t i = 0; i < edit->count; i++) {
            const int term = edit->terms[i].node;

            meant += edit->terms[i].sign * check->ties[term].value;
            stated += edit->terms[i].sign * check->nodes[term].figure->value;
        }
        if (stated != check->nodes[edit->whole].figure->value)
            continue;
        whole->value = meant;
        finding->expected = kf_value_amount(meant);
    }
}

/* ---- what the sums speak for --------------------------------------------------- */

typedef struct {
    int nodes[DIFFERING_MAX];
    KfOere by[DIFFERING_MAX]; /* what the sum is off by because of it */
    size_t count;
    KfOere slack;
} Differing;

static void add_differing(const KfTableCheck *check, Differing *out, int node, int sign)
{
    const KfFigure *figure = check->nodes[node].figure;

    out->slack += (figure->range.hi - figure->range.lo) / 2;
    if (check->ties[node].value == figure->value)
        return;
    if (out->count < DIFFERING_MAX) {
        out->nodes[out->count] = node;
        out->by[out->count] = sign * (figure->value - check->ties[node].value);
    }
    out->count++;
}

static Differing differing(const KfTableCheck *check, const KfTableEdit *edit)
{
    Differing out = { .slack = check->check->options->tolerance };

    for (size_t i = 0; i < edit->count; i++)
        add_differing(check, &out, edit->terms[i].node, edit->terms[i].sign);
    add_differing(check, &out, edit->whole, -1);
    return out;
}

/* Whether the cell and some others that differ leave the sum as it is. */
static bool evens_out(const Differing *all, int node)
{
    if (all->count > DIFFERING_MAX)
        return true;
    for (unsigned taken = 1; taken < 1U << all->count; taken++) {
        KfOere sum = 0;
        bool has = false;

        for (size_t i = 0; i < all->count; i++) {
            if (!(taken >> i & 1))
                continue;
            sum += all->by[i];
            has |= all->nodes[i] == node;
        }
        if (has && sum <= all->slack && sum >= -all->slack)
            return true;
    }
    return false;
}

static bool is_average(const KfTableEdit *edit)
{
    for (size_t i = 0; i < edit->count; i++) {
        if (edit->terms[i].constant != KF_MILLION || edit->terms[i].factor_count)
            return true;
    }
    return false;
}

/* Another cell of the row that is off by as much the other way. */
static bool is_exchanged(const KfTableCheck *check, int node)
{
    const size_t columns = check->table->column_count, row = check->nodes[node].row;
    const KfOere off = check->nodes[node].figure->value - check->ties[node].value;

    for (size_t c = 0; c < columns; c++) {
        size_t other = row * columns + c;

        if (check->ties[other].is_tied
            && check->nodes[other].figure->value - check->ties[other].value == -off)
            return true;
    }
    return false;
}

/* A sum of the summary, and what it says of the cells in it. */
typedef struct {
    bool counts; /* all of its cells are tied */
    bool tells;  /* it is broken, and what the cases give would mend it */
    Differing differing;
} Sum;

static Sum *sums_of(const KfTableCheck *check, const Values *values)
{
    Sum *sums = kf_arena_array(check->arena, check->edit_count, sizeof *sums);

    for (size_t e = 0; e < check->edit_count; e++) {
        const KfTableEdit *edit = &check->edits[e];

        sums[e].counts = !is_average(edit) && kf_table_is_tied(check, edit);
        if (!sums[e].counts)
            continue;
        sums[e].tells = !kf_table_holds(check, edit, values->stated)
                        && kf_table_holds(check, edit, values->meant);
        if (sums[e].tells)
            sums[e].differing = differing(check, edit);
    }
    return sums;
}

/* Whether a sum of the summary that is broken tells that the cell is the wrong one; where
 * none is over it, the cases do, if nothing in them is left open. */
static bool is_told(const KfTableCheck *check, const Sum *all, int node)
{
    const KfTableNode *at = &check->nodes[node];
    size_t sums = 0;

    for (size_t i = 0; i < at->edit_count; i++) {
        const Sum *sum = &all[at->edits[i]];

        sums += sum->counts;
        if (sum->counts && sum->tells && !evens_out(&sum->differing, node))
            return true;
    }
    return at->figure->is_formula
           || (sums == 0 && !check->ties[node].is_open && !is_exchanged(check, node));
}

/* The sums of the summary hold: then the mistake may be in the cases, and where a keystroke
 * there would explain it, that is named. */
static void doubt(const KfTableCheck *check, KfFinding *finding, const KfTiedSlips *slips)
{
    finding->severity = KF_WARNING;
    finding->action = KF_ACTION_PROPOSE;
    kf_say(&check->check->list, finding, KF_SAY_SUMMARY_HOLDS, NULL, 0);
    finding->alternatives = slips->items;
    finding->alternative_count = slips->count;
    kf_say_alternatives(check->check, finding);
}

/* Whether the finding follows from a mistake of a case: what follows from that beside it goes
 * by what the cases give, and so does this. */
static bool follows_case(const KfFindingList *list, uint32_t mark)
{
    const uint32_t root = list->items[mark - 1].root;

    return root && list->items[root - 1].case_index != KF_NO_INDEX;
}

void kf_weigh_ties(KfTableCheck *check)
{
    KfFindingList *list = &check->check->list;
    const Values values = values_of(check);
    const Sum *sums = sums_of(check, &values);

    hang_sums(check, values.stated);
    expect_own_sums(check);
    for (size_t i = 0; i < check->node_count; i++) {
        uint32_t mark = check->ties[i].mark;

        if (mark && !list->items[mark - 1].root && !is_told(check, sums, (int)i))
            doubt(check, &list->items[mark - 1], &check->ties[i].slips);
    }
    for (size_t i = 0; i < check->node_count; i++) {
        uint32_t mark = check->ties[i].mark;
        uint32_t root = mark ? list->items[mark - 1].root : 0;

        if (!root)
            continue;
        list->items[mark - 1].severity = list->items[root - 1].severity;
        if (list->items[root - 1].action != KF_ACTION_CORRECT)
            list->items[mark - 1].action = KF_ACTION_PROPOSE;
    }
    for (size_t i = 0; i < check->node_count; i++) {
        uint32_t mark = check->ties[i].mark;

        if (mark && list->items[mark - 1].action != KF_ACTION_CORRECT && !follows_case(list, mark))
            check->ties[i].value = check->nodes[i].figure->value;
    }
}
