/* What the texts of a workbook mean, each read once: the labels of a thousand citizens
 * are the same few hundred. */
#ifndef KF_EXTRACT_LABEL_MEMO_H
#define KF_EXTRACT_LABEL_MEMO_H

#include "base/text_map.h"
#include "base/text_near.h"
#include "extract/headings.h"
#include "extract/words.h"
#include "kf/grid.h"
#include "kf/value.h"

typedef struct {
    KfLabelWords words;
    KfHeadingFacts heading;
    bool looks_like_heading; /* kf_looks_like_heading() */
    KfHead head;             /* kf_head_read() */
    KfLabelUnits units;
    bool is_amount;         /* kf_amount_read() makes one of it, */
    KfAmount amount;        /* in a notation that is not known */
    unsigned date_tellings; /* kf_date_tellings() */
} KfLabelFacts;

enum { KF_LABELS_NEAR = 1024 }; /* a power of two */

typedef struct KfLabelMemo {
    KfArena *arena;
    KfTextMap at;                    /* text to index into facts */
    KfTextNear near[KF_LABELS_NEAR]; /* to facts */
    const KfLabelFacts *blank;       /* of no text at all */
    KfLabelFacts **facts;
    size_t count, cap;
    KfNumberFormat *formats; /* one for each of the book's */
} KfLabelMemo;

/* A copy of the book in arena, whose grids remember what their texts mean: that is put into
 * facts, which may be another arena, of the thread that reads. */
const KfBook *kf_book_remembering(KfArena *arena, KfArena *facts, const KfBook *book);

/* What a text means, read afresh. */
KfLabelFacts kf_label_facts_read(KfText text);

/* The same from the memory of a grid, as kf_book_remembering() gives it. */
const KfLabelFacts *kf_label_facts(const KfGrid *grid, KfText text);
KfLabelRole kf_role_in(const KfGrid *grid, KfText text);
int kf_course_in(const KfGrid *grid, KfText text);
KfText kf_citizen_in(const KfGrid *grid, KfText text);

/* What the number format of a cell shows. */
KfNumberFormat kf_format_in(const KfBook *book, const KfGrid *grid, const KfCell *cell);

#endif
