/* From the lines of a rule file to rules: lines of the same benefit and dates
 * are one rule, and a rule must leave no krone without a payer. */
#include "rules/ruleset.h"

static const KfRuleWord kinds[] = {
    { "fast", KF_RULE_FIXED }, { "uger", KF_RULE_WEEKS },       { "loft", KF_RULE_STAY_CAP },
    { "åben", KF_RULE_OPEN },  { "årsudgift", KF_RULE_YEARLY }, { NULL, 0 },
};

const KfRuleWord kf_confidence_words[] = {
    { "høj", KF_CONFIDENCE_HIGH },
    { "middel", KF_CONFIDENCE_MEDIUM },
    { "lav", KF_CONFIDENCE_LOW },
    { NULL, 0 },
};

static const KfRuleWord answers[] = { { "ja", true }, { "nej", false }, { NULL, 0 } };

#define AT(field) offsetof(KfRuleRow, field)

/* REQUIRED: what the compiled-in file must state and a user need not. */
#define RULE_COLUMNS(REQUIRED)                                                                     \
    { "ydelse", KF_COL_TEXT, AT(benefit), true, NULL },                                            \
        { "titel", KF_COL_TEXT, AT(title), REQUIRED, NULL },                                       \
        { "fra", KF_COL_DATE, AT(from), REQUIRED, NULL },                                          \
        { "til", KF_COL_DATE, AT(to), false, NULL },                                               \
        { "art", KF_COL_WORD, AT(kind), REQUIRED, kinds },                                         \
        { "uge_fra", KF_COL_INT, AT(from_week), false, NULL },                                     \
        { "uge_til", KF_COL_INT, AT(to_week), false, NULL },                                       \
        { "kommune", KF_COL_BP, AT(share_bp[KF_MUNICIPALITY]), REQUIRED, NULL },                   \
        { "stat", KF_COL_BP, AT(share_bp[KF_STATE]), REQUIRED, NULL },                             \
        { "region", KF_COL_BP, AT(share_bp[KF_REGION]), REQUIRED, NULL },                          \
        { "øvrige", KF_COL_BP, AT(share_bp[KF_OTHER]), REQUIRED, NULL },                           \
        { "loft_fra", KF_COL_OERE, AT(cap_lo), false, NULL },                                      \
        { "loft_til", KF_COL_OERE, AT(cap_hi), false, NULL },                                      \
        { "år_over", KF_COL_OERE, AT(above), false, NULL },                                        \
        { "år_til", KF_COL_OERE, AT(up_to), false, NULL },                                         \
        { "ur", KF_COL_TEXT, AT(clock), false, NULL },                                             \
        { "hele_uger", KF_COL_WORD, AT(whole_weeks), false, answers },                             \
        { "forfra_efter", KF_COL_INT, AT(restart_after), false, NULL },                            \
        { "uger_siden", KF_COL_DATE, AT(weeks_since), false, NULL },                               \
        { "forsørgelse", KF_COL_WORD, AT(is_support), false, answers },                            \
        { "bevilget_fra", KF_COL_DATE, AT(granted_from), false, NULL },                            \
        { "bevilget_til", KF_COL_DATE, AT(granted_to), false, NULL },                              \
        { "sikkerhed", KF_COL_WORD, AT(confidence), REQUIRED, kf_confidence_words },               \
        { "lov", KF_COL_TEXT, AT(law), REQUIRED, NULL },                                           \
    {                                                                                              \
        "kilde", KF_COL_TEXT, AT(source), REQUIRED, NULL                                           \
    }

static const KfRuleColumn rule_columns[] = { RULE_COLUMNS(true) };

static const KfRuleColumn user_columns[] = {
    RULE_COLUMNS(false),
    { "navn", KF_COL_TEXT, AT(alias), false, NULL },
};

enum { FIRST_DAY = -25567 }; /* 1900-01-01: a rule without a first day */

static const KfRuleRow blank_row = {
    .from = FIRST_DAY,
    .to = KF_DATE_OPEN,
    .kind = -1,
    .from_week = -1,
    .to_week = INT32_MAX,
    .cap_lo = -1,
    .cap_hi = -1,
    .above = -1,
    .up_to = INT64_MAX,
    .weeks_since = KF_DATE_NONE,
    .granted_from = KF_DATE_NONE,
    .granted_to = KF_DATE_OPEN,
    .confidence = -1,
};

const KfRuleTable kf_rule_table = {
    .columns = rule_columns,
    .column_count = sizeof rule_columns / sizeof *rule_columns,
    .row_size = sizeof(KfRuleRow),
    .defaults = &blank_row,
    .line_offset = offsetof(KfRuleRow, line),
};

const KfRuleTable kf_user_rule_table = {
    .columns = user_columns,
    .column_count = sizeof user_columns / sizeof *user_columns,
    .row_size = sizeof(KfRuleRow),
    .defaults = &blank_row,
    .line_offset = offsetof(KfRuleRow, line),
};

/* One rule in the making: the lines it comes from, in the order of their weeks. */
typedef struct {
    const KfRuleFile *file;
    const KfRuleRow **rows;
    size_t count;
} Draft;

static KfStatus fail_row(const Draft *draft, const KfRuleRow *row, const char *column,
                         const char *template, int64_t number)
{
    KfBuf text = { 0 };
    KfText args[2] = { row->benefit };
    KfStatus status;

    kf_buf_int(&text, number);
    args[1] = kf_buf_view(&text);
    status = kf_rule_csv_fail(draft->file, row->line, column, template, args, 2);
    kf_buf_free(&text);
    return status;
}

/* ---- checks -------------------------------------------------------------- */

static KfStatus check_shares(const Draft *draft, const KfRuleRow *row)
{
    KfBuf text = { 0 };
    KfText arg;
    int32_t sum = 0;

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        sum += row->share_bp[payer];
    if (sum == 10000)
        return KF_OK;
    kf_buf_amount(&text, sum, KF_LANG_DA);
    arg = kf_buf_view(&text);
    kf_rule_csv_fail(draft->file, row->line, "kommune",
                     "andelene giver {0} % i alt; kommune, stat, region og øvrige skal give 100 %",
                     &arg, 1);
    kf_buf_free(&text);
    return KF_BAD_RULES;
}

static KfStatus check_weeks(const Draft *draft)
{
    int32_t next = 1;

    for (size_t i = 0; i < draft->count; i++) {
        const KfRuleRow *row = draft->rows[i];

        if (row->from_week != next)
            return fail_row(draft, row, "uge_fra",
                            "ugerne hænger ikke sammen; her ventes uge {1} for '{0}'", next);
        if (row->to_week < row->from_week)
            return fail_row(draft, row, "uge_til", "uge_til er før uge_fra {1}", row->from_week);
        if ((row->to_week == INT32_MAX) != (i + 1 == draft->count))
            return fail_row(draft, row, "uge_til",
                            "kun det sidste trin skal have tom uge_til ('og frem')", 0);
        next = row->to_week == INT32_MAX ? next : row->to_week + 1;
    }
    return KF_OK;
}

static KfStatus check_thresholds(const Draft *draft)
{
    KfOere next = 0;

    for (size_t i = 0; i < draft->count; i++) {
        const KfRuleRow *row = draft->rows[i];

        if (row->above != next)
            return fail_row(draft, row, "år_over",
                            "grænserne hænger ikke sammen; her ventes {1} kr. for '{0}'",
                            next / 100);
        if (row->up_to <= row->above)
            return fail_row(draft, row, "år_til", "år_til er ikke over år_over", 0);
        if ((row->up_to == INT64_MAX) != (i + 1 == draft->count))
            return fail_row(draft, row, "år_til",
                            "kun det sidste trin skal have tom år_til ('og derover')", 0);
        next = row->up_to;
    }
    return KF_OK;
}

static KfStatus check_cap(const Draft *draft)
{
    const KfRuleRow *row = draft->rows[0];

    if (row->cap_lo < 0)
        return fail_row(draft, row, "loft_fra", "art 'loft' kræver et loft pr. ophold i kroner", 0);
    if (row->cap_hi >= 0 && row->cap_hi < row->cap_lo)
        return fail_row(draft, row, "loft_til", "loft_til er mindre end loft_fra", 0);
    if (row->share_bp[KF_STATE] || row->share_bp[KF_OTHER])
        return fail_row(draft, row, "stat",
                        "art 'loft' deler kun mellem kommune og region; regionen har resten", 0);
    return KF_OK;
}

/* What one kind uses, another must not state: it would be passed over silently. */
static KfStatus check_unused(const Draft *draft, const KfRuleRow *row, KfRuleKind kind)
{
    if (kind != KF_RULE_WEEKS && (row->from_week >= 0 || row->to_week != INT32_MAX))
        return fail_row(draft, row, "uge_fra", "uger står kun ved art 'uger'", 0);
    if (kind != KF_RULE_STAY_CAP && (row->cap_lo >= 0 || row->cap_hi >= 0))
        return fail_row(draft, row, "loft_fra", "loft står kun ved art 'loft'", 0);
    if (kind != KF_RULE_YEARLY && (row->above >= 0 || row->up_to != INT64_MAX))
        return fail_row(draft, row, "år_over", "årsbeløb står kun ved art 'årsudgift'", 0);
    if (kind != KF_RULE_WEEKS && (row->whole_weeks || row->restart_after))
        return fail_row(draft, row, row->whole_weeks ? "hele_uger" : "forfra_efter",
                        "hele_uger og forfra_efter står kun ved art 'uger'", 0);
    return KF_OK;
}

static KfStatus check_rows(const Draft *draft, KfRuleKind kind)
{
    for (size_t i = 0; i < draft->count; i++) {
        const KfRuleRow *row = draft->rows[i];
        KfStatus status;

        if (row->kind != -1 && row->kind != (int32_t)kind)
            return fail_row(draft, row, "art", "'{0}' har to arter med de samme datoer", 0);
        if ((status = check_unused(draft, row, kind)) != KF_OK)
            return status;
        if ((status = check_shares(draft, row)) != KF_OK)
            return status;
    }
    if (draft->count > 1 && (kind == KF_RULE_FIXED || kind == KF_RULE_STAY_CAP))
        return fail_row(draft, draft->rows[1], "ydelse", "'{0}' står to gange med de samme datoer",
                        0);
    if (draft->rows[0]->to < draft->rows[0]->from)
        return fail_row(draft, draft->rows[0], "til", "til er før fra", 0);
    if (draft->rows[0]->granted_to < draft->rows[0]->granted_from)
        return fail_row(draft, draft->rows[0], "bevilget_til", "bevilget_til er før bevilget_fra",
                        0);
    return KF_OK;
}

static KfStatus check_kind(const Draft *draft, KfRuleKind kind)
{
    KfStatus status = check_rows(draft, kind);

    if (status != KF_OK)
        return status;
    switch (kind) {
    case KF_RULE_WEEKS:
        return check_weeks(draft);
    case KF_RULE_YEARLY:
        return check_thresholds(draft);
    case KF_RULE_STAY_CAP:
        return check_cap(draft);
    case KF_RULE_FIXED:
    case KF_RULE_OPEN:
        break;
    }
    return KF_OK;
}

/* ---- building ------------------------------------------------------------ */

static KfRuleKind kind_of(const Draft *draft)
{
    for (size_t i = 0; i < draft->count; i++) {
        const KfRuleRow *row = draft->rows[i];

        if (row->kind != -1)
            return (KfRuleKind)row->kind;
        if (row->from_week >= 0)
            return KF_RULE_WEEKS;
        if (row->cap_lo >= 0)
            return KF_RULE_STAY_CAP;
        if (row->above >= 0)
            return KF_RULE_YEARLY;
    }
    return KF_RULE_FIXED;
}

static KfText first_text(const Draft *draft, size_t offset)
{
    for (size_t i = 0; i < draft->count; i++) {
        const KfText *text = (const KfText *)((const char *)draft->rows[i] + offset);

        if (text->len)
            return *text;
    }
    return (KfText){ 0 };
}

/* The sources of all lines, each once. */
static KfText all_sources(KfArena *arena, const Draft *draft)
{
    size_t len = 0;
    char *joined;

    for (size_t i = 0; i < draft->count; i++)
        len += draft->rows[i]->source.len + 2;
    joined = kf_arena_alloc(arena, len);
    len = 0;
    for (size_t i = 0; i < draft->count; i++) {
        KfText source = draft->rows[i]->source;

        if (kf_text_find((KfText){ joined, len }, source) != SIZE_MAX)
            continue;
        for (const char *sep = len ? "; " : ""; *sep; sep++)
            joined[len++] = *sep;
        for (size_t c = 0; c < source.len; c++)
            joined[len++] = source.ptr[c];
    }
    return (KfText){ joined, len };
}

/* A rule is as sure as its least sure line; what a user states is sure. */
static KfConfidence least_confidence(const Draft *draft)
{
    int32_t least = KF_CONFIDENCE_HIGH;

    for (size_t i = 0; i < draft->count; i++) {
        int32_t confidence = draft->rows[i]->confidence;

        if (confidence != -1 && confidence < least)
            least = confidence;
    }
    return (KfConfidence)least;
}

static void fill_tier(KfTier *tier, const KfRuleRow *row)
{
    tier->from_week = row->from_week > 0 ? row->from_week : 1;
    tier->to_week = row->to_week;
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        tier->share_bp[payer] = row->share_bp[payer];
    tier->above = row->above >= 0 ? row->above : 0;
    tier->up_to = row->up_to;
}

static KfRule make_rule(KfArena *arena, const Draft *draft, KfRuleKind kind)
{
    const KfRuleRow *first = draft->rows[0];
    KfRule rule = { .benefit = first->benefit, .kind = kind, .tier_count = draft->count };

    rule.title = first_text(draft, AT(title));
    rule.valid_from = first->from;
    rule.valid_to = first->to;
    rule.tiers = kf_arena_array(arena, draft->count, sizeof *rule.tiers);
    for (size_t i = 0; i < draft->count; i++)
        fill_tier(&rule.tiers[i], draft->rows[i]);
    rule.clock = first_text(draft, AT(clock));
    if (rule.clock.len == 0)
        rule.clock = first->benefit;
    if (kind == KF_RULE_STAY_CAP) {
        rule.cap_lo = first->cap_lo;
        rule.cap_hi = first->cap_hi >= 0 ? first->cap_hi : first->cap_lo;
    }
    rule.whole_weeks = first->whole_weeks;
    rule.restart_after = first->restart_after;
    rule.weeks_since = first->weeks_since;
    rule.is_support = first->is_support;
    rule.granted_from = first->granted_from;
    rule.granted_to = first->granted_to;
    rule.confidence = least_confidence(draft);
    rule.law = first_text(draft, AT(law));
    rule.source = all_sources(arena, draft);
    return rule;
}

KfRuleRow kf_rule_row(const KfRule *rule, size_t tier)
{
    const KfTier *at = &rule->tiers[tier];
    KfRuleRow row = blank_row;

    row.benefit = rule->benefit;
    row.title = rule->title;
    row.from = rule->valid_from;
    row.to = rule->valid_to;
    row.kind = (int32_t)rule->kind;
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        row.share_bp[payer] = at->share_bp[payer];
    if (rule->kind == KF_RULE_WEEKS) {
        row.from_week = at->from_week;
        row.to_week = at->to_week;
        row.clock = rule->clock;
        row.whole_weeks = rule->whole_weeks;
        row.restart_after = rule->restart_after;
        row.weeks_since = rule->weeks_since;
    } else if (rule->kind == KF_RULE_YEARLY) {
        row.above = at->above;
        row.up_to = at->up_to;
    } else if (rule->kind == KF_RULE_STAY_CAP) {
        row.cap_lo = rule->cap_lo;
        row.cap_hi = rule->cap_hi;
    }
    row.is_support = rule->is_support;
    row.granted_from = rule->granted_from;
    row.granted_to = rule->granted_to;
    row.confidence = (int32_t)rule->confidence;
    row.law = rule->law;
    row.source = rule->source;
    return row;
}

static bool same_rule(const KfRuleRow *a, const KfRuleRow *b)
{
    return a->from == b->from && a->to == b->to && kf_text_eq(a->benefit, b->benefit);
}

static bool comes_before(const KfRuleRow *a, const KfRuleRow *b)
{
    return a->from_week < b->from_week || (a->from_week == b->from_week && a->above < b->above);
}

/* The lines of the rule that rows[first] is part of, in the order of their weeks. */
static void collect(Draft *draft, const KfRuleRow *rows, size_t first, size_t count)
{
    draft->count = 0;
    for (size_t i = first; i < count; i++) {
        size_t at = draft->count;

        if (!same_rule(&rows[first], &rows[i]))
            continue;
        for (; at > 0 && comes_before(&rows[i], draft->rows[at - 1]); at--)
            draft->rows[at] = draft->rows[at - 1];
        draft->rows[at] = &rows[i];
        draft->count++;
    }
}

static bool is_taken(const KfRuleRow *rows, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (same_rule(&rows[j], &rows[i]))
            return true;
    }
    return false;
}

static KfStatus check_dates(const Draft *draft, const KfRuleList *rules)
{
    const KfRuleRow *row = draft->rows[0];

    for (size_t i = 0; i < rules->count; i++) {
        const KfRule *other = &rules->items[i];

        if (kf_text_eq(other->benefit, row->benefit) && other->valid_from <= row->to
            && row->from <= other->valid_to)
            return fail_row(draft, row, "fra", "datoerne for '{0}' overlapper en anden række", 0);
    }
    return KF_OK;
}

KfStatus kf_rules_build(KfArena *arena, const KfRuleFile *file, const KfRuleRow *rows,
                        size_t row_count, KfRuleList *out)
{
    Draft draft = { .file = file };

    draft.rows = kf_arena_array(arena, row_count, sizeof *draft.rows);
    for (size_t i = 0; i < row_count; i++) {
        KfRuleKind kind;
        KfStatus status;

        if (is_taken(rows, i))
            continue;
        collect(&draft, rows, i, row_count);
        kind = kind_of(&draft);
        if ((status = check_kind(&draft, kind)) != KF_OK)
            return status;
        if ((status = check_dates(&draft, out)) != KF_OK)
            return status;
        KF_PUSH(arena, out->items, out->count, out->cap, make_rule(arena, &draft, kind));
    }
    return KF_OK;
}
