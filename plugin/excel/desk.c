#include "desk.h"

#include "write_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

enum { WORKSHEET = 1, OK_OR_CANCEL = 1, ONLY_OK = 2, LONGEST_MESSAGE = 255, HIGHEST_NUMBER = 999 };

typedef struct {
    ExcelSheet *sheets; /* the worksheets, in their order */
    size_t count;
    KfBuf book;        /* "Book1" */
    ExcelSheet active; /* shown when the command came */
    XlRect selected;
    bool has_selected, has_new_sheet;
} Desk;

/* ---- sheets ------------------------------------------------------------------ */

static void drop_sheets(Desk *desk)
{
    for (size_t i = 0; i < desk->count; i++)
        kf_buf_free(&desk->sheets[i].name);
    free(desk->sheets);
    desk->sheets = NULL;
    desk->count = 0;
}

static bool find_id(ExcelSheet *sheet)
{
    XlOper answer;
    bool found =
        excel_ask(XL_SHEET_ID, &answer, EXCEL_OPERANDS(excel_slice(kf_buf_view(&sheet->name))))
        && (answer.type & XL_TYPES) == XL_REF;

    if (found)
        sheet->id = answer.as.there.sheet;
    excel_free(&answer);
    return found;
}

static bool is_worksheet(const ExcelSheet *sheet)
{
    XlOper answer;
    bool is = false;

    if (excel_ask(
            XLF_GET_DOCUMENT, &answer,
            EXCEL_OPERANDS(excel_whole(XL_DOCUMENT_KIND), excel_slice(kf_buf_view(&sheet->name)))))
        is = excel_as_number(&answer) == WORKSHEET;
    excel_free(&answer);
    return is;
}

static bool take_sheet(Desk *desk, const XlOper *name)
{
    ExcelSheet sheet = { .id = 0 };

    if (!(name->type & XL_STRING))
        return true;
    excel_utf8(&sheet.name, name->as.string);
    if (!sheet.name.bad && is_worksheet(&sheet) && find_id(&sheet)) {
        desk->sheets[desk->count++] = sheet;
        return true;
    }
    kf_buf_free(&sheet.name);
    return true;
}

/* Every worksheet of the active workbook; charts and macro sheets are left out. */
static bool list_sheets(Desk *desk)
{
    XlOper names;
    bool done = false;

    drop_sheets(desk);
    if (excel_ask(XLF_GET_WORKBOOK, &names, EXCEL_OPERANDS(excel_whole(XL_WORKBOOK_SHEETS)))
        && (names.type & XL_TYPES) == XL_MULTI) {
        const int32_t count = names.as.array.rows * names.as.array.cols;

        desk->sheets = calloc((size_t)count + 1, sizeof *desk->sheets);
        done = desk->sheets != NULL;
        for (int32_t i = 0; i < count && done; i++)
            done = take_sheet(desk, &names.as.array.items[i]);
    }
    excel_free(&names);
    return done;
}

static KfText name_of(const ExcelSheet *sheet)
{
    return excel_sheet_name(kf_buf_view(&sheet->name));
}

/* "[Book1]Sheet1" */
static void book_name(KfBuf *out, KfText full)
{
    KfText sheet = excel_sheet_name(full);

    if (full.len > sheet.len + 1)
        kf_buf_text(out, kf_text_slice(full, 1, full.len - sheet.len - 1));
}

static bool ask_active(KfBuf *out)
{
    XlOper answer;

    out->len = 0;
    if (excel_ask(XLF_GET_WORKBOOK, &answer, EXCEL_OPERANDS(excel_whole(XL_WORKBOOK_ACTIVE)))
        && (answer.type & XL_STRING))
        excel_utf8(out, answer.as.string);
    excel_free(&answer);
    return out->len > 0 && !out->bad;
}

/* ---- reading ----------------------------------------------------------------- */

static size_t sheet_count(void *ctx)
{
    return ((Desk *)ctx)->count;
}

static bool read(void *ctx, size_t index, KfHostSheet *out)
{
    return excel_read_sheet(out, &((Desk *)ctx)->sheets[index]);
}

/* ---- talking ----------------------------------------------------------------- */

/* Excel remembers that Esc was pressed until it is asked not to. */
static bool wants_to_stop(void)
{
    XlOper answer;
    bool stop = excel_ask(XL_ABORT, &answer, NULL, 0) && excel_is_true(&answer);

    excel_free(&answer);
    if (stop)
        excel_do(XL_ABORT, EXCEL_OPERANDS(excel_truth(false)));
    return stop;
}

/* The macro language has texts of 255 units. */
static XlOper short_text(KfText text)
{
    size_t pos = 0, end = 0;
    int units = 0;

    while (pos < text.len) {
        units += kf_text_next(text, &pos) >= 0x10000 ? 2 : 1;
        if (units > LONGEST_MESSAGE)
            break;
        end = pos;
    }
    return excel_slice(kf_text_slice(text, 0, end));
}

static bool progress(void *ctx, KfText text)
{
    (void)ctx;
    if (text.len == 0) {
        excel_do(XLC_MESSAGE, EXCEL_OPERANDS(excel_truth(false)));
        return true;
    }
    excel_do(XLC_MESSAGE, EXCEL_OPERANDS(excel_truth(true), short_text(text)));
    return !wants_to_stop();
}

static bool ask(void *ctx, KfText question)
{
    XlOper answer;
    bool yes = excel_ask(XLC_ALERT, &answer,
                         EXCEL_OPERANDS(short_text(question), excel_whole(OK_OR_CANCEL)))
               && excel_is_true(&answer);

    (void)ctx;
    excel_free(&answer);
    return yes;
}

static void tell(void *ctx, KfText message)
{
    (void)ctx;
    excel_do(XLC_ALERT, EXCEL_OPERANDS(short_text(message), excel_whole(ONLY_OK)));
}

/* ---- writing ----------------------------------------------------------------- */

static bool begin(void *ctx, KfText title)
{
    (void)ctx;
    (void)title;
    return true;
}

static void end(void *ctx)
{
    (void)ctx;
}

static bool edit(void *ctx, const KfCellEdit *edit)
{
    return excel_edit(&((Desk *)ctx)->sheets[edit->ref.sheet], edit);
}

static bool looks(void *ctx, KfRef cell, KfBuf *out)
{
    excel_looks(&((Desk *)ctx)->sheets[cell.sheet], cell, out);
    return true;
}

static bool look_again(void *ctx, KfRef cell, KfText looks)
{
    return excel_look_again(&((Desk *)ctx)->sheets[cell.sheet], cell, looks);
}

static bool has_sheet(const Desk *desk, KfText name)
{
    for (size_t i = 0; i < desk->count; i++) {
        if (kf_text_eq(name_of(&desk->sheets[i]), name))
            return true;
    }
    return false;
}

/* The wished name, with a number behind it when it is taken. */
static void free_name(const Desk *desk, KfText wished, KfBuf *out)
{
    kf_buf_text(out, wished);
    for (int number = 2; number <= HIGHEST_NUMBER && has_sheet(desk, kf_buf_view(out)); number++) {
        out->len = 0;
        kf_buf_text(out, wished);
        kf_buf_char(out, ' ');
        kf_buf_int(out, number);
    }
}

/* Excel puts a new sheet before the one that is shown: it is moved to the end. */
static bool insert_sheet(const Desk *desk, KfText wished, KfBuf *made)
{
    KfBuf name = { 0 };
    const KfText book = kf_buf_view(&desk->book);
    bool done;

    free_name(desk, wished, &name);
    done = !name.bad && excel_do(XLC_WORKBOOK_INSERT, EXCEL_OPERANDS(excel_whole(WORKSHEET)))
           && ask_active(made)
           && excel_do(XLC_WORKBOOK_NAME,
                       EXCEL_OPERANDS(excel_slice(excel_sheet_name(kf_buf_view(made))),
                                      excel_slice(kf_buf_view(&name))));
    if (done)
        excel_do(XLC_WORKBOOK_MOVE,
                 EXCEL_OPERANDS(excel_slice(kf_buf_view(&name)), excel_slice(book),
                                excel_whole((int32_t)desk->count + 1)));
    kf_buf_free(&name);
    return done && ask_active(made);
}

static bool add_sheet(void *ctx, const KfOutSheet *from)
{
    Desk *desk = ctx;
    ExcelSheet sheet = { .id = 0 };
    bool done = insert_sheet(desk, from->name, &sheet.name) && find_id(&sheet)
                && excel_fill_sheet(sheet.id, from);

    kf_buf_free(&sheet.name);
    desk->has_new_sheet = done;
    return list_sheets(desk) && done;
}

/* Without its question whether the user is sure. */
static bool drop_sheet(void *ctx, size_t index)
{
    Desk *desk = ctx;
    bool done;

    excel_do(XLC_ERROR, EXCEL_OPERANDS(excel_truth(false)));
    done =
        excel_do(XLC_WORKBOOK_DELETE, EXCEL_OPERANDS(excel_slice(name_of(&desk->sheets[index]))));
    excel_do(XLC_ERROR, EXCEL_OPERANDS(excel_truth(true)));
    return list_sheets(desk) && done;
}

/* For support and tests: the findings as the command line prints them. */
static void report(void *ctx, KfText json)
{
    wchar_t path[MAX_PATH];
    DWORD len = GetEnvironmentVariableW(L"KONTRAFAKT_JSON", path, MAX_PATH);
    FILE *file = len && len < MAX_PATH ? _wfopen(path, L"wb") : NULL;

    (void)ctx;
    if (!file)
        return;
    if (fwrite(json.ptr, 1, json.len, file) != json.len)
        clearerr(file);
    fclose(file);
}

/* ---- the command ------------------------------------------------------------- */

static void remember_selection(Desk *desk)
{
    XlOper selected;

    if (!excel_ask(XLF_SELECTION, &selected, NULL, 0))
        return;
    desk->has_selected = true;
    if ((selected.type & XL_TYPES) == XL_REF && selected.as.there.rects)
        desk->selected = selected.as.there.rects->rects[0];
    else if ((selected.type & XL_TYPES) == XL_SREF)
        desk->selected = selected.as.here.rect;
    else
        desk->has_selected = false;
    excel_free(&selected);
}

static bool date1904(const Desk *desk)
{
    XlOper answer;
    bool is = false;

    if (excel_ask(XLF_GET_DOCUMENT, &answer,
                  EXCEL_OPERANDS(excel_whole(XL_DOCUMENT_1904),
                                 excel_slice(kf_buf_view(&desk->active.name)))))
        is = excel_is_true(&answer);
    excel_free(&answer);
    return is;
}

static bool open_desk(Desk *desk)
{
    if (!ask_active(&desk->active.name) || !list_sheets(desk))
        return false;
    book_name(&desk->book, kf_buf_view(&desk->active.name));
    remember_selection(desk);
    excel_do(XLC_ECHO, EXCEL_OPERANDS(excel_truth(false)));
    return true;
}

static void close_desk(Desk *desk, bool was_open)
{
    if (was_open && !desk->has_new_sheet && excel_show_sheet(&desk->active) && desk->has_selected)
        excel_do(XLC_SELECT, EXCEL_OPERANDS(excel_here(desk->selected)));
    if (was_open)
        excel_do(XLC_ECHO, EXCEL_OPERANDS(excel_truth(true)));
    drop_sheets(desk);
    kf_buf_free(&desk->book);
    kf_buf_free(&desk->active.name);
}

bool excel_command(const KfPlugin *plugin, KfCommand command)
{
    Desk desk = { .count = 0 };
    KfDesk as_seen = { .ctx = &desk,
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
    const bool is_open = open_desk(&desk);
    bool done = false;

    if (is_open || command == KF_CMD_ABOUT) {
        as_seen.title = kf_buf_view(&desk.book);
        as_seen.date1904 = is_open && date1904(&desk);
        done = kf_command_run(plugin, &as_seen, command);
    }
    close_desk(&desk, is_open);
    return done;
}
