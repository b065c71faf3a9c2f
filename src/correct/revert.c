/* Taking back: the Rettelser sheet of a corrected copy, read for what the cells were. */
#include "correct/earlier.h"

#include <stdlib.h>

static int by_place(const void *a, const void *b)
{
    return kf_ref_order(((const KfCellEdit *)a)->ref, ((const KfCellEdit *)b)->ref);
}

/* A cell may stand in several rows, which all say the same of it. */
static void collect(KfArena *arena, const KfEarlier *earlier, KfEdits *out)
{
    KfCellEdit *edits = kf_arena_array(arena, earlier->count, sizeof *edits);

    for (size_t i = 0; i < earlier->count; i++)
        edits[i] =
            (KfCellEdit){ .ref = earlier->rows[i].ref, .original = &earlier->rows[i].original };
    if (earlier->count)
        qsort(edits, earlier->count, sizeof *edits, by_place);
    for (size_t i = 0; i < earlier->count; i++) {
        if (i == 0 || by_place(&edits[i - 1], &edits[i]) != 0)
            edits[out->edit_count++] = edits[i];
    }
    out->edits = edits;
}

bool kf_revert_edits(KfArena *arena, const KfBook *book, KfEdits *out, KfText *detail)
{
    KfEarlier earlier;

    *out = (KfEdits){ .remove_ours = true };
    if (!kf_earlier_read(arena, book, &earlier, detail))
        return false;
    collect(arena, &earlier, out);
    kf_edits_refresh(arena, book, out);
    out->recalculate = out->edit_count > 0;
    return true;
}
