/* A formula in pieces. A reference is one piece, with its sheet and both its
 * corners, so that no reader has to put one together. */
#include "formula/formula_parse.h"

#include <string.h>

enum { MOST_BYTES = 32768 };

static int byte_at(KfText text, size_t at)
{
    return at < text.len ? (unsigned char)text.ptr[at] : -1;
}

static bool is_letter(int c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_space(int c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Bytes of names, numbers and references; from 0x80 on, of other letters. A bit each of the
 * first 128: a formula asks for every byte of it. */
static bool is_word(int c)
{
    static const uint64_t words[] = {
        UINT64_C(0x83FF401000000000), /* $ . 0-9 ? */
        UINT64_C(0x07FFFFFE97FFFFFE), /* A-Z \ _ a-z */
    };

    return c >= 0x80 || (c >= 0 && words[c / 64] >> c % 64 & 1);
}

bool kf_formula_word(KfText word, const char *upper)
{
    if (word.len != strlen(upper))
        return false;
    for (size_t i = 0; i < word.len; i++) {
        int c = word.ptr[i];

        if ((is_letter(c) ? c & ~('a' - 'A') : c) != upper[i])
            return false;
    }
    return true;
}

bool kf_formula_is_subtotal(KfText formula)
{
    return kf_text_find(formula, KF_TEXT("SUBTOTAL(")) != SIZE_MAX
           || kf_text_find(formula, KF_TEXT("AGGREGATE(")) != SIZE_MAX;
}

static size_t word_end(KfText text, size_t at)
{
    while (is_word(byte_at(text, at)))
        at++;
    return at;
}

/* Past the closing quote, where two of them are one inside; text.len without it. */
static size_t quoted_end(KfText text, size_t at)
{
    char quote = text.ptr[at++];

    for (; at < text.len; at++) {
        if (text.ptr[at] != quote)
            continue;
        if (byte_at(text, at + 1) != quote)
            return at + 1;
        at++;
    }
    return text.len + 1;
}

/* Past the bracket that closes the one at at. */
static size_t bracket_end(KfText text, size_t at, char open, char close)
{
    size_t depth = 0;

    for (; at < text.len; at++) {
        if (text.ptr[at] == '"' && open == '{') {
            at = quoted_end(text, at) - 1;
        } else if (text.ptr[at] == '\'' && open == '[') {
            at++; /* what follows is meant as it stands */
        } else if (text.ptr[at] == open) {
            depth++;
        } else if (text.ptr[at] == close && --depth == 0) {
            return at + 1;
        }
    }
    return text.len + 1;
}

static void take(KfTokenizer *in, KfToken *out, KfTokenKind kind, size_t end)
{
    out->kind = (uint8_t)(end > in->text.len ? KF_TOKEN_BAD : kind);
    out->text = kf_text_slice(in->text, in->at, end);
    in->at = end > in->text.len ? in->text.len : end;
}

/* ---- references ---------------------------------------------------------- */

static bool take_dollar(KfText text, size_t *at)
{
    bool is_fixed = byte_at(text, *at) == '$';

    *at += is_fixed;
    return is_fixed;
}

static bool read_corner(KfText text, size_t *at, KfCorner *out)
{
    size_t i = *at, letters, digits;
    uint32_t row = 0, col = 0;
    bool dollar = take_dollar(text, &i);

    for (letters = 0; is_letter(byte_at(text, i)) && letters < 4; i++, letters++)
        col = col * 26 + ((uint32_t)text.ptr[i] & 31);
    *out = (KfCorner){ .has_col = letters > 0 };
    out->col_fixed = letters && dollar;
    out->row_fixed = letters ? take_dollar(text, &i) : dollar;
    for (digits = 0; kf_is_digit(byte_at(text, i)) && digits < 8; i++, digits++)
        row = row * 10 + (uint32_t)(text.ptr[i] - '0');
    out->has_row = digits > 0;
    if (is_word(byte_at(text, i)) || (!letters && !digits) || (out->row_fixed && !digits)
        || letters > 3 || digits > 7 || col > KF_COL_LIMIT || row > KF_ROW_LIMIT
        || (digits && row == 0))
        return false;
    out->row = digits ? row - 1 : 0;
    out->col = letters ? col - 1 : 0;
    *at = i;
    return true;
}

static void swap_rows(KfCorner *a, KfCorner *b)
{
    KfCorner was = *a;

    a->row = b->row;
    a->row_fixed = b->row_fixed;
    b->row = was.row;
    b->row_fixed = was.row_fixed;
}

static void swap_cols(KfCorner *a, KfCorner *b)
{
    KfCorner was = *a;

    a->col = b->col;
    a->col_fixed = b->col_fixed;
    b->col = was.col;
    b->col_fixed = was.col_fixed;
}

static void set_range(KfToken *out)
{
    if (out->first.row > out->last.row)
        swap_rows(&out->first, &out->last);
    if (out->first.col > out->last.col)
        swap_cols(&out->first, &out->last);
    out->ref.range = (KfRange){ out->first.row, out->first.col, out->last.row, out->last.col };
    if (!out->first.has_row)
        out->ref.range.last_row = KF_ROW_LIMIT - 1;
    if (!out->first.has_col)
        out->ref.range.last_col = KF_COL_LIMIT - 1;
}

/* A1, A1:B3, A:B or 1:3 at at; its end, or 0. */
static size_t read_ref(KfText text, size_t at, KfToken *out)
{
    size_t second;

    if (!read_corner(text, &at, &out->first))
        return 0;
    second = at + 1;
    out->is_area = byte_at(text, at) == ':' && read_corner(text, &second, &out->last)
                   && out->first.has_row == out->last.has_row
                   && out->first.has_col == out->last.has_col;
    if (out->is_area)
        at = second;
    else if (out->first.has_row && out->first.has_col)
        out->last = out->first;
    else
        return 0;
    if (byte_at(text, at) == '(' || byte_at(text, at) == '!')
        return 0; /* LOG10(…), or a sheet of that name */
    set_range(out);
    return at;
}

bool kf_formula_sums_range(KfText formula, KfToken *ref)
{
    static const KfText opening = { "SUM(", 4 };
    size_t end;

    if (!kf_text_starts(formula, opening) || formula.len > MOST_BYTES)
        return false;
    *ref = (KfToken){ .kind = KF_TOKEN_REF };
    end = read_ref(formula, opening.len, ref);
    return end && ref->is_area && ref->first.has_row && ref->first.has_col && end + 1 == formula.len
           && formula.ptr[end] == ')';
}

/* ---- sheets -------------------------------------------------------------- */

/* Past "Sheet1!", "'Borger 1'!", "[1]Sheet1!" or "Jan:Dec!"; 0 when none is there.
 * name is without the outer quotes. */
static size_t sheet_end(KfText text, size_t at, KfText *name)
{
    size_t from = at, end = at;

    if (!memchr(text.ptr + at, '!', text.len - at))
        return 0;
    if (byte_at(text, at) == '\'') {
        end = quoted_end(text, at);
        *name = kf_text_slice(text, at + 1, end - 1);
        return byte_at(text, end) == '!' ? end + 1 : 0;
    }
    if (byte_at(text, at) == '[')
        end = bracket_end(text, at, '[', ']');
    end = word_end(text, end);
    if (byte_at(text, end) == ':')
        end = word_end(text, end + 1);
    *name = kf_text_slice(text, from, end);
    return end > from && byte_at(text, end) == '!' ? end + 1 : 0;
}

static bool has_byte(KfText text, char c)
{
    return text.len && memchr(text.ptr, c, text.len);
}

static size_t error_end(KfText text, size_t at)
{
    static const char *const errors[] = { "#REF!", "#DIV/0!", "#VALUE!", "#N/A",
                                          "#NUM!", "#NAME?",  "#NULL!" };

    for (size_t i = 0; byte_at(text, at) == '#' && i < sizeof errors / sizeof *errors; i++) {
        size_t len = strlen(errors[i]);

        if (kf_text_eq(kf_text_slice(text, at, at + len), kf_text(errors[i])))
            return at + len;
    }
    return 0;
}

/* What stands behind a sheet's name, at at. */
static void read_on_sheet(KfTokenizer *in, KfToken *out, KfText name, size_t at)
{
    bool is_foreign = has_byte(name, '['), is_3d = has_byte(name, ':');
    size_t end;

    if ((end = error_end(in->text, at))) {
        take(in, out, KF_TOKEN_ERROR, end);
        out->text = kf_text_slice(in->text, at, end);
    } else if ((end = read_ref(in->text, at, out))) {
        bool is_ours =
            !is_foreign && !is_3d && kf_book_sheet(in->book, name, true, &out->ref.sheet);

        take(in, out, is_ours ? KF_TOKEN_REF : KF_TOKEN_OPAQUE, end);
        out->hides_refs = is_3d && !is_foreign;
    } else {
        end = word_end(in->text, at);
        take(in, out, end > at ? KF_TOKEN_OPAQUE : KF_TOKEN_BAD, end);
        out->hides_refs = !is_foreign;
    }
}

/* ---- the rest ------------------------------------------------------------ */

static size_t digits_end(KfText text, size_t at)
{
    while (kf_is_digit(byte_at(text, at)))
        at++;
    return at;
}

static size_t number_end(KfText text, size_t at)
{
    size_t power;

    at = digits_end(text, at);
    if (byte_at(text, at) == '.')
        at = digits_end(text, at + 1);
    if (byte_at(text, at) != 'E' && byte_at(text, at) != 'e')
        return at;
    power = at + 1;
    if (byte_at(text, power) == '+' || byte_at(text, power) == '-')
        power++;
    return kf_is_digit(byte_at(text, power)) ? digits_end(text, power) : at;
}

/* A name of cells is read as the reference that it stands for, fixed in both ways. */
static bool read_name(KfTokenizer *in, KfToken *out, size_t end)
{
    KfText word = kf_text_slice(in->text, in->at, end);
    const KfNamedRange *named = kf_book_name(in->book, word, in->sheet);

    if (!named)
        return false;
    out->first =
        (KfCorner){ named->range.first_row, named->range.first_col, true, true, true, true };
    out->last = (KfCorner){ named->range.last_row, named->range.last_col, true, true, true, true };
    out->is_area = out->first.row != out->last.row || out->first.col != out->last.col;
    set_range(out);
    out->ref.sheet = named->sheet;
    take(in, out, KF_TOKEN_REF, end);
    return true;
}

static void read_word(KfTokenizer *in, KfToken *out)
{
    size_t end = word_end(in->text, in->at);
    int first = byte_at(in->text, in->at);
    KfText word = kf_text_slice(in->text, in->at, end);

    if (kf_is_digit(first) || first == '.') {
        end = number_end(in->text, in->at);
        take(in, out, is_word(byte_at(in->text, end)) ? KF_TOKEN_BAD : KF_TOKEN_NUMBER, end);
    } else if (byte_at(in->text, end) == '(') {
        take(in, out, KF_TOKEN_FUNCTION, end);
        out->hides_refs = kf_formula_word(word, "INDIRECT") || kf_formula_word(word, "OFFSET");
    } else if (kf_formula_word(word, "TRUE") || kf_formula_word(word, "FALSE")) {
        take(in, out, KF_TOKEN_BOOL, end);
    } else {
        if (byte_at(in->text, end) == '[')
            end = bracket_end(in->text, end, '[', ']');
        if (read_name(in, out, end))
            return;
        take(in, out, KF_TOKEN_OPAQUE, end);
        out->hides_refs = true;
    }
}

static void read_operator(KfTokenizer *in, KfToken *out)
{
    static const struct {
        char text[3];
        uint8_t op;
    } operators[] = {
        { "<=", KF_OP_LE },     { ">=", KF_OP_GE }, { "<>", KF_OP_NE }, { "<", KF_OP_LT },
        { ">", KF_OP_GT },      { "=", KF_OP_EQ },  { "+", KF_OP_ADD }, { "-", KF_OP_SUB },
        { "*", KF_OP_MUL },     { "/", KF_OP_DIV }, { "^", KF_OP_POW }, { "&", KF_OP_CONCAT },
        { "%", KF_OP_PERCENT },
    };

    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        size_t end = in->at + strlen(operators[i].text);

        if (kf_text_eq(kf_text_slice(in->text, in->at, end), kf_text(operators[i].text))) {
            take(in, out, KF_TOKEN_OPERATOR, end);
            out->op = operators[i].op;
            return;
        }
    }
    take(in, out, KF_TOKEN_BAD, in->at);
}

/* What nothing but itself begins with. */
static bool read_mark(KfTokenizer *in, KfToken *out)
{
    switch (byte_at(in->text, in->at)) {
    case '(':
        take(in, out, KF_TOKEN_OPEN, in->at + 1);
        return true;
    case ')':
        take(in, out, KF_TOKEN_CLOSE, in->at + 1);
        return true;
    case ',':
        take(in, out, KF_TOKEN_COMMA, in->at + 1);
        return true;
    default:
        return false;
    }
}

static void read_sign(KfTokenizer *in, KfToken *out)
{
    switch (in->text.ptr[in->at]) {
    case '"':
        take(in, out, KF_TOKEN_TEXT, quoted_end(in->text, in->at));
        return;
    case '{':
        take(in, out, KF_TOKEN_OPAQUE, bracket_end(in->text, in->at, '{', '}'));
        return;
    default:
        read_operator(in, out);
    }
}

void kf_token_next(KfTokenizer *in, KfToken *out)
{
    size_t end;
    KfText name;

    *out = (KfToken){ .ref.sheet = in->sheet };
    while (is_space(byte_at(in->text, in->at)))
        in->at++;
    if (in->text.len > MOST_BYTES)
        out->kind = KF_TOKEN_BAD;
    else if (in->at == in->text.len)
        out->kind = KF_TOKEN_END;
    else if (read_mark(in, out))
        return;
    else if ((end = sheet_end(in->text, in->at, &name)))
        read_on_sheet(in, out, name, end);
    else if ((end = read_ref(in->text, in->at, out)))
        take(in, out, KF_TOKEN_REF, end);
    else if (is_word(byte_at(in->text, in->at)))
        read_word(in, out);
    else if ((end = error_end(in->text, in->at)))
        take(in, out, KF_TOKEN_ERROR, end);
    else
        read_sign(in, out);
}
