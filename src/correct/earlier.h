/* What the Rettelser sheet of an earlier run says of the cells it touched. */
#ifndef CORRECT_EARLIER_H
#define CORRECT_EARLIER_H

#include "correct/phrase.h"

typedef struct {
    KfRef ref;
    uint32_t row; /* in the sheet */
    KfOriginal original;
} KfEarlierRow;

typedef struct {
    const KfGrid *grid; /* the sheet; NULL: there is none that can be read */
    KfEarlierRow *rows;
    const KfEarlierRow **by_place; /* sorted */
    size_t count;
} KfEarlier;

/* False when there is no such sheet, or none that keeps what the cells were; detail then
 * says what is missing. */
bool kf_earlier_read(KfArena *arena, const KfBook *book, KfEarlier *out, KfText *detail);
/* What is said of a cell, or NULL. */
const KfEarlierRow *kf_earlier_of(const KfEarlier *earlier, KfRef ref);
/* What stands behind a name in the head of the sheet; empty when the name is not there. */
KfText kf_earlier_fact(const KfEarlier *earlier, KfPhrase name);

#endif
