/**
 * @file
 * An .xlsx or .xlsm file: its parts and where the sheets of the book stand in it.
 */
#ifndef KF_XLSX_H
#define KF_XLSX_H

#include "kf/grid.h"
#include "ooxml/opc.h"
#include "ooxml/pack_ahead.h"
#include "ooxml/part_window.h"
#include "ooxml/row_marks.h"
#include "ooxml/shared_strings.h"
#include "ooxml/styles.h"

/** Where a sheet of KfBook.sheets comes from. */
typedef struct {
    KfText part;  /**< "xl/worksheets/sheet1.xml", as its relationship names it */
    size_t entry; /**< index into the package */
    KfRowMarks marks;
} KfSheetPart;

/** The sheet that will most likely be changed, as it is most of the package. */
typedef struct {
    size_t entry;       /**< KF_PACKAGE_NONE: none is likelier than others */
    KfText bytes;       /**< of the part, UTF-8, in the arena; without bytes: not kept */
    KfPackAhead *ahead; /**< looks for the blocks of its packed bytes; or NULL */
} KfExpectedChange;

/**
 * Everything that is known of an open workbook file. Part bytes are not kept:
 * get them again with kf_package_xml(&xlsx->package, entry, ...).
 * Entries are KF_PACKAGE_NONE where a part is missing.
 */
typedef struct {
    const KfLimits *limits; /**< NULL before opening: the usual ones */
    bool reads_ahead;       /**< may unpack a large sheet in a thread while it is read */
    bool expects_change;    /**< of a sheet: what that needs is got ready, in a thread, too */
    KfExpectedChange expected;
    KfPackage package;
    KfContentTypes types;
    KfRelations relations; /**< of the workbook part */
    KfText workbook_part;
    size_t workbook_entry;
    size_t strings_entry, styles_entry, calc_chain_entry;
    KfText strings_part, styles_part, calc_chain_part;
    KfSheetPart *sheets; /**< one for each of KfBook.sheets */
    KfText *tab_names;   /**< of all tabs, chart sheets included, in workbook order */
    size_t tab_count;
    KfSharedStrings strings;
    KfStyles styles;
    KfBuf part, cells, text; /**< working memory */
    KfPartWindow window;     /**< of the sheet that is read */
    KfArena texts;           /**< of the cells that are visited */
} KfXlsx;

/**
 * Read the workbook that bytes (borrowed) hold into book. To be called inside
 * kf_arena_run(); xlsx, which is zeroed, is closed by the caller of that run in
 * every case. Statuses as of kf_file_open().
 */
KfStatus kf_xlsx_open(KfXlsx *xlsx, KfBook *book, KfArena *arena, KfText bytes,
                      KfError *err) KF_MUST_USE;
/**
 * As kf_xlsx_open(), but of the file at path, which is not held, nor any cell: visit is given each of them, sheet by sheet in
 * file order, until it returns false. See kf_sheet_read().
 */
KfStatus kf_xlsx_visit(KfXlsx *xlsx, KfBook *book, KfArena *arena, const char *path,
                       KfCellVisit *visit, void *ctx, KfError *err) KF_MUST_USE;
/** Close the package and free the working memory; {0} is accepted. */
void kf_xlsx_close(KfXlsx *xlsx);

#endif
