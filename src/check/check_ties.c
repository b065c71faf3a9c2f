/* Summaries against the cases of the same workbook. A figure that says what the case
 * says, though the case has it wrong, follows from the case. */
#include "check/table_check.h"

#include "extract/form_line.h"

#include <stdlib.h>

/* A figure of the cases: as it stands, and as it should be. */
typedef struct {
    bool known;
    bool is_open; /* it rests on what a person must decide */
    KfOere stated, meant;
    KfOere slack;   /* what rounding of its parts can amount to */
    uint32_t cause; /* mark of the finding that tells them apart, or 0 */
} Given;

typedef struct {
    KfText citizen;
    size_t index;
} Name;

typedef struct {
    KfCheck *check;
    const KfTable *table;
    const KfModel *model;
    const KfFinding **by_cell; /* findings of cases with an amount to be */
    size_t finding_count;
    Name *names; /* of the cases, in order */
    int course;  /* that the title names, or -1 */
    bool is_average;
} Ties;

/* ---- looking up ------------------------------------------------------------ */

static int by_cell(const void *a, const void *b)
{
    const KfFinding *x = *(const KfFinding *const *)a, *y = *(const KfFinding *const *)b;
    int order = kf_ref_order(x->cell, y->cell);

    return order ? order : (x > y) - (x < y);
}

static int by_name(const void *a, const void *b)
{
    const Name *x = a, *y = b;
    int order = kf_text_cmp(x->citizen, y->citizen);

    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void make_indexes(Ties *ties)
{
    const KfFindingList *list = &ties->check->list;

    ties->by_cell = kf_arena_array(ties->check->scratch, list->count, sizeof *ties->by_cell);
    for (size_t i = 0; i < list->count; i++) {
        const KfFinding *finding = &list->items[i];

        if (finding->has_cell && finding->severity > KF_INFO && finding->case_index != KF_NO_INDEX
            && finding->found.kind != KF_VALUE_TEXT && finding->expected.kind == KF_VALUE_AMOUNT)
            ties->by_cell[ties->finding_count++] = finding;
    }
    if (ties->finding_count)
        qsort(ties->by_cell, ties->finding_count, sizeof *ties->by_cell, by_cell);
    ties->names =
        kf_arena_array(ties->check->scratch, ties->model->case_count, sizeof *ties->names);
    for (size_t i = 0; i < ties->model->case_count; i++)
        ties->names[i] = (Name){ ties->model->cases[i].citizen, i };
    qsort(ties->names, ties->model->case_count, sizeof *ties->names, by_name);
}

static const KfFinding *finding_at(const Ties *ties, KfRef ref)
{
    size_t lo = 0, hi = ties->finding_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (kf_ref_order(ties->by_cell[mid]->cell, ref) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < ties->finding_count && kf_ref_order(ties->by_cell[lo]->cell, ref) == 0
               ? ties->by_cell[lo]
               : NULL;
}

/* The first case of the citizen, or case_count. */
static size_t case_of(const Ties *ties, KfText citizen)
{
    size_t lo = 0, hi = ties->model->case_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (kf_text_cmp(ties->names[mid].citizen, citizen) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < ties->model->case_count && kf_text_eq(ties->names[lo].citizen, citizen)
               ? ties->names[lo].index
               : ties->model->case_count;
}

/* ---- what the cases give --------------------------------------------------- */

static void add_figure(const Ties *ties, Given *sum, const KfFigure *figure, int sign)
{
    const KfFinding *finding;

    if (figure->state == KF_FIGURE_NONE || figure->state == KF_FIGURE_BLANK)
        return;
    finding = finding_at(ties, figure->ref);
    sum->known &= figure->state == KF_FIGURE_STATED || finding;
    sum->stated += sign * figure->value;
    sum->meant += sign * (finding ? finding->expected.amount : figure->value);
    sum->slack += (figure->range.hi - figure->range.lo) / 2;
    if (!finding)
        return;
    sum->is_open |= finding->action != KF_ACTION_CORRECT;
    if (!sum->cause)
        sum->cause = kf_finding_mark(&ties->check->list, finding);
}

static void add_figures(const Ties *ties, Given *sum, const KfFigure *figures, size_t count,
                        int sign)
{
    for (size_t i = 0; i < count; i++)
        add_figure(ties, sum, &figures[i], sign);
}

/* A payer's parts by benefit, where the course has no row for the payer. */
static bool add_parts(const Ties *ties, Given *sum, const KfCourse *course, int payer, int sign)
{
    bool any = false;

    for (size_t i = 0; i < course->item_count; i++) {
        const KfItem *item = &course->items[i];

        if (item->is_part)
            continue;
        if (item->split[payer]) {
            add_figures(ties, sum, item->split[payer], course->period_count, sign);
            any = true;
        } else if (item->has_payer) {
            if ((int)item->payer == payer)
                add_figures(ties, sum, item->amounts, course->period_count, sign);
            any = true;
        } else if (item->parts[payer].state != KF_FIGURE_NONE) {
            add_figure(ties, sum, &item->parts[payer], sign);
            any = true;
        }
    }
    return any;
}

/* What a course costs a payer, or in all. */
static void add_course(const Ties *ties, Given *sum, const KfCourse *course, int payer, int sign)
{
    const KfFigure *total =
        payer == KF_PAYER_NONE ? &course->case_total : &course->payer_totals[payer];
    const KfFigure *periods = payer == KF_PAYER_NONE ? course->totals : course->payers[payer];

    if (total->state == KF_FIGURE_STATED) {
        add_figure(ties, sum, total, sign);
    } else if (periods) {
        add_figures(ties, sum, periods, course->period_count, sign);
    } else if (payer != KF_PAYER_NONE) {
        sum->known &= add_parts(ties, sum, course, payer, sign);
    } else {
        for (size_t i = 0; i < course->item_count; i++) {
            if (!course->items[i].is_part)
                add_figures(ties, sum, course->items[i].amounts, course->period_count, sign);
        }
    }
}

static void add_case(const Ties *ties, Given *sum, const KfCase *one, int course, int payer)
{
    if (course != KF_COURSE_GAIN) {
        sum->known &= one->has[course];
        if (one->has[course])
            add_course(ties, sum, &one->courses[course], payer, 1);
        return;
    }
    sum->known &= one->has[KF_ACTUAL] && one->has[KF_COUNTERFACTUAL];
    if (!sum->known)
        return;
    add_course(ties, sum, &one->courses[KF_COUNTERFACTUAL], payer, 1);
    add_course(ties, sum, &one->courses[KF_ACTUAL], payer, -1);
}

static KfOere shared_by(KfOere amount, size_t count)
{
    KfOere half = (KfOere)(count / 2);

    return (amount < 0 ? amount - half : amount + half) / (KfOere)count;
}

static Given all_cases(const Ties *ties, int course, int payer, bool average)
{
    Given sum = { .known = true };

    for (size_t i = 0; i < ties->model->case_count; i++)
        add_case(ties, &sum, &ties->model->cases[i], course, payer);
    if (average) {
        sum.stated = shared_by(sum.stated, ties->model->case_count);
        sum.meant = shared_by(sum.meant, ties->model->case_count);
        sum.slack = shared_by(sum.slack, ties->model->case_count) + 1;
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
static Given given_at(const Ties *ties, const KfLine *row, const KfLine *column, bool by_citizen)
{
    Given none = { .known = false }, sum = { .known = true };
    int course = column->course >= 0 ? column->course
                 : row->course >= 0  ? row->course
                                     : ties->course;
    int payer = column->payer != KF_PAYER_NONE ? column->payer : row->payer;
    bool total = row->role == KF_LINE_TOTAL || row->role == KF_LINE_AVERAGE;

    if (course < 0 || row->role == KF_LINE_NOTE || column->role == KF_LINE_NOTE
        || column->role == KF_LINE_PER_CASE || column->role == KF_LINE_AVERAGE)
        return none;
    if (by_citizen && !total) {
        if (!is_citizen(ties, row))
            return none;
        add_case(ties, &sum, &ties->model->cases[case_of(ties, row->label.text)], course, payer);
        return sum;
    }
    if (!by_citizen && row->role == KF_LINE_ITEM && row->course < 0)
        return none; /* municipalities, years: others' figures */
    return all_cases(ties, course, payer,
                     row->role == KF_LINE_AVERAGE || (!by_citizen && ties->is_average));
}

static bool meets(const Ties *ties, const KfFigure *figure, KfOere amount, KfOere slack)
{
    KfOere wide = slack + ties->check->options->tolerance;

    return amount + wide >= figure->range.lo && amount - wide <= figure->range.hi;
}

/* ---- findings -------------------------------------------------------------- */

static uint32_t tell(const Ties *ties, size_t cell, const Given *given, bool follows)
{
    KfCheck *check = ties->check;
    KfFindingList *list = &check->list;
    const KfFigure *figure = &ties->table->figures[cell];
    const KfFinding *cause = follows ? &list->items[given->cause - 1] : NULL;
    KfSeverity severity = follows ? cause->severity : KF_ERROR;
    KfAction action = given->is_open || (follows && cause->action != KF_ACTION_CORRECT)
                          ? KF_ACTION_PROPOSE
                          : KF_ACTION_CORRECT;
    KfArg from = follows ? kf_arg_cell(list, cause->cell, figure->ref.sheet) : (KfArg){ 0 };
    uint32_t root = !follows ? 0 : cause->root ? cause->root : given->cause;
    KfFinding *finding = kf_table_finding(check, ties->table, cell / ties->table->column_count,
                                          cell % ties->table->column_count,
                                          KF_FINDING_TOTAL_SUMMARY, severity, action);

    finding->found = kf_value_amount(figure->value);
    finding->expected = kf_value_amount(given->meant);
    if (follows) {
        finding->root = root;
        kf_say(list, finding, KF_SAY_FOLLOWS, &from, 1);
        return 0;
    }
    kf_say(list, finding, KF_SAY_SUMMARY,
           (KfArg[]){ kf_arg_amount(list, given->meant),
                      kf_arg_amount(list, given->meant - figure->value) },
           2);
    kf_say_slip(check, finding, figure->value, given->meant);
    return kf_finding_mark(list, finding);
}

/* Most figures disagree: the summary is of something else, and that is said once. */
static void tell_apart(const Ties *ties, size_t cell, const Given *given)
{
    KfFindingList *list = &ties->check->list;
    KfFinding *finding = kf_table_finding(
        ties->check, ties->table, cell / ties->table->column_count,
        cell % ties->table->column_count, KF_FINDING_TOTAL_SUMMARY, KF_WARNING, KF_ACTION_NONE);

    finding->found = kf_value_amount(ties->table->figures[cell].value);
    finding->expected = kf_value_amount(given->meant);
    kf_say(list, finding, KF_SAY_SUMMARY_APART, NULL, 0);
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

KfTie *kf_check_ties(KfCheck *check, const KfTable *table)
{
    size_t cells = table->row_count * table->column_count, tied = 0, agreed = 0, first = SIZE_MAX;
    Ties ties = { .check = check, .table = table, .model = &check->audit->model };
    bool by_citizen;
    Given *given;
    KfTie *out;

    if (ties.model->case_count == 0)
        return NULL;
    make_indexes(&ties);
    read_title(&ties);
    by_citizen = names_citizens(&ties, table->rows, table->row_count);
    given = kf_arena_array(check->scratch, cells, sizeof *given);
    out = kf_arena_array(check->scratch, cells, sizeof *out);
    for (size_t i = 0; i < cells; i++) {
        const KfFigure *figure = &table->figures[i];

        if (figure->state != KF_FIGURE_STATED)
            continue;
        given[i] = given_at(&ties, &table->rows[i / table->column_count],
                            &table->columns[i % table->column_count], by_citizen);
        if (!given[i].known)
            continue;
        tied++;
        if (meets(&ties, figure, given[i].meant, given[i].slack)
            || meets(&ties, figure, given[i].stated, given[i].slack))
            agreed++;
        else if (first == SIZE_MAX)
            first = i;
    }
    if (tied == 0)
        return NULL;
    if (by_citizen ? agreed == 0 && tied > 2 : agreed * 2 < tied) {
        if (by_citizen)
            tell_apart(&ties, first, &given[first]);
        return NULL;
    }
    for (size_t i = 0; i < cells; i++) {
        const KfFigure *figure = &table->figures[i];

        if (!given[i].known)
            continue;
        out[i] = (KfTie){ .is_tied = true, .value = figure->value };
        if (meets(&ties, figure, given[i].meant, given[i].slack))
            continue;
        out[i].value = given[i].meant;
        out[i].mark = tell(&ties, i, &given[i],
                           given[i].cause && meets(&ties, figure, given[i].stated, given[i].slack));
    }
    return out;
}
