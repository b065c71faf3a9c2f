#include "base/text_map.h"

#include <string.h>

/* Eight bytes at a time, as in FNV-1a, with the upper half folded in, for multiplying carries
 * nothing down. */
static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static size_t hash_of(KfText key)
{
    uint64_t hash = key.len, word = 0;
    size_t at = 0;

    for (; key.len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, key.ptr + at, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    if (at < key.len)
        memcpy(&word, key.ptr + at, key.len - at);
    return (size_t)mix(mix(hash, word), 0);
}

/* The slot of the key, or the free one where it belongs. */
static KfTextMapSlot *slot_of(const KfTextMap *map, KfText key)
{
    size_t at = hash_of(key) & (map->size - 1);

    while (map->slots[at].used && !kf_text_eq(map->slots[at].key, key))
        at = (at + 1) & (map->size - 1);
    return &map->slots[at];
}

static void grow(KfTextMap *map, KfArena *arena)
{
    const KfTextMap old = *map;

    map->size = old.size ? old.size * 2 : 64;
    map->slots = kf_arena_array(arena, map->size, sizeof *map->slots);
    for (size_t i = 0; i < old.size; i++) {
        if (old.slots[i].used)
            *slot_of(map, old.slots[i].key) = old.slots[i];
    }
}

bool kf_text_map_get(const KfTextMap *map, KfText key, size_t *value)
{
    const KfTextMapSlot *slot = map->size ? slot_of(map, key) : NULL;

    if (!slot || !slot->used)
        return false;
    *value = slot->value;
    return true;
}

void kf_text_map_set(KfTextMap *map, KfArena *arena, KfText key, size_t value)
{
    KfTextMapSlot *slot;

    if (map->count * 2 >= map->size)
        grow(map, arena);
    slot = slot_of(map, key);
    map->count += !slot->used;
    *slot = (KfTextMapSlot){ key, value, true };
}
