/* The program's entry on Windows: arguments as UTF-8, output as it is written, and a
 * console that shows it. */
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include <shellapi.h>

#undef main /* the program's own has another name */

int kontrafakt_main(int argc, char **argv);

static char *utf8(const wchar_t *text)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *out = malloc((size_t)(size > 0 ? size : 1));

    if (out)
        out[0] = '\0';
    if (out && size > 0)
        WideCharToMultiByte(CP_UTF8, 0, text, -1, out, size, NULL, NULL);
    return out;
}

int main(void)
{
    int count = 0;
    wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &count);
    char **args = wide ? calloc((size_t)count + 1, sizeof *args) : NULL;

    for (int i = 0; args && i < count; i++) {
        if (!(args[i] = utf8(wide[i])))
            return 2;
    }
    if (!args)
        return 2;
    _setmode(_fileno(stdout), _O_BINARY);
    _setmode(_fileno(stderr), _O_BINARY);
    SetConsoleOutputCP(CP_UTF8);
    return kontrafakt_main(count, args);
}
