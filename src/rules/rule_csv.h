/**
 * @file
 * Tables in CSV, read by their headings in any order.
 */
#ifndef KF_RULE_CSV_H
#define KF_RULE_CSV_H

#include <csv.h>

#include "kf/value.h"

/** What a column holds, and the type of the field it is left in. */
typedef enum {
    KF_COL_TEXT, /**< KfText, trimmed */
    KF_COL_DATE, /**< KfDate */
    KF_COL_BP,   /**< int32_t: percent with up to two decimals, in basis points */
    KF_COL_INT,  /**< int32_t, 0 to 999999999 */
    KF_COL_OERE, /**< KfOere, at least 0 */
    KF_COL_WORD  /**< int32_t: the value of one of the column's words */
} KfRuleColumnKind;

/** A word that may stand in a column; a list ends with a NULL word. */
typedef struct {
    const char *word;
    int32_t value;
} KfRuleWord;

typedef struct {
    const char *heading;
    KfRuleColumnKind kind;
    size_t offset;           /**< of the field in the row */
    bool required;           /**< the column must be there and its cells be filled */
    const KfRuleWord *words; /**< for KF_COL_WORD */
} KfRuleColumn;

/** A blank cell leaves its field as it is in defaults. */
typedef struct {
    const KfRuleColumn *columns;
    size_t column_count;
    size_t row_size;
    const void *defaults;
    size_t line_offset; /**< of a size_t for the line in the file, from 1 */
} KfRuleTable;

/** A file being read. name stands before the line in errors; may be empty. */
typedef struct {
    KfText name;
    KfText bytes;              /**< UTF-8, from kf_rule_csv_decode() */
    struct csv_parser *parser; /**< from csv_init(); freed by the caller */
    KfError *err;
} KfRuleFile;

/** Bytes of a file as UTF-8 without a byte order mark: from UTF-8, UTF-16 with a
 *  mark, else Windows-1252. */
void kf_rule_csv_decode(KfBuf *out, KfText bytes);

/** Read all rows into arena. Blank rows are passed over; a "sep=;" line is heeded. */
KfStatus kf_rule_csv_read(KfArena *arena, KfRuleFile *file, const KfRuleTable *table, void **rows,
                          size_t *count) KF_MUST_USE;

/** Whether the first line has this heading. */
bool kf_rule_csv_has_heading(KfText bytes, KfText heading);

/** A table's headings, and one of its rows, as kf_rule_csv_read() reads them. */
void kf_rule_csv_put_head(KfBuf *out, const KfRuleTable *table);
void kf_rule_csv_put_row(KfBuf *out, const KfRuleTable *table, const void *row);

/** Fill the file's error: "linje 12, kolonne stat" and the template with its args. */
KfStatus kf_rule_csv_fail(const KfRuleFile *file, size_t line, const char *column,
                          const char *template, const KfText *args, size_t arg_count);

#endif
