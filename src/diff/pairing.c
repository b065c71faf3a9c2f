/* Both lists are sorted by key and run through side by side. A key is a hash: two
 * things that share one by chance are compared all the same, and told as renamed. */
#include "diff/pairing.h"

#include <stdlib.h>

typedef struct {
    uint64_t key;
    size_t index;
} Keyed;

uint64_t kf_hash_int(uint64_t hash, int64_t value)
{
    uint64_t bits = (uint64_t)value;

    for (int i = 0; i < 8; i++, bits >>= 8)
        hash = (hash ^ (bits & 0xFF)) * UINT64_C(1099511628211);
    return hash;
}

uint64_t kf_hash_label(uint64_t hash, KfText text)
{
    for (size_t pos = 0; pos < text.len;) {
        int32_t rune = kf_text_next(text, &pos);

        if (!kf_rune_is_space(rune))
            hash = (hash ^ (uint64_t)kf_rune_lower(rune)) * UINT64_C(1099511628211);
    }
    return kf_hash_int(hash, -1);
}

KfPairing kf_pairing(KfArena *arena, size_t before_count, size_t after_count)
{
    KfPairing pairing = { .before_count = before_count, .after_count = after_count };

    pairing.of_before = kf_arena_array(arena, before_count + 1, sizeof *pairing.of_before);
    pairing.of_after = kf_arena_array(arena, after_count + 1, sizeof *pairing.of_after);
    for (size_t i = 0; i < before_count; i++)
        pairing.of_before[i] = KF_UNPAIRED;
    for (size_t i = 0; i < after_count; i++)
        pairing.of_after[i] = KF_UNPAIRED;
    return pairing;
}

void kf_pair(KfPairing *pairing, size_t before, size_t after)
{
    pairing->of_before[before] = after;
    pairing->of_after[after] = before;
}

void kf_unpair(KfPairing *pairing, size_t before)
{
    pairing->of_after[pairing->of_before[before]] = KF_UNPAIRED;
    pairing->of_before[before] = KF_UNPAIRED;
}

static int by_key(const void *a, const void *b)
{
    const Keyed *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static size_t sort_unpaired(Keyed *out, const uint64_t *keys, const size_t *paired, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (keys[i] && paired[i] == KF_UNPAIRED)
            out[kept++] = (Keyed){ keys[i], i };
    }
    qsort(out, kept, sizeof *out, by_key);
    return kept;
}

void kf_pair_equal(KfArena *arena, KfPairing *pairing, const uint64_t *before,
                   const uint64_t *after)
{
    Keyed *x = kf_arena_array(arena, pairing->before_count + 1, sizeof *x);
    Keyed *y = kf_arena_array(arena, pairing->after_count + 1, sizeof *y);
    size_t rows = sort_unpaired(x, before, pairing->of_before, pairing->before_count);
    size_t cols = sort_unpaired(y, after, pairing->of_after, pairing->after_count);

    for (size_t i = 0, j = 0; i < rows && j < cols;) {
        if (x[i].key == y[j].key)
            kf_pair(pairing, x[i++].index, y[j++].index);
        else if (x[i].key < y[j].key)
            i++;
        else
            j++;
    }
}
