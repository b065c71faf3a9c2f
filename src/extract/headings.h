/* What a heading of a list or a form says that its cells hold, by its words. */
#ifndef KF_EXTRACT_HEADINGS_H
#define KF_EXTRACT_HEADINGS_H

#include "kf/grid.h"

typedef enum {
    KF_HEAD_NONE,
#define KF_HEAD(id) KF_HEAD_##id,
#define KF_HEAD_WORD(id, words)
#include "extract/headings.def"
#undef KF_HEAD
#undef KF_HEAD_WORD
    KF_HEAD_COUNT
} KfHead;

/* The longest known phrase that the text begins with decides; case, dots, what
 * stands in brackets, "kr." at the end and one typing error do not matter. */
KfHead kf_head_read(KfText text);

/* Whether a row can be headings at all: texts and years but no amount, with an amount
 * soon below it. Cheap, so that rows of data are passed over quickly. */
bool kf_may_be_headings(const KfGrid *grid, uint32_t row);
/* Whether the cell holds an amount, as a number or as a text; a year is none. */
bool kf_is_amount(const KfGrid *grid, const KfCell *cell);

#endif
