/* CSV through libcsv. The parser is fed up to each byte that can end a field, so
 * that the offset of every field and row is known when it reports one. */
#include "csv/csv_grid.h"

#include <csv.h>
#include <string.h>

#include "base/encoding.h"

/* ---- one walk, several users --------------------------------------------- */

typedef struct Walk Walk;

/* What is told of: a field with its characters, and a row's end. False stops. */
struct Walk {
    bool (*field)(Walk *walk, KfText chars);
    bool (*row)(Walk *walk);
    void *user;
    KfText text;
    size_t at;               /* behind the byte that the parser sees last */
    size_t row_start;        /* of the current row */
    size_t field_start;      /* of the current field */
    size_t field_end;        /* set when a field is told of */
    uint32_t row_index, col; /* of the current field */
    bool after_cr;           /* a CR ended the row before: its LF is no row */
    bool stopped;
    KfText chars; /* of the field that was just reported */
    bool has_field;
};

static void on_field(void *chars, size_t len, void *user)
{
    Walk *walk = user;

    walk->chars = (KfText){ chars, len };
    walk->has_field = true;
}

/* Told right behind on_field() of the last field, or alone for an empty line. */
static void on_row(int ended_by, void *user)
{
    Walk *walk = user;
    bool is_rest =
        walk->after_cr && ended_by == '\n' && !walk->has_field && walk->at == walk->row_start + 1;

    walk->after_cr = ended_by == '\r';
    if (walk->has_field) {
        walk->field_end = ended_by < 0 ? walk->at : walk->at - 1;
        walk->stopped |= !walk->field(walk, walk->chars);
        walk->has_field = false;
    }
    if (is_rest) {
        walk->row_start = walk->field_start = walk->at; /* the LF of a CRLF */
        return;
    }
    walk->stopped |= !walk->row(walk);
    walk->row_index++;
    walk->col = 0;
    walk->row_start = walk->field_start = walk->at;
}

static void end_of_piece(Walk *walk)
{
    if (!walk->has_field)
        return;
    walk->field_end = walk->at - 1; /* a separator, as no row ended */
    walk->stopped |= !walk->field(walk, walk->chars);
    walk->has_field = false;
    walk->field_start = walk->at;
    walk->col++;
}

/* Walks from row_start on, which is the beginning of a row. False: out of memory. */
static bool run(Walk *walk, struct csv_parser *parser)
{
    char separator = (char)csv_get_delim(parser);

    walk->at = walk->field_start = walk->row_start;
    while (walk->at < walk->text.len && !walk->stopped) {
        size_t from = walk->at, to = from;

        while (to < walk->text.len && walk->text.ptr[to] != separator && walk->text.ptr[to] != '\n'
               && walk->text.ptr[to] != '\r')
            to++;
        walk->at = to + (to < walk->text.len);
        if (csv_parse(parser, walk->text.ptr + from, walk->at - from, on_field, on_row, walk)
            != walk->at - from)
            return false;
        end_of_piece(walk);
    }
    return walk->stopped || csv_fini(parser, on_field, on_row, walk) == 0;
}

static bool begin(struct csv_parser *parser, char separator)
{
    if (csv_init(parser, CSV_REPALL_NL))
        return false;
    csv_set_delim(parser, (unsigned char)separator);
    csv_set_blk_size(parser, 16 * 1024);
    return true;
}

/* ---- encoding ------------------------------------------------------------ */

static void find_encoding(KfCsv *csv)
{
    KfText bytes = csv->bytes;

    csv->text = bytes;
    if (kf_text_starts(bytes, KF_TEXT("\xEF\xBB\xBF"))) {
        csv->encoding = KF_CSV_UTF8;
        csv->text = kf_text_slice(bytes, 3, bytes.len);
    } else if (kf_text_starts(bytes, KF_TEXT("\xFF\xFE"))) {
        csv->encoding = KF_CSV_UTF16_LE;
    } else if (kf_text_starts(bytes, KF_TEXT("\xFE\xFF"))) {
        csv->encoding = KF_CSV_UTF16_BE;
    } else {
        csv->encoding = kf_text_is_utf8(bytes) ? KF_CSV_UTF8 : KF_CSV_CP1252;
    }
    if (csv->encoding >= KF_CSV_UTF16_LE) {
        kf_buf_utf16(&csv->wide, kf_text_slice(bytes, 2, bytes.len),
                     csv->encoding == KF_CSV_UTF16_BE);
        csv->text = kf_buf_view(&csv->wide);
    }
}

/* Bytes before the first character of text in a file of one of the byte encodings. */
static size_t mark_length(const KfCsv *csv)
{
    return csv->bytes.len - csv->text.len;
}

size_t kf_csv_file_offset(const KfCsv *csv, size_t at)
{
    size_t units = 0;

    if (csv->encoding < KF_CSV_UTF16_LE)
        return mark_length(csv) + at;
    for (size_t pos = 0; pos < at && pos < csv->text.len;)
        units += kf_text_next(csv->text, &pos) > 0xFFFF ? 2 : 1;
    return 2 + 2 * units < csv->bytes.len ? 2 + 2 * units : csv->bytes.len;
}

static void put_unit(KfBuf *out, int32_t unit, bool big_endian)
{
    kf_buf_char(out, (char)(big_endian ? unit >> 8 : unit & 0xFF));
    kf_buf_char(out, (char)(big_endian ? unit & 0xFF : unit >> 8));
}

static void put_utf16(KfBuf *out, int32_t rune, bool big_endian)
{
    if (rune > 0xFFFF) {
        put_unit(out, 0xD800 + ((rune - 0x10000) >> 10), big_endian);
        rune = 0xDC00 + ((rune - 0x10000) & 0x3FF);
    }
    put_unit(out, rune, big_endian);
}

static void put_cp1252(KfBuf *out, int32_t rune)
{
    if (rune < 0x80) {
        kf_buf_char(out, (char)rune);
        return;
    }
    for (unsigned byte = 0x80; byte <= 0xFF; byte++) {
        if (kf_cp1252_rune((unsigned char)byte) == rune) {
            kf_buf_char(out, (char)byte);
            return;
        }
    }
    kf_buf_char(out, '?');
}

void kf_csv_encode(KfBuf *out, const KfCsv *csv, KfText text)
{
    if (csv->encoding == KF_CSV_UTF8) {
        kf_buf_text(out, text);
        return;
    }
    for (size_t pos = 0; pos < text.len;) {
        int32_t rune = kf_text_next(text, &pos);

        if (csv->encoding == KF_CSV_CP1252)
            put_cp1252(out, rune);
        else
            put_utf16(out, rune, csv->encoding == KF_CSV_UTF16_BE);
    }
}

/* ---- separator ----------------------------------------------------------- */

enum { SAMPLE_ROWS = 200, SAMPLE_COLS = 256, SAMPLE_BYTES = 1 << 20 };

/* How many sampled rows have each number of fields. */
typedef struct {
    uint32_t rows_with[SAMPLE_COLS];
} Tally;

static bool tally_field(Walk *walk, KfText chars)
{
    (void)walk;
    (void)chars;
    return true;
}

static bool tally_row(Walk *walk)
{
    Tally *tally = walk->user;

    tally->rows_with[walk->col < SAMPLE_COLS ? walk->col : SAMPLE_COLS - 1]++;
    return walk->row_index < SAMPLE_ROWS;
}

/* Rows that agree on a number of separators, and that number: more is better. */
typedef struct {
    uint32_t rows, separators;
} Score;

static bool is_better(Score a, Score b)
{
    return a.rows != b.rows ? a.rows > b.rows : a.separators > b.separators;
}

static bool score_of(KfText text, char separator, Score *score)
{
    struct csv_parser parser;
    Tally tally = { { 0 } };
    Walk walk = { .field = tally_field, .row = tally_row, .user = &tally };
    bool ok;

    *score = (Score){ 0, 0 };
    if (!begin(&parser, separator))
        return false;
    walk.text = kf_text_slice(text, 0, SAMPLE_BYTES);
    ok = run(&walk, &parser);
    csv_free(&parser);
    for (uint32_t i = 1; i < SAMPLE_COLS; i++) {
        Score found = { tally.rows_with[i], i };

        if (found.rows && is_better(found, *score))
            *score = found;
    }
    return ok;
}

/* Length of a first line such as sep=; (0: there is none), which names the separator. */
static size_t sep_line(KfText text, char *separator)
{
    bool quoted = kf_text_starts(text, KF_TEXT("\""));
    KfText rest = kf_text_slice(text, quoted, text.len);
    size_t at = quoted + 5;

    if (!kf_text_starts(rest, KF_TEXT("sep=")) || rest.len < 5)
        return 0;
    if (rest.ptr[4] != ';' && rest.ptr[4] != ',' && rest.ptr[4] != '\t' && rest.ptr[4] != '|')
        return 0;
    *separator = rest.ptr[4];
    at += quoted && at < text.len && text.ptr[at] == '"';
    if (at < text.len && text.ptr[at] == '\r')
        at++;
    if (at < text.len && text.ptr[at] == '\n')
        at++;
    else if (at < text.len && text.ptr[at - 1] != '\r')
        return 0;
    return at;
}

static bool find_separator(KfCsv *csv, size_t *first_row)
{
    static const char candidates[] = { ';', ',', '\t' };
    Score best = { 0, 0 };

    csv->separator = ';';
    *first_row = sep_line(csv->text, &csv->separator);
    if (*first_row)
        return true;
    for (size_t i = 0; i < sizeof candidates; i++) {
        Score score;

        if (!score_of(csv->text, candidates[i], &score))
            return false;
        if (is_better(score, best)) {
            best = score;
            csv->separator = candidates[i];
        }
    }
    return true;
}

/* ---- the grid ------------------------------------------------------------ */

typedef struct {
    KfCsv *csv;
    KfArena *arena;
    KfStatus status;
} Reader;

static bool is_full(const KfCsv *csv)
{
    return csv->cells.len / sizeof(KfCell) >= csv->limits->of[KF_BOUND_CELLS];
}

static KfText field_text(Reader *reader, KfText chars)
{
    KfBuf *buf = &reader->csv->field;

    if (reader->csv->encoding != KF_CSV_CP1252)
        return kf_arena_text(reader->arena, chars);
    buf->len = 0;
    kf_buf_cp1252(buf, chars);
    return kf_arena_take(reader->arena, buf);
}

static bool grid_field(Walk *walk, KfText chars)
{
    Reader *reader = walk->user;
    KfCell cell = { .row = walk->row_index, .col = walk->col, .kind = KF_CELL_TEXT };

    if (walk->row_index >= KF_ROW_LIMIT || walk->col >= KF_COL_LIMIT) {
        reader->status = KF_LIMIT;
        return false;
    }
    if (chars.len == 0)
        return true;
    if (is_full(reader->csv)) {
        reader->status = KF_LIMIT;
        return false;
    }
    cell.text = field_text(reader, chars);
    kf_buf_bytes(&reader->csv->cells, &cell, sizeof cell);
    return true;
}

static bool grid_row(Walk *walk)
{
    Reader *reader = walk->user;

    kf_buf_bytes(&reader->csv->rows, &walk->row_start, sizeof walk->row_start);
    if (walk->row_index >= KF_ROW_LIMIT)
        reader->status = KF_LIMIT;
    return reader->status == KF_OK;
}

static KfStatus read_rows(KfCsv *csv, KfArena *arena, size_t first_row)
{
    Reader reader = { csv, arena, KF_OK };
    Walk walk = { .field = grid_field, .row = grid_row, .user = &reader, .text = csv->text };

    walk.row_start = first_row;
    if (!begin(csv->parser, csv->separator))
        return KF_NO_MEMORY;
    if (!run(&walk, csv->parser))
        return KF_NO_MEMORY;
    kf_buf_bytes(&csv->rows, &walk.row_start, sizeof walk.row_start);
    csv->row_count = csv->rows.len / sizeof walk.row_start - 1;
    csv->row_starts = (const size_t *)(const void *)kf_arena_take(arena, &csv->rows).ptr;
    return reader.status;
}

static void fill_book(KfCsv *csv, KfBook *book, KfArena *arena, KfText sheet_name)
{
    KfGrid *grid = kf_arena_alloc(arena, sizeof *grid);

    grid->name = kf_arena_text(arena, sheet_name);
    grid->cell_count = csv->cells.len / sizeof *grid->cells;
    grid->cells = (KfCell *)(void *)kf_arena_take(arena, &csv->cells).ptr;
    kf_grid_index(arena, grid);
    book->sheets = grid;
    book->sheet_count = 1;
    book->formats = kf_arena_array(arena, 1, sizeof *book->formats);
    book->formats[0] = KF_TEXT("General");
    book->format_count = 1;
    book->is_untyped = true;
}

KfStatus kf_csv_open(KfCsv *csv, KfBook *book, KfArena *arena, KfText bytes, KfText sheet_name,
                     KfError *err)
{
    KfStatus status = KF_NO_MEMORY;
    size_t first_row;

    csv->bytes = bytes;
    if (!csv->limits)
        csv->limits = &kf_usual_limits;
    find_encoding(csv);
    if (!csv->wide.bad && find_separator(csv, &first_row)) {
        csv->parser = kf_arena_alloc(arena, sizeof *csv->parser);
        status = read_rows(csv, arena, first_row);
    }
    if (status == KF_LIMIT && is_full(csv))
        return kf_fail_limit(err, csv->limits, KF_BOUND_CELLS, KF_TEXT("filen"));
    if (status == KF_LIMIT)
        return kf_fail(err, status, KF_TEXT("filen"), KF_TEXT("for mange rækker eller kolonner"));
    if (status != KF_OK)
        return kf_fail(err, status, (KfText){ 0 }, (KfText){ 0 });
    fill_book(csv, book, arena, sheet_name);
    return KF_OK;
}

void kf_csv_close(KfCsv *csv)
{
    if (csv->parser)
        csv_free(csv->parser);
    kf_buf_free(&csv->rows);
    kf_buf_free(&csv->field);
    kf_buf_free(&csv->wide);
    kf_buf_free(&csv->cells);
}

/* ---- the place of a field ------------------------------------------------ */

typedef struct {
    uint32_t col;
    KfCsvField field;
    bool found;
} Search;

static bool search_field(Walk *walk, KfText chars)
{
    Search *search = walk->user;

    (void)chars;
    if (walk->col != search->col)
        return true;
    search->field.start = walk->field_start;
    search->field.end = walk->field_end;
    search->found = true;
    return false;
}

static bool search_row(Walk *walk)
{
    (void)walk;
    return false;
}

bool kf_csv_field(const KfCsv *csv, uint32_t row, uint32_t col, KfCsvField *out)
{
    struct csv_parser parser;
    Search search = { .col = col };
    Walk walk = { .field = search_field, .row = search_row, .user = &search };
    size_t at;

    if (row >= csv->row_count || !begin(&parser, csv->separator))
        return false;
    walk.text = kf_text_slice(csv->text, 0, csv->row_starts[row + 1]);
    walk.row_start = csv->row_starts[row];
    run(&walk, &parser);
    csv_free(&parser);
    if (!search.found)
        return false;
    at = search.field.start;
    while (at < search.field.end && (csv->text.ptr[at] == ' ' || csv->text.ptr[at] == '\t'))
        at++;
    search.field.quoted = at < search.field.end && csv->text.ptr[at] == '"';
    *out = search.field;
    return true;
}
