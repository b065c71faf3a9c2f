/* One keystroke apart: what a typing error explains and two do not. Amounts are
 * compared by their digits, texts by their letters; neither keeps a copy. */
#include "kf/value.h"

enum { MOST_DIGITS = 24, SHORTEST_TEXT = 4 };

/* Bytes that they take at most. */
enum { TWO_LETTERS = 8 };

/* An amount as its digits stand on paper. */
typedef struct {
    char at[MOST_DIGITS];
    size_t len;
} Digits;

static uint64_t magnitude(KfOere amount)
{
    return amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
}

/* At least width digits, so that 0,50 has its leading nought. */
static Digits digits_of(uint64_t value, size_t width)
{
    char back[MOST_DIGITS];
    Digits out = { .len = 0 };
    size_t count = 0;

    while (value || count < width) {
        back[count++] = (char)('0' + value % 10);
        value /= 10;
    }
    while (count)
        out.at[out.len++] = back[--count];
    return out;
}

static bool by_scale(uint64_t a, uint64_t b)
{
    uint64_t more = a > b ? a : b;
    uint64_t less = a > b ? b : a;

    return less <= UINT64_MAX / 1000
           && (more == less * 10 || more == less * 100 || more == less * 1000);
}

/* Digits that both have in common at the front, and behind that at the back. */
static size_t shared_front(const Digits *a, const Digits *b)
{
    size_t i = 0;

    while (i < a->len && i < b->len && a->at[i] == b->at[i])
        i++;
    return i;
}

static size_t shared_back(const Digits *a, const Digits *b, size_t front)
{
    size_t i = 0;

    while (i + front < a->len && i + front < b->len
           && a->at[a->len - 1 - i] == b->at[b->len - 1 - i])
        i++;
    return i;
}

static KfSlip compare_digits(const Digits *typed, const Digits *meant)
{
    size_t front = shared_front(typed, meant);
    size_t back = shared_back(typed, meant, front);
    size_t typed_left = typed->len - front - back;
    size_t meant_left = meant->len - front - back;

    if (typed_left == 2 && meant_left == 2 && typed->at[front] == meant->at[front + 1]
        && typed->at[front + 1] == meant->at[front])
        return KF_SLIP_SWAP;
    if (typed_left == 1 && meant_left == 1)
        return KF_SLIP_DIGIT;
    if (typed_left == 0 && meant_left == 1)
        return KF_SLIP_DROPPED;
    if (typed_left == 1 && meant_left == 0)
        return KF_SLIP_EXTRA;
    return KF_SLIP_NONE;
}

/* A digit mistyped, left out or put in, or two exchanged, leave the last one as it is, but for
 * those that are last themselves: nearly all pairs end here. */
static bool may_be_a_key_apart(uint64_t a, uint64_t b)
{
    uint64_t more = a > b ? a : b;
    uint64_t less = a > b ? b : a;

    return a % 10 == b % 10 || more - less < 100 || more / 10 == less;
}

KfSlip kf_slip(KfOere typed, KfOere meant)
{
    uint64_t a = magnitude(typed);
    uint64_t b = magnitude(meant);
    Digits typed_digits, meant_digits;
    bool whole = a % 100 == 0 && b % 100 == 0;

    if (typed == meant || a == 0 || b == 0)
        return KF_SLIP_NONE;
    if (a < 1000 && b < 1000) /* a single digit: anything is one key away */
        return KF_SLIP_NONE;
    if (a == b)
        return KF_SLIP_SIGN;
    if ((typed < 0) != (meant < 0))
        return KF_SLIP_NONE;
    if (by_scale(a, b))
        return KF_SLIP_SCALE;
    if (whole) {
        a /= 100;
        b /= 100;
    }
    if (!may_be_a_key_apart(a, b))
        return KF_SLIP_NONE;
    typed_digits = digits_of(a, whole ? 1 : 3);
    meant_digits = digits_of(b, whole ? 1 : 3);
    return compare_digits(&typed_digits, &meant_digits);
}

/* ---- texts --------------------------------------------------------------- */

/* Next letter in lower case, white space left out; -1 at the end. */
static int32_t next_letter(KfText text, size_t *pos)
{
    int32_t rune;

    do
        rune = kf_text_next(text, pos);
    while (rune != -1 && kf_rune_is_space(rune));
    return kf_rune_lower(rune);
}

/* One of ASCII, and none of white space. */
static bool is_plain(char c)
{
    return (unsigned char)c > ' ' && (unsigned char)c < 0x80;
}

static bool long_enough(KfText text)
{
    size_t pos = 0;

    if (text.len >= SHORTEST_TEXT && is_plain(text.ptr[0]) && is_plain(text.ptr[1])
        && is_plain(text.ptr[2]) && is_plain(text.ptr[3]))
        return true;
    for (int i = 0; i < SHORTEST_TEXT; i++) {
        if (next_letter(text, &pos) == -1)
            return false;
    }
    return true;
}

static bool same_rest(KfText a, size_t a_pos, KfText b, size_t b_pos)
{
    int32_t rune;

    do {
        rune = next_letter(a, &a_pos);
        if (rune != next_letter(b, &b_pos))
            return false;
    } while (rune != -1);
    return true;
}

/* Letters in ASCII that differ, whatever their case. */
static bool differ(char a, char b)
{
    unsigned char x = (unsigned char)a, y = (unsigned char)b;

    return x > ' ' && y > ' ' && x < 0x80 && y < 0x80 && kf_rune_lower(x) != kf_rune_lower(y);
}

/* One keystroke leaves the first letter as it is, or the last: nearly all pairs end here. */
static bool both_ends_differ(KfText a, KfText b)
{
    return a.len && b.len && differ(a.ptr[0], b.ptr[0])
           && differ(a.ptr[a.len - 1], b.ptr[b.len - 1]);
}

/* More than two letters are left of both, and not the same one ends them. */
static bool ends_differ_behind(KfText a, size_t a_pos, KfText b, size_t b_pos)
{
    return a.len > a_pos + TWO_LETTERS && b.len > b_pos + TWO_LETTERS
           && differ(a.ptr[a.len - 1], b.ptr[b.len - 1]);
}

static bool all_plain(KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_plain(text.ptr[i]))
            return false;
    }
    return true;
}

static bool same_plain(char a, char b)
{
    return a == b || kf_rune_lower((unsigned char)a) == kf_rune_lower((unsigned char)b);
}

/* The same of texts whose letters are bytes. */
static bool plain_slip(KfText a, KfText b)
{
    size_t front = 0, back = 0, a_left, b_left;

    while (front < a.len && front < b.len && same_plain(a.ptr[front], b.ptr[front]))
        front++;
    a_left = a.len - front;
    b_left = b.len - front;
    while (back < a_left && back < b_left
           && same_plain(a.ptr[a.len - 1 - back], b.ptr[b.len - 1 - back]))
        back++;
    a_left -= back;
    b_left -= back;
    if (a_left == 2 && b_left == 2)
        return same_plain(a.ptr[front], b.ptr[front + 1])
               && same_plain(a.ptr[front + 1], b.ptr[front]);
    return a_left <= 1 && b_left <= 1 && a_left + b_left > 0;
}

bool kf_text_slip(KfText typed, KfText meant)
{
    size_t a_at = 0, b_at = 0; /* where they part */
    size_t a_one, b_one;       /* one letter on */
    size_t a_two, b_two;       /* two letters on */
    int32_t a = 0, b = 0, a_next, b_next;

    if (both_ends_differ(typed, meant) || !long_enough(typed) || !long_enough(meant))
        return false;
    if (all_plain(typed) && all_plain(meant))
        return plain_slip(typed, meant);
    do {
        a_one = a_at;
        b_one = b_at;
        a = next_letter(typed, &a_one);
        b = next_letter(meant, &b_one);
        if (a == -1 && b == -1)
            return false;
        if (a == b) {
            a_at = a_one;
            b_at = b_one;
        }
    } while (a == b);
    if (ends_differ_behind(typed, a_one, meant, b_one))
        return false;
    a_two = a_one;
    b_two = b_one;
    a_next = next_letter(typed, &a_two);
    b_next = next_letter(meant, &b_two);
    return (a != -1 && b != -1 && same_rest(typed, a_one, meant, b_one))
           || (b != -1 && same_rest(typed, a_at, meant, b_one))
           || (a != -1 && same_rest(typed, a_one, meant, b_at))
           || (a_next != -1 && a == b_next && b == a_next && same_rest(typed, a_two, meant, b_two));
}
