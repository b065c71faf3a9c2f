#include <criterion/criterion.h>
#include <string.h>

#include "kf/value.h"

static KfSlip kroner(int64_t typed, int64_t meant)
{
    return kf_slip(typed * 100, meant * 100);
}

Test(slip, names_the_slips_of_the_printed_tables)
{
    cr_expect_eq(kroner(73718, 83718), KF_SLIP_DIGIT);
    cr_expect_eq(kroner(63672, 63762), KF_SLIP_SWAP);
    cr_expect_eq(kroner(90826, 92826), KF_SLIP_DIGIT);
    cr_expect_eq(kf_slip(7003360, 7000360), KF_SLIP_DIGIT);
    cr_expect_eq(kroner(1500, 15000), KF_SLIP_SCALE);
    cr_expect_eq(kroner(15000, 1500), KF_SLIP_SCALE);
    cr_expect_eq(kf_slip(627885000, 6278850), KF_SLIP_SCALE);
    cr_expect_eq(kf_slip(6278850, 6278850 * INT64_C(1000)), KF_SLIP_SCALE);
    cr_expect_eq(kroner(-1500, 1500), KF_SLIP_SIGN);
    cr_expect_eq(kroner(5865, 58865), KF_SLIP_DROPPED);
    cr_expect_eq(kroner(58865, 5865), KF_SLIP_EXTRA);
    cr_expect_eq(kroner(-5856, -5865), KF_SLIP_SWAP);
    cr_expect_eq(kf_slip(50, 1050), KF_SLIP_DROPPED); /* 0,50 and 10,50 */
}

Test(slip, takes_no_slip_on_thin_evidence)
{
    cr_expect_eq(kroner(1500, 1500), KF_SLIP_NONE);
    cr_expect_eq(kroner(0, 5), KF_SLIP_NONE);
    cr_expect_eq(kroner(10, 0), KF_SLIP_NONE);
    cr_expect_eq(kroner(5, 6), KF_SLIP_NONE);
    cr_expect_eq(kroner(-5, 5), KF_SLIP_NONE);
    cr_expect_eq(kf_slip(550, 560), KF_SLIP_NONE);
    cr_expect_eq(kroner(-1500, 1501), KF_SLIP_NONE);
    cr_expect_eq(kroner(1500, 15000000), KF_SLIP_NONE);
    cr_expect_eq(kroner(1234, 1324 + 1), KF_SLIP_NONE);
    cr_expect_eq(kroner(1234, 3214), KF_SLIP_NONE);
    cr_expect_eq(kf_slip(INT64_MIN, INT64_MAX), KF_SLIP_NONE);
}

/* Every slip that one key can make of these, told by its kind. */
static const int64_t some_amounts[] = { 83718, 63762, 92826, 13953, 105, 10, 99, 3994488, 100001 };

static int64_t number_of(const char *digits, size_t len)
{
    int64_t value = 0;

    for (size_t i = 0; i < len; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

static size_t write_digits(int64_t value, char *digits)
{
    KfBuf buf = { 0 };
    size_t len;

    kf_buf_int(&buf, value);
    len = buf.len;
    memcpy(digits, buf.ptr, len);
    kf_buf_free(&buf);
    return len;
}

/* A changed amount may be 0, or a swap or drop may equal a factor of ten. */
static void expect_slip(int64_t typed, int64_t meant, KfSlip slip)
{
    KfSlip got = kroner(typed, meant);

    if (typed == meant || typed == 0)
        cr_assert_eq(got, KF_SLIP_NONE);
    else if (typed == meant * 10 || meant == typed * 10)
        cr_assert_eq(got, KF_SLIP_SCALE);
    else
        cr_assert_eq(got, slip, "%lld for %lld gives %d", (long long)typed, (long long)meant,
                     (int)got);
}

Test(slip, knows_every_changed_digit)
{
    for (size_t n = 0; n < sizeof some_amounts / sizeof *some_amounts; n++) {
        char digits[24];
        size_t len = write_digits(some_amounts[n], digits);

        for (size_t i = 0; i < len; i++) {
            char meant = digits[i];

            for (char c = i == 0 ? '1' : '0'; c <= '9'; c++) {
                digits[i] = c;
                expect_slip(number_of(digits, len), some_amounts[n], KF_SLIP_DIGIT);
            }
            digits[i] = meant;
        }
    }
}

Test(slip, knows_every_swap)
{
    for (size_t n = 0; n < sizeof some_amounts / sizeof *some_amounts; n++) {
        char digits[24];
        size_t len = write_digits(some_amounts[n], digits);

        for (size_t i = 0; i + 1 < len; i++) {
            char swapped[24];

            memcpy(swapped, digits, len);
            swapped[i] = digits[i + 1];
            swapped[i + 1] = digits[i];
            if (swapped[0] != '0')
                expect_slip(number_of(swapped, len), some_amounts[n], KF_SLIP_SWAP);
        }
    }
}

Test(slip, knows_every_dropped_and_added_digit)
{
    for (size_t n = 0; n < sizeof some_amounts / sizeof *some_amounts; n++) {
        char digits[24];
        size_t len = write_digits(some_amounts[n], digits);

        for (size_t i = 0; i < len; i++) {
            char other[24];

            memcpy(other, digits, i);
            memcpy(other + i, digits + i + 1, len - i - 1);
            if (other[0] != '0')
                expect_slip(number_of(other, len - 1), some_amounts[n], KF_SLIP_DROPPED);
            memcpy(other + i + 1, digits + i, len - i);
            for (char c = i == 0 ? '1' : '0'; c <= '9'; c++) {
                other[i] = c;
                expect_slip(number_of(other, len + 1), some_amounts[n], KF_SLIP_EXTRA);
            }
        }
    }
}

/* Damerau-Levenshtein by the book. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t cost[32][32];

    for (size_t i = 0; i <= a_len; i++) {
        for (size_t j = 0; j <= b_len; j++) {
            size_t least = i + j;

            if (i && j) {
                least = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                if (cost[i - 1][j] + 1 < least)
                    least = cost[i - 1][j] + 1;
                if (cost[i][j - 1] + 1 < least)
                    least = cost[i][j - 1] + 1;
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                && cost[i - 2][j - 2] + 1 < least)
                least = cost[i - 2][j - 2] + 1;
            cost[i][j] = least;
        }
    }
    return cost[a_len][b_len];
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Few different digits, so that near pairs are common. */
Test(slip, agrees_with_the_edit_distance)
{
    uint32_t seed = 2013;
    size_t near = 0;

    for (int round = 0; round < 60000; round++) {
        char a[8], b[8];
        size_t a_len = 2 + next_random(&seed) % 5;
        size_t b_len = a_len + next_random(&seed) % 2;
        int64_t x, y;
        KfSlip slip;

        for (size_t i = 0; i < b_len; i++) {
            a[i] = (char)('1' + next_random(&seed) % 3);
            b[i] = (char)('1' + next_random(&seed) % 3);
        }
        x = number_of(a, a_len);
        y = number_of(b, b_len);
        slip = kroner(x, y);
        near += slip != KF_SLIP_NONE;
        cr_assert_eq(slip != KF_SLIP_NONE, distance(a, a_len, b, b_len) == 1, "%lld %lld",
                     (long long)x, (long long)y);
        cr_assert_eq(kroner(y, x) != KF_SLIP_NONE, slip != KF_SLIP_NONE);
    }
    cr_assert_gt(near, 1000);
}

Test(slip, agrees_with_the_edit_distance_of_texts)
{
    static const char letters[] = "aB c";
    uint32_t seed = 36;

    for (int round = 0; round < 60000; round++) {
        char text[2][16], plain[2][16];
        size_t len[2], plain_len[2] = { 0, 0 };

        for (int side = 0; side < 2; side++) {
            len[side] = 4 + next_random(&seed) % 4;
            for (size_t i = 0; i < len[side]; i++) {
                char c = letters[next_random(&seed) % 4];

                text[side][i] = c;
                if (c != ' ')
                    plain[side][plain_len[side]++] = (char)(c | 0x20);
            }
        }
        if (plain_len[0] < 4 || plain_len[1] < 4)
            continue;
        cr_assert_eq(kf_text_slip((KfText){ text[0], len[0] }, (KfText){ text[1], len[1] }),
                     distance(plain[0], plain_len[0], plain[1], plain_len[1]) == 1);
    }
}

Test(slip, compares_labels_by_their_letters)
{
    cr_expect(kf_text_slip(KF_TEXT("25-35 mdr"), KF_TEXT("25-36 mdr")));
    cr_expect(kf_text_slip(KF_TEXT("Sygedagpnege"), KF_TEXT("sygedagpenge")));
    cr_expect(kf_text_slip(KF_TEXT("BØSTØTTE"), KF_TEXT("bostøtte")));
    cr_expect(kf_text_slip(KF_TEXT("Bo støttee"), KF_TEXT("bostøtte")));
    cr_expect(kf_text_slip(KF_TEXT("ostøtte"), KF_TEXT("bostøtte")));
    cr_expect_not(kf_text_slip(KF_TEXT("Bostøtte "), KF_TEXT("bo\xC2\xA0støtte")));
    cr_expect_not(kf_text_slip(KF_TEXT("Dagpenge"), KF_TEXT("Sygedagpenge")));
    cr_expect_not(kf_text_slip(KF_TEXT("SU"), KF_TEXT("SUU")));
    cr_expect_not(kf_text_slip(KF_TEXT("abc"), KF_TEXT("abcd")));
    cr_expect_not(kf_text_slip(KF_TEXT(""), KF_TEXT("")));
}
