/* `new`: a blank case workbook. Overview, a sheet a citizen, the split of each benefit
 * between the payers, and the rates and rules of the year. */
#include "report/new_workbook.h"

const uint32_t kf_form_section_size[FORM_SECTIONS] = { 5, 4, 8, 3 };

uint32_t kf_form_col(int course)
{
    return course == KF_ACTUAL ? 0 : FORM_PERIODS + 2;
}

uint32_t kf_form_item_row(uint32_t item, uint32_t *section)
{
    uint32_t row = FORM_FIRST_ROW + 1, left = item;

    for (*section = 0; left >= kf_form_section_size[*section]; (*section)++) {
        left -= kf_form_section_size[*section];
        row += kf_form_section_size[*section] + 1;
    }
    return row + left;
}

uint32_t kf_split_row(size_t citizen, int course, uint32_t item)
{
    return SPLIT_FIRST_ROW + ((uint32_t)citizen * KF_COURSE_COUNT + (uint32_t)course) * FORM_ITEMS
           + item;
}

void kf_buf_citizen_name(KfBuf *out, size_t citizen)
{
    KfPlaceText digits;
    KfText number = kf_row_text(&digits, (uint32_t)citizen);

    kf_buf_phrase(out, SAY_FORM_CITIZEN, KF_LANG_DA, &number, 1);
}

KfText kf_citizen_sheet(KfBuf *out, size_t citizen)
{
    out->len = 0;
    kf_buf_char(out, '\'');
    kf_buf_citizen_name(out, citizen);
    kf_buf_char(out, '\'');
    return kf_buf_view(out);
}

KfStatus kf_report_new_workbook(const char *path, const KfNewWorkbook *wanted,
                                const KfReportOptions *options, KfError *err)
{
    /* The day that the checks take for a year of which they know no more. */
    enum { AS_OF_MONTH = 9 };
    KfNewBook book = { .wanted = wanted, .as_of = kf_date(wanted->year, AS_OF_MONTH, 1) };

    kf_workbook_open(&book.book, path, options->lang, kf_phrase(SAY_OVERVIEW_TITLE, options->lang),
                     wanted->year);
    kf_new_overview(&book);
    for (size_t i = 0; i < wanted->citizens; i++)
        kf_new_citizen(&book, i);
    kf_new_split(&book);
    kf_new_rates(&book);
    return kf_workbook_close(&book.book, err);
}
