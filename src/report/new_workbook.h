/* What the sheets of a blank case workbook share: where each figure stands. */
#ifndef REPORT_NEW_WORKBOOK_H
#define REPORT_NEW_WORKBOOK_H

#include "report/workbook_writer.h"

/* A citizen's sheet: the actual course left, the counterfactual right. */
enum {
    FORM_PERIODS = 4,
    FORM_SECTIONS = 4,
    FORM_ITEMS = 20, /* of all sections */
    FORM_TITLE_ROW = 0,
    FORM_COURSE_ROW = 2,
    FORM_PERIOD_ROW = 3,
    FORM_FIRST_ROW = 4, /* the first section's heading */
    FORM_PAYER_ROW = FORM_FIRST_ROW + FORM_SECTIONS + FORM_ITEMS,
    FORM_TOTAL_ROW = FORM_PAYER_ROW + KF_PAYER_COUNT,
    FORM_PAYER_TOTAL_ROW = FORM_TOTAL_ROW + 2,
    FORM_CASE_TOTAL_ROW = FORM_PAYER_TOTAL_ROW + KF_PAYER_COUNT,
    FORM_CHECK_COL = 12, /* the checks, and beside them their results */
    FORM_CHECK_ROW = 4,
};

/** How many benefits fit in a section. */
extern const uint32_t kf_form_section_size[FORM_SECTIONS];
/** Column of a course's labels; its periods stand to the right. */
uint32_t kf_form_col(int course);
/** Row of a benefit, 0 to FORM_ITEMS - 1, and its section. */
uint32_t kf_form_item_row(uint32_t item, uint32_t *section);

/* The sheet Fordeling: a row a benefit. */
enum {
    SPLIT_FIRST_ROW = 5,
    SPLIT_STATUS_COL = 7,
    SPLIT_PART_COL = 8, /* kommunen in four periods, then the other payers */
};
/** Row of a citizen's benefit on the sheet Fordeling. */
uint32_t kf_split_row(size_t citizen, int course, uint32_t item);

/* Columns of the named range Regler, from 1 as INDEX counts. */
enum {
    RULE_TITLE = 1,
    RULE_KIND,
    RULE_SHARE, /* of each payer */
    RULE_CAP = RULE_SHARE + KF_PAYER_COUNT,
    RULE_CLOCK,
    RULE_WEEK_PRICE,
    RULE_RATE_COUNT,
    RULE_TO_WEEK, /* of each tier */
    RULE_TIERS = 4,
    RULE_TIER_SHARE = RULE_TO_WEEK + RULE_TIERS,
    RULE_WIDTH = RULE_TIER_SHARE + RULE_TIERS - 1,
};

typedef struct {
    KfWorkbook book;
    const KfNewWorkbook *wanted;
    KfDate as_of;
} KfNewBook;

/** "Borger 1" */
void kf_buf_citizen_name(KfBuf *out, size_t citizen);
/** Its sheet as formulas name it. */
KfText kf_citizen_sheet(KfBuf *out, size_t citizen);

void kf_new_overview(KfNewBook *book);
void kf_new_citizen(KfNewBook *book, size_t citizen);
void kf_new_split(KfNewBook *book);
void kf_new_rates(KfNewBook *book);

#endif
