/* What each worksheet function gives. A benefit, rate or rule that is not known is
 * #N/A, what cannot be read is #VALUE!, and an error that comes in goes out. */
#include "functions.h"

#include "kf/audit.h"

typedef struct {
    const KfPlugin *plugin;
    const KfHostValue *args;
    size_t arg_count;
    KfHostResult *out;
    KfArena arena;
} Call;

static const KfHostValue missing = { .kind = KF_HOST_MISSING };

/* ---- results --------------------------------------------------------------- */

static bool give_error(Call *call, KfHostError error)
{
    call->out->kind = KF_HOST_ERROR;
    call->out->error = error;
    return false;
}

static void give_amount(Call *call, KfOere amount)
{
    call->out->kind = KF_HOST_NUMBER;
    call->out->hundredths = amount;
}

static void give_number(Call *call, int64_t number)
{
    give_amount(call, number * 100);
}

static void give_text(Call *call, KfText text)
{
    call->out->kind = KF_HOST_TEXT;
    kf_buf_masked(&call->out->text, text);
}

/* ---- arguments ------------------------------------------------------------- */

static const KfHostValue *argument(const Call *call, size_t at)
{
    return at < call->arg_count ? &call->args[at] : &missing;
}

static bool is_given(const Call *call, size_t at)
{
    return argument(call, at)->kind != KF_HOST_MISSING;
}

/* Any but a number or a text ends the call. A truth value counts as 1 or 0: not every
 * program tells the two apart. */
static bool is_value(Call *call, size_t at)
{
    const KfHostValue *value = argument(call, at);

    if (value->kind == KF_HOST_ERROR)
        return give_error(call, value->error);
    return value->kind == KF_HOST_NUMBER || value->kind == KF_HOST_TEXT
           || value->kind == KF_HOST_BOOL || give_error(call, KF_HOST_ERROR_VALUE);
}

static bool read_text(Call *call, size_t at, KfText *out)
{
    if (!is_value(call, at))
        return false;
    *out = kf_text_trim(argument(call, at)->text);
    if (argument(call, at)->kind != KF_HOST_TEXT || out->len == 0)
        return give_error(call, KF_HOST_ERROR_VALUE);
    return true;
}

static KfRead read_number(const KfHostValue *value, KfAmount *out)
{
    KfBuf text = { 0 };
    KfRead read;

    kf_buf_double(&text, value->kind == KF_HOST_BOOL ? value->truth : value->number);
    read = text.len ? kf_amount_from_decimal(kf_buf_view(&text), out) : KF_READ_BAD;
    kf_buf_free(&text);
    return read;
}

/* "-" and "ikke opgjort" are not unreadable: the figure is not there. */
static bool read_amount(Call *call, size_t at, KfOere *out)
{
    const KfHostValue *value = argument(call, at);
    KfAmount amount = { .oere = 0 };
    KfRead read;

    if (!is_value(call, at))
        return false;
    if (value->kind == KF_HOST_TEXT)
        read = kf_amount_read(value->text, KF_SEP_UNKNOWN, &amount);
    else
        read = read_number(value, &amount);
    *out = amount.oere;
    if (read == KF_READ_NOT_STATED)
        return give_error(call, KF_HOST_ERROR_NA);
    return read == KF_READ_OK || give_error(call, KF_HOST_ERROR_VALUE);
}

/* A whole number from least to most, as a number or as digits. */
static bool read_whole(Call *call, size_t at, int64_t least, int64_t most, int64_t *out)
{
    KfOere amount;

    if (!read_amount(call, at, &amount))
        return false;
    *out = amount / 100;
    if (amount % 100 || *out < least || *out > most)
        return give_error(call, KF_HOST_ERROR_VALUE);
    return true;
}

static bool is_payer(KfPayer payer, KfText name)
{
    return kf_text_same_name(name, kf_text(kf_payer_key(payer)))
           || kf_text_same_name(name, kf_text(kf_payer_name(payer, KF_LANG_DA)))
           || kf_text_same_name(name, kf_text(kf_payer_name(payer, KF_LANG_EN)));
}

static bool read_payer(Call *call, size_t at, KfPayer *out)
{
    static const struct {
        KfPayer payer;
        const char *name;
    } more[] = {
#define KF_PAYER_NAME(payer, name) { KF_##payer, name },
#include "payers.def"
#undef KF_PAYER_NAME
    };
    KfText name;

    if (!read_text(call, at, &name))
        return false;
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        *out = (KfPayer)payer;
        if (is_payer(*out, name))
            return true;
    }
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        *out = more[i].payer;
        if (kf_text_same_name(name, kf_text(more[i].name)))
            return true;
    }
    return give_error(call, KF_HOST_ERROR_VALUE);
}

/* KF_DATE_NONE when no date is given. */
static bool read_date(Call *call, size_t at, KfDate *out)
{
    int64_t serial;

    *out = KF_DATE_NONE;
    if (!is_given(call, at))
        return true;
    if (!is_value(call, at))
        return false;
    if (argument(call, at)->kind == KF_HOST_TEXT)
        *out = kf_date_read(kf_text_trim(argument(call, at)->text));
    else if (!read_whole(call, at, 1, 2958465, &serial)) /* 31-12-9999 */
        return false;
    else
        *out = kf_date_from_serial(serial, false);
    return *out != KF_DATE_NONE || give_error(call, KF_HOST_ERROR_VALUE);
}

static bool read_benefit(Call *call, size_t at, KfText *label, KfText *benefit)
{
    if (!read_text(call, at, label))
        return false;
    *benefit = kf_benefit_match(call->plugin->rules, *label).benefit;
    return benefit->len > 0 || give_error(call, KF_HOST_ERROR_NA);
}

/* ---- splitting ------------------------------------------------------------- */

static const KfRule *newest_rule(const KfRuleSet *rules, KfText benefit)
{
    size_t count;
    const KfRule *all = kf_rules(rules, &count), *newest = NULL;

    for (size_t i = 0; i < count; i++) {
        if (kf_text_eq(all[i].benefit, benefit)
            && (!newest || all[i].valid_from > newest->valid_from))
            newest = &all[i];
    }
    return newest;
}

static KfOere newest_weekly(const KfRuleSet *rules, KfText benefit, KfOere amount)
{
    size_t count;
    const KfRate *rates = kf_rates(rules, &count);
    KfOere weekly = 0;
    int32_t newest = 0;

    for (size_t i = 0; i < count; i++) {
        KfOere price;

        if (rates[i].year <= newest)
            continue;
        price = kf_rate_weekly(rules, benefit, rates[i].year, amount, NULL);
        if (price > 0) {
            weekly = price;
            newest = rates[i].year;
        }
    }
    return weekly;
}

static KfOere weekly_at(const KfRuleSet *rules, KfText benefit, KfDate date, KfOere amount)
{
    int year, month, day;

    if (date == KF_DATE_NONE)
        return newest_weekly(rules, benefit, amount);
    kf_date_parts(date, &year, &month, &day);
    return kf_rate_weekly(rules, benefit, year, amount, NULL);
}

/* In the last weeks the shares no longer change, so the price of one says nothing. */
static bool is_last_tier(const KfRule *rule, int64_t from_week)
{
    for (size_t i = 0; i < rule->tier_count; i++) {
        if (rule->tiers[i].to_week == INT32_MAX && rule->tiers[i].from_week <= from_week)
            return true;
    }
    return false;
}

static bool split_by(Call *call, const KfRule *rule, KfDate date, KfOere amount, int64_t from_week,
                     KfSplit *out)
{
    KfWeekClock clock = { (from_week - 1) * INT64_C(1000000000) };
    KfOere weekly = 0;

    if (rule->kind == KF_RULE_WEEKS) {
        weekly = weekly_at(call->plugin->rules, rule->benefit, date, amount);
        if (weekly == 0 && is_last_tier(rule, from_week))
            weekly = 1;
        if (weekly == 0)
            return give_error(call, KF_HOST_ERROR_NA);
    }
    return kf_rule_split(rule, amount, weekly, &clock, 1, out)
           || give_error(call, KF_HOST_ERROR_NA);
}

/* The arguments from at on: benefit, amount, date and first week. */
static void give_part(Call *call, KfPayer payer, size_t at)
{
    enum { LAST_WEEK = 9999 };
    const KfRuleSet *rules = call->plugin->rules;
    KfText label, benefit;
    KfOere amount;
    KfDate date;
    int64_t from_week = 1;
    const KfRule *rule;
    KfSplit split;

    if (!read_benefit(call, at, &label, &benefit) || !read_amount(call, at + 1, &amount)
        || !read_date(call, at + 2, &date))
        return;
    if (is_given(call, at + 3) && !read_whole(call, at + 3, 1, LAST_WEEK, &from_week))
        return;
    rule = date == KF_DATE_NONE ? newest_rule(rules, benefit) : kf_rule_at(rules, benefit, date);
    if (!rule)
        give_error(call, KF_HOST_ERROR_NA);
    else if (split_by(call, rule, date, amount < 0 ? -amount : amount, from_week, &split))
        give_amount(call, amount < 0 ? -split.part[payer] : split.part[payer]);
}

static void call_ANDEL(Call *call)
{
    KfPayer payer;

    if (read_payer(call, 0, &payer))
        give_part(call, payer, 1);
}

static void call_REFUSION(Call *call)
{
    give_part(call, KF_STATE, 0);
}

/* ---- texts ----------------------------------------------------------------- */

static void call_TAL(Call *call)
{
    KfOere amount;

    if (read_amount(call, 0, &amount))
        give_amount(call, amount);
}

static void call_MDR(Call *call)
{
    KfText label;
    KfPeriod period;

    if (!read_text(call, 0, &label))
        return;
    if (kf_period_read(label, &period))
        give_number(call, kf_period_months(period));
    else
        give_error(call, KF_HOST_ERROR_VALUE);
}

static void call_VERSION(Call *call)
{
    give_text(call, kf_text(kf_version()));
}

/* ---- rates ----------------------------------------------------------------- */

/* A rate of kontanthjaelp holds for kontanthjaelp_aktiv too. */
static bool is_rate_of(const KfRate *rate, KfText benefit, int64_t year)
{
    KfText key = rate->benefit;

    return rate->year == year && kf_text_starts(benefit, key)
           && (benefit.len == key.len || benefit.ptr[key.len] == '_');
}

static bool names_variant(KfText label, KfText variant)
{
    for (size_t at = 0; variant.len && at + variant.len <= label.len; at++) {
        if (kf_text_same_name(kf_text_slice(label, at, at + variant.len), variant))
            return true;
    }
    return false;
}

/* The variant that the label names, the longest of them; else the highest rate. */
static bool is_better(const KfRate *rate, const KfRate *best, KfText label)
{
    size_t named = names_variant(label, rate->variant) ? rate->variant.len : 0;
    size_t best_named = best && names_variant(label, best->variant) ? best->variant.len : 0;

    return !best || named > best_named || (named == best_named && rate->amount > best->amount);
}

static void call_SATS(Call *call)
{
    size_t count;
    const KfRate *rates = kf_rates(call->plugin->rules, &count), *best = NULL;
    KfText label, benefit;
    int64_t year;

    if (!read_benefit(call, 0, &label, &benefit) || !read_whole(call, 1, 1900, 2999, &year))
        return;
    for (size_t i = 0; i < count; i++) {
        if (is_rate_of(&rates[i], benefit, year) && is_better(&rates[i], best, label))
            best = &rates[i];
    }
    if (best)
        give_amount(call, best->amount);
    else
        give_error(call, KF_HOST_ERROR_NA);
}

/* ---- ranges ---------------------------------------------------------------- */

/* What a function sees of a range is its values: formulas and formats are for the
 * menu's check. #N/A when no case table is in it. */
static bool read_cases(Call *call, KfBook *book)
{
    const KfHostValue *value = argument(call, 0);

    if (value->kind == KF_HOST_ERROR)
        return give_error(call, value->error);
    if (value->kind != KF_HOST_RANGE || !value->range || kf_host_sheet_bad(value->range))
        return give_error(call, KF_HOST_ERROR_VALUE);
    kf_host_book(&call->arena, value->range, 1, false, book);
    return true;
}

static bool audit_cases(Call *call, KfBook *book, KfAudit *audit)
{
    const KfCheckOptions options = { .rules = call->plugin->rules, .as_of = KF_DATE_NONE };

    if (!read_cases(call, book))
        return false;
    kf_audit(&call->arena, book, &options, audit);
    return audit->model.case_count > 0 || give_error(call, KF_HOST_ERROR_NA);
}

static bool counts(const KfFinding *finding)
{
    return finding->severity >= KF_WARNING && !finding->root;
}

static void call_ANTALFEJL(Call *call)
{
    KfBook book;
    KfAudit audit;
    size_t count = 0;

    if (!audit_cases(call, &book, &audit))
        return;
    for (size_t i = 0; i < audit.finding_count; i++)
        count += counts(&audit.findings[i]);
    give_number(call, (int64_t)count);
}

typedef enum {
#define KF_FIELD(id, da, en) FIELD_##id,
#include "fields.def"
#undef KF_FIELD
    FIELD_COUNT
} Field;

/* The name's language is that of the text, so that a workbook says the same wherever it
 * is calculated. */
static bool read_field(Call *call, size_t at, Field *out, KfLang *lang)
{
    static const char *const names[FIELD_COUNT][KF_LANG_COUNT] = {
#define KF_FIELD(id, da, en) { da, en },
#include "fields.def"
#undef KF_FIELD
    };
    KfText name;

    *out = FIELD_TEXT;
    *lang = KF_LANG_DA;
    if (!is_given(call, at))
        return true;
    if (!read_text(call, at, &name))
        return false;
    for (int field = 0; field < FIELD_COUNT; field++) {
        *out = (Field)field;
        for (int i = 0; i < KF_LANG_COUNT; i++) {
            *lang = (KfLang)i;
            if (kf_text_same_name(name, kf_text(names[field][i])))
                return true;
        }
    }
    return give_error(call, KF_HOST_ERROR_VALUE);
}

static void give_value(Call *call, KfValue value)
{
    if (value.kind == KF_VALUE_AMOUNT)
        give_amount(call, value.amount);
    else if (value.kind == KF_VALUE_TEXT)
        give_text(call, value.text);
    else
        give_error(call, KF_HOST_ERROR_NA);
}

static void give_cell(Call *call, const KfFinding *finding)
{
    call->out->kind = KF_HOST_TEXT;
    if (finding->has_cell)
        kf_buf_cellref(&call->out->text, finding->cell.row, finding->cell.col);
}

static void give_field(Call *call, const KfAudit *audit, const KfFinding *finding, Field field,
                       KfLang lang)
{
    switch (field) {
    case FIELD_CELL:
        give_cell(call, finding);
        break;
    case FIELD_FOUND:
        give_value(call, finding->found);
        break;
    case FIELD_EXPECTED:
        give_value(call, finding->expected);
        break;
    case FIELD_CODE:
        give_text(call, kf_text(kf_finding_code(finding->code)));
        break;
    case FIELD_SEVERITY:
        give_text(call, kf_text(kf_severity_key(finding->severity)));
        break;
    case FIELD_CITIZEN:
        if (finding->case_index < audit->model.case_count)
            give_text(call, audit->model.cases[finding->case_index].citizen);
        else
            give_error(call, KF_HOST_ERROR_NA);
        break;
    case FIELD_TEXT:
    case FIELD_COUNT:
        give_text(call, finding->message[lang]);
    }
}

static void call_FEJL(Call *call)
{
    KfBook book;
    KfAudit audit;
    int64_t wanted;
    Field field;
    KfLang lang;

    if (!read_whole(call, 1, 1, INT32_MAX, &wanted) || !read_field(call, 2, &field, &lang)
        || !audit_cases(call, &book, &audit))
        return;
    for (size_t i = 0; i < audit.finding_count; i++) {
        if (counts(&audit.findings[i]) && --wanted == 0) {
            give_field(call, &audit, &audit.findings[i], field, lang);
            return;
        }
    }
    give_error(call, KF_HOST_ERROR_NA);
}

/* ---- net gain -------------------------------------------------------------- */

static bool add_figure(KfOere *sum, const KfFigure *figure)
{
    *sum += figure->value;
    return figure->state == KF_FIGURE_STATED;
}

/* The cost over all periods as the table says it: its own total, else the row's sum. */
static bool total_of(const KfCourse *course, const KfFigure *total, const KfFigure *row,
                     KfOere *out)
{
    *out = 0;
    if (total->state == KF_FIGURE_STATED)
        return add_figure(out, total);
    for (size_t p = 0; row && p < course->period_count; p++) {
        if (!add_figure(out, &row[p]))
            return false;
    }
    return row != NULL;
}

static bool cost_of(const KfCourse *course, int payer, KfOere *out)
{
    if (payer == KF_PAYER_NONE)
        return total_of(course, &course->case_total, course->totals, out);
    return total_of(course, &course->payer_totals[payer], course->payers[payer], out);
}

static bool gain_of(const KfCase *one, int payer, KfOere *out)
{
    KfOere actual, counterfactual;

    if (!one->has[KF_ACTUAL] || !one->has[KF_COUNTERFACTUAL]
        || !cost_of(&one->courses[KF_ACTUAL], payer, &actual)
        || !cost_of(&one->courses[KF_COUNTERFACTUAL], payer, &counterfactual))
        return false;
    *out = counterfactual - actual;
    return true;
}

static void call_NETTOGEVINST(Call *call)
{
    KfBook book;
    KfModel model;
    KfOere sum = 0, gain;
    KfPayer payer = KF_MUNICIPALITY;
    const bool by_payer = is_given(call, 1);

    if ((by_payer && !read_payer(call, 1, &payer)) || !read_cases(call, &book))
        return;
    kf_model_read(&call->arena, &book, &model);
    for (size_t i = 0; i < model.case_count; i++) {
        if (!gain_of(&model.cases[i], by_payer ? (int)payer : KF_PAYER_NONE, &gain)
            || sum > KF_OERE_MAX || sum < -KF_OERE_MAX) {
            give_error(call, KF_HOST_ERROR_NA);
            return;
        }
        sum += gain;
    }
    if (model.case_count)
        give_amount(call, sum);
    else
        give_error(call, KF_HOST_ERROR_NA);
}

/* ---- the call -------------------------------------------------------------- */

typedef struct {
    Call *call;
    void (*work)(Call *call);
} Run;

static KfStatus run(void *ctx)
{
    Run *run = ctx;

    run->work(run->call);
    return KF_OK;
}

void kf_function_call(const KfPlugin *plugin, KfFunctionId id, const KfHostValue *args,
                      size_t count, KfHostResult *out)
{
    static void (*const works[KF_FN_COUNT])(Call *) = {
#define KF_FUNCTION(id, da, en) [KF_FN_##id] = call_##id,
#define KF_ARGUMENT(id, kind, need, name_da, name_en, da, en)
#include "functions.def"
#undef KF_FUNCTION
#undef KF_ARGUMENT
    };
    Call call = { .plugin = plugin, .args = args, .arg_count = count, .out = out };
    Run job = { &call, works[id] };

    *out = (KfHostResult){ .kind = KF_HOST_MISSING };
    kf_arena_init(&call.arena);
    if (kf_arena_run(&call.arena, run, &job) != KF_OK || out->text.bad) {
        kf_host_result_free(out);
        give_error(&call, KF_HOST_ERROR_NUM);
    }
    kf_arena_finish(&call.arena);
}
