#include <criterion/criterion.h>

#include "formula/ratio.h"

static KfRatio number(const char *text)
{
    KfRatio value = kf_ratio_int(0);

    cr_assert(kf_ratio_read(&value, kf_text(text)), "%s", text);
    return value;
}

static void expect(KfRatio value, const char *text)
{
    KfBuf out = { 0 };

    kf_ratio_write(&out, value);
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(text)), "%.*s is not %s", (int)out.len, out.ptr,
              text);
    kf_buf_free(&out);
}

Test(ratio, reads_and_writes_decimal_text)
{
    const char *const cases[][2] = {
        { "0", "0" },
        { "-0.00", "0" },
        { "62788.50", "62788.5" },
        { "-4005", "-4005" },
        { ".5", "0.5" },
        { "5.", "5" },
        { "1E3", "1000" },
        { "1.25e-2", "0.0125" },
        { "62788.499999999993", "62788.5" },
        { "0.30000000000000004", "0.3" },
        { "92826.000000000015", "92826" },
        { "12345678901234567890", "12345678901234567890" },
        { "0.00033333333333333332", "0.000333333333333333" },
        { "1e-300", "0" },
        { "0e999", "0" },
        { "000000000000000000000000000000000000000000000001", "1" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(number(cases[i][0]), cases[i][1]);
}

Test(ratio, refuses_what_is_no_decimal_text)
{
    const char *const texts[] = { "",    "-",     ".",   "1,5", "1.2.3",         "1e", "e5", "1 0",
                                  "0x1", "1e400", "1e+", "--1", "1E999999999999" };
    KfRatio value;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_expect_not(kf_ratio_read(&value, kf_text(texts[i])), "%s", texts[i]);
}

Test(ratio, adds_exactly)
{
    KfRatio third, sum = kf_ratio_int(0);

    cr_assert(kf_ratio_add(&sum, number("0.1"), number("0.2")));
    cr_assert(kf_ratio_sub(&sum, sum, number("0.3")));
    cr_assert_eq(kf_ratio_sign(sum), 0);
    cr_assert(kf_ratio_div(&third, number("100"), number("3")));
    expect(third, "33.3333333333333");
    for (int i = 0; i < 3; i++)
        cr_assert(kf_ratio_add(&sum, sum, third));
    expect(sum, "100");
    cr_assert(kf_ratio_sub(&sum, sum, kf_ratio_int(100)));
    cr_assert_eq(kf_ratio_sign(sum), 0);
}

Test(ratio, keeps_fifteen_digits_when_fractions_grow)
{
    KfRatio power = kf_ratio_int(1), sum = kf_ratio_int(0), part;

    for (int i = 0; i < 20; i++)
        cr_assert(kf_ratio_mul(&power, power, number("1.03")));
    expect(power, "1.80611123466941");
    for (int i = 1; i <= 200; i++) {
        cr_assert(kf_ratio_div(&part, kf_ratio_int(1), kf_ratio_int(i)));
        cr_assert(kf_ratio_add(&sum, sum, part));
    }
    expect(sum, "5.87803094812144");
}

Test(ratio, ends_at_what_it_can_hold)
{
    KfRatio big = number("1e37"), out;

    cr_assert_not(kf_ratio_add(&out, big, big));
    cr_assert_not(kf_ratio_mul(&out, big, big));
    cr_assert_not(kf_ratio_div(&out, big, kf_ratio_int(0)));
    cr_assert(kf_ratio_sub(&out, big, big));
    cr_assert_eq(kf_ratio_sign(out), 0);
    cr_assert_eq(kf_ratio_order(big, number("0.123456789012345")), 1);
    cr_assert_eq(kf_ratio_order(kf_ratio_neg(big), big), -1);
}

Test(ratio, rounds_half_away_from_zero)
{
    const struct {
        const char *value;
        int decimals;
        const char *text;
    } cases[] = {
        { "2.675", 2, "2.68" },     { "-2.675", 2, "-2.68" }, { "2.5", 0, "3" },
        { "1250", -2, "1300" },     { "49", -2, "0" },        { "0.4999999999999995", 0, "1" },
        { "1.5", 40, "1.5" },       { "1.5", -40, "0" },      { "-0.4", 0, "0" },
        { "123.456", 2, "123.46" }, { "0.125", 3, "0.125" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        KfRatio out;

        cr_assert(kf_ratio_round(&out, number(cases[i].value), cases[i].decimals));
        expect(out, cases[i].text);
    }
}

Test(ratio, takes_near_numbers_as_the_same)
{
    cr_expect_eq(kf_ratio_order(number("1.0000005"), number("1")), 0);
    cr_expect_eq(kf_ratio_order(number("1.00001"), number("1")), 1);
    cr_expect_eq(kf_ratio_order(number("4115226300.33333"), number("4115226300.33334")), 0);
    cr_expect_eq(kf_ratio_order(number("4115226300.33"), number("4115226300.34")), -1);
    cr_expect_eq(kf_ratio_order(number("-5"), number("3")), -1);
}

Test(ratio, knows_whole_numbers)
{
    int64_t whole;
    KfRatio value;

    cr_assert(kf_ratio_mul(&value, number("2.5"), number("2")));
    cr_assert(kf_ratio_whole(value, &whole));
    cr_assert_eq(whole, 5);
    cr_assert_not(kf_ratio_whole(number("2.5"), &whole));
    cr_assert_not(kf_ratio_whole(number("1e20"), &whole));
}
