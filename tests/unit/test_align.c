#include <criterion/criterion.h>

#include "diff/align.h"

enum { MANY = 200000 };

typedef struct {
    KfArena *arena;
    KfAlignInput in;
    uint32_t *map;
} Run;

static KfArena arena;
static uint64_t before[MANY], after[MANY + 1];

static void build(void)
{
    kf_arena_init(&arena);
}

static void end(void)
{
    kf_arena_finish(&arena);
}

TestSuite(align, .init = build, .fini = end);

static KfStatus body(void *ctx)
{
    Run *run = ctx;

    run->map = kf_align(run->arena, &run->in);
    return KF_OK;
}

static uint32_t *align(uint32_t rows, uint32_t others)
{
    Run run = { &arena, { before, after, rows, others, NULL, NULL }, NULL };

    cr_assert_eq(kf_arena_run(&arena, body, &run), KF_OK);
    return run.map;
}

Test(align, an_inserted_line_shifts_what_follows)
{
    uint32_t *map;

    for (uint64_t i = 0; i < 10; i++)
        before[i] = i % 3 + 1;
    for (uint64_t i = 0; i < 11; i++)
        after[i] = i < 4 ? before[i] : i == 4 ? 99 : before[i - 1];
    map = align(10, 11);
    for (uint32_t i = 0; i < 10; i++)
        cr_assert_eq(map[i], i < 4 ? i : i + 1);
}

Test(align, many_lines_take_no_square_of_time, .timeout = 60)
{
    uint32_t *map;

    for (uint64_t i = 0; i < MANY; i++)
        before[i] = i * 7 + 1;
    for (uint64_t i = 0; i <= MANY; i++)
        after[i] = i == 5 || i == MANY - 5 ? i * 7 + 4 : i <= 100000 ? i * 7 + 1 : (i - 1) * 7 + 1;
    map = align(MANY, MANY + 1);
    cr_assert_eq(map[4], 4);
    cr_assert_eq(map[5], KF_UNALIGNED);
    cr_assert_eq(map[100000], 100000);
    cr_assert_eq(map[100001], 100002);
    cr_assert_eq(map[MANY - 1], MANY);
}

Test(align, lines_that_are_all_alike_end, .timeout = 60)
{
    for (uint64_t i = 0; i < MANY; i++)
        before[i] = i % 2 + 1;
    for (uint64_t i = 0; i < MANY; i++)
        after[i] = 2 - i % 2;
    cr_assert_not_null(align(MANY, MANY));
}
