/* Memory freed all at once. Out of memory leaves the guarded run by longjmp, so
 * the core's code has one path; what is open outside the arena is closed by the
 * caller of kf_arena_run(). */
#include "kf/base.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/pages.h"

struct KfArenaChunk {
    KfArenaChunk *next;
    char *end;
    KfBuf kept; /* that was taken over */
    alignas(max_align_t) char bytes[];
};

/* A build for fuzzing gives each allocation a block of its own, so that a sanitizer sees
 * one byte too far. */
#if defined(KF_ARENA_EXACT)
enum { IS_EXACT = 1, FIRST_ROOM = 0, LARGEST_ROOM = 0, ALIGN = 1 };
#else
enum {
    IS_EXACT = 0,
    FIRST_ROOM = 4096,
    LARGEST_ROOM = (4 << 20) - sizeof(KfArenaChunk),
    ALIGN = alignof(max_align_t)
};
#endif
enum { GROWTH = 4 };

static KfArenaChunk *allocate(size_t size)
{
    KfArenaChunk *chunk = IS_EXACT || size < KF_LARGE_BLOCK ? malloc(size) : kf_pages_take(&size);

    if (chunk)
        *chunk = (KfArenaChunk){ .end = (char *)chunk + size };
    return chunk;
}

static void release(KfArenaChunk *chunk)
{
    const size_t size = (size_t)(chunk->end - (char *)chunk);

    kf_buf_free(&chunk->kept);
    if (IS_EXACT || size < KF_LARGE_BLOCK)
        free(chunk);
    else
        kf_pages_give(chunk, size);
}

void kf_arena_init(KfArena *arena)
{
    *arena = (KfArena){ 0 };
}

/* Free the newest chunk. */
static void drop_chunk(KfArena *arena)
{
    KfArenaChunk *next = arena->chunks->next;

    release(arena->chunks);
    arena->chunks = next;
}

void kf_arena_finish(KfArena *arena)
{
    while (arena->chunks)
        drop_chunk(arena);
    kf_arena_init(arena);
}

void kf_arena_reset(KfArena *arena)
{
    KfArenaChunk *kept = arena->chunks;
    KfArena rest = { 0 };

    if (!kept || IS_EXACT) {
        jmp_buf *outer = arena->on_no_memory;

        kf_arena_finish(arena);
        arena->on_no_memory = outer;
        return;
    }
    rest.chunks = kept->next;
    kept->next = NULL;
    kf_arena_finish(&rest);
    arena->at = kept->bytes;
}

/* Behind the chunk that is being filled, so that it goes on being filled. */
void kf_arena_adopt(KfArena *arena, KfArena *other)
{
    KfArenaChunk **end = &other->chunks;

    while (*end)
        end = &(*end)->next;
    if (arena->chunks) {
        *end = arena->chunks->next;
        arena->chunks->next = other->chunks;
    } else {
        arena->chunks = other->chunks;
        arena->at = other->at;
        arena->end = other->end;
    }
    kf_arena_init(other);
}

KfArenaMark kf_arena_mark(const KfArena *arena)
{
    return (KfArenaMark){ arena->chunks, arena->at };
}

void kf_arena_release(KfArena *arena, KfArenaMark mark)
{
    while (arena->chunks != mark.chunk)
        drop_chunk(arena);
    arena->at = mark.at;
    arena->end = mark.chunk ? mark.chunk->end : NULL;
}

KfStatus kf_arena_run(KfArena *arena, KfStatus (*body)(void *ctx), void *ctx)
{
    jmp_buf here;
    jmp_buf *outer = arena->on_no_memory;
    KfStatus status;

    if (setjmp(here)) {
        arena->on_no_memory = outer;
        return KF_NO_MEMORY;
    }
    arena->on_no_memory = &here;
    status = body(ctx);
    arena->on_no_memory = outer;
    return status;
}

void kf_arena_give_up(KfArena *arena)
{
    if (!arena->on_no_memory)
        abort(); /* a mistake of the caller: no guard around the allocation */
    longjmp(*arena->on_no_memory, 1);
}

static void add_chunk(KfArena *arena, size_t size)
{
    size_t room = FIRST_ROOM;
    KfArenaChunk *chunk;

    if (arena->chunks)
        room = (size_t)(arena->end - arena->chunks->bytes) * GROWTH;
    if (room > LARGEST_ROOM)
        room = LARGEST_ROOM;
    if (room < size)
        room = size;
    chunk = allocate(sizeof *chunk + room);
    if (!chunk)
        kf_arena_give_up(arena);
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->at = chunk->bytes;
    arena->end = chunk->end;
}

void *kf_arena_room(KfArena *arena, size_t size)
{
    void *bytes;

    if (size > SIZE_MAX / 2)
        kf_arena_give_up(arena);
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (!arena->chunks || (size_t)(arena->end - arena->at) < size)
        add_chunk(arena, size);
    bytes = arena->at;
    arena->at += size;
    return bytes;
}

void *kf_arena_alloc(KfArena *arena, size_t size)
{
    void *bytes = kf_arena_room(arena, size);

    return size ? memset(bytes, 0, size) : bytes;
}

static size_t bytes_of(KfArena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        kf_arena_give_up(arena);
    return count * size;
}

void *kf_arena_array(KfArena *arena, size_t count, size_t size)
{
    return kf_arena_alloc(arena, bytes_of(arena, count, size));
}

void *kf_arena_room_for(KfArena *arena, size_t count, size_t size)
{
    return kf_arena_room(arena, bytes_of(arena, count, size));
}

void *kf_arena_reserve(KfArena *arena, void *items, size_t count, size_t *cap, size_t size,
                       size_t most)
{
    void *moved;

    if (most <= *cap)
        return items;
    *cap = most;
    moved = kf_arena_room_for(arena, most, size);
    if (count)
        memcpy(moved, items, count * size);
    return moved;
}

void *kf_arena_grow(KfArena *arena, void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    return kf_arena_reserve(arena, items, count, cap, size, *cap ? *cap * 2 : 8);
}

void *kf_arena_copy(KfArena *arena, const void *bytes, size_t size)
{
    void *copy = kf_arena_room(arena, size);

    return size ? memcpy(copy, bytes, size) : copy;
}

KfText kf_arena_text(KfArena *arena, KfText text)
{
    char *copy = kf_arena_room(arena, text.len + 1);

    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (KfText){ copy, text.len };
}

KfText kf_arena_folded(KfArena *arena, KfText text)
{
    enum { LONGEST = 3 }; /* bytes that one byte becomes: U+FFFD */
    char *folded = kf_arena_room(arena, text.len * LONGEST + 1);
    size_t len = 0;
    int32_t rune;

    for (size_t pos = 0; (rune = kf_text_next(text, &pos)) >= 0;)
        len += kf_rune_write(kf_rune_lower(rune), folded + len);
    return (KfText){ folded, len };
}

KfText kf_arena_take(KfArena *arena, KfBuf *buf)
{
    KfText copy;

    if (buf->bad) {
        kf_buf_free(buf);
        kf_arena_give_up(arena);
    }
    copy = kf_arena_text(arena, kf_buf_view(buf));
    buf->len = 0;
    return copy;
}

void *kf_arena_keep(KfArena *arena, KfBuf *buf)
{
    KfArenaChunk *chunk = buf->bad ? NULL : allocate(sizeof *chunk);
    KfArena own = { 0 };

    if (!chunk) {
        kf_buf_free(buf);
        kf_arena_give_up(arena);
    }
    kf_buf_fit(buf);
    chunk->kept = *buf;
    *buf = (KfBuf){ 0 };
    own = (KfArena){ .chunks = chunk, .at = chunk->end, .end = chunk->end };
    kf_arena_adopt(arena, &own);
    return chunk->kept.ptr;
}
