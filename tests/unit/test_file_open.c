#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "book/file.h"
#include "zip_maker.h"

/* Writes bytes to a new file, whose name replaces the XXXXXX in path. */
static void write_file(char *path, KfText bytes)
{
    int fd = mkstemp(path);

    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, bytes.ptr, bytes.len), (ssize_t)bytes.len);
    close(fd);
}

static KfStatus open_bytes_by(KfText bytes, unsigned threads, KfFile **out, KfError *err)
{
    char path[] = "/tmp/kf_sag.2013_XXXXXX";
    KfStatus status;

    *err = (KfError){ 0 };
    write_file(path, bytes);
    status = threads == 1 ? kf_file_open(out, path, err)
                          : kf_file_open_by(out, path, &kf_usual_limits, threads, err);
    unlink(path);
    cr_assert_eq(status == KF_OK, *out != NULL);
    return status;
}

static KfStatus open_bytes(KfText bytes, KfFile **out, KfError *err)
{
    return open_bytes_by(bytes, 1, out, err);
}

static void expect_failure(KfText bytes, KfStatus status, const char *detail)
{
    KfFile *file;
    KfError err;

    cr_expect_eq(open_bytes(bytes, &file, &err), status, "%s", kf_status_code(err.status));
    cr_expect_eq(err.status, status);
    cr_expect_str_eq(err.detail, detail);
    kf_file_close(file);
}

static void list_cells(KfBuf *out, const KfBook *book, size_t sheet)
{
    const KfGrid *grid = &book->sheets[sheet];

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
        if (cell->format) {
            kf_buf_char(out, ' ');
            kf_buf_text(out, book->formats[cell->format]);
        }
        kf_buf_str(out, "; ");
    }
}

static void expect_sheet(const KfBook *book, size_t sheet, const char *name, const char *cells)
{
    KfBuf out = { 0 };

    cr_assert_lt(sheet, book->sheet_count);
    cr_expect(kf_text_eq(book->sheets[sheet].name, kf_text(name)));
    list_cells(&out, book, sheet);
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(cells)), "%s: %.*s", name, (int)out.len,
              out.ptr);
    kf_buf_free(&out);
}

static KfFile *open_sample(const char *path)
{
    KfFile *file;
    KfError err;

    cr_assert_eq(kf_file_open(&file, path, &err), KF_OK, "%s: %s", path, err.detail);
    cr_assert_str_eq(kf_file_path(file), path);
    return file;
}

Test(file_open, reads_what_openpyxl_writes)
{
    KfFile *file = open_sample(TEST_DATA "/openpyxl.xlsx");
    const KfBook *book = kf_file_book(file);

    cr_assert_eq(book->sheet_count, 2, "the chart sheet is none");
    expect_sheet(book, 0, "Borger 1",
                 "A1 tFaktisk forløb & følger; A2 tYdelse; B2 t0-6 mdr; C2 t7-12 mdr; "
                 "A3 tSygedagpenge; B3 n80100 #,##0.00\\ \"kr.\"; C3 n104130.5 #,##0.00\\ \"kr.\"; "
                 "A4 tKontanthjælp; C4 n-13953.25 #,##0.00\\ \"kr.\"; A5 tUdgift i alt; "
                 "B5 n80100=SUM(B3:B4); C5 n90177.25=SUM(C3:C4); B6 -=B3:C3*2 array; A7 b1; "
                 "B7 e#DIV/0!=1/0; C7 n0.3 0%; "
                 "A8 tto\nlinjer; ");
    expect_sheet(book, 1, "Skjult <æøå>", "XFD1048576 n1; ");
    cr_assert(book->sheets[0].is_protected && !book->sheets[0].hidden);
    cr_assert(kf_grid_row_hidden(&book->sheets[0], 3));
    cr_assert(kf_grid_col_hidden(&book->sheets[0], 3));
    cr_assert_eq(book->sheets[0].merge_count, 1);
    cr_assert(book->sheets[1].hidden && !book->date1904 && !book->is_untyped);
    kf_file_close(file);
}

Test(file_open, reads_what_libreoffice_writes)
{
    KfFile *file = open_sample(TEST_DATA "/libreoffice.xlsx");
    const KfBook *book = kf_file_book(file);

    cr_assert_eq(book->sheet_count, 3, "it turned the chart sheet into a worksheet");
    expect_sheet(book, 0, "Borger 1",
                 "A1 tFaktisk forløb & følger; A2 tYdelse; B2 t0-6 mdr; C2 t7-12 mdr; "
                 "A3 tSygedagpenge; B3 n80100 #,##0.00\" kr.\"; C3 n104130.5 #,##0.00\" kr.\"; "
                 "A4 tKontanthjælp; C4 n-13953.25 #,##0.00\" kr.\"; A5 tUdgift i alt; "
                 "B5 n80100=SUM(B3:B4); C5 n90177.25=SUM(C3:C4); B6 n160200=B3:C3*2 array; "
                 "C6 n208261 array; A7 b1=TRUE(); B7 e#DIV/0!=1/0; C7 n0.3 0%; A8 tto\nlinjer; ");
    expect_sheet(book, 2, "Skjult <æøå>", "XFD1048576 n1; ");
    cr_assert(book->sheets[0].is_protected && kf_grid_row_hidden(&book->sheets[0], 3));
    cr_assert(kf_grid_col_hidden(&book->sheets[0], 3));
    kf_file_close(file);
}

Test(file_open, reads_a_workbook_of_unusual_make)
{
    KfFile *file = open_sample(TEST_DATA "/handmade.xlsx");
    const KfBook *book = kf_file_book(file);

    cr_assert_eq(book->sheet_count, 2);
    expect_sheet(book, 0, "Ark \"1\"",
                 "A1 tUdgift i alt\n; B1 n39000 d-m; B4 n1=B$1+$A4+Q1!A1; B5 n2=B$1+$A5+Q1!A2; ");
    expect_sheet(book, 1, "Ark2", "A1 tÅ; ");
    cr_assert(book->date1904 && book->sheets[0].hidden && !book->sheets[1].hidden);
    cr_assert_eq(file->xlsx.tab_count, 3);
    cr_assert(kf_text_eq(file->xlsx.sheets[1].part, KF_TEXT("Sheets/two.data")));
    cr_assert(kf_text_eq(kf_package_name(&file->xlsx.package, file->xlsx.sheets[1].entry),
                         KF_TEXT("sheets/two.data")));
    kf_file_close(file);
}

Test(file_open, reads_a_csv_file_and_hashes_it)
{
    char path[] = "/tmp/kf_sag.2013_XXXXXX";
    KfFile *file;

    write_file(path, KF_TEXT("abc"));
    file = open_sample(path);
    cr_assert_eq(file->kind, KF_FILE_CSV);
    expect_sheet(kf_file_book(file), 0, "kf_sag", "A1 tabc; ");
    cr_assert(kf_file_book(file)->is_untyped);
    cr_assert(
        kf_text_eq(kf_file_sha256(file),
                   KF_TEXT("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
    kf_file_close(file);
    unlink(path);
}

Test(file_open, says_what_cannot_be_read)
{
    KfFile *file;
    KfError err;

    cr_assert_eq(kf_file_open(&file, "/nowhere/sag.xlsx", &err), KF_FILE_MISSING);
    cr_assert_null(file);
    cr_assert_eq(kf_file_open(&file, TEST_DATA "/handmade.xlsx/x", &err), KF_FILE_MISSING);
    cr_assert_eq(kf_file_open(&file, TEST_DATA, &err), KF_FILE_UNREADABLE);
    cr_assert_str_eq(err.detail, "det er en mappe");
    cr_assert_eq(kf_file_open(&file, "/dev/null", &err), KF_FILE_UNREADABLE);
    cr_assert_str_eq(err.detail, "ingen almindelig fil");
    cr_assert_eq(kf_file_open(&file, "/nowhere", NULL), KF_FILE_MISSING);
    kf_file_close(NULL);
}

Test(file_open, decides_by_the_bytes)
{
    expect_failure(KF_TEXT(""), KF_UNKNOWN_FORMAT, "filen er tom");
    expect_failure(KF_TEXT("a;b\0c"), KF_UNKNOWN_FORMAT, "ukendt indhold");
    expect_failure(KF_TEXT("\x89PNG\r\n\x1A\n"), KF_UNKNOWN_FORMAT, "ukendt indhold");
    expect_failure(KF_TEXT("%PDF-1.7\n"), KF_UNKNOWN_FORMAT, "ukendt indhold");
    expect_failure(KF_TEXT("\xEF\xBB\xBF\n<?xml version='1.0'?>"), KF_UNKNOWN_FORMAT,
                   "ukendt indhold");
    expect_failure(KF_TEXT("\xFF\xFE"
                           "a\0\0\0"),
                   KF_UNKNOWN_FORMAT, "ukendt indhold");
    expect_failure(KF_TEXT("\xD0\xCF\x11\xE0W\0o\0"), KF_OLD_FORMAT, "OLE2");
    expect_failure(KF_TEXT("PK\3\4"), KF_ZIP_TRUNCATED, "zip-filens indeks mangler");
}

Test(file_open, says_that_a_workbook_by_name_is_none)
{
    char path[] = "/tmp/kf_sag_XXXXXX", named[sizeof path + 5];
    KfFile *file;
    KfError err;

    write_file(path, KF_TEXT("Faktisk\0\1"));
    strcpy(named, path);
    strcat(named, ".XLSM");
    cr_assert_eq(rename(path, named), 0);
    cr_assert_eq(kf_file_open(&file, named, &err), KF_NOT_A_ZIP);
    cr_assert_str_eq(err.detail, "begynder ikke som en zip-fil");
    unlink(named);
}

static void expect_package(const ZipPart *parts, size_t count, KfStatus status, const char *detail)
{
    KfBuf zip = make_zip(parts, count);

    expect_failure(kf_buf_view(&zip), status, detail);
    kf_buf_free(&zip);
}

#define PART(name, text)                                                                           \
    {                                                                                              \
        name,                                                                                      \
        {                                                                                          \
            text, sizeof(text) - 1                                                                 \
        }                                                                                          \
    }
#define KIND "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define DOCUMENT_RELS                                                                              \
    "<Relationships><Relationship Id='r' Type='" KIND "officeDocument' Target='x/main'/>"          \
    "</Relationships>"

Test(file_open, tells_apart_what_a_zip_file_holds)
{
    const ZipPart photos[] = { PART("photo.jpg", "...") };
    const ZipPart ods[] = { PART("mimetype", "application/vnd.oasis.opendocument.spreadsheet") };
    const ZipPart word[] = {
        PART("[Content_Types].xml",
             "<Types><Override PartName='/x/main' ContentType='application/"
             "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"),
        PART("_rels/.rels", DOCUMENT_RELS),
    };
    const ZipPart binary[] = {
        PART("[Content_Types].xml",
             "<Types><Default Extension='' ContentType='application/"
             "vnd.ms-excel.sheet.binary.macroEnabled.main'/><Override PartName='/x/main' "
             "ContentType='application/vnd.ms-excel.sheet.binary.macroEnabled.main'/></Types>"),
        PART("_rels/.rels", DOCUMENT_RELS),
        PART("x/main", "\1\2"),
    };
    const ZipPart bare[] = { PART("[Content_Types].xml", "<Types/>") };
    const ZipPart lost[] = { PART("[Content_Types].xml", "<Types/>"),
                             PART("_rels/.rels", DOCUMENT_RELS) };
    const ZipPart other[] = { PART("[Content_Types].xml", "<Types/>"),
                              PART("_rels/.rels", DOCUMENT_RELS), PART("x/main", "<html/>") };

    expect_package(photos, 1, KF_NO_WORKBOOK, "[Content_Types].xml mangler");
    expect_package(ods, 1, KF_NO_WORKBOOK, "et OpenDocument-dokument; gem det som .xlsx");
    expect_package(word, 2, KF_NO_WORKBOOK, "et Word-dokument");
    expect_package(binary, 3, KF_UNKNOWN_FORMAT, "binær .xlsb");
    expect_package(bare, 1, KF_NO_WORKBOOK, "relationen officeDocument mangler");
    expect_package(lost, 2, KF_NO_WORKBOOK, "x/main");
    expect_package(other, 3, KF_NO_WORKBOOK, "x/main");
}

/* A workbook of one sheet, "Ark1", whose bytes are given; for the caller to free. */
static KfBuf book_of(KfText sheet, bool missing)
{
    const ZipPart parts[] = {
        PART("[Content_Types].xml", "<Types/>"),
        PART("_rels/.rels", DOCUMENT_RELS),
        PART("x/main", "<workbook xmlns:r='r'><sheets><sheet name='Ark1' r:id='s'/></sheets>"
                       "</workbook>"),
        PART("x/_rels/main.rels", "<Relationships><Relationship Id='s' Type='" KIND
                                  "worksheet' Target='sheet'/></Relationships>"),
        { "x/sheet", sheet },
    };

    return make_zip(parts, missing ? 4 : 5);
}

static KfStatus open_sheet(KfText sheet, bool missing, KfFile **file, KfError *err)
{
    KfBuf zip = book_of(sheet, missing);
    KfStatus status = open_bytes(kf_buf_view(&zip), file, err);

    kf_buf_free(&zip);
    return status;
}

Test(file_open, names_the_sheet_that_is_unreadable)
{
    KfFile *file;
    KfError err;

    cr_assert_eq(open_sheet(KF_TEXT("<worksheet/>"), false, &file, &err), KF_OK);
    cr_assert_eq(kf_file_book(file)->sheets[0].cell_count, 0);
    cr_assert_eq(kf_file_book(file)->format_count, 1);
    kf_file_close(file);
    cr_assert_eq(open_sheet(KF_TEXT("<worksheet>"), false, &file, &err), KF_SHEET_UNREADABLE);
    cr_assert_str_eq(err.part, "Ark1");
    cr_assert_str_eq(err.detail, "XML-fejl ved byte 11: filen slutter for tidligt");
    cr_assert_eq(open_sheet(KF_TEXT(""), true, &file, &err), KF_SHEET_UNREADABLE);
    cr_assert_str_eq(err.part, "Ark1");
}

/* So large when packed that it is unpacked ahead where threads may be had. */
static KfBuf large_book(void)
{
    KfBuf sheet = { 0 }, zip;
    uint32_t state = 7;

    kf_buf_str(&sheet, "<worksheet><sheetData>");
    for (size_t row = 1; row <= 60000; row++) {
        state = state * 1664525u + 1013904223u;
        kf_buf_str(&sheet, "<row><c><v>");
        kf_buf_int(&sheet, state);
        kf_buf_str(&sheet, "</v></c><c><v>");
        kf_buf_int(&sheet, (int64_t)row);
        kf_buf_str(&sheet, "</v></c></row>");
    }
    kf_buf_str(&sheet, "</sheetData></worksheet>");
    zip = book_of(kf_buf_view(&sheet), false);
    kf_buf_free(&sheet);
    return zip;
}

static void expect_same_cells(const KfFile *a, const KfFile *b)
{
    const KfGrid *x = &kf_file_book(a)->sheets[0], *y = &kf_file_book(b)->sheets[0];

    cr_assert_eq(x->cell_count, 120000);
    cr_assert_eq(y->cell_count, 120000);
    for (size_t i = 0; i < x->cell_count; i++) {
        cr_assert_eq(x->cells[i].row, y->cells[i].row);
        cr_assert_eq(x->cells[i].col, y->cells[i].col);
        cr_assert(kf_text_eq(x->cells[i].text, y->cells[i].text));
    }
}

Test(file_open, reads_the_same_by_several_threads)
{
    KfBuf zip = large_book();
    KfFile *alone, *together;
    KfError err, err_together;

    cr_assert_gt(zip.len, 300000);
    cr_assert_eq(open_bytes_by(kf_buf_view(&zip), 1, &alone, &err), KF_OK);
    cr_assert_eq(open_bytes_by(kf_buf_view(&zip), 2, &together, &err), KF_OK);
    expect_same_cells(alone, together);
    kf_file_close(alone);
    kf_file_close(together);
    for (size_t at = zip.len / 4; at < zip.len; at += zip.len / 7) {
        zip.ptr[at] ^= 0x55;
        cr_expect_neq(open_bytes_by(kf_buf_view(&zip), 1, &alone, &err), KF_OK);
        cr_expect_eq(open_bytes_by(kf_buf_view(&zip), 2, &together, &err_together), err.status);
        cr_expect_str_eq(err_together.detail, err.detail);
        zip.ptr[at] ^= 0x55;
    }
    kf_buf_free(&zip);
}

/* No change of one byte in a workbook may crash or hang the reader. */
Test(file_open, survives_damage, .timeout = 60)
{
    KfBuf bytes = { 0 };
    KfError err;
    uint32_t state = 1;

    cr_assert_eq(kf_file_bytes(&bytes, TEST_DATA "/handmade.xlsx", &kf_usual_limits, &err), KF_OK);
    for (size_t i = 0; i < 400; i++) {
        size_t at;
        char was;
        KfFile *file;

        state = state * 1664525u + 1013904223u;
        at = (state >> 8) % bytes.len;
        was = bytes.ptr[at];
        bytes.ptr[at] = (char)(state >> 24);
        if (open_bytes(kf_buf_view(&bytes), &file, &err) == KF_OK)
            kf_file_close(file);
        bytes.ptr[at] = was;
    }
    kf_buf_free(&bytes);
}
