/* The add-in for Excel: functions.def registered through the C interface, and called
 * from any of Excel's threads. */
#include "excel.h"

#include <stdlib.h>
#include <string.h>

#include <windows.h>

#define EXPORT __declspec(dllexport)

static KfPlugin plugin;

/* ---- functions ------------------------------------------------------------- */

static XlOper *evaluate(KfFunctionId id, const XlOper *const *given)
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

/* Excel passes as many operands as are registered, and the caller tidies them away, so
 * one signature with all of them serves every function: on 64 bits the first four are in
 * registers, and what a function was not given it does not look at. */
#define KF_ARGUMENT(id, kind, need, name_da, name_en, da, en)
#define KF_FUNCTION(id, da, en)                                                                    \
    EXPORT XlOper *__stdcall kf_xl_##id(const XlOper *a, const XlOper *b, const XlOper *c,         \
                                        const XlOper *d, const XlOper *e);                         \
    XlOper *__stdcall kf_xl_##id(const XlOper *a, const XlOper *b, const XlOper *c,                \
                                 const XlOper *d, const XlOper *e)                                 \
    {                                                                                              \
        return evaluate(KF_FN_##id, (const XlOper *const[]){ a, b, c, d, e });                     \
    }
#include "functions.def"
#undef KF_FUNCTION
#undef KF_ARGUMENT

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

/* ---- what Excel calls ------------------------------------------------------ */

static KfLang language(void)
{
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
    excel_free(&dll);
    return done;
}

/* Setting a name to nothing takes it away. The rules stay: when the user cancels closing
 * Excel, cells may still be calculated. */
EXPORT int __stdcall xlAutoClose(void);
int __stdcall xlAutoClose(void)
{
    for (int id = 0; id < KF_FN_COUNT; id++) {
        XlOper name = excel_text(kf_function((KfFunctionId)id)->name), *args[] = { &name };

        excel_call(XLF_SET_NAME, NULL, 1, args);
        if (name.type == XL_STRING)
            free(name.as.string);
    }
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
