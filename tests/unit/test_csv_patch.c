#include <criterion/criterion.h>

#include "csv/csv_patch.h"

typedef struct {
    KfArena arena;
    KfBuf scratch;
    KfCsv csv;
    KfBook book;
    KfText before, after;
    const KfCellEdit *edits;
    size_t count;
} Case;

static KfStatus patch(void *ctx)
{
    Case *c = ctx;
    KfText text;

    cr_assert_eq(kf_csv_open(&c->csv, &c->book, &c->arena, c->before, KF_TEXT("a"), NULL), KF_OK);
    text = kf_csv_patch(&c->csv, c->edits, c->count, &c->arena, &c->scratch);
    cr_expect(kf_text_eq(text, c->after), "%.*s", (int)text.len, text.ptr);
    return KF_OK;
}

static void expect(KfText before, const KfCellEdit *edits, size_t count, KfText after)
{
    Case c = { .before = before, .after = after, .edits = edits, .count = count };

    kf_arena_init(&c.arena);
    cr_expect_eq(kf_arena_run(&c.arena, patch, &c), KF_OK);
    kf_csv_close(&c.csv);
    kf_arena_finish(&c.arena);
    kf_buf_free(&c.scratch);
}

static KfCellEdit number(const char *cell, const char *text)
{
    KfCellEdit edit = { .has_value = true, .number = kf_text(text) };

    cr_assert(kf_cellref_read(kf_text(cell), &edit.ref.row, &edit.ref.col));
    return edit;
}

static void expect_field(const char *field, const char *value, const char *expected)
{
    KfCellEdit edit = number("B2", value);
    KfBuf before = { 0 }, after = { 0 };

    kf_buf_str(&before, "Post;Beløb;Slut\r\nA;");
    kf_buf_str(&before, field);
    kf_buf_str(&before, ";x\r\nB;;y\r\n");
    kf_buf_str(&after, "Post;Beløb;Slut\r\nA;");
    kf_buf_str(&after, expected);
    kf_buf_str(&after, ";x\r\nB;;y\r\n");
    expect(kf_buf_view(&before), &edit, 1, kf_buf_view(&after));
    kf_buf_free(&before);
    kf_buf_free(&after);
}

Test(csv_patch, writes_a_number_as_the_one_it_replaces)
{
    expect_field("90.826", "92826", "92.826");
    expect_field("90.826,00", "92826", "92.826,00");
    expect_field("62.788,50", "1062788.5", "1.062.788,50");
    expect_field("90826", "92826", "92826");
    expect_field("90826,5", "92826.25", "92826,25");
    expect_field("90.826", "92826.5", "92.826,50");
    expect_field("90,826.50", "92826.5", "92,826.50");
    expect_field("90826.00", "92826", "92826.00");
    expect_field("1 234 567", "2234567", "2 234 567");
    expect_field("90\xC2\xA0"
                 "826,5",
                 "1", "1,0");
    expect_field("12.345", "12.35", "12,35");
}

/* As an amount such as 12.800 is read: of thousands, unless the column shows another use. */
Test(csv_patch, takes_a_lone_point_for_what_it_is_read_as)
{
    KfCellEdit edit = number("B2", "128");

    expect(KF_TEXT("a;b\n1;12.800\n2;89\n"), &edit, 1, KF_TEXT("a;b\n1;128\n2;89\n"));
    edit = number("B2", "12.35");
    expect(KF_TEXT("a;b\n1;12.345\n2;0.5\n"), &edit, 1, KF_TEXT("a;b\n1;12.350\n2;0.5\n"));
}

Test(csv_patch, keeps_what_stands_around_the_number)
{
    expect_field("kr. 90.826,00", "92826", "kr. 92.826,00");
    expect_field(" \"90.826\" ", "92826", " \"92.826\" ");
    expect_field("4.005,-", "4006", "4.006,-");
    expect_field("90.826 kr.", "92826", "92.826 kr.");
}

/* A letter typed for a digit goes with the number it spoilt. */
Test(csv_patch, keeps_no_letter_that_spoils_the_number)
{
    expect_field("200O", "2000", "2000");
    expect_field("2O0", "200", "200");
    expect_field("\"kr. 90.826,00\"", "92826", "\"kr. 92.826,00\"");
    expect_field("\"l00\"", "100", "\"100\"");
    expect_field("90.826 *", "92826", "92.826 *");
}

Test(csv_patch, changes_the_sign)
{
    expect_field("500", "-500", "-500");
    expect_field("-500", "-600", "-600");
    expect_field("÷ 500", "600", " 600");
    expect_field("(500)", "600", "600");
    expect_field("(500)", "-600", "(600)");
    expect_field("500-", "600", "600");
    expect_field("4.005,-", "-4005", "-4.005,-");
}

Test(csv_patch, writes_into_an_empty_field_as_its_column_is_written)
{
    KfCellEdit edit = number("B3", "92826.5");

    expect(KF_TEXT("a;b\n1;4.005,00\n2;\n"), &edit, 1, KF_TEXT("a;b\n1;4.005,00\n2;92.826,50\n"));
    expect(KF_TEXT("a,b\n1,4005\n2,\"\"\n"), &edit, 1, KF_TEXT("a,b\n1,4005\n2,\"92826.50\"\n"));
    expect(KF_TEXT("a;b\n1;826\n2\n"), &edit, 1, KF_TEXT("a;b\n1;826\n2;92826,50\n"));
    expect(KF_TEXT("a;13–24 mdr\n1;826\n2\n"), &edit, 1,
           KF_TEXT("a;13–24 mdr\n1;826\n2;92826,50\n"));
    expect(KF_TEXT("a;13 - 24 mdr\n1;4.005\n2\n"), &edit, 1,
           KF_TEXT("a;13 - 24 mdr\n1;4.005\n2;92.826,50\n"));
}

Test(csv_patch, quotes_where_the_separator_appears)
{
    KfCellEdit edit = number("B2", "1234.5");

    expect(KF_TEXT("a,b,c\nx,\"1.000,5\",y\nz,4,5\n"), &edit, 1,
           KF_TEXT("a,b,c\nx,\"1.234,5\",y\nz,4,5\n"));
    expect(KF_TEXT("a,b,c\nx,\"9,000\",y\nz,,5\n"),
           &(KfCellEdit){ .has_value = true, .number = KF_TEXT("1234"), .ref = { 0, 2, 1 } }, 1,
           KF_TEXT("a,b,c\nx,\"9,000\",y\nz,\"1,234\",5\n"));
}

Test(csv_patch, keeps_the_encoding)
{
    KfCellEdit edit = number("B2", "92826");

    expect(KF_TEXT("P\xE6n;Bel\xF8"
                   "b\r\n\xE5;90\xA0"
                   "826\r\n"),
           &edit, 1,
           KF_TEXT("P\xE6n;Bel\xF8"
                   "b\r\n\xE5;92\xA0"
                   "826\r\n"));
    expect(KF_TEXT("\xEF\xBB\xBF\xC3\xA6;b\na;1\n"), &edit, 1,
           KF_TEXT("\xEF\xBB\xBF\xC3\xA6;b\na;92826\n"));
    expect(KF_TEXT("\xFF\xFE"
                   "a\0;\0b\0\n\0c\0;\0001\0\n\0"),
           &edit, 1,
           KF_TEXT("\xFF\xFE"
                   "a\0;\0b\0\n\0c\0;\0009\0002\0008\0002\0006\0\n\0"));
}

Test(csv_patch, leaves_out_marks_and_what_is_below_the_last_row)
{
    KfCellEdit edits[] = { number("A1", "1"), number("B9", "1") };

    edits[0].has_value = false;
    expect(KF_TEXT("a;b\nc;d\n"), edits, 2, KF_TEXT("a;b\nc;d\n"));
}
