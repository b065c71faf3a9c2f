/* What a unit of a benefit costs throughout a workbook, by the quantities that its labels
 * name: "Indlæggelse 3 uger" at 61.197 is 20.399 a week. */
#include "check/checks.h"

enum { ROWS_MIN = 3, HALF_KRONE = 50 };

struct KfUnitPrices {
    KfUnitPrice *items; /* one for each price of a benefit */
    size_t count, cap;
};

static bool is_same_thing(const KfUnitPrice *a, const KfUnitPrice *b)
{
    return kf_text_eq(a->quantity.unit, b->quantity.unit)
           && (a->benefit.len ? kf_text_eq(a->benefit, b->benefit)
                              : kf_text_eq(a->quantity.stem, b->quantity.stem));
}

bool kf_is_unit_price(const KfUnitPrice *price, KfOere amount, int64_t halves)
{
    const KfOere off = price->amount * halves - amount * price->quantity.halves;
    const KfOere rounding = HALF_KRONE * (halves + price->quantity.halves);

    return off <= rounding && off >= -rounding;
}

static void count_row(KfCheck *check, struct KfUnitPrices *prices, KfUnitPrice row)
{
    for (size_t i = 0; i < prices->count; i++) {
        KfUnitPrice *known = &prices->items[i];

        if (is_same_thing(known, &row)
            && kf_is_unit_price(known, row.amount, row.quantity.halves)) {
            known->rows++;
            return;
        }
    }
    row.rows = 1;
    KF_PUSH(check->arena, prices->items, prices->count, prices->cap, row);
}

static void count_item(KfCheck *check, struct KfUnitPrices *prices, const KfCourse *course,
                       const KfItem *item)
{
    KfUnitPrice row = { .label = item->label.text };

    if (!kf_quantity_of(item->label.text, &row.quantity))
        return;
    row.benefit = kf_check_benefit(check, item->label.text).benefit;
    for (size_t p = 0; p < course->period_count; p++) {
        row.cell = item->amounts[p].ref;
        row.amount = item->amounts[p].value;
        if (item->amounts[p].state == KF_FIGURE_STATED && row.amount > 0
            && row.amount < KF_OERE_MAX / KF_QUANTITY_MAX)
            count_row(check, prices, row);
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
    return prices;
}

const KfUnitPrice *kf_common_price(KfCheck *check, const KfQuantity *quantity, KfText benefit)
{
    const KfUnitPrice thing = { .quantity = *quantity, .benefit = benefit };
    const KfUnitPrice *most = NULL;
    size_t rows = 0;

    if (!check->unit_prices)
        check->unit_prices = all_prices(check);
    for (size_t i = 0; i < check->unit_prices->count; i++) {
        const KfUnitPrice *price = &check->unit_prices->items[i];

        if (!is_same_thing(price, &thing))
            continue;
        rows += price->rows;
        if (!most || price->rows > most->rows)
            most = price;
    }
    return most && most->rows >= ROWS_MIN && most->rows * 2 > rows ? most : NULL;
}
