/* Our own sheets are known by their titles, so that they are never taken for tables. */
#include "kf/edit.h"

static bool is_titled(const KfGrid *grid, KfText da, KfText en)
{
    const KfCell *title = kf_grid_at(grid, 0, 0);

    return title && title->kind == KF_CELL_TEXT
           && (kf_text_eq(title->text, da) || kf_text_eq(title->text, en));
}

bool kf_grid_is_corrections(const KfGrid *grid)
{
    return is_titled(grid, KF_TEXT(KF_OUR_TITLE_DA), KF_TEXT(KF_OUR_TITLE_EN));
}

bool kf_grid_is_ours(const KfGrid *grid)
{
    return kf_grid_is_corrections(grid)
           || is_titled(grid, KF_TEXT(KF_OUR_CHECK_DA), KF_TEXT(KF_OUR_CHECK_EN));
}

bool kf_grid_is_aid(const KfGrid *grid)
{
    const KfCell *title = kf_grid_at(grid, 0, 0);

    return title && title->kind == KF_CELL_TEXT
           && kf_text_ends(title->text, KF_TEXT(KF_AID_TITLE_END));
}

bool kf_book_has_ours(const KfBook *book)
{
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (kf_grid_is_corrections(&book->sheets[i]))
            return true;
    }
    return false;
}

const char *kf_part_fate_key(KfPartFate fate)
{
    static const char *const keys[] = { "changed", "added", "removed" };

    return keys[fate];
}
