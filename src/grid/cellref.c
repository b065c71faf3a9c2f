/* B12 to row and column, and back. */
#include "kf/grid.h"

int kf_ref_order(KfRef a, KfRef b)
{
    if (a.sheet != b.sheet)
        return a.sheet < b.sheet ? -1 : 1;
    if (a.row != b.row)
        return a.row < b.row ? -1 : 1;
    return (a.col > b.col) - (a.col < b.col);
}

void kf_buf_column(KfBuf *out, uint32_t col)
{
    char letters[8];
    size_t at = sizeof letters;

    for (uint32_t left = col + 1; left > 0; left = (left - 1) / 26)
        letters[--at] = (char)('A' + (left - 1) % 26);
    kf_buf_bytes(out, letters + at, sizeof letters - at);
}

void kf_buf_cellref(KfBuf *out, uint32_t row, uint32_t col)
{
    kf_buf_column(out, col);
    kf_buf_int(out, (int64_t)row + 1);
}

void kf_buf_range(KfBuf *out, KfRange range)
{
    kf_buf_cellref(out, range.first_row, range.first_col);
    kf_buf_char(out, ':');
    kf_buf_cellref(out, range.last_row, range.last_col);
}

bool kf_cellref_read(KfText text, uint32_t *row, uint32_t *col)
{
    uint32_t r = 0, c = 0;
    size_t i = 0, letters, digits;

    if (i < text.len && text.ptr[i] == '$')
        i++;
    for (letters = 0; i < text.len; i++, letters++) {
        char upper = (char)kf_rune_lower((unsigned char)text.ptr[i]);

        if (upper < 'a' || upper > 'z' || letters == 3)
            break;
        c = c * 26 + (uint32_t)(upper - 'a' + 1);
    }
    if (i < text.len && text.ptr[i] == '$')
        i++;
    for (digits = 0; i < text.len && digits < 8; i++, digits++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        r = r * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    if (i != text.len || !letters || !digits || r == 0 || r > KF_ROW_LIMIT || c > KF_COL_LIMIT)
        return false;
    *row = r - 1;
    *col = c - 1;
    return true;
}
