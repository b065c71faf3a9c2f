#include "fuzz.h"

static bool is_steering(int32_t rune)
{
    return (rune < ' ' && rune != '\n' && rune != '\r' && rune != '\t')
           || (rune >= 0x7F && rune < 0xA0);
}

void fuzz_expect_shown(KfText text)
{
    for (size_t pos = 0; pos < text.len;) {
        size_t from = pos;
        int32_t rune = kf_text_next(text, &pos);

        EXPECT(!is_steering(rune));
        EXPECT(rune != 0xFFFD || pos - from == 3); /* the sign itself, not a broken byte */
    }
}
