#include <criterion/criterion.h>
#include <string.h>

#include "ooxml/new_sheet.h"

typedef struct {
    KfArena arena;
    KfBuf scratch;
    const KfOutSheet *sheet;
    KfSheetNames names;
    char result[8192];
} Case;

static KfStatus make(void *ctx)
{
    Case *c = ctx;
    KfStylePatch styles;
    KfText text;

    cr_assert_eq(kf_style_patch_open(&styles, &c->arena, (KfText){ 0 }, false, (KfText){ 0 }, NULL),
                 KF_OK);
    text = kf_new_sheet(&c->arena, &c->scratch, c->sheet, &styles, false, &c->names);
    cr_assert(text.len < sizeof c->result);
    memcpy(c->result, text.ptr, text.len);
    return KF_OK;
}

static void run(Case *c)
{
    kf_arena_init(&c->arena);
    cr_assert_eq(kf_arena_run(&c->arena, make, c), KF_OK);
    kf_arena_finish(&c->arena);
    kf_buf_free(&c->scratch);
}

static void expect_part(const Case *c, const char *part)
{
    cr_expect_not_null(strstr(c->result, part), "%s not in %s", part, c->result);
}

static KfOutRow row(KfOutCell *cells, size_t count)
{
    return (KfOutRow){ cells, count };
}

Test(new_sheet, writes_a_table_with_all_that_belongs_to_it)
{
    KfOutCell title[] = { { KF_OUT_TEXT, KF_OUT_TITLE, KF_TEXT("Rettelser"), { 0 } } };
    KfOutCell heads[] = { { KF_OUT_TEXT, KF_OUT_HEADING, KF_TEXT("Celle"), { 0 } },
                          { KF_OUT_TEXT, KF_OUT_HEADING, KF_TEXT("Efter"), { 0 } } };
    KfOutCell line[] = { { KF_OUT_LINK, KF_OUT_PLAIN, KF_TEXT("A & B!D30"),
                           KF_TEXT("'A & B'!D30") },
                         { KF_OUT_NUMBER, KF_OUT_CORRECTED, KF_TEXT("-92826.5"), { 0 } } };
    KfOutCell end[] = { { KF_OUT_TEXT, KF_OUT_PLAIN, KF_TEXT("slut"), { 0 } } };
    KfOutRow rows[] = {
        row(title, 1), row(heads, 2), row(line, 2), row(line, 2), { 0 }, row(end, 1)
    };
    uint16_t widths[] = { 20, 300 };
    KfOutSheet sheet = { .rows = rows,
                         .row_count = 6,
                         .widths = widths,
                         .width_count = 2,
                         .table_row = 1,
                         .table_cols = 2 };
    Case c = { .sheet = &sheet };

    run(&c);
    expect_part(&c, "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:B6\"/>");
    expect_part(&c, "<pane ySplit=\"2\" topLeftCell=\"A3\" activePane=\"bottomLeft\" "
                    "state=\"frozen\"/>");
    expect_part(&c, "<col min=\"1\" max=\"1\" width=\"20.7109375\" customWidth=\"1\"/><col "
                    "min=\"2\" max=\"2\" width=\"254.7109375\" customWidth=\"1\"/>");
    expect_part(&c, " t=\"inlineStr\"><is><t xml:space=\"preserve\">A &amp; B!D30</t></is></c>");
    expect_part(&c, "<v>-92826.5</v></c></row>");
    expect_part(&c, "</sheetData><autoFilter ref=\"A2:B4\"/><hyperlinks><hyperlink ref=\"A3\" "
                    "location=\"'A &amp; B'!D30\" display=\"A &amp; B!D30\"/><hyperlink "
                    "ref=\"A4\" ");
    expect_part(&c, "</hyperlinks><pageMargins ");
    expect_part(&c, "paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>");
    cr_expect(c.names.has_filter && c.names.filter.last_row == 3);
    cr_expect(c.names.has_titles && c.names.title_row == 1);
}

Test(new_sheet, keeps_every_text_a_text)
{
    KfOutCell cells[] = { { KF_OUT_TEXT, KF_OUT_PLAIN, KF_TEXT("=1+1"), { 0 } },
                          { KF_OUT_NUMBER, KF_OUT_PLAIN, KF_TEXT("1.234,00"), { 0 } },
                          { KF_OUT_TEXT, KF_OUT_PLAIN, KF_TEXT("a\x01\r\n_x0041_\xFF"), { 0 } },
                          { KF_OUT_LINK, KF_OUT_PLAIN, KF_TEXT("uden mål"), { 0 } },
                          { KF_OUT_TEXT, KF_OUT_PLAIN, { 0 }, { 0 } } };
    KfOutRow rows[] = { row(cells, 5) };
    KfOutSheet sheet = { .rows = rows, .row_count = 1 };
    Case c = { .sheet = &sheet };

    run(&c);
    expect_part(&c, ">=1+1</t>");
    expect_part(&c, ">1.234,00</t>");
    expect_part(&c, ">a_x0001__x000D_\n_x005F_x0041_\xEF\xBF\xBD</t>");
    cr_expect_null(strstr(c.result, "<hyperlink"));
    cr_expect_null(strstr(c.result, "<v>"));
    cr_expect_null(strstr(c.result, "E1\" s"));
    cr_expect_null(strstr(c.result, "<autoFilter"));
    cr_expect_null(strstr(c.result, "<cols>"));
}

Test(new_sheet, makes_rows_high_enough_for_wrapped_text)
{
    KfOutCell cells[] = { { KF_OUT_TEXT, KF_OUT_WRAPPED, KF_TEXT("aaaa bbbb cccc dddd"), { 0 } } };
    KfOutRow rows[] = { row(cells, 1) };
    uint16_t widths[] = { 9 };
    KfOutSheet sheet = { .rows = rows, .row_count = 1, .widths = widths, .width_count = 1 };
    Case c = { .sheet = &sheet };

    run(&c);
    expect_part(&c, "<row r=\"1\" ht=\"30\">");
}

/* In a font that is wider than the sheet's it takes four lines. */
Test(new_sheet, leaves_room_for_a_wider_font)
{
    KfOutCell cells[] = { { KF_OUT_TEXT,
                            KF_OUT_WRAPPED,
                            KF_TEXT("Cellen er tom, men summerne mangler 15.400. Eller: B18 er 0 "
                                    "i stedet for 15.400."),
                            { 0 } } };
    KfOutRow rows[] = { row(cells, 1) };
    uint16_t widths[] = { 25 };
    KfOutSheet sheet = { .rows = rows, .row_count = 1, .widths = widths, .width_count = 1 };
    Case c = { .sheet = &sheet };

    run(&c);
    expect_part(&c, "<row r=\"1\" ht=\"60\">");
}

Test(new_sheet, does_not_freeze_half_the_window)
{
    KfOutCell cell = { KF_OUT_TEXT, KF_OUT_HEADING, KF_TEXT("a"), { 0 } };
    KfOutRow rows[40];
    KfOutSheet sheet = { .rows = rows, .row_count = 40, .table_row = 30, .table_cols = 1 };
    Case c = { .sheet = &sheet };

    for (size_t i = 0; i < 40; i++)
        rows[i] = row(&cell, 1);
    run(&c);
    cr_expect_null(strstr(c.result, "<pane"));
    expect_part(&c, "<autoFilter ref=\"A31:A40\"/>");
}

Test(new_sheet, filters_no_table_without_rows)
{
    KfOutCell cell = { KF_OUT_TEXT, KF_OUT_HEADING, KF_TEXT("a"), { 0 } };
    KfOutRow rows[] = { row(&cell, 1) };
    KfOutSheet sheet = { .rows = rows, .row_count = 1, .table_row = 0, .table_cols = 1 };
    Case c = { .sheet = &sheet };

    run(&c);
    cr_expect_null(strstr(c.result, "<autoFilter"));
    cr_expect_not(c.names.has_filter);
}
