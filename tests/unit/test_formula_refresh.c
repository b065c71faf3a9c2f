#include "formula_book.h"

typedef struct {
    KfBook *book;
    KfRefreshed out;
} Refreshed;

static KfPlacedCell placed(const KfBook *book, const char *place, const char *value,
                           const char *formula)
{
    KfRef ref = ref_of(book, place);
    KfPlacedCell cell = { ref.sheet, { .row = ref.row, .col = ref.col } };

    set_value(&cell.cell, value);
    if (formula)
        cell.cell.formula = kf_text(formula);
    return cell;
}

static void expect_cell(const Refreshed *r, size_t i, const char *place, const char *value)
{
    KfRef ref = ref_of(r->book, place);

    cr_assert_lt(i, r->out.count, "%s", place);
    cr_expect_eq(r->out.cells[i].sheet, ref.sheet);
    cr_expect_eq(r->out.cells[i].cell.row, ref.row, "%s", place);
    cr_expect_eq(r->out.cells[i].cell.col, ref.col, "%s", place);
    cr_expect(kf_text_eq(r->out.cells[i].cell.text, kf_text(value)), "%s: %.*s", place,
              (int)r->out.cells[i].cell.text.len, r->out.cells[i].cell.text.ptr);
}

ARENA_TEST(refresh, follows_the_formulas_across_sheets)
{
    Refreshed r = { .book = BOOK(ctx, { { "A1", "1", NULL },
                                        { "A2", "2", NULL },
                                        { "A3", "3", "SUM(A1:A2)" },
                                        { "B3", "6", "A3*2" },
                                        { "C1", "9", "4+5" },
                                        { "Borger 1!A1", "6", "Ark1!B3" } }) };
    KfPlacedCell changed[] = { placed(r.book, "A2", "5", NULL) };

    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 3);
    expect_cell(&r, 0, "A3", "6");
    expect_cell(&r, 1, "B3", "12");
    expect_cell(&r, 2, "Borger 1!A1", "12");
    cr_expect_eq(r.out.unknown_count, 0);
    cr_expect(kf_text_eq(r.book->sheets[0].cells[3].text, KF_TEXT("3")), "the book stays");
    return KF_OK;
}

ARENA_TEST(refresh, leaves_alone_what_does_not_depend_on_the_change)
{
    Refreshed r = { .book = BOOK(ctx, { { "A1", "1", NULL },
                                        { "B1", "77", "A1+1" }, /* stale, but not by us */
                                        { "B2", "5", NULL },
                                        { "C1", "82", "B1+B2" } }) };
    KfPlacedCell changed[] = { placed(r.book, "B2", "6", NULL) };

    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 1);
    expect_cell(&r, 0, "C1", "83");
    return KF_OK;
}

ARENA_TEST(refresh, counts_a_changed_formula_with_the_value_it_comes_with)
{
    Refreshed r = { .book = BOOK(
                        ctx, { { "A1", "1", NULL }, { "A2", "1", "A1" }, { "A3", "1", "A2" } }) };
    KfPlacedCell changed[] = { placed(r.book, "A2", "8", "A1*8") };

    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 1);
    expect_cell(&r, 0, "A3", "8");
    return KF_OK;
}

ARENA_TEST(refresh, tells_what_it_cannot_know)
{
    Refreshed r = { .book = BOOK(ctx, { { "A1", "1", NULL },
                                        { "A2", "1", "VLOOKUP(A1,B1:C9,2)" },
                                        { "A3", "1", "INDIRECT(\"A\"&1)" },
                                        { "A4", "1", "A2+1" },
                                        { "A5", "1", "VLOOKUP(B1,B1:C9,2)" } }) };
    KfPlacedCell changed[] = { placed(r.book, "A1", "5", NULL) };

    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 0);
    cr_assert_eq(r.out.unknown_count, 3);
    cr_expect_eq(r.out.unknown[0].row, 1);
    cr_expect_eq(r.out.unknown[1].row, 2);
    cr_expect_eq(r.out.unknown[2].row, 3);
    return KF_OK;
}

ARENA_TEST(refresh, knows_no_cell_of_an_array_formula)
{
    Refreshed r = { .book = BOOK(ctx, { { "A2", "8", NULL },
                                        { "G3", "7", "G6" },
                                        { "G5", "49", "MMULT(A1:C2,E1:E3)" },
                                        { "G6", "103", NULL },
                                        { "H5", "1", "MMULT(E1:E3,E1:E3)" },
                                        { "H6", "1", NULL } }) };
    KfRange arrays[] = { { 4, 6, 5, 6 }, { 4, 7, 5, 7 } };
    KfPlacedCell changed[] = { placed(r.book, "A2", "5", NULL) };
    const char *unknown[] = { "G3", "G5", "G6" };

    r.book->sheets[0].arrays = arrays;
    r.book->sheets[0].array_count = 2;
    for (size_t i = 2; i < 6; i++)
        r.book->sheets[0].cells[i].in_array = true;
    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 0);
    cr_assert_eq(r.out.unknown_count, 3);
    for (size_t i = 0; i < 3; i++)
        cr_expect_eq(kf_ref_order(r.out.unknown[i], ref_of(r.book, unknown[i])), 0, "%s",
                     unknown[i]);
    return KF_OK;
}

ARENA_TEST(refresh, says_nothing_of_what_comes_to_the_same)
{
    Refreshed r = { .book = BOOK(ctx, { { "A1", "'12", NULL },
                                        { "B1", "0.3", NULL },
                                        { "A2", "0.30000000000000004", "SUM(A1,B1)" } }) };
    KfPlacedCell changed[] = { placed(r.book, "B1", "0.3", NULL) };

    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 0);
    cr_expect_eq(r.out.unknown_count, 0);
    return KF_OK;
}

ARENA_TEST(refresh, a_cell_that_was_not_there_counts)
{
    Refreshed r = { .book = BOOK(ctx, { { "A1", "1", NULL }, { "A9", "1", "SUM(A1:A8)" } }) };
    KfPlacedCell changed[] = { placed(r.book, "A4", "10", NULL) };

    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 1);
    expect_cell(&r, 0, "A9", "11");
    return KF_OK;
}

ARENA_TEST(refresh, a_circle_ends)
{
    Refreshed r = {
        .book = BOOK(ctx, { { "A1", "1", NULL }, { "A2", "1", "A1+A3" }, { "A3", "1", "A2" } })
    };
    KfPlacedCell changed[] = { placed(r.book, "A1", "2", NULL) };

    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 0);
    cr_expect_geq(r.out.unknown_count, 1);
    return KF_OK;
}

ARENA_TEST(refresh, evaluates_a_changed_formula_that_comes_without_a_value)
{
    Refreshed r = { .book = BOOK(
                        ctx, { { "A1", "1", NULL }, { "A2", "1", "A1" }, { "A3", "1", "A2" } }) };
    KfPlacedCell changed[] = { placed(r.book, "A2", "1", "A1*1") };

    changed[0].cell.kind = KF_CELL_EMPTY;
    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 1, "the new formula, though it comes to the same");
    expect_cell(&r, 0, "A2", "1");
    return KF_OK;
}

ARENA_TEST(refresh, reads_names_of_cells_and_of_columns)
{
    KfNamedRange names[] = {
        { KF_TEXT("Udgift"), KF_WHOLE_BOOK, 0, { 0, 0, 0, 0 } },
        { KF_TEXT("Satser[Sats]"), KF_WHOLE_BOOK, 0, { 0, 0, 1, 0 } },
        { KF_TEXT("Udgift"), 1, 0, { 1, 0, 1, 0 } },
    };
    Refreshed r = { .book = BOOK(ctx, { { "A1", "1", NULL },
                                        { "A2", "2", NULL },
                                        { "B1", "1", "UDGIFT*2" },
                                        { "B2", "1", "SUBTOTAL(109,Satser[Sats])" },
                                        { "B3", "1", "Ukendt" },
                                        { "Borger 1!A1", "1", "udgift*2" } }) };
    KfPlacedCell changed[] = { placed(r.book, "A1", "10", NULL) };

    r.book->names = names;
    r.book->name_count = 3;
    kf_book_sort_names(r.book);
    kf_book_refresh(ctx, r.book, changed, 1, &r.out);
    cr_expect_eq(r.out.count, 2, "the sheet's own name is A2, which did not change");
    expect_cell(&r, 0, "B1", "20");
    expect_cell(&r, 1, "B2", "12");
    cr_expect_eq(r.out.unknown_count, 1);
    return KF_OK;
}
