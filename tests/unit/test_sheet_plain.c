#include <criterion/criterion.h>
#include <string.h>

#include "ooxml/sheet_plain.h"
#include "ooxml/sheet_read.h"

/* How a part is handed to the reader. */
typedef struct {
    bool only_general, visited;
    size_t first, then; /* bytes at a time; 0: all at once */
} Way;

typedef struct {
    const char *bytes; /* of the whole part */
    size_t len, given;
    size_t then;
    KfBuf window;
} Drip;

typedef struct {
    KfArena arena, texts;
    KfBuf cells, text, list;
    KfText part;
    const Way *way;
    Drip drip;
    KfXmlStream stream;
    KfGrid grid;
    KfError err;
    KfStatus status;
} World;

static const uint32_t string_ends[] = { 6, 11, 11 };
static const KfSharedStrings strings = { { "FørstAnden", 11 }, string_ends, 3 };
static uint32_t style_formats[] = { 5, 3, 0, 7 };
static bool style_unlocked[] = { false, true, false, true };
static const KfStyles styles = {
    .formats = style_formats, .count = 4, .unlocked = style_unlocked, .unlocked_count = 4
};

/* Every time in a place of its own, so that what points to the old one is found out. */
static bool give_more(void *ctx, size_t keep, KfText *src)
{
    Drip *drip = ctx;
    size_t count = drip->then < drip->len - drip->given ? drip->then : drip->len - drip->given;
    KfBuf next = { 0 };

    if (count == 0)
        return false;
    kf_buf_text(&next, kf_text_slice(*src, keep, src->len));
    kf_buf_bytes(&next, drip->bytes + drip->given, count);
    drip->given += count;
    if (drip->window.ptr)
        memset(drip->window.ptr, '#', drip->window.len);
    kf_buf_free(&drip->window);
    drip->window = next;
    *src = kf_buf_view(&next);
    return true;
}

static bool list_cell(void *ctx, const KfCell *cell)
{
    KfBuf *out = ctx;

    kf_buf_cellref(out, cell->row, cell->col);
    kf_buf_char(out, ' ');
    kf_buf_char(out, "-ntbe"[cell->kind]);
    kf_buf_text(out, cell->text);
    kf_buf_str(out, "=");
    kf_buf_text(out, cell->formula);
    kf_buf_char(out, ' ');
    kf_buf_int(out, cell->format);
    kf_buf_str(out, cell->unlocked ? "u" : "");
    kf_buf_str(out, cell->in_array ? " array;" : ";");
    return true;
}

static KfStatus read_body(void *ctx)
{
    World *world = ctx;
    KfSheetContext context = {
        .arena = &world->arena,
        .strings = &strings,
        .styles = &styles,
        .cells = &world->cells,
        .text = &world->text,
        .cell_room = 100000,
        .only_general = world->way->only_general,
    };
    KfText part = world->part;

    if (world->way->visited) {
        context.visit = list_cell;
        context.visit_ctx = &world->list;
        context.texts = &world->texts;
        world->texts.on_no_memory = world->arena.on_no_memory;
    }
    if (world->way->then) {
        world->drip = (Drip){ part.ptr, part.len, 0, world->way->first, { 0 } };
        part.len = 0;
        cr_assert(part.len == 0 && give_more(&world->drip, 0, &part));
        world->drip.then = world->way->then;
        world->stream.more = give_more;
        world->stream.ctx = &world->drip;
        context.stream = &world->stream;
    }
    world->grid.name = KF_TEXT("Ark");
    return kf_sheet_read(&world->grid, part, &context, &world->err);
}

static void list_around(KfBuf *out, const KfGrid *grid)
{
    for (size_t i = 0; i < grid->merge_count; i++)
        kf_buf_range(out, grid->merges[i]);
    for (size_t i = 0; i < grid->hidden_row_count; i++)
        kf_buf_int(out, grid->hidden_rows[i].last_row);
}

/* Cells, what surrounds them, and how it ended, as one text. */
static KfBuf read_as(KfText part, const Way *way)
{
    World *world = calloc(1, sizeof *world);
    KfBuf out;

    world->part = part;
    world->way = way;
    kf_arena_init(&world->arena);
    kf_arena_init(&world->texts);
    world->status = kf_arena_run(&world->arena, read_body, world);
    for (size_t i = 0; world->status == KF_OK && i < world->grid.cell_count; i++)
        list_cell(&world->list, &world->grid.cells[i]);
    list_around(&world->list, &world->grid);
    kf_buf_int(&world->list, world->status);
    if (world->status != KF_OK) {
        world->list.len = 0;
        kf_buf_str(&world->list, world->err.detail);
    }
    out = world->list;
    kf_buf_free(&world->cells);
    kf_buf_free(&world->text);
    kf_buf_free(&world->drip.window);
    kf_arena_finish(&world->texts);
    kf_arena_finish(&world->arena);
    free(world);
    return out;
}

static void expect_same(KfText part, const Way *way, const Way *as)
{
    KfBuf got = read_as(part, way), expected = read_as(part, as);

    cr_assert(kf_text_eq(kf_buf_view(&got), kf_buf_view(&expected)),
              "%s, %zu then %zu bytes:\n%.*s\ngave     %.*s\nexpected %.*s",
              way->only_general ? "general" : "plain", way->first, way->then, (int)part.len,
              part.ptr, (int)got.len, got.ptr, (int)expected.len, expected.ptr);
    kf_buf_free(&got);
    kf_buf_free(&expected);
}

static const Way general = { true, false, 0, 0 };

/* With room behind the cells, so that plain ones are read as such. */
static void put_part(KfBuf *out, const char *data, size_t room)
{
    kf_buf_str(out, "<worksheet><sheetData>");
    kf_buf_str(out, data);
    kf_buf_str(out, "</sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells><x>");
    for (size_t i = 0; i < room; i++)
        kf_buf_char(out, ' ');
    kf_buf_str(out, "</x></worksheet>");
}

/* Each on its own, in a row of plain cells. */
static const char *const cells[] = {
    "<c r=\"A1\"><v>1</v></c>",
    "<c r=\"A1\" s=\"1\"><v>62788.5</v></c>",
    "<c s=\"3\" r=\"B1\" t=\"n\"><v>-1.2E+5</v></c>",
    "<c r=\"C1\" t=\"s\"><v>0</v></c>",
    "<c r=\"C1\" t=\"s\"><v>2</v></c>",
    "<c r=\"C1\" t=\"s\"><v>3</v></c>",
    "<c r=\"C1\" t=\"s\"><v>1.0</v></c>",
    "<c r=\"C1\" t=\"s\"><v>+1</v></c>",
    "<c r=\"C1\" t=\"s\"><v> 1 </v></c>",
    "<c r=\"C1\" t=\"s\"/>",
    "<c r=\"C1\" t=\"s\"></c>",
    "<c r=\"C1\"><v/></c>",
    "<c r=\"C1\"><v></v></c>",
    "<c r=\"C1\"><v> 7 </v></c>",
    "<c r=\"C1\"><v>12345678901234567890.12345678901234567890</v></c>",
    "<c r=\"C1\"><v>1234567890123456789012345678901234567890123456789012345678901234567890</v></c>",
    "<c r=\"C1\"><v>1&#48;</v></c>",
    "<c r=\"C1\"><v>1_x0030_</v></c>",
    "<c r=\"C1\"><v>\xC2\xA0"
    "5</v></c>",
    "<c r=\"C1\"><v><!-- x -->5</v></c>",
    "<c r=\"C1\"><v>5<!-- x -->6</v></c>",
    "<c r=\"C1\"><v><![CDATA[57]]></v></c>",
    "<c r=\"C1\" t=\"b\"><v>1</v></c>",
    "<c r=\"C1\" t=\"b\"><v>0</v></c>",
    "<c r=\"C1\" t=\"b\"><v>true</v></c>",
    "<c r=\"C1\" t=\"b\"><v>2</v></c>",
    "<c r=\"C1\" t=\"e\"><v>#N/A</v></c>",
    "<c r=\"C1\" t=\"d\"><v>2013-09-01</v></c>",
    "<c r=\"C1\" t=\"str\"><v>tekst</v></c>",
    "<c r=\"C1\" t=\"str\"><v></v></c>",
    "<c r=\"C1\" t=\"str\"><v> med  mellemrum </v></c>",
    "<c r=\"C1\" t=\"str\"><v>a&amp;b_x0041_</v></c>",
    "<c r=\"C1\" t=\"str\"><v>linje\r\nlinje</v></c>",
    "<c r=\"C1\" t=\"str\"><v>a_b</v></c>",
    "<c r=\"C1\" t=\"inlineStr\"><is><t>ind</t></is></c>",
    "<c r=\"C1\" t=\"inlineStr\"><is><r><t>i</t></r><r><t xml:space=\"preserve\"> "
    "d</t></r></is></c>",
    "<c r=\"C1\"><f>SUM(A1:B1)</f><v>3</v></c>",
    "<c r=\"C1\"><f>SUM(A1:B1)</f></c>",
    "<c r=\"C1\"><f></f><v>3</v></c>",
    "<c r=\"C1\"><f/><v>3</v></c>",
    "<c r=\"C1\" t=\"str\"><f>\"a\"</f><v>a</v></c>",
    "<c r=\"C1\"><f>A1&gt;2</f><v>3</v></c>",
    "<c r=\"C1\"><f>_xlfn.IFS(A1,2)</f><v>3</v></c>",
    "<c r=\"C1\"><f ca=\"1\">TODAY()</f><v>3</v></c>",
    "<c r=\"C1\"><f t=\"shared\" ref=\"C1:D2\" si=\"0\">A1*2</f><v>2</v></c>",
    "<c r=\"D1\"><f t=\"shared\" si=\"0\"/><v>4</v></c>",
    "<c r=\"C1\"><f t=\"array\" ref=\"C1\">A1*2</f><v>2</v></c>",
    "<c r=\"C1\"><v>3</v><f>A1</f></c>",
    "<c r='C1' s='1'><v>3</v></c>",
    "<c r = \"C1\"><v>3</v></c>",
    "<c  r=\"C1\"><v>3</v></c>",
    "<c r=\"C1\" ><v>3</v></c>",
    "<c r=\"C1\"><v >3</v ></c >",
    "<c r=\"C1\" cm=\"1\" vm=\"2\"><v>3</v></c>",
    "<c r=\"C1\" s=\"1\" s=\"3\"><v>3</v></c>",
    "<c r=\"C1\" s=\"9\"><v>3</v></c>",
    "<c r=\"C1\" s=\"\"><v>3</v></c>",
    "<c r=\"C1\" s=\"99999999999\"><v>3</v></c>",
    "<c><v>3</v></c>",
    "<c s=\"1\"><v>3</v></c>",
    "<c r=\"$C$1\"><v>3</v></c>",
    "<c r=\"c1\"><v>3</v></c>",
    "<c r=\"C01\"><v>3</v></c>",
    "<c r=\"C7\"><v>3</v></c>",
    "<c r=\"XFD1048576\"><v>3</v></c>",
    "<c r=\"XFE1\"><v>3</v></c>",
    "<c r=\"A1048577\"><v>3</v></c>",
    "<c r=\"C0\"><v>3</v></c>",
    "<c r=\"\"><v>3</v></c>",
    "<c r=\"C1\"><extLst><ext><v>9</v></ext></extLst><v>3</v></c>",
    "<c r=\"C1\"><v>3</v><x:v xmlns:x=\"u\">9</x:v></c>",
    "<x:c xmlns:x=\"u\" r=\"C1\"><x:v>3</x:v></x:c>",
    "<c r=\"C1\"><v>3</v><v>4</v></c>",
    "<c r=\"C1\"><v>3</c>",
    "<c r=\"C1\"><v>3</f></c>",
    "<c r=\"C1\" s=\"1><v>3</v></c>",
    "<c r=\"C1\"s=\"1\"><v>3</v></c>",
    "<col r=\"C1\"><v>3</v></col>",
    "<!-- <c r=\"C1\"><v>3</v></c> -->",
    "<?pi <c r=\"C1\"><v>3</v></c> ?>",
    "\n  ",
    "&#65;",
};

static const char *const row_tags[] = {
    "<row r=\"1\">",
    "<row r=\"1\" spans=\"1:11\" x14ac:dyDescent=\"0.25\">",
    "<row r=\"1\" spans=\"1:11\" ht=\"15.75\" customHeight=\"1\">",
    "<row r=\"1\" ht=\"0\">",
    "<row r=\"1\" ht=\"0.75\">",
    "<row r=\"1\" hidden=\"1\">",
    "<row r=\"1\" hidden=\"0\">",
    "<row spans=\"1:2\" r=\"1\">",
    "<row r=\"1\" r=\"2\">",
    "<row>",
    "<row r='1'>",
    "<row r=\"01\">",
    "<row r=\"0\">",
    "<row r=\"1048577\">",
    "<row r=\"x\">",
    "<row r=\"1\" s=\"a&quot;b\">",
    "<row r=\"1\" s=\"a<b\">",
    "<row r=\"1\"><v/>",
    "<x:row xmlns:x=\"u\" r=\"1\"></x:row><row r=\"1\">",
};

enum {
    CELL_COUNT = sizeof cells / sizeof *cells,
    ROW_TAG_COUNT = sizeof row_tags / sizeof *row_tags
};

static void put_row(KfBuf *out, const char *tag, const char *cell)
{
    kf_buf_str(out, tag);
    kf_buf_str(out, "<c r=\"A1\"><v>1</v></c>");
    kf_buf_str(out, cell);
    kf_buf_str(out,
               "<c r=\"E1\" t=\"s\"><v>1</v></c></row><row r=\"9\"><c r=\"A9\"><v>2</v></c></row>");
}

static void expect_agreement(const char *data)
{
    static const Way plain = { false, false, 0, 0 };
    KfBuf part = { 0 };

    put_part(&part, data, KF_PLAIN_ROOM);
    expect_same(kf_buf_view(&part), &plain, &general);
    kf_buf_free(&part);
}

Test(sheet_plain, agrees_with_the_general_reader_on_every_form_of_cell)
{
    for (size_t i = 0; i < CELL_COUNT; i++) {
        KfBuf data = { 0 };

        put_row(&data, row_tags[0], cells[i]);
        kf_buf_char(&data, '\0');
        expect_agreement(data.ptr);
        kf_buf_free(&data);
    }
}

Test(sheet_plain, agrees_with_the_general_reader_on_every_form_of_row)
{
    for (size_t i = 0; i < ROW_TAG_COUNT; i++) {
        KfBuf data = { 0 };

        put_row(&data, row_tags[i], "<c r=\"B1\"><v>1</v></c>");
        kf_buf_char(&data, '\0');
        expect_agreement(data.ptr);
        kf_buf_free(&data);
    }
}

/* Rows of forms picked at random, in the namespace prefix x or without one. */
static void put_random(KfBuf *out, uint32_t *seed)
{
    for (int row = 0; row < 12; row++) {
        *seed = *seed * 1664525 + 1013904223;
        kf_buf_str(out, row_tags[(*seed >> 16) % 8]);
        for (int cell = 0; cell < 12; cell++) {
            *seed = *seed * 1664525 + 1013904223;
            kf_buf_str(out, cells[(*seed >> 16) % ((*seed & 0x300) ? 60 : CELL_COUNT)]);
        }
        kf_buf_str(out, "</row>\n");
    }
}

Test(sheet_plain, agrees_with_the_general_reader_on_mixed_sheets)
{
    uint32_t seed = 1;

    for (int round = 0; round < 400; round++) {
        KfBuf data = { 0 };

        put_random(&data, &seed);
        kf_buf_char(&data, '\0');
        expect_agreement(data.ptr);
        kf_buf_free(&data);
    }
}

static void expect_any_split(KfText part, bool visited)
{
    const Way whole = { true, visited, 0, 0 };

    for (size_t cut = 1; cut < part.len; cut++) {
        for (int only_general = 0; only_general < 2; only_general++)
            expect_same(part, &(Way){ only_general, visited, cut, part.len }, &whole);
    }
    for (size_t step = 1; step < 60; step += step < 8 ? 1 : 13)
        expect_same(part, &(Way){ false, visited, step, step }, &whole);
}

static void expect_split(const char *data)
{
    KfBuf part = { 0 };

    put_part(&part, data, 0);
    expect_any_split(kf_buf_view(&part), false);
    expect_any_split(kf_buf_view(&part), true);
    kf_buf_free(&part);
}

Test(sheet_plain, reads_alike_wherever_the_bytes_are_cut)
{
    expect_split("<row r=\"1\" spans=\"1:2\"><c r=\"A1\" s=\"1\"><v>12.5</v></c>"
                 "<c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\"><f>SUM(A1:B1)</f><v>3</v></c></row>");
    expect_split("<row><!-- > -- <c> --><c r='A1' t=\"str\"><v>a&amp;b<![CDATA[<c>]]></v></c>"
                 "<?pi > ?><c t=\"inlineStr\"><is><r><t>x</t></r><r><t> y</t></r></is></c></row>"
                 "<row hidden=\"1\"/>");
    expect_split("<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A2\" si=\"0\">B1&gt;2</f></c>"
                 "</row><row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"0\"/><v>2</v></c></row>");
    expect_split("<row r=\"1\"><c r=\"A1\"><v>5</w></c></row>");
    expect_split("<row r=\"1\"><c r=\"A1\" r><v>5</v></c></row>");
}

Test(sheet_plain, reads_alike_in_small_pieces_of_mixed_sheets)
{
    static const Way drips[] = { { false, false, 2000, 700 },
                                 { true, false, 1, 1 },
                                 { false, false, 3000, 3000 } };
    uint32_t seed = 77;

    for (int round = 0; round < 60; round++) {
        KfBuf data = { 0 }, part = { 0 };

        put_random(&data, &seed);
        kf_buf_char(&data, '\0');
        put_part(&part, data.ptr, 2000);
        for (size_t i = 0; i < sizeof drips / sizeof *drips; i++)
            expect_same(kf_buf_view(&part), &drips[i], &general);
        kf_buf_free(&part);
        kf_buf_free(&data);
    }
}

/* What is plain must be read as plain, or speed is lost without a sign. */
Test(sheet_plain, takes_the_common_forms)
{
    static const char *const common[] = {
        "<c r=\"A1\"><v>1</v></c>",
        "<c r=\"AB12\" s=\"11\"><v>62788.5</v></c>",
        "<c r=\"C1\" s=\"2\" t=\"s\"><v>10</v></c>",
        "<c r=\"C1\" t=\"str\"><f>A1</f><v>tekst</v></c>",
        "<c r=\"C1\" t=\"b\"><v>1</v></c>",
        "<c r=\"C1\" s=\"4\"/>",
        "<c r=\"C1\" s=\"4\" t=\"n\"></c>",
        "<c r=\"C1\" s=\"4\"><f>SUM(A1:B1)</f><v>70033.60000000001</v></c>",
    };

    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        char room[KF_PLAIN_ROOM + 200] = { 0 };
        const KfPlainRow row = { 0 };
        KfPlainCell cell;

        strcpy(room, common[i]);
        cr_expect_eq(kf_plain_cell(room, &row, &cell), room + strlen(common[i]), "%s", common[i]);
    }
}
