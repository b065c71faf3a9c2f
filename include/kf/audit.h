/**
 * @file
 * Checking a workbook: findings, each tied to a cell, with what should stand
 * there and why.
 */
#ifndef KF_AUDIT_H
#define KF_AUDIT_H

#include "kf/ignore.h"
#include "kf/rules.h"

typedef enum { KF_INFO, KF_WARNING, KF_ERROR, KF_SEVERITY_COUNT } KfSeverity;
/** What fix does about a finding. */
typedef enum { KF_ACTION_NONE, KF_ACTION_PROPOSE, KF_ACTION_CORRECT } KfAction;

typedef enum {
#define KF_FINDING(id, code, title_da, title_en) KF_FINDING_##id,
#include "kf/findings.def"
#undef KF_FINDING
    KF_FINDING_COUNT
} KfFindingCode;

/** "total-items"; published, never renamed. */
const char *kf_finding_code(KfFindingCode code);
/** The code called so; false when there is none. */
bool kf_finding_code_read(KfText text, KfFindingCode *out);
/** What the code means, in a few words. */
const char *kf_finding_title(KfFindingCode code, KfLang lang);
const char *kf_severity_key(KfSeverity severity);
const char *kf_action_key(KfAction action);

/** Another explanation of the same finding. */
typedef struct {
    KfRef cell;
    KfValue found, expected;
} KfAlternative;

#define KF_NO_INDEX SIZE_MAX

typedef struct {
    uint32_t id; /**< 1, 2, … in the order of the list, unless proposals were accepted */
    KfFindingCode code;
    KfSeverity severity;
    KfAction action;
    bool accepted; /**< a proposal that the user has accepted; action is then CORRECT */
    bool has_cell;
    KfRef cell;
    size_t case_index; /**< into KfAudit.model.cases, or KF_NO_INDEX */
    size_t table;      /**< index + 1 into KfAudit.model.tables, or 0 */
    int course;        /**< KfCourseKind, or -1 */
    KfText period;     /**< "7-12"; of a table the column's heading; may be empty */
    int payer;         /**< KfPayer, or KF_PAYER_NONE */
    KfText label;      /**< of the row */
    KfValue found, expected;
    KfText expected_formula; /**< that should stand in the cell, without "="; else empty */
    uint32_t root;           /**< id of the finding that this one follows from, or 0 */
    KfAlternative *alternatives;
    size_t alternative_count;
    KfText message[KF_LANG_COUNT];
    KfText source; /**< rule and law, or empty */
} KfFinding;

typedef enum {
    KF_AS_OF_OPTION,
    KF_AS_OF_WORKBOOK,
    KF_AS_OF_RATES,
    KF_AS_OF_SPLITS, /**< assumed: no amount fits a rate, but the payers fit this year's rules */
    KF_AS_OF_UNKNOWN /**< assumed: nothing tells */
} KfAsOfSource;

/** Which law splits the items of a course that runs past a change of it. */
typedef enum {
    KF_LAW_AS_OF,   /**< that of the rules' date, in every column */
    KF_LAW_IN_FORCE /**< that which held on the first day of each column */
} KfLaw;

/** What the workbook itself assumes of a benefit; it goes before the rules. */
typedef struct {
    KfRef cell;
    KfText text;         /**< as it stands */
    KfRule rule;         /**< made of it */
    const KfRule *table; /**< the rule in its place, NULL when there is none */
    bool differs;        /**< from that rule */
} KfAssumption;

typedef struct {
    const KfRuleSet *rules;
    KfDate as_of; /**< KF_DATE_NONE: from the workbook, else from the rates */
    KfLaw law;
    KfDate start; /**< IN_FORCE: first day of the courses; KF_DATE_NONE: as the workbook states */
    KfOere tolerance;     /**< a difference up to this is at most info */
    const KfRef *settled; /**< in reading order: cells whose values a person has settled, so that
                               they are never the ones at fault */
    size_t settled_count;
    const KfIgnores *ignores; /**< findings to pass over, or NULL */
    KfText file_name;         /**< base name of the workbook, for ignores */
    unsigned threads;         /**< that may share the work; 0 or 1: the calling one alone */
    /** Told before each case how many are done; false: stop. NULL: nobody wants to know. */
    bool (*progress)(void *ctx, size_t done, size_t all);
    void *progress_ctx;
} KfCheckOptions;

/** A finding that was passed over. Its id and root are those it would have had. */
typedef struct {
    KfFinding finding;
    const KfIgnore *by;
} KfIgnored;

/** What checking one workbook gave; lives in the arena it was made in. */
typedef struct {
    const KfBook *book;
    KfModel model;
    KfFinding *findings; /**< in reading order, a root before what follows from it */
    size_t finding_count;
    KfDate as_of;
    KfAsOfSource as_of_source;
    size_t rates_fitting, rates_tried;
    KfOere tolerance;
    KfText rules_name;
    const KfRuleSet *rules;       /**< checked by; not owned */
    int32_t year;                 /**< whose rates were used */
    KfConfidence date_confidence; /**< how sure as_of is */
    KfLaw law;
    const KfDate *starts; /**< IN_FORCE: first day of case * KF_COURSE_COUNT + course */
    KfText no_start;      /**< IN_FORCE: citizen whose course has no known first day, or empty:
                               nothing was checked then */
    const KfAssumption *assumptions; /**< that the workbook states, one a benefit */
    size_t assumption_count;
    const KfYearFit *years; /**< years whose rates fit some amount, best first */
    size_t year_count;
    const struct KfInferred *inferred; /**< payers that no rule gives, by label */
    size_t inferred_count;
    KfIgnored *ignored; /**< in the order of the findings */
    size_t ignored_count;
    bool stopped; /**< by progress(): nothing else here is of use */
} KfAudit;

/** Find the case tables of a book and check them. Call inside kf_arena_run(). */
void kf_audit(KfArena *arena, const KfBook *book, const KfCheckOptions *options, KfAudit *out);

/** Findings are ordered by this: 0 for one of the file, i + 1 for one of case i, more for those of
 *  tables. */
size_t kf_finding_place(const KfFinding *finding);
/** The finding with this id, or NULL. */
const KfFinding *kf_audit_finding(const KfAudit *audit, uint32_t id);

/** "staten 30 %", or "uge 1-4: staten 80 %; …": what others than the municipality pay. */
void kf_buf_rule_shares(KfBuf *out, const KfRule *rule, KfLang lang);

/** Findings that are not consequences, by severity. */
size_t kf_audit_count(const KfAudit *audit, KfSeverity severity);

#endif
