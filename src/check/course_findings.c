/* From the located explanation of a course to findings: one for each root, with
 * what follows from it beneath. */
#include "check/teller.h"

/* Whether the payers of the node's column, as they stand, miss the column's total. */
static bool breaks_sum(const KfCourseCheck *course, const KfNode *node)
{
    int total = node->period >= 0 ? course->total_nodes[node->period] : -1;
    KfInterval sum = { -course->tolerance, course->tolerance };

    if (total < 0 || course->nodes[total].figure->state != KF_FIGURE_STATED)
        return false;
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        int payer = kf_payer_node(course, k, (size_t)node->period);

        if (payer < 0)
            continue;
        sum.lo += course->nodes[payer].figure->range.lo;
        sum.hi += course->nodes[payer].figure->range.hi;
    }
    return sum.lo > course->nodes[total].figure->range.hi
           || sum.hi < course->nodes[total].figure->range.lo;
}

static KfFindingCode code_of(const KfCourseCheck *course, const KfNode *node, KfOere meant)
{
    switch (node->kind) {
    case KF_NODE_ITEM:
        return kf_amount_code(node->figure, meant);
    case KF_NODE_PAYER:
        if (breaks_sum(course, node))
            return KF_FINDING_TOTAL_PAYERS;
        return (KfFindingCode)(KF_FINDING_SPLIT_MUNICIPALITY + node->payer);
    case KF_NODE_PART:
        return (KfFindingCode)(KF_FINDING_SPLIT_MUNICIPALITY + node->payer);
    case KF_NODE_TOTAL:
        return KF_FINDING_TOTAL_ITEMS;
    case KF_NODE_SUBTOTAL:
        return node->period < 0 ? KF_FINDING_TOTAL_ROW : KF_FINDING_TOTAL_ITEMS;
    case KF_NODE_CASE_TOTAL:
        return KF_FINDING_TOTAL_CASE;
    default:
        return KF_FINDING_TOTAL_ROW;
    }
}

/* A figure that is wrong because of its formula is told as that. */
static void apply_fault(const KfTeller *teller, KfFinding *finding, int index)
{
    const KfFormulaFault *fault = &teller->faults[index];
    const KfFigure *figure = teller->course->nodes[index].figure;
    KfFindingList *list = &teller->check->list;

    if (fault->kind == KF_FAULT_NONE) {
        if (figure->is_formula) /* that gives what it shows, and would again */
            finding->action = KF_ACTION_PROPOSE;
        return;
    }
    if (fault->kind == KF_FAULT_STALE) {
        finding->code = KF_FINDING_FORMULA_STALE;
        kf_say(list, finding, KF_SAY_FORMULA_STALE,
               (KfArg[]){ kf_arg_amount(list, finding->expected.amount) }, 1);
        return;
    }
    if (fault->kind == KF_FAULT_PATTERN) {
        finding->code = KF_FINDING_FORMULA_PATTERN;
        kf_say(list, finding, KF_SAY_FORMULA_PATTERN, (KfArg[]){ kf_arg_text(figure->formula) }, 1);
    } else {
        static const KfSay says[] = {
            [KF_RANGE_MISSES] = KF_SAY_FORMULA_MISSES,
            [KF_RANGE_ADDS] = KF_SAY_FORMULA_ADDS,
            [KF_RANGE_CIRCLE] = KF_SAY_FORMULA_CIRCLE,
            [KF_RANGE_ELSEWHERE] = KF_SAY_FORMULA_ELSEWHERE,
        };

        finding->code = KF_FINDING_FORMULA_RANGE;
        kf_say(list, finding, says[fault->range],
               (KfArg[]){ kf_arg_text(figure->formula),
                          kf_arg_cell(list, fault->cell, figure->ref.sheet) },
               2);
    }
    if (!fault->right.len)
        finding->action = KF_ACTION_PROPOSE;
    finding->expected_formula = fault->right;
    if (fault->right.len)
        kf_say(list, finding, KF_SAY_FORMULA_RIGHT, (KfArg[]){ kf_arg_text(fault->right) }, 1);
}

/* A formula that sums the wrong cells without any difference yet, and an old result that
 * all else rests on. */
static void tell_fault(const KfTeller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    const bool range = teller->faults[index].kind == KF_FAULT_RANGE;
    const bool input = node->kind == KF_NODE_ITEM && teller->faults[index].kind == KF_FAULT_STALE;
    KfFinding *finding;

    if ((!range && !input) || teller->best->fate[index] != KF_FATE_RIGHT)
        return;
    finding = kf_finding_at(teller->check, teller->place, KF_FINDING_FORMULA_RANGE, KF_WARNING,
                            KF_ACTION_PROPOSE, node->figure, node->period, node->payer,
                            kf_node_label(teller->place->course, node));
    finding->found = kf_value_amount(node->figure->value);
    finding->expected = input ? kf_value_amount(node->gives) : finding->found;
    apply_fault(teller, finding, index);
}

/* A text that a sum passed over. */
static void tell_text(const KfTeller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    KfFinding *finding = kf_finding_at(teller->check, teller->place, KF_FINDING_AMOUNT_TEXT,
                                       KF_WARNING, KF_ACTION_CORRECT, node->figure, node->period,
                                       node->payer, kf_node_label(teller->place->course, node));

    finding->found = kf_value_text(node->figure->shown);
    finding->expected = kf_value_amount(node->figure->value);
    kf_say(&teller->check->list, finding, KF_SAY_AMOUNT_TEXT, NULL, 0);
    teller->marks[index] = kf_finding_mark(&teller->check->list, finding);
}

/* A typed figure that comes out as what it is, once what surrounds it is told. */
static bool is_right_after_all(const KfNode *node, KfOere meant)
{
    return !node->figure->is_formula && node->figure->state == KF_FIGURE_STATED
           && node->figure->value == meant;
}

static void tell_root(const KfTeller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    const KfOere meant = teller->best->truth[index].value;
    const bool input = node->kind == KF_NODE_ITEM;
    KfFinding *finding;
    size_t item;

    if (node->is_left_out && meant == node->figure->value) {
        tell_text(teller, index);
        return;
    }
    if (kf_is_unexplained(teller, node, index)) {
        finding = kf_finding_at(teller->check, teller->place, KF_FINDING_SPLIT_UNEXPLAINED,
                                KF_WARNING, KF_ACTION_NONE, node->figure, node->period, node->payer,
                                kf_node_label(teller->place->course, node));
        finding->found = kf_value_amount(node->figure->value);
        kf_say(&teller->check->list, finding, KF_SAY_SPLIT_UNEXPLAINED,
               (KfArg[]){ kf_arg_amount(&teller->check->list, node->figure->value) }, 1);
        teller->marks[index] = kf_finding_mark(&teller->check->list, finding);
        return;
    }
    if (is_right_after_all(node, meant))
        return;
    finding = kf_finding_at(
        teller->check, teller->place, code_of(teller->course, node, meant), KF_ERROR,
        input && !node->is_stale ? KF_ACTION_PROPOSE : KF_ACTION_CORRECT, node->figure,
        node->period, node->payer, kf_node_label(teller->place->course, node));
    if (node->figure->state == KF_FIGURE_STATED)
        finding->found = kf_value_amount(node->figure->value);
    else if (node->figure->state == KF_FIGURE_UNREADABLE)
        finding->found = kf_value_text(node->figure->shown);
    finding->expected = kf_value_amount(meant);
    kf_add_alternatives(teller, finding, index);
    if (finding->alternative_count || teller->best->unsure[index]
        || kf_confidence_of(teller, index) < KF_CONFIDENCE_HIGH
        || (node->meant && !kf_main_rule(teller, node, &item))) {
        finding->severity = KF_WARNING;
        finding->action = KF_ACTION_PROPOSE;
    }
    if (!input && kf_is_unsure(teller, index))
        finding->action = KF_ACTION_PROPOSE;
    apply_fault(teller, finding, index);
    if (input && !node->is_stale)
        kf_say_item(teller, finding, node, meant);
    else if (node->kind == KF_NODE_PAYER || node->kind == KF_NODE_PART)
        kf_say_payer(teller, finding, node, meant);
    else if (!input)
        kf_say_total(teller, finding, node, meant);
    if (node->figure->state == KF_FIGURE_STATED && !node->figure->is_formula)
        kf_say_slip(teller->check, finding, node->figure->value, meant);
    kf_say_alternatives(teller->check, finding);
    if (node->kind == KF_NODE_PAYER)
        kf_allow_refund(teller, finding, node);
    teller->marks[index] = kf_finding_mark(&teller->check->list, finding);
}

/* The root at the end of the chain, and the weakest action along all it rests on. */
static int root_of(const KfTeller *teller, int index)
{
    for (size_t steps = 0; steps < teller->course->node_count; steps++) {
        if (teller->best->fate[index] != KF_FATE_CONSEQUENCE || teller->best->parent[index] < 0)
            break;
        index = teller->best->parent[index];
    }
    return index;
}

/* A figure summed from several wrong ones waits for all of them to be decided. */
static bool rests_on_proposal(const KfTeller *teller, const KfNode *node)
{
    for (size_t d = 0; d < node->derivation_count; d++) {
        for (size_t i = 0; i < node->derivations[d].count; i++) {
            int root = root_of(teller, node->derivations[d].terms[i].node);

            if (teller->best->fate[root] == KF_FATE_ROOT && teller->marks[root]
                && teller->check->list.items[teller->marks[root] - 1].action != KF_ACTION_CORRECT
                && node->period == teller->course->nodes[root].period)
                return true;
        }
    }
    return false;
}

/* Explanations that come near the best one disagree on what the figure should be. */
static bool is_undecided(const KfTeller *teller, int index)
{
    for (size_t i = 0; i < teller->verdict->rival_count; i++) {
        if (teller->verdict->rivals[i]->truth[index].value != teller->best->truth[index].value)
            return true;
    }
    return false;
}

/* Whether an explanation that comes near leaves the figure as it stands. */
static bool stands_elsewhere(const KfTeller *teller, int index)
{
    for (size_t i = 0; i < teller->verdict->rival_count; i++) {
        if (teller->verdict->rivals[i]->fate[index] == KF_FATE_RIGHT)
            return true;
    }
    return false;
}

static bool names_wrong(const KfTeller *teller, const KfFormulaRef *ref)
{
    const KfCourseCheck *course = teller->course;
    const KfRange range = ref->range;

    for (size_t i =
             kf_first_node_from(course, (KfRef){ ref->sheet, range.first_row, range.first_col });
         i < course->node_count; i++) {
        const KfNode *node = course->by_place[i];
        const KfRef at = node->figure->ref;

        if (at.sheet != ref->sheet || at.row > range.last_row)
            return false;
        if (at.col >= range.first_col && at.col <= range.last_col
            && teller->best->fate[node - course->nodes] != KF_FATE_RIGHT)
            return true;
    }
    return false;
}

/* Whether a formula names nothing that is wrong: it gives the same again, whatever is mended. */
static bool is_deaf(const KfTeller *teller, const KfNode *node)
{
    KfFormulaRef *refs;
    size_t count;

    if (!node->figure->is_formula || !teller->course->by_place
        || !kf_formula_refs(teller->course->arena, teller->check->book, node->figure->ref, &refs,
                            &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (names_wrong(teller, &refs[i]))
            return false;
    }
    return true;
}

static void tell_consequence(const KfTeller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    int root = root_of(teller, index);
    KfFindingList *list = &teller->check->list;
    KfFinding *finding;
    const KfFinding *cause;
    KfArg cell;

    if (!teller->marks[root])
        return;
    cause = &list->items[teller->marks[root] - 1];
    if (cause->code == KF_FINDING_SPLIT_UNEXPLAINED
        || (cause->alternative_count && stands_elsewhere(teller, index)))
        return;
    cell = kf_arg_cell(list, cause->cell, node->figure->ref.sheet);
    finding = kf_finding_at(teller->check, teller->place,
                            code_of(teller->course, node, teller->best->truth[index].value),
                            cause->severity, cause->action, node->figure, node->period, node->payer,
                            kf_node_label(teller->place->course, node));
    cause = &list->items[teller->marks[root] - 1];
    finding->root = teller->marks[root];
    finding->found = kf_value_amount(node->figure->value);
    finding->expected = kf_value_amount(teller->best->truth[index].value);
    finding->source = cause->source;
    if (finding->action == KF_ACTION_CORRECT
        && (rests_on_proposal(teller, node) || is_undecided(teller, index)
            || kf_is_unsure(teller, index)
            || (is_deaf(teller, node) && teller->faults[index].kind == KF_FAULT_NONE)))
        finding->action = KF_ACTION_PROPOSE;
    kf_say(list, finding, KF_SAY_FOLLOWS, &cell, 1);
    teller->marks[index] = finding->root;
}

/* What the sums leave for a blank figure, when it may be that by the rules. */
static bool left_for_blank(const KfTeller *teller, int index, KfOere *value)
{
    const KfTruth *truth = &teller->best->truth[index];
    KfSumsLeft left;

    kf_sums_left(teller->course, teller->best, index, &left);
    for (size_t i = 0; i < left.count && truth->known; i++) {
        *value = left.sums[i].value;
        if (*value != 0 && left.sums[i].range.lo <= truth->range.hi
            && left.sums[i].range.hi >= truth->range.lo)
            return true;
    }
    return false;
}

/* What all sums leave for a figure that cannot be read; false when they differ. */
static bool left_for_unreadable(const KfTeller *teller, int index, KfOere *value)
{
    KfSumsLeft left;

    kf_sums_left(teller->course, teller->best, index, &left);
    for (size_t i = 0; i < left.count; i++) {
        if (left.sums[i].range.hi < left.sums[0].range.lo
            || left.sums[i].range.lo > left.sums[0].range.hi)
            return false;
    }
    if (left.count)
        *value = left.sums[0].value;
    return left.count > 0;
}

/* A column with a cost and no amount: one of its benefits was left out. */
static void tell_no_amounts(const KfTeller *teller, size_t p)
{
    const KfCourse *course = teller->place->course;
    KfFindingList *list = &teller->check->list;
    const KfOere total = kf_stated_cost(course, p);
    KfFinding *finding = NULL;
    size_t cap = 0;

    for (size_t i = 0; i < course->item_count; i++) {
        const int node = teller->course->item_nodes[i * course->period_count + p];

        if ((!course->items[i].is_part && course->items[i].amounts[p].state > KF_FIGURE_BLANK)
            || (node >= 0 && teller->best->fate[node] == KF_FATE_ROOT))
            return;
    }
    for (size_t i = 0; i < course->item_count && total > 0; i++) {
        const KfItem *item = &course->items[i];
        KfAlternative other = { .cell = item->amounts[p].ref, .expected = kf_value_amount(total) };

        if (item->is_part || !item->label.text.len || item->amounts[p].state != KF_FIGURE_BLANK)
            continue;
        if (finding) {
            KF_PUSH(teller->check->arena, finding->alternatives, finding->alternative_count, cap,
                    other);
            continue;
        }
        finding = kf_finding_at(teller->check, teller->place, KF_FINDING_AMOUNT_MISSING, KF_WARNING,
                                KF_ACTION_PROPOSE, &item->amounts[p], (int)p, KF_PAYER_NONE,
                                item->label.text);
        finding->expected = kf_value_amount(total);
        kf_say(list, finding, KF_SAY_ITEM_BLANK, (KfArg[]){ kf_arg_amount(list, total) }, 1);
    }
    if (finding)
        kf_say_alternatives(teller->check, finding);
}

/* Something stands there that is no amount: the sums may tell which was meant, or the
 * letters look like digits. */
static void tell_unreadable(const KfTeller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    KfFindingList *list = &teller->check->list;
    KfFinding *finding;
    KfOere value;
    bool by_sums;
    KfArg arg;

    if (node->figure->state != KF_FIGURE_UNREADABLE || !node->figure->shown.len
        || teller->best->fate[index] != KF_FATE_RIGHT)
        return;
    by_sums = left_for_unreadable(teller, index, &value);
    if (!by_sums && !kf_amount_looks_like(node->figure->shown, teller->place->course->unit, &value))
        return;
    finding = kf_finding_at(teller->check, teller->place, KF_FINDING_AMOUNT_UNREADABLE, KF_WARNING,
                            KF_ACTION_PROPOSE, node->figure, node->period, node->payer,
                            kf_node_label(teller->place->course, node));
    finding->found = kf_value_text(node->figure->shown);
    finding->expected = kf_value_amount(value);
    arg = kf_arg_text(node->figure->shown);
    kf_say(list, finding, KF_SAY_AMOUNT_UNREADABLE, &arg, 1);
    arg = kf_arg_amount(list, value);
    kf_say(list, finding, by_sums ? KF_SAY_UNREADABLE_LEFT : KF_SAY_UNREADABLE_LIKE, &arg, 1);
}

static void look_around(KfTeller *teller)
{
    const KfCourseCheck *course = teller->course;

    if (teller->has_standing)
        return;
    teller->has_standing = true;
    kf_order_nodes(teller->course);
    for (size_t i = 0; i < course->node_count; i++) {
        const KfNode *node = &course->nodes[i];
        KfStanding *alike = &teller->standing[node->kind][node->payer + 1];

        alike->stated += node->figure->state == KF_FIGURE_STATED;
        alike->blank += node->figure->state == KF_FIGURE_BLANK && teller->best->truth[i].value != 0;
    }
}

static bool is_alike(const KfNode *a, const KfNode *b)
{
    return a->kind == b->kind && (a->payer == b->payer || a->kind == KF_NODE_PAYER_TOTAL);
}

/* Whether a figure like the node is stated at the place. */
static bool is_stated_at(const KfTeller *teller, const KfNode *node, KfRef place)
{
    const KfCourseCheck *course = teller->course;

    for (size_t i = kf_first_node_from(course, place);
         i < course->node_count && kf_ref_order(course->by_place[i]->figure->ref, place) == 0;
         i++) {
        if (is_alike(course->by_place[i], node)
            && course->by_place[i]->figure->state == KF_FIGURE_STATED)
            return true;
    }
    return false;
}

static bool is_stated_beside(const KfTeller *teller, const KfNode *node)
{
    static const int32_t steps[][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        KfRef place = node->figure->ref;

        place.row += (uint32_t)steps[i][0];
        place.col += (uint32_t)steps[i][1];
        if (is_stated_at(teller, node, place))
            return true;
    }
    return false;
}

/* Whether half the figures of the node's kind are stated, one beside it too, so that a
 * blank stands out. */
static bool stands_out(KfTeller *teller, const KfNode *node)
{
    KfStanding all = { 0 };

    look_around(teller);
    for (int payer = 0; payer <= KF_PAYER_COUNT; payer++) {
        if (node->kind != KF_NODE_PAYER_TOTAL && payer != node->payer + 1)
            continue;
        all.stated += teller->standing[node->kind][payer].stated;
        all.blank += teller->standing[node->kind][payer].blank;
    }
    return all.stated >= all.blank && is_stated_beside(teller, node);
}

/* A blank among payers and totals is not stated, and not nought: it is not filled in. */
static void tell_blank(KfTeller *teller, int index)
{
    const KfNode *node = &teller->course->nodes[index];
    KfFinding *finding;
    KfOere value;
    KfArg arg;

    if (node->kind == KF_NODE_ITEM || node->figure->state != KF_FIGURE_BLANK
        || !stands_out(teller, node) || !left_for_blank(teller, index, &value)
        || kf_is_near(teller->course, value, 0))
        return;
    arg = kf_arg_amount(&teller->check->list, value);
    finding = kf_finding_at(teller->check, teller->place, KF_FINDING_AMOUNT_MISSING, KF_WARNING,
                            KF_ACTION_PROPOSE, node->figure, node->period, node->payer,
                            kf_node_label(teller->place->course, node));
    finding->expected = kf_value_amount(value);
    kf_say(&teller->check->list, finding, KF_SAY_BLANK_LEFT, &arg, 1);
}

/* Sums that only agree within rounding are said, at most as information. */
static void tell_rounding(const KfTeller *teller)
{
    for (size_t i = 0; i < teller->course->node_count; i++) {
        const KfNode *node = &teller->course->nodes[i];
        const KfTruth *truth = &teller->best->truth[i];
        KfFinding *finding;

        if (node->kind != KF_NODE_TOTAL || node->figure->state != KF_FIGURE_STATED || !truth->known
            || teller->best->fate[i] != KF_FATE_RIGHT || truth->value == node->figure->value)
            continue;
        finding = kf_finding_at(teller->check, teller->place, KF_FINDING_TOTAL_ITEMS, KF_INFO,
                                KF_ACTION_NONE, node->figure, node->period, node->payer,
                                kf_node_label(teller->place->course, node));
        finding->found = kf_value_amount(node->figure->value);
        finding->expected = kf_value_amount(truth->value);
        kf_say(&teller->check->list, finding, KF_SAY_TOTAL_ROUNDING,
               (KfArg[]){ kf_arg_amount(&teller->check->list, truth->value),
                          kf_arg_amount(&teller->check->list, truth->value - node->figure->value) },
               2);
    }
}

/* What cannot be recalculated here counts with the result that the file keeps: said once a
 * course. */
static void tell_unknown_formulas(const KfTeller *teller)
{
    KfFindingList *list = &teller->check->list;
    const KfNode *first = NULL;
    KfFinding *finding;
    int64_t others = 0;
    KfArg arg;

    for (size_t i = 0; i < teller->course->node_count; i++) {
        const KfNode *node = &teller->course->nodes[i];

        if (!teller->faults[i].unknown || node->figure->state != KF_FIGURE_STATED)
            continue;
        others += first != NULL;
        first = first ? first : node;
    }
    if (!first)
        return;
    finding = kf_finding_at(teller->check, teller->place, KF_FINDING_FORMULA_UNKNOWN, KF_INFO,
                            KF_ACTION_NONE, first->figure, first->period, first->payer,
                            kf_node_label(teller->place->course, first));
    finding->found = kf_value_amount(first->figure->value);
    arg = kf_arg_text(first->figure->formula);
    kf_say(list, finding, KF_SAY_FORMULA_LEFT, &arg, 1);
    arg = kf_arg_number(list, others);
    if (others)
        kf_say(list, finding, KF_SAY_FORMULA_LEFT_MORE, &arg, 1);
}

static void tell_left_out(const KfTeller *teller)
{
    const KfCourse *course = teller->place->course;

    for (size_t i = 0; i < course->item_count; i++) {
        const KfFigure label = { .ref = course->items[i].label.ref };

        if (teller->course->left_out[i])
            kf_say(&teller->check->list,
                   kf_finding_at(teller->check, teller->place, KF_FINDING_FILE_UNPLACED, KF_WARNING,
                                 KF_ACTION_NONE, &label, -1, KF_PAYER_NONE,
                                 course->items[i].label.text),
                   KF_SAY_LEFT_OUT, NULL, 0);
    }
}

void kf_check_course(KfCheck *check, const KfPlace *place, KfCourseCheck *course)
{
    const size_t first = check->list.count;
    KfVerdict verdict;
    KfTeller teller = { .check = check, .place = place, .course = course, .verdict = &verdict };

    verdict = kf_locate_course(check, place, course, &teller.faults);
    teller.best = verdict.best;
    teller.marks = kf_arena_array(course->arena, course->node_count, sizeof *teller.marks);
    for (size_t i = 0; i < course->node_count; i++) {
        if (teller.best->fate[i] == KF_FATE_ROOT)
            tell_root(&teller, (int)i);
    }
    for (size_t i = 0; i < course->node_count; i++) {
        if (teller.best->fate[i] == KF_FATE_CONSEQUENCE)
            tell_consequence(&teller, (int)i);
    }
    kf_hold_back(check, course, first);
    tell_left_out(&teller);
    tell_unknown_formulas(&teller);
    for (size_t i = 0; i < course->node_count; i++) {
        tell_fault(&teller, (int)i);
        tell_blank(&teller, (int)i);
        tell_unreadable(&teller, (int)i);
    }
    for (size_t p = 0; p < place->course->period_count; p++)
        tell_no_amounts(&teller, p);
    tell_rounding(&teller);
    kf_check_formulas(check, place, course);
    kf_check_inferred(check, place, course, teller.best);
}
