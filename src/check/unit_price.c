/* What a unit of a benefit costs throughout a workbook, by the quantities that its labels
 * name: "Indlæggelse 3 uger" at 61.197 is 20.399 a week. */
#include "check/checks.h"

enum { ROWS_MIN = 2, HALF_KRONE = 50, STEP = 2 * HALF_KRONE };

/* A price of a thing, and the next that costs as much within a step. */
typedef struct {
    KfUnitPrice price;
    size_t thing, next; /* next: index + 1, or 0 */
} Known;

/* A benefit in one unit: in how many rows it stands, and the price that most of them have. */
typedef struct {
    size_t rows, most; /* most: index + 1 of a price, or 0 */
} Thing;

struct KfUnitPrices {
    Known *items; /* one for each price of a thing */
    size_t count, cap;
    KfTextMap near; /* Step to the last price at it: index + 1 */
    Thing *things;
    size_t thing_count, thing_cap;
    KfTextMap named; /* unit and benefit, or what the label says besides, to a thing */
};

/* Where a price is looked for: half a unit of the thing in steps that no rounding spans. */
typedef struct {
    uint64_t thing;
    int64_t steps;
} Step;

static Step step_of(size_t thing, KfOere amount, int64_t halves)
{
    return (Step){ thing, amount / halves / STEP };
}

static KfText key_of(const Step *step)
{
    return (KfText){ (const char *)step, sizeof *step };
}

/* The benefit that the label names, else its own words, by the unit. */
static size_t thing_of(KfCheck *check, struct KfUnitPrices *prices, const KfKnownLabel *label)
{
    const bool known = label->match.benefit.len > 0;
    const Thing none = { 0, 0 };
    KfBuf buf = { 0 };
    size_t thing;
    KfText key;

    kf_buf_text(&buf, label->quantity.unit);
    kf_buf_char(&buf, known ? '=' : ':');
    kf_buf_text(&buf, known ? label->match.benefit : label->quantity.stem);
    key = kf_arena_take(check->arena, &buf);
    kf_buf_free(&buf);
    if (kf_text_map_get(&prices->named, key, &thing))
        return thing;
    kf_text_map_set(&prices->named, check->arena, key, prices->thing_count);
    KF_PUSH(check->arena, prices->things, prices->thing_count, prices->thing_cap, none);
    return prices->thing_count - 1;
}

bool kf_is_unit_price(const KfUnitPrice *price, KfOere amount, int64_t halves)
{
    const KfOere off = price->amount * halves - amount * price->quantity.halves;
    const KfOere rounding = HALF_KRONE * (halves + price->quantity.halves);

    return off <= rounding && off >= -rounding;
}

/* The first price that the row has as well; NULL when none. */
static KfUnitPrice *find(const struct KfUnitPrices *prices, size_t thing, const KfUnitPrice *row)
{
    Step step = step_of(thing, row->amount, row->quantity.halves);
    size_t found = 0, at;

    step.steps--;
    for (int tried = 0; tried < 3; tried++, step.steps++) {
        if (!kf_text_map_get(&prices->near, key_of(&step), &at))
            continue;
        for (; at; at = prices->items[at - 1].next) {
            if ((!found || at < found)
                && kf_is_unit_price(&prices->items[at - 1].price, row->amount,
                                    row->quantity.halves))
                found = at;
        }
    }
    return found ? &prices->items[found - 1].price : NULL;
}

static void count_row(KfCheck *check, struct KfUnitPrices *prices, size_t thing, KfUnitPrice row)
{
    const Step step = step_of(thing, row.amount, row.quantity.halves);
    KfUnitPrice *known = find(prices, thing, &row);
    Known added = { .thing = thing };

    if (known) {
        known->rows++;
        return;
    }
    row.rows = 1;
    added.price = row;
    if (!kf_text_map_get(&prices->near, key_of(&step), &added.next))
        added.next = 0;
    KF_PUSH(check->arena, prices->items, prices->count, prices->cap, added);
    kf_text_map_set(&prices->near, check->arena, kf_arena_text(check->arena, key_of(&step)),
                    prices->count);
}

static void count_item(KfCheck *check, struct KfUnitPrices *prices, const KfCourse *course,
                       const KfItem *item)
{
    KfKnownLabel *label = kf_check_label(check, item->label.text);
    KfUnitPrice row = { .label = item->label.text, .quantity = label->quantity };

    if (!label->quantity.halves)
        return;
    if (!label->has_thing)
        label->thing = thing_of(check, prices, label);
    label->has_thing = true;
    for (size_t p = 0; p < course->period_count; p++) {
        row.cell = item->amounts[p].ref;
        row.amount = item->amounts[p].value;
        if (item->amounts[p].state == KF_FIGURE_STATED && row.amount > 0
            && row.amount < KF_OERE_MAX / KF_QUANTITY_MAX)
            count_row(check, prices, label->thing, row);
    }
}

static void find_most(struct KfUnitPrices *prices)
{
    for (size_t i = 0; i < prices->count; i++) {
        Thing *thing = &prices->things[prices->items[i].thing];
        const size_t rows = prices->items[i].price.rows;

        thing->rows += rows;
        if (!thing->most || rows > prices->items[thing->most - 1].price.rows)
            thing->most = i + 1;
    }
}

static struct KfUnitPrices *all_prices(KfCheck *check)
{
    struct KfUnitPrices *prices = kf_arena_alloc(check->arena, sizeof *prices);
    const KfModel *model = &check->audit->model;

    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            const KfCourse *course = &model->cases[c].courses[kind];

            for (size_t i = 0; model->cases[c].has[kind] && i < course->item_count; i++)
                count_item(check, prices, course, &course->items[i]);
        }
    }
    find_most(prices);
    return prices;
}

void kf_find_unit_prices(KfCheck *check)
{
    if (!check->unit_prices)
        check->unit_prices = all_prices(check);
}

const KfUnitPrice *kf_common_price(KfCheck *check, const KfKnownLabel *label)
{
    const KfUnitPrice *most;
    const Thing *thing;

    kf_find_unit_prices(check);
    if (!label->has_thing || !check->unit_prices->things[label->thing].most)
        return NULL;
    thing = &check->unit_prices->things[label->thing];
    most = &check->unit_prices->items[thing->most - 1].price;
    return most->rows >= ROWS_MIN && most->rows * 2 > thing->rows ? most : NULL;
}
