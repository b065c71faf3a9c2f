#include <criterion/criterion.h>
#include <string.h>

#include "ooxml/kept_style.h"

#define FILLS                                                                                      \
    "<fills count=\"4\"><fill/><fill/><fill><patternFill patternType=\"solid\"><fgColor "          \
    "rgb=\"FFFFEB9C\"/></patternFill></fill>" OWN_FILL "</fills>"
#define OWN_FILL "<fill><patternFill patternType=\"gray0625\"/></fill>"
#define XF(number, font, fill, rest)                                                               \
    "<xf numFmtId=\"" number "\" fontId=\"" font "\" fillId=\"" fill "\"" rest "/>"
#define STYLES                                                                                     \
    "<styleSheet><fonts count=\"1\"><font/></fonts>" FILLS "<borders count=\"1\"><border/>"        \
    "</borders><cellXfs count=\"6\">" XF("3", "0", "0", "") XF("3", "0", "2", " applyFill=\"1\"")  \
        XF("3", "1", "0", "") XF("3", "0", "3", "") XF("49", "0", "0", " quotePrefix=\"1\"") XF(   \
            "4", "0", "2", " applyNumberFormat=\"1\" applyFill=\"1\"") "</cellXfs></styleSheet>"

typedef struct {
    KfArena arena;
    const char *text;
    uint32_t now, result;
    char xf[300]; /* of the result */
} Case;

static KfStatus restore(void *ctx)
{
    Case *c = ctx;
    KfStylePatch patch;
    KfKeptStyle kept;
    KfText xf, again;

    cr_assert_eq(
        kf_style_patch_open(&patch, &c->arena, KF_TEXT(STYLES), false, KF_TEXT("styles"), NULL),
        KF_OK);
    cr_assert(kf_kept_style_read(kf_text(c->text), &kept));
    again = kf_kept_style_text(&c->arena, &kept);
    cr_expect(kf_text_eq(again, kf_text(c->text)), "%.*s", (int)again.len, again.ptr);
    c->result = kf_kept_style_restore(&patch, &kept, c->now);
    xf = patch.lists[KF_STYLE_XFS].items[c->result];
    cr_assert(xf.len < sizeof c->xf);
    memcpy(c->xf, xf.ptr, xf.len);
    return KF_OK;
}

static Case result_of(const char *text, uint32_t now)
{
    Case c = { .text = text, .now = now };

    kf_arena_init(&c.arena);
    cr_expect_eq(kf_arena_run(&c.arena, restore, &c), KF_OK);
    kf_arena_finish(&c.arena);
    return c;
}

Test(kept_style, number_that_still_means_the_style)
{
    cr_expect_eq(result_of("0>1", 1).result, 0);
    cr_expect_eq(result_of("3>1" OWN_FILL, 1).result, 3);
    cr_expect_eq(result_of("4>5@'", 5).result, 4);
}

/* A program counted the styles anew: the kept number is that of a cell with our fill, of
 * another font, or ours is not the style that stands. */
Test(kept_style, number_that_means_another_style)
{
    cr_expect_eq(result_of("1>1", 1).result, 6);
    cr_expect_str_eq(result_of("1>1", 1).xf, XF("3", "0", "0", " applyFill=\"1\""));
    cr_expect_str_eq(result_of("2>1", 1).xf, XF("3", "0", "0", " applyFill=\"1\""));
    cr_expect_str_eq(result_of("0>7", 1).xf, XF("3", "0", "0", " applyFill=\"1\""));
    cr_expect_str_eq(result_of("900>1", 1).xf, XF("3", "0", "0", " applyFill=\"1\""));
    cr_expect_str_eq(result_of(">1", 1).xf, XF("3", "0", "0", " applyFill=\"1\""));
}

/* The looks come back without the number too. */
Test(kept_style, looks_without_the_number)
{
    cr_expect_str_eq(result_of(">1" OWN_FILL, 1).xf, XF("3", "0", "3", " applyFill=\"1\""));
    cr_expect_str_eq(
        result_of(">5@'", 5).xf,
        XF("49", "0", "0", " applyNumberFormat=\"1\" applyFill=\"1\" quotePrefix=\"1\""));
}

Test(kept_style, nothing_of_ours)
{
    KfKeptStyle kept;

    cr_expect_not(kf_kept_style_read(KF_TEXT(""), &kept));
    cr_expect_not(kf_kept_style_read(KF_TEXT("12"), &kept));
    cr_expect_not(kf_kept_style_read(KF_TEXT("a>b"), &kept));
    cr_expect(kf_kept_style_read(KF_TEXT("->57"), &kept));
    cr_expect(kept.was_absent);
    cr_expect_eq(kept.after, 57);
}
