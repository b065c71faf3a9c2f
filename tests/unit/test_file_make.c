#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kf/book.h"

static char folder[64], path[128];

static void make_folder(void)
{
    strcpy(folder, "/tmp/kf-make-XXXXXX");
    cr_assert(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/ud.xlsx", folder);
}

static size_t files_left(void)
{
    DIR *dir = opendir(folder);
    size_t count = 0;

    for (struct dirent *entry; (entry = readdir(dir));)
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(dir);
    return count;
}

static void remove_folder(void)
{
    remove(path);
    rmdir(folder);
}

TestSuite(file_make, .init = make_folder, .fini = remove_folder);

static KfStatus write_word(void *ctx, const char *name, KfError *err)
{
    FILE *file = fopen(name, "wb");

    (void)err;
    cr_assert(file);
    cr_assert_str_neq(name, path);
    cr_assert_eq(strncmp(name, folder, strlen(folder)), 0, "it stands beside its place");
    fputs(ctx, file);
    return fclose(file) == 0 ? KF_OK : KF_OUTPUT_UNWRITABLE;
}

static KfStatus give_up(void *ctx, const char *name, KfError *err)
{
    (void)ctx, (void)name;
    return kf_fail(err, KF_NOT_BUILT_IN, (KfText){ 0 }, (KfText){ 0 });
}

Test(file_make, stands_in_its_place_with_the_permissions_of_a_new_file)
{
    char read[8] = "";
    struct stat about;
    KfError err;
    FILE *file;

    umask(027);
    cr_assert_eq(kf_file_make(path, false, write_word, (char *)"ord", &err), KF_OK);
    cr_assert_eq(stat(path, &about), 0);
    cr_assert_eq(about.st_mode & 0777, 0640);
    file = fopen(path, "rb");
    cr_assert(file && fgets(read, sizeof read, file));
    fclose(file);
    cr_assert_str_eq(read, "ord");
    cr_assert_eq(files_left(), 1);
}

Test(file_make, replaces_nothing_without_force)
{
    KfError err;

    cr_assert_eq(kf_file_put(KF_TEXT("en"), path, false, &err), KF_OK);
    cr_assert_eq(kf_file_put(KF_TEXT("to"), path, false, &err), KF_OUTPUT_EXISTS);
    cr_assert_eq(kf_file_put(KF_TEXT("to"), path, true, &err), KF_OK);
    cr_assert_eq(files_left(), 1);
}

Test(file_make, leaves_nothing_when_the_writer_fails)
{
    KfError err;

    cr_assert_eq(kf_file_make(path, false, give_up, NULL, &err), KF_NOT_BUILT_IN);
    cr_assert_eq(err.status, KF_NOT_BUILT_IN);
    cr_assert_eq(files_left(), 0);
}

Test(file_make, says_that_a_folder_is_missing)
{
    KfError err;

    cr_assert_eq(kf_file_put(KF_TEXT("en"), "/tmp/kf-no-such-folder/ud", false, &err),
                 KF_OUTPUT_UNWRITABLE);
}
