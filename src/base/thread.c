#define _GNU_SOURCE
#include "base/thread.h"

#ifdef __linux__
#include <sched.h>

/* The processors that the calling thread may have, and those without its own. */
static bool find_others(cpu_set_t *all, cpu_set_t *others)
{
    const int here = sched_getcpu();

    if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof *all, all) != 0)
        return false;
    *others = *all;
    CPU_CLR((unsigned)here, others);
    return CPU_COUNT(others) > 0;
}

static bool start_elsewhere(pthread_t *thread, void *(*work)(void *), void *ctx)
{
    cpu_set_t all, others;
    pthread_attr_t attr;
    bool is_started;

    if (!find_others(&all, &others) || pthread_attr_init(&attr) != 0)
        return false;
    is_started = pthread_attr_setaffinity_np(&attr, sizeof others, &others) == 0
                 && pthread_create(thread, &attr, work, ctx) == 0;
    pthread_attr_destroy(&attr);
    if (is_started)
        (void)pthread_setaffinity_np(*thread, sizeof all, &all);
    return is_started;
}
#else
static bool start_elsewhere(pthread_t *thread, void *(*work)(void *), void *ctx)
{
    (void)thread;
    (void)work;
    (void)ctx;
    return false;
}
#endif

bool kf_thread_start(pthread_t *thread, void *(*work)(void *), void *ctx)
{
    return start_elsewhere(thread, work, ctx) || pthread_create(thread, NULL, work, ctx) == 0;
}
