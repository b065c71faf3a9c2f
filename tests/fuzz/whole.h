/* A file through everything that the program does with one. */
#ifndef FUZZ_WHOLE_H
#define FUZZ_WHOLE_H

#include "fuzz.h"

/* Opens, extracts, checks, reports in every form, reconciles, corrects, reads the copy,
 * compares and takes back; and expects of each what it promises. */
void fuzz_whole(KfText bytes);

#endif
