/* Amounts that no sum gives away: a price that is a keystroke from the rate, from the other
 * course, or from what its label says; and the sums over them, which wait. */
#include "check/priced.h"

const KfFinding *kf_told_in_case(const KfCheck *check, KfRef cell)
{
    const KfFindingList *list = &check->list;
    size_t last = list->count ? list->items[list->count - 1].case_index : KF_NO_INDEX;

    for (size_t at = kf_told_last(list, cell); at && list->items[at - 1].case_index == last;
         at = kf_told_before(list, at)) {
        if (list->items[at - 1].severity > KF_INFO) /* still */
            return &list->items[at - 1];
    }
    return NULL;
}

bool kf_is_suspect(const KfCheck *check, KfRef cell)
{
    return kf_told_in_case(check, cell) != NULL;
}

static void find_fit(const KfCheck *check, KfPriced *cell)
{
    cell->fits = cell->benefit.len
                 && kf_rate_fit_within(check->options->rules, cell->benefit, check->year,
                                       kf_priced_period(cell),
                                       kf_amount_within(kf_priced_figure(cell)), &cell->fit);
}

/* Every label is one of those that are known, so that they need not be compared. */
static void chain_alike(KfPriceList *prices)
{
    for (size_t i = prices->count; i-- > 0;)
        prices->cells[i].label->first_alike = 0;
    for (size_t i = prices->count; i-- > 0;) {
        KfPriced *cell = &prices->cells[i];
        const size_t next = cell->label->first_alike;
        const KfPriced *other = next ? &prices->cells[next - 1] : NULL;

        cell->next_alike = next;
        cell->next_elsewhere =
            other && other->place.course == cell->place.course ? other->next_elsewhere : next;
        cell->label->first_alike = i + 1;
    }
}

static size_t most_prices(const KfCase *one)
{
    size_t most = 0;

    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfCourse *course = &one->courses[kind];

        most += one->has[kind] ? course->item_count * course->period_count : 0;
    }
    return most;
}

static KfPriceList list_prices(KfCheck *check, size_t case_index)
{
    const KfCase *one = &check->audit->model.cases[case_index];
    KfPriceList prices = { 0 };

    prices.cells = kf_arena_room_for(check->scratch, most_prices(one), sizeof *prices.cells);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        const KfCourse *course = &one->courses[kind];

        for (size_t i = 0; one->has[kind] && i < course->item_count; i++) {
            const KfItem *item = &course->items[i];
            KfKnownLabel *label = kf_check_label(check, item->label.text);

            for (size_t p = 0; p < course->period_count; p++) {
                if (item->amounts[p].state == KF_FIGURE_STATED && item->amounts[p].value > 0)
                    prices.cells[prices.count++] = (KfPriced){ .place = { case_index, course },
                                                               .item = item,
                                                               .label = label,
                                                               .benefit = label->match.benefit,
                                                               .period = p,
                                                               .quantity = label->quantity };
            }
        }
    }
    for (size_t i = 0; i < prices.count; i++)
        find_fit(check, &prices.cells[i]);
    chain_alike(&prices);
    return prices;
}

KfFinding *kf_price_finding(KfCheck *check, const KfPriced *cell, KfFindingCode code)
{
    const KfFigure *figure = kf_priced_figure(cell);
    KfFinding *finding =
        kf_finding_at(check, &cell->place, code, KF_WARNING, KF_ACTION_PROPOSE, figure,
                      (int)cell->period, KF_PAYER_NONE, cell->item->label.text);

    finding->found = kf_value_amount(figure->value);
    return finding;
}

bool kf_is_lone_price(const KfPriced *cell)
{
    for (size_t p = 0; p < cell->place.course->period_count; p++) {
        if (p != cell->period && cell->item->amounts[p].value != 0)
            return false;
    }
    return true;
}

/* Whether the payer carries a part of the item: all of it when no rule splits it. */
static bool pays(KfCheck *check, const KfPriced *cell, int payer)
{
    const KfRule *rule = cell->benefit.len
                             ? kf_rule_at(check->options->rules, cell->benefit, check->audit->as_of)
                             : NULL;
    const KfInferred *inferred = kf_inferred_payer(check, cell->item->label.text);

    if (payer == KF_PAYER_NONE || (rule && rule->kind == KF_RULE_OPEN))
        return true;
    if (rule && rule->kind == KF_RULE_FIXED)
        return rule->tiers[0].share_bp[payer] > 0;
    if (rule && rule->kind == KF_RULE_WEEKS)
        return payer == KF_STATE || payer == KF_MUNICIPALITY;
    if (rule)
        return payer == KF_REGION || payer == KF_MUNICIPALITY;
    return payer == (inferred ? inferred->payer : KF_MUNICIPALITY);
}

static bool counts_weeks(const KfCheck *check, const KfPriced *cell)
{
    const KfRule *rule = cell->benefit.len
                             ? kf_rule_at(check->options->rules, cell->benefit, check->audit->as_of)
                             : NULL;

    return rule && rule->kind == KF_RULE_WEEKS;
}

/* Sums over an amount that may be wrong are left alone until it is decided; so are
 * those of other periods, where its weeks run on. */
static void hold_sums(KfCheck *check, const KfPriced *cell)
{
    const bool runs_on = counts_weeks(check, cell);
    const KfText period = kf_period_text(check->arena, cell->place.course, (int)cell->period);

    for (size_t i = check->list.count;
         i-- > 0 && check->list.items[i].case_index == cell->place.case_index;) {
        KfFinding *finding = &check->list.items[i];

        if (finding->action == KF_ACTION_CORRECT && finding->code != KF_FINDING_AMOUNT_TEXT
            && finding->course == (int)cell->place.course->kind
            && (!finding->period.len || runs_on || kf_text_eq(finding->period, period))
            && pays(check, cell, finding->payer))
            finding->action = KF_ACTION_PROPOSE;
    }
}

/* Off its rate, or off what its label says; where the two courses differ, either
 * may be right, and the sums of both stand. */
static bool is_priced_wrong(const KfCheck *check, const KfPriced *cell, size_t first)
{
    for (size_t at = kf_told_last(&check->list, kf_priced_figure(cell)->ref); at > first;
         at = kf_told_before(&check->list, at)) {
        const KfFinding *finding = &check->list.items[at - 1];

        if (finding->code != KF_FINDING_AMOUNT_TYPO && finding->severity > KF_INFO)
            return true;
    }
    return false;
}

static bool undoes(const KfFinding *proposal, const KfFinding *correction)
{
    return proposal->expected.kind == KF_VALUE_AMOUNT && proposal->found.kind == KF_VALUE_AMOUNT
           && correction->expected.kind == KF_VALUE_AMOUNT
           && correction->found.kind == KF_VALUE_AMOUNT
           && correction->expected.amount - correction->found.amount
                  == proposal->found.amount - proposal->expected.amount;
}

/* A sum that is off by just what an amount differs from the other course's was added up
 * with that: then it is not the sum that is sure to be wrong. */
static void doubt_sums(KfCheck *check, const KfFinding *proposal)
{
    for (size_t i = check->list.count;
         i-- > 0 && check->list.items[i].case_index == proposal->case_index;) {
        KfFinding *finding = &check->list.items[i];

        if (finding->action != KF_ACTION_CORRECT || finding->course != proposal->course
            || !undoes(proposal, finding)
            || (finding->period.len && !kf_text_eq(finding->period, proposal->period)))
            continue;
        finding->action = KF_ACTION_PROPOSE;
        if (finding->severity > KF_WARNING)
            finding->severity = KF_WARNING;
    }
}

void kf_check_prices(KfCheck *check, size_t case_index)
{
    size_t first = check->list.count;
    KfPriceList prices = list_prices(check, case_index);
    KfPriced *cells = prices.cells;

    for (size_t i = 0; i < prices.count; i++)
        kf_check_rate(check, &prices, &cells[i]);
    for (size_t i = 0; i < prices.count; i++)
        kf_check_pairs(check, &prices, &cells[i]);
    kf_check_quantities(check, &prices);
    for (size_t i = 0; i < prices.count; i++) {
        if (is_priced_wrong(check, &cells[i], first))
            hold_sums(check, &cells[i]);
    }
    for (size_t i = first; i < check->list.count; i++) {
        if (check->list.items[i].code == KF_FINDING_AMOUNT_TYPO)
            doubt_sums(check, &check->list.items[i]);
    }
    kf_arena_reset(check->scratch);
}
