/* A figure stands for every amount that would be shown with the same digits:
 * 92.826 for 92.825,50 to 92.826,50. A zero stands for nothing, and a formula's
 * result is not rounded by how it is shown. */
#include "extract/figure.h"

#include "extract/label_memo.h"

static KfRead read_cell(const KfFigureReader *reader, const KfCell *cell, KfAmount *amount)
{
    KfNumberFormat format;
    KfRead read;

    switch ((KfCellKind)cell->kind) {
    case KF_CELL_EMPTY:
        return KF_READ_BLANK;
    case KF_CELL_TEXT:
        return kf_amount_read_unit(cell->text, reader->separators, reader->unit, amount);
    case KF_CELL_NUMBER:
        break;
    default:
        return KF_READ_BAD;
    }
    read = kf_amount_from_decimal_unit(cell->text, reader->unit, amount);
    format = kf_format_in(reader->book, &reader->book->sheets[reader->sheet], cell);
    if (!format.is_general && !format.is_text && format.decimals > amount->decimals)
        amount->decimals = format.decimals;
    return read;
}

/* Where the bracket that opens at `at` closes; the text's length when it does not. */
static size_t closing_bracket(KfText text, size_t at)
{
    size_t depth = 0;
    bool quoted = false;

    for (; at < text.len; at++) {
        const char c = text.ptr[at];

        quoted ^= c == '"';
        if (quoted)
            continue;
        depth += c == '(';
        if (c == ')' && --depth == 0)
            return at;
    }
    return text.len;
}

/* Half of what ROUND(…;-1) rounds to, in øre; 0 for a formula that does not round to kroner
 * or coarser. */
static KfOere half_rounded(KfText formula, KfOere unit)
{
    KfText digits;
    KfOere half = unit / 2;
    size_t comma;

    if (!kf_text_starts(formula, KF_TEXT("ROUND("))
        || closing_bracket(formula, sizeof "ROUND" - 1) + 1 != formula.len)
        return 0;
    for (comma = formula.len - 1; comma > 0 && formula.ptr[comma] != ','; comma--)
        ;
    digits = kf_text_trim(kf_text_slice(formula, comma + 1, formula.len - 1));
    if (kf_text_eq(digits, KF_TEXT("0")))
        return half;
    if (digits.len != 2 || digits.ptr[0] != '-' || digits.ptr[1] < '1' || digits.ptr[1] > '6')
        return 0;
    for (char n = '0'; n < digits.ptr[1]; n++)
        half *= 10;
    return half;
}

/* Half of what the last shown digit counts; nothing below one øre. */
static KfInterval interval(KfOere value, KfOere unit, uint8_t decimals, bool exact)
{
    KfOere width = value == 0 || exact ? 0 : unit / 2;

    for (; decimals > 0 && width > 0; decimals--)
        width /= 10;
    return (KfInterval){ value - width, value + width };
}

KfFigure kf_figure_read(const KfFigureReader *reader, uint32_t row, uint32_t col)
{
    return kf_figure_of(reader, kf_grid_at(&reader->book->sheets[reader->sheet], row, col), row,
                        col);
}

KfFigure kf_figure_of(const KfFigureReader *reader, const KfCell *cell, uint32_t row, uint32_t col)
{
    KfFigure figure = { .ref = { reader->sheet, row, col }, .state = KF_FIGURE_BLANK };
    KfAmount amount = { 0 };

    if (!cell)
        return figure;
    figure.shown = cell->text;
    figure.formula = cell->formula;
    figure.is_formula = cell->formula.len > 0;
    if (figure.is_formula && cell->kind == KF_CELL_EMPTY) {
        figure.state = KF_FIGURE_UNREADABLE; /* no one knows what it comes to: not nothing */
        return figure;
    }
    switch (read_cell(reader, cell, &amount)) {
    case KF_READ_BLANK:
    case KF_READ_NOT_STATED:
        return figure;
    case KF_READ_BAD:
        figure.state = KF_FIGURE_UNREADABLE;
        return figure;
    case KF_READ_OK:
        break;
    }
    figure.state = KF_FIGURE_STATED;
    figure.is_text = cell->kind == KF_CELL_TEXT;
    figure.value = amount.oere;
    figure.range = interval(figure.value, reader->unit, amount.decimals, figure.is_formula);
    if (figure.is_formula) {
        const KfOere half = half_rounded(figure.formula, reader->unit);

        figure.range.lo -= half;
        figure.range.hi += half;
    }
    return figure;
}

KfSeparators kf_separators_of(const KfGrid *grid, const uint32_t *cols, size_t count,
                              uint32_t first_row, uint32_t end_row)
{
    size_t danish = 0, english = 0;

    for (uint32_t row = first_row; row < end_row; row++) {
        for (size_t i = 0; i < count; i++) {
            const KfCell *cell = kf_grid_at(grid, row, cols[i]);
            KfAmount amount;

            if (!cell || cell->kind != KF_CELL_TEXT
                || kf_amount_read(cell->text, KF_SEP_UNKNOWN, &amount) != KF_READ_OK
                || amount.ambiguous)
                continue;
            danish += amount.seen == KF_SEP_DANISH;
            english += amount.seen == KF_SEP_ENGLISH;
        }
    }
    return english > danish ? KF_SEP_ENGLISH : danish ? KF_SEP_DANISH : KF_SEP_UNKNOWN;
}
