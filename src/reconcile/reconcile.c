/* Digests of many workbooks put together: each file once, each case in its group. */
#include "reconcile/against.h"
#include "reconcile/group.h"
#include "reconcile/municipality.h"

#include <stdlib.h>
#include <string.h>

/* ---- files that stand twice ------------------------------------------------ */

typedef struct {
    KfText key;
    size_t file;
} Keyed;

static int by_key(const void *a, const void *b)
{
    const Keyed *x = a, *y = b;
    int order = kf_text_cmp(x->key, y->key);

    return order ? order : (x->file > y->file) - (x->file < y->file);
}

/* Cases, or what they cost to run. */
static bool is_told(const KfFileDigest *file)
{
    return file->use == KF_FILE_USED || file->use == KF_FILE_WAGES;
}

/* The files that were read, by their bytes. */
static size_t sort_files(KfArena *arena, const KfFileDigest *files, size_t count, Keyed **out)
{
    size_t known = 0;

    *out = kf_arena_array(arena, count, sizeof **out);
    for (size_t i = 0; i < count; i++) {
        if (is_told(&files[i]))
            (*out)[known++] = (Keyed){ files[i].sha256, i };
    }
    qsort(*out, known, sizeof **out, by_key);
    return known;
}

static int key_only(const void *a, const void *b)
{
    return kf_text_cmp(((const Keyed *)a)->key, ((const Keyed *)b)->key);
}

static void leave_out(KfFileDigest *file, KfFileUse use, size_t same_as)
{
    file->use = use;
    file->same_as = same_as;
}

static void find_doubles(KfArena *arena, KfFileDigest *files, size_t count)
{
    Keyed *sorted;
    size_t known = sort_files(arena, files, count, &sorted);

    for (size_t i = 1, first = 0; i < known; i++) {
        if (key_only(&sorted[first], &sorted[i]) == 0)
            leave_out(&files[sorted[i].file], KF_FILE_DOUBLE, sorted[first].file);
        else
            first = i;
    }
    for (size_t i = 0; i < count; i++) {
        Keyed wanted = { files[i].made_from, 0 };
        const Keyed *origin = NULL;

        if (is_told(&files[i]) && wanted.key.len && known)
            origin = bsearch(&wanted, sorted, known, sizeof *sorted, key_only);
        if (origin)
            leave_out(&files[i], KF_FILE_CORRECTED,
                      files[origin->file].use == KF_FILE_DOUBLE ? files[origin->file].same_as
                                                                : origin->file);
    }
}

/* ---- citizens that stand twice --------------------------------------------- */

static int by_figures(const void *a, const void *b)
{
    const KfMember *x = a, *y = b;

    if (x->digest->figures != y->digest->figures)
        return x->digest->figures < y->digest->figures ? -1 : 1;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* A citizen without a figure is like every other such. */
static bool has_figures(const KfCaseDigest *item)
{
    for (size_t i = 0; i < item->benefit_count; i++) {
        if (item->benefits[i].amount[KF_ACTUAL] || item->benefits[i].amount[KF_COUNTERFACTUAL])
            return true;
    }
    return false;
}

static void find_twins(KfArena *arena, const KfMember *members, size_t count, KfReconciliation *out)
{
    KfMember *sorted = kf_arena_array(arena, count, sizeof *sorted);
    size_t cap = 0;

    if (count)
        memcpy(sorted, members, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_figures);
    for (size_t i = 1; i < count; i++) {
        const KfMember *a = &sorted[i - 1], *b = &sorted[i];

        if (a->digest->figures == b->digest->figures && has_figures(a->digest))
            KF_PUSH(arena, out->twins, out->twin_count, cap,
                    ((KfTwin){ b->file, b->item, a->file, a->item }));
    }
}

/* ---- groups ---------------------------------------------------------------- */

static KfText folder_of(KfText path)
{
    size_t end = path.len;

    while (end > 0 && path.ptr[end - 1] != '/')
        end--;
    return end ? kf_text_slice(path, 0, end - 1) : KF_TEXT(".");
}

KfText kf_group_of_file(const KfReconciliation *all, size_t file, KfText stated)
{
    KfText path = all->files[file].path;

    switch (all->group_by) {
    case KF_GROUP_FOLDER:
        return folder_of(path);
    case KF_GROUP_FILE:
        return path;
    case KF_GROUP_MUNICIPALITY:
        break;
    }
    return stated.len ? stated : kf_municipality_of_path(path);
}

KfText kf_group_name(const KfReconciliation *all, size_t file, size_t item)
{
    return kf_group_of_file(all, file, all->files[file].cases[item].municipality);
}

typedef struct {
    KfText name;
    KfMember member;
} Named;

static int by_name(const void *a, const void *b)
{
    const Named *x = a, *y = b;
    int order = kf_text_cmp(x->name, y->name);

    if (order)
        return order;
    if (x->member.file != y->member.file)
        return x->member.file < y->member.file ? -1 : 1;
    return (x->member.item > y->member.item) - (x->member.item < y->member.item);
}

static size_t collect(KfArena *arena, const KfReconciliation *all, Named **out)
{
    size_t count = 0, at = 0;

    for (size_t i = 0; i < all->file_count; i++)
        count += all->files[i].use == KF_FILE_USED ? all->files[i].case_count : 0;
    *out = kf_arena_array(arena, count, sizeof **out);
    for (size_t i = 0; i < all->file_count; i++) {
        const KfFileDigest *file = &all->files[i];

        for (size_t k = 0; file->use == KF_FILE_USED && k < file->case_count; k++)
            (*out)[at++] = (Named){ kf_group_name(all, i, k), { i, k, &file->cases[k] } };
    }
    return count;
}

/* The end of the group that begins at from. */
static size_t end_of_group(const Named *named, size_t from, size_t count)
{
    size_t to = from + 1;

    while (to < count && kf_text_eq(named[from].name, named[to].name))
        to++;
    return to;
}

static void name_groups(KfArena *arena, const Named *named, size_t count, KfReconciliation *out)
{
    size_t cap = 0;

    for (size_t from = 0, to; from < count; from = to) {
        to = end_of_group(named, from, count);
        KF_PUSH(arena, out->groups, out->group_count, cap,
                ((KfGroup){ .name = named[from].name, .citizens = to - from }));
    }
    out->all.citizens = count;
}

static void sum_groups(KfArena *arena, const KfMember *members, size_t count, KfReconciliation *out)
{
    size_t from = 0;

    for (size_t i = 0; i < out->group_count; i++) {
        size_t citizens = out->groups[i].citizens;

        kf_group_sum(arena, members + from, citizens, &out->groups[i]);
        from += citizens;
    }
    kf_group_sum(arena, members, count, &out->all);
}

void kf_reconcile(KfArena *arena, KfFileDigest *files, size_t file_count,
                  const KfReconcileOptions *options, KfReconciliation *out)
{
    Named *named;
    KfMember *members;
    size_t count;

    *out = (KfReconciliation){ .files = files,
                               .file_count = file_count,
                               .group_by = options->group_by };
    find_doubles(arena, files, file_count);
    for (size_t i = 0; i < file_count; i++)
        out->used_count += files[i].use == KF_FILE_USED;
    count = collect(arena, out, &named);
    qsort(named, count, sizeof *named, by_name);
    members = kf_arena_array(arena, count, sizeof *members);
    for (size_t i = 0; i < count; i++)
        members[i] = named[i].member;
    name_groups(arena, named, count, out);
    kf_find_costs(arena, out, options->case_cost);
    sum_groups(arena, members, count, out);
    find_twins(arena, members, count, out);
    if (options->against)
        kf_reconcile_against(arena, options->against, out);
}
