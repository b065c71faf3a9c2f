#include <criterion/criterion.h>

#include "ooxml/sheet_read.h"

typedef struct {
    KfArena arena;
    KfBuf cells, text;
    KfText part;
    KfGrid grid;
    KfError err;
    size_t room;
} World;

static const uint32_t string_ends[] = { 6, 11 };
static const KfSharedStrings strings = { { "FørstAnden", 11 }, string_ends, 2 };
static uint32_t style_formats[] = { 0, 3 };
static const KfStyles styles = { .formats = style_formats, .count = 2 };

static KfStatus read_body(void *ctx)
{
    World *world = ctx;
    const KfSheetContext context = {
        .arena = &world->arena,
        .strings = &strings,
        .styles = &styles,
        .cells = &world->cells,
        .text = &world->text,
        .cell_room = world->room,
    };

    world->grid.name = KF_TEXT("Borger 1");
    return kf_sheet_read(&world->grid, world->part, &context, &world->err);
}

static KfStatus read_sheet(World *world, KfText part)
{
    *world = (World){ .part = part, .room = 1000 };
    kf_arena_init(&world->arena);
    return kf_arena_run(&world->arena, read_body, world);
}

static void finish(World *world)
{
    kf_buf_free(&world->cells);
    kf_buf_free(&world->text);
    kf_arena_finish(&world->arena);
}

/* Writes the cells as "A1 n 12 =formula {format};". */
static void list_cells(KfBuf *out, const KfGrid *grid)
{
    for (size_t i = 0; i < grid->cell_count; i++) {
        const KfCell *cell = &grid->cells[i];

        kf_buf_cellref(out, cell->row, cell->col);
        kf_buf_char(out, ' ');
        kf_buf_char(out, "-ntbe"[cell->kind]);
        kf_buf_text(out, cell->text);
        if (cell->formula.len) {
            kf_buf_char(out, '=');
            kf_buf_text(out, cell->formula);
        }
        if (cell->in_array)
            kf_buf_str(out, " array");
        if (cell->format)
            kf_buf_str(out, " styled");
        kf_buf_char(out, ';');
    }
    for (size_t i = 0; i < grid->array_count; i++) {
        kf_buf_cellref(out, grid->arrays[i].first_row, grid->arrays[i].first_col);
        kf_buf_char(out, ':');
        kf_buf_cellref(out, grid->arrays[i].last_row, grid->arrays[i].last_col);
    }
}

static void expect_data(const char *data, const char *expected)
{
    KfBuf part = { 0 }, out = { 0 };
    World world;

    kf_buf_str(&part, "<worksheet><sheetData>");
    kf_buf_str(&part, data);
    kf_buf_str(&part, "</sheetData></worksheet>");
    cr_assert_eq(read_sheet(&world, kf_buf_view(&part)), KF_OK, "%s: %s", data, world.err.detail);
    list_cells(&out, &world.grid);
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(expected)), "%s: %.*s", data, (int)out.len,
              out.ptr);
    kf_buf_free(&out);
    kf_buf_free(&part);
    finish(&world);
}

Test(sheet_read, reads_every_type_of_cell)
{
    expect_data(
        "<row r='1'><c r='A1'><v>62788.5</v></c><c r='B1' t='n' s='1'><v> 1.2E+5 </v></c>"
        "<c r='C1' t='s'><v>0</v></c><c r='D1' t='str'><f>A1&amp;\"x\"</f><v>a&lt;_x0041_</v></c>"
        "<c r='E1' t='b'><v>1</v></c><c r='F1' t='e'><v>#N/A</v></c>"
        "<c r='G1' t='d'><v>2013-09-01</v></c>"
        "<c r='H1' t='inlineStr'><is><r><rPr/><t>ind</t></r><r><t>lejret</t></r></is></c>"
        "<c r='I1' t='b'><v>false</v></c></row>",
        "A1 n62788.5;B1 n1.2E+5 styled;C1 tFørst;D1 ta<A=A1&\"x\";E1 b1;F1 e#N/A;"
        "G1 t2013-09-01;H1 tindlejret;I1 b0;");
}

Test(sheet_read, leaves_out_what_holds_nothing)
{
    expect_data("<row><c s='1'/><c><v/></c><c><v></v></c><c t='s'/><c t='inlineStr'/></row>", "");
    expect_data("<row><c><f>A2</f></c><c t='str'><f>\"\"</f><v></v></c></row>",
                "A1 -=A2;B1 t=\"\";");
}

Test(sheet_read, counts_on_where_references_are_missing)
{
    expect_data("<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row>"
                "<row r='5'><c><v>4</v></c></row><row><c><v>5</v></c></row>",
                "A1 n1;D1 n2;E1 n3;A5 n4;A6 n5;");
    expect_data("<row r='2'><c r='B2'><v>2</v></c></row><row r='1'><c r='A1'><v>1</v></c>"
                "<c r='A1'><v>9</v></c></row>",
                "A1 n9;B2 n2;");
}

Test(sheet_read, expands_shared_formulas)
{
    expect_data("<row r='1'><c r='C1'><f t='shared' si='0'/><v>3</v></c>"
                "<c r='D1'><f t='shared' ref='C1:D2' si='0'>SUM(D$2:D9)</f></c></row>"
                "<row r='2'><c r='C2'><f t='shared' si='0'/></c>"
                "<c r='D2'><f t='shared' si='7'/><v>4</v></c></row>",
                "C1 n3=SUM(C$2:C9);D1 -=SUM(D$2:D9);C2 -=SUM(C$2:C10);D2 n4;");
}

Test(sheet_read, marks_array_formulas_and_ignores_data_tables)
{
    expect_data(
        "<row><c r='A1'><f t='array' ref='A1:B2'>X1:Y2*2</f><v>1</v></c>"
        "<c r='B1'><v>2</v></c><c r='C1'><f t='array' ref='C1'>SUM(D1)</f><v>5</v></c></row>"
        "<row><c r='A2'><v>3</v></c><c r='C2'><f t='dataTable' ref='C2:C3'/><v>6</v></c></row>",
        "A1 n1=X1:Y2*2 array;B1 n2 array;C1 n5=SUM(D1) array;A2 n3 array;C2 n6;A1:B2");
}

Test(sheet_read, reads_what_surrounds_the_cells)
{
    World world;
    KfText part = KF_TEXT(
        "<s:worksheet xmlns:s='m'><s:dimension ref='A1:XFD1048576'/><s:cols>"
        "<s:col min='2' max='3' hidden='1'/><s:col min='5' max='16385' width='0'/>"
        "<s:col min='4' max='4' width='9'/></s:cols><s:sheetData>"
        "<s:row r='2' hidden='1'/><s:row r='3' ht='0' customHeight='1'/><s:row r='5' "
        "hidden='true'/>"
        "<s:row r='6' hidden='0' ht='15'><s:c r='B6'><s:v>1</s:v></s:c></s:row></s:sheetData>"
        "<s:sheetProtection sheet='1' objects='1'/><s:mergeCells count='2'><s:mergeCell "
        "ref='A1:C2'/>"
        "<s:mergeCell ref='bad'/></s:mergeCells></s:worksheet>");

    cr_assert_eq(read_sheet(&world, part), KF_OK);
    cr_assert(world.grid.is_protected);
    cr_assert_eq(world.grid.row_count, 6);
    cr_assert_eq(world.grid.col_count, 2);
    cr_assert_eq(world.grid.hidden_row_count, 2);
    cr_assert(kf_grid_row_hidden(&world.grid, 1) && kf_grid_row_hidden(&world.grid, 2));
    cr_assert(!kf_grid_row_hidden(&world.grid, 3) && kf_grid_row_hidden(&world.grid, 4));
    cr_assert(!kf_grid_row_hidden(&world.grid, 5));
    cr_assert(kf_grid_col_hidden(&world.grid, 2) && !kf_grid_col_hidden(&world.grid, 3));
    cr_assert(kf_grid_col_hidden(&world.grid, KF_COL_LIMIT - 1));
    cr_assert_eq(world.grid.merge_count, 1);
    cr_assert(world.grid.merges[0].last_row == 1 && world.grid.merges[0].last_col == 2);
    finish(&world);
}

Test(sheet_read, tells_protection_that_is_not_in_force)
{
    World world;

    cr_assert_eq(read_sheet(&world, KF_TEXT("<worksheet><sheetData/>"
                                            "<sheetProtection sheet='0'/></worksheet>")),
                 KF_OK);
    cr_assert_not(world.grid.is_protected);
    finish(&world);
}

static void expect_bad(KfText part, size_t room, KfStatus status, const char *detail)
{
    World world = { .part = part, .room = room };

    kf_arena_init(&world.arena);
    cr_assert_eq(kf_arena_run(&world.arena, read_body, &world), status);
    cr_expect_str_eq(world.err.part, "Borger 1");
    cr_expect_str_eq(world.err.detail, detail);
    finish(&world);
}

Test(sheet_read, names_the_sheet_and_the_place_of_a_failure)
{
    expect_bad(KF_TEXT("<worksheet><sheetData><row><c></row></sheetData></worksheet>"), 9,
               KF_SHEET_UNREADABLE, "XML-fejl ved byte 30: sluttag passer ikke til starttag");
    expect_bad(KF_TEXT("<worksheet><sheetData><row><c r='B1' t='s'><v>2</v></c></row></sheetData>"
                       "</worksheet>"),
               9, KF_SHEET_UNREADABLE, "B1: den fælles tekst findes ikke");
    expect_bad(KF_TEXT("<worksheet><mergeCells><mergeCell></worksheet>"), 9, KF_SHEET_UNREADABLE,
               "XML-fejl ved byte 34: sluttag passer ikke til starttag");
    expect_bad(KF_TEXT("<worksheet/><worksheet/>"), 9, KF_SHEET_UNREADABLE,
               "XML-fejl ved byte 12: mere end ét rodelement");
    expect_bad(KF_TEXT("<worksheet><sheetData><row><c><v>1</v></c><c><v>1</v></c></row></sheetData>"
                       "</worksheet>"),
               1, KF_LIMIT, "over 20000000 celler; ændres med --limit cells=N");
}

Test(sheet_read, reads_ranges)
{
    KfRange range;

    cr_assert(kf_range_read(KF_TEXT("$A$1:C3"), &range));
    cr_assert(range.last_row == 2 && range.last_col == 2);
    cr_assert(kf_range_read(KF_TEXT("B2"), &range));
    cr_assert(range.first_row == 1 && range.last_row == 1 && range.last_col == 1);
    cr_assert_not(kf_range_read(KF_TEXT("C3:A1"), &range));
    cr_assert_not(kf_range_read(KF_TEXT("A1:"), &range));
    cr_assert_not(kf_range_read(KF_TEXT("A:C"), &range));
}
