/* The date of the calculation where a workbook states it: "Beregningsdato
 * 01-09-2013", in one cell or with the date in the cell beside it. */
#include "extract/stated_date.h"

#include "extract/locate.h"

static const KfText phrases[] = {
    { "beregningsdato", 14 }, { "beregnet pr", 11 }, { "opgjort pr", 10 },
    { "opgørelsesdato", 15 }, { "satser pr", 9 },    { "regler pr", 9 },
};

/* Copies at most room bytes of text in lower case. */
static KfText lower_start(KfText text, char *room, size_t size)
{
    KfBuf buf = { .ptr = room, .cap = size };

    for (size_t pos = 0; pos < text.len && buf.len + 4 <= size;)
        kf_buf_rune(&buf, kf_rune_lower(kf_text_next(text, &pos)));
    return kf_buf_view(&buf);
}

static bool names_date(KfText text)
{
    char room[96];
    KfText lower = lower_start(text, room, sizeof room);

    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        if (kf_text_find(lower, phrases[i]) != SIZE_MAX)
            return true;
    }
    return false;
}

/* A date that ends the text. */
static KfDate date_in_text(KfText text)
{
    for (size_t at = 0; at < text.len; at++) {
        KfDate date;

        if (text.ptr[at] < '0' || text.ptr[at] > '9')
            continue;
        date = kf_date_read(kf_text_slice(text, at, text.len));
        if (date != KF_DATE_NONE)
            return date;
        while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
            at++;
    }
    return KF_DATE_NONE;
}

static KfDate date_of_cell(const KfBook *book, const KfCell *cell)
{
    KfAmount serial;

    if (!cell)
        return KF_DATE_NONE;
    if (cell->kind == KF_CELL_TEXT)
        return kf_date_read(kf_text_trim(cell->text));
    if (cell->kind != KF_CELL_NUMBER || !kf_number_format(book->formats[cell->format]).is_date
        || kf_amount_from_decimal(cell->text, &serial) != KF_READ_OK)
        return KF_DATE_NONE;
    return kf_date_from_serial(serial.oere / 100, book->date1904);
}

void kf_find_stated_date(const KfBook *book, uint32_t sheet, KfModel *model)
{
    const KfGrid *grid = &book->sheets[sheet];

    for (size_t i = 0; i < grid->cell_count && model->stated_date == KF_DATE_NONE; i++) {
        const KfCell *cell = &grid->cells[i];
        KfDate date;

        if (cell->kind != KF_CELL_TEXT || cell->text.len > 90 || !names_date(cell->text))
            continue;
        date = date_in_text(kf_text_trim(cell->text));
        for (uint32_t right = 1; right <= 3 && date == KF_DATE_NONE; right++)
            date = date_of_cell(book, kf_grid_at(grid, cell->row, cell->col + right));
        if (date == KF_DATE_NONE)
            continue;
        model->stated_date = date;
        model->stated_date_ref = (KfRef){ sheet, cell->row, cell->col };
    }
}
