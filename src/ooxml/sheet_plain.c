/* Every loop is bounded, so that no more than KF_PLAIN_ROOM bytes are looked at. What
 * is accepted here means the same to KfSheetScan: test_sheet_plain.c holds them together. */
#include "ooxml/sheet_plain.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { STEP = 16, MOST_STEPS = 16, MOST_ROW_ATTRS = 8, MOST_DIGITS = 9 };

/* ---- runs of bytes --------------------------------------------------------- */

/* Bytes up to the next of "<", "&", CR and "_", at most STEP; the last three need a reader
 * that decodes. */
#if defined(__SSE2__)
static inline unsigned clear_bytes(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')),
                                                _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&'))),
                                   _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')),
                                                _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'))));
    unsigned mask = (unsigned)_mm_movemask_epi8(special);

    return mask ? (unsigned)__builtin_ctz(mask) : STEP;
}

/* Bytes up to the next that is none of a number: outside of "+" to ";" and of "=" to "e". */
static inline unsigned number_bytes(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i offset = _mm_sub_epi8(bytes, _mm_set1_epi8('+'));
    __m128i outside = _mm_cmpeq_epi8(_mm_max_epu8(offset, _mm_set1_epi8('e' - '+' + 1)), offset);
    __m128i stop = _mm_or_si128(outside, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')));
    unsigned mask = (unsigned)_mm_movemask_epi8(stop);

    return mask ? (unsigned)__builtin_ctz(mask) : STEP;
}
#else
static inline unsigned clear_bytes(const char *at)
{
    unsigned count = 0;

    while (count < STEP && at[count] != '<' && at[count] != '&' && at[count] != '\r'
           && at[count] != '_')
        count++;
    return count;
}

static inline unsigned number_bytes(const char *at)
{
    unsigned count = 0;

    while (count < STEP && at[count] >= '+' && at[count] <= 'e' && at[count] != '<')
        count++;
    return count;
}
#endif

/* The text from at up to "<", where it ends; NULL when it is long or not clear. */
static inline const char *clear_text(const char *at, KfText *out)
{
    const char *end = at;
    unsigned count = STEP;

    for (int step = 0; step < MOST_STEPS && count == STEP; step++)
        end += count = clear_bytes(end);
    *out = (KfText){ at, (size_t)(end - at) };
    return *end == '<' && count < STEP ? end : NULL;
}

static inline const char *number_text(const char *at, KfText *out)
{
    const char *end = at;
    unsigned count = STEP;

    for (int step = 0; step < 4 && count == STEP; step++)
        end += count = number_bytes(end);
    *out = (KfText){ at, (size_t)(end - at) };
    return *end == '<' && count < STEP && end > at ? end : NULL;
}

/* Digits and the quote behind them; NULL when there are none or too many. */
static inline const char *quoted_number(const char *at, uint32_t *out)
{
    const char *begin = at;
    uint32_t number = 0;

    for (; *at >= '0' && *at <= '9' && at - begin <= MOST_DIGITS; at++)
        number = number * 10 + (uint32_t)(*at - '0');
    *out = number;
    return *at == '"' && at > begin && at - begin <= MOST_DIGITS ? at + 1 : NULL;
}

/* ---- a cell ---------------------------------------------------------------- */

/* "AB12" and the quote behind it; the row is most often the one that is known. */
static inline const char *reference(const char *at, const KfPlainRow *known, KfPlainCell *out)
{
    uint32_t col = 0, row;
    uint64_t ending;

    for (int letters = 0; *at >= 'A' && *at <= 'Z' && letters < 3; letters++)
        col = col * 26 + (uint32_t)(*at++ - 'A' + 1);
    if (col == 0 || col > KF_COL_LIMIT || *at == '0')
        return NULL;
    out->col = col - 1;
    memcpy(&ending, at, sizeof ending);
    if ((ending & known->mask) == known->ending && known->len) {
        out->row = known->number - 1;
        return at + known->len;
    }
    at = quoted_number(at, &row);
    if (!at || row == 0 || row > KF_ROW_LIMIT)
        return NULL;
    out->row = row - 1;
    return at;
}

typedef enum { NO_TYPE, NUMBER, SHARED, BOOLEAN, TEXT } Type;

static inline const char *type(const char *at, Type *out)
{
    *out = NO_TYPE;
    if (at[1] == '"') {
        *out = *at == 's' ? SHARED : *at == 'n' ? NUMBER : *at == 'b' ? BOOLEAN : NO_TYPE;
        return *out == NO_TYPE ? NULL : at + 2;
    }
    if (memcmp(at, "str\"", 4) != 0)
        return NULL;
    *out = TEXT;
    return at + 4;
}

/* Attributes up to behind the last; each at most once. */
static inline const char *attributes(const char *at, const KfPlainRow *row, KfPlainCell *out,
                                     Type *of)
{
    bool has_r = false, has_s = false;

    *of = NO_TYPE;
    out->style = 0;
    while (at && *at == ' ') {
        if (at[2] != '=' || at[3] != '"')
            return NULL;
        if (at[1] == 'r' && !has_r) {
            has_r = true;
            at = reference(at + 4, row, out);
        } else if (at[1] == 's' && !has_s) {
            has_s = true;
            at = quoted_number(at + 4, &out->style);
        } else if (at[1] == 't' && *of == NO_TYPE) {
            at = type(at + 4, of);
        } else {
            return NULL;
        }
    }
    return has_r ? at : NULL;
}

/* What stands between <v> and </v>, as the type has it. */
static inline const char *value(const char *at, Type of, KfPlainCell *out)
{
    switch (of) {
    case NO_TYPE:
    case NUMBER:
        out->kind = KF_CELL_NUMBER;
        return number_text(at, &out->v);
    case SHARED:
        out->kind = KF_CELL_TEXT;
        out->is_shared = true;
        return number_text(at, &out->v);
    case BOOLEAN:
        out->kind = KF_CELL_BOOL;
        out->v = (KfText){ at, 1 };
        return *at == '0' || *at == '1' ? at + 1 : NULL;
    default:
        out->kind = KF_CELL_TEXT;
        return clear_text(at, &out->v);
    }
}

const char *kf_plain_cell(const char *at, const KfPlainRow *row, KfPlainCell *out)
{
    Type of;

    if (at[0] != '<' || at[1] != 'c')
        return NULL;
    at = attributes(at + 2, row, out, &of);
    out->kind = KF_CELL_EMPTY;
    out->is_shared = out->has_formula = false;
    if (!at)
        return NULL;
    if (at[0] == '/' && at[1] == '>')
        return at + 2;
    if (*at++ != '>')
        return NULL;
    if (memcmp(at, "<f>", 3) == 0) {
        out->has_formula = true;
        at = clear_text(at + 3, &out->f);
        if (!at || memcmp(at, "</f>", 4) != 0)
            return NULL;
        at += 4;
    }
    if (memcmp(at, "<v>", 3) == 0) {
        at = value(at + 3, of, out);
        if (!at || memcmp(at, "</v>", 4) != 0)
            return NULL;
        at += 4;
    }
    return memcmp(at, "</c>", 4) == 0 ? at + 4 : NULL;
}

/* ---- a row ----------------------------------------------------------------- */

static inline bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':';
}

/* The quoted value at at, which none of the row's meanings hangs on. */
static inline const char *skip_value(const char *at)
{
    const char *end = at;

    while (end - at < 40 && *end != '"' && *end != '<' && *end != '&')
        end++;
    return *end == '"' ? end + 1 : NULL;
}

/* An attribute other than r; a hidden row or one without height is not plain. */
static inline const char *other_attribute(const char *at)
{
    const char *name = at;
    bool is_height;

    while (is_name_byte(*at) && at - name < 20)
        at++;
    if (at == name || at[0] != '=' || at[1] != '"')
        return NULL;
    is_height = at - name == 2 && name[0] == 'h' && name[1] == 't';
    if ((is_height && (at[2] < '1' || at[2] > '9')) || memcmp(name, "hidden", 6) == 0)
        return NULL;
    return skip_value(at + 2);
}

/* The digits at digits, and the quote behind them, as cells of the row will have them. */
static void set_ending(KfPlainRow *out, const char *digits, size_t len)
{
    static const unsigned char ones[8] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };

    out->mask = out->ending = 0;
    out->len = 0;
    if (len > sizeof out->ending || *digits == '0')
        return;
    out->len = (uint32_t)len;
    memcpy(&out->mask, ones, len);
    memcpy(&out->ending, digits, len);
}

const char *kf_plain_row(const char *at, KfPlainRow *out)
{
    const char *digits = at + 8;

    if (memcmp(at, "<row r=\"", 8) != 0)
        return NULL;
    at = quoted_number(digits, &out->number);
    if (!at || out->number == 0 || out->number > KF_ROW_LIMIT)
        return NULL;
    set_ending(out, digits, (size_t)(at - digits));
    for (int count = 0; at && *at == ' ' && count < MOST_ROW_ATTRS; count++)
        at = at[1] == 'r' && at[2] == '=' ? NULL : other_attribute(at + 1);
    return at && *at == '>' ? at + 1 : NULL;
}
