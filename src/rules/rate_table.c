/* The table of rates: its columns, and from its lines to rates and back. */
#include "rules/ruleset.h"

static const KfRuleWord units[] = {
    { "uge", KF_RATE_WEEK },
    { "måned", KF_RATE_MONTH },
    { "ophold", KF_RATE_STAY },
    { NULL, 0 },
};

#define AT(field) offsetof(KfRateRow, field)

static const KfRuleColumn columns[] = {
    { "ydelse", KF_COL_TEXT, AT(benefit), true, NULL },
    { "variant", KF_COL_TEXT, AT(variant), false, NULL },
    { "år", KF_COL_INT, AT(year), true, NULL },
    { "beløb", KF_COL_OERE, AT(amount), true, NULL },
    { "enhed", KF_COL_WORD, AT(unit), true, units },
    { "sikkerhed", KF_COL_WORD, AT(confidence), false, kf_confidence_words },
    { "kilde", KF_COL_TEXT, AT(source), false, NULL },
};

/* What a user states is sure. */
static const KfRateRow blank_row = { .unit = -1, .confidence = -1 };

const KfRuleTable kf_rate_table = {
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .row_size = sizeof(KfRateRow),
    .defaults = &blank_row,
    .line_offset = offsetof(KfRateRow, line),
};

KfRateRow kf_rate_row(const KfRate *rate)
{
    return (KfRateRow){ .benefit = rate->benefit,
                        .variant = rate->variant,
                        .source = rate->source,
                        .year = rate->year,
                        .unit = (int32_t)rate->unit,
                        .confidence = (int32_t)rate->confidence,
                        .amount = rate->amount };
}

static KfStatus fail(const KfRuleFile *file, const KfRateRow *row, const char *column,
                     const char *template, KfText found)
{
    return kf_rule_csv_fail(file, row->line, column, template, &found, 1);
}

static KfStatus check_row(const KfRuleFile *file, const KfRateRow *row)
{
    KfBuf text = { 0 };

    if (row->amount <= 0)
        return fail(file, row, "beløb", "satsen skal være over 0 kr.", (KfText){ 0 });
    if (row->year >= KF_RATE_FIRST_YEAR && row->year <= KF_RATE_LAST_YEAR)
        return KF_OK;
    kf_buf_int(&text, row->year);
    fail(file, row, "år", "{0} er ikke et årstal; skriv f.eks. 2016", kf_buf_view(&text));
    kf_buf_free(&text);
    return KF_BAD_RULES;
}

static bool same_rate(const KfRate *a, const KfRate *b)
{
    return a->year == b->year && a->unit == b->unit && kf_text_eq(a->benefit, b->benefit)
           && kf_text_eq(a->variant, b->variant);
}

/* In the place of the rate that it replaces, or at the end. */
static void put_rate(KfArena *arena, KfRateList *list, KfRate rate)
{
    for (size_t i = 0; i < list->count; i++) {
        if (same_rate(&list->items[i], &rate)) {
            list->items[i] = rate;
            return;
        }
    }
    KF_PUSH(arena, list->items, list->count, list->cap, rate);
}

KfStatus kf_rates_build(KfArena *arena, const KfRuleFile *file, const KfRuleSet *rules,
                        KfText source, const KfRateRow *rows, size_t row_count, KfRateList *list)
{
    for (size_t i = 0; i < row_count; i++) {
        const KfRateRow *row = &rows[i];
        KfRate rate = { .variant = row->variant,
                        .year = row->year,
                        .amount = row->amount,
                        .unit = (KfRateUnit)row->unit,
                        .source = row->source.len ? row->source : source };
        KfStatus status = check_row(file, row);

        if (status != KF_OK)
            return status;
        rate.benefit = kf_benefit_named(rules, row->benefit);
        if (rate.benefit.len == 0)
            return fail(file, row, "ydelse", "'{0}' er ingen kendt ydelse", row->benefit);
        rate.confidence =
            row->confidence == -1 ? KF_CONFIDENCE_HIGH : (KfConfidence)row->confidence;
        put_rate(arena, list, rate);
    }
    return KF_OK;
}

void kf_rates_set(KfRuleSet *rules, KfArena *arena, const KfRateList *list)
{
    const KfRate **by_year = kf_arena_array(arena, list->count, sizeof *by_year);
    size_t at = 0;

    for (int32_t year = 0; year < KF_RATE_YEARS; year++) {
        rules->year_start[year] = at;
        for (size_t i = 0; i < list->count; i++) {
            if (list->items[i].year == KF_RATE_FIRST_YEAR + year)
                by_year[at++] = &list->items[i];
        }
    }
    rules->year_start[KF_RATE_YEARS] = at;
    rules->rates_by_year = by_year;
    rules->rates = list->items;
    rules->rate_count = list->count;
}
