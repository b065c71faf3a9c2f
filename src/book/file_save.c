/* Putting bytes where a file is to be, wholly or not at all. */
#include "book/file_save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A name may have 255 bytes; the private one adds a dot in front and this behind. */
#define SUFFIX ".XXXXXX"
enum { NAME_ROOM = 200, PERMISSIONS = 0777, NEW_FILE = 0666 };

static KfStatus fail_writing(int cause, KfError *err)
{
    static const struct {
        int cause;
        const char *text;
    } causes[] = {
        { EACCES, "ingen adgang" },        { EPERM, "ingen adgang" },
        { EROFS, "drevet kan kun læses" }, { ENOSPC, "drevet er fuldt" },
        { EDQUOT, "kvoten er opbrugt" },   { ENOENT, "mappen findes ikke" },
        { ENOTDIR, "mappen findes ikke" }, { ENAMETOOLONG, "navnet er for langt" },
        { EFBIG, "filen er for stor" },    { EISDIR, "det er en mappe" },
    };

    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        if (causes[i].cause == cause)
            return kf_fail(err, KF_OUTPUT_UNWRITABLE, (KfText){ 0 }, kf_text(causes[i].text));
    }
    if (cause == EEXIST)
        return kf_fail(err, KF_OUTPUT_EXISTS, (KfText){ 0 }, (KfText){ 0 });
    if (cause == ENOMEM)
        return kf_fail(err, KF_NO_MEMORY, (KfText){ 0 }, (KfText){ 0 });
    return kf_fail(err, KF_OUTPUT_UNWRITABLE, (KfText){ 0 }, KF_TEXT("skrivefejl"));
}

/* What may stand at path already, and is it the input? */
static KfStatus check_target(const char *path, const struct stat *input, bool force, KfError *err)
{
    struct stat there;

    if (stat(path, &there) == 0) {
        if (input && there.st_dev == input->st_dev && there.st_ino == input->st_ino)
            return kf_fail(err, KF_OUTPUT_IS_INPUT, (KfText){ 0 }, (KfText){ 0 });
        if (S_ISDIR(there.st_mode))
            return fail_writing(EISDIR, err);
        if (!S_ISREG(there.st_mode))
            return kf_fail(err, KF_OUTPUT_UNWRITABLE, (KfText){ 0 },
                           KF_TEXT("ingen almindelig fil"));
    }
    if (!force && lstat(path, &there) == 0)
        return fail_writing(EEXIST, err);
    return KF_OK;
}

/* "DIR/" of path, with its slash; "" when it has none. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* "DIR/.NAME.XXXXXX"; free() it. */
static char *private_name(const char *path)
{
    size_t folder = folder_length(path), name = strlen(path + folder);
    char *result;

    if (name > NAME_ROOM)
        name = NAME_ROOM;
    result = malloc(folder + 1 + name + sizeof SUFFIX);
    if (!result)
        return NULL;
    memcpy(result, path, folder);
    result[folder] = '.';
    memcpy(result + folder + 1, path + folder, name);
    memcpy(result + folder + 1 + name, SUFFIX, sizeof SUFFIX);
    return result;
}

static bool write_all(int fd, KfText bytes)
{
    while (bytes.len) {
        ssize_t written = write(fd, bytes.ptr, bytes.len);

        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            bytes = kf_text_slice(bytes, (size_t)written, bytes.len);
    }
    return true;
}

/* So that the new name outlives a power cut; where a folder cannot be flushed, no harm. */
static void flush_folder(const char *path)
{
    size_t folder = folder_length(path);
    char *name = malloc(folder + 2);
    int fd;

    if (!name)
        return;
    memcpy(name, path, folder);
    memcpy(name + folder, ".", 2);
    fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(name);
}

/* Gives the private file its name where nothing stands, never in the place of something. */
static bool put_fresh(const char *from, const char *path)
{
    int fd;

    if (link(from, path) == 0) {
        (void)unlink(from);
        return true;
    }
    if (errno == EEXIST)
        return false;
    /* A file system without links: claim the name, then replace our own claim. */
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    close(fd);
    if (rename(from, path) == 0)
        return true;
    fd = errno;
    (void)unlink(path);
    errno = fd;
    return false;
}

static bool put_in_place(const char *from, const char *path, bool force)
{
    return force ? rename(from, path) == 0 : put_fresh(from, path);
}

/* ---- filling the private file; what failed is in errno ---------------------- */

static KfStatus write_copy(void *ctx, const char *name, KfError *err)
{
    const KfText *bytes = ctx;
    int fd = open(name, O_WRONLY | O_CLOEXEC);
    bool fine;

    if (fd < 0)
        return fail_writing(errno, err);
    fine = write_all(fd, *bytes);
    if (close(fd) != 0 && errno != EINTR)
        fine = false;
    return fine ? KF_OK : fail_writing(errno, err);
}

/* What nobody else may read until it is whole: mkstemp() sees to that. */
static bool make_private(char *name)
{
    int fd = mkstemp(name);

    return fd >= 0 && close(fd) == 0;
}

/* The permissions that a file made here has. */
static mode_t of_new_file(void)
{
    mode_t mask = umask(PERMISSIONS);

    umask(mask);
    return NEW_FILE & ~mask;
}

/* Flushed, and then opened to those who may read it. */
static bool complete(const char *name, mode_t mode)
{
    int fd = open(name, O_WRONLY | O_CLOEXEC);
    bool fine =
        fd >= 0 && (fsync(fd) == 0 || errno == EINVAL) && (fchmod(fd, mode) == 0 || errno == EPERM);

    if (fd >= 0)
        close(fd);
    return fine;
}

/* What is being made. */
typedef struct {
    const char *path;
    bool force;
    mode_t mode;
    KfFileWriter *write;
    void *ctx;
} Making;

static KfStatus make(const Making *making, KfError *err)
{
    char *name = private_name(making->path);
    KfStatus status;

    if (!name || !make_private(name)) {
        status = fail_writing(name ? errno : ENOMEM, err);
        free(name);
        return status;
    }
    status = making->write(making->ctx, name, err);
    if (status == KF_OK
        && (!complete(name, making->mode) || !put_in_place(name, making->path, making->force)))
        status = fail_writing(errno, err);
    if (status == KF_OK)
        flush_folder(making->path);
    else
        (void)unlink(name);
    free(name);
    return status;
}

KfStatus kf_file_make(const char *path, bool force, KfFileWriter *write, void *ctx, KfError *err)
{
    const Making making = { path, force, of_new_file(), write, ctx };
    KfStatus status = check_target(path, NULL, force, err);

    return status == KF_OK ? make(&making, err) : status;
}

KfStatus kf_file_save(KfText bytes, const char *path, const char *input, bool force, KfError *err)
{
    Making making = { path, force, of_new_file(), write_copy, &bytes };
    struct stat about;
    bool has_input = stat(input, &about) == 0;
    KfStatus status = check_target(path, has_input ? &about : NULL, force, err);

    if (has_input)
        making.mode = about.st_mode & PERMISSIONS;
    return status == KF_OK ? make(&making, err) : status;
}

KfStatus kf_file_put(KfText bytes, const char *path, bool force, KfError *err)
{
    return kf_file_make(path, force, write_copy, &bytes, err);
}
