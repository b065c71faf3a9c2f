#include "ooxml/pack_ahead.h"

#include "ooxml/deflate.h"

#include <stdlib.h>

#include "base/thread.h"

struct KfPackAhead {
    pthread_t thread;
    bool is_running;
    KfText expected; /* packed data */
    KfBlockBorders borders;
    bool has_borders;
    KfPackJob job;
    KfBuf packed;
    uint32_t crc;
};

void kf_pack(KfBuf *out, const KfPackJob *job)
{
    if (!kf_deflate_splice(out, &job->splices) && !out->bad)
        kf_deflate(out, job->bytes);
}

static void *find_blocks(void *of_ahead)
{
    KfPackAhead *ahead = of_ahead;

    ahead->has_borders = kf_deflate_blocks(&ahead->borders, ahead->expected, SIZE_MAX);
    return NULL;
}

static void *pack(void *of_ahead)
{
    KfPackAhead *ahead = of_ahead;

    ahead->crc = kf_crc32(ahead->job.bytes);
    kf_pack(&ahead->packed, &ahead->job);
    return NULL;
}

static void join(KfPackAhead *ahead)
{
    if (ahead->is_running)
        pthread_join(ahead->thread, NULL);
    ahead->is_running = false;
}

/* In a thread; ahead ends where there is none. */
static KfPackAhead *run(KfPackAhead *ahead, void *(*work)(void *))
{
    if (!ahead)
        return NULL;
    ahead->is_running = kf_thread_start(&ahead->thread, work, ahead);
    if (ahead->is_running)
        return ahead;
    kf_pack_ahead_end(ahead);
    return NULL;
}

KfPackAhead *kf_pack_ahead_expect(KfText packed)
{
    KfPackAhead *ahead = calloc(1, sizeof *ahead);

    if (ahead)
        ahead->expected = packed;
    return run(ahead, find_blocks);
}

KfPackAhead *kf_pack_ahead_start(KfPackAhead *ahead, const KfPackJob *job)
{
    if (!ahead)
        ahead = calloc(1, sizeof *ahead);
    if (!ahead)
        return NULL;
    join(ahead);
    ahead->job = *job;
    if (ahead->has_borders && ahead->expected.ptr == job->splices.packed.ptr)
        ahead->job.splices.borders = &ahead->borders;
    return run(ahead, pack);
}

bool kf_pack_ahead_take(KfPackAhead *ahead, KfText bytes, KfPacked *out)
{
    if (!ahead || !bytes.len || ahead->job.bytes.ptr != bytes.ptr
        || ahead->job.bytes.len != bytes.len)
        return false;
    join(ahead);
    *out = (KfPacked){ kf_buf_view(&ahead->packed), ahead->crc };
    return !ahead->packed.bad;
}

void kf_pack_ahead_end(KfPackAhead *ahead)
{
    if (!ahead)
        return;
    join(ahead);
    kf_buf_free(&ahead->packed);
    free(ahead->borders.items);
    free(ahead);
}
