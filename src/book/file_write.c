/* Writing a copy of a file with edits. */
#include "book/file.h"
#include "book/file_save.h"
#include "csv/csv_patch.h"
#include "ooxml/xlsx_write.h"
#include "ooxml/xml_write.h"

typedef struct {
    KfFile *file;
    const KfEdits *edits;
    KfArena arena; /* for the work */
    KfBuf scratch, bytes;
    KfText sheet_name;
    const KfTouchedPart *parts;
    size_t part_count, same_parts;
    bool is_exact;
    KfWritten *out;
    KfError *err;
    KfPackAhead *ahead; /* or NULL */
} Writing;

static bool nothing_to_do(const KfEdits *edits)
{
    return edits->edit_count == 0 && !edits->sheet && !edits->remove_ours;
}

static bool comes_before(KfRef a, KfRef b)
{
    if (a.sheet != b.sheet)
        return a.sheet < b.sheet;
    return a.row < b.row || (a.row == b.row && a.col < b.col);
}

static bool needs_number(const KfCellEdit *edit)
{
    if (edit->result != KF_CELL_EMPTY)
        return edit->has_value && edit->result == KF_CELL_NUMBER;
    return edit->has_value && !edit->is_text;
}

/* A mistake of the caller must not become a broken workbook. */
static KfStatus check_edits(const KfFile *file, const KfEdits *edits, KfError *err)
{
    for (size_t i = 0; i < edits->edit_count; i++) {
        const KfCellEdit *edit = &edits->edits[i];

        if (edit->ref.sheet >= file->book.sheet_count || edit->ref.row >= KF_ROW_LIMIT
            || edit->ref.col >= KF_COL_LIMIT)
            return kf_fail(err, KF_USAGE, (KfText){ 0 }, KF_TEXT("rettelse uden for arkene"));
        if (needs_number(edit) && !kf_is_decimal(edit->number))
            return kf_fail(err, KF_USAGE, (KfText){ 0 }, KF_TEXT("rettelse uden tal"));
        if (i && !comes_before(edits->edits[i - 1].ref, edit->ref))
            return kf_fail(err, KF_USAGE, (KfText){ 0 }, KF_TEXT("rettelser i uorden"));
    }
    return KF_OK;
}

static KfStatus write_bytes(void *ctx)
{
    Writing *w = ctx;
    KfXlsxWrite xlsx = { .xlsx = &w->file->xlsx,
                         .book = &w->file->book,
                         .edits = w->edits,
                         .arena = &w->arena,
                         .scratch = &w->scratch,
                         .out = &w->bytes,
                         .ahead = w->file->threads > 1 ? &w->ahead : NULL };
    KfStatus status;

    w->same_parts = w->file->xlsx.package.entry_count;
    if (nothing_to_do(w->edits)) {
        kf_buf_text(&w->bytes, kf_buf_view(&w->file->bytes));
        return w->bytes.bad ? KF_NO_MEMORY : KF_OK;
    }
    if (w->file->kind == KF_FILE_CSV) {
        kf_buf_text(&w->bytes, kf_csv_patch(&w->file->csv, w->edits->edits, w->edits->edit_count,
                                            &w->arena, &w->scratch));
        return w->bytes.bad ? KF_NO_MEMORY : KF_OK;
    }
    status = kf_xlsx_write(&xlsx, w->err);
    w->sheet_name = xlsx.sheet_name;
    w->parts = xlsx.parts;
    w->part_count = xlsx.part_count;
    w->same_parts = xlsx.same_parts;
    w->is_exact = xlsx.is_exact;
    return status;
}

/* What is told of the copy outlives the work. */
static KfStatus keep_told(void *ctx)
{
    Writing *w = ctx;
    KfArena *arena = &w->file->arena;
    KfTouchedPart *parts = kf_arena_array(arena, w->part_count, sizeof *parts);

    for (size_t i = 0; i < w->part_count; i++)
        parts[i] = (KfTouchedPart){ kf_arena_text(arena, w->parts[i].name), w->parts[i].fate };
    w->out->sheet_name = kf_arena_text(arena, w->sheet_name);
    w->out->parts = parts;
    w->out->part_count = w->part_count;
    w->out->same_parts = w->same_parts;
    w->out->is_exact = w->is_exact;
    return KF_OK;
}

static KfStatus write_file(Writing *w, const char *path, bool force)
{
    KfStatus status = kf_arena_run(&w->arena, write_bytes, w);

    if (status == KF_OK)
        status = kf_arena_run(&w->file->arena, keep_told, w);
    if (status == KF_NO_MEMORY)
        return kf_fail(w->err, status, (KfText){ 0 }, (KfText){ 0 });
    if (status != KF_OK)
        return status;
    kf_sha256(w->bytes.ptr, w->bytes.len, w->out->sha256);
    return kf_file_save(kf_buf_view(&w->bytes), path, w->file->path, force, w->err);
}

KfStatus kf_file_write(KfFile *file, const KfEdits *edits, const char *path, bool force,
                       KfWritten *out, KfError *err)
{
    KfWritten unused;
    Writing w = { .file = file, .edits = edits, .out = out ? out : &unused, .err = err };
    KfStatus status = check_edits(file, edits, err);

    *w.out = (KfWritten){ 0 };
    if (status != KF_OK)
        return status;
    w.ahead = file->xlsx.expected.ahead;
    file->xlsx.expected.ahead = NULL;
    kf_arena_init(&w.arena);
    status = write_file(&w, path, force);
    kf_pack_ahead_end(w.ahead);
    kf_arena_finish(&w.arena);
    kf_buf_free(&w.scratch);
    kf_buf_free(&w.bytes);
    return status;
}

bool kf_file_is_signed(const KfFile *file)
{
    return file->kind == KF_FILE_XLSX && kf_xlsx_is_signed(&file->xlsx);
}
