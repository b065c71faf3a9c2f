/* A list that has a column for each payer says how each amount is split: every benefit
 * is checked by itself, as a course of one item. Weeks that the citizen's other benefits
 * take count for it. */
#include "check/checks.h"

enum { OTHERS_MAX = 64 };

static bool is_split(const KfItem *item)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (item->split[k])
            return true;
    }
    return false;
}

/* Whether the other item may move the clock that the item counts on. */
static bool runs_clock(const KfItemRule *item, const KfItemRule *other)
{
    return item->clock != KF_NO_CLOCK
           && (other->is_support || other->clock == item->clock || other->also == item->clock);
}

/* What the payers of a period add up to, when any of them is stated. */
static bool paid_in(const KfItem *item, size_t period, KfOere *sum)
{
    bool any = false;

    *sum = 0;
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        const KfFigure *part = item->split[k] ? &item->split[k][period] : NULL;

        any |= part && part->state == KF_FIGURE_STATED;
        *sum += part ? part->value : 0;
    }
    return any;
}

/* Weeks that were paid for have been taken, though the amount was left out. */
static KfFigure *as_paid(KfArena *arena, const KfCourse *course, const KfItem *item)
{
    KfFigure *amounts = kf_arena_array(arena, course->period_count, sizeof *amounts);

    for (size_t p = 0; p < course->period_count; p++) {
        KfOere paid;

        amounts[p] = item->amounts[p];
        if (amounts[p].state == KF_FIGURE_BLANK && paid_in(item, p, &paid)) {
            amounts[p].state = KF_FIGURE_STATED;
            amounts[p].value = paid;
            amounts[p].range = (KfInterval){ paid, paid };
        }
    }
    return amounts;
}

/* The item, and behind it, as parts that are not added, those that count on its clock. */
static void take_items(KfArena *arena, const KfCourse *course, const KfItemRule *rules, size_t own,
                       KfCourse *out)
{
    out->item_count = 0;
    out->items[out->item_count++] = course->items[own];
    for (size_t i = 0; i < course->item_count && out->item_count <= OTHERS_MAX; i++) {
        KfItem *other = &out->items[out->item_count];

        if (i == own || course->items[i].is_part || !runs_clock(&rules[own], &rules[i]))
            continue;
        *other = course->items[i];
        other->is_part = true;
        other->amounts = as_paid(arena, course, other);
        out->item_count++;
    }
}

/* In the arena, as long as who pays the item is remembered. */
static KfCourse *alone(KfArena *arena, const KfCourse *course, const KfItemRule *rules, size_t item)
{
    KfCourse *one = kf_arena_copy(arena, course, sizeof *course);
    const size_t most = rules[item].clock == KF_NO_CLOCK ? 1 : course->item_count;

    one->items =
        kf_arena_array(arena, most <= OTHERS_MAX ? most : OTHERS_MAX + 1, sizeof *one->items);
    take_items(arena, course, rules, item, one);
    one->totals = NULL;
    one->case_total = one->case_row_total = (KfFigure){ .state = KF_FIGURE_NONE };
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        one->payers[k] = one->items[0].split[k];
        one->payer_labels[k] = one->items[0].label;
        one->payer_totals[k] = one->payer_row_totals[k] = (KfFigure){ .state = KF_FIGURE_NONE };
    }
    return one;
}

static void check_item(KfCheck *check, const KfPlace *place, const KfItemRule *rules, size_t item)
{
    KfArena *arena = rules[item].is_free ? check->arena : check->scratch;
    const KfPlace here = { place->case_index, alone(arena, place->course, rules, item) };
    KfCourseCheck course = { .arena = check->scratch,
                             .date_confidence = check->date_confidence,
                             .tolerance = check->options->tolerance,
                             .parts_run_clocks = true,
                             .course = here.course };

    kf_item_rules(check, &here, &course);
    kf_check_course(check, &here, &course);
    kf_arena_reset(check->scratch);
}

void kf_check_list_splits(KfCheck *check, const KfPlace *place)
{
    const KfCourse *course = place->course;
    KfCourseCheck all = { .arena = check->arena, .course = course };

    for (size_t i = 0; i < course->item_count; i++) {
        if (!is_split(&course->items[i]) || course->items[i].has_payer)
            continue;
        if (!all.items)
            kf_item_rules(check, place, &all);
        check_item(check, place, all.items, i);
    }
}
