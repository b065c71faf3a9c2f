/**
 * @file
 * What cells are called: defined names and the tables of sheets.
 */
#ifndef KF_BOOK_NAMES_H
#define KF_BOOK_NAMES_H

#include "ooxml/xlsx.h"

/** Fill book->names from the workbook part (UTF-8) and the table parts. What is no plain name
 *  of cells is passed over. Inside kf_arena_run(). */
KfStatus kf_book_names_read(KfXlsx *xlsx, KfBook *book, KfText workbook, KfArena *arena,
                            KfError *err) KF_MUST_USE;

#endif
