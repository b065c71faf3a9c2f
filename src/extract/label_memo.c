#include "extract/label_memo.h"

#include "kf/value.h"

#include <string.h>

const KfBook *kf_book_remembering(KfArena *arena, const KfBook *book)
{
    KfBook *copy = kf_arena_alloc(arena, sizeof *copy);
    KfLabelMemo *memo = kf_arena_alloc(arena, sizeof *memo);

    memo->arena = arena;
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
        .head = kf_head_read(text),
    };

    facts.is_period = kf_period_read(text, &facts.period);
    if (!facts.is_period)
        facts.is_calendar = kf_calendar_read(text, &facts.period);
    return facts;
}

KfLabelFacts kf_label_facts(const KfGrid *grid, KfText text)
{
    KfLabelMemo *memo = grid->labels;
    KfLabelFacts facts;
    size_t index;

    if (!memo)
        return read_facts(text);
    if (kf_text_map_get(&memo->at, text, &index))
        return memo->facts[index];
    facts = read_facts(text);
    kf_text_map_set(&memo->at, memo->arena, text, memo->count);
    KF_PUSH(memo->arena, memo->facts, memo->count, memo->cap, facts);
    return facts;
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
