#include <criterion/criterion.h>

#include "base/splice.h"

static KfStatus splice_in_any_order(void *ctx)
{
    KfArena *arena = ctx;
    KfSplices splices = { .arena = arena };
    KfText result;

    kf_splice(&splices, 6, 6, KF_TEXT("<"));
    kf_splice(&splices, 6, 6, KF_TEXT(">"));
    kf_splice(&splices, 0, 1, KF_TEXT("AA"));
    kf_splice(&splices, 2, 4, (KfText){ 0 });
    kf_splice(&splices, 3, 5, KF_TEXT("overlaps"));
    kf_splice(&splices, 5, 99, KF_TEXT("outside"));
    result = kf_splices_apply(&splices, KF_TEXT("abcdef"));
    cr_expect(kf_text_eq(result, KF_TEXT("AAbef<>")), "%.*s", (int)result.len, result.ptr);
    return KF_OK;
}

static KfStatus splice_nothing(void *ctx)
{
    KfArena *arena = ctx;
    KfSplices splices = { .arena = arena };
    KfText text = KF_TEXT("abc");

    cr_expect_eq(kf_splices_apply(&splices, text).ptr, text.ptr);
    return KF_OK;
}

static void run(KfStatus (*body)(void *ctx))
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_expect_eq(kf_arena_run(&arena, body, &arena), KF_OK);
    kf_arena_finish(&arena);
}

Test(splice, changes_places_noted_in_any_order)
{
    run(splice_in_any_order);
}

Test(splice, leaves_a_text_without_changes_alone)
{
    run(splice_nothing);
}
