/* Cases by citizen, courses by kind, rows by what they are called, periods by
 * their months. What a label no longer tells, equal amounts do. */
#include "diff/compare.h"

#include <stdlib.h>

/* Two courses that stand for one another. */
typedef struct {
    KfComparison *work;
    const KfCourse *before, *after;
    KfText citizen;
    KfPairing periods, items;
} Courses;

static KfValue text_value(KfText text)
{
    return (KfValue){ .kind = text.len ? KF_VALUE_TEXT : KF_VALUE_NONE, .text = text };
}

static KfDifference placed(const Courses *pair, KfDiffKind kind)
{
    KfDifference difference = kf_difference(kind);

    difference.citizen = pair->citizen;
    difference.course = (int)pair->after->kind;
    return difference;
}

/* ---- what belongs to a table ----------------------------------------------- */

static void see_figure(KfComparison *work, KfSide side, const KfFigure *figure)
{
    if (figure->state != KF_FIGURE_NONE)
        kf_mark_seen(work, side, figure->ref);
}

static void see_figures(KfComparison *work, KfSide side, const KfFigure *figures, size_t count)
{
    for (size_t i = 0; figures && i < count; i++)
        see_figure(work, side, &figures[i]);
}

static void see_label(KfComparison *work, KfSide side, const KfLabel *label)
{
    if (label->has_ref)
        kf_mark_seen(work, side, label->ref);
}

static void see_item(KfComparison *work, KfSide side, const KfItem *item, size_t periods)
{
    see_label(work, side, &item->label);
    see_figures(work, side, item->amounts, periods);
    see_figure(work, side, &item->total);
    see_figures(work, side, item->parts, KF_PAYER_COUNT);
}

static void see_course(KfComparison *work, KfSide side, const KfCourse *course)
{
    size_t periods = course->period_count;

    for (size_t i = 0; i < periods; i++)
        see_label(work, side, &course->periods[i].label);
    for (size_t i = 0; i < course->item_count; i++)
        see_item(work, side, &course->items[i], periods);
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        see_figures(work, side, course->payers[k], periods);
        see_label(work, side, &course->payer_labels[k]);
        see_label(work, side, &course->payer_total_labels[k]);
    }
    see_figures(work, side, course->totals, periods);
    see_figures(work, side, course->payer_totals, KF_PAYER_COUNT);
    see_figures(work, side, course->payer_row_totals, KF_PAYER_COUNT);
    see_figure(work, side, &course->case_total);
    see_figure(work, side, &course->case_row_total);
    see_label(work, side, &course->total_label);
    see_label(work, side, &course->case_total_label);
}

static void see_model(KfComparison *work, KfSide side, const KfModel *model)
{
    for (size_t i = 0; i < model->case_count; i++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (model->cases[i].has[kind])
                see_course(work, side, &model->cases[i].courses[kind]);
        }
    }
}

/* ---- figures --------------------------------------------------------------- */

static KfValue figure_value(const KfFigure *figure)
{
    if (figure->state == KF_FIGURE_STATED)
        return (KfValue){ .kind = KF_VALUE_AMOUNT, .amount = figure->value };
    return text_value(kf_text_trim(figure->shown));
}

static void tell(const Courses *pair, KfDifference *difference, const KfFigure *before,
                 const KfFigure *after)
{
    if (before->state != KF_FIGURE_NONE)
        kf_set_before(difference, before->ref);
    if (after->state != KF_FIGURE_NONE)
        kf_set_after(difference, after->ref);
    kf_add_difference(pair->work, difference);
}

static bool values_differ(const Courses *pair, const KfFigure *before, const KfFigure *after)
{
    if (before->state == KF_FIGURE_STATED && after->state == KF_FIGURE_STATED)
        return kf_amounts_differ(pair->work, before->value, after->value);
    if (before->state == KF_FIGURE_STATED || after->state == KF_FIGURE_STATED)
        return true;
    return !kf_text_eq(kf_text_trim(before->shown), kf_text_trim(after->shown));
}

/* The same amount, once as a text and once as a number. */
static void compare_kinds(const Courses *pair, KfDifference difference, const KfFigure *before,
                          const KfFigure *after)
{
    if (pair->work->untyped || before->state != KF_FIGURE_STATED || after->state != KF_FIGURE_STATED
        || before->is_text == after->is_text || before->value != after->value)
        return;
    difference.kind = KF_DIFF_TYPE;
    difference.before = before->is_text ? text_value(before->shown) : figure_value(before);
    difference.after = after->is_text ? text_value(after->shown) : figure_value(after);
    tell(pair, &difference, before, after);
}

/* like: where the figure belongs, without what it says. */
static void compare_figure(const Courses *pair, const KfDifference *like, const KfFigure *before,
                           const KfFigure *after)
{
    KfDifference difference = *like;

    if (before->state == KF_FIGURE_NONE && after->state == KF_FIGURE_NONE)
        return;
    difference.kind = KF_DIFF_VALUE;
    difference.before = figure_value(before);
    difference.after = figure_value(after);
    if (values_differ(pair, before, after))
        tell(pair, &difference, before, after);
    compare_kinds(pair, difference, before, after);
    if (kf_formulas_differ(pair->work, before->ref, before->formula, after->ref, after->formula)) {
        difference.kind = KF_DIFF_FORMULA;
        difference.before = kf_formula_value(pair->work, before->formula, figure_value(before));
        difference.after = kf_formula_value(pair->work, after->formula, figure_value(after));
        tell(pair, &difference, before, after);
    }
}

static KfText period_text(const Courses *pair, const KfPeriodColumn *column)
{
    KfBuf text = { 0 };
    KfText kept = column->label.text;

    if (column->period.from < 0)
        return kept;
    kf_buf_period(&text, column->period);
    if (!text.bad)
        kept = kf_arena_text(pair->work->arena, kf_buf_view(&text));
    kf_buf_free(&text);
    return kept;
}

/* A row of figures, one a period; either may be NULL. */
static void compare_figures(const Courses *pair, const KfDifference *like, const KfFigure *before,
                            const KfFigure *after)
{
    const KfFigure none = { 0 };

    for (size_t i = 0; i < pair->before->period_count && (before || after); i++) {
        size_t other = pair->periods.of_before[i];
        KfDifference difference = *like;

        if (other == KF_UNPAIRED)
            continue;
        difference.period = period_text(pair, &pair->after->periods[other]);
        compare_figure(pair, &difference, before ? &before[i] : &none,
                       after ? &after[other] : &none);
    }
}

/* ---- labels ---------------------------------------------------------------- */

/* One label can stand for several rows and payers, and is told once. */
static bool is_told(const KfComparison *work, KfRef before, KfRef after)
{
    enum { LAST = 16 };
    size_t count = work->out->count;

    for (size_t i = count > LAST ? count - LAST : 0; i < count; i++) {
        const KfDifference *told = &work->out->items[i];

        if (told->kind == KF_DIFF_LABEL && told->before_cell.sheet == before.sheet
            && told->before_cell.row == before.row && told->before_cell.col == before.col
            && told->after_cell.row == after.row && told->after_cell.col == after.col)
            return true;
    }
    return false;
}

static void compare_labels(const Courses *pair, const KfDifference *like, const KfLabel *before,
                           const KfLabel *after)
{
    KfDifference difference = *like;

    if (!before->has_ref || !after->has_ref || kf_text_eq(before->text, after->text)
        || is_told(pair->work, before->ref, after->ref))
        return;
    difference.kind = KF_DIFF_LABEL;
    difference.before = text_value(before->text);
    difference.after = text_value(after->text);
    kf_set_before(&difference, before->ref);
    kf_set_after(&difference, after->ref);
    kf_add_difference(pair->work, &difference);
}

/* ---- periods --------------------------------------------------------------- */

static uint64_t *period_keys(const Courses *pair, const KfCourse *course)
{
    uint64_t *keys = kf_arena_array(pair->work->arena, course->period_count, sizeof *keys);

    for (size_t i = 0; i < course->period_count; i++) {
        const KfPeriodColumn *column = &course->periods[i];

        keys[i] = KF_HASH_START;
        if (column->period.from < 0)
            keys[i] = kf_hash_label(keys[i], column->label.text);
        else
            keys[i] = kf_hash_int(kf_hash_int(keys[i], column->period.from), column->period.to);
    }
    return keys;
}

/* A column between the same neighbours is the same column under another heading. */
static void pair_periods(Courses *pair)
{
    KfPairing *periods = &pair->periods;

    *periods = kf_pairing(pair->work->arena, pair->before->period_count, pair->after->period_count);
    kf_pair_equal(pair->work->arena, periods, period_keys(pair, pair->before),
                  period_keys(pair, pair->after));
    for (size_t i = 0; i < periods->before_count; i++) {
        size_t next = 0;

        if (periods->of_before[i] != KF_UNPAIRED || (i && periods->of_before[i - 1] == KF_UNPAIRED))
            continue;
        if (i)
            next = periods->of_before[i - 1] + 1;
        if (next < periods->after_count && periods->of_after[next] == KF_UNPAIRED)
            kf_pair(periods, i, next);
    }
}

/* What the items of a period come to. */
static KfValue period_sum(const KfCourse *course, size_t period)
{
    KfOere sum = 0;

    for (size_t i = 0; i < course->item_count; i++) {
        if (!course->items[i].is_part && sum <= KF_OERE_MAX && sum >= -KF_OERE_MAX)
            sum += course->items[i].amounts[period].value;
    }
    return (KfValue){ .kind = KF_VALUE_AMOUNT, .amount = sum };
}

static void compare_headings(const Courses *pair)
{
    for (size_t i = 0; i < pair->before->period_count; i++) {
        const KfPeriodColumn *column = &pair->before->periods[i], *other;
        KfDifference difference = placed(pair, KF_DIFF_PERIOD_REMOVED);
        size_t to = pair->periods.of_before[i];

        kf_set_before(&difference, column->label.ref);
        difference.period = period_text(pair, column);
        difference.before = period_sum(pair->before, i);
        if (to == KF_UNPAIRED) {
            kf_add_difference(pair->work, &difference);
            continue;
        }
        other = &pair->after->periods[to];
        if (kf_text_eq(column->label.text, other->label.text))
            continue;
        difference.kind = KF_DIFF_PERIOD_HEADING;
        difference.period = period_text(pair, other);
        difference.before = text_value(column->label.text);
        difference.after = text_value(other->label.text);
        kf_set_after(&difference, other->label.ref);
        kf_add_difference(pair->work, &difference);
    }
    for (size_t i = 0; i < pair->after->period_count; i++) {
        KfDifference difference = placed(pair, KF_DIFF_PERIOD_ADDED);

        if (pair->periods.of_after[i] != KF_UNPAIRED)
            continue;
        kf_set_after(&difference, pair->after->periods[i].label.ref);
        difference.period = period_text(pair, &pair->after->periods[i]);
        difference.after = period_sum(pair->after, i);
        kf_add_difference(pair->work, &difference);
    }
}

/* ---- items ----------------------------------------------------------------- */

enum { BY_SECTION = 1, BY_LABEL = 2, BY_AMOUNTS = 4 };

static uint64_t hash_figure(uint64_t hash, const KfFigure *figure)
{
    return kf_hash_int(kf_hash_int(hash, figure->state == KF_FIGURE_STATED), figure->value);
}

/* 0 when there is nothing to know the item by. */
static uint64_t item_key(const Courses *pair, KfSide side, const KfItem *item, unsigned by)
{
    uint64_t hash = KF_HASH_START;
    bool any = false;

    if (by & BY_SECTION)
        hash = kf_hash_label(hash, item->section);
    if (by & BY_LABEL)
        hash = kf_hash_label(hash, item->label.text);
    for (size_t i = 0; (by & BY_AMOUNTS) && i < pair->before->period_count; i++) {
        size_t to = pair->periods.of_before[i];

        if (to == KF_UNPAIRED)
            continue;
        hash = hash_figure(hash, &item->amounts[side == KF_BEFORE ? i : to]);
        any |= item->amounts[side == KF_BEFORE ? i : to].value != 0;
    }
    return any || (by & BY_LABEL) ? hash : 0;
}

static uint64_t *item_keys(const Courses *pair, KfSide side, unsigned by)
{
    const KfCourse *course = side == KF_BEFORE ? pair->before : pair->after;
    uint64_t *keys = kf_arena_array(pair->work->arena, course->item_count, sizeof *keys);

    for (size_t i = 0; i < course->item_count; i++)
        keys[i] = item_key(pair, side, &course->items[i], by);
    return keys;
}

/* Rows that stand for one another on their sheets. */
static uint64_t *row_keys(const Courses *pair, KfSide side)
{
    const KfCourse *course = side == KF_BEFORE ? pair->before : pair->after;
    uint64_t *keys = kf_arena_array(pair->work->arena, course->item_count, sizeof *keys);
    bool paired = pair->work->map.sheets.of_before[pair->before->sheet] == pair->after->sheet;

    for (size_t i = 0; paired && i < course->item_count; i++) {
        uint32_t row = course->items[i].label.ref.row;

        if (side == KF_BEFORE)
            row = kf_map_row(&pair->work->map, course->sheet, row);
        keys[i] = row == KF_UNALIGNED ? 0 : (uint64_t)row + 1;
    }
    return keys;
}

static bool shares_amount(const Courses *pair, const KfItem *x, const KfItem *y)
{
    for (size_t i = 0; i < pair->before->period_count; i++) {
        size_t to = pair->periods.of_before[i];

        if (to != KF_UNPAIRED && x->amounts[i].value != 0
            && x->amounts[i].value == y->amounts[to].value)
            return true;
    }
    return false;
}

/* The same row under another name, when the name is a slip or an amount is kept. */
static void pair_by_row(Courses *pair)
{
    KfPairing rows =
        kf_pairing(pair->work->arena, pair->before->item_count, pair->after->item_count);

    kf_pair_equal(pair->work->arena, &rows, row_keys(pair, KF_BEFORE), row_keys(pair, KF_AFTER));
    for (size_t i = 0; i < rows.before_count; i++) {
        size_t to = rows.of_before[i];
        const KfItem *x = &pair->before->items[i], *y;

        if (to == KF_UNPAIRED || pair->items.of_before[i] != KF_UNPAIRED
            || pair->items.of_after[to] != KF_UNPAIRED)
            continue;
        y = &pair->after->items[to];
        if (kf_text_slip(x->label.text, y->label.text) || shares_amount(pair, x, y))
            kf_pair(&pair->items, i, to);
    }
}

static void pair_items(Courses *pair)
{
    static const unsigned passes[] = {
        BY_SECTION | BY_LABEL | BY_AMOUNTS,
        BY_SECTION | BY_LABEL,
        BY_LABEL | BY_AMOUNTS,
        BY_LABEL,
        BY_SECTION | BY_AMOUNTS,
        BY_AMOUNTS,
    };

    pair->items = kf_pairing(pair->work->arena, pair->before->item_count, pair->after->item_count);
    for (size_t i = 0; i < sizeof passes / sizeof passes[0]; i++)
        kf_pair_equal(pair->work->arena, &pair->items, item_keys(pair, KF_BEFORE, passes[i]),
                      item_keys(pair, KF_AFTER, passes[i]));
    pair_by_row(pair);
}

static KfValue item_sum(const KfItem *item, size_t periods)
{
    KfValue sum = { .kind = KF_VALUE_NONE };

    for (size_t i = 0; i < periods; i++) {
        if (item->amounts[i].state != KF_FIGURE_STATED || sum.amount > KF_OERE_MAX
            || sum.amount < -KF_OERE_MAX)
            continue;
        sum.kind = KF_VALUE_AMOUNT;
        sum.amount += item->amounts[i].value;
    }
    return sum;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static uint64_t *sorted_sections(const Courses *pair, const KfCourse *course)
{
    uint64_t *keys = kf_arena_array(pair->work->arena, course->item_count, sizeof *keys);

    for (size_t i = 0; i < course->item_count; i++)
        keys[i] = kf_hash_label(KF_HASH_START, course->items[i].section);
    qsort(keys, course->item_count, sizeof *keys, by_value);
    return keys;
}

/* Whether an item stands in another section, which the other course has too. */
static bool changes_section(const Courses *pair, const uint64_t *sections, const KfItem *x,
                            const KfItem *y)
{
    uint64_t from = kf_hash_label(KF_HASH_START, x->section);
    uint64_t to = kf_hash_label(KF_HASH_START, y->section);

    return from != to
           && bsearch(&to, sections, pair->before->item_count, sizeof to, by_value) != NULL;
}

/* The fewest items that explain another order are the moved ones. */
static bool *find_moved(const Courses *pair)
{
    size_t count = pair->before->item_count, paired = 0;
    uint32_t *order = kf_arena_array(pair->work->arena, count, sizeof *order);
    bool *kept = kf_arena_array(pair->work->arena, count, sizeof *kept);
    bool *moved = kf_arena_array(pair->work->arena, count, sizeof *moved);
    const uint64_t *sections = sorted_sections(pair, pair->before);

    for (size_t i = 0; i < count; i++) {
        if (pair->items.of_before[i] != KF_UNPAIRED)
            order[paired++] = (uint32_t)pair->items.of_before[i];
    }
    kf_longest_rising(pair->work->arena, order, paired, kept);
    paired = 0;
    for (size_t i = 0; i < count; i++) {
        size_t to = pair->items.of_before[i];

        if (to != KF_UNPAIRED)
            moved[i] = !kept[paired++]
                       || changes_section(pair, sections, &pair->before->items[i],
                                          &pair->after->items[to]);
    }
    return moved;
}

static void tell_item(const Courses *pair, KfSide side, const KfItem *item)
{
    KfDifference difference =
        placed(pair, side == KF_BEFORE ? KF_DIFF_ITEM_REMOVED : KF_DIFF_ITEM_ADDED);

    difference.label = item->label.text;
    if (side == KF_BEFORE) {
        kf_set_before(&difference, item->label.ref);
        difference.before = item_sum(item, pair->before->period_count);
    } else {
        kf_set_after(&difference, item->label.ref);
        difference.after = item_sum(item, pair->after->period_count);
    }
    kf_add_difference(pair->work, &difference);
}

static void compare_item(const Courses *pair, const KfItem *before, const KfItem *after, bool moved)
{
    KfDifference like = placed(pair, KF_DIFF_ITEM_MOVED);

    like.label = after->label.text;
    if (moved) {
        KfDifference difference = like;

        kf_set_before(&difference, before->label.ref);
        kf_set_after(&difference, after->label.ref);
        difference.before = text_value(before->section);
        difference.after = text_value(after->section);
        kf_add_difference(pair->work, &difference);
    }
    compare_labels(pair, &like, &before->label, &after->label);
    compare_figures(pair, &like, before->amounts, after->amounts);
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        KfDifference part = like;

        part.payer = k;
        compare_figure(pair, &part, &before->parts[k], &after->parts[k]);
    }
    compare_figure(pair, &like, &before->total, &after->total);
}

static void compare_items(Courses *pair)
{
    const bool *moved;

    pair_items(pair);
    moved = find_moved(pair);
    for (size_t i = 0; i < pair->before->item_count; i++) {
        const KfItem *item = &pair->before->items[i];

        if (pair->items.of_before[i] == KF_UNPAIRED)
            tell_item(pair, KF_BEFORE, item);
        else
            compare_item(pair, item, &pair->after->items[pair->items.of_before[i]], moved[i]);
    }
    for (size_t i = 0; i < pair->after->item_count; i++) {
        if (pair->items.of_after[i] == KF_UNPAIRED)
            tell_item(pair, KF_AFTER, &pair->after->items[i]);
    }
}

/* ---- payers and totals ----------------------------------------------------- */

static KfText label_of(const KfLabel *before, const KfLabel *after)
{
    return after->text.len ? after->text : before->text;
}

static void compare_sums(const Courses *pair)
{
    const KfCourse *x = pair->before, *y = pair->after;
    KfDifference like = placed(pair, KF_DIFF_VALUE);

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        like.payer = k;
        like.label = label_of(&x->payer_labels[k], &y->payer_labels[k]);
        compare_labels(pair, &like, &x->payer_labels[k], &y->payer_labels[k]);
        compare_figures(pair, &like, x->payers[k], y->payers[k]);
        compare_figure(pair, &like, &x->payer_row_totals[k], &y->payer_row_totals[k]);
    }
    like.payer = KF_PAYER_NONE;
    like.label = label_of(&x->total_label, &y->total_label);
    compare_labels(pair, &like, &x->total_label, &y->total_label);
    compare_figures(pair, &like, x->totals, y->totals);
    compare_figure(pair, &like, &x->case_row_total, &y->case_row_total);
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        like.payer = k;
        like.label = label_of(&x->payer_total_labels[k], &y->payer_total_labels[k]);
        compare_labels(pair, &like, &x->payer_total_labels[k], &y->payer_total_labels[k]);
        compare_figure(pair, &like, &x->payer_totals[k], &y->payer_totals[k]);
    }
    like.payer = KF_PAYER_NONE;
    like.label = label_of(&x->case_total_label, &y->case_total_label);
    compare_labels(pair, &like, &x->case_total_label, &y->case_total_label);
    compare_figure(pair, &like, &x->case_total, &y->case_total);
}

static void compare_courses(KfComparison *work, KfText citizen, const KfCourse *before,
                            const KfCourse *after)
{
    Courses pair = { .work = work, .before = before, .after = after, .citizen = citizen };

    pair_periods(&pair);
    compare_headings(&pair);
    compare_items(&pair);
    compare_sums(&pair);
}

/* ---- cases ----------------------------------------------------------------- */

static KfRef corner_of(const KfCourse *course)
{
    if (course->heading.has_ref)
        return course->heading.ref;
    return (KfRef){ course->sheet, course->range.first_row, course->range.first_col };
}

static const KfCourse *first_course(const KfCase *one)
{
    return one->has[KF_ACTUAL] ? &one->courses[KF_ACTUAL] : &one->courses[KF_COUNTERFACTUAL];
}

static void tell_course(KfComparison *work, KfSide side, KfDiffKind kind, KfText citizen,
                        const KfCourse *course, int course_kind)
{
    KfDifference difference = kf_difference(kind);

    difference.citizen = citizen;
    difference.course = course_kind;
    difference.label = course_kind < 0 ? citizen : course->heading.text;
    if (side == KF_BEFORE) {
        kf_set_before(&difference, corner_of(course));
        if (course->case_total.state == KF_FIGURE_STATED && course_kind >= 0)
            difference.before = figure_value(&course->case_total);
    } else {
        kf_set_after(&difference, corner_of(course));
        if (course->case_total.state == KF_FIGURE_STATED && course_kind >= 0)
            difference.after = figure_value(&course->case_total);
    }
    kf_add_difference(work, &difference);
}

/* In a CSV file a citizen may go by the file's name. */
static void compare_citizens(KfComparison *work, const KfCase *before, const KfCase *after)
{
    KfDifference difference = kf_difference(KF_DIFF_CITIZEN);

    if (work->untyped || kf_text_eq(before->citizen, after->citizen))
        return;
    difference.citizen = after->citizen;
    difference.label = after->citizen;
    difference.before = text_value(before->citizen);
    difference.after = text_value(after->citizen);
    kf_set_before(&difference, corner_of(first_course(before)));
    kf_set_after(&difference, corner_of(first_course(after)));
    kf_add_difference(work, &difference);
}

static void compare_case(KfComparison *work, const KfCase *before, const KfCase *after)
{
    work->out->matched_cases++;
    compare_citizens(work, before, after);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfCourse *x = &before->courses[kind], *y = &after->courses[kind];

        if (before->has[kind] && after->has[kind])
            compare_courses(work, after->citizen, x, y);
        else if (before->has[kind])
            tell_course(work, KF_BEFORE, KF_DIFF_COURSE_REMOVED, before->citizen, x, kind);
        else if (after->has[kind])
            tell_course(work, KF_AFTER, KF_DIFF_COURSE_ADDED, after->citizen, y, kind);
    }
}

/* What a case under another name is known by: its items. In a CSV file, which can
 * lack a name, their labels are enough. */
static uint64_t content_key(const KfCase *one, bool amounts)
{
    uint64_t hash = KF_HASH_START;
    bool any = false;

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfCourse *course = &one->courses[kind];

        for (size_t i = 0; one->has[kind] && i < course->item_count; i++) {
            hash = kf_hash_label(hash, course->items[i].label.text);
            for (size_t p = 0; amounts && p < course->period_count; p++)
                hash = hash_figure(hash, &course->items[i].amounts[p]);
            any = true;
        }
    }
    return any ? hash : 0;
}

static uint64_t *case_keys(KfComparison *work, const KfModel *model, int pass)
{
    uint64_t *keys = kf_arena_array(work->arena, model->case_count, sizeof *keys);

    for (size_t i = 0; i < model->case_count; i++)
        keys[i] = pass == 0 ? kf_hash_label(KF_HASH_START, model->cases[i].citizen)
                            : content_key(&model->cases[i], pass == 1);
    return keys;
}

void kf_compare_cases(KfComparison *work)
{
    const KfModel *before = work->out->before.model, *after = work->out->after.model;
    KfPairing cases = kf_pairing(work->arena, before->case_count, after->case_count);

    see_model(work, KF_BEFORE, before);
    see_model(work, KF_AFTER, after);
    for (int pass = 0; pass < (work->untyped ? 3 : 2); pass++)
        kf_pair_equal(work->arena, &cases, case_keys(work, before, pass),
                      case_keys(work, after, pass));
    for (size_t i = 0; i < before->case_count; i++) {
        const KfCase *one = &before->cases[i];

        if (cases.of_before[i] == KF_UNPAIRED)
            tell_course(work, KF_BEFORE, KF_DIFF_CASE_REMOVED, one->citizen, first_course(one), -1);
        else
            compare_case(work, one, &after->cases[cases.of_before[i]]);
    }
    for (size_t i = 0; i < after->case_count; i++) {
        const KfCase *one = &after->cases[i];

        if (cases.of_after[i] == KF_UNPAIRED)
            tell_course(work, KF_AFTER, KF_DIFF_CASE_ADDED, one->citizen, first_course(one), -1);
    }
}
