/**
 * @file
 * From cases to citizens to municipalities: what the courses cost by payer and
 * period, as typed and once the corrections are made, and what they gain.
 *
 * Each workbook is boiled down to a digest that needs neither the workbook nor
 * its audit, so that a nation's workbooks fit in memory; digests are then put
 * together in the order they are given.
 */
#ifndef KF_RECONCILE_H
#define KF_RECONCILE_H

#include "kf/fix.h"
#include "kf/parts.h"

typedef enum {
    KF_TYPED,     /**< as the workbook has it */
    KF_CORRECTED, /**< once the corrections of its audit are made */
    KF_ACCEPTED,  /**< and the proposals that have only one explanation are carried out */
    KF_VIEW_COUNT
} KfView;

/** Of a sum in which some figure is not stated: the sum is not known, and not 0. */
#define KF_NOT_STATED INT64_MIN

/** Index of all payers together, behind the payers. */
#define KF_ALL_PAYERS KF_PAYER_COUNT
enum { KF_SUM_COUNT = KF_PAYER_COUNT + 1 };

/** What each payer carries, and all of them; øre, or KF_NOT_STATED. */
typedef struct {
    KfOere of[KF_SUM_COUNT];
} KfSums;

/** The sums of one period column. */
typedef struct {
    KfPeriod period;
    KfSums sums[KF_VIEW_COUNT];
} KfPeriodSums;

typedef struct {
    bool has; /**< the workbook has such a course */
    KfSums sums[KF_VIEW_COUNT];
    KfPeriodSums *periods;
    size_t period_count;
} KfCourseSums;

/** A corrected cell of a payer or a total, or a proposal and what follows from it. */
typedef struct {
    KfView view;  /**< CORRECTED, or ACCEPTED: only with the proposals */
    KfText sheet; /**< masked */
    KfRef cell;
    KfCourseKind course;
    int payer;            /**< KfPayer, or KF_PAYER_NONE for a total of all */
    KfText period;        /**< "7-12", empty for a total over all periods */
    KfText label;         /**< of the row, masked */
    KfOere before, after; /**< before: in the view before this one */
    bool has_before;      /**< false: nothing stood there */
    bool is_input;        /**< an amount of a benefit: the payers' figures follow from it */
    KfOere moves;         /**< how much more it makes the course's sum of the payer (of none: of all
                       together). 0: other cells move it. KF_NOT_STATED: it makes the sum
                       known. Those of a view add up to the difference from the view before */
    uint32_t finding, root; /**< ids as in `check`; root 0: it follows from no other */
    KfFindingCode code;
    KfText message[KF_LANG_COUNT];
} KfCorrection;

/** What one benefit costs in both courses, all periods together. */
typedef struct {
    KfText label; /**< as it stands where it comes first, masked */
    KfOere amount[KF_COURSE_COUNT];
    KfOere part[KF_COURSE_COUNT][KF_PAYER_COUNT]; /**< by the rules, or as inferred */
    bool is_divided;                              /**< the parts are all of the amount */
} KfBenefitSum;

/** An amount of a benefit in a period, as typed. */
typedef struct {
    KfText sheet, label; /**< masked */
    KfRef cell;
    KfCourseKind course;
    KfPeriod period;
    KfOere amount;
    KfOere part[KF_PAYER_COUNT];
    bool is_divided;
} KfCellSum;

/** So many of the largest amounts are kept of each case. */
enum { KF_CELLS_KEPT = 8 };

/** What the intervention costs a case, by a wage form as in bilag A. */
typedef struct {
    KfText sheet;        /**< masked */
    KfText municipality; /**< that the form, its sheet or its workbook states, else empty */
    KfRef cell;          /**< of the cost a case, or of the net cost where that is not stated */
    KfOere net[KF_VIEW_COUNT];      /**< what is divided by cases, or KF_NOT_STATED */
    KfOere per_case[KF_VIEW_COUNT]; /**< as stated, else net / cases */
    int64_t cases;                  /**< 0: not stated, or no whole number */
} KfWageDigest;

/** One citizen of one workbook. */
typedef struct {
    KfText citizen, sheet; /**< masked */
    KfText municipality;   /**< stated on the sheet or in the workbook, else empty */
    KfCourseSums courses[KF_COURSE_COUNT];
    KfCorrection *corrections;
    size_t correction_count;
    KfBenefitSum *benefits;
    size_t benefit_count;
    KfCellSum *cells; /**< the largest amounts first, at most KF_CELLS_KEPT */
    size_t cell_count;
    uint64_t figures; /**< fingerprint of every typed amount of both courses */
} KfCaseDigest;

/** A root finding that is an error or a warning, or one that was passed over. */
typedef struct {
    uint32_t id; /**< as in `check` */
    KfFindingCode code;
    KfSeverity severity;
    KfAction action;
    KfText sheet; /**< this and all other texts masked */
    bool has_cell;
    KfRef cell;
    KfText citizen, label, period; /**< may be empty */
    int course;                    /**< KfCourseKind, or -1 */
    KfValue found, expected;
    KfText message[KF_LANG_COUNT];
    KfText source; /**< rule and law, or empty */
    KfText reason; /**< passed over: why */
    KfDate until;  /**< passed over: last day, or KF_DATE_OPEN */
} KfFindingDigest;

typedef enum {
    KF_FILE_USED,
    KF_FILE_WITHOUT_CASES,
    KF_FILE_FAILED,    /**< it could not be read */
    KF_FILE_DOUBLE,    /**< the bytes of another file of the run */
    KF_FILE_CORRECTED, /**< our corrected copy of another file of the run */
    KF_FILE_WAGES      /**< no cases, but a wage form */
} KfFileUse;
/** "used", "no-cases", "unreadable", "duplicate", "corrected-copy", "wage-form"; published. */
const char *kf_file_use_key(KfFileUse use);

/** One workbook, boiled down. */
typedef struct {
    KfText path;
    KfText sha256;      /**< empty when it could not be read */
    KfText made_from;   /**< of a corrected copy: the sha256 of what it was made from */
    const KfError *err; /**< NULL when it could be read */
    KfCaseDigest *cases;
    size_t case_count;
    KfWageDigest *wages;
    size_t wage_count;
    size_t found[KF_SEVERITY_COUNT]; /**< root findings */
    KfFindingDigest *findings;       /**< those of at least a warning */
    size_t finding_count;
    KfFindingDigest *ignored;
    size_t ignored_count;
    bool is_blank;  /**< WITHOUT_CASES: a form that nobody has filled in */
    KfFileUse use;  /**< what kf_reconcile() made of it */
    size_t same_as; /**< DOUBLE, CORRECTED: index of the other file */
} KfFileDigest;

/** An audited workbook, and what the corrections and the proposals would make of it. */
typedef struct {
    const KfAudit *audit;
    const KfFixPlan *plan;
    const KfAudit *settled;           /**< with the proposals, by kf_fix_settle(); its plan: */
    const KfFixPlan *accepted;        /**< plan and audit again where there are none */
    const KfPayerParts *const *parts; /**< kf_item_parts() of the audit */
    KfText path, sha256;
} KfDigestInput;

/**
 * Boil a workbook down; nothing in out points into the input. Call inside kf_arena_run().
 */
void kf_digest_file(KfArena *arena, const KfDigestInput *input, KfFileDigest *out);
/** Whether proposals would move any figure, so that it pays to settle the audit. */
bool kf_has_proposed_amounts(const KfAudit *audit);
/** The digest of a file that could not be read; err is copied. Inside kf_arena_run(). */
void kf_digest_failure(KfArena *arena, KfText path, const KfError *err, KfFileDigest *out);

typedef enum { KF_GROUP_MUNICIPALITY, KF_GROUP_FOLDER, KF_GROUP_FILE } KfGroupBy;

/** When the investment turns: the month from which the sum of the gains stays above 0. */
typedef enum {
    KF_TURN_UNKNOWN, /**< a figure is not stated, or the periods differ */
    KF_TURN_ALWAYS,  /**< no period ends below 0 */
    KF_TURN_WITHIN,
    KF_TURN_NEVER /**< the last period ends below 0 */
} KfTurnKind;

typedef struct {
    KfTurnKind kind;
    KfPeriod period; /**< WITHIN: the column in which it turns */
    int32_t month;   /**< WITHIN: the month, were the column's gain spread evenly */
} KfTurn;

/** A case that moves the result of its group more than its like. */
typedef struct {
    size_t file, item; /**< file, and case in it */
    KfOere gain;       /**< of all payers */
    KfOere without;    /**< the group's gain a citizen without it */
} KfExtreme;

/** One of the amounts that move the result of a group most. */
typedef struct {
    size_t file, item, cell; /**< file, case in it, and cell of the case */
} KfMover;

/** A wage form that a group's cost a case comes from. */
typedef struct {
    size_t file, item; /**< file, and wage form in it */
} KfWageSource;

/** Cases put together: a municipality, a folder, a file, or all of them. */
typedef struct {
    KfText name;                  /**< empty: no municipality is stated */
    size_t citizens;              /**< all of them */
    size_t complete;              /**< those with both courses */
    size_t counted[KF_SUM_COUNT]; /**< those whose sums of the payer are stated in both */
    KfSums totals[KF_VIEW_COUNT][KF_COURSE_COUNT]; /**< of those that are counted */
    KfSums gain[KF_VIEW_COUNT];           /**< a citizen: (counterfactual - actual) / counted */
    KfPeriodSums *gains;                  /**< of the period, all citizens together */
    KfPeriodSums *costs[KF_COURSE_COUNT]; /**< of the same periods and citizens */
    size_t gain_count;
    size_t in_gains[KF_SUM_COUNT]; /**< citizens in gains: those that state the payer in
                                        each of its periods, in both courses */
    KfTurn turn[KF_VIEW_COUNT][KF_SUM_COUNT];
    KfOere case_cost[KF_VIEW_COUNT]; /**< of running the intervention, a case; KF_NOT_STATED.
                                          Of several wage forms: all net costs by all cases;
                                          of all groups: the mean of their citizens */
    KfWageSource *wages; /**< where it comes from; none: it was given, or is not known */
    size_t wage_count;
    KfOere median_gain;  /**< of all payers a citizen, as typed */
    KfOere extreme_from; /**< distance from the median that counts as extreme */
    KfExtreme *extremes; /**< farthest first */
    size_t extreme_count;
    KfBenefitSum *benefits; /**< those that move the gain most first */
    size_t benefit_count;
    KfMover *movers; /**< farthest first */
    size_t mover_count;
} KfGroup;

/** Two citizens whose amounts are all the same. */
typedef struct {
    size_t file, item, other_file, other_item;
} KfTwin;

typedef enum {
    KF_MEASURE_GAIN,           /**< net gain a citizen */
    KF_MEASURE_ACTUAL,         /**< what the courses cost, of all citizens; */
    KF_MEASURE_COUNTERFACTUAL, /**< or of the one that is named */
    KF_MEASURE_COST,           /**< of running the intervention, a case */
    KF_MEASURE_ACTUAL_EACH,    /**< what the courses cost a citizen */
    KF_MEASURE_COUNTERFACTUAL_EACH,
    KF_MEASURE_ALL_GAIN /**< net gain of all citizens */
} KfMeasure;
typedef enum {
    KF_AGREES,           /**< to the øre */
    KF_AGREES_ROUNDED,   /**< within what the published digits leave out */
    KF_AGREES_CORRECTED, /**< with the corrected figures, rounded or not; not with the typed */
    KF_AGREES_ACCEPTED,  /**< with those that the proposals give; with no others */
    KF_DIFFERS,
    KF_NOT_IN_FILES /**< no such municipality or figure */
} KfAgreement;
/** "equal", "rounded", "corrected", "proposals", "different", "absent"; published. */
const char *kf_agreement_key(KfAgreement agreement);

/** A published figure beside ours. */
typedef struct {
    KfText source, municipality, measure; /**< as the file has them */
    KfText payer;
    KfText citizen;    /**< the figure is that of one citizen; else empty */
    size_t file, item; /**< of the citizen; file KF_NO_INDEX: of none, or there is no such one */
    KfMeasure kind;
    int sum; /**< KfPayer, or KF_ALL_PAYERS */
    KfOere published;
    KfOere unit;                /**< of the last digit shown */
    KfOere ours[KF_VIEW_COUNT]; /**< or KF_NOT_STATED */
    KfAgreement agreement;
    size_t group; /**< index; group_count: all of them; or KF_NO_INDEX */
} KfPublished;

/** What is wanted of kf_reconcile(). */
typedef struct {
    KfGroupBy group_by;
    KfOere case_cost;      /**< administrative cost a case for all; KF_NOT_STATED */
    const KfBook *against; /**< published figures, or NULL */
} KfReconcileOptions;

typedef struct {
    KfFileDigest *files;
    size_t file_count;
    size_t used_count; /**< files whose cases are counted */
    KfGroup *groups;   /**< by name */
    size_t group_count;
    KfGroup all;
    KfTwin *twins;
    size_t twin_count;
    KfPublished *published;
    size_t published_count;
    KfWageSource *unused_wages; /**< forms of a municipality without cases */
    size_t unused_wage_count;
    size_t unread_rows; /**< rows of the published figures that could not be understood */
    KfGroupBy group_by;
} KfReconciliation;

/**
 * Put digests together. A file that stands twice, and a corrected copy beside its
 * original, count once. files is kept, and its use and same_as are set.
 * Call inside kf_arena_run().
 */
void kf_reconcile(KfArena *arena, KfFileDigest *files, size_t file_count,
                  const KfReconcileOptions *options, KfReconciliation *out);

/** Name of the group that a case belongs to. */
KfText kf_group_name(const KfReconciliation *all, size_t file, size_t item);
/** What a correction changes of a published figure: of its group or citizen, its measure
 *  and payer; 0 when it changes nothing of it, or it is not known how much. */
KfOere kf_published_effect(const KfReconciliation *all, const KfPublished *row, size_t file,
                           size_t item, const KfCorrection *correction);
/** What a course costs a citizen of the group; KF_NOT_STATED. */
KfOere kf_cost_each(const KfGroup *group, KfView view, KfCourseKind kind, int sum);
/** What a case gains: counterfactual less actual; KF_NOT_STATED where either is. */
KfOere kf_case_gain(const KfCaseDigest *item, KfView view, int sum);

#endif
