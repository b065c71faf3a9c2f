/* What a number format code tells of the value beneath it. Codes in files are
 * in English notation whatever the language of the program; the first section
 * decides. */
#include "kf/value.h"

/* How far the first section has been read, and what it has shown. */
typedef struct {
    KfText code;
    size_t pos;
    KfNumberFormat found;
    bool digits;     /* a digit placeholder stands before this */
    bool fraction;   /* behind the decimal point */
    bool exponent;   /* behind E+: its digits are no decimals */
    char date_token; /* the last one: y m d h s, or 0 */
    bool day, month, year;
} Reader;

/* In lower case; bytes of longer characters stand for nothing. */
static char peek(const Reader *reader, size_t ahead)
{
    size_t at = reader->pos + ahead;
    unsigned char byte = at < reader->code.len ? (unsigned char)reader->code.ptr[at] : 0;

    return byte < 0x80 ? (char)kf_rune_lower(byte) : '\0';
}

static bool skip_word(Reader *reader, const char *word)
{
    size_t len = 0;

    for (; word[len]; len++) {
        if (peek(reader, len) != word[len])
            return false;
    }
    reader->pos += len;
    return true;
}

static void skip_quoted(Reader *reader)
{
    reader->pos++;
    while (reader->pos < reader->code.len && reader->code.ptr[reader->pos] != '"')
        reader->pos++;
    reader->pos++;
}

/* The character behind "\", "_" or "*" is shown, measured or repeated. */
static void skip_escaped(Reader *reader)
{
    reader->pos++;
    kf_text_next(reader->code, &reader->pos);
}

/* [Red], [>=100], [$kr.-406] say nothing here; [h] is time that has passed. */
static void read_bracket(Reader *reader)
{
    char first = peek(reader, 1);
    bool same = first == 'h' || first == 'm' || first == 's';

    for (reader->pos++; reader->pos < reader->code.len; reader->pos++) {
        char c = peek(reader, 0);

        if (c == ']')
            break;
        same = same && c == first;
    }
    reader->pos++;
    if (same) {
        reader->found.is_date = true;
        reader->date_token = first;
    }
}

static bool is_placeholder(char c)
{
    return c == '0' || c == '#' || c == '?';
}

/* Commas right behind a digit group the digits that follow; where none follow,
 * each of them divides by a thousand. */
static void read_placeholder(Reader *reader)
{
    size_t commas = 0;

    reader->digits = true;
    if (reader->fraction && !reader->exponent && reader->found.decimals < UINT8_MAX)
        reader->found.decimals++;
    reader->pos++;
    while (peek(reader, commas) == ',')
        commas++;
    reader->pos += commas;
    if (is_placeholder(peek(reader, 0)))
        return;
    if (commas > (size_t)(UINT8_MAX - reader->found.thousands))
        commas = UINT8_MAX - reader->found.thousands;
    reader->found.thousands += (uint8_t)commas;
}

/* ddd and dddd name a weekday; m is minutes behind hours. */
static void read_date_token(Reader *reader, char token)
{
    size_t len = 1;

    while (peek(reader, len) == token)
        len++;
    reader->pos += len;
    reader->found.is_date = true;
    if (token == 'd' && len < 3) {
        reader->found.day_first |= !reader->month;
        reader->day = true;
    } else if (token == 'm' && reader->date_token != 'h') {
        reader->month = true;
    } else if (token == 'y') {
        reader->year = true;
    }
    reader->date_token = token;
}

static bool is_date_letter(char c)
{
    return c == 'y' || c == 'm' || c == 'd' || c == 'h' || c == 's';
}

static void read_mark(Reader *reader, char c)
{
    if (c == '.')
        reader->fraction = true;
    else if (c == 'e' && reader->digits)
        reader->exponent = true;
    else if (c == '%')
        reader->found.percent = true;
    else if (c == '@')
        reader->found.is_text = true;
    reader->pos++;
}

static void read_token(Reader *reader)
{
    char c = peek(reader, 0);

    if (c == '"')
        skip_quoted(reader);
    else if (c == '\\' || c == '_' || c == '*')
        skip_escaped(reader);
    else if (c == '[')
        read_bracket(reader);
    else if (skip_word(reader, "general") || skip_word(reader, "standard"))
        reader->found.is_general = true;
    else if (skip_word(reader, "am/pm") || skip_word(reader, "a/p"))
        reader->found.is_date = true;
    else if (is_date_letter(c) && (!reader->digits || reader->found.is_date))
        read_date_token(reader, c);
    else if (is_placeholder(c))
        read_placeholder(reader);
    else
        read_mark(reader, c);
}

/* A month and a minute look alike until the whole is seen: "mm:ss" has no month,
 * for seconds follow it and there is neither day nor year. */
static void conclude_date(Reader *reader)
{
    KfNumberFormat *found = &reader->found;
    bool month = reader->month && (reader->day || reader->year || reader->date_token == 'm');

    found->decimals = found->thousands = 0;
    found->no_month = !month;
    found->month_year = month && reader->year && !reader->day;
}

/* Only digits, dots and commas behind each other; the formats of nearly all amounts. */
static bool is_short_amount(KfText code, KfNumberFormat *out)
{
    static const struct {
        KfText code;
        uint8_t decimals;
    } amounts[] = {
        { { "#,##0.00", 8 }, 2 }, { { "#,##0", 5 }, 0 }, { { "0.00", 4 }, 2 }, { { "0", 1 }, 0 }
    };

    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        if (kf_text_eq(code, amounts[i].code)) {
            *out = (KfNumberFormat){ .decimals = amounts[i].decimals };
            return true;
        }
    }
    *out = (KfNumberFormat){ .is_general = true };
    return kf_text_eq(code, KF_TEXT("General"));
}

KfNumberFormat kf_number_format(KfText code)
{
    Reader reader = { .code = code };

    if (is_short_amount(code, &reader.found))
        return reader.found;
    reader.found = (KfNumberFormat){ 0 };
    reader.found.is_general = code.len == 0;
    while (reader.pos < code.len && code.ptr[reader.pos] != ';')
        read_token(&reader);
    if (reader.found.is_date)
        conclude_date(&reader);
    return reader.found;
}

KfText kf_number_format_builtin(uint32_t id)
{
    /* 5 to 8, 14, 22, 37 to 44 follow the user's country, hence Denmark here. */
    static const char *const codes[] = {
        [0] = "General",
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [5] = "#,##0\\ \"kr.\";\\-#,##0\\ \"kr.\"",
        [6] = "#,##0\\ \"kr.\";[Red]\\-#,##0\\ \"kr.\"",
        [7] = "#,##0.00\\ \"kr.\";\\-#,##0.00\\ \"kr.\"",
        [8] = "#,##0.00\\ \"kr.\";[Red]\\-#,##0.00\\ \"kr.\"",
        [9] = "0%",
        [10] = "0.00%",
        [11] = "0.00E+00",
        [12] = "# ?/?",
        [13] = "# \?\?/\?\?",
        [14] = "dd\\-mm\\-yyyy",
        [15] = "d\\-mmm\\-yy",
        [16] = "d\\-mmm",
        [17] = "mmm\\-yy",
        [18] = "h:mm AM/PM",
        [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "dd\\-mm\\-yyyy h:mm",
        [37] = "#,##0;\\-#,##0",
        [38] = "#,##0;[Red]\\-#,##0",
        [39] = "#,##0.00;\\-#,##0.00",
        [40] = "#,##0.00;[Red]\\-#,##0.00",
        [41] = "_-* #,##0_-;\\-* #,##0_-;_-* \"-\"_-;_-@_-",
        [42] = "_-* #,##0\\ \"kr.\"_-;\\-* #,##0\\ \"kr.\"_-;_-* \"-\"\\ \"kr.\"_-;_-@_-",
        [43] = "_-* #,##0.00_-;\\-* #,##0.00_-;_-* \"-\"??_-;_-@_-",
        [44] = "_-* #,##0.00\\ \"kr.\"_-;\\-* #,##0.00\\ \"kr.\"_-;"
               "_-* \"-\"??\\ \"kr.\"_-;_-@_-",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss.0",
        [48] = "##0.0E+0",
        [49] = "@",
    };

    return id < sizeof codes / sizeof *codes ? kf_text(codes[id]) : (KfText){ 0 };
}
