#include <criterion/criterion.h>

#include "kf/base.h"

Test(text, trims_every_kind_of_space)
{
    cr_assert(
        kf_text_eq(kf_text_trim(kf_text(" \xC2\xA0\xE2\x80\xAF 5 865 \t\n")), KF_TEXT("5 865")));
    cr_assert_eq(kf_text_trim(kf_text(" \xC2\xA0 ")).len, 0);
    cr_assert(
        kf_text_eq(kf_text_trim(kf_text("\xEF\xBB\xBFå\xE3\x80\x80\xE1\x9A\x80")), KF_TEXT("å")));
    cr_assert(kf_text_eq(kf_text_trim(kf_text("\x80 \xE2\x80")), KF_TEXT("\x80 \xE2\x80")));
    cr_assert(kf_text_eq(kf_text_trim(kf_text("\xE2\xE2\x80\x8B")), KF_TEXT("\xE2")));
}

Test(text, tells_by_its_letters_what_it_cannot_hold)
{
    const KfText text = KF_TEXT("alle beløb i t.kr.");
    const char *const held[] = { "", "beløb", "t.kr", "alle beløb i t.kr." };

    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        cr_expect(kf_letters_hold(kf_text_letters(text), kf_text(held[i])), "%s", held[i]);
    cr_expect_not(kf_letters_hold(kf_text_letters(text), KF_TEXT("mio")));
    cr_expect_not(kf_letters_hold(0, KF_TEXT("a")));
}

Test(text, reads_malformed_bytes_one_by_one)
{
    KfText text = kf_text("\xC3\xB8\xC3(\xE2\x82");
    const int32_t runes[] = { 0xF8, 0xFFFD, '(', 0xFFFD, 0xFFFD, -1 };
    size_t pos = 0;

    for (size_t i = 0; i < 6; i++)
        cr_assert_eq(kf_text_next(text, &pos), runes[i], "rune %zu", i);
}

Test(text, finds_needles_at_both_ends)
{
    cr_assert_eq(kf_text_find(KF_TEXT("abcab"), KF_TEXT("ab")), 0);
    cr_assert_eq(kf_text_find(KF_TEXT("xxcab"), KF_TEXT("ab")), 3);
    cr_assert_eq(kf_text_find(KF_TEXT("abc"), KF_TEXT("abcd")), SIZE_MAX);
}

Test(buf, writes_numbers_and_fills_templates)
{
    KfBuf buf = { 0 };
    const KfText args[] = { KF_TEXT("D30"), KF_TEXT("92.826") };

    kf_buf_int(&buf, INT64_MIN);
    kf_buf_char(&buf, ' ');
    kf_buf_uint_padded(&buf, 7, 2);
    kf_buf_fill(&buf, KF_TEXT(" {1} i {0}{2} {x}"), args, 2);
    kf_buf_rune(&buf, 0xE6);
    kf_buf_rune(&buf, 0x2192);
    kf_buf_rune(&buf, 0x1F600);
    cr_assert(
        kf_text_eq(kf_buf_view(&buf), KF_TEXT("-9223372036854775808 07 92.826 i D30 {x}æ→😀")));
    kf_buf_free(&buf);
}

static KfStatus ask_for_too_much(void *arena)
{
    kf_arena_array(arena, SIZE_MAX / 4, 16);
    return KF_OK;
}

static KfStatus grow_an_array(void *arena)
{
    size_t count = 0, cap = 0;
    int *items = NULL;

    for (int i = 0; i < 10000; i++)
        KF_PUSH((KfArena *)arena, items, count, cap, i);
    for (int i = 0; i < 10000; i++)
        cr_assert_eq(items[i], i);
    return KF_OK;
}

static KfStatus give_up(void *ctx)
{
    kf_arena_give_up(ctx);
}

static KfStatus give_up_within(void *ctx)
{
    return kf_arena_run(ctx, give_up, ctx) == KF_NO_MEMORY ? KF_OK : KF_LIMIT;
}

Test(arena, ends_the_innermost_run_when_asked)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, give_up, &arena), KF_NO_MEMORY);
    cr_assert_eq(kf_arena_run(&arena, give_up_within, &arena), KF_OK);
    kf_arena_finish(&arena);
}

Test(buf, a_part_that_lacked_memory_spoils_the_whole)
{
    KfBuf whole = { 0 }, part = { 0 };

    kf_buf_str(&part, "part");
    kf_buf_close(&part, &whole);
    cr_assert(!whole.bad && part.ptr == NULL);
    (void)kf_buf_reserve(&part, SIZE_MAX);
    kf_buf_close(&part, &whole);
    cr_assert(whole.bad && !part.bad);
    kf_buf_free(&whole);
}

Test(arena, ends_the_run_when_memory_ends)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, ask_for_too_much, &arena), KF_NO_MEMORY);
    cr_assert_eq(kf_arena_run(&arena, grow_an_array, &arena), KF_OK);
    kf_arena_finish(&arena);
}

static KfStatus fill_and_release(void *ctx)
{
    KfArena *arena = ctx;
    KfArenaMark empty = kf_arena_mark(arena), mark;
    char *kept = kf_arena_copy(arena, "kept", 5);

    mark = kf_arena_mark(arena);
    for (int round = 0; round < 100; round++) {
        char *again = kf_arena_alloc(arena, 16);

        for (int i = 0; i < 50; i++) {
            char *bytes = kf_arena_alloc(arena, 100000);

            cr_assert_eq(bytes[99999], 0);
            bytes[99999] = 1;
        }
        kf_arena_release(arena, mark);
        cr_assert_eq(kf_arena_mark(arena).at, mark.at);
        cr_assert_eq(kf_arena_alloc(arena, 16), again);
        kf_arena_release(arena, mark);
    }
    cr_assert_str_eq(kept, "kept");
    kf_arena_release(arena, empty);
    return kf_arena_alloc(arena, 1) ? KF_OK : KF_NO_MEMORY;
}

Test(arena, goes_back_to_a_mark)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, fill_and_release, &arena), KF_OK);
    kf_arena_finish(&arena);
}

static KfStatus fold_names(void *arena)
{
    static const char *const names[][2] = {
        { "XL/Sheet1.xml", "xl/sheet1.XML" },
        { "Æbler €", "æBLER €" },
        { "a\xFF\xFE", "A\xFE\xFF" },
        { "", "" },
        { "ab", "abc" },
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        KfText a = kf_text(names[i][0]), b = kf_text(names[i][1]);
        bool same = kf_text_eq(kf_arena_folded(arena, a), kf_arena_folded(arena, b));

        cr_expect_eq(same, kf_text_same_name(a, b), "%s", names[i][0]);
        cr_expect_eq(same, i < 4);
    }
    return KF_OK;
}

Test(arena, folds_to_the_same_bytes_what_is_the_same_name)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, fold_names, &arena), KF_OK);
    kf_arena_finish(&arena);
}

Test(error, names_the_file_and_what_to_do)
{
    KfBuf out = { 0 };
    KfError err;

    cr_assert_eq(kf_fail(&err, KF_OLD_FORMAT, (KfText){ 0 }, (KfText){ 0 }), KF_OLD_FORMAT);
    kf_error_text(&out, &err, KF_TEXT("sag.xls"), KF_LANG_DA);
    cr_assert(kf_text_starts(kf_buf_view(&out), KF_TEXT("sag.xls: ")));
    cr_assert_neq(kf_text_find(kf_buf_view(&out), KF_TEXT(".xlsx")), SIZE_MAX);
    kf_buf_free(&out);
}
