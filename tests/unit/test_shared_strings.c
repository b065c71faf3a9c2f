#include <criterion/criterion.h>

#include "ooxml/shared_strings.h"

typedef struct {
    KfArena arena;
    KfBuf blob, ends;
    KfText part;
    KfSharedStrings strings;
    KfError err;
} World;

static KfStatus read_body(void *ctx)
{
    World *world = ctx;

    return kf_shared_strings_read(&world->strings, world->part, KF_TEXT("sst.xml"), &world->arena,
                                  &world->blob, &world->ends, &world->err);
}

static KfStatus read_strings(World *world, KfText part)
{
    *world = (World){ .part = part };
    kf_arena_init(&world->arena);
    return kf_arena_run(&world->arena, read_body, world);
}

static void finish(World *world)
{
    kf_buf_free(&world->blob);
    kf_buf_free(&world->ends);
    kf_arena_finish(&world->arena);
}

Test(shared_strings, joins_runs_and_leaves_out_readings)
{
    static const char *const expected[] = { " Udgift & co ", "Udgift i alt", "",     "kanji",
                                            "a\rb",          "_x000D_",      "plain" };
    KfText part = KF_TEXT("<x:sst xmlns:x='m' count='9999999999' uniqueCount='4000000000'>"
                          "<x:si><x:t xml:space='preserve'> Udgift &amp; co </x:t></x:si>"
                          "<x:si><x:r><x:rPr><x:b/></x:rPr><x:t>Udgift</x:t></x:r>\n"
                          "<x:r><x:t> i alt</x:t></x:r></x:si>"
                          "<x:si/>"
                          "<x:si><x:t>kanji</x:t><x:rPh sb='0' eb='1'><x:t>kana</x:t></x:rPh>"
                          "<x:phoneticPr/></x:si>"
                          "<x:si><x:t>a_x000D_b</x:t></x:si>"
                          "<x:si><x:t>_x005F_x000D_</x:t></x:si>"
                          "<o:si><o:t>other</o:t></o:si>"
                          "<x:si><x:t>pl<!-- c --><![CDATA[ai]]>n</x:t></x:si></x:sst>");
    World world;
    KfText text;

    cr_assert_eq(read_strings(&world, part), KF_OK);
    cr_assert_eq(world.strings.count, sizeof expected / sizeof *expected);
    for (uint32_t i = 0; i < world.strings.count; i++) {
        cr_assert(kf_shared_string(&world.strings, i, &text));
        cr_expect(kf_text_eq(text, kf_text(expected[i])), "%u: %.*s", i, (int)text.len, text.ptr);
    }
    cr_assert_not(kf_shared_string(&world.strings, (uint32_t)world.strings.count, &text));
    finish(&world);
}

Test(shared_strings, names_the_part_that_is_malformed)
{
    World world;

    cr_assert_eq(read_strings(&world, KF_TEXT("<sst><si><t>a</si></sst>")), KF_SHEET_UNREADABLE);
    cr_assert_str_eq(world.err.part, "sst.xml");
    finish(&world);
    cr_assert_eq(read_strings(&world, KF_TEXT("<sst><si>")), KF_SHEET_UNREADABLE);
    finish(&world);
}

Test(shared_strings, may_be_empty)
{
    KfSharedStrings none = { 0 };
    World world;
    KfText text;

    cr_assert_eq(read_strings(&world, KF_TEXT("<sst/>")), KF_OK);
    cr_assert_not(kf_shared_string(&world.strings, 0, &text));
    cr_assert_not(kf_shared_string(&none, 0, &text));
    finish(&world);
}
