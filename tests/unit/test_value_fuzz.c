/* Every reader of the value layer on bytes that no one meant. The texts lie in
 * blocks of their exact size, so that a sanitizer sees one byte too far. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "kf/value.h"

enum { ROUNDS = 40000, LONGEST = 80 };

/* Pieces that lead deep into the readers; bytes between them are random. */
static const char *const pieces[] = {
    "1",      "0",   "999",   "234",          ".",   ",",   "-",   "–",        "÷",  "−",
    "(",      ")",   " ",     "\xC2\xA0",     "kr.", "dkk", ",-",  "e",        "E+", "E-9",
    "%",      "mdr", "måned", "år",           "2.",  "og",  "til", "1)",       "*",  "yyyy",
    "mm",     "dd",  "[h]",   "[$kr",         "\"",  "\\",  "_",   "#,##0.00", ";",  "General",
    "halvår", "/",   "2013",  "ikke opgjort",
};

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static KfText random_text(uint64_t *seed, char *room)
{
    size_t wanted = next_random(seed) % LONGEST;
    bool wild = next_random(seed) % 4 == 0;
    size_t len = 0;

    while (len < wanted) {
        const char *piece = pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)];
        size_t more = strlen(piece);

        if (wild || len + more > LONGEST) {
            room[len++] = (char)next_random(seed);
        } else {
            memcpy(room + len, piece, more);
            len += more;
        }
        if (next_random(seed) % 5 == 0)
            break;
    }
    return (KfText){ room, len };
}

static void expect_amount(KfRead read, const KfAmount *amount)
{
    cr_assert(amount->oere >= -KF_OERE_MAX && amount->oere <= KF_OERE_MAX);
    cr_assert_leq(amount->decimals, 2);
    cr_assert(read == KF_READ_OK || amount->oere == 0);
}

/* What was read is written and read again as the same. */
static void expect_amounts(KfText text)
{
    KfBuf out = { 0 };
    KfAmount amount, again;
    KfRead read;

    for (int assume = KF_SEP_UNKNOWN; assume <= KF_SEP_ENGLISH; assume++) {
        read = kf_amount_read(text, (KfSeparators)assume, &amount);
        expect_amount(read, &amount);
    }
    kf_buf_amount(&out, amount.oere, KF_LANG_DA);
    cr_assert_eq(kf_amount_read(kf_buf_view(&out), KF_SEP_DANISH, &again), KF_READ_OK);
    cr_assert_eq(again.oere, amount.oere);
    read = kf_amount_from_decimal(text, &amount);
    expect_amount(read, &amount);
    out.len = 0;
    kf_buf_amount_2(&out, amount.oere);
    cr_assert_eq(kf_amount_from_decimal(kf_buf_view(&out), &again), KF_READ_OK);
    cr_assert_eq(again.oere, amount.oere);
    cr_assert_eq(again.decimals, amount.decimals);
    kf_buf_free(&out);
}

static void expect_period(bool read, KfPeriod period)
{
    if (read)
        cr_assert(period.from >= 0 && period.from < period.to && period.to <= 600);
    else
        cr_assert(period.from == 0 && period.to == 0);
}

static void expect_dates(KfText text, int64_t serial)
{
    KfDate date = kf_date_read(text);
    KfNumberFormat format = kf_number_format(text);
    KfPeriod period;
    KfBuf out = { 0 };

    cr_assert(date == KF_DATE_NONE || (date >= kf_date(1, 1, 1) && date <= kf_date(9999, 12, 31)));
    if (date != KF_DATE_NONE) {
        kf_buf_date_iso(&out, date);
        cr_assert_eq(kf_date_read(kf_buf_view(&out)), date);
    }
    kf_buf_date(&out, (KfDate)serial, KF_LANG_DA);
    kf_buf_free(&out);
    format.is_date = true;
    expect_period(kf_period_from_date(serial, serial % 2, format, &period), period);
    expect_period(kf_period_from_date(serial % 50000, false, format, &period), period);
    expect_period(kf_period_read(text, &period), period);
}

static void expect_slips(KfText a, KfText b, int64_t x, int64_t y)
{
    cr_assert_eq(kf_text_slip(a, b), kf_text_slip(b, a));
    cr_assert_not(kf_text_slip(a, a));
    cr_assert_eq(kf_slip(x, y) == KF_SLIP_NONE, kf_slip(y, x) == KF_SLIP_NONE);
    cr_assert_eq(kf_slip(x, x), KF_SLIP_NONE);
}

static KfText exact_copy(KfText text)
{
    char *copy = malloc(text.len ? text.len : 1);

    cr_assert(copy);
    memcpy(copy, text.ptr, text.len);
    return (KfText){ copy, text.len };
}

Test(value_fuzz, readers_stand_any_bytes)
{
    char room[LONGEST + 1];
    uint64_t seed = 1;

    for (int round = 0; round < ROUNDS; round++) {
        KfText a = exact_copy(random_text(&seed, room));
        KfText b = exact_copy(random_text(&seed, room));
        int64_t x = (int64_t)((uint64_t)next_random(&seed) << 33 ^ next_random(&seed));
        int64_t y = next_random(&seed) % 8 ? next_random(&seed) % 100000 : INT64_MIN;

        expect_amounts(a);
        expect_dates(a, x);
        expect_slips(a, b, x, y);
        free((char *)a.ptr);
        free((char *)b.ptr);
    }
}

Test(value_fuzz, readers_stand_no_text)
{
    KfText none = { 0 };

    expect_amounts(none);
    expect_dates(none, 0);
    expect_slips(none, none, 0, 0);
}
