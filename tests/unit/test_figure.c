#include <criterion/criterion.h>

#include "book_maker.h"
#include "extract/figure.h"

typedef struct {
    KfArena arena;
    const char *cell, *format;
    KfOere unit;
    KfFigure figure;
} Read;

static KfStatus read_figure(void *ctx)
{
    Read *read = ctx;
    const MadeSheet sheet = { "Ark1", read->cell };
    KfBook *book = make_book(&read->arena, &sheet, 1);
    KfFigureReader reader = { book, 0, KF_SEP_UNKNOWN, read->unit };

    book->formats[0] = kf_text(read->format);
    read->figure = kf_figure_read(&reader, 0, 0);
    read->figure.shown = read->figure.formula = (KfText){ 0 }; /* they end with the arena */
    return KF_OK;
}

static KfFigure figure_of(const char *cell, const char *format, KfOere unit)
{
    Read read = { .cell = cell, .format = format, .unit = unit };

    kf_arena_init(&read.arena);
    cr_assert_eq(kf_arena_run(&read.arena, read_figure, &read), KF_OK);
    kf_arena_finish(&read.arena);
    return read.figure;
}

static void expect(const char *cell, const char *format, KfOere unit, KfOere value, KfOere width)
{
    KfFigure figure = figure_of(cell, format, unit);

    cr_assert_eq(figure.state, KF_FIGURE_STATED, "%s", cell);
    cr_assert_eq(figure.value, value, "%s: %lld", cell, (long long)figure.value);
    cr_assert_eq(figure.range.lo, value - width, "%s: %lld", cell, (long long)figure.range.lo);
    cr_assert_eq(figure.range.hi, value + width, "%s: %lld", cell, (long long)figure.range.hi);
}

Test(figure, stands_for_all_that_is_shown_with_its_digits)
{
    expect("92826", "General", 100, 9282600, 50);
    expect("92826.5", "General", 100, 9282650, 5);
    expect("92826.55", "General", 100, 9282655, 0);
}

Test(figure, is_as_exact_as_its_number_format_shows)
{
    expect("92826", "#,##0.00", 100, 9282600, 0);
    expect("92826", "#,##0.0", 100, 9282600, 5);
    expect("92826", "#,##0", 100, 9282600, 50);
    expect("92826.55", "#,##0", 100, 9282655, 0);
}

Test(figure, counts_in_the_unit_of_its_table)
{
    expect("93", "General", 100000, 9300000, 50000);
    expect("92.8", "General", 100000, 9280000, 5000);
    expect("92.83", "General", 100000, 9283000, 500);
    expect("1.2", "General", 100000000, 120000000, 5000000);
    expect("92.8456", "General", 100000, 9284560, 5);
    expect("1.23456789", "General", 100000000, 123456789, 0);
    expect("'92,8456", "@", 100000, 9284560, 5);
}

Test(figure, reads_amounts_stored_as_text)
{
    expect("'92.826", "General", 100, 9282600, 50);
    expect("'92.826,00", "General", 100, 9282600, 0);
    cr_assert(figure_of("'92.826", "General", 100).is_text);
    cr_assert_not(figure_of("92826", "General", 100).is_text);
}

Test(figure, takes_zero_and_results_as_exact)
{
    expect("0", "General", 100, 0, 0);
    expect("=B1~92826", "General", 100, 9282600, 0);
    cr_assert(figure_of("=B1~92826", "General", 100).is_formula);
}

Test(figure, keeps_blank_and_unreadable_apart)
{
    cr_assert_eq(figure_of("", "General", 100).state, KF_FIGURE_BLANK);
    cr_assert_eq(figure_of("'-", "General", 100).state, KF_FIGURE_BLANK);
    cr_assert_eq(figure_of("'ikke opgjort", "General", 100).state, KF_FIGURE_BLANK);
    cr_assert_eq(figure_of("'200O", "General", 100).state, KF_FIGURE_UNREADABLE);
}

Test(figure, does_not_take_a_formula_without_a_result_for_blank)
{
    cr_assert_eq(figure_of("=B1", "General", 100).state, KF_FIGURE_UNREADABLE);
}

Test(figure, refuses_what_is_too_large_for_its_unit)
{
    cr_assert_eq(figure_of("99999999999", "General", 100000000).state, KF_FIGURE_UNREADABLE);
    cr_assert_eq(figure_of("99999999999", "General", 100).state, KF_FIGURE_STATED);
}
