/* What a spreadsheet program and the core tell each other: values of arguments and
 * results, and sheets cell by cell. Nothing declared here leaves by longjmp, so it may
 * be called from under a program's own frames. */
#ifndef PLUGIN_HOST_H
#define PLUGIN_HOST_H

#include "kf/grid.h"

/** Error values that every program knows. */
typedef enum {
    KF_HOST_ERROR_NULL,
    KF_HOST_ERROR_DIV0,
    KF_HOST_ERROR_VALUE,
    KF_HOST_ERROR_REF,
    KF_HOST_ERROR_NAME,
    KF_HOST_ERROR_NUM,
    KF_HOST_ERROR_NA,
    KF_HOST_ERROR_COUNT
} KfHostError;
/** "#N/A" */
KfText kf_host_error_text(KfHostError error);

/** A sheet, or a part of one, as a program tells of it. {0} is an empty one. */
typedef struct {
    KfBuf cells, chars, name;
    bool hidden, is_protected;
    KfBuf hidden_rows, hidden_cols, merges; /**< of KfRange */
} KfHostSheet;

void kf_host_sheet_free(KfHostSheet *sheet);
/** Whether memory ended while the sheet was told of. */
bool kf_host_sheet_bad(const KfHostSheet *sheet);

/** One cell of a sheet; texts are borrowed for the call. */
typedef struct {
    uint32_t row, col;
    KfCellKind kind;
    double number; /**< of a NUMBER */
    bool truth;
    KfHostError error;
    KfText text;    /**< of a TEXT */
    KfText formula; /**< without "=", English names and commas; empty when there is none */
    KfText format;  /**< number format code, English; empty: General */
    bool in_array;
} KfHostCell;
/** Append a cell. Cells outside the limits of the grid are left out; a number that is
 *  none counts as the error #NUM!. */
void kf_host_sheet_add(KfHostSheet *sheet, const KfHostCell *cell);

/** Sheets as a book. Call inside kf_arena_run(), with sheets that are not bad. */
void kf_host_book(KfArena *arena, const KfHostSheet *sheets, size_t count, bool date1904,
                  KfBook *out);

typedef enum {
    KF_HOST_MISSING, /**< not given, or an empty cell */
    KF_HOST_NUMBER,
    KF_HOST_TEXT,
    KF_HOST_BOOL,
    KF_HOST_ERROR,
    KF_HOST_RANGE /**< cells, at the places where they stand */
} KfHostKind;

/** An argument; text and range are borrowed. */
typedef struct {
    KfHostKind kind;
    double number;
    bool truth;
    KfHostError error;
    KfText text;
    const KfHostSheet *range;
} KfHostValue;

/** A result: NUMBER, TEXT or ERROR. A number is told in hundredths, so that each program
 *  can divide in its own precision. To be freed with kf_host_result_free(). */
typedef struct {
    KfHostKind kind;
    int64_t hundredths;
    KfHostError error;
    KfBuf text;
} KfHostResult;
void kf_host_result_free(KfHostResult *result);

/** The shortest decimal text that a reader takes for the same number. */
void kf_buf_double(KfBuf *out, double number);

#endif
