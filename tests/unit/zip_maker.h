/* Small zip files made in memory, for tests. */
#ifndef ZIP_MAKER_H
#define ZIP_MAKER_H

#include "kf/base.h"

typedef struct {
    const char *name;
    KfText text;
} ZipPart;

/* The bytes of a zip file with these parts; for the caller to kf_buf_free(). */
KfBuf make_zip(const ZipPart *parts, size_t count);

#endif
