/**
 * @file
 * Reports for people and programs. All write to a buffer; nothing prints.
 */
#ifndef KF_REPORT_H
#define KF_REPORT_H

#include "kf/diff.h"
#include "kf/explain.h"
#include "kf/fix.h"
#include "kf/what_if.h"
#include "kf/reconcile.h"

/** One file's part of a report: an audit, or the error that kept it from being read. */
typedef struct {
    KfText path;
    KfText sha256;           /**< empty when the file could not be read */
    const KfAudit *audit;    /**< NULL when the file could not be read */
    const KfError *error;    /**< NULL when it could */
    const KfWhatIf *what_if; /**< check: shown with the findings when not NULL */
} KfFileReport;

typedef struct {
    KfLang lang;
    bool color;
    bool quiet;        /**< only the verdict */
    bool what_if;      /**< another day's law was asked about: CSV has that alone */
    KfSeverity least;  /**< findings below this are counted, not shown (text only) */
    KfText rules_name; /**< named where no file could be read */
} KfReportOptions;

/**
 * What the files of a check report come to, which its verdict and its head tell.
 * {0} before the first file. last is freed with kf_buf_free().
 */
typedef struct {
    size_t by_severity[KF_SEVERITY_COUNT];
    size_t cases, tables, correctable, proposals;
    size_t audited, unread, without_cases;
    size_t blank;   /**< forms that nobody has filled in */
    size_t ignored; /**< findings passed over */
    KfAudit rules;  /**< whose rules the head tells; only they are set, but for years */
    KfYearFit years[KF_YEARS_MAX]; /**< the years of rules */
    bool rules_differ; /**< not every file was checked as of the same date, found in the same way */
    KfBuf last;        /**< lines that stand behind the verdict */
} KfReportSum;

/** One file's part of a report of many; body is freed with kf_buf_free(). */
typedef struct {
    KfBuf body;
    size_t own_from, own_to; /**< bytes of body to leave out unless rules_differ */
    KfReportSum sum;
} KfReportPart;

/**
 * A check report in parts, so that neither all files nor all their reports need be
 * held. part() may run in several threads; the frame is made of the parts' sum.
 */
typedef struct {
    void (*part)(KfReportPart *out, const KfFileReport *file, const KfReportOptions *options);
    void (*frame)(KfBuf *head, KfBuf *tail, const KfReportSum *sum, const KfReportOptions *options);
    const char *between; /**< stands between two parts */
    bool head_last;      /**< the head tells of the sum; else it is known at once */
} KfReportFormat;

extern const KfReportFormat kf_check_as_text, kf_check_as_json, kf_check_as_csv, kf_check_as_html,
    kf_check_as_sarif, kf_check_as_junit;

/** Take the next part of a report into its sum; their bodies are left alone. */
void kf_report_sum_add(KfReportSum *sum, const KfReportSum *part);
/** Append body to out, as it stands in a report of sum. */
void kf_report_put_body(KfBuf *out, const KfReportPart *part, const KfReportSum *sum);

/** What fix did, for its report. */
typedef struct {
    KfFileReport input;
    const KfFixPlan *plan;
    bool dry_run;
    KfText output_path; /**< empty: nothing was written */
    KfText output_sha256;
    const KfEdits *edits;       /**< NULL when there is no plan */
    const KfTouchedPart *parts; /**< of the copy; the others are the input's, byte for byte */
    size_t part_count, same_parts;
    bool voids_signature; /**< the input is signed, and the copy is changed */
} KfFixReport;

/** `check --format text`: a block a course, a finding in two or three lines, the verdict last. */
void kf_report_check_text(KfBuf *out, const KfFileReport *files, size_t count,
                          const KfReportOptions *options);
/** `check --format json`: schema kontrafakt/check/1. */
void kf_report_check_json(KfBuf *out, const KfFileReport *files, size_t count,
                          const KfReportOptions *options);
/** `check --format csv`: one row a finding, semicolons, decimal comma (da) or point (en);
 *  where a file has what_if, a row for each course and payer of that instead. */
void kf_report_check_csv(KfBuf *out, const KfFileReport *files, size_t count,
                         const KfReportOptions *options);
/** `check --format html`: one file, readable without a network or a script. */
void kf_report_check_html(KfBuf *out, const KfFileReport *files, size_t count,
                          const KfReportOptions *options);
/** `check --format sarif`: SARIF 2.1.0. */
void kf_report_check_sarif(KfBuf *out, const KfFileReport *files, size_t count,
                           const KfReportOptions *options);
/** `check --format junit`: a test a course. */
void kf_report_check_junit(KfBuf *out, const KfFileReport *files, size_t count,
                           const KfReportOptions *options);
/** The diff summary of fix. */
void kf_report_fix_text(KfBuf *out, const KfFixReport *report, const KfReportOptions *options);
/** `fix --format json`: schema kontrafakt/fix/1. */
void kf_report_fix_json(KfBuf *out, const KfFixReport *report, const KfReportOptions *options);

/** One file's part of extract. */
typedef struct {
    KfText path;
    KfText sha256;        /**< empty when the file could not be read */
    const KfBook *book;   /**< NULL when the file could not be read */
    const KfModel *model; /**< NULL when the file could not be read */
    const KfError *error; /**< NULL when it could */
} KfExtractReport;

/** `extract --format text`: an outline of every table, and what was not understood. */
void kf_report_extract_text(KfBuf *out, const KfExtractReport *files, size_t count,
                            const KfReportOptions *options);
/** `extract --format json`: schema kontrafakt/extract/1, one row a figure. */
void kf_report_extract_json(KfBuf *out, const KfExtractReport *files, size_t count,
                            const KfReportOptions *options);
/** `extract --format csv`: the same rows; a figure that is not stated is empty. */
void kf_report_extract_csv(KfBuf *out, const KfExtractReport *files, size_t count,
                           const KfReportOptions *options);
/** Two workbooks compared; the audits of the files are not used. */
typedef struct {
    KfFileReport before, after;
    const KfDiff *diff; /**< NULL when a file could not be read */
} KfDiffReport;

/** A block a course, a difference a line; then the cells beside the tables. */
void kf_report_diff_text(KfBuf *out, const KfDiffReport *report, const KfReportOptions *options);
/** `diff --format html`: a page that stands alone, with a table a course. */
void kf_report_diff_html(KfBuf *out, const KfDiffReport *report, const KfReportOptions *options);
/** `diff --format json`: schema kontrafakt/diff/1. */
void kf_report_diff_json(KfBuf *out, const KfDiffReport *report, const KfReportOptions *options);
/** `diff --format csv`: one row a difference. */
void kf_report_diff_csv(KfBuf *out, const KfDiffReport *report, const KfReportOptions *options);
/** What `explain` found of a cell. */
typedef struct {
    KfFileReport file;
    KfText asked;                 /**< the cell as it was asked for */
    const KfExplained *explained; /**< NULL: problem says why */
    KfText problem;
} KfExplainReport;

/** Prints nothing when the cell could not be explained. */
void kf_report_explain_text(KfBuf *out, const KfExplainReport *report,
                            const KfReportOptions *options);
/** Schema kontrafakt/explain/1. */
void kf_report_explain_json(KfBuf *out, const KfExplainReport *report,
                            const KfReportOptions *options);

/** Groups with their payers, then citizens, what the corrections change, published figures. */
void kf_report_reconcile_text(KfBuf *out, const KfReconciliation *all,
                              const KfReportOptions *options);
/** Schema kontrafakt/reconcile/1. */
void kf_report_reconcile_json(KfBuf *out, const KfReconciliation *all,
                              const KfReportOptions *options);
/** One file with charts, readable without a network or a script. */
void kf_report_reconcile_html(KfBuf *out, const KfReconciliation *all,
                              const KfReportOptions *options);
/** One row a figure: group or citizen, course or gain, payer, as typed and once corrected. */
void kf_report_reconcile_csv(KfBuf *out, const KfReconciliation *all,
                             const KfReportOptions *options);

/** As a workbook with charts, written to path; statuses as kf_report_new_workbook(). */
KfStatus kf_report_reconcile_xlsx(const char *path, const KfReconciliation *all,
                                  const KfReportOptions *options, KfError *err) KF_MUST_USE;

/** What `new` is asked for. */
typedef struct {
    const KfRuleSet *rules;
    int32_t year; /**< of the rates and rules */
    size_t citizens;
} KfNewWorkbook;

/**
 * Write a blank case workbook to path. Statuses: NO_MEMORY, OUTPUT_UNWRITABLE, and
 * NOT_BUILT_IN where the program was built without libxlsxwriter.
 */
KfStatus kf_report_new_workbook(const char *path, const KfNewWorkbook *wanted,
                                const KfReportOptions *options, KfError *err) KF_MUST_USE;

/** What `rules` is asked for. */
typedef struct {
    const KfRuleSet *rules;
    KfText label; /**< only the rules it resolves to; empty: all */
    KfDate as_of; /**< only rules in force on that day; KF_DATE_NONE: of any day */
    bool rates;   /**< the rates instead of the rules (JSON has both) */
} KfRulesReport;

void kf_report_rules_text(KfBuf *out, const KfRulesReport *report, const KfReportOptions *options);
/** Schema kontrafakt/rules/1; shares in per cent. */
void kf_report_rules_json(KfBuf *out, const KfRulesReport *report, const KfReportOptions *options);
/** A file for kf_ruleset_add_csv(): a row for each rule and range of weeks, or each rate. */
void kf_report_rules_csv(KfBuf *out, const KfRulesReport *report, const KfReportOptions *options);

#endif
