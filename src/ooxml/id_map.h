/**
 * @file
 * Small map from numbers that a file chooses to indexes that we choose.
 */
#ifndef KF_ID_MAP_H
#define KF_ID_MAP_H

#include "kf/base.h"

/** {0} is an empty one; it grows in an arena. */
typedef struct {
    struct KfIdSlot {
        uint32_t id, value_plus_1; /* 0: free */
    } * slots;
    size_t cap, count;
} KfIdMap;

/** Set the value of id (less than UINT32_MAX); an earlier one is replaced. */
void kf_id_map_set(KfIdMap *map, KfArena *arena, uint32_t id, uint32_t value);
bool kf_id_map_get(const KfIdMap *map, uint32_t id, uint32_t *value);

#endif
