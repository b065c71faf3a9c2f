#include "formula_book.h"

static void expect_text(KfText found, const char *wanted, const char *what)
{
    cr_expect(kf_text_eq(found, kf_text(wanted)), "%s: %.*s, not %s", what, (int)found.len,
              found.ptr ? found.ptr : "", wanted);
}

ARENA_TEST(formula_write, copies_a_neighbour)
{
    KfBook *book = BOOK(ctx, {
                                 { "B2", "1", NULL },
                                 { "B9", "1", "SUM(B2:B8)*$A$1" },
                                 { "C9", "1", "B9" },
                                 { "Borger 1!B9", "1", NULL },
                             });

    expect_text(kf_formula_copied(ctx, book, ref_of(book, "B9"), ref_of(book, "D9")),
                "SUM(D2:D8)*$A$1", "to the right");
    expect_text(kf_formula_copied(ctx, book, ref_of(book, "C9"), ref_of(book, "A9")), "",
                "off the sheet");
    expect_text(kf_formula_copied(ctx, book, ref_of(book, "B2"), ref_of(book, "C2")), "",
                "no formula");
    expect_text(kf_formula_copied(ctx, book, ref_of(book, "B9"), ref_of(book, "Borger 1!B9")), "",
                "another sheet");
    return KF_OK;
}

/* The sum of up to six places, for a cell with this formula. */
static void expect_sum(KfArena *arena, const char *const *places, const char *formula,
                       const char *wanted)
{
    KfBook *book = BOOK(arena, {
                                   { "B2", "1", NULL },
                                   { "B3", "2", NULL },
                                   { "B4", "'Enkeltydelser", NULL },
                                   { "B6", "3", NULL },
                                   { "B7", "6", NULL },
                                   { "B8", "4", NULL },
                                   { "C2", "5", NULL },
                                   { "B9", NULL, formula },
                               });
    KfRef cells[6];
    size_t count = 0;

    for (; places[count]; count++)
        cells[count] = ref_of(book, places[count]);
    expect_text(kf_formula_sum_of(arena, book, ref_of(book, "B9"), cells, count), wanted, wanted);
}

#define PLACES(...) ((const char *const[]){ __VA_ARGS__, NULL })

ARENA_TEST(formula_write, spans_what_adds_nothing)
{
    expect_sum(ctx, PLACES("B2", "B3", "B6"), "B2", "SUM(B2:B6)");
    expect_sum(ctx, PLACES("B2", "B3", "B6", "B8"), "B2", "SUM(B2:B6,B8)");
    expect_sum(ctx, PLACES("B2", "C2"), "B2", "SUM(B2:C2)");
    expect_sum(ctx, PLACES("B2", "C2", "B8"), "B2", "SUM(B2:C2,B8)");
    expect_sum(ctx, PLACES("B3"), "B2", "SUM(B3)");
    return KF_OK;
}

ARENA_TEST(formula_write, keeps_a_subtotal_one)
{
    expect_sum(ctx, PLACES("B2", "B3"), "SUBTOTAL(9,B2:B2)", "SUBTOTAL(9,B2:B3)");
    expect_sum(ctx, PLACES("B2", "B3"), "SUBTOTAL(109,B2)", "SUBTOTAL(109,B2:B3)");
    return KF_OK;
}

ARENA_TEST(formula_write, sums_nothing_of_another_sheet)
{
    expect_sum(ctx, PLACES("B2", "Borger 1!B3"), "B2", "");
    return KF_OK;
}
