#include <stdio.h>

#include "extract/label_memo.h"
#include "extract/locate.h"
#include "model_text.h"

enum { TABLES = 600, SHEETS = 20 };

typedef struct {
    KfArena arena;
    const MadeSheet *sheets;
    size_t count;
    unsigned threads;
    KfBuf out;
} Reading;

static KfStatus read_by_threads(void *ctx)
{
    Reading *reading = ctx;
    KfModel model;

    kf_extract_by(&reading->arena, make_book(&reading->arena, reading->sheets, reading->count),
                  reading->threads, &model);
    cr_expect_gt(model.case_count, 0);
    put_model(&reading->out, &model);
    return KF_OK;
}

static KfBuf model_by(const MadeSheet *sheets, size_t count, unsigned threads)
{
    Reading reading = { .sheets = sheets, .count = count, .threads = threads };

    kf_arena_init(&reading.arena);
    cr_assert_eq(kf_arena_run(&reading.arena, read_by_threads, &reading), KF_OK);
    kf_arena_finish(&reading.arena);
    return reading.out;
}

static void expect_same(const MadeSheet *sheets, size_t count)
{
    KfBuf alone = model_by(sheets, count, 1);

    cr_assert_gt(alone.len, 100);
    for (unsigned threads = 2; threads < 6; threads++) {
        KfBuf shared = model_by(sheets, count, threads);

        cr_expect(kf_text_eq(kf_buf_view(&alone), kf_buf_view(&shared)), "%u threads", threads);
        kf_buf_free(&shared);
    }
    kf_buf_free(&alone);
}

/* Tables of all heights; some go on across blank rows, some have a title in between, and some
 * headings are none of a case. */
static void put_table(KfBuf *out, int number)
{
    char text[200];

    snprintf(text, sizeof text, "Borger %d||\n||\n%s|0-6 mdr|7-12 mdr\n", number,
             number % 9 == 4 ? "Antal" : "Faktisk forløb");
    kf_buf_str(out, text);
    for (int row = 0; row < number % 5 + 1; row++) {
        snprintf(text, sizeof text, "%s %d|%d|%d\n", row % 2 ? "Mentor" : "Kursus", row, 100 * row,
                 number);
        kf_buf_str(out, text);
    }
    for (int row = 0; row < number % 8; row++)
        kf_buf_str(out, number % 3 ? "||\n" : "Bemærkning||\n");
    if (number % 7)
        kf_buf_str(out, "Udgift for kommunen|0|1\nUdgift i alt|100|200\n||\n");
}

Test(stretch, reads_a_long_sheet_the_same_by_any_number_of_threads)
{
    MadeSheet sheet = { "Borgere", NULL };
    KfBuf rows = { 0 };

    for (int i = 0; i < TABLES; i++)
        put_table(&rows, i);
    kf_buf_char(&rows, '\0');
    sheet.rows = rows.ptr;
    expect_same(&sheet, 1);
    kf_buf_free(&rows);
}

Test(stretch, reads_many_sheets_the_same_by_any_number_of_threads)
{
    static char names[SHEETS][20];
    MadeSheet sheets[SHEETS];
    KfBuf rows[SHEETS] = { { 0 } };

    for (int i = 0; i < SHEETS; i++) {
        snprintf(names[i], sizeof names[i], "Borger %d", i);
        put_table(&rows[i], i);
        if (i % 6 == 5)
            kf_buf_str(&rows[i], "||\nForløb|Ydelse|0-6 mdr\nFaktisk|Mentor|100\n"
                                 "Kontrafaktisk|Mentor|200\n");
        kf_buf_char(&rows[i], '\0');
        sheets[i] = (MadeSheet){ names[i], rows[i].ptr };
    }
    expect_same(sheets, SHEETS);
    for (int i = 0; i < SHEETS; i++)
        kf_buf_free(&rows[i]);
}

/* Years over halves, a heading of one course over another's, a page's repeated headings. */
static const char ROWS[] = "Borger 1||||\n|År 1||År 2|\nFaktisk forløb|1. halvår|2. halvår|"
                           "1. halvår|2. halvår\nMentor|1|2|3|4\nUdgift i alt|1|2|3|4\n||||\n"
                           "2021|2022|2023||\n|År 1|År 2||\n|0-6 mdr|7-12 mdr||\nKursus|1|2||\n"
                           "|0-6 mdr|7-12 mdr||\nMentor|1|2||\nUdgift i alt|2|4||\n";

static void put_runs(KfBuf *out, KfRuns runs)
{
    for (size_t i = 0; i < runs.count; i++) {
        const uint32_t parts[] = { runs.runs[i].row,       runs.runs[i].head_row,
                                   runs.runs[i].top_row,   runs.runs[i].first_col,
                                   runs.runs[i].label_col, runs.runs[i].limit_row };

        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            kf_buf_int(out, parts[p]);
            kf_buf_char(out, ' ');
        }
        for (size_t p = 0; p < runs.runs[i].count; p++)
            kf_buf_period(out, runs.runs[i].periods[p].period);
        kf_buf_char(out, '\n');
    }
}

static KfStatus scan_in_two(void *ctx)
{
    KfArena *arena = ctx;
    const MadeSheet sheet = { "Ark1", ROWS };
    const KfBook *book = kf_book_remembering(arena, arena, make_book(arena, &sheet, 1));
    const uint32_t rows = book->sheets[0].row_count;
    KfBuf whole = { 0 };

    put_runs(&whole, kf_locate_runs(arena, book, 0));
    cr_expect_gt(whole.len, 20);
    for (uint32_t at = 1; at < rows; at++) {
        KfRowScan scans[] = { { .to = at }, { .from = at, .to = rows } };
        KfBuf parts = { 0 };

        kf_rows_scan(arena, book, &scans[0]);
        kf_rows_scan(arena, book, &scans[1]);
        put_runs(&parts, kf_runs_of_scans(arena, book, scans, 2));
        cr_expect(kf_text_eq(kf_buf_view(&whole), kf_buf_view(&parts)), "cut at row %u:\n%.*s", at,
                  (int)parts.len, parts.ptr);
        kf_buf_free(&parts);
    }
    kf_buf_free(&whole);
    return KF_OK;
}

Test(stretch, finds_the_same_headings_wherever_a_sheet_is_cut)
{
    KfArena arena;

    kf_arena_init(&arena);
    cr_assert_eq(kf_arena_run(&arena, scan_in_two, &arena), KF_OK);
    kf_arena_finish(&arena);
}
