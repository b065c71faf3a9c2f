/* Two workbooks: their cases first, then what stands beside them. */
#include "diff/compare.h"

#include "kf/edit.h"

typedef struct {
    const char *key;
    const char *title[KF_LANG_COUNT];
} KindRow;

static const KindRow kinds[KF_DIFF_COUNT] = {
#define KF_DIFFERENCE(id, key, da, en) [KF_DIFF_##id] = { key, { da, en } },
#include "kf/differences.def"
#undef KF_DIFFERENCE
};

const char *kf_diff_key(KfDiffKind kind)
{
    return kind < KF_DIFF_COUNT ? kinds[kind].key : "";
}

const char *kf_diff_title(KfDiffKind kind, KfLang lang)
{
    return kind < KF_DIFF_COUNT && lang < KF_LANG_COUNT ? kinds[kind].title[lang] : "";
}

const KfBook *kf_side_book(const KfComparison *work, KfSide side)
{
    return side == KF_BEFORE ? work->out->before.book : work->out->after.book;
}

KfDifference kf_difference(KfDiffKind kind)
{
    return (KfDifference){ .kind = kind, .course = -1, .payer = KF_PAYER_NONE };
}

void kf_add_difference(KfComparison *work, const KfDifference *difference)
{
    KF_PUSH(work->arena, work->out->items, work->out->count, work->cap, *difference);
    work->out->by_kind[difference->kind]++;
}

void kf_set_before(KfDifference *difference, KfRef cell)
{
    difference->has_before = true;
    difference->before_cell = cell;
}

void kf_set_after(KfDifference *difference, KfRef cell)
{
    difference->has_after = true;
    difference->after_cell = cell;
}

void kf_mark_seen(KfComparison *work, KfSide side, KfRef cell)
{
    const KfGrid *grid = &kf_side_book(work, side)->sheets[cell.sheet];
    const KfCell *found = kf_grid_at(grid, cell.row, cell.col);

    if (found)
        work->seen[side][cell.sheet][found - grid->cells] = true;
}

KfValue kf_formula_value(KfComparison *work, KfText formula, KfValue typed)
{
    KfBuf text = { 0 };
    KfValue value = { .kind = KF_VALUE_TEXT };

    if (formula.len == 0)
        return typed;
    kf_buf_char(&text, '=');
    kf_buf_text(&text, formula);
    value.text = text.bad ? formula : kf_arena_text(work->arena, kf_buf_view(&text));
    kf_buf_free(&text);
    return value;
}

bool kf_formulas_differ(const KfComparison *work, KfRef before, KfText before_formula, KfRef after,
                        KfText after_formula)
{
    if (work->untyped || (before_formula.len == 0 && after_formula.len == 0))
        return false;
    return before_formula.len == 0 || after_formula.len == 0
           || !kf_formula_same(&work->formulas, before.sheet, before_formula, after.sheet,
                               after_formula);
}

bool kf_amounts_differ(KfComparison *work, KfOere before, KfOere after)
{
    KfOere apart = before < after ? after - before : before - after;

    if (apart == 0)
        return false;
    if (apart > work->out->tolerance)
        return true;
    work->out->within_tolerance++;
    return false;
}

static bool **make_seen(KfArena *arena, const KfBook *book)
{
    bool **seen = kf_arena_array(arena, book->sheet_count, sizeof *seen);

    for (size_t s = 0; s < book->sheet_count; s++)
        seen[s] = kf_arena_array(arena, book->sheets[s].cell_count, sizeof **seen);
    return seen;
}

void kf_diff(KfArena *arena, KfDiffSide before, KfDiffSide after, const KfDiffOptions *options,
             KfDiff *out)
{
    KfComparison work = { .arena = arena, .out = out };

    *out = (KfDiff){ .before = before, .after = after, .tolerance = options->tolerance };
    work.untyped = before.book->is_untyped || after.book->is_untyped;
    work.map = kf_book_map(arena, before.book, after.book);
    work.formulas = (KfFormulaSides){ before.book, after.book, &work.map };
    work.seen[KF_BEFORE] = make_seen(arena, before.book);
    work.seen[KF_AFTER] = make_seen(arena, after.book);
    out->formulas_compared = !work.untyped;
    out->ours_left_out = kf_book_has_ours(before.book) || kf_book_has_ours(after.book);
    kf_compare_cases(&work);
    kf_compare_cells(&work);
}
