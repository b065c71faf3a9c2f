/**
 * @file
 * Putting bytes where a file is to be, wholly or not at all.
 */
#ifndef KF_FILE_SAVE_H
#define KF_FILE_SAVE_H

#include "kf/book.h"

/**
 * Write bytes to a private file beside path, flush it, and put it in its place. An
 * existing path is OUTPUT_EXISTS unless force; then a symbolic link is replaced
 * itself. The file gets the permissions of input; when path is input: OUTPUT_IS_INPUT.
 * On any failure nothing is left behind: OUTPUT_UNWRITABLE.
 */
KfStatus kf_file_save(KfText bytes, const char *path, const char *input, bool force,
                      KfError *err) KF_MUST_USE;

#endif
