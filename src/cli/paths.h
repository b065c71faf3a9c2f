/* Files that a person names one by one or by their folder. */
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char *path;       /**< owned */
    bool from_folder; /**< found in a folder that was named, not named itself */
} CliPath;

typedef struct {
    CliPath *items;
    size_t count, cap;
    bool bad; /**< memory ran out */
} CliPaths;

/**
 * Add an operand: a folder stands for the .xlsx, .xlsm and .csv files in it and in its
 * folders, by name; hidden files and a spreadsheet program's lock files are passed over,
 * and links to folders are not followed. Anything else is taken as it is.
 */
void cli_paths_add(CliPaths *paths, const char *operand);
void cli_paths_free(CliPaths *paths);

#endif
