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
}

Test(masked, leaves_other_numbers)
{
    expect("3201901234", "3201901234");
    expect("0113901234", "0113901234");
    expect("300290-1234", "300290-1234");
    expect("01019012345", "01019012345");
    expect("90101901234", "90101901234");
    expect("010190--1234", "010190--1234");
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
