/* Loaded before the C library: the program is killed, as by a power cut, in front of the Nth
 * call that changes a file (KILL_AT). Output to a terminal or pipe does not count. */
#undef _FILE_OFFSET_BITS /* or both names of mkstemp would be one */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void count(void)
{
    static long calls;
    const char *at = getenv("KILL_AT");

    if (at && ++calls == atol(at))
        kill(getpid(), SIGKILL);
}

/* Half of the first write is done before the next call is counted. */
ssize_t write(int fd, const void *bytes, size_t len)
{
    ssize_t (*next)(int, const void *, size_t);
    struct stat about;

    *(void **)&next = dlsym(RTLD_NEXT, "write");
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        return next(fd, bytes, len);
    count();
    return next(fd, bytes, len > 1 ? len / 2 : len);
}

#define COUNTED(name, parameters, arguments)                                                       \
    int name parameters                                                                            \
    {                                                                                              \
        int(*next) parameters;                                                                     \
                                                                                                   \
        *(void **)&next = dlsym(RTLD_NEXT, #name);                                                 \
        count();                                                                                   \
        return next arguments;                                                                     \
    }

COUNTED(mkstemp, (char *name), (name))
COUNTED(mkstemp64, (char *name), (name))
COUNTED(fchmod, (int fd, mode_t mode), (fd, mode))
COUNTED(fsync, (int fd), (fd))
COUNTED(link, (const char *from, const char *to), (from, to))
COUNTED(rename, (const char *from, const char *to), (from, to))
COUNTED(unlink, (const char *name), (name))
