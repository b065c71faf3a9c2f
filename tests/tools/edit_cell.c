/* One number into one cell, marked and with a note, as a host of the library does it; for tests
 * of what else comes through.
 *
 *   edit_cell IN OUT SHEET CELL NUMBER
 *   edit_cell IN OUT KIND    a cell of that kind is found, a sheet Rettelser comes in, and OUT
 *                            is read again: all other cells must be as they were
 *
 * It prints what was written, "0!B12", and what depends on it and was not, "?0!B12". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kf/book.h"
#include "kf/formula.h"

enum { THREADS = 2 };

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

static int fail(const KfError *err, const char *path)
{
    KfBuf text = { 0 };

    kf_error_text(&text, err, kf_text(path), KF_LANG_EN);
    fprintf(stderr, "%.*s\n", (int)text.len, text.ptr);
    kf_buf_free(&text);
    return 1;
}

/* ---- which cell ------------------------------------------------------------ */

static bool find_cell(Job *job, const char *sheet, const char *cell)
{
    const KfBook *book = kf_file_book(job->file);

    for (uint32_t i = 0; i < book->sheet_count; i++) {
        if (!kf_text_eq(book->sheets[i].name, kf_text(sheet)))
            continue;
        job->edit.ref.sheet = i;
        return kf_cellref_read(kf_text(cell), &job->edit.ref.row, &job->edit.ref.col);
    }
    return false;
}

static bool is_kind(const KfCell *cell, const char *kind)
{
    if (strcmp(kind, "formula") == 0)
        return cell->formula.len > 0;
    if (cell->formula.len || cell->in_array)
        return false;
    return cell->kind == (strcmp(kind, "text") == 0 ? KF_CELL_TEXT : KF_CELL_NUMBER);
}

/* The cell in the middle of those of the kind. */
static bool find_kind(Job *job, const char *kind)
{
    const KfBook *book = kf_file_book(job->file);
    size_t count = 0, left;

    for (size_t i = 0; i < book->sheet_count; i++) {
        for (size_t j = 0; j < book->sheets[i].cell_count; j++)
            count += is_kind(&book->sheets[i].cells[j], kind);
    }
    left = count / 2;
    for (uint32_t i = 0; i < book->sheet_count && count; i++) {
        for (size_t j = 0; j < book->sheets[i].cell_count; j++) {
            const KfCell *cell = &book->sheets[i].cells[j];

            job->edit.ref = (KfRef){ i, cell->row, cell->col };
            if (is_kind(cell, kind) && left-- == 0)
                return true;
        }
    }
    return false;
}

/* A place of the first sheet where nothing stands: in its rows, or below them. */
static bool find_absent(Job *job, bool new_row)
{
    const KfBook *book = kf_file_book(job->file);
    const KfGrid *sheet = book->sheets;

    if (!book->sheet_count)
        return false;
    job->edit.ref = (KfRef){ 0, new_row ? sheet->row_count + 3 : sheet->row_count / 2, 0 };
    if (!new_row)
        job->edit.ref.col = sheet->col_count + 2;
    return job->edit.ref.row < KF_ROW_LIMIT && job->edit.ref.col < KF_COL_LIMIT;
}

static bool find(Job *job, const char *kind)
{
    if (strcmp(kind, "cell") == 0 || strcmp(kind, "row") == 0)
        return find_absent(job, strcmp(kind, "row") == 0);
    return find_kind(job, kind);
}

/* ---- reading again --------------------------------------------------------- */

static bool is_edited(const Job *job, uint32_t sheet, const KfCell *cell)
{
    KfRef ref = { sheet, cell->row, cell->col };

    for (size_t i = 0; i < job->edits.edit_count; i++) {
        if (kf_ref_order(job->edits.edits[i].ref, ref) == 0)
            return true;
    }
    return false;
}

static bool same_cell(const KfBook *a, const KfCell *x, const KfBook *b, const KfCell *y)
{
    return x->row == y->row && x->col == y->col && x->kind == y->kind && x->in_array == y->in_array
           && x->unlocked == y->unlocked && kf_text_eq(x->text, y->text)
           && kf_text_eq(x->formula, y->formula)
           && kf_text_eq(a->formats[x->format], b->formats[y->format]);
}

static size_t next_other(const Job *job, uint32_t sheet, const KfGrid *grid, size_t at)
{
    while (at < grid->cell_count && is_edited(job, sheet, &grid->cells[at]))
        at++;
    return at;
}

static bool same_sheet(const Job *job, const KfBook *was, const KfBook *now, uint32_t sheet)
{
    const KfGrid *a = &was->sheets[sheet], *b = &now->sheets[sheet];
    size_t i = next_other(job, sheet, a, 0), j = next_other(job, sheet, b, 0);

    while (i < a->cell_count && j < b->cell_count) {
        if (!same_cell(was, &a->cells[i], now, &b->cells[j])) {
            fprintf(stderr, "another cell: sheet %u, row %u, column %u\n", (unsigned)sheet,
                    (unsigned)a->cells[i].row + 1, (unsigned)a->cells[i].col + 1);
            return false;
        }
        i = next_other(job, sheet, a, i + 1);
        j = next_other(job, sheet, b, j + 1);
    }
    return i == a->cell_count && j == b->cell_count && a->merge_count == b->merge_count
           && a->hidden == b->hidden && a->is_protected == b->is_protected
           && kf_text_eq(a->name, b->name);
}

static bool has_number(const KfBook *book, const KfCellEdit *edit)
{
    const KfCell *cell = kf_grid_at(&book->sheets[edit->ref.sheet], edit->ref.row, edit->ref.col);

    return cell && cell->kind == KF_CELL_NUMBER && kf_text_eq(cell->text, edit->number);
}

/* The edited cell has its number, or the one that its formula gives. */
static bool is_written(const Job *job, const KfBook *now)
{
    for (size_t i = 0; i < job->edits.edit_count; i++) {
        const KfCellEdit *edit = &job->edits.edits[i];

        if (kf_ref_order(edit->ref, job->edit.ref) == 0 && edit->result != KF_CELL_TEXT
            && edit->result != KF_CELL_BOOL && edit->result != KF_CELL_ERROR)
            return has_number(now, edit);
    }
    return true;
}

static int read_again(const Job *job, const char *path)
{
    const KfBook *was = kf_file_book(job->file), *now;
    KfFile *file;
    KfError err;
    bool same;

    if (kf_file_open(&file, path, &err) != KF_OK)
        return fail(&err, path);
    now = kf_file_book(file);
    same = now->sheet_count == was->sheet_count + 1 && is_written(job, now);
    for (uint32_t i = 0; same && i < was->sheet_count; i++)
        same = same_sheet(job, was, now, i);
    if (!same)
        fprintf(stderr, "%s: not what was there\n", path);
    kf_file_close(file);
    return same ? 0 : 1;
}

/* ---- the whole ------------------------------------------------------------- */

/* A sheet with a link and a table, as fix writes one. */
static const KfOutSheet *sheet_of(void)
{
    static KfOutCell title = { .style = KF_OUT_TITLE, .text = { KF_OUR_TITLE_DA, 24 } };
    static KfOutCell heads[2] = { { .style = KF_OUT_HEADING, .text = { "Celle", 5 } },
                                  { .style = KF_OUT_HEADING, .text = { "Før", 4 } } };
    static KfOutCell cells[2] = {
        { .kind = KF_OUT_LINK, .text = { "Rettelser", 9 }, .target = { "'Rettelser'!A1", 14 } },
        { .kind = KF_OUT_NUMBER, .text = { "4711.5", 6 } }
    };
    static KfOutRow rows[3] = { { &title, 1 }, { heads, 2 }, { cells, 2 } };
    static const uint16_t widths[2] = { 12, 12 };
    static const KfOutSheet sheet = { .name = { "Rettelser", 9 },
                                      .rows = rows,
                                      .row_count = 3,
                                      .widths = widths,
                                      .width_count = 2,
                                      .table_row = 1,
                                      .table_cols = 2 };

    return &sheet;
}

/* "0!B12": what was written; "?0!B12": what depends on it and was not. */
static void print_place(const char *before, KfRef ref)
{
    KfBuf place = { 0 };

    kf_buf_cellref(&place, ref.row, ref.col);
    printf("%s%u!%.*s\n", before, (unsigned)ref.sheet, (int)place.len, place.ptr);
    kf_buf_free(&place);
}

static void print_places(const Job *job)
{
    for (size_t i = 0; i < job->edits.edit_count; i++)
        print_place("", job->edits.edits[i].ref);
    for (size_t i = 0; i < job->edits.unknown_count; i++)
        print_place("?", job->edits.unknown[i]);
}

static int write_copy(Job *job, const char *out)
{
    const KfBook *book = kf_file_book(job->file);
    const KfCell *there =
        kf_grid_at(&book->sheets[job->edit.ref.sheet], job->edit.ref.row, job->edit.ref.col);
    KfError err;

    job->edit.keep_formula = there && there->formula.len;
    job->edits.edits = &job->edit;
    job->edits.edit_count = 1;
    job->edits.recalculate = true;
    if (kf_arena_run(kf_file_arena(job->file), make_edits, job) != KF_OK)
        return 1;
    if (kf_file_write(job->file, &job->edits, out, true, NULL, &err) != KF_OK)
        return fail(&err, out);
    print_places(job);
    return 0;
}

int main(int argc, char **argv)
{
    Job job = { .edit = { .has_value = true, .mark = KF_MARK_CORRECTED } };
    KfError err = { 0 };
    int status = 3;

    if (argc != 6 && argc != 4) {
        fprintf(stderr, "usage: edit_cell IN OUT SHEET CELL NUMBER\n"
                        "       edit_cell IN OUT number|text|formula|cell|row\n");
        return 2;
    }
    if (kf_file_open_to_change(&job.file, argv[1], &kf_usual_limits, THREADS, &err) != KF_OK)
        return fail(&err, argv[1]);
    job.edit.number = kf_text(argc == 6 ? argv[5] : "4711");
    job.edit.note = KF_TEXT("Kontrafakt: test");
    if (argc == 4)
        job.edits.sheet = sheet_of();
    if (argc == 6 ? find_cell(&job, argv[3], argv[4]) : find(&job, argv[3]))
        status = write_copy(&job, argv[2]);
    else
        fprintf(stderr, "no such sheet or cell\n");
    if (status == 0 && argc == 4)
        status = read_again(&job, argv[2]);
    kf_file_close(job.file);
    return status;
}
