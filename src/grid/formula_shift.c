/* Shared formulas are stored once; each member's text is the master's, moved. */
#include "grid/formula_shift.h"

#include "kf/grid.h"

typedef struct {
    KfBuf *out;
    KfText formula;
    size_t at;
    int64_t rows, cols;
} Shift;

/* One end of a reference; a whole column has no row, a whole row no column. */
typedef struct {
    bool has_col, has_row, col_fixed, row_fixed;
    int64_t col, row; /* from 1 */
} Corner;

static char peek(const Shift *shift, size_t at)
{
    return at < shift->formula.len ? shift->formula.ptr[at] : '\0';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Bytes that names, functions and references consist of. */
static bool is_word(char c)
{
    return is_letter(c) || kf_is_digit(c) || c == '_' || c == '.' || c == '$' || c == '?'
           || c == '\\' || (unsigned char)c >= 0x80;
}

static size_t word_end(const Shift *shift, size_t at)
{
    while (is_word(peek(shift, at)))
        at++;
    return at;
}

static void copy_to(Shift *shift, size_t end)
{
    kf_buf_text(shift->out, kf_text_slice(shift->formula, shift->at, end));
    shift->at = end < shift->formula.len ? end : shift->formula.len;
}

/* Behind text in quotes, doubled quotes being part of it. */
static size_t quoted_end(const Shift *shift)
{
    char quote = peek(shift, shift->at);
    size_t at = shift->at + 1;

    for (; at < shift->formula.len; at++) {
        if (shift->formula.ptr[at] != quote)
            continue;
        if (peek(shift, at + 1) != quote)
            return at + 1;
        at++;
    }
    return at;
}

/* Behind [..]; brackets nest, and "'" takes the next byte as it is. */
static size_t bracket_end(const Shift *shift)
{
    size_t depth = 0, at = shift->at;

    for (; at < shift->formula.len; at++) {
        char c = shift->formula.ptr[at];

        if (c == '\'')
            at++;
        else if (c == '[')
            depth++;
        else if (c == ']' && --depth == 0)
            return at + 1;
    }
    return at;
}

/* Behind an error value such as #DIV/0! or #N/A. */
static size_t error_end(const Shift *shift)
{
    size_t at = shift->at + 1;

    while (is_letter(peek(shift, at)) || kf_is_digit(peek(shift, at)) || peek(shift, at) == '/'
           || peek(shift, at) == '_')
        at++;
    return at + (peek(shift, at) == '!' || peek(shift, at) == '?');
}

/* Behind 12, 1.5 or 1E+5; a "." or digit begins it. */
static size_t number_end(const Shift *shift)
{
    size_t at = shift->at, exponent;

    while (kf_is_digit(peek(shift, at)) || peek(shift, at) == '.')
        at++;
    if (peek(shift, at) != 'E' && peek(shift, at) != 'e')
        return word_end(shift, at);
    exponent = at + 1;
    if (peek(shift, exponent) == '+' || peek(shift, exponent) == '-')
        exponent++;
    if (!kf_is_digit(peek(shift, exponent)))
        return word_end(shift, at);
    while (kf_is_digit(peek(shift, exponent)))
        exponent++;
    return exponent;
}

static size_t read_col(const Shift *shift, size_t at, Corner *corner)
{
    size_t letters = at;

    for (; is_letter(peek(shift, letters)) && letters - at < 4; letters++)
        corner->col = corner->col * 26 + (peek(shift, letters) & 31);
    corner->has_col = letters > at && corner->col <= KF_COL_LIMIT;
    return letters;
}

static size_t read_row(const Shift *shift, size_t at, Corner *corner)
{
    size_t digits = at;

    for (; kf_is_digit(peek(shift, digits)) && digits - at < 8; digits++)
        corner->row = corner->row * 10 + (peek(shift, digits) - '0');
    corner->has_row = corner->row > 0 && corner->row <= KF_ROW_LIMIT;
    return digits;
}

/* Reads the word from..to as a corner; false when it is anything else. */
static bool read_corner(const Shift *shift, size_t from, size_t to, Corner *corner)
{
    bool fixed = peek(shift, from) == '$';
    size_t at = from + fixed;

    *corner = (Corner){ 0 };
    if (is_letter(peek(shift, at))) {
        corner->col_fixed = fixed;
        at = read_col(shift, at, corner);
        if (!corner->has_col)
            return false;
        fixed = peek(shift, at) == '$';
        at += fixed;
        if (at == to && !fixed)
            return true;
    }
    corner->row_fixed = fixed;
    return read_row(shift, at, corner) == to && corner->has_row;
}

/* What follows tells a function, a sheet or a table from a reference. */
static bool is_name_before(char c)
{
    return c == '(' || c == '!' || c == '[';
}

static bool move(int64_t *place, bool fixed, int64_t by, int64_t limit)
{
    if (!fixed)
        *place += by;
    return *place >= 1 && *place <= limit;
}

static bool move_corner(const Shift *shift, Corner *corner)
{
    return (!corner->has_col || move(&corner->col, corner->col_fixed, shift->cols, KF_COL_LIMIT))
           && (!corner->has_row
               || move(&corner->row, corner->row_fixed, shift->rows, KF_ROW_LIMIT));
}

static void put_corner(KfBuf *out, const Corner *corner)
{
    char letters[8];
    size_t at = sizeof letters;

    if (corner->has_col) {
        if (corner->col_fixed)
            kf_buf_char(out, '$');
        for (int64_t left = corner->col; left > 0; left = (left - 1) / 26)
            letters[--at] = (char)('A' + (left - 1) % 26);
        kf_buf_bytes(out, letters + at, sizeof letters - at);
    }
    if (corner->has_row) {
        if (corner->row_fixed)
            kf_buf_char(out, '$');
        kf_buf_int(out, corner->row);
    }
}

static void put_reference(Shift *shift, Corner *first, Corner *second, size_t end)
{
    bool inside = move_corner(shift, first) && (!second || move_corner(shift, second));

    if (inside) {
        put_corner(shift->out, first);
        if (second) {
            kf_buf_char(shift->out, ':');
            put_corner(shift->out, second);
        }
    } else {
        kf_buf_str(shift->out, "#REF!");
    }
    shift->at = end;
}

/* A word: a reference alone, the first of "A1:B2", or something to copy. */
static void shift_word(Shift *shift, size_t end)
{
    bool colon = peek(shift, end) == ':';
    size_t far = colon ? word_end(shift, end + 1) : end;
    Corner first, second;

    if (colon && peek(shift, far) == '!') {
        copy_to(shift, far); /* Ark1:Ark3!A1 */
        return;
    }
    if (!read_corner(shift, shift->at, end, &first) || is_name_before(peek(shift, end))) {
        copy_to(shift, end);
        return;
    }
    if (colon && far > end + 1 && !is_name_before(peek(shift, far))
        && read_corner(shift, end + 1, far, &second) && second.has_col == first.has_col
        && second.has_row == first.has_row)
        put_reference(shift, &first, &second, far);
    else if (first.has_col && first.has_row)
        put_reference(shift, &first, NULL, end);
    else
        copy_to(shift, end); /* a column's letters or a number, standing alone */
}

void kf_formula_shift(KfBuf *out, KfText formula, int32_t rows, int32_t cols)
{
    Shift shift = { out, formula, 0, rows, cols };

    while (shift.at < formula.len) {
        char c = formula.ptr[shift.at];

        if (c == '"' || c == '\'')
            copy_to(&shift, quoted_end(&shift));
        else if (c == '[')
            copy_to(&shift, bracket_end(&shift));
        else if (c == '#')
            copy_to(&shift, error_end(&shift));
        else if (kf_is_digit(c) || c == '.')
            shift_word(&shift, number_end(&shift));
        else if (is_word(c))
            shift_word(&shift, word_end(&shift, shift.at));
        else
            copy_to(&shift, shift.at + 1);
    }
}
