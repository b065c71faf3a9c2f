/* Names that stand for cells, found again in any case of letters. */
#include "kf/grid.h"

#include <stdlib.h>

static int fold_order(KfText a, KfText b)
{
    size_t i = 0, j = 0;

    for (;;) {
        int32_t x = kf_rune_lower(kf_text_next(a, &i)), y = kf_rune_lower(kf_text_next(b, &j));

        if (x != y)
            return x < y ? -1 : 1;
        if (x == -1)
            return 0;
    }
}

static int by_name(const void *a, const void *b)
{
    const KfNamedRange *x = a, *y = b;
    int order = fold_order(x->name, y->name);

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
