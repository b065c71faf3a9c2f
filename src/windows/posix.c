#include "posix.h"

#undef fopen
#undef open
#undef DIR
#undef dirent
#undef opendir
#undef readdir
#undef closedir

#include <stdarg.h>
#include <string.h>
#include <windows.h>

/* free() it; NULL when memory ends. */
static wchar_t *wide(const char *utf8)
{
    int units = MultiByteToWideChar(CP_UTF8, 0, utf8, -1, NULL, 0);
    wchar_t *path = malloc(sizeof *path * (size_t)(units > 0 ? units : 1));

    if (path)
        path[0] = L'\0';
    if (path && units > 0)
        MultiByteToWideChar(CP_UTF8, 0, utf8, -1, path, units);
    return path;
}

static int fail(void)
{
    switch (GetLastError()) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_INVALID_DRIVE:
        errno = ENOENT;
        break;
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS:
        errno = EEXIST;
        break;
    case ERROR_DISK_FULL:
        errno = ENOSPC;
        break;
    case ERROR_DIRECTORY:
        errno = ENOTDIR;
        break;
    default:
        errno = EACCES;
    }
    return -1;
}

FILE *windows_fopen(const char *path, const char *mode)
{
    wchar_t *wide_path = wide(path), *wide_mode = wide(mode);
    FILE *file = wide_path && wide_mode ? _wfopen(wide_path, wide_mode) : NULL;

    free(wide_path);
    free(wide_mode);
    return file;
}

/* Two names of one file have the same numbers: Windows knows a file by 96 bits, and there
 * is room for 48, which are mixed from them. */
static void put_identity(struct stat *out, const BY_HANDLE_FILE_INFORMATION *about)
{
    out->st_dev = about->dwVolumeSerialNumber ^ about->nFileIndexLow;
    out->st_ino = (unsigned short)(about->nFileIndexLow ^ about->nFileIndexHigh
                                   ^ about->nFileIndexHigh >> 16);
}

static int stat_handle(HANDLE file, struct stat *out)
{
    BY_HANDLE_FILE_INFORMATION about;

    if (!GetFileInformationByHandle(file, &about))
        return fail();
    memset(out, 0, sizeof *out);
    out->st_mode =
        about.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY ? S_IFDIR | 0755 : S_IFREG | 0644;
    out->st_size = (off_t)about.nFileSizeLow;
    put_identity(out, &about);
    return 0;
}

int windows_stat(const char *path, struct stat *out)
{
    wchar_t *name = wide(path);
    HANDLE file = INVALID_HANDLE_VALUE;
    int status;

    if (name)
        file = CreateFileW(name, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                           OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    free(name);
    if (file == INVALID_HANDLE_VALUE)
        return fail();
    status = stat_handle(file, out);
    CloseHandle(file);
    return status;
}

int windows_open(const char *path, int flags, ...)
{
    wchar_t *name = wide(path);
    int fd = -1, mode = 0;
    va_list more;

    va_start(more, flags);
    if (flags & O_CREAT)
        mode = va_arg(more, int);
    va_end(more);
    if (name)
        fd = _wopen(name, flags | O_BINARY, mode ? _S_IREAD | _S_IWRITE : 0);
    free(name);
    return fd;
}

/* The six letters at the end of template become a name that was not there. */
int windows_mkstemp(char *template)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
    char *end = template + strlen(template) - 6;
    int fd = -1;

    errno = EEXIST;
    for (unsigned attempt = 0; fd < 0 && errno == EEXIST && attempt < 100; attempt++) {
        unsigned random = GetTickCount() * 2654435761u ^ GetCurrentProcessId() * 40503u;

        random += attempt * 7919u;
        for (int i = 0; i < 6; i++, random >>= 5)
            end[i] = letters[random & 31];
        fd = windows_open(template, O_RDWR | O_CREAT | O_EXCL | O_NOINHERIT, 0600);
    }
    return fd;
}

int windows_link(const char *from, const char *to)
{
    wchar_t *a = wide(from), *b = wide(to);
    int status = a && b && CreateHardLinkW(b, a, NULL) ? 0 : fail();

    free(a);
    free(b);
    return status;
}

int windows_rename(const char *from, const char *to)
{
    wchar_t *a = wide(from), *b = wide(to);
    int status = a && b && MoveFileExW(a, b, MOVEFILE_REPLACE_EXISTING) ? 0 : fail();

    free(a);
    free(b);
    return status;
}

int windows_unlink(const char *path)
{
    wchar_t *name = wide(path);
    int status = name ? _wunlink(name) : -1;

    free(name);
    return status;
}

long windows_sysconf(int what)
{
    SYSTEM_INFO about;

    (void)what;
    GetSystemInfo(&about);
    return (long)about.dwNumberOfProcessors;
}

/* ---- folders ----------------------------------------------------------------- */

struct WindowsDir {
    _WDIR *dir;
    struct windows_dirent entry;
};

WindowsDir *windows_opendir(const char *path)
{
    WindowsDir *dir = calloc(1, sizeof *dir);
    wchar_t *name = wide(path);

    if (dir && name)
        dir->dir = _wopendir(name);
    free(name);
    if (dir && !dir->dir) {
        free(dir);
        dir = NULL;
    }
    return dir;
}

struct windows_dirent *windows_readdir(WindowsDir *dir)
{
    struct _wdirent *entry = _wreaddir(dir->dir);

    if (!entry
        || !WideCharToMultiByte(CP_UTF8, 0, entry->d_name, -1, dir->entry.d_name,
                                sizeof dir->entry.d_name, NULL, NULL))
        return NULL;
    return &dir->entry;
}

int windows_closedir(WindowsDir *dir)
{
    int status = _wclosedir(dir->dir);

    free(dir);
    return status;
}
