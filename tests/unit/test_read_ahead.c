#include "base/read_ahead.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* Bytes that tell their place, up to an end or a failure. */
typedef struct {
    size_t at, end;
    bool fails;
} Source;

static char byte_of(size_t at)
{
    return (char)(at * 31 + at / 251);
}

static KfStatus read_source(void *ctx, char *to, size_t cap, size_t *len, KfError *err)
{
    Source *source = ctx;

    for (*len = 0; *len < cap && source->at < source->end; ++*len)
        to[*len] = byte_of(source->at++);
    if (*len < cap && source->fails)
        return kf_fail(err, KF_ZIP_TRUNCATED, KF_TEXT("sheet"), KF_TEXT("broken"));
    return KF_OK;
}

/* Takes pieces of all sizes until they end; the status of the last one. */
static KfStatus take_all(KfReadAhead *ahead, size_t *taken, KfError *err)
{
    const size_t most = 300000;
    char *piece = malloc(most);
    KfStatus status = KF_OK;
    size_t cap = 1, len = 1;

    for (*taken = 0; status == KF_OK && len == cap; cap = cap * 7 % most + 1, len = cap) {
        status = kf_read_ahead_take(ahead, piece, cap, &len, err);
        for (size_t i = 0; i < len; i++)
            cr_assert_eq(piece[i], byte_of(*taken + i), "byte %zu", *taken + i);
        *taken += len;
        if (len < cap)
            break;
    }
    free(piece);
    return status;
}

Test(read_ahead, gives_every_byte_in_order)
{
    const size_t ends[] = { 0, 1, 128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 5000000 };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        Source source = { 0, ends[i], false };
        KfReadAhead *ahead = kf_read_ahead_start(read_source, &source);
        KfError err;
        size_t taken;

        cr_assert_not_null(ahead);
        cr_expect_eq(take_all(ahead, &taken, &err), KF_OK);
        cr_expect_eq(taken, ends[i]);
        kf_read_ahead_stop(ahead);
    }
}

Test(read_ahead, tells_a_failure_behind_the_bytes_before_it)
{
    Source source = { 0, 700001, true };
    KfReadAhead *ahead = kf_read_ahead_start(read_source, &source);
    KfError err;
    size_t taken;

    cr_assert_not_null(ahead);
    cr_expect_eq(take_all(ahead, &taken, &err), KF_ZIP_TRUNCATED);
    cr_expect_eq(taken, 700001);
    cr_expect_str_eq(err.detail, "broken");
    kf_read_ahead_stop(ahead);
}

Test(read_ahead, stops_wherever_it_is)
{
    const size_t takes[] = { 0, 1, 128 * 1024, 1000000 };
    char *bytes = malloc(1000000);

    for (size_t i = 0; i < sizeof takes / sizeof *takes; i++) {
        Source source = { 0, 50000000, false };
        KfReadAhead *ahead = kf_read_ahead_start(read_source, &source);
        KfError err;
        size_t len;

        cr_assert_not_null(ahead);
        cr_expect_eq(kf_read_ahead_take(ahead, bytes, takes[i], &len, &err), KF_OK);
        cr_expect_eq(len, takes[i]);
        kf_read_ahead_stop(ahead);
        cr_expect_lt(source.at, source.end, "it reads no further than it is ahead");
    }
    free(bytes);
}
