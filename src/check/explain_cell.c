/* Where one figure comes from. The course is checked anew, as the audit did, and
 * what was made of the figure is told step by step. */
#include "check/explain_steps.h"

static const char *const kind_keys[] = {
    [KF_EXPLAIN_ITEM] = "item",
    [KF_EXPLAIN_PAYER] = "payer",
    [KF_EXPLAIN_TOTAL] = "total",
    [KF_EXPLAIN_PART] = "part",
    [KF_EXPLAIN_ITEM_TOTAL] = "item-total",
    [KF_EXPLAIN_PAYER_TOTAL] = "payer-total",
    [KF_EXPLAIN_CASE_TOTAL] = "case-total",
    [KF_EXPLAIN_PERIOD] = "period",
    [KF_EXPLAIN_BENEFIT] = "benefit",
    [KF_EXPLAIN_TABLE] = "table",
    [KF_EXPLAIN_OTHER] = "other",
};

static const KfExplainKind node_kinds[] = {
    [KF_NODE_ITEM] = KF_EXPLAIN_ITEM,
    [KF_NODE_PAYER] = KF_EXPLAIN_PAYER,
    [KF_NODE_TOTAL] = KF_EXPLAIN_TOTAL,
    [KF_NODE_PART] = KF_EXPLAIN_PART,
    [KF_NODE_ITEM_TOTAL] = KF_EXPLAIN_ITEM_TOTAL,
    [KF_NODE_PAYER_TOTAL] = KF_EXPLAIN_PAYER_TOTAL,
    [KF_NODE_CASE_TOTAL] = KF_EXPLAIN_CASE_TOTAL,
    [KF_NODE_SUBTOTAL] = KF_EXPLAIN_TOTAL,
};

const char *kf_explain_key(KfExplainKind kind)
{
    return kind_keys[kind];
}

const char *kf_step_key(KfStepKind kind)
{
    static const char *const keys[] = {
        [KF_STEP_HEADING] = "heading",   [KF_STEP_ITEM] = "item",
        [KF_STEP_BENEFIT] = "benefit",   [KF_STEP_RULE] = "rule",
        [KF_STEP_WEEKS] = "weeks",       [KF_STEP_TIER] = "tier",
        [KF_STEP_SHARE] = "share",       [KF_STEP_CAP] = "cap",
        [KF_STEP_INFERRED] = "inferred", [KF_STEP_SOURCE] = "source",
        [KF_STEP_PART] = "part",         [KF_STEP_TERM] = "term",
        [KF_STEP_SUM] = "sum",           [KF_STEP_READING] = "reading",
        [KF_STEP_NOTE] = "note",
    };

    return keys[kind];
}

KfStep *kf_step_add(KfExplainer *explainer, KfStepKind kind)
{
    KfExplained *out = explainer->out;
    KfStep step = { .kind = kind, .payer = KF_PAYER_NONE, .share_bp = -1 };

    KF_PUSH(explainer->check.arena, out->steps, out->step_count, explainer->cap, step);
    return &out->steps[out->step_count - 1];
}

void kf_step_say(KfExplainer *explainer, KfStep *step, KfSay say, const KfArg *args, size_t count)
{
    kf_sentence(&explainer->check.list, step->text, say, args, count);
}

static void say_step(KfExplainer *explainer, KfStepKind kind, KfSay say, const KfArg *args,
                     size_t count)
{
    kf_step_say(explainer, kf_step_add(explainer, kind), say, args, count);
}

/* ---- finding the cell ------------------------------------------------------- */

/* Looks for a cell among the figures of a course. */
typedef struct {
    KfRef ref;
    bool found;
} Search;

static void match_figure(KfCheck *check, const KfPlace *place, const KfFigure *figure, int period,
                         int payer, KfText label, void *ctx)
{
    Search *search = ctx;

    (void)check, (void)place, (void)period, (void)payer, (void)label;
    search->found |= figure->state != KF_FIGURE_NONE && kf_ref_order(figure->ref, search->ref) == 0;
}

static bool is_label_at(const KfLabel *label, KfRef ref)
{
    return label->has_ref && kf_ref_order(label->ref, ref) == 0;
}

static bool is_in_course(KfExplainer *explainer, const KfCourse *course, KfRef ref)
{
    const KfPlace place = { 0, course };
    Search search = { ref, false };

    if (course->sheet != ref.sheet)
        return false;
    kf_visit_figures(&explainer->check, &place, match_figure, &search);
    for (size_t p = 0; p < course->period_count; p++)
        search.found |= course->periods[p].label.has_ref
                        && kf_ref_order(course->periods[p].label.ref, ref) == 0;
    for (size_t i = 0; i < course->item_count; i++)
        search.found |= is_label_at(&course->items[i].label, ref);
    return search.found;
}

static int node_at(const KfCourseCheck *course, KfRef ref)
{
    for (size_t i = 0; i < course->node_count; i++) {
        if (kf_ref_order(course->nodes[i].figure->ref, ref) == 0)
            return (int)i;
    }
    return -1;
}

/* Payers inferred before this course was checked; the others came of it, or later. */
static size_t known_before(const KfAudit *audit, const KfCourse *course)
{
    for (size_t n = 0; n < audit->inferred_count; n++) {
        for (size_t i = 0; i < course->item_count; i++) {
            if (course->items[i].label.has_ref
                && kf_ref_order(audit->inferred[n].cell, course->items[i].label.ref) == 0)
                return n;
        }
    }
    return audit->inferred_count;
}

static void take_course(KfExplainer *explainer, size_t case_index, const KfCourse *course)
{
    KfCheck *check = &explainer->check;
    KfFormulaFault *faults;

    explainer->place = (KfPlace){ case_index, course };
    explainer->course = (KfCourseCheck){
        .arena = check->arena,
        .date_confidence = check->date_confidence,
        .tolerance = check->options->tolerance,
        .course = course,
    };
    check->inferred = (KfInferred *)check->audit->inferred;
    check->inferred_count = known_before(check->audit, course);
    kf_item_rules(check, &explainer->place, &explainer->course);
    explainer->verdict = kf_locate_course(check, &explainer->place, &explainer->course, &faults);
}

/* ---- sums ------------------------------------------------------------------- */

static KfSay terms_heading(KfNodeKind whole, KfNodeKind term)
{
    switch (term) {
    case KF_NODE_ITEM:
        return whole == KF_NODE_TOTAL || whole == KF_NODE_SUBTOTAL ? KF_SAY_EX_BY_ITEMS
                                                                   : KF_SAY_EX_BY_PERIODS;
    case KF_NODE_PAYER:
        return whole == KF_NODE_TOTAL ? KF_SAY_EX_BY_PAYERS : KF_SAY_EX_BY_PERIODS;
    case KF_NODE_PART:
        return whole == KF_NODE_PAYER_TOTAL ? KF_SAY_EX_BY_ITEMS : KF_SAY_EX_BY_PAYERS;
    case KF_NODE_TOTAL:
        return KF_SAY_EX_BY_PERIODS;
    case KF_NODE_PAYER_TOTAL:
        return KF_SAY_EX_BY_PAYERS;
    default:
        return KF_SAY_EX_BY_ITEMS;
    }
}

/* Its row, or its column where the row is that of the whole. */
static KfText term_label(const KfCourse *course, const KfNode *term, KfSay heading)
{
    if (heading == KF_SAY_EX_BY_PERIODS && term->period >= 0)
        return course->periods[term->period].label.text;
    if (heading == KF_SAY_EX_BY_PAYERS && term->kind == KF_NODE_PART)
        return course->payer_labels[term->payer].text;
    return kf_node_label(course, term);
}

static void add_term(KfExplainer *explainer, int index, KfSay heading)
{
    const KfNode *node = &explainer->course.nodes[index];
    const KfTruth *truth = &explainer->verdict.best->truth[index];
    KfStep *step = kf_step_add(explainer, KF_STEP_TERM);
    KfArg arg;

    step->has_cell = true;
    step->cell = node->figure->ref;
    step->label = term_label(explainer->course.course, node, heading);
    step->payer = node->payer;
    if (node->figure->state == KF_FIGURE_STATED)
        step->amount = kf_value_amount(node->figure->value);
    else if (node->figure->state == KF_FIGURE_UNREADABLE)
        step->amount = kf_value_text(node->figure->shown);
    if (explainer->verdict.best->fate[index] == KF_FATE_RIGHT || !truth->known)
        return;
    arg = kf_arg_amount(&explainer->check.list, truth->value);
    kf_step_say(explainer, step, KF_SAY_EX_SHOULD_BE, &arg, 1);
}

/* One of the ways in which the figure is a sum of others, as they stand. */
static void explain_sum(KfExplainer *explainer, const KfNode *whole, const KfDerivation *sum)
{
    const KfNode *nodes = explainer->course.nodes;
    const KfSay heading = terms_heading(whole->kind, nodes[sum->terms[0].node].kind);
    KfOere amount = 0;
    KfStep *step;

    say_step(explainer, KF_STEP_HEADING, heading, NULL, 0);
    for (size_t i = 0; i < sum->count; i++) {
        const KfFigure *figure = nodes[sum->terms[i].node].figure;

        amount += figure->value;
        if (figure->state != KF_FIGURE_BLANK)
            add_term(explainer, sum->terms[i].node, heading);
    }
    step = kf_step_add(explainer, KF_STEP_SUM);
    step->amount = kf_value_amount(amount);
    kf_step_say(explainer, step, KF_SAY_EX_SUM, NULL, 0);
}

static bool explain_sums(KfExplainer *explainer, const KfNode *node)
{
    bool any = false;

    for (size_t i = 0; i < node->derivation_count; i++) {
        const KfDerivation *derivation = &node->derivations[i];

        if (derivation->cost != KF_COST_SUM || !derivation->count)
            continue;
        explain_sum(explainer, node, derivation);
        any = true;
    }
    return any;
}

/* ---- payers ----------------------------------------------------------------- */

static void end_parts(KfExplainer *explainer, const KfTruth *sum)
{
    KfStep *step = kf_step_add(explainer, KF_STEP_SUM);

    step->amount = kf_value_amount(sum->value);
    step->range = sum->range;
    step->is_range = sum->range.lo != sum->range.hi;
    kf_step_say(explainer, step, KF_SAY_EX_SUM, NULL, 0);
}

/* Every item of a column, or of all of them when period is -1. */
static void explain_parts(KfExplainer *explainer, const KfNode *node)
{
    const KfCourse *course = explainer->course.course;
    const KfArg payer = kf_arg_payer(node->payer);
    KfTruth sum = { 0 };

    explainer->by_period = node->item >= 0;
    say_step(explainer, KF_STEP_HEADING, node->item < 0 ? KF_SAY_EX_OF_ITEMS : KF_SAY_EX_OF_ITEM,
             &payer, 1);
    for (size_t p = 0; p < course->period_count; p++) {
        for (size_t i = 0; i < course->item_count; i++) {
            if ((node->period < 0 || (size_t)node->period == p)
                && (node->item < 0 || (size_t)node->item == i))
                kf_explain_item_part(explainer, i, p, node->payer, &sum);
        }
    }
    end_parts(explainer, &sum);
    if (sum.range.lo != sum.range.hi && node->figure->state == KF_FIGURE_STATED
        && node->figure->value >= sum.range.lo && node->figure->value <= sum.range.hi)
        say_step(explainer, KF_STEP_NOTE, KF_SAY_EX_RANGE_HOLDS, NULL, 0);
}

/* ---- the cell --------------------------------------------------------------- */

static void take_figure(KfExplained *out, const KfFigure *figure)
{
    out->formula = figure->formula;
    if (figure->state == KF_FIGURE_STATED)
        out->stands = kf_value_amount(figure->value);
    else if (figure->state == KF_FIGURE_UNREADABLE)
        out->stands = kf_value_text(figure->shown);
}

/* What should stand: as the course was explained; for an item, as it is proposed. */
static KfValue expected_of(const KfExplainer *explainer, const KfNode *node, const KfTruth *truth)
{
    const KfExplained *out = explainer->out;

    for (size_t i = 0; i < out->finding_count; i++) {
        const KfFinding *finding = out->findings[i];

        if (finding->has_cell && kf_ref_order(finding->cell, out->ref) == 0
            && finding->severity > KF_INFO && finding->expected.kind == KF_VALUE_AMOUNT
            && finding->expected.amount != node->figure->value)
            return finding->expected;
    }
    if (!truth->known)
        return (KfValue){ 0 };
    if (node->figure->state == KF_FIGURE_STATED && kf_node_agrees(&explainer->course, node, truth))
        return out->stands;
    return kf_value_amount(truth->value);
}

static void explain_node(KfExplainer *explainer, int index)
{
    const KfNode *node = &explainer->course.nodes[index];
    const KfTruth *truth = &explainer->verdict.best->truth[index];
    KfExplained *out = explainer->out;

    out->kind = node_kinds[node->kind];
    out->payer = node->payer;
    out->period = kf_period_text(explainer->check.arena, explainer->place.course, node->period);
    out->label = kf_node_label(explainer->place.course, node);
    take_figure(out, node->figure);
    out->expected = expected_of(explainer, node, truth);
    if (node->figure->state == KF_FIGURE_BLANK)
        say_step(explainer, KF_STEP_NOTE, KF_SAY_EX_BLANK, NULL, 0);
    if (!truth->known)
        say_step(explainer, KF_STEP_NOTE, KF_SAY_EX_UNSURE, NULL, 0);
    if (node->kind == KF_NODE_ITEM) {
        kf_explain_item_part(explainer, (size_t)node->item, (size_t)node->period, KF_PAYER_NONE,
                             NULL);
        kf_explain_readings(explainer, (size_t)node->item, (size_t)node->period,
                            node->figure->value);
    } else if (node->kind == KF_NODE_PAYER || node->kind == KF_NODE_PART
               || (!explain_sums(explainer, node) && node->payer >= 0)) {
        explain_parts(explainer, node);
    }
}

static void explain_period(KfExplainer *explainer, size_t column)
{
    const KfCourse *course = explainer->place.course;
    const KfPeriodColumn *heading = &course->periods[column];
    const KfRef ref = heading->label.ref;
    const KfCell *cell = kf_grid_at(&explainer->check.book->sheets[ref.sheet], ref.row, ref.col);
    KfFindingList *list = &explainer->check.list;
    KfStep *step = kf_step_add(explainer, KF_STEP_NOTE);
    KfBuf grid = { 0 };
    KfArg arg;

    explainer->out->kind = KF_EXPLAIN_PERIOD;
    explainer->out->payer = KF_PAYER_NONE;
    explainer->out->label = heading->label.text;
    explainer->out->stands = kf_value_text(heading->label.text);
    explainer->out->period = kf_period_text(explainer->check.arena, course, (int)column);
    for (size_t i = 0; i < explainer->out->finding_count; i++) {
        if (explainer->out->findings[i]->expected.kind == KF_VALUE_TEXT)
            explainer->out->expected = explainer->out->findings[i]->expected;
    }
    if (heading->period.from < 0) {
        kf_step_say(explainer, step, KF_SAY_EX_PERIOD_BAD, NULL, 0);
    } else {
        kf_step_say(explainer, step, KF_SAY_EX_PERIOD,
                    (KfArg[]){ kf_arg_number(list, heading->period.from),
                               kf_arg_number(list, heading->period.to),
                               kf_arg_number(list, kf_period_months(heading->period)) },
                    3);
        if (heading->period.from == 0)
            kf_step_say(explainer, step, KF_SAY_EX_PERIOD_ZERO, NULL, 0);
        if (cell && cell->kind == KF_CELL_NUMBER)
            kf_step_say(explainer, step, KF_SAY_EX_PERIOD_DATE, NULL, 0);
    }
    for (size_t p = 0; p < course->period_count; p++) {
        kf_buf_str(&grid, p ? ", " : "");
        if (course->periods[p].period.from < 0)
            kf_buf_char(&grid, '?');
        else
            kf_buf_period(&grid, course->periods[p].period);
    }
    arg = kf_arg_text(kf_arena_take(explainer->check.arena, &grid));
    kf_buf_free(&grid);
    say_step(explainer, KF_STEP_NOTE, KF_SAY_EX_PERIOD_GRID, &arg, 1);
}

/* A "heraf" row counts nowhere, so it has no node. */
static bool explain_sub_row(KfExplainer *explainer, KfRef ref)
{
    const KfCourse *course = explainer->place.course;

    for (size_t i = 0; i < course->item_count; i++) {
        for (size_t p = 0; course->items[i].is_part && p < course->period_count; p++) {
            const KfFigure *figure = &course->items[i].amounts[p];

            if (figure->state == KF_FIGURE_NONE || kf_ref_order(figure->ref, ref) != 0)
                continue;
            explainer->out->kind = KF_EXPLAIN_ITEM;
            explainer->out->payer = KF_PAYER_NONE;
            explainer->out->label = course->items[i].label.text;
            explainer->out->period = kf_period_text(explainer->check.arena, course, (int)p);
            take_figure(explainer->out, figure);
            say_step(explainer, KF_STEP_NOTE, KF_SAY_EX_IS_PART, NULL, 0);
            return true;
        }
    }
    return false;
}

/* Each amount of the benefit, and who pays it. */
static bool explain_benefit(KfExplainer *explainer, KfRef ref)
{
    const KfCourse *course = explainer->place.course;

    for (size_t i = 0; i < course->item_count; i++) {
        const KfItem *item = &course->items[i];

        if (!is_label_at(&item->label, ref))
            continue;
        explainer->out->kind = KF_EXPLAIN_BENEFIT;
        explainer->out->label = item->label.text;
        explainer->out->stands = kf_value_text(item->label.text);
        explainer->by_period = true;
        if (item->is_part)
            say_step(explainer, KF_STEP_NOTE, KF_SAY_EX_IS_PART, NULL, 0);
        for (size_t p = 0; p < course->period_count; p++) {
            if (item->amounts[p].value)
                kf_explain_item_part(explainer, i, p, KF_PAYER_NONE, NULL);
        }
        return true;
    }
    return false;
}

static bool explain_in_course(KfExplainer *explainer, KfRef ref)
{
    const KfCourse *course = explainer->place.course;
    int node = node_at(&explainer->course, ref);

    if (node >= 0) {
        explain_node(explainer, node);
        return true;
    }
    for (size_t p = 0; p < course->period_count; p++) {
        if (course->periods[p].label.has_ref
            && kf_ref_order(course->periods[p].label.ref, ref) == 0) {
            explain_period(explainer, p);
            return true;
        }
    }
    return explain_sub_row(explainer, ref) || explain_benefit(explainer, ref);
}

static bool is_about(const KfFinding *finding, KfRef ref)
{
    return finding->has_cell && kf_ref_order(finding->cell, ref) == 0;
}

/* What is known of a cell outside of the courses: its table's sums, and its findings. */
static bool explain_elsewhere(KfExplainer *explainer, KfRef ref)
{
    KfExplained *out = explainer->out;
    const KfGrid *grid = &explainer->check.book->sheets[ref.sheet];
    const KfCell *cell = kf_grid_at(grid, ref.row, ref.col);
    const bool in_table = kf_explain_table(explainer, ref);

    out->case_index = KF_NO_INDEX;
    out->kind = in_table ? KF_EXPLAIN_TABLE : KF_EXPLAIN_OTHER;
    if (cell) {
        out->stands = kf_value_text(cell->text);
        out->formula = cell->formula;
    }
    for (size_t i = 0; i < out->finding_count; i++) {
        const KfFinding *finding = out->findings[i];

        if (!is_about(finding, ref))
            continue;
        if (!out->label.len)
            out->label = finding->label;
        if (finding->found.kind != KF_VALUE_NONE)
            out->stands = finding->found;
        out->expected = finding->expected;
        return true;
    }
    return in_table;
}

/* A consequence of a consequence has the same root, so one look back is enough. */
static void take_findings(KfExplainer *explainer, const KfAudit *audit, KfRef ref)
{
    size_t cap = 0;

    for (size_t i = 0; i < audit->finding_count; i++) {
        const KfFinding *finding = &audit->findings[i];
        bool wanted = is_about(finding, ref);

        if (finding->root && finding->root <= i) {
            const KfFinding *root = &audit->findings[finding->root - 1];

            wanted |= is_about(root, ref);
        }
        if (wanted)
            KF_PUSH(explainer->check.arena, explainer->out->findings, explainer->out->finding_count,
                    cap, finding);
    }
}

bool kf_explain_cell(KfArena *arena, const KfAudit *audit, KfRef ref, KfExplained *out)
{
    const KfCheckOptions options = { .rules = audit->rules,
                                     .as_of = audit->as_of,
                                     .tolerance = audit->tolerance };
    KfExplainer explainer = {
        .check = { .arena = arena,
                   .scratch = arena,
                   .book = audit->book,
                   .options = &options,
                   .audit = (KfAudit *)audit, /* read only here */
                   .list = { .arena = arena, .book = audit->book },
                   .date_confidence = audit->date_confidence,
                   .year = audit->year },
        .out = out,
    };

    *out = (KfExplained){ .ref = ref, .payer = KF_PAYER_NONE };
    take_findings(&explainer, audit, ref);
    for (size_t c = 0; c < audit->model.case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            const KfCase *one = &audit->model.cases[c];

            if (!one->has[kind] || !is_in_course(&explainer, &one->courses[kind], ref))
                continue;
            take_course(&explainer, c, &one->courses[kind]);
            out->case_index = c;
            out->course = (KfCourseKind)kind;
            if (explain_in_course(&explainer, ref))
                return true;
        }
    }
    return explain_elsewhere(&explainer, ref);
}
