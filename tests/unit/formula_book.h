/* Small workbooks for the tests of formulas. */
#ifndef FORMULA_BOOK_H
#define FORMULA_BOOK_H

#include <criterion/criterion.h>

#include "formula/ratio.h"
#include "kf/formula.h"

/* "B2" or "Borger 1!B2"; value NULL for none cached; "'x" is the text x. */
typedef struct {
    const char *place, *value, *formula;
} Entry;

static inline KfRef ref_of(const KfBook *book, const char *place)
{
    KfText text = kf_text(place);
    size_t mark = kf_text_find(text, KF_TEXT("!"));
    KfRef ref = { 0, 0, 0 };

    if (mark != SIZE_MAX) {
        while (!kf_text_eq(book->sheets[ref.sheet].name, kf_text_slice(text, 0, mark)))
            ref.sheet++;
        text = kf_text_slice(text, mark + 1, text.len);
    }
    cr_assert(kf_cellref_read(text, &ref.row, &ref.col), "%s", place);
    return ref;
}

static inline void set_value(KfCell *cell, const char *value)
{
    KfText text = kf_text(value);
    KfRatio number;

    cell->text = text;
    if (kf_ratio_read(&number, text)) {
        cell->kind = KF_CELL_NUMBER;
    } else if (kf_text_starts(text, KF_TEXT("#"))) {
        cell->kind = KF_CELL_ERROR;
    } else if (kf_text_eq(text, KF_TEXT("TRUE")) || kf_text_eq(text, KF_TEXT("FALSE"))) {
        cell->kind = KF_CELL_BOOL;
        cell->text = kf_text_eq(text, KF_TEXT("TRUE")) ? KF_TEXT("1") : KF_TEXT("0");
    } else {
        cell->kind = KF_CELL_TEXT;
        cell->text = kf_text_slice(text, 1, text.len);
    }
}

/* Sheets Ark1, "Borger 1" and "Bo's". */
static inline KfBook *book_of(KfArena *arena, const Entry *entries, size_t count)
{
    KfBook *book = kf_arena_alloc(arena, sizeof *book);

    book->sheet_count = 3;
    book->sheets = kf_arena_array(arena, 3, sizeof *book->sheets);
    book->sheets[0].name = KF_TEXT("Ark1");
    book->sheets[1].name = KF_TEXT("Borger 1");
    book->sheets[2].name = KF_TEXT("B\xC3\xB8's");
    for (size_t i = 0; i < 3; i++)
        book->sheets[i].cells = kf_arena_array(arena, count, sizeof(KfCell));
    for (size_t i = 0; i < count; i++) {
        KfRef ref = ref_of(book, entries[i].place);
        KfGrid *grid = &book->sheets[ref.sheet];
        KfCell *cell = &grid->cells[grid->cell_count++];

        *cell = (KfCell){ .row = ref.row, .col = ref.col };
        if (entries[i].value)
            set_value(cell, entries[i].value);
        if (entries[i].formula)
            cell->formula = kf_text(entries[i].formula);
    }
    for (size_t i = 0; i < 3; i++)
        kf_grid_index(arena, &book->sheets[i]);
    return book;
}

#define BOOK(arena, ...)                                                                           \
    book_of((arena), (const Entry[])__VA_ARGS__, sizeof((const Entry[])__VA_ARGS__) / sizeof(Entry))

/* A test whose body has an arena. */
#define ARENA_TEST(suite, name)                                                                    \
    static KfStatus suite##_##name(void *ctx);                                                     \
    Test(suite, name)                                                                              \
    {                                                                                              \
        KfArena arena;                                                                             \
                                                                                                   \
        kf_arena_init(&arena);                                                                     \
        cr_assert_eq(kf_arena_run(&arena, suite##_##name, &arena), KF_OK);                         \
        kf_arena_finish(&arena);                                                                   \
    }                                                                                              \
    static KfStatus suite##_##name(void *ctx)

#endif
