/* A citizen's sheet, as the printed forms have it: both courses side by side, and to the
 * right of them what the sheet checks itself. */
#include "report/new_workbook.h"

enum { LAST_ITEM_ROW = FORM_PAYER_ROW - 1, RESULT_COL = FORM_CHECK_COL + 1, CHECK_COUNT = 10 };

typedef struct {
    KfNewBook *book;
    KfPage page;
    size_t citizen;
} Form;

static const KfPhrase periods[FORM_PERIODS] = { SAY_FORM_PERIOD_1, SAY_FORM_PERIOD_2,
                                                SAY_FORM_PERIOD_3, SAY_FORM_PERIOD_4 };

static KfRange cells(uint32_t first_row, uint32_t first_col, uint32_t last_row, uint32_t last_col)
{
    return (KfRange){ first_row, first_col, last_row, last_col };
}

/* ---- what is typed --------------------------------------------------------- */

static void put_headings(Form *form, int course)
{
    uint32_t col = kf_form_col(course);

    kf_put_say(&form->page, FORM_COURSE_ROW, col,
               course == KF_ACTUAL ? SAY_FORM_ACTUAL : SAY_FORM_COUNTERFACTUAL, KF_LOOK_HEADING);
    kf_put_blank(&form->page, FORM_PERIOD_ROW, col, KF_LOOK_SECTION);
    for (uint32_t p = 0; p < FORM_PERIODS; p++)
        kf_put_say(&form->page, FORM_PERIOD_ROW, col + 1 + p, periods[p], KF_LOOK_INPUT_PERIOD);
}

static void put_section(Form *form, uint32_t row, uint32_t col, KfPhrase heading, uint32_t size)
{
    KfPage *page = &form->page;

    kf_put_say(page, row, col, heading, KF_LOOK_SECTION);
    for (uint32_t p = 1; p <= FORM_PERIODS; p++)
        kf_put_blank(page, row, col + p, KF_LOOK_SECTION);
    for (uint32_t i = 1; i <= size; i++) {
        kf_put_blank(page, row + i, col, KF_LOOK_INPUT_TEXT);
        for (uint32_t p = 1; p <= FORM_PERIODS; p++)
            kf_put_blank(page, row + i, col + p, KF_LOOK_INPUT_AMOUNT);
    }
    kf_choose_from(page, cells(row + 1, col, row + size, col), "Ydelser", false, SAY_FORM_BENEFIT,
                   SAY_FORM_BENEFIT_HELP);
    kf_only_numbers(page, cells(row + 1, col + 1, row + size, col + FORM_PERIODS), 0, 1e9,
                    SAY_FORM_AMOUNT, SAY_FORM_AMOUNT_HELP);
}

static void put_sections(Form *form, int course)
{
    static const KfPhrase headings[FORM_SECTIONS] = { SAY_FORM_SECTION_1, SAY_FORM_SECTION_2,
                                                      SAY_FORM_SECTION_3, SAY_FORM_SECTION_4 };
    uint32_t row = FORM_FIRST_ROW;

    for (size_t s = 0; s < FORM_SECTIONS; s++) {
        put_section(form, row, kf_form_col(course), headings[s], kf_form_section_size[s]);
        row += kf_form_section_size[s] + 1;
    }
}

/* ---- what is worked out ------------------------------------------------------ */

static void put_payers(Form *form, int course)
{
    static const KfPhrase labels[KF_PAYER_COUNT] = { SAY_FORM_PAYER_1, SAY_FORM_PAYER_2,
                                                     SAY_FORM_PAYER_3, SAY_FORM_PAYER_4 };
    uint32_t col = kf_form_col(course);
    KfPlaceText first, last;

    for (uint32_t k = 0; k < KF_PAYER_COUNT; k++) {
        kf_put_say(&form->page, FORM_PAYER_ROW + k, col, labels[k], KF_LOOK_PLAIN);
        for (uint32_t p = 0; p < FORM_PERIODS; p++) {
            uint32_t part = SPLIT_PART_COL + k * FORM_PERIODS + p;
            uint32_t row = kf_split_row(form->citizen, course, 0);
            KfText args[] = { kf_cell_text(&first, row, part),
                              kf_cell_text(&last, row + FORM_ITEMS - 1, part) };

            kf_put_formula(&form->page, FORM_PAYER_ROW + k, col + 1 + p, KF_LOOK_AMOUNT,
                           "=SUM(Fordeling!{2}:{3})", args, 2);
        }
    }
}

static void put_total(Form *form, int course)
{
    uint32_t col = kf_form_col(course);
    KfPlaceText first, last;
    KfText args[] = { kf_row_text(&first, FORM_FIRST_ROW), kf_row_text(&last, LAST_ITEM_ROW) };

    kf_put_say(&form->page, FORM_TOTAL_ROW, col, SAY_FORM_TOTAL, KF_LOOK_SUM_LABEL);
    for (uint32_t p = 1; p <= FORM_PERIODS; p++)
        kf_put_formula(&form->page, FORM_TOTAL_ROW, col + p, KF_LOOK_SUM, "=SUM({1}{2}:{1}{3})",
                       args, 2);
}

static void put_payer_totals(Form *form, int course)
{
    static const KfPhrase labels[KF_PAYER_COUNT] = { SAY_FORM_PAYER_TOTAL_1, SAY_FORM_PAYER_TOTAL_2,
                                                     SAY_FORM_PAYER_TOTAL_3,
                                                     SAY_FORM_PAYER_TOTAL_4 };
    uint32_t col = kf_form_col(course);
    KfPlaceText first, last;

    for (uint32_t k = 0; k < KF_PAYER_COUNT; k++) {
        KfText args[] = { kf_cell_text(&first, FORM_PAYER_ROW + k, col + 1),
                          kf_cell_text(&last, FORM_PAYER_ROW + k, col + FORM_PERIODS) };

        kf_put_say(&form->page, FORM_PAYER_TOTAL_ROW + k, col, labels[k], KF_LOOK_PLAIN);
        kf_put_formula(&form->page, FORM_PAYER_TOTAL_ROW + k, col + 1, KF_LOOK_AMOUNT,
                       "=SUM({2}:{3})", args, 2);
    }
    kf_put_say(&form->page, FORM_CASE_TOTAL_ROW, col, SAY_FORM_CASE_TOTAL, KF_LOOK_SUM_LABEL);
    kf_put_formula(&form->page, FORM_CASE_TOTAL_ROW, col + 1, KF_LOOK_SUM, "=SUM({1}{2}:{1}{3})",
                   (KfText[]){ kf_row_text(&first, FORM_PAYER_TOTAL_ROW),
                               kf_row_text(&last, FORM_CASE_TOTAL_ROW - 1) },
                   2);
}

/* ---- checks ------------------------------------------------------------------ */

/* First and last month of a heading such as 7-12 mdr; -9 when there is none. */
static void put_first_month(KfBuf *out, const char *cell)
{
    kf_buf_fill(out, KF_TEXT("IFERROR(VALUE(LEFT({0},FIND(\"-\",{0})-1)),-9)"),
                (KfText[]){ kf_text(cell) }, 1);
}

static void put_last_month(KfBuf *out, const char *cell)
{
    kf_buf_fill(out,
                KF_TEXT("IFERROR(VALUE(MID({0},FIND(\"-\",{0})+1,FIND(\" \",{0}&\" \")"
                        "-FIND(\"-\",{0})-1)),-9)"),
                (KfText[]){ kf_text(cell) }, 1);
}

static const char *heading_cell(KfPlaceText *out, int course, uint32_t period)
{
    KfText cell = kf_cell_text(out, FORM_PERIOD_ROW, kf_form_col(course) + 1 + period);

    out->text[cell.len] = '\0';
    return out->text;
}

/* Whether a heading begins where the one before it ends, and ends later. */
static void put_follows(KfBuf *out, int course, uint32_t period)
{
    KfPlaceText cell, before;

    kf_buf_str(out, "AND(");
    put_first_month(out, heading_cell(&cell, course, period));
    if (period) {
        kf_buf_char(out, '=');
        put_last_month(out, heading_cell(&before, course, period - 1));
        kf_buf_str(out, "+1,");
    } else {
        kf_buf_str(out, ">=0,");
        put_first_month(out, cell.text);
        kf_buf_str(out, "<=1,");
    }
    put_last_month(out, cell.text);
    kf_buf_char(out, '>');
    put_first_month(out, cell.text);
    kf_buf_char(out, ')');
}

static void put_chain(KfBuf *out, int course)
{
    kf_buf_str(out, "AND(");
    for (uint32_t p = 0; p < FORM_PERIODS; p++) {
        if (p)
            kf_buf_char(out, ',');
        put_follows(out, course, p);
    }
    kf_buf_char(out, ')');
}

static void put_check(Form *form, size_t index, KfPhrase say, KfBuf *holds)
{
    uint32_t row = FORM_CHECK_ROW + (uint32_t)index;
    KfLang lang = form->page.book->lang;

    kf_put_say(&form->page, row, FORM_CHECK_COL, say, KF_LOOK_PLAIN);
    kf_put_text_formula(&form->page, row, RESULT_COL, KF_LOOK_CENTRE,
                        "=IF(COUNTA(B5:E28)+COUNTA(H5:K28)=0,\"\",IF({2},\"{3}\",\"{4}\"))",
                        (KfText[]){ kf_buf_view(holds), kf_phrase(SAY_FORM_OK, lang),
                                    kf_phrase(SAY_FORM_WRONG, lang) },
                        3, KF_TEXT(""));
    form->page.book->bad |= holds->bad;
    kf_buf_free(holds);
}

/* What holds in a sheet that is filled in right. Rows: {0} to {1} are the sections, {2} to
 * {5} the payers, {6} their total, {7} the headings. */
static const struct {
    KfPhrase say;
    const char *holds;
} simple_checks[] = {
    { SAY_FORM_CHECK_GRID, "AND(B{7}=H{7},C{7}=I{7},D{7}=J{7},E{7}=K{7})" },
    { SAY_FORM_CHECK_PAYERS,
      "SUMPRODUCT(--(ABS(B{2}:E{2}+B{3}:E{3}+B{4}:E{4}+B{5}:E{5}-B{6}:E{6})>=0.005))"
      "+SUMPRODUCT(--(ABS(H{2}:K{2}+H{3}:K{3}+H{4}:K{4}+H{5}:K{5}-H{6}:K{6})>=0.005))=0" },
    { SAY_FORM_CHECK_NUMBERS, "SUMPRODUCT(--ISTEXT(B{0}:E{1}))+SUMPRODUCT(--ISTEXT(H{0}:K{1}))=0" },
    { SAY_FORM_CHECK_SIGNS, "COUNTIF(B{0}:E{1},\"<0\")+COUNTIF(H{0}:K{1},\"<0\")=0" },
    { SAY_FORM_CHECK_LABELS, "SUMPRODUCT((A{0}:A{1}=\"\")*(B{0}:E{1}<>\"\"))+SUMPRODUCT((G{0}:G{1}="
                             "\"\")*(H{0}:K{1}<>\"\"))"
                             "=0" },
    /* The headings of the sections are labels, too. */
    { SAY_FORM_CHECK_AMOUNTS,
      "SUMPRODUCT((A{0}:A{1}<>\"\")*(B{0}:B{1}=\"\")*(C{0}:C{1}=\"\")*(D{0}:D{1}=\"\")"
      "*(E{0}:E{1}=\"\"))+SUMPRODUCT((G{0}:G{1}<>\"\")*(H{0}:H{1}=\"\")*(I{0}:I{1}=\"\")"
      "*(J{0}:J{1}=\"\")*(K{0}:K{1}=\"\"))=8" },
    { SAY_FORM_CHECK_BOTH, "AND(COUNT(B{0}:E{1})>0,COUNT(H{0}:K{1})>0)" },
};

static void put_simple_checks(Form *form, size_t index)
{
    static const uint32_t rows[] = { FORM_FIRST_ROW,     LAST_ITEM_ROW,      FORM_PAYER_ROW,
                                     FORM_PAYER_ROW + 1, FORM_PAYER_ROW + 2, FORM_PAYER_ROW + 3,
                                     FORM_TOTAL_ROW,     FORM_PERIOD_ROW };
    KfPlaceText digits[8];
    KfText args[8];

    for (size_t i = 0; i < 8; i++)
        args[i] = kf_row_text(&digits[i], rows[i]);
    for (size_t i = 0; i < sizeof simple_checks / sizeof *simple_checks; i++) {
        KfBuf holds = { 0 };

        kf_buf_fill(&holds, kf_text(simple_checks[i].holds), args, 8);
        put_check(form, index + i, simple_checks[i].say, &holds);
    }
}

static void put_split_check(Form *form, size_t index)
{
    KfPlaceText first, last;
    KfBuf holds = { 0 };

    kf_buf_fill(&holds, KF_TEXT("COUNTIF(Fordeling!H{0}:H{1},\"?*\")=0"),
                (KfText[]){ kf_row_text(&first, kf_split_row(form->citizen, KF_ACTUAL, 0)),
                            kf_row_text(&last, kf_split_row(form->citizen, KF_COUNTERFACTUAL,
                                                            FORM_ITEMS - 1)) },
                2);
    put_check(form, index, SAY_FORM_CHECK_SPLIT, &holds);
}

/* All of them in one word, beside their heading. */
static void put_status(Form *form)
{
    KfLang lang = form->page.book->lang;
    KfPlaceText first, last;
    KfText args[] = { kf_cell_text(&first, FORM_CHECK_ROW, RESULT_COL),
                      kf_cell_text(&last, FORM_CHECK_ROW + CHECK_COUNT - 1, RESULT_COL),
                      kf_phrase(SAY_FORM_OK, lang), kf_phrase(SAY_FORM_WRONG, lang),
                      kf_phrase(SAY_FORM_EMPTY, lang) };

    kf_put_say(&form->page, FORM_COURSE_ROW, FORM_CHECK_COL, SAY_FORM_CHECKS, KF_LOOK_HEADING);
    kf_put_text_formula(&form->page, FORM_COURSE_ROW, RESULT_COL, KF_LOOK_CENTRE,
                        "=IF(COUNTA(B5:E28)+COUNTA(H5:K28)=0,\"{6}\","
                        "IF(COUNTIF({2}:{3},\"{5}\")=0,\"{4}\",\"{5}\"))",
                        args, 5, kf_phrase(SAY_FORM_EMPTY, lang));
}

static void put_checks(Form *form)
{
    put_status(form);
    for (int course = 0; course < KF_COURSE_COUNT; course++) {
        KfBuf chain = { 0 };

        put_chain(&chain, course);
        put_check(form, (size_t)course,
                  course == KF_ACTUAL ? SAY_FORM_CHECK_CHAIN_1 : SAY_FORM_CHECK_CHAIN_2, &chain);
    }
    put_split_check(form, 2);
    put_simple_checks(form, 3);
}

/* ---- marks ------------------------------------------------------------------- */

static void mark_headings(Form *form, int course)
{
    for (uint32_t p = 0; p < FORM_PERIODS; p++) {
        uint32_t col = kf_form_col(course) + 1 + p;
        KfBuf breaks = { 0 };

        kf_buf_str(&breaks, "=NOT(");
        put_follows(&breaks, course, p);
        kf_buf_char(&breaks, ')');
        kf_buf_char(&breaks, '\0');
        form->page.book->bad |= breaks.bad;
        if (!breaks.bad)
            kf_mark_when(&form->page, cells(FORM_PERIOD_ROW, col, FORM_PERIOD_ROW, col),
                         KF_TINT_BAD, breaks.ptr);
        kf_buf_free(&breaks);
    }
}

static void mark_amounts(Form *form, int course)
{
    uint32_t col = kf_form_col(course);
    KfRange amounts = cells(FORM_FIRST_ROW, col + 1, LAST_ITEM_ROW, col + FORM_PERIODS);
    KfRange totals = cells(FORM_TOTAL_ROW, col + 1, FORM_TOTAL_ROW, col + FORM_PERIODS);
    bool left = course == KF_ACTUAL;

    kf_mark_when(&form->page, amounts, KF_TINT_BAD,
                 left ? "=OR(ISTEXT(B5),N(B5)<0)" : "=OR(ISTEXT(H5),N(H5)<0)");
    kf_mark_when(&form->page, amounts, KF_TINT_ASK,
                 left ? "=AND($A5=\"\",B5<>\"\")" : "=AND($G5=\"\",H5<>\"\")");
    kf_mark_when(&form->page, totals, KF_TINT_BAD,
                 left ? "=ABS(SUM(B29:B32)-B33)>=0.005" : "=ABS(SUM(H29:H32)-H33)>=0.005");
}

static void mark_results(Form *form)
{
    KfRange results =
        cells(FORM_CHECK_ROW, RESULT_COL, FORM_CHECK_ROW + CHECK_COUNT - 1, RESULT_COL);

    kf_mark_when(&form->page, results, KF_TINT_GOOD, "=N5=\"OK\"");
    kf_mark_when(&form->page, results, KF_TINT_BAD,
                 "=AND(N5<>\"OK\",COUNTA($B$5:$E$28)+COUNTA($H$5:$K$28)>0)");
    kf_mark_when(&form->page, cells(FORM_COURSE_ROW, RESULT_COL, FORM_COURSE_ROW, RESULT_COL),
                 KF_TINT_GOOD, "=N3=\"OK\"");
}

/* ---- the sheet ----------------------------------------------------------------- */

static void set_up(Form *form)
{
    KfPage *page = &form->page;

    kf_page_column(page, 0, 0, 34);
    kf_page_column(page, 1, FORM_PERIODS, 12.5);
    kf_page_column(page, FORM_PERIODS + 1, FORM_PERIODS + 1, 2);
    kf_page_column(page, FORM_PERIODS + 2, FORM_PERIODS + 2, 34);
    kf_page_column(page, FORM_PERIODS + 3, 2 * FORM_PERIODS + 2, 12.5);
    kf_page_column(page, FORM_CHECK_COL - 1, FORM_CHECK_COL - 1, 2);
    kf_page_column(page, FORM_CHECK_COL, FORM_CHECK_COL, 38);
    kf_page_column(page, RESULT_COL, RESULT_COL, 13);
    kf_page_protect(page);
    if (!page->sheet)
        return;
    worksheet_freeze_panes(page->sheet, FORM_FIRST_ROW, 1);
    worksheet_print_area(page->sheet, 0, 0, FORM_CASE_TOTAL_ROW, FORM_CHECK_COL - 2);
    worksheet_fit_to_pages(page->sheet, 1, 1);
}

static void put_title(Form *form)
{
    KfBuf name = { 0 };

    kf_buf_citizen_name(&name, form->citizen);
    kf_put_text(&form->page, FORM_TITLE_ROW, 0, kf_buf_view(&name), KF_LOOK_INPUT_TITLE);
    form->page.book->bad |= name.bad;
    kf_buf_free(&name);
    kf_put_say(&form->page, FORM_TITLE_ROW + 1, 0, SAY_FORM_HELP, KF_LOOK_NOTE);
}

static void name_results(Form *form)
{
    static const char *const names[KF_COURSE_COUNT] = { "Faktisk", "Kontrafaktisk" };

    for (int course = 0; course < KF_COURSE_COUNT; course++) {
        uint32_t col = kf_form_col(course) + 1;
        KfPlaceText number;
        KfBuf name = { 0 };

        kf_buf_str(&name, names[course]);
        kf_buf_str(&name, "_borger_");
        kf_buf_text(&name, kf_row_text(&number, (uint32_t)form->citizen));
        kf_buf_char(&name, '\0');
        form->page.book->bad |= name.bad;
        if (!name.bad)
            kf_name_range(&form->page, name.ptr,
                          cells(FORM_PAYER_TOTAL_ROW, col, FORM_CASE_TOTAL_ROW, col));
        kf_buf_free(&name);
    }
}

void kf_new_citizen(KfNewBook *book, size_t citizen)
{
    Form form = { .book = book, .citizen = citizen };
    KfBuf name = { 0 };

    kf_buf_citizen_name(&name, citizen);
    form.page = kf_page_open(&book->book, kf_buf_view(&name));
    book->book.bad |= name.bad;
    kf_buf_free(&name);
    set_up(&form);
    put_title(&form);
    for (int course = 0; course < KF_COURSE_COUNT; course++) {
        put_headings(&form, course);
        put_sections(&form, course);
        put_payers(&form, course);
        put_total(&form, course);
        put_payer_totals(&form, course);
        mark_headings(&form, course);
        mark_amounts(&form, course);
    }
    put_checks(&form);
    mark_results(&form);
    name_results(&form);
}
