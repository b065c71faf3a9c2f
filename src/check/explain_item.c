/* One item of a column: how its label was read, the rule that it follows, what a
 * payer carries of it week by week, and the rates that its amount may be made of. */
#include "check/explain_steps.h"

enum { READINGS_SHOWN = 5, NANO_A_HUNDREDTH = 10000000 };

static void say_new(KfExplainer *explainer, KfStepKind kind, KfSay say, const KfArg *args,
                    size_t count)
{
    kf_step_say(explainer, kf_step_add(explainer, kind), say, args, count);
}

static KfArg weeks_arg(KfExplainer *explainer, int64_t nanoweeks)
{
    int64_t rest = nanoweeks % NANO_A_HUNDREDTH;

    return kf_arg_hundredths(&explainer->check.list,
                             nanoweeks / NANO_A_HUNDREDTH + (rest >= NANO_A_HUNDREDTH / 2));
}

/* "8.113", or "8.113 til 8.227" where there is a range. */
static KfArg range_arg(KfExplainer *explainer, KfInterval range)
{
    KfArg arg;

    for (int lang = 0; lang < KF_LANG_COUNT; lang++) {
        KfBuf buf = { 0 };

        kf_buf_amount(&buf, range.lo, (KfLang)lang);
        if (range.lo != range.hi) {
            kf_buf_str(&buf, lang == KF_LANG_DA ? " til " : " to ");
            kf_buf_amount(&buf, range.hi, (KfLang)lang);
        }
        arg.text[lang] = kf_arena_take(explainer->check.arena, &buf);
        kf_buf_free(&buf);
    }
    return arg;
}

/* ---- label and rule --------------------------------------------------------- */

static void say_benefit(KfExplainer *explainer, const KfItemRule *rule)
{
    const KfBenefitMatch *match = &rule->match;

    if (!match->benefit.len) {
        say_new(explainer, KF_STEP_BENEFIT, KF_SAY_EX_UNKNOWN, NULL, 0);
        return;
    }
    say_new(explainer, KF_STEP_BENEFIT, match->by_slip ? KF_SAY_EX_READ_SLIP : KF_SAY_EX_READ,
            (KfArg[]){ kf_arg_text(match->benefit), kf_arg_text(match->alias) }, 2);
    if (!rule->rule)
        say_new(explainer, KF_STEP_RULE, KF_SAY_EX_NO_RULE, NULL, 0);
}

/* A rate of another year or of none, and what the sheet itself seems to reckon with. */
static void say_carried(KfExplainer *explainer, KfStep *step, const KfItemRule *rule)
{
    KfFindingList *list = &explainer->check.list;
    const KfOere price = rule->scale == 1 ? rule->exact : rule->exact / 3;
    const KfRate *rate = rule->rate;
    KfArg args[5] = { kf_arg_number(list, explainer->check.year), kf_arg_amount(list, price) };

    if (!rate) {
        kf_step_say(explainer, step, KF_SAY_EX_RATE_ROW, args, 2);
        return;
    }
    args[1] = kf_arg_amount(list, rate->amount);
    args[2] = kf_arg_number(list, rate->year);
    args[3] = kf_arg_amount(list, price);
    args[4] = kf_unit_name(rate->unit, 1);
    kf_step_say(explainer, step,
                price == rate->amount                 ? KF_SAY_EX_RATE_CARRIED
                : rate->year == explainer->check.year ? KF_SAY_EX_RATE_UNFIT
                                                      : KF_SAY_EX_RATE_OWN,
                args, 5);
}

static void say_weeks_rule(KfExplainer *explainer, KfStep *step, const KfItemRule *rule)
{
    KfFindingList *list = &explainer->check.list;

    if (rule->is_free) {
        kf_step_say(
            explainer, step, KF_SAY_EX_RULE_NO_RATE,
            (KfArg[]){ kf_arg_text(rule->rule->title), kf_arg_number(list, explainer->check.year) },
            2);
        return;
    }
    kf_step_say(explainer, step,
                rule->scale > 1 ? KF_SAY_EX_RULE_WEEKS_MONTH : KF_SAY_EX_RULE_WEEKS,
                (KfArg[]){ kf_arg_text(rule->rule->title), kf_arg_amount(list, rule->weekly),
                           kf_arg_amount(list, rule->exact / 3) },
                3);
    step->price = rule->weekly;
    if (rule->is_carried)
        say_carried(explainer, step, rule);
}

/* Where the workbook itself says so, and what the table has instead. */
static void say_assumed(KfExplainer *explainer, const KfAssumption *assumed)
{
    KfFindingList *list = &explainer->check.list;

    kf_step_say(explainer, kf_step_add(explainer, KF_STEP_NOTE), KF_SAY_EX_ASSUMED,
                (KfArg[]){ kf_arg_cell(list, assumed->cell, explainer->out->ref.sheet),
                           kf_arg_text(assumed->text) },
                2);
}

static void say_rule(KfExplainer *explainer, const KfItemRule *item)
{
    const KfRule *rule = item->rule;
    KfStep *step = kf_step_add(explainer, KF_STEP_RULE);
    KfArg args[3] = { kf_arg_text(rule->title) };

    switch (rule->kind) {
    case KF_RULE_WEEKS:
        say_weeks_rule(explainer, step, item);
        return;
    case KF_RULE_STAY_CAP:
        args[1] = range_arg(explainer, (KfInterval){ rule->cap_lo, rule->cap_hi });
        args[2] = kf_arg_number(&explainer->check.list, item->stays);
        kf_step_say(explainer, step,
                    item->stays == 0   ? KF_SAY_EX_RULE_CAP_OPEN
                    : item->stays == 1 ? KF_SAY_EX_RULE_CAP
                                       : KF_SAY_EX_RULE_CAP_COUNT,
                    args, 3);
        return;
    case KF_RULE_FIXED:
        kf_step_say(explainer, step, KF_SAY_EX_RULE_FIXED, args, 1);
        return;
    case KF_RULE_OPEN:
        kf_step_say(explainer, step, KF_SAY_EX_RULE_OPEN, args, 1);
        return;
    case KF_RULE_YEARLY:
        kf_step_say(explainer, step, KF_SAY_EX_RULE_YEARLY, args, 1);
        return;
    }
}

static void say_source(KfExplainer *explainer, const KfRule *rule)
{
    static const KfSay confidences[] = {
        [KF_CONFIDENCE_LOW] = KF_SAY_EX_CONFIDENCE_LOW,
        [KF_CONFIDENCE_MEDIUM] = KF_SAY_EX_CONFIDENCE_MEDIUM,
        [KF_CONFIDENCE_HIGH] = KF_SAY_EX_CONFIDENCE_HIGH,
    };
    KfStep *step = kf_step_add(explainer, KF_STEP_SOURCE);
    const KfArg law = kf_arg_text(rule->law), source = kf_arg_text(rule->source);

    if (rule->law.len)
        kf_step_say(explainer, step, KF_SAY_EX_LAW, &law, 1);
    if (rule->source.len)
        kf_step_say(explainer, step, KF_SAY_EX_SOURCE, &source, 1);
    kf_step_say(explainer, step, confidences[rule->confidence], NULL, 0);
}

/* ---- the split -------------------------------------------------------------- */

typedef struct {
    KfExplainer *explainer;
    const KfItemRule *item;
    const KfItemSplit *split;
    int payer;
    KfOere left; /* of the payer's part, so that the tiers add up to it */
} Tiers;

/* The last tier with a share takes what rounding leaves. */
static KfOere tier_part(Tiers *tiers, const KfTier *tier, KfOere within, bool last)
{
    KfOere part = last ? tiers->left : kf_share(within, tier->share_bp[tiers->payer]);

    tiers->left -= part;
    return part;
}

static int64_t tier_weeks(const KfItemSplit *split, const KfTier *tier)
{
    const int64_t nano = INT64_C(1000000000);
    int64_t from = (tier->from_week - 1) * nano, to = tier->to_week * nano;

    if (from < split->before)
        from = split->before;
    if (to > split->before + split->within)
        to = split->before + split->within;
    return to > from ? to - from : 0;
}

static void say_week_tier(Tiers *tiers, const KfTier *tier, KfOere within, KfOere part)
{
    const KfOere weekly = tiers->item->weekly;
    KfFindingList *list = &tiers->explainer->check.list;
    const int64_t weeks = tier_weeks(tiers->split, tier);
    KfStep *step = kf_step_add(tiers->explainer, KF_STEP_TIER);

    step->payer = tiers->payer;
    step->nanoweeks = weeks;
    step->price = weekly;
    step->share_bp = tier->share_bp[tiers->payer];
    step->amount = kf_value_amount(part);
    kf_step_say(tiers->explainer, step,
                tier->to_week == INT32_MAX ? KF_SAY_EX_TIER_ON : KF_SAY_EX_TIER,
                (KfArg[]){ kf_arg_number(list, tier->from_week), kf_arg_number(list, tier->to_week),
                           weeks_arg(tiers->explainer, weeks), kf_arg_amount(list, weekly),
                           kf_arg_amount(list, within), kf_arg_payer(tiers->payer),
                           kf_arg_hundredths(list, step->share_bp), kf_arg_amount(list, part) },
                8);
}

static void say_band(Tiers *tiers, const KfTier *tier, KfOere within, KfOere part)
{
    KfFindingList *list = &tiers->explainer->check.list;
    KfStep *step = kf_step_add(tiers->explainer, KF_STEP_SHARE);
    const bool open = tier->up_to == INT64_MAX;

    step->payer = tiers->payer;
    step->share_bp = tier->share_bp[tiers->payer];
    step->amount = kf_value_amount(part);
    kf_step_say(tiers->explainer, step, open ? KF_SAY_EX_BAND_ON : KF_SAY_EX_BAND,
                (KfArg[]){ kf_arg_amount(list, within), kf_arg_amount(list, tier->above),
                           kf_arg_amount(list, open ? 0 : tier->up_to), kf_arg_payer(tiers->payer),
                           kf_arg_hundredths(list, step->share_bp), kf_arg_amount(list, part) },
                6);
}

/* What of the amount falls in a tier, to the nearest øre. */
static KfOere in_weeks(const Tiers *tiers, const KfTier *tier)
{
    const KfItemRule *item = tiers->item;
    const KfOere amount = tiers->split->amount < 0 ? -tiers->split->amount : tiers->split->amount;
    const KfWeekClock start = { tiers->split->before };

    if (amount > KF_OERE_MAX / item->scale)
        return kf_rule_tier_amount(item->rule, tier, amount, item->weekly, start);
    return (kf_rule_tier_amount(item->rule, tier, amount * item->scale, item->exact, start)
            + item->scale / 2)
           / item->scale;
}

static void say_tiers(Tiers *tiers)
{
    const KfRule *rule = tiers->item->rule;
    size_t last = rule->tier_count;

    for (size_t i = 0; i < rule->tier_count; i++) {
        if (rule->tiers[i].share_bp[tiers->payer] && in_weeks(tiers, &rule->tiers[i]))
            last = i;
    }
    for (size_t i = 0; i < rule->tier_count; i++) {
        const KfTier *tier = &rule->tiers[i];
        KfOere within = in_weeks(tiers, tier);

        if (within)
            say_week_tier(tiers, tier, within, tier_part(tiers, tier, within, i == last));
    }
}

/* What of a year's cost from..upto falls in a band. */
static KfOere in_band(const KfRule *rule, const KfTier *band, KfOere from, KfOere upto)
{
    const KfWeekClock none = { 0 };

    return kf_rule_tier_amount(rule, band, upto, 0, none)
           - kf_rule_tier_amount(rule, band, from, 0, none);
}

/* The cost of one year of the column, from what the year has cost before. */
static void say_year(Tiers *tiers, int32_t year, KfOere spent, KfOere amount, bool last)
{
    const KfRule *rule = tiers->item->rule;
    KfFindingList *list = &tiers->explainer->check.list;
    KfStep *step = kf_step_add(tiers->explainer, KF_STEP_NOTE);
    size_t last_band = rule->tier_count;

    kf_step_say(tiers->explainer, step, KF_SAY_EX_YEAR,
                (KfArg[]){ kf_arg_number(list, year + 1), kf_arg_amount(list, amount),
                           kf_arg_amount(list, spent) },
                3);
    for (size_t i = 0; i < rule->tier_count; i++) {
        if (rule->tiers[i].share_bp[tiers->payer]
            && in_band(rule, &rule->tiers[i], spent, spent + amount))
            last_band = i;
    }
    for (size_t i = 0; i < rule->tier_count; i++) {
        const KfTier *band = &rule->tiers[i];
        KfOere within = in_band(rule, band, spent, spent + amount);

        if (within)
            say_band(tiers, band, within, tier_part(tiers, band, within, last && i == last_band));
    }
}

static void say_years(Tiers *tiers, KfPeriod period)
{
    const KfOere amount = tiers->split->amount < 0 ? -tiers->split->amount : tiers->split->amount;
    KfOere spent = tiers->split->spent, left = amount;

    for (int32_t year = 0; left > 0 && year < 1000; year++) {
        KfOere part = kf_year_amount(period, amount, year);

        if (part == 0)
            continue;
        left -= part;
        say_year(tiers, year, spent, part, left == 0);
        spent = 0;
    }
}

static void say_share(Tiers *tiers)
{
    KfFindingList *list = &tiers->explainer->check.list;
    KfStep *step = kf_step_add(tiers->explainer, KF_STEP_SHARE);

    step->payer = tiers->payer;
    step->share_bp = tiers->item->rule->tiers[0].share_bp[tiers->payer];
    step->amount = kf_value_amount(tiers->split->part[tiers->payer]);
    kf_step_say(tiers->explainer, step, KF_SAY_EX_SHARE,
                (KfArg[]){ kf_arg_amount(list, tiers->split->amount), kf_arg_payer(tiers->payer),
                           kf_arg_hundredths(list, step->share_bp),
                           kf_arg_amount(list, tiers->split->part[tiers->payer]) },
                4);
}

static KfSay held_by(int32_t stays)
{
    if (stays == 0)
        return KF_SAY_EX_CAP_OPEN;
    return stays == 1 ? KF_SAY_EX_CAP : KF_SAY_EX_CAP_COUNT;
}

static void say_cap(Tiers *tiers)
{
    const KfRule *rule = tiers->item->rule;
    const KfItemSplit *split = tiers->split;
    const KfOere share = kf_share(split->amount, rule->tiers[0].share_bp[KF_MUNICIPALITY]);
    const bool held = split->range[KF_MUNICIPALITY].lo != share;
    KfFindingList *list = &tiers->explainer->check.list;
    const KfArg amount = kf_arg_amount(list, split->amount);
    const KfArg own = range_arg(tiers->explainer, split->range[KF_MUNICIPALITY]);

    say_new(tiers->explainer, KF_STEP_CAP, held ? held_by(tiers->item->stays) : KF_SAY_EX_CAP_NOT,
            (KfArg[]){ amount, kf_arg_hundredths(list, rule->tiers[0].share_bp[KF_MUNICIPALITY]),
                       kf_arg_amount(list, share),
                       range_arg(tiers->explainer, (KfInterval){ rule->cap_lo, rule->cap_hi }), own,
                       kf_arg_number(list, tiers->item->stays) },
            6);
    if (tiers->payer == KF_REGION)
        say_new(tiers->explainer, KF_STEP_CAP, KF_SAY_EX_CAP_REST,
                (KfArg[]){ amount, own, range_arg(tiers->explainer, split->range[KF_REGION]) }, 3);
}

static void say_split(KfExplainer *explainer, const KfItemRule *item, const KfItemSplit *split,
                      KfPeriod period, int payer)
{
    const KfOere part = split->part[payer];
    Tiers tiers = { explainer, item, split, payer, part < 0 ? -part : part };

    switch (item->rule->kind) {
    case KF_RULE_WEEKS:
        say_tiers(&tiers);
        break;
    case KF_RULE_YEARLY:
        say_years(&tiers, period);
        break;
    case KF_RULE_STAY_CAP:
        if (payer == KF_MUNICIPALITY || payer == KF_REGION)
            say_cap(&tiers);
        break;
    default:
        say_share(&tiers);
    }
}

/* ---- who pays where no rule says it ------------------------------------------ */

/* In a table with payers as columns the row itself shows who pays. */
static int shown_payer(const KfItem *item)
{
    int shown = KF_PAYER_NONE;

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (item->parts[k].state == KF_FIGURE_STATED && item->parts[k].value)
            shown = shown == KF_PAYER_NONE ? k : KF_PAYER_COUNT;
    }
    return shown;
}

static KfOere free_part_of(KfExplainer *explainer, size_t item, size_t period, KfOere amount,
                           int payer)
{
    const size_t periods = explainer->course.course->period_count;
    const KfRule *rule = kf_item_rule(&explainer->course, item, period)->rule;
    int choice = explainer->verdict.best->assigned[item * periods + period];
    int shown = shown_payer(&explainer->course.course->items[item]);

    if (shown >= 0 && shown < KF_PAYER_COUNT)
        choice = shown;
    return choice < 0 ? 0 : kf_free_part(rule, choice, amount, payer);
}

static void say_inferred(KfExplainer *explainer, size_t item, size_t period, int payer)
{
    const size_t periods = explainer->course.course->period_count;
    const KfRule *rule = kf_item_rule(&explainer->course, item, period)->rule;
    const int choice = explainer->verdict.best->assigned[item * periods + period];
    KfFindingList *list = &explainer->check.list;
    KfStep *step = kf_step_add(explainer, KF_STEP_INFERRED);

    if (shown_payer(&explainer->course.course->items[item]) != KF_PAYER_NONE) {
        kf_step_say(explainer, step, KF_SAY_EX_INFERRED_ROW, NULL, 0);
    } else if (choice >= KF_PAYER_COUNT) {
        const KfTier *tier = &rule->tiers[choice - KF_PAYER_COUNT];
        int who = payer < 0 ? KF_STATE : payer;

        step->share_bp = tier->share_bp[who];
        kf_step_say(explainer, step, KF_SAY_EX_INFERRED_SHARE,
                    (KfArg[]){ kf_arg_payer(who), kf_arg_hundredths(list, step->share_bp) }, 2);
    } else if (choice >= 0) {
        const KfArg who = kf_arg_payer(choice);

        step->payer = choice;
        kf_step_say(explainer, step, KF_SAY_EX_INFERRED, &who, 1);
    }
}

/* ---- an item ---------------------------------------------------------------- */

static void add_part(KfExplainer *explainer, int payer, KfOere part, KfInterval range, KfTruth *sum)
{
    KfStep *step = kf_step_add(explainer, KF_STEP_PART);
    const KfArg who = kf_arg_payer(payer);

    step->payer = payer;
    step->amount = kf_value_amount(part);
    step->range = range;
    step->is_range = range.lo != range.hi;
    kf_step_say(explainer, step, KF_SAY_EX_ITEM_PART, &who, 1);
    if (!sum)
        return;
    sum->value += part;
    sum->range.lo += range.lo;
    sum->range.hi += range.hi;
}

static void say_weeks(KfExplainer *explainer, const KfItemRule *rule, const KfItemSplit *split)
{
    KfFindingList *list = &explainer->check.list;
    KfStep *step = kf_step_add(explainer, KF_STEP_WEEKS);

    step->nanoweeks = split->within;
    step->price = rule->weekly;
    kf_step_say(explainer, step, KF_SAY_EX_WEEKS,
                (KfArg[]){ kf_arg_amount(list, split->amount < 0 ? -split->amount : split->amount),
                           kf_arg_amount(list, rule->weekly), weeks_arg(explainer, split->within),
                           weeks_arg(explainer, split->before) },
                4);
    if (rule->rule->whole_weeks && explainer->course.week_count >= KF_WEEKS_RUNNING)
        say_new(explainer, KF_STEP_NOTE, KF_SAY_EX_WEEKS_RUNNING, NULL, 0);
    if (split->restarted) {
        const KfArg after = kf_arg_number(list, rule->rule->restart_after);

        kf_step_say(explainer, step, KF_SAY_EX_RESTARTED, &after, 1);
    }
}

/* That the law is that of the column's first day, where another follows in it. */
static void say_law_changes(KfExplainer *explainer, const KfItemRule *rule)
{
    if (rule->law_changes)
        say_new(explainer, KF_STEP_NOTE, KF_SAY_EX_LAW_CHANGES, NULL, 0);
}

static void explain_payer(KfExplainer *explainer, size_t item, size_t period,
                          const KfItemSplit *split, int payer, KfTruth *sum)
{
    const KfItemRule *rule = kf_item_rule(&explainer->course, item, period);
    KfOere part = split->part[payer];
    KfInterval range = split->range[payer];

    if (split->is_split) {
        say_split(explainer, rule, split, explainer->course.course->periods[period].period, payer);
    } else {
        part = free_part_of(explainer, item, period, split->amount, payer);
        range = (KfInterval){ part, part };
    }
    add_part(explainer, payer, part, range, sum);
}

/* A payer that has no part of the item is not told where all are. */
static bool has_part(KfExplainer *explainer, size_t item, size_t period, const KfItemSplit *split,
                     int payer)
{
    if (split->is_split)
        return split->part[payer] || split->range[payer].hi;
    return free_part_of(explainer, item, period, split->amount, payer) != 0;
}

static void add_item(KfExplainer *explainer, size_t item, size_t period, KfOere amount)
{
    const KfItem *row = &explainer->course.course->items[item];
    const KfFigure *figure = &row->amounts[period];
    KfFindingList *list = &explainer->check.list;
    KfStep *step = kf_step_add(explainer, KF_STEP_ITEM);

    step->has_cell = true;
    step->cell = figure->ref;
    step->label = explainer->by_period ? explainer->course.course->periods[period].label.text
                                       : row->label.text;
    if (figure->state == KF_FIGURE_STATED)
        step->amount = kf_value_amount(figure->value);
    else if (figure->state == KF_FIGURE_UNREADABLE)
        step->amount = kf_value_text(figure->shown);
    if (amount != figure->value)
        say_new(explainer, KF_STEP_NOTE, KF_SAY_EX_CHANGED,
                (KfArg[]){ kf_arg_amount(list, amount), kf_arg_amount(list, figure->value) }, 2);
}

void kf_explain_item_part(KfExplainer *explainer, size_t item, size_t period, int payer,
                          KfTruth *sum)
{
    const KfCourse *course = explainer->course.course;
    const KfItemRule *rule = kf_item_rule(&explainer->course, item, period);
    const KfItemSplit split =
        kf_item_split(&explainer->course, explainer->verdict.best, item, period);

    if (course->items[item].is_part || course->items[item].amounts[period].state == KF_FIGURE_NONE
        || (payer >= 0 && split.amount == 0 && course->items[item].amounts[period].value == 0
            && course->items[item].amounts[period].state != KF_FIGURE_UNREADABLE))
        return;
    add_item(explainer, item, period, split.amount);
    say_benefit(explainer, rule);
    if (rule->assumed)
        say_assumed(explainer, rule->assumed);
    if (rule->rule)
        say_rule(explainer, rule);
    say_law_changes(explainer, rule);
    if (split.is_split && rule->rule->kind == KF_RULE_WEEKS)
        say_weeks(explainer, rule, &split);
    if (!split.is_split && split.amount)
        say_inferred(explainer, item, period, payer);
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (payer == k || (payer < 0 && has_part(explainer, item, period, &split, k)))
            explain_payer(explainer, item, period, &split, k, sum);
    }
    if (rule->rule)
        say_source(explainer, rule->rule);
}

/* ---- rates ------------------------------------------------------------------ */

static void say_reading(KfExplainer *explainer, const KfRateReading *reading, KfOere amount)
{
    const KfRate *rate = reading->rate;
    const bool all = reading->share_bp == 10000;
    KfFindingList *list = &explainer->check.list;
    KfStep *step = kf_step_add(explainer, KF_STEP_READING);

    step->price = reading->unit_price;
    step->halves = reading->halves;
    step->share_bp = reading->share_bp;
    step->amount = kf_value_amount(amount);
    kf_step_say(
        explainer, step, all ? KF_SAY_EX_READING : KF_SAY_EX_READING_SHARE,
        (KfArg[]){ kf_arg_amount(list, reading->unit_price), kf_arg_halves(list, reading->halves),
                   kf_unit_name(rate->unit, reading->halves == 2 ? 1 : 2),
                   kf_arg_amount(list, amount), kf_arg_hundredths(list, reading->share_bp) },
        5);
    if (rate->variant.len) {
        const KfArg variant = kf_arg_text(rate->variant);

        kf_step_say(explainer, step, KF_SAY_EX_READING_RATE, &variant, 1);
    }
    if (rate->amount != reading->unit_price) {
        const KfArg price = kf_arg_amount(list, rate->amount);

        kf_step_say(explainer, step, KF_SAY_EX_READING_NEAR, &price, 1);
    }
}

static void say_no_reading(KfExplainer *explainer, KfText benefit, KfOere amount)
{
    KfFindingList *list = &explainer->check.list;
    const KfArg year = kf_arg_number(list, explainer->check.year);
    const KfRate *rate = NULL;

    kf_rate_weekly(explainer->check.options->rules, benefit, explainer->check.year, amount, &rate);
    if (!rate)
        say_new(explainer, KF_STEP_NOTE, KF_SAY_EX_NO_RATES, &year, 1);
    else
        say_new(explainer, KF_STEP_NOTE, KF_SAY_EX_READING_NONE,
                (KfArg[]){ kf_arg_amount(list, rate->amount), kf_unit_name(rate->unit, 1) }, 2);
}

void kf_explain_readings(KfExplainer *explainer, size_t item, size_t period, KfOere amount)
{
    const KfText benefit = explainer->course.items[item].match.benefit;
    const KfPeriod months = explainer->course.course->periods[period].period;
    const KfArg year = kf_arg_number(&explainer->check.list, explainer->check.year);
    KfRateReading readings[READINGS_SHOWN];
    size_t count;

    if (!benefit.len || amount <= 0)
        return;
    count = kf_rate_readings(explainer->check.options->rules, benefit, explainer->check.year,
                             months, amount, readings, READINGS_SHOWN);
    if (count == 0) {
        say_no_reading(explainer, benefit, amount);
        return;
    }
    say_new(explainer, KF_STEP_HEADING, KF_SAY_EX_READINGS, &year, 1);
    for (size_t i = 0; i < count; i++)
        say_reading(explainer, &readings[i], amount);
    if (count > 1)
        say_new(explainer, KF_STEP_NOTE, KF_SAY_EX_READING_MANY, NULL, 0);
}
