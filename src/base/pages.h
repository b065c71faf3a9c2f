/* Large blocks in pages of 2 MB, where there are such: handed out in pages of 4 KB, they cost
 * a quarter of the time of a large workbook's check. Who includes this defines
 * _DEFAULT_SOURCE before all else. */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>
#include <stdlib.h>
#ifndef _WIN32
#include <sys/mman.h>
#endif

#define KF_LARGE_PAGE ((size_t)2 << 20)

/* From this size on a block is made of large pages: it takes one as fast as its own small ones. */
#define KF_LARGE_BLOCK ((size_t)256 << 10)

/* *size bytes or more, which free() gives back; *size is then what there are. NULL: no memory. */
static inline void *kf_large_block(size_t *size)
{
#ifdef MADV_HUGEPAGE
    void *block = NULL;

    *size = (*size + KF_LARGE_PAGE - 1) / KF_LARGE_PAGE * KF_LARGE_PAGE;
    if (posix_memalign(&block, KF_LARGE_PAGE, *size) != 0)
        return NULL;
    (void)madvise(block, *size, MADV_HUGEPAGE); /* if not: the memory is the same */
    return block;
#else
    return malloc(*size);
#endif
}

#endif
