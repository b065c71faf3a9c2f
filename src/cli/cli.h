/* What the parts of the command line share. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "kf/book.h"
#include "kf/redact.h"
#include "kf/report.h"

typedef enum {
#define CLI_SAY(id, da, en) CLI_##id,
#include "cli_texts.def"
#undef CLI_SAY
    CLI_SAY_COUNT
} CliSay;

typedef enum {
    CLI_AS_TEXT,
    CLI_AS_JSON,
    CLI_AS_CSV,
    CLI_AS_HTML,
    CLI_AS_SARIF,
    CLI_AS_JUNIT,
    CLI_AS_XLSX,
    CLI_FORMAT_COUNT
} CliFormat;
typedef enum { CLI_COLOR_AUTO, CLI_COLOR_ALWAYS, CLI_COLOR_NEVER } CliColor;

enum { CLI_OK = 0, CLI_FOUND = 1, CLI_FAILED = 2 };

typedef struct CliCommand CliCommand;

/* Proposals named one by one; more are accepted with all-proposals. */
enum { CLI_MOST_ACCEPTED = 500, CLI_MOST_RULES = 16 };
/* In one workbook; Excel stays quick. */
enum { CLI_MOST_CITIZENS = 200 };

typedef struct {
    const CliCommand *command; /**< NULL until it is known */
    char **operands;
    size_t operand_count;
    KfLang lang;
    CliFormat format;
    CliColor color;
    const char *rules_paths[CLI_MOST_RULES]; /* in the order given; the last wins */
    size_t rules_count;
    KfDate as_of, start;
    KfDate what_if; /* KF_DATE_NONE: not asked */
    KfLaw law;
    const char *ignore_path, *output;
    KfLimits limits;
    bool redact;             /**< citizens by pseudonyms */
    const char *redact_path; /**< of the secret; NULL: one that is used once */
    KfRedactKey redact_key;
    const KfIgnores *ignores; /**< read from ignore_path before any file is checked */
    KfOere tolerance;
    KfSeverity fail_on;
    uint32_t accepted[CLI_MOST_ACCEPTED];
    KfFixChoice choice; /**< its ids are accepted */
    const char *against;
    KfGroupBy group_by;
    KfOere case_cost; /**< KF_NOT_STATED: none */
    int32_t year;     /**< 0: the last one with rates */
    size_t citizens;
    unsigned jobs;   /**< files worked on at a time; 0: as many as there are cores */
    bool has_format; /**< one was asked for */
    bool no_fills, no_notes;
    bool rates; /* rules: list them */
    bool quiet, force, dry_run, help, version;
} CliOptions;

/** A row of the command table. */
struct CliCommand {
    const char *name;
    unsigned bit;     /**< for the option table */
    unsigned formats; /**< bit 1 << CliFormat for each that it has */
    CliSay summary, usage, about, exits, example;
    int (*run)(const CliOptions *options);
};

enum {
    CLI_CHECK = 1,
    CLI_FIX = 2,
    CLI_RULES = 4,
    CLI_EXTRACT = 8,
    CLI_DIFF = 16,
    CLI_EXPLAIN = 32,
    CLI_REVERT = 64,
    CLI_RECONCILE = 128,
    CLI_NEW = 256,
    CLI_ALL = 511
};

extern const CliCommand cli_commands[];
extern const size_t cli_command_count;

/* options.c */

/** Language that the environment asks for: English when it says so, else Danish. */
KfLang cli_environment_lang(void);
/** Read the arguments; a mistake is told on stderr and gives false. */
bool cli_options_read(CliOptions *out, int argc, char **argv);
/** The rows of the option table that belong to a command, as help. */
void cli_options_help(KfBuf *out, unsigned command_bit, KfLang lang);
/** Of several names, the one that name was most likely meant to be, or NULL. */
const char *cli_nearest(const char *name, const char *const *names, size_t count);

/* output.c */

void cli_say(KfBuf *out, CliSay say, KfLang lang, const char *const *args, size_t arg_count);
/** "kontrafakt: MESSAGE" on stderr. */
void cli_complain(const CliOptions *options, CliSay say, const char *const *args, size_t arg_count);
/** As cli_complain(), with a hint at the help; gives CLI_FAILED. */
int cli_usage_error(const CliOptions *options, CliSay say, const char *const *args,
                    size_t arg_count);
/** A failure of the library on stderr. */
void cli_complain_error(const KfError *error, const char *path, KfLang lang);
/** Write to stdout; false when that fails, which is told on stderr. */
bool cli_write(const KfBuf *text, KfLang lang);
/** Write a report to stdout and free it: status, or CLI_FAILED when that fails. */
int cli_finish(KfBuf *report, int status, KfLang lang);
bool cli_wants_color(const CliOptions *options);
/** Which of several files is at hand, on a terminal; path NULL wipes the line. */
void cli_show_progress(size_t done, size_t count, const char *path);

/** "sag.xlsx" of "dir/sag.xlsx" */
const char *cli_base_name(const char *path);
/** "dir/sag.xlsx" and "-rettet" give "dir/sag-rettet.xlsx", ended by NUL. */
void cli_name_beside(KfBuf *out, const char *input, const char *suffix);

/** libxlsxwriter does not tell of a full disk: what it made is read once more. */
KfStatus cli_made_whole(KfStatus made, const char *path, KfError *err);

/* interrupt.c */

/** What the first SIGINT, SIGTERM or SIGHUP waits for. */
typedef enum { CLI_HOLD_NONE, CLI_HOLD_BATCH, CLI_HOLD_WRITE } CliHold;
void cli_interrupt_watch(KfLang lang);
/** Sets what is at hand; what was before. */
CliHold cli_interrupt_hold(CliHold hold);
/** Whether the user wants to stop. */
bool cli_interrupted(void);
/** The file at path is written: as before, and what was asked meanwhile is answered. */
void cli_interrupt_written(const CliOptions *options, CliHold before, const char *path);
/** Says after how many of the files the run was stopped; CLI_FAILED. */
int cli_tell_interrupted(const CliOptions *options, size_t done, size_t count);

/* cli_audit.c */

/** One file and its audit. */
typedef struct {
    const char *path;
    KfFile *file;
    KfAudit audit;
    KfError error;
    bool is_read;
    bool asks; /* what_if is filled */
    KfWhatIf what_if;
} CliAudit;

/** The compiled-in rules, and those of --rules; false when told on stderr. */
bool cli_rules_load(KfRuleSet **out, const CliOptions *options);
/** Findings that --ignore passes over; lives until cli_ignores_free(). */
typedef struct {
    KfFile *file;
    KfIgnores list;
} CliIgnores;
/** Reads --ignore, if asked for; false when told on stderr. Rows that have expired are told. */
bool cli_ignores_load(CliIgnores *out, CliOptions *options);
/** Makes the key of --redact, if asked for; false when told on stderr. */
bool cli_redact_load(CliOptions *options);
/** Pseudonyms in an audit that is done, if asked for. */
KfStatus cli_redact(CliAudit *audit, const CliOptions *options);
void cli_ignores_free(CliIgnores *ignores);
/** How a file is checked, here and when a choice is settled. */
KfCheckOptions cli_check_options(const CliOptions *options, const KfRuleSet *rules,
                                 const char *path);
/** Read and check a file, in any thread. True when it has cases, else error says why not. */
bool cli_audit_read(CliAudit *out, const char *path, const CliOptions *options,
                    const KfRuleSet *rules);
/** As cli_audit_read(); what goes wrong is told on stderr. */
bool cli_audit_open(CliAudit *out, const char *path, const CliOptions *options,
                    const KfRuleSet *rules);
void cli_audit_close(CliAudit *audit);
KfFileReport cli_file_report(const CliAudit *audit);
KfReportOptions cli_report_options(const CliOptions *options, const KfRuleSet *rules);

/* the commands */

int cli_check(const CliOptions *options);
int cli_fix(const CliOptions *options);
int cli_extract(const CliOptions *options);
int cli_diff(const CliOptions *options);
int cli_revert(const CliOptions *options);
int cli_rules(const CliOptions *options);
int cli_explain(const CliOptions *options);
int cli_reconcile(const CliOptions *options);
int cli_new(const CliOptions *options);

#endif
