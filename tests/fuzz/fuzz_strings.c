/* The shared texts and the styles: either a refusal, or a list in which every index is good. */
#include "fuzz.h"
#include "ooxml/shared_strings.h"
#include "ooxml/styles.h"

typedef struct {
    KfText part;
    KfArena arena;
    KfBuf blob, ends;
} Reading;

static void expect_strings(const KfSharedStrings *strings)
{
    size_t sum = 0;
    KfText text;

    for (uint32_t i = 0; i < strings->count; i++) {
        EXPECT(kf_shared_string(strings, i, &text));
        sum += text.len;
    }
    EXPECT(sum == strings->blob.len);
    EXPECT(!kf_shared_string(strings, (uint32_t)strings->count, &text));
}

static KfStatus read(void *ctx)
{
    Reading *reading = ctx;
    KfSharedStrings strings;
    KfStyles styles = { 0 };
    KfBook book = { 0 };
    KfText name = KF_TEXT("del");

    if (kf_shared_strings_read(&strings, reading->part, name, &reading->arena, &reading->blob,
                               &reading->ends, NULL)
        == KF_OK)
        expect_strings(&strings);
    if (kf_styles_read(&styles, &book, reading->part, name, &reading->arena, NULL) == KF_OK) {
        EXPECT(book.format_count >= 1);
        for (size_t i = 0; i < styles.count; i++)
            EXPECT(kf_style_format_at(&styles, (uint32_t)i) < book.format_count);
    }
    return KF_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Reading reading = { .part = fuzz_text(bytes, len) };

    kf_arena_init(&reading.arena);
    EXPECT(kf_arena_run(&reading.arena, read, &reading) == KF_OK);
    kf_buf_free(&reading.blob);
    kf_buf_free(&reading.ends);
    kf_arena_finish(&reading.arena);
    return 0;
}
