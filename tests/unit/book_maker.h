/* Books written down in a test: rows as lines, cells between bars. */
#ifndef KF_TEST_BOOK_MAKER_H
#define KF_TEST_BOOK_MAKER_H

#include "kf/grid.h"

/* A sheet as text: "Borger 1||\nSygedagpenge|80100|0". Decimal text becomes a
 * number, "=…" a formula without a cached value ("=B2+B3~5210": with one), "'…" a
 * text, all else text, empty nothing. */
typedef struct {
    const char *name, *rows;
} MadeSheet;

KfBook *make_book(KfArena *arena, const MadeSheet *sheets, size_t count);

#endif
