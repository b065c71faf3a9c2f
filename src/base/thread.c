#define _GNU_SOURCE
#include "base/thread.h"

#include <errno.h>

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

/* 0, or why not. */
static int start_elsewhere(pthread_t *thread, void *(*work)(void *), void *ctx)
{
    cpu_set_t all, others;
    pthread_attr_t attr;
    int failure;

    if (!find_others(&all, &others) || pthread_attr_init(&attr) != 0)
        return ENOTSUP;
    failure = pthread_attr_setaffinity_np(&attr, sizeof others, &others);
    if (!failure)
        failure = pthread_create(thread, &attr, work, ctx);
    pthread_attr_destroy(&attr);
    if (!failure)
        (void)pthread_setaffinity_np(*thread, sizeof all, &all);
    return failure;
}
#else
static int start_elsewhere(pthread_t *thread, void *(*work)(void *), void *ctx)
{
    (void)thread;
    (void)work;
    (void)ctx;
    return ENOTSUP;
}
#endif

bool kf_thread_start(pthread_t *thread, void *(*work)(void *), void *ctx)
{
    const int failure = start_elsewhere(thread, work, ctx);

    /* Where there are no more threads there are none anywhere. */
    return failure == 0 || (failure != EAGAIN && pthread_create(thread, NULL, work, ctx) == 0);
}
