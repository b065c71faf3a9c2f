/* A summary that says something else than its cases, while the sums of both hold: which amount
 * of the cases would make them agree, if a keystroke in it were undone. */
#include "check/tie_given.h"

enum { SLIPS_MAX = 3, KRONE = 100 };

/* What bears a keystroke out: in a sheet in 1.000 kr. any two figures are soon one apart, by chance
 * alone. */
typedef enum { NONE, IN_COARSE_SHEET, AS_TYPED, AS_PRICED } Sureness;

typedef struct {
    KfCheck *check;
    const KfCaseFindings *findings;
    const KfTieScope *scope;
    KfOere more;
    const KfCase *one;
    const KfCourse *course;
    KfAlternative found[SLIPS_MAX];
    size_t count;  /* more than SLIPS_MAX: too many to tell */
    Sureness sure; /* of those found, which are all alike in it */
} Search;

static bool has_amount(const KfItem *item, size_t count, const KfFigure *but, KfOere amount)
{
    for (size_t p = 0; p < count; p++) {
        if (&item->amounts[p] != but && item->amounts[p].state == KF_FIGURE_STATED
            && item->amounts[p].value == amount)
            return true;
    }
    return false;
}

/* Whether the benefit costs as much in another column, or in the citizen's other course. */
static bool is_price(const Search *search, const KfItem *item, const KfFigure *figure,
                     KfOere amount)
{
    const KfCourse *other = &search->one->courses[KF_COURSE_COUNT - 1 - (int)search->course->kind];

    if (has_amount(item, search->course->period_count, figure, amount))
        return true;
    for (size_t i = 0; search->one->has[other->kind] && i < other->item_count; i++) {
        if (kf_text_eq(other->items[i].label.text, item->label.text)
            && has_amount(&other->items[i], other->period_count, NULL, amount))
            return true;
    }
    return false;
}

/* Whether the payer of the sum carries all of the item. */
static bool is_carried(const Search *search, const KfItem *item)
{
    const int payer = search->scope->payer;
    const KfText benefit = kf_check_benefit(search->check, item->label.text).benefit;
    const KfInferred *inferred = kf_inferred_payer(search->check, item->label.text);
    const KfRule *rule = benefit.len ? kf_rule_at(search->check->options->rules, benefit,
                                                  search->check->audit->as_of)
                                     : NULL;

    if (payer == KF_PAYER_NONE)
        return true;
    if (item->has_payer)
        return (int)item->payer == payer;
    if (rule && rule->kind != KF_RULE_OPEN)
        return rule->kind == KF_RULE_FIXED && rule->tiers[0].share_bp[payer] == 10000;
    return payer == (inferred ? inferred->payer : KF_MUNICIPALITY);
}

static bool fits_rate(const Search *search, const KfItem *item, size_t period, KfOere amount)
{
    const KfText benefit = kf_check_benefit(search->check, item->label.text).benefit;
    KfRateFit fit;

    return benefit.len
           && kf_rate_fit_within(search->check->options->rules, benefit, search->check->year,
                                 search->course->periods[period].period,
                                 (KfInterval){ amount, amount }, &fit);
}

/* Whether the difference has so many digits that a keystroke hardly makes it by chance. */
static bool is_telling(const Search *search)
{
    enum { LEAST = 100 };
    KfOere step = search->course->unit;

    while (step > KRONE && search->more % step != 0)
        step /= 10;
    return search->more / step >= LEAST || search->more / step <= -LEAST;
}

/* How sure a keystroke makes the one of the other. What fits its rate was hardly mistyped. */
static Sureness slip_of(const Search *search, const KfItem *item, size_t period, KfOere meant)
{
    const KfOere typed = item->amounts[period].value;
    const KfSlip slip = kf_slip(typed, meant);

    if (slip == KF_SLIP_NONE
        || (fits_rate(search, item, period, typed) && !fits_rate(search, item, period, meant)))
        return NONE;
    if (is_price(search, item, &item->amounts[period], meant))
        return AS_PRICED;
    if (search->course->unit <= KRONE || slip == KF_SLIP_SCALE || slip == KF_SLIP_SIGN)
        return AS_TYPED;
    return is_telling(search) ? IN_COARSE_SHEET : NONE;
}

static void add(Search *search, const KfFigure *figure, KfOere meant, Sureness sure)
{
    if (sure == NONE || search->sure > sure)
        return;
    if (search->sure < sure)
        search->count = 0;
    search->sure = sure;
    if (search->count++ >= SLIPS_MAX)
        return;
    search->found[search->count - 1] =
        (KfAlternative){ figure->ref, kf_value_amount(figure->value), kf_value_amount(meant) };
    if (figure->state != KF_FIGURE_STATED)
        search->found[search->count - 1].found.kind = KF_VALUE_NONE;
}

static void look_at(Search *search, const KfItem *item, size_t period)
{
    const KfFigure *figure = &item->amounts[period];
    const bool less = search->scope->course == KF_COURSE_GAIN && search->course->kind == KF_ACTUAL;
    const KfOere meant = figure->value + (less ? -search->more : search->more);

    if (figure->is_formula || kf_case_finding_at(search->findings, figure->ref))
        return;
    if (figure->state == KF_FIGURE_STATED)
        add(search, figure, meant, slip_of(search, item, period, meant));
    else if (figure->state == KF_FIGURE_BLANK)
        add(search, figure, meant, is_price(search, item, figure, meant) ? AS_PRICED : NONE);
}

static void look_through(Search *search)
{
    const KfText label = search->scope->label;

    for (size_t i = 0; i < search->course->item_count; i++) {
        const KfItem *item = &search->course->items[i];

        if (item->is_part || !item->label.text.len
            || (label.len && !kf_text_eq(item->label.text, label)) || !is_carried(search, item))
            continue;
        for (size_t p = 0; p < search->course->period_count; p++)
            look_at(search, item, p);
    }
}

KfTiedSlips kf_tied_slips(KfCheck *check, const KfCaseFindings *findings, const KfTieScope *scope,
                          KfOere more)
{
    Search search = { .check = check, .findings = findings, .scope = scope, .more = more };
    KfTiedSlips none = { 0 };

    for (size_t c = scope->first; c < scope->end && !scope->is_average; c++) {
        search.one = &check->audit->model.cases[c];
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            search.course = &search.one->courses[kind];
            if (search.one->has[kind] && (scope->course == KF_COURSE_GAIN || scope->course == kind))
                look_through(&search);
        }
    }
    if (search.count == 0
        || search.count > (search.sure == IN_COARSE_SHEET ? 1 : (size_t)SLIPS_MAX))
        return none;
    return (KfTiedSlips){
        kf_arena_copy(check->arena, search.found, search.count * sizeof *search.found), search.count
    };
}
