/* Blocks of large pages, of 2 MB where there are such: handed out by the system in pages of
 * 4 KB, memory took a quarter of the time of a large workbook's check. */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

/* A block of so much is taken from here: the system hands out a large page in less time than as
 * many of its small ones. */
#define KF_LARGE_BLOCK ((size_t)256 << 10)

/* *size bytes or more, and *size says how many; NULL: no memory. What they hold is anything. */
void *kf_pages_take(size_t *size);
/* Give back a block of the size that it was said to have. */
void kf_pages_give(void *block, size_t size);

#endif
