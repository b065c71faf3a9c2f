/* The first sheet of a blank case workbook: what to do, and the net gain by payer. */
#include "report/new_workbook.h"

enum {
    RULES_ROW = 5,
    TABLE_ROW = 8,
    GAIN_COLS = KF_SUM_COUNT,
    STATUS_COL = GAIN_COLS + 2 /* beside the table, not in it */
};

static const KfPhrase payers[KF_PAYER_COUNT] = { SAY_PAYER_1, SAY_PAYER_2, SAY_PAYER_3,
                                                 SAY_PAYER_4 };

static void put_rules_date(KfPage *page, KfDate as_of)
{
    KfBuf date = { 0 }, line = { 0 };

    kf_buf_date(&date, as_of, KF_LANG_DA);
    kf_buf_phrase(&line, SAY_OVERVIEW_RULES, page->book->lang, (KfText[]){ kf_buf_view(&date) }, 1);
    kf_put_text(page, RULES_ROW, 3, kf_buf_view(&line), KF_LOOK_NOTE);
    page->book->bad |= date.bad || line.bad;
    kf_buf_free(&date);
    kf_buf_free(&line);
}

static void put_head(KfPage *page, KfDate as_of)
{
    kf_put_say(page, 0, 0, SAY_OVERVIEW_TITLE, KF_LOOK_TITLE);
    kf_put_say(page, 1, 0, SAY_OVERVIEW_STEP_1, KF_LOOK_NOTE);
    kf_put_say(page, 2, 0, SAY_OVERVIEW_STEP_2, KF_LOOK_NOTE);
    kf_put_say(page, 3, 0, SAY_OVERVIEW_STEP_3, KF_LOOK_NOTE);
    kf_put_say(page, RULES_ROW, 0, SAY_OVERVIEW_MUNICIPALITY, KF_LOOK_PLAIN);
    kf_put_blank(page, RULES_ROW, 1, KF_LOOK_INPUT_TEXT);
    put_rules_date(page, as_of);
    kf_put_say(page, TABLE_ROW - 1, 0, SAY_OVERVIEW_GAIN, KF_LOOK_HEADING);
    kf_put_say(page, TABLE_ROW, 0, SAY_COL_CITIZEN, KF_LOOK_COLUMN);
    for (uint32_t k = 0; k < KF_PAYER_COUNT; k++)
        kf_put_say(page, TABLE_ROW, 1 + k, payers[k], KF_LOOK_COLUMN_NUMBER);
    kf_put_say(page, TABLE_ROW, GAIN_COLS, SAY_BOOK_TOTAL, KF_LOOK_COLUMN_NUMBER);
    kf_put_say(page, TABLE_ROW, STATUS_COL, SAY_FORM_CHECKS, KF_LOOK_COLUMN_CENTRE);
}

/* Empty until both courses are filled in: what is not stated is not zero. */
static void put_gain(KfPage *page, uint32_t row, KfText sheet, uint32_t sum)
{
    KfPlaceText actual, counterfactual, first, last;
    uint32_t stated = FORM_PAYER_TOTAL_ROW + sum;
    KfText args[] = { sheet,
                      kf_cell_text(&counterfactual, stated, kf_form_col(KF_COUNTERFACTUAL) + 1),
                      kf_cell_text(&actual, stated, kf_form_col(KF_ACTUAL) + 1),
                      kf_row_text(&first, FORM_FIRST_ROW), kf_row_text(&last, FORM_PAYER_ROW - 1) };

    kf_put_text_formula(page, row, 1 + sum, KF_LOOK_AMOUNT,
                        "=IF(OR(COUNT({2}!B{5}:E{6})=0,COUNT({2}!H{5}:K{6})=0),\"\","
                        "{2}!{3}-{2}!{4})",
                        args, 5, KF_TEXT(""));
}

static void put_citizen(KfNewBook *book, KfPage *page, size_t citizen)
{
    uint32_t row = TABLE_ROW + 1 + (uint32_t)citizen;
    KfBuf sheet = { 0 }, name = { 0 };
    KfPlaceText status;
    KfText args[] = { kf_citizen_sheet(&sheet, citizen),
                      kf_cell_text(&status, FORM_COURSE_ROW, FORM_CHECK_COL + 1) };

    kf_buf_citizen_name(&name, citizen);
    kf_put_text_formula(page, row, 0, KF_LOOK_PLAIN, "={2}!A1", args, 1, kf_buf_view(&name));
    for (uint32_t sum = 0; sum < GAIN_COLS; sum++)
        put_gain(page, row, args[0], sum);
    kf_put_text_formula(page, row, STATUS_COL, KF_LOOK_CENTRE, "={2}!{3}", args, 2,
                        kf_phrase(SAY_FORM_EMPTY, book->book.lang));
    book->book.bad |= sheet.bad || name.bad;
    kf_buf_free(&sheet);
    kf_buf_free(&name);
}

static void put_sums(KfPage *page, size_t citizens)
{
    uint32_t row = TABLE_ROW + 1 + (uint32_t)citizens;
    KfPlaceText first, last;
    KfText args[] = { kf_row_text(&first, TABLE_ROW + 1), kf_row_text(&last, row - 1) };

    kf_put_say(page, row, 0, SAY_OVERVIEW_SUM, KF_LOOK_SUM_LABEL);
    kf_put_say(page, row + 1, 0, SAY_OVERVIEW_PER_CITIZEN, KF_LOOK_SUM_LABEL);
    for (uint32_t sum = 0; sum < GAIN_COLS; sum++) {
        kf_put_formula(page, row, 1 + sum, KF_LOOK_SUM, "=SUM({1}{2}:{1}{3})", args, 2);
        kf_put_text_formula(page, row + 1, 1 + sum, KF_LOOK_SUM,
                            "=IF(COUNT({1}{2}:{1}{3})=0,\"\",AVERAGE({1}{2}:{1}{3}))", args, 2,
                            KF_TEXT(""));
    }
    kf_name_range(page, "Nettogevinst", (KfRange){ row, 1, row, GAIN_COLS });
}

static void mark_status(KfPage *page, size_t citizens)
{
    KfRange results = { TABLE_ROW + 1, STATUS_COL, TABLE_ROW + (uint32_t)citizens, STATUS_COL };

    kf_mark_when(page, results, KF_TINT_GOOD, "=H10=\"OK\"");
    kf_mark_when(page, results, KF_TINT_BAD,
                 page->book->lang == KF_LANG_DA ? "=H10=\"Ret\"" : "=H10=\"Correct\"");
}

void kf_new_overview(KfNewBook *book)
{
    KfPage page = kf_page_open(&book->book, kf_phrase(SAY_OVERVIEW, book->book.lang));

    kf_page_column(&page, 0, 0, 24);
    kf_page_column(&page, 1, GAIN_COLS, 17);
    kf_page_column(&page, GAIN_COLS + 1, GAIN_COLS + 1, 2);
    kf_page_column(&page, STATUS_COL, STATUS_COL, 14);
    put_head(&page, book->as_of);
    for (size_t i = 0; i < book->wanted->citizens; i++)
        put_citizen(book, &page, i);
    put_sums(&page, book->wanted->citizens);
    mark_status(&page, book->wanted->citizens);
    kf_page_protect(&page);
}
