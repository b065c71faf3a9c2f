#include "formula_book.h"

/* The value as a text of one's own: numbers plain, 'text, TRUE, #N/A, ? unknown. */
static bool gives(KfEval value, const char *wanted)
{
    KfText text = kf_text(wanted);

    switch (value.kind) {
    case KF_EVAL_TEXT:
        return wanted[0] == '\'' && kf_text_eq(value.text, kf_text_slice(text, 1, text.len));
    case KF_EVAL_BOOL:
        return kf_text_eq(text, kf_text_eq(value.text, KF_TEXT("1")) ? KF_TEXT("TRUE")
                                                                     : KF_TEXT("FALSE"));
    case KF_EVAL_UNKNOWN:
        return kf_text_eq(text, KF_TEXT("?"));
    default:
        return kf_text_eq(text, value.text);
    }
}

static void expect(KfArena *arena, const KfBook *book, const char *place, const char *wanted)
{
    KfEval value = kf_evaluate(kf_evaluator_create(arena, book), ref_of(book, place));

    cr_expect(gives(value, wanted), "%s gives %.*s (kind %d), not %s", place, (int)value.text.len,
              value.text.ptr, (int)value.kind, wanted);
}

/* Numbers in A1:A3, a text, a boolean, an empty cell with a format, an error. */
static void expect_formula(KfArena *arena, const char *formula, const char *wanted)
{
    KfBook *book = BOOK(arena, {
                                   { "A1", "0.1", NULL },
                                   { "A2", "0.2", NULL },
                                   { "A3", "100", NULL },
                                   { "B1", "'abc", NULL },
                                   { "B2", "'12", NULL },
                                   { "B3", "'1.5", NULL },
                                   { "B4", "TRUE", NULL },
                                   { "B5", NULL, NULL },
                                   { "C1", "#N/A", NULL },
                                   { "C2", "-7", "CUBEVALUE(1)" },
                                   { "D1", "92826.000000000015", NULL },
                                   { "Borger 1!A1", "5865", NULL },
                                   { "B\xC3\xB8's!A1", "3994488", NULL },
                                   { "Z9", NULL, formula },
                               });
    KfEval value = kf_evaluate(kf_evaluator_create(arena, book), ref_of(book, "Z9"));

    cr_expect(gives(value, wanted), "=%s gives %.*s (kind %d), not %s", formula,
              (int)value.text.len, value.text.ptr, (int)value.kind, wanted);
}

static void expect_formulas(KfArena *arena, const char *const (*cases)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_formula(arena, cases[i][0], cases[i][1]);
}

#define EXPECT_FORMULAS(...)                                                                       \
    do {                                                                                           \
        static const char *const cases[][2] = __VA_ARGS__;                                         \
                                                                                                   \
        expect_formulas(ctx, cases, sizeof cases / sizeof *cases);                                 \
    } while (0)

ARENA_TEST(eval, calculates_exactly)
{
    EXPECT_FORMULAS({
        { "A1+A2", "0.3" },
        { "A1+A2-0.3", "0" },
        { "A1+A2=0.3", "TRUE" },
        { "100/3", "33.3333333333333" },
        { "A3/3+A3/3+A3/3", "100" },
        { "A3/3*3=A3", "TRUE" },
        { "1/3*10000000", "3333333.33333333" },
        { "30%*62788.50", "18836.55" },
        { "50%%", "0.005" },
        { "-2^2", "4" },
        { "2^3^2", "64" },
        { "2^-1", "0.5" },
        { "-A3%", "-1" },
        { "1.03^20", "1.80611123466941" },
        { "2+3*4-6/2", "11" },
        { "(2+3)*4", "20" },
        { "--A3", "100" },
        { "+A3", "100" },
        { "D1", "92826" },
        { " 1 +\n 2 ", "3" },
        { "1e3+.5", "1000.5" },
        { "Q99", "0" },
        { "B5+1", "1" },
        { "B4+1", "2" },
    });
    return KF_OK;
}

ARENA_TEST(eval, gives_errors_as_they_are)
{
    EXPECT_FORMULAS({
        { "1/0", "#DIV/0!" },
        { "C1+1", "#N/A" },
        { "SUM(A1:C1)", "#N/A" },
        { "#REF!+1", "#REF!" },
        { "SUM(Ark1!#REF!)", "#REF!" },
        { "IF(C1,1,2)", "#N/A" },
        { "IF(TRUE,1,C1)", "1" },
        { "C1=1", "#N/A" },
        { "ABS(C1)", "#N/A" },
        { "ROUND(1/0,2)", "#DIV/0!" },
    });
    return KF_OK;
}

ARENA_TEST(eval, compares_as_a_spreadsheet_does)
{
    EXPECT_FORMULAS({
        { "1<2", "TRUE" },
        { "2<=2", "TRUE" },
        { "2<>2", "FALSE" },
        { "3>=4", "FALSE" },
        { "B1=\"ABC\"", "TRUE" },
        { "B1<>\"x\"", "TRUE" },
        { "\"\xC3\x86\"=\"\xC3\xA6\"", "TRUE" },
        { "B1<\"x\"", "?" },
        { "1000<B1", "TRUE" },
        { "B1<B4", "TRUE" },
        { "B5=0", "TRUE" },
        { "B5=\"\"", "TRUE" },
        { "B5=FALSE", "TRUE" },
        { "B5=Q1", "TRUE" },
        { "B2=12", "FALSE" },
        { "1=1=TRUE", "TRUE" },
        { "\"a\"\"b\"=\"A\"\"B\"", "TRUE" },
    });
    return KF_OK;
}

ARENA_TEST(eval, calls_functions)
{
    EXPECT_FORMULAS({
        { "SUM(A1:A3)", "100.3" },
        { "SUM(A1:B5)", "100.3" },
        { "sum(a1:a3)", "100.3" },
        { "SUM(B1,B4)", "0" },
        { "SUM(TRUE,\"12\",3)", "16" },
        { "SUM(A3:A1,$A$1)", "100.4" },
        { "SUM(A:A)", "100.3" },
        { "SUM($A:B,1:1)", "#N/A" },
        { "SUM(2:3)", "93.2" },
        { "SUM(A1,)", "0.1" },
        { "SUM(Q1:R9)", "0" },
        { "MIN(A1:B4)", "0.1" },
        { "MAX(A1:B4,7)", "100" },
        { "MAX(B1:B4)", "0" },
        { "MIN(-1,A1)", "-1" },
        { "ABS(-5.5)", "5.5" },
        { "ROUND(2.675,2)", "2.68" },
        { "ROUND(-1250,-2)", "-1300" },
        { "ROUND(1.5,)", "2" },
        { "ROUND(A3/3*1.5,0)", "50" },
        { "IF(A3>50,\"stor\",\"lille\")", "'stor" },
        { "IF(A3>500,1)", "FALSE" },
        { "IF(A3>500,1,)", "0" },
        { "IF(A1,IF(A2>1,1,IF(A3=100,\"tre\",0)),2)", "'tre" },
        { "SUM(IF(TRUE,A1:A3,B1))", "100.3" },
        { "IF(TRUE,Q7)", "0" },
        { "TRUE()", "TRUE" },
        { "SUBTOTAL(9,A1:A3)", "100.3" },
        { "SUBTOTAL(109,A1:A3,D1)", "92926.3" },
    });
    return KF_OK;
}

ARENA_TEST(eval, goes_to_other_sheets)
{
    EXPECT_FORMULAS({
        { "'Borger 1'!A1+Ark1!A3", "5965" },
        { "'b\xC3\x98''S'!$A$1", "3994488" },
        { "SUM('Borger 1'!A1:B9)", "5865" },
        { "ARK1!A3", "100" },
        { "Findes!A1", "?" },
        { "'Findes ikke'!A1", "?" },
        { "[1]Ark1!A1", "?" },
        { "'[1]Ark1'!A1", "?" },
        { "Ark1:Ark3!A1", "?" },
    });
    return KF_OK;
}

ARENA_TEST(eval, says_what_it_cannot_evaluate)
{
    EXPECT_FORMULAS({
        { "B1+1", "?" },
        { "B2+1", "13" },
        { "B3+1", "?" },
        { "A1:A3", "?" },
        { "A1:A3+1", "?" },
        { "SUM(A1:A3*2)", "?" },
        { "A1&A2", "?" },
        { "Moms*2", "?" },
        { "SUMIF(A1:A3,1)", "?" },
        { "SUBTOTAL(1,A1:A3)", "?" },
        { "ROUND(1)", "?" },
        { "SUM()", "?" },
        { "2^0.5", "?" },
        { "0^0", "?" },
        { "0^-1", "?" },
        { "IF(\"x\",1,2)", "?" },
        { "SUM(Tabel1[I alt])", "?" },
        { "SUM({1,2})", "?" },
        { "10^37*10", "?" },
        { "C2+1", "-6" },
        { "SUM(A1:A3 A2:B2)", "?" },
        { "IF(TRUE,1,Moms)", "1" },
    });
    return KF_OK;
}

ARENA_TEST(eval, leaves_circles_alone)
{
    KfBook *book = BOOK(ctx, {
                                 { "A1", "1", "B1+1" },
                                 { "B1", NULL, "C1+A1" },
                                 { "C1", "5", "A1*2" },
                                 { "D1", NULL, "C1+1" },
                                 { "E1", NULL, "SUM(E1:E3)" },
                                 { "F1", "4", "F1" },
                                 { "G1", NULL, "B1" },
                             });
    KfEvaluator *ev = kf_evaluator_create(ctx, book);
    const char *const forth[] = { "A1", "B1", "C1", "D1", "E1", "F1", "G1" };
    const char *const wanted[] = { "1", "?", "5", "6", "?", "4", "?" };

    for (size_t i = 0; i < 7; i++)
        cr_expect(gives(kf_evaluate(ev, ref_of(book, forth[i])), wanted[i]), "%s", forth[i]);
    cr_expect(kf_evaluate(ev, ref_of(book, "A1")).from_cache);
    ev = kf_evaluator_create(ctx, book);
    for (size_t i = 7; i-- > 0;)
        cr_expect(gives(kf_evaluate(ev, ref_of(book, forth[i])), wanted[i]), "%s", forth[i]);
    return KF_OK;
}

/* A1 = 1, and each row one more than that above it. */
static KfBook *long_chain(KfArena *arena, uint32_t rows, KfText (*formula)(KfArena *, uint32_t))
{
    KfBook *book = BOOK(arena, { { "A1", "1", NULL } });
    KfGrid *grid = &book->sheets[0];

    grid->cells = kf_arena_array(arena, rows, sizeof *grid->cells);
    grid->cell_count = rows;
    for (uint32_t row = 0; row < rows; row++) {
        grid->cells[row].row = row;
        if (row)
            grid->cells[row].formula = formula(arena, row);
    }
    set_value(&grid->cells[0], "1");
    kf_grid_index(arena, grid);
    return book;
}

static KfText one_more(KfArena *arena, uint32_t row)
{
    KfBuf buf = { 0 };
    KfText text;

    kf_buf_cellref(&buf, row - 1, 0);
    kf_buf_str(&buf, "+1");
    text = kf_arena_take(arena, &buf);
    kf_buf_free(&buf);
    return text;
}

static KfText sum_of_all_above(KfArena *arena, uint32_t row)
{
    KfBuf buf = { 0 };
    KfText text;

    kf_buf_str(&buf, "SUM(A$1:");
    kf_buf_cellref(&buf, row - 1, 0);
    kf_buf_char(&buf, ')');
    text = kf_arena_take(arena, &buf);
    kf_buf_free(&buf);
    return text;
}

ARENA_TEST(eval, goes_any_number_of_cells_down)
{
    expect(ctx, long_chain(ctx, 20000, one_more), "A20000", "20000");
    expect(ctx, long_chain(ctx, 60, sum_of_all_above), "A60", "288230376151711744");
    return KF_OK;
}

ARENA_TEST(eval, visits_only_cells_that_are_there)
{
    KfBook *book = BOOK(ctx, {
                                 { "A1", "1", NULL },
                                 { "A1048576", "2", NULL },
                                 { "XFD7", "3", NULL },
                                 { "B1", NULL, "SUM(A:A)" },
                                 { "C1", NULL, "SUM(2:1048576)" },
                                 { "Borger 1!A1", NULL, "SUM(Ark1!A1:XFD1048576)-Ark1!C1" },
                             });

    expect(ctx, book, "B1", "3");
    expect(ctx, book, "C1", "5");
    expect(ctx, book, "Borger 1!A1", "9");
    return KF_OK;
}

ARENA_TEST(eval, leaves_out_of_a_subtotal_what_a_spreadsheet_does)
{
    KfBook *book = BOOK(ctx, {
                                 { "A1", "1", NULL },
                                 { "A2", "2", NULL },
                                 { "A3", NULL, "SUBTOTAL(9,A1:A2)" },
                                 { "A4", "4", NULL },
                                 { "A5", NULL, "SUBTOTAL(9,A1:A4)" },
                                 { "A6", NULL, "SUBTOTAL(109,A1:A5)" },
                                 { "A7", NULL, "SUM(A1:A5)" },
                             });
    KfRange hidden = { .first_row = 1, .last_row = 1 };

    expect(ctx, book, "A5", "7");
    expect(ctx, book, "A6", "7");
    expect(ctx, book, "A7", "17");
    book->sheets[0].hidden_rows = &hidden;
    book->sheets[0].hidden_row_count = 1;
    expect(ctx, book, "A5", "?");
    expect(ctx, book, "A6", "5");
    return KF_OK;
}

ARENA_TEST(eval, computes_through_stale_values_but_keeps_what_it_cannot_evaluate)
{
    KfBook *book = BOOK(ctx, {
                                 { "A1", "1", NULL },
                                 { "A2", "99", "A1+1" },
                                 { "A3", "50", "VLOOKUP(A1,B:C,2)" },
                                 { "A4", NULL, "A2+A3" },
                             });
    KfEvaluator *ev = kf_evaluator_create(ctx, book);

    cr_expect(gives(kf_evaluate(ev, ref_of(book, "A2")), "2"));
    cr_expect_not(kf_evaluate(ev, ref_of(book, "A2")).from_cache);
    cr_expect(gives(kf_evaluate(ev, ref_of(book, "A3")), "50"));
    cr_expect(kf_evaluate(ev, ref_of(book, "A3")).from_cache);
    cr_expect(gives(kf_evaluate(ev, ref_of(book, "A4")), "52"));
    cr_expect(gives(kf_evaluate(ev, (KfRef){ 9, 0, 0 }), "0"));
    cr_expect_not(kf_evaluator_gave_up(ev));
    return KF_OK;
}

ARENA_TEST(eval, takes_array_formulas_by_their_cached_values)
{
    KfBook *book = BOOK(ctx, {
                                 { "A1", "7", "SUM(B1:B2*C1:C2)" },
                                 { "A2", NULL, "A1+1" },
                                 { "A3", NULL, "SUM(1,2)" },
                                 { "A4", NULL, "A5+1" },
                                 { "A5", NULL, NULL },
                             });

    book->sheets[0].cells[0].in_array = true;
    book->sheets[0].cells[2].in_array = true;
    book->sheets[0].cells[4].in_array = true;
    expect(ctx, book, "A1", "7");
    expect(ctx, book, "A2", "8");
    expect(ctx, book, "A3", "?");
    expect(ctx, book, "A4", "?");
    return KF_OK;
}

ARENA_TEST(stale, names_the_one_cell_that_is_stale)
{
    KfBook *book = BOOK(ctx, {
                                 { "A1", "1", NULL },
                                 { "A2", "2", NULL },
                                 { "A3", "30", "SUM(A1:A2)" },
                                 { "A4", "60", "A3*2" },
                                 { "A5", "63.000000000000007", "A4+A3*0.1" },
                                 { "A6", "'ja", "IF(A4=60,\"ja\",\"nej\")" },
                                 { "A7", "FALSE", "A4=60" },
                                 { "A8", "8", "NOW()" },
                                 { "A9", NULL, "A3+1" },
                                 { "A10", "31", "A9" },
                                 { "A11", "5", NULL },
                                 { "A12", "12", "SUM(A11:A12)" },
                                 { "A13", "#DIV/0!", "1/A15" },
                                 { "A14", "3", "#REF!+1" },
                             });
    KfEvaluator *ev = kf_evaluator_create(ctx, book);

    for (uint32_t row = 0; row < 14; row++) {
        bool wanted = row == 2 || row == 6 || row == 13;

        cr_expect_eq(kf_formula_stale(ev, (KfRef){ 0, row, 0 }, NULL), wanted, "A%u", row + 1);
    }
    return KF_OK;
}

ARENA_TEST(stale, tells_the_right_value)
{
    KfBook *book = BOOK(ctx, {
                                 { "A1", "1000000.005", "2000000.01/2" },
                                 { "A2", "0.33333333333333331", "1/3" },
                                 { "A3", "0.333", "1/3" },
                                 { "A4", "4115226300.3333335", "12345678901/3" },
                                 { "A5", "'3", "1+2" },
                             });
    KfEvaluator *ev = kf_evaluator_create(ctx, book);
    KfEval right;

    cr_expect_not(kf_formula_stale(ev, ref_of(book, "A1"), &right));
    cr_expect_not(kf_formula_stale(ev, ref_of(book, "A2"), &right));
    cr_expect(kf_formula_stale(ev, ref_of(book, "A3"), &right));
    cr_expect(gives(right, "0.333333333333333"));
    cr_expect_not(kf_formula_stale(ev, ref_of(book, "A4"), &right));
    cr_expect(kf_formula_stale(ev, ref_of(book, "A5"), &right));
    cr_expect(gives(right, "3"));
    return KF_OK;
}

/* SUM of one range takes a shorter way than SUM of a range and nothing. */
ARENA_TEST(stale, is_the_same_by_the_short_way)
{
    static const char *const values[] = { "1",     "2.5", "-3",   "0.1",
                                          "0.005", "1E3", "0.10", "'x",
                                          "TRUE",  NULL,  "#N/A", "103.39999999999999" };
    static const char *const sums[] = { "0", "1", "2.5", "4", "-1.5", "5.5", "1.5", "-5.5", "'x" };
    size_t same = 0;
    uint32_t state = 1;

    for (int round = 0; round < 3000; round++) {
        Entry entries[] = { { "A1", NULL, NULL },          { "B1", NULL, NULL },
                            { "A2", NULL, NULL },          { "B2", NULL, NULL },
                            { "A3", NULL, NULL },          { "C1", NULL, "SUM(A1:B3)" },
                            { "C2", NULL, "SUM(A1:B3,0)" } };
        bool is_stale[2];
        KfBook *book;
        KfEvaluator *ev;

        for (size_t i = 0; i < 6; i++) {
            state = state * 1664525u + 1013904223u;
            entries[i].value =
                i < 5 ? values[(state >> 20) % (round % 3 ? 3 : 12)] : sums[(state >> 20) % 9];
            if (i < 5 && state >> 29 == 0)
                entries[i].formula = "4.5/1";
        }
        entries[6].value = entries[5].value;
        book = book_of(ctx, entries, sizeof entries / sizeof *entries);
        ev = kf_evaluator_create(ctx, book);
        for (uint32_t row = 0; row < 2; row++)
            is_stale[row] = kf_formula_stale(ev, (KfRef){ 0, row, 2 }, NULL);
        cr_assert_eq(is_stale[0], is_stale[1], "round %d", round);
        same += !is_stale[0];
    }
    cr_expect_gt(same, 100, "%zu", same);
    return KF_OK;
}

ARENA_TEST(fill, gives_formulas_without_a_value_theirs)
{
    KfBook *book = BOOK(ctx, {
                                 { "A1", NULL, "A2*2" },
                                 { "A2", NULL, "SUM(B1:B2)" },
                                 { "A3", NULL, "NOW()" },
                                 { "A4", NULL, "A3+1" },
                                 { "A5", NULL, "IF(A2>1,\"ja\",\"nej\")" },
                                 { "A6", NULL, "A2=62788.5" },
                                 { "A7", NULL, "1/0" },
                                 { "A8", NULL, "B3+1" },
                                 { "A9", NULL, NULL },
                                 { "B1", "62788", NULL },
                                 { "B2", "0.5", NULL },
                                 { "B3", "7", "SUM(B1:B2)" },
                                 { "Borger 1!A1", NULL, "Ark1!A4" },
                             });
    const char *const wanted[] = { "125577", "62788.5", "", "", "ja", "1", "#DIV/0!", "8", "" };
    const uint8_t kinds[] = { KF_CELL_NUMBER, KF_CELL_NUMBER, KF_CELL_EMPTY,
                              KF_CELL_EMPTY,  KF_CELL_TEXT,   KF_CELL_BOOL,
                              KF_CELL_ERROR,  KF_CELL_NUMBER, KF_CELL_EMPTY };
    KfRef *unknown;
    size_t count;

    kf_book_fill_missing(ctx, book, &unknown, &count);
    for (uint32_t row = 0; row < 9; row++) {
        const KfCell *cell = kf_grid_at(&book->sheets[0], row, 0);

        cr_expect_eq(cell->kind, kinds[row], "A%u", row + 1);
        cr_expect(kf_text_eq(cell->text, kf_text(wanted[row])), "A%u", row + 1);
    }
    cr_assert_eq(count, 3);
    cr_expect(unknown[0].row == 2 && unknown[1].row == 3 && unknown[2].sheet == 1);
    kf_book_fill_missing(ctx, book, &unknown, &count);
    cr_expect_eq(count, 3);
    return KF_OK;
}

/* Pieces that formulas are made of, thrown together. */
static KfText random_formula(KfArena *arena, uint32_t *seed)
{
    static const char *const pieces[] = {
        "SUM(",    "(",           ")",      ",",           "+",
        "-",       "A1",          "A1:B3",  "A:A",         "1:2",
        "\"a\"\"", "\"",          "'",      "!",           "Ark1!",
        "IF(",     "TRUE",        "%",      "^",           "1.5",
        "1E9",     "#REF!",       "{1,",    "}",           "[",
        "]",       "SUBTOTAL(9,", "<>",     "=",           "\xC3",
        "$B$2",    "MAX(",        "ROUND(", "'Borger 1'!", "9999999999999999999999999999999999999",
        "&",       " ",           "/",      "*",           "B3",
    };
    KfBuf buf = { 0 };
    KfText text;

    for (unsigned left = 1 + (*seed >> 16) % 24; left > 0; left--) {
        *seed = *seed * 1664525u + 1013904223u;
        kf_buf_str(&buf, pieces[(*seed >> 16) % (sizeof pieces / sizeof *pieces)]);
    }
    text = kf_arena_take(arena, &buf);
    kf_buf_free(&buf);
    return text;
}

static void look_at_every_side(KfArena *arena, const KfBook *book, KfRef ref)
{
    KfEvaluator *ev = kf_evaluator_create(arena, book);
    KfFormulaRef *refs;
    KfRef *cells;
    KfText text;
    KfEval right;
    size_t count;

    kf_evaluate(ev, ref);
    kf_formula_stale(ev, ref, &right);
    kf_formula_refs(arena, book, ref, &refs, &count);
    kf_formula_sum_cells(arena, book, ref, &cells, &count);
    kf_formula_relative(arena, book, ref, &text);
}

ARENA_TEST(hostile, random_formulas_do_no_harm)
{
    KfBook *book = BOOK(ctx, {
                                 { "A1", "1", "B3" },
                                 { "B3", NULL, "A1" },
                                 { "B2", "3", NULL },
                                 { "C9", "4", NULL },
                             });
    uint32_t seed = 1;

    for (int i = 0; i < 20000; i++) {
        book->sheets[0].cells[2].formula = random_formula(ctx, &seed);
        book->sheets[0].cells[0].formula = random_formula(ctx, &seed);
        look_at_every_side(ctx, book, ref_of(book, "B3"));
    }
    return KF_OK;
}

static KfText repeated(KfArena *arena, const char *piece, size_t times, const char *end)
{
    KfBuf buf = { 0 };
    KfText text;

    while (times-- > 0)
        kf_buf_str(&buf, piece);
    kf_buf_str(&buf, end);
    text = kf_arena_take(arena, &buf);
    kf_buf_free(&buf);
    return text;
}

ARENA_TEST(hostile, long_and_deep_formulas_do_no_harm)
{
    static const char *const pieces[] = { "(", "-", "1+", "SUM(", "{", "[",   "'",     "\"",  "1.",
                                          "A", "$", "2^", "%",    ",", "A1:", "IF(1,", "+A1%" };

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        for (size_t times = 10; times <= 100000; times *= 10) {
            KfBook *book = BOOK(ctx, { { "A1", NULL, NULL }, { "B3", "1", "1" } });

            book->sheets[0].cells[1].formula = repeated(ctx, pieces[i], times, "1");
            look_at_every_side(ctx, book, ref_of(book, "B3"));
        }
    }
    return KF_OK;
}

ARENA_TEST(hostile, nested_parentheses_end_at_64)
{
    for (size_t depth = 60; depth < 70; depth++) {
        KfBook *book = BOOK(ctx, { { "A1", NULL, "1" } });
        KfText open = repeated(ctx, "(", depth, "1");
        KfText close = repeated(ctx, ")", depth, "");
        KfBuf buf = { 0 };

        kf_buf_text(&buf, open);
        kf_buf_text(&buf, close);
        book->sheets[0].cells[0].formula = kf_arena_take(ctx, &buf);
        kf_buf_free(&buf);
        expect(ctx, book, "A1", depth <= 64 ? "1" : "?");
    }
    return KF_OK;
}

/* Sums over sums: half a billion cells, were they all added. */
ARENA_TEST(hostile, gives_up_after_too_many_cells)
{
    KfBook *book = long_chain(ctx, 32000, sum_of_all_above);
    KfEvaluator *ev = kf_evaluator_create(ctx, book);

    cr_expect(gives(kf_evaluate(ev, ref_of(book, "A10")), "256"));
    cr_expect(gives(kf_evaluate(ev, ref_of(book, "A32000")), "?"));
    cr_expect(kf_evaluator_gave_up(ev));
    cr_expect(gives(kf_evaluate(ev, ref_of(book, "A10")), "256"));
    return KF_OK;
}
