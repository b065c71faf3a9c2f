#include "base/crew.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct {
    void (*work)(void *ctx, unsigned worker, size_t index);
    void *ctx;
    size_t count;
    atomic_size_t next;
} Crew;

typedef struct {
    Crew *crew;
    unsigned number;
    pthread_t thread;
} Worker;

static void work_on(Crew *crew, unsigned number)
{
    size_t index;

    while ((index = atomic_fetch_add(&crew->next, 1)) < crew->count)
        crew->work(crew->ctx, number, index);
}

static void *worker_main(void *of_worker)
{
    const Worker *worker = of_worker;

    work_on(worker->crew, worker->number);
    return NULL;
}

void kf_crew_run(unsigned threads, size_t count,
                 void (*work)(void *ctx, unsigned worker, size_t index), void *ctx)
{
    Crew crew = { .work = work, .ctx = ctx, .count = count };
    Worker others[KF_CREW_MOST - 1];
    unsigned started = 0;

    while (started + 1 < threads && started + 1 < KF_CREW_MOST && started + 1 < count) {
        others[started] = (Worker){ .crew = &crew, .number = started + 1 };
        if (pthread_create(&others[started].thread, NULL, worker_main, &others[started]) != 0)
            break;
        started++;
    }
    work_on(&crew, 0);
    for (unsigned i = 0; i < started; i++)
        pthread_join(others[i].thread, NULL);
}
