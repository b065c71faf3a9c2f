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
};

static bool same(KfLabelFacts a, KfLabelFacts b)
{
    return a.role.role == b.role.role && a.role.payer == b.role.payer && a.role.part == b.role.part
           && a.role.summed == b.role.summed && a.course.kind == b.course.kind
           && kf_text_eq(a.citizen, b.citizen) && a.announces == b.announces
           && a.is_period == b.is_period && a.is_calendar == b.is_calendar
           && a.period.from == b.period.from && a.period.to == b.period.to
           && a.is_page_mark == b.is_page_mark && a.says_sum == b.says_sum
           && a.date_tellings == b.date_tellings && a.horizon == b.horizon
           && a.unit_named == b.unit_named && a.unit_of_all == b.unit_of_all;
}

static KfStatus compare(void *ctx)
{
    KfArena *arena = ctx;
    const MadeSheet sheet = { "Ark1", "Udgift i alt|1\n" };
    const KfBook plain = *make_book(arena, &sheet, 1);
    const KfBook *book = kf_book_remembering(arena, &plain);

    /* First of all one without any text, as of a cell that is not there. */
    cr_expect(same(kf_label_facts(&book->sheets[0], (KfText){ 0 }),
                   kf_label_facts(&plain.sheets[0], (KfText){ 0 })));
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            cr_expect(same(kf_label_facts(&book->sheets[0], kf_text(texts[i])),
                           kf_label_facts(&plain.sheets[0], kf_text(texts[i]))),
                      "%s", texts[i]);
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
