/* A whole workbook through check and fix. */
#include "whole.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    fuzz_whole(fuzz_text(bytes, len));
    return 0;
}
