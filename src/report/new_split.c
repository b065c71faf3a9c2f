/* The sheet Fordeling: each benefit of each course by payer and period. Shares come from
 * the rules; weeks run on through the periods, and are counted together where the rules
 * say so. What the rules leave open is chosen here. */
#include "report/new_workbook.h"

#include "kf/edit.h"

enum {
    CITIZEN_COL,
    COURSE_COL,
    BENEFIT_COL,
    RULE_COL,
    PAYER_COL,
    SHARE_COL,
    RATE_COL,
    STATE_COL = SPLIT_PART_COL + KF_STATE * FORM_PERIODS,
    REGION_COL = SPLIT_PART_COL + KF_REGION * FORM_PERIODS,
    OTHER_COL = SPLIT_PART_COL + KF_OTHER * FORM_PERIODS,
    HELPER_COL = SPLIT_PART_COL + KF_PAYER_COUNT * FORM_PERIODS, /* Y */
    HELPER_COUNT = 16,
    WEEKS_COL = HELPER_COL + HELPER_COUNT, /* AO */
    START_COL = WEEKS_COL + FORM_PERIODS,  /* AS */
    LAST_COL = START_COL + FORM_PERIODS - 1,
    HEAD_ROW = SPLIT_FIRST_ROW - 1
};

/* The working columns from Y on: {0} is the row, {2} 1 where other parties pay what no
 * rule knows. */
static const char *const helpers[HELPER_COUNT] = {
    /* Y, Z: which rule, 0 for none; what was chosen instead */
    "=IF(C{0}=\"\",0,IFERROR(MATCH(C{0},Ydelser,0),0))",
    "=IF(E{0}<>\"\",\"betaler\",IF(F{0}<>\"\",\"andel\",\"\"))",
    /* AA, AB: what its weeks are counted with; the price of a week */
    "=IF(OR(Y{0}=0,Z{0}<>\"\"),\"\",INDEX(Regler,Y{0},8)&\"\")",
    "=IF(AA{0}=\"\",0,IF(G{0}=\"\",INDEX(Regler,Y{0},9),"
    "IFERROR(INDEX(Satser,MATCH(G{0},Satsnavne,0),4),0)))",
    /* AC to AF: shares of the state, the region and other parties; the cap */
    "=IF(Z{0}=\"betaler\",IF(E{0}=INDEX(Betalere,2),1,0),IF(Z{0}=\"andel\",F{0},"
    "IF(Y{0}=0,0,N(INDEX(Regler,Y{0},4)))))",
    "=IF(Z{0}=\"betaler\",IF(E{0}=INDEX(Betalere,3),1,0),IF(OR(Z{0}=\"andel\",Y{0}=0),0,"
    "N(INDEX(Regler,Y{0},5))))",
    "=IF(Z{0}=\"betaler\",IF(E{0}=INDEX(Betalere,4),1,0),IF(Z{0}=\"andel\",0,"
    "IF(Y{0}=0,IF(C{0}=\"\",0,{2}),N(INDEX(Regler,Y{0},6)))))",
    "=IF(OR(Y{0}=0,Z{0}<>\"\"),0,N(INDEX(Regler,Y{0},7)))",
    /* AG to AJ: the last week of each step; AK to AN: the state's share in it */
    "=IF(AA{0}=\"\",0,N(INDEX(Regler,Y{0},11)))",
    "=IF(AA{0}=\"\",0,N(INDEX(Regler,Y{0},12)))",
    "=IF(AA{0}=\"\",0,N(INDEX(Regler,Y{0},13)))",
    "=IF(AA{0}=\"\",0,N(INDEX(Regler,Y{0},14)))",
    "=IF(AA{0}=\"\",0,N(INDEX(Regler,Y{0},15)))",
    "=IF(AA{0}=\"\",0,N(INDEX(Regler,Y{0},16)))",
    "=IF(AA{0}=\"\",0,N(INDEX(Regler,Y{0},17)))",
    "=IF(AA{0}=\"\",0,N(INDEX(Regler,Y{0},18)))",
};

/* One benefit's row, and where it comes from. */
typedef struct {
    KfPage *page;
    uint32_t row, first, last; /* first and last of its course */
    uint32_t source_row, source_col, section;
    KfText sheet; /* of the citizen, quoted */
    KfText citizen;
    int course;
} Row;

/* ---- what it is ---------------------------------------------------------------- */

static void put_names(const Row *row)
{
    KfPage *page = row->page;
    KfPlaceText label;
    KfText args[] = { row->sheet, kf_cell_text(&label, row->source_row, row->source_col) };

    kf_put_text_formula(page, row->row, CITIZEN_COL, KF_LOOK_PLAIN, "={2}!A1", args, 1,
                        row->citizen);
    kf_put_say(page, row->row, COURSE_COL,
               row->course == KF_ACTUAL ? SAY_ACTUAL : SAY_COUNTERFACTUAL, KF_LOOK_PLAIN);
    kf_put_text_formula(page, row->row, BENEFIT_COL, KF_LOOK_PLAIN,
                        "=IF({2}!{3}=\"\",\"\",{2}!{3})", args, 2, KF_TEXT(""));
}

static void put_rule(const Row *row)
{
    KfLang lang = row->page->book->lang;
    bool others = row->section == FORM_SECTIONS - 1;
    KfText args[] = {
        kf_phrase(SAY_SPLIT_BY_PAYER, lang),
        kf_phrase(SAY_SPLIT_BY_SHARE, lang),
        kf_phrase(others ? SAY_SPLIT_NO_RULE_OTHER : SAY_SPLIT_NO_RULE, lang),
    };

    kf_put_text_formula(row->page, row->row, RULE_COL, KF_LOOK_PLAIN,
                        "=IF(C{0}=\"\",\"\",IF(Z{0}=\"betaler\",\"{2}\",IF(Z{0}=\"andel\",\"{3}\","
                        "IF(Y{0}=0,\"{4}\",INDEX(Regler,Y{0},2)))))",
                        args, 3, KF_TEXT(""));
}

#define STATUS(unknown)                                                                            \
    "=IF(C{0}=\"\",\"\",IF(OR(D{0}=\"{2}\"," unknown ",AND(AA{0}<>\"\",AB{0}=0)),\"{3}\","             \
    "IF(AND(AA{0}<>\"\",G{0}=\"\",N(INDEX(Regler,MAX(1,Y{0}),10))>1),\"{4}\",\"\")))"

/* A benefit that the list does not have is the municipality's only when someone says so. */
static void put_status(const Row *row)
{
    KfLang lang = row->page->book->lang;
    bool others = row->section == FORM_SECTIONS - 1;
    KfText args[] = { kf_phrase(SAY_RATES_OPEN, lang), kf_phrase(SAY_SPLIT_ASK_PAYER, lang),
                      kf_phrase(SAY_SPLIT_ASK_RATE, lang) };

    kf_put_text_formula(row->page, row->row, SPLIT_STATUS_COL, KF_LOOK_PLAIN,
                        others ? STATUS("FALSE") : STATUS("AND(Y{0}=0,Z{0}=\"\")"), args, 3,
                        KF_TEXT(""));
}

/* ---- what each payer carries ------------------------------------------------------ */

static void put_weeks(const Row *row, uint32_t period, KfText source)
{
    kf_put_formula(row->page, row->row, WEEKS_COL + period, KF_LOOK_WORKING,
                   "=IF(AB{0}>0,N({2})/AB{0},0)", &source, 1);
}

/* The weeks of the periods before, and of the rows above in this one. */
static void put_start(const Row *row, uint32_t period)
{
    KfPlaceText first, last, now;
    KfText args[] = { kf_row_text(&first, row->first),
                      kf_row_text(&last, row->last),
                      kf_col_text(&now, WEEKS_COL + period),
                      { 0 } };
    KfBuf before = { 0 };

    for (uint32_t p = 0; p < period; p++) {
        KfPlaceText then;
        KfText all[] = { args[0], args[1], kf_col_text(&then, WEEKS_COL + p) };

        kf_buf_fill(&before, KF_TEXT("+SUMIF(AA${0}:AA${1},AA"), all, 3);
        kf_buf_text(&before, kf_row_text(&(KfPlaceText){ "" }, row->row));
        kf_buf_fill(&before, KF_TEXT(",{2}${0}:{2}${1})"), all, 3);
    }
    args[3] = kf_buf_view(&before);
    kf_put_formula(row->page, row->row, START_COL + period, KF_LOOK_WORKING,
                   "=IF(AA{0}=\"\",0,SUMIF(AA${2}:AA{0},AA{0},{4}${2}:{4}{0})-{4}{0}{5})", args, 4);
    row->page->book->bad |= before.bad;
    kf_buf_free(&before);
}

static void put_state(const Row *row, uint32_t period, KfText source)
{
    KfPlaceText weeks, start;
    KfText args[] = { source, kf_col_text(&weeks, WEEKS_COL + period),
                      kf_col_text(&start, START_COL + period) };

    kf_put_formula(row->page, row->row, STATE_COL + period, KF_LOOK_PART,
                   "=ROUND(IF(AA{0}=\"\",N({2})*AC{0},AB{0}*("
                   "AK{0}*MAX(0,MIN({4}{0}+{3}{0},AG{0})-{4}{0})"
                   "+AL{0}*MAX(0,MIN({4}{0}+{3}{0},AH{0})-MAX({4}{0},AG{0}))"
                   "+AM{0}*MAX(0,MIN({4}{0}+{3}{0},AI{0})-MAX({4}{0},AH{0}))"
                   "+AN{0}*MAX(0,MIN({4}{0}+{3}{0},AJ{0})-MAX({4}{0},AI{0})))),2)",
                   args, 3);
}

/* The municipality has the rest, so that the parts always give the amount. */
static void put_others(const Row *row, uint32_t period, KfText source)
{
    KfPlaceText state, region, other;
    KfText args[] = { source, kf_col_text(&state, STATE_COL + period),
                      kf_col_text(&region, REGION_COL + period),
                      kf_col_text(&other, OTHER_COL + period) };

    kf_put_formula(row->page, row->row, REGION_COL + period, KF_LOOK_PART,
                   "=ROUND(N({2})*AD{0}+IF(AF{0}>0,"
                   "MAX(0,N({2})*(1-AC{0}-AD{0}-AE{0})-AF{0}),0),2)",
                   args, 1);
    kf_put_formula(row->page, row->row, OTHER_COL + period, KF_LOOK_PART, "=ROUND(N({2})*AE{0},2)",
                   args, 1);
    kf_put_formula(row->page, row->row, SPLIT_PART_COL + period, KF_LOOK_PART,
                   "=ROUND(N({2})-{3}{0}-{4}{0}-{5}{0},2)", args, 4);
}

static void put_period(const Row *row, uint32_t period)
{
    KfPlaceText cell;
    KfBuf source = { 0 };

    kf_buf_text(&source, row->sheet);
    kf_buf_char(&source, '!');
    kf_buf_text(&source, kf_cell_text(&cell, row->source_row, row->source_col + 1 + period));
    put_weeks(row, period, kf_buf_view(&source));
    put_start(row, period);
    put_state(row, period, kf_buf_view(&source));
    put_others(row, period, kf_buf_view(&source));
    row->page->book->bad |= source.bad;
    kf_buf_free(&source);
}

static void put_row(const Row *row)
{
    KfText others = row->section == FORM_SECTIONS - 1 ? KF_TEXT("1") : KF_TEXT("0");

    put_names(row);
    put_rule(row);
    kf_put_blank(row->page, row->row, PAYER_COL, KF_LOOK_INPUT_TEXT);
    kf_put_blank(row->page, row->row, SHARE_COL, KF_LOOK_INPUT_SHARE);
    kf_put_blank(row->page, row->row, RATE_COL, KF_LOOK_INPUT_TEXT);
    put_status(row);
    for (uint32_t i = 0; i < HELPER_COUNT; i++)
        kf_put_formula(row->page, row->row, HELPER_COL + i, KF_LOOK_WORKING, helpers[i], &others,
                       1);
    for (uint32_t p = 0; p < FORM_PERIODS; p++)
        put_period(row, p);
}

static void put_citizen(KfPage *page, size_t citizen)
{
    KfBuf sheet = { 0 }, name = { 0 };
    Row row = { .page = page, .sheet = kf_citizen_sheet(&sheet, citizen) };

    kf_buf_citizen_name(&name, citizen);
    row.citizen = kf_buf_view(&name);
    for (row.course = 0; row.course < KF_COURSE_COUNT; row.course++) {
        row.first = kf_split_row(citizen, row.course, 0);
        row.last = row.first + FORM_ITEMS - 1;
        row.source_col = kf_form_col(row.course);
        for (uint32_t item = 0; item < FORM_ITEMS; item++) {
            row.row = row.first + item;
            row.source_row = kf_form_item_row(item, &row.section);
            put_row(&row);
        }
    }
    page->book->bad |= sheet.bad || name.bad;
    kf_buf_free(&sheet);
    kf_buf_free(&name);
}

/* ---- headings ---------------------------------------------------------------- */

static void put_part_headings(KfPage *page)
{
    static const KfPhrase payers[KF_PAYER_COUNT] = { SAY_PAYER_1, SAY_PAYER_2, SAY_PAYER_3,
                                                     SAY_PAYER_4 };

    for (uint32_t i = 0; i < KF_PAYER_COUNT * FORM_PERIODS; i++) {
        KfPlaceText number;
        KfBuf heading = { 0 };

        kf_buf_phrase(&heading, SAY_SPLIT_PART, page->book->lang,
                      (KfText[]){ kf_phrase(payers[i / FORM_PERIODS], page->book->lang),
                                  kf_row_text(&number, i % FORM_PERIODS) },
                      2);
        kf_put_text(page, HEAD_ROW, SPLIT_PART_COL + i, kf_buf_view(&heading),
                    KF_LOOK_COLUMN_NUMBER);
        page->book->bad |= heading.bad;
        kf_buf_free(&heading);
    }
}

static void put_headings(KfPage *page)
{
    static const KfPhrase columns[] = {
        SAY_COL_CITIZEN, SAY_SPLIT_COURSE,      SAY_FORM_BENEFIT, SAY_SPLIT_RULE,
        SAY_SPLIT_PAYER, SAY_SPLIT_STATE_SHARE, SAY_SPLIT_RATE,   SAY_SPLIT_STATUS,
    };
    KfBuf title = { 0 };

    kf_buf_text(&title, kf_phrase(SAY_SPLIT_TITLE, page->book->lang));
    kf_buf_str(&title, KF_AID_TITLE_END);
    kf_put_text(page, 0, 0, kf_buf_view(&title), KF_LOOK_TITLE);
    page->book->bad |= title.bad;
    kf_buf_free(&title);
    kf_put_say(page, 1, 0, SAY_SPLIT_HELP, KF_LOOK_NOTE);
    for (uint32_t col = 0; col < SPLIT_PART_COL; col++)
        kf_put_say(page, HEAD_ROW, col, columns[col], KF_LOOK_COLUMN);
    kf_page_row(page, HEAD_ROW, 30);
    put_part_headings(page);
    for (uint32_t col = HELPER_COL; col <= LAST_COL; col++)
        kf_put_say(page, HEAD_ROW, col, SAY_SPLIT_HELPER, KF_LOOK_COLUMN_NUMBER);
}

static void set_up(KfPage *page, uint32_t last)
{
    kf_page_column(page, CITIZEN_COL, CITIZEN_COL, 10);
    kf_page_column(page, COURSE_COL, COURSE_COL, 18);
    kf_page_column(page, BENEFIT_COL, BENEFIT_COL, 30);
    kf_page_column(page, RULE_COL, RATE_COL, 17);
    kf_page_column(page, SPLIT_STATUS_COL, SPLIT_STATUS_COL, 28);
    kf_page_column(page, SPLIT_PART_COL, HELPER_COL - 1, 12);
    kf_page_fold_columns(page, HELPER_COL, LAST_COL, 9);
    kf_choose_from(page, (KfRange){ SPLIT_FIRST_ROW, PAYER_COL, last, PAYER_COL }, "Betalere", true,
                   SAY_SPLIT_PAYER_HEAD, SAY_SPLIT_PAYER_HELP);
    kf_only_numbers(page, (KfRange){ SPLIT_FIRST_ROW, SHARE_COL, last, SHARE_COL }, 0, 1,
                    SAY_SPLIT_STATE_SHARE, SAY_SPLIT_SHARE_HELP);
    kf_choose_from(page, (KfRange){ SPLIT_FIRST_ROW, RATE_COL, last, RATE_COL }, "Satsnavne", true,
                   SAY_SPLIT_RATE, SAY_SPLIT_RATE_HELP);
    kf_mark_when(page, (KfRange){ SPLIT_FIRST_ROW, SPLIT_STATUS_COL, last, SPLIT_STATUS_COL },
                 KF_TINT_ASK, "=$H6<>\"\"");
    kf_page_protect(page);
    if (!page->sheet)
        return;
    worksheet_freeze_panes(page->sheet, SPLIT_FIRST_ROW, BENEFIT_COL + 1);
    worksheet_repeat_rows(page->sheet, HEAD_ROW, HEAD_ROW);
    worksheet_repeat_columns(page->sheet, CITIZEN_COL, BENEFIT_COL);
    worksheet_fit_to_pages(page->sheet, 2, 0);
    worksheet_print_area(page->sheet, 0, 0, last, HELPER_COL - 1);
}

void kf_new_split(KfNewBook *book)
{
    KfPage page = kf_page_open(&book->book, kf_phrase(SAY_SPLIT, book->book.lang));

    put_headings(&page);
    for (size_t i = 0; i < book->wanted->citizens; i++)
        put_citizen(&page, i);
    set_up(&page, kf_split_row(book->wanted->citizens, KF_ACTUAL, 0) - 1);
}
