#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "book/file.h"
#include "zip_maker.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define SHEET_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    } /* for a constant */

static const ZipPart parts[] = {
    { "[Content_Types].xml",
      TEXT("<Types xmlns=\"" PACKAGE "/content-types\"><Default Extension=\"rels\" "
           "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
           "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
           "<Override PartName=\"/xl/calcChain.xml\" ContentType=\"" TYPE "calcChain+xml\"/>"
           "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" TYPE
           "worksheet+xml\"/></Types>") },
    { "_rels/.rels", TEXT("<Relationships xmlns=\"" PACKAGE "/relationships\"><Relationship "
                          "Id=\"rId1\" Type=\"" OFFICE "/officeDocument\" "
                          "Target=\"xl/workbook.xml\"/></Relationships>") },
    { "xl/workbook.xml", TEXT("<workbook xmlns=\"" SHEET_NS "\" xmlns:r=\"" OFFICE "\"><sheets>"
                              "<sheet name=\"Borger 1\" sheetId=\"3\" r:id=\"rId1\"/></sheets>"
                              "</workbook>") },
    { "xl/_rels/workbook.xml.rels",
      TEXT("<Relationships xmlns=\"" PACKAGE "/relationships\"><Relationship Id=\"rId1\" "
           "Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship "
           "Id=\"rId2\" Type=\"" OFFICE "/calcChain\" Target=\"calcChain.xml\"/>"
           "</Relationships>") },
    { "xl/worksheets/sheet1.xml",
      TEXT("<worksheet xmlns=\"" SHEET_NS "\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c>"
           "<c r=\"B1\"><f>A1</f><v>1</v></c></row></sheetData></worksheet>") },
    { "xl/calcChain.xml",
      TEXT("<calcChain xmlns=\"" SHEET_NS "\"><c r=\"B1\" i=\"3\"/></calcChain>") },
    { "xl/media/image1.png", TEXT("\x89PNG") },
};
enum { PART_COUNT = sizeof parts / sizeof *parts };

/* A folder of its own, with a workbook in it. */
static char folder[64], input[128], output[128];
static KfFile *file;

static const char *path_in(char *path, const char *name)
{
    strcat(strcat(strcpy(path, folder), "/"), name);
    return path;
}

static void write_bytes(const char *path, KfText bytes)
{
    FILE *stream = fopen(path, "wb");

    cr_assert_not_null(stream);
    cr_assert_eq(fwrite(bytes.ptr, 1, bytes.len, stream), bytes.len);
    fclose(stream);
}

static void open_input(KfText bytes, const char *name)
{
    write_bytes(path_in(input, name), bytes);
    cr_assert_eq(kf_file_open(&file, input, NULL), KF_OK);
}

static void set_up(void)
{
    KfBuf zip = make_zip(parts, PART_COUNT);

    strcpy(folder, "/tmp/kf-write-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    open_input(kf_buf_view(&zip), "in.xlsx");
    path_in(output, "out.xlsx");
    kf_buf_free(&zip);
}

/* Every test leaves the input, what it wrote, and nothing else. */
static size_t clear_folder(void)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    size_t count = 0;
    char path[400];

    if (!dir) /* cleared already */
        return 0;
    while ((entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (remove(path_in(path, entry->d_name)) == 0)
            count++;
    }
    closedir(dir);
    rmdir(folder);
    return count;
}

static void tear_down(void)
{
    kf_file_close(file);
    clear_folder();
}

TestSuite(file_write, .init = set_up, .fini = tear_down);

static KfStatus write_to(const char *path, const KfEdits *edits, bool force, KfWritten *written)
{
    return kf_file_write(file, edits, path, force, written, NULL);
}

static KfEdits one_edit(void)
{
    static const KfCellEdit edit = { .ref = { 0, 0, 0 },
                                     .has_value = true,
                                     .number = { "92826", 5 },
                                     .mark = KF_MARK_CORRECTED,
                                     .note = { "note", 4 } };

    return (KfEdits){ .edits = &edit, .edit_count = 1 };
}

/* The part of a package as text; empty when it has none. free() it. */
static char *part_of(const char *path, const char *part)
{
    KfBuf bytes = { 0 }, out = { 0 };
    KfPackage package;
    size_t index;

    cr_assert_eq(kf_file_bytes(&bytes, path, &kf_usual_limits, NULL), KF_OK);
    cr_assert_eq(kf_package_open(&package, kf_buf_view(&bytes), NULL), KF_OK);
    index = kf_package_find(&package, kf_text(part));
    if (index != KF_PACKAGE_NONE)
        cr_assert_eq(kf_package_inflate(&package, index, &out, NULL), KF_OK);
    kf_package_close(&package);
    kf_buf_free(&bytes);
    kf_buf_char(&out, '\0');
    return out.ptr;
}

static void expect_in_part(const char *part, const char *what)
{
    char *text = part_of(output, part);

    cr_expect_not_null(strstr(text, what), "%s: %s not in %s", part, what, text);
    free(text);
}

static void expect_no_part(const char *part)
{
    char *text = part_of(output, part);

    cr_expect_str_empty(text);
    free(text);
}

static bool same_files(const char *a, const char *b)
{
    KfBuf x = { 0 }, y = { 0 };
    bool same;

    cr_assert_eq(kf_file_bytes(&x, a, &kf_usual_limits, NULL), KF_OK);
    cr_assert_eq(kf_file_bytes(&y, b, &kf_usual_limits, NULL), KF_OK);
    same = kf_text_eq(kf_buf_view(&x), kf_buf_view(&y));
    kf_buf_free(&x);
    kf_buf_free(&y);
    return same;
}

Test(file_write, copies_byte_for_byte_when_there_is_nothing_to_do)
{
    KfEdits none = { .recalculate = true };
    KfWritten written;

    cr_assert_eq(write_to(output, &none, false, &written), KF_OK);
    cr_expect(same_files(input, output));
    cr_expect(kf_text_eq(kf_text(written.sha256), kf_file_sha256(file)));
}

Test(file_write, brings_the_parts_together)
{
    KfEdits edits = one_edit();
    KfWritten written;

    cr_assert_eq(write_to(output, &edits, false, &written), KF_OK);
    expect_in_part("xl/worksheets/sheet1.xml", "<c r=\"A1\" s=\"1\"><v>92826</v></c>");
    expect_in_part("xl/worksheets/sheet1.xml",
                   "</sheetData><legacyDrawing xmlns:r=\"" OFFICE "\" r:id=\"rId2\"/>");
    expect_in_part("xl/worksheets/_rels/sheet1.xml.rels", "Target=\"../comments1.xml\"");
    expect_in_part("xl/worksheets/_rels/sheet1.xml.rels", "Target=\"../drawings/vmlDrawing1.vml\"");
    expect_in_part("xl/comments1.xml", "<comment ref=\"A1\"");
    expect_in_part("xl/drawings/vmlDrawing1.vml", "<x:Row>0</x:Row>");
    expect_in_part("xl/styles.xml", "FFC6EFCE");
    expect_in_part("xl/_rels/workbook.xml.rels", "Target=\"styles.xml\"");
    expect_in_part("[Content_Types].xml", "<Default Extension=\"vml\"");
    expect_in_part("[Content_Types].xml", "PartName=\"/xl/comments1.xml\"");
    expect_in_part("[Content_Types].xml", "PartName=\"/xl/styles.xml\"");
    expect_in_part("xl/calcChain.xml", "<c r=\"B1\" i=\"3\"/>");
    expect_in_part("xl/media/image1.png", "PNG");
    cr_expect_eq(written.sheet_name.len, 0);
}

Test(file_write, gives_the_same_bytes_twice)
{
    KfEdits edits = one_edit();
    KfWritten first, second;
    char other[128];

    cr_assert_eq(write_to(output, &edits, false, &first), KF_OK);
    cr_assert_eq(write_to(path_in(other, "b.xlsx"), &edits, false, &second), KF_OK);
    cr_expect(same_files(output, other));
    cr_expect_str_eq(first.sha256, second.sha256);
}

/* A sheet so large that a thread packs it where there may be one. */
static KfBuf large_book(int64_t rows)
{
    ZipPart large[PART_COUNT];
    KfBuf sheet = { 0 }, zip;
    uint32_t state = 3;

    kf_buf_str(&sheet, "<worksheet xmlns=\"" SHEET_NS "\"><sheetData>");
    for (int64_t row = 1; row <= rows; row++) {
        state = state * 1664525u + 1013904223u;
        kf_buf_str(&sheet, "<row r=\"");
        kf_buf_int(&sheet, row);
        kf_buf_str(&sheet, "\"><c r=\"A");
        kf_buf_int(&sheet, row);
        kf_buf_str(&sheet, "\"><v>");
        kf_buf_int(&sheet, state);
        kf_buf_str(&sheet, "</v></c></row>");
    }
    kf_buf_str(&sheet, "</sheetData></worksheet>");
    memcpy(large, parts, sizeof large);
    large[4].text = kf_buf_view(&sheet);
    zip = make_zip(large, PART_COUNT);
    kf_buf_free(&sheet);
    return zip;
}

/* The file as it was read, for the caller to free. */
static KfBuf open_large_book(int64_t rows)
{
    KfBuf zip = large_book(rows);

    kf_file_close(file);
    write_bytes(input, kf_buf_view(&zip));
    cr_assert_eq(kf_file_open(&file, input, NULL), KF_OK);
    return zip;
}

/* The edit is in the first row. */
Test(file_write, copies_the_packed_bytes_behind_an_edit)
{
    KfBuf was = open_large_book(40000), now = { 0 };
    KfEdits edits = one_edit();
    KfText last = kf_text_slice(kf_buf_view(&was), was.len / 2, was.len / 2 + 50000);

    cr_assert_gt(was.len, 150000);
    cr_assert_eq(write_to(output, &edits, false, NULL), KF_OK);
    cr_assert_eq(kf_file_bytes(&now, output, &kf_usual_limits, NULL), KF_OK);
    cr_expect_neq(kf_text_find(kf_buf_view(&now), last), SIZE_MAX);
    expect_in_part("xl/worksheets/sheet1.xml", "<c r=\"A1\" s=\"1\"><v>92826</v></c>");
    kf_buf_free(&was);
    kf_buf_free(&now);
}

Test(file_write, gives_the_same_bytes_by_several_threads)
{
    KfBuf zip = open_large_book(40000);
    KfEdits edits = one_edit();
    char other[128];

    kf_buf_free(&zip);
    cr_assert_eq(write_to(output, &edits, false, NULL), KF_OK);
    kf_file_close(file);
    cr_assert_eq(kf_file_open_by(&file, input, &kf_usual_limits, 2, NULL), KF_OK);
    cr_assert_eq(write_to(path_in(other, "b.xlsx"), &edits, false, NULL), KF_OK);
    expect_in_part("xl/worksheets/sheet1.xml", "<c r=\"A1\" s=\"1\"><v>92826</v></c>");
    cr_expect(same_files(output, other));
}

/* Twice, for what was got ready for the first copy is used up then. */
Test(file_write, gives_the_same_bytes_where_a_change_was_expected)
{
    KfBuf zip = open_large_book(40000);
    KfEdits edits = one_edit();
    char other[128];

    cr_assert_gt(zip.len, 192 * 1024, "too small for a change to be expected");
    kf_buf_free(&zip);
    cr_assert_eq(write_to(output, &edits, false, NULL), KF_OK);
    for (unsigned threads = 1; threads <= 2; threads++) {
        kf_file_close(file);
        cr_assert_eq(kf_file_open_to_change(&file, input, &kf_usual_limits, threads, NULL), KF_OK);
        for (int copy = 0; copy < 2; copy++) {
            cr_assert_eq(write_to(path_in(other, "b.xlsx"), &edits, true, NULL), KF_OK);
            cr_expect(same_files(output, other), "%u threads, copy %d", threads, copy);
        }
    }
}

Test(file_write, drops_the_chain_with_its_last_formula)
{
    KfCellEdit edit = { .ref = { 0, 0, 1 }, .has_value = true, .number = KF_TEXT("1") };
    KfEdits edits = { .edits = &edit, .edit_count = 1 };
    char *types;

    cr_assert_eq(write_to(output, &edits, false, NULL), KF_OK);
    expect_in_part("xl/worksheets/sheet1.xml", "<c r=\"B1\"><v>1</v></c>");
    expect_no_part("xl/calcChain.xml");
    types = part_of(output, "[Content_Types].xml");
    cr_expect_null(strstr(types, "calcChain"));
    free(types);
    types = part_of(output, "xl/_rels/workbook.xml.rels");
    cr_expect_null(strstr(types, "calcChain"));
    free(types);
}

Test(file_write, gives_no_number_the_format_of_texts)
{
    ZipPart styled[PART_COUNT + 1];
    KfCellEdit edits[] = {
        { .ref = { 0, 0, 0 }, .has_value = true, .number = KF_TEXT("1") },
        { .ref = { 0, 0, 1 }, .has_value = true, .number = KF_TEXT("2.5") },
        { .ref = { 0, 0, 2 }, .has_value = true, .number = KF_TEXT("3") },
    };
    KfBuf zip;

    memcpy(styled, parts, sizeof parts);
    styled[3].text = KF_TEXT("<Relationships xmlns=\"" PACKAGE "/relationships\"><Relationship "
                             "Id=\"rId1\" Type=\"" OFFICE "/worksheet\" "
                             "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
                             "Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
                             "</Relationships>");
    styled[4].text = KF_TEXT("<worksheet xmlns=\"" SHEET_NS "\"><sheetData><row r=\"1\"><c "
                             "r=\"A1\" s=\"1\"><v>0</v></c><c r=\"B1\" s=\"1\" t=\"str\"><v>2,50"
                             "</v></c><c r=\"C1\" s=\"1\"/></row></sheetData></worksheet>");
    styled[PART_COUNT] =
        (ZipPart){ "xl/styles.xml",
                   KF_TEXT("<styleSheet xmlns=\"" SHEET_NS "\"><cellXfs count=\"2\"><xf/><xf "
                           "numFmtId=\"49\" quotePrefix=\"1\"/></cellXfs></styleSheet>") };
    zip = make_zip(styled, PART_COUNT + 1);
    kf_file_close(file);
    open_input(kf_buf_view(&zip), "styled.xlsx");
    kf_buf_free(&zip);
    cr_assert_eq(write_to(output, &(KfEdits){ .edits = edits, .edit_count = 3 }, false, NULL),
                 KF_OK);
    expect_in_part("xl/worksheets/sheet1.xml", "<c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" "
                                               "s=\"2\"><v>2.5</v></c><c r=\"C1\" s=\"3\"><v>3"
                                               "</v></c>");
    expect_in_part("xl/styles.xml", "<cellXfs count=\"4\"><xf/><xf numFmtId=\"49\" "
                                    "quotePrefix=\"1\"/><xf numFmtId=\"4\" "
                                    "applyNumberFormat=\"1\"/><xf numFmtId=\"3\" "
                                    "applyNumberFormat=\"1\"/></cellXfs>");
}

static KfOutSheet our_sheet(void)
{
    static KfOutCell cell = { .style = KF_OUT_TITLE, .text = { "Rettelser", 9 } };
    static KfOutRow row = { &cell, 1 };

    return (KfOutSheet){ .name = KF_TEXT("Rettelser"), .rows = &row, .row_count = 1 };
}

Test(file_write, adds_a_sheet_once)
{
    KfOutSheet sheet = our_sheet();
    KfEdits edits = { .sheet = &sheet, .recalculate = true };
    KfWritten written;
    char again[128];

    cr_assert_eq(write_to(output, &edits, false, &written), KF_OK);
    cr_expect(kf_text_eq(written.sheet_name, KF_TEXT("Rettelser")));
    expect_in_part("xl/workbook.xml", "<sheet name=\"Rettelser\" sheetId=\"4\" r:id=\"rId3\"/>");
    expect_in_part("xl/workbook.xml", "</definedNames><calcPr fullCalcOnLoad=\"1\"/></workbook>");
    expect_in_part("xl/worksheets/sheet2.xml", ">Rettelser</t>");
    kf_file_close(file);
    cr_assert_eq(kf_file_open(&file, output, NULL), KF_OK);
    cr_expect_eq(kf_file_book(file)->sheet_count, 2);
    cr_assert_eq(write_to(path_in(again, "again.xlsx"), &edits, false, &written), KF_OK);
    cr_expect(same_files(output, again));
}

Test(file_write, tells_mistakes_of_the_caller)
{
    KfCellEdit bad[] = { { .ref = { 0, 0, 0 }, .has_value = true, .number = KF_TEXT("1,5") },
                         { .ref = { 7, 0, 0 } } };
    KfCellEdit twice[] = { { .ref = { 0, 0, 1 } }, { .ref = { 0, 0, 1 } } };

    for (size_t i = 0; i < 2; i++)
        cr_expect_eq(write_to(output, &(KfEdits){ .edits = &bad[i], .edit_count = 1 }, false, NULL),
                     KF_USAGE);
    cr_expect_eq(write_to(output, &(KfEdits){ .edits = twice, .edit_count = 2 }, false, NULL),
                 KF_USAGE);
    cr_expect_neq(access(output, F_OK), 0);
}

/* LibreOffice declares the type of each relationships part by itself. */
Test(file_write, declares_new_relationships)
{
    KfEdits edits = one_edit();
    ZipPart changed[PART_COUNT];
    KfBuf zip;

    memcpy(changed, parts, sizeof parts);
    changed[0].text = KF_TEXT(
        "<Types xmlns=\"" PACKAGE "/content-types\"><Override PartName=\"/_rels/.rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/></Types>");
    zip = make_zip(changed, PART_COUNT);
    kf_file_close(file);
    open_input(kf_buf_view(&zip), "declared.xlsx");
    kf_buf_free(&zip);
    cr_assert_eq(write_to(output, &edits, false, NULL), KF_OK);
    expect_in_part("xl/worksheets/_rels/sheet1.xml.rels", "comments1.xml");
    expect_in_part("[Content_Types].xml", "<Default Extension=\"rels\" ContentType=");
}

/* A formula that gives a text, a truth or an error: its cached value is none to calculate with. */
Test(file_write, refreshes_formulas_that_give_no_number)
{
    static const struct {
        KfCellKind kind;
        KfText text;
        const char *cell;
    } cases[] = {
        { KF_CELL_TEXT, { "nej", 3 }, "<c r=\"B1\" t=\"str\"><f>A1</f><v>nej</v></c>" },
        { KF_CELL_BOOL, { "1", 1 }, "<c r=\"B1\" t=\"b\"><f>A1</f><v>1</v></c>" },
        { KF_CELL_ERROR, { "#N/A", 4 }, "<c r=\"B1\" t=\"e\"><f>A1</f><v>#N/A</v></c>" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        KfCellEdit edit = { .ref = { 0, 0, 1 },
                            .has_value = true,
                            .keep_formula = true,
                            .result = cases[i].kind,
                            .text = cases[i].text };
        KfEdits edits = { .edits = &edit, .edit_count = 1 };

        cr_assert_eq(write_to(output, &edits, true, NULL), KF_OK);
        expect_in_part("xl/worksheets/sheet1.xml", cases[i].cell);
    }
}

/* ---- where it is written -------------------------------------------------- */

Test(file_write, never_overwrites_without_force)
{
    KfEdits edits = one_edit();

    write_bytes(output, KF_TEXT("mine"));
    cr_expect_eq(write_to(output, &edits, false, NULL), KF_OUTPUT_EXISTS);
    cr_expect_eq(write_to(output, &edits, true, NULL), KF_OK);
    expect_in_part("xl/styles.xml", "FFC6EFCE");
}

Test(file_write, never_overwrites_the_input)
{
    KfEdits edits = one_edit();
    char other[128];

    cr_expect_eq(write_to(input, &edits, true, NULL), KF_OUTPUT_IS_INPUT);
    cr_assert_eq(link(input, path_in(other, "hard.xlsx")), 0);
    cr_expect_eq(write_to(other, &edits, true, NULL), KF_OUTPUT_IS_INPUT);
    cr_assert_eq(symlink(input, path_in(other, "soft.xlsx")), 0);
    cr_expect_eq(write_to(other, &edits, true, NULL), KF_OUTPUT_IS_INPUT);
}

Test(file_write, replaces_a_link_itself)
{
    KfEdits edits = one_edit();
    char target[128];
    struct stat about;

    write_bytes(path_in(target, "target.xlsx"), KF_TEXT("mine"));
    cr_assert_eq(symlink("target.xlsx", output), 0);
    cr_expect_eq(write_to(output, &edits, false, NULL), KF_OUTPUT_EXISTS);
    cr_expect_eq(write_to(output, &edits, true, NULL), KF_OK);
    cr_assert_eq(lstat(output, &about), 0);
    cr_expect(S_ISREG(about.st_mode));
    cr_assert_eq(stat(target, &about), 0);
    cr_expect_eq(about.st_size, 4);
}

Test(file_write, counts_a_dangling_link_as_something)
{
    KfEdits edits = one_edit();

    cr_assert_eq(symlink("nowhere", output), 0);
    cr_expect_eq(write_to(output, &edits, false, NULL), KF_OUTPUT_EXISTS);
}

Test(file_write, takes_over_the_permissions)
{
    KfEdits edits = one_edit();
    struct stat about;

    cr_assert_eq(chmod(input, 0640), 0);
    cr_assert_eq(write_to(output, &edits, false, NULL), KF_OK);
    cr_assert_eq(stat(output, &about), 0);
    cr_expect_eq(about.st_mode & 0777, 0640);
}

Test(file_write, leaves_nothing_behind_where_it_cannot_write)
{
    KfEdits edits = one_edit();
    char path[400] = { 0 };

    cr_expect_eq(write_to(path_in(path, "no/such/out.xlsx"), &edits, false, NULL),
                 KF_OUTPUT_UNWRITABLE);
    cr_expect_eq(write_to(folder, &edits, true, NULL), KF_OUTPUT_UNWRITABLE);
    cr_expect_eq(write_to("/dev/null", &edits, true, NULL), KF_OUTPUT_UNWRITABLE);
    path_in(path, "");
    memset(path + strlen(path), 'a', 300);
    cr_expect_eq(write_to(path, &edits, false, NULL), KF_OUTPUT_UNWRITABLE);
    cr_expect_eq(clear_folder(), 1, "the input alone");
}

Test(file_write, leaves_no_private_file)
{
    KfEdits edits = one_edit();

    cr_assert_eq(write_to(output, &edits, false, NULL), KF_OK);
    cr_assert_eq(write_to(output, &edits, true, NULL), KF_OK);
    cr_expect_eq(clear_folder(), 2, "input and output");
}

Test(file_write, writes_a_csv_file)
{
    KfOutSheet sheet = our_sheet();
    KfCellEdit edit = { .ref = { 0, 1, 1 },
                        .has_value = true,
                        .number = KF_TEXT("92826"),
                        .mark = KF_MARK_CORRECTED,
                        .note = KF_TEXT("x") };
    KfEdits edits = { .edits = &edit, .edit_count = 1, .sheet = &sheet, .recalculate = true };
    KfBuf bytes = { 0 };
    KfWritten written;

    kf_file_close(file);
    open_input(KF_TEXT("a;b\nx;90.826,00\n"), "in.csv");
    cr_assert_eq(write_to(output, &edits, false, &written), KF_OK);
    cr_assert_eq(kf_file_bytes(&bytes, output, &kf_usual_limits, NULL), KF_OK);
    cr_expect(kf_text_eq(kf_buf_view(&bytes), KF_TEXT("a;b\nx;92.826,00\n")));
    cr_expect_eq(written.sheet_name.len, 0);
    cr_expect_not(kf_file_is_signed(file));
    kf_buf_free(&bytes);
}

Test(file_write, knows_a_signed_workbook)
{
    ZipPart signed_parts[PART_COUNT + 1];
    KfBuf zip;

    cr_expect_not(kf_file_is_signed(file));
    memcpy(signed_parts, parts, sizeof parts);
    signed_parts[PART_COUNT] = (ZipPart){ "_xmlsignatures/sig1.xml", KF_TEXT("<Signature/>") };
    zip = make_zip(signed_parts, PART_COUNT + 1);
    kf_file_close(file);
    open_input(kf_buf_view(&zip), "signed.xlsx");
    kf_buf_free(&zip);
    cr_expect(kf_file_is_signed(file));
}
