/**
 * @file
 * A CSV file as a sheet of texts, and the place of each field in the file.
 */
#ifndef KF_CSV_GRID_H
#define KF_CSV_GRID_H

#include "kf/limits.h"
#include "kf/grid.h"

typedef enum {
    KF_CSV_UTF8, /**< with or without byte order mark */
    KF_CSV_CP1252,
    KF_CSV_UTF16_LE,
    KF_CSV_UTF16_BE
} KfCsvEncoding;

struct csv_parser;

/** A CSV file that was read. Offsets of fields and rows count in text. */
typedef struct {
    KfText bytes; /**< the file as it is, borrowed */
    KfText text;  /**< the bytes that were parsed: bytes without byte order mark, or,
                       when the file is UTF-16, the same as UTF-8 */
    KfCsvEncoding encoding;
    char separator;           /**< ';', ',' or '\t' */
    const size_t *row_starts; /**< offset of each row, and behind the last */
    size_t row_count;
    const KfLimits *limits;    /**< NULL before opening: the usual ones */
    struct csv_parser *parser; /**< working memory */
    KfBuf rows, field, wide, cells;
} KfCsv;

/** Where a field stands in KfCsv.text. */
typedef struct {
    size_t start, end; /**< between the separators, quotes and spaces included */
    bool quoted;
} KfCsvField;

/**
 * Read bytes (borrowed) into the one sheet of book, named sheet_name. Encoding and
 * separator are found out; a first line "sep=;" is obeyed and is no row. Row
 * numbers are those that a spreadsheet shows. Every field that is not empty is
 * KF_CELL_TEXT. To be called inside kf_arena_run(); csv, which is zeroed, is closed
 * by the caller of that run in every case. Statuses: LIMIT, NO_MEMORY.
 */
KfStatus kf_csv_open(KfCsv *csv, KfBook *book, KfArena *arena, KfText bytes, KfText sheet_name,
                     KfError *err) KF_MUST_USE;
/** Free the working memory; {0} is accepted. */
void kf_csv_close(KfCsv *csv);

/** Find the field at row, col, also an empty one; false when the row is not so long. */
bool kf_csv_field(const KfCsv *csv, uint32_t row, uint32_t col, KfCsvField *out);
/** Offset in bytes (the file as it is) of an offset in text. */
size_t kf_csv_file_offset(const KfCsv *csv, size_t at);
/** Append UTF-8 text in the file's encoding; "?" for what it cannot express. */
void kf_csv_encode(KfBuf *out, const KfCsv *csv, KfText text);

#endif
