/* Files that a person names one by one or by their folder. */
#include "paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { DEEPEST = 32 };

static void push(CliPaths *paths, char *path, bool from_folder)
{
    CliPath *moved = paths->items;

    if (path && paths->count == paths->cap) {
        size_t cap = paths->cap ? paths->cap * 2 : 64;

        moved = realloc(paths->items, cap * sizeof *moved);
        if (moved) {
            paths->items = moved;
            paths->cap = cap;
        }
    }
    if (!path || !moved) {
        free(path);
        paths->bad = true;
        return;
    }
    paths->items[paths->count++] = (CliPath){ path, from_folder };
}

static char *joined(const char *folder, const char *name)
{
    size_t a = strlen(folder), b = strlen(name);
    char *path = malloc(a + b + 2);

    if (!path)
        return NULL;
    memcpy(path, folder, a);
    if (a && folder[a - 1] != '/')
        path[a++] = '/';
    memcpy(path + a, name, b + 1);
    return path;
}

static bool is_workbook(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (name[0] == '.' || name[0] == '~' || !dot)
        return false;
    return strcasecmp(dot, ".xlsx") == 0 || strcasecmp(dot, ".xlsm") == 0
           || strcasecmp(dot, ".csv") == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted; none when it cannot be read. */
static char **list(CliPaths *paths, const char *folder, size_t *count)
{
    DIR *dir = opendir(folder);
    char **names = NULL, *name;
    size_t cap = 0;
    const struct dirent *entry;

    *count = 0;
    paths->bad |= !dir && errno == ENOMEM;
    while (dir && (entry = readdir(dir))) {
        if (*count == cap) {
            char **moved = realloc(names, (cap = cap ? cap * 2 : 64) * sizeof *names);

            paths->bad |= !moved;
            if (!moved)
                break;
            names = moved;
        }
        if (entry->d_name[0] == '.')
            continue;
        name = strdup(entry->d_name);
        if (name)
            names[(*count)++] = name;
        else
            paths->bad = true;
    }
    if (dir)
        closedir(dir);
    if (*count)
        qsort(names, *count, sizeof *names, by_name);
    return names;
}

static void add_folder(CliPaths *paths, const char *folder, int depth)
{
    size_t count;
    char **names = list(paths, folder, &count);

    for (size_t i = 0; i < count; i++) {
        char *path = joined(folder, names[i]);
        struct stat info;

        paths->bad |= !path;
        if (!path || lstat(path, &info) != 0)
            info.st_mode = 0;
        if (path && S_ISDIR(info.st_mode) && depth < DEEPEST)
            add_folder(paths, path, depth + 1);
        if (path && !S_ISDIR(info.st_mode) && is_workbook(names[i]))
            push(paths, path, true);
        else
            free(path);
        free(names[i]);
    }
    free(names);
}

void cli_paths_add(CliPaths *paths, const char *operand)
{
    struct stat info;

    if (stat(operand, &info) == 0 && S_ISDIR(info.st_mode))
        add_folder(paths, operand, 0);
    else
        push(paths, strdup(operand), false);
}

void cli_paths_free(CliPaths *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        free(paths->items[i].path);
    free(paths->items);
    *paths = (CliPaths){ 0 };
}
