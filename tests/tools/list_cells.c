/* list_cells FILE...: every cell that we read, for comparison with what others read. A line a
 * cell: sheet number, place, kind (n number, t text, b truth, e error), value with line ends
 * and back slashes escaped. A file that cannot be read gives one line: its status. */
#include "kf/book.h"

#include <stdio.h>

static void put_escaped(KfBuf *out, KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n' || text.ptr[i] == '\\') {
            kf_buf_char(out, '\\');
            kf_buf_char(out, text.ptr[i] == '\n' ? 'n' : '\\');
        } else {
            kf_buf_char(out, text.ptr[i]);
        }
    }
}

static void put_cell(KfBuf *out, size_t sheet, const KfCell *cell)
{
    kf_buf_int(out, (int64_t)sheet);
    kf_buf_char(out, '\t');
    kf_buf_cellref(out, cell->row, cell->col);
    kf_buf_char(out, '\t');
    kf_buf_char(out, "-ntbe"[cell->kind]);
    kf_buf_char(out, '\t');
    put_escaped(out, cell->text);
    kf_buf_char(out, '\n');
}

static int list(const char *path)
{
    KfBuf out = { 0 };
    KfError err = { KF_OK, "", "" };
    KfFile *file;
    int status = 0;

    if (kf_file_open(&file, path, &err) != KF_OK) {
        printf("! %s\n", kf_status_code(err.status));
        return 0;
    }
    for (size_t i = 0; i < kf_file_book(file)->sheet_count; i++) {
        const KfGrid *grid = &kf_file_book(file)->sheets[i];

        for (size_t c = 0; c < grid->cell_count; c++) {
            if (grid->cells[c].kind != KF_CELL_EMPTY)
                put_cell(&out, i, &grid->cells[c]);
        }
    }
    if (out.bad || (out.len && fwrite(out.ptr, 1, out.len, stdout) != out.len))
        status = 2;
    kf_buf_free(&out);
    kf_file_close(file);
    return status;
}

int main(int argc, char **argv)
{
    int status = argc < 2 ? 2 : 0;

    for (int i = 1; i < argc; i++)
        status |= list(argv[i]);
    return status;
}
