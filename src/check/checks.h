/* The single checks, as the audit runs them. */
#ifndef KF_CHECK_CHECKS_H
#define KF_CHECK_CHECKS_H

#include "base/text_map.h"
#include "base/text_near.h"
#include "check/course_check.h"
#include "check/finding_list.h"
#include "kf/formula.h"
#include "kf/parts.h"

/* Who was found to pay an item without a rule, and where. */
typedef struct KfInferred {
    KfText label;
    int payer;
    KfRef cell;
} KfInferred;

/* The course that a finding is about. */
typedef struct {
    size_t case_index;
    const KfCourse *course;
} KfPlace;

/* Who pays an item without a rule, as one column shows it. */
typedef struct {
    KfPlace place;
    const KfItem *item;
    size_t period;
    int payer;
    KfOere amount;
} KfShown;

/* "1,5 måned" at the end of a label: 3 halves of a month. */
typedef struct {
    int64_t halves;
    KfText unit, stem;
} KfQuantity;

enum { KF_QUANTITY_MAX = 20000 }; /* halves that a label can name */

/* What a quantity of a benefit costs, and in how many rows of the workbook it does. */
typedef struct {
    KfQuantity quantity;
    KfText benefit, label;
    KfOere amount;
    KfRef cell; /* of the first such row */
    size_t rows;
} KfUnitPrice;

/* What rows of a label cost in a year, by the first of them that fits a rate. */
typedef struct {
    int32_t year; /* 0: not looked for yet */
    KfOere price; /* of the rate's unit; 0: none fits */
    const KfRate *rate;
} KfLabelPrice;
/* What is asked of a label in many rows, found out once. */
typedef struct {
    KfBenefitMatch match;
    KfQuantity quantity; /* that it names; halves 0 when it names none */
    int32_t stays;       /* kf_label_stays() */
    KfLabelPrice price;  /* kf_item_price()'s */
    size_t thing;        /* kf_common_price()'s */
    bool has_thing;
    size_t first_alike; /* kf_check_prices()' */
} KfKnownLabel;

/* Who was said to be inferred to pay a label by cases before, or KF_PAYER_NONE. */
typedef struct {
    KfText label;
    int payer;
} KfAsked;

/* One workbook while it is checked. */
typedef struct KfCheck {
    KfArena *arena;
    KfArena *scratch; /* emptied after each course */
    const KfBook *book;
    const KfCheckOptions *options;
    KfAudit *audit;
    KfFindingList list;
    KfConfidence date_confidence;
    int32_t year;            /* whose rates are used */
    bool law_only;           /* pass over the workbook's own assumptions */
    KfEvaluator *evaluator;  /* made when the first formula is looked at */
    KfTextMap label_at;      /* to labels */
    KfTextNear *labels_near; /* or NULL, as long as none was asked for */
    KfKnownLabel **labels;
    size_t label_count, label_cap;
    KfTextMap section_payers; /* whom the heading of a section names, or KF_PAYER_COUNT */
    KfAssumption *assumptions;
    KfText inferred_said[2][KF_PAYER_COUNT][KF_LANG_COUNT]; /* by whether a rule is open */
    size_t pair_count;                                      /* cases with both courses */
    KfInferred *inferred;                                   /* one a label, by first place */
    size_t inferred_count, inferred_cap;
    KfTextMap inferred_at; /* label to index into inferred, of those that were looked for */
    KfShown *shown;        /* in the order of the cases */
    size_t shown_count, shown_cap;
    struct KfUnitPrices *unit_prices; /* made when the first label names a quantity */
    struct KfCaseSums *case_sums;     /* made when the first summary is looked at */
    struct KfCourseReach *reaches;    /* made when the course of a cell is asked for */
    size_t reach_count, reaches_begun;
    const struct KfCheck *parent; /* of a worker: what it was split off from, which stands
                                         still as long as it works; */
    size_t inferred_before;       /* how many had been inferred when its case began, */
    KfAsked *asked;               /* and what it was told of those */
    size_t asked_count, asked_cap;
} KfCheck;

/* Check every case; false when someone wants the check to stop. */
bool kf_check_cases(KfCheck *check);
/* Whether the cell stands in the course. */
bool kf_course_holds(const KfCourse *course, KfRef cell);
/* The course of the workbook that the cell stands in, or NULL. */
const KfCourse *kf_course_at(KfCheck *check, KfRef cell);
/* Tell of hidden rows and columns of the course. */
void kf_check_hidden(KfCheck *check, const KfPlace *place);

/* A finding at a figure of a course: cell, citizen, course, period, payer, label. */
KfFinding *kf_finding_at(KfCheck *check, const KfPlace *place, KfFindingCode code,
                         KfSeverity severity, KfAction action, const KfFigure *figure, int period,
                         int payer, KfText label);

/* "7-12" of a column of the course; empty for -1 and for headings not understood. */
KfText kf_period_text(KfArena *arena, const KfCourse *course, int period);

/* What is known of a label; it stays where it is. */
KfKnownLabel *kf_check_label(KfCheck *check, KfText label);
KfBenefitMatch kf_check_benefit(KfCheck *check, KfText label);
/* What an amount may be when a rate is looked for: a sheet in 1.000 kr. shows it rounded. */
KfInterval kf_amount_within(const KfFigure *figure);
/* Whether it leaves so little open that a whole number of the price in it is no chance. */
bool kf_is_narrow(KfInterval shown, KfOere price);
/* The rate that the figure fits, for a period as long as any course. */
bool kf_fits_some_period(const KfCheck *check, KfText benefit, const KfFigure *figure,
                         KfRateFit *fit);
/* Rules' date: the option, else the workbook, else the year whose rates fit. */
void kf_check_as_of(KfCheck *check);

/* What rule each item of a course follows. */
void kf_item_rules(KfCheck *check, const KfPlace *place, KfCourseCheck *out);
/* By the law of one day, whatever the audit goes by. */
void kf_item_rules_at(KfCheck *check, const KfCourse *course, KfDate date, KfCourseCheck *out);
/* Price of a week of the item, and how sure it is. */
void kf_item_price(KfCheck *check, const KfCourse *course, const KfItem *item, KfItemRule *rule);
/* In a sheet so coarse that amounts are whole numbers of several rates of their benefit, the
 * rate that more of its payer figures follow is taken. The nodes must be built already. */
void kf_choose_prices(const KfCheck *check, KfCourseCheck *course);
/* The year whose rules the payer rows fit best, from newest back; 0 when all fit alike. A year
 * that some amounts fit (fitted, or 0) holds until another leaves less than half of its misfits. */
int32_t kf_year_of_splits(KfCheck *check, int32_t newest, int32_t fitted);
/* First day of each course; false when one is not known, which audit->no_start names. */
bool kf_check_starts(KfCheck *check);
/* Read what the workbook assumes, and tell where it differs from the rules. */
void kf_check_assumptions(KfCheck *check);
/* First day of a column of a course that begins on a day. */
KfDate kf_column_start(const KfCourse *course, KfDate start, size_t period);

/* Every figure of a course with the row, period and payer that it belongs to. */
typedef void (*KfFigureVisitor)(KfCheck *check, const KfPlace *place, const KfFigure *figure,
                                int period, int payer, KfText label, void *ctx);
void kf_visit_figures(KfCheck *check, const KfPlace *place, KfFigureVisitor visit, void *ctx);

void kf_check_periods(KfCheck *check, size_t case_index);
/* The amount that a text is when letters are taken for the digits they look like;
 * unit: øre that a shown 1 stands for. */
bool kf_amount_looks_like(KfText text, KfOere unit, KfOere *out);
KfTextCount kf_count_texts(KfCheck *check, const KfPlace *place);
/* Whether some amounts are texts, and most are numbers. */
bool kf_are_stray(const KfTextCount *count);
void kf_check_text_amounts(KfCheck *check, const KfPlace *place, const KfTextCount *count);
/* Mistakes that leave the sums intact; `suspect` cells are already explained. */
void kf_check_prices(KfCheck *check, size_t case_index);
/* Sums and splits of one course, located. */
void kf_check_course(KfCheck *check, const KfPlace *place, KfCourseCheck *course);
/* The split of each benefit where a list states it. */
void kf_check_list_splits(KfCheck *check, const KfPlace *place);
/* Who pays an item of this label elsewhere in the workbook; NULL when not known. */
const KfInferred *kf_inferred_payer(KfCheck *check, KfText label);
/* Items whose payer was inferred. */
void kf_check_inferred(KfCheck *check, const KfPlace *place, const KfCourseCheck *course,
                       const KfExplanation *explanation);

/* A finding of a whole course, at its first cell, with nothing to be done. */
void kf_tell_course(KfCheck *check, const KfPlace *place, KfFindingCode code, KfSeverity severity,
                    KfSay say);
/* How many cases have both courses; before kf_check_incomplete(). */
void kf_count_pairs(KfCheck *check);
/* A course without the sums that the citizen's other one has, and one that lacks the other. */
void kf_check_incomplete(KfCheck *check, size_t case_index);

/* The same label inferred in two ways, when all cases are done. */
void kf_check_inconsistent(KfCheck *check);

/* What is wrong with a figure's own formula. */
typedef struct {
    enum { KF_FAULT_NONE, KF_FAULT_STALE, KF_FAULT_RANGE, KF_FAULT_PATTERN } kind;
    enum { KF_RANGE_MISSES, KF_RANGE_ADDS, KF_RANGE_CIRCLE, KF_RANGE_ELSEWHERE } range;
    KfRef cell;   /* RANGE: that it leaves out or adds, or that it fetches from elsewhere */
    KfText right; /* RANGE, PATTERN: the formula that should stand there */
    bool unknown; /* not evaluable: its old result stands */
} KfFormulaFault;

/* Build a course's nodes and find the cheapest explanation of what is wrong. */
KfVerdict kf_locate_course(KfCheck *check, const KfPlace *place, KfCourseCheck *course,
                           KfFormulaFault **faults);

/* Leave corrections of the course to a person where they would break a sum that holds, or
 * belong with one that is left. first: of the course's findings. */
void kf_hold_back(KfCheck *check, const KfCourseCheck *course, size_t first);

KfEvaluator *kf_check_evaluator(KfCheck *check);
KfFormulaFault kf_formula_fault(KfCheck *check, KfCourseCheck *course, const KfNode *node);
/* What the figure's formula gives, when the file shows something else. */
bool kf_shows_old_result(KfCheck *check, const KfCourse *course, const KfFigure *figure,
                         KfOere *gives);
/* Numbers typed among formulas, and formulas unlike their neighbours. */
void kf_check_formulas(KfCheck *check, const KfPlace *place, KfCourseCheck *course);

/* Whether an input at this cell has a finding already. */
bool kf_is_suspect(const KfCheck *check, KfRef cell);
/* "uge", "måneder" */
KfArg kf_unit_name(KfRateUnit unit, int64_t count);
/* Say which keystroke makes one amount of the other, if one does. */
void kf_say_slip(KfCheck *check, KfFinding *finding, KfOere typed, KfOere meant);
/* Say what else the finding may be. */
void kf_say_alternatives(KfCheck *check, KfFinding *finding);
/* How much a label names; false when it names no quantity. */
bool kf_quantity_of(KfText label, KfQuantity *out);
/* The price that most rows of the label's benefit have in the workbook; NULL when they
 * differ. */
const KfUnitPrice *kf_common_price(KfCheck *check, const KfKnownLabel *label);
/* Find all prices now, so that kf_common_price() changes nothing. */
void kf_find_unit_prices(KfCheck *check);
/* Whether the amount is that price for so many halves, within what rounding to kroner does. */
bool kf_is_unit_price(const KfUnitPrice *price, KfOere amount, int64_t halves);

/* What an audit needs to be asked more; options live as long, and it tells no findings. */
KfCheck kf_check_again(KfArena *arena, KfArena *scratch, const KfAudit *audit,
                       const KfCheckOptions *options);
/* Who carries each amount of a course whose items' rules are known: item * periods + period,
 * in arena. Builds the course. */
KfPayerParts *kf_course_parts(KfArena *arena, KfCourseCheck *course);

/* ignore.c: take the findings that options pass over out of the audit. */
void kf_ignores_apply(KfArena *arena, const KfCheckOptions *options, KfAudit *audit);

#endif
