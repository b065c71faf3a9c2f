/* Edits seen from the formulas that depend on them: their cached values become edits too. */
#include "kf/formula.h"

#include "kf/edit.h"

/* What the cell is once the edit is carried out. */
static KfPlacedCell placed_cell(const KfBook *book, const KfCellEdit *edit)
{
    const KfCell *there = kf_grid_at(&book->sheets[edit->ref.sheet], edit->ref.row, edit->ref.col);
    KfPlacedCell out = { edit->ref.sheet, there ? *there : (KfCell){ 0 } };

    out.cell.row = edit->ref.row;
    out.cell.col = edit->ref.col;
    if (edit->original) {
        out.cell.kind = edit->original->kind;
        out.cell.text = edit->original->text;
        out.cell.formula = edit->original->formula;
        return out;
    }
    if (!edit->keep_formula) {
        out.cell.formula = edit->formula;
        out.cell.in_array = false;
    }
    out.cell.kind = edit->is_text ? KF_CELL_TEXT : KF_CELL_NUMBER;
    out.cell.text = edit->is_text ? edit->text : edit->number;
    if (edit->formula.len) /* its own value is found with those of the others */
        out.cell.kind = KF_CELL_EMPTY;
    return out;
}

/* The edits that change a value, as cells. */
static size_t changed_cells(KfArena *arena, const KfBook *book, const KfEdits *edits,
                            KfPlacedCell **out)
{
    size_t count = 0;

    *out = kf_arena_array(arena, edits->edit_count, sizeof **out);
    for (size_t i = 0; i < edits->edit_count; i++) {
        if (edits->edits[i].has_value || edits->edits[i].original)
            (*out)[count++] = placed_cell(book, &edits->edits[i]);
    }
    return count;
}

static void set_cached(KfCellEdit *edit, const KfCell *cell)
{
    edit->has_value = true;
    edit->keep_formula = !edit->formula.len;
    edit->result = cell->kind;
    if (cell->kind == KF_CELL_NUMBER)
        edit->number = cell->text;
    else
        edit->text = cell->text;
}

static KfRef place_of(const KfPlacedCell *placed)
{
    return (KfRef){ placed->sheet, placed->cell.row, placed->cell.col };
}

/* Both lists are in reading order; an edit that only marks its cell gets the value too. */
static void merge(KfArena *arena, const KfRefreshed *refreshed, KfEdits *edits)
{
    KfCellEdit *merged =
        kf_arena_array(arena, edits->edit_count + refreshed->count, sizeof *merged);
    size_t count = 0, i = 0, j = 0;

    edits->refreshed_count = 0;
    while (i < edits->edit_count || j < refreshed->count) {
        bool has_edit = i < edits->edit_count, has_fresh = j < refreshed->count;
        int order = !has_edit ? 1
                    : !has_fresh
                        ? -1
                        : kf_ref_order(edits->edits[i].ref, place_of(&refreshed->cells[j]));

        if (order <= 0)
            merged[count] = edits->edits[i++];
        else
            merged[count].ref = place_of(&refreshed->cells[j]);
        edits->refreshed_count += order >= 0 && !merged[count].has_value;
        if (order >= 0)
            set_cached(&merged[count], &refreshed->cells[j++].cell);
        count++;
    }
    edits->edits = merged;
    edits->edit_count = count;
}

void kf_edits_refresh(KfArena *arena, const KfBook *book, KfEdits *edits)
{
    KfPlacedCell *changed;
    size_t count = changed_cells(arena, book, edits, &changed);
    KfRefreshed refreshed;

    kf_book_refresh(arena, book, changed, count, &refreshed);
    edits->unknown = refreshed.unknown;
    edits->unknown_count = refreshed.unknown_count;
    if (refreshed.count)
        merge(arena, &refreshed, edits);
}
