/* Summaries against the cases of the same workbook. A figure that says what the case
 * says, though the case has it wrong, follows from the case. */
#include "check/table_check.h"

#include "check/tie_given.h"
#include "extract/evidence.h"
#include "extract/form_line.h"

#include <stdlib.h>

enum {
    PAYERS = KF_PAYER_COUNT + 1,
    SUMS = (KF_COURSE_GAIN + 1) * PAYERS,
    ITEMS_LOOKED_AT = 1000000, /* a summary that names a benefit ever again takes no longer */
    CASES_GROUPED = 200        /* more are not looked through for those of a municipality */
};

/* Cases that follow one another. */
typedef struct {
    size_t first, end;
} Group;

typedef struct {
    KfText citizen;
    size_t index;
} Name;

/* An item of a course, and the next one of the same label. */
typedef struct {
    const KfCourse *course;
    const KfItem *item;
    size_t next; /* SIZE_MAX: there is none */
} LabelledItem;

/* What is worked out of the cases once, for all summaries. */
typedef struct KfCaseSums {
    KfCaseFindings findings;
    LabelledItem *items; /* of all cases, once a benefit was asked for, */
    size_t item_count, item_cap;
    KfTextMap first_item; /* of a label */
    size_t looks_left;
    Name *names;     /* of the cases, in order */
    KfGiven **sums;  /* what the cases give, once it was asked for: by course and payer; of a */
    KfGiven ***each; /* case, and of all together */
} CaseSums;

typedef struct {
    KfCheck *check;
    const KfTable *table;
    const KfModel *model;
    CaseSums *cases;
    int course;    /* that the title names, or -1 */
    size_t owner;  /* the one case that all is of, or SIZE_MAX */
    Group *groups; /* one a row: a municipality's cases, or none */
    bool is_average;
} Ties;

/* ---- looking up ------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
    const Name *x = a, *y = b;
    int order = kf_text_cmp(x->citizen, y->citizen);

    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static CaseSums *case_sums(KfCheck *check)
{
    const KfModel *model = &check->audit->model;
    KfArena *arena = check->arena;
    CaseSums *out = check->case_sums;

    if (out)
        return out;
    check->case_sums = out = kf_arena_alloc(arena, sizeof *out);
    out->looks_left = ITEMS_LOOKED_AT;
    out->findings = kf_case_findings(check);
    out->names = kf_arena_array(arena, model->case_count, sizeof *out->names);
    for (size_t i = 0; i < model->case_count; i++)
        out->names[i] = (Name){ model->cases[i].citizen, i };
    qsort(out->names, model->case_count, sizeof *out->names, by_name);
    out->each = kf_arena_array(arena, model->case_count, sizeof *out->each);
    out->sums = kf_arena_array(arena, SUMS, sizeof *out->sums);
    return out;
}

/* The first case of the citizen, or case_count. */
static size_t case_of(const Ties *ties, KfText citizen)
{
    size_t lo = 0, hi = ties->model->case_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (kf_text_cmp(ties->cases->names[mid].citizen, citizen) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < ties->model->case_count && kf_text_eq(ties->cases->names[lo].citizen, citizen)
               ? ties->cases->names[lo].index
               : ties->model->case_count;
}

/* ---- what the cases give --------------------------------------------------- */

static KfGiven **place_of(KfGiven **sums, int course, int payer)
{
    return &sums[course * PAYERS + (payer == KF_PAYER_NONE ? KF_PAYER_COUNT : payer)];
}

static KfGiven one_case(const Ties *ties, size_t index, int course, int payer)
{
    KfGiven **kept;

    if (!ties->cases->each[index])
        ties->cases->each[index] =
            kf_arena_array(ties->check->arena, SUMS, sizeof **ties->cases->each);
    kept = place_of(ties->cases->each[index], course, payer);
    if (!*kept) {
        *kept = kf_arena_alloc(ties->check->arena, sizeof **kept);
        **kept = (KfGiven){ .known = true };
        kf_given_add(&ties->cases->findings, *kept, index, course, payer);
        for (int k = 0; payer == KF_PAYER_NONE && k < KF_PAYER_COUNT; k++) {
            const KfGiven part = one_case(ties, index, course, k);

            kf_given_add_payer(*kept, &part);
        }
    }
    return **kept;
}

static KfGiven all_cases(const Ties *ties, int course, int payer, bool average)
{
    KfGiven **kept = place_of(ties->cases->sums, course, payer), sum;

    if (!*kept) {
        *kept = kf_arena_alloc(ties->check->arena, sizeof **kept);
        **kept = (KfGiven){ .known = true };
        for (size_t i = 0; i < ties->model->case_count; i++)
            kf_given_add(&ties->cases->findings, *kept, i, course, payer);
        for (int k = 0; payer == KF_PAYER_NONE && k < KF_PAYER_COUNT; k++) {
            const KfGiven part = all_cases(ties, course, k, false);

            kf_given_add_payer(*kept, &part);
        }
    }
    sum = **kept;
    if (average)
        kf_given_share(&sum, ties->model->case_count);
    return sum;
}

/* ---- by municipality ----------------------------------------------------------- */

static bool is_of_course(const KfLine *column)
{
    return column->course >= 0 && column->course < KF_COURSE_COUNT;
}

/* For each column that a course has, what the cases before each one cost together as they
 * stand; NULL for other columns. */
static KfOere **running_sums(const Ties *ties)
{
    const size_t count = ties->model->case_count, columns = ties->table->column_count;
    KfOere **sums = kf_arena_array(ties->check->scratch, columns, sizeof *sums);

    for (size_t c = 0; c < columns; c++) {
        const KfLine *column = &ties->table->columns[c];

        if (!is_of_course(column))
            continue;
        sums[c] = kf_arena_array(ties->check->scratch, count + 1, sizeof **sums);
        for (size_t i = 0; i < count; i++)
            sums[c][i + 1] = sums[c][i] + one_case(ties, i, column->course, column->payer).stated;
    }
    return sums;
}

/* Whether both courses of the cases, as they stand, are what the row says. */
static bool gives_row(const Ties *ties, KfOere *const *sums, size_t row, const Group *group)
{
    const KfTable *table = ties->table;
    bool seen[KF_COURSE_COUNT] = { false };

    for (size_t c = 0; c < table->column_count; c++) {
        const KfFigure *figure = &table->figures[row * table->column_count + c];
        KfOere sum;

        if (!sums[c] || figure->state != KF_FIGURE_STATED)
            continue;
        sum = sums[c][group->end] - sums[c][group->first];
        if (sum < figure->range.lo || sum > figure->range.hi || sum == 0)
            return false;
        seen[table->columns[c].course] = true;
    }
    return seen[KF_ACTUAL] && seen[KF_COUNTERFACTUAL];
}

/* A workbook has the cases of a municipality one after the other. */
static Group group_of(const Ties *ties, KfOere *const *sums, size_t row)
{
    const size_t count = ties->model->case_count;
    Group group;

    for (group.first = 0; group.first < count; group.first++) {
        for (group.end = group.first + 1; group.end <= count; group.end++) {
            if (gives_row(ties, sums, row, &group))
                return group;
        }
    }
    return (Group){ 0, 0 };
}

static void find_groups(Ties *ties, bool by_citizen)
{
    const KfTable *table = ties->table;
    KfOere **sums = NULL;

    ties->groups = kf_arena_array(ties->check->scratch, table->row_count, sizeof *ties->groups);
    if (by_citizen || ties->model->case_count > CASES_GROUPED)
        return;
    for (size_t r = 0; r < table->row_count; r++) {
        if (table->rows[r].role != KF_LINE_ITEM || !kf_is_municipality(table->rows[r].label.text))
            continue;
        sums = sums ? sums : running_sums(ties);
        ties->groups[r] = group_of(ties, sums, r);
    }
}

static KfGiven grouped_cases(const Ties *ties, const Group *group, int course, int payer)
{
    KfGiven sum = { .known = true };

    for (size_t i = group->first; i < group->end; i++) {
        kf_given_add(&ties->cases->findings, &sum, i, course, payer);
        for (int k = 0; payer == KF_PAYER_NONE && k < KF_PAYER_COUNT; k++) {
            const KfGiven part = one_case(ties, i, course, k);

            kf_given_add_payer(&sum, &part);
        }
    }
    return sum;
}

/* ---- by benefit --------------------------------------------------------------- */

static void add_item(Ties *ties, const KfCourse *course, const KfItem *item)
{
    LabelledItem found = { course, item, SIZE_MAX };
    size_t first;

    if (item->is_part || item->label.text.len == 0)
        return;
    if (kf_text_map_get(&ties->cases->first_item, item->label.text, &first))
        found.next = first;
    kf_text_map_set(&ties->cases->first_item, ties->check->arena, item->label.text,
                    ties->cases->item_count);
    KF_PUSH(ties->check->arena, ties->cases->items, ties->cases->item_count, ties->cases->item_cap,
            found);
}

static void index_items(Ties *ties)
{
    for (size_t c = 0; c < ties->model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            const KfCourse *course = &ties->model->cases[c].courses[kind];

            for (size_t i = 0; ties->model->cases[c].has[kind] && i < course->item_count; i++)
                add_item(ties, course, &course->items[i]);
        }
    }
}

/* What a benefit costs in all cases, in one course or as the gain. */
static KfGiven one_benefit(Ties *ties, KfText label, int course)
{
    KfGiven sum = { .known = false };
    size_t at;

    if (ties->cases->item_count == 0)
        index_items(ties);
    if (!kf_text_map_get(&ties->cases->first_item, label, &at))
        return sum;
    sum.known = true;
    for (; at != SIZE_MAX && sum.known; at = ties->cases->items[at].next) {
        const LabelledItem *found = &ties->cases->items[at];
        const int kind = (int)found->course->kind;

        if (course == KF_COURSE_GAIN || kind == course)
            kf_given_add_item(&ties->cases->findings, &sum, found->course, found->item,
                              course == KF_COURSE_GAIN && kind == KF_ACTUAL ? -1 : 1);
        sum.known = ties->cases->looks_left > 0;
        ties->cases->looks_left -= sum.known;
    }
    return sum;
}

/* ---- what a cell stands for ------------------------------------------------ */

static bool is_citizen(const Ties *ties, const KfLine *line)
{
    return case_of(ties, line->label.text) < ties->model->case_count;
}

static bool names_citizens(const Ties *ties, const KfLine *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_citizen(ties, &lines[i]))
            return true;
    }
    return false;
}

/* Rows of citizens by columns of payers or courses, or payers and courses alone: then
 * the figures are those of all cases. */
static KfTieScope scope_of(const Ties *ties, size_t cell, bool by_citizen)
{
    const size_t r = cell / ties->table->column_count, count = ties->model->case_count;
    const KfLine *row = &ties->table->rows[r];
    const KfLine *column = &ties->table->columns[cell % ties->table->column_count];
    const Group *group = &ties->groups[r];
    const bool total = row->role == KF_LINE_TOTAL || row->role == KF_LINE_AVERAGE;
    KfTieScope scope = { .end = count };

    scope.course = column->course >= 0 ? column->course
                   : row->course >= 0  ? row->course
                                       : ties->course;
    scope.payer = column->payer != KF_PAYER_NONE ? column->payer : row->payer;
    if (scope.course < 0 || row->role == KF_LINE_NOTE || column->role == KF_LINE_NOTE
        || column->role == KF_LINE_PER_CASE || column->role == KF_LINE_AVERAGE)
        return scope;
    scope.known = true;
    if (ties->owner < count) {
        scope.first = ties->owner;
        scope.end = ties->owner + 1;
    } else if (group->first < group->end) {
        scope.first = group->first;
        scope.end = group->end;
    } else if (by_citizen && !total) {
        scope.first = case_of(ties, row->label.text);
        scope.end = scope.first + 1;
        scope.known = scope.first < count;
    } else if (!by_citizen && row->role == KF_LINE_ITEM && row->course < 0) {
        scope.label = row->label.text; /* perhaps a year's figures */
        scope.known = scope.payer == KF_PAYER_NONE && scope.label.len > 0;
    } else {
        scope.is_average = row->role == KF_LINE_AVERAGE || (!by_citizen && ties->is_average);
    }
    return scope;
}

static KfGiven given_at(Ties *ties, const KfTieScope *scope)
{
    const Group group = { scope->first, scope->end };

    if (!scope->known)
        return (KfGiven){ .known = false };
    if (scope->label.len)
        return one_benefit(ties, scope->label, scope->course);
    if (scope->end - scope->first == ties->model->case_count)
        return all_cases(ties, scope->course, scope->payer, scope->is_average);
    if (scope->end - scope->first == 1)
        return one_case(ties, scope->first, scope->course, scope->payer);
    return grouped_cases(ties, &group, scope->course, scope->payer);
}

/* What the figure can stand for, as wide as the tolerance makes it. */
static KfTieKind explain(const Ties *ties, const KfFigure *figure, const KfGiven *given,
                         uint32_t *cause)
{
    const KfOere slack = ties->check->options->tolerance;

    return kf_given_explains(
        given, (KfInterval){ figure->range.lo - slack, figure->range.hi + slack }, cause);
}

/* ---- findings -------------------------------------------------------------- */

static KfFinding *add_finding(const Ties *ties, size_t cell, const KfGiven *given,
                              KfSeverity severity, KfAction action)
{
    const size_t columns = ties->table->column_count;
    KfFinding *finding = kf_table_finding(ties->check, ties->table, cell / columns, cell % columns,
                                          KF_FINDING_TOTAL_SUMMARY, severity, action);

    finding->found = kf_value_amount(ties->table->figures[cell].value);
    finding->expected = kf_value_amount(kf_given_meant(given, ties->table->figures[cell].value));
    return finding;
}

/* Whether what the cases give may be another figure once a person has decided. */
static bool is_open(const KfGiven *given)
{
    bool open = given->is_open || given->way_count == KF_WAYS_MAX;

    for (size_t i = 0; i < given->way_count; i++)
        open |= given->ways[i].cause == 0;
    return open;
}

/* A mistake of the cases that stands here too. */
static uint32_t tell_following(const Ties *ties, size_t cell, const KfGiven *given, uint32_t mark)
{
    KfFindingList *list = &ties->check->list;
    const KfFinding *cause = &list->items[mark - 1];
    const bool open = is_open(given) || cause->action != KF_ACTION_CORRECT;
    const uint32_t root = cause->root ? cause->root : mark;
    KfArg from = kf_arg_cell(list, cause->cell, ties->table->figures[cell].ref.sheet);
    KfFinding *finding = add_finding(ties, cell, given, cause->severity,
                                     open ? KF_ACTION_PROPOSE : KF_ACTION_CORRECT);

    finding->root = root;
    kf_say(list, finding, KF_SAY_FOLLOWS, &from, 1);
    return kf_finding_mark(list, finding);
}

/* A formula that gives what it shows would give it again. */
static bool is_recalculated(const Ties *ties, const KfFigure *figure)
{
    return figure->is_formula
           && !kf_formula_stale(kf_check_evaluator(ties->check), figure->ref, NULL);
}

static uint32_t tell(const Ties *ties, size_t cell, const KfGiven *given)
{
    KfFindingList *list = &ties->check->list;
    const KfFigure *figure = &ties->table->figures[cell];
    const KfOere typed = figure->value;
    const bool waits = is_open(given) || is_recalculated(ties, figure);
    KfFinding *finding =
        add_finding(ties, cell, given, KF_ERROR, waits ? KF_ACTION_PROPOSE : KF_ACTION_CORRECT);

    kf_say(
        list, finding, KF_SAY_SUMMARY,
        (KfArg[]){ kf_arg_amount(list, given->meant), kf_arg_amount(list, given->meant - typed) },
        2);
    kf_say_slip(ties->check, finding, typed, given->meant);
    return kf_finding_mark(list, finding);
}

/* Most figures disagree: the summary is of something else, and that is said once. */
static void tell_apart(const Ties *ties, size_t cell, const KfGiven *given)
{
    KfFinding *finding = add_finding(ties, cell, given, KF_WARNING, KF_ACTION_NONE);

    kf_say(&ties->check->list, finding, KF_SAY_SUMMARY_APART, NULL, 0);
}

static void read_title(Ties *ties)
{
    KfText title = ties->table->title.text;

    ties->course = kf_line_words(title).course;
    if (ties->course < 0 && kf_text_find(title, KF_TEXT("gevinst")) != SIZE_MAX)
        ties->course = KF_COURSE_GAIN;
    ties->is_average = kf_text_find(title, KF_TEXT("pr. borger")) != SIZE_MAX
                       || kf_text_find(title, KF_TEXT("pr. sag")) != SIZE_MAX
                       || kf_text_find(title, KF_TEXT("ennemsnit")) != SIZE_MAX;
}

/* The cell against what the cases give. */
static KfTie tie(const Ties *ties, size_t cell, const KfTieScope *scope, const KfGiven *given)
{
    const KfFigure *figure = &ties->table->figures[cell];
    KfTie out = { .is_tied = true, .value = figure->value, .is_open = is_open(given) };
    uint32_t cause;

    switch (explain(ties, figure, given, &cause)) {
    case KF_TIE_AGREES:
        break;
    case KF_TIE_FOLLOWS:
        out.value = kf_given_meant(given, figure->value);
        out.follows = tell_following(ties, cell, given, cause);
        break;
    case KF_TIE_DIFFERS:
        out.value = given->meant;
        out.mark = tell(ties, cell, given);
        out.slips =
            kf_tied_slips(ties->check, &ties->cases->findings, scope, figure->value - given->meant);
        break;
    }
    return out;
}

/* What the cases give for each figure of the table, and how many agree. */
typedef struct {
    KfTieScope *scopes; /* one a cell, */
    KfGiven *given;     /* and what the cases give in it */
    size_t tied, agreed;
    size_t slips; /* that differ by a keystroke */
    size_t first; /* that differs; SIZE_MAX: none */
} Comparison;

static Comparison compare(Ties *ties, bool by_citizen)
{
    const KfTable *table = ties->table;
    const size_t cells = table->row_count * table->column_count;
    Comparison out = { .scopes = kf_arena_array(ties->check->scratch, cells, sizeof *out.scopes),
                       .given = kf_arena_array(ties->check->scratch, cells, sizeof *out.given),
                       .first = SIZE_MAX };

    for (size_t i = 0; i < cells; i++) {
        uint32_t cause;

        if (table->figures[i].state != KF_FIGURE_STATED)
            continue;
        out.scopes[i] = scope_of(ties, i, by_citizen);
        out.given[i] = given_at(ties, &out.scopes[i]);
        if (!out.given[i].known)
            continue;
        out.tied++;
        if (explain(ties, &table->figures[i], &out.given[i], &cause) != KF_TIE_DIFFERS) {
            out.agreed++;
            continue;
        }
        out.slips += kf_slip(table->figures[i].value, out.given[i].meant) != KF_SLIP_NONE;
        out.first = out.first == SIZE_MAX ? i : out.first;
    }
    return out;
}

/* Of gains below their case a keystroke is no sign that they are about something else. */
static bool mostly_agrees(const Ties *ties, const Comparison *with)
{
    const size_t slips = ties->owner == SIZE_MAX ? 0 : with->slips;

    return with->tied && (with->agreed + slips) * 2 >= with->tied;
}

/* Gains below a case are its own, or at the end of the sheet those of all cases. */
static Comparison compare_owner(Ties *ties, bool by_citizen)
{
    Comparison with;

    if (ties->table->owner) {
        ties->owner = ties->table->owner - 1;
        with = compare(ties, by_citizen);
        if (mostly_agrees(ties, &with))
            return with;
        ties->owner = SIZE_MAX;
    }
    return compare(ties, by_citizen);
}

KfTie *kf_check_ties(KfCheck *check, const KfTable *table)
{
    const size_t cells = table->row_count * table->column_count;
    Ties ties = {
        .check = check, .table = table, .model = &check->audit->model, .owner = SIZE_MAX
    };
    Comparison with;
    bool by_citizen;
    KfTie *out;

    if (ties.model->case_count == 0)
        return NULL;
    ties.cases = case_sums(check);
    read_title(&ties);
    by_citizen = names_citizens(&ties, table->rows, table->row_count);
    find_groups(&ties, by_citizen);
    with = compare_owner(&ties, by_citizen);
    if (with.tied == 0)
        return NULL;
    if (by_citizen ? with.agreed == 0 && with.tied > 2 : !mostly_agrees(&ties, &with)) {
        if (by_citizen)
            tell_apart(&ties, with.first, &with.given[with.first]);
        return NULL;
    }
    out = kf_arena_array(check->scratch, cells, sizeof *out);
    for (size_t i = 0; i < cells; i++) {
        if (with.given[i].known)
            out[i] = tie(&ties, i, &with.scopes[i], &with.given[i]);
    }
    return out;
}
