/* What the program takes from POSIX and Windows has not, or has with paths in the code page
 * of the machine: included before every source when it is built for Windows. Paths are
 * UTF-8, and go to Windows as UTF-16. */
#ifndef WINDOWS_POSIX_H
#define WINDOWS_POSIX_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#undef stat /* the name of another struct, when files may be large */

FILE *windows_fopen(const char *path, const char *mode);
int windows_stat(const char *path, struct stat *out);
int windows_open(const char *path, int flags, ...);
int windows_mkstemp(char *template);
int windows_link(const char *from, const char *to);
int windows_rename(const char *from, const char *to);
int windows_unlink(const char *path);
long windows_sysconf(int what);
/* A file's mode says nothing of who may read it there. */
static inline mode_t windows_umask(unsigned mask)
{
    (void)mask;
    return 0;
}
static inline int windows_fchmod(int fd, unsigned mode)
{
    (void)fd;
    (void)mode;
    return 0;
}

typedef struct WindowsDir WindowsDir;
struct windows_dirent {
    char d_name[4 * 260];
};
WindowsDir *windows_opendir(const char *path);
struct windows_dirent *windows_readdir(WindowsDir *dir);
int windows_closedir(WindowsDir *dir);

#define fopen(path, mode) windows_fopen(path, mode)
#define stat(path, out) windows_stat(path, out)
#define lstat(path, out) windows_stat(path, out)
#define open(...) windows_open(__VA_ARGS__)
#define mkstemp(template) windows_mkstemp(template)
#define link(from, to) windows_link(from, to)
#define rename(from, to) windows_rename(from, to)
#define unlink(path) windows_unlink(path)
#define sysconf(what) windows_sysconf(what)
#define fsync(fd) _commit(fd)
#define fchmod(fd, mode) windows_fchmod(fd, mode)
#define umask(mask) windows_umask(mask)
#define DIR WindowsDir
#define dirent windows_dirent
#define opendir(path) windows_opendir(path)
#define readdir(dir) windows_readdir(dir)
#define closedir(dir) windows_closedir(dir)

#ifndef _SC_NPROCESSORS_ONLN
#define _SC_NPROCESSORS_ONLN 84
#endif
#ifndef EDQUOT
#define EDQUOT 10069
#endif
#ifndef SIGPIPE
#define SIGPIPE SIGTERM /* a write to a closed pipe fails on Windows; there is no signal */
#endif
#define O_DIRECTORY 0
#define O_CLOEXEC O_NOINHERIT

#endif
