/* A user's file that states only some of a rule's weeks, or of its yearly bands:
 * the rest is that of the rule which held, so one row can be replaced alone. */
#include "rules/ruleset.h"

/* Weeks or øre from..to, to not included. */
typedef struct {
    int64_t from, to;
} Band;

typedef struct {
    KfArena *arena;
    const KfRuleSet *rules;
    const KfRuleRow **group; /* the user's rows of one rule, in order */
    size_t group_count;
    KfRuleRow *out;
    size_t count, cap;
} Overlay;

static bool same_rule(const KfRuleRow *a, const KfRuleRow *b)
{
    return a->from == b->from && a->to == b->to && kf_text_eq(a->benefit, b->benefit);
}

static KfRuleKind kind_of(const KfRuleRow *row)
{
    if (row->kind != -1)
        return (KfRuleKind)row->kind;
    if (row->from_week >= 0)
        return KF_RULE_WEEKS;
    return row->above >= 0 ? KF_RULE_YEARLY : KF_RULE_FIXED;
}

static Band band_of(const KfRuleRow *row, KfRuleKind kind)
{
    if (kind == KF_RULE_YEARLY)
        return (Band){ row->above, row->up_to };
    return (Band){ row->from_week - 1, row->to_week == INT32_MAX ? INT64_MAX : row->to_week };
}

static void set_band(KfRuleRow *row, KfRuleKind kind, Band band)
{
    if (kind == KF_RULE_YEARLY) {
        row->above = band.from;
        row->up_to = band.to;
    } else {
        row->from_week = (int32_t)band.from + 1;
        row->to_week = band.to == INT64_MAX ? INT32_MAX : (int32_t)band.to;
    }
}

/* The rows of the rule that rows[first] is part of, in order of their bands. */
static void collect(Overlay *overlay, const KfRuleRow *rows, size_t first, size_t count)
{
    KfRuleKind kind = kind_of(&rows[first]);

    overlay->group_count = 0;
    for (size_t i = first; i < count; i++) {
        size_t at = overlay->group_count;

        if (!same_rule(&rows[first], &rows[i]))
            continue;
        for (; at > 0 && band_of(overlay->group[at - 1], kind).from > band_of(&rows[i], kind).from;
             at--)
            overlay->group[at] = overlay->group[at - 1];
        overlay->group[at] = &rows[i];
        overlay->group_count++;
    }
}

/* Sound in itself, but with a band left out before, between or behind. */
static bool has_gap(const Overlay *overlay, KfRuleKind kind)
{
    int64_t next = 0;
    bool gap = false;

    for (size_t i = 0; i < overlay->group_count; i++) {
        Band band = band_of(overlay->group[i], kind);

        if (kind_of(overlay->group[i]) != kind || band.from < next || band.to <= band.from)
            return false;
        gap |= band.from > next;
        next = band.to;
    }
    return gap || next != INT64_MAX;
}

static void push(Overlay *overlay, KfRuleRow row, KfDate from, KfDate to)
{
    row.from = from;
    row.to = to;
    KF_PUSH(overlay->arena, overlay->out, overlay->count, overlay->cap, row);
}

/* What the user's bands leave of one of the old rule's. */
static void push_rest(Overlay *overlay, const KfRuleRow *old, KfRuleKind kind, KfDate from,
                      KfDate to)
{
    Band rest = band_of(old, kind);

    for (size_t i = 0; i < overlay->group_count && rest.from < rest.to; i++) {
        Band own = band_of(overlay->group[i], kind);
        KfRuleRow part = *old;

        if (own.to <= rest.from || own.from >= rest.to)
            continue;
        if (own.from > rest.from) {
            set_band(&part, kind, (Band){ rest.from, own.from });
            push(overlay, part, from, to);
        }
        rest.from = own.to;
    }
    if (rest.from < rest.to) {
        KfRuleRow part = *old;

        set_band(&part, kind, rest);
        push(overlay, part, from, to);
    }
}

/* A user need not say again what counts the weeks. */
static KfRuleRow with_clock(KfRuleRow row, const KfRuleRow *old)
{
    if (row.clock.len == 0) {
        row.clock = old->clock;
        row.whole_weeks = old->whole_weeks;
        row.restart_after = old->restart_after;
        row.weeks_since = old->weeks_since;
    }
    row.is_support = old->is_support;
    row.granted_from = old->granted_from;
    row.granted_to = old->granted_to;
    if (row.law.len == 0)
        row.law = old->law;
    return row;
}

static bool lay_over(Overlay *overlay, const KfRule *rule)
{
    const KfRuleRow *first = overlay->group[0];
    KfDate from = rule->valid_from > first->from ? rule->valid_from : first->from;
    KfDate to = rule->valid_to < first->to ? rule->valid_to : first->to;
    KfRuleRow old = kf_rule_row(rule, 0);

    if (from > to || rule->kind != kind_of(first) || !kf_text_eq(rule->benefit, first->benefit))
        return false;
    for (size_t i = 0; i < overlay->group_count; i++)
        push(overlay, with_clock(*overlay->group[i], &old), from, to);
    for (size_t t = 0; t < rule->tier_count; t++) {
        old = kf_rule_row(rule, t);
        old.line = first->line;
        push_rest(overlay, &old, rule->kind, from, to);
    }
    return true;
}

static bool is_taken(const KfRuleRow *rows, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (same_rule(&rows[j], &rows[i]))
            return true;
    }
    return false;
}

/* The user's rows of one rule, completed by each rule that they fall in. */
static void add_group(Overlay *overlay)
{
    KfRuleKind kind = kind_of(overlay->group[0]);
    bool laid = false;

    if ((kind == KF_RULE_WEEKS || kind == KF_RULE_YEARLY) && has_gap(overlay, kind)) {
        for (size_t i = 0; i < overlay->rules->rule_count; i++)
            laid |= lay_over(overlay, &overlay->rules->rules[i]);
    }
    for (size_t i = 0; i < overlay->group_count && !laid; i++)
        push(overlay, *overlay->group[i], overlay->group[i]->from, overlay->group[i]->to);
}

KfRuleRow *kf_rules_overlay(KfArena *arena, const KfRuleSet *rules, const KfRuleRow *rows,
                            size_t *count)
{
    Overlay overlay = { .arena = arena, .rules = rules };

    overlay.group = kf_arena_array(arena, *count, sizeof *overlay.group);
    for (size_t i = 0; i < *count; i++) {
        if (is_taken(rows, i))
            continue;
        collect(&overlay, rows, i, *count);
        add_group(&overlay);
    }
    *count = overlay.count;
    return overlay.out;
}
