#include "formula/formula_parse.h"

#include "formula_book.h"

/* The kinds of the tokens: a letter each. */
static void expect_tokens(const char *formula, const char *wanted)
{
    static const char letters[] = "$?ntbeRoF(),+";
    KfGrid sheet = { .name = KF_TEXT("Ark 1") };
    KfBook book = { .sheets = &sheet, .sheet_count = 1 };
    KfTokenizer in = { &book, 0, kf_text(formula), 0 };
    KfBuf found = { 0 };
    KfToken token;

    do {
        kf_token_next(&in, &token);
        if (token.kind != KF_TOKEN_END)
            kf_buf_char(&found, letters[token.kind]);
    } while (token.kind > KF_TOKEN_BAD);
    cr_expect(kf_text_eq(kf_buf_view(&found), kf_text(wanted)), "%s: %.*s, not %s", formula,
              (int)found.len, found.ptr, wanted);
    kf_buf_free(&found);
}

Test(token, knows_every_kind)
{
    static const char *const cases[][2] = {
        { "SUM(A1:B2,3)", "F(R,n)" },
        { "  a1 + $B$2 ", "R+R" },
        { "'Ark 1'!A1", "R" },
        { "'ARK 1'!A:A", "R" },
        { "Ark2!A1", "o" },
        { "'[2]Ark 1'!A1:B2", "o" },
        { "[2]!Navn", "o" },
        { "'Ark 1:Ark 3'!A1", "o" },
        { "1:3", "R" },
        { "1", "n" },
        { "1.5E+3", "n" },
        { "1.5E", "?" },
        { "1.2.3", "?" },
        { "TRUE", "b" },
        { "true()", "F()" },
        { "LOG10(A1)", "F(R)" },
        { "Moms", "o" },
        { "A", "o" },
        { "A1:", "R?" },
        { "A1:B", "R?" },
        { "XFE1", "o" },
        { "A1048577", "o" },
        { "A0", "o" },
        { "\"a\"\"b\"&\"c\"", "t+t" },
        { "\"a", "?" },
        { "'a", "?" },
        { "Tabel1[[#All],[I alt]]", "o" },
        { "Tabel1['[x]", "o" },
        { "{1,\"}\";2}", "o" },
        { "{1", "?" },
        { "#DIV/0!%", "e+" },
        { "'Ark 1'!#REF!", "e" },
        { "#X", "?" },
        { "A1#", "R?" },
        { "a<=b<>c>=d", "o+o+o+o" },
        { "A1;B1", "R?" },
        { "", "" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_tokens(cases[i][0], cases[i][1]);
}

static KfText relative(KfArena *arena, const char *place, const char *formula)
{
    Entry entry = { place, NULL, formula };
    KfBook *book = book_of(arena, &entry, 1);
    KfText out;

    return kf_formula_relative(arena, book, ref_of(book, place), &out) ? out : KF_TEXT("?");
}

ARENA_TEST(relative, is_the_same_for_a_copied_formula)
{
    static const char *const cases[][3] = {
        { "B10", "SUM(B6:B9)", "SUM(R[-4]C:R[-1]C)" },
        { "C10", "SUM(C6:C9)", "SUM(R[-4]C:R[-1]C)" },
        { "C10", "sum( C9:C6 )", "SUM(R[-4]C:R[-1]C)" },
        { "C10", "SUM(C7:C9)", "SUM(R[-3]C:R[-1]C)" },
        { "B2", "$A$1*B$1+$C2", "R1C1*R1C+RC3" },
        { "B2", "SUM(A:A,$C:D,2:2,1:$3)", "SUM(C[-1]:C[-1],C3:C[2],R:R,R[-1]:R3)" },
        { "B2", "'Borger 1'!B2+Ark1!B3", "'Borger 1'!RC+R[1]C" },
        { "B2", "'B\xC3\xB8''s'!A1", "'B\xC3\xB8''s'!R[-1]C[-1]" },
        { "B2", "IF(A2>=0,\"a\"\"b\",true)", "IF(RC[-1]>=0,\"a\"\"b\",TRUE)" },
        { "B2", "Moms*[1]X!A1", "Moms*[1]X!A1" },
        { "B2", "SUM((", "?" },
        { "B2", "1 2", "?" },
        { "B2", "", "?" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        KfText found = relative(ctx, cases[i][0], cases[i][1]);

        cr_expect(kf_text_eq(found, kf_text(cases[i][2])), "%s: %.*s", cases[i][1], (int)found.len,
                  found.ptr);
    }
    return KF_OK;
}

/* "A1,A2" of what B9's formula adds, "?" when that is no plain sum. */
static void expect_sum(KfArena *arena, const char *formula, const char *wanted)
{
    KfBook *book = BOOK(arena, {
                                   { "A1", "1", NULL },
                                   { "A2", "2", NULL },
                                   { "A3", "3", "SUBTOTAL(9,A1:A2)" },
                                   { "A5", "'fem", NULL },
                                   { "B9", NULL, formula },
                               });
    KfRange hidden = { .first_row = 1, .last_row = 1 };
    KfBuf found = { 0 };
    KfRef *cells;
    size_t count;

    book->sheets[0].hidden_rows = &hidden;
    book->sheets[0].hidden_row_count = 1;
    if (!kf_formula_sum_cells(arena, book, ref_of(book, "B9"), &cells, &count))
        kf_buf_char(&found, '?');
    for (size_t i = 0; i < count; i++) {
        if (i)
            kf_buf_char(&found, ',');
        kf_buf_cellref(&found, cells[i].row, cells[i].col);
    }
    cr_expect(kf_text_eq(kf_buf_view(&found), kf_text(wanted)), "%s: %.*s", formula, (int)found.len,
              found.ptr);
    kf_buf_free(&found);
}

ARENA_TEST(sum, lists_the_cells_that_are_added)
{
    static const char *const cases[][2] = {
        { "SUM(A1:A3)", "A1,A2,A3" },
        { "A1+A2+A5", "A1,A2,A5" },
        { "+A1+(A2+A5)", "A1,A2,A5" },
        { "SUM(A1:A2,A5)+B1", "A1,A2,A5,B1" },
        { "SUM(A1)", "A1" },
        { "SUM(SUM(A1:A2),A1)", "A1,A2,A1" },
        { "SUM(A4:B5)", "A4,B4,A5,B5" },
        { "SUM(A:A)", "A1,A2,A3,A4,A5,A6,A7,A8,A9" },
        { "SUBTOTAL(9,A1:A5)", "A1,A2,A4,A5" },
        { "SUBTOTAL(109,A1:A2,A5)", "A1,A5" },
        { "B1+SUBTOTAL(9,A1:A3)", "B1,A1,A2" },
        { "SUM('Borger 1'!A1)", "A1" },
        { "A1", "?" },
        { "A1-A2", "?" },
        { "SUM(A1:A2)-A3", "?" },
        { "-A1+A2", "?" },
        { "A1+1", "?" },
        { "SUM(A1,1)", "?" },
        { "SUM(A1:A2)*2", "?" },
        { "A1:A2+A3", "?" },
        { "A1:A2", "?" },
        { "SUBTOTAL(1,A1:A2)", "?" },
        { "SUBTOTAL(9,SUM(A1))", "?" },
        { "SUBTOTAL(A1,A2)", "?" },
        { "SUM()", "?" },
        { "SUM(A1,)", "?" },
        { "SUM(A1,Moms)", "?" },
        { "MAX(A1:A2)", "?" },
        { "ROUND(A1+A2,0)", "?" },
        { "9", "?" },
        { "", "?" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_sum(ctx, cases[i][0], cases[i][1]);
    return KF_OK;
}

static void expect_refs(KfArena *arena, const char *formula, bool is_complete, const char *wanted)
{
    KfBook *book = BOOK(arena, { { "B9", NULL, formula } });
    KfBuf found = { 0 };
    KfFormulaRef *refs;
    size_t count;

    cr_expect_eq(kf_formula_refs(arena, book, ref_of(book, "B9"), &refs, &count), is_complete, "%s",
                 formula);
    for (size_t i = 0; i < count; i++) {
        kf_buf_int(&found, refs[i].sheet);
        kf_buf_char(&found, '!');
        kf_buf_range(&found, refs[i].range);
        kf_buf_char(&found, ' ');
    }
    cr_expect(kf_text_eq(kf_buf_view(&found), kf_text(wanted)), "%s: %.*s", formula, (int)found.len,
              found.ptr);
    kf_buf_free(&found);
}

ARENA_TEST(refs, lists_what_a_formula_names)
{
    expect_refs(ctx, "SUMIF(A1:A9,\">0\",'Borger 1'!C:C)+$D$4", true,
                "0!A1:A9 1!C1:C1048576 0!D4:D4 ");
    expect_refs(ctx, "SUM(3:2)", true, "0!A2:XFD3 ");
    expect_refs(ctx, "[1]Ark1!A1+B2", true, "0!B2:B2 ");
    expect_refs(ctx, "Moms*A1", false, "0!A1:A1 ");
    expect_refs(ctx, "INDIRECT(\"A\"&B1)", false, "0!B1:B1 ");
    expect_refs(ctx, "SUM(Ark1:Ark3!A1)", false, "");
    expect_refs(ctx, "A1+\"", false, "0!A1:A1 ");
    expect_refs(ctx, "1+1", true, "");
    expect_refs(ctx, "", true, "");
    return KF_OK;
}
