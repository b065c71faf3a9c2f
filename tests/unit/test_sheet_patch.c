#include <criterion/criterion.h>
#include <string.h>

#include "ooxml/sheet_patch.h"

typedef struct {
    KfArena arena;
    KfBuf scratch;
    const char *xml;
    const KfCellEdit *edits;
    const uint32_t *styles;
    size_t count;
    const KfGrid *grid;
    const char *legacy;
    char legacy_id[16]; /* of the drawing that stands there */
    char result[4096];
} Case;

static KfStatus patch(void *ctx)
{
    Case *c = ctx;
    KfSheetPatch patch = { .arena = &c->arena,
                           .scratch = &c->scratch,
                           .xml = kf_text(c->xml),
                           .edits = c->edits,
                           .count = c->count };
    KfStatus status = kf_sheet_patch_open(&patch, c->grid, KF_TEXT("sheet"), NULL);
    KfText text;

    if (status != KF_OK)
        return status;
    for (size_t i = 0; i < c->count; i++)
        kf_sheet_patch_cell(&patch, i, c->styles ? c->styles[i] : patch.spots[i].style);
    if (c->legacy)
        kf_sheet_patch_legacy(&patch, kf_text(c->legacy));
    kf_sheet_patch_finish(&patch);
    text = kf_splices_apply(&patch.splices, patch.xml);
    cr_assert(text.len < sizeof c->result);
    memcpy(c->result, text.ptr, text.len);
    cr_assert(patch.legacy_id.len < sizeof c->legacy_id);
    if (patch.legacy_id.len)
        memcpy(c->legacy_id, patch.legacy_id.ptr, patch.legacy_id.len);
    return KF_OK;
}

static KfStatus run(Case *c)
{
    KfStatus status;

    kf_arena_init(&c->arena);
    status = kf_arena_run(&c->arena, patch, c);
    kf_arena_finish(&c->arena);
    kf_buf_free(&c->scratch);
    return status;
}

static KfCellEdit number(const char *cell, const char *text)
{
    KfCellEdit edit = { .has_value = true, .number = kf_text(text) };

    cr_assert(kf_cellref_read(kf_text(cell), &edit.ref.row, &edit.ref.col));
    return edit;
}

static void expect(const char *xml, const KfCellEdit *edits, size_t count, const uint32_t *styles,
                   const char *expected)
{
    Case c = { .xml = xml, .edits = edits, .count = count, .styles = styles };

    cr_expect_eq(run(&c), KF_OK);
    cr_expect_str_eq(c.result, expected);
}

#define SHEET(data) "<worksheet>" data "</worksheet>"
#define ROW(cells) SHEET("<sheetData><row r=\"2\">" cells "</row></sheetData>")

static void expect_edit(const char *before, const char *after, const KfCellEdit *edit)
{
    char from[512] = "<worksheet><sheetData><row r=\"2\"><c r=\"A2\"/>", to[512];
    const char *tail = "<c r=\"C2\"><v>9</v></c></row></sheetData></worksheet>";

    strcpy(to, from);
    strcat(strcat(from, before), tail);
    strcat(strcat(to, after), tail);
    expect(from, edit, 1, NULL, to);
}

static void expect_cell(const char *before, const char *after)
{
    KfCellEdit edit = number("B2", "7.5");

    expect_edit(before, after, &edit);
}

Test(sheet_patch, puts_a_number_in_the_place_of_every_kind_of_value)
{
    expect_cell("<c r=\"B2\" s=\"3\"><v>1</v></c>", "<c r=\"B2\" s=\"3\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\" t=\"n\"><v>1</v></c>", "<c r=\"B2\" t=\"n\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\" s=\"3\"\n t=\"s\" ph=\"1\"><v>1</v></c>",
                "<c r=\"B2\" s=\"3\" ph=\"1\"><v>7.5</v></c>");
    expect_cell("<c t=\"inlineStr\" r=\"B2\"><is><t>x</t></is></c>", "<c r=\"B2\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\" t=\"str\"><v>x</v></c>", "<c r=\"B2\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\" t=\"b\"><v>1</v></c>", "<c r=\"B2\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\" t=\"e\" vm=\"1\"><v>#N/A</v></c>", "<c r=\"B2\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\" s=\"3\"/>", "<c r=\"B2\" s=\"3\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\" s=\"3\"></c>", "<c r=\"B2\" s=\"3\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\"><v/><extLst/></c>", "<c r=\"B2\"><v>7.5</v><extLst/></c>");
    expect_cell("", "<c r=\"B2\"><v>7.5</v></c>");
}

Test(sheet_patch, replaces_a_formula_by_its_value)
{
    expect_cell("<c r=\"B2\" cm=\"1\" t=\"str\"><f>A1</f><v>x</v></c>",
                "<c r=\"B2\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\"><f>A1</f></c>", "<c r=\"B2\"><v>7.5</v></c>");
}

Test(sheet_patch, keeps_array_formulas_and_data_tables)
{
    expect_cell("<c r=\"B2\"><f t=\"array\" ref=\"B2:B3\">A1</f><v>1</v></c>",
                "<c r=\"B2\"><f t=\"array\" ref=\"B2:B3\">A1</f><v>7.5</v></c>");
    expect_cell("<c r=\"B2\"><f t=\"array\" ref=\"B2\">A1</f><v>1</v></c>",
                "<c r=\"B2\"><v>7.5</v></c>");
    expect_cell("<c r=\"B2\"><f t=\"dataTable\" ref=\"B2:B3\"/><v>1</v></c>",
                "<c r=\"B2\"><f t=\"dataTable\" ref=\"B2:B3\"/><v>7.5</v></c>");
}

Test(sheet_patch, keeps_a_formula_and_refreshes_its_value)
{
    KfCellEdit edit = number("B2", "7");

    edit.keep_formula = true;
    expect(ROW("<c r=\"B2\" t=\"str\"><f>A1&amp;\"\"</f><v>x</v></c>"), &edit, 1, NULL,
           ROW("<c r=\"B2\"><f>A1&amp;\"\"</f><v>7</v></c>"));
    expect(ROW("<c r=\"B2\"><f>A1</f></c>"), &edit, 1, NULL,
           ROW("<c r=\"B2\"><f>A1</f><v>7</v></c>"));
}

static void expect_formula(const char *before, const char *after)
{
    KfCellEdit edit = number("B2", "7.5");

    edit.formula = KF_TEXT("SUM(B1,\"<\")");
    expect_edit(before, after, &edit);
}

#define NEW_FORMULA "<f>SUM(B1,&quot;&lt;&quot;)</f><v>7.5</v>"

Test(sheet_patch, puts_a_formula_in_the_place_of_every_kind_of_content)
{
    expect_formula("<c r=\"B2\" s=\"3\"><f>B1</f><v>1</v></c>",
                   "<c r=\"B2\" s=\"3\">" NEW_FORMULA "</c>");
    expect_formula("<c r=\"B2\" t=\"str\"><f>B1</f><v>x</v></c>",
                   "<c r=\"B2\">" NEW_FORMULA "</c>");
    expect_formula("<c r=\"B2\" t=\"s\"><v>1</v></c>", "<c r=\"B2\">" NEW_FORMULA "</c>");
    expect_formula("<c r=\"B2\" t=\"inlineStr\"><is><t>x</t></is></c>",
                   "<c r=\"B2\">" NEW_FORMULA "</c>");
    expect_formula("<c r=\"B2\"><f>B1</f></c>", "<c r=\"B2\">" NEW_FORMULA "</c>");
    expect_formula("<c r=\"B2\" s=\"3\"/>", "<c r=\"B2\" s=\"3\">" NEW_FORMULA "</c>");
    expect_formula("", "<c r=\"B2\">" NEW_FORMULA "</c>");
    expect_formula("<c r=\"B2\" cm=\"1\"><f t=\"array\" ref=\"B2\">B1</f><v>1</v></c>",
                   "<c r=\"B2\">" NEW_FORMULA "</c>");
}

Test(sheet_patch, an_array_of_several_cells_keeps_its_formula)
{
    expect_formula("<c r=\"B2\"><f t=\"array\" ref=\"B2:B3\">A1</f><v>1</v></c>",
                   "<c r=\"B2\"><f t=\"array\" ref=\"B2:B3\">A1</f><v>7.5</v></c>");
}

Test(sheet_patch, a_formula_gets_a_value_of_any_kind)
{
    static const struct {
        uint8_t result;
        const char *text, *after;
    } cases[] = {
        { KF_CELL_TEXT, "a<b", "<c r=\"B2\" t=\"str\"><f>A1</f><v>a&lt;b</v></c>" },
        { KF_CELL_BOOL, "1", "<c r=\"B2\" t=\"b\"><f>A1</f><v>1</v></c>" },
        { KF_CELL_ERROR, "#N/A", "<c r=\"B2\" t=\"e\"><f>A1</f><v>#N/A</v></c>" },
    };

    for (size_t i = 0; i < 3; i++) {
        KfCellEdit edit = number("B2", "");

        edit.keep_formula = true;
        edit.result = cases[i].result;
        edit.text = kf_text(cases[i].text);
        expect_edit("<c r=\"B2\"><f>A1</f><v>1</v></c>", cases[i].after, &edit);
        expect_edit("<c r=\"B2\" t=\"str\"><f>A1</f><v>1</v></c>", cases[i].after, &edit);
    }
}

Test(sheet_patch, marks_without_touching_the_value)
{
    KfCellEdit edits[] = { number("A2", "0"), number("B2", "0"), number("C2", "0") };
    uint32_t styles[] = { 4, 5, 6 };

    for (size_t i = 0; i < 3; i++)
        edits[i].has_value = false;
    expect(ROW("<c r=\"A2\" t=\"s\"><v>1</v></c><c s=\"12\" r=\"B2\"/>"), edits, 3, styles,
           ROW("<c r=\"A2\" s=\"4\" t=\"s\"><v>1</v></c><c s=\"5\" r=\"B2\"/><c r=\"C2\" "
               "s=\"6\"/>"));
}

Test(sheet_patch, adds_cells_and_rows_in_order)
{
    KfCellEdit edits[] = { number("A1", "1"), number("A2", "2"), number("C2", "3"),
                           number("A3", "4"), number("B3", "5"), number("B4", "6"),
                           number("A9", "7"), number("B9", "8") };

    expect(SHEET("<dimension ref=\"B2:B4\"/><sheetData><row r=\"2\" spans=\"2:2\"><c r=\"B2\"/>"
                 "</row><row r=\"4\"/></sheetData>"),
           edits, 8, NULL,
           SHEET("<dimension ref=\"A1:C9\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                 "<row r=\"2\" spans=\"1:3\"><c r=\"A2\"><v>2</v></c><c r=\"B2\"/><c r=\"C2\"><v>3"
                 "</v></c></row><row r=\"3\"><c r=\"A3\"><v>4</v></c><c r=\"B3\"><v>5</v></c></row>"
                 "<row r=\"4\"><c r=\"B4\"><v>6</v></c></row><row r=\"9\"><c r=\"A9\"><v>7</v></c>"
                 "<c r=\"B9\"><v>8</v></c></row></sheetData>"));
}

Test(sheet_patch, fills_an_empty_sheet)
{
    KfCellEdit edits[] = { number("A1", "1"), number("A3", "2") };

    expect(SHEET("<sheetData/><pageMargins/>"), edits, 2, NULL,
           SHEET("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\">"
                 "<v>2</v></c></row></sheetData><pageMargins/>"));
}

Test(sheet_patch, finds_cells_that_do_not_say_where_they_are)
{
    KfCellEdit edits[] = { number("B1", "1"), number("A2", "2") };

    expect(
        SHEET("<sheetData><row><c/><c><v>0</v></c></row><row><c/></row></sheetData>"), edits, 2,
        NULL,
        SHEET("<sheetData><row><c/><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>"));
}

Test(sheet_patch, gives_a_new_cell_the_style_of_its_row_or_column)
{
    KfCellEdit edits[] = { number("B1", "1"), number("B2", "2") };

    expect(SHEET("<cols><col min=\"2\" max=\"3\" style=\"7\"/></cols><sheetData><row r=\"2\" "
                 "s=\"8\" customFormat=\"1\"/></sheetData>"),
           edits, 2, NULL,
           SHEET("<cols><col min=\"2\" max=\"3\" style=\"7\"/></cols><sheetData><row r=\"1\"><c "
                 "r=\"B1\" s=\"7\"><v>1</v></c></row><row r=\"2\" s=\"8\" customFormat=\"1\"><c "
                 "r=\"B2\" s=\"8\"><v>2</v></c></row></sheetData>"));
}

Test(sheet_patch, writes_in_the_prefix_of_the_part)
{
    KfCellEdit edits[] = { number("A1", "1"), number("A2", "2"), number("B2", "3") };

    expect("<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"2\"><x:c r=\"A2\" t=\"s\"><x:v>0"
           "</x:v></x:c></x:row></x:sheetData></x:worksheet>",
           edits, 3, NULL,
           "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c>"
           "</x:row><x:row r=\"2\"><x:c r=\"A2\"><x:v>2</x:v></x:c><x:c r=\"B2\"><x:v>3</x:v></x:c>"
           "</x:row></x:sheetData></x:worksheet>");
}

#define GROUP                                                                                      \
    "<row r=\"1\"><c r=\"B1\"><f t=\"shared\" ref=\"B1:B3\" si=\"0\">A1&lt;1</f><v>1</v></c>"      \
    "</row><row r=\"2\"><c r=\"B2\"><f t=\"shared\" si=\"0\"/><v>2</v></c></row><row r=\"3\">"     \
    "<c r=\"B3\"><f t=\"shared\" si=\"0\"/><v>3</v></c></row>"

static KfStatus drop_master(void *ctx)
{
    Case *c = ctx;
    KfCell cells[] = {
        { .row = 0, .col = 1, .kind = KF_CELL_NUMBER, .formula = KF_TEXT("A1<1") },
        { .row = 1, .col = 1, .kind = KF_CELL_NUMBER, .formula = KF_TEXT("A2<1") },
        { .row = 2, .col = 1, .kind = KF_CELL_NUMBER, .formula = KF_TEXT("A3<1") },
    };
    KfGrid grid = { .cells = cells, .cell_count = 3 };

    kf_grid_index(&c->arena, &grid);
    c->grid = &grid;
    return patch(c);
}

Test(sheet_patch, hands_a_shared_formula_on)
{
    KfCellEdit edits[] = { number("B1", "7") };
    Case c = { .xml = SHEET("<sheetData>" GROUP "</sheetData>"), .edits = edits, .count = 1 };

    kf_arena_init(&c.arena);
    cr_expect_eq(kf_arena_run(&c.arena, drop_master, &c), KF_OK);
    kf_arena_finish(&c.arena);
    kf_buf_free(&c.scratch);
    cr_expect_str_eq(
        c.result,
        SHEET("<sheetData><row r=\"1\"><c r=\"B1\"><v>7</v></c></row><row r=\"2\"><c r=\"B2\"><f "
              "t=\"shared\" ref=\"B2:B3\" si=\"0\">A2&lt;1</f><v>2</v></c></row><row r=\"3\"><c "
              "r=\"B3\"><f t=\"shared\" si=\"0\"/><v>3</v></c></row></sheetData>"));
}

Test(sheet_patch, keeps_a_shared_formula_that_nobody_can_take_over)
{
    KfCellEdit edits[] = { number("B1", "7") };

    expect(SHEET("<sheetData>" GROUP "</sheetData>"), edits, 1, NULL,
           SHEET("<sheetData><row r=\"1\"><c r=\"B1\"><f t=\"shared\" ref=\"B1:B3\" si=\"0\">"
                 "A1&lt;1</f><v>7</v></c></row><row r=\"2\"><c r=\"B2\"><f t=\"shared\" si=\"0\"/>"
                 "<v>2</v></c></row><row r=\"3\"><c r=\"B3\"><f t=\"shared\" si=\"0\"/><v>3</v></c>"
                 "</row></sheetData>"));
}

Test(sheet_patch, drops_a_whole_shared_group)
{
    KfCellEdit edits[] = { number("B1", "7"), number("B2", "8"), number("B3", "9") };

    expect(SHEET("<sheetData>" GROUP "</sheetData>"), edits, 3, NULL,
           SHEET("<sheetData><row r=\"1\"><c r=\"B1\"><v>7</v></c></row><row r=\"2\"><c r=\"B2\">"
                 "<v>8</v></c></row><row r=\"3\"><c r=\"B3\"><v>9</v></c></row></sheetData>"));
}

static void expect_legacy(const char *before, const char *after)
{
    Case c = { .xml = before, .legacy = "rId7" };

    cr_expect_eq(run(&c), KF_OK);
    cr_expect_str_eq(c.result, after);
}

Test(sheet_patch, puts_the_drawing_where_the_schema_wants_it)
{
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    expect_legacy(SHEET("<sheetData/><pageMargins/><drawing/><mc:AlternateContent/><tableParts/>"),
                  SHEET("<sheetData/><pageMargins/><drawing/><legacyDrawing xmlns:r=\"" REL "\" "
                        "r:id=\"rId7\"/><mc:AlternateContent/><tableParts/>"));
    expect_legacy("<worksheet xmlns:q=\"" REL "\"><sheetData/><extLst/></worksheet>",
                  "<worksheet xmlns:q=\"" REL "\"><sheetData/><legacyDrawing q:id=\"rId7\"/>"
                  "<extLst/></worksheet>");
    expect_legacy("<worksheet xmlns:q=\"" REL "\"><sheetData/><pageMargins/></worksheet>",
                  "<worksheet xmlns:q=\"" REL "\"><sheetData/><pageMargins/><legacyDrawing "
                  "q:id=\"rId7\"/></worksheet>");
}

#define STRICT                                                                                     \
    "<worksheet xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:r=\"s\" "            \
    "xmlns:mc=\"m\">"
#define ALTERNATE                                                                                  \
    "<mc:AlternateContent xmlns:mc=\"" MC "\"><mc:Choice Requires=\"v\" xmlns:v=\"" V "\">"
#define MC "http://schemas.openxmlformats.org/markup-compatibility/2006"
#define V "urn:schemas-microsoft-com:vml"

/* The strict format has no old drawings: Excel puts them into a choice. */
Test(sheet_patch, finds_and_puts_the_drawing_of_a_strict_sheet)
{
    Case found = { .xml = STRICT "<sheetData/><drawing/><mc:AlternateContent><mc:Choice "
                                 "Requires=\"v\"><legacyDrawing r:id=\"rId2\"/></mc:Choice>"
                                 "</mc:AlternateContent></worksheet>" };

    cr_expect_eq(run(&found), KF_OK);
    cr_expect_str_eq(found.legacy_id, "rId2");
    expect_legacy("<worksheet xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:q=\""
                  "http://purl.oclc.org/ooxml/officeDocument/relationships\"><sheetData/>"
                  "<drawing/></worksheet>",
                  "<worksheet xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:q=\""
                  "http://purl.oclc.org/ooxml/officeDocument/relationships\"><sheetData/>"
                  "<drawing/>" ALTERNATE "<legacyDrawing q:id=\"rId7\"/></mc:Choice>"
                  "</mc:AlternateContent></worksheet>");
}

Test(sheet_patch, says_what_is_wrong_with_a_broken_part)
{
    KfCellEdit edit = number("A1", "1");
    Case broken = { .xml = "<worksheet><sheetData><row>", .edits = &edit, .count = 1 };
    Case empty = { .xml = "<worksheet/>", .edits = &edit, .count = 1 };

    cr_expect_eq(run(&broken), KF_SHEET_UNREADABLE);
    cr_expect_eq(run(&empty), KF_SHEET_UNREADABLE);
}
