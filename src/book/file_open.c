/* Opening a file: its bytes are read once, hashed, and decide what it is. */
#include "book/file.h"

#include "kf/formula.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { CHUNK = 64 * 1024 };

static KfStatus fail_reading(int cause, KfError *err)
{
    switch (cause) {
    case ENOMEM:
        return kf_fail(err, KF_NO_MEMORY, (KfText){ 0 }, (KfText){ 0 });
    case ENOENT:
    case ENOTDIR:
        return kf_fail(err, KF_FILE_MISSING, (KfText){ 0 }, (KfText){ 0 });
    case EACCES:
    case EPERM:
        return kf_fail(err, KF_FILE_UNREADABLE, (KfText){ 0 }, KF_TEXT("ingen adgang"));
    case EISDIR:
        return kf_fail(err, KF_FILE_UNREADABLE, (KfText){ 0 }, KF_TEXT("det er en mappe"));
    default:
        return kf_fail(err, KF_FILE_UNREADABLE, (KfText){ 0 }, KF_TEXT("læsefejl"));
    }
}

/* A pipe or device could block for ever, so only a regular file is opened. */
static KfStatus check_kind(const char *path, struct stat *about, KfError *err)
{
    if (stat(path, about) != 0)
        return fail_reading(errno, err);
    if (S_ISDIR(about->st_mode))
        return fail_reading(EISDIR, err);
    if (!S_ISREG(about->st_mode))
        return kf_fail(err, KF_FILE_UNREADABLE, (KfText){ 0 }, KF_TEXT("ingen almindelig fil"));
    return KF_OK;
}

static KfStatus read_stream(KfBuf *out, FILE *stream, const KfLimits *limits, KfError *err)
{
    const size_t most = kf_limit_bytes(limits, KF_BOUND_FILE_MB);
    size_t n, room;

    do {
        if (!kf_buf_reserve(out, CHUNK))
            return kf_fail(err, KF_NO_MEMORY, (KfText){ 0 }, (KfText){ 0 });
        room = out->cap - out->len;
        if (room > most - out->len)
            room = most - out->len + 1;
        out->len += n = fread(out->ptr + out->len, 1, room, stream);
        if (out->len > most)
            return kf_fail_limit(err, limits, KF_BOUND_FILE_MB, KF_TEXT("filen"));
    } while (n > 0);
    return ferror(stream) ? fail_reading(errno, err) : KF_OK;
}

/* As many bytes as the file has now, and one to see that it has no more. */
static void expect_bytes(KfBuf *out, const struct stat *about, const KfLimits *limits)
{
    if (about->st_size > CHUNK
        && (uint64_t)about->st_size <= kf_limit_bytes(limits, KF_BOUND_FILE_MB))
        kf_buf_reserve(out, (size_t)about->st_size + CHUNK);
}

static KfStatus open_stream(FILE **out, const char *path, struct stat *about, KfError *err)
{
    KfStatus status = check_kind(path, about, err);

    if (status != KF_OK)
        return status;
    *out = fopen(path, "rb");
    return *out ? KF_OK : fail_reading(errno, err);
}

KfStatus kf_file_bytes(KfBuf *out, const char *path, const KfLimits *limits, KfError *err)
{
    FILE *stream;
    struct stat about;
    KfStatus status = open_stream(&stream, path, &about, err);

    if (status != KF_OK)
        return status;
    expect_bytes(out, &about, limits);
    status = read_stream(out, stream, limits, err);
    fclose(stream);
    return status;
}

/* ---- what it is ---------------------------------------------------------- */

static bool is_wide_text(KfText bytes)
{
    return kf_text_starts(bytes, KF_TEXT("\xFF\xFE")) || kf_text_starts(bytes, KF_TEXT("\xFE\xFF"));
}

static bool has_wide_nul(KfText bytes)
{
    for (size_t i = 2; i + 1 < bytes.len; i += 2) {
        if (bytes.ptr[i] == '\0' && bytes.ptr[i + 1] == '\0')
            return true;
    }
    return false;
}

/* Text has none of the control bytes that other formats are full of. */
static bool is_text(KfText bytes)
{
    if (is_wide_text(bytes))
        return !has_wide_nul(bytes);
    if (bytes.len && bytes.ptr[bytes.len - 1] == 0x1A)
        bytes.len--; /* the end mark of DOS */
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];

        if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v')
            return false;
    }
    return true;
}

/* PDF, HTML and XML are text too, but no sheet of fields. */
static bool is_markup(KfText bytes)
{
    static const char *const beginnings[] = { "<?", "<!", "<html", "<HTML", "%PDF-", "{\\rtf" };
    KfText head = kf_text_trim(kf_text_slice(bytes, 0, 256));

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (kf_text_starts(head, kf_text(beginnings[i])))
            return true;
    }
    return false;
}

/* The name decides nothing but which failure is told. */
static bool claims_workbook(KfText path)
{
    KfText ending = kf_text_slice(path, path.len < 5 ? path.len : path.len - 5, path.len);

    if (ending.len < 5 || ending.ptr[0] != '.')
        return false;
    for (size_t i = 1; i < 4; i++) {
        if (kf_rune_lower((unsigned char)ending.ptr[i]) != ".xls"[i])
            return false;
    }
    return kf_rune_lower((unsigned char)ending.ptr[4]) == 'x'
           || kf_rune_lower((unsigned char)ending.ptr[4]) == 'm';
}

static KfStatus fail_unknown(KfText path, KfText bytes, KfError *err)
{
    if (bytes.len == 0)
        return kf_fail(err, KF_UNKNOWN_FORMAT, (KfText){ 0 }, KF_TEXT("filen er tom"));
    if (claims_workbook(path))
        return kf_fail(err, KF_NOT_A_ZIP, (KfText){ 0 }, KF_TEXT("begynder ikke som en zip-fil"));
    return kf_fail(err, KF_UNKNOWN_FORMAT, (KfText){ 0 }, KF_TEXT("ukendt indhold"));
}

static KfText sheet_name(KfText path)
{
    size_t from = path.len, to = path.len;

    while (from > 0 && path.ptr[from - 1] != '/' && path.ptr[from - 1] != '\\')
        from--;
    for (size_t i = from + 1; i < path.len; i++) {
        if (path.ptr[i] == '.')
            to = i;
    }
    return kf_text_slice(path, from, to);
}

/* ---- open and close ------------------------------------------------------ */

typedef struct {
    KfArena *arena;
    KfFile *file;
    const char *path;
    const KfLimits *limits;
    unsigned threads;
    bool will_change;
    KfError *err;
} Opening;

static KfStatus create(void *ctx)
{
    Opening *opening = ctx;

    opening->file = kf_arena_alloc(opening->arena, sizeof *opening->file);
    opening->file->threads = opening->threads;
    opening->file->path = kf_arena_text(opening->arena, kf_text(opening->path)).ptr;
    return KF_OK;
}

static KfStatus read_book(void *ctx)
{
    Opening *opening = ctx;
    KfFile *file = opening->file;
    KfText bytes = kf_buf_view(&file->bytes);

    if (kf_is_zip(bytes) || kf_is_ole(bytes)) {
        KfStatus status;

        file->xlsx.limits = opening->limits;
        file->xlsx.reads_ahead = opening->threads > 1;
        file->xlsx.expects_change = opening->will_change;
        status = kf_xlsx_open(&file->xlsx, &file->book, &file->arena, bytes, opening->err);

        file->kind = KF_FILE_XLSX;
        if (status == KF_OK)
            kf_book_fill_missing(&file->arena, &file->book, &file->book.unknown,
                                 &file->book.unknown_count);
        return status;
    }
    if (bytes.len == 0 || !is_text(bytes) || is_markup(bytes))
        return fail_unknown(kf_text(file->path), bytes, opening->err);
    file->kind = KF_FILE_CSV;
    file->csv.limits = opening->limits;
    return kf_csv_open(&file->csv, &file->book, &file->arena, bytes,
                       sheet_name(kf_text(file->path)), opening->err);
}

static KfStatus read_and_hide(void *ctx)
{
    Opening *opening = ctx;
    KfBook *book = &opening->file->book;
    KfStatus status = read_book(opening);

    for (size_t i = 0; status == KF_OK && i < book->sheet_count; i++)
        kf_grid_hide_split_numbers(&opening->file->arena, &book->sheets[i], opening->threads);
    return status;
}

static KfStatus fill(Opening *opening)
{
    KfFile *file = opening->file;
    KfStatus status = kf_file_bytes(&file->bytes, file->path, opening->limits, opening->err);

    if (status != KF_OK)
        return status;
    kf_sha256(file->bytes.ptr, file->bytes.len, file->sha256);
    status = kf_arena_run(&file->arena, read_and_hide, opening);
    if (status == KF_NO_MEMORY)
        kf_fail(opening->err, status, (KfText){ 0 }, (KfText){ 0 });
    return status;
}

KfStatus kf_file_open(KfFile **out, const char *path, KfError *err)
{
    return kf_file_open_within(out, path, &kf_usual_limits, err);
}

KfStatus kf_file_open_within(KfFile **out, const char *path, const KfLimits *limits, KfError *err)
{
    return kf_file_open_by(out, path, limits, 1, err);
}

static KfStatus open_file(KfFile **out, Opening *opening)
{
    KfArena arena;
    KfStatus status;

    *out = NULL;
    kf_arena_init(&arena);
    opening->arena = &arena;
    if ((status = kf_arena_run(&arena, create, opening)) != KF_OK) {
        kf_arena_finish(&arena);
        return kf_fail(opening->err, status, (KfText){ 0 }, (KfText){ 0 });
    }
    opening->file->arena = arena; /* from here on the file's own */
    if ((status = fill(opening)) != KF_OK)
        kf_file_close(opening->file);
    else
        *out = opening->file;
    return status;
}

KfStatus kf_file_open_by(KfFile **out, const char *path, const KfLimits *limits, unsigned threads,
                         KfError *err)
{
    Opening opening = { .path = path, .limits = limits, .threads = threads, .err = err };

    return open_file(out, &opening);
}

KfStatus kf_file_open_to_change(KfFile **out, const char *path, const KfLimits *limits,
                                unsigned threads, KfError *err)
{
    Opening opening = {
        .path = path, .limits = limits, .threads = threads, .will_change = true, .err = err
    };

    return open_file(out, &opening);
}

void kf_file_close(KfFile *file)
{
    KfArena arena;

    if (!file)
        return;
    kf_xlsx_close(&file->xlsx);
    kf_csv_close(&file->csv);
    kf_buf_free(&file->bytes);
    arena = file->arena; /* the file itself lies in it */
    kf_arena_finish(&arena);
}

/* ---- cells passed by ------------------------------------------------------ */

typedef struct {
    KfArena arena;
    KfXlsx xlsx;
    KfBook book;
    const char *path;
    KfCellVisit *visit;
    void *ctx;
    KfError *err;
} Passing;

static KfStatus pass_xlsx(void *ctx)
{
    Passing *passing = ctx;

    return kf_xlsx_visit(&passing->xlsx, &passing->book, &passing->arena, passing->path,
                         passing->visit, passing->ctx, passing->err);
}

static KfStatus pass_package(const char *path, KfCellVisit *visit, void *ctx, KfError *err)
{
    Passing passing = { .path = path, .visit = visit, .ctx = ctx, .err = err };
    KfStatus status;

    kf_arena_init(&passing.arena);
    status = kf_arena_run(&passing.arena, pass_xlsx, &passing);
    if (status == KF_NO_MEMORY)
        kf_fail(err, status, (KfText){ 0 }, (KfText){ 0 });
    kf_xlsx_close(&passing.xlsx);
    kf_arena_finish(&passing.arena);
    return status;
}

/* Of any other file the cells are in memory anyway. */
static bool pass_grid(const KfGrid *grid, size_t sheet, KfCellVisit *visit, void *ctx)
{
    for (size_t i = 0; i < grid->cell_count; i++) {
        if (!visit(ctx, sheet, &grid->cells[i]))
            return false;
    }
    return true;
}

static KfStatus pass_grids(const char *path, KfCellVisit *visit, void *ctx, KfError *err)
{
    KfFile *file;
    KfStatus status = kf_file_open(&file, path, err);
    bool go_on = true;

    for (size_t i = 0; file && go_on && i < file->book.sheet_count; i++)
        go_on = pass_grid(&file->book.sheets[i], i, visit, ctx);
    kf_file_close(file);
    return status;
}

/* The first bytes of a file, which tell a workbook from all else. */
static KfStatus read_head(char head[4], const char *path, KfError *err)
{
    FILE *stream;
    struct stat about;
    KfStatus status = open_stream(&stream, path, &about, err);

    if (status != KF_OK)
        return status;
    memset(head, 0, 4);
    if (fread(head, 1, 4, stream) < 4 && ferror(stream))
        status = fail_reading(errno, err);
    fclose(stream);
    return status;
}

KfStatus kf_file_each_cell(const char *path, KfCellVisit *visit, void *ctx, KfError *err)
{
    char head[4];
    KfStatus status = read_head(head, path, err);

    if (status != KF_OK)
        return status;
    return kf_is_zip((KfText){ head, sizeof head }) ? pass_package(path, visit, ctx, err)
                                                    : pass_grids(path, visit, ctx, err);
}

/* ---- what an open file tells ----------------------------------------------- */

const KfBook *kf_file_book(const KfFile *file)
{
    return &file->book;
}

KfArena *kf_file_arena(KfFile *file)
{
    return &file->arena;
}

const char *kf_file_path(const KfFile *file)
{
    return file->path;
}

KfText kf_file_sha256(const KfFile *file)
{
    return kf_text(file->sha256);
}
