/* What every figure should be, given the inputs: each item split by its rule with
 * its weeks running on through the course, an item without a rule given to the
 * payer that makes the column come out, and the sums over them. */
#include "check/course_check.h"

/* A week's price of a month's rate may be taken to the nearest øre: half an øre in 52
 * weeks, and no tier is more than 40 % from the next. */
enum { PART_WIDTH = 2, WEEK_OF_MONTH_WIDTH = 11, KRONE = 100 };

/* A part of a column that is shared out: exact or a range for each payer. */
typedef struct {
    KfOere value[KF_PAYER_COUNT];
    KfInterval range[KF_PAYER_COUNT];
    KfConfidence confidence[KF_PAYER_COUNT];
} Shares;

typedef struct {
    int item;
    KfOere amount, width;            /* width: what rounding of it can amount to */
    const KfRule *open;              /* its tiers are the shares it may have besides */
    int choice, preferred, expected; /* a payer, or KF_PAYER_COUNT + index of a tier */
    int choices;
    bool is_shown; /* who pays it: by its section, by other columns or another course */
} FreeItem;

typedef struct {
    const KfCourseCheck *check;
    size_t period;
    Shares fixed;
    Shares shares; /* with the items without a rule as they are given out */
    FreeItem *free;
    size_t free_count;
    int *choices;  /* room for one a free item */
    bool is_range; /* a rule leaves the parts open within limits */
    KfOere slack;  /* how much more the municipality's part may be by those */
    KfOere stays;  /* the municipality's part of hospital stays */
    KfInterval stays_range;
    uint8_t taken; /* KF_COLUMN_ flags */
    bool lost;     /* the weeks before it cannot be counted */
    bool guessed;  /* what cannot be read is taken for what it looks like */
    KfOere width;  /* what rounding of all its figures can amount to */
} Column;

static void add_range(Shares *shares, int payer, KfOere value, KfInterval range, KfOere width)
{
    shares->value[payer] += value;
    shares->range[payer].lo += range.lo - width;
    shares->range[payer].hi += range.hi + width;
}

static KfOere width_of(const KfFigure *figure, KfOere amount)
{
    if (figure->state != KF_FIGURE_STATED || amount != figure->value)
        return 0;
    return (figure->range.hi - figure->range.lo) / 2;
}

/* In a coarse sheet, what should stand there is as rounded as all else; in one in øre it is told
 * by payers' parts that are rounded. */
static KfOere width_meant(const KfCourseCheck *check, const KfFigure *figure, KfOere amount)
{
    if (check->step == 1 && amount != 0 && amount != figure->value)
        return 1;
    if (check->step > KRONE && amount != 0 && amount % check->step == 0 && amount != figure->value)
        return check->step / 2;
    return width_of(figure, amount);
}

/* An item that its rule splits. Rounding to whole øre may go either way. */
static void add_ruled(Column *column, const KfItemSplit *split, KfOere width)
{
    column->is_range |= split->is_range;
    if (split->is_split)
        column->slack += split->range[KF_MUNICIPALITY].hi - split->part[KF_MUNICIPALITY];
    for (int k = 0; k < KF_PAYER_COUNT && split->is_split; k++) {
        if (split->part[k] == 0 && split->range[k].lo == 0 && split->range[k].hi == 0)
            continue;
        add_range(&column->fixed, k, split->part[k], split->range[k],
                  split->part[k] == split->amount ? width : width + 1);
        kf_weaken(&column->fixed.confidence[k], split->confidence);
    }
}

int kf_expected_payer(const KfItemRule *rule)
{
    return rule->payer_hint == KF_PAYER_NONE ? KF_MUNICIPALITY : rule->payer_hint;
}

static void add_free(Column *column, int item, const KfItemRule *rule, int usual, KfOere amount,
                     KfOere width)
{
    FreeItem *free;

    if (amount == 0)
        return;
    free = &column->free[column->free_count++];
    *free = (FreeItem){ .item = item, .amount = amount, .width = width };
    free->expected = kf_expected_payer(rule);
    free->preferred = usual == KF_PAYER_NONE ? free->expected : usual;
    free->choice = free->preferred;
    free->is_shown = usual != KF_PAYER_NONE || rule->payer_hint != KF_PAYER_NONE;
    free->open = rule->rule && rule->rule->kind == KF_RULE_OPEN ? rule->rule : NULL;
    free->choices = KF_PAYER_COUNT + (free->open ? (int)free->open->tier_count : 0);
    if (column->check->course->items[item].has_payer)
        free->choices = 0;
}

/* The municipality has the rest. */
KfOere kf_free_part(const KfRule *open, int choice, KfOere amount, int payer)
{
    const int32_t *share_bp;
    KfOere rest = amount;

    if (choice < KF_PAYER_COUNT)
        return choice == payer ? amount : 0;
    share_bp = open->tiers[choice - KF_PAYER_COUNT].share_bp;
    if (payer != KF_MUNICIPALITY)
        return kf_share(amount, share_bp[payer]);
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        rest -= k == KF_MUNICIPALITY ? 0 : kf_share(amount, share_bp[k]);
    return rest;
}

/* A payer's part of the item as it is given out. */
static KfOere free_part(const FreeItem *free, int payer)
{
    return kf_free_part(free->open, free->choice, free->amount, payer);
}

/* Adds the item as it is given out to the shares, or takes it off them. */
static void give(Column *column, const FreeItem *free, int sign)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        const KfOere part = free_part(free, k);

        if (part)
            add_range(&column->shares, k, sign * part, (KfInterval){ sign * part, sign * part },
                      sign * free->width);
    }
}

static void choose(Column *column, FreeItem *free, int choice)
{
    if (choice == free->choice)
        return;
    give(column, free, -1);
    free->choice = choice;
    give(column, free, 1);
}

static const KfFigure *payer_figure(const Column *column, size_t payer)
{
    const KfCourse *course = column->check->course;
    const int node = kf_payer_node(column->check, payer, column->period);

    if (node >= 0 && column->check->nodes[node].meant)
        return column->check->nodes[node].meant;
    return course->payers[payer] ? &course->payers[payer][column->period] : NULL;
}

/* A dash alone: whoever wrote it meant nothing. */
static bool is_dash(const KfFigure *figure)
{
    const KfText shown = kf_text_trim(figure->shown);
    size_t end = 0;
    const int32_t rune = kf_text_next(shown, &end);

    return figure->state == KF_FIGURE_BLANK && end == shown.len
           && (rune == '-' || rune == 0x2013 || rune == 0x2014 || rune == 0x2212);
}

static bool meets_share(const Column *column, const KfFigure *figure, size_t payer)
{
    const KfInterval share = column->shares.range[payer];

    return figure->range.hi + column->check->tolerance >= share.lo
           && figure->range.lo - column->check->tolerance <= share.hi;
}

/* How many payer figures the shares leave unexplained; two that stand in each other's place are
 * one mistake. */
static int count_misses(const Column *column)
{
    size_t missed[KF_PAYER_COUNT];
    int misses = 0;

    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        const KfFigure *figure = payer_figure(column, k);

        if (figure && (figure->state == KF_FIGURE_STATED || is_dash(figure))
            && !meets_share(column, figure, k))
            missed[misses++] = k;
    }
    if (misses == 2 && meets_share(column, payer_figure(column, missed[0]), missed[1])
        && meets_share(column, payer_figure(column, missed[1]), missed[0]))
        return 1;
    return misses;
}

/* How far the payer figures are from the shares, in a sheet so coarse that several ways of
 * sharing out are within its rounding; 0 in others. */
static KfOere count_off(const Column *column)
{
    KfOere off = 0;

    for (size_t k = 0; column->check->step > KRONE && k < KF_PAYER_COUNT; k++) {
        const KfFigure *figure = payer_figure(column, k);
        KfOere by = figure ? figure->value - column->shares.value[k] : 0;

        off += by < 0 ? -by : by;
    }
    return off;
}

typedef struct {
    int misses;
    KfOere off;
} Misfit;

static bool fits(const Misfit *misfit)
{
    return misfit->misses == 0 && misfit->off == 0;
}

/* A payer without a row pays nothing where those with one are all. */
static bool may_pay(const Column *column, int choice)
{
    const KfCourseCheck *check = column->check;

    return choice >= KF_PAYER_COUNT || !check->payers_are_all || check->course->payers[choice];
}

/* Try to explain the column by giving up to `left` free items to other payers. The choices
 * that leave the fewest payer figures unexplained, and those the nearest, are kept. */
static void deviate(Column *column, size_t from, int left, Misfit *least)
{
    const Misfit now = { count_misses(column), count_off(column) };

    if (now.misses < least->misses || (now.misses == least->misses && now.off < least->off)) {
        *least = now;
        for (size_t i = 0; i < column->free_count; i++)
            column->choices[i] = column->free[i].choice;
    }
    for (size_t i = from; i < column->free_count && left > 0 && !fits(least); i++) {
        FreeItem *free = &column->free[i];

        for (int choice = 0; choice < free->choices && !fits(least); choice++) {
            if (choice == free->preferred || !may_pay(column, choice))
                continue;
            choose(column, free, choice);
            deviate(column, i + 1, left - 1, least);
        }
        choose(column, free, free->preferred);
    }
}

/* So many that every way can be tried. */
static int most_deviations(const Column *column)
{
    enum { FEW = 8, SOME = 24 };

    if (column->taken & KF_COLUMN_AS_EXPECTED)
        return 0;
    return column->free_count > SOME ? 1 : column->free_count > FEW ? 2 : 3;
}

/* Where either of two would do, it is the one that nothing else shows the payer of that goes to
 * another: those come first. */
static void put_unshown_first(Column *column)
{
    for (size_t i = 1; i < column->free_count; i++) {
        const FreeItem free = column->free[i];
        size_t at = i;

        for (; !free.is_shown && at > 0 && column->free[at - 1].is_shown; at--)
            column->free[at] = column->free[at - 1];
        column->free[at] = free;
    }
}

/* The choices that explain the column best, kept, and how many payer figures they miss. */
static int find_choices(Column *column, const Shares *fixed)
{
    const int most = most_deviations(column);
    Misfit least = { KF_PAYER_COUNT + 1, 0 };

    column->shares = *fixed;
    for (size_t i = 0; i < column->free_count; i++)
        give(column, &column->free[i], 1);
    for (int deviations = 0; deviations <= most && least.misses > 0; deviations++)
        deviate(column, 0, deviations, &least);
    return least.misses;
}

/* The shares where the region pays the municipality's part of hospital stays, too. */
static Shares without_copayment(const Column *column)
{
    Shares shares = column->fixed;
    const KfInterval off = column->stays_range;

    shares.value[KF_MUNICIPALITY] -= column->stays;
    shares.value[KF_REGION] += column->stays;
    shares.range[KF_MUNICIPALITY].lo -= off.lo;
    shares.range[KF_MUNICIPALITY].hi -= off.hi;
    shares.range[KF_REGION].lo += off.hi;
    shares.range[KF_REGION].hi += off.lo;
    return shares;
}

static void take_choices(Column *column)
{
    for (size_t i = 0; i < column->free_count; i++)
        choose(column, &column->free[i], column->choices[i]);
}

/* Items without a rule go where they make the column come out, with as few as
 * possible going elsewhere than expected. One wrong payer figure leaves the
 * others to show where they went, and so does a co-payment that was left out. False
 * when some payer figure is left unexplained. */
static bool assign_free(Column *column)
{
    int misses;

    put_unshown_first(column);
    misses = find_choices(column, &column->fixed);
    take_choices(column);
    if (misses > 1 && column->stays && column->free_count) {
        const Shares left_out = without_copayment(column);

        for (size_t i = 0; i < column->free_count; i++)
            column->free[i].choice = column->free[i].preferred;
        if (find_choices(column, &left_out) > 0)
            find_choices(column, &column->fixed);
        column->shares = column->fixed;
        for (size_t i = 0; i < column->free_count; i++) {
            column->free[i].choice = column->choices[i];
            give(column, &column->free[i], 1);
        }
    }
    return misses == 0;
}

/* How far a stated figure within a rule's range lies from the middle of it. */
static bool shift_in_range(const KfFigure *figure, const KfInterval *range, KfOere value,
                           KfOere *shift)
{
    if (!figure || figure->state != KF_FIGURE_STATED || figure->value < range->lo
        || figure->value > range->hi)
        return false;
    *shift = figure->value - value;
    return true;
}

/* What is more than the range allows should be the most of it. */
static KfOere to_the_most(const Column *column, const Shares *shares)
{
    const KfFigure *figure = payer_figure(column, KF_MUNICIPALITY);

    if (!figure || figure->state != KF_FIGURE_STATED
        || figure->value <= shares->range[KF_MUNICIPALITY].hi)
        return 0;
    return column->slack;
}

/* Where a rule leaves a range between municipality and region, a stated figure
 * inside it is right as it stands, and the other's part follows from it. When
 * both are inside and do not match, the column is open. */
static void accept_in_range(const Column *column, Shares *shares, uint8_t *open)
{
    KfOere own = 0, theirs = 0;
    bool by_own, by_theirs;

    if (!column->is_range)
        return;
    by_own = shift_in_range(payer_figure(column, KF_MUNICIPALITY), &shares->range[KF_MUNICIPALITY],
                            shares->value[KF_MUNICIPALITY], &own);
    by_theirs = shift_in_range(payer_figure(column, KF_REGION), &shares->range[KF_REGION],
                               shares->value[KF_REGION], &theirs);
    if (by_own && by_theirs && (own + theirs > column->width || own + theirs < -column->width))
        *open |= KF_COLUMN_BY_REGION;
    if (by_theirs && (!by_own || column->taken & KF_COLUMN_BY_REGION))
        own = -theirs;
    if (!by_own && !by_theirs) {
        own = to_the_most(column, shares);
        shares->value[KF_MUNICIPALITY] += own;
        shares->value[KF_REGION] -= own;
        return;
    }
    shares->value[KF_MUNICIPALITY] += own;
    shares->value[KF_REGION] -= own;
    for (int k = KF_MUNICIPALITY; k <= KF_REGION; k += KF_REGION - KF_MUNICIPALITY)
        shares->range[k] =
            (KfInterval){ shares->value[k] - column->width, shares->value[k] + column->width };
}

KfOere kf_explained_amount(const KfCourseCheck *check, const KfExplanation *explanation, int node)
{
    for (size_t i = 0; i < explanation->change_count; i++) {
        if (explanation->changes[i].node == node)
            return explanation->changes[i].value;
    }
    if (check->nodes[node].is_stale)
        return check->nodes[node].gives;
    if (check->nodes[node].figure->state == KF_FIGURE_UNREADABLE)
        return check->nodes[node].reads_as;
    return check->nodes[node].figure->value;
}

static void put(KfExplanation *explanation, int node, const KfTruth *truth)
{
    if (node >= 0)
        explanation->truth[node] = *truth;
}

/* Adds a part to a sum; what is not known makes the sum not known. */
static void add_truth(KfTruth *sum, const KfTruth *part)
{
    sum->value += part->value;
    sum->range.lo += part->range.lo;
    sum->range.hi += part->range.hi;
    kf_weaken(&sum->confidence, part->confidence);
    sum->known &= part->known;
}

static KfTruth nothing(void)
{
    return (KfTruth){ 0, { 0, 0 }, KF_CONFIDENCE_HIGH, true };
}

/* Shares of one item over all periods, for tables that show some. */
typedef struct {
    KfTruth part[KF_PAYER_COUNT], total;
} ItemSums;

typedef struct {
    const KfCourseCheck *check;
    KfExplanation *out;
    KfCourseClocks clocks;
    KfOere *amounts;     /* of the column */
    KfItemSplit *splits; /* of the column */
    bool *lost;          /* one a clock: an amount before could not be read */
    bool *guessed;       /* one a clock: one was taken for what it looks like */
    KfOere *width;       /* one a clock: what rounding of its amounts can amount to */
    ItemSums *items;
    FreeItem *free; /* room for those of a column, */
    int *choices;   /* and for who pays each */
    int *usual;     /* who pays each item in most columns, or NULL when not asked yet */
    bool *fits;     /* one a column: its payers are explained */
    KfTruth payer_totals[KF_PAYER_COUNT];
    KfTruth case_total;
} Pass;

static void add_to_item(Pass *pass, size_t item, const Shares *before, const Shares *after,
                        const KfTruth *amount)
{
    ItemSums *sums = &pass->items[item];
    KfTruth part = nothing();

    part.known = amount->known;
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        part.value = after->value[k] - before->value[k];
        part.range.lo = after->range[k].lo - before->range[k].lo;
        part.range.hi = after->range[k].hi - before->range[k].hi;
        part.confidence = part.value || part.range.hi ? after->confidence[k] : KF_CONFIDENCE_HIGH;
        add_truth(&sums->part[k], &part);
    }
    part = (KfTruth){ amount->value, amount->range, amount->confidence, amount->known };
    add_truth(&sums->total, &part);
}

static void lose_parts(ItemSums *sums)
{
    sums->part[KF_STATE].known = sums->part[KF_MUNICIPALITY].known = false;
}

/* What rests on the looks of a figure is no certain thing. */
static void weaken_parts(ItemSums *sums)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        kf_weaken(&sums->part[k].confidence, KF_CONFIDENCE_MEDIUM);
}

/* Whether the item's amount here, or one before it on its clock, is a guess. */
static bool is_guessed(Pass *pass, size_t period, size_t item, KfOere amount)
{
    const KfCourseCheck *check = pass->check;
    const KfNode *node =
        &check->nodes[check->item_nodes[item * check->course->period_count + period]];
    const KfItemRule *rule = kf_item_rule(check, item, period);
    const bool own = node->reads_as && amount == node->reads_as;

    if (rule->is_free || rule->clock == KF_NO_CLOCK)
        return own;
    pass->guessed[rule->clock] |= own;
    return pass->guessed[rule->clock] && amount;
}

/* One item of a column: its amount, and its shares where a rule gives them. */
static void pass_item(Pass *pass, Column *column, size_t item, KfTruth *total)
{
    const KfCourseCheck *check = pass->check;
    const KfCourse *course = check->course;
    int node = check->item_nodes[item * course->period_count + column->period];
    const KfFigure *figure = &course->items[item].amounts[column->period];
    const KfItemRule *rule = kf_item_rule(check, item, column->period);
    Shares before;
    KfOere amount, width;
    KfTruth *truth;
    bool guessed;

    if (node < 0)
        return;
    amount = kf_explained_amount(check, pass->out, node);
    width = width_meant(check, figure, amount);
    column->width += width + 1;
    truth = &pass->out->truth[node];
    *truth = (KfTruth){ amount, { amount - width, amount + width }, KF_CONFIDENCE_HIGH, true };
    truth->known = figure->state != KF_FIGURE_UNREADABLE || amount != figure->value;
    guessed = is_guessed(pass, column->period, item, amount);
    column->guessed |= guessed;
    if (guessed && figure->state == KF_FIGURE_UNREADABLE)
        truth->confidence = KF_CONFIDENCE_MEDIUM;
    if (guessed)
        weaken_parts(&pass->items[item]);
    add_truth(total, truth);
    if (amount == 0 && width == 0 && truth->known)
        return; /* nothing is shared out */
    if (rule->is_free) {
        add_free(column, (int)item, rule, pass->usual ? pass->usual[item] : KF_PAYER_NONE, amount,
                 width);
        if (!truth->known)
            pass->items[item].total.known = false;
        return;
    }
    if (rule->rule->kind == KF_RULE_WEEKS && rule->clock != KF_NO_CLOCK) {
        bool *lost = &pass->lost[rule->clock];

        *lost |= !truth->known;
        column->lost |= *lost && amount;
        if (*lost && amount)
            lose_parts(&pass->items[item]);
        pass->width[rule->clock] += width;
        width = pass->width[rule->clock]; /* what tier it falls in moves with those before */
    }
    if (amount && rule->rule->kind == KF_RULE_STAY_CAP && pass->splits[item].is_split) {
        column->stays += pass->splits[item].part[KF_MUNICIPALITY];
        column->stays_range.lo += pass->splits[item].range[KF_MUNICIPALITY].lo;
        column->stays_range.hi += pass->splits[item].range[KF_MUNICIPALITY].hi;
    }
    if (check->shows_item_sums)
        before = column->fixed;
    if (amount)
        add_ruled(column, &pass->splits[item],
                  width + (pass->splits[item].by_month ? WEEK_OF_MONTH_WIDTH : 0));
    if (check->shows_item_sums)
        add_to_item(pass, item, &before, &column->fixed, truth);
}

/* An item without a rule, as it was given out. */
static void add_given(Pass *pass, const Column *column, const FreeItem *free)
{
    const KfOere width = free->width;
    Shares none = { 0 }, alone = { 0 };
    KfTruth amount = { .value = free->amount,
                       .range = { free->amount - width, free->amount + width },
                       .confidence = column->guessed ? KF_CONFIDENCE_MEDIUM : KF_CONFIDENCE_HIGH,
                       .known = true };

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        KfOere part = free_part(free, k);

        alone.confidence[k] = KF_CONFIDENCE_HIGH;
        if (part)
            add_range(&alone, k, part, (KfInterval){ part, part }, width);
    }
    add_to_item(pass, (size_t)free->item, &none, &alone, &amount);
}

/* What the items without a rule were given out as, once the column is settled. */
static void note_free(Pass *pass, const Column *column)
{
    for (size_t i = 0; i < column->free_count; i++) {
        const FreeItem *free = &column->free[i];
        size_t cell = (size_t)free->item * pass->check->course->period_count + column->period;

        pass->out->assigned[cell] = free->choice;
        if (free->choice != free->preferred)
            pass->out->open[column->period] |= KF_COLUMN_AS_EXPECTED;
        if (pass->check->shows_item_sums)
            add_given(pass, column, free);
    }
}

KfOere kf_stated_cost(const KfCourse *course, size_t period)
{
    KfOere sum = 0;

    if (course->totals && course->totals[period].value != 0)
        return course->totals[period].value;
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        sum += course->payers[k] ? course->payers[k][period].value : 0;
    return sum;
}

/* Whether a payer or the total says that the period has cost something. */
static bool has_cost(const KfCourse *course, size_t p)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (course->payers[k] && course->payers[k][p].value != 0)
            return true;
    }
    return course->totals && course->totals[p].value != 0;
}

/* A column that has cost something and states no amount does not add up to nothing. */
static bool has_amounts(const KfCourseCheck *check, const KfExplanation *explanation, size_t p)
{
    size_t periods = check->course->period_count;

    if (!has_cost(check->course, p))
        return true;
    for (size_t i = 0; i < check->course->item_count; i++) {
        int node = check->item_nodes[i * periods + p];

        if (node >= 0
            && (check->nodes[node].figure->state == KF_FIGURE_STATED
                || kf_explained_amount(check, explanation, node) != 0))
            return true;
    }
    return false;
}

/* The sums of sections. */
static void put_subtotals(Pass *pass, size_t p, bool known)
{
    const KfCourseCheck *check = pass->check;
    const size_t periods = check->course->period_count;

    for (size_t s = 0; s < check->subtotal_count; s++) {
        const KfSubtotal *of = &check->subtotals[s];
        KfTruth sum = nothing();

        for (size_t i = of->first; i < of->end; i++) {
            const int node = check->item_nodes[i * periods + p];

            if (node >= 0)
                add_truth(&sum, &pass->out->truth[node]);
        }
        sum.known &= known;
        put(pass->out, check->subtotal_nodes[s * periods + p], &sum);
    }
}

static void pass_column(Pass *pass, size_t p)
{
    const KfCourseCheck *check = pass->check;
    KfTruth total = nothing();
    Column column = { .check = check,
                      .period = p,
                      .free = pass->free,
                      .choices = pass->choices,
                      .taken = pass->out->taken ? pass->out->taken[p] : 0 };
    Shares shares;

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        column.fixed.confidence[k] = KF_CONFIDENCE_HIGH;
    kf_column_amounts(check, pass->out, p, pass->amounts);
    kf_split_column(check, pass->amounts, p, &pass->clocks, pass->splits);
    for (size_t i = 0; i < check->course->item_count; i++)
        pass_item(pass, &column, i, &total);
    if (!has_amounts(check, pass->out, p)) {
        total.known = false;
        for (size_t c = 0; c < check->clock_count; c++)
            pass->guessed[c] = true; /* an amount that was left out may have taken weeks */
    }
    pass->fits[p] = assign_free(&column);
    note_free(pass, &column);
    shares = column.shares;
    accept_in_range(&column, &shares, &pass->out->open[p]);
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        KfTruth part = { shares.value[k], shares.range[k], shares.confidence[k], total.known };

        part.known &= !column.lost || (k != KF_STATE && k != KF_MUNICIPALITY);

        kf_weaken(&part.confidence, check->date_confidence);
        if (column.guessed)
            kf_weaken(&part.confidence, KF_CONFIDENCE_MEDIUM);
        put(pass->out, kf_payer_node(check, k, p), &part);
        add_truth(&pass->payer_totals[k], &part);
    }
    put(pass->out, check->total_nodes[p], &total);
    put_subtotals(pass, p, total.known);
    add_truth(&pass->case_total, &total);
}

/* Whether a payer's column of parts adds up to its stated total. */
static bool parts_add_up(const KfCourseCheck *check, int payer)
{
    const KfFigure *total = &check->course->payer_totals[payer];
    KfOere sum = 0;

    for (size_t i = 0; i < check->course->item_count; i++) {
        if (check->part_nodes[i * KF_PAYER_COUNT + (size_t)payer] >= 0)
            sum += check->course->items[i].parts[payer].value;
    }
    return total->state == KF_FIGURE_STATED && sum == total->value;
}

/* How far the amounts of a row, rounded as they are shown, may be from its parts. */
static KfOere rounding_of_row(const KfCourseCheck *check, size_t item)
{
    const KfFigure *amounts = check->course->items[item].amounts;
    KfOere width = 0;

    for (size_t p = 0; p < check->course->period_count; p++)
        width += width_of(&amounts[p], amounts[p].value);
    return width;
}

/* Whether a keystroke makes the municipality's part what the region's leaves for it, and none the
 * other way round. */
static bool is_own_slipped(const KfFigure *parts, const KfTruth *meant)
{
    const KfOere both = meant[KF_MUNICIPALITY].value + meant[KF_REGION].value;
    const KfOere own = parts[KF_MUNICIPALITY].value, theirs = parts[KF_REGION].value;
    KfOere shift;

    return shift_in_range(&parts[KF_REGION], &meant[KF_REGION].range, 0, &shift)
           && kf_slip(own, both - theirs) != KF_SLIP_NONE
           && kf_slip(theirs, both - own) == KF_SLIP_NONE;
}

/* The same for the parts of a benefit, where payers stand as columns. */
static void accept_part_in_range(const KfCourseCheck *check, size_t item, KfTruth *part)
{
    const KfFigure *figures = check->course->items[item].parts;

    if (check->items[item].is_free || check->items[item].rule->kind != KF_RULE_STAY_CAP)
        return;
    for (int k = KF_MUNICIPALITY; k <= KF_REGION; k += KF_REGION - KF_MUNICIPALITY) {
        KfOere shift, width;

        if (!shift_in_range(&figures[k], &part[k].range, part[k].value, &shift)
            || (k == KF_MUNICIPALITY
                && (is_own_slipped(figures, part)
                    || (!parts_add_up(check, k) && parts_add_up(check, KF_REGION)))))
            continue;
        if (k == KF_MUNICIPALITY)
            shift = -shift;
        part[KF_MUNICIPALITY].value -= shift;
        part[KF_REGION].value += shift;
        width = PART_WIDTH + rounding_of_row(check, item) + width_of(&figures[k], figures[k].value);
        for (int j = KF_MUNICIPALITY; j <= KF_REGION; j += KF_REGION - KF_MUNICIPALITY)
            part[j].range = (KfInterval){ part[j].value - width, part[j].value + width };
        return;
    }
}

/* How many of a row's parts are not what a choice gives. */
static int count_unlike(const KfCourseCheck *check, size_t item, int choice, KfOere amount)
{
    int unlike = 0;

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        const int node = check->part_nodes[item * KF_PAYER_COUNT + (size_t)k];
        const KfOere part = kf_free_part(check->items[item].rule, choice, amount, k);
        const KfTruth truth = {
            part, { part - PART_WIDTH, part + PART_WIDTH }, KF_CONFIDENCE_HIGH, true
        };

        unlike += node >= 0 && !kf_node_agrees(check, &check->nodes[node], &truth);
    }
    return unlike;
}

/* The tier of an open rule that all parts of a row follow but one; or -1. */
static int tier_of_parts(const KfCourseCheck *check, size_t item, KfOere amount)
{
    const KfRule *rule = check->items[item].rule;
    int best = -1, least = 2;

    for (size_t t = 0; rule && rule->kind == KF_RULE_OPEN && t < rule->tier_count; t++) {
        const int choice = KF_PAYER_COUNT + (int)t;
        const int unlike = count_unlike(check, item, choice, amount);

        if (unlike < least) {
            least = unlike;
            best = choice;
        }
    }
    return best;
}

/* What the row itself says of who pays; where it says several, only its sum can be
 * checked, unless all but one follow a tier of its rule. */
static KfTruth shown_part(const Pass *pass, size_t item, int payer, int shown)
{
    const KfTruth total = pass->items[item].total;
    KfTruth part = shown == payer ? total : nothing();
    int tier;

    if (shown != KF_PAYER_COUNT)
        return part;
    tier = tier_of_parts(pass->check, item, total.value);
    part.known = total.known && tier >= 0;
    if (!part.known)
        return part;
    part.value = kf_free_part(pass->check->items[item].rule, tier, total.value, payer);
    part.range = (KfInterval){ part.value - PART_WIDTH, part.value + PART_WIDTH };
    return part;
}

/* A payer's total by its parts by benefit, where the table has those and no row a period. */
static void put_item_sums(Pass *pass)
{
    const KfCourseCheck *check = pass->check;

    for (size_t i = 0; i < check->course->item_count; i++) {
        int shown = KF_PAYER_NONE;

        accept_part_in_range(check, i, pass->items[i].part);
        for (int k = 0; k < KF_PAYER_COUNT; k++) {
            int node = check->part_nodes[i * KF_PAYER_COUNT + (size_t)k];

            if (node >= 0 && check->items[i].is_free && check->nodes[node].figure->value != 0)
                shown = shown == KF_PAYER_NONE ? k : KF_PAYER_COUNT;
        }
        for (int k = 0; k < KF_PAYER_COUNT; k++) {
            int node = check->part_nodes[i * KF_PAYER_COUNT + (size_t)k];
            KfTruth part = pass->items[i].part[k];

            if (check->items[i].is_free && shown != KF_PAYER_NONE)
                part = shown_part(pass, i, k, shown);
            kf_weaken(&part.confidence, check->date_confidence);
            put(pass->out, node, &part);
            pass->items[i].part[k] = part;
        }
        put(pass->out, check->item_total_nodes[i], &pass->items[i].total);
    }
}

/* The sums of sections over all periods. */
static void put_subtotal_totals(Pass *pass)
{
    const KfCourseCheck *check = pass->check;

    for (size_t s = 0; s < check->subtotal_count; s++) {
        const KfSubtotal *of = &check->subtotals[s];
        KfTruth sum = nothing();

        for (size_t i = of->first; i < of->end; i++) {
            if (check->item_total_nodes[i] >= 0)
                add_truth(&sum, &pass->items[i].total);
        }
        put(pass->out, check->subtotal_total_nodes[s], &sum);
    }
}

static bool has_parts(const KfCourseCheck *check, int payer)
{
    for (size_t i = 0; i < check->course->item_count; i++) {
        if (check->part_nodes[i * KF_PAYER_COUNT + (size_t)payer] >= 0)
            return !check->course->payers[payer];
    }
    return false;
}

static void put_totals(Pass *pass)
{
    const KfCourseCheck *check = pass->check;

    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        KfTruth total = pass->payer_totals[k];

        if (has_parts(check, k)) {
            total = nothing();
            for (size_t i = 0; i < check->course->item_count; i++)
                add_truth(&total, &pass->items[i].part[k]);
        }
        kf_weaken(&total.confidence, check->date_confidence);
        put(pass->out, check->payer_total_nodes[k], &total);
        put(pass->out, check->payer_row_nodes[k], &total);
    }
    put(pass->out, check->case_total_node, &pass->case_total);
    put(pass->out, check->case_row_node, &pass->case_total);
}

enum { PAYERS_SEEN = 16 };

/* Who pays an item, and in how many columns. */
typedef struct {
    int paid[PAYERS_SEEN];
    size_t times[PAYERS_SEEN];
    size_t count;
} Payers;

static size_t times_paid(const Payers *payers, int paid)
{
    for (size_t i = 0; i < payers->count; i++) {
        if (payers->paid[i] == paid)
            return payers->times[i];
    }
    return 0;
}

/* In the columns whose payers are explained. */
static Payers count_payers(const int *paid, const bool *fits, size_t periods)
{
    Payers payers = { .count = 0 };

    for (size_t p = 0; p < periods; p++) {
        size_t i = 0;

        if (paid[p] == KF_PAYER_NONE || !fits[p])
            continue;
        while (i < payers.count && payers.paid[i] != paid[p])
            i++;
        if (i == PAYERS_SEEN)
            continue;
        if (i == payers.count) {
            payers.paid[payers.count++] = paid[p];
            payers.times[i] = 0;
        }
        payers.times[i]++;
    }
    return payers;
}

/* Who pays an item, where no rule says or its rule leaves it open, in most columns of those whose
 * payers are explained, or KF_PAYER_NONE; *unlike is set where any others pay it besides. */
static int usual_payer(const KfCourseCheck *check, const KfExplanation *explanation,
                       const bool *fits, size_t item, bool *unlike)
{
    const size_t periods = check->course->period_count;
    const int *paid = explanation->assigned + item * periods;
    Payers payers;
    size_t most = 0;
    int usual = KF_PAYER_NONE, last = KF_PAYER_NONE;

    if (check->items[item].rule && check->items[item].rule->kind != KF_RULE_OPEN)
        return KF_PAYER_NONE;
    payers = count_payers(paid, fits, periods);
    for (size_t p = 0; p < periods; p++) {
        const size_t times = times_paid(&payers, paid[p]);

        if (paid[p] == KF_PAYER_NONE)
            continue;
        *unlike |= last != KF_PAYER_NONE && paid[p] != last;
        last = paid[p];
        if (times > most || (times && times == most && paid[p] != usual))
            usual = times > most ? paid[p] : KF_PAYER_NONE;
        if (times > most)
            most = times;
    }
    return usual;
}

static void pass_course(const KfCourseCheck *check, KfExplanation *explanation, int *usual,
                        bool *fits)
{
    size_t periods = check->course->period_count, items = check->course->item_count;
    Pass pass = {
        .check = check, .out = explanation, .usual = usual, .fits = fits, .case_total = nothing()
    };
    KfArenaMark mark; /* behind what the explanation keeps */

    explanation->truth = kf_arena_array(check->arena, check->node_count, sizeof(KfTruth));
    explanation->assigned = kf_arena_array(check->arena, items * periods, sizeof(int));
    explanation->open = kf_arena_array(check->arena, periods, sizeof(uint8_t));
    for (size_t i = 0; i < items * periods; i++)
        explanation->assigned[i] = KF_PAYER_NONE;
    mark = kf_arena_mark(check->arena);
    pass.clocks = kf_course_clocks(check);
    pass.amounts = kf_arena_array(check->arena, items, sizeof *pass.amounts);
    pass.splits = kf_arena_array(check->arena, items, sizeof *pass.splits);
    pass.lost = kf_arena_array(check->arena, check->clock_count, sizeof *pass.lost);
    pass.width = kf_arena_array(check->arena, check->clock_count, sizeof *pass.width);
    pass.guessed = kf_arena_array(check->arena, check->clock_count, sizeof *pass.guessed);
    pass.items = kf_arena_array(check->arena, items, sizeof *pass.items);
    pass.free = kf_arena_array(check->arena, items, sizeof *pass.free);
    pass.choices = kf_arena_array(check->arena, items, sizeof *pass.choices);
    for (size_t i = 0; i < items; i++) {
        for (int k = 0; k < KF_PAYER_COUNT; k++)
            pass.items[i].part[k] = nothing();
        pass.items[i].total = nothing();
    }
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        pass.payer_totals[k] = nothing();
    for (size_t p = 0; p < periods; p++)
        pass_column(&pass, p);
    put_item_sums(&pass);
    put_subtotal_totals(&pass);
    put_totals(&pass);
    kf_arena_release(check->arena, mark);
}

/* Where several ways of sharing out a column do, the one that the other columns show. */
void kf_truth(const KfCourseCheck *check, KfExplanation *explanation)
{
    const size_t items = check->course->item_count;
    bool *fits = kf_arena_array(check->arena, check->course->period_count, sizeof *fits);
    bool unlike = false;
    KfArenaMark first;
    int *usual;

    usual = kf_arena_array(check->arena, items, sizeof *usual);
    first = kf_arena_mark(check->arena);
    pass_course(check, explanation, NULL, fits);
    for (size_t i = 0; i < items; i++)
        usual[i] = usual_payer(check, explanation, fits, i, &unlike);
    if (!unlike)
        return;
    kf_arena_release(check->arena, first);
    pass_course(check, explanation, usual, fits);
}
