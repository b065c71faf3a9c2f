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

/** What fix would change. Call inside kf_arena_run(). */
void kf_fix_plan(KfArena *arena, const KfAudit *audit, KfFixPlan *out);

/** Provenance for the Rettelser sheet. */
typedef struct {
    KfText file_name, sha256;
    KfLang lang;
    bool fills, notes; /**< how changed cells are marked in place */
} KfFixOptions;

/** The edits and the Rettelser sheet that carry out a plan. Inside kf_arena_run(). */
void kf_fix_edits(KfArena *arena, const KfAudit *audit, const KfFixPlan *plan,
                  const KfFixOptions *options, KfEdits *out);

#endif
