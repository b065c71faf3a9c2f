/**
 * @file
 * Workbook files: opening, and writing a corrected copy beside the input.
 */
#ifndef KF_BOOK_H
#define KF_BOOK_H

#include "kf/edit.h"
#include "kf/limits.h"

/** A workbook file held open; everything read from it lives until close. */
typedef struct KfFile KfFile;

/**
 * Open an .xlsx, .xlsm or .csv file; what it is, its bytes decide, not its name.
 * @param out  to be closed with kf_file_close(); NULL on failure.
 * Statuses: FILE_MISSING, FILE_UNREADABLE, UNKNOWN_FORMAT, NOT_A_ZIP,
 * ZIP_TRUNCATED, NO_WORKBOOK, SHEET_UNREADABLE, ENCRYPTED, OLD_FORMAT, LIMIT.
 */
KfStatus kf_file_open(KfFile **out, const char *path, KfError *err) KF_MUST_USE;
/** As kf_file_open(), within limits of the caller's, which outlive the file. */
KfStatus kf_file_open_within(KfFile **out, const char *path, const KfLimits *limits,
                             KfError *err) KF_MUST_USE;
/** The same shared out among so many threads; what is read is the same. */
KfStatus kf_file_open_by(KfFile **out, const char *path, const KfLimits *limits, unsigned threads,
                         KfError *err) KF_MUST_USE;
/** The same of a file that a copy will be written of: threads that reading leaves idle begin with
 *  what that needs. */
KfStatus kf_file_open_to_change(KfFile **out, const char *path, const KfLimits *limits,
                                unsigned threads, KfError *err) KF_MUST_USE;
/**
 * Pass by the cells of all sheets of a file, sheet by sheet in file order, in memory that
 * does not grow with file or sheets: the shared texts and a window. Cells may
 * come doubled or out of order; a member of a shared formula whose master stands behind it
 * has no formula; formulas without a cached value stay so.
 * Statuses as of kf_file_open().
 */
KfStatus kf_file_each_cell(const char *path, KfCellVisit *visit, void *ctx,
                           KfError *err) KF_MUST_USE;
/** NULL is accepted. */
void kf_file_close(KfFile *file);
const KfBook *kf_file_book(const KfFile *file);
/** The file's own arena, for what is to live as long as it. */
KfArena *kf_file_arena(KfFile *file);
const char *kf_file_path(const KfFile *file);
/** SHA-256 of the file as 64 lower-case hex digits. */
KfText kf_file_sha256(const KfFile *file);
/** Whether the workbook carries a digital signature, which any change breaks. */
bool kf_file_is_signed(const KfFile *file);

/** What was written. */
typedef struct {
    char sha256[65];
    KfText sheet_name;          /**< of the new sheet, in the file's arena; empty when none */
    const KfTouchedPart *parts; /**< of a workbook, in its arena; the others are the same bytes */
    size_t part_count, same_parts;
    bool is_exact; /**< revert: every part is, byte for byte, what it was before the first fix */
} KfWritten;

/**
 * Write a copy of file with edits to path: beside it first, flushed, renamed.
 * No edits and no sheet: the input byte for byte. An existing path is
 * OUTPUT_EXISTS unless force; the input itself OUTPUT_IS_INPUT always. A path
 * that cannot be written leaves nothing behind: OUTPUT_UNWRITABLE. The copy has
 * the permissions of the input. Of a CSV file only values are changed: marks,
 * notes and the sheet are left out.
 */
KfStatus kf_file_write(KfFile *file, const KfEdits *edits, const char *path, bool force,
                       KfWritten *out, KfError *err) KF_MUST_USE;

/**
 * Whether a workbook that was made is whole: every part unpacks, and every part of XML is
 * well-formed. For what was made by a library that does not tell of a full disk.
 * Statuses as of kf_file_open().
 */
KfStatus kf_file_verify(const char *path, KfError *err) KF_MUST_USE;

/** Writes a file that exists and is empty. What it fails with is told in err. */
typedef KfStatus KfFileWriter(void *ctx, const char *path, KfError *err);

/**
 * Make a file: write fills a private one beside path, which is flushed and put in
 * its place. An existing path is OUTPUT_EXISTS unless force. On any failure nothing
 * is left behind: the status of write, or OUTPUT_UNWRITABLE.
 */
KfStatus kf_file_make(const char *path, bool force, KfFileWriter *write, void *ctx,
                      KfError *err) KF_MUST_USE;
/** kf_file_make() of bytes. */
KfStatus kf_file_put(KfText bytes, const char *path, bool force, KfError *err) KF_MUST_USE;

#endif
