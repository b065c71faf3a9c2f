/* The sheet Satser og regler: the rules in force on the day, and the rates of the year,
 * under the names that the other sheets look them up by. */
#include "report/new_workbook.h"

#include "kf/edit.h"
#include "report/text_report.h"

enum {
    HEAD_ROW = 3,
    FIRST_ROW,
    NO_END = 1000000,
    LAW_WIDTH = 36,
    SOURCE_WIDTH = 60,
    LINE_HEIGHT = 14
};

typedef struct {
    KfNewBook *book;
    KfPage page;
    uint32_t row;
} Rates;

/* Column of the sheet for one of the named range. */
static uint32_t col_of(int rule_column)
{
    return (uint32_t)rule_column - 1;
}

/* ---- rules ----------------------------------------------------------------- */

/* The checks must read the title as the benefit that it stands for. */
static bool is_understood(const KfRuleSet *rules, const KfRule *rule)
{
    KfBenefitMatch match = kf_benefit_match(rules, rule->title);

    return kf_text_eq(match.benefit, rule->benefit) && !match.by_slip;
}

static bool is_by_week(const KfRule *rule)
{
    return rule->kind == KF_RULE_WEEKS && rule->tier_count <= RULE_TIERS;
}

static KfPhrase kind_of(const KfRule *rule)
{
    if (rule->kind == KF_RULE_FIXED)
        return SAY_RATES_FIXED;
    if (rule->kind == KF_RULE_STAY_CAP)
        return SAY_RATES_CAP;
    return is_by_week(rule) ? SAY_RATES_WEEKS : SAY_RATES_OPEN;
}

/* Does the rate hold for the benefit, as kontanthjaelp's does for kontanthjaelp_aktiv? */
static bool is_rate_of(const KfRate *rate, KfText benefit)
{
    return kf_text_starts(benefit, rate->benefit)
           && (benefit.len == rate->benefit.len || benefit.ptr[rate->benefit.len] == '_');
}

/* The year whose rate a benefit has: the sheet's own, else the nearest that has one. */
static int32_t year_of(const Rates *rates, KfText benefit)
{
    const KfNewWorkbook *wanted = rates->book->wanted;
    const KfRate *nearest = kf_rate_nearest(wanted->rules, benefit, wanted->year);

    return nearest ? nearest->year : wanted->year;
}

static bool is_carried(const Rates *rates, KfText benefit)
{
    return year_of(rates, benefit) != rates->book->wanted->year;
}

/* Another year's rate can be typed over. */
static KfLook price_look(const Rates *rates, KfText benefit)
{
    return is_carried(rates, benefit) ? KF_LOOK_INPUT_AMOUNT : KF_LOOK_AMOUNT;
}

static int64_t count_rates(const Rates *rates, KfText benefit)
{
    size_t count;
    const KfRate *all = kf_rates(rates->book->wanted->rules, &count);
    int32_t year = year_of(rates, benefit);
    int64_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += all[i].year == year && all[i].unit != KF_RATE_STAY && is_rate_of(&all[i], benefit);
    return found;
}

static void put_shares(Rates *rates, const KfRule *rule)
{
    if (rule->kind != KF_RULE_FIXED && rule->kind != KF_RULE_STAY_CAP)
        return;
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        kf_put_share(&rates->page, rates->row, col_of(RULE_SHARE + k), rule->tiers[0].share_bp[k],
                     KF_LOOK_SHARE);
    if (rule->kind == KF_RULE_STAY_CAP)
        kf_put_amount(&rates->page, rates->row, col_of(RULE_CAP), rule->cap_hi, KF_LOOK_AMOUNT);
}

static void put_weeks(Rates *rates, const KfRule *rule)
{
    const KfNewWorkbook *wanted = rates->book->wanted;
    KfPage *page = &rates->page;

    if (!is_by_week(rule))
        return;
    kf_put_text(page, rates->row, col_of(RULE_CLOCK), rule->clock.len ? rule->clock : rule->benefit,
                KF_LOOK_PLAIN);
    kf_put_amount(
        page, rates->row, col_of(RULE_WEEK_PRICE),
        kf_rate_weekly(wanted->rules, rule->benefit, year_of(rates, rule->benefit), 0, NULL),
        price_look(rates, rule->benefit));
    kf_put_int(page, rates->row, col_of(RULE_RATE_COUNT), count_rates(rates, rule->benefit),
               KF_LOOK_WHOLE);
    for (size_t i = 0; i < rule->tier_count; i++) {
        const KfTier *tier = &rule->tiers[i];
        int32_t to = tier->to_week == INT32_MAX ? NO_END : tier->to_week;

        kf_put_int(page, rates->row, col_of(RULE_TO_WEEK + (int)i), to, KF_LOOK_WEEKS);
        kf_put_share(page, rates->row, col_of(RULE_TIER_SHARE + (int)i), tier->share_bp[KF_STATE],
                     KF_LOOK_SHARE);
    }
}

static void put_confidence(Rates *rates, uint32_t col, KfConfidence confidence)
{
    static const KfPhrase says[] = {
        [KF_CONFIDENCE_LOW] = SAY_CONFIDENCE_LOW,
        [KF_CONFIDENCE_MEDIUM] = SAY_CONFIDENCE_MEDIUM,
        [KF_CONFIDENCE_HIGH] = SAY_CONFIDENCE_HIGH,
    };

    kf_put_say(&rates->page, rates->row, col, says[confidence], KF_LOOK_PLAIN);
}

/* Not every program makes a row as high as its text. */
static void fit_height(Rates *rates, const KfRule *rule)
{
    size_t law = 1 + kf_text_columns(rule->law) / LAW_WIDTH;
    size_t source = 1 + kf_text_columns(rule->source) / SOURCE_WIDTH;

    if (law > 1 || source > 1)
        kf_page_row(&rates->page, rates->row,
                    (double)(LINE_HEIGHT * (law > source ? law : source)));
}

static void put_rule(Rates *rates, const KfRule *rule)
{
    kf_put_text(&rates->page, rates->row, col_of(RULE_TITLE), rule->title, KF_LOOK_PLAIN);
    kf_put_say(&rates->page, rates->row, col_of(RULE_KIND), kind_of(rule), KF_LOOK_PLAIN);
    put_shares(rates, rule);
    put_weeks(rates, rule);
    put_confidence(rates, RULE_WIDTH, rule->confidence);
    kf_put_text(&rates->page, rates->row, RULE_WIDTH + 1, rule->law, KF_LOOK_WRAPPED);
    kf_put_text(&rates->page, rates->row, RULE_WIDTH + 2, rule->source, KF_LOOK_WRAPPED);
    fit_height(rates, rule);
    rates->row++;
}

static void put_numbered(KfPage *page, uint32_t col, KfPhrase say, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        KfPlaceText number;
        KfBuf text = { 0 };

        kf_buf_phrase(&text, say, page->book->lang, (KfText[]){ kf_row_text(&number, i) }, 1);
        kf_put_text(page, HEAD_ROW, col + i, kf_buf_view(&text), KF_LOOK_COLUMN_NUMBER);
        page->book->bad |= text.bad;
        kf_buf_free(&text);
    }
}

static void put_rule_headings(KfPage *page)
{
    static const KfPhrase texts[] = { SAY_FORM_BENEFIT, SAY_RATES_KIND };
    static const KfPhrase numbers[] = {
        SAY_CSV_MUNICIPALITY, SAY_CSV_STATE,   SAY_CSV_REGION,       SAY_CSV_OTHER,
        SAY_RATES_CAP_AMOUNT, SAY_RATES_CLOCK, SAY_RATES_WEEK_PRICE, SAY_RATES_CHOICES,
    };
    static const KfPhrase sources[] = { SAY_CSV_CONFIDENCE, SAY_CSV_LAW, SAY_CSV_SOURCE };

    for (uint32_t i = 0; i < 2; i++)
        kf_put_say(page, HEAD_ROW, i, texts[i], KF_LOOK_COLUMN);
    for (uint32_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        kf_put_say(page, HEAD_ROW, 2 + i, numbers[i], KF_LOOK_COLUMN_NUMBER);
    put_numbered(page, col_of(RULE_TO_WEEK), SAY_RATES_TO_WEEK, RULE_TIERS);
    put_numbered(page, col_of(RULE_TIER_SHARE), SAY_RATES_TIER_SHARE, RULE_TIERS);
    for (uint32_t i = 0; i < 3; i++)
        kf_put_say(page, HEAD_ROW, RULE_WIDTH + i, sources[i], KF_LOOK_COLUMN);
}

static void put_rules(Rates *rates)
{
    size_t count;
    const KfRuleSet *set = rates->book->wanted->rules;
    const KfRule *rules = kf_rules(set, &count);
    uint32_t last;

    put_rule_headings(&rates->page);
    rates->row = FIRST_ROW;
    for (size_t i = 0; i < count; i++) {
        if (kf_rule_at(set, rules[i].benefit, rates->book->as_of) == &rules[i]
            && is_understood(set, &rules[i]))
            put_rule(rates, &rules[i]);
    }
    last = rates->row > FIRST_ROW ? rates->row - 1 : FIRST_ROW;
    kf_name_range(&rates->page, "Ydelser", (KfRange){ FIRST_ROW, 0, last, 0 });
    kf_name_range(&rates->page, "Regler",
                  (KfRange){ FIRST_ROW, 0, last, col_of(RULE_TIER_SHARE + RULE_TIERS - 1) });
}

/* ---- rates ----------------------------------------------------------------- */

static void put_rate_name(Rates *rates, const KfRate *rate)
{
    const KfRule *rule = kf_rule_at(rates->book->wanted->rules, rate->benefit, rates->book->as_of);
    KfBuf name = { 0 };

    kf_buf_text(&name, rule ? rule->title : rate->benefit);
    if (rate->variant.len) {
        kf_buf_str(&name, ", ");
        kf_buf_text(&name, rate->variant);
    }
    if (rate->year != rates->book->wanted->year) {
        kf_buf_str(&name, " (");
        kf_buf_int(&name, rate->year);
        kf_buf_char(&name, ')');
    }
    kf_put_text(&rates->page, rates->row, 0, kf_buf_view(&name), KF_LOOK_PLAIN);
    rates->page.book->bad |= name.bad;
    kf_buf_free(&name);
}

static void put_rate(Rates *rates, const KfRate *rate)
{
    static const KfPhrase units[] = {
        [KF_RATE_WEEK] = SAY_RATES_PER_WEEK,
        [KF_RATE_MONTH] = SAY_RATES_PER_MONTH,
        [KF_RATE_STAY] = SAY_RATES_PER_STAY,
    };
    const KfNewWorkbook *wanted = rates->book->wanted;

    put_rate_name(rates, rate);
    kf_put_say(&rates->page, rates->row, 1, units[rate->unit], KF_LOOK_PLAIN);
    kf_put_amount(&rates->page, rates->row, 2, rate->amount, price_look(rates, rate->benefit));
    if (rate->unit != KF_RATE_STAY)
        kf_put_amount(&rates->page, rates->row, 3,
                      kf_rate_weekly(wanted->rules, rate->benefit, rate->year, rate->amount, NULL),
                      price_look(rates, rate->benefit));
    put_confidence(rates, 4, rate->confidence);
    kf_put_text(&rates->page, rates->row, 5, rate->source, KF_LOOK_PLAIN);
    rates->row++;
}

static void put_rates(Rates *rates)
{
    static const KfPhrase columns[] = { SAY_SPLIT_RATE,       SAY_RATES_UNIT,     SAY_RATES_AMOUNT,
                                        SAY_RATES_WEEK_PRICE, SAY_CSV_CONFIDENCE, SAY_CSV_SOURCE };
    size_t count;
    const KfRate *all = kf_rates(rates->book->wanted->rules, &count);
    uint32_t first = rates->row + 2, last;

    for (uint32_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kf_put_say(&rates->page, first - 1, i, columns[i], KF_LOOK_COLUMN);
    rates->row = first;
    for (size_t i = 0; i < count; i++) {
        if (all[i].year
            == (all[i].unit == KF_RATE_STAY ? rates->book->wanted->year
                                            : year_of(rates, all[i].benefit)))
            put_rate(rates, &all[i]);
    }
    last = rates->row > first ? rates->row - 1 : first;
    kf_name_range(&rates->page, "Satser", (KfRange){ first, 0, last, 3 });
    kf_name_range(&rates->page, "Satsnavne", (KfRange){ first, 0, last, 0 });
}

static void put_payers(Rates *rates)
{
    static const KfPhrase payers[KF_PAYER_COUNT] = { SAY_PAYER_1, SAY_PAYER_2, SAY_PAYER_3,
                                                     SAY_PAYER_4 };
    uint32_t first = rates->row + 2;

    kf_put_say(&rates->page, first - 1, 0, SAY_RATES_NAMES, KF_LOOK_COLUMN);
    for (uint32_t k = 0; k < KF_PAYER_COUNT; k++)
        kf_put_say(&rates->page, first + k, 0, payers[k], KF_LOOK_PLAIN);
    kf_name_range(&rates->page, "Betalere", (KfRange){ first, 0, first + KF_PAYER_COUNT - 1, 0 });
}

/* Told once, above the tables, where some rates are another year's. */
static void put_carried(Rates *rates)
{
    size_t count;
    const KfRate *all = kf_rates(rates->book->wanted->rules, &count);

    for (size_t i = 0; i < count; i++) {
        if (all[i].unit != KF_RATE_STAY && is_carried(rates, all[i].benefit)) {
            kf_put_say(&rates->page, 1, 0, SAY_RATES_CARRIED, KF_LOOK_NOTE);
            return;
        }
    }
}

static void put_title(Rates *rates)
{
    KfBuf year = { 0 }, title = { 0 };

    kf_buf_int(&year, rates->book->wanted->year);
    kf_buf_phrase(&title, SAY_RATES_TITLE, rates->page.book->lang, (KfText[]){ kf_buf_view(&year) },
                  1);
    kf_buf_str(&title, KF_AID_TITLE_END);
    kf_put_text(&rates->page, 0, 0, kf_buf_view(&title), KF_LOOK_TITLE);
    rates->page.book->bad |= year.bad || title.bad;
    kf_buf_free(&year);
    kf_buf_free(&title);
}

void kf_new_rates(KfNewBook *book)
{
    Rates rates = { .book = book };

    rates.page = kf_page_open(&book->book, kf_phrase(SAY_RATES, book->book.lang));
    kf_page_column(&rates.page, 0, 0, 44);
    kf_page_column(&rates.page, 1, 1, 14);
    kf_page_column(&rates.page, 2, RULE_WIDTH - 1, 10.5);
    kf_page_column(&rates.page, RULE_WIDTH, RULE_WIDTH, 10);
    kf_page_column(&rates.page, RULE_WIDTH + 1, RULE_WIDTH + 1, LAW_WIDTH);
    kf_page_column(&rates.page, RULE_WIDTH + 2, RULE_WIDTH + 2, SOURCE_WIDTH);
    kf_page_row(&rates.page, HEAD_ROW, 30);
    put_title(&rates);
    put_carried(&rates);
    put_rules(&rates);
    put_rates(&rates);
    put_payers(&rates);
    kf_page_protect(&rates.page);
    if (rates.page.sheet)
        worksheet_freeze_panes(rates.page.sheet, FIRST_ROW, 1);
}
