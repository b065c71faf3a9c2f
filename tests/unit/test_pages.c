#include "base/pages.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <string.h>

enum { THREADS = 4, ROUNDS = 2000, HELD = 8 };

Test(pages, gives_at_least_what_was_asked_for)
{
    static const size_t sizes[] = { KF_LARGE_BLOCK, 2 << 20, (2 << 20) + 1, 9 << 20 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = sizes[i];
        char *block = kf_pages_take(&size);

        cr_assert_not_null(block);
        cr_expect_geq(size, sizes[i]);
        memset(block, 0x5A, size);
        kf_pages_give(block, size);
    }
}

/* Takes blocks and gives them back in another order; each must stay the thread's own. */
static void *take_and_give(void *of_mark)
{
    const char mark = *(const char *)of_mark;
    char *held[HELD] = { NULL };
    size_t sizes[HELD] = { 0 };
    size_t spoilt = 0;

    for (size_t round = 0; round < ROUNDS; round++) {
        const size_t at = round * 5 % HELD;

        if (held[at]) {
            spoilt += held[at][0] != mark || held[at][sizes[at] - 1] != mark;
            kf_pages_give(held[at], sizes[at]);
        }
        sizes[at] = round % 3 ? KF_LARGE_BLOCK : 3 << 20;
        held[at] = kf_pages_take(&sizes[at]);
        if (!held[at])
            return of_mark;
        held[at][0] = held[at][sizes[at] - 1] = mark;
    }
    for (size_t at = 0; at < HELD; at++)
        kf_pages_give(held[at], sizes[at]);
    return spoilt ? of_mark : NULL;
}

Test(pages, gives_no_block_to_two)
{
    pthread_t threads[THREADS];
    char marks[THREADS];

    for (size_t i = 0; i < THREADS; i++) {
        marks[i] = (char)('a' + i);
        cr_assert_eq(pthread_create(&threads[i], NULL, take_and_give, &marks[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        void *failed;

        pthread_join(threads[i], &failed);
        cr_expect_null(failed);
    }
}

/* More than is kept. */
Test(pages, takes_back_any_number)
{
    enum { COUNT = 64 };
    void *blocks[COUNT];
    size_t sizes[COUNT];

    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT; i++) {
            sizes[i] = KF_LARGE_BLOCK << (i % 5);
            blocks[i] = kf_pages_take(&sizes[i]);
            cr_assert_not_null(blocks[i]);
        }
        for (size_t i = 0; i < COUNT; i++)
            kf_pages_give(blocks[i], sizes[i]);
    }
    kf_pages_give(NULL, 0);
}
