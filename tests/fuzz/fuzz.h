/* What the fuzz targets share. A target is one function over bytes; libFuzzer gives it any,
 * replay.c those of tests/fuzz/corpus. What must hold is told by EXPECT, in every build. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "kf/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
/* libFuzzer's own mutation of bytes. */
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t len, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t len, size_t room, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len,
                                 uint8_t *out, size_t room, unsigned seed);

#define EXPECT(truth)                                                                              \
    do {                                                                                           \
        if (!(truth)) {                                                                            \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #truth);             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static inline KfText fuzz_text(const uint8_t *bytes, size_t len)
{
    return (KfText){ (const char *)bytes, len };
}

/* What is shown must be valid UTF-8 without control characters but line ends and tabs. */
void fuzz_expect_shown(KfText text);

#endif
