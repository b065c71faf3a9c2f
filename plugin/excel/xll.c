/* The add-in for Excel: functions.def registered through the C interface, and called
 * from any of Excel's threads; commands.def as macros and a menu. */
#include "xll.h"

#include "desk.h"

#include <stdlib.h>
#include <string.h>

#include <windows.h>

#define EXPORT __declspec(dllexport)

static KfPlugin plugin;

/* ---- functions ------------------------------------------------------------- */

XlOper *excel_evaluate(KfFunctionId id, const XlOper *const *given)
{
    KfHostValue args[KF_FN_MOST_ARGUMENTS];
    ExcelRoom rooms[KF_FN_MOST_ARGUMENTS];
    KfHostResult result;
    XlOper *out;
    size_t count;
    const KfArgument *list = kf_function_arguments(id, &count);

    memset(rooms, 0, sizeof rooms);
    for (size_t i = 0; i < count; i++)
        excel_argument(&args[i], &rooms[i], given[i], list[i].kind);
    kf_function_call(&plugin, id, args, count, &result);
    out = excel_result(&result);
    kf_host_result_free(&result);
    for (size_t i = 0; i < count; i++)
        excel_room_free(&rooms[i]);
    return out;
}

int excel_carry_out(KfCommand command)
{
    return excel_command(&plugin, command);
}

/* ---- registering ----------------------------------------------------------- */

enum { FIRST_HELP = 10, MOST_OPERANDS = FIRST_HELP + KF_FN_MOST_ARGUMENTS };

/* Result and arguments, a letter each: Q a value, U a value or a reference; $ for any thread. */
static void put_types(KfBuf *out, const KfArgument *args, size_t count)
{
    kf_buf_char(out, 'Q');
    for (size_t i = 0; i < count; i++)
        kf_buf_char(out, args[i].kind == KF_ARGUMENT_RANGE ? 'U' : 'Q');
    kf_buf_char(out, '$');
}

static void put_names(KfBuf *out, const KfArgument *args, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        kf_buf_str(out, i ? "," : "");
        kf_buf_str(out, args[i].name[plugin.lang]);
    }
}

/* Excel cuts the end off the last text of help: a space is there to be cut. */
static XlOper help_text(const char *help, bool is_last)
{
    KfBuf text = { 0 };
    XlOper out;

    kf_buf_str(&text, help);
    kf_buf_str(&text, is_last ? " " : "");
    kf_buf_char(&text, '\0');
    out = excel_text(text.bad ? "" : text.ptr);
    kf_buf_free(&text);
    return out;
}

static XlOper text_of(KfBuf *text)
{
    XlOper out;

    kf_buf_char(text, '\0');
    out = excel_text(text->bad ? "" : text->ptr);
    kf_buf_free(text);
    return out;
}

static bool call_register(const XlOper *dll, XlOper *operands, int count)
{
    XlOper *args[MOST_OPERANDS], result = { .type = XL_NIL };
    bool done;

    operands[0] = *dll;
    for (int i = 0; i < count; i++)
        args[i] = &operands[i];
    done = excel_call(XLF_REGISTER, &result, count, args) == XL_OK
           && (result.type & XL_TYPES) == XL_NUMBER;
    for (int i = 1; i < count; i++) {
        if (operands[i].type == XL_STRING)
            free(operands[i].as.string);
    }
    return done;
}

static bool register_function(const XlOper *dll, KfFunctionId id)
{
    const KfFunction *function = kf_function(id);
    XlOper operands[MOST_OPERANDS];
    KfBuf types = { 0 }, names = { 0 }, symbol = { 0 };
    size_t count;
    const KfArgument *args = kf_function_arguments(id, &count);

    put_types(&types, args, count);
    put_names(&names, args, count);
    kf_buf_str(&symbol, "kf_xl_");
    kf_buf_str(&symbol, function->id);
    operands[1] = text_of(&symbol);
    operands[2] = text_of(&types);
    operands[3] = excel_text(function->name);
    operands[4] = text_of(&names);
    operands[5] = excel_whole(1);
    operands[6] = excel_text(KF_PLUGIN_TITLE);
    operands[7] = operands[8] = (XlOper){ .type = XL_MISSING };
    operands[9] = help_text(function->help[plugin.lang], count == 0);
    for (size_t i = 0; i < count; i++)
        operands[FIRST_HELP + i] = help_text(args[i].help[plugin.lang], i + 1 == count);
    return call_register(dll, operands, FIRST_HELP + (int)count);
}

/* ---- the menu ---------------------------------------------------------------- */

enum { MACRO = 2, WORKSHEET_BAR = 10, MENU_COLUMNS = 5, MENU_ROWS = 1 + KF_CMD_COUNT };

static const struct {
    const char *id, *help[KF_LANG_COUNT];
} macros[KF_CMD_COUNT] = {
#define KF_COMMAND(id, key, da, en, help_da, help_en) [KF_CMD_##id] = { #id, { help_da, help_en } },
#include "commands.def"
#undef KF_COMMAND
};

/* "Kontrafakt.Fjern_markeringer": the Danish title, so that buttons of one user's work for
 * another. */
static XlOper macro_name(KfCommand command)
{
    KfBuf name = { 0 };

    kf_buf_str(&name, KF_PLUGIN_TITLE ".");
    for (const char *c = kf_command_title(command, KF_LANG_DA); *c; c++)
        kf_buf_char(&name, *c == ' ' ? '_' : *c);
    return text_of(&name);
}

static bool register_macro(const XlOper *dll, KfCommand command)
{
    XlOper operands[MOST_OPERANDS];
    KfBuf symbol = { 0 };

    kf_buf_str(&symbol, "kf_xl_command_");
    kf_buf_str(&symbol, macros[command].id);
    operands[1] = text_of(&symbol);
    operands[2] = excel_text("J");
    operands[3] = macro_name(command);
    operands[4] = excel_text("");
    operands[5] = excel_whole(MACRO);
    operands[6] = excel_text(KF_PLUGIN_TITLE);
    operands[7] = operands[8] = (XlOper){ .type = XL_MISSING };
    operands[9] = help_text(macros[command].help[plugin.lang], true);
    return call_register(dll, operands, FIRST_HELP);
}

static bool has_menu(void)
{
    XlOper answer;
    bool has = excel_ask(
        XLF_GET_BAR, &answer,
        EXCEL_OPERANDS(excel_whole(WORKSHEET_BAR), excel_text(KF_PLUGIN_TITLE), excel_whole(0)));

    excel_free(&answer);
    return has;
}

/* A row of the menu: a title, a macro, a key, a text for the status bar, and help. */
static void put_row(XlOper *row, const char *title, XlOper macro, const char *help)
{
    row[0] = excel_text(title);
    row[1] = macro;
    row[2] = excel_text("");
    row[3] = excel_text(help);
    row[4] = excel_text("");
}

static void fill_menu(XlOper *items)
{
    put_row(items, KF_PLUGIN_TITLE, excel_text(""), "");
    for (int i = 0; i < KF_CMD_COUNT; i++)
        put_row(items + (i + 1) * MENU_COLUMNS, kf_command_title((KfCommand)i, plugin.lang),
                macro_name((KfCommand)i), macros[i].help[plugin.lang]);
}

static bool add_menu(void)
{
    XlOper items[MENU_ROWS * MENU_COLUMNS], menu = { .type = XL_MULTI };
    bool done;

    if (has_menu())
        return true;
    fill_menu(items);
    menu.as.array.items = items;
    menu.as.array.rows = MENU_ROWS;
    menu.as.array.cols = MENU_COLUMNS;
    done = excel_do(XLF_ADD_MENU, EXCEL_OPERANDS(excel_whole(WORKSHEET_BAR), menu));
    for (int i = 0; i < MENU_ROWS * MENU_COLUMNS; i++) {
        if (items[i].type == XL_STRING)
            free(items[i].as.string);
    }
    return done;
}

/* ---- what Excel calls ------------------------------------------------------ */

/* KONTRAFAKT_LANG chooses; else the language of Windows does. */
static KfLang language(void)
{
    char wanted[8];

    if (GetEnvironmentVariableA("KONTRAFAKT_LANG", wanted, sizeof wanted) == 2)
        return strcmp(wanted, "en") == 0 ? KF_LANG_EN : KF_LANG_DA;
    return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_ENGLISH ? KF_LANG_EN : KF_LANG_DA;
}

EXPORT int __stdcall xlAutoOpen(void);
int __stdcall xlAutoOpen(void)
{
    XlOper dll;
    bool done = true;

    plugin.lang = language();
    if (!plugin.rules && kf_ruleset_create(&plugin.rules, NULL) != KF_OK)
        return 0;
    if (excel_call(XL_GET_NAME, &dll, 0, NULL) != XL_OK)
        return 0;
    for (int id = 0; id < KF_FN_COUNT; id++)
        done = register_function(&dll, (KfFunctionId)id) && done;
    for (int i = 0; i < KF_CMD_COUNT; i++)
        done = register_macro(&dll, (KfCommand)i) && done;
    excel_free(&dll);
    return add_menu() && done;
}

/* Setting a name to nothing takes it away. */
static void drop_name(XlOper name)
{
    excel_do(XLF_SET_NAME, EXCEL_OPERANDS(name));
}

/* The rules stay: when the user cancels closing Excel, cells may still be calculated. */
EXPORT int __stdcall xlAutoClose(void);
int __stdcall xlAutoClose(void)
{
    if (has_menu())
        excel_do(XLF_DELETE_MENU,
                 EXCEL_OPERANDS(excel_whole(WORKSHEET_BAR), excel_text(KF_PLUGIN_TITLE)));
    for (int id = 0; id < KF_FN_COUNT; id++)
        drop_name(excel_text(kf_function((KfFunctionId)id)->name));
    for (int i = 0; i < KF_CMD_COUNT; i++)
        drop_name(macro_name((KfCommand)i));
    return 1;
}

EXPORT void __stdcall xlAutoFree12(XlOper *result);
void __stdcall xlAutoFree12(XlOper *result)
{
    excel_result_free(result);
}

/* Asked with 1 for the name that the list of add-ins shows. */
EXPORT XlOper *__stdcall xlAddInManagerInfo12(const XlOper *asked);
XlOper *__stdcall xlAddInManagerInfo12(const XlOper *asked)
{
    KfHostValue value;
    ExcelRoom room;
    KfHostResult answer = { .kind = KF_HOST_ERROR, .error = KF_HOST_ERROR_VALUE };
    XlOper *out;

    memset(&room, 0, sizeof room);
    excel_argument(&value, &room, asked, KF_ARGUMENT_VALUE);
    if (value.kind == KF_HOST_NUMBER && value.number == 1) {
        answer.kind = KF_HOST_TEXT;
        kf_buf_str(&answer.text, KF_PLUGIN_TITLE);
    }
    out = excel_result(&answer);
    kf_host_result_free(&answer);
    excel_room_free(&room);
    return out;
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved);
BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved)
{
    (void)self;
    if (reason == DLL_PROCESS_DETACH && !reserved) {
        kf_ruleset_destroy(plugin.rules);
        plugin.rules = NULL;
    }
    return TRUE;
}
