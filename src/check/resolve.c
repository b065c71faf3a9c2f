/* Which rules hold: the date they are taken from, and the rule behind each label. */
#include "check/checks.h"
#include "extract/words.h"

enum { AS_OF_MONTH = 9, AS_OF_DAY = 1, YEAR_SAMPLES_MAX = 5000, LONGEST_MONTHS = 36 };

typedef struct {
    KfText label;
    KfBenefitMatch match;
    bool used;
} CachedBenefit;

struct KfBenefitCache {
    CachedBenefit *slots; /* open addressing; a power of two of them */
    size_t size, count;
};

static size_t hash_of(KfText label)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < label.len; i++)
        hash = (hash ^ (unsigned char)label.ptr[i]) * UINT64_C(1099511628211);
    return (size_t)(hash ^ hash >> 32);
}

/* The slot of the label, or the free one where it belongs. */
static CachedBenefit *slot_of(const struct KfBenefitCache *cache, KfText label)
{
    size_t at = hash_of(label) & (cache->size - 1);

    while (cache->slots[at].used && !kf_text_eq(cache->slots[at].label, label))
        at = (at + 1) & (cache->size - 1);
    return &cache->slots[at];
}

static void grow_cache(KfCheck *check, struct KfBenefitCache *cache)
{
    struct KfBenefitCache old = *cache;

    cache->size = old.size ? old.size * 2 : 64;
    cache->slots = kf_arena_array(check->arena, cache->size, sizeof *cache->slots);
    for (size_t i = 0; i < old.size; i++) {
        if (old.slots[i].used)
            *slot_of(cache, old.slots[i].label) = old.slots[i];
    }
}

KfBenefitMatch kf_check_benefit(KfCheck *check, KfText label)
{
    CachedBenefit *slot;

    if (!check->benefits)
        check->benefits = kf_arena_alloc(check->arena, sizeof *check->benefits);
    if (check->benefits->count * 2 >= check->benefits->size)
        grow_cache(check, check->benefits);
    slot = slot_of(check->benefits, label);
    if (!slot->used) {
        *slot = (CachedBenefit){ label, kf_benefit_match(check->options->rules, label), true };
        check->benefits->count++;
    }
    return slot->match;
}

static void collect_samples(KfCheck *check, KfRateSample **samples, size_t *count)
{
    const KfModel *model = &check->audit->model;
    size_t cap = 0;

    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            const KfCourse *course = &model->cases[c].courses[kind];

            for (size_t i = 0; i < course->item_count && *count < YEAR_SAMPLES_MAX; i++) {
                KfText benefit = kf_check_benefit(check, course->items[i].label.text).benefit;

                for (size_t p = 0; benefit.len && p < course->period_count; p++) {
                    KfRateSample sample = { benefit, course->periods[p].period,
                                            course->items[i].amounts[p].value };

                    if (sample.amount > 0 && sample.period.from >= 0)
                        KF_PUSH(check->arena, *samples, *count, cap, sample);
                }
            }
        }
    }
}

void kf_check_as_of(KfCheck *check)
{
    KfAudit *audit = check->audit;
    KfRateSample *samples = NULL;
    size_t count = 0;
    int32_t fitted;
    int year, month, day;

    collect_samples(check, &samples, &count);
    fitted = kf_rates_year(check->options->rules, samples, count, &audit->rates_fitting,
                           &audit->rates_tried);
    check->date_confidence = KF_CONFIDENCE_HIGH;
    if (check->options->as_of != KF_DATE_NONE) {
        audit->as_of = check->options->as_of;
        audit->as_of_source = KF_AS_OF_OPTION;
    } else if (audit->model.stated_date != KF_DATE_NONE) {
        audit->as_of = audit->model.stated_date;
        audit->as_of_source = KF_AS_OF_WORKBOOK;
    } else {
        /* Any day of the year would do; this one is past the mid-year changes of law. */
        int32_t from = fitted ? fitted : kf_rates_newest_year(check->options->rules);

        audit->as_of = kf_date(from, AS_OF_MONTH, AS_OF_DAY);
        audit->as_of_source = KF_AS_OF_RATES;
        if (!fitted)
            check->date_confidence = KF_CONFIDENCE_LOW;
    }
    kf_date_parts(audit->as_of, &year, &month, &day);
    check->year = year;
    if (fitted && audit->as_of_source != KF_AS_OF_RATES && fitted < year)
        check->year = fitted; /* amounts of an earlier year under a later law */
}

bool kf_fits_some_period(const KfCheck *check, KfText benefit, KfOere amount)
{
    KfPeriod any = { 0, LONGEST_MONTHS };
    KfRateFit fit;

    return kf_rate_fit(check->options->rules, benefit, check->year, any, amount, &fit);
}

/* The price of a week that most amounts of a row are whole numbers of; one of them
 * may be mistyped. 0 when none fits. */
static KfOere fitting_price(const KfCheck *check, const KfCourse *course, const KfItem *item,
                            KfText benefit)
{
    const KfRuleSet *rules = check->options->rules;
    size_t periods = course->period_count, most = 0;
    KfOere *prices = kf_arena_array(check->arena, periods, sizeof *prices);
    KfOere best = 0;

    for (size_t p = 0; p < periods; p++) {
        if (kf_fits_some_period(check, benefit, item->amounts[p].value))
            prices[p] = kf_rate_weekly(rules, benefit, check->year, item->amounts[p].value, NULL);
    }
    for (size_t p = 0; p < periods; p++) {
        size_t alike = 0;

        for (size_t q = 0; q < periods; q++)
            alike += prices[p] > 0 && prices[q] == prices[p];
        if (alike > most) {
            most = alike;
            best = prices[p];
        }
    }
    return best;
}

/* The price of a week by the row itself, else by other rows of the benefit. */
static KfOere weekly_price(const KfCheck *check, const KfCourse *course, const KfItem *item,
                           KfText benefit)
{
    const KfModel *model = &check->audit->model;
    KfOere price = fitting_price(check, course, item, benefit);

    for (size_t c = 0; c < model->case_count && price == 0; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT && price == 0; kind++) {
            const KfCourse *other = &model->cases[c].courses[kind];

            for (size_t i = 0; i < other->item_count && price == 0; i++) {
                if (kf_text_eq(other->items[i].label.text, item->label.text))
                    price = fitting_price(check, other, &other->items[i], benefit);
            }
        }
    }
    return price ? price : kf_rate_weekly(check->options->rules, benefit, check->year, 0, NULL);
}

/* The clock that a benefit counts its weeks on; a rule without one has its own. */
static size_t clock_of(const KfCourseCheck *course, size_t item)
{
    const KfRule *rule = course->items[item].rule;
    KfText name = rule->clock.len ? rule->clock : rule->benefit;

    for (size_t i = 0; i < item; i++) {
        const KfRule *other = course->items[i].rule;

        if (other && other->kind == KF_RULE_WEEKS && !course->items[i].is_free
            && kf_text_eq(other->clock.len ? other->clock : other->benefit, name))
            return course->items[i].clock;
    }
    return course->clock_count;
}

/* Who pays the item elsewhere, else whom the heading above it names. */
static int hint(KfCheck *check, const KfItem *item)
{
    const KfInferred *known =
        item->label.text.len ? kf_inferred_payer(check, item->label.text) : NULL;
    KfLabelRole section;

    if (known)
        return known->payer;
    section = kf_label_role(item->section);
    return section.role == KF_ROLE_PAYER ? (int)section.payer : KF_PAYER_NONE;
}

void kf_item_rules(KfCheck *check, const KfCourse *course, KfCourseCheck *out)
{
    const KfRuleSet *rules = check->options->rules;

    out->items = kf_arena_array(out->arena, course->item_count, sizeof *out->items);
    for (size_t i = 0; i < course->item_count; i++) {
        const KfItem *item = &course->items[i];
        KfItemRule *rule = &out->items[i];

        rule->payer_hint = hint(check, item);
        rule->is_free = true;
        if (item->has_payer) {
            rule->payer_hint = (int)item->payer;
            continue; /* the list itself says who pays this much */
        }
        rule->match = kf_check_benefit(check, item->label.text);
        if (rule->match.benefit.len)
            rule->rule = kf_rule_at(rules, rule->match.benefit, check->audit->as_of);
        if (!rule->rule || rule->rule->kind == KF_RULE_OPEN)
            continue;
        rule->is_free = false;
        rule->stays = 1;
        if (rule->rule->kind != KF_RULE_WEEKS)
            continue;
        rule->weekly = weekly_price(check, course, item, rule->match.benefit);
        rule->is_free = rule->weekly <= 0;
        if (rule->is_free)
            continue;
        rule->clock = clock_of(out, i);
        if (rule->clock == out->clock_count)
            out->clock_count++;
    }
}
