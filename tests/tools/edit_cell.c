/* edit_cell IN OUT SHEET CELL NUMBER: one number into one cell, marked and with a note, as a
 * host of the library does it; for tests of what else comes through. */
#include <stdio.h>
#include <stdlib.h>

#include "kf/book.h"
#include "kf/formula.h"

typedef struct {
    KfFile *file;
    KfCellEdit edit;
    KfEdits edits;
} Job;

static KfStatus make_edits(void *ctx)
{
    Job *job = ctx;

    kf_edits_refresh(kf_file_arena(job->file), kf_file_book(job->file), &job->edits);
    return KF_OK;
}

static bool find_cell(Job *job, const char *sheet, const char *cell)
{
    const KfBook *book = kf_file_book(job->file);
    const KfCell *there;

    for (uint32_t i = 0; i < book->sheet_count; i++) {
        if (!kf_text_eq(book->sheets[i].name, kf_text(sheet)))
            continue;
        job->edit.ref.sheet = i;
        if (!kf_cellref_read(kf_text(cell), &job->edit.ref.row, &job->edit.ref.col))
            return false;
        there = kf_grid_at(&book->sheets[i], job->edit.ref.row, job->edit.ref.col);
        job->edit.keep_formula = there && there->formula.len;
        return true;
    }
    return false;
}

static int fail(const KfError *err, const char *path)
{
    KfBuf text = { 0 };

    kf_error_text(&text, err, kf_text(path), KF_LANG_EN);
    fprintf(stderr, "%.*s\n", (int)text.len, text.ptr);
    kf_buf_free(&text);
    return 1;
}

/* "0!B12": what was written; "?0!B12": what depends on it and was not. */
static void print_place(const char *before, KfRef ref)
{
    KfBuf place = { 0 };

    kf_buf_cellref(&place, ref.row, ref.col);
    printf("%s%u!%.*s\n", before, (unsigned)ref.sheet, (int)place.len, place.ptr);
    kf_buf_free(&place);
}

int main(int argc, char **argv)
{
    Job job = { .edit = { .has_value = true, .mark = KF_MARK_CORRECTED } };
    KfError err = { 0 };
    int status = 1;

    if (argc != 6) {
        fprintf(stderr, "usage: edit_cell IN OUT SHEET CELL NUMBER\n");
        return 2;
    }
    if (kf_file_open(&job.file, argv[1], &err) != KF_OK)
        return fail(&err, argv[1]);
    job.edit.number = kf_text(argv[5]);
    job.edit.note = KF_TEXT("Kontrafakt: test");
    job.edits = (KfEdits){ .edits = &job.edit, .edit_count = 1, .recalculate = true };
    if (!find_cell(&job, argv[3], argv[4]))
        fprintf(stderr, "no such sheet or cell\n");
    else if (kf_arena_run(kf_file_arena(job.file), make_edits, &job) != KF_OK
             || kf_file_write(job.file, &job.edits, argv[2], true, NULL, &err) != KF_OK)
        fail(&err, argv[2]);
    else
        status = 0;
    for (size_t i = 0; status == 0 && i < job.edits.edit_count; i++)
        print_place("", job.edits.edits[i].ref);
    for (size_t i = 0; status == 0 && i < job.edits.unknown_count; i++)
        print_place("?", job.edits.unknown[i]);
    kf_file_close(job.file);
    return status;
}
