/* A worksheet part: the quick reader, the general one, and both over pieces give the same
 * cells or the same refusal. The first byte says how large the pieces are. */
#include <string.h>

#include "drip.h"
#include "fuzz.h"
#include "ooxml/sheet_read.h"

typedef struct {
    KfText part;
    size_t step; /* 0: as a whole */
    bool only_general;
    KfArena arena;
    KfBuf cells, text, list;
    KfGrid grid;
    KfError err;
} Way;

static const uint32_t string_ends[] = { 3, 7, 7 };
static const KfSharedStrings strings = { { "EtTekst", 7 }, string_ends, 3 };

static void list_cell(KfBuf *out, const KfCell *cell)
{
    kf_buf_cellref(out, cell->row, cell->col);
    kf_buf_char(out, "-ntbe"[cell->kind]);
    kf_buf_text(out, cell->text);
    kf_buf_char(out, '=');
    kf_buf_text(out, cell->formula);
    kf_buf_str(out, cell->in_array ? "array;" : ";");
}

static void list_ranges(KfBuf *out, const KfRange *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        kf_buf_range(out, ranges[i]);
}

static KfStatus read(void *ctx)
{
    Way *way = ctx;
    Drip drip = { .step = 0 };
    KfStyles styles = { 0 };
    KfSheetContext context = { .arena = &way->arena,
                               .strings = &strings,
                               .styles = &styles,
                               .cells = &way->cells,
                               .text = &way->text,
                               .cell_room = 20000,
                               .only_general = way->only_general };
    KfText head = way->part;
    KfStatus status;

    if (way->step) {
        head = drip_start(&drip, way->part, way->step);
        context.stream = &drip.stream;
    }
    status = kf_sheet_read(&way->grid, head, &context, &way->err);
    drip_free(&drip);
    return status;
}

static void expect_order(const KfGrid *grid)
{
    for (size_t i = 1; i < grid->cell_count; i++) {
        const KfCell *a = &grid->cells[i - 1], *b = &grid->cells[i];

        EXPECT(a->row < b->row || (a->row == b->row && a->col < b->col));
        EXPECT(kf_grid_at(grid, b->row, b->col) == b);
    }
}

/* Cells and what surrounds them, or the status, as a text of the caller's. */
static KfBuf outcome(KfText part, size_t step, bool only_general)
{
    Way way = { .part = part, .step = step, .only_general = only_general };
    KfStatus status;

    kf_arena_init(&way.arena);
    way.grid.name = KF_TEXT("Ark");
    status = kf_arena_run(&way.arena, read, &way);
    if (status == KF_OK) {
        expect_order(&way.grid);
        for (size_t i = 0; i < way.grid.cell_count; i++)
            list_cell(&way.list, &way.grid.cells[i]);
        list_ranges(&way.list, way.grid.merges, way.grid.merge_count);
        list_ranges(&way.list, way.grid.hidden_rows, way.grid.hidden_row_count);
    }
    kf_buf_str(&way.list, kf_status_code(status));
    kf_buf_free(&way.cells);
    kf_buf_free(&way.text);
    kf_arena_finish(&way.arena);
    return way.list;
}

static void expect_same(const KfBuf *expected, KfText part, size_t step, bool only_general)
{
    KfBuf found = outcome(part, step, only_general);

    EXPECT(kf_text_eq(kf_buf_view(expected), kf_buf_view(&found)));
    kf_buf_free(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    KfText part;
    KfBuf whole;

    if (len < 1 || len > KF_XML_NAMES)
        return 0;
    part = fuzz_text(bytes + 1, len - 1);
    whole = outcome(part, 0, false);
    expect_same(&whole, part, 0, true);
    expect_same(&whole, part, (size_t)bytes[0] * 8 + 4, false);
    kf_buf_free(&whole);
    return 0;
}
