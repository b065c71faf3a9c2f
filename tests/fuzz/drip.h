/* A part that comes a few bytes at a time, every time in a place of its own, so that what
 * points to the old one is found out. */
#ifndef FUZZ_DRIP_H
#define FUZZ_DRIP_H

#include "ooxml/xml_pull.h"

typedef struct {
    KfText part;
    size_t given, step;
    KfBuf window;
    KfXmlStream stream;
} Drip;

/* The first bytes; the others come by drip->stream. */
KfText drip_start(Drip *drip, KfText part, size_t step);
void drip_free(Drip *drip);

#endif
