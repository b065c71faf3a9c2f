#include <criterion/criterion.h>

#include "grid/formula_shift.h"

static void expect(const char *formula, int32_t rows, int32_t cols, const char *expected)
{
    KfBuf out = { 0 };

    kf_formula_shift(&out, kf_text(formula), rows, cols);
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(expected)), "%s moved to %.*s, not %s", formula,
              (int)out.len, out.ptr, expected);
    kf_buf_free(&out);
}

Test(formula_shift, moves_what_is_relative)
{
    expect("A1", 1, 2, "C2");
    expect("$A1+A$1+$A$1", 1, 2, "$A2+C$1+$A$1");
    expect("SUM(B2:B9)*2", 10, 1, "SUM(C12:C19)*2");
    expect("SUM($B$2:B9)", 1, 0, "SUM($B$2:B10)");
    expect("Z9&AZ9", 0, 1, "AA9&BA9");
    expect("a1", 1, 0, "A2");
    expect("-A1%", 1, 0, "-A2%");
    expect("A1 B2,C3", 1, 0, "A2 B3,C4");
    expect("A1#+@B1", 1, 0, "A2#+@B2");
}

Test(formula_shift, moves_whole_rows_and_columns)
{
    expect("SUM(A:A)+SUM($B:C)", 5, 1, "SUM(B:B)+SUM($B:D)");
    expect("SUM(1:3)+SUM($1:3)", 5, 1, "SUM(6:8)+SUM($1:8)");
    expect("Ark1!A:C", 0, 1, "Ark1!B:D");
}

Test(formula_shift, leaves_other_words_alone)
{
    expect("LOG10(A1)+ATAN2(B1,C1)", 1, 0, "LOG10(A2)+ATAN2(B2,C2)");
    expect("\"A1\"\"B2\"&A1", 1, 0, "\"A1\"\"B2\"&A2");
    expect("'A1 ''B2'!A1", 1, 0, "'A1 ''B2'!A2");
    expect("Ark1!A1+Q1:Q4!B2", 1, 0, "Ark1!A2+Q1:Q4!B3");
    expect("[1]Ark1!A1", 1, 0, "[1]Ark1!A2");
    expect("Tabel1[[#This Row],[A1]]+T1[B2]", 1, 0, "Tabel1[[#This Row],[A1]]+T1[B2]");
    expect("T[it']s A1]", 1, 0, "T[it']s A1]");
    expect("sats_2013+A1.B+æA1+XFE1+A1048577", 1, 0, "sats_2013+A1.B+æA1+XFE1+A1048577");
    expect("1E5+1.5E-3+.5+12*A1+1e+5", 1, 0, "1E5+1.5E-3+.5+12*A2+1e+5");
    expect("IF(A1=#N/A,#DIV/0!,#REF!)+TRUE", 1, 0, "IF(A2=#N/A,#DIV/0!,#REF!)+TRUE");
    expect("_xlfn.STDEV.S(A1)", 1, 0, "_xlfn.STDEV.S(A2)");
    expect("A0+AAAA1+A+$A+A$", 1, 1, "A0+AAAA1+A+$A+A$");
    expect("{1,2;3,4}", 1, 0, "{1,2;3,4}");
    expect("OFFSET(A1:INDEX(B:B,2),1,1)", 1, 0, "OFFSET(A2:INDEX(B:B,2),1,1)");
}

Test(formula_shift, leaves_the_sheet_as_ref_error)
{
    expect("A1+B2", -1, 0, "#REF!+B1");
    expect("SUM(A1:B2)", -1, 0, "SUM(#REF!)");
    expect("XFD1+A1048576", 1, 1, "#REF!+#REF!");
    expect("A:B+1:2", -1, -1, "#REF!+#REF!");
    expect("$A$1", -1, -1, "$A$1");
}

Test(formula_shift, survives_unfinished_text)
{
    expect("\"A1", 1, 0, "\"A1");
    expect("'A1", 1, 0, "'A1");
    expect("T[A1", 1, 0, "T[A1");
    expect("T[A1'", 1, 0, "T[A1'");
    expect("A1:", 1, 0, "A2:");
    expect("$", 1, 0, "$");
    expect("#", 1, 0, "#");
    expect("", 1, 0, "");
}
