#include "extract/label_memo.h"

#include "extract/heading_cell.h"
#include "extract/stated_date.h"

#include <string.h>

const KfBook *kf_book_remembering(KfArena *arena, KfArena *facts, const KfBook *book)
{
    KfBook *copy = kf_arena_alloc(arena, sizeof *copy);
    KfLabelMemo *memo = kf_arena_alloc(arena, sizeof *memo);

    memo->arena = facts;
    memo->formats = kf_arena_array(arena, book->format_count, sizeof *memo->formats);
    for (size_t i = 0; i < book->format_count; i++)
        memo->formats[i] = kf_number_format(book->formats[i]);
    *copy = *book;
    copy->sheets = kf_arena_array(arena, book->sheet_count, sizeof *copy->sheets);
    for (size_t i = 0; i < book->sheet_count; i++) {
        copy->sheets[i] = book->sheets[i];
        copy->sheets[i].labels = memo;
    }
    return copy;
}

/* No amount begins with a letter but that of a currency. */
static bool may_be_amount(KfText text)
{
    char first = text.len ? text.ptr[0] | 0x20 : ' ';

    return first < 'a' || first > 'z' || first == 'k' || first == 'd';
}

KfLabelFacts kf_label_facts_read(KfText text)
{
    KfLabelFacts facts = {
        .words = kf_label_words(text),
        .heading = kf_heading_facts(text),
        .looks_like_heading = kf_looks_like_heading(text),
        .head = kf_head_read(text),
        .units = kf_label_units(text),
        .date_tellings = kf_date_tellings(text),
    };

    facts.is_amount =
        may_be_amount(text) && kf_amount_read(text, KF_SEP_UNKNOWN, &facts.amount) == KF_READ_OK;
    return facts;
}

KF_RARE static KfLabelFacts *facts_of(KfLabelMemo *memo, KfText text)
{
    KfLabelFacts *facts;
    size_t index;

    if (kf_text_map_get(&memo->at, text, &index))
        return memo->facts[index];
    facts = kf_arena_alloc(memo->arena, sizeof *facts);
    *facts = kf_label_facts_read(text);
    kf_text_map_set(&memo->at, memo->arena, text, memo->count);
    KF_PUSH(memo->arena, memo->facts, memo->count, memo->cap, facts);
    return facts;
}

const KfLabelFacts *kf_label_facts(const KfGrid *grid, KfText text)
{
    KfLabelMemo *memo = grid->labels;
    KfTextNear *near;

    /* An empty text has no place by which it could be known again. */
    if (!text.len)
        return memo->blank ? memo->blank : (memo->blank = facts_of(memo, text));
    near = kf_text_near(memo->near, KF_LABELS_NEAR, text);
    if (!kf_text_is_near(near, text))
        *near = (KfTextNear){ text, facts_of(memo, text) };
    return near->known;
}

KfLabelRole kf_role_in(const KfGrid *grid, KfText text)
{
    return kf_label_facts(grid, text)->words.role;
}

int kf_course_in(const KfGrid *grid, KfText text)
{
    return kf_label_facts(grid, text)->words.course.kind;
}

KfText kf_citizen_in(const KfGrid *grid, KfText text)
{
    return kf_label_facts(grid, text)->words.citizen;
}

KfNumberFormat kf_format_in(const KfBook *book, const KfGrid *grid, const KfCell *cell)
{
    return grid->labels ? grid->labels->formats[cell->format]
                        : kf_number_format(book->formats[cell->format]);
}
