/* Memory of some megabytes in pages of 2 MB, where there are such: handed out in pages of
 * 4 KB, it costs a quarter of the time of a large workbook's check. Who includes this defines
 * _DEFAULT_SOURCE before all else. */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>
#include <stdint.h>
#ifndef _WIN32
#include <sys/mman.h>
#endif

#define KF_LARGE_PAGE ((size_t)2 << 20)

/* No matter whether it is done: the memory is the same. */
static inline void kf_want_large_pages(void *block, size_t size)
{
#ifdef MADV_HUGEPAGE
    const uintptr_t page = 4096, from = ((uintptr_t)block + page - 1) / page * page;

    if (size >= 2 * page)
        (void)madvise((void *)from, ((uintptr_t)block + size - from) / page * page, MADV_HUGEPAGE);
#else
    (void)block;
    (void)size;
#endif
}

#endif
