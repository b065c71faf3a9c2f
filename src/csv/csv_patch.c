/* A CSV file with amounts changed. Fields are taken apart as bytes: what separates
 * thousands is copied as it stands, whatever the encoding. */
#include "csv/csv_patch.h"

#include "base/encoding.h"
#include "base/splice.h"
#include "kf/value.h"

/* How an amount is written. Slices of the file's text. */
typedef struct {
    bool known; /* an amount with enough digits to tell how they are grouped */
    KfText thousands;
    KfText point;    /* empty: no decimals seen */
    size_t decimals; /* shown */
} Style;

static bool is_point(KfText separator)
{
    return separator.len == 1 && (separator.ptr[0] == '.' || separator.ptr[0] == ',');
}

/* From the first digit to the last. */
static KfText digits_of(KfText field)
{
    size_t from = 0, to = field.len;

    while (from < to && !kf_is_digit(field.ptr[from]))
        from++;
    while (to > from && !kf_is_digit(field.ptr[to - 1]))
        to--;
    return kf_text_slice(field, from, to);
}

/* Next run of digits from *at on; *separator is what stood in front of it. */
static size_t next_group(KfText digits, size_t *at, KfText *separator)
{
    size_t from = *at, begin;

    while (*at < digits.len && !kf_is_digit(digits.ptr[*at]))
        (*at)++;
    *separator = kf_text_slice(digits, from, *at);
    begin = *at;
    while (*at < digits.len && kf_is_digit(digits.ptr[*at]))
        (*at)++;
    return *at - begin;
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* Three digits behind a lone separator are thousands, unless the new value is so
 * much smaller that they must be decimals. */
static bool is_lone_thousands(size_t in_front, size_t expected)
{
    return in_front <= 3 && distance(in_front + 3, expected) <= distance(in_front, expected);
}

/* A point, a space of any width or an apostrophe; no dash, as in "13–24". */
static bool may_group(KfText between)
{
    for (size_t i = 0; i < between.len; i++) {
        const unsigned char byte = (unsigned char)between.ptr[i];
        const KfText rest = kf_text_slice(between, i, between.len);

        if (byte < 0x80 ? byte != '.' && byte != ',' && byte != ' ' && byte != '\''
                        : byte == 0x96 || kf_text_starts(rest, KF_TEXT("–"))
                              || kf_text_starts(rest, KF_TEXT("−")))
            return false;
    }
    return true;
}

/* expected: digits in front of the point of the new value; 0: not known, or it is known that
 * a lone separator means thousands. */
static Style style_of(KfText digits, size_t expected)
{
    Style style = { 0 };
    KfText separator = { 0 }, first = { 0 };
    size_t groups = 0, last = 0, whole = 0;

    for (size_t at = 0; at < digits.len; groups++) {
        KfText before;

        whole += last;
        last = next_group(digits, &at, &before);
        if (groups == 1)
            first = before;
        separator = before;
    }
    if (groups > 1 && is_point(separator)
        && (groups == 2 ? last != 3 || (expected && !is_lone_thousands(whole, expected))
                        : !kf_text_eq(separator, first))) {
        style.point = separator;
        style.decimals = last;
        groups--;
    } else {
        whole += last;
    }
    if (groups > 1 && !may_group(first))
        return (Style){ 0 };
    if (groups > 1)
        style.thousands = first;
    style.known = whole > 3;
    return style;
}

/* How the next amount of a column from *row on is written, *row being moved behind it; false
 * when there is none. has_decimals: its lone commas are no thousands. */
static bool next_style(const KfCsv *csv, uint32_t col, bool has_decimals, uint32_t *row,
                       Style *style)
{
    KfCsvField field;

    while (*row < csv->row_count) {
        KfText digits;

        if (!kf_csv_field(csv, (*row)++, col, &field))
            continue;
        digits = digits_of(kf_text_slice(csv->text, field.start, field.end));
        *style = style_of(digits,
                          has_decimals && kf_text_find(digits, KF_TEXT(",")) != SIZE_MAX ? 1 : 0);
        return true;
    }
    return false;
}

/* A point in a file of semicolons is one of thousands, unless the column shows another use. */
static bool groups_by_point(const KfCsv *csv, uint32_t col, KfText digits)
{
    uint32_t row = 0;
    Style style;

    if (csv->separator != ';' || kf_text_find(digits, KF_TEXT(".")) == SIZE_MAX)
        return false;
    while (next_style(csv, col, false, &row, &style)) {
        if (style.point.len && style.point.ptr[0] == '.')
            return false;
    }
    return true;
}

/* As the first amount of the column is written that tells; else as the file's
 * separator lets expect. Where the new amount has decimals, "202,821" has them, too. */
static Style column_style(const KfCsv *csv, uint32_t col, KfText number)
{
    const bool has_decimals = kf_text_find(number, KF_TEXT(".")) != SIZE_MAX;
    Style style, pointed = { 0 };
    uint32_t row = 0;

    while (next_style(csv, col, has_decimals, &row, &style)) {
        if (style.known)
            return style;
        if (!pointed.point.len)
            pointed = style;
    }
    pointed.decimals = 0;
    return pointed;
}

static KfText default_point(const KfCsv *csv, const Style *style)
{
    if (style->thousands.len)
        return style->thousands.ptr[0] == ',' ? KF_TEXT(".") : KF_TEXT(",");
    return csv->separator == ',' ? KF_TEXT(".") : KF_TEXT(",");
}

static bool is_negative(KfText number)
{
    return number.len && number.ptr[0] == '-';
}

/* number: decimal text; its sign is left out. */
static void put_number(KfBuf *out, const KfCsv *csv, KfText number, const Style *style)
{
    KfText plain = kf_text_slice(number, is_negative(number), number.len);
    size_t dot = kf_text_find(plain, KF_TEXT("."));
    KfText whole = kf_text_slice(plain, 0, dot);
    KfText fraction = dot == SIZE_MAX ? (KfText){ 0 } : kf_text_slice(plain, dot + 1, plain.len);
    size_t decimals = style->decimals;

    if (fraction.len > decimals)
        decimals = fraction.len == 1 ? 2 : fraction.len;
    for (size_t i = 0; i < whole.len; i++) {
        if (i && (whole.len - i) % 3 == 0)
            kf_buf_text(out, style->thousands);
        kf_buf_char(out, whole.ptr[i]);
    }
    if (!decimals)
        return;
    kf_buf_text(out, style->point.len ? style->point : default_point(csv, style));
    kf_buf_text(out, fraction);
    for (size_t i = fraction.len; i < decimals; i++)
        kf_buf_char(out, '0');
}

/* ---- signs ---------------------------------------------------------------- */

/* Length of a minus at the head of text: "-", "÷", "−"; 0 when there is none. */
static size_t minus_length(const KfCsv *csv, KfText text)
{
    if (kf_text_starts(text, KF_TEXT("-")))
        return 1;
    if (csv->encoding == KF_CSV_CP1252)
        return kf_text_starts(text, KF_TEXT("\xF7")) || kf_text_starts(text, KF_TEXT("\x96"));
    if (kf_text_starts(text, KF_TEXT("÷")))
        return 2;
    return kf_text_starts(text, KF_TEXT("−")) || kf_text_starts(text, KF_TEXT("–")) ? 3 : 0;
}

static bool holds_sign(const KfCsv *csv, KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        /* ",-" behind an amount says that there are no øre */
        if (text.ptr[i] == ',')
            i++;
        else if (text.ptr[i] == '(' || minus_length(csv, kf_text_slice(text, i, text.len)))
            return true;
    }
    return false;
}

static void put_without_sign(KfBuf *out, const KfCsv *csv, KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t minus = minus_length(csv, kf_text_slice(text, i, text.len));

        if (minus && (i == 0 || text.ptr[i - 1] != ','))
            i += minus - 1;
        else if (text.ptr[i] != '(' && text.ptr[i] != ')')
            kf_buf_char(out, text.ptr[i]);
    }
}

/* ---- fields --------------------------------------------------------------- */

static void put_field(KfBuf *out, const KfCsv *csv, KfText field, KfText digits, KfText number,
                      const Style *style)
{
    size_t at = digits.len ? (size_t)(digits.ptr - field.ptr) : field.len;
    KfText before = kf_text_slice(field, 0, at);
    KfText behind = kf_text_slice(field, at + digits.len, field.len);
    bool was_negative = holds_sign(csv, before) || holds_sign(csv, behind);
    bool negative = is_negative(number);

    if (was_negative && !negative)
        put_without_sign(out, csv, before);
    else
        kf_buf_text(out, before);
    if (negative && !was_negative)
        kf_buf_char(out, '-');
    put_number(out, csv, number, style);
    if (was_negative && !negative)
        put_without_sign(out, csv, behind);
    else
        kf_buf_text(out, behind);
}

/* A field without digits holds nothing to keep, but for its quotes. */
static void put_fresh(KfBuf *out, const KfCsv *csv, bool quoted, KfText number, const Style *style)
{
    if (quoted)
        kf_buf_char(out, '"');
    if (is_negative(number))
        kf_buf_char(out, '-');
    put_number(out, csv, number, style);
    if (quoted)
        kf_buf_char(out, '"');
}

static size_t whole_digits(KfText number)
{
    size_t dot = kf_text_find(number, KF_TEXT("."));

    return (dot == SIZE_MAX ? number.len : dot) - is_negative(number);
}

static KfText in_quotes_if_needed(KfArena *arena, KfBuf *scratch, const KfCsv *csv, bool quoted,
                                  KfText field)
{
    if (quoted || kf_text_find(field, (KfText){ &csv->separator, 1 }) == SIZE_MAX)
        return field;
    kf_buf_char(scratch, '"');
    kf_buf_text(scratch, field);
    kf_buf_char(scratch, '"');
    return kf_arena_take(arena, scratch);
}

/* As the bytes that were parsed: only Windows-1252 was left as it stood in the file. */
static KfText as_parsed(const KfCsv *csv, KfText text, KfArena *arena, KfBuf *scratch)
{
    if (csv->encoding != KF_CSV_CP1252)
        return text;
    kf_csv_encode(scratch, csv, text);
    return kf_arena_take(arena, scratch);
}

/* A text is quoted when it has to be, and its quotes are doubled. */
static KfText text_field(const KfCsv *csv, bool quoted, KfText text, KfArena *arena, KfBuf *scratch)
{
    bool needed = quoted;

    for (size_t i = 0; i < text.len; i++)
        needed |= text.ptr[i] == csv->separator || text.ptr[i] == '"' || text.ptr[i] == '\n'
                  || text.ptr[i] == '\r';
    if (needed)
        kf_buf_char(scratch, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            kf_buf_char(scratch, '"');
        kf_buf_char(scratch, text.ptr[i]);
    }
    if (needed)
        kf_buf_char(scratch, '"');
    return kf_arena_take(arena, scratch);
}

static bool has_letter(KfText field)
{
    for (size_t i = 0; i < field.len; i++) {
        if ((unsigned char)((field.ptr[i] | 0x20) - 'a') < 26)
            return true;
    }
    return false;
}

/* Whether what stands around the digits is to stay: "kr. 200,-", "200 *", but not "2O0" or
 * "200O". */
static bool keeps_frame(const KfCsv *csv, KfText field, bool quoted, KfBuf *scratch)
{
    KfAmount amount;
    bool reads;

    if (!has_letter(field))
        return true;
    if (quoted && field.len > 1)
        field = kf_text_slice(field, 1, field.len - 1);
    if (csv->encoding == KF_CSV_CP1252)
        kf_buf_cp1252(scratch, field);
    else
        kf_buf_text(scratch, field);
    reads = kf_amount_read(kf_buf_view(scratch), KF_SEP_UNKNOWN, &amount) == KF_READ_OK;
    scratch->len = 0;
    return reads;
}

static KfText new_field(const KfCsv *csv, const KfCsvField *field, const KfCellEdit *edit,
                        KfArena *arena, KfBuf *scratch)
{
    KfText old = kf_text_slice(csv->text, field->start, field->end);
    KfText digits = keeps_frame(csv, old, field->quoted, scratch) ? digits_of(old) : (KfText){ 0 },
           fresh;
    Style style = style_of(
        digits, groups_by_point(csv, edit->ref.col, digits) ? 0 : whole_digits(edit->number));

    if (!style.known) {
        Style column = column_style(csv, edit->ref.col, edit->number);

        style.thousands = column.thousands;
        if (!style.point.len)
            style.point = column.point;
        if (!digits.len)
            style.decimals = column.decimals;
    }
    if (digits.len)
        put_field(scratch, csv, old, digits, edit->number, &style);
    else
        put_fresh(scratch, csv, field->quoted, edit->number, &style);
    fresh = kf_arena_take(arena, scratch);
    return in_quotes_if_needed(arena, scratch, csv, field->quoted, fresh);
}

/* In a row that is too short the field comes behind its last one. */
static bool find_field(const KfCsv *csv, KfRef ref, KfCsvField *field, uint32_t *missing)
{
    uint32_t col = ref.col;

    *missing = 0;
    if (kf_csv_field(csv, ref.row, ref.col, field))
        return true;
    while (col > 0 && !kf_csv_field(csv, ref.row, col - 1, field))
        col--;
    if (col == 0)
        return false;
    *missing = ref.col - (col - 1);
    *field = (KfCsvField){ field->end, field->end, false };
    return true;
}

/* Only UTF-16 was turned into another encoding to be read. */
static KfText as_stored(const KfCsv *csv, KfText text, KfArena *arena, KfBuf *scratch)
{
    if (csv->encoding != KF_CSV_UTF16_LE && csv->encoding != KF_CSV_UTF16_BE)
        return text;
    kf_csv_encode(scratch, csv, text);
    return kf_arena_take(arena, scratch);
}

static void patch_field(KfSplices *splices, const KfCsv *csv, const KfCellEdit *edit,
                        KfBuf *scratch)
{
    KfArena *arena = splices->arena;
    KfCsvField field;
    KfText text;
    uint32_t missing;

    if (!find_field(csv, edit->ref, &field, &missing))
        return;
    if (edit->is_text)
        text = text_field(csv, field.quoted, as_parsed(csv, edit->text, arena, scratch), arena,
                          scratch);
    else
        text = new_field(csv, &field, edit, arena, scratch);
    for (uint32_t i = 0; i < missing; i++)
        kf_buf_char(scratch, csv->separator);
    kf_buf_text(scratch, text);
    text = kf_arena_take(arena, scratch);
    kf_splice(splices, kf_csv_file_offset(csv, field.start), kf_csv_file_offset(csv, field.end),
              as_stored(csv, text, arena, scratch));
}

KfText kf_csv_patch(const KfCsv *csv, const KfCellEdit *edits, size_t count, KfArena *arena,
                    KfBuf *scratch)
{
    KfSplices splices = { .arena = arena };

    for (size_t i = 0; i < count; i++) {
        if (edits[i].has_value)
            patch_field(&splices, csv, &edits[i], scratch);
    }
    return kf_splices_apply(&splices, csv->bytes);
}
