/**
 * @file
 * Cases as the checks see them: courses, items, payer rows and totals, each
 * figure tied to its cell.
 */
#ifndef KF_MODEL_H
#define KF_MODEL_H

#include "kf/grid.h"
#include "kf/value.h"

typedef enum { KF_ACTUAL, KF_COUNTERFACTUAL, KF_COURSE_COUNT } KfCourseKind;

typedef enum { KF_MUNICIPALITY, KF_STATE, KF_REGION, KF_OTHER, KF_PAYER_COUNT } KfPayer;
#define KF_PAYER_NONE (-1)

/** "municipality", "state", "region", "other" */
const char *kf_payer_key(KfPayer payer);
/** "kommunen", "staten" … (da); "the municipality" … (en) */
const char *kf_payer_name(KfPayer payer, KfLang lang);
/** "actual", "counterfactual" */
const char *kf_course_key(KfCourseKind kind);

typedef enum {
    KF_FIGURE_NONE,  /**< the table has no such cell */
    KF_FIGURE_BLANK, /**< the cell is empty, or says "-" or "ikke opgjort" */
    KF_FIGURE_STATED,
    KF_FIGURE_UNREADABLE /**< something stands there that is no amount */
} KfFigureState;

/** One figure of a table and the cell it stands in. */
typedef struct {
    KfRef ref;
    KfFigureState state;
    bool is_text; /**< an amount stored as text */
    bool is_formula;
    KfOere value;     /**< 0 unless stated */
    KfInterval range; /**< what the shown digits can stand for */
    KfText shown;     /**< the cell's own text, borrowed from the grid */
    KfText formula;   /**< without "=", empty when typed */
} KfFigure;

typedef struct {
    KfText text; /**< trimmed, as it stands */
    KfRef ref;   /**< meaningless when has_ref is false */
    bool has_ref;
} KfLabel;

/** A benefit row. */
typedef struct {
    KfLabel label;
    KfText section;                 /**< heading above it, empty when there is none */
    KfFigure *amounts;              /**< one for each period */
    KfFigure total;                 /**< the row's own total, to the right */
    KfFigure parts[KF_PAYER_COUNT]; /**< payers as columns: over all periods */
    bool is_part;                   /**< "heraf": part of the row above, not added */
} KfItem;

typedef struct {
    KfPeriod period; /**< {-1,-1} when the heading could not be read */
    KfLabel label;
} KfPeriodColumn;

/** One course of one citizen, as one table or one half of a table. */
typedef struct {
    KfCourseKind kind;
    KfText sheet_name;
    uint32_t sheet;
    KfRange range;   /**< from the heading to the last total */
    KfLabel heading; /**< "Faktisk forløb" */
    KfPeriodColumn *periods;
    size_t period_count;
    KfItem *items;
    size_t item_count;
    KfFigure *payers[KF_PAYER_COUNT]; /**< per period; NULL when there is no such row */
    KfLabel payer_labels[KF_PAYER_COUNT];
    KfFigure *totals; /**< per period; NULL when there is no such row */
    KfLabel total_label;
    KfFigure payer_totals[KF_PAYER_COUNT];
    KfLabel payer_total_labels[KF_PAYER_COUNT];
    KfFigure case_total;
    KfLabel case_total_label;
    KfOere unit;    /**< øre that a shown 1 stands for: 100, 100000 (t.kr.) */
    KfText horizon; /**< "3-årigt forløb" when the table says so, else empty */
    KfRef horizon_ref;
    int32_t horizon_months; /**< 0 when not stated */
} KfCourse;

/** One citizen; a course that the workbook does not have has period_count 0. */
typedef struct {
    KfText citizen; /**< "Borger 1" or the sheet's name; not yet masked */
    KfCourse courses[KF_COURSE_COUNT];
    bool has[KF_COURSE_COUNT];
} KfCase;

/** A cell that the reader passed over, with what a user should know of it. */
typedef struct {
    KfRef ref;
    KfText text;
} KfNote;

/** All that was understood of a workbook. */
typedef struct {
    KfCase *cases;
    size_t case_count;
    size_t blank_count; /**< courses of a form that nobody has filled in; in no case */
    KfNote *unplaced; /**< labels inside tables that could not be placed */
    size_t unplaced_count;
    KfDate stated_date; /**< a calculation date the workbook states, or KF_DATE_NONE */
    KfRef stated_date_ref;
} KfModel;

/** Find the case tables of a book, unchecked. Call inside kf_arena_run(). */
void kf_model_read(KfArena *arena, const KfBook *book, KfModel *model);

/** KF_OK, or why a book has no cases: KF_NO_CASES, KF_CASES_BLANK. */
KfStatus kf_model_status(const KfModel *model);

#endif
