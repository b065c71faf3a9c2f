/* One course as a system of cells: what each figure should be, how it may have
 * been derived from others, and the cheapest explanation of what is wrong. */
#ifndef KF_CHECK_COURSE_CHECK_H
#define KF_CHECK_COURSE_CHECK_H

#include "kf/audit.h"

/* Who carries an item: by a rule, or by what makes the column come out. */
typedef struct {
    KfBenefitMatch match;
    const KfRule *rule; /* NULL, or of kind OPEN: free */
    bool is_free;
    bool is_support;         /* supports the citizen: its weeks are none of self-support */
    KfConfidence confidence; /* of the rule, and of the price of a week */
    KfOere weekly;           /* price of a week, WEEKS rules; to the nearest øre */
    KfOere exact;            /* the same exactly, in parts of an øre: */
    int32_t scale;           /* this many to an øre */
    const KfRate *rate;      /* that the price comes from, or NULL */
    KfConfidence sure;       /* of the price of a week alone */
    bool fits;               /* the price is one that amounts are whole numbers of */
    bool is_carried;         /* the rate is that of another year */
    bool law_changes;        /* within the column: the law of its first day is taken */
    size_t clock;            /* index of the clock it counts on, or KF_NO_CLOCK */
    size_t also;             /* a clock that its weeks count on by a later law, or KF_NO_CLOCK */
    int32_t stays;           /* STAY_CAP: stays that the label names, 0 when unknown */
    KfOere stay_cap;         /* STAY_CAP: of the year, within the rule's range; or 0 */
    int payer_hint;          /* payer it was given elsewhere, or its section names; or none */
    const KfAssumption *assumed; /* the workbook's own rule, when it is that */
} KfItemRule;

#define KF_NO_CLOCK SIZE_MAX

/* What rests on something else is no surer than that. */
static inline void kf_weaken(KfConfidence *confidence, KfConfidence by)
{
    if (by < *confidence)
        *confidence = by;
}

typedef enum {
    KF_NODE_ITEM,
    KF_NODE_PAYER,
    KF_NODE_TOTAL,
    KF_NODE_PART,
    KF_NODE_ITEM_TOTAL,
    KF_NODE_PAYER_TOTAL,
    KF_NODE_CASE_TOTAL,
    KF_NODE_SUBTOTAL /* of a section in a period, or over all of them */
} KfNodeKind;

enum { KF_NODE_KINDS = KF_NODE_SUBTOTAL + 1 };

/* A formula that can be recalculated is so much surer than a typed figure. */
enum { KF_FORMULA_FACTOR = 4 };

/* A section's own sum, and the items that it adds: from the first to before the end. */
typedef struct {
    size_t memo, first, end;
} KfSubtotal;

typedef struct {
    int node, sign;
} KfTerm;

/* What it costs an explanation that a wrong figure was computed from others. */
enum {
    KF_FITTING_FACTOR = 2, /* of an amount at its rate, unless it would be at it with another */
    KF_COST_SUM = 15,
    KF_COST_MUNICIPALITY_REST = 20,
    KF_COST_REST = 80,
    KF_COST_WRONG_REST = 200
};

/* One way a figure can have been computed from others as they stand. */
typedef struct {
    KfTerm *terms;
    size_t count;
    int cost; /* how unusual it is to compute the figure this way */
} KfDerivation;

typedef struct {
    KfNodeKind kind;
    const KfFigure *figure;
    int item, period, payer; /* -1 where it has none */
    size_t memo;             /* SUBTOTAL: of the course */
    int weight;              /* cost of being at fault, 100 for a total */
    KfOere fits_price;       /* of a rate: the amount is a whole number of it, or a blank's row
                                is; or 0 */
    KfOere fits_most;        /* its column's months at that; 0: its row has another price */
    const KfFigure *costs;   /* a blank's benefit in the citizen's other course: its amounts, */
    size_t costs_count;      /* so many */
    bool is_settled;         /* by a person: not to be questioned */
    bool is_left_out;        /* a text among numbers: formulas pass over it */
    KfOere reads_as;         /* an input that cannot be read: what its letters look like, or 0 */
    bool is_faulty;          /* its formula is at fault: what it gives is no evidence of others */
    const KfFigure *
        meant; /* a payer's part as it would be if the formulas of its column were right, or NULL */
    bool is_stale;  /* an input whose formula gives something else than it shows, */
    bool shows_old; /* a sum whose formula does, */
    KfOere gives;   /* this */
    KfDerivation *derivations;
    size_t derivation_count, derivation_cap;
} KfNode;

/* What a figure should be under a hypothesis. */
typedef struct {
    KfOere value;
    KfInterval range;
    KfConfidence confidence;
    bool known;
} KfTruth;

typedef struct {
    int node;
    KfOere value;
} KfInputChange;

enum { KF_CHANGES_MAX = 4 };

/* What a column leaves open, and how an explanation takes it. */
enum {
    KF_COLUMN_AS_EXPECTED = 1, /* free items stay with the payers expected of them */
    KF_COLUMN_BY_REGION = 2    /* of two figures in a rule's range, the region's is right */
};

typedef enum { KF_FATE_RIGHT, KF_FATE_ROOT, KF_FATE_CONSEQUENCE } KfFate;

/* An explanation: which inputs were mistyped, which derived figures are wrong
 * of themselves, and which merely carry an error on. */
typedef struct {
    KfInputChange changes[KF_CHANGES_MAX];
    size_t change_count;
    uint8_t *taken; /* one a period: KF_COLUMN_ flags */
    uint8_t *open;  /* one a period: flags that would make a difference */
    KfTruth *truth; /* one a node */
    bool *excused;  /* one a node: a formula that adds what cannot be read or is blank */
    bool *unsure;   /* one a node: a total that breaks a sum of figures that nothing confirms */
    KfFate *fate;   /* one a node */
    int *parent;    /* consequence: the node it follows from */
    int *assigned;  /* item * periods + period: KfPayer of a free item */
    int cost;
} KfExplanation;

/* Begun weeks on a clock of whole ones. */
typedef enum {
    KF_WEEKS_WHOLE,      /* as by law, though the sheet does not show it */
    KF_WEEKS_WHOLE_SEEN, /* the sheet's payers follow it */
    KF_WEEKS_RUNNING,    /* they follow weeks that run on unrounded */
    KF_WEEKS_RUNNING_ON  /* with those, mistakes are explained at less cost */
} KfWeekCount;

/* How the amounts of a course are stored. */
typedef struct {
    size_t texts, stated, unreadable; /* texts are stated */
} KfTextCount;

/* The formulas of a row as they read from their cells. */
typedef struct {
    KfText *forms; /* one a period; NULL until asked for */
    size_t usual;  /* the first period with the form that most have, or SIZE_MAX */
} KfRowForms;

typedef struct {
    KfArena *arena;
    KfTextCount texts;
    KfConfidence date_confidence; /* how sure the rules' date is */
    KfOere tolerance;
    KfOere step;           /* every stated figure is a multiple of it: 100 in whole kroner */
    bool whole_items;      /* every amount of a benefit is in whole kroner */
    bool as_cached;        /* formulas of inputs count with what they show, though it is old */
    bool texts_left_out;   /* texts among numbers: formulas pass over them */
    bool periods_doubtful; /* a heading breaks the row, or the other course has others */
    bool payers_are_all;   /* those with a row add up to the totals: no other pays anything */
    bool shows_item_sums;  /* some row has a total or payers' parts of its own */
    bool parts_run_clocks; /* its parts are other benefits, that take weeks and are not added */
    bool rests_unknown;    /* what benefits leave of a column is not counted as self-support */
    const KfCourse *course;
    KfItemRule *items;          /* of the first column */
    KfItemRule *by_period;      /* item * periods + period; NULL when all columns are alike */
    const KfRule **clock_rules; /* one a clock: a rule by weeks that counts on it, or NULL */
    bool *left_out;             /* one an item: all sums agree that it is none */
    size_t clock_count;
    KfWeekCount week_count; /* where the law counts begun weeks as whole ones */
    bool is_other_law;      /* than that which the course's payers follow */
    KfNode *nodes;
    size_t node_count;
    const KfNode *
        *by_place;    /* in the order of their cells, as kf_order_nodes() leaves them, or NULL */
    int *item_nodes;  /* item * periods + period, -1 where no cell */
    int *payer_nodes; /* payer * periods + period */
    int *total_nodes; /* period */
    int *part_nodes;  /* item * payers + payer */
    int *item_total_nodes; /* item */
    KfSubtotal *subtotals;
    size_t subtotal_count;
    int *subtotal_nodes;       /* subtotal * periods + period */
    int *subtotal_total_nodes; /* subtotal */
    int payer_total_nodes[KF_PAYER_COUNT];
    int case_total_node;
    int payer_row_nodes[KF_PAYER_COUNT]; /* totals that a column of the rows states besides */
    int case_row_node;
    KfTruth *plain_truth;                     /* with every input as it stands */
    KfRowForms row_forms[KF_PAYER_COUNT + 1]; /* of each payer's row, and of the totals */
} KfCourseCheck;

/* Put the nodes into the order of their cells, unless they are. */
void kf_order_nodes(KfCourseCheck *check);
/* Index into by_place of the first node that stands at the place or behind it. */
size_t kf_first_node_from(const KfCourseCheck *check, KfRef place);

/* Find rows that were read as items though every sum agrees without them: a payer whose
 * name was not understood, a count of hours. items must be filled already. */
void kf_leave_out_rows(KfCourseCheck *check);
/* Build the nodes and their derivations. items must be filled already. */
void kf_course_check_build(KfCourseCheck *check);

/* Whether two courses have the same columns. */
bool kf_same_periods(const KfCourse *a, const KfCourse *b);

/* How many payer figures do not agree with the rules, all inputs as they stand. */
size_t kf_payer_misfits(const KfCourseCheck *check);
/* Set week_count by what the payers follow. The nodes must be built already. */
void kf_choose_week_count(KfCourseCheck *check);
/* What a column costs as it is stated: its total, else its payers. */
KfOere kf_stated_cost(const KfCourse *course, size_t period);

/* Whether the column's payers, who pay something, are those of the column before: as they stand or
 * as they should be. */
bool kf_repeats_payers(const KfCourseCheck *check, const KfExplanation *explanation, int period);

/* What every figure should be with some inputs changed. */
void kf_truth(const KfCourseCheck *check, KfExplanation *explanation);

/* An input as the explanation has it. */
KfOere kf_explained_amount(const KfCourseCheck *check, const KfExplanation *explanation, int node);

/* The rule of an item in a column. */
static inline const KfItemRule *kf_item_rule(const KfCourseCheck *check, size_t item, size_t period)
{
    return check->by_period ? &check->by_period[item * check->course->period_count + period]
                            : &check->items[item];
}

/* One item in one period by its rule, weeks taken before it counted. */
typedef struct {
    KfOere amount;           /* with its sign */
    int64_t before, within;  /* WEEKS: nanoweeks of its clock before it, and its own */
    KfOere spent;            /* YEARLY: what the year has cost before it */
    bool restarted;          /* WEEKS: the clock started anew with this column */
    KfConfidence confidence; /* of the rule, and of all weeks that were counted before */
    KfOere part[KF_PAYER_COUNT];
    KfInterval range[KF_PAYER_COUNT];
    bool is_split; /* false for an item that no rule splits */
    bool by_month; /* its weeks come, in part, from a price a month */
    bool is_range;
} KfItemSplit;

/* The clocks of a course as its columns are taken one after the other. */
typedef struct {
    KfWeekClock *used;
    bool *by_month;     /* a clock: weeks on it come from a price a month */
    int64_t *first;     /* of each clock at the start of the column */
    int64_t *idle;      /* clock * periods + period: nanoweeks of self-support */
    bool *restarted;    /* with this column */
    KfConfidence *sure; /* of the weeks that each has counted */
    int32_t *year;      /* YEARLY: the year that spent is of */
    KfOere *spent;
    size_t *order; /* room for the items of a column */
} KfCourseClocks;
KfCourseClocks kf_course_clocks(const KfCourseCheck *check);

/* The inputs of a column as an explanation has them. */
void kf_column_amounts(const KfCourseCheck *check, const KfExplanation *explanation, size_t period,
                       KfOere *amounts);
/* Split the items of the next column, amounts of either sign; clocks are moved on. */
void kf_split_column(const KfCourseCheck *check, const KfOere *amounts, size_t period,
                     KfCourseClocks *clocks, KfItemSplit *out);
/* The weeks that an amount of the item pays, in nanoweeks. */
int64_t kf_item_weeks(const KfItemRule *rule, KfOere amount);
/* What of a period's amount falls in a year of the course (0 the first), spread evenly. */
KfOere kf_year_amount(KfPeriod period, KfOere amount, int32_t year);
/* How the items of a column are split under an explanation; one an item, in the check's arena. */
KfItemSplit *kf_column_splits(const KfCourseCheck *check, const KfExplanation *explanation,
                              size_t period);
KfItemSplit kf_item_split(const KfCourseCheck *check, const KfExplanation *explanation, size_t item,
                          size_t period);
/* Who is expected to pay an item without a rule. */
int kf_expected_payer(const KfItemRule *rule);
/* What an input would be if a payer's part of it grew by delta; 0 when no one amount
 * can be told. payer may be KF_PAYER_NONE. splits: of its column, when they are needed. */
bool kf_needs_splits(const KfCourseCheck *check, int node, int payer);
KfOere kf_input_by_part(const KfCourseCheck *check, const KfItemSplit *splits, int node, int payer,
                        KfOere delta);

/* A payer's part of an item without a rule: choice is a payer, or KF_PAYER_COUNT
 * and the tier of the open rule that it was given by. */
KfOere kf_free_part(const KfRule *open, int choice, KfOere amount, int payer);

/* The row's text of a figure. */
KfText kf_node_label(const KfCourse *course, const KfNode *node);

/* Which wrong figures are roots and which follow from them, at least cost. The steps of
 * the search are taken off *steps_left; with none left the first roots found stand. */
void kf_explain(const KfCourseCheck *check, KfExplanation *explanation, int *steps_left);

/* What right figures leave for one figure, one way of summing each. */
enum { KF_SUMS_LEFT_MAX = 8 };
typedef struct {
    KfTruth sums[KF_SUMS_LEFT_MAX];
    size_t count;
} KfSumsLeft;
void kf_sums_left(const KfCourseCheck *check, const KfExplanation *explanation, int node,
                  KfSumsLeft *out);

/* Where a rule leaves a range, what a wrong figure should be by the sums around it. */
void kf_narrow(const KfCourseCheck *check, KfExplanation *explanation);

/* Whether the figure is a keystroke from what it should be, give or take what rounding
 * leaves open. */
bool kf_node_slipped(const KfCourseCheck *check, const KfNode *node, const KfTruth *truth);

/* Whether two values of a figure are apart by no more than rounding. */
static inline bool kf_is_near(const KfCourseCheck *check, KfOere a, KfOere b)
{
    enum { FEW = 5 };
    const KfOere room = check->step > 1 ? 2 * check->step : FEW;

    return a - b <= room && b - a <= room;
}

/* Whether a keystroke explains the one for the other. In a sheet so coarse that amounts have a
 * digit or two, any two figures of one digit are a keystroke apart. */
bool kf_is_slip(const KfCourseCheck *check, KfOere typed, KfOere meant);

/* A payer's node in a column, or -1. */
static inline int kf_payer_node(const KfCourseCheck *check, size_t payer, size_t period)
{
    return check->payer_nodes[payer * check->course->period_count + period];
}

/* What the figure can stand for. Whoever types nothing but whole kroner rounds what a rule gives,
 * however the cell is shown. */
KfInterval kf_stands_for(const KfCourseCheck *check, const KfNode *node);

/* Whether a stated figure can stand for what it should be. */
bool kf_node_agrees(const KfCourseCheck *check, const KfNode *node, const KfTruth *truth);

typedef struct {
    KfExplanation *best;
    KfExplanation **rivals; /* nearly as cheap, with other roots */
    int near;               /* up to this cost they come near in their own right, others as a
                               blank may be something else beside it */
    size_t rival_count;
} KfVerdict;

/* Whether nothing in the course needs an explanation: then *verdict says so. What its nodes weigh
 * does not matter yet. */
bool kf_is_all_right(KfCourseCheck *check, KfVerdict *verdict);
/* The cheapest explanation of a course, and those that come near it. */
KfVerdict kf_locate_error(KfCourseCheck *check);
/* Another explanation of the same course, by other rules: a rival where it comes near. */
void kf_add_rival(const KfCourseCheck *check, KfVerdict *verdict, KfExplanation *rival);

#endif
