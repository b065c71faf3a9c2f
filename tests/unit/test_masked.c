#include <criterion/criterion.h>

#include "kf/base.h"

static void expect(const char *shown, const char *text)
{
    KfBuf out = { 0 };

    kf_buf_masked(&out, kf_text(text));
    cr_assert(kf_text_eq(kf_buf_view(&out), kf_text(shown)), "%s gave %.*s", text, (int)out.len,
              out.ptr);
    kf_buf_free(&out);
}

Test(masked, hides_numbers_that_look_like_cpr)
{
    expect("Borger ******-****, mand", "Borger 010190-1234, mand");
    expect("******-****", "0101901234");
    expect("******-****;******-****", "290200 1234;311299\xC2\xA0"
                                      "4321");
    expect("******-****", "010190\xE2\x80\x93"
                          "1234");
    expect("a******-****b", "a610190-1234b");
    expect("******-**** og ******-****", "010190--1234 og 010190 - 1234");
    expect("******-****, ******-****, ******-****", "01-01-90-1234, 01 01 90 1234, 010190/1234");
    expect("******-****, ******-****", "01011990-1234, 01.01.1990 - 1234");
    expect("CPR ******-****", "CPR 101901234"); /* a number cell: no zero in front */
    expect("******-****", "010190-5AB6");       /* in the place of a CPR number */
    expect("******-****", "\xEF\xBC\x90"        /* wide digits */
                          "\xEF\xBC\x91"
                          "0190-1234");
    expect("******-****", "0101\xE2\x80\x8B"
                          "90\xC2\xAD-1234");
}

Test(masked, hides_numbers_that_stand_in_two_lines)
{
    expect("******-****", "010190\n1234");
    expect("******-****", "010190-\r\n1234");
    expect("******-****", "010190\xC2\x85"
                          "1234");
    expect("******-****", "01\n01\n90\xE2\x80\xA8"
                          "1234");
}

Test(masked, leaves_other_numbers)
{
    expect("3201901234", "3201901234");
    expect("0113901234", "0113901234");
    expect("300290-1234", "300290-1234");
    expect("01019012345", "01019012345");
    expect("90101901234", "90101901234");
    expect("01.01.13 2014 og 01-01-13 2014", "01.01.13 2014 og 01-01-13 2014");
    expect("120513.1234", "120513.1234");
    expect("010190-ABCD", "010190-ABCD");
    expect("1.12.2013-2014", "1.12.2013-2014");
    expect("31.12.2013, 1234", "31.12.2013, 1234");
    expect("20 10 12 34", "20 10 12 34");
    expect("1.1.2022-31.12.2022", "1.1.2022-31.12.2022");
    expect("010190-123", "010190-123");
    expect("010190", "010190");
    expect("1.010.190,12 i 2013", "1.010.190,12 i 2013");
    expect("", "");
}

Test(masked, shows_what_would_steer_a_terminal)
{
    expect("^[[31mrød", "\x1B[31mrød");
    expect("Udgift i alt", "Udgift\ni\talt");
    expect("a\xEF\xBF\xBD"
           "b",
           "a\xE2\x80\xAE"
           "b");
    expect("a\xEF\xBF\xBD", "a\xC3");
    expect("\xEF\xBF\xBD", "\x7F");
}
