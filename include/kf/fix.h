/**
 * @file
 * From findings to edits, and what they do to the payers' totals.
 */
#ifndef KF_FIX_H
#define KF_FIX_H

#include "kf/audit.h"
#include "kf/edit.h"

typedef struct {
    KfRef cell;
    KfOere before_amount;
    KfText before; /**< the cell's text as it stood */
    KfOere after;
    bool is_text; /**< the new value is a text: after_text, not after */
    KfText after_text;
    uint32_t finding; /**< id */
} KfChange;

/** A payer's total of one course as typed, and once the corrections are made. */
typedef struct {
    size_t case_index;
    KfCourseKind course;
    KfPayer payer;
    KfOere before, after;
} KfEffect;

typedef struct {
    KfChange *changes; /**< by sheet, row, column */
    size_t change_count;
    KfEffect *effects; /**< every payer of every course, changed or not */
    size_t effect_count;
    size_t proposal_count; /**< root findings that a person must decide */
    size_t open_count;     /**< root errors and warnings that fix leaves open, proposals too */
} KfFixPlan;

/** What the user has decided. */
typedef struct {
    const uint32_t *accepted; /**< ids of proposals to carry out */
    size_t accepted_count;
    bool all_proposals; /**< and every one that has no other explanation */
    bool only_some;     /**< correct findings of these codes, and what follows from them */
    bool only[KF_FINDING_COUNT];
    bool keep_protected; /**< correct no locked cell of a protected sheet */
} KfFixChoice;

/** Whether the finding is a proposal with a value that can be written. */
bool kf_is_acceptable(const KfFinding *finding);

/**
 * An audit as it is once the choice is made: accepted proposals are corrections,
 * and with them the corrections of what depends on them, found by checking the book
 * with the accepted values anew; corrections that were not chosen have no action.
 * A finding that was there before keeps its id. audit, its book and its findings are
 * left alone. options: those of the audit. Call inside kf_arena_run().
 */
void kf_fix_settle(KfArena *arena, const KfAudit *audit, const KfCheckOptions *options,
                   const KfFixChoice *choice, KfAudit *out);

/** What fix would change and leave, but not what that comes to: no effects. */
void kf_fix_plan_changes(KfArena *arena, const KfAudit *audit, KfFixPlan *out);
/** What fix would change. Call inside kf_arena_run(). */
void kf_fix_plan(KfArena *arena, const KfAudit *audit, KfFixPlan *out);

/** The change of a cell, or NULL. */
const KfChange *kf_find_change(const KfFixPlan *plan, KfRef ref);

/** What a course says of a payer over all its periods: the payer's stated total, else
 *  the sum of its cells; after the changes of a plan, too. */
typedef struct {
    KfOere before, after;
    bool has_before, has_after; /**< every figure that it takes is stated */
} KfPayerSum;
KfPayerSum kf_payer_sum(const KfFixPlan *plan, const KfCourse *course, KfPayer payer);

/** Provenance for the Rettelser sheet. */
typedef struct {
    KfText file_name, sha256;
    KfLang lang;
    bool fills, notes;   /**< how changed cells are marked in place */
    bool keep_protected; /**< neither change nor mark a locked cell of a protected sheet */
} KfFixOptions;

/**
 * The edits that take back what the Rettelser sheet of a corrected copy tells of, and
 * the sheet itself. False when the book has no such sheet, or none that keeps what the
 * cells were; detail then says what is missing. Call inside kf_arena_run().
 */
bool kf_revert_edits(KfArena *arena, const KfBook *book, KfEdits *out, KfText *detail);

/** The edits and the Rettelser sheet that carry out a plan. Inside kf_arena_run(). */
void kf_fix_edits(KfArena *arena, const KfAudit *audit, const KfFixPlan *plan,
                  const KfFixOptions *options, KfEdits *out);

#endif
