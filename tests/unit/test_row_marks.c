#include <criterion/criterion.h>

#include "ooxml/sheet_patch.h"
#include "ooxml/sheet_read.h"

/* A sheet that is read and then edited. */
typedef struct {
    KfArena arena;
    KfBuf xml, cells, text, scratch;
    KfRowMarks marks;
    KfGrid grid;
} World;

enum { ROWS = 2000 };

/* Each seventh row is left out, each fifth is not plain; last: one more row behind. */
static void make_rows(KfBuf *out, uint32_t last)
{
    kf_buf_str(out, "<worksheet><sheetData>");
    for (uint32_t row = 1; row <= ROWS; row++) {
        if (row % 7 == 0)
            continue;
        kf_buf_str(out, row % 5 ? "<row r=\"" : "<!-- --><row  r='");
        kf_buf_int(out, row);
        kf_buf_str(out, row % 5 ? "\"><c r=\"B" : "' ><c r=\"B");
        kf_buf_int(out, row);
        kf_buf_str(out, "\"><v>1</v></c></row>");
    }
    if (last) {
        kf_buf_str(out, "<row r=\"");
        kf_buf_int(out, last);
        kf_buf_str(out, "\"><c><v>2</v></c></row>");
    }
    kf_buf_str(out, "</sheetData></worksheet>");
}

static KfStatus read_sheet(World *w)
{
    static const KfStyles styles = { 0 };
    static const KfSharedStrings strings = { 0 };
    const KfSheetContext context = { .arena = &w->arena,
                                     .strings = &strings,
                                     .styles = &styles,
                                     .cells = &w->cells,
                                     .text = &w->text,
                                     .cell_room = 2 * ROWS,
                                     .marks = &w->marks };

    return kf_sheet_read(&w->grid, kf_buf_view(&w->xml), &context, NULL);
}

static KfText patched(World *w, const KfCellEdit *edits, size_t count, const KfRowMarks *marks)
{
    KfSheetPatch patch = { .arena = &w->arena,
                           .scratch = &w->scratch,
                           .xml = kf_buf_view(&w->xml),
                           .marks = marks,
                           .edits = edits,
                           .count = count };

    cr_assert_eq(kf_sheet_patch_open(&patch, &w->grid, KF_TEXT("sheet"), NULL), KF_OK);
    for (size_t i = 0; i < count; i++)
        kf_sheet_patch_cell(&patch, i, 0);
    kf_sheet_patch_finish(&patch);
    return kf_splices_apply(&patch.splices, patch.xml);
}

/* Edits in any rows come out the same, whether rows are passed over or gone through. */
static void expect_same(World *w)
{
    unsigned seed = 1;

    for (int round = 0; round < 60; round++) {
        KfCellEdit edits[3];
        uint32_t row = 0;
        KfText text;

        for (size_t i = 0; i < 3; i++) {
            seed = seed * 1103515245u + 12345u;
            row += 1 + (seed >> 8) % (ROWS / 2);
            edits[i] = (KfCellEdit){ .ref = { 0, row, seed >> 30 },
                                     .has_value = true,
                                     .number = KF_TEXT("4711") };
        }
        text = patched(w, edits, 3, NULL);
        cr_assert(kf_text_eq(patched(w, edits, 3, &w->marks), text));
    }
}

static KfStatus edit_by_marks(void *ctx)
{
    World *w = ctx;

    make_rows(&w->xml, 0);
    cr_assert_eq(read_sheet(w), KF_OK);
    cr_assert(!w->marks.is_void);
    cr_assert_gt(w->marks.count, ROWS / 100);
    for (size_t i = 0; i < w->marks.count; i++)
        cr_assert(
            kf_text_starts(kf_text_slice(kf_buf_view(&w->xml), w->marks.items[i].at, w->xml.len),
                           KF_TEXT("<row r=\"")));
    cr_expect_null(kf_row_marks_before(&(KfRowMarks){ 0 }, 5));
    cr_expect_eq(kf_row_marks_before(&w->marks, 0), &w->marks.items[0]);
    cr_expect_eq(kf_row_marks_before(&w->marks, UINT32_MAX), &w->marks.items[w->marks.count - 1]);
    expect_same(w);
    return KF_OK;
}

static KfStatus edit_without_order(void *ctx)
{
    World *w = ctx;

    make_rows(&w->xml, 70);
    cr_assert_eq(read_sheet(w), KF_OK);
    cr_expect(w->marks.is_void);
    expect_same(w);
    return KF_OK;
}

/* Marks of other bytes say nothing. */
static KfStatus edit_with_other_marks(void *ctx)
{
    World *w = ctx;

    make_rows(&w->xml, 0);
    cr_assert_eq(read_sheet(w), KF_OK);
    for (size_t i = 0; i < w->marks.count; i++)
        w->marks.items[i].at += i % 3 ? 7 : 100000000;
    expect_same(w);
    return KF_OK;
}

static void run(KfStatus (*body)(void *ctx))
{
    World w = { 0 };

    kf_arena_init(&w.arena);
    cr_expect_eq(kf_arena_run(&w.arena, body, &w), KF_OK);
    kf_arena_finish(&w.arena);
    kf_buf_free(&w.xml);
    kf_buf_free(&w.cells);
    kf_buf_free(&w.text);
    kf_buf_free(&w.scratch);
}

Test(row_marks, lead_to_the_rows_of_edits)
{
    run(edit_by_marks);
}

Test(row_marks, are_void_without_order)
{
    run(edit_without_order);
}

Test(row_marks, of_other_bytes_are_not_followed)
{
    run(edit_with_other_marks);
}
