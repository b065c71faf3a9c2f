#include "desk.h"

#include "values.h"

#include <cell.h>
#include <colrow.h>
#include <expr.h>
#include <gui-util.h>
#include <hlink.h>
#include <mstyle.h>
#include <parse-util.h>
#include <ranges.h>
#include <sheet-object-cell-comment.h>
#include <sheet-object.h>
#include <sheet-style.h>
#include <sheet.h>
#include <style-color.h>
#include <wbc-gtk.h>
#include <workbook.h>

#include <gdk/gdkkeysyms.h>

#include <stdio.h>

enum {
    CORRECTED_FILL = 0xC6EFCE,
    PROPOSED_FILL = 0xFFEB9C,
    HEADING_FILL = 0xD9E1F2,
    NO_FILL = -1,
    POINTS_PER_CHARACTER = 6
};

typedef struct {
    Workbook *book;
    WorkbookControl *control; /* NULL: no window */
    Sheet *new_sheet;
} Desk;

static Sheet *sheet_at(const Desk *desk, size_t index)
{
    return workbook_sheet_by_index(desk->book, (int)index);
}

/* ---- reading ---------------------------------------------------------------- */

static size_t sheet_count(void *ctx)
{
    return (size_t)workbook_sheet_count(((Desk *)ctx)->book);
}

static bool is_name(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '.';
}

/* Names of functions in capitals, as files have them: what stands before a bracket. */
static void put_capitals(KfBuf *out, const char *formula)
{
    char quote = '\0';

    for (size_t i = 0; formula[i]; i++) {
        size_t end = i;

        if (quote || formula[i] == '"' || formula[i] == '\'') {
            quote = !quote ? formula[i] : formula[i] == quote ? '\0' : quote;
            kf_buf_char(out, formula[i]);
            continue;
        }
        while (is_name(formula[end]))
            end++;
        for (; i < end; i++)
            kf_buf_char(out, formula[end] == '(' ? g_ascii_toupper(formula[i]) : formula[i]);
        if (!formula[i])
            break;
        if (formula[i] == '"' || formula[i] == '\'')
            quote = formula[i];
        kf_buf_char(out, formula[i]);
    }
}

static void put_formula(KfBuf *out, const GnmCell *cell)
{
    GnmParsePos pos;
    char *text;

    parse_pos_init_cell(&pos, cell);
    text = gnm_expr_top_as_string(cell->base.texpr, &pos, gnm_conventions_default);
    put_capitals(out, text);
    g_free(text);
}

static void add_cell(KfHostSheet *out, GnmCell *cell)
{
    KfBuf formula = { 0 };
    KfHostCell told = { .row = (uint32_t)cell->pos.row, .col = (uint32_t)cell->pos.col };
    const GOFormat *format = gnm_style_get_format(gnm_cell_get_style(cell));

    gnm_cell_eval(cell);
    gnumeric_cell(&told, cell->value);
    if (gnm_cell_has_expr(cell)) {
        put_formula(&formula, cell);
        told.formula = kf_buf_view(&formula);
        told.in_array = gnm_cell_is_array(cell);
    }
    told.format = kf_text(go_format_as_XL(format));
    kf_host_sheet_add(out, &told);
    out->cells.bad |= formula.bad;
    kf_buf_free(&formula);
}

static void put_range(KfBuf *out, int first_row, int last_row, int first_col, int last_col)
{
    const KfRange range = { (uint32_t)first_row, (uint32_t)first_col, (uint32_t)last_row,
                            (uint32_t)last_col };

    kf_buf_bytes(out, &range, sizeof range);
}

static void add_shape(KfHostSheet *out, const Sheet *sheet)
{
    GnmRange used = sheet_get_extent(sheet, FALSE, TRUE);

    for (int row = 0; row <= used.end.row; row++) {
        if (sheet_row_is_hidden(sheet, row))
            put_range(&out->hidden_rows, row, row, 0, KF_COL_LIMIT - 1);
    }
    for (int col = 0; col <= used.end.col; col++) {
        if (sheet_col_is_hidden(sheet, col))
            put_range(&out->hidden_cols, 0, KF_ROW_LIMIT - 1, col, col);
    }
    for (GSList *at = sheet->list_merged; at; at = at->next) {
        const GnmRange *merged = at->data;

        put_range(&out->merges, merged->start.row, merged->end.row, merged->start.col,
                  merged->end.col);
    }
}

static bool read_sheet(void *ctx, size_t index, KfHostSheet *out)
{
    Sheet *sheet = sheet_at(ctx, index);
    GPtrArray *cells;

    if (!sheet)
        return false;
    kf_buf_str(&out->name, sheet->name_unquoted);
    out->hidden = sheet->visibility != GNM_SHEET_VISIBILITY_VISIBLE;
    out->is_protected = sheet->is_protected;
    cells = sheet_cells(sheet, NULL);
    for (guint i = 0; i < cells->len; i++)
        add_cell(out, g_ptr_array_index(cells, i));
    g_ptr_array_free(cells, TRUE);
    add_shape(out, sheet);
    return true;
}

/* ---- talking ---------------------------------------------------------------- */

/* While a check runs, Esc stops it, and other keys and clicks are thrown away. */
static bool is_running, wants_to_stop;

static void filter_event(GdkEvent *event, gpointer data)
{
    (void)data;
    switch (event->type) {
    case GDK_KEY_PRESS:
        wants_to_stop |= event->key.keyval == GDK_KEY_Escape;
        break;
    case GDK_KEY_RELEASE:
    case GDK_BUTTON_PRESS:
    case GDK_2BUTTON_PRESS:
    case GDK_3BUTTON_PRESS:
    case GDK_BUTTON_RELEASE:
    case GDK_SCROLL:
    case GDK_DELETE:
        break;
    default:
        gtk_main_do_event(event);
    }
}

static void listen(bool on)
{
    if (on == is_running)
        return;
    is_running = on;
    wants_to_stop = false;
    gdk_event_handler_set(on ? filter_event : (GdkEventFunc)gtk_main_do_event, NULL, NULL);
}

static void show_status(const Desk *desk, KfText text)
{
    char *message = g_strndup(text.ptr ? text.ptr : "", text.len);

    go_cmd_context_progress_message_set(GO_CMD_CONTEXT(desk->control), message);
    g_free(message);
}

static bool progress(void *ctx, KfText text)
{
    const Desk *desk = ctx;

    if (!desk->control)
        return true;
    listen(text.len > 0);
    show_status(desk, text);
    while (text.len && gtk_events_pending())
        gtk_main_iteration_do(FALSE);
    return !wants_to_stop;
}

static bool ask(void *ctx, KfText question)
{
    Desk *desk = ctx;
    char *message;
    bool yes;

    if (!desk->control)
        return true;
    progress(ctx, KF_TEXT(""));
    message = g_strndup(question.ptr, question.len);
    yes = go_gtk_query_yes_no(wbcg_toplevel(WBC_GTK(desk->control)), FALSE, "%s", message);
    g_free(message);
    return yes;
}

static void tell(void *ctx, KfText text)
{
    Desk *desk = ctx;
    char *message;

    if (!desk->control)
        return;
    progress(ctx, KF_TEXT(""));
    message = g_strndup(text.ptr, text.len);
    go_gtk_notice_dialog(wbcg_toplevel(WBC_GTK(desk->control)), GTK_MESSAGE_INFO, "%s", message);
    g_free(message);
}

static bool begin(void *ctx, KfText title)
{
    (void)ctx;
    (void)title;
    return true;
}

static void end(void *ctx)
{
    Desk *desk = ctx;

    workbook_recalc(desk->book);
    for (int i = 0; i < workbook_sheet_count(desk->book); i++)
        sheet_redraw_all(workbook_sheet_by_index(desk->book, i), FALSE);
    if (desk->control && desk->new_sheet)
        wb_control_sheet_focus(desk->control, desk->new_sheet);
    go_doc_set_dirty(GO_DOC(desk->book), TRUE);
}

/* ---- cells ------------------------------------------------------------------ */

static GnmColor *color_of(int rgb)
{
    return gnm_color_new_rgb8((guint8)(rgb >> 16), (guint8)(rgb >> 8), (guint8)rgb);
}

static void put_fill(Sheet *sheet, int row, int col, int rgb)
{
    GnmStyle *style = gnm_style_new();

    gnm_style_set_pattern(style, rgb == NO_FILL ? 0 : 1);
    if (rgb != NO_FILL)
        gnm_style_set_back_color(style, color_of(rgb));
    sheet_style_apply_pos(sheet, col, row, style);
}

static int fill_of(const Sheet *sheet, KfRef ref)
{
    const GnmStyle *style = sheet_style_get(sheet, (int)ref.col, (int)ref.row);
    GOColor color;

    if (gnm_style_get_pattern(style) == 0)
        return NO_FILL;
    color = gnm_style_get_back_color(style)->go_color;
    return (int)(GO_COLOR_UINT_R(color) << 16 | GO_COLOR_UINT_G(color) << 8
                 | GO_COLOR_UINT_B(color));
}

/* Hundredths are exact in the program's own precision. */
static GnmValue *number_value(KfText number)
{
    KfAmount amount;
    size_t point = kf_text_find(number, KF_TEXT("."));
    char *text;
    double value;

    if ((point == SIZE_MAX || number.len - point <= 3)
        && kf_amount_from_decimal(number, &amount) == KF_READ_OK)
        return value_new_float((gnm_float)amount.oere / 100);
    text = g_strndup(number.ptr, number.len);
    value = g_ascii_strtod(text, NULL);
    g_free(text);
    return value_new_float(value);
}

static GnmValue *text_value(KfText text)
{
    return value_new_string_nocopy(g_strndup(text.ptr ? text.ptr : "", text.len));
}

/* What is not a note of ours is the user's, and left alone. */
static void put_note(Sheet *sheet, KfRef ref, KfText note)
{
    const GnmCellPos pos = { .col = (int)ref.col, .row = (int)ref.row };
    GnmComment *comment = sheet_get_comment(sheet, &pos);
    char *text = g_strndup(note.ptr, note.len);

    if (!comment)
        cell_set_comment(sheet, &pos, KF_PLUGIN_TITLE, text, NULL);
    else if (kf_note_is_ours(kf_text(cell_comment_text_get(comment))))
        cell_comment_text_set(comment, text);
    g_free(text);
}

static void drop_note(Sheet *sheet, KfRef ref)
{
    const GnmCellPos pos = { .col = (int)ref.col, .row = (int)ref.row };
    GnmComment *comment = sheet_get_comment(sheet, &pos);

    if (comment && kf_note_is_ours(kf_text(cell_comment_text_get(comment))))
        sheet_object_clear_sheet(GNM_SO(comment));
}

static void put_value(Sheet *sheet, const KfCellEdit *edit)
{
    GnmCell *cell = sheet_cell_fetch(sheet, (int)edit->ref.col, (int)edit->ref.row);
    char *formula = g_strndup(edit->formula.ptr ? edit->formula.ptr : "", edit->formula.len);
    const GnmExprTop *expression = NULL;
    GnmParsePos pos;

    if (edit->formula.len)
        expression = gnm_expr_parse_str(formula, parse_pos_init_cell(&pos, cell), 0,
                                        gnm_conventions_default, NULL);
    if (expression) {
        sheet_cell_set_expr(cell, expression);
        gnm_expr_top_unref(expression);
    } else {
        sheet_cell_set_value(cell,
                             edit->is_text ? text_value(edit->text) : number_value(edit->number));
    }
    g_free(formula);
}

static bool edit(void *ctx, const KfCellEdit *edit)
{
    Sheet *sheet = sheet_at(ctx, edit->ref.sheet);

    if (!sheet)
        return false;
    if (edit->has_value && !edit->keep_formula)
        put_value(sheet, edit);
    if (edit->mark != KF_MARK_NONE)
        put_fill(sheet, (int)edit->ref.row, (int)edit->ref.col,
                 edit->mark == KF_MARK_CORRECTED ? CORRECTED_FILL : PROPOSED_FILL);
    if (edit->note.len)
        put_note(sheet, edit->ref, edit->note);
    return true;
}

static bool looks(void *ctx, KfRef ref, KfBuf *out)
{
    const Sheet *sheet = sheet_at(ctx, ref.sheet);

    if (sheet)
        kf_buf_int(out, fill_of(sheet, ref));
    return sheet != NULL;
}

static bool look_again(void *ctx, KfRef ref, KfText looks)
{
    Sheet *sheet = sheet_at(ctx, ref.sheet);
    int now = sheet ? fill_of(sheet, ref) : NO_FILL;
    KfAmount was;
    bool done = false;

    if ((now == CORRECTED_FILL || now == PROPOSED_FILL)
        && kf_amount_from_decimal(looks, &was) == KF_READ_OK) {
        put_fill(sheet, (int)ref.row, (int)ref.col, (int)(was.oere / 100));
        done = true;
    }
    if (sheet)
        drop_note(sheet, ref);
    return done;
}

/* ---- sheets ----------------------------------------------------------------- */

static GnmStyle *style_of(const KfOutCell *from, Sheet *sheet)
{
    GnmStyle *style = gnm_style_new();
    const bool strong = from->style == KF_OUT_TITLE || from->style == KF_OUT_STRONG
                        || kf_out_is_heading(from->style);

    gnm_style_set_align_v(style, GNM_VALIGN_TOP);
    if (from->style == KF_OUT_FIGURE_HEADING)
        gnm_style_set_align_h(style, GNM_HALIGN_RIGHT);
    if (from->kind == KF_OUT_NUMBER)
        gnm_style_set_format_text(style, "#,##0.00");
    if (strong)
        gnm_style_set_font_bold(style, TRUE);
    if (from->style == KF_OUT_TITLE)
        gnm_style_set_font_size(style, 14);
    if (kf_out_wraps(from->style))
        gnm_style_set_wrap_text(style, TRUE);
    if (from->kind == KF_OUT_LINK) {
        GnmHLink *link = gnm_hlink_new(gnm_hlink_cur_wb_get_type(), sheet);
        char *target = g_strndup(from->target.ptr, from->target.len);

        gnm_hlink_set_target(link, target);
        gnm_style_set_hlink(style, link);
        gnm_style_set_font_uline(style, UNDERLINE_SINGLE);
        gnm_style_set_font_color(style, color_of(0x0563C1));
        g_free(target);
    }
    return style;
}

static int style_fill(KfOutStyle style)
{
    switch (style) {
    case KF_OUT_HEADING:
    case KF_OUT_FIGURE_HEADING:
    case KF_OUT_INDENTED_HEADING:
        return HEADING_FILL;
    case KF_OUT_CORRECTED:
        return CORRECTED_FILL;
    case KF_OUT_PROPOSED:
        return PROPOSED_FILL;
    default:
        return NO_FILL;
    }
}

/* Looks come first: a value is drawn as its cell looks when it is set. */
static void put_cell(Sheet *sheet, int row, int col, const KfOutCell *from)
{
    sheet_style_apply_pos(sheet, col, row, style_of(from, sheet));
    if (style_fill(from->style) != NO_FILL)
        put_fill(sheet, row, col, style_fill(from->style));
    if (from->text.len) {
        bool is_number = from->kind == KF_OUT_NUMBER || from->kind == KF_OUT_COUNT;

        sheet_cell_set_value(sheet_cell_fetch(sheet, col, row),
                             is_number ? number_value(from->text) : text_value(from->text));
    }
}

static char *free_name(const Desk *desk, KfText wished)
{
    char *name = g_strndup(wished.ptr, wished.len);

    for (int number = 2; workbook_sheet_by_name(desk->book, name) && number < 1000; number++) {
        g_free(name);
        name = g_strdup_printf("%.*s %d", (int)wished.len, wished.ptr, number);
    }
    return name;
}

static void put_widths(Sheet *sheet, const KfOutSheet *from)
{
    for (size_t i = 0; i < from->width_count; i++) {
        if (from->widths[i])
            sheet_col_set_size_pts(sheet, (int)i, from->widths[i] * POINTS_PER_CHARACTER, TRUE);
        else
            colrow_set_visibility(sheet, TRUE, FALSE, (int)i, (int)i);
    }
}

/* Wrapped texts are as high as they need to be. */
static void fit_rows(Sheet *sheet, const KfOutSheet *from)
{
    GnmRange all;

    if (from->row_count == 0 || from->width_count == 0)
        return;
    range_init(&all, 0, 0, (int)from->width_count - 1, (int)from->row_count - 1);
    rows_height_update(sheet, &all, TRUE);
}

static bool add_sheet(void *ctx, const KfOutSheet *from)
{
    Desk *desk = ctx;
    Sheet *first = sheet_at(desk, 0);
    int rows = gnm_sheet_get_max_rows(first), cols = gnm_sheet_get_max_cols(first);
    Sheet *sheet = workbook_sheet_add(desk->book, -1, cols, rows);
    char *name = free_name(desk, from->name);

    g_object_set(sheet, "name", name, NULL);
    g_free(name);
    put_widths(sheet, from);
    for (size_t row = 0; row < from->row_count && (int)row < rows; row++) {
        for (size_t col = 0; col < from->rows[row].count; col++)
            put_cell(sheet, (int)row, (int)col, &from->rows[row].cells[col]);
    }
    fit_rows(sheet, from);
    desk->new_sheet = sheet;
    return true;
}

static bool drop_sheet(void *ctx, size_t index)
{
    Sheet *sheet = sheet_at(ctx, index);

    if (sheet)
        workbook_sheet_delete(sheet);
    return sheet != NULL;
}

/* For support and tests: the findings as the command line prints them. */
static void report(void *ctx, KfText json)
{
    const char *path = g_getenv("KONTRAFAKT_JSON");

    (void)ctx;
    if (path && *path && !g_file_set_contents(path, json.ptr, (gssize)json.len, NULL))
        g_warning("Kontrafakt: %s cannot be written", path);
}

bool gnumeric_command(const KfPlugin *plugin, Workbook *book, WorkbookControl *control,
                      KfCommand command)
{
    const char *uri = go_doc_get_uri(GO_DOC(book));
    char *title = uri ? go_basename_from_uri(uri) : g_strdup("");
    Desk desk = { .book = book, .control = control };
    const KfDesk as_seen = { .ctx = &desk,
                             .title = kf_text(title),
                             .sheet_count = sheet_count,
                             .read = read_sheet,
                             .progress = progress,
                             .ask = ask,
                             .tell = tell,
                             .begin = begin,
                             .end = end,
                             .edit = edit,
                             .looks = looks,
                             .look_again = look_again,
                             .add_sheet = add_sheet,
                             .drop_sheet = drop_sheet,
                             .report = report };
    bool done = !is_running && kf_command_run(plugin, &as_seen, command);

    g_free(title);
    return done;
}
