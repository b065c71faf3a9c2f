/* New workbooks through libxlsxwriter: the one place where its handles live, where text
 * becomes safe to show, and where whole øre become the doubles it asks for. */
#ifndef REPORT_WORKBOOK_WRITER_H
#define REPORT_WORKBOOK_WRITER_H

#include "correct/phrase.h"
#include "kf/report.h"

#include <xlsxwriter.h>

typedef enum {
#define KF_LOOK(id, ...) KF_LOOK_##id,
#include "report/workbook_looks.def"
#undef KF_LOOK
    KF_LOOK_COUNT
} KfLook;

typedef struct {
    lxw_workbook *handle;
    KfLang lang;
    lxw_format *looks[KF_LOOK_COUNT];
    KfBuf text; /* of the cell at hand, ended by NUL */
    bool bad;   /* memory has ended; nothing is written any more */
} KfWorkbook;

/** A sheet being written; sheet is NULL once memory has ended. */
typedef struct {
    KfWorkbook *book;
    lxw_worksheet *sheet;
    char name[128]; /**< as formulas quote it: 'Borger 1' */
} KfPage;

/** A workbook that will be at path. year: of its fixed date, so that no clock shows. */
void kf_workbook_open(KfWorkbook *book, const char *path, KfLang lang, KfText title, int32_t year);
/** Write it out and free everything. Statuses: NO_MEMORY, OUTPUT_UNWRITABLE. */
KfStatus kf_workbook_close(KfWorkbook *book, KfError *err) KF_MUST_USE;

/** A sheet printed on A4 across, as wide as a page. A name that is taken or that no
 *  sheet can have is changed until it fits. */
KfPage kf_page_open(KfWorkbook *book, KfText name);
/** Only unlocked cells can be typed in; without a password. */
void kf_page_protect(KfPage *page);
void kf_page_column(KfPage *page, uint32_t first, uint32_t last, double width);
/** Height of a row in points. */
void kf_page_row(KfPage *page, uint32_t row, double height);
/** Columns that a reader can fold away. */
void kf_page_fold_columns(KfPage *page, uint32_t first, uint32_t last, double width);

/** Masked, cut to what a cell holds, and never a formula. */
void kf_put_text(KfPage *page, uint32_t row, uint32_t col, KfText text, KfLook look);
void kf_put_say(KfPage *page, uint32_t row, uint32_t col, KfPhrase say, KfLook look);
void kf_put_blank(KfPage *page, uint32_t row, uint32_t col, KfLook look);
void kf_put_int(KfPage *page, uint32_t row, uint32_t col, int64_t value, KfLook look);
void kf_put_amount(KfPage *page, uint32_t row, uint32_t col, KfOere amount, KfLook look);
/** An amount, or that it is not stated. */
void kf_put_sum(KfPage *page, uint32_t row, uint32_t col, KfOere sum, KfLook look);
/** 10000 is 100 %. */
void kf_put_share(KfPage *page, uint32_t row, uint32_t col, int32_t basis_points, KfLook look);
/** A link to a place outside or inside ("internal:Sheet!A1"), shown as text. */
void kf_put_link(KfPage *page, uint32_t row, uint32_t col, KfText target, KfText text);
/**
 * A formula from a template: {0} is its row as formulas count, {1} its column's letters,
 * {2} and on are args. Its value is 0 until a spreadsheet program calculates it.
 */
void kf_put_formula(KfPage *page, uint32_t row, uint32_t col, KfLook look, const char *template,
                    const KfText *args, size_t arg_count);
/** As kf_put_formula(); its value is text until it is calculated. */
void kf_put_text_formula(KfPage *page, uint32_t row, uint32_t col, KfLook look,
                         const char *template, const KfText *args, size_t arg_count, KfText value);

/** Digits of a number, or the letters and digits of a cell, for a formula. */
typedef struct {
    char text[24];
} KfPlaceText;
KfText kf_row_text(KfPlaceText *out, uint32_t row);
KfText kf_col_text(KfPlaceText *out, uint32_t col);
KfText kf_cell_text(KfPlaceText *out, uint32_t row, uint32_t col);

/** Name a range of the page for formulas and drop-downs. */
void kf_name_range(KfPage *page, const char *name, KfRange range);
/** Colour cells while a formula about the first of them holds. */
typedef enum { KF_TINT_BAD, KF_TINT_GOOD, KF_TINT_ASK } KfTint;
void kf_mark_when(KfPage *page, KfRange range, KfTint tint, const char *formula);
/** A drop-down from a named range; stop: nothing else may be typed. */
void kf_choose_from(KfPage *page, KfRange range, const char *name, bool stop, KfPhrase title,
                    KfPhrase help);
/** Numbers within limits. */
void kf_only_numbers(KfPage *page, KfRange range, double least, double most, KfPhrase title,
                     KfPhrase help);

#endif
