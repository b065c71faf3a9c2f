/* Changing a text in places while every other byte stays. */
#include "base/splice.h"

#include <string.h>

void kf_splice(KfSplices *splices, size_t from, size_t to, KfText with)
{
    KfSplice one = { from, to, with };

    KF_PUSH(splices->arena, splices->items, splices->count, splices->cap, one);
}

/* Merge sort: changes at one place keep the order in which they were noted. */
static void sort(KfSplice *items, KfSplice *spare, size_t count)
{
    size_t half = count / 2, left = 0, right = half, to = 0;

    if (count < 2)
        return;
    sort(items, spare, half);
    sort(items + half, spare, count - half);
    memcpy(spare, items, count * sizeof *items);
    while (left < half && right < count)
        items[to++] = spare[right].from < spare[left].from ? spare[right++] : spare[left++];
    while (left < half)
        items[to++] = spare[left++];
    while (right < count)
        items[to++] = spare[right++];
}

/* Drops what overlaps; the length of the text that the rest gives. */
static size_t settle(KfSplices *splices, size_t len)
{
    size_t kept = 0, at = 0, result = len;

    for (size_t i = 0; i < splices->count; i++) {
        KfSplice s = splices->items[i];

        if (s.from < at || s.to < s.from || s.to > len)
            continue;
        splices->items[kept++] = s;
        at = s.to;
        result = result - (s.to - s.from) + s.with.len;
    }
    splices->count = kept;
    return result;
}

static char *put(char *to, const char *from, size_t len)
{
    if (len)
        memcpy(to, from, len);
    return to + len;
}

KfText kf_splices_apply(KfSplices *splices, KfText text)
{
    char *bytes, *to;
    size_t len, at = 0;

    if (splices->count == 0)
        return text;
    sort(splices->items, kf_arena_array(splices->arena, splices->count, sizeof *splices->items),
         splices->count);
    len = settle(splices, text.len);
    bytes = to = kf_arena_room(splices->arena, len + 1);
    for (size_t i = 0; i < splices->count; i++) {
        const KfSplice *s = &splices->items[i];

        to = put(to, text.ptr + at, s->from - at);
        to = put(to, s->with.ptr, s->with.len);
        at = s->to;
    }
    *put(to, text.ptr + at, text.len - at) = '\0';
    return (KfText){ bytes, len };
}
