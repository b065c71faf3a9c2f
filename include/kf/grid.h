/**
 * @file
 * A workbook as the core sees it: sheets of cells, whoever provides them,
 * a file or a spreadsheet program that has the workbook open.
 */
#ifndef KF_GRID_H
#define KF_GRID_H

#include "kf/base.h"

typedef enum {
    KF_CELL_EMPTY,
    KF_CELL_NUMBER,
    KF_CELL_TEXT,
    KF_CELL_BOOL,
    KF_CELL_ERROR
} KfCellKind;

/** Place of a cell; sheet, row and column count from 0. */
typedef struct {
    uint32_t sheet, row, col;
} KfRef;

/**
 * One cell. text is the value as it is stored: decimal text of a number
 * ("62788.5"), the characters of a text, "1"/"0" of a boolean, "#N/A" of an
 * error. formula is without its "=", already expanded for a cell of a shared
 * group; empty when there is none. A formula without a cached value is
 * KF_CELL_EMPTY.
 */
typedef struct {
    uint32_t row, col;
    uint8_t kind;    /**< KfCellKind */
    bool in_array;   /**< part of an array formula */
    bool unlocked;   /**< its style lets it be changed on a protected sheet */
    uint32_t format; /**< index into KfBook.formats */
    KfText text, formula;
} KfCell;

/** Rows or columns or cells from..to, both included. */
typedef struct {
    uint32_t first_row, first_col, last_row, last_col;
} KfRange;

typedef struct {
    KfText name;
    bool hidden;
    KfCell *cells; /**< in reading order: by row, then column; no two alike */
    size_t cell_count;
    size_t *row_start;  /**< row_count + 1 offsets into cells, by row index */
    uint32_t row_count; /**< rows up to and with the last cell */
    uint32_t col_count; /**< columns up to and with the rightmost cell */
    KfRange *merges;
    size_t merge_count;
    KfRange *arrays; /**< array formulas of several cells, each in its first one */
    size_t array_count;
    KfRange *hidden_rows; /**< only the rows count */
    size_t hidden_row_count;
    KfRange *hidden_cols; /**< only the columns count */
    size_t hidden_col_count;
    bool is_protected;
    bool lacks_results; /**< some formula stands there without one, as the cells were read */
    struct KfLabelMemo *labels; /**< what reading tables remembers of its texts; else NULL */
} KfGrid;

/** Scope of a name that every sheet knows. */
#define KF_WHOLE_BOOK UINT32_MAX

/** What a formula may call cells by: a defined name, a table ("Satser"), a column of one
 *  ("Satser[Sats]"). Names of anything else are not listed. */
typedef struct {
    KfText name;
    uint32_t scope; /**< sheet that alone knows it, or KF_WHOLE_BOOK */
    uint32_t sheet;
    KfRange range;
} KfNamedRange;

typedef struct {
    KfText name;
    uint32_t sheet;
} KfSheetName;

typedef struct {
    KfGrid *sheets; /**< in the workbook's own order */
    size_t sheet_count;
    KfSheetName *by_name; /**< as kf_book_sort_sheets() leaves them, or NULL */
    KfText *formats;      /**< number format codes; [0] is "General" */
    size_t format_count;
    bool date1904;
    bool is_untyped;     /**< CSV: every cell is text, so a number as text says nothing */
    KfNamedRange *names; /**< as kf_book_sort_names() leaves them */
    size_t name_count;
    KfRef *unknown; /**< formulas without a result that cannot be evaluated */
    size_t unknown_count;
} KfBook;

/** Given a cell that is not kept: its texts hold until it returns. false: no more cells. */
typedef bool KfCellVisit(void *ctx, size_t sheet, const KfCell *cell);

/** Orders cells as they are read: by sheet, row, column; 0 for the same cell. */
int kf_ref_order(KfRef a, KfRef b);
/** Cell at row, col, or NULL where nothing stands. */
const KfCell *kf_grid_at(const KfGrid *grid, uint32_t row, uint32_t col);
/** Index of the first cell of row, below row_count, at col or behind it; row_start of the next
 *  row when there is none. */
size_t kf_grid_from(const KfGrid *grid, uint32_t row, uint32_t col);
/** Sort cells, drop doubled ones (the last wins) and build row_start. */
void kf_grid_index(KfArena *arena, KfGrid *grid);
/**
 * Put stars in the place of a CPR-like number that stands in two neighbouring cells ("010190",
 * "1234"): where a hyphen or a leading zero tells it from amounts, or a label says "CPR". The
 * cells then are texts. So many threads share a long sheet.
 */
void kf_grid_hide_split_numbers(KfArena *arena, KfGrid *grid, unsigned threads);
/** Let the names of the sheets, which stay as they are from here on, be found at once. */
void kf_book_sort_sheets(KfArena *arena, KfBook *book);
/** The first sheet of that name in any case of letters; false when there is none. In a quoted
 *  name quotes are doubled; it is without the outer ones. */
bool kf_book_sheet(const KfBook *book, KfText name, bool is_quoted, uint32_t *sheet);
/** Bring names into the order in which they are looked up. */
void kf_book_sort_names(KfBook *book);
/** What a formula on sheet means by name, in any case of letters; NULL when it is none. */
const KfNamedRange *kf_book_name(const KfBook *book, KfText name, uint32_t sheet);
/** Whether the sheet's protection covers the place. */
bool kf_grid_is_locked(const KfGrid *grid, uint32_t row, uint32_t col);
/** A cell to put into a book. */
typedef struct {
    uint32_t sheet;
    KfCell cell;
} KfPlacedCell;
/**
 * The book with these cells put where they belong, in any order; of two for one place the
 * later one counts. The sheets of the result that got a cell have cells of their own, the
 * others share those of book.
 */
KfBook *kf_book_changed(KfArena *arena, const KfBook *book, const KfPlacedCell *cells,
                        size_t count);
bool kf_grid_row_hidden(const KfGrid *grid, uint32_t row);
bool kf_grid_col_hidden(const KfGrid *grid, uint32_t col);
/** "B" */
void kf_buf_column(KfBuf *out, uint32_t col);
/** "B12" */
void kf_buf_cellref(KfBuf *out, uint32_t row, uint32_t col);
/** "A3:E30" */
void kf_buf_range(KfBuf *out, KfRange range);
/** Read "B12" or "$B$12"; false when it is none or outside the sheet limits. */
bool kf_cellref_read(KfText text, uint32_t *row, uint32_t *col);

#define KF_ROW_LIMIT 1048576u
#define KF_COL_LIMIT 16384u

#endif
