/* Tables in CSV, read by their headings in any order. libcsv cuts the cells; a
 * file is fed to it line by line, so that every error can name its line. The
 * first error ends the reading. */
#include "rules/rule_csv.h"

#include <string.h>

#include "base/encoding.h"

enum { LARGEST_FILE = 4 << 20, MOST_ROWS = 5000, MOST_CELLS = 100 };

typedef struct {
    KfArena *arena;
    KfRuleFile *file;
    const KfRuleTable *table;
    KfSeparators separators;
    size_t line;   /* of the row being read: its first */
    size_t last;   /* line fed so far */
    size_t breaks; /* inside the cells of the row */
    KfText cells[MOST_CELLS];
    size_t cell_count;
    const KfRuleColumn *headings[MOST_CELLS]; /* NULL under a blank heading */
    size_t heading_count;                     /* 0 until the headings are read */
    char *rows;
    size_t row_count, row_cap;
    KfStatus status;
} Reader;

/* ---- bytes --------------------------------------------------------------- */

void kf_rule_csv_decode(KfBuf *out, KfText bytes)
{
    if (kf_text_starts(bytes, KF_TEXT("\xFF\xFE")))
        kf_buf_utf16(out, kf_text_slice(bytes, 2, bytes.len), false);
    else if (kf_text_starts(bytes, KF_TEXT("\xFE\xFF")))
        kf_buf_utf16(out, kf_text_slice(bytes, 2, bytes.len), true);
    else if (kf_text_starts(bytes, KF_TEXT("\xEF\xBB\xBF")))
        kf_rule_csv_decode(out, kf_text_slice(bytes, 3, bytes.len));
    else if (kf_text_is_utf8(bytes))
        kf_buf_text(out, bytes);
    else
        kf_buf_cp1252(out, bytes);
}

/* From *pos to behind the end of its line: \n, \r\n or a lone \r. */
static KfText next_line(KfText text, size_t *pos)
{
    size_t from = *pos;

    while (*pos < text.len) {
        char c = text.ptr[(*pos)++];

        if (c == '\n' || (c == '\r' && (*pos == text.len || text.ptr[*pos] != '\n')))
            break;
    }
    return kf_text_slice(text, from, *pos);
}

static size_t breaks_inside(KfText cell)
{
    size_t count = 0, pos = 0;

    while (pos < cell.len) {
        next_line(cell, &pos);
        count += cell.ptr[pos - 1] == '\n' || cell.ptr[pos - 1] == '\r';
    }
    return count;
}

/* ---- errors -------------------------------------------------------------- */

static void describe_place(KfBuf *part, const KfRuleFile *file, size_t line, const char *column)
{
    if (file->name.len) {
        kf_buf_text(part, file->name);
        kf_buf_str(part, ", ");
    }
    kf_buf_str(part, "linje ");
    kf_buf_uint_padded(part, line, 1);
    if (column) {
        kf_buf_str(part, ", kolonne ");
        kf_buf_str(part, column);
    }
}

KfStatus kf_rule_csv_fail(const KfRuleFile *file, size_t line, const char *column,
                          const char *template, const KfText *args, size_t arg_count)
{
    KfBuf part = { 0 }, detail = { 0 };

    describe_place(&part, file, line, column);
    kf_buf_fill(&detail, kf_text(template), args, arg_count);
    kf_fail(file->err, KF_BAD_RULES, kf_buf_view(&part), kf_buf_view(&detail));
    kf_buf_free(&part);
    kf_buf_free(&detail);
    return KF_BAD_RULES;
}

static KfStatus fail_cell(const Reader *in, const char *column, const char *template, KfText found)
{
    return kf_rule_csv_fail(in->file, in->line, column, template, &found, 1);
}

/* ---- cells --------------------------------------------------------------- */

/* Digits from *pos on, at most nine of them. */
static bool read_digits(KfText text, size_t *pos, int32_t *out)
{
    size_t from = *pos;

    for (*out = 0; *pos < text.len && kf_is_digit(text.ptr[*pos]); (*pos)++) {
        if (*pos - from == 9)
            return false;
        *out = *out * 10 + (text.ptr[*pos] - '0');
    }
    return *pos > from;
}

static bool read_int(KfText text, int32_t *out)
{
    size_t pos = 0;

    return read_digits(text, &pos, out) && pos == text.len;
}

static KfText without_percent(KfText text)
{
    static const char *const marks[] = { "%", "pct.", "pct" };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        KfText mark = kf_text(marks[i]);

        if (kf_text_ends(text, mark))
            return kf_text_trim(kf_text_slice(text, 0, text.len - mark.len));
    }
    return text;
}

/* "30", "33,5", "33.25 %": percent in basis points. */
static bool read_bp(KfText text, int32_t *out)
{
    int32_t whole, part = 0;
    size_t pos = 0, point;

    text = without_percent(text);
    if (!read_digits(text, &pos, &whole) || whole > 100)
        return false;
    if (pos < text.len && (text.ptr[pos] == ',' || text.ptr[pos] == '.')) {
        point = pos++;
        if (!read_digits(text, &pos, &part) || pos - point > 3)
            return false;
        if (pos - point == 2)
            part *= 10;
    }
    *out = whole * 100 + part;
    return pos == text.len && *out <= 10000;
}

static bool read_oere(KfText text, KfSeparators separators, KfOere *out)
{
    KfAmount amount;

    if (kf_amount_read(text, separators, &amount) != KF_READ_OK || amount.oere < 0)
        return false;
    *out = amount.oere;
    return true;
}

static bool read_word(KfText text, const KfRuleWord *words, int32_t *out)
{
    for (; words->word; words++) {
        if (kf_text_same_name(text, kf_text(words->word))) {
            *out = words->value;
            return true;
        }
    }
    return false;
}

static KfStatus fail_word(const Reader *in, const KfRuleColumn *column, KfText found)
{
    KfBuf list = { 0 };
    KfText args[2] = { found };

    for (const KfRuleWord *word = column->words; word->word; word++) {
        if (word != column->words)
            kf_buf_str(&list, ", ");
        kf_buf_str(&list, word->word);
    }
    args[1] = kf_buf_view(&list);
    kf_rule_csv_fail(in->file, in->line, column->heading, "'{0}' kendes ikke; skriv en af: {1}",
                     args, 2);
    kf_buf_free(&list);
    return KF_BAD_RULES;
}

static bool is_guarded(KfText text)
{
    return text.len > 1 && text.ptr[0] == '\''
           && (text.ptr[1] == '=' || text.ptr[1] == '+' || text.ptr[1] == '-'
               || text.ptr[1] == '@');
}

/* The apostrophe that keeps a spreadsheet program from making a formula of a text. */
static KfText without_guard(KfText text)
{
    return is_guarded(text) ? kf_text_slice(text, 1, text.len) : text;
}

static KfStatus read_cell(const Reader *in, const KfRuleColumn *column, KfText cell, void *field)
{
    const char *wrong = NULL;

    switch (column->kind) {
    case KF_COL_TEXT:
        *(KfText *)field = without_guard(cell);
        break;
    case KF_COL_DATE:
        *(KfDate *)field = kf_date_read(cell);
        if (*(KfDate *)field == KF_DATE_NONE)
            wrong = "'{0}' er ikke en dato; skriv f.eks. 01-01-2016";
        break;
    case KF_COL_BP:
        if (!read_bp(cell, field))
            wrong = "'{0}' er ikke en procent fra 0 til 100; skriv f.eks. 30 eller 33,5";
        break;
    case KF_COL_INT:
        if (!read_int(cell, field))
            wrong = "'{0}' er ikke et helt tal; skriv f.eks. 52";
        break;
    case KF_COL_OERE:
        if (!read_oere(cell, in->separators, field))
            wrong = "'{0}' er ikke et beløb i kroner; skriv f.eks. 8.113 eller 8.113,50";
        break;
    case KF_COL_WORD:
        if (!read_word(cell, column->words, field))
            return fail_word(in, column, cell);
        break;
    }
    return wrong ? fail_cell(in, column->heading, wrong, cell) : KF_OK;
}

/* ---- rows ---------------------------------------------------------------- */

static bool row_is_blank(const Reader *in)
{
    for (size_t i = 0; i < in->cell_count; i++) {
        if (in->cells[i].len)
            return false;
    }
    return true;
}

static const KfRuleColumn *column_named(const KfRuleTable *table, KfText heading)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (kf_text_same_name(heading, kf_text(table->columns[i].heading)))
            return &table->columns[i];
    }
    return NULL;
}

static bool has_heading(const Reader *in, const KfRuleColumn *column)
{
    for (size_t i = 0; i < in->heading_count; i++) {
        if (in->headings[i] == column)
            return true;
    }
    return false;
}

static KfStatus fail_heading(const Reader *in, const char *template, KfText found)
{
    KfBuf list = { 0 };
    KfText args[2] = { found };

    for (size_t i = 0; i < in->table->column_count; i++) {
        if (i)
            kf_buf_str(&list, ", ");
        kf_buf_str(&list, in->table->columns[i].heading);
    }
    args[1] = kf_buf_view(&list);
    kf_rule_csv_fail(in->file, in->line, NULL, template, args, 2);
    kf_buf_free(&list);
    return KF_BAD_RULES;
}

static KfStatus read_headings(Reader *in)
{
    for (size_t i = 0; i < in->cell_count; i++) {
        const KfRuleColumn *column = NULL;

        if (in->cells[i].len) {
            column = column_named(in->table, in->cells[i]);
            if (!column)
                return fail_heading(in, "overskriften '{0}' kendes ikke; ventet: {1}",
                                    in->cells[i]);
            if (has_heading(in, column))
                return fail_cell(in, column->heading, "overskriften '{0}' står to gange",
                                 in->cells[i]);
        }
        in->headings[in->heading_count++] = column;
    }
    for (size_t i = 0; i < in->table->column_count; i++) {
        const KfRuleColumn *column = &in->table->columns[i];

        if (column->required && !has_heading(in, column))
            return fail_cell(in, NULL, "kolonnen '{0}' mangler", kf_text(column->heading));
    }
    return KF_OK;
}

static KfStatus read_row(Reader *in, char *row)
{
    for (size_t i = 0; i < in->cell_count; i++) {
        const KfRuleColumn *column = i < in->heading_count ? in->headings[i] : NULL;
        KfStatus status = KF_OK;

        if (in->cells[i].len == 0)
            continue;
        if (!column)
            return fail_cell(in, NULL, "'{0}' står i en kolonne uden overskrift", in->cells[i]);
        status = read_cell(in, column, in->cells[i], row + column->offset);
        if (status != KF_OK)
            return status;
    }
    for (size_t i = 0; i < in->heading_count; i++) {
        const KfRuleColumn *column = in->headings[i];

        if (column && column->required && (i >= in->cell_count || in->cells[i].len == 0))
            return fail_cell(in, column->heading, "feltet er tomt", (KfText){ 0 });
    }
    return KF_OK;
}

static KfStatus add_row(Reader *in)
{
    const KfRuleTable *table = in->table;
    char *row;

    if (in->row_count == MOST_ROWS)
        return kf_fail(in->file->err, KF_LIMIT, KF_TEXT("regelfilen"),
                       KF_TEXT("mere end 5.000 rækker"));
    in->rows = kf_arena_grow(in->arena, in->rows, in->row_count, &in->row_cap, table->row_size);
    row = in->rows + in->row_count++ * table->row_size;
    memcpy(row, table->defaults, table->row_size);
    memcpy(row + table->line_offset, &in->line, sizeof in->line);
    return read_row(in, row);
}

static void on_cell(void *bytes, size_t len, void *ctx)
{
    Reader *in = ctx;
    KfText cell = { bytes, len };

    if (in->status != KF_OK)
        return;
    if (in->cell_count == MOST_CELLS) {
        in->status = fail_cell(in, NULL, "der er mere end 100 kolonner", (KfText){ 0 });
        return;
    }
    in->breaks += breaks_inside(cell);
    in->cells[in->cell_count++] = kf_arena_text(in->arena, kf_text_trim(cell));
}

static void on_row(int end, void *ctx)
{
    Reader *in = ctx;

    (void)end;
    in->line = in->last - in->breaks;
    if (in->status == KF_OK && !row_is_blank(in))
        in->status = in->heading_count ? add_row(in) : read_headings(in);
    in->cell_count = 0;
    in->breaks = 0;
}

/* ---- files --------------------------------------------------------------- */

/* "sep=;" is how a spreadsheet program is told the separator. */
static bool takes_separator(KfText line, char *separator)
{
    line = kf_text_trim(line);
    if (line.len != 5 || !kf_text_starts(line, KF_TEXT("sep=")))
        return false;
    *separator = line.ptr[4];
    return true;
}

static char likely_separator(KfText line)
{
    static const char signs[] = { ';', ',', '\t' };
    size_t most = 0;
    char likely = ';';

    for (size_t s = 0; s < sizeof signs; s++) {
        size_t count = 0;

        for (size_t i = 0; i < line.len; i++)
            count += line.ptr[i] == signs[s];
        if (count > most) {
            most = count;
            likely = signs[s];
        }
    }
    return likely;
}

static KfStatus fail_parse(const Reader *in)
{
    if (csv_error(in->file->parser) != CSV_EPARSE)
        return KF_NO_MEMORY;
    return fail_cell(in, NULL, "et anførselstegn står forkert eller er ikke afsluttet",
                     (KfText){ 0 });
}

/* Feeds line by line; a quoted cell may hold several of them. */
static KfStatus feed(Reader *in, KfText text)
{
    struct csv_parser *parser = in->file->parser;
    char separator = ';';
    size_t pos = 0, ahead = 0;

    if (takes_separator(next_line(text, &ahead), &separator)) {
        pos = ahead;
        in->last++;
    } else {
        separator = likely_separator(kf_text_slice(text, 0, ahead));
    }
    csv_set_delim(parser, (unsigned char)separator);
    in->separators = separator == ',' ? KF_SEP_ENGLISH : KF_SEP_DANISH;
    while (pos < text.len && in->status == KF_OK) {
        KfText line = next_line(text, &pos);

        in->line = ++in->last;
        if (csv_parse(parser, line.ptr, line.len, on_cell, on_row, in) != line.len)
            return fail_parse(in);
    }
    if (in->status == KF_OK && csv_fini(parser, on_cell, on_row, in) != 0)
        return fail_parse(in);
    return in->status;
}

KfStatus kf_rule_csv_read(KfArena *arena, KfRuleFile *file, const KfRuleTable *table, void **rows,
                          size_t *count)
{
    Reader *in = kf_arena_alloc(arena, sizeof *in);
    KfStatus status;

    *rows = NULL;
    *count = 0;
    if (file->bytes.len > LARGEST_FILE)
        return kf_fail(file->err, KF_LIMIT, KF_TEXT("regelfilen"), KF_TEXT("mere end 4 MB"));
    in->arena = arena;
    in->file = file;
    in->table = table;
    status = feed(in, file->bytes);
    if (status != KF_OK)
        return status;
    if (in->heading_count == 0)
        return fail_heading(in, "filen er tom; ventet overskrifterne {1}", (KfText){ 0 });
    *rows = in->rows;
    *count = in->row_count;
    return KF_OK;
}

bool kf_rule_csv_has_heading(KfText bytes, KfText heading)
{
    size_t pos = 0;
    char separator = ';';
    KfText line = next_line(bytes, &pos);

    if (takes_separator(line, &separator))
        line = next_line(bytes, &pos);
    else
        separator = likely_separator(line);
    for (size_t from = 0, at = 0; at <= line.len; at++) {
        KfText cell;

        if (at < line.len && line.ptr[at] != separator)
            continue;
        cell = kf_text_trim(kf_text_slice(line, from, at));
        if (cell.len > 1 && cell.ptr[0] == '"')
            cell = kf_text_trim(kf_text_slice(cell, 1, cell.len - 1));
        if (kf_text_same_name(cell, heading))
            return true;
        from = at + 1;
    }
    return false;
}
