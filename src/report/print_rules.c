/* The rules in force, and which of them a label resolves to. */
#include "report/json_writer.h"
#include "report/text_report.h"

static const char *const kinds[] = {
    [KF_RULE_FIXED] = "fixed", [KF_RULE_WEEKS] = "weeks",   [KF_RULE_STAY_CAP] = "stay-cap",
    [KF_RULE_OPEN] = "open",   [KF_RULE_YEARLY] = "yearly",
};
static const char *const confidences[] = {
    [KF_CONFIDENCE_LOW] = "low",
    [KF_CONFIDENCE_MEDIUM] = "medium",
    [KF_CONFIDENCE_HIGH] = "high",
};
static const KfPhrase confidence_names[] = {
    [KF_CONFIDENCE_LOW] = SAY_CONFIDENCE_LOW,
    [KF_CONFIDENCE_MEDIUM] = SAY_CONFIDENCE_MEDIUM,
    [KF_CONFIDENCE_HIGH] = SAY_CONFIDENCE_HIGH,
};

static const KfPhrase rate_phrases[] = {
    [KF_RATE_WEEK] = SAY_RULES_RATE_WEEK,
    [KF_RATE_MONTH] = SAY_RULES_RATE_MONTH,
    [KF_RATE_STAY] = SAY_RULES_RATE_STAY,
};
static const char *const units[] = {
    [KF_RATE_WEEK] = "week",
    [KF_RATE_MONTH] = "month",
    [KF_RATE_STAY] = "stay",
};

/* The rules asked for, one after the other. */
typedef struct {
    const KfRulesReport *report;
    KfBenefitMatch match, second;
    const KfRule *rules;
    size_t count, at;
    const KfRate *rates;
    size_t rate_count, rate_at;
} Selection;

static Selection select_rules(const KfRulesReport *report)
{
    Selection selection = { .report = report };

    selection.rules = kf_rules(report->rules, &selection.count);
    selection.rates = kf_rates(report->rules, &selection.rate_count);
    if (report->label.len) {
        selection.match = kf_benefit_match(report->rules, report->label);
        selection.second = kf_benefit_runner_up(report->rules, report->label, &selection.match);
    }
    return selection;
}

static bool is_selected(const Selection *selection, const KfRule *rule)
{
    KfDate as_of = selection->report->as_of;

    if (selection->report->label.len && !kf_text_eq(rule->benefit, selection->match.benefit))
        return false;
    return as_of == KF_DATE_NONE || (rule->valid_from <= as_of && as_of <= rule->valid_to);
}

static const KfRule *next_rule(Selection *selection)
{
    while (selection->at < selection->count) {
        const KfRule *rule = &selection->rules[selection->at++];

        if (is_selected(selection, rule))
            return rule;
    }
    return NULL;
}

/* A variant ("kontanthjaelp_aktiv") has its benefit's rates. */
static bool is_rate_selected(const Selection *selection, const KfRate *rate)
{
    const KfRulesReport *report = selection->report;
    KfText benefit = selection->match.benefit;
    int year, month, day;

    if (report->label.len
        && !(kf_text_starts(benefit, rate->benefit)
             && (benefit.len == rate->benefit.len || benefit.ptr[rate->benefit.len] == '_')))
        return false;
    if (report->as_of == KF_DATE_NONE)
        return true;
    kf_date_parts(report->as_of, &year, &month, &day);
    return rate->year == year;
}

static const KfRate *next_rate(Selection *selection)
{
    while (selection->rate_at < selection->rate_count) {
        const KfRate *rate = &selection->rates[selection->rate_at++];

        if (is_rate_selected(selection, rate))
            return rate;
    }
    return NULL;
}

/* Basis points as per cent: an amount in øre is a number of hundredths, too. */
static void put_percent(KfBuf *out, int32_t share_bp, KfLang lang)
{
    size_t start = out->len;

    kf_buf_amount_xml(out, share_bp);
    for (size_t i = start; lang == KF_LANG_DA && i < out->len; i++) {
        if (out->ptr[i] == '.')
            out->ptr[i] = ',';
    }
}

/* ---- text ------------------------------------------------------------------ */

static void put_shares(KfBuf *out, const KfTier *tier, KfLang lang)
{
    size_t start = out->len;
    KfBuf percent = { 0 };

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        if (tier->share_bp[payer] == 0)
            continue;
        if (out->len > start)
            kf_buf_str(out, ", ");
        percent.len = 0;
        put_percent(&percent, tier->share_bp[payer], lang);
        kf_buf_phrase(
            out, SAY_RULES_SHARE, lang,
            (KfText[]){ kf_text(kf_payer_name((KfPayer)payer, lang)), kf_buf_view(&percent) }, 2);
    }
    out->bad |= percent.bad;
    kf_buf_free(&percent);
}

/* A range of weeks or of a year's cost, and the shares in it. */
static void put_range(KfBuf *out, const KfRule *rule, const KfTier *tier, KfLang lang)
{
    bool yearly = rule->kind == KF_RULE_YEARLY;
    bool open = yearly ? tier->up_to == INT64_MAX : tier->to_week == INT32_MAX;
    KfPhrase phrase = open ? SAY_RULES_WEEKS_ON : SAY_RULES_WEEKS;
    KfBuf part[3] = { 0 };

    if (yearly) {
        phrase = open ? SAY_RULES_ABOVE : SAY_RULES_UP_TO;
        kf_buf_amount(&part[0], tier->above, lang);
        kf_buf_amount(&part[1], open ? 0 : tier->up_to, lang);
    } else {
        kf_buf_int(&part[0], tier->from_week);
        kf_buf_int(&part[1], tier->to_week);
    }
    put_shares(&part[2], tier, lang);
    kf_buf_phrase(out, phrase, lang,
                  (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]), kf_buf_view(&part[2]) },
                  3);
    for (size_t i = 0; i < 3; i++) {
        out->bad |= part[i].bad;
        kf_buf_free(&part[i]);
    }
}

static void put_tiers(KfBuf *out, const KfRule *rule, KfLang lang)
{
    KfBuf line = { 0 };

    for (size_t i = 0; i < rule->tier_count; i++) {
        line.len = 0;
        if (rule->kind == KF_RULE_WEEKS || rule->kind == KF_RULE_YEARLY)
            put_range(&line, rule, &rule->tiers[i], lang);
        else
            put_shares(&line, &rule->tiers[i], lang);
        kf_buf_wrapped(out, kf_buf_view(&line), 4);
    }
    out->bad |= line.bad;
    kf_buf_free(&line);
}

/* "8.113" or "8.100-8.200" */
static void put_cap(KfBuf *out, const KfRule *rule, KfLang lang)
{
    KfBuf cap = { 0 }, line = { 0 };
    KfText arg;

    kf_buf_amount(&cap, rule->cap_lo, lang);
    if (rule->cap_hi != rule->cap_lo) {
        kf_buf_char(&cap, '-');
        kf_buf_amount(&cap, rule->cap_hi, lang);
    }
    arg = kf_buf_view(&cap);
    kf_buf_phrase(&line, SAY_RULES_CAP, lang, &arg, 1);
    kf_buf_wrapped(out, kf_buf_view(&line), 4);
    out->bad |= cap.bad || line.bad;
    kf_buf_free(&cap);
    kf_buf_free(&line);
}

static void put_validity(KfBuf *out, const KfRule *rule, KfLang lang)
{
    bool starts = rule->valid_from != KF_DATE_NONE, ends = rule->valid_to != KF_DATE_OPEN;
    KfBuf from = { 0 }, to = { 0 };

    if (starts)
        kf_buf_date(&from, rule->valid_from, lang);
    if (ends)
        kf_buf_date(&to, rule->valid_to, lang);
    if (starts && ends)
        kf_buf_phrase(out, SAY_RULES_FROM_TO, lang,
                      (KfText[]){ kf_buf_view(&from), kf_buf_view(&to) }, 2);
    else if (starts)
        kf_buf_phrase(out, SAY_RULES_FROM, lang, (KfText[]){ kf_buf_view(&from) }, 1);
    else if (ends)
        kf_buf_phrase(out, SAY_RULES_TO, lang, (KfText[]){ kf_buf_view(&to) }, 1);
    else
        kf_buf_text(out, kf_phrase(SAY_RULES_ALWAYS, lang));
    out->bad |= from.bad || to.bad;
    kf_buf_free(&from);
    kf_buf_free(&to);
}

/* How the clock counts: with which benefits, whole weeks, and when it starts anew. */
static void put_clock(KfBuf *out, const KfRule *rule, KfLang lang)
{
    KfBuf line = { 0 }, weeks = { 0 };
    KfText arg;

    if (!kf_text_eq(rule->clock, rule->benefit)) {
        kf_buf_phrase(&line, SAY_RULES_CLOCK, lang, &rule->clock, 1);
        kf_buf_wrapped(out, kf_buf_view(&line), 4);
    }
    line.len = 0;
    kf_buf_int(&weeks, rule->restart_after);
    arg = kf_buf_view(&weeks);
    if (rule->whole_weeks)
        kf_buf_text(&line, kf_phrase(SAY_RULES_WHOLE_WEEKS, lang));
    if (rule->restart_after) {
        kf_buf_str(&line, line.len ? " " : "");
        kf_buf_phrase(&line, SAY_RULES_RESTART, lang, &arg, 1);
    }
    kf_buf_wrapped(out, kf_buf_view(&line), 4);
    out->bad |= line.bad || weeks.bad;
    kf_buf_free(&line);
    kf_buf_free(&weeks);
}

static void put_fact(KfBuf *out, KfPhrase say, KfText text, KfLang lang)
{
    KfBuf masked = { 0 }, line = { 0 };
    KfText arg;

    if (text.len == 0)
        return;
    kf_buf_masked(&masked, text);
    arg = kf_buf_view(&masked);
    kf_buf_phrase(&line, say, lang, &arg, 1);
    kf_buf_wrapped(out, kf_buf_view(&line), 4);
    out->bad |= masked.bad || line.bad;
    kf_buf_free(&masked);
    kf_buf_free(&line);
}

static void put_source(KfBuf *out, KfText source, KfLang lang)
{
    KfBuf masked = { 0 }, line = { 0 };
    KfText arg;

    if (source.len == 0)
        return;
    kf_buf_masked(&masked, source);
    arg = kf_buf_view(&masked);
    kf_buf_phrase(&line, SAY_RULES_SOURCE, lang, &arg, 1);
    kf_buf_wrapped(out, kf_buf_view(&line), 6);
    out->bad |= masked.bad || line.bad;
    kf_buf_free(&masked);
    kf_buf_free(&line);
}

static void put_rule(KfBuf *out, const KfRule *rule, KfLang lang)
{
    kf_buf_char(out, '\n');
    kf_buf_masked(out, rule->title.len ? rule->title : rule->benefit);
    kf_buf_str(out, "   ");
    put_validity(out, rule, lang);
    kf_buf_char(out, '\n');
    if (rule->kind == KF_RULE_OPEN) {
        kf_buf_spaces(out, 4);
        kf_buf_line(out, SAY_RULES_OPEN, lang, NULL, 0);
    }
    put_tiers(out, rule, lang);
    if (rule->kind == KF_RULE_STAY_CAP)
        put_cap(out, rule, lang);
    if (rule->kind == KF_RULE_WEEKS)
        put_clock(out, rule, lang);
    put_fact(out, SAY_RULES_LAW, rule->law, lang);
    put_fact(out, SAY_RULES_SOURCE, rule->source, lang);
    put_fact(out, SAY_RULES_CONFIDENCE, kf_phrase(confidence_names[rule->confidence], lang), lang);
}

/* How the label was understood. */
static void put_match(KfBuf *out, const Selection *selection, KfLang lang)
{
    const KfBenefitMatch *match = &selection->match;
    KfPhrase say = match->by_slip ? SAY_RULES_LABEL_SLIP : SAY_RULES_LABEL;
    KfBuf label = { 0 };

    if (selection->report->label.len == 0)
        return;
    kf_buf_masked(&label, selection->report->label);
    kf_buf_line(out, match->benefit.len ? say : SAY_RULES_LABEL_UNKNOWN, lang,
                (KfText[]){ kf_buf_view(&label), match->benefit, match->alias }, 3);
    out->bad |= label.bad;
    kf_buf_free(&label);
}

/* What the label would have been read as next. */
static void put_second(KfBuf *out, const Selection *selection, KfLang lang)
{
    const bool known = selection->match.benefit.len > 0;
    KfBuf line = { 0 };

    if (selection->report->label.len == 0)
        return;
    if (selection->second.benefit.len)
        kf_buf_phrase(&line, known ? SAY_RULES_SECOND : SAY_RULES_NEAREST, lang,
                      (KfText[]){ selection->second.benefit, selection->second.alias }, 2);
    else if (known)
        kf_buf_phrase(&line, SAY_RULES_NO_SECOND, lang, NULL, 0);
    kf_buf_wrapped(out, kf_buf_view(&line), 0);
    out->bad |= line.bad;
    kf_buf_free(&line);
}

static void put_rate(KfBuf *out, const KfRate *rate, bool name, KfLang lang)
{
    KfBuf amount = { 0 }, title = { 0 }, line = { 0 };

    kf_buf_amount(&amount, rate->amount, lang);
    if (name) {
        kf_buf_text(&title, rate->benefit);
        kf_buf_str(&title, rate->variant.len ? ", " : " ");
    }
    kf_buf_masked(&title, rate->variant);
    if (rate->variant.len)
        kf_buf_char(&title, ' ');
    kf_buf_int(&title, rate->year);
    kf_buf_phrase(&line, rate_phrases[rate->unit], lang,
                  (KfText[]){ kf_buf_view(&title), kf_buf_view(&amount),
                              kf_phrase(confidence_names[rate->confidence], lang) },
                  3);
    kf_buf_wrapped(out, kf_buf_view(&line), 4);
    put_source(out, rate->source, lang);
    out->bad |= amount.bad || title.bad || line.bad;
    kf_buf_free(&amount);
    kf_buf_free(&title);
    kf_buf_free(&line);
}

/* The rates: of the label, or all when they were asked for. */
static size_t put_rates(KfBuf *out, Selection *selection, KfLang lang)
{
    const KfRate *rate;
    size_t shown = 0;

    if (!selection->report->rates && selection->report->label.len == 0)
        return 0;
    for (; (rate = next_rate(selection)) != NULL; shown++) {
        if (shown == 0) {
            kf_buf_char(out, '\n');
            kf_buf_line(out, SAY_RULES_RATES, lang, NULL, 0);
        }
        put_rate(out, rate, selection->report->label.len == 0, lang);
    }
    return shown;
}

static void put_head(KfBuf *out, const KfRulesReport *report, KfLang lang)
{
    KfBuf name = { 0 }, date = { 0 };

    kf_buf_masked(&name, kf_ruleset_name(report->rules));
    if (report->as_of != KF_DATE_NONE)
        kf_buf_date(&date, report->as_of, lang);
    kf_buf_line(out, date.len ? SAY_RULES_HEAD_AS_OF : SAY_RULES_HEAD, lang,
                (KfText[]){ kf_buf_view(&name), kf_buf_view(&date) }, 2);
    out->bad |= name.bad || date.bad;
    kf_buf_free(&name);
    kf_buf_free(&date);
}

void kf_report_rules_text(KfBuf *out, const KfRulesReport *report, const KfReportOptions *options)
{
    Selection selection = select_rules(report);
    const KfRule *rule;
    size_t shown = 0;

    put_head(out, report, options->lang);
    put_match(out, &selection, options->lang);
    put_second(out, &selection, options->lang);
    for (; !report->rates && (rule = next_rule(&selection)) != NULL; shown++)
        put_rule(out, rule, options->lang);
    if (put_rates(out, &selection, options->lang) == 0 && report->rates)
        kf_buf_line(out, SAY_RULES_NO_RATES, options->lang, NULL, 0);
    if (shown == 0 && !report->rates && (report->label.len == 0 || selection.match.benefit.len))
        kf_buf_line(out, SAY_RULES_NONE, options->lang, NULL, 0);
}

/* ---- JSON ------------------------------------------------------------------ */

static void json_limits(KfJson *json, const KfRule *rule, const KfTier *tier)
{
    if (rule->kind == KF_RULE_WEEKS) {
        kf_json_key(json, "from_week");
        kf_json_int(json, tier->from_week);
        kf_json_key(json, "to_week");
        tier->to_week == INT32_MAX ? kf_json_null(json) : kf_json_int(json, tier->to_week);
    } else if (rule->kind == KF_RULE_YEARLY) {
        kf_json_key(json, "above");
        kf_json_amount(json, tier->above);
        kf_json_key(json, "up_to");
        tier->up_to == INT64_MAX ? kf_json_null(json) : kf_json_amount(json, tier->up_to);
    }
}

static void json_tier(KfJson *json, const KfRule *rule, const KfTier *tier)
{
    kf_json_open(json);
    json_limits(json, rule, tier);
    kf_json_key(json, "shares");
    kf_json_open(json);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        kf_json_key(json, kf_payer_key((KfPayer)payer));
        kf_json_amount(json, tier->share_bp[payer]);
    }
    kf_json_close(json);
    kf_json_close(json);
}

static void json_tiers(KfJson *json, const KfRule *rule)
{
    kf_json_key(json, "tiers");
    kf_json_spread(json, false);
    kf_json_open_array(json);
    for (size_t i = 0; i < rule->tier_count; i++)
        json_tier(json, rule, &rule->tiers[i]);
    kf_json_close_array(json);
    kf_json_spread(json, true);
}

static void json_cap(KfJson *json, const KfRule *rule)
{
    kf_json_key(json, "cap");
    if (rule->kind != KF_RULE_STAY_CAP) {
        kf_json_null(json);
        return;
    }
    kf_json_spread(json, false);
    kf_json_open_array(json);
    kf_json_amount(json, rule->cap_lo);
    kf_json_amount(json, rule->cap_hi);
    kf_json_close_array(json);
    kf_json_spread(json, true);
}

static void json_clock(KfJson *json, const KfRule *rule)
{
    if (rule->kind != KF_RULE_WEEKS)
        return;
    kf_json_key(json, "clock");
    kf_json_text(json, rule->clock);
    kf_json_key(json, "whole_weeks");
    kf_json_bool(json, rule->whole_weeks);
    kf_json_key(json, "restart_after");
    rule->restart_after ? kf_json_int(json, rule->restart_after) : kf_json_null(json);
}

static size_t count_rates(Selection selection)
{
    size_t count = 0;

    while (next_rate(&selection))
        count++;
    return count;
}

static void json_rate(KfJson *json, const KfRate *rate)
{
    kf_json_open(json);
    kf_json_key(json, "benefit");
    kf_json_text(json, rate->benefit);
    kf_json_key(json, "variant");
    kf_json_text_or_null(json, rate->variant);
    kf_json_key(json, "year");
    kf_json_int(json, rate->year);
    kf_json_key(json, "amount");
    kf_json_amount(json, rate->amount);
    kf_json_key(json, "unit");
    kf_json_text(json, kf_text(units[rate->unit]));
    kf_json_key(json, "confidence");
    kf_json_text(json, kf_text(confidences[rate->confidence]));
    kf_json_key(json, "source");
    kf_json_text_or_null(json, rate->source);
    kf_json_close(json);
}

static void json_rule(KfJson *json, const KfRule *rule)
{
    kf_json_open(json);
    kf_json_key(json, "benefit");
    kf_json_text(json, rule->benefit);
    kf_json_key(json, "title");
    kf_json_text(json, rule->title);
    kf_json_key(json, "kind");
    kf_json_text(json, kf_text(kinds[rule->kind]));
    kf_json_key(json, "valid_from");
    kf_json_date(json, rule->valid_from);
    kf_json_key(json, "valid_to");
    kf_json_date(json, rule->valid_to);
    json_tiers(json, rule);
    json_cap(json, rule);
    json_clock(json, rule);
    kf_json_key(json, "confidence");
    kf_json_text(json, kf_text(confidences[rule->confidence]));
    kf_json_key(json, "law");
    kf_json_text_or_null(json, rule->law);
    kf_json_key(json, "source");
    kf_json_text_or_null(json, rule->source);
    kf_json_close(json);
}

static void json_second(KfJson *json, const KfBenefitMatch *second)
{
    kf_json_key(json, "runner_up");
    if (second->benefit.len == 0) {
        kf_json_null(json);
        return;
    }
    kf_json_open(json);
    kf_json_key(json, "benefit");
    kf_json_text(json, second->benefit);
    kf_json_key(json, "alias");
    kf_json_text(json, second->alias);
    kf_json_close(json);
}

static void json_match(KfJson *json, const Selection *selection)
{
    kf_json_key(json, "label");
    if (selection->report->label.len == 0) {
        kf_json_null(json);
        return;
    }
    kf_json_open(json);
    kf_json_key(json, "text");
    kf_json_text(json, selection->report->label);
    kf_json_key(json, "benefit");
    kf_json_text_or_null(json, selection->match.benefit);
    kf_json_key(json, "alias");
    kf_json_text_or_null(json, selection->match.alias);
    kf_json_key(json, "by_slip");
    kf_json_bool(json, selection->match.by_slip);
    json_second(json, &selection->second);
    kf_json_close(json);
}

void kf_report_rules_json(KfBuf *out, const KfRulesReport *report, const KfReportOptions *options)
{
    Selection selection = select_rules(report);
    const KfRule *rule;
    const KfRate *rate;
    KfJson json;

    (void)options; /* keys and data only: nothing here is in a language of people */
    kf_json_init(&json, out);
    kf_json_open(&json);
    kf_json_key(&json, "schema");
    kf_json_text(&json, KF_TEXT("kontrafakt/rules/1"));
    kf_json_key(&json, "version");
    kf_json_text(&json, kf_text(kf_version()));
    kf_json_key(&json, "name");
    kf_json_text(&json, kf_ruleset_name(report->rules));
    kf_json_key(&json, "as_of");
    kf_json_date(&json, report->as_of);
    json_match(&json, &selection);
    kf_json_key(&json, "rules");
    kf_json_open_array(&json);
    while ((rule = next_rule(&selection)) != NULL)
        json_rule(&json, rule);
    kf_json_close_array(&json);
    kf_json_key(&json, "rates");
    kf_json_open_list(&json, count_rates(selection));
    while ((rate = next_rate(&selection)) != NULL)
        json_rate(&json, rate);
    kf_json_close_list(&json);
    kf_json_close(&json);
    kf_json_finish(&json);
}

/* ---- CSV ------------------------------------------------------------------- */

/* As --rules reads it, so always in Danish: a file to edit and use. */
void kf_report_rules_csv(KfBuf *out, const KfRulesReport *report, const KfReportOptions *options)
{
    Selection selection = select_rules(report);
    const KfRule *rule;
    const KfRate *rate;

    (void)options;
    if (report->rates) {
        kf_rates_csv_head(out);
        while ((rate = next_rate(&selection)) != NULL)
            kf_rate_csv(out, rate);
        return;
    }
    kf_rules_csv_head(out);
    while ((rule = next_rule(&selection)) != NULL)
        kf_rule_csv(out, rule);
}
