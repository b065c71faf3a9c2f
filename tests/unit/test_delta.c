#include <criterion/criterion.h>
#include <string.h>

#include "base/delta.h"

typedef struct {
    KfArena arena;
    KfText from, to;
    KfBuf delta;
} Pair;

static KfStatus make(void *ctx)
{
    Pair *p = ctx;

    kf_delta_make(&p->arena, &p->delta, p->from, p->to);
    return KF_OK;
}

/* The delta of the two leads from one to the other; its length. */
static size_t there(KfText from, KfText to)
{
    Pair p = { .from = from, .to = to };
    KfBuf made = { 0 }, text = { 0 }, bytes = { 0 };
    size_t len;

    kf_arena_init(&p.arena);
    cr_assert_eq(kf_arena_run(&p.arena, make, &p), KF_OK);
    cr_assert(kf_delta_apply(&made, from, kf_buf_view(&p.delta), to.len));
    cr_assert(kf_text_eq(kf_buf_view(&made), to), "%.*s", (int)made.len, made.ptr);
    cr_assert(to.len == 0 || !kf_delta_apply(&made, from, kf_buf_view(&p.delta), to.len - 1));
    kf_buf_base64(&text, kf_buf_view(&p.delta));
    cr_assert(kf_buf_unbase64(&bytes, kf_buf_view(&text)));
    cr_assert(kf_text_eq(kf_buf_view(&bytes), kf_buf_view(&p.delta)));
    len = p.delta.len;
    kf_buf_free(&made);
    kf_buf_free(&text);
    kf_buf_free(&bytes);
    kf_buf_free(&p.delta);
    kf_arena_finish(&p.arena);
    return len;
}

Test(delta, leads_from_any_text_to_any_other)
{
    static const char *const texts[] = { "", "a", "abc", "abcabcabcabcabcabcabcabcabcabcabcabcabc",
                                         "0123456789012345678901234567890123456789" };

    for (size_t i = 0; i < 5; i++) {
        for (size_t j = 0; j < 5; j++)
            there(kf_text(texts[i]), kf_text(texts[j]));
    }
}

/* A sheet of many cells, some of them changed. */
static void put_sheet(KfBuf *out, size_t every)
{
    for (size_t i = 1; i <= 2000; i++) {
        kf_buf_str(out, "<c r=\"A");
        kf_buf_int(out, (int64_t)i);
        kf_buf_str(out, every && i % every == 0 ? "\" s=\"99\"><v>7</v></c>" : "\"><v>");
        kf_buf_int(out, (int64_t)i * 37);
        kf_buf_str(out, "</v></c>");
    }
}

Test(delta, is_small_where_little_changed)
{
    KfBuf before = { 0 }, after = { 0 };

    put_sheet(&before, 0);
    put_sheet(&after, 100);
    cr_expect_lt(there(kf_buf_view(&after), kf_buf_view(&before)), 20 * 60);
    cr_expect_lt(there(kf_buf_view(&before), kf_buf_view(&after)), 20 * 60);
    cr_expect_lt(there(kf_buf_view(&before), kf_buf_view(&before)), 12);
    kf_buf_free(&before);
    kf_buf_free(&after);
}

Test(delta, finds_what_was_moved_far)
{
    KfBuf before = { 0 }, after = { 0 };
    KfText text;

    put_sheet(&before, 0);
    text = kf_buf_view(&before);
    kf_buf_text(&after, kf_text_slice(text, text.len / 3, text.len));
    kf_buf_str(&after, "<c r=\"B1\"><v>1</v></c>");
    kf_buf_text(&after, kf_text_slice(text, 0, text.len / 3));
    cr_expect_lt(there(kf_buf_view(&after), text), 60);
    cr_expect_lt(there(text, kf_buf_view(&after)), 90);
    kf_buf_free(&before);
    kf_buf_free(&after);
}

Test(delta, refuses_what_is_none)
{
    static const char *const bad[] = {
        "\x85", "\x80\x85",     "\x80\x85\x80",
        "\x01", "\x80\x81\xff", "\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\xff"
    };
    KfBuf out = { 0 };

    for (size_t i = 0; i < 6; i++)
        cr_expect_not(kf_delta_apply(&out, KF_TEXT("abc"), kf_text(bad[i]), 1000), "%zu", i);
    cr_expect_not(kf_buf_unbase64(&out, KF_TEXT("a\x01")));
    kf_buf_free(&out);
}
