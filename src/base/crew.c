#include "base/crew.h"

#include <stdatomic.h>

#include "base/thread.h"

typedef struct {
    KfCrewWork *work;
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

void kf_crew_run(unsigned threads, size_t count, KfCrewWork *work, void *ctx)
{
    Crew crew = { .work = work, .ctx = ctx, .count = count };
    Worker others[KF_CREW_MOST - 1];
    unsigned started = 0;

    while (started + 1 < threads && started + 1 < KF_CREW_MOST && started + 1 < count) {
        others[started] = (Worker){ .crew = &crew, .number = started + 1 };
        if (!kf_thread_start(&others[started].thread, worker_main, &others[started]))
            break;
        started++;
    }
    work_on(&crew, 0);
    for (unsigned i = 0; i < started; i++)
        pthread_join(others[i].thread, NULL);
}

/* ---- work that allocates ------------------------------------------------------- */

typedef struct {
    KfArena *arena, *own;
    KfCrewWork *work;
    void *ctx;
    atomic_bool is_out_of_memory;
} Share;

typedef struct {
    Share *share;
    unsigned worker;
    size_t index;
} Part;

static KfStatus work_on_part(void *of_part)
{
    const Part *part = of_part;

    part->share->work(part->share->ctx, part->worker, part->index);
    return KF_OK;
}

static void take_part(void *of_share, unsigned worker, size_t index)
{
    Share *share = of_share;
    Part part = { share, worker, index };
    KfArena *arena = worker ? &share->own[worker - 1] : share->arena;

    if (!atomic_load(&share->is_out_of_memory) && kf_arena_run(arena, work_on_part, &part) != KF_OK)
        atomic_store(&share->is_out_of_memory, true);
}

bool kf_crew_share(KfArena *arena, KfArena *own, unsigned threads, size_t count, KfCrewWork *work,
                   void *ctx)
{
    Share share = { .arena = arena, .own = own, .work = work, .ctx = ctx };

    if (threads > KF_CREW_MOST)
        threads = KF_CREW_MOST;
    kf_crew_run(threads, count, take_part, &share);
    for (unsigned i = 1; i < threads; i++)
        kf_arena_adopt(arena, &own[i - 1]);
    return !atomic_load(&share.is_out_of_memory);
}
