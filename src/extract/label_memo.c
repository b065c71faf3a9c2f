#include "extract/label_memo.h"

#include "extract/stated_date.h"

#include <string.h>

const KfBook *kf_book_remembering(KfArena *arena, const KfBook *book)
{
    KfBook *copy = kf_arena_alloc(arena, sizeof *copy);
    KfLabelMemo *memo = kf_arena_alloc(arena, sizeof *memo);

    memo->arena = arena;
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

static KfLabelFacts read_facts(KfText text)
{
    KfLabelFacts facts = {
        .role = kf_label_role(text),
        .course = kf_course_name(text),
        .citizen = kf_citizen_named(text),
        .announces = kf_announces_citizen(text),
        .is_page_mark = kf_label_is_page_mark(text),
        .says_sum = kf_label_says_sum(text),
        .date_tellings = kf_date_tellings(text),
        .horizon = kf_horizon_named(text),
        .unit_named = kf_unit_named(text),
        .unit_of_all = kf_unit_of_all(text),
        .head = kf_head_read(text),
    };

    facts.is_period = kf_period_read(text, &facts.period);
    if (!facts.is_period)
        facts.is_calendar = kf_calendar_read(text, &facts.period);
    return facts;
}

static size_t index_of(KfLabelMemo *memo, KfText text)
{
    size_t index;

    if (kf_text_map_get(&memo->at, text, &index))
        return index;
    kf_text_map_set(&memo->at, memo->arena, text, memo->count);
    KF_PUSH(memo->arena, memo->facts, memo->count, memo->cap, read_facts(text));
    return memo->count - 1;
}

KfLabelFacts kf_label_facts(const KfGrid *grid, KfText text)
{
    KfLabelMemo *memo = grid->labels;
    size_t near = ((uintptr_t)text.ptr >> 2 ^ text.len) % KF_LABELS_NEAR;

    if (!memo)
        return read_facts(text);
    /* An empty text has no place by which it could be known again. */
    if (!text.ptr || memo->near[near].text.ptr != text.ptr
        || memo->near[near].text.len != text.len) {
        memo->near[near].text = text;
        memo->near[near].index = index_of(memo, text);
    }
    return memo->facts[memo->near[near].index];
}

KfLabelRole kf_role_in(const KfGrid *grid, KfText text)
{
    return kf_label_facts(grid, text).role;
}

int kf_course_in(const KfGrid *grid, KfText text)
{
    return kf_label_facts(grid, text).course.kind;
}

KfText kf_citizen_in(const KfGrid *grid, KfText text)
{
    return kf_label_facts(grid, text).citizen;
}

KfNumberFormat kf_format_in(const KfBook *book, const KfGrid *grid, const KfCell *cell)
{
    return grid->labels ? grid->labels->formats[cell->format]
                        : kf_number_format(book->formats[cell->format]);
}
