#include <criterion/criterion.h>

#include "ooxml/sheet_scan.h"

static const char sheet[] =
    "<x:worksheet xmlns:x='m' xmlns:o='o'><x:cols><x:col/></x:cols><!-- c --><x:sheetData>"
    "<x:row r='3'><x:c r='B3' s='4' t='n'><x:f t='shared' ref='B3:B4' si='0'>A1+1</x:f>"
    "<x:v>12</x:v></x:c><o:c/><x:c/><x:c><x:is><x:t>a</x:t></x:is></x:c></x:row><x:row/>"
    "</x:sheetData><x:mergeCells/></x:worksheet>";

static void expect_slice(size_t from, size_t to, const char *expected)
{
    KfText got = kf_text_slice(KF_TEXT(sheet), from, to);

    cr_expect(kf_text_eq(got, kf_text(expected)), "%.*s, not %s", (int)got.len, got.ptr, expected);
}

Test(scan, tells_everything_in_file_order)
{
    static const KfScanKind kinds[] = { KF_SCAN_ROOT,    KF_SCAN_CHILD,    KF_SCAN_DATA,
                                        KF_SCAN_ROW,     KF_SCAN_CELL,     KF_SCAN_CELL,
                                        KF_SCAN_CELL,    KF_SCAN_ROW_END,  KF_SCAN_ROW,
                                        KF_SCAN_ROW_END, KF_SCAN_DATA_END, KF_SCAN_CHILD,
                                        KF_SCAN_END,     KF_SCAN_END };
    KfSheetScan scan;

    kf_scan_init(&scan, KF_TEXT(sheet));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        cr_assert_eq(kf_scan_next(&scan), kinds[i], "event %zu", i);
    expect_slice(scan.child_start, scan.child_end, "<x:mergeCells/>");
    expect_slice(scan.xml.start, scan.xml.end, "</x:worksheet>");
}

Test(scan, tells_the_offsets_of_a_cell)
{
    const KfScanCell *cell;
    KfSheetScan scan;

    kf_scan_init(&scan, KF_TEXT(sheet));
    while (kf_scan_next(&scan) != KF_SCAN_CELL)
        ;
    cell = &scan.cell;
    cr_assert(cell->row == 2 && cell->col == 1 && scan.row == 2);
    expect_slice(scan.row_start, scan.row_tag_end, "<x:row r='3'>");
    expect_slice(cell->start, cell->tag_end, "<x:c r='B3' s='4' t='n'>");
    expect_slice(cell->s.start, cell->s.end, "s='4'");
    expect_slice(cell->f_index.start, cell->f_index.end, "si='0'");
    expect_slice(cell->f.inner, cell->f.inner_end, "A1+1");
    expect_slice(cell->v.start, cell->v.end, "<x:v>12</x:v>");
    expect_slice(cell->end - 6, cell->end, "</x:c>");
    cr_assert(kf_text_eq(cell->name, KF_TEXT("x:c")));
    cr_assert(cell->v.is_plain && !cell->self_closing && !cell->is.present);
    cr_assert_eq(kf_scan_next(&scan), KF_SCAN_CELL);
    cr_assert(cell->row == 2 && cell->col == 2 && cell->self_closing && !cell->v.present);
    expect_slice(cell->start, cell->end, "<x:c/>");
    cr_assert_eq(kf_scan_next(&scan), KF_SCAN_CELL);
    cr_assert(cell->col == 3 && cell->is.present && !cell->is.is_plain);
    expect_slice(cell->is.start, cell->is.end, "<x:is><x:t>a</x:t></x:is>");
    cr_assert_eq(kf_scan_next(&scan), KF_SCAN_ROW_END);
    cr_assert_eq(kf_scan_next(&scan), KF_SCAN_ROW);
    cr_assert_eq(scan.row, 3, "counted on");
}

Test(scan, lets_a_child_be_read)
{
    KfSheetScan scan;

    kf_scan_init(&scan, KF_TEXT(sheet));
    while (kf_scan_next(&scan) != KF_SCAN_CHILD)
        ;
    cr_assert_eq(kf_xml_next(&scan.xml), KF_XML_START);
    cr_assert(kf_xml_is(&scan.xml, KF_TEXT("col")));
    cr_assert_eq(kf_scan_next(&scan), KF_SCAN_DATA);
    expect_slice(scan.child_start, scan.child_end, "<x:cols><x:col/></x:cols>");
}

static void expect_v(const char *v, const char *expected)
{
    KfBuf part = { 0 }, text = { 0 };
    KfSheetScan scan;

    kf_buf_str(&part, "<worksheet><sheetData><row><c>");
    kf_buf_str(&part, v);
    kf_buf_str(&part, "</c></row></sheetData></worksheet>");
    kf_scan_init(&scan, kf_buf_view(&part));
    while (kf_scan_next(&scan) != KF_SCAN_CELL)
        cr_assert_neq(scan.xml.kind, KF_XML_BAD);
    kf_scan_text(&text, &scan, &scan.cell.v);
    cr_expect(kf_text_eq(kf_buf_view(&text), kf_text(expected)), "%s: %.*s", v, (int)text.len,
              text.ptr);
    kf_buf_free(&text);
    kf_buf_free(&part);
}

Test(scan, reads_values_however_they_are_cut)
{
    expect_v("<v>12</v>", "12");
    expect_v("<v/>", "");
    expect_v("<f>1</f>", "");
    expect_v("<v>1<!-- x -->2</v>", "12");
    expect_v("<v><!-- x -->2</v>", "2");
    expect_v("<v><![CDATA[a&]]>&amp;_x0041_</v>", "a&&A");
}

static void expect_bad(const char *part, const char *reason)
{
    KfScanKind kind;
    KfSheetScan scan;

    kf_scan_init(&scan, kf_text(part));
    do
        kind = kf_scan_next(&scan);
    while (kind != KF_SCAN_BAD && kind != KF_SCAN_END);
    cr_assert_eq(kind, KF_SCAN_BAD, "%s", part);
    cr_assert_eq(kf_scan_next(&scan), KF_SCAN_BAD);
    if (reason)
        cr_assert_str_eq(scan.xml.reason, reason);
}

Test(scan, refuses_what_is_no_sheet)
{
    expect_bad("<chartsheet/>", "rodelementet er ikke worksheet");
    expect_bad("<worksheet><sheetData><row r='0'/></sheetData></worksheet>",
               "rækkenummer uden for arket");
    expect_bad("<worksheet><sheetData><row r='x'/></sheetData></worksheet>",
               "ugyldigt rækkenummer");
    expect_bad("<worksheet><sheetData><row><c r='1A'/></row></sheetData></worksheet>",
               "ugyldig cellereference");
    expect_bad("<worksheet><sheetData><row><c r='XFD1'/><c/></row></sheetData></worksheet>",
               "ugyldig cellereference");
    expect_bad("<worksheet><sheetData><row r='1048576'/><row/></sheetData></worksheet>",
               "rækkenummer uden for arket");
    expect_bad("<worksheet><sheetData><row><c><v>1</c></row></sheetData></worksheet>", NULL);
    expect_bad("<worksheet><cols>", NULL);
    expect_bad("<worksheet><sheetData><row><c>", NULL);
}
