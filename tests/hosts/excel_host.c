/* Stands in for Excel: loads the add-in, answers its callbacks as strictly as Excel's own
 * documentation allows, calls its functions, on one thread and then on several, and its
 * macros.
 *
 * excel_host ADDIN <SCRIPT. Lines of the script, fields parted by tabs:
 *   sheet NAME | cell ROW COL VALUE [FORMULA [FORMAT]] | call FUNCTION ARGUMENT...
 * and what excel_book.c knows. A value is n:12.5, s:text, b:1, e:15 or nothing; an argument
 * is a value, x:TIMES:text, a:COLUMNS:value;value... or r:SHEET:ROW:COL:ROW:COL. A line of
 * output for each call, and what macros say and do; then what was not as it must be; then
 * "N passed, N failed". */
#include "excel_host.h"

#include <process.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum { MOST = 4096, MOST_ARGS = 5, THREADS = 4, TYPES_LEN = 16 };

static CRITICAL_SECTION lock;
static long passed, failed;

bool check(bool holds, const char *format, ...)
{
    va_list args;

    EnterCriticalSection(&lock);
    if (holds) {
        passed++;
    } else {
        failed++;
        printf("FAILED: ");
        va_start(args, format);
        vprintf(format, args);
        va_end(args);
        printf("\n");
    }
    LeaveCriticalSection(&lock);
    return holds;
}

/* ---- memory that Excel owns ------------------------------------------------ */

static void *owned[1 << 16];
static size_t owned_count;

void *own(size_t size)
{
    void *bytes = malloc(size ? size : 1);

    EnterCriticalSection(&lock);
    owned[owned_count++] = bytes;
    LeaveCriticalSection(&lock);
    return bytes;
}

bool disown(void *bytes)
{
    bool found = false;

    EnterCriticalSection(&lock);
    for (size_t i = owned_count; i-- > 0 && !found;) {
        if (owned[i] == bytes) {
            owned[i] = owned[--owned_count];
            found = true;
        }
    }
    LeaveCriticalSection(&lock);
    if (found)
        free(bytes);
    return found;
}

/* ---- values ---------------------------------------------------------------- */

/* No NUL behind the units: whoever looks for one reads rubbish. */
XlChar *make_string(const char *utf8)
{
    int units = MultiByteToWideChar(CP_UTF8, 0, utf8, (int)strlen(utf8), NULL, 0);
    XlChar *string = malloc(((size_t)units + 2) * sizeof *string);

    string[0] = (XlChar)units;
    MultiByteToWideChar(CP_UTF8, 0, utf8, (int)strlen(utf8), (WCHAR *)string + 1, units);
    string[units + 1] = 0xFFFF;
    return string;
}

static char *utf8_of(const XlChar *string)
{
    const WCHAR *units = (const WCHAR *)string + 1;
    int size = WideCharToMultiByte(CP_UTF8, 0, units, string[0], NULL, 0, NULL, NULL);
    char *text = malloc((size_t)size + 1);

    WideCharToMultiByte(CP_UTF8, 0, units, string[0], text, size, NULL, NULL);
    text[size] = '\0';
    return text;
}

char *text_of(const XlOper *oper)
{
    return oper && oper->type == XL_STRING ? utf8_of(oper->as.string) : NULL;
}

XlOper make_value(const char *field)
{
    XlOper oper = { .type = XL_NIL };

    if (field[0] == '\0' || field[1] != ':')
        return oper;
    switch (field[0]) {
    case 'n':
        oper.type = XL_NUMBER;
        oper.as.number = strtod(field + 2, NULL);
        break;
    case 's':
        oper.type = XL_STRING;
        oper.as.string = make_string(field + 2);
        break;
    case 'b':
        oper.type = XL_BOOL;
        oper.as.truth = atoi(field + 2);
        break;
    case 'e':
        oper.type = XL_ERROR;
        oper.as.error = atoi(field + 2);
    }
    return oper;
}

void drop_value(XlOper *oper)
{
    if (oper->type == XL_STRING)
        free(oper->as.string);
    if (oper->type == XL_REF)
        free(oper->as.there.rects);
    for (int i = 0; oper->type == XL_MULTI && i < oper->as.array.rows * oper->as.array.cols; i++)
        drop_value(&oper->as.array.items[i]);
    if (oper->type == XL_MULTI)
        free(oper->as.array.items);
    oper->type = XL_NIL;
}

/* A string of Excel's own, to be given back. */
XlOper give_string(const char *utf8)
{
    XlOper out = { .type = XL_STRING | XL_FREE_BY_EXCEL };
    XlChar *string = make_string(utf8);
    size_t size = (string[0] + 2u) * sizeof *string;

    out.as.string = memcpy(own(size), string, size);
    free(string);
    return out;
}

static void free_excels(XlOper *oper)
{
    bool ours = oper && (oper->type & XL_FREE_BY_EXCEL);
    uint32_t type = oper ? oper->type & XL_TYPES : 0;

    if (!check(ours && (type == XL_MULTI || type == XL_STRING || type == XL_REF),
               "xlFree of what Excel did not give (%x)", oper ? oper->type : 0))
        return;
    for (int i = 0; type == XL_MULTI && i < oper->as.array.rows * oper->as.array.cols; i++) {
        XlOper *item = &oper->as.array.items[i];

        if ((item->type & XL_TYPES) == XL_STRING)
            check(disown(item->as.string), "xlFree: a string freed twice");
    }
    if (type == XL_REF)
        check(disown(oper->as.there.rects), "xlFree: a reference freed twice");
    else
        check(disown(type == XL_MULTI ? (void *)oper->as.array.items : (void *)oper->as.string),
              "xlFree: freed twice");
    oper->type = XL_NIL;
}

/* ---- registered functions -------------------------------------------------- */

typedef struct {
    char name[64], types[TYPES_LEN];
    int args;
    bool registered, is_macro;
    void *address;
} Function;

static Function functions[64];
static int function_count;
static HMODULE addin;
static WCHAR addin_path[MAX_PATH];

static Function *find_function(const char *name)
{
    for (int i = 0; i < function_count; i++) {
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    }
    return NULL;
}

double number_in(const XlOper *oper)
{
    if (oper->type == XL_NUMBER)
        return oper->as.number;
    return oper->type == XL_INT || oper->type == XL_BOOL ? oper->as.whole : -1;
}

bool is_macro(const char *name)
{
    Function *function = find_function(name);

    return function && function->registered && function->is_macro;
}

static int count_names(const char *names)
{
    int count = names[0] != '\0';

    for (; *names; names++)
        count += *names == ',';
    return count;
}

static bool check_texts(XlOper **args, int count)
{
    bool good = true;

    for (int i = 0; i < count; i++) {
        uint32_t type = args[i]->type & XL_TYPES;

        if (i == 5)
            good &=
                check(type == XL_INT || type == XL_NUMBER, "xlfRegister: the kind is no number");
        else if (i == 7 || i == 8)
            good &= check(type == XL_MISSING || type == XL_STRING, "xlfRegister: operand %d", i);
        else
            good &= check(type == XL_STRING, "xlfRegister: operand %d is no text", i);
        if (type == XL_STRING)
            good &= check(args[i]->as.string[0] <= 255, "xlfRegister: text %d is too long", i);
    }
    return good;
}

static int call_register(XlOper **args, int count, XlOper *result)
{
    Function *function = &functions[function_count];
    char *symbol, *types, *name, *names;

    if (!check(count >= 4 && count <= 30, "xlfRegister: %d operands", count)
        || !check_texts(args, count))
        return XL_BAD_OPERAND;
    symbol = text_of(args[1]);
    types = text_of(args[2]);
    name = text_of(args[3]);
    names = count > 4 ? text_of(args[4]) : _strdup("");
    snprintf(function->name, sizeof function->name, "%s", name);
    snprintf(function->types, sizeof function->types, "%s", types);
    function->args = (int)strspn(types + 1, "QU");
    function->address = (void *)GetProcAddress(addin, symbol);
    function->registered = true;
    function->is_macro = number_in(args[5]) == 2;
    check(function->address != NULL, "xlfRegister: %s is not exported", symbol);
    if (function->is_macro)
        check(strcmp(types, "J") == 0 && names[0] == '\0', "%s: types %s are no macro's", name,
              types);
    else
        check(types[0] == 'Q' && strcmp(types + 1 + function->args, "$") == 0,
              "%s: types %s are no pure function's", name, types);
    check(strchr(name, ' ') == NULL, "%s: a name with a space", name);
    check(count_names(names) == function->args, "%s: %s for types %s", name, names, types);
    check(count == 10 + function->args, "%s: %d operands for %d arguments", name, count,
          function->args);
    function_count++;
    free(symbol);
    free(types);
    free(name);
    free(names);
    result->type = XL_NUMBER;
    result->as.number = function_count;
    return XL_OK;
}

static int call_set_name(XlOper **args, int count)
{
    char *name = count == 1 ? text_of(args[0]) : NULL;
    Function *function = name ? find_function(name) : NULL;

    check(function && function->registered, "xlfSetName of %s", name ? name : "nothing");
    if (function)
        function->registered = false;
    free(name);
    return XL_OK;
}

static int call_get_name(XlOper *result)
{
    size_t units = wcslen(addin_path);
    XlChar *name = own((units + 1) * sizeof *name);

    name[0] = (XlChar)units;
    memcpy(name + 1, addin_path, units * sizeof *name);
    result->type = XL_STRING | XL_FREE_BY_EXCEL;
    result->as.string = name;
    return XL_OK;
}

static int call_excel(int function, int count, XlOper **args, XlOper *result)
{
    switch (function) {
    case XL_GET_NAME:
        return check(count == 0, "xlGetName: %d operands", count) ? call_get_name(result)
                                                                  : XL_BAD_COUNT;
    case XL_FREE:
        for (int i = 0; i < count; i++)
            free_excels(args[i]);
        return XL_OK;
    case XLF_REGISTER:
        return call_register(args, count, result);
    case XLF_SET_NAME:
        return call_set_name(args, count);
    default:
        return call_book(function, count, args, result);
    }
}

__declspec(dllexport) int __stdcall MdCallBack12(int function, int count, XlOper **args,
                                                 XlOper *result);
int __stdcall MdCallBack12(int function, int count, XlOper **args, XlOper *result)
{
    XlOper unwanted = { .type = XL_NIL };
    const bool is_wanted = result != NULL;

    result = is_wanted ? result : &unwanted;
    result->type = XL_NIL;
    function = call_excel(function, count, args, result);
    check(is_wanted || !(result->type & XL_FREE_BY_EXCEL), "a result that nobody can free");
    return function;
}

/* ---- calls ----------------------------------------------------------------- */

typedef struct {
    char *line;
    char *result; /* on the first thread */
} Call;

static Call calls[MOST];
static int call_count;

static XlOper make_array(char *field)
{
    XlOper out = { .type = XL_MULTI };
    int count = 0;

    out.as.array.cols = atoi(field);
    out.as.array.items = malloc(64 * sizeof(XlOper));
    for (char *at = strchr(field, ':') + 1; at && count < 64; count++) {
        char *end = strchr(at, ';');

        if (end)
            *end = '\0';
        out.as.array.items[count] = make_value(at);
        at = end ? end + 1 : NULL;
    }
    out.as.array.rows = count / out.as.array.cols;
    return out;
}

static XlOper make_repeated(const char *field)
{
    size_t times = (size_t)atoi(field), len;
    const char *piece = strchr(field, ':') + 1;
    char *text;
    XlOper out = { .type = XL_STRING };

    len = strlen(piece);
    text = malloc(times * len + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * len, piece, len);
    text[times * len] = '\0';
    out.as.string = make_string(text);
    free(text);
    return out;
}

/* What a Q argument gets of cells: the value of one, an array of several. */
static XlOper value_of(int sheet, XlRect rect)
{
    XlOper array = array_of(sheet, rect), out;

    if (rect.first_row == rect.last_row && rect.first_col == rect.last_col) {
        out = array.as.array.items[0];
        disown(array.as.array.items);
    } else {
        out = array;
        out.type = XL_MULTI;
    }
    return out;
}

/* Strings and arrays of cells are Excel's, and taken from the list of those here. */
static void forget_owned(XlOper *oper)
{
    for (size_t i = 0; i < owned_count; i++) {
        if ((oper->type == XL_STRING && owned[i] == oper->as.string)
            || (oper->type == XL_MULTI && owned[i] == oper->as.array.items)) {
            owned[i] = owned[--owned_count];
            break;
        }
    }
    for (int k = 0; oper->type == XL_MULTI && k < oper->as.array.rows * oper->as.array.cols; k++)
        forget_owned(&oper->as.array.items[k]);
}

static XlOper make_reference(char *field, char type)
{
    char *place = strchr(field, ':');
    int sheet;
    XlRect rect;
    XlOper out;

    *place = '\0';
    sheet = find_sheet(field);
    sscanf(place + 1, "%d:%d:%d:%d", &rect.first_row, &rect.first_col, &rect.last_row,
           &rect.last_col);
    if (type != 'U') {
        out = value_of(sheet, rect);
        EnterCriticalSection(&lock);
        forget_owned(&out);
        LeaveCriticalSection(&lock);
    } else if (sheet == 0) { /* it is shown */
        out.type = XL_SREF;
        out.as.here.count = 1;
        out.as.here.rect = rect;
    } else {
        out.type = XL_REF;
        out.as.there.rects = malloc(sizeof(XlRects));
        *out.as.there.rects = (XlRects){ 1, { rect } };
        out.as.there.sheet = sheet_id(sheet);
    }
    return out;
}

static XlOper make_argument(char *field, char type)
{
    if (field[0] == 'x' && field[1] == ':')
        return make_repeated(field + 2);
    if (field[0] == 'a' && field[1] == ':')
        return make_array(field + 2);
    if (field[0] == 'r' && field[1] == ':')
        return make_reference(field + 2, type);
    if (field[0] == '\0')
        return (XlOper){ .type = XL_MISSING };
    return make_value(field);
}

static char *shown(const XlOper *result)
{
    char *text, *out;

    switch (result->type & XL_TYPES) {
    case XL_NUMBER:
        out = malloc(64);
        snprintf(out, 64, "n:%.17g", result->as.number);
        return out;
    case XL_STRING:
        text = utf8_of(result->as.string);
        out = malloc(strlen(text) + 3);
        sprintf(out, "s:%s", text);
        free(text);
        return out;
    case XL_ERROR:
        out = malloc(16);
        snprintf(out, 16, "e:%d", result->as.error);
        return out;
    default:
        return _strdup("?");
    }
}

typedef XlOper *(__stdcall *Call0)(void);
typedef XlOper *(__stdcall *Call1)(XlOper *);
typedef XlOper *(__stdcall *Call2)(XlOper *, XlOper *);
typedef XlOper *(__stdcall *Call3)(XlOper *, XlOper *, XlOper *);
typedef XlOper *(__stdcall *Call5)(XlOper *, XlOper *, XlOper *, XlOper *, XlOper *);
typedef XlOper *(__stdcall *Call4)(XlOper *, XlOper *, XlOper *, XlOper *);

/* Just the operands that it has, as on 32 bits it must be. */
static XlOper *call_function(const Function *function, XlOper *a)
{
    switch (function->args) {
    case 0:
        return ((Call0)function->address)();
    case 1:
        return ((Call1)function->address)(&a[0]);
    case 2:
        return ((Call2)function->address)(&a[0], &a[1]);
    case 3:
        return ((Call3)function->address)(&a[0], &a[1], &a[2]);
    case 4:
        return ((Call4)function->address)(&a[0], &a[1], &a[2], &a[3]);
    default:
        return ((Call5)function->address)(&a[0], &a[1], &a[2], &a[3], &a[4]);
    }
}

bool run_macro(const char *name)
{
    Function *function = find_function(name);

    return check(is_macro(name), "%s is no macro", name)
           && ((int(__stdcall *)(void))function->address)() == 1;
}

static char *run_call(const char *line)
{
    char *copy = _strdup(line), *field = strtok(copy, "\t"), *out = NULL;
    Function *function = find_function(field);
    XlOper args[MOST_ARGS], before[MOST_ARGS], *result;
    void(__stdcall * give_back)(XlOper *);
    FARPROC address = GetProcAddress(addin, "xlAutoFree12");
    char *at = strchr(line, '\t');

    memcpy(&give_back, &address, sizeof give_back);
    if (!check(function && function->registered, "%s is not registered", field)) {
        free(copy);
        return _strdup("?");
    }
    for (int i = 0; i < MOST_ARGS; i++) {
        char piece[512] = "";

        if (at) {
            char *end = strchr(at + 1, '\t');
            size_t len = end ? (size_t)(end - at - 1) : strlen(at + 1);

            memcpy(piece, at + 1, len < sizeof piece - 1 ? len : sizeof piece - 1);
            at = end;
        }
        args[i] = make_argument(piece, i < function->args ? function->types[1 + i] : 'Q');
    }
    memcpy(before, args, sizeof args);
    result = call_function(function, args);
    check(memcmp(before, args, sizeof args) == 0, "%s changed its arguments", line);
    if (check(result && (result->type & XL_FREE_BY_DLL) && !(result->type & XL_FREE_BY_EXCEL),
              "%s: a result that nobody frees", line)) {
        out = shown(result);
        give_back(result);
    }
    for (int i = 0; i < MOST_ARGS; i++)
        drop_value(&args[i]);
    free(copy);
    return out ? out : _strdup("?");
}

static unsigned __stdcall run_all(void *unused)
{
    (void)unused;
    for (int i = 0; i < call_count; i++) {
        char *result = run_call(calls[i].line);

        check(strcmp(result, calls[i].result) == 0, "%s on another thread: %s", calls[i].line,
              result);
        free(result);
    }
    return 0;
}

static void run_on_threads(void)
{
    HANDLE threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        threads[i] = (HANDLE)_beginthreadex(NULL, 0, run_all, NULL, 0, NULL);
    WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE);
    for (int i = 0; i < THREADS; i++)
        CloseHandle(threads[i]);
}

/* ---- the script ------------------------------------------------------------ */

static void take_line(char *line)
{
    char *rest = strchr(line, '\t');

    if (!rest)
        return;
    *rest++ = '\0';
    if (strcmp(line, "call") == 0 && call_count < MOST)
        calls[call_count++].line = _strdup(rest);
    else
        script_line(line, rest);
}

static void read_script(void)
{
    static char line[1 << 18];

    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\r\n")] = '\0';
        take_line(line);
    }
}

/* Blocks of the heap that this program and the add-in share. */
long blocks_in_use(void)
{
    PROCESS_HEAP_ENTRY entry = { .lpData = NULL };
    long count = 0;

    while (HeapWalk(GetProcessHeap(), &entry))
        count += (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0;
    return count;
}

static int call_addin(const char *name)
{
    FARPROC address = GetProcAddress(addin, name);
    int(__stdcall * function)(void);

    memcpy(&function, &address, sizeof function);
    return check(function != NULL, "%s is not exported", name) ? function() : 0;
}

static void check_manager_name(void)
{
    FARPROC address = GetProcAddress(addin, "xlAddInManagerInfo12");
    FARPROC back = GetProcAddress(addin, "xlAutoFree12");
    XlOper *(__stdcall * ask)(XlOper *);
    void(__stdcall * give_back)(XlOper *);
    XlOper one = { .type = XL_INT }, *answer;
    char *name;

    memcpy(&ask, &address, sizeof ask);
    memcpy(&give_back, &back, sizeof give_back);
    one.as.whole = 1;
    answer = ask(&one);
    name = shown(answer);
    check(strcmp(name, "s:Kontrafakt") == 0, "name in the list of add-ins: %s", name);
    free(name);
    give_back(answer);
    one.as.whole = 2;
    answer = ask(&one);
    check((answer->type & XL_TYPES) == XL_ERROR, "an answer to what was not asked");
    give_back(answer);
}

static void run_calls(void)
{
    long before;

    for (int i = 0; i < call_count; i++) {
        calls[i].result = run_call(calls[i].line);
        printf("%s\n", calls[i].result);
    }
    if (call_count == 0)
        return;
    run_on_threads();
    before = blocks_in_use();
    run_all(NULL);
    check(blocks_in_use() == before, "the calls left %ld blocks", blocks_in_use() - before);
}

int main(int argc, char **argv)
{
    InitializeCriticalSection(&lock);
    setvbuf(stdout, NULL, _IONBF, 0);
    if (argc != 2 || !MultiByteToWideChar(CP_UTF8, 0, argv[1], -1, addin_path, MAX_PATH))
        return 2;
    addin = LoadLibraryW(addin_path);
    if (!addin) {
        printf("cannot load the add-in: %lu\n", GetLastError());
        return 2;
    }
    check(call_addin("xlAutoOpen") == 1, "xlAutoOpen failed");
    check_menu(true);
    check_manager_name();
    read_script();
    run_calls();
    check(call_addin("xlAutoClose") == 1, "xlAutoClose failed");
    check_menu(false);
    for (int i = 0; i < function_count; i++)
        check(!functions[i].registered, "%s is still registered", functions[i].name);
    check(owned_count == 0, "%lu blocks of Excel's were never given back",
          (unsigned long)owned_count);
    check(FreeLibrary(addin), "the add-in cannot be unloaded");
    printf("%ld passed, %ld failed\n", passed, failed);
    return failed != 0;
}
