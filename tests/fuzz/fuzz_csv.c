/* A CSV file: every cell is found again at its place, as a list of findings to pass over it is
 * read or refused, and as a case table it goes through everything. */
#include "csv/csv_grid.h"
#include "kf/ignore.h"
#include "whole.h"

typedef struct {
    KfText bytes;
    KfArena arena;
    KfCsv csv;
} Reading;

static KfStatus read(void *ctx)
{
    Reading *reading = ctx;
    KfBook book = { 0 };
    KfIgnores ignores;
    KfCsvField field;

    if (kf_csv_open(&reading->csv, &book, &reading->arena, reading->bytes, KF_TEXT("ark"), NULL)
        != KF_OK)
        return KF_OK;
    for (size_t i = 0; i < book.sheets[0].cell_count; i++) {
        const KfCell *cell = &book.sheets[0].cells[i];

        EXPECT(kf_csv_field(&reading->csv, cell->row, cell->col, &field));
        EXPECT(field.start <= field.end && field.end <= reading->csv.text.len);
        EXPECT(kf_csv_file_offset(&reading->csv, field.end) <= reading->bytes.len);
    }
    (void)!kf_ignores_read(&reading->arena, &book, 0, &ignores, NULL);
    return KF_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Reading reading = { .bytes = fuzz_text(bytes, len) };

    kf_arena_init(&reading.arena);
    EXPECT(kf_arena_run(&reading.arena, read, &reading) == KF_OK);
    kf_csv_close(&reading.csv);
    kf_arena_finish(&reading.arena);
    fuzz_whole(reading.bytes);
    return 0;
}
