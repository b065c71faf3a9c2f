/* A fuzz target as an ordinary test: every file of the folders (and files) named, once. */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static size_t replayed;

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    KfBuf all = { 0 };
    char piece[4096];
    uint8_t *exact;
    size_t len;

    EXPECT(file);
    while ((len = fread(piece, 1, sizeof piece, file)) > 0)
        kf_buf_bytes(&all, piece, len);
    fclose(file);
    exact = malloc(all.len ? all.len : 1); /* so that a sanitizer sees one byte too far */
    EXPECT(exact && !all.bad);
    if (all.len)
        memcpy(exact, all.ptr, all.len);
    len = all.len;
    kf_buf_free(&all);
    LLVMFuzzerTestOneInput(exact, len);
    free(exact);
    replayed++;
}

static void replay(const char *path)
{
    struct stat about;
    struct dirent *entry;
    DIR *folder;

    EXPECT(stat(path, &about) == 0);
    if (!S_ISDIR(about.st_mode)) {
        replay_file(path);
        return;
    }
    folder = opendir(path);
    EXPECT(folder);
    while ((entry = readdir(folder))) {
        KfBuf inside = { 0 };

        if (entry->d_name[0] == '.')
            continue;
        kf_buf_str(&inside, path);
        kf_buf_char(&inside, '/');
        kf_buf_str(&inside, entry->d_name);
        kf_buf_char(&inside, '\0');
        EXPECT(!inside.bad);
        replay(inside.ptr);
        kf_buf_free(&inside);
    }
    closedir(folder);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("%zu inputs\n", replayed);
    return replayed ? 0 : 1;
}
