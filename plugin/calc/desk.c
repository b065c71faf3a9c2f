#include "desk.h"

#include "property.h"
#include "read_sheet.h"
#include "stop.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    CORRECTED_FILL = 0xC6EFCE,
    PROPOSED_FILL = 0xFFEB9C,
    HEADING_FILL = 0xD9E1F2,
    LINK_COLOUR = 0x0563C1,
    AT_TOP = 1,
    TO_THE_RIGHT = 3,
    AMOUNT_FORMAT = 4,  /* #,##0.00, in every locale */
    PER_CHARACTER = 210 /* hundredths of a millimetre that a column has a character */
};
static const float bold = 150, title_height = 14;

typedef struct {
    const KfPlugin *plugin;
    uno_Interface *context, *frame;
    uno_Interface *document, *sheets;
    uno_Interface *status; /* XStatusIndicator, NULL when nothing is shown */
    CalcStop *stop;
    uno_Interface *undo, *new_sheet;
    CalcReader reader;
    bool silent;
} Desk;

static uno_Interface *sheet_at(const Desk *desk, size_t index)
{
    return uno_at(desk->sheets, (sal_Int32)index, CSS "sheet.XSpreadsheet");
}

static uno_Interface *cell_in(uno_Interface *sheet, uint32_t row, uint32_t col)
{
    sal_Int32 x = (sal_Int32)col, y = (sal_Int32)row;
    void *args[] = { &x, &y };

    return uno_get(sheet, CSS "table.XCellRange", "getCellByPosition", args);
}

static uno_Interface *cell_at(const Desk *desk, KfRef ref)
{
    uno_Interface *sheet = sheet_at(desk, ref.sheet);
    uno_Interface *cell = cell_in(sheet, ref.row, ref.col);

    uno_release(sheet);
    return cell;
}

/* ---- reading ---------------------------------------------------------------- */

static size_t sheet_count(void *ctx)
{
    return (size_t)uno_count(((Desk *)ctx)->sheets);
}

static bool read(void *ctx, size_t index, KfHostSheet *out)
{
    Desk *desk = ctx;
    uno_Interface *sheet = sheet_at(desk, index);
    bool done = sheet && calc_read_sheet(&desk->reader, out, sheet);

    uno_release(sheet);
    return done;
}

/* ---- talking ---------------------------------------------------------------- */

static uno_Interface *create(const Desk *desk, const char *service)
{
    uno_Interface *manager =
        uno_get(desk->context, CSS "uno.XComponentContext", "getServiceManager", NULL);
    rtl_uString *name = uno_string(kf_text(service));
    uno_Interface *context = desk->context;
    void *args[] = { &name, &context };
    uno_Interface *made =
        uno_get(manager, CSS "lang.XMultiComponentFactory", "createInstanceWithContext", args);

    rtl_uString_release(name);
    uno_release(manager);
    return made;
}

static void show_status(Desk *desk, rtl_uString *text)
{
    sal_Int32 range = 0;

    if (desk->status) {
        uno_call_as(desk->status, CSS "task.XStatusIndicator", "setText", NULL,
                    (void *[]){ &text });
        return;
    }
    desk->status =
        uno_get(desk->frame, CSS "task.XStatusIndicatorFactory", "createStatusIndicator", NULL);
    uno_call_as(desk->status, CSS "task.XStatusIndicator", "start", NULL,
                (void *[]){ &text, &range });
}

static void hide_status(Desk *desk)
{
    calc_stop_end(desk->stop);
    desk->stop = NULL;
    uno_call_as(desk->status, CSS "task.XStatusIndicator", "end", NULL, NULL);
    uno_release(desk->status);
    desk->status = NULL;
}

static void start_listening(Desk *desk)
{
    uno_Interface *toolkit = create(desk, CSS "awt.Toolkit");
    uno_Interface *window = uno_get(desk->frame, CSS "frame.XFrame", "getComponentWindow", NULL);

    desk->stop = calc_stop_start(toolkit, window);
    uno_release(window);
    uno_release(toolkit);
}

static bool progress(void *ctx, KfText text)
{
    Desk *desk = ctx;
    rtl_uString *string;

    if (text.len == 0) {
        hide_status(desk);
        return true;
    }
    if (!desk->stop && !desk->silent)
        start_listening(desk);
    string = uno_string(text);
    show_status(desk, string);
    rtl_uString_release(string);
    return !calc_stop_asked(desk->stop);
}

/* Which button was pressed; 0 when no box could be shown. */
static sal_Int16 message_box(const Desk *desk, sal_Int32 kind, sal_Int32 buttons, KfText message)
{
    uno_Interface *toolkit = create(desk, CSS "awt.Toolkit");
    uno_Interface *window = uno_get(desk->frame, CSS "frame.XFrame", "getContainerWindow", NULL);
    uno_Interface *peer = window ? uno_query(window, CSS "awt.XWindowPeer") : NULL;
    rtl_uString *title = uno_string(KF_TEXT(KF_PLUGIN_TITLE)), *text = uno_string(message);
    void *args[] = { &peer, &kind, &buttons, &title, &text };
    uno_Interface *box = uno_get(toolkit, CSS "awt.XMessageBoxFactory", "createMessageBox", args);
    sal_Int16 pressed = 0;

    uno_call_as(box, CSS "awt.XMessageBox", "execute", &pressed, NULL);
    uno_call_as(box, CSS "lang.XComponent", "dispose", NULL, NULL);
    uno_release(box);
    rtl_uString_release(title);
    rtl_uString_release(text);
    uno_release(peer);
    uno_release(window);
    uno_release(toolkit);
    return pressed;
}

enum { INFO_BOX = 1, QUESTION_BOX = 4, OK_BUTTON = 1, YES_NO_BUTTONS = 3, YES = 2 };

static bool ask(void *ctx, KfText question)
{
    Desk *desk = ctx;

    progress(ctx, KF_TEXT(""));
    return desk->silent || message_box(desk, QUESTION_BOX, YES_NO_BUTTONS, question) == YES;
}

static void tell(void *ctx, KfText message)
{
    Desk *desk = ctx;

    progress(ctx, KF_TEXT(""));
    if (!desk->silent)
        message_box(desk, INFO_BOX, OK_BUTTON, message);
}

/* ---- one step --------------------------------------------------------------- */

static bool begin(void *ctx, KfText title)
{
    Desk *desk = ctx;

    desk->undo =
        uno_get(desk->document, CSS "document.XUndoManagerSupplier", "getUndoManager", NULL);
    uno_give_text(desk->undo, CSS "document.XUndoManager", "enterUndoContext", title);
    uno_call_as(desk->document, CSS "frame.XModel", "lockControllers", NULL, NULL);
    return true;
}

/* Within the step it would keep the step from being undone. */
static void show_new_sheet(Desk *desk)
{
    uno_Interface *controller;

    if (!desk->new_sheet)
        return;
    controller = uno_get(desk->document, CSS "frame.XModel", "getCurrentController", NULL);
    uno_call_as(controller, CSS "sheet.XSpreadsheetView", "setActiveSheet", NULL,
                (void *[]){ &desk->new_sheet });
    uno_release(controller);
    uno_release(desk->new_sheet);
    desk->new_sheet = NULL;
}

static void end(void *ctx)
{
    Desk *desk = ctx;

    uno_call_as(desk->document, CSS "frame.XModel", "unlockControllers", NULL, NULL);
    uno_call_as(desk->undo, CSS "document.XUndoManager", "leaveUndoContext", NULL, NULL);
    uno_release(desk->undo);
    desk->undo = NULL;
    show_new_sheet(desk);
}

/* ---- cells ------------------------------------------------------------------ */

static bool put_text(uno_Interface *cell, KfText text)
{
    return uno_give_text(cell, CSS "text.XTextRange", "setString", text);
}

/* Decimal text is read as a number, in English, whatever the program's language. */
static bool put_number(uno_Interface *cell, KfText number)
{
    return uno_give_text(cell, CSS "table.XCell", "setFormula", number);
}

static void read_note(KfBuf *out, uno_Interface *cell)
{
    uno_Interface *note = uno_get(cell, CSS "sheet.XSheetAnnotationAnchor", "getAnnotation", NULL);

    uno_take_text(out, note, CSS "text.XTextRange", "getString");
    uno_release(note);
}

/* Whether the cell has no note, or one of ours. */
static bool may_note(uno_Interface *cell, bool *is_ours)
{
    KfBuf note = { 0 };
    bool empty;

    read_note(&note, cell);
    empty = note.len == 0;
    *is_ours = kf_note_is_ours(kf_buf_view(&note));
    kf_buf_free(&note);
    return empty || *is_ours;
}

typedef struct {
    sal_Int16 sheet;
    sal_Int32 col, row;
} Address;

static uno_Interface *notes_of(const Desk *desk, KfRef ref)
{
    uno_Interface *sheet = sheet_at(desk, ref.sheet);
    uno_Interface *notes =
        uno_get(sheet, CSS "sheet.XSheetAnnotationsSupplier", "getAnnotations", NULL);

    uno_release(sheet);
    return notes;
}

static void put_note(const Desk *desk, KfRef ref, KfText text)
{
    uno_Interface *notes = notes_of(desk, ref);
    Address address = { (sal_Int16)ref.sheet, (sal_Int32)ref.col, (sal_Int32)ref.row };
    rtl_uString *string = uno_string(text);
    void *args[] = { &address, &string };

    uno_call_as(notes, CSS "sheet.XSheetAnnotations", "insertNew", NULL, args);
    rtl_uString_release(string);
    uno_release(notes);
}

static bool is_at(uno_Interface *note, KfRef ref)
{
    Address address;

    return uno_call_as(note, CSS "sheet.XSheetAnnotation", "getPosition", &address, NULL)
           && address.col == (sal_Int32)ref.col && address.row == (sal_Int32)ref.row;
}

static void drop_note(const Desk *desk, KfRef ref)
{
    uno_Interface *notes = notes_of(desk, ref);

    for (sal_Int32 i = uno_count(notes); i-- > 0;) {
        uno_Interface *note = uno_at(notes, i, CSS "sheet.XSheetAnnotation");
        bool found = is_at(note, ref);
        void *args[] = { &i };

        uno_release(note);
        if (found) {
            uno_call_as(notes, CSS "sheet.XSheetAnnotations", "removeByIndex", NULL, args);
            break;
        }
    }
    uno_release(notes);
}

/* The core writes formulas as Excel does; the program's parser makes them its own. */
static bool put_formula(const Desk *desk, uno_Interface *cell, const KfCellEdit *edit)
{
    Address address = { (sal_Int16)edit->ref.sheet, (sal_Int32)edit->ref.col,
                        (sal_Int32)edit->ref.row };
    rtl_uString *string = uno_string(edit->formula);
    uno_Sequence *tokens = NULL;
    void *args[] = { &string, &address }, *given[] = { &tokens };
    bool done =
        uno_call_as(desk->reader.parser, CSS "sheet.XFormulaParser", "parseFormula", &tokens, args)
        && uno_call_as(cell, CSS "sheet.XFormulaTokens", "setTokens", NULL, given);

    uno_sequence_free(tokens, "[]" CSS "sheet.FormulaToken");
    rtl_uString_release(string);
    return done;
}

static bool put_value(const Desk *desk, uno_Interface *cell, const KfCellEdit *edit)
{
    if (!edit->has_value || edit->keep_formula)
        return true;
    if (edit->formula.len)
        return put_formula(desk, cell, edit);
    return edit->is_text ? put_text(cell, edit->text) : put_number(cell, edit->number);
}

static bool edit(void *ctx, const KfCellEdit *edit)
{
    Desk *desk = ctx;
    uno_Interface *cell = cell_at(desk, edit->ref);
    bool is_ours, done = put_value(desk, cell, edit);

    if (done && edit->mark != KF_MARK_NONE)
        done = uno_set_long(cell, "CellBackColor",
                            edit->mark == KF_MARK_CORRECTED ? CORRECTED_FILL : PROPOSED_FILL);
    if (done && edit->note.len && may_note(cell, &is_ours))
        put_note(desk, edit->ref, edit->note);
    uno_release(cell);
    return done;
}

static bool looks(void *ctx, KfRef ref, KfBuf *out)
{
    uno_Interface *cell = cell_at(ctx, ref);

    kf_buf_int(out, uno_long_property(cell, "CellBackColor", -1));
    uno_release(cell);
    return true;
}

static bool look_again(void *ctx, KfRef ref, KfText looks)
{
    Desk *desk = ctx;
    uno_Interface *cell = cell_at(desk, ref);
    sal_Int32 now = uno_long_property(cell, "CellBackColor", -1);
    KfAmount was;
    bool is_ours = false, done = false;

    if ((now == CORRECTED_FILL || now == PROPOSED_FILL)
        && kf_amount_from_decimal(looks, &was) == KF_READ_OK)
        done = uno_set_long(cell, "CellBackColor", (sal_Int32)(was.oere / 100));
    may_note(cell, &is_ours);
    if (is_ours)
        drop_note(desk, ref);
    uno_release(cell);
    return done;
}

/* ---- sheets ----------------------------------------------------------------- */

/* "'Borger 1'!D30" as the program's own links have it: "#'Borger 1'.D30". */
static void put_target(KfBuf *out, KfText target)
{
    size_t mark = target.len;

    while (mark > 0 && target.ptr[mark - 1] != '!')
        mark--;
    for (size_t i = 0; i < target.len; i++) {
        char c = i + 1 == mark ? '.' : target.ptr[i];

        if (c == '"')
            kf_buf_char(out, '"');
        kf_buf_char(out, c);
    }
}

static bool put_link(uno_Interface *cell, const KfOutCell *from)
{
    KfBuf formula = { 0 };
    bool done;

    kf_buf_str(&formula, "=HYPERLINK(\"#");
    put_target(&formula, from->target);
    kf_buf_str(&formula, "\";\"");
    kf_buf_text(&formula, from->text);
    kf_buf_str(&formula, "\")");
    done =
        !formula.bad && uno_give_text(cell, CSS "table.XCell", "setFormula", kf_buf_view(&formula));
    kf_buf_free(&formula);
    return done;
}

static void put_style(uno_Interface *cell, const KfOutCell *from)
{
    if (from->kind == KF_OUT_LINK)
        uno_set_long(cell, "CharColor", LINK_COLOUR);
    if (from->kind == KF_OUT_NUMBER)
        uno_set_long(cell, "NumberFormat", AMOUNT_FORMAT);
    if (from->style == KF_OUT_TITLE)
        uno_set_float(cell, "CharHeight", title_height);
    if (from->style == KF_OUT_TITLE || from->style == KF_OUT_STRONG
        || kf_out_is_heading(from->style))
        uno_set_float(cell, "CharWeight", bold);
    if (kf_out_wraps(from->style))
        uno_set_bool(cell, "IsTextWrapped", true);
    if (kf_out_is_heading(from->style))
        uno_set_long(cell, "CellBackColor", HEADING_FILL);
    if (from->style == KF_OUT_FIGURE_HEADING)
        uno_set_long(cell, "HoriJustify", TO_THE_RIGHT);
    if (from->style == KF_OUT_CORRECTED || from->style == KF_OUT_PROPOSED)
        uno_set_long(cell, "CellBackColor",
                     from->style == KF_OUT_CORRECTED ? CORRECTED_FILL : PROPOSED_FILL);
}

static bool put_cell(uno_Interface *sheet, uint32_t row, uint32_t col, const KfOutCell *from)
{
    uno_Interface *cell;
    bool done;

    if (from->text.len == 0 && from->style == KF_OUT_PLAIN)
        return true;
    cell = cell_in(sheet, row, col);
    if (from->kind == KF_OUT_LINK)
        done = put_link(cell, from);
    else if (from->kind == KF_OUT_NUMBER || from->kind == KF_OUT_COUNT)
        done = put_number(cell, from->text);
    else
        done = put_text(cell, from->text);
    put_style(cell, from);
    uno_release(cell);
    return done;
}

static void put_widths(uno_Interface *sheet, const KfOutSheet *from)
{
    uno_Interface *columns = uno_get(sheet, CSS "table.XColumnRowRange", "getColumns", NULL);

    for (size_t i = 0; i < from->width_count; i++) {
        uno_Interface *column = uno_at(columns, (sal_Int32)i, CSS "table.XCellRange");

        if (from->widths[i])
            uno_set_long(column, "Width", from->widths[i] * PER_CHARACTER);
        else
            uno_set_bool(column, "IsVisible", false);
        uno_release(column);
    }
    uno_release(columns);
}

static bool has_sheet(const Desk *desk, KfText name)
{
    rtl_uString *string = uno_string(name);
    void *args[] = { &string };
    sal_Bool has = 0;

    uno_call_as(desk->sheets, CSS "container.XNameAccess", "hasByName", &has, args);
    rtl_uString_release(string);
    return has;
}

/* The wished name, with a number behind it when it is taken. */
static void free_name(const Desk *desk, KfText wished, KfBuf *out)
{
    for (int number = 2; out->len = 0, kf_buf_text(out, wished), number < 1000; number++) {
        if (number > 2) {
            kf_buf_char(out, ' ');
            kf_buf_int(out, number - 1);
        }
        if (!has_sheet(desk, kf_buf_view(out)))
            return;
    }
}

static uno_Interface *new_sheet(const Desk *desk, KfText wished)
{
    KfBuf name = { 0 };
    sal_Int16 position = (sal_Int16)uno_count(desk->sheets);
    rtl_uString *string;

    free_name(desk, wished, &name);
    string = uno_string(kf_buf_view(&name));
    uno_call_as(desk->sheets, CSS "sheet.XSpreadsheets", "insertNewByName", NULL,
                (void *[]){ &string, &position });
    rtl_uString_release(string);
    kf_buf_free(&name);
    return sheet_at(desk, (size_t)position);
}

static bool add_sheet(void *ctx, const KfOutSheet *from)
{
    Desk *desk = ctx;
    uno_Interface *sheet = new_sheet(desk, from->name);
    bool done = sheet != NULL;

    if (done) { /* first, for the widths decide how high wrapped rows become */
        put_widths(sheet, from);
        uno_set_long(sheet, "VertJustify", AT_TOP);
    }
    for (size_t row = 0; done && row < from->row_count; row++) {
        for (size_t col = 0; done && col < from->rows[row].count; col++)
            done = put_cell(sheet, (uint32_t)row, (uint32_t)col, &from->rows[row].cells[col]);
    }
    if (done) {
        desk->new_sheet = sheet;
        return true;
    }
    uno_release(sheet);
    return done;
}

static bool drop_sheet(void *ctx, size_t index)
{
    Desk *desk = ctx;
    uno_Interface *sheet = sheet_at(desk, index);
    KfBuf name = { 0 };
    bool done = uno_take_text(&name, sheet, CSS "container.XNamed", "getName")
                && uno_give_text(desk->sheets, CSS "container.XNameContainer", "removeByName",
                                 kf_buf_view(&name));

    kf_buf_free(&name);
    uno_release(sheet);
    return done;
}

/* For support and tests: the findings as the command line prints them. */
static void report(void *ctx, KfText json)
{
    const char *path = getenv("KONTRAFAKT_JSON");
    FILE *file = path && *path ? fopen(path, "wb") : NULL;

    (void)ctx;
    if (!file)
        return;
    if (fwrite(json.ptr, 1, json.len, file) != json.len)
        clearerr(file);
    fclose(file);
}

/* ---- the command ------------------------------------------------------------ */

/* While one command runs, what is clicked may ask for the next. */
static bool is_running;

static bool take_turn(void)
{
    return !__atomic_exchange_n(&is_running, true, __ATOMIC_SEQ_CST);
}

static void end_turn(void)
{
    __atomic_store_n(&is_running, false, __ATOMIC_SEQ_CST);
}

static void open_desk(Desk *desk)
{
    uno_Interface *controller = uno_get(desk->frame, CSS "frame.XFrame", "getController", NULL);

    desk->document = uno_get(controller, CSS "frame.XController", "getModel", NULL);
    desk->sheets = uno_get(desk->document, CSS "sheet.XSpreadsheetDocument", "getSheets", NULL);
    if (desk->sheets)
        calc_reader_init(&desk->reader, desk->document);
    uno_release(controller);
}

static void close_desk(Desk *desk)
{
    calc_reader_finish(&desk->reader);
    uno_release(desk->sheets);
    uno_release(desk->document);
}

bool calc_command(const KfPlugin *plugin, uno_Interface *context, uno_Interface *frame,
                  KfCommand command, bool silent)
{
    Desk desk = { .plugin = plugin, .context = context, .frame = frame, .silent = silent };
    KfDesk as_seen = { .ctx = &desk,
                       .can_undo = true,
                       .sheet_count = sheet_count,
                       .read = read,
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
    KfBuf title = { 0 };
    bool done = false;

    if (!take_turn())
        return false;
    open_desk(&desk);
    if (desk.sheets) {
        uno_take_text(&title, desk.document, CSS "frame.XTitle", "getTitle");
        as_seen.title = kf_buf_view(&title);
        done = kf_command_run(plugin, &as_seen, command);
    }
    close_desk(&desk);
    kf_buf_free(&title);
    end_turn();
    return done;
}
