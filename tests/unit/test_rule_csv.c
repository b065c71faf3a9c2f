#include <criterion/criterion.h>

#include "rules/rule_csv.h"

typedef struct {
    size_t line;
    KfText name;
    KfDate from;
    int32_t share, week, word;
    KfOere amount;
} Row;

static const KfRuleWord words[] = { { "høj", 2 }, { "lav", 1 }, { NULL, 0 } };

static const KfRuleColumn columns[] = {
    { "navn", KF_COL_TEXT, offsetof(Row, name), true, NULL },
    { "fra", KF_COL_DATE, offsetof(Row, from), false, NULL },
    { "andel", KF_COL_BP, offsetof(Row, share), false, NULL },
    { "uge", KF_COL_INT, offsetof(Row, week), false, NULL },
    { "grad", KF_COL_WORD, offsetof(Row, word), false, words },
    { "beløb", KF_COL_OERE, offsetof(Row, amount), false, NULL },
};

static const Row blank = {
    .from = KF_DATE_OPEN, .share = -1, .week = -1, .word = -1, .amount = -1
};

static const KfRuleTable table = {
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .row_size = sizeof(Row),
    .defaults = &blank,
    .line_offset = offsetof(Row, line),
};

typedef struct {
    KfArena arena;
    KfRuleFile file;
    struct csv_parser parser;
    KfBuf text;
    KfError err;
    void *rows;
    size_t count;
} Reading;

static KfStatus read_all(void *ctx)
{
    Reading *in = ctx;

    return kf_rule_csv_read(&in->arena, &in->file, &table, &in->rows, &in->count);
}

static KfStatus open_bytes(Reading *in, KfText bytes)
{
    *in = (Reading){ .count = 0 };
    kf_arena_init(&in->arena);
    cr_assert_eq(csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI), 0);
    kf_rule_csv_decode(&in->text, bytes);
    in->file.bytes = kf_buf_view(&in->text);
    in->file.parser = &in->parser;
    in->file.err = &in->err;
    return kf_arena_run(&in->arena, read_all, in);
}

static void finish(Reading *in)
{
    csv_free(&in->parser);
    kf_buf_free(&in->text);
    kf_arena_finish(&in->arena);
}

static const Row *row_at(const Reading *in, size_t i)
{
    cr_assert_lt(i, in->count);
    return (const Row *)in->rows + i;
}

Test(rule_csv, headings_stand_in_any_order)
{
    Reading in;

    cr_assert_eq(open_bytes(&in, KF_TEXT("beløb;navn;Andel;fra;GRAD;uge\r\n"
                                         "8.113,50;SU;33,25 %;01-02-2013;HØJ;52\r\n"
                                         "\r\n;;;;;\r\n"
                                         "8113; to ord ;100;2013-02-01;lav;\r\n")),
                 KF_OK);
    cr_assert_eq(in.count, 2);
    cr_expect(kf_text_eq(row_at(&in, 0)->name, KF_TEXT("SU")));
    cr_expect_eq(row_at(&in, 0)->amount, 811350);
    cr_expect_eq(row_at(&in, 0)->share, 3325);
    cr_expect_eq(row_at(&in, 0)->from, kf_date(2013, 2, 1));
    cr_expect_eq(row_at(&in, 0)->word, 2);
    cr_expect_eq(row_at(&in, 0)->week, 52);
    cr_expect_eq(row_at(&in, 1)->line, 5);
    cr_expect(kf_text_eq(row_at(&in, 1)->name, KF_TEXT("to ord")));
    cr_expect_eq(row_at(&in, 1)->share, 10000);
    cr_expect_eq(row_at(&in, 1)->week, -1);
    finish(&in);
}

Test(rule_csv, every_encoding_and_separator_that_excel_writes)
{
    const KfText files[] = {
        KF_TEXT("navn;beløb\nøre;1.000\n"),
        KF_TEXT("\xEF\xBB\xBFnavn;beløb\nøre;1.000"),
        KF_TEXT("navn;bel\xF8"
                "b\n\xF8re;1.000\n"),
        KF_TEXT("navn\tbeløb\røre\t1.000\r"),
        KF_TEXT("navn,beløb\nøre,1000.00\n"),
        KF_TEXT("sep=;\nnavn;beløb\nøre;1.000\n"),
        KF_TEXT("navn;beløb\n\"øre\";\"1.000\"\n"),
        KF_TEXT(
            "\xFF\xFEn\0a\0v\0n\0;\0b\0e\0l\0\xF8\0b\0\n\0\xF8\0r\0e\0;\0001\0.\0000\0000\0000\0"),
    };

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        Reading in;

        cr_assert_eq(open_bytes(&in, files[i]), KF_OK, "file %zu: %s", i, in.err.detail);
        cr_assert_eq(in.count, 1, "file %zu", i);
        cr_expect(kf_text_eq(row_at(&in, 0)->name, KF_TEXT("øre")), "file %zu", i);
        cr_expect_eq(row_at(&in, 0)->amount, 100000, "file %zu", i);
        finish(&in);
    }
}

Test(rule_csv, an_error_names_line_and_column)
{
    static const struct {
        const char *csv, *part, *detail;
    } rows[] = {
        { "navn;andel\na;30\nb;halvdelen\n", "linje 3, kolonne andel", "'halvdelen'" },
        { "navn;andel\na;101\n", "linje 2, kolonne andel", "fra 0 til 100" },
        { "navn;andel\na;100,01\n", "linje 2, kolonne andel", "'100,01'" },
        { "navn;andel\na;30,\n", "linje 2, kolonne andel", "'30,'" },
        { "navn;andel\na;30,125\n", "linje 2, kolonne andel", "'30,125'" },
        { "navn;andel\na;-5\n", "linje 2, kolonne andel", "'-5'" },
        { "navn;fra\na;31-02-2013\n", "linje 2, kolonne fra", "01-01-2016" },
        { "navn;uge\na;4,5\n", "linje 2, kolonne uge", "helt tal" },
        { "navn;uge\na;99999999999\n", "linje 2, kolonne uge", "helt tal" },
        { "navn;grad\na;mellem\n", "linje 2, kolonne grad", "høj, lav" },
        { "navn;beløb\na;-5\n", "linje 2, kolonne beløb", "'-5'" },
        { "navn;beløb\na;ti\n", "linje 2, kolonne beløb", "'ti'" },
        { "navn;andel\n;30\n", "linje 2, kolonne navn", "tomt" },
        { "andel\n30\n", "linje 1", "'navn' mangler" },
        { "navn;andl\na;30\n", "linje 1", "'andl' kendes ikke" },
        { "navn;navn\na;b\n", "linje 1, kolonne navn", "to gange" },
        { "navn\na;b\n", "linje 2", "'b' står i en kolonne uden overskrift" },
        { "\"navn\";andel\n\"a\nb\";30\n\"c\n\";\"\n9\nx\"\n", "linje 4, kolonne andel", "" },
        { "navn;andel\n\"a;30\nb;30\n", "linje 3", "anførselstegn" },
        { "navn;andel\na\"b;30\n", "linje 2", "anførselstegn" },
        { "", "linje 0", "tom" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Reading in;

        cr_expect_eq(open_bytes(&in, kf_text(rows[i].csv)), KF_BAD_RULES, "%s", rows[i].csv);
        cr_expect_str_eq(in.err.part, rows[i].part, "%s: '%s'", rows[i].csv, in.err.part);
        cr_expect_neq(kf_text_find(kf_text(in.err.detail), kf_text(rows[i].detail)), SIZE_MAX,
                      "%s: %s", rows[i].csv, in.err.detail);
        finish(&in);
    }
}

Test(rule_csv, too_many_rows_or_columns_are_refused)
{
    KfBuf many = { 0 };
    Reading in;

    kf_buf_str(&many, "navn\n");
    for (int i = 0; i < 5001; i++)
        kf_buf_str(&many, "a\n");
    cr_expect_eq(open_bytes(&in, kf_buf_view(&many)), KF_LIMIT);
    finish(&in);
    many.len = 0;
    for (int i = 0; i < 200; i++)
        kf_buf_str(&many, "a;");
    cr_expect_eq(open_bytes(&in, kf_buf_view(&many)), KF_BAD_RULES);
    finish(&in);
    kf_buf_free(&many);
}

Test(rule_csv, random_bytes_do_no_harm)
{
    static const char signs[] = "navn;andel\n\"\r1,;\xF8 \xC3\xA6%-";
    uint64_t seed = 7;

    for (int round = 0; round < 500; round++) {
        char bytes[200] = "navn;andel\n";
        Reading in;

        for (size_t i = 11; i < sizeof bytes; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = signs[(seed >> 33) % (sizeof signs)];
        }
        (void)!open_bytes(&in, (KfText){ bytes, sizeof bytes });
        finish(&in);
    }
}
