#define _GNU_SOURCE
#include "base/thread.h"

#include <criterion/criterion.h>
#include <sched.h>

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    bool may_end, has_run;
} Held;

static void *wait_to_end(void *of_held)
{
    Held *held = of_held;

    pthread_mutex_lock(&held->lock);
    while (!held->may_end)
        pthread_cond_wait(&held->freed, &held->lock);
    held->has_run = true;
    pthread_mutex_unlock(&held->lock);
    return held;
}

Test(thread, may_use_every_processor_once_it_has_begun)
{
    Held held = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false };
    cpu_set_t own, others;
    pthread_t thread;
    void *result;

    cr_assert_eq(sched_getaffinity(0, sizeof own, &own), 0);
    cr_assert(kf_thread_start(&thread, wait_to_end, &held));
    cr_expect_eq(pthread_getaffinity_np(thread, sizeof others, &others), 0);
    cr_expect(CPU_EQUAL(&own, &others));
    cr_expect_eq(sched_getaffinity(0, sizeof others, &others), 0);
    cr_expect(CPU_EQUAL(&own, &others));
    pthread_mutex_lock(&held.lock);
    held.may_end = true;
    pthread_cond_signal(&held.freed);
    pthread_mutex_unlock(&held.lock);
    pthread_join(thread, &result);
    cr_expect_eq(result, &held);
    cr_expect(held.has_run);
}

Test(thread, is_started_where_there_is_one_processor)
{
    Held held = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, true, false };
    cpu_set_t own, one;
    pthread_t thread;

    cr_assert_eq(sched_getaffinity(0, sizeof own, &own), 0);
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; cpu++) {
        if (CPU_ISSET(cpu, &own))
            CPU_SET(cpu, &one);
    }
    cr_assert_eq(sched_setaffinity(0, sizeof one, &one), 0);
    cr_assert(kf_thread_start(&thread, wait_to_end, &held));
    pthread_join(thread, NULL);
    cr_expect(held.has_run);
}
