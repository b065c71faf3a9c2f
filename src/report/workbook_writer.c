/* See workbook_writer.h. The library copies every text it is given. */
#include "report/workbook_writer.h"

#include <string.h>

enum { CELL_LIMIT = 32767, NAME_LIMIT = 31, MOST_NAMES = 1000, FORMULA_ARGS = 10 };

/* ---- looks ----------------------------------------------------------------- */

typedef enum { LEFT, RIGHT, CENTRE, WRAP, WRAP_RIGHT } Aligned;

static const struct {
    bool bold;
    double size;
    lxw_color_t ink, ground;
    Aligned aligned;
    const char *number;
    bool line, unlocked;
} looks[KF_LOOK_COUNT] = {
#define KF_LOOK(id, bold, size, ink, ground, aligned, number, line, unlocked)                      \
    [KF_LOOK_##id] = { bold, size, ink, ground, aligned, number, line, unlocked },
#include "report/workbook_looks.def"
#undef KF_LOOK
};

static void align(lxw_format *format, Aligned aligned)
{
    static const uint8_t across[] = {
        [LEFT] = LXW_ALIGN_LEFT, [RIGHT] = LXW_ALIGN_RIGHT,      [CENTRE] = LXW_ALIGN_CENTER,
        [WRAP] = LXW_ALIGN_LEFT, [WRAP_RIGHT] = LXW_ALIGN_RIGHT,
    };

    format_set_align(format, across[aligned]);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP); /* a row may be as high as its longest text */
    if (aligned >= WRAP)
        format_set_text_wrap(format);
}

static lxw_format *make_look(lxw_workbook *handle, KfLook look)
{
    lxw_format *format = workbook_add_format(handle);

    if (!format)
        return NULL;
    format_set_font_name(format, "Calibri");
    format_set_font_size(format, looks[look].size);
    format_set_font_color(format, looks[look].ink);
    align(format, looks[look].aligned);
    if (looks[look].bold)
        format_set_bold(format);
    if (looks[look].ground)
        format_set_bg_color(format, looks[look].ground);
    if (*looks[look].number)
        format_set_num_format(format, looks[look].number);
    if (looks[look].line)
        format_set_top(format, LXW_BORDER_THIN);
    if (looks[look].unlocked) {
        format_set_unlocked(format);
        format_set_border(format, LXW_BORDER_HAIR);
        format_set_border_color(format, 0xBFBFBF);
    }
    return format;
}

/* ---- texts ----------------------------------------------------------------- */

/* The text as it may be shown, ended by NUL; "" once memory has ended. */
static const char *shown(KfWorkbook *book, KfText text, size_t limit)
{
    size_t units = 0, at = 0;
    KfText all;

    book->text.len = 0;
    kf_buf_masked(&book->text, text);
    all = kf_buf_view(&book->text);
    while (at < all.len && !book->text.bad) {
        size_t next = at;

        units += kf_text_next(all, &next) > 0xFFFF ? 2 : 1;
        if (units > limit)
            break;
        at = next;
    }
    book->text.len = at;
    kf_buf_char(&book->text, '\0');
    book->bad |= book->text.bad;
    return book->bad ? "" : book->text.ptr;
}

/* ---- workbook --------------------------------------------------------------- */

static void set_properties(KfWorkbook *book, KfText title, int32_t year)
{
    lxw_doc_properties properties = {
        .author = (char *)"Kontrafakt",
        .comments = (char *)"",
        .created = (time_t)kf_date(year, 1, 1) * 24 * 60 * 60,
    };

    properties.title = (char *)(uintptr_t)shown(book, title, 255);
    book->bad |= workbook_set_properties(book->handle, &properties) != LXW_NO_ERROR;
}

void kf_workbook_open(KfWorkbook *book, const char *path, KfLang lang, KfText title, int32_t year)
{
    *book = (KfWorkbook){ .handle = workbook_new(path), .lang = lang };
    if (!book->handle) {
        book->bad = true;
        return;
    }
    for (int look = 0; look < KF_LOOK_COUNT; look++) {
        book->looks[look] = make_look(book->handle, (KfLook)look);
        book->bad |= !book->looks[look];
    }
    set_properties(book, title, year);
}

KfStatus kf_workbook_close(KfWorkbook *book, KfError *err)
{
    lxw_error error = LXW_ERROR_MEMORY_MALLOC_FAILED;

    kf_buf_free(&book->text);
    if (book->handle && !book->bad)
        error = workbook_close(book->handle);
    else if (book->handle)
        lxw_workbook_free(book->handle);
    book->handle = NULL;
    if (error == LXW_NO_ERROR)
        return KF_OK;
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return kf_fail(err, KF_NO_MEMORY, (KfText){ 0 }, (KfText){ 0 });
    return kf_fail(err, KF_OUTPUT_UNWRITABLE, (KfText){ 0 }, kf_text(lxw_strerror(error)));
}

/* ---- sheets ---------------------------------------------------------------- */

/* What no name of a sheet may hold becomes a space. */
static void make_allowed(char *name)
{
    for (char *at = name; *at; at++) {
        if (strchr("[]:*?/\\", *at) || (*at == '\'' && (at == name || !at[1])))
            *at = ' ';
    }
    if (!*name)
        memcpy(name, "-", 2);
}

/* Another name than those before: "Aarhus", "Aarhus (2)". */
static void find_name(KfWorkbook *book, KfText wanted, char out[128])
{
    for (uint32_t number = 1; number < MOST_NAMES; number++) {
        KfPlaceText digits;
        KfText tail = kf_row_text(&digits, number - 1);

        out[0] = '\0';
        strncat(out, shown(book, wanted, NAME_LIMIT - (number > 1 ? tail.len + 3 : 0)), 100);
        make_allowed(out);
        if (number > 1) {
            strcat(out, " (");
            strncat(out, tail.ptr, tail.len);
            strcat(out, ")");
        }
        if (book->bad || workbook_validate_sheet_name(book->handle, out) == LXW_NO_ERROR)
            return;
    }
    book->bad = true;
}

static void quote_name(KfPage *page, const char *name)
{
    size_t at = 0;

    page->name[at++] = '\'';
    for (; *name && at + 3 < sizeof page->name; name++) {
        if (*name == '\'')
            page->name[at++] = '\'';
        page->name[at++] = *name;
    }
    page->name[at++] = '\'';
    page->name[at] = '\0';
}

static void set_up_print(lxw_worksheet *sheet)
{
    enum { A4 = 9 };

    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, A4);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6);
    worksheet_set_footer(sheet, "&L&8&F&C&8&A&R&8&P / &N");
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
}

KfPage kf_page_open(KfWorkbook *book, KfText name)
{
    KfPage page = { .book = book };
    char chosen[128];

    if (!book->bad)
        find_name(book, name, chosen);
    if (!book->bad)
        page.sheet = workbook_add_worksheet(book->handle, chosen);
    if (!page.sheet) {
        book->bad = true;
        return page;
    }
    quote_name(&page, chosen);
    set_up_print(page.sheet);
    return page;
}

void kf_page_protect(KfPage *page)
{
    lxw_protection allowed = { .format_columns = LXW_TRUE, .format_rows = LXW_TRUE };

    if (page->sheet)
        worksheet_protect(page->sheet, NULL, &allowed);
}

static void check(KfPage *page, lxw_error error)
{
    page->book->bad |= error == LXW_ERROR_MEMORY_MALLOC_FAILED;
}

void kf_page_column(KfPage *page, uint32_t first, uint32_t last, double width)
{
    if (page->sheet)
        check(page,
              worksheet_set_column(page->sheet, (lxw_col_t)first, (lxw_col_t)last, width, NULL));
}

void kf_page_row(KfPage *page, uint32_t row, double height)
{
    if (page->sheet)
        check(page, worksheet_set_row(page->sheet, row, height, NULL));
}

void kf_page_fold_columns(KfPage *page, uint32_t first, uint32_t last, double width)
{
    lxw_row_col_options fold = { .level = 1 };

    if (page->sheet)
        check(page, worksheet_set_column_opt(page->sheet, (lxw_col_t)first, (lxw_col_t)last, width,
                                             NULL, &fold));
}

/* ---- cells ----------------------------------------------------------------- */

void kf_put_text(KfPage *page, uint32_t row, uint32_t col, KfText text, KfLook look)
{
    enum { TITLE_HEIGHT = 24 };
    const char *bytes = shown(page->book, text, CELL_LIMIT);

    if (look == KF_LOOK_TITLE || look == KF_LOOK_INPUT_TITLE)
        kf_page_row(page, row, TITLE_HEIGHT); /* not every program fits a row to its letters */
    if (page->sheet)
        check(page, worksheet_write_string(page->sheet, row, (lxw_col_t)col, bytes,
                                           page->book->looks[look]));
}

void kf_put_say(KfPage *page, uint32_t row, uint32_t col, KfPhrase say, KfLook look)
{
    kf_put_text(page, row, col, kf_phrase(say, page->book->lang), look);
}

void kf_put_blank(KfPage *page, uint32_t row, uint32_t col, KfLook look)
{
    if (page->sheet)
        check(page,
              worksheet_write_blank(page->sheet, row, (lxw_col_t)col, page->book->looks[look]));
}

static void put_number(KfPage *page, uint32_t row, uint32_t col, double value, KfLook look)
{
    if (page->sheet)
        check(page, worksheet_write_number(page->sheet, row, (lxw_col_t)col, value,
                                           page->book->looks[look]));
}

void kf_put_int(KfPage *page, uint32_t row, uint32_t col, int64_t value, KfLook look)
{
    put_number(page, row, col, (double)value, look);
}

void kf_put_amount(KfPage *page, uint32_t row, uint32_t col, KfOere amount, KfLook look)
{
    put_number(page, row, col, (double)amount / 100.0, look);
}

void kf_put_sum(KfPage *page, uint32_t row, uint32_t col, KfOere sum, KfLook look)
{
    if (sum == KF_NOT_STATED)
        kf_put_say(page, row, col, SAY_RC_NOT_STATED, look);
    else
        kf_put_amount(page, row, col, sum, look);
}

void kf_put_share(KfPage *page, uint32_t row, uint32_t col, int32_t basis_points, KfLook look)
{
    put_number(page, row, col, (double)basis_points / 10000.0, look);
}

/* A target that the library refuses leaves the text. */
void kf_put_link(KfPage *page, uint32_t row, uint32_t col, KfText target, KfText text)
{
    KfBuf url = { 0 };

    kf_buf_text(&url, target);
    kf_buf_char(&url, '\0');
    page->book->bad |= url.bad;
    if (page->sheet && !url.bad)
        check(page, worksheet_write_url(page->sheet, row, (lxw_col_t)col, url.ptr,
                                        page->book->looks[KF_LOOK_LINK]));
    kf_buf_free(&url);
    kf_put_text(page, row, col, text, KF_LOOK_LINK);
}

/* ---- formulas ---------------------------------------------------------------- */

KfText kf_row_text(KfPlaceText *out, uint32_t row)
{
    KfBuf buf = { .ptr = out->text, .cap = sizeof out->text };

    kf_buf_uint_padded(&buf, (uint64_t)row + 1, 1);
    return kf_buf_view(&buf);
}

KfText kf_cell_text(KfPlaceText *out, uint32_t row, uint32_t col)
{
    KfBuf buf = { .ptr = out->text, .cap = sizeof out->text };

    kf_buf_cellref(&buf, row, col);
    return kf_buf_view(&buf);
}

KfText kf_col_text(KfPlaceText *out, uint32_t col)
{
    KfText cell = kf_cell_text(out, 0, col);

    return kf_text_slice(cell, 0, cell.len - 1);
}

/* The formula in book->text, ended by NUL. */
static const char *fill_in(KfPage *page, uint32_t row, uint32_t col, const char *template,
                           const KfText *args, size_t count)
{
    KfPlaceText places[2];
    KfText all[FORMULA_ARGS];
    KfBuf *text = &page->book->text;

    all[0] = kf_row_text(&places[0], row);
    all[1] = kf_col_text(&places[1], col);
    for (size_t i = 0; i < count && i + 2 < FORMULA_ARGS; i++)
        all[i + 2] = args[i];
    text->len = 0;
    kf_buf_fill(text, kf_text(template), all, count + 2);
    kf_buf_char(text, '\0');
    page->book->bad |= text->bad;
    return text->bad ? "" : text->ptr;
}

void kf_put_formula(KfPage *page, uint32_t row, uint32_t col, KfLook look, const char *template,
                    const KfText *args, size_t arg_count)
{
    const char *formula = fill_in(page, row, col, template, args, arg_count);

    if (page->sheet)
        check(page, worksheet_write_formula(page->sheet, row, (lxw_col_t)col, formula,
                                            page->book->looks[look]));
}

void kf_put_text_formula(KfPage *page, uint32_t row, uint32_t col, KfLook look,
                         const char *template, const KfText *args, size_t arg_count, KfText value)
{
    const char *formula = fill_in(page, row, col, template, args, arg_count);
    char known[64] = "";

    strncat(known, value.len ? value.ptr : "", value.len < 63 ? value.len : 63);
    if (page->sheet)
        check(page, worksheet_write_formula_str(page->sheet, row, (lxw_col_t)col, formula,
                                                page->book->looks[look], known));
}

/* ---- names, marks, what may be typed ------------------------------------------ */

static void put_absolute(KfBuf *out, uint32_t row, uint32_t col)
{
    KfPlaceText letters, digits;

    kf_buf_char(out, '$');
    kf_buf_text(out, kf_col_text(&letters, col));
    kf_buf_char(out, '$');
    kf_buf_text(out, kf_row_text(&digits, row));
}

void kf_name_range(KfPage *page, const char *name, KfRange range)
{
    KfBuf formula = { 0 };

    kf_buf_char(&formula, '=');
    kf_buf_str(&formula, page->name);
    kf_buf_char(&formula, '!');
    put_absolute(&formula, range.first_row, range.first_col);
    if (range.last_row != range.first_row || range.last_col != range.first_col) {
        kf_buf_char(&formula, ':');
        put_absolute(&formula, range.last_row, range.last_col);
    }
    kf_buf_char(&formula, '\0');
    page->book->bad |= formula.bad;
    if (page->sheet && !formula.bad)
        check(page, workbook_define_name(page->book->handle, name, formula.ptr));
    kf_buf_free(&formula);
}

static lxw_format *make_tint(KfWorkbook *book, KfTint tint)
{
    static const lxw_color_t colors[][2] = {
        [KF_TINT_BAD] = { 0x9C0006, 0xFFC7CE },
        [KF_TINT_GOOD] = { 0x006100, 0xC6EFCE },
        [KF_TINT_ASK] = { 0x7F6000, 0xFFEB9C },
    };
    lxw_format *format = workbook_add_format(book->handle);

    if (!format)
        return NULL;
    format_set_font_color(format, colors[tint][0]);
    format_set_bg_color(format, colors[tint][1]);
    return format;
}

void kf_mark_when(KfPage *page, KfRange range, KfTint tint, const char *formula)
{
    lxw_conditional_format rule = { .type = LXW_CONDITIONAL_TYPE_FORMULA,
                                    .value_string = (char *)(uintptr_t)formula };

    if (!page->sheet)
        return;
    rule.format = make_tint(page->book, tint);
    page->book->bad |= !rule.format;
    check(page, worksheet_conditional_format_range(page->sheet, range.first_row,
                                                   (lxw_col_t)range.first_col, range.last_row,
                                                   (lxw_col_t)range.last_col, &rule));
}

static void validate(KfPage *page, KfRange range, lxw_data_validation *rule, KfPhrase title,
                     KfPhrase help)
{
    char *head = (char *)(uintptr_t)kf_phrase(title, page->book->lang).ptr;
    char *text = (char *)(uintptr_t)kf_phrase(help, page->book->lang).ptr;

    rule->input_title = rule->error_title = head;
    rule->input_message = rule->error_message = text;
    rule->ignore_blank = LXW_VALIDATION_ON;
    if (page->sheet)
        check(page, worksheet_data_validation_range(page->sheet, range.first_row,
                                                    (lxw_col_t)range.first_col, range.last_row,
                                                    (lxw_col_t)range.last_col, rule));
}

void kf_choose_from(KfPage *page, KfRange range, const char *name, bool stop, KfPhrase title,
                    KfPhrase help)
{
    char formula[64] = "=";
    lxw_data_validation rule = { .validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                 .value_formula = formula };

    strncat(formula, name, sizeof formula - 2);
    rule.error_type = stop ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_INFORMATION;
    validate(page, range, &rule, title, help);
}

void kf_only_numbers(KfPage *page, KfRange range, double least, double most, KfPhrase title,
                     KfPhrase help)
{
    lxw_data_validation rule = { .validate = LXW_VALIDATION_TYPE_DECIMAL,
                                 .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                                 .minimum_number = least,
                                 .maximum_number = most };

    validate(page, range, &rule, title, help);
}
