/* A table beside the cases as a system of cells: the sums, products and shares that
 * tie its figures together, and the cheapest set of changes that mends them. */
#ifndef KF_CHECK_TABLE_CHECK_H
#define KF_CHECK_TABLE_CHECK_H

#include "check/checks.h"
#include "check/tie_given.h"

enum { KF_FACTORS_MAX = 4, KF_MILLION = 1000000 };

/* What multiplies a term: a cell as it stands, or one that comes on top or goes off. */
typedef enum { KF_TIMES, KF_TIMES_PLUS, KF_TIMES_LESS } KfFactorKind;

/* sign × amount × factors × constant */
typedef struct {
    int node;
    int sign;
    int factors[KF_FACTORS_MAX];
    KfFactorKind kinds[KF_FACTORS_MAX];
    size_t factor_count;
    int64_t constant; /* millionths */
} KfTableTerm;

/* The whole is the sum of the terms. */
typedef struct {
    int whole;
    int derived; /* the node that people compute by it: the whole, or a term */
    KfTableTerm *terms;
    size_t count, cap;
    KfFindingCode code;
    bool is_product;
    const KfRule *rule; /* that gives the share, or NULL: arithmetic alone */
} KfTableEdit;

typedef struct {
    const KfFigure *figure;
    size_t row, column;
    bool is_factor;
    int64_t quantity; /* of a factor, in millionths */
    int weight;
    bool is_derived, is_settled;
    bool is_tied; /* to the cases: it is what they give */
    int *edits;   /* that it is part of */
    size_t edit_count, edit_cap;
} KfTableNode;

/* What a cell of a summary is by the cases beneath it. */
typedef struct {
    bool is_tied;
    bool is_open; /* it rests on what a person must decide in the cases */
    KfOere value;
    uint32_t mark;     /* of the finding that it is wrong of itself, or 0 */
    uint32_t follows;  /* of the finding that it follows from a case, or 0 */
    KfTiedSlips slips; /* of amounts in the cases that would make them give what it says */
} KfTie;

typedef struct {
    KfCheck *check;
    KfArena *arena;
    const KfTable *table;
    KfTie *ties;        /* one a cell, or NULL */
    KfTableNode *nodes; /* row * column_count + column */
    size_t node_count;
    KfTableEdit *edits;
    size_t edit_count, edit_cap;
    KfOere *stated;    /* a node: as it stands, øre or millionths */
    size_t lines_left; /* that may still be gone through for sums down the columns */
} KfTableCheck;

/* Tie the cells of the table together by what its rows and columns hold. */
void kf_table_edits(KfTableCheck *check);

/* A cell that an explanation changes. */
typedef struct {
    int node;
    int edit;     /* that shows it */
    KfOere value; /* øre, or millionths of a factor */
    int parent;   /* index of the change that it follows from, or -1 for a root */
} KfTableChange;

enum { KF_TABLE_CHANGES_MAX = 8, KF_TABLE_RIVALS_MAX = 4 };

typedef struct {
    KfTableChange changes[KF_TABLE_CHANGES_MAX];
    size_t count;
    int cost;
} KfTableExplanation;

/* One knot of failing edits: the best explanation and those that come near it.
 * count is 0 when it is too tangled. */
typedef struct {
    KfTableExplanation best, rivals[KF_TABLE_RIVALS_MAX];
    size_t rival_count;
    int edit; /* the first one that fails */
} KfTableKnot;

/* Explain the edits that fail, knot by knot, from the first on; false when none is left. */
typedef struct KfTableSearch KfTableSearch;
KfTableSearch *kf_table_search(KfTableCheck *check);
bool kf_table_next(KfTableSearch *search, KfTableKnot *out);

/* What the edit gives a node when all others are as the values say; false when it
 * gives no amount. values: one a node. */
bool kf_table_solve(const KfTableCheck *check, const KfTableEdit *edit, int node,
                    const KfOere *values, KfOere *out);
/* Whether the figures, as wide as they are shown, can meet. */
bool kf_table_holds(const KfTableCheck *check, const KfTableEdit *edit, const KfOere *values);

/* A finding at a cell of a table. */
KfFinding *kf_table_finding(KfCheck *check, const KfTable *table, size_t row, size_t column,
                            KfFindingCode code, KfSeverity severity, KfAction action);
/* Check a summary against the cases and add what differs; one a cell, or NULL when the
 * table is about something else. */
KfTie *kf_check_ties(KfCheck *check, const KfTable *table);

/* Whether each cell of the sum is tied to the cases: then those tell what is wrong. */
bool kf_table_is_tied(const KfTableCheck *check, const KfTableEdit *edit);
/* What the sums of the summary say of cells that differ from the cases. */
void kf_weigh_ties(KfTableCheck *check);

/* Check a table and add its findings. */
void kf_check_table(KfCheck *check, const KfTable *table);

#endif
