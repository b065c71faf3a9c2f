#include <criterion/criterion.h>
#include <string.h>

#include "ooxml/styles_patch.h"

typedef struct {
    KfArena arena;
    const char *xml;
    void (*use)(KfStylePatch *patch);
    char result[8192];
} Case;

static KfStatus patch(void *ctx)
{
    Case *c = ctx;
    KfStylePatch patch;
    KfStatus status =
        kf_style_patch_open(&patch, &c->arena, kf_text(c->xml), false, KF_TEXT("styles"), NULL);
    KfText text;

    if (status != KF_OK)
        return status;
    c->use(&patch);
    text = kf_style_patch_finish(&patch);
    cr_assert(text.len < sizeof c->result);
    memcpy(c->result, text.ptr, text.len);
    return KF_OK;
}

static KfStatus run(Case *c)
{
    KfStatus status;

    kf_arena_init(&c->arena);
    status = kf_arena_run(&c->arena, patch, c);
    kf_arena_finish(&c->arena);
    return status;
}

static void expect(const char *xml, void (*use)(KfStylePatch *patch), const char *expected)
{
    Case c = { .xml = xml, .use = use };

    cr_expect_eq(run(&c), KF_OK);
    cr_expect_str_eq(c.result, expected);
}

#define FONTS "<fonts count=\"1\"><font><sz val=\"10\"/><name val=\"Arial\"/></font></fonts>"
#define BORDERS "<borders count=\"1\"><border/></borders>"
#define GREEN                                                                                      \
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFC6EFCE\"/><bgColor "                \
    "indexed=\"64\"/></patternFill></fill>"
#define YELLOW                                                                                     \
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFEB9C\"/><bgColor "                \
    "indexed=\"64\"/></patternFill></fill>"
#define XF_0 "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
#define XF_1                                                                                       \
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"1\" borderId=\"0\" quotePrefix=\"1\"><alignment "   \
    "wrapText=\"1\"/></xf>"
#define STYLES(fills, xfs)                                                                         \
    "<styleSheet>" FONTS "<fills count=\"" fills "</fills>" BORDERS "<cellXfs count=\"" xfs        \
    "</cellXfs><dxfs/></styleSheet>"
#define TWO_FILLS "2\"><fill/><fill/>"
#define THREE_FILLS "3\"><fill/><fill/>" GREEN
#define TWO_XFS "2\">" XF_0 XF_1

static void mark_twice(KfStylePatch *patch)
{
    KfStyleChange change = { .mark = KF_MARK_CORRECTED };

    cr_expect_eq(kf_style_patch_cell(patch, 1, &change), 2);
    cr_expect_eq(kf_style_patch_cell(patch, 1, &change), 2);
    cr_expect_eq(kf_style_patch_cell(patch, 2, &change), 2);
}

Test(styles_patch, clones_a_format_once)
{
    expect(STYLES(TWO_FILLS, TWO_XFS), mark_twice,
           STYLES(THREE_FILLS,
                  "3\">" XF_0 XF_1 "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"2\" borderId=\"0\" "
                  "quotePrefix=\"1\" applyFill=\"1\"><alignment wrapText=\"1\"/></xf>"));
}

static void make_number(KfStylePatch *patch)
{
    KfStyleChange change = {
        .mark = KF_MARK_CORRECTED, .unquote = true, .number_format = true, .decimals = true
    };

    cr_expect_eq(kf_style_patch_cell(patch, 1, &change), 2);
    change.decimals = false;
    cr_expect_eq(kf_style_patch_cell(patch, 1, &change), 3);
}

Test(styles_patch, turns_a_text_format_into_a_number_format)
{
    expect(STYLES(TWO_FILLS, TWO_XFS), make_number,
           STYLES(THREE_FILLS,
                  "4\">" XF_0 XF_1 "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"2\" borderId=\"0\" "
                  "applyNumberFormat=\"1\" applyFill=\"1\"><alignment wrapText=\"1\"/></xf>"
                  "<xf numFmtId=\"3\" fontId=\"0\" fillId=\"2\" borderId=\"0\" "
                  "applyNumberFormat=\"1\" applyFill=\"1\"><alignment wrapText=\"1\"/></xf>"));
}

static void use_what_is_there(KfStylePatch *patch)
{
    KfStyleChange corrected = { .mark = KF_MARK_CORRECTED }, none = { .mark = KF_MARK_NONE };

    cr_expect_eq(kf_style_patch_cell(patch, 0, &corrected), 1);
    cr_expect_eq(kf_style_patch_cell(patch, 1, &corrected), 1);
    cr_expect_eq(kf_style_patch_cell(patch, 1, &none), 1);
    cr_expect_eq(kf_style_patch_cell(patch, 99, &none), 99);
}

Test(styles_patch, adds_nothing_that_is_there_already)
{
    const char *styles = STYLES(
        THREE_FILLS, "2\">" XF_0 "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"2\" borderId=\"0\" "
                     "applyFill=\"1\"/>");

    expect(styles, use_what_is_there, styles);
}

static void mark_first(KfStylePatch *patch)
{
    KfStyleChange change = { .mark = KF_MARK_PROPOSED };

    cr_expect_eq(kf_style_patch_cell(patch, 0, &change), 1);
}

Test(styles_patch, adds_lists_that_are_missing_in_their_place)
{
    expect("<x:styleSheet xmlns:x=\"m\"><x:numFmts/><x:cellXfs><x:xf/></x:cellXfs><x:dxfs/>"
           "</x:styleSheet>",
           mark_first,
           "<x:styleSheet xmlns:x=\"m\"><x:numFmts/><x:fonts count=\"1\"><x:font><x:sz "
           "val=\"11\"/><x:name val=\"Calibri\"/></x:font></x:fonts><x:fills count=\"3\"><x:fill>"
           "<x:patternFill patternType=\"none\"/></x:fill><x:fill><x:patternFill "
           "patternType=\"gray125\"/></x:fill><x:fill><x:patternFill patternType=\"solid\">"
           "<x:fgColor rgb=\"FFFFEB9C\"/><x:bgColor indexed=\"64\"/></x:patternFill></x:fill>"
           "</x:fills><x:borders count=\"1\"><x:border><x:left/><x:right/><x:top/><x:bottom/>"
           "<x:diagonal/></x:border></x:borders><x:cellXfs><x:xf/><x:xf fillId=\"2\" "
           "applyFill=\"1\"/></x:cellXfs><x:dxfs/></x:styleSheet>");
}

static void begin(KfStylePatch *patch)
{
    KfStyleChange change = { .mark = KF_MARK_CORRECTED };

    cr_expect_eq(kf_style_patch_cell(patch, 0, &change), 1);
    cr_expect(patch->changed);
}

Test(styles_patch, begins_a_part)
{
    Case c = { .xml = "", .use = begin };

    cr_expect_eq(run(&c), KF_OK);
    cr_expect_not_null(strstr(c.result, "<fills count=\"3\">"));
    cr_expect_not_null(strstr(c.result, "<cellXfs count=\"2\">"));
}

static void use_out_styles(KfStylePatch *patch)
{
    uint32_t plain = kf_style_patch_out(patch, KF_OUT_TEXT, KF_OUT_PLAIN);

    cr_expect_eq(plain, 2);
    cr_expect_eq(kf_style_patch_out(patch, KF_OUT_TEXT, KF_OUT_PLAIN), plain);
    cr_expect_eq(kf_style_patch_out(patch, KF_OUT_NUMBER, KF_OUT_PROPOSED), 3);
    cr_expect_eq(kf_style_patch_out(patch, KF_OUT_LINK, KF_OUT_PLAIN), 4);
    cr_expect_eq(kf_style_patch_out(patch, KF_OUT_TEXT, KF_OUT_FIGURE_HEADING), 5);
    cr_expect_eq(kf_style_patch_line(patch), 14);
}

Test(styles_patch, makes_formats_in_the_font_of_the_workbook)
{
    Case c = { .xml = STYLES(TWO_FILLS, TWO_XFS), .use = use_out_styles };

    cr_expect_eq(run(&c), KF_OK);
    cr_expect_not_null(strstr(c.result, "<fonts count=\"3\"><font><sz val=\"10\"/><name "
                                        "val=\"Arial\"/></font><font><u/><sz val=\"10\"/><color "
                                        "rgb=\"FF0563C1\"/><name val=\"Arial\"/></font>"));
    cr_expect_not_null(strstr(c.result, "horizontal=\"right\" wrapText=\"1\"/></xf></cellXfs>"));
    cr_expect_not_null(strstr(c.result, YELLOW));
    cr_expect_not_null(strstr(c.result, "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"2\""));
}

static void use_nothing(KfStylePatch *patch)
{
    cr_expect_not(patch->changed);
}

Test(styles_patch, says_what_is_wrong_with_a_broken_part)
{
    Case broken = { .xml = "<styleSheet><cellXfs>", .use = use_nothing };

    cr_expect_eq(run(&broken), KF_SHEET_UNREADABLE);
}

static void mark_default(KfStylePatch *patch)
{
    KfStyleChange change = { .mark = KF_MARK_CORRECTED };

    cr_expect_eq(kf_style_patch_cell(patch, 0, &change), 1);
}

Test(styles_patch, begins_a_part_without_lists)
{
    expect("<x:styleSheet/>", mark_default,
           "<x:styleSheet><x:fonts count=\"1\"><x:font><x:sz val=\"11\"/><x:name "
           "val=\"Calibri\"/></x:font></x:fonts><x:fills count=\"3\"><x:fill><x:patternFill "
           "patternType=\"none\"/></x:fill><x:fill><x:patternFill "
           "patternType=\"gray125\"/></x:fill><x:fill><x:patternFill patternType=\"solid\">"
           "<x:fgColor rgb=\"FFC6EFCE\"/><x:bgColor indexed=\"64\"/></x:patternFill></x:fill>"
           "</x:fills><x:borders count=\"1\"><x:border><x:left/><x:right/><x:top/><x:bottom/>"
           "<x:diagonal/></x:border></x:borders><x:cellXfs count=\"2\"><x:xf numFmtId=\"0\" "
           "fontId=\"0\" fillId=\"0\" borderId=\"0\"/><x:xf numFmtId=\"0\" fontId=\"0\" "
           "fillId=\"2\" borderId=\"0\" applyFill=\"1\"/></x:cellXfs></x:styleSheet>");
}

#define ALTERNATE                                                                                  \
    "<mc:AlternateContent><mc:Choice Requires=\"hs\"><xf "                                         \
    "hs:x=\"1\"/></mc:Choice><mc:Fallback>" XF_1 "</mc:Fallback></mc:AlternateContent>"

static void mark_alternate(KfStylePatch *patch)
{
    KfStyleChange change = { .mark = KF_MARK_CORRECTED };

    cr_expect_eq(kf_style_patch_cell(patch, 1, &change), 2);
}

/* What only some programs know counts once. */
Test(styles_patch, counts_the_fallback)
{
    expect(STYLES(THREE_FILLS, "2\">" XF_0 ALTERNATE), mark_alternate,
           STYLES(THREE_FILLS, "3\">" XF_0 ALTERNATE
                               "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"2\" borderId=\"0\" "
                               "quotePrefix=\"1\" applyFill=\"1\"><alignment wrapText=\"1\"/>"
                               "</xf>"));
}
