#include "ooxml/pack_ahead.h"

#include "ooxml/deflate.h"

#include <pthread.h>
#include <stdlib.h>

struct KfPackAhead {
    KfText bytes;
    pthread_t thread;
    bool is_joined;
    KfBuf packed;
    uint32_t crc;
};

static void *pack(void *of_ahead)
{
    KfPackAhead *ahead = of_ahead;

    ahead->crc = kf_crc32(ahead->bytes);
    kf_deflate(&ahead->packed, ahead->bytes);
    return NULL;
}

KfPackAhead *kf_pack_ahead_start(KfText bytes)
{
    KfPackAhead *ahead = calloc(1, sizeof *ahead);

    if (!ahead)
        return NULL;
    ahead->bytes = bytes;
    if (pthread_create(&ahead->thread, NULL, pack, ahead) == 0)
        return ahead;
    free(ahead);
    return NULL;
}

static void join(KfPackAhead *ahead)
{
    if (!ahead->is_joined)
        pthread_join(ahead->thread, NULL);
    ahead->is_joined = true;
}

bool kf_pack_ahead_take(KfPackAhead *ahead, KfText bytes, KfPacked *out)
{
    if (!ahead || ahead->bytes.ptr != bytes.ptr || ahead->bytes.len != bytes.len)
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
    free(ahead);
}
