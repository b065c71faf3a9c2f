#include <criterion/criterion.h>

#include "cli/run_files.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

enum { FILES = 500 };

static atomic_int held; /* results that were filled and not dropped */
static atomic_int most_held;

typedef struct {
    size_t next;
    size_t stop_before;
    bool in_order;
} Taken;

typedef struct {
    size_t *index; /* on the heap, so that one that is not dropped shows as a leak */
} Result;

/* The first files take longest, so that later ones are ready before them. */
static void work(void *result, size_t index, void *ctx)
{
    volatile size_t spent = 0;
    Result *out = result;
    int now;

    (void)ctx;
    cr_assert_null(out->index);
    for (size_t i = 0; i < (FILES - index) * 200; i++)
        spent += i;
    (void)spent; /* for compilers that would call it unused */
    out->index = malloc(sizeof *out->index);
    *out->index = index;
    now = atomic_fetch_add(&held, 1) + 1;
    if (now > atomic_load(&most_held))
        atomic_store(&most_held, now);
}

static bool take(void *result, size_t index, void *ctx)
{
    const Result *out = result;
    Taken *taken = ctx;

    taken->in_order &= *out->index == index && index == taken->next;
    taken->next = index + 1;
    return taken->next != taken->stop_before;
}

static void drop(void *result)
{
    Result *out = result;

    free(out->index);
    out->index = NULL;
    atomic_fetch_sub(&held, 1);
}

static Taken run(size_t count, unsigned jobs, size_t stop_before)
{
    Taken taken = { .in_order = true, .stop_before = stop_before };
    const CliRun files = { count, jobs, sizeof(Result), &taken, work, take, drop };

    atomic_store(&held, 0);
    atomic_store(&most_held, 0);
    cr_assert(cli_run_files(&files));
    cr_expect_eq(atomic_load(&held), 0, "%d results were not dropped", atomic_load(&held));
    return taken;
}

Test(run_files, takes_every_result_in_the_order_of_the_files)
{
    for (unsigned jobs = 0; jobs < 6; jobs++) {
        Taken taken = run(FILES, jobs, SIZE_MAX);

        cr_expect_eq(taken.next, FILES, "%u jobs took %zu", jobs, taken.next);
        cr_expect(taken.in_order, "%u jobs", jobs);
    }
}

Test(run_files, holds_few_results_at_a_time)
{
    run(FILES, 3, SIZE_MAX);
    cr_expect_leq(atomic_load(&most_held), 3 * 8 + 1);
}

Test(run_files, leaves_out_the_rest_once_told_to)
{
    for (unsigned jobs = 1; jobs < 4; jobs++) {
        Taken taken = run(FILES, jobs, 17);

        cr_expect_eq(taken.next, 17, "%u jobs took %zu", jobs, taken.next);
        cr_expect(taken.in_order);
    }
}

Test(run_files, needs_no_more_threads_than_files)
{
    cr_expect_eq(cli_thread_count(8, 2), 2);
    cr_expect_eq(cli_thread_count(8, 0), 1);
    cr_expect_geq(cli_thread_count(0, 100), 1);
    cr_expect_eq(run(0, 2, SIZE_MAX).next, 0);
}
