#include <criterion/criterion.h>

#include "base/text_map.h"

enum { KEYS = 5000 };

static KfText key_of(KfArena *arena, size_t i)
{
    KfBuf text = { 0 };
    KfText key;

    kf_buf_str(&text, "Ydelse ");
    kf_buf_int(&text, (int64_t)i);
    key = kf_arena_take(arena, &text);
    kf_buf_free(&text);
    return key;
}

static KfStatus fill_and_look(void *ctx)
{
    KfArena *arena = ctx;
    KfTextMap map = { 0 };
    size_t value;

    cr_expect_not(kf_text_map_get(&map, KF_TEXT("x"), &value));
    for (size_t i = 0; i < KEYS; i++)
        kf_text_map_set(&map, arena, key_of(arena, i), i);
    kf_text_map_set(&map, arena, KF_TEXT("Ydelse 7"), 70);
    kf_text_map_set(&map, arena, KF_TEXT(""), 9);
    cr_expect_eq(map.count, KEYS + 1);
    for (size_t i = 0; i < KEYS; i++) {
        cr_assert(kf_text_map_get(&map, key_of(arena, i), &value));
        cr_assert_eq(value, i == 7 ? 70 : i);
    }
    cr_expect(kf_text_map_get(&map, (KfText){ 0 }, &value) && value == 9);
    cr_expect_not(kf_text_map_get(&map, KF_TEXT("Ydelse"), &value));
    return KF_OK;
}

Test(text_map, finds_every_text_it_was_given)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, fill_and_look, &arena), KF_OK);
    kf_arena_finish(&arena);
}
