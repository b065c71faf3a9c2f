/**
 * @file
 * Where one figure of a case comes from, step by step, so that a person can
 * follow it with a pocket calculator.
 */
#ifndef KF_EXPLAIN_H
#define KF_EXPLAIN_H

#include "kf/audit.h"

/** What kind of cell was asked about. */
typedef enum {
    KF_EXPLAIN_ITEM,        /**< an amount of a benefit in a period */
    KF_EXPLAIN_PAYER,       /**< what a payer carries of a period */
    KF_EXPLAIN_TOTAL,       /**< what a period costs */
    KF_EXPLAIN_PART,        /**< what a payer carries of a benefit, payers as columns */
    KF_EXPLAIN_ITEM_TOTAL,  /**< a benefit over all periods */
    KF_EXPLAIN_PAYER_TOTAL, /**< a payer over all periods */
    KF_EXPLAIN_CASE_TOTAL,
    KF_EXPLAIN_PERIOD,  /**< the heading of a period */
    KF_EXPLAIN_BENEFIT, /**< the label of a benefit: how each of its amounts is split */
    KF_EXPLAIN_TABLE,   /**< a figure of a table beside the cases */
    KF_EXPLAIN_OTHER    /**< any other cell that a finding is about */
} KfExplainKind;
/** "item", "payer-total"; published. */
const char *kf_explain_key(KfExplainKind kind);

typedef enum {
    KF_STEP_HEADING, /**< what the steps after it are */
    KF_STEP_ITEM,    /**< an item and its amount; its own steps follow */
    KF_STEP_BENEFIT, /**< how its label was read */
    KF_STEP_RULE,
    KF_STEP_WEEKS, /**< weeks before and in the period */
    KF_STEP_TIER,  /**< weeks x rate x share */
    KF_STEP_SHARE, /**< amount x share */
    KF_STEP_CAP,
    KF_STEP_INFERRED, /**< no rule says who pays */
    KF_STEP_SOURCE,   /**< law, source and confidence */
    KF_STEP_PART,     /**< what a payer carries of the item */
    KF_STEP_TERM,     /**< a cell that a sum adds */
    KF_STEP_SUM,
    KF_STEP_READING, /**< rate x time x share that give an amount exactly */
    KF_STEP_NOTE
} KfStepKind;
/** "item", "tier"; published. */
const char *kf_step_key(KfStepKind kind);

typedef struct {
    KfStepKind kind;
    bool has_cell;
    KfRef cell;
    KfText label;   /**< of the row of an item or a term, as it stands */
    int payer;      /**< KfPayer, or KF_PAYER_NONE */
    KfValue amount; /**< what the step comes to */
    bool is_range;  /**< a rule leaves the amount open within range */
    KfInterval range;
    int64_t nanoweeks; /**< TIER: weeks in it, in thousand-millionths */
    int64_t halves;    /**< READING: half units of time */
    KfOere price;      /**< TIER, READING: of a week or other unit; 0: none */
    int32_t share_bp;  /**< TIER, SHARE, READING; -1: none */
    KfText text[KF_LANG_COUNT];
} KfStep;

/** The derivation of one cell; lives in the arena it was made in. */
typedef struct {
    KfExplainKind kind;
    KfRef ref;
    size_t case_index; /**< or KF_NO_INDEX: of no case, and of no course */
    KfCourseKind course;
    KfText period; /**< "7-12", empty when the cell belongs to none */
    int payer;
    KfText label;
    KfText formula;   /**< without "=", empty when typed */
    KfValue stands;   /**< an amount, a text, or nothing */
    KfValue expected; /**< none when it cannot be said */
    KfStep *steps;
    size_t step_count;
    const KfFinding **findings; /**< about the cell, and those that follow from them */
    size_t finding_count;
} KfExplained;

/**
 * Derive the figure, heading or label at ref anew, as kf_audit() did; audit's book and
 * rules must still be there. False when none stands there and no finding is about it.
 * Call inside kf_arena_run().
 */
bool kf_explain_cell(KfArena *arena, const KfAudit *audit, KfRef ref, KfExplained *out);

#endif
