/**
 * @file
 * The inside of a rule set, shared by the files that fill it and look in it.
 */
#ifndef KF_RULESET_H
#define KF_RULESET_H

#include "kf/rules.h"
#include "rules/rule_csv.h"

/** How much of a label an alias must be. */
typedef enum {
    KF_ALIAS_WHOLE,
    KF_ALIAS_BEGINS, /**< the label's first words */
    KF_ALIAS_WORDS   /**< all its words stand in the label, in any order */
} KfAliasMode;

typedef struct {
    KfText shown, folded;
    KfText benefit; /**< empty: a known label that has no rule */
    KfAliasMode mode;
} KfAlias;

/** The years that a rate can be of. */
enum {
    KF_RATE_FIRST_YEAR = 1990,
    KF_RATE_LAST_YEAR = 2100,
    KF_RATE_YEARS = KF_RATE_LAST_YEAR - KF_RATE_FIRST_YEAR + 1
};

struct KfRuleSet {
    KfArena arena;
    KfText name;
    KfRule *rules;
    size_t rule_count;
    KfRate *rates;
    size_t rate_count;
    const KfRate **rates_by_year;         /**< each year's in their order */
    size_t year_start[KF_RATE_YEARS + 1]; /**< where a year's begin there */
    KfAlias *aliases; /**< a later one wins over an earlier one of the same length */
    size_t alias_count;
};

enum { KF_LABEL_LONGEST = 400 };

/**
 * Words of a label in lower case with one space between: dots, commas, footnote
 * marks and other signs left out, æ ø å as ae oe aa, "§ 85 a" as "§85a".
 * Writes at most KF_LABEL_LONGEST bytes to out, which it returns as text.
 */
KfText kf_label_fold(char out[KF_LABEL_LONGEST], KfText label);

/** Key of the benefit that text is, or that text is the whole name of; empty when
 *  there is none. */
KfText kf_benefit_named(const KfRuleSet *rules, KfText text);

/** Growing list of rules in an arena. */
typedef struct {
    KfRule *items;
    size_t count, cap;
} KfRuleList;

/** One line of a rule file. */
typedef struct {
    size_t line;
    KfText benefit, title;
    KfDate from, to;
    int32_t kind; /**< KfRuleKind, or -1 when left open */
    int32_t from_week, to_week;
    int32_t share_bp[KF_PAYER_COUNT];
    KfOere cap_lo, cap_hi;
    KfOere above, up_to;
    KfText clock;
    int32_t whole_weeks, restart_after, is_support;
    KfDate weeks_since;
    KfDate granted_from, granted_to;
    int32_t confidence; /**< KfConfidence, or -1 when left open */
    KfText law, source, alias;
} KfRuleRow;

/** "høj", "middel", "lav" */
extern const KfRuleWord kf_confidence_words[];

/** The line that a tier of a rule can be read from. */
KfRuleRow kf_rule_row(const KfRule *rule, size_t tier);

/** Columns of the compiled-in rule file, and of a user's (fewer are required). */
extern const KfRuleTable kf_rule_table, kf_user_rule_table;

/**
 * Put rows together to rules and check them: shares add up to 100 %, weeks leave
 * no gap, dates of one benefit do not overlap. Fields left open get defaults.
 */
KfStatus kf_rules_build(KfArena *arena, const KfRuleFile *file, const KfRuleRow *rows,
                        size_t row_count, KfRuleList *out) KF_MUST_USE;

/**
 * A user's rows, in arena, with those that state only some weeks or bands of a
 * rule completed by the rules that they fall in; *count becomes their number.
 */
KfRuleRow *kf_rules_overlay(KfArena *arena, const KfRuleSet *rules, const KfRuleRow *rows,
                            size_t *count);

/** Growing list of rates in an arena. */
typedef struct {
    KfRate *items;
    size_t count, cap;
} KfRateList;

/** One line of a file of rates. */
typedef struct {
    size_t line;
    KfText benefit, variant, source;
    int32_t year, unit, confidence;
    KfOere amount;
} KfRateRow;

extern const KfRuleTable kf_rate_table;

/** Add rows to the list; one replaces that of the same benefit, variant, year and unit.
 *  source is that of rows which state none. */
KfStatus kf_rates_build(KfArena *arena, const KfRuleFile *file, const KfRuleSet *rules,
                        KfText source, const KfRateRow *rows, size_t row_count,
                        KfRateList *list) KF_MUST_USE;
KfRateRow kf_rate_row(const KfRate *rate);
/** Make the rates of the list, which lies in arena, those of the rule set. */
void kf_rates_set(KfRuleSet *rules, KfArena *arena, const KfRateList *list);

#endif
