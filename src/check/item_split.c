/* The items of a column by their rules, with the weeks that their clocks have run
 * before it. Items that count on one clock are taken in an order of their own, so
 * that the order of the rows changes nothing: the dearest week first, as the
 * benefits commonly follow one another. */
#include "check/course_check.h"

#include <string.h>

enum { MONTHS_A_YEAR = 12, MONTHS_LOOKED_BACK = 36 };

static const int64_t nano = INT64_C(1000000000);

/* ---- clocks -------------------------------------------------------------- */

/* Whether weeks of the clock depend on how long periods are, and a heading is in doubt. */
static bool hangs_on_periods(const KfCourseCheck *check, size_t clock)
{
    const KfRule *rule = check->clock_rules[clock];

    return check->periods_doubtful && rule && (rule->whole_weeks || rule->restart_after);
}

KfCourseClocks kf_course_clocks(const KfCourseCheck *check)
{
    const size_t periods = check->course->period_count;
    KfCourseClocks clocks = { 0 };

    clocks.used = kf_arena_array(check->arena, check->clock_count, sizeof *clocks.used);
    clocks.by_month = kf_arena_array(check->arena, check->clock_count, sizeof *clocks.by_month);
    clocks.idle = kf_arena_array(check->arena, check->clock_count * periods, sizeof *clocks.idle);
    clocks.restarted = kf_arena_array(check->arena, check->clock_count, sizeof *clocks.restarted);
    clocks.sure = kf_arena_array(check->arena, check->clock_count, sizeof *clocks.sure);
    for (size_t c = 0; c < check->clock_count; c++)
        clocks.sure[c] = hangs_on_periods(check, c) ? KF_CONFIDENCE_MEDIUM : KF_CONFIDENCE_HIGH;
    clocks.year = kf_arena_array(check->arena, check->clock_count, sizeof *clocks.year);
    clocks.spent = kf_arena_array(check->arena, check->clock_count, sizeof *clocks.spent);
    clocks.first = kf_arena_array(check->arena, check->clock_count, sizeof *clocks.first);
    clocks.order = kf_arena_array(check->arena, check->course->item_count, sizeof *clocks.order);
    return clocks;
}

/* The weeks of a period, in nanoweeks: a month is 52/12 of them. */
static int64_t weeks_of(KfPeriod period)
{
    return period.from < 0 ? 0 : kf_period_months(period) * 52 * nano / MONTHS_A_YEAR;
}

/* Lov 994/2015 § 6: 52 whole weeks of self-support within the last three years. */
static int64_t idle_weeks(const KfCourseCheck *check, const KfCourseClocks *clocks, size_t clock,
                          size_t period)
{
    const size_t periods = check->course->period_count;
    const int32_t now = kf_period_start(check->course->periods[period].period);
    int64_t idle = 0;

    for (size_t p = 0; p < period; p++) {
        if (kf_period_start(check->course->periods[p].period) >= now - MONTHS_LOOKED_BACK)
            idle += clocks->idle[clock * periods + p];
    }
    return idle;
}

static void restart(const KfCourseCheck *check, KfCourseClocks *clocks, size_t clock, size_t period,
                    int32_t after)
{
    const size_t periods = check->course->period_count;

    clocks->restarted[clock] = idle_weeks(check, clocks, clock, period) >= after * nano;
    if (!clocks->restarted[clock])
        return;
    kf_weaken(&clocks->sure[clock], KF_CONFIDENCE_MEDIUM); /* that nothing is stated is no proof */
    clocks->used[clock].nanoweeks = 0;
    clocks->by_month[clock] = false;
    memset(clocks->idle + clock * periods, 0, period * sizeof *clocks->idle);
}

/* Weeks to the next whole one; what rounding of øre leaves makes no new week. */
static int64_t whole(int64_t nanoweeks)
{
    return (nanoweeks + nano - nano / 100 - 1) / nano * nano;
}

/* Whether something else supports the citizen in the column. */
static bool has_other_support(const KfCourseCheck *check, const KfOere *amounts, size_t period,
                              size_t clock)
{
    for (size_t i = 0; i < check->course->item_count; i++) {
        const KfItemRule *rule = kf_item_rule(check, i, period);

        if (amounts[i] && rule->is_support && (rule->is_free || rule->clock != clock))
            return true;
    }
    return false;
}

/* ---- order --------------------------------------------------------------- */

static bool comes_before(const KfCourseCheck *check, const KfOere *amounts, size_t period, size_t a,
                         size_t b)
{
    const KfItemRule *x = kf_item_rule(check, a, period), *y = kf_item_rule(check, b, period);
    int names = kf_text_cmp(x->match.benefit, y->match.benefit);

    if (x->weekly != y->weekly)
        return x->weekly > y->weekly;
    if (names)
        return names < 0;
    return amounts[a] != amounts[b] ? amounts[a] > amounts[b] : a < b;
}

/* Shell's sort: in place, and as insertion for the few items that a course has. */
static void sort_items(const KfCourseCheck *check, const KfOere *amounts, size_t period,
                       size_t *order, size_t count)
{
    size_t gap = 1;

    while (gap < count / 3)
        gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3) {
        for (size_t i = gap; i < count; i++) {
            const size_t item = order[i];
            size_t at = i;

            for (; at >= gap && comes_before(check, amounts, period, item, order[at - gap]);
                 at -= gap)
                order[at] = order[at - gap];
            order[at] = item;
        }
    }
}

/* The items that count on a clock, in the order in which they are taken. */
static size_t order_items(const KfCourseCheck *check, const KfOere *amounts, size_t period,
                          size_t *order)
{
    size_t count = 0;

    for (size_t i = 0; i < check->course->item_count; i++) {
        const KfItemRule *rule = kf_item_rule(check, i, period);

        if (!rule->is_free && amounts[i] != 0 && rule->clock != KF_NO_CLOCK)
            order[count++] = i;
    }
    sort_items(check, amounts, period, order, count);
    return count;
}

/* ---- one item ------------------------------------------------------------ */

static void take_parts(KfItemSplit *out, const KfSplit *split, int sign)
{
    out->is_range |= split->is_range;
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        const KfInterval range = split->range[k];

        out->part[k] += split->part[k] * sign;
        out->range[k].lo += sign < 0 ? -range.hi : range.lo;
        out->range[k].hi += sign < 0 ? -range.lo : range.hi;
    }
}

/* Parts in øre of parts in smaller units, cut from the running sum. */
static void to_oere(KfSplit *split, int32_t scale)
{
    KfOere sum = 0, given = 0;

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        KfOere upto;

        sum += split->part[k];
        upto = (sum + scale / 2) / scale;
        split->part[k] = upto - given;
        split->range[k] = (KfInterval){ upto - given, upto - given };
        given = upto;
    }
}

/* By the weeks that the clock stands at; moves it on. */
static void split_weeks(const KfItemRule *rule, KfWeekClock *clock, KfItemSplit *out)
{
    const int sign = out->amount < 0 ? -1 : 1;
    const bool fine = out->amount * sign <= KF_OERE_MAX / rule->scale;
    const KfOere amount = out->amount * sign * (fine ? rule->scale : 1);
    KfSplit split;

    out->before = clock->nanoweeks;
    out->is_split =
        kf_rule_split(rule->rule, amount, fine ? rule->exact : rule->weekly, clock, 1, &split);
    if (!out->is_split)
        return;
    if (fine)
        to_oere(&split, rule->scale);
    out->within = clock->nanoweeks - out->before;
    take_parts(out, &split, sign);
}

/* Within a range of caps the year's own one is the likeliest. */
static void take_cap_of_year(const KfItemRule *rule, KfSplit *split)
{
    const KfInterval range = split->range[KF_MUNICIPALITY];
    KfOere own = rule->stay_cap * rule->stays;

    if (!split->is_range || own == 0)
        return;
    own = own < range.lo ? range.lo : own > range.hi ? range.hi : own;
    split->part[KF_REGION] += split->part[KF_MUNICIPALITY] - own;
    split->part[KF_MUNICIPALITY] = own;
}

static void split_plain(const KfItemRule *rule, KfItemSplit *out)
{
    const int sign = out->amount < 0 ? -1 : 1;
    KfSplit split;

    out->is_split = kf_rule_split(rule->rule, out->amount * sign, 0, NULL, rule->stays, &split);
    if (!out->is_split)
        return;
    take_cap_of_year(rule, &split);
    take_parts(out, &split, sign);
}

KfOere kf_year_amount(KfPeriod period, KfOere amount, int32_t year)
{
    const int32_t months = kf_period_months(period), start = kf_period_start(period);
    int32_t upto = (year + 1) * MONTHS_A_YEAR - start, from = year * MONTHS_A_YEAR - start;

    if (period.from < 0 || months <= 0)
        return year == 0 ? amount : 0;
    upto = upto < 0 ? 0 : upto > months ? months : upto;
    from = from < 0 ? 0 : from > months ? months : from;
    return amount / months * upto + amount % months * upto / months - amount / months * from
           - amount % months * from / months;
}

/* A column of several years is spread evenly over them; what the year has cost in
 * an earlier column comes first. */
static void split_years(const KfItemRule *rule, KfPeriod period, int32_t *year, KfOere *spent,
                        KfItemSplit *out)
{
    const int sign = out->amount < 0 ? -1 : 1;
    const int32_t first = period.from < 0 ? 0 : kf_period_start(period) / MONTHS_A_YEAR;
    const int32_t last = period.from < 0 ? 0 : (period.to - 1) / MONTHS_A_YEAR;

    out->spent = *year == first ? *spent : 0;
    out->is_split = true;
    for (int32_t y = first; y <= last && out->is_split; y++) {
        const KfOere part = kf_year_amount(period, out->amount * sign, y);
        KfSplit split;

        if (y != *year)
            *spent = 0;
        *year = y;
        out->is_split = kf_rule_split_after(rule->rule, *spent, part, &split);
        if (!out->is_split)
            return;
        take_parts(out, &split, sign);
        *spent += part;
    }
}

/* ---- a column ------------------------------------------------------------ */

int64_t kf_item_weeks(const KfItemRule *rule, KfOere amount)
{
    const KfOere size = amount < 0 ? -amount : amount;

    if (rule->scale > 1 && size <= KF_OERE_MAX / rule->scale)
        return kf_weeks_of(size * rule->scale, rule->exact);
    return kf_weeks_of(size, rule->weekly);
}

/* Where a benefit begins: where the one before it ended, but early enough to end
 * with the column, for benefits may run side by side in the same weeks. */
static int64_t start_of(const KfItemRule *rule, int64_t own, int64_t first, int64_t at,
                        int64_t weeks)
{
    int64_t latest = own < weeks ? first + weeks - own : first;

    if (!rule->rule->whole_weeks || weeks == 0 || at < latest)
        return at;
    return latest;
}

static void move_on(KfWeekClock *clock, int64_t upto)
{
    if (clock->nanoweeks < upto)
        clock->nanoweeks = upto;
}

/* Weeks by an earlier law that the later one counts. */
static void count_also(const KfItemRule *rule, KfOere amount, KfCourseClocks *clocks)
{
    if (rule->also == KF_NO_CLOCK)
        return;
    clocks->used[rule->also].nanoweeks =
        kf_weeks_add(clocks->used[rule->also].nanoweeks, kf_item_weeks(rule, amount));
    kf_weaken(&clocks->sure[rule->also], rule->sure);
}

static void take_item(const KfCourseCheck *check, size_t item, size_t period,
                      KfCourseClocks *clocks, KfItemSplit *out)
{
    const KfItemRule *rule = kf_item_rule(check, item, period);
    const KfPeriod months = check->course->periods[period].period;
    const int64_t own = kf_item_weeks(rule, out->amount);
    KfWeekClock *clock = &clocks->used[rule->clock], start = *clock;

    kf_weaken(&clocks->sure[rule->clock], rule->sure);
    kf_weaken(&out->confidence, clocks->sure[rule->clock]);
    if (rule->rule->kind == KF_RULE_YEARLY) {
        split_years(rule, months, &clocks->year[rule->clock], &clocks->spent[rule->clock], out);
        return;
    }
    if (rule->rule->kind == KF_RULE_WEEKS) {
        start.nanoweeks =
            start_of(rule, own, clocks->first[rule->clock], start.nanoweeks, weeks_of(months));
        split_weeks(rule, &start, out);
        clocks->by_month[rule->clock] |= rule->scale > 1;
        out->by_month = clocks->by_month[rule->clock];
        out->restarted = clocks->restarted[rule->clock];
    } else {
        split_plain(rule, out);
        start.nanoweeks = kf_weeks_add(start.nanoweeks, own);
    }
    move_on(clock, start.nanoweeks);
    count_also(rule, out->amount, clocks);
}

/* Ends the column on a clock: begun weeks are whole, and the others were idle. */
static void end_clock(const KfCourseCheck *check, const KfOere *amounts, size_t period,
                      KfCourseClocks *clocks, size_t clock)
{
    const int64_t first = clocks->first[clock];
    const int64_t weeks = weeks_of(check->course->periods[period].period);
    const KfRule *rule = check->clock_rules[clock];
    int64_t *used = &clocks->used[clock].nanoweeks;

    if (!rule)
        return;
    if (rule->whole_weeks && check->week_count != KF_WEEKS_RUNNING && *used < INT64_MAX - nano) {
        const int64_t begun = whole(*used);

        if (begun - *used > nano / 100 && check->week_count != KF_WEEKS_WHOLE_SEEN)
            kf_weaken(&clocks->sure[clock], KF_CONFIDENCE_MEDIUM);
        if (check->week_count != KF_WEEKS_RUNNING_ON)
            *used = begun;
    }
    if (rule->restart_after && *used > 0 && weeks > *used - first
        && (*used == first || !check->rests_unknown)
        && !has_other_support(check, amounts, period, clock))
        clocks->idle[clock * check->course->period_count + period] =
            (weeks - (*used - first)) / nano * nano;
}

void kf_split_column(const KfCourseCheck *check, const KfOere *amounts, size_t period,
                     KfCourseClocks *clocks, KfItemSplit *out)
{
    size_t count;

    for (size_t c = 0; c < check->clock_count; c++) {
        if (check->clock_rules[c] && check->clock_rules[c]->restart_after)
            restart(check, clocks, c, period, check->clock_rules[c]->restart_after);
        clocks->first[c] = clocks->used[c].nanoweeks;
    }
    for (size_t i = 0; i < check->course->item_count; i++) {
        const KfItemRule *rule = kf_item_rule(check, i, period);

        out[i] = (KfItemSplit){ .amount = amounts[i], .confidence = rule->confidence };
        if (amounts[i] && !rule->is_free && rule->clock == KF_NO_CLOCK) {
            split_plain(rule, &out[i]);
            count_also(rule, amounts[i], clocks);
        }
    }
    count = order_items(check, amounts, period, clocks->order);
    for (size_t i = 0; i < count; i++) {
        const size_t item = clocks->order[i];

        take_item(check, item, period, clocks, &out[item]);
    }
    for (size_t c = 0; c < check->clock_count; c++)
        end_clock(check, amounts, period, clocks, c);
}

/* The inputs of a column as an explanation has them; a part of another row is none. */
void kf_column_amounts(const KfCourseCheck *check, const KfExplanation *explanation, size_t period,
                       KfOere *amounts)
{
    for (size_t i = 0; i < check->course->item_count; i++) {
        int node = check->item_nodes[i * check->course->period_count + period];

        if (node >= 0)
            amounts[i] = kf_explained_amount(check, explanation, node);
        else
            amounts[i] =
                check->parts_run_clocks ? check->course->items[i].amounts[period].value : 0;
    }
}

KfItemSplit *kf_column_splits(const KfCourseCheck *check, const KfExplanation *explanation,
                              size_t period)
{
    const size_t items = check->course->item_count;
    KfItemSplit *splits = kf_arena_array(check->arena, items, sizeof *splits);
    const KfArenaMark mark = kf_arena_mark(check->arena);
    KfCourseClocks clocks = kf_course_clocks(check);
    KfOere *amounts = kf_arena_array(check->arena, items, sizeof *amounts);

    for (size_t p = 0; p <= period; p++) {
        kf_column_amounts(check, explanation, p, amounts);
        kf_split_column(check, amounts, p, &clocks, splits);
    }
    kf_arena_release(check->arena, mark);
    return splits;
}

KfItemSplit kf_item_split(const KfCourseCheck *check, const KfExplanation *explanation, size_t item,
                          size_t period)
{
    const KfArenaMark mark = kf_arena_mark(check->arena);
    const KfItemSplit split = kf_column_splits(check, explanation, period)[item];

    kf_arena_release(check->arena, mark);
    return split;
}
