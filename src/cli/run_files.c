/* Threads take the next file that none works on; the calling thread takes the
 * results in turn. A result waits in a ring, which bounds how far ahead of the
 * slowest file the others may run. */
#include "run_files.h"

#include "cli.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS_A_THREAD = 8, MOST_THREADS = 256 };

typedef struct {
    const CliRun *run;
    pthread_mutex_t lock;
    pthread_cond_t has_room, has_result;
    size_t next, taken; /* files begun, results taken */
    size_t slots;
    bool *is_done;          /* by slot */
    unsigned char *results; /* by slot */
    bool is_stopped;
} Crew;

static void *result_of(const Crew *crew, size_t index)
{
    return crew->results + index % crew->slots * crew->run->size;
}

unsigned cli_thread_count(unsigned jobs, size_t parts)
{
    long cores = jobs ? (long)jobs : sysconf(_SC_NPROCESSORS_ONLN);

    if (cores > MOST_THREADS)
        cores = MOST_THREADS;
    if (cores > 0 && (size_t)cores > parts)
        cores = (long)parts;
    return cores > 0 ? (unsigned)cores : 1;
}

/* The next file to work on, once there is room for its result; false: none is left. */
static bool begin_file(Crew *crew, size_t *index)
{
    bool begun;

    pthread_mutex_lock(&crew->lock);
    while (!crew->is_stopped && crew->next < crew->run->count
           && crew->next - crew->taken >= crew->slots)
        pthread_cond_wait(&crew->has_room, &crew->lock);
    begun = !crew->is_stopped && crew->next < crew->run->count;
    if (begun)
        *index = crew->next++;
    pthread_mutex_unlock(&crew->lock);
    return begun;
}

static void end_file(Crew *crew, size_t index)
{
    pthread_mutex_lock(&crew->lock);
    crew->is_done[index % crew->slots] = true;
    if (index == crew->taken)
        pthread_cond_signal(&crew->has_result);
    pthread_mutex_unlock(&crew->lock);
}

static void *work_on_files(void *of_crew)
{
    Crew *crew = of_crew;
    const CliRun *run = crew->run;
    size_t index;

    while (begin_file(crew, &index)) {
        run->work(memset(result_of(crew, index), 0, run->size), index, run->ctx);
        end_file(crew, index);
    }
    return NULL;
}

static void await(Crew *crew, size_t index)
{
    pthread_mutex_lock(&crew->lock);
    while (!crew->is_done[index % crew->slots])
        pthread_cond_wait(&crew->has_result, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

/* The slot is free again, unless that was the last to be taken. */
static void release(Crew *crew, size_t index, bool go_on)
{
    crew->run->drop(result_of(crew, index));
    pthread_mutex_lock(&crew->lock);
    crew->is_done[index % crew->slots] = false;
    crew->taken = index + 1;
    crew->is_stopped = !go_on;
    pthread_cond_broadcast(&crew->has_room);
    pthread_mutex_unlock(&crew->lock);
}

static void take_results(Crew *crew)
{
    const CliRun *run = crew->run;
    bool go_on = true;

    for (size_t i = 0; i < run->count && go_on; i++) {
        await(crew, i);
        go_on = run->take(result_of(crew, i), i, run->ctx) && !cli_interrupted();
        release(crew, i, go_on);
    }
}

static void drop_untaken(Crew *crew)
{
    for (size_t i = crew->taken; i < crew->next; i++)
        crew->run->drop(result_of(crew, i));
}

/* One after another, in the calling thread alone. */
static void run_alone(Crew *crew)
{
    const CliRun *run = crew->run;
    bool go_on = true;

    for (size_t i = 0; i < run->count && go_on; i++) {
        memset(crew->results, 0, run->size);
        run->work(crew->results, i, run->ctx);
        go_on = run->take(crew->results, i, run->ctx) && !cli_interrupted();
        run->drop(crew->results);
    }
}

static unsigned start_threads(Crew *crew, pthread_t *threads, unsigned count)
{
    unsigned started = 0;

    while (started < count && pthread_create(&threads[started], NULL, work_on_files, crew) == 0)
        started++;
    return started;
}

static void run_threads(Crew *crew, unsigned count)
{
    pthread_t threads[MOST_THREADS];
    unsigned started = start_threads(crew, threads, count);

    if (started == 0) {
        run_alone(crew);
        return;
    }
    take_results(crew);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    drop_untaken(crew);
}

bool cli_run_files(const CliRun *run)
{
    unsigned count = cli_thread_count(run->jobs, run->count);
    Crew crew = { .run = run,
                  .lock = PTHREAD_MUTEX_INITIALIZER,
                  .has_room = PTHREAD_COND_INITIALIZER,
                  .has_result = PTHREAD_COND_INITIALIZER,
                  .slots = (size_t)count * SLOTS_A_THREAD };
    CliHold hold;
    bool ready;

    crew.results = calloc(crew.slots, run->size);
    crew.is_done = calloc(crew.slots, sizeof *crew.is_done);
    ready = crew.results && crew.is_done;
    hold = cli_interrupt_hold(run->count > 1 ? CLI_HOLD_BATCH : CLI_HOLD_NONE);
    if (ready)
        count > 1 ? run_threads(&crew, count) : run_alone(&crew);
    cli_interrupt_hold(hold);
    free(crew.is_done);
    free(crew.results);
    return ready;
}
