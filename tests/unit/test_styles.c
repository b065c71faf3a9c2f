#include <criterion/criterion.h>

#include "ooxml/styles.h"

typedef struct {
    KfArena arena;
    KfText part;
    KfStyles styles;
    KfBook book;
    KfError err;
} World;

static KfStatus read_body(void *ctx)
{
    World *world = ctx;

    return kf_styles_read(&world->styles, &world->book, world->part, KF_TEXT("styles.xml"),
                          &world->arena, &world->err);
}

static KfStatus read_styles(World *world, KfText part)
{
    *world = (World){ .part = part };
    kf_arena_init(&world->arena);
    return kf_arena_run(&world->arena, read_body, world);
}

static void expect_code(const World *world, const char *s, const char *expected)
{
    uint32_t index = kf_style_format(&world->styles, kf_text(s));

    cr_assert_lt(index, world->book.format_count);
    cr_expect(kf_text_eq(world->book.formats[index], kf_text(expected)), "%s: %.*s", s,
              (int)world->book.formats[index].len, world->book.formats[index].ptr);
}

Test(styles, follow_the_cell_to_its_number_format)
{
    World world;
    KfText part = KF_TEXT(
        "<styleSheet><numFmts count='4294967295'><numFmt numFmtId='164' "
        "formatCode='#,##0.00\\ &quot;kr.&quot;'/><numFmt numFmtId='9' "
        "formatCode='0.0%'/></numFmts>"
        "<cellStyleXfs><xf numFmtId='1'/></cellStyleXfs>"
        "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='2'/><xf numFmtId='9'/>"
        "<xf numFmtId='164'/><xf/><xf numFmtId='999'/><xf numFmtId='4294967295'/></cellXfs>"
        "<dxfs><dxf><numFmt numFmtId='164' formatCode='wrong'/></dxf></dxfs></styleSheet>");

    cr_assert_eq(read_styles(&world, part), KF_OK);
    cr_assert_eq(world.styles.count, 8);
    cr_assert_eq(world.book.format_count, 4, "each code once");
    expect_code(&world, "0", "General");
    expect_code(&world, "1", "#,##0.00\\ \"kr.\"");
    expect_code(&world, "2", "0.00");
    expect_code(&world, "3", "0.0%");
    expect_code(&world, "4", "#,##0.00\\ \"kr.\"");
    expect_code(&world, "5", "General");
    expect_code(&world, "6", "General");
    expect_code(&world, "7", "General");
    expect_code(&world, "8", "General");
    expect_code(&world, "", "General");
    expect_code(&world, "x", "General");
    kf_arena_finish(&world.arena);
}

Test(styles, refuse_malformed_xml)
{
    World world;

    cr_assert_eq(read_styles(&world, KF_TEXT("<styleSheet><cellXfs>")), KF_SHEET_UNREADABLE);
    cr_assert_str_eq(world.err.part, "styles.xml");
    kf_arena_finish(&world.arena);
}

Test(styles, know_which_cells_a_protected_sheet_lets_change)
{
    World world;
    KfText part = KF_TEXT("<styleSheet><cellStyleXfs><xf><protection locked='0'/></xf>"
                          "</cellStyleXfs><cellXfs><xf/><xf><protection locked='0'/></xf>"
                          "<xf><alignment/><protection hidden='1'/></xf>"
                          "<xf><protection locked='true'/></xf></cellXfs></styleSheet>");

    cr_assert_eq(read_styles(&world, part), KF_OK);
    cr_expect_not(kf_style_unlocked(&world.styles, KF_TEXT("")));
    cr_expect_not(kf_style_unlocked(&world.styles, KF_TEXT("0")));
    cr_expect(kf_style_unlocked(&world.styles, KF_TEXT("1")));
    cr_expect_not(kf_style_unlocked(&world.styles, KF_TEXT("2")));
    cr_expect_not(kf_style_unlocked(&world.styles, KF_TEXT("3")));
    cr_expect_not(kf_style_unlocked(&world.styles, KF_TEXT("99")));
    kf_arena_finish(&world.arena);
}
