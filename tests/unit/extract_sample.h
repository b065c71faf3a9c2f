/* A small workbook as extract reports it: what is blank, unreadable, part of
 * another row or not understood, and a CPR number in a label. */
#ifndef KF_TEST_EXTRACT_SAMPLE_H
#define KF_TEST_EXTRACT_SAMPLE_H

#include "book_maker.h"
#include "kf/extract.h"
#include "kf/report.h"

typedef void ExtractReport(KfBuf *, const KfExtractReport *, size_t, const KfReportOptions *);

static const MadeSheet extract_sheet = {
    "Ark1",
    "Borger 1\n"
    "Faktisk forløb\n"
    "Beløb i 1.000 kr.|0-6 mdr|7-12 mdr\n"
    "Forsørgelsesgrundlag\n"
    "Kontanthjælp 010190-1234|62.5|\n"
    "heraf tillæg|2|3\n"
    "Øvrige ydelser\n"
    "'-Tandlæge|uvist|0\n"
    "Udgift for kommunen|40|41\n"
    "Udgift i alt|64.5|0\n"
    "Udgift for kommunen i alt|81\n"
    "Samlet totaludgift|81 stk.\n"
    "Noget helt andet|1|2\n",
};

/* Payers and a total as columns. */
static const MadeSheet extract_wide_sheet = {
    "Ark2",
    "Borger 2\n"
    "Kontrafaktisk forløb\n"
    "|0-6 mdr|7-12 mdr|Kommunen|Staten|I alt\n"
    "Kontanthjælp|10|20|21|9|30\n"
    "I alt|10|20|21|9|30\n",
};

typedef struct {
    KfArena arena;
    MadeSheet sheet;
    KfBook book;
    KfModel model;
    KfBuf out;
} ExtractSample;

static KfStatus extract_sample_read(void *ctx)
{
    ExtractSample *sample = ctx;

    sample->book = *make_book(&sample->arena, &sample->sheet, 1);
    kf_extract(&sample->arena, &sample->book, &sample->model);
    return KF_OK;
}

/* The report of a workbook of one sheet, ended by NUL. */
static const char *extract_sample(ExtractSample *sample, const MadeSheet *sheet,
                                  ExtractReport *report, KfLang lang)
{
    KfExtractReport file = { .path = KF_TEXT("sag.xlsx"), .sha256 = KF_TEXT("00ff") };

    *sample = (ExtractSample){ .sheet = *sheet };
    kf_arena_init(&sample->arena);
    if (kf_arena_run(&sample->arena, extract_sample_read, sample) != KF_OK)
        return "";
    file.book = &sample->book;
    file.model = &sample->model;
    report(&sample->out, &file, 1, &(KfReportOptions){ .lang = lang });
    kf_buf_char(&sample->out, '\0');
    return sample->out.bad ? "" : sample->out.ptr;
}

static void extract_sample_end(ExtractSample *sample)
{
    kf_buf_free(&sample->out);
    kf_arena_finish(&sample->arena);
}

#endif
