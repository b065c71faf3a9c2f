/* The rule set: filled from the files compiled in, then from a user's file, whose
 * rules push aside what they overlap. A new state is built beside the old one and
 * put in its place at the end, so a failure changes nothing. */
#include "rules/ruleset.h"

#include "rules/rules_data.h"

/* ---- the other tables ---------------------------------------------------- */

typedef struct {
    size_t line;
    KfText benefit, name;
    int32_t mode;
} NameRow;

static const KfRuleWord modes[] = {
    { "hel", KF_ALIAS_WHOLE },
    { "begynder", KF_ALIAS_BEGINS },
    { "ord", KF_ALIAS_WORDS },
    { NULL, 0 },
};

static const KfRuleColumn name_columns[] = {
    { "ydelse", KF_COL_TEXT, offsetof(NameRow, benefit), true, NULL },
    { "måde", KF_COL_WORD, offsetof(NameRow, mode), true, modes },
    { "navn", KF_COL_TEXT, offsetof(NameRow, name), true, NULL },
};

static const NameRow blank_name;

static const KfRuleTable name_table = {
    .columns = name_columns,
    .column_count = sizeof name_columns / sizeof *name_columns,
    .row_size = sizeof(NameRow),
    .defaults = &blank_name,
    .line_offset = offsetof(NameRow, line),
};

/* ---- loading ------------------------------------------------------------- */

typedef struct {
    KfAlias *items;
    size_t count, cap;
} AliasList;

/* What a run body works on. The rule set itself lives in its own arena. */
typedef struct {
    KfArena *arena;
    KfRuleSet *rules;
    KfRuleFile file;
    KfText files[KF_FILE_COUNT]; /* compiled in, decoded */
    KfText name;                 /* of a user's file */
    AliasList aliases;
} Loading;

static void add_alias(Loading *load, KfText shown, KfText benefit, KfAliasMode mode)
{
    char bytes[KF_LABEL_LONGEST];
    KfText folded = kf_label_fold(bytes, shown);
    KfAlias alias = { .shown = shown, .benefit = benefit, .mode = mode };

    if (folded.len == 0)
        return;
    alias.folded = kf_arena_text(load->arena, folded);
    KF_PUSH(load->arena, load->aliases.items, load->aliases.count, load->aliases.cap, alias);
}

/* A benefit is known by its key and by its title, whatever the list of names says. */
static void add_rule_names(Loading *load, const KfRule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool again = i && kf_text_eq(rules[i - 1].benefit, rules[i].benefit)
                     && kf_text_eq(rules[i - 1].title, rules[i].title);

        if (again)
            continue;
        add_alias(load, rules[i].benefit, rules[i].benefit, KF_ALIAS_WHOLE);
        add_alias(load, rules[i].title, rules[i].benefit, KF_ALIAS_WHOLE);
    }
}

static void begin_file(Loading *load, int file)
{
    load->file.name = kf_text(kf_rules_files[file].name);
    load->file.bytes = load->files[file];
}

static KfStatus unknown_benefit(const Loading *load, size_t line, KfText benefit)
{
    return kf_rule_csv_fail(&load->file, line, "ydelse", "ydelsen '{0}' har ingen regel", &benefit,
                            1);
}

static KfStatus load_rules(Loading *load)
{
    KfRuleList list = { 0 };
    KfStatus status;
    void *rows;
    size_t count;

    begin_file(load, KF_FILE_RULES);
    if ((status = kf_rule_csv_read(load->arena, &load->file, &kf_rule_table, &rows, &count))
        != KF_OK)
        return status;
    if ((status = kf_rules_build(load->arena, &load->file, rows, count, &list)) != KF_OK)
        return status;
    load->rules->rules = list.items;
    load->rules->rule_count = list.count;
    add_rule_names(load, list.items, list.count);
    return KF_OK;
}

static KfStatus load_names(Loading *load)
{
    KfStatus status;
    void *rows;
    size_t count;

    begin_file(load, KF_FILE_NAMES);
    if ((status = kf_rule_csv_read(load->arena, &load->file, &name_table, &rows, &count)) != KF_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        const NameRow *row = (const NameRow *)rows + i;
        KfText benefit = { 0 };

        if (!kf_text_eq(row->benefit, KF_TEXT("-"))) {
            benefit = kf_benefit_named(load->rules, row->benefit);
            if (benefit.len == 0)
                return unknown_benefit(load, row->line, row->benefit);
        }
        add_alias(load, row->name, benefit, (KfAliasMode)row->mode);
    }
    return KF_OK;
}

/* The rates there are, with those of the file put in their place. */
static KfStatus read_rates(Loading *load, KfRateList *list)
{
    const KfRuleSet *rules = load->rules;
    KfStatus status;
    void *rows;
    size_t count;

    status = kf_rule_csv_read(load->arena, &load->file, &kf_rate_table, &rows, &count);
    if (status != KF_OK)
        return status;
    for (size_t i = 0; i < rules->rate_count; i++)
        KF_PUSH(load->arena, list->items, list->count, list->cap, rules->rates[i]);
    return kf_rates_build(load->arena, &load->file, rules, load->name, rows, count, list);
}

static KfStatus load_rates(Loading *load)
{
    KfRateList list = { 0 };
    KfStatus status;

    begin_file(load, KF_FILE_RATES);
    if ((status = read_rates(load, &list)) != KF_OK)
        return status;
    kf_rates_set(load->rules, load->arena, &list);
    return KF_OK;
}

static KfStatus load_compiled(void *ctx)
{
    Loading *load = ctx;
    KfStatus status;

    load->rules = kf_arena_alloc(load->arena, sizeof *load->rules);
    load->rules->name = KF_TEXT("dk");
    if ((status = load_rules(load)) != KF_OK)
        return status;
    if ((status = load_names(load)) != KF_OK)
        return status;
    load->rules->aliases = load->aliases.items;
    load->rules->alias_count = load->aliases.count;
    return load_rates(load);
}

/* The parser is the caller's to free: a run may be abandoned at any allocation. */
static KfStatus run_parser(Loading *load, KfStatus (*body)(void *ctx))
{
    struct csv_parser parser;
    KfStatus status;

    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return KF_NO_MEMORY;
    load->file.parser = &parser;
    status = kf_arena_run(load->arena, body, load);
    csv_free(&parser);
    return status;
}

KfStatus kf_ruleset_create(KfRuleSet **out, KfError *err)
{
    KfArena arena;
    Loading load = { .arena = &arena, .file = { .err = err } };
    KfStatus status;

    *out = NULL;
    for (int i = 0; i < KF_FILE_COUNT; i++)
        load.files[i] = (KfText){ (const char *)kf_rules_files[i].bytes, kf_rules_files[i].len };
    kf_arena_init(&arena);
    status = run_parser(&load, load_compiled);
    if (status == KF_OK) {
        load.rules->arena = arena; /* holds the rule set itself */
        *out = load.rules;
        return KF_OK;
    }
    kf_arena_finish(&arena);
    return status == KF_NO_MEMORY ? kf_fail(err, status, (KfText){ 0 }, (KfText){ 0 }) : status;
}

void kf_ruleset_destroy(KfRuleSet *rules)
{
    KfArena arena;

    if (!rules)
        return;
    arena = rules->arena;
    kf_arena_finish(&arena);
}

/* ---- a user's file ------------------------------------------------------- */

static KfText title_of(const KfRuleSet *rules, KfText benefit)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        if (kf_text_eq(rules->rules[i].benefit, benefit))
            return rules->rules[i].title;
    }
    return benefit;
}

/* "Kontanthjælp" means the key kontanthjaelp; a name that is unknown is a new key. */
static void settle_benefits(const KfRuleSet *rules, KfRuleRow *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        KfText known = kf_benefit_named(rules, rows[i].benefit);

        if (known.len)
            rows[i].benefit = known;
    }
}

static void fill_titles(const Loading *load, KfRule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rules[i].title.len == 0)
            rules[i].title = title_of(load->rules, rules[i].benefit);
        if (rules[i].source.len == 0)
            rules[i].source = load->name;
    }
}

/* The first new rule of the same benefit that touches from..to, or NULL. */
static const KfRule *first_over(const KfRuleList *news, const KfRule *old, KfDate from)
{
    const KfRule *first = NULL;

    for (size_t i = 0; i < news->count; i++) {
        const KfRule *rule = &news->items[i];

        if (kf_text_eq(rule->benefit, old->benefit) && rule->valid_from <= old->valid_to
            && rule->valid_to >= from && (!first || rule->valid_from < first->valid_from))
            first = rule;
    }
    return first;
}

/* What is left of an old rule between the new ones. */
static void push_rest(KfArena *arena, KfRuleList *to, const KfRule *old, const KfRuleList *news)
{
    KfRule rest = *old;
    const KfRule *over;

    while ((over = first_over(news, old, rest.valid_from)) != NULL) {
        if (over->valid_from > rest.valid_from) {
            rest.valid_to = over->valid_from - 1;
            KF_PUSH(arena, to->items, to->count, to->cap, rest);
        }
        if (over->valid_to >= old->valid_to)
            return;
        rest.valid_from = over->valid_to + 1;
        rest.valid_to = old->valid_to;
    }
    KF_PUSH(arena, to->items, to->count, to->cap, rest);
}

static void merge_aliases(Loading *load, const KfRuleList *news, const KfRuleRow *rows,
                          size_t row_count)
{
    const KfRuleSet *rules = load->rules;

    for (size_t i = 0; i < rules->alias_count; i++)
        KF_PUSH(load->arena, load->aliases.items, load->aliases.count, load->aliases.cap,
                rules->aliases[i]);
    add_rule_names(load, news->items, news->count);
    for (size_t i = 0; i < row_count; i++) {
        if (rows[i].alias.len)
            add_alias(load, rows[i].alias, rows[i].benefit, KF_ALIAS_BEGINS);
        else if (kf_benefit_named(rules, rows[i].benefit).len == 0)
            add_alias(load, rows[i].benefit, rows[i].benefit, KF_ALIAS_BEGINS);
    }
}

static KfText joined_name(const Loading *load)
{
    static const char plus[] = " + ";
    KfText old = load->rules->name;
    size_t len = 0;
    char *name = kf_arena_alloc(load->arena, old.len + sizeof plus + load->name.len);

    for (size_t i = 0; i < old.len; i++)
        name[len++] = old.ptr[i];
    for (const char *c = plus; *c; c++)
        name[len++] = *c;
    for (size_t i = 0; i < load->name.len; i++)
        name[len++] = load->name.ptr[i];
    return (KfText){ name, len };
}

static KfStatus merge_user_rules(void *ctx)
{
    Loading *load = ctx;
    KfRuleSet *rules = load->rules;
    KfRuleList news = { 0 }, all = { 0 };
    KfStatus status;
    KfText name;
    void *rows;
    size_t count;

    status = kf_rule_csv_read(load->arena, &load->file, &kf_user_rule_table, &rows, &count);
    if (status != KF_OK)
        return status;
    settle_benefits(rules, rows, count);
    rows = kf_rules_overlay(load->arena, rules, rows, &count);
    if ((status = kf_rules_build(load->arena, &load->file, rows, count, &news)) != KF_OK)
        return status;
    fill_titles(load, news.items, news.count);
    for (size_t i = 0; i < rules->rule_count; i++)
        push_rest(load->arena, &all, &rules->rules[i], &news);
    for (size_t i = 0; i < news.count; i++)
        KF_PUSH(load->arena, all.items, all.count, all.cap, news.items[i]);
    merge_aliases(load, &news, rows, count);
    name = joined_name(load);
    rules->rules = all.items; /* nothing can fail from here on */
    rules->rule_count = all.count;
    rules->aliases = load->aliases.items;
    rules->alias_count = load->aliases.count;
    rules->name = name;
    return KF_OK;
}

static KfStatus merge_user_rates(void *ctx)
{
    Loading *load = ctx;
    KfRateList list = { 0 };
    KfStatus status = read_rates(load, &list);
    KfText name;

    if (status != KF_OK)
        return status;
    name = joined_name(load);
    kf_rates_set(load->rules, load->arena, &list);
    load->rules->name = name;
    return KF_OK;
}

/* The heading "beløb" stands in a table of rates alone. */
static KfStatus merge_user_file(void *ctx)
{
    Loading *load = ctx;

    load->name = kf_arena_text(load->arena, load->name);
    if (kf_rule_csv_has_heading(load->file.bytes, KF_TEXT("beløb")))
        return merge_user_rates(load);
    return merge_user_rules(load);
}

KfStatus kf_ruleset_add_csv(KfRuleSet *rules, KfText bytes, KfText name, KfError *err)
{
    Loading load = { .arena = &rules->arena, .rules = rules, .name = name };
    KfBuf text = { 0 };
    KfStatus status = KF_NO_MEMORY;

    load.file.err = err;
    kf_rule_csv_decode(&text, bytes);
    if (!text.bad) {
        load.file.bytes = kf_buf_view(&text);
        status = run_parser(&load, merge_user_file);
    }
    kf_buf_free(&text);
    return status == KF_NO_MEMORY ? kf_fail(err, status, (KfText){ 0 }, (KfText){ 0 }) : status;
}

/* ---- looking up ---------------------------------------------------------- */

KfText kf_ruleset_name(const KfRuleSet *rules)
{
    return rules->name;
}

const KfRule *kf_rule_at(const KfRuleSet *rules, KfText benefit, KfDate date)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        const KfRule *rule = &rules->rules[i];

        if (date >= rule->valid_from && date <= rule->valid_to
            && kf_text_eq(rule->benefit, benefit))
            return rule;
    }
    return NULL;
}

const KfRule *kf_rules(const KfRuleSet *rules, size_t *count)
{
    *count = rules->rule_count;
    return rules->rules;
}

const KfRate *kf_rates(const KfRuleSet *rules, size_t *count)
{
    *count = rules->rate_count;
    return rules->rates;
}
