/* A number told by a spreadsheet program, as decimal text. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static void expect(double number, const char *text)
{
    KfBuf out = { 0 };

    kf_buf_double(&out, number);
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(text)), "%s became %.*s", text, (int)out.len,
              out.ptr);
    kf_buf_free(&out);
}

Test(host_number, known)
{
    expect(0, "0");
    expect(-0.0, "0");
    expect(1, "1");
    expect(-62788.5, "-62788.5");
    expect(0.1, "0.1");
    expect(0.1 + 0.2, "0.30000000000000004");
    expect(83717.999999999985, "83717.99999999999");
    expect(9007199254740993.0, "9007199254740992");
    expect(1e20, "100000000000000000000");
    expect(1e21, "1E+21");
    expect(0.00001, "0.00001");
    expect(0.0000015, "1.5E-6");
    expect(DBL_MAX, "1.7976931348623157E+308");
    expect(DBL_MIN, "2.2250738585072014E-308");
    expect(4.9406564584124654e-324, "4.94065645841247E-324");
    expect(1.0 / 3, "0.3333333333333333");
    expect(9.999999999999999e22, "9.999999999999999E+22");
    expect(999999999999999.9, "999999999999999.9");
    expect(HUGE_VAL, "");
}

/* Read back, every text is the number it was made of; the seed is fixed. */
Test(host_number, is_read_back)
{
    uint64_t state = 88172645463325252u;

    for (int i = 0; i < 5000; i++) {
        KfBuf out = { 0 };
        double number;

        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        memcpy(&number, &state, sizeof number);
        if (i % 2)
            number = (double)(int64_t)(state >> 20) / 100;
        if (!(number - number == 0))
            continue;
        kf_buf_double(&out, number);
        kf_buf_char(&out, '\0');
        cr_assert_eq(strtod(out.ptr, NULL), number, "%s", out.ptr);
        cr_assert_leq(out.len, 26);
        kf_buf_free(&out);
    }
}
