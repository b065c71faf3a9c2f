/* Which rules hold: the date they are taken from, and the benefit behind each label. */
#include "check/checks.h"

enum { AS_OF_MONTH = 9, AS_OF_DAY = 1, YEAR_SAMPLES_MAX = 5000, LABELS_NEAR = 512 };

/* Where the mark "1)" at the end begins, or the length of the text. */
static size_t numbered_mark(KfText label)
{
    size_t at = label.len;

    if (!kf_text_ends(label, KF_TEXT(")")) || kf_text_find(label, KF_TEXT("(")) != SIZE_MAX)
        return label.len;
    for (at--; at && label.ptr[at - 1] >= '0' && label.ptr[at - 1] <= '9';)
        at--;
    return at + 1 < label.len ? at : label.len;
}

static size_t mark_at_end(KfText label)
{
    static const KfText marks[] = {
        { "*", 1 }, { "\xC2\xB9", 2 }, { "\xC2\xB2", 2 }, { "\xC2\xB3", 2 }
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (kf_text_ends(label, marks[i]))
            return label.len - marks[i].len;
    }
    return numbered_mark(label);
}

/* "Kørsel" of "Kørsel *", "Kørsel 1)" and "Kørsel¹": a footnote makes no other benefit. */
static KfText without_footnotes(KfText label)
{
    KfText bare = label;
    size_t end;

    while ((end = mark_at_end(bare)) < bare.len)
        bare = kf_text_trim(kf_text_slice(bare, 0, end));
    return bare.len ? bare : label;
}

KF_RARE static KfKnownLabel *find_label(KfCheck *check, KfText shown)
{
    const KfText label = without_footnotes(shown);
    KfKnownLabel *known;
    size_t at;

    if (kf_text_map_get(&check->label_at, label, &at))
        return check->labels[at];
    known = kf_arena_alloc(check->arena, sizeof *known);
    if (check->parent && kf_text_map_get(&check->parent->label_at, label, &at)) {
        *known = *check->parent->labels[at];
    } else {
        known->match = kf_benefit_match(check->options->rules, label);
        known->stays = kf_label_stays(label);
        kf_quantity_of(label, &known->quantity);
    }
    kf_text_map_set(&check->label_at, check->arena, label, check->label_count);
    KF_PUSH(check->arena, check->labels, check->label_count, check->label_cap, known);
    return known;
}

KfKnownLabel *kf_check_label(KfCheck *check, KfText label)
{
    KfTextNear *near;

    if (!label.len)
        return find_label(check, label);
    if (!check->labels_near)
        check->labels_near = kf_arena_array(check->arena, LABELS_NEAR, sizeof *near);
    near = kf_text_near(check->labels_near, LABELS_NEAR, label);
    if (!kf_text_is_near(near, label))
        *near = (KfTextNear){ label, find_label(check, label) };
    return near->known;
}

KfBenefitMatch kf_check_benefit(KfCheck *check, KfText label)
{
    return kf_check_label(check, label)->match;
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
                        KF_PUSH(check->scratch, *samples, *count, cap, sample);
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
    const bool proven = fitted && !is_weak(audit);
    int32_t year = proven ? fitted : kf_year_of_splits(check, newest, fitted);

    audit->as_of_source = fitted && year == fitted ? KF_AS_OF_RATES
                          : year                   ? KF_AS_OF_SPLITS
                                                   : KF_AS_OF_UNKNOWN;
    audit->as_of = kf_date(year ? year : newest, AS_OF_MONTH, AS_OF_DAY);
    if (!proven)
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
