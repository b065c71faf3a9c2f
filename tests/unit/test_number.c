#include <criterion/criterion.h>

#include "kf/value.h"

#define NBSP "\xC2\xA0"
#define THIN "\xE2\x80\x89"

typedef struct {
    const char *text;
    KfOere oere;
    int decimals;
    KfSeparators seen;
} Good;

static KfAmount read_ok(const char *text, KfSeparators assume)
{
    KfAmount amount;
    KfRead read = kf_amount_read(kf_text(text), assume, &amount);

    cr_assert_eq(read, KF_READ_OK, "\"%s\" gives %d", text, (int)read);
    return amount;
}

static void expect_each(const Good *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Good *row = &rows[i];
        KfAmount amount = read_ok(row->text, KF_SEP_UNKNOWN);

        cr_expect_eq(amount.oere, row->oere, "\"%s\" gives %lld", row->text,
                     (long long)amount.oere);
        cr_expect_eq(amount.decimals, row->decimals, "decimals of \"%s\": %d", row->text,
                     amount.decimals);
        cr_expect_eq(amount.seen, row->seen, "notation of \"%s\": %d", row->text, (int)amount.seen);
        cr_expect_not(amount.ambiguous, "\"%s\" is ambiguous", row->text);
    }
}

Test(number, reads_every_way_people_write_amounts)
{
    static const Good rows[] = {
        { "62.788,50", 6278850, 2, KF_SEP_DANISH },
        { "62788.5", 6278850, 1, KF_SEP_ENGLISH },
        { "62788,5", 6278850, 1, KF_SEP_DANISH },
        { "62,788.50", 6278850, 2, KF_SEP_ENGLISH },
        { "1,234,567", 123456700, 0, KF_SEP_ENGLISH },
        { "5865", 586500, 0, KF_SEP_UNKNOWN },
        { "12.34", 1234, 2, KF_SEP_ENGLISH },
        { "kr. 3.994.488,00", 399448800, 2, KF_SEP_DANISH },
        { "3.994.488 kr", 399448800, 0, KF_SEP_DANISH },
        { "3.994.488 kr.", 399448800, 0, KF_SEP_DANISH },
        { "DKK 500", 50000, 0, KF_SEP_UNKNOWN },
        { "500,25 dkk", 50025, 2, KF_SEP_DANISH },
        { "Kr 500", 50000, 0, KF_SEP_UNKNOWN },
        { "500kr.", 50000, 0, KF_SEP_UNKNOWN },
        { "500 kroner", 50000, 0, KF_SEP_UNKNOWN },
        { "4.005,-", 400500, 0, KF_SEP_DANISH },
        { "4.005,– kr.", 400500, 0, KF_SEP_DANISH },
        { "4005,--", 400500, 0, KF_SEP_DANISH },
        { "4,005.-", 400500, 0, KF_SEP_ENGLISH },
        { "kr. 400,-", 40000, 0, KF_SEP_DANISH },
        { "÷ 500", -50000, 0, KF_SEP_UNKNOWN },
        { "÷4.005,-", -400500, 0, KF_SEP_DANISH },
        { "(500)", -50000, 0, KF_SEP_UNKNOWN },
        { "(kr. 500,00)", -50000, 2, KF_SEP_DANISH },
        { "kr. (500)", -50000, 0, KF_SEP_UNKNOWN },
        { "500-", -50000, 0, KF_SEP_UNKNOWN },
        { "−500", -50000, 0, KF_SEP_UNKNOWN },
        { "– 500", -50000, 0, KF_SEP_UNKNOWN },
        { "-kr. 500", -50000, 0, KF_SEP_UNKNOWN },
        { "kr. -500 ", -50000, 0, KF_SEP_UNKNOWN },
        { "+500", 50000, 0, KF_SEP_UNKNOWN },
        { "62 788,50", 6278850, 2, KF_SEP_DANISH },
        { "62" NBSP "788,50", 6278850, 2, KF_SEP_DANISH },
        { "62" THIN "788.50" NBSP "kr", 6278850, 2, KF_SEP_ENGLISH },
        { "3 994 488", 399448800, 0, KF_SEP_UNKNOWN },
        { "0,00", 0, 2, KF_SEP_DANISH },
        { "-0", 0, 0, KF_SEP_UNKNOWN },
        { ",50", 50, 2, KF_SEP_DANISH },
        { "0,500", 50, 2, KF_SEP_DANISH },
        { "0000123", 12300, 0, KF_SEP_UNKNOWN },
    };

    expect_each(rows, sizeof rows / sizeof *rows);
}

Test(number, rounds_half_away_from_zero)
{
    static const Good rows[] = {
        { "83717,995", 8371800, 2, KF_SEP_DANISH },
        { "-83717,995", -8371800, 2, KF_SEP_DANISH },
        { "1.234,5649", 123456, 2, KF_SEP_DANISH },
        { "1.234,565", 123457, 2, KF_SEP_DANISH },
    };

    expect_each(rows, sizeof rows / sizeof *rows);
}

Test(number, leaves_a_lone_separator_to_its_column)
{
    static const struct {
        const char *text;
        KfOere unknown, danish, english;
    } rows[] = {
        { "1.234", 123400, 123400, 123 },
        { "1,234", 123400, 123, 123400 },
        { "kr. 999.999", 99999900, 99999900, 100000 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        KfAmount amount = read_ok(rows[i].text, KF_SEP_UNKNOWN);

        cr_expect(amount.ambiguous);
        cr_expect_eq(amount.seen, KF_SEP_UNKNOWN);
        cr_expect_eq(amount.oere, rows[i].unknown);
        amount = read_ok(rows[i].text, KF_SEP_DANISH);
        cr_expect_not(amount.ambiguous);
        cr_expect_eq(amount.oere, rows[i].danish);
        cr_expect_eq(read_ok(rows[i].text, KF_SEP_ENGLISH).oere, rows[i].english);
    }
}

Test(number, does_not_let_the_column_overrule_what_is_plain)
{
    cr_expect_eq(read_ok("1,234.56", KF_SEP_DANISH).oere, 123456);
    cr_expect_eq(read_ok("12.34", KF_SEP_DANISH).oere, 1234);
    cr_expect_eq(read_ok("1.234.567", KF_SEP_ENGLISH).oere, 123456700);
}

Test(number, tells_open_and_blank_from_bad)
{
    static const char *const open[] = { "-", "–",    "—",     "÷",     " - ",  "ikke opgjort",
                                        "?", "i.o.", "kr. -", "- kr.", "I.O.", "Ikke  Oplyst",
                                        "−" };
    static const char *const blank[] = { "", " ", NBSP THIN "\t" };
    static const char *const bad[] = {
        "1.23.456", "1.234.56",   "1.234,56,7", "883 pr marts", "25 %",       "62788,",
        "kr.",      "--5",        "(-5)",       "-5-",          "1 2",        "0-6",
        "12:30",    "500 *",      "500 1)",     "2013-09-01",   "01.09.2013", "500 t.kr.",
        "500 tkr",  "3 mio. kr.", "1.234 567",  "12.345.67",    "0.123.456",  "5\xFF",
        "()",       "(",          ")",          "5 kr kr",      "62,50,-",    "æ",
        ",",        ".-",         ",-",         "1 234.567,00", "¹",          "1e5",
    };
    KfAmount amount;

    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        cr_expect_eq(kf_amount_read(kf_text(open[i]), KF_SEP_UNKNOWN, &amount), KF_READ_NOT_STATED,
                     "\"%s\"", open[i]);
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++)
        cr_expect_eq(kf_amount_read(kf_text(blank[i]), KF_SEP_UNKNOWN, &amount), KF_READ_BLANK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_expect_eq(kf_amount_read(kf_text(bad[i]), KF_SEP_UNKNOWN, &amount), KF_READ_BAD,
                     "\"%s\"", bad[i]);
}

Test(number, refuses_amounts_that_cannot_be_added)
{
    KfAmount amount;

    cr_expect_eq(read_ok("10.000.000.000.000", KF_SEP_UNKNOWN).oere, KF_OERE_MAX);
    cr_expect_eq(read_ok("-9.999.999.999.999,994", KF_SEP_UNKNOWN).oere, 1 - KF_OERE_MAX);
    cr_expect_eq(kf_amount_read(KF_TEXT("10.000.000.000.000,01"), KF_SEP_UNKNOWN, &amount),
                 KF_READ_BAD);
    cr_expect_eq(kf_amount_read(KF_TEXT("10.000.000.000.000,005"), KF_SEP_UNKNOWN, &amount),
                 KF_READ_BAD);
    cr_expect_eq(
        kf_amount_read(KF_TEXT("99999999999999999999999999999999999999"), KF_SEP_UNKNOWN, &amount),
        KF_READ_BAD);
    cr_expect_eq(amount.oere, 0);
}

Test(number, reads_the_decimal_text_of_files)
{
    static const struct {
        const char *text;
        KfOere oere;
        int decimals;
    } rows[] = {
        { "62788.5", 6278850, 1 },
        { "83717.999999999985", 8371800, 0 },
        { "1.2E+5", 12000000, 0 },
        { "1.2345e2", 12345, 2 },
        { "-0.005", -1, 2 },
        { "-0.0049999", 0, 0 },
        { "5.0E-3", 1, 2 },
        { "5E-4", 0, 0 },
        { "1E-99999999999999999999", 0, 0 },
        { "0E99999999999999999999", 0, 0 },
        { ".5", 50, 1 },
        { "5.", 500, 0 },
        { "00012.340", 1234, 2 },
        { "10000000000000", KF_OERE_MAX, 0 },
        { "0.00000000000000000001E25", 10000000, 0 },
        { "-7.0033600000000006E4", -7003360, 1 },
        { " 5 ", 500, 0 },
        { "572203.800000000000011", 57220380, 1 },
        { "0.30000000000000004", 30, 1 },
        { "0.28499999999999998", 29, 2 },
        { "0.285", 29, 2 },
        { "0.2849999999999", 28, 2 },
        { "1.0049999999999999E+2", 10050, 1 },
        { "10000000000000.005", KF_OERE_MAX, 0 },
        { "99999.999999999999", 10000000, 0 },
        { "0.000000000000000000099999999999999999E20", 1000, 0 },
    };
    static const char *const bad[] = {
        "1E99999999999999999999", "1e",  "e5",   ".",   "-",    "1.2.3", "1,5",
        "10000000000000.1",       "1e+", "0x10", "INF", "1e5 5"
    };
    KfAmount amount;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_expect_eq(kf_amount_from_decimal(kf_text(rows[i].text), &amount), KF_READ_OK, "%s",
                     rows[i].text);
        cr_expect_eq(amount.oere, rows[i].oere, "%s gives %lld", rows[i].text,
                     (long long)amount.oere);
        cr_expect_eq(amount.decimals, rows[i].decimals, "decimals of %s", rows[i].text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_expect_eq(kf_amount_from_decimal(kf_text(bad[i]), &amount), KF_READ_BAD, "%s", bad[i]);
    cr_expect_eq(kf_amount_from_decimal(KF_TEXT(""), &amount), KF_READ_BLANK);
}

static void expect_written(KfOere oere, const char *da, const char *en, const char *two,
                           const char *xml)
{
    KfBuf out = { 0 };
    KfBuf meant = { 0 };

    kf_buf_amount(&out, oere, KF_LANG_DA);
    kf_buf_char(&out, '|');
    kf_buf_amount(&out, oere, KF_LANG_EN);
    kf_buf_char(&out, '|');
    kf_buf_amount_2(&out, oere);
    kf_buf_char(&out, '|');
    kf_buf_amount_xml(&out, oere);
    kf_buf_fill(&meant, KF_TEXT("{0}|{1}|{2}|{3}"),
                (KfText[]){ kf_text(da), kf_text(en), kf_text(two), kf_text(xml) }, 4);
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_buf_view(&meant)), "%.*s", (int)out.len, out.ptr);
    kf_buf_free(&out);
    kf_buf_free(&meant);
}

Test(number, writes_amounts)
{
    expect_written(6278850, "62.788,50", "62,788.50", "62788.50", "62788.5");
    expect_written(8371800, "83.718", "83,718", "83718.00", "83718");
    expect_written(-5, "-0,05", "-0.05", "-0.05", "-0.05");
    expect_written(0, "0", "0", "0.00", "0");
    expect_written(100000000, "1.000.000", "1,000,000", "1000000.00", "1000000");
    expect_written(INT64_MIN, "-92.233.720.368.547.758,08", "-92,233,720,368,547,758.08",
                   "-92233720368547758.08", "-92233720368547758.08");
}

Test(number, reads_back_what_it_writes)
{
    for (KfOere oere = -250000; oere <= 250000; oere += 37) {
        KfBuf out = { 0 };
        KfAmount amount;

        kf_buf_amount(&out, oere, KF_LANG_DA);
        cr_assert_eq(kf_amount_read(kf_buf_view(&out), KF_SEP_DANISH, &amount), KF_READ_OK);
        cr_assert_eq(amount.oere, oere);
        out.len = 0;
        kf_buf_amount_xml(&out, oere);
        cr_assert_eq(kf_amount_from_decimal(kf_buf_view(&out), &amount), KF_READ_OK);
        cr_assert_eq(amount.oere, oere);
        kf_buf_free(&out);
    }
}

Test(number, shows_fifteen_digits_of_a_stored_number)
{
    static const char *const rows[][2] = {
        { "62788.5", "62788.5" },
        { "62788.500000000000", "62788.5" },
        { "83717.999999999985", "83718" },
        { "83717.9999999999", "83717.9999999999" },
        { "91087.600000000006", "91087.6" },
        { "99999.999999999999", "100000" },
        { "-0.5", "-0.5" },
        { "-.50", "-0.5" },
        { "0", "0" },
        { "-0", "0" },
        { "0.00", "0" },
        { "0.05", "0.05" },
        { "007", "7" },
        { "1200", "1200" },
        { "1.2E+5", "120000" },
        { "1.25e-2", "0.0125" },
        { "5E-2", "0.05" },
        { "1E+300", "1E+300" },
        { "12 stk", "12 stk" },
        { "", "" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        KfBuf out = { 0 };

        kf_buf_decimal(&out, kf_text(rows[i][0]));
        cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(rows[i][1])), "%s gives %.*s", rows[i][0],
                  (int)out.len, out.ptr);
        kf_buf_free(&out);
    }
}

Test(number, a_value_unlike_itself_is_none)
{
    const KfValue amount = { KF_VALUE_AMOUNT, 350000, { 0 } };
    const KfValue other = { KF_VALUE_AMOUNT, 350001, { 0 } };
    const KfValue text = { KF_VALUE_TEXT, 350000, KF_TEXT("7-12 mdr") };
    const KfValue nothing = { 0 };

    cr_expect_eq(kf_value_unlike(amount, amount).kind, KF_VALUE_NONE);
    cr_expect_eq(kf_value_unlike(text, text).kind, KF_VALUE_NONE);
    cr_expect_eq(kf_value_unlike(other, amount).amount, 350001);
    cr_expect_eq(kf_value_unlike(amount, text).kind, KF_VALUE_AMOUNT);
    cr_expect_eq(kf_value_unlike(amount, nothing).kind, KF_VALUE_AMOUNT);
    cr_expect_eq(kf_value_unlike(nothing, amount).kind, KF_VALUE_NONE);
}
