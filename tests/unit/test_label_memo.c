#include <criterion/criterion.h>

#include "book_maker.h"
#include "extract/label_memo.h"

static const char *const texts[] = {
    "Udgift for kommunen",
    "Udgift i alt",
    "Samlet totaludgift",
    "Sygedagpenge",
    "Øvrige ydelser",
    "Faktisk forløb",
    "Borger 1",
    "Borger",
    "7-12 mdr",
    "",
    "Udgfit i alt",
    "1. halvår 2013",
    "Beregnet i 2012-satser",
    "Alle beløb i t.kr.",
    "3-årigt forløb",
    "Side 2 af 3",
    "1-2 år",
    "1.234,50",
    "2013",
};

static bool same(const KfLabelFacts *a, const KfLabelFacts *b)
{
    const KfLabelWords *x = &a->words, *y = &b->words;

    return x->role.role == y->role.role && x->role.payer == y->role.payer
           && x->role.part == y->role.part && x->role.summed == y->role.summed
           && x->course.kind == y->course.kind && kf_text_eq(x->citizen, y->citizen)
           && x->announces == y->announces && x->is_page_mark == y->is_page_mark
           && x->says_sum == y->says_sum && a->heading.is_period == b->heading.is_period
           && a->heading.is_calendar == b->heading.is_calendar
           && a->heading.is_years == b->heading.is_years
           && a->heading.period.from == b->heading.period.from
           && a->heading.period.to == b->heading.period.to
           && a->heading.years.to == b->heading.years.to && a->is_amount == b->is_amount
           && a->head == b->head && a->date_tellings == b->date_tellings
           && a->units.horizon == b->units.horizon && a->units.named == b->units.named
           && a->units.of_all == b->units.of_all;
}

static void expect_remembered(const KfGrid *grid, KfText text)
{
    KfLabelFacts facts = kf_label_facts_read(text);

    cr_expect(same(kf_label_facts(grid, text), &facts), "%.*s", (int)text.len, text.ptr);
}

static KfStatus compare(void *ctx)
{
    KfArena *arena = ctx;
    const MadeSheet sheet = { "Ark1", "Udgift i alt|1\n" };
    const KfBook plain = *make_book(arena, &sheet, 1);
    const KfBook *book = kf_book_remembering(arena, arena, &plain);

    /* First of all one without any text, as of a cell that is not there. */
    expect_remembered(&book->sheets[0], (KfText){ 0 });
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            expect_remembered(&book->sheets[0], kf_text(texts[i]));
    }
    cr_expect_eq(book->sheets[0].labels->count, sizeof texts / sizeof *texts, "each read once");
    cr_expect_null(plain.sheets[0].labels);
    return KF_OK;
}

Test(label_memo, tells_what_reading_tells)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, compare, &arena), KF_OK);
    kf_arena_finish(&arena);
}
