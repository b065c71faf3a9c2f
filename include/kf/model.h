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
    uint8_t state; /**< KfFigureState */
    bool is_text;  /**< an amount stored as text */
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
    KfText section;        /**< heading above it, empty when there is none */
    KfFigure *amounts;     /**< one for each period */
    KfFigure total;        /**< the row's own total, to the right */
    const KfFigure *parts; /**< payers as columns, one each: over all periods */
    bool is_part;          /**< "heraf": part of the row above, not added */
    bool has_payer;        /**< a list names the payer of the amounts */
    KfPayer payer;         /**< meaningless when has_payer is false */
    KfFigure
        *split[KF_PAYER_COUNT]; /**< a list's columns of payers: one for each period, or NULL */
} KfItem;

/** KfItem.parts where no payer has a column. */
extern const KfFigure kf_no_parts[KF_PAYER_COUNT];

/** Why a lone "1.234" was read as it was. */
typedef enum {
    KF_REASON_NONE,   /**< nothing shows it: thousands, as is usual */
    KF_REASON_COLUMN, /**< another amount of the column */
    KF_REASON_TABLE   /**< another column of the table */
} KfReason;

typedef struct {
    KfPeriod period; /**< {-1,-1} when the heading could not be read */
    KfLabel label;
    bool from_date;          /**< the program had turned the heading into a date, */
    KfDate date;             /**< this one */
    bool has_lone;           /**< a "1.234" stands in the column, */
    KfSeparators separators; /**< which is read so, KF_SEP_UNKNOWN: as thousands, */
    KfReason reason;         /**< for this reason, */
    KfRef evidence;          /**< shown by this cell, unless it is KF_REASON_NONE */
} KfPeriodColumn;

/** A row that is read but added to nothing. */
typedef enum {
    KF_MEMO_SECTION,  /**< a section's heading; amounts: the zeros of an empty one */
    KF_MEMO_SUBTOTAL, /**< "Enkeltydelser i alt" */
    KF_MEMO_NOT_SUM   /**< "Udgift i alt (ikke en sum)", "heraf" under a payer */
} KfMemoKind;

typedef struct {
    KfMemoKind kind;
    KfLabel label;
    KfText section;
    KfFigure *amounts;  /**< one for each period, or NULL */
    size_t before_item; /**< it stands above this item of the course */
    KfFigure total;     /**< of a subtotal, over all periods; state NONE where there is none */
} KfMemo;

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
    KfMemo *memos; /**< in reading order */
    size_t memo_count;
    KfFigure *payers[KF_PAYER_COUNT]; /**< per period; NULL when there is no such row */
    KfLabel payer_labels[KF_PAYER_COUNT];
    KfFigure *totals; /**< per period; NULL when there is no such row */
    KfLabel total_label;
    KfFigure payer_totals[KF_PAYER_COUNT];
    KfLabel payer_total_labels[KF_PAYER_COUNT];
    KfFigure case_total;
    KfLabel case_total_label;
    /** The same once more, in a column of the rows, where lines of their own state them. */
    KfFigure payer_row_totals[KF_PAYER_COUNT];
    KfFigure case_row_total;
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

/* ---- tables beside the cases ------------------------------------------------ */

typedef enum {
#define KF_TABLE_KIND(id, key, da, en) KF_TABLE_##id,
#include "kf/table_kinds.def"
#undef KF_TABLE_KIND
    KF_TABLE_KIND_COUNT
} KfTableKind;

/** "payer-table", "list" …: published, never renamed */
const char *kf_table_kind_key(KfTableKind kind);
/** "Betalertabel" … (da); "Payer table" … (en) */
const char *kf_table_kind_name(KfTableKind kind, KfLang lang);

/** What the figures of a row or column are. */
typedef enum {
    KF_LINE_NOTE,      /**< text, or a figure that is not checked */
    KF_LINE_ITEM,      /**< an amount among others: a benefit, a year, a citizen */
    KF_LINE_PAYER,     /**< what one payer carries */
    KF_LINE_SUBTOTAL,  /**< the sum of its section */
    KF_LINE_TOTAL,     /**< the sum of the items, or of the payers */
    KF_LINE_AVERAGE,   /**< the sum of the items by their number */
    KF_LINE_PRICE,     /**< of one unit */
    KF_LINE_QUANTITY,  /**< how many units, how long, which part: a factor */
    KF_LINE_EXTRA,     /**< a share that comes on top: 5 % overhead */
    KF_LINE_REDUCTION, /**< a share that goes off: refusion */
    KF_LINE_PRODUCT,   /**< the price times its factors */
    KF_LINE_SHARE,     /**< the municipality's part of the total beside it */
    KF_LINE_SAVED,     /**< an amount that is taken off */
    KF_LINE_NET,       /**< what is left */
    KF_LINE_COUNT,     /**< a number of cases */
    KF_LINE_PER_CASE   /**< the net amount by the number of cases */
} KfLineRole;

/** Course of a line that holds counterfactual less actual. */
#define KF_COURSE_GAIN KF_COURSE_COUNT

typedef struct {
    KfLabel label;
    KfLineRole role;
    int payer;    /**< KfPayer, or KF_PAYER_NONE */
    int course;   /**< KfCourseKind, KF_COURSE_GAIN, or -1 */
    bool is_time; /**< a year or a part of one */
    KfText group; /**< section, or the heading above the heading; may be empty */
} KfLine;

/** A table that is no case: figures in rows and columns. */
typedef struct {
    KfTableKind kind;
    KfText sheet_name;
    uint32_t sheet;
    KfRange range; /**< from the headings to the last row */
    KfLabel title; /**< the text above it, empty when there is none */
    KfOere unit;   /**< øre that a shown 1 stands for */
    size_t owner;  /**< 1 + the index of the case that stands above it and that its gains are
                    * of; 0: no case alone */
    KfLine *columns, *rows;
    size_t column_count, row_count;
    KfFigure *figures;   /**< row * column_count + column; none in a list */
    int64_t *quantities; /**< of a factor's cell, in millionths; 0 elsewhere */
} KfTable;

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
    KfTable *tables;    /**< in the order of the sheets; a list's figures stand in its cases */
    size_t table_count;
    KfNote *unplaced; /**< labels inside tables that could not be placed */
    size_t unplaced_count;
    KfDate stated_date; /**< a calculation date the workbook states, or KF_DATE_NONE */
    KfRef stated_date_ref;
    int stated_rank; /**< how telling it is, the less the better */
} KfModel;

/** Whether anything was found that can be checked. */
static inline bool kf_model_has_any(const KfModel *model)
{
    return model->case_count || model->table_count;
}

/** Find the case tables of a book, unchecked. Call inside kf_arena_run(). */
void kf_model_read(KfArena *arena, const KfBook *book, KfModel *model);

/** KF_OK, or why there is nothing to check: KF_NO_CASES, KF_CASES_BLANK. */
KfStatus kf_model_status(const KfModel *model);

#endif
