#include <criterion/criterion.h>
#include <glob.h>

#include "kf/book.h"

typedef struct {
    const KfBook *book;
    size_t sheet, next, seen, most;
} Walk;

static bool same_text(KfText a, KfText b)
{
    return a.len == b.len && kf_text_eq(a, b);
}

/* Files as programs write them have their cells in order, so that the grid is the same list. */
static bool compare(void *ctx, size_t sheet, const KfCell *cell)
{
    Walk *walk = ctx;
    const KfCell *held;

    if (sheet != walk->sheet)
        walk->next = 0;
    walk->sheet = sheet;
    walk->seen++;
    cr_assert_lt(walk->next, walk->book->sheets[sheet].cell_count);
    held = &walk->book->sheets[sheet].cells[walk->next++];
    cr_assert(cell->row == held->row && cell->col == held->col && cell->format == held->format);
    cr_assert(same_text(cell->formula, held->formula), "row %u", cell->row);
    if (cell->kind != KF_CELL_EMPTY) /* else it may have been calculated since */
        cr_assert(cell->kind == held->kind && same_text(cell->text, held->text));
    return walk->seen != walk->most;
}

static void walk_file(const char *path)
{
    KfError err = { 0 };
    KfFile *file;
    Walk walk = { .most = SIZE_MAX };
    size_t all = 0;

    if (kf_file_open(&file, path, &err) != KF_OK)
        return;
    walk.book = kf_file_book(file);
    for (size_t i = 0; i < walk.book->sheet_count; i++)
        all += walk.book->sheets[i].cell_count;
    cr_assert_eq(kf_file_each_cell(path, compare, &walk, &err), KF_OK, "%s: %s", path, err.detail);
    cr_assert_eq(walk.seen, all, "%s: %zu of %zu", path, walk.seen, all);
    if (all > 3) {
        walk = (Walk){ .book = walk.book, .most = 3 };
        cr_assert_eq(kf_file_each_cell(path, compare, &walk, &err), KF_OK);
        cr_assert_eq(walk.seen, 3, "it stops when told to");
    }
    kf_file_close(file);
}

static void walk_files(const char *pattern)
{
    glob_t found;

    cr_assert_eq(glob(pattern, 0, NULL, &found), 0, "%s", pattern);
    for (size_t i = 0; i < found.gl_pathc; i++)
        walk_file(found.gl_pathv[i]);
    globfree(&found);
}

Test(each_cell, passes_by_the_cells_that_a_grid_holds)
{
    walk_files(TEST_DATA "/*.xlsx");
    walk_files(TEST_DATA "/gallery/*");
    walk_files(TEST_DATA "/../../sample_workbooks/*.*");
}

Test(each_cell, fails_as_opening_fails)
{
    KfError err = { 0 };
    Walk walk = { .most = 1 };

    cr_assert_eq(kf_file_each_cell(TEST_DATA "/none.xlsx", compare, &walk, &err), KF_FILE_MISSING);
    cr_assert_eq(kf_file_each_cell(TEST_DATA, compare, &walk, &err), KF_FILE_UNREADABLE);
}
