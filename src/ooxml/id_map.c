/* Open addressing, at most half full, so that no choice of few ids makes it slow. */
#include "ooxml/id_map.h"

static struct KfIdSlot *slot_of(const KfIdMap *map, uint32_t id)
{
    size_t at = (size_t)((id * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (map->cap - 1);

    while (map->slots[at].value_plus_1 && map->slots[at].id != id)
        at = (at + 1) & (map->cap - 1);
    return &map->slots[at];
}

static void grow(KfIdMap *map, KfArena *arena)
{
    KfIdMap bigger = { .cap = map->cap ? map->cap * 2 : 32, .count = map->count };

    bigger.slots = kf_arena_array(arena, bigger.cap, sizeof *bigger.slots);
    for (size_t i = 0; i < map->cap; i++) {
        if (map->slots[i].value_plus_1)
            *slot_of(&bigger, map->slots[i].id) = map->slots[i];
    }
    *map = bigger;
}

void kf_id_map_set(KfIdMap *map, KfArena *arena, uint32_t id, uint32_t value)
{
    struct KfIdSlot *slot;

    if (map->count * 2 >= map->cap)
        grow(map, arena);
    slot = slot_of(map, id);
    map->count += slot->value_plus_1 == 0;
    *slot = (struct KfIdSlot){ id, value + 1 };
}

bool kf_id_map_get(const KfIdMap *map, uint32_t id, uint32_t *value)
{
    struct KfIdSlot *slot;

    if (!map->cap)
        return false;
    slot = slot_of(map, id);
    if (!slot->value_plus_1)
        return false;
    *value = slot->value_plus_1 - 1;
    return true;
}
