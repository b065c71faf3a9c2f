#include "ooxml/row_marks.h"

enum { APART = 64 }; /* rows from one mark to the next, at least */

void kf_row_marks_note(KfRowMarks *marks, KfArena *arena, KfRowMark row, bool has_mark)
{
    marks->is_void |= row.row < marks->next_row;
    marks->next_row = row.row + 1;
    if (has_mark && (!marks->count || row.row >= marks->items[marks->count - 1].row + APART))
        KF_PUSH(arena, marks->items, marks->count, marks->cap, row);
}

const KfRowMark *kf_row_marks_before(const KfRowMarks *marks, uint32_t row)
{
    size_t lo = 0, hi = marks->is_void ? 0 : marks->count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (marks->items[mid].row <= row)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? &marks->items[lo - 1] : NULL;
}
