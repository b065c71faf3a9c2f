/* Which rules hold: the date they are taken from, and the benefit behind each label. */
#include "check/checks.h"

enum { AS_OF_MONTH = 9, AS_OF_DAY = 1, YEAR_SAMPLES_MAX = 5000 };

typedef struct {
    KfText label;
    KfBenefitMatch match;
    bool used;
    KfLabelPrice price;
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

static CachedBenefit *cached(KfCheck *check, KfText label)
{
    CachedBenefit *slot;

    if (!check->benefits)
        check->benefits = kf_arena_alloc(check->arena, sizeof *check->benefits);
    if (check->benefits->count * 2 >= check->benefits->size)
        grow_cache(check, check->benefits);
    slot = slot_of(check->benefits, label);
    if (!slot->used) {
        *slot = (CachedBenefit){ .label = label,
                                 .match = kf_benefit_match(check->options->rules, label),
                                 .used = true };
        check->benefits->count++;
    }
    return slot;
}

KfBenefitMatch kf_check_benefit(KfCheck *check, KfText label)
{
    return cached(check, label)->match;
}

KfLabelPrice *kf_check_label_price(KfCheck *check, KfText label)
{
    return &cached(check, label)->price;
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

/* How many amounts fit which year, best first. */
static int32_t weigh_years(KfCheck *check)
{
    KfAudit *audit = check->audit;
    KfYearFit *years = kf_arena_array(check->arena, KF_YEARS_MAX, sizeof *years);
    KfRateSample *samples = NULL;
    size_t count = 0;

    collect_samples(check, &samples, &count);
    audit->year_count =
        kf_rates_years(check->options->rules, samples, count, years, &audit->rates_tried);
    audit->years = years;
    audit->rates_fitting = audit->year_count ? years[0].fitting : 0;
    return audit->year_count ? years[0].year : 0;
}

/* The year is sure when most amounts fit it, and clearly more than fit any other:
 * one price off by a krone fits by chance, and then all amounts of its row do. */
static bool is_weak(const KfAudit *audit)
{
    return audit->rates_fitting * 2 <= audit->rates_tried
           || (audit->year_count > 1 && audit->years[1].fitting * 2 > audit->rates_fitting);
}

/* Any day of the year would do; this one is past the mid-year changes of law. */
static void assume_year(KfCheck *check, int32_t fitted)
{
    KfAudit *audit = check->audit;
    int32_t newest = kf_rates_newest_year(check->options->rules);
    int32_t year = fitted ? fitted : kf_year_of_splits(check, newest);

    audit->as_of_source = fitted ? KF_AS_OF_RATES : year ? KF_AS_OF_SPLITS : KF_AS_OF_UNKNOWN;
    audit->as_of = kf_date(year ? year : newest, AS_OF_MONTH, AS_OF_DAY);
    if (!fitted || is_weak(audit))
        check->date_confidence = KF_CONFIDENCE_LOW;
}

void kf_check_as_of(KfCheck *check)
{
    KfAudit *audit = check->audit;
    int32_t fitted = weigh_years(check);
    int year, month, day;

    check->date_confidence = KF_CONFIDENCE_HIGH;
    if (check->options->as_of != KF_DATE_NONE) {
        audit->as_of = check->options->as_of;
        audit->as_of_source = KF_AS_OF_OPTION;
    } else if (audit->model.stated_date != KF_DATE_NONE) {
        audit->as_of = audit->model.stated_date;
        audit->as_of_source = KF_AS_OF_WORKBOOK;
    } else {
        assume_year(check, fitted);
    }
    kf_date_parts(audit->as_of, &year, &month, &day);
    check->year = year;
    if (fitted && audit->as_of_source < KF_AS_OF_RATES && fitted < year && !is_weak(audit))
        check->year = fitted; /* amounts of an earlier year under a later law */
}
