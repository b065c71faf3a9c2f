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

/** As the workbook has it, or once the corrections of its audit are made. */
typedef enum { KF_TYPED, KF_CORRECTED, KF_VIEW_COUNT } KfView;

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

/** A corrected cell that moves a payer's sum. */
typedef struct {
    KfText sheet; /**< masked */
    KfRef cell;
    KfCourseKind course;
    int payer;     /**< KfPayer, or KF_PAYER_NONE for a total of all */
    KfText period; /**< "7-12", empty for a total over all periods */
    KfOere before, after;
    bool has_before; /**< false: nothing stood there */
    KfFindingCode code;
    KfText message[KF_LANG_COUNT];
} KfCorrection;

/** What one benefit costs in both courses, all periods together. */
typedef struct {
    KfText label; /**< as it stands where it comes first, masked */
    KfOere amount[KF_COURSE_COUNT];
} KfBenefitSum;

/** One citizen of one workbook. */
typedef struct {
    KfText citizen, sheet; /**< masked */
    KfText municipality;   /**< stated on the sheet or in the workbook, else empty */
    KfCourseSums courses[KF_COURSE_COUNT];
    KfCorrection *corrections;
    size_t correction_count;
    KfBenefitSum *benefits;
    size_t benefit_count;
    uint64_t figures; /**< fingerprint of every typed amount of both courses */
} KfCaseDigest;

typedef enum {
    KF_FILE_USED,
    KF_FILE_WITHOUT_CASES,
    KF_FILE_FAILED,   /**< it could not be read */
    KF_FILE_DOUBLE,   /**< the bytes of another file of the run */
    KF_FILE_CORRECTED /**< our corrected copy of another file of the run */
} KfFileUse;
/** "used", "no-cases", "unreadable", "duplicate", "corrected-copy"; published. */
const char *kf_file_use_key(KfFileUse use);

/** One workbook, boiled down. */
typedef struct {
    KfText path;
    KfText sha256;      /**< empty when it could not be read */
    KfText made_from;   /**< of a corrected copy: the sha256 of what it was made from */
    const KfError *err; /**< NULL when it could be read */
    KfCaseDigest *cases;
    size_t case_count;
    size_t found[KF_SEVERITY_COUNT]; /**< root findings */
    KfFileUse use;                   /**< what kf_reconcile() made of it */
    size_t same_as;                  /**< DOUBLE, CORRECTED: index of the other file */
} KfFileDigest;

/**
 * Boil a workbook down; nothing in out points into the audit, its plan or its book.
 * Call inside kf_arena_run().
 */
void kf_digest_file(KfArena *arena, const KfAudit *audit, const KfFixPlan *plan, KfText path,
                    KfText sha256, KfFileDigest *out);
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

/** Cases put together: a municipality, a folder, a file, or all of them. */
typedef struct {
    KfText name;                  /**< empty: no municipality is stated */
    size_t citizens;              /**< all of them */
    size_t complete;              /**< those with both courses */
    size_t counted[KF_SUM_COUNT]; /**< those whose sums of the payer are stated in both */
    KfSums totals[KF_VIEW_COUNT][KF_COURSE_COUNT]; /**< of those that are counted */
    KfSums gain[KF_VIEW_COUNT]; /**< a citizen: (counterfactual - actual) / counted */
    KfPeriodSums *gains;        /**< of the period, all citizens together */
    size_t gain_count;
    size_t in_gains[KF_SUM_COUNT]; /**< citizens in gains: those that state the payer in
                                        each of its periods, in both courses */
    KfTurn turn[KF_VIEW_COUNT][KF_SUM_COUNT];
    KfOere case_cost;    /**< of running the intervention, a case; KF_NOT_STATED */
    KfOere median_gain;  /**< of all payers a citizen, as typed */
    KfOere extreme_from; /**< distance from the median that counts as extreme */
    KfExtreme *extremes; /**< farthest first */
    size_t extreme_count;
    KfBenefitSum *benefits; /**< those that move the gain most first */
    size_t benefit_count;
} KfGroup;

/** Two citizens whose amounts are all the same. */
typedef struct {
    size_t file, item, other_file, other_item;
} KfTwin;

typedef enum {
    KF_MEASURE_GAIN,
    KF_MEASURE_ACTUAL,
    KF_MEASURE_COUNTERFACTUAL,
    KF_MEASURE_COST
} KfMeasure;
typedef enum {
    KF_AGREES,           /**< to the øre */
    KF_AGREES_ROUNDED,   /**< within what the published digits leave out */
    KF_AGREES_CORRECTED, /**< with the corrected figures, rounded or not; not with the typed */
    KF_DIFFERS,
    KF_NOT_IN_FILES /**< no such municipality or figure */
} KfAgreement;
/** "equal", "rounded", "corrected", "different", "absent"; published. */
const char *kf_agreement_key(KfAgreement agreement);

/** A published figure beside ours. */
typedef struct {
    KfText source, municipality, measure; /**< as the file has them */
    KfText payer;
    KfMeasure kind;
    int sum; /**< KfPayer, or KF_ALL_PAYERS */
    KfOere published;
    KfOere unit;                /**< of the last digit shown */
    KfOere ours[KF_VIEW_COUNT]; /**< or KF_NOT_STATED */
    KfAgreement agreement;
    size_t group; /**< index, or KF_NO_INDEX */
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
    KfGroup *groups; /**< by name */
    size_t group_count;
    KfGroup all;
    KfTwin *twins;
    size_t twin_count;
    KfPublished *published;
    size_t published_count;
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
/** What a case gains: counterfactual less actual; KF_NOT_STATED where either is. */
KfOere kf_case_gain(const KfCaseDigest *item, KfView view, int sum);

#endif
