/* Text that is written once and read back once: in memory while it is short, else
 * in a file without a name. */
#ifndef CLI_SPOOL_H
#define CLI_SPOOL_H

#include "cli.h"

#include <stdio.h>

/** {0} is an empty one. */
typedef struct {
    KfBuf memory;
    FILE *file;
    uint64_t len; /**< bytes put so far */
    bool bad;     /**< neither memory nor file took all of them */
} CliSpool;

void cli_spool_put(CliSpool *spool, KfText text);
/** The bytes from..to (to not included) to stdout; false when that failed and was told. */
bool cli_spool_write(CliSpool *spool, uint64_t from, uint64_t to, KfLang lang);
void cli_spool_free(CliSpool *spool);

#endif
