/* A price that is for another quantity than its label names. */
#include "check/priced.h"

static const struct {
    KfText unit, stem;
} units[] = {
    { { "måned", 6 }, { "måned", 6 } }, { { "mdr", 3 }, { "måned", 6 } },
    { { "uge", 3 }, { "uge", 3 } },     { { "dage", 4 }, { "dag", 3 } },
    { { "dag", 3 }, { "dag", 3 } },     { { "døgn", 5 }, { "døgn", 5 } },
    { { "time", 4 }, { "time", 4 } },   { { "gang", 4 }, { "gang", 4 } },
};

/* Reads "1,5" or "3" ending at `end`; returns where it starts, or end. */
static size_t number_before(KfText label, size_t end, int64_t *halves)
{
    size_t at = end, start;
    int64_t whole = 0;
    bool half = false;

    while (at > 0 && label.ptr[at - 1] == ' ')
        at--;
    start = at;
    while (start > 0 && label.ptr[start - 1] >= '0' && label.ptr[start - 1] <= '9')
        start--;
    if (start < at && start >= 2 && (label.ptr[start - 1] == ',' || label.ptr[start - 1] == '.')
        && label.ptr[start - 2] >= '0' && label.ptr[start - 2] <= '9') {
        half = at - start == 1 && label.ptr[start] == '5';
        if (!half)
            return end;
        at = start - 1;
        start = at;
        while (start > 0 && label.ptr[start - 1] >= '0' && label.ptr[start - 1] <= '9')
            start--;
    }
    if (start == at || at - start > 4)
        return end;
    for (size_t i = start; i < at; i++)
        whole = whole * 10 + (label.ptr[i] - '0');
    *halves = whole * 2 + half;
    return start;
}

bool kf_quantity_of(KfText label, KfQuantity *out)
{
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        size_t at = kf_text_find(label, units[u].unit), start;

        if (at == SIZE_MAX || at == 0)
            continue;
        start = number_before(label, at, &out->halves);
        if (start == at || start == 0 || out->halves == 0
            || kf_text_find(kf_text_slice(label, at, label.len), KF_TEXT("/")) != SIZE_MAX)
            continue;
        out->unit = units[u].stem;
        out->stem = kf_text_trim(kf_text_slice(label, 0, start));
        if (out->stem.len)
            return true;
    }
    out->halves = 0;
    return false;
}

/* The label with its number exchanged, "Indlæggelse 2 måned". */
static KfText label_of_halves(KfCheck *check, const KfQuantity *quantity, KfText label,
                              int64_t halves)
{
    KfBuf buf = { 0 };
    KfText text;
    size_t unit = kf_text_find(label, quantity->unit);

    kf_buf_text(&buf, quantity->stem);
    kf_buf_char(&buf, ' ');
    kf_buf_text(&buf, kf_arg_halves(&check->list, halves).text[KF_LANG_DA]);
    kf_buf_char(&buf, ' ');
    kf_buf_text(&buf, unit == SIZE_MAX ? quantity->unit : kf_text_slice(label, unit, label.len));
    text = kf_arena_take(check->arena, &buf);
    kf_buf_free(&buf);
    return text;
}

/* What a row would be if only its price, or only its label, were wrong. */
typedef struct {
    KfOere meant;
    int64_t halves;
} Requantified;

/* Whether the row has the price for another quantity than its label says; halves only where it
 * is known that some quantity is wrong. */
static bool is_other_quantity(const KfPriced *cell, const KfQuantity *theirs, KfOere price,
                              bool halves_too, Requantified *out)
{
    const KfQuantity own = cell->quantity;
    const KfOere amount = kf_priced_figure(cell)->value;

    if (price <= 0 || price > KF_OERE_MAX / KF_QUANTITY_MAX
        || amount > KF_OERE_MAX / KF_QUANTITY_MAX || price * own.halves % theirs->halves != 0)
        return false;
    out->meant = price * own.halves / theirs->halves;
    out->halves = amount * theirs->halves / price;
    return out->meant != amount && out->halves * price == amount * theirs->halves
           && out->halves >= 1
           && (halves_too
               || ((out->halves % 2 == 0 || own.halves % 2 != 0) && theirs->halves % 2 == 0));
}

static KfFinding *tell_quantity(KfCheck *check, const KfPriced *cell, Requantified other,
                                KfText their_label, KfOere price, KfRef theirs)
{
    const KfText own = cell->item->label.text;
    const KfText label = label_of_halves(check, &cell->quantity, own, other.halves);
    KfFinding *finding = kf_price_finding(check, cell, KF_FINDING_AMOUNT_QUANTITY);

    finding->expected = kf_value_amount(other.meant);
    finding->alternatives = kf_arena_array(check->arena, 2, sizeof *finding->alternatives);
    finding->alternatives[0] =
        (KfAlternative){ cell->item->label.ref, kf_value_text(own), kf_value_text(label) };
    finding->alternative_count = 1;
    kf_say(&check->list, finding, KF_SAY_AMOUNT_QUANTITY,
           (KfArg[]){ kf_arg_text(label), kf_arg_text(own), kf_arg_text(their_label),
                      kf_arg_amount(&check->list, price),
                      kf_arg_cell(&check->list, theirs, kf_priced_figure(cell)->ref.sheet) },
           5);
    return finding;
}

static bool is_before(const KfPriced *a, const KfPriced *b)
{
    return kf_ref_order(kf_priced_figure(a)->ref, kf_priced_figure(b)->ref) < 0;
}

static void add_other_row(KfCheck *check, KfFinding *finding, const KfPriced *other, KfOere meant)
{
    const KfFigure *figure = kf_priced_figure(other);
    KfFindingList *list = &check->list;

    finding->alternatives[finding->alternative_count++] =
        (KfAlternative){ figure->ref, kf_value_amount(figure->value), kf_value_amount(meant) };
    kf_say(list, finding, KF_SAY_ALTERNATIVES, NULL, 0);
    kf_say(list, finding, KF_SAY_ALTERNATIVE,
           (KfArg[]){ kf_arg_cell(list, figure->ref, finding->cell.sheet),
                      kf_arg_amount(list, meant), kf_arg_amount(list, figure->value) },
           3);
}

/* What the cell is a price by: the amount as it stands, or the only one that an error told
 * there leaves. False when that is open. */
static bool price_of(const KfCheck *check, const KfPriced *cell, KfOere *price, bool *told)
{
    const KfFinding *finding = kf_told_in_case(check, kf_priced_figure(cell)->ref);

    *told = finding != NULL;
    *price = finding ? finding->expected.amount : kf_priced_figure(cell)->value;
    return !finding
           || (finding->severity == KF_ERROR && finding->alternative_count == 0
               && finding->expected.kind == KF_VALUE_AMOUNT);
}

/* Two rows of a benefit, one of which has the price for another quantity than it says;
 * where it may be either, the first is told with the other as an alternative. */
static void check_quantity(KfCheck *check, const KfPriced *one, const KfPriced *two)
{
    const bool ordered = is_before(one, two);
    const KfPriced *a = ordered ? one : two, *b = ordered ? two : one;
    Requantified at_a = { 0 }, at_b = { 0 };
    bool a_wrong, b_wrong, a_told, b_told;
    KfOere price_a, price_b;
    KfFinding *finding;

    if (!a->quantity.halves || !b->quantity.halves
        || !kf_text_eq(a->quantity.unit, b->quantity.unit)
        || !kf_text_eq(a->quantity.stem, b->quantity.stem) || !price_of(check, a, &price_a, &a_told)
        || !price_of(check, b, &price_b, &b_told))
        return;
    a_wrong = !a_told && is_other_quantity(a, &b->quantity, price_b, false, &at_a);
    b_wrong = !b_told && is_other_quantity(b, &a->quantity, price_a, false, &at_b);
    if (!a_wrong && !b_wrong)
        return;
    a_wrong |= !a_told && is_other_quantity(a, &b->quantity, price_b, true, &at_a);
    b_wrong |= !b_told && is_other_quantity(b, &a->quantity, price_a, true, &at_b);
    if (!a_wrong) {
        tell_quantity(check, b, at_b, a->item->label.text, price_a, kf_priced_figure(a)->ref);
        return;
    }
    finding = tell_quantity(check, a, at_a, b->item->label.text, price_b, kf_priced_figure(b)->ref);
    if (b_wrong)
        add_other_row(check, finding, b, at_b.meant);
}

/* A row off the price that most rows of the benefit have, whosever they are. */
static void check_common_price(KfCheck *check, const KfPriced *cell)
{
    const KfUnitPrice *common;
    Requantified other;

    if (!cell->quantity.halves || kf_is_suspect(check, kf_priced_figure(cell)->ref))
        return;
    common = kf_common_price(check, cell->label);
    if (common && !kf_is_unit_price(common, kf_priced_figure(cell)->value, cell->quantity.halves)
        && is_other_quantity(cell, &common->quantity, common->amount, true, &other))
        tell_quantity(check, cell, other, common->label, common->amount, common->cell);
}

/* Whether the workbook has one price for what the two rows are about. */
static bool has_common_price(KfCheck *check, const KfPriced *cell)
{
    return cell->quantity.halves && kf_common_price(check, cell->label) != NULL;
}

/* Amounts whose labels name quantities of the same, unless the workbook has one price for
 * it: they are held against one another. */
static void chain_stems(KfCheck *check, KfPriceList *prices)
{
    KfTextMap stems = { 0 };

    for (size_t i = prices->count; i-- > 0;) {
        KfPriced *cell = &prices->cells[i];

        if (!cell->quantity.halves)
            continue;
        kf_text_map_get(&stems, cell->quantity.stem, &cell->next_of_stem);
        kf_text_map_set(&stems, check->scratch, cell->quantity.stem, i + 1);
    }
}

void kf_check_quantities(KfCheck *check, KfPriceList *prices)
{
    KfPriced *cells = prices->cells;

    chain_stems(check, prices);
    for (size_t i = 0; i < prices->count; i++) {
        check_common_price(check, &cells[i]);
        for (size_t j = cells[i].next_of_stem, n = 0;
             j && n < KF_MOST_HELD_AGAINST && !has_common_price(check, &cells[i]);
             j = cells[j - 1].next_of_stem, n++)
            check_quantity(check, &cells[i], &cells[j - 1]);
    }
}
