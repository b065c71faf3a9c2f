/* Some blocks that were given back are kept for whoever is next: to take one from the system
 * costs more than a small workbook's check. */
#define _DEFAULT_SOURCE
#include "base/pages.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#ifndef _WIN32
#include <sys/mman.h>
#endif

/* A sanitizer must see each block come and go. */
#if defined(MADV_HUGEPAGE) && !defined(KF_ARENA_EXACT) && !defined(__SANITIZE_ADDRESS__)
#define HAS_LARGE_PAGES 1
#endif
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#undef HAS_LARGE_PAGES
#endif
#endif

#ifdef HAS_LARGE_PAGES
#include <pthread.h>

#define PAGE ((size_t)2 << 20)

enum { SPARE_BLOCKS = 8, SPARE_PAGES = 8 };

typedef struct {
    void *block;
    size_t size;
    const void *from; /* the thread that gave it back, whose processor still has it at hand */
} Spare;

static struct {
    pthread_mutex_t lock;
    Spare blocks[SPARE_BLOCKS];
    size_t count, size;
} spare = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* Its address tells a thread from the others. */
static _Thread_local char here;

/* Index of one of the size, best of the thread's own; SIZE_MAX for none. */
static size_t find_spare(size_t size)
{
    size_t found = SIZE_MAX;

    for (size_t i = spare.count; i-- > 0;) {
        if (spare.blocks[i].size != size)
            continue;
        if (spare.blocks[i].from == &here)
            return i;
        if (found == SIZE_MAX)
            found = i;
    }
    return found;
}

static void *take_spare(size_t size)
{
    void *block = NULL;
    size_t at;

    pthread_mutex_lock(&spare.lock);
    at = find_spare(size);
    if (at != SIZE_MAX) {
        block = spare.blocks[at].block;
        spare.blocks[at] = spare.blocks[--spare.count];
        spare.size -= size;
    }
    pthread_mutex_unlock(&spare.lock);
    return block;
}

static bool keep_spare(void *block, size_t size)
{
    bool is_kept;

    pthread_mutex_lock(&spare.lock);
    is_kept = spare.count < SPARE_BLOCKS && size <= SPARE_PAGES * PAGE - spare.size;
    if (is_kept) {
        spare.blocks[spare.count++] = (Spare){ block, size, &here };
        spare.size += size;
    }
    pthread_mutex_unlock(&spare.lock);
    return is_kept;
}

void *kf_pages_take(size_t *size)
{
    void *block;

    *size = (*size + PAGE - 1) / PAGE * PAGE;
    if ((block = take_spare(*size)) != NULL)
        return block;
    if (posix_memalign(&block, PAGE, *size) != 0)
        return NULL;
    (void)madvise(block, *size, MADV_HUGEPAGE); /* if not: the memory is the same */
    return block;
}

void kf_pages_give(void *block, size_t size)
{
    if (block && !keep_spare(block, size))
        free(block);
}

/* A host may go on without the add-in that this is part of. */
__attribute__((destructor)) static void free_spares(void)
{
    while (spare.count)
        free(spare.blocks[--spare.count].block);
}
#else
void *kf_pages_take(size_t *size)
{
    return malloc(*size);
}

void kf_pages_give(void *block, size_t size)
{
    (void)size;
    free(block);
}
#endif
