/* Loaded before the C library: the Nth allocation fails (FAIL_ALLOC=N), or the Nth call that
 * reads or writes a file (FAIL_IO=N), or the Nth thread cannot be had (FAIL_THREAD=N), or all
 * from the Nth on (FAIL_ON=1). At the end the file FAIL_LOG gets the numbers of allocations, of
 * calls, of blocks that were not freed, and of threads. With FAIL_TRAP=1 a debugger stops there. */
#undef _FILE_OFFSET_BITS /* or both names of mkstemp would be one */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static atomic_long allocs, calls, live, threads;
static long fail_alloc, fail_io, fail_thread;
static int goes_on, traps, is_ready;

static long number(const char *name)
{
    const char *value = getenv(name);

    return value ? atol(value) : 0;
}

__attribute__((constructor)) static void begin(void)
{
    fail_alloc = number("FAIL_ALLOC");
    fail_io = number("FAIL_IO");
    fail_thread = number("FAIL_THREAD");
    goes_on = number("FAIL_ON") != 0;
    traps = number("FAIL_TRAP") != 0;
    atomic_store(&live, 0);
    is_ready = 1;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAIL_LOG");
    char text[100];
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;

    is_ready = 0;
    if (fd < 0)
        return;
    snprintf(text, sizeof text, "%ld %ld %ld %ld\n", (long)allocs, (long)calls, (long)live,
             (long)threads);
    if (syscall(1 /* write */, fd, text, strlen(text)) < 0)
        abort();
    close(fd);
}

static int is_due(atomic_long *count, long at)
{
    long now;

    if (!is_ready)
        return 0;
    now = atomic_fetch_add(count, 1) + 1;
    if (!at || (goes_on ? now < at : now != at))
        return 0;
    if (traps)
        raise(SIGTRAP);
    return 1;
}

/* ---- memory ----------------------------------------------------------------- */

static void *counted(void *block)
{
    if (block && is_ready)
        atomic_fetch_add(&live, 1);
    return block;
}

void *malloc(size_t size)
{
    if (is_due(&allocs, fail_alloc)) {
        errno = ENOMEM;
        return NULL;
    }
    return counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    if (is_due(&allocs, fail_alloc)) {
        errno = ENOMEM;
        return NULL;
    }
    return counted(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
    if (is_due(&allocs, fail_alloc)) {
        errno = ENOMEM;
        return NULL;
    }
    return block ? __libc_realloc(block, size) : counted(__libc_realloc(block, size));
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    if (is_due(&allocs, fail_alloc))
        return ENOMEM;
    *out = counted(__libc_memalign(alignment, size));
    return *out ? 0 : ENOMEM;
}

void free(void *block)
{
    if (block && is_ready)
        atomic_fetch_sub(&live, 1);
    __libc_free(block);
}

#define NEXT(name) *(void **)&next = dlsym(RTLD_NEXT, #name)

/* ---- threads ---------------------------------------------------------------- */

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*begin_at)(void *),
                   void *of)
{
    int (*next)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

    NEXT(pthread_create);
    return is_due(&threads, fail_thread) ? EAGAIN : next(thread, attributes, begin_at, of);
}

/* ---- files ------------------------------------------------------------------ */

/* Pipes count too: the report goes to one. */
static int fails(int reason)
{
    if (!is_due(&calls, fail_io))
        return 0;
    errno = reason;
    return 1;
}

size_t fread(void *to, size_t size, size_t count, FILE *stream)
{
    size_t (*next)(void *, size_t, size_t, FILE *);

    NEXT(fread);
    if (!fails(EIO))
        return next(to, size, count, stream);
    stream->_flags |= 0x20; /* what ferror() looks at */
    return 0;
}

size_t fwrite(const void *from, size_t size, size_t count, FILE *stream)
{
    size_t (*next)(const void *, size_t, size_t, FILE *);

    NEXT(fwrite);
    return fails(ENOSPC) ? 0 : next(from, size, count, stream);
}

int fflush(FILE *stream)
{
    int (*next)(FILE *);

    NEXT(fflush);
    return fails(ENOSPC) ? EOF : next(stream);
}

FILE *fopen(const char *path, const char *mode)
{
    FILE *(*next)(const char *, const char *);

    NEXT(fopen);
    return fails(EMFILE) ? NULL : next(path, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    FILE *(*next)(const char *, const char *);

    NEXT(fopen64);
    return fails(EMFILE) ? NULL : next(path, mode);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    ssize_t (*next)(int, const void *, size_t);

    NEXT(write);
    return fails(ENOSPC) ? -1 : next(fd, bytes, len);
}

#define COUNTED(name, parameters, arguments)                                                       \
    int name parameters                                                                            \
    {                                                                                              \
        int(*next) parameters;                                                                     \
                                                                                                   \
        NEXT(name);                                                                                \
        return fails(EIO) ? -1 : next arguments;                                                   \
    }

COUNTED(mkstemp, (char *name), (name))
COUNTED(mkstemp64, (char *name), (name))
COUNTED(fchmod, (int fd, mode_t mode), (fd, mode))
COUNTED(fsync, (int fd), (fd))
COUNTED(link, (const char *from, const char *to), (from, to))
COUNTED(rename, (const char *from, const char *to), (from, to))
