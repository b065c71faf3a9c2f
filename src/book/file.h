/**
 * @file
 * What a KfFile is, for the sources of src/book only.
 */
#ifndef KF_FILE_H
#define KF_FILE_H

#include "kf/book.h"
#include "csv/csv_grid.h"
#include "ooxml/xlsx.h"

typedef enum { KF_FILE_XLSX, KF_FILE_CSV } KfFileKind;

/**
 * An open file. It lives in its own arena, so that kf_file_close() frees all at
 * once; what the libraries hold is in xlsx or csv and closed before.
 */
struct KfFile {
    KfArena arena;
    const char *path; /**< as given */
    unsigned threads; /**< that may share the work */
    char sha256[65];
    KfBuf bytes; /**< the file as it was read: hashed and parsed alike; never changed */
    KfFileKind kind;
    KfBook book;
    KfXlsx xlsx; /**< of KF_FILE_XLSX */
    KfCsv csv;   /**< of KF_FILE_CSV */
};

/** Append a file's bytes to out. Statuses: FILE_MISSING, FILE_UNREADABLE, LIMIT, NO_MEMORY. */
KfStatus kf_file_bytes(KfBuf *out, const char *path, const KfLimits *limits,
                       KfError *err) KF_MUST_USE;

#endif
