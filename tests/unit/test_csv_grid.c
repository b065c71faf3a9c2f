#include <criterion/criterion.h>

#include "csv/csv_grid.h"

typedef struct {
    KfArena arena;
    KfCsv csv;
    KfBook book;
    KfText bytes;
    KfError err;
} Opened;

static KfStatus open_body(void *ctx)
{
    Opened *opened = ctx;

    return kf_csv_open(&opened->csv, &opened->book, &opened->arena, opened->bytes, KF_TEXT("sag"),
                       &opened->err);
}

static KfStatus open_csv(Opened *opened, KfText bytes)
{
    *opened = (Opened){ .bytes = bytes };
    kf_arena_init(&opened->arena);
    return kf_arena_run(&opened->arena, open_body, opened);
}

static void close_csv(Opened *opened)
{
    kf_csv_close(&opened->csv);
    kf_arena_finish(&opened->arena);
}

/* Writes the cells as "A1=text|B1=text". */
static void expect_cells(KfText bytes, const char *expected)
{
    KfBuf out = { 0 };
    Opened opened;

    cr_assert_eq(open_csv(&opened, bytes), KF_OK);
    for (size_t i = 0; i < opened.book.sheets[0].cell_count; i++) {
        const KfCell *cell = &opened.book.sheets[0].cells[i];

        if (i)
            kf_buf_char(&out, '|');
        kf_buf_cellref(&out, cell->row, cell->col);
        kf_buf_char(&out, '=');
        kf_buf_text(&out, cell->text);
        cr_expect_eq(cell->kind, KF_CELL_TEXT);
    }
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(expected)), "%.*s: %.*s, not %s",
              (int)bytes.len, bytes.ptr, (int)out.len, out.ptr, expected);
    kf_buf_free(&out);
    close_csv(&opened);
}

Test(csv, reads_fields_and_counts_every_line)
{
    expect_cells(KF_TEXT("a;b\r\n\r\n;c\r\nd;\r\n"), "A1=a|B1=b|B3=c|A4=d");
    expect_cells(KF_TEXT("a;b\n\n\nc;d"), "A1=a|B1=b|A4=c|B4=d");
    expect_cells(KF_TEXT("a;b\r\rc;d\r"), "A1=a|B1=b|A3=c|B3=d");
    expect_cells(KF_TEXT("\r\n\na;b\n"), "A3=a|B3=b");
    expect_cells(KF_TEXT("a;b\n   \nc;d\n"), "A1=a|B1=b|A3=c|B3=d");
    expect_cells(KF_TEXT("a;\"x;\r\n\"\"y\"\"\"\r\nb;c\r\n"), "A1=a|B1=x;\r\n\"y\"|A2=b|B2=c");
    expect_cells(KF_TEXT("a;\"\";b\n"), "A1=a|C1=b");
    expect_cells(KF_TEXT("a;\"b\r\n"), "A1=a|B1=b\r\n");
    expect_cells(KF_TEXT("a;5\" rør;b\n"), "A1=a|B1=5\" rør|C1=b");
    expect_cells(KF_TEXT("alone"), "A1=alone");
    expect_cells(KF_TEXT("\n"), "");
}

Test(csv, finds_the_separator)
{
    expect_cells(KF_TEXT("Ydelse;0-6\nSu;62.788,50\nDp, hel;1.000,00\n"),
                 "A1=Ydelse|B1=0-6|A2=Su|B2=62.788,50|A3=Dp, hel|B3=1.000,00");
    expect_cells(KF_TEXT("a,b;c,d\n1,\"2;5,7\",3\n4,5,6\n7,8,9\n"),
                 "A1=a|B1=b;c|C1=d|A2=1|B2=2;5,7|C2=3|A3=4|B3=5|C3=6|A4=7|B4=8|C4=9");
    expect_cells(KF_TEXT("a\tb\n1,5\t2,5\n"), "A1=a|B1=b|A2=1,5|B2=2,5");
    expect_cells(KF_TEXT("x;1.000,00\n"), "A1=x|B1=1.000,00");
}

Test(csv, obeys_a_separator_line)
{
    expect_cells(KF_TEXT("sep=,\r\na;b,c\r\n"), "A1=a;b|B1=c");
    expect_cells(KF_TEXT("\"sep=;\"\na,b;c\n"), "A1=a,b|B1=c");
    expect_cells(KF_TEXT("\xEF\xBB\xBFsep=|\na|b;c\n"), "A1=a|B1=b;c");
    expect_cells(KF_TEXT("sep=;x\na;b\n"), "A1=sep=|B1=x|A2=a|B2=b");
}

Test(csv, turns_encodings_into_utf8)
{
    static const char le[] = "\xFF\xFE"
                             "f\0\xE6\0;\0001\0\n\0=\xD8\0\xDE;\0002\0";

    expect_cells(KF_TEXT("\xEF\xBB\xBF"
                         "fæ;1\n"),
                 "A1=fæ|B1=1");
    expect_cells(KF_TEXT("f\xE6;\x80\x96\n"), "A1=fæ|B1=€–");
    expect_cells((KfText){ le, sizeof le - 1 }, "A1=fæ|B1=1|A2=😀|B2=2");
    expect_cells(KF_TEXT("\xFE\xFF\0a\0;\0b"), "A1=a|B1=b");
}

static void expect_field(const Opened *opened, uint32_t row, uint32_t col, const char *expected)
{
    const KfCsv *csv = &opened->csv;
    KfCsvField field;
    KfText got;

    cr_assert(kf_csv_field(csv, row, col, &field), "%u,%u", row, col);
    got = kf_text_slice(csv->text, field.start, field.end);
    cr_expect(kf_text_eq(got, kf_text(expected)), "%u,%u: %.*s", row, col, (int)got.len, got.ptr);
    cr_expect_eq(field.quoted, kf_text_find(got, KF_TEXT("\"")) != SIZE_MAX);
}

Test(csv, tells_where_each_field_stands)
{
    KfText bytes = KF_TEXT("\xEF\xBB\xBFsep=;\r\na; \"b;\r\n\"\"\" ;;c\r\n\r\nd;e");
    KfCsvField field;
    Opened opened;

    cr_assert_eq(open_csv(&opened, bytes), KF_OK);
    cr_assert_eq(opened.csv.row_count, 3);
    expect_field(&opened, 0, 0, "a");
    expect_field(&opened, 0, 1, " \"b;\r\n\"\"\" ");
    expect_field(&opened, 0, 2, "");
    expect_field(&opened, 0, 3, "c");
    expect_field(&opened, 2, 0, "d");
    expect_field(&opened, 2, 1, "e");
    cr_assert_not(kf_csv_field(&opened.csv, 0, 4, &field));
    cr_assert_not(kf_csv_field(&opened.csv, 1, 0, &field));
    cr_assert_not(kf_csv_field(&opened.csv, 3, 0, &field));
    cr_assert(kf_csv_field(&opened.csv, 2, 1, &field));
    cr_assert_eq(bytes.ptr[kf_csv_file_offset(&opened.csv, field.start)], 'e');
    close_csv(&opened);
}

Test(csv, tells_offsets_and_encodes_in_utf16)
{
    static const char le[] = "\xFF\xFE=\xD8\0\xDE;\0\xE6\0;\0002\0";
    KfBuf out = { 0 };
    KfCsvField field;
    Opened opened;

    cr_assert_eq(open_csv(&opened, (KfText){ le, sizeof le - 1 }), KF_OK);
    cr_assert(kf_csv_field(&opened.csv, 0, 2, &field));
    cr_assert_eq(kf_csv_file_offset(&opened.csv, field.start), 12);
    cr_assert_eq(kf_csv_file_offset(&opened.csv, field.end), 14);
    kf_csv_encode(&out, &opened.csv, KF_TEXT("æ😀"));
    cr_assert(kf_text_eq(kf_buf_view(&out), KF_TEXT("\xE6\0=\xD8\0\xDE")));
    kf_buf_free(&out);
    close_csv(&opened);
}

Test(csv, encodes_in_windows_1252)
{
    KfBuf out = { 0 };
    Opened opened;

    cr_assert_eq(open_csv(&opened, KF_TEXT("\xE6;b\n")), KF_OK);
    cr_assert_eq(opened.csv.encoding, KF_CSV_CP1252);
    kf_csv_encode(&out, &opened.csv, KF_TEXT("aæ€→"));
    cr_assert(kf_text_eq(kf_buf_view(&out), KF_TEXT("a\xE6\x80?")));
    kf_buf_free(&out);
    close_csv(&opened);
}

Test(csv, stops_at_the_sheet_limits)
{
    KfBuf bytes = { 0 };
    Opened opened;

    for (uint32_t i = 0; i < KF_COL_LIMIT; i++)
        kf_buf_char(&bytes, ';');
    cr_assert_eq(open_csv(&opened, kf_buf_view(&bytes)), KF_LIMIT);
    close_csv(&opened);
    bytes.len--;
    cr_assert_eq(open_csv(&opened, kf_buf_view(&bytes)), KF_OK);
    close_csv(&opened);
    bytes.len = 0;
    for (uint32_t i = 0; i < KF_ROW_LIMIT; i++)
        kf_buf_char(&bytes, '\n');
    cr_assert_eq(open_csv(&opened, kf_buf_view(&bytes)), KF_OK);
    cr_assert_eq(opened.csv.row_count, KF_ROW_LIMIT);
    close_csv(&opened);
    kf_buf_str(&bytes, "a");
    cr_assert_eq(open_csv(&opened, kf_buf_view(&bytes)), KF_LIMIT);
    cr_assert_str_eq(opened.err.part, "filen");
    close_csv(&opened);
    kf_buf_free(&bytes);
}

Test(csv, marks_the_book_as_untyped)
{
    Opened opened;

    cr_assert_eq(open_csv(&opened, KF_TEXT("a;b\n")), KF_OK);
    cr_assert(opened.book.is_untyped);
    cr_assert_eq(opened.book.sheet_count, 1);
    cr_assert_eq(opened.book.format_count, 1);
    cr_assert(kf_text_eq(opened.book.sheets[0].name, KF_TEXT("sag")));
    cr_assert(opened.book.sheets[0].row_count == 1 && opened.book.sheets[0].col_count == 2);
    close_csv(&opened);
}
