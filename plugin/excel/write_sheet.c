#include "write_sheet.h"

#include "commands.h"

#include <stdlib.h>

/* Of the palette that every workbook starts with. */
enum {
    LIGHT_GREEN = 35,
    LIGHT_YELLOW = 36,
    PALE_BLUE = 37,
    BLUE = 5,
    NO_PATTERN = 0,
    SOLID = 1,
    AT_TOP = 1,
    TO_THE_RIGHT = 4,
    NOTES = 4,
    TITLE_SIZE = 14,
    LONGEST_NOTE = 250, /* units at a time */
    DIGITS = 18         /* more say nothing */
};

static const KfText unfilled = { "0", 1 }, filled = { "1", 1 };

/* ---- numbers ----------------------------------------------------------------- */

static double power_of_ten(int exponent)
{
    double power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* Up to 15 digits and their power of ten a double holds exactly: the quotient is the nearest. */
static double number_of(KfText decimal)
{
    double number = 0;
    int digits = 0, decimals = 0;
    bool is_fraction = false;
    const bool negative = kf_text_starts(decimal, KF_TEXT("-"));

    for (size_t i = negative; i < decimal.len && digits < DIGITS; i++) {
        const char c = decimal.ptr[i];

        if (c == '.')
            is_fraction = true;
        if (c < '0' || c > '9')
            continue;
        number = number * 10 + (c - '0');
        digits += number > 0;
        decimals += is_fraction;
    }
    number /= power_of_ten(decimals);
    return negative ? -number : number;
}

/* ---- cells ------------------------------------------------------------------- */

static bool select_rect(XlRect rect)
{
    return excel_do(XLC_SELECT, EXCEL_OPERANDS(excel_here(rect)));
}

static bool set_value(XlOper place, XlOper value)
{
    return excel_do(XL_SET, EXCEL_OPERANDS(place, value));
}

/* Excel's macro language takes formulas with R1C1 references only. */
static bool set_formula(XlOper place, KfText formula)
{
    KfBuf text = { 0 };
    XlOper converted;
    bool done;

    kf_buf_char(&text, '=');
    kf_buf_text(&text, formula);
    done = !text.bad
           && excel_ask(XLF_FORMULA_CONVERT | XL_ENGLISH, &converted,
                        EXCEL_OPERANDS(excel_slice(kf_buf_view(&text)), excel_truth(true),
                                       excel_truth(false), excel_missing(), place));
    text.len = 0;
    if (done && (converted.type & XL_STRING)) {
        excel_utf8(&text, converted.as.string);
        excel_free(&converted);
        done = !text.bad
               && excel_do(XLC_FORMULA | XL_ENGLISH,
                           EXCEL_OPERANDS(excel_slice(kf_buf_view(&text)), place));
    }
    kf_buf_free(&text);
    return done;
}

static bool put_value(XlOper place, const KfCellEdit *edit)
{
    if (!edit->has_value || edit->keep_formula)
        return true;
    if (edit->formula.len)
        return set_formula(place, edit->formula);
    return set_value(place, edit->is_text ? excel_slice(edit->text)
                                          : excel_number(number_of(edit->number)));
}

/* ---- notes ------------------------------------------------------------------- */

static bool note_is(XlOper place, bool *is_ours)
{
    XlOper answer;
    KfBuf note = { 0 };
    bool any;

    if (excel_ask(XLF_GET_NOTE, &answer, EXCEL_OPERANDS(place)) && (answer.type & XL_STRING))
        excel_utf8(&note, answer.as.string);
    excel_free(&answer);
    any = note.len > 0;
    *is_ours = kf_note_is_ours(kf_buf_view(&note));
    kf_buf_free(&note);
    return any;
}

static bool drop_note(KfRef cell)
{
    return select_rect(excel_cell_rect(cell.row, cell.col))
           && excel_do(XLC_CLEAR, EXCEL_OPERANDS(excel_whole(NOTES)));
}

/* A text is added piece by piece: the macro language has short ones only. */
static bool add_note(XlOper place, KfText note)
{
    int32_t at = 1, units = 0;
    bool done = true;

    for (size_t from = 0, pos = 0; from < note.len && done;) {
        size_t before = pos;
        const int32_t width = kf_text_next(note, &pos) >= 0x10000 ? 2 : 1;

        if (pos < note.len && units + width <= LONGEST_NOTE) {
            units += width;
            continue;
        }
        if (units + width > LONGEST_NOTE)
            pos = before;
        else
            units += width;
        done = excel_do(XLC_NOTE, EXCEL_OPERANDS(excel_slice(kf_text_slice(note, from, pos)), place,
                                                 excel_whole(at)));
        at += units;
        units = 0;
        from = pos;
    }
    return done;
}

/* A note that is not ours is the user's, and left alone. */
static bool put_note(XlOper place, KfRef cell, KfText note)
{
    bool is_ours;

    if (note_is(place, &is_ours) && (!is_ours || !drop_note(cell)))
        return !is_ours;
    return add_note(place, note);
}

/* ---- fills ------------------------------------------------------------------- */

static bool fill_selected(int pattern, int colour)
{
    return excel_do(XLC_PATTERNS,
                    EXCEL_OPERANDS(excel_whole(pattern), excel_whole(colour), excel_whole(0)));
}

static bool has_fill(const ExcelSheet *sheet, KfRef cell)
{
    return excel_cell_number(sheet->id, cell.row, cell.col, XL_CELL_PATTERN) != NO_PATTERN;
}

static bool has_our_fill(const ExcelSheet *sheet, KfRef cell)
{
    const double colour = excel_cell_number(sheet->id, cell.row, cell.col, XL_CELL_FILL);

    return has_fill(sheet, cell) && (colour == LIGHT_GREEN || colour == LIGHT_YELLOW);
}

static bool put_mark(const ExcelSheet *sheet, const KfCellEdit *edit)
{
    if (edit->mark == KF_MARK_NONE || has_fill(sheet, edit->ref))
        return true;
    return select_rect(excel_cell_rect(edit->ref.row, edit->ref.col))
           && fill_selected(SOLID, edit->mark == KF_MARK_CORRECTED ? LIGHT_GREEN : LIGHT_YELLOW);
}

bool excel_edit(const ExcelSheet *sheet, const KfCellEdit *edit)
{
    XlRects rects;
    const XlOper place =
        excel_area(sheet->id, &rects, excel_cell_rect(edit->ref.row, edit->ref.col));
    const bool is_shown = excel_show_sheet(sheet);

    if (!put_value(place, edit))
        return false;
    return !is_shown
           || (put_mark(sheet, edit)
               && (edit->note.len == 0 || put_note(place, edit->ref, edit->note)));
}

void excel_looks(const ExcelSheet *sheet, KfRef cell, KfBuf *out)
{
    kf_buf_text(out, has_fill(sheet, cell) ? filled : unfilled);
}

bool excel_look_again(const ExcelSheet *sheet, KfRef cell, KfText looks)
{
    XlRects rects;
    const XlOper place = excel_area(sheet->id, &rects, excel_cell_rect(cell.row, cell.col));
    bool is_ours, done = false;

    if (!excel_show_sheet(sheet))
        return false;
    if (kf_text_eq(looks, unfilled) && has_our_fill(sheet, cell))
        done = select_rect(excel_cell_rect(cell.row, cell.col)) && fill_selected(NO_PATTERN, 0);
    if (note_is(place, &is_ours) && is_ours)
        done = drop_note(cell) || done;
    return done;
}

/* ---- sheets ------------------------------------------------------------------ */

/* "=HYPERLINK("#'Borger 1'!D30","D30")" */
static bool put_link(XlOper place, const KfOutCell *from)
{
    KfBuf formula = { 0 };
    bool done;

    kf_buf_str(&formula, "HYPERLINK(\"#");
    for (size_t i = 0; i < from->target.len; i++) {
        if (from->target.ptr[i] == '"')
            kf_buf_char(&formula, '"');
        kf_buf_char(&formula, from->target.ptr[i]);
    }
    kf_buf_str(&formula, "\",\"");
    kf_buf_text(&formula, from->text);
    kf_buf_str(&formula, "\")");
    done = !formula.bad && set_formula(place, kf_buf_view(&formula));
    kf_buf_free(&formula);
    return done;
}

static bool put_cell(uintptr_t sheet, uint32_t row, uint32_t col, const KfOutCell *from)
{
    XlRects rects;
    const XlOper place = excel_area(sheet, &rects, excel_cell_rect(row, col));

    if (from->text.len == 0)
        return true;
    if (from->kind == KF_OUT_LINK)
        return put_link(place, from);
    if (from->kind == KF_OUT_NUMBER || from->kind == KF_OUT_COUNT)
        return set_value(place, excel_number(number_of(from->text)));
    return set_value(place, excel_slice(from->text));
}

/* (name, size, bold, italic, underline, strike, colour) */
static void put_font(int size, bool bold, bool underline, int colour)
{
    excel_do(XLC_FORMAT_FONT,
             EXCEL_OPERANDS(excel_missing(), size ? excel_whole(size) : excel_missing(),
                            excel_truth(bold), excel_truth(false), excel_truth(underline),
                            excel_truth(false), excel_whole(colour)));
}

static void wrap_selected(bool to_the_right)
{
    excel_do(XLC_ALIGNMENT,
             EXCEL_OPERANDS(to_the_right ? excel_whole(TO_THE_RIGHT) : excel_missing(),
                            excel_truth(true), excel_whole(AT_TOP)));
}

static void put_style(const KfOutCell *from)
{
    switch (from->style) {
    case KF_OUT_TITLE:
        put_font(TITLE_SIZE, true, false, 0);
        break;
    case KF_OUT_STRONG:
        put_font(0, true, false, 0);
        break;
    case KF_OUT_HEADING:
    case KF_OUT_FIGURE_HEADING:
    case KF_OUT_INDENTED_HEADING:
        put_font(0, true, false, 0);
        wrap_selected(from->style == KF_OUT_FIGURE_HEADING);
        fill_selected(SOLID, PALE_BLUE);
        break;
    case KF_OUT_WRAPPED:
    case KF_OUT_INDENTED:
        wrap_selected(false);
        break;
    case KF_OUT_CORRECTED:
        fill_selected(SOLID, LIGHT_GREEN);
        break;
    case KF_OUT_PROPOSED:
        fill_selected(SOLID, LIGHT_YELLOW);
        break;
    case KF_OUT_PLAIN:
        break;
    }
    if (from->kind == KF_OUT_LINK)
        put_font(0, false, true, BLUE);
    if (from->kind == KF_OUT_NUMBER)
        excel_do(XLC_FORMAT_NUMBER | XL_ENGLISH, EXCEL_OPERANDS(excel_text("#,##0.00")));
}

static bool looks_like(const KfOutCell *a, const KfOutCell *b)
{
    return a->style == b->style && a->kind == b->kind;
}

/* Cells side by side that look alike are dressed at once. */
static void dress_row(uint32_t row, const KfOutRow *from)
{
    for (size_t col = 0, end; col < from->count; col = end) {
        const KfOutCell *cell = &from->cells[col];
        XlRect rect = { (int32_t)row, (int32_t)row, (int32_t)col, 0 };

        for (end = col + 1; end < from->count && looks_like(cell, &from->cells[end]);)
            end++;
        rect.last_col = (int32_t)end - 1;
        if ((cell->style != KF_OUT_PLAIN || cell->kind == KF_OUT_LINK
             || cell->kind == KF_OUT_NUMBER)
            && select_rect(rect))
            put_style(cell);
    }
}

/* (width, columns, standard, what to do: 1 hides) */
static void put_widths(const KfOutSheet *from)
{
    for (size_t i = 0; i < from->width_count; i++) {
        const XlRect column = { 0, KF_ROW_LIMIT - 1, (int32_t)i, (int32_t)i };
        const bool hide = from->widths[i] == 0;

        excel_do(XLC_COLUMN_WIDTH,
                 EXCEL_OPERANDS(hide ? excel_missing() : excel_whole(from->widths[i]),
                                excel_here(column), excel_truth(false),
                                hide ? excel_whole(1) : excel_missing()));
    }
}

bool excel_fill_sheet(uintptr_t sheet, const KfOutSheet *from)
{
    put_widths(from);
    for (uint32_t row = 0; row < from->row_count; row++) {
        for (uint32_t col = 0; col < from->rows[row].count; col++) {
            if (!put_cell(sheet, row, col, &from->rows[row].cells[col]))
                return false;
        }
        dress_row(row, &from->rows[row]);
    }
    select_rect(excel_cell_rect(0, 0));
    return true;
}
