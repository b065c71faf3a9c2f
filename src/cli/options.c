/* The arguments, read by one table: each row knows its help, the commands it
 * belongs to and how its value is taken. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *name; /* without its hyphens */
    char letter;      /* 0: none */
    unsigned commands;
    const char *value[KF_LANG_COUNT]; /* name of the value; NULL: takes none */
    const char *help[KF_LANG_COUNT];
    const char *choices[KF_LANG_COUNT];               /* told when a value is refused */
    bool (*take)(CliOptions *out, const char *value); /* value is NULL when it takes none */
} Option;

/* ---- values ---------------------------------------------------------------- */

static int choose(const char *value, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(value, names[i]) == 0)
            return i;
    }
    return -1;
}

static const char *const format_names[] = {
    "text", "json", "csv", "html", "sarif", "junit", "xlsx"
};

static bool take_format(CliOptions *out, const char *value)
{
    int chosen = choose(value, format_names, CLI_FORMAT_COUNT);

    out->format = (CliFormat)chosen;
    return out->has_format = chosen >= 0;
}

static bool take_lang(CliOptions *out, const char *value)
{
    int chosen = choose(value, (const char *[]){ "da", "en" }, KF_LANG_COUNT);

    if (chosen >= 0)
        out->lang = (KfLang)chosen;
    return chosen >= 0;
}

static bool take_rules(CliOptions *out, const char *value)
{
    if (*value == '\0' || out->rules_count == CLI_MOST_RULES)
        return false;
    out->rules_paths[out->rules_count++] = value;
    return true;
}

static bool take_rates(CliOptions *out, const char *value)
{
    (void)value;
    return out->rates = true;
}

static bool take_ignore(CliOptions *out, const char *value)
{
    out->ignore_path = value;
    return *value != '\0';
}

static bool take_as_of(CliOptions *out, const char *value)
{
    out->as_of = kf_date_read(kf_text(value));
    return out->as_of != KF_DATE_NONE;
}

static bool take_law(CliOptions *out, const char *value)
{
    int chosen = choose(value, (const char *[]){ "as-of", "in-force" }, 2);

    out->law = chosen == 1 ? KF_LAW_IN_FORCE : KF_LAW_AS_OF;
    return chosen >= 0;
}

static bool take_start(CliOptions *out, const char *value)
{
    out->start = kf_date_read(kf_text(value));
    return out->start != KF_DATE_NONE;
}

/* "as-of=2016-01-01" */
static bool take_what_if(CliOptions *out, const char *value)
{
    static const char as_of[] = "as-of=";

    if (strncmp(value, as_of, sizeof as_of - 1) != 0)
        return false;
    out->what_if = kf_date_read(kf_text(value + sizeof as_of - 1));
    return out->what_if != KF_DATE_NONE;
}

static bool take_tolerance(CliOptions *out, const char *value)
{
    KfAmount amount;

    if (kf_amount_read(kf_text(value), KF_SEP_UNKNOWN, &amount) != KF_READ_OK || amount.oere < 0)
        return false;
    out->tolerance = amount.oere;
    return true;
}

static bool take_fail_on(CliOptions *out, const char *value)
{
    int chosen = choose(value, (const char *[]){ "info", "warning", "error" }, KF_SEVERITY_COUNT);

    if (chosen >= 0)
        out->fail_on = (KfSeverity)chosen;
    return chosen >= 0;
}

static bool take_color(CliOptions *out, const char *value)
{
    int chosen = choose(value, (const char *[]){ "auto", "always", "never" }, 3);

    if (chosen >= 0)
        out->color = (CliColor)chosen;
    return chosen >= 0;
}

/* A whole number of at most four digits; -1 when it is none. */
static int32_t read_number(const char *value)
{
    size_t len = strlen(value);

    if (len == 0 || len > 4 || strspn(value, "0123456789") != len)
        return -1;
    return (int32_t)strtoul(value, NULL, 10);
}

static bool take_jobs(CliOptions *out, const char *value)
{
    int32_t number = read_number(value);

    out->jobs = (unsigned)number;
    return number >= 0;
}

static bool take_year(CliOptions *out, const char *value)
{
    out->year = read_number(value);
    return out->year >= 1970;
}

static bool take_citizens(CliOptions *out, const char *value)
{
    int32_t number = read_number(value);

    out->citizens = number > 0 ? (size_t)number : 0;
    return number > 0 && number <= CLI_MOST_CITIZENS;
}

static bool take_marks(CliOptions *out, const char *value)
{
    static const char *const names[] = { "none", "fill", "notes", "both" };
    int chosen = choose(value, names, 4);

    out->no_fills = chosen == 0 || chosen == 2;
    out->no_notes = chosen == 0 || chosen == 1;
    return chosen >= 0;
}

/* The first of several values that commas separate. */
static KfText next_of_list(KfText *list)
{
    size_t comma = kf_text_find(*list, KF_TEXT(","));
    KfText first = kf_text_trim(kf_text_slice(*list, 0, comma));

    *list = comma == SIZE_MAX ? (KfText){ 0 } : kf_text_slice(*list, comma + 1, list->len);
    return first;
}

/* "12" or "#12"; 0 when it is no id. */
static uint32_t read_id(KfText text)
{
    uint32_t id = 0;
    size_t at = kf_text_starts(text, KF_TEXT("#"));

    if (text.len - at > 9)
        return 0;
    for (; at < text.len; at++) {
        if (text.ptr[at] < '0' || text.ptr[at] > '9')
            return 0;
        id = id * 10 + (uint32_t)(text.ptr[at] - '0');
    }
    return id;
}

static bool take_accept(CliOptions *out, const char *value)
{
    KfText list = kf_text(value);

    do {
        KfText one = next_of_list(&list);
        uint32_t id = read_id(one);

        if (kf_text_eq(one, KF_TEXT("all-proposals")))
            out->choice.all_proposals = true;
        else if (id == 0 || out->choice.accepted_count == CLI_MOST_ACCEPTED)
            return false;
        else
            out->accepted[out->choice.accepted_count++] = id;
    } while (list.len);
    return true;
}

static bool take_against(CliOptions *out, const char *value)
{
    out->against = value;
    return *value != '\0';
}

static bool take_group_by(CliOptions *out, const char *value)
{
    int chosen = choose(value, (const char *[]){ "municipality", "folder", "file" }, 3);

    if (chosen >= 0)
        out->group_by = (KfGroupBy)chosen;
    return chosen >= 0;
}

static bool take_case_cost(CliOptions *out, const char *value)
{
    KfAmount amount;

    if (kf_amount_read(kf_text(value), KF_SEP_UNKNOWN, &amount) != KF_READ_OK || amount.oere < 0)
        return false;
    out->case_cost = amount.oere;
    return true;
}

static bool take_only(CliOptions *out, const char *value)
{
    KfText list = kf_text(value);
    KfFindingCode code;

    do {
        if (!kf_finding_code_read(next_of_list(&list), &code))
            return false;
        out->choice.only[code] = true;
    } while (list.len);
    return out->choice.only_some = true;
}

static bool take_output(CliOptions *out, const char *value)
{
    out->output = value;
    return *value != '\0';
}

static bool take_force(CliOptions *out, const char *value)
{
    (void)value;
    return out->force = true;
}

static bool take_dry_run(CliOptions *out, const char *value)
{
    (void)value;
    return out->dry_run = true;
}

static bool take_limit(CliOptions *out, const char *value)
{
    return kf_limit_read(&out->limits, kf_text(value));
}

static bool take_redact(CliOptions *out, const char *value)
{
    (void)value;
    return out->redact = true;
}

static bool take_redact_key(CliOptions *out, const char *value)
{
    out->redact_path = value;
    out->redact = true;
    return *value != '\0';
}

static bool take_quiet(CliOptions *out, const char *value)
{
    (void)value;
    return out->quiet = true;
}

static bool take_help(CliOptions *out, const char *value)
{
    (void)value;
    return out->help = true;
}

static bool take_version(CliOptions *out, const char *value)
{
    (void)value;
    return out->version = true;
}

/* ---- the table ------------------------------------------------------------- */

#define SAME(text)                                                                                 \
    {                                                                                              \
        text, text                                                                                 \
    }
#define NO_VALUE                                                                                   \
    {                                                                                              \
        NULL, NULL                                                                                 \
    }

/* clang-format off */
/* ", period-label, period-gap…" */
static const char codes[] =
#define KF_FINDING(id, code, title_da, title_en) ", " code
#include "kf/findings.def"
#undef KF_FINDING
    ;

/* ", file=1024, …" */
#define TEXT_OF(number) #number
static const char usual_limits[] =
#define KF_BOUND(id, key, usual, most, da, en) ", " key "=" TEXT_OF(usual)
#include "kf/limits.def"
#undef KF_BOUND
    ;

static const Option table[] = {
    { "output", 'o', CLI_FIX | CLI_REVERT | CLI_NEW | CLI_RECONCILE, { "UD", "OUT" },
      { "skriv til filen UD", "write to the file OUT" },
      { "et filnavn", "a file name" }, take_output },
    { "force", 0, CLI_FIX | CLI_REVERT | CLI_NEW | CLI_RECONCILE, NO_VALUE,
      { "overskriv UD, hvis den findes (fix, revert: ret også beskyttede ark og i en\n"
        "                          underskrevet fil)",
        "overwrite OUT if it exists (fix, revert: correct protected sheets and signed files\n"
        "                          too)" }, NO_VALUE, take_force },
    { "accept", 0, CLI_FIX, { "NR", "ID" },
      { "godkend forslag nr. 3,7 (som i [kode #3]) eller all-proposals: alle, der kun har én\n"
        "                          forklaring; et forslag med flere godkendes kun ved sit nr.,\n"
        "                          og da den første. Det, der afhænger af dem, regnes om",
        "accept proposals 3,7 (as in [code #3]) or all-proposals: all that have only one\n"
        "                          explanation; one that has several is accepted only by its\n"
        "                          id, the first of them. What depends on them is recomputed" },
      { "numre som 3,7 eller all-proposals", "ids such as 3,7, or all-proposals" }, take_accept },
    { "only", 0, CLI_FIX, { "KODE", "CODE" },
      { "ret kun anmærkninger med disse koder, og hvad der følger af dem",
        "correct only findings of these codes, and what follows from them" },
      { codes + 2, codes + 2 }, take_only },
    { "marks", 0, CLI_FIX, { "MÅDE", "HOW" },
      { "mærk celler med none, fill, notes eller both (normalt both)",
        "mark cells with none, fill, notes or both (default both)" },
      SAME("none, fill, notes, both"), take_marks },
    { "dry-run", 0, CLI_FIX, NO_VALUE,
      { "vis, hvad der ville blive rettet, men skriv intet",
        "show what would be corrected, but write nothing" }, NO_VALUE, take_dry_run },
    { "group-by", 0, CLI_RECONCILE, { "HVAD", "WHAT" },
      { "læg sager sammen pr. municipality (kommune; normalt), folder (mappe) eller file (fil)",
        "put cases together by municipality (default), folder or file" },
      SAME("municipality, folder, file"), take_group_by },
    { "against", 0, CLI_RECONCILE, { "FIL", "FILE" },
      { "sammenlign med offentliggjorte tal: kolonnerne kilde, kommune, mål, betaler, værdi",
        "compare with published figures: columns source, municipality, measure, payer, value" },
      { "et filnavn", "a file name" }, take_against },
    { "cost-per-case", 0, CLI_RECONCILE, { "KR", "DKK" },
      { "administrativ udgift pr. sag, som gevinsten skal dække",
        "administrative cost a case, which the gain must cover" },
      { "et beløb som 3056", "an amount such as 3056" }, take_case_cost },
    { "citizens", 0, CLI_NEW, { "N", "N" },
      { "så mange borgere (normalt 5)", "so many citizens (default 5)" },
      { "et tal fra 1 til 200", "a number from 1 to 200" }, take_citizens },
    { "year", 0, CLI_NEW, { "ÅR", "YEAR" },
      { "satser og regler for det år (normalt det seneste, der er satser for)",
        "rates and rules of that year (default the last that there are rates for)" },
      { "et år som 2013", "a year such as 2013" }, take_year },
    { "format", 0, CLI_ALL & ~CLI_REVERT & ~CLI_NEW, { "FORMAT", "FORMAT" },
      { "udskriv som text, json, csv, html, sarif, junit eller xlsx; en kommando, der ikke\n"
        "                          har formen, siger, hvilke den har",
        "print as text, json, csv, html, sarif, junit or xlsx; a command without the form\n"
        "                          says which it has" },
      SAME("text, json, csv, html, sarif, junit, xlsx"), take_format },
    { "as-of", 0, CLI_CHECK | CLI_FIX | CLI_RECONCILE | CLI_RULES | CLI_EXPLAIN, { "DATO", "DATE" },
      { "brug reglerne, som de var den dag (ÅÅÅÅ-MM-DD)",
        "use the rules as they were on that day (YYYY-MM-DD)" },
      { "en dato som 2013-09-01", "a date such as 2013-09-01" }, take_as_of },
    { "law", 0, CLI_CHECK | CLI_FIX | CLI_RECONCILE | CLI_EXPLAIN, { "LOV", "LAW" },
      { "as-of: loven på reglernes dato i alle perioder (normalt); in-force: loven på hver\n"
        "                          periodes første dag",
        "as-of: the law of the rules' date in every period (default); in-force: that of\n"
        "                          each period's first day" },
      SAME("as-of, in-force"), take_law },
    { "start", 0, CLI_CHECK | CLI_FIX | CLI_RECONCILE | CLI_EXPLAIN, { "DATO", "DATE" },
      { "forløbenes første dag, til --law in-force, når arket ikke siger den",
        "first day of the courses, for --law in-force where the sheet does not say it" },
      { "en dato som 2014-07-01", "a date such as 2014-07-01" }, take_start },
    { "what-if", 0, CLI_CHECK, SAME("as-of=…"),
      { "vis også, hvad hver betaler ville bære efter reglerne en anden dag\n"
        "                          (as-of=ÅÅÅÅ-MM-DD); med csv vises kun det",
        "show also what each payer would carry by the rules of another day\n"
        "                          (as-of=YYYY-MM-DD); with csv that alone is shown" },
      { "as-of=2016-01-01 eller en anden dato", "as-of=2016-01-01 or another date" }, take_what_if },
    { "rules", 0, CLI_CHECK | CLI_FIX | CLI_RECONCILE | CLI_RULES | CLI_EXPLAIN | CLI_NEW,
      { "FIL", "FILE" },
      { "læs egne regler eller satser fra en CSV-fil; kan gentages",
        "read rules or rates of your own from a CSV file; may be repeated" },
      { "et filnavn", "a file name" }, take_rules },
    { "rates", 0, CLI_RULES, NO_VALUE,
      { "vis satserne i stedet for reglerne", "show the rates instead of the rules" },
      NO_VALUE, take_rates },
    { "ignore", 0, CLI_CHECK | CLI_FIX | CLI_RECONCILE, { "FIL", "FILE" },
      { "undtag anmærkninger: kolonnerne kode, ark, celle, begrundelse, udløber (og fil)",
        "pass over findings: columns code, sheet, cell, reason, expires (and file)" },
      { "et filnavn", "a file name" }, take_ignore },
    { "tolerance", 0, CLI_CHECK | CLI_FIX | CLI_RECONCILE | CLI_DIFF | CLI_EXPLAIN, { "KR", "DKK" },
      { "en forskel op til så mange kroner er højst info (diff: vises ikke; normalt 0)",
        "a difference of up to so many kroner is at most info (diff: not shown; default 0)" },
      { "et beløb som 5 eller 0,50", "an amount such as 5 or 0.50" }, take_tolerance },
    { "fail-on", 0, CLI_CHECK | CLI_FIX | CLI_RECONCILE, { "ALVOR", "SEVERITY" },
      { "hvad der giver afslutningskode 1: error, warning eller info (normalt warning)",
        "what gives exit status 1: error, warning or info (default warning)" },
      SAME("error, warning, info"), take_fail_on },
    { "jobs", 0, CLI_CHECK | CLI_FIX | CLI_RECONCILE, { "N", "N" },
      { "højst N filer ad gangen, eller dele af en fil alene (normalt 0: én\n"
        "                          pr. kerne); ændrer ikke resultatet",
        "at most N files at a time, or parts of one alone (default 0: one a\n"
        "                          core); does not change the result" },
      { "et tal fra 0", "a number from 0" }, take_jobs },
    { "limit", 0, CLI_ALL & ~CLI_RULES & ~CLI_NEW, { "HVAD=N", "WHAT=N" },
      { "hvor meget en fil må rumme: file, inflated, strings, formulas (MB), ratio, entries,\n"
        "                          sheets, cells eller merges; kan gentages",
        "how much a file may hold: file, inflated, strings, formulas (MB), ratio, entries,\n"
        "                          sheets, cells or merges; may be repeated" },
      { usual_limits + 2, usual_limits + 2 }, take_limit },
    { "redact", 0, CLI_CHECK | CLI_FIX | CLI_EXTRACT | CLI_DIFF | CLI_RECONCILE, NO_VALUE,
      { "skriv pseudonymer i stedet for borgernes navne (i rapporten, ikke i projektmappen)",
        "write pseudonyms instead of the citizens' names (in the report, not in the workbook)" },
      NO_VALUE, take_redact },
    { "redact-key", 0, CLI_CHECK | CLI_FIX | CLI_EXTRACT | CLI_DIFF | CLI_RECONCILE,
      { "FIL", "FILE" },
      { "som --redact; samme hemmelighed giver samme pseudonymer (mindst 16 tegn)",
        "as --redact; the same secret gives the same pseudonyms (at least 16 characters)" },
      { "et filnavn", "a file name" }, take_redact_key },
    { "quiet", 0, CLI_CHECK | CLI_FIX | CLI_DIFF | CLI_RECONCILE, NO_VALUE,
      { "vis kun resultatet", "show the verdict only" }, NO_VALUE, take_quiet },
    { "color", 0, CLI_CHECK | CLI_FIX | CLI_EXPLAIN, { "HVORNÅR", "WHEN" },
      { "farver: auto, always eller never (normalt auto)",
        "colors: auto, always or never (default auto)" },
      SAME("auto, always, never"), take_color },
    { "lang", 0, CLI_ALL, { "SPROG", "LANGUAGE" },
      { "da eller en (normalt som systemet, dansk i tvivlstilfælde)",
        "da or en (default as the system, Danish when unsure)" },
      SAME("da, en"), take_lang },
    { "help", 'h', CLI_ALL, NO_VALUE,
      { "vis denne hjælp", "show this help" }, NO_VALUE, take_help },
    { "version", 0, CLI_ALL, NO_VALUE,
      { "vis programmets version", "show the program's version" }, NO_VALUE, take_version },
};
/* clang-format on */

enum { OPTION_COUNT = sizeof table / sizeof table[0] };

/* ---- nearest name ---------------------------------------------------------- */

enum { LONGEST_NAME = 31, MOST_COMMANDS = 16 };

/* Optimal string alignment: a swap of neighbours counts as one. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t d[LONGEST_NAME + 1][LONGEST_NAME + 1];

    for (size_t i = 0; i <= a_len; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= b_len; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        for (size_t j = 1; j <= b_len; j++) {
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

            if (d[i - 1][j] + 1 < best)
                best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best)
                best = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                && d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[a_len][b_len];
}

const char *cli_nearest(const char *name, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t len = strlen(name), best = len < 5 ? 2 : 3;

    if (len == 0 || len > LONGEST_NAME)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t apart = distance(name, len, names[i], strlen(names[i]));

        if (strncmp(names[i], name, len) == 0)
            apart = 0; /* begun and not finished */
        if (apart < best) {
            best = apart;
            nearest = names[i];
        }
    }
    return nearest;
}

/* ---- reading --------------------------------------------------------------- */

static bool is_lang(const char *arg)
{
    return strncmp(arg, "--lang=", 7) == 0;
}

/* Mistakes are told in the language asked for, even when they come before it. */
static void read_lang(CliOptions *out, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (is_lang(argv[i]))
            take_lang(out, argv[i] + 7);
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            take_lang(out, argv[i + 1]);
    }
}

KfLang cli_environment_lang(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);

        if (value && *value)
            return strncmp(value, "en", 2) == 0 ? KF_LANG_EN : KF_LANG_DA;
    }
    return KF_LANG_DA;
}

/* The row of "--name", "--name=value" or "-x"; NULL when there is none. */
static const Option *find_option(const char *arg)
{
    size_t len;

    if (arg[1] != '-') {
        for (size_t i = 0; i < OPTION_COUNT; i++) {
            if (table[i].letter && table[i].letter == arg[1])
                return &table[i];
        }
        return NULL;
    }
    arg += 2;
    len = strcspn(arg, "=");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strlen(table[i].name) == len && strncmp(table[i].name, arg, len) == 0)
            return &table[i];
    }
    return NULL;
}

static bool unknown_option(const CliOptions *out, const char *arg)
{
    const char *names[OPTION_COUNT];
    char typed[LONGEST_NAME + 1] = "", quoted[LONGEST_NAME + 8] = "'--";
    size_t len = strcspn(arg + 2, "=");
    const char *nearest;
    KfBuf hint = { 0 };

    for (size_t i = 0; i < OPTION_COUNT; i++)
        names[i] = table[i].name;
    if (arg[1] == '-' && len <= LONGEST_NAME)
        memcpy(typed, arg + 2, len);
    nearest = cli_nearest(typed, names, OPTION_COUNT);
    cli_say(&hint, CLI_UNKNOWN_OPTION, out->lang, &arg, 1);
    if (nearest) {
        strcat(quoted, nearest);
        strcat(quoted, "'");
        cli_say(&hint, CLI_DID_YOU_MEAN, out->lang, (const char *[]){ quoted }, 1);
    }
    kf_buf_char(&hint, '\0');
    cli_usage_error(out, CLI_PLAIN, (const char *[]){ hint.bad ? arg : hint.ptr }, 1);
    kf_buf_free(&hint);
    return false;
}

/* The value behind "=" or in the letter's own argument; NULL: the next argument. */
static const char *value_within(const char *arg)
{
    const char *equals;

    if (arg[1] != '-')
        return arg[2] ? arg + 2 : NULL;
    equals = strchr(arg, '=');
    return equals ? equals + 1 : NULL;
}

/* How the option was typed, without its value. */
static void name_of(const Option *option, char name[LONGEST_NAME + 3])
{
    memcpy(name, "--", 3);
    strcat(name, option->name);
}

/* Arguments used: 1 or 2; 0 after a mistake. */
static int read_option(CliOptions *out, const char *arg, const char *next)
{
    const Option *option = find_option(arg);
    const char *value = value_within(arg);
    char name[LONGEST_NAME + 3];
    bool ahead;

    if (!option)
        return unknown_option(out, arg);
    name_of(option, name);
    if (!option->value[0]) {
        if (!value)
            return option->take(out, NULL);
        cli_usage_error(out, CLI_TAKES_NO_VALUE, (const char *[]){ name }, 1);
        return 0;
    }
    ahead = !value;
    if (ahead)
        value = next;
    if (!value) {
        cli_usage_error(out, CLI_NEEDS_VALUE, (const char *[]){ name, option->value[out->lang] },
                        2);
        return 0;
    }
    if (option->take(out, value))
        return ahead ? 2 : 1;
    cli_usage_error(out, CLI_BAD_VALUE, (const char *[]){ name, value, option->choices[out->lang] },
                    3);
    return 0;
}

static bool find_command(CliOptions *out, const char *name)
{
    const char *names[MOST_COMMANDS], *nearest;
    KfBuf message = { 0 };

    for (size_t i = 0; i < cli_command_count && i < MOST_COMMANDS; i++) {
        names[i] = cli_commands[i].name;
        if (strcmp(name, names[i]) == 0)
            out->command = &cli_commands[i];
    }
    if (out->command)
        return true;
    nearest = cli_nearest(name, names, cli_command_count);
    cli_say(&message, CLI_UNKNOWN_COMMAND, out->lang, &name, 1);
    if (nearest)
        cli_say(&message, CLI_DID_YOU_MEAN, out->lang, &nearest, 1);
    kf_buf_char(&message, '\0');
    cli_usage_error(out, CLI_PLAIN, (const char *[]){ message.bad ? name : message.ptr }, 1);
    kf_buf_free(&message);
    return false;
}

/* Options may stand before the command, so which belong to it is known last. */
static bool fits_command(const CliOptions *out, const bool *used)
{
    char name[LONGEST_NAME + 3];

    for (size_t i = 0; out->command && i < OPTION_COUNT; i++) {
        if (!used[i] || (table[i].commands & out->command->bit))
            continue;
        name_of(&table[i], name);
        cli_usage_error(out, CLI_NOT_FOR_COMMAND, (const char *[]){ name, out->command->name }, 2);
        return false;
    }
    return true;
}

static bool has_format(const CliOptions *out)
{
    const CliCommand *command = out->command;
    char list[64] = "";

    if (!command || (command->formats & 1u << out->format))
        return true;
    for (int i = 0; i < CLI_FORMAT_COUNT; i++) {
        if (!(command->formats & 1u << i))
            continue;
        strcat(list, *list ? ", " : "");
        strcat(list, format_names[i]);
    }
    cli_usage_error(out, CLI_BAD_FORMAT,
                    (const char *[]){ format_names[out->format], command->name, list }, 3);
    return false;
}

bool cli_options_read(CliOptions *out, int argc, char **argv)
{
    bool used[OPTION_COUNT] = { 0 }, only_operands = false;

    *out = (CliOptions){ .lang = cli_environment_lang(),
                         .as_of = KF_DATE_NONE,
                         .start = KF_DATE_NONE,
                         .what_if = KF_DATE_NONE,
                         .fail_on = KF_WARNING,
                         .case_cost = KF_NOT_STATED,
                         .citizens = 5,
                         .limits = kf_usual_limits,
                         .operands = argv };
    read_lang(out, argc, argv);
    for (int i = 1, taken; i < argc; i += taken) {
        char *arg = argv[i];

        taken = 1;
        if (only_operands || arg[0] != '-' || arg[1] == '\0') {
            if (out->command)
                argv[out->operand_count++] = arg; /* never ahead of what is read */
            else if (!find_command(out, arg))
                return false;
        } else if (strcmp(arg, "--") == 0) {
            only_operands = true;
        } else {
            taken = read_option(out, arg, i + 1 < argc ? argv[i + 1] : NULL);
            if (taken == 0)
                return false;
            used[find_option(arg) - table] = true;
        }
    }
    out->choice.accepted = out->accepted;
    out->choice.keep_protected = !out->force;
    return fits_command(out, used) && has_format(out);
}

/* ---- help ------------------------------------------------------------------ */

enum { HELP_COLUMN = 24 };

static size_t columns_of(KfText text)
{
    size_t count = 0;

    for (size_t pos = 0; kf_text_next(text, &pos) >= 0;)
        count++;
    return count;
}

static void put_option(KfBuf *out, const Option *option, KfLang lang)
{
    size_t start = out->len, columns;

    kf_buf_str(out, "  ");
    if (option->letter) {
        kf_buf_char(out, '-');
        kf_buf_char(out, option->letter);
        kf_buf_str(out, ", ");
    } else {
        kf_buf_str(out, "    ");
    }
    kf_buf_str(out, "--");
    kf_buf_str(out, option->name);
    if (option->value[lang]) {
        kf_buf_char(out, ' ');
        kf_buf_str(out, option->value[lang]);
    }
    columns = out->bad ? 0 : columns_of(kf_text_slice(kf_buf_view(out), start, out->len));
    do
        kf_buf_char(out, ' ');
    while (++columns < HELP_COLUMN + 2);
    kf_buf_str(out, option->help[lang]);
    kf_buf_char(out, '\n');
}

void cli_options_help(KfBuf *out, unsigned command_bit, KfLang lang)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (table[i].commands & command_bit)
            put_option(out, &table[i], lang);
    }
}
