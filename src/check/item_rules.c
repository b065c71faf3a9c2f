/* The rule behind each item of a course: the workbook's own assumption, else the
 * law of the rules' date, or for each column the law that held when it began. */
#include "check/checks.h"
#include "extract/words.h"

/* Clocks of a course, by name. */
typedef struct {
    KfText *names;
    KfCourseCheck *course;
} Clocks;

static size_t clock_named(Clocks *clocks, KfText name)
{
    for (size_t i = 0; i < clocks->course->clock_count; i++) {
        if (kf_text_eq(clocks->names[i], name))
            return i;
    }
    clocks->names[clocks->course->clock_count] = name;
    return clocks->course->clock_count++;
}

static KfText clock_name(const KfRule *rule)
{
    return rule->clock.len ? rule->clock : rule->benefit;
}

/* Whom the heading of a section names. */
static int section_payer(KfCheck *check, KfText section)
{
    size_t payer;
    KfLabelRole label;

    if (kf_text_map_get(&check->section_payers, section, &payer))
        return payer == KF_PAYER_COUNT ? KF_PAYER_NONE : (int)payer;
    label = kf_label_role(section);
    payer = label.role == KF_ROLE_PAYER ? label.payer : KF_PAYER_COUNT;
    kf_text_map_set(&check->section_payers, check->arena, section, payer);
    return section_payer(check, section);
}

/* Who pays the item elsewhere, else whom the heading above it names. */
static int hint(KfCheck *check, const KfItem *item)
{
    const KfInferred *known =
        item->label.text.len ? kf_inferred_payer(check, item->label.text) : NULL;

    return known ? known->payer : section_payer(check, item->section);
}

static const KfAssumption *assumption_on(const KfAudit *audit, KfText benefit)
{
    for (size_t i = 0; i < audit->assumption_count; i++) {
        if (kf_text_eq(audit->assumptions[i].rule.benefit, benefit))
            return &audit->assumptions[i];
    }
    return NULL;
}

/* Whether a label that no rule knows stands among what supports the citizen. */
static bool is_in_support(const KfItem *item)
{
    return kf_text_starts(item->section, KF_TEXT("Forsørgelse"));
}

/* Where a rule leaves a range of caps a stay, that of the year. */
static KfOere cap_of_year(const KfCheck *check, const KfItemRule *rule)
{
    const KfRate *rate = kf_rate(check->options->rules, rule->match.benefit, check->year);

    return rate && rate->unit == KF_RATE_STAY && rate->amount >= rule->rule->cap_lo
                   && rate->amount <= rule->rule->cap_hi
               ? rate->amount
               : 0;
}

static KfItemRule rule_on(KfCheck *check, const KfCourse *course, const KfItem *item, KfDate date)
{
    KfItemRule rule = { .payer_hint = hint(check, item),
                        .is_free = true,
                        .confidence = KF_CONFIDENCE_HIGH,
                        .sure = KF_CONFIDENCE_HIGH,
                        .clock = KF_NO_CLOCK,
                        .also = KF_NO_CLOCK };
    const KfKnownLabel *label;

    if (item->has_payer) {
        rule.payer_hint = (int)item->payer;
        return rule; /* the list itself says who pays this much */
    }
    label = kf_check_label(check, item->label.text);
    rule.match = label->match;
    if (rule.match.benefit.len) {
        rule.assumed = check->law_only ? NULL : assumption_on(check->audit, rule.match.benefit);
        rule.rule = rule.assumed ? &rule.assumed->rule
                                 : kf_rule_at(check->options->rules, rule.match.benefit, date);
    }
    rule.is_support = rule.rule ? rule.rule->is_support : is_in_support(item);
    if (!rule.rule || rule.rule->kind == KF_RULE_OPEN)
        return rule;
    rule.is_free = false;
    rule.stays = label->stays;
    rule.confidence = rule.rule->confidence;
    if (rule.rule->kind == KF_RULE_STAY_CAP)
        rule.stay_cap = cap_of_year(check, &rule);
    if (rule.rule->kind == KF_RULE_WEEKS) {
        kf_item_price(check, course, item, &rule);
        rule.is_free = rule.weekly <= 0;
    }
    return rule;
}

static int32_t year_of(KfDate date)
{
    int year, month, day;

    kf_date_parts(date, &year, &month, &day);
    return year;
}

/* By the law of a column, at the price of the workbook's year, of its own or of the
 * first, whichever the amounts are whole numbers of. */
static KfItemRule rule_in(KfCheck *check, const KfCourse *course, const KfItem *item, KfDate date,
                          KfDate start)
{
    const int32_t usual = check->year, others[] = { year_of(date), year_of(start) };
    const KfItemRule first = rule_on(check, course, item, date);

    if (first.fits || !first.rule || first.rule->kind != KF_RULE_WEEKS)
        return first;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        KfItemRule rule;

        check->year = others[i];
        rule = rule_on(check, course, item, date);
        check->year = usual;
        if (rule.fits)
            return rule;
    }
    return first;
}

static void set_clock(Clocks *clocks, KfItemRule *rule)
{
    if (rule->is_free || (rule->rule->kind != KF_RULE_WEEKS && rule->rule->kind != KF_RULE_YEARLY))
        return;
    rule->clock = clock_named(clocks, clock_name(rule->rule));
    if (rule->rule->kind == KF_RULE_WEEKS)
        clocks->course->clock_rules[rule->clock] = rule->rule;
}

/* Rooms for the clocks: an item has at most one of its own for each law. */
static Clocks begin_clocks(KfCourseCheck *out, size_t most)
{
    Clocks clocks = { .course = out };

    clocks.names = kf_arena_array(out->arena, most, sizeof *clocks.names);
    out->clock_rules = kf_arena_array(out->arena, most, sizeof *out->clock_rules);
    return clocks;
}

/* ---- the law that was in force --------------------------------------------- */

static KfDate add_months(KfDate date, int32_t months)
{
    int year, month, day;

    kf_date_parts(date, &year, &month, &day);
    months += month - 1;
    return kf_date(year + months / 12, months % 12 + 1, 1) + (day > 28 ? 27 : day - 1);
}

KfDate kf_column_start(const KfCourse *course, KfDate start, size_t period)
{
    const KfPeriod months = course->periods[period].period;

    return months.from < 0 ? start : add_months(start, kf_period_start(months));
}

/* Some other rule holds on the column's last day than on its first. */
static bool law_changes_within(const KfCheck *check, const KfCourse *course, KfDate start,
                               size_t period, const KfItemRule *rule)
{
    const KfPeriod months = course->periods[period].period;

    return rule->match.benefit.len && !rule->assumed && months.from >= 0
           && kf_rule_at(check->options->rules, rule->match.benefit,
                         add_months(start, months.to) - 1)
                  != rule->rule;
}

/* Weeks before a change of law count on the later law's clock from its own day on. */
static void count_for_later(const KfCourseCheck *out, size_t item, const KfDate *days)
{
    const size_t periods = out->course->period_count;
    KfItemRule *rules = &out->by_period[item * periods];

    for (size_t p = 0; p < periods; p++) {
        for (size_t q = p + 1; q < periods; q++) {
            const KfItemRule *later = &rules[q];

            if (!later->rule || later->clock == KF_NO_CLOCK || later->clock == rules[p].clock
                || later->rule->kind != KF_RULE_WEEKS || later->rule->weeks_since == KF_DATE_NONE
                || days[p] < later->rule->weeks_since)
                continue;
            rules[p].also = later->clock;
            if (rules[p].weekly == 0) {
                rules[p].weekly = later->weekly;
                rules[p].exact = later->exact;
                rules[p].scale = later->scale;
                rules[p].sure = later->sure;
            }
        }
    }
}

static void rules_in_force(KfCheck *check, const KfCourse *course, KfDate start, KfCourseCheck *out)
{
    const size_t periods = course->period_count;
    KfDate *days = kf_arena_array(out->arena, periods, sizeof *days);
    Clocks clocks = begin_clocks(out, course->item_count * periods);

    out->by_period =
        kf_arena_array(out->arena, course->item_count * periods, sizeof *out->by_period);
    for (size_t p = 0; p < periods; p++)
        days[p] = kf_column_start(course, start, p);
    for (size_t i = 0; i < course->item_count; i++) {
        for (size_t p = 0; p < periods; p++) {
            KfItemRule *rule = &out->by_period[i * periods + p];

            *rule = rule_in(check, course, &course->items[i], days[p], start);
            rule->law_changes = law_changes_within(check, course, start, p, rule);
            if (rule->law_changes)
                rule->confidence = KF_CONFIDENCE_LOW;
            set_clock(&clocks, rule);
        }
        count_for_later(out, i, days);
        out->items[i] = out->by_period[i * periods];
    }
}

/* ---- a course -------------------------------------------------------------- */

void kf_item_rules_at(KfCheck *check, const KfCourse *course, KfDate date, KfCourseCheck *out)
{
    Clocks clocks = begin_clocks(out, course->item_count);

    out->items = kf_arena_array(out->arena, course->item_count, sizeof *out->items);
    for (size_t i = 0; i < course->item_count; i++) {
        out->items[i] = rule_on(check, course, &course->items[i], date);
        set_clock(&clocks, &out->items[i]);
    }
}

static bool is_chain(const KfCourse *course)
{
    for (size_t p = 1; p < course->period_count; p++) {
        if (course->periods[p].period.from != course->periods[p - 1].period.to + 1)
            return false;
    }
    return true;
}

static bool has_doubtful_periods(const KfModel *model, const KfPlace *place)
{
    const KfCase *one = &model->cases[place->case_index];
    const int other = place->course->kind == KF_ACTUAL ? (int)KF_COUNTERFACTUAL : (int)KF_ACTUAL;

    return !is_chain(place->course)
           || (one->has[other] && !kf_same_periods(place->course, &one->courses[other]));
}

void kf_item_rules(KfCheck *check, const KfPlace *place, KfCourseCheck *out)
{
    const KfAudit *audit = check->audit;
    const KfCourse *course = place->course;

    out->periods_doubtful = has_doubtful_periods(&audit->model, place);

    if (audit->law == KF_LAW_AS_OF || !audit->starts || course->period_count == 0) {
        kf_item_rules_at(check, course, audit->as_of, out);
        return;
    }
    out->items = kf_arena_array(out->arena, course->item_count, sizeof *out->items);
    rules_in_force(check, course,
                   audit->starts[place->case_index * KF_COURSE_COUNT + (size_t)course->kind], out);
}
