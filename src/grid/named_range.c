/* Names that stand for cells, and of sheets, found again in any case of letters. */
#include "kf/grid.h"

#include <stdlib.h>

/* In a quoted name quotes are doubled. */
static int fold_order(KfText a, bool is_quoted, KfText b)
{
    size_t i = 0, j = 0;

    for (;;) {
        int32_t x = kf_rune_lower(kf_text_next(a, &i)), y = kf_rune_lower(kf_text_next(b, &j));

        if (is_quoted && x == '\'')
            x = kf_rune_lower(kf_text_next(a, &i));
        if (x != y)
            return x < y ? -1 : 1;
        if (x == -1)
            return 0;
    }
}

static int by_name(const void *a, const void *b)
{
    const KfNamedRange *x = a, *y = b;
    int order = fold_order(x->name, false, y->name);

    return order ? order : (x->scope > y->scope) - (x->scope < y->scope);
}

void kf_book_sort_names(KfBook *book)
{
    if (book->name_count)
        qsort(book->names, book->name_count, sizeof *book->names, by_name);
}

const KfNamedRange *kf_book_name(const KfBook *book, KfText name, uint32_t sheet)
{
    KfNamedRange key = { .name = name, .scope = sheet };
    const KfNamedRange *found = NULL;

    if (book->name_count == 0)
        return NULL;
    found = bsearch(&key, book->names, book->name_count, sizeof key, by_name);
    if (found)
        return found;
    key.scope = KF_WHOLE_BOOK;
    return bsearch(&key, book->names, book->name_count, sizeof key, by_name);
}

static int by_sheet_name(const void *a, const void *b)
{
    const KfSheetName *x = a, *y = b;
    int order = fold_order(x->name, false, y->name);

    return order ? order : (x->sheet > y->sheet) - (x->sheet < y->sheet);
}

void kf_book_sort_sheets(KfArena *arena, KfBook *book)
{
    book->by_name = kf_arena_array(arena, book->sheet_count, sizeof *book->by_name);
    for (size_t i = 0; i < book->sheet_count; i++)
        book->by_name[i] = (KfSheetName){ book->sheets[i].name, (uint32_t)i };
    if (book->sheet_count)
        qsort(book->by_name, book->sheet_count, sizeof *book->by_name, by_sheet_name);
}

static bool find_in_turn(const KfBook *book, KfText name, bool is_quoted, uint32_t *sheet)
{
    for (size_t i = 0; i < book->sheet_count; i++) {
        *sheet = (uint32_t)i;
        if (fold_order(name, is_quoted, book->sheets[i].name) == 0)
            return true;
    }
    return false;
}

bool kf_book_sheet(const KfBook *book, KfText name, bool is_quoted, uint32_t *sheet)
{
    size_t lo = 0, hi = book->sheet_count;

    if (!book->by_name)
        return find_in_turn(book, name, is_quoted, sheet);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (fold_order(name, is_quoted, book->by_name[mid].name) > 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == book->sheet_count || fold_order(name, is_quoted, book->by_name[lo].name) != 0)
        return false;
    *sheet = book->by_name[lo].sheet;
    return true;
}
