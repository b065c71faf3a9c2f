#include "base/read_ahead.h"

#include <string.h>

#include "base/pages.h"
#include "base/thread.h"

/* So many that neither thread often has to be woken, and that all fit into one large page. */
enum { BLOCKS = 14, BLOCK = 128 * 1024 };

struct KfReadAhead {
    KfRead *read;
    void *ctx;
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows, the bytes of the blocks excepted */
    pthread_cond_t moved;
    size_t filled, emptied; /* blocks, counted from the first */
    size_t len[BLOCKS];
    size_t used;   /* of the block to be emptied next */
    size_t size;   /* of all this */
    bool is_ended; /* no more blocks come, */
    bool is_stopped;
    KfStatus status; /* for this reason */
    KfError err;
    char bytes[BLOCKS][BLOCK];
};

/* The block to be filled next, once there is room; -1 when none is wanted any more. */
static int wait_for_room(KfReadAhead *ahead)
{
    int block;

    pthread_mutex_lock(&ahead->lock);
    while (ahead->filled - ahead->emptied == BLOCKS && !ahead->is_stopped)
        pthread_cond_wait(&ahead->moved, &ahead->lock);
    block = ahead->is_stopped ? -1 : (int)(ahead->filled % BLOCKS);
    pthread_mutex_unlock(&ahead->lock);
    return block;
}

static void *read_blocks(void *of_ahead)
{
    KfReadAhead *ahead = of_ahead;
    bool is_ended = false;

    while (!is_ended) {
        const int block = wait_for_room(ahead);
        size_t len;
        KfStatus status;

        if (block < 0)
            break;
        status = ahead->read(ahead->ctx, ahead->bytes[block], BLOCK, &len, &ahead->err);
        is_ended = status != KF_OK || len < BLOCK;
        pthread_mutex_lock(&ahead->lock);
        ahead->len[block] = len;
        ahead->filled++;
        ahead->status = status;
        ahead->is_ended = is_ended;
        pthread_cond_signal(&ahead->moved);
        pthread_mutex_unlock(&ahead->lock);
    }
    return NULL;
}

KfReadAhead *kf_read_ahead_start(KfRead *read, void *ctx)
{
    size_t size = sizeof(KfReadAhead);
    KfReadAhead *ahead = kf_pages_take(&size);

    if (!ahead)
        return NULL;
    memset(ahead, 0, offsetof(KfReadAhead, bytes));
    ahead->size = size;
    ahead->read = read;
    ahead->ctx = ctx;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->moved, NULL);
    if (kf_thread_start(&ahead->thread, read_blocks, ahead))
        return ahead;
    pthread_cond_destroy(&ahead->moved);
    pthread_mutex_destroy(&ahead->lock);
    kf_pages_give(ahead, ahead->size);
    return NULL;
}

/* Waits until there are bytes to take; false when none come any more. */
static bool wait_for_bytes(KfReadAhead *ahead)
{
    bool any;

    pthread_mutex_lock(&ahead->lock);
    while (ahead->filled == ahead->emptied && !ahead->is_ended)
        pthread_cond_wait(&ahead->moved, &ahead->lock);
    any = ahead->filled > ahead->emptied;
    pthread_mutex_unlock(&ahead->lock);
    return any;
}

static void give_back(KfReadAhead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    ahead->emptied++;
    ahead->used = 0;
    pthread_cond_signal(&ahead->moved);
    pthread_mutex_unlock(&ahead->lock);
}

KfStatus kf_read_ahead_take(KfReadAhead *ahead, char *to, size_t cap, size_t *len, KfError *err)
{
    *len = 0;
    while (*len < cap && wait_for_bytes(ahead)) {
        const size_t block = ahead->emptied % BLOCKS;
        size_t part = ahead->len[block] - ahead->used;

        if (part > cap - *len)
            part = cap - *len;
        memcpy(to + *len, ahead->bytes[block] + ahead->used, part);
        *len += part;
        ahead->used += part;
        if (ahead->used == ahead->len[block])
            give_back(ahead);
    }
    if (*len == cap || ahead->status == KF_OK)
        return KF_OK;
    *err = ahead->err;
    return ahead->status;
}

void kf_read_ahead_stop(KfReadAhead *ahead)
{
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->is_stopped = true;
    pthread_cond_signal(&ahead->moved);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
    pthread_cond_destroy(&ahead->moved);
    pthread_mutex_destroy(&ahead->lock);
    kf_pages_give(ahead, ahead->size);
}
