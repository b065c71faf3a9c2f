/* Equal lines at both ends are paired; what lies between is cut at lines that
 * both sides have equally often, until it is small enough to be compared line by
 * line. So the work grows with the lines, not with their square. What is left
 * between two pairs is paired by what it has in common. */
#include "diff/align.h"

#include <stdlib.h>

enum { SMALL = 16384, ALIKE_SMALL = 4096, MOST_CUTS = 8 };

typedef struct {
    KfArena *arena;
    const KfAlignInput *in;
    uint32_t *map;
    uint32_t *table; /* SMALL scores */
} Work;

/* Lines from..to of both sides, ends not included. */
typedef struct {
    uint32_t before, before_end, after, after_end;
} Span;

typedef struct {
    uint64_t key;
    uint32_t line;
} Keyed;

static int by_key(const void *a, const void *b)
{
    const Keyed *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

void kf_longest_rising(KfArena *arena, const uint32_t *values, size_t count, bool *kept)
{
    size_t *tails = kf_arena_array(arena, count + 1, sizeof *tails);
    size_t *previous = kf_arena_array(arena, count + 1, sizeof *previous);
    size_t length = 0;

    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = length;

        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (values[tails[middle]] < values[i])
                low = middle + 1;
            else
                high = middle;
        }
        previous[i] = low ? tails[low - 1] : SIZE_MAX;
        tails[low] = i;
        length += low == length;
        kept[i] = false;
    }
    for (size_t i = length ? tails[length - 1] : SIZE_MAX; i != SIZE_MAX; i = previous[i])
        kept[i] = true;
}

static bool same(const Work *work, uint32_t before, uint32_t after)
{
    return work->in->before[before] == work->in->after[after];
}

static void trim(Work *work, Span *span)
{
    while (span->before < span->before_end && span->after < span->after_end
           && same(work, span->before, span->after))
        work->map[span->before++] = span->after++;
    while (span->before < span->before_end && span->after < span->after_end
           && same(work, span->before_end - 1, span->after_end - 1))
        work->map[--span->before_end] = --span->after_end;
}

static uint32_t score(const Work *work, uint32_t before, uint32_t after, bool alike)
{
    if (alike)
        return work->in->alike(work->in->ctx, before, after);
    return same(work, before, after);
}

/* The heaviest rising pairing of a small span. */
static void compare_all(Work *work, const Span *span, bool alike)
{
    uint32_t rows = span->before_end - span->before, cols = span->after_end - span->after;
    uint32_t *best = work->table;
    uint32_t width = cols + 1;

    for (uint32_t i = rows + 1; i-- > 0;) {
        for (uint32_t j = width; j-- > 0;) {
            uint32_t most = 0, weight;

            if (i < rows && j < cols) {
                weight = score(work, span->before + i, span->after + j, alike);
                most = weight ? best[(i + 1) * width + j + 1] + weight : 0;
                if (best[(i + 1) * width + j] > most)
                    most = best[(i + 1) * width + j];
                if (best[i * width + j + 1] > most)
                    most = best[i * width + j + 1];
            }
            best[i * width + j] = most;
        }
    }
    for (uint32_t i = 0, j = 0; i < rows && j < cols;) {
        uint32_t weight = score(work, span->before + i, span->after + j, alike);

        if (weight && best[i * width + j] == best[(i + 1) * width + j + 1] + weight)
            work->map[span->before + i++] = span->after + j++;
        else if (best[i * width + j] == best[(i + 1) * width + j])
            i++;
        else
            j++;
    }
}

static bool is_small(const Span *span, size_t limit)
{
    uint64_t rows = span->before_end - span->before, cols = span->after_end - span->after;

    return (rows + 1) * (cols + 1) <= limit;
}

static Keyed *sorted(KfArena *arena, const uint64_t *keys, uint32_t from, uint32_t to)
{
    Keyed *lines = kf_arena_array(arena, to - from, sizeof *lines);

    for (uint32_t i = from; i < to; i++)
        lines[i - from] = (Keyed){ keys[i], i };
    qsort(lines, to - from, sizeof *lines, by_key);
    return lines;
}

static uint32_t run_of(const Keyed *lines, uint32_t at, uint32_t end)
{
    uint32_t next = at + 1;

    while (next < end && lines[next].key == lines[at].key)
        next++;
    return next - at;
}

/* Pairs of lines that both sides have equally often; once, when unique is set. */
static uint32_t find_anchors(Work *work, const Span *span, bool unique, Keyed *pairs)
{
    uint32_t rows = span->before_end - span->before, cols = span->after_end - span->after;
    Keyed *x = sorted(work->arena, work->in->before, span->before, span->before_end);
    Keyed *y = sorted(work->arena, work->in->after, span->after, span->after_end);
    uint32_t count = 0;

    for (uint32_t i = 0, j = 0; i < rows && j < cols;) {
        uint32_t n = run_of(x, i, rows), m = run_of(y, j, cols);

        if (x[i].key != y[j].key) {
            if (x[i].key < y[j].key)
                i += n;
            else
                j += m;
            continue;
        }
        for (uint32_t k = 0; n == m && (n == 1 || !unique) && k < n; k++)
            pairs[count++] = (Keyed){ x[i + k].line, y[j + k].line };
        i += n;
        j += m;
    }
    qsort(pairs, count, sizeof *pairs, by_key); /* by the line of before */
    return count;
}

static void align_span(Work *work, Span span, int cuts);

static bool cut(Work *work, const Span *span, bool unique, int cuts)
{
    uint32_t rows = span->before_end - span->before;
    Keyed *pairs = kf_arena_array(work->arena, rows, sizeof *pairs);
    uint32_t count = find_anchors(work, span, unique, pairs);
    uint32_t *lines = kf_arena_array(work->arena, count, sizeof *lines);
    bool *kept = kf_arena_array(work->arena, count, sizeof *kept);
    Span part = *span;

    for (uint32_t i = 0; i < count; i++)
        lines[i] = pairs[i].line;
    kf_longest_rising(work->arena, lines, count, kept);
    for (uint32_t i = 0; i < count; i++) {
        if (!kept[i])
            continue;
        part.before_end = (uint32_t)pairs[i].key;
        part.after_end = pairs[i].line;
        align_span(work, part, cuts - 1);
        work->map[part.before_end] = part.after_end;
        part.before = part.before_end + 1;
        part.after = part.after_end + 1;
    }
    part.before_end = span->before_end;
    part.after_end = span->after_end;
    if (count)
        align_span(work, part, cuts - 1);
    return count > 0;
}

static void align_span(Work *work, Span span, int cuts)
{
    trim(work, &span);
    if (span.before == span.before_end || span.after == span.after_end)
        return;
    if (is_small(&span, SMALL))
        compare_all(work, &span, false);
    else if (cuts > 0 && !cut(work, &span, true, cuts))
        cut(work, &span, false, cuts);
}

/* A large span that has nothing in common is paired from its top. */
static void pair_alike(Work *work, const Span *span)
{
    uint32_t line = span->after;

    if (is_small(span, ALIKE_SMALL)) {
        compare_all(work, span, true);
        return;
    }
    for (uint32_t i = span->before; i < span->before_end && line < span->after_end; i++, line++) {
        if (work->in->alike(work->in->ctx, i, line))
            work->map[i] = line;
    }
}

static void fill_gaps(Work *work)
{
    Span span = { 0 };

    for (uint32_t i = 0; i <= work->in->before_count; i++) {
        bool at_end = i == work->in->before_count;

        if (!at_end && work->map[i] == KF_UNALIGNED)
            continue;
        span.before_end = i;
        span.after_end = at_end ? work->in->after_count : work->map[i];
        if (span.before < span.before_end && span.after < span.after_end)
            pair_alike(work, &span);
        span.before = i + 1;
        span.after = span.after_end + 1;
    }
}

uint32_t *kf_align(KfArena *arena, const KfAlignInput *in)
{
    Work work = { .arena = arena, .in = in };

    work.map = kf_arena_array(arena, (size_t)in->before_count + 1, sizeof *work.map);
    work.table = kf_arena_array(arena, SMALL, sizeof *work.table);
    for (uint32_t i = 0; i < in->before_count; i++)
        work.map[i] = KF_UNALIGNED;
    align_span(&work, (Span){ 0, in->before_count, 0, in->after_count }, MOST_CUTS);
    if (in->alike)
        fill_gaps(&work);
    return work.map;
}
