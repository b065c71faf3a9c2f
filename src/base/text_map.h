/**
 * @file
 * From texts to numbers, in an arena: for what is looked up once a label or name.
 */
#ifndef BASE_TEXT_MAP_H
#define BASE_TEXT_MAP_H

#include "kf/base.h"

typedef struct {
    KfText key;
    size_t value;
    bool used;
} KfTextMapSlot;

/** {0} is an empty one. */
typedef struct {
    KfTextMapSlot *slots; /**< open addressing; a power of two of them */
    size_t size, count;
} KfTextMap;

/** The number of a text; false when it has none. */
bool kf_text_map_get(const KfTextMap *map, KfText key, size_t *value);
/** Give a text a number, in place of any it had. key is borrowed. */
void kf_text_map_set(KfTextMap *map, KfArena *arena, KfText key, size_t value);

#endif
